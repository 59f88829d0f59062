//! What replaces what, in every combination.
//!
//! One record is live and one is sent, at the same time. Which ids, schedules
//! and agents they have, whether the one that is sent is called off, and of
//! which kinds they are is tried in all ways under each `--replace`.

use super::file;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::model::fate::Fate;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{Replace, Settings};
use shiftlint::model::source::Role;

/// A record, as far as it matters here.
#[derive(Debug, Clone, Copy)]
struct Row {
    agent: &'static str,
    id: &'static str,
    schedule: &'static str,
    off: bool,
    void: bool,
}

/// What must come of the two.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    replaced: u64,
    checked: u64,
    overlaps: u64,
    taken: u64,
}

fn expected(replace: Replace, sent: Row, live: Row) -> Outcome {
    let one_agent = sent.agent == live.agent;
    let one_id = !sent.id.is_empty() && sent.id == live.id && sent.off == live.off;
    let one_schedule = !sent.schedule.is_empty() && sent.schedule == live.schedule;
    let gone = one_agent
        && match replace {
            Replace::Id => one_id,
            Replace::Schedule => one_schedule,
            Replace::None => false,
        };
    let meet = one_agent && !gone && !sent.void;
    Outcome {
        replaced: u64::from(gone),
        checked: u64::from(!gone) + u64::from(!sent.void),
        overlaps: u64::from(meet),
        taken: u64::from(one_id && !one_agent && !sent.void),
    }
}

fn found(replace: Replace, sent: Row, live: Row) -> Outcome {
    let files = [(Role::Batch, "batch.csv", sent), (Role::Published, "live.csv", live)];
    let of_row = |(role, name, row): (Role, &str, Row)| {
        let kind = if row.off { "PTO" } else { "WORK" };
        let status = if row.void { "cancelled" } else { "" };
        let text = format!(
            "agent,id,schedule,kind,status,start,end\n{},{},{},{kind},{status},\
             2026-03-02T08:00Z,2026-03-02T16:00Z\n",
            row.agent, row.id, row.schedule
        );
        file(role, name, text)
    };
    let settings = Settings {
        files: files.into_iter().map(of_row).collect(),
        levels: shiftlint::judge::selected(&[], &[], &[]).expect("the default selection"),
        replace,
        jobs: Some(1),
        ..Settings::default()
    };
    outcome(&analyze(&settings, &Progress::default()).expect("sound settings"))
}

fn outcome(report: &Report) -> Outcome {
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let rules = report.rules.iter().filter(|count| wanted(count.rule.code));
        rules.map(|count| count.total()).sum()
    };
    Outcome {
        replaced: report.inputs.iter().map(|input| input.fates.of(Fate::Replaced)).sum(),
        checked: report.inputs.iter().map(|input| input.fates.of(Fate::Checked)).sum(),
        overlaps: of(&|code| code.starts_with("OV")),
        taken: of(&|code| code == "ID102"),
    }
}

#[test]
fn every_combination_replaces_what_the_contract_says() {
    let live = Row { agent: "anna", id: "s-1", schedule: "w10", off: false, void: false };
    let lives =
        [live, Row { id: "", ..live }, Row { schedule: "", ..live }, Row { off: true, ..live }];
    let mut tried = [0; 3];
    for live in lives {
        for number in 0..72 {
            let sent = Row {
                agent: ["anna", "ben"][number % 2],
                id: ["", "s-1", "s-2"][number / 2 % 3],
                schedule: ["", "w10", "w11"][number / 6 % 3],
                off: number / 18 % 2 == 1,
                void: number / 36 == 1,
            };
            for (place, replace) in
                [Replace::Id, Replace::Schedule, Replace::None].into_iter().enumerate()
            {
                let told = found(replace, sent, live);
                assert_eq!(
                    told,
                    expected(replace, sent, live),
                    "{replace:?}: {sent:?} on {live:?}"
                );
                tried[place] += told.replaced;
            }
        }
    }
    assert!(tried[0] > 10 && tried[1] > 10 && tried[2] == 0, "{tried:?}");
}
