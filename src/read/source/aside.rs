//! Recognises files in a folder that do not belong to the input, and skips them.
//!
//! Files are recognised by their columns or keys, not by their names, unless a name says what
//! their columns cannot.

use crate::model::receipt::ShownBy;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::Document;
use crate::read::Opening;
use crate::read::columns::missing_field;
use crate::read::json::class::lists_days_off;
use crate::read::json::keys_in;
use crate::read::names::{NoField, Shape, meaning};
use crate::read::source::mentions::Mentions;

/// Why a file that was found in a directory is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipReason {
    /// The reason.
    pub why: String,
    /// Whether records may be missed by that.
    pub doubtful: bool,
    /// The option that reads it.
    pub option: Option<&'static str>,
    /// Words beside times in it: records may be missed if one of them is an agent.
    pub mentions: Mentions,
}

impl SkipReason {
    /// A file that no record can be missed in.
    #[must_use]
    pub fn harmless(why: &str) -> SkipReason {
        SkipReason {
            why: why.to_owned(),
            doubtful: false,
            option: None,
            mentions: Mentions::default(),
        }
    }

    /// A file that records may be missed in.
    #[must_use]
    pub fn doubtful(why: &str) -> SkipReason {
        SkipReason { doubtful: true, ..SkipReason::harmless(why) }
    }

    /// Whether records can be missed by that: for certain only the agents decide it.
    #[must_use]
    pub fn may_be_doubtful(&self) -> bool {
        self.doubtful || !self.mentions.is_empty()
    }

    /// The role that it seems to have, and what says so.
    pub(super) fn role(&self) -> Option<(Role, ShownBy)> {
        match self.option? {
            "--swaps" => Some((Role::Swaps, ShownBy::Content)),
            "--agents" => Some((Role::Agents, ShownBy::Content)),
            "--time-off" => Some((Role::TimeOff, ShownBy::Name)),
            _ => None,
        }
    }
}

/// Whether a file that begins so was written by this program.
pub(super) fn is_own_output(head: &[u8]) -> bool {
    let near = head.get(..512).unwrap_or(head);
    let text: Vec<u8> = near.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let says = |words: &[u8]| text.windows(words.len()).any(|part| part == words);
    says(br#""schema":"#) && says(br#""tool":{"name":"shiftlint""#)
}

/// The names of the columns of a document, or of the keys in its head.
pub(super) fn names(document: &dyn Document, head: &[u8]) -> Vec<String> {
    match document.names_in_records() {
        false => document.columns().to_vec(),
        true => keys_in(document, head).into_iter().map(|key| key.name).collect(),
    }
}

/// Whether a column or key holds times, except those of bookkeeping.
pub(super) fn holds_times(document: &dyn Document, head: &[u8], opening: &Opening<'_>) -> bool {
    let kept = |name: &str| meaning(name, opening.role).field == Err(NoField::Bookkeeping);
    if document.names_in_records() {
        let keys = keys_in(document, head).into_iter();
        return keys
            .filter(|key| !kept(&key.name))
            .any(|key| Shape::of(&key.words()).holds_times());
    }
    let records = head.get(document.outset().start..).unwrap_or_default();
    let survey = document.survey(records, opening.whole);
    let mut columns = survey.into_iter().flat_map(|survey| survey.columns);
    columns.any(|column| column.shape.holds_times() && !kept(&column.name))
}

/// The name of a file without its folder and endings.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// Whether these are the columns of shift swaps, and of nothing else.
pub(super) fn is_list_of_swaps(names: &[String]) -> bool {
    let has = |field: Field| names.iter().any(|name| meaning(name, Role::Swaps).is(field));
    let both = has(Field::WithAgent) || has(Field::WithShift);
    has(Field::Shift) && both && missing_field(Role::Batch, names).is_some()
}

/// What a file with these columns is, if it is not what its directory is read as.
pub(super) fn other_role(names: &[String], path: &str, role: Role) -> Option<SkipReason> {
    let has = |of: Role, field: Field| names.iter().any(|name| meaning(name, of).is(field));
    // Activities have times of their own.
    const TIMES: [Field; 8] = [
        Field::Activities,
        Field::Start,
        Field::End,
        Field::Date,
        Field::StartDate,
        Field::EndDate,
        Field::Times,
        Field::Length,
    ];
    let swaps = has(Role::Swaps, Field::Shift)
        && (has(Role::Swaps, Field::WithAgent) || has(Role::Swaps, Field::WithShift))
        && !has(Role::Batch, Field::End);
    if swaps && role == Role::Swaps {
        return None;
    }
    if swaps {
        let why = SkipReason::doubtful("its columns are those of shift swaps");
        return Some(SkipReason { option: Some("--swaps"), ..why });
    }
    let people = [Field::Agent, Field::Name].iter().any(|field| has(Role::Batch, *field));
    let timeless = !TIMES.iter().any(|field| has(Role::Batch, *field));
    if people && timeless && role != Role::Agents {
        let why = "its columns are those of a list of agents (--agents reads it)";
        return Some(SkipReason { option: Some("--agents"), ..SkipReason::harmless(why) });
    }
    let off = role != Role::TimeOff && is_named_for_time_off(path);
    off.then(|| SkipReason {
        option: Some("--time-off"),
        ..SkipReason::doubtful("its name says that it holds time off")
    })
}

/// Whether the name of a file says that it holds time off. What says so of a sheet does so of a
/// file.
fn is_named_for_time_off(path: &str) -> bool {
    const WORDS: [&str; 10] = [
        "timeoff",
        "time-off",
        "time_off",
        "pto",
        "leave",
        "leaves",
        "absence",
        "absences",
        "vacation",
        "vacations",
    ];
    let name = stem(path).to_lowercase();
    let stem = &*name;
    WORDS.contains(&stem)
        || lists_days_off(stem)
        || stem.contains("time-off")
        || stem.contains("time_off")
        || stem.split(['-', '_', ' ']).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{is_own_output, other_role};
    use crate::model::source::Role;

    fn option(names: &[&str], path: &str) -> Option<(bool, Option<&'static str>)> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let aside = other_role(&names, path, Role::Batch);
        aside.map(|aside| (aside.doubtful, aside.option))
    }

    #[test]
    fn files_of_other_roles_are_recognised_by_their_columns() {
        for (names, path, expected) in [
            (&["agent", "start", "end"][..], "a.csv", None),
            (&["agent", "name", "time zone"], "a.csv", Some((false, Some("--agents")))),
            (&["id", "agent", "shift", "with agent"], "a.csv", Some((true, Some("--swaps")))),
            (&["agent", "start", "end"], "x/time-off.csv", Some((true, Some("--time-off")))),
            (&["agent", "start", "end"], "sick leave.csv", Some((true, Some("--time-off")))),
            (&["agent", "start", "end"], "cleaves.csv", None),
            (&["agent", "date"], "a.csv", None),
        ] {
            assert_eq!(option(names, path), expected, "{names:?} {path}");
        }
    }

    #[test]
    fn reports_of_this_program_are_recognised() {
        let report = b"{\n  \"schema\": 1,\n  \"tool\": {\"name\":\"shiftlint\",\"version\":\"1\"}";
        assert!(is_own_output(report));
        assert!(!is_own_output(b"{\"schema\":1,\"tool\":{\"name\":\"other\"}}"));
        assert!(!is_own_output(b"agent,start\n"));
    }
}
