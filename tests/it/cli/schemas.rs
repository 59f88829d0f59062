//! `shiftlint schema`: what the program writes as JSON is valid, and no key is undescribed.

use crate::program::{Folder, finish, shiftlint};
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const NAMES: [&str; 6] = ["report", "plan", "triage", "why", "fix", "inspect"];

const CHICAGO: &str = "samples/chicago/batch.csv --published samples/chicago/published.csv \
                       --time-off samples/chicago/time-off.csv";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Value {
    finish(shiftlint(root()).args(["schema", name])).exits(0).report()
}

/// A schema that values can be checked with.
struct Validator(Schemas, SchemaIndex);

impl Validator {
    /// Compiles a schema, which fails if it is not valid draft 2020-12.
    fn new(schema: Value) -> Validator {
        const PLACE: &str = "file:///schema.json";
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.add_resource(PLACE, schema).expect("a name of its own");
        let compiled = compiler.compile(PLACE, &mut schemas);
        let index = compiled.unwrap_or_else(|error| panic!("not a schema: {error:#}"));
        Validator(schemas, index)
    }

    fn fault(&self, value: &Value) -> Option<String> {
        self.0.validate(value, self.1).err().map(|error| format!("{error:#}"))
    }
}

/// Calls a function on each schema within a schema.
fn for_each(schema: &mut Value, change: &mut impl FnMut(&mut Value)) {
    change(schema);
    let Some(members) = schema.as_object_mut() else { return };
    for (key, member) in members {
        match (key.as_str(), member) {
            ("properties" | "$defs", Value::Object(schemas)) => {
                schemas.values_mut().for_each(|schema| for_each(schema, change));
            }
            ("anyOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(|schema| for_each(schema, change));
            }
            ("items" | "additionalProperties" | "propertyNames", schema) => {
                for_each(schema, change);
            }
            _ => {}
        }
    }
}

/// The schema, with objects that have only the keys it lists.
fn closed(mut schema: Value) -> Value {
    for_each(&mut schema, &mut |schema| {
        if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
        }
    });
    schema
}

/// The words of a command line.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// What the program prints, if that is a document.
fn printed(folder: &Path, line: &str) -> Option<Value> {
    let outcome = finish(shiftlint(folder).args(words(line)));
    serde_json::from_str(&outcome.out).ok()
}

/// What the program prints, which has to be a document.
fn document(folder: &Path, line: &str) -> (String, Value) {
    let value = printed(folder, line).unwrap_or_else(|| panic!("no document: {line}"));
    (line.to_owned(), value)
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = of.read_dir().expect("a folder").flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The files of all samples.
fn sample_files() -> Vec<String> {
    let folders = folders(&root().join("samples"));
    let files = folders.iter().flat_map(|folder| folder.read_dir().expect("a folder").flatten());
    let name = |path: PathBuf| {
        path.strip_prefix(root()).expect("within the package").display().to_string()
    };
    let mut files: Vec<String> = files.map(|entry| name(entry.path())).collect();
    files.sort();
    assert!(files.len() > 30, "{files:?}");
    files
}

/// The reports of all cases, of each sample and of the commands in `samples/README.md`.
fn reports() -> Vec<(String, Value)> {
    let mut reports = Vec::new();
    for case in folders(&root().join("tests/cases")).iter().flat_map(|rule| folders(rule)) {
        let args = std::fs::read_to_string(case.join("args")).expect("args");
        let more = if args.contains("--format ") { "" } else { " --format json" };
        let report = printed(&case, &format!("{}{more}", args.trim()));
        reports.extend(report.map(|report| (case.display().to_string(), report)));
    }
    assert!(reports.len() > 440, "{} cases have a report", reports.len());
    let page = std::fs::read_to_string(root().join("samples/README.md")).expect("a page");
    let commands = page.split("`shiftlint ").skip(1).filter_map(|rest| rest.split('`').next());
    let commands = commands.filter(|command| command.starts_with("check samples/"));
    let mut commands: Vec<String> = commands.map(str::to_owned).collect();
    assert!(commands.len() > 10, "{commands:?}");
    commands.extend(
        folders(&root().join("samples")).iter().map(|folder| {
            format!("check {}", folder.strip_prefix(root()).expect("within").display())
        }),
    );
    commands.push(format!(
        "check {CHICAGO} --swaps samples/chicago/swaps.csv --agents samples/chicago/agents.csv \
         --apply-swaps --max-per-agent 1"
    ));
    for command in commands {
        let command = format!("{command} --format json");
        reports.extend(printed(root(), &command).map(|report| (command, report)));
    }
    let folder = Folder::new().with("broken.json", "{\"shifts\": [").with("empty.csv", "");
    reports.push(document(folder.path(), "check broken.json empty.csv none.csv --format json"));
    reports.push(judged());
    reports
}

/// A report with an allowance, and a baseline of which a finding is gone.
fn judged() -> (String, Value) {
    let allow = "[[allow]]\nrule = \"OV101\"\nreason = \"we know\"\nuntil = \"2026-06-30\"\n";
    let folder = Folder::new().with("batch.json", PAGE).with("shiftlint.toml", allow);
    folder.run(&["check", "batch.json", "--no-config", "--write-baseline", "known.txt"]).exits(0);
    let moved = PAGE.replace("2026-03-02T15:00:00Z", "2026-03-02T15:30:00Z");
    let folder = folder.with("batch.json", moved.replace("T16:00", "T15:00"));
    document(folder.path(), "check batch.json --baseline known.txt --format json")
}

/// Three shifts of one agent that overlap in a row, on a page that counts them.
const PAGE: &str = r#"{"total": 3, "nextUri": null, "shifts": [
  {"id": "s-1", "agent": "ann", "schedule": "w-1", "version": "4", "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z"},
  {"id": "s-2", "agent": "ann", "schedule": "w-1", "version": "4", "start": "2026-03-02T15:00:00Z", "end": "2026-03-02T18:00:00Z"},
  {"id": "s-3", "agent": "ben", "schedule": "w-2", "start": "2026-03-02T15:00:00Z", "end": "2026-03-02T18:00:00Z"}
]}"#;

/// What is published beside that page: its last shift.
const LIVE: &str = "agent,id,start,end\nben,s-3,2026-03-02T15:00:00Z,2026-03-02T18:00:00Z\n";

fn paged() -> Folder {
    Folder::new().with("page.json", PAGE).with("live.csv", LIVE)
}

/// The manifests of plans.
fn plans() -> Vec<(String, Value)> {
    let mut plans = Vec::new();
    for line in [
        CHICAGO,
        "samples/clean/batch.csv --chunk 2 --lanes 3 --per-minute 60",
        "samples/chicago/batch.csv --keep most-hours --send pending,possible --one-by-one --partial",
        "samples/versions/morning.csv samples/versions/evening.csv --published \
         samples/versions/published.csv",
        "samples/genesys/update.json --published samples/genesys/live.json",
        "samples/teams/week.xlsx --tz America/Chicago --partial",
        "samples/graph/drafts-clean.json --published samples/graph/shared.json",
    ] {
        let folder = Folder::new();
        let out = folder.path().join("plan");
        let mut command = shiftlint(root());
        let outcome = finish(command.arg("plan").args(words(line)).arg("--out").arg(&out));
        if let Ok(text) = std::fs::read_to_string(out.join("plan.json")) {
            plans.push((line.to_owned(), serde_json::from_str(&text).expect("a manifest")));
        } else {
            assert_eq!(outcome.code, Some(3), "{line}: {}", outcome.told());
        }
    }
    let folder = paged();
    folder.run(&["plan", "page.json", "--published", "live.csv", "--out", "plan"]).exits(1);
    let text = folder.read("plan/plan.json").expect("a manifest");
    plans.push(("page.json".to_owned(), serde_json::from_str(&text).expect("a manifest")));
    assert!(plans.len() > 5, "{} plans", plans.len());
    plans
}

/// Explanations of answers, with and without a plan.
fn triages() -> Vec<(String, Value)> {
    let line = format!("triage {CHICAGO} --response samples/answers/chicago.json --format json");
    let mut triages = vec![document(root(), &line)];
    let folder = paged()
        .with("answer.json", r#"[{"index": 0, "status": 409}, {"index": 2, "status": 500}]"#)
        .with("twice.json", r#"{"status": 409, "agentId": "ann", "message": "Overlap"}"#)
        .with("log.txt", "409 Conflict: Agent ID ben is scheduled for overlapping intervals\n")
        .with("stale.json", r#"{"status": 409, "code": "VERSION_CONFLICT", "shiftId": "s-2"}"#)
        .with("wait.txt", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n\r\n{}");
    for answer in ["answer.json", "twice.json", "log.txt", "stale.json", "wait.txt"] {
        let line = format!("triage page.json --response {answer} --format json");
        triages.push(document(folder.path(), &line));
    }
    folder.run(&["plan", "page.json", "--out", "plan"]).exits(1);
    let line = "triage page.json --plan plan --response answer.json --format json";
    triages.push(document(folder.path(), line));
    triages
}

/// Explanations of pairs of records, and of one.
fn explanations() -> Vec<(String, Value)> {
    let mut explanations = Vec::new();
    for names in ["sh-5102 sh-5103", "sh-5103", "sh-5104 pto-312", "sh-5129 sh-4981", "batch.csv:3"]
    {
        let line = format!("why {CHICAGO} --format json -- {names}");
        explanations.push(document(root(), &line));
    }
    let week = document(root(), "why samples/broken/batch.csv --format json -- batch.csv@1");
    explanations.push(week);
    explanations
}

/// What can be corrected: copies, offsets, and fixes that uncover something or are described.
fn corrections() -> Vec<(String, Value)> {
    let uncovering = "agent,id,start,end,zone
ann,s-1,2026-03-09T08:00:00-06:00,2026-03-09T12:00:00-06:00,America/Chicago
ann,s-2,2026-03-09T07:00:00-05:00,2026-03-09T09:00:00-05:00,America/Chicago
";
    let folder = paged().with("uncovering.csv", uncovering).with("utf16.csv", utf16(uncovering));
    let mut all = vec![
        document(root(), "fix samples/fixes/batch.csv --format json"),
        document(root(), "fix samples/fixes/batch.csv --suggested --format json"),
        document(root(), "fix samples/chicago/batch.csv --format json"),
    ];
    for line in ["fix uncovering.csv --format json", "fix utf16.csv --format json"] {
        all.push(document(folder.path(), line));
    }
    let page = "fix page.json --published live.csv --format json";
    all.push(document(folder.path(), page));
    all
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// How all samples are understood.
fn receipts() -> Vec<(String, Value)> {
    let files = sample_files();
    files.iter().map(|file| document(root(), &format!("inspect {file} --format json"))).collect()
}

fn documents(name: &str) -> Vec<(String, Value)> {
    match name {
        "report" => reports(),
        "plan" => plans(),
        "triage" => triages(),
        "why" => explanations(),
        "fix" => corrections(),
        _ => receipts(),
    }
}

#[test]
fn every_schema_is_valid() {
    let meta = json!({ "$ref": "https://json-schema.org/draft/2020-12/schema" });
    let meta = Validator::new(meta);
    for name in NAMES {
        let schema = schema(name);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(meta.fault(&schema), None, "{name}");
        Validator::new(schema);
    }
    assert_eq!(finish(shiftlint(root()).arg("schema")).exits(0).report(), schema("report"));
    finish(shiftlint(root()).args(["schema", "other"])).exits(2).complains(&["report", "triage"]);
}

/// Notes the properties of a schema that a value has, by the name of their definition.
fn note(schema: &Value, of: &str, root: &Value, value: &Value, seen: &mut BTreeSet<String>) {
    if let Some(target) = schema["$ref"].as_str().and_then(|of| of.strip_prefix("#/$defs/")) {
        note(&root["$defs"][target], target, root, value, seen);
    }
    if !value.is_null() {
        note_any(schema, of, root, value, seen);
    }
    for item in value.as_array().into_iter().flatten() {
        note(&schema["items"], of, root, item, seen);
    }
    for (key, member) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(key) {
            seen.insert(format!("{of}.{key}"));
            note(member, of, root, value, seen);
        }
    }
}

fn note_any(schema: &Value, of: &str, root: &Value, value: &Value, seen: &mut BTreeSet<String>) {
    if let Some(first) = schema["anyOf"].get(0) {
        note(first, of, root, value, seen);
    }
}

/// The properties of a schema and of its definitions.
fn declared(schema: &Value) -> BTreeSet<String> {
    let own = [("", schema)].into_iter();
    let definitions = schema["$defs"].as_object().into_iter().flatten();
    let all = own.chain(definitions.map(|(name, of)| (name.as_str(), of)));
    let keys = all.flat_map(|(name, of)| {
        let keys = of["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
        keys.map(move |key| format!("{name}.{key}"))
    });
    keys.collect()
}

#[track_caller]
fn is_described(name: &str) {
    let schema = schema(name);
    let (open, strict) = (Validator::new(schema.clone()), Validator::new(closed(schema.clone())));
    let mut seen = BTreeSet::new();
    for (source, value) in documents(name) {
        let fault = open.fault(&value);
        assert!(fault.is_none(), "src/schema/{name}.json: {source}: {}", fault.unwrap_or_default());
        let fault = strict.fault(&value);
        assert!(
            fault.is_none(),
            "a key is not described in src/schema/{name}.json: {source}: {}",
            fault.unwrap_or_default()
        );
        note(&schema, "", &schema, &value, &mut seen);
        // A key that is added later does not make a document invalid.
        let mut later = value;
        later["tool"]["added"] = json!(1);
        assert_eq!(open.fault(&later), None);
        assert!(strict.fault(&later).is_some());
    }
    let mut declared = declared(&schema);
    if name != "report" {
        // What the schemas share is seen in reports, which have all of it.
        let shared = self::declared(&self::schema("report"));
        declared.retain(|key| key.starts_with('.') || !shared.contains(key));
    }
    let unseen: Vec<&String> = declared.difference(&seen).collect();
    assert!(unseen.is_empty(), "src/schema/{name}.json: no document has {unseen:?}");
}

#[test]
fn every_report_is_described() {
    is_described("report");
}

#[test]
fn every_plan_is_described() {
    is_described("plan");
}

#[test]
fn every_triage_is_described() {
    is_described("triage");
}

#[test]
fn every_explanation_is_described() {
    is_described("why");
}

#[test]
fn every_fix_is_described() {
    is_described("fix");
}

#[test]
fn every_receipt_is_described() {
    is_described("inspect");
}

#[test]
fn every_property_and_definition_has_a_description_of_one_line() {
    for name in NAMES {
        let mut schema = schema(name);
        let is_sentence = |schema: &Value| {
            let text = schema["description"].as_str().unwrap_or_default();
            text.ends_with('.') && !text.contains('\n')
        };
        assert!(is_sentence(&schema), "{name}");
        let mut described = 0;
        for_each(&mut schema, &mut |schema| {
            for list in ["properties", "$defs"] {
                for (key, member) in schema[list].as_object().into_iter().flatten() {
                    assert!(is_sentence(member), "{name}: `{key}` has no description");
                    described += 1;
                }
            }
            for key in schema["required"].as_array().into_iter().flatten() {
                let key = key.as_str().expect("a key");
                assert!(schema["properties"].get(key).is_some(), "{name}: `{key}` is required");
            }
        });
        assert!(described > 60, "{name}: {described}");
    }
}

/// The words that the variants of a type have in reports: `Role::Batch => "batch"`.
fn words_of(variants: &str, path: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(path)).expect("a source");
    let (text, _) = text.split_once("#[cfg(test)]\nmod tests").unwrap_or((&text, ""));
    let arms = text.split(variants).skip(1).filter_map(|rest| rest.split_once(" => \""));
    let arms = arms.filter(|(variant, _)| variant.chars().all(char::is_alphanumeric));
    let words = arms.filter_map(|(_, rest)| rest.split('"').next());
    words.filter(|word| !word.is_empty() && !word.contains(' ')).map(str::to_owned).collect()
}

#[test]
fn every_list_of_values_is_that_of_the_source() {
    let schemas: BTreeMap<&str, Value> = NAMES.map(|name| (name, schema(name))).into();
    for (name, place, variants, path) in [
        ("report", "/properties/verdict", "Verdict::", "src/model/finding.rs"),
        ("report", "/$defs/finding/properties/certainty", "Certainty::", "src/model/finding.rs"),
        ("report", "/$defs/role", "Role::", "src/model/source.rs"),
        ("report", "/$defs/severity", "Severity::", "src/model/rule.rs"),
        ("report", "/$defs/cause_kind", "CauseKind::", "src/model/cause.rs"),
        ("report", "/$defs/date_order", "DateOrder::", "src/model/time.rs"),
        ("report", "/$defs/decided_by", "ShownBy::", "src/model/receipt.rs"),
        ("report", "/$defs/fate", "Fate::", "src/model/fate.rs"),
        ("report", "/$defs/column/properties/values", "Values::", "src/model/receipt.rs"),
        ("report", "/$defs/zone_use/properties/from", "ZoneSource::", "src/model/receipt.rs"),
        (
            "report",
            "/$defs/decided_length_unit/properties/value",
            "LengthUnit::",
            "src/model/conventions.rs",
        ),
        ("plan", "/$defs/plan_options/properties/keep", "Keep::", "src/plan.rs"),
        (
            "triage",
            "/$defs/server_answer/properties/shape",
            "ResponseShape::",
            "src/model/complaint.rs",
        ),
        ("triage", "/$defs/item/properties/reason", "Reason::", "src/model/complaint.rs"),
        ("triage", "/$defs/item/properties/matched_by", "MatchedBy::", "src/triage/matching.rs"),
        ("triage", "/$defs/item/properties/explained_by", "ExplainedBy::", "src/triage.rs"),
        ("triage", "/$defs/class", "TriageClass::", "src/triage/class.rs"),
        ("triage", "/$defs/push_fate", "PushFate::", "src/triage/fates.rs"),
        ("fix", "/$defs/fix/properties/kind", "FixKind::", "src/fix.rs"),
        ("why", "/$defs/pair/properties/relation", "Relation::", "src/why/relation.rs"),
        ("why", "/$defs/explained_record/properties/clock", "ClockSource::", "src/why/document.rs"),
        ("why", "/$defs/moment/properties/doubt", "Ambiguity::", "src/why/document.rs"),
    ] {
        let list = schemas[name].pointer(place).and_then(|of| of["enum"].as_array());
        let list = list.unwrap_or_else(|| panic!("{name} has no list at {place}"));
        let listed = list.iter().filter_map(|word| word.as_str().map(str::to_owned));
        assert_eq!(listed.collect::<BTreeSet<_>>(), words_of(variants, path), "{name} {place}");
    }
    let formats = schemas["report"]["$defs"]["input"]["properties"]["format"]["enum"].clone();
    let formats = formats.as_array().expect("a list").iter().filter_map(Value::as_str);
    let known = shiftlint::read::FORMATS.iter().map(|format| format.name);
    assert_eq!(formats.collect::<BTreeSet<_>>(), known.collect());
}
