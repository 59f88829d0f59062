//! Where a walk over a document stands.

/// Where in the document the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Before the document's value.
    Outset,
    /// After the `[` of a list.
    FirstElement,
    /// After a comma in a list.
    NextElement,
    /// In an element.
    InElement,
    /// After an element.
    AfterElement,
    /// After the `{` of an object.
    FirstKey,
    /// After a comma in an object.
    NextKey,
    /// In a record that stands alone.
    InRecord,
    /// In a value that is passed over.
    InOther,
    /// After a value in an object.
    AfterValue,
    /// After the document's value.
    Done,
}

const MODES: [Mode; 11] = [
    Mode::Outset,
    Mode::FirstElement,
    Mode::NextElement,
    Mode::InElement,
    Mode::AfterElement,
    Mode::FirstKey,
    Mode::NextKey,
    Mode::InRecord,
    Mode::InOther,
    Mode::AfterValue,
    Mode::Done,
];

impl Mode {
    /// The mode with this number.
    pub(super) fn from_number(number: u32) -> Mode {
        MODES.get(number as usize).copied().unwrap_or(Mode::Done)
    }

    /// Its number, below 16.
    pub(super) const fn number(self) -> u32 {
        self as u32
    }
}

#[cfg(test)]
mod tests {
    use super::{MODES, Mode};

    #[test]
    fn every_mode_survives_its_number() {
        for (place, mode) in MODES.into_iter().enumerate() {
            assert_eq!(mode.number() as usize, place);
            assert_eq!(Mode::from_number(mode.number()), mode);
        }
        assert!(MODES.len() <= 16);
    }
}
