//! Holds the words of an object while what is within it is read.

use super::{Leftover, RivalWord};
use crate::model::row::{Field, RowFault};
use crate::model::shift::Kind;
use crate::model::time::{DAY, DateOrder};
use crate::read::json::hull;
use crate::timestamp::{self, Written};

/// The words of an object, kept while what is within it is read.
pub(super) struct Own {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) words: Vec<(Field, Vec<u8>)>,
    pub(super) fault: Option<RowFault>,
    /// What it is by the name of an object within it.
    pub(super) kind: Option<Kind>,
    pub(super) rivals: Vec<RivalWord>,
    pub(super) leftovers: Vec<Leftover>,
    /// Those within others.
    pub(super) inner: Vec<Leftover>,
    /// The nodes of the keys that its words are from.
    pub(super) nodes: Vec<usize>,
    pub(super) texts: Vec<(usize, usize)>,
    /// Where the list of its agents is, if it names them in one.
    pub(super) agents: Option<(usize, usize)>,
    /// The list of its activities.
    pub(super) activities: Option<Leftover>,
    pub(super) has_agent: bool,
    /// The key that names its agent.
    pub(super) key_of_agent: Option<usize>,
    /// The key that names it where it is a person.
    pub(super) key_of_person: Option<usize>,
    pub(super) begins: bool,
    /// Whether it has a key for the hours of a shift, empty or not.
    pub(super) has_times: bool,
    pub(super) is_record: bool,
    /// Whether its agent may be how many there are.
    pub(super) counts_heads: bool,
}

impl Own {
    pub(super) fn word(&self, field: Field) -> &[u8] {
        let known = self.words.iter().find(|(of, _)| *of == field);
        known.map_or(&[], |(_, word)| word.trim_ascii())
    }

    /// Whether it takes place at clock times, and within a day: what lasts longer, or from
    /// midnight to midnight, may be the surroundings of records.
    pub(super) fn has_hours(&self) -> bool {
        if !self.word(Field::Times).is_empty() {
            return true;
        }
        let read = |field| timestamp::read(self.word(field), Some(DateOrder::DayMonth)).ok();
        let local = |written| match written {
            Written::Instant { at, offset } => Some(at.to_local(offset.unwrap_or(0))),
            Written::Local(local) => Some(local),
            _ => None,
        };
        match (read(Field::Start), read(Field::End)) {
            (Some(Written::Date(_)), _) => false,
            (None, _) if self.word(Field::Start).is_empty() => false,
            (Some(start), Some(end)) => match (local(start), local(end)) {
                (Some(start), Some(end)) => {
                    let days = start.rem_euclid(DAY) == 0 && end.rem_euclid(DAY) == 0;
                    end - start <= DAY && !days
                }
                (Some(_), None) => !matches!(end, Written::Date(_)),
                _ => true,
            },
            _ => true,
        }
    }

    /// Whether it says that it, or what it holds, is to be deleted.
    pub(super) fn is_marked_deleted(&self) -> bool {
        self.word(Field::Deleted).eq_ignore_ascii_case(b"true")
    }

    /// Whether it says of a record, by its id or its date, that it is to be deleted.
    pub(super) fn is_deletion(&self) -> bool {
        self.is_marked_deleted()
            && !(self.word(Field::Id).is_empty() && self.word(Field::Date).is_empty())
    }

    /// Leaves out a start with a length of nothing, or without any end, where activities say more.
    pub(super) fn drop_empty_span(&mut self) {
        const TIMES: [Field; 4] = [Field::Start, Field::StartDate, Field::Date, Field::Length];
        const ENDS: [Field; 3] = [Field::End, Field::EndDate, Field::Times];
        let length = self.word(Field::Length);
        let has_end = ENDS.into_iter().any(|field| !self.word(field).is_empty());
        if self.activities.is_none() || has_end || !matches!(length, b"" | b"0") {
            return;
        }
        let Some(hull) = hull::of_parts(self.word(Field::Activities)) else { return };
        // Without an end the start says as much as that of the first activity.
        let starts = [Field::Start, Field::StartDate].map(|field| self.word(field));
        if !length.is_empty() || starts.contains(&&*hull.start) {
            self.words.retain(|(field, _)| !TIMES.contains(field));
            self.begins = false;
        }
    }

    /// Takes the times of an object that has none from its activities. Where they are not
    /// those of one record, they are records themselves, or not understood.
    pub(super) fn take_times_of_parts(&mut self, named: bool) {
        let Some(activities) = self.activities else { return };
        let hull = if named { hull::of_parts(self.word(Field::Activities)) } else { None };
        match hull {
            Some(hull) => {
                let (field, end) = hull.end;
                self.words.extend([(Field::Start, hull.start), (field, end)]);
                self.begins = true;
            }
            None if self.leftovers.iter().all(|one| !one.holds(activities.start)) => {
                self.words.retain(|(field, _)| *field != Field::Activities);
                self.leftovers.push(activities);
                self.leftovers.sort_unstable_by_key(|leftover| leftover.start);
            }
            None => {}
        }
    }
}
