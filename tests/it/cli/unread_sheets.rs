//! Sheets and tables that are not read: which are asked about, and which are left out with a note.

use crate::book::{Cell, DATE, book, march, rows};
use crate::program::{Folder, Outcome};

const HEADER: &str = "Employee ID|Name|Start|End";

/// A sheet that is read: three agents with names beside their ids, and a shift a day.
fn plan() -> Vec<Vec<Cell>> {
    let mut lines = vec![HEADER.to_owned()];
    for (id, name) in [("anna", "Anna Lee"), ("ben", "Ben Ito"), ("4711", "Cara Diaz")] {
        let shift = |day| format!("{id}|{name}|2026-03-0{day}T08:00|2026-03-0{day}T16:00");
        lines.extend((2..6).map(shift));
    }
    rows(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A check of a workbook with that plan and another sheet. `d3` is a date in March.
fn beside_plan(name: &str, lines: &[&str], more: &[&str]) -> Outcome {
    let dated = |cell: Cell| match &cell {
        Cell::Text(word) => match word.strip_prefix('d').and_then(|day| day.parse().ok()) {
            Some(day) => Cell::Shown(march(day), DATE),
            None => cell,
        },
        _ => cell,
    };
    let line = |row: Vec<Cell>| row.into_iter().map(dated).collect();
    let sheet = rows(lines).into_iter().map(line).collect();
    let folder = Folder::new().with("week.xlsx", book(&[("Plan", plan()), (name, sheet)]));
    folder.run(&[&["check", "week.xlsx", "--tz", "UTC"], more].concat())
}

/// The days of a month, divided by bars.
fn month() -> String {
    (1..=31).map(|day| format!("|{day}")).collect()
}

#[test]
fn sheets_that_name_agents_beside_days_or_times_are_asked_about() {
    let (named, dotted) = (format!("Name{}", month()), month().replace('|', ".|"));
    let others: &[(&str, &[&str])] = &[
        ("Overview", &[&named, "anna|E|E|L||N"]),
        ("Overview", &["March 2026", &named, "Anna Lee|E|E|L||N"]),
        ("Overview", &[&dotted, "ANNA|E|E|L||N"]),
        ("Overview", &["Name|9|10|11|12|13", "anna|E|E|L||N"]),
        ("Overview", &["Day|anna|ben", "1|E|L", "2|L|E"]),
        ("Overview", &["|anna|ben", "1|E|L", "2|L|E", "3|L|E"]),
        ("Overview", &["|anna|ben", "Mo|E|L", "Di|L|E"]),
        ("Overview", &["|Early|Late", "Monday|anna|ben"]),
        ("Overview", &["|Early|Late", "Mon|Diaz, Cara|Lee, Anna"]),
        ("Overview", &["|Early|Late", "Sat|anna, ben|Cara Diaz"]),
        ("Overview", &["|Early|Late", "Mo|4711|4712", "Di|4712|4711"]),
        ("Overview", &["|Monday", "Early|Anna Lee Ben Ito"]),
        ("Overview", &["|Early|Late", "Ward 1|anna|ben"]),
        ("Overview", &["Ward 1|x", "Early|anna|ben"]),
        ("Overview", &["Name|Sat|Sun", "anna|E|L"]),
        ("Overview", &["Ward 1|anna 08:00-16:00"]),
        ("Overview", &["Ward 1|0800-1600|anna"]),
        ("Overview", &["Week|Who", "9|anna", "10|ben"]),
        ("Staff", &["Name|Phone|Day off", "anna|01|Monday"]),
        ("Week 10", &["anna|E|E|L", "ben|L|L|E"]),
        ("Notes", &["Date|Early|Late", "d2|anna|ben"]),
        ("Comments", &["Name|Notes", "anna|08:00-16:00"]),
        ("Legend", &["Code|Hours|Contact", "E|08:00-16:00|anna"]),
        ("Coverage", &["Date|08:00|16:00", "d2|anna|ben"]),
        ("Holidays", &["Date|Name", "d3|anna"]),
        ("Public holidays", &["Date|Day", "d3|anna"]),
        ("Open shifts", &["Day|Shift|Offer", "d3|Early|anna"]),
        ("Leave", &["Name|01|02|03", "Anna Lee||V|V"]),
        ("Absences", &["Name|1|2|3|4", "anna|||U|"]),
        ("Urlaub", &["M\u{e4}rz 2026", "Name|1|2|3|4", "Anna Lee|x|x||"]),
        ("Vacation", &["Name|Period", "Anna Lee|2 Mar - 4 Mar"]),
        ("Time off", &["Employee|March", "anna|2, 3, 4"]),
    ];
    for (name, lines) in others {
        let outcome = beside_plan(name, lines, &[]);
        assert_eq!(outcome.code, Some(3), "{name} {lines:?} {}", outcome.out);
        outcome.says(&["[RD117]", "this sheet was not read"]);
        beside_plan(name, lines, &["--accept", &format!("RD117=week.xlsx:{name}")]).exits(0);
    }
}

#[test]
fn the_first_cell_that_names_an_agent_is_told() {
    let lines = ["Rota", "|Early|Late", "Monday|zoe|max", "Tuesday|zoe|ben"];
    let why = "but it names agents of the inputs beside days or times (C4)";
    let outcome = beside_plan("Notes", &lines, &["--format", "json"]).exits(3);
    assert!(outcome.report().to_string().contains(why), "{}", outcome.out);
}

#[test]
fn sheets_that_look_like_a_plan_of_other_agents_are_asked_about() {
    let named = format!("Name{}", month());
    let others: &[(&str, &[&str])] = &[
        ("Overview", &[&named, "zoe|E|E|L||N"]),
        ("Overview", &["Name|Mon|Tue|Wed", "zoe|E|L|N"]),
        ("Overview", &["Name|Mon|Tue|Wed", "zoe|8|8|8"]),
        ("Overview", &["Date|Early|Late", "d2|zoe|max"]),
        ("Overview", &["|Early|Late", "Monday|zoe|x", "Tuesday|zoe|y", "Wednesday|max|z"]),
        ("Overview", &["Time|Desk 1", "08:00|zoe"]),
        ("Overview", &["From|To|Duty", "d2|d8|zoe"]),
        ("Holidays", &["Employee|From|To", "zoe|d2|d6"]),
        ("Archive", &["Employee|Start|End", "zoe|2026-03-02T08:00|2026-03-02T16:00"]),
    ];
    for (name, lines) in others {
        let outcome = beside_plan(name, lines, &[]);
        assert_eq!(outcome.code, Some(3), "{name} {lines:?} {}", outcome.out);
        outcome.says(&["[RD117]"]).never_says(&["names agents of the inputs"]);
    }
}

#[test]
fn sheets_beside_a_plan_are_noted() {
    let others: &[(&str, &[&str])] = &[
        ("Legend", &["Code|Meaning|From|To", "N|Night|22:00|06:00", "E|Early|06:00|14:00"]),
        ("Sheet3", &["Code|Description|Hours", "N|Night|22:00-06:00"]),
        ("Shift types", &["Shift|Start|End", "Early|06:00|14:00", "Late|14:00|22:00"]),
        ("Holidays", &["Date|Name", "d3|Good Friday", "d6|Easter Monday"]),
        ("Calendar", &["Date|Holiday", "d3|Good Friday", "d6|Easter Monday"]),
        ("Sites", &["Site|Street|Opening hours", "North|Main St 1|08:00-18:00"]),
        ("Contacts", &["Name|Phone|Birthday", "anna|555-0100|1990-05-12"]),
        ("Contacts", &["Exported|d1", "Name|Phone", "anna|555-0100", "ben|555-0199"]),
        ("Contacts", &["As of 2026-03-01", "Name|Number", "anna|5550100123"]),
        ("Staff", &["No|Name|Hire date|Last login", "1|anna|d1|2026-03-01 08:15"]),
        ("Training", &["Name|First aid|Fire drill|Lifting", "anna|d1|d20|d3"]),
        ("Skills", &["Name|Phone|Chat|Mail", "anna|1|2|3", "Sam|x||x"]),
        ("Skills", &["|Phones|Chat", "Sam|x|x", "anna|x|"]),
        ("Teams", &["Team|Lead|Members", "North|anna|ben, Cara Diaz"]),
        ("Summary", &["Employee|Hours|Shifts", "anna|38:30|5", "ben|40:00|5"]),
        ("Summary", &["Name|Week 10|Week 11|Total", "anna|20|18|38"]),
        ("Notes", &["Remarks", "Anna Lee is ill on 02.03., Ben Ito takes over"]),
        ("Notes", &["Name|Note", "anna|prefers Mondays"]),
        ("Info", &["Version|3", "As of|d1"]),
        ("Notes", &["Version|Date|Author", "1|d1|anna"]),
        ("Need", &["Interval|Mon|Tue|Wed", "08:00|40|41|42", "Total|40|41|42"]),
        ("Pivot", &["Labels|d2|d3|d4|Grand Total", "Early|3|3|3|9", "Late|2|2|2|6"]),
        ("Chart", &["Hour|Staffed|Required", "08:00|4|5", "09:00|5|5"]),
        ("Forecast", &["Date|Calls", "d2|4711", "d3|300", "d4|310"]),
        ("Budget", &["Weekday|Hours", "Monday|120", "Tuesday|110", "Friday|90"]),
        ("Template", &["Employee|Start|End", "||"]),
        ("Leave", &["Name|Annual|Sick", "anna|25|3", "ben|25|0.5"]),
        ("Vacation", &["Name|Remaining|Team", "anna|12|North"]),
        ("Urlaub", &["Name|Tage|Team", "anna|30|Nord"]),
        ("Leave", &["Name|01|02|03", "zoe||V|V"]),
        ("Leave balances", &["Name|Team", "anna|North"]),
        ("Leave types", &["Code|Owner", "V|anna"]),
    ];
    for (name, lines) in others {
        let outcome = beside_plan(name, lines, &[]);
        assert_eq!(outcome.code, Some(0), "{name} {lines:?} {}", outcome.out);
        outcome.says(&[&format!("note: week.xlsx:{name}: not read: ")]);
    }
}

#[test]
fn names_beside_ids_are_compared_whatever_rules_are_on() {
    let lines = ["Day|Ito, Ben", "1|E", "2|L"];
    beside_plan("Overview", &lines, &["--ignore", "ID106"]).exits(3).says(&["(B1)"]);
    let lines = ["|Early|Late", "Monday|a@x.org|x"];
    let agents = "id,email\nanna,a@x.org\nben,b@x.org\n4711,c@x.org\n";
    let sheets = [("Plan", plan()), ("Overview", rows(&lines))];
    let folder = Folder::new().with("week.xlsx", book(&sheets)).with("agents.csv", agents);
    folder.run(&["check", "week.xlsx", "--tz", "UTC"]).exits(0);
    let args = ["check", "week.xlsx", "--tz", "UTC", "--agents", "agents.csv"];
    folder.run(&args).says(&["[RD117]", "(B2)"]);
}

/// A check of a folder with a batch and another file.
fn beside_batch(name: &str, text: &str) -> Outcome {
    let batch = "agent,start,end\nanna,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                 ben,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let folder = Folder::new().with("week/a.csv", batch).with(&format!("week/{name}"), text);
    folder.run(&["check", "week", "--tz", "UTC"])
}

#[test]
fn tables_of_a_folder_that_may_be_plans_are_asked_about() {
    let month = month().replace('|', ";");
    for (name, text) in [
        ("b.csv", "Name,Mon,Tue,Wed\nanna,N,N,E\n".to_owned()),
        ("b.csv", "Name,Mon,Tue,Wed\nzoe,N,N,E\n".to_owned()),
        ("b.csv", "Name,Sat,Sun\nanna,N,E\n".to_owned()),
        ("b.csv", "Name,Notes\nzoe,08:00-16:00\n".to_owned()),
        ("b.csv", format!("Name{month}\nanna;N;E{}\n", ";".repeat(29))),
        ("week 10.csv", "Name,Ward,Duty\nanna,A,E\n".to_owned()),
        ("codes.csv", "Code,Duty,Day\nE,anna,Monday\n".to_owned()),
        ("holidays.csv", "Date,Name\n2026-03-03,anna\n".to_owned()),
        ("b.json", r#"[{"name":"anna","mon":"N","tue":"E","wed":"N"}]"#.to_owned()),
        ("b.json", r#"[{"name":"anna","days":{"2026-03-02":"08:00-16:00"}}]"#.to_owned()),
    ] {
        let outcome = beside_batch(name, &text);
        assert_eq!(outcome.code, Some(3), "{name} {text} {}", outcome.out);
        outcome.says(&["[RD117]", "this file was not read"]);
    }
    // What says nothing of what it is stays an error.
    for text in ["Error, 500\nbad, very\n", "locker,duty\nzoe,E\n"] {
        beside_batch("b.csv", text).exits(3).says(&["error: week/b.csv", "no column for the"]);
    }
}

#[test]
fn tables_of_a_folder_beside_a_schedule_are_noted() {
    for (name, text) in [
        ("staff.csv", "id,name,hire_date,last_login\n1,anna,2020-01-01,2026-03-01 08:00\n"),
        ("contacts.csv", "Name;Telefon;Geburtstag\nanna;030 123;12.05.1990\n"),
        ("codes.csv", "Code,From,To\nN,22:00,06:00\n"),
        ("holidays.csv", "Date,Name\n2026-04-03,Good Friday\n"),
        ("feiertage.csv", "Datum;Feiertag\n03.04.2026;Karfreitag\n"),
        ("sites.csv", "Site,Street,Postcode\nNorth,Main St 1,04103\n"),
        ("staff.json", r#"[{"id":"1","name":"anna","lastLogin":"2026-03-01T08:00:00Z"}]"#),
    ] {
        let outcome = beside_batch(name, text);
        assert_eq!(outcome.code, Some(0), "{name} {text} {}", outcome.out);
        outcome.says(&[&format!("note: week/{name}: not read: ")]);
    }
}
