//! `shiftlint rules`: the list of rules, or one rule's page.

use crate::cli::args::RulesArgs;
use crate::cli::output;
use shiftlint::error::Error;
use shiftlint::judge::{self, RULES, rule_named};
use shiftlint::model::rule::Rule;
use std::process::ExitCode;

/// Prints the list or the page.
///
/// # Errors
/// When no rule has the name, or standard output cannot be written.
pub(crate) fn run(args: &RulesArgs) -> Result<ExitCode, Error> {
    let text = match &args.rule {
        None => list(|_| true),
        Some(name) => match rule_named(name) {
            Some(rule) => format!("{}\n\n{}", heading(rule), rule.page),
            None => family(name)?,
        },
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn heading(rule: &Rule) -> String {
    format!("# {} {} ({}): {}", rule.code, rule.name, level(rule), rule.summary)
}

fn level(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.name())
}

/// The rules of a family, such as `OV`.
fn family(name: &str) -> Result<String, Error> {
    judge::selected(&[name.to_owned()], &[], &[])
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    let prefix = name.to_uppercase();
    Ok(list(|rule| prefix == "ALL" || rule.code.starts_with(&prefix)))
}

fn list(wanted: impl Fn(&Rule) -> bool) -> String {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &&Rule| {
        format!("{}  {:widest$}  {:7}  {}\n", rule.code, rule.name, level(rule), rule.summary)
    };
    RULES.iter().filter(|rule| wanted(rule)).map(line).collect()
}
