//! A linter for workforce schedules.
//!
//! ```text
//! bytes ─read▶ Row ─normalize▶ Entry, Defect ─group▶ timelines ─sweep, reconcile▶ facts ─judge▶ Finding ─report▶ bytes
//! ```

pub mod error;

pub mod model;

pub mod calendar;

pub mod normalize;

pub mod sweep;

pub mod read;

pub mod crew;

pub mod group;

pub mod reconcile;

pub mod judge;

pub mod analyze;

pub mod report;
