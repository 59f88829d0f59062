//! What the inputs look like, and where they come from.

use crate::program::{Folder, Outcome, finish, one_shift_each, shifts};
use std::io::Write;
use std::process::Stdio;

const CLEAN: &str = "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00";
const LATER: &str = "anna,s-2,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00";

fn check(text: impl AsRef<[u8]>) -> Outcome {
    Folder::new().with("batch.csv", text).run(&["check", "batch.csv"])
}

fn pipe(args: &[&str], text: &str) -> Outcome {
    let folder = Folder::new();
    let mut child = folder
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_missing_column_is_told_with_those_that_are_there() {
    let outcome = check("locker,start,end\nanna,2026-03-02T08:00Z,2026-03-02T09:00Z\n");
    outcome.exits(3).says(&[
        "batch.csv:1",
        "no column for the agent",
        "`locker`, `start`, `end`",
        "--map agent=COLUMN",
    ]);
    let outcome = check("agent,when,end\nanna,2026-03-02T08:00Z,2026-03-02T09:00Z\n");
    outcome.exits(3).says(&["no column for the start", "`when`", "--map start=COLUMN"]);
}

#[test]
fn of_two_columns_the_first_is_used_and_the_other_told() {
    let text = "employee,agent,start,end\nanna,ben,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                cleo,ben,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let outcome = check(text).exits(0);
    outcome.says(&[
        "note: batch.csv: columns `employee` and `agent` could both be the agent; `employee` is used",
    ]);
    let folder = Folder::new().with("batch.csv", text);
    folder
        .run(&["check", "batch.csv", "--map", "agent=agent"])
        .exits(1)
        .says(&["[OV103]", "`ben`"]);
}

/// Records of two days, by the words that name their agents.
fn two_agents(pairs: &[[&str; 2]]) -> String {
    let record = |(day, [user, agent]): (usize, &[&str; 2])| {
        format!(
            "{{\"user\":\"{user}\",\"agent\":\"{agent}\",\"start\":\"2026-03-{:02}T08:00Z\",\
             \"end\":\"2026-03-{:02}T16:00Z\"}}",
            day + 2,
            day + 2
        )
    };
    let records: Vec<String> = pairs.iter().enumerate().map(record).collect();
    records.join("\n")
}

#[test]
fn keys_that_name_other_agents_are_in_doubt() {
    let doubt = "`user` and `agent` could both be the agent, and divide the records differently";
    for (pairs, doubted) in [
        (&[["anna", "ben"], ["cleo", "ben"], ["anna", "dora"]][..], true),
        (&[["anna", "ben"], ["anna", "dora"], ["eve", "dora"]], true),
        (&[["anna", "A"], ["ben", "B"], ["anna", "A"]], false),
        (&[["anna", "x"], ["ben", "x"], ["cleo", "x"]], false),
        (&[["x", "anna"], ["x", "ben"]], false),
        (&[["anna", " anna "], ["ben", ""]], false),
    ] {
        let lines = two_agents(pairs);
        let list = format!("[{}]", lines.replace('\n', ","));
        let folder = Folder::new().with("batch.json", &list).with("batch.ndjson", &lines);
        for batch in ["batch.json", "batch.ndjson"] {
            let report = folder.run(&["check", batch, "--format", "json"]);
            let told = report.out.contains(doubt);
            assert_eq!(
                (report.code, told),
                (Some(if doubted { 3 } else { 0 }), doubted),
                "{pairs:?}"
            );
            let mapped = folder.run(&["check", batch, "--map", "agent=agent"]);
            mapped.never_says(&["RD106"]);
        }
        let piped = pipe(&["check", "-", "--format", "json"], &lines);
        assert_eq!(piped.out.contains(doubt), doubted, "{pairs:?}");
    }
}

#[test]
fn keys_that_differ_are_in_doubt_wherever_they_do() {
    let record = |number: u32, more: &str| {
        let day = number % 28 + 1;
        format!(
            "{{\"agent\":\"a-{number}\",\"start\":\"2026-03-{day:02}T08:00Z\"{more},\
             \"end\":\"2026-03-{day:02}T16:00Z\"}}\n"
        )
    };
    let more = |number: u32| match number {
        8000 => ",\"start_time\":\"2026-03-01T07:00Z\"",
        9000 => ",\"begin\":\"2026-03-13T08:00:00.000+00:00\"",
        _ => "",
    };
    let lines: String = (0..10_000).map(|number| record(number, more(number))).collect();
    let list = format!("[{}]", lines.trim_end().replace('\n', ","));
    let folder = Folder::new().with("batch.json", &list).with("batch.ndjson", &lines);
    let doubt = "`start` and `start_time` could both be the start, and differ in 1 record";
    for batch in ["batch.json", "batch.ndjson"] {
        for jobs in ["1", "3"] {
            let run = folder.run(&["check", batch, "--format", "json", "--jobs", jobs]);
            run.exits(3).says(&[doubt]).never_says(&["`begin`"]);
        }
    }
    let run = pipe(&["check", "-", "--format", "json"], &list);
    run.exits(3).says(&[doubt]).never_says(&["`begin`"]);
    folder.run(&["check", "batch.json", "--map", "start=start"]).exits(0);
    let accepted = folder.run(&["check", "batch.json", "--accept", "RD105=start_time"]);
    accepted.exits(0).never_says(&["could both be"]);
}

#[test]
fn one_key_twice_in_an_object_is_in_doubt_if_it_matters() {
    let record = |more: &str| {
        format!(
            "[{{\"agent\":\"a\",\"start\":\"2026-03-02T08:00Z\",{more}\
             \"end\":\"2026-03-02T16:00Z\"}}]"
        )
    };
    for (more, code) in [
        ("\"start\":\"2026-03-02T07:00Z\",", 3),
        ("\"agent\":\"b\",", 3),
        ("\"start\":\"2026-03-02T08:00:00+00:00\",", 0),
        ("\"agent\":\"\\u0061\",", 0),
        ("\"note\":1,\"note\":2,", 0),
    ] {
        let folder = Folder::new().with("batch.json", record(more));
        folder.run(&["check", "batch.json"]).exits(code);
    }
}

#[test]
fn a_mapped_column_may_have_a_delimiter_in_its_name() {
    let folder = Folder::new()
        .with("batch.csv", "agent,start,end\n7,2026-03-02T08:00Z,2026-03-02T16:00Z\n")
        .with("agents.csv", "badge, no\n7\n");
    let agents = ["--agents", "agents.csv", "--map", "agent=badge, no", "--map", "agent=agent"];
    folder.run(&[&["check", "batch.csv"], &agents[..]].concat()).exits(0);
}

#[test]
fn a_mapped_column_overrules_names() {
    let text = "Emp No,agent,start,end\n7,anna,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                7,ben,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let folder = Folder::new().with("batch.csv", text);
    folder.run(&["check", "batch.csv"]).exits(0);
    folder.run(&["check", "batch.csv", "--map", "agent=Emp No"]).exits(1).says(&["agent `7`"]);
    folder.run(&["check", "batch.csv", "--map", "AGENT=emp_no"]).exits(1);
    let outcome = folder.run(&["check", "batch.csv", "--map", "agent=Emp Nr"]);
    outcome.exits(3).says(&["[RD118]", "Emp Nr"]);
}

#[test]
fn every_delimiter_is_found() {
    for delimiter in [',', ';', '\t', '|'] {
        let text = shifts(&[CLEAN, LATER]).replace(',', &delimiter.to_string());
        check(text).exits(1).says(&["[OV101]", "30 min", "batch.csv:3"]);
    }
}

#[test]
fn byte_order_mark_and_line_ends_change_nothing() {
    let plain = check(shifts(&[CLEAN, LATER])).exits(1);
    for text in [
        format!("\u{feff}{}", shifts(&[CLEAN, LATER])),
        shifts(&[CLEAN, LATER]).replace('\n', "\r\n"),
        shifts(&[CLEAN, LATER]).trim_end().to_owned(),
        format!("{}\r\n\r\n", shifts(&[CLEAN, LATER]).trim_end().replace('\n', "\r\n")),
        shifts(&[CLEAN, LATER]).trim_end().replace('\n', "\r"),
        shifts(&[CLEAN, LATER]).replace("anna", "\"anna\""),
    ] {
        let outcome = check(&text).exits(1);
        assert_eq!(outcome.out.lines().next(), plain.out.lines().next(), "{text:?}");
        assert!(outcome.out.contains("batch.csv:3"), "{text:?}: {}", outcome.told());
    }
}

#[test]
fn quoted_cells_may_hold_delimiters_and_line_breaks() {
    let text = "agent,note,start,end\n\
                anna,\"late, \"\"again\"\"\nand again\",2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                anna,,2026-03-02T15:30Z,2026-03-02T20:00Z\n";
    check(text).exits(1).says(&["[OV101]", "batch.csv:2", "batch.csv:4"]);
}

#[test]
fn ragged_rows_are_told_and_leave_no_all_clear() {
    let outcome = check("agent,start,end\nanna,2026-03-02T08:00Z\n");
    outcome.exits(3).says(&["[RC101]", "2 cells where the header has 3", "batch.csv:2"]);
}

#[test]
fn an_unclosed_quote_is_told_where_it_opens() {
    let text = format!("{}anna,\"s-3,2026-03-02T08:00Z,2026-03-02T09:00Z\n", shifts(&[CLEAN]));
    let outcome = check(text);
    outcome.exits(3).says(&[
        "batch.csv:3:6",
        "the quote that opens here is never closed",
        "no all-clear",
    ]);
}

#[test]
fn unreadable_times_are_told() {
    let outcome = check(shifts(&["anna,s-1,tomorrow,2026-03-02T16:00:00-06:00", CLEAN]));
    outcome.exits(3).says(&["[RC101]", "the start `tomorrow` is not a time"]);
    let outcome = check(shifts(&["anna,s-1,2026-03-02T16:00:00-06:00,2026-03-02T08:00:00-06:00"]));
    outcome.exits(1).says(&["[RC102]", "lies before the start"]);
    let empty = "anna,s-1,2026-03-02T16:00:00-06:00,2026-03-02T16:00:00-06:00";
    let outcome = check(shifts(&[empty, CLEAN]));
    outcome.exits(0).says(&["warning[RC103]"]);
}

#[test]
fn an_unknown_zone_is_told_with_the_nearest() {
    let outcome =
        check("agent,start,end,zone\nanna,2026-03-02T08:00,2026-03-02T09:00,Europe/Londn\n");
    outcome.exits(3).says(&["[TZ105]", "`Europe/Londn` is unknown", "`Europe/London`"]);
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let bytes =
        [b"agent,start,end\nanna\xff,2026-03-02T08:00Z,2026-03-02T09:00Z\n".as_slice(), b""]
            .concat();
    check(bytes).exits(3).says(&["[RC101]", "UTF-8"]);
    check("agent,start,end\nan\0na,2026-03-02T08:00Z,2026-03-02T09:00Z\n")
        .exits(3)
        .says(&["[RC101]", "NUL"]);
    let wide: Vec<u8> = shifts(&[CLEAN]).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&wide).exits(3).says(&["UTF-16", "--encoding utf-16le"]);
    check(b"PK\x03\x04rest").exits(3).says(&["Excel workbook", "save the sheet as CSV"]);
    check(b"\x1f\x8b\x08rest").exits(3).says(&["cannot be read"]);
}

#[test]
fn a_bad_byte_spoils_its_own_record_only() {
    let bytes =
        [shifts(&[CLEAN, LATER]).as_bytes(), b"b\xffn,s-3,2026-03-02T08:00Z,2026-03-02T09:00Z\n"]
            .concat();
    check(bytes).exits(3).says(&["[OV101]", "[RC101]", "batch.csv:4", "1 unreadable"]);
}

#[test]
fn standard_input_is_an_input() {
    let outcome = pipe(&["check", "-"], &shifts(&[CLEAN, LATER]));
    outcome.exits(1).says(&["[OV101]"]);
    pipe(&["check", "-"], "").exits(4);
    pipe(&["check", "-"], &shifts(&[CLEAN])).exits(0);
}

#[test]
fn directories_and_globs_stand_for_their_files() {
    let folder = Folder::new()
        .with("batch/north.csv", shifts(&[CLEAN]))
        .with("batch/south.TSV", shifts(&[LATER]).replace(',', "\t"))
        .with("batch/.hidden.csv", "nonsense")
        .with("batch/notes.md", "nonsense")
        .with("batch/deeper/west.csv", shifts(&[CLEAN]));
    for name in ["batch", "batch/", "./batch"] {
        let outcome = folder.run(&["check", name]).exits(1);
        let outcome = outcome.says(&["[OV101]", "in 2 records of 1 agent"]);
        outcome.says(&[
            "batch/.hidden.csv: not read",
            "batch/north.csv: not read: it holds the same bytes as\n",
            "batch/notes.md: not read",
        ]);
    }
    let outcome = folder.run(&["check", "batch/*.[cT]*"]).exits(1);
    outcome
        .says(&["[OV101]", "in 2 records of 1 agent"])
        .never_says(&["hidden", "notes", "deeper"]);
    folder.run(&["check", "batch/n*.csv"]).exits(0).says(&["1 record of 1 agent"]);
}

#[test]
fn a_role_may_have_several_files() {
    let folder = Folder::new()
        .with("a.csv", shifts(&[CLEAN]))
        .with("b.csv", shifts(&["ben,s-2,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00"]))
        .with(
            "live-1.csv",
            shifts(&["anna,p-1,2026-03-02T15:00:00-06:00,2026-03-02T17:00:00-06:00"]),
        )
        .with(
            "live-2.csv",
            shifts(&["ben,p-2,2026-03-02T15:00:00-06:00,2026-03-02T17:00:00-06:00"]),
        )
        .with("off.csv", "agent,start,end\nben,2026-03-02T07:00-06:00,2026-03-02T08:30-06:00\n");
    let args = [
        "check",
        "a.csv",
        "b.csv",
        "--published",
        "live-1.csv",
        "--published",
        "live-2.csv",
        "--time-off",
        "off.csv",
    ];
    let outcome = folder.run(&args).exits(1);
    assert_eq!(outcome.out.matches("error[OV104]").count(), 2, "{}", outcome.told());
    assert_eq!(outcome.out.matches("error[OV201]").count(), 1, "{}", outcome.told());
}

#[test]
fn the_order_of_files_and_a_file_named_twice_change_nothing() {
    let folder = Folder::new().with("a.csv", shifts(&[CLEAN])).with("b.csv", shifts(&[LATER]));
    let once = folder.run(&["check", "a.csv", "b.csv", "--format", "json"]).exits(1);
    for args in [["check", "b.csv", "a.csv", "a.csv"], ["check", "b.csv", "b.csv", "a.csv"]] {
        let again = folder.run(&[&args[..], &["--format", "json"]].concat()).exits(1);
        assert_eq!(again.out, once.out, "{args:?}");
    }
}

/// Records by one name in the batch, live, and by schedule.
#[test]
fn what_replaces_what_is_chosen() {
    let header = "agent,id,schedule,start,end\n";
    let live = "anna,s-1,w10,2026-03-02T08:00Z,2026-03-02T16:00Z\nanna,s-9,w10,2026-03-02T12:00Z,2026-03-02T20:00Z\n";
    let batch = "anna,s-1,w10,2026-03-02T09:00Z,2026-03-02T17:00Z\n";
    let folder = Folder::new()
        .with("live.csv", format!("{header}{live}"))
        .with("batch.csv", format!("{header}{batch}"));
    for (replace, findings) in [("id", 1), ("schedule", 0), ("none", 2)] {
        let args = ["check", "batch.csv", "--published", "live.csv", "--replace", replace];
        let outcome = folder.run(&args);
        assert_eq!(
            outcome.out.matches("error[OV104]").count(),
            findings,
            "{replace}: {}",
            outcome.told()
        );
    }
}

/// A gap and a fold: the pair overlaps in one reading of each.
#[test]
fn disambiguation_chooses_the_reading_and_the_severity() {
    let text = "agent,id,start,end\n\
                anna,s-1,2026-10-31T20:00,2026-11-01T01:15-05:00\n\
                anna,s-2,2026-11-01T01:00,2026-11-01T09:00\n";
    let folder = Folder::new().with("batch.csv", text);
    let run = |how: &str| {
        folder.run(&["check", "batch.csv", "--tz", "America/Chicago", "--disambiguation", how])
    };
    run("compatible").exits(1).says(&["error[OV102]", "(possible)"]);
    run("earlier").exits(1).says(&["error[OV102]", "(possible)"]);
    run("later").exits(0).says(&["warning[OV102]", "(possible)"]);
}

#[test]
fn the_zone_of_the_machine_changes_nothing() {
    let text =
        "agent,id,start,end\nanna,s-1,2026-03-08T02:30,2026-03-08T10:30\nben,s-2,1772438400,x\n";
    let folder = Folder::new().with("batch.csv", text);
    for more in [&[][..], &["--tz", "America/Chicago"]] {
        let args = [&["check", "batch.csv", "--format", "json"][..], more].concat();
        let plain = folder.run(&args);
        for (variable, value) in [
            ("TZ", "Asia/Tokyo"),
            ("TZ", "America/Chicago"),
            ("TZ", "nonsense"),
            ("TZDIR", "/nowhere"),
        ] {
            let other = finish(folder.command(&args).env(variable, value));
            assert_eq!((other.code, &other.out), (plain.code, &plain.out), "{variable}={value}");
        }
    }
}

/// The bytes of a text, compressed with gzip.
fn gzip(text: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(text).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

/// The bytes of a text as a frame of zstd.
fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn compressed_files_are_told_by_content_and_read() {
    let text = shifts(&[CLEAN, LATER]);
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        check(&packed).exits(1).says(&["[OV101]", "batch.csv:2", "batch.csv:3"]);
    }
    // Archives are often several put together, and all of them count.
    let (head, rest) = text.split_at(text.len() - 20);
    for pack in [gzip, zstd] {
        let both = [pack(head.as_bytes()), pack(rest.as_bytes())].concat();
        check(&both).exits(1).says(&["[OV101]"]);
    }
}

#[test]
fn an_archive_that_is_cut_off_is_no_all_clear() {
    let text = one_shift_each(0..2000);
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let cut = &packed[..packed.len() / 2];
        check(cut).exits(3).says(&["cannot be read", "no all-clear"]);
    }
}

#[test]
fn an_archive_unpacks_within_limits() {
    let text = shifts(&[CLEAN; 1000]);
    let bomb = [text.as_bytes(), &vec![b'\n'; 200 << 20]].concat();
    let folder =
        Folder::new().with("batch.csv.gz", gzip(text.as_bytes())).with("bomb.gz", gzip(&bomb));
    let limit = ["check", "batch.csv.gz", "--max-unpacked", "10K"];
    folder.run(&limit).exits(3).says(&["unpacks to more than", "--max-unpacked"]);
    folder.run(&["check", "bomb.gz"]).exits(3).says(&["times its size"]);
    for size in ["", "x", "10Q", "-1", "99999999999T"] {
        folder.run(&["check", "batch.csv.gz", "--max-unpacked", size]).exits(2);
    }
}

#[test]
fn other_encodings_are_read_when_they_are_known() {
    let text = shifts(&[
        "Zoë,s-1,2026-03-02T08:00Z,2026-03-02T12:00Z",
        "Zoë,s-2,2026-03-02T11:00Z,2026-03-02T13:00Z",
    ]);
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(order).collect()
    };
    for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        check(&bytes).exits(1).says(&["[OV101]", "`Zoë`"]);
    }
    let western: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let folder = Folder::new().with("batch.csv", western);
    folder.run(&["check", "batch.csv"]).exits(3).says(&["[RC101]", "UTF-8"]);
    let named = ["check", "batch.csv", "--encoding", "windows-1252"];
    folder.run(&named).exits(1).says(&["[OV101]", "`Zoë`"]);
    folder.run(&["check", "batch.csv", "--encoding", "klingon"]).exits(2);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = Folder::new().with("batch.csv", shifts(&[CLEAN]));
    let twice = ["check", "batch.csv", "./batch.csv", "*.csv", "."];
    folder.run(&twice).exits(0).says(&["1 record of 1 agent"]);
    // In two roles it is two: a batch that is published already.
    folder.run(&["check", "batch.csv", "--published", "batch.csv"]).exits(0).says(&["1 replaced"]);
}

#[test]
fn times_read_as_utc_are_told_once_for_all() {
    let rows =
        ["anna,s-1,2026-03-02T08:00,2026-03-02T09:00", "ben,s-2,2026-03-02T08:00,2026-03-02T09:00"];
    check(shifts(&rows))
        .exits(1)
        .says(&["2 records have times without offset or zone", "--tz ZONE"]);
    check(shifts(&rows[..1])).exits(1).never_says(&["records have times without"]);
}

/// Rows of two agents, the first of which has this name.
fn named(name: &[u8], id: &str) -> Vec<u8> {
    let times = "2026-03-02T08:00:00Z,2026-03-02T16:00:00Z";
    let rest = format!(",{id},{times}\nanna,{id}-a,{times}\n");
    [b"agent,id,start,end\n", name, rest.as_bytes()].concat()
}

/// The text as UTF-16, with these units in place of each `?`.
fn wide(text: &[u8], units: &[u16], order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = [0xfeff];
    let letters = text.iter().map(|byte| [u16::from(*byte)]);
    let units = letters.map(|letter| if letter == [0x3f] { units.to_vec() } else { letter.into() });
    mark.into_iter().chain(units.flatten()).flat_map(order).collect()
}

#[test]
fn bytes_that_mean_nothing_in_a_named_encoding_are_no_all_clear() {
    let names: [(&str, &[u8], &[u8]); 7] = [
        ("utf-8", b"Jos\xe9", b"Jos\xe8"),
        ("utf-8", b"Jos\xe9\x2c", b"Jos\xe8\x2c"),
        ("shift_jis", b"Jos\xfd", b"Jos\xfe"),
        ("shift_jis", b"Jos\x81", b"Jos\x82"),
        ("iso-2022-jp", b"Jos\xe9", b"Jos\xe8"),
        ("windows-1253", b"Jos\xaa", b"Jos\xd2"),
        ("euc-kr", b"Jos\xff", b"Jos\x80"),
    ];
    for (encoding, first, second) in names {
        let folder = Folder::new()
            .with("batch.csv", named(first, "s-1"))
            .with("published.csv", named(second, "s-1"));
        let args = ["check", "batch.csv", "--published", "published.csv", "--encoding", encoding];
        folder.run(&args).exits(3).says(&[
            "[RC101]",
            "batch.csv:2",
            "published.csv:2",
            "2 unreadable",
            "no all-clear",
        ]);
    }
}

#[test]
fn a_broken_character_spoils_its_own_record_only() {
    let unreadable = |name: &str, bytes: Vec<u8>, more: &[&str]| {
        let args = [&["check", name], more].concat();
        Folder::new().with(name, bytes).run(&args).exits(3).says(&["[RC101]", "1 unreadable"])
    };
    let rows = shifts(&[CLEAN, LATER]);
    for name in ["zoe\u{fe}", "\u{fe}zoe"] {
        let row = format!("{name},s-3,2026-03-02T08:00Z,2026-03-02T09:00Z\n");
        let text: Vec<u8> = rows.chars().chain(row.chars()).map(|letter| letter as u8).collect();
        for encoding in ["utf-8", "shift_jis"] {
            unreadable("batch.csv", text.clone(), &["--encoding", encoding])
                .says(&["[OV101]", "batch.csv:4"]);
        }
    }
    // What a line leaves open in two-byte letters does not swallow its end.
    let open = named(b"\x1b$B$\"", "s-1");
    let end = open.iter().rposition(|byte| *byte == b'\n').unwrap_or_default();
    let back = [&open[..end], b"\n\x1b(B", LATER.as_bytes(), b"\n"].concat();
    Folder::new()
        .with("batch.csv", back)
        .run(&["check", "batch.csv", "--encoding", "iso-2022-jp"])
        .exits(3)
        .says(&["batch.csv:2", "batch.csv:3", "2 unreadable"])
        .never_says(&["batch.csv:4"]);
    let record = |name: &str| {
        format!(r#"{{"agent":"{name}","start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}}"#)
    };
    let lines = format!("{}\n{}\n", record("Jos\u{e9}"), record("anna"));
    let lines: Vec<u8> = lines.chars().map(|letter| letter as u8).collect();
    unreadable("batch.ndjson", lines, &["--encoding", "utf-8"]).says(&["batch.ndjson:1"]);
}

#[test]
fn halves_of_characters_in_utf_16_are_no_all_clear() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let folder = Folder::new()
            .with("batch.csv", wide(&named(b"?A", "s-1"), &[0xd800], order))
            .with("published.csv", wide(&named(b"?A", "s-1"), &[0xd801], order));
        let args = ["check", "batch.csv", "--published", "published.csv"];
        folder.run(&args).exits(3).says(&["[RC101]", "batch.csv:2", "published.csv:2"]);
        let mut odd = wide(&named(b"?A", "s-1"), &[0x7a], order);
        check(&odd).exits(0);
        odd.pop();
        check(&odd).exits(3).says(&["[RC101]", "no all-clear"]);
        // Both halves are one letter.
        check(wide(&named(b"?A", "s-1"), &[0xd800, 0xdc00], order)).exits(0);
    }
}

#[test]
fn a_replacement_character_that_was_written_is_a_letter() {
    let text = named("Jos\u{fffd}".as_bytes(), "s-1");
    let folder = Folder::new()
        .with("plain.csv", &text)
        .with("wide.csv", wide(&named(b"Jos?", "s-1"), &[0xfffd], u16::to_le_bytes));
    folder.run(&["check", "plain.csv"]).exits(0);
    folder.run(&["check", "plain.csv", "--encoding", "utf-8"]).exits(0);
    folder.run(&["check", "wide.csv"]).exits(0).says(&["2 records"]);
    folder.run(&["check", "wide.csv", "--encoding", "utf-8"]).exits(0).says(&["2 records"]);
}

#[test]
fn an_encoding_that_nobody_reads_is_no_encoding() {
    let folder = Folder::new().with("batch.csv", shifts(&[CLEAN]));
    for name in ["iso-2022-kr", "hz-gb-2312", "replacement"] {
        folder.run(&["check", "batch.csv", "--encoding", name]).exits(2);
    }
}

/// How a program speaks of itself, and not to people.
const DEBUGGED: &[&str] = &["Error", "{ ", "Kind", "invalid gzip", "corrupt ", "Number", "0x"];

/// What is said of a file with these bytes, which is no all-clear.
fn told(bytes: impl AsRef<[u8]>, said: &[&str]) {
    let folder = Folder::new().with("batch", &bytes);
    for more in [&[][..], &["--encoding", "windows-1252"]] {
        let outcome = folder.run(&[&["check", "batch"], more].concat()).exits(3);
        outcome.says(said).says(&["no all-clear"]).never_says(DEBUGGED);
    }
}

#[test]
fn packed_files_that_are_broken_are_told_in_words() {
    let text = one_shift_each(0..500);
    for pack in [gzip, zstd] {
        let packed = pack(text.as_bytes());
        for cut in [5, packed.len() / 2, packed.len() - 1] {
            told(&packed[..cut], &["cannot be read: the file is cut off", "fetch it again"]);
        }
        let other = "the file holds other bytes behind its compressed data";
        for behind in ["abcdefgh", "ab", "\n", "\0\0x"] {
            let both = [&packed, behind.as_bytes()].concat();
            told(both, &[other, "fetch it again; if they belong there, unpack it first"]);
        }
    }
    let mut packed = gzip(text.as_bytes());
    let sum = packed.len() - 8;
    packed[sum] ^= 1;
    told(packed, &["the gzip data is damaged", "fetch it again"]);
    let reserved = b"\x28\xb5\x2f\xfd\x00\x58\x07\x00\x00";
    told(reserved, &["cannot be read: the zstd data is damaged", "fetch it again"]);
    let dictionary = b"\x28\xb5\x2f\xfd\x01\x58\x07\x01\x00\x00";
    told(dictionary, &["it was packed with a dictionary", "unpack it first"]);
    let window = b"\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00";
    told(window, &["it wants more than 128 MiB to unpack", "unpack it first"]);
}

#[test]
fn what_pads_a_packed_file_is_passed_over() {
    let (first, second) =
        (gzip(shifts(&[CLEAN]).as_bytes()), gzip([LATER, "\n"].concat().as_bytes()));
    for zeros in [1, 2, 512, 100_000] {
        let padded = [&first[..], &second, &vec![0; zeros]].concat();
        check(&padded).exits(1).says(&["[OV101]", "batch.csv:3"]);
    }
    let (first, second) =
        (zstd(shifts(&[CLEAN]).as_bytes()), zstd([LATER, "\n"].concat().as_bytes()));
    let skipped = b"\x5a\x2a\x4d\x18\x05\0\0\0hello";
    let both = [&first[..], skipped, &second, skipped].concat();
    check(&both).exits(1).says(&["[OV101]", "batch.csv:3"]);
    told(&both[..both.len() - 1], &["the file is cut off", "fetch it again"]);
}

#[test]
fn files_that_are_no_utf_8_are_told_for_what_they_are() {
    let text = shifts(&[CLEAN, LATER]);
    let plain = |bytes: &[u8], said: &[&str]| {
        check(bytes).exits(3).says(said).says(&["no all-clear"]);
    };
    let narrow =
        |order: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(order).collect() };
    plain(&narrow(u16::to_le_bytes), &["UTF-16 without a byte-order mark", "--encoding utf-16le"]);
    plain(&narrow(u16::to_be_bytes), &["UTF-16 without a byte-order mark", "--encoding utf-16be"]);
    for mark in ["", "\u{feff}"] {
        for order in [u32::to_le_bytes, u32::to_be_bytes] {
            let letters = mark.chars().chain(text.chars()).map(|letter| order(letter as u32));
            let bytes = letters.collect::<Vec<_>>().concat();
            told(bytes, &["this file is UTF-32", "save it as UTF-8"]);
        }
    }
    for zeros in [1, 8, 5000] {
        told(vec![0; zeros], &["this file is nothing but zero bytes", "fetch it again"]);
    }
    let mut archive = vec![0; 512];
    archive[..5].copy_from_slice(b"a.csv");
    archive[257..262].copy_from_slice(b"ustar");
    archive.extend(text.as_bytes());
    told(&archive, &["this file is a tar archive", "unpack it"]);
    told(gzip(&archive), &["this file is a tar archive", "unpack it"]);
    let mixed: Vec<u8> = (0..600).map(|number: u32| (number * number % 7 / 3) as u8).collect();
    check(mixed).exits(3).says(&["no text"]).never_says(&["UTF-16", "UTF-32"]);
    for inner in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        told(gzip(&inner), &["this file is packed twice", "unpack it"]);
        told(zstd(&inner), &["this file is packed twice", "unpack it"]);
    }
}

/// A packed file that ends within its header is cut off, and no table without one.
#[test]
fn a_packed_file_that_ends_in_its_header_is_cut_off() {
    let more: String = (0..20_000).map(|number| format!(",column {number}")).collect();
    let packed = gzip(format!("agent,start,end{more}\n").as_bytes());
    let folder = Folder::new().with("batch.csv.gz", &packed[..packed.len() / 2]);
    folder.run(&["check", "batch.csv.gz"]).exits(3).says(&["the file is cut off"]);
}

#[test]
fn a_name_that_is_no_file_and_no_pattern_is_told_as_both() {
    let folder = Folder::new().with("c[d.csv", shifts(&[CLEAN]));
    for name in ["a[b.csv", "a**b.csv", "none/[.csv"] {
        let outcome = folder.run(&["check", name]).exits(2);
        let why = format!("there is no file `{name}`, and it is not a valid pattern: ");
        outcome.complains(&[&why, "help: check the path"]);
    }
    folder.run(&["check", "a*b.csv"]).exits(3).says(&["a*b.csv: cannot be read"]);
    folder.run(&["check", "c[d.csv"]).exits(0).says(&["1 record"]);
}

/// Opening it says why it cannot be read.
#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_no_pattern() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("gone", folder.path().join("a[b.csv")).expect("a link");
    folder.run(&["check", "a[b.csv"]).exits(3).says(&["a[b.csv: cannot be read"]);
}

#[test]
fn ids_of_slots_of_a_week_replace_nothing_of_another_week() {
    let row = |(id, start, end): (&str, &str, &str)| format!("{id},anna,{start}Z,{end}Z\n");
    let table = |rows: &[(&str, &str, &str)]| {
        let rows: String = rows.iter().copied().map(row).collect();
        format!("id,agent,start,end\n{rows}")
    };
    let batch = table(&[
        ("mon", "2026-03-16T05:00", "2026-03-16T13:00"),
        ("tue", "2026-03-17T08:00", "2026-03-17T13:00"),
        ("sun", "2026-03-22T22:00", "2026-03-23T06:00"),
    ]);
    let check = |live: &[(&str, &str, &str)], options: &[&str]| {
        let folder = Folder::new().with("batch.csv", &batch).with("live.csv", table(live));
        let args = [&["check", "batch.csv", "--published", "live.csv"], options].concat();
        folder.run(&args)
    };
    let week_before = [
        ("mon", "2026-03-09T06:00", "2026-03-09T13:00"),
        ("tue", "2026-03-10T08:00", "2026-03-10T13:00"),
        ("sun", "2026-03-15T22:00", "2026-03-16T06:00"),
    ];
    check(&week_before, &[]).exits(1).says(&[
        "[OV104]",
        "[ID109]",
        "`id` in batch.csv names slots",
    ]);
    check(&week_before, &["--map", "id=id"]).exits(0).never_says(&["[ID109]"]);
    // Two are a coincidence, and one that is moved by a day is a record.
    check(&week_before[1..], &[]).exits(0).never_says(&["[ID109]"]);
    let moved = [week_before[0], week_before[1], ("sun", "2026-03-21T22:00", "2026-03-22T06:00")];
    check(&moved, &[]).exits(0).never_says(&["[ID109]"]);
}

#[test]
fn ids_that_number_rows_replace_nothing_of_another_week() {
    let week = |days: [&str; 4], hours: [&str; 2]| {
        let row = |(number, day): (usize, &&str)| {
            let agent = ["anna", "anna", "ben", "ben"][number];
            let [start, end] = hours;
            format!("{},{agent},{day}T{start}Z,{day}T{end}Z\n", number + 1)
        };
        let rows: String = days.iter().enumerate().map(row).collect();
        format!("id,agent,start,end\n{rows}")
    };
    let days = ["2026-03-09", "2026-03-10", "2026-03-09", "2026-03-10"];
    let batch = week(days, ["08:00", "16:00"]);
    let check = |live: &str, options: &[&str]| {
        let folder = Folder::new().with("batch.csv", &batch).with("live.csv", live);
        let args = [&["check", "batch.csv", "--published", "live.csv"], options].concat();
        folder.run(&args)
    };
    // A day behind: anna's second shift of the export is on the day of her first one.
    let shifted = ["2026-03-10", "2026-03-11", "2026-03-02", "2026-03-03"];
    let live = week(shifted, ["15:00", "20:00"]);
    check(&live, &[]).exits(1).says(&["[OV104]", "[ID109]", "`id` in batch.csv numbers the rows"]);
    check(&live, &["--map", "id=id"]).exits(0).never_says(&["[ID109]"]);
    // The same days: these are the records, changed.
    check(&week(days, ["15:00", "20:00"]), &[]).exits(0).never_says(&["[ID109]"]);
    // Numbers of records do not begin anew in each export.
    let later = live.replace("\n1,", "\n41,");
    check(&later, &[]).never_says(&["[ID109]"]);
}
