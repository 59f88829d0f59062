//! Writes a receipt of how each input was understood.
//!
//! Columns and keys are surveyed while a file is read (`read/survey.rs`). Here
//! the first records are read again by the same reader, once the pass is done, so
//! that a receipt costs nothing where nobody asks for one.

mod zones;

use super::recall::record;
use crate::judge::doubts;
use crate::model::conventions::{LengthUnit, Question};
use crate::model::fate::Fate;
use crate::model::observation::Noticed;
use crate::model::receipt::{
    Column, Extent, FirstRecord, IgnoredList, Receipt, Recognition, ShownBy, Suggestion, Values,
    ZoneSource, ZoneUse,
};
use crate::model::row::{Field, Row};
use crate::model::source::{Origin, Role};
use crate::normalize::{Context, Normalizer, unfold};
use crate::read::content::Wrapping;
use crate::read::names::{NoField, Shape, meaning};
use crate::read::source::Source;
use crate::read::{ColumnSurvey, SurveyedColumn};
use crate::schedule::Schedule;
use crate::schedule::run::Run;
use std::sync::Arc;
use zones::ZoneCounter;

/// How many records are looked at for the zones of their times.
const LOOKED_AT: usize = 1000;
/// How many records are shown.
const SHOWN: usize = 3;
/// The most columns that are suggested for a field.
const MOST_SUGGESTED: usize = 6;

/// The receipts of all sources, in their order.
pub(super) fn of_all(schedule: &Schedule<'_>) -> Vec<Option<Box<Receipt>>> {
    let run = schedule.run;
    let places: Vec<usize> = (0..run.sources.len()).collect();
    run.pool.map(places, |place| {
        let is_read = run.sources[place].aside().is_none();
        is_read.then(|| Box::new(of_source(schedule, place)))
    })
}

fn of_source(schedule: &Schedule<'_>, place: usize) -> Receipt {
    let run = schedule.run;
    let source = &run.sources[place];
    let mut receipt = Receipt { recognition: recognition(run, source), ..Receipt::default() };
    if let Some(survey) = source.survey() {
        receipt.columns = columns(&survey, source.file.role);
        receipt.extent = match survey.whole {
            true => Extent::Whole,
            false => Extent::First(survey.records),
        };
        receipt.length_unit = length_unit(run, place, &receipt.columns);
        receipt.options = options(source, &survey, &receipt.columns);
    }
    receipt.ignored = ignored(source);
    receipt.exclusive_ends = run.conventions[place].exclusive_ends;
    receipt.date_order = run.conventions[place].order.map(|order| {
        let asked = run.settings.date_order.is_some();
        (order, if asked { ShownBy::Option } else { ShownBy::Content })
    });
    if !source.is_refused() {
        look_at_records(schedule, place, &mut receipt);
    }
    receipt.options.extend(options_for_times(&receipt));
    receipt
}

fn recognition(run: &Run<'_>, source: &Source) -> Recognition {
    let Wrapping { packing, encoding, .. } = source.wrapping();
    let format = match run.settings.format {
        Some(_) => ShownBy::Option,
        None => ShownBy::Content,
    };
    let encoding = encoding.to_owned();
    let known_from = source.format.map_or("", |format| format.known_from);
    Recognition { format, known_from, role: source.role_by(), container: packing, encoding }
}

/// The columns, with samples of those that are read and of those that hold times
/// and are no bookkeeping: nothing else of a record belongs in a log.
fn columns(survey: &ColumnSurvey, role: Role) -> Vec<Column> {
    let column = |known: &SurveyedColumn| {
        let shown = known.field.is_some() || holds_unread_times(known, role);
        Column {
            name: known.name.clone(),
            field: known.field,
            values: values(&known.shape),
            count: known.count,
            samples: if shown { known.samples.clone() } else { Vec::new() },
        }
    };
    survey.columns.iter().map(column).collect()
}

fn holds_unread_times(column: &SurveyedColumn, role: Role) -> bool {
    column.field.is_none()
        && column.shape.holds_times()
        && meaning(&column.name, role).field != Err(NoField::Bookkeeping)
}

/// What most values look like.
fn values(shape: &Shape) -> Values {
    let most = |part: u32| part * 2 > shape.filled();
    match shape.filled() {
        0 => Values::None,
        _ if most(shape.ranges) => Values::Ranges,
        _ if most(shape.dates) => Values::Dates,
        _ if most(shape.clocks + shape.locals + shape.instants) => Values::Times,
        _ if most(shape.flags) => Values::Flags,
        _ if most(shape.numbers) => Values::Numbers,
        _ if most(shape.words) => Values::Words,
        _ => Values::Mixed,
    }
}

/// What is taken for the unit of lengths, and what says so.
fn length_unit(run: &Run<'_>, place: usize, columns: &[Column]) -> Option<(LengthUnit, ShownBy)> {
    // Words name their units themselves.
    let bare = |column: &&Column| column.values == Values::Numbers;
    let mut numbers = columns.iter().filter(bare);
    let length = numbers.find(|column| column.field == Some(Field::Length))?;
    if columns.iter().any(|column| column.field == Some(Field::LengthUnit)) {
        return None;
    }
    let role = run.sources[place].file.role;
    if let Some(unit) = meaning(&length.name, role).unit {
        return Some((unit, ShownBy::Name));
    }
    let conventions = &run.conventions[place];
    let doubted = run.surveyed[place]
        .doubts
        .iter()
        .any(|doubt| doubt.kind.code == doubts::length_unit::KIND.code);
    let by = match (run.settings.length_unit, conventions.settled.contains(Question::LengthUnit)) {
        (Some(_), _) => ShownBy::Option,
        (None, true) if !doubted => ShownBy::Content,
        (None, _) => ShownBy::Default,
    };
    Some((conventions.length_unit, by))
}

fn ignored(source: &Source) -> Vec<IgnoredList> {
    let ledger = source.ledger();
    let lists = ledger.noted().filter(|(noticed, ..)| *noticed == Noticed::Ignored);
    lists
        .map(|(_, pointer, why, noted)| IgnoredList {
            pointer: pointer.to_owned(),
            count: noted.count,
            why: why.to_owned(),
        })
        .collect()
}

/// Reads the first records again: for the zones of their times, and to show some.
fn look_at_records(schedule: &Schedule<'_>, place: usize, receipt: &mut Receipt) {
    let run = schedule.run;
    let source = &run.sources[place];
    let (role, conventions) = (source.file.role, run.conventions[place]);
    let context = Context { role, conventions };
    let mut normalizer = schedule.normalizer();
    let mut zones = ZoneCounter::new(schedule, place, &receipt.columns);
    let index = source.index();
    let (offsets, whole) = index.first_offsets(LOOKED_AT);
    index.recall(&offsets, &mut |offset, recalled| {
        if role != Role::Agents {
            zones.look(recalled.row);
        }
        if receipt.first.len() < SHOWN {
            let origin = Origin::new(place as u16, offset);
            let claims = role.claims_time();
            let fate = claims.then(|| fate(&mut normalizer, recalled.row, context, origin));
            let record = Arc::new(record(source, conventions, &mut normalizer, recalled));
            receipt.first.push(FirstRecord { record, fate: fate.flatten() });
        }
    });
    receipt.zones = zones.zones(whole);
}

/// What becomes of a record by itself.
fn fate(
    normalizer: &mut Normalizer<'_>,
    row: &Row<'_>,
    context: Context,
    origin: Origin,
) -> Option<Fate> {
    let order = context.conventions.order;
    let first_day = unfold(row, order).and_then(|mut days| days.next());
    normalizer.read(first_day.as_ref().unwrap_or(row), context, origin).fate()
}

/// Options for columns that are not read and could be, and for empty agents.
fn options(source: &Source, survey: &ColumnSurvey, columns: &[Column]) -> Vec<Suggestion> {
    let role = source.file.role;
    let chosen = |field| columns.iter().find(|column| column.field == Some(field));
    let mut options: Vec<Suggestion> = hours(survey, columns, role).into_iter().collect();
    let told = options.clone();
    let is_told = |name: &str| {
        let ending = format!("={name}");
        told.iter().flat_map(|option| &option.words).any(|word| word.ends_with(&ending))
    };
    for known in survey.columns.iter().filter(|column| column.field.is_none() && column.count > 0) {
        let field = meaning(&known.name, role).field.ok();
        let times = holds_unread_times(known, role) && role.claims_time();
        let effect = match (field, field.and_then(chosen)) {
            (Some(_), Some(read)) => format!("reads it instead of `{}`", read.name),
            (Some(_), None) => "reads it".to_owned(),
            (None, _) if times => "reads its times, if they are planned starts".to_owned(),
            (None, _) => continue,
        };
        if is_told(&known.name) {
            continue;
        }
        let field = field.unwrap_or(Field::Start);
        let words = vec!["--map".to_owned(), format!("{}={}", field.name(), known.name)];
        options.push(Suggestion { words, effect });
    }
    options.truncate(MOST_SUGGESTED);
    let mostly_empty = |agent: &&Column| agent.count > 0 && agent.count * 2 <= survey.records;
    let agent = chosen(Field::Agent).filter(mostly_empty);
    if agent.is_some() && !source.names_in_records() && role.claims_time() {
        let words = vec!["--fill-down".to_owned(), "agent".to_owned()];
        let effect = "takes the agent from the line above where it is empty".to_owned();
        options.push(Suggestion { words, effect });
    }
    options
}

/// Two columns of times that could be the hours, where none is read.
fn hours(survey: &ColumnSurvey, columns: &[Column], role: Role) -> Option<Suggestion> {
    let timed = |column: &&Column| {
        matches!(column.field, Some(Field::Start | Field::End | Field::Times | Field::Length))
    };
    if !role.claims_time() || columns.iter().any(|column| timed(&column)) {
        return None;
    }
    let mut unread = survey.columns.iter().filter(|column| holds_unread_times(column, role));
    let (start, end) = (unread.next()?, unread.next()?);
    let map =
        |field, column: &SurveyedColumn| ["--map".to_owned(), format!("{field}={}", column.name)];
    Some(Suggestion {
        words: [map("start", start), map("end", end)].concat(),
        effect: "reads their times, if these are the planned hours".to_owned(),
    })
}

/// Options about zones, the order of dates, and units.
fn options_for_times(receipt: &Receipt) -> Vec<Suggestion> {
    let option = |words: [&str; 2], effect: &str| Suggestion {
        words: words.map(str::to_owned).to_vec(),
        effect: effect.to_owned(),
    };
    let weak = |zone: &ZoneUse| {
        matches!(zone.source, ZoneSource::Option | ZoneSource::Unit | ZoneSource::None)
    };
    let mut options = Vec::new();
    if receipt.zones.local.iter().any(weak) {
        options.push(option(["--tz", "ZONE"], "reads local times in this zone"));
    }
    if let Some((order, _)) = receipt.date_order {
        use crate::model::time::DateOrder::{DayMonth, MonthDay};
        options.push(match order {
            DayMonth => option(["--date-order", "mdy"], "reads dates month first"),
            MonthDay => option(["--date-order", "dmy"], "reads dates day first"),
        });
    }
    if let Some((unit, ShownBy::Content | ShownBy::Default | ShownBy::Option)) = receipt.length_unit
    {
        let other = if unit == LengthUnit::Hours { "minutes" } else { "hours" };
        options.push(option(["--length-unit", other], "reads lengths without a unit so"));
    }
    options
}
