//! Finds doubts about an input as a whole: its encoding, its columns, its zone.

use super::DoubtContext;
use crate::analyze::skipped;
use crate::judge::doubts::{
    About, base_not_given, encoding, more_pages, no_end, unmatched_map, unread_file,
    week_not_given, zone,
};
use crate::model::doubt::Doubt;
use crate::model::observation::KeyFacts;
use crate::model::row::Field;
use crate::model::settings::Replace;
use crate::model::source::Role;
use crate::model::time::Instant;
use crate::read::names::{ZoneHint, is_unread};
use crate::read::source::Source;
use crate::schedule::run::Run;
use crate::timestamp::{self, Abbreviation};

/// The doubts about an input as a whole.
pub(super) fn of_file(known: DoubtContext<'_>, place: usize, path: &str) -> Vec<Doubt> {
    let run = known.schedule.run;
    let source = &run.sources[place];
    let about = About::file(path);
    let mut doubts = Vec::new();
    if let Some((name, false)) = run.settings.encoding_of(&source.file.path)
        && source.wrapping().was_utf_8
    {
        doubts.push(encoding::doubt(&about, name));
    }
    if source.facts().is_unfinished {
        doubts.push(more_pages::unfinished(&about));
    }
    let is_live_given = || run.sources.iter().any(|source| source.file.role == Role::Published);
    if source.holds_changes() && !is_live_given() {
        doubts.push(base_not_given::doubt(&about));
    }
    if source.facts().is_unclear && source.file.role == Role::Batch {
        doubts.push(base_not_given::unclear(&about));
    }
    let replaces = run.settings.replace != Replace::None && run.settings.week_of.is_none();
    let weeks = source.weeks().filter(|weeks| replaces && weeks.first.is_none());
    if weeks.is_some() && is_live_given() {
        doubts.push(week_not_given::doubt(&about));
    }
    doubts.extend(abbreviated_zone(run, source, path));
    doubts.extend(keys_of_ends(source, path));
    let skipped = skipped::of_source(known.schedule, known.facts, source);
    if let Some(aside) = skipped.filter(|skipped| skipped.doubtful) {
        doubts.push(match source.sheet_name() {
            Some(name) => {
                let sheets = sheets_beside(run, source, name);
                unread_file::of_sheet(&about, &aside.why, aside.option, &sheets)
            }
            None => unread_file::doubt(&about, &aside.why, aside.option),
        });
    }
    // A mapping is told at the first input that it is about.
    for mapping in &run.settings.columns {
        let mut inputs = run
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| mapping.is_about(&source.file) && source.aside().is_none());
        let missing = inputs.clone().all(|(_, source)| !source.has_column(&mapping.column));
        if missing && inputs.next().is_some_and(|(first, _)| first == place) {
            let about = About { place: &mapping.column, ..about };
            doubts.push(unmatched_map::doubt(&about, mapping.field.name()));
        }
    }
    doubts
}

/// The sheets of the workbook that a source is a sheet of.
fn sheets_beside<'r>(
    run: &'r Run<'_>,
    source: &'r Source,
    name: &'r str,
) -> unread_file::Sheets<'r> {
    let others = || run.sources.iter().filter(|other| other.file.sheet.is_some());
    let same = |other: &&Source| other.file.path == source.file.path;
    let read = others().filter(same).filter(|other| other.aside().is_none());
    // One that is read in two roles is named once.
    let mut names: Vec<&str> = read.filter_map(Source::sheet_name).collect();
    names.dedup();
    unread_file::Sheets {
        workbook: &source.file.path,
        name,
        read: names,
        alone: others().all(|other| other.file.path == source.file.path),
    }
}

/// The doubts about keys that hold dates and are not read, in a document of time off
/// whose records have no end. By their first values: keys say of each record what they
/// are, so that a record of another kind has other ones.
fn keys_of_ends(source: &Source, path: &str) -> Vec<Doubt> {
    let ledger = source.ledger();
    let keys = ledger.keys();
    let is = |name: &str, fields: &[Field]| {
        source.field_of_key(name).is_some_and(|field| fields.contains(&field))
    };
    let ended = [Field::End, Field::EndDate, Field::Times];
    if !source.file.role.lists_absences() || keys.iter().any(|key| is(&key.name, &ended)) {
        return Vec::new();
    }
    let days = |key: &KeyFacts| -> Option<Vec<i64>> { key.words().into_iter().map(day).collect() };
    let starts = [Field::Start, Field::StartDate, Field::Date];
    let starts = keys.iter().filter(|key| is(&key.name, &starts));
    let Some(first) = starts.filter_map(|key| days(key)?.into_iter().min()).min() else {
        return Vec::new();
    };
    let unread = keys.iter().filter(|key| {
        source.field_of_key(&key.name).is_none() && is_unread(&key.name, Role::TimeOff)
    });
    let later = unread.filter(|key| {
        days(key).is_some_and(|days| !days.is_empty() && days.iter().all(|day| *day >= first))
    });
    let doubt = |key: &&KeyFacts| {
        let about = About { place: &key.name, count: key.values, ..About::file(path) };
        no_end::doubt(&about, &key.words().into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    later.map(doubt).collect()
}

/// The day of a word that is a date, with a time or without.
fn day(word: &str) -> Option<i64> {
    timestamp::read(word.as_bytes(), None).ok()?.utc_day()
}

/// The doubt about a column whose name abbreviates its zone, if nothing else names one, or
/// `--tz` one that is on another clock.
fn abbreviated_zone(run: &Run<'_>, source: &Source, path: &str) -> Option<Doubt> {
    let hints = source.hints();
    let columns = [(Field::Start, hints.start), (Field::End, hints.end)];
    let found = columns.into_iter().find_map(|(field, hint)| match hint? {
        ZoneHint::Abbreviation(zone) => Some((source.column_of(field)?.to_owned(), zone)),
        _ => None,
    });
    let (column, zone) = found.filter(|_| !source.may_have(Field::Zone))?;
    let about = About { place: &column, ..About::file(path) };
    match run.zone {
        None => Some(zone::of_abbreviation(&about, &zone)),
        Some(clock) => {
            let known = Abbreviation::of(zone.as_bytes())?;
            let is_used =
                |minutes: &i16| run.calendar.uses_offset(clock, PRESENT, i32::from(*minutes) * 60);
            let fits = known.offsets().iter().any(is_used);
            (!fits).then(|| zone::of_another_abbreviation(&about, &zone))
        }
    }
}

/// The first of January 2026: what a zone's clock is called has not changed around it.
const PRESENT: Instant = Instant::from_millis(1_767_225_600_000);
