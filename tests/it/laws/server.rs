//! Laws of plan, triage and retry against a server: what a plan sends is never refused, what is
//! refused otherwise is named with its reason, and whatever the server can take is live in the
//! end.

use crate::program::{Folder, Outcome};
use crate::world::random::Dice;
use crate::world::server::answers::{Clerk, Names, Shape, Wording};
use crate::world::server::planted::{Form, Planted, Plants, Trouble};
use crate::world::server::{Atom, Reply, Server, Shift, Verdict};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

const ATOMS: [Atom; 3] = [Atom::Record, Atom::Request, Atom::RequestToFirst];

/// How many batches each law is tried with.
const PLANNED: u64 = 150;
const UNPLANNED: u64 = 300;
const LOOPS: u64 = 40;
const BROKEN: u64 = 100;

/// A chunk of a plan.
struct PlanChunk {
    file: String,
    second: u64,
    is_refetched: bool,
    shifts: Vec<Shift>,
}

impl PlanChunk {
    /// Its records with the versions that a client has who reads them first where it is told to.
    fn as_sent(&self, server: &Server) -> Vec<Shift> {
        let fresh = |shift: &Shift| match shift.version.filter(|_| self.is_refetched) {
            Some(_) => Shift { version: server.version(&shift.agent), ..shift.clone() },
            None => shift.clone(),
        };
        self.shifts.iter().map(fresh).collect()
    }
}

/// A plan as it was written.
struct WrittenPlan {
    lanes: Vec<VecDeque<PlanChunk>>,
    /// What waits, each record with the rule.
    held: Vec<(Shift, String)>,
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().expect("a list").clone()
}

impl WrittenPlan {
    fn read(folder: &Folder, name: &str, form: Form) -> WrittenPlan {
        let read = |file: &str| folder.read(&format!("{name}/{file}")).expect("a file");
        let manifest: Value = serde_json::from_str(&read("plan.json")).expect("JSON");
        let chunk = |chunk: Value| {
            let file = chunk["file"].as_str().expect("a name").to_owned();
            let shifts = form.read(&read(&file));
            assert_eq!(shifts.len(), list(&chunk, "records").len());
            let second = chunk["at_second"].as_u64().unwrap_or(0);
            let is_refetched = chunk["refetch_before"].as_bool().expect("a flag");
            PlanChunk { file, second, is_refetched, shifts }
        };
        let lanes = list(&manifest, "lanes").into_iter();
        let lanes = lanes.map(|lane| list(&lane, "chunks").into_iter().map(chunk).collect());
        let lanes = lanes.collect();
        let rules = list(&manifest, "hold");
        let rules = rules.iter().map(|held| held["rule"].as_str().expect("a rule").to_owned());
        let held = match manifest["held"].as_u64() {
            Some(0) => Vec::new(),
            _ => form.read(&read(&format!("hold/hold.{}", form.ending()))),
        };
        WrittenPlan { lanes, held: held.into_iter().zip(rules).collect() }
    }

    fn is_empty(&self) -> bool {
        self.lanes.iter().all(VecDeque::is_empty)
    }

    /// The next chunk of any lane; where chunks have times, one of those that are due first.
    fn next(&mut self, dice: &mut Dice) -> Option<PlanChunk> {
        let firsts = self.lanes.iter().filter_map(VecDeque::front);
        let second = firsts.map(|chunk| chunk.second).min()?;
        let is_due = |lane: &usize| self.lanes[*lane].front().is_some_and(|of| of.second == second);
        let due: Vec<usize> = (0..self.lanes.len()).filter(is_due).collect();
        self.lanes[dice.of(&due)].pop_front()
    }
}

/// Runs the program with the files of a batch.
fn run(folder: &Folder, command: &str, files: &[String], more: &[&str]) -> Outcome {
    let files = files.iter().map(String::as_str);
    let args: Vec<&str> = [command].into_iter().chain(files).chain(more.iter().copied()).collect();
    folder.run(&args)
}

/// Options of a plan, and what the server applies as a whole.
fn options(dice: &mut Dice) -> (Vec<String>, Atom, Option<usize>) {
    let chunk = dice.of(&[1, 2, 3, 5, 50]).to_string();
    let lanes = (1 + dice.below(3)).to_string();
    let mut options = vec!["--chunk".to_owned(), chunk, "--lanes".to_owned(), lanes];
    let per_minute = dice.percent(30).then_some(50);
    if let Some(most) = per_minute {
        options.extend(["--per-minute".to_owned(), most.to_string()]);
    }
    let atom = dice.of(&ATOMS);
    if atom == Atom::Record {
        options.push("--one-by-one".to_owned());
    }
    (options, atom, per_minute)
}

/// Whether the server would take a record that waits, although nothing speaks against it.
fn could_go(planted: &Planted, shift: &Shift) -> bool {
    // Of copies that differ nobody knows which one counts, and what swaps trade goes together.
    let trouble = planted.trouble(shift);
    let is_undecided = trouble == Some(Trouble::DuplicateId) || planted.traded.contains(&shift.id);
    let version = match trouble {
        Some(Trouble::StaleVersion) => shift.version,
        _ => shift.version.and(planted.server.version(&shift.agent)),
    };
    let alone = Shift { version, ..shift.clone() };
    let mut server = planted.server.clone();
    server.per_minute = None;
    let reply = server.push(&[alone], 0);
    !is_undecided && reply == Reply::Judged(vec![Verdict::Taken])
}

#[test]
fn nothing_that_a_plan_sends_is_refused() {
    let mut sent_in_all = 0;
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let mut planted = Planted::of(dice, Plants { share: 15, secrets: false, crossed: false });
        let (folder, mut args) = planted.files();
        let (options, atom, per_minute) = options(dice);
        args.extend(options);
        let outcome = run(&folder, "plan", &args, &["--out", "plan"]);
        assert!(matches!(outcome.code, Some(0 | 1)), "seed {seed}: {}", outcome.told());
        let mut plan = WrittenPlan::read(&folder, "plan", planted.form);
        planted.server.atom = atom;
        planted.server.per_minute = per_minute;
        while let Some(chunk) = plan.next(dice) {
            let request = chunk.as_sent(&planted.server);
            let reply = planted.server.push(&request, chunk.second);
            sent_in_all += request.len();
            let taken = Reply::Judged(vec![Verdict::Taken; request.len()]);
            assert_eq!(reply, taken, "seed {seed}, {args:?}, {}: {request:#?}", chunk.file);
        }
        for (shift, rule) in &plan.held {
            let could = could_go(&planted, shift);
            assert!(!could, "seed {seed}, {args:?}: {shift:?} waits ({rule})");
        }
    }
    assert!(sent_in_all as u64 > 10 * PLANNED, "{sent_in_all}");
}

/// How many records a server refused, and what became of them.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// Those whose answer names a reason or a record.
    nameable: usize,
    named: usize,
    /// Refused for what another record did or did not do, such as one that makes room later.
    others: usize,
}

/// Whether an answer says enough to name the reason for this trouble.
fn can_name(shape: Shape, wording: Wording, trouble: Trouble) -> bool {
    let class = trouble.class(wording);
    let is_said =
        wording == Wording::Precise || wording == Wording::Claims && !trouble.shares_time();
    match shape.names() {
        _ if class == "unknown" => false,
        // A cancelled record has no time by which it could be found.
        _ if shape == Shape::Conflicts && trouble == Trouble::CancelsAnothers => is_said,
        Names::Records => true,
        Names::Agents => is_said || wording == Wording::Claims && trouble.shares_time(),
        Names::Nothing => is_said && shape != Shape::BareJob && !trouble.is_only_claimed(),
    }
}

fn class(item: &Value) -> &str {
    item["class"].as_str().expect("a class")
}

/// What of the items of a triage belongs to the records that were refused, in their order.
fn judge(
    (planted, shape, wording): (&Planted, Shape, Wording),
    (refused, items): (&[&Shift], &[Value]),
    tally: &mut Tally,
    context: &str,
) {
    assert_eq!(items.len(), refused.len(), "{context}: {items:#?}");
    for (item, shift) in items.iter().zip(refused) {
        let named = class(item);
        let Some(trouble) = planted.trouble(shift) else {
            tally.others += 1;
            // An agent alone can have trouble of another record.
            let is_unknown = named == "unknown" || shape.names() == Names::Agents;
            assert!(is_unknown, "{context}: {shift:?}: {item:#}");
            continue;
        };
        let expected = trouble.class(wording);
        let is_right = named == expected;
        assert!(is_right || named == "unknown", "{context}: {shift:?} {trouble:?}: {item:#}");
        if can_name(shape, wording, trouble) {
            tally.nameable += 1;
            tally.named += usize::from(is_right);
        }
        if is_right && shape.names() == Names::Records && expected != "unknown" {
            let records = list(item, "records");
            let is_own = |record: &Value| record["agent"] == *shift.agent;
            assert!(records.iter().any(is_own), "{context}: {shift:?}: {item:#}");
        }
    }
}

#[test]
fn what_is_refused_is_named_with_its_reason() {
    let mut tallies: BTreeMap<(Shape, Wording), Tally> = BTreeMap::new();
    for seed in 0..UNPLANNED {
        let dice = &mut Dice::new(1_000_000 + seed);
        let shape = Shape::ALL[seed as usize % Shape::ALL.len()];
        let wording = dice.of(&Wording::ALL);
        let mut planted = Planted::of(dice, Plants { share: 20, secrets: true, crossed: false });
        let is_whole = shape.names() == Names::Nothing;
        planted.server.atom = if is_whole { Atom::Request } else { dice.of(&ATOMS) };
        let (folder, files) = planted.files();
        let reply = planted.server.push(&planted.batch, 0);
        let Reply::Judged(verdicts) = &reply else { panic!("no limit") };
        let is_own = |verdict: &Verdict| matches!(verdict, Verdict::Refused(_));
        let sent = planted.batch.iter().zip(verdicts);
        let mut refused: Vec<&Shift> =
            sent.filter(|(_, verdict)| is_own(verdict)).map(|(shift, _)| shift).collect();
        if refused.is_empty() {
            continue;
        }
        if shape.names() == Names::Nothing {
            refused.truncate(1);
        }
        let answer = Clerk { shape, wording, dice }.write(&planted.batch, &reply);
        let folder = folder.with("answer.txt", &answer);
        let more = ["--response", "answer.txt", "--format", "json"];
        let outcome = run(&folder, "triage", &files, &more);
        let context = format!("seed {seed} {shape:?} {wording:?}\n{answer}\n");
        assert!(matches!(outcome.code, Some(0 | 1)), "{context}{}", outcome.told());
        let mut items = list(&outcome.report(), "items");
        items.retain(|item| class(item) != "rejected-with-chunk");
        let tally = tallies.entry((shape, wording)).or_default();
        judge((&planted, shape, wording), (&refused, &items), tally, &context);
    }
    let nameable: usize = tallies.values().map(|of| of.nameable).sum();
    assert!(nameable as u64 > 2 * UNPLANNED, "{nameable}");
    for (answers, of) in &tallies {
        assert!(of.named * 100 >= of.nameable * 95, "{answers:?} {of:?}: {tallies:#?}");
    }
}

/// A push of a plan, and of what its answers leave to be sent, until nothing is left.
struct Push<'d> {
    planted: Planted,
    folder: Folder,
    /// The arguments for the files.
    files: Vec<String>,
    shape: Shape,
    wording: Wording,
    dice: &'d mut Dice,
    /// The ids that the server has taken.
    taken: BTreeSet<String>,
    context: String,
}

impl Push<'_> {
    fn begin(seed: u64, dice: &mut Dice) -> Push<'_> {
        let shape = Shape::ALL[seed as usize % Shape::ALL.len()];
        let wording = dice.of(&Wording::ALL);
        let plants = Plants { share: 15, secrets: true, crossed: true };
        let mut planted = Planted::of(dice, plants);
        let (mut options, mut atom, _) = options(dice);
        if shape.names() != Names::Records && atom == Atom::Record {
            // Nobody could say which records were taken.
            options.pop();
            atom = Atom::Request;
        }
        planted.server.atom = atom;
        let (folder, files) = planted.files();
        let context = format!("seed {seed} {shape:?} {wording:?} {atom:?} {files:?} {options:?}");
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let outcome = run(&folder, "plan", &files, &[&["--out", "plan-0"], &options[..]].concat());
        assert!(matches!(outcome.code, Some(0 | 1)), "{context}: {}", outcome.told());
        Push { planted, folder, files, shape, wording, dice, taken: BTreeSet::new(), context }
    }

    /// Sends a plan, and keeps the answers.
    fn send(&mut self, mut plan: WrittenPlan, round: usize) {
        while let Some(chunk) = plan.next(self.dice) {
            let request = chunk.as_sent(&self.planted.server);
            let reply = match self.dice.percent(15) {
                true => Reply::TooMany,
                false => self.planted.server.push(&request, 0),
            };
            if let Reply::Judged(verdicts) = &reply {
                let new = request.iter().zip(verdicts).filter(|(_, of)| **of == Verdict::Taken);
                for (shift, _) in new {
                    let is_new = self.taken.insert(shift.id.clone());
                    assert!(is_new, "{}: {shift:?} was sent twice", self.context);
                }
            }
            let (shape, wording) = (self.shape, self.wording);
            let answer = Clerk { shape, wording, dice: self.dice }.write(&request, &reply);
            let name = chunk.file.replace("send/", &format!("answers-{round}/"));
            let name = name.replace(&format!(".{}", self.planted.form.ending()), ".txt");
            let path = self.folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, answer).expect("an answer");
        }
    }

    /// Writes what can be sent again, and says what was refused.
    fn triage(&self, round: usize) {
        let [plan, answers] = ["plan", "answers"].map(|name| format!("{name}-{round}"));
        let next = format!("plan-{}", round + 1);
        let mut more = vec!["--plan", &plan, "--response", &answers, "--write-retry", &next];
        more.extend(["--format", "json"]);
        // A list of failures says nothing of the other records.
        if !self.shape.lists_all() && self.shape.names() != Names::Nothing {
            let is_whole = self.planted.server.atom != Atom::Record;
            more.extend(["--unmentioned", if is_whole { "rejected" } else { "accepted" }]);
        }
        let outcome = run(&self.folder, "triage", &self.files, &more);
        let context = &self.context;
        assert!(matches!(outcome.code, Some(0 | 1 | 4)), "{context}: {}", outcome.told());
        for item in list(&outcome.report(), "items") {
            let Some(id) = item["id"].as_str() else { continue };
            // No file shows why anything of a plan is refused.
            let secret = self.planted.server.secrets.get(id);
            let expected = secret.map_or("unknown", |of| Trouble::Secret(*of).class(self.wording));
            let possible = [expected, "unknown", "rate-limit", "rejected-with-chunk"];
            assert!(possible.contains(&class(&item)), "{context}: {item:#}");
        }
    }

    /// Whether a record has to wait although the server would take it: the answer to its request
    /// has a reason that concerns the whole request, and names no record.
    fn is_blamed(&self, rule: &str) -> bool {
        self.shape.names() != Names::Records && ["permission", "stale-version"].contains(&rule)
    }
}

#[test]
fn what_a_server_can_take_is_live_in_the_end() {
    for seed in 0..LOOPS {
        let mut dice = Dice::new(2_000_000 + seed);
        let mut push = Push::begin(seed, &mut dice);
        let mut round = 0;
        let held = loop {
            let form = push.planted.form;
            let plan = WrittenPlan::read(&push.folder, &format!("plan-{round}"), form);
            if plan.is_empty() {
                break plan.held;
            }
            assert!(round < 40, "{}: no end", push.context);
            push.send(plan, round);
            push.triage(round);
            round += 1;
        };
        for (shift, rule) in &held {
            let could = could_go(&push.planted, shift) && !push.is_blamed(rule);
            assert!(!could, "{}: {shift:?} waits ({rule})", push.context);
        }
    }
}

/// Answers that break off, and with any odd bytes.
#[test]
fn any_answer_has_an_exit_code() {
    for seed in 0..BROKEN {
        let dice = &mut Dice::new(3_000_000 + seed);
        let shape = Shape::ALL[seed as usize % Shape::ALL.len()];
        let wording = dice.of(&Wording::ALL);
        let mut planted = Planted::of(dice, Plants { share: 30, secrets: true, crossed: false });
        let reply = planted.server.push(&planted.batch, 0);
        let mut bytes = Clerk { shape, wording, dice }.write(&planted.batch, &reply).into_bytes();
        for _ in 0..dice.below(6) {
            let place = dice.below(bytes.len() as i64) as usize;
            bytes[place] = dice.below(256) as u8;
        }
        bytes.truncate(dice.below(2 * bytes.len() as i64) as usize);
        let (folder, files) = planted.files();
        let folder = folder.with("answer.txt", bytes);
        let format = dice.of(&["text", "json"]);
        let more = ["--response", "answer.txt", "--format", format];
        let outcome = run(&folder, "triage", &files, &more);
        assert!(matches!(outcome.code, Some(0 | 1 | 3 | 4)), "{seed}: {}", outcome.told());
        let is_harmless = |letter: char| letter == '\n' || !letter.is_control();
        assert!(outcome.out.chars().all(is_harmless), "{seed}: {}", outcome.told());
    }
}
