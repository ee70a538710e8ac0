//! Rust source as lines of code: comments and the insides of literals are blanked, and lines that only tests compile are
//! marked. A reader of text, not a parser: enough to look for a call without finding it in a string. Macros are not expanded.

/// One line of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeLine {
    /// From 1.
    pub number: usize,
    /// The line without comments and without what stands in quotes.
    pub code: String,
    /// Under `#[cfg(test)]` or `#[test]`.
    pub test: bool,
}

/// All lines of a file.
pub fn code_lines(text: &str) -> Vec<CodeLine> {
    let code = blank(text);
    let test = test_lines(&code);
    code.lines()
        .zip(test)
        .enumerate()
        .map(|(at, (line, test))| CodeLine {
            number: at + 1,
            code: line.to_owned(),
            test,
        })
        .collect()
}

/// Names of modules that are declared as `#[cfg(test)] mod NAME;`: their files hold tests only.
pub fn test_modules(text: &str) -> Vec<String> {
    let code = blank(text);
    let mut names = Vec::new();
    for part in code.split("#[cfg(test)]").skip(1) {
        let mut words = part
            .split_whitespace()
            .skip_while(|word| *word == "pub" || word.starts_with("#["));
        if let (Some("mod"), Some(name)) = (words.next(), words.next())
            && let Some(name) = name.strip_suffix(';')
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The same text, line by line and column by column, with comments and literals blanked.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = end_of_blank(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            // Quotes stay visible, so that a literal is still an argument.
            out.extend(
                chars[at..end]
                    .iter()
                    .map(|c| if matches!(c, '\n' | '"') { *c } else { ' ' }),
            );
            at = end;
        }
    }
    out
}

/// Where the comment or literal that starts at `at` ends; `at` itself when none starts here.
fn end_of_blank(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => find(chars, at, |c| c == '\n'),
        '/' if next == Some('*') => end_of_block_comment(chars, at),
        '"' => end_of_string(chars, at + 1),
        'r' if !continues_a_word(chars, at) => end_of_raw_string(chars, at),
        '\'' => end_of_char(chars, at),
        _ => at,
    }
}

fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len())
        .find(|at| wanted(chars[*at]))
        .unwrap_or(chars.len())
}

fn end_of_block_comment(chars: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// `r"…"`, `r#"…"#`, also after a `b` or `c`.
fn end_of_raw_string(chars: &[char], start: usize) -> usize {
    let quote = find(chars, start + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return start;
    }
    let hashes = quote - start - 1;
    let mut at = quote + 1;
    while at < chars.len() {
        at = find(chars, at, |c| c == '"') + 1;
        if chars
            .iter()
            .skip(at)
            .take(hashes)
            .filter(|c| **c == '#')
            .count()
            == hashes
        {
            return (at + hashes).min(chars.len());
        }
    }
    chars.len()
}

/// A character literal, and not a lifetime.
fn end_of_char(chars: &[char], start: usize) -> usize {
    match chars.get(start + 1) {
        Some('\\') => find(chars, start + 3, |c| c == '\'') + 1,
        Some(_) if chars.get(start + 2) == Some(&'\'') => start + 3,
        _ => start,
    }
}

fn continues_a_word(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let prefix = matches!(before, Some('b' | 'c'))
        && !at.checked_sub(2).is_some_and(|at| is_word(chars[at]));
    before.is_some_and(is_word) && !prefix
}

/// Part of an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// For each line, whether it lies in an item under `#[cfg(test)]` or `#[test]`.
fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = Vec::new();
    let mut state = Region::Product;
    for line in code.lines() {
        let starts = line.contains("#[cfg(test)]")
            || line.contains("#[cfg(all(test")
            || line.contains("#[test]");
        if starts && matches!(state, Region::Product) {
            state = Region::Attribute;
        }
        let mut touched = !matches!(state, Region::Product);
        let attribute_end = line
            .rfind(")]")
            .or(line.rfind("test]"))
            .filter(|_| starts)
            .unwrap_or(0);
        for c in line[attribute_end..].chars() {
            state = state.after(c);
            touched |= !matches!(state, Region::Product);
        }
        marks.push(touched);
    }
    marks
}

#[derive(Clone, Copy)]
enum Region {
    Product,
    /// After the attribute, before the item's body.
    Attribute,
    /// In the body, this many braces deep.
    Body(usize),
}

impl Region {
    fn after(self, c: char) -> Region {
        match (self, c) {
            (Region::Attribute, '{') => Region::Body(1),
            (Region::Attribute, ';') => Region::Product,
            (Region::Body(depth), '{') => Region::Body(depth + 1),
            (Region::Body(1), '}') => Region::Product,
            (Region::Body(depth), '}') => Region::Body(depth - 1),
            (same, _) => same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        blank(text)
    }

    #[test]
    fn what_stands_in_comments_and_literals_is_not_code() {
        assert_eq!(code("a // b()\nc"), "a       \nc");
        assert_eq!(
            code("a /* b /* c */ d */ e")
                .split_whitespace()
                .collect::<Vec<_>>(),
            ["a", "e"]
        );
        assert!(!code(r#"say("never .unwrap() \" here")"#).contains("unwrap"));
        assert!(!code(r##"let s = r#"a "quoted" panic!()"#;"##).contains("panic"));
        assert!(!code(r#"b"\x00 panic!()""#).contains("panic"));
    }

    #[test]
    fn a_quote_character_does_not_open_a_string() {
        assert!(code("let q = '\"'; x.unwrap()").contains("x.unwrap()"));
        assert!(code(r"let q = '\''; x.unwrap()").contains("x.unwrap()"));
    }

    #[test]
    fn lifetimes_are_not_character_literals() {
        assert!(code("fn f<'a>(x: &'a str) { x.unwrap() }").contains("&'a str) { x.unwrap()"));
    }

    #[test]
    fn a_test_module_ends_at_its_brace() {
        let lines = code_lines(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { if x { } }\n}\nfn c() {}\n",
        );
        let test: Vec<bool> = lines.iter().map(|line| line.test).collect();
        assert_eq!(test, [false, true, true, true, true, false]);
    }

    #[test]
    fn a_declared_test_module_is_named_and_ends_at_its_semicolon() {
        let text = "#[cfg(test)]\nmod conformance;\nmod product;\nfn a() {}\n";
        assert_eq!(test_modules(text), ["conformance"]);
        assert!(
            !code_lines(text)[3].test,
            "what follows is product code again"
        );
    }

    #[test]
    fn the_same_text_comes_out_line_by_line() {
        let text = "a\n\"b\nc\" // d\ne\n";
        assert_eq!(code(text).lines().count(), text.lines().count());
    }
}
