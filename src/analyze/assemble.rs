//! Facts and their records become findings, in the order of the report.

mod days;

mod notices;

use super::causes::Explainer;
use super::facts::Facts;
use super::moved::{SwapNames, shift_of};
use super::records::Records;
use super::sorting::{Sortable, Unsorted};
use crate::explain::swap::ApprovedSwap;
use crate::judge::{RULES, rule_of_flaw, rule_of_overlap};
use crate::ledger::overlap_severity;
use crate::model::fact::{Defect, Flaw, Notice, Overlap};
use crate::model::finding::{
    Case, Certainty, Finding, FindingText, Fingerprint, Record, RuleCount, SharedTime,
};
use crate::model::gate::FindingState;
use crate::model::prefetch;
use crate::model::rule::{Rule, Severity};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::{Clock, Instant, Span};
use crate::schedule::Schedule;
use crate::schedule::run::Again;
use crate::thread_pool::ThreadPool;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many facts a thread puts into words at a time.
const PORTION: usize = prefetch::TOGETHER / 2;

/// The findings and how often each rule applies.
#[derive(Default)]
pub(crate) struct Assembled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) rules: Vec<RuleCount>,
}

/// What a finding is about.
#[derive(Clone, Copy)]
pub(crate) enum Fact<'f> {
    Overlap(&'f Overlap),
    Defect(&'f Defect),
    Notice(&'f Notice),
}

/// A fact, and of an overlap its two records.
struct FactWithRecords<'f> {
    fact: Fact<'f>,
    pair: Option<[&'f Arc<Record>; 2]>,
}

/// Puts the facts into words.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn findings(
    schedule: &Schedule<'_>,
    facts: &Facts,
    records: &Records,
    swap_names: &SwapNames,
) -> Result<Unsorted, Again> {
    let clerk = Clerk::of(schedule, facts, records, swap_names)?;
    let all = all_of(facts).chain(records.activities.notices.iter().map(Fact::Notice));
    let all: Vec<Fact<'_>> = all.collect();
    let mut told = Unsorted::with_room(all.len());
    schedule.run.pool.relay(
        all.chunks(PORTION),
        |portion| clerk.tell_all(portion),
        |portion| portion.map(|portion| told.add(portion)),
    )?;
    Ok(told)
}

/// Puts findings into the order of the report, and counts them.
pub(crate) fn sorted(pool: &ThreadPool, facts: &Facts, unsorted: Unsorted) -> Assembled {
    let rules = counts(facts, unsorted.findings());
    Assembled { findings: unsorted.sorted(pool), rules }
}

/// Puts the facts into words, one for each, in their order: without their clusters, and findings with
/// equal fingerprints are not told apart. Those of activities are left out.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn findings_of_facts(
    schedule: &Schedule<'_>,
    facts: &Facts,
    records: &Records,
    swap_names: &SwapNames,
) -> Result<Vec<Option<Finding>>, Again> {
    let clerk = Clerk::of(schedule, facts, records, swap_names)?;
    let all: Vec<Fact<'_>> = all_of(facts).collect();
    let mut findings = Vec::with_capacity(all.len());
    let tell = |fact: &Fact<'_>| Ok(clerk.tell(clerk.find(*fact))?.map(|told| told.finding));
    schedule.run.pool.relay(
        all.chunks(PORTION),
        |portion| portion.iter().map(tell).collect::<Result<Vec<_>, Again>>(),
        |portion| portion.map(|portion| findings.extend(portion)),
    )?;
    Ok(findings)
}

pub(crate) fn all_of(facts: &Facts) -> impl Iterator<Item = Fact<'_>> {
    let overlaps = facts.overlaps.iter().map(Fact::Overlap);
    let defects = facts.defects.iter().map(Fact::Defect);
    overlaps.chain(defects).chain(facts.notices.iter().map(Fact::Notice))
}

fn counts(facts: &Facts, listed: &[Finding]) -> Vec<RuleCount> {
    let mut by_code: HashMap<&str, u64> = HashMap::new();
    for finding in listed {
        *by_code.entry(finding.rule.code).or_default() += 1;
    }
    let rules = RULES.iter().filter_map(|rule| {
        let by_severity = *facts.totals.get(rule.code)?;
        let listed = by_code.get(rule.code).copied().unwrap_or(0);
        Some(RuleCount { rule, by_severity, listed })
    });
    rules.filter(|count| count.total() > 0).collect()
}

struct Clerk<'a> {
    schedule: &'a Schedule<'a>,
    swap_names: &'a SwapNames,
    records: &'a Records,
    explainer: Explainer<'a>,
    /// Whom unknown agents may have meant, by name.
    meant: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Clerk<'a> {
    fn of(
        schedule: &'a Schedule<'a>,
        facts: &'a Facts,
        records: &'a Records,
        swap_names: &'a SwapNames,
    ) -> Result<Clerk<'a>, Again> {
        let explainer = Explainer::new(schedule.run, facts);
        let mut clerk = Clerk { schedule, swap_names, records, explainer, meant: BTreeMap::new() };
        clerk.meant = clerk.meant(&facts.notices)?;
        Ok(clerk)
    }

    fn tell_all(&self, facts: &[Fact<'_>]) -> Result<Vec<Sortable>, Again> {
        let found: Vec<FactWithRecords<'_>> = facts.iter().map(|fact| self.find(*fact)).collect();
        prefetch::records(found.iter().filter_map(|found| found.pair).flatten());
        let mut told = Vec::with_capacity(facts.len());
        for found in found {
            let next = self.tell(found)?;
            let before = told.last().map(|before: &Sortable| &before.finding.agent);
            told.extend(next.map(|next| next.beside(before)));
        }
        Ok(told)
    }

    fn find<'f>(&'f self, fact: Fact<'f>) -> FactWithRecords<'f> {
        let Fact::Overlap(Overlap { earlier, later, .. }) = fact else {
            return FactWithRecords { fact, pair: None };
        };
        let record = |entry: &Entry| self.records.get(entry.origin);
        let pair = record(earlier).zip(record(later)).map(|(earlier, later)| [earlier, later]);
        FactWithRecords { fact, pair }
    }

    /// `None` when a record cannot be read any more, or its rule is off.
    fn tell(
        &self,
        FactWithRecords { fact, pair }: FactWithRecords<'_>,
    ) -> Result<Option<Sortable>, Again> {
        match fact {
            Fact::Overlap(overlap) => self.tell_overlap(overlap, pair),
            Fact::Defect(defect) => Ok(self.tell_defect(defect)),
            Fact::Notice(notice) => self.tell_notice(notice),
        }
    }

    fn record(&self, origin: Origin) -> Option<Arc<Record>> {
        self.records.get(origin).cloned()
    }

    fn level(&self, rule: &Rule) -> Option<Severity> {
        self.schedule.run.settings.levels.get(rule.code).copied()
    }

    fn tell_overlap(
        &self,
        overlap: &Overlap,
        pair: Option<[&Arc<Record>; 2]>,
    ) -> Result<Option<Sortable>, Again> {
        let Overlap { earlier, later, overlap_kind, certain, shared, cluster } = *overlap;
        let rule = rule_of_overlap(&overlap_kind);
        let level = rule.and_then(|rule| self.level(rule));
        let (Some(rule), Some(level), Some(pair)) = (rule, level, pair) else {
            return Ok(None);
        };
        let [first, second] = pair.map(Arc::clone);
        let (first, second) = (self.on_its_day(first, &earlier), self.on_its_day(second, &later));
        if !self.schedule.agents.are_one(&first.agent, &second.agent) {
            return Err(Again::Collision);
        }
        let claim = Some(self.claim(shared, later.clock_beside(&earlier)));
        let certainty = if certain { Certainty::Certain } else { Certainty::Possible };
        let records = vec![first, second];
        let swap = self.decided(overlap, &records)?;
        let causes = self.explainer.causes(overlap, &records, swap.as_ref());
        let finding = Finding {
            rule,
            severity: overlap_severity(level, &overlap_kind),
            certainty,
            cross_day: Some(overlap_kind.cross_day),
            agent: Some(records[0].agent.clone()),
            claim,
            records,
            says: FindingText::Overlap(overlap_kind),
            causes,
            cluster: None,
            fingerprint: Fingerprint::default(),
            state: FindingState::New,
        };
        let places = [later.origin, earlier.origin];
        Ok(Some(Sortable::new(finding, Some(shared.start()), places, Some(cluster))))
    }

    /// The approved swap that would part two records that overlap.
    ///
    /// # Errors
    /// When its words are not those of what was found by their keys.
    fn decided(
        &self,
        overlap: &Overlap,
        records: &[Arc<Record>],
    ) -> Result<Option<ApprovedSwap<'_>>, Again> {
        let Some((step, leaving)) = self.schedule.settled.parting(overlap) else { return Ok(None) };
        let Some(swap) = self.records.get(step.swap) else { return Ok(None) };
        let place = usize::from(leaving != overlap.earlier.origin);
        let id = records.get(place).and_then(|record| record.id.as_deref());
        if shift_of(swap, step.second) != id {
            return Err(Again::Collision);
        }
        let receiver = self.swap_names.agent_of(step.swap, swap, !step.second);
        Ok(Some(ApprovedSwap { name: swap.call(), leaving, receiver }))
    }

    fn tell_defect(&self, defect: &Defect) -> Option<Sortable> {
        let rule = rule_of_flaw(defect.flaw);
        let level = self.level(rule)?;
        let record = self.record(defect.origin)?;
        let nearest = match (defect.flaw, &record.zone) {
            (Flaw::UnknownZone, Some(zone)) => self.schedule.run.calendar.nearest(zone),
            _ => Vec::new(),
        };
        let about = NoticeContext {
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

    fn claim(&self, span: Span, clock: Clock) -> SharedTime {
        SharedTime {
            start: self.schedule.run.calendar.stamp(clock, span.start()),
            end: self.schedule.run.calendar.stamp(clock, span.end()),
            minutes: span.minutes(),
        }
    }
}

/// What a finding that is no conflict is told with, beside its case.
struct NoticeContext {
    severity: Severity,
    start: Option<Instant>,
    places: [Origin; 2],
    /// Whether it is told for a file, and not for an agent.
    of_file: bool,
}

/// A finding that is no conflict.
fn plain(rule: &'static Rule, about: &NoticeContext, case: &Case<'_>) -> Sortable {
    let named = !case.agent.is_empty() && !about.of_file;
    let finding = Finding {
        rule,
        severity: about.severity,
        certainty: case.certainty,
        cross_day: None,
        agent: named.then(|| case.agent.into()),
        claim: case.claim.copied(),
        records: case.records.to_vec(),
        says: FindingText::Words(Box::new((rule.describe)(case))),
        causes: Vec::new(),
        cluster: None,
        fingerprint: Fingerprint::default(),
        state: FindingState::New,
    };
    Sortable::new(finding, about.start, about.places, None)
}
