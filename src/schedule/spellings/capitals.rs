//! Keeps names and ids that fold to another spelling, such as one with capitals.

use crate::model::keys::{AgentKey, KeyKind, Keys, NameKey, QuickMap, QuickSet, RecordKey};
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::spelling::is_cut_like_uuid;

/// How many bytes of a source are enough for UUIDs, which nobody types: they
/// are in capitals throughout a file, or not.
const HEAD: u64 = 1 << 18;

/// How many are enough for ids, of which there is one a record.
const FRONT: u64 = 1 << 23;

/// What is kept of a name.
#[derive(Clone, Copy)]
struct FoldedName<Key> {
    /// The key of what it folds to.
    folded: Key,
    /// Its first record.
    first: Origin,
    /// The key of what stands in brackets behind it, if anything does.
    remark: NameKey,
}

/// Names that have anything to fold.
pub(super) struct Capitals<Key> {
    /// What a name folds to; `None` where that is the name itself.
    fold: fn(&[u8]) -> Option<Vec<u8>>,
    by_key: QuickMap<Key, FoldedName<Key>>,
    /// Whether there were names that were not looked at.
    pub(super) partly: bool,
}

impl<Key: KeyKind> Capitals<Key> {
    pub(super) fn of(fold: fn(&[u8]) -> Option<Vec<u8>>) -> Capitals<Key> {
        Capitals { fold, by_key: QuickMap::default(), partly: false }
    }

    /// Notes an id that may fold and has this key, as long as it stands at the
    /// beginning of a source.
    #[inline(never)]
    pub(super) fn note_id(&mut self, keys: &Keys, id: &[u8], key: Key, origin: Origin) {
        let behind = origin.offset() >= HEAD && is_cut_like_uuid(id);
        if behind || origin.offset() >= FRONT {
            self.partly = true;
        } else {
            self.note(keys, id, key, origin);
        }
    }

    /// Notes a name that may fold and has this key. Whether it is the first one.
    #[inline(never)]
    pub(super) fn note(&mut self, keys: &Keys, name: &[u8], key: Key, origin: Origin) -> bool {
        let known = self.by_key.get_mut(&key);
        let is_new = known.is_none();
        match known {
            Some(known) => known.first = origin.min(known.first),
            None => self.add(keys, name, key, origin),
        }
        is_new
    }

    fn add(&mut self, keys: &Keys, name: &[u8], key: Key, origin: Origin) {
        // A name that folds to itself is kept, too, so as to be folded once.
        let folded = (self.fold)(name).map_or(key, |folded| keys.of(&folded));
        self.by_key.insert(key, FoldedName { folded, first: origin, remark: keys.of_remark(name) });
    }

    pub(super) fn join(&mut self, other: Capitals<Key>) {
        self.partly |= other.partly;
        for (key, name) in other.by_key {
            let known = self.by_key.entry(key).or_insert(name);
            known.first = known.first.min(name.first);
        }
    }

    /// The names that do not fold to themselves.
    pub(super) fn others(&self) -> impl Iterator<Item = SpelledName<Key>> {
        self.all().filter(|name| name.key != name.folded)
    }

    /// All names that were kept.
    pub(super) fn all(&self) -> impl Iterator<Item = SpelledName<Key>> {
        self.by_key.iter().map(|(key, name)| SpelledName {
            folded: name.folded,
            first: name.first,
            key: *key,
            remark: name.remark,
        })
    }

    /// The keys that names with capitals fold to.
    pub(super) fn folded(&self) -> QuickSet<Key> {
        self.others().map(|other| other.folded).collect()
    }
}

/// A name, with what it folds to and its first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpelledName<Key> {
    pub(super) folded: Key,
    pub(super) first: Origin,
    pub(super) key: Key,
    pub(super) remark: NameKey,
}

impl<Key: KeyKind> SpelledName<Key> {
    /// One that folds to itself.
    fn plain(key: Key, first: Origin) -> SpelledName<Key> {
        SpelledName { folded: key, first, key, remark: NameKey::NONE }
    }

    /// Whether brackets behind two names say different things of them: they may be two
    /// agents, such as `Anna Lee (100)` and `Anna Lee (200)`.
    pub(super) fn contradicts(self, remark: NameKey) -> bool {
        self.remark.is_some() && remark.is_some() && self.remark != remark
    }
}

/// What names of agents and ids with capitals fold to, and the names without
/// that are met.
#[derive(Default)]
pub(crate) struct Folded {
    pub(super) agents: QuickSet<AgentKey>,
    pub(super) ids: QuickSet<RecordKey>,
}

/// Names to which others fold: of agents, and ids.
#[derive(Default)]
pub(crate) struct Plain {
    pub(super) agents: Vec<SpelledName<AgentKey>>,
    pub(super) ids: Vec<SpelledName<RecordKey>>,
}

impl Folded {
    /// Looks through the entries of an agent. A record that names the agent itself comes
    /// before one that a swap has moved here.
    #[inline]
    pub(crate) fn look(
        &self,
        timeline: &[Entry],
        is_moved: impl Fn(Origin) -> bool,
        plain: &mut Plain,
    ) {
        if !self.agents.is_empty()
            && let Some(agent) = timeline.first().map(|entry| entry.agent)
            && self.agents.contains(&agent)
        {
            let origins = timeline.iter().map(|entry| entry.origin);
            let first = origins.min_by_key(|origin| (is_moved(*origin), *origin));
            plain.agents.extend(first.map(|first| SpelledName::plain(agent, first)));
        }
        if !self.ids.is_empty() {
            let met = timeline.iter().filter(|entry| self.ids.contains(&entry.id));
            plain.ids.extend(met.map(|entry| SpelledName::plain(entry.id, entry.origin)));
        }
    }
}

impl Plain {
    /// Adds those of another part.
    pub(crate) fn join(&mut self, mut other: Plain) {
        self.agents.append(&mut other.agents);
        self.ids.append(&mut other.ids);
    }
}
