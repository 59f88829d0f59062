//! Explains how two records stand to each other, or what touches one.
//!
//! Names become records (`naming`); the check finds its facts and shows the timelines of these
//! records on the way (`standing`); of two records the first relation that applies is told
//! (`relation`). It looks at the entries themselves, so that no limit of a list hides a pair.
//! `document` and `summary` write the result.

mod document;

mod naming;

mod relation;

mod standing;

mod summary;

mod words;

pub use document::write as write_json;
pub use relation::Relation;
pub use summary::write as write_summary;

use crate::analyze::{self, Facts, Progress, Records, Taken};
use crate::error::Error;
use crate::judge::{rule_of_flaw, rule_of_notice};
use crate::model::allowed::AllowedFacts;
use crate::model::fact::{Defect, NoticeKind, Overlap};
use crate::model::fate::Fate;
use crate::model::finding::{Finding, FindingsByRecord, Input, Record, RecordPlace, Report};
use crate::model::gate::FindingState;
use crate::model::rule::Rule;
use crate::model::settings::Settings;
use crate::model::source::Origin;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use naming::Directory;
use relation::{PairRelations, RecordPair};
use standing::{Absence, Standings, TimelineKeeper};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use words::{PairWords, Speaker};

/// How many pairs are explained, and how many findings about one record are listed.
const MOST_EXPLAINED: usize = 10;

/// A record that a name means.
#[derive(Debug)]
pub struct ShownRecord {
    /// The record.
    pub record: Arc<Record>,
    /// Why it is not compared, in one sentence, if it is not.
    pub left_out: Option<String>,
}

/// Two records, and how they stand to each other.
#[derive(Debug)]
pub struct ExplainedPair {
    /// The records.
    pub records: [Arc<Record>; 2],
    /// How they stand to each other.
    pub relation: Relation,
    /// That in one sentence.
    pub message: String,
    /// What would have to change.
    pub next: Option<String>,
    /// The findings that name both, as places in the report.
    pub findings: Vec<usize>,
}

/// What is said of the records that were named.
#[derive(Debug)]
pub struct Explanation {
    /// What a check finds about them.
    pub report: Report,
    /// The names, and how many records each one means.
    pub names: Vec<(String, usize)>,
    /// The first of these records, each once.
    pub records: Vec<ShownRecord>,
    /// How many there are.
    pub record_count: usize,
    /// The pairs that are explained, the nearest first.
    pub pairs: Vec<ExplainedPair>,
    /// How many pairs there are in all.
    pub pair_count: u64,
    /// Findings about these records that no pair has, as places in the report.
    pub others: Vec<usize>,
    /// How many such findings there are in all.
    pub other_count: u64,
    /// Whether the records are in each other's way; of one record, whether anything is.
    pub has_conflict: bool,
    /// Whether nothing that was not read can change the answer.
    pub complete: bool,
}

impl Explanation {
    /// The exit code: 3 if something that was not read could change the answer, 1 if there is a
    /// conflict, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if !self.complete { 3 } else { u8::from(self.has_conflict) }
    }

    /// Whether one record was named, and what touches it is asked for.
    #[must_use]
    pub fn is_about_one(&self) -> bool {
        self.names.len() == 1
    }

    fn finding(&self, place: usize) -> &Finding {
        &self.report.findings[place]
    }
}

/// What is allowed of a schedule.
pub struct Allowances<'a> {
    /// Its facts.
    pub facts: &'a AllowedFacts,
    /// Marks the findings of a report that are.
    pub mark: &'a dyn Fn(&mut Report),
}

/// Explains the records with these names: two, or one and what touches it.
///
/// # Errors
/// When the settings make no sense, a name means no record, or the run was cancelled.
pub fn explain(
    settings: &Settings,
    names: &[String],
    allowances: &Allowances<'_>,
    progress: &Progress,
) -> Result<Explanation, Error> {
    with_schedule(settings, progress, |schedule| explain_in(schedule, names, allowances))?
}

/// Explains records of a schedule.
///
/// # Errors
/// When the inputs have to be read again.
fn explain_in(
    mut schedule: Schedule<'_>,
    names: &[String],
    allowances: &Allowances<'_>,
) -> Result<Result<Explanation, Error>, Again> {
    let rows = schedule.take_rows();
    let directory = Directory::new(&schedule, &rows);
    let named = names.iter().map(|name| directory.meant(name)).collect();
    let named: Vec<BTreeSet<Origin>> = match named {
        Ok(named) => named,
        Err(error) => return Ok(Err(error)),
    };
    let all: BTreeSet<Origin> = named.iter().flatten().copied().collect();
    let keeper = TimelineKeeper::new(directory.entries_of(&all));
    let taken = Taken::of(&mut schedule);
    let facts = analyze::find(&schedule, taken, Some(&keeper))?;
    let standings = Standings::new(&schedule, &rows, keeper.finish(), allowances.facts);
    let relations = match &*named {
        [one, other] => PairRelations::between(&standings, (one, other), MOST_EXPLAINED),
        _ => PairRelations::around(&standings, &all, MOST_EXPLAINED),
    };
    let named = names.iter().cloned().zip(named).collect();
    tell(&standings, (facts, allowances.mark), NamedRecords { named, all }, relations).map(Ok)
}

/// The records that names mean.
struct NamedRecords {
    named: Vec<(String, BTreeSet<Origin>)>,
    /// All of them.
    all: BTreeSet<Origin>,
}

/// Puts what was found about records into words.
///
/// # Errors
/// When two names turn out to share a key.
fn tell(
    standings: &Standings<'_>,
    (mut facts, mark): (Facts, &dyn Fn(&mut Report)),
    NamedRecords { named, all }: NamedRecords,
    relations: PairRelations,
) -> Result<Explanation, Again> {
    let PairRelations { pairs, count, overlaps } = relations;
    let complete = all.iter().all(|record| !is_unread(standings, *record))
        && !facts.defects.iter().any(|defect| may_concern(standings, (&all, &facts), defect));
    keep_own(standings, &mut facts, (&all, &pairs));
    let mut report = analyze::tell(standings.schedule, facts)?;
    mark(&mut report);
    let absences: BTreeMap<Origin, Absence> = all
        .iter()
        .filter(|record| standings.compared(**record).is_empty())
        .filter_map(|record| Some((*record, standings.absence(*record)?)))
        .collect();
    let records = recall(standings, (&all, &pairs), &absences);
    let speaker = Speaker { standings, records: &records, report: &report };
    let shown = all.iter().filter_map(|origin| {
        let record = records.get(*origin)?;
        let left_out = absences.get(origin).map(|absence| speaker.absence(record, *absence));
        Some(ShownRecord { record: Arc::clone(record), left_out })
    });
    let mut shown: Vec<ShownRecord> = shown.collect();
    let by_record = FindingsByRecord::of(&report.findings);
    let explained: Vec<ExplainedPair> =
        pairs.iter().filter_map(|pair| explained(&speaker, &by_record, pair)).collect();
    let about = shown.iter().flat_map(|shown| by_record.naming(&shown.record));
    let mut others: BTreeSet<usize> = about.collect();
    explained.iter().flat_map(|pair| &pair.findings).for_each(|place| {
        others.remove(place);
    });
    let other_count = others.len() as u64;
    let has_conflict = match &*named {
        [(_, one), (_, other)] => {
            let [ones, others] = [one, other].map(|of| places_of(&records, of));
            let is_between = |finding: &&Finding| are_both_named(finding, &ones, &others);
            overlaps > 0 || report.findings.iter().filter(is_between).any(counts)
        }
        _ => overlaps > 0 || others.iter().any(|place| counts(&report.findings[*place])),
    };
    let record_count = shown.len();
    shown.truncate(MOST_EXPLAINED);
    Ok(Explanation {
        names: named.into_iter().map(|(name, records)| (name, records.len())).collect(),
        records: shown,
        record_count,
        pairs: explained,
        pair_count: count,
        others: others.into_iter().take(MOST_EXPLAINED).collect(),
        other_count,
        has_conflict,
        complete: complete && report.inputs.iter().all(Input::is_settled),
        report,
    })
}

/// Forgets the facts that are not about these records, and adds what is shared by the pairs.
fn keep_own(
    standings: &Standings<'_>,
    facts: &mut Facts,
    (all, pairs): (&BTreeSet<Origin>, &[RecordPair]),
) {
    let rows = all.iter().flat_map(|record| standings.rows_of(*record));
    let own: BTreeSet<Origin> = rows.map(|row| row.origin).chain(all.iter().copied()).collect();
    let settings = standings.schedule.run.settings;
    let is_on = |(_, rule): &(&Overlap, &'static Rule)| settings.is_on(rule.code);
    let shared = pairs.iter().filter_map(RecordPair::overlap).filter(is_on);
    facts.overlaps = shared.map(|(overlap, _)| *overlap).collect();
    facts.defects.retain(|defect| own.contains(&defect.origin));
    facts.notices.retain(|notice| notice.origins().any(|origin| own.contains(&origin)));
    facts.misfits.retain(|origin, _| own.contains(origin));
}

/// Reads these records again, with those that have to be known to explain them.
fn recall(
    standings: &Standings<'_>,
    (all, pairs): (&BTreeSet<Origin>, &[RecordPair]),
    absences: &BTreeMap<Origin, Absence>,
) -> Records {
    let moved = &standings.schedule.settled.moved;
    let mut wanted: BTreeSet<Origin> = all.clone();
    wanted.extend(pairs.iter().flat_map(RecordPair::origins));
    wanted.extend(absences.values().filter_map(|absence| absence.by()));
    let rows = all.iter().flat_map(|record| standings.rows_of(*record));
    wanted.extend(rows.filter_map(|row| Some(moved.get(&row.origin)?.swap)));
    analyze::recall_all(standings.schedule, &wanted.into_iter().collect::<Vec<_>>())
}

fn places_of<'r>(records: &'r Records, origins: &BTreeSet<Origin>) -> HashSet<RecordPlace<'r>> {
    origins.iter().filter_map(|origin| Some(records.get(*origin)?.key())).collect()
}

/// Whether a record could not be read.
fn is_unread(standings: &Standings<'_>, record: Origin) -> bool {
    standings.rows_of(record).iter().any(|row| row.fate == Fate::Unreadable)
}

/// Whether a record that could not be read may be one of an agent whose records are asked for.
fn may_concern(
    standings: &Standings<'_>,
    (records, facts): (&BTreeSet<Origin>, &Facts),
    defect: &Defect,
) -> bool {
    let is_of = |record: &Origin| standings.agents(*record).any(|agent| agent == defect.agent);
    rule_of_flaw(defect.flaw).hole.is_some()
        && (records.iter().any(is_of) || facts.is_of_unknown(defect, &standings.schedule.agents))
}

/// Whether records that a finding names are in each other's way. Two spellings of an agent only
/// make two of one.
fn is_conflict(finding: &Finding) -> bool {
    finding.rule != rule_of_notice(NoticeKind::TwoSpellings)
}

/// Whether a finding is not allowed.
fn counts(finding: &Finding) -> bool {
    finding.state == FindingState::New
}

/// Whether a finding names a record of each of two sets, and they are two records.
fn are_both_named(
    finding: &Finding,
    ones: &HashSet<RecordPlace<'_>>,
    others: &HashSet<RecordPlace<'_>>,
) -> bool {
    let named = || finding.records.iter().map(|record| record.key());
    is_conflict(finding)
        && named().any(|one| {
            ones.contains(&one) && named().any(|other| other != one && others.contains(&other))
        })
}

/// What is said of a pair. `None` if a file has changed meanwhile.
fn explained(
    speaker: &Speaker<'_>,
    by_record: &FindingsByRecord<'_>,
    pair: &RecordPair,
) -> Option<ExplainedPair> {
    let [one, other] = pair.records.map(|origin| speaker.records.get(origin));
    let records = [Arc::clone(one?), Arc::clone(other?)];
    let of_other: Vec<usize> = by_record.naming(&records[1]).collect();
    let mut findings: Vec<usize> =
        by_record.naming(&records[0]).filter(|place| of_other.contains(place)).collect();
    // The overlap of the two comes before other conflicts, then what is allowed, and what is no
    // conflict last.
    let rule = pair.overlap().map(|(_, rule)| rule.code);
    let finding = |place: usize| &speaker.report.findings[place];
    findings.sort_by_key(|place| {
        let finding = finding(*place);
        (!is_conflict(finding), !counts(finding), Some(finding.rule.code) != rule, *place)
    });
    let first = findings.first().map(|place| finding(*place));
    let conflict = first.filter(|finding| is_conflict(finding));
    let PairWords { relation, message, next } = speaker.pair(pair, conflict)?;
    Some(ExplainedPair { records, relation, message, next, findings })
}
