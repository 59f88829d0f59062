//! Rows that claim no time: days of rest, and what only looks like one.

use crate::program::Folder;

/// The exit code for a table, and the codes of these rules and doubts that it meets.
fn found(table: &str) -> (Option<i32>, String) {
    let folder = Folder::new().with("batch.csv", table);
    let outcome = folder.run(&["check", "batch.csv", "--tz", "America/Chicago"]);
    let codes = ["OV101", "OV102", "OV201", "RC101", "RD101", "RD103"].into_iter();
    let codes = codes.filter(|code| outcome.out.contains(&format!("[{code}]")));
    (outcome.code, codes.collect::<Vec<_>>().join(" "))
}

fn passes() -> (Option<i32>, String) {
    (Some(0), String::new())
}

/// A night shift, and what its agent has on the day that it ends.
fn after_a_night(column: &str, word: &str, hours: &str) -> String {
    format!(
        "Employee,Date,{column},Start,End\n\
         Ann,2026-03-16,Work,22:00,06:00\n\
         Ann,2026-03-17,{word},{hours}\n\
         Ann,2026-03-18,Work,08:00,16:00\n"
    )
}

#[test]
fn a_day_of_rest_behind_a_night_shift_is_no_absence() {
    for word in ["Off", "OFF", "Day Off", "Rest day", "frei", "RDO", "Repos"] {
        for column in ["Type", "Shift", "Turno"] {
            for hours in [",", "00:00,00:00", "0:00,0:00", "-,-"] {
                let table = after_a_night(column, word, hours);
                assert_eq!(found(&table), passes(), "{column} {word} {hours}");
            }
        }
    }
    for word in ["Vacation", "Urlaub", "Sick", "Paid day off"] {
        for hours in [",", "00:00,00:00"] {
            let table = after_a_night("Type", word, hours);
            assert_eq!(found(&table), (Some(1), "OV201".to_owned()), "{word} {hours}");
        }
    }
    // A shift of a whole day is no day off.
    for (column, word) in [("Shift", "Night"), ("Type", "-"), ("Type", "x"), ("Type", "Work")] {
        let table = after_a_night(column, word, "00:00,00:00");
        assert_eq!(found(&table), (Some(1), "OV102".to_owned()), "{column} {word}");
    }
    assert_eq!(found(&after_a_night("Type", "x", ",")), passes());
    // It is a day off of which somebody is paid eight hours.
    let table = "Employee,Date,Type,Start,End,Hours\nAnn,2026-03-16,Work,22:00,06:00,8\n\
                 Ann,2026-03-17,Off,,,8\n";
    assert_eq!(found(table), (Some(1), "OV201".to_owned()));
}

/// The same for an object of a document that says these things beside its agent and date.
fn in_document(said: &str) -> (Option<i32>, String) {
    let night = r#"{"employee":"Ann","date":"2026-03-16","start":"22:00","end":"06:00"}"#;
    let day = format!(r#"{{"employee":"Ann","date":"2026-03-17",{said}}}"#);
    let found = [("json", format!("[{night},{day}]")), ("ndjson", format!("{night}\n{day}\n"))]
        .map(|(ending, text)| {
            let name = format!("batch.{ending}");
            let folder = Folder::new().with(&name, text);
            let outcome = folder.run(&["check", &name, "--tz", "America/Chicago"]);
            let codes = ["OV101", "OV102", "OV201", "RC101", "RD101", "RD105", "RD107"];
            let codes = codes.iter().filter(|code| outcome.out.contains(&format!("[{code}]")));
            (outcome.code, codes.copied().collect::<Vec<_>>().join(" "))
        });
    let [list, lines] = found;
    assert_eq!(list, lines, "{said}");
    list
}

const NO_TIMES: [&str; 5] = [
    r#""note":"""#,
    r#""start":null,"end":null"#,
    r#""start":"","end":"""#,
    r#""start":"00:00","end":"00:00""#,
    r#""start":null"#,
];

#[test]
fn a_day_of_rest_in_a_document_is_known_by_its_kind() {
    for times in NO_TIMES {
        for key in ["type", "shiftType", "shift_type", "activity"] {
            for word in ["OFF", "Day off", "DAY_OFF", "dayOff", "Rest", "restDay", "RDO", "Frei"] {
                let said = format!(r#"{times},"{key}":"{word}""#);
                assert_eq!(in_document(&said), passes(), "{said}");
            }
        }
        for word in ["Vacation", "Sick", "Paid day off"] {
            let said = format!(r#"{times},"type":"{word}""#);
            assert_eq!(in_document(&said), (Some(1), "OV201".to_owned()), "{said}");
        }
        let paid = format!(r#"{times},"type":"Off","hours":8"#);
        assert_eq!(in_document(&paid).0, Some(1), "{paid}");
    }
    let midnights = NO_TIMES[3];
    for key in ["code", "shift", "dayType"] {
        let said = format!(r#"{midnights},"{key}":"OFF""#);
        assert_eq!(in_document(&said), passes(), "{said}");
    }
    // A shift of a whole day.
    for said in [r#""type":"Work""#, r#""code":"N24""#, r#""note":"Off""#, r#""type":"-""#] {
        let said = format!("{midnights},{said}");
        assert_eq!(in_document(&said), (Some(1), "OV102".to_owned()), "{said}");
    }
}

/// In a list of its own a day off has no times, and is one that somebody asked for.
#[test]
fn a_list_of_days_off_is_one_of_absences() {
    let shift = r#"{"employee":"Ann","start":"2026-03-17T08:00","end":"2026-03-17T16:00"}"#;
    let off = r#"{"employee":"Ann","date":"2026-03-17","type":"OFF"}"#;
    let check = |text: String| {
        let folder = Folder::new().with("batch.json", text);
        folder.run(&["check", "batch.json", "--tz", "UTC"]).code
    };
    assert_eq!(check(format!(r#"{{"shifts":[{shift}],"exceptions":[{off}]}}"#)), Some(1));
    assert_eq!(check(format!(r#"{{"shifts":[{shift},{off}]}}"#)), Some(0));
    assert_eq!(check(format!(r#"{{"shifts":[{shift}],"timeOff":[{off}]}}"#)), Some(1));
}

#[test]
fn a_day_of_rest_in_a_document_is_known_by_its_flag() {
    let names =
        ["isDayOff", "is_day_off", "dayOff", "day_off", "restDay", "isRestDay", "isOff", "off"];
    for times in NO_TIMES {
        for (set, unset) in [("true", "false"), (r#""true""#, r#""no""#), ("1", "0")] {
            for name in names {
                let said = format!(r#"{times},"type":"Work","{name}":{set}"#);
                assert_eq!(in_document(&said), passes(), "{said}");
                let said = format!(r#"{times},"type":"Work","{name}":{unset}"#);
                assert_ne!(in_document(&said), passes(), "{said}");
            }
            let said = format!(r#"{times},"type":"Work","isWorkingDay":{unset}"#);
            assert_eq!(in_document(&said), passes(), "{said}");
        }
    }
    // Neither hours nor a code of a shift agree with the flag.
    let said = r#""start":"05:00","end":"09:00","isDayOff":true"#;
    assert_eq!(in_document(said), (Some(3), "OV102 RD107".to_owned()));
    let said = r#""start":null,"end":null,"shiftType":"Night","isDayOff":true"#;
    assert_eq!(in_document(said), (Some(3), "RD101".to_owned()));
    // Flags are no dates.
    let said = r#""start":"08:00","end":"16:00","isWorkingDay":true"#;
    assert_eq!(in_document(said), passes());
}

#[test]
fn flags_for_days_of_rest_are_read_in_tables() {
    for (column, set, unset) in [
        ("Day Off", "Yes", "No"),
        ("IsDayOff", "TRUE", "FALSE"),
        ("Rest day", "1", "0"),
        ("Frei", "x", ""),
        ("Working day", "No", "Yes"),
    ] {
        let table = |flag: &str| {
            format!(
                "Employee,Date,{column},Start,End\n\
                 Ann,2026-03-16,{unset},22:00,06:00\n\
                 Ann,2026-03-17,{flag},00:00,00:00\n\
                 Ann,2026-03-18,{unset},08:00,16:00\n"
            )
        };
        assert_eq!(found(&table(set)), passes(), "{column}");
        assert_eq!(found(&table(unset)), (Some(1), "OV102".to_owned()), "{column}");
    }
}

#[test]
fn days_of_rest_are_counted_as_days_off() {
    let folder = Folder::new().with("batch.csv", after_a_night("Type", "Off", ","));
    let outcome = folder.run(&["check", "batch.csv", "--tz", "UTC", "--verbose"]);
    outcome.exits(0).says(&["2 checked, 1 day off"]);
}

/// In a file of time off everything is an absence, and so it is without columns for hours.
#[test]
fn a_day_off_that_is_asked_for_is_time_off() {
    let batch = "Employee,Start,End\nAnn,2026-03-17 08:00,2026-03-17 16:00\n";
    let off = "Employee,Date,Type\nAnn,2026-03-17,Day off\n";
    let folder = Folder::new().with("batch.csv", batch).with("off.csv", off);
    folder.run(&["check", "batch.csv", "--time-off", "off.csv", "--tz", "UTC"]).exits(1);
    folder.run(&["check", "off.csv", "--published", "batch.csv", "--tz", "UTC"]).exits(1);
}

/// What another cell of a row without hours says of its day.
#[test]
fn hours_and_codes_in_rows_without_times_are_doubts() {
    let table = |times: &str, column: &str, cell: &str| {
        format!(
            "Employee,Date,Start,End,{column}\n\
             Ann,2026-03-16,08:00,16:00,\n\
             Ann,2026-03-17,{times},{cell}\n\
             Ben,2026-03-17,08:00,16:00,\n"
        )
    };
    for times in [",", "-,-", "x,x", "off,off"] {
        for (column, cell, doubt) in [
            ("Hours", "6", "RD101"),
            ("Duration", "360", "RD101"),
            ("Paid Hours", "6.0", "RD101"),
            ("Total", "6:00", "RD101"),
            ("Shift", "Late", "RD101"),
            ("Shift", "15:00", "RD101"),
            ("Shift Type", "Night", "RD101"),
            ("Dienst", "S2", "RD101"),
            ("Code", "E1", "RD101"),
            ("Pattern", "LATE", "RD101"),
            ("Schedule", "Evening", "RD101"),
            ("Remarks", "3p-8p", "RD103"),
            ("Notes", "15:00-20:00", "RD103"),
            ("Comment", "1500-2000", "RD103"),
        ] {
            let found = found(&table(times, column, cell));
            assert_eq!(found, (Some(3), doubt.to_owned()), "{times} {column} {cell}");
        }
        for (column, cell) in [
            ("Hours", "0"),
            ("Hours", "0:00"),
            ("Paid Hours", "0.00"),
            ("Total", "-"),
            ("Shift", "Off"),
            ("Shift Type", "Day off"),
            ("Code", "RDO"),
            ("Code", ""),
            ("Schedule", "Week 12"),
            ("Notes", "call 555-1234"),
            ("Comment", "asked for it"),
        ] {
            assert_eq!(found(&table(times, column, cell)), passes(), "{times} {column} {cell}");
        }
    }
}

/// What every record of an agent has says nothing of a day.
#[test]
fn what_is_the_same_in_all_rows_of_an_agent_is_no_code() {
    for (column, cells) in [
        ("Code", ["E17", "E18"]),
        ("Total", ["40", "32"]),
        ("Type", ["Regular", "Regular"]),
        ("Activity", ["Inbound", "Inbound"]),
        ("Shift Name", ["Early", "Late"]),
        ("Schedule", ["North", "North"]),
    ] {
        let [ann, ben] = cells;
        let table = format!(
            "Employee,Date,Start,End,{column}\n\
             Ann,2026-03-16,08:00,16:00,{ann}\n\
             Ann,2026-03-17,-,-,{ann}\n\
             Ben,2026-03-17,08:00,16:00,{ben}\n"
        );
        assert_eq!(found(&table), passes(), "{column}");
    }
}

/// A note is no second span of a record that has hours.
#[test]
fn a_range_in_the_notes_of_a_shift_is_no_doubt() {
    let table = "Employee,Date,Start,End,Notes\n\
                 Ann,2026-03-16,08:00,16:00,17:00-18:00\n\
                 Ben,2026-03-16,08:00,16:00,\n";
    assert_eq!(found(table), passes());
}

#[test]
fn a_meal_that_is_served_is_a_shift() {
    let table = |kind: &str, end: &str| {
        format!(
            "Employee,Shift Type,Start,End\n\
             Ann,All day,2026-03-16 10:00,2026-03-16 22:00\n\
             Ann,{kind},2026-03-16 17:00,2026-03-16 {end}\n"
        )
    };
    for kind in ["Dinner", "Lunch service", "Meal service", "Tea", "Rest"] {
        assert_eq!(found(&table(kind, "18:00")), (Some(1), "OV101".to_owned()), "{kind}");
    }
    for kind in ["Lunch", "Break", "Meal", "Pause", "Dinner break", "Rest break"] {
        assert_eq!(found(&table(kind, "21:00")), passes(), "{kind}");
        assert_eq!(found(&table(kind, "21:15")), (Some(1), "OV101".to_owned()), "{kind}");
    }
}

/// A day without hours whose absence stands in another column, whatever that is called.
#[test]
fn a_day_without_hours_is_an_absence_if_another_column_says_so() {
    let table = |column: &str, cell: &str| {
        format!(
            "Employee,Date,Start,End,{column}\n\
             Ann,2026-03-16,08:00,16:00,\n\
             Ann,2026-03-16,,,{cell}\n\
             Ben,2026-03-17,08:00,16:00,\n"
        )
    };
    for (column, cell) in [
        ("Pay Code", "PTO"),
        ("Attendance", "Absent"),
        ("Vacation Hours", "8"),
        ("PTO", "8"),
        ("PTO", "X"),
        ("On Leave", "yes"),
        ("On Leave", "1"),
        ("Urlaub", "x"),
        ("Krank", "8"),
        ("Cong\u{e9}", "oui"),
        ("Leave Code", "V"),
        ("Time Off", "Approved"),
    ] {
        let expected = (Some(1), "OV201".to_owned());
        assert_eq!(found(&table(column, cell)), expected, "{column} {cell}");
    }
    for (column, cell) in [
        ("On Leave", "no"),
        ("PTO", "0"),
        ("Vacation balance", "80"),
        ("Vacation", "2.5"),
        ("Notes", "x"),
        ("Manager", "Vacation"),
    ] {
        assert_eq!(found(&table(column, cell)), passes(), "{column} {cell}");
    }
    // Beside hours, too, it is an account.
    let account = table("Vacation", "8").replace("16:00,\n", "16:00,12\n");
    assert_eq!(found(&account), passes());
}
