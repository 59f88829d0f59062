//! Maps the keys of records to fields.
//!
//! Records of one file repeat their keys in one order. So each key remembers which key came
//! after it, and most lookups are one comparison.

use super::absences;
use super::class::{self, Class};
use super::escapes::unescape;
use super::naming::{self, MoreValue};
use super::{Layout, ValueType};
use crate::model::conventions::LengthUnit;
use crate::model::observation::KeyFacts;
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;
use crate::read::length_parts::unit_of;
use crate::read::names::{Aside, key_aside, meaning, names_break};
use crate::read::survey::sample;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// How deep objects within a record are looked into.
pub(in crate::read) const NESTED: usize = 3;

/// How many values of a key of an unknown name are compared with the agents, of each
/// piece of a file.
const LOOKS: u8 = 12;

/// The longest key that can be a field, in bytes as written.
const LONGEST_KEY: usize = 256;

/// How well a key fits its field; the lowest that a record has counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) struct Rank(u16);

impl Rank {
    /// The record has no such key.
    pub(in crate::read) const ABSENT: Rank = Rank(u16::MAX);
    /// Names that the user did not give begin here.
    const KNOWN: u16 = 1 << 9;

    /// The user named the key, letter for letter: the place among such names.
    pub(in crate::read) const fn named(place: u8) -> Rank {
        Rank(place as u16)
    }

    /// The user named the key, apart from case and joints.
    pub(in crate::read) const fn named_alike(place: u8) -> Rank {
        Rank(1 << 8 | place as u16)
    }

    /// Its own name says so, and how well.
    pub(in crate::read) const fn known(rank: u8) -> Rank {
        Rank(Rank::KNOWN | rank as u16)
    }

    /// Whether the user named the key.
    pub(in crate::read) const fn is_named(self) -> bool {
        self.0 < Rank::KNOWN
    }
}

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct FieldTarget {
    /// The field.
    pub(in crate::read) field: Field,
    /// How well.
    pub(in crate::read) rank: Rank,
}

/// What the names of a key and of those above it say.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct KeyMeaning {
    /// Its field.
    pub(in crate::read) target: Option<FieldTarget>,
    /// What its name says about a list or an object under it.
    pub(in crate::read) class: Class,
    /// Whether it is in an object within the record that is called time off.
    pub(in crate::read) in_time_off: bool,
    /// Whether its value is never needed, so that it is not examined.
    pub(in crate::read) idle: bool,
    /// What it makes of a record beyond what it shows, if it is filled.
    pub(in crate::read) more: Option<(&'static str, MoreValue)>,
    /// What its value may say beside what is read of the record.
    pub(in crate::read) aside: Option<Aside>,
    /// Whether it says that of the record also if it is in an object within.
    pub(in crate::read) within: bool,
    /// Whether its name leaves it open that its value is an agent.
    pub(in crate::read) open: bool,
    /// Whether it is one for people, so that a number may be an agent.
    pub(in crate::read) of_people: bool,
    /// The unit of the length that it says by its name.
    pub(in crate::read) unit: Option<LengthUnit>,
    /// Whether it holds how long the breaks of a shift are, and in which unit.
    pub(in crate::read) rest: Option<Option<LengthUnit>>,
    /// Whether a list of it is of the days of the week of its record, and if so, whether numbers
    /// are such days.
    pub(in crate::read) weekdays: Option<bool>,
    /// What its value is in every document of its format.
    pub(in crate::read) value_type: Option<ValueType>,
    /// Whether only time off has it, in its format.
    pub(in crate::read) of_time_off: bool,
}

impl KeyMeaning {
    fn of(layout: &Layout, path: &str, name: Option<&str>) -> KeyMeaning {
        let target = target(layout, path);
        let role = layout.role.unwrap_or(Role::Batch);
        let class = name.map_or(Class::Plain, |name| Class::in_role(name, role));
        let above = path.rsplit_once('.').map_or("", |(above, _)| above);
        let in_time_off = Class::of(above) == Class::TimeOff;
        let idle = target.is_none() && naming::is_bookkeeping(path);
        let more = if target.is_none() { naming::more(path, role) } else { None };
        let speaks = matches!(class, Class::Plain | Class::People);
        let open = target.is_none() && !idle && speaks && role.claims_time();
        let aside = if open { key_aside(path, role) } else { None };
        let unnamed = target.is_none() && !idle && aside.is_none();
        let absent = unnamed && absences::is_absence_key(path, role);
        let aside = if absent { Some(Aside::Absence) } else { aside };
        let within = aside.is_some_and(|aside| counts_within(path, aside));
        let told = idle || more.is_some() || within || aside == Some(Aside::Cover);
        let open =
            !told && target.is_none_or(|target| matches!(target.field, Field::Team | Field::Agent));
        let open = open && naming::may_name_agents(path, role);
        let of_people = open && naming::is_of_people(path);
        let rest = target.is_none() && !idle && !role.lists_absences() && names_break(path);
        let value_type = name.and_then(|name| layout.vendor.type_of(name));
        let of_time_off = name.is_some_and(|name| layout.vendor.time_off.contains(&name));
        KeyMeaning {
            target,
            class,
            in_time_off,
            idle,
            more,
            aside,
            within,
            open,
            of_people,
            unit: if idle { None } else { unit_of(&meaning(path, role)) },
            rest: rest.then(|| meaning(path, role).unit),
            weekdays: naming::lists_weekdays(path),
            value_type,
            of_time_off,
        }
    }
}

/// Whether a key of an object within a record says something of the record: an end does if
/// the object is named for it.
fn counts_within(path: &str, aside: Aside) -> bool {
    let bounds = matches!(aside, Aside::Start | Aside::End | Aside::Through);
    matches!(aside, Aside::Cover | Aside::Absence) || bounds && naming::is_later_end(path)
}

/// What keys were found to mean, by their path within a record: the words of a name are
/// examined once for a file, and not in each of its blocks.
#[derive(Debug, Default)]
pub(in crate::read) struct Meanings(RwLock<HashMap<String, KeyMeaning>>);

impl Clone for Meanings {
    /// What a key means depends on the layout that this is a part of.
    fn clone(&self) -> Meanings {
        Meanings::default()
    }
}

impl Meanings {
    /// How many are remembered. Keys can be names of people or days, without end.
    const MOST: usize = 4096;

    fn get(&self, path: &str, find: impl FnOnce() -> KeyMeaning) -> KeyMeaning {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        known.unwrap_or_else(|| {
            let meaning = find();
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() < Meanings::MOST {
                known.insert(path.to_owned(), meaning);
            }
            meaning
        })
    }
}

/// A key that was met, at its place in the record.
#[derive(Debug)]
struct Node {
    parent: usize,
    /// The key as written, without its quotes.
    written: Box<[u8]>,
    meaning: KeyMeaning,
    /// How often it had a value of its own, and not only keys below it.
    values: u64,
    /// How many more of its values are compared with the agents.
    looks: u8,
    /// How often in records that name no agent.
    agentless: u64,
    /// How often it named the agent.
    agents: u64,
    /// What begins at this byte was the first whose agent it named.
    first_agent: Option<usize>,
    samples: Vec<String>,
    /// The key that came first below this one the last time.
    first: usize,
    /// The key that came after this one the last time.
    next: usize,
}

/// The keys met so far. Node 0 is the record itself.
#[derive(Debug)]
pub(in crate::read) struct KeyTree<'a> {
    layout: &'a Layout,
    nodes: Vec<Node>,
    /// The nodes below each node, by their keys.
    places: HashMap<usize, HashMap<Box<[u8]>, usize>>,
    /// How many values of a key are kept, to show them.
    samples: usize,
}

/// The node of the record itself.
pub(in crate::read) const RECORD: usize = 0;

/// A separator between a list and the keys of its elements, or between an object and
/// its keys where it is a record of its own: what is above does not belong to
/// their names. No key of JSON can be written so.
const ROOT: &[u8] = b"\0";

impl<'a> KeyTree<'a> {
    /// No keys yet; of each, this many values are kept, to show them.
    pub(in crate::read) fn new(layout: &'a Layout, samples: usize) -> KeyTree<'a> {
        KeyTree { layout, nodes: vec![Node::new(RECORD, b"")], places: HashMap::new(), samples }
    }

    /// How many keys were met.
    pub(in crate::read) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node of a key below `parent`. `last` is the node of the key before
    /// it, or `parent` if it is the first.
    #[inline(always)]
    pub(in crate::read) fn find(&mut self, parent: usize, last: usize, written: &[u8]) -> usize {
        let before = self.nodes.get(last);
        let guess = before.map_or(0, |node| if last == parent { node.first } else { node.next });
        match self.nodes.get(guess) {
            Some(node) if guess != RECORD && node.parent == parent && *node.written == *written => {
                guess
            }
            _ => self.search(parent, last, written),
        }
    }

    #[inline(never)]
    fn search(&mut self, parent: usize, last: usize, written: &[u8]) -> usize {
        let place = match self.places.get(&parent).and_then(|below| below.get(written)) {
            Some(place) => *place,
            None => self.add(parent, written),
        };
        if let Some(before) = self.nodes.get_mut(last) {
            let guess = if last == parent { &mut before.first } else { &mut before.next };
            *guess = place;
        }
        place
    }

    fn add(&mut self, parent: usize, written: &[u8]) -> usize {
        let place = self.nodes.len();
        let mut node = Node::new(parent, written);
        if let (Some(path), true) = (self.path_below_root(&node), written != ROOT) {
            let find = || KeyMeaning::of(self.layout, &path, name(written).as_deref());
            node.meaning = self.layout.meanings.get(&path, find);
        }
        self.nodes.push(node);
        self.places.entry(parent).or_default().insert(written.into(), place);
        place
    }

    /// The node that the keys of a record below this one are found under.
    pub(in crate::read) fn root_below(&mut self, node: usize) -> usize {
        self.find(node, node, ROOT)
    }

    /// What the key at this node means.
    #[inline]
    pub(in crate::read) fn meaning(&self, node: usize) -> KeyMeaning {
        self.nodes.get(node).map(|node| node.meaning).unwrap_or_default()
    }

    /// What the name of the key says about a list or an object under it.
    pub(in crate::read) fn class(&self, node: usize) -> Class {
        self.meaning(node).class
    }

    /// Whether the value of the key within a record may be its parts.
    pub(in crate::read) fn may_hold_parts(&self, node: usize) -> bool {
        self.last_name(node).is_some_and(|name| class::may_name_parts(&name))
    }

    /// Whether two keys are of one object within the record, which names one person.
    pub(in crate::read) fn are_of_one(&self, node: usize, other: usize) -> bool {
        let [of, other] = [node, other].map(|node| self.trail(node, RECORD));
        of.len() > 1 && of.split_last().map(|(_, of)| of) == other.split_last().map(|(_, of)| of)
    }

    /// Whether days under the key are days off.
    pub(in crate::read) fn lists_days_off(&self, node: usize) -> bool {
        self.last_name(node).is_some_and(|name| class::lists_days_off(&name))
    }

    /// Whether the name of the key is that of time off, and of nothing about it.
    pub(in crate::read) fn is_time_off(&self, node: usize) -> bool {
        self.class(node) == Class::TimeOff
            && self.last_name(node).is_some_and(|name| class::is_time_off_alone(&name))
    }

    /// Whether keys below this one can mean something.
    pub(in crate::read) fn speaks(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.written.len() <= LONGEST_KEY)
    }

    /// Counts a value of the key at this node; what the key means, and whether the
    /// value would be kept, to show it.
    #[inline]
    pub(in crate::read) fn count(&mut self, node: usize) -> (KeyMeaning, bool) {
        let Some(node) = self.nodes.get_mut(node) else { return Default::default() };
        node.values += 1;
        (node.meaning, node.samples.len() < self.samples)
    }

    /// Counts a value of the key that is compared with the agents.
    #[cold]
    pub(in crate::read) fn note_look(&mut self, node: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.looks = node.looks.saturating_sub(1);
            node.meaning.open &= node.looks > 0;
        }
    }

    /// Keeps a value of the key, to show it.
    #[cold]
    pub(in crate::read) fn sample(&mut self, node: usize, value: &[u8]) {
        if let Some(node) = self.nodes.get_mut(node)
            && !value.trim_ascii().is_empty()
            && value != b"null"
        {
            node.samples.push(sample(value.trim_ascii()));
        }
    }

    /// Notes that the key at this node names the agent of what begins at a byte.
    #[inline]
    pub(in crate::read) fn note_agent(&mut self, node: usize, at: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.first_agent.get_or_insert(at);
            node.agents += 1;
        }
    }

    /// Notes that a record with values under these keys names no agent.
    #[cold]
    pub(in crate::read) fn note_agentless(&mut self, paths: &[String]) {
        for place in 1..self.nodes.len() {
            if self.path(place).is_some_and(|path| paths.contains(&path)) {
                self.nodes.get_mut(place).into_iter().for_each(|node| node.agentless += 1);
            }
        }
    }

    /// What is known of the keys with values, in the order in which they were met.
    pub(in crate::read) fn facts(&self) -> Vec<KeyFacts> {
        let leaves = self.nodes.iter().filter(|node| node.values > 0);
        let facts = leaves.zip(0..).filter_map(|(node, number)| {
            let (path, name) = (self.path_of(node)?, self.path_below_root(node)?);
            let Node { values, agentless, agents, .. } = *node;
            let first_agent = node.first_agent.map(|at| at as u64);
            let samples = node.samples.iter().map(|sample| (0, sample.clone())).collect();
            let first = (0, number);
            Some(KeyFacts { path, name, values, agentless, agents, first_agent, samples, first })
        });
        facts.collect()
    }

    /// A key by itself.
    pub(in crate::read) fn last_name(&self, node: usize) -> Option<String> {
        self.nodes.get(node).and_then(|node| name(&node.written))
    }

    /// The keys from below a root to a node, without the root's own.
    pub(in crate::read) fn trail(&self, mut node: usize, root: usize) -> Vec<String> {
        let mut keys = Vec::new();
        while node != root && node != RECORD {
            let Some(known) = self.nodes.get(node) else { break };
            if *known.written != *ROOT {
                keys.extend(name(&known.written));
            }
            node = known.parent;
        }
        keys.reverse();
        keys
    }

    /// Whether a node is a key of the object at another, and not of one within.
    pub(in crate::read) fn is_key_of(&self, node: usize, object: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.parent == object)
    }

    /// Whether a node is below another within one record.
    pub(in crate::read) fn is_below(&self, mut node: usize, above: usize) -> bool {
        while let Some(known) = self.nodes.get(node).filter(|known| *known.written != *ROOT) {
            if node == RECORD {
                return false;
            }
            node = known.parent;
            if node == above {
                return true;
            }
        }
        false
    }

    /// Whether the key at this node says when a record begins.
    pub(in crate::read) fn is_of_time(&self, node: usize) -> bool {
        const TIMES: [Field; 4] = [Field::Start, Field::StartDate, Field::Date, Field::Times];
        self.meaning(node).target.is_some_and(|target| TIMES.contains(&target.field))
    }

    /// A key with those above it: `user.id`.
    pub(in crate::read) fn path(&self, node: usize) -> Option<String> {
        self.nodes.get(node).and_then(|node| self.path_of(node))
    }

    /// A path within a record whose keys are found under a node.
    pub(in crate::read) fn path_below(&self, root: usize, path: &str) -> String {
        let above = self.nodes.get(root).map_or(RECORD, |node| node.parent);
        match self.path(above).filter(|_| root != RECORD) {
            Some(above) => format!("{above}.{path}"),
            None => path.to_owned(),
        }
    }

    /// A key with all those above it; `None` if one of them is not text.
    fn path_of(&self, node: &Node) -> Option<String> {
        self.joined(node, |above| above == ROOT, |_| false)
    }

    /// A key with those above it within its record.
    fn path_below_root(&self, node: &Node) -> Option<String> {
        self.joined(node, |_| false, |above| above == ROOT)
    }

    /// A key with those above it, up to the record or where it ends, without
    /// those that are skipped.
    fn joined(
        &self,
        node: &Node,
        left_out: impl Fn(&[u8]) -> bool,
        ends: impl Fn(&[u8]) -> bool,
    ) -> Option<String> {
        let mut parts = Vec::with_capacity(NESTED + 1);
        parts.push(name(&node.written)?);
        let mut parent = node.parent;
        while parent != RECORD {
            let above = self.nodes.get(parent)?;
            if ends(&above.written) {
                break;
            }
            if !left_out(&above.written) {
                parts.push(name(&above.written)?);
            }
            parent = above.parent;
        }
        parts.reverse();
        Some(parts.join("."))
    }
}

impl Node {
    fn new(parent: usize, written: &[u8]) -> Node {
        Node {
            parent,
            written: written.into(),
            meaning: KeyMeaning::default(),
            values: 0,
            looks: LOOKS,
            agentless: 0,
            agents: 0,
            first_agent: None,
            samples: Vec::new(),
            first: 0,
            next: 0,
        }
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

/// What a key as written says; `None` if that is not text or far too long.
pub(in crate::read) fn name(written: &[u8]) -> Option<String> {
    let mut said = Vec::new();
    let whole = written.len() <= LONGEST_KEY && unescape(written, &mut said);
    if whole { String::from_utf8(said).ok() } else { None }
}

/// The meaning of a key of this name.
pub(in crate::read) fn target(layout: &Layout, path: &str) -> Option<FieldTarget> {
    let named = |same: &dyn Fn(&str) -> bool| {
        let place = layout.mapped.iter().position(|(_, name)| same(name))?;
        Some((layout.mapped.get(place)?.0, u8::try_from(place).unwrap_or(u8::MAX)))
    };
    if let Some((field, place)) = named(&|name| name == path) {
        return Some(FieldTarget { field, rank: Rank::named(place) });
    }
    let folded = fold_name(path);
    if let Some((field, place)) = named(&|name| fold_name(name) == folded) {
        return Some(FieldTarget { field, rank: Rank::named_alike(place) });
    }
    let role = layout.role.unwrap_or(Role::Batch);
    let of_file = || {
        let (_, field) = layout.assigned.iter().find(|(name, _)| name == path)?;
        Some((*field, naming::OF_FILE))
    };
    let found = naming::field(path, role).or_else(of_file);
    found.map(|(field, rank)| FieldTarget { field, rank: Rank::known(rank) })
}

#[cfg(test)]
mod tests {
    use super::{FieldTarget, KeyTree, RECORD, Rank};
    use crate::model::row::Field;
    use crate::read::json::Layout;

    #[test]
    fn keys_are_found_again_whatever_their_order() {
        let layout = Layout::default();
        let mut keys = KeyTree::new(&layout, 2);
        let user = keys.find(RECORD, RECORD, b"user");
        let id = keys.find(user, user, b"id");
        let start = keys.find(RECORD, user, b"start");
        assert_eq!(keys.find(RECORD, RECORD, b"start"), start);
        assert_eq!(keys.find(RECORD, start, b"user"), user);
        assert_eq!(keys.find(user, user, b"id"), id);
        assert_ne!(keys.find(RECORD, start, b"id"), id);
        for node in [id, start, start] {
            keys.count(node);
        }
        let paths: Vec<_> = keys.facts().iter().map(|key| key.path.clone()).collect();
        assert_eq!(paths, ["user.id", "start"]);
        assert_eq!(keys.facts().iter().map(|key| key.values).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_the_user_names_comes_first() {
        let mapped = vec![(Field::Agent, "Who".to_owned()), (Field::Id, "the id".to_owned())];
        let layout = Layout { mapped, ..Layout::default() };
        let mut keys = KeyTree::new(&layout, 2);
        for (key, expected) in [
            (&b"Who"[..], Some((Field::Agent, Rank::named(0)))),
            (b"who", Some((Field::Agent, Rank::named_alike(0)))),
            (b"theId", Some((Field::Id, Rank::named_alike(1)))),
            (b"agent", Some((Field::Agent, Rank::known(3)))),
            (b"colour", None),
        ] {
            let node = keys.find(RECORD, RECORD, key);
            let target = expected.map(|(field, rank)| FieldTarget { field, rank });
            assert_eq!(keys.meaning(node).target, target, "{}", String::from_utf8_lossy(key));
        }
    }

    #[test]
    fn keys_of_records_without_an_agent_are_counted_apart() {
        let layout = Layout::default();
        let mut keys = KeyTree::new(&layout, 2);
        let (start, note) = (keys.find(RECORD, RECORD, b"start"), keys.find(RECORD, 1, b"note"));
        keys.count(start);
        keys.count(start);
        keys.count(note);
        keys.note_agentless(&["note".to_owned(), "start".to_owned()]);
        let facts: Vec<_> = keys.facts().iter().map(|key| (key.values, key.agentless)).collect();
        assert_eq!(facts, [(2, 1), (1, 1)]);
    }
}
