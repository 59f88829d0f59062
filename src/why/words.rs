//! Relations become sentences.

use super::relation::{Bond, RecordPair, Relation, gap};
use super::standing::{Absence, Placed, Standings};
use crate::analyze::Records;
use crate::model::fate::Fate;
use crate::model::finding::{Finding, Record, Report, brief};
use crate::model::gate::{Allowance, FindingState};
use crate::model::shift::{Entry, Kind, Side};
use crate::model::source::{Origin, Role};
use crate::model::spelling::are_spellings;
use crate::model::time::{MINUTE, Stamp, length_name};

/// What is said of two records.
pub(super) struct PairWords {
    pub(super) relation: Relation,
    pub(super) message: String,
    pub(super) next: Option<String>,
}

impl PairWords {
    fn new(relation: Relation, message: impl Into<String>, next: impl Into<String>) -> PairWords {
        let next = Some(next.into()).filter(|next: &String| !next.is_empty());
        PairWords { relation, message: message.into(), next }
    }
}

/// Puts relations into words.
pub(super) struct Speaker<'a> {
    pub(super) standings: &'a Standings<'a>,
    pub(super) records: &'a Records,
    pub(super) report: &'a Report,
}

impl Speaker<'_> {
    /// Says how two records stand to each other, given the finding that names both, if there is
    /// one.
    pub(super) fn pair(&self, pair: &RecordPair, conflict: Option<&Finding>) -> Option<PairWords> {
        let [one, other] = [self.record(pair.records[0])?, self.record(pair.records[1])?];
        if let Some(finding) = conflict {
            if let Some(allowance) = self.allowance(finding) {
                let message = format!(
                    "{}; {} allows it: {}",
                    finding.words().message,
                    allowance.place,
                    brief(&allowance.reason)
                );
                return Some(PairWords::new(Relation::Allowed, message, ""));
            }
            let next = self.parting(pair, finding).unwrap_or_default();
            return Some(PairWords::new(Relation::Conflict, &*finding.words().message, next));
        }
        Some(match &pair.bond {
            Bond::Overlap(overlap, rule) => {
                let shared = overlap.shared;
                let minutes = (shared.end() - shared.start() + MINUTE - 1) / MINUTE;
                let share = format!(
                    "{} and {} share {}",
                    name_beside(one, other),
                    name_beside(other, one),
                    length_name(minutes)
                );
                match rule {
                    Some(rule) => PairWords::new(
                        Relation::RuleOff,
                        format!("{share}, and {} {} is off", rule.code, rule.name),
                        format!("leave out --ignore, or add {} to --select", rule.code),
                    ),
                    None => without_rule(&share, overlap.earlier.side(), overlap.later.side()),
                }
            }
            Bond::Apart { earlier, later, gap } => {
                self.apart(&earlier.entry, &later.entry, *gap)?
            }
            Bond::OtherAgent { one: of_one, other: of_other } => {
                self.other_agents((one, of_one), (other, of_other))
            }
            Bond::Absent(place, absence) => {
                let record = if *place == 0 { one } else { other };
                let message = self.absence(record, *absence);
                PairWords::new(absence.relation(), message, "")
            }
        })
    }

    /// The allowance that allows a finding.
    fn allowance(&self, finding: &Finding) -> Option<&Allowance> {
        let FindingState::Allowed(place) = finding.state else { return None };
        let outcome = self.report.gate.as_ref()?.allowances.get(place as usize)?;
        Some(&outcome.allowance)
    }

    /// Why a record is not compared, in one sentence.
    pub(super) fn absence(&self, record: &Record, absence: Absence) -> String {
        let name = record.call();
        let by = absence.by().and_then(|by| self.record(by));
        let by = by.map(|by| format!("{} ({})", by.call(), by.place()));
        match (absence, by) {
            (Absence::Repeated(_), Some(by)) => {
                format!("{name} is {by} once more, and counts once")
            }
            (Absence::Replaced(_), Some(by)) => {
                format!("{name} is {}, and the batch replaces it by {by}", record.role)
            }
            (Absence::Replaced(_) | Absence::Skipped(Fate::Replaced), _) => format!(
                "{name} is {}, and the batch replaces all that is published under its schedule \
                 or in its weeks",
                record.role
            ),
            (Absence::Carried, _) => format!(
                "the schedule carries the time off of {name} already, so that it is no conflict"
            ),
            (Absence::Part(_), Some(by)) => {
                format!("{name} is a break or meal within {by}, and so a part of it")
            }
            (Absence::HandedOver(_), Some(by)) => format!(
                "an approved swap gives {name} to another agent, with whom the batch has it: {by}"
            ),
            (Absence::Skipped(Fate::Unreadable), _) => match self.reading_error(record) {
                Some(finding) => {
                    format!("{name} is not compared: {}", finding.words().message)
                }
                None => format!("{name} is not compared: it cannot be read"),
            },
            (Absence::Skipped(fate), _) => {
                format!("{name} is not compared: {}", reason_of(fate, record))
            }
            (Absence::Repeated(_), None) => format!("{name} is another record once more"),
            (Absence::Part(_), None) => format!("{name} is a break or meal within a shift"),
            (Absence::HandedOver(_), None) => {
                format!("an approved swap gives {name} to another agent")
            }
        }
    }

    fn record(&self, origin: Origin) -> Option<&Record> {
        self.records.get(origin).map(|record| &**record)
    }

    /// The record that an entry is of.
    fn record_of(&self, entry: &Entry) -> Option<&Record> {
        self.record(self.standings.record_of(entry.origin))
    }

    /// The finding that says why a record could not be read.
    fn reading_error(&self, record: &Record) -> Option<&Finding> {
        let mut findings = self.report.findings.iter();
        findings.find(|finding| {
            let is_named = || finding.records.iter().any(|of| of.key() == record.key());
            finding.rule.hole.is_some() && is_named()
        })
    }

    fn apart(&self, earlier: &Entry, later: &Entry, gap: i64) -> Option<PairWords> {
        let (before, after) = (self.record_of(earlier)?, self.record_of(later)?);
        let end = self.stamp(earlier).1;
        let start = self.stamp(later).0;
        let (before, after) = (name_beside(before, after), name_beside(after, before));
        if gap <= 0 {
            let message = format!(
                "{before} ends when {after} starts, {}; records that touch do not overlap",
                with_offset(&start)
            );
            return Some(PairWords::new(Relation::Adjacent, message, ""));
        }
        let message = format!(
            "{before} ends {}, and {after} starts {}, {} later",
            with_offset(&end),
            with_offset(&start),
            spoken_gap(gap)
        );
        let next = format!(
            "they would overlap if {before} ended later, or {after} started earlier, by more than {}",
            spoken_gap(gap)
        );
        Some(PairWords::new(Relation::Apart, message, next))
    }

    fn other_agents(
        &self,
        (one, of_one): (&Record, &Placed),
        (other, of_other): (&Record, &Placed),
    ) -> PairWords {
        let gap = gap(self.standings, of_one, of_other);
        let time = match gap {
            gap if gap < 0 => format!("their times share {}", spoken_gap(-gap)),
            0 => "one ends when the other starts".to_owned(),
            gap => format!("there are {} between them", spoken_gap(gap)),
        };
        let (first, second) = (name_beside(one, other), name_beside(other, one));
        let agents = format!(
            "{first} is of agent `{}`, and {second} of `{}`",
            brief(&one.agent),
            brief(&other.agent)
        );
        let settled = &self.standings.schedule.settled;
        let moved =
            [of_one, of_other].into_iter().find_map(|of| settled.moved.get(&of.entry.origin));
        if let Some(swap) = moved.and_then(|moved| self.record(moved.swap)) {
            let message = format!("swap {} has moved one of them: {agents}; {time}", swap.call());
            return PairWords::new(Relation::Moved, message, "");
        }
        if are_spellings(&one.agent, &other.agent) {
            let next = "if both names mean one person, write one of them, or name both for one \
                        agent in --agents";
            let message = format!(
                "{agents}: to a server these are two agents, though only the spelling differs; \
                 {time}"
            );
            return PairWords::new(Relation::OtherSpelling, message, next);
        }
        PairWords::new(Relation::OtherAgent, format!("{agents}; {time}"), "")
    }

    /// What would have to change so that two records do not share time.
    fn parting(&self, pair: &RecordPair, finding: &Finding) -> Option<String> {
        let (overlap, rule) = pair.overlap()?;
        let (earlier, later) = (&overlap.earlier, &overlap.later);
        let (before, after) = (self.record_of(earlier)?, self.record_of(later)?);
        let [first, second] =
            [earlier, later].map(|entry| self.standings.schedule.readings(entry).chosen);
        let holds = second.1 <= first.1;
        if rule.code != finding.rule.code || holds || first.1 <= second.0 {
            return None;
        }
        let (before, after) = (name_beside(before, after), name_beside(after, before));
        Some(format!(
            "they would only touch if {before} ended {}, or {after} started {}",
            with_offset(&self.stamp(later).0),
            with_offset(&self.stamp(earlier).1)
        ))
    }

    /// Start and end of an entry as it is read, on its own clock.
    fn stamp(&self, entry: &Entry) -> (Stamp, Stamp) {
        let calendar = self.standings.schedule.run.calendar;
        let (start, end) = self.standings.schedule.readings(entry).chosen;
        let clock = entry.clock();
        (calendar.stamp(clock, start), calendar.stamp(clock, end))
    }
}

fn without_rule(share: &str, one: Side, other: Side) -> PairWords {
    let is_shift = [one, other].iter().any(|side| side.kind == Kind::Shift);
    if is_shift && !one.batch && !other.batch {
        let message =
            format!("{share}, and neither is in the batch: only what the batch changes is checked");
        return PairWords::new(Relation::BothLive, message, "");
    }
    let (one, other) = (kind_name(one.kind), kind_name(other.kind));
    let what = match one == other {
        true => format!("both are {one}"),
        false => format!("one is {one}, the other {other}"),
    };
    let message = format!("{share}; {what}, which may share time");
    PairWords::new(Relation::NoRule, message, "")
}

/// What records of a kind are called.
const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Shift => "shift",
        Kind::TimeOff => "time off",
        Kind::PendingTimeOff => "time off that is pending",
        Kind::Unavailable => "unavailable time",
    }
}

/// Why a record with this fate is not compared.
fn reason_of(fate: Fate, record: &Record) -> String {
    let status = record.status.as_deref().filter(|status| !status.is_empty());
    let status = status.map(|status| format!(" (status `{}`)", brief(status))).unwrap_or_default();
    let why = match fate {
        Fate::Unassigned => "it has no agent",
        Fate::Cancelled => return format!("it is cancelled, denied or withdrawn{status}"),
        Fate::Deleted => "it is marked as deleted",
        Fate::Draft => return format!("it is a draft among what is published{status}"),
        Fate::Reversed => "it ends before it starts",
        Fate::Empty => "it takes no time",
        Fate::DayOff => "it is a day off",
        Fate::NoHours => "it names no hours",
        Fate::Header => "it is a line that repeats the header",
        Fate::Total => "it is a line of totals",
        Fate::Available => "it says when somebody is available",
        Fate::Unsent => "the plan does not send it",
        Fate::Checked | Fate::Replaced | Fate::Merged | Fate::Unreadable => match record.role {
            Role::Base => "it was live when the batch was made (--base)",
            _ => "it claims no time of its own",
        },
    };
    why.to_owned()
}

/// What a record is called beside another one: by its role too if both are called alike.
fn name_beside(record: &Record, other: &Record) -> String {
    match record.is_called_like(other) {
        true if record.role == other.role => record.place(),
        true => format!("{} {}", role_adjective(record.role), record.call()),
        false => record.call(),
    }
}

const fn role_adjective(role: Role) -> &'static str {
    match role {
        Role::Batch => "the batch's",
        Role::Published => "the published",
        _ => "the other",
    }
}

/// `on Mon 2026-03-02 at 16:00 -06:00`.
fn with_offset(stamp: &Stamp) -> String {
    format!(
        "on {} {} at {} {}",
        stamp.weekday_name(),
        stamp.date(),
        stamp.time(),
        stamp.offset_name()
    )
}

/// A length in milliseconds: `2 h 15 min`, or seconds below a minute.
fn spoken_gap(millis: i64) -> String {
    match millis {
        gap if gap % MINUTE == 0 => length_name(gap / MINUTE),
        gap if gap < MINUTE => format!("{}.{:03} s", gap / 1000, gap % 1000).replace(".000", ""),
        gap => format!("{} {} s", length_name(gap / MINUTE), gap % MINUTE / 1000),
    }
}
