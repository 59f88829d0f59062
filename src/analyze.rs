//! The sentence as code: files become a report.
//!
//! The only module that knows every stage. Each stage is one function here or
//! one call; what they do is theirs to know.

mod accepted;

mod activities;

mod collect;

mod coverage;

mod distant;

mod doubts;

mod fingerprint;
mod folder;

mod rivals;

mod listen;

mod versions;

mod forms;

mod oddities;

mod several;

mod spellings;

mod survey;

mod sorting;

mod facts;

mod finder;

mod ids;

mod ledger;

mod readings;

mod receipt;

mod records;

mod remarks;

mod replacements;

mod requests;

mod run;

mod swaps;

mod labour;

mod recall;

mod reopen;

mod causes;

mod claims;

mod assemble;

pub use run::Progress;

use crate::calendar::Calendar;
use crate::error::Error;
use crate::explain;
use crate::judge::rule_of_notice;
use crate::model::conventions::{Conventions, Question};
use crate::model::doubt::Doubt;
use crate::model::fact::NoticeKind;
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{Input, Problem, Report, RuleCount, Verdict};
use crate::model::keys::Keys;
use crate::model::receipt::Receipt;
use crate::model::rule::{Severity, Trigger};
use crate::model::settings::{InputFile, Settings, Tzdb};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, IsoOffset};
use crate::read::content::stored_length;
use crate::read::names::{Hints, ZoneHint};
use crate::read::source::Source;
#[cfg(feature = "fs")]
use crate::read::zoneinfo;
use crate::thread_pool::ThreadPool;
use run::{Again, Run, Surveyed};
use std::sync::Arc;

/// How a source writes its times and lengths, by what the user says and the names
/// of its columns.
fn conventions(source: &Source, settings: &Settings, calendar: &Calendar) -> Conventions {
    let mut conventions = settings.conventions_of(&source.file.path);
    let Hints { length_unit, start, end } = source.hints();
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

/// Checks what the settings ask for.
///
/// # Errors
/// When the settings make no sense, the system gives no threads, or the check was
/// cancelled. Whatever is wrong with the data is in the report.
pub fn analyze(settings: &Settings, progress: &Progress) -> Result<Report, Error> {
    let calendar = calendar(&settings.tzdb)?;
    let zone = zone_of(settings, &calendar)?;
    let files = ranked(&settings.files)?;
    let pool = ThreadPool::new(settings.jobs.or_else(|| small(&files).then_some(1)))?;
    let mut sources = pool.map(files, |file| Source::open(&file, settings));
    // Some have turned out to be of another role.
    sources.sort_by(|one, other| one.file.cmp(&other.file));
    folder::set_copies_aside(&sources);
    let conventions =
        sources.iter().map(|source| conventions(source, settings, &calendar)).collect();
    let shared_ids = vec![None; sources.len()];
    let surveyed = vec![Surveyed::default(); sources.len()];
    let (calendar, sources, pool) = (&calendar, &sources, &pool);
    let mut run = Run {
        settings,
        calendar,
        zone,
        sources,
        pool,
        progress,
        conventions,
        surveyed,
        shared_ids,
    };
    loop {
        match attempt(&run, &Keys::new()) {
            Ok(report) => return Ok(report),
            Err(again) => {
                // What was learnt is known from what the next pass forgets.
                if matches!(again, Again::Learnt) {
                    sources.iter().for_each(Source::apply_learnt);
                }
                sources.iter().for_each(Source::begin_again);
                match again {
                    Again::Cancelled => return Err(Error::cancelled()),
                    // What was found by keys that two names share is not known.
                    Again::Collision => run.shared_ids.fill(None),
                    Again::Undecided(places) => survey::decide(&mut run, &places),
                    Again::Learnt => {}
                    Again::SharedIds(found) => {
                        for (place, notice) in found {
                            run.shared_ids[place] = Some(notice);
                        }
                    }
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
    if run.progress.is_cancelled() {
        return Err(Again::Cancelled);
    }
    collect::ask_all(&mut collected.undecided, trades.undecided.clone());
    if !collected.undecided.is_empty() {
        return Err(Again::Undecided(collected.undecided));
    }
    if run.sources.iter().any(Source::has_learnt) {
        return Err(Again::Learnt);
    }
    let mut settled = swaps::settle(run, agents, trades, &mut collected);
    let mut facts = finder::find(run, agents, collected, &mut settled)?;
    let mut records = recall::recall(run, keys, agents, &facts, &settled);
    settled.rename(&mut records)?;
    let findings = assemble::findings(run, agents, &settled, &facts, &records)?;
    let spelled = spellings::notes(&facts.remarks, &records)?;
    let notes = [roster.notes, settled.notes, spelled, unsaid(run)].concat();
    let receipts = match run.settings.receipts {
        true => receipt::of_all(run, keys, agents),
        false => vec![None; run.sources.len()],
    };
    let inputs = inputs(run, keys, &mut facts, &notes, receipts);
    Ok(report(run, inputs, facts, findings))
}

fn report(
    run: &Run<'_>,
    inputs: Vec<Input>,
    facts: facts::Facts,
    findings: assemble::Assembled,
) -> Report {
    let settled =
        |input: &Input| input.problem.is_none() && input.doubts.iter().all(|doubt| doubt.accepted);
    let complete = facts.holes == 0 && inputs.iter().all(settled);
    let schedules = inputs.iter().filter(|input| input.role.claims_time());
    let records = schedules.map(|input| input.fates.records).sum();
    let batch = inputs.iter().filter(|input| input.role == Role::Batch);
    let batch_checked = batch.map(|input| input.fates.of(Fate::Checked)).sum();
    let mut report = Report {
        tzdb: run.calendar.version().to_owned(),
        verdict: Verdict::Clean,
        complete,
        fail_on: run.settings.fail_on,
        agents: facts.agents,
        records,
        batch_checked,
        coverage: facts.covered.by_role,
        is_partial: OVERLAPS.iter().any(|code| !run.settings.is_on(code)),
        inputs,
        causes: explain::leading(&findings.findings, partial(&findings.rules)),
        rules: findings.rules,
        findings: findings.findings,
        command: run.settings.command.clone(),
        max_per_agent: run.settings.max_per_agent,
        max_findings: run.settings.max_findings,
        beyond_max_findings: facts.withheld,
    };
    report.verdict = verdict(&report);
    report
}

/// What is to be said of ids that do not name records and of attendance that is read as
/// the plan, where the rule is off that would say it.
fn unsaid(run: &Run<'_>) -> Vec<(u16, String)> {
    const IDS: &str = "its ids name slots and not records (ID109): they are not compared, and \
                       nothing is replaced by them";
    const ATTENDANCE: &str = "it has no planned start, and attendance is read as the plan (RC109)";
    let off = |kind: NoticeKind| !run.settings.is_on(rule_of_notice(kind).code);
    let (ids, attendance) = (off(NoticeKind::SharedIds), off(NoticeKind::AttendanceAsPlan));
    let of_source = |(place, source): (u16, &Source)| {
        let shared = ids && run.shared_ids[usize::from(place)].is_some();
        let attended = attendance && source.reads_attendance();
        let notes = [(shared, IDS), (attended, ATTENDANCE)].into_iter().filter(|(said, _)| *said);
        notes.map(move |(_, note)| (place, note.to_owned()))
    };
    (0..).zip(run.sources).flat_map(of_source).collect()
}

/// Whether there are conflicts that are counted and not listed.
fn partial(rules: &[RuleCount]) -> bool {
    let conflicts = rules.iter().filter(|count| matches!(count.rule.trigger, Trigger::Overlap(_)));
    conflicts.into_iter().any(|count| count.listed < count.total())
}

fn verdict(report: &Report) -> Verdict {
    if !report.complete {
        Verdict::Incomplete
    } else if report.count(Severity::Error) > 0 {
        Verdict::Conflicts
    } else if report.batch_checked == 0 {
        Verdict::Empty
    } else if report.count(Severity::Warning) > 0 {
        Verdict::Warnings
    } else {
        Verdict::Clean
    }
}

/// The rules without which no overlap of shifts, or with time off, is found.
const OVERLAPS: [&str; 5] = ["OV101", "OV102", "OV103", "OV104", "OV201"];

fn inputs(
    run: &Run<'_>,
    keys: &Keys,
    facts: &mut facts::Facts,
    notes: &[(u16, String)],
    mut receipts: Vec<Option<Box<Receipt>>>,
) -> Vec<Input> {
    let mut doubts = doubts(run, keys, facts);
    let input = |place: usize| {
        let (source, fates) = (&run.sources[place], facts.counts[place]);
        let problem = source.problem().or_else(|| doubts::problem_of(source, &fates));
        Input {
            path: Arc::clone(&source.file.shown),
            role: source.file.role,
            format: source.format.map(|format| format.name),
            is_read: source.aside().is_none(),
            fates,
            notes: notes_on(run, place)
                .into_iter()
                .filter(|note| !doubts::tables::tell(note, &doubts[place]))
                .collect(),
            // What could not be read says so once.
            doubts: if problem.is_some() { Vec::new() } else { std::mem::take(&mut doubts[place]) },
            problem: problem.or_else(|| bookkeeping_error(&fates)),
            coverage: facts.covered.by_source.get(place).copied().flatten(),
            date_order: run.conventions[place].order,
            reading: receipts[place].take(),
        }
    };
    let mut inputs: Vec<Input> = (0..run.sources.len()).map(input).collect();
    if facts.swept != facts.counts.iter().map(|fates| fates.entries).sum::<u64>()
        && let Some(first) = inputs.first_mut()
    {
        first.problem.get_or_insert_with(bug);
    }
    for (place, note) in notes {
        inputs[usize::from(*place)].notes.push(note.clone());
    }
    inputs.extend(run.settings.unread.iter().map(|unread| doubts::unread(run, unread)));
    inputs.sort_by(|one, other| (one.role, &one.path).cmp(&(other.role, &other.path)));
    inputs
}

/// What the user should know of how a source was read, or why it was not where that
/// is no doubt.
fn notes_on(run: &Run<'_>, place: usize) -> Vec<String> {
    let source = &run.sources[place];
    let aside = source.aside().filter(|aside| !aside.doubtful);
    let aside = aside.map(|aside| format!("not read: {}", aside.why));
    let surveyed = run.surveyed[place].notes.iter().cloned();
    source.notes().into_iter().chain(surveyed).chain(aside).collect()
}

/// The doubts about each input, those that the user has accepted marked.
fn doubts(run: &Run<'_>, keys: &Keys, facts: &mut facts::Facts) -> Vec<Vec<Doubt>> {
    let agents = std::mem::take(&mut facts.every_agent);
    let known = doubts::DoubtContext {
        run,
        keys,
        agents,
        rivals: &facts.rivals,
        oddities: &facts.oddities,
        strangers: &facts.strangers,
        shared: &facts.shared,
        several: &facts.several,
        claims: &facts.claims,
    };
    let places = 0..run.sources.len();
    let mut doubts: Vec<Vec<Doubt>> =
        places.map(|place| doubts::of_source(&known, place, &mut facts.counts[place])).collect();
    doubts::of_pages(run, &facts.counts, &mut doubts);
    for (place, doubts) in doubts.iter_mut().enumerate() {
        let path = Arc::clone(&run.sources[place].file.shown);
        for doubt in doubts {
            doubt.accepted = accepted::is_accepted(run.settings, doubt, &path);
        }
    }
    doubts
}

/// Every record has one fate. If that does not add up, the program has lost one.
fn bookkeeping_error(fates: &Fates) -> Option<Problem> {
    (!fates.add_up()).then(bug)
}

fn bug() -> Problem {
    Problem {
        line: None,
        column: None,
        message: "the counts of this check do not add up, which is a bug in shiftlint".to_owned(),
        help: Some("no all-clear can be given; please report it with this input".to_owned()),
    }
}

#[cfg(not(feature = "fs"))]
fn calendar(Tzdb::Bundled: &Tzdb) -> Result<Calendar, Error> {
    Ok(Calendar::bundled())
}

#[cfg(feature = "fs")]
fn calendar(tzdb: &Tzdb) -> Result<Calendar, Error> {
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
    let size = |file: &InputFile| stored_length(file).unwrap_or(SMALL);
    files.iter().map(size).fold(0, u64::saturating_add) < SMALL
}
