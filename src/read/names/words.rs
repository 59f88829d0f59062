//! Splits a name into words, and looks up their senses.
//!
//! Names are split by case, by digits and by whatever is not a letter. Joined words are split by
//! the table itself: `employeeid`, `Dienstbeginn`. The longest run of words that the table
//! contains counts: `clock in` is one sense, not two.

use super::senses::{ROWS, Sense};
use crate::model::keys::QuickMap;
use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// The longest name that is examined, in bytes.
pub(super) const LONGEST: usize = 256;

/// The most words of a name that are examined.
const MOST_WORDS: usize = 16;

/// The most words that the table has as one.
const MOST_JOINED: usize = 5;

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamePart {
    pub(super) sense: Sense,
    /// Whether it is in a key above the last one: `user` in `user.id`.
    pub(super) above: bool,
}

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SplitName {
    pub(super) words: Vec<NamePart>,
    /// The number in it: 2 in `start2`. 0 where there is none.
    pub(super) number: u8,
    /// Whether it consists of numbers: `03/02/2026`.
    pub(super) numeric: bool,
}

/// A run of letters or digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Lower case, without accents.
    pub(super) text: String,
    above: bool,
    bracketed: bool,
}

impl SplitName {
    /// Takes a name apart.
    pub(super) fn of(name: &str) -> SplitName {
        let tokens = tokens(name);
        let mut words = SplitName { numeric: !tokens.is_empty(), ..SplitName::default() };
        let mut rest = &tokens[..];
        while let Some((token, after)) = rest.split_first() {
            let (sense, length) = longest(rest);
            let digits = token.text.bytes().all(|byte| byte.is_ascii_digit());
            words.numeric &= digits;
            rest = match sense {
                Some(sense) => {
                    words.push(sense, token.above);
                    &rest[length..]
                }
                None => {
                    words.push_token(token, digits);
                    after
                }
            };
        }
        words
    }

    fn push(&mut self, sense: Sense, above: bool) {
        self.words.push(NamePart { sense, above });
    }

    /// A token that is not in the table.
    fn push_token(&mut self, token: &Token, digits: bool) {
        if !digits {
            for sense in parts(&token.text) {
                self.push(sense, token.above);
            }
            return;
        }
        match token.text.parse() {
            // How the value is written: `(24h)`.
            _ if token.bracketed => {}
            Ok(number @ 0..100) if self.number == 0 => self.number = number,
            _ => self.push(Sense::Unknown, token.above),
        }
    }
}

/// The sense of the longest run of tokens that the table contains.
fn longest(tokens: &[Token]) -> (Option<Sense>, usize) {
    let side = tokens.first().is_some_and(|token| token.bracketed);
    let above = tokens.first().is_some_and(|token| token.above);
    let near = tokens.iter().take(MOST_JOINED).take_while(|token| token.bracketed == side);
    let (mut joined, mut found) = (String::new(), (None, 0));
    for (place, token) in near.enumerate() {
        joined.push_str(&token.text);
        // `to.day` is not today, but the day of an end.
        let two_keys = place > 0 && token.above != above;
        match DICTIONARY.get(joined.as_str()) {
            Some(Sense::Calendar) if two_keys => {}
            Some(sense) => found = (Some(*sense), place + 1),
            None => {}
        }
    }
    found
}

/// The senses of joined words; one unknown sense if they cannot be split. The fewest parts
/// count, and of these the split with the longest first one.
fn parts(text: &str) -> Vec<Sense> {
    const LENGTHS: RangeInclusive<usize> = 5..=48;
    let unknown = vec![Sense::Unknown];
    if !LENGTHS.contains(&text.len()) || !text.is_ascii() {
        return unknown;
    }
    // The best way for the text from each place on.
    let mut best: Vec<Option<Vec<Sense>>> = vec![None; text.len() + 1];
    best[text.len()] = Some(Vec::new());
    for start in (0..text.len()).rev() {
        for end in (start + 1..=text.len()).rev() {
            let Some(sense) = part(&text[start..end]) else { continue };
            let Some(rest) = &best[end] else { continue };
            if best[start].as_ref().is_none_or(|known| known.len() > rest.len() + 1) {
                best[start] = Some([&[sense], &rest[..]].concat());
            }
        }
    }
    best.swap_remove(0).unwrap_or(unknown)
}

/// The sense of a word that may be part of a joined word. Short ones would be found in
/// anything.
fn part(text: &str) -> Option<Sense> {
    const SHORT: [&str; 10] = ["id", "is", "nr", "no", "at", "in", "to", "tz", "ts", "dt"];
    // `schedule date` and not `scheduled ate`, `starts at` and not `start sat`.
    // Nor is anything made of `who`, `wie` and the like.
    const NEVER: [&str; 8] = ["ate", "eid", "sat", "who", "wer", "qui", "chi", "wie"];
    if text.len() < 3 && !SHORT.contains(&text) || NEVER.contains(&text) {
        return None;
    }
    DICTIONARY.get(text).copied()
}

/// The tokens of a name.
pub(super) fn tokens(name: &str) -> Vec<Token> {
    let mut tokens = Tokens::default();
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            '(' | '[' | '{' => tokens.bracket(true),
            ')' | ']' | '}' => tokens.bracket(false),
            '#' => tokens.alone(letter),
            '.' => tokens.dot(next),
            _ if letter.is_alphanumeric() => {
                if tokens.divides(letter, next) {
                    tokens.end();
                }
                tokens.letter(letter);
            }
            _ if is_mark(letter) => {}
            _ => tokens.end(),
        }
    }
    tokens.end();
    tokens.done.truncate(MOST_WORDS);
    tokens.done
}

#[derive(Default)]
struct Tokens {
    done: Vec<Token>,
    /// The token at hand.
    text: String,
    /// The letter before, as it is written.
    before: Option<char>,
    bracketed: bool,
}

impl Tokens {
    /// Whether another token begins with a letter, given the one after it.
    fn divides(&self, letter: char, next: Option<char>) -> bool {
        let Some(before) = self.before else { return false };
        if before.is_numeric() != letter.is_numeric() {
            return true;
        }
        let ends_capitals =
            before.is_uppercase() && next.is_some_and(|next| next.is_lowercase() && next != 's');
        letter.is_uppercase() && (before.is_lowercase() || ends_capitals)
    }

    fn letter(&mut self, letter: char) {
        self.before = Some(letter);
        for small in letter.to_lowercase() {
            match base(small) {
                Some(base) => self.text.push_str(base),
                None if is_mark(small) => {}
                None => self.text.push(small),
            }
        }
    }

    fn end(&mut self) {
        self.before = None;
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.done.push(Token { text, above: false, bracketed: self.bracketed });
        }
    }

    fn bracket(&mut self, bracketed: bool) {
        self.end();
        self.bracketed = bracketed;
    }

    fn alone(&mut self, letter: char) {
        self.end();
        self.text.push(letter);
        self.end();
    }

    /// A dot between two keys; one after an abbreviation is like a space.
    fn dot(&mut self, next: Option<char>) {
        let joins = !self.text.is_empty()
            && next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '_' | '@'));
        self.end();
        if joins {
            for token in &mut self.done {
                token.above = true;
            }
        }
    }
}

/// Whether a character is a separate accent, or not visible.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{feff}')
}

/// A letter without its accent; `None` for one that has none.
fn base(letter: char) -> Option<&'static str> {
    let base = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ª' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'º' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    };
    Some(base)
}

/// Whether every word of a name is in the table, or among `others`, or is a short number.
#[cfg(feature = "cli")]
pub(super) fn are_known(name: &str, others: &dyn Fn(&str) -> bool) -> bool {
    let tokens = tokens(name);
    let mut rest = &tokens[..];
    while let Some((token, after)) = rest.split_first() {
        let number = token.text.len() < 3 && token.text.bytes().all(|byte| byte.is_ascii_digit());
        rest = match longest(rest) {
            (Some(_), length) => &rest[length..],
            (None, _) if number || others(&token.text) => after,
            (None, _) if !parts(&token.text).contains(&Sense::Unknown) => after,
            (None, _) => return false,
        };
    }
    !tokens.is_empty()
}

/// The sense of every word of the table, folded and joined.
static DICTIONARY: LazyLock<QuickMap<Cow<'static, str>, Sense>> = LazyLock::new(|| {
    let mut senses = QuickMap::default();
    senses.reserve(1 << 11);
    for row in ROWS {
        for word in row.words() {
            senses.insert(joined(word), row.sense);
        }
        // Umlauts are also written with an e.
        for word in row.de.split(',').filter(|word| word.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']))
        {
            let word = joined(&spelled_out(word)).into_owned();
            senses.entry(word.into()).or_insert(row.sense);
        }
    }
    senses
});

/// A name in small letters without accents and whatever is not a letter or digit.
pub(super) fn folded(name: &str) -> String {
    tokens(name).into_iter().map(|token| token.text).collect()
}

/// A word of the table as it is looked up.
fn joined(word: &str) -> Cow<'_, str> {
    // Most of them are plain, and each start of the program goes through all.
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        let mut letters = word.replace(' ', "");
        letters.make_ascii_lowercase();
        return Cow::Owned(letters);
    }
    tokens(word).iter().map(|token| token.text.as_str()).collect()
}

fn spelled_out(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Sense, SplitName, joined, tokens};
    use std::collections::BTreeMap;

    fn texts(name: &str) -> Vec<String> {
        tokens(name).into_iter().map(|token| token.text).collect()
    }

    fn senses(name: &str) -> Vec<Sense> {
        SplitName::of(name).words.iter().map(|word| word.sense).collect()
    }

    #[test]
    fn no_word_stands_in_two_rows() {
        let (mut seen, mut twice) = (BTreeMap::new(), Vec::new());
        for row in ROWS {
            for word in row.words() {
                let before = seen.insert(joined(word), row.sense);
                if let Some(before) = before.filter(|before| *before != row.sense) {
                    twice.push(format!("{word}: {before:?} and {:?}", row.sense));
                }
            }
        }
        assert!(twice.is_empty(), "{twice:#?}");
    }

    #[test]
    fn names_are_divided_by_case_digits_and_what_is_no_letter() {
        for (name, expected) in [
            ("startTime", &["start", "time"][..]),
            (" Shift_Start-Time ", &["shift", "start", "time"]),
            ("EmployeeID", &["employee", "id"]),
            ("employeeIDs", &["employee", "ids"]),
            ("IDNumber", &["id", "number"]),
            ("START_UTC", &["start", "utc"]),
            ("start2", &["start", "2"]),
            ("Shift 2 Start", &["shift", "2", "start"]),
            ("\u{feff}\"Début\"", &["debut"]),
            ("De\u{301}but", &["debut"]),
            ("Straße", &["strasse"]),
            ("Employee #", &["employee", "#"]),
            ("Duration (min.)", &["duration", "min"]),
            ("", &[]),
            ("–", &[]),
        ] {
            assert_eq!(texts(name), expected, "{name}");
        }
    }

    #[test]
    fn keys_above_the_last_one_are_told_from_abbreviations() {
        let above = |name| tokens(name).iter().map(|token| token.above).collect::<Vec<_>>();
        assert_eq!(above("user.id"), [true, false]);
        assert_eq!(above("node.user.id"), [true, true, false]);
        assert_eq!(above("_source.agent"), [true, false]);
        assert_eq!(above("Emp. No."), [false, false]);
    }

    #[test]
    fn the_longest_run_of_words_counts_however_it_is_divided() {
        for (name, expected) in [
            ("first name", &[Sense::GivenName][..]),
            ("FirstName", &[Sense::GivenName]),
            ("firstname", &[Sense::GivenName]),
            ("clock_in", &[Sense::In]),
            ("Clock-In Time", &[Sense::In, Sense::Time]),
            ("Check-Out", &[Sense::Out]),
            ("time zone", &[Sense::Zone]),
            ("Day of Week", &[Sense::Weekday]),
            ("start time in UTC", &[Sense::Start, Sense::Utc]),
            ("e-mail", &[Sense::Email]),
            ("user_name", &[Sense::Login]),
            ("toDay", &[Sense::Calendar]),
            ("to.day", &[Sense::To, Sense::Day]),
        ] {
            assert_eq!(senses(name), expected, "{name}");
        }
    }

    #[test]
    fn words_that_are_written_together_are_taken_apart() {
        for (name, expected) in [
            ("starttime", &[Sense::Start, Sense::Time][..]),
            ("employeeid", &[Sense::Person, Sense::Id]),
            ("Dienstbeginn", &[Sense::Shift, Sense::Start]),
            ("Mitarbeiternummer", &[Sense::Person, Sense::Number]),
            ("Arbeitsbeginn", &[Sense::Work, Sense::Start]),
            ("begintijd", &[Sense::Start, Sense::Time]),
            ("fechainicio", &[Sense::Date, Sense::Start]),
            ("endat", &[Sense::End, Sense::Time]),
            ("startsat", &[Sense::Start, Sense::Time]),
            ("scheduledate", &[Sense::Schedule, Sense::Date]),
            // These only look like it.
            ("station", &[Sense::Unknown]),
            ("into", &[Sense::Unknown]),
            ("inactive", &[Sense::Unknown]),
            ("notes", &[Sense::Unknown]),
            ("island", &[Sense::Unknown]),
            ("today", &[Sense::Calendar]),
        ] {
            assert_eq!(senses(name), expected, "{name}");
        }
    }

    #[test]
    fn a_small_number_counts_columns() {
        for (name, number, numeric) in [
            ("start2", 2, false),
            ("In 1", 1, false),
            ("Start (24h)", 0, false),
            ("start", 0, false),
            ("01/02/2026", 1, true),
            ("2026", 0, true),
        ] {
            let words = SplitName::of(name);
            assert_eq!((words.number, words.numeric), (number, numeric), "{name}");
        }
        assert_eq!(senses("address2024"), [Sense::Address, Sense::Unknown]);
    }
}
