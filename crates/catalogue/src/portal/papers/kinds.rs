//! The kinds of piece that a name lists: originals, copies, files, and whether they are to choose from.
//!
//! Not here: what that means for the line (`asked`).

/// Which kinds of piece the opening of a name lists.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds {
    original: bool,
    copy: bool,
    /// "Or" stands between some of them; commas alone may ask for each.
    or: bool,
}

impl Kinds {
    pub fn is_choice(self) -> bool {
        self.original && self.copy && self.or
    }

    pub fn is_copy(self) -> bool {
        self.copy && !self.original
    }
}

/// Words for a kind of piece; a longer one before the one that it opens with. Files are neither: no counter keeps them.
const KINDS: [(&str, Kinds); 10] = [
    ("bản chính điện tử", NEITHER),
    ("bản chính", ORIGINAL),
    ("bản gốc", ORIGINAL),
    ("tệp tin bản sao điện tử", NEITHER),
    ("bản sao điện tử", NEITHER),
    ("bản sao", COPY),
    ("bản chụp", COPY),
    ("bản photo", COPY),
    ("bản điện tử", NEITHER),
    ("bản scan", NEITHER),
];
const ORIGINAL: Kinds = Kinds {
    original: true,
    copy: false,
    or: false,
};
const COPY: Kinds = Kinds {
    original: false,
    copy: true,
    or: false,
};
const NEITHER: Kinds = Kinds {
    original: false,
    copy: false,
    or: false,
};

/// What may stand behind a word for a kind: how the copy is made, confirmed or compared.
const HOW: [&str; 25] = [
    " chụp",
    " y bản chính",
    " hoặc được chứng thực",
    " của",
    " hợp lệ",
    " hợp pháp",
    " có công chứng, chứng thực",
    " có chứng thực",
    " có công chứng",
    " được chứng thực",
    " đã chứng thực",
    " chứng thực",
    " công chứng",
    " có xác nhận của doanh nghiệp",
    " từ bản chính",
    " từ sổ gốc",
    " được cấp từ sổ gốc",
    " để đối chiếu",
    " và xuất trình bản chính",
    " xuất trình bản chính",
    " kèm theo bản chính để đối chiếu",
    " kèm bản chính để đối chiếu",
    " theo quy định",
    " (mang theo bản chính để đối chiếu)",
    " (photocopy)",
];
/// Words between kinds, and whether they leave a choice.
const BETWEEN: [(&str, bool); 6] = [
    (", hoặc ", true),
    (" hoặc ", true),
    (" (hoặc ", true),
    (" hay ", true),
    ("/", true),
    (", ", false),
];

/// The kinds that open `text`, and the paper behind them.
pub(super) fn kinds(text: &str) -> (Kinds, &str) {
    let (mut found, mut rest) = (NEITHER, text);
    loop {
        let kind = KINDS
            .iter()
            .find_map(|(word, kind)| Some((kind, rest.strip_prefix(word)?)));
        let Some((kind, behind)) = kind else {
            return (found, rest);
        };
        found.original |= kind.original;
        found.copy |= kind.copy;
        rest = behind;
        while let Some(behind) = HOW.iter().find_map(|how| rest.strip_prefix(how)) {
            rest = behind;
        }
        let next = BETWEEN
            .iter()
            .find_map(|(word, or)| Some((without_number(rest.strip_prefix(word)?), or)));
        let Some((next, or)) =
            next.filter(|(next, _)| KINDS.iter().any(|(k, _)| next.starts_with(k)))
        else {
            return (found, rest);
        };
        found.or |= or;
        rest = next;
    }
}

/// The text without the number of pieces at its beginning: `nộp 01 bản chụp …`.
pub(super) fn without_number(text: &str) -> &str {
    let text = text.strip_prefix("nộp ").unwrap_or(text);
    match text.split_once(' ') {
        Some(("1" | "01", rest)) => rest.strip_prefix("(một) ").unwrap_or(rest),
        _ => text,
    }
}
