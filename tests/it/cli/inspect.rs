//! `shiftlint inspect`: how files are understood, and nothing else.

use super::streams::{fed, gzip};
use crate::program::{Folder, Outcome, one_shift_each};
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::{Just, Strategy};
use serde_json::{Value, json};
use std::io::Write;

const SHIFTS: &str = "\
agent,id,start,end,zone,note,abc,birthday
ada,s-1,2026-03-02T08:00,2026-03-02T16:00,America/Chicago,sick again,09:00,1990-04-01
,s-2,2026-03-03T08:00,2026-03-03T16:00,America/Chicago,,10:00,
ada,s-3,2026-03-02T12:00,2026-03-02T20:00,America/Chicago,secret,11:00,1990-04-01
";

/// The one input of a JSON report.
fn input(outcome: &Outcome) -> Value {
    let inputs = outcome.report()["inputs"].clone();
    assert_eq!(inputs.as_array().map(Vec::len), Some(1), "{}", outcome.told());
    inputs[0].clone()
}

fn column<'v>(input: &'v Value, name: &str) -> &'v Value {
    let columns = input["reading"]["columns"].as_array().expect("columns");
    columns.iter().find(|column| column["name"] == name).expect("a column of this name")
}

#[test]
fn columns_zones_and_first_records_are_shown_and_no_finding_is() {
    let folder = Folder::new().with("batch.csv", SHIFTS);
    let outcome = folder.run(&["inspect", "batch.csv"]).exits(0);
    outcome
        .says(&[
            "batch.csv: csv, UTF-8; read as batch (by default)",
            "3 records: 2 checked, 1 unassigned shift",
            "  agent     agent     2 text   ada, ada",
            "  abc       not read  3 times  09:00, 10:00",
            "  not read: `note` (2 text), `birthday` (2 dates)",
            "  zones: 3 local in `America/Chicago` (the record's)",
            "  line 2  ada       s-1  shift  Mon 2026-03-02 08:00–16:00 -06:00",
            "  line 3  no agent  s-2  unassigned  `2026-03-03T08:00` to `2026-03-03T16:00`",
            "understood: 1 file with 3 records",
        ])
        .never_says(&["OV101", "sick", "secret", "1990"]);
    // A check of the same file has a conflict, and says the same of the reading.
    let check = folder.run(&["check", "batch.csv", "--format", "json"]).exits(1);
    let inspect = folder.run(&["inspect", "batch.csv", "--format", "json"]).exits(0);
    let (mut of_check, mut of_inspect) = (input(&check), input(&inspect));
    assert_eq!(of_check["reading"]["recognised"]["role_by"], "option");
    of_check["reading"]["recognised"].take();
    of_inspect["reading"]["recognised"].take();
    assert_eq!(of_check, of_inspect);
    assert_eq!(inspect.report()["report"], "inspect");
}

#[test]
fn a_verbose_check_shows_receipts_after_the_findings() {
    let folder = Folder::new().with("batch.csv", SHIFTS);
    let out = folder.run(&["check", "batch.csv", "--verbose"]).exits(1).out;
    let places = ["error[OV101]", "batch.csv: csv, UTF-8; read as batch\n", "verdict: conflicts"]
        .map(|text| out.find(text).expect("it is there"));
    assert!(places.is_sorted(), "{out}");
    folder.run(&["check", "batch.csv"]).never_says(&["read as"]);
}

#[test]
fn values_of_other_columns_do_not_belong_in_a_log() {
    let folder = Folder::new().with("batch.csv", SHIFTS);
    let input = input(&folder.run(&["inspect", "batch.csv", "--format", "json"]).exits(0));
    assert_eq!(
        *column(&input, "note"),
        json!({"name": "note", "field": null, "values": "text", "count": 2, "samples": []})
    );
    assert_eq!(column(&input, "birthday")["samples"], json!([]));
    assert_eq!(column(&input, "abc")["samples"], json!(["09:00", "10:00"]));
    assert_eq!(column(&input, "id")["samples"], json!(["s-1", "s-2"]));
}

const DOCUMENT: &str = r#"{
  "timeZone": "America/Chicago",
  "audit": [{"at": "2026-01-01T00:00Z"}],
  "shifts": [
    {"user": {"id": "ada"}, "start": "2026-03-02T08:00", "end": "2026-03-02T16:00", "pay": 9.5},
    {"user": {"id": "bob"}, "start": "2026-03-02T08:00", "end": "2026-03-02T16:00", "pay": 8.5}
  ]
}"#;

#[test]
fn a_document_shows_its_keys_and_what_is_passed_over() {
    let folder = Folder::new().with("batch.json", DOCUMENT);
    folder.run(&["inspect", "batch.json"]).exits(0).says(&[
        "user.id  agent",
        "ignored: `/audit`:",
        "zones: 2 local in `America/Chicago` (around the record)",
        "not read: `pay` (2 numbers)",
        "/shifts/0  ada  shift  Mon 2026-03-02 08:00–16:00 -06:00",
    ]);
}

/// What the program makes of a text on its standard input.
fn stdin(folder: &Folder, args: &[&str], text: &str) -> Outcome {
    let bytes = text.as_bytes().to_vec();
    fed(folder, args, move |_, mut input| input.write_all(&bytes).expect("it reads all"))
}

/// The receipt without what says where the bytes came from.
fn reading(outcome: &Outcome) -> Value {
    let mut reading = input(outcome)["reading"].clone();
    reading["recognised"].take();
    for first in reading["first"].as_array_mut().expect("a list") {
        first["record"]["path"].take();
    }
    reading
}

#[test]
fn packed_files_and_pipes_are_understood_as_files_are() {
    let lines: String = ["ada", "bob", "cem", "dan"]
        .map(|agent| {
            format!("{{\"agent\":\"{agent}\",\"start\":\"2026-03-02T08:00Z\",\"end\":\"2026-03-02T16:00Z\"}}\n")
        })
        .concat();
    for (name, text) in [("b.csv", SHIFTS), ("b.json", DOCUMENT), ("b.ndjson", &lines)] {
        let packed = gzip(text.as_bytes());
        let folder = Folder::new().with(name, text).with("b.gz", &packed);
        let plain = folder.run(&["inspect", name, "--format", "json"]).exits(0);
        let unpacked = folder.run(&["inspect", "b.gz", "--format", "json"]).exits(0);
        assert_eq!(input(&unpacked)["reading"]["recognised"]["container"], "gzip");
        assert_eq!(reading(&unpacked), reading(&plain), "{name}");
        let stdin = stdin(&folder, &["inspect", "-", "--format", "json"], text).exits(0);
        assert_eq!(reading(&stdin), reading(&plain), "{name}");
        let first = reading(&plain)["first"].as_array().map(Vec::len);
        assert_eq!(first, Some(if name == "b.json" { 2 } else { 3 }));
    }
}

#[test]
fn another_encoding_is_named() {
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(SHIFTS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new().with("batch.csv", wide);
    folder.run(&["inspect", "batch.csv"]).exits(0).says(&["csv, UTF-16LE; read as batch"]);
}

#[test]
fn hostile_values_are_visible_and_cut() {
    let agent = format!("\u{1b}]0;title\u{7}\u{202e}{}", "x".repeat(1 << 14));
    let text = format!(
        "agent\u{1b}[31m id,start,end,{}\n{agent},2026-03-02T08:00Z,2026-03-02T16:00Z,x\n",
        "n".repeat(5000)
    );
    let folder = Folder::new().with("batch.csv", text);
    let outcome =
        folder.run(&["inspect", "batch.csv", "--map", "agent=agent\u{1b}[31m id"]).exits(0);
    assert!(outcome.out.len() < 4000, "{}", outcome.told());
    assert!(!outcome.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{}", outcome.told());
    outcome.says(&["\\u{1b}]0;title"]);
    let outcome = folder.run(&[
        "inspect",
        "batch.csv",
        "--map",
        "agent=agent\u{1b}[31m id",
        "--format",
        "json",
    ]);
    let outcome = outcome.exits(0);
    assert!(!outcome.out.contains(['\u{1b}', '\u{202e}']));
    let samples = &input(&outcome)["reading"]["columns"][0]["samples"];
    assert_eq!(samples[0].as_str().map(|text| text.chars().count()), Some(41));
}

#[test]
fn receipts_are_the_same_for_any_number_of_threads() {
    let rows = one_shift_each(0..30_000);
    let list: Vec<String> = (0..12_000)
        .map(|number| {
            let late = if number > 9_000 { ",\"late\":\"09:00\"" } else { "" };
            format!("{{\"agent\":\"a-{number}\",\"start\":\"2026-03-02T08:00Z\",\"end\":\"2026-03-02T16:00Z\"{late}}}")
        })
        .collect();
    let folder =
        Folder::new().with("a.csv", rows).with("b.json", format!("[{}]", list.join(",\n")));
    let run = |jobs: &str| {
        folder.run(&["inspect", "a.csv", "b.json", "--format", "json", "--jobs", jobs]).exits(0)
    };
    let alone = run("1");
    assert_eq!(run("8").out, alone.out);
    let inputs = alone.report()["inputs"].clone();
    assert_eq!(inputs[0]["reading"]["looked_at"]["all"], false);
    assert_eq!(column(&inputs[0], "id")["samples"], json!(["s-0000000", "s-0000001"]));
    assert_eq!(column(&inputs[1], "agent")["samples"], json!(["a-0", "a-1"]));
    assert_eq!(column(&inputs[1], "agent")["count"], 12_000);
    assert_eq!(column(&inputs[1], "late")["samples"], json!(["09:00", "09:00"]));
}

#[test]
fn a_bare_file_has_the_role_that_its_columns_show() {
    let swaps = "id,status,agent,shift,with agent,with shift,start\nt,approved,ada,s-1,bob,s-2,2026-03-02T08:00Z\n";
    for (text, role, by) in [
        ("agent,name,time zone\nada,Ada,America/Chicago\n", "agents", "content"),
        (
            "id,status,agent,shift,with agent,with shift\nt,approved,ada,s-1,bob,s-2\n",
            "swaps",
            "content",
        ),
        (
            "tradeId,state,initiatingUserId,initiatingShiftId,initiatingShiftEnd,receivingUserId,receivingShiftId\nt,approved,ada,s-1,2026-03-02T08:00Z,bob,s-2\n",
            "swaps",
            "content",
        ),
        // Near misses: times that nobody reads, and a shift with a swap's words.
        ("agent,name,abc,xyz\nada,Ada,08:00,16:00\n", "batch", "default"),
        ("agent,id,start,end\nada,s,2026-03-02T08:00Z,2026-03-02T16:00Z\n", "batch", "default"),
    ] {
        let folder = Folder::new().with("file.csv", text);
        let input = input(&folder.run(&["inspect", "file.csv", "--format", "json"]));
        assert_eq!(input["role"], role, "{text}");
        if input["reading"] != Value::Null {
            assert_eq!(input["reading"]["recognised"]["role_by"], by, "{text}");
        }
        // What an option says is not guessed at.
        let named = folder.run(&["inspect", "--published", "file.csv", "--format", "json"]);
        assert_eq!(self::input(&named)["role"], "published");
    }
    let folder = Folder::new().with("trades.csv", swaps);
    let piped = stdin(&folder, &["inspect", "-"], swaps);
    piped.exits(0).says(&[
        "<stdin>: csv, UTF-8; read as swaps (by its columns)",
        "gives `s-1` to bob for `s-2`",
    ]);
}

#[test]
fn times_that_are_not_read_lead_to_options() {
    let text = "employee,date,abc,xyz\nanna,2026-03-02,08:00,16:00\n";
    let folder = Folder::new().with("batch.csv", text);
    folder
        .run(&["inspect", "batch.csv"])
        .exits(3)
        .says(&["--map start=abc --map end=xyz: reads their times", "1 shift has no hours"]);
    let answered = ["inspect", "batch.csv", "--map", "start=abc", "--map", "end=xyz"];
    folder.run(&answered).exits(0).says(&["Mon 2026-03-02 08:00–16:00", "--tz ZONE"]);
}

#[test]
fn the_order_of_dates_and_what_shows_it_are_told() {
    let text =
        "agent,start,end\nada,3/2/2026 08:00,3/2/2026 16:00\nada,3/13/2026 08:00,3/13/2026 16:00\n";
    let folder = Folder::new().with("batch.csv", text);
    let args = ["inspect", "batch.csv", "--tz", "America/Chicago"];
    folder.run(&args).exits(0).says(&[
        "dates: month first, as in 12/31/2026 (as the file shows)",
        "2 local in `America/Chicago` (--tz)",
        "Mon 2026-03-02 08:00–16:00 -06:00",
        "--date-order dmy",
    ]);
    let asked = [&args[..], &["--date-order", "mdy"]].concat();
    folder.run(&asked).exits(0).says(&["(--date-order)"]);
}

#[test]
fn doubts_problems_and_wrong_words_have_their_exit_codes() {
    let folder = Folder::new()
        .with("drafts.json", r#"{"shifts":[{"agent":"a","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}],"hasMore":true}"#)
        .with("bad.csv", "agent,start,end\nada,tomorrow,2026-03-02T16:00Z\n")
        .with("batch.csv", SHIFTS);
    folder.run(&["inspect", "drafts.json"]).exits(3).says(&["error[RD109]", "1 question is open"]);
    folder.run(&["inspect", "bad.csv"]).exits(3).says(&["1 record cannot be read", "`tomorrow`"]);
    folder.run(&["inspect", "gone.csv"]).exits(3).says(&["gone.csv", "cannot be read"]);
    folder.run(&["inspect"]).exits(2);
    folder.run(&["inspect", "batch.csv", "--format", "table"]).exits(2);
    folder.run(&["inspect", "batch.csv", "--select", "OV"]).exits(2);
}

/// A cell of a file: a time, a word, nothing.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("off".to_owned()),
        (1..29u8, 0..24u8).prop_map(|(day, hour)| format!("2026-03-{day:02}T{hour:02}:00Z")),
        (1..29u8).prop_map(|day| format!("2026-03-{day:02}")),
        "[a-c]{1,3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_numbers_of_a_receipt_add_up(
        rows in prop::collection::vec(("[ab]?", cell(), cell(), "(denied|draft|deleted|ok)?"), 0..12),
    ) {
        let lines = rows.iter().map(|(agent, start, end, status)| {
            format!("{agent},{start},{end},{status}\n")
        });
        let text = format!("agent,start,end,status\n{}", lines.collect::<String>());
        let list: Vec<Value> = rows
            .iter()
            .map(|(agent, start, end, status)| {
                json!({"agent": agent, "start": start, "end": end, "status": status})
            })
            .collect();
        let document = json!(list).to_string();
        for (name, text) in [("a.csv", &text), ("a.json", &document)] {
            let folder = Folder::new().with(name, text);
            for role in ["", "--published", "--time-off"] {
                let args = [&["inspect"][..], &[role, name, "--format", "json"]].concat();
                let args: Vec<&str> = args.into_iter().filter(|word| !word.is_empty()).collect();
                let outcome = folder.run(&args);
                let report = outcome.report();
                let inputs = report["inputs"].as_array().expect("inputs");
                prop_assert_eq!(inputs.len(), 1);
                for input in inputs {
                    let fates = input["reading"]["fates"].as_object().expect("fates");
                    let of_records = fates.iter().filter(|(name, _)| {
                        !["records", "entries"].contains(&name.as_str())
                    });
                    let sum: u64 = of_records.filter_map(|(_, count)| count.as_u64()).sum();
                    prop_assert_eq!(Some(sum), fates["records"].as_u64());
                    prop_assert_eq!(&fates["records"], &input["records"]);
                    let first = input["reading"]["first"].as_array().expect("records").len() as u64;
                    let records = input["records"].as_u64().expect("a number");
                    // A line of nothing but delimiters is counted and not shown.
                    let empty = fates.get("empty").and_then(Value::as_u64).unwrap_or_default();
                    prop_assert!(first <= records.min(3), "{}", text);
                    prop_assert!(first >= (records - empty).min(3), "{}", text);
                }
            }
        }
    }
}
