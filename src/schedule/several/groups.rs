//! Recognises words for a group of people in the place of an agent: `Team A`, `All nurses`.

/// Words for a group before or behind what distinguishes it: `Team A`, `Sales team`.
const GROUPS: [&str; 16] = [
    "team",
    "teams",
    "group",
    "groups",
    "department",
    "dept",
    "dept.",
    "squad",
    "gruppe",
    "abteilung",
    "\u{e9}quipe",
    "equipe",
    "equipo",
    "squadra",
    "ploeg",
    "afdeling",
];

/// Words for a group before what distinguishes it; behind a first name they are a family name.
const FIRST: [&str; 3] = ["crew", "groupe", "grupo"];

/// Words for a group behind what distinguishes it.
const LAST: [&str; 8] = [
    "staff",
    "employees",
    "personnel",
    "nurses",
    "agents",
    "mitarbeiter",
    "besch\u{e4}ftigte",
    "belegschaft",
];

/// Words before those who are all meant: `All nurses`.
const WHOLE: [&str; 21] = [
    "all",
    "alle",
    "every",
    "everyone",
    "everybody",
    "entire",
    "whole",
    "gesamte",
    "gesamtes",
    "ganze",
    "ganzes",
    "tous",
    "toutes",
    "tout",
    "toute",
    "todos",
    "todas",
    "todo",
    "toda",
    "tutti",
    "iedereen",
];

/// Whether a run of letters is a word for a group, or for all of it.
#[cfg(feature = "cli")]
pub(crate) fn is_of_group(letters: &str) -> bool {
    let lower = letters.to_lowercase();
    [&GROUPS[..], &FIRST, &LAST, &WHOLE].iter().any(|words| words.contains(&&*lower))
}

/// Whether a word of several parts is that for a group of people. Asked of every agent once, so
/// that it allocates nothing for names in ASCII.
pub(super) fn names_group(word: &str) -> bool {
    const MOST_PARTS: usize = 5;
    let mut parts = word.split_whitespace();
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else { return false };
    let begins = [&GROUPS[..], &FIRST, &WHOLE].iter().any(|words| is_among(words, first));
    let is_group = begins || is_among(&GROUPS, last) || is_among(&LAST, last);
    is_group && parts.count() + 2 <= MOST_PARTS
}

fn is_among(words: &[&str], part: &str) -> bool {
    match part.is_ascii() {
        true => words.iter().any(|known| known.eq_ignore_ascii_case(part)),
        false => words.contains(&&*part.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::names_group;

    #[test]
    fn groups_are_told_from_people() {
        for word in [
            "Team A",
            "TEAM 3",
            "Night Team",
            "All staff",
            "Alle Mitarbeiter",
            "Everyone in Support",
            "Tout le monde",
            "Todo el personal",
            "\u{c9}quipe de nuit",
            "Sales Department",
        ] {
            assert!(names_group(word), "{word}");
        }
        for word in ["Team", "Ann Ito", "Anna Crew", "Allan Poe", "Ann", "", "Alle", "Teamer B"] {
            assert!(!names_group(word), "{word}");
        }
    }
}
