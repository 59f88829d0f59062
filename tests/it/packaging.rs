//! What stands around the program: what installs it, and what runs it in CI systems.
//!
//! [`action`] and [`component`] run their shell steps, [`examples`] are those of the documents,
//! [`scripts`] are programs that call it, [`release`] and [`container`] look at what is built. [`yaml`] reads their files and compares them
//! with the keys that a vendor documents; [`job`] is the machine that a step believes it runs on.

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
