//! Plan, send, triage, retry against a server that refuses records for what no file shows: all
//! others are live in the end, and none is sent twice.

use super::config;
use crate::program::Folder;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a server does with chunks.
#[derive(Debug, Clone, Copy)]
enum Manner {
    /// It refuses all of a chunk, and says nothing of its records.
    Whole,
    /// It refuses all of a chunk, and names the record.
    Named,
    /// It has a status for each record.
    Each,
}

/// What it answers to a chunk of these ids.
fn answer(manner: Manner, ids: &[String], refused: &BTreeSet<String>) -> (Value, Vec<String>) {
    let bad: Vec<&String> = ids.iter().filter(|id| refused.contains(*id)).collect();
    if bad.is_empty() {
        return (json!({"status": 200}), ids.to_vec());
    }
    match manner {
        Manner::Whole => (json!({"status": 409, "message": "Conflict"}), Vec::new()),
        Manner::Named => {
            let first = json!({"status": 409, "message": "Conflict", "shiftId": bad[0]});
            let with = |id: &String| json!({"id": id, "status": 424});
            let others = ids.iter().filter(|id| *id != bad[0]).map(with);
            (
                json!({"results": std::iter::once(first).chain(others).collect::<Vec<_>>()}),
                Vec::new(),
            )
        }
        Manner::Each => {
            let status = |id: &String| match refused.contains(id) {
                true => json!({"id": id, "status": 409, "message": "Conflict"}),
                false => json!({"id": id, "status": 201}),
            };
            let taken = ids.iter().filter(|id| !refused.contains(*id)).cloned().collect();
            (json!({"results": ids.iter().map(status).collect::<Vec<_>>()}), taken)
        }
    }
}

/// The file and the ids of each chunk, and the ids of what waits.
fn chunks(folder: &Folder, plan: &str) -> (Vec<(String, Vec<String>)>, BTreeSet<String>) {
    let text = folder.read(&format!("{plan}/plan.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&text).expect("JSON");
    let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
    let ids = |of: &Value| of.as_array().expect("a list").iter().map(id).collect::<Vec<_>>();
    let lanes = manifest["lanes"].as_array().expect("lanes").iter();
    let all = lanes.flat_map(|lane| lane["chunks"].as_array().expect("chunks"));
    let chunks = all
        .map(|chunk| (chunk["file"].as_str().expect("a name").to_owned(), ids(&chunk["records"])));
    (chunks.collect(), ids(&manifest["hold"]).into_iter().collect())
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn what_a_server_can_take_is_live_in_the_end(
        refused in proptest::collection::btree_set(0usize..24, 0..5),
        overlaps in any::<bool>(),
        chunk in 1usize..12,
        lanes in 1usize..3,
        manner in 0usize..3,
        limits in proptest::collection::vec(0u8..5, 24),
    ) {
        let manner = [Manner::Whole, Manner::Named, Manner::Each][manner];
        let mut rows = String::from("agent,id,start,end\n");
        for number in 0..24 {
            let (agent, day) = (number % 5, number / 5 + 2);
            rows += &format!("a-{agent},s-{number},2026-03-{day:02}T08:00Z,2026-03-{day:02}T16:00Z\n");
        }
        if overlaps {
            rows += "a-0,s-24,2026-03-02T15:00Z,2026-03-02T18:00Z\n";
        }
        let mut folder = Folder::new().with("batch.csv", rows);
        let (chunk, lanes) = (chunk.to_string(), lanes.to_string());
        let args = ["plan", "batch.csv", "--out", "plan-0", "--chunk", &chunk, "--lanes", &lanes];
        folder.run(&args).exits(i32::from(overlaps));
        let refused: BTreeSet<String> = refused.iter().map(|number| format!("s-{number}")).collect();
        let mut live: BTreeSet<String> = BTreeSet::new();
        let mut limits = limits.into_iter();
        let mut round = 0;
        let held = loop {
            let plan = format!("plan-{round}");
            let (sent, held) = chunks(&folder, &plan);
            if sent.is_empty() {
                break held;
            }
            prop_assert!(round < 30, "no end: {sent:?}");
            for (file, ids) in sent {
                let (said, taken) = match limits.next() {
                    Some(0) => (json!({"status": 429, "message": "rate limit"}), Vec::new()),
                    _ => answer(manner, &ids, &refused),
                };
                for id in taken {
                    prop_assert!(live.insert(id.clone()), "{id} was sent twice");
                }
                let name = file.replace("send/", &format!("answers-{round}/")).replace(".csv", ".json");
                folder = folder.with(&name, said.to_string());
            }
            let answers = format!("answers-{round}");
            round += 1;
            let next = format!("plan-{round}");
            let args = [
                "triage", "batch.csv", "--plan", &plan, "--response", &answers, "--write-retry", &next,
            ];
            let outcome = folder.run(&args);
            prop_assert!(matches!(outcome.code, Some(0 | 1 | 4)), "{}", outcome.told());
        };
        let all: BTreeSet<String> = (0..24).map(|number| format!("s-{number}")).collect();
        let expected: BTreeSet<String> = all.difference(&refused).cloned().collect();
        prop_assert_eq!(&live, &expected);
        let mut waiting = refused.clone();
        waiting.extend(overlaps.then(|| "s-24".to_owned()));
        prop_assert_eq!(held, waiting);
    }
}
