//! Formats text for a terminal, and writes it in large pieces.
//!
//! Decides how text is coloured and where lines break. The reporters decide what it says.

use super::Style;
use super::visible::{is_plain, visible, width};
use crate::model::rule::Severity;
use std::io::{self, Write};

/// How much is gathered before it is written.
const FULL: usize = 1 << 16;

/// The narrowest page: less leaves no room beside a line number.
const NARROWEST: usize = 20;

/// A colour of the terminal, as the number that selects it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AnsiStyle(&'static str);

impl AnsiStyle {
    /// What only leads the eye: line numbers, arrows, the second record.
    pub(super) const BLUE: AnsiStyle = AnsiStyle("1;34");
    /// Good news.
    pub(super) const GREEN: AnsiStyle = AnsiStyle("1;32");
    /// What is worth reading first.
    pub(super) const BOLD: AnsiStyle = AnsiStyle("1");

    /// The colour of a severity.
    pub(super) const fn of(severity: Severity) -> AnsiStyle {
        match severity {
            Severity::Error => AnsiStyle("1;31"),
            Severity::Warning => AnsiStyle("1;33"),
            Severity::Info => AnsiStyle("1;36"),
        }
    }
}

/// What is written so far, and how it should look.
pub(super) struct Page {
    /// What is not written yet. What is pushed here must be visible.
    pub(super) text: String,
    /// How many columns a line may take.
    pub(super) width: usize,
    color: bool,
}

impl Page {
    /// An empty page.
    pub(super) fn new(style: &Style) -> Page {
        let text = String::with_capacity(FULL + FULL / 4);
        Page { text, width: style.width.max(NARROWEST), color: style.color }
    }

    /// Writes what has gathered if it is much.
    pub(super) fn settle(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.text.len() >= FULL { self.send(out) } else { Ok(()) }
    }

    /// Writes what has gathered.
    pub(super) fn send(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// Adds this many spaces.
    pub(super) fn blanks(&mut self, count: usize) {
        Sign::BLANK.push(&mut self.text, count);
    }

    /// Adds visible text in a colour.
    pub(super) fn painted(&mut self, ink: AnsiStyle, shown: &str) {
        let before = self.ink(ink);
        self.text.push_str(shown);
        self.plain(before);
    }

    /// Begins a colour; the answer says whether there is one to be ended.
    pub(super) fn ink(&mut self, ink: AnsiStyle) -> bool {
        if self.color {
            self.text.push_str("\u{1b}[");
            self.text.push_str(ink.0);
            self.text.push('m');
        }
        self.color
    }

    /// Ends a colour.
    pub(super) fn plain(&mut self, begun: bool) {
        if begun {
            self.text.push_str("\u{1b}[0m");
        }
    }

    /// Adds text and ends the line. What does not fit continues below, after `indent`
    /// spaces; `column` columns of the line are taken already.
    pub(super) fn flow(&mut self, text: &str, column: usize, indent: usize) {
        let shown = visible(text);
        let indent = indent.min(self.width / 2);
        if column + width(&shown) <= self.width {
            self.text.push_str(&shown);
        } else {
            self.flow_words(&shown, column, indent, is_plain(&shown));
        }
        self.text.push('\n');
    }

    /// Adds words that are too many for a line; where bytes are columns, a line
    /// of them at a time.
    fn flow_words(&mut self, shown: &str, mut column: usize, indent: usize, plain: bool) {
        let (mut rest, mut gap) = (Some(shown), 0);
        while let Some(text) = rest {
            let room = self.width.checked_sub(column + gap).filter(|_| plain);
            if let Some((words, more)) = room.and_then(|room| words_within(text, room)) {
                self.blanks(gap);
                self.text.push_str(words);
                column += gap + words.len();
                (rest, gap) = (more, 1);
                continue;
            }
            let (word, more) = first_word(text);
            let wide = width(word);
            let fits_here = column + gap + wide <= self.width;
            let fits_below = indent + wide <= self.width;
            if fits_here || (!fits_below && column + gap < self.width) {
                self.blanks(gap);
                column += gap;
            } else {
                column = self.below(indent, word);
            }
            column = self.place(word, wide, column, indent);
            (rest, gap) = (more, 1);
        }
    }

    /// Adds a word, broken anywhere if it is longer than a line.
    fn place(&mut self, word: &str, wide: usize, mut column: usize, indent: usize) -> usize {
        if column + wide <= self.width {
            self.text.push_str(word);
            return column + wide;
        }
        for (at, letter) in word.char_indices() {
            let wide = width(letter.encode_utf8(&mut [0; 4]));
            if column + wide > self.width {
                column = self.below(indent, word.get(at..).unwrap_or_default());
            }
            self.text.push(letter);
            column += wide;
        }
        column
    }

    /// Begins a line that continues with `rest`, and returns its column.
    fn below(&mut self, indent: usize, rest: &str) -> usize {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.blanks(indent);
        let guard = if is_command(rest) { "…" } else { "" };
        self.text.push_str(guard);
        indent + width(guard)
    }
}

/// The first word, and what follows the space after it.
fn first_word(text: &str) -> (&str, Option<&str>) {
    text.split_once(' ').map_or((text, None), |(word, rest)| (word, Some(rest)))
}

/// As many words of a text of ASCII as fit into a room, with the spaces between them, and
/// what follows the space after them; `None` if the first one does not fit.
fn words_within(text: &str, room: usize) -> Option<(&str, Option<&str>)> {
    if text.len() <= room {
        return Some((text, None));
    }
    let end = text.as_bytes().get(..=room)?.iter().rposition(|byte| *byte == b' ')?;
    Some((text.get(..end)?, text.get(end + 1..)))
}

/// Whether a line that begins so, after spaces, is a command to a CI service that reads
/// this output.
pub(super) fn is_command(line: &str) -> bool {
    line.starts_with("::") || line.starts_with("##")
}

/// A sign of one column, as many of it as are added at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign(&'static str);

impl Sign {
    /// A space.
    pub(super) const BLANK: Sign = Sign("                                ");
    /// What marks the words of the first record.
    pub(super) const CARET: Sign = Sign("^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
    /// What marks the words of the others.
    pub(super) const DASH: Sign = Sign("--------------------------------");

    /// Adds this many of it.
    pub(super) fn push(self, text: &mut String, mut count: usize) {
        while let Some(rest) = count.checked_sub(self.0.len()) {
            text.push_str(self.0);
            count = rest;
        }
        text.push_str(self.0.get(..count).unwrap_or_default());
    }
}

/// A number with commas between its thousands: `19,999,899,900`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and what it counts: `1 record`, `2,000 records`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{AnsiStyle, NARROWEST, Page, counted, grouped};
    use crate::report::Style;
    use proptest::prelude::{prop_assert_eq, proptest};
    use unicode_width::UnicodeWidthStr;

    fn flowed(text: &str, width: usize, column: usize, indent: usize) -> String {
        let style = Style { width, ..Style::PLAIN };
        let mut out = Vec::new();
        let mut page = Page::new(&style);
        page.text.push_str(&"#".repeat(column));
        page.flow(text, column, indent);
        assert!(page.send(&mut out).is_ok());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn thousands_are_told_apart() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (19_999_899_900, "19,999,899,900")]
        {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1, "day", "days"), "1 day");
        assert_eq!(counted(0, "day", "days"), "0 days");
    }

    #[test]
    fn text_breaks_at_blanks_and_hangs() {
        assert_eq!(flowed("one two three four", 20, 8, 4), "########one two\n    three four\n");
        assert_eq!(flowed("one two", 20, 13, 4), "#############one two\n");
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let words =
            ["山田太郎".repeat(20), "x".repeat(70), "a  b".to_owned(), "e\u{301}".repeat(30)];
        for text in [words.join(" "), words[1].clone(), String::new(), " ".repeat(50)] {
            for (width, column, indent) in [(20, 0, 4), (21, 19, 60), (40, 39, 2), (33, 33, 0)] {
                let lines = flowed(&text, width, column, indent);
                for line in lines.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
                let kept = |text: &str| text.replace(['\n', ' ', '#'], "");
                assert_eq!(kept(&lines), kept(&text));
            }
        }
    }

    #[test]
    fn no_line_that_is_broken_begins_with_a_command() {
        for text in ["one two three four ::error::x", "aaaaaaaaaaaaaaaa::error::xxxxxxxxxxxxx"] {
            for width in 20..40 {
                let lines = flowed(text, width, 4, 4);
                assert!(!lines.lines().any(|line| line.trim_start().starts_with("::")), "{lines}");
                assert!(lines.lines().all(|line| line.width() <= width), "{lines}");
            }
        }
    }

    proptest! {
        #[test]
        fn lines_of_plain_words_break_where_single_words_would(
            text in "([ -~]{0,9} {0,3}){0,30}",
            width in 20_usize..50,
            column in 0_usize..50,
            indent in 0_usize..25,
        ) {
            let style = Style { width, ..Style::PLAIN };
            let by = |plain| {
                let mut page = Page::new(&style);
                page.flow_words(&text, column, indent, plain);
                page.text
            };
            prop_assert_eq!(by(true), by(false));
        }
    }

    #[test]
    fn a_long_name_takes_no_long_time() {
        let lines = flowed(&"x".repeat(1 << 20), 80, 0, 4);
        assert!(lines.len() > 1 << 20);
    }

    #[test]
    fn colours_come_only_when_asked_for() {
        for color in [false, true] {
            let style = Style { color, width: 0, ..Style::PLAIN };
            let mut out = Vec::new();
            let mut page = Page::new(&style);
            assert_eq!(page.width, NARROWEST);
            page.painted(AnsiStyle::BLUE, "x");
            assert!(page.send(&mut out).is_ok());
            assert_eq!(out, if color { &b"\x1b[1;34mx\x1b[0m"[..] } else { b"x" });
        }
    }
}
