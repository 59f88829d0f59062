//! Agents in two spellings become notices, and ids in two spellings notes.
//!
//! `Anna` and `anna` are two agents, and `S-1` and `s-1` two ids, as they are to
//! a server; a person may mean one. Each name that has anything to fold, such as a
//! capital, is kept by what it folds to, once a thread: two of them can share that,
//! or one can fold to another name. What folds to itself is not kept, and is met
//! again on the timelines. A name can also be another spelling of one in a list of
//! agents, and two agents can share the name that stands beside
//! their ids. An id with blanks around it is another id than the one without, and
//! is reported, too.

use super::records::Records;
use super::remarks::Remark;
use super::run::{Again, NameKeys, Run};
use super::several::SeveralAgents;
use crate::judge::rule_of_notice;
use crate::model::agents::Agents;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::finding::{Record, brief};
use crate::model::keys::{Keys, QuickMap, QuickSet};
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::model::spelling::{are_alike, canonical, folded, is_cut_like_uuid, may_fold, may_vary};
use std::collections::{BTreeMap, BTreeSet};

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
struct Capitals {
    /// What a name folds to; `None` where that is the name itself.
    fold: fn(&[u8]) -> Option<Vec<u8>>,
    by_key: QuickMap<u64, FoldedName>,
    /// Whether there were names that were not looked at.
    partly: bool,
}

impl Capitals {
    fn of(fold: fn(&[u8]) -> Option<Vec<u8>>) -> Capitals {
        Capitals { fold, by_key: QuickMap::default(), partly: false }
    }

    /// Notes an id that may fold and has this key, as long as it stands at the
    /// beginning of a source.
    #[inline(never)]
    fn note_id(&mut self, keys: &Keys, id: &[u8], key: u64, origin: Origin) {
        let behind = origin.offset() >= HEAD && is_cut_like_uuid(id);
        if behind || origin.offset() >= FRONT {
            self.partly = true;
        } else {
            self.note(keys, id, key, origin);
        }
    }

    /// Notes a name that may fold and has this key. Whether it is the first one.
    #[inline(never)]
    fn note(&mut self, keys: &Keys, name: &[u8], key: u64, origin: Origin) -> bool {
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

    fn join(&mut self, other: Capitals) {
        self.partly |= other.partly;
        for (key, name) in other.by_key {
            let known = self.by_key.entry(key).or_insert(name);
            known.first = known.first.min(name.first);
        }
    }

    /// The names that do not fold to themselves.
    fn others(&self) -> impl Iterator<Item = SpelledName> {
        self.all().filter(|name| name.key != name.folded)
    }

    /// All names that were kept.
    fn all(&self) -> impl Iterator<Item = SpelledName> {
        self.by_key.iter().map(|(key, name)| SpelledName {
            folded: name.folded,
            first: name.first,
            key: *key,
            remark: name.remark,
        })
    }

    /// The keys that names with capitals fold to.
    fn folded(&self) -> QuickSet<u64> {
        self.others().map(|other| other.folded).collect()
    }
}

/// A name, with what it folds to and its first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpelledName {
    folded: u64,
    first: Origin,
    key: u64,
    remark: u64,
}

impl SpelledName {
    /// Whether brackets behind two names say different things of them: they may be two
    /// agents, such as `Anna Lee (100)` and `Anna Lee (200)`.
    const fn contradicts(self, remark: u64) -> bool {
        self.remark != 0 && remark != 0 && self.remark != remark
    }
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
    agents: Vec<SpelledName>,
    ids: Vec<SpelledName>,
}

impl Folded {
    /// Looks through the entries of an agent.
    #[inline]
    pub(crate) fn look(&self, timeline: &[Entry], plain: &mut Plain) {
        let spelled = |key, first| SpelledName { folded: key, first, key, remark: 0 };
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

/// How many agents are remembered whose name was noted, to the power of two: those
/// of a large site.
const REMEMBERED: usize = 1 << 12;

/// The names that stand beside the ids of agents.
#[derive(Default)]
struct Beside {
    /// By the key of the agent: its first record with a name, and the key of that.
    by_agent: QuickMap<u64, (Origin, u64)>,
    /// Agents of the source at hand whose name was noted, each in the place of its key:
    /// whatever else they are called further down does not matter.
    latest: Vec<u64>,
}

impl Beside {
    /// Goes on to another source, or to another part of it.
    fn turn_to(&mut self) {
        self.latest.fill(0);
    }

    #[inline(never)]
    fn note(&mut self, keys: &Keys, name: &[u8], entry: &Entry) {
        self.latest.resize(REMEMBERED, 0);
        let Some(latest) = self.latest.get_mut(entry.agent as usize % REMEMBERED) else { return };
        if *latest == entry.agent {
            return;
        }
        *latest = entry.agent;
        self.add(entry.agent, (entry.origin, keys.of(name)));
    }

    fn add(&mut self, agent: u64, named: (Origin, u64)) {
        let known = self.by_agent.entry(agent).or_insert(named);
        *known = named.min(*known);
    }

    fn join(&mut self, other: Beside) {
        other.by_agent.into_iter().for_each(|(agent, named)| self.add(agent, named));
    }

    /// The agents that share a name, each with the first record that has it, those
    /// whose record stands first first.
    fn sharing(&self) -> Vec<Vec<(Origin, u64)>> {
        let named = self.by_agent.iter().filter(|(_, (_, name))| *name != 0);
        let mut all: Vec<(u64, Origin, u64)> =
            named.map(|(agent, (origin, name))| (*name, *origin, *agent)).collect();
        all.sort_unstable();
        let shared = all.chunk_by(|one, other| one.0 == other.0).filter(|chunk| chunk.len() > 1);
        shared
            .map(|chunk| chunk.iter().map(|(_, origin, agent)| (*origin, *agent)).collect())
            .collect()
    }
}

/// What a thread has heard.
pub(crate) struct Spellings {
    /// Names of agents.
    agents: Capitals,
    /// Whether agents in two spellings are told: not if all spellings of a name are
    /// one, or nobody asks.
    asks: bool,
    /// Names of agents that may be those of several.
    pub(super) several: SeveralAgents,
    /// Names beside ids, if somebody asks.
    beside: Option<Beside>,
    /// Ids of the batch and of what is published, if both are there.
    ids: Option<Capitals>,
    /// By source, how many ids have spaces around them, and the first of them.
    blanks: BTreeMap<u16, (u64, Origin)>,
}

impl Spellings {
    pub(crate) fn new(run: &Run<'_>) -> Spellings {
        let published = run.sources.iter().any(|source| source.file.role == Role::Published);
        let asks = run.settings.is_on(rule_of_notice(NoticeKind::TwoSpellings).code);
        Spellings {
            agents: Capitals::of(canonical),
            asks: asks && !run.settings.fold_agents,
            several: SeveralAgents::default(),
            beside: asks.then(Beside::default),
            ids: published.then(|| Capitals::of(folded)),
            blanks: BTreeMap::new(),
        }
    }

    /// Goes on to another source, or to another part of it.
    pub(crate) fn turn_to(&mut self) {
        self.beside.iter_mut().for_each(Beside::turn_to);
    }

    /// Listens to a row that became this entry.
    #[inline(always)]
    pub(crate) fn hear(&mut self, named: NameKeys<'_>, row: &Row<'_>, entry: &Entry) {
        let (keys, _) = named;
        if may_vary(row.raw(Field::Agent)) {
            let name = row.word(Field::Agent);
            if self.agents.note(keys, name, entry.agent, entry.origin) {
                self.several.note(named, name, entry.agent);
            }
        }
        if !row.raw(Field::Name).is_empty()
            && let Some(beside) = &mut self.beside
        {
            beside.note(keys, row.word(Field::Name), entry);
        }
        if let Some(ids) = &mut self.ids
            && entry.id != 0
            && may_fold(row.raw(Field::Id))
        {
            ids.note_id(keys, row.id(), entry.id, entry.origin);
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
        self.several.join(other.several);
        if let Some((beside, others)) = self.beside.as_mut().zip(other.beside) {
            beside.join(others);
        }
        if let Some((ids, others)) = self.ids.as_mut().zip(other.ids) {
            ids.join(others);
        }
        for (_, (count, first)) in other.blanks {
            note_blank(&mut self.blanks, first, count);
        }
    }

    /// What names with capitals fold to, those of the lists of agents, too.
    pub(crate) fn folded(&self, listed: &Agents) -> Folded {
        let ids = self.ids.as_ref().map(Capitals::folded);
        let mut agents = QuickSet::default();
        if self.asks {
            agents = self.agents.folded();
            agents.extend(listed.unlisted_spellings());
        }
        Folded { agents, ids: ids.unwrap_or_default() }
    }

    /// Reports agents in two spellings, and agents with one name, given the names to
    /// which others fold. One of two is the batch's: others are not its business.
    pub(crate) fn notices(
        &self,
        run: &Run<'_>,
        agents: &Agents,
        plain: &Plain,
        report: &mut dyn FnMut(Notice),
    ) {
        let is_sent = |origin: Origin| {
            let source = run.sources.get(usize::from(origin.source()));
            source.is_some_and(|source| source.file.role == Role::Batch)
        };
        let (mut known_pairs, mut told) = (BTreeSet::new(), BTreeSet::new());
        let mut pairs = |alike: &[(Origin, u64)], detail| {
            // The batch's records come before all others.
            let Some(((first, _), others)) = alike.split_first().filter(|_| is_sent(alike[0].0))
            else {
                return;
            };
            for (other, agent) in others {
                // Of two spellings it is no news that they have one name.
                if !known_pairs.insert((*first, *other)) {
                    continue;
                }
                told.insert(*agent);
                let records = [Some(*first), Some(*other), None];
                let notice = Notice::about(NoticeKind::TwoSpellings, *agent, records);
                report(Notice { detail, ..notice });
            }
        };
        let spelled =
            if self.asks { chunks(&self.agents, plain.agents.clone()) } else { Vec::new() };
        for alike in spelled {
            let Some(first) = alike.first().copied() else { continue };
            let alike: Vec<(Origin, u64)> = alike
                .iter()
                .filter(|other| !first.contradicts(other.remark))
                .map(|spelled| (spelled.first, spelled.key))
                .collect();
            pairs(&alike, Detail::Nothing);
        }
        for mut alike in self.beside.iter().flat_map(Beside::sharing) {
            // Those whom a list has are known to be several.
            let known = |(_, agent): &(Origin, u64)| agents.get(*agent).is_some();
            if !alike.iter().all(known) {
                alike.sort_unstable();
                pairs(&alike, Detail::TwoAgents);
            }
        }
        if self.asks && agents.given() {
            let met = self.agents.all().chain(plain.agents.iter().copied());
            let unlisted = met.filter(|name| !told.contains(&name.key) && !agents.knows(name.key));
            unlisted_spellings(agents, unlisted.collect()).for_each(report);
        }
    }

    /// What is to be noted on ids, given the ids to which others fold: of two spellings
    /// one is the batch's.
    pub(crate) fn remarks(&self, run: &Run<'_>, plain: Plain) -> Vec<Remark> {
        let role = |spelled: &SpelledName| {
            let source = run.sources.get(usize::from(spelled.first.source()));
            source.map(|source| source.file.role)
        };
        let mut remarks: BTreeMap<u16, Remark> = BTreeMap::new();
        for (ids, plain) in self.ids.iter().zip([plain.ids]) {
            for alike in chunks(ids, plain) {
                let sent = alike.iter().find(|spelled| role(spelled) == Some(Role::Batch));
                let live = alike.iter().find(|spelled| {
                    role(spelled) == Some(Role::Published)
                        && sent.is_some_and(|sent| sent.key != spelled.key)
                });
                if let (Some(sent), Some(live)) = (sent, live) {
                    add(&mut remarks, ids.partly, [live.first, sent.first]);
                }
            }
        }
        let blanks = self.blanks.values().map(|(count, first)| Remark::Blanks(*count, *first));
        remarks.into_values().chain(blanks).collect()
    }
}

/// Names that the lists of agents have in another spelling only.
fn unlisted_spellings(
    agents: &Agents,
    mut unlisted: Vec<SpelledName>,
) -> impl Iterator<Item = Notice> {
    unlisted.sort_unstable_by_key(|name| (name.first, name.key));
    unlisted.dedup_by_key(|name| name.key);
    unlisted.into_iter().filter_map(|name| {
        let listed = agents.spelled_as(name.folded)?;
        let notice =
            Notice::about(NoticeKind::TwoSpellings, name.key, [Some(name.first), None, None]);
        let detail = Detail::Listed(listed.place);
        (!name.contradicts(listed.remark)).then_some(Notice { detail, ..notice })
    })
}

/// The spellings that fold to one name, those that stand first first.
fn chunks(capitals: &Capitals, plain: Vec<SpelledName>) -> Vec<Vec<SpelledName>> {
    let mut all: Vec<SpelledName> = capitals.others().chain(plain).collect();
    all.sort_unstable();
    all.chunk_by(|one, other| one.folded == other.folded).map(<[_]>::to_vec).collect()
}

fn add(remarks: &mut BTreeMap<u16, Remark>, partly: bool, records: [Origin; 2]) {
    let fresh = Remark::Alike { count: 0, partly, records };
    remarks.entry(records[0].source()).or_insert(fresh).add(records);
}

fn note_blank(blanks: &mut BTreeMap<u16, (u64, Origin)>, origin: Origin, count: u64) {
    let known = blanks.entry(origin.source()).or_insert((0, origin));
    *known = (known.0 + count, known.1.min(origin));
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
            (Remark::Alike { count, partly, .. }, Some([here, there])) => {
                let ids = [here, there].map(|record| record.id.as_deref().unwrap_or_default());
                if !are_alike(ids[0], ids[1]) {
                    return Err(Again::Collision);
                }
                let spelled = spelled([here, there], ids);
                notes.push((source, note_of_ids(*count, *partly, &spelled)));
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
    format!("`{this}` ({}) and `{that}` ({})", text_position(here), there.place())
}

fn note_of_ids(count: u64, partly: bool, spelled: &str) -> String {
    let least = if partly { "at least " } else { "" };
    let what = match count {
        1 => format!("an id is spelled in two ways, {spelled}"),
        _ => format!("{least}{count} ids are spelled in two ways, such as {spelled}"),
    };
    format!(
        "{what}; each spelling is an id of its own, so that neither record takes the place of the \
         other: write the names alike"
    )
}

/// Where a record stands in its file.
fn text_position(record: &Record) -> String {
    match &record.pointer {
        Some(pointer) => pointer.to_string(),
        None => format!("line {}", record.line),
    }
}

fn note_of_blanks(count: u64, first: &Record) -> String {
    let id =
        format!("`{}` ({})", brief(first.id.as_deref().unwrap_or_default()), text_position(first));
    let what = match count {
        1 => format!("the id {id} has spaces around it, and is"),
        _ => format!("{count} ids have spaces around them, such as {id}, and are"),
    };
    format!("{what} not the same as without: remove the spaces if they mean nothing")
}
