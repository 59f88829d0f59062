//! Finds the configuration of a run, and the one that it extends.

use super::document::{ConfigEntry, Home, Located, Value, parse};
pub(crate) use crate::cli::paths::CONFIGURATIONS as NAMES;
use crate::error::Error;
use crate::model::alike::nearest_name;
use crate::read::content::reason;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What stands in the topmost folder of a repository.
const REPOSITORIES: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// The longest that a configuration may be, in bytes.
const LONGEST: u64 = 16 << 20;

/// The configuration in the working directory, or in the nearest folder above it that has one and
/// is in the same repository.
///
/// # Errors
/// When a folder has two.
pub(super) fn find() -> Result<Option<PathBuf>, Error> {
    let Ok(here) = std::env::current_dir() else { return Ok(None) };
    let is_root = |folder: &&Path| REPOSITORIES.iter().any(|name| folder.join(name).exists());
    let root = here.ancestors().find(is_root).unwrap_or(&here);
    let mut above = PathBuf::new();
    for folder in here.ancestors().take_while(|folder| folder.starts_with(root)) {
        let there = |name: &&&str| folder.join(name).symlink_metadata().is_ok();
        let found: Vec<&&str> = NAMES.iter().filter(there).collect();
        if let [one, other] = &*found {
            let [one, other] = [one, other].map(|name| above.join(name).display().to_string());
            let message = format!("there are two configurations: {one} and {other}");
            return Err(Error::usage(message, Some("remove one, or name one: --config".into())));
        }
        if let [name] = &*found {
            return Ok(Some(above.join(name)));
        }
        above.push("..");
    }
    Ok(None)
}

/// The entries of a configuration, behind those of the one that it extends.
///
/// # Errors
/// When one of them cannot be read or is no TOML, or when more than one is extended.
pub(super) fn read(path: &Path) -> Result<(Arc<Home>, Vec<ConfigEntry>), Error> {
    let (home, entries) = read_one(path, Error::usage)?;
    let Some(extends) = entries.iter().find(|entry| entry.key.value == EXTENDS) else {
        return Ok((home, entries));
    };
    let (_, mut all) = read_extended(&extends.value)?;
    if let Some(second) = all.iter().find(|entry| entry.key.value == EXTENDS) {
        let help = "a configuration can extend one that extends none";
        return Err(second.key.refuse("this configuration is extended itself", help));
    }
    let again = |base: &ConfigEntry| entries.iter().any(|entry| entry.key.value == base.key.value);
    all.retain(|base| ADDED.contains(&&*base.key.value) || !again(base));
    all.extend(entries.into_iter().filter(|entry| entry.key.value != EXTENDS));
    Ok((home, all))
}

/// The key that names another configuration.
pub(super) const EXTENDS: &str = "extends";

/// The keys that add to those of the configuration that is extended, and do not replace them.
const ADDED: [&str; 6] = ["inputs", "map", "severity", "files", "zones", "allow"];

fn read_extended(value: &Located<Value>) -> Result<(Arc<Home>, Vec<ConfigEntry>), Error> {
    let path = value.home.folder.join(value.word(EXTENDS)?);
    read_one(&path, |message, help| value.refuse(&message, help.as_deref().unwrap_or_default()))
}

fn read_one(
    path: &Path,
    refuse: impl Fn(String, Option<String>) -> Error,
) -> Result<(Arc<Home>, Vec<ConfigEntry>), Error> {
    let shown = path.display().to_string();
    let unreadable = |error: &std::io::Error| {
        let help = (error.kind() == std::io::ErrorKind::NotFound).then(|| beside(path)).flatten();
        refuse(format!("the configuration `{shown}` cannot be read: {}", reason(error)), help)
    };
    if path.is_dir() {
        return Err(refuse(format!("the configuration `{shown}` is a folder"), None));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(refuse(format!("the configuration `{shown}` is longer than 16 MiB"), None));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(refuse(format!("the configuration `{shown}` is not UTF-8"), None));
    };
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let home = Arc::new(Home { shown, folder });
    // The mark does not belong to the text.
    let entries = parse(text.strip_prefix('\u{feff}').unwrap_or(&text), &home)?;
    Ok((home, entries))
}

/// The file that may have been meant by a path that leads nowhere.
pub(crate) fn beside(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = folder.unwrap_or(Path::new(".")).read_dir().ok()?;
    let names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let wanted = path.file_name()?.to_string_lossy();
    let found = nearest_name(&wanted, names.iter().map(String::as_str))?;
    let found = folder.map_or_else(|| found.into(), |folder| folder.join(found));
    Some(format!("did you mean `{}`?", found.display()))
}
