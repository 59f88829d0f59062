//! A schedule becomes a plan: what of the batch can be sent now, in what order, and what waits.
//!
//! The facts of a check rule which records wait whatever else is sent (`rulings`); the timelines
//! show what stands in the way of what (`obstacles`). Of the rest the largest part goes
//! (`decide`), in an order in which no record meets what is live (`shipping`). Why a record waits
//! is said by the finding that a check would give (`reasons`), and `folder` writes the files.

mod batch;

mod cells;

mod checksum;

mod cutting;

mod decide;

mod file_names;

mod flat;

mod folder;

mod manifest;

mod obstacles;

mod previous;

mod reasons;

mod recheck;

mod recut;

mod replaced;

mod record_texts;

mod rulings;

mod shipping;

mod summary;

mod units;

pub use checksum::checksum_of;
pub use folder::{MANIFEST, PlanFiles};
pub use obstacles::Sends;
pub use previous::{PreviousPush, PushedFile, PushedPlan, PushedRecord};
pub use recheck::check_plan;
pub use replaced::is_plan;
pub use summary::write as write_summary;

use crate::analyze::{self, Facts, Progress, Taken};
use crate::error::Error;
use crate::model::allowed::AllowedFacts;
use crate::model::finding::{Input, Record, Report};
use crate::model::gate::AllowanceOutcome;
use crate::model::keys::QuickSet;
use crate::model::settings::Settings;
use crate::model::shift::Entry;
use crate::model::source::Origin;
use crate::model::time::Instant;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};
use batch::Batch;
use decide::{PlanChoice, PlanProblem};
use folder::PlanInputs;
use obstacles::{ObstacleFinder, Obstacles};
use reasons::Told;
use rulings::Rulings;
use shipping::Shipping;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;
use units::UnitsOfBatch;

/// How a plan is made.
#[derive(Debug, Clone)]
pub struct PlanSettings {
    /// The folder that gets its files, for what is told of them.
    pub folder: PathBuf,
    /// The most records of a chunk.
    pub chunk: NonZeroU64,
    /// The most lanes.
    pub lanes: NonZeroUsize,
    /// The most records that may be sent in a minute.
    pub per_minute: Option<u32>,
    /// What as much as possible of is kept.
    pub keep: Keep,
    /// What is sent although it is a warning.
    pub sends: Sends,
    /// Whether the server takes the records of a chunk one after another.
    pub one_by_one: bool,
    /// Whether there is a plan although something could not be read.
    pub partial: bool,
    /// What stands in the way of nothing.
    pub allowed: AllowedFacts,
    /// What became of the records if a plan has sent them before.
    pub previous: Option<PreviousPush>,
}

/// Why a record waits of which no answer says whether it is live.
pub const UNMENTIONED: &str = "unmentioned";

/// The words of a plan for why records wait, beside the codes of rules and the classes of what a
/// server says, and what they say.
const OWN_REASONS: &[(&str, &str)] = &[
    ("with", "goes with a record that waits"),
    ("contradicted", "is both cancelled and sent by the batch"),
    ("circle", "needs records that need it, and cannot be sent with them"),
    ("cluster", "more of the records around it go without it"),
    (UNMENTIONED, "no answer of the server mentions it"),
    ("unsent", "the plan before did not send it"),
];

/// A record, by the name of its input and its number there.
pub type PushedPlace = (String, u64);

/// What as much as possible of is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Records.
    MostShifts,
    /// Minutes of work.
    MostHours,
}

impl Keep {
    /// `most-shifts` or `most-hours`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Keep::MostShifts => "most-shifts",
            Keep::MostHours => "most-hours",
        }
    }
}

/// What becomes of a record of the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ruling {
    Goes,
    /// It is live already.
    Live,
    Waits(Wait),
}

/// Why a record waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// A defect, by its place among the facts.
    Defect(u32),
    /// A notice, by its place among the facts.
    Notice(u32),
    /// Another record is in its way: the place of the two among the obstacles.
    Obstacle(u32),
    /// It goes with another record of the batch, which waits.
    With(u32),
    /// The batch both cancels and sends what has its id: a record that says otherwise.
    Contradicted(u32),
    /// It needs records that need it, which have to be sent at once.
    Circle,
    /// It belongs to records of which only others can go.
    Cluster,
    /// A server has refused it: its place among the refusals.
    Refused(u32),
    /// A plan before has not sent it.
    Unsent,
}

/// What a plan says of a batch, once its files are written.
#[derive(Debug)]
pub struct Plan {
    /// How many records there are.
    pub records: u64,
    /// How many of them are sent.
    pub sent: u64,
    /// How many are live already.
    pub live: u64,
    /// What waits, in the order of the files.
    pub held: Vec<HeldRecord>,
    /// How many chunks each lane has.
    pub lanes: Vec<usize>,
    /// How many lanes were asked for.
    pub lanes_wanted: usize,
    /// Whether no larger part could be sent, and how many more at most.
    pub proven_largest: bool,
    /// How many more records could be sent at most.
    pub possibly_more: u64,
    /// After how many seconds the last chunk is sent.
    pub last_second: Option<u64>,
    /// What became of the allowances.
    pub allowances: Vec<AllowanceOutcome>,
    /// Where it was written.
    pub folder: PathBuf,
    /// Whether everything was read as a whole.
    pub complete: bool,
}

/// A record that waits.
#[derive(Debug)]
pub struct HeldRecord {
    /// The record.
    pub record: Arc<Record>,
    /// The code of the rule, or what else lets it wait.
    pub rule: String,
    /// Why, in one sentence.
    pub message: String,
    /// What it waits for.
    pub because: Vec<Arc<Record>>,
}

/// What became of the wish for a plan.
#[derive(Debug)]
pub enum PlanOutcome {
    /// The batch was read, and its plan is written.
    Planned(Box<Plan>),
    /// Something could not be read, so that no plan is sound; or there is nothing to plan.
    Refused(Box<Report>),
}

/// Makes a plan and writes its files.
///
/// # Errors
/// When the settings make no sense, the folder cannot be written, or the run was cancelled.
pub fn plan(
    settings: &Settings,
    wishes: &PlanSettings,
    files: &dyn PlanFiles,
    progress: &Progress,
) -> Result<PlanOutcome, Error> {
    with_schedule(settings, progress, |schedule| make(schedule, wishes, files))?
}

/// Makes a plan of a schedule and writes it.
///
/// # Errors
/// When the inputs have to be read again.
fn make(
    mut schedule: Schedule<'_>,
    wishes: &PlanSettings,
    files: &dyn PlanFiles,
) -> Result<Result<PlanOutcome, Error>, Again> {
    let PlanSettings { sends, keep, allowed, .. } = wishes;
    let (batch, facts, found) = look(&mut schedule, (*sends, *keep), allowed)?;
    let schedule = &schedule;
    let units = UnitsOfBatch::of(schedule.run, &batch, &found.ties);
    let Rulings { mut of_records, unread, .. } =
        Rulings::of(schedule, &batch, &facts, (*sends, allowed));
    let pushed = Pushed::of(schedule, &batch, &found, (wishes.previous.as_ref(), &mut of_records));
    let span = |entry: &Entry| span(schedule, entry, *sends);
    let question = PlanProblem {
        run: schedule.run,
        batch: &batch,
        units: &units,
        obstacles: &found,
        keep: *keep,
        allowed,
        span: &span,
        is_kept: &|record| pushed.is_accepted(record),
    };
    let decide = || loop {
        let mut decision = question.decide(of_records.clone());
        pushed.take_live(&mut decision);
        let circles =
            match Shipping::of(schedule, (&batch, &units), (&decision, &pushed.written), wishes) {
                Ok(shipping) => break (decision, shipping),
                Err(circles) => circles,
            };
        for record in circles.iter().flat_map(|unit| units.records_of(*unit)) {
            of_records[*record as usize] = Ruling::Waits(Wait::Circle);
        }
    };
    let inputs = || PlanInputs::of(schedule, &batch);
    let (inputs, (decision, shipping)) = schedule.run.pool.beside(inputs, decide);
    let told = reasons::tell(schedule, &batch, facts, (&decision, &pushed))?;
    let Told { report, held, facts, made_from } = told;
    let is_read = !unread && report.inputs.iter().all(Input::is_settled);
    if batch.records().is_empty() || !is_read && !wishes.partial {
        let report = analyze::tell(schedule, facts)?;
        return Ok(Ok(PlanOutcome::Refused(Box::new(report))));
    }
    if let Some(records) = shipping.above_rate {
        return Ok(Err(above_rate(records, wishes)));
    }
    let made = Made {
        schedule,
        batch: &batch,
        inputs,
        decision: &decision,
        shipping: &shipping,
        report,
        held,
    };
    let failed = |error| Error::write(Some(wishes.folder.clone()), error, None);
    let plan = folder::write(made, wishes, files, is_read).map_err(failed);
    // A program makes one plan, and ends. To free what a hundred thousand reasons were made from
    // takes a thirtieth of its time, and beside the writing slows that down by more.
    std::mem::forget((facts, made_from));
    Ok(plan.map(|plan| PlanOutcome::Planned(Box::new(plan))))
}

/// Takes the batch out of a schedule, with what a check finds and what stands in the way of its
/// records.
///
/// # Errors
/// When the inputs have to be read again.
fn look(
    schedule: &mut Schedule<'_>,
    (sends, keep): (Sends, Keep),
    allowed: &AllowedFacts,
) -> Result<(Batch, Facts, Obstacles), Again> {
    let rows = schedule.take_rows();
    let taken = Taken::of(schedule);
    let finder = ObstacleFinder::new(schedule, (sends, keep), allowed);
    let facts = analyze::find(schedule, taken, Some(&finder))?;
    let found = finder.finish();
    let is_defective: QuickSet<Origin> = facts.defects.iter().map(|defect| defect.origin).collect();
    let batch = Batch::of(rows, |origin| is_defective.contains(&origin));
    Ok((batch, facts, found))
}

/// Calls each record of a batch by its number and by the name that a manifest gives it.
fn each_place(schedule: &Schedule<'_>, batch: &Batch, mut take: impl FnMut(usize, &PushedPlace)) {
    let origins: Vec<Origin> = batch.records().iter().map(|record| record.origin).collect();
    analyze::recall_each(schedule, &origins, |origin, record| {
        if let Some(place) = batch.find(origin) {
            take(place, &(record.path.to_string(), record.number));
        }
    });
}

/// What became of the records of a batch, if a plan has sent them before.
#[derive(Default)]
struct Pushed {
    /// Records that are live, in their order.
    accepted: Vec<u32>,
    /// Records that are live, or may be, so that the versions of their schedules changed.
    written: Vec<u32>,
    /// Why others are not to be sent again: a word and a sentence.
    refusals: Vec<(String, String)>,
}

impl Pushed {
    /// Lets records wait that were refused, or not sent at all.
    fn of(
        schedule: &Schedule<'_>,
        batch: &Batch,
        found: &Obstacles,
        (previous, of_records): (Option<&PreviousPush>, &mut [Ruling]),
    ) -> Pushed {
        let mut pushed = Pushed::default();
        let Some(previous) = previous else { return pushed };
        let live: QuickSet<Origin> = found.live.iter().map(|of| of.entry.origin).collect();
        let mut known: Vec<Option<&PushedRecord>> = vec![None; batch.records().len()];
        each_place(schedule, batch, |record, place| known[record] = previous.records.get(place));
        let unmet = unmet_needs(batch, found, &known);
        for (place, known) in known.into_iter().enumerate() {
            let ruling = match known {
                Some(PushedRecord::Again) => continue,
                Some(PushedRecord::Waits { reason, .. })
                    if unmet.contains(&place) && can_be_of_need(reason) =>
                {
                    continue;
                }
                Some(PushedRecord::Accepted) => {
                    pushed.written.push(place as u32);
                    pushed.accepted.push(place as u32);
                    continue;
                }
                Some(PushedRecord::Waits { reason, message }) => {
                    if reason == UNMENTIONED {
                        pushed.written.push(place as u32);
                    }
                    pushed.refusals.push((reason.clone(), message.clone()));
                    Wait::Refused(pushed.refusals.len() as u32 - 1)
                }
                // What is live already stays so.
                None if batch.rows(place).iter().all(|row| live.contains(&row.origin)) => continue,
                None => Wait::Unsent,
            };
            if of_records[place] == Ruling::Goes {
                of_records[place] = Ruling::Waits(ruling);
            }
        }
        pushed
    }

    fn is_accepted(&self, record: u32) -> bool {
        self.accepted.binary_search(&record).is_ok()
    }

    /// What was accepted is live, and what comes after it waits for nothing.
    fn take_live(&self, decision: &mut PlanChoice) {
        for record in &self.accepted {
            decision.rulings.of_records[*record as usize] = Ruling::Live;
        }
    }
}

/// The records that were sent although one that was to make room for them was not accepted.
fn unmet_needs(
    batch: &Batch,
    found: &Obstacles,
    known: &[Option<&PushedRecord>],
) -> QuickSet<usize> {
    let is_unmet = |record: usize| {
        matches!(known[record], Some(PushedRecord::Again | PushedRecord::Waits { .. }))
    };
    let needs = found.needs.iter().filter(|need| batch.find(need.by).is_some_and(is_unmet));
    needs.filter_map(|need| batch.find(need.entry.origin)).collect()
}

/// Whether a server can say this of a record that found its place taken.
fn can_be_of_need(reason: &str) -> bool {
    ["unknown", "overlap", "published-overlap"].contains(&reason)
}

/// A plan before it is written.
struct Made<'a> {
    schedule: &'a Schedule<'a>,
    batch: &'a Batch,
    inputs: PlanInputs<'a>,
    decision: &'a PlanChoice,
    shipping: &'a Shipping,
    /// The report of a check, without findings.
    report: Report,
    held: Vec<HeldRecord>,
}

fn above_rate(records: u64, wishes: &PlanSettings) -> Error {
    let most = wishes.per_minute.unwrap_or_default();
    let help = "take a smaller --chunk; records that have to be sent at once are never divided";
    let message = format!("--per-minute {most}: a chunk has {records} records");
    Error::usage(message, Some(help.to_owned()))
}

/// The time that an entry takes, as far as it counts: by every reading, unless what overlaps in
/// some of them only is sent.
fn span(schedule: &Schedule<'_>, entry: &Entry, sends: Sends) -> (Instant, Instant) {
    let chosen = schedule.readings(entry).chosen;
    match sends.possible && chosen.0 < chosen.1 {
        true => chosen,
        false => (entry.start(), entry.end()),
    }
}
