//! Who may know whom.
//!
//! A stage turns values into values and knows no other stage; values know only
//! values; `schedule` and the commands that visit one know the stages. The table says so, and the source is
//! read for every `crate::` path outside of tests.

use crate::docs::AVOIDED;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each module of the library, and the modules it may name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &[]),
    ("calendar", &["model"]),
    ("timestamp", &["calendar", "model"]),
    ("thread_pool", &["error"]),
    ("read", &["model", "timestamp"]),
    ("normalize", &["calendar", "model", "timestamp"]),
    ("group", &["model"]),
    ("reconcile", &["model", "thread_pool"]),
    ("drift", &["model"]),
    ("exchange", &["model"]),
    ("sweep", &["graph", "model"]),
    ("labour", &["calendar", "model"]),
    ("judge", &["model"]),
    ("explain", &["calendar", "model"]),
    ("report", &["model", "thread_pool"]),
    ("ledger", &["judge", "model"]),
    (
        "schedule",
        &[
            "calendar",
            "drift",
            "error",
            "exchange",
            "group",
            "judge",
            "ledger",
            "model",
            "normalize",
            "read",
            "reconcile",
            "sweep",
            "thread_pool",
            "timestamp",
        ],
    ),
    (
        "analyze",
        &[
            "calendar",
            "drift",
            "error",
            "explain",
            "judge",
            "labour",
            "ledger",
            "model",
            "normalize",
            "read",
            "reconcile",
            "schedule",
            "sweep",
            "thread_pool",
            "timestamp",
        ],
    ),
    ("graph", &[]),
    ("choose", &["graph"]),
    ("sequence", &["graph"]),
    ("split", &[]),
    ("edit", &[]),
    ("answers", &["model"]),
    (
        "plan",
        &[
            "analyze",
            "calendar",
            "choose",
            "error",
            "graph",
            "judge",
            "model",
            "read",
            "reconcile",
            "report",
            "schedule",
            "sequence",
            "split",
            "thread_pool",
        ],
    ),
    (
        "triage",
        &[
            "analyze",
            "answers",
            "calendar",
            "error",
            "judge",
            "model",
            "read",
            "report",
            "schedule",
            "thread_pool",
            "timestamp",
        ],
    ),
    (
        "why",
        &[
            "analyze",
            "calendar",
            "error",
            "judge",
            "model",
            "read",
            "reconcile",
            "report",
            "schedule",
            "thread_pool",
        ],
    ),
    (
        "fix",
        &[
            "analyze",
            "edit",
            "error",
            "judge",
            "model",
            "read",
            "report",
            "schedule",
            "split",
            "thread_pool",
        ],
    ),
    ("baseline", &["judge", "model", "report", "thread_pool", "timestamp"]),
    (
        "gate",
        &["analyze", "baseline", "calendar", "error", "explain", "model", "schedule", "timestamp"],
    ),
    ("diff", &["baseline", "model", "report"]),
    (
        "redact",
        &["analyze", "calendar", "error", "model", "normalize", "read", "schedule", "timestamp"],
    ),
    ("embed", &["analyze", "error", "judge", "model", "read", "report", "thread_pool"]),
];

/// The modules of the library that the program may name.
const CLI_MAY_IMPORT: &[&str] = &[
    "analyze",
    "baseline",
    "calendar",
    "diff",
    "edit",
    "error",
    "fix",
    "gate",
    "judge",
    "model",
    "plan",
    "read",
    "redact",
    "report",
    "thread_pool",
    "triage",
    "why",
];

/// A file of the source: where it is, and its text without its tests.
pub(crate) struct Source {
    /// `src/read/csv.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// `read` for `src/read/csv.rs` and for `src/read.rs`.
    fn module(&self) -> &str {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.split('/').next().unwrap_or(path)
    }
}

/// The path and the whole text of each file under `src`, in the order of paths.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = vec![root.join("src")];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in folder.read_dir().expect("src can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("within the package");
                let name = name.to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).expect("a source is UTF-8")));
            }
        }
    }
    files.sort();
    files
}

/// All files under `src`, except those that contain only tests.
pub(crate) fn sources() -> Vec<Source> {
    let only_tests = ["/tests.rs", "/samples.rs", "/fixture.rs"];
    let files = files().into_iter();
    let is_test =
        |path: &str| path.contains("/tests/") || only_tests.iter().any(|end| path.ends_with(end));
    let files = files.filter(|(path, _)| !is_test(path));
    let source = |(path, text): (String, String)| Source {
        path,
        text: without_comments(without_tests(&text)),
    };
    files.map(source).collect()
}

/// What stands before the module of tests, which is the last thing in a file.
fn without_tests(text: &str) -> &str {
    let start = text.find("\n#[cfg(test)]\nmod tests {");
    &text[..start.unwrap_or(text.len())]
}

fn without_comments(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The names that follow a path's first part: `model` in `crate::model::row`,
/// and each of them in `crate::{error::Error, model::row}`.
fn names_behind(text: &str, first: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (place, _) in text.match_indices(first) {
        let whole =
            !text[..place].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let rest = &text[place + first.len()..];
        match rest.strip_prefix('{') {
            _ if !whole => {}
            Some(list) => names.extend(listed(list)),
            None => names.extend(identifier(rest)),
        }
    }
    names
}

fn identifier(text: &str) -> Option<String> {
    let name: String =
        text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The first part of each path in a list, up to the brace that closes it.
fn listed(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut item) = (1, Vec::new(), String::new());
    for letter in list.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && letter == ',' {
            names.extend(identifier(item.trim()));
            item.clear();
        } else {
            item.push(letter);
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[test]
fn every_module_knows_only_those_it_may() {
    for source in sources() {
        let module = source.module();
        if ["lib", "main", "cli"].contains(&module) {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            panic!(
                "{}: the module `{module}` is new: add it to MAY_IMPORT in tests/it/layers.rs, with \
                 the modules it may know",
                source.path
            );
        };
        for name in names_behind(&source.text, "crate::") {
            assert!(
                name == module || allowed.contains(&name.as_str()),
                "{}: `{module}` must not know `{name}`. Hand it what it needs as a value of `model`, \
                 or call both from `analyze`",
                source.path
            );
        }
    }
}

#[test]
fn the_program_knows_the_library_by_its_doors() {
    for source in sources().iter().filter(|source| ["cli", "main"].contains(&source.module())) {
        for name in names_behind(&source.text, "crate::") {
            assert!(
                name == "cli" || CLI_MAY_IMPORT.contains(&name.as_str()),
                "{}: the program must not know `{name}`: ask `analyze` for it",
                source.path
            );
        }
    }
}

#[test]
fn the_calendar_serves_only_the_version_to_the_program() {
    for source in sources().iter().filter(|source| source.module() == "cli") {
        assert_eq!(
            source.text.matches("calendar::").count(),
            source.text.matches("calendar::bundled_version").count(),
            "{}: of the calendar src/cli may name only `bundled_version`",
            source.path
        );
    }
}

#[test]
fn the_library_does_not_know_the_command_line() {
    for source in sources() {
        let program = ["cli", "main"].contains(&source.module());
        let opens_it = source.path == "src/lib.rs";
        assert!(
            program || opens_it || !names_behind(&source.text, "crate::").contains("cli"),
            "{}: the library must not know `cli`",
            source.path
        );
        assert!(
            program || !source.text.contains("clap"),
            "{}: the library must not say `clap`: take a setting, and let src/cli make it from what \
             was typed",
            source.path
        );
    }
}

#[test]
fn the_table_names_modules_that_exist() {
    let sources = sources();
    let modules: BTreeSet<&str> = sources.iter().map(Source::module).collect();
    for (module, allowed) in MAY_IMPORT {
        for name in allowed.iter().chain([module]) {
            assert!(
                modules.contains(name),
                "MAY_IMPORT names `{name}`, which is no module: drop it"
            );
        }
    }
}

#[test]
fn paths_are_found_in_lists_too() {
    let text =
        "use crate::{error::Error, model::{row, time}, thread_pool};\nlet it = crate::read::all();";
    let names: Vec<String> = names_behind(text, "crate::").into_iter().collect();
    assert_eq!(names, ["error", "model", "read", "thread_pool"]);
    assert!(names_behind("use other_crate::judge;", "crate::").is_empty());
}

/// Modules of one folder that may import each other, and why.
const CIRCLES: &[(&str, &[&str])] = &[
    // Values hold each other: a rule names a case, and a finding a rule.
    ("model", &["fact", "finding", "gate", "receipt", "rule", "swap"]),
    // A table and its entries.
    ("read::content", &["containers", "decode", "unpack"]),
    // What stands within an object is told by the names of its keys, and the other way round.
    ("read::json", &["keys", "naming", "shape"]),
    // Activities are elements within an element, and may say when it takes place.
    ("read::json", &["activities", "element", "hull"]),
];

/// The path of the module in a file: `read`, `csv` for `src/read/csv.rs`.
fn module_path(source: &Source) -> Vec<String> {
    let path = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").split('/').map(str::to_owned).collect()
}

/// The paths that the source of a module names by `crate::` and by `super::`.
fn paths_named(module: &[String], text: &str) -> BTreeSet<Vec<String>> {
    let mut named: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut above = String::new();
    for up in 1..module.len() {
        above.push_str("super::");
        let base = &module[..module.len() - up];
        let names = names_behind(text, &above).into_iter().filter(|name| name != "super");
        named.extend(names.map(|name| [base, &[name]].concat()));
    }
    for (place, _) in text.match_indices("crate::") {
        let words = text[place + "crate::".len()..].split("::");
        let path: Vec<String> = words.map_while(identifier).take(4).collect();
        for end in 1..=path.len() {
            let list = format!("crate::{}::", path[..end].join("::"));
            let names = names_behind(text, &list).into_iter();
            named.extend(names.map(|name| [&path[..end], &[name]].concat()));
        }
        named.insert(path);
    }
    named
}

/// Which modules of a folder import which.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// Everything that can be reached from a module.
fn reached<'i>(imports: &'i Imports, from: &'i str) -> BTreeSet<&'i str> {
    let (mut found, mut waiting) = (BTreeSet::new(), vec![from]);
    while let Some(module) = waiting.pop() {
        let next = imports.get(module).into_iter().flatten();
        waiting.extend(next.map(String::as_str).filter(|next| found.insert(*next)));
    }
    found
}

#[test]
fn modules_of_one_folder_import_each_other_in_one_direction() {
    let mut folders: BTreeMap<String, Imports> = BTreeMap::new();
    // What serves tests alone may name whatever they do.
    for source in sources().iter().filter(|source| !source.path.ends_with("/driven.rs")) {
        let module = module_path(source);
        let named = paths_named(&module, &source.text);
        for depth in 1..module.len() {
            let (folder, own) = (&module[..depth], &module[depth]);
            let others = named.iter().filter(|path| path.starts_with(folder));
            let others = others.filter_map(|path| path.get(depth)).filter(|other| *other != own);
            let imports = folders.entry(folder.join("::")).or_default();
            imports.entry(own.clone()).or_default().extend(others.cloned());
        }
    }
    let analyze = &folders["analyze"];
    assert!(reached(analyze, "finder").contains("facts"), "{analyze:?}");
    for (folder, imports) in &folders {
        for module in imports.keys() {
            let back = |other: &&str| reached(imports, other).contains(module.as_str());
            let circle: Vec<&str> = reached(imports, module).into_iter().filter(back).collect();
            let known = |(of, all): &(&str, &[&str])| {
                of == folder && circle.iter().all(|module| all.contains(module))
            };
            assert!(
                circle.is_empty() || CIRCLES.iter().any(known),
                "{folder}: {circle:?} import each other: move what they share into a module of its own"
            );
        }
    }
}

#[test]
fn no_two_types_share_a_name() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for source in sources() {
        let path = source.path.clone();
        for line in source.text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let visible = words.first().is_some_and(|word| word.starts_with("pub"));
            let kind = words.iter().position(|word| ["struct", "enum", "trait"].contains(word));
            // Behind `pub(in a::b)` there is one word more.
            let Some(kind) = kind.filter(|place| *place <= 2 * usize::from(visible)) else {
                continue;
            };
            let name: String = words.get(kind + 1).map_or_else(String::new, |word| {
                word.chars().take_while(char::is_ascii_alphanumeric).collect()
            });
            // The public face is called what it shows.
            if path == "src/embed.rs" {
                continue;
            }
            if let Some(other) = known.insert(name.clone(), path.clone()) {
                panic!("`{name}` is a type of {other} and of {path}");
            }
        }
    }
    assert!(known.len() > 300, "{} types", known.len());
}

/// What the first lines of module docs must not contain, in addition to [`AVOIDED`].
const RIDDLES: &[&str] = &[
    " is no ",
    " are no ",
    " stand in",
    " stands in",
    " stand for",
    " tell ",
    " tells ",
    "in front",
    "behind",
    "who there is",
    "in each other's way",
    "how far ",
];

/// What is wrong with the first line of a module's doc.
fn fault_of(doc: &[&str]) -> Option<String> {
    let Some(first) = doc.first() else { return Some("has no `//!` doc".to_owned()) };
    if first.chars().count() > 100 {
        return Some("is wider than 100 columns".to_owned());
    }
    if !first.ends_with('.') || doc.get(1).is_some_and(|second| *second != "//!") {
        return Some("is not a sentence that ends with its line".to_owned());
    }
    let sentence = first.trim_start_matches("//!").trim();
    if !sentence.starts_with(char::is_uppercase) {
        return Some("does not begin with a capital".to_owned());
    }
    let padded = format!("{sentence} ");
    let avoided = AVOIDED.iter().map(|(phrase, _)| phrase).chain(RIDDLES);
    let found = avoided.into_iter().find(|phrase| padded.contains(**phrase));
    found.map(|phrase| format!("contains {phrase:?}"))
}

#[test]
fn every_module_says_in_its_first_line_what_it_does() {
    let mut seen = 0;
    for (path, text) in files() {
        if path.ends_with("/tests.rs") {
            continue;
        }
        seen += 1;
        let lines = text.lines().skip_while(|line| line.starts_with("#![") || line.is_empty());
        let doc: Vec<&str> = lines.take_while(|line| line.starts_with("//!")).collect();
        if let Some(fault) = fault_of(&doc) {
            panic!(
                "{path}: the first line of its doc {fault}: say in one plain sentence what the \
                 module does or holds, as in `//! Reads delimited text (CSV) into rows.`"
            );
        }
    }
    assert!(seen > 200, "{seen} modules");
}

#[test]
fn first_lines_are_judged_by_their_words() {
    for (doc, fault) in [
        (&["//! Reads lines into rows."][..], None),
        (&["//! RC103: start and end are the same.", "//!", "//! More"], None),
        (&[], Some("has no `//!` doc")),
        (&["//! Lines and", "//! rows."], Some("is not a sentence that ends with its line")),
        (&["//! Lines.", "//! Rows."], Some("is not a sentence that ends with its line")),
        (&["//! lines become rows."], Some("does not begin with a capital")),
        (&["//! What stands in a line."], Some("contains \" stands in\"")),
        (&["//! Rows are held against it."], Some("contains \"held against\"")),
    ] {
        assert_eq!(fault_of(doc).as_deref(), fault, "{doc:?}");
    }
    let long = format!("//! {}.", "Long ".repeat(30));
    assert_eq!(fault_of(&[&long]).as_deref(), Some("is wider than 100 columns"));
}
