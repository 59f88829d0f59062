//! A linter for workforce schedules.
//!
//! ```text
//! bytes ─read▶ Row ─normalize▶ Entry, Defect ─group▶ timelines ─sweep, reconcile …▶ facts ─judge, explain▶ Finding ─report▶ bytes
//! ```
//!
//! [`analyze`](analyze::analyze) is that sentence as code. The modules stand in
//! the order in which data passes; those before [`read`] are what all of them
//! use.

pub mod error;

pub mod model;

pub mod calendar;

pub mod timestamp;

pub mod crew;

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
