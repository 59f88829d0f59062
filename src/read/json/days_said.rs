//! Decides whether a text names days: as a date, a range of them, or beside the name of a month.

use super::class::has_word;
use crate::timestamp::{self, NoTime, date, is_month, is_range_of_days};

/// The longest text that is looked into, in bytes.
const LONGEST: usize = 200;

/// Whether a text names days, alone or beside other words: `2026-03-02 to 2026-03-04`,
/// `Mar 2-4`, `Anna Lee 2026-03-02`. What an account says of days does not: `12 days left`.
pub(in crate::read) fn names_days(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let Some(said) = std::str::from_utf8(text).ok().filter(|said| said.len() <= LONGEST) else {
        return false;
    };
    let digits = text.iter().any(u8::is_ascii_digit);
    digits
        && (is_range_of_days(text) || holds_iso_date(text) || holds_date(said) || holds_month(said))
        && !is_of_account(said)
}

fn holds_iso_date(text: &[u8]) -> bool {
    text.windows("2026-03-02".len()).any(|part| part.get(4) == Some(&b'-') && date(part).is_some())
}

/// Whether a word between spaces and pairs of full stops is a date, its numbers in any order.
fn holds_date(said: &str) -> bool {
    said.split("..").flat_map(str::split_whitespace).any(|word| is_date(word.as_bytes()))
}

/// Whether a day stands beside the name of a month: `2 - 4 March`, `Mar 2-4`.
fn holds_month(said: &str) -> bool {
    let apart = |letter: char| !letter.is_alphanumeric();
    let words: Vec<&str> = said.split(apart).filter(|word| !word.is_empty()).collect();
    let is_day = |word: &str| word.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    let pairs = words.windows(2);
    let mut pairs = pairs.map(|pair| (pair[0], pair[1]));
    pairs.any(|(one, other)| {
        is_day(one) && is_month(other.as_bytes()) || is_month(one.as_bytes()) && is_day(other)
    })
}

/// Whether a word is a date with a time or without, its numbers in any order.
pub(in crate::read) fn is_date(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    // A day, a month by its name and a year, at least; most words have less.
    if word.iter().filter(|byte| byte.is_ascii_digit()).count() < 3 {
        return false;
    }
    match timestamp::read(word, None) {
        Ok(written) => written.day().is_some(),
        Err(reason) => reason == NoTime::Order,
    }
}

fn is_of_account(said: &str) -> bool {
    const OF_ACCOUNT: [&str; 15] = [
        "accrued",
        "accrual",
        "allowance",
        "as",
        "available",
        "balance",
        "carried",
        "entitlement",
        "expires",
        "left",
        "per",
        "policy",
        "quota",
        "remaining",
        "used",
    ];
    has_word(said, &OF_ACCOUNT)
}

#[cfg(test)]
mod tests {
    use super::names_days;

    #[test]
    fn days_are_named_in_many_ways() {
        for text in [
            "2026-03-02",
            "2026-03-02 - 2026-03-04",
            "2026-03-02/2026-03-04",
            "2026-03-02 to 2026-03-04",
            "2026-03-01..2026-03-03",
            "02.03.-04.03.2026",
            "02.03.2026 bis 04.03.2026",
            "3/2/2026 - 3/4/2026",
            "Mar 2-4",
            "2 - 4 March",
            "2.–4. März",
            "Anna Lee 2026-03-02",
        ] {
            assert!(names_days(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "25",
            "25 days",
            "12.5",
            "12/25",
            "Plan 2026",
            "March",
            "may take 3 days",
            "annual",
            "+49 30 1234567",
            "12 days left as of 2026-03-02",
            "Mon-Fri",
            "2026",
        ] {
            assert!(!names_days(text.as_bytes()), "{text}");
        }
    }
}
