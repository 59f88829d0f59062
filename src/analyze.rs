//! A schedule becomes a report: the check, as one visitor of its timelines.
//!
//! Each step is one function here or one call; what they do is theirs to know.

mod activities;

mod base;

mod cancellations;

mod changes;

mod coverage;

mod distant;

mod doubts;

mod fingerprint;

mod file_facts;

mod flaws;

mod glance;

mod sorting;

mod facts;

mod finder;

mod inputs;

mod moved;

mod notes;

pub(crate) mod observer;

mod overlaps;

mod partition_facts;

mod receipt;

mod records;

mod labour;

pub(crate) mod skipped;

mod recall;

mod causes;

mod assemble;

pub use crate::schedule::Progress;

pub(crate) use assemble::Fact;
pub(crate) use facts::Facts;
pub(crate) use finder::{Taken, find};
pub(crate) use recall::{ListedRecord, Recaller, recall_all, recall_each};
pub(crate) use records::Records;

use crate::error::Error;
use crate::explain;
use crate::judge::{RULES, rule_of_overlap};
use crate::model::fact::OverlapKind;
use crate::model::fate::Fate;
use crate::model::finding::{Finding, Input, Report, RuleCount, Verdict};
use crate::model::rule::Trigger;
use crate::model::settings::Settings;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::schedule::run::{Again, Run};
use crate::schedule::{Schedule, with_schedule};
use assemble::Assembled;
use moved::SwapNames;

/// Checks what the settings ask for.
///
/// # Errors
/// When the settings make no sense, the system gives no threads, or the check was
/// cancelled. Whatever is wrong with the data is in the report.
pub fn analyze(settings: &Settings, progress: &Progress) -> Result<Report, Error> {
    with_schedule(settings, progress, check)
}

/// Checks a schedule.
///
/// # Errors
/// When the inputs have to be read again.
fn check(mut schedule: Schedule<'_>) -> Result<Report, Again> {
    let taken = Taken::of(&mut schedule);
    let facts = find(&schedule, taken, None)?;
    tell(&schedule, facts)
}

/// Puts the facts about a schedule into words.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn tell(schedule: &Schedule<'_>, facts: Facts) -> Result<Report, Again> {
    let (records, swap_names) = recalled(schedule, &facts)?;
    let unsorted = assemble::findings(schedule, &facts, &records, &swap_names)?;
    let notes = notes_of(schedule, &facts, &records)?;
    // There can be a hundred thousand records, which lie far apart.
    let pool = schedule.run.pool;
    let ((), findings) = pool.beside(|| drop(records), || assemble::sorted(pool, &facts, unsorted));
    Ok(report_of(schedule, &facts, notes, findings))
}

/// What facts lead to, one by one.
pub(crate) struct ToldFacts {
    /// The report, without findings.
    pub(crate) report: Report,
    /// The finding of each fact in their order: overlaps, defects, notices. `None` where its
    /// record cannot be read any more, or its rule is off.
    pub(crate) findings: Vec<Option<Finding>>,
    /// The records that were read again for it.
    pub(crate) records: Records,
}

/// Puts the facts about a schedule into words, one by one.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn tell_one_by_one(schedule: &Schedule<'_>, facts: &Facts) -> Result<ToldFacts, Again> {
    let (records, swap_names) = recalled(schedule, facts)?;
    let findings = assemble::findings_of_facts(schedule, facts, &records, &swap_names)?;
    let notes = notes_of(schedule, facts, &records)?;
    let report = report_of(schedule, facts, notes, Assembled::default());
    Ok(ToldFacts { report, findings, records })
}

/// What is to be said of inputs beside findings, by their places.
///
/// # Errors
/// When two names turn out to share a key.
fn notes_of(
    schedule: &Schedule<'_>,
    facts: &Facts,
    records: &Records,
) -> Result<Vec<(u16, String)>, Again> {
    let notes = [
        schedule.notes.clone(),
        schedule.settled.notes.clone(),
        moved::notes(&schedule.settled, records),
        notes::of_ids(&facts.remarks, records)?,
        notes::of_shift_ids(&facts.ids_of_shifts),
        notes::of_zones(schedule),
        inputs::unsaid(schedule.run),
    ];
    Ok(notes.concat())
}

/// Puts findings into a report.
fn report_of(
    schedule: &Schedule<'_>,
    facts: &Facts,
    notes: Vec<(u16, String)>,
    findings: Assembled,
) -> Report {
    let run = schedule.run;
    let receipts = match run.settings.receipts {
        true => receipt::of_all(schedule),
        false => vec![None; run.sources.len()],
    };
    report(run, inputs::of(schedule, facts, notes, receipts), facts, findings)
}

/// The findings that facts lead to, each with its fact.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn findings_of_facts<'f>(
    schedule: &Schedule<'_>,
    facts: &'f Facts,
) -> Result<Vec<(Fact<'f>, Finding)>, Again> {
    let (records, swap_names) = recalled(schedule, facts)?;
    let findings = assemble::findings_of_facts(schedule, facts, &records, &swap_names)?;
    let of_facts = assemble::all_of(facts).zip(findings);
    Ok(of_facts.filter_map(|(fact, finding)| Some((fact, finding?))).collect())
}

/// The records that facts are about, with the names that swaps give them.
fn recalled(schedule: &Schedule<'_>, facts: &Facts) -> Result<(Records, SwapNames), Again> {
    let mut records = recall::recall(schedule, facts);
    let swap_names = moved::rename(&schedule.settled, &mut records)?;
    Ok((records, swap_names))
}

fn report(run: &Run<'_>, inputs: Vec<Input>, facts: &Facts, findings: Assembled) -> Report {
    let complete = facts.holes == 0 && inputs.iter().all(Input::is_settled);
    let checked = inputs.iter().filter(|input| input.role.is_checked());
    let records = checked.map(|input| input.fates.records).sum();
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
        coverage: facts.covered.by_role.clone(),
        is_partial: !finds_all_overlaps(run.settings),
        inputs,
        causes: explain::leading(&findings.findings, partial(&findings.rules)),
        known_rules: RULES,
        rules: findings.rules,
        findings: findings.findings,
        command: run.settings.command.clone(),
        max_per_agent: run.settings.max_per_agent,
        max_findings: run.settings.max_findings,
        beyond_max_findings: facts.withheld,
        configuration: run.settings.configuration.clone(),
        gate: None,
    };
    report.verdict = report.verdict_of_counts();
    report
}

/// Whether there are conflicts that are counted and not listed.
fn partial(rules: &[RuleCount]) -> bool {
    let conflicts = rules.iter().filter(|count| matches!(count.rule.trigger, Trigger::Overlap(_)));
    conflicts.into_iter().any(|count| count.listed < count.total())
}

/// Whether the rules are on that find every overlap of a shift with a shift or with time off
/// that blocks.
fn finds_all_overlaps(settings: &Settings) -> bool {
    let blocks = |kind: &OverlapKind| {
        let kinds = [kind.sides.0.kind, kind.sides.1.kind];
        let soft = [Kind::PendingTimeOff, Kind::Unavailable];
        kinds.contains(&Kind::Shift) && !kinds.iter().any(|kind| soft.contains(kind))
    };
    let kinds = (0..OverlapKind::COUNT).map(OverlapKind::from_number).filter(blocks);
    kinds.filter_map(|kind| rule_of_overlap(&kind)).all(|rule| settings.is_on(rule.code))
}
