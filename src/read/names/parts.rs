//! Recognises columns that say when a part of a shift begins and ends.

use super::senses::{Sense, Senses};
use super::words::SplitName;

/// What a column says of a part of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct PartTime {
    /// Whether it is when the part begins; else it is when it ends.
    pub(in crate::read) is_start: bool,
    /// Whether the part is a break, of which shifts can have one in columns of their own.
    pub(in crate::read) is_of_break: bool,
}

/// What a column of this name says of a part of a shift: `Activity Start`, `Meal End Time`.
pub(in crate::read) fn part_time(name: &str) -> Option<PartTime> {
    let said = senses(name);
    let [starts, ends] = [[Sense::Start, Sense::From], [Sense::End, Sense::To]]
        .map(|bounds| said.any(Senses::of(&bounds)));
    let of_part = names_part(name) && !said.has(Sense::Length) && starts != ends;
    of_part.then(|| PartTime { is_start: starts, is_of_break: said.has(Sense::Part) })
}

/// Whether a column of this name is about parts of shifts.
pub(in crate::read) fn names_part(name: &str) -> bool {
    senses(name).any(Senses::of(&[Sense::Activity, Sense::Part]))
}

fn senses(name: &str) -> Senses {
    let words = SplitName::of(name).words;
    Senses::of(&words.iter().map(|word| word.sense).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{PartTime, part_time};

    #[test]
    fn times_of_parts_are_known_by_their_names() {
        for (name, is_start, is_of_break) in [
            ("Activity Start", true, false),
            ("ActivityEnd", false, false),
            ("Segment Start Time", true, false),
            ("task_end", false, false),
            ("Break Start", true, true),
            ("Meal End Time", false, true),
            ("Pause von", true, true),
            ("Pause bis", false, true),
        ] {
            assert_eq!(part_time(name), Some(PartTime { is_start, is_of_break }), "{name}");
        }
        for name in ["Activity", "Start", "Shift End", "Break Minutes", "Break", "Activity Code"] {
            assert_eq!(part_time(name), None, "{name}");
        }
    }
}
