//! The shape of what allowances and a baseline made of the findings.

use crate::model::finding::Report;
use crate::model::gate::{AllowanceOutcome, BaselineOutcome, GateOutcome, KnownFinding};
use crate::model::rule::Severity;
use serde::Serialize;

/// What became of the findings of a report.
#[derive(Serialize)]
pub(super) struct GateShape<'a> {
    passed: bool,
    new: BySeverity,
    known: BySeverity,
    allowed: BySeverity,
    today: Option<&'a str>,
    allowances: Vec<AllowanceShape<'a>>,
    baseline: Option<BaselineShape<'a>>,
}

#[derive(Serialize)]
struct BySeverity {
    error: u64,
    warning: u64,
    info: u64,
}

/// What became of an allowance.
#[derive(Serialize)]
pub(crate) struct AllowanceShape<'a> {
    place: &'a str,
    rule: &'static str,
    reason: &'a str,
    until: Option<&'a str>,
    expired: bool,
    matches: u64,
}

#[derive(Serialize)]
struct BaselineShape<'a> {
    path: &'a str,
    entries: u64,
    strict: bool,
    gone: Vec<GoneShape<'a>>,
}

/// A finding of the baseline that is gone.
#[derive(Serialize)]
struct GoneShape<'a> {
    rule: &'a str,
    agent: Option<&'a str>,
    ids: &'a [String],
    start: Option<&'a str>,
    fingerprint: String,
}

impl<'a> GateShape<'a> {
    /// `None` where nothing but the check judged the findings.
    pub(super) fn of(report: &'a Report) -> Option<GateShape<'a>> {
        let gate = report.gate.as_ref()?;
        let GateOutcome { today, allowances, baseline, known, allowed } = gate;
        Some(GateShape {
            passed: !report.fails(),
            new: BySeverity::of(|severity| report.new_of(severity)),
            known: BySeverity::of(|severity| known[severity as usize]),
            allowed: BySeverity::of(|severity| allowed[severity as usize]),
            today: today.as_deref(),
            allowances: allowances.iter().map(AllowanceShape::of).collect(),
            baseline: baseline.as_ref().map(BaselineShape::of),
        })
    }
}

impl BySeverity {
    fn of(count: impl Fn(Severity) -> u64) -> BySeverity {
        let [error, warning, info] =
            [Severity::Error, Severity::Warning, Severity::Info].map(count);
        BySeverity { error, warning, info }
    }
}

impl AllowanceShape<'_> {
    /// Of what a check made of it.
    pub(crate) fn of(outcome: &AllowanceOutcome) -> AllowanceShape<'_> {
        let AllowanceOutcome { allowance, is_expired, matches } = outcome;
        AllowanceShape {
            place: &allowance.place,
            rule: allowance.rule.code,
            reason: &allowance.reason,
            until: allowance.until.as_deref(),
            expired: *is_expired,
            matches: *matches,
        }
    }
}

impl BaselineShape<'_> {
    fn of(outcome: &BaselineOutcome) -> BaselineShape<'_> {
        BaselineShape {
            path: &outcome.path,
            entries: outcome.entries,
            strict: outcome.is_strict,
            gone: outcome.gone.iter().map(GoneShape::of).collect(),
        }
    }
}

impl GoneShape<'_> {
    fn of(known: &KnownFinding) -> GoneShape<'_> {
        GoneShape {
            rule: &known.rule,
            agent: known.agent.as_deref(),
            ids: &known.ids,
            start: known.start.as_deref(),
            fingerprint: known.key.fingerprint.to_string(),
        }
    }
}
