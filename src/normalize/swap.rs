//! Turns rows into swaps.
//!
//! Decides the status of a swap and which shifts it names. It does not know whether there are
//! such shifts.

use super::endings::Ending;
use super::statuses::in_english;
use super::{Context, Normalizer, Skip};
use crate::model::conventions::{Conventions, Question};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Moment};
use crate::model::keys::AgentKey;
use crate::model::row::{Field, Row, RowFault};
use crate::model::shift::Traits;
use crate::model::source::Origin;
use crate::model::swap::{AgreedTime, Swap, SwapHalf, SwapStatus};
use crate::model::text::Text;
use crate::model::time::{Clock, Instant};

/// Statuses of swaps that are decided for.
const APPROVED: &[&str] = &[
    "approved",
    "completed",
    "autoapproved",
    "manualapproval",
    "granted",
    "confirmed",
    "applied",
    "executed",
    "taken",
    "complete",
    "traded",
    "swapped",
    "approvedbymanager",
    "managerapproved",
    "autoaccepted",
    "waitingforscheduleupdate",
    "scheduleupdating",
    "scheduleupdated",
];

/// Statuses of swaps that both agents may want and nobody has decided.
const UNDECIDED: &[&str] = &[
    "matched",
    "pending",
    "submitted",
    "accepted",
    "requested",
    "new",
    "proposed",
    "draft",
    "inreview",
    "underreview",
    "reviewing",
    "waitingforreview",
    "waitingforapproval",
    "awaitingapproval",
    "pendingapproval",
    "waitlisted",
    "created",
    "pendingpeer",
    "pendingrecipient",
    "pendingacceptance",
    "pendingmanager",
    "pendingmanagerapproval",
    "awaitingrecipient",
    "awaitingacceptance",
    "awaitingmanager",
    "awaitingmanagerapproval",
    "managerapprovalrequired",
    "proposedshiftswap",
    "pendingshiftswap",
    "proposedshiftswapawaitingapproval",
    "pendingshiftswapawaitingapproval",
    "staffaccepted",
    "okbyme",
    "okbybothparts",
    "referred",
    "inprogress",
    "processing",
];

/// Statuses of swaps without a second agent.
const OFFERED: &[&str] = &[
    "unmatched",
    "offered",
    "open",
    "posted",
    "available",
    "broadcast",
    "bidding",
    "unclaimed",
    "listed",
];

/// Whether a word is a status of swaps.
#[cfg(feature = "cli")]
pub(super) fn is_of_swap(word: &str) -> bool {
    let folded = in_english(word);
    [APPROVED, UNDECIDED, OFFERED, DEAD].iter().any(|list| list.contains(&&*folded))
}

/// Statuses of swaps that are off.
const DEAD: &[&str] = &[
    "denied",
    "declined",
    "expired",
    "cancelled",
    "canceled",
    "retracted",
    "rejected",
    "refused",
    "withdrawn",
    "revoked",
    "deleted",
    "removed",
    "void",
    "voided",
    "pastdue",
    "notvalid",
    "rejectedbymanager",
    "declinedbymanager",
    "deniedbymanager",
    "rejectedbyrecipient",
    "declinedbyrecipient",
    "deniedbyrecipient",
    "autodeclined",
    "autodenied",
    "autorejected",
    "lapsed",
    "timedout",
    "superseded",
    "deactivated",
];

/// What a status says of a swap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// How far it is.
    Stands(SwapStatus),
    /// It is off.
    Dead,
    /// In no list.
    Unknown,
}

/// What became of a row of swaps.
#[derive(Debug, Clone, Copy)]
pub enum SwapOutcome {
    /// A swap, and what was noticed while it was read.
    Swap(Swap, Traits),
    /// It is off, skipped.
    Void,
    /// No record: a line that repeats the header, skipped.
    Header,
    /// It has a date whose day and month could be in either order.
    Asks(Question),
    /// It cannot be used, left out; with the key of its agent.
    Defect(Flaw, AgentKey),
}

/// What a swap was read as, for people.
#[derive(Debug, Clone, Default)]
pub struct DisplayedSwap {
    /// When the agent's shift starts, as agreed on; that of the other agent's if
    /// only its times are in doubt.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// The zone its local times were read in.
    pub zone: Option<Text>,
    /// Start and end of the agent's shift, and of the other agent's.
    pub halves: [(Moment, Moment); 2],
}

/// The fields of one half.
struct HalfFields {
    agent: Field,
    shift: Field,
    start: Field,
    end: Field,
}

const HALVES: [HalfFields; 2] = [
    HalfFields { agent: Field::Agent, shift: Field::Shift, start: Field::Start, end: Field::End },
    HalfFields {
        agent: Field::WithAgent,
        shift: Field::WithShift,
        start: Field::WithStart,
        end: Field::WithEnd,
    },
];

/// What a word for a time was read as.
struct ReadTime {
    ending: Ending,
    clock: Option<Clock>,
    agreed: AgreedTime,
}

impl Normalizer<'_> {
    /// Reads a row of a file of swaps.
    pub fn read_swap(&mut self, row: &Row<'_>, context: Context, origin: Origin) -> SwapOutcome {
        let agent = self.agent_key(row);
        if row.fault == Some(RowFault::Header) {
            return SwapOutcome::Header;
        }
        match self.swap_of(row, context, origin) {
            Ok((swap, traits)) => SwapOutcome::Swap(swap, traits),
            Err(Skip::Asks(question)) => SwapOutcome::Asks(question),
            Err(Skip::Flaw(flaw)) => SwapOutcome::Defect(flaw, agent),
            Err(
                Skip::Open
                | Skip::Agentless
                | Skip::Cancelled(_)
                | Skip::Denied
                | Skip::Deleted(_)
                | Skip::Draft
                | Skip::DayOff
                | Skip::NoHours
                | Skip::Available
                | Skip::Header
                | Skip::Total,
            ) => SwapOutcome::Void,
        }
    }

    fn swap_of(
        &mut self,
        row: &Row<'_>,
        context: Context,
        origin: Origin,
    ) -> Result<(Swap, Traits), Skip> {
        if let Some(fault) = row.fault {
            return Err(Flaw::Fault(fault).into());
        }
        self.conventions = context.conventions;
        let mut traits = Traits::default();
        let mut standing = match state(row.word(Field::Status)) {
            State::Dead => return Err(Skip::Cancelled(false)),
            State::Stands(standing) => standing,
            State::Unknown => {
                traits.add(Traits::UNKNOWN_STATUS);
                SwapStatus::Undecided
            }
        };
        if row.word(Field::Shift).is_empty() {
            return Err(Flaw::Absent(Field::Shift).into());
        }
        let [own, other] = &HALVES;
        let halves = [self.half(row, own, &mut traits)?, self.half(row, other, &mut traits)?];
        let nobody_gets = halves[1].agent.is_none() && halves[1].shift.is_none();
        if standing == SwapStatus::Approved && nobody_gets {
            return Err(Flaw::Absent(Field::WithAgent).into());
        }
        // Who has the shifts now does not show who had them before.
        if standing == SwapStatus::Approved && halves.iter().all(|half| half.agent.is_none()) {
            return Err(Flaw::Absent(Field::Agent).into());
        }
        if nobody_gets {
            standing = SwapStatus::Offer;
        }
        Ok((Swap { origin, standing, halves }, traits))
    }

    fn half(
        &mut self,
        row: &Row<'_>,
        fields: &HalfFields,
        traits: &mut Traits,
    ) -> Result<SwapHalf, Skip> {
        let agent = self.agents.key(self.keys, row.word(fields.agent));
        let start = self.agreed(row, fields.start, agent, traits)?;
        let end = self.agreed(row, fields.end, agent, traits)?;
        // What was read as UTC for want of anything better says nothing about a
        // shift.
        let known = |read: Option<ReadTime>| {
            read.filter(|read| read.ending.doubt != Some(Ambiguity::Missing))
                .map(|read| read.agreed)
        };
        let shift = self.keys.of(row.id_in(fields.shift));
        Ok(SwapHalf { agent, shift, start: known(start), end: known(end) })
    }

    fn agreed(
        &mut self,
        row: &Row<'_>,
        field: Field,
        agent: AgentKey,
        traits: &mut Traits,
    ) -> Result<Option<ReadTime>, Skip> {
        let word = row.word(field);
        if word.is_empty() {
            return Ok(None);
        }
        let named = self.zone_of(row, agent)?;
        let (ending, next) = self.lone_ending(row, field, named, traits)?;
        let other = next.unwrap_or(ending.other);
        let agreed = AgreedTime { chosen: ending.chosen, other, is_date: next.is_some() };
        Ok(Some(ReadTime { ending, clock: named.or(self.zone), agreed }))
    }

    /// Reads a row of a file of swaps again, for a finding.
    pub fn display_swap(&mut self, row: &Row<'_>, conventions: Conventions) -> DisplayedSwap {
        self.conventions = conventions;
        let [own, other] = HALVES.each_ref().map(|fields| self.display_half(row, fields));
        let doubtful = |half: &DisplayedSwap| {
            [&half.start, &half.end].into_iter().any(|moment| {
                moment.doubt.is_some() || (moment.at.is_none() && !moment.written.is_empty())
            })
        };
        let halves = [&own, &other].map(|half| (half.start.clone(), half.end.clone()));
        let telling = if doubtful(&other) && !doubtful(&own) { other } else { own };
        DisplayedSwap { halves, ..telling }
    }

    fn display_half(&mut self, row: &Row<'_>, fields: &HalfFields) -> DisplayedSwap {
        let agent = self.agents.key(self.keys, row.word(fields.agent));
        let mut zone = Some(Text::of_bytes(row.word(Field::Zone))).filter(|zone| !zone.is_empty());
        let [start, end] = [fields.start, fields.end].map(|field| {
            let mut moment =
                Moment { written: Text::of_bytes(row.word(field)), ..Moment::default() };
            if let Ok(Some(read)) = self.agreed(row, field, agent, &mut Traits::default()) {
                let clock = read.clock.unwrap_or_else(|| Clock::of_offset(read.ending.offset));
                self.show(&mut moment, read.ending, clock);
                let named = clock.zone_number().map(|_| self.calendar.name_of(clock).into());
                zone = named.or(zone.take());
            }
            moment
        });
        DisplayedSwap { start, end, zone, ..DisplayedSwap::default() }
    }

    /// An end by itself, and for a date the first instant of the next day.
    fn lone_ending(
        &mut self,
        row: &Row<'_>,
        field: Field,
        named: Option<Clock>,
        traits: &mut Traits,
    ) -> Result<(Ending, Option<Instant>), Skip> {
        use crate::timestamp::Written;
        let said = self.said(row, row.word(field), field)?;
        let ending = self.lone(said, named, traits)?;
        let next = match said.written {
            Written::Date(day) => {
                Some(self.at_day_start(day + 1, said.clock.or(named), traits).chosen)
            }
            _ => None,
        };
        Ok((ending, next))
    }
}

/// The meaning of a status; an empty one is undecided.
fn state(word: &[u8]) -> State {
    if word.is_empty() {
        return State::Stands(SwapStatus::Undecided);
    }
    let folded = in_english(&String::from_utf8_lossy(word));
    let listed = |list: &[&str]| list.contains(&&*folded);
    if listed(DEAD) {
        State::Dead
    } else if listed(APPROVED) {
        State::Stands(SwapStatus::Approved)
    } else if listed(UNDECIDED) {
        State::Stands(SwapStatus::Undecided)
    } else if listed(OFFERED) {
        State::Stands(SwapStatus::Offer)
    } else {
        State::Unknown
    }
}

#[cfg(test)]
mod tests;
