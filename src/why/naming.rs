//! Names of records, as a person writes them, become the records that they mean.

use super::standing::rows_of;
use crate::analyze;
use crate::error::Error;
use crate::model::alike::{Alike, ComparisonBudget};
use crate::model::finding::{Record, brief, file_of};
use crate::model::inventory::ListedRow;
use crate::model::keys::{QuickSet, RecordKey};
use crate::model::source::{Origin, Role};
use crate::schedule::Schedule;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The most records that a name can mean to be of use: each of them with each of as many others.
const MOST_MEANT: usize = 2000;

/// How many records are read again for names that are like an unknown one.
const MOST_COMPARED: usize = 1 << 16;

/// Finds records by their names.
pub(super) struct Directory<'a> {
    schedule: &'a Schedule<'a>,
    rows: &'a [ListedRow],
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PlaceName<'n> {
    Line(u64),
    Number(u64),
    Pointer(&'n str),
}

impl<'a> Directory<'a> {
    /// Of these rows, which are those of all inputs that claim time.
    pub(super) fn new(schedule: &'a Schedule<'a>, rows: &'a [ListedRow]) -> Directory<'a> {
        Directory { schedule, rows }
    }

    /// The records that a name means, of which there is at least one.
    ///
    /// # Errors
    /// When there is none, or so many that no answer could be read.
    pub(super) fn meant(&self, name: &str) -> Result<BTreeSet<Origin>, Error> {
        let found = self.find(name);
        match found.len() {
            0 => Err(self.unknown(name)),
            count if count > MOST_MEANT => {
                let help = "name one of them by FILE:LINE".to_owned();
                let message = format!("`{}` names {count} records", brief(name));
                Err(Error::usage(message, Some(help)))
            }
            _ => Ok(found),
        }
    }

    /// The records that a name means: those with the id, else with the role and id, else at the
    /// place in a file.
    fn find(&self, name: &str) -> BTreeSet<Origin> {
        let by_id = self.of_id(name, None);
        if !by_id.is_empty() {
            return by_id;
        }
        if let Some((role, id)) = role_and_id(name) {
            let by_id = self.of_id(id, Some(role));
            if !by_id.is_empty() {
                return by_id;
            }
        }
        self.of_place(name)
    }

    /// Where the rows of records begin.
    pub(super) fn entries_of(&self, records: &BTreeSet<Origin>) -> QuickSet<Origin> {
        let rows = records.iter().flat_map(|record| rows_of(self.rows, *record));
        rows.map(|row| row.origin).collect()
    }

    fn of_id(&self, id: &str, role: Option<Role>) -> BTreeSet<Origin> {
        let key: RecordKey = self.schedule.keys.of(id.as_bytes());
        let run = self.schedule.run;
        let has_role = |origin: Origin| role.is_none_or(|role| run.role_of(origin) == role);
        let rows = self.rows.iter().filter(|row| row.id == key && key.is_some());
        let mut found: BTreeSet<Origin> =
            rows.map(|row| row.record).filter(|origin| has_role(*origin)).collect();
        for (place, source) in (0..).zip(run.sources) {
            if source.file.role == Role::Swaps && role.is_none_or(|role| role == Role::Swaps) {
                let has_id = |record: &Record| record.id.as_deref() == Some(id);
                found.extend(self.those(place, &has_id));
            }
        }
        found
    }

    /// The records of a source that are wanted.
    fn those(&self, source: u16, is_wanted: &dyn Fn(&Record) -> bool) -> Vec<Origin> {
        let mut found = Vec::new();
        self.each(source, &mut |origin, record| found.extend(is_wanted(record).then_some(origin)));
        found
    }

    /// Reads all records of a source again.
    fn each(&self, source: u16, visit: &mut dyn FnMut(Origin, &Arc<Record>)) {
        let index = self.schedule.run.sources[usize::from(source)].index();
        let (offsets, _) = index.first_offsets(usize::MAX);
        let origins: Vec<Origin> =
            offsets.iter().map(|offset| Origin::new(source, *offset)).collect();
        analyze::recall_each(self.schedule, &origins, visit);
    }

    /// The records at a place, which is written as messages write it.
    fn of_place(&self, name: &str) -> BTreeSet<Origin> {
        let mut found = BTreeSet::new();
        for (number, source) in (0..).zip(self.schedule.run.sources) {
            let sheet = source.sheet().map(|sheet| &*sheet.name);
            let shown = &*source.file.shown;
            let file = file_of(shown, sheet);
            let own = |path: &str| Path::new(path).file_name().map(|name| name.to_owned());
            let short = own(shown);
            let paths = [Some(shown), Some(file), short.as_deref().and_then(|name| name.to_str())];
            let place = paths.into_iter().flatten().find_map(|path| place_in(name, path));
            match place {
                Some(PlaceName::Line(line)) => found.extend(self.of_line(number, line)),
                Some(PlaceName::Number(wanted)) => {
                    found.extend(self.those(number, &|record| record.number == wanted));
                }
                Some(PlaceName::Pointer(wanted)) => {
                    let has_pointer = |record: &Record| record.pointer.as_deref() == Some(wanted);
                    found.extend(self.those(number, &has_pointer));
                }
                None => {}
            }
        }
        found
    }

    /// The records that begin on a line, else the one that goes on there: before the next begins.
    fn of_line(&self, source: u16, line: u64) -> Vec<Origin> {
        let mut found = Vec::new();
        let (mut before, mut is_followed) = (None, false);
        self.each(source, &mut |origin, record| match record.line.cmp(&line) {
            Ordering::Less => before = Some(origin),
            Ordering::Equal => found.push(origin),
            Ordering::Greater => is_followed = true,
        });
        if found.is_empty() { before.filter(|_| is_followed).into_iter().collect() } else { found }
    }

    /// The error that nothing has this name, with the names that come nearest.
    fn unknown(&self, name: &str) -> Error {
        let mut records: Vec<Origin> =
            self.rows.iter().filter(|row| row.id.is_some()).map(|row| row.record).collect();
        records.dedup();
        records.truncate(MOST_COMPARED);
        let records = analyze::recall_all(self.schedule, &records);
        let ids: BTreeSet<&str> = records.all().filter_map(|record| record.id.as_deref()).collect();
        let (_, id) = role_and_id(name).unwrap_or((Role::Batch, name));
        let alike = Alike::of(ids).nearest(id, &mut ComparisonBudget::default());
        let near: Vec<String> =
            alike.into_iter().flatten().map(|name| format!("`{}`", brief(&name))).collect();
        let ways = "name a record by its id, as ROLE:ID, FILE:LINE, FILE@RECORD or FILE#/pointer";
        let help = match near.is_empty() {
            true => ways.to_owned(),
            false => format!("did you mean {}? Or {ways}", near.join(", ")),
        };
        Error::usage(format!("no record is called `{}`", brief(name)), Some(help))
    }
}

/// `published:s-1` in its parts.
fn role_and_id(name: &str) -> Option<(Role, &str)> {
    let (role, id) = name.split_once(':')?;
    let role = Role::ALL.into_iter().find(|known| known.name() == role)?;
    Some((role, id))
}

/// What a name says behind the path of a file: `:13`, `@12`, `#/shifts/3`, `!C7`, or
/// `:1 /shifts/3` as messages write it.
fn place_in<'n>(name: &'n str, path: &str) -> Option<PlaceName<'n>> {
    let rest = name.strip_prefix(path)?;
    if let Some(pointer) = rest.strip_prefix('#') {
        return Some(PlaceName::Pointer(pointer));
    }
    if let Some(number) = rest.strip_prefix('@') {
        return number.parse().ok().map(PlaceName::Number);
    }
    if let Some(cell) = rest.strip_prefix('!') {
        let line = cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        return line.parse().ok().map(PlaceName::Line);
    }
    let place = rest.strip_prefix(':')?;
    match place.split_once(" /") {
        Some((line, _)) => {
            line.parse::<u64>().ok()?;
            Some(PlaceName::Pointer(&place[line.len() + 1..]))
        }
        None => place.parse().ok().map(PlaceName::Line),
    }
}

#[cfg(test)]
mod tests {
    use super::{PlaceName, place_in, role_and_id};
    use crate::model::source::Role;

    #[test]
    fn places_are_written_in_several_ways() {
        let place = |name| place_in(name, "a/b.json");
        assert_eq!(place("a/b.json:13"), Some(PlaceName::Line(13)));
        assert_eq!(place("a/b.json@2"), Some(PlaceName::Number(2)));
        assert_eq!(place("a/b.json#/shifts/3"), Some(PlaceName::Pointer("/shifts/3")));
        assert_eq!(place("a/b.json#"), Some(PlaceName::Pointer("")));
        assert_eq!(place("a/b.json!C7"), Some(PlaceName::Line(7)));
        assert_eq!(place("a/b.json:1 /shifts/4"), Some(PlaceName::Pointer("/shifts/4")));
        for name in ["a/b.json", "a/b.json:", "a/b.json:x", "b.json:1", "a/b.json@-1"] {
            assert_eq!(place(name), None, "{name}");
        }
    }

    #[test]
    fn a_role_stands_before_an_id() {
        assert_eq!(role_and_id("published:a:b"), Some((Role::Published, "a:b")));
        assert_eq!(role_and_id("live:a"), None);
    }
}
