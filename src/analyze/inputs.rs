//! Puts together what the report says of each input.

use super::doubts::{self, DoubtContext, pages, tables};
use super::facts::Facts;
use super::skipped;
use crate::judge::doubts::{About, unread_file};
use crate::judge::rule_of_notice;
use crate::model::doubt::Doubt;
use crate::model::fact::NoticeKind;
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{Input, Problem, brief};
use crate::model::observation::Noticed;
use crate::model::receipt::Receipt;
use crate::model::row::Field;
use crate::model::settings::UnreadFile;
use crate::model::source::Role;
use crate::read::columns::missing_field;
use crate::read::leads_to_data;
use crate::read::source::Source;
use crate::schedule::Schedule;
use crate::schedule::accepted::is_accepted;
use crate::schedule::run::Run;
use crate::timestamp;
use std::sync::Arc;

/// The inputs, in the order of the report, with these notes and receipts by their places.
pub(super) fn of(
    schedule: &Schedule<'_>,
    facts: &Facts,
    notes: Vec<(u16, String)>,
    mut receipts: Vec<Option<Box<Receipt>>>,
) -> Vec<Input> {
    let run = schedule.run;
    let mut counts = facts.counts.clone();
    let mut doubts = doubts(DoubtContext { schedule, facts }, &mut counts);
    let input = |place: usize| {
        let (source, fates) = (&run.sources[place], counts[place]);
        let problem = source.problem().or_else(|| empty_beside_others(run, source));
        let problem = problem.or_else(|| header_with_times(source, &fates));
        let problem = problem.or_else(|| problem_of(source, &fates));
        Input {
            path: Arc::clone(&source.file.shown),
            sheet: source.file.sheet.as_ref().map(|sheet| Arc::clone(&sheet.name)),
            role: source.file.role,
            format: source.format.map(|format| format.name),
            is_read: source.aside().is_none(),
            fates,
            notes: notes_on(schedule, facts, place)
                .into_iter()
                .filter(|note| !tables::tell(note, &doubts[place]))
                .collect(),
            // What could not be read says so once.
            doubts: if problem.is_some() { Vec::new() } else { std::mem::take(&mut doubts[place]) },
            problem: problem.or_else(|| bookkeeping_error(&fates)),
            coverage: facts.covered.by_source.get(place).copied().flatten(),
            date_order: run.conventions[place].order,
            reading: receipts[place].take(),
        }
    };
    let mut inputs: Vec<Input> = (0..run.sources.len()).map(input).collect();
    if facts.swept != counts.iter().map(|fates| fates.entries).sum::<u64>()
        && let Some(first) = inputs.first_mut()
    {
        first.problem.get_or_insert_with(bug);
    }
    for (place, note) in notes {
        inputs[usize::from(place)].notes.push(note);
    }
    inputs.extend(run.settings.unread.iter().map(|file| unread(run, file)));
    inputs.sort_by(|one, other| (one.role, &one.path).cmp(&(other.role, &other.path)));
    inputs
}

/// What is to be said of ids that do not name records and of attendance that is read as
/// the plan, where the rule is off that would say it.
pub(super) fn unsaid(run: &Run<'_>) -> Vec<(u16, String)> {
    const IDS: &str = "its ids name slots and not records (ID109): they are not compared, and \
                       nothing is replaced by them";
    const ATTENDANCE: &str = "it has no planned start, and attendance is read as the plan (RC109)";
    let off = |kind: NoticeKind| !run.settings.is_on(rule_of_notice(kind).code);
    let (ids, attendance) = (off(NoticeKind::SharedIds), off(NoticeKind::AttendanceAsPlan));
    let of_source = |(place, source): (u16, &Source)| {
        let shared = ids && run.shared_ids[usize::from(place)].is_some();
        let attended = attendance && source.reads_attendance();
        let notes = [(shared, IDS), (attended, ATTENDANCE)].into_iter().filter(|(said, _)| *said);
        notes.map(move |(_, note)| (place, note.to_owned()))
    };
    (0..).zip(run.sources).flat_map(of_source).collect()
}

/// What the user should know of how a source was read, or why it was not where that
/// is no doubt.
fn notes_on(schedule: &Schedule<'_>, facts: &Facts, place: usize) -> Vec<String> {
    let run = schedule.run;
    let source = &run.sources[place];
    let aside = skipped::of_source(schedule, facts, source).filter(|aside| !aside.doubtful);
    let aside = aside.map(|aside| format!("not read: {}", aside.why));
    let surveyed = run.surveyed[place].notes.iter().cloned();
    source.notes().into_iter().chain(surveyed).chain(aside).collect()
}

/// The doubts about each input, those that the user has accepted marked.
fn doubts(known: DoubtContext<'_>, counts: &mut [Fates]) -> Vec<Vec<Doubt>> {
    let run = known.schedule.run;
    let places = 0..run.sources.len();
    let mut doubts: Vec<Vec<Doubt>> =
        places.map(|place| doubts::of_source(known, place, &mut counts[place])).collect();
    pages::of_pages(run, counts, &mut doubts);
    for (place, doubts) in doubts.iter_mut().enumerate() {
        let path = Arc::clone(&run.sources[place].file.shown);
        for doubt in doubts {
            doubt.accepted = is_accepted(run.settings, doubt, &path);
        }
    }
    doubts
}

/// Every record has one fate. If that does not add up, the program has lost one.
fn bookkeeping_error(fates: &Fates) -> Option<Problem> {
    (!fates.add_up()).then(bug)
}

fn bug() -> Problem {
    Problem {
        line: None,
        column: None,
        message: "the counts of this check do not add up, which is a bug in shiftlint".to_owned(),
        help: Some("no all-clear can be given; please report it with this input".to_owned()),
    }
}

/// A file of a directory that is not read, as an input of its own.
fn unread(run: &Run<'_>, file: &UnreadFile) -> Input {
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
        sheet: None,
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

/// An empty file of a batch that has other files: more likely an export that failed than one
/// without records.
fn empty_beside_others(run: &Run<'_>, source: &Source) -> Option<Problem> {
    let is_of_batch = |source: &Source| source.file.role == Role::Batch;
    let is_alone = run.sources.iter().filter(|source| is_of_batch(source)).count() == 1;
    let may_be_empty = source.is_of_lines() || source.aside().is_some();
    if !source.is_empty || !is_of_batch(source) || is_alone || may_be_empty {
        return None;
    }
    Some(Problem {
        line: None,
        column: None,
        message: "the file is empty, without even a header".to_owned(),
        help: Some("export it again, or leave it out if there is nothing".to_owned()),
    })
}

/// A table without rows whose header holds times: its line ends seem to be lost, so that its
/// records stand in the header.
fn header_with_times(source: &Source, fates: &Fates) -> Option<Problem> {
    let is_table = !source.names_in_records() && source.aside().is_none();
    if !is_table || fates.records > 0 || !source.file.role.claims_time() {
        return None;
    }
    let is_time = |name: &&String| {
        let is_number = name.bytes().all(|letter| letter.is_ascii_digit());
        !is_number && timestamp::read(name.trim().as_bytes(), None).is_ok()
    };
    let names = source.column_names();
    let time = names.iter().find(is_time)?;
    Some(Problem {
        line: Some(1),
        column: None,
        message: format!(
            "the file has no lines after its header, and `{}` in that is a time",
            brief(time)
        ),
        help: Some("export it again: its line ends seem to be lost".to_owned()),
    })
}

/// Why an input holds nothing that could be read, although there is something.
fn problem_of(source: &Source, fates: &Fates) -> Option<Problem> {
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
    // A vendor's document can be a week without shifts, or hold open ones alone.
    let is_known = source.format.is_some_and(|format| !format.known_from.is_empty());
    let is_open = fates.records == fates.of(Fate::Unassigned);
    if is_known && is_open && source.has_lists() {
        return None;
    }
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
        let mut noted = ledger.noted();
        if let Some((_, pointer, ..)) = noted
            .find(|(noticed, pointer, ..)| *noticed == Noticed::MorePages && leads_to_data(pointer))
        {
            let message = format!("this file has no records, and `{pointer}` leads to them");
            let help = "download what it leads to, and give that file".to_owned();
            return problem(message, help);
        }
        let message = format!("no list of records in this JSON: found {found}");
        return problem(message, crate::read::UNDERSTOOD.to_owned());
    }
    let field = missing_field(source.file.role, &names)?;
    let by_name = format!("name it with --map {}=KEY", field.name());
    let by_key = ledger.differing_key().filter(|_| field == Field::Agent);
    let help = match by_key {
        Some((pattern, key)) => {
            format!(
                "if keys such as `{key}` are the agents: --map 'agent={pattern}'; else {by_name}"
            )
        }
        None => by_name,
    };
    problem(format!("no key for the {}: found {found}", field.name()), help)
}
