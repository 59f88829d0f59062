//! Tables: columns and lines that are more than one record with one word a field.

use crate::program::{Folder, Outcome};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

fn run(text: &str, more: &[&str]) -> Outcome {
    let arguments = [&["check", "batch.csv", "--tz", "UTC"], more].concat();
    Folder::new().with("batch.csv", text).run(&arguments)
}

fn report(text: &str, more: &[&str]) -> Value {
    let arguments = [more, &["--format", "json"]].concat();
    run(text, &arguments).report()
}

/// What the program makes of a text that it is fed.
fn piped(mut command: Command, text: &str) -> Outcome {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a process");
    let mut input = child.stdin.take().expect("a pipe");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || drop(input.write_all(text.as_bytes())));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("all written");
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Outcome { code: output.status.code(), out: told(&output.stdout), err: told(&output.stderr) }
}

/// The codes of the doubts about the first input, each with its place.
fn doubts(report: &Value) -> Vec<String> {
    let doubts = report["inputs"][0]["doubts"].as_array().expect("doubts");
    let doubt = |doubt: &Value| {
        let code = doubt["code"].as_str().or(doubt["doubt"].as_str()).expect("a code");
        format!("{code} {}", doubt["place"].as_str().unwrap_or_default())
    };
    doubts.iter().map(doubt).collect()
}

fn findings(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().filter_map(|finding| finding["rule"].as_str()).collect()
}

/// What a table comes to: its doubts and its findings.
fn found(text: &str, more: &[&str]) -> (Vec<String>, Vec<String>) {
    let report = report(text, more);
    (doubts(&report), findings(&report).into_iter().map(str::to_owned).collect())
}

fn nothing() -> (Vec<String>, Vec<String>) {
    (Vec::new(), Vec::new())
}

fn one(doubt: &str) -> (Vec<String>, Vec<String>) {
    (vec![doubt.to_owned()], Vec::new())
}

#[test]
fn first_and_last_name_are_one_agent() {
    let table = |last: &str| {
        format!(
            "First Name,Last Name,Start,End\n\
             Ann,Lee,2026-03-02 08:00,2026-03-02 16:00\n\
             Ann , {last},2026-03-02 12:00,2026-03-02 20:00\n\
             ,,2026-03-02 12:00,2026-03-02 20:00\n"
        )
    };
    let overlapping = report(&table("Lee"), &[]);
    assert_eq!(findings(&overlapping), ["OV101"]);
    assert_eq!(overlapping["findings"][0]["agent"], "Ann Lee");
    assert_eq!(overlapping["inputs"][0]["unassigned"], 1, "{overlapping:#}");
    assert_eq!(found(&table("Low"), &[]), nothing());
}

#[test]
fn lists_of_agents_may_have_first_and_last_names() {
    let batch = "agent,start,end\nAnn Lee,2026-03-02 08:00,2026-03-02 16:00\n";
    let agents = "First,Last,Timezone\nAnn,Lee,America/Chicago\n";
    let folder = Folder::new().with("batch.csv", batch).with("agents.csv", agents);
    folder.run(&["check", "batch.csv", "--agents", "agents.csv"]).exits(0);
}

#[test]
fn columns_that_could_be_one_field_are_compared_in_effect() {
    let agents = |second: &str| {
        format!(
            "employee,resource,start,end\n\
             e1,r1,2026-03-02 08:00,2026-03-02 16:00\n\
             e2,{second},2026-03-02 08:00,2026-03-02 16:00\n\
             e3,r3,2026-03-02 08:00,2026-03-02 16:00\n"
        )
    };
    assert_eq!(found(&agents("r1"), &[]), one("RD106 resource"));
    assert_eq!(found(&agents("r2"), &[]), nothing());
    assert_eq!(found(&agents("r1"), &["--map", "agent=employee"]), nothing());
    // One value throughout is no agent.
    assert_eq!(found(&agents("r1").replace("r3", "r1"), &[]), nothing());
    let times = |start: &str| {
        format!(
            "agent,start,planned start,end\n\
             e1,2026-03-02 08:00,2026-03-02T08:00,2026-03-02 16:00\n\
             e2,2026-03-02 08:00,{start},2026-03-02 16:00\n"
        )
    };
    assert_eq!(found(&times("2026-03-02 09:00"), &[]), one("RD105 planned start"));
    for same in ["2026-03-02T08:00Z", "", "3/2/2026 8:00 AM"] {
        assert_eq!(found(&times(same), &["--date-order", "mdy"]), nothing(), "{same}");
    }
}

#[test]
fn a_note_about_two_columns_stands_only_where_they_agree() {
    let table =
        "agent,start,planned start,end\ne1,2026-03-02 08:00,2026-03-02 HH:00,2026-03-02 16:00\n";
    for (hour, noted) in [("08", true), ("09", false)] {
        let report = report(&table.replace("HH", hour), &[]);
        let notes = report["inputs"][0]["notes"].to_string();
        assert_eq!(notes.contains("could both be"), noted, "{notes}");
    }
}

#[test]
fn numbered_columns_are_further_records_of_their_row() {
    let table = |second: &str| {
        format!(
            "agent,date,start1,end1,start2,end2\n\
             a,2026-03-02,08:00,12:00,{second}\n\
             a,2026-03-02,14:00,15:00,,\n\
             b,2026-03-02,,,14:00,15:00\n"
        )
    };
    let split = report(&table("13:00,17:00"), &[]);
    assert_eq!((doubts(&split), findings(&split)), (vec![], vec!["OV101"]));
    assert_eq!(split["inputs"][0]["records"], 3, "{split:#}");
    assert_eq!(found(&table("12:00,13:00"), &[]), nothing());
    // Planned and actual.
    assert_eq!(found(&table("08:05,12:10"), &[]), one("RD108 start2"));
    let (doubts, rules) = found(&table("08:05,12:10"), &["--accept", "RD108=start2"]);
    assert_eq!((doubts.len(), rules), (1, vec!["OV101".to_owned()]));
    let named = ["--map", "start=start1", "--map", "end=end1"];
    assert_eq!(found(&table("08:05,12:10"), &named).0, [""; 0]);
    // The same pair again says nothing else.
    assert_eq!(found(&table("08:00,12:00"), &[]), nothing());
}

#[test]
fn a_second_span_is_unreadable_where_the_first_waits_for_the_order_of_its_date() {
    let table = "agent,start1,end1,start2,end2\n\
                 a,03/02/2026 08:00,03/02/2026 12:00,2026-13-45 14:00,2026-13-45 15:00\n\
                 b,13/02/2026 08:00,13/02/2026 12:00,,\n";
    let report = report(table, &[]);
    assert_eq!(findings(&report), ["RC101"], "{report:#}");
    assert_eq!(report["inputs"][0]["checked"], 2, "{report:#}");
}

#[test]
fn numbered_agents_and_lengths_belong_to_further_records() {
    let pairs = "Employee 1,Employee 2,Start,End\n\
                 Ann,Ben,2026-03-02 08:00,2026-03-02 16:00\n\
                 Ann,Cid,2026-03-02 12:00,2026-03-02 17:00\n";
    let overlapping = report(pairs, &[]);
    assert_eq!((doubts(&overlapping), findings(&overlapping)), (vec![], vec!["OV101"]));
    assert_eq!(overlapping["summary"]["agents"], 3);
    assert_eq!(findings(&report(&pairs.replace("Cid", "Ben"), &[])), ["OV101", "OV101"]);
    let lengths = "agent,start1,minutes1,start2,minutes2\n\
                   a,2026-03-02 08:00,240,2026-03-02 13:00,240\n\
                   a,2026-03-02 16:00,60,,\n";
    assert_eq!(found(lengths, &[]), (vec![], vec!["OV101".to_owned()]));
}

#[test]
fn numbered_columns_are_read_alike_from_a_stream() {
    let mut table = String::from("agent,date,start1,end1,start2,end2\n");
    for day in 1..28 {
        table += &format!("a,2026-03-{day:02},08:00,12:00,13:00,17:00\n");
        table += &format!("a,2026-03-{day:02},16:00,18:00,,\n");
    }
    let folder = Folder::new().with("batch.csv", &table);
    let file = folder.run(&["check", "batch.csv", "--tz", "UTC"]).exits(1);
    let stream = piped(folder.command(&["check", "-", "--tz", "UTC"]), &table);
    // A shell takes `<stdin>` in quotes only.
    let flowing =
        |text: &str| text.replace('\'', "").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flowing(&file.out.replace("batch.csv", "<stdin>")), flowing(&stream.out));
    assert_eq!(file.out.matches("error[OV101]").count(), 27, "{}", file.out);
}

#[test]
fn what_makes_a_record_more_than_it_shows_is_a_doubt() {
    let table = |name: &str, value: &str| {
        format!(
            "agent,start,end,{name}\n\
             a,2026-03-02 08:00,2026-03-02 16:00,\n\
             b,2026-03-02 08:00,2026-03-02 16:00,{value}\n"
        )
    };
    for (name, value) in [
        ("repeat", "weekly"),
        ("RRULE", "FREQ=DAILY"),
        ("days of week", "\"Mon, Tue\""),
        ("occurrences", "5"),
        ("day offset", "1"),
    ] {
        assert_eq!(found(&table(name, value), &[]), one(&format!("RD107 {name}")), "{value}");
    }
    for (name, value) in [
        ("repeat", "None"),
        ("repeat", "no"),
        ("weekday", "Monday"),
        ("occurrences", "1"),
        ("day offset", "0"),
        ("next day", "yes"),
        ("color", "weekly"),
    ] {
        assert_eq!(found(&table(name, value), &[]), nothing(), "{name} {value}");
    }
    let clocks = |end: &str| format!("agent,date,start,end,next day\na,2026-03-02,22:00,{end},Y\n");
    assert_eq!(found(&clocks("06:00"), &[]), nothing());
    assert_eq!(found(&clocks("23:00"), &[]), one("RD107 next day"));
}

#[test]
fn a_cell_that_holds_another_record_is_a_doubt() {
    let table = |name: &str, cell: &str| {
        format!("agent,start,end,{name}\na,2026-03-02 08:00,2026-03-02 16:00,{cell}\n")
    };
    let document = r#""[{""start"":""2026-03-03T08:00Z"",""end"":""2026-03-03T16:00Z""}]""#;
    assert_eq!(found(&table("abc", document), &[]), one("RD103 abc"));
    assert_eq!(found(&table("abc", "10:00-18:00"), &[]), one("RD103 abc"));
    for (name, cell) in [
        ("abc", "08:00-16:00"),
        ("abc", r#""{""color"":""red""}""#),
        ("break", "12:00-12:30"),
        ("shift name", "9-17 late"),
        ("breaks", document),
        ("store hours", "07:00-22:00"),
    ] {
        assert_eq!(found(&table(name, cell), &[]), nothing(), "{name} {cell}");
    }
}

#[test]
fn a_row_without_hours_says_what_its_day_is() {
    let found_by = |header: &str, cell: &str, more: &str| {
        let table = format!(
            "agent,date,start,end,{header}\na,2026-03-02,08:00,16:00,\na,2026-03-02,,,{cell}\n{more}"
        );
        let outcome =
            Folder::new().with("batch.csv", &table).run(&["check", "batch.csv", "--tz", "UTC"]);
        let rules = ["OV201", "RD101"].into_iter().filter(|rule| outcome.out.contains(rule));
        (outcome.code, rules.collect::<Vec<_>>().join(" "))
    };
    for header in ["Turno", "Status", "Absence", "Dienst", "Remarks", "Situação", "Shift"] {
        for word in ["Vacation", "Urlaub", "krank", "Congés payés", "FERIE", "PTO"] {
            let expected = (Some(1), "OV201".to_owned());
            assert_eq!(found_by(header, word, ""), expected, "{header} {word}");
        }
        for word in ["", "Libre", "Frei", "-", "Day off"] {
            let expected = (Some(0), String::new());
            assert_eq!(found_by(header, word, ""), expected, "{header} {word}");
        }
    }
    // A code of a shift is no day off.
    assert_eq!(found_by("Turno", "N1", ""), (Some(3), "RD101".to_owned()));
    assert_eq!(found_by("Remarks", "N1", ""), (Some(0), String::new()));
    // What a row says is not said of the next.
    let next = "a,2026-03-03,08:00,16:00,\na,2026-03-03,17:00,18:00,\n";
    assert_eq!(found_by("Remarks", "Vacation", next), (Some(1), "OV201".to_owned()));
    assert_eq!(found_by("Remarks", "", next), (Some(0), String::new()));
}

#[test]
fn a_column_that_begins_empty_is_looked_at_further_down() {
    let table = |row: &str| {
        let mut table = String::from("agent,date,start,end,abc\n");
        (0..80).for_each(|agent| table += &format!("a{agent},2026-03-02,08:00,16:00,\n"));
        table + row
    };
    assert_eq!(found(&table("b,2026-03-03,,,09:00-13:00\n"), &[]), one("RD103 abc"));
    assert_eq!(found(&table("b,2026-03-03,08:00,16:00,17:00-19:00\n"), &[]), one("RD103 abc"));
    for row in ["b,2026-03-03,08:00,16:00,call me\n", "b,2026-03-03,08:00,16:00,08:00-16:00\n"] {
        assert_eq!(found(&table(row), &[]), nothing(), "{row}");
    }
}

const SHIFTS: &str = "agent,start,end\n\
                      a,2026-03-02 08:00,2026-03-02 16:00\n\
                      b,2026-03-02 08:00,2026-03-02 16:00\n";

#[test]
fn titles_stand_above_the_header() {
    for (above, line) in [
        ("Roster week 10\n\n", 4),
        ("Schedule,,\nFrom:,2026-03-02,2026-03-08\n,,\n", 5),
        ("Employee:,All,\nStart date:,2026-03-02,\n", 4),
        ("sep=,\n", 3),
    ] {
        let overlap = "a,2026-03-02 12:00,2026-03-02 20:00\n";
        let report = report(&format!("{above}{SHIFTS}{overlap}"), &[]);
        assert_eq!((doubts(&report), findings(&report)), (vec![], vec!["OV101"]), "{above}");
        let first = &report["findings"][0]["records"][0];
        assert_eq!(first["line"], line, "{above}");
        let notes = report["inputs"][0]["notes"].to_string();
        assert_eq!(notes.contains("above the header"), !above.starts_with("sep"), "{notes}");
    }
    let semicolons = format!("sep=;\n{}", SHIFTS.replace(',', ";"));
    assert_eq!(found(&semicolons, &[]), nothing());
    // Another table is no title.
    let other = "wer,von,bis zu\nx,2026-03-02 08:00,2026-03-02 16:00\n";
    let other = other.replace("von,bis zu", "p,q");
    assert_eq!(found(&format!("{other}{SHIFTS}"), &[]), one("RD103 "));
    run("Roster\nlocker,start,end\nx,2026-03-02 08:00,2026-03-02 16:00\n", &[])
        .exits(3)
        .says(&["batch.csv:2", "no column for the agent; the columns are `locker`"]);
}

#[test]
fn headers_again_and_totals_are_no_records() {
    for (line, skipped) in [
        ("agent,start,end\n", "1 header line"),
        (" agent ,start,end\r\n", "1 header line"),
        ("Total,,\n", "1 total line"),
        ("Grand Total:,,\n", "1 total line"),
        ("Summe\n", "1 total line"),
        (",,\n", "1 empty"),
        ("\"agent\",\"start\",\"end\"\n", "1 header line"),
        ("\"Total\",\"\",\"\"\n", "1 total line"),
    ] {
        for text in [format!("{SHIFTS}{line}"), SHIFTS.replace("b,", &format!("{line}b,"))] {
            let outcome = run(&text, &[]).exits(0).says(&[skipped]);
            assert_eq!(doubts(&report(&text, &[])), [""; 0], "{}", outcome.told());
        }
    }
    // An agent of this name who has a shift is none.
    run(&SHIFTS.replace("b,", "Total,"), &[]).exits(0).never_says(&["total line"]);
    let agents = "agent,tz\na,UTC\nagent,tz\n";
    let folder = Folder::new()
        .with("batch.csv", SHIFTS.replace("b,", "a,").replace("08:00,2026-03-02 16:00\nb", ""));
    let folder = folder.with("agents.csv", agents);
    folder
        .run(&["check", "batch.csv", "--agents", "agents.csv", "--tz", "UTC"])
        .never_says(&["`agent`"]);
}

#[test]
fn rows_that_seem_to_be_swallowed_are_a_doubt() {
    let table = |cell: &str| {
        format!("agent,start,end,note\na,2026-03-02 08:00,2026-03-02 16:00,\"{cell}\"\n")
    };
    let row = "late\nb,2026-03-02 08:00,2026-03-02 16:00,\n";
    assert_eq!(found(&table(row), &[]), one("RD115 "));
    for cell in ["late\nand sick", "12 Main St, Springfield, IL, USA\nring twice", "a, b, c, d"] {
        assert_eq!(found(&table(cell), &[]), nothing(), "{cell}");
    }
    let joined = |header: &str| format!("{SHIFTS}{header}\n2026-03-03 16:00,c,2026-03-03 08:00\n");
    assert_eq!(found(&joined("end,agent,start"), &[]).0, ["RD115 "]);
    assert_eq!(found(&joined("shift_end,employee_id,shift_start"), &[]).0, ["RD115 "]);
}

#[test]
fn a_stray_quote_swallows_no_row_in_silence() {
    let doubted = |text: &str| {
        let (doubts, _) = found(text, &[]);
        assert_eq!(doubts, ["RD115 "], "{text}");
        run(text, &[]).exits(3);
    };
    let times =
        [("2026-03-02T08:00Z", "2026-03-02T12:00Z"), ("2026-03-02T10:00Z", "2026-03-02T14:00Z")];
    let table = |header: &str, row: &dyn Fn(usize, &str, &str) -> String| {
        let rows = (0..2).map(|number| row(number, times[number].0, times[number].1));
        format!("{header}\n{}\n", rows.collect::<Vec<_>>().join("\n"))
    };
    for quoted in ["\"late", "late\"", "\"la\"\"te"] {
        for other in ["\"late", "late\"", "\"\"late", "la\"te"] {
            let cell = |number| if number == 0 { quoted } else { other };
            let middle = table("id,agent,note,start,end", &|number, start, end| {
                format!("{number},anna,{},{start},{end}", cell(number))
            });
            let first = table("note,id,agent,start,end", &|number, start, end| {
                format!("{},{number},anna,{start},{end}", cell(number))
            });
            let last = table("id,agent,start,end,note", &|number, start, end| {
                format!("{number},anna,{start},{end},{}", cell(number))
            });
            for text in [middle, first, last] {
                for text in [
                    text.replace(',', ";"),
                    text.replace('\n', "\r\n"),
                    text.replace('\n', "\r"),
                    text,
                ] {
                    match quoted.starts_with('"') || other == "\"late" {
                        true => drop(run(&text, &[]).exits(3)),
                        false => assert_eq!(found(&text, &[]).1, ["OV101"], "{text}"),
                    }
                }
            }
        }
    }
    // In notes of several lines, so that the torn lines are in the middle of the cell.
    for quoted in [["\"\n\"\"", "\"\"\n\""], ["\"a\nb\"\"", "\"\"c\nd\""]] {
        doubted(&table("id,note,agent,start,end", &|number, start, end| {
            format!("{number},{},anna,{start},{end}", quoted[number])
        }));
        doubted(&table("start,end,note,agent", &|number, start, end| {
            format!("{start},{end},{},anna", quoted[number])
        }));
    }
    // Before the name of an agent, and with clock times that are bare numbers.
    doubted(&table("id,agent,start,end", &|number, start, end| {
        format!("{number},\"anna,{start},{end}")
    }));
    let clocks =
        "agent,note,date,start,end\nanna,\"x,2026-03-02,0800,1200\nanna,x\",2026-03-02,1000,1400\n";
    doubted(clocks);
    doubted(
        "agent,start,end,note\nanna,Mon Mar 2 2026 08:00,Mon Mar 2 2026 12:00,\"x\nanna,Mon Mar 2 2026 10:00,Mon Mar 2 2026 14:00,x\"\n",
    );
    // The header swallows a line, or its cells do.
    doubted(
        "id,agent,start,end,\"note\n1,anna,2026-03-02T08:00Z,2026-03-02T12:00Z,\"late\n2,anna,2026-03-02T10:00Z,2026-03-02T14:00Z,x\n",
    );
    doubted(
        "agent,start,end,\"note,a,b,c\nanna,2026-03-02T08:00Z,2026-03-02T12:00Z,,,,z\"\nanna,2026-03-02T10:00Z,2026-03-02T14:00Z,x,,,\n",
    );
    // Beside the quote of a sound cell.
    doubted(
        "place,start,end,agent\n\"A, B\"\",2026-03-02T08:00Z,2026-03-02T12:00Z,anna\n\",2026-03-02T10:00Z,2026-03-02T14:00Z,anna\n",
    );
    // Lines with empty cells after the last column.
    doubted(
        "agent,start,end,note,x,y\nanna,2026-03-02T08:00Z,2026-03-02T12:00Z,\"late,,\nanna,2026-03-02T10:00Z\",2026-03-02T14:00Z,,,\n",
    );
    // The name of an agent is another one with a quote.
    for name in ["anna\"", "an\"na"] {
        doubted(&table("id,agent,start,end", &|number, start, end| {
            format!("{number},{},{start},{end}", if number == 0 { "anna" } else { name })
        }));
    }
    for name in ["\"Anna \"\"Ann\"\" Lee\"", "Anna \"Ann\" Lee", "\"Screen 55\"\"\""] {
        let text = format!("agent,start,end\n{name},2026-03-02T08:00Z,2026-03-02T12:00Z\n");
        assert_eq!(found(&text, &[]), nothing(), "{text}");
    }
    // Headers of two lines, and quotes with spaces after them.
    let text = "agent,\"start\n(local, planned)\",end,note\na,2026-03-02 08:00,2026-03-02 16:00,\"x\ny\" \n";
    assert_eq!(found(text, &[]), nothing());
}

#[test]
fn a_table_that_ends_where_programs_stop_is_a_doubt() {
    let table = |lines: usize| {
        let mut text = String::from("agent,start,end");
        for line in 1..lines {
            text += &format!("\n{line},2026-03-02T08:00Z,2026-03-02T16:00Z");
        }
        text
    };
    for (text, doubted) in [
        (table(65_536), true),
        (table(65_536) + "\n", true),
        (table(65_535) + "\n", false),
        (table(65_537), false),
    ] {
        let expected = if doubted { vec!["RD115 ".to_owned()] } else { Vec::new() };
        assert_eq!(found(&text, &[]).0, expected);
    }
}

/// A sheet in which each agent stands once, above all of its shifts.
fn grouped(agents: usize, days: usize) -> String {
    let mut text = String::from("agent,start,end\n");
    for agent in 0..agents {
        for day in 1..=days {
            let name = if day == 1 { format!("agent {agent}") } else { String::new() };
            text += &format!("{name},2026-03-{day:02} 08:00,2026-03-{day:02} 16:00\n");
        }
    }
    text
}

#[test]
fn a_sheet_that_is_grouped_is_a_doubt_until_it_is_filled_down() {
    assert_eq!(found(&grouped(3, 5), &[]), one("RD114 agent"));
    assert_eq!(found(&grouped(3, 5), &["--fill-down", "agent"]), nothing());
    let overlap = format!("{},2026-03-05 12:00,2026-03-05 20:00\n", grouped(3, 5));
    let report = report(&overlap, &["--fill-down", "agent"]);
    assert_eq!(findings(&report), ["OV101"]);
    assert_eq!(report["findings"][0]["agent"], "agent 2");
    // Shifts that are unassigned, in the order of their times.
    let open = "agent,start,end\n\
                a,2026-03-02 08:00,2026-03-02 16:00\n,2026-03-02 09:00,2026-03-02 16:00\n\
                b,2026-03-03 08:00,2026-03-03 16:00\n,2026-03-03 09:00,2026-03-03 16:00\n\
                c,2026-03-04 08:00,2026-03-04 16:00\n";
    assert_eq!(found(open, &[]), nothing());
    let spaced = grouped(3, 5).replace("\n,", "\n\"  \",");
    assert_eq!(found(&spaced, &[]), one("RD114 agent"));
    // One agent alone.
    assert_eq!(found(&grouped(1, 3), &[]), one("RD114 agent"));
    assert_eq!(found(&grouped(1, 3), &["--fill-down", "agent"]), nothing());
    assert_eq!(found(&grouped(1, 2), &[]), nothing());
    let together = grouped(1, 3).replace("-03 ", "-02 ");
    assert_eq!(found(&together, &[]), nothing());
    let twice = grouped(2, 3).replace("agent 1", "agent 0");
    assert_eq!(found(&twice, &[]).0, [""; 0]);
    // A grouped name in two columns.
    let halves = grouped(3, 5).replace("agent,", "First Name,Last Name,");
    let halves = halves.replace("\nagent ", "\nAnn,").replace("\n,", "\n,,");
    assert_eq!(found(&halves, &[]), one("RD114 First Name"));
    assert_eq!(found(&halves, &["--fill-down", "agent"]), nothing());
}

#[test]
fn filling_down_is_the_same_however_a_file_is_read() {
    // Some blocks begin in one piece and end in another.
    let mut text = String::from("agent,start,end\n");
    let mut whole = text.clone();
    for row in 0..40_000_usize {
        let name = format!("agent {}", row / 977);
        let (day, hour) = (1 + row % 27, row % 11);
        let times = format!("2026-03-{day:02} {hour:02}:00,2026-03-{day:02} {hour:02}:40\n");
        let shown = if row % 977 == 0 { &*name } else { "" };
        text += &format!("{shown},{times}");
        whole += &format!("{name},{times}");
    }
    let arguments = ["--tz", "UTC", "--fill-down", "agent", "--max-per-agent", "5"];
    let shown = |outcome: &Outcome| {
        let lines = outcome.out.lines().filter(|line| line.contains("OV1") || line.contains("-->"));
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let expected = {
        let folder = Folder::new().with("batch.csv", &whole);
        shown(&folder.run(&[&["check", "batch.csv"], &arguments[..]].concat()))
    };
    assert!(expected.len() > 100, "{expected:?}");
    let folder = Folder::new().with("batch.csv", &text);
    for threads in ["1", "3"] {
        let more = [&["check", "batch.csv", "--jobs", threads], &arguments[..]].concat();
        assert_eq!(shown(&folder.run(&more)), expected, "{threads} threads");
    }
    let stream = piped(folder.command(&[&["check", "-"], &arguments[..]].concat()), &text);
    let stream: Vec<String> =
        shown(&stream).iter().map(|line| line.replace("<stdin>", "batch.csv")).collect();
    assert_eq!(stream, expected);
}

#[test]
fn columns_without_values_leave_their_field_to_others() {
    let batch = "agent,start,end\nE-1,2026-03-02 08:00,2026-03-02 16:00\n";
    let agents = "agent,email,name,zone\nE-1,,Ann Lee,America/Chicago\nE-2,,Bo Ray,UTC\n";
    let folder = Folder::new().with("batch.csv", batch).with("agents.csv", agents);
    let outcome = folder.run(&["check", "batch.csv", "--agents", "agents.csv"]).exits(0);
    assert!(outcome.out.contains("1 of 1 agent"), "{}", outcome.out);

    let rows = "Employee ID,Name,Start,End\n\
                ,Ann Lee,2026-03-02 08:00,2026-03-02 16:00\n\
                ,Ann Lee,2026-03-02 12:00,2026-03-02 20:00\n";
    let report = report(rows, &[]);
    assert_eq!(findings(&report), ["OV101"]);
    assert_eq!(report["findings"][0]["agent"], "Ann Lee");
    // One id further down decides for the column of ids.
    let later = "Employee ID,Name,Start,End\n".to_owned()
        + &",Early,2026-03-02 08:00,2026-03-02 16:00\n".repeat(200)
        + "7,Early,2026-03-02 08:00,2026-03-02 16:00\n";
    let report = self::report(&later, &[]);
    assert_eq!(report["inputs"][0]["unassigned"], 200, "{report:#}");
}

#[test]
fn honest_names_with_quotes_and_delimiters_raise_no_doubt() {
    for name in ["Smith,\"Bob\"", "\"Bob\",Smith", "x2,\"x", "a \"b\" c", "\"x\"", ",\"\","] {
        let written = format!("\"{}\"", name.replace('"', "\"\""));
        let rows = format!(
            "agent,id,start,end\n{written},{written},2026-03-02T08:00Z,2026-03-02T12:00Z\n\
             anna,b,2026-03-02T08:00Z,2026-03-02T12:00Z\n"
        );
        let folder = crate::program::Folder::new().with("batch.csv", rows);
        folder
            .run(&["check", "batch.csv", "--select", "OV"])
            .exits(0)
            .says(&["2 records of 2 agents"]);
    }
}

#[test]
fn a_date_with_the_hours_of_its_day_is_a_range_and_no_offset() {
    for name in ["shift", "Shift time", "hours"] {
        let rows = format!(
            "agent,{name}\nann,2026-03-02 08:00-16:00\nann,2026-03-02 06:00-12:00\n\
             ben,2026-03-02 06:00-10:00\nben,2026-03-02 22:00-06:00\nben,2026-03-03 05:00-13:00\n"
        );
        let folder = crate::program::Folder::new().with("batch.csv", rows);
        let args = ["check", "batch.csv", "--tz", "America/Chicago"];
        folder.run(&args).exits(1).says(&["5 records of 2 agents", "from 05:00 to 06:00"]);
    }
    // Offsets that there are.
    let rows = "agent,start,end\nann,2026-03-02 08:00-06:00,2026-03-02 12:00-06:00\n\
                ann,2026-03-02 12:00-06:00,2026-03-02 16:00-06:00\n";
    let folder = crate::program::Folder::new().with("batch.csv", rows);
    folder.run(&["check", "batch.csv", "--tz", "America/Chicago"]).exits(0);
    // The option that reads such a column is named.
    let rows = "agent,When\nann,2026-03-02 08:00 - 16:00\nann,2026-03-02 12:00 - 20:00\n";
    let folder = crate::program::Folder::new().with("batch.csv", rows);
    folder.run(&["check", "batch.csv", "--tz", "UTC"]).exits(3).says(&["--map 'times=When'"]);
    folder.run(&["check", "batch.csv", "--tz", "UTC", "--map", "times=When"]).exits(1);
}
