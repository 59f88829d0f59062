//! The sentence as code: files become a report.
//!
//! The only module that knows every stage. Each stage is one function here or
//! one call; what they do is theirs to know.

mod activities;

mod collect;

mod listen;

mod versions;

mod forms;

mod spellings;

mod order;

mod ordered;

mod facts;

mod swaps;

mod labour;

mod recall;

mod causes;

mod assemble;

use crate::calendar::Calendar;
use crate::crew::Crew;
use crate::error::Error;
use crate::explain;
use crate::model::conventions::Conventions;
use crate::model::finding::{Input, Report, RuleCount, Verdict};
use crate::model::keys::Keys;
use crate::model::rule::Check;
use crate::model::settings::{InputFile, Settings, Tzdb};
use crate::model::source::{Origin, Role};
use crate::model::time::Clock;
use crate::read::source::Source;
use crate::read::zoneinfo;
use std::path::Path;
use std::sync::atomic::AtomicU64;

/// How far the reading is, in bytes, for whoever wants to watch.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes that were read.
    pub done: AtomicU64,
}

/// Everything that stays the same while the records pass.
pub(crate) struct Run<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) calendar: &'a Calendar,
    pub(crate) zone: Option<Clock>,
    pub(crate) sources: &'a [Source],
    pub(crate) crew: &'a Crew,
    pub(crate) progress: &'a Progress,
    /// How each source writes its times and lengths, as far as it is known.
    pub(crate) conventions: Vec<Conventions>,
}

/// Why a pass has to be made again.
pub(crate) enum Again {
    /// Two names had one key: nothing that was found can be trusted.
    Collision,
    /// Sources of which something must be known first.
    Undecided(collect::Undecided),
}

/// Checks what the settings ask for.
///
/// # Errors
/// When the settings make no sense, or the system gives no threads. Whatever is
/// wrong with the data is in the report.
pub fn analyze(settings: &Settings, progress: &Progress) -> Result<Report, Error> {
    let calendar = calendar(&settings.tzdb)?;
    let zone = zone_of(settings, &calendar)?;
    let files = ranked(&settings.files)?;
    let crew = Crew::new(settings.jobs.or_else(|| small(&files).then_some(1)))?;
    let sources = crew.map(files, |file| Source::open(&file, settings));
    let known = Conventions { order: settings.date_order, ..Conventions::default() };
    let conventions = vec![known; sources.len()];
    let (calendar, sources, crew) = (&calendar, &sources, &crew);
    let mut run = Run { settings, calendar, zone, sources, crew, progress, conventions };
    loop {
        match attempt(&run, &Keys::new()) {
            Ok(report) => return Ok(report),
            Err(again) => {
                sources.iter().for_each(Source::begin_again);
                if let Again::Undecided(places) = again {
                    order::decide(&mut run, &places);
                }
            }
        }
    }
}

/// One pass under one set of keys.
fn attempt(run: &Run<'_>, keys: &Keys) -> Result<Report, Again> {
    let roster = collect::roster(run, keys);
    let agents = &roster.agents;
    let trades = swaps::read(run, keys, agents);
    let mut collected = collect::records(run, keys, &roster, &trades.named);
    collect::ask_all(&mut collected.undecided, trades.undecided.clone());
    if !collected.undecided.is_empty() {
        return Err(Again::Undecided(collected.undecided));
    }
    let mut settled = swaps::settle(run, agents, trades, &mut collected);
    let facts = facts::find(run, agents, collected, std::mem::take(&mut settled.notices));
    let mut records = recall::recall(run, keys, agents, &facts, &settled);
    settled.rename(&mut records)?;
    let findings = assemble::findings(run, agents, &settled, &facts, &records)?;
    let spelled = spellings::notes(&facts.remarks, &records)?;
    let notes = [roster.notes, settled.notes, spelled].concat();
    let inputs = inputs(run, &facts, &notes);
    Ok(report(run, inputs, facts, findings))
}

fn report(
    run: &Run<'_>,
    inputs: Vec<Input>,
    facts: facts::Facts,
    findings: assemble::Assembled,
) -> Report {
    let complete = facts.holes == 0 && inputs.iter().all(|input| input.problem.is_none());
    let of_role = |role: fn(&Role) -> bool| {
        inputs.iter().filter(move |input| role(&input.role)).map(|input| input.records).sum()
    };
    let mut report = Report {
        tzdb: run.calendar.version().to_owned(),
        verdict: Verdict::Clean,
        complete,
        fail_on: run.settings.fail_on,
        agents: facts.agents,
        records: of_role(|role| role.claims_time()),
        batch_records: of_role(|role| *role == Role::Batch),
        inputs,
        causes: explain::leading(&findings.findings, partial(&findings.rules)),
        rules: findings.rules,
        findings: findings.findings,
        max_per_agent: run.settings.max_per_agent,
    };
    report.verdict = verdict(&report);
    report
}

/// Whether there are conflicts that are counted and not listed.
fn partial(rules: &[RuleCount]) -> bool {
    let conflicts = rules.iter().filter(|count| matches!(count.rule.check, Check::Overlap(_)));
    conflicts.into_iter().any(|count| count.listed < count.total())
}

fn verdict(report: &Report) -> Verdict {
    let fails = |count: &RuleCount| {
        let from = report.fail_on.map_or(3, |severity| severity as usize);
        count.by_severity.iter().skip(from).any(|count| *count > 0)
    };
    if !report.complete {
        Verdict::Incomplete
    } else if report.batch_records == 0 {
        Verdict::Empty
    } else if report.rules.iter().any(fails) {
        Verdict::Conflicts
    } else {
        Verdict::Clean
    }
}

fn inputs(run: &Run<'_>, facts: &facts::Facts, notes: &[(u16, String)]) -> Vec<Input> {
    let counts = facts.counts.iter();
    let input =
        |((source, count), conventions): ((&Source, &collect::Counts), &Conventions)| Input {
            path: source.file.shown(),
            role: source.file.role,
            format: source.format.map(|format| format.name),
            records: count.records,
            checked: count.records - count.open - count.void - count.replaced - count.unreadable,
            open: count.open,
            void: count.void,
            replaced: count.replaced,
            unreadable: count.unreadable,
            notes: source.notes(),
            problem: source.problem(),
            date_order: conventions.order,
        };
    let mut inputs: Vec<Input> =
        run.sources.iter().zip(counts).zip(&run.conventions).map(input).collect();
    for (place, note) in notes {
        inputs[usize::from(*place)].notes.push(note.clone());
    }
    inputs
}

fn calendar(tzdb: &Tzdb) -> Result<Calendar, Error> {
    let folder = match tzdb {
        Tzdb::Bundled => return Ok(Calendar::bundled()),
        Tzdb::Folder(folder) => folder.as_path(),
        Tzdb::System => zoneinfo::system_folder().ok_or_else(|| {
            let help = "name its folder with --tzdb DIR, or leave the option out".to_owned();
            Error::usage("--tzdb: this system has no tz database", Some(help))
        })?,
    };
    let fault = |path: &Path, reason: &str| {
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

fn zone_of(settings: &Settings, calendar: &Calendar) -> Result<Option<Clock>, Error> {
    let Some(name) = &settings.zone else { return Ok(None) };
    match calendar.clock(name) {
        Some(clock) => Ok(Some(clock)),
        None => {
            let help = match calendar.nearest(name).first() {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "expected an IANA name such as `America/Chicago`".to_owned(),
            };
            Err(Error::usage(format!("--tz: the time zone `{name}` is unknown"), Some(help)))
        }
    }
}

/// The files in the order of their ranks: by role and path, each once a role,
/// so that nothing depends on the order in which they were named.
fn ranked(files: &[InputFile]) -> Result<Vec<InputFile>, Error> {
    let mut ranked = files.to_vec();
    ranked.sort();
    ranked.dedup();
    if ranked.len() > Origin::MOST_SOURCES {
        let most = Origin::MOST_SOURCES;
        let help = "put files of one kind together first".to_owned();
        return Err(Error::usage(format!("more than {most} input files"), Some(help)));
    }
    Ok(ranked)
}

/// Whether all files together are too small to be worth a second thread.
fn small(files: &[InputFile]) -> bool {
    const SMALL: u64 = 512 << 10;
    let size = |file: &InputFile| match std::fs::metadata(&*file.path) {
        Ok(about) if about.is_file() => about.len(),
        _ => SMALL,
    };
    files.iter().map(size).fold(0, u64::saturating_add) < SMALL
}
