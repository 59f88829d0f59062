//! Times in files: in which order their dates are, and what is no time.

use crate::program::{Folder, Outcome, shifts};
use serde_json::{Value, json};
use std::fmt::Write;

/// A night shift and the one it runs into, in American dates, with one date
/// that shows the order.
const AMERICAN: &str = "agent,id,start,end\n\
    anna,s-1,3/2/2026 8:00 AM,3/2/2026 4:00 PM\n\
    anna,s-2,3/2/2026 3:30 PM,3/2/2026 8:00 PM\n\
    ben,s-3,3/13/2026 8:00 AM,3/13/2026 4:00 PM\n";

/// Dates that could be in either order.
const OPEN: &str = "agent,id,start,end\n\
    anna,s-1,2026-03-01T08:00,2026-03-01T16:00\n\
    anna,s-2,3/2/2026 3:30 PM,3/2/2026 8:00 PM\n\
    anna,s-3,4/2/2026 3:30 PM,4/2/2026 8:00 PM\n";

const TZ: [&str; 2] = ["--tz", "America/Chicago"];

fn run(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(&[&["check", "batch.csv"][..], &TZ, more].concat())
}

fn check(text: &str, more: &[&str]) -> Outcome {
    run(&Folder::new().with("batch.csv", text), more)
}

fn report(text: &str, more: &[&str], code: i32) -> Value {
    check(text, &[&["--format", "json"], more].concat()).exits(code).report()
}

#[test]
fn one_date_shows_the_order_of_all() {
    let told = report(AMERICAN, &[], 1);
    assert_eq!(told["inputs"][0]["date_order"], "mdy");
    assert_eq!(told["findings"][0]["start"], "2026-03-02T15:30:00-06:00");
    check(AMERICAN, &["--verbose"]).exits(1).says(&["dates: month first"]);
    check(AMERICAN, &[]).exits(1).never_says(&["month first"]);
    let british = AMERICAN.replace("3/13/2026", "13/3/2026");
    let told = report(&british, &[], 1);
    assert_eq!(told["inputs"][0]["date_order"], "dmy");
    assert_eq!(told["findings"][0]["start"], "2026-02-03T15:30:00-06:00");
    check(&british, &["--verbose"]).exits(1).says(&["dates: day first, as in 31/12/2026"]);
    let plain = report(&shifts(&["anna,s-1,2026-03-02T08:00,2026-03-02T09:00"]), &[], 0);
    assert_eq!(plain["inputs"][0]["date_order"], Value::Null);
}

/// The date that decides may stand in any column of times.
#[test]
fn every_column_of_times_may_show_the_order() {
    for (header, twice, decides) in [
        ("agent,start,end", "3/2/2026 8:00,3/2/2026 9:00", "3/13/2026 8:00,2026-03-14"),
        ("agent,start,end", "3/2/2026 8:00,3/2/2026 9:00", "3/2/2026 8:00,3/13/2026 8:00"),
        ("agent,date,start,end", "3/2/2026,8:00,9:00", "3/13/2026,8:00,9:00"),
        ("agent,start date,start,end", "3/2/2026,8:00,9:00", "3/13/2026,8:00,9:00"),
        (
            "agent,start date,start,end date,end",
            "3/2/2026,8:00,3/2/2026,9:00",
            "3/2/2026,8:00,3/13/2026,9:00",
        ),
    ] {
        let text = format!("{header}\nanna,{twice}\nanna,{twice}\nben,{decides}\n");
        let options = ["--ignore", "RC104", "--accept", "RD107=end date"];
        let told = report(&text, &options, 1);
        assert_eq!(told["inputs"][0]["date_order"], "mdy", "{text}");
        assert_eq!(told["findings"][0]["start"], "2026-03-02T08:00:00-06:00", "{text}");
    }
}

/// Three megabytes before the date that decides.
fn large(decides: &str) -> String {
    let mut text = String::from("agent,id,start,end\n");
    for number in 0..50_000 {
        let (month, day) = (number % 12 + 1, number / 12 % 12 + 1);
        let date = format!("{month}/{day}/2026");
        writeln!(text, "agent-{number},s-{number},{date} 8:00 AM,{date} 4:00 PM").expect("text");
    }
    assert!(text.len() > 2 << 20, "{} bytes", text.len());
    for (hour, id) in [("8:00 AM", "x-1"), ("3:30 PM", "x-2")] {
        writeln!(text, "anna,{id},{decides} {hour},{decides} 4:00 PM").expect("text");
    }
    text
}

#[test]
fn a_date_far_into_a_file_decides_for_any_number_of_threads() {
    for (decides, order) in [("3/13/2026", "mdy"), ("13/3/2026", "dmy")] {
        let folder = Folder::new().with("batch.csv", large(decides));
        let one = run(&folder, &["--format", "json", "--jobs", "1"]).exits(1);
        let told = one.report();
        assert_eq!(told["inputs"][0]["date_order"], order);
        assert_eq!(told["inputs"][0]["records"], 50_002);
        assert_eq!(told["findings"][0]["start"], "2026-03-13T15:30:00-05:00");
        assert_eq!(told["findings"][0]["records"][0]["line"], 50_002);
        for jobs in ["2", "8"] {
            let many = run(&folder, &["--format", "json", "--jobs", jobs]).exits(1);
            assert!(many.out == one.out, "{jobs} jobs say something else: {}", many.told());
        }
    }
}

#[test]
fn problems_far_into_a_file_are_the_same_for_any_number_of_threads() {
    let mixed = format!("{}cleo,x-3,13/3/2026 8:00 AM,13/3/2026 9:00 AM\n", large("3/13/2026"));
    for (text, words) in [
        (mixed, &["`13/3/2026 8:00 AM` in line 50004", "`3/13/2026 8:00 AM` in line 50002"][..]),
        (large("3/12/2026"), &["batch.csv:3", "`2/1/2026 8:00 AM`"]),
    ] {
        let folder = Folder::new().with("batch.csv", text);
        let one = run(&folder, &["--jobs", "1"]).exits(3).says(words);
        for jobs in ["2", "8"] {
            assert_eq!(run(&folder, &["--jobs", jobs]).exits(3).out, one.out, "{jobs} jobs");
        }
    }
}

#[test]
fn dates_that_nothing_decides_are_not_guessed() {
    let outcome = check(OPEN, &[]).exits(3);
    let outcome = outcome.says(&[
        "batch.csv:3",
        "`3/2/2026 3:30 PM` can be read day first or month first",
        "--date-order dmy or --date-order mdy",
        "no all-clear",
    ]);
    outcome.never_says(&["4/2/2026"]);
    let told = report(OPEN, &[], 3);
    assert_eq!(told["inputs"][0]["date_order"], Value::Null);
    assert_eq!(told["inputs"][0]["checked"], 0);
    assert_eq!(told["inputs"][0]["problem"]["line"], 3);
}

#[test]
fn dates_in_two_orders_are_both_named() {
    let text = format!("{AMERICAN}cleo,s-4,14/3/2026 8:00 AM,14/3/2026 4:00 PM\n");
    check(&text, &[]).exits(3).says(&[
        "dates are in two orders",
        "`14/3/2026 8:00 AM` in line 5",
        "`3/13/2026 8:00 AM` in line 4",
    ]);
}

#[test]
fn what_is_said_overrules_what_is_shown() {
    for (order, start) in
        [("mdy", "2026-03-02T15:30:00-06:00"), ("dmy", "2026-02-03T15:30:00-06:00")]
    {
        let open =
            OPEN.replace("2026-03-01T08:00,2026-03-01T16:00", "3/2/2026 08:00,3/2/2026 16:00");
        let told = report(&open, &["--date-order", order], 1);
        assert_eq!(told["inputs"][0]["date_order"], order);
        assert_eq!(told["findings"][0]["start"], start);
    }
    let outcome = check(AMERICAN, &["--date-order", "dmy"]).exits(3);
    outcome.says(&[
        "[RC101]",
        "`3/13/2026 8:00 AM` is not on the calendar",
        "batch.csv:4",
        "[OV101]",
    ]);
    check(OPEN, &["--date-order", "ydm"]).exits(2).complains(&["ydm", "dmy", "mdy", "ymd"]);
}

#[test]
fn each_file_has_an_order_of_its_own() {
    let live = "agent,id,start,end\n\
        anna,p-1,2/3/2026 15:00,2/3/2026 18:00\n\
        dora,p-2,31/3/2026 15:00,31/3/2026 18:00\n";
    let folder = Folder::new().with("batch.csv", AMERICAN).with("live.csv", live);
    let told = run(&folder, &["--published", "live.csv", "--format", "json"]).exits(1).report();
    assert_eq!(told["inputs"][0]["date_order"], "mdy");
    assert_eq!(told["inputs"][1]["date_order"], "dmy");
    assert_eq!(told["summary"]["rules"], json!({"OV101": 1, "OV104": 2}));
    // The other file's date decides nothing for one that shows nothing.
    let folder = Folder::new().with("batch.csv", AMERICAN).with("live.csv", OPEN);
    let outcome = run(&folder, &["--published", "live.csv"]).exits(3);
    outcome.says(&["live.csv:3", "--date-order", "error[OV101]"]);
}

/// The rows of a file as records of a document.
fn records(text: &str) -> Vec<String> {
    let mut lines = text.lines().map(|line| line.split(','));
    let header: Vec<&str> = lines.next().expect("a header").collect();
    let record = |cells: std::str::Split<'_, char>| {
        let members = header.iter().zip(cells);
        let members: serde_json::Map<String, Value> =
            members.map(|(key, cell)| ((*key).to_owned(), cell.into())).collect();
        Value::Object(members).to_string()
    };
    lines.map(record).collect()
}

#[test]
fn documents_show_their_order_too() {
    for (text, code, words) in [
        (AMERICAN, 1, &["[OV101]", "Mon 2026-03-02 from 15:30 to 16:00"][..]),
        (OPEN, 3, &["`3/2/2026 3:30 PM`", "--date-order dmy or --date-order mdy"]),
    ] {
        let records = records(text);
        for (name, content) in [
            ("batch.json", format!("[{}]", records.join(",\n"))),
            ("batch.json", format!("{{\"shifts\":[{}]}}", records.join(",\n"))),
            ("batch.ndjson", format!("{}\n", records.join("\n"))),
        ] {
            let folder = Folder::new().with(name, content);
            folder.run(&[&["check", name][..], &TZ].concat()).exits(code).says(words);
        }
    }
}

/// The dates of a list are dates of the file.
#[test]
fn lists_of_dates_show_their_order_too() {
    let batch = shifts(&["anna,s-1,2026-03-07T08:00,2026-03-07T12:00"]);
    for (dates, code, order) in [
        (r#"["3/7/2026","3/13/2026"]"#, 1, json!("mdy")),
        (r#"["7/3/2026","13/3/2026"]"#, 1, json!("dmy")),
        (r#"["3/7/2026"]"#, 3, Value::Null),
    ] {
        let off = format!("[\n{{\"agent\":\"anna\",\"dates\":{dates}}}]");
        let folder = Folder::new().with("batch.csv", &batch).with("off.json", off);
        let outcome = run(&folder, &["--time-off", "off.json", "--format", "json"]).exits(code);
        let told = outcome.report();
        assert_eq!(told["inputs"][1]["date_order"], order, "{dates}: {told}");
        if code == 3 {
            let problem = &told["inputs"][1]["problem"];
            assert_eq!(problem["line"], 2, "{problem}");
            let message = problem["message"].as_str().unwrap_or_default();
            assert!(message.contains("3/7/2026"), "{message}");
        }
    }
}

/// What is no time, and what is said of it.
const BAD: [(&str, &str); 18] = [
    ("2026-02-30", "`2026-02-30` is not on the calendar: expected"),
    ("2026-02-30T08:00", "is not on the calendar: expected"),
    ("48:00", "`48:00` is not on the calendar: expected"),
    ("25:00", "`25:00` has no date: a clock time needs one"),
    ("08:60", "`08:60` is not on the calendar: expected"),
    ("08:00", "has no date: a clock time needs one"),
    ("2026-03-02T08:60", "is not on the calendar: expected"),
    ("2026-03-02T08:00+25:00", "is not on the calendar: expected"),
    ("0000-03-02T08:00", "is not on the calendar: expected"),
    ("99999-03-02T08:00", "is not a time: expected a time such as"),
    ("", "no start"),
    ("   ", "no start"),
    ("TBD", "`TBD` is not a time: expected a time such as"),
    ("99999999999999999999999999", "is not a time: expected"),
    ("99999999999999", "is not on the calendar: expected"),
    ("-1", "is not a time: expected"),
    ("1e9", "is not a time: expected"),
    ("\u{662}\u{660}\u{662}\u{666}-03-02", "is not a time: expected"),
];

#[test]
fn what_is_no_time_is_told_with_its_place_and_what_was_expected() {
    for (word, message) in BAD {
        let row = format!("anna,s-1,{word},2026-03-02T16:00");
        let good = "anna,s-2,2026-03-02T08:00,2026-03-02T16:00";
        let outcome = check(&shifts(&[good, &row]), &[]).exits(3);
        assert_eq!(outcome.err, "", "{word}");
        outcome.says(&["[RC101]", message, "batch.csv:3"]);
        let document = format!("[{}]", records(&shifts(&[good, &row])).join(",\n"));
        let folder = Folder::new().with("batch.json", document);
        let outcome = folder.run(&["check", "batch.json"]).exits(3);
        outcome.says(&["[RC101]", message, "batch.json:2", "/1"]);
    }
}

#[test]
fn a_skipped_time_is_read_and_told() {
    let outcome = check(&shifts(&["anna,s-1,2026-03-08T02:30,2026-03-08T10:00"]), &[]).exits(0);
    outcome.says(&["warning[TZ102]", "batch.csv:2", "02:30", "03:30"]);
}

/// Numbers of a document that are too large for a time.
#[test]
fn numbers_that_are_no_time_are_told() {
    for number in ["1e400", "99999999999999999999999999", "-5", "1.5", "17724384000"] {
        let text = format!(r#"[{{"agent":"anna","start":{number},"end":"2026-03-02T16:00Z"}}]"#);
        let folder = Folder::new().with("batch.json", text);
        folder.run(&["check", "batch.json"]).exits(3).says(&["[RC101]", number, "expected"]);
    }
}

/// One instant in many spellings: each pair of neighbours claims one hour.
#[test]
fn spellings_may_be_mixed_in_one_column() {
    let spellings = [
        "2026-03-02T08:00:00Z",
        "1772438400",
        "1772438400000",
        "2026-03-02T02:00:00-06:00",
        "2026-03-02T02:00",
        "3/2/2026 2:00 AM",
        "20260302T080000Z",
        "\"Mon, 02 Mar 2026 08:00:00 GMT\"",
        "/Date(1772438400000)/",
        "2.3.2026 02:00",
    ];
    let mut text = String::from("agent,id,start,end\n");
    for (number, spelling) in spellings.iter().enumerate() {
        writeln!(text, "anna,s-{number},{spelling},2026-03-02T09:00Z").expect("text");
    }
    text.push_str("ben,s-x,3/13/2026 2:00 AM,3/13/2026 3:00 AM\n");
    let told = report(&text, &["--max-per-agent", "1000"], 1);
    let pairs = spellings.len() * (spellings.len() - 1) / 2;
    assert_eq!(told["summary"]["rules"], json!({"OV103": pairs}), "{told}");
    let findings = told["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["minutes"] == 60), "{told}");
}

/// What is wrong with a date is told of the date, and not of the clock time beside it.
#[test]
fn dates_that_are_none_are_told_without_their_clock_times() {
    let check = |text: &str| Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]);
    let with = |date: &str| format!("agent,date,start,end\nann,{date},08:00,16:00\n");
    for (date, says) in [
        ("99999999", "`99999999` is not on the calendar: expected a date that exists"),
        ("2026-02-30", "`2026-02-30` is not on the calendar: expected a date that exists"),
        ("soon", "the date `soon` is not a date: expected a date such as"),
        ("Tue", "the date `Tue` is a day of the week, not a date"),
        ("mercredi", "the date `mercredi` is a day of the week, not a date"),
        ("Sat.", "the date `Sat.` is a day of the week, not a date"),
    ] {
        let outcome = check(&with(date)).exits(3);
        let told = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(says), "{says}: {}", outcome.told());
    }
    check(&with("Tue 3 March 2026")).exits(1).says(&["TZ101"]);
    let week = "agent,Week of,Day,Start,End\nann,2026-03-02,Monday,08:00,16:00\n";
    check(week).exits(3).says(&["`Monday` is a day of the week", "write the date of each day"]);
}

/// Clock times with a dot are read where a whole file writes them so.
#[test]
fn clock_times_with_a_dot_are_shown_by_their_columns() {
    let sheet = |second: &str| {
        format!(
            "Matricola,Data,Ora inizio,Ora fine\n7,20/04/2026,06.00,13.30\n{second}\n\
             8,21/04/2026,22.00,6.30\n8,22/04/2026,RIPOSO,\n"
        )
    };
    let overlap = check(&sheet("7,20/04/2026,8.45,17.00"), &[]).exits(1);
    overlap.says(&["[OV101]", "from 08:45 to 13:30", "read as clock\n    times"]);
    check(&sheet("7,20/04/2026,13.30,17.00"), &[]).exits(0);
    // Hours with decimals, or in two forms, are none.
    for other in ["8.5,17.00", "8.75,17.00", "08:45,17.00"] {
        check(&sheet(&format!("7,20/04/2026,{other}")), &[]).exits(3).says(&["[RC101]"]);
    }
    let quarters = "agent,date,start,end\n7,2026-04-20,8.00,16.50\n7,2026-04-20,8.25,16.00\n";
    check(quarters, &[]).exits(3).says(&["[RC101]", "`8.25`"]);
    let undated = "agent,start,end\n7,8.30,16.45\n";
    check(undated, &[]).exits(3);
}

/// Weekdays beside dates, and nights that would last a month, show the order.
#[test]
fn weekdays_and_nights_show_the_order() {
    let days = |weekday: &str| {
        format!(
            "Date,Day,Who,From,To\n04/05/2026,{weekday},Mo,08:00,16:00\n\
             04/05/2026,{weekday},Ann,09:00,12:00\n05/05/2026,Tuesday,Mo,08:00,16:00\n"
        )
    };
    let told = report(&days("Monday"), &[], 0);
    assert_eq!(told["inputs"][0]["date_order"], "dmy");
    let other = days("Sunday").replace("05/05/2026,Tuesday", "05/05/2026,Mardi");
    assert_eq!(report(&other, &[], 0)["inputs"][0]["date_order"], "mdy");
    // A weekday that fits neither, and a column with more than weekdays, show nothing.
    for weekday in ["Friday", "early"] {
        check(&days(weekday), &[]).exits(3).says(&["no date of the file shows\nwhich"]);
    }

    let nights = |end: &str| {
        format!(
            "Agent,Date début,Heure début,Date fin,Heure fin\n\
             a,07/10/2026,21:00,{end},07:00\nb,08/10/2026,09:00,08/10/2026,17:00\n"
        )
    };
    assert_eq!(report(&nights("08/10/2026"), &[], 0)["inputs"][0]["date_order"], "dmy");
    // A long shift in one order is none in the other, or in both.
    check(&nights("09/11/2026"), &[]).exits(3).says(&["no date of the file shows\nwhich"]);
    let late = "agent,start,end\na,12/31/2026 21:00,1/1/2027 07:00\n";
    assert_eq!(report(late, &[], 0)["inputs"][0]["date_order"], "mdy");
    // Time off may well last a month.
    let off = "agent,start date,end date\na,07/10/2026,08/10/2026\n";
    let batch = shifts(&["a,s-1,2026-10-07T08:00,2026-10-07T09:00"]);
    let folder = Folder::new().with("batch.csv", batch).with("off.csv", off);
    run(&folder, &["--time-off", "off.csv"]).exits(3).says(&["no date of the file shows"]);
}

/// Years of two digits are read where all dates of a file show one order.
#[test]
fn years_of_two_digits_are_read_in_the_one_order_that_is_possible() {
    let sheet = |dates: [&str; 3]| {
        let [first, second, third] = dates;
        format!(
            "agent,date,start,end\na,{first},08:00,16:00\na,{second},15:30,20:00\n\
             b,{third},08:00,16:00\n"
        )
    };
    for (dates, overlap) in [
        (["12.01.26", "12.01.26", "12.01.26"], "2026-01-12"),
        (["31.12.26", "31.12.26", "2.1.27"], "2026-12-31"),
        (["1/13/26", "1/13/26", "2/4/26"], "2026-01-13"),
        (["13/1/26", "13/1/26", "2/4/26"], "2026-01-13"),
        (["26-01-12", "26-01-12", "26-02-20"], "2026-01-12"),
        (["26.01.12", "26.01.12", "26.02.20"], "2026-01-12"),
    ] {
        let told = report(&sheet(dates), &[], 1);
        let start = told["findings"][0]["start"].as_str().expect("a start");
        assert!(start.starts_with(overlap), "{dates:?}: {start}");
        let notes = told["inputs"][0]["notes"].to_string();
        assert!(notes.contains(&format!("`{}` are read as", dates[0])), "{notes}");
    }
    let touching = sheet(["12.01.26", "13.01.26", "12.01.26"]);
    check(&touching, &[]).exits(0).says(&["day, month, year"]);
    // Nothing shows the order, or there are whole years, too.
    let open = sheet(["1/12/26", "1/12/26", "2/12/26"]);
    check(&open, &[]).exits(3).says(&["which of", "--date-order dmy, mdy or\n"]);
    for (order, overlap) in [("dmy", "2026-12-01"), ("mdy", "2026-01-12")] {
        let told = report(&open, &["--date-order", order], 1);
        let start = told["findings"][0]["start"].as_str().expect("a start");
        assert!(start.starts_with(overlap), "{order}: {start}");
    }
    let told = report(&sheet(["01/12/26", "01/12/26", "02/12/26"]), &["--date-order", "ymd"], 1);
    assert!(told["findings"][0]["start"].as_str().expect("a start").starts_with("2001-12-26"));
    let mixed = sheet(["12.01.26", "12.01.2026", "12.01.26"]);
    check(&mixed, &[]).exits(3).says(&["dates are in two forms"]);
    check(&mixed, &["--date-order", "dmy"]).exits(1);
    check(&sheet(["12.01.26", "44.01.26", "12.01.26"]), &[]).exits(3);
}

#[test]
fn one_clock_time_without_am_and_pm_among_others_is_a_doubt() {
    let table = |row: &str| {
        let mut table = String::from("agent,date,start,end\n");
        (0..4000).for_each(|agent| {
            table += &format!("a{agent},2026-03-02,8:00 AM,4:00 PM\n");
        });
        table + row
    };
    let check = |row: &str, options: &[&str]| {
        let args = [&["check", "batch.csv", "--tz", "UTC"], options].concat();
        Folder::new().with("batch.csv", table(row)).run(&args)
    };
    for row in ["a1,2026-03-03,3:00,6:00\n", "a1,2026-03-03,3:00 PM,6:00\n"] {
        check(row, &[]).exits(3).says(&["[RD111]", "batch.csv:4002", "other times of the file"]);
        check(row, &["--accept", "RD111=start"]).exits(0);
    }
    for row in ["", "a1,2026-03-03,15:00,18:00\n", "a1,2026-03-03,8:00,17:00\n"] {
        check(row, &[]).exits(0);
    }
    check("a1,2026-03-02,3:00 PM,6:00 PM\n", &[]).exits(1).says(&["[OV101]"]);
}

#[test]
fn serial_numbers_count_from_the_year_that_the_option_names() {
    let batch = "agent,start,end\nanna,46083.5,46083.75\nben,46084.5,46084.75\n";
    let folder = Folder::new().with("batch.csv", batch);
    let day = |options: &[&str]| {
        let arguments = [&["inspect", "batch.csv", "--tz", "UTC"], options].concat();
        folder.run(&arguments).exits(0)
    };
    day(&[]).says(&["Mon 2026-03-02 12:00", "--serial-epoch 1904"]);
    day(&["--serial-epoch", "1904"]).says(&["Sun 2030-03-03 12:00", "counted from 1904"]);
}

/// The same where each cell has its date in it.
#[test]
fn one_dated_time_without_am_and_pm_among_others_is_a_doubt() {
    for date in ["2026-03-02", "3/2/2026", "Mar 2, 2026"] {
        let table = |row: &str| {
            let cell = |clock: &str| format!("\"{date} {clock}\"");
            let mut table = String::from("agent,start,end\n");
            (0..400).for_each(|agent| {
                table += &format!("a{agent},{},{}\n", cell("8:00 AM"), cell("4:00 PM"));
            });
            let cells: Vec<String> = row.split('|').map(cell).collect();
            format!("{table}z,{}\n", cells.join(","))
        };
        let check = |row: &str, options: &[&str]| {
            let args = [&["check", "batch.csv", "--tz", "UTC", "--date-order", "mdy"], options];
            Folder::new().with("batch.csv", table(row)).run(&args.concat())
        };
        for row in ["3:00|6:00", "3:00 PM|6:00", "9:00|5:00 PM", "05:00|06:30"] {
            let doubt = check(row, &[]).exits(3);
            doubt.says(&["[RD111]", "batch.csv:402", "other times of the file"]);
            check(row, &["--accept", "RD111=start"]);
        }
        for row in ["3:00 PM|6:00 PM", "15:00|18:00", "8:00|17:00"] {
            check(row, &[]).exits(0);
        }
    }
    let ranges = |row: &str| {
        let table = format!(
            "agent,date,times\na,2026-03-02,9:00 AM-5:00 PM\nb,2026-03-03,2pm-4pm\nb,2026-03-03,{row}\n"
        );
        check(&table, &[])
    };
    ranges("1:00-4:00").exits(3).says(&["[RD111]"]);
    ranges("5:00 PM-6:00 PM").exits(0);
    ranges("16:00-18:00").exits(0);
    // A time that comes from another program has another form.
    let other = "agent,start,end\na,2026-03-02 8:00 AM,2026-03-02 4:00 PM\n\
                 b,02.03.2026 08:00,02.03.2026 12:00\nb,2026-03-03T08:00,2026-03-03T09:00\n";
    check(other, &["--date-order", "dmy"]).exits(0);
}

/// Time off of one day in a table or document, which ends on the next day, and of another agent.
fn of_calendar(name: &str, text: &str, day: &str) -> Option<i32> {
    let batch = format!(
        "Employee,Start,End\nAnn,{day} 08:00,{day} 16:00\nBen,2026-03-16 08:00,2026-03-16 16:00\n"
    );
    let folder = Folder::new().with("batch.csv", batch).with(name, text);
    folder.run(&["check", "batch.csv", "--time-off", name, "--tz", "America/Chicago"]).code
}

#[test]
fn ends_of_days_in_calendars_are_exclusive() {
    let table = |start: &str, end: &str, last: &str| {
        format!(
            "Employee,{start},{end},Summary\nAnn,20260316,{last},Vacation\n\
             Ben,20260320,20260321,Vacation\n"
        )
    };
    let google = |last: &str| {
        format!(
            r#"[{{"employee":"Ann","start":{{"date":"2026-03-16"}},"end":{{"date":"{last}"}}}},
                {{"employee":"Ben","start":{{"dateTime":"2026-03-20T08:00:00-05:00"}},
                  "end":{{"dateTime":"2026-03-20T09:00:00-05:00"}}}}]"#
        )
    };
    let lines = r#"{"employee":"Ann","dtstart":"2026-03-16","dtend":"2026-03-17"}"#;
    for (name, text) in [
        ("off.csv", table("DTSTART", "DTEND", "20260317")),
        ("off.csv", table("dtstart", "dtend", "20260317")),
        ("off.csv", table("DTSTART", "DTEND", "20260316")),
        ("off.json", google("2026-03-17")),
        ("off.json", google("2026-03-16")),
        ("off.ndjson", lines.to_owned()),
    ] {
        assert_eq!(of_calendar(name, &text, "2026-03-16"), Some(1), "{text}");
        assert_eq!(of_calendar(name, &text, "2026-03-17"), Some(0), "{text}");
    }
    // Other columns and keys name the last day.
    for (name, text) in [
        ("off.csv", table("Start Date", "End Date", "20260317")),
        ("off.csv", table("Start", "DTEND", "20260317")),
        ("off.json", google("2026-03-17").replace("\"date\"", "\"day\"")),
        ("off.json", lines.replace("dt", "").replace("start", "startDate")),
    ] {
        assert_eq!(of_calendar(name, &text, "2026-03-17"), Some(1), "{text}");
    }
    let folder = Folder::new().with("off.csv", table("DTSTART", "DTEND", "20260317"));
    folder
        .run(&["inspect", "--time-off", "off.csv", "--tz", "UTC"])
        .says(&["end dates: the day after the last one"]);
}

/// `EST` is an offset in the database, and New York to those who write it.
#[test]
fn a_fixed_zone_with_two_meanings_is_unknown() {
    let help = "did you mean `America/New_York` or `-05:00`?";
    let bare = "agent,start,end\nann,2026-07-14 08:00,2026-07-14 16:00\n";
    let batches = [
        "agent,start,end,zone\nann,2026-07-14 08:00,2026-07-14 16:00,EST\n",
        r#"{"timeZone":"EST","shifts":[{"agent":"ann","start":"2026-07-14T08:00","end":"2026-07-14T16:00"}]}"#,
    ];
    for text in batches {
        let folder = Folder::new().with("batch", text);
        folder.run(&["check", "batch"]).exits(3).says(&["[TZ105]", help]);
    }
    let folder = Folder::new().with("batch.csv", bare).with("agents.csv", "agent,zone\nann,EST\n");
    let outcome = folder.run(&["check", "batch.csv", "--agents", "agents.csv"]);
    outcome.exits(3).says(&["[TZ105]"]);
    let outcome = folder.run(&["check", "batch.csv", "--tz", "EST"]).exits(2);
    assert!(outcome.err.contains(help), "{}", outcome.err);
    folder.run(&["check", "batch.csv", "--tz", "EST5EDT"]).exits(0);
}
