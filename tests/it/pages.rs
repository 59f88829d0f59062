//! The examples of the rules' pages are run.
//!
//! A page holds files in fences (```` ```csv batch.csv ````) and one line that
//! begins with `$ shiftlint`; run on those files it must report that rule.

use crate::program::{Folder, Outcome};
use shiftlint::judge::RULES;
use shiftlint::model::rule::Rule;

/// The files of a page: name and content.
fn files(page: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        let opens = ["```csv ", "```json "].iter().find_map(|fence| line.strip_prefix(fence));
        if let Some(name) = opens {
            files.push((name.to_owned(), String::new()));
            open = true;
        } else if line == "```" {
            open = false;
        } else if let Some((_, content)) = files.last_mut().filter(|_| open) {
            content.push_str(line);
            content.push('\n');
        }
    }
    files
}

fn run(rule: &Rule, more: &[&str]) -> Outcome {
    let command = rule.page.lines().find_map(|line| line.strip_prefix("$ shiftlint "));
    let command = command.expect("a page has a line `$ shiftlint check …`");
    let mut folder = Folder::new();
    for (name, content) in files(rule.page) {
        folder = folder.with(&name, content);
    }
    let args: Vec<&str> = command.split_whitespace().chain(more.iter().copied()).collect();
    folder.run(&args)
}

#[test]
fn the_example_of_every_page_shows_its_rule() {
    for rule in RULES {
        let outcome = run(rule, &[]);
        assert!(
            outcome.out.contains(&format!("[{}]", rule.code)),
            "{rule:?}: the example of its page does not show it; mend the page in src/judge\n{}",
            outcome.told()
        );
        assert_eq!(outcome.err, "", "{rule:?}");
    }
}

#[test]
fn the_example_of_a_page_shows_nothing_but_its_rule() {
    for rule in RULES {
        let outcome = run(rule, &["--format", "json"]);
        let report: serde_json::Value =
            serde_json::from_str(&outcome.out).expect("the report is JSON");
        let rules = report["summary"]["rules"].as_object().expect("rules by code");
        let codes: Vec<&String> = rules.keys().collect();
        assert_eq!(codes, [rule.code], "{rule:?}: an example is about one rule only");
    }
}
