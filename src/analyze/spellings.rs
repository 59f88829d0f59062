//! Names in two spellings become notes.
//!
//! `Anna` and `anna` are two agents, and `S-1` and `s-1` two ids, as they are to
//! a server; a person may mean one. Each spelling with a capital is kept by what
//! it folds to, once a thread: two of them can share that, or one can fold to
//! another name. An id with blanks around it is another id than the one
//! without, and is told, too.

use super::recall::Records;
use super::{Again, Run};
use crate::model::finding::{Record, brief};
use crate::model::keys::{Keys, QuickMap, QuickSet};
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::model::spelling::{are_alike, folded, is_cut_like_uuid, may_fold};
use std::collections::BTreeMap;

/// How many bytes of a source are enough for UUIDs, which nobody types: they
/// are in capitals throughout a file, or not.
const HEAD: u64 = 1 << 18;

/// How many are enough for ids, of which there is one a record.
const FRONT: u64 = 1 << 23;

/// Names with capitals.
#[derive(Default)]
struct Capitals {
    /// By the key of the name: that of what it folds to, and the first record.
    by_key: QuickMap<u64, (u64, Origin)>,
    /// Whether there were names that were not looked at.
    partly: bool,
}

impl Capitals {
    /// Notes a name that may fold and has this key, in the first so many bytes of
    /// a source.
    #[inline(never)]
    fn note(&mut self, keys: &Keys, name: &[u8], key: u64, (origin, most): (Origin, u64)) {
        let behind = origin.offset() >= HEAD && is_cut_like_uuid(name);
        if behind || origin.offset() >= most {
            self.partly = true;
            return;
        }
        match self.by_key.get_mut(&key) {
            Some((_, first)) => *first = origin.min(*first),
            None => self.add(keys, name, key, origin),
        }
    }

    fn add(&mut self, keys: &Keys, name: &[u8], key: u64, origin: Origin) {
        // A name that folds to itself is kept, too, so as to be folded once.
        let folded = folded(name).map_or(key, |folded| keys.of(&folded));
        self.by_key.insert(key, (folded, origin));
    }

    fn join(&mut self, other: Capitals) {
        self.partly |= other.partly;
        for (key, (folded, origin)) in other.by_key {
            let known = self.by_key.entry(key).or_insert((folded, origin));
            known.1 = known.1.min(origin);
        }
    }

    /// The names that do not fold to themselves.
    fn others(&self) -> impl Iterator<Item = Spelled> {
        let others = self.by_key.iter().filter(|(key, (folded, _))| *key != folded);
        others.map(|(key, (folded, first))| Spelled { folded: *folded, first: *first, key: *key })
    }

    /// The keys that names with capitals fold to.
    fn folded(&self) -> QuickSet<u64> {
        self.others().map(|other| other.folded).collect()
    }
}

/// A name, with what it folds to and its first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spelled {
    folded: u64,
    first: Origin,
    key: u64,
}

/// What names of agents and ids with capitals fold to, and the names without
/// that are met.
#[derive(Default)]
pub(crate) struct Folded {
    agents: QuickSet<u64>,
    ids: QuickSet<u64>,
}

/// Names to which others fold: of agents, and ids.
#[derive(Default)]
pub(crate) struct Plain {
    agents: Vec<Spelled>,
    ids: Vec<Spelled>,
}

impl Folded {
    /// Looks through the entries of an agent.
    #[inline]
    pub(crate) fn look(&self, timeline: &[Entry], plain: &mut Plain) {
        let spelled = |key, first| Spelled { folded: key, first, key };
        if !self.agents.is_empty()
            && let Some(agent) = timeline.first().map(|entry| entry.agent)
            && self.agents.contains(&agent)
        {
            let first = timeline.iter().map(|entry| entry.origin).min();
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

/// What a thread has heard.
#[derive(Default)]
pub(crate) struct Spellings {
    agents: Capitals,
    /// Ids of the batch and of what is published, if both are there.
    ids: Option<Capitals>,
    /// By source, how many ids have blanks around them, and the first of them.
    blanks: BTreeMap<u16, (u64, Origin)>,
}

impl Spellings {
    pub(crate) fn new(run: &Run<'_>) -> Spellings {
        let published = run.sources.iter().any(|source| source.file.role == Role::Published);
        Spellings { ids: published.then(Capitals::default), ..Spellings::default() }
    }

    /// Listens to a row that became this entry.
    #[inline(always)]
    pub(crate) fn hear(&mut self, keys: &Keys, row: &Row<'_>, entry: &Entry) {
        if may_fold(row.raw(Field::Agent)) {
            let place = (entry.origin, u64::MAX);
            self.agents.note(keys, row.word(Field::Agent), entry.agent, place);
        }
        if let Some(ids) = &mut self.ids
            && entry.id != 0
            && may_fold(row.raw(Field::Id))
        {
            ids.note(keys, row.id(), entry.id, (entry.origin, FRONT));
        }
    }

    /// Listens to a row, whatever becomes of it.
    #[inline]
    pub(crate) fn hear_id(&mut self, row: &Row<'_>, origin: Origin) {
        if row.is_padded(Field::Id) && !row.id().is_empty() {
            note_blank(&mut self.blanks, origin, 1);
        }
    }

    /// Adds what another thread has heard.
    pub(crate) fn join(&mut self, other: Spellings) {
        self.agents.join(other.agents);
        if let Some((ids, others)) = self.ids.as_mut().zip(other.ids) {
            ids.join(others);
        }
        for (_, (count, first)) in other.blanks {
            note_blank(&mut self.blanks, first, count);
        }
    }

    /// What names with capitals fold to.
    pub(crate) fn folded(&self) -> Folded {
        let ids = self.ids.as_ref().map(Capitals::folded);
        Folded { agents: self.agents.folded(), ids: ids.unwrap_or_default() }
    }

    /// What is to be told, given the names to which others fold. Of two
    /// spellings one is the batch's: others are not its business.
    pub(crate) fn remarks(&self, run: &Run<'_>, plain: Plain) -> Vec<Remark> {
        let role = |spelled: &Spelled| {
            let source = run.sources.get(usize::from(spelled.first.source()));
            source.map(|source| source.file.role)
        };
        let mut remarks: BTreeMap<(u16, What), Remark> = BTreeMap::new();
        for alike in chunks(&self.agents, plain.agents) {
            // The batch's records come before all others.
            if let [first, second, ..] = alike[..]
                && role(&first) == Some(Role::Batch)
            {
                add(&mut remarks, What::Agents, self.agents.partly, [second.first, first.first]);
            }
        }
        for (ids, plain) in self.ids.iter().zip([plain.ids]) {
            for alike in chunks(ids, plain) {
                let sent = alike.iter().find(|spelled| role(spelled) == Some(Role::Batch));
                let live = alike.iter().find(|spelled| {
                    role(spelled) == Some(Role::Published)
                        && sent.is_some_and(|sent| sent.key != spelled.key)
                });
                if let (Some(sent), Some(live)) = (sent, live) {
                    add(&mut remarks, What::Ids, ids.partly, [live.first, sent.first]);
                }
            }
        }
        let blanks = self.blanks.values().map(|(count, first)| Remark::Blanks(*count, *first));
        remarks.into_values().chain(blanks).collect()
    }
}

/// The spellings that fold to one name, those that stand first first.
fn chunks(capitals: &Capitals, plain: Vec<Spelled>) -> Vec<Vec<Spelled>> {
    let mut all: Vec<Spelled> = capitals.others().chain(plain).collect();
    all.sort_unstable();
    all.chunk_by(|one, other| one.folded == other.folded).map(<[_]>::to_vec).collect()
}

fn add(
    remarks: &mut BTreeMap<(u16, What), Remark>,
    what: What,
    partly: bool,
    records: [Origin; 2],
) {
    let fresh = Remark::Alike { what, count: 0, partly, records };
    remarks.entry((records[0].source(), what)).or_insert(fresh).add(records);
}

fn note_blank(blanks: &mut BTreeMap<u16, (u64, Origin)>, origin: Origin, count: u64) {
    let known = blanks.entry(origin.source()).or_insert((0, origin));
    *known = (known.0 + count, known.1.min(origin));
}

/// Something to tell about the names of a source.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Remark {
    /// So many names are spelled in another way, too, at least if only a part
    /// was looked at: the first record here, and one with the other spelling.
    Alike { what: What, count: u64, partly: bool, records: [Origin; 2] },
    /// So many ids have blanks around them: the first of them.
    Blanks(u64, Origin),
}

/// Whose names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Agents,
    Ids,
}

impl Remark {
    fn add(&mut self, records: [Origin; 2]) {
        if let Remark::Alike { count, records: first, .. } = self {
            *count += 1;
            *first = (*first).min(records);
        }
    }

    /// The records it names.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin> {
        let (first, other) = match self {
            Remark::Alike { records: [first, other], .. } => (*first, Some(*other)),
            Remark::Blanks(_, first) => (*first, None),
        };
        [Some(first), other].into_iter().flatten()
    }
}

/// Puts the remarks into words, each for its source.
///
/// # Errors
/// When two names turn out to share a key.
pub(crate) fn notes(remarks: &[Remark], records: &Records) -> Result<Vec<(u16, String)>, Again> {
    let mut notes = Vec::new();
    for remark in remarks {
        let source = remark.origins().next().unwrap_or_default().source();
        let named: Option<Vec<&Record>> =
            remark.origins().map(|origin| records.get(origin).map(|record| &**record)).collect();
        match (remark, named.as_deref()) {
            (Remark::Alike { what, count, partly, .. }, Some([here, there])) => {
                let names = [here, there].map(|record| match what {
                    What::Agents => record.agent.as_str(),
                    What::Ids => record.id.as_deref().unwrap_or_default(),
                });
                if !are_alike(names[0], names[1]) {
                    return Err(Again::Collision);
                }
                let spelled = spelled([here, there], names);
                notes.push((source, note_of_names(*what, *count, *partly, &spelled)));
            }
            (Remark::Blanks(count, _), Some([first])) => {
                notes.push((source, note_of_blanks(*count, first)));
            }
            // The file changed meanwhile, which is told.
            _ => {}
        }
    }
    Ok(notes)
}

/// Two spellings with their places.
fn spelled([here, there]: [&Record; 2], [this, that]: [&str; 2]) -> String {
    let (this, that) = (brief(this), brief(that));
    format!("`{this}` ({}) and `{that}` ({})", spot(here), there.place())
}

fn note_of_names(what: What, count: u64, partly: bool, spelled: &str) -> String {
    let (one, many, so) = match what {
        What::Agents => (
            "an agent is",
            "agents are",
            "each spelling is checked as an agent of its own, and overlaps between them are not seen",
        ),
        What::Ids => (
            "an id is",
            "ids are",
            "each spelling is an id of its own, so that neither record takes the place of the other",
        ),
    };
    let least = if partly { "at least " } else { "" };
    let what = match count {
        1 => format!("{one} spelled in two ways, {spelled}"),
        _ => format!("{least}{count} {many} spelled in two ways, such as {spelled}"),
    };
    format!("{what}; {so}: write the names alike")
}

/// Where a record stands in its file.
fn spot(record: &Record) -> String {
    match &record.pointer {
        Some(pointer) => pointer.to_string(),
        None => format!("line {}", record.line),
    }
}

fn note_of_blanks(count: u64, first: &Record) -> String {
    let id = format!("`{}` ({})", brief(first.id.as_deref().unwrap_or_default()), spot(first));
    let what = match count {
        1 => format!("the id {id} has blanks around it, and is"),
        _ => format!("{count} ids have blanks around them, such as {id}, and are"),
    };
    format!("{what} not the same as without: remove the blanks if they mean nothing")
}
