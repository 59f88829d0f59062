//! A linter for workforce schedules: reports which records would clash, why, and what to do.
//!
//! A [`Check`] takes the schedule that is about to be published, and what it has to agree
//! with, as files or as bytes in memory, and gives a [`Report`]:
//!
//! ```
//! use shiftlint::{Check, Verdict};
//!
//! let batch = "agent,start,end
//! anna,2026-03-02T08:00,2026-03-02T16:00
//! anna,2026-03-02T15:00,2026-03-02T17:00
//! ";
//! let report = Check::new().batch("batch.csv", batch).zone("America/Chicago").run()?;
//! assert_eq!(report.verdict(), Verdict::Conflicts);
//! let finding = report.findings().next().expect("one overlap");
//! assert_eq!((finding.code(), finding.name()), ("OV101", "shift-overlap"));
//! # Ok::<(), shiftlint::Error>(())
//! ```
//!
//! Whatever is wrong with the data is in the report; an [`Error`] is a wrong setting or a
//! machine that fails. Nothing here prints, panics or ends the process.
//!
//! # Features
//!
//! All are on by default. A library that needs none of them says `default-features = false`
//! and builds for `wasm32-unknown-unknown` as well.
//!
//! - `cli`: the program and what only it needs.
//! - `spreadsheets`: inputs can be Excel workbooks (xlsx).
//! - `threads`: checks use all cores.
//! - `fs`: inputs can be files ([`Check::file`]) and standard input.
//!
//! # How it works
//!
//! ```text
//! bytes ─read▶ Row ─normalize▶ Entry, Defect ─group▶ timelines ─sweep, reconcile …▶ facts ─judge, explain▶ Finding ─report▶ bytes
//! ```
//!
//! The modules stand in the order in which data passes; those before `read` are what all
//! of them use. They are private: what a check finds, and how, may change with any
//! version, but for what the [`Report`] says.

#![cfg_attr(not(feature = "internals"), allow(unreachable_pub))]
// What only the program uses stays beside what it belongs to.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

// rustfmt follows the modules of this macro, and of no other.
cfg_if::cfg_if! {
    if #[cfg(feature = "internals")] {
        pub mod error;

        pub mod model;

        pub mod calendar;

        pub mod timestamp;

        pub mod thread_pool;

        pub mod read;

        pub mod normalize;

        pub mod group;

        pub mod reconcile;

        pub mod drift;
        pub mod exchange;

        pub mod sweep;

        pub mod labour;

        pub mod judge;

        pub mod explain;

        pub mod report;

        pub mod ledger;

        pub mod schedule;

        pub mod analyze;

        pub mod graph;

        pub mod choose;

        pub mod sequence;

        pub mod split;

        #[cfg(feature = "cli")]
        pub mod edit;

        #[cfg(feature = "cli")]
        pub mod answers;

        #[cfg(feature = "cli")]
        pub mod plan;

        #[cfg(feature = "cli")]
        pub mod triage;

        #[cfg(feature = "cli")]
        pub mod why;

        #[cfg(feature = "cli")]
        pub mod fix;

        #[cfg(feature = "cli")]
        pub mod baseline;

        #[cfg(feature = "cli")]
        pub mod gate;

        #[cfg(feature = "cli")]
        pub mod diff;

        #[cfg(feature = "cli")]
        pub mod redact;
    } else {
        mod error;

        mod model;

        mod calendar;

        mod timestamp;

        mod thread_pool;

        mod read;

        mod normalize;

        mod group;

        mod reconcile;

        mod drift;
        mod exchange;

        mod sweep;

        mod labour;

        mod judge;

        mod explain;

        mod report;

        mod ledger;

        mod schedule;

        mod analyze;

        mod graph;

        mod choose;

        mod sequence;

        mod split;

        #[cfg(feature = "cli")]
        mod edit;

        #[cfg(feature = "cli")]
        mod answers;

        #[cfg(feature = "cli")]
        mod plan;

        #[cfg(feature = "cli")]
        mod triage;

        #[cfg(feature = "cli")]
        mod why;

        #[cfg(feature = "cli")]
        mod fix;

        #[cfg(feature = "cli")]
        mod baseline;

        #[cfg(feature = "cli")]
        mod gate;

        #[cfg(feature = "cli")]
        mod diff;

        #[cfg(feature = "cli")]
        mod redact;
    }
}

mod embed;

#[cfg(feature = "cli")]
mod cli;

pub use analyze::Progress;
pub use embed::{Check, Doubt, Finding, Input, Record, Report};
pub use error::Error;
pub use model::finding::{Certainty, Verdict};
pub use model::rule::Severity;
pub use model::source::Role;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub use cli::run as run_program;
