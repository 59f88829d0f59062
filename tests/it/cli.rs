//! The command line: what it takes, what it answers, and with which exit code.

mod agents_in_doubt;

mod allowed;

mod base;

mod config;

mod coverage;

mod day_maps;

mod days_off;

mod documents;

mod doubts;

mod exits;

mod exports;

mod fixes;

mod gates;

mod hostile;

mod inputs;

mod inspect;

pub(crate) mod installing;
mod json;

mod later_ends;

mod lengths;

mod limits;
mod line_ends;

mod marks;

mod moved_cells;

mod offers;
mod options;

mod pages;

#[cfg(unix)]
mod pipelines;
mod plans;

mod pushes;

mod reports;

mod retries;

mod rosters;

mod schemas;
mod sent_plans;

mod shift_rows;

mod spellings;

mod streams;

mod swaps;

mod system;

mod tables;

mod terminal;

mod triage;

mod times;

mod tzdb;

mod unavailable;

mod unread_columns;

mod unread_sheets;

mod vendors;

mod why;

mod within;

mod worse;

mod workbooks;
