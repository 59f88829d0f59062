//! JSON and NDJSON as input.

use crate::program::{Folder, Outcome, shifts};
use serde_json::{Value, json};
use std::fmt::Write;

const PAYLOAD: &str = r#"{"agentId":"7f3c91d2","scheduleId":null,"startTime":"2023-10-27T08:00:00-04:00","endTime":"2023-10-27T16:00:00-04:00","type":"WORK","state":"PROPOSED"}"#;

/// The same agent's next shift, half an hour too early.
fn later() -> String {
    PAYLOAD.replace("T08:00:00", "T15:30:00").replace("27T16:00:00", "27T20:00:00")
}

/// A record from these hours on the second of March, in UTC.
fn record(agent: &str, from: u8, to: u8) -> String {
    format!(
        r#"{{"agent":{agent},"start":"2026-03-02T{from:02}:00Z","end":"2026-03-02T{to:02}:00Z"}}"#
    )
}

fn check(name: &str, text: impl AsRef<[u8]>) -> Outcome {
    Folder::new().with(name, text).run(&["check", name])
}

/// The report in JSON.
fn report(name: &str, text: impl AsRef<[u8]>, code: i32) -> Value {
    Folder::new().with(name, text).run(&["check", name, "--format", "json"]).exits(code).report()
}

/// Line and pointer of each record of the findings of a rule.
fn places(report: &Value, rule: &str) -> Vec<(u64, Option<String>)> {
    let findings = report["findings"].as_array().expect("findings");
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
    let records = of_rule.flat_map(|finding| finding["records"].as_array().expect("records"));
    let place = |record: &Value| {
        let pointer = record["pointer"].as_str().map(str::to_owned);
        (record["line"].as_u64().expect("a line"), pointer)
    };
    records.map(place).collect()
}

fn at(line: u64, pointer: &str) -> (u64, Option<String>) {
    (line, Some(pointer.to_owned()))
}

fn rules(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().filter_map(|finding| finding["rule"].as_str()).collect()
}

#[test]
fn a_payload_is_read_in_every_shape() {
    let later = later();
    for (name, text, expected) in [
        ("batch.json", format!("[\n{PAYLOAD},\n{later}\n]"), vec![at(2, "/0"), at(3, "/1")]),
        (
            "batch.json",
            format!("{{\"assignments\":[{PAYLOAD},\n  {later}], \"next\": null}}"),
            vec![at(1, "/assignments/0"), at(2, "/assignments/1")],
        ),
        (
            "batch.json",
            format!("{{\"result\":{{\"Shifts\":[\n\n{PAYLOAD}\n,{later}]}}}}"),
            vec![at(3, "/result/Shifts/0"), at(4, "/result/Shifts/1")],
        ),
        ("batch.ndjson", format!("{PAYLOAD}\n{later}\n"), vec![(1, None), (2, None)]),
        ("batch.txt", format!("{PAYLOAD}\n\n {later}"), vec![(1, None), (3, None)]),
    ] {
        let report = report(name, &text, 1);
        assert_eq!(places(&report, "OV101"), expected, "{text}");
        let finding = &report["findings"][0];
        assert_eq!(finding["agent"], "7f3c91d2", "{text}");
        assert_eq!(finding["minutes"], 30, "{text}");
        assert_eq!(finding["records"][0]["start"], "2023-10-27T08:00:00-04:00");
        assert_eq!(finding["records"][0]["schedule"], Value::Null);
        assert_eq!(finding["records"][0]["status"], "PROPOSED");
        assert_eq!(report["summary"]["records"], 2);
    }
}

#[test]
fn a_bare_payload_is_a_batch_of_one() {
    for text in [PAYLOAD.to_owned(), format!(" \n{PAYLOAD}\n\n"), format!("{{\"data\":{PAYLOAD}}}")]
    {
        let report = report("batch.json", &text, 0);
        assert_eq!(report["inputs"][0]["format"], "json", "{text}");
        assert_eq!(report["summary"]["records"], 1, "{text}");
    }
    let folder = Folder::new().with("batch.json", PAYLOAD).with("live.json", later());
    let args = ["check", "batch.json", "--published", "live.json", "--format", "json"];
    let report = folder.run(&args).exits(1).report();
    assert_eq!(places(&report, "OV104"), [at(1, ""), at(1, "")]);
}

#[test]
fn lists_under_several_keys_are_one_file() {
    let off = r#"{"agentId":"7f3c91d2","startTime":"2023-10-27T15:00:00-04:00","endTime":"2023-10-27T18:00:00-04:00","status":"APPROVED"}"#;
    let text = format!("{{\"shifts\":[{PAYLOAD}],\n\"timeOffRequests\":[\n{off}]}}");
    let report = report("batch.json", &text, 1);
    assert_eq!(rules(&report), ["OV201"]);
    assert_eq!(places(&report, "OV201"), [at(1, "/shifts/0"), at(3, "/timeOffRequests/0")]);
    assert_eq!(report["findings"][0]["records"][1]["kind"], "time-off");
    assert_eq!(report["findings"][0]["minutes"], 60);
}

#[test]
fn records_are_read_under_any_name_and_at_any_depth() {
    let (known, other) = (record("\"a\"", 8, 12), record("\"a\"", 11, 13));
    let filler = " ".repeat(700 << 10);
    for (text, line, pointer) in [
        (format!("{{\"shifts\":[{known}],\n\"extra\":[{other}]}}"), 2, "/extra/0"),
        (format!("{{\"extra\":[{other}],\n\"shifts\":[{known}]}}"), 1, "/extra/0"),
        (
            format!("{{\"shifts\":[{known}],{filler}\n\n\"extra\":[{filler}{other}]}}"),
            3,
            "/extra/0",
        ),
        (format!("{{\"shifts\":[{known}],\n\"a\":{{\"b\":[null,[{other}]]}}}}"), 2, "/a/b/1/0"),
    ] {
        let report = report("batch.json", &text, 1);
        let records = report["findings"][0]["records"].as_array().expect("two records");
        let places: Vec<_> =
            records.iter().map(|record| (&record["line"], &record["pointer"])).collect();
        assert!(places.contains(&(&json!(line), &json!(pointer))), "{places:?}");
        assert!(report["inputs"][0]["records"].as_u64() >= Some(2));
    }
    let audit = r#"{"agent":"a","at":"2026-03-02T08:00Z"}"#;
    check("batch.json", format!("{{\"shifts\":[{known}],\"audit\":[{audit}]}}")).exits(0);
}

#[test]
fn what_stands_before_a_break_is_checked() {
    let later = later();
    for (name, text, place) in [
        (
            "batch.json",
            format!("[{PAYLOAD},\n{later},\n  {{\"agentId\": oops}}]"),
            "batch.json:3:15",
        ),
        ("batch.json", format!("{{\"shifts\":[\n{PAYLOAD},\n{later},\n{{\"a"), "batch.json:4:4"),
        ("batch.json", format!("[{PAYLOAD},{later}\n"), "batch.json:2:1"),
        (
            "batch.ndjson",
            format!("{PAYLOAD}\n{later}\n{{\"x\":}}\n{PAYLOAD}\n"),
            "batch.ndjson:3:6",
        ),
        ("batch.ndjson", format!("{PAYLOAD}\n{later}\n{{\"x\":1"), "batch.ndjson:3:7"),
    ] {
        let outcome = check(name, &text).exits(3);
        outcome.says(&[place, "error[OV101]", "no all-clear can be given"]);
    }
}

#[test]
fn columns_of_a_break_count_letters() {
    let text = format!("[{PAYLOAD},\n{{\"name\":\"山田\u{1f642}\" oops}}]");
    check("batch.json", text).exits(3).says(&["batch.json:2:15"]);
}

#[test]
fn another_shape_names_its_keys() {
    let nested = "{\"meta\":{\"page\":1},\"crew\":[1],\"x\\u001by\":[{\"locker\":1}],\"z\":[2]}";
    let outcome = check("batch.json", nested).exits(3);
    let outcome = outcome.says(&["no key for the agent", "`locker`", "--map agent=KEY"]);
    assert!(!outcome.out.contains('\u{1b}'), "{}", outcome.told());
    check("batch.json", r#"[{"locker":"anna","startTime":"2026-03-02T08:00Z"}]"#).exits(3).says(&[
        "no key for the agent",
        "`locker`, `startTime`",
        "--map agent=KEY",
    ]);
    check("batch.ndjson", "{\"agent\":\"anna\"}\n{\"agent\":\"ben\"}\n").exits(3).says(&[
        "no key for the start",
        "`agent`",
        "--map start=KEY",
    ]);
}

#[test]
fn documents_without_records_are_no_all_clear() {
    for (text, code) in [
        ("[]", 4),
        (" [ \n ] ", 4),
        (r#"{"shifts":[]}"#, 4),
        ("{}", 3),
        ("42", 3),
        ("\"x\"", 3),
        ("null", 3),
        ("true", 3),
        ("[42]", 3),
        ("[null, \"x\"]", 3),
        ("[[]]", 3),
        ("{", 3),
        ("[", 3),
        ("[{}]", 3),
    ] {
        for args in
            [&["check", "batch.json"][..], &["check", "batch.json", "--input-format", "json"]]
        {
            let outcome = Folder::new().with("batch.json", text).run(args);
            assert_eq!(outcome.code, Some(code), "{text} {args:?}: {}", outcome.told());
            assert!(outcome.out.contains("batch.json"), "{text}: {}", outcome.told());
        }
    }
}

#[test]
fn nesting_without_end_is_an_error_with_a_place() {
    let (many, first) = (10_000, record("\"anna\"", 8, 9));
    for (text, place) in [
        (format!("[{first},\n{}", "[".repeat(many)), "batch.json:2:"),
        (
            format!("[{first},\n{{\"x\":{}1{}}}]", "[".repeat(many), "]".repeat(many)),
            "batch.json:2:",
        ),
        (format!("[{first},\n{}1{}]", "{\"x\":".repeat(many), "}".repeat(many)), "batch.json:2:"),
        (format!("{}1{}", "{\"data\":".repeat(many), "}".repeat(many)), "batch.json"),
        ("[".repeat(many), "batch.json"),
    ] {
        let outcome = check("batch.json", &text).exits(3).says(&[place, "no all-clear"]);
        let outcome = outcome.says(&["nested deeper", "--max-depth allows more levels"]);
        assert!(outcome.out.len() < 2000, "{} bytes are told", outcome.out.len());
        assert_eq!(outcome.err, "", "{place}");
    }
    let text = format!("{first}\n{}1{}\n", "{\"x\":".repeat(many), "}".repeat(many));
    check("batch.ndjson", text).exits(3).says(&["batch.ndjson:2:", "no all-clear"]);
}

#[test]
fn a_string_of_twenty_megabytes_is_too_long_a_record() {
    let note = "x".repeat(20 << 20);
    let long = format!(r#"{{"note":"{note}","agent":"ben","start":"1","end":"2"}}"#);
    let first = record("\"anna\"", 8, 9);
    for (name, text) in [
        ("batch.json", format!("[{first},\n{long}\n,{first}]")),
        ("batch.ndjson", format!("{first}\n{long}\n{first}\n")),
    ] {
        let outcome = check(name, text).exits(3);
        assert!(outcome.out.len() < 2000, "{} bytes are told", outcome.out.len());
        outcome.says(&[&format!("{name}:2"), "longer than 16 MiB", "no all-clear"]);
    }
}

/// Three megabytes: the last record clashes with its neighbour and the first.
#[test]
fn places_are_right_far_into_a_document() {
    const RECORDS: u64 = 20_000;
    const LAST: u64 = RECORDS - 1;
    let mut text = String::from("{ \"page\": 1,\n  \"shifts\": [\n");
    for number in 0..RECORDS {
        let (agent, day, from) = match number {
            0 => (LAST, 28, "08:00"),
            LAST => (LAST, 28, "15:30"),
            _ if number + 1 == LAST => (LAST, 28, "08:30"),
            _ => (number, number % 28 + 1, "08:00"),
        };
        let comma = if number == 0 { ' ' } else { ',' };
        let date = format!("2026-03-{day:02}");
        writeln!(
            text,
            "    {comma}{{ \"id\": \"s-{number}\", \"agentId\": \"agent-{agent}\",\n      \
             \"start\": \"{date}T{from}:00-05:00\", \"end\": \"{date}T16:00:00-05:00\", \
             \"note\": \"twelve words of nothing\" }}"
        )
        .expect("text");
    }
    text.push_str("  ]\n}\n");
    assert!(text.len() > 3_000_000, "{} bytes", text.len());
    let place = |number: u64| at(3 + 2 * number, &format!("/shifts/{number}"));
    let before = LAST - 1;
    for jobs in ["1", "2", "8"] {
        let folder = Folder::new().with("batch.json", &text);
        let args = ["check", "batch.json", "--format", "json", "--jobs", jobs];
        let report = folder.run(&args).exits(1).report();
        assert_eq!(report["inputs"][0]["records"], RECORDS);
        assert_eq!(report["inputs"][0]["checked"], RECORDS);
        let pairs = [[0, before], [0, LAST], [before, LAST]];
        let expected: Vec<_> = pairs.into_iter().flatten().map(place).collect();
        assert_eq!(places(&report, "OV101"), expected, "{jobs} jobs");
        let last = &report["findings"][2]["records"][1];
        assert_eq!((&last["id"], &last["record"]), (&json!(format!("s-{LAST}")), &json!(RECORDS)));
    }
}

/// What is broken at the end of a large document is located there.
#[test]
fn a_break_far_into_a_document_is_located() {
    let mut text = String::from("[\n");
    for number in 0..30_000 {
        writeln!(text, "{},", record(&format!("\"agent-{number}\""), 8, 9)).expect("text");
    }
    assert!(text.len() > 2_000_000, "{} bytes", text.len());
    text.push_str("{\"agent\" \"x\"}]");
    let report = report("batch.json", &text, 3);
    let problem = &report["inputs"][0]["problem"];
    assert_eq!((&problem["line"], &problem["column"]), (&json!(30_002), &json!(10)));
    assert_eq!(report["inputs"][0]["records"], 30_001);
    assert_eq!(report["inputs"][0]["checked"], 30_000);
}

/// Broken records are told one by one, and those around them are checked and
/// have their own numbers.
#[test]
fn records_behind_a_broken_one_are_read() {
    let (broken, count) = ([700, 30_000, 30_001], 40_000);
    let one = |number: usize| match broken.contains(&number) {
        true => r#"{"agent":"x","id":tru}"#.to_owned(),
        false => {
            let agent = if number == count - 1 { 5 } else { number };
            record(&format!("\"agent-{agent}\""), 8, 9)
        }
    };
    let records: Vec<String> = (0..count).map(one).collect();
    let list = format!("[\n{}]", records.join(",\n"));
    for (name, text, first) in [("batch.json", list, 2), ("batch.ndjson", records.join("\n"), 1)] {
        let folder = Folder::new().with(name, &text);
        let run = |jobs| folder.run(&["check", name, "--format", "json", "--jobs", jobs]).exits(3);
        let (report, several) = (run("1").report(), run("3").report());
        assert_eq!(report, several);
        let numbers = |code: &str| -> Vec<(u64, u64)> {
            let findings = report["findings"].as_array().expect("a list").iter();
            let records = findings.filter(|finding| finding["rule"] == code);
            let records = records.flat_map(|finding| finding["records"].as_array().expect("some"));
            let number = |record: &Value, key: &str| record[key].as_u64().expect("a number");
            records.map(|record| (number(record, "record"), number(record, "line"))).collect()
        };
        let expected = |place: usize| (place as u64 + 1, place as u64 + first);
        assert_eq!(numbers("RC101"), broken.map(expected), "{name}");
        assert_eq!(numbers("OV103"), [5, count - 1].map(expected), "{name}");
        assert_eq!(report["inputs"][0]["unreadable"], 3);
        assert_eq!(report["inputs"][0]["problem"]["line"], 700 + first);
    }
}

/// What follows the records of a large file is looked for before they are read. White space
/// makes a file large.
#[test]
fn what_follows_the_records_of_a_large_file_counts_for_them() {
    let shift = |agent: &str, from: u8, to: u8| {
        format!(
            r#"{{{agent}"start":"2026-03-02T{from:02}:00:00","end":"2026-03-02T{to:02}:00:00"}}"#
        )
    };
    let named = [shift(r#""agent":"ann","#, 8, 16), shift(r#""agent":"ann","#, 15, 20)].join(",");
    let nobody = [shift("", 8, 16), shift("", 15, 20)].join(",");
    let told = |report: &Value| {
        let input = &report["inputs"][0];
        let counts = ["records", "checked", "unreadable"].map(|key| input[key].clone());
        let findings = report["findings"].as_array().expect("a list").iter();
        let rules: Vec<Value> = findings.map(|finding| finding["rule"].clone()).collect();
        let doubts = input["doubts"].as_array().map_or(0, Vec::len);
        (counts, rules, doubts, report["verdict"].clone())
    };
    for (records, after) in [
        (&named, r#","timeZone":"America/Chicago""#),
        (&named, r#","timeZone":"Nowhere/At_all""#),
        (&named, r#","settings":{"timeZone":"America/Chicago"}"#),
        (&named, r#","more":{"shifts":[],"timeZone":"America/Chicago"}"#),
        (&named, ""),
        (&nobody, r#","agent":"ann","timeZone":"America/Chicago""#),
        (&nobody, r#","timeZone":"America/Chicago""#),
        // A question about a date is asked and answered beside it.
        (&named.replace("2026-03-02T", "3/2/2026 "), r#","timeZone":"America/Chicago""#),
    ] {
        let report = |space: &str, jobs: &str| {
            let document = format!(r#"{{"shifts":[{records}{space}]{after}}}"#);
            let folder = Folder::new().with("batch.json", document);
            folder.run(&["check", "batch.json", "--format", "json", "--jobs", jobs]).report()
        };
        let small = told(&report("", "1"));
        for jobs in ["1", "3"] {
            let large = told(&report(&" ".repeat(1 << 20), jobs));
            assert_eq!(large, small, "{after} {jobs}");
        }
    }
}

#[test]
fn names_that_would_do_something_are_told_harmlessly() {
    let names = [r"\u001b[2Jx", r"an\u202ena", r"new\nline", r"\u0000", "::error::x"];
    let mut records = Vec::new();
    for name in names {
        let name = format!("\"{name}\"");
        records.extend([record(&name, 8, 16), record(&name, 15, 20)]);
    }
    let folder = Folder::new().with("batch.json", format!("[{}]", records.join(",")));
    for format in ["text", "table"] {
        let outcome = folder.run(&["check", "batch.json", "--format", format]);
        let harmless = |letter: char| {
            letter == '\n' || !letter.is_control() && !('\u{202a}'..='\u{202e}').contains(&letter)
        };
        assert!(outcome.out.chars().all(harmless), "{}", outcome.told());
        assert!(outcome.out.contains(r"\u{1b}[2Jx"), "{}", outcome.told());
        assert!(!outcome.out.lines().any(|line| line.starts_with("::")), "{}", outcome.told());
    }
    let report = folder.run(&["check", "batch.json", "--format", "json"]).report();
    let findings = report["findings"].as_array().expect("findings");
    let agents: Vec<&str> =
        findings.iter().filter_map(|finding| finding["agent"].as_str()).collect();
    for name in ["\u{1b}[2Jx", "an\u{202e}na", "new\nline", "::error::x"] {
        assert!(agents.contains(&name), "{name:?}: {agents:?}");
    }
}

/// Neither half a character nor a NUL byte makes two agents one, or one agent
/// nobody.
#[test]
fn names_that_are_no_text_are_told() {
    let lone = [record(r#""\ud800""#, 8, 16), record(r#""\udc00x""#, 8, 16)].join(",");
    let outcome = check("batch.json", format!("[{lone}]")).exits(3);
    assert_eq!(outcome.out.matches("[RC101]").count(), 2, "{}", outcome.told());
    let paired = [record(r#""\ud83d\ude42""#, 8, 16), record("\"\u{1f642}\"", 15, 20)].join(",");
    check("batch.json", format!("[{paired}]")).exits(1).says(&["[OV101]", "`\u{1f642}`"]);
    let nul = [record("\"an\0na\"", 8, 16), record("\"ben\"", 8, 16)];
    let outcome = check("batch.json", format!("[{}]", nul.join(",\n"))).exits(3);
    outcome.says(&["batch.json:1"]);
    let ben = record("\"ben\"", 8, 9);
    let bytes = [&b"[{\"agent\":\"\xff\",\"start\":\"1\"},"[..], ben.as_bytes(), b"]"].concat();
    check("batch.json", bytes).exits(3).says(&["[RC101]", "UTF-8"]);
}

#[test]
fn nested_keys_are_keys_with_dots() {
    let nested = |hours: [u8; 2]| {
        format!(
            r#"{{"user":{{"id":"anna","name":"x"}},"when":{{"first":"2026-03-02T{:02}:00Z"}},"end.time":"2026-03-02T{:02}:00Z"}}"#,
            hours[0], hours[1]
        )
    };
    let text = format!("[{},{}]", nested([8, 16]), nested([15, 20]));
    let folder = Folder::new().with("batch.json", text);
    let args = ["check", "batch.json", "--map", "start=when.first"];
    folder.run(&args).exits(1).says(&["[OV101]", "`anna`", "15:00 to 16:00"]);
    folder.run(&["check", "batch.json"]).exits(3);
}

#[test]
fn a_mapped_key_overrules_names() {
    let text = r#"[{"agent":"anna","Locker No":7,"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},
        {"agent":"ben","Locker No":7,"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}]"#;
    let lines = text[1..text.len() - 1].replace(",\n", "\n");
    let folder = Folder::new().with("batch.json", text).with("batch.ndjson", lines);
    for name in ["batch.json", "batch.ndjson"] {
        folder.run(&["check", name]).exits(0);
        for mapping in ["agent=Locker No", "agent=locker_no", "AGENT=LockerNo"] {
            let outcome = folder.run(&["check", name, "--map", mapping]);
            outcome.exits(1).says(&["[OV103]", "agent `7`"]);
        }
    }
}

#[test]
fn a_number_is_the_agent_that_a_cell_names() {
    let folder = Folder::new()
        .with("batch.json", format!("[{}]", record("42", 8, 16)))
        .with("live.csv", shifts(&["42,p-1,2026-03-02T15:00Z,2026-03-02T20:00Z"]));
    let outcome = folder.run(&["check", "batch.json", "--published", "live.csv"]);
    outcome.exits(1).says(&["[OV104]", "agent `42`", "live.csv:2"]);
    for (other, code) in [("42.0", 0), ("\"042\"", 0), ("4.2e1", 3)] {
        let folder = folder_with(other, "42");
        folder.run(&["check", "batch.json", "--published", "live.csv"]).exits(code);
    }
}

fn folder_with(agent: &str, live: &str) -> Folder {
    let row = format!("{live},p-1,2026-03-02T15:00Z,2026-03-02T20:00Z");
    Folder::new()
        .with("batch.json", format!("[{}]", record(agent, 8, 16)))
        .with("live.csv", shifts(&[&row]))
}

#[test]
fn byte_order_mark_and_line_ends_change_nothing() {
    let (one, two) = (record("\"anna\"", 8, 16), record("\"anna\"", 15, 20));
    for (name, text) in
        [("batch.ndjson", format!("{one}\n{two}\n")), ("batch.json", format!("[{one},\n{two}]\n"))]
    {
        let plain = report(name, &text, 1);
        for other in [
            format!("\u{feff}{text}"),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{}", text.replace('\n', "\r\n")),
            text.trim_end().to_owned(),
            format!("{text} \n\n"),
        ] {
            assert_eq!(report(name, &other, 1), plain, "{other:?}");
        }
    }
}

#[test]
fn of_one_key_twice_one_is_used_everywhere() {
    let twice =
        r#"{"agent":"anna","agent":"ben","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    let (anna, ben) = (record("\"anna\"", 15, 20), record("\"ben\"", 15, 20));
    let agents = |name: &str, text: &str| {
        let report = report(name, text, 3);
        let findings = report["findings"].as_array().expect("findings").clone();
        findings.iter().map(|finding| finding["agent"].clone()).collect::<Vec<_>>()
    };
    let document = agents("batch.json", &format!("[{twice},{anna},{ben}]"));
    assert_eq!(document, agents("batch.ndjson", &format!("{twice}\n{anna}\n{ben}\n")));
    assert_eq!(document.len(), 1);
}

/// A day off for each day of a list, and what clashes with it.
fn days_off(dates: &str, shift: &str, code: i32) -> Value {
    let off = format!(r#"[{{"agent":"anna","id":"r-1","status":"APPROVED","dates":{dates}}}]"#);
    let folder = Folder::new().with("batch.csv", shifts(&[shift])).with("off.json", off);
    let args = ["check", "batch.csv", "--time-off", "off.json", "--tz", "America/Chicago"];
    folder.run(&[&args[..], &["--format", "json"]].concat()).exits(code).report()
}

#[test]
fn a_list_of_dates_is_a_day_off_for_each() {
    const MORNING: &str = "anna,s-1,2026-03-07T08:00,2026-03-07T12:00";
    for dates in [
        r#"["2026-03-07"]"#,
        r#"["2026-03-06","2026-03-07"]"#,
        r#"["2026-03-07","2026-03-06"]"#,
        r#"["2026-03-07", "2026-03-08"]"#,
        r#"["2026-03-01","2026-03-07","2026-03-20"]"#,
        r#"["2026-03-07","2026-03-07"]"#,
        r#"["2026\/03\/07", "2026\u002f3\/20"]"#,
        r#"["Sat, 07 Mar 2026","Fri, 20 Mar 2026"]"#,
    ] {
        let report = days_off(dates, MORNING, 1);
        assert_eq!(rules(&report), ["OV201"], "{dates}");
        assert_eq!(report["findings"][0]["start"], "2026-03-07T08:00:00-06:00", "{dates}");
        assert_eq!(report["findings"][0]["minutes"], 240, "{dates}");
    }
    for dates in [r#"["2026-03-06","2026-03-08"]"#, r#"["2026-03-06"]"#] {
        let report = days_off(dates, MORNING, 0);
        assert!(!rules(&report).contains(&"OV201"), "{dates}");
    }
}

/// One day twice, and an id for all days: a record is not in its own way.
#[test]
fn a_list_of_dates_is_one_record() {
    for (dates, first) in [
        (r#"["2026-03-06","2026-03-07"]"#, "2026-03-06"),
        (r#"["2026-03-07","20260307"]"#, "2026-03-07"),
    ] {
        let times = format!(r#""start":"{first}T14:00Z","end":"{first}T22:00Z""#);
        let off = format!(
            r#"[{{"agent":"anna","id":"r-1","kind":"PTO","dates":{dates}}},
                {{"agent":"ben","id":"s-1","kind":"WORK",{times},"dates":{dates}}}]"#
        );
        let folder = Folder::new().with("off.json", off);
        let args = ["check", "off.json", "--tz", "America/Chicago", "--format", "json"];
        let report = folder.run(&args).exits(0).report();
        assert_eq!(rules(&report), [""; 0], "{dates}");
        assert_eq!(report["summary"]["records"], 2, "{dates}");
    }
}

/// The times of the first date count for each of them.
#[test]
fn the_times_of_a_list_of_dates_are_those_of_every_date() {
    let list = |dates: &str, start: &str, end: &str| {
        let times = format!(r#""start":"{start}","end":"{end}""#);
        let record = format!(r#"{{"agent":"anna","id":"s-1",{times},"dates":{dates}}}"#);
        let live = "agent,id,start,end\nanna,p-1,2026-03-09T15:00,2026-03-09T18:00\n";
        let folder = Folder::new().with("batch.json", format!("[{record}]"));
        let args = ["check", "batch.json", "--published", "live.csv", "--format", "json"];
        let args = [&args[..], &["--tz", "America/Chicago"]].concat();
        folder.with("live.csv", live).run(&args)
    };
    let dates = r#"["2026-03-06","2026-03-09"]"#;
    for (start, end) in [
        ("2026-03-06T08:00", "2026-03-06T16:00"),
        ("2026-03-06T08:00-06:00", "2026-03-06T16:00-06:00"),
        ("2026-03-06T14:00Z", "2026-03-06T22:00Z"),
        ("08:00", "16:00"),
    ] {
        let report = list(dates, start, end).exits(1).report();
        assert_eq!(rules(&report), ["OV104"], "{start}: {report}");
        assert_eq!(report["findings"][0]["start"], "2026-03-09T15:00:00-05:00", "{start}");
        assert_eq!(report["findings"][0]["minutes"], 60, "{start}");
    }
    let outcome = list(dates, "2026-03-07T08:00", "2026-03-07T16:00").exits(3);
    assert_eq!(rules(&outcome.report()), ["RC101"], "{}", outcome.told());
}

/// One night touches two days of the list.
#[test]
fn a_night_across_two_dates_of_a_list_is_found() {
    let night = "anna,s-1,2026-03-06T22:00,2026-03-07T06:00";
    let report = days_off(r#"["2026-03-06","2026-03-07"]"#, night, 1);
    let minutes = report["findings"].as_array().expect("findings").iter();
    let minutes: u64 = minutes.filter_map(|finding| finding["minutes"].as_u64()).sum();
    assert_eq!(minutes, 480, "{report}");
}

#[test]
fn a_date_in_a_list_is_as_long_as_its_local_day() {
    // The clocks of Chicago skip from two to three on the eighth.
    let dates = r#"["2026-03-08"]"#;
    let whole = "anna,s-1,2026-03-07T12:00,2026-03-09T12:00";
    let report = days_off(dates, whole, 1);
    let findings = report["findings"].as_array().expect("findings");
    let overlap = findings.iter().find(|finding| finding["rule"] == "OV201").expect("OV201");
    assert_eq!(overlap["minutes"], 23 * 60);
    for touching in
        ["anna,s-1,2026-03-07T16:00,2026-03-08T00:00", "anna,s-1,2026-03-09T00:00,2026-03-09T08:00"]
    {
        let report = days_off(dates, touching, 0);
        assert!(!rules(&report).contains(&"OV201"), "{touching}");
    }
}

#[test]
fn an_unreadable_date_of_a_list_is_told() {
    let shift = "anna,s-1,2026-03-07T08:00,2026-03-07T12:00";
    for (dates, word) in [
        (r#"["2026-03-06","soon"]"#, "soon"),
        (r#"["2026-02-30","2026-03-07"]"#, "2026-02-30"),
        (r#"[""]"#, ""),
        (r#"[null]"#, ""),
        (r#"[]"#, ""),
    ] {
        let report = days_off(dates, shift, 3);
        assert!(rules(&report).contains(&"RC101"), "{dates}: {report}");
        let findings = report["findings"].as_array().expect("findings");
        let told = findings.iter().find(|finding| finding["rule"] == "RC101").expect("RC101");
        let message = told["message"].as_str().expect("a message");
        assert!(message.contains(word), "{dates}: {message}");
    }
}

#[test]
fn a_flag_makes_whole_days() {
    let shift = "anna,s-1,2026-03-07T20:00,2026-03-07T23:00";
    let table = |end: &str| format!("agent,start,end,all day\nanna,2026-03-06T09:00,{end},yes\n");
    let times = r#""start":"2026-03-07T09:00","end":"2026-03-07T10:00""#;
    for (name, off, clashes) in [
        ("off.json", format!(r#"[{{"agent":"anna",{times},"isAllDay":true}}]"#), true),
        ("off.json", format!(r#"[{{"agent":"anna",{times},"isAllDay":false}}]"#), false),
        ("off.json", format!(r#"[{{"agent":"anna",{times},"isAllDay":null}}]"#), false),
        ("off.json", format!(r#"[{{"agent":"anna",{times}}}]"#), false),
        ("off.ndjson", format!("{{\"agent\":\"anna\",{times},\"all_day\":1}}\n"), true),
        (
            "off.csv",
            "agent,start,end,all day\nanna,2026-03-07T09:00,2026-03-07T10:00,1\n".into(),
            true,
        ),
        (
            "off.csv",
            "agent,start,end,all day\nanna,2026-03-07T09:00,2026-03-07T10:00,0\n".into(),
            false,
        ),
        ("off.csv", table("2026-03-07T10:00"), true),
        ("off.csv", table("2026-03-08T00:00"), true),
        ("off.csv", table("2026-03-07T00:00"), false),
        ("off.csv", table("2026-03-06T12:00"), false),
        ("off.csv", "agent,start,Is Full Day\nanna,2026-03-07T09:00,yes\n".into(), true),
    ] {
        let folder = Folder::new().with("batch.csv", shifts(&[shift])).with(name, &off);
        let args = ["check", "batch.csv", "--time-off", name, "--tz", "America/Chicago"];
        let outcome = folder.run(&args);
        assert_eq!(outcome.code, Some(i32::from(clashes)), "{off}: {}", outcome.told());
        assert_eq!(outcome.out.contains("[OV201]"), clashes, "{off}: {}", outcome.told());
    }
}

/// A shift with these activities, from 08:00 to 16:00 in Chicago.
fn with_activities(list: &str) -> String {
    let times = r#""start":"2026-03-02T08:00:00-06:00","end":"2026-03-02T16:00:00-06:00""#;
    format!(r#"[{{"agent":"anna","id":"s-1",{times},"activities":{list}}}]"#)
}

#[test]
fn activities_have_the_names_of_records() {
    for list in [
        r#"[{"start":"09:00","end":"10:00"},{"start":"09:30","length":15}]"#,
        r#"[{"startDateTime":"2026-03-02T09:00","endDateTime":"2026-03-02T10:00"},{"Start Time":"9:30 AM","minutes":"15"}]"#,
        r#"[{"startDate":"2026-03-02T15:00:00Z","lengthMinutes":60},{"start":1772465400,"length":15.0}]"#,
        r#"[{"time":{"x":1},"from":"09:00","to":"10:00"},{"date":"2026-03-02","start":"09:30","end":"09:45"}]"#,
        r#"[{"start":"\u0030\u0039:00","end":"10:00"},{"start":"09:30","end":"09:45","activities":[{"start":"09:00"}]}]"#,
    ] {
        let folder = Folder::new().with("batch.json", with_activities(list));
        let report = folder.run(&["check", "batch.json", "--format", "json"]).exits(0).report();
        assert_eq!(rules(&report), ["OV301"], "{list}: {report}");
        assert_eq!(report["findings"][0]["minutes"], 15, "{list}");
        assert_eq!(report["findings"][0]["records"][0]["pointer"], "/0", "{list}");
    }
}

#[test]
fn lists_that_are_no_activities_are_left_alone() {
    for list in [
        "[]",
        "null",
        r#""lunch""#,
        r#""[{\"start\":\"09:00\"""#,
        r#"{"start":"09:00","end":"99:00"}"#,
        r#"["lunch", 7, null, [], [{"start":"x","end":"y"}]]"#,
        r#"[{"code":"LUNCH","length":30},{"start":"","end":"x"},{"start":"x"}]"#,
        r#"[{"start":"09:00","end":"10:00"},{"start":"10:00","end":"10:00"}]"#,
    ] {
        let folder = Folder::new().with("batch.json", with_activities(list));
        let report = folder.run(&["check", "batch.json", "--format", "json"]).exits(0).report();
        assert!(rules(&report).is_empty(), "{list}: {report}");
    }
}

#[test]
fn an_activity_that_cannot_be_read_leaves_a_hole() {
    for (list, number) in [
        (r#"[{"start":"soon","end":"10:00"}]"#, "activity 1"),
        (r#"[{},{"start":"09:00","end":"2026-02-30"}]"#, "activity 2"),
        (r#"[{"start":"09:00","length":"long"},{"start":"x","end":"y"}]"#, "activity 1"),
        (r#"[{"start":"2026-03-02T10:00","end":"2026-03-02T09:00"}]"#, "activity 1"),
        (r#"[{"start":"09:00","end":"10:00","zone":"Mars"}]"#, "activity 1"),
        (r#"[{"start":"\ud800","end":"10:00"}]"#, "activity 1"),
        (r#"[{"start":"99999999-01-01T00:00Z","length":1e300}]"#, "activity 1"),
    ] {
        let folder = Folder::new().with("batch.json", with_activities(list));
        let args = ["check", "batch.json", "--format", "json"];
        let report = folder.run(&args).exits(3).report();
        assert_eq!(rules(&report), ["RC101"], "{list}: {report}");
        let message = report["findings"][0]["message"].as_str().expect("a message");
        assert!(message.starts_with(number), "{list}: {message}");
        assert_eq!(report["inputs"][0]["checked"], 1, "the shift itself is checked");
        let ignored = [&args[..], &["--ignore", "OV3"]].concat();
        folder.run(&ignored).exits(0);
    }
}

#[test]
fn a_crowd_of_activities_is_counted_exactly() {
    let one = r#"{"start":"09:00","end":"10:00"}"#;
    let list = format!("[{}]", vec![one; 5_000].join(","));
    let folder = Folder::new().with("batch.json", with_activities(&list));
    let args = ["check", "batch.json", "--format", "json", "--max-per-agent", "3"];
    let report = folder.run(&args).exits(0).report();
    assert_eq!(report["summary"]["rules"]["OV301"], 5_000 * 4_999 / 2);
    assert_eq!(report["summary"]["listed"], 3);
}
