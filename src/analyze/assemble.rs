//! Facts and their records become findings, in the order of the report.

use super::causes::Explainer;
use super::facts::Facts;
use super::ledger::notice_severity;
use super::ledger::overlap_severity;
use super::records::Records;
use super::run::{Again, Run};
use super::sorting::{self, Sortable};
use super::swaps::{Settled, shift_of};
use super::versions::contradict;
use crate::explain::swap::Decided;
use crate::judge::{RULES, rule_of_flaw, rule_of_notice, rule_of_overlap};
use crate::model::agents::Agents;
use crate::model::alike::{Alike, Effort};
use crate::model::fact::{Defect, Detail, Flaw, Notice, NoticeKind, Overlap};
use crate::model::finding::{
    Activity, Ambiguity, Case, Certainty, Finding, Fingerprint, Moment, Record, RuleCount, Says,
    SharedTime,
};
use crate::model::prefetch;
use crate::model::row::Field;
use crate::model::rule::{Rule, Severity};
use crate::model::shift::{Entry, Readings};
use crate::model::source::Origin;
use crate::model::spelling::are_spellings;
use crate::model::swap::SwapAspect;
use crate::model::time::{Clock, Instant, Span, Stamp};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The findings and how often each rule applies.
pub(crate) struct Assembled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) rules: Vec<RuleCount>,
}

#[derive(Clone, Copy)]
enum Fact<'f> {
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
    run: &Run<'_>,
    agents: &Agents,
    settled: &Settled,
    facts: &Facts,
    records: &Records,
) -> Result<Assembled, Again> {
    let explainer = Explainer::new(run, facts);
    let mut clerk =
        Clerk { run, agents, settled, facts, records, explainer, meant: BTreeMap::new() };
    clerk.meant = clerk.meant(agents, &facts.notices)?;
    let all = facts
        .overlaps
        .iter()
        .map(Fact::Overlap)
        .chain(facts.defects.iter().map(Fact::Defect))
        .chain(facts.notices.iter().map(Fact::Notice))
        .chain(records.activities.notices.iter().map(Fact::Notice));
    let all: Vec<Fact<'_>> = all.collect();
    let portions = all.chunks(prefetch::TOGETHER / 2).collect();
    let told = run.pool.map(portions, |portion| clerk.tell_all(portion));
    let told: Vec<Vec<Sortable>> = told.into_iter().collect::<Result<_, _>>()?;
    let rules = counts(facts, &told);
    Ok(Assembled { findings: sorting::findings(run.pool, told), rules })
}

fn counts(facts: &Facts, listed: &[Vec<Sortable>]) -> Vec<RuleCount> {
    let mut by_code: HashMap<&str, u64> = HashMap::new();
    for sortable in listed.iter().flatten() {
        *by_code.entry(sortable.finding.rule.code).or_default() += 1;
    }
    let rules = RULES.iter().filter_map(|rule| {
        let by_severity = *facts.totals.get(rule.code)?;
        let listed = by_code.get(rule.code).copied().unwrap_or(0);
        Some(RuleCount { rule, by_severity, listed })
    });
    rules.filter(|count| count.total() > 0).collect()
}

struct Clerk<'a> {
    run: &'a Run<'a>,
    agents: &'a Agents,
    settled: &'a Settled,
    facts: &'a Facts,
    records: &'a Records,
    explainer: Explainer<'a>,
    /// Whom unknown agents may have meant, by name.
    meant: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Clerk<'a> {
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
        self.run.settings.levels.get(rule.code).copied()
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
        if !self.agents.are_one(&first.agent, &second.agent) {
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
            says: Says::Overlap(overlap_kind),
            causes,
            cluster: None,
            fingerprint: Fingerprint::default(),
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

    /// A record that stands for several days, on the day of one of its entries,
    /// with the readings that its times have on that day.
    fn on_its_day(&self, mut record: Arc<Record>, entry: &Entry) -> Arc<Record> {
        if record.several {
            let Readings { chosen, narrowest } = self.facts.readings_of(entry);
            let (start, end) = ((entry.start(), narrowest.0), (entry.end(), narrowest.1));
            let record = Arc::make_mut(&mut record);
            self.read_at(&mut record.start, chosen.0, start, entry.clock());
            self.read_at(&mut record.end, chosen.1, end, entry.clock());
        }
        record
    }

    /// Shows a moment as it is read, with its other reading where it has one:
    /// the clock shows both alike if it showed the time twice.
    fn read_at(&self, moment: &mut Moment, chosen: Instant, other: (Instant, Instant), on: Clock) {
        let stamp = |at| self.run.calendar.stamp(on, at);
        let local = |stamp: &Stamp| stamp.instant + i64::from(stamp.offset) * 1000;
        let (shown, other) =
            (stamp(chosen), stamp(if chosen == other.0 { other.1 } else { other.0 }));
        moment.at = Some(shown);
        if shown.instant != other.instant {
            let fold = local(&shown) == local(&other);
            moment.doubt = Some(if fold { Ambiguity::Fold } else { Ambiguity::Gap });
            moment.otherwise = Some(Box::new(other));
        } else if matches!(moment.doubt, Some(Ambiguity::Gap | Ambiguity::Fold)) {
            (moment.doubt, moment.otherwise) = (None, None);
        }
    }

    /// The records of a notice, each on the day that is meant.
    fn on_their_days(&self, records: Vec<Arc<Record>>, notice: &Notice) -> Vec<Arc<Record>> {
        let of_notice = records.into_iter().zip(&notice.entries);
        of_notice
            .map(|(record, entry)| match entry {
                Some(entry) => self.on_its_day(record, entry),
                None => record,
            })
            .collect()
    }

    fn tell_defect(&self, defect: &Defect) -> Option<Sortable> {
        let rule = rule_of_flaw(defect.flaw);
        let level = self.level(rule)?;
        let record = self.record(defect.origin)?;
        let nearest = match (defect.flaw, &record.zone) {
            (Flaw::UnknownZone, Some(zone)) => self.run.calendar.nearest(zone),
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

    fn tell_notice(&self, notice: &Notice) -> Result<Option<Sortable>, Again> {
        let rule = rule_of_notice(notice.kind);
        let Some(level) = self.level(rule) else { return Ok(None) };
        let records: Option<Vec<_>> = notice.origins().map(|at| self.record(at)).collect();
        let Some(records) = records.filter(|records| !records.is_empty()) else { return Ok(None) };
        let records = self.on_their_days(records, notice);
        if notice.kind.by_id() && records.iter().any(|record| record.id != records[0].id) {
            return Err(Again::Collision);
        }
        if notice.kind == NoticeKind::TwoSpellings && are_strangers(notice, &records) {
            return Err(Again::Collision);
        }
        if notice.kind.by_version() && contradict(self.agents, notice, &records) {
            return Err(Again::Collision);
        }
        let agent = self.agent_told(notice, &records)?;
        if notice.kind.wants_limit()
            && records.iter().any(|record| !self.agents.are_one(&record.agent, &records[0].agent))
        {
            return Err(Again::Collision);
        }
        let listed: Vec<String> = match notice.detail {
            Detail::Listed(place) => {
                self.agents.name_at(place).map(Cow::into_owned).into_iter().collect()
            }
            _ => Vec::new(),
        };
        if listed.iter().any(|name| !are_spellings(name, agent)) {
            return Err(Again::Collision);
        }
        let nearest = match notice.kind {
            NoticeKind::UnknownAgent => self.meant.get(agent).map(Vec::as_slice),
            _ => Some(listed.as_slice()),
        };
        let claim = notice.claim.map(|(span, clock)| self.claim(span, clock));
        let first = notice.records[0].unwrap_or_default();
        let activities = self.activities_of(notice, first);
        let about = NoticeContext {
            severity: notice_severity(level, notice),
            start: notice.start,
            places: [first, notice.records[1].unwrap_or(first)],
            of_file: notice.agent == 0,
        };
        let column = match notice.kind {
            NoticeKind::SharedIds => {
                self.run.sources[usize::from(first.source())].column_of(Field::Id)
            }
            NoticeKind::AttendanceAsPlan => {
                let source = &self.run.sources[usize::from(first.source())];
                [Field::Start, Field::Times, Field::StartDate]
                    .into_iter()
                    .find_map(|field| source.column_of(field))
            }
            _ => None,
        };
        let case = Case {
            agent,
            records: &records,
            claim: claim.as_ref(),
            certainty: if notice.certain { Certainty::Certain } else { Certainty::Possible },
            detail: notice.detail,
            nearest: nearest.unwrap_or_default(),
            column,
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
    fn agent_told<'r>(&self, notice: &Notice, records: &'r [Arc<Record>]) -> Result<&'r str, Again>
    where
        'a: 'r,
    {
        let SwapAspect { second, other_moved, .. } = notice.detail.aspect();
        let named = |place: usize, second| {
            let origin = notice.records.get(place).copied().flatten().unwrap_or_default();
            records.get(place).map_or("", |swap| self.settled.agent_of(origin, swap, second))
        };
        match records {
            [swap, ..] if swap.trade.is_some() => Ok(named(0, second)),
            [shift, swap, ..]
                if notice.kind.by_swap() && shift_of(swap, second) != shift.id.as_deref() =>
            {
                Err(Again::Collision)
            }
            [_, _, other] if notice.kind == NoticeKind::SwapOverlap => {
                let name = named(1, !second);
                match name {
                    "" => Ok(&other.agent),
                    name if other_moved || self.agents.are_one(&other.agent, name) => Ok(name),
                    _ => Err(Again::Collision),
                }
            }
            [first, ..] => Ok(&first.agent),
            [] => Ok(""),
        }
    }

    /// The activities that a notice names.
    fn activities_of(&self, notice: &Notice, shift: Origin) -> Vec<Activity> {
        match notice.detail {
            Detail::Activities(numbers) => self.records.activities.of(shift, &numbers),
            _ => Vec::new(),
        }
    }

    fn claim(&self, span: Span, clock: Clock) -> SharedTime {
        SharedTime {
            start: self.run.calendar.stamp(clock, span.start()),
            end: self.run.calendar.stamp(clock, span.end()),
            minutes: span.minutes(),
        }
    }

    /// Whom the unknown agents of some notices may have meant: for as many as it
    /// takes no long time for, in the order of the report.
    ///
    /// # Errors
    /// When two names turn out to share a key.
    fn meant(
        &self,
        agents: &Agents,
        notices: &[Notice],
    ) -> Result<BTreeMap<&'a str, Vec<String>>, Again> {
        let mut unknown = BTreeSet::new();
        for notice in notices.iter().filter(|notice| notice.kind == NoticeKind::UnknownAgent) {
            let record = notice.records[0].and_then(|origin| self.records.get(origin));
            if let Some(record) = record {
                unknown.insert(self.agent_told(notice, std::slice::from_ref(record))?);
            }
        }
        if unknown.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (alike, mut effort) = (Alike::of(agents.ids()), Effort::default());
        let nearest = |name: &'a str| Some((name, alike.nearest(name, &mut effort)?));
        Ok(unknown.into_iter().map_while(nearest).collect())
    }
}

/// Whether the words of two records show that their agents are not in two spellings
/// of one name: then two names have one key.
fn are_strangers(notice: &Notice, records: &[Arc<Record>]) -> bool {
    let [one, other, ..] = records else { return false };
    notice.detail == Detail::Nothing && !are_spellings(&one.agent, &other.agent)
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
        says: Says::Words(Box::new((rule.describe)(case))),
        causes: Vec::new(),
        cluster: None,
        fingerprint: Fingerprint::default(),
    };
    Sortable::new(finding, about.start, about.places, None)
}
