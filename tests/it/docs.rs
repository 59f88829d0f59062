//! What is written about the program is what the program does.

use crate::program::{Folder, Outcome, finish, shiftlint};
use serde_json::Value;
use shiftlint::model::fate::Fate;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The program in the folder of the package.
fn program(args: &[&str]) -> Command {
    let mut command = shiftlint(Path::new(env!("CARGO_MANIFEST_DIR")));
    command.args(args);
    command
}

fn help(args: &[&str]) -> Outcome {
    Folder::new().run(args).exits(0)
}

/// The long options of a help text: `--time-off`.
fn options(help: &str) -> Vec<String> {
    let heads = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let heads = heads.filter_map(|line| line.split("  ").next());
    let long = heads.flat_map(|head| head.split([' ', ',', '=']));
    let long = long.filter(|word| word.starts_with("--"));
    let mut options: Vec<String> = long.map(str::to_owned).collect();
    options.sort();
    options.dedup();
    options
}

/// Whether a text names an option as a whole word, and not as part of another.
fn names(text: &str, option: &str) -> bool {
    text.match_indices(option).any(|(place, _)| {
        let next = text[place + option.len()..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '-')
    })
}

#[test]
fn every_option_of_check_is_documented() {
    let options = options(&help(&["check", "--help"]).out);
    assert!(options.len() > 20, "the help has lost its options: {options:?}");
    let page = file("docs/options.md");
    let missing: Vec<&String> = options
        .iter()
        .filter(|option| !["--help", "--version"].contains(&option.as_str()))
        .filter(|option| !names(&page, option))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/options.md says nothing about {missing:?}: add them to its table"
    );
}

#[test]
fn no_option_is_documented_that_is_not_there() {
    let page = file("docs/options.md");
    let mut known = options(&help(&["check", "--help"]).out);
    known.extend(options(&help(&["--help"]).out));
    known.extend(options(&help(&["rules", "--help"]).out));
    let tables = page.lines().filter(|line| line.starts_with("| `--"));
    let rows: Vec<&str> = tables.collect();
    assert!(rows.len() > 20, "the tables have lost their options: {rows:?}");
    for line in rows {
        let option: String = line
            .trim_start_matches("| `")
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '-')
            .collect();
        assert!(
            known.contains(&option),
            "docs/options.md has {option} in its table, the program has not"
        );
    }
}

#[test]
fn the_changelog_knows_this_version() {
    let changelog = file("CHANGELOG.md");
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        changelog.contains(version) || changelog.contains("Unreleased"),
        "CHANGELOG.md says nothing about {version}: add a section for it"
    );
}

#[test]
fn the_file_of_rules_is_what_the_rules_say() {
    assert!(
        file("docs/rules.md") == shiftlint::judge::rules_page(),
        "docs/rules.md is not what src/judge says: run `BLESS=1 cargo test --lib judge`"
    );
}

#[test]
fn every_help_has_an_example() {
    for (args, example) in [
        (&["--help"][..], "shiftlint check batch.csv"),
        (&["check", "--help"], "shiftlint check batch.csv --published live.csv"),
        (&["inspect", "--help"], "shiftlint inspect export.csv"),
        (&["triage", "--help"], "shiftlint triage batch.csv --response answer.json"),
        (&["why", "--help"], "shiftlint why batch.csv --published live.csv -- s-12 s-13"),
        (&["fix", "--help"], "shiftlint fix batch.csv | git apply"),
        (&["rules", "--help"], "shiftlint rules OV101"),
        (&["schema", "--help"], "shiftlint schema plan"),
    ] {
        let help = help(args);
        assert!(help.out.contains("Example"), "{args:?}: {}", help.out);
        assert!(help.out.contains(example), "{args:?}: {}", help.out);
    }
}

#[test]
fn options_are_found_in_a_help_text_and_as_whole_words() {
    let text = "  -q, --quiet\n      --tz <ZONE>  The zone: not --this\n";
    assert_eq!(options(text), ["--quiet", "--tz"]);
    assert!(names("see `--tz`", "--tz") && !names("see --tzdb", "--tz"));
}

/// The keys of all objects within a value, but for those that are codes of rules.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Object(members) => {
            for (key, member) in members {
                let is_code = key.starts_with(|letter: char| letter.is_ascii_uppercase());
                found.extend((!is_code).then(|| key.clone()));
                keys(member, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_of_the_report_is_documented() {
    let mut found = BTreeSet::new();
    for arguments in [
        "samples/chicago/batch.csv --published samples/chicago/published.csv --time-off \
         samples/chicago/time-off.csv --agents samples/chicago/agents.csv --swaps \
         samples/chicago/swaps.csv --apply-swaps --max-per-agent 1",
        "samples/marked-utc/batch.csv --published samples/marked-utc/published.csv",
        "samples/payload/batch.json",
        "samples/hours/batch.csv",
        "samples/broken/batch.csv",
    ] {
        let arguments = arguments.split_whitespace();
        let words: Vec<&str> = ["check"].into_iter().chain(arguments).collect();
        let mut command = program(&words);
        keys(&finish(command.args(["--format", "json"])).report(), &mut found);
    }
    assert!(found.len() > 80, "{found:?}");
    let pages = ["docs/json.md", "docs/inspect.md"].map(file);
    let is_fate = |key: &str| Fate::ALL.iter().any(|fate| fate.name().replace('-', "_") == key);
    let missing = |key: &&String| {
        let word = format!("`{key}`");
        !is_fate(key) && !pages.iter().any(|page| page.contains(&word))
    };
    let missing: Vec<&String> = found.iter().filter(missing).collect();
    assert!(missing.is_empty(), "docs/json.md says nothing about {missing:?}");
}

#[test]
fn every_key_of_a_triage_is_documented() {
    let mut found = BTreeSet::new();
    let words = "triage samples/chicago/batch.csv --published samples/chicago/published.csv \
                 --time-off samples/chicago/time-off.csv --response samples/answers/chicago.json \
                 --format json";
    let mut command = program(&words.split_whitespace().collect::<Vec<_>>());
    keys(&finish(&mut command).report(), &mut found);
    assert!(found.len() > 40, "{found:?}");
    let pages = ["docs/triage.md", "docs/json.md"].map(file);
    let classes = ["overlap", "published-overlap", "time-off", "stale-version", "unknown"];
    let missing = |key: &&String| {
        let word = format!("`{key}`");
        !classes.contains(&key.as_str()) && !pages.iter().any(|page| page.contains(&word))
    };
    let missing: Vec<&String> = found.iter().filter(missing).collect();
    assert!(missing.is_empty(), "docs/triage.md says nothing about {missing:?}");
}

#[test]
fn every_key_and_relation_of_an_explanation_is_documented() {
    let mut found = BTreeSet::new();
    let words = "why samples/chicago/batch.csv --published samples/chicago/published.csv \
                 --time-off samples/chicago/time-off.csv --format json -- sh-5102 sh-5103";
    let mut command = program(&words.split_whitespace().collect::<Vec<_>>());
    keys(&finish(&mut command).report(), &mut found);
    assert!(found.len() > 40, "{found:?}");
    let relations = file("src/why/relation.rs");
    let names = relations.split("Relation::").skip(1).filter_map(|rest| rest.split_once("=> \""));
    let names: BTreeSet<String> =
        names.map(|(_, rest)| rest.split('"').next().unwrap_or_default().to_owned()).collect();
    assert!(names.len() > 10, "{names:?}");
    found.extend(names);
    let pages = ["docs/why.md", "docs/json.md"].map(file);
    let missing = |key: &&String| {
        let word = format!("`{key}`");
        !pages.iter().any(|page| page.contains(&word))
    };
    let missing: Vec<&String> = found.iter().filter(missing).collect();
    assert!(missing.is_empty(), "docs/why.md says nothing about {missing:?}");
}

#[test]
fn every_key_of_fixes_is_documented() {
    let mut found = BTreeSet::new();
    let mut command = program(&["fix", "samples/fixes/batch.csv", "--format", "json"]);
    keys(&finish(&mut command).report(), &mut found);
    assert!(found.len() > 25, "{found:?}");
    let page = file("docs/fix.md");
    let missing: Vec<&String> =
        found.iter().filter(|key| !page.contains(&format!("`{key}"))).collect();
    assert!(missing.is_empty(), "docs/fix.md says nothing about {missing:?}");
}

/// The targets of the links in a page of Markdown.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The anchor of a heading: `#rd105-two-values`.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || " -_".contains(*letter);
    heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = root.join("docs").read_dir().expect("a folder of documents").flatten();
    let mut pages = vec![root.join("README.md"), root.join("ARCHITECTURE.md")];
    pages.extend(docs.map(|entry| entry.path()));
    let mut seen = 0;
    for path in pages {
        let page = std::fs::read_to_string(&path).expect("a page");
        for link in links(&page).filter(|link| !link.starts_with("http")) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(target.exists(), "{}: {link} leads nowhere", path.display());
            seen += 1;
            if fragment.is_empty() {
                continue;
            }
            let text = std::fs::read_to_string(&target).expect("a page");
            let headings = text.lines().filter(|line| line.starts_with('#'));
            let mut anchors = headings.map(|line| anchor(line.trim_start_matches('#').trim()));
            let found = anchors.any(|anchor| anchor == fragment);
            assert!(found, "{}: {link} has no such heading", path.display());
        }
    }
    assert!(seen > 60, "{seen} links");
}

/// Phrases that users should not have to read, and what to write.
pub(crate) const AVOIDED: &[(&str, &str)] = &[
    ("nobody knows", "is unknown"),
    ("held against", "compared with"),
    ("hold against", "compare with"),
    ("stands on two", "two … share"),
    ("blanks", "spaces"),
    (" is no file", "is not a file"),
    (" is no folder", "is not a folder"),
    (" is no record", "is not a record"),
    (" are no records", "are not records"),
    (" is no time", "is not a time"),
    (" is told", "is reported"),
    (" are told", "are reported"),
    ("void ", "cancelled, or denied"),
];

/// What the program prints in all cases, with its help and pages.
fn outputs() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut outputs = Vec::new();
    for args in [
        &["--help"][..],
        &["check", "--help"],
        &["inspect", "--help"],
        &["triage", "--help"],
        &["why", "--help"],
        &["fix", "--help"],
        &["rules"],
        &["schema", "--help"],
    ] {
        outputs.push((args.join(" "), help(args).out));
    }
    let mut waiting = vec![root.join("tests/cases"), root.join("docs"), root.join("README.md")];
    while let Some(path) = waiting.pop() {
        if let Ok(folder) = path.read_dir() {
            waiting.extend(folder.flatten().map(|entry| entry.path()));
        } else if path.ends_with("out.txt") || path.extension().is_some_and(|end| end == "md") {
            let text = std::fs::read_to_string(&path).expect("a text");
            outputs.push((path.display().to_string(), text));
        }
    }
    outputs
}

#[test]
fn what_users_read_avoids_some_phrases() {
    let outputs = outputs();
    assert!(outputs.len() > 100, "{} texts", outputs.len());
    for (name, text) in outputs {
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (phrase, better) in AVOIDED {
            let found = flowing.find(phrase);
            let around = found.map(|place| flowing[place..].chars().take(60).collect::<String>());
            assert!(found.is_none(), "{name}: {around:?}: write {better:?} for {phrase:?}");
        }
    }
}
