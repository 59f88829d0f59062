//! What is worse than what is known, or other than what is allowed, counts.

use crate::program::{Folder, Outcome};

const HEADER: &str = "agent,id,start,end\n";

const CLASH: &str = "anna,a,2026-03-02T08:00Z,2026-03-02T12:00Z
anna,b,2026-03-02T10:00Z,2026-03-02T14:00Z
";

fn batch(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

/// A run with a baseline of what the folder has.
fn known(folder: &Folder, args: &[&str]) {
    let more = ["--write-baseline", "known.txt"];
    folder.run(&[&["check", "batch.csv"], args, &more].concat()).exits(0);
}

fn check(folder: &Folder, args: &[&str]) -> Outcome {
    folder.run(&[&["check", "batch.csv"], args, &["--baseline", "known.txt"]].concat())
}

/// Checks, by the baseline and by a report with all findings as the baseline, that each change is
/// new or still known.
#[track_caller]
fn after(before: Folder, args: &[&str], changes: &[(&str, &str, bool)]) {
    known(&before, args);
    let more = ["--format", "json", "--output", "report.json", "--fail-on", "never"];
    before.run(&[&["check", "batch.csv"], args, &more].concat()).exits(0);
    let mut folder = before;
    for (name, text, is_known) in changes {
        folder = folder.with(name, *text);
        let code = i32::from(!is_known);
        check(&folder, args).exits(code);
        folder
            .run(&[&["check", "batch.csv"], args, &["--baseline", "report.json"]].concat())
            .exits(code);
    }
}

#[test]
fn a_week_that_grows_is_new() {
    let days = |last: &str| -> String {
        let day = |of: u8| format!("anna,s-{of},2026-03-0{of}T08:00Z,2026-03-0{of}T18:00Z\n");
        batch(&((2..7).map(day).collect::<String>() + last))
    };
    let week = days("");
    after(
        Folder::new().with("batch.csv", &*week),
        &["--max-week", "48h", "--tz", "UTC", "--severity", "LB102=error"],
        &[
            ("batch.csv", &days("anna,z,2026-03-07T00:00Z,2026-03-07T23:00Z\n"), false),
            ("batch.csv", &week, true),
            // A shift less, and still too much: another shift passes the limit.
            ("batch.csv", &week.replace("2026-03-06T18:00Z", "2026-03-06T17:00Z"), true),
            ("batch.csv", &week.replace("2026-03-0", "2026-11-0"), false),
            // The same instants with another offset.
            ("batch.csv", &week.replace(":00Z", ":00+00:00"), true),
            (
                "batch.csv",
                &week.replace("T08:00Z", "T03:00-05:00").replace("T18:00Z", "T13:00-05:00"),
                true,
            ),
        ],
    );
}

#[test]
fn a_rest_that_shrinks_is_new() {
    let rest = |from: &str, to: &str| {
        batch(&format!("anna,a,2026-03-02T08:00Z,{from}\nanna,b,{to},2026-03-03T14:00Z\n"))
    };
    after(
        Folder::new().with("batch.csv", rest("2026-03-02T22:00Z", "2026-03-03T07:00Z")),
        &["--min-rest", "11h", "--tz", "UTC", "--severity", "LB101=error"],
        &[
            ("batch.csv", &rest("2026-03-03T02:00Z", "2026-03-03T03:00Z"), false),
            ("batch.csv", &rest("2026-03-02T22:00Z", "2026-03-03T06:59Z"), false),
            ("batch.csv", &rest("2026-03-02T21:30Z", "2026-03-03T07:30Z"), true),
        ],
    );
}

#[test]
fn a_warning_that_becomes_an_error_is_new() {
    let off = |status: &str| {
        format!("id,agent,start,end,status\nt,anna,2026-03-02T00:00Z,2026-03-03T00:00Z,{status}\n")
    };
    let shift = batch("anna,a,2026-03-02T08:00Z,2026-03-02T12:00Z\n");
    after(
        Folder::new().with("batch.csv", &*shift).with("off.csv", off("pending")),
        &["--time-off", "off.csv"],
        &[("off.csv", &off("approved"), false), ("off.csv", &off("pending"), true)],
    );
    after(
        Folder::new().with("batch.csv", &*shift).with("off.csv", off("approved")),
        &["--time-off", "off.csv"],
        &[("off.csv", &off("pending"), true)],
    );
    // A possible overlap that becomes certain.
    let late = |end: &str| {
        batch(&format!(
            "anna,a,2026-10-31T20:00,{end}\nanna,b,2026-11-01T01:15-06:00,2026-11-01T05:00\n"
        ))
    };
    after(
        Folder::new().with("batch.csv", late("2026-11-01T01:30")),
        &["--tz", "America/Chicago", "--select", "OV"],
        &[("batch.csv", &late("2026-11-01T01:30-06:00"), false)],
    );
}

#[test]
fn time_off_is_not_known_for_time_that_is_unavailable() {
    let times = "agent,start,end,status\nanna,2026-03-02T00:00Z,2026-03-03T00:00Z,approved\n";
    let folder = Folder::new()
        .with("batch.csv", "agent,start,end\nanna,2026-03-02T08:00Z,2026-03-02T12:00Z\n")
        .with("times.csv", times);
    let args = ["--unavailable", "times.csv", "--severity", "OV204=error"];
    known(&folder, &args);
    check(&folder, &args).exits(0);
    check(&folder, &["--time-off", "times.csv"]).exits(1);
}

#[test]
fn another_version_is_new() {
    let rows = |version: &str| {
        format!(
            "agent,id,start,end,schedule id,version\nanna,a,2026-03-02T08:00Z,2026-03-02T12:00Z,w,{version}\n"
        )
    };
    after(
        Folder::new().with("batch.csv", rows("2")).with("live.csv", rows("3")),
        &["--published", "live.csv"],
        &[
            ("live.csv", &rows("4"), false),
            ("live.csv", &rows("3"), true),
            ("batch.csv", &rows("1"), false),
        ],
    );
}

#[test]
fn another_swap_is_new() {
    let swap = |id: &str, to: &str| {
        format!("id,status,agent,shift,to agent,to shift\n{id},approved,anna,a,{to},\n")
    };
    let shifts = batch("anna,a,2026-03-02T08:00Z,2026-03-02T12:00Z\n");
    after(
        Folder::new().with("batch.csv", &*shifts).with("swaps.csv", swap("w1", "bob")),
        &["--swaps", "swaps.csv"],
        &[("swaps.csv", &swap("w2", "carl"), false), ("swaps.csv", &swap("w1", "bob"), true)],
    );
}

#[test]
fn a_swap_without_an_id_is_never_known() {
    let swap = |to: &str| format!("status,agent,shift,with agent\nApproved,anna,A,{to}\n");
    let shifts = batch(
        "anna,A,2026-03-02T08:00Z,2026-03-02T12:00Z\nben,B,2026-03-03T08:00Z,2026-03-03T12:00Z\n",
    );
    let folder = Folder::new().with("batch.csv", &*shifts).with("swaps.csv", swap("ben"));
    let args = ["check", "batch.csv", "--swaps", "swaps.csv", "--write-baseline", "known.txt"];
    folder.run(&args).exits(1);
    check(&folder, &["--swaps", "swaps.csv"]).exits(1);
}

#[test]
fn another_agent_with_the_id_is_new() {
    let shift = |agent: &str| batch(&format!("{agent},A,2026-03-02T08:00Z,2026-03-02T12:00Z\n"));
    after(
        Folder::new().with("batch.csv", shift("anna")).with("live.csv", shift("ben")),
        &["--published", "live.csv"],
        &[("live.csv", &shift("carl"), false), ("live.csv", &shift("ben"), true)],
    );
}

#[test]
fn spellings_are_known_whichever_record_shows_them() {
    let (one, other) = (
        "anna,A,2026-03-02T08:00Z,2026-03-02T12:00Z\n",
        "anna,Z,2026-03-04T08:00Z,2026-03-04T12:00Z\n",
    );
    let live = |agent: &str| batch(&format!("{agent},B,2026-03-03T08:00Z,2026-03-03T12:00Z\n"));
    after(
        Folder::new()
            .with("batch.csv", batch(&[one, other].concat()))
            .with("live.csv", live("Anna")),
        &["--published", "live.csv", "--severity", "ID106=error", "--ignore", "RC"],
        &[("batch.csv", &batch(&[other, one].concat()), true), ("live.csv", &live("ANNA"), false)],
    );
}

#[test]
fn what_was_allowed_is_in_no_report_that_is_a_baseline() {
    let allow = "[[allow]]\nrule = \"OV101\"\nreason = \"r\"\nuntil = \"2026-03-10\"\n";
    let folder = Folder::new().with("shiftlint.toml", allow).with("batch.csv", batch(CLASH));
    let report = ["--format", "json", "--output", "report.json"];
    folder.run(&[&["check", "batch.csv", "--today", "2026-03-05"][..], &report].concat()).exits(0);
    let late = ["check", "batch.csv", "--today", "2026-03-11"];
    folder.run(&late).exits(1);
    folder.run(&[&late[..], &["--baseline", "report.json"]].concat()).exits(1);
}

#[test]
fn what_is_allowed_or_off_is_not_gone() {
    let folder = Folder::new().with("batch.csv", batch(CLASH));
    known(&folder, &[]);
    let gone = ["--strict-baseline"];
    for configuration in [
        "[[allow]]\nrule = \"OV101\"\nreason = \"r\"\n",
        "[[files]]\npath = \"batch.csv\"\nseverity = { OV101 = \"off\" }\n",
    ] {
        let folder = Folder::new()
            .with("batch.csv", batch(CLASH))
            .with("known.txt", folder.read("known.txt").expect("a baseline"))
            .with("shiftlint.toml", configuration);
        check(&folder, &gone).exits(0).never_says(&["gone"]);
    }
}

#[test]
fn a_baseline_has_all_findings_whatever_is_listed() {
    let rows = CLASH.to_owned() + &CLASH.replace("anna,", "ben,x");
    let folder = Folder::new().with("batch.csv", batch(&rows));
    known(&folder, &["--max-findings", "1"]);
    check(&folder, &[]).exits(0).says(&["0 new, 2 known"]);
    let folder = folder.with("batch.csv", HEADER);
    let empty = ["check", "batch.csv", "--write-baseline", "known.txt"];
    folder.run(&empty).exits(4).complains(&["known.txt is not written", "nothing to check"]);
    assert!(folder.read("known.txt").is_some_and(|text| text.lines().count() == 3));
}

#[test]
fn an_allowance_is_about_what_it_says() {
    let here = CLASH.replace("anna,", "bob,x");
    let folder = Folder::new().with("batch.csv", batch(&here)).with("x/batch.csv", batch(CLASH));
    let allow = |more: &str| format!("[[allow]]\nrule = \"OV101\"\n{more}\nreason = \"r\"\n");
    let run = |folder: &Folder, config: &str| {
        folder.run(&["check", "batch.csv", "x/batch.csv", "--config", config])
    };
    for (path, code) in [
        ("batch.csv", 0),
        ("./batch.csv", 1),
        ("x/batch.csv", 1),
        ("*/batch.csv", 1),
        ("**/batch.csv", 0),
        ("../batch.csv", 1),
    ] {
        let folder = Folder::new()
            .with("batch.csv", batch(&here))
            .with("x/batch.csv", batch(CLASH))
            .with("shiftlint.toml", allow(&format!("path = \"{path}\"")));
        run(&folder, "shiftlint.toml").exits(code);
    }
    // Nothing but `..` leads out of the folder of the configuration.
    for (path, code) in [("*/batch.csv", 1), ("**/batch.csv", 1), ("../**/batch.csv", 0)] {
        let folder = Folder::new()
            .with("batch.csv", batch(&here))
            .with("x/batch.csv", batch(CLASH))
            .with("cfg/s.toml", allow(&format!("path = \"{path}\"")));
        run(&folder, "cfg/s.toml").exits(code);
    }
    let folder = folder.with("shiftlint.toml", allow("ids = []"));
    run(&folder, "shiftlint.toml").exits(2).complains(&["`ids` is empty"]);
    let live = batch("bob,a,2026-03-02T08:00Z,2026-03-02T12:00Z\n");
    let folder = Folder::new()
        .with("batch.csv", batch("anna,a,2026-03-05T08:00Z,2026-03-05T12:00Z\n"))
        .with("live.csv", live)
        .with("shiftlint.toml", "[[allow]]\nrule = \"ID102\"\nagent = \"bob\"\nreason = \"r\"\n");
    folder.run(&["check", "batch.csv", "--published", "live.csv"]).exits(1);
}

#[test]
fn what_is_typed_counts_before_what_is_said_of_files() {
    let folder = Folder::new().with("batch.csv", batch(CLASH)).with(
        "shiftlint.toml",
        "[[files]]\npath = \"batch.csv\"\nseverity = { OV101 = \"off\" }\n",
    );
    folder.run(&["check", "batch.csv"]).exits(0);
    folder.run(&["check", "batch.csv", "--severity", "OV101=error"]).exits(1);
    let rooms = "id,agent,Resource,start,end
a,anna,x,2026-03-02T08:00Z,2026-03-02T12:00Z
b,anna,y,2026-03-02T10:00Z,2026-03-02T14:00Z
";
    for configuration in [
        "[[files]]\npath = \"batch.csv\"\nmap = { agent = \"Resource\" }\n",
        "[map]\nagent = \"Resource\"\n",
        "[map]\n\"batch:agent\" = \"Resource\"\n",
    ] {
        let folder = Folder::new().with("batch.csv", rooms).with("shiftlint.toml", configuration);
        folder.run(&["check", "batch.csv"]).exits(0);
        for map in ["agent=agent", "batch:agent=agent"] {
            folder.run(&["check", "batch.csv", "--map", map]).exits(1);
        }
    }
    let folder = Folder::new()
        .with("batch.csv", batch(CLASH))
        .with("shiftlint.toml", "ignore = [\"OV101\"]\n");
    folder.run(&["check", "batch.csv"]).exits(0);
    folder.run(&["check", "batch.csv", "--select", "OV101"]).exits(1);
    folder.run(&["check", "batch.csv", "--severity", "OV101=error"]).exits(1);
    for configuration in [
        "[severity]\nOV101 = \"off\"\n",
        "[[files]]\npath = \"batch.csv\"\nseverity = { OV101 = \"off\" }\n",
    ] {
        let folder =
            Folder::new().with("batch.csv", batch(CLASH)).with("shiftlint.toml", configuration);
        folder.run(&["check", "batch.csv"]).exits(0);
        folder.run(&["check", "batch.csv", "--select", "OV101"]).exits(1);
    }
}

#[test]
fn nothing_that_is_read_is_replaced() {
    let folder = Folder::new()
        .with("batch.csv", batch(CLASH))
        .with("shiftlint.toml", "baseline = \"known.txt\"\n")
        .with("key", "0123456789abcdef0123456789abcdef");
    folder.run(&["check", "batch.csv", "--no-config", "--write-baseline", "known.txt"]).exits(0);
    let report = ["--format", "json", "--output"];
    let redact = ["--no-config", "--redact", "--redact-key", "key", "--redact-map"];
    for (args, words) in [
        ([&report[..], &["known.txt"]].concat(), "replace the baseline known.txt"),
        (vec!["--write-baseline", "shiftlint.toml"], "replace the configuration shiftlint.toml"),
        (vec!["--write-baseline", "batch.csv"], "--write-baseline would replace the input"),
        ([&["--write-baseline", "o"], &report[..], &["o"]].concat(), "both name o"),
        ([&redact[..], &["key"]].concat(), "replace the key key"),
        ([&redact[..], &["o"], &report[..], &["o"]].concat(), "both name o"),
        (vec!["--write-baseline", "-"], "not to `-`"),
    ] {
        let outcome = folder.run(&[&["check", "batch.csv"], &args[..]].concat()).exits(2);
        outcome.complains(&[words]);
    }
    let copies = ["--redact-key", "key", "--redact-map", "key", "--out", "copies"];
    let args = [&["redact", "batch.csv", "--no-config"], &copies[..]].concat();
    folder.run(&args).exits(2).complains(&["--redact-map would replace the key key"]);
    let folder = folder.with("base.toml", "fold-agents = false\n");
    let folder = folder.with("shiftlint.toml", "extends = \"base.toml\"\n");
    let args = ["check", "batch.csv", "--write-baseline", "base.toml"];
    folder.run(&args).exits(2).complains(&["replace the configuration base.toml"]);
    folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    for path in ["plan/plan.json", "plan/send/lane-1/chunk-001.csv", "plan/send/new.json"] {
        let args = ["check", "--plan", "plan", "--format", "json", "--output", path];
        folder.run(&args).exits(2).complains(&["is in the folder of the plan"]);
    }
    for path in ["plan/send/lane-1/notes.txt", "plan/hold/known.txt", "plan/send/new/a.csv"] {
        let folder = Folder::new().with("batch.csv", batch(CLASH));
        folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
        folder.run(&["plan", "batch.csv", "--out", "plan", "--force"]).exits(1);
        let folder = folder.with(path, "mine");
        let args = ["plan", "batch.csv", "--out", "plan", "--force"];
        folder.run(&args).exits(2).complains(&["is not a plan"]);
    }
    let schedules = ["plan", "batch.csv", "--out", "p", "--one-by-one", "--replace", "schedule"];
    folder.run(&schedules).exits(2).complains(&["exclude each other"]);
    // What is known may be written again.
    folder.run(&["check", "batch.csv", "--write-baseline", "known.txt"]).exits(0);
}

/// Release builds know less of their options than debug builds do, so that this also runs there.
#[test]
fn commands_that_read_nothing_need_no_configuration() {
    let folder = Folder::new().with("shiftlint.toml", "tz = 5\n");
    for args in [&["rules"][..], &["rules", "OV101"], &["schema"], &["completions", "bash"]] {
        folder.run(args).exits(0);
    }
    folder.run(&["init"]).exits(2);
}
