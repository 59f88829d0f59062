//! Tables whose lines were joined with those of others, or lost their ends.

use crate::program::{Folder, Outcome};

const HEADER: &str = "Employee,Date,Start,End";

fn check(text: &str) -> Outcome {
    Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "Europe/Berlin"])
}

/// The header of the second file of two is skipped, however it is written.
#[test]
fn a_repeated_header_may_differ_in_case_and_have_a_mark() {
    for header in [HEADER, "employee,date,start,end", "\u{feff}Employee,Date,Start,End"] {
        let days = ["2026-03-02", "2026-03-03"].map(|day| format!("ann,{day},08:00,16:00"));
        let text = format!("{HEADER}\n{}\n{header}\n{}\n", days[0], days[1]);
        check(&text).exits(0).says(&["1 header"]);
    }
    let text = format!("{HEADER}\nann,2026-03-02,08:00,16:00\nDate,Employee,Start,End\n");
    check(&text).exits(3).says(&["[RD115]"]);
}

/// A table in one line has its records in its header.
#[test]
fn a_header_that_holds_times_is_no_empty_table() {
    let folder = |off: &str| {
        let batch = format!("{HEADER}\nann,2026-03-02,08:00,16:00\n");
        Folder::new().with("batch.csv", batch).with("off.csv", off)
    };
    let run = |off: &str| {
        folder(off).run(&["check", "batch.csv", "--time-off", "off.csv", "--tz", "Europe/Berlin"])
    };
    for end in [" ", "\u{85}", "\u{2028}"] {
        let off = format!("Employee,Start,End,Status{end}ann,2026-03-02,2026-03-02,approved{end}");
        run(&off).exits(3).says(&["off.csv", "`2026-03-02` in that is a time"]);
    }
    run("Employee,Start,End,Status\n").exits(0);
}
