//! The files that install the program, and those that call it in CI systems.
//!
//! [`action`] and [`component`] run their shell steps, [`examples`] compares those of the documents
//! with what vendors document, and [`scripts`] with what the program does. [`release`] and
//! [`container`] compare what is built with what others expect. [`yaml`] reads their files; [`job`]
//! is the machine of a CI system.

mod container;

mod examples;

mod release;

mod scripts;

mod yaml;

#[cfg(target_os = "linux")]
mod action;

#[cfg(target_os = "linux")]
mod component;

#[cfg(target_os = "linux")]
mod job;

use std::path::Path;

/// The folder of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the package.
fn file(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
