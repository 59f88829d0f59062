//! Time off that may end later than it is read: lengths in two columns, more hours than a day of
//! work has, ends that are empty.

use crate::program::{Folder, Outcome};

/// Two shifts of one agent on a Monday and a Tuesday, and time off in a file of this name.
fn check_in(file: &str, off: &str, options: &[&str]) -> Outcome {
    let batch = "employee,start,end\nanna,2026-03-16 08:00,2026-03-16 16:00\n\
        anna,2026-03-17 08:00,2026-03-17 16:00\nben,2026-03-16 08:00,2026-03-16 16:00\n";
    let folder = Folder::new().with("batch.csv", batch).with(file, off);
    let args = ["check", "batch.csv", "--time-off", file, "--tz", "America/Chicago"];
    folder.run(&[&args[..], options].concat())
}

fn check(off: &str) -> Outcome {
    check_in("off.csv", off, &[])
}

/// Whether time off is a doubt about its end, by this column.
#[track_caller]
fn assert_asks(outcome: Outcome, column: &str) {
    outcome.exits(3).says(&["[RD102]", &format!("`{column}`")]);
}

#[test]
fn a_length_in_two_columns_is_read() {
    for (columns, length) in [
        ("Start Date,Amount,Unit", "3,days"),
        ("Date,Quantity,UOM", "3,D"),
        ("Start Date,Duration,Duration Unit", "24,hours"),
        ("von,Menge,Einheit", "3,Tage"),
        ("d\u{e9}but,Quantit\u{e9},Unit\u{e9}", "3,jours"),
        ("Start Date,Amount,Unit", "3,Working days"),
        ("Start Date,Amount,Unit", "2,months"),
        ("Start,Amount,Unit", "3,days"),
    ] {
        let column = columns.split(',').nth(1).expect("a column");
        let off = |day: &str| format!("employee,{columns}\nanna,{day},{length}\n");
        assert_asks(check(&off("2026-03-14")), column);
        check(&off("2026-03-18")).exits(0).never_says(&["RD102"]);
        let accepted = format!("RD102={column}");
        check_in("off.csv", &off("2026-03-14"), &["--accept", &accepted]).exits(0);
    }
    // A day, and a part of one.
    check("employee,Start Date,Amount,Unit\nanna,2026-03-15,8,hours\n").exits(0);
    check("employee,Start Date,Amount,Unit\nanna,2026-03-15,1,day\n").exits(0);
    let part = check("employee,Start Date,Amount,Unit\nanna,2026-03-16,0.5,days\n").exits(1);
    part.says(&["[OV201]", "(possible)"]);
    // An end decides, and other columns are no units.
    let ended = "employee,Start Date,End Date,Amount,Unit\nanna,2026-03-13,2026-03-15,3,days\n";
    check(ended).exits(0);
    check("employee,Start Date,Amount,Unit\nanna,2026-03-14,3,ICU\n").exits(0);
    check("employee,Start Date,Balance Amount,Unit\nanna,2026-03-14,3,days\n").exits(0);
}

#[test]
fn a_length_in_two_keys_is_read() {
    for length in [
        r#""amount":3,"unit":"days""#,
        r#""duration":3,"durationUnit":"days""#,
        r#""duration":{"value":3,"unit":"days"}"#,
        r#""amount":{"unit":"days","amount":"3"}"#,
    ] {
        let off = |day: &str| format!(r#"[{{"employee":"anna","startDate":"{day}",{length}}}]"#);
        check_in("off.json", &off("2026-03-14"), &[]).exits(3).says(&["[RD102]"]);
        check_in("off.json", &off("2026-03-18"), &[]).exits(0).never_says(&["RD102"]);
    }
}

#[test]
fn shifts_have_lengths_in_two_columns() {
    let batch = "employee,start,duration,duration unit\nanna,2026-03-16 08:00,8,hours\n\
        anna,2026-03-16 15:00,120,min\n";
    let folder = Folder::new().with("batch.csv", batch);
    let outcome = folder.run(&["check", "batch.csv", "--tz", "America/Chicago"]).exits(1);
    outcome.says(&["[OV101]"]).never_says(&["RD110"]);
}

#[test]
fn more_hours_than_a_day_of_work_has_may_be_several_days() {
    let off =
        |day: &str, hours: &str| format!("employee,date,hours,type\nanna,{day},{hours},PTO\n");
    for (day, hours) in [
        ("2026-03-14", "24"),
        ("2026-03-15", "16"),
        // Wednesday to Tuesday, without the weekend.
        ("2026-03-11", "40"),
        ("2026-03-13", "16"),
    ] {
        assert_asks(check(&off(day, hours)), "hours");
    }
    for (day, hours) in [
        ("2026-03-15", "8"),
        ("2026-03-15", "12"),
        // Monday to Friday.
        ("2026-03-09", "40"),
        ("2026-03-18", "24"),
    ] {
        check(&off(day, hours)).exits(0).never_says(&["RD102"]);
    }
    // A day of the calendar.
    check("employee,date,minutes,type\nanna,2026-03-15,1440,PTO\n").exits(0);
    check("employee,date,duration,type\nanna,2026-03-15,24:00,PTO\n").exits(0);
    // Who works 24 hours in one shift is off for one.
    let batch = "employee,start,end\nanna,2026-03-16 08:00,2026-03-17 08:00\n";
    let folder = Folder::new().with("batch.csv", batch).with("off.csv", off("2026-03-15", "24"));
    let args = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "America/Chicago"];
    folder.run(&args).exits(0);
}

#[test]
fn an_empty_end_is_unknown_where_its_agent_works_later() {
    for header in [
        "First Day of Absence,Last Day of Absence",
        "start,end",
        "start date,end date",
        "date,end date",
    ] {
        let off = |day: &str| format!("employee,{header}\nanna,{day},\n");
        let column = header.rsplit(',').next().expect("a column");
        assert_asks(check(&off("2026-03-15")), column);
        check(&off("2026-03-18")).exits(0).never_says(&["RD102"]);
        let beside = format!("{}ben,2026-03-18,2026-03-19\n", off("2026-03-15"));
        assert_asks(check(&beside), column);
    }
    // Single days: each agent has several, or there is no place for an end.
    check("employee,date,end date\nanna,2026-03-12,\nanna,2026-03-13,\n").exits(0);
    check("employee,date,start,end\nanna,2026-03-15,,\n").exits(0);
    // Without a batch nobody knows which days matter.
    let folder =
        Folder::new().with("off.csv", "employee,start,end,type\nanna,2026-03-15,,vacation\n");
    folder.run(&["inspect", "--time-off", "off.csv", "--tz", "UTC"]).exits(3).says(&["[RD102]"]);
}
