//! Makes the page of a rule from its doc comment.
//!
//! `rule!` makes the static of a rule whose page is its own doc comment, so that rustdoc,
//! `shiftlint rules` and `docs/rules.md` print one text.

/// Makes `pub static RULE` from a doc comment and the fields of a rule; the
/// comment is its page.
macro_rules! rule {
    ($(#[doc = $line:literal])+ Rule { $($fields:tt)* }) => {
        $(#[doc = $line])+
        // Some rules have nothing in common.
        #[allow(clippy::needless_update)]
        pub static RULE: $crate::model::rule::Rule = {
            const LINES: &[&str] = &[$($line),+];
            const PAGE: [u8; $crate::judge::page::length(LINES)] =
                $crate::judge::page::text(LINES);
            $crate::model::rule::Rule {
                page: $crate::judge::page::utf8(&PAGE),
                $($fields)*
                ..$crate::model::rule::Rule::COMMON
            }
        };
    };
}
pub(crate) use rule;

/// How long the page of these lines of a doc comment is, in bytes.
pub(crate) const fn length(lines: &[&str]) -> usize {
    let mut length = 0;
    let mut place = 0;
    while place < lines.len() {
        let line = lines[place].as_bytes();
        length += line.len() - margin(line) + 1;
        place += 1;
    }
    length
}

/// The page of these lines: each without the space that follows `///`, and with an end of
/// line.
pub(crate) const fn text<const LENGTH: usize>(lines: &[&str]) -> [u8; LENGTH] {
    let mut page = [b'\n'; LENGTH];
    let (mut end, mut place) = (0, 0);
    while place < lines.len() {
        let line = lines[place].as_bytes();
        let mut byte = margin(line);
        while byte < line.len() {
            page[end] = line[byte];
            end += 1;
            byte += 1;
        }
        end += 1;
        place += 1;
    }
    page
}

/// The bytes as text, which they are: they were put together from lines.
pub(crate) const fn utf8(page: &[u8]) -> &str {
    match str::from_utf8(page) {
        Ok(page) => page,
        Err(_) => "",
    }
}

const fn margin(line: &[u8]) -> usize {
    matches!(line.first(), Some(b' ')) as usize
}

#[cfg(test)]
mod tests {
    use super::{length, text, utf8};
    use crate::judge::RULES;

    const COMMENT: &[&str] = &[" Zwölf", "", "   indented", "bare"];

    #[test]
    fn a_page_is_its_comment_without_the_margin() {
        const PAGE: [u8; length(COMMENT)] = text(COMMENT);
        assert_eq!(utf8(&PAGE), "Zwölf\n\n  indented\nbare\n");
    }

    #[test]
    fn every_page_is_complete() {
        for rule in RULES {
            for heading in ["### Why it matters", "### Example", "### What to do"] {
                let found = rule.page.lines().filter(|line| *line == heading).count();
                assert_eq!(found, 1, "{rule:?}: its page wants the heading {heading:?} once");
            }
            let lines = rule.page.lines().count();
            assert!((15..=35).contains(&lines), "{rule:?}: its page has {lines} lines");
            assert!(!rule.page.starts_with('#'), "{rule:?}: a page begins with what it means");
            assert!(
                rule.page.lines().all(|line| line == line.trim_end()),
                "{rule:?}: trailing blanks"
            );
        }
    }

    #[test]
    fn every_page_has_an_example_to_run() {
        for rule in RULES {
            let page = rule.page;
            let command = page.lines().find(|line| line.starts_with("$ shiftlint check batch."));
            let command = command.unwrap_or_default();
            assert!(!command.is_empty(), "{rule:?}: no line `$ shiftlint check batch.csv …`");
            for file in ["batch.csv", "batch.json", "live.csv", "off.csv", "agents.csv"] {
                let format = file.rsplit('.').next().unwrap_or_default();
                let shown = page.contains(&format!("\n```{format} {file}\n"));
                assert_eq!(shown, command.contains(file), "{rule:?}: {file} is shown and used");
            }
            assert_eq!(page.matches("```").count() % 2, 0, "{rule:?}: a fence is left open");
            assert!(page.contains("\n```console\n$ "), "{rule:?}: the command stands in a fence");
        }
    }
}
