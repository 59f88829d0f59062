//! Maps the columns of a table to fields, with notes about what was not understood.
//!
//! The module `names` decides what names and values of a header mean. This one makes of it the
//! fields of the columns, notes, and the reason why a file cannot be read.

use crate::model::finding::Problem;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::length_parts::{are_hours_and_minutes, unit_of};
use crate::read::names::{
    Assignment, NoField, PersonRank, Shape, Unused, Usage, assign, examples, is_weekday, key,
};

pub use crate::read::names::missing;

/// The fields of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The field of each column.
    pub fields: Vec<Option<Field>>,
    /// What the user should know about columns that are read, or could have been.
    pub notes: Vec<String>,
    /// How the fields were found.
    pub assignment: Assignment,
}

/// Finds the field of each column. `shapes` are those of the values under the names,
/// as far as they are known; `mapped` overrules names and values.
///
/// # Errors
/// When a column that the role cannot do without is missing, or columns that are
/// recognised cannot be read.
pub fn find_columns(
    names: &[String],
    shapes: &[Shape],
    mapped: &[(Field, String)],
    role: Role,
) -> Result<Columns, Problem> {
    let assignment = assign(names, shapes, mapped, role);
    if let Some(field) = assignment.missing {
        if let Some(problem) = column_per_day(names) {
            return Err(problem);
        }
        let mut problem = no_column(field, names, &assignment, role);
        if let Some(column) = only_ranges(names, shapes, &assignment, field) {
            problem.help = Some(format!(
                "if `{column}` holds the hours: --map '{}={column}'",
                Field::Times.name()
            ));
        }
        return Err(problem);
    }
    Ok(Columns { fields: assignment.fields(), notes: notes(names, &assignment), assignment })
}

/// What the user should know about how the columns were understood.
fn notes(names: &[String], assignment: &Assignment) -> Vec<String> {
    let contenders = assignment.contenders.iter().map(|contender| {
        let (used, other) = (name(names, contender.chosen), name(names, contender.other));
        let field = contender.field.name();
        let unit = |place: usize| assignment.meanings.get(place).and_then(unit_of);
        if are_hours_and_minutes([contender.chosen, contender.other].map(unit)) {
            return format!(
                "columns `{used}` and `{other}` are one {field} wherever the minutes are less than \
                 60"
            );
        }
        format!(
            "columns `{used}` and `{other}` could both be the {field}; `{used}` is used \
             (--map '{field}={other}' uses the other)"
        )
    });
    let mut notes: Vec<String> = contenders.collect();
    notes.extend(name_note(names, assignment));
    notes
}

/// That a plain name is read as the agent: it may be the name of anything.
fn name_note(names: &[String], assignment: &Assignment) -> Option<String> {
    let plain = assignment.agent_rank == Some(PersonRank::PlainName);
    let column = assignment.column(Field::Agent).filter(|_| plain)?;
    let name = name(names, column);
    Some(format!(
        "`{name}` is read as the agent, since no other column names a person \
         (--map agent=COLUMN names another)"
    ))
}

/// The field that a role requires and that none of these names is.
#[must_use]
pub fn missing_field(role: Role, names: &[String]) -> Option<Field> {
    let is = |name: &String, field| key(name, role).is_some_and(|(known, _)| known == field);
    let has = |field| names.iter().any(|name| is(name, field));
    missing(role, |field| has(field) || role == Role::Agents && has(Field::Id))
}

/// The only column that holds ranges of times, where a start is missing.
fn only_ranges<'n>(
    names: &'n [String],
    shapes: &[Shape],
    assignment: &Assignment,
    missing: Field,
) -> Option<&'n String> {
    let holds = |place: &&usize| shapes.get(**place).is_some_and(Shape::holds_ranges);
    let mut unread = assignment.unread_times.iter().filter(holds);
    let only = unread.next().filter(|_| missing == Field::Start && unread.next().is_none())?;
    names.get(*only)
}

/// The message about a field that has no column.
fn no_column(field: Field, names: &[String], assignment: &Assignment, role: Role) -> Problem {
    let found = match names.len() {
        0 => "there are no columns".to_owned(),
        _ => format!("the columns are {}", listed(names)),
    };
    let considered: Vec<String> = names
        .iter()
        .enumerate()
        .filter_map(|(place, name)| considered(field, name, place, assignment))
        .collect();
    let considered = match considered.is_empty() {
        true => String::new(),
        false => format!("; {}", considered.join(", ")),
    };
    let also: Vec<String> = examples(field, role).iter().map(|name| format!("`{name}`")).collect();
    Problem {
        line: Some(1),
        column: None,
        message: format!("no column for the {}; {found}{considered}", field.name()),
        help: Some(format!(
            "name the column with --map {}=COLUMN, or call it `{}` ({} and others are known too)",
            field.name(),
            field.name(),
            also.join(", ")
        )),
    }
}

/// The message about a table that has a row for each person and a column for each day.
fn column_per_day(names: &[String]) -> Option<Problem> {
    const FEWEST: usize = 3;
    let days: Vec<&String> = names.iter().filter(|name| is_day(name)).collect();
    let (first, last) = (days.first()?, days.last()?);
    (days.len() >= FEWEST).then(|| Problem {
        line: Some(1),
        column: None,
        message: format!(
            "the columns `{first}` to `{last}` are days: a table with a column for each day is \
             not read"
        ),
        help: Some(
            "write one row for each shift, with columns such as `agent`, `date`, `start` and `end`"
                .to_owned(),
        ),
    })
}

/// Whether a column is named after a day: `2026-03-02`, `Mon 2/3`, `Montag`.
pub(in crate::read) fn is_day(name: &str) -> bool {
    let word = name.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if !word.is_empty() {
        return is_weekday(word.as_bytes());
    }
    let numbers: Vec<&str> = name.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let short = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(numbers.len(), 2 | 3) && numbers.iter().all(short)
}

/// Why a column is not the field that is missing, if it looks as if it could be.
fn considered(field: Field, name: &str, place: usize, assignment: &Assignment) -> Option<String> {
    let Some(Usage::Unused(why)) = assignment.usages.get(place) else { return None };
    let person = field == Field::Agent;
    let timed = !person && assignment.unread_times.contains(&place);
    let why = match *why {
        Unused::NoField(NoField::OtherPerson) if person => "names another person",
        Unused::NoField(NoField::Customer) if person => "names who is served",
        Unused::Unneeded(Field::Agent | Field::Name) if person => "can name anything",
        Unused::Unconfirmed(Field::Agent | Field::Name) if person => "does not hold names or ids",
        Unused::NoField(NoField::Bookkeeping) if !person && is_time(name) => {
            "is not a time of a shift"
        }
        Unused::NoField(NoField::Part) if !person => "is about a part of a shift",
        Unused::NoField(NoField::Calendar) if !person => "is about the calendar",
        _ if timed => "holds times",
        _ => return None,
    };
    Some(format!("`{name}` {why}"))
}

/// Whether a name of bookkeeping is one of its times.
fn is_time(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["at", "date", "time", "on"].iter().any(|ending| lower.ends_with(ending))
}

fn name(names: &[String], place: usize) -> &str {
    names.get(place).map_or("", String::as_str)
}

/// Names in backticks, at most twelve of them.
#[must_use]
pub fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push(format!("and {} more", names.len() - MOST));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Columns, find_columns};
    use crate::model::finding::Problem;
    use crate::model::row::Field;
    use crate::model::source::Role;
    use crate::read::names::Shape;

    /// Finds columns by their names, divided by bars, and the values under them.
    fn found(
        header: &str,
        rows: &[&str],
        mapped: &[(Field, &str)],
        role: Role,
    ) -> Result<Columns, Problem> {
        let cells = |line: &str| line.split(" | ").map(str::to_owned).collect::<Vec<String>>();
        let names = cells(header);
        let rows: Vec<Vec<String>> = rows.iter().map(|line| cells(line)).collect();
        let column = |place: usize| -> Vec<&str> {
            rows.iter().map(|row: &Vec<String>| row[place].as_str()).collect()
        };
        let shapes: Vec<Shape> = (0..names.len()).map(|place| Shape::of(&column(place))).collect();
        let mapped: Vec<(Field, String)> =
            mapped.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
        find_columns(&names, &shapes, &mapped, role)
    }

    fn notes(header: &str, rows: &[&str]) -> Vec<String> {
        found(header, rows, &[], Role::Batch).expect("complete").notes
    }

    fn message(header: &str, rows: &[&str], role: Role) -> String {
        found(header, rows, &[], role).expect_err("a problem").message
    }

    #[test]
    fn of_two_columns_the_one_that_is_read_and_the_other_are_named() {
        let rows = ["u1 | a1 | 2026-03-02 08:00", "u2 | a2 | 2026-03-02 08:00"];
        let columns = found("user_id | agent_id | start", &rows, &[], Role::Batch);
        let columns = columns.expect("complete");
        assert_eq!(columns.fields[..2], [Some(Field::Agent), None]);
        assert_eq!(
            columns.notes,
            ["columns `user_id` and `agent_id` could both be the agent; `user_id` is used \
              (--map 'agent=agent_id' uses the other)"]
        );
        // An id beside a name is nothing to speak of.
        assert_eq!(notes("user_id | user name | start", &rows), [""; 0]);
    }

    #[test]
    fn a_mapped_column_wins_over_names() {
        let mapped = [(Field::Agent, "locker no")];
        let columns = found("agent | Locker No | begin | end", &[], &mapped, Role::Batch);
        assert_eq!(columns.expect("complete").fields[..2], [None, Some(Field::Agent)]);
    }

    #[test]
    fn a_missing_column_is_reported_with_those_that_are_there() {
        let problem = found("locker | start", &[], &[], Role::Batch).expect_err("no agent");
        assert_eq!(problem.message, "no column for the agent; the columns are `locker`, `start`");
        assert!(problem.help.is_some_and(|help| help.contains("--map agent=COLUMN")));
        assert!(found("agent | end", &[], &[], Role::Batch).is_err());
        assert!(found("agent | date", &[], &[], Role::TimeOff).is_ok());
        assert!(found("id | zone", &[], &[], Role::Agents).is_ok());
        assert!(found("id | shift", &[], &[], Role::Swaps).is_ok());
        let swaps = message("id | agent", &[], Role::Swaps);
        assert!(swaps.contains("no column for the shift"), "{swaps}");
    }

    #[test]
    fn a_column_for_each_day_is_named_as_what_is_not_read() {
        for header in [
            "Staff | 2026-01-19 | 2026-01-20 | 2026-01-21",
            "Who | Mon 19/01 | Tue 20/01 | Wed 21/01 | Total",
            "Nom | lundi | mardi | mercredi | jeudi",
            "locker | 19.01. | 20.01. | 21.01.",
        ] {
            let problem = found(header, &["Ann | 09:00-17:00 | OFF | x | x"], &[], Role::Batch);
            let problem = problem.expect_err("a grid");
            assert!(problem.message.contains(" are days: a table with a column for each day"));
            assert!(problem.help.is_some_and(|help| help.contains("one row for each shift")));
        }
        for header in ["Staff | 2026-01-19 | 2026-01-20", "Staff | Monique | Fridge | Marco"] {
            let other = message(header, &["Ann | a | b | c"], Role::Batch);
            assert!(other.starts_with("no column for the start"), "{other}");
        }
        // Flags for the days of a week beside a start.
        assert!(found("Staff | Mon | Tue | Wed | Start", &[], &[], Role::Batch).is_ok());
    }

    #[test]
    fn columns_that_were_considered_are_named() {
        for (header, row, expected) in [
            ("Approved By | start", "Zoe | 08:00", "; `Approved By` names another person"),
            ("client_id | start", "7 | 08:00", "; `client_id` names who is served"),
            ("employees | start", "7 | 08:00", "; `employees` does not hold names or ids"),
            ("name | patient | start", "a | b | 08:00", "; `name` can name anything, `patient`"),
            ("agent | hire_date", "a | 2020-01-01", "; `hire_date` is not a time of a shift"),
            ("agent | created_at", "a | 2020-01-01", "; `created_at` is not a time of a shift"),
            ("agent | break start", "a | 12:00", "; `break start` is about a part of a shift"),
            ("agent | abc", "a | 2026-03-02 12:00", "; `abc` holds times"),
        ] {
            let message = message(header, &[row], Role::Batch);
            assert!(message.contains(expected), "{header}: {message}");
        }
    }

    #[test]
    fn what_is_read_in_an_unusual_way_is_noted() {
        let named = notes("Name | start", &["Ann | 2026-03-02 08:00"]);
        assert!(named[0].starts_with("`Name` is read as the agent"), "{named:?}");
        for (header, row) in [
            ("Employee | start | end", "7 | 2026-03-02 08:00 | 2026-03-02 16:00"),
            ("Employee | Date | start", "7 | 2026-03-02 | 08:00"),
            ("Employee | start_date | all_day", "7 | 2026-03-02 | true"),
        ] {
            assert_eq!(notes(header, &[row]), [""; 0], "{header}");
        }
    }
}
