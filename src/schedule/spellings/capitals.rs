//! Keeps names and ids that fold to another spelling, such as one with capitals.

use crate::model::keys::{Keys, QuickMap, QuickSet};
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
struct FoldedName {
    /// The key of what it folds to.
    folded: u64,
    /// Its first record.
    first: Origin,
    /// The key of what stands in brackets behind it; 0 for nothing.
    remark: u64,
}

/// Names that have anything to fold.
pub(super) struct Capitals {
    /// What a name folds to; `None` where that is the name itself.
    fold: fn(&[u8]) -> Option<Vec<u8>>,
    by_key: QuickMap<u64, FoldedName>,
    /// Whether there were names that were not looked at.
    pub(super) partly: bool,
}

impl Capitals {
    pub(super) fn of(fold: fn(&[u8]) -> Option<Vec<u8>>) -> Capitals {
        Capitals { fold, by_key: QuickMap::default(), partly: false }
    }

    /// Notes an id that may fold and has this key, as long as it stands at the
    /// beginning of a source.
    #[inline(never)]
    pub(super) fn note_id(&mut self, keys: &Keys, id: &[u8], key: u64, origin: Origin) {
        let behind = origin.offset() >= HEAD && is_cut_like_uuid(id);
        if behind || origin.offset() >= FRONT {
            self.partly = true;
        } else {
            self.note(keys, id, key, origin);
        }
    }

    /// Notes a name that may fold and has this key. Whether it is the first one.
    #[inline(never)]
    pub(super) fn note(&mut self, keys: &Keys, name: &[u8], key: u64, origin: Origin) -> bool {
        let known = self.by_key.get_mut(&key);
        let is_new = known.is_none();
        match known {
            Some(known) => known.first = origin.min(known.first),
            None => self.add(keys, name, key, origin),
        }
        is_new
    }

    fn add(&mut self, keys: &Keys, name: &[u8], key: u64, origin: Origin) {
        // A name that folds to itself is kept, too, so as to be folded once.
        let folded = (self.fold)(name).map_or(key, |folded| keys.of(&folded));
        self.by_key.insert(key, FoldedName { folded, first: origin, remark: keys.of_remark(name) });
    }

    pub(super) fn join(&mut self, other: Capitals) {
        self.partly |= other.partly;
        for (key, name) in other.by_key {
            let known = self.by_key.entry(key).or_insert(name);
            known.first = known.first.min(name.first);
        }
    }

    /// The names that do not fold to themselves.
    pub(super) fn others(&self) -> impl Iterator<Item = SpelledName> {
        self.all().filter(|name| name.key != name.folded)
    }

    /// All names that were kept.
    pub(super) fn all(&self) -> impl Iterator<Item = SpelledName> {
        self.by_key.iter().map(|(key, name)| SpelledName {
            folded: name.folded,
            first: name.first,
            key: *key,
            remark: name.remark,
        })
    }

    /// The keys that names with capitals fold to.
    pub(super) fn folded(&self) -> QuickSet<u64> {
        self.others().map(|other| other.folded).collect()
    }
}

/// A name, with what it folds to and its first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpelledName {
    pub(super) folded: u64,
    pub(super) first: Origin,
    pub(super) key: u64,
    pub(super) remark: u64,
}

impl SpelledName {
    /// Whether brackets behind two names say different things of them: they may be two
    /// agents, such as `Anna Lee (100)` and `Anna Lee (200)`.
    pub(super) const fn contradicts(self, remark: u64) -> bool {
        self.remark != 0 && remark != 0 && self.remark != remark
    }
}

/// What names of agents and ids with capitals fold to, and the names without
/// that are met.
#[derive(Default)]
pub(crate) struct Folded {
    pub(super) agents: QuickSet<u64>,
    pub(super) ids: QuickSet<u64>,
}

/// Names to which others fold: of agents, and ids.
#[derive(Default)]
pub(crate) struct Plain {
    pub(super) agents: Vec<SpelledName>,
    pub(super) ids: Vec<SpelledName>,
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
        let spelled = |key, first| SpelledName { folded: key, first, key, remark: 0 };
        if !self.agents.is_empty()
            && let Some(agent) = timeline.first().map(|entry| entry.agent)
            && self.agents.contains(&agent)
        {
            let origins = timeline.iter().map(|entry| entry.origin);
            let first = origins.min_by_key(|origin| (is_moved(*origin), *origin));
            plain.agents.extend(first.map(|first| spelled(agent, first)));
        }
        if !self.ids.is_empty() {
            let met = timeline.iter().filter(|entry| self.ids.contains(&entry.id));
            plain.ids.extend(met.map(|entry| spelled(entry.id, entry.origin)));
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
