//! Workbooks: which sheets are read, what their cells say, and where findings point.

use crate::book::{
    CLOCK, Cell, DATE, HOURS, MOMENT, book, clock, fill, inline, march, parts, raw, raw_rows, rows,
    text, zipped,
};
use crate::program::{Folder, Outcome};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{Format, Workbook};
use std::io::Write;
use std::process::Stdio;

const TZ: [&str; 2] = ["--tz", "Europe/Berlin"];

/// A check of one workbook as the batch.
fn check(bytes: impl AsRef<[u8]>, more: &[&str]) -> Outcome {
    let folder = Folder::new().with("week.xlsx", bytes);
    folder.run(&[&["check", "week.xlsx"], &TZ[..], more].concat())
}

/// A row of the sheet of shifts in the form that Teams imports.
fn shift(member: &str, days: (u32, u32), hours: (Cell, Cell)) -> Vec<Cell> {
    let mail = format!("{}@example.com", member.split(',').next().unwrap_or_default());
    let day = |day| Cell::Shown(march(day), "m/d/yyyy");
    vec![
        text(member),
        text(&mail.to_lowercase()),
        text("Front desk"),
        day(days.0),
        hours.0,
        day(days.1),
        hours.1,
        text("1. White"),
        Cell::Empty,
        Cell::Number(30.0),
        Cell::Empty,
        text("2. Not Shared"),
    ]
}

const SHIFTS: &str = "Member|Work Email|Group|Start Date|Start Time|End Date|End Time|Theme Color|\
                      Custom Label|Unpaid Break (minutes)|Notes|Shared";

/// The workbook that Teams imports: a shift that overlaps another, one on a day off, a night.
fn teams() -> Vec<u8> {
    let at = |hour, minute| Cell::Shown(clock(hour, minute), CLOCK);
    let mut shifts = rows(&[SHIFTS]);
    shifts.push(shift("Vega, Marisol", (9, 9), (at(8, 0), at(16, 0))));
    shifts.push(shift("Vega, Marisol", (9, 9), (text("15:30"), text("20:00"))));
    shifts.push(shift("Okafor, Desmond", (10, 11), (at(22, 0), at(6, 0))));
    shifts.push(shift("Brooks, Aaliyah", (12, 12), (at(9, 0), at(17, 0))));
    shifts.push(shift("Morita, Kenji", (9, 9), (at(6, 0), at(14, 0))));
    let mut off =
        rows(&["Member|Work Email|Start Date|Start Time|End Date|End Time|Time Off Reason|\
                          Theme Color|Notes|Shared"]);
    let day = |day| Cell::Shown(march(day), "m/d/yyyy");
    off.push(vec![
        text("Brooks, Aaliyah"),
        text("brooks@example.com"),
        day(12),
        at(0, 0),
        day(13),
        at(0, 0),
        text("Vacation"),
        text("9. Gray"),
        Cell::Empty,
        text("1. Shared"),
    ]);
    let mut open = rows(&["Group|Start Date|Start Time|End Date|End Time|Open Slots|Theme Color|\
                           Custom Label|Unpaid Break (minutes)|Notes|Shared"]);
    open.push(vec![
        text("Front desk"),
        day(13),
        at(8, 0),
        day(13),
        at(16, 0),
        Cell::Number(2.0),
        text("2. Blue"),
    ]);
    let mut notes = rows(&["Date|Note"]);
    notes.push(vec![day(9), text("Fire drill at 10:00")]);
    book(&[("Shifts", shifts), ("Time Off", off), ("Open Shifts", open), ("Day Notes", notes)])
}

/// Writes the sample: `cargo test --test it -- --ignored writes_the_sample`.
#[test]
#[ignore = "writes a file of the package"]
fn writes_the_sample() {
    std::fs::create_dir_all("samples/teams").expect("a folder");
    std::fs::write("samples/teams/week.xlsx", teams()).expect("a file");
}

#[test]
fn the_workbook_of_teams_is_read_without_any_option_but_the_zone() {
    let outcome = check(teams(), &[]).exits(1);
    outcome.says(&[
        "[OV201]",
        "week.xlsx:Shifts!E5 on Thu 2026-03-12 from 09:00 to 17:00",
        "week.xlsx:Time Off!D2 has them off",
        "[OV101]",
        "week.xlsx:Shifts!E2 and week.xlsx:Shifts!E3",
        "on Mon 2026-03-09 from 15:30 to 16:00",
        "note: week.xlsx:Day Notes: not read",
        "note: week.xlsx:Open Shifts: not read: its name says that its shifts are unassigned",
        "2 errors in 6 records",
    ]);
    let folder = Folder::new().with("week.xlsx", teams());
    let outcome = folder.run(&["inspect", "week.xlsx", "--tz", "Europe/Berlin"]).exits(0);
    outcome.says(&["week.xlsx:Shifts: xlsx, UTF-8; read as batch", "row 4"]);
}

/// A sheet of shifts of this agent in March, each with its day and hours.
fn roster(agent: &str, days: std::ops::Range<u32>) -> Vec<Vec<Cell>> {
    let day = |day: u32| rows(&[&format!("{agent}|2026-03-{day:02}T08:00|2026-03-{day:02}T16:00")]);
    [rows(&["agent|start|end"]), days.flat_map(day).collect()].concat()
}

#[test]
fn times_are_what_number_formats_show() {
    let sheet = |start: Cell, end: Cell| {
        let header = rows(&["employee id|date|start|end"]);
        let earlier = vec![
            Cell::Number(4711.0),
            Cell::Shown(march(9), DATE),
            Cell::Shown(clock(20, 0), CLOCK),
            Cell::Shown(clock(23, 0), "h:mm AM/PM"),
        ];
        let row = vec![Cell::Number(4711.0), Cell::Shown(march(9), DATE), start, end];
        book(&[("Plan", [header, vec![earlier, row]].concat())])
    };
    // Hours go on after midnight, and a clock shows the time of its cell only.
    for (start, end, until) in [
        (Cell::Shown(clock(22, 0), HOURS), Cell::Shown(clock(25, 30), HOURS), "22:00 to 23:00"),
        (Cell::Shown(clock(22, 0), CLOCK), Cell::Shown(clock(30, 0), CLOCK), "22:00 to 23:00"),
        (text("22:15"), text("06:00"), "22:15 to 23:00"),
        (
            Cell::Shown(march(9) + clock(22, 30), MOMENT),
            Cell::Shown(march(10) + clock(6, 0), MOMENT),
            "22:30 to 23:00",
        ),
        // The date is in the cell, whatever is shown of it.
        (
            Cell::Shown(march(9) + clock(22, 45), CLOCK),
            Cell::Shown(march(10) + clock(6, 0), CLOCK),
            "22:45 to 23:00",
        ),
        // A little less than 22:00, as adding hours gives it.
        (Cell::Shown(0.916_666_663, "hh:mm:ss"), Cell::Shown(1.0, HOURS), "22:00 to 23:00"),
    ] {
        let outcome = check(sheet(start, end), &[]).exits(1);
        outcome.says(&["[OV101]", "agent `4711`", until, "week.xlsx:Plan!C3"]);
    }
    let outcome = check(sheet(text("22:00"), Cell::Shown(1.25, HOURS)), &["--format", "json"]);
    let record = &outcome.report()["findings"][0]["records"][1];
    assert_eq!(record["end"], "2026-03-10T06:00:00+01:00");
}

#[test]
fn dates_before_march_1900_are_unreadable() {
    for serial in [1.0, 59.0, 60.0] {
        let row = vec![text("anna"), Cell::Shown(serial, DATE), text("08:00"), text("16:00")];
        let rows = [rows(&["agent|date|start|end"]), vec![row]].concat();
        let outcome = check(book(&[("Plan", rows)]), &[]).exits(3);
        outcome.says(&["[RC101]", "(no date)", "week.xlsx:Plan!"]);
    }
    let row = vec![text("anna"), Cell::Shown(61.0, DATE), text("08:00"), text("16:00")];
    let rows = [rows(&["agent|date|start|end"]), vec![row]].concat();
    check(book(&[("Plan", rows)]), &["--format", "json", "--verbose"]).says(&["1900-03-01T08:00"]);
}

const AGENT: (&str, &str) = inline("<is><t>agent</t></is>");
const START: (&str, &str) = inline("<is><t>start</t></is>");
const END: (&str, &str) = inline("<is><t>end</t></is>");
const ANNA: (&str, &str) = inline("<is><t>anna</t></is>");

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    // 2026-03-09 08:00, 12:00 and 16:00, in days since 1904-01-01.
    let at = |serial: &'static str| ("s=\"3\"", serial);
    let rows = raw_rows(&[
        &[AGENT, START, END],
        &[ANNA, at("<v>44628.3333333333</v>"), at("<v>44628.6666666667</v>")],
        &[ANNA, at("<v>44628.5</v>"), at("<v>44628.75</v>")],
    ]);
    let outcome = check(raw("date1904=\"1\"", &[("name=\"Plan\"", &rows)]), &[]).exits(1);
    outcome.says(&["Mon 2026-03-09 from 12:00 to 16:00"]);
    // The same numbers are days of 2022 in the other system.
    check(raw("", &[("name=\"Plan\"", &rows)]), &[]).exits(1).says(&["2022-03-08 from 12:00"]);
    let bare = raw_rows(&[
        &[AGENT, START, END],
        &[ANNA, ("", "<v>44628.3333333333</v>"), ("", "<v>44628.6666666667</v>")],
    ]);
    let outcome = check(raw("date1904=\"1\"", &[("name=\"Plan\"", &bare)]), &["--verbose"]);
    outcome.says(&["counts days from 1904", "--serial-epoch 1904"]);
}

#[test]
fn errors_and_formulas_without_a_value_are_unreadable_where_they_are() {
    let time = inline("<is><t>2026-03-09T08:00</t></is>");
    let end = inline("<is><t>2026-03-09T16:00</t></is>");
    for (cell, code) in [
        (("t=\"e\"", "<v>#N/A</v>"), "#N/A"),
        (("t=\"e\"", "<v>#DIV/0!</v>"), "#DIV/0!"),
        (("", "<f>A1</f>"), "#VALUE!"),
        (("", "<f>A1</f><v></v>"), "#VALUE!"),
    ] {
        for place in 0..3 {
            let mut row = [ANNA, time, end];
            row[place] = cell;
            let rows = raw_rows(&[&[AGENT, START, END], &row]);
            let outcome = check(raw("", &[("name=\"Plan\"", &rows)]), &["--verbose"]).exits(3);
            outcome.says(&["1 unreadable", code]);
        }
    }
    let rows = raw_rows(&[&[AGENT, START, END], &[ANNA, time, ("", "<f>A1</f>")]]);
    let outcome = check(raw("", &[("name=\"Plan\"", &rows)]), &[]);
    outcome.says(&["1 formula was never calculated"]);
    // A formula that gives an empty text has a value.
    let note = inline("<is><t>note</t></is>");
    let empty = ("t=\"str\"", "<f>IF(FALSE,1,\"\")</f><v></v>");
    let rows = raw_rows(&[&[AGENT, START, END, note], &[ANNA, time, end, empty]]);
    check(raw("", &[("name=\"Plan\"", &rows)]), &[]).exits(0).never_says(&["calculated"]);
}

#[test]
fn formulas_have_their_values_and_flags_are_words() {
    let mut plan = rows(&["agent|start|end|deleted"]);
    let start = |agent: Cell, deleted: bool| {
        vec![agent, text("2026-03-09T08:00"), text("2026-03-09T16:00"), Cell::Flag(deleted)]
    };
    plan.push(start(Cell::Formula("=CONCAT(\"an\",\"na\")", "anna"), false));
    plan.push(start(text("anna"), true));
    plan.push(start(text("anna"), false));
    let outcome = check(book(&[("Plan", plan)]), &[]).exits(1);
    outcome.says(&["[OV103]", "week.xlsx:Plan!B2", "week.xlsx:Plan!B4", "1 deleted"]);
}

#[test]
fn a_merged_cell_is_said_in_each_row_of_its_range() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").expect("a name");
    let plan = rows(&[
        "",
        "agent|start|end",
        "|2026-03-09T08:00|2026-03-09T16:00",
        "|2026-03-09T15:00|2026-03-09T20:00",
        "|2026-03-10T08:00|2026-03-10T16:00",
    ]);
    fill(sheet, &plan).expect("cells");
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 2, "Week 11", &format).expect("a range");
    sheet.merge_range(2, 0, 3, 0, "anna", &format).expect("a range");
    let bytes = workbook.save_to_buffer().expect("memory can be written");
    let outcome = check(bytes, &["--verbose"]).exits(1);
    outcome.says(&["agent `anna`", "Plan!B3 and week.xlsx:Plan!B4", "1 unassigned", "Week 11"]);
}

#[test]
fn hidden_sheets_and_rows_are_read_and_noted() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").expect("a name");
    fill(sheet, &roster("anna", 2..6)).expect("cells");
    sheet.set_row_hidden(2).expect("a row").set_row_hidden(3).expect("a row");
    let sheet = workbook.add_worksheet().set_name("More").expect("a name");
    fill(sheet, &rows(&["agent|start|end", "anna|2026-03-03T12:00|2026-03-03T18:00"]))
        .expect("cells");
    sheet.set_hidden(true);
    let bytes = workbook.save_to_buffer().expect("memory can be written");
    let outcome = check(bytes, &[]).exits(1);
    outcome.says(&[
        "week.xlsx:Plan!B3 and week.xlsx:More!B2",
        "note: week.xlsx:Plan: 2 rows are hidden in the workbook",
        "note: week.xlsx:More: the sheet is hidden",
    ]);
}

#[test]
fn sheets_can_be_named() {
    let two = [("North", roster("anna", 2..6)), ("South", roster("ben", 2..6))];
    let both = book(&two);
    check(&both, &[]).exits(0).says(&["8 records"]);
    check(&both, &["--sheet", "north"]).exits(0).says(&["4 records", "--sheet names other sheets"]);
    check(&both, &["--sheet", "South", "--sheet", "North"]).exits(0).says(&["8 records"]);
    check(&both, &["--sheet", "East"])
        .exits(2)
        .complains(&["no sheet is called `East`", "`North`, `South`"]);
    check("agent,start,end\n", &["--sheet", "East"]).exits(2).complains(&["no input is an Excel"]);
    // Of two workbooks each has to have one.
    let folder =
        Folder::new().with("a.xlsx", &both).with("b.xlsx", book(&[("C", roster("c", 2..4))]));
    let args = ["check", "a.xlsx", "b.xlsx", "--tz", "UTC", "--sheet", "North"];
    folder
        .run(&args)
        .exits(3)
        .says(&["b.xlsx:C: --sheet names no sheet of this workbook: found `C`"]);
}

#[test]
fn the_only_sheet_is_read_like_a_file() {
    let outcome =
        check(book(&[("Plan", rows(&["locker|start|end", "1|2|3"])), ("Sheet2", vec![])]), &[]);
    outcome.exits(3).says(&["week.xlsx:Plan!A1: no column for the agent", "`locker`", "--map"]);
    check(book(&[("Plan", vec![])]), &[]).exits(4);
    let folder = Folder::new().with("week.xlsx", book(&[("Plan", vec![])]));
    let folder =
        folder.with("batch.csv", "agent,start,end\nanna,2026-03-09T08:00Z,2026-03-09T09:00Z\n");
    folder.run(&["check", "batch.csv", "--published", "week.xlsx"]).exits(3).says(&["empty"]);
}

#[test]
fn sheets_that_may_hold_records_are_in_doubt_and_others_are_named() {
    let grid = rows(&["Name|Mon|Tue|Wed", "anna|N|N|E"]);
    let hours = rows(&["Name|Notes", "anna|08:00-16:00"]);
    let legend = rows(&["Code|Meaning", "N|Night", "E|Early"]);
    let days = rows(&["anna|16.03.-18.03.", "ben|02.03.-03.03."]);
    for (name, other, doubtful) in [
        ("Grid", &grid, true),
        ("Hours worked", &hours, true),
        ("Week 12", &hours, true),
        ("Urlaub", &days, true),
        ("Legend", &legend, false),
        ("Template", &roster("ben", 2..6), true),
        ("Timesheet", &roster("ben", 2..6), true),
        ("Comments", &rows(&["Name|Notes", "zoe|08:00-16:00"]), false),
        ("Staff", &rows(&["Employee ID|Name|Team", "1|anna|x"]), false),
        ("Pay period 3", &grid, true),
        ("Holidays", &rows(&["Date|Name", "2026-04-03|Good Friday"]), false),
        ("Public holidays", &rows(&["Date|Day", "2026-04-03|Good Friday"]), false),
        ("Swaps", &rows(&["shift id|agent|with agent|status", "1|anna|ben|approved"]), true),
        ("Empty", &vec![], false),
    ] {
        let sheets =
            [("Plan", roster("anna", 2..6)), (name, other.clone()), ("Two", roster("x", 7..9))];
        let outcome = check(book(&sheets), &[]).exits(if doubtful { 3 } else { 0 });
        let outcome = outcome.says(&[&format!("week.xlsx:{name}"), "not read"]);
        if doubtful {
            outcome.says(&["[RD117]", "in 6 records", "this sheet was not read"]);
            let accept = format!("RD117=week.xlsx:{name}");
            check(book(&sheets), &["--accept", &accept]).exits(0);
            check(book(&sheets), &["--sheet", "Plan", "--sheet", "Two"]).exits(0);
        }
    }
    // Where nothing at all is read, there is no all-clear, whatever the sheets are called.
    let none = book(&[("Legend", legend), ("Comments", hours)]);
    check(none, &[]).exits(3).says(&["no sheet of this workbook is read as a schedule"]);
}

#[test]
fn the_same_roster_on_two_sheets_is_a_question() {
    let copy = [("Plan", roster("anna", 2..8)), ("Copy of plan", roster("anna", 2..7))];
    let outcome = check(book(&copy), &[]).exits(3);
    let outcome = outcome.never_says(&["OV103"]);
    outcome.says(&[
        "[RD117]",
        "5 rows are in sheet `Plan` as well",
        "answered, this would be: shiftlint check week.xlsx --tz Europe/Berlin --sheet Plan",
    ]);
    check(book(&copy), &["--sheet", "Plan"]).exits(0);
    check(book(&copy), &["--sheet", "Plan", "--sheet", "Copy of plan"]).exits(1).says(&["OV103"]);
    // Less than half in common is an overlap like any other.
    let weeks = [("Week 10", roster("anna", 2..8)), ("Week 11", roster("anna", 7..12))];
    check(book(&weeks), &[]).exits(1).says(&["[OV103]", "1 error"]);
    // A day off that repeats a shift is none of its copies.
    let off = [("Plan", roster("anna", 2..8)), ("Time off", roster("anna", 2..4))];
    check(book(&off), &[]).exits(1).says(&["[OV201]"]);
}

#[test]
fn a_workbook_in_two_roles_is_read_once() {
    let folder = Folder::new().with("week.xlsx", teams());
    let args = ["check", "week.xlsx", "--time-off", "week.xlsx", "--tz", "UTC"];
    let outcome = folder.run(&args).exits(1);
    outcome.says(&["[OV201]", "2 errors in 6 records"]).never_says(&["RD117", "OV203"]);
    let swaps = rows(&["swap id|shift id|agent|with agent|status", "1|s-1|anna|ben|approved"]);
    let plan = rows(&["id|agent|start|end", "s-1|anna|2026-03-09T08:00|2026-03-09T16:00"]);
    let folder = Folder::new().with("week.xlsx", book(&[("Plan", plan), ("Swaps", swaps)]));
    let args = ["check", "week.xlsx", "--swaps", "week.xlsx", "--tz", "UTC"];
    let outcome = folder.run(&args).exits(1).never_says(&["RD117"]);
    outcome.says(&["[SW103]", "week.xlsx:Swaps!E2", "1 error in 1 record"]);
}

#[test]
fn a_cell_in_the_last_place_costs_nothing() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").expect("a name");
    fill(sheet, &roster("anna", 2..8)).expect("cells");
    sheet.write_blank(1_048_575, 16_383, &Format::new().set_bold()).expect("the last cell");
    let bytes = workbook.save_to_buffer().expect("memory can be written");
    check(bytes, &[]).exits(0).says(&["6 records"]);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").expect("a name");
    fill(sheet, &roster("anna", 2..8)).expect("cells");
    sheet.write_string(1_048_575, 16_383, "x").expect("the last cell");
    let bytes = workbook.save_to_buffer().expect("memory can be written");
    let outcome = check(bytes, &["--max-unpacked", "3M"]).exits(3);
    outcome.says(&["in 7 records", "has 16384 cells where the header has 256", "Plan!A1048576"]);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let long = raw_rows(&[
        &[AGENT, START, END],
        &[inline(&format!("<is><t>{}</t></is>", "x".repeat(3 << 20)))],
    ]);
    let bomb = raw("", &[("name=\"Plan\"", &long)]);
    assert!(bomb.len() < 1 << 16, "it is packed well");
    let outcome = check(&bomb, &["--max-unpacked", "2M"]).exits(3);
    outcome.says(&[
        "unpacks to more than 2 MiB",
        "xl/worksheets/sheet1.xml",
        "--max-unpacked allows",
    ]);
    // One short text, and a table that repeats it.
    let merged = "<mergeCells><mergeCell ref=\"B1:XFD1048576\"/></mergeCells>";
    let word = inline("<is><t>word</t></is>");
    let row = [AGENT, word];
    let many: Vec<&[(&str, &str)]> = vec![&row; 1000];
    let spread = raw("", &[("name=\"Plan\"", &(raw_rows(&many) + merged))]);
    let outcome = check(&spread, &["--max-unpacked", "2M"]).exits(3);
    outcome.says(&["unpacks to more than 2 MiB", "sheet `Plan`"]);
    check(&spread, &[]).exits(3);
}

#[test]
fn broken_and_other_workbooks_are_refused() {
    let whole = teams();
    for length in [40, whole.len() / 2, whole.len() - 30] {
        check(&whole[..length], &[]).exits(3).says(&["damaged", "save it as xlsx"]);
    }
    let without = |name: &str| {
        let rows = raw_rows(&[&[AGENT, START, END]]);
        let mut parts = parts("", &[("name=\"Plan\"", &rows)]);
        parts.retain(|(known, _)| known != name);
        zipped(&parts)
    };
    for name in ["xl/worksheets/sheet1.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"] {
        check(without(name), &[]).exits(3).says(&["damaged"]);
    }
    let part = |name: &str| (name.to_owned(), "x".to_owned());
    for (parts, says) in [
        (vec![part("[Content_Types].xml"), part("xl/workbook.bin")], "(xlsb)"),
        (vec![part("content.xml"), part("META-INF/manifest.xml")], "an OpenDocument file"),
        (vec![part("word/document.xml")], "a zip archive that is not a workbook"),
    ] {
        check(zipped(&parts), &[]).exits(3).says(&[says]);
    }
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest";
    check(old, &[]).exits(3).says(&["an old Excel workbook", "save it as xlsx"]);
}

#[test]
fn workbooks_come_from_anywhere() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&teams()).expect("memory can be written");
    let packed = packed.finish().expect("memory can be written");
    let folder = Folder::new().with("exports/week.xlsx.gz", &packed).with("exports/README.md", "x");
    let outcome = folder.run(&["check", "exports", "--tz", "UTC"]).exits(1);
    outcome.says(&["exports/week.xlsx.gz:Shifts!E3"]);
    folder.run(&["inspect", "exports", "--tz", "UTC"]).says(&["Shifts: xlsx in gzip, UTF-8"]);
    // A copy beside it is read once, as any file of a directory is.
    let folder = folder.with("exports/week (1).xlsx", teams());
    let outcome = folder.run(&["check", "exports", "--tz", "UTC"]).exits(1);
    outcome.says(&["2 errors in 6 records", "holds the same bytes as"]);
    let args = ["check", "-", "--tz", "UTC", "--stdin-name", "week.xlsx"];
    for bytes in [teams(), packed] {
        let mut command = folder.command(&args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(&bytes).expect("it listens");
        let output = child.wait_with_output().expect("it ends");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{out}");
        assert!(out.contains("week.xlsx:Shifts!E2"), "{out}");
    }
    let report = shiftlint::Check::new().batch("week.xlsx", teams()).zone("UTC").run();
    let report = report.expect("sound settings");
    let record = report.findings().next().and_then(|finding| finding.records().last());
    assert_eq!(record.and_then(|record| record.cell()).as_deref(), Some("E5"));
}

#[test]
fn the_format_can_be_forced_and_forbidden() {
    check(teams(), &["--input-format", "xlsx"]).exits(1);
    check(teams(), &["--input-format", "csv"]).exits(3).says(&["Excel workbook"]);
    check("agent,start,end\n", &["--input-format", "xlsx"])
        .exits(3)
        .says(&["is not an Excel workbook"]);
    // An encoding is that of text.
    check(teams(), &["--encoding", "windows-1252"]).exits(1);
}

#[test]
fn records_name_sheet_and_cell_in_json() {
    let report = check(teams(), &["--format", "json"]).exits(1).report();
    let record = &report["findings"][1]["records"][1];
    let key = |name: &str| record[name].clone();
    assert_eq!((key("path"), key("sheet")), ("week.xlsx".into(), "Shifts".into()));
    assert_eq!((key("cell"), key("line")), ("E3".into(), 3.into()));
    let sheets: Vec<_> = report["inputs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|input| (input["path"].clone(), input["sheet"].clone()))
        .collect();
    assert!(sheets.contains(&("week.xlsx".into(), "Time Off".into())), "{sheets:?}");
    let csv = "agent,start,end\nanna,2026-03-09T08:00,2026-03-09T16:00\n";
    let report = check(csv, &["--format", "json"]).report();
    assert!(report["inputs"][0].get("sheet").is_none(), "{report}");
}

#[test]
fn cells_with_line_breaks_do_not_move_rows() {
    let plan = rows(&[
        "agent|start|end|note",
        "anna|2026-03-09T08:00|2026-03-09T16:00|one\r\ntwo\nthree, \"four\"",
        "",
        "anna|2026-03-09T15:00|2026-03-09T20:00|{x}",
    ]);
    let outcome = check(book(&[("[x", rows(&["[1]|2"])), ("Plan", plan)][1..]), &[]).exits(1);
    outcome.says(&["week.xlsx:Plan!B2", "week.xlsx:Plan!B4", "one two three"]);
}
