//! The examples of docs/ci.md are whole, and have only keys that their vendor documents.

use super::file;
use super::yaml::{conforms, documents, texts};
use serde_json::Value;

/// The blocks of a language below a heading of the page.
fn blocks(heading: &str, language: &str) -> Vec<String> {
    let page = file("docs/ci.md");
    let (_, section) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("the page has no heading {heading}"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let begin = format!("```{language}\n");
    let blocks = section.split(&begin).skip(1);
    blocks.filter_map(|of| of.split("```").next()).map(str::to_owned).collect()
}

/// The YAML examples below a heading.
fn examples(heading: &str) -> Vec<Value> {
    let examples: Vec<Value> =
        blocks(heading, "yaml").iter().flat_map(|text| documents(text)).collect();
    assert!(!examples.is_empty(), "{heading}");
    examples
}

/// Fails unless values are given to inputs that there are, and to those that have to be given.
fn are_inputs(given: &Value, declared: &Value, is_required: fn(&Value) -> bool) {
    let given = given.as_object().expect("inputs");
    let declared = declared.as_object().expect("inputs");
    for name in given.keys() {
        assert!(declared.contains_key(name), "there is no input {name}");
    }
    for (name, _) in declared.iter().filter(|(_, of)| is_required(of)) {
        assert!(given.contains_key(name), "{name} has to be given");
    }
}

#[test]
fn github_gets_a_workflow_that_calls_the_action() {
    let action = &documents(&file("action.yml"))[0];
    let mut calls = 0;
    for workflow in examples("GitHub Actions") {
        conforms("github-workflow.json", &workflow);
        for step in workflow["jobs"]["check"]["steps"].as_array().expect("steps") {
            let Some(name) = step["uses"].as_str() else { continue };
            let (name, pinned) = name.split_once('@').expect("a version");
            if name == "example/shiftlint" {
                assert_eq!(pinned, format!("v{}", env!("CARGO_PKG_VERSION")));
                are_inputs(&step["with"], &action["inputs"], |of| of["required"] == true);
                calls += 1;
            } else {
                assert!(pinned.len() == 40, "{name} is not pinned by its commit");
            }
        }
    }
    assert_eq!(calls, 1);
}

/// The page pins the actions that the project itself uses at the same commits.
#[test]
fn one_action_has_one_commit() {
    let page = file("docs/ci.md");
    let workflows = file(".github/workflows/ci.yml");
    let used = |text: &str| {
        let line =
            text.lines().find_map(|line| line.trim().strip_prefix("- uses: actions/checkout"));
        line.map(str::to_owned)
    };
    assert!(used(&page).is_some());
    assert_eq!(used(&page), used(&workflows));
}

#[test]
fn gitlab_gets_a_pipeline_that_includes_the_component() {
    let header = &documents(&file("templates/shiftlint.yml"))[0];
    let mut included = 0;
    for pipeline in examples("GitLab") {
        conforms("gitlab-pipeline.json", &pipeline);
        for include in pipeline["include"].as_array().into_iter().flatten() {
            let component = include["component"].as_str().expect("a component");
            let (_, version) = component.split_once('@').expect("a version");
            assert_eq!(version, env!("CARGO_PKG_VERSION"));
            let inputs = &header["spec"]["inputs"];
            are_inputs(&include["inputs"], inputs, |of| of["default"].is_null());
            included += 1;
        }
    }
    assert_eq!(included, 1);
}

#[test]
fn azure_and_pre_commit_get_what_they_document() {
    for pipeline in examples("Azure Pipelines") {
        conforms("azure-pipelines.json", &pipeline);
    }
    let hooks = &documents(&file(".pre-commit-hooks.yaml"))[0];
    conforms("pre-commit-hooks.json", hooks);
    for configuration in examples("pre-commit") {
        conforms("pre-commit-config.json", &configuration);
        let known: Vec<(String, String)> = texts(&configuration);
        let of = |key: &str| known.iter().find(|(of, _)| of == key).map(|(_, text)| text.as_str());
        assert_eq!(of("rev"), Some(&*format!("v{}", env!("CARGO_PKG_VERSION"))));
        assert_eq!(of("id"), hooks[0]["id"].as_str());
    }
}

/// Whatever installs the program says which one.
#[test]
fn every_installation_is_of_this_version() {
    let page = file("docs/ci.md");
    let installed: Vec<&str> = page
        .match_indices(" install ")
        .filter(|(place, _)| ["pip", "pipx"].iter().any(|tool| page[..*place].ends_with(tool)))
        .filter_map(|(place, _)| page[place..].split_whitespace().nth(1))
        .collect();
    assert_eq!(installed.len(), 4, "{installed:?}");
    let expected = format!("shiftlint=={}", env!("CARGO_PKG_VERSION"));
    let is_pinned = |word: &&str| word.trim_matches(['\'', '"', '`', '.', ',']) == expected;
    assert!(installed.iter().all(is_pinned), "{installed:?}");
}

#[test]
fn jenkins_gets_a_pipeline_whose_braces_close() {
    let blocks = blocks("Jenkins", "groovy");
    for block in &blocks {
        assert!(block.starts_with("pipeline {") && block.contains("agent any"), "{block}");
        let count = |mark: char| block.matches(mark).count();
        assert!(count('{') == count('}') && count('\'') % 2 == 0, "{block}");
    }
    assert_eq!(blocks.len(), 1);
}
