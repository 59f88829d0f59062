//! Names of inputs become paths of files.

use glob::{MatchOptions, Pattern};
use shiftlint::error::Error;
use shiftlint::read::FORMATS;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf, is_separator};

/// The part of a pattern that stands for any number of folders.
const ANY_FOLDERS: &str = "**";

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
    } else if is_pattern(name) && path.symlink_metadata().is_err() {
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
        if !is_hidden(&entry.file_name()) && may_be_read(&path) && is_known(&path) {
            files.push(text(&path)?);
        }
    }
    Ok(files)
}

fn is_known(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = |extension: String| {
        FORMATS.iter().any(|format| format.extensions.contains(&extension.as_str()))
    };
    extension.is_some_and(known)
}

fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// The folders are gone through here and not by the `glob` crate, which stops
/// the program at a name that is not UTF-8.
fn matches(pattern: &str) -> Result<Vec<String>, Error> {
    let rooted = |part: &Component<'_>| matches!(part, Component::Prefix(_) | Component::RootDir);
    let root: PathBuf = Path::new(pattern).components().take_while(rooted).collect();
    let rest = pattern.get(root.as_os_str().len()..).unwrap_or_default();
    if rest.ends_with(is_separator) {
        return Ok(Vec::new()); // It stands for folders.
    }
    // A report says `a.csv`, which is as short as it can be said.
    let rest = rest.strip_prefix("./").unwrap_or(rest);
    let parts = rest.split(is_separator).filter(|part| !part.is_empty());
    let parts: Result<Vec<Pattern>, _> = parts.map(Pattern::new).collect();
    let mut parts = parts.map_err(|error| {
        let message =
            format!("there is no file `{pattern}`, and it is no pattern for files either");
        Error::usage(format!("{message}: {}", error.msg), Some("check the path".to_owned()))
    })?;
    parts.dedup_by(|one, other| [one, other].iter().all(|part| part.as_str() == ANY_FOLDERS));
    let mut files = Vec::new();
    follow(&root, &parts, &mut files)?;
    Ok(files)
}

/// Finds the files behind a place that the rest of a pattern stands for.
fn follow(place: &Path, parts: &[Pattern], files: &mut Vec<String>) -> Result<(), Error> {
    let Some((part, rest)) = parts.split_first() else {
        if may_be_read(place) {
            files.push(text(place)?);
        }
        return Ok(());
    };
    if part.as_str() == ANY_FOLDERS {
        return follow_below(place, rest, &mut Vec::new(), files);
    }
    if !is_pattern(part.as_str()) {
        let place = place.join(part.as_str());
        let exists = place.symlink_metadata().is_ok();
        return if exists { follow(&place, rest, files) } else { Ok(()) };
    }
    for name in names(place, files)?.iter().filter(|name| fits(part, name)) {
        follow(&place.join(name), rest, files)?;
    }
    Ok(())
}

/// Finds the files that a pattern stands for in a folder and in all below it.
/// A link to one of the folders `above` would only lead to the same files again.
fn follow_below(
    folder: &Path,
    parts: &[Pattern],
    above: &mut Vec<PathBuf>,
    files: &mut Vec<String>,
) -> Result<(), Error> {
    let Some((part, rest)) = parts.split_first() else { return Ok(()) };
    let whole = or_here(folder).canonicalize().unwrap_or_else(|_| folder.to_owned());
    if above.contains(&whole) {
        return Ok(());
    }
    above.push(whole);
    for name in names(folder, files)? {
        let place = folder.join(&name);
        if fits(part, &name) {
            follow(&place, rest, files)?;
        }
        if place.is_dir() {
            follow_below(&place, parts, above, files)?;
        }
    }
    above.pop();
    Ok(())
}

/// The names in a folder in order, but for hidden ones: they are seldom meant.
/// A folder that may not be looked into takes the place of its files, so that
/// opening it says why.
fn names(folder: &Path, files: &mut Vec<String>) -> Result<Vec<OsString>, Error> {
    let folder = or_here(folder);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let names = folder.read_dir().and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
    });
    let Ok(mut names) = names else {
        files.push(text(folder)?);
        return Ok(Vec::new());
    };
    names.retain(|name| !is_hidden(name));
    names.sort();
    Ok(names)
}

/// The folder that a path without a folder is in.
fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a part of a pattern stands for a name. A byte that is no text counts
/// as a letter, as in a shell: what is meant is to be refused, not passed over.
fn fits(part: &Pattern, name: &OsStr) -> bool {
    let options = MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let mut letters = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        letters.push_str(chunk.valid());
        letters.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    part.matches_with(&letters, options)
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
