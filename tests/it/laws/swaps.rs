//! What holds for any swaps.
//!
//! A few records of a few agents are traded at random: chains, contradictions,
//! swaps back, halves that name nobody. The oracle carries each swap out on
//! plain vectors and compares every record with every other one.

use super::{Choice, PLAIN, config, with_ids};
use crate::world::check::{FILES, check, file, json};
use crate::world::schedule::{self, Times, numbered};
use crate::world::write;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use std::collections::BTreeSet;

/// A record that claims time, in quarters of an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    role: Role,
    agent: u8,
    /// Shifts have ids.
    id: Option<u8>,
    pending: bool,
    start: u32,
    end: u32,
}

/// A swap; agents and shifts are numbers.
#[derive(Debug, Clone)]
struct Trade {
    status: &'static str,
    agents: [u8; 2],
    shifts: [Option<u8>; 2],
}

#[derive(Debug, Clone)]
struct Scene {
    rows: Vec<Row>,
    trades: Vec<Trade>,
}

const AGENTS: u8 = 4;
const SHIFTS: u8 = 6;

fn rows() -> impl Strategy<Value = Row> {
    let roles =
        prop_oneof![4 => Just(Role::Batch), 3 => Just(Role::Published), 1 => Just(Role::TimeOff)];
    (roles, 0..AGENTS, 0..SHIFTS, 0..40_u32, 1..16_u32, proptest::bool::weighted(0.3)).prop_map(
        |(role, agent, id, start, length, pending)| Row {
            role,
            agent,
            id: (role != Role::TimeOff).then_some(id),
            pending,
            start,
            end: start + length,
        },
    )
}

fn trades() -> impl Strategy<Value = Trade> {
    let statuses = prop_oneof![
        3 => Just("approved"),
        3 => Just("pending"),
        1 => Just(""),
        1 => Just("unmatched"),
        1 => Just("denied"),
    ];
    let shifts = (0..SHIFTS, proptest::option::weighted(0.6, 0..SHIFTS));
    (statuses, [0..AGENTS, 0..AGENTS], shifts).prop_map(|(status, agents, (own, other))| Trade {
        status,
        agents,
        shifts: [Some(own), other],
    })
}

fn scenes() -> impl Strategy<Value = Scene> {
    let rows = proptest::collection::vec(rows(), 1..14);
    let trades = proptest::collection::vec(trades(), 0..6);
    (rows, trades).prop_map(|(rows, trades)| Scene { rows, trades })
}

impl Row {
    /// The row of a file; time off is numbered by its place.
    fn written(&self, place: usize) -> schedule::Row {
        let at =
            |quarters: u32| date(2026, 3, 2).at(0, 0, 0, 0) + i64::from(quarters * 15).minutes();
        let times = Times::at_offset(at(self.start), at(self.end), None);
        let is_pending = self.id.is_none() && self.pending;
        schedule::Row {
            id: Some(self.id.map_or_else(|| numbered("r", place), |id| numbered("s", id))),
            status: if is_pending { "pending" } else { "" },
            ..schedule::Row::shift(self.role, &numbered("agent", self.agent), times)
        }
    }
}

fn swaps_csv(trades: &[Trade]) -> String {
    let line = |(number, Trade { status, agents, shifts }): (usize, &Trade)| {
        let [own, other] = shifts.map(|id| id.map(|id| numbered("s", id)).unwrap_or_default());
        let [from, to] = agents.map(|agent| numbered("agent", agent));
        vec![numbered("w", number), (*status).to_owned(), from, own, to, other]
    };
    let columns = ["id", "status", "agent", "shift", "with agent", "with shift"];
    write::table(&columns, trades.iter().enumerate().map(line))
}

fn check_rows(rows: &[Row], trades: Option<&[Trade]>, apply_swaps: bool, jobs: usize) -> Report {
    let written = rows.iter().enumerate().map(|(place, row)| row.written(place));
    let rows: Vec<schedule::Row> = written.collect();
    let mut files = Vec::new();
    for (role, name) in FILES {
        let of_role = || rows.iter().filter(|row| row.role == role);
        // An input without records is a problem, unless it is the batch.
        if role == Role::Batch || of_role().next().is_some() {
            let columns = ["agent", "id", "start", "end", "status"];
            files.push(file(role, name, write::csv(&columns, of_role())));
        }
    }
    let trades = trades.filter(|trades| !trades.is_empty());
    files.extend(trades.map(|trades| file(Role::Swaps, "swaps.csv", swaps_csv(trades))));
    let settings = with_ids(files, Choice { jobs, ..PLAIN });
    check(&Settings { apply_swaps, ..settings })
}

/// A change of hands: the number of its swap, and who gives to whom.
type Step = (usize, u8, u8);

impl Scene {
    /// The changes of hands over one shift, by swaps of this kind.
    fn steps(&self, shift: u8, wanted: fn(&Trade) -> bool) -> Vec<Step> {
        let mut steps = Vec::new();
        for (number, trade) in self.trades.iter().enumerate().filter(|(_, trade)| wanted(trade)) {
            let [one, other] = trade.agents;
            let halves = [(trade.shifts[0], one, other), (trade.shifts[1], other, one)];
            let own = halves.into_iter().filter(|(id, from, to)| *id == Some(shift) && from != to);
            steps.extend(own.map(|(_, from, to)| (number, from, to)));
        }
        steps
    }

    /// The way of a shift: every order of its steps is tried, the order of the
    /// file first. Where none uses them all, whoever gives first gives.
    fn way(&self, shift: u8) -> Vec<Step> {
        let steps = self.steps(shift, |trade| trade.status == "approved");
        let gives = |agent: u8| {
            let given = steps.iter().filter(|step| step.1 == agent).count();
            given > steps.iter().filter(|step| step.2 == agent).count()
        };
        let first = steps.iter().find(|step| gives(step.1)).or(steps.first());
        let Some(start) = first.map(|step| step.1) else { return Vec::new() };
        if let Some(way) = through(start, &steps) {
            return way;
        }
        let (mut left, mut way, mut owner) = (steps, Vec::new(), start);
        while let Some(place) = left.iter().position(|step| step.1 == owner) {
            let step = left.remove(place);
            owner = step.2;
            way.push(step);
        }
        way
    }

    /// Where a shift goes from here, and by which swap.
    fn destination(&self, row: &Row) -> Option<Step> {
        let way = self.way(row.id?);
        let last = *way.last()?;
        let known = way.iter().any(|step| step.1 == row.agent || step.2 == row.agent);
        (known && last.2 != row.agent).then_some(last)
    }

    /// The records with approved swaps in effect and without what is replaced;
    /// with each the swap that moved it.
    fn settled(&self) -> Vec<(Row, Option<usize>)> {
        let moved = self.rows.iter().map(|row| match self.destination(row) {
            Some((swap, _, to)) => (Row { agent: to, ..row.clone() }, Some(swap)),
            None => (row.clone(), None),
        });
        let moved: Vec<(Row, Option<usize>)> = moved.collect();
        let replaced = |row: &Row| {
            let namesakes = |role: Role| {
                let rows = moved.iter().map(|(row, _)| row);
                rows.filter(move |of| of.role == role && of.agent == row.agent && of.id == row.id)
            };
            // Of several that differ none is replaced.
            let times: BTreeSet<(u32, u32)> =
                namesakes(Role::Published).map(|row| (row.start, row.end)).collect();
            row.role == Role::Published
                && namesakes(Role::Batch).next().is_some()
                && times.len() == 1
        };
        moved.iter().filter(|(row, _)| !replaced(row)).cloned().collect()
    }

    /// Whether one of the shifts of a swap is the batch's: as its agents or the
    /// last one on its way have it, or anybody where none of them does.
    fn is_sent(&self, trade: &Trade) -> bool {
        trade.shifts.into_iter().flatten().any(|shift| self.sent_half(trade, shift))
    }

    fn sent_half(&self, trade: &Trade, shift: u8) -> bool {
        let mut agents = trade.agents.to_vec();
        agents.extend(self.way(shift).last().map(|step| step.2));
        let has = |role: Role, anyone: bool| {
            let mut shifts = self.rows.iter().filter(|row| row.id == Some(shift));
            shifts.any(|row| row.role == role && (anyone || agents.contains(&row.agent)))
        };
        has(Role::Batch, false) || (!has(Role::Published, false) && has(Role::Batch, true))
    }
}

/// The first way through all steps that begins with an agent.
fn through(owner: u8, steps: &[Step]) -> Option<Vec<Step>> {
    if steps.is_empty() {
        return Some(Vec::new());
    }
    (0..steps.len()).filter(|place| steps[*place].1 == owner).find_map(|place| {
        let mut left = steps.to_vec();
        let step = left.remove(place);
        let rest = through(step.2, &left)?;
        Some([vec![step], rest].concat())
    })
}

/// What is compared: rule, severity, agent, swap, shift, and how many others.
type Told = (String, &'static str, u8, usize, u8, usize);

fn others<'r>(
    settled: &'r [(Row, Option<usize>)],
    own: &'r Row,
    to: u8,
    given: Option<u8>,
    sent: bool,
) -> impl Iterator<Item = &'r Row> {
    settled.iter().map(|(row, _)| row).filter(move |other| {
        other.agent == to
            && other.start < own.end
            && own.start < other.end
            && (other.id.is_none() || (other.id != own.id && other.id != given))
            && (sent || [own, *other].into_iter().any(|row| row.role == Role::Batch))
    })
}

fn overlaps(scene: &Scene) -> Vec<Told> {
    let settled = scene.settled();
    let mut told = Vec::new();
    let mut tell = |own: &Row, to: u8, given: Option<u8>, swap: usize| {
        let trade = &scene.trades[swap];
        let met: Vec<&Row> = others(&settled, own, to, given, scene.is_sent(trade)).collect();
        let only_pending = met.iter().all(|other| other.id.is_none() && other.pending);
        let mild = only_pending || trade.status != "approved";
        let severity = if mild { "warning" } else { "error" };
        if let (Some(shift), false) = (own.id, met.is_empty()) {
            told.push(("SW102".to_owned(), severity, to, swap, shift, met.len()));
        }
    };
    for (row, swap) in &settled {
        if let Some(swap) = swap {
            tell(row, row.agent, None, *swap);
        }
    }
    for (swap, trade) in scene.trades.iter().enumerate() {
        let [one, other] = trade.agents;
        if !["pending", ""].contains(&trade.status) || one == other {
            continue;
        }
        let [own, back] = trade.shifts;
        for (shift, given, from, to) in [(own, back, one, other), (back, own, other, one)] {
            let Some(shift) = shift else { continue };
            let has = |agent: u8, row: &Row| row.id == Some(shift) && row.agent == agent;
            if !settled.iter().any(|(row, _)| has(to, row)) {
                for (row, _) in settled.iter().filter(|(row, _)| has(from, row)) {
                    tell(row, to, given, swap);
                }
            }
        }
    }
    told
}

fn not_applied(scene: &Scene) -> Vec<Told> {
    let sent = scene.rows.iter().filter(|row| row.role == Role::Batch);
    let told = |row: &Row| {
        let (swap, ..) = scene.destination(row)?;
        Some(("SW103".to_owned(), "error", row.agent, swap, row.id?, 0))
    };
    sent.filter_map(told).collect()
}

fn pending(scene: &Scene) -> Vec<(usize, u8)> {
    let mut told = Vec::new();
    for (swap, trade) in scene.trades.iter().enumerate() {
        let named: BTreeSet<u8> = trade.shifts.into_iter().flatten().collect();
        if ["pending", "", "unmatched"].contains(&trade.status) {
            let sent = named.into_iter().filter(|shift| scene.sent_half(trade, *shift));
            told.extend(sent.map(|shift| (swap, shift)));
        }
    }
    told
}

fn number<T: std::str::FromStr>(name: Option<&str>) -> T {
    let digits = name.and_then(|name| name.split('-').nth(1)).unwrap_or_default();
    digits.parse().unwrap_or_else(|_| panic!("{name:?} has no number"))
}

fn told(finding: &Finding) -> Told {
    let [shift, swap] = [0, 1].map(|place| finding.records[place].id.as_deref());
    let words = finding.words();
    let more = words.message.split(", and on ").nth(1);
    let count = match more.map(|more| more.split(' ').next().unwrap_or_default()) {
        None => 1,
        Some("another") => 2,
        Some(more) => more.parse::<usize>().expect("a number") + 1,
    };
    let count = if finding.rule.code == "SW102" { count } else { 0 };
    let agent = number(finding.agent.as_deref());
    let code = finding.rule.code.to_owned();
    (code, finding.severity.name(), agent, number(swap), number(shift), count)
}

fn of_rule<'r>(report: &'r Report, code: &'r str) -> impl Iterator<Item = &'r Finding> {
    report.findings.iter().filter(move |finding| finding.rule.code == code)
}

/// What overlaps and ids are, without places.
fn conflicts(report: &Report) -> Vec<String> {
    let families = ["OV", "ID"];
    let mut told: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| families.contains(&&finding.rule.code[..2]))
        .map(|finding| {
            let mut records: Vec<_> =
                finding.records.iter().map(|record| (record.role, record.id.clone())).collect();
            records.sort();
            let claim = finding.claim.map(|claim| (claim.start.instant, claim.end.instant));
            format!("{} {:?} {claim:?} {records:?}", finding.rule.code, finding.agent)
        })
        .collect();
    told.sort();
    told
}

/// The law would hold for swaps of which nothing comes, too.
#[test]
fn the_swaps_that_are_made_up_lead_to_everything() {
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    let mut longest = 0;
    for _ in 0..400 {
        let scene = scenes().new_tree(&mut runner).expect("a scene").current();
        let all = overlaps(&scene).into_iter().chain(not_applied(&scene));
        found.extend(all.map(|(rule, severity, _, _, _, count)| (rule, severity, count.min(2))));
        longest = (0..SHIFTS).map(|shift| scene.way(shift).len()).max().unwrap_or(0).max(longest);
    }
    for (rule, severity, count) in [
        ("SW102", "error", 1),
        ("SW102", "error", 2),
        ("SW102", "warning", 1),
        ("SW102", "warning", 2),
        ("SW103", "error", 0),
    ] {
        assert!(found.contains(&(rule.to_owned(), severity, count)), "{rule} {severity} {count}");
    }
    assert!(longest >= 3, "no chain of three");
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn what_swaps_lead_to_is_what_carrying_them_out_shows(scene in scenes()) {
        let report = check_rows(&scene.rows, Some(&scene.trades), false, 1);
        let mut found: Vec<Told> = of_rule(&report, "SW102").map(told).collect();
        let mut expected = overlaps(&scene);
        found.extend(of_rule(&report, "SW103").map(told));
        expected.extend(not_applied(&scene));
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        let mut found: Vec<(usize, u8)> = of_rule(&report, "SW101")
            .map(told)
            .map(|(_, _, _, swap, shift, _)| (swap, shift))
            .collect();
        found.sort_unstable();
        prop_assert_eq!(found, pending(&scene));
    }

    #[test]
    fn swaps_put_into_effect_are_a_schedule_with_other_agents(scene in scenes()) {
        let by_hand: Vec<Row> = scene
            .rows
            .iter()
            .map(|row| {
                let agent = scene.destination(row).map_or(row.agent, |(_, _, to)| to);
                Row { agent, ..row.clone() }
            })
            .collect();
        let applied = check_rows(&scene.rows, Some(&scene.trades), true, 1);
        let written = check_rows(&by_hand, None, false, 1);
        prop_assert_eq!(conflicts(&applied), conflicts(&written));
        prop_assert_eq!(of_rule(&applied, "SW103").count(), 0);
        prop_assert_eq!(applied.agents, written.agents);
    }
}

/// The published rows that batch rows stand for whose shift changed hands: of a
/// shift that the batch has with who gets it in the end, those of whoever gave it,
/// unless they differ in their times.
fn superseded(scene: &Scene, batch: &[Row]) -> Vec<Row> {
    let mut gone = Vec::new();
    for shift in 0..SHIFTS {
        let given = |row: &&Row| {
            row.role == Role::Published && row.id == Some(shift) && scene.destination(row).is_some()
        };
        let given: Vec<&Row> = scene.rows.iter().filter(given).collect();
        let end = scene.way(shift).last().map(|step| step.2);
        let sent = batch.iter().any(|row| row.id == Some(shift) && Some(row.agent) == end);
        let times: BTreeSet<(u32, u32)> = given.iter().map(|row| (row.start, row.end)).collect();
        if sent && times.len() == 1 {
            gone.extend(given.into_iter().cloned());
        }
    }
    gone
}

fn of_family(report: &Report, family: &str) -> Vec<String> {
    let all = conflicts(report).into_iter();
    all.filter(|conflict| conflict.starts_with(family)).collect()
}

proptest! {
    #![proptest_config(config(300))]

    /// Who carries a swap out sends the shifts with their new agents; the former
    /// agents still have them published.
    #[test]
    fn a_swap_that_is_carried_out_replaces_what_was_published(scene in scenes()) {
        let carried = |row: &Row| {
            let agent = scene.destination(row).map_or(row.agent, |(_, _, to)| to);
            Row { agent, ..row.clone() }
        };
        let (sent, live): (Vec<&Row>, Vec<&Row>) =
            scene.rows.iter().partition(|row| row.role == Role::Batch);
        let sent: Vec<Row> = sent.into_iter().map(carried).collect();
        let gone = superseded(&scene, &sent);
        let live: Vec<Row> = live.into_iter().cloned().collect();
        let left: Vec<Row> = live.iter().filter(|row| !gone.contains(row)).cloned().collect();
        // Time off is numbered by its place.
        let in_order = |mut rows: Vec<Row>| {
            rows.sort_by_key(|row| row.role != Role::TimeOff);
            rows
        };
        let [given, by_hand] = [live, left].map(|live| in_order([sent.clone(), live].concat()));
        let report = check_rows(&given, Some(&scene.trades), false, 1);
        let expected = check_rows(&by_hand, None, false, 1);
        prop_assert_eq!(of_family(&report, "OV"), of_family(&expected, "OV"));
        prop_assert_eq!(of_rule(&report, "SW103").count(), 0);
        // An id is taken only from whom no swap takes the shift.
        for finding in of_rule(&report, "ID102") {
            let [own, other] = [0, 1].map(|place| &finding.records[place]);
            let way = scene.way(number(own.id.as_deref()));
            let [from, to] = [other, own].map(|record| number::<u8>(Some(&record.agent)));
            let is_given = way.last().is_some_and(|last| last.2 == to)
                && way.iter().any(|step| step.1 == from || step.2 == from);
            prop_assert!(!is_given, "{finding:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn the_number_of_threads_changes_no_byte(scene in scenes()) {
        for apply in [false, true] {
            let one = json(&check_rows(&scene.rows, Some(&scene.trades), apply, 1));
            let many = json(&check_rows(&scene.rows, Some(&scene.trades), apply, 4));
            prop_assert_eq!(&one, &many);
        }
    }
}
