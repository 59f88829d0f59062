//! What allowances allow of the facts of a check.

use super::fact::{Defect, Flaw, Notice, NoticeKind, Overlap};
use super::gate::AllowanceOutcome;
use super::keys::{QuickMap, QuickSet};
use super::shift::Entry;
use super::source::Origin;
use super::time::Instant;

/// An entry by its record and its start: a record can be for several days.
type EntryName = (Origin, Instant);

/// A notice by what it is about. Allowances do not tell notices apart that are alike in it.
type NoticeName = (NoticeKind, [Option<Origin>; 3], Option<Instant>);

/// The facts that somebody has decided to live with. They are known again in another run over the
/// same files, in which the keys of names are others.
#[derive(Debug, Clone, Default)]
pub struct AllowedFacts {
    /// What became of the allowances, in the order of the configuration.
    pub outcomes: Vec<AllowanceOutcome>,
    /// The date by which they expire, as `2026-03-02`; `None` if there are none.
    pub today: Option<String>,
    /// Pairs of entries that may overlap, each sorted.
    pairs: QuickSet<[EntryName; 2]>,
    /// The entries of these pairs.
    entries: QuickSet<EntryName>,
    /// By the record that they are about.
    defects: QuickMap<Origin, Vec<(Flaw, Option<Instant>)>>,
    notices: QuickMap<Option<Origin>, Vec<NoticeName>>,
}

impl AllowedFacts {
    /// None so far, with what became of the allowances on this day.
    #[must_use]
    pub fn of(outcomes: Vec<AllowanceOutcome>, today: &str) -> AllowedFacts {
        AllowedFacts { outcomes, today: Some(today.to_owned()), ..AllowedFacts::default() }
    }

    /// Allows an overlap.
    pub fn add_overlap(&mut self, overlap: &Overlap) {
        let pair = pair_of(&overlap.earlier, &overlap.later);
        self.pairs.insert(pair);
        self.entries.extend(pair);
    }

    /// Allows a defect.
    pub fn add_defect(&mut self, defect: &Defect) {
        self.defects.entry(defect.origin).or_default().push((defect.flaw, defect.start));
    }

    /// Allows a notice.
    pub fn add_notice(&mut self, notice: &Notice) {
        self.notices.entry(notice.records[0]).or_default().push(name_of_notice(notice));
    }

    /// Whether two entries may overlap.
    #[must_use]
    pub fn may_overlap(&self, one: &Entry, other: &Entry) -> bool {
        !self.pairs.is_empty() && self.pairs.contains(&pair_of(one, other))
    }

    /// Whether an entry may overlap some other.
    #[must_use]
    pub fn may_overlap_some(&self, entry: &Entry) -> bool {
        !self.entries.is_empty() && self.entries.contains(&name_of(entry))
    }

    /// Whether any two entries may overlap.
    #[must_use]
    pub fn has_overlaps(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Whether a defect is allowed.
    #[must_use]
    pub fn has_defect(&self, defect: &Defect) -> bool {
        let allowed = self.defects.get(&defect.origin);
        allowed.is_some_and(|allowed| allowed.contains(&(defect.flaw, defect.start)))
    }

    /// Whether a notice is allowed.
    #[must_use]
    pub fn has_notice(&self, notice: &Notice) -> bool {
        let allowed = self.notices.get(&notice.records[0]);
        allowed.is_some_and(|allowed| allowed.contains(&name_of_notice(notice)))
    }
}

fn name_of(entry: &Entry) -> EntryName {
    (entry.origin, entry.start())
}

fn name_of_notice(notice: &Notice) -> NoticeName {
    (notice.kind, notice.records, notice.start)
}

fn pair_of(one: &Entry, other: &Entry) -> [EntryName; 2] {
    let mut pair = [one, other].map(name_of);
    pair.sort_unstable();
    pair
}
