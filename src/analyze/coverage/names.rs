//! Finds out whether two files name their agents alike, and what would bring them together.

use crate::model::spelling::{are_alike, are_spellings, canonical, is_uuid};
use crate::read::source::Source;
use crate::schedule::read_as_agent;
use crate::schedule::run::Run;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What kind of word names an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameShape {
    Email,
    Guid,
    Digits,
    /// Letters and digits in one word: `E1007`, `a-17`.
    Code,
    /// Several words without digits: `Anna Ito`.
    FullName,
    /// Anything else, which can stand among codes and among full names: `anna`.
    Word,
}

impl NameShape {
    /// Whether names of both shapes can stand in one column.
    fn suits(self, other: NameShape) -> bool {
        let is_plain =
            |shape| matches!(shape, NameShape::Code | NameShape::FullName | NameShape::Word);
        let has_word = self == NameShape::Word || other == NameShape::Word;
        self == other || has_word && is_plain(self) && is_plain(other)
    }
}

fn shape(name: &str) -> NameShape {
    let spelled =
        canonical(name.as_bytes()).map(|name| String::from_utf8_lossy(&name).into_owned());
    let name = spelled.as_deref().unwrap_or(name);
    let bare = name.trim_matches(['{', '}']);
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if name.contains('@') {
        NameShape::Email
    } else if is_uuid(bare.as_bytes()) {
        NameShape::Guid
    } else if digits > 0 && digits == name.chars().count() {
        NameShape::Digits
    } else {
        match (digits > 0, name.contains([' ', ','])) {
            (true, false) => NameShape::Code,
            (false, true) => NameShape::FullName,
            _ => NameShape::Word,
        }
    }
}

/// Whether names can stand in one column with others, by their shapes.
pub(in crate::analyze) fn may_name_alike(here: &[String], there: &[String]) -> bool {
    here.iter().all(|one| there.iter().all(|other| shape(one).suits(shape(other))))
}

/// How the names of two files compare, of which none is in common.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// Some have one shape: the number of those, on the side that has fewer.
    Alike(usize),
    /// No name here has the shape of a name there.
    Strange,
}

/// The shapes of some names, with how many have each.
pub(super) type NameShapes = BTreeMap<NameShape, usize>;

/// Counts the shapes of names.
pub(super) fn shapes(names: &[String]) -> NameShapes {
    let mut counts = NameShapes::new();
    names.iter().for_each(|name| *counts.entry(shape(name)).or_default() += 1);
    counts
}

/// Whether a name of some shapes can stand for the same person as one of other shapes.
pub(super) fn may_share(here: &NameShapes, there: &NameShapes) -> bool {
    // One file has logins or first names, and the other full names.
    let are_halves = |own: NameShape, other: NameShape| {
        own != other && (own == NameShape::FullName || other == NameShape::FullName)
    };
    let suits = |own: NameShape, other: NameShape| own.suits(other) && !are_halves(own, other);
    here.keys().any(|own| there.keys().any(|other| suits(*own, *other)))
}

/// Compares the names of two files.
pub(super) fn compare(here: &[String], there: &[String]) -> Kinship {
    let (here, there) = (shapes(here), shapes(there));
    let pairs = here.iter().flat_map(|own| there.iter().map(move |other| (own, other)));
    let common = pairs.filter(|(own, other)| own.0.suits(*other.0));
    match common.map(|(own, other)| *own.1.min(other.1)).max() {
        Some(least) => Kinship::Alike(least),
        None if here.is_empty() || there.is_empty() => Kinship::Alike(0),
        None => Kinship::Strange,
    }
}

/// Whether most names of a file are names of the other one with less or more around them: `Ann`
/// for `Ann Ito`, `1234 - Ann Ito`, `CORP\aito` for `AITO`. Other spellings of a name are told
/// elsewhere.
pub(super) fn are_abridged(here: &[String], there: &[String]) -> bool {
    let can_be = |name: &&String| {
        matches!(shape(name), NameShape::Code | NameShape::FullName | NameShape::Word)
    };
    let words = |name: &String| NameWords::of(name);
    let others: Vec<NameWords> = there.iter().filter(can_be).map(words).collect();
    let is_abridged = |name: &&String| {
        let own = NameWords::of(name);
        let mut others = others.iter();
        let is_spelling = |other: &String| are_alike(name, other) || are_spellings(name, other);
        can_be(name)
            && others.any(|other| own.is_abridged(other) || other.is_abridged(&own))
            && !there.iter().any(is_spelling)
    };
    let abridged = here.iter().filter(is_abridged).count();
    abridged > 0 && 2 * abridged >= here.len()
}

/// Whether most names of a file are numbers of the other one with separators within, or without
/// them: `4.052` and `40.52` for `4052`.
pub(super) fn differ_by_separators(here: &[String], there: &[String]) -> bool {
    let others: BTreeSet<String> =
        there.iter().filter_map(|name| without_separators(name)).collect();
    let is_known =
        |name: &&String| without_separators(name).is_some_and(|own| others.contains(&own));
    let known = here.iter().filter(is_known).count();
    known > 0 && 2 * known >= here.len()
}

/// The digits of a number, which may have separators.
fn without_separators(name: &str) -> Option<String> {
    let is_separator = |letter: char| ".,'\u{2019} \u{a0}\u{202f}_-".contains(letter);
    let digits: String = name.trim().chars().filter(|letter| !is_separator(*letter)).collect();
    let is_number = digits.len() > 1 && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then_some(digits)
}

/// The words of a name.
struct NameWords {
    /// Without initials and numbers.
    telling: BTreeSet<String>,
    /// How many there are in all.
    count: usize,
}

impl NameWords {
    fn of(name: &str) -> NameWords {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let tells = |word: &&&str| {
            let is_initial = word.chars().nth(1).is_none();
            !is_initial && !word.chars().all(|letter| letter.is_ascii_digit())
        };
        let telling = words.iter().filter(tells).map(|word| word.to_lowercase()).collect();
        NameWords { telling, count: words.len() }
    }

    /// Whether the other one says the same and more.
    fn is_abridged(&self, other: &NameWords) -> bool {
        let more = self.count < other.count || self.telling.len() < other.telling.len();
        more && !self.telling.is_empty() && self.telling.is_subset(&other.telling)
    }
}

/// An input that names its agents in another way than another one.
#[derive(Debug, Clone)]
pub(in crate::analyze) struct Stranger {
    /// The places of their sources.
    pub(in crate::analyze) place: usize,
    pub(in crate::analyze) other: usize,
    /// A name of each: in the input, and in the other.
    pub(in crate::analyze) names: [String; 2],
    /// What would bring them together best.
    pub(in crate::analyze) match_by: MatchBy,
}

/// What would give two files agents in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::analyze) enum MatchBy {
    /// A column of the input at this place that is not read as the agent.
    Column { place: usize, column: String },
    /// Names written in another way: `without the part from the @ on`.
    Rewriting(&'static str),
    /// Nothing that was tried.
    Nothing,
}

/// Finds what would bring the names of two inputs together.
pub(super) fn stranger(
    run: &Run<'_>,
    (place, here): (usize, &[String]),
    (other, there): (usize, &[String]),
) -> Stranger {
    let mut best = (0, MatchBy::Nothing);
    let mut offer = |count: usize, found: MatchBy| {
        if count > best.0 {
            best = (count, found);
        }
    };
    let (known, own) = (plain(there), plain(here));
    for (place, wanted) in [(place, &known), (other, &own)] {
        let source = run.sources.get(place);
        for (column, count) in source.map_or(Vec::new(), |source| matches(run, source, wanted)) {
            offer(count, MatchBy::Column { place, column });
        }
    }
    for (what, rewrite) in REWRITINGS {
        let rewritten = |names: &[String]| -> BTreeSet<Vec<u8>> {
            plain(&names.iter().filter_map(|name| rewrite(name)).collect::<Vec<_>>())
        };
        let (ours, theirs) = (rewritten(there), rewritten(here));
        let count = theirs.intersection(&known).count().max(ours.intersection(&own).count());
        offer(count, MatchBy::Rewriting(what));
    }
    let first = |names: &[String]| names.first().cloned().unwrap_or_default();
    Stranger { place, other, names: [first(here), first(there)], match_by: best.1 }
}

type Rewriting = (&'static str, fn(&str) -> Option<String>);

/// Ways to write a name differently.
const REWRITINGS: [Rewriting; 6] = [
    ("the part of the addresses before the `@`", |name| {
        name.split_once('@').map(|(local, _)| local.to_owned())
    }),
    ("the names without the domain before the backslash", |name| {
        name.split_once('\\').map(|(_, rest)| rest.to_owned())
    }),
    ("the numbers without the letters before them", |name| {
        let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        (digits.len() < name.len() && !digits.is_empty()).then(|| digits.to_owned())
    }),
    ("the last name behind the first one", |name| {
        name.split_once(',').map(|(last, first)| format!("{} {}", first.trim(), last.trim()))
    }),
    ("the numbers without separators", |name| {
        without_separators(name).filter(|digits| digits.len() < name.len())
    }),
    ("the ids without braces", |name| Some(name.strip_prefix('{')?.strip_suffix('}')?.to_owned())),
];

/// Names in their canonical spellings.
fn plain(names: &[String]) -> BTreeSet<Vec<u8>> {
    let spelled = |name: &String| canonical(name.as_bytes()).unwrap_or_else(|| name.clone().into());
    names.iter().map(spelled).collect()
}

/// How many columns of a file are tried.
const MOST_COLUMNS: usize = 40;

/// How many rows of a column are looked at.
const MOST_ROWS: usize = 100_000;

/// The columns of a file that hold some of the wanted names, each with how many.
fn matches(run: &Run<'_>, source: &Source, wanted: &BTreeSet<Vec<u8>>) -> Vec<(String, usize)> {
    if !source.can_be_read_again() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for column in source.column_names().into_iter().take(MOST_COLUMNS) {
        let mut met = HashSet::new();
        read_as_agent(run.settings, (source, &column), MOST_ROWS, &mut |name, _| {
            let name = canonical(name).unwrap_or_else(|| name.to_vec());
            if wanted.contains(&name) {
                met.insert(name);
            }
        });
        if !met.is_empty() {
            found.push((column, met.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{
        Kinship, NameShape, REWRITINGS, are_abridged, compare, differ_by_separators, shape,
    };

    #[test]
    fn names_have_the_shape_that_people_see() {
        for (name, expected) in [
            ("ann@x.com", NameShape::Email),
            ("0d5a1c2e-8b1f-4e7a-9c3d-000000001000", NameShape::Guid),
            ("{0D5A1C2E-8B1F-4E7A-9C3D-000000001000}", NameShape::Guid),
            ("4711", NameShape::Digits),
            ("E4711", NameShape::Code),
            ("a-17", NameShape::Code),
            ("007.0", NameShape::Digits),
            ("anna", NameShape::Word),
            ("Ito, Anna", NameShape::FullName),
            ("Ito, Anna 2", NameShape::Word),
        ] {
            assert_eq!(shape(name), expected, "{name}");
        }
    }

    #[test]
    fn files_are_strange_if_no_shape_is_in_common() {
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let ids = names(&["4711", "4712"]);
        assert_eq!(compare(&names(&["a@x.com"]), &ids), Kinship::Strange);
        assert_eq!(compare(&names(&["a@x.com", "1"]), &ids), Kinship::Alike(1));
        assert_eq!(compare(&names(&["1", "2", "3"]), &ids), Kinship::Alike(2));
        assert_eq!(compare(&[], &ids), Kinship::Alike(0));
        let codes = names(&["e-1", "e-2"]);
        assert_eq!(compare(&names(&["Anna Ito"]), &codes), Kinship::Strange);
        assert_eq!(compare(&names(&["anna"]), &codes), Kinship::Alike(1));
    }

    #[test]
    fn names_are_abridged_if_most_are_a_part_of_another() {
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let batch = names(&[
            "Ann Ito",
            "Ben Okoro",
            "AITO",
            "ann@x.com",
            "0d5a1c2e-8b1f-4e7a-9c3d-000000000001",
        ]);
        for (here, expected) in [
            (&["Ann", "Ben"][..], true),
            (&["Ito"], true),
            (&["A. Ito", "B. Okoro"], true),
            (&["1234 - Ann Ito"], true),
            (&["CORP\\aito"], true),
            (&["Ann", "Dora"], true),
            (&["Ann", "Dora", "Eve"], false),
            (&["Ben Miller", "Ann Chu"], false),
            (&["ann ito"], false),
            (&["Ito, Ann"], false),
            (&["4711", "A."], false),
            (&["Ann Ito (100)"], false),
            (&["mailto:ann@x.com", "0d5a1c2e-8b1f-4e7a-9c3d-00000000000a"], false),
        ] {
            assert_eq!(are_abridged(&names(here), &batch), expected, "{here:?}");
        }
    }

    #[test]
    fn numbers_are_compared_without_separators() {
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let batch = names(&["4000", "4052"]);
        for (here, expected) in [
            (&["4.000", "4.052"][..], true),
            (&["40.00", "40.52"], true),
            (&["4 052", "9 999"], true),
            (&["4.053"], false),
            (&["a.b", "A-4052"], false),
        ] {
            assert_eq!(differ_by_separators(&names(here), &batch), expected, "{here:?}");
            assert_eq!(differ_by_separators(&batch, &names(here)), expected, "{here:?}");
        }
    }

    #[test]
    fn names_are_rewritten_as_people_would() {
        let rewritten: Vec<Vec<String>> =
            ["ann@x.com", "CORP\\ann", "E007", "Ito, Anna", "{1}", "4.052"]
                .iter()
                .map(|name| REWRITINGS.iter().filter_map(|(_, rewrite)| rewrite(name)).collect())
                .collect();
        let expected = [
            vec!["ann"],
            vec!["ann"],
            vec!["007"],
            vec!["Anna Ito"],
            vec!["1}", "1"],
            vec!["4052"],
        ];
        assert_eq!(rewritten, expected);
    }
}
