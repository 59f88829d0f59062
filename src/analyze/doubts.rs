//! Turns what was noticed while reading into doubts, each at its place.

mod claims;

mod days;

mod ends;

mod files;

mod patterns;

mod people;

pub(super) mod pages;

pub(super) mod tables;

mod zones;

use super::coverage::{MatchBy, Stranger};
use super::facts::Facts;
use crate::judge::doubts::{
    About, grouped_sheet, more_pages, more_than_it_shows, no_end, no_record,
    strangers::{self, Remedy},
    swallowed_rows, two_agents, two_values, unread_records,
};
use crate::model::doubt::Doubt;
use crate::model::fate::{Fate, Fates};
use crate::model::observation::Noticed;
use crate::model::occurrences::Occurrences;
use crate::model::row::Field;
use crate::model::source::{Origin, Role};
use crate::read::may_be_other_code;
use crate::read::names::{PersonRank, meaning};
use crate::read::source::{NotedCount, Source, SourceLedger};
use crate::schedule::Schedule;
use crate::schedule::run::Run;
use std::sync::Arc;

pub(super) use people::names_several;

use patterns::NotedPlace;

/// What is known of all inputs that a doubt about one may need.
#[derive(Clone, Copy)]
pub(super) struct DoubtContext<'a> {
    pub(super) schedule: &'a Schedule<'a>,
    pub(super) facts: &'a Facts,
}

/// Whether an input has something that matters only if it names an agent.
pub(super) fn wants_agents(run: &Run<'_>) -> bool {
    let depends = |noticed| matches!(noticed, Noticed::Calendar | Noticed::Days);
    let noted = |source: &Source| source.ledger().noted().any(|(noticed, ..)| depends(noticed));
    run.sources.iter().any(noted)
}

/// The doubts about one input. Counts records that only the whole file shows to
/// be what they are.
pub(super) fn of_source(known: DoubtContext<'_>, place: usize, fates: &mut Fates) -> Vec<Doubt> {
    let Schedule { run, collected, .. } = known.schedule;
    let (source, facts) = (&run.sources[place], known.facts);
    let path = Arc::clone(&source.file.shown);
    let mut doubts = files::of_file(known, place, &path);
    doubts.extend(zones::of_zones(known, place));
    doubts.extend(collected.oddities.doubts(place, source));
    doubts.extend(ends::of_ends(known, place, fates.of(Fate::Checked)));
    doubts.extend(run.surveyed[place].doubts.iter().cloned());
    let ledger = source.ledger();
    doubts.extend(unread_places(&ledger).into_iter().map(|place| {
        let NotedPlace { pointer, detail, noted } = &place;
        let (line, count) = (line_of(source, *noted), noted.count);
        unread_records::doubt(&About { path: &path, place: pointer, line, count }, detail)
    }));
    for (noticed, pointer, detail, noted) in ledger.noted() {
        let about = || About {
            path: &path,
            place: pointer,
            line: line_of(source, noted),
            count: noted.count,
        };
        doubts.extend(match noticed {
            Noticed::Stray if has_records(&ledger, pointer) || fates.records == 0 => {
                Some(no_record::doubt(&about(), &keys_named(detail)))
            }
            Noticed::Empty if pointer.is_empty() || has_records(&ledger, pointer) => {
                fates.records += noted.count;
                fates.add(Fate::Empty, noted.count);
                None
            }
            Noticed::Agentless if !is_unassigned(&ledger, detail) => {
                fates.change(Fate::Unassigned, Fate::Unreadable, noted.count);
                Some(no_record::doubt(&about(), &keys_named(detail)))
            }
            Noticed::Times if has_neighbour(&ledger, pointer) => {
                Some(unread_records::doubt(&about(), "lists of times, side by side"))
            }
            Noticed::Calendar if names_agent(known, &ledger, pointer) => {
                Some(unread_records::doubt(&about(), "a calendar that names agents"))
            }
            Noticed::Unfinished => Some(more_pages::unfinished_by(&about(), detail)),
            Noticed::More => Some(more_than_it_shows::doubt(&about(), detail)),
            Noticed::Failure if fates.records == 0 || !may_be_other_code(pointer) => {
                Some(more_pages::failed(&about(), detail))
            }
            Noticed::Swallowed => Some(swallowed_rows::doubt(&about(), detail)),
            Noticed::Grouped => {
                let count = noted.count.max(fates.of(Fate::Unassigned));
                Some(grouped_sheet::doubt(&About { count, ..about() }))
            }
            _ => None,
        });
    }
    doubts.extend(collected.rivals.of(place).map(|rival| {
        let about = About {
            path: &path,
            place: rival.column,
            line: source.line_at(rival.records.first),
            count: rival.records.count,
        };
        match rival.field {
            Some(Field::Times) if source.column_of(Field::Start) == Some(rival.chosen) => {
                unread_records::doubt(&about, "ranges of times")
            }
            Some(field) => two_values::doubt(&about, field.name(), rival.chosen),
            None => two_agents::doubt(&about, rival.chosen),
        }
    }));
    doubts.extend(days::of_days(known, &ledger, (source, &path)));
    drop(ledger);
    doubts.extend(people::of_keys(run, source, &path));
    doubts.extend(tables::of_numbered_columns(known, place));
    doubts.extend(tables::of_length(source));
    doubts.extend(collected.rivals.ends_of(place).map(|end| {
        let (line, count) = (source.line_at(end.at), end.count);
        no_end::doubt(&About { path: &path, place: end.column, line, count }, &end.words)
    }));
    let strangers = facts.strangers.iter().filter(|stranger| stranger.place == place);
    doubts.extend(strangers.map(|stranger| of_stranger(run, stranger)));
    let claims = claims::of(&collected.claims, run, &facts.every_agent, place);
    let is_told = |claim: &Doubt| {
        let same = |doubt: &Doubt| doubt.kind == &two_agents::KIND && doubt.place == claim.place;
        doubts.iter().any(same)
    };
    let claims: Vec<Doubt> = claims.into_iter().filter(|claim| !is_told(claim)).collect();
    doubts.extend(claims);
    doubts.extend(people::of_several(run, &facts.several, place));
    let shared = facts.shared.iter().filter(|of| usize::from(of.first.source()) == place);
    let mut shared: Vec<Occurrences<Origin>> = shared.copied().collect();
    shared.sort_unstable_by_key(|of| of.first);
    doubts.extend(shared.into_iter().map(|Occurrences { count, first }| {
        let name = known.schedule.names_of(&[first]).pop().unwrap_or_default();
        let line = source.line_at(first.offset());
        two_agents::shared_name(&About { path: &path, place: &name, line, count })
    }));
    doubts
}

/// Where records may be that were not read.
fn unread_places(ledger: &SourceLedger) -> Vec<NotedPlace> {
    let unread = ledger.noted().filter(|(noticed, ..)| *noticed == Noticed::Unread);
    let place = |(_, pointer, detail, noted): (_, &str, &str, _)| NotedPlace {
        pointer: pointer.to_owned(),
        detail: detail.to_owned(),
        noted,
    };
    patterns::fold(unread.map(place).collect())
}

fn of_stranger(run: &Run<'_>, stranger: &Stranger) -> Doubt {
    let file = |place: usize| &run.sources[place].file;
    let [here, there] = &stranger.names;
    let remedy = match &stranger.match_by {
        MatchBy::Column { place, column } => Remedy::Column(file(*place).role.name(), column),
        MatchBy::Rewriting(what) => Remedy::Rewriting(what),
        MatchBy::Nothing => Remedy::Nothing,
    };
    let (own, other) = (file(stranger.place), file(stranger.other));
    let about = About::file(&own.shown);
    match own.role {
        Role::Batch => strangers::of_batch(&about, here, (&other.shown, there), remedy),
        _ => strangers::doubt(&about, here, there, remedy),
    }
}

/// Whether the list that an element stands in has records.
fn has_records(ledger: &SourceLedger, pattern: &str) -> bool {
    let list = pattern.strip_suffix("/*").unwrap_or(pattern);
    // Lists within elements note such things only if they have records.
    list.contains("/*") || ledger.records_under(list) > 0
}

/// Whether a record without a key for the agent is an unassigned shift: it has no
/// key that records with an agent do not have, or one that says it is open.
fn is_unassigned(ledger: &SourceLedger, keys: &str) -> bool {
    let paths = || keys.split(", ").filter(|path| !path.is_empty());
    let shared = |path: &str| ledger.key(path).is_some_and(|key| key.values > key.agentless);
    const OPEN: [&str; 5] = ["open", "unassigned", "vacant", "unfilled", "available"];
    let says_open = |path: &str| {
        let folded = path.to_lowercase();
        OPEN.iter().any(|word| folded.contains(word))
    };
    // Such as `email`, which is not read as the agent by itself.
    let names_person = |path: &str| {
        let person = meaning(path, Role::Batch).person;
        person.is_some_and(|person| person < PersonRank::Name)
    };
    !paths().any(names_person) && paths().all(shared) || paths().any(says_open)
}

/// Whether a list of times stands beside another one.
fn has_neighbour(ledger: &SourceLedger, pattern: &str) -> bool {
    let outer = |pattern: &str| {
        let list = pattern.strip_suffix("/*").unwrap_or(pattern);
        list.rfind('/').map(|place| list[..place].to_owned())
    };
    let own = outer(pattern);
    let others = ledger.noted().filter(|(noticed, other, ..)| {
        *noticed == Noticed::Times && *other != pattern && outer(other) == own
    });
    others.count() > 0
}

/// Whether something names an agent of the inputs.
fn names_agent(known: DoubtContext<'_>, ledger: &SourceLedger, pointer: &str) -> bool {
    match ledger.mentions(pointer) {
        Some(words) => words.iter().any(|word| {
            let key = known.schedule.keys.of(word.trim_ascii());
            known.facts.every_agent.contains(&key)
        }),
        None => ledger.has_mentions(pointer),
    }
}

/// `the keys `a`, `b``, or what else an element is.
fn keys_named(detail: &str) -> String {
    if detail.starts_with("a ") || detail == "…" || detail.is_empty() {
        return detail.to_owned();
    }
    let keys: Vec<String> = detail.split(", ").take(12).map(|key| format!("`{key}`")).collect();
    format!("objects with {}", keys.join(", "))
}

fn line_of(source: &Source, noted: NotedCount) -> Option<u64> {
    noted.line.or_else(|| source.line_at(noted.at))
}
