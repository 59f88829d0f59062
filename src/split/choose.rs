//! Turns a choice of records into the ranges of the document that a chunk keeps.
//!
//! Time by what is kept: lists are entered from the chosen records upwards, and what is
//! between two kept items of a list is left out as a whole.

use super::outline::{Bare, ChunkChoice};
use super::tree::{Branch, BranchKind, DocumentTree, Footprint, NONE, RunKind};
use std::ops::Range;

/// The branches of a tree that a chunk keeps, in the order in which they begin.
pub(super) struct Chosen(Vec<u32>);

/// Something that is kept, with the branch it is in.
struct KeptItem {
    footprint: Footprint,
    parent: u32,
    /// Its own number, if it is a branch.
    branch: u32,
}

/// KeptItem ranges, in ascending order. Those that touch are one.
#[derive(Default)]
struct Ranges {
    ranges: Vec<Range<u64>>,
    at: u64,
}

impl Ranges {
    /// Keeps what is between the last place and this one.
    fn keep_to(&mut self, place: u64) {
        debug_assert!(self.at <= place);
        match self.ranges.last_mut().filter(|last| last.end == self.at) {
            _ if self.at == place => {}
            Some(last) => last.end = place,
            None => self.ranges.push(self.at..place),
        }
        self.at = place;
    }

    /// Leaves out what is between the last place and this one.
    fn leave_to(&mut self, place: u64) {
        debug_assert!(self.at <= place);
        self.at = place;
    }
}

impl Chosen {
    /// The branches around the chosen records, and the lists that are kept beside them.
    pub(super) fn of(tree: &DocumentTree, choice: &ChunkChoice<'_>) -> Chosen {
        let mut kept = Vec::new();
        kept.extend((!tree.branches.is_empty()).then_some(0));
        let mut before = None;
        for record in choice.records {
            let leaf = &tree.leaves[*record as usize];
            let mut parent = leaf.parent;
            while let Some(branch) = tree.branches.get(parent as usize) {
                // A branch around the record before was found with that.
                if before.is_some_and(|start| branch.start <= start) {
                    break;
                }
                kept.push(parent);
                parent = branch.parent;
            }
            before = Some(leaf.start);
        }
        let mut next = 0;
        while let Some(number) = kept.get(next) {
            let mut field = tree.branches[*number as usize].first_field;
            while let Some(branch) = tree.branches.get(field as usize) {
                kept.push(field);
                field = branch.next_field;
            }
            next += 1;
        }
        kept.sort_unstable();
        kept.dedup();
        Chosen(kept)
    }

    /// The numbers of the kept branches.
    pub(super) fn branches(&self) -> &[u32] {
        &self.0
    }

    /// How many items a branch keeps.
    pub(super) fn items(&self, tree: &DocumentTree, choice: &ChunkChoice<'_>, number: u32) -> u64 {
        let branch = &tree.branches[number as usize];
        let leaves = records_of(branch, choice.records).iter();
        let leaves = leaves.filter(|record| tree.leaves[**record as usize].parent == number);
        let first = self.0.partition_point(|kept| *kept <= number);
        let within = self.0[first..].iter().map(|kept| &tree.branches[*kept as usize]);
        let within = within.take_while(|kept| kept.start < branch.end);
        let entries = within.filter(|kept| kept.parent == number && !kept.is_field);
        let bare = tree.runs_of(branch).iter().filter(|run| run.kind == RunKind::Bare);
        let bare: u64 = bare.map(|run| u64::from(run.items)).sum();
        let bare = if keeps_bare(branch, choice) { bare } else { 0 };
        leaves.count() as u64 + entries.count() as u64 + bare
    }

    /// What a chunk keeps of a document of this length.
    pub(super) fn ranges(
        &self,
        tree: &DocumentTree,
        choice: &ChunkChoice<'_>,
        length: u64,
    ) -> Vec<Range<u64>> {
        let mut ranges = Ranges::default();
        if tree.branches.is_empty() && choice.records.is_empty() && !tree.leaves.is_empty() {
            // The document is a record, and not chosen.
            return Vec::new();
        }
        // The separated branches around the place, each with its last kept item.
        let mut around: Vec<(u32, Option<Footprint>)> = Vec::new();
        for kept in self.items_in_order(tree, choice) {
            let start = kept.footprint.start;
            while let Some((number, last)) = around.pop() {
                let branch = &tree.branches[number as usize];
                if start < branch.end {
                    around.push((number, last));
                    break;
                }
                end(&mut ranges, branch, last);
            }
            if let Some((number, last)) = around.last_mut().filter(|top| top.0 == kept.parent) {
                let inside = tree.branches[*number as usize].inside();
                ranges.keep_to(last.map_or(inside, |last| last.next));
                ranges.leave_to(kept.footprint.from);
                *last = Some(kept.footprint);
            }
            if tree.branches.get(kept.branch as usize).is_some_and(|branch| branch.separated) {
                around.push((kept.branch, None));
            }
        }
        while let Some((number, last)) = around.pop() {
            end(&mut ranges, &tree.branches[number as usize], last);
        }
        ranges.keep_to(length);
        ranges.ranges
    }

    /// Everything that is kept, in the order in which it begins, a branch before its items.
    fn items_in_order(&self, tree: &DocumentTree, choice: &ChunkChoice<'_>) -> Vec<KeptItem> {
        let mut items = Vec::with_capacity(self.0.len() + choice.records.len());
        for number in &self.0 {
            let branch = &tree.branches[*number as usize];
            let (footprint, parent) = (branch.footprint(), branch.parent);
            items.push(KeptItem { footprint, parent, branch: *number });
            let with_bare = keeps_bare(branch, choice);
            for (run, place) in tree.runs_of(branch).iter().zip(branch.runs.start..) {
                let is_kept = match run.kind {
                    RunKind::Bare => with_bare,
                    RunKind::Kept => true,
                    RunKind::Page(_) => choice.removed.binary_search(&place).is_err(),
                };
                let kept = KeptItem { footprint: run.footprint, parent: *number, branch: NONE };
                items.extend(is_kept.then_some(kept));
            }
        }
        items.extend(choice.records.iter().map(|record| {
            let leaf = &tree.leaves[*record as usize];
            KeptItem { footprint: leaf.footprint(), parent: leaf.parent, branch: NONE }
        }));
        // Lines and the first line begin at one byte; a stable sort leaves them in order.
        items.sort_by_key(|kept| kept.footprint.start);
        items
    }
}

/// Ends a branch after its last kept item.
fn end(ranges: &mut Ranges, branch: &Branch, last: Option<Footprint>) {
    let kept = match (last, branch.kind) {
        (None, _) => branch.inside(),
        (Some(last), BranchKind::Lines) => last.next,
        (Some(last), _) => last.end,
    };
    ranges.keep_to(kept);
    ranges.leave_to(branch.items_end().max(kept));
}

/// The chosen records within a branch.
pub(super) fn records_of<'c>(branch: &Branch, chosen: &'c [u32]) -> &'c [u32] {
    let first = chosen.partition_point(|record| *record < branch.first_record);
    let rest = &chosen[first..];
    &rest[..rest.partition_point(|record| *record - branch.first_record < branch.records)]
}

fn keeps_bare(branch: &Branch, choice: &ChunkChoice<'_>) -> bool {
    match choice.bare {
        Bare::First => choice.records.binary_search(&branch.first_record).is_ok(),
        #[cfg(test)]
        Bare::Always => true,
        #[cfg(test)]
        Bare::Never => false,
    }
}
