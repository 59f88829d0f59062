//! Decides whether the values of a column fit the field that its name suggests.

use super::shape::{Shape, most};
use crate::model::row::Field;

/// Whether the values of a column are what its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// They can be, or there are none, so that the name decides.
    Fits,
    /// They are something else.
    Differs,
}

/// Whether values can be those of a field. Such as often mean something else contradict a
/// name that is `doubtful`, and no other.
pub(super) fn fit(field: Field, shape: &Shape, doubtful: bool) -> Fit {
    if shape.filled() == 0 {
        return Fit::Fits;
    }
    let filled = shape.filled();
    let fits = match field {
        Field::Start | Field::End | Field::WithStart | Field::WithEnd => {
            some(shape.times(), filled)
        }
        Field::Date | Field::StartDate | Field::EndDate => some(dates(shape), filled),
        Field::Times => some(shape.ranges, filled),
        Field::Length => !most(shape.words + shape.ranges + shape.dates, filled),
        Field::LengthUnit => shape.units == filled,
        Field::Zone => !doubtful || !most(shape.areas, filled),
        Field::Kind | Field::Schedule => !most(shape.ranges, filled),
        Field::Agent | Field::Name | Field::GivenName | Field::FamilyName => {
            is_person(shape, doubtful)
        }
        _ => true,
    };
    if fits { Fit::Fits } else { Fit::Differs }
}

/// Whether values can name people.
fn is_person(shape: &Shape, doubtful: bool) -> bool {
    let filled = shape.filled();
    let counts = doubtful && most(shape.numbers, filled);
    // Ids can be 0 and 1, and look like flags.
    let flags = shape.flags > shape.numbers && most(shape.flags, filled);
    !(counts || flags || shape.holds_times() || most(shape.weekdays, filled))
}

/// How many values can be a date.
fn dates(shape: &Shape) -> u32 {
    shape.dates + shape.locals + shape.instants + shape.serials
}

/// Whether a fifth is what was expected: the others may be broken, or say that there
/// is nothing.
fn some(part: u32, whole: u32) -> bool {
    part * 5 >= whole
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};
    use crate::model::row::Field;
    use crate::read::names::Shape;

    #[test]
    fn values_can_contradict_a_name() {
        for (field, doubtful, values, expected) in [
            (Field::Start, false, &["08:00", "22:00"][..], Fit::Fits),
            (Field::Start, false, &["8", "17"], Fit::Fits),
            (Field::Start, false, &["0800", "1700"], Fit::Fits),
            (Field::Start, false, &["Berlin", "Munich"], Fit::Differs),
            (Field::Start, false, &["", ""], Fit::Fits),
            (Field::Start, false, &["off", "off", "off", "08:00"], Fit::Fits),
            (Field::End, false, &["480", "510"], Fit::Fits),
            (Field::End, false, &["990", "1199"], Fit::Differs),
            (Field::Date, false, &["2026-03-02"], Fit::Fits),
            (Field::Date, false, &["46083"], Fit::Fits),
            (Field::Date, false, &["Monday", "Tuesday"], Fit::Differs),
            (Field::Date, false, &["1", "31"], Fit::Differs),
            (Field::Times, false, &["08:00-16:00"], Fit::Fits),
            (Field::Times, false, &["Night"], Fit::Differs),
            (Field::Length, false, &["8.5"], Fit::Fits),
            (Field::Length, false, &["8:30"], Fit::Fits),
            (Field::Length, false, &["08:00-16:00"], Fit::Differs),
            (Field::Zone, true, &["A", "B"], Fit::Differs),
            (Field::Zone, true, &["Europe/Berlin"], Fit::Fits),
            (Field::Zone, true, &["Navajo"], Fit::Fits),
            (Field::Zone, false, &["A"], Fit::Fits),
            (Field::Kind, false, &["Night"], Fit::Fits),
            (Field::Kind, false, &["08:00-16:00"], Fit::Differs),
            (Field::Agent, false, &["7", "8"], Fit::Fits),
            (Field::Agent, false, &["0", "1"], Fit::Fits),
            (Field::Agent, true, &["7", "8"], Fit::Differs),
            (Field::Agent, true, &["Ann", "Bob"], Fit::Fits),
            (Field::Agent, false, &["yes", "no"], Fit::Differs),
            (Field::Agent, false, &["08:00", "09:00"], Fit::Differs),
            (Field::Agent, false, &["Monday", "Tuesday"], Fit::Differs),
            (Field::Status, false, &["anything"], Fit::Fits),
        ] {
            assert_eq!(fit(field, &Shape::of(values), doubtful), expected, "{field:?} {values:?}");
        }
    }
}
