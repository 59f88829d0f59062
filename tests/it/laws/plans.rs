//! Laws of plans, held against a model server and against brute force.
//!
//! The server takes the chunks of a plan in any order that keeps each lane's, and refuses whatever
//! overlaps or takes the id of another agent.

use crate::program::Folder;
use crate::world::server::{Absence, Atom, Reply, Server, Shift, Verdict, time};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use std::collections::BTreeSet;

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

    fn times(&self) -> (String, String) {
        (time(self.start), time(self.end))
    }

    fn shift(&self) -> Shift {
        let Claim { agent, id, start, end, cancelled } = *self;
        let (agent, id) = (format!("agent-{agent}"), format!("shift-{id}-x"));
        Shift { agent, id, start, end, cancelled, version: None }
    }

    const fn status(&self) -> &'static str {
        if self.cancelled { "cancelled" } else { "planned" }
    }

    fn line(&self) -> String {
        let Claim { agent, id, .. } = self;
        let ((start, end), status) = (self.times(), self.status());
        format!("agent-{agent},shift-{id}-x,{start},{end},{status}")
    }
}

/// How the batch is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Table,
    Lines,
    List,
    /// Agents with their shifts, in the order of the agents.
    Nested,
}

impl Written {
    const ALL: [Written; 4] = [Written::Table, Written::Lines, Written::List, Written::Nested];

    const fn ending(self) -> &'static str {
        match self {
            Written::Table => "csv",
            Written::Lines => "ndjson",
            Written::List | Written::Nested => "json",
        }
    }

    /// The file, and its records in their order.
    fn write(self, claims: &[Claim]) -> (String, Vec<Claim>) {
        let objects = |claims: &[Claim]| {
            let objects: Vec<String> = claims.iter().map(|claim| self.record(claim)).collect();
            objects
        };
        match self {
            Written::Table => (table(claims), claims.to_vec()),
            Written::Lines => (objects(claims).join("\n") + "\n", claims.to_vec()),
            Written::List => (
                format!("{{\n \"shifts\": [\n  {}\n ]\n}}\n", objects(claims).join(",\n  ")),
                claims.to_vec(),
            ),
            Written::Nested => {
                let mut sorted = claims.to_vec();
                sorted.sort_by_key(|claim| claim.agent);
                let agents = sorted.chunk_by(|one, other| one.agent == other.agent).map(|of| {
                    let shifts = objects(of).join(", ");
                    format!("{{\"agent\": \"agent-{}\", \"shifts\": [{shifts}]}}", of[0].agent)
                });
                let agents = agents.collect::<Vec<_>>().join(",\n ");
                (format!("{{\"agents\": [\n {agents}\n]}}"), sorted)
            }
        }
    }

    fn record(self, claim: &Claim) -> String {
        let Claim { agent, id, .. } = claim;
        let (start, end) = claim.times();
        let agent = match self {
            Written::Nested => String::new(),
            _ => format!("\"agent\": \"agent-{agent}\", "),
        };
        let status = claim.status();
        format!(
            "{{{agent}\"id\": \"shift-{id}-x\", \"start\": \"{start}\",\"end\" : \"{end}\", \"status\": \"{status}\"}}"
        )
    }

    /// The records of a file of a plan, which are written there as they were.
    fn read(self, text: &str, batch: &[Claim]) -> Vec<Claim> {
        if self == Written::Table {
            assert_eq!(
                text.lines().next().map(|line| line.to_owned() + "\n").as_deref(),
                Some(HEADER)
            );
        } else if self != Written::Lines {
            serde_json::from_str::<Value>(text).expect("a document");
        }
        let record = |claim: &Claim| match self {
            Written::Table => format!("\n{}\n", claim.line()),
            _ => self.record(claim),
        };
        let found = batch.iter().filter(|claim| text.contains(&record(claim)));
        let found: Vec<Claim> = found.cloned().collect();
        assert_eq!(text.matches("shift-").count(), found.len(), "{text}");
        found
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

/// What is off: nobody who is off has a live shift then.
fn off_of(claims: Vec<(u8, u8, u32, u32, bool)>, live: &[Claim]) -> Vec<Claim> {
    let off = with_own_ids(claims).into_iter().map(|claim| Claim { cancelled: false, ..claim });
    off.filter(|claim| !live.iter().any(|live| live.meets(claim))).collect()
}

/// A server with this live, and this time off.
fn server_of(live: &[Claim], off: &[Claim]) -> Server {
    let mut server = Server::default();
    server.atom = Atom::Request;
    server.agents.extend((0..3).map(|agent| format!("agent-{agent}")));
    server.live.extend(live.iter().map(Claim::shift).map(|shift| (shift.id.clone(), shift)));
    let absence = |claim: &Claim| Absence { time: claim.shift(), pending: false };
    server.absences.extend(off.iter().map(absence));
    server
}

struct Plan {
    lanes: Vec<Vec<Vec<Claim>>>,
    held: Vec<Claim>,
    live: Vec<Claim>,
    manifest: Value,
    folder: Folder,
}

impl Plan {
    /// Whether a check of the plan has an error, once the chunks of each lane are sent in this
    /// order.
    fn is_refused(&mut self, order: impl Fn(&mut Vec<Value>)) -> bool {
        for lane in self.manifest["lanes"].as_array_mut().expect("lanes") {
            order(lane["chunks"].as_array_mut().expect("chunks"));
        }
        let path = self.folder.path().join("plan/plan.json");
        std::fs::write(path, self.manifest.to_string()).expect("a manifest");
        let outcome = self.folder.run(&["check", "--plan", "plan", "-q"]);
        assert!(matches!(outcome.code, Some(0 | 1 | 4)), "{}", outcome.told());
        outcome.code == Some(1)
    }
}

fn plan(of: (Written, &[Claim]), live: &[Claim], off: &[Claim], options: &[&str]) -> Plan {
    plan_under(of, live, off, (options, &Allowed::default()))
}

fn plan_under(
    (written, batch): (Written, &[Claim]),
    live: &[Claim],
    off: &[Claim],
    (options, allowed): (&[&str], &Allowed),
) -> Plan {
    let (text, batch) = written.write(batch);
    let name = format!("batch.{}", written.ending());
    let folder =
        Folder::new().with(&name, text).with("live.csv", table(live)).with("off.csv", table(off));
    let folder = folder.with("shiftlint.toml", allowed.configuration());
    let mut args = vec!["plan", &name, "--out", "plan"];
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
            let claims = written.read(&folder.read(&file).expect("a chunk"), &batch);
            assert_eq!(claims.len(), list(&chunk, "records").len());
            claims
        });
        chunks.collect()
    });
    let lanes = lanes.collect();
    let held = list(&manifest, "hold");
    let held = match held.is_empty() {
        true => Vec::new(),
        false => {
            let file = format!("plan/hold/hold.{}", written.ending());
            written.read(&folder.read(&file).expect("what waits"), &batch)
        }
    };
    let of_record = |record: &Value| {
        let number = record["record"].as_u64().expect("a number") as usize;
        batch[number - 1].clone()
    };
    let live = list(&manifest, "already_live_records").iter().map(of_record).collect();
    Plan { lanes, held, live, manifest, folder }
}

/// Whether a pair of records is allowed to overlap, by their ids: the records with these ids, and
/// those of these agents.
#[derive(Debug, Clone, Default)]
struct Allowed {
    pairs: BTreeSet<(u8, u8)>,
    agents: BTreeSet<u8>,
}

impl Allowed {
    fn has(&self, one: &Claim, other: &Claim) -> bool {
        let pair = (one.id.min(other.id), one.id.max(other.id));
        self.agents.contains(&one.agent) || self.pairs.contains(&pair)
    }

    fn meets(&self, one: &Claim, other: &Claim) -> bool {
        one.meets(other) && !self.has(one, other)
    }

    /// A configuration that says so for all overlaps that these records can have.
    fn configuration(&self) -> String {
        let entry = |rule: &str, what: &str| {
            format!("[[allow]]\nrule = \"{rule}\"\n{what}\nreason = \"we know\"\n")
        };
        let rules = ["OV101", "OV102", "OV103", "OV104", "OV202"];
        let of_pairs = self
            .pairs
            .iter()
            .map(|(one, other)| format!("ids = [\"shift-{one}-x\", \"shift-{other}-x\"]"));
        let of_agents = self.agents.iter().map(|agent| format!("agent = \"agent-{agent}\""));
        let whats: Vec<String> = of_pairs.chain(of_agents).collect();
        let entries = whats.iter().flat_map(|what| rules.iter().map(move |rule| entry(rule, what)));
        entries.collect()
    }
}

/// The most records that can go or are live, by trying every set.
fn most(batch: &[Claim], live: &[Claim], off: &[Claim], allowed: &Allowed) -> usize {
    let of_id = |id: u8| live.iter().find(|live| live.id == id);
    let sent = |id: u8| batch.iter().find(|claim| claim.id == id);
    let is_same = |a: &Claim, b: &Claim| (a.agent, a.start, a.end) == (b.agent, b.start, b.end);
    // What moves a live record is not live, whatever stands where it goes.
    let is_live = |claim: &&Claim| {
        !claim.cancelled
            && of_id(claim.id).is_none_or(|live| is_same(live, claim))
            && live.iter().any(|live| {
                let same = is_same(live, claim);
                let stays = live.id == claim.id
                    || sent(live.id).is_none_or(|other| other.agent != live.agent);
                same && stays
            })
    };
    let already: Vec<&Claim> = batch.iter().filter(is_live).collect();
    let stays: BTreeSet<u8> = live
        .iter()
        .filter(|live| already.iter().any(|claim| is_same(live, claim)))
        .map(|live| live.id)
        .collect();
    let open: Vec<&Claim> = batch
        .iter()
        .filter(|claim| !is_live(claim))
        .filter(|claim| of_id(claim.id).is_none_or(|live| live.agent == claim.agent))
        .collect();
    let leaves =
        |live: &Claim| open.iter().any(|claim| claim.id == live.id && claim.agent == live.agent);
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
            // What moves away is in the way until it has.
            let is_allowed = |other: &Claim| allowed.has(claim, other) && !leaves(other);
            let meets = |other: &Claim| other.meets(claim) && !is_allowed(other);
            !standing.iter().filter(own).any(|other| meets(other))
                && !others.into_iter().any(|other| allowed.meets(other, claim))
                && !off.iter().any(|other| allowed.meets(other, claim))
        })
    };
    let best = sets.filter(sound).map(u32::count_ones).max().unwrap_or(0);
    already.len() + best as usize
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_sends_the_most_and_meets_nothing(
        batch in prop::collection::vec((0u8..3, 0u8..14, 0u32..40, 1u32..9, prop::bool::weighted(0.1)), 1..9),
        live in prop::collection::vec((0u8..3, 0u8..14, 0u32..40, 1u32..9, any::<bool>()), 0..7),
        off in prop::collection::vec((0u8..3, 20u8..30, 0u32..40, 1u32..9, any::<bool>()), 0..2),
        (chunk, lanes, form) in (1usize..5, 1usize..4, 0usize..4),
        turns in prop::collection::vec(0usize..4, 24),
    ) {
        let (batch, live) = (with_own_ids(batch), live_of(with_own_ids(live)));
        let off = off_of(off, &live);
        if batch.iter().all(|claim| claim.cancelled) {
            return Ok(());
        }
        let (chunk, lanes) = (chunk.to_string(), lanes.to_string());
        let options = ["--chunk", &chunk, "--lanes", &lanes];
        let made = plan((Written::ALL[form], &batch), &live, &off, &options);

        // Nothing is lost or doubled.
        let sent = made.lanes.iter().flatten().flatten();
        let mut all: Vec<&Claim> = sent.chain(&made.held).chain(&made.live).collect();
        all.sort();
        let mut expected: Vec<&Claim> = batch.iter().collect();
        expected.sort();
        prop_assert_eq!(all, expected);

        // Nothing is refused, in whatever order the lanes are sent.
        let mut server = server_of(&live, &off);
        let mut waiting: Vec<_> = made.lanes.iter().map(|lane| lane.iter()).collect();
        let mut turns = turns.into_iter().cycle();
        while !waiting.is_empty() {
            let lane = turns.next().unwrap_or(0) % waiting.len();
            match waiting[lane].next() {
                Some(chunk) => {
                    let request: Vec<Shift> = chunk.iter().map(Claim::shift).collect();
                    let taken = vec![Verdict::Taken; request.len()];
                    prop_assert_eq!(server.push(&request, 0), Reply::Judged(taken));
                }
                None => drop(waiting.remove(lane)),
            }
        }

        // All that could go has gone.
        prop_assert!(made.manifest["proven_largest"].as_bool().expect("a flag"));
        let gone = batch.len() - made.held.len();
        prop_assert_eq!(gone, most(&batch, &live, &off, &Allowed::default()), "{:?}", made.manifest["hold"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_check_of_a_plan_refuses_the_orders_that_a_server_refuses(
        batch in prop::collection::vec((0u8..2, 0u8..8, 0u32..30, 1u32..9, prop::bool::weighted(0.2)), 2..9),
        live in prop::collection::vec((0u8..2, 0u8..8, 0u32..30, 1u32..9, any::<bool>()), 1..7),
        (chunk, lanes, form) in (1usize..4, 1usize..3, 0usize..4),
        (turn, one_by_one) in (0usize..4, any::<bool>()),
    ) {
        let (batch, live) = (with_own_ids(batch), live_of(with_own_ids(live)));
        if batch.iter().all(|claim| claim.cancelled) {
            return Ok(());
        }
        let (chunk, lanes) = (chunk.to_string(), lanes.to_string());
        let mut options = vec!["--chunk", &chunk, "--lanes", &lanes];
        options.extend(one_by_one.then_some("--one-by-one"));
        let mut made = plan((Written::ALL[form], &batch), &live, &[], &options);
        let is_refused = made.is_refused(|_| {});
        prop_assert!(!is_refused, "as it was planned");
        let mut server = server_of(&live, &[]);
        server.atom = if one_by_one { Atom::Record } else { Atom::Request };
        let mut takes_all = true;
        for lane in &mut made.lanes {
            let turn = turn % lane.len().max(1);
            lane.rotate_left(turn);
            for chunk in lane {
                let sent: Vec<Shift> = chunk.iter().map(Claim::shift).collect();
                takes_all &= server.push(&sent, 0) == Reply::Judged(vec![Verdict::Taken; sent.len()]);
            }
        }
        let is_refused = made.is_refused(|chunks| {
            let turn = turn % chunks.len().max(1);
            chunks.rotate_left(turn);
        });
        prop_assert_eq!(is_refused, !takes_all, "{:?}", made.lanes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_allowed_lets_nothing_wait(
        batch in prop::collection::vec((0u8..3, 0u8..14, 0u32..24, 1u32..9, prop::bool::weighted(0.1)), 2..9),
        live in prop::collection::vec((0u8..3, 0u8..14, 0u32..24, 1u32..9, any::<bool>()), 0..5),
        off in prop::collection::vec((0u8..3, 20u8..30, 0u32..24, 1u32..9, any::<bool>()), 0..2),
        pairs in prop::collection::btree_set((0u8..14, 0u8..30), 0..40),
        agents in prop::collection::btree_set(0u8..3, 0..2),
        (chunk, form) in (1usize..5, 0usize..4),
    ) {
        let (batch, live) = (with_own_ids(batch), live_of(with_own_ids(live)));
        let off = off_of(off, &live);
        if batch.iter().all(|claim| claim.cancelled) {
            return Ok(());
        }
        let pairs = pairs.into_iter().filter(|(one, other)| one < other).collect();
        let allowed = Allowed { pairs, agents };
        let chunk = chunk.to_string();
        let options = (&["--chunk", &*chunk][..], &allowed);
        let mut made = plan_under((Written::ALL[form], &batch), &live, &off, options);

        let sent: Vec<&Claim> = made.lanes.iter().flatten().flatten().filter(|of| !of.cancelled).collect();
        for (place, claim) in sent.iter().enumerate() {
            let clashes = sent[place + 1..].iter().any(|other| allowed.meets(claim, other));
            prop_assert!(!clashes && !off.iter().any(|other| allowed.meets(claim, other)), "{claim:?}");
        }
        prop_assert!(!made.is_refused(|_| {}), "as it was planned");
        prop_assert!(made.manifest["proven_largest"].as_bool().expect("a flag"));
        let gone = batch.len() - made.held.len();
        prop_assert_eq!(gone, most(&batch, &live, &off, &allowed), "{:?}", made.manifest["hold"]);
    }
}
