//! Rulings become sentences: the finding that a check would give for each record that waits.

use super::batch::Batch;
use super::decide::{PlanChoice, RecordRulings};
use super::{HeldRecord, Pushed, Ruling, Wait};
use crate::analyze::{self, Facts, Records};
use crate::calendar::OffsetCache;
use crate::model::fact::Overlap;
use crate::model::finding::{Finding, FindingsByRecord, Record, Report};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::schedule::Schedule;
use crate::schedule::run::Again;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Of how many records a thread says at a time why they wait.
const PORTION: usize = 512;

/// What is said of a batch and of what waits of it.
pub(super) struct Told {
    pub(super) report: Report,
    pub(super) held: Vec<HeldRecord>,
}

/// Says why records wait.
///
/// # Errors
/// When two names turn out to share a key.
pub(super) fn tell(
    schedule: &Schedule<'_>,
    batch: &Batch,
    mut facts: Facts,
    (decision, pushed): (&PlanChoice, &Pushed),
) -> Result<Told, Again> {
    let RecordRulings { of_records, obstacles } = &decision.rulings;
    let run = schedule.run;
    let waits: Vec<(usize, Wait)> = of_records
        .iter()
        .enumerate()
        .filter_map(|(record, ruling)| match ruling {
            Ruling::Waits(wait) => Some((record, *wait)),
            _ => None,
        })
        .collect();
    let mut defects = BTreeSet::new();
    let mut notices = BTreeSet::new();
    let mut overlaps: Vec<(Pair, Overlap)> = Vec::new();
    let mut named: Vec<Origin> = Vec::new();
    let mut abouts = Vec::with_capacity(waits.len());
    let offset_cache = &mut OffsetCache::default();
    for (record, wait) in &waits {
        let about = match wait {
            Wait::Defect(place) => {
                defects.insert(*place as usize);
                [Some(facts.defects[*place as usize].origin), None, None]
            }
            Wait::Notice(place) => {
                notices.insert(*place as usize);
                facts.notices[*place as usize].records
            }
            Wait::Obstacle(place) => {
                let (entry, by) = &obstacles[*place as usize];
                if let Some(overlap) = schedule.overlap_of([entry, by], offset_cache) {
                    overlaps.push((pair(entry, by), overlap));
                }
                [Some(entry.origin), Some(by.origin), None]
            }
            Wait::With(other) => [Some(batch.records()[*other as usize].origin), None, None],
            Wait::Circle | Wait::Cluster | Wait::Refused(_) | Wait::Unsent => [None; 3],
        };
        named.push(batch.records()[*record].origin);
        named.extend(about.into_iter().flatten());
        abouts.push(about);
    }
    keep_places(&mut facts.defects, &defects);
    keep_places(&mut facts.notices, &notices);
    run.pool.sort(&mut overlaps, |(one, _), (other, _)| one.cmp(other));
    overlaps.dedup_by_key(|(pair, _)| *pair);
    facts.overlaps = overlaps.into_iter().map(|(_, overlap)| overlap).collect();
    facts.misfits.clear();
    let (report, shown) = analyze::tell_with_records(schedule, facts)?;
    let is_new = |origin: &Origin| {
        shown.get(*origin).is_none() || schedule.settled.moved.contains_key(origin)
    };
    run.pool.sort(&mut named, Origin::cmp);
    named.dedup();
    named.retain(is_new);
    let others = analyze::recall_all(schedule, &named);
    let reasons = Reasons::of([&others, &shown], &report, pushed);
    let portions = waits.chunks(PORTION).zip(abouts.chunks(PORTION)).collect();
    let held = run.pool.map(portions, |(waits, abouts)| {
        let of = |((record, wait), about): (&(usize, Wait), &About)| {
            reasons.reason(batch.records()[*record].origin, *wait, *about)
        };
        waits.iter().zip(abouts).filter_map(of).collect::<Vec<_>>()
    });
    let held = held.into_iter().flatten().collect();
    Ok(Told { report, held })
}

/// What a reason is about.
type About = [Option<Origin>; 3];

/// Two entries, whichever is first.
type Pair = [(Origin, i64); 2];

fn pair(one: &Entry, other: &Entry) -> Pair {
    let mut pair = [one, other].map(|entry| (entry.origin, entry.start().millis()));
    pair.sort_unstable();
    pair
}

/// Keeps the items at these places.
fn keep_places<Item>(items: &mut Vec<Item>, places: &BTreeSet<usize>) {
    let mut place = 0..;
    items.retain(|_| place.next().is_some_and(|place| places.contains(&place)));
}

/// The findings for which records wait.
struct Reasons<'a> {
    /// Records as they are written that no finding shows so, and those that findings show.
    records: [&'a Records; 2],
    report: &'a Report,
    by_record: FindingsByRecord<'a>,
    pushed: &'a Pushed,
}

impl<'a> Reasons<'a> {
    fn of(records: [&'a Records; 2], report: &'a Report, pushed: &'a Pushed) -> Reasons<'a> {
        let by_record = FindingsByRecord::of(&report.findings);
        Reasons { records, report, by_record, pushed }
    }

    /// The record that begins there, as it is written.
    fn record(&self, origin: Origin) -> Option<&'a Arc<Record>> {
        let [others, shown] = self.records;
        others.get(origin).or_else(|| shown.get(origin))
    }

    /// Why the record waits that begins there. `None` if its file has changed meanwhile.
    fn reason(&self, origin: Origin, wait: Wait, about: About) -> Option<HeldRecord> {
        let record = self.record(origin)?;
        let said = |rule: &str, message: String, because: Vec<Arc<Record>>| HeldRecord {
            record: Arc::clone(record),
            rule: rule.to_owned(),
            message,
            because,
        };
        let other = about[0].and_then(|origin| self.record(origin));
        Some(match (wait, other) {
            (Wait::With(_), Some(other)) => {
                let message = format!("it goes or waits with {}, which waits", other.call());
                said("with", message, vec![Arc::clone(other)])
            }
            (Wait::Circle, _) => {
                let message = "it needs records that need it, and they cannot be sent at once: \
                               they are in several files, or the server takes one after another";
                said("circle", message.to_owned(), Vec::new())
            }
            (Wait::Refused(place), _) => {
                let (reason, message) = &self.pushed.refusals[place as usize];
                said(reason, message.clone(), Vec::new())
            }
            (Wait::Unsent, _) => {
                let message = "the plan before did not send it; plan again to see why";
                said("unsent", message.to_owned(), Vec::new())
            }
            (Wait::Cluster, _) | (_, None) => {
                let message = "more of the records around it can be sent without it";
                said("cluster", message.to_owned(), Vec::new())
            }
            (_, Some(_)) => {
                let about = about.into_iter().flatten();
                let about: Vec<&Record> =
                    about.filter_map(|origin| Some(&**self.record(origin)?)).collect();
                let finding = self.finding(&about)?;
                let others = finding.records.iter().filter(|of| of.key() != record.key());
                let others = others.map(Arc::clone).collect();
                said(finding.rule.code, finding.words().message.clone(), others)
            }
        })
    }

    /// The finding about these records, of which there is at least one.
    fn finding(&self, about: &[&Record]) -> Option<&'a Finding> {
        let has = |finding: &Finding, record: &Record| {
            finding.records.iter().any(|of| of.key() == record.key())
        };
        let names = |finding: &&Finding| about.iter().all(|record| has(finding, record));
        let places = self.by_record.naming(about.first()?);
        places.map(|place| &self.report.findings[place]).find(names)
    }
}
