//! A linter for workforce schedules.
//!
//! ```text
//! bytes ─read▶ Row ─normalize▶ Entry, Defect ─group▶ timelines ─sweep, reconcile …▶ facts ─judge, explain▶ Finding ─report▶ bytes
//! ```
//!
//! [`analyze`](analyze::analyze) is that sentence as code. The modules stand in
//! the order in which data passes; those before [`read`] are what all of them
//! use.
//!
//! Inputs are files, or bytes that a program has at hand:
//!
//! ```
//! use shiftlint::analyze::{Progress, analyze};
//! use shiftlint::judge::selected;
//! use shiftlint::model::finding::Verdict;
//! use shiftlint::model::settings::{InputFile, Settings};
//! use shiftlint::model::source::Role;
//!
//! let batch = "agent,start,end
//! anna,2026-03-02T08:00Z,2026-03-02T16:00Z
//! anna,2026-03-02T15:00Z,2026-03-02T17:00Z
//! ";
//! let files = vec![InputFile::in_memory(Role::Batch, "batch.csv", batch.as_bytes())];
//! let levels = selected(&[], &[], &[]).expect("rules that are on by default");
//! let report = analyze(&Settings { files, levels, ..Settings::default() }, &Progress::default())?;
//! assert_eq!(report.verdict, Verdict::Conflicts);
//! assert_eq!(report.findings[0].rule.name, "shift-overlap");
//! # Ok::<(), shiftlint::error::Error>(())
//! ```

pub mod error;

pub mod model;

pub mod calendar;

pub mod timestamp;

pub mod thread_pool;

pub mod read;

pub mod normalize;

pub mod group;

pub mod reconcile;

pub mod exchange;

pub mod sweep;

pub mod labour;

pub mod judge;

pub mod explain;

pub mod report;

pub mod analyze;
