//! Holds the records of a document, and the lists and objects around them, by their bytes.

use std::ops::Range;

/// Stands for "none" where a number of a branch is expected.
pub(super) const NONE: u32 = u32::MAX;

/// What the value of a key is good for. Keys within records are not asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// A name of the format: `shifts`, `timeZone`. It is in every chunk that its object is
    /// in, with an empty list where none of its records is chosen.
    Field,
    /// Names what the value is about, as an id of an agent does in a map. It is only in chunks
    /// with a record of it.
    Entry,
    /// Its value may have to change from chunk to chunk: `total`, `nextUri`, or an object with
    /// such keys, `paging`. The number says which key it is.
    Page(u8),
}

/// The bytes of an item of a list or object, with those that go when it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Footprint {
    /// After the comma or bracket before it.
    pub(super) from: u64,
    /// Where its value begins; in an object, its key is before that.
    pub(super) start: u64,
    pub(super) end: u64,
    /// After its comma, or its end if it has none. Of a line, after its line end.
    pub(super) next: u64,
}

/// A record.
///
/// 24 bytes, because a document can have millions: lengths instead of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) start: u64,
    pub(super) length: u32,
    /// The bytes of its footprint before it.
    pub(super) lead: u32,
    /// The bytes of its footprint after it.
    pub(super) tail: u32,
    /// The branch that it is an item of.
    pub(super) parent: u32,
}

impl Leaf {
    pub(super) fn footprint(&self) -> Footprint {
        let end = self.start + u64::from(self.length);
        Footprint {
            from: self.start - u64::from(self.lead),
            start: self.start,
            end,
            next: end + u64::from(self.tail),
        }
    }
}

const _: () = assert!(size_of::<Leaf>() == 24);

/// What a branch is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BranchKind {
    Array,
    Object,
    /// The lines of NDJSON.
    Lines,
}

/// A list or object that holds records at some depth, or page keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Branch {
    pub(super) kind: BranchKind,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) lead: u32,
    pub(super) tail: u32,
    /// The bytes after its last item: white space and a bracket.
    pub(super) foot: u32,
    pub(super) parent: u32,
    /// Its first record at any depth, and how many there are.
    pub(super) first_record: u32,
    pub(super) records: u32,
    /// How many items it has: elements of a list, entries and records of an object.
    pub(super) items: u32,
    /// Whether it is kept wherever its parent is.
    pub(super) is_field: bool,
    /// Whether items can be missing from a chunk. All of them are known then, as leaves,
    /// branches or runs. What is not known of another branch is always kept.
    pub(super) separated: bool,
    /// Its runs, if it is separated.
    pub(super) runs: Range<u32>,
    /// The first of the branches that are kept wherever this one is.
    pub(super) first_field: u32,
    /// The next such branch of its own parent.
    pub(super) next_field: u32,
}

impl Branch {
    pub(super) fn footprint(&self) -> Footprint {
        Footprint {
            from: self.start - u64::from(self.lead),
            start: self.start,
            end: self.end,
            next: self.end + u64::from(self.tail),
        }
    }

    /// Where its items begin.
    pub(super) fn inside(&self) -> u64 {
        self.start + u64::from(self.kind != BranchKind::Lines)
    }

    /// Where its last item ends.
    pub(super) fn items_end(&self) -> u64 {
        self.end - u64::from(self.foot)
    }
}

/// Why a run is in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunKind {
    /// Elements, entries or lines without records.
    Bare,
    /// Keys of an object, which belong to the envelope.
    Kept,
    /// One key whose value may have to change.
    Page(u8),
}

/// Successive items without records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainRun {
    pub(super) kind: RunKind,
    pub(super) footprint: Footprint,
    /// How many they are.
    pub(super) items: u32,
}

/// The records of a document and what is around them. Branches are in the order in which they
/// begin; the first is the outermost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct DocumentTree {
    pub(super) leaves: Vec<Leaf>,
    pub(super) branches: Vec<Branch>,
    pub(super) runs: Vec<PlainRun>,
}

impl DocumentTree {
    /// The runs of a branch.
    pub(super) fn runs_of(&self, branch: &Branch) -> &[PlainRun] {
        let range = branch.runs.start as usize..branch.runs.end as usize;
        self.runs.get(range).unwrap_or_default()
    }
}
