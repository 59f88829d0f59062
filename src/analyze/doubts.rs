//! What was noticed while reading becomes doubts, each at its place.

mod people;
pub(super) mod tables;

use super::accepted::is_accepted;
use super::claims::Claims;
use super::coverage::{MatchBy, Stranger, names_at};
use super::oddities::Oddities;
use super::rivals::Rivals;
use super::run::Run;
use super::several;
use crate::judge::doubts::{
    About, encoding, grouped_sheet, more_pages, more_than_it_shows, no_end, no_record,
    strangers::{self, Remedy},
    swallowed_rows, two_agents, two_values, unmatched_map, unread_file, unread_records, zone,
};
use crate::model::doubt::Doubt;
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{Input, Problem};
use crate::model::keys::{Keys, QuickSet};
use crate::model::observation::{KeyFacts, Noticed};
use crate::model::row::Field;
use crate::model::settings::UnreadFile;
use crate::model::source::{Origin, Role};
use crate::read::columns::missing_field;
use crate::read::is_about_pages;
use crate::read::names::{PersonRank, ZoneHint, is_unread, meaning};
use crate::read::source::{NotedCount, Source, SourceLedger};
use crate::timestamp;
use std::sync::Arc;

/// What is known of all inputs that a doubt about one may need.
pub(super) struct DoubtContext<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) keys: &'a Keys,
    /// The agents of all inputs, if a calendar asks for them.
    pub(super) agents: QuickSet<u64>,
    pub(super) rivals: &'a Rivals,
    pub(super) oddities: &'a Oddities,
    pub(super) strangers: &'a [Stranger],
    /// Records with a name that two agents share: how many in one source, and the first.
    pub(super) shared: &'a [(u64, Origin)],
    /// Records whose agents stand for others.
    pub(super) several: &'a [several::SharedRecords],
    pub(super) claims: &'a Claims,
}

/// Whether an input has a list that is a calendar only if it names no agent.
pub(super) fn wants_agents(run: &Run<'_>) -> bool {
    let calendars =
        |source: &Source| source.ledger().noted().any(|(noticed, ..)| noticed == Noticed::Calendar);
    run.sources.iter().any(calendars)
}

/// The doubts about one input. Counts records that only the whole file shows to
/// be what they are.
pub(super) fn of_source(known: &DoubtContext<'_>, place: usize, fates: &mut Fates) -> Vec<Doubt> {
    let source = &known.run.sources[place];
    let path = Arc::clone(&source.file.shown);
    let mut doubts = of_file(known.run, place, &path);
    doubts.extend(known.oddities.doubts(place, source, fates.of(Fate::Checked)));
    doubts.extend(known.run.surveyed[place].doubts.iter().cloned());
    let ledger = source.ledger();
    for (noticed, pointer, detail, noted) in ledger.noted() {
        let about = || About {
            path: &path,
            place: pointer,
            line: line_of(source, noted),
            count: noted.count,
        };
        doubts.extend(match noticed {
            Noticed::Unread => Some(unread_records::doubt(&about(), detail)),
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
            Noticed::More => Some(more_than_it_shows::doubt(&about(), detail)),
            Noticed::Swallowed => Some(swallowed_rows::doubt(&about(), detail)),
            Noticed::Grouped => {
                let count = noted.count.max(fates.of(Fate::Unassigned));
                Some(grouped_sheet::doubt(&About { count, ..about() }))
            }
            _ => None,
        });
    }
    doubts.extend(known.rivals.of(place).map(|rival| {
        let about = About {
            path: &path,
            place: rival.column,
            line: source.line_at(rival.at),
            count: rival.count,
        };
        match rival.field {
            Some(Field::Times) if source.column_of(Field::Start) == Some(rival.chosen) => {
                unread_records::doubt(&about, "ranges of times")
            }
            Some(field) => two_values::doubt(&about, field.name(), rival.chosen),
            None => two_agents::doubt(&about, rival.chosen),
        }
    }));
    drop(ledger);
    doubts.extend(people::of_keys(known.run, source, &path));
    doubts.extend(tables::of_numbered_columns(known, place));
    doubts.extend(tables::of_length(source));
    doubts.extend(known.rivals.ends_of(place).map(|end| {
        let (line, count) = (source.line_at(end.at), end.count);
        no_end::doubt(&About { path: &path, place: end.column, line, count }, &end.words)
    }));
    let strangers = known.strangers.iter().filter(|stranger| stranger.place == place);
    doubts.extend(strangers.map(|stranger| of_stranger(stranger, &path, source.file.role)));
    let claims = known.claims.doubts(known.run, &known.agents, place);
    let is_told = |claim: &Doubt| {
        let same = |doubt: &Doubt| doubt.kind == &two_agents::KIND && doubt.place == claim.place;
        doubts.iter().any(same)
    };
    let claims: Vec<Doubt> = claims.into_iter().filter(|claim| !is_told(claim)).collect();
    doubts.extend(claims);
    doubts.extend(several::doubts(known.run, known.several, place));
    let shared = known.shared.iter().filter(|(_, first)| usize::from(first.source()) == place);
    let mut shared: Vec<(u64, Origin)> = shared.copied().collect();
    shared.sort_unstable_by_key(|(_, first)| *first);
    doubts.extend(shared.into_iter().map(|(count, first)| {
        let name = names_at(known.run, &[first]).pop().unwrap_or_default();
        let line = source.line_at(first.offset());
        two_agents::shared_name(&About { path: &path, place: &name, line, count })
    }));
    doubts
}

fn of_stranger(stranger: &Stranger, path: &str, role: Role) -> Doubt {
    let [here, there] = &stranger.names;
    let remedy = match &stranger.match_by {
        MatchBy::Column { batch, column } => {
            let role = if *batch { Role::Batch } else { role };
            Remedy::Column(role.name(), column)
        }
        MatchBy::Rewriting(what) => Remedy::Rewriting(what),
        MatchBy::Nothing => Remedy::Nothing,
    };
    strangers::doubt(&About::file(path), here, there, remedy)
}

/// The doubts about an input as a whole.
fn of_file(run: &Run<'_>, place: usize, path: &str) -> Vec<Doubt> {
    let source = &run.sources[place];
    let about = About::file(path);
    let mut doubts = Vec::new();
    if let Some((name, false)) = run.settings.encoding_of(&source.file.path)
        && source.wrapping().was_utf_8
    {
        doubts.push(encoding::doubt(&about, name));
    }
    doubts.extend(abbreviated_zone(run, source, path));
    doubts.extend(keys_of_ends(source, path));
    if let Some(aside) = source.aside().filter(|aside| aside.doubtful) {
        doubts.push(unread_file::doubt(&about, &aside.why, aside.option));
    }
    // A mapping is told at the first input that it is about.
    for mapping in &run.settings.columns {
        let mut inputs = run.sources.iter().enumerate().filter(|(_, source)| {
            mapping.role.is_none_or(|role| role == source.file.role) && source.aside().is_none()
        });
        let missing = inputs.clone().all(|(_, source)| !source.has_column(&mapping.column));
        if missing && inputs.next().is_some_and(|(first, _)| first == place) {
            let about = About { place: &mapping.column, ..about };
            doubts.push(unmatched_map::doubt(&about, mapping.field.name()));
        }
    }
    doubts
}

/// The doubts about keys that hold dates and are not read, in a document of time off
/// whose records have no end. By their first values: keys say of each record what they
/// are, so that a record of another kind has other ones.
fn keys_of_ends(source: &Source, path: &str) -> Vec<Doubt> {
    let ledger = source.ledger();
    let keys = ledger.keys();
    let is = |name: &str, fields: &[Field]| {
        source.field_of_key(name).is_some_and(|field| fields.contains(&field))
    };
    let ended = [Field::End, Field::EndDate, Field::Times];
    if source.file.role != Role::TimeOff || keys.iter().any(|key| is(&key.name, &ended)) {
        return Vec::new();
    }
    let days = |key: &KeyFacts| -> Option<Vec<i64>> { key.words().into_iter().map(day).collect() };
    let starts = [Field::Start, Field::StartDate, Field::Date];
    let starts = keys.iter().filter(|key| is(&key.name, &starts));
    let Some(first) = starts.filter_map(|key| days(key)?.into_iter().min()).min() else {
        return Vec::new();
    };
    let unread = keys.iter().filter(|key| {
        source.field_of_key(&key.name).is_none() && is_unread(&key.name, Role::TimeOff)
    });
    let later = unread.filter(|key| {
        days(key).is_some_and(|days| !days.is_empty() && days.iter().all(|day| *day >= first))
    });
    let doubt = |key: &&KeyFacts| {
        let about = About { place: &key.name, count: key.values, ..About::file(path) };
        no_end::doubt(&about, &key.words().into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    later.map(doubt).collect()
}

/// The day of a word that is a date, with a time or without.
fn day(word: &str) -> Option<i64> {
    timestamp::read(word.as_bytes(), None).ok()?.utc_day()
}

/// The doubt about a column whose name abbreviates its zone, if nothing else names one.
fn abbreviated_zone(run: &Run<'_>, source: &Source, path: &str) -> Option<Doubt> {
    let hints = source.hints();
    let columns = [(Field::Start, hints.start), (Field::End, hints.end)];
    let found = columns.into_iter().find_map(|(field, hint)| match hint? {
        ZoneHint::Abbreviation(zone) => Some((source.column_of(field)?.to_owned(), zone)),
        _ => None,
    });
    let (column, zone) = found.filter(|_| run.zone.is_none() && !source.may_have(Field::Zone))?;
    Some(zone::of_abbreviation(&About { place: &column, ..About::file(path) }, &zone))
}

/// A file of a directory that is not read, as an input of its own.
pub(super) fn unread(run: &Run<'_>, file: &UnreadFile) -> Input {
    let mut doubts = Vec::new();
    let mut notes = Vec::new();
    if file.doubtful {
        let mut doubt = unread_file::doubt(&About::file(&file.path), &file.why, file.option);
        doubt.accepted = is_accepted(run.settings, &doubt, &file.path);
        doubts.push(doubt);
    } else {
        notes.push(format!("not read: {}", file.why));
    }
    Input {
        path: Arc::clone(&file.path),
        role: file.role,
        format: None,
        is_read: false,
        fates: Fates::default(),
        notes,
        doubts,
        problem: None,
        coverage: None,
        date_order: None,
        reading: None,
    }
}

/// The pages that were not given, of each input that says there are more. Pages
/// are complete if their numbers have no hole, if one of them is the last, or if
/// they hold as many entries as there are.
pub(super) fn of_pages(run: &Run<'_>, fates: &[Fates], doubts: &mut [Vec<Doubt>]) {
    let roles = [Role::Batch, Role::Published, Role::TimeOff, Role::Swaps, Role::Agents];
    for role in roles {
        let places: Vec<usize> =
            (0..run.sources.len()).filter(|place| run.sources[*place].file.role == role).collect();
        let pages: Vec<PagingFacts> =
            places.iter().map(|place| PagingFacts::of(&run.sources[*place])).collect();
        let says_more = |page: &PagingFacts| page.more.is_some() || page.is_one_of_several();
        if !pages.iter().any(says_more) || are_complete(run, &pages, &places, fates) {
            continue;
        }
        for (place, page) in places.iter().zip(&pages) {
            let source = &run.sources[*place];
            let path = Arc::clone(&source.file.shown);
            let counted = page.counted.as_ref().filter(|_| page.is_one_of_several());
            if let Some((pointer, word, noted)) = page.more.as_ref().or(counted) {
                let (line, count) = (line_of(source, *noted), 1);
                let about = About { path: &path, place: pointer, line, count };
                doubts[*place].push(more_pages::doubt(&about, word));
            }
        }
    }
}

/// What a document says about pages.
#[derive(Default)]
struct PagingFacts {
    /// The key that says there is more, its word, and where.
    more: Option<(String, String, NotedCount)>,
    number: Option<u64>,
    pages: Option<u64>,
    total: Option<u64>,
    /// A number of entries, of all or of this page.
    count: Option<u64>,
    /// Whether a size or a place among all entries stands beside their number.
    has_window: bool,
    /// The key that counts most of pages, its word, and where.
    counted: Option<(String, String, NotedCount)>,
}

impl PagingFacts {
    /// Whether it numbers itself among others: there are as many pages as it says, or
    /// as its entries fill.
    fn is_one_of_several(&self) -> bool {
        let paged = self.pages.is_some_and(|pages| pages > 1) || self.total.is_some();
        self.number.is_some() && paged || self.has_window
    }

    fn of(source: &Source) -> PagingFacts {
        let mut page = PagingFacts::default();
        let (mut totals, mut windows, mut weight) = (Vec::new(), Vec::new(), (0, None));
        for (noticed, pointer, detail, noted) in source.ledger().noted() {
            match (noticed, detail.split_once('=')) {
                (Noticed::MorePages, _) if page.more.is_none() => {
                    page.more = Some((pointer.to_owned(), detail.to_owned(), noted));
                }
                (Noticed::Pages, Some(("window", _))) => windows.push(outer(pointer).to_owned()),
                (Noticed::Pages, Some((what, word))) => {
                    let number: Option<u64> = word.parse().ok();
                    // The largest of several totals counts: others are of this page.
                    let rank = match what {
                        "page" => {
                            page.number = number;
                            (1, None)
                        }
                        "pages" => {
                            page.pages = number;
                            (2, None)
                        }
                        _ => {
                            let is_total = what == "total";
                            let known = if is_total { &mut page.total } else { &mut page.count };
                            *known = (*known).max(number);
                            totals.push(outer(pointer).to_owned());
                            (3, number)
                        }
                    };
                    if rank > weight {
                        weight = rank;
                        page.counted = Some((pointer.to_owned(), word.to_owned(), noted));
                    }
                }
                _ => {}
            }
        }
        let about_pages =
            |object: &str| is_about_pages(object.rsplit('/').next().unwrap_or_default());
        page.has_window = windows
            .iter()
            .any(|object| totals.contains(object) || about_pages(object) && !totals.is_empty());
        page
    }
}

/// The pointer of the object that a key stands in.
fn outer(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(outer, _)| outer)
}

fn are_complete(run: &Run<'_>, pages: &[PagingFacts], places: &[usize], fates: &[Fates]) -> bool {
    // A group in which one document leads nowhere has its last page.
    let several = pages.len() > 1;
    let leads = pages.iter().any(|page| page.more.is_some());
    if several && leads && pages.iter().any(|page| page.more.is_none()) {
        return true;
    }
    let records: u64 = places.iter().map(|place| fates[*place].records).sum();
    // What is counted may hold several records, or none: the agents of a schedule.
    let elements = |place: &usize| run.sources[*place].ledger().elements_with_records();
    let most = records.max(places.iter().map(elements).sum());
    // Where there is a next page, a count may be that of this one.
    let of_all = |page: &PagingFacts| if leads { page.total } else { page.total.max(page.count) };
    if pages.iter().filter_map(of_all).max().is_some_and(|total| total <= most) {
        return true;
    }
    let mut numbers: Vec<u64> = pages.iter().filter_map(|page| page.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let last = pages.iter().filter_map(|page| page.pages).max();
    let first = numbers.first().copied().unwrap_or(u64::MAX);
    last.is_some_and(|last| first <= 1 && numbers.len() as u64 >= last)
}

/// Why an input holds nothing that could be read, although there is something.
pub(super) fn problem_of(source: &Source, fates: &Fates) -> Option<Problem> {
    let ledger = source.ledger();
    if !source.names_in_records()
        || source.is_empty
        || source.aside().is_some()
        || source.problem().is_some()
    {
        return None;
    }
    let agentless: u64 = ledger
        .noted()
        .filter(|(noticed, ..)| *noticed == Noticed::Agentless)
        .map(|(.., noted)| noted.count)
        .sum();
    let listed = source.has_lists() || source.has_lines();
    let problem = |message: String, help: String| {
        Some(Problem { line: None, column: None, message, help: Some(help) })
    };
    if fates.records > agentless || fates.records == 0 && listed && ledger.elements() == 0 {
        return None;
    }
    let names: Vec<String> = ledger.keys().iter().map(|key| key.path.clone()).collect();
    let found = crate::read::json_keys(&names);
    if !listed {
        let message = format!("no list of records in this JSON: found {found}");
        return problem(message, crate::read::UNDERSTOOD.to_owned());
    }
    let field = missing_field(source.file.role, &names)?;
    problem(
        format!("no key for the {}: found {found}", field.name()),
        format!("name it with --map {}=KEY", field.name()),
    )
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

/// Whether a list that may be a calendar names an agent of the inputs.
fn names_agent(known: &DoubtContext<'_>, ledger: &SourceLedger, pointer: &str) -> bool {
    match ledger.mentions(pointer) {
        Some(words) => words.iter().any(|word| {
            let key = known.keys.of(word.trim_ascii());
            known.agents.contains(&key)
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
