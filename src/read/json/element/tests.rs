use super::Elements;
use crate::model::row::{Field, RowFault, fold_name};
use crate::model::source::Role;
use crate::read::json::Layout;
use crate::read::names;
use crate::read::{Block, Part};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::sync::LazyLock;

static PART: LazyLock<Part> = LazyLock::new(Part::default);

/// The fault and the words of a record.
type Words = (Option<RowFault>, Vec<(Field, String)>);

/// That, or where it breaks.
type Told = Result<Words, usize>;

fn told(layout: &Layout, record: &[u8]) -> Told {
    let mut told = (None, Vec::new());
    let end = Elements::new(layout, &Block::new(record, &PART))
        .read_flat(0, &mut |row| {
            let words = Field::all().map(|field| (field, row.word(field)));
            let words = words.filter(|(_, word)| !word.is_empty());
            let text = |word: &[u8]| String::from_utf8_lossy(word).into_owned();
            told = (row.fault, words.map(|(field, word)| (field, text(word))).collect());
        })
        .map_err(|found| found.at)?;
    assert_eq!(end, record.len());
    Ok(told)
}

fn words(record: &str) -> Vec<(Field, String)> {
    let (fault, words) = told(&Layout::default(), record.as_bytes()).unwrap_or_default();
    assert_eq!(fault, None, "{record}");
    words
}

fn one(field: Field, word: &str) -> Vec<(Field, String)> {
    vec![(field, word.to_owned())]
}

#[test]
fn words_are_as_the_file_spells_them() {
    for (record, expected) in [
        (r#"{"agent":"x"}"#, "x"),
        (r#"{"agent":12345678901234567890.10e+05}"#, "12345678901234567890.10e+05"),
        (r#"{"agent":-0}"#, "-0"),
        (r#"{"agent":true}"#, "true"),
        (r#"{"agent":"\u00e9\ud83d\ude00\n\"x"}"#, "é😀\n\"x"),
        (r#"{"\u0061gent":"é"}"#, "é"),
        (r#"{"agent":null,"user":"y"}"#, "y"),
        (r#"{"agent":" ","user":"y"}"#, "y"),
        (r#"{"agent":"\t","user":"y"}"#, "y"),
        (r#"{"agent":"y","user":"x"}"#, "y"),
        (r#"{"agent":"","agent":"y","agent":"x"}"#, "y"),
        (r#"{ "user" : { "name":{}, "id" : "y" , "x":[{}] } , "agent":"x" }"#, "y"),
        (r#"{"person":{},"user":{},"agent":"y"}"#, "y"),
        (r#"{"w":{"x":{"agent":"no"}},"a":{"gen":{"t":{"id":"y"}}}}"#, "y"),
        (r#"{"a":{"g":{"e":{"nt":{"id":"no"},"nt.id":"y"}}}}"#, "y"),
    ] {
        assert_eq!(words(record), one(Field::Agent, expected), "{record}");
    }
    assert_eq!(words("{}"), vec![]);
}

#[test]
fn faults_stay_with_their_record() {
    for (record, fault) in [
        (&b"{\"agent\":\"\xff\"}"[..], Some(RowFault::NotUtf8)),
        (b"{\"\xff\":1}", Some(RowFault::NotUtf8)),
        (b"{\"colour\":[\"\xc3\"]}", Some(RowFault::NotUtf8)),
        (b"{\"agent\":\"\\ud800\"}", Some(RowFault::NotUtf8)),
        (b"{\"colour\":\"\\ud800\"}", None),
        (b"{\"agent\":\"x\\u0000\"}", Some(RowFault::Nul)),
        (b"{\"colour\":\"\\u0000\"}", None),
        (b"[1]", Some(RowFault::NotAnObject)),
        (b"\"x\"", Some(RowFault::NotAnObject)),
        (b"null", Some(RowFault::NotAnObject)),
        (b"-1.5", Some(RowFault::NotAnObject)),
        (b"{\"agent\":[\"x\",\"y\"]}", None),
        (b"{\"agent\":[0],\"userId\":\"y\"}", None),
        (b"{\"agent\":[ ]}", None),
        (b"{}", None),
    ] {
        let found = told(&Layout::default(), record).map(|(fault, _)| fault);
        assert_eq!(found, Ok(fault), "{}", String::from_utf8_lossy(record));
    }
}

#[test]
fn breaks_are_located() {
    for (record, at) in [
        ("{\"agent\":\"x\" \"y\":1}", 13),
        ("{\"agent\":\"x\",}", 13),
        ("{\"agent\":\"x\"", 12),
        ("{\"agent\":\"x\ny\"}", 11),
        ("{\"user\":{\"id\":1]}", 15),
        ("{\"user\":{,}}", 9),
        ("{\"x\":{\"y\":{\"z\":{\"w\":{bro", 21),
        ("{", 1),
    ] {
        assert_eq!(told(&Layout::default(), record.as_bytes()), Err(at), "{record}");
    }
    let deep = format!("{{\"x\":{}", "[".repeat(10_000));
    assert_eq!(told(&Layout::default(), deep.as_bytes()), Err(5 + 127));
    let deep = "{\"x\":".repeat(10_000);
    assert_eq!(told(&Layout::default(), deep.as_bytes()), Err(5 * 128));
}

#[test]
fn an_id_is_the_agent_in_a_roster() {
    let agents = Layout { role: Some(Role::Agents), ..Layout::default() };
    let mapped = vec![(Field::Agent, "mail".to_owned())];
    let named = Layout { mapped, ..agents.clone() };
    for (layout, record, agent) in [
        (&agents, r#"{"id":"x","name":"y"}"#, "x"),
        (&agents, r#"{"id":"x","userId":"y"}"#, "y"),
        (&agents, r#"{"id":"x","userId":null}"#, "x"),
        (&named, r#"{"id":"x","mail":"y"}"#, "y"),
        (&named, r#"{"id":"x","mail":""}"#, ""),
        (&named, r#"{"id":"x"}"#, "x"),
    ] {
        let (_, words) = told(layout, record.as_bytes()).unwrap_or_default();
        let found = words.iter().find(|(field, _)| *field == Field::Agent);
        assert_eq!(found.map_or("", |(_, word)| word), agent, "{record}");
    }
}

#[test]
fn a_named_key_silences_the_others_where_there_is_one() {
    let mapped = vec![(Field::Agent, "Owner".to_owned()), (Field::Start, "when.from".to_owned())];
    let layout = Layout { mapped, ..Layout::default() };
    for (record, expected) in [
        (r#"{"agent":"x","Owner":"y"}"#, one(Field::Agent, "y")),
        (r#"{"Owner":"y","agent":"x"}"#, one(Field::Agent, "y")),
        (r#"{"agent":"x","Owner":null}"#, vec![]),
        (r#"{"owner":"x","Owner":"y","OWNER":"z"}"#, one(Field::Agent, "y")),
        (r#"{"owner":"","OWNER":"z"}"#, one(Field::Agent, "z")),
        (r#"{"agent":"x"}"#, one(Field::Agent, "x")),
        (r#"{"start":"x","when":{"from":"y"}}"#, one(Field::Start, "y")),
    ] {
        let found = told(&layout, record.as_bytes());
        assert_eq!(found, Ok((None, expected)), "{record}");
    }
}

/// A value as serde hands it over, keys in their order.
#[derive(Debug)]
enum Tree {
    Object(Vec<(String, Tree)>),
    List { filled: bool },
    Word(String),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Tree, D::Error> {
        from.deserialize_any(Grower)
    }
}

/// Stands for a number whose spelling serde has lost.
const ROUNDED: &str = "rounded";

struct Grower;

impl<'de> Visitor<'de> for Grower {
    type Value = Tree;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Tree::Object(pairs))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut filled = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            filled = true;
        }
        Ok(Tree::List { filled })
    }

    fn visit_str<E>(self, word: &str) -> Result<Tree, E> {
        Ok(Tree::Word(word.to_owned()))
    }

    fn visit_bool<E>(self, word: bool) -> Result<Tree, E> {
        Ok(Tree::Word(word.to_string()))
    }

    fn visit_u64<E>(self, word: u64) -> Result<Tree, E> {
        Ok(Tree::Word(word.to_string()))
    }

    fn visit_i64<E>(self, word: i64) -> Result<Tree, E> {
        Ok(Tree::Word(word.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Word(ROUNDED.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Word(String::new()))
    }
}

/// Stands for a list with something in it, which is nobody's word.
const LISTED: &str = "\u{7f}listed";

/// Represents an empty list, which says that there is no agent, and no value of any other
/// field.
const NO_ONE: &str = "\u{7f}no one";

/// Every word of a record with its path.
fn flatten(pairs: &[(String, Tree)], above: &str, level: usize, out: &mut Vec<(String, String)>) {
    for (key, value) in pairs {
        let path = if level == 0 { key.clone() } else { format!("{above}.{key}") };
        match value {
            Tree::Object(pairs) if level < 3 => flatten(pairs, &path, level + 1, out),
            Tree::Word(word) => out.push((path, word.clone())),
            Tree::List { filled: true } => out.push((path, LISTED.to_owned())),
            Tree::List { filled: false } => out.push((path, NO_ONE.to_owned())),
            Tree::Object(_) => {}
        }
    }
}

/// The first of the mappings that a path answers to.
fn first(mapped: &[(Field, String)], path: &str, exact: bool) -> Option<usize> {
    mapped.iter().position(
        |(_, name)| {
            if exact { name == path } else { fold_name(name) == fold_name(path) }
        },
    )
}

/// The word of a field, looked for in the plainest way.
fn slow_word(mapped: &[(Field, String)], field: Field, all: &[(String, String)]) -> String {
    let exact = |path: &str| mapped.iter().find(|(_, name)| name == path).map(|pair| pair.0);
    let alike = |path: &str| {
        let found = mapped.iter().find(|(_, name)| fold_name(name) == fold_name(path));
        if exact(path).is_some() { None } else { found.map(|pair| pair.0) }
    };
    let known = |path: &str, rank: u8| {
        if exact(path).or(alike(path)).is_some() {
            return None;
        }
        names::key(path, Role::Batch).filter(|known| known.1 == rank).map(|known| known.0)
    };
    let words = |is_one: &dyn Fn(&str) -> bool| -> Vec<String> {
        let ones = all.iter().filter(|(path, _)| is_one(path));
        let ones = ones.filter(|(_, word)| word != NO_ONE || field == Field::Agent);
        ones.map(|(_, word)| word.trim_ascii().replace(NO_ONE, "")).collect()
    };
    let places = || mapped.iter().enumerate().filter(|(_, pair)| pair.0 == field);
    let mut named = Vec::new();
    for (place, (_, name)) in places() {
        named.extend(words(&|path| path == name && first(mapped, path, true) == Some(place)));
    }
    for (place, _) in places() {
        named.extend(words(&|path| {
            exact(path).is_none() && first(mapped, path, false) == Some(place)
        }));
    }
    for rank in 0..6 {
        if named.is_empty() {
            named = words(&|path| known(path, rank) == Some(field));
        }
    }
    named.into_iter().find(|word| !word.is_empty()).unwrap_or_default()
}

/// A record as serde_json sees it; `None` if it is not JSON.
fn slow(layout: &Layout, record: &[u8]) -> Option<Words> {
    let Tree::Object(pairs) = serde_json::from_slice(record).ok()? else {
        return Some((Some(RowFault::NotAnObject), Vec::new()));
    };
    let mut all = Vec::new();
    flatten(&pairs, "", 0, &mut all);
    let words = Field::all().map(|field| (field, slow_word(&layout.mapped, field, &all)));
    let words: Vec<_> = words.filter(|(_, word)| !word.is_empty()).collect();
    let nul = words.iter().any(|(_, word)| word.contains('\0')).then_some(RowFault::Nul);
    Some((nul, words))
}

/// Whether a list takes the place of a word, which is read elsewhere.
fn is_listed(words: &Option<Words>) -> bool {
    words.as_ref().is_some_and(|(_, words)| words.iter().any(|(_, word)| word == LISTED))
}

fn key() -> impl Strategy<Value = String> {
    let keys = [
        "agentId",
        "agent",
        "AGENT",
        "user",
        "id",
        "\\u0069d",
        "start",
        "end",
        "x",
        "é",
        "Owner",
        "owner",
        "scheduleId",
        "",
        "a.b",
        "\\\"",
    ];
    prop::sample::select(keys.to_vec()).prop_map(|key| format!("\"{key}\""))
}

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ -~&&[^\"\\\\]]{0,12}".prop_map(|text| format!("\"{text}\"")),
        1 => "([a-é]|\\\\[\"\\\\nt/]|\\\\u00[0-9a-f]{2}|\\\\ud83d\\\\ude00){0,5}"
            .prop_map(|text| format!("\"{text}\"")),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => prop::sample::select(vec!["null", "true", "[]", "[{\"id\":1},[2]]", "{}"])
            .prop_map(str::to_owned),
    ]
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let blank = prop::sample::select(vec!["", "", "", " ", "\n", "\r\n\t"]);
    let pair = (key(), blank.clone(), value)
        .prop_map(|(key, blank, value)| format!("{blank}{key}{blank}:{blank}{value}"));
    (prop::collection::vec(pair, 0..8), blank)
        .prop_map(|(pairs, blank)| format!("{{{}{blank}}}", pairs.join(",")))
}

fn record() -> impl Strategy<Value = String> {
    leaf().prop_recursive(5, 40, 8, object).prop_flat_map(|value| {
        object(prop_oneof![
            1 => Just(value),
            3 => leaf(),
        ])
    })
}

fn layouts() -> impl Strategy<Value = Layout> {
    let named = prop::sample::select(vec!["Owner", "user.id", "x", "é"]);
    let field = prop::sample::select(vec![Field::Agent, Field::Start, Field::Status]);
    prop::collection::vec((field, named.prop_map(str::to_owned)), 0..3)
        .prop_map(|mapped| Layout { mapped, ..Layout::default() })
}

proptest! {
    #[test]
    fn records_read_as_serde_json_reads_them(layout in layouts(), record in record()) {
        let expected = slow(&layout, record.as_bytes());
        if !is_listed(&expected) {
            prop_assert_eq!(told(&layout, record.as_bytes()).ok(), expected, "{}", record);
        }
    }

    #[test]
    fn mutated_records_break_where_serde_json_breaks(
        record in record(),
        place in any::<prop::sample::Index>(),
        byte in prop::sample::select(b"\"\\{}[]:, 0ntu-.e\x00\x1f\n".to_vec()),
        insert in any::<bool>(),
    ) {
        let mut record = record.into_bytes();
        let place = place.index(record.len());
        if insert { record.insert(place, byte) } else { record[place] = byte }
        let layout = Layout::default();
        let ours = Elements::new(&layout, &Block::new(&record, &PART)).parse(0);
        let ours = ours.is_ok_and(|end| end == record.len());
        let theirs = serde_json::from_slice::<IgnoredAny>(&record).is_ok();
        prop_assert_eq!(ours, theirs && !record[0].is_ascii_whitespace());
        let expected = slow(&layout, &record).filter(|_| ours);
        let expected = expected.filter(|(_, words)| words.iter().all(|(_, word)| word != ROUNDED));
        if let Some(expected) = expected.filter(|words| !is_listed(&Some(words.clone()))) {
            prop_assert_eq!(told(&layout, &record), Ok(expected));
        }
    }

    #[test]
    fn many_records_read_as_each_by_itself(records in prop::collection::vec(record(), 1..6)) {
        let together = records.join(",\n");
        let layout = Layout::default();
        let mut elements = Elements::new(&layout, &Block::new(together.as_bytes(), &PART));
        let mut at = 0;
        for record in &records {
            let mut words = Vec::new();
            let end = elements.read_flat(at, &mut |row| {
                words = Field::all().map(|field| row.raw(field).to_vec()).collect();
            });
            let mut alone = Vec::new();
            let _ = Elements::new(&layout, &Block::new(record.as_bytes(), &PART)).read_flat(0, &mut |row| {
                alone = Field::all().map(|field| row.raw(field).to_vec()).collect();
            });
            prop_assert_eq!(&words, &alone);
            prop_assert_eq!(end, Ok(at + record.len()));
            at += record.len() + 2;
        }
    }
}

#[test]
fn a_list_that_is_not_read_does_not_make_a_list_of_the_word_before() {
    for record in [
        r##"{"agent":"#","agent":[{"id":1},[2]],"agent":"$"}"##,
        r##"{"agent":"#","agent":["a","b"],"agent":"$"}"##,
    ] {
        let read = told(&Layout::default(), record.as_bytes()).ok();
        assert_eq!(read, Some((None, vec![(Field::Agent, "#".to_owned())])), "{record}");
    }
}
