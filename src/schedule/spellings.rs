//! Finds agents and ids that are spelled in two ways.
//!
//! `Anna` and `anna` are two agents, and `S-1` and `s-1` two ids, as they are to
//! a server; a person may mean one. Each name that has anything to fold, such as a
//! capital, is kept by what it folds to, once a thread: two of them can share that,
//! or one can fold to another name. What folds to itself is not kept, and is met
//! again on the timelines. A name can also be another spelling of one in a list of
//! agents, and two agents can share the name that stands beside
//! their ids. An id with blanks around it is another id than the one without, and
//! is reported, too.

mod beside;

mod capitals;

pub(crate) use capitals::{Folded, Plain};

use super::remarks::IdRemark;
use super::run::Run;
use super::several::SeveralAgents;
use crate::judge::rule_of_notice;
use crate::model::agents::Agents;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::{AgentKey, KeyKind, NameKey, QuickSet, RecordKey};
use crate::model::listener::{KeyMakers, Listener, SourceTurn};
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::row::{Field, Row};
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::model::spelling::{canonical, folded, may_fold, may_vary};
use crate::read::source::Source;
use beside::Beside;
use capitals::{Capitals, SpelledName};
use std::collections::{BTreeMap, BTreeSet};

/// What agents are called, in canonical spellings that no record need have.
#[derive(Debug, Default)]
pub(crate) struct SpelledAgents {
    /// Those of the words by which records name agents.
    pub(crate) agents: QuickSet<AgentKey>,
    /// Those of the names beside their ids.
    pub(crate) names: QuickSet<NameKey>,
}

/// What a thread has heard.
pub(crate) struct Spellings {
    /// Names of agents.
    agents: Capitals<AgentKey>,
    /// Whether agents in two spellings are told: not if all spellings of a name are
    /// one, or nobody asks.
    asks: bool,
    /// Names of agents that may be those of several.
    pub(crate) several: SeveralAgents,
    /// Names beside ids, if somebody asks.
    beside: Option<Beside>,
    /// Ids of the batch and of what is published, if both are there.
    ids: Option<Capitals<RecordKey>>,
    /// By source, how many ids have spaces around them, and the first of them.
    blanks: BTreeMap<u16, Occurrences<Origin>>,
}

impl Listener for Spellings {
    fn turn_to(&mut self, _: SourceTurn<'_>) {
        self.beside.iter_mut().for_each(Beside::turn_to);
    }

    #[inline(always)]
    fn hear_row(&mut self, _: KeyMakers<'_>, row: &Row<'_>, origin: Origin) {
        if row.is_padded(Field::Id) && !row.id().is_empty() {
            self.blanks.add(origin.source(), Occurrences::one(origin));
        }
    }

    #[inline(always)]
    fn hear_entry(&mut self, named: KeyMakers<'_>, row: &Row<'_>, entry: &Entry) {
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
            && entry.id.is_some()
            && may_fold(row.raw(Field::Id))
        {
            ids.note_id(keys, row.id(), entry.id, entry.origin);
        }
    }

    fn join(&mut self, other: Spellings) {
        self.agents.join(other.agents);
        self.several.join(other.several);
        if let Some((beside, others)) = self.beside.as_mut().zip(other.beside) {
            beside.join(others);
        }
        if let Some((ids, others)) = self.ids.as_mut().zip(other.ids) {
            ids.join(others);
        }
        for (source, more) in other.blanks {
            self.blanks.add(source, more);
        }
    }
}

impl Spellings {
    pub(crate) fn new(run: &Run<'_>) -> Spellings {
        let published = run.sources.iter().any(|source| source.file.role == Role::Published);
        let left_out = run.sources.iter().filter_map(Source::aside);
        let wants_names = left_out.into_iter().any(|aside| !aside.mentions.is_empty());
        let asks = run.settings.is_on(rule_of_notice(NoticeKind::TwoSpellings).code);
        Spellings {
            agents: Capitals::of(canonical),
            asks: asks && !run.settings.fold_agents,
            several: SeveralAgents::default(),
            beside: (asks || wants_names).then(Beside::default),
            ids: published.then(|| Capitals::of(folded)),
            blanks: BTreeMap::new(),
        }
    }

    /// What agents are called in other spellings than those of their records.
    pub(crate) fn spelled(&self) -> SpelledAgents {
        let names = self.beside.as_ref().map(|beside| beside.spelled().clone());
        SpelledAgents { agents: self.agents.folded(), names: names.unwrap_or_default() }
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
        let is_sent = |origin: Origin| run.role_of(origin) == Role::Batch;
        let (mut known_pairs, mut told) = (BTreeSet::new(), BTreeSet::new());
        let mut pairs = |alike: &[(Origin, AgentKey)], detail| {
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
            let alike: Vec<(Origin, AgentKey)> = alike
                .iter()
                .filter(|other| !first.contradicts(other.remark))
                .map(|spelled| (spelled.first, spelled.key))
                .collect();
            pairs(&alike, Detail::Nothing);
        }
        for mut alike in self.beside.iter().filter(|_| self.asks).flat_map(Beside::sharing) {
            // Those whom a list has are known to be several.
            let known = |(_, agent): &(Origin, AgentKey)| agents.get(*agent).is_some();
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
    pub(crate) fn remarks(&self, run: &Run<'_>, plain: Plain) -> Vec<IdRemark> {
        let role = |spelled: &SpelledName<RecordKey>| run.role_of(spelled.first);
        let mut remarks: BTreeMap<u16, IdRemark> = BTreeMap::new();
        for (ids, plain) in self.ids.iter().zip([plain.ids]) {
            for alike in chunks(ids, plain) {
                let sent = alike.iter().find(|spelled| role(spelled) == Role::Batch);
                let live = alike.iter().find(|spelled| {
                    role(spelled) == Role::Published
                        && sent.is_some_and(|sent| sent.key != spelled.key)
                });
                if let (Some(sent), Some(live)) = (sent, live) {
                    add(&mut remarks, ids.partly, [live.first, sent.first]);
                }
            }
        }
        let blanks = self.blanks.values().map(|of| IdRemark::Blanks(of.count, of.first));
        remarks.into_values().chain(blanks).collect()
    }
}

/// Names that the lists of agents have in another spelling only.
fn unlisted_spellings(
    agents: &Agents,
    mut unlisted: Vec<SpelledName<AgentKey>>,
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
fn chunks<Key: KeyKind>(
    capitals: &Capitals<Key>,
    plain: Vec<SpelledName<Key>>,
) -> Vec<Vec<SpelledName<Key>>> {
    let mut all: Vec<SpelledName<Key>> = capitals.others().chain(plain).collect();
    all.sort_unstable();
    all.chunk_by(|one, other| one.folded == other.folded).map(<[_]>::to_vec).collect()
}

fn add(remarks: &mut BTreeMap<u16, IdRemark>, partly: bool, records: [Origin; 2]) {
    let fresh = IdRemark::Alike { count: 0, partly, records };
    remarks.entry(records[0].source()).or_insert(fresh).add(records);
}
