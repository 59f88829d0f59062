//! Rulings become sentences: the finding that a check would give for each record that waits.

use super::batch::Batch;
use super::decide::{PlanChoice, RecordRulings};
use super::{HeldRecord, Pushed, Ruling, Wait};
use crate::analyze::{self, Facts, Records, ToldFacts};
use crate::calendar::OffsetCache;
use crate::model::fact::Overlap;
use crate::model::finding::{Finding, Record, Report};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::schedule::Schedule;
use crate::schedule::run::Again;
use std::sync::Arc;

/// Of how many records a thread says at a time why they wait.
const PORTION: usize = 512;

/// What waits of a batch, and why.
pub(super) struct Told {
    /// The report of a check, without findings.
    pub(super) report: Report,
    pub(super) held: Vec<HeldRecord>,
    /// The facts for which records wait.
    pub(super) facts: Facts,
    /// What the reasons were made from. To free it takes long.
    pub(super) made_from: ([Records; 2], Vec<Option<Finding>>),
}

/// A record that waits.
struct Waiting {
    /// Its place in the batch.
    record: usize,
    wait: Wait,
    /// The place of the fact for which it waits, among those that are told.
    fact: Option<usize>,
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
    let run = schedule.run;
    let waiting = waiting(schedule, &mut facts, &decision.rulings);
    let ToldFacts { report, findings, records: shown } =
        analyze::tell_one_by_one(schedule, &facts)?;
    let mut named: Vec<Origin> = Vec::with_capacity(waiting.len());
    for Waiting { record, wait, .. } in &waiting {
        named.push(batch.records()[*record].origin);
        if let Wait::With(other) | Wait::Contradicted(other) = wait {
            named.push(batch.records()[*other as usize].origin);
        }
    }
    run.pool.sort(&mut named, Origin::cmp);
    named.dedup();
    let is_new = |origin: &Origin| {
        shown.get(*origin).is_none() || schedule.settled.moved.contains_key(origin)
    };
    named.retain(is_new);
    let others = analyze::recall_all(schedule, &named);
    let reasons = Reasons { batch, records: [&others, &shown], findings: &findings, pushed };
    let held = run.pool.map(waiting.chunks(PORTION).collect(), |waiting| {
        waiting.iter().filter_map(|of| reasons.reason(of)).collect::<Vec<_>>()
    });
    let held = held.into_iter().flatten().collect();
    Ok(Told { report, held, facts, made_from: ([others, shown], findings) })
}

/// What waits, and the facts for which it does: of all facts, no others are kept.
fn waiting(schedule: &Schedule<'_>, facts: &mut Facts, rulings: &RecordRulings) -> Vec<Waiting> {
    let RecordRulings { of_records, obstacles } = rulings;
    let mut waiting = Vec::new();
    let mut overlaps: Vec<(Pair, Overlap, usize)> = Vec::new();
    let (mut defects, mut notices) = (Vec::new(), Vec::new());
    let offset_cache = &mut OffsetCache::default();
    for (record, ruling) in of_records.iter().enumerate() {
        let Ruling::Waits(wait) = *ruling else { continue };
        match wait {
            Wait::Defect(place) => defects.push(place as usize),
            Wait::Notice(place) => notices.push(place as usize),
            Wait::Obstacle(place) => {
                let (entry, by) = &obstacles[place as usize];
                let overlap = schedule.overlap_of([entry, by], offset_cache);
                overlaps.extend(overlap.map(|of| (pair(entry, by), of, waiting.len())));
            }
            Wait::With(_)
            | Wait::Contradicted(_)
            | Wait::Circle
            | Wait::Cluster
            | Wait::Refused(_)
            | Wait::Unsent => {}
        }
        waiting.push(Waiting { record, wait, fact: None });
    }
    keep_places(&mut facts.defects, &mut defects);
    keep_places(&mut facts.notices, &mut notices);
    facts.misfits.clear();
    facts.overlaps.clear();
    schedule.run.pool.sort(&mut overlaps, |(one, ..), (other, ..)| one.cmp(other));
    for of_pair in overlaps.chunk_by(|(one, ..), (other, ..)| one == other) {
        for (.., place) in of_pair {
            waiting[*place].fact = Some(facts.overlaps.len());
        }
        facts.overlaps.push(of_pair[0].1);
    }
    // Facts are told in this order.
    let (before_defects, before_notices) =
        (facts.overlaps.len(), facts.overlaps.len() + facts.defects.len());
    for of in &mut waiting {
        let (before, kept, place) = match of.wait {
            Wait::Defect(place) => (before_defects, &defects, place),
            Wait::Notice(place) => (before_notices, &notices, place),
            _ => continue,
        };
        let Ok(rank) = kept.binary_search(&(place as usize)) else {
            unreachable!("what a record waits for is kept")
        };
        of.fact = Some(before + rank);
    }
    waiting
}

/// Two entries, whichever is first.
type Pair = [(Origin, i64); 2];

fn pair(one: &Entry, other: &Entry) -> Pair {
    let mut pair = [one, other].map(|entry| (entry.origin, entry.start().millis()));
    pair.sort_unstable();
    pair
}

/// Keeps the items at these places, which are put in order.
fn keep_places<Item>(items: &mut Vec<Item>, places: &mut Vec<usize>) {
    places.sort_unstable();
    places.dedup();
    let (mut place, mut kept) = (0.., places.iter().peekable());
    items.retain(|_| {
        let place = place.next();
        kept.next_if(|kept| Some(**kept) == place).is_some()
    });
}

/// What reasons are made from.
struct Reasons<'a> {
    batch: &'a Batch,
    /// Records as they are written that no finding shows so, and those that findings show.
    records: [&'a Records; 2],
    /// The finding of each fact that is told.
    findings: &'a [Option<Finding>],
    pushed: &'a Pushed,
}

impl<'a> Reasons<'a> {
    /// A record of the batch, as it is written.
    fn record(&self, place: usize) -> Option<&'a Arc<Record>> {
        let origin = self.batch.records()[place].origin;
        let [others, shown] = self.records;
        others.get(origin).or_else(|| shown.get(origin))
    }

    /// Why a record waits. `None` if its file has changed meanwhile.
    fn reason(&self, waiting: &Waiting) -> Option<HeldRecord> {
        let record = self.record(waiting.record)?;
        let said = |rule: &str, message: String, because: Vec<Arc<Record>>| HeldRecord {
            record: Arc::clone(record),
            rule: rule.to_owned(),
            message,
            because,
        };
        Some(match waiting.wait {
            Wait::With(other) => {
                let other = self.record(other as usize)?;
                let message = format!("it goes or waits with {}, which waits", other.call());
                said("with", message, vec![Arc::clone(other)])
            }
            Wait::Contradicted(other) => {
                let other = self.record(other as usize)?;
                let message = "the batch both cancels and sends a record with its id; leave out \
                               what does not hold any more";
                said("contradicted", message.to_owned(), vec![Arc::clone(other)])
            }
            Wait::Circle => {
                let message = "it needs records that need it, and they cannot be sent at once: \
                               they are in several files, or the server takes one after another";
                said("circle", message.to_owned(), Vec::new())
            }
            Wait::Refused(place) => {
                let (reason, message) = &self.pushed.refusals[place as usize];
                said(reason, message.clone(), Vec::new())
            }
            Wait::Unsent => {
                let message = "the plan before did not send it; plan again to see why";
                said("unsent", message.to_owned(), Vec::new())
            }
            Wait::Defect(_) | Wait::Notice(_) | Wait::Obstacle(_) | Wait::Cluster => {
                let Some(finding) = waiting.fact.and_then(|fact| self.findings[fact].as_ref())
                else {
                    let message = "more of the records around it can be sent without it";
                    return Some(said("cluster", message.to_owned(), Vec::new()));
                };
                let others = finding.records.iter().filter(|of| of.key() != record.key());
                let others = others.map(Arc::clone).collect();
                said(finding.rule.code, finding.words().message.clone(), others)
            }
        })
    }
}
