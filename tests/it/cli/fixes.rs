//! `shiftlint fix`: what is safe, what is suggested, and that the diff is one.

use crate::cli::streams::{fed, gzip};
use crate::program::{Folder, Outcome, shiftlint};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{ChildStdin, Command, Stdio};

const ANN: &str = "ann,s-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z";
const BEN: &str = "ben,s-2x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z";
const HEADER: &str = "agent,id,start,end";

/// The bytes of a file.
fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The diff of a run, byte for byte, and its exit code.
fn diff(folder: &Folder, args: &[&str]) -> (Vec<u8>, Option<i32>) {
    let output = folder.command(args).output().expect("the program starts");
    (output.stdout, output.status.code())
}

/// Feeds a diff to a program in the folder; whether it is content.
fn takes(folder: &Folder, program: &str, args: &[&str], diff: &[u8]) -> bool {
    let mut child = Command::new(program)
        .args(args)
        .current_dir(folder.path())
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().expect("a parent"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().expect("a pipe").write_all(diff).expect("the diff is read");
    child.wait().expect("it ends").success()
}

/// Fixes the file and gives what it is then: by `git apply`, which has to give the same bytes as
/// `--out` and `patch`. A second run has nothing to change.
#[track_caller]
fn fixed(folder: &Folder, name: &str, args: &[&str]) -> Vec<u8> {
    let before = bytes(folder, name);
    let with = |more: &[&'static str]| -> Vec<String> {
        let words = [&["fix", name], args, more].concat();
        words.into_iter().map(str::to_owned).collect()
    };
    let run =
        |words: Vec<String>| folder.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    run(with(&["--out", "copies"])).exits(1);
    let file = std::path::Path::new(name).file_name().expect("a name").to_string_lossy();
    let copy = bytes(folder, &format!("copies/{file}"));
    let words = with(&[]);
    let (diff, code) = diff(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(code, Some(1));
    let shown = String::from_utf8_lossy(&diff).into_owned();
    assert!(takes(folder, "patch", &["-p1", "--dry-run"], &diff), "patch refuses\n{shown}");
    assert!(takes(folder, "git", &["apply", "-"], &diff), "git refuses\n{shown}");
    let after = bytes(folder, name);
    assert_eq!(String::from_utf8_lossy(&after), String::from_utf8_lossy(&copy), "{shown}");
    assert!(after == copy);
    std::fs::write(folder.path().join(name), &before).expect("a file");
    assert!(takes(folder, "patch", &["-p1", "-s"], &diff), "patch refuses\n{shown}");
    assert!(bytes(folder, name) == copy, "patch gives other bytes\n{shown}");
    let again: Vec<String> = with(&[]);
    let (again, _) = self::diff(folder, &again.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(again.is_empty(), "a second run: {}", String::from_utf8_lossy(&again));
    after
}

/// The fixes as JSON.
fn fixes(outcome: &Outcome) -> Vec<Value> {
    outcome.report()["fixes"].as_array().expect("fixes").clone()
}

fn kinds(fixes: &[Value]) -> Vec<&str> {
    fixes.iter().map(|fix| fix["kind"].as_str().expect("a kind")).collect()
}

#[test]
fn copies_in_tables_go_whatever_ends_their_lines() {
    let kept = format!("{HEADER}\n{ANN}\n{BEN}\n");
    let all = format!("{HEADER}\n{ANN}\n{ANN}\n{BEN}\n{ANN}\n");
    for (before, after) in [
        (all.clone(), kept.clone()),
        (all.replace('\n', "\r\n"), kept.replace('\n', "\r\n")),
        (all.trim_end().to_owned(), kept.clone()),
        (all.trim_end().replace('\n', "\r\n"), kept.replace('\n', "\r\n")),
        (format!("\u{feff}{all}"), format!("\u{feff}{kept}")),
        (format!("sep=,\n{all}"), format!("sep=,\n{kept}")),
        (format!("\n{all}\n\n"), format!("\n{kept}\n\n")),
    ] {
        let folder = Folder::new().with("batch.csv", &before);
        assert_eq!(String::from_utf8_lossy(&fixed(&folder, "batch.csv", &[])), after, "{before:?}");
    }
}

#[test]
fn quoted_cells_over_several_lines_and_foreign_bytes_stay_whole() {
    let row = |note: &[u8]| [ANN.as_bytes(), b",\"", note, b"\"\r\n"].concat();
    let (long, other) = (row(b"caf\xe9\r\n\"\"two\"\"\n"), row(b"caf\xe8\r\n\"\"two\"\"\n"));
    let head = b"agent,id,start,end,note\r\n".to_vec();
    let before = [&head[..], &long, &other, &long, BEN.as_bytes(), b",x"].concat();
    let folder = Folder::new().with("batch.csv", &before);
    let after = fixed(&folder, "batch.csv", &[]);
    assert_eq!(after, [&head[..], &long, &other, BEN.as_bytes(), b",x"].concat());
}

#[test]
fn quotes_are_no_part_of_a_cell_and_everything_else_is() {
    let quoted = ANN.replace("ann", "\"ann\"");
    let folder = Folder::new().with("batch.csv", format!("{HEADER}\n{ANN}\n{quoted}\n"));
    assert_eq!(fixed(&folder, "batch.csv", &[]), format!("{HEADER}\n{ANN}\n").into_bytes());
    let full = format!("{ANN},");
    for near in [
        full.replace("12:00:00Z", "12:00Z"),
        full.replace("12:00:00Z", "12:00:00+00:00"),
        full.replace("ann", "ann "),
        full.replace("s-1x", "s-1x "),
        format!("{ANN}, "),
        format!("{ANN},x"),
        ANN.to_owned(),
    ] {
        let batch = format!("{HEADER},note\n{full}\n{near}\n{BEN},\n");
        let folder = Folder::new().with("batch.csv", batch);
        let (diff, _) = diff(&folder, &["fix", "batch.csv"]);
        assert!(diff.is_empty(), "{near}: {}", String::from_utf8_lossy(&diff));
    }
}

fn object(words: &str) -> String {
    let words: Vec<&str> = words.split(',').collect();
    let [agent, id, start, end] = words[..] else { panic!("{words:?}") };
    format!(
        "{{\"agent\": \"{agent}\", \"id\": \"{id}\", \"start\": \"{start}\",\"end\" :\"{end}\"}}"
    )
}

#[test]
fn elements_go_with_their_commas_wherever_they_are() {
    let (ann, ben) = (object(ANN), object(BEN));
    let orders: [&[&str]; 4] = [
        &[&ann, &ann, &ben],
        &[&ann, &ben, &ann],
        &[&ann, &ann, &ann, &ben, &ben],
        &[&ben, &ann, &ben, &ann],
    ];
    for order in orders {
        for (open, between, close) in [
            ("[", ",", "]"),
            ("[\n  ", ",\n  ", "\n]\n"),
            ("{\"a\": 1, \"shifts\": [\r\n\t", ",\r\n\t", "\r\n], \"b\": [1, 2]}\r\n"),
            ("\u{feff}[ ", " , ", " ]"),
        ] {
            let before = format!("{open}{}{close}", order.join(between));
            let folder = Folder::new().with("batch.json", &before);
            let after = fixed(&folder, "batch.json", &[]);
            let after = String::from_utf8(after).expect("UTF-8");
            let value: Value =
                serde_json::from_str(after.trim_start_matches('\u{feff}')).expect("JSON");
            let list = if value.is_array() { &value } else { &value["shifts"] };
            assert_eq!(list.as_array().map(Vec::len), Some(2), "{before}: {after}");
            let mut kept: Vec<&str> = order.to_vec();
            let mut seen = Vec::new();
            kept.retain(|item| {
                !seen.contains(item) && {
                    seen.push(*item);
                    true
                }
            });
            assert_eq!(
                after.replace(char::is_whitespace, ""),
                format!("{open}{}{close}", kept.join(between)).replace(char::is_whitespace, "")
            );
        }
    }
}

#[test]
fn lines_of_json_go_and_keys_can_be_in_any_order() {
    let (ann, ben) = (object(ANN), object(BEN));
    let turned = "{\"id\":\"s-1x\",\"end\":\"2026-03-02T12:00:00Z\",\"agent\":\"ann\",\"start\":\"2026-03-02T08:00:00Z\"}";
    let folder = Folder::new().with("batch.ndjson", format!("{ann}\r\n{turned}\r\n{ben}\r\n{ann}"));
    let after = fixed(&folder, "batch.ndjson", &[]);
    assert_eq!(String::from_utf8_lossy(&after), format!("{ann}\r\n{ben}\r\n"));
    for near in [
        ann.replace('}', ", \"note\": null}"),
        ann.replace("\"ann\"", "\"\\u0061nn\""),
        ann.replace("\"agent\"", "\"\\u0061gent\""),
    ] {
        let folder = Folder::new().with("batch.ndjson", format!("{ann}\n{near}\n{ben}\n"));
        assert!(diff(&folder, &["fix", "batch.ndjson"]).0.is_empty(), "{near}");
    }
}

#[test]
fn equal_elements_around_records_go_as_a_whole_and_others_stay() {
    let shift = "{\"id\": \"s-1x\", \"start\": \"2026-03-02T08:00:00Z\", \"end\": \"2026-03-02T12:00:00Z\"}";
    let around =
        |team: &str| format!("{{\"agent\": \"ann\", \"team\": \"{team}\", \"shifts\": [{shift}]}}");
    let folder = Folder::new()
        .with("batch.json", format!("[\n{},\n{},\n{}\n]\n", around("a"), around("b"), around("a")));
    let after = String::from_utf8(fixed(&folder, "batch.json", &[])).expect("UTF-8");
    assert_eq!(after, format!("[\n{},\n{}\n]\n", around("a"), around("b")));
    // What is left is suggested, and an emptied list is not written.
    let outcome = folder.run(&["fix", "batch.json", "--format", "json"]).exits(0);
    let fixes = fixes(&outcome);
    assert_eq!(kinds(&fixes), ["suggested"]);
    assert_eq!(fixes[0]["described"], "an empty list can delete what is published");
}

#[test]
fn a_wrong_offset_is_suggested_and_written_only_if_that_is_wanted() {
    let row = "ann,s-1x,2026-03-09T08:00:00-06:00,2026-03-09T12:00:00-06:00,America/Chicago";
    let batch = format!("{HEADER},zone\n{row}\n");
    let folder = Folder::new().with("batch.csv", &batch);
    let outcome = folder.run(&["fix", "batch.csv"]).exits(0);
    assert_eq!(outcome.out, "");
    outcome.complains(&["suggested TZ104 offset-mismatch:", "tried: TZ104 is gone"]);
    let after = fixed(&folder, "batch.csv", &["--suggested"]);
    assert_eq!(String::from_utf8_lossy(&after), batch.replace("-06:00", "-05:00"));
}

#[test]
fn a_fix_that_uncovers_an_overlap_is_shown_with_it_and_not_written() {
    let batch = format!(
        "{HEADER},zone\n\
         ann,s-1x,2026-03-09T08:00:00-06:00,2026-03-09T12:00:00-06:00,America/Chicago\n\
         ann,s-2x,2026-03-09T07:00:00-05:00,2026-03-09T09:00:00-05:00,America/Chicago\n"
    );
    let folder = Folder::new().with("batch.csv", batch);
    let outcome = folder.run(&["fix", "batch.csv", "--suggested", "--format", "json"]).exits(0);
    let fixes = fixes(&outcome);
    assert_eq!(kinds(&fixes), ["suggested"]);
    assert_eq!(fixes[0]["uncovers"][0]["rule"], "OV101", "{:?}", fixes[0]);
    assert_eq!(fixes[0]["chosen"], false);
    assert!(fixes[0]["proof"].as_str().expect("text").starts_with("tried: it uncovers OV101"));
}

#[test]
fn ends_and_records_that_are_live_are_suggested() {
    let rows = |rows: &[&str]| format!("{HEADER}\n{}\n", rows.join("\n"));
    let mut batch = vec!["ann,a-1x,2026-03-02T08:00:00Z,2026-03-02T12:01:00Z"];
    batch.push("ann,a-2x,2026-03-02T12:00:00Z,2026-03-02T16:00:00Z");
    let folder = Folder::new().with("batch.csv", rows(&batch));
    let after = fixed(&folder, "batch.csv", &["--suggested"]);
    assert_eq!(String::from_utf8_lossy(&after), rows(&batch).replace("12:01", "12:00"));

    let live = rows(&["ann,p-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z"]);
    let folder = Folder::new()
        .with("batch.csv", rows(&[&ANN.replace("s-1x", "p-1x"), BEN]))
        .with("live.csv", live);
    let args = ["--published", "live.csv", "--replace", "none", "--suggested"];
    let after = fixed(&folder, "batch.csv", &args);
    assert_eq!(String::from_utf8_lossy(&after), rows(&[BEN]));
}

#[test]
fn an_end_on_the_wrong_day_is_suggested() {
    let mut rows: Vec<String> =
        (2..7).map(|day| format!("ann,a-{day}x,2026-03-{day:02},8:00,16:00")).collect();
    rows[2] = "ann,a-4x,2026-03-04,8:00,4:00".to_owned();
    rows.push("ann,a-9x,2026-03-04,17:00,19:00".to_owned());
    let batch = format!("agent,id,date,start,end\n{}\n", rows.join("\n"));
    let folder = Folder::new().with("batch.csv", &batch);
    let args = ["--tz", "Europe/Berlin", "--suggested"];
    let after = fixed(&folder, "batch.csv", &args);
    assert_eq!(String::from_utf8_lossy(&after), batch.replace("8:00,4:00", "8:00,16:00"));
}

#[test]
fn copies_in_two_files_are_suggested() {
    let file = |row: &str| {
        format!(
            "{HEADER}\n{row}\n{}\n",
            BEN.replace("s-2x", &row[4..8])
                .replace("ben", &row[..3])
                .replace("03-02", "03-03")
                .replace(&row[4..8], &format!("{}-b", &row[4..8]))
        )
    };
    let folder =
        Folder::new().with("a.csv", file(ANN)).with("b.csv", format!("{HEADER}\n{ANN}\n{BEN}\n"));
    let outcome = folder.run(&["fix", "a.csv", "b.csv", "--format", "json"]).exits(0);
    let fixes = fixes(&outcome);
    assert_eq!(kinds(&fixes), ["suggested"], "{fixes:?}");
    assert_eq!(
        (&fixes[0]["path"], &fixes[0]["cause"]),
        (&json!("b.csv"), &json!("duplicate-record"))
    );
}

#[test]
fn long_lines_are_described_and_copied() {
    let list: Vec<String> = (0..60)
        .map(|number| {
            object(
                &BEN.replace("s-2x", &format!("s-{number}x"))
                    .replace("ben", &format!("ben-{number}")),
            )
        })
        .collect();
    let (ann, list) = (object(ANN), list.join(","));
    let folder = Folder::new().with("batch.json", format!("[{ann},{list},{ann}]"));
    let outcome = folder.run(&["fix", "batch.json"]).exits(1);
    assert_eq!(outcome.out, "");
    outcome.complains(&["not in the diff", "over 4 KB"]);
    folder.run(&["fix", "batch.json", "--out", "copies"]).exits(1);
    assert_eq!(bytes(&folder, "copies/batch.json"), format!("[{ann},{list}]").into_bytes());
}

#[test]
fn what_cannot_be_written_is_described() {
    let batch = format!("{HEADER}\n{ANN}\n{ANN}\n{BEN}\n");
    let folder = Folder::new().with("batch.csv.gz", gzip(batch.as_bytes()));
    let outcome = folder.run(&["fix", "batch.csv.gz"]).exits(1);
    assert_eq!(outcome.out, "");
    outcome.complains(&["safe ID101", "the file is compressed", "bytes 70 to"]);
    assert_eq!(folder.run(&["fix", "batch.csv.gz", "--out", "copies"]).exits(1).err, "");
    assert!(!folder.path().join("copies").exists());

    let piped = batch.clone();
    let outcome = fed(&folder, &["fix", "-"], move |_, mut input: ChildStdin| {
        input.write_all(piped.as_bytes()).expect("it reads");
    });
    let outcome = outcome.exits(1);
    assert_eq!(outcome.out, "");
    outcome.complains(&["safe ID101", "the file is a stream"]);

    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(batch.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = Folder::new().with("batch.csv", utf_16);
    folder.run(&["fix", "batch.csv"]).exits(1).complains(&["the file is UTF-16"]);
}

#[test]
fn a_sheet_is_described() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in [HEADER, ANN, ANN, BEN].iter().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    let folder = Folder::new().with("batch.xlsx", book.save_to_buffer().expect("a workbook"));
    let outcome = folder.run(&["fix", "batch.xlsx"]).exits(1);
    assert_eq!(outcome.out, "");
    outcome.complains(&["safe ID101", "it is a sheet of a workbook", "batch.xlsx:Sheet1!C3"]);
}

#[test]
fn other_encodings_are_written_as_they_are_stored() {
    let batch = |ann: &[u8], copies: usize| {
        let row = [ann, b",s-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n"].concat();
        [b"agent,id,start,end\n".to_vec(), row.repeat(copies), BEN.as_bytes().to_vec()].concat()
    };
    let folder = Folder::new().with("batch.csv", batch(b"J\xfcrgen", 3));
    let after = fixed(&folder, "batch.csv", &["--encoding", "windows-1252"]);
    assert_eq!(after, batch(b"J\xfcrgen", 1));
}

#[test]
fn exit_codes_say_whether_something_would_change() {
    let folder = Folder::new()
        .with("copies.csv", format!("{HEADER}\n{ANN}\n{ANN}\n"))
        .with("clean.csv", format!("{HEADER}\n{ANN}\n"))
        .with("empty.csv", format!("{HEADER}\n"))
        .with("broken.csv", format!("{HEADER}\n{ANN}\n{ANN}\nben,s-9x,tomorrow,later\n"));
    folder.run(&["fix", "copies.csv"]).exits(1);
    folder.run(&["fix", "clean.csv"]).exits(0);
    folder.run(&["fix", "empty.csv"]).exits(4);
    folder.run(&["fix", "missing.csv"]).exits(3);
    folder.run(&["fix"]).exits(2);
    folder.run(&["fix", "clean.csv", "--format", "xml"]).exits(2);
    folder.run(&["fix", "clean.csv", "--tz", "Mars/North"]).exits(2);
    let outcome = folder.run(&["fix", "broken.csv"]).exits(3);
    assert!(outcome.out.contains("\n-ann"), "{}", outcome.told());
    outcome.complains(&["not all inputs were read"]);
    folder.run(&["fix", "copies.csv", "-q"]).exits(1).complains(&[]);
    assert_eq!(folder.run(&["fix", "copies.csv", "-q"]).err, "");
}

#[test]
fn copies_are_written_beside_inputs_and_never_over_them() {
    let folder = Folder::new()
        .with("in/a.csv", format!("{HEADER}\n{ANN}\n{ANN}\n"))
        .with("in/deep/b.csv", format!("{HEADER}\n{BEN}\n{BEN}\n"))
        .with(
            "in/c.csv",
            format!("{HEADER}\ncleo,c-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n"),
        )
        .with("there/x", "");
    let outcome = folder.run(&["fix", "in/a.csv", "in/deep/b.csv", "in/c.csv", "--out", "copies"]);
    let outcome = outcome.exits(1);
    assert!(outcome.out.contains("2 changes in copies"), "{}", outcome.told());
    assert_eq!(folder.read("copies/a.csv"), Some(format!("{HEADER}\n{ANN}\n")));
    assert_eq!(folder.read("copies/deep/b.csv"), Some(format!("{HEADER}\n{BEN}\n")));
    assert_eq!(folder.read("copies/c.csv"), None, "it does not change");
    folder.run(&["fix", "in/a.csv", "--out", "copies"]).exits(2).complains(&["exists"]);
    folder.run(&["fix", "in", "--out", "in/copies"]).exits(2).complains(&["is in the folder `in`"]);
    folder.run(&["fix", "in/a.csv", "--out", "there"]).exits(2);
    folder.run(&["fix", "in/a.csv", "--out", " "]).exits(2);
    assert_eq!(folder.names(), ["copies", "in", "there"]);
}

#[test]
fn awkward_names_of_files_pass_git_and_patch() {
    let batch = format!("{HEADER}\n{ANN}\n{ANN}\n");
    for name in
        ["with space.csv", "ümlaut.csv", "quote\"d.csv", "tab\tbed.csv", "sub/b.csv", "./dot.csv"]
    {
        let folder = Folder::new().with(name, &batch);
        let after = fixed(&folder, name, &[]);
        assert_eq!(String::from_utf8_lossy(&after), format!("{HEADER}\n{ANN}\n"), "{name}");
    }
    let folder = Folder::new().with("b.csv", &batch);
    let path = folder.path().join("b.csv").display().to_string();
    let (diff, _) = diff(&folder, &["fix", &path]);
    assert!(
        takes(&folder, "git", &["apply", "--check", "-"], &diff),
        "{}",
        String::from_utf8_lossy(&diff)
    );
}

#[test]
fn a_diff_applies_in_a_folder_of_a_repository() {
    let folder = Folder::new().with("sub/b.csv", format!("{HEADER}\n{ANN}\n{ANN}\n"));
    let git = Command::new("git").args(["init", "-q"]).current_dir(folder.path()).status();
    assert!(git.is_ok_and(|status| status.success()));
    let sub = folder.path().join("sub");
    let output = shiftlint(&sub).args(["fix", "b.csv"]).output().expect("the program starts");
    let mut child = Command::new("git")
        .args(["apply", "-"])
        .current_dir(&sub)
        .stdin(Stdio::piped())
        .spawn()
        .expect("git starts");
    child.stdin.take().expect("a pipe").write_all(&output.stdout).expect("it reads");
    assert!(child.wait().expect("it ends").success());
    assert_eq!(folder.read("sub/b.csv"), Some(format!("{HEADER}\n{ANN}\n")));
}

#[test]
fn json_names_everything_that_a_program_needs() {
    let batch = format!("{HEADER}\n{ANN}\n{ANN}\n");
    let folder = Folder::new().with("batch.csv", &batch);
    let outcome = folder.run(&["fix", "batch.csv", "--format", "json"]).exits(1);
    assert_eq!(outcome.err, "");
    let report = outcome.report();
    assert_eq!((&report["schema"], &report["complete"]), (&json!(1), &json!(true)));
    assert_eq!(report["tool"]["name"], "shiftlint");
    let fix = &report["fixes"][0];
    for (key, value) in [
        ("kind", json!("safe")),
        ("rule", json!("ID101")),
        ("path", json!("batch.csv")),
        ("record", json!(2)),
        ("line", json!(3)),
        ("pointer", Value::Null),
        ("id", json!("s-1x")),
        ("agent", json!("ann")),
        ("old", json!(format!("{ANN}\n"))),
        ("new", json!("")),
    ] {
        assert_eq!(fix[key], value, "{key}");
    }
    let start = fix["bytes"][0].as_u64().expect("a place") as usize;
    let end = fix["bytes"][1].as_u64().expect("a place") as usize;
    assert_eq!(&batch[start..end], fix["old"]);
    assert!(fix["proof"].as_str().expect("text").contains("no finding is added"));
}

#[test]
fn a_thousand_copies_are_one_run() {
    let batch = format!("{HEADER}\n{}{BEN}\n", format!("{ANN}\n").repeat(1000));
    let folder = Folder::new().with("batch.csv", batch);
    let after = fixed(&folder, "batch.csv", &[]);
    assert_eq!(String::from_utf8_lossy(&after), format!("{HEADER}\n{ANN}\n{BEN}\n"));
}

#[test]
fn lines_that_others_take_words_from_stay() {
    // The second `ann` is a copy of the first, and names the agent of the line after it.
    let batch = "agent,start,end\n\
                 ann,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n\
                 ben,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n\
                 ann,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n\
                 ,2026-03-03T08:00:00Z,2026-03-03T12:00:00Z\n\
                 cleo,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n\
                 cleo,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n";
    let folder = Folder::new().with("batch.csv", batch);
    let outcome =
        folder.run(&["fix", "batch.csv", "--fill-down", "agent", "--format", "json"]).exits(1);
    let fixes = fixes(&outcome);
    assert_eq!(kinds(&fixes), ["safe", "dropped"], "{fixes:?}");
    assert_eq!((&fixes[0]["agent"], &fixes[1]["agent"]), (&json!("cleo"), &json!("ann")));
    assert_eq!(fixes[1]["proof"], "dropped: other records would read otherwise");
}

#[test]
fn times_within_a_record_would_have_to_move_with_it() {
    let activity =
        "{\"start\": \"2026-03-09T09:00:00-06:00\", \"end\": \"2026-03-09T10:00:00-06:00\"}";
    let shift = |activities: &str| {
        format!(
            "[{{\"agent\": \"ann\", \"timeZone\": \"America/Chicago\", \
             \"start\": \"2026-03-09T08:00:00-06:00\", \"end\": \"2026-03-09T12:00:00-06:00\", \
             \"activities\": [{activities}]}}]"
        )
    };
    let folder = Folder::new().with("a.json", shift(activity)).with("b.json", shift(""));
    let outcome = folder.run(&["fix", "a.json", "--suggested"]).exits(1);
    assert_eq!(outcome.out, "");
    outcome.complains(&["times within the record have the same offset"]);
    let after = fixed(&folder, "b.json", &["--suggested"]);
    assert_eq!(String::from_utf8_lossy(&after), shift("").replace("-06:00", "-05:00"));
}
