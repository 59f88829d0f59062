//! Laws of triage: what was planted is named, and nothing else is.
//!
//! Random batches get trouble of one kind for an agent: an overlap, time off, a published
//! overlap, an id twice, an unknown agent. A server that knows of it answers in one of five
//! shapes.

use crate::program::Folder;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

/// What is wrong with the shifts of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Nothing,
    Overlap,
    PublishedOverlap,
    TimeOff,
    DuplicateId,
    UnknownAgent,
    /// Nothing in the files: a server refuses it all the same.
    Hidden,
}

impl Trouble {
    fn of(number: u8) -> Trouble {
        match number {
            0 => Trouble::Overlap,
            1 => Trouble::PublishedOverlap,
            2 => Trouble::TimeOff,
            3 => Trouble::DuplicateId,
            4 => Trouble::UnknownAgent,
            5 => Trouble::Hidden,
            _ => Trouble::Nothing,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Trouble::Overlap => "overlap",
            Trouble::PublishedOverlap => "published-overlap",
            Trouble::TimeOff => "time-off",
            Trouble::DuplicateId => "duplicate-id",
            Trouble::UnknownAgent => "unknown-agent",
            Trouble::Nothing | Trouble::Hidden => "unknown",
        }
    }
}

#[derive(Debug, Clone)]
struct Sent {
    agent: String,
    id: String,
    trouble: Trouble,
    /// Hours since Monday.
    start: u32,
    end: u32,
}

fn time(hour: u32) -> String {
    format!("2026-03-{:02}T{:02}:00:00Z", 2 + hour / 24, hour % 24)
}

fn line(agent: &str, id: &str, start: u32, end: u32) -> String {
    format!("{agent},{id},{},{}\n", time(start), time(end))
}

/// A batch, and the files beside it.
#[derive(Default)]
struct World {
    sent: Vec<Sent>,
    live: String,
    off: String,
    agents: String,
}

impl World {
    /// Each agent has a shift on two days, and trouble on the first of them.
    fn of(agents: &[(u8, u32, u32)]) -> World {
        let mut world = World::default();
        for (number, (trouble, start, length)) in agents.iter().enumerate() {
            let agent = format!("a{}", 1000 + number);
            let trouble = match Trouble::of(*trouble) {
                // A batch in which ids repeat more often has ids of something else (ID109).
                Trouble::DuplicateId if world.has(Trouble::DuplicateId) => Trouble::Nothing,
                trouble => trouble,
            };
            let id = |day: u32| format!("s{number}-{day}x");
            let (start, end) = (*start, start + length);
            let mut send = |id: String, start: u32, end: u32, trouble: Trouble| {
                world.sent.push(Sent { agent: agent.clone(), id, trouble, start, end });
            };
            send(id(0), start, end, trouble);
            match trouble {
                Trouble::Overlap => send(id(1), end - 1, end + 4, trouble),
                Trouble::DuplicateId => send(id(0), start + 48, end + 48, trouble),
                _ => send(id(1), start + 48, end + 48, Trouble::Nothing),
            }
            match trouble {
                Trouble::PublishedOverlap => {
                    world.live += &line(&agent, &format!("p{number}-x"), end - 1, end + 3);
                }
                Trouble::TimeOff => {
                    world.off += &line(&agent, &format!("r{number}-x"), start, start + 1);
                }
                _ => {}
            }
            if trouble != Trouble::UnknownAgent {
                world.agents += &format!("{agent}\n");
            }
        }
        // An agent who has no shift in the batch keeps the side files from being empty.
        world.live += &line("a9999", "p-far-x", 24, 30);
        world.off += &line("a9999", "r-far-x", 0, 4);
        world.agents += "a9999\n";
        world
    }

    fn has(&self, trouble: Trouble) -> bool {
        self.sent.iter().any(|sent| sent.trouble == trouble)
    }

    /// The document about an answer.
    fn triage(&self, answer: &str) -> Value {
        let header = "agent,id,start,end\n";
        let mut batch = header.to_owned();
        for sent in &self.sent {
            batch += &line(&sent.agent, &sent.id, sent.start, sent.end);
        }
        let folder = Folder::new()
            .with("batch.csv", batch)
            .with("live.csv", header.to_owned() + &self.live)
            .with("off.csv", header.to_owned() + &self.off)
            .with("agents.csv", "agent\n".to_owned() + &self.agents)
            .with("answer.txt", answer);
        let words = "triage batch.csv --published live.csv --time-off off.csv --agents agents.csv \
                     --response answer.txt --format json";
        folder.run(&words.split_whitespace().collect::<Vec<_>>()).report()
    }
}

/// The answers of a server that refuses these records, in a shape.
fn answers(shape: u8, sent: &[Sent], refused: &[usize]) -> Vec<String> {
    let conflict = |place: &usize| &sent[*place];
    match shape {
        // One bare answer for each record.
        0 => {
            let one = |place| json!({"status": 409, "message": "Conflict", "shiftId": conflict(place).id});
            refused.iter().map(|place| one(place).to_string()).collect()
        }
        1 => {
            let one = |place| {
                let of = conflict(place);
                json!({"agentId": of.agent, "startTime": time(of.start), "endTime": time(of.end)})
            };
            let list: Vec<Value> = refused.iter().map(one).collect();
            vec![json!({"message": "Conflict", "status": 409, "conflicts": list}).to_string()]
        }
        2 => {
            let one = |(place, of): (usize, &Sent)| match refused.contains(&place) {
                true => json!({"id": of.id, "status": 409, "message": "Conflict"}),
                false => json!({"id": of.id, "status": 200}),
            };
            let list: Vec<Value> = sent.iter().enumerate().map(one).collect();
            vec![json!({ "entities": list }).to_string()]
        }
        3 => {
            let one = |place: &usize| {
                let agent = &conflict(place).agent;
                format!("409 Conflict: Agent ID {agent} is scheduled for overlapping intervals\n")
            };
            vec![refused.iter().map(one).collect()]
        }
        _ => {
            let one = |place: &usize| {
                let Sent { id, agent, start, end, .. } = conflict(place);
                format!("{id},{agent},{},{},409,Conflict\n", time(*start), time(*end))
            };
            let rows: String = refused.iter().map(one).collect();
            vec![format!("shift_id,agent,start,end,status,message\n{rows}")]
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_has_an_exit_code(
        shape in 0u8..5,
        cuts in prop::collection::vec((0usize..400, any::<u8>()), 0..6),
        end in 0usize..600,
    ) {
        let world = World::of(&[(0, 3, 5), (2, 4, 6), (8, 1, 3)]);
        let mut bytes = answers(shape, &world.sent, &[0, 2, 4]).concat().into_bytes();
        for (place, byte) in cuts {
            if let Some(letter) = bytes.get_mut(place) {
                *letter = byte;
            }
        }
        bytes.truncate(end);
        let folder = Folder::new().with("answer.txt", bytes).with(
            "batch.csv",
            world.sent.iter().fold("agent,id,start,end\n".to_owned(), |text, sent| {
                text + &line(&sent.agent, &sent.id, sent.start, sent.end)
            }),
        );
        for format in ["text", "json"] {
            let words = ["triage", "batch.csv", "--response", "answer.txt", "--format", format];
            let outcome = folder.run(&words);
            prop_assert!(matches!(outcome.code, Some(0 | 1 | 3 | 4)), "{}", outcome.told());
            prop_assert!(outcome.out.chars().all(|letter| letter == '\n' || !letter.is_control()));
        }
    }
}

/// Whether a shape can name a reason at all: an agent alone explains a claimed overlap only.
fn can_name(shape: u8, trouble: Trouble) -> bool {
    let overlaps = [Trouble::Overlap, Trouble::PublishedOverlap, Trouble::TimeOff];
    shape != 3 || overlaps.contains(&trouble)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_planted_is_named_and_nothing_else(
        agents in prop::collection::vec((0u8..9, 0u32..12, 3u32..9), 2..12),
        shape in 0u8..5,
        refuses_second in any::<bool>(),
    ) {
        let world = World::of(&agents);
        let mut refused: Vec<usize> = Vec::new();
        for (place, sent) in world.sent.iter().enumerate() {
            let is_first = !world.sent[..place].iter().any(|other| other.agent == sent.agent);
            // A server takes the first of two that are in each other's way, or the second.
            let picks = match sent.trouble {
                Trouble::Nothing => false,
                Trouble::Overlap | Trouble::DuplicateId => is_first != refuses_second,
                _ => true,
            };
            refused.extend(picks.then_some(place));
        }
        if refused.is_empty() {
            return Ok(());
        }
        let (mut named, mut nameable) = (0_usize, 0_usize);
        let answers = answers(shape, &world.sent, &refused);
        let mut items = Vec::new();
        for answer in &answers {
            let document = world.triage(answer);
            items.extend(document["items"].as_array().expect("items").clone());
        }
        prop_assert_eq!(items.len(), refused.len(), "{:?}: {:#?}", answers, items);
        for (item, place) in items.iter().zip(&refused) {
            let sent = &world.sent[*place];
            let class = item["class"].as_str().expect("a class");
            // The two records of one id are not told apart by it, and both are explained by it.
            let is_right = class == sent.trouble.class();
            prop_assert!(is_right || class == "unknown", "{sent:?} by shape {shape}: {item:#}");
            if sent.trouble != Trouble::Hidden && can_name(shape, sent.trouble) {
                nameable += 1;
                named += usize::from(is_right);
            }
            if class != "unknown" {
                let records = item["records"].as_array().expect("records");
                let is_own = |record: &Value| record["agent"] == *sent.agent;
                prop_assert!(records.iter().any(is_own), "{item:#}");
            }
        }
        prop_assert!(named * 100 >= nameable * 95, "{named} of {nameable} by shape {shape}: {items:#?}");
    }
}
