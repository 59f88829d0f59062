//! Causes are right, and where nothing is wrong there are none.
//!
//! Schedules are made up twice. Honest ones have overlaps that are meant, in
//! every way of writing times; a cause there would be wrong. In the others
//! nothing overlaps as it is meant, and one mistake is made with the pen; each
//! overlap that comes of it should have that cause. Both are made up with hours at
//! random (`world`) and as periodic rotas in all zones (`rota`, `planted`), which
//! deceive more. The numbers are in docs/proof.md.
//!
//! Seeds are fixed. `CAUSES=8000` measures so many schedules for each number.

mod planted;

mod rota;

mod world;

use crate::world::check::{FILES, check, file};
use crate::world::random::Dice;
use crate::world::write;
use shiftlint::model::cause::CauseKind;
use shiftlint::model::finding::{Finding, Record, Report};
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use std::collections::BTreeMap;
use std::sync::Arc;
use world::{DAYS, Fact, How, World};

/// The columns of the files.
const COLUMNS: [&str; 8] = ["agent", "id", "date", "start", "end", "zone", "kind", "status"];

fn rounds(usual: u64) -> u64 {
    std::env::var("CAUSES").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
}

#[expect(clippy::print_stdout, reason = "the numbers are for docs/proof.md")]
fn tell(numbers: &str) {
    println!("{numbers}");
}

fn check_world(world: &World) -> Report {
    let files = FILES.map(|(role, name)| file(role, name, write::csv(&COLUMNS, &world.rows(role))));
    let local = world.facts.iter().any(|fact| fact.how == How::Local);
    check(&Settings {
        files: files.into(),
        levels: shiftlint::judge::selected(&[], &[], &[]).expect("the default selection"),
        zone: local.then(|| world.zone.to_owned()),
        max_per_agent: 10_000,
        jobs: Some(1),
        ..Settings::default()
    })
}

fn conflicts(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.cross_day.is_some())
}

/// The records of a world by the files that they are in.
struct Written<'a>(BTreeMap<Role, Vec<&'a Fact>>);

impl<'a> Written<'a> {
    fn of(world: &'a World) -> Written<'a> {
        let mut by_role: BTreeMap<Role, Vec<&Fact>> = BTreeMap::new();
        world.facts.iter().for_each(|fact| by_role.entry(fact.role).or_default().push(fact));
        Written(by_role)
    }

    /// What is meant by the records of a finding.
    fn facts(&self, finding: &Finding) -> Vec<&'a Fact> {
        let fact = |record: &Arc<Record>| self.0[&record.role][record.number as usize - 1];
        finding.records.iter().map(fact).collect()
    }
}

/// Whether two records do not overlap as they are meant.
fn is_apart(facts: &[&Fact]) -> bool {
    facts[0].start.max(facts[1].start) >= facts[0].end.min(facts[1].end)
}

/// Whether a cause says of honest records what is so: a request is not decided,
/// or one record without an id stands in a file twice.
fn is_so(kind: CauseKind, facts: &[&Fact]) -> bool {
    match kind {
        CauseKind::Pending => facts.iter().any(|fact| fact.status == "pending"),
        CauseKind::DuplicateRecord => {
            facts.iter().all(|fact| fact.id.is_none() && *fact == facts[0])
        }
        // Two records at the same times, one of which is published.
        CauseKind::ReImport => (facts[0].start, facts[0].end) == (facts[1].start, facts[1].end),
        _ => false,
    }
}

/// Lets each file, or each record, be written in a way of its own.
fn write_honestly(world: &mut World, dice: &mut Dice) {
    let ways = [
        How::Offset,
        How::Utc,
        How::UtcInZone,
        How::Zone,
        How::OffsetInZone,
        How::Region(-300),
        How::Region(60),
        How::Date,
        How::Local,
    ];
    let mixed = dice.percent(40);
    let of_files = FILES.map(|(role, _)| (role, dice.of(&ways)));
    for fact in &mut world.facts {
        let of_file = of_files.iter().find(|(role, _)| *role == fact.role);
        fact.how = if mixed { dice.of(&ways) } else { of_file.expect("a role").1 };
        let pending = fact.role == Role::TimeOff && dice.percent(30);
        fact.status = if pending { "pending" } else { fact.status };
    }
}

#[test]
fn honest_schedules_have_no_causes() {
    let (mut found, mut wrong, mut examples) = (0, BTreeMap::new(), Vec::new());
    for seed in 0..rounds(250) {
        let dice = &mut Dice::new(seed);
        let mut world = World::new(dice, &[1, 15], false);
        let (agents, ids, share) = (6, dice.percent(60), dice.of(&[5, 20, 60]));
        world.fill(dice, agents, ids);
        world.clash(dice, agents, share, ids);
        if dice.percent(30) {
            world.keep_watch(dice, 0, ids);
        }
        write_honestly(&mut world, dice);
        let written = Written::of(&world);
        for finding in conflicts(&check_world(&world)) {
            found += 1;
            let facts = written.facts(finding);
            for cause in finding.causes.iter().filter(|cause| !is_so(cause.kind, &facts)) {
                *wrong.entry(cause.kind.name()).or_insert(0) += 1;
                examples.push(format!("{seed}: {} ({})", cause.message, finding.words().message));
            }
        }
    }
    let count: u64 = wrong.values().sum();
    tell(&format!("{count} of {found} conflicts that are meant have a cause: {wrong:?}"));
    examples.truncate(20);
    assert!(found > 2_000, "{found} conflicts are too few");
    assert!(count * 1_000 <= found, "{count} of {found}: {wrong:?}\n{}", examples.join("\n"));
}

/// What was said of overlaps that are meant.
#[derive(Default)]
struct Honest {
    overlaps: u64,
    /// How many of them have a cause that is wrong.
    wrong: u64,
    /// These by their kinds, and one of each kind in each world.
    kinds: BTreeMap<&'static str, u64>,
    examples: Vec<String>,
}

impl Honest {
    /// Counts the causes of overlaps that are meant. What only overlaps because the
    /// clock changed is not counted: that is not meant.
    fn look(&mut self, world: &World) {
        let written = Written::of(world);
        let mut examples: BTreeMap<&str, String> = BTreeMap::new();
        for finding in conflicts(&check_world(world)) {
            let facts = written.facts(finding);
            if is_apart(&facts) {
                continue;
            }
            self.overlaps += 1;
            let causes = || finding.causes.iter().filter(|cause| !is_so(cause.kind, &facts));
            self.wrong += u64::from(causes().next().is_some());
            for cause in causes() {
                *self.kinds.entry(cause.kind.name()).or_default() += 1;
                let example = || {
                    let (zone, first) = (world.zone, world.first);
                    format!("{zone} {first}: {} ({})", cause.message, finding.words().message)
                };
                examples.entry(cause.kind.name()).or_insert_with(example);
            }
        }
        self.examples.extend(examples.into_values());
    }

    /// At most one of 20,000 has a cause.
    fn assert(self, least: u64) {
        let Honest { overlaps, wrong, kinds, mut examples } = self;
        let numbers =
            format!("{wrong} of {overlaps} overlaps that are meant have a cause: {kinds:?}");
        tell(&numbers);
        examples.truncate(12);
        assert!(overlaps >= least, "{overlaps} overlaps are too few");
        assert!(wrong * 20_000 <= overlaps, "{numbers}\n{}", examples.join("\n"));
    }
}

#[test]
fn honest_rotas_have_no_causes() {
    let mut honest = Honest::default();
    for seed in 0..rounds(200) {
        let dice = &mut Dice::new(seed ^ 0x0a_0770);
        let rota = rota::Rota::new(dice);
        let mut world = rota::anywhere(dice, seed, 25, rota.length);
        let ids = dice.percent(60);
        rota.fill(dice, &mut world, ids);
        let share = dice.of(&[1, 2, 5, 10, 30, 60, 100]);
        rota::clash(dice, &mut world, &rota, share, ids);
        rota::sort(dice, &mut world);
        rota::write_rightly(dice, &mut world);
        honest.look(&world);
    }
    honest.assert(20_000);
}

#[test]
fn nights_at_a_change_of_the_clock_with_right_offsets_are_never_stale() {
    let mut honest = Honest::default();
    for seed in 0..rounds(120) {
        let dice = &mut Dice::new(seed ^ 0x4a_11ce);
        let nights = rota::Rota::nights(dice);
        let mut world = rota::anywhere(dice, seed * 5, 100, nights.length);
        let ids = dice.percent(60);
        nights.fill(dice, &mut world, ids);
        rota::clash(dice, &mut world, &nights, 60, ids);
        let how = dice.of(&[How::Offset, How::OffsetInZone]);
        world.facts.iter_mut().for_each(|fact| fact.how = how);
        honest.look(&world);
    }
    assert_eq!(honest.kinds.get("stale-offset"), None, "{:?}", honest.examples);
    honest.assert(2_000);
}

/// What was said of overlaps that come of a mistake.
#[derive(Default)]
struct Planted {
    overlaps: u64,
    /// How many of them have the right cause, and how many another one.
    right: u64,
    other: u64,
    examples: Vec<String>,
}

impl Planted {
    fn look(&mut self, seed: u64, mistake: CauseKind, world: &World) {
        let written = Written::of(world);
        for finding in conflicts(&check_world(world)) {
            let facts = written.facts(finding);
            if !is_apart(&facts) || !facts.iter().any(|fact| world.is_miswritten(fact)) {
                continue;
            }
            let causes: Vec<_> = finding.causes.iter().map(|cause| cause.kind).collect();
            self.overlaps += 1;
            self.right += u64::from(causes.contains(&mistake));
            self.other += u64::from(causes.iter().any(|cause| *cause != mistake));
            if causes != [mistake] {
                let message = &finding.words().message;
                self.examples.push(format!("{seed} {}: {message} {causes:?}", world.zone));
            }
        }
    }
}

/// In rotas of all zones: the mistakes of a file, of a part of one and of an agent.
fn assert_planted(mistake: CauseKind, usual: u64) {
    let mut planted = Planted::default();
    for seed in 0..rounds(usual) {
        planted.look(seed, mistake, &planted::planted(seed, mistake));
    }
    let Planted { overlaps, right, other, mut examples } = planted;
    let numbers = format!("{}: {right} of {overlaps}, {other} another cause", mistake.name());
    tell(&numbers);
    examples.dedup_by_key(|example| example.split(' ').next().map(str::to_owned));
    examples.truncate(12);
    let examples = examples.join("\n");
    assert!(overlaps >= 100, "{numbers}: too few");
    assert!(right * 100 >= overlaps * 95, "{numbers}\n{examples}");
}

#[test]
fn local_times_marked_as_utc_are_seen_in_rotas() {
    assert_planted(CauseKind::UtcAsLocal, 120);
}

#[test]
fn missing_offsets_are_seen_in_rotas() {
    assert_planted(CauseKind::MissingOffset, 120);
}

#[test]
fn stale_offsets_are_seen_in_rotas() {
    assert_planted(CauseKind::StaleOffset, 200);
}

#[test]
fn ends_that_were_moved_to_the_next_day_are_seen_in_rotas() {
    assert_planted(CauseKind::Overnight, 120);
}

/// What one sort of mistake does to a schedule in which nothing overlaps.
type Plant = fn(&mut World, &mut Dice);

/// Whether an overlap comes of a mistake of this kind: what is meant does not
/// overlap, or is the same time twice.
fn is_due(kind: CauseKind, facts: &[&Fact]) -> bool {
    match kind {
        CauseKind::DuplicateRecord | CauseKind::ReImport => {
            (facts[0].start, facts[0].end) == (facts[1].start, facts[1].end)
        }
        _ => is_apart(facts),
    }
}

/// Plants a mistake in many schedules, and counts the overlaps that come of it:
/// at least 95 of 100 have this cause, and at most one has another one. A few
/// overlaps are meant beside it, and are not counted.
fn measure(name: &str, kind: CauseKind, grids: &[i64], changes: bool, plant: Plant) {
    let (mut found, mut right, mut wrong, mut missed) = (0_u64, 0_u64, 0_u64, Vec::new());
    for seed in 0..rounds(40) {
        let dice = &mut Dice::new(seed ^ 0xca5e);
        let mut world = World::new(dice, grids, changes);
        let ids = dice.percent(60);
        world.fill(dice, 8, ids);
        world.clash(dice, 8, 2, ids);
        plant(&mut world, dice);
        let written = Written::of(&world);
        for finding in conflicts(&check_world(&world)) {
            if !is_due(kind, &written.facts(finding)) {
                continue;
            }
            let causes: Vec<_> = finding.causes.iter().map(|cause| cause.kind).collect();
            found += 1;
            right += u64::from(causes.contains(&kind));
            wrong += u64::from(causes.iter().any(|cause| *cause != kind));
            if causes != [kind] {
                let world = (world.zone, world.grid, world.regular);
                missed.push(format!("{seed} {world:?}: {} {causes:?}", finding.words().message));
            }
        }
    }
    tell(&format!("{name}: {right} of {found}, {wrong} with another cause"));
    missed.truncate(12);
    let missed = missed.join("\n");
    assert!(found >= 60, "{name}: {found} conflicts are too few");
    assert!(right * 100 >= found * 95, "{name}: {right} of {found}\n{missed}");
    assert!(wrong * 100 <= found, "{name}: {wrong} of {found} have another cause\n{missed}");
}

/// How the records without mistake are written: with offsets or in zones.
fn write_others(world: &mut World, dice: &mut Dice) {
    let how = dice.of(&[How::Offset, How::Zone, How::OffsetInZone]);
    world.facts.iter_mut().for_each(|fact| fact.how = how);
}

fn write_batch(world: &mut World, how: How) {
    let batch = world.facts.iter_mut().filter(|fact| fact.role == Role::Batch);
    batch.for_each(|fact| fact.how = how);
}

/// A few records of the batch, one an agent.
fn few<'a>(world: &'a mut World, dice: &mut Dice) -> Vec<&'a mut Fact> {
    let chosen: Vec<i64> = (0..8).map(|_| dice.below(DAYS) * 24 * 60).collect();
    let mut few: BTreeMap<i64, &mut Fact> = BTreeMap::new();
    for fact in world.facts.iter_mut().filter(|fact| fact.role == Role::Batch) {
        if fact.start >= chosen[fact.agent as usize] {
            few.entry(fact.agent).or_insert(fact);
        }
    }
    few.into_values().collect()
}

#[test]
fn a_file_of_local_times_marked_as_utc_is_seen() {
    measure("utc-as-local", CauseKind::UtcAsLocal, &[1, 5, 15], false, |world, dice| {
        write_others(world, dice);
        write_batch(world, dice.of(&[How::WallAsUtc, How::WallAsUtcInZone]));
    });
}

#[test]
fn single_local_times_marked_as_utc_are_seen_by_the_hours_of_their_agents() {
    measure("utc-as-local, single", CauseKind::UtcAsLocal, &[1, 5, 15], false, |world, dice| {
        world.regular = true;
        world.facts.clear();
        world.fill(dice, 8, true);
        write_others(world, dice);
        few(world, dice).into_iter().for_each(|fact| fact.how = How::WallAsUtc);
    });
}

#[test]
fn a_file_without_offsets_is_seen() {
    measure("missing-offset", CauseKind::MissingOffset, &[1, 5, 15], false, |world, dice| {
        write_others(world, dice);
        write_batch(world, How::Bare);
    });
}

#[test]
fn single_records_without_offsets_are_seen() {
    measure(
        "missing-offset, single",
        CauseKind::MissingOffset,
        &[1, 5, 15],
        false,
        |world, dice| {
            write_others(world, dice);
            few(world, dice).into_iter().for_each(|fact| fact.how = How::Bare);
        },
    );
}

#[test]
fn offsets_from_before_the_change_are_seen() {
    measure("stale-offset in a zone", CauseKind::StaleOffset, &[1, 5, 15], true, |world, dice| {
        write_others(world, dice);
        write_batch(world, How::StaleInZone);
    });
    measure("stale-offset", CauseKind::StaleOffset, &[1, 5, 15], true, |world, _| {
        write_batch(world, How::Stale);
    });
}

#[test]
fn single_offsets_from_before_the_change_are_seen() {
    let name = "stale-offset in a zone, single";
    measure(name, CauseKind::StaleOffset, &[1, 5, 15], true, |world, dice| {
        world.facts.iter_mut().for_each(|fact| fact.how = How::OffsetInZone);
        let late = |fact: &&mut Fact| fact.start > DAYS / 2 * 24 * 60;
        few(world, dice).into_iter().filter(late).for_each(|fact| fact.how = How::StaleInZone);
    });
}

#[test]
fn ends_twelve_hours_early_and_swapped_ends_are_seen() {
    measure("overnight", CauseKind::Overnight, &[1, 5, 15], false, |world, dice| {
        let how = dice.of(&[How::Slip, How::Swapped]);
        world.facts.iter_mut().for_each(|fact| fact.how = How::Date);
        let midday = |fact: &&mut Fact| fact.end % (24 * 60) > 13 * 60;
        few(world, dice).into_iter().filter(midday).for_each(|fact| fact.how = how);
    });
}

#[test]
fn times_that_the_clock_skipped_or_showed_twice_are_seen() {
    for (kind, scene, day, end, start) in
        [(CauseKind::Gap, 0, 5, 150, 180), (CauseKind::Fold, 2, 5, 90, 90)]
    {
        let mut world = World::at(scene);
        let midnight = day * 24 * 60;
        for agent in 0..40 {
            let dice = &mut Dice::new(agent as u64);
            let length = 60 * (2 + dice.below(8));
            world.put(dice, agent, (midnight + end - length, midnight + end), true);
            world.put(dice, agent, (midnight + start, midnight + start + length), true);
        }
        world.facts.iter_mut().for_each(|fact| fact.role = Role::Batch);
        world.facts.iter_mut().step_by(2).for_each(|fact| fact.how = How::Zone);
        let report = check_world(&world);
        assert_eq!(conflicts(&report).count(), 40);
        for finding in conflicts(&report) {
            let causes: Vec<_> = finding.causes.iter().map(|cause| cause.kind).collect();
            assert_eq!(causes, [kind], "{}", finding.words().message);
        }
    }
}

#[test]
fn ends_that_name_the_last_minute_are_seen() {
    measure("inclusive-end", CauseKind::InclusiveEnd, &[5, 15], false, |world, dice| {
        write_others(world, dice);
        let surplus = dice.of(&[1, 59, 60]);
        world.facts.iter_mut().for_each(|fact| fact.surplus = surplus);
    });
}

#[test]
fn a_batch_that_is_published_already_is_seen() {
    measure("re-import", CauseKind::ReImport, &[1, 5, 15], false, |world, dice| {
        write_others(world, dice);
        let first = dice.below(3) * 10;
        let mut copies = Vec::new();
        for fact in world.facts.iter_mut() {
            let moved = fact.role == Role::TimeOff;
            fact.role = if moved { Role::Published } else { fact.role };
            fact.status = "";
        }
        for fact in
            world.facts.iter().filter(|fact| fact.role == Role::Published).skip(first as usize)
        {
            let id = fact.id.as_ref().map(|id| format!("new-{id}"));
            copies.push(Fact { role: Role::Batch, id, ..fact.clone() });
        }
        world.facts.extend(copies);
    });
}

#[test]
fn records_that_are_there_twice_are_seen() {
    measure("duplicate-record", CauseKind::DuplicateRecord, &[1, 5, 15], false, |world, dice| {
        write_others(world, dice);
        let copies: Vec<Fact> = few(world, dice).into_iter().map(|fact| fact.clone()).collect();
        world.facts.extend(copies);
    });
}
