//! Names of inputs become paths of files.

use shiftlint::error::Error;
use shiftlint::read::READERS;
use std::path::Path;

/// The files that a name stands for: itself, the known files of a directory,
/// or what a glob matches. A name that stands for nothing is kept, so that
/// opening it says what is wrong.
///
/// # Errors
/// When a pattern is malformed or a file's name is no text.
pub(crate) fn expand(name: &str) -> Result<Vec<String>, Error> {
    let path = Path::new(name);
    if name == "-" || path.is_file() {
        return Ok(vec![name.to_owned()]);
    }
    let mut found = if path.is_dir() {
        known_files(path)?
    } else if name.contains(['*', '?', '[']) {
        matches(name)?
    } else {
        Vec::new()
    };
    if found.is_empty() {
        found.push(name.to_owned());
    }
    found.sort();
    Ok(found)
}

fn known_files(directory: &Path) -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    let Ok(entries) = directory.read_dir() else { return Ok(files) };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && may_be_read(&path) && is_known(&path) {
            files.push(text(&path)?);
        }
    }
    Ok(files)
}

fn is_known(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = |extension: String| {
        READERS.iter().any(|reader| reader.extensions.contains(&extension.as_str()))
    };
    extension.is_some_and(known)
}

fn matches(pattern: &str) -> Result<Vec<String>, Error> {
    // As in a shell, `*` does not find hidden files: they are seldom meant.
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let paths = glob::glob_with(pattern, options).map_err(|error| {
        Error::usage(format!("`{pattern}` is no pattern for files: {}", error.msg), None)
    })?;
    let mut files = Vec::new();
    for path in paths {
        match path {
            Ok(path) if may_be_read(&path) => files.push(text(&path)?),
            Ok(_) => {}
            // A folder that may not be looked into.
            Err(error) => files.push(text(error.path())?),
        }
    }
    Ok(files)
}

/// Whether this is a file, or a name such as a dangling link that cannot be
/// followed: opening it says why, where passing over it would give an all-clear
/// without it.
fn may_be_read(path: &Path) -> bool {
    path.metadata().map_or(true, |about| about.is_file())
}

fn text(path: &Path) -> Result<String, Error> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let help = "rename it".to_owned();
        Error::usage(format!("the name of `{}` is not UTF-8", path.display()), Some(help))
    })
}
