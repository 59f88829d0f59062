//! One model of a schedule, for all tests that make schedules up.
//!
//! A [`schedule::Schedule`] is rows and the settings they are checked under, [`write`]
//! makes files of it, [`clock`] reads its times by jiff, and [`oracle`] says by brute
//! force what must be found. None of these shares code with the program: all they
//! import of it are enums of settings. [`check`] runs the program, and puts its report
//! into the terms of the oracle. [`server`] is a model of its own: what is live, and what a push
//! is answered. Who makes schedules up stays apart: the laws by proptest, the corpus from bytes,
//! the causes and the server by [`random`] numbers.

pub(crate) mod check;

pub(crate) mod clock;

pub(crate) mod oracle;

pub(crate) mod random;

pub(crate) mod schedule;

pub(crate) mod server;

pub(crate) mod vendors;

pub(crate) mod write;
