//! Findings of an earlier run, and which findings of this run are the same.
//!
//! A finding is known by the ids of its records or by their spans, so that it stays known when
//! ids are given anew and when a time changes that makes it smaller. It is a new one as soon as
//! it takes time that it did not take before.

mod document;

mod keys;

mod list;

mod matching;

pub use document::{ReportedFinding, is_report, read_report};
pub use keys::{NoBaseline, can_be_known, key_of, known, start_of};
pub use list::{is_list, read_list, write_list};
pub use matching::{Matches, match_all};
