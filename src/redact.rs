//! Replaces whoever and whatever an input names by pseudonyms, so that a copy may leave the house.
//!
//! Inputs are redacted, never reports: a report of redacted inputs has pseudonyms in every format,
//! order and fingerprint. Every word of an input is replaced or left out except what times, zones,
//! kinds, statuses and versions need (`words`); the fields of words are those that the readers
//! find (`source_text`). Whether the copies are still read in the same way is not argued but tried:
//! both are checked, and what is found is compared (`comparison`).

mod comparison;

mod digits;

mod document;

mod headings;

mod inputs;

mod key;

mod map;

mod names;

mod pseudonym;

mod runs;

mod scan;

mod source_text;

mod table;

mod words;

pub use inputs::{Redaction, redact};
pub use key::RedactKey;
pub use map::write_map;
