//! Turns the keys of a configuration that are options into words of the command line.

use super::by_path::{columns_of, levels_of};
use super::document::{ConfigEntry, Located, Value};
use super::inputs::within;
use super::refusals::rule_named_in;
use crate::cli::values::mapping;
use crate::error::Error;
use crate::model::settings::Mapping;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// Which options of `check` a configuration can set: those of these groups …
const GROUPS: [&str; 5] = ["ReadingArgs", "TimeArgs", "RuleArgs", "LabourArgs", "GateArgs"];

/// … but for inputs, which have a table of their own, and what is about one run or one file.
const OTHERS: [&str; 13] = [
    "published",
    "base",
    "time-off",
    "unavailable",
    "swaps",
    "agents",
    "stdin-name",
    "whole-days",
    "config",
    "no-config",
    "today",
    "prune-baseline",
    "write-baseline",
];

/// Options whose values are paths.
const PATHS: [&str; 3] = ["unit", "activity-codes", "baseline"];

/// Options whose values are names of rules.
const RULES: [&str; 2] = ["select", "ignore"];

/// Options that are tables, and added to what is typed.
pub(super) const TABLES: [&str; 2] = ["map", "severity"];

/// A word of the command line, and the key that says it.
#[derive(Debug)]
pub(super) struct ConfigWord {
    pub(super) key: Located<String>,
    pub(super) word: String,
}

/// The options that a configuration can set, of the `check` command.
pub(super) fn settable(check: &Command) -> Vec<&Arg> {
    let groups = check.get_groups().filter(|group| GROUPS.contains(&group.get_id().as_str()));
    let ids: Vec<_> = groups.flat_map(|group| group.get_args()).collect();
    let is_settable = |arg: &&Arg| {
        ids.contains(&arg.get_id()) && arg.get_long().is_some_and(|name| !OTHERS.contains(&name))
    };
    check.get_arguments().filter(is_settable).collect()
}

/// The words for the value of a key.
///
/// # Errors
/// When the option wants another kind of value.
pub(super) fn words(entry: &ConfigEntry, option: &Arg) -> Result<Vec<ConfigWord>, Error> {
    let ConfigEntry { key, value } = entry;
    let name = &*key.value;
    let word = |word: String| ConfigWord { key: key.clone(), word };
    if TABLES.contains(&name) {
        return table(entry);
    }
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return Ok(value.flag(name)?.then(|| word(format!("--{name}"))).into_iter().collect());
    }
    let many = matches!(option.get_action(), ArgAction::Append);
    if !many && matches!(value.value, Value::List(_)) {
        value.word(name)?;
    }
    let of_item = |item: &Located<Value>| {
        let text = item.word(name)?;
        if RULES.contains(&name) {
            rule_named_in(&item.beside(text))?;
        }
        let is_path =
            PATHS.contains(&name) || name == "tzdb" && !["bundled", "system"].contains(&text);
        let text = if is_path { within(&item.home, text) } else { text.to_owned() };
        Ok(word(format!("--{name}={text}")))
    };
    value.items().iter().map(of_item).collect()
}

/// The words for a table of columns or levels.
fn table(entry: &ConfigEntry) -> Result<Vec<ConfigWord>, Error> {
    let name = &*entry.key.value;
    let entries = entry.value.entries(name)?;
    match name {
        "map" => columns_of(entries).map(|_| ())?,
        _ => levels_of(entries).map(|_| ())?,
    }
    let of_entry = |of: &ConfigEntry| {
        let word = format!("--{name}={}={}", of.key.value, of.value.word(&of.key.value)?);
        Ok(ConfigWord { key: of.key.clone(), word })
    };
    entries.iter().map(of_entry).collect()
}

/// Whether something typed takes the place of what the configuration says.
pub(super) fn is_overruled(word: &ConfigWord, option: &Arg, typed: &ArgMatches) -> bool {
    let id = option.get_id().as_str();
    if typed.value_source(id) != Some(ValueSource::CommandLine) {
        return false;
    }
    match id {
        "severity" | "accept" => false,
        "map" => {
            let typed = typed.get_many::<Mapping>(id).into_iter().flatten();
            let own = word.word.strip_prefix("--map=").and_then(|it| mapping(it).ok());
            own.is_none_or(|own| {
                let is_same = |it: &Mapping| it.role.is_none() || it.role == own.role;
                typed.into_iter().any(|it| it.field == own.field && is_same(it))
            })
        }
        _ => true,
    }
}
