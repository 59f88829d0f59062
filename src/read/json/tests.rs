use super::driven::{DrivenFile, drive, json, plain, rows};
use super::{FORMAT, Layout, open};
use crate::model::observation::Noticed;
use crate::model::row::{Field, RowFault};
use crate::model::settings::Limits;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::Opening;
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use std::collections::BTreeMap;

const PAYLOAD: &str = r#"{"agentId":"a-1","scheduleId":null,"startTime":"2023-10-27T08:00:00-04:00","endTime":"2023-10-27T16:00:00-04:00","type":"WORK","state":"PROPOSED"}"#;

/// Reads a file, in portions of several sizes.
fn read(file: &str) -> DrivenFile {
    read_with(plain(), file)
}

fn read_with(layout: Layout, file: &str) -> DrivenFile {
    let at_once = drive(&json(layout.clone()), file.as_bytes(), file.len());
    for step in [1, 2, 3, 7, 64] {
        let slowly = drive(&json(layout.clone()), file.as_bytes(), step);
        assert_eq!(slowly.rows, at_once.rows, "{file} by {step}");
        assert_eq!(slowly.noticed, at_once.noticed, "{file} by {step}");
        assert_eq!(slowly.fault, at_once.fault, "{file} by {step}");
    }
    if let Ok(parsed) = serde_json::from_str::<serde_json::Value>(file) {
        for row in &at_once.rows {
            assert!(parsed.pointer(&row.pointer).is_some(), "{file}: {}", row.pointer);
        }
    }
    at_once
}

/// How often each thing was noticed.
fn counts(file: &DrivenFile) -> BTreeMap<(Noticed, String, String), u64> {
    file.noticed.iter().map(|(what, (count, _))| (what.clone(), *count)).collect()
}

proptest! {
    /// Answers about objects that repeat are remembered from record to record.
    #[test]
    fn records_are_read_alike_after_others(
        places in prop::collection::vec((0usize..6, 0usize..3, 0usize..7), 1..8),
    ) {
        const WITHIN: [&str; 7] = [
            r#"{"id":"x","weekDate":"2026-03-02"}"#,
            r#"{"id":"y","weekDate":"2026-03-02"}"#,
            r#"{"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#,
            r#"{"start":"2026-03-05T08:00Z","end":"2026-03-05T16:00Z"}"#,
            r#"[{"a":"08:00","b":"16:00"}]"#,
            r#"[{"agent":"bob","date":"2026-03-02"}]"#,
            "[]",
        ];
        let record = |(own, key, within): (usize, usize, usize)| {
            let own = [
                r#""agent":"ann","startDate":"2026-03-02T08:00Z","lengthMinutes":480"#,
                r#""agent":"ann","date":"2026-03-02""#,
                r#""agent":"ann","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z""#,
                r#""agent":"ann""#,
                r#""startDate":"2026-03-02""#,
                r#""x":1"#,
            ][own];
            let key = ["schedule", "events", "deleted"][key];
            format!(r#"{{{own},"{key}":{}}}"#, WITHIN[within])
        };
        let records: Vec<String> = places.into_iter().map(record).collect();
        let drive = |list: &str| drive(&json(plain()), list.as_bytes(), list.len());
        let together = drive(&format!("[{}]", records.join(",")));
        let (mut rows, mut noticed) = (Vec::new(), BTreeMap::new());
        for record in &records {
            let alone = drive(&format!("[{record}]"));
            counts(&alone).into_iter().for_each(|(what, count)| *noticed.entry(what).or_default() += count);
            rows.extend(alone.rows.into_iter().map(|row| row.words));
        }
        prop_assert_eq!(counts(&together), noticed);
        prop_assert_eq!(together.rows.into_iter().map(|row| row.words).collect::<Vec<_>>(), rows);
    }
}

/// The pointer and the agent of each row.
fn agents(outcome: &DrivenFile) -> Vec<(&str, &str)> {
    assert_eq!(outcome.rows.iter().find_map(|row| row.fault), None);
    outcome.rows.iter().map(|row| (&*row.pointer, row.word(Field::Agent))).collect()
}

#[test]
fn a_payload_is_read_in_every_place() {
    for (file, pointer) in [
        (PAYLOAD.to_owned(), ""),
        (format!("\n[ {PAYLOAD} ]\r\n"), "/0"),
        (format!(r#"{{"data":{PAYLOAD}}}"#), "/data"),
        (format!(r#"{{"x":1,"shifts":[{PAYLOAD}],"y":[]}}"#), "/shifts/0"),
        (format!(r#"{{"result":{{"data":{{"Shifts":[{PAYLOAD}]}}}}}}"#), "/result/data/Shifts/0"),
        (format!(r#"{{"a/b~c":[{PAYLOAD}]}}"#), "/a~1b~0c/0"),
        (format!(r#"{{"data":{{"w\u00e9rk":[{PAYLOAD}]}}}}"#), "/data/wérk/0"),
        (format!(r#"[[null,[{PAYLOAD}]]]"#), "/0/1/0"),
        (format!(r#"[{{"x":[{{"y":{{"z":[{PAYLOAD}]}}}}]}}]"#), "/0/x/0/y/z/0"),
        (format!(r#"{{"more":{{"shifts":[{PAYLOAD}]}}}}"#), "/more/shifts/0"),
        (format!(r#"{{"byUser":{{"u":{{"week":[{PAYLOAD}]}}}}}}"#), "/byUser/u/week/0"),
        (format!(r#"[null, {PAYLOAD}]"#), "/1"),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.fault, None, "{file}");
        assert_eq!(agents(&outcome), [(pointer, "a-1")], "{file}");
        let row = &outcome.rows[0];
        assert_eq!(Some(row.offset), file.find(PAYLOAD), "{file}");
        assert_eq!(row.word(Field::Schedule), "");
        assert_eq!(row.word(Field::Status), "PROPOSED");
        assert_eq!(row.word(Field::Kind), "WORK");
        assert_eq!(row.word(Field::End), "2023-10-27T16:00:00-04:00");
        assert_eq!(outcome.places().iter().find(|(noticed, _)| *noticed == Noticed::Unread), None);
    }
}

#[test]
fn several_lists_are_read() {
    let file = r#"{"shifts":[{"agent":"x","start":"1"},{"agent":"y","start":"2"}],
        "audit":[ {"by":"z"}], "numbers":[1],
        "data":{"agent":"w","start":"3"},
        "timeOffRequests":[],
        "value":{"leaves":[{"agent":"v","day":"4"}]}}"#;
    let outcome = read(file);
    let expected =
        [("/shifts/0", "x"), ("/shifts/1", "y"), ("/data", "w"), ("/value/leaves/0", "v")];
    assert_eq!(agents(&outcome), expected);
    assert_eq!(outcome.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [0, 0, 2, 4]);
    let kinds: Vec<_> = outcome.rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [None, None, None, Some(Kind::TimeOff)]);
    assert_eq!(outcome.places(), [(Noticed::Stray, "/numbers/*"), (Noticed::Ignored, "/audit")]);
}

#[test]
fn what_stands_around_records_is_theirs() {
    for file in [
        r#"{"users":[{"id":"ann","shifts":[{"start":"8:00","end":"9:00"}]}]}"#,
        r#"{"users":[{"shifts":[{"start":"8:00","end":"9:00"}],"id":"ann"}]}"#,
        r#"{"users":{"ann":[{"start":"8:00","end":"9:00"}]}}"#,
        r#"{"userSchedules":{"ann":{"shifts":[{"start":"8:00","end":"9:00"}]}}}"#,
        r#"{"user":{"id":"ann"},"shifts":[{"start":"8:00","end":"9:00"}]}"#,
        r#"[{"employee":{"id":"ann","name":"x"},"days":[{"shift":{"start":"8:00","end":"9:00"}}]}]"#,
        r#"[{"agentId":"ann","week":{"shifts":[{"start":"8:00","end":"9:00"}]}}]"#,
        r#"{"agent":"ann","monday":{"date":"2026-03-02","start":"8:00","end":"9:00"}}"#,
        r#"{"users":{"count":1,"generated":"2026-03-02","ann":[{"start":"8:00","end":"9:00"}]}}"#,
    ] {
        let outcome = read(file);
        let row = outcome.rows.first().unwrap_or_else(|| panic!("{file}: {outcome:?}"));
        assert_eq!((row.word(Field::Agent), row.word(Field::Start)), ("ann", "8:00"), "{file}");
        assert_eq!((outcome.rows.len(), row.fault), (1, None), "{file}");
    }
    let zoned = r#"{"zone":"Europe/Oslo","version":3,"schedules":[{"id":"w","shifts":[
        {"agent":"x","start":"8:00"},{"agent":"y","start":"9:00","zone":"UTC","version":4}]}]}"#;
    let outcome = read(zoned);
    let words = |field| outcome.rows.iter().map(|row| row.word(field)).collect::<Vec<_>>();
    assert_eq!(words(Field::Zone), ["Europe/Oslo", "UTC"]);
    assert_eq!(words(Field::Version), ["3", "4"]);
    assert_eq!(words(Field::Schedule), ["w", "w"]);
}

#[test]
fn keys_beside_words_that_may_be_agents_are_none() {
    for file in [
        r#"{"byUser":{"locker":"ann","late":{"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}}}"#,
        r#"[{"byUser":{"locker":"ann","late":[{"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}]}}]"#,
        r#"{"users":{"time":[{"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}]}}"#,
    ] {
        let outcome = read(file);
        let of_nobody = outcome.rows.iter().all(|row| row.fault == Some(RowFault::Agentless));
        let told = !outcome.rows.is_empty() || !outcome.noticed.is_empty();
        assert!(of_nobody && told, "{file}: {outcome:?}");
    }
}

#[test]
fn a_date_is_handed_down_to_clock_times_only() {
    let file = r#"[{"date":"2026-03-02","shifts":[{"agent":"x","start":"08:00","end":"09:00"},
        {"agent":"x","start":"2026-03-04T08:00Z","end":"2026-03-04T09:00Z"}]}]"#;
    let outcome = read(file);
    let dates: Vec<_> = outcome.rows.iter().map(|row| row.word(Field::Date)).collect();
    assert_eq!(dates, ["2026-03-02", ""]);
}

#[test]
fn a_record_can_have_several_agents() {
    let file = r#"[{"agent":["a","b",null,{"id":"c"}],"start":"1"},{"agent":["d"],"start":"2"},
        {"agent":[],"start":"3"}]"#;
    let outcome = read(file);
    let told: Vec<_> =
        outcome.rows.iter().map(|row| (row.word(Field::Agent), row.continues)).collect();
    assert_eq!(told, [("a", false), ("b", true), ("c", true), ("d", false), ("", false)]);
    let offsets: Vec<_> = outcome.rows.iter().map(|row| row.offset).collect();
    assert!(offsets.is_sorted_by(|one, other| one < other), "{offsets:?}");
}

#[test]
fn what_looks_like_a_record_and_is_not_read_is_noticed() {
    let record = r#"{"agent":"x","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    let other = r#"{"a":"2026-03-02T18:00Z","b":"2026-03-02T20:00Z"}"#;
    let within = |inner: &str| format!("[{},{inner}}}]", record.trim_end_matches('}'));
    for (file, place) in [
        (format!(r#"{{"shifts":[{record}],"x":{other}}}"#), "/x"),
        (format!(r#"{{"shifts":[{record}],"x":[{other}]}}"#), "/x/*"),
        (format!(r#"{{"shifts":[{record}],"deleted":[{record}]}}"#), "/deleted/*"),
        (
            format!(r#"{{"shifts":[{record}],"x":[["x","2026-03-02 08:00","2026-03-02 09:00"]]}}"#),
            "/x/*",
        ),
        (format!(r#"{{"shifts":[{record}],"x":"[{}]"}}"#, other.replace('"', "\\\"")), "/x"),
        (within(&format!(r#""x":{other}"#)), "/*/x"),
        (within(&format!(r#""x":[{other}]"#)), "/*/x"),
        (within(&format!(r#""x":{{"y":[[{other}]]}}"#)), "/*/x/y"),
        (within(&format!(r#""x":{{"y":{{"z":{{"u":{{"v":{other}}}}}}}}}"#)), "/*/x/y/z/u"),
        (within(r#""activities":[{"agent":"y","start":"9:00","end":"10:00"}]"#), "/*/activities"),
        (
            format!(
                r#"[{record},{{"agent":"x","u":{{"agent":"y","v":[{{"start":"9:00","end":"10:00"}}]}}}}]"#
            ),
            "/*/u/v",
        ),
        (
            format!(
                r#"{{"shifts":[{record}],"byUser":[{{"u":{{"v":{{"agent":"y","w":[{{"start":"9:00","end":"10:00"}}]}},"size":3}}}}]}}"#
            ),
            "/byUser/*/u/v/w",
        ),
        (
            format!(
                r#"[{record},{{"agent":["x","x"],"start":["2026-03-02T08:00Z","2026-03-03T08:00Z"],"end":["2026-03-02T16:00Z","2026-03-03T16:00Z"]}}]"#
            ),
            "/*",
        ),
        (
            format!(
                r#"{{"shifts":[{record}],"t":{{"u":["2026-03-02T08:00Z"],"v":["2026-03-02T16:00Z"]}}}}"#
            ),
            "/t/u/*",
        ),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.rows.len(), 1, "{file}: {outcome:?}");
        let noticed = [Noticed::Unread, Noticed::Times].map(|noticed| (noticed, place));
        assert!(outcome.places().iter().any(|one| noticed.contains(one)), "{file}: {outcome:?}");
    }
}

#[test]
fn parts_bookkeeping_and_calendars_are_no_records() {
    let record = r#"{"agent":"x","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z""#;
    for file in [
        format!(
            r#"[{record},"activities":[{{"start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}}]}}]"#
        ),
        format!(
            r#"[{record},"breaks":[{{"from":"2026-03-02T12:00Z","to":"2026-03-02T12:30Z"}}]}}]"#
        ),
        format!(
            r#"[{record},"history":[{{"from":"2026-03-02T12:00Z","to":"2026-03-02T12:30Z"}}]}}]"#
        ),
        format!(r#"[{record},"comments":[{{"user":"y","date":"2026-03-02","text":"x"}}]}}]"#),
        format!(r#"[{record},"createdAt":"2026-03-02T08:00Z","updatedAt":"2026-03-02T09:00Z"}}]"#),
        format!(
            r#"[{record},"meta":{{"createdAt":"2026-03-02T08:00Z","updatedAt":"2026-03-02T09:00Z"}}}}]"#
        ),
        format!(r#"[{record},"tags":["x","2","3"]}}]"#),
        format!(
            r#"{{"shifts":[{record}}}],"punches":[{{"agent":"x","start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}}]}}"#
        ),
        format!(r#"{{"shifts":[{record}}}],"users":[{{"id":"x","name":"y"}}],"total":1}}"#),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.rows.len(), 1, "{file}");
        let doubted = [Noticed::Unread, Noticed::More, Noticed::MorePages, Noticed::Calendar];
        let doubt = outcome.places().into_iter().find(|(noticed, _)| doubted.contains(noticed));
        assert_eq!(doubt, None, "{file}");
    }
    let file = format!(
        r#"{{"shifts":[{record}}}],"holidays":[{{"start":"2026-12-25T00:00Z","end":"2026-12-26T00:00Z"}}]}}"#
    );
    assert_eq!(read(&file).places(), [(Noticed::Calendar, "/holidays/*")]);
}

#[test]
fn what_a_record_is_read_from_is_no_other_record() {
    let time = |hour| format!("2026-03-02T{hour}:00\\u002B01:00");
    let span = format!(r#""start":"{}","end":"{}""#, time("08"), time("16"));
    let record = format!(r#""user":{{"id":"x"}},{span}"#);
    for (file, rows) in [
        (format!(r#"[{{"node":{{"id":"1",{record},"added":"2026-03-01T08:00Z"}}}}]"#), 1),
        (format!(r#"[{{"Roster":{{"ref":"8800:1",{span},"user_id":"x"}},"Team":{{"id":"5"}}}}]"#), 1),
        (format!(r#"[{{"attributes":{{{span},"count":1}},"user":{{"id":"x"}}}}]"#), 1),
        (
            format!(
                r#"[{{"node":{{"x":"1",{record},"breaks":[{{"from":"2026-03-02T12:00+01:00","to":"2026-03-02T12:30+01:00"}}]}}}}]"#
            ),
            1,
        ),
        (format!(r#"{{"shifts":{{"a1":{{"id":"a1",{record}}},"a2":{{"id":"a2",{record}}}}}}}"#), 2),
        (
            format!(
                r#"[{{"draft_shift_details":{{{record}}}}},{{"draft_shift_details":{{{span}}}}}]"#
            ),
            2,
        ),
        (r#"[{"agent":"x","start":"2026-03-02","end":"2026-03-03","dates":{"2026-03-02":"1","2026-03-03":"1"}}]"#.to_owned(), 1),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.rows.len(), rows, "{file}: {outcome:?}");
        let doubted = [Noticed::Unread, Noticed::More];
        let doubt = outcome.places().into_iter().find(|(noticed, _)| doubted.contains(noticed));
        assert_eq!(doubt, None, "{file}");
    }
}

#[test]
fn what_stands_beside_the_words_of_a_record_may_be_another() {
    let record = r#""user":{"id":"x"},"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z""#;
    let other = r#""first":"2026-03-02T18:00Z","last":"2026-03-02T20:00Z""#;
    for (file, place) in [
        (format!(r#"[{{"node":{{{record},{other}}}}}]"#), "/*/node"),
        (format!(r#"[{{"node":{{"z":"1",{record},"x":[{{{other}}}]}}}}]"#), "/*/node/x"),
        (format!(r#"[{{"node":{{"z":"1",{record},"x":{{{other}}}}}}}]"#), "/*/node"),
        (format!(r#"[{{"node":{{"z":"1",{record}}},"x":{{{other}}}}}]"#), "/*/x"),
        (format!(r#"{{"shifts":{{"a1":{{{record}}},"a2":{{{other}}}}}}}"#), "/shifts/a2"),
        (
            r#"[{"agent":"x","start":"2026-03-02","end":"2026-03-03","dates":{"2026-03-02":"1","2026-03-05":"1"}}]"#.to_owned(),
            "dates",
        ),
    ] {
        let outcome = read(&file);
        assert_eq!(outcome.rows.len(), 1, "{file}: {outcome:?}");
        let noticed = [Noticed::Unread, Noticed::More].map(|noticed| (noticed, place));
        assert!(outcome.places().iter().any(|one| noticed.contains(one)), "{file}: {outcome:?}");
    }
}

#[test]
fn a_day_without_hours_is_what_an_unread_key_says() {
    for (rest, expected) in [
        (r#""absence":"Urlaub""#, "Urlaub"),
        (r#""start":null,"end":"","code":"PTO""#, "PTO"),
        (r#""x":{"reason":"Vacation"},"breaks":[]"#, "Vacation"),
        (r#""code":"PTO","start":"08:00","end":"16:00""#, ""),
        (r#""code":"PTO","type":"Early""#, "Early"),
        (r#""code":"Day off""#, ""),
        (r#""code":"F2""#, ""),
        (r#""approved":"Vacation","manager":"Vacation""#, ""),
    ] {
        let file = format!(r#"[{{"agent":"x","date":"2026-03-02",{rest}}}]"#);
        let outcome = read(&file);
        let kinds: Vec<_> = outcome.rows.iter().map(|row| row.word(Field::Kind)).collect();
        assert_eq!(kinds, [expected], "{file}");
    }
}

#[test]
fn a_pay_code_is_a_kind_and_no_pay() {
    let record = r#""agent":"x","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z""#;
    let code = r#""payCodeRef":{"id":8,"qualifier":"Vacation"}"#;
    let edits = read(&format!(r#"{{"payCodeEdits":[{{{record},{code}}}]}}"#));
    let kinds: Vec<_> = edits.rows.iter().map(|row| row.word(Field::Kind)).collect();
    assert_eq!(kinds, ["Vacation"]);
    let worked = read(&format!(r#"{{"payCodeEdits":[{{{record},"payCode":"Regular"}}]}}"#));
    assert_eq!(worked.rows[0].word(Field::Kind), "pay code");
    let shifts = read(&format!(r#"{{"shifts":[{{{record},{code}}}]}}"#));
    assert_eq!(shifts.rows.first().map(|row| row.word(Field::Kind)), Some(""));
    let periods = read(&format!(r#"{{"payPeriods":[{{{record}}}]}}"#));
    assert_eq!(
        (periods.rows.len(), periods.places()),
        (0, vec![(Noticed::Ignored, "/payPeriods")])
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
fn elements_that_are_no_records_are_noticed() {
    let outcome = read(r#"[1, "x,]", null,[{}], {"agent":"x","start":"y"} , true, {"x":1},{}]"#);
    assert_eq!(outcome.rows.len(), 1);
    let strays: Vec<_> = outcome.noticed.iter().collect();
    let told: Vec<_> = strays
        .iter()
        .map(|((noticed, place, detail), (count, _))| (*noticed, &**place, &**detail, *count))
        .collect();
    assert_eq!(
        told,
        [
            (Noticed::Stray, "/*", "a number", 2),
            (Noticed::Stray, "/*", "a text", 1),
            (Noticed::Stray, "/*", "x", 1),
            (Noticed::Empty, "/*", "", 2),
        ]
    );
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
        (",{}\0]", 2, 3, "expected `,` or `]`"),
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
    assert!(outcome.fault.is_some_and(|fault| fault.message.contains("nested deeper")));
}

#[test]
fn a_named_key_makes_a_record() {
    let file = br#"{"owner":"x","when":"y"}"#;
    let columns = [(Field::Agent, "owner".to_owned()), (Field::Start, "when".to_owned())];
    let opening = Opening { columns: &columns, ..Opening::of_whole(file, Role::Batch) };
    let Ok(document) = open(&opening) else { panic!("it is a record") };
    assert_eq!(agents(&drive(&document, file, 5)), [("", "x")]);
}

#[test]
fn what_is_passed_over_is_not_kept() {
    let many = format!("[{}1]", "{\"x\":\"]\\\"\"},".repeat(40_000));
    let file =
        format!(r#"{{"audit":{many},{}"shifts":[{PAYLOAD}],"rest":{many}}}"#, " ".repeat(300_000));
    let outcome = drive(&json(plain()), file.as_bytes(), 10_000);
    assert_eq!(outcome.fault, None);
    assert_eq!(agents(&outcome), [("/shifts/0", "a-1")]);
    assert!(outcome.kept < 700_000, "{} bytes kept", outcome.kept);
}

#[test]
fn a_record_can_be_long_but_not_too_long() {
    let long = |length: usize| {
        format!(
            r#"[{{"agent":"x","start":1}},{{"agent":"y","start":1,"x":"{}"}}]"#,
            "z".repeat(length)
        )
    };
    let longest = Limits::default().record;
    let fits = long(longest - 30);
    assert_eq!(drive(&json(plain()), fits.as_bytes(), 1 << 20).rows.len(), 2);
    for step in [1 << 20, 64 << 20] {
        let outcome = drive(&json(plain()), long(longest - 29).as_bytes(), step);
        assert_eq!(outcome.rows.len(), 1);
        let fault = outcome.fault.map(|fault| (fault.offset, fault.message));
        assert_eq!(fault, Some((25, "record longer than 16 MiB".to_owned())));
    }
    let open = format!(r#"[{{"agent":"x}},{{"agent":"y"}}{}"#, " ".repeat(longest));
    let fault = drive(&json(plain()), open.as_bytes(), 1 << 20).fault;
    assert_eq!(fault.map(|fault| fault.offset), Some(16), "where the missing quote shows");
}

#[test]
fn any_run_of_elements_can_be_read_again() {
    const RECORD: &str = r#"{"agent":1,"start":2}"#;
    for (slice, count, fault) in [
        ("", 0, None),
        (" ", 0, None),
        ("R,R", 2, None),
        (" , R,\nR,", 2, None),
        ("R\n,\nR", 2, None),
        ("R,,R", 1, Some("R,")),
        ("R R", 1, Some("R ")),
        ("R,{\"x\"}", 1, Some("R,{\"x\"")),
    ] {
        let whole = slice.replace('R', RECORD);
        let (rows, found) = rows(&json(plain()), whole.as_bytes());
        let fault = fault.map(|before| before.replace('R', RECORD).len());
        assert_eq!((rows.len(), found.map(|fault| fault.offset)), (count, fault), "{slice}");
    }
    let slice = "R,\n\nR\n,R".replace('R', RECORD);
    let (rows, _) = rows(&json(plain()), slice.as_bytes());
    let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [0, 2, 3]);
    assert!(rows.iter().all(|row| slice[row.offset..].starts_with(RECORD)));
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
        step in 1usize..200,
        change in prop::option::of((any::<prop::sample::Index>(), prop::sample::select(b"\"{}[],:\\ x1".to_vec()))),
    ) {
        let mut document = document.into_bytes();
        if let Some((place, byte)) = change {
            let place = place.index(document.len());
            document[place] = byte;
        }
        let whole = drive(&json(plain()), &document, document.len());
        let slowly = drive(&json(plain()), &document, step);
        prop_assert_eq!(&slowly.rows, &whole.rows);
        prop_assert_eq!(&slowly.noticed, &whole.noticed);
        prop_assert_eq!(&slowly.fault, &whole.fault);
        if let Ok(parsed) = serde_json::from_slice::<serde_json::Value>(&document) {
            let bare = !(parsed.is_object() || parsed.is_array());
            prop_assert!(bare || whole.fault.is_none(), "{:?}", whole.fault);
        }
    }

    #[test]
    fn records_of_a_list_keep_their_places(
        records in prop::collection::vec((value(), any::<bool>()), 0..12),
        step in 1usize..300,
    ) {
        let texts: Vec<String> = records
            .iter()
            .map(|(value, plain)| if *plain { PAYLOAD.to_owned() } else { value.clone() })
            .collect();
        let document = format!("[{}]", texts.join(" ,\n"));
        let outcome = drive(&json(plain()), document.as_bytes(), step);
        prop_assert_eq!(outcome.fault, None);
        let mut place = 1;
        for (number, (text, (_, plain))) in texts.iter().zip(&records).enumerate() {
            let row = outcome.rows.iter().find(|row| row.offset == place);
            if *plain {
                let row = row.expect("every payload is a row");
                prop_assert_eq!(&row.pointer, &format!("/{number}"));
                prop_assert_eq!(row.line, document[..place].matches('\n').count());
            }
            place += text.len() + 3;
        }
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..200), step in 1usize..50) {
        let _ = open(&Opening::of_whole(&bytes, Role::Batch));
        drive(&json(plain()), &bytes, step);
    }
}
