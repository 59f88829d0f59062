//! Keys, maps and folders, and what is refused.

use super::KEY;
use crate::book::{book, rows};
use crate::program::{Folder, Outcome, finish, shifts};

const ROWS: &str = "anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z";

fn run(folder: &Folder, args: &[&str]) -> Outcome {
    finish(folder.command(args).env("SHIFTLINT_REDACT_KEY", KEY))
}

fn folder() -> Folder {
    Folder::new().with("batch.csv", shifts(&[ROWS])).with("key", format!("{KEY}\n"))
}

#[test]
fn a_key_is_needed_and_is_long_enough() {
    let folder = folder().with("short", "0123456789abcde\n");
    let help = ["openssl rand -hex 32 > key"];
    folder.run(&["check", "batch.csv", "--redact"]).exits(2).complains(&help);
    folder.run(&["redact", "batch.csv", "--out", "out"]).exits(2).complains(&help);
    let short = ["check", "batch.csv", "--redact", "--redact-key", "short"];
    run(&folder, &short).exits(2).complains(&["shorter than 16 bytes", help[0]]);
    let missing = ["check", "batch.csv", "--redact", "--redact-key", "none"];
    run(&folder, &missing).exits(2).complains(&["`none` cannot be read"]);
    for option in ["--redact-key", "--redact-map"] {
        run(&folder, &["check", "batch.csv", option, "key"]).exits(2).complains(&["--redact"]);
    }
    assert_eq!(folder.names(), ["batch.csv", "key", "short"]);
}

#[test]
fn a_key_is_the_same_from_a_file_and_from_the_environment() {
    let folder = folder();
    let args = ["check", "batch.csv", "--redact", "--verbose"];
    let of_file = folder.run(&[&args[..], &["--redact-key", "key"]].concat()).exits(0);
    assert_eq!(of_file.out, run(&folder, &args).exits(0).out);
    assert!(!of_file.out.contains("anna"), "{}", of_file.told());
}

#[test]
fn the_map_is_for_its_owner_alone() {
    let folder = folder();
    run(&folder, &["redact", "batch.csv", "--out", "out", "--redact-map", "map.csv"]).exits(0);
    let map = folder.read("map.csv").expect("a map");
    assert!(map.starts_with("pseudonym,original\n") && map.contains(",anna\n"), "{map}");
    let copy = std::fs::read_to_string(folder.path().join("out/batch-1.csv")).expect("a copy");
    let pseudonym = map.lines().find_map(|line| line.strip_suffix(",anna")).expect("a row");
    assert!(copy.contains(&format!("\n{pseudonym},")), "{copy}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(folder.path().join("map.csv")).expect("a file");
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    for (name, why) in
        [("batch.csv", "would replace the input"), ("out2/map.csv", "the folder of the copies")]
    {
        let args = ["redact", "batch.csv", "--out", "out2", "--redact-map", name];
        run(&folder, &args).exits(2).complains(&["--redact-map", why]);
    }
    assert_eq!(folder.read("batch.csv"), Some(shifts(&[ROWS])));
}

#[test]
fn the_folder_is_whole_or_absent() {
    let folder = folder().with("there/x", "");
    for name in ["there", ""] {
        run(&folder, &["redact", "batch.csv", "--out", name]).exits(2);
    }
    let broken = ["redact", "batch.csv", "--time-off", "none.csv", "--out", "out"];
    let broken = run(&folder, &broken).exits(3).complains(&["cannot be redacted"]);
    assert!(!broken.err.contains("none.csv"), "{}", broken.told());
    assert!(!folder.path().join("out").exists());
    let empty = folder.with("empty.csv", "agent,start,end\n");
    run(&empty, &["redact", "empty.csv", "--out", "out"]).exits(4);
    assert!(!empty.path().join("out").exists());
}

#[test]
fn the_suggested_command_names_nobody() {
    let text = "Anna Lee,Date,Abc,Xyz\n7,2026-03-02,08:00,16:00\n8,2026-03-02,08:00,16:00\n";
    let folder = Folder::new().with("anna.csv", text);
    let args = ["check", "anna.csv", "--map", "agent=Anna Lee", "--tz", "UTC"];
    let plain = run(&folder, &args).exits(3).says(&["answered, this would be"]);
    let outcome = run(&folder, &[&args[..], &["--redact"]].concat());
    assert_eq!(outcome.code, plain.code);
    let said = outcome.out.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(said.contains("shiftlint check batch-1.csv --map 'agent="), "{}", outcome.told());
    assert!(said.contains("--tz UTC"), "{}", outcome.told());
    let said = format!("{}{}", outcome.out, outcome.err).to_lowercase();
    assert!(!said.contains("anna") && !said.contains("lee"), "{said}");
}

#[test]
fn packed_and_encoded_inputs_are_written_as_plain_text() {
    let mut utf_16 = vec![0xff, 0xfe];
    utf_16.extend(shifts(&[ROWS]).encode_utf16().flat_map(u16::to_le_bytes));
    let folder = folder().with("wide.csv", utf_16);
    run(&folder, &["redact", "wide.csv", "--out", "wide"]).exits(0);
    run(&folder, &["redact", "batch.csv", "--out", "plain"]).exits(0);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a copy");
    assert_eq!(read("wide/batch-1.csv").trim_start_matches('\u{feff}'), read("plain/batch-1.csv"));
}

#[test]
fn ids_that_only_number_rows_still_do() {
    let rows = |month: u32, agent: char| {
        let row = |day: u32| {
            format!(
                "{agent}-{day},{day},2026-{month:02}-{day:02}T08:00Z,2026-{month:02}-{day:02}T16:00Z"
            )
        };
        shifts(
            &(1..13)
                .map(row)
                .collect::<Vec<String>>()
                .iter()
                .map(String::as_str)
                .collect::<Vec<&str>>(),
        )
    };
    let folder = Folder::new().with("batch.csv", rows(3, 'a')).with("live.csv", rows(2, 'a'));
    let args = ["check", "batch.csv", "--published", "live.csv"];
    let plain = run(&folder, &args);
    assert!(plain.out.contains("ID109"), "{}", plain.told());
    let redacted = run(&folder, &[&args[..], &["--redact"]].concat());
    assert_eq!(redacted.code, plain.code, "{}", redacted.told());
    assert!(redacted.out.contains("ID109"), "{}", redacted.told());
}

/// A workbook with shifts, and with time off on a sheet whose name alone says so.
fn with_time_off(sheet: &str, off: &[&str]) -> Vec<u8> {
    let shifts = ["id|agent|start|end", "1|ann|2026-03-02T08:00Z|2026-03-02T12:00Z"];
    book(&[("Shifts", rows(&shifts)), (sheet, rows(off))])
}

#[test]
fn a_sheet_of_time_off_still_is_one_without_its_name() {
    let plain = ["id|agent|start|end", "9|ann|2026-03-02T08:00Z|2026-03-02T12:00Z"];
    let decided =
        ["id|agent|start|end|status", "9|ann|2026-03-02T08:00Z|2026-03-02T12:00Z|approved"];
    let kinds = [
        "id|agent|type|start|end|note",
        "9|ann||2026-03-02T08:00Z|2026-03-02T12:00Z|at sea",
        "10|ben|PTO|2026-03-02T08:00Z|2026-03-02T12:00Z|",
        "Total||||",
    ];
    let repeated = [
        "Holidays of the team",
        "agent|start|end",
        "ann|2026-03-02T08:00Z|2026-03-02T12:00Z",
        "agent|start|end",
        "ben|2026-03-02T08:00Z|2026-03-02T12:00Z",
        "Total||",
        "Generated by HR 5.1||",
    ];
    for (sheet, off) in [
        ("Urlaub", &plain[..]),
        ("Time off", &decided),
        ("PTO March", &kinds),
        ("Absences", &repeated),
    ] {
        let folder = Folder::new().with("week.xlsx", with_time_off(sheet, off));
        let told = run(&folder, &["check", "week.xlsx"]).exits(1).says(&["OV201"]);
        run(&folder, &["check", "week.xlsx", "--redact"]).exits(1).says(&["OV201"]);
        run(&folder, &["redact", "week.xlsx", "--out", "copies"]).exits(0);
        let copies = run(&folder, &["check", "copies"]).exits(1).says(&["OV201"]);
        let counted = |outcome: &Outcome| {
            outcome.out.lines().find(|line| line.contains(" records of ")).map(str::to_owned)
        };
        assert_eq!(counted(&copies), counted(&told), "{sheet}");
        let copy = std::fs::read_to_string(folder.path().join("copies/batch-2.csv"));
        assert!(!copy.expect("a copy").contains(sheet), "{sheet}");
    }
}

/// Words for groups, units, offsets and flags, without which a copy would be no doubt.
#[test]
fn what_makes_a_doubt_stays_in_a_copy() {
    let shift = "anna,2026-03-16 08:00,2026-03-16 16:00";
    for (batch, off) in [
        (format!("agent,start,end\n{shift}\n"), "agent,from,to\nTeam A,2026-03-16,2026-03-16\n"),
        (
            format!("agent,start,end\n{shift}\n"),
            "agent,from,to\nAll nurses,2026-03-16,2026-03-16\n",
        ),
        (format!("agent,start,end\n{shift}\n"), "agent,from,to\nEveryone,2026-03-16,2026-03-16\n"),
        (
            format!("agent,start,end\n{shift}\n"),
            "agent,start date,amount,unit\nanna,2026-03-14,3,D\n",
        ),
        (
            format!("agent,start,end,utcOffsetMinutes\n{shift},-240\n"),
            "agent,from,to\nanna,2026-03-17,2026-03-17\n",
        ),
    ] {
        let folder = folder().with("week.csv", batch).with("off.csv", off);
        let args = ["redact", "week.csv", "--time-off", "off.csv", "--tz", "America/Chicago"];
        run(&folder, &[&args[..], &["--out", "out"]].concat()).exits(0);
        let copies = ["check", "out/batch-1.csv", "--time-off", "out/time-off-1.csv", "--tz"];
        folder.run(&[&copies[..], &["America/Chicago"]].concat()).exits(3).says(&["[RD1"]);
    }
}
