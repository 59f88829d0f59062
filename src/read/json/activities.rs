//! Reads the text of a list within a record into rows.
//!
//! The activities of a shift have the fields of records, under the same names and a few more.
//! Which of them claim time is not known here.

use super::Layout;
use super::element::Elements;
use super::keys::KeyTree;
use super::text;
use crate::model::row::{Field, Row};
use crate::model::source::Role;
use crate::read::{Block, Part};
use std::cell::Cell;
use std::sync::LazyLock;

/// Names that activities have beside those of records.
const NAMES: [(Field, &str); 10] = [
    (Field::Kind, "code"),
    (Field::Kind, "code id"),
    (Field::Kind, "activity code"),
    (Field::Kind, "activity code id"),
    (Field::Name, "activity name"),
    (Field::Name, "activity code name"),
    (Field::Name, "description"),
    (Field::Name, "label"),
    (Field::Name, "title"),
    (Field::Request, "request id"),
];

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    role: Some(Role::Batch),
    mapped: NAMES.iter().map(|(field, name)| (*field, (*name).to_owned())).collect(),
    ..Layout::default()
});

static PART: LazyLock<Part> = LazyLock::new(Part::default);

/// How many keys are kept from list to list. Keys can be names of people or days, without end.
const MOST_KEYS: usize = 256;

thread_local! {
    /// The keys of the list before: those of the next one are nearly always the same, and
    /// finding out what they mean takes longer than reading it.
    static KEYS: Cell<Option<KeyTree<'static>>> = const { Cell::new(None) };
}

/// Divides the lists of a record that has several: the record separator of RFC 7464, which
/// never occurs in JSON.
pub(in crate::read) const SEPARATOR: u8 = 0x1e;

/// The lists of activities in the word of a record. Activities of different lists do not
/// exclude each other: breaks lie within what they interrupt.
pub fn lists_of_activities(word: &[u8]) -> impl Iterator<Item = &[u8]> {
    word.split(|byte| *byte == SEPARATOR)
}

/// Hands the elements of a list, as the document writes it, to a sink. Whether
/// the text is a list at all: a cell of a table can hold any other.
pub fn activities(list: &[u8], sink: &mut dyn FnMut(&Row<'_>)) -> bool {
    if list.first() != Some(&b'[') {
        return false;
    }
    let at = text::blanks(list, 1);
    if list.get(at) == Some(&b']') {
        return at + 1 == list.len();
    }
    let keys = KEYS.take().filter(|keys| keys.len() <= MOST_KEYS);
    let keys = keys.unwrap_or_else(|| KeyTree::new(&LAYOUT, 0));
    let mut elements = Elements::with_keys(&LAYOUT, &Block::again(list, &PART), keys);
    let whole = read_all(&mut elements, (list, at), sink);
    KEYS.set(Some(elements.into_keys()));
    whole
}

/// Reads the elements of a list from the first one on; whether it is a list to its end.
fn read_all(
    elements: &mut Elements<'_, '_>,
    (list, mut at): (&[u8], usize),
    sink: &mut dyn FnMut(&Row<'_>),
) -> bool {
    loop {
        let Ok(end) = elements.read_flat(at, sink) else { return false };
        at = text::blanks(list, end);
        match list.get(at) {
            Some(b',') => at = text::blanks(list, at + 1),
            Some(b']') => return at + 1 == list.len(),
            _ => return false,
        }
    }
}

/// Whether activities can name a request: a glance at their text, which is often
/// long. Keys may be written with escapes.
#[must_use]
pub fn may_name_requests(list: &[u8]) -> bool {
    let is_named = |at: usize| {
        let word = at.checked_sub(1).and_then(|start| list.get(start..start + 6));
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"equest"))
    };
    memchr::memchr2_iter(b'q', b'Q', list).any(is_named) || memchr::memchr(b'\\', list).is_some()
}

#[cfg(test)]
mod tests {
    use super::activities;
    use crate::model::row::{Field, RowFault};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn words(list: &str) -> Option<Vec<String>> {
        let mut told = Vec::new();
        let whole = activities(list.as_bytes(), &mut |row| {
            let fields = [Field::Start, Field::End, Field::Length, Field::Kind, Field::Name];
            let words = fields.map(|field| String::from_utf8_lossy(row.word(field)).into_owned());
            let object = row.fault != Some(RowFault::NotAnObject);
            told.push(if object { words.join("|") } else { "none".to_owned() });
        });
        whole.then_some(told)
    }

    #[test]
    fn elements_have_the_names_of_records_and_some_more() {
        for (list, expected) in [
            ("[]", &[][..]),
            ("[ ]", &[]),
            (r#"[{"start":"08:00","end":"09:00","code":"CALL"}]"#, &["08:00|09:00||CALL|"]),
            (
                r#"[ {"startDateTime": "08:00", "lengthMinutes": 15, "activityCode": {"id": 3, "name": "Lunch"}} , "x" ]"#,
                &["08:00||15|3|Lunch", "none"],
            ),
            (r#"[{"start_time":"\u0038:00","to":"9:00","description":"T"}]"#, &["8:00|9:00|||T"]),
        ] {
            assert_eq!(
                words(list).as_deref(),
                Some(&*expected.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()),
                "{list}"
            );
        }
    }

    #[test]
    fn an_activity_can_carry_a_request() {
        for list in [
            r#"[{"id":"x","requestId":"r-1"}]"#,
            r#"[{"id":"x","time_off_request_id":"r-1"}]"#,
            r#"[{"timeOffRequest":"r-1"}]"#,
        ] {
            let mut requests = Vec::new();
            activities(list.as_bytes(), &mut |row| {
                requests.push(row.word(Field::Request).to_vec())
            });
            assert_eq!(requests, [b"r-1"], "{list}");
        }
    }

    proptest! {
        #[test]
        fn a_list_is_what_serde_json_takes_for_one(
            text in "\\[(\\{|\\}|\\[|\\]|,|:|\"start\"|\"8:00\"|1| |null){0,9}\\]",
        ) {
            let theirs = serde_json::from_str::<Vec<serde_json::Value>>(&text);
            prop_assert_eq!(words(&text).map(|words| words.len()), theirs.ok().map(|list| list.len()));
        }

        #[test]
        fn a_list_is_read_alike_after_others(
            lists in proptest::collection::vec("\\[\\{(\"start\":\"8:00\",|\"to\":9,|\"code\":\"a\",|\"x\":\\{\"start\":1\\},){0,4}\"id\":1\\}\\]", 1..6),
        ) {
            let alone = |list: String| std::thread::spawn(move || words(&list)).join().ok();
            for list in lists {
                prop_assert_eq!(Some(words(&list)), alone(list));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(list in proptest::collection::vec(any::<u8>(), 0..60)) {
            let list = [&b"["[..], &list].concat();
            let _ = activities(&list, &mut |row| drop(row.word(Field::Start).to_vec()));
        }
    }

    #[test]
    fn what_is_no_list_is_none() {
        for text in ["", "lunch", "[", "[lunch]", "[{}", "[{},]", "[{}] ]", "[1 2]", "{}", "[{}]x"]
        {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
