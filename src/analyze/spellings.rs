//! Names in two spellings become notes.
//!
//! `Anna` and `anna` are two agents, as they are to a server; a person may mean
//! one. Each spelling with a capital is kept by what it folds to, once a
//! thread: two of them can share that, or one can fold to the name of
//! another agent. An id with blanks around it is another id than the one
//! without, and is told, too.

use super::recall::Records;
use super::{Again, Run};
use crate::model::finding::{Record, brief};
use crate::model::keys::{Keys, QuickMap, QuickSet};
use crate::model::row::{Field, Row};
use crate::model::source::{Origin, Role};
use crate::model::spelling::{are_alike, folded, is_cut_like_uuid, may_fold};
use std::collections::BTreeMap;

/// How many bytes of a source are enough for UUIDs, which nobody types: they
/// are in capitals throughout a file, or not.
const HEAD: u64 = 1 << 18;

/// What a thread has heard.
#[derive(Default)]
pub(crate) struct Spellings {
    /// By the key of the agent: that of what the name folds to, and the first
    /// record.
    capitals: QuickMap<u64, (u64, Origin)>,
    /// By source, how many ids have blanks around them, and the first of them.
    blanks: BTreeMap<u16, (u64, Origin)>,
    /// Whether there were names that were not looked at.
    partly: bool,
}

impl Spellings {
    /// Listens to a row of an agent with this key.
    #[inline]
    pub(crate) fn hear(&mut self, keys: &Keys, row: &Row<'_>, agent: u64, origin: Origin) {
        let name = row.word(Field::Agent);
        if !may_fold(name) {
            return;
        }
        if origin.offset() >= HEAD && is_cut_like_uuid(name) {
            self.partly = true;
            return;
        }
        match self.capitals.get_mut(&agent) {
            Some((_, first)) => *first = origin.min(*first),
            None => self.add(keys, name, agent, origin),
        }
    }

    fn add(&mut self, keys: &Keys, name: &[u8], agent: u64, origin: Origin) {
        // A name that folds to itself is kept, too, so as to be folded once.
        let folded = folded(name).map_or(agent, |folded| keys.of(&folded));
        self.capitals.insert(agent, (folded, origin));
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
        self.partly |= other.partly;
        for (agent, (folded, origin)) in other.capitals {
            let known = self.capitals.entry(agent).or_insert((folded, origin));
            known.1 = known.1.min(origin);
        }
        for (_, (count, first)) in other.blanks {
            note_blank(&mut self.blanks, first, count);
        }
    }

    /// The names that do not fold to themselves.
    fn others(&self) -> impl Iterator<Item = (&u64, &(u64, Origin))> {
        self.capitals.iter().filter(|(agent, (folded, _))| *agent != folded)
    }

    /// The keys that names with capitals fold to.
    pub(crate) fn folded(&self) -> QuickSet<u64> {
        self.others().map(|(_, (folded, _))| *folded).collect()
    }

    /// What is to be told. `plain` are the agents, with their first records,
    /// whose names others fold to. Of two spellings one is the batch's: others
    /// are not its business.
    pub(crate) fn remarks(&self, run: &Run<'_>, plain: &[(u64, Origin)]) -> Vec<Remark> {
        let others = self.others().map(|(_, known)| *known);
        let mut all: Vec<(u64, Origin)> = others.chain(plain.iter().copied()).collect();
        all.sort_unstable();
        let mut remarks: BTreeMap<u16, Remark> = BTreeMap::new();
        for alike in all.chunk_by(|one, other| one.0 == other.0) {
            let [(_, first), (_, second), ..] = *alike else { continue };
            let sent = run.sources.get(usize::from(first.source()));
            if sent.is_some_and(|source| source.file.role == Role::Batch) {
                let records = [second, first];
                let known = remarks.entry(second.source()).or_insert(Remark::Agents {
                    count: 0,
                    partly: self.partly,
                    records,
                });
                known.add(records);
            }
        }
        let blanks = self.blanks.values().map(|(count, first)| Remark::Blanks(*count, *first));
        remarks.into_values().chain(blanks).collect()
    }
}

fn note_blank(blanks: &mut BTreeMap<u16, (u64, Origin)>, origin: Origin, count: u64) {
    let known = blanks.entry(origin.source()).or_insert((0, origin));
    *known = (known.0 + count, known.1.min(origin));
}

/// Something to tell about the names of a source.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Remark {
    /// So many agents are spelled in another way, too, at least if only a part
    /// was looked at: the first record here, and one with the other spelling.
    Agents { count: u64, partly: bool, records: [Origin; 2] },
    /// So many ids have blanks around them: the first of them.
    Blanks(u64, Origin),
}

impl Remark {
    fn add(&mut self, records: [Origin; 2]) {
        if let Remark::Agents { count, records: first, .. } = self {
            *count += 1;
            *first = (*first).min(records);
        }
    }

    /// The records it names.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin> {
        let (first, other) = match self {
            Remark::Agents { records: [first, other], .. } => (*first, Some(*other)),
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
            (Remark::Agents { count, partly, .. }, Some([here, there])) => {
                if !are_alike(&here.agent, &there.agent) {
                    return Err(Again::Collision);
                }
                notes.push((source, note_of_agents(*count, *partly, here, there)));
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

fn note_of_agents(count: u64, partly: bool, here: &Record, there: &Record) -> String {
    let spelled = format!(
        "`{}` ({}) and `{}` ({})",
        brief(&here.agent),
        spot(here),
        brief(&there.agent),
        there.place()
    );
    let least = if partly { "at least " } else { "" };
    let what = match count {
        1 => format!("an agent is spelled in two ways, {spelled}"),
        _ => format!("{least}{count} agents are spelled in two ways, such as {spelled}"),
    };
    format!(
        "{what}; each spelling is checked as an agent of its own, and overlaps between them are \
         not seen: write the names alike"
    )
}

/// Where a record stands in its file.
fn spot(record: &Record) -> String {
    record.pointer.clone().unwrap_or_else(|| format!("line {}", record.line))
}

fn note_of_blanks(count: u64, first: &Record) -> String {
    let id = format!("`{}` ({})", brief(first.id.as_deref().unwrap_or_default()), spot(first));
    let what = match count {
        1 => format!("the id {id} has blanks around it, and is"),
        _ => format!("{count} ids have blanks around them, such as {id}, and are"),
    };
    format!("{what} not the same as without: remove the blanks if they mean nothing")
}
