//! Gives a word the pseudonym that has its form.
//!
//! Each run of a word is replaced by itself, and what is between runs stays: so `Ann Lee`,
//! `LEE, Ann` and `ann.lee@example.com` have the same relations after as before. Letters become
//! twelve consonants, which are no word of any language, by HMAC of their canonical spelling;
//! digits are permuted. What people overlook (case, accents, zeros before a number) is put on the
//! pseudonym again, so that names that differ in nothing else still do.

use super::digits::permuted;
use super::key::RedactKey;
use super::runs::{WordRun, letters_for, runs};
use crate::model::spelling::{canonical, is_title};
use unicode_normalization::UnicodeNormalization;

/// The letters of pseudonyms.
const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";

/// How many letters a pseudonym has at least: 51 bits.
const LETTERS: usize = 12;

/// The pseudonym of a word. Runs of letters that `keeps` accepts stay.
pub(super) fn pseudonym(key: &RedactKey, word: &str, keeps: &dyn Fn(&str) -> bool) -> String {
    if let Some(number) = without_thousands(word) {
        return with_thousands(&permuted(key, &number));
    }
    let mut text = String::with_capacity(word.len() + LETTERS);
    for run in runs(word) {
        match run {
            WordRun::Joint(joint) => text.push_str(joint),
            WordRun::Digits(digits) => text.push_str(&permuted(key, digits)),
            WordRun::Letters(run) if keeps(run) => text.push_str(run),
            WordRun::Letters(run) => text.push_str(&letters(key, run)),
            WordRun::Uuid(uuid) => text.push_str(&of_uuid(key, uuid)),
            WordRun::Opaque(run) => text.push_str(&opaque(key, run)),
        }
    }
    text
}

/// The pseudonym of a name. The title before it and the scheme of an address stay, because both
/// are left out of its canonical spelling.
pub(super) fn of_name(key: &RedactKey, name: &str) -> String {
    let is_titled = name.trim().contains(char::is_whitespace);
    let is_link = name.trim_start().to_lowercase().starts_with("mailto:");
    pseudonym(key, name, &|run| {
        let lower = run.to_lowercase();
        is_titled && is_title(&lower) || is_link && lower == "mailto"
    })
}

/// A number without the commas between its thousands.
fn without_thousands(word: &str) -> Option<String> {
    let mut groups = word.split(',');
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let leads = groups.next().is_some_and(|first| {
        matches!(first.len(), 1..=3) && is_number(first) && !first.starts_with('0')
    });
    let grouped = leads && word.contains(',');
    (grouped && groups.all(|group| group.len() == 3 && is_number(group)))
        .then(|| word.replace(',', ""))
}

fn with_thousands(number: &str) -> String {
    let mut text = String::new();
    for (place, digit) in number.chars().enumerate() {
        if place > 0 && (number.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The pseudonym of a run of letters.
fn letters(key: &RedactKey, run: &str) -> String {
    let spelling = canonical(run.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
    let spelling = spelling.unwrap_or_else(|| run.to_owned());
    let base = match single(&spelling) {
        // An initial stays one, because a name of initials is compared in another way.
        Some(letter) => initial(key, letter).to_string(),
        None => consonants(key, &spelling),
    };
    let lower = run.to_lowercase();
    let text = match accents(run) {
        _ if lower == spelling => capitalised(&base, run, None),
        Some(accents) => capitalised(&base, run, Some(&accents)).nfc().collect(),
        None => capitalised(&base, run, None) + &variant(key, &lower),
    };
    debug_assert!(!text.is_empty(), "a run has letters");
    text
}

/// The letter that a spelling consists of.
fn single(spelling: &str) -> Option<u8> {
    match spelling.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(*letter),
        _ => None,
    }
}

/// The letter that a permutation of the alphabet gives to a letter.
fn initial(key: &RedactKey, letter: u8) -> char {
    let mut alphabet: Vec<u8> = (b'a'..=b'z').collect();
    alphabet.sort_by_cached_key(|letter| key.number("initial", &[*letter]));
    let place = usize::from(letter.saturating_sub(b'a'));
    alphabet.get(place).map_or('q', |letter| char::from(*letter))
}

/// As many consonants as a spelling has letters, and at least twelve: all ways to write one name
/// get the same ones.
fn consonants(key: &RedactKey, spelling: &str) -> String {
    let count = LETTERS.max(spelling.chars().count());
    let bytes = key.bytes("letters", spelling.as_bytes(), count);
    bytes.into_iter().map(|byte| char::from(CONSONANTS[usize::from(byte) % 20])).collect()
}

/// The marks on each letter of a run in composed form whose letters are Latin; `None` for a run
/// that differs from its plain letters in another way.
fn accents(run: &str) -> Option<Vec<String>> {
    let marks = |letter: char| {
        let mut parts = std::iter::once(letter).nfd();
        let base = parts.next()?;
        let marks: String = parts.collect();
        let is_mark = |mark: char| matches!(mark, '\u{300}'..='\u{36f}');
        (base.is_ascii_alphabetic() && marks.chars().all(is_mark)).then_some(marks)
    };
    run.chars().map(marks).collect()
}

/// The letters of a pseudonym with the capitals of a run, and its accents. Letters without a
/// counterpart in the run are capitals if all of the run are.
fn capitalised(base: &str, run: &str, accents: Option<&[String]>) -> String {
    let capitals: Vec<bool> = run.chars().map(char::is_uppercase).collect();
    let rest = capitals.len() > 1 && capitals.iter().all(|capital| *capital);
    let mut text = String::new();
    for (place, letter) in base.chars().enumerate() {
        let capital = capitals.get(place).copied().unwrap_or(rest);
        text.push(if capital { letter.to_ascii_uppercase() } else { letter });
        text.extend(accents.and_then(|accents| accents.get(place)).map(String::as_str));
    }
    text
}

/// Marks that tell one way to write the same letters from all others. No canonical spelling has
/// them.
fn variant(key: &RedactKey, written: &str) -> String {
    let bytes = key.bytes("variant", written.as_bytes(), 4);
    let mark = |byte: u8| char::from_u32(0x300 + u32::from(byte % 16)).unwrap_or('\u{300}');
    bytes.into_iter().map(mark).collect()
}

/// Another UUID of the same version and variant, with capitals where this one has them. That of
/// zeros stays: it means nobody.
fn of_uuid(key: &RedactKey, uuid: &str) -> String {
    const VERSION: usize = 14;
    const VARIANT: usize = 19;
    if uuid.bytes().all(|byte| matches!(byte, b'0' | b'-')) {
        return uuid.to_owned();
    }
    let bytes = key.bytes("uuid", uuid.to_ascii_lowercase().as_bytes(), uuid.len());
    let capitals = uuid.bytes().any(|byte| byte.is_ascii_uppercase());
    let digit = |(place, (written, byte)): (usize, (char, u8))| match (place, written) {
        (VERSION | VARIANT, _) | (_, '-') => written,
        _ => {
            let digit = char::from_digit(u32::from(byte % 16), 16).unwrap_or('0');
            if capitals { digit.to_ascii_uppercase() } else { digit }
        }
    };
    uuid.chars().zip(bytes).enumerate().map(digit).collect()
}

/// Another id with letters and digits at the same places.
fn opaque(key: &RedactKey, run: &str) -> String {
    let alphabet = letters_for(run);
    let bytes = key.bytes("opaque", run.to_ascii_lowercase().as_bytes(), run.len());
    let other = |(written, byte): (u8, u8)| {
        let letter = alphabet[usize::from(byte) % alphabet.len()];
        char::from(match written {
            b'0'..=b'9' => b'0' + byte % 10,
            b'A'..=b'Z' => letter.to_ascii_uppercase(),
            _ => letter,
        })
    };
    run.bytes().zip(bytes).map(other).collect()
}

#[cfg(test)]
mod tests;
