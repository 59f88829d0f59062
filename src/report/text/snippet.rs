//! Cuts an excerpt to the width of a line, and puts marks under its words.
//!
//! Decides which part of a long line is shown and keeps the marks below the words they belong
//! to. The caller decides which words are marked.

use crate::model::finding::Excerpt;
use crate::report::page::Sign;
use crate::report::visible::{Pieces, is_plain};
use std::ops::Range;

/// The replacement of a tab between words.
const TAB: &str = "  ";

/// A line of a file and the line of marks below it. Kept and drawn again for
/// every record.
#[derive(Debug, Default)]
pub(super) struct Snippet {
    /// The line, or what fits of it.
    pub(super) text: String,
    /// The marks, without spaces after the last one; empty when there is none.
    pub(super) marks: String,
    /// How many columns the marks take.
    pub(super) marks_width: usize,
    /// The parts of the line that are shown, in columns of the whole line.
    kept: Vec<Range<usize>>,
}

impl Snippet {
    /// Draws the excerpt within `room` columns, with `mark` under the words.
    pub(super) fn draw(
        &mut self,
        excerpt: &Excerpt,
        words: &mut Vec<Range<usize>>,
        mark: Sign,
        room: usize,
    ) {
        self.text.clear();
        self.marks.clear();
        tidy(words, &excerpt.text);
        if excerpt.text.len() <= room && is_plain(&excerpt.text) {
            self.draw_plain(&excerpt.text, words, mark);
        } else {
            let plain = is_plain(&excerpt.text);
            self.choose(excerpt, words, room.max(4), plain);
            if plain {
                self.draw_kept_plain(&excerpt.text, words, mark);
            } else {
                self.draw_kept(excerpt, words, mark);
            }
        }
        self.marks_width = self.marks.len();
    }

    /// Bytes are columns, and all of them fit.
    fn draw_plain(&mut self, text: &str, words: &[Range<usize>], mark: Sign) {
        self.text.push_str(text);
        let mut column = 0;
        for word in words {
            Sign::BLANK.push(&mut self.marks, word.start - column);
            mark.push(&mut self.marks, word.len());
            column = word.end;
        }
    }

    /// Chooses the columns to show so that they fit, with a column for every
    /// place where something is skipped.
    fn choose(&mut self, excerpt: &Excerpt, words: &[Range<usize>], room: usize, plain: bool) {
        let total = if plain {
            self.kept.clear();
            words.iter().for_each(|word| self.keep(word.clone()));
            excerpt.text.len()
        } else {
            self.measure(excerpt, words)
        };
        if total <= room {
            self.keep_only(0..total);
            return;
        }
        let first = self.kept.first().map_or(0, |word| word.start);
        let last = self.kept.last().map_or(0, |word| word.end);
        if last - first + 2 <= room {
            self.keep_only(window(first, last, total, room));
        } else {
            self.grow(total, room);
        }
    }

    /// Sets `kept` to the columns of the words, and counts all columns.
    fn measure(&mut self, excerpt: &Excerpt, words: &[Range<usize>]) -> usize {
        self.kept.clear();
        let mut column = 0;
        let mut ahead = words.iter().peekable();
        for (offset, _, width) in shown_pieces(excerpt) {
            while ahead.next_if(|word| word.end <= offset).is_some() {}
            if ahead.peek().is_some_and(|word| word.start <= offset) {
                self.keep(column..column + width);
            }
            column += width;
        }
        column
    }

    fn keep(&mut self, columns: Range<usize>) {
        match self.kept.last_mut() {
            Some(part) if part.end == columns.start => part.end = columns.end,
            _ => self.kept.push(columns),
        }
    }

    fn keep_only(&mut self, part: Range<usize>) {
        self.kept.clear();
        self.kept.push(part);
    }

    /// Words that lie too far apart for one window get a window each.
    fn grow(&mut self, total: usize, room: usize) {
        let most_words = (room / 4).max(1);
        self.kept.truncate(most_words);
        let count = self.kept.len();
        let free = room - (count + 1);
        for word in &mut self.kept {
            word.end = word.end.min(word.start + free / count);
        }
        let taken: usize = self.kept.iter().map(ExactSizeIterator::len).sum();
        let margin = (free - taken) / (2 * count);
        for word in &mut self.kept {
            *word = word.start.saturating_sub(margin)..(word.end + margin).min(total);
        }
        self.kept.dedup_by(|next, part| {
            let joined = next.start <= part.end + 1;
            if joined {
                part.end = part.end.max(next.end);
            }
            joined
        });
    }

    /// The same as [`Snippet::draw_kept`], where bytes are columns.
    fn draw_kept_plain(&mut self, text: &str, words: &[Range<usize>], mark: Sign) {
        let mut column = 0;
        for part in self.kept.iter().filter(|part| !part.is_empty()) {
            if column < part.start {
                self.text.push('…');
                below(&mut self.marks, words, mark, column..column + 1);
            }
            self.text.push_str(text.get(part.clone()).unwrap_or_default());
            below(&mut self.marks, words, mark, part.clone());
            column = part.end;
        }
        if column < text.len() {
            self.text.push('…');
            below(&mut self.marks, words, mark, column..column + 1);
        }
        self.marks.truncate(self.marks.trim_end().len());
    }

    /// Writes what is kept, an `…` for what is not, and the marks below.
    fn draw_kept(&mut self, excerpt: &Excerpt, words: &[Range<usize>], mark: Sign) {
        let mut column = 0;
        let mut left_out = false;
        let mut words = words.iter().peekable();
        let mut parts = self.kept.iter().peekable();
        for (offset, shown, width) in shown_pieces(excerpt) {
            while words.next_if(|word| word.end <= offset).is_some() {}
            while parts.next_if(|part| part.end < column + width).is_some() {}
            let marked = words.peek().is_some_and(|word| word.start <= offset);
            let below = if marked { mark } else { Sign::BLANK };
            if parts.peek().is_some_and(|part| part.start <= column) {
                shown.push_to(&mut self.text);
                below.push(&mut self.marks, width);
                left_out = false;
            } else if !left_out {
                self.text.push('…');
                below.push(&mut self.marks, 1);
                left_out = true;
            }
            column += width;
        }
        self.marks.truncate(self.marks.trim_end().len());
    }
}

/// Adds the marks of the words in these columns.
fn below(marks: &mut String, words: &[Range<usize>], mark: Sign, columns: Range<usize>) {
    let mut column = columns.start;
    for word in words {
        let (start, end) = (word.start.max(columns.start), word.end.min(columns.end));
        if start < end {
            Sign::BLANK.push(marks, start - column);
            mark.push(marks, end - start);
            column = end;
        }
    }
    Sign::BLANK.push(marks, columns.end - column);
}

/// A part of the line around the words, as wide as fits.
fn window(first: usize, last: usize, total: usize, room: usize) -> Range<usize> {
    if last < room {
        return 0..room - 1;
    }
    if total - first < room {
        return total - (room - 1)..total;
    }
    let inner = room - 2;
    let before = (inner - (last - first)) / 2;
    let start = first - before.min(first);
    start..start + inner
}

/// Puts the words in order, within the text and at its characters, without
/// overlap. An empty word is marked at the character that follows it.
fn tidy(words: &mut Vec<Range<usize>>, text: &str) {
    for word in words.iter_mut() {
        let start = floor(text, word.start);
        let end = ceiling(text, word.end.max(start + 1));
        *word = start..end;
    }
    words.retain(|word| !word.is_empty());
    words.sort_unstable_by_key(|word| (word.start, word.end));
    words.dedup_by(|next, word| {
        let joined = next.start < word.end;
        if joined {
            word.end = word.end.max(next.end);
        }
        joined
    });
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn ceiling(text: &str, at: usize) -> usize {
    (at.min(text.len())..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The characters of an excerpt: where each begins, how it is shown, and in how
/// many columns.
fn shown_pieces(excerpt: &Excerpt) -> impl Iterator<Item = (usize, ShownChar, usize)> + '_ {
    Pieces::new(&excerpt.text).map(|piece| {
        let between = piece.letter == '\t'
            && !excerpt.words.iter().any(|(_, word)| word.contains(&(piece.offset as u32)));
        if between {
            (piece.offset, ShownChar::Tab, TAB.len())
        } else {
            (piece.offset, ShownChar::Plain(piece), piece.width)
        }
    })
}

/// What is written for a character of an excerpt.
enum ShownChar {
    Tab,
    Plain(crate::report::visible::VisibleChar),
}

impl ShownChar {
    fn push_to(&self, text: &mut String) {
        match self {
            ShownChar::Tab => text.push_str(TAB),
            ShownChar::Plain(piece) => piece.push_to(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sign, Snippet};
    use crate::model::finding::Excerpt;
    use crate::model::row::Field;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::ops::Range;
    use unicode_width::UnicodeWidthStr;

    fn drawn(text: &str, words: &[Range<usize>], room: usize) -> (String, String) {
        let excerpt = Excerpt {
            is_line: true,
            text: text.into(),
            words: words
                .iter()
                .map(|word| (Field::Start, word.start as u32..word.end as u32))
                .collect(),
        };
        let mut snippet = Snippet::default();
        snippet.draw(&excerpt, &mut words.to_vec(), Sign::CARET, room);
        assert!(snippet.text.width() <= room, "{room}: {}", snippet.text);
        assert!(snippet.marks.width() <= room, "{room}: {}", snippet.marks);
        assert_eq!(snippet.marks_width, snippet.marks.width());
        (snippet.text, snippet.marks)
    }

    /// The places of these words in the text.
    fn places(text: &str, words: &[&str]) -> Vec<Range<usize>> {
        words.iter().filter_map(|word| text.find(word).map(|at| at..at + word.len())).collect()
    }

    /// The text above the marks, by columns.
    fn marked((text, marks): &(String, String)) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut column = 0;
        for letter in text.chars() {
            let wide = letter.to_string().width();
            let under = marks.as_bytes().get(column).copied();
            match (under, words.last_mut()) {
                (Some(b'^'), Some(word)) => word.push(letter),
                (_, Some(word)) if !word.is_empty() => words.push(String::new()),
                _ => {}
            }
            column += wide;
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn marks_stand_below_their_words() {
        let text = "7f3c,s-12,08:00,16:00,WORK";
        let words = places(text, &["08:00", "16:00"]);
        let (line, marks) = drawn(text, &words, 60);
        assert_eq!(line, text);
        assert_eq!(marks, "          ^^^^^ ^^^^^");
    }

    #[test]
    fn marks_stand_below_their_words_whatever_is_before_them() {
        for before in ["山田太郎,", "\u{1b}[2J,", "\u{202e},", "e\u{301}🙂,", "a\tb,", "\0\n\r,"]
        {
            let text = format!("{before}08:00,16:00,後");
            let words = places(&text, &["08:00", "16:00"]);
            assert_eq!(marked(&drawn(&text, &words, 70)), ["08:00", "16:00"], "{before:?}");
        }
    }

    #[test]
    fn a_tab_is_blank_between_words_and_written_out_within() {
        let text = "a\t08\t00\tz";
        let place = std::iter::once(2..7).collect::<Vec<_>>();
        let (line, marks) = drawn(text, &place, 40);
        assert_eq!(line, "a  08\\t00  z");
        assert_eq!(marks, "   ^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        for (before, after) in [(0, 500), (30, 30), (500, 0), (500, 500), (3, 90), (90, 3)] {
            let text = format!("{}08:00,16:00{}", "山".repeat(before), "x".repeat(after));
            let words = places(&text, &["08:00", "16:00"]);
            for room in [20, 33, 60, 76] {
                let lines = drawn(&text, &words, room);
                assert_eq!(marked(&lines), ["08:00", "16:00"], "{lines:?}");
                assert!(lines.0.width() >= room - 2, "room is used: {lines:?}");
                assert_eq!(lines.0.starts_with('…'), lines.0.chars().next() != text.chars().next());
            }
        }
    }

    #[test]
    fn words_far_apart_are_both_shown() {
        let text = format!("a,08:00,{},16:00,b", "note ".repeat(100));
        let words = places(&text, &["08:00", "16:00"]);
        let lines = drawn(&text, &words, 50);
        assert_eq!(marked(&lines), ["08:00", "16:00"], "{lines:?}");
        assert_eq!(lines.0.matches('…').count(), 1, "{lines:?}");
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_itself() {
        let text = format!("a,{},16:00", "9".repeat(1 << 16));
        let words = vec![2..2 + (1 << 16), text.len() - 5..text.len()];
        let (line, marks) = drawn(&text, &words, 40);
        assert!(line.starts_with("a,9") && line.ends_with(",16:00"), "{line}");
        assert!(marks.contains("^^^") && marks.ends_with(" ^^^^^"), "{marks}");
    }

    #[test]
    fn places_that_are_wrong_do_no_harm() {
        let text = "é,山,\u{1b}";
        for start in 0..12 {
            for end in 0..12 {
                for room in 0..12 {
                    let excerpt = Excerpt { text: text.into(), ..Excerpt::default() };
                    let mut words = vec![start..end, end..start, 0..usize::MAX, 9..9];
                    Snippet::default().draw(&excerpt, &mut words, Sign::CARET, room);
                }
            }
        }
    }

    #[test]
    fn many_words_in_little_room_still_fit() {
        let text = "12:00 ".repeat(200);
        let words: Vec<_> = (0..200).map(|place| place * 6..place * 6 + 5).collect();
        for room in 4..30 {
            drawn(&text, &words, room);
        }
    }

    proptest! {
        #[test]
        fn plain_text_is_drawn_as_any_other_would_be(
            text in "[ -~]{1,150}",
            places in vec((0_usize..150, 0_usize..25), 0..8),
            room in 4_usize..90,
        ) {
            let mut words: Vec<_> =
                places.into_iter().map(|(start, length)| start..start + length).collect();
            super::tidy(&mut words, &text);
            let excerpt = Excerpt { text: text.into(), ..Excerpt::default() };
            let mut plain = Snippet::default();
            plain.choose(&excerpt, &words, room, true);
            plain.draw_kept_plain(&excerpt.text, &words, Sign::CARET);
            let mut general = Snippet::default();
            general.choose(&excerpt, &words, room, false);
            general.draw_kept(&excerpt, &words, Sign::CARET);
            prop_assert_eq!((plain.text, plain.marks), (general.text, general.marks));
        }
    }

    #[test]
    fn an_empty_word_is_marked_where_it_should_be() {
        let empty = std::iter::once(2..2).collect::<Vec<_>>();
        assert_eq!(drawn("a,,b", &empty, 20).1, "  ^");
    }
}
