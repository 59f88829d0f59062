//! Expands names of inputs, folders and globs into paths of files.

use crate::baseline::is_list;
use crate::error::Error;
use crate::read::FORMATS;
use glob::{MatchOptions, Pattern};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf, is_separator};

/// The part of a pattern that matches any number of folders.
const ANY_FOLDERS: &str = "**";

/// The files that a name expands to.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    /// The files to read.
    pub(crate) files: Vec<String>,
    /// The files of a directory that are not read.
    pub(crate) unread: Vec<SkippedFile>,
    /// Whether the name is that of a directory.
    pub(crate) is_directory: bool,
}

/// A file of a directory that is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SkippedFile {
    /// Its path.
    pub(crate) path: String,
    /// Why it is not read.
    pub(crate) why: &'static str,
    /// Whether it might hold records all the same.
    pub(crate) doubtful: bool,
}

impl Expanded {
    /// Leaves files out that are known not to hold records, whatever their names say.
    pub(crate) fn leave_out(&mut self, is_known: impl Fn(&str) -> bool, why: &'static str) {
        let found = self.files.extract_if(.., |path| is_known(path)).collect::<Vec<String>>();
        let others = self.unread.extract_if(.., |file| is_known(&file.path));
        let known: Vec<String> = found.into_iter().chain(others.map(|file| file.path)).collect();
        let skipped = |path| SkippedFile { path, why, doubtful: false };
        self.unread.extend(known.into_iter().map(skipped));
    }
}

/// Expands a name: to itself, to the files of a directory at any depth, or to what a glob
/// matches. A name that matches nothing is kept, so that opening it reports what is wrong.
///
/// # Errors
/// When a pattern is malformed or a file's name is not text.
pub(crate) fn expand(name: &str) -> Result<Expanded, Error> {
    let path = Path::new(name);
    if name == "-" || path.is_file() {
        return Ok(Expanded { files: vec![name.to_owned()], ..Expanded::default() });
    }
    let mut found = Expanded { is_directory: path.is_dir(), ..Expanded::default() };
    if found.is_directory {
        gather(path, &mut Vec::new(), &mut found)?;
    } else if is_pattern(name) && path.symlink_metadata().is_err() {
        found.files = matches(name)?;
    }
    if found.files.is_empty() && found.unread.iter().all(|unread| !unread.doubtful) {
        found.files.push(name.to_owned());
    }
    found.files.sort();
    Ok(found)
}

/// Sorts the files of a folder, and of all below it, into those that are read and
/// those that are not. A link to one of the folders `above` would only lead to
/// the same files again.
fn gather(folder: &Path, above: &mut Vec<PathBuf>, found: &mut Expanded) -> Result<(), Error> {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if above.contains(&whole) {
        return Ok(());
    }
    let entries = folder.read_dir().and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let Ok(entries) = entries else {
        // Opening it says why it cannot be looked into.
        found.files.push(text(folder)?);
        return Ok(());
    };
    above.push(whole);
    let mut names: Vec<OsString> = entries.iter().map(|entry| entry.file_name()).collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let mut kind = kind_of(&name);
        if path.is_dir() && kind != FileNameKind::Hidden {
            gather(&path, above, found)?;
            continue;
        }
        let is_file = may_be_read(&path);
        let may_hold = matches!(kind, FileNameKind::Known | FileNameKind::Other);
        if may_hold && is_file && is_baseline(&path) {
            kind = FileNameKind::Baseline;
        }
        match if is_file { kind.why() } else { Some("it is a pipe or a device") } {
            None => found.files.push(text(&path)?),
            Some(why) => {
                let doubtful =
                    kind == FileNameKind::Other || !is_file && kind == FileNameKind::Known;
                found.unread.push(SkippedFile {
                    path: path.to_string_lossy().into(),
                    why,
                    doubtful,
                });
            }
        }
    }
    above.pop();
    Ok(())
}

/// Whether a file begins as a baseline does. What cannot be opened is reported where it is read.
fn is_baseline(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && is_list(&head)
}

/// What the name of a file says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileNameKind {
    /// It is in a format that can be read.
    Known,
    /// It is hidden, or a leftover of a program.
    Hidden,
    /// It is about the files, and not one of them.
    Text,
    /// An image, a checksum or a signature.
    Attachment,
    /// It is the configuration of a folder.
    Configuration,
    /// Its first line is that of a baseline, whatever its name is.
    Baseline,
    /// Anything else.
    Other,
}

impl FileNameKind {
    /// Why such a file is not read.
    const fn why(self) -> Option<&'static str> {
        match self {
            FileNameKind::Known => None,
            FileNameKind::Hidden => Some("it is hidden, or a leftover of another program"),
            FileNameKind::Text => Some("its name says that it is a text about the files"),
            FileNameKind::Attachment => Some("it is an image, a checksum or a signature"),
            FileNameKind::Configuration => Some(IS_CONFIGURATION),
            FileNameKind::Baseline => Some("it is a baseline of shiftlint"),
            FileNameKind::Other => Some("its name has no known ending"),
        }
    }
}

/// The names of a configuration that is found without being named.
pub(crate) const CONFIGURATIONS: [&str; 2] = ["shiftlint.toml", ".shiftlint.toml"];
/// Why the configuration of a run is not read as an input.
pub(crate) const IS_CONFIGURATION: &str = "it is the configuration of shiftlint";

/// Names of texts about files, without their endings.
const TEXTS: [&str; 6] = ["readme", "license", "licence", "changelog", "copying", "notice"];
/// Endings of such texts.
const TEXT_ENDINGS: [&str; 3] = ["md", "markdown", "rst"];
/// Endings of what never holds records.
const ATTACHMENTS: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "tif", "tiff", "heic", "md5", "sha1",
    "sha256", "sha512", "sum", "crc", "sig", "asc", "gpg", "minisig", "p7s",
];
/// Endings of packed files, whose name without it says what they hold.
const PACKED: [&str; 4] = ["gz", "gzip", "zst", "zstd"];

fn kind_of(name: &OsStr) -> FileNameKind {
    let name = name.to_string_lossy().to_lowercase();
    if name.starts_with('.') || name.starts_with("~$") {
        return FileNameKind::Hidden;
    }
    if CONFIGURATIONS.contains(&&*name) {
        return FileNameKind::Configuration;
    }
    let packed = PACKED.iter().find_map(|ending| name.strip_suffix(&format!(".{ending}")));
    let plain = packed.unwrap_or(&name);
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    if TEXTS.contains(&stem) || TEXT_ENDINGS.contains(&ending) {
        FileNameKind::Text
    } else if ATTACHMENTS.contains(&ending) {
        FileNameKind::Attachment
    } else if FORMATS.iter().any(|format| format.extensions.contains(&ending)) {
        FileNameKind::Known
    } else {
        FileNameKind::Other
    }
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
    // A report says `a.csv`, the shortest form.
    let here = rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(is_separator));
    let rest = here.unwrap_or(rest);
    let parts = rest.split(is_separator).filter(|part| !part.is_empty());
    let parts: Result<Vec<Pattern>, _> = parts.map(Pattern::new).collect();
    let mut parts = parts.map_err(|error| {
        let message = format!("there is no file `{pattern}`, and it is not a valid pattern");
        Error::usage(format!("{message}: {}", error.msg), Some("check the path".to_owned()))
    })?;
    parts.dedup_by(|one, other| [one, other].iter().all(|part| part.as_str() == ANY_FOLDERS));
    let mut files = Vec::new();
    follow(&root, &parts, &mut files)?;
    Ok(files)
}

/// Finds the files below a place that match the rest of a pattern.
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

/// Finds the files that match a pattern in a folder and in all below it. A link to one of
/// the folders `above` would only lead to the same files again.
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

/// The names in a folder in order, except hidden ones, which are seldom meant. A folder
/// that may not be read takes the place of its files, so that opening it reports why.
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

/// Whether a part of a pattern matches a name. A byte that is not text counts as a letter,
/// as in a shell: what is meant has to be refused, not skipped.
fn fits(part: &Pattern, name: &OsStr) -> bool {
    let options = MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let mut letters = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        letters.push_str(chunk.valid());
        letters.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    part.matches_with(&letters, options)
}

/// Whether this is a file, or a name such as a dangling link that cannot be followed:
/// opening it reports why, whereas skipping it would give an all-clear without it.
fn may_be_read(path: &Path) -> bool {
    path.metadata().map_or(true, |about| about.is_file())
}

fn text(path: &Path) -> Result<String, Error> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let help = "rename it".to_owned();
        Error::usage(format!("the name of `{}` is not UTF-8", path.display()), Some(help))
    })
}
