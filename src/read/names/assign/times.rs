//! Decides which columns hold the start, the end, the date and the length.

use super::{Basis, ColumnSet, Fit, Shape, Unused};
use crate::model::row::Field;
use crate::read::names::Meaning;

/// The columns of a start and of an end that belong together.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    start: Option<usize>,
    end: Option<usize>,
}

impl ColumnSet<'_> {
    /// When somebody works: a start and an end, or a column with both, and dates.
    pub(super) fn settle_times(&mut self) {
        let times = self.column_of_both(Basis::Planned);
        let planned = times.is_some() || self.has_start(Basis::Planned);
        self.attendance = !planned && self.has_start(Basis::Attendance);
        let basis = if self.attendance { Basis::Attendance } else { Basis::Planned };
        let times = if self.attendance { self.column_of_both(basis) } else { times };
        // A column that is called start and holds no times counts if there is
        // nothing else, so that each record says what is wrong with it.
        let fits = times.is_none() || self.has_fitting(Field::Start, basis);
        if fits {
            self.settle_pair(basis, Field::Start, Field::End);
        }
        self.settle_pair(basis, Field::StartDate, Field::EndDate);
        // A start without values is read beside it: later records may have some.
        let started = self.column(Field::Start).is_some_and(|start| {
            self.mapped.contains(&Field::Start) || !self.shape(start).is_vacant()
        });
        if let Some(place) = times
            && !started
            && !self.is_settled(Field::Times)
        {
            self.settle_both(place);
        }
        self.settle_length(basis);
        self.settle_length_unit();
        self.settle_moment();
        self.settle_date();
        self.leave_times(basis);
    }

    fn has_start(&self, basis: Basis) -> bool {
        let settled = [Field::Start, Field::StartDate, Field::Times];
        let mapped = basis == Basis::Planned && settled.iter().any(|field| self.is_settled(*field));
        mapped || self.has_fitting(Field::Start, basis) || self.has_fitting(Field::StartDate, basis)
    }

    fn has_fitting(&self, field: Field, basis: Basis) -> bool {
        let places = self.free(|meaning| meaning.is(field) && meaning.basis == basis);
        places.into_iter().any(|place| self.fit_as(place, field) == Fit::Fits)
    }

    /// The first column that holds both clock times, by its name or by its values.
    fn column_of_both(&self, basis: Basis) -> Option<usize> {
        let fits = |place: &usize| self.fit_as(*place, Field::Times) == Fit::Fits;
        let named = self.free(|meaning| meaning.is(Field::Times) && meaning.basis == basis);
        let named = named.into_iter().filter(fits).min_by_key(|place| self.number(*place));
        let holds = |place: &usize| self.shape(*place).holds_ranges();
        let others = self.free(|meaning| meaning.maybe_times && basis == Basis::Planned);
        let by_values = || {
            let found = others.into_iter().filter(holds);
            found.min_by_key(|place| (self.number(*place), self.cost(*place)))
        };
        named.or_else(by_values)
    }

    fn settle_both(&mut self, place: usize) {
        self.read(place, Field::Times);
        let base = self.number(place);
        let others = self.free(|meaning| meaning.is(Field::Times) || meaning.maybe_times);
        for other in others {
            let holds = self.shape(other).holds_ranges();
            if holds && self.number(other) > base {
                self.number_off(other, Field::Times);
            } else if holds {
                self.pass_over(Field::Times, place, other);
            }
        }
    }

    /// The start and the end whose names say the least and the same beside.
    fn settle_pair(&mut self, basis: Basis, start: Field, end: Field) {
        let of = |table: &Self, field| {
            let places =
                table.free(|meaning: &Meaning| meaning.is(field) && meaning.basis == basis);
            table.fitting(places, field)
        };
        let starts = match self.column(start) {
            Some(chosen) => vec![chosen],
            None => of(self, start),
        };
        let ends = match self.column(end) {
            Some(chosen) => vec![chosen],
            None => of(self, end),
        };
        let pair = self.best_pair(&starts, &ends);
        for (field, chosen, others) in [(start, pair.start, starts), (end, pair.end, ends)] {
            let Some(chosen) = chosen else { continue };
            let was_named = !self.is_free(chosen);
            self.passed_constant |= others.iter().any(|other| self.is_displaced(*other, &others));
            self.read(chosen, field);
            for other in others.into_iter().filter(|other| *other != chosen) {
                if self.number(other) > self.number(chosen) && !was_named {
                    self.number_off(other, field);
                } else {
                    self.pass_over(field, chosen, other);
                }
            }
        }
    }

    /// Those whose values fit; all of them if none does.
    fn fitting(&self, places: Vec<usize>, field: Field) -> Vec<usize> {
        let fits = |place: &usize| self.fit_as(*place, field) == Fit::Fits;
        if places.iter().any(fits) { places.into_iter().filter(fits).collect() } else { places }
    }

    fn best_pair(&self, starts: &[usize], ends: &[usize]) -> Bounds {
        let displaced = |start, end| {
            u32::from(self.is_displaced(start, starts)) + u32::from(self.is_displaced(end, ends))
        };
        let key = |place: usize| (self.number(place), self.cost(place), place);
        let among = |place: usize, places: &[usize]| (self.is_displaced(place, places), key(place));
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
        let best = pairs.min_by_key(|(start, end)| {
            (displaced(*start, *end), self.mismatch(*start, *end), key(*start), key(*end))
        });
        match best {
            Some((start, end)) => Bounds { start: Some(start), end: Some(end) },
            None => Bounds {
                start: starts.iter().copied().min_by_key(|place| among(*place, starts)),
                end: ends.iter().copied().min_by_key(|place| among(*place, ends)),
            },
        }
    }

    /// How badly a start and an end belong together.
    fn mismatch(&self, start: usize, end: usize) -> u32 {
        let (Some(first), Some(last)) = (self.meanings.get(start), self.meanings.get(end)) else {
            return u32::MAX;
        };
        let numbers = first.number != last.number;
        let zones = first.zone != last.zone;
        let both = first.qualifiers.both(last.qualifiers);
        let either = first.qualifiers.and(last.qualifiers);
        8 * u32::from(numbers)
            + 4 * u32::from(zones)
            + 4 * u32::from(self.differ(start, end))
            + either.without(both).count()
    }

    /// Whether one holds clock times, and the other nothing but numbers.
    fn differ(&self, start: usize, end: usize) -> bool {
        let written = |place| {
            let shape = self.shape(place);
            shape.clocks + shape.locals + shape.instants > 0
        };
        let counted = |place| {
            let shape = self.shape(place);
            shape.filled() > 0 && shape.numbers == shape.filled()
        };
        written(start) && counted(end) || counted(start) && written(end)
    }

    fn settle_length(&mut self, basis: Basis) {
        let lengths = |number| {
            self.free(|meaning| {
                meaning.is(Field::Length) && meaning.basis == basis && meaning.number == number
            })
        };
        // Where no length goes without a number, that of the start is its own.
        let of_start = self.column(Field::Start).map_or(0, |place| self.number(place));
        let plain = lengths(0);
        let places = if plain.is_empty() { lengths(of_start) } else { plain };
        let contenders = self.contenders.len();
        self.choose(Field::Length, places);
        // Beside an end, lengths say nothing more.
        if self.is_settled(Field::End) || self.is_settled(Field::Times) {
            self.contenders.truncate(contenders);
        }
        let base = self.column(Field::Length).map_or(0, |place| self.number(place));
        for place in self.free(|meaning| meaning.is(Field::Length) && meaning.basis == basis) {
            if self.number(place) > base && self.groups.iter().any(|group| group.number > 0) {
                self.number_off(place, Field::Length);
            }
        }
    }

    /// A column of units beside that of the length, or, in time off, beside one of their numbers.
    /// A length whose name says its unit needs no other.
    fn settle_length_unit(&mut self) {
        let is_free = |place: &usize| self.is_free(*place);
        let is_unit = |place: &usize| {
            let shape = self.shape(*place);
            self.amounts[*place][1] && shape.units > 0 && shape.units == shape.filled()
        };
        let columns = 0..self.usages.len();
        let Some(unit) = columns.clone().filter(is_free).find(is_unit) else { return };
        let is_amount = |place: &usize| {
            let shape = self.shape(*place);
            self.amounts[*place][0] && shape.numbers > 0 && shape.numbers == shape.filled()
        };
        let amount = || columns.filter(is_free).find(is_amount);
        let length = match self.column(Field::Length) {
            None if self.role.lists_absences() => amount(),
            length => length,
        };
        let has_own =
            |place: &usize| self.meanings.get(*place).is_some_and(|meaning| meaning.unit.is_some());
        let Some(length) = length.filter(|place| !has_own(place)) else { return };
        self.read(length, Field::Length);
        self.read(unit, Field::LengthUnit);
    }

    /// A column called `time` is the start, where there is an end or a length and no
    /// start.
    fn settle_moment(&mut self) {
        let starts = [Field::Start, Field::StartDate, Field::Times];
        let ends = [Field::End, Field::Length];
        if starts.iter().any(|field| self.is_settled(*field))
            || !ends.iter().any(|field| self.is_settled(*field))
        {
            return;
        }
        let places = self.free(|meaning| meaning.maybe_start);
        if let Some(place) = places.into_iter().find(|place| self.shape(*place).holds_clocks()) {
            self.read(place, Field::Start);
        }
    }

    fn settle_date(&mut self) {
        let places = self.free(|meaning| meaning.is(Field::Date));
        let dated = self.column(Field::Start).is_some_and(|place| {
            let shape = self.shape(place);
            shape.locals + shape.instants > 0
        });
        let needed = !dated && !self.is_settled(Field::StartDate);
        let fits = |place: &usize| self.fit_as(*place, Field::Date) == Fit::Fits;
        let (mut best, worse): (Vec<usize>, Vec<usize>) = places.into_iter().partition(fits);
        if best.is_empty() && needed {
            best = worse.clone();
        }
        let base = best.iter().map(|place| self.number(*place)).min().unwrap_or(0);
        let (first, more) = best.into_iter().partition(|place| self.number(*place) == base);
        self.choose_date(first);
        let more: Vec<usize> = more;
        for place in more {
            self.number_off(place, Field::Date);
        }
        for place in worse {
            self.skip(place, Unused::Unconfirmed(Field::Date));
        }
    }

    /// The planned date before that of attendance.
    fn choose_date(&mut self, places: Vec<usize>) {
        let basis = |place: &usize| self.meanings.get(*place).map(|meaning| meaning.basis);
        let best = places.iter().filter_map(basis).min();
        let best: Vec<usize> =
            places.iter().copied().filter(|place| basis(place) == best).collect();
        if let Some(chosen) = self.choose(Field::Date, best) {
            for place in places {
                self.skip(place, Unused::Other(Field::Date, chosen));
            }
        }
    }

    /// What becomes of the columns about time that are not read.
    fn leave_times(&mut self, basis: Basis) {
        let bounds = [Field::Start, Field::End, Field::StartDate, Field::EndDate, Field::Times];
        for field in bounds.into_iter().chain([Field::Length, Field::Date]) {
            for place in self.free(|meaning| meaning.is(field)) {
                let other = self.meanings.get(place).map(|meaning| meaning.basis) != Some(basis);
                let why = match self.column(field) {
                    _ if other && !self.attendance => Unused::Attendance(field),
                    _ if self.fit_as(place, field) == Fit::Differs => Unused::Unconfirmed(field),
                    Some(chosen) => Unused::Other(field, chosen),
                    None => Unused::Unneeded(field),
                };
                self.skip(place, why);
            }
        }
    }

    /// Whether something says a time of day. Values that are not times at all are not taken
    /// for dates.
    pub(super) fn has_hours(&self) -> bool {
        let only_dates = |place: usize| {
            let shape = self.shape(place);
            let clocks = shape.clocks + shape.locals + shape.instants + shape.ranges;
            shape.dates > 0 && clocks + shape.numbers == 0
        };
        let timed = |shape: Shape| shape.clocks + shape.locals + shape.instants > 0;
        let says = |field: Field| self.column(field).is_some_and(|place| !only_dates(place));
        self.is_settled(Field::Times)
            || says(Field::Start)
            || [Field::StartDate, Field::Date]
                .into_iter()
                .any(|field| self.column(field).is_some_and(|place| timed(self.shape(place))))
    }
}
