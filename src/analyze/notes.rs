//! Puts what was noticed of the ids of an input, and of zones that no record needs, into words.

use super::records::Records;
use crate::model::alike::nearest_name;
use crate::model::finding::{Record, brief};
use crate::model::source::Role;
use crate::model::spelling::are_alike;
use crate::read::source::Source;
use crate::schedule::Schedule;
use crate::schedule::remarks::IdRemark;
use crate::schedule::reopen::read_agents;
use crate::schedule::run::{Again, Run};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the remarks into words, each for its source.
///
/// # Errors
/// When two names turn out to share a key.
pub(super) fn of_ids(remarks: &[IdRemark], records: &Records) -> Result<Vec<(u16, String)>, Again> {
    let mut notes = Vec::new();
    for remark in remarks {
        let source = remark.origins().next().unwrap_or_default().source();
        let named: Option<Vec<&Record>> =
            remark.origins().map(|origin| records.get(origin).map(|record| &**record)).collect();
        match (remark, named.as_deref()) {
            (IdRemark::Alike { count, partly, .. }, Some([here, there])) => {
                let ids = [here, there].map(|record| record.id.as_deref().unwrap_or_default());
                if !are_alike(ids[0], ids[1]) {
                    return Err(Again::Collision);
                }
                let spelled = spelled([here, there], ids);
                notes.push((source, note_of_ids(*count, *partly, &spelled)));
            }
            (IdRemark::Blanks(count, _), Some([first])) => {
                notes.push((source, note_of_blanks(*count, first)));
            }
            // The file changed meanwhile, which is told.
            _ => {}
        }
    }
    Ok(notes)
}

/// That the ids of a file are those of shifts, whose parts are its records.
pub(super) fn of_shift_ids(ids: &BTreeMap<u16, u64>) -> Vec<(u16, String)> {
    let note = |(source, ids): (&u16, &u64)| {
        let said = format!(
            "{ids} ids stand on several records of one agent that adjoin each other: they are \
             taken for those of shifts, and these records for their parts"
        );
        (*source, said)
    };
    ids.iter().map(note).collect()
}

/// The zones that the configuration gives to agents whom no record names, each with the name that
/// may have been meant. Names are read again only where there is such a zone.
pub(super) fn of_zones(schedule: &Schedule<'_>) -> Vec<(u16, String)> {
    let (run, agents) = (schedule.run, &schedule.agents);
    let idle = run.settings.agent_zones.iter().map(|(agent, _)| agent);
    let idle: Vec<&String> = match agents.given() {
        true => Vec::new(),
        false => idle.filter(|agent| !agents.is_used(schedule.keys, agent)).collect(),
    };
    let place = run.sources.iter().position(|source| source.file.role == Role::Batch);
    let (Some(place), false) = (place, idle.is_empty()) else { return Vec::new() };
    let names = names_in(run);
    let note = |agent: &String| {
        let meant = nearest_name(agent, names.iter().map(String::as_str));
        let meant = meant.map(|name| format!("; did you mean `{}`?", brief(name)));
        let what = "has a zone in the configuration, and no record names this agent";
        (place as u16, format!("`{}` {what}{}", brief(agent), meant.unwrap_or_default()))
    };
    idle.into_iter().map(note).collect()
}

/// The names of agents in the records that can be read again.
fn names_in(run: &Run<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let is_read = |source: &&Source| {
        source.aside().is_none() && !source.is_refused() && source.can_be_read_again()
    };
    let timed = run.sources.iter().filter(|source| source.file.role.claims_time());
    for source in timed.filter(is_read) {
        let again = Source::open(&source.file, run.settings);
        read_agents(&again, usize::MAX, &mut |name, _| {
            names.insert(String::from_utf8_lossy(name).trim().to_owned());
        });
    }
    names
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
