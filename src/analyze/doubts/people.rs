//! Finds doubts about who is meant: keys and words that name agents.

use crate::analyze::coverage::may_name_alike;
use crate::judge::doubts::{About, more_than_it_shows, two_agents};
use crate::model::doubt::Doubt;
use crate::model::occurrences::Occurrences;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::names::{PersonRank, meaning};
use crate::read::source::Source;
use crate::schedule::run::Run;
use crate::schedule::several::{SharedMeaning, SharedRecords};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A key that names agents, wherever in a document it stands.
#[derive(Default)]
struct Namer {
    /// How many values it has, and how many records it names the agent of.
    values: u64,
    records: u64,
    /// The byte at which the first of them begins.
    first: Option<u64>,
    words: Vec<String>,
}

/// The doubts about keys that name agents each in words of its own: who is named by one
/// in some records and by another in others is two agents. A list of agents says which
/// of them are one.
pub(super) fn of_keys(run: &Run<'_>, source: &Source, path: &str) -> Vec<Doubt> {
    let role = source.file.role;
    if !role.claims_time() || run.sources.iter().any(|other| other.file.role == Role::Agents) {
        return Vec::new();
    }
    let mut namers: BTreeMap<String, Namer> = BTreeMap::new();
    for key in source.ledger().keys().into_iter().filter(|key| key.agents > 0) {
        let namer = namers.entry(key.name.clone()).or_default();
        namer.values += key.values;
        namer.records += key.agents;
        namer.first = namer.first.into_iter().chain(key.first_agent).min();
        namer.words.extend(key.words().into_iter().map(str::to_owned));
    }
    let mapped = run.settings.columns_of(&source.file);
    let is_mapped = |name: &str| mapped.contains(&(Field::Agent, name.to_owned()));
    let most = namers.iter().max_by_key(|(_, namer)| (namer.records, Reverse(namer.first)));
    let Some((most, main)) = most else { return Vec::new() };
    let others = namers.iter().filter(|(name, _)| *name != most);
    let differing = others.filter(|(name, namer)| {
        let settled = is_mapped(name) && is_mapped(most);
        !settled && name_differently((most, main), (name, namer), role)
    });
    differing
        .map(|(name, namer)| {
            let line = namer.first.and_then(|at| source.line_at(at));
            let about = About { path, place: name, line, count: namer.records };
            two_agents::of_keys(&about, most, namer.values >= namer.records + main.records)
        })
        .collect()
}

/// Whether two keys name agents in words of two kinds: by what the keys are called, or
/// by the first words.
fn name_differently(
    (one, of_one): (&str, &Namer),
    (other, of_other): (&str, &Namer),
    role: Role,
) -> bool {
    let kind = |name: &str| match meaning(name, role).person? {
        PersonRank::Number => Some(0),
        PersonRank::Login => Some(1),
        PersonRank::Name | PersonRank::PlainName => Some(2),
        PersonRank::Person => None,
    };
    match kind(one).zip(kind(other)) {
        Some((one, other)) if one != other => true,
        _ => !may_name_alike(&of_one.words, &of_other.words),
    }
}

/// Whether the column of the agent has a name in the plural: `Employee IDs`.
pub(in crate::analyze) fn names_several(run: &Run<'_>, place: u16) -> bool {
    let source = run.sources.get(usize::from(place));
    let column = source.map(|source| source.column_named(Field::Agent).to_lowercase());
    column.is_some_and(|name| {
        let name = name.trim_end();
        name.ends_with('s') && !["ss", "us", "is"].iter().any(|end| name.ends_with(end))
    })
}

/// The doubts about one input whose records name several agents, or the one above.
pub(super) fn of_several(run: &Run<'_>, found: &[SharedRecords], place: usize) -> Vec<Doubt> {
    let source = &run.sources[place];
    let column = source.column_named(Field::Agent);
    let own = found.iter().filter(|found| usize::from(found.source) == place);
    let doubt = |found: &SharedRecords| {
        let Occurrences { count, first } = found.records;
        let word = run.names_of(&[first]).pop().unwrap_or_default();
        let line = source.line_at(first.offset());
        let about = About { path: &source.file.shown, place: &column, line, count };
        match found.meaning {
            SharedMeaning::Ditto => more_than_it_shows::of_ditto(&about, &word),
            SharedMeaning::Everybody => more_than_it_shows::of_everybody(&about, &word),
            SharedMeaning::Group => more_than_it_shows::of_group(&about, &word),
            SharedMeaning::Several => more_than_it_shows::of_several_agents(&about, &word),
        }
    };
    own.map(doubt).collect()
}
