//! What decides whether findings fail a check: allowances and a baseline.

use crate::model::finding::Fingerprint;
use crate::model::rule::{Measure, Rule, Severity};
use crate::model::source::Role;
use crate::model::time::Instant;
use std::sync::Arc;

/// Whether a finding counts against the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FindingState {
    /// It counts.
    #[default]
    New,
    /// The baseline has it.
    Known,
    /// The allowance at this place among all allows it.
    Allowed(u32),
}

impl FindingState {
    /// `new`, `known` or `allowed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            FindingState::New => "new",
            FindingState::Known => "known",
            FindingState::Allowed(_) => "allowed",
        }
    }
}

/// Findings that somebody has decided to live with.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Where it stands: `shiftlint.toml:12`.
    pub place: String,
    /// The rule.
    pub rule: &'static Rule,
    /// The agent of a record, as it is written; any if it is `None`.
    pub agent: Option<String>,
    /// Ids that the records of a finding have, all of them.
    pub ids: Vec<String>,
    /// The first and the last local day on which a finding may begin, as `2026-03-02`.
    pub days: [Option<String>; 2],
    /// The batch inputs of which a finding has a record, by the names that reports have for them;
    /// any if it is `None`.
    pub inputs: Option<Vec<Arc<str>>>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, as `2026-03-02`.
    pub until: Option<String>,
}

/// What became of an allowance.
#[derive(Debug, Clone)]
pub struct AllowanceOutcome {
    /// The allowance.
    pub allowance: Allowance,
    /// Whether its last day has passed, so that it allows nothing.
    pub is_expired: bool,
    /// How many findings it is about.
    pub matches: u64,
}

/// By what findings of two runs are recognised as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingKey {
    /// By the ids of its records.
    pub fingerprint: Fingerprint,
    /// By the agent and the spans of its records, or what its [`Measure`] has in their place.
    pub spans: u64,
    /// When the time begins that both records claim, or the first record of another finding.
    pub start: Option<Instant>,
    /// How many minutes both records claim, or there are of rest or work; `None` of others.
    pub minutes: Option<i64>,
    /// Its severity: what was a warning is no error that is known.
    pub severity: Severity,
    /// Of which roles its records are, as bits. What is live was once in a batch.
    pub roles: u8,
    /// What makes it worse.
    pub measure: Measure,
}

/// A finding of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFinding {
    /// By what it is recognised.
    pub key: FindingKey,
    /// The code of its rule.
    pub rule: String,
    /// Its agent.
    pub agent: Option<String>,
    /// The ids of its records.
    pub ids: Vec<String>,
    /// The roles of its records.
    pub roles: Vec<Role>,
    /// When it begins, in local time: `2026-03-02T15:30:00-06:00`.
    pub start: Option<String>,
}

/// What became of a baseline.
#[derive(Debug, Clone)]
pub struct BaselineOutcome {
    /// Its path.
    pub path: String,
    /// How many findings it has.
    pub entries: u64,
    /// Those that this run would have found, and has not.
    pub gone: Vec<KnownFinding>,
    /// Whether these fail the check.
    pub is_strict: bool,
}

/// How the findings of a check were judged.
#[derive(Debug, Clone, Default)]
pub struct GateOutcome {
    /// The date by which allowances expire, as `2026-03-02`; `None` if none can.
    pub today: Option<String>,
    /// The allowances, in the order of the configuration.
    pub allowances: Vec<AllowanceOutcome>,
    /// The baseline, if there is one.
    pub baseline: Option<BaselineOutcome>,
    /// How many findings the baseline has, by severity: info, warning, error.
    pub known: [u64; 3],
    /// How many findings are allowed, by severity.
    pub allowed: [u64; 3],
}

impl GateOutcome {
    /// Whether entries of the baseline are gone that have to be removed from it.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.baseline.as_ref().is_some_and(|of| of.is_strict && !of.gone.is_empty())
    }

    /// How many findings are known, and how many are allowed.
    #[must_use]
    pub fn totals(&self) -> [u64; 2] {
        [self.known, self.allowed].map(|counts| counts.iter().sum())
    }

    /// How many findings of this severity do not count.
    #[must_use]
    pub const fn excused(&self, severity: usize) -> u64 {
        self.known[severity] + self.allowed[severity]
    }
}
