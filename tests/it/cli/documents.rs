//! Shapes of documents: days off beside shifts, times in parts, days beside a start.

use crate::program::{Folder, Outcome};

fn check(text: &str, options: &[&str]) -> Outcome {
    let args = [&["check", "batch.json", "--tz", "UTC"], options].concat();
    Folder::new().with("batch.json", text).run(&args)
}

const TIMES: &str = r#""start":"2026-03-02T08:00:00Z","end":"2026-03-02T16:00:00Z""#;

/// A shift on the second of March with something more under a key.
fn with(key: &str, value: &str) -> String {
    format!(r#"[{{"agent":"ann",{TIMES},"{key}":{value}}}]"#)
}

/// Asks for a doubt, at this place, that the option it names settles.
#[track_caller]
fn is_doubted(text: &str, acceptance: &str) {
    let code = acceptance.split('=').next().unwrap_or_default();
    let outcome = check(text, &[]).exits(3);
    let quoted = acceptance.contains('*');
    let option = if quoted { format!("'{acceptance}'") } else { acceptance.to_owned() };
    outcome.says(&[&format!("[{code}]"), &format!("--accept {option}")]);
    check(text, &["--accept", acceptance]).exits(0);
}

/// Lists of days off, and whether they have one on the second of March.
const DAYS_OFF: [(&str, &str); 10] = [
    ("absences", r#"["2026-03-02"]"#),
    ("daysOff", r#"["2026-03-01","2026-03-02"]"#),
    ("days_off", r#"["2 March 2026"]"#),
    ("timeOff", r#"["2026-03-02"]"#),
    ("off", r#"["2026-03-02"]"#),
    ("sickDays", r#"["2026-03-02"]"#),
    ("vacations", r#"[{"from":"2026-03-02","to":"2026-03-03"}]"#),
    ("fullDayTimeOffMarkers", r#"[{"businessUnitDate":"2026-03-02","lengthMinutes":480}]"#),
    ("fullDayTimeOffMarkers", r#"[{"managementUnitDate":"2026-03-02","activityCodeId":"3"}]"#),
    ("leave", r#"{"date":"2026-03-02"}"#),
];

/// Beside the shifts of their agent, before or behind them.
#[test]
fn days_off_of_an_agent_are_time_off() {
    for (name, days) in DAYS_OFF {
        for text in [
            format!(r#"{{"agents":[{{"id":"ann","shifts":[{{{TIMES}}}],"{name}":{days}}}]}}"#),
            format!(r#"{{"agents":[{{"{name}":{days},"shifts":[{{{TIMES}}}],"id":"ann"}}]}}"#),
            format!(r#"{{"agent":"ann","shifts":[{{{TIMES}}}],"{name}":{days}}}"#),
            format!(r#"{{"{name}":{days},"shifts":[{{{TIMES}}}],"agent":"ann"}}"#),
        ] {
            // A lone object is only read where its agent stands before it.
            if text.starts_with(r#"{"leave":{"#) {
                check(&text, &[]).exits(3).says(&["[RD103]", "`/leave`"]);
                continue;
            }
            check(&text, &[]).exits(1).says(&["[OV201]", "(8 h)"]);
            let other = text.replace("2026-03-02T", "2026-03-05T");
            check(&other, &[]).exits(0);
        }
    }
}

/// Within a shift, or without an agent, nobody knows what they are.
#[test]
fn days_off_elsewhere_are_a_doubt() {
    for (name, days) in DAYS_OFF {
        is_doubted(&with(name, days), &format!("RD103=/*/{name}"));
        let text = format!(r#"{{"shifts":[{{"agent":"ann",{TIMES}}}],"{name}":{days}}}"#);
        check(&text, &[]).exits(3).says(&["[RD103]"]);
        let text = format!(r#"{{"shifts":[{{"agent":"ann",{TIMES}}}],"{name}":{{"ann":{days}}}}}"#);
        check(&text, &[]).exits(3).says(&["[RD103]"]);
    }
    let one = r#""2026-03-02""#;
    is_doubted(&with("absence", one), "RD103=/*/absence");
    let text = format!(r#"{{"agent":"ann","shifts":[{{{TIMES}}}],"absence":{one}}}"#);
    is_doubted(&text, "RD103=/absence");
    let text = format!(r#"{{"shifts":[{{"agent":"ann",{TIMES}}}],"absence":{{"ann":{one}}}}}"#);
    is_doubted(&text, "RD103=/absence");
    for (name, value) in [
        ("absences", "[]"),
        ("daysOff", r#"["Saturday","Sunday"]"#),
        ("daysOff", "2"),
        ("timeOff", "false"),
        ("leave", r#"{"balance":12,"asOf":"2026-03-02"}"#),
        ("leaveDate", one),
        ("leaveBalance", r#"{"2026-01-01":12}"#),
        ("vacationDays", "24"),
        ("holidays", r#"["2026-03-02"]"#),
        ("offsets", r#"["2026-03-02"]"#),
    ] {
        let text = with(name, value);
        if name != "offsets" {
            check(&text, &[]).exits(0);
        }
        let text = format!(r#"{{"agent":"ann","shifts":[{{{TIMES}}}],"{name}":{value}}}"#);
        check(&text, &[]).exits(0);
    }
}

/// A day in a list of nobody's name in a file of time off.
#[test]
fn days_of_time_off_without_records_are_a_doubt() {
    let run = |off: &str| {
        let folder = Folder::new().with("batch.json", with("note", "1")).with("off.json", off);
        folder.run(&["check", "batch.json", "--time-off", "off.json", "--tz", "UTC"])
    };
    run(r#"{"agents":{"ann":["2026-03-02"]}}"#).exits(1).says(&["[OV201]"]);
    run(r#"{"agents":[{"id":"ann","status":"denied","days":["2026-03-02"]}]}"#).exits(3);
    let request = |words: &str| {
        run(&format!(r#"{{"entities":[{{"id":"r-1","user":{{"id":"ann"}},{words}}}]}}"#))
    };
    let days = r#""fullDayManagementUnitDates":["2026-03-01","2026-03-02"]"#;
    request(&format!(r#""isFullDayRequest":true,{days},"dailyDurationMinutes":480"#))
        .exits(1)
        .says(&["[OV201]"]);
    request(&days.replace("ManagementUnit", "BusinessUnit")).exits(1);
    request(&days.replace("03-02", "03-03")).exits(0);
    let times = |starts: &str| {
        request(&format!(
            r#""fullDayManagementUnitDates":[],"partialDayStartDateTimes":{starts},"dailyDurationMinutes":60"#
        ))
    };
    times(r#"["2026-03-02T12:00:00Z"]"#).exits(1).says(&["[OV201]"]);
    times(r#"["2026-03-02T16:00:00Z"]"#).exits(0);
    times(r#"["2026-03-03T12:00:00Z","2026-03-02T12:00:00Z"]"#).exits(1).says(&["[OV201]"]);
    times(r#"["2026-03-03T12:00:00Z","2026-03-02T16:00:00Z"]"#).exits(0);
    request(&format!(
        r#"{days},"partialDayStartDateTimes":["2026-03-03T12:00Z","2026-03-04T12:00Z"]"#
    ))
    .exits(3)
    .says(&["[RD103]"]);
}

#[test]
fn days_beside_a_start_are_read_or_doubted() {
    for (value, doubted) in [
        (r#"["2026-03-02","2026-03-05"]"#, true),
        (r#"["2026-03-05"]"#, true),
        (r#"["2026-03-05T08:00:00Z"]"#, true),
        (r#"{"2026-03-05":{"code":"A"}}"#, true),
        (r#"{"2026-03-05":{}}"#, true),
        (r#"{"2026-03-05":true,"2026-03-06":false}"#, true),
        (r#"["2026-03-02"]"#, false),
        (r#"{"2026-03-02":{"code":"A"}}"#, false),
        (r#"{"2026-03-02":true,"2026-03-05":false}"#, false),
        (r#"["2026-03-05T09:30:00Z"]"#, false),
        (r#"["2026-03-05","A"]"#, false),
        ("[]", false),
    ] {
        for name in ["days", "alsoOn", "calendarDays"] {
            let text = with(name, value);
            match doubted {
                true => is_doubted(&text, &format!("RD107={name}")),
                false => drop(check(&text, &[]).exits(0)),
            }
        }
        for name in ["exceptions", "excludedDates", "createdOn", "holidays", "auditLog"] {
            check(&with(name, value), &[]).exits(0);
        }
    }
    let hours = r#"{"2026-03-05":{"from":"08:00","to":"12:00"}}"#;
    is_doubted(&with("days", hours), "RD103=/*/days");
    is_doubted(&with("dates", "[[2026,3,5]]"), "RD103=/*/dates");
    // A list of dates is read.
    let dates = r#"["2026-03-02","2026-03-05"]"#;
    let other = r#"{"agent":"ann","start":"2026-03-05T15:00:00Z","end":"2026-03-05T18:00:00Z"}"#;
    let text = with("dates", dates).replace("}]", &format!("}},{other}]"));
    check(&text, &[]).exits(1).says(&["[OV101]", "Thu"]);
}

/// A day and a time of each end, and `today` is another word.
#[test]
fn ends_of_a_day_and_a_time_are_read() {
    let at = |day: &str, time: &str| format!(r#"{{"day":"{day}","time":"{time}"}}"#);
    let shift = |from: &str, to: &str| format!(r#"{{"agent":"ann","from":{from},"to":{to}}}"#);
    let night = shift(&at("2026-03-02", "22:00"), &at("2026-03-03", "06:00"));
    let next = shift(&at("2026-03-03", "05:00"), &at("2026-03-03", "12:00"));
    check(&format!("[{night},{next}]"), &[]).exits(1).says(&["[OV102]", "from 05:00 to 06:00"]);
    let long = shift(&at("2026-03-02", "08:00"), &at("2026-03-06", "16:00"));
    check(&format!("[{long}]"), &[]).exits(3).says(&["[RD107]", "more than a day"]);
    let off = r#"{"agent":"ann","type":"PTO","from":"2026-03-02","to":{"day":"2026-03-04"}}"#;
    check(&format!("[{off},{next}]"), &[]).exits(1).says(&["[OV201]"]);
}

/// The record may stand in an envelope of its own.
#[test]
fn records_in_envelopes_are_read() {
    let one = |from: &str, to: &str| {
        format!(r#"{{"agent":"ann","data":{{"date":"2026-03-02","from":"{from}","to":"{to}"}}}}"#)
    };
    let (early, late) = (one("08:00", "16:00"), one("15:00", "18:00"));
    check(&format!("[{early},{late}]"), &[]).exits(1).says(&["[OV101]", "15:00 to 16:00"]);
    let plain = format!(r#"{{"agent":"ann",{TIMES}}}"#);
    check(&format!("[{plain},{late}]"), &[]).exits(1).says(&["[OV101]"]);
    check(&format!("[{early}]"), &[]).exits(0);
    let both = format!(
        r#"[{{"agent":"ann",{TIMES},"data":{{"date":"2026-03-05","from":"08:00","to":"16:00"}}}}]"#
    );
    check(&both, &[]).exits(3);
}

/// Times in numbers, as Java writes them, among others and by themselves.
#[test]
fn times_in_numbers_are_read() {
    let plain = format!(r#"{{"agent":"ann",{TIMES}}}"#);
    let numbers = r#"{"agent":"ann","start":[2026,3,2,15,0],"end":[2026,3,2,18,0]}"#;
    for (one, other) in [
        (plain.as_str(), numbers),
        (plain.as_str(), r#"{"agent":"ann","start":"2026-03-02T15:00","end":[2026,3,2,18,0]}"#),
        (plain.as_str(), r#"{"agent":"ann","date":[2026,3,2],"start":[15,0],"end":[18,0,0]}"#),
        (
            plain.as_str(),
            r#"{"agent":"ann","shifts":[{"start":[2026,3,2,15,0,0,5],"minutes":60}]}"#,
        ),
        (numbers, r#"{"agent":"ann","start":[2026,3,2,17,30],"end":[2026,3,2,20,0]}"#),
    ] {
        for text in
            [format!("[{one},{other}]"), format!(r#"{{"shifts":[{one}],"more":[{other}]}}"#)]
        {
            check(&text, &[]).exits(1).says(&["[OV101]"]);
        }
        let lines = format!("{one}\n{other}\n");
        let folder = Folder::new().with("batch.ndjson", lines);
        folder.run(&["check", "batch.ndjson", "--tz", "UTC"]).exits(1).says(&["[OV101]"]);
    }
    let off = r#"{"agent":"ann","start":[2026,3,2],"end":[2026,3,3]}"#;
    let text = format!(r#"{{"shifts":[{plain}],"timeOff":[{off}]}}"#);
    check(&text, &[]).exits(1).says(&["[OV201]"]);
    // What is no time is never passed over.
    for odd in [
        r#"{"agent":"ann","start":[2026,13,2,15,0],"end":[2026,13,2,18,0]}"#,
        r#"{"agent":"ann","start":["2026-03-02T15:00","2026-03-03T15:00"],"minutes":60}"#,
        r#"{"agent":"ann","start":["?"],"end":["?"]}"#,
    ] {
        for text in [
            format!("[{plain},{odd}]"),
            format!(r#"{{"shifts":[{plain}],"more":[{odd}]}}"#),
            format!(r#"{{"shifts":[{plain}],"more":[{{"agent":"ann","shifts":[{odd}]}}]}}"#),
        ] {
            let outcome = check(&text, &[]).exits(3);
            assert!(outcome.out.contains("[R"), "{text}: {}", outcome.told());
        }
    }
}

/// A person is known by an id, and by what a product calls its qualifier.
#[test]
fn a_qualifier_of_a_person_is_the_agent() {
    let shift = |who: &str, from: u8, to: u8| {
        format!(
            r#"{{"employee":{who},"startDateTime":"2026-03-02T{from:02}:00","endDateTime":"2026-03-02T{to:02}:00"}}"#
        )
    };
    let both = |who: &str| format!("[{},{}]", shift(who, 8, 16), shift(who, 15, 18));
    let outcome = check(&both(r#"{"qualifier":"4711"}"#), &[]).exits(1);
    outcome.says(&["[OV101]", "agent `4711`"]);
    let outcome = check(&both(r#"{"id":17,"qualifier":"4711"}"#), &[]).exits(1);
    outcome.says(&["[OV101]", "agent `17`"]);
    // That of a job or a place is nobody.
    let text = format!(
        r#"[{{"agent":"ann",{TIMES},"job":{{"qualifier":"x"}},"location":{{"qualifier":"y"}},"qualifier":"z"}}]"#
    );
    check(&text, &["--quiet"]).exits(0);
}

/// How many are needed is nobody, whatever the key: only in lists that are calendars.
#[test]
fn numbers_of_staff_in_a_forecast_are_no_agents() {
    let needs = |name: &str, who: &str| {
        let need = |hour: u8| {
            format!(
                r#"{{"start":"2026-03-02T{hour:02}:00:00Z","end":"2026-03-02T{:02}:00:00Z",{who}}}"#,
                hour + 2
            )
        };
        let list = format!("[{},{}]", need(8), need(9));
        let shifts = format!(r#""shifts":[{{"agent":"ann",{TIMES}}}]"#);
        match name.split_once('/') {
            Some((outer, inner)) => format!(r#"{{{shifts},"{outer}":{{"{inner}":{list}}}}}"#),
            None => format!(r#"{{{shifts},"{name}":{list}}}"#),
        }
    };
    let lists = [
        "intervals",
        "forecast",
        "demand",
        "requirements",
        "coverage",
        "staffing",
        "forecast/data",
        "forecast/2026-03-02",
        "staffingRequirements",
    ];
    for name in lists {
        for who in [
            r#""staff":4"#,
            r#""agents":12"#,
            r#""agents":"12""#,
            r#""employees":3.5"#,
            r#""requiredStaff":4"#,
            r#""headcount":4"#,
            r#""fte":2.5"#,
        ] {
            check(&needs(name, who), &[]).exits(0).says(&["1 record of 1 agent"]);
        }
        // Whoever is named is an agent.
        for who in [r#""agent":4"#, r#""staff":"ben""#, r#""employeeId":"ben""#] {
            check(&needs(name, who), &[]).exits(1).says(&["[OV101]"]);
        }
        check(&needs(name, r#""who":"ann""#), &[]).exits(3).says(&["[RD103]"]);
    }
    let others = check(&needs("more", r#""staff":4"#), &[]);
    others.exits(3).says(&["[OV101]", "agent `4`", "[RD106]"]);
}

/// A shift from an hour to four in the afternoon, of whoever these keys name.
fn shift_of(agent: &str, hour: usize) -> String {
    format!(r#"{{{agent},"start":"2026-03-02T{hour:02}:00Z","end":"2026-03-02T16:00Z"}}"#)
}

#[test]
fn agents_by_name_beside_agents_by_id_are_a_doubt() {
    for (most, other, place) in [
        (
            r#""employeeId":"17","employeeName":"Ann Lee""#,
            r#""employeeName":"Ann Lee""#,
            "employeeName",
        ),
        (r#""agent_id":"17""#, r#""agent":{"name":"Ann"}"#, "agent.name"),
        (r#""user":{"id":"17","name":"Ann"}"#, r#""user":{"name":"Ann"}"#, "user.name"),
        (r#""user":{"id":"17"}"#, r#""user":"Ann""#, "user"),
        (r#""employeeId":"ann""#, r#""employeeName":"Ann""#, "employeeName"),
        (r#""employee":"ann@x.org""#, r#""employeeId":"17""#, "employeeId"),
        (r#""userId":"17""#, r#""agentId":"0d5a1c2e-8b1f-4e7a-9c3d-000000000000""#, "agentId"),
    ] {
        let records = [shift_of(most, 8), shift_of(most, 16), shift_of(other, 9)];
        let lists = [
            ("batch.json", format!("[{}]", records.join(","))),
            ("batch.ndjson", records.join("\n")),
            (
                "batch.json",
                format!(
                    r#"{{"shifts":[{}],"more":{{"shifts":[{}]}}}}"#,
                    records[..2].join(","),
                    records[2]
                ),
            ),
        ];
        for (name, text) in lists {
            let check = |options: &[&str]| {
                let args = [&["check", name], options].concat();
                Folder::new().with(name, &text).with("staff.csv", "id,name\n17,Ann\n").run(&args)
            };
            let accept = format!("RD106={place}");
            check(&[]).exits(3).says(&["[RD106]", "1 record names its agent", &accept]);
            check(&["--accept", &accept]).exits(0);
            check(&["--agents", "staff.csv"]).never_says(&["[RD106]"]);
        }
    }
    let named = r#""employeeId":"17","employeeName":"Ann""#;
    let records = [shift_of(named, 8), shift_of(r#""employeeName":"Ann""#, 9)];
    let text = format!("[{}]", records.join(","));
    check(&text, &[]).exits(3).says(&["--map agent=employeeName"]);
    check(&text, &["--map", "agent=employeeName"]).exits(1).says(&["[OV101]"]);
}

#[test]
fn keys_that_name_agents_alike_are_no_doubt() {
    for (one, other) in [
        (r#""agentId":"17""#, r#""agent_id":"18""#),
        (r#""userId":"17""#, r#""user":{"id":"18","name":"Ann"}"#),
        (r#""agent":"ann""#, r#""employee":"ben""#),
        (r#""agent":"E17""#, r#""employeeId":"E18""#),
        (r#""employeeId":"17""#, r#""employeeId":null"#),
        (r#""employeeId":"17","employeeName":"Ann""#, r#""employeeId":"18","employeeName":"Ben""#),
        (r#""employeeId":"17""#, r#""employeeId":"18","createdBy":{"name":"Ann"}"#),
        (
            r#""employeeId":"17""#,
            r#""employeeId":"18","activities":[{"name":"Lunch","start":"2026-03-02T12:00Z","end":"2026-03-02T13:00Z"}]"#,
        ),
    ] {
        let text = format!("[{},{}]", shift_of(one, 8), shift_of(other, 9));
        check(&text, &[]).exits(0).never_says(&["[RD106]"]);
    }
}

#[test]
fn one_agent_by_name_is_found_anywhere() {
    for place in [0, 1, 77, 14_999] {
        let agent = |number: usize| match number == place {
            true => r#""agent":"Ann Lee""#.to_owned(),
            false => format!(r#""agent_id":"{number}","agent":"Ann {number}""#),
        };
        let records: Vec<String> = (0..15_000).map(|number| shift_of(&agent(number), 8)).collect();
        let text = format!("[\n{}\n]", records.join(",\n"));
        let line = format!("batch.json:{}: 1 record", place + 2);
        check(&text, &[]).exits(3).says(&["[RD106]", &line]);
    }
}

#[test]
fn what_a_record_says_beside_what_is_read_is_a_doubt() {
    let day = |clock: &str| format!("2026-03-02T{clock}:00Z");
    let span = |from: &str, to: &str| format!(r#""{from}":"{}","{to}":"{}""#, day("15"), day("20"));
    for (more, code) in [
        (span("start2", "end2"), "RD107"),
        (span("Start Time 2", "End Time 2"), "RD107"),
        (span("overtimeStart", "overtimeEnd"), "RD107"),
        (span("splitStart", "splitEnd"), "RD107"),
        (span("newStart", "newEnd"), "RD107"),
        (format!(r#""extendedUntil":"{}""#, day("20")), "RD105"),
        (format!(r#""newEnd":"{}""#, day("20")), "RD105"),
        (r#""coveredBy":"ben""#.to_owned(), "RD107"),
        (r#""coveredBy":{"name":"ben"}"#.to_owned(), "RD107"),
        (r#""secondEmployee":"ben""#.to_owned(), "RD107"),
    ] {
        let record = |agent: &str, from: &str, to: &str, more: &str| {
            let (from, to) = (day(from), day(to));
            format!(r#"{{"employee":"{agent}","start":"{from}","end":"{to}"{more}}}"#)
        };
        let first = record("ann", "08", "12", &format!(",{more}"));
        let others = [record("ann", "18", "22", ""), record("ben", "08", "16", "")];
        for text in [
            format!("[{first},{}]", others.join(",")),
            format!("{first}\n{}", others.join("\n")),
            format!(r#"{{"more":{{"shifts":[{},{first}]}}}}"#, others.join(",")),
        ] {
            check(&text, &[]).exits(3).says(&[&format!("[{code}]")]);
        }
        // What is said again adds nothing.
        let again = more.replace("T15", "T08").replace("T20", "T12").replace("ben", "ann");
        let text = format!("[{},{}]", record("ann", "08", "12", &format!(",{again}")), others[0]);
        check(&text, &[]).exits(0);
        let empty = format!(r#""{}":null"#, more.split('"').nth(1).unwrap_or_default());
        let text = format!("[{},{}]", record("ann", "08", "12", &format!(",{empty}")), others[0]);
        check(&text, &[]).exits(0);
    }
}

#[test]
fn a_record_without_its_agent_that_names_somebody_is_a_doubt() {
    let named = shift_of(r#""employee":"ann","name":"Early""#, 8);
    for (other, code) in [
        (r#""employee":"","name":"ann""#, "[RD106]"),
        (r#""employee":null,"name":"ann""#, "[RD106]"),
        (r#""name":"ann""#, "[RD106]"),
        (r#""email":"ann@x.org""#, "[RD104]"),
    ] {
        let text = format!(
            r#"{{"people":[{{"email":"ann@x.org"}}],"shifts":[{named},{}]}}"#,
            shift_of(other, 9)
        );
        check(&text, &[]).exits(3).says(&[code]);
    }
    for open in
        [r#""employee":"","name":"Early""#, r#""name":"Early""#, r#""employee":null,"name":"Late""#]
    {
        check(&format!("[{named},{}]", shift_of(open, 9)), &[]).exits(0).says(&["1 unassigned"]);
    }
}

#[test]
fn hours_in_a_key_of_one_record_alone_are_a_doubt() {
    let record = r#"{"employee":"ann","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    for (hours, code) in [("15:00-18:00", 3), ("", 0), ("night", 0)] {
        let other = format!(
            r#"{{"employee":"ann","start":"","end":"","date":"2026-03-02","hours":"{hours}"}}"#
        );
        check(&format!("[{record},{other}]"), &[]).exits(code);
    }
}

#[test]
fn what_is_about_a_document_says_its_zone() {
    let shifts = r#""shifts":[{"employee":"ann","start":"2026-03-02T08:00","end":"2026-03-02T16:00"},
        {"employee":"ann","start":"2026-03-02T20:00Z","end":"2026-03-02T23:00Z"}]"#;
    for (name, code) in [
        ("meta", 1),
        ("metadata", 1),
        ("settings", 1),
        ("report_header", 1),
        // The zone of somebody else.
        ("manager", 0),
        ("createdBy", 0),
    ] {
        let about = format!(r#""{name}":{{"timeZoneId":"America/New_York"}}"#);
        for text in [format!("{{{about},{shifts}}}"), format!("{{{shifts},{about}}}")] {
            check(&text, &[]).exits(code);
        }
    }
}

/// How a span is written: by its times and by its seconds since 1970.
type SpanForm = fn(&str, &str, i64, i64) -> String;

/// Spans of a shift from eight to four, within it and beyond it, in every form without keys.
#[test]
fn spans_without_keys_within_a_record_keep_to_its_hours_or_are_a_doubt() {
    let day = |clock: &str| format!("2026-03-02T{clock}:00Z");
    let forms: [SpanForm; 7] = [
        |from, to, _, _| format!(r#"["{from}/{to}"]"#),
        |from, _, start, end| format!(r#"["{from}/PT{}H"]"#, (end - start) / 3600),
        |from, to, _, _| format!(r#"[["{from}","{to}"]]"#),
        |_, _, start, end| format!("[[{start},{end}]]"),
        |_, _, start, end| format!("[[{start}000,{end}000]]"),
        |_, _, start, end| format!("[{start},{end}]"),
        |from, to, _, _| format!(r#""{from}/{to}""#),
    ];
    for form in forms {
        let at = |from: i64, to: i64| {
            let seconds = |hour: i64| 1_772_409_600 + hour * 3600;
            let clock = |hour: i64| day(&format!("{hour:02}"));
            form(&clock(from), &clock(to), seconds(from), seconds(to))
        };
        for name in ["slots", "intervals", "hours", "windows"] {
            check(&with(name, &at(9, 11)), &[]).exits(0);
            check(&with(name, &at(8, 16)), &[]).exits(0);
            let later = with(name, &at(15, 19));
            let lines = Folder::new().with("batch.ndjson", later.trim_matches(['[', ']']));
            lines.run(&["check", "batch.ndjson", "--tz", "UTC"]).exits(3).says(&["[RD103]"]);
            check(&later, &[]).exits(3).says(&["[RD103]"]);
            // Without hours of its own, a record has only these.
            if !at(9, 11).starts_with("[[") && !at(9, 11).starts_with("[\"") {
                continue;
            }
            let alone = format!(r#"{{"agent":"zoe","{name}":{}}}"#, at(15, 19));
            let shift = with("note", "1").replace("}]", &format!("}},{alone}]"));
            check(&shift, &[]).exits(3).says(&["[RD103]"]);
        }
    }
    for (value, doubted) in [
        (r#""R5/2026-03-02T08:00Z/PT4H""#, true),
        (r#""PT4H/2026-03-02T19:00Z""#, true),
        (r#"["20260302T180000Z/20260302T190000Z"]"#, true),
        (r#"[["ben","2026-03-02T09:00Z","2026-03-02T10:00Z"]]"#, true),
        (r#"["18:00-19:00"]"#, true),
        (r#"["09:00-10:00"]"#, false),
        ("[1772438401,1772438471]", false),
        (r#"["PT4H"]"#, false),
        (r#""Please call 3/4, not 5""#, false),
        (r#""P1/R2""#, false),
        ("[480,960]", false),
    ] {
        let outcome = check(&with("slots", value), &[]);
        outcome.exits(if doubted { 3 } else { 0 });
    }
    for name in ["openingHours", "availability", "preferredHours"] {
        check(&with(name, r#""07:00-22:00""#), &[]).exits(0);
    }
}

/// An end after that of the shift, at four, under a name that says it is the one that counts.
#[test]
fn a_later_end_within_an_object_is_a_doubt() {
    let end = |clock: &str| format!(r#"{{"end":"2026-03-02T{clock}:00Z"}}"#);
    for name in ["override", "extension", "revised", "overtime", "changes", "amendment"] {
        is_doubted(&with(name, &end("18:00")), &format!("RD105={name}.end"));
        check(&with(name, &end("16:00")), &[]).exits(0);
        check(&with(name, &end("15:00")), &[]).exits(0);
        check(&with(name, r#"{"end":null,"by":"joe"}"#), &[]).exits(0);
    }
    is_doubted(&with("overrides", &format!("[{}]", end("18:00"))), "RD105=overrides");
    check(&with("overrides", &format!("[{}]", end("15:00"))), &[]).exits(0);
    is_doubted(&with("extension", r#"{"endTime":"18:00"}"#), "RD105=extension.endTime");
    is_doubted(&with("overtimeEnd", r#""2026-03-02T18:00Z""#), "RD105=overtimeEnd");
    is_doubted(&with("extension", r#"{"minutes":120}"#), "RD107=extension.minutes");
    is_doubted(&with("extendedByMinutes", "120"), "RD107=extendedByMinutes");
    for name in ["actual", "punch", "availability", "contract", "manager", "location"] {
        check(&with(name, &end("18:00")), &[]).exits(0);
    }
    check(&with("extension", r#""4411""#), &[]).exits(0);
    check(&with("extension", r#"{"minutes":0}"#), &[]).exits(0);
}

#[test]
fn a_record_that_comes_back_is_a_doubt() {
    for (name, value, place) in [
        ("frequency", r#""daily""#, "frequency"),
        ("frequency", r#"{"unit":"day","count":3}"#, "frequency.unit"),
        ("freq", r#""WEEKLY""#, "freq"),
        ("cadence", r#""weekly""#, "cadence"),
        ("periodicity", r#""weekly""#, "periodicity"),
        ("every", r#""day""#, "every"),
        ("interval", r#""daily""#, "interval"),
        ("pattern", r#"{"type":"daily"}"#, "pattern.type"),
        ("shiftPattern", r#""Mon-Fri""#, "shiftPattern"),
        ("occurs", r#""weekly""#, "occurs"),
        ("weekly", "true", "weekly"),
        ("isRepeated", "true", "isRepeated"),
    ] {
        let text = with(name, value);
        check(&text, &[]).exits(3).says(&["[RD107]", &format!("`{place}`")]);
    }
    for (name, value) in [
        ("frequency", r#""once""#),
        ("frequency", r#""ONE_TIME""#),
        ("frequency", "null"),
        ("payFrequency", r#""weekly""#),
        ("notificationFrequency", r#""daily""#),
        ("breaks", r#"[{"frequency":"daily"}]"#),
        ("interval", "15"),
        ("interval", r#""PT15M""#),
        ("pattern", r#""A""#),
        ("weekly", "40"),
        ("weekly", "false"),
        ("seriesId", r#""s-1""#),
        ("repeat", r#""Never""#),
    ] {
        check(&with(name, value), &[]).exits(0);
    }
}

/// Agents of the inputs under keys of unknown names, beside the agent of a record.
#[test]
fn other_agents_under_keys_of_unknown_names_are_a_doubt() {
    let ben = r#"{"agent":"ben","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    for (name, value, place) in [
        ("newEmployee", r#""ben""#, "newEmployee"),
        ("backup", r#""ben""#, "backup"),
        ("backup", r#"{"id":"ben","name":"Ben"}"#, "backup.id"),
        ("backup", r#"{"name":"ben"}"#, "backup.name"),
        ("swap", r#"{"to":"ben","status":"approved"}"#, "swap.to"),
        ("assignees", r#"["ben"]"#, "assignees"),
        ("assignees", r#"["ann","ben"]"#, "assignees"),
        ("additionalEmployees", r#"["ben"]"#, "additionalEmployees"),
        ("coworkers", r#"[{"id":"ben"}]"#, "coworkers"),
        ("team", r#"["ann","ben"]"#, "team"),
        ("coverRequest", r#"{"accepted_user_id":"ben"}"#, "coverRequest.accepted_user_id"),
        ("handOff", r#"{"recipientUserId":"ben"}"#, "handOff.recipientUserId"),
        ("participants", r#"["ann","ben"]"#, "participants"),
        ("guests", r#"[{"name":"ben"}]"#, "guests"),
    ] {
        let record = with(name, value);
        let record = record.trim_matches(['[', ']']);
        // The key may stand before that of the agent as well.
        let before = format!(r#"{{"{name}":{value},"agent":"ann",{TIMES}}}"#);
        for text in [
            format!("[{record},{ben}]"),
            format!("[{ben},{before}]"),
            format!(r#"{{"more":{{"shifts":[{record}]}},"shifts":[{ben}]}}"#),
        ] {
            is_doubted(&text, &format!("RD107={place}"));
        }
        let lines = Folder::new().with("batch.ndjson", format!("{ben}\n{record}\n"));
        lines.run(&["check", "batch.ndjson", "--tz", "UTC"]).exits(3).says(&["[RD107]"]);
        // Whoever has no record of his own may be anything, and the agent is no other.
        let own = with(name, &value.replace("ben", "ann"));
        check(&own, &[]).exits(0);
    }
    // Of two keys for the agent the first is read.
    for name in ["assignedTo", "worker", "user"] {
        let record = with(name, r#""ben""#);
        let record = record.trim_matches(['[', ']']);
        is_doubted(&format!("[{record},{ben}]"), &format!("RD107={name}"));
        check(&with(name, r#""4711""#), &[]).exits(0);
    }
    let ben = ben.replace("08:00", "16:00").replace("16:00Z\"}", "18:00Z\"}");
    for (name, value) in [
        ("manager", r#""ben""#),
        ("approver", r#"{"id":"ben"}"#),
        ("createdBy", r#""ben""#),
        ("lastModifiedBy", r#"{"user":{"id":"ben"}}"#),
        ("audit", r#"{"by":"ben","user":"ben"}"#),
        ("history", r#"[{"user":"ben"}]"#),
        ("previousAgent", r#""ben""#),
        ("swappedFrom", r#""ben""#),
        ("eligible", r#"["ben"]"#),
        ("tags", r#"["ben"]"#),
        ("notes", r#""ben""#),
        ("comments", r#"[{"id":"ben"}]"#),
        ("location", r#"{"id":"HQ","name":"Ben's"}"#),
        ("skills", r#"["ann","x"]"#),
    ] {
        let record = with(name, value);
        let text = format!("[{},{ben}]", record.trim_matches(['[', ']']));
        check(&text, &[]).exits(0);
    }
}

/// Of two lists of agents one is read, and the other compared with it.
#[test]
fn a_second_list_of_agents_is_a_doubt_where_it_names_others() {
    let ben = r#"{"employees":["ben"],"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    let hour = ben.replace("08:00", "17:00").replace("T16", "T18");
    for (others, code) in [(r#"["ben"]"#, 3), (r#"["ann","zoe"]"#, 0), ("[]", 0)] {
        let on_call = format!(r#"{{"employees":["ann","zoe"],{TIMES},"onCall":{others}}}"#);
        check(&format!("[{on_call},{hour}]"), &[]).exits(code);
        let staff = on_call.replace("onCall", "employees_on_call");
        check(&format!("[{staff},{hour}]"), &[]).exits(code);
    }
    check(&format!("[{ben},{hour}]"), &[]).exits(0);
}

#[test]
fn numbers_are_agents_only_under_keys_for_people() {
    let of = |agent: u32, hour: u32, more: &str| {
        format!(
            r#"{{"employeeId":{agent},"start":"2026-03-02T{hour:02}:00Z","end":"2026-03-02T{}:00Z"{more}}}"#,
            hour + 2
        )
    };
    for (more, code) in [
        (r#","backupEmployeeId":10235"#, 3),
        (r#","extraEmployeeIds":[10235]"#, 3),
        (r#","locationId":10235"#, 0),
        (r#","skillIds":["10235"]"#, 0),
    ] {
        let text = format!("[{},{}]", of(10234, 10, more), of(10235, 14, ""));
        check(&text, &[]).exits(code);
    }
    // Who stands twice in lists for agents is one, with or without records.
    let twice = |name: &str| {
        let more = format!(r#","{name}":["zoe"]"#);
        check(&format!("[{},{}]", of(10234, 10, &more), of(10235, 10, &more)), &[])
    };
    twice("assignees").exits(3).says(&["[RD107]"]);
    twice("resources").exits(0);
    twice("positions").exits(0);
}

#[test]
fn an_absence_within_a_shift_is_a_doubt() {
    let range = "2026-03-02T10:00Z/2026-03-02T12:00Z";
    for (name, value, place) in [
        ("onLeave", "true", "onLeave"),
        ("isAbsent", "1", "isAbsent"),
        ("sick", r#""yes""#, "sick"),
        ("dayOff", "true", "dayOff"),
        ("absence", r#""jury duty""#, "absence"),
        ("absence", r#"{"reason":"sick","hours":4,"approved":true}"#, "absence.reason"),
        ("leave", &format!(r#""{range}""#), "leave"),
        ("leave", r#""10:00-12:00""#, "leave"),
        ("timeOffHours", "4", "timeOffHours"),
        ("timeOff", r#"{"taken":true}"#, "timeOff.taken"),
        ("timeOff", r#"[{"reason":"sick","hours":4}]"#, "timeOff"),
        ("absenceStart", r#""2026-03-02T10:00Z""#, "absenceStart"),
    ] {
        let text = with(name, value);
        is_doubted(&text, &format!("RD107={place}"));
        let lines = Folder::new().with("batch.ndjson", text.trim_matches(['[', ']']));
        lines.run(&["check", "batch.ndjson", "--tz", "UTC"]).exits(3).says(&["[RD107]"]);
        // An absence is what the record itself is.
        let off = text.replace(r#""agent""#, r#""type":"PTO","agent""#);
        check(&off, &[]).never_says(&["[RD107]"]);
        let list = format!(r#"{{"shifts":{},"timeOff":{text}}}"#, with("note", "1"));
        check(&list.replace("T08", "T18").replace("T16", "T20"), &[]).never_says(&["[RD107]"]);
    }
    let off = r#"{"start":"2026-03-02T10:00Z","end":"2026-03-02T12:00Z"}"#;
    is_doubted(&with("timeOff", off), "RD103=/*/timeOff");
    for (name, value) in [
        ("onLeave", "false"),
        ("onLeave", "0"),
        ("absence", r#""none""#),
        ("absence", r#"{"reason":null,"hours":0}"#),
        ("leave", r#""17:00""#),
        ("leaveBalance", "12"),
        ("vacation", "12.5"),
        ("vacation", r#"{"balance":12,"unit":"days"}"#),
        ("timeOff", r#"[{"name":"annual","balance":12}]"#),
        ("timeOff", r#"{"policy":"standard"}"#),
        ("isHoliday", "true"),
        ("publicHoliday", r#""Labour Day""#),
        ("sickPay", "12"),
        ("manager", r#"{"id":"ben","onLeave":true}"#),
        ("history", r#"{"absent":true}"#),
        ("leaveUpdatedBy", r#""ben""#),
    ] {
        check(&with(name, value), &[]).exits(0);
    }
}

#[test]
fn agents_of_one_record_share_its_id() {
    let shift = |id: &str, agents: &str, hours: &str| {
        let (start, end) = hours.split_once('-').expect("two hours");
        format!(
            r#"{{"id":"{id}","agents":[{agents}],"start":"2026-03-02T{start}Z","end":"2026-03-02T{end}Z"}}"#
        )
    };
    let check = |batch: &[String], live: &[String]| {
        let list = |records: &[String]| format!("[{}]", records.join(","));
        let folder = Folder::new().with("batch.json", list(batch)).with("live.json", list(live));
        folder.run(&["check", "batch.json", "--published", "live.json"])
    };
    let team = shift("s-1", r#""ann","ben""#, "08:00-12:00");
    let live = [team.clone(), shift("s-9", r#""cat""#, "06:00-07:00")];
    let moved = shift("s-1", r#""ann","ben""#, "09:00-13:00");
    check(&[moved], &live).exits(0).never_says(&["ID1"]).says(&["1 replaced"]);
    let changed = shift("s-1", r#""cat","ann""#, "09:00-13:00");
    check(&[changed], &live).exits(0).never_says(&["ID1"]);
    let twice = [team, shift("s-1", r#""cat","dan""#, "09:00-13:00")];
    check(&twice, &live[1..]).exits(1).says(&["[ID101]", "1 error"]);
}

#[test]
fn of_several_who_stand_twice_beside_the_agent_the_first_is_shown() {
    let shift = |day: u8, name: &str| {
        format!(
            r#"{{"userId":"ann","assignees":["{name}"],"start":"2026-03-0{day}T08:00Z","end":"2026-03-0{day}T12:00Z"}}"#
        )
    };
    let batch = [shift(2, "zed"), shift(3, "zed"), shift(4, "yan"), shift(5, "yan")].join("\n");
    let folder = Folder::new().with("batch.ndjson", batch);
    let reports = (0..8).map(|_| folder.run(&["check", "batch.ndjson"]).exits(3).out);
    let reports: std::collections::BTreeSet<String> = reports.collect();
    assert_eq!(reports.len(), 1, "{reports:#?}");
    assert!(reports.iter().all(|report| report.contains("batch.ndjson:1")), "{reports:#?}");
}

#[test]
fn the_keys_of_an_object_can_be_the_agents() {
    const SHIFTS: &str = r#"[{"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},
        {"start":"2026-03-02T12:00Z","end":"2026-03-02T18:00Z"}]"#;
    const DAY: &str = r#"{"start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}"#;
    let of = |outer: &str, [anna, ben]: [&str; 2]| match outer {
        "" => format!(r#"{{"anna":{anna},"ben":{ben}}}"#),
        "/*" => format!(r#"[{{"anna":{anna},"ben":{ben}}}]"#),
        key => format!(r#"{{"{}":{{"anna":{anna},"ben":{ben}}}}}"#, &key[1..]),
    };
    for outer in ["", "/team", "/2026"] {
        let pattern = format!("agent={outer}/*");
        let options = ["--map", pattern.as_str()];
        let text = of(outer, [SHIFTS, "[]"]);
        check(&text, &options).exits(1).says(&["agent `anna` has two shifts at once"]);
        // Each of the two has one shift.
        let day = format!("[{DAY}]");
        check(&of(outer, [&day, &day]), &options).exits(0).says(&["2 records of 2 agents"]);
        check(&of(outer, [DAY, DAY]), &options).exits(0).says(&["2 records of 2 agents"]);
    }
    check(&of("/*", [SHIFTS, "[]"]), &["--map", "agent=/*/*"]).exits(1);
    let help = "if keys such as `anna` are the agents: --map 'agent=/team/*'";
    check(&of("/team", [SHIFTS, SHIFTS]), &[]).exits(3).says(&["no key for the agent", help]);
    let within =
        of("/team", [&format!(r#"{{"shifts":{SHIFTS}}}"#), &format!(r#"{{"shifts":{DAY}}}"#)]);
    check(&within, &["--map", "agent=/team/*"]).exits(1).says(&["agent `anna`"]);
    // One that means other keys, or does not end with them, names nobody.
    for other in ["agent=/week/*", "agent=/team/*/shifts"] {
        check(&within, &["--map", other]).exits(3).says(&["no key for the agent"]);
    }
    let named = r#"[{"agent":"anna","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"}]"#;
    check(named, &["--map", "agent=/team/*/shifts"]).exits(3).says(&["RD118"]);
}

#[test]
fn a_record_without_a_list_is_read_with_its_key() {
    let of = |first: &str, second: &str| {
        format!(
            r#"{{"agents":{{"anna":{{"start":"{first}T08:00Z","end":"{first}T16:00Z"}},
                "ben":{{"start":"{second}T12:00Z","end":"{second}T18:00Z"}}}}}}"#
        )
    };
    check(&of("2026-03-02", "2026-03-02"), &[]).exits(0).says(&["2 records of 2 agents"]);
    let by_date = r#"{"2026-03-02":{"agent":"anna","start":"08:00","end":"16:00"},
        "2026-03-03":{"agent":"anna","start":"08:00","end":"16:00"}}"#;
    check(by_date, &[]).exits(0).says(&["2 records of 1 agent"]);
    let at_once = by_date.replace("2026-03-03", "02.03.2026");
    check(&at_once, &["--date-order", "dmy"]).exits(1).says(&["has the same shift twice"]);
}

#[test]
fn what_was_asked_for_is_no_record() {
    let with = |key: &str, asked: &str| {
        format!(r#"{{"{key}":{asked},"shifts":[{{"agent":"anna",{TIMES}}}]}}"#)
    };
    for key in ["filters", "query", "searchCriteria"] {
        for asked in [
            r#"{"from":"2026-03-02","to":"2026-03-08","agents":["anna","ben"]}"#,
            r#"{"agent":"anna","start":"2026-03-02T00:00:00Z","end":"2026-03-09T00:00:00Z"}"#,
            r#"{"agent":"anna","range":{"start":"2026-03-02","end":"2026-03-09"}}"#,
        ] {
            check(&with(key, asked), &[]).exits(0).says(&["1 record of 1 agent"]);
        }
        // Its answer can be within it.
        let answer = format!(r#"{{"shifts":[{{"agent":"anna",{TIMES}}}]}}"#);
        check(&with(key, &answer), &[]).exits(1).says(&["has the same shift twice"]);
        let nested = format!(r#"{{"result":{answer}}}"#);
        check(&with(key, &nested), &[]).exits(1).says(&["has the same shift twice"]);
    }
    // Nothing else is there.
    check(&format!(r#"{{"query":{{"agent":"anna",{TIMES}}}}}"#), &[]).exits(3);
}

/// Two agents, of whom the first has something more around the shift on the second of March.
fn around(more: &str) -> String {
    let shift = r#""shifts":[{"start":"2026-03-02T08:00:00","end":"2026-03-02T16:00:00"}]"#;
    format!(r#"{{"employees":[{{"name":"Anna Lee",{more},{shift}}},{{"name":"Ben",{shift}}}]}}"#)
}

#[test]
fn an_absence_around_shifts_is_a_doubt() {
    for (more, accepted) in [
        (r#""leaveFrom":"2026-03-01","leaveUntil":"2026-03-06""#, "RD107=leaveFrom"),
        (r#""leave_start":"2026-03-01","leave_end":"2026-03-06""#, "RD107=leave_start"),
        (r#""onLeave":true"#, "RD107=onLeave"),
        (r#""vacation":"2026-03-02 - 2026-03-04""#, "RD107=vacation"),
        (r#""vacation":"2026-03-02/2026-03-04""#, "RD107=vacation"),
        (r#""vacation":"02.03.-04.03.2026""#, "RD107=vacation"),
        (r#""vacation":"Mar 2-4""#, "RD107=vacation"),
        (r#""vacation":["2026-03-01..2026-03-03"]"#, "RD103=/employees/*/vacation/*"),
        (r#""timeOff":{"2026-03":[2,3]}"#, "RD103=/employees/*/timeOff"),
        (r#""calendar":{"2026-03-02":"V"}"#, "RD103=/employees/*"),
    ] {
        is_doubted(&around(more), accepted);
    }
    for more in [
        r#""vacation":25"#,
        r#""vacation":"25 days""#,
        r#""vacation":"12 days left as of 2026-03-01""#,
        r#""vacation":null,"sick":0,"onLeave":false,"leaveFrom":null"#,
        r#""pto":true,"ptoHours":80,"sickDays":3,"leaveBalance":"12.5""#,
        r#""leaveType":"annual","leavePolicy":"2026-01-01","vacationPlan":"Standard 2026""#,
        r#""leave":{"annual":25,"sick":{"used":2},"asOf":"2026-03-01"}"#,
        r#""timeOff":{"2026-03":2}"#,
        r#""timeOff":{"approvers":["Ben"],"types":["annual","sick"]}"#,
        r#""leave":["annual","sick"]"#,
        r#""entitlements":[{"type":"vacation","days":25,"year":2026}]"#,
        r#""workingHours":{"mon":"08:00-16:00"},"daysOff":["Sat","Sun"]"#,
        r#""calendar":"DE-BY","hireDate":"2020-03-01","contractUntil":"2027-03-01""#,
        r#""status":"active","history":[{"absent":true}]"#,
    ] {
        check(&around(more), &[]).exits(0);
    }
}

#[test]
fn agents_who_are_away_can_be_named_beside_shifts() {
    let day = |more: &str| {
        let shift = r#"{"employee":"Anna Lee","start":"08:00","end":"16:00"}"#;
        format!(r#"{{"days":[{{"date":"2026-03-02","shifts":[{shift}],{more}}}]}}"#)
    };
    is_doubted(&day(r#""onLeave":["Anna Lee"]"#), "RD103=/days/*/onLeave/*");
    is_doubted(&day(r#""absent":["Anna Lee"]"#), "RD103=/days/*/absent/*");
    is_doubted(&day(r#""vacation":"Anna Lee""#), "RD103=/days/*/vacation");
    let keyed = r#"{"days":{"2026-03-02":{"sick":["Anna Lee"],"shifts":[
        {"employee":"Anna Lee","start":"08:00","end":"16:00"}]}}}"#;
    is_doubted(keyed, "RD103=/days/2026-03-02/sick/*");
    for more in [
        r#""onLeave":["Zoe"]"#,
        r#""sick":2,"absent":0"#,
        r#""onLeave":[],"absent":["none"]"#,
        r#""leaveTypes":["annual"],"vacation":"school holidays""#,
        r#""leaveApprovers":["Anna Lee"]"#,
    ] {
        check(&day(more), &[]).exits(0);
    }
    let beside = |key: &str, value: &str| {
        let text = around(r#""team":"Blue""#);
        format!(r#"{},"{key}":{value}}}"#, text.strip_suffix('}').expect("an object"))
    };
    is_doubted(&beside("vacations", r#"["Anna Lee 2026-03-02"]"#), "RD103=/vacations/*");
    is_doubted(&beside("vacations", r#"{"Anna Lee":"2 - 4 March"}"#), "RD103=/vacations");
    let range = r#""Anna Lee 2026-03-02 to 2026-03-04""#;
    is_doubted(&beside("vacations", range), "RD103=/vacations");
    for (key, value) in [
        ("vacations", r#"["annual","unpaid"]"#),
        ("vacations", r#"{"Anna Lee":25,"Ben":"20 days"}"#),
        ("vacations", r#""see the handbook of 2026""#),
        ("vacationPolicy", r#""from 2026-03-02""#),
    ] {
        check(&beside(key, value), &[]).exits(0);
    }
}

#[test]
fn an_event_with_people_is_a_doubt() {
    let event = |key: &str, more: &str| {
        let times = r#""start":"2026-03-02T15:30:00Z","end":"2026-03-02T18:00:00Z""#;
        format!(r#"{{"shifts":{},"{key}":{{{times},{more}}}}}"#, with("note", "1"))
    };
    for list in [
        r#""attendees":["ann","cleo"]"#,
        r#""participants":["ann"]"#,
        r#""who":["ann"]"#,
        r#""attendees":[{"name":"ann","required":true}]"#,
    ] {
        is_doubted(&event("teamMeeting", list), "RD103=/teamMeeting");
    }
    let inner = r#""agents":[{"name":"cleo","shifts":[{"start":"2026-03-02T15:30:00Z",
        "end":"2026-03-02T18:00:00Z"}]}]"#;
    check(&event("report", inner), &[]).exits(0);
    check(&event("report", r#""shifts":[],"teams":["Blue"]"#), &[]).exits(0);
    check(&event("query", r#""agents":["ann"]"#), &[]).exits(0);
}

#[test]
fn a_date_with_a_range_of_clock_times_is_a_doubt() {
    for (more, accepted) in [
        (r#""overtime":["2026-03-02 15:00-18:00"]"#, "RD103=/employees/*/overtime/*"),
        (r#""onCall":["2026-03-02 14:00 - 22:00"]"#, "RD103=/employees/*/onCall/*"),
        (r#""training":"2026-03-02 15:00-18:00""#, "RD103=/employees/*/training"),
    ] {
        is_doubted(&around(more), accepted);
    }
    for more in [
        r#""seen":"2026-03-02 15:00:00","lastLogin":"2026-03-02 15:00-06:00""#,
        r#""synced":["2026-03-02 15:00"],"phone":"555 12:00-18:00""#,
        r#""remarks":"2026-03-02 15:00 late""#,
    ] {
        check(&around(more), &[]).exits(0);
    }
}

#[test]
fn other_days_of_the_week_are_more_days() {
    // The second of March is a Monday.
    for (name, value) in [
        ("days", r#"["mon","tue"]"#),
        ("on", r#"["Mon","Tue"]"#),
        ("days", r#"["Tuesday"]"#),
        ("dow", "[1,2]"),
        ("cron", r#""0 8 * * 1""#),
        ("everyWeek", "true"),
    ] {
        is_doubted(&with(name, value), &format!("RD107={name}"));
    }
    is_doubted(&with("series", r#"{"until":"2026-03-31","interval":7}"#), "RD107=series.until");
    for (name, value) in [
        ("days", r#"["mon"]"#),
        ("on", r#"["Monday"]"#),
        ("days", "1"),
        ("days", "[1,2]"),
        ("dow", "1"),
        ("dow", "[1]"),
        ("weekday", r#""Monday""#),
        ("days", r#"["early","late"]"#),
        ("cron", "null"),
        ("everyWeek", "false"),
        ("series", r#"{"id":"x","index":2,"count":5}"#),
        ("everyone", "true"),
    ] {
        check(&with(name, value), &[]).exits(0);
    }
    check(&around(r#""days":["Mon","Tue"],"dow":[1,2]"#), &[]).exits(0);
    let within = with("days", r#"["Mon","Wed"]"#);
    is_doubted(&format!(r#"{{"agents":[{{"shifts":{within}}}]}}"#), "RD107=shifts.days");
}

#[test]
fn shifts_that_others_get_elsewhere_are_doubts() {
    let with_list = |name: &str, element: &str| {
        let times = r#""start":"2026-03-02T12:00:00Z","end":"2026-03-02T20:00:00Z""#;
        format!(
            r#"{{"shifts":[{{"id":"s1","employee":"ann",{TIMES}}},
                {{"id":"s2","employee":"ben",{times}}}],"{name}":[{element}]}}"#
        )
    };
    for (name, element) in [
        ("assignments", r#"{"shiftId":"s2","employee":"ann"}"#),
        ("assignments", r#"{"shift_id":12,"employee_id":7}"#),
        ("assignments", r#"{"shift":"s2","employee":{"id":7}}"#),
        ("pickups", r#"{"shiftId":"s2","employee":"ann","status":"approved"}"#),
        ("coverRequests", r#"{"status":"approved","coveredBy":"ann","shiftId":"s2"}"#),
        ("swaps", r#"{"status":"approved","from":"ben","shift":"s2","to":"ann"}"#),
        ("trades", r#"{"status":"accepted","from":"ben","to":"ann","shiftId":"s2"}"#),
        ("swaps", r#"{"from":"ben","to":"ann","date":"2026-03-02","status":"approved"}"#),
    ] {
        is_doubted(&with_list(name, element), &format!("RD103=/{name}/*"));
    }
    for (name, element) in [
        ("swaps", r#"{"status":"rejected","from":"ben","shift":"s2","to":"ann"}"#),
        ("swapRequests", r#"{"status":"pending","from":"ben","shift":"s2","to":"ann"}"#),
        ("swapRequests", r#"{"from":"ben","shift":"s2","to":"ann"}"#),
        ("assignments", r#"{"shiftId":"s2","employee":null}"#),
        ("assignments", r#"{"project":"Blue","employee":"ann"}"#),
        ("costs", r#"{"shiftId":"s2","employee":"ann","amount":12}"#),
        ("acknowledgements", r#"{"shiftId":"s2","employee":"ann","seen":true}"#),
    ] {
        check(&with_list(name, element), &[]).exits(0);
    }
}
