//! Makes the JSON Schema of a configuration from the options of the command line.

use super::options::{TABLES, settable};
use crate::model::source::Role;
use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};

/// The schema, in which each option of `check` that a configuration can set is a property.
pub(crate) fn schema(check: &Command) -> Value {
    let mut properties = Map::new();
    properties.insert("extends".to_owned(), text("Another configuration, which this one adds to"));
    properties.insert("inputs".to_owned(), inputs());
    for option in settable(check) {
        let name = option.get_long().unwrap_or_default();
        if !TABLES.contains(&name) {
            properties.insert(name.to_owned(), property(option));
        }
    }
    properties.insert("map".to_owned(), columns());
    properties.insert("severity".to_owned(), levels());
    properties.insert("files".to_owned(), files());
    properties.insert(
        "zones".to_owned(),
        json!({
            "description": "The time zones of agents, for those of whom no list says one",
            "type": "object",
            "additionalProperties": { "type": "string" }
        }),
    );
    properties.insert("allow".to_owned(), allowances());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shiftlint.toml",
        "description": "The configuration of shiftlint, version 1",
        "type": "object",
        "additionalProperties": false,
        "properties": properties
    })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string" })
}

/// A string, or several.
fn texts(description: &str) -> Value {
    json!({
        "description": description,
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
    })
}

/// What an option takes.
fn property(option: &Arg) -> Value {
    let help = option.get_help().map(|help| help.to_string()).unwrap_or_default();
    match option.get_action() {
        ArgAction::SetTrue => json!({ "description": help, "type": "boolean" }),
        ArgAction::Append => texts(&help),
        _ => {
            let values = option.get_possible_values();
            let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
            let is_number =
                !names.is_empty() && names.iter().all(|name| name.parse::<u32>().is_ok());
            match &*names {
                [] => json!({ "description": help, "type": ["string", "integer", "number"] }),
                _ if is_number => json!({ "description": help, "type": ["string", "integer"] }),
                names => json!({ "description": help, "enum": names }),
            }
        }
    }
}

fn inputs() -> Value {
    let path = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["path"],
        "properties": {
            "path": texts("Files, folders or patterns, relative to the configuration"),
            "optional": { "description": "Whether there may be none", "type": "boolean" }
        }
    });
    let one = json!({ "anyOf": [{ "type": "string" }, path] });
    let several = json!({ "type": "array", "items": one });
    let files = json!({ "anyOf": [{ "type": "string" }, path, several] });
    let roles = Role::ALL.into_iter().map(|role| (role.name().to_owned(), files.clone()));
    json!({
        "description": "The files of each role; those that are typed take the place of a role's",
        "type": "object",
        "additionalProperties": false,
        "properties": roles.collect::<Map<String, Value>>()
    })
}

fn columns() -> Value {
    json!({
        "description": "Columns that stand for fields: [ROLE:]FIELD and the name of the column",
        "type": "object",
        "additionalProperties": { "type": "string" }
    })
}

fn levels() -> Value {
    json!({
        "description": "Levels of rules, by code, name or family",
        "type": "object",
        "additionalProperties": { "enum": ["error", "warning", "info", "off"] }
    })
}

fn files() -> Value {
    json!({
        "description": "What is different for some files",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["path"],
            "properties": {
                "path": text("A pattern; without a folder in it, files of that name anywhere"),
                "map": columns(),
                "encoding": text("The encoding of these files"),
                "whole-days": {
                    "description": "Whether a shift with a date and no hours takes the whole day",
                    "type": "boolean"
                },
                "severity": levels()
            }
        }
    })
}

fn allowances() -> Value {
    let date = |description: &str| json!({ "description": description, "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
    json!({
        "description": "Findings that somebody has decided to live with",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["rule", "reason"],
            "properties": {
                "rule": text("The code or name of a rule"),
                "agent": text("The agent of a record, as it is written"),
                "ids": texts("Ids that the records have, all of them"),
                "from": date("The first local day on which a finding may begin"),
                "to": date("The last local day on which a finding may begin"),
                "path": text("A pattern for the batch input of a record"),
                "reason": text("Why it is allowed"),
                "until": date("The last day on which it is allowed")
            }
        }
    })
}
