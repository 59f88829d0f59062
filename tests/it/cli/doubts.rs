//! Doubts: what may be misread is told, with its place and its cure, and the exit
//! code says so; what only looks like it passes.

use crate::program::{Folder, Outcome};

/// A file by itself, as a batch.
fn check(name: &str, text: &str, options: &[&str]) -> Outcome {
    let args = [&["check", name, "--tz", "America/Chicago"], options].concat();
    Folder::new().with(name, text).run(&args)
}

/// A doubt, the words of its message, and that its answer settles it.
struct Row {
    code: &'static str,
    name: &'static str,
    text: &'static str,
    says: &'static [&'static str],
    answer: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        code: "RD101",
        name: "roster.csv",
        text: "employee,date,shift\nanna,2026-03-02,Night\nben,2026-03-02,Early\n",
        says: &["2 shifts have a date and no hours", "--whole-days roster.csv"],
        answer: &["--whole-days", "roster.csv"],
    },
    Row {
        code: "RD101",
        name: "roster.csv",
        text: "agent,date,start,end,length\nanna,2026-03-02,,,8 h\nben,2026-03-02,08:00,16:00,8 h\n",
        says: &["roster.csv:2", "1 shift has a date and no hours"],
        answer: &["--whole-days", "roster.csv"],
    },
    Row {
        code: "RD101",
        name: "roster.csv",
        text: "agent,start,end\nanna,2026-03-02,2026-03-02\n",
        says: &["1 shift has a date and no hours"],
        answer: &["--whole-days", "roster.csv"],
    },
    Row {
        code: "RD101",
        name: "roster.json",
        text: r#"[{"agent":"anna","date":"2026-03-02","note":"Early"}]"#,
        says: &["1 shift has a date and no hours"],
        answer: &["--whole-days", "roster.json"],
    },
    Row {
        code: "RD101",
        name: "roster.csv",
        text: "agent,start,end,abc,xyz\nanna,2026-03-02 00:00,2026-03-03 00:00,08:00,16:00\n\
               ben,2026-03-02 00:00,2026-03-03 00:00,12:00,20:00\n",
        says: &["2 shifts have a date and no hours", "`abc` (08:00, 12:00)", "--map date=start"],
        answer: &["--map", "date=start", "--map", "start=abc", "--map", "end=xyz"],
    },
    Row {
        code: "RD101",
        name: "roster.json",
        text: r#"[{"agent":"anna","start":"2026-03-02T00:00:00","length":480,"abc":"08:00"}]"#,
        says: &["1 shift has a date and no hours", "`abc` (08:00)"],
        answer: &["--whole-days", "roster.json"],
    },
    Row {
        code: "RD107",
        name: "batch.csv",
        text: "agent,date,start,end\n\
               anna,2026-03-02,2026-03-05 08:00,2026-03-05 16:00\n\
               ben,2026-03-03,2026-03-03 08:00,2026-03-03 16:00\n",
        says: &["batch.csv:2", "`start` of 1 record", "that of `date`"],
        answer: &["--accept", "RD107=start"],
    },
    Row {
        code: "RD107",
        name: "batch.csv",
        text: "agent,start date,start time,end date,end time\nanna,2026-03-02,08:00,2026-03-05,16:00\n",
        says: &["`end date` of 1 record", "more than a day"],
        answer: &["--accept", "RD107=end date"],
    },
    Row {
        code: "RD110",
        name: "batch.csv",
        text: "agent,start,duration\nanna,2026-03-02T08:00Z,8\nben,2026-03-02T08:00Z,6.5\n",
        says: &["`duration` name no unit (8, 6.5)", "--length-unit minutes"],
        answer: &["--length-unit", "hours"],
    },
    Row {
        code: "RD110",
        name: "batch.csv",
        text: "agent,start,duration\nanna,2026-03-02T08:00Z,28800\n",
        says: &["`duration` name no unit (28800)"],
        answer: &["--length-unit", "minutes", "--longest-shift", "500h"],
    },
    Row {
        code: "RD110",
        name: "batch.ndjson",
        text: "{\"agent\":\"anna\",\"start\":\"2026-03-02T08:00Z\",\"duration\":8}\n\
               {\"agent\":\"ben\",\"start\":\"2026-03-02T08:00Z\",\"duration\":8.0}\n",
        says: &["`duration` name no unit (8"],
        answer: &["--length-unit", "hours"],
    },
    Row {
        code: "RD111",
        name: "batch.csv",
        text: "agent,start,minutes\nanna,2026-03-02T08:00Z,1.440\nben,2026-03-02T08:00Z,480\n",
        says: &["`minutes` can be read in two ways (1.440)"],
        answer: &["--accept", "RD111=minutes"],
    },
    Row {
        code: "RD111",
        name: "batch.csv",
        text: "agent,date,start,end\nanna,2026-03-02,9:00,5:00\nben,2026-03-02,8:00,12:00\n",
        says: &["`start` can be read in two ways (9:00–5:00)", "12:59"],
        answer: &["--accept", "RD111=start"],
    },
    Row {
        code: "RD112",
        name: "batch.csv",
        text: "agent,start local,end local\nanna,2026-03-02T08:00Z,2026-03-02T16:00Z\n",
        says: &["`start local` is in doubt", "marked as UTC"],
        answer: &["--accept", "RD112=start local", "--accept", "RD112=end local"],
    },
];

#[test]
fn what_may_be_misread_is_a_doubt_with_an_answer() {
    for Row { code, name, text, says, answer } in ROWS {
        let outcome = check(name, text, &[]).exits(3);
        outcome.says(&[&format!("[{code}]")]).says(says);
        let outcome = check(name, text, answer);
        assert!(!outcome.out.contains(&format!("[{code}]")), "{answer:?}: {}", outcome.told());
        assert_ne!(outcome.code, Some(3), "{answer:?}: {}", outcome.told());
    }
}

/// The name of a file, and its text.
const NEAR_MISSES: &[(&str, &str)] = &[
    // Days on which nobody is planned.
    ("roster.csv", "agent,date,start,end\nanna,2026-03-02,08:00,16:00\nben,2026-03-02,,\n"),
    ("roster.csv", "agent,date,start,end\nanna,2026-03-02,08:00,16:00\nben,2026-03-02,off,off\n"),
    (
        "roster.json",
        r#"[{"agent":"anna","date":"2026-03-02","start":"08:00","end":"16:00"},
            {"agent":"ben","date":"2026-03-02","start":null,"end":null}]"#,
    ),
    // Midnights beside one shift with hours, and days without any.
    (
        "batch.csv",
        "agent,start,end,abc\nanna,2026-03-02 00:00,2026-03-03 00:00,08:00\n\
         ben,2026-03-02 16:00,2026-03-03 00:00,12:00\n",
    ),
    ("batch.csv", "agent,start,end\nanna,2026-03-02 00:00,2026-03-03 00:00\n"),
    // Dates that stand before every clock time, and ends on the next day.
    ("batch.csv", "agent,date,start,end\nanna,2026-03-02,1899-12-30 08:00,1899-12-30 16:00\n"),
    ("batch.csv", "agent,date,start,end\nanna,2026-03-02,2026-03-02 20:00,2026-03-03 04:00\n"),
    // Time off takes whole days.
    ("off.csv", "agent,date,kind\nanna,2026-03-02,PTO\nben,2026-03-03,vacation\n"),
    // Lengths that are minutes, or say what they are.
    ("batch.csv", "agent,start,duration\nanna,2026-03-02T08:00Z,480\nben,2026-03-02T08:00Z,15\n"),
    ("batch.csv", "agent,start,duration\nanna,2026-03-02T08:00Z,8h\n"),
    ("batch.csv", "agent,start,hours\nanna,2026-03-02T08:00Z,8\n"),
    ("batch.csv", "agent,start,duration (min)\nanna,2026-03-02T08:00Z,8\n"),
    (
        "batch.csv",
        "agent,start,duration\nanna,2026-03-02T08:00Z,10\nanna,2026-03-02T08:10Z,20\n\
         anna,2026-03-02T08:30Z,5\n",
    ),
    ("batch.csv", "agent,start,hours\nanna,2026-03-02T08:00Z,1.125\nben,2026-03-02T08:00Z,7.5\n"),
    // Clock times of a whole day.
    ("batch.csv", "agent,date,start,end\nanna,2026-03-02,9:00,5:00\nben,2026-03-02,13:00,17:00\n"),
    ("batch.csv", "agent,date,start,end\nanna,2026-03-02,9:00 PM,5:00 AM\n"),
    ("batch.csv", "agent,date,start,end\nanna,2026-03-02,22:00,06:00\n"),
    ("batch.csv", "agent,start local,end local\nanna,2026-03-02T08:00,2026-03-02T16:00\n"),
];

#[test]
fn what_only_looks_like_it_passes() {
    for (name, text) in NEAR_MISSES {
        let outcome = check(name, text, &[]);
        assert!(!outcome.out.contains("[RD"), "{text}: {}", outcome.told());
        assert!(matches!(outcome.code, Some(0 | 4)), "{text}: {}", outcome.told());
    }
}

/// Time off without an end, and a column that may hold it.
#[test]
fn a_column_of_later_dates_may_be_the_end_of_time_off() {
    let run = |off: &str, options: &[&str]| {
        let batch = "agent,start,end\nanna,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00\n";
        let folder = Folder::new().with("batch.csv", batch).with("off.csv", off);
        let args = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "America/Chicago"];
        folder.run(&[&args[..], options].concat())
    };
    let off = "agent,start,thru\nanna,2026-03-02,2026-03-06\nanna,2026-03-09,2026-03-09\n";
    let outcome = run(off, &[]).exits(3);
    outcome.says(&["[RD102]", "off.csv:2", "`thru`", "2026-03-06, 2026-03-09"]);
    run(off, &["--map", "time-off:end=thru"]).exits(1).says(&["[OV201]"]);
    let accepted = run(off, &["--accept", "RD102=thru"]).exits(0);
    assert!(accepted.out.contains("; accepted: RD102 of `thru`"), "{}", accepted.out);
    let json = r#"[{"agent":"anna","start":"2026-03-02","thru":"2026-03-06"}]"#;
    let batch = "agent,start,end\nanna,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00\n";
    let folder = Folder::new().with("batch.csv", batch).with("off.json", json);
    let args = ["check", "batch.csv", "--time-off", "off.json", "--tz", "America/Chicago"];
    folder.run(&args).exits(3).says(&["[RD102]", "`thru`"]);
    folder.run(&[&args[..], &["--map", "time-off:end=thru"]].concat()).exits(1);
    for near_miss in [
        "agent,start,asked\nanna,2026-03-02,2026-02-06\nanna,2026-03-09,2026-03-12\n",
        "agent,start,created\nanna,2026-03-02,2026-03-06\n",
        "agent,start,end,due\nanna,2026-03-02,2026-03-02,2026-03-06\n",
    ] {
        let outcome = run(near_miss, &[]);
        assert!(!outcome.out.contains("[RD"), "{near_miss}: {}", outcome.told());
    }
}

/// Leave that goes on among leaves that end, and single days.
#[test]
fn an_empty_end_is_a_doubt_where_others_have_one() {
    let run = |off: &str| {
        let batch = "agent,start,end\nanna,2026-03-04T08:00-06:00,2026-03-04T16:00-06:00\n";
        let folder = Folder::new().with("batch.csv", batch).with("off.csv", off);
        let args = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "America/Chicago"];
        folder.run(&args)
    };
    let outcome = run("agent,start,end\nanna,2026-02-20,\nben,2026-03-05,2026-03-09\n").exits(3);
    outcome.says(&["[RD102]", "off.csv:2", "`end` is empty in 1 record"]);
    // Where all are empty, they go on, or each agent has one for each day. Ben has no shift.
    let open = run("agent,start,end\nanna,2026-03-02,\nben,2026-03-05,\n").exits(3);
    open.says(&["[RD102]", "off.csv:2", "`end` is empty in 1 record"]);
    run("agent,start,end\nanna,2026-03-05,\nanna,2026-03-06,\nben,2026-03-05,\nben,2026-03-09,\n")
        .exits(0);
    run("agent,start\nanna,2026-03-05\nben,2026-03-05\n").exits(0);
    // A date that a program wrote a midnight behind.
    for header in ["start,end", "start date,end date", "Absence From,Absence To"] {
        let day = "2026-03-04 00:00";
        let empty = run(&format!("agent,{header}\nanna,{day},{day}\n")).exits(3);
        empty.says(&["[RD102]", "off.csv:2", "the midnight of the start"]);
    }
    for end in ["2026-03-04,00:00", "2026-03-04,12:00 AM"] {
        let beside = "agent,start date,start time,end date,end time";
        let empty = run(&format!("{beside}\nanna,2026-03-04,00:00,{end}\n")).exits(3);
        empty.says(&["[RD102]", "off.csv:2", "the midnight of the start"]);
    }
    run("agent,start,end\nanna,2026-03-05 00:00,2026-03-06 00:00\n").exits(0);
    // Also in a batch, by its kind or by the list that it is in.
    let day = "2026-03-04T00:00Z";
    let batch = |kind: &str| {
        format!(
            "agent,kind,start,end\nanna,shift,2026-03-04T08:00Z,2026-03-04T16:00Z\n\
             ben,shift,2026-03-05T08:00Z,2026-03-05T16:00Z\nanna,{kind},{day},{day}\n"
        )
    };
    check("batch.csv", &batch("vacation"), &[]).exits(3).says(&["[RD102]", "batch.csv:4"]);
    check("batch.csv", &batch("shift"), &[]).exits(0).never_says(&["RD102"]);
    // A mark of a free day, on which nobody works.
    let free = batch("day off").replace("2026-03-04T00:00Z", "2026-03-06T00:00Z");
    check("batch.csv", &free, &[]).exits(0).says(&["[RC103]"]).never_says(&["RD102"]);
    let list = format!(
        r#"{{"shifts":[{{"user":"anna","start":"2026-03-04T08:00Z","end":"2026-03-04T16:00Z"}}],
            "timeOff":[{{"user":"anna","start":"{day}","end":"{day}"}}]}}"#
    );
    check("batch.json", &list, &[]).exits(3).says(&["[RD102]"]);
    let week = run("agent,start,length\nanna,2026-02-26,P7D\nben,2026-03-05,P1D\n").exits(3);
    week.says(&["[RD102]", "`length` of 1 record", "longer than the day"]);
    run("agent,start,length\nanna,2026-02-26,8 h\nben,2026-03-05,1 day\n").exits(0);
}

/// A program that writes a midnight behind each date: the day of an end may count.
#[test]
fn an_end_at_the_midnight_before_a_shift_is_a_doubt_where_last_days_count() {
    let run = |off: &str, args: &[&str]| {
        let batch = "agent,start,end\nanna,2026-03-16 08:00,2026-03-16 16:00\n\
            ben,2026-03-11 08:00,2026-03-11 16:00\n";
        let folder = Folder::new().with("batch.csv", batch).with("off.csv", off);
        let check = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "America/Chicago"];
        folder.run(&[&check[..], args].concat())
    };
    let absence = |last: &str| format!("2026-03-10 00:00,{last} 00:00");
    // By another record of the file, which takes no time.
    let off = |last: &str| {
        let sick = "ben,2026-03-20 00:00,2026-03-20 00:00\n";
        format!("agent,start,end\nanna,{}\n{sick}", absence(last))
    };
    let asked = run(&off("2026-03-16"), &[]).exits(3);
    asked.says(&["[RD102]", "off.csv:2", "`end` is a midnight in 1 record", "last day counts"]);
    run(&off("2026-03-16"), &["--accept", "RD102=end"]).exits(0);
    run(&off("2026-03-15"), &[]).exits(0).never_says(&["RD102"]);
    run(&off("2026-03-17"), &[]).exits(1).says(&["[OV201]"]).never_says(&["RD102"]);
    // By its length, which counts more workdays than there are before that day.
    let off =
        |last: &str, days: u32| format!("agent,start,end,days\nanna,{},{days}\n", absence(last));
    run(&off("2026-03-16", 5), &[]).exits(3).says(&["[RD102]", "off.csv:2", "last day counts"]);
    // Workdays, or days of the calendar, without that day.
    run(&off("2026-03-16", 4), &[]).exits(0).never_says(&["RD102"]);
    run(&off("2026-03-16", 6), &[]).exits(0).never_says(&["RD102"]);
    // Of what takes no time nothing is compared, whoever it is.
    let strange = "agent,start,end\ncy,2026-03-20 00:00,2026-03-20 00:00\n";
    run(strange, &[]).exits(3).says(&["[RD102]", "off.csv:2", "the midnight of the start"]);
}

/// A column that is called something else.
#[test]
fn zones_that_are_not_read_are_a_doubt() {
    let check = |column: &str, zones: [&str; 2], options: &[&str]| {
        let [one, other] = zones;
        let batch = format!(
            "agent,start,end,{column}\nanna,2026-03-16 08:00,2026-03-16 16:00,{one}\n\
             anna,2026-03-16 16:30,2026-03-16 20:00,{other}\n"
        );
        let folder = Folder::new().with("batch.csv", batch);
        folder.run(&[&["check", "batch.csv", "--tz", "America/Chicago"], options].concat())
    };
    for (column, zones) in
        [("Region", ["America/Chicago", "America/New_York"]), ("Offset", ["-05:00", "-04:00"])]
    {
        let asked = check(column, zones, &[]).exits(3);
        asked.says(&["[RD112]", &format!("`{column}` holds zones ({}, {})", zones[0], zones[1])]);
        check(column, zones, &["--map", &format!("zone={column}")]).exits(1).says(&["[OV101]"]);
        check(column, zones, &["--accept", &format!("RD112={column}")]).exits(0);
    }
    // Numbers of hours and of minutes, which `--map` does not read.
    for (column, offsets) in [
        ("utcOffsetMinutes", ["-300", "-240"]),
        ("offset_minutes", ["-300", "-240"]),
        ("Offset (h)", ["-5", "-4"]),
    ] {
        let asked = check(column, offsets, &[]).exits(3);
        let said = format!("`{column}` holds offsets ({}, {})", offsets[0], offsets[1]);
        asked.says(&["[RD112]", &said]);
        check(column, offsets, &["--accept", &format!("RD112={column}")]).exits(0);
        // Those of the zone, in summer and in winter.
        let own = if column == "Offset (h)" { ["-5", "-6"] } else { ["-300", "-360"] };
        check(column, own, &[]).exits(0).never_says(&["RD112"]);
    }
    // A name of a column that `--tz` contradicts.
    let named = |header: &str, zone: &str| {
        let text = format!("agent,date,{header}\nanna,2026-03-02,08:00,16:00\n");
        Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", zone])
    };
    for zone in ["PT", "PST", "PDT"] {
        let header = format!("Start ({zone}),End ({zone})");
        named(&header, "America/Los_Angeles").exits(0);
        named(&header, "America/Chicago").exits(3).says(&["[RD112]", &format!("says {zone}")]);
    }
    check("Break offset (min)", ["240", "-240"], &[]).exits(0);
    check("Offset (h)", ["0", "0"], &[]).exits(0);
    for zones in [["America/Chicago"; 2], ["Europe/Nowhere"; 2], ["Asia", "Europe"], ["-5", "-4"]] {
        check("Region", zones, &[]).exits(0).never_says(&["RD112"]);
    }
}

/// Keys of offsets beside local times.
#[test]
fn keys_of_offsets_that_are_not_read_are_a_doubt() {
    let run = |start: &str, offset: &str| {
        let text = format!(
            r#"[{{"agent":"anna","start":"{start}","end":"2026-03-16T23:00{}","utcOffsetMinutes":{offset}}}]"#,
            if start.ends_with('Z') { "Z" } else { "" }
        );
        check("batch.json", &text, &[])
    };
    run("2026-03-16T08:00", "-240").exits(3).says(&["[RD112]", "`utcOffsetMinutes`"]);
    run("2026-03-16T08:00", "-300").exits(0);
    run("2026-03-16T08:00Z", "-240").exits(0);
}

/// Another file of which nothing is a record, and a page of several.
#[test]
fn a_document_without_any_record_is_no_all_clear() {
    let batch = "agent,start,end\nanna,2026-03-04T08:00Z,2026-03-04T16:00Z\n";
    let parts = r#"[{"user":"anna","start":{"y":2026,"m":3,"d":4},"end":{"y":2026,"m":3,"d":5}}]"#;
    let folder = Folder::new().with("batch.csv", batch).with("live.json", parts);
    folder.run(&["check", "batch.csv", "--published", "live.json"]).exits(3);
    let page = r#"{"shifts":[{"agent":"anna","start":"2026-03-04T08:00Z",
        "end":"2026-03-04T16:00Z"}],"meta":{"total":250,"page":1,"per_page":1}}"#;
    let outcome = check("page.json", page, &[]).exits(3);
    outcome.says(&["[RD109]"]);
    let whole = page.replace("250", "1");
    check("page.json", &whole, &[]).exits(0);
}

/// The export of a shift planner, and columns whose numbers look like hours.
#[test]
fn activities_of_a_version_and_phone_numbers_are_no_records() {
    let teams = r#"{"value":[{"userId":"A","sharedShift":{"startDateTime":"2026-03-02T08:00Z",
        "endDateTime":"2026-03-02T16:00Z","activities":[{"startDateTime":"2026-03-02T12:00Z",
        "endDateTime":"2026-03-02T12:30Z","displayName":"Lunch"}]}}]}"#;
    check("teams.json", teams, &[]).exits(0);
    let phones = "agent,start,end,phone,room\n\
        anna,2026-03-02 08:00,2026-03-02 16:00,555-1234,8-12\n\
        ben,2026-03-02 08:00,2026-03-02 16:00,555-9876,10-12\n";
    check("batch.csv", phones, &[]).exits(0);
}

/// Numbers of a whole column are days of a spreadsheet, which is told.
#[test]
fn serial_numbers_are_read_and_told() {
    let text = "agent,date,start,end\nanna,46083,0.333333,0.666667\nanna,46083,0.5,0.75\n";
    let outcome = check("sheet.csv", text, &[]).exits(1);
    outcome.says(&["[OV101]", "2026-03-02 from 12:00 to 16:00", "days of a\n    spreadsheet"]);
    let mixed = "agent,start,end\nanna,46083.25,46083.5\nben,2026-03-02 08:00,2026-03-02 16:00\n";
    check("sheet.csv", mixed, &[]).exits(3).says(&["[RC101]", "sheet.csv:2"]);
}

#[test]
fn what_is_not_read_under_many_keys_is_one_question() {
    let other = |key: usize| {
        format!(r#""k{key}":{{"when":"2026-03-02T08:00Z","until":"2026-03-02T10:00Z"}}"#)
    };
    let others: Vec<String> = (0..400).map(other).collect();
    let text = format!(
        r#"{{"shifts":[{{"agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}}],
            "x":{{"all":{{{}}}}}}}"#,
        others.join(",\n")
    );
    let report = check("roster.json", &text, &["--format", "json"]).exits(3).report();
    let doubts = report["inputs"][0]["doubts"].as_array().expect("a list");
    let folded = doubts.iter().find(|doubt| doubt["place"] == "/x/all/*");
    let folded = folded.unwrap_or_else(|| panic!("{doubts:?}"));
    assert_eq!((&folded["count"], &folded["line"]), (&400.into(), &2.into()));
    let places = doubts.iter().filter_map(|doubt| doubt["place"].as_str());
    let answers: Vec<String> = places.map(|place| format!("RD103={place}")).collect();
    assert!(answers.len() <= 3, "{answers:?}");
    let options: Vec<&str> = answers.iter().flat_map(|answer| ["--accept", answer]).collect();
    check("roster.json", &text, &options).exits(0);
}
