//! A rule: its name, its page, and the facts that it answers to.

use crate::model::fact::{Flaw, NoticeKind, OverlapKind};
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use serde::Serialize;
use std::fmt;

/// How much a finding weighs.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// May come back.
    Warning,
    /// Will come back, or cannot be trusted.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// One rule, as the table of rules holds it.
pub struct Rule {
    /// `OV101`; its first two letters are its family.
    pub code: &'static str,
    /// `shift-overlap`; also the name of its file.
    pub name: &'static str,
    /// Its severity by default; `None` for a rule that is off.
    pub severity: Option<Severity>,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// Its page, in Markdown: what it means, why it matters, the smallest
    /// example, what to do.
    pub page: &'static str,
    /// The facts it answers to.
    pub trigger: Trigger,
    /// What it says about one of them.
    pub describe: fn(&Case<'_>) -> Words,
    /// What of a record a finding is about whose agent this is.
    pub subject: fn(&Record, Option<&str>) -> &'static [Field],
    /// What is left unchecked where it applies, in words for one record and for several.
    pub hole: Option<(&'static str, &'static str)>,
}

impl Rule {
    /// A rule about times that leaves no hole: most rules are so, except for their own
    /// fields.
    pub const COMMON: Rule = Rule {
        code: "",
        name: "",
        severity: None,
        summary: "",
        page: "",
        trigger: Trigger::Flaw(|_| false),
        describe: |_| Words { message: String::new(), help: String::new() },
        subject: |_, _| Field::TIMES,
        hole: None,
    };

    /// Under what its findings keep their identity: the family of an overlap (`OV1`), because a
    /// pair gets another rule of it once a side of it is live, and the code of any other rule.
    #[must_use]
    pub fn kin(&self) -> &'static str {
        let family = self.code.get(..3).filter(|_| matches!(self.trigger, Trigger::Overlap(_)));
        family.unwrap_or(self.code)
    }

    /// What makes a finding of it worse than an earlier one.
    #[must_use]
    pub fn measure(&self) -> Measure {
        match self.trigger {
            Trigger::Overlap(_) => Measure::SharedTime,
            Trigger::Notice(kind) if kind.by_version() => Measure::Versions,
            Trigger::Notice(NoticeKind::ShortRest) => Measure::Rest,
            Trigger::Notice(NoticeKind::TooManyHours) => Measure::Work,
            Trigger::Notice(NoticeKind::SwapOverlap) => Measure::SharedTime,
            Trigger::Notice(NoticeKind::TwoSpellings) => Measure::Agents,
            Trigger::Flaw(_) | Trigger::Notice(_) => Measure::Spans,
        }
    }

    /// Whether it is about versions of schedules, whatever the times of their records.
    #[must_use]
    pub fn is_of_version(&self) -> bool {
        matches!(self.trigger, Trigger::Notice(kind) if kind.by_version())
    }
}

/// What makes a finding worse than an earlier one about the same records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Time that both records claim and did not before.
    SharedTime,
    /// Less rest between two shifts.
    Rest,
    /// More work in the same week.
    Work,
    /// Other versions, or another schedule, whatever the times.
    Versions,
    /// Other names of agents, whichever records show them first.
    Agents,
    /// It is never known: a swap without an id is any swap.
    Nothing,
    /// Any change of the spans.
    #[default]
    Spans,
}

/// The facts a rule answers to, by kind.
pub enum Trigger {
    /// Two records of one agent that claim the same time. No two rules agree on
    /// one kind of overlap, so that a pair gives one finding.
    Overlap(fn(&OverlapKind) -> bool),
    /// A record with a flaw of its own.
    Flaw(fn(Flaw) -> bool),
    /// Something else about records: ids, agents, versions, swaps.
    Notice(NoticeKind),
}

impl fmt::Debug for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.code, self.name)
    }
}

/// A rule is its code.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.code == other.code
    }
}
