//! Turns the items of a document, as they are met, into a [`DocumentTree`].
//!
//! A list or object is remembered only if it holds records or page keys. Where it holds none
//! it becomes a part of a run, so that memory grows with the records and what is around them.

use super::error::{SplitError, short_length};
use super::tree::{
    Branch, BranchKind, DocumentTree, Footprint, KeyUse, Leaf, NONE, PlainRun, RunKind,
};

/// What the last item of a branch became.
#[derive(Debug, Clone, Copy)]
enum Latest {
    /// There is no item yet.
    None,
    Leaf,
    Branch(u32),
    /// The last of the runs that are held.
    Run,
}

/// A list or object that has not ended yet.
struct OpenBranch {
    number: u32,
    kind: BranchKind,
    /// What the key before it is good for.
    key: KeyUse,
    from: u64,
    latest: Latest,
    items_end: u64,
    /// Whether an item is a record or an entry with records.
    has_entries: bool,
    /// Whether one of its own keys is a page key.
    has_page_keys: bool,
    last_field: u32,
    /// How many runs were held, and were in the tree, when it began.
    held_before: usize,
    runs_before: usize,
}

/// Builds a tree.
pub(super) struct Builder {
    tree: DocumentTree,
    open: Vec<OpenBranch>,
    /// Runs of the open branches. Whether they are needed is known when a branch ends.
    held: Vec<PlainRun>,
}

impl Builder {
    /// A builder of a tree with so many records.
    pub(super) fn new(records: usize) -> Builder {
        let leaves = Vec::with_capacity(records);
        let tree = DocumentTree { leaves, ..DocumentTree::default() };
        Builder { tree, open: Vec::new(), held: Vec::new() }
    }

    /// How many branches are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The kind of the innermost open branch, and whether it has no item yet.
    pub(super) fn innermost(&self) -> Option<(BranchKind, bool)> {
        self.open.last().map(|open| (open.kind, matches!(open.latest, Latest::None)))
    }

    pub(super) fn into_tree(mut self) -> DocumentTree {
        self.tree.branches.shrink_to_fit();
        self.tree.runs.shrink_to_fit();
        self.tree
    }

    /// Begins a branch.
    pub(super) fn open(
        &mut self,
        kind: BranchKind,
        key: KeyUse,
        (from, start): (u64, u64),
    ) -> Result<(), SplitError> {
        let number = number(self.tree.branches.len())?;
        self.tree.branches.push(Branch {
            kind,
            start,
            end: start,
            lead: short_length(from, start)?,
            tail: 0,
            foot: 0,
            parent: self.open.last().map_or(NONE, |parent| parent.number),
            first_record: number_of_leaves(&self.tree),
            records: 0,
            items: 0,
            is_field: false,
            separated: kind != BranchKind::Object,
            runs: 0..0,
            first_field: NONE,
            next_field: NONE,
        });
        self.open.push(OpenBranch {
            number,
            kind,
            key,
            from,
            latest: Latest::None,
            items_end: start,
            has_entries: false,
            has_page_keys: false,
            last_field: NONE,
            held_before: self.held.len(),
            runs_before: self.tree.runs.len(),
        });
        Ok(())
    }

    /// A record.
    pub(super) fn leaf(&mut self, from: u64, start: u64, end: u64) -> Result<(), SplitError> {
        let parent = self.open.last_mut();
        self.tree.leaves.push(Leaf {
            start,
            length: short_length(start, end)?,
            lead: short_length(from, start)?,
            tail: 0,
            parent: parent.as_ref().map_or(NONE, |parent| parent.number),
        });
        if let Some(parent) = parent {
            (parent.latest, parent.items_end, parent.has_entries) = (Latest::Leaf, end, true);
            self.tree.branches[parent.number as usize].items += 1;
        }
        Ok(())
    }

    /// An item without records.
    pub(super) fn plain(&mut self, key: KeyUse, from: u64, start: u64, end: u64) {
        let Some(parent) = self.open.last_mut() else { return };
        let kind = match (parent.kind, key) {
            (BranchKind::Object, KeyUse::Page(tag)) => RunKind::Page(tag),
            (BranchKind::Object, KeyUse::Field) => RunKind::Kept,
            _ => RunKind::Bare,
        };
        parent.has_page_keys |= matches!(kind, RunKind::Page(_));
        parent.items_end = end;
        let follows = matches!(parent.latest, Latest::Run) && !matches!(kind, RunKind::Page(_));
        parent.latest = Latest::Run;
        match self.held.last_mut().filter(|run| follows && run.kind == kind) {
            Some(run) => {
                (run.footprint.end, run.footprint.next) = (end, end);
                run.items = run.items.saturating_add(1);
            }
            None => {
                let footprint = Footprint { from, start, end, next: end };
                self.held.push(PlainRun { kind, footprint, items: 1 });
            }
        }
    }

    /// The comma of the last item has been passed.
    pub(super) fn separator(&mut self, next: u64) -> Result<(), SplitError> {
        let Some(parent) = self.open.last() else { return Ok(()) };
        let tail = short_length(parent.items_end, next)?;
        match parent.latest {
            Latest::None => {}
            Latest::Leaf => {
                if let Some(leaf) = self.tree.leaves.last_mut() {
                    leaf.tail = tail;
                }
            }
            Latest::Branch(number) => self.tree.branches[number as usize].tail = tail,
            Latest::Run => {
                if let Some(run) = self.held.last_mut() {
                    run.footprint.next = next;
                }
            }
        }
        Ok(())
    }

    /// The innermost branch has ended.
    pub(super) fn close(&mut self, end: u64) -> Result<(), SplitError> {
        let Some(own) = self.open.pop() else { return Ok(()) };
        let leaves = number_of_leaves(&self.tree);
        let branch = &mut self.tree.branches[own.number as usize];
        (branch.end, branch.records) = (end, leaves - branch.first_record);
        // The last line owns its line end.
        let foot_start = if own.kind == BranchKind::Lines { end } else { own.items_end };
        branch.foot = short_length(foot_start, end)?;
        branch.separated |= own.has_entries || own.has_page_keys;
        let (start, records) = (branch.start, branch.records);
        if records == 0 && !(matches!(own.key, KeyUse::Page(_)) && own.has_page_keys) {
            self.tree.branches.truncate(own.number as usize);
            self.tree.runs.truncate(own.runs_before);
            self.held.truncate(own.held_before);
            self.plain(own.key, own.from, start, end);
            return Ok(());
        }
        if branch.separated {
            let first = number(self.tree.runs.len())?;
            for mut run in self.held.drain(own.held_before..) {
                if own.kind == BranchKind::Object && !own.has_entries && run.kind == RunKind::Bare {
                    run.kind = RunKind::Kept;
                }
                if run.kind == RunKind::Bare {
                    branch.items = branch.items.saturating_add(run.items);
                }
                self.tree.runs.push(run);
            }
            branch.runs = first..number(self.tree.runs.len())?;
        } else {
            self.held.truncate(own.held_before);
        }
        self.attach(&own, end);
        Ok(())
    }

    /// Makes a branch that has ended an item of its parent.
    fn attach(&mut self, own: &OpenBranch, end: u64) {
        let Some(parent) = self.open.last_mut() else { return };
        (parent.latest, parent.items_end) = (Latest::Branch(own.number), end);
        if parent.kind != BranchKind::Object || own.key == KeyUse::Entry {
            parent.has_entries = true;
            self.tree.branches[parent.number as usize].items += 1;
            return;
        }
        self.tree.branches[own.number as usize].is_field = true;
        match std::mem::replace(&mut parent.last_field, own.number) {
            NONE => self.tree.branches[parent.number as usize].first_field = own.number,
            last => self.tree.branches[last as usize].next_field = own.number,
        }
    }
}

fn number(count: usize) -> Result<u32, SplitError> {
    u32::try_from(count).ok().filter(|number| *number < NONE).ok_or(SplitError::TooMany)
}

/// Never too many: there are as many as beginnings, which were counted.
fn number_of_leaves(tree: &DocumentTree) -> u32 {
    tree.leaves.len() as u32
}
