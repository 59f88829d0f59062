//! Names that a person takes for one and a server does not.

use crate::program::{Folder, Outcome, shifts};
use crate::world::random::Dice;

const MORNING: &str = "2026-03-02T08:00Z,2026-03-02T12:00Z";
const MIDDAY: &str = "2026-03-02T10:00Z,2026-03-02T14:00Z";

fn row(agent: &str, id: &str, times: &str) -> String {
    format!("{agent},{id},{times}")
}

/// The notes of the inputs, each with the name of its file.
fn notes(outcome: &Outcome) -> Vec<String> {
    let report = outcome.report();
    let inputs = report["inputs"].as_array().expect("inputs");
    let of_input = |input: &serde_json::Value| -> Vec<String> {
        let notes = input["notes"].as_array().expect("notes").clone();
        let name = input["path"].as_str().expect("a path").to_owned();
        notes.iter().map(|note| format!("{name}: {}", note.as_str().expect("text"))).collect()
    };
    inputs.iter().flat_map(of_input).collect()
}

fn check(batch: &[String], live: &[String], more: &[&str]) -> Outcome {
    let text = |rows: &[String]| shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let folder = Folder::new().with("batch.csv", text(batch)).with("live.csv", text(live));
    let args = ["check", "batch.csv", "--published", "live.csv", "--format", "json"];
    folder.run(&[&args[..], more].concat())
}

/// What ID106 says, in the order of the report.
fn spelled(outcome: &Outcome) -> Vec<String> {
    let report = outcome.report();
    let findings = report["findings"].as_array().expect("findings").clone();
    let own = findings.iter().filter(|finding| finding["rule"] == "ID106");
    own.map(|finding| finding["message"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn agents_in_two_spellings_are_reported_each() {
    let batch =
        [row("Anna", "s-1", MORNING), row("ben", "s-2", MORNING), row("CARL", "s-3", MORNING)];
    let live = [
        row("dora", "p-0", MORNING),
        row("ANNA", "p-1", MIDDAY),
        row("Ben", "p-2", MIDDAY),
        row("CARL", "p-3", MIDDAY),
    ];
    let told = spelled(&check(&batch, &live, &[]).exits(1));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("`Anna` (batch.csv:2) and `ANNA` (live.csv:3): each"), "{told:?}");
    assert!(told[1].contains("`ben` (batch.csv:3) and `Ben` (live.csv:4): each"), "{told:?}");
    for jobs in ["1", "2", "5"] {
        assert_eq!(spelled(&check(&batch, &live, &["--jobs", jobs])), told);
    }
    assert_eq!(spelled(&check(&batch, &live, &["--ignore", "ID106"]).exits(1)), [""; 0]);
}

#[test]
fn folded_agents_are_one_and_their_overlaps_are_found() {
    let batch = [row("Anna", "s-1", MORNING), row("007", "s-2", MORNING)];
    let live = [row("ANNA", "p-1", MIDDAY), row("7.0", "p-2", MIDDAY)];
    let outcome = check(&batch, &live, &["--fold-agents"]).exits(1);
    assert_eq!(spelled(&outcome), [""; 0]);
    let report = outcome.report();
    assert_eq!(
        (&report["summary"]["rules"]["OV104"], &report["summary"]["agents"]),
        (&2.into(), &2.into())
    );
    let rules = &check(&batch, &live, &[]).exits(0).report()["summary"]["rules"];
    assert_eq!((&rules["OV104"], &rules["ID106"]), (&serde_json::Value::Null, &2.into()));
}

/// A program that groups the digits of numbers has done so with all ids of the file.
#[test]
fn grouped_digits_make_a_file_of_strangers() {
    let (batch, live) = ([row("1001", "s-1", MORNING)], [row("\"1,001\"", "p-1", MIDDAY)]);
    let outcome = check(&batch, &live, &[]).exits(3);
    assert!(outcome.out.contains("RD113"), "{}", outcome.told());
    assert_eq!(spelled(&outcome).len(), 1, "{}", outcome.told());
}

#[test]
fn names_that_look_the_same_are_two_spellings() {
    for (one, other, alike) in [
        ("Anna Lee", "\"Lee, Anna\"", true),
        ("O'Brien", "O\u{2019}Brien", true),
        ("Anne-Marie", "Anne\u{2013}Marie", true),
        ("Anne-Marie", "Anne\u{2011}Marie", true),
        ("anna", "\u{430}nna", true),
        ("anna@example.com", "mailto:anna@example.com", true),
        ("Anna Lee", "LEE Anna", true),
        ("Ana Lee-Smith", "Ana Lee Smith", true),
        ("Müller", "Mueller", true),
        ("José Pérez", "Jose Perez", true),
        ("Dr. Anna Lee", "Anna Lee", true),
        ("Emp001", "Emp001 (OT)", true),
        ("Emp001", "Emp001*", true),
        ("A-17", "A 17", false),
        ("K-1*2", "K-1", false),
        ("Agent (1)", "Agent (2)", false),
        ("Anne-Marie", "Annemarie", false),
        ("Ivan", "\u{418}ван", false),
    ] {
        let (batch, live) = ([row(one, "s-1", MORNING)], [row(other, "p-1", MIDDAY)]);
        let told = spelled(&check(&batch, &live, &[]).exits(0));
        assert_eq!(told.len(), usize::from(alike), "{one} {other}: {told:?}");
        let folded = check(&batch, &live, &["--fold-agents"]);
        assert_eq!(folded.code, Some(i32::from(alike)), "{one} {other}: {}", folded.told());
    }
}

#[test]
fn brackets_that_differ_may_name_two_agents() {
    let batch = [row("Anna Lee (100)", "s-1", MORNING)];
    let live = [row("Anna Lee (200)", "p-1", MIDDAY)];
    assert_eq!(spelled(&check(&batch, &live, &[]).exits(0)), [""; 0]);
    let live = [row("Anna Lee", "p-1", MIDDAY)];
    assert_eq!(spelled(&check(&batch, &live, &[]).exits(0)).len(), 1);
}

#[test]
fn names_that_the_list_of_agents_has_in_another_spelling_are_reported() {
    let text = |rows: &[String]| shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let list = "agent,name\n7,Anna Lee\nBEN@x.com,Ben Ito\nbob,Bob Ray (100)\n";
    let run = |live: &str, more: &[&str]| {
        let folder = Folder::new()
            .with("batch.csv", text(&[row("7", "s-1", MORNING)]))
            .with("live.csv", text(&[row(live, "p-1", MIDDAY)]))
            .with("agents.csv", list);
        let args = ["check", "batch.csv", "--published", "live.csv", "--agents", "agents.csv"];
        folder.run(&[&args[..], &["--format", "json"], more].concat())
    };
    for (live, listed) in [
        ("anna lee", "Anna Lee"),
        ("LEE ANNA", "Anna Lee"),
        ("Anna  Lee", "Anna Lee"),
        ("ben@x.com", "BEN@x.com"),
        ("ben ito", "Ben Ito"),
        ("Bob Ray", "Bob Ray (100)"),
    ] {
        let told = spelled(&run(live, &[]));
        let expected = format!("`{live}` (live.csv:2) and `{listed}` in `--agents`: ");
        assert!(told.len() == 1 && told[0].contains(&expected), "{live}: {told:?}");
        assert_eq!(spelled(&run(live, &["--fold-agents"])), [""; 0], "{live}");
    }
    for live in ["Anna Lee", "Ben Ito", "7", "A. Lee", "Anna", "carl", "Bob Ray (200)"] {
        assert_eq!(spelled(&run(live, &[])), [""; 0], "{live}");
    }
}

#[test]
fn spellings_are_told_only_where_the_batch_has_one() {
    let batch = [row("ben", "s-2", MORNING)];
    let live =
        [row("Anna", "p-1", MORNING), row("anna", "p-2", MORNING), row("ZOË", "p-3", MORNING)];
    assert_eq!(spelled(&check(&batch, &live, &[]).exits(0)), [""; 0]);
    let batch = [row("zoe\u{308}", "s-2", MORNING)];
    let told = spelled(&check(&batch, &live, &[]).exits(0));
    assert!(told[0].contains(" and `ZOË` (live.csv:4)"), "{told:?}");
}

#[test]
fn uuids_in_capitals_are_counted_to_the_last() {
    let uuid = |number: usize| format!("0d5a1c2e-8b1f-4e7a-9c3d-{number:012x}");
    let live: Vec<String> =
        (0..8000).map(|at| row(&uuid(at), &format!("p-{at}"), MORNING)).collect();
    let batch: Vec<String> =
        (0..8000).map(|at| row(&uuid(at).to_uppercase(), &format!("s-{at}"), MIDDAY)).collect();
    let some_letter = (0..8000).filter(|at| uuid(*at) != uuid(*at).to_uppercase()).count();
    for jobs in ["1", "3"] {
        let report =
            check(&batch, &live, &["--jobs", jobs, "--max-findings", "10"]).exits(0).report();
        assert_eq!(report["summary"]["rules"]["ID106"], some_letter);
    }
}

/// Random names against their canonical spellings, one by one.
#[test]
fn pairs_of_spellings_are_those_that_brute_force_finds() {
    const NAMES: [&str; 12] = [
        "Anna",
        "anna",
        "ANNA ",
        "an na",
        "7",
        "007",
        "7.0",
        "70",
        "zoë",
        "zoe\u{308}",
        "ZOË",
        "ben",
    ];
    let plain = |name: &str| match name.trim() {
        "Anna" | "ANNA" => "anna".to_owned(),
        "007" | "7.0" => "7".to_owned(),
        "zoe\u{308}" | "ZOË" => "zoë".to_owned(),
        name => name.to_owned(),
    };
    let mut dice = Dice::new(7);
    let mut next = |below: usize| dice.below(below as i64) as usize;
    for _ in 0..40 {
        let mut names =
            |count: usize| -> Vec<&str> { (0..count).map(|_| NAMES[next(NAMES.len())]).collect() };
        let (sent, there) = (names(4), names(3));
        let rows = |names: &[&str], from: &str| -> Vec<String> {
            let row = |(at, name): (usize, &&str)| row(name, &format!("{from}{at}"), MORNING);
            names.iter().enumerate().map(row).collect()
        };
        let all: std::collections::BTreeSet<&str> =
            sent.iter().chain(&there).map(|name| name.trim()).collect();
        let in_batch: std::collections::BTreeSet<String> =
            sent.iter().map(|name| plain(name)).collect();
        let expected: usize = in_batch
            .iter()
            .map(|name| all.iter().filter(|other| plain(other) == *name).count() - 1)
            .sum();
        let report = check(&rows(&sent, "s"), &rows(&there, "p"), &[]).report();
        let found = report["summary"]["rules"]["ID106"].as_u64().unwrap_or(0);
        assert_eq!(found, expected as u64, "{sent:?} {there:?}");
    }
}

#[test]
fn an_id_with_blanks_takes_the_place_of_no_other() {
    let batch = [
        row("anna", "\" s-1\"", MORNING),
        row("anna", "\"s-2 \"", "2026-03-03T08:00Z,2026-03-03T09:00Z"),
    ];
    let live = [row("anna", "s-1", MIDDAY)];
    let outcome = check(&batch, &live, &["--ignore", "RC108"]).exits(1);
    assert_eq!(outcome.report()["inputs"][1]["replaced"], 0);
    assert_eq!(outcome.report()["findings"][0]["records"][0]["id"], " s-1");
    let told = notes(&outcome);
    assert_eq!(
        told,
        [
            "batch.csv: 2 ids have spaces around them, such as ` s-1` (line 2), and are not the same as \
          without: remove the spaces if they mean nothing"
        ]
    );
    let alike = check(&batch, &[row("anna", "\" s-1\"", MIDDAY)], &[]).exits(0);
    assert_eq!(alike.report()["inputs"][1]["replaced"], 1);
}

#[test]
fn every_format_says_how_many_records_are_replaced() {
    let rows = [row("anna", "s-1", MORNING), row("ben", "s-2", MORNING)].join("\n");
    let folder =
        Folder::new().with("batch.csv", shifts(&[&rows])).with("live.csv", shifts(&[&rows]));
    let args = ["check", "batch.csv", "--published", "live.csv", "--format"];
    for (format, words) in [
        ("text", "2 skipped: 2 replaced"),
        ("table", "2 skipped: 2 replaced"),
        ("json", "\"replaced\":2"),
    ] {
        folder.run(&[&args[..], &[format]].concat()).exits(0).says(&[words]);
    }
}

#[test]
fn ids_in_two_spellings_are_told_with_their_number() {
    let batch = [
        row("ann", "s-1", MORNING),
        row("ben", "S-2", MORNING),
        row("carl", "S-3", MORNING),
        row("dora", "S-4", MORNING),
        row("eva", "S-5", MORNING),
    ];
    let later = MORNING.replace("03-02", "03-03");
    let live = [
        row("ann", "S-1", &later),
        row("ben", "s-2", &later),
        row("carl", "S-3", &later),
        row("dora", "p-4", &later),
    ];
    let told = notes(&check(&batch, &live, &[]).exits(0));
    let [note] = &told[..] else { panic!("one note: {told:?}") };
    let expected = "live.csv: 2 ids are spelled in two ways, such as `S-1` (line 2) and `s-1` \
                    (batch.csv:2); ";
    assert!(note.starts_with(expected), "{note}");
    for jobs in ["1", "2", "5"] {
        assert_eq!(notes(&check(&batch, &live, &["--jobs", jobs])), told);
    }
    // Two spellings within the batch, or within what is published, are two ids.
    let own = [row("ann", "s-1", MORNING), row("ann", "S-1", &later)];
    assert_eq!(notes(&check(&own, &live[3..], &[]).exits(0)), [""; 0]);
    assert_eq!(notes(&check(&batch[3..], &own, &[]).exits(0)), [""; 0]);
}

#[test]
fn time_off_of_everybody_is_a_doubt() {
    let run = |agent: &str, list: Option<&str>| {
        let off = shifts(&[&row(agent, "t-1", MIDDAY)]);
        let folder = Folder::new()
            .with("batch.csv", shifts(&[&row("ben", "s-1", MORNING)]))
            .with("off.csv", off)
            .with("agents.csv", list.unwrap_or("agent\nben\n"));
        let args = ["check", "batch.csv", "--time-off", "off.csv"];
        folder.run(
            &[&args[..], if list.is_some() { &["--agents", "agents.csv"] } else { &[] }].concat(),
        )
    };
    for word in ["All", "ALLE", "*", "Everyone", "everybody", "Tous", "Todos"] {
        run(word, None).exits(3).says(&["[RD107]", &format!("is `{word}`")]);
    }
    for word in ["Team A", "All nurses", "Alle Mitarbeiter", "staff", "Sales team", "TEAM B"] {
        run(word, None).exits(3).says(&["[RD107]", &format!("is `{word}`")]);
        run(word, Some(&format!("agent\nben\n{word}\n"))).exits(0);
    }
    for name in ["Allen", "Todosio", "al", "Anna Crew", "Teamer B"] {
        run(name, None).exits(0);
    }
    run("All", Some("agent\nben\nAll\n")).exits(0);
    let batch = [row("All", "s-1", MORNING)];
    check(&batch, &[row("ben", "p-1", MIDDAY)], &[]).exits(0);
    // A group that has shifts of its own.
    let folder = Folder::new()
        .with("batch.csv", shifts(&[&row("Team A", "s-1", MORNING), &row("ben", "s-2", MORNING)]))
        .with("off.csv", shifts(&[&row("Team A", "t-1", MIDDAY)]));
    folder.run(&["check", "batch.csv", "--time-off", "off.csv"]).never_says(&["RD107"]);
}

#[test]
fn statuses_of_what_is_dead_are_skipped() {
    let run = |file: &str, option: &str, status: &str| {
        let batch = format!("{}\n", shifts(&[&row("ben", "s-1", MORNING)]).trim_end());
        let side = format!("agent,id,start,end,status\n{},{status}\n", row("ben", "p-1", MIDDAY));
        let folder = Folder::new().with("batch.csv", batch).with(file, side);
        folder.run(&["check", "batch.csv", option, file, "--format", "json"])
    };
    for status in ["not approved", "Declined - staffing", "DENIED_BY_MANAGER", "Storno genehmigt"] {
        run("off.csv", "--time-off", status).exits(0);
    }
    for status in ["Cancellation denied", "not yet approved", "Archived", "approved"] {
        run("off.csv", "--time-off", status).exits(1);
    }
    for status in ["Superseded", "Swapped out", "Ersetzt", "Archived", "Moved to Tuesday"] {
        run("live.csv", "--published", status).exits(0);
    }
    for status in ["Night", "Swap declined", "Moved from Monday", "approved"] {
        run("live.csv", "--published", status).exits(1);
    }
}
