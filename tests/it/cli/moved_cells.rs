//! Cells of a table that are not where the header says: moved in their line, in a second table
//! beside the first, in lines above and below the records.

use crate::program::Folder;

/// The exit code of a check of a table, and what it says.
#[track_caller]
fn exits(table: &str, code: i32, said: &[&str]) {
    let folder = Folder::new().with("batch.csv", table);
    folder.run(&["check", "batch.csv", "--tz", "UTC"]).exits(code).says(said);
}

const ROWS: &str = "ann,Blue,2026-03-02,09:00,17:00,mia\nbob,Blue,2026-03-02,09:00,17:00,ann\n";

#[test]
fn a_line_without_an_agent_that_holds_one_elsewhere_is_doubted() {
    let table = |line: &str| format!("Agent,Team,Date,Start,End,Manager\n{ROWS}{line}\n");
    for (line, column) in [
        (",ann,2026-03-02,12:00,20:00,mia", "Team"),
        (",Blue,ann,2026-03-02,12:00,20:00", "Date"),
        (",Blue,2026-03-02,12:00,20:00 ,mia\n,ann,2026-03-02,12:00,20:00,mia", "Team"),
    ] {
        let accept = format!("RD106={column}");
        exits(&table(line), 3, &["[RD106]", "the cells may", &accept]);
        let folder = Folder::new().with("batch.csv", table(line));
        let args = ["check", "batch.csv", "--tz", "UTC", "--accept", &accept];
        folder.run(&args).exits(0).says(&["unassigned"]);
    }
    // A number of an agent among dates is one; among other numbers it is none.
    let numbers = "Agent,Cost,Date,Start,End\n47110,10001,2026-03-02,09:00,17:00\n\
                   10001,47110,2026-03-02,09:00,17:00\n";
    exits(&format!("{numbers},47110,2026-03-02,12:00,20:00\n"), 0, &["unassigned"]);
    exits(&format!("{numbers},2026-03-02,47110,12:00,20:00\n"), 3, &["[RD106]", "RD106=Date"]);
}

#[test]
fn a_shift_that_nobody_has_passes() {
    for line in [
        ",Blue,2026-03-02,12:00,20:00,ann",
        ",Blue,2026-03-02,12:00,20:00,",
        "Open,ann,2026-03-02,12:00,20:00,mia",
    ] {
        let table = format!("Agent,Team,Date,Start,End,Manager\n{ROWS}{line}\n");
        exits(&table, 0, &["1 unassigned shift"]);
    }
}

/// Both are read, with the agents and hours of each.
#[test]
fn tables_side_by_side_are_read() {
    for (header, apart) in [
        ("Agent,Date,Start,End,Agent,Date,Start,End", ""),
        ("Agent,Date,Start,End,,Agent,Date,Start,End", ","),
        ("Agent,Date,Start,End,,Name,Day,From,To", ","),
    ] {
        let table = |other: &str| {
            let first = "ann,2026-03-02,09:00,17:00,";
            format!("{header}\n{first}{apart}bob,2026-03-02,09:00,17:00\n{other}\n")
        };
        let beside = format!("cal,2026-03-02,09:00,17:00,{apart}ann,2026-03-02,12:00,20:00");
        exits(&table(&beside), 1, &["[OV101]", "`ann`"]);
        let alone = format!(",,,,{apart}bob,2026-03-02,12:00,20:00");
        exits(&table(&alone), 1, &["[OV101]", "`bob`"]);
        let other = format!("cal,2026-03-02,09:00,17:00,{apart}dan,2026-03-02,12:00,20:00");
        exits(&table(&other), 0, &["4 agents"]);
    }
    // A second start alone is another value of the first.
    exits("Agent,Date,Start,End,Start\nann,2026-03-02,09:00,17:00,09:30\n", 3, &["[RD105]"]);
}

#[test]
fn lines_that_are_no_records_do_not_decide_what_numbers_are() {
    for line in ["Agent,Date,Start,End", "cat,2026-03-02,OFF,OFF", "Total,,,"] {
        let dotted = "ann,2026-03-02,08.00,16.00\nann,2026-03-02,16.00,20.30\n";
        let dotted = format!("Agent,Date,Start,End\n{line}\n{dotted}");
        exits(&dotted, 0, &["are read as clock", "no conflicts: 2 records"]);
        let serial = "ann,46083,0.375,0.75\nann,46083,0.7,0.8\n";
        let line = line.replace("2026-03-02", "46083");
        let serial = format!("Agent,Date,Start,End\n{line}\n{serial}");
        exits(&serial, 1, &["[OV101]", "16:48"]);
    }
}

#[test]
fn sums_and_signatures_below_a_table_are_no_records() {
    let table = "Agent;Date;Start;End\nann;2026-03-02;09:00;17:00\n";
    for foot in [
        "\nTotal;40",
        "Total: 40",
        "Sum,40",
        "Approved by: J. Smith",
        ";;;Approved by J. Smith",
        "Signature: ________",
        "Genehmigt von: J. Schmidt;;;",
    ] {
        exits(&format!("{table}{foot}\n"), 0, &["1 total line"]);
    }
    // Anything else may be a record that has lost its cells.
    for line in ["J. Smith", "bob;2026-03-02", "Approved"] {
        exits(&format!("{table}{line}\n"), 3, &["[RC101]"]);
    }
}

#[test]
fn a_range_of_times_among_codes_is_doubted_wherever_it_is() {
    let rows: String = (0..80).map(|row| format!("a{row},2026-03-02,09:00,17:00,D\n")).collect();
    let table = |code: &str| {
        format!("Agent,Date,Start,End,Shift\n{rows}ann,2026-03-03,,,{code}\nann,2026-03-04,,,OFF\n")
    };
    for code in ["09:00-17:00", "9-17", "0900–1700", "N"] {
        exits(&table(code), 3, &["[RD101]"]);
    }
    for code in ["", "-", "OFF", "1", "n/a"] {
        exits(&table(code), 0, &["2 without hours"]);
    }
}

/// As in tables, a code of a shift without hours is a shift.
#[test]
fn a_code_beside_null_hours_is_a_shift() {
    let check = |said: &str| {
        let day = r#"{"agent":"ann","date":"2026-03-02","start":"09:00","end":"17:00"}"#;
        let text = format!(
            r#"[{day},{{"agent":"ann","date":"2026-03-03","start":null,"end":null,{said}}}]"#
        );
        let folder = Folder::new().with("batch.json", text);
        folder.run(&["check", "batch.json", "--tz", "UTC"])
    };
    for said in [
        r#""code":"Night""#,
        r#""shiftCode":"N""#,
        r#""shift":{"code":"N"}"#,
        r#""turno":"N""#,
        r#""shiftName":"Early""#,
        r#""shift":"9-17""#,
    ] {
        check(said).exits(3).says(&["[RD101]"]);
    }
    for said in [
        r#""code":"OFF""#,
        r#""code":null"#,
        r#""shift":"-""#,
        r#""shiftCode":"off""#,
        r#""code":"RN""#,
        r#""note":"Night""#,
    ] {
        check(said).exits(0).says(&["1 without hours"]);
    }
}
