//! Judges the findings of a check by levels for some files, allowances, and a baseline.
//!
//! All findings are compared, whatever is listed: the check lists more than was asked for, and the
//! list is cut afterwards. What is beyond even that counts as new.

mod allowances;

mod allowed;

mod levels;

mod listing;

mod scope;

pub use allowed::allowed_facts;

use crate::analyze::{Facts, Progress, Taken, analyze, find, tell};
use crate::baseline::{Matches, can_be_known, key_of, known, match_all};
use crate::calendar::Calendar;
use crate::error::Error;
use crate::explain;
use crate::model::finding::{Finding, Report};
use crate::model::gate::{
    Allowance, BaselineOutcome, FindingKey, FindingState, GateOutcome, KnownFinding,
};
use crate::model::rule::{Measure, Trigger};
use crate::model::settings::Settings;
use crate::model::time::Instant;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use crate::timestamp;
use scope::BatchScope;

/// The most findings that are compared.
const MOST: u64 = 1_000_000;

/// What findings are judged by.
#[derive(Debug, Clone, Default)]
pub struct GateSettings {
    /// Findings that somebody has decided to live with.
    pub allowances: Vec<Allowance>,
    /// The date by which allowances expire, as `2026-03-02`.
    pub today: String,
    /// The findings of an earlier run.
    pub baseline: Option<BaselineSettings>,
    /// Whether the findings of this run are to be known from now on, whatever was known before.
    pub takes_all: bool,
}

/// A baseline, and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct BaselineSettings {
    /// Its path.
    pub path: String,
    /// Its findings.
    pub known: Vec<KnownFinding>,
    /// Whether findings that are gone fail the check.
    pub is_strict: bool,
}

impl GateSettings {
    /// Whether all findings have to be compared.
    fn compares(&self) -> bool {
        !self.allowances.is_empty() || self.baseline.is_some() || self.takes_all
    }
}

/// A judged report.
#[derive(Debug)]
pub struct Judged {
    /// The report.
    pub report: Report,
    /// The findings that are known from now on, if they were to be taken.
    pub taken: Vec<KnownFinding>,
    /// The findings of the baseline that are not gone.
    pub kept: Vec<KnownFinding>,
    /// Whether all findings were compared.
    pub is_whole: bool,
}

/// Checks what the settings ask for, and judges the findings.
///
/// # Errors
/// Those of a check.
pub fn check(
    settings: &Settings,
    gate: GateSettings,
    progress: &Progress,
) -> Result<Judged, Error> {
    if settings.path_levels.is_none() && !gate.compares() {
        let report = analyze(settings, progress)?;
        return Ok(Judged { report, taken: Vec::new(), kept: Vec::new(), is_whole: true });
    }
    let all = Settings { max_per_agent: u64::MAX, max_findings: MOST, ..settings.clone() };
    let known = gate.baseline.as_ref().map_or(&[][..], |baseline| &baseline.known);
    let (report, in_scope) = with_schedule(&all, progress, |schedule| look(schedule, known))?;
    Ok(judge(report, settings, gate, &in_scope))
}

/// The report of a schedule, and which known findings it would have if they were still there.
fn look(mut schedule: Schedule<'_>, known: &[KnownFinding]) -> Result<(Report, Vec<bool>), Again> {
    let taken = Taken::of(&mut schedule);
    if known.is_empty() {
        let facts: Facts = find(&schedule, taken, None)?;
        return Ok((tell(&schedule, facts)?, Vec::new()));
    }
    let scope = BatchScope::new(&schedule, known);
    let facts = find(&schedule, taken, Some(&scope))?;
    let in_scope = scope.finish(known);
    Ok((tell(&schedule, facts)?, in_scope))
}

/// Judges the findings of a report that lists all of them. `in_scope` says which known findings
/// it would have if they were still there.
pub(crate) fn judge(
    mut report: Report,
    settings: &Settings,
    gate: GateSettings,
    in_scope: &[bool],
) -> Judged {
    let compares = gate.compares();
    let off = match &settings.path_levels {
        Some(by_path) => levels::apply(&mut report, by_path, &settings.levels),
        None => Vec::new(),
    };
    if !gate.allowances.is_empty() {
        allow(&mut report, gate.allowances, &gate.today);
    }
    let mut outcome = report.gate.take().unwrap_or_default();
    let (mut taken, mut kept) = (Vec::new(), Vec::new());
    if gate.takes_all {
        taken = take_all(&mut report.findings);
    } else if let Some(BaselineSettings { path, known, is_strict }) = gate.baseline {
        let entries = known.len() as u64;
        let mut is_gone = apply_baseline(&mut report.findings, &off, &known, in_scope).into_iter();
        let gone;
        (gone, kept) = known.into_iter().partition(|_| is_gone.next().unwrap_or(false));
        outcome.baseline = Some(BaselineOutcome { path, entries, gone, is_strict });
    }
    for finding in &report.findings {
        match finding.state {
            FindingState::New => {}
            FindingState::Known => outcome.known[finding.severity as usize] += 1,
            FindingState::Allowed(_) => outcome.allowed[finding.severity as usize] += 1,
        }
    }
    report.gate = compares.then_some(outcome);
    report.verdict = report.verdict_of_counts();
    lead(&mut report);
    let is_whole = report.beyond_max_findings == 0;
    listing::cut(&mut report, settings);
    Judged { report, taken, kept, is_whole }
}

/// Marks the findings of a report that are allowed, and says what became of each allowance.
pub fn allow(report: &mut Report, allowances: Vec<Allowance>, today: &str) {
    let outcomes = allowances::apply(&mut report.findings, allowances, today);
    let today = Some(today.to_owned());
    report.gate = Some(GateOutcome { today, allowances: outcomes, ..GateOutcome::default() });
}

/// Makes all findings known that can be and that nobody allows.
fn take_all(findings: &mut [Finding]) -> Vec<KnownFinding> {
    let new = findings.iter_mut().filter(|finding| finding.state == FindingState::New);
    let new = new.filter(|finding| can_be_known(finding.rule));
    let known = new.filter_map(|finding| {
        let known = known(finding);
        (known.key.measure != Measure::Nothing).then(|| {
            finding.state = FindingState::Known;
            known
        })
    });
    known.collect()
}

/// Marks the findings that a baseline has. For each of those in it whether it is gone: what is
/// allowed, or `off` for its files, is not.
fn apply_baseline(
    findings: &mut [Finding],
    off: &[Finding],
    baseline: &[KnownFinding],
    in_scope: &[bool],
) -> Vec<bool> {
    let excused = findings.iter().filter(|finding| finding.state != FindingState::New);
    let excused: Vec<FindingKey> = excused.chain(off).map(key_of).collect();
    let mut new: Vec<&mut Finding> = findings
        .iter_mut()
        .filter(|finding| finding.state == FindingState::New && can_be_known(finding.rule))
        .collect();
    let keys: Vec<FindingKey> = new.iter().map(|finding| key_of(finding)).collect();
    let known: Vec<FindingKey> = baseline.iter().map(|known| known.key).collect();
    let Matches { earlier, unmatched } = match_all(&known, &keys);
    for (finding, earlier) in new.iter_mut().zip(earlier) {
        if earlier.is_some() {
            finding.state = FindingState::Known;
        }
    }
    let left: Vec<FindingKey> = unmatched.iter().map(|place| known[*place]).collect();
    let mut gone = vec![false; baseline.len()];
    for at in match_all(&left, &excused).unmatched {
        let place = unmatched[at];
        gone[place] = in_scope.get(place).copied().unwrap_or(false);
    }
    gone
}

/// Says again what leads to many findings: only to those that count.
fn lead(report: &mut Report) {
    let is_new = |finding: &&Finding| finding.state == FindingState::New;
    let new: Vec<Finding> = report.findings.iter().filter(is_new).cloned().collect();
    if new.len() == report.findings.len() {
        return;
    }
    let mut conflicts =
        report.rules.iter().filter(|count| matches!(count.rule.trigger, Trigger::Overlap(_)));
    let partial = conflicts.any(|count| count.listed < count.total());
    report.causes = explain::leading(&new, partial);
}

/// The date in UTC, so many milliseconds after the beginning of 1970.
#[must_use]
pub fn date_at(millis: i64) -> String {
    let stamp = Calendar::stamp_at(Instant::from_millis(millis), 0);
    format!("{:04}-{:02}-{:02}", stamp.year, stamp.month, stamp.day)
}

/// The date, if it is one and written as `2026-03-02`, so that texts are compared as dates are.
#[must_use]
pub fn iso_date(word: &str) -> Option<String> {
    let is_iso = word.len() == "2026-03-02".len() && word.as_bytes().get(4) == Some(&b'-');
    (is_iso && timestamp::date(word.as_bytes()).is_some()).then(|| word.to_owned())
}
