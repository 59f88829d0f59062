//! Runs `shiftlint rules`, which lists rules and doubts, or prints the page of one.

use crate::cli::args::RulesArgs;
use crate::cli::output;
use crate::error::Error;
use crate::judge::doubts::{DOUBTS, find as find_doubt};
use crate::judge::{self, RULES, rule_named};
use crate::model::rule::Rule;
use std::process::ExitCode;

/// The family of doubts, which are not rules.
const DOUBT_FAMILY: &str = "RD";

/// Prints the list or the page.
///
/// # Errors
/// When no rule has the name, or standard output cannot be written.
pub(crate) fn run(args: &RulesArgs) -> Result<ExitCode, Error> {
    let text = match &args.rule {
        None => list(""),
        Some(name) => page(name)?,
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The page of a rule or a doubt, or the list of a family.
fn page(name: &str) -> Result<String, Error> {
    if let Some(rule) = rule_named(name) {
        return Ok(format!("{}\n\n{}", heading(rule), rule.page));
    }
    if let Some(kind) = find_doubt(name) {
        let (code, name, summary) = (kind.code, kind.name, kind.summary);
        return Ok(format!("# {code} {name} (doubt): {summary}\n\n{}", kind.docs));
    }
    let prefix = name.to_uppercase();
    if prefix == "ALL" {
        return Ok(list(""));
    }
    let of_doubts = DOUBTS.iter().any(|kind| kind.code.starts_with(&prefix));
    if !(of_doubts && prefix.starts_with(DOUBT_FAMILY)) {
        judge::selected(&[name.to_owned()], &[], &[])
            .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    }
    Ok(list(&prefix))
}

fn heading(rule: &Rule) -> String {
    format!("# {} {} ({}): {}", rule.code, rule.name, level(rule), rule.summary)
}

fn level(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.name())
}

/// The rules and doubts whose codes begin so, each with its level and its summary.
fn list(prefix: &str) -> String {
    let rules = RULES.iter().map(|rule| [rule.code, rule.name, level(rule), rule.summary]);
    let doubts = DOUBTS.iter().map(|kind| [kind.code, kind.name, "doubt", kind.summary]);
    let mut rows: Vec<[&str; 4]> = rules.chain(doubts).collect();
    rows.retain(|[code, ..]| code.starts_with(prefix));
    let widest = rows.iter().map(|[_, name, ..]| name.len()).max().unwrap_or(0);
    let width = output::width();
    let line = |[code, name, level, summary]: &[&str; 4]| {
        let head = format!("{code}  {name:widest$}  {level:7}  ");
        wrapped(&head, summary, width)
    };
    rows.iter().map(line).collect()
}

/// A line that continues below, under the beginning of its last part.
fn wrapped(head: &str, text: &str, width: usize) -> String {
    // In very little room, lines are not wrapped.
    const LEAST: usize = 20;
    let room = width.saturating_sub(head.len()).max(LEAST);
    let (mut lines, mut line) = (String::from(head), String::new());
    for word in text.split(' ') {
        if !line.is_empty() && line.len() + 1 + word.len() > room {
            lines.push_str(&line);
            lines.push('\n');
            lines.push_str(&" ".repeat(head.len()));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_fit_and_hang() {
        let text = wrapped("OV101  name  ", "one two three four five six", 34);
        assert_eq!(text, "OV101  name  one two three four\n             five six\n");
        assert_eq!(wrapped("OV101  ", "one", 80), "OV101  one\n");
        assert_eq!(wrapped(&"x".repeat(90), "one two", 80), format!("{}one two\n", "x".repeat(90)));
    }
}
