//! Keys become fields.
//!
//! Records of one file repeat their keys in one order, so each key remembers
//! which came after it, and a lookup is a comparison as a rule.

use super::Layout;
use super::escapes::unescape;
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;
use std::collections::HashMap;

/// How deep objects within a record are looked into.
pub(in crate::read) const NESTED: usize = 3;

/// The longest key that can stand for a field, in bytes as written.
const LONGEST_KEY: usize = 256;

/// How well a key stands for its field; the lowest that a record has counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Rank {
    /// The user named it, letter for letter.
    Named,
    /// The user named it, but for case and joints.
    NamedAlike,
    /// Its own name says so.
    Known,
    /// The record has no such key.
    Absent,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Target {
    /// The field.
    pub(in crate::read) field: Field,
    /// How well.
    pub(in crate::read) rank: Rank,
}

/// A key that was met, at its place in the record.
#[derive(Debug)]
struct Node<'a> {
    parent: usize,
    /// The key as written, without its quotes.
    written: &'a [u8],
    target: Option<Target>,
    /// Whether it had a value of its own, and not only keys below it.
    leaf: bool,
    /// The key that came first below this one the last time.
    first: usize,
    /// The key that came after this one the last time.
    next: usize,
}

/// The keys met so far. Node 0 is the record itself.
#[derive(Debug)]
pub(in crate::read) struct Keys<'a> {
    layout: &'a Layout,
    nodes: Vec<Node<'a>>,
    places: HashMap<(usize, &'a [u8]), usize>,
}

/// The node of the record itself.
pub(in crate::read) const RECORD: usize = 0;

impl<'a> Keys<'a> {
    /// No keys yet.
    pub(in crate::read) fn new(layout: &'a Layout) -> Keys<'a> {
        let record =
            Node { parent: RECORD, written: b"", target: None, leaf: false, first: 0, next: 0 };
        Keys { layout, nodes: vec![record], places: HashMap::new() }
    }

    /// The node of a key below `parent`. `last` is the node of the key before
    /// it, or `parent` if it is the first.
    #[inline]
    pub(in crate::read) fn find(&mut self, parent: usize, last: usize, written: &'a [u8]) -> usize {
        let before = self.nodes.get(last);
        let guess = before.map_or(0, |node| if last == parent { node.first } else { node.next });
        match self.nodes.get(guess) {
            Some(node) if guess != RECORD && node.parent == parent && node.written == written => {
                guess
            }
            _ => self.search(parent, last, written),
        }
    }

    fn search(&mut self, parent: usize, last: usize, written: &'a [u8]) -> usize {
        let place = match self.places.get(&(parent, written)) {
            Some(place) => *place,
            None => self.add(parent, written),
        };
        if let Some(before) = self.nodes.get_mut(last) {
            let guess = if last == parent { &mut before.first } else { &mut before.next };
            *guess = place;
        }
        place
    }

    fn add(&mut self, parent: usize, written: &'a [u8]) -> usize {
        let place = self.nodes.len();
        let mut node = Node { parent, written, target: None, leaf: false, first: 0, next: 0 };
        node.target = self.path(&node).and_then(|path| target(self.layout, &path));
        self.nodes.push(node);
        self.places.insert((parent, written), place);
        place
    }

    /// What the key at this node stands for.
    #[inline]
    pub(in crate::read) fn target(&self, node: usize) -> Option<Target> {
        self.nodes.get(node).and_then(|node| node.target)
    }

    /// Whether keys below this one can stand for something.
    pub(in crate::read) fn speaks(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.written.len() <= LONGEST_KEY)
    }

    /// Notes that the key at this node has a value of its own.
    #[inline]
    pub(in crate::read) fn mark(&mut self, node: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.leaf = true;
        }
    }

    /// The keys with values, in the order in which they were met: `user.id`.
    pub(in crate::read) fn names(&self) -> impl Iterator<Item = String> {
        self.nodes.iter().filter(|node| node.leaf).filter_map(|node| self.path(node))
    }

    /// What to tell of a record in which the keys at two nodes, or one key twice,
    /// say different things of a field.
    #[cold]
    pub(in crate::read) fn clash(&self, field: Field, first: usize, second: usize) -> String {
        let field = field.name();
        let name = |node: usize| {
            let path = self.nodes.get(node).and_then(|node| self.path(node));
            shortened(&path.unwrap_or_default())
        };
        if first == second {
            return format!(
                "a record has the key `{}` twice, with two values; the first counts",
                name(first)
            );
        }
        format!(
            "the keys `{}` and `{}` could each be the {field}; of a record that has both the \
             first counts (--map '{field}=KEY' decides)",
            name(first),
            name(second)
        )
    }

    /// The keys of the outermost object, in the same order.
    pub(in crate::read) fn outermost(&self) -> Vec<String> {
        let outer = self.nodes.iter().skip(1).filter(|node| node.parent == RECORD);
        outer.filter_map(|node| name(node.written)).collect()
    }

    /// A key with those it stands below; `None` if one of them is no text.
    fn path(&self, node: &Node<'a>) -> Option<String> {
        let mut parts = Vec::with_capacity(NESTED + 1);
        parts.push(name(node.written)?);
        let mut parent = node.parent;
        while parent != RECORD {
            let above = self.nodes.get(parent)?;
            parts.push(name(above.written)?);
            parent = above.parent;
        }
        parts.reverse();
        Some(parts.join("."))
    }
}

/// A key that fits in a line.
pub(super) fn shortened(key: &str) -> String {
    let mut letters = key.chars();
    let mut start: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}

/// What a key as written says; `None` if that is no text or far too much.
pub(in crate::read) fn name(written: &[u8]) -> Option<String> {
    let mut said = Vec::new();
    let whole = written.len() <= LONGEST_KEY && unescape(written, &mut said);
    if whole { String::from_utf8(said).ok() } else { None }
}

/// What a key of this name stands for.
fn target(layout: &Layout, path: &str) -> Option<Target> {
    let named = layout.mapped.iter().find(|(_, name)| name == path);
    if let Some((field, _)) = named {
        return Some(Target { field: *field, rank: Rank::Named });
    }
    let folded = fold_name(path);
    let alike = layout.mapped.iter().find(|(_, name)| fold_name(name) == folded);
    if let Some((field, _)) = alike {
        return Some(Target { field: *field, rank: Rank::NamedAlike });
    }
    let role = layout.role.unwrap_or(Role::Batch);
    Field::of_column(path, role).map(|field| Target { field, rank: Rank::Known })
}

#[cfg(test)]
mod tests {
    use super::{Keys, RECORD, Rank, Target};
    use crate::model::row::Field;
    use crate::read::json::Layout;

    #[test]
    fn keys_are_found_again_whatever_their_order() {
        let layout = Layout::default();
        let mut keys = Keys::new(&layout);
        let user = keys.find(RECORD, RECORD, b"user");
        let id = keys.find(user, user, b"id");
        let start = keys.find(RECORD, user, b"start");
        assert_eq!(keys.find(RECORD, RECORD, b"start"), start);
        assert_eq!(keys.find(RECORD, start, b"user"), user);
        assert_eq!(keys.find(user, user, b"id"), id);
        assert_eq!(keys.find(RECORD, RECORD, b"user"), user);
        assert_ne!(keys.find(RECORD, RECORD, b"id"), id);
        let known = |field| Some(Target { field, rank: Rank::Known });
        assert_eq!(keys.target(id), known(Field::Agent));
        assert_eq!(keys.target(start), known(Field::Start));
    }

    #[test]
    fn a_name_the_user_gave_overrules() {
        let mapped = vec![(Field::Agent, "Owner".to_owned()), (Field::Zone, "id".to_owned())];
        let layout = Layout { mapped, ..Layout::default() };
        let mut keys = Keys::new(&layout);
        for (written, expected) in [
            (&b"Owner"[..], Some((Field::Agent, Rank::Named))),
            (b"\\u004fwner", Some((Field::Agent, Rank::Named))),
            (b"owner", Some((Field::Agent, Rank::NamedAlike))),
            (b"agentId", Some((Field::Agent, Rank::Known))),
            (b"id", Some((Field::Zone, Rank::Named))),
            (b"agent\xff", None),
            (b"agent\\ud800", None),
            (b"colour", None),
        ] {
            let node = keys.find(RECORD, RECORD, written);
            let found = keys.target(node).map(|target| (target.field, target.rank));
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(written));
        }
    }

    #[test]
    fn a_key_without_end_stands_for_nothing() {
        let layout = Layout::default();
        let mut keys = Keys::new(&layout);
        let long = format!("agent{}", "_".repeat(300));
        let node = keys.find(RECORD, RECORD, long.as_bytes());
        assert_eq!(keys.target(node), None);
        assert!(!keys.speaks(node));
    }
}
