//! Tables with a row for each activity of a shift.

use crate::program::Folder;

/// The exit code for a table, and the codes of its findings.
fn found(table: &str) -> (Option<i32>, String) {
    let folder = Folder::new().with("batch.csv", table);
    let outcome = folder.run(&["check", "batch.csv", "--tz", "America/Chicago"]);
    let codes = ["ID101", "ID109", "OV101", "OV103", "RD101", "RD105"].into_iter();
    let codes = codes.filter(|code| outcome.out.contains(&format!("[{code}]")));
    (outcome.code, codes.collect::<Vec<_>>().join(" "))
}

fn passes() -> (Option<i32>, String) {
    (Some(0), String::new())
}

const HEADER: &str = "AgentID,Date,ActivityCode,StartTime,EndTime,ShiftID\n";

/// The rows of so many shifts, each in parts that have its id.
fn in_parts(shifts: usize, parts: &[(&str, &str, &str)]) -> String {
    let row = |shift: usize, (code, start, end): &(&str, &str, &str)| {
        format!("{},2026-03-16,{code},{start},{end},S{shift}\n", shift + 100)
    };
    let rows = (0..shifts).flat_map(|shift| parts.iter().map(move |part| row(shift, part)));
    HEADER.to_owned() + &rows.collect::<String>()
}

const PARTS: [(&str, &str, &str); 3] =
    [("OPEN", "08:00", "12:00"), ("LUNCH", "12:00", "13:00"), ("OPEN", "13:00", "17:00")];

#[test]
fn parts_of_shifts_may_share_the_id_of_their_shift() {
    for shifts in [4, 100] {
        assert_eq!(found(&in_parts(shifts, &PARTS)), passes(), "{shifts}");
    }
    let folder = Folder::new().with("batch.csv", in_parts(4, &PARTS));
    folder
        .run(&["check", "batch.csv", "--tz", "UTC"])
        .exits(0)
        .says(&["4 ids stand on several records of one agent and day"]);
    // Who names the column says that these are ids of records.
    folder.run(&["check", "batch.csv", "--tz", "UTC", "--map", "id=ShiftID"]).exits(1);
}

#[test]
fn what_parts_of_shifts_do_to_each_other_is_found() {
    let overlapping = in_parts(4, &PARTS) + "100,2026-03-16,OPEN,16:00,18:00,S0\n";
    assert_eq!(found(&overlapping), (Some(1), "OV101".to_owned()));
    let other = in_parts(4, &PARTS) + "100,2026-03-16,OPEN,16:00,18:00,S900\n";
    assert_eq!(found(&other), (Some(1), "OV101".to_owned()));
}

#[test]
fn ids_that_are_copied_are_no_ids_of_shifts() {
    // Too few to tell.
    for shifts in [1, 3] {
        let table = in_parts(shifts, &PARTS);
        assert_eq!(found(&table), (Some(1), "ID101".to_owned()), "{shifts}");
    }
    let few = in_parts(4, &PARTS[..2]);
    assert_eq!(found(&few), (Some(1), "ID101".to_owned()));
    let rest: String =
        (200..225).map(|row| format!("{row},2026-03-17,OPEN,08:00,12:00,T{row}\n")).collect();
    let rare = in_parts(4, &PARTS) + &rest;
    assert_eq!(found(&rare), (Some(1), "ID101".to_owned()));
    // One of them is another agent's, of another day, hours away, or a copy.
    for row in [
        "900,2026-03-16,OPEN,17:00,18:00,S0",
        "100,2026-03-18,OPEN,08:00,12:00,S0",
        "100,2026-03-16,OPEN,22:00,23:00,S0",
    ] {
        let table = in_parts(4, &PARTS) + row + "\n";
        assert_eq!(found(&table), (Some(1), "ID101".to_owned()), "{row}");
    }
    let copy = in_parts(4, &PARTS) + "100,2026-03-16,OPEN,13:00,17:00,S0\n";
    assert_eq!(found(&copy), (Some(1), "ID101 OV103".to_owned()));
    // Among many shifts it is the mistake.
    let table = in_parts(20, &PARTS) + "900,2026-03-16,OPEN,17:00,18:00,S0\n";
    let folder = Folder::new().with("batch.csv", table);
    let outcome = folder.run(&["check", "batch.csv", "--tz", "UTC"]);
    assert_eq!(outcome.out.matches("[ID101]").count(), 3, "{}", outcome.out);
}
