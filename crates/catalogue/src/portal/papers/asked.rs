//! What a line asks for: the name and its count, read together.
//!
//! The name is the law's, the count a form's column that opens with one original. Where the name speaks of copies only,
//! copies are asked for: the same names stand on other pages with the count of a copy. Where it leaves the choice, the
//! applicant chooses. What neither settles is doubted.
//! Not here: the count cell itself (`counts`), the words for the kinds (`kinds`).

use onedoor_domain::text::nfc;

use super::kinds::{kinds, without_number};
use super::names::without_mark;
use crate::portal::{Doubt, prose};

/// What a line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Originals.
    pub originals: u16,
    /// Copies.
    pub copies: u16,
    /// Originals or copies, as the applicant likes; the numbers are those of the count.
    pub choice: bool,
    /// Why a person must look.
    pub doubts: Vec<Doubt>,
}

impl Asked {
    fn counted(originals: u16, copies: u16) -> Self {
        Asked {
            originals,
            copies,
            ..Asked::default()
        }
    }
}

/// Reads a name and its count.
pub(super) fn read(name: &str, originals: u16, copies: u16) -> Asked {
    let lower = nfc(name).to_lowercase();
    let (opening, subject) = kinds(without_number(without_mark(&lower)));
    let opens_with_choice = opening.is_choice() && !names_a_kind(&without_comparison(subject));
    let chosen = opens_with_choice || ends_with_choice(&lower);
    if chosen && agree_on_number(originals, copies) {
        return Asked {
            choice: true,
            ..Asked::counted(originals, copies)
        };
    }
    if let Some(stated) = stated(&lower, originals, copies) {
        return stated;
    }
    let pieces = match (originals, copies) {
        (1, 1) => Some(1),
        (number, 0) if number > 0 => Some(number),
        _ => None,
    };
    let opens = opening.is_copy() && is_of_copies(subject);
    let compared = copies > 0 && names_an_original(&lower);
    let copied = (opens && !compared) || (copies == 0 && ends_with_copy(&lower));
    if let Some(pieces) = pieces.filter(|_| copied) {
        // An original of the count is the piece that is handed in, or the one that it is compared with.
        let stated = prose::stated_counts(&lower).copies;
        if stated.iter().all(|number| *number == u32::from(pieces)) {
            return Asked::counted(0, pieces);
        }
    }
    Asked {
        doubts: contradictions(&lower, originals, copies),
        ..Asked::counted(originals, copies)
    }
}

/// Whether the columns leave no doubt of how many pieces of either kind are asked for.
fn agree_on_number(originals: u16, copies: u16) -> bool {
    (originals == 0) != (copies == 0) || (originals == copies && originals > 0)
}

/// Words that speak of an original only to compare the copy with it, or as what the copy was made of.
const COMPARED: [&str; 12] = [
    "bản chính để đối chiếu",
    "bản chính để kiểm tra, đối chiếu",
    "bản gốc để đối chiếu",
    "bản gốc để kiểm tra, đối chiếu",
    "xuất trình bản chính",
    "đối chiếu với bản chính",
    "đối chiếu bản chính",
    "không có bản chính",
    "không cần nộp các bản sao",
    "không phải nộp bản sao",
    "từ bản chính",
    "y bản chính",
];

fn without_comparison(text: &str) -> String {
    COMPARED
        .iter()
        .fold(text.to_owned(), |text, words| text.replace(words, ""))
}

fn names_an_original(text: &str) -> bool {
    text.contains("bản chính") || text.contains("bản gốc")
}

fn names_a_kind(text: &str) -> bool {
    names_an_original(text)
        || ["bản sao", "bản chụp"]
            .iter()
            .any(|kind| text.contains(kind))
}

/// Whether all that stands behind "copy of" is copied: one paper, a list that says so, or copies of each.
fn is_of_copies(subject: &str) -> bool {
    const ELSE: [&str; 7] = [
        "bản dịch",
        "bản tóm tắt",
        " và báo cáo",
        "biểu mẫu",
        "bản kê khai",
        "bản khai",
        "đơn đề nghị",
    ];
    let subject = without_comparison(subject);
    let goes_on = ["hoặc", "và ", ",", "/", ";"];
    let opening = subject.trim_start();
    if goes_on.iter().any(|word| opening.starts_with(word))
        || names_an_original(&subject)
        || ELSE.iter().any(|word| subject.contains(word))
        || (subject.contains("theo mẫu") && subject.contains(". "))
    {
        return false;
    }
    let Some((first, more)) = subject.split_once(';') else {
        return true;
    };
    // "Copies of the following:" governs all that follows.
    first.contains(':') || more.split(';').map(without_mark).all(adds_no_paper)
}

/// Whether what stands behind a semicolon is a copy too, or a remark.
fn adds_no_paper(part: &str) -> bool {
    const REMARKS: [&str; 4] = [
        "trường hợp",
        "không yêu cầu",
        "đối với",
        "doanh nghiệp không",
    ];
    part.is_empty() || kinds(part).0.is_copy() || REMARKS.iter().any(|word| part.starts_with(word))
}

/// Whether the end of the name lists the kinds to choose from: `Quy trình: 01 bản chính hoặc bản chụp có chứng thực`.
fn ends_with_choice(lower: &str) -> bool {
    let ending = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let Some((paper, tail)) = ending.rsplit_once([':', '(']) else {
        return false;
    };
    let (kinds, rest) = kinds(without_number(tail.trim_start()));
    kinds.is_choice() && rest.is_empty() && !names_a_kind(paper)
}

/// Whether a bracket at the end says that the one paper before it is a copy: `Giấy đăng ký (bản sao có chứng thực).`
fn ends_with_copy(lower: &str) -> bool {
    let ending = lower.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let Some((paper, inside)) = ending
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    else {
        return false;
    };
    let (kinds, rest) = kinds(inside.trim());
    kinds.is_copy()
        && !names_a_kind(rest)
        && !names_a_kind(paper)
        && !paper.trim_end().contains(';')
}

/// The counts that the name itself gives at its end, where the column is empty or has the one original that it opens
/// with: `Hóa đơn thương mại: 01 bản chụp;`.
fn stated(lower: &str, originals: u16, copies: u16) -> Option<Asked> {
    let all = prose::stated_counts(lower);
    // A sentence behind the count tells when nothing is handed in.
    let named = lower.split(". trường hợp").next().unwrap_or(lower);
    let mut text = named.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if let Some((before, bracket)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) {
        let about = ["có xác nhận", "theo mẫu", "theo các tiêu chí"];
        if about.iter().any(|words| bracket.starts_with(words)) {
            text = before.trim_end();
        }
    }
    for how in [
        " khi làm thủ tục nhập khẩu lô hàng đầu tiên",
        " khi làm thủ tục xuất khẩu lô hàng đầu tiên",
        " có đóng dấu xác nhận của doanh nghiệp",
        " có xác nhận của doanh nghiệp",
        " từ bản chính",
    ] {
        text = text.strip_suffix(how).unwrap_or(text);
    }
    text = text.strip_suffix(')').unwrap_or(text);
    let ends = |kinds: &[&str]| kinds.iter().find_map(|kind| text.strip_suffix(kind));
    let copied = ends(&[" bản chụp", " bản sao"]);
    let before = copied.or_else(|| ends(&[" bản chính", " bản gốc"]))?;
    let before = before.strip_suffix(" (một)").unwrap_or(before);
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let number: u16 = before.get(name.len()..)?.parse().ok()?;
    let name = name.strip_suffix("nộp ").unwrap_or(name).trim_end();
    let bordered = name.ends_with([':', '(', '-', '–']);
    let only = all.originals.len() + all.copies.len() == 1;
    if !bordered || !only || number == 0 || names_a_kind(name) {
        return None;
    }
    let asked = match copied {
        Some(_) => Asked::counted(0, number),
        None => Asked::counted(number, 0),
    };
    let empty = (originals, copies) == (0, 0);
    let opened_with = (originals, copies) == (1, 0) && copied.is_some() && number == 1;
    (empty || opened_with).then_some(asked)
}

/// How the name asks for something else than the count does.
fn contradictions(lower: &str, originals: u16, copies: u16) -> Vec<Doubt> {
    let (originals, copies) = (u32::from(originals), u32::from(copies));
    let mut found = Vec::new();
    if kind_differs(lower, originals, copies) {
        found.push(Doubt::CopyOrOriginal);
    }
    if numbers_differ(lower, originals, copies) {
        found.push(Doubt::NumbersDiffer);
    }
    found
}

/// The name opens with "copy", or says so in a bracket at its end, and an original is asked for.
fn kind_differs(lower: &str, originals: u32, copies: u32) -> bool {
    if originals == 0 {
        return false;
    }
    let names_original = lower.contains("bản chính") || lower.contains("bản gốc");
    let opens = is_copy(without_mark(lower));
    let ending =
        lower.trim_end_matches(|c: char| matches!(c, '.' | ';' | ',') || c.is_whitespace());
    let bracket = ending
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .map_or("", |(_, inside)| inside.trim_start());
    let ends = is_copy(bracket) && !bracket.contains("bản chính");
    (opens && (copies == 0 || !names_original)) || (ends && copies == 0)
}

fn is_copy(text: &str) -> bool {
    ["bản sao", "bản chụp", "bản photo"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// The name states numbers (`02 bản chính`) that are not those of the count.
fn numbers_differ(lower: &str, originals: u32, copies: u32) -> bool {
    let stated = prose::stated_counts(lower);
    let most = |numbers: &[u32]| numbers.iter().copied().max();
    let alternative = lower.contains("hoặc");
    match (most(&stated.originals), most(&stated.copies)) {
        (None, None) => originals == 0 && copies == 0 && ends_with_a_number(lower),
        (None, Some(stated)) => stated != copies,
        (Some(stated), None) => stated != originals,
        (Some(o), Some(c)) => match (o == originals, c == copies) {
            (true, true) => false,
            (true, false) | (false, true) => !alternative,
            (false, false) => true,
        },
    }
}

/// `Tờ khai hải quan: 02 bản.`
fn ends_with_a_number(lower: &str) -> bool {
    lower
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .strip_suffix(" bản")
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &str, originals: u16, copies: u16) -> Result<(u16, u16, bool), Vec<Doubt>> {
        let asked = read(name, originals, copies);
        match asked.doubts.is_empty() {
            true => Ok((asked.originals, asked.copies, asked.choice)),
            false => Err(asked.doubts),
        }
    }

    const COPY_OR_ORIGINAL: [Doubt; 1] = [Doubt::CopyOrOriginal];

    #[test]
    fn a_name_that_speaks_of_copies_only_asks_for_copies_whatever_the_column() {
        for (name, originals, copies, pieces) in [
            ("- Bản sao hộ chiếu", 1, 0, 1),
            ("- Bản sao Điều lệ", 2, 0, 2),
            ("(ii) Bản chụp vận tải đơn", 1, 0, 1),
            ("Bản sao quyết định thành lập;", 1, 1, 1),
            ("++ Bản sao hợp đồng", 0, 1, 1),
            ("Giấy đăng ký (bản sao có chứng thực).", 1, 0, 1),
            ("Hợp đồng với các bên - 01 (một) bản sao", 1, 0, 1),
            ("Nộp 01 bản chụp vận tải đơn", 1, 0, 1),
            (
                "Bản sao kèm bản chính để đối chiếu hoặc bản sao có chứng thực giấy phép",
                1,
                0,
                1,
            ),
            (
                "Bản sao các giấy tờ sau đây: - Hợp đồng; - Quyết định",
                1,
                0,
                1,
            ),
            (
                "Bản sao hợp đồng; bản sao văn bản cử người đại diện",
                1,
                0,
                1,
            ),
        ] {
            assert_eq!(
                asked(name, originals, copies),
                Ok((0, pieces, false)),
                "{name}"
            );
        }
    }

    #[test]
    fn what_may_ask_for_more_than_copies_stays_doubted() {
        for name in [
            "Bản sao văn bằng; giấy chứng nhận đủ sức khỏe",
            "Bản sao và bản dịch tiếng Việt các thỏa thuận",
            "Bản sao hoặc xuất trình Giấy chứng nhận kết hôn",
            "Bản sao hoặc biểu mẫu điện tử đơn đề nghị theo mẫu",
            "Bản sao hồ sơ bệnh án hoặc bản tóm tắt hồ sơ bệnh án",
            "Bản chụp giấy kiểm dịch (phải gửi bản gốc khi kiểm tra) hoặc bản gốc giấy đó",
        ] {
            assert_eq!(asked(name, 1, 0), Err(COPY_OR_ORIGINAL.to_vec()), "{name}");
        }
        let seven = asked("Bản sao hợp lệ Quyết định", 1, 7);
        assert_eq!(seven, Err(COPY_OR_ORIGINAL.to_vec()), "seven or eight?");
    }

    #[test]
    fn original_or_copy_is_the_applicants_choice() {
        for (name, originals, copies) in [
            ("(2) Bản sao hoặc bản chính biên bản họp", 0, 1),
            ("Bản chính hoặc bản sao có chứng thực giấy phép", 1, 1),
            (
                "Bản gốc (hoặc bản sao đã được chứng thực) Giấy cư trú",
                1,
                0,
            ),
            ("Quy trình: 01 bản chính hoặc bản chụp có chứng thực", 0, 1),
            ("Trích lục bản đồ (bản sao/bản chính).", 1, 1),
        ] {
            assert_eq!(
                asked(name, originals, copies),
                Ok((originals, copies, true)),
                "{name}"
            );
        }
        for both in [
            "Bản chính, bản sao giấy phép",
            "Bản chính hoặc bản sao điện tử hợp đồng",
        ] {
            assert_eq!(
                asked(both, 1, 1),
                Ok((1, 1, false)),
                "{both}: as the count says"
            );
        }
    }

    #[test]
    fn the_count_at_the_end_of_a_name_fills_an_empty_column() {
        for (name, expected) in [
            ("+ Tờ khai hải quan: 02 bản chính;", (2, 0, false)),
            ("- Hóa đơn thương mại (nếu có): 01 bản chụp;", (0, 1, false)),
            ("+ Văn bản đề nghị (01 bản chính)", (1, 0, false)),
            (
                "Biên lai: 01 bản chính (Theo mẫu 01 ban hành kèm theo)",
                (1, 0, false),
            ),
            ("cơ quan chỉ cấp 01 bản cho người yêu cầu.", (0, 0, false)),
        ] {
            assert_eq!(asked(name, 0, 0), Ok(expected), "{name}");
        }
        for name in [
            "Tờ khai hải quan: 02 bản.",
            "Giấy phép: 01 bản chính nếu xuất khẩu một lần hoặc 01 bản chụp nếu nhiều lần",
        ] {
            assert_eq!(asked(name, 0, 0), Err(vec![Doubt::NumbersDiffer]), "{name}");
        }
        let other = asked("Tờ khai: 02 bản chính", 1, 0);
        assert_eq!(other, Err(vec![Doubt::NumbersDiffer]), "two or one?");
        assert_eq!(asked("Tờ khai: 02 bản chính", 2, 0), Ok((2, 0, false)));
        let shown = asked("01 bản chụp, xuất trình bản chính", 0, 1);
        assert_eq!(shown, Ok((0, 1, false)));
        let compared = asked("3.1. Bản sao kèm bản chính để đối chiếu", 1, 1);
        assert_eq!(
            compared,
            Ok((1, 1, false)),
            "the original is named and counted"
        );
    }
}
