//! Facts and their records become findings, in the order of the report.

use super::causes::Explainer;
use super::facts::{Facts, notice_severity, severity};
use super::recall::Records;
use super::swaps::{Settled, shift_of};
use super::versions::contradict;
use super::{Again, Run};
use crate::explain::swap::Decided;
use crate::judge::{RULES, rule_of_flaw, rule_of_matter, rule_of_meeting};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw, Matter, Notice, Overlap};
use crate::model::finding::{Activity, Case, Certainty, Claim, Finding, Record, RuleCount};
use crate::model::rule::{Check, Rule, Severity};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::swap::About as AboutSwap;
use crate::model::time::{Clock, Instant, Span};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// The findings and how often each rule applies.
pub(crate) struct Assembled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) rules: Vec<RuleCount>,
}

#[derive(Clone, Copy)]
enum Fact {
    Overlap(Overlap),
    Defect(Defect),
    Notice(Notice),
}

/// A finding with what it is sorted by, and the cluster it belongs to.
struct Sortable {
    finding: Finding,
    start: Option<Instant>,
    places: [Origin; 2],
    cluster: Option<Origin>,
}

/// Puts the facts into words.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn findings(
    run: &Run<'_>,
    agents: &Agents,
    settled: &Settled,
    facts: &Facts,
    records: &Records,
) -> Result<Assembled, Again> {
    let explainer = Explainer::new(run, facts);
    let clerk = Clerk { run, agents, settled, records, explainer };
    let all = facts
        .overlaps
        .iter()
        .map(|overlap| Fact::Overlap(*overlap))
        .chain(facts.defects.iter().map(|defect| Fact::Defect(*defect)))
        .chain(facts.notices.iter().map(|notice| Fact::Notice(*notice)))
        .chain(records.activities.notices.iter().map(|notice| Fact::Notice(*notice)));
    let portions: Vec<Vec<Fact>> =
        all.collect::<Vec<_>>().chunks(1024).map(<[Fact]>::to_vec).collect();
    let told = run.crew.map(portions, |portion| clerk.tell_all(portion));
    let mut sortable = Vec::new();
    for portion in told {
        sortable.extend(portion?);
    }
    run.crew.sort(&mut sortable, order);
    let rules = counts(facts, &sortable);
    Ok(Assembled { findings: number(sortable), rules })
}

/// By agent, start, code, and then the places of the records.
fn order(one: &Sortable, other: &Sortable) -> Ordering {
    let key = |sortable: &Sortable| (sortable.start, sortable.finding.rule.code, sortable.places);
    one.finding.agent.cmp(&other.finding.agent).then_with(|| key(one).cmp(&key(other)))
}

fn counts(facts: &Facts, listed: &[Sortable]) -> Vec<RuleCount> {
    let mut by_code: HashMap<&str, u64> = HashMap::new();
    for sortable in listed {
        *by_code.entry(sortable.finding.rule.code).or_default() += 1;
    }
    let rules = RULES.iter().filter_map(|rule| {
        let by_severity = *facts.totals.get(rule.code)?;
        let listed = by_code.get(rule.code).copied().unwrap_or(0);
        Some(RuleCount { rule, by_severity, listed })
    });
    rules.filter(|count| count.total() > 0).collect()
}

/// Numbers the clusters in the order of the report, and tells findings apart
/// whose fingerprint would be the same.
fn number(sortable: Vec<Sortable>) -> Vec<Finding> {
    let mut clusters: HashMap<Origin, u32> = HashMap::new();
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut findings = Vec::with_capacity(sortable.len());
    for Sortable { mut finding, cluster, .. } in sortable {
        let next = clusters.len() as u32 + 1;
        finding.cluster = cluster.map(|first| *clusters.entry(first).or_insert(next));
        let print = fingerprint(&finding);
        let repeats = seen.entry(print).or_default();
        finding.fingerprint =
            format!("{:016x}", print.wrapping_add(repeats.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        *repeats += 1;
        findings.push(finding);
    }
    findings
}

/// From rule, agent, and the ids of the records, or their spans where they have
/// none, or the schedule and its versions where it is about these: 64-bit FNV-1a, which is the same everywhere and always.
fn fingerprint(finding: &Finding) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(finding.rule.code);
    add(finding.agent.as_deref().unwrap_or_default());
    let of_schedule = matches!(finding.rule.check, Check::Notice(matter) if matter.by_version());
    for record in &finding.records {
        match (&record.id, &record.schedule) {
            // Which of its records comes first is an accident.
            (_, Some(schedule)) if of_schedule => {
                add(schedule);
                add(record.version.as_deref().unwrap_or_default());
            }
            (Some(id), _) => add(id),
            (None, _) => {
                [&record.start, &record.end].into_iter().for_each(|moment| match moment.at {
                    Some(stamp) => add(&stamp.instant.to_string()),
                    None => add(&moment.written),
                })
            }
        }
    }
    hash
}

struct Clerk<'a> {
    run: &'a Run<'a>,
    agents: &'a Agents,
    settled: &'a Settled,
    records: &'a Records,
    explainer: Explainer<'a>,
}

impl Clerk<'_> {
    fn tell_all(&self, facts: Vec<Fact>) -> Result<Vec<Sortable>, Again> {
        facts.into_iter().filter_map(|fact| self.tell(fact).transpose()).collect()
    }

    /// `None` when a record cannot be read any more, or its rule is off.
    fn tell(&self, fact: Fact) -> Result<Option<Sortable>, Again> {
        match fact {
            Fact::Overlap(overlap) => self.tell_overlap(overlap),
            Fact::Defect(defect) => Ok(self.tell_defect(defect)),
            Fact::Notice(notice) => self.tell_notice(&notice),
        }
    }

    fn record(&self, origin: Origin) -> Option<Arc<Record>> {
        self.records.get(origin).cloned()
    }

    fn level(&self, rule: &Rule) -> Option<Severity> {
        self.run.settings.levels.get(rule.code).copied()
    }

    fn tell_overlap(&self, overlap: Overlap) -> Result<Option<Sortable>, Again> {
        let Overlap { earlier, later, meeting, certain, cluster } = overlap;
        let rule = rule_of_meeting(&meeting);
        let level = rule.and_then(|rule| self.level(rule));
        let records = self.record(earlier.origin).zip(self.record(later.origin));
        let (Some(rule), Some(level), Some((first, second))) = (rule, level, records) else {
            return Ok(None);
        };
        let (first, second) = (self.on_its_day(first, &earlier), self.on_its_day(second, &later));
        if first.agent != second.agent {
            return Err(Again::Collision);
        }
        let span = Span::new(earlier.start(), earlier.end())
            .zip(Span::new(later.start(), later.end()))
            .and_then(|(one, other)| one.overlap(other));
        // A zone's clock tells people more than a bare offset.
        let in_zone =
            [&later, &earlier].into_iter().find(|entry| entry.clock().zone_number().is_some());
        let clock = in_zone.unwrap_or(&later).clock();
        let claim = span.map(|span| self.claim(span, clock));
        let certainty = if certain { Certainty::Certain } else { Certainty::Possible };
        let records = vec![first, second];
        let case = Case {
            agent: &records[0].agent,
            records: &records,
            claim: claim.as_ref(),
            meeting: Some(meeting),
            certainty,
            ..Case::default()
        };
        let words = (rule.describe)(&case);
        let swap = self.decided(&overlap, &records)?;
        let causes = self.explainer.causes(&overlap, &records, swap.as_ref());
        Ok(Some(Sortable {
            start: span.map(Span::start),
            places: [later.origin, earlier.origin],
            cluster: Some(cluster),
            finding: Finding {
                rule,
                severity: severity(level, &meeting),
                certainty,
                cross_day: Some(meeting.cross_day),
                agent: Some(records[0].agent.as_str().into()),
                claim,
                records,
                message: words.message,
                help: words.help,
                causes,
                cluster: None,
                fingerprint: String::new(),
            },
        }))
    }

    /// The approved swap that would part two records that overlap.
    ///
    /// # Errors
    /// When its words are not those of what was found by their keys.
    fn decided(
        &self,
        overlap: &Overlap,
        records: &[Arc<Record>],
    ) -> Result<Option<Decided<'_>>, Again> {
        let Some((step, leaving)) = self.settled.parting(overlap) else { return Ok(None) };
        let Some(swap) = self.records.get(step.swap) else { return Ok(None) };
        let place = usize::from(leaving != overlap.earlier.origin);
        let id = records.get(place).and_then(|record| record.id.as_deref());
        if shift_of(swap, step.second) != id {
            return Err(Again::Collision);
        }
        let receiver = self.settled.agent_of(step.swap, swap, !step.second);
        Ok(Some(Decided { name: swap.call(), leaving, receiver }))
    }

    /// A record that stands for several days, on the day of one of its entries.
    fn on_its_day(&self, record: Arc<Record>, entry: &Entry) -> Arc<Record> {
        match Span::new(entry.start(), entry.end()) {
            Some(span) => self.at_its_time(record, span, entry.clock()),
            None => record,
        }
    }

    fn at_its_time(&self, mut record: Arc<Record>, span: Span, clock: Clock) -> Arc<Record> {
        if record.several {
            let record = Arc::make_mut(&mut record);
            record.start.at = Some(self.run.calendar.stamp(clock, span.start()));
            record.end.at = Some(self.run.calendar.stamp(clock, span.end()));
        }
        record
    }

    /// The records of a notice, each on the day that is meant.
    fn at_their_times(&self, records: Vec<Arc<Record>>, notice: &Notice) -> Vec<Arc<Record>> {
        let timed = records.into_iter().zip(notice.times);
        timed
            .map(|(record, time)| match time {
                Some((span, clock)) => self.at_its_time(record, span, clock),
                None => record,
            })
            .collect()
    }

    fn tell_defect(&self, defect: Defect) -> Option<Sortable> {
        let rule = rule_of_flaw(defect.flaw);
        let level = self.level(rule)?;
        let record = self.record(defect.origin)?;
        let nearest = match (defect.flaw, &record.zone) {
            (Flaw::UnknownZone, Some(zone)) => self.run.calendar.nearest(zone),
            _ => Vec::new(),
        };
        let about = About {
            severity: level,
            start: defect.start,
            places: [defect.origin; 2],
            of_file: defect.flaw == Flaw::UnknownStatus,
        };
        let activities = match defect.flaw {
            Flaw::Activity(number) => self.records.activities.of(defect.origin, &[number]),
            _ => Vec::new(),
        };
        let records = [record];
        let case = Case {
            agent: &records[0].agent,
            records: &records,
            flaw: Some(defect.flaw),
            count: defect.count,
            nearest: &nearest,
            activities: &activities,
            ..Case::default()
        };
        Some(plain(rule, &about, &case))
    }

    fn tell_notice(&self, notice: &Notice) -> Result<Option<Sortable>, Again> {
        let rule = rule_of_matter(notice.matter);
        let Some(level) = self.level(rule) else { return Ok(None) };
        let records: Option<Vec<_>> = notice.origins().map(|at| self.record(at)).collect();
        let Some(records) = records.filter(|records| !records.is_empty()) else { return Ok(None) };
        let records = self.at_their_times(records, notice);
        if notice.matter.by_id() && records.iter().any(|record| record.id != records[0].id) {
            return Err(Again::Collision);
        }
        if notice.matter.by_version() && contradict(notice, &records) {
            return Err(Again::Collision);
        }
        let agent = self.agent_told(notice, &records)?;
        if notice.matter.wants_limit()
            && records.iter().any(|record| record.agent != records[0].agent)
        {
            return Err(Again::Collision);
        }
        let nearest = match notice.matter {
            Matter::UnknownAgent => self.nearest_agents(agent),
            _ => Vec::new(),
        };
        let claim = notice.claim.map(|(span, clock)| self.claim(span, clock));
        let first = notice.records[0].unwrap_or_default();
        let activities = self.activities_of(notice, first);
        let about = About {
            severity: notice_severity(level, notice),
            start: notice.start,
            places: [first, notice.records[1].unwrap_or(first)],
            of_file: notice.agent == 0,
        };
        let case = Case {
            agent,
            records: &records,
            claim: claim.as_ref(),
            certainty: if notice.certain { Certainty::Certain } else { Certainty::Possible },
            figures: notice.figures,
            nearest: &nearest,
            activities: &activities,
            ..Case::default()
        };
        Ok(Some(plain(rule, &about, &case)))
    }

    /// The agent whom a notice is told for, by name: the one of its first record,
    /// unless that is a swap. What a swap would bring is told for the agent who
    /// would have it.
    ///
    /// # Errors
    /// When the words of a swap are not those of what was found by their keys.
    fn agent_told<'r>(
        &'r self,
        notice: &Notice,
        records: &'r [Arc<Record>],
    ) -> Result<&'r str, Again> {
        let AboutSwap { second, other_moved, .. } = AboutSwap::of_figure(notice.figures[0]);
        let named = |place: usize, second| {
            let origin = notice.records.get(place).copied().flatten().unwrap_or_default();
            records.get(place).map_or("", |swap| self.settled.agent_of(origin, swap, second))
        };
        match records {
            [swap, ..] if swap.trade.is_some() => Ok(named(0, second)),
            [shift, swap, ..]
                if notice.matter.by_swap() && shift_of(swap, second) != shift.id.as_deref() =>
            {
                Err(Again::Collision)
            }
            [_, _, other] if notice.matter == Matter::SwapOverlap => {
                let name = named(1, !second);
                match name {
                    "" => Ok(&other.agent),
                    name if other_moved || other.agent == name => Ok(name),
                    _ => Err(Again::Collision),
                }
            }
            [first, ..] => Ok(&first.agent),
            [] => Ok(""),
        }
    }

    /// The activities that a notice names.
    fn activities_of(&self, notice: &Notice, shift: Origin) -> Vec<Activity> {
        match notice.matter {
            Matter::ActivityOverlap | Matter::ActivityOutsideShift => {
                let numbers = notice.figures.map(|number| u32::try_from(number).unwrap_or(0));
                self.records.activities.of(shift, &numbers)
            }
            _ => Vec::new(),
        }
    }

    fn claim(&self, span: Span, clock: Clock) -> Claim {
        Claim {
            start: self.run.calendar.stamp(clock, span.start()),
            end: self.run.calendar.stamp(clock, span.end()),
            minutes: span.minutes(),
        }
    }

    /// Known agents whose ids are nearly this one.
    fn nearest_agents(&self, agent: &str) -> Vec<String> {
        const MOST: usize = 5_000;
        let ids = self.agents.ids();
        if ids.len() > MOST || agent.len() > 256 {
            return Vec::new();
        }
        let folded = agent.to_lowercase();
        let mut scored: Vec<(f64, &str)> = ids
            .into_iter()
            .filter(|id| id.len() <= 256)
            .map(|id| (strsim::normalized_damerau_levenshtein(&folded, &id.to_lowercase()), id))
            .filter(|(score, _)| *score >= 0.75)
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        scored.into_iter().take(3).map(|(_, id)| id.to_owned()).collect()
    }
}

/// What a finding that is no conflict is told with, beside its case.
struct About {
    severity: Severity,
    start: Option<Instant>,
    places: [Origin; 2],
    /// Whether it is told for a file, and not for an agent.
    of_file: bool,
}

/// A finding that is no conflict.
fn plain(rule: &'static Rule, about: &About, case: &Case<'_>) -> Sortable {
    let words = (rule.describe)(case);
    let named = !case.agent.is_empty() && !about.of_file;
    Sortable {
        start: about.start,
        places: about.places,
        cluster: None,
        finding: Finding {
            rule,
            severity: about.severity,
            certainty: case.certainty,
            cross_day: None,
            agent: named.then(|| case.agent.into()),
            claim: case.claim.copied(),
            records: case.records.to_vec(),
            message: words.message,
            help: words.help,
            causes: Vec::new(),
            cluster: None,
            fingerprint: String::new(),
        },
    }
}
