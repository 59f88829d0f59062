use super::driven::{Outcome, drive, json, opening, plain, rows};
use super::{FORMAT, Layout, open};
use crate::model::row::{Field, RowFault};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::Opening;
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

const PAYLOAD: &str = r#"{"agentId":"a-1","scheduleId":null,"startTime":"2023-10-27T08:00:00-04:00","endTime":"2023-10-27T16:00:00-04:00","type":"WORK","state":"PROPOSED"}"#;

/// Opens and reads a file.
fn read(file: &str) -> Outcome {
    let layout = open(&opening(file.as_bytes(), Role::Batch));
    let document = json(layout.unwrap_or_else(|problem| panic!("{file}: {problem:?}")));
    let at_once = drive(&document, file.as_bytes(), file.len());
    for step in [1, 2, 3, 7, 64] {
        let slowly = drive(&document, file.as_bytes(), step);
        assert_eq!(slowly.rows, at_once.rows, "{file} by {step}");
        assert_eq!((&slowly.parts, &slowly.notes), (&at_once.parts, &at_once.notes), "{file}");
        assert_eq!(slowly.fault, at_once.fault, "{file} by {step}");
    }
    if let Ok(parsed) = serde_json::from_str::<serde_json::Value>(file) {
        for row in &at_once.rows {
            let pointer = row.pointer.as_deref().unwrap_or("?");
            assert!(parsed.pointer(pointer).is_some(), "{file}: {pointer}");
        }
    }
    at_once
}

/// The pointer of each row's list and the row's agent.
fn agents(outcome: &Outcome) -> Vec<(&str, &str)> {
    let told = |row: &super::driven::Seen| row.fault;
    assert_eq!(outcome.rows.iter().find_map(told), None);
    let rows = outcome.rows.iter();
    rows.map(|row| (row.pointer.as_deref().unwrap_or("?"), row.word(Field::Agent))).collect()
}

fn message(file: &str, role: Role) -> String {
    open(&opening(file.as_bytes(), role)).map_or_else(|problem| problem.message, |_| String::new())
}

#[test]
fn a_payload_is_read_in_every_place() {
    for (file, pointer, list) in [
        (PAYLOAD.to_owned(), "", false),
        (format!("\n[ {PAYLOAD} ]\r\n"), "", true),
        (format!(r#"{{"data":{PAYLOAD}}}"#), "/data", false),
        (format!(r#"{{"x":1,"shifts":[{PAYLOAD}],"y":[]}}"#), "/shifts", true),
        (
            format!(r#"{{"result":{{"data":{{"Shifts":[{PAYLOAD}]}}}}}}"#),
            "/result/data/Shifts",
            true,
        ),
        (format!(r#"{{"a/b~c":[{PAYLOAD}]}}"#), "/a~1b~0c", true),
        (format!(r#"{{"data":{{"w\u00e9rk":[{PAYLOAD}]}}}}"#), "/data/wérk", true),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.fault, None, "{file}");
        assert_eq!(agents(&outcome), [(pointer, "a-1")], "{file}");
        assert_eq!(outcome.parts[0].list, list, "{file}");
        let row = &outcome.rows[0];
        assert_eq!(Some(row.offset), file.find(PAYLOAD), "{file}");
        assert_eq!(row.word(Field::Schedule), "");
        assert_eq!(row.word(Field::Status), "PROPOSED");
        assert_eq!(row.word(Field::Kind), "WORK");
        assert_eq!(row.word(Field::End), "2023-10-27T16:00:00-04:00");
    }
}

#[test]
fn several_lists_are_parts() {
    let file = r#"{"shifts":[{"agent":"x","start":"1"},{"agent":"y","start":"2"}],
        "meta":{"shifts":[{"agent":"no"}]}, "audit":[ {"by":"z"}], "numbers":[1],
        "data":{"agent":"w","start":"3"},
        "timeOffRequests":[],
        "value":{"leaves":[{"agent":"v","day":"4"}]}}"#;
    let outcome = read(file);
    let expected = [("/shifts", "x"), ("/shifts", "y"), ("/data", "w"), ("/value/leaves", "v")];
    assert_eq!(agents(&outcome), expected);
    assert_eq!(outcome.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [0, 0, 2, 4]);
    let kinds: Vec<_> = outcome.parts.iter().map(|part| (&*part.pointer, part.kind)).collect();
    let off = Some(Kind::TimeOff);
    let expected =
        [("/shifts", None), ("/data", None), ("/timeOffRequests", off), ("/value/leaves", off)];
    assert_eq!(kinds, expected);
    assert_eq!(
        outcome.notes,
        ["the list under `/audit` is passed over: nothing is looked for under that name"]
    );
}

#[test]
fn empty_lists_are_fine() {
    for file in ["[]", " [ \n] ", r#"{"shifts":[]}"#, r#"{"data":{"shifts":[],"events":[]},"x":1}"#]
    {
        let outcome = read(file);
        assert_eq!((outcome.rows.len(), outcome.fault), (0, None), "{file}");
    }
}

#[test]
fn elements_that_are_no_objects_are_rows() {
    let outcome = read(r#"[1, "x,]", null,[{}], {"agent":"x","start":"y"} , true, -1.5e3]"#);
    let faults: Vec<_> = outcome.rows.iter().map(|row| row.fault).collect();
    let bad = Some(RowFault::NotAnObject);
    assert_eq!(faults, [bad, bad, bad, bad, None, bad, bad]);
    assert_eq!(outcome.fault, None);
    assert_eq!(read("[1]").rows.len(), 1);
    assert_eq!(read(r#"{"values":["x"]}"#).rows.len(), 1);
}

#[test]
fn what_stands_before_a_break_is_read() {
    for (tail, rows, place, words) in [
        (",{bro", 2, 2, "breaks here: expected a key in quotes"),
        (",{\"x\":", 2, 6, "breaks off here: the file ends"),
        (",{\"x\":1 \"y\":2}]", 2, 8, "breaks here: expected `,` or `}`"),
        (",]", 2, 1, "breaks here: expected a value"),
        (",,{}]", 2, 1, "breaks here: expected a value"),
        (" {}]", 2, 1, "breaks here: expected `,` or `]`"),
        ("]]", 2, 1, "expected nothing after the end"),
        ("] x", 2, 2, "expected nothing after the end"),
        ("}", 2, 0, "expected `,` or `]`"),
        (",", 2, 1, "breaks off here"),
        ("", 2, 0, "breaks off here"),
        (",nul", 2, 4, "breaks off here"),
        (",nul]", 2, 4, "breaks here"),
        (",\"x", 2, 3, "breaks off here"),
        (",{\"x\":[1}]", 2, 8, "expected `,` or `]`"),
        (",{}\0]", 3, 3, "expected `,` or `]`"),
        (",{\"x\":\"\n\"}]", 2, 7, "control character"),
    ] {
        let head = r#"[{"agent":"x","start":"y"},{"agent":"x","start":"z"}"#;
        let outcome = read(&format!("{head}{tail}"));
        assert_eq!(outcome.rows.len(), rows, "{tail}");
        let fault = outcome.fault.unwrap_or_else(|| panic!("{tail} is no JSON"));
        assert_eq!(fault.offset, head.len() + place, "{tail}: {}", fault.message);
        assert!(fault.message.contains(words), "{tail}: {}", fault.message);
    }
}

#[test]
fn broken_documents_are_located() {
    for (file, at) in [
        ("xyz", 0),
        ("{bro", 1),
        (r#"{"shifts" []}"#, 10),
        (r#"{"shifts":[],}"#, 13),
        (r#"{"shifts":[] "x":1}"#, 13),
        (r#"{"shifts":[]"#, 12),
        (r#"{"shifts":[],"x":bogus}"#, 17),
        (r#"{"shifts":[],"x":"y"#, 19),
        (r#"{"agentId":"x","start":"y",}"#, 27),
        (r#"{"agentId":"x","start":"y"}{}"#, 27),
    ] {
        let outcome = read(file);
        assert_eq!(outcome.fault.map(|fault| fault.offset), Some(at), "{file}");
    }
}

#[test]
fn nesting_without_end_is_located() {
    for (opening, at) in [("[", 129), (r#"{"x":"#, 1 + 128 * 5)] {
        let file = format!("[{}", opening.repeat(10_000));
        let fault = drive(&json(plain()), file.as_bytes(), 4096).fault;
        assert_eq!(fault.map(|fault| fault.offset), Some(at));
    }
    let file = format!("{}1{}", r#"{"data":"#.repeat(10_000), "}".repeat(10_000));
    let outcome = drive(&json(plain()), file.as_bytes(), 4096);
    let fault = outcome.fault.map(|fault| fault.message);
    assert_eq!(fault.as_deref(), Some("no list of records in this JSON"));
}

#[test]
fn other_shapes_are_explained() {
    for (file, expected) in [
        ("42", "this JSON document is a number, and holds no list of records"),
        ("\"x\"", "this JSON document is a string, and holds no list of records"),
        (" null", "this JSON document is null, and holds no list of records"),
        ("{}", "no list of records in this JSON: found no keys"),
        (r#"{"x":[1],"y":{"z":1}}"#, "no list of records in this JSON: found the keys `x`, `y`"),
        (r#"{"x":[{}],"y":[{}]}"#, "no list of records in this JSON: found the keys `x`, `y`"),
        (r#"[{"x":1,"start":"y"}]"#, "no key for the agent: found the keys `x`, `start`"),
        (r#"[{"user":{"id":1},"x":[]}]"#, "no key for the start: found the keys `user.id`, `x`"),
        (r#"[{}]"#, "no key for the agent: found no keys"),
        (
            r#"{"agentSchedules":[{"user":{"id":"x"},"shifts":[]}]}"#,
            "no key for the start: found the keys `user.id`, `shifts`",
        ),
        (r#"[1,{"agent":null,"date":null}]"#, ""),
    ] {
        assert_eq!(message(file, Role::Batch), expected, "{file}");
    }
    assert_eq!(message(r#"[{"id":"x","name":"y"}]"#, Role::Agents), "");
    assert_eq!(message(r#"{"entities":[{"id":"x"}]}"#, Role::Agents), "");
    assert_ne!(message(r#"[{"id":"x","start":"y"}]"#, Role::Batch), "");
}

#[test]
fn one_list_with_agents_and_starts_is_enough() {
    let nameless = r#"{"id":"x","name":"y"},"#.repeat(200);
    let file = format!(r#"{{"items":[{nameless}1],"shifts":[{PAYLOAD}]}}"#);
    let layout = open(&opening(file.as_bytes(), Role::Batch)).unwrap_or_default();
    assert_eq!(layout.notes, ["the records under `/items` have no key for the agent"]);
    let split = r#"{"items":[{"agent":"x"}],"shifts":[{"who":"x","start":"y"}]}"#;
    let expected = "no key for the agent: found the keys `agent`, `who`, `start`";
    assert_eq!(message(split, Role::Batch), expected);
}

#[test]
fn a_named_key_makes_a_record() {
    let file = br#"{"owner":"x","when":"y"}"#;
    let columns = [(Field::Agent, "owner".to_owned()), (Field::Start, "when".to_owned())];
    let opening = Opening { columns: &columns, ..opening(file, Role::Batch) };
    let Ok(layout) = open(&opening) else { panic!("it is a record") };
    let outcome = drive(&json(layout.clone()), file, 5);
    assert_eq!(agents(&outcome), [("", "x")]);
}

#[test]
fn a_head_that_is_not_the_whole_file_is_enough() {
    let record = r#"{"agent":"x","start":"y"}"#;
    for beginning in [r#"{"meta":{"x":["#, r#"{"shifts":[{"ag"#, r#"[{"agent":"#, r#"{"odd":[{"x"#]
    {
        let opening = Opening { whole: false, ..opening(beginning.as_bytes(), Role::Batch) };
        assert!(open(&opening).is_ok(), "{beginning}");
    }
    let file = format!(r#"{{"odd":[{record},{record}"#);
    let opening = Opening { whole: false, ..opening(file.as_bytes(), Role::Batch) };
    let layout = open(&opening).unwrap_or_default();
    assert_eq!(layout.list.as_deref(), Some("/odd"));
    let file = format!("{file}]}}");
    assert_eq!(drive(&json(layout.clone()), file.as_bytes(), 9).rows.len(), 2);
}

#[test]
fn what_is_passed_over_is_not_kept() {
    let many = format!("[{}1]", "{\"x\":\"]\\\"\"},".repeat(40_000));
    let file =
        format!(r#"{{"audit":{many},{}"shifts":[{PAYLOAD}],"rest":{many}}}"#, " ".repeat(300_000));
    let outcome = drive(&json(plain()), file.as_bytes(), 10_000);
    assert_eq!(outcome.fault, None);
    assert_eq!(agents(&outcome), [("/shifts", "a-1")]);
    assert!(outcome.kept < 700_000, "{} bytes kept", outcome.kept);
}

#[test]
fn a_record_can_be_long_but_not_too_long() {
    let long = |length: usize| {
        format!(r#"[{{"agent":"x"}},{{"agent":"y","x":"{}"}}]"#, "z".repeat(length))
    };
    let longest = Limits::default().record;
    let fits = long(longest - 20);
    assert_eq!(drive(&json(plain()), fits.as_bytes(), 1 << 20).rows.len(), 2);
    for step in [1 << 20, 64 << 20] {
        let outcome = drive(&json(plain()), long(longest - 19).as_bytes(), step);
        assert_eq!(outcome.rows.len(), 1);
        let fault = outcome.fault.map(|fault| (fault.offset, fault.message));
        assert_eq!(fault, Some((15, "record longer than 16 MiB".to_owned())));
    }
    let open = format!(r#"[{{"agent":"x}},{{"agent":"y"}}{}"#, " ".repeat(longest));
    let fault = drive(&json(plain()), open.as_bytes(), 1 << 20).fault;
    assert_eq!(fault.map(|fault| fault.offset), Some(16), "where the missing quote shows");
}

#[test]
fn any_run_of_elements_can_be_read_again() {
    for (slice, count, fault) in [
        ("", 0, None),
        (" ", 0, None),
        ("{},{}", 2, None),
        (" , {},\n{},", 2, None),
        ("{}\n,\n{}", 2, None),
        ("{},,{}", 1, Some(3)),
        ("{} {}", 1, Some(3)),
        ("{},{\"x\"}", 1, Some(7)),
    ] {
        let (rows, found) = rows(&json(plain()), slice.as_bytes());
        assert_eq!((rows.len(), found.map(|fault| fault.offset)), (count, fault), "{slice}");
    }
    let (rows, _) = rows(&json(plain()), b"{},\n\n{\n},{}");
    let places: Vec<_> = rows.iter().map(|row| (row.offset, row.line)).collect();
    assert_eq!(places, [(0, 0), (5, 2), (9, 3)]);
}

#[test]
fn documents_are_told_by_their_first_byte() {
    for (head, expected) in
        [("{", true), (" \n[", true), ("agent,start", false), ("\"x\"", false), ("", false)]
    {
        assert_eq!((FORMAT.sniff)(head.as_bytes()), expected, "{head}");
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["1", "null", "\"]}\"", "\"\\\"\\\\\"", "-2.5", "\"\"", "\"é\""])
            .prop_map(str::to_owned),
        "[a-z]{0,80}".prop_map(|text| format!("\"{text}\"")),
    ];
    let key = prop::sample::select(vec![
        "shifts", "data", "timeOff", "odd", "agent", "start", "x", "id", "\\u0078", "result",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let pair =
            (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\": {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..6)
                .prop_map(|values| format!("[{}]", values.join(",\n"))),
            prop::collection::vec(pair, 0..6).prop_map(|pairs| format!("{{{}}}", pairs.join(" ,"))),
        ]
    })
}

proptest! {
    #[test]
    fn where_the_bytes_at_hand_end_does_not_matter(
        document in value(),
        list in any::<bool>(),
        step in 1usize..200,
        change in prop::option::of((any::<prop::sample::Index>(), prop::sample::select(b"\"{}[],:\\ x1".to_vec()))),
    ) {
        let mut document = document.into_bytes();
        if let Some((place, byte)) = change {
            let place = place.index(document.len());
            document[place] = byte;
        }
        let layout = Layout { list: list.then(|| "/odd".to_owned()), ..plain() };
        let whole = drive(&json(layout.clone()), &document, document.len());
        let slowly = drive(&json(layout.clone()), &document, step);
        prop_assert_eq!(&slowly.rows, &whole.rows);
        prop_assert_eq!(&slowly.parts, &whole.parts);
        prop_assert_eq!(&slowly.fault, &whole.fault);
        if let Ok(parsed) = serde_json::from_slice::<serde_json::Value>(&document) {
            let bare = !(parsed.is_object() || parsed.is_array());
            let shape = |message: &str| bare || message.contains("no list");
            prop_assert!(whole.fault.as_ref().is_none_or(|fault| shape(&fault.message)));
        }
    }

    #[test]
    fn a_list_of_records_is_read_whole(records in prop::collection::vec(value(), 0..12), step in 1usize..300) {
        let document = format!("[{}]", records.join(" ,\n"));
        let outcome = drive(&json(plain()), document.as_bytes(), step);
        prop_assert_eq!(outcome.fault, None);
        prop_assert_eq!(outcome.rows.len(), records.len());
        let mut place = 1;
        for (row, record) in outcome.rows.iter().zip(&records) {
            prop_assert_eq!(row.offset, place);
            prop_assert_eq!(row.line, document[..place].matches('\n').count());
            place += record.len() + 3;
        }
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..200), step in 1usize..50) {
        let _ = open(&opening(&bytes, Role::Batch));
        drive(&json(plain()), &bytes, step);
    }
}
