//! Microsoft Teams: sheets of shifts and of time off, saved as CSV.

use crate::program::Folder;

const SHIFTS: &str = "Member,Work Email,Group,Start Date,Start Time,End Date,End Time,Theme Color,\
    Custom Label,Unpaid Break (minutes),Notes,Shared\n\
    \"Fox, Ann\",ann@example.com,Front,3/2/2026,08:00,3/2/2026,16:00,1. Blue,,30,,1. Shared\n";

/// A sheet of time off with these dates and times.
fn time_off(times: &str) -> String {
    format!(
        "Member,Work Email,Start Date,Start Time,End Date,End Time,Time Off Reason,Theme Color\n\
         \"Fox, Ann\",ann@example.com,{times},Vacation,1. Blue\n"
    )
}

#[test]
fn a_sheet_of_time_off_is_time_off_in_a_batch() {
    for (times, code, expected) in [
        ("3/2/2026,,3/2/2026,", 1, "OV201"),
        ("3/2/2026,12:00,3/2/2026,18:00", 1, "OV201"),
        ("3/2/2026,16:00,3/2/2026,18:00", 0, "no conflicts"),
    ] {
        let folder = Folder::new().with("shifts.csv", SHIFTS).with("off.csv", time_off(times));
        for arguments in [
            &["check", "shifts.csv", "off.csv", "--tz", "UTC"][..],
            &["check", "shifts.csv", "--time-off", "off.csv", "--tz", "UTC"],
        ] {
            let outcome = folder.run(arguments).exits(code);
            assert!(outcome.out.contains(expected), "{}", outcome.out);
        }
    }
}
