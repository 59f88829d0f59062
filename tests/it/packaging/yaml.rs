//! Files in YAML, as JSON values.

use super::file;
use boon::{Compiler, Schemas};
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

/// The documents of a text.
pub(super) fn documents(text: &str) -> Vec<Value> {
    let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    documents.iter().map(value).collect()
}

/// The only document of a file of the package.
pub(super) fn document(name: &str) -> Value {
    let mut documents = documents(&file(name));
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

fn value(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(of)) => Value::from(*of),
        Yaml::Value(Scalar::Integer(of)) => Value::from(*of),
        Yaml::Value(Scalar::FloatingPoint(of)) => Value::from(of.into_inner()),
        Yaml::Value(Scalar::String(of)) => Value::from(&**of),
        Yaml::Sequence(items) => items.iter().map(value).collect(),
        Yaml::Mapping(members) => {
            let member = |(key, of)| match value(key) {
                Value::String(key) => (key, value(of)),
                key => panic!("{key} is not a name"),
            };
            Value::Object(members.iter().map(member).collect::<Map<String, Value>>())
        }
        other => panic!("not expected in these files: {other:?}"),
    }
}

/// What is wrong with a value by a schema of `tests/it/packaging/schemas`, if anything is.
pub(super) fn fault(schema: &str, value: &Value) -> Option<String> {
    let place = format!("file:///{schema}");
    let text = file(&format!("tests/it/packaging/schemas/{schema}"));
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    let resource = serde_json::from_str(&text).expect("JSON");
    compiler.add_resource(&place, resource).expect("a name of its own");
    let index = compiler.compile(&place, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    schemas.validate(value, index).err().map(|error| format!("{error:#}"))
}

/// Fails unless a value has only what a schema allows.
#[track_caller]
pub(super) fn conforms(schema: &str, value: &Value) {
    if let Some(fault) = fault(schema, value) {
        panic!("{schema}: {fault}");
    }
}

/// All texts within a value, with the key or the place of each.
pub(super) fn texts(value: &Value) -> Vec<(String, String)> {
    fn gather(key: &str, value: &Value, texts: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => texts.push((key.to_owned(), text.clone())),
            Value::Array(items) => items.iter().for_each(|item| gather(key, item, texts)),
            Value::Object(members) => members.iter().for_each(|(key, of)| gather(key, of, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    gather("", value, &mut texts);
    texts
}

#[test]
fn keys_that_no_vendor_documents_are_found() {
    for (schema, text) in [
        ("github-workflow.json", "on: push\njobs:\n  a:\n    runs-on: x\n    step: []\n"),
        ("github-workflow.json", "on: push\njobs: {a: {runs-on: x, steps: [{runs: x}]}}\n"),
        ("github-workflow.json", "on: push\njobs: {a: {runs-on: x, steps: [{run: x, uses: y}]}}\n"),
        ("github-workflow.json", "on: push\npermissions: {content: read}\njobs: {}\n"),
        (
            "github-action.json",
            "name: a\ndescription: b\nruns: {using: composite, steps: [{run: x}]}\n",
        ),
        ("gitlab-pipeline.json", "job: {script: [x], artifact: {}}\n"),
        ("gitlab-pipeline.json", "job: {script: [x], artifacts: {report: {}}}\n"),
        ("gitlab-header.json", "spec: {inputs: {a: {defaults: x}}}\n"),
        ("azure-pipelines.json", "steps: [{scripts: x}]\n"),
        ("azure-pipelines.json", "steps: [{task: NoVersion}]\n"),
        ("pre-commit-config.json", "repos: [{repo: a, hooks: [{id: b}]}]\n"),
        (
            "pre-commit-hooks.json",
            "- {id: a, name: b, entry: c, language: d, pass_filename: false}\n",
        ),
    ] {
        let [value] = &documents(text)[..] else { panic!("one document: {text}") };
        assert!(fault(schema, value).is_some(), "{schema} takes {text}");
    }
}
