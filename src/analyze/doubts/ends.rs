//! Finds doubts about the ends of time off.

use super::DoubtContext;
use crate::judge::doubts::{About, no_end};
use crate::model::doubt::Doubt;
use crate::model::occurrences::Occurrences;
use crate::model::row::Field;
use crate::model::source::{Origin, Role};
use crate::schedule::oddities::column_of_end;
use crate::schedule::oddities::ends::EndInDoubt;

/// What makes a doubt of its place.
type PutIntoWords = fn(&About<'_>) -> Doubt;

/// Time off of an input that may end later than it was read, and midnights that may stand for
/// days. So many records of the input are checked.
pub(super) fn of_ends(known: DoubtContext<'_>, place: usize, checked: u64) -> Vec<Doubt> {
    let source = &known.schedule.run.sources[place];
    let number = place as u16;
    let met = |why| known.facts.ends_in_doubt.get(&(number, why)).copied();
    let later = |why| later_ends(known, number, why);
    let longer = later(EndInDoubt::Longer);
    let empty = [EndInDoubt::Empty, EndInDoubt::EmptyBesideDate]
        .map(|why| later(why).filter(|_| !are_single_days(known, number, why, checked)));
    // Where nothing is checked, no day is known not to matter.
    let oddities = &known.schedule.collected.oddities;
    let all_empty = || if checked == 0 { oddities.all_empty_days(number) } else { None };
    let midnights =
        [met(EndInDoubt::SameMidnight).or_else(all_empty), met(EndInDoubt::LastMidnight)];
    let breaks = met(EndInDoubt::WithoutBreak);
    // To look up lines and columns takes time, and most files have nothing in doubt.
    if longer.or(breaks).is_none() && empty.iter().chain(&midnights).all(Option::is_none) {
        return Vec::new();
    }
    let [empty, beside_date] = empty;
    let end = column_of_end(source);
    let has_end_date = source.has_place_for(Field::EndDate);
    let (column, length) = (end.clone().unwrap_or_default(), source.column_named(Field::Length));
    let told: [(Option<Occurrences<Origin>>, &str, PutIntoWords); 6] = [
        (empty.filter(|_| end.is_some()), &column, no_end::of_empty),
        (beside_date.filter(|_| has_end_date), &column, no_end::of_empty),
        (longer, &length, no_end::of_length),
        (breaks, &length, no_end::of_break),
        (midnights[0], &column, no_end::of_midnight),
        (midnights[1], &column, no_end::of_last_midnight),
    ];
    let doubts = told.into_iter().filter_map(|(records, column, doubt)| {
        let (line, count) = (source.line_at(records?.first.offset()), records?.count);
        Some(doubt(&About { path: &source.file.shown, place: column, line, count }))
    });
    doubts.collect()
}

/// Time off of a source that may take shifts if it ends later. Without a batch nobody knows which
/// shifts there are.
fn later_ends(
    known: DoubtContext<'_>,
    number: u16,
    why: EndInDoubt,
) -> Option<Occurrences<Origin>> {
    let mut sources = known.schedule.run.sources.iter();
    match sources.any(|source| source.file.role == Role::Batch) {
        true => known.facts.ends_in_doubt.get(&(number, why)).copied(),
        false => known.schedule.collected.oddities.ends.all(number, why),
    }
}

/// Whether the ends of all records are empty and agents have several: each is one day then, as
/// what goes on would have no other behind it.
fn are_single_days(known: DoubtContext<'_>, number: u16, why: EndInDoubt, checked: u64) -> bool {
    let ends = &known.schedule.collected.oddities.ends;
    let count = ends.all(number, why).map_or(0, |records| records.count);
    count >= checked && count >= 2 * ends.agents(number, why)
}
