//! Timelines become facts: what overlaps, what is flawed, what does not fit.
//!
//! Counts are exact; what is kept of each rule is capped per agent.

use super::Run;
use super::activities::Listed;
use super::causes;
use super::collect::{Collected, readings_of};
use super::doubts;
use super::labour::Limits;
use super::listen::Heard;
use super::rivals::Rivals;
use super::spellings::{Folded, Plain, Remark};
use crate::calendar::Season;
use crate::explain::timeline::Timelines;
use crate::group::{sort, timelines};
use crate::judge::{RULES, rule_of_flaw, rule_of_matter, rule_of_meeting};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw, Matter, Meeting, Misfits, Notice, Overlap};
use crate::model::fate::{Fate, Fates};
use crate::model::keys::QuickSet;
use crate::model::roster::Partition;
use crate::model::rule::{Rule, Severity};
use crate::model::settings::{Replace, Settings};
use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::Instant;
use crate::read::source::Source;
use crate::reconcile::{self, Suspects};
use crate::sweep::{self, Cover, Plan, Slot};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What was found, before it is put into words.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) overlaps: Vec<Overlap>,
    /// Of entries whose words allow more than one, by record and start.
    readings: HashMap<(Origin, Instant), Readings>,
    /// What stands around them.
    pub(crate) timelines: Timelines,
    pub(crate) defects: Vec<Defect>,
    pub(crate) notices: Vec<Notice>,
    /// How many misfits are listed of each shift that has some.
    pub(super) misfits: BTreeMap<Origin, Listed>,
    /// How many findings each rule has, by code and severity.
    pub(crate) totals: Totals,
    pub(crate) counts: Vec<Fates>,
    pub(crate) agents: u64,
    /// Entries that went through the sweep.
    pub(crate) swept: u64,
    /// Every agent, if somebody asked for them.
    pub(super) every_agent: QuickSet<u64>,
    /// Columns that could be one field.
    pub(super) rivals: Rivals,
    /// Records that could not be checked, so that no all-clear can be given,
    /// whatever rules are on.
    pub(crate) holes: u64,
    /// What is to be told about names in two spellings.
    pub(crate) remarks: Vec<Remark>,
}

/// Findings by rule and severity: info, warning, error.
pub(crate) type Totals = BTreeMap<&'static str, [u64; 3]>;

/// Finds the facts that the settings ask for, beside those on swaps.
pub(crate) fn find(
    run: &Run<'_>,
    agents: &Agents,
    collected: Collected,
    on_swaps: Vec<Notice>,
) -> Facts {
    let Collected {
        partitions,
        readings,
        defects,
        misfits,
        counts,
        voided,
        further,
        partly,
        heard,
        suspects,
        rivals,
        ..
    } = collected;
    let plan = plan(run.settings);
    let Heard { versions, forms, spellings } = heard;
    let folded = spellings.folded();
    let suspects = match suspects {
        _ if !wants_ids(run.settings) => Suspects::default(),
        Some(suspects) => suspects,
        None => Suspects::among(&partitions, run.crew, |entry| has_id(run.sources, entry)),
    };
    let (voided, further, partly) = (&voided, &further, &partly);
    let suspects = &suspects;
    let limits = Limits::of(run.settings);
    let every_agent = doubts::wants_agents(run);
    let finder = Finder {
        run,
        agents,
        readings: &readings,
        voided,
        further,
        partly,
        folded,
        suspects,
        plan,
        limits,
        every_agent,
    };
    let mut facts = Facts { counts, rivals, ..Facts::default() };
    facts.add_notices(&finder, Heard::notices(versions, forms));
    facts.add_notices(&finder, on_swaps);
    let (mut suspected, mut plain, mut neighbours) = (Vec::new(), Plain::default(), Vec::new());
    let search = |sorted: &mut Vec<Entry>, partition| finder.search(partition, sorted);
    for mut part in run.crew.map_with_room(partitions, Vec::new, search) {
        suspected.append(&mut part.suspected);
        plain.join(std::mem::take(&mut part.plain));
        neighbours.push(std::mem::take(&mut part.neighbours));
        facts.merge(part);
    }
    facts.add_notices(&finder, reconcile::compare_ids(suspected));
    facts.remarks = spellings.remarks(run, plain);
    facts.timelines = Timelines::new(neighbours);
    facts.add_defects(&finder, defects);
    facts.add_misfits(&finder, misfits);
    facts.readings = readings;
    facts
}

/// What one partition holds.
#[derive(Default)]
struct Part {
    facts: Facts,
    /// How many records of each source were replaced, their entries, and how many of
    /// them were read in part.
    replaced: HashMap<u16, (u64, u64, u64)>,
    /// Names to which others fold.
    plain: Plain,
    /// What stands around the overlaps.
    neighbours: Vec<Entry>,
    /// Records whose id may stand on another one, too.
    suspected: Vec<Entry>,
}

struct Finder<'a> {
    run: &'a Run<'a>,
    agents: &'a Agents,
    readings: &'a HashMap<(Origin, Instant), Readings>,
    voided: &'a HashSet<(u64, u64, bool)>,
    further: &'a HashSet<Origin>,
    partly: &'a HashSet<Origin>,
    /// What names with capitals fold to.
    folded: Folded,
    suspects: &'a Suspects,
    plan: Plan,
    limits: Limits,
    /// Whether somebody asks for all agents.
    every_agent: bool,
}

impl Finder<'_> {
    fn level(&self, rule: &Rule) -> Option<Severity> {
        self.run.settings.levels.get(rule.code).copied()
    }

    fn search(&self, partition: Partition, entries: &mut Vec<Entry>) -> Part {
        let mut part = Part::default();
        let mut season = Season::default();
        sort(partition, entries);
        if !self.suspects.is_empty() {
            let suspected = entries.iter().filter(|entry| self.suspects.hold(entry.id));
            let suspected = suspected.filter(|entry| has_id(self.run.sources, entry));
            part.suspected.extend(suspected);
        }
        for timeline in timelines(entries) {
            self.search_timeline(timeline, &mut part, &mut season);
        }
        part.neighbours.shrink_to_fit();
        part
    }

    fn search_timeline(&self, timeline: &[Entry], part: &mut Part, season: &mut Season) {
        self.folded.look(timeline, &mut part.plain);
        let mut kept = Vec::new();
        let mut timeline = timeline;
        if self.may_replace(timeline) {
            kept.extend_from_slice(timeline);
            let mut replaced = reconcile::take_replaced(&mut kept, self.voided);
            for entry in &replaced {
                part.replaced.entry(entry.origin.source()).or_default().1 += 1;
            }
            replaced.sort_unstable_by_key(|entry| entry.origin);
            replaced.dedup_by_key(|entry| entry.origin);
            // A record is counted by the row that it begins with.
            for entry in replaced.iter().filter(|entry| !self.further.contains(&entry.origin)) {
                let count = part.replaced.entry(entry.origin.source()).or_default();
                count.0 += 1;
                count.2 += u64::from(self.partly.contains(&entry.origin));
            }
            timeline = &kept;
        }
        if self.every_agent {
            part.facts.every_agent.extend(timeline.first().map(|entry| entry.agent));
        }
        part.facts.agents += u64::from(!timeline.is_empty());
        part.facts.swept += timeline.len() as u64;
        self.note_strangers(timeline, &mut part.facts);
        let mut traits = Traits::default();
        timeline.iter().for_each(|entry| traits.add(entry.traits()));
        let shifts;
        if traits != Traits::default() {
            self.note_flaws(timeline, traits, &mut part.facts);
            if traits.any(Traits::PART) {
                shifts = self.without_parts(timeline);
                timeline = &shifts;
            }
        }
        let entangled = sweep::entangled(timeline, |entry| (entry.start(), entry.end()));
        if !entangled.is_empty() {
            self.note_overlaps(&entangled, timeline, part, season);
        }
        self.note_labour(timeline, &mut part.facts, season);
    }

    fn may_replace(&self, timeline: &[Entry]) -> bool {
        self.run.settings.replace == Replace::Id && timeline.iter().any(|entry| !entry.side().batch)
    }

    /// A timeline without breaks and meals that lie within a shift: they are parts of
    /// it.
    fn without_parts(&self, timeline: &[Entry]) -> Vec<Entry> {
        let is_part = |entry: &Entry| entry.traits().any(Traits::PART);
        let shifts = timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let shifts = shifts.filter(|entry| !is_part(entry));
        let cover = Cover::new(shifts.map(|entry| self.readings_of(entry).chosen).collect());
        let is_within = |entry: &Entry| cover.holds(self.readings_of(entry).chosen);
        let stays = |entry: &&Entry| !is_part(entry) || !is_within(entry);
        timeline.iter().filter(stays).copied().collect()
    }

    /// Notes the flaws of a timeline on which these traits are.
    #[cold]
    fn note_flaws(&self, timeline: &[Entry], traits: Traits, facts: &mut Facts) {
        const FLAWS: [(Traits, Flaw); 6] = [
            (Traits::MISSING_OFFSET, Flaw::MissingOffset),
            (Traits::GAP, Flaw::GapTime),
            (Traits::FOLD, Flaw::FoldTime),
            (Traits::MISMATCH, Flaw::OffsetMismatch),
            (Traits::TOO_LONG, Flaw::TooLong),
            (Traits::CONTRADICTING_LENGTH, Flaw::ContradictingLength),
        ];
        for (bit, flaw) in FLAWS.into_iter().filter(|(bit, _)| traits.any(*bit)) {
            let Some(level) = self.level(rule_of_flaw(flaw)) else { continue };
            let flawed = || timeline.iter().filter(|entry| entry.traits().any(bit));
            facts.count(rule_of_flaw(flaw), level, flawed().count() as u64);
            facts.defects.extend(flawed().take(self.cap()).map(|entry| Defect {
                flaw,
                origin: entry.origin,
                agent: entry.agent,
                start: Some(entry.start()),
                count: 1,
            }));
        }
    }

    /// Batch records of an agent who is not among the known ones.
    fn note_strangers(&self, timeline: &[Entry], facts: &mut Facts) {
        let unknown = self.agents.given()
            && timeline.first().is_some_and(|entry| self.agents.get(entry.agent).is_none());
        if unknown {
            let sent = timeline.iter().filter(|entry| entry.side().batch);
            let notices = sent.map(|record| Notice::of(Matter::UnknownAgent, record, None));
            facts.add_notices(self, notices.collect());
        }
    }

    /// Sweeps those entries of a timeline that share time with another one.
    fn note_overlaps(
        &self,
        entangled: &[Entry],
        timeline: &[Entry],
        part: &mut Part,
        season: &mut Season,
    ) {
        let slots: Vec<Slot> = entangled.iter().map(|entry| self.slot(entry, season)).collect();
        let found = sweep::sweep(&slots, &self.plan);
        let facts = &mut part.facts;
        for (number, count) in found.tally.iter().enumerate().filter(|(_, count)| **count > 0) {
            let meeting = Meeting::from_number(number);
            let rule = rule_of_meeting(&meeting);
            let level = rule.and_then(|rule| self.level(rule));
            if let (Some(rule), Some(level)) = (rule, level) {
                facts.count(rule, severity(level, &meeting), *count);
            }
        }
        part.neighbours.extend(causes::near(timeline, entangled, &found.pairs));
        facts.overlaps.extend(found.pairs.iter().map(|pair| {
            let cluster = found.clusters[pair.later as usize];
            let (mut earlier, mut later) = (pair.earlier as usize, pair.later as usize);
            if pair.meeting.chosen && slots[later].chosen.0 < slots[earlier].chosen.0 {
                (earlier, later) = (later, earlier);
            }
            let Some(shared) = slots[earlier].shared(&slots[later]) else {
                unreachable!("two slots of a pair share time")
            };
            Overlap {
                earlier: entangled[earlier],
                later: entangled[later],
                meeting: pair.meeting,
                certain: pair.certain,
                shared,
                cluster: entangled[cluster as usize].origin,
            }
        }));
    }

    /// What passes a limit of the labour rules; each rule's in order.
    fn note_labour(&self, timeline: &[Entry], facts: &mut Facts, season: &mut Season) {
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        let calendar = (self.run.calendar, season);
        self.limits.check(timeline, |entry| self.readings_of(entry), calendar, &mut |notice| {
            let rule = rule_of_matter(notice.matter);
            let Some(level) = self.level(rule) else { return };
            facts.count(rule, notice_severity(level, &notice), 1);
            let told = told.entry(rule.code).or_default();
            if *told < self.cap() {
                *told += 1;
                facts.notices.push(notice);
            }
        });
    }

    fn readings_of(&self, entry: &Entry) -> Readings {
        readings_of(self.readings, entry)
    }

    fn slot(&self, entry: &Entry, season: &mut Season) -> Slot {
        let Readings { chosen, narrowest } = self.readings_of(entry);
        let day = self.run.calendar.day(entry.clock(), chosen.0, season);
        Slot { start: entry.start(), end: entry.end(), chosen, narrowest, day, side: entry.side() }
    }

    fn cap(&self) -> usize {
        usize::try_from(self.run.settings.max_per_agent).unwrap_or(usize::MAX)
    }
}

impl Facts {
    /// The readings of one of the entries that facts name.
    pub(super) fn readings_of(&self, entry: &Entry) -> Readings {
        readings_of(&self.readings, entry)
    }

    fn count(&mut self, rule: &Rule, severity: Severity, count: u64) {
        self.totals.entry(rule.code).or_default()[severity as usize] += count;
    }

    fn merge(&mut self, part: Part) {
        let Part { facts, replaced, .. } = part;
        self.overlaps.extend(facts.overlaps);
        self.defects.extend(facts.defects);
        self.notices.extend(facts.notices);
        self.agents += facts.agents;
        for (code, counts) in facts.totals {
            let total = self.totals.entry(code).or_default();
            total.iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
        }
        self.swept += facts.swept;
        self.every_agent.extend(facts.every_agent);
        for (source, (records, entries, partly)) in replaced {
            let fates = &mut self.counts[usize::from(source)];
            fates.change(Fate::Checked, Fate::Replaced, records);
            fates.entries -= entries;
            fates.partly -= partly;
        }
    }

    /// Flaws of records that are on no timeline.
    fn add_defects(&mut self, finder: &Finder<'_>, mut defects: Vec<Defect>) {
        let code = |defect: &Defect| rule_of_flaw(defect.flaw).code;
        let group = |defect: &Defect| (defect.agent, code(defect));
        self.holes = defects.iter().filter(|defect| leaves_hole(defect.flaw)).count() as u64;
        defects.sort_unstable_by_key(|defect| (group(defect), defect.start, defect.origin));
        for same in defects.chunk_by(|one, other| group(one) == group(other)) {
            let rule = rule_of_flaw(same[0].flaw);
            if let Some(level) = finder.level(rule) {
                self.count(rule, level, same.len() as u64);
                self.defects.extend(same.iter().take(finder.cap()));
            }
        }
    }

    /// Counts activities that do not fit, and decides which shifts list how many.
    fn add_misfits(&mut self, finder: &Finder<'_>, mut misfits: Vec<Misfits>) {
        misfits.sort_unstable_by_key(|shift| (shift.agent, shift.start, shift.origin));
        let rules = [Matter::ActivityOverlap, Matter::ActivityOutsideShift].map(rule_of_matter);
        for shifts in misfits.chunk_by(|one, other| one.agent == other.agent) {
            let mut room = [finder.run.settings.max_per_agent; 2];
            for shift in shifts {
                let mut listed = [0; 2];
                for (place, count) in [shift.overlaps, shift.leaving].into_iter().enumerate() {
                    let Some(level) = finder.level(rules[place]) else { continue };
                    self.count(rules[place], level, count);
                    listed[place] = count.min(room[place]);
                    room[place] -= listed[place];
                }
                let [overlaps, leaving] = listed;
                if overlaps + leaving > 0 {
                    let listed = Listed { agent: shift.agent, overlaps, leaving, unreadable: None };
                    self.misfits.insert(shift.origin, listed);
                }
            }
        }
    }

    /// Counts notices, and keeps of each rule and agent as many as are listed.
    fn add_notices(&mut self, finder: &Finder<'_>, mut notices: Vec<Notice>) {
        let code = |notice: &Notice| rule_of_matter(notice.matter).code;
        let group = |notice: &Notice| (notice.agent, code(notice));
        notices.sort_by_key(|notice| (group(notice), notice.start, notice.records));
        for same in notices.chunk_by(|one, other| group(one) == group(other)) {
            let rule = rule_of_matter(same[0].matter);
            if let Some(level) = finder.level(rule) {
                for notice in same {
                    self.count(rule, notice_severity(level, notice), 1);
                }
                self.notices.extend(same.iter().take(finder.cap()));
            }
        }
    }
}

/// Whether it matters that an id comes twice.
pub(super) fn wants_ids(settings: &Settings) -> bool {
    let mut matters = Matter::ALL.into_iter().filter(|matter| matter.by_id());
    matters.any(|matter| settings.is_on(rule_of_matter(matter).code))
}

/// Whether a record has an id that must not be another's: one of the batch, or a
/// published one.
fn has_id(sources: &[Source], entry: &Entry) -> bool {
    let source = || sources.get(usize::from(entry.origin.source()));
    entry.id != 0
        && (entry.side().batch
            || source().is_some_and(|source| source.file.role == Role::Published))
}

/// A notice that is mild is a warning at most.
pub(crate) fn notice_severity(level: Severity, notice: &Notice) -> Severity {
    if notice.mild { level.min(Severity::Warning) } else { level }
}

/// A pair that only overlaps if a local time is read another way than it was
/// is a warning at most.
pub(crate) fn severity(level: Severity, meeting: &Meeting) -> Severity {
    if meeting.chosen { level } else { level.min(Severity::Warning) }
}

/// Which meetings are counted and listed, by the rules that are on.
fn plan(settings: &Settings) -> Plan {
    let mut plan = Plan {
        groups: [None; Meeting::COUNT],
        related: [[false; Side::COUNT]; Side::COUNT],
        cap: settings.max_per_agent,
    };
    for number in 0..Meeting::COUNT {
        let meeting = Meeting::from_number(number);
        let Some(rule) = rule_of_meeting(&meeting) else { continue };
        let (one, other) = (meeting.sides.0.number(), meeting.sides.1.number());
        plan.related[one][other] = true;
        plan.related[other][one] = true;
        let place = RULES.iter().position(|known| *known == rule);
        let on = settings.is_on(rule.code);
        plan.groups[number] = place.filter(|_| on).and_then(|place| u8::try_from(place).ok());
    }
    plan
}

/// Whether a record that was left out leaves a hole in the check.
fn leaves_hole(flaw: Flaw) -> bool {
    ["RC101", "TZ105"].contains(&rule_of_flaw(flaw).code)
}
