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
        .says(&["4 ids stand on several records of one agent that"]);
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

const BESIDE: &str = "Employee,Date,Shift Start,Shift End,Activity,Activity Start,Activity End\n";

/// The rows of a table with the times of activities beside those of their shifts.
fn beside(rows: &[&str]) -> String {
    BESIDE.to_owned() + &rows.iter().map(|row| format!("{row}\n")).collect::<String>()
}

#[test]
fn a_shift_on_the_row_of_each_of_its_activities_is_one() {
    let rows = [
        "Ann,3/16/2026,8:00 AM,4:00 PM,Break,10:00 AM,10:15 AM",
        "Ann,3/16/2026,8:00 AM,4:00 PM,Lunch,12:00 PM,1:00 PM",
        "Ann,3/16/2026,8:00 AM,4:00 PM,Phone,1:00 PM,4:00 PM",
    ];
    assert_eq!(found(&beside(&rows)), passes());
    // Its rows need not follow each other, and a night goes on.
    let nights = [
        "Ann,2026-03-16,22:00,06:00,Break,23:00,23:15",
        "Ben,2026-03-16,22:00,06:00,Break,23:00,23:15",
        "Ann,2026-03-16,22:00,06:00,Break,02:00,02:15",
        "Ben,2026-03-16,22:00,06:00,Break,02:00,02:15",
    ];
    assert_eq!(found(&beside(&nights)), passes());
    let folder = Folder::new().with("batch.csv", beside(&nights));
    folder
        .run(&["check", "batch.csv", "--tz", "UTC", "--verbose"])
        .exits(0)
        .says(&["4 records: 2 checked, 2 merged into others"]);
    folder.run(&["inspect", "batch.csv", "--tz", "UTC"]).says(&["2 merged into others"]);
    // A shift of four hours whose rows are breaks is still a shift.
    let short = [
        "Ann,2026-03-16,08:00,12:00,Break,09:00,09:15",
        "Ann,2026-03-16,08:00,12:00,Break,11:00,11:15",
        "Ann,2026-03-16,08:00,16:00,Phone,08:00,16:00",
    ];
    assert_eq!(found(&beside(&short)), (Some(1), "OV101".to_owned()));
}

#[test]
fn a_shift_that_is_there_twice_with_one_activity_is_two() {
    for (rows, codes) in [
        // The same activity, none, one that is not within the shift, and one of no length.
        (["Break,10:00,10:15", "Break,10:00,10:15"], "OV103"),
        (["Break,10:00,10:15", "Lunch,10:00,10:15"], "OV103"),
        (["Break,10:00,10:15", ",,"], "OV103"),
        ([",,", ",,"], "OV103"),
        (["Break,10:00,10:15", "Lunch,18:00,19:00"], "OV103"),
        (["Break,10:00,10:15", "Lunch,12:00,12:00"], "OV103"),
    ] {
        let rows = rows.map(|row| format!("Ann,2026-03-16,08:00,16:00,{row}"));
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(found(&beside(&rows)), (Some(1), codes.to_owned()), "{rows:?}");
    }
    let other = [
        "Ann,2026-03-16,08:00,16:00,Break,10:00,10:15",
        "Ann,2026-03-16,08:00,16:00,Lunch,12:00,13:00",
        "Ann,2026-03-16,15:00,20:00,Break,17:00,17:15",
    ];
    assert_eq!(found(&beside(&other)), (Some(1), "OV101".to_owned()));
}

/// An absence that fills its row is one, whatever column says so.
#[test]
fn an_activity_that_is_an_absence_of_the_whole_shift_is_one() {
    let rows = [
        "Ann,2026-03-16,08:00,16:00,Vacation,08:00,16:00",
        "Ann,2026-03-16,10:00,12:00,Phone,10:00,12:00",
    ];
    let folder = Folder::new().with("batch.csv", beside(&rows));
    folder.run(&["check", "batch.csv", "--tz", "UTC"]).exits(1).says(&["[OV201]"]);
}

#[test]
fn ids_on_the_rows_of_a_shift_are_compared() {
    let table = |ids: [&str; 2]| {
        format!(
            "Shift ID,Employee,Date,Start Time,End Time,Segment Start,Segment End\n\
             {},Ann,2026-03-16,08:00,16:00,08:00,12:00\n\
             {},Ann,2026-03-16,08:00,16:00,12:00,16:00\n",
            ids[0], ids[1]
        )
    };
    assert_eq!(found(&table(["S1", "S1"])), passes());
    assert_eq!(found(&table(["S1", "S2"])), (Some(1), "OV103".to_owned()));
}

/// A shift can have one break in columns of its own. So many that are repeated are told apart.
#[test]
fn breaks_beside_shifts_are_parts_where_shifts_are_repeated() {
    let table = |shifts: usize, rest: usize| {
        let row = |agent: usize, times: &str| format!("{agent},2026-03-16,08:00,16:00,{times}\n");
        let repeated = (0..shifts)
            .map(|agent| row(agent, "10:00,10:15") + &row(agent, "12:00,13:00"))
            .collect::<String>();
        let others = (0..rest).map(|agent| row(100 + agent, "10:00,10:15")).collect::<String>();
        format!("Employee,Date,Start Time,End Time,Break Start,Break End\n{repeated}{others}")
    };
    assert_eq!(found(&table(3, 3)), passes());
    assert_eq!(found(&table(2, 0)), (Some(1), "OV103".to_owned()));
    assert_eq!(found(&table(3, 4)), (Some(1), "OV103".to_owned()));
}
