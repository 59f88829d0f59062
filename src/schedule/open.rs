//! Turns settings into inputs in their order, a calendar and a zone.

use crate::calendar::{Calendar, meanings};
use crate::error::Error;
use crate::model::conventions::{Conventions, Question};
use crate::model::finding::brief;
use crate::model::settings::{InputFile, Replace, Settings, Tzdb};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, IsoOffset};
use crate::read::content::stored_length;
use crate::read::names::{Hints, ZoneHint};
use crate::read::source::Source;
#[cfg(feature = "fs")]
use crate::read::zoneinfo;
use crate::timestamp;
use std::ops::Range;

/// How a source writes its times and lengths, by what the user says and the names
/// of its columns.
pub(super) fn conventions(
    source: &Source,
    settings: &Settings,
    calendar: &Calendar,
) -> Conventions {
    let mut conventions = settings.conventions_of(&source.file);
    let Hints { length_unit, start, end, exclusive_ends } = source.hints();
    conventions.exclusive_ends = exclusive_ends;
    if let Some(unit) = length_unit {
        conventions.length_unit = unit;
        conventions.settled.insert(Question::LengthUnit);
    }
    conventions.local = [&start, &end].into_iter().any(|hint| *hint == Some(ZoneHint::Local));
    let clock = |hint: Option<ZoneHint>| match hint? {
        ZoneHint::Utc => Some(Clock::UTC),
        ZoneHint::Offset(seconds) => calendar.clock(&IsoOffset(seconds).to_string()),
        ZoneHint::Named(name) => calendar.clock(&name),
        ZoneHint::Local | ZoneHint::Abbreviation(_) => None,
    };
    (conventions.start_clock, conventions.end_clock) = (clock(start), clock(end));
    conventions
}

#[cfg(not(feature = "fs"))]
pub(super) fn calendar(Tzdb::Bundled: &Tzdb) -> Result<Calendar, Error> {
    Ok(Calendar::bundled())
}

#[cfg(feature = "fs")]
pub(super) fn calendar(tzdb: &Tzdb) -> Result<Calendar, Error> {
    let folder = match tzdb {
        Tzdb::Bundled => return Ok(Calendar::bundled()),
        Tzdb::Folder(folder) => folder.as_path(),
        Tzdb::System => zoneinfo::system_folder().ok_or_else(|| {
            let help = "name its folder with --tzdb DIR, or leave the option out".to_owned();
            Error::usage("--tzdb: this system has no tz database", Some(help))
        })?,
    };
    let fault = |path: &std::path::Path, reason: &str| {
        let help = "expected a folder of compiled zone files, such as /usr/share/zoneinfo";
        Error::usage(format!("--tzdb: {}: {reason}", path.display()), Some(help.to_owned()))
    };
    let files = zoneinfo::read(folder).map_err(|(path, error)| {
        fault(&path, &format!("cannot be read: {}", crate::read::content::reason(&error)))
    })?;
    Calendar::compiled(&files.zones, files.version.as_deref()).map_err(|damaged| match damaged {
        Some(zone) => fault(&folder.join(zone), "this zone file is damaged"),
        None => fault(folder, "there is no zone file in it"),
    })
}

pub(super) fn zone_of(settings: &Settings, calendar: &Calendar) -> Result<Option<Clock>, Error> {
    let (option, name) = match (&settings.zone, &settings.unit_zone) {
        (Some(name), _) => ("--tz", name),
        (None, Some(name)) => ("--unit", name),
        (None, None) => return Ok(None),
    };
    clock_of(option, name, calendar).map(Some)
}

/// The clock of a zone that an option names.
fn clock_of(option: &str, name: &str, calendar: &Calendar) -> Result<Clock, Error> {
    calendar.clock(name).ok_or_else(|| {
        let help = match (meanings(name), calendar.nearest(name).first()) {
            (Some([city, offset]), _) => format!("did you mean `{city}` or `{offset}`?"),
            (None, Some(nearest)) => format!("did you mean `{nearest}`?"),
            (None, None) => "expected an IANA name such as `America/Chicago`".to_owned(),
        };
        Error::usage(format!("{option}: the time zone `{name}` is unknown"), Some(help))
    })
}

/// The agents whose zones the settings name.
pub(super) fn agent_zones(
    settings: &Settings,
    calendar: &Calendar,
) -> Result<Vec<(String, Clock)>, Error> {
    let zones = settings.agent_zones.iter();
    let clock = |(agent, zone): &(String, String)| {
        Ok((agent.clone(), clock_of(&format!("zones: {agent}"), zone, calendar)?))
    };
    zones.map(clock).collect()
}

/// The zone of the unit that all files with times are of, if one of them says it and no other
/// says another; and which file that is.
pub(super) fn unit_zone(sources: &[Source], calendar: &Calendar) -> Option<(Clock, u16, String)> {
    // The base is read as the others are, and changes nothing about them.
    let is_timed =
        |source: &Source| source.file.role.claims_time() && source.file.role != Role::Base;
    if !sources.iter().filter(|source| is_timed(source)).all(|source| source.facts().is_of_unit) {
        return None;
    }
    let mut zones = (0..)
        .zip(sources)
        .filter(|(_, source)| source.file.role != Role::Base)
        .filter_map(|(place, source)| Some((place, source.facts().unit_zone.as_deref()?)));
    let (place, zone) = zones.next()?;
    let clock = calendar.clock(zone)?;
    zones.all(|(_, other)| other == zone).then(|| (clock, place, zone.to_owned()))
}

/// That other files are read in the zone of a unit.
pub(super) fn note_of_unit(zone: &str) -> String {
    format!(
        "local times and days of the other files are read in `{zone}`, the zone of the unit here \
         (--tz ZONE names another)"
    )
}

/// The local days whose published records the batch replaces as a whole.
pub(super) fn replaced_days(
    settings: &Settings,
    sources: &[Source],
) -> Result<Vec<Range<i64>>, Error> {
    let named = settings.week_of.as_deref().map(date).transpose()?;
    if settings.replace == Replace::None {
        return Ok(Vec::new());
    }
    let weeks = sources.iter().filter_map(Source::weeks);
    let days = weeks.filter_map(|weeks| {
        let first = named.or(weeks.first)?;
        Some(first..first.saturating_add(7 * i64::from(weeks.count)))
    });
    Ok(days.collect())
}

/// The day of a date that the user names, since 1970.
fn date(word: &str) -> Result<i64, Error> {
    timestamp::date(word.trim().as_bytes()).ok_or_else(|| {
        let help = Some("expected a date such as 2026-03-02".to_owned());
        Error::usage(format!("--week-of: `{word}` is no date"), help)
    })
}

/// The files in the order of their ranks: by role and path, each once a role,
/// so that nothing depends on the order in which they were named.
pub(super) fn ranked(files: &[InputFile]) -> Result<Vec<InputFile>, Error> {
    let mut ranked = files.to_vec();
    ranked.sort();
    ranked.dedup();
    few_enough(ranked.len())?;
    Ok(ranked)
}

/// Refuses more inputs than there are ranks.
pub(super) fn few_enough(count: usize) -> Result<(), Error> {
    let most = Origin::MOST_SOURCES;
    if count <= most {
        return Ok(());
    }
    let help = "put files of one kind together first".to_owned();
    Err(Error::usage(format!("more than {most} input files"), Some(help)))
}

/// Refuses names of sheets that no workbook has.
pub(super) fn all_sheets(settings: &Settings, sources: &[Source]) -> Result<(), Error> {
    let names = || sources.iter().filter_map(|source| source.sheet());
    for named in &settings.sheets {
        let only = Settings { sheets: vec![named.clone()], ..Settings::default() };
        if names().any(|sheet| only.names_sheet(&sheet.name)) {
            continue;
        }
        let mut known: Vec<String> =
            names().map(|sheet| format!("`{}`", brief(&sheet.name))).collect();
        known.dedup();
        // What is wrong with a workbook is said in the report.
        if known.is_empty() && sources.iter().any(Source::is_refused) {
            continue;
        }
        let help = match known.is_empty() {
            true => "no input is an Excel workbook".to_owned(),
            false => format!("the sheets are {}", known.join(", ")),
        };
        return Err(Error::usage(format!("--sheet: no sheet is called `{named}`"), Some(help)));
    }
    Ok(())
}

/// Whether all files together are too small to be worth a second thread.
pub(super) fn small(files: &[InputFile]) -> bool {
    const SMALL: u64 = 512 << 10;
    let size = |file: &InputFile| stored_length(file).unwrap_or(SMALL);
    files.iter().map(size).fold(0, u64::saturating_add) < SMALL
}
