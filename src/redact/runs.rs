//! Divides a word into runs of letters and digits, and what is between them.

use crate::model::spelling::is_unseen;

/// A run of characters of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordRun<'w> {
    /// Letters of any script, with their marks.
    Letters(&'w str),
    /// Digits from 0 to 9.
    Digits(&'w str),
    /// A UUID.
    Uuid(&'w str),
    /// Letters and digits that change so often that only the whole means something.
    Opaque(&'w str),
    /// Spaces, punctuation and symbols.
    Joint(&'w str),
}

/// The runs of a word, which together are the word.
pub(super) fn runs(word: &str) -> Vec<WordRun<'_>> {
    let (mut runs, mut rest) = (Vec::new(), word);
    let mut joint = 0;
    while let Some(first) = rest[joint..].chars().next() {
        if !is_letter(first) && !first.is_ascii_digit() {
            joint += first.len_utf8();
            continue;
        }
        if joint > 0 {
            runs.push(WordRun::Joint(&rest[..joint]));
            rest = &rest[joint..];
            joint = 0;
        }
        let at_start = !matches!(runs.last(), Some(WordRun::Letters(_) | WordRun::Digits(_)));
        let run = if at_start { whole(rest) } else { None };
        let run = run.unwrap_or_else(|| simple(rest));
        rest = &rest[run.text().len()..];
        runs.push(run);
    }
    if joint > 0 {
        runs.push(WordRun::Joint(rest));
    }
    runs
}

impl<'w> WordRun<'w> {
    /// Its characters.
    pub(super) fn text(self) -> &'w str {
        match self {
            WordRun::Letters(text)
            | WordRun::Digits(text)
            | WordRun::Uuid(text)
            | WordRun::Opaque(text)
            | WordRun::Joint(text) => text,
        }
    }
}

/// A UUID or an opaque id at the front of a text.
fn whole(text: &str) -> Option<WordRun<'_>> {
    const UUID: usize = 36;
    let ends = |at: usize| !text[at..].starts_with(|next: char| next.is_alphanumeric());
    if let Some(uuid) = text.get(..UUID).filter(|uuid| is_uuid(uuid) && ends(UUID)) {
        return Some(WordRun::Uuid(uuid));
    }
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
    let run = &text[..end];
    (ends(end) && is_opaque(run)).then_some(WordRun::Opaque(run))
}

/// The letters or the digits at the front of a text.
fn simple(text: &str) -> WordRun<'_> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return WordRun::Digits(&text[..digits]);
    }
    let end = text.find(|letter: char| !is_letter(letter) && !is_mark(letter));
    WordRun::Letters(&text[..end.unwrap_or(text.len())])
}

/// Whether a character is a letter, or a number that is not a digit from 0 to 9.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter.is_numeric() && !letter.is_ascii()
}

/// Whether a character within a word is an accent, or cannot be seen.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}') || is_unseen(letter)
}

/// Whether a text is a UUID: 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let hexadecimal = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(hexadecimal)
}

/// Whether letters and digits change at least four times, and have so much entropy that their
/// pseudonyms are distinct in their own form.
fn is_opaque(run: &str) -> bool {
    const BITS: f64 = 60.0;
    let bytes = run.as_bytes();
    let changes =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    if changes.count() < 4 {
        return false;
    }
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count() as f64;
    let letters = bytes.len() as f64 - digits;
    let of_letter = letters_for(run).len() as f64;
    digits * 10_f64.log2() + letters * of_letter.log2() >= BITS
}

/// The letters that the pseudonym of an opaque id can have: those of hexadecimal digits if it
/// has no others.
pub(super) fn letters_for(run: &str) -> &'static [u8] {
    match run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => b"abcdef",
        false => b"bcdfghjklmnpqrstvwxz",
    }
}

#[cfg(test)]
mod tests {
    use super::WordRun::{Digits, Joint, Letters, Opaque, Uuid};
    use super::{WordRun, runs};
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn words_are_divided_where_their_kind_changes() {
        let of: &[(&str, &[WordRun<'_>])] = &[
            ("", &[]),
            (" s-12", &[Joint(" "), Letters("s"), Joint("-"), Digits("12")]),
            ("Jose\u{301}7", &[Letters("Jose\u{301}"), Digits("7")]),
            ("65f1c0ffee12ab34cd56ef78", &[Opaque("65f1c0ffee12ab34cd56ef78")]),
            ("a1b2", &[Letters("a"), Digits("1"), Letters("b"), Digits("2")]),
            ("Ж٣", &[Letters("Ж٣")]),
        ];
        for (word, expected) in of {
            assert_eq!(&runs(word), expected, "{word}");
        }
        let uuid = "7f3c0000-1111-4222-8333-444455556666";
        assert_eq!(runs(&format!("{{{uuid}}}")), [Joint("{"), Uuid(uuid), Joint("}")]);
        assert!(!runs(&format!("{uuid}a")).iter().any(|run| matches!(run, Uuid(_))));
    }

    proptest! {
        #[test]
        fn runs_are_the_word(word in "\\PC{0,20}|[a-f0-9-]{0,60}") {
            let text: String = runs(&word).into_iter().map(WordRun::text).collect();
            prop_assert_eq!(text, word);
        }
    }
}
