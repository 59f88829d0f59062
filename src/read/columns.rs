//! Names of columns become fields.
//!
//! Shared by every format whose records name their words.

use crate::model::finding::Problem;
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;

/// The fields of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The field of each column.
    pub fields: Vec<Option<Field>>,
    /// Columns that could have been a field and are not.
    pub notes: Vec<String>,
}

/// Finds the field of each column. `mapped` overrules names; of two columns
/// that could be one field the first counts.
///
/// # Errors
/// When a column that the role cannot do without is missing.
pub fn find_columns(
    names: &[String],
    mapped: &[(Field, String)],
    role: Role,
) -> Result<Columns, Problem> {
    let mut columns = Columns { fields: vec![None; names.len()], notes: Vec::new() };
    for (field, name) in mapped {
        columns.map(*field, name, names);
    }
    for (place, name) in names.iter().enumerate() {
        columns.name(place, name, names, role);
    }
    if role == Role::Agents && !columns.has(Field::Agent) {
        columns.rename(Field::Id, Field::Agent);
    }
    match missing(role, |field| columns.has(field)) {
        Some(field) => Err(no_column(field, names, role)),
        None => Ok(columns),
    }
}

impl Columns {
    fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }

    fn map(&mut self, field: Field, wanted: &str, names: &[String]) {
        let exact = names.iter().position(|name| name.trim() == wanted.trim());
        let folded = || names.iter().position(|name| fold_name(name) == fold_name(wanted));
        if let Some(taken) = exact.or_else(folded).and_then(|place| self.fields.get_mut(place)) {
            *taken = Some(field);
        }
    }

    fn name(&mut self, place: usize, name: &str, names: &[String], role: Role) {
        let Some(field) = Field::of_column(name, role) else {
            return;
        };
        if self.fields.get(place).is_some_and(Option::is_some) {
            return;
        }
        match self.fields.iter().position(|taken| *taken == Some(field)) {
            None => {
                if let Some(free) = self.fields.get_mut(place) {
                    *free = Some(field);
                }
            }
            Some(first) => {
                let used = names.get(first).map_or("", String::as_str);
                self.notes.push(format!(
                    "columns `{used}` and `{name}` could both be the {}; `{used}` is used \
                     (--map '{}={name}' uses the other)",
                    field.name(),
                    field.name()
                ));
            }
        }
    }

    fn rename(&mut self, from: Field, to: Field) {
        for field in self.fields.iter_mut().filter(|field| **field == Some(from)) {
            *field = Some(to);
        }
    }
}

/// The field that a role cannot do without and does not have.
pub fn missing(role: Role, has: impl Fn(Field) -> bool) -> Option<Field> {
    if role == Role::Swaps {
        return (!has(Field::Shift)).then_some(Field::Shift);
    }
    if !has(Field::Agent) {
        return Some(Field::Agent);
    }
    let starts = [Field::Start, Field::StartDate, Field::Date];
    (role.claims_time() && !starts.into_iter().any(has)).then_some(Field::Start)
}

/// The field that a role cannot do without and that none of these names is.
#[must_use]
pub fn missing_field(role: Role, names: &[String]) -> Option<Field> {
    let has = |field| names.iter().any(|name| Field::of_column(name, role) == Some(field));
    missing(role, |field| has(field) || role == Role::Agents && has(Field::Id))
}

/// The message about a field that no column stands for.
#[must_use]
pub fn no_column(field: Field, names: &[String], role: Role) -> Problem {
    let found = match names.len() {
        0 => "there are no columns".to_owned(),
        _ => format!("the columns are {}", listed(names)),
    };
    let aliases = field.names().aliases_in(role).unwrap_or_default();
    let also: Vec<String> = aliases.iter().take(4).map(|name| format!("`{name}`")).collect();
    Problem {
        line: Some(1),
        column: None,
        message: format!("no column for the {}; {found}", field.name()),
        help: Some(format!(
            "name the column with --map {}=COLUMN, or call it `{}` ({} and others are known too)",
            field.name(),
            field.name(),
            also.join(", ")
        )),
    }
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
    use super::find_columns;
    use crate::model::row::Field;
    use crate::model::source::Role;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_first_column_that_matches_wins_and_the_other_is_told() {
        let header = names(&["User", "agent_id", "start", "end"]);
        let columns = find_columns(&header, &[], Role::Batch).expect("complete");
        assert_eq!(columns.fields[..2], [Some(Field::Agent), None]);
        assert!(columns.notes[0].contains("`User` and `agent_id`"), "{:?}", columns.notes);
    }

    #[test]
    fn a_mapped_column_wins_over_names() {
        let header = names(&["agent", "Emp No", "begin", "end"]);
        let mapped = [(Field::Agent, "emp no".to_owned())];
        let columns = find_columns(&header, &mapped, Role::Batch).expect("complete");
        assert_eq!(columns.fields[..2], [None, Some(Field::Agent)]);
    }

    #[test]
    fn a_missing_column_is_told_with_those_that_are_there() {
        let problem =
            find_columns(&names(&["who", "start"]), &[], Role::Batch).expect_err("no agent");
        assert!(problem.message.contains("no column for the agent"), "{}", problem.message);
        assert!(problem.message.contains("`who`, `start`"), "{}", problem.message);
        assert!(problem.help.is_some_and(|help| help.contains("--map agent=COLUMN")));
        assert!(find_columns(&names(&["agent", "end"]), &[], Role::Batch).is_err());
        assert!(find_columns(&names(&["agent", "date"]), &[], Role::TimeOff).is_ok());
        assert!(find_columns(&names(&["id", "zone"]), &[], Role::Agents).is_ok());
        assert!(find_columns(&names(&["id", "shift"]), &[], Role::Swaps).is_ok());
        let problem =
            find_columns(&names(&["id", "agent"]), &[], Role::Swaps).expect_err("no shift");
        assert!(problem.message.contains("no column for the shift"), "{}", problem.message);
    }
}
