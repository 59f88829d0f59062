//! Random JSON documents with records in them, written in random ways.

use crate::split::KeyUse;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};

/// A value of a document.
#[derive(Debug, Clone)]
pub(super) enum Model {
    /// A scalar, as it is written.
    Scalar(&'static str),
    /// A record of one of some kinds.
    Record(usize),
    Array(Vec<Model>),
    /// With keys from [`KEYS`], each followed by the number of its value.
    Object(Vec<(usize, Model)>),
}

/// The first letters of keys.
const KEYS: [&str; 7] = ["shifts", "id:", "a \\\"]{", "id:\u{e9}\\u00e9", "", "zone", "page:"];

/// The same without escapes.
const KEYS_AS_READ: [&str; 7] = ["shifts", "id:", "a \"]{", "id:\u{e9}\u{e9}", "", "zone", "page:"];

const SCALARS: [&str; 12] = [
    "1",
    "-2.50e+3",
    "true",
    "null",
    "\"\"",
    "\"a\"",
    r#""\"]}{[,:\\""#,
    r#""\\\\""#,
    "\"\u{1f600} \u{e9}\"",
    r#""\u00e9""#,
    "[]",
    "{ }",
];

/// White space between tokens, the usual first.
const SPACES: [&str; 7] = ["", " ", "\n  ", "\r\n\t", "   ", "\n", "\t"];

/// Records; `@` is their number. Each holds `#@;` once.
const RECORDS: [&str; 8] = [
    r##"{"r":"#@;"}"##,
    "{ \"r\" : \"#@;\" ,\r\n \"list\":[1, {\"x\":[\"]\",\"\\\"\"]}] }",
    r##"["list","#@;",[],{}]"##,
    r##""#@;""##,
    r##""\\\"#@;]""##,
    r##"{"start":"2026-03-02T08:00:00Z","id":"#@;","notes":"\\","activities":[{"a":1},{"a":2}]}"##,
    r##"{"#@;":{}}"##,
    r##"[ "list" , { "a":"}" } , "#@;" ]"##,
];

/// What the keys of the model are good for.
pub(super) fn key_use(key: &[u8]) -> KeyUse {
    match key {
        [b'i', b'd', b':', ..] => KeyUse::Entry,
        [b'p', b'a', b'g', b'e', b':', ..] => KeyUse::Page(7),
        _ => KeyUse::Field,
    }
}

/// Any document.
pub(super) fn model() -> impl Strategy<Value = Model> {
    let leaf = prop_oneof![
        2 => (0..SCALARS.len()).prop_map(|number| Model::Scalar(SCALARS[number])),
        3 => (0..RECORDS.len()).prop_map(Model::Record),
        1 => Just(Model::Array(Vec::new())),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let key = (0..KEYS.len(), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..7).prop_map(Model::Array),
            prop::collection::vec(key, 0..5).prop_map(Model::Object),
        ]
    })
}

/// How a document is written: the numbers of its spaces, in turn.
pub(super) fn style() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![
        Just(vec![0]),
        Just(vec![0, 1]),
        prop::collection::vec(0..SPACES.len(), 1..40),
        any::<u8>().prop_map(|number| vec![usize::from(number) % SPACES.len()]),
    ]
}

/// A document that was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// Where its records begin and end.
    pub(super) records: Vec<(usize, usize)>,
    spaces: Vec<usize>,
    taken: usize,
    /// Whether it is one line.
    pub(super) in_line: bool,
}

impl Written {
    pub(super) fn new(style: &[usize]) -> Written {
        Written { spaces: style.to_vec(), ..Written::default() }
    }

    pub(super) fn offsets(&self) -> Vec<u64> {
        self.records.iter().map(|(start, _)| *start as u64).collect()
    }

    fn space(&mut self) {
        let space = SPACES[self.spaces[self.taken % self.spaces.len()]];
        self.taken += 1;
        self.push(space);
    }

    pub(super) fn push(&mut self, text: &str) {
        match self.in_line {
            true => self.text.push_str(&text.replace(['\n', '\r'], " ")),
            false => self.text.push_str(text),
        }
    }

    /// Writes a value, and the white space around it.
    pub(super) fn write(&mut self, model: &Model) {
        self.space();
        match model {
            Model::Scalar(text) => self.push(text),
            Model::Record(kind) => {
                let start = self.text.len();
                let number = self.records.len().to_string();
                self.push(&RECORDS[*kind].replace('@', &number));
                self.records.push((start, self.text.len()));
            }
            Model::Array(items) => {
                self.push("[");
                for (place, item) in items.iter().enumerate() {
                    self.push(if place > 0 { "," } else { "" });
                    self.write(item);
                }
                self.pad(items.is_empty());
                self.push("]");
            }
            Model::Object(members) => {
                self.push("{");
                // The keys ascend, so that it does not matter whether an oracle sorts them.
                let mut members: Vec<&(usize, Model)> = members.iter().collect();
                members.sort_by_key(|(key, _)| KEYS_AS_READ[*key]);
                for (place, (key, item)) in members.iter().enumerate() {
                    self.push(if place > 0 { "," } else { "" });
                    self.space();
                    self.push(&format!("\"{}{place}\"", KEYS[*key]));
                    self.space();
                    self.push(":");
                    self.write(item);
                }
                self.pad(members.is_empty());
                self.push("}");
            }
        }
        self.space();
    }

    fn pad(&mut self, is_empty: bool) {
        if is_empty {
            self.space();
        }
    }
}
