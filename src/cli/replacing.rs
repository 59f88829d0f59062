//! Refuses to write over what a run reads, or twice to one place, before anything is written.

use crate::cli::destination::{feeds_standard_input, identity};
use crate::cli::settings::is_standard_input;
use crate::error::Error;
use crate::model::settings::InputFile;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The option for the findings that are known from now on: it may replace the earlier list.
pub(crate) const WRITE_BASELINE: &str = "--write-baseline";

/// What the earlier list is called.
pub(crate) const BASELINE: &str = "the baseline";

/// A file that is written, by the option that names it.
pub(crate) type WrittenFile<'p> = (&'static str, &'p Path);

/// A file that is read and is no input, by what it is called.
pub(crate) type KeptFile<'p> = (&'static str, &'p Path);

/// Refuses to write over an input or another file that is read, and two files to one place.
///
/// # Errors
/// When something would be replaced.
pub(crate) fn refuse_replacing(
    written: &[WrittenFile<'_>],
    kept: &[KeptFile<'_>],
    files: &[InputFile],
) -> Result<(), Error> {
    if written.is_empty() {
        return Ok(());
    }
    let inputs = files.iter().map(|file| ("the input", Path::new(&*file.path)));
    let read = inputs.chain(kept.iter().copied()).filter(|(_, path)| path.is_file());
    let read: HashMap<PathBuf, &str> = read.map(|(what, path)| (identity(path), what)).collect();
    let is_piped = files.iter().any(|file| is_standard_input(&file.path));
    let mut places: HashMap<PathBuf, &str> = HashMap::new();
    for (option, path) in written {
        let place = identity(path);
        let is_update = |what: &&str| *option == WRITE_BASELINE && *what == BASELINE;
        let what = read.get(&place).copied().filter(|what| !is_update(what));
        let what = what.or((is_piped && feeds_standard_input(path)).then_some("the input"));
        if let Some(what) = what {
            return Err(refuse(&format!("{option} would replace {what} {}", path.display())));
        }
        if let Some(other) = places.insert(place, option).filter(|other| other != option) {
            return Err(refuse(&format!("{option} and {other} both name {}", path.display())));
        }
    }
    Ok(())
}

/// Refuses to write into the folder of a plan, all of whose files are known.
///
/// # Errors
/// When something would be written there.
pub(crate) fn refuse_within(written: &[WrittenFile<'_>], plan: Option<&Path>) -> Result<(), Error> {
    let Some(plan) = plan else { return Ok(()) };
    let folder = identity(plan);
    match written.iter().find(|(_, path)| identity(path).starts_with(&folder)) {
        Some((option, path)) => {
            Err(refuse(&format!("{option}: {} is in the folder of the plan", path.display())))
        }
        None => Ok(()),
    }
}

fn refuse(message: &str) -> Error {
    Error::usage(message.to_owned(), Some("name another file".to_owned()))
}
