//! What stands within a shift of a document: its parts, and what is none of them.

use crate::program::{Folder, Outcome};

fn check(text: &str, options: &[&str]) -> Outcome {
    let args = [&["check", "batch.json", "--tz", "UTC"], options].concat();
    Folder::new().with("batch.json", text).run(&args)
}

/// A shift from 08:00 to 16:00 with something under a key.
fn with(key: &str, value: &str) -> String {
    let times = r#""start":"2026-03-02T08:00:00Z","end":"2026-03-02T16:00:00Z""#;
    format!(r#"[{{"agent":"ann","name":"Ann Lee",{times},"{key}":{value}}}]"#)
}

/// Asks for a doubt, at this place, that the option it names settles.
#[track_caller]
fn is_doubted(text: &str, acceptance: &str) {
    let code = acceptance.split('=').next().unwrap_or_default();
    let outcome = check(text, &[]).exits(3);
    outcome.says(&[&format!("[{code}]"), &format!("--accept '{acceptance}'")]);
    check(text, &["--accept", acceptance]).exits(0);
}

const PARTS: [&str; 10] = [
    "activities",
    "segments",
    "layers",
    "breaks",
    "meals",
    "tasks",
    "jobs",
    "details",
    "lunch",
    "break",
];

#[test]
fn parts_of_every_name_are_held_against_their_shift() {
    let part = |times: &str| format!(r#"{{"code":"X",{times}}}"#);
    for times in [
        r#""start":"2026-03-05T12:00:00Z","end":"2026-03-05T13:00:00Z""#,
        r#""start":"2026-03-02T15:30:00Z","end":"2026-03-02T16:30:00Z""#,
        r#""start":"2026-03-02T15:30:00Z","length":60"#,
        r#""date":"2026-03-05","from":"12:00","to":"13:00""#,
        r#""start":"18:00","end":"19:00""#,
    ] {
        for name in PARTS {
            let part = part(times);
            for value in [part.clone(), format!("[{part}]")] {
                // The one date in `details` is as well that of the record.
                if name == "details" && value.starts_with(r#"{"code":"X","date""#) {
                    check(&with(name, &value), &[]).exits(3).says(&["[RD107]", "[OV302]"]);
                    continue;
                }
                let outcome = check(&with(name, &value), &[]).exits(0);
                outcome.says(&["[OV302]", "activity 1 `X`", "leaves its shift"]);
            }
        }
    }
    for times in [
        r#""start":"2026-03-02T12:00:00Z","end":"2026-03-02T13:00:00Z""#,
        r#""start":"2026-03-02T15:30:00Z","length":30"#,
        r#""date":"2026-03-02","from":"12:00","to":"13:00""#,
        r#""start":"2026-03-02T06:00:00-06:00","end":"2026-03-02T07:00:00-06:00""#,
        r#""from":"Berlin","to":"Hamburg""#,
    ] {
        for name in PARTS.iter().filter(|name| !times.contains("Berlin") || **name != "activities")
        {
            let part = part(times);
            for value in [part.clone(), format!("[{part}]")] {
                let outcome = check(&with(name, &value), &[]).exits(0);
                assert!(!outcome.out.contains("OV30"), "{name} {value}: {}", outcome.told());
            }
        }
    }
}

/// A break stands within what it interrupts: only parts of one list exclude each other.
#[test]
fn parts_of_several_lists_are_compared_within_each() {
    let work = r#"[{"code":"WORK","start":"08:00","end":"16:00"}]"#;
    let pause = r#"[{"code":"LUNCH","start":"12:00","end":"12:30"}]"#;
    let lists = |breaks: &str| with("activities", &format!("{work},\"breaks\":{breaks}"));
    let outcome = check(&lists(pause), &[]).exits(0);
    assert!(!outcome.out.contains("OV30"), "{}", outcome.told());
    let outcome = check(&lists(&pause.replace("12:30", "16:30")), &[]).exits(0);
    outcome.says(&["[OV302]", "activity 2 `LUNCH`", "from 16:00 to 16:30"]);
    let twice = r#"[{"start":"12:00","end":"12:30"},{"start":"12:15","end":"12:45"}]"#;
    check(&lists(twice), &[]).exits(0).says(&["[OV301]", "from 12:15 to 12:30"]);
    // A list that cannot be read takes no other along.
    let text = with("activities", r#""none","breaks":[{"start":"18:00","end":"19:00"}]"#);
    check(&text, &[]).exits(0).says(&["[OV302]"]);
}

/// Times whose keys are no names of a start and an end.
#[test]
fn parts_with_unknown_keys_are_a_doubt_if_they_leave_their_shift() {
    let pair = |day: &str, from: &str, to: &str| {
        format!(r#"[{{"a":"2026-03-{day}T{from}:00Z","b":"2026-03-{day}T{to}:00Z"}}]"#)
    };
    is_doubted(&with("breaks", &pair("05", "12:00", "12:30")), "RD103=/*/breaks");
    is_doubted(&with("breaks", &pair("02", "16:00", "16:30")), "RD103=/*/breaks");
    check(&with("breaks", &pair("02", "12:00", "12:30")), &[]).exits(0);
    let breaks = r#"[{"breakStart":"12:00","breakEnd":"12:30"}]"#;
    check(&with("breaks", breaks), &[]).exits(0);
}

#[test]
fn parts_of_another_agent_are_a_doubt() {
    let times = r#""start":"2026-03-02T09:00:00Z","end":"2026-03-02T10:00:00Z""#;
    for (name, who) in [
        ("segments", r#""agent":"ben""#),
        ("segments", r#""employee":{"id":"ben"}"#),
        ("segments", r#""staff":["ann","ben"]"#),
        ("segments", r#""assigned":[{"agent":"ben"}]"#),
        ("meetings", r#""agent":"ben""#),
        ("staff", r#""id":"ben""#),
        ("employees", r#""id":"ben""#),
    ] {
        let text = with(name, &format!("[{{{who},{times}}}]"));
        is_doubted(&text, &format!("RD103=/*/{name}"));
    }
    for who in [
        r#""agent":"ann""#,
        r#""employee":{"name":"Ann Lee"}"#,
        r#""staff":["ann"]"#,
        r#""assigned":[{"agent":"ann"}]"#,
        r#""location":"ben""#,
    ] {
        for name in ["segments", "meetings"] {
            check(&with(name, &format!("[{{{who},{times}}}]")), &[]).exits(0);
        }
    }
    // The agent may stand around the shift.
    let shift = with("segments", &format!(r#"[{{"agentId":"ann",{times}}}]"#));
    let around = format!(
        r#"{{"agents":[{{"id":"ann","shifts":{}}}]}}"#,
        shift.replace(r#""agent":"ann","name":"Ann Lee","#, "")
    );
    check(&around, &[]).exits(0);
    is_doubted(
        &around.replace(r#""agentId":"ann""#, r#""agentId":"ben""#),
        "RD103=/agents/*/shifts/*/segments",
    );
}

const WITHIN: [&str; 9] = [
    "events",
    "meetings",
    "trainings",
    "intervals",
    "auxCodes",
    "exceptions",
    "agentStates",
    "statuses",
    "coaching",
];

#[test]
fn what_takes_place_within_a_shift_is_no_doubt() {
    for name in WITHIN {
        for part in [
            r#"{"start":"2026-03-02T12:00:00Z","end":"2026-03-02T13:00:00Z"}"#,
            r#"{"start":"2026-03-02T13:00:00+01:00","minutes":30}"#,
            r#"{"start":"12:00","end":"13:00"}"#,
            r#"{"date":"2026-03-02","time":"12:00-13:00"}"#,
        ] {
            check(&with(name, &format!("[{part}]")), &[]).exits(0);
            check(&with(name, part), &[]).exits(0);
        }
        for part in [
            r#"{"start":"2026-03-02T15:00:00Z","end":"2026-03-02T17:00:00Z"}"#,
            r#"{"start":"2026-03-04T12:00:00Z","end":"2026-03-04T13:00:00Z"}"#,
            r#"{"start":"2026-03-02T15:30:00Z","minutes":480}"#,
            r#"{"start":"2026-03-02T12:00:00","end":"2026-03-02T13:00:00"}"#,
            r#"{"start":"2026-03-02T12:00:00Z","times":["2026-03-02T12:00Z","2026-03-02T20:00Z"]}"#,
        ] {
            let fine = r#"{"start":"2026-03-02T12:00:00Z","end":"2026-03-02T13:00:00Z"}"#;
            let text = with(name, &format!("[{fine},{part}]"));
            is_doubted(&text, &format!("RD103=/*/{name}"));
        }
    }
    let inside = r#"[{"start":"2026-03-02T12:00:00Z","end":"2026-03-02T13:00:00Z"}]"#;
    is_doubted(&with("positions", inside), "RD103=/*/positions");
    // Elsewhere they are lists of records as any other.
    let events = format!(r#"{{"events":{}}}"#, with("note", "1"));
    check(&events, &[]).exits(0).says(&["1 record"]);
}
