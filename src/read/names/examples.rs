//! Example names of columns for messages.

use crate::model::row::Field;
use crate::model::source::Role;

/// Some usual names of a field, for a user whose file has none that is known.
pub(in crate::read) fn examples(field: Field, role: Role) -> &'static [&'static str] {
    match (field, role) {
        (Field::Agent, Role::Swaps) => &["initiating user", "sender", "from agent"],
        (Field::Agent, _) => &["employee id", "user", "staff number", "Mitarbeiter"],
        (Field::Start, _) => &["start time", "shift start", "from", "Beginn"],
        (Field::Shift, _) => &["shift id", "initiating shift id", "from shift"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::examples;
    use crate::model::row::Field;
    use crate::model::source::Role;
    use crate::read::names::meaning;

    #[test]
    fn examples_mean_what_they_are_examples_of() {
        let fields = [Field::Agent, Field::Start, Field::Shift];
        for (field, role) in fields
            .into_iter()
            .flat_map(|field| [Role::Batch, Role::Swaps].map(|role| (field, role)))
        {
            if field == Field::Shift && role == Role::Batch {
                continue;
            }
            assert!(!examples(field, role).is_empty());
            for name in examples(field, role) {
                let of_start = field == Field::Start && role == Role::Swaps;
                assert!(of_start || meaning(name, role).is(field), "{name}");
            }
        }
    }
}
