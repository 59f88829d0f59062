//! Tells which half of its times a change names, if it leaves the other to what is published.

use crate::model::row::{Field, Row};

/// The half of its times that a record names, if it names one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfTimed {
    /// When it starts.
    Start,
    /// How long it is.
    Length,
}

impl HalfTimed {
    /// That of a record with these words.
    pub fn of<'w>(word: impl Fn(Field) -> &'w [u8]) -> Option<HalfTimed> {
        const ENDS: [Field; 4] = [Field::End, Field::EndDate, Field::Times, Field::Date];
        let has = |field: Field| !word(field).is_empty();
        // Activities have times of their own, which those of the published record may contradict.
        if !has(Field::Id) || ENDS.into_iter().any(has) || word(Field::Activities).contains(&b'{') {
            return None;
        }
        match (has(Field::Start) || has(Field::StartDate), has(Field::Length)) {
            (true, false) => Some(HalfTimed::Start),
            (false, true) => Some(HalfTimed::Length),
            _ => None,
        }
    }

    /// That of a row.
    #[must_use]
    pub fn of_row(row: &Row<'_>) -> Option<HalfTimed> {
        HalfTimed::of(|field| row.word(field))
    }
}
