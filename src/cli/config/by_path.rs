//! Reads what a configuration says of some of its files.

use super::document::{ConfigEntry, Located};
use super::patterns::PathPattern;
use super::refusals::{refuse_word, rule_named_in, unknown_key};
use crate::cli::values::{level, mapping};
use crate::error::Error;
use crate::model::rule::Severity;
use crate::model::settings::Mapping;
use crate::read::content::is_encoding;

/// What is said of the files that a pattern is about.
#[derive(Debug, Clone)]
pub(crate) struct PathSettings {
    pub(crate) pattern: PathPattern,
    pub(crate) columns: Vec<Mapping>,
    pub(crate) encoding: Option<String>,
    pub(crate) whole_days: bool,
    /// Names of rules and their levels; `None` for off.
    pub(crate) severity: Vec<(String, Option<Severity>)>,
}

/// The keys of such a table.
pub(super) const KEYS: [&str; 5] = ["path", "map", "encoding", "whole-days", "severity"];

/// Reads the tables.
///
/// # Errors
/// When one of them makes no sense.
pub(super) fn read(tables: &ConfigEntry) -> Result<Vec<PathSettings>, Error> {
    tables
        .value
        .items()
        .iter()
        .map(|table| read_one(&table.beside(table.entries("files")?)))
        .collect()
}

fn read_one(table: &Located<&[ConfigEntry]>) -> Result<PathSettings, Error> {
    let Some(path) = table.value.iter().find(|entry| entry.key.value == "path") else {
        return Err(table.refuse("`files` has no `path`", "add the files that it is about"));
    };
    let pattern = PathPattern::new(&path.value.beside(path.value.word("path")?))?;
    let (columns, severity) = (Vec::new(), Vec::new());
    let mut settings =
        PathSettings { pattern, columns, encoding: None, whole_days: false, severity };
    for ConfigEntry { key, value } in table.value {
        match &*key.value {
            "path" => {}
            "map" => settings.columns = columns_of(value.entries("map")?)?,
            "severity" => settings.severity = levels_of(value.entries("severity")?)?,
            "whole-days" => settings.whole_days = value.flag("whole-days")?,
            "encoding" => {
                let name = value.word("encoding")?;
                if !is_encoding(name) {
                    let message = format!("no encoding is called `{name}`");
                    return Err(value.refuse(&message, "such as utf-8, utf-16le, windows-1252"));
                }
                settings.encoding = Some(name.to_owned());
            }
            other => return Err(unknown_key(key, other, &KEYS)),
        }
    }
    Ok(settings)
}

/// The columns of fields.
pub(super) fn columns_of(entries: &[ConfigEntry]) -> Result<Vec<Mapping>, Error> {
    let column = |entry: &ConfigEntry| {
        let word = format!("{}={}", entry.key.value, entry.value.word(&entry.key.value)?);
        mapping(&word).map_err(|why| refuse_word(&entry.key, &word, &why))
    };
    entries.iter().map(column).collect()
}

/// The levels of rules.
pub(super) fn levels_of(entries: &[ConfigEntry]) -> Result<Vec<(String, Option<Severity>)>, Error> {
    let of = |entry: &ConfigEntry| {
        rule_named_in(&entry.key.beside(&entry.key.value))?;
        let word = format!("{}={}", entry.key.value, entry.value.word(&entry.key.value)?);
        level(&word).map_err(|why| refuse_word(&entry.key, &word, &why))
    };
    entries.iter().map(of).collect()
}
