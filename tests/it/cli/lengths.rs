//! Lengths in two columns or keys.

use crate::program::Folder;

/// The exit code for two shifts of an agent, of which the second begins 15 minutes before the
/// first ends if that lasts eight hours and a half, and the codes that are told.
#[track_caller]
fn exits(name: &str, text: &str, code: i32, told: &[&str]) {
    let folder = Folder::new().with(name, text);
    let outcome = folder.run(&["check", name]).exits(code);
    outcome.says(told);
}

const STARTS: [&str; 2] = ["2026-03-02T09:00:00Z", "2026-03-02T17:15:00Z"];

#[test]
fn hours_and_the_minutes_beyond_them_are_one_length() {
    for [hours, minutes] in [
        ["Hours", "Minutes"],
        ["Duration Hours", "Duration Minutes"],
        ["durationHours", "durationMinutes"],
    ] {
        let first = r#""agent":"ann","start":"#;
        let [one, other] = STARTS;
        let document = |[short, rest]: [&str; 2]| {
            format!(
                r#"[{{{first}"{one}","{hours}":8,"{minutes}":{short}}},
                    {{{first}"{other}","{minutes}":{rest},"{hours}":2}}]"#
            )
        };
        let table = |[short, rest]: [&str; 2]| {
            format!("Agent,Start,{hours},{minutes}\nann,{one},8,{short}\nann,{other},2,{rest}\n")
        };
        for (said, code, told) in [
            (["30", "0"], 1, "[OV101]"),
            (["15", "45"], 0, "no conflicts"),
            // The same in another unit.
            (["480", "120"], 0, "no conflicts"),
            // Another length.
            (["510", "150"], 3, "[RD105]"),
        ] {
            exits("batch.json", &document(said), code, &[told]);
            exits("batch.csv", &table(said), code, &[told]);
        }
        let swapped = format!("Agent,Start,{minutes},{hours}\nann,{one},30,8\nann,{other},0,2\n");
        exits("batch.csv", &swapped, 1, &["[OV101]"]);
        let empty = format!("Agent,Start,{hours},{minutes}\nann,{one},8,\nann,{other},,45\n");
        exits("batch.csv", &empty, 0, &["no conflicts: 2 records"]);
    }
    let nested = |start: &str, hours: u8, minutes: u8| {
        format!(
            r#"{{"agent":"ann","start":"{start}","duration":{{"hours":{hours},"minutes":{minutes}}}}}"#
        )
    };
    let [one, other] = STARTS;
    let document = format!("[{},{}]", nested(one, 8, 30), nested(other, 2, 0));
    exits("batch.json", &document, 1, &["[OV101]"]);
}

/// What the user names is the length, whatever else there is.
#[test]
fn a_length_that_is_named_stands_alone() {
    let [one, _] = STARTS;
    let text = format!(r#"[{{"agent":"ann","start":"{one}","hours":7,"minutes":480}}]"#);
    let folder = Folder::new().with("batch.json", text);
    folder.run(&["check", "batch.json"]).exits(3).says(&["[RD105]", "--map length=minutes"]);
    folder.run(&["check", "batch.json", "--map", "length=minutes"]).exits(0);
}

#[test]
fn lengths_in_two_units_beside_an_end_pass() {
    let table = "Agent,Start,End,Hours,Minutes\n\
                 ann,2026-03-02T09:00Z,2026-03-02T17:30Z,8,30\n\
                 ann,2026-03-02T17:45Z,2026-03-02T19:45Z,2,0\n";
    exits("batch.csv", table, 0, &["no conflicts"]);
    let document = r#"[{"agent":"ann","start":"2026-03-02T09:00Z","end":"2026-03-02T17:30Z",
                        "hours":8,"minutes":30}]"#;
    exits("batch.json", document, 0, &["no conflicts"]);
}

/// Hours that are paid are less than a shift takes by its breaks.
#[test]
fn a_break_that_a_length_may_leave_out_is_doubted_where_it_matters() {
    let table = |columns: &str, rest: &str, next: &str| {
        format!(
            "Agent,Date,Start,{columns}\nann,2026-03-02,09:00,8,{rest}\nann,2026-03-02,{next},3,0\n"
        )
    };
    let check = |text: &str, more: &[&str]| {
        let folder = Folder::new().with("batch.csv", text);
        folder.run(&[&["check", "batch.csv", "--tz", "UTC"], more].concat())
    };
    for (columns, rest) in [
        ("Hours,Break", "0.5"),
        ("Hours,Break", "30"),
        ("Hours,Unpaid Break (min)", "30"),
        ("Hours,Pause", "0:30"),
    ] {
        let text = table(columns, rest, "17:15");
        check(&text, &[]).exits(3).says(&["[RD102]", "may leave out", "RD102=Hours"]);
        check(&text, &["--accept", "RD102=Hours"]).exits(0);
        check(&table(columns, rest, "17:30"), &[]).exits(0).says(&["no conflicts"]);
    }
    for (columns, rest) in [
        ("Hours,Break", "0"),
        ("Hours,Break", ""),
        ("Hours,Breaks", "2"),
        ("Hours,Paid Break", "30"),
        ("Hours,Break Type", "30"),
    ] {
        check(&table(columns, rest, "17:15"), &[]).exits(0).says(&["no conflicts"]);
    }
    // It overlaps without the break.
    check(&table("Hours,Break", "0.5", "16:30"), &[]).exits(1).says(&["[OV101]"]);
    let ended = "Agent,Date,Start,End,Hours,Break\nann,2026-03-02,09:00,17:30,8,0.5\n\
                 ann,2026-03-02,17:30,20:30,3,0\n";
    check(ended, &[]).exits(0).says(&["no conflicts"]);
    let document = |next: &str| {
        format!(
            r#"[{{"agent":"ann","start":"2026-03-02T09:00Z","durationHours":8,"breakMinutes":30}},
                {{"agent":"ann","start":"2026-03-02T{next}Z","durationHours":3,"breakMinutes":0}}]"#
        )
    };
    exits("batch.json", &document("17:15"), 3, &["[RD102]", "RD102=durationHours"]);
    exits("batch.json", &document("17:30"), 0, &["no conflicts"]);
}
