//! Makes text from files harmless to print.
//!
//! Decides which characters could do something to a terminal, or to the eye, other than show
//! themselves, and what replaces them. The reporters decide where the text goes.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// How many combining marks one letter may have. A taller pile would be drawn over the
/// lines around it.
const MOST_STACKED: u8 = 4;

/// The text with everything that does not show itself written as an escape: `\n`, `\u{202e}`.
/// So is the second `#` of `##[` and `##vso[`, by which services that read a log know commands,
/// wherever these are in a line.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    escaped(text, Pieces::new(text))
}

/// The text as [`visible`] writes it, for documents that programs read: no service looks for
/// commands in them.
#[must_use]
pub fn visible_in_document(text: &str) -> Cow<'_, str> {
    escaped(text, Pieces::in_document(text))
}

/// The text, if its pieces are what it is made of; else what they show.
fn escaped<'a>(text: &'a str, pieces: Pieces<'a>) -> Cow<'a, str> {
    if pieces.clone().all(|piece| piece.escape.is_none()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    pieces.for_each(|piece| piece.push_to(&mut shown));
    Cow::Owned(shown)
}

/// A cell that no spreadsheet takes for a formula.
#[cfg(feature = "cli")]
#[must_use]
pub fn defused(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// Whether the text is printable ASCII, as wide as it is long, and without the beginning of a
/// command.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    // No early exit, so that the loop is done many bytes at a time.
    let seen = text.bytes().fold((false, false), |(strange, hash), byte| {
        (strange | (byte.wrapping_sub(0x20) >= 0x5f), hash | (byte == b'#'))
    });
    match seen {
        (true, _) => false,
        (false, hash) => !hash || !text.contains("##"),
    }
}

/// Whether what follows `##` makes a command of it: `[` and `vso[` do.
fn makes_command(text: &str) -> bool {
    text.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()).starts_with('[')
}

/// Whether a character must not reach a terminal as it is: it controls, it
/// turns the direction of text, or it cannot be seen.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    if (letter as u32) < 0xad {
        return letter.is_control();
    }
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || letter as u32 & 0xfffe == 0xfffe
}

/// A character as it is shown, and where it came from.
#[derive(Debug, Clone, Copy)]
pub struct VisibleChar {
    /// The byte at which the character begins in the original text.
    pub offset: usize,
    /// The character.
    pub letter: char,
    /// How many columns it takes as it is shown.
    pub width: usize,
    /// Its replacement.
    escape: Option<Escape>,
}

/// How a character is written that cannot be shown.
#[derive(Debug, Clone, Copy)]
enum Escape {
    Short(&'static str),
    Number,
}

impl VisibleChar {
    fn of(offset: usize, letter: char, stacked: u8) -> VisibleChar {
        let own_width = letter.width().unwrap_or(0);
        let escape = match letter {
            '\n' => Some(Escape::Short("\\n")),
            '\r' => Some(Escape::Short("\\r")),
            '\t' => Some(Escape::Short("\\t")),
            _ if is_hidden(letter) => Some(Escape::Number),
            _ if own_width == 0 && stacked >= MOST_STACKED => Some(Escape::Number),
            _ => None,
        };
        let piece = VisibleChar { offset, letter, width: own_width, escape };
        match escape {
            None => piece,
            Some(Escape::Short(short)) => VisibleChar { width: short.len(), ..piece },
            Some(Escape::Number) => piece.by_number(),
        }
    }

    /// The character written as its number.
    fn by_number(self) -> VisibleChar {
        let width = "\\u{}".len() + hex_digits(self.letter as u32);
        VisibleChar { width, escape: Some(Escape::Number), ..self }
    }

    /// Writes the character as it is shown.
    pub fn push_to(&self, shown: &mut String) {
        match self.escape {
            None => shown.push(self.letter),
            Some(Escape::Short(short)) => shown.push_str(short),
            Some(Escape::Number) => shown.extend(self.letter.escape_unicode()),
        }
    }
}

const fn hex_digits(number: u32) -> usize {
    (32 - (number | 1).leading_zeros() as usize).div_ceil(4)
}

/// The characters of a text as they are shown, in order.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    letters: std::str::CharIndices<'a>,
    stacked: u8,
    /// Whether a command could begin with the letter before.
    after_hash: bool,
    in_document: bool,
}

impl<'a> Pieces<'a> {
    /// The pieces of this text.
    #[must_use]
    pub fn new(text: &'a str) -> Pieces<'a> {
        let letters = text.char_indices();
        Pieces { letters, stacked: MOST_STACKED, after_hash: false, in_document: false }
    }

    /// Those of a text that is a part of a document for programs.
    fn in_document(text: &'a str) -> Pieces<'a> {
        Pieces { in_document: true, ..Pieces::new(text) }
    }
}

impl Iterator for Pieces<'_> {
    type Item = VisibleChar;

    fn next(&mut self) -> Option<VisibleChar> {
        let (offset, letter) = self.letters.next()?;
        let mut piece = VisibleChar::of(offset, letter, self.stacked);
        if letter == '#' && self.after_hash && makes_command(self.letters.as_str()) {
            piece = piece.by_number();
        }
        self.after_hash = letter == '#' && !self.in_document;
        self.stacked = if piece.width == 0 { self.stacked.saturating_add(1) } else { 0 };
        Some(piece)
    }
}

/// How many columns a text takes that is shown as it is.
#[must_use]
pub fn width(shown: &str) -> usize {
    if is_plain(shown) {
        return shown.len();
    }
    shown.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

/// The text made visible, and cut short with `…` where it takes more than
/// `room` columns.
#[must_use]
pub fn shortened(text: &str, room: usize) -> Cow<'_, str> {
    match cut(Pieces::new(text), room) {
        None => visible(text),
        Some(kept) => {
            let mut shown = String::new();
            Pieces::new(text).take(kept).for_each(|piece| piece.push_to(&mut shown));
            shown.push('…');
            Cow::Owned(shown)
        }
    }
}

/// Like [`shortened`], but it is the end that stays: the name of a file rather
/// than that of its disk.
#[must_use]
pub fn shortened_front(text: &str, room: usize) -> Cow<'_, str> {
    if text.len() <= room && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let pieces: Vec<VisibleChar> = Pieces::new(text).collect();
    let backwards = || pieces.iter().rev().copied();
    match cut(backwards(), room) {
        None => visible(text),
        Some(kept) => {
            let first = kept.checked_sub(1).and_then(|last| backwards().nth(last));
            let from = first.map_or(text.len(), |piece| piece.offset);
            Cow::Owned(format!("…{}", visible(text.get(from..).unwrap_or_default())))
        }
    }
}

/// How many of the pieces stay beside an `…` when they do not fit into `room`
/// columns; `None` when they do.
fn cut(pieces: impl Iterator<Item = VisibleChar>, room: usize) -> Option<usize> {
    let mut column = 0;
    let mut kept = 0;
    for (count, piece) in pieces.enumerate() {
        column += piece.width;
        if column < room {
            kept = count + 1;
        }
        if column > room {
            return Some(kept);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{
        Pieces, is_hidden, is_plain, shortened, shortened_front, visible, visible_in_document,
        width,
    };
    use std::borrow::Cow;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn what_shows_itself_is_borrowed() {
        for text in ["", "agent 7", "Müller", "山田 太郎", "e\u{301}", "שלום", "🙂", "\\"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_does_not_show_itself_is_written_out() {
        for (text, shown) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
            ("\0\u{7f}\u{85}\u{9b}", "\\u{0}\\u{7f}\\u{85}\\u{9b}"),
            ("\u{202e}gpj\u{2069}", "\\u{202e}gpj\\u{2069}"),
            ("\u{61c}\u{200e}\u{200f}\u{200b}", "\\u{61c}\\u{200e}\\u{200f}\\u{200b}"),
            ("\u{2028}\u{2029}\u{feff}", "\\u{2028}\\u{2029}\\u{feff}"),
            ("x\u{e0041}\u{e007f}\u{10ffff}", "x\\u{e0041}\\u{e007f}\\u{10ffff}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn no_part_of_a_text_is_a_command() {
        for (text, shown) in [
            ("##[error]x", "#\\u{23}[error]x"),
            ("a ##vso[task.complete]", "a #\\u{23}vso[task.complete]"),
            ("##VSO[x] é", "#\\u{23}VSO[x] é"),
            ("###[x", "##\\u{23}[x"),
            ("##[##[", "#\\u{23}[#\\u{23}["),
            ("## [x]", "## [x]"),
            ("#[x] ##", "#[x] ##"),
            ("##\u{200b}[", "##\\u{200b}["),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(width(&visible(text)), shown.width());
            for room in 0..shown.len() + 2 {
                for cut in [shortened(text, room), shortened_front(text, room)] {
                    assert!(
                        !cut.contains("##[") && !cut.to_lowercase().contains("##vso["),
                        "{cut}"
                    );
                    assert!(cut.width() <= room.max(1), "{cut} {room}");
                }
            }
        }
        assert_eq!(visible_in_document("##[x\n"), "##[x\\n");
    }

    #[test]
    fn every_control_and_every_turn_of_direction_is_hidden() {
        let turns = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
        for letter in turns.chain(controls).chain('\u{e0000}'..='\u{e007f}') {
            assert!(is_hidden(letter), "{letter:?}");
        }
        for letter in [' ', '~', '\u{a0}', 'é', '\u{301}', '中', '\u{2030}', '\u{fffd}', '🙂'] {
            assert!(!is_hidden(letter), "{letter:?}");
        }
    }

    #[test]
    fn marks_without_a_letter_and_piles_of_them_are_written_out() {
        assert_eq!(visible("\u{301}a"), "\\u{301}a");
        assert_eq!(visible("a\u{301}\u{302}\u{303}\u{304}"), "a\u{301}\u{302}\u{303}\u{304}");
        let pile = format!("a{}b", "\u{301}".repeat(6));
        assert!(visible(&pile).contains("\\u{301}"), "{pile}");
    }

    #[test]
    fn only_printable_ascii_is_plain() {
        for byte in 0..=0x7f_u8 {
            let text = format!("{}{}", "x".repeat(40), char::from(byte));
            assert_eq!(is_plain(&text), (0x20..0x7f).contains(&byte), "{byte}");
        }
        assert!(!is_plain("é"));
    }

    #[test]
    fn pieces_are_as_wide_as_what_they_show() {
        for text in ["ab", "山\t田", "a\u{1b}\u{e0041}", "e\u{301}x", "\u{10ffff}\0"] {
            let shown = visible(text);
            let sum: usize = Pieces::new(text).map(|piece| piece.width).sum();
            assert_eq!(sum, shown.width(), "{shown}");
            assert_eq!(width(&shown), shown.width(), "{shown}");
        }
    }

    #[test]
    fn shortening_cuts_between_characters_and_fits() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("abcdef", 5), "abcd…");
        assert_eq!(shortened("山田太郎", 6), "山田…");
        assert_eq!(shortened("ab\u{1b}cd", 7), "ab…");
        assert_eq!(shortened_front("/home/ada/batch.csv", 10), "…batch.csv");
        assert_eq!(shortened_front("山田太郎", 6), "…太郎");
        let long = "山".repeat(400_000);
        for room in 1..20 {
            assert!(shortened(&long, room).width() <= room);
            assert!(shortened_front(&long, room).width() <= room);
        }
        assert_eq!(shortened("ab", 0), "…");
    }

    #[test]
    fn shortening_cuts_only_what_does_not_fit() {
        for text in ["", "x", "xy", "山", "e\u{301}"] {
            assert_eq!(shortened(text, width(text)), text);
            assert_eq!(shortened_front(text, width(text)), text);
        }
    }
}
