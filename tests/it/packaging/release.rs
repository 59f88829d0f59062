//! What is released: archives, wheels, and the words by which others find them.

use super::yaml::{conforms, document, texts};
use super::{file, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

const WORKFLOWS: [&str; 2] = [".github/workflows/ci.yml", ".github/workflows/release.yml"];

/// What Cargo knows of this package.
fn package() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let known = cargo.current_dir(root()).output().expect("cargo");
    let known: Value = serde_json::from_slice(&known.stdout).expect("JSON");
    known["packages"][0].clone()
}

/// The targets of a release.
fn targets() -> Vec<String> {
    let workflow = document(".github/workflows/release.yml");
    let machines = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].clone();
    let machines = machines.as_array().expect("a list").clone();
    machines.iter().map(|of| of["target"].as_str().expect("a target").to_owned()).collect()
}

fn is_windows(target: &str) -> bool {
    target.contains("windows")
}

/// The name that an archive has without its ending.
fn stem(target: &str) -> String {
    format!("shiftlint-{VERSION}-{target}")
}

#[test]
fn every_system_gets_an_archive() {
    let targets: BTreeSet<String> = targets().into_iter().collect();
    let expected = [
        "aarch64-apple-darwin",
        "aarch64-unknown-linux-gnu",
        "aarch64-unknown-linux-musl",
        "x86_64-apple-darwin",
        "x86_64-pc-windows-msvc",
        "x86_64-unknown-linux-gnu",
        "x86_64-unknown-linux-musl",
    ];
    assert!(targets.iter().eq(expected), "{targets:?}");
    let words = |name: &str| file(name).replace([';', '=', '$', ')', '\n'], " ");
    let downloaded: BTreeSet<String> = words("action.yml")
        .split(' ')
        .filter(|word| word.contains("-unknown-") || word.contains("-apple-") || is_windows(word))
        .filter(|word| word.split('-').count() > 2)
        .map(str::to_owned)
        .collect();
    assert!(downloaded.is_subset(&targets) && downloaded.len() == 5, "{downloaded:?}");
}

#[test]
fn a_workflow_has_the_keys_of_one_and_only_the_rights_it_needs() {
    for name in WORKFLOWS {
        let workflow = document(name);
        conforms("github-workflow.json", &workflow);
        let all = workflow["permissions"].as_object().expect("permissions");
        assert!(all.values().all(|right| right == "read"), "{name}");
        for (job, of) in workflow["jobs"].as_object().expect("jobs") {
            let rights = of["permissions"].as_object().into_iter().flatten();
            for (right, level) in rights {
                assert!(
                    level == "read" || job == "publish" && right == "contents",
                    "{name}: {job}"
                );
            }
        }
    }
}

/// A tag can be moved, a commit cannot.
#[test]
fn actions_are_pinned_by_commit_with_their_version_beside_it() {
    let mut seen = 0;
    for name in WORKFLOWS {
        for line in file(name).lines().filter_map(|line| line.trim().strip_prefix("- uses: ")) {
            let (action, version) = line.split_once(" # v").expect("a version");
            let (_, commit) = action.split_once('@').expect("a commit");
            assert!(
                commit.len() == 40 && commit.bytes().all(|of| of.is_ascii_hexdigit()),
                "{line}"
            );
            assert_eq!(version.split('.').count(), 3, "{line}");
            seen += 1;
        }
        let used = texts(&document(name));
        assert!(used.iter().all(|(key, text)| key != "run" || !text.contains("${{")), "{name}");
    }
    assert_eq!(seen, 4);
}

#[test]
fn a_workflow_that_checks_does_what_the_project_does() {
    let workflow = document(".github/workflows/ci.yml");
    let steps = workflow["jobs"]["check"]["steps"].as_array().expect("steps");
    assert_eq!(
        steps.iter().filter_map(|of| of["run"].as_str()).collect::<Vec<_>>(),
        ["bash .ci/run"]
    );
}

#[test]
fn binstall_finds_the_archives_of_a_release() {
    let metadata = &package()["metadata"]["binstall"];
    for target in targets() {
        let own = &metadata["overrides"][&target]["pkg-fmt"];
        let format = own.as_str().or(metadata["pkg-fmt"].as_str()).expect("a format");
        let (suffix, ending) = match format {
            "tgz" => (".tar.gz", ""),
            "zip" => (".zip", ".exe"),
            other => panic!("{other}"),
        };
        assert_eq!(format == "zip", is_windows(&target), "{target}");
        let expand = |template: &Value| {
            let words = [
                ("{ repo }", "https://example.org/shiftlint"),
                ("{ name }", "shiftlint"),
                ("{ version }", VERSION),
                ("{ target }", &target),
                ("{ archive-suffix }", suffix),
                ("{ bin }", "shiftlint"),
                ("{ binary-ext }", ending),
            ];
            let template = template.as_str().expect("a template").to_owned();
            words.into_iter().fold(template, |text, (from, to)| text.replace(from, to))
        };
        let address = expand(&metadata["pkg-url"]);
        let stem = stem(&target);
        let release = format!("https://example.org/shiftlint/releases/download/v{VERSION}");
        assert_eq!(address, format!("{release}/{stem}{suffix}"));
        assert_eq!(expand(&metadata["bin-dir"]), format!("{stem}/shiftlint{ending}"));
    }
}

#[test]
fn the_wheel_is_described_as_the_crate() {
    let (package, project) = (package(), file("pyproject.toml"));
    for key in ["name", "description", "readme", "license"] {
        let line = format!("{key} = {}\n", package[key]);
        assert!(project.contains(&line), "{line}");
    }
    let keywords = package["keywords"].as_array().expect("keywords").iter();
    let keywords: Vec<String> = keywords.map(Value::to_string).collect();
    assert!(project.contains(&format!("keywords = [{}]\n", keywords.join(", "))));
    assert!(
        project.contains("bindings = \"bin\"\n") && project.contains("dynamic = [\"version\"]\n")
    );
    let required = project.split("requires = [\"maturin==").nth(1).expect("one version of maturin");
    let version = required.split('"').next().expect("a version");
    assert_eq!(version.split('.').count(), 3, "{version}");
    let licences = project.split("license-files = [").nth(1).expect("licences");
    let licences = licences.split(']').next().expect("an end").split(", ");
    for licence in licences.map(|name| name.trim_matches('"')) {
        assert!(!file(licence).is_empty());
    }
}

#[cfg(target_os = "linux")]
mod archive {
    use super::{is_windows, stem, targets};
    use crate::cli::installing::COMMANDS;
    use crate::packaging::job::Machine;

    #[test]
    fn an_archive_holds_what_an_installation_needs() {
        let target = "x86_64-unknown-linux-musl";
        let machine = Machine::new(&[], target);
        let stem = stem(target);
        assert_eq!(machine.archive, format!("{stem}.tar.gz"));
        let pages = COMMANDS.map(|command| format!("man/shiftlint-{command}.1"));
        let others = [
            "shiftlint",
            "README.md",
            "CHANGELOG.md",
            "LICENSE",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "completions/shiftlint.bash",
            "completions/_shiftlint",
            "completions/shiftlint.fish",
            "completions/shiftlint.elv",
            "completions/_shiftlint.ps1",
            "man/shiftlint.1",
        ];
        let expected = pages.iter().map(String::as_str).chain(others);
        let mut expected: Vec<String> = expected.map(|name| format!("{stem}/{name}")).collect();
        let mut files = machine.archived();
        expected.sort();
        files.sort();
        assert_eq!(files, expected);
    }

    #[test]
    fn windows_gets_a_zip() {
        for target in targets().iter().filter(|target| is_windows(target)) {
            assert_eq!(Machine::new(&[], target).archive, format!("{}.zip", stem(target)));
        }
    }
}
