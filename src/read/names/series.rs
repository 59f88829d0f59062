//! Recognises columns that are numbered by letters or words instead of digits.
//!
//! `Start A` and `Start B`, `AM start` and `PM start`, `Start` and `Start II`: such a word
//! numbers a column only if the file has another column with the same name beside it. By itself
//! `am` is a word of German, and `a` could be anything.

use super::words::tokens;
use super::{Meaning, meaning};
use crate::model::row::Field;
use crate::model::source::Role;

/// Words that number columns, in their order, by family.
const FAMILIES: [&[&[&str]]; 5] = [
    &[&["a"], &["b"], &["c"], &["d"]],
    &[&["i"], &["ii"], &["iii"], &["iv"]],
    &[&["am"], &["pm"]],
    &[
        &["morning", "vormittag", "matin", "manana", "mattina", "manha", "ochtend"],
        &["afternoon", "nachmittag", "apresmidi", "tarde", "pomeriggio", "middag"],
        &["evening", "abend", "soir", "noche", "sera", "noite", "avond"],
        &["night", "nacht", "nuit", "notte"],
    ],
    &[&["main", "primary"], &["secondary"], &["tertiary"]],
];

/// Fields of which a record can have several, each in columns of its own.
const FIELDS: [Field; 8] = [
    Field::Agent,
    Field::Start,
    Field::End,
    Field::Times,
    Field::StartDate,
    Field::EndDate,
    Field::Date,
    Field::Length,
];

/// A name without the word that numbers it.
struct Numbered {
    place: usize,
    family: usize,
    number: u8,
    rest: String,
}

/// Numbers the columns of a file whose names differ in nothing but such a word.
pub(super) fn number_off(names: &[String], meanings: &mut [Meaning], role: Role) {
    let all: Vec<Numbered> =
        names.iter().enumerate().flat_map(|(place, name)| numbered(place, name)).collect();
    let plain = |rest: &str| names.iter().any(|name| joined(name) == rest);
    for one in &all {
        let alike = |other: &&Numbered| other.family == one.family && other.rest == one.rest;
        let is_series = |other: &Numbered| other.number != one.number;
        let several = all.iter().filter(alike).any(is_series) || one.number > 1 && plain(&one.rest);
        let found = meaning(&one.rest, role);
        let is_field = found.field.is_ok_and(|field| FIELDS.contains(&field));
        if several
            && found.number == 0
            && is_field
            && let Some(known) = meanings.get_mut(one.place)
        {
            *known = Meaning { number: one.number, ..found };
        }
    }
}

/// The ways to remove a word that numbers a column from its name: letters and Roman
/// numerals come first or last.
fn numbered(place: usize, name: &str) -> Vec<Numbered> {
    let tokens: Vec<String> = tokens(name).into_iter().map(|token| token.text).collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let outer = at == 0 || at + 1 == tokens.len();
        for (family, words) in FAMILIES.iter().enumerate() {
            let number = words.iter().position(|words| words.contains(&token.as_str()));
            let Some(number) = number.filter(|_| outer && tokens.len() > 1) else { continue };
            let others = tokens.iter().enumerate().filter(|(other, _)| *other != at);
            let rest = others.map(|(_, token)| token.as_str()).collect::<Vec<_>>().join(" ");
            found.push(Numbered { place, family, number: number as u8 + 1, rest });
        }
    }
    found
}

fn joined(name: &str) -> String {
    tokens(name).iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning, number_off};
    use crate::model::source::Role;

    fn numbers(names: &[&str]) -> Vec<u8> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut meanings: Vec<Meaning> =
            names.iter().map(|name| meaning(name, Role::Batch)).collect();
        number_off(&names, &mut meanings, Role::Batch);
        meanings.iter().map(|meaning| meaning.number).collect()
    }

    #[test]
    fn a_word_numbers_columns_only_beside_others() {
        for (names, expected) in [
            (&["AM start", "AM end", "PM start", "PM end"][..], &[1, 1, 2, 2][..]),
            (&["Start A", "End A", "start_b", "EndB"], &[1, 1, 2, 2]),
            (&["Start", "End", "Start II", "End II"], &[0, 0, 2, 2]),
            (&["Morning start", "Afternoon start"], &[1, 2]),
            (&["Date", "Date B"], &[0, 2]),
            (&["start2", "start 3"], &[2, 3]),
            // Nothing beside them.
            (&["Start A", "End"], &[0, 0]),
            (&["Beginn am", "Ende am"], &[0, 0]),
            (&["PM start"], &[0]),
            (&["Team A", "Team B"], &[0, 0]),
            (&["a", "b"], &[0, 0]),
        ] {
            assert_eq!(numbers(names), expected, "{names:?}");
        }
    }
}
