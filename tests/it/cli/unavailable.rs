//! Times at which agents are not available, in the shapes in which programs export them.

use crate::program::Folder;

const BATCH: &str = "agent,start,end\nu-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00\n";

fn exit_of(name: &str, text: &str, args: &[&str]) -> (i32, String) {
    let folder = Folder::new().with("batch.csv", BATCH).with(name, text);
    let always = ["check", "batch.csv", "--unavailable", name, "--severity", "OV204=error"];
    let outcome = folder.run(&[&always[..], args].concat());
    (outcome.code.unwrap_or(-1), outcome.out)
}

#[test]
fn unavailable_times_are_read_as_vendors_write_them() {
    let tz = ["--tz", "America/Chicago"];
    for (name, text, args) in [
        (
            "genesys.json",
            r#"{"entities":[{"user":{"id":"u-1"},"unavailableTimes":[{"id":"x",
               "timeSpan":{"startDate":"2026-03-02T14:00:00Z","lengthMinutes":60},"notes":"x"}]}]}"#,
            &[][..],
        ),
        (
            "genesys.json",
            r#"{"unavailableTimes":[{"id":"x","user":{"id":"u-1"},
               "timeSpan":{"startDate":"2026-03-02T14:00:00Z","lengthMinutes":60}}]}"#,
            &[],
        ),
        (
            "team.json",
            r#"{"data":{"unavailabilities":[{"id":"x","userId":"u-1","date":"2026-03-02",
               "startTime":"15:00","endTime":"18:00","timezone":"America/Chicago"}]}}"#,
            &[],
        ),
        ("flat.csv", "employee,from,to\nu-1,2026-03-02 06:00,2026-03-02 09:00\n", &tz),
        ("dates.csv", "employee,start date,end date\nu-1,2026-03-01,2026-03-02\n", &tz),
        ("day.csv", "employee,date,status\nu-1,2026-03-02,Unavailable\n", &tz),
        (
            "kinds.csv",
            "employee,type,date,start,end\nu-1,Available,2026-03-03,08:00,16:00\n\
             u-1,Not available,2026-03-02,08:00,16:00\n",
            &tz,
        ),
    ] {
        let (code, out) = exit_of(name, text, args);
        assert!(code == 1 && out.contains("error[OV204] unavailable-overlap"), "{text}\n{out}");
        assert!(!out.contains("RC105"), "{out}");
    }
}

#[test]
fn who_is_available_is_in_nobodys_way() {
    let tz = ["--tz", "America/Chicago"];
    for text in [
        "employee,status,date,start,end\nu-1,available,2026-03-02,08:00,16:00\n",
        "employee,type,date\nu-1,Preferred,2026-03-02\nu-1,unavailable,2026-03-03\n",
        "employee,date,start,end\nu-1,2026-03-02,16:00,20:00\n",
    ] {
        let (code, out) = exit_of("u.csv", text, &tz);
        assert_eq!(code, 0, "{text}\n{out}");
    }
}

/// Words and columns that say whether somebody is available must not be passed over.
#[test]
fn a_column_that_says_yes_or_no_is_heeded() {
    let tz = ["--tz", "America/Chicago"];
    for (column, no, yes) in [
        ("available", "no", "yes"),
        ("is available", "false", "true"),
        ("availability", "unavailable", "available"),
    ] {
        let text = |word: &str| {
            format!("employee,date,{column}\nu-1,2026-03-02,{word}\nu-1,2026-03-09,{no}\n")
        };
        let (code, out) = exit_of("u.csv", &text(no), &tz);
        assert_eq!(code, 1, "{column}\n{out}");
        let (code, out) = exit_of("u.csv", &text(yes), &tz);
        assert_eq!(code, 0, "{column}\n{out}");
    }
}

#[test]
fn who_says_both_is_not_available() {
    for text in [
        "employee,start,end,available,type\nu-1,2026-03-02 09:00,2026-03-02 12:00,yes,Unavailable\n",
        "employee,start,end,type,status\nu-1,2026-03-02 09:00,2026-03-02 12:00,Available,Unavailable\n",
        "employee,start,end,available,status\nu-1,2026-03-02 09:00,2026-03-02 12:00,no,available\n",
    ] {
        let (code, out) = exit_of("u.csv", text, &["--tz", "America/Chicago"]);
        assert_eq!(code, 1, "{text}\n{out}");
    }
}

#[test]
fn unavailable_times_that_repeat_every_week_are_a_doubt() {
    for text in [
        "employee,weekday,start,end\nu-1,Monday,08:00,16:00\n",
        "employee,date,start,end,repeats\nu-1,2026-02-23,08:00,16:00,weekly\n",
        "employee,start,end,rrule\nu-1,2026-02-23T08:00:00-06:00,2026-02-23T16:00:00-06:00,FREQ=WEEKLY\n",
    ] {
        let (code, out) = exit_of("u.csv", text, &["--tz", "America/Chicago"]);
        assert_eq!(code, 3, "{text}\n{out}");
    }
}
