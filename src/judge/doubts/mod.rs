//! Describes doubts: what a check could not settle, and the answers that settle it.
//!
//! A doubt makes the check incomplete. It has a code, a page, a place and an answer, as a rule
//! has; but it is not a finding, and nothing but its answer settles it.

macro_rules! doubt {
    ($(#[doc = $line:literal])+ DoubtKind { $($fields:tt)* }) => {
        $(#[doc = $line])+
        pub static KIND: $crate::model::doubt::DoubtKind = {
            const LINES: &[&str] = &[$($line),+];
            const PAGE: [u8; $crate::judge::page::length(LINES)] =
                $crate::judge::page::text(LINES);
            $crate::model::doubt::DoubtKind { docs: $crate::judge::page::utf8(&PAGE), $($fields)* }
        };
    };
}

pub mod base_not_given;

pub mod encoding;

pub mod grouped_sheet;

pub mod length_unit;

pub mod more_pages;

pub mod more_than_it_shows;

pub mod no_end;

pub mod no_hours;

pub mod no_record;

pub mod numbered_columns;

pub mod strangers;

pub mod swallowed_rows;

pub mod two_agents;

pub mod two_readings;

pub mod two_values;

pub mod unmatched_map;

pub mod unread_file;

pub mod unread_records;

pub mod week_not_given;

pub mod zone;

use crate::model::doubt::{Answer, Doubt, DoubtKind};

/// Every kind of doubt, by code.
pub static DOUBTS: &[&DoubtKind] = &[
    &no_hours::KIND,
    &no_end::KIND,
    &unread_records::KIND,
    &no_record::KIND,
    &two_values::KIND,
    &two_agents::KIND,
    &more_than_it_shows::KIND,
    &numbered_columns::KIND,
    &more_pages::KIND,
    &length_unit::KIND,
    &two_readings::KIND,
    &zone::KIND,
    &strangers::KIND,
    &grouped_sheet::KIND,
    &swallowed_rows::KIND,
    &encoding::KIND,
    &unread_file::KIND,
    &unmatched_map::KIND,
    &base_not_given::KIND,
    &week_not_given::KIND,
];

/// What a doubt is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The input, as the user named it.
    pub path: &'a str,
    /// A column or a JSON pointer; empty for the whole file.
    pub place: &'a str,
    /// The line of the first record that it is about, from 1.
    pub line: Option<u64>,
    /// How many records, or things, it is about.
    pub count: u64,
}

impl<'a> About<'a> {
    /// A whole input.
    #[must_use]
    pub const fn file(path: &'a str) -> About<'a> {
        About { path, place: "", line: None, count: 1 }
    }

    /// `1 record`, `7 records`.
    fn records(&self) -> String {
        match self.count {
            1 => "1 record".to_owned(),
            count => format!("{count} records"),
        }
    }
}

/// The kind with this code or name, in any case.
#[must_use]
pub fn find(word: &str) -> Option<&'static DoubtKind> {
    let is = |kind: &&&DoubtKind| {
        kind.code.eq_ignore_ascii_case(word) || kind.name.eq_ignore_ascii_case(word)
    };
    DOUBTS.iter().find(is).copied()
}

/// `RD103=/drafts`, as `--accept` takes it: of a doubt about a whole file with
/// its path.
fn acceptance(kind: &DoubtKind, about: &About<'_>) -> String {
    let place = if about.place.is_empty() { about.path } else { about.place };
    format!("{}={place}", kind.code)
}

/// `, at `/drafts``, where there is a place.
fn at(about: &About<'_>) -> String {
    if about.place.is_empty() { String::new() } else { format!(", at `{}`", about.place) }
}

fn new(
    kind: &'static DoubtKind,
    about: &About<'_>,
    message: String,
    brief: String,
    answers: Vec<Answer>,
) -> Doubt {
    let place = about.place.to_owned();
    let About { line, count, .. } = *about;
    Doubt { kind, place, line, count, message, brief, answers, accepted: false }
}

#[cfg(test)]
mod tests {
    use super::{DOUBTS, find};

    #[test]
    fn codes_are_in_order_and_names_are_one_each() {
        for (place, kind) in DOUBTS.iter().enumerate() {
            assert_eq!(kind.code, format!("RD{}", 101 + place), "{}", kind.name);
            assert_eq!(find(kind.name), Some(*kind));
            assert!(kind.docs.contains("### What to do"), "{}", kind.name);
        }
    }
}
