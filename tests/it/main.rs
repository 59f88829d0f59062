//! The program as a whole, and the house it is built as.
//!
//! [`cases`] and [`pages`] run it on files and look at what it prints, [`cli`] at
//! its options, exit codes and hostile input, [`formats`] at its reports; [`laws`] hold for
//! any schedule, [`causes`] says what explains one, [`times`] for any time; [`corpus`] is
//! what fuzzing found; [`world`] is the model of a schedule that these share, with its
//! oracle; [`exports`] are files as programs write them; [`redact`] compares redacted copies with
//! what they are copies of; [`visitors`] is a command beside
//! the check; [`samples`] shows what
//! the README promises; [`packaging`] is what installs and calls the program; [`layers`], [`doors`] and [`docs`] keep the source as it is meant to be.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

mod book;

mod program;

mod world;

mod cases;

mod packaging;

mod pages;

mod cli;

mod formats;

mod laws;

mod causes;

mod samples;

mod times;

mod corpus;

mod headers;

mod exports;

mod redact;

mod visitors;

mod layers;

mod doors;

mod docs;
