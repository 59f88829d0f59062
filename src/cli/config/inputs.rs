//! Reads which files a configuration names for each role.

use super::document::{ConfigEntry, Home, Located, Value};
use super::refusals::unknown_key;
use super::search;
use crate::cli::paths;
use crate::error::Error;
use crate::model::alike::nearest_name;
use crate::model::source::Role;
use glob::Pattern;
use std::path::{Path, PathBuf};

/// The files of a role.
#[derive(Debug)]
pub(super) struct RoleFiles {
    pub(super) role: Role,
    /// Names and patterns, relative to the working directory.
    pub(super) names: Vec<Located<String>>,
}

/// Adds the roles of a table; a role that is there already gets other files.
///
/// # Errors
/// When a role is unknown or something is no name.
pub(super) fn add(table: &ConfigEntry, all: &mut Vec<RoleFiles>) -> Result<(), Error> {
    for ConfigEntry { key, value } in table.value.entries("inputs")? {
        let role = role_of(key)?;
        let mut names = Vec::new();
        for item in value.items() {
            add_names(item, &key.value, &mut names)?;
        }
        all.retain(|known| known.role != role);
        all.push(RoleFiles { role, names });
    }
    Ok(())
}

fn role_of(key: &Located<String>) -> Result<Role, Error> {
    let named = |role: &Role| role.name() == key.value;
    Role::ALL.into_iter().find(named).ok_or_else(|| {
        let names = Role::ALL.map(Role::name);
        let help = match nearest_name(&key.value, names.into_iter()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the roles are {}", names.join(", ")),
        };
        key.refuse(&format!("no role is called `{}`", key.value), &help)
    })
}

/// Adds a name, or the names of a table with `path` and `optional`, if they lead to anything.
fn add_names(
    item: &Located<Value>,
    role: &str,
    names: &mut Vec<Located<String>>,
) -> Result<(), Error> {
    let Value::Table(entries) = &item.value else {
        return add_name(&item.beside(item.word(role)?), false, names);
    };
    let (mut paths, mut optional) = (None, false);
    for ConfigEntry { key, value } in entries {
        match &*key.value {
            "path" => paths = Some(value),
            "optional" => optional = value.flag("optional")?,
            other => return Err(unknown_key(key, other, &["path", "optional"])),
        }
    }
    let Some(paths) = paths else {
        return Err(item.refuse(&format!("`{role}` has no `path`"), ""));
    };
    paths
        .items()
        .iter()
        .try_for_each(|path| add_name(&path.beside(path.word("path")?), optional, names))
}

fn add_name(
    name: &Located<&str>,
    optional: bool,
    names: &mut Vec<Located<String>>,
) -> Result<(), Error> {
    let path = within(&name.home, name.value);
    let expanded = paths::expand(&path)?;
    let missing = |file: &String| *file == path && Path::new(file).symlink_metadata().is_err();
    let leads_nowhere = path != "-" && expanded.files.iter().all(missing);
    if leads_nowhere && expanded.unread.is_empty() {
        if optional {
            return Ok(());
        }
        let help = search::beside(Path::new(&path));
        let help = help.unwrap_or_else(|| "correct it, or add `optional = true`".to_owned());
        return Err(name.refuse(&format!("`{}` matches no file", name.value), &help));
    }
    names.push(name.beside(path));
    Ok(())
}

/// A path of a configuration, relative to the working directory. What the folder's own name has
/// of a pattern is none.
pub(super) fn within(home: &Home, path: &str) -> String {
    if path == "-" || Path::new(path).is_absolute() || home.folder.as_os_str().is_empty() {
        return path.to_owned();
    }
    let folder = home.folder.to_string_lossy();
    let is_pattern = path.contains(['*', '?', '[']);
    let folder = if is_pattern { Pattern::escape(&folder) } else { folder.into_owned() };
    PathBuf::from(folder).join(path).to_string_lossy().into_owned()
}
