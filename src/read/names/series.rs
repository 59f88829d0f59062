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

/// Numbers the columns of tables that stand side by side, each with its agents and hours: two
/// with the same names, or with an empty column between them.
pub(super) fn number_tables(names: &[String], meanings: &mut [Meaning]) {
    let known: Vec<(usize, Field)> = meanings
        .iter()
        .enumerate()
        .filter_map(|(place, found)| Some((place, field_in_table(found)?)))
        .collect();
    let Some(width) = width_of_tables(names, &known) else { return };
    let first: Vec<Meaning> =
        known.iter().take(width).filter_map(|(place, _)| meanings.get(*place).cloned()).collect();
    for (count, (place, _)) in known.iter().enumerate().skip(width) {
        let like = first.get(count % width).cloned();
        if let (Some(like), Some(found)) = (like, meanings.get_mut(*place)) {
            *found = Meaning { number: (count / width) as u8 + 1, ..like };
        }
    }
}

/// How many columns with a field each table has, if there are several side by side.
fn width_of_tables(names: &[String], known: &[(usize, Field)]) -> Option<usize> {
    const MOST: usize = 200;
    let width = known.iter().skip(1).position(|(_, field)| *field == known[0].1)? + 1;
    let mut tables = known.chunks(width);
    let first = tables.next()?;
    let has = |wanted: &[Field]| first.iter().any(|(_, field)| wanted.contains(field));
    let is_whole = has(&[Field::Agent]) && has(&[Field::Start, Field::Times]);
    let name = |place: usize| names.get(place).map_or("", |name| name.trim());
    let is_like_first = |table: &[(usize, Field)]| {
        let is_apart = || {
            let (begin, end) = (table.first(), table.last());
            let before = begin.and_then(|(place, _)| place.checked_sub(1));
            before.is_some_and(|place| name(place).is_empty()) && end.is_some()
        };
        let fields = || table.iter().map(|(_, field)| *field);
        let alike = table.iter().zip(first).all(|(own, other)| name(own.0) == name(other.0));
        fields().eq(first.iter().map(|(_, field)| *field)) && (alike || is_apart())
    };
    (known.len() <= MOST && is_whole && tables.all(is_like_first)).then_some(width)
}

/// The field of a column of a table that may stand beside another one.
fn field_in_table(found: &Meaning) -> Option<Field> {
    let field = found.field.ok().filter(|_| found.number == 0)?;
    let field = if field == Field::Name { Field::Agent } else { field };
    FIELDS.contains(&field).then_some(field)
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
    use super::{Meaning, meaning, number_off, number_tables};
    use crate::model::source::Role;

    fn numbers(names: &[&str]) -> Vec<u8> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut meanings: Vec<Meaning> =
            names.iter().map(|name| meaning(name, Role::Batch)).collect();
        number_off(&names, &mut meanings, Role::Batch);
        number_tables(&names, &mut meanings);
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
            // Tables side by side.
            (&["Agent", "Start", "End", "Agent", "Start", "End"], &[0, 0, 0, 2, 2, 2]),
            (&["Agent", "Start", "End", "", "Name", "From", "To"], &[0, 0, 0, 0, 2, 2, 2]),
            (&["Agent", "Start", "End", "Name", "From", "To"], &[0; 6]),
            (&["Agent", "Start", "End", "", "Start", "End"], &[0; 6]),
            (&["Agent", "Team", "", "Agent", "Team"], &[0; 5]),
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
