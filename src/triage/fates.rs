//! Answers to the chunks of a plan become one fate for each record that was sent.

use super::TriagedItem;
use super::matching::{AnswerMatcher, FoundRecords, MatchedBy};
use super::sent::{SentBatch, SentFile};
use crate::model::complaint::{Complaint, ItemName, ResponseShape, ServerAnswer};
use crate::triage::TriageClass;

/// What a server did with a record that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushFate {
    /// It took it.
    Accepted,
    /// It complains of the record.
    Rejected,
    /// It refused the record with others of its chunk.
    RejectedWithChunk,
    /// No answer says anything about it.
    Unmentioned,
}

impl PushFate {
    /// Every fate, in the order of the reports.
    pub const ALL: [PushFate; 4] = [
        PushFate::Accepted,
        PushFate::Rejected,
        PushFate::RejectedWithChunk,
        PushFate::Unmentioned,
    ];

    /// The word used in reports: `rejected-with-chunk`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PushFate::Accepted => "accepted",
            PushFate::Rejected => "rejected",
            PushFate::RejectedWithChunk => "rejected-with-chunk",
            PushFate::Unmentioned => "unmentioned",
        }
    }
}

/// A record that was sent, and what became of it.
#[derive(Debug, Clone)]
pub struct SentFate {
    /// The place of its chunk among those of the plan.
    pub chunk: usize,
    /// Its position in the chunk, from 0.
    pub position: usize,
    /// What the server did with it.
    pub fate: PushFate,
    /// The item that says so, as a place among the items.
    pub item: Option<usize>,
}

/// The fates of what was sent.
pub(super) struct FateFinder<'a> {
    batch: &'a SentBatch,
    /// By record of the batch; the fate of one that was not sent means nothing.
    of_records: Vec<(PushFate, Option<usize>)>,
}

impl<'a> FateFinder<'a> {
    /// Nothing was answered yet.
    pub(super) fn new(batch: &'a SentBatch) -> FateFinder<'a> {
        let of_records = vec![(PushFate::Unmentioned, None); batch.records.len()];
        FateFinder { batch, of_records }
    }

    /// Takes an answer to a chunk: its complaints with the records that they mean, of which the
    /// first is the item with this place.
    pub(super) fn take(
        &mut self,
        file: &SentFile,
        answer: &ServerAnswer,
        matcher: &AnswerMatcher<'_>,
        (found, items, first): (&[FoundRecords], &[TriagedItem], usize),
    ) {
        let mut whole = None;
        for (place, complaint) in answer.complaints.iter().enumerate() {
            let item = first + place;
            let fate = match items[item].class {
                TriageClass::RejectedWithChunk => PushFate::RejectedWithChunk,
                _ => PushFate::Rejected,
            };
            for record in self.of_file(file, &found[place].records) {
                // What is wrong with a record itself says more than that others failed.
                if self.of_records[record].0 != PushFate::Rejected {
                    self.of_records[record] = (fate, Some(item));
                }
            }
            if found[place].records.is_empty() && complaint.names.names_nothing() {
                whole = whole.or(Some(item));
            }
        }
        // A list with an element for each record names them by their order.
        let is_item = |name: &&ItemName| !means_all(name);
        for name in answer.accepted.iter().filter(is_item) {
            let complaint = Complaint { names: name.clone(), ..Complaint::default() };
            for record in self.of_file(file, &accepted(matcher, &complaint)) {
                if self.of_records[record].0 == PushFate::Unmentioned {
                    self.of_records[record] = (PushFate::Accepted, None);
                }
            }
        }
        // Something failed, and all that was sent went well.
        let is_contradicted = !answer.unclear.is_empty()
            || whole.is_some() && is_one_request(answer) && self.are_accepted(file);
        let is_taken = answer.complaints.is_empty()
            && answer.incomplete.is_none()
            && answer.done.is_none_or(|done| done >= file.count)
            && matches!(&*answer.accepted, [only] if means_all(only));
        if is_contradicted {
            // What nobody complains of by name may have gone well or not.
            self.forget_accepted(file);
            return;
        }
        let rest = match (whole, is_taken) {
            (Some(item), _) => (PushFate::RejectedWithChunk, Some(item)),
            (None, true) => (PushFate::Accepted, None),
            (None, false) => return,
        };
        for record in file.records() {
            let known = &mut self.of_records[record as usize];
            if known.0 == PushFate::Unmentioned {
                *known = rest;
            }
        }
    }

    fn are_accepted(&self, file: &SentFile) -> bool {
        file.records().all(|record| self.of_records[record as usize].0 == PushFate::Accepted)
    }

    fn forget_accepted(&mut self, file: &SentFile) {
        for record in file.records() {
            let known = &mut self.of_records[record as usize];
            if known.0 == PushFate::Accepted {
                *known = (PushFate::Unmentioned, None);
            }
        }
    }

    fn of_file(&self, file: &SentFile, records: &[u32]) -> Vec<usize> {
        let is_in = |place: &&u32| self.batch.get(**place).file == Some(file.place);
        records.iter().filter(is_in).map(|place| *place as usize).collect()
    }

    /// The fate of each record that was sent, in the order of the chunks.
    pub(super) fn finish(self) -> Vec<SentFate> {
        let mut fates = Vec::new();
        for (chunk, file) in self.batch.files.iter().enumerate() {
            for position in 0..file.count as usize {
                let rows = file.of_number(position as u64 + 1);
                let mut known = rows.iter().map(|row| self.of_records[*row as usize]);
                let first = known.next().unwrap_or((PushFate::Unmentioned, None));
                // A record of several rows is what the worst of them is.
                let (fate, item) = known.fold(first, worse);
                fates.push(SentFate { chunk, position, fate, item });
            }
        }
        fates
    }
}

fn worse(
    one: (PushFate, Option<usize>),
    other: (PushFate, Option<usize>),
) -> (PushFate, Option<usize>) {
    let rank = |of: PushFate| match of {
        PushFate::Rejected => 0,
        PushFate::RejectedWithChunk => 1,
        PushFate::Unmentioned => 2,
        PushFate::Accepted => 3,
    };
    if rank(other.0) < rank(one.0) { other } else { one }
}

/// The records that an accepted item means. One that says other things of a record than were sent
/// means no record, and neither does the agent of several.
fn accepted(matcher: &AnswerMatcher<'_>, complaint: &Complaint) -> Vec<u32> {
    let found = matcher.find(complaint);
    let is_vague = found.by == Some(MatchedBy::Agent) && found.records.len() > 1;
    let fits = |record: &u32| !is_vague && !matcher.contradicts(*record, &complaint.names);
    found.records.into_iter().filter(fits).collect()
}

/// Whether an answer is to one request, unlike the lines of a log.
fn is_one_request(answer: &ServerAnswer) -> bool {
    !matches!(
        answer.shape,
        ResponseShape::Curl | ResponseShape::Har | ResponseShape::Lines | ResponseShape::Postgres
    )
}

/// Whether a name means all that was sent; an element of a list is one item.
fn means_all(name: &ItemName) -> bool {
    name.names_nothing() && name.is_of_all()
}
