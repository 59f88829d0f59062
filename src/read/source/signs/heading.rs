//! The name of a column becomes what times under it can mean.

use super::cell::is_word_for_week;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::json::class::{Class, has_word, words};
use crate::read::names::{NoField, meaning};

/// What times under a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Heading {
    /// Anything: the cells decide.
    #[default]
    Plain,
    /// Nothing, since there is no name.
    Nameless,
    /// Lengths, so that only two times of day are those of a shift.
    Lengths,
    /// The calendar: it matters if an agent is beside it.
    Calendar,
    /// Nothing: telephone numbers, opening hours, when somebody was born.
    Aside,
    /// The days of a schedule, in words or numbers.
    Days,
    /// Days off.
    DaysOff,
}

/// Words of names under which numbers are no times.
const NUMBERS: [&str; 18] = [
    "phone",
    "telephone",
    "telefon",
    "téléphone",
    "tel",
    "mobile",
    "mobil",
    "handy",
    "móvil",
    "cell",
    "fax",
    "extension",
    "ext",
    "durchwahl",
    "zip",
    "postcode",
    "plz",
    "street",
];

/// Names of columns that number days.
const DAYS: [&str; 7] = ["day", "tag", "jour", "día", "dia", "giorno", "dag"];

/// Words for who has written something, which is bookkeeping whenever it was.
const WRITERS: [&str; 3] = ["by", "author", "autor"];

/// Whether numbers under a name are those of telephones or houses.
pub(super) fn is_of_addresses(name: &str) -> bool {
    has_word(name, &NUMBERS)
}

/// Words for sums of hours.
const SUMS: [&str; 7] = ["balance", "saldo", "total", "sum", "summe", "overtime", "worked"];

impl Heading {
    pub(super) fn of(name: &str) -> Heading {
        if name.is_empty() {
            return Heading::Nameless;
        }
        let meaning = meaning(name, Role::Batch);
        let class = Class::of(name);
        let is_written = meaning.field == Err(NoField::Bookkeeping) || has_word(name, &WRITERS);
        if is_written || is_of_addresses(name) {
            return Heading::Aside;
        }
        match (class, meaning.field) {
            (Class::TimeOff, _) => Heading::DaysOff,
            _ if numbers_days(name) => Heading::Days,
            (_, Ok(Field::Length)) => Heading::Lengths,
            _ if has_word(name, &SUMS) => Heading::Lengths,
            (Class::Calendar, _) if meaning.maybe_times => Heading::Lengths,
            (Class::Calendar, _) if has_word(name, &["hours"]) => Heading::Aside,
            (Class::Calendar, _) => Heading::Calendar,
            (_, Ok(Field::Date | Field::StartDate)) => Heading::Days,
            _ => Heading::Plain,
        }
    }
}

/// Whether small numbers under a name are those of days or weeks.
fn numbers_days(name: &str) -> bool {
    match &*words(name) {
        [word] => DAYS.contains(&&**word) || is_word_for_week(word.as_bytes()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Heading;

    #[test]
    fn names_say_what_times_under_them_are() {
        for (name, expected) in [
            ("", Heading::Nameless),
            ("Shift", Heading::Plain),
            ("Notes", Heading::Plain),
            ("Hours", Heading::Lengths),
            ("Total hours", Heading::Lengths),
            ("Duration", Heading::Lengths),
            ("Opening hours", Heading::Aside),
            ("Phone", Heading::Aside),
            ("Birthday", Heading::Aside),
            ("Hire date", Heading::Aside),
            ("Last login", Heading::Aside),
            ("Period", Heading::Calendar),
            ("Date", Heading::Days),
            ("Datum", Heading::Days),
            ("Tag", Heading::Days),
            ("Day off", Heading::DaysOff),
            ("Week", Heading::Days),
            ("KW", Heading::Days),
            ("Week 10", Heading::Plain),
            ("Days", Heading::Plain),
            ("Approved by", Heading::Aside),
        ] {
            assert_eq!(Heading::of(name), expected, "{name}");
        }
    }
}
