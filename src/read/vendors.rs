//! The formats of workforce management vendors: files of known shapes become documents.
//!
//! Each is one file with one [`Format`](super::Format), which is an entry of
//! [`FORMATS`](super::FORMATS). A format recognises its files by their structure, never by their
//! names, and opens them with the reader of JSON or of tables. It adds what only the vendor's
//! documentation says. `Format::known_from` states where that was learnt.

pub mod cxone;

pub mod genesys;

pub mod graph;

pub mod iex;

pub mod teams;

pub mod unit;

use super::json::shape::{each_value, scalar_text};
use super::json::text;
use crate::model::row::fold_name;
use memchr::memmem;

/// The formats that are tables, for those that stand in a sheet of a workbook.
#[cfg(feature = "spreadsheets")]
pub(super) static TABLES: &[&super::Format] = &[&cxone::FORMAT, &iex::FORMAT, &teams::FORMAT];

/// Whether a file begins like JSON and holds one of these keys in its beginning.
fn is_json_with(head: &[u8], keys: &[&str]) -> bool {
    let begins = matches!(head.get(text::blanks(head, 0)), Some(b'{' | b'['));
    begins && keys.iter().any(|key| has_key(head, key))
}

/// Whether a key occurs in some JSON, at any depth.
fn has_key(json: &[u8], key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    memmem::find_iter(json, &quoted)
        .any(|at| json.get(text::blanks(json, at + quoted.len())) == Some(&b':'))
}

/// How many lines the header of a table and the lines above it may take.
const LINES: usize = 30;

/// Whether one of the first lines of a table names all of these columns.
fn has_columns(head: &[u8], names: &[&str]) -> bool {
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).take(LINES);
    lines.into_iter().any(|line| {
        let cells = line.split(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'));
        let cells: Vec<String> = cells.map(name_in).collect();
        names.iter().all(|name| cells.contains(&fold_name(name)))
    })
}

/// The name in a cell of a header, folded.
fn name_in(cell: &[u8]) -> String {
    let cell = cell.trim_ascii();
    let bare = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\""));
    fold_name(&String::from_utf8_lossy(bare.unwrap_or(cell)))
}

/// Keys of an object with their words, which are empty for lists and objects.
type Keys = Vec<(String, String)>;

/// The keys of the outermost object, and those beside this one, in the first object that has it
/// within some others; as far as the beginning of a file shows them. If none has it, both are
/// the same.
fn document_keys(head: &[u8], name: &str) -> (Keys, Keys) {
    let start = text::blanks(head, 0);
    let head = text::before_mistake(head, start);
    let outer = keys_at(head, start);
    let is_outer = outer.iter().any(|(key, _)| key == name);
    let within = if is_outer { None } else { object_with(head, start, name, DEEPEST) };
    let beside = within.map_or_else(|| outer.clone(), |at| keys_at(head, at));
    (outer, beside)
}

/// How deep wrappers are looked into.
const DEEPEST: usize = 3;

fn object_with(bytes: &[u8], at: usize, name: &str, depth: usize) -> Option<usize> {
    let (mut has, mut within) = (false, Vec::new());
    match bytes.get(at) {
        Some(b'{') => drop(each_value(bytes, at, |key, value| {
            has |= key == name.as_bytes();
            within.push(value);
        })),
        // Of a list the first element says what the others are.
        Some(b'[') => within.push(text::blanks(bytes, at + 1)),
        _ => {}
    }
    if has || depth == 0 {
        return has.then_some(at);
    }
    within.into_iter().find_map(|value| object_with(bytes, value, name, depth - 1))
}

/// The keys of the object at a place.
fn keys_at(bytes: &[u8], at: usize) -> Keys {
    let mut keys = Keys::new();
    if bytes.get(at) == Some(&b'{') {
        each_value(bytes, at, |key, at| {
            let word = scalar_text(bytes, at).unwrap_or_default();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            keys.push((text(key), text(&word)));
        });
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{document_keys, has_key, is_json_with};

    #[test]
    fn a_key_is_no_value() {
        assert!(has_key(br#"{"a":{"shifts" : []}}"#, "shifts"));
        assert!(!has_key(br#"{"a":"shifts"}"#, "shifts"));
        assert!(!has_key(br#"{"myshifts":[]}"#, "shifts"));
        assert!(!is_json_with(b"agent,\"shifts\":1", &["shifts"]));
        assert!(is_json_with(b" [{\"shifts\":1}]", &["shifts"]));
    }

    #[test]
    fn outer_keys_are_read_as_far_as_they_are_there() {
        let told = |text: &str| -> Vec<String> {
            let keys = document_keys(text.as_bytes(), "").0.into_iter();
            keys.map(|(key, word)| format!("{key}={word}")).collect()
        };
        assert_eq!(
            told(r#"{"a":1,"b":{"c":2},"d":[{"e":3}],"f":"g"}"#),
            ["a=1", "b=", "d=", "f=g"]
        );
        assert_eq!(told(r#"{"a":1,"b":[{"c":2},"#), ["a=1", "b="]);
        assert_eq!(told(r#"[{"a":1}]"#), [""; 0]);
    }
}
