//! Laws of plans, held against a model server and against brute force.
//!
//! The server here is an ordinary map of what is live. It takes the chunks of a plan in any
//! order that keeps each lane's, and refuses whatever overlaps or takes the id of another agent.

use crate::program::Folder;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A record: its agent, id, first hour and the hour after its last. Hours count from Monday.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    agent: u8,
    id: u8,
    start: u32,
    end: u32,
    cancelled: bool,
}

impl Claim {
    fn meets(&self, other: &Claim) -> bool {
        self.agent == other.agent && self.start < other.end && other.start < self.end
    }

    fn line(&self) -> String {
        let time = |hour: u32| format!("2026-03-{:02}T{:02}:00:00Z", 2 + hour / 24, hour % 24);
        let status = if self.cancelled { "cancelled" } else { "planned" };
        let Claim { agent, id, start, end, .. } = self;
        format!("agent-{agent},shift-{id}-x,{},{},{status}", time(*start), time(*end))
    }
}

const HEADER: &str = "agent,id,start,end,status\n";

fn table(claims: &[Claim]) -> String {
    claims.iter().fold(HEADER.to_owned(), |text, claim| text + &claim.line() + "\n")
}

/// Records with different ids.
fn with_own_ids(claims: Vec<(u8, u8, u32, u32, bool)>) -> Vec<Claim> {
    let mut ids = BTreeSet::new();
    let claim = |(agent, id, start, length, cancelled): (u8, u8, u32, u32, bool)| Claim {
        agent,
        id,
        start,
        end: start + length,
        cancelled,
    };
    claims.into_iter().map(claim).filter(|claim| ids.insert(claim.id)).collect()
}

/// What is live: shifts of no agent overlap.
fn live_of(claims: Vec<Claim>) -> Vec<Claim> {
    let mut live: Vec<Claim> = Vec::new();
    for claim in claims {
        if !live.iter().any(|other| other.meets(&claim)) {
            live.push(Claim { cancelled: false, ..claim });
        }
    }
    live
}

/// What a server has, and what it refuses.
#[derive(Clone)]
struct Server<'a> {
    live: BTreeMap<u8, Claim>,
    off: &'a [Claim],
}

impl Server<'_> {
    /// Takes a chunk as a whole; the records that it would refuse.
    fn take(&mut self, chunk: &[Claim]) -> Vec<Claim> {
        let mut refused = Vec::new();
        for claim in chunk {
            let holder = self.live.get(&claim.id).map(|live| live.agent);
            if holder.is_some_and(|holder| holder != claim.agent) && !claim.cancelled {
                refused.push(claim.clone());
            }
            match claim.cancelled {
                true if holder == Some(claim.agent) => drop(self.live.remove(&claim.id)),
                true => {}
                false => drop(self.live.insert(claim.id, claim.clone())),
            }
        }
        let sent = chunk.iter().filter(|claim| !claim.cancelled);
        refused.extend(sent.filter(|claim| self.is_in_the_way(claim)).cloned());
        refused
    }

    fn is_in_the_way(&self, claim: &Claim) -> bool {
        let others = self.live.values().filter(|live| live.id != claim.id).chain(self.off);
        others.into_iter().any(|other| other.meets(claim))
    }
}

/// The lines of a file of a plan after its header, as records of the batch.
fn claims_of(folder: &Folder, file: &str, batch: &[Claim]) -> Vec<Claim> {
    let text = folder.read(file).unwrap_or_default();
    let mut lines = text.lines();
    assert_eq!(lines.next().map(|line| line.to_owned() + "\n").as_deref(), Some(HEADER), "{file}");
    lines
        .map(|line| {
            let claim = batch.iter().find(|claim| claim.line() == line);
            claim.expect("a line of the batch, as it was written").clone()
        })
        .collect()
}

struct Plan {
    lanes: Vec<Vec<Vec<Claim>>>,
    held: Vec<Claim>,
    live: Vec<Claim>,
    manifest: Value,
}

fn plan(batch: &[Claim], live: &[Claim], off: &[Claim], options: &[&str]) -> Plan {
    let folder = Folder::new()
        .with("batch.csv", table(batch))
        .with("live.csv", table(live))
        .with("off.csv", table(off));
    let mut args = vec!["plan", "batch.csv", "--out", "plan"];
    if !live.is_empty() {
        args.extend(["--published", "live.csv"]);
    }
    if !off.is_empty() {
        args.extend(["--time-off", "off.csv"]);
    }
    args.extend(options);
    let outcome = folder.run(&args);
    assert!(matches!(outcome.code, Some(0 | 1)), "{}\n{}", outcome.out, outcome.err);
    let manifest: Value =
        serde_json::from_str(&folder.read("plan/plan.json").expect("a manifest")).expect("JSON");
    let list = |value: &Value, key: &str| value[key].as_array().expect("a list").clone();
    let lanes = list(&manifest, "lanes").into_iter().map(|lane| {
        let chunks = list(&lane, "chunks").into_iter().map(|chunk| {
            let file = format!("plan/{}", chunk["file"].as_str().expect("a name"));
            let claims = claims_of(&folder, &file, batch);
            assert_eq!(claims.len(), list(&chunk, "records").len());
            claims
        });
        chunks.collect()
    });
    let lanes = lanes.collect();
    let held = list(&manifest, "hold");
    let held = match held.is_empty() {
        true => Vec::new(),
        false => claims_of(&folder, "plan/hold/hold.csv", batch),
    };
    let of_record = |record: &Value| {
        let number = record["record"].as_u64().expect("a number") as usize;
        batch[number - 1].clone()
    };
    let live = list(&manifest, "already_live_records").iter().map(of_record).collect();
    Plan { lanes, held, live, manifest }
}

/// The most records that can go or are live, by trying every set.
fn most(batch: &[Claim], live: &[Claim], off: &[Claim]) -> usize {
    let of_id = |id: u8| live.iter().find(|live| live.id == id);
    let sent = |id: u8| batch.iter().find(|claim| claim.id == id);
    let is_live = |claim: &&Claim| {
        !claim.cancelled
            && of_id(claim.id).is_none_or(|live| live.agent == claim.agent)
            && live.iter().any(|live| {
                let same =
                    (live.agent, live.start, live.end) == (claim.agent, claim.start, claim.end);
                let stays = live.id == claim.id
                    || sent(live.id).is_none_or(|other| other.agent != live.agent);
                same && stays
            })
    };
    let already: Vec<&Claim> = batch.iter().filter(is_live).collect();
    let stays: BTreeSet<u8> = live
        .iter()
        .filter(|live| {
            already.iter().any(|claim| {
                (live.agent, live.start, live.end) == (claim.agent, claim.start, claim.end)
            })
        })
        .map(|live| live.id)
        .collect();
    let open: Vec<&Claim> = batch
        .iter()
        .filter(|claim| !is_live(claim))
        .filter(|claim| {
            of_id(claim.id).is_none_or(|live| live.agent == claim.agent || claim.cancelled)
        })
        .collect();
    let sets = 0..1_u32 << open.len();
    let sound = |set: &u32| {
        let chosen = || (0..).zip(&open).filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, of)| *of);
        // A cancellation always goes.
        if (0..).zip(&open).any(|(bit, of)| of.cancelled && set >> bit & 1 == 0) {
            return false;
        }
        let gone =
            |live: &&Claim| chosen().any(|claim| claim.id == live.id && claim.agent == live.agent);
        let standing: Vec<&Claim> =
            live.iter().filter(|live| stays.contains(&live.id) || !gone(live)).collect();
        chosen().filter(|claim| !claim.cancelled).all(|claim| {
            let own = |other: &&&Claim| other.id != claim.id || stays.contains(&other.id);
            let others = chosen().filter(|other| !other.cancelled && other.id != claim.id);
            !standing.iter().filter(own).any(|other| other.meets(claim))
                && !others.into_iter().any(|other| other.meets(claim))
                && !off.iter().any(|other| other.meets(claim))
        })
    };
    let best = sets.filter(sound).map(u32::count_ones).max().unwrap_or(0);
    already.len() + best as usize
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_sends_the_most_and_meets_nothing(
        batch in prop::collection::vec((0u8..3, 0u8..14, 0u32..40, 1u32..9, prop::bool::weighted(0.1)), 1..9),
        live in prop::collection::vec((0u8..3, 0u8..14, 0u32..40, 1u32..9, any::<bool>()), 0..7),
        off in prop::collection::vec((0u8..3, 20u8..30, 0u32..40, 1u32..9, any::<bool>()), 0..2),
        (chunk, lanes) in (1usize..5, 1usize..4),
        turns in prop::collection::vec(0usize..4, 24),
    ) {
        let (batch, live) = (with_own_ids(batch), live_of(with_own_ids(live)));
        let off: Vec<Claim> = with_own_ids(off)
            .into_iter()
            .map(|claim| Claim { cancelled: false, ..claim })
            .filter(|claim| !live.iter().any(|live| live.meets(claim)))
            .collect();
        if batch.iter().all(|claim| claim.cancelled) {
            return Ok(());
        }
        let (chunk, lanes) = (chunk.to_string(), lanes.to_string());
        let options = ["--chunk", &chunk, "--lanes", &lanes];
        let made = plan(&batch, &live, &off, &options);

        // Nothing is lost or doubled.
        let sent = made.lanes.iter().flatten().flatten();
        let mut all: Vec<&Claim> = sent.chain(&made.held).chain(&made.live).collect();
        all.sort();
        let mut expected: Vec<&Claim> = batch.iter().collect();
        expected.sort();
        prop_assert_eq!(all, expected);

        // Nothing is refused, in whatever order the lanes are sent.
        let mut server = Server { live: BTreeMap::new(), off: &off };
        server.live.extend(live.iter().map(|claim| (claim.id, claim.clone())));
        let mut waiting: Vec<_> = made.lanes.iter().map(|lane| lane.iter()).collect();
        let mut turns = turns.into_iter().cycle();
        while !waiting.is_empty() {
            let lane = turns.next().unwrap_or(0) % waiting.len();
            match waiting[lane].next() {
                Some(chunk) => {
                    let refused = server.take(chunk);
                    prop_assert!(refused.is_empty(), "{refused:?} of {chunk:?}");
                }
                None => drop(waiting.remove(lane)),
            }
        }

        // All that could go has gone.
        prop_assert!(made.manifest["proven_largest"].as_bool().expect("a flag"));
        let gone = batch.len() - made.held.len();
        prop_assert_eq!(gone, most(&batch, &live, &off), "{:?}", made.manifest["hold"]);
    }
}
