//! Writes a folder that is whole or absent.
//!
//! Its files are written into a folder beside it, which takes its name once all of them are
//! complete.

use crate::cli::interrupt;
use crate::error::Error;
use crate::plan::PlanFiles;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// A folder that does not have its name yet. Without that it goes away.
pub(crate) struct NewFolder {
    beside: TempDir,
    name: PathBuf,
}

impl NewFolder {
    /// Begins a folder; those around it are made.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub(crate) fn begin(name: &Path) -> Result<NewFolder, Error> {
        let parent = name.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let begin = || {
            fs::create_dir_all(parent)?;
            interrupt::guarded(|| tempfile::Builder::new().prefix(".shiftlint-").tempdir_in(parent))
        };
        let beside = begin().map_err(|error| Error::write(Some(name.to_owned()), error, None))?;
        Ok(NewFolder { beside, name: name.to_owned() })
    }

    /// Gives it its name. A folder that has the name goes.
    ///
    /// # Errors
    /// When it cannot be renamed; the one that had the name is kept then.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let name = self.name.clone();
        let former = self.take_name().map_err(|error| Error::write(Some(name), error, None))?;
        let Some(former) = former else { return Ok(()) };
        fs::remove_dir_all(&former).map_err(|error| {
            let help = "the new plan is in its place; remove this one by hand".to_owned();
            Error::write(Some(former), error, Some(help))
        })
    }

    /// Takes the name; where the folder is now that had it.
    fn take_name(self) -> io::Result<Option<PathBuf>> {
        let NewFolder { beside, name } = self;
        let former = match name.exists() {
            true => {
                let former = beside.path().with_extension("former");
                fs::rename(&name, &former)?;
                Some(former)
            }
            false => None,
        };
        if let Err(error) = fs::rename(beside.path(), &name) {
            return former.map_or(Ok(()), |former| fs::rename(former, &name)).and(Err(error));
        }
        // What it was called before is nobody's now.
        let _ = beside.keep();
        Ok(former)
    }
}

/// The path of a file within a folder, given its name with `/` on every system.
pub(crate) fn path_within(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

/// A path from the root, with links followed as far as it exists.
pub(crate) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = |folder: &Path| {
        let rest = path.strip_prefix(folder).ok()?;
        Some((folder.canonicalize().ok()?, rest))
    };
    let Some((found, rest)) = path.ancestors().find_map(existing) else { return path };
    // What is not there yet will be folders and no links, so that `..` leaves one of them.
    rest.components().fold(found, |place, part| match part {
        Component::ParentDir => place.parent().map_or_else(PathBuf::new, Path::to_owned),
        part => place.join(part),
    })
}

/// Refuses a folder within one that is an input: a later run would read what is written.
///
/// # Errors
/// When it is in one of these inputs.
pub(crate) fn refuse_within_inputs<'i>(
    (option, folder): (&str, &Path),
    mut inputs: impl Iterator<Item = &'i String>,
    what: &str,
) -> Result<(), Error> {
    let within = |input: &&String| {
        let input = Path::new(input.as_str());
        input.is_dir() && whole(folder).starts_with(whole(input))
    };
    let Some(input) = inputs.find(within) else { return Ok(()) };
    let shown = folder.display();
    let message = format!("{option}: `{shown}` is in the folder `{input}`, which is an input");
    let help = format!("name a folder beside it, so that a later run does not read {what}");
    Err(Error::usage(message, Some(help)))
}

impl PlanFiles for NewFolder {
    fn create(&self, name: &str) -> io::Result<Box<dyn Write>> {
        let path = path_within(self.beside.path(), name);
        let file = match File::create_new(&path) {
            // A plan has thousands of files in few folders.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().unwrap_or(self.beside.path()))?;
                File::create_new(path)
            }
            opened => opened,
        };
        Ok(Box::new(BufWriter::new(file?)))
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn what_is_not_there_yet_is_within_what_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let found = folder.path().canonicalize().expect("it is there");
        for (name, expected) in [
            ("", ""),
            ("new", "new"),
            ("new/plan", "new/plan"),
            ("new/../other/./plan", "other/plan"),
            ("new/../../x", "../x"),
        ] {
            let expected = match expected.strip_prefix("../") {
                Some(beside) => found.with_file_name(beside),
                None => found.join(expected),
            };
            assert_eq!(whole(&folder.path().join(name)), expected, "{name}");
        }
    }
}
