//! Runs `shiftlint schema`, which prints the JSON Schema of a document.
//!
//! The schemas in `src/schema` are written by hand. Definitions that several of them use are in
//! `shared.json`; a printed schema contains those that it refers to, so that it needs no other file.

use crate::cli::args::{Args, DocumentArg, SchemaArgs};
use crate::cli::{config, output};
use crate::error::Error;
use clap::CommandFactory;
use serde_json::{Map, Value};
use std::io;
use std::process::ExitCode;

/// The definitions that several documents use.
const SHARED: &str = include_str!("../schema/shared.json");

/// What a reference to a definition begins with.
const DEFINITION: &str = "#/$defs/";

/// Prints the schema of a document.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn run(args: &SchemaArgs) -> Result<ExitCode, Error> {
    let text = match args.document {
        DocumentArg::Config => return print(&config_schema()),
        DocumentArg::Report => include_str!("../schema/report.json"),
        DocumentArg::Plan => include_str!("../schema/plan.json"),
        DocumentArg::Triage => include_str!("../schema/triage.json"),
        DocumentArg::Why => include_str!("../schema/why.json"),
        DocumentArg::Fix => include_str!("../schema/fix.json"),
        DocumentArg::Inspect => include_str!("../schema/inspect.json"),
    };
    print(&self_contained(text).map_err(unwritten)?)
}

fn print(schema: &Value) -> Result<ExitCode, Error> {
    let text = serde_json::to_string_pretty(schema).map_err(unwritten)?;
    output::print(&(text + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn unwritten(error: serde_json::Error) -> Error {
    Error::write(None, io::Error::from(error), None)
}

/// The schema of a configuration, which has the options of `check`.
fn config_schema() -> Value {
    let mut commands = Args::command();
    commands.build();
    commands.find_subcommand("check").map(config::schema).unwrap_or_default()
}

/// A schema with the shared definitions that it refers to, directly or through others.
fn self_contained(text: &str) -> serde_json::Result<Value> {
    let mut schema: Value = serde_json::from_str(text)?;
    let shared: Value = serde_json::from_str(SHARED)?;
    let mut used = Map::new();
    let mut waiting = references(&schema);
    while let Some(name) = waiting.pop() {
        let definition = shared["$defs"].get(&name).filter(|_| !used.contains_key(&name));
        if let Some(definition) = definition {
            waiting.extend(references(definition));
            used.insert(name, definition.clone());
        }
    }
    if let Some(own) = schema.get("$defs").and_then(Value::as_object) {
        for (name, definition) in own {
            let previous = used.insert(name.clone(), definition.clone());
            debug_assert!(previous.is_none(), "two definitions are called {name}");
        }
    }
    schema["$defs"] = Value::Object(used);
    Ok(schema)
}

/// The names of the definitions that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|target| target.strip_prefix(DEFINITION));
            let own = target.map(str::to_owned);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        _ => Vec::new(),
    }
}
