//! Rosters in the shapes that programs and people write: each passes without a doubt, and
//! with one more line that overlaps another it is never clean.

use crate::program::Folder;

/// A table: its header, its records, and one or two more that make an overlap.
struct Roster {
    header: &'static str,
    records: &'static [&'static str],
    overlap: &'static [&'static str],
}

const ROSTERS: &[Roster] = &[
    Roster {
        header: "Employee,Location,Department,Role,Date,Start Time,End Time,Unpaid Break,Notes",
        records: &[
            "Ann Lee,Main,FOH,Server,2026-03-02,9:00 AM,5:00 PM,30,",
            "Ben Ray,Main,BOH,Cook,2026-03-02,4:00 PM,11:00 PM,30,",
        ],
        overlap: &["Ann Lee,Main,BOH,Cook,2026-03-02,4:30 PM,9:00 PM,0,"],
    },
    Roster {
        header: "First Name,Last Name,Email,Employee Code,Position,Job Site,Date,Start Time,End Time,Unpaid Break,Scheduled Hours,Notes",
        records: &[
            "Ann,Lee,a@x.org,17,Cook,Main,03/02/2026,9:00am,5:00pm,0,8,",
            "Ben,Ray,b@x.org,18,Cook,Main,03/13/2026,9:00am,5:00pm,0,8,",
        ],
        overlap: &["Ann,Lee,a@x.org,17,Cook,Main,03/02/2026,4:00pm,9:00pm,0,5,"],
    },
    Roster {
        header: "Shift ID,Position,Employee,EID,Start Day,Start Time,End Day,End Time,Length,Created By",
        records: &[
            "9001,Nurse,Ann Lee,17,2026-03-02,21:00,2026-03-03,05:00,8,Ben Ray",
            "9002,Nurse,Ben Ray,18,2026-03-03,09:00,2026-03-03,17:00,8,Ann Lee",
        ],
        overlap: &["9003,Nurse,Ann Lee,17,2026-03-03,04:00,2026-03-03,09:00,5,Ben Ray"],
    },
    Roster {
        header: "Name,Position,Location,Date,Scheduled start,Scheduled end,Clock in,Clock out,Break,Overtime",
        records: &[
            "Ann Lee,Bar,Main,2026-03-02,09:00,17:00,08:58,17:12,30,0:12",
            "Ben Ray,Bar,Main,2026-03-02,16:00,23:00,15:58,23:05,30,",
        ],
        overlap: &["Ann Lee,Bar,Main,2026-03-02,16:00,18:00,,,,"],
    },
    Roster {
        header: "Employee,Employee group,Shift type,Date,From,To,Break (min),Status,Approved by",
        records: &[
            "Ann Lee,Kitchen,Normal,02.03.2026,09:00,17:00,30,Approved,Ben Ray",
            "Ben Ray,Kitchen,Normal,13.03.2026,09:00,17:00,30,Approved,Ann Lee",
        ],
        overlap: &["Ann Lee,Bar,Normal,02.03.2026,16:30,18:00,0,Approved,Ben Ray"],
    },
    Roster {
        header: "Associate ID,Associate Name,Work Date,Shift Start,Shift End,Meal Start,Meal End,Scheduled Hours,Pay Code,Week Ending",
        records: &[
            "A1,Ann Lee,03/02/2026,8:00 AM,4:30 PM,12:00 PM,12:30 PM,8.0,REG,03/07/2026",
            "A2,Ben Ray,03/13/2026,8:00 AM,4:30 PM,12:00 PM,12:30 PM,8.0,REG,03/14/2026",
        ],
        overlap: &["A1,Ann Lee,03/02/2026,4:00 PM,8:00 PM,,,4.0,REG,03/07/2026"],
    },
    Roster {
        header: "Person Number,Full Name,Shift Date,Shift Start Time,Shift End Time,Segment Type,Job Transfer,Schedule Group,Last Updated,Updated By",
        records: &[
            "100017,\"Lee, Ann\",2026-03-02,07:00,15:30,Regular,,ICU,2026-02-20 10:00,100018",
            "100018,\"Ray, Ben\",2026-03-02,15:00,23:30,Regular,,ICU,2026-02-20 10:00,100017",
        ],
        overlap: &[
            "100017,\"Lee, Ann\",2026-03-02,15:00,19:00,Regular,,ER,2026-02-20 10:00,100018",
        ],
    },
    Roster {
        header: "Worker,Employee ID,Scheduled Date,Scheduled In Time,Scheduled Out Time,Meal In,Meal Out,Scheduled Quantity,Shift Label,Manager",
        records: &[
            "Ann Lee,1001,2026-03-02,08:00,16:00,12:00,12:30,7.5,Day,Ben Ray",
            "Ben Ray,1002,2026-03-02,08:00,16:00,12:00,12:30,7.5,Day,Cara Fox",
        ],
        overlap: &["Ann Lee,1001,2026-03-02,15:30,20:00,,,4.5,Eve,Ben Ray"],
    },
    Roster {
        header: "Personalnr;Name;Vorname;Datum;Wochentag;Schicht;Beginn;Ende;Pause von;Pause bis;Soll;Bemerkung",
        records: &[
            "1001;Lee;Anna;02.03.2026;Mo;F;06:00;14:00;10:00;10:30;7,5;",
            "1002;Ray;Ben;13.03.2026;Fr;S;14:00;22:00;18:00;18:30;7,5;",
        ],
        overlap: &["1001;Lee;Anna;02.03.2026;Mo;Z;13:00;18:00;;;5,0;"],
    },
    Roster {
        header: "Mitarbeiter;Datum;Von 1;Bis 1;Von 2;Bis 2",
        records: &[
            "Anna;02.03.2026;08:00;12:00;14:00;18:00",
            "Ben;13.03.2026;08:00;12:00;14:00;18:00",
        ],
        overlap: &["Anna;02.03.2026;17:00;19:00;;"],
    },
    Roster {
        header: "Empleado;Fecha;Turno;Hora inicio;Hora fin;Hora inicio 2;Hora fin 2;Horas;Observaciones",
        records: &[
            "Ana;02/03/2026;M;08:00;12:00;16:00;20:00;8;",
            "Benito;13/03/2026;M;08:00;12:00;16:00;20:00;8;",
        ],
        overlap: &["Ana;02/03/2026;T;19:00;22:00;;;3;"],
    },
    Roster {
        header: "Empleado;Fecha;Entrada;Salida;Horas extra",
        records: &["Ana;02/03/2026;08:00;16:00;", "Benito;13/03/2026;08:00;16:00;2"],
        overlap: &["Ana;02/03/2026;18:00;19:00;19:00-21:00"],
    },
    Roster {
        header: "Staff,Date,Early,Late,Night,Start,Finish",
        records: &["Ann,2026-03-02,x,,,07:00,15:00", "Ben,2026-03-02,,x,,15:00,23:00"],
        overlap: &["Ann,2026-03-02,,x,,14:00,20:00"],
    },
    Roster {
        header: "Teacher,Room,Date,Start,End,Also teaches,Class",
        records: &["Ann,101,2026-03-02,08:00,09:30,,5a", "Ben,102,2026-03-02,08:00,09:30,,5b"],
        overlap: &[
            "Ben,102,2026-03-02,10:00,11:00,,5b",
            "Ann,101,2026-03-02,10:00,11:00,10:30-11:30,5a",
        ],
    },
    Roster {
        header: "Shift Date,Start,End,Nurse,Physician,Patient,Room",
        records: &[
            "2026-03-02,08:00,16:00,Ann,Xa,Pat1,12",
            "2026-03-02,08:00,16:00,Ben,Ya,Pat2,13",
        ],
        overlap: &["2026-03-02,09:00,10:00,Cara,Ann,Pat3,14"],
    },
    Roster {
        header: "Crew member,Date,Call,Start,End,Curtain,Wrap",
        records: &[
            "Ann,2026-03-02,17:30,18:00,23:00,19:30,22:45",
            "Ben,2026-03-02,17:30,18:00,23:00,19:30,22:45",
        ],
        overlap: &["Ann,2026-03-02,21:30,22:00,23:30,22:10,23:00"],
    },
    Roster {
        header: "Driver,Date,Sign on,Sign off,Start,Finish,Split on,Split off",
        records: &[
            "Ann,2026-03-02,05:45,13:50,06:00,13:45,,",
            "Ben,2026-03-02,13:45,21:50,14:00,21:45,,",
        ],
        overlap: &["Ann,2026-03-02,,,14:00,15:00,16:00,19:00", "Ann,2026-03-02,,,18:00,20:00,,"],
    },
    Roster {
        header: "Guard,Post,Date,Start,End,Relieved by",
        records: &["Ann,G1,2026-03-02,08:00,16:00,Ben", "Ben,G1,2026-03-02,16:00,23:00,Cy"],
        overlap: &["Ann,G2,2026-03-02,15:00,18:00,"],
    },
    Roster {
        header: "Employee,Date,Start,End,Regular,Overtime,Doubletime,Total",
        records: &[
            "Ann,2026-03-02,08:00,18:00,8:00,2:00,0:00,10:00",
            "Ben,2026-03-02,22:00,06:00,8:00,0:00,0:00,8:00",
        ],
        overlap: &["Ann,2026-03-02,17:00,19:00,2:00,0:00,0:00,2:00"],
    },
];

fn check(roster: &Roster, rows: &[&[&str]]) -> crate::program::Outcome {
    let text = format!("{}\n{}\n", roster.header, rows.concat().join("\n"));
    Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "UTC"])
}

#[test]
fn ordinary_rosters_pass_and_no_overlap_in_them_does() {
    for roster in ROSTERS {
        let clean = check(roster, &[roster.records]);
        assert_eq!(clean.code, Some(0), "{}: {}", roster.header, clean.told());
        let found = check(roster, &[roster.records, roster.overlap]);
        let told = found.told();
        assert!(matches!(found.code, Some(1 | 3)), "{}: {told}", roster.header);
    }
}

/// Time off beside two shifts on 4 March: the header, and a record for the days in `{}`.
const ABSENCES: &[(&str, &str)] = &[
    (
        "Employee Name,Type,From,To,Requested,Status,Created,Approved By",
        "Ann Lee,Vacation,{},{},8,approved,2026-01-02,Ben Ray",
    ),
    (
        "Employee,Absence type,Start date,End date,Half day start,Half day end,Days,Substitute,Approved on",
        "Ann Lee,Paid vacation,{},{},,,1,Ben Ray,2026-02-01",
    ),
    (
        "Worker,Time Off Type,First Day of Leave,Last Day of Leave,Estimated Last Day of Leave,Actual Last Day of Leave",
        "Ann Lee,Vacation,{},{},{},{}",
    ),
    (
        "Mitarbeiter;Art;Von;Bis;Tage;Genehmigt von;Genehmigt am;Vertretung",
        "Ann Lee;Urlaub;{};{};1;Ben Ray;2026-02-01;Ben Ray",
    ),
    (
        "Salarié;Type;Du;Au;Nb jours;Validé par;Validé le",
        "Ann Lee;Congé;{};{};1;Ben Ray;2026-02-01",
    ),
    ("Employee,Start,End,Status,deleted_at", "Ann Lee,{} 00:00,{} 23:59,approved,"),
];

#[test]
fn ordinary_absences_pass_and_no_overlap_with_them_does() {
    let shifts = "agent,start,end\nAnn Lee,2026-03-04 08:00,2026-03-04 16:00\n\
                  Ben Ray,2026-03-04 08:00,2026-03-04 16:00\n";
    let args = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "UTC"];
    for (header, record) in ABSENCES {
        let run = |days: [&str; 2]| {
            let records = days.map(|day| record.replace("{}", day)).join("\n");
            let off = format!("{header}\n{records}\n");
            let folder = Folder::new().with("batch.csv", shifts).with("off.csv", off);
            folder.run(&[&args[..], &["--ignore", "ID107,RC108"]].concat())
        };
        let clean = run(["2026-03-09", "2026-03-17"]);
        assert_eq!(clean.code, Some(0), "{header}: {}", clean.told());
        run(["2026-03-09", "2026-03-04"]).exits(1).says(&["[OV201]"]);
    }
}

#[test]
fn an_absence_in_the_place_of_hours_is_a_day_of_time_off() {
    let check = |rows: &str| {
        let text = format!("Employee,Date,Start,End\n{rows}B1,2026-03-09,15:00,20:00\n");
        let report = Folder::new()
            .with("week.csv", text)
            .run(&["check", "week.csv", "--tz", "UTC", "--format", "json"])
            .report();
        let findings = report["findings"].as_array().expect("findings").iter();
        let codes = findings.map(|finding| finding["rule"].as_str().expect("a code").to_owned());
        (codes.collect::<Vec<_>>().join(" "), report["complete"] == true)
    };
    let shift = "A1,2026-03-09,15:00,20:00\n";
    for (word, expected) in [
        ("PTO,", "OV201"),
        ("Vacation,Vacation", "OV201"),
        // Cells with spaces around them, as some programs write them.
        (" PTO ,", "OV201"),
        (" Vacation, Vacation", "OV201"),
        ("Urlaub,", "OV201"),
        ("Sick,", "OV201"),
        // Nobody who has a shift is at work on another day because of these.
        ("Off,", ""),
        ("RDO,RDO", ""),
        ("-,-", ""),
    ] {
        assert_eq!(
            check(&format!("A1,2026-03-09,{word}\n{shift}")),
            (expected.to_owned(), true),
            "{word}"
        );
        assert_eq!(
            check(&format!("A1,2026-03-10,{word}\n{shift}")),
            (String::new(), true),
            "{word}"
        );
    }
}
