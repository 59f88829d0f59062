//! What side files cover of the batch, and files of other agents.

use crate::program::{Folder, Outcome, shifts};
use crate::world::random::Dice;
use std::collections::BTreeSet;

fn row(agent: &str, id: &str, day: usize, days: usize) -> String {
    let date = |day: usize| format!("2026-03-{day:02}T08:00:00Z");
    format!("{agent},{id},{},{}", date(day), date(day + days))
}

fn check(batch: &[String], live: &[String], more: &[&str]) -> Outcome {
    let text = |rows: &[String]| shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let folder = Folder::new().with("batch.csv", text(batch)).with("live.csv", text(live));
    let args = ["check", "batch.csv", "--published", "live.csv", "--format", "json"];
    folder.run(&[&args[..], more].concat())
}

/// Random schedules: agents and days are those that sets show.
#[test]
fn coverage_is_what_sets_of_agents_and_days_show() {
    let mut dice = Dice::new(11);
    let mut next = |below: usize| dice.below(below as i64) as usize;
    for jobs in ["1", "3"].repeat(15) {
        let mut records = |count: usize| -> Vec<(usize, usize, usize)> {
            (0..count).map(|_| (next(6), 1 + next(20), 1 + next(3))).collect()
        };
        let (sent, live) = (records(6), records(3));
        let rows = |records: &[(usize, usize, usize)], from: &str| -> Vec<String> {
            let each = records.iter().enumerate();
            each.map(|(at, (agent, day, days))| {
                row(&format!("a-{agent}"), &format!("{from}{at}"), *day, *days)
            })
            .collect()
        };
        let report = check(&rows(&sent, "s"), &rows(&live, "p"), &["--jobs", jobs]).report();
        let agents = |records: &[(usize, usize, usize)]| -> BTreeSet<usize> {
            records.iter().map(|(agent, ..)| *agent).collect()
        };
        let days: BTreeSet<usize> = sent.iter().map(|(_, day, _)| *day).collect();
        let first = live.iter().map(|(_, day, _)| *day).min().unwrap_or(0);
        let last = live.iter().map(|(_, day, days)| day + days).max().unwrap_or(0);
        let covered = days.iter().filter(|day| (first..=last).contains(*day)).count();
        let expected = serde_json::json!({
            "agents": agents(&sent).intersection(&agents(&live)).count(),
            "of_agents": agents(&sent).len(),
            "days": covered,
            "of_days": days.len(),
        });
        let input = &report["inputs"][1];
        assert_eq!(input["coverage"], expected, "{sent:?} {live:?}");
        let ended = days.iter().all(|day| *day <= last);
        let begins = sent.iter().map(|(_, day, days)| day + days).max().unwrap_or(0) <= first;
        let rules = &report["summary"]["rules"];
        assert_eq!(rules["RC108"].is_u64(), !ended, "{sent:?} {live:?}");
        assert!(begins || !rules["ID107"].is_u64(), "{sent:?} {live:?}");
    }
}

/// Names of one shape with less or more around them, and a list that knows none of them.
#[test]
fn a_file_that_abridges_its_agents_is_a_doubt() {
    let batch = "agent,start,end\nAnn Ito,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
        Ben Okoro,2026-03-02T08:00Z,2026-03-02T16:00Z\nAITO,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let off = |name: &str| format!("agent,start,end\n{name},2026-03-02,2026-03-03\n");
    let folder = |name: &str| Folder::new().with("batch.csv", batch).with("off.csv", off(name));
    let args = ["check", "batch.csv", "--time-off", "off.csv", "--tz", "UTC"];
    for name in ["Ann", "Okoro", "A. Ito", "1234 - Ann Ito", "CORP\\aito"] {
        folder(name).run(&args).exits(3).says(&["[RD113]", "off.csv"]);
    }
    for name in ["Cy Adler", "Ben Miller"] {
        folder(name).run(&args).exits(0).never_says(&["RD113"]);
    }
    let full_names =
        batch.strip_suffix("AITO,2026-03-02T08:00Z,2026-03-02T16:00Z\n").expect("last");
    let list = "agent,name\n17,Ann Ito\n18,Ben Okoro\n19,Dora Lee\n";
    for (name, code) in [("boko", 3), ("Dora Lee", 0), ("Cy Adler", 0)] {
        let folder = folder(name).with("batch.csv", full_names).with("people.csv", list);
        folder.run(&[&args[..], &["--agents", "people.csv"]].concat()).exits(code);
    }
}

#[test]
fn a_file_with_agents_of_another_form_is_a_doubt() {
    let batch = "agent,start,end\n4711,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let off = |columns: &str, names: &str| {
        format!("agent{columns},start,end\n{names},2026-03-02T08:00Z,2026-03-02T16:00Z\n")
    };
    for (columns, names, expected) in [
        ("", "E4711", "the numbers without the letters before them would match most"),
        ("", "ann@x.com", "nothing of this file was compared"),
        (",reference", "ann@x.com,4711", "column `reference` (time-off) would match most"),
    ] {
        let folder = Folder::new().with("batch.csv", batch).with("off.csv", off(columns, names));
        let args = ["check", "batch.csv", "--time-off", "off.csv"];
        let outcome = folder.run(&args).exits(3);
        let said: String = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("RD113") && said.contains(expected), "{said}");
        folder.run(&[&args[..], &["--accept", "RD113=off.csv"]].concat()).exits(0);
        if !columns.is_empty() {
            folder.run(&[&args[..], &["--map", "time-off:agent=reference"]].concat()).exits(1);
        }
    }
    let folder = Folder::new().with("batch.csv", batch).with("off.csv", off("", "4712"));
    folder.run(&["check", "batch.csv", "--time-off", "off.csv"]).exits(0);
}

#[test]
fn inputs_of_a_batch_that_name_agents_in_different_ways_are_a_doubt() {
    let file = |names: &[&str]| -> String {
        let rows = names.iter().map(|name| format!("{name},2026-03-02T08:00Z,2026-03-02T16:00Z\n"));
        std::iter::once("agent,start,end\n".to_owned()).chain(rows).collect()
    };
    for (files, strange) in [
        (&[&["4711", "4712"][..], &["ann@x.com"]][..], &["b.csv"][..]),
        (&[&["ann@x.com"], &["4711"], &["4711", "4712"]], &["a.csv"]),
        (&[&["ann@x.com"], &["4711"], &["4712"]], &["a.csv"]),
        (&[&["4711"], &["ann@x.com"], &["Ann Ito"]], &["b.csv", "c.csv"]),
        (&[&["Ann Ito", "Ben Oko"], &["aito", "boko"]], &["b.csv"]),
        (&[&["Ann Ito"], &["Ben Oko"]], &[]),
        (&[&["4711"], &["4712"]], &[]),
        (&[&["4711", "ann@x.com"], &["ann@x.com"]], &[]),
        (&[&["4711"], &[]], &[]),
    ] {
        let mut folder = Folder::new();
        let mut args = vec!["check"];
        for (name, agents) in ["a.csv", "b.csv", "c.csv"].into_iter().zip(files) {
            folder = folder.with(name, file(agents));
            args.push(name);
        }
        let args = [&args[..], &["--ignore", "OV"]].concat();
        let outcome = folder.run(&args).exits(if strange.is_empty() { 0 } else { 3 });
        for name in ["a.csv", "b.csv", "c.csv"] {
            let told = outcome.out.contains(&format!("RD113] strangers: {name}: no agent is in"));
            assert_eq!(told, strange.contains(&name), "{files:?} {}", outcome.out);
        }
        let accepted =
            strange.iter().flat_map(|name| ["--accept".to_owned(), format!("RD113={name}")]);
        let accepted: Vec<String> = accepted.collect();
        let accepted: Vec<&str> = accepted.iter().map(String::as_str).collect();
        folder.run(&[&args[..], &accepted].concat()).exits(0);
    }
}

#[test]
fn a_column_that_brings_two_inputs_of_a_batch_together_is_named() {
    let folder = Folder::new()
        .with("a.csv", "agent,email,start,end\n1,ann@x.com,2026-03-02T08:00Z,2026-03-02T16:00Z\n")
        .with("b.csv", "email,start,end\nann@x.com,2026-03-02T12:00Z,2026-03-02T20:00Z\n");
    let outcome = folder.run(&["check", "a.csv", "b.csv"]).exits(3);
    let said: String = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("`ann@x.com` here, `1` in a.csv"), "{said}");
    assert!(said.contains("--map batch:agent=email"), "{said}");
    folder.run(&["check", "a.csv", "b.csv", "--map", "batch:agent=email"]).exits(1);
    let list = folder.with("list.csv", "agent,email\n1,ann@x.com\n");
    list.run(&["check", "a.csv", "b.csv", "--agents", "list.csv"]).exits(1);
}

const LIST: &str = "employee_id,email,employee_number,name,zone\n\
    u-1,ann@x.com,101,Ann Ito,America/Chicago\n\
    u-2,ben@x.com,102,Ben Okoro,America/Chicago\n\
    u-3,cy@x.com,103,Sam Lee,America/Chicago\n\
    u-4,di@x.com,104,Sam Lee,America/Chicago\n";

#[test]
fn all_names_of_an_agent_in_a_list_are_one_agent() {
    let folder = Folder::new()
        .with("agents.csv", LIST)
        .with("batch.csv", "agent,start,end\nann@x.com,2026-03-02 08:00,2026-03-02 16:00\n")
        .with("off.csv", "agent,start,end\nAnn Ito,2026-03-02 12:00,2026-03-02 13:00\n");
    let args = ["check", "batch.csv", "--time-off", "off.csv", "--agents", "agents.csv"];
    let report = folder.run(&[&args[..], &["--format", "json"]].concat()).exits(1).report();
    let finding = &report["findings"][0];
    assert_eq!((&finding["rule"], &finding["agent"]), (&"OV201".into(), &"ann@x.com".into()));
    assert_eq!(finding["start"], "2026-03-02T12:00:00-06:00", "the zone of the list");
    assert_eq!(report["summary"]["findings"]["error"], 1, "none is unknown");
    let coverage = serde_json::json!({"agents": 1, "of_agents": 1, "names_resolved": 2});
    assert_eq!(report["inputs"][2]["coverage"], coverage);
    let out = folder.run(&args).out;
    assert!(out.contains("\nagents: 1 of 1 agent, 2 names resolved\n"), "{out}");
}

#[test]
fn a_name_that_two_agents_share_is_a_doubt_if_a_record_has_it() {
    let batch = |name: &str| {
        format!("agent,start,end\n{name},2026-03-02T08:00-06:00,2026-03-02T16:00-06:00\n")
    };
    let args = ["check", "batch.csv", "--agents", "agents.csv"];
    let folder = |name: &str| Folder::new().with("agents.csv", LIST).with("batch.csv", batch(name));
    let outcome = folder("Sam Lee").run(&args).exits(3);
    let expected = "error[RD106] two-agents: batch.csv:2: `Sam Lee` is a name of two agents";
    assert!(outcome.out.contains(expected), "{}", outcome.out);
    folder("Sam Lee").run(&[&args[..], &["--accept", "RD106=Sam Lee"]].concat()).exits(0);
    for name in ["u-3", "cy@x.com", "104"] {
        folder(name).run(&args).exits(0);
    }
}

/// Whatever name of an agent a record has, the findings are those of the ids.
#[test]
fn findings_do_not_depend_on_which_names_are_used() {
    const NAMES: [[&str; 4]; 3] = [
        ["u-1", "ann@x.com", "101", "Ann Ito"],
        ["u-2", "ben@x.com", "102", "Ben Okoro"],
        ["u-3", "cy@x.com", "103", "u-3"],
    ];
    let mut dice = Dice::new(5);
    let mut next = |below: usize| dice.below(below as i64) as usize;
    for _ in 0..20 {
        let records: Vec<(usize, usize, usize)> =
            (0..9).map(|_| (next(3), next(4), 1 + next(5))).collect();
        let file = |part: &[(usize, usize, usize)], any: bool, from: &str| {
            let rows: Vec<String> = part
                .iter()
                .enumerate()
                .map(|(at, (agent, name, day))| {
                    row(NAMES[*agent][if any { *name } else { 0 }], &format!("{from}{at}"), *day, 1)
                })
                .collect();
            shifts(&rows.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let rules = |any: bool| {
            let folder = Folder::new()
                .with("agents.csv", LIST)
                .with("batch.csv", file(&records[..5], any, "s"))
                .with("off.csv", file(&records[5..7], any, "r"))
                .with("live.csv", file(&records[7..], any, "p"));
            let args = "check batch.csv --time-off off.csv --published live.csv --agents agents.csv \
                        --format json";
            let report = folder.run(&args.split_whitespace().collect::<Vec<_>>()).report();
            let summary = &report["summary"];
            (summary["rules"].clone(), summary["agents"].clone(), report["verdict"].clone())
        };
        assert_eq!(rules(true), rules(false), "{records:?}");
    }
}

/// Random years: what is distant is what sorting the starts of each file shows.
#[test]
fn distant_records_are_those_far_from_the_middle_of_their_file() {
    let mut dice = Dice::new(3);
    let mut next = |below: usize| dice.below(below as i64) as usize;
    // Days since the first of January 2024, which is a leap year.
    let date = |day: usize| {
        let (year, rest) =
            if day < 366 { (2024, day) } else { (2025 + (day - 366) / 365, (day - 366) % 365) };
        format!("{year}-{:02}-{:02}", 1 + rest / 31, 1 + rest % 28)
    };
    let number = |date: &str| -> i64 {
        let date: jiff::civil::Date = date.parse().expect("a date");
        let first: jiff::civil::Date = "1970-01-01".parse().expect("a date");
        i64::from(first.until(date).expect("a span").get_days())
    };
    for jobs in ["1", "3"].repeat(10) {
        let mut days = |count: usize| -> Vec<String> {
            (0..count).map(|_| date([next(60), 300 + next(200), next(1400)][next(3)])).collect()
        };
        let (sent, live) = (days(7), days(6));
        let rows = |days: &[String], from: &str| -> Vec<String> {
            let row = |(at, day): (usize, &String)| {
                format!("a-{at},{from}{at},{day}T08:00:00Z,{day}T09:00:00Z")
            };
            days.iter().enumerate().map(row).collect()
        };
        let expected: usize = [&sent, &live]
            .into_iter()
            .map(|days| {
                let mut days: Vec<i64> = days.iter().map(|day| number(day)).collect();
                days.sort_unstable();
                let middle = days[(days.len() - 1) / 2];
                days.iter().filter(|day| (**day - middle).abs() > 400).count()
            })
            .sum();
        let report = check(&rows(&sent, "s"), &rows(&live, "p"), &["--jobs", jobs]).report();
        let found = report["summary"]["rules"]["RC110"].as_u64().unwrap_or(0);
        assert_eq!(found, expected as u64, "{sent:?} {live:?}");
    }
}

#[test]
fn a_record_of_several_days_is_named_by_the_day_that_is_meant() {
    let list = |id: &str, dates: &str| {
        format!(
            "[{{\"agent\":\"anna\",\"id\":\"{id}\",\"dates\":[{dates}],\"start\":\"08:00\",\
             \"end\":\"16:00\"}}]"
        )
    };
    let live = list("p-1", "\"2026-03-02\",\"2026-03-03\",\"2026-03-04\"");
    let batch = list("s-1", "\"2026-03-05\",\"2026-03-09\"");
    let folder = Folder::new().with("batch.json", batch).with("live.json", live);
    let args = ["check", "batch.json", "--published", "live.json", "--tz", "Europe/Berlin"];
    let outcome = folder.run(&[&args[..], &["--format", "ndjson"]].concat());
    outcome.says(&["what is published ends on 2026-03-04", "starts on 2026-03-09"]);
}
