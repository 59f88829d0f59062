//! Finds out whether records follow each other, if their lengths are minutes.
//!
//! Exports of activities have a record for each stretch of a day, and each begins
//! where the one before ends: so the unit of their lengths shows, short as they are.

use crate::model::row::{Field, Row};
use crate::model::time::{DAY, DateOrder};
use crate::timestamp::{self, Expected, Written};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// More records than this are not held against each other: sixteen bytes are kept of
/// each, twice.
const MOST: usize = 1 << 22;

/// Where records start and end if their lengths are minutes, each by agent and local
/// time.
#[derive(Debug, Default)]
pub(super) struct Chains {
    starts: Vec<AgentTime>,
    ends: Vec<AgentTime>,
}

/// An agent, hashed, and a local time in milliseconds.
type AgentTime = (u64, i64);

impl Chains {
    /// Notes a record of so many milliseconds.
    pub(super) fn note(&mut self, row: &Row<'_>, length: i64, order: Option<DateOrder>) {
        let Some(start) = start(row, order).filter(|_| self.starts.len() <= MOST) else { return };
        let mut hasher = DefaultHasher::new();
        row.word(Field::Agent).hash(&mut hasher);
        let agent = hasher.finish();
        self.starts.push((agent, start));
        self.ends.push((agent, start.saturating_add(length)));
    }

    pub(super) fn and(mut self, mut other: Chains) -> Chains {
        self.starts.append(&mut other.starts);
        self.ends.append(&mut other.ends);
        self
    }

    /// Whether most of so many records end where the next one of their agent begins.
    pub(super) fn hold(&self, records: u64) -> bool {
        if self.starts.len() > MOST {
            return false;
        }
        let starts: HashSet<&AgentTime> = self.starts.iter().collect();
        let met = self.ends.iter().filter(|end| starts.contains(end)).count() as u64;
        met * 2 > records
    }
}

/// When a record starts, as it is written.
fn start(row: &Row<'_>, order: Option<DateOrder>) -> Option<i64> {
    let read = |field: Field| {
        let time = timestamp::read_as(row.word(field), Expected { order, clock: true });
        time.ok().map(|time| time.written)
    };
    match read(Field::Start)? {
        Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _) => {
            let date = read(Field::Date).or_else(|| read(Field::StartDate))?;
            Some(date.day()? * DAY + clock)
        }
        written => written.local(),
    }
}

#[cfg(test)]
mod tests {
    use super::Chains;
    use crate::model::row::{Field, Row};
    use crate::model::time::MINUTE;

    fn chains(records: &[(&str, &str, &str, i64)]) -> Chains {
        let mut chains = Chains::default();
        for (agent, date, start, length) in records {
            let mut row = Row::default();
            row.set(Field::Agent, agent.as_bytes());
            row.set(Field::Date, date.as_bytes());
            row.set(Field::Start, start.as_bytes());
            chains.note(&row, length * MINUTE, None);
        }
        chains
    }

    #[test]
    fn most_records_have_to_end_where_the_next_begins() {
        let day = "2026-03-02";
        let [one, two, three] =
            [("a", day, "08:00", 15), ("a", day, "08:15", 10), ("a", day, "08:25", 5)];
        assert!(chains(&[one, two, three]).hold(3));
        assert!(chains(&[three, one, two]).hold(3), "in any order");
        assert!(!chains(&[one, two]).hold(2), "half of them are not most");
        assert!(!chains(&[one, two, three]).hold(4), "one could not be read");
        let other = ("b", day, "08:15", 10);
        assert!(!chains(&[one, other, ("c", day, "08:25", 5)]).hold(3), "other agents");
        let dated = ("a", "", "2026-03-02T08:30", 20);
        assert!(chains(&[one, two, three, dated]).hold(4), "a date in the same word");
        assert!(!chains(&[]).hold(0));
    }
}
