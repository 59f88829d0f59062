//! Applies exact edits to bytes, and shows them as a unified diff.
//!
//! An edit replaces a range of bytes. Since all edits are known, hunks are made from them
//! directly, and no search for common lines is needed. This stage knows neither records nor
//! rules, and bytes need not be UTF-8.
//!
//! - [`apply()`]: the edited bytes.
//! - [`FileDiff`]: the hunks of a file, with three lines of context, as `git apply` and `patch`
//!   take them. Lines are cut at line feeds only, so that carriage returns are part of them.

mod apply;
mod file_names;
mod hunks;

pub use apply::{ByteEdit, apply};
pub use file_names::write_header;
pub use hunks::FileDiff;

#[cfg(test)]
mod tests;
