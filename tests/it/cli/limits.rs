//! How long and how deep a record may be.

use crate::program::{Folder, Outcome, shifts};

const ROW: &str = "anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z";
const WORDS: &str = r#""agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z""#;
const MEGABYTE: usize = 1 << 20;

fn check(name: &str, text: &str, more: &[&str]) -> Outcome {
    Folder::new().with(name, text).run(&[&["check", name], more].concat())
}

/// A record of this length in each format, with others before and behind it.
fn long(length: usize) -> [(&'static str, String); 4] {
    let row = format!("ben,{},2026-03-02T08:00Z,2026-03-02T16:00Z", "x".repeat(length - 40));
    let quoted =
        format!("ben,\"{}\",2026-03-02T08:00Z,2026-03-02T16:00Z", "\n".repeat(length - 42));
    let object = format!("{{\"x\":\"{}\",{WORDS}}}", "x".repeat(length - WORDS.len() - 9));
    let short = format!("{{{}}}", WORDS.replace("anna", "zoe"));
    for record in [&row, &quoted, &object] {
        assert_eq!(record.len(), length);
    }
    [
        ("batch.csv", shifts(&[ROW, &row, &ROW.replace("anna,s-1", "zoe,s-2")])),
        ("batch.csv", shifts(&[ROW, &quoted])),
        ("batch.json", format!("[{short},\n{object}]")),
        ("batch.ndjson", format!("{short}\n{object}\n")),
    ]
}

#[test]
fn a_record_may_be_as_long_as_it_may_be_and_no_longer() {
    let more = ["--max-record", "1M"];
    for (name, text) in long(MEGABYTE) {
        check(name, &text, &more).exits(0);
    }
    for (name, text) in long(MEGABYTE + 1) {
        let line = if name == "batch.csv" { 3 } else { 2 };
        let outcome = check(name, &text, &more).exits(3);
        assert!(outcome.out.len() < 2000, "{} bytes are told", outcome.out.len());
        let place = format!("{name}:{line}");
        outcome.says(&[&place, "1 MiB", "--max-record allows more", "no all-clear"]);
        check(name, &text, &["--max-record", "1025K"]).exits(0);
        check(name, &text, &[]).exits(0);
    }
}

/// A record with so many brackets open at once.
fn deep(levels: usize) -> [(&'static str, String); 2] {
    let brackets = levels - 1;
    let (open, close) = ("[".repeat(brackets), "]".repeat(brackets));
    let object = format!("{{{WORDS},\"x\":{open}{close}}}");
    let short = format!("{{{}}}", WORDS.replace("anna", "zoe"));
    [
        ("batch.json", format!("[{short},\n{object}]")),
        ("batch.ndjson", format!("{short}\n{object}\n")),
    ]
}

#[test]
fn a_record_may_be_as_deep_as_it_may_be_and_no_deeper() {
    for (levels, more) in [
        (128, &[][..]),
        (129, &["--max-depth", "129"]),
        (2, &["--max-depth", "2"]),
        (65_535, &["--max-depth", "65535"]),
    ] {
        for (name, text) in deep(levels) {
            check(name, &text, more).exits(0);
        }
        for (name, text) in deep(levels + 1) {
            let outcome = check(name, &text, more).exits(3);
            assert!(outcome.out.len() < 2000, "{} bytes are told", outcome.out.len());
            let place = format!("{name}:2:{}", WORDS.len() + 7 + levels - 1);
            outcome.says(&[&place, "nested deeper than --max-depth allows", "no all-clear"]);
        }
    }
}

#[test]
fn a_shift_may_be_as_long_as_it_may_be() {
    let lasting = |days: u32, minutes: u32| {
        let end = format!("2026-03-{:02}T08:{minutes:02}Z", 2 + days);
        shifts(&[&format!("anna,s-1,2026-03-02T08:00Z,{end}")])
    };
    for (days, more) in
        [(1, &[][..]), (2, &["--longest-shift", "2d"]), (3, &["--longest-shift", "72h"])]
    {
        check("batch.csv", &lasting(days, 0), more).exits(0).never_says(&["RC104"]);
        check("batch.csv", &lasting(days, 1), more).exits(0).says(&["warning[RC104]"]);
    }
}

#[test]
fn limits_have_limits() {
    let text = shifts(&[ROW]);
    for (option, wrong) in [
        ("--max-record", &["0", "1023K", "1025M", "2G", "-1", "x", "", "99999999999T"][..]),
        ("--max-depth", &["0", "-1", "65536", "x", ""]),
        ("--longest-shift", &["0h", "-1h", "24", "a day", ""]),
    ] {
        for value in wrong {
            let outcome = check("batch.csv", &text, &[&format!("{option}={value}")]).exits(2);
            outcome.complains(&[option]);
        }
    }
    check("batch.csv", &text, &["--max-record", "1G", "--max-depth", "1"]).exits(0);
}

/// Where a record has no end within the limit, nothing behind it is read, by no
/// thread: it would begin in the middle of a cell.
#[test]
fn nothing_is_read_behind_a_record_without_an_end() {
    let row =
        |number: usize| format!("agent {number},s-{number},2026-03-02T08:00Z,2026-03-02T16:00Z\n");
    let mut text = shifts(&[ROW, "ben,s-2,2026-03-02T08:00Z,\"2026-03-02T16:00Z"]);
    text.extend((0..60_000).map(row));
    text.push_str("zoe,\"s-3\",2026-03-02T08:00Z,2026-03-02T16:00Z\n");
    text.extend((0..9_000).map(row));
    let folder = Folder::new().with("batch.csv", &text);
    let run = |jobs| {
        let limit = ["--max-record", "1M", "--format", "json", "--jobs", jobs];
        folder.run(&[&["check", "batch.csv"], &limit[..]].concat()).exits(3)
    };
    let one = run("1");
    let input = &one.report()["inputs"][0];
    assert_eq!((&input["records"], &input["problem"]["line"]), (&1.into(), &3.into()), "{input}");
    for jobs in ["2", "3", "8"] {
        assert_eq!(run(jobs).out, one.out);
    }
}
