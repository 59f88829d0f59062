//! Turns the page keys of an envelope into those of a chunk.
//!
//! A chunk is an answer of one page: its counts are those of its own records, and nothing
//! comes before or after it.

use super::choose::{Chosen, records_of};
use super::copy::Edit;
use super::document::DocumentOutline;
use super::outline::ChunkChoice;
use super::tree::{Branch, DocumentTree, KeyUse, PlainRun, RunKind};
use super::window::ReadAt;
use std::io;

/// What happens to a page key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageRule {
    /// Becomes the number of items in the chunk.
    Count,
    /// Becomes 1, where it was more.
    One,
    /// Becomes false, where it was true.
    False,
    /// Becomes true, where it was false.
    True,
    /// Is removed, where it leads to a page.
    Removed,
    /// Stays; what is in it may change.
    Object,
}

/// The page keys, in lower case without other bytes than letters and digits. The size of a page
/// is not one of them: it is a limit, and holds for a chunk too.
const PAGE_KEYS: [(&str, PageRule); 47] = [
    ("total", PageRule::Count),
    ("totalcount", PageRule::Count),
    ("totalresults", PageRule::Count),
    ("totalelements", PageRule::Count),
    ("totalitems", PageRule::Count),
    ("totalrecords", PageRule::Count),
    ("totalhits", PageRule::Count),
    ("count", PageRule::Count),
    ("odatacount", PageRule::Count),
    ("resultcount", PageRule::Count),
    ("returnedcount", PageRule::Count),
    ("numberofelements", PageRule::Count),
    ("pagecount", PageRule::One),
    ("totalpages", PageRule::One),
    ("pages", PageRule::One),
    ("pagenumber", PageRule::One),
    ("pageindex", PageRule::One),
    ("currentpage", PageRule::One),
    ("page", PageRule::One),
    ("hasmore", PageRule::False),
    ("hasnext", PageRule::False),
    ("hasnextpage", PageRule::False),
    ("morerecords", PageRule::False),
    ("truncated", PageRule::False),
    ("istruncated", PageRule::False),
    ("done", PageRule::True),
    ("islast", PageRule::True),
    ("islastpage", PageRule::True),
    ("next", PageRule::Removed),
    ("nexturi", PageRule::Removed),
    ("nexturl", PageRule::Removed),
    ("nextlink", PageRule::Removed),
    ("nextpage", PageRule::Removed),
    ("nextpagetoken", PageRule::Removed),
    ("nexttoken", PageRule::Removed),
    ("nextcursor", PageRule::Removed),
    ("continuationtoken", PageRule::Removed),
    ("odatanextlink", PageRule::Removed),
    ("odatadeltalink", PageRule::Removed),
    ("previous", PageRule::Removed),
    ("previousuri", PageRule::Removed),
    ("previouspage", PageRule::Removed),
    ("lasturi", PageRule::Removed),
    ("paging", PageRule::Object),
    ("pagination", PageRule::Object),
    ("links", PageRule::Object),
    ("meta", PageRule::Object),
];

/// The longest of the page keys, in bytes.
const LONGEST_PAGE_KEY: usize = 17;

/// What a key is good for, if it is a page key.
#[must_use]
pub fn page_key(key: &[u8]) -> Option<KeyUse> {
    let mut folded = [0; LONGEST_PAGE_KEY];
    let mut length = 0;
    for byte in key.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
        *folded.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let folded = folded.get(..length)?;
    let number = PAGE_KEYS.iter().position(|(name, _)| name.as_bytes() == folded)?;
    u8::try_from(number).ok().map(KeyUse::Page)
}

/// What changes in the envelope of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRewriting {
    /// For [`ChunkChoice::edits`].
    pub edits: Vec<Edit>,
    /// For [`ChunkChoice::removed`].
    pub removed: Vec<u32>,
    /// The same, to be listed.
    pub changes: Vec<PageChange>,
}

/// A page key that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChange {
    /// The key, as it is written.
    pub key: String,
    /// Where its value begins.
    pub at: u64,
    /// The value in the input.
    pub old: String,
    /// The value in the chunk; `None` if the key is removed.
    pub new: Option<String>,
}

/// Adapts the page keys to a chunk with these records.
///
/// Within list elements and entries only a count changes, and only where it was the number of
/// items or records there: another number can mean anything.
///
/// # Errors
/// When the input cannot be read, or the records are not in ascending order.
pub fn rewrite_pages(
    outline: &DocumentOutline,
    source: &dyn ReadAt,
    choice: &ChunkChoice<'_>,
) -> io::Result<PageRewriting> {
    choice.check(outline.tree.leaves.len() as u32, true)?;
    let tree = &outline.tree;
    let chosen = Chosen::of(tree, choice);
    let mut rewriting = PageRewriting::default();
    for number in chosen.branches() {
        let branch = &tree.branches[*number as usize];
        for (run, place) in tree.runs_of(branch).iter().zip(branch.runs.start..) {
            let RunKind::Page(tag) = run.kind else { continue };
            let Some((_, rule)) = PAGE_KEYS.get(usize::from(tag)) else { continue };
            let old = value_text(source, run)?;
            let counts = || PageCounts::of(tree, &chosen, choice, *number);
            let is_within = is_within_item(tree, branch);
            let Some(new) = new_value(*rule, &old, is_within, counts) else { continue };
            match &new {
                Some(new) => rewriting.edits.push(Edit {
                    range: run.footprint.start..run.footprint.end,
                    bytes: new.clone().into_bytes(),
                }),
                None => rewriting.removed.push(place),
            }
            let (key, at) = (key_text(source, run)?, run.footprint.start);
            rewriting.changes.push(PageChange { key, at, old, new });
        }
    }
    rewriting.removed.sort_unstable();
    rewriting.changes.sort_by_key(|change| change.at);
    Ok(rewriting)
}

/// What a count can be the number of, in the input and in the chunk.
struct PageCounts {
    items: u64,
    items_kept: u64,
    records: u64,
    records_kept: u64,
}

impl PageCounts {
    /// The numbers of the lists in an object, or of those beside it if it has none.
    fn of(
        tree: &DocumentTree,
        chosen: &Chosen,
        choice: &ChunkChoice<'_>,
        number: u32,
    ) -> PageCounts {
        let (mut number, mut object) = (number, &tree.branches[number as usize]);
        while let Some(around) = tree.branches.get(object.parent as usize) {
            if object.records > 0 {
                break;
            }
            (number, object) = (object.parent, around);
        }
        let mut counts = PageCounts {
            items: u64::from(object.items),
            items_kept: chosen.items(tree, choice, number),
            records: u64::from(object.records),
            records_kept: records_of(object, choice.records).len() as u64,
        };
        let mut field = object.first_field;
        while let Some(list) = tree.branches.get(field as usize) {
            counts.items += u64::from(list.items);
            counts.items_kept += chosen.items(tree, choice, field);
            field = list.next_field;
        }
        if counts.items == 0 {
            (counts.items, counts.items_kept) = (counts.records, counts.records_kept);
        }
        counts
    }
}

/// The value of a page key in the chunk: `None` if it stays, `Some(None)` if the key goes.
fn new_value(
    rule: PageRule,
    old: &str,
    is_within: bool,
    counts: impl Fn() -> PageCounts,
) -> Option<Option<String>> {
    if is_within && rule != PageRule::Count {
        return None;
    }
    let digits = old.trim_matches('"');
    let new = match rule {
        PageRule::Object => return None,
        PageRule::Removed => {
            let is_filled = !matches!(old, "null" | "\"\"" | "false");
            return is_filled.then_some(None);
        }
        PageRule::False => (old == "true").then(|| "false".to_owned())?,
        PageRule::True => (old == "false").then(|| "true".to_owned())?,
        PageRule::One => (digits.parse::<u64>().ok()? > 1).then(|| old.replace(digits, "1"))?,
        PageRule::Count => {
            let (value, counts) = (digits.parse::<u64>().ok()?, counts());
            let kept = if value == counts.items {
                counts.items_kept
            } else if value == counts.records {
                counts.records_kept
            } else if is_within {
                return None;
            } else {
                counts.items_kept
            };
            old.replace(digits, &kept.to_string())
        }
    };
    (new != old).then_some(Some(new))
}

/// Whether an object is in an element of a list or an entry of a map.
fn is_within_item(tree: &DocumentTree, object: &Branch) -> bool {
    let mut own = object;
    while let Some(parent) = tree.branches.get(own.parent as usize) {
        if !own.is_field {
            return true;
        }
        own = parent;
    }
    false
}

/// The value of a page key; the first bytes of a long one.
fn value_text(source: &dyn ReadAt, run: &PlainRun) -> io::Result<String> {
    let length = (run.footprint.end - run.footprint.start).min(1 << 12);
    text(source, run.footprint.start, length)
}

/// A page key, without what is around it.
fn key_text(source: &dyn ReadAt, run: &PlainRun) -> io::Result<String> {
    let before = text(source, run.footprint.from, run.footprint.start - run.footprint.from)?;
    let key = before.trim_end().trim_end_matches(':').trim();
    Ok(key.trim_matches('"').to_owned())
}

fn text(source: &dyn ReadAt, from: u64, length: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    source.read(from, usize::try_from(length).unwrap_or(0), &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
