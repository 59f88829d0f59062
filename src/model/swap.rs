//! A swap: two agents trade shifts, or one agent hands a shift over.
//!
//! A swap names shifts by id and claims no time itself. The times on which it was agreed are
//! kept only to detect that a shift has changed since.

use crate::model::finding::Moment;
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::source::Origin;
use crate::model::time::Instant;

/// The status of a swap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwapStatus {
    /// Decided for: it is in effect, or has to be.
    Approved,
    /// Both agents are known, and it is not decided.
    Undecided,
    /// There is no second agent yet.
    Offer,
}

/// When an end of a shift was, as agreed on, by both readings of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreedTime {
    /// As it is read.
    pub chosen: Instant,
    /// As it could be read too; of a date, the first instant of the next day.
    pub other: Instant,
    /// Whether it is a date, so that any time of that day agrees with it.
    pub is_date: bool,
}

impl AgreedTime {
    /// Whether a time is the one agreed on, by any reading.
    #[must_use]
    pub fn agrees(&self, at: Instant) -> bool {
        let within = self.is_date && self.chosen <= at && at <= self.other;
        within || at == self.chosen || at == self.other
    }
}

/// What one of the two gives: a shift and the agent who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SwapHalf {
    /// The key of the agent, if the swap names one.
    pub agent: AgentKey,
    /// The key of the shift's id, if this agent gives one.
    pub shift: RecordKey,
    /// When the shift starts, as agreed on.
    pub start: Option<AgreedTime>,
    /// When it ends.
    pub end: Option<AgreedTime>,
}

/// A swap that is not off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// Where it is.
    pub origin: Origin,
    /// How far it is.
    pub standing: SwapStatus,
    /// What the first agent gives, and what the other gives in return.
    pub halves: [SwapHalf; 2],
}

/// The words of a swap that other records do not have.
#[derive(Debug, Clone, Default)]
pub struct Trade {
    /// The id of the agent's shift.
    pub shift: String,
    /// The other agent; empty when there is none.
    pub with_agent: String,
    /// The id of the other agent's shift; empty for a hand-over.
    pub with_shift: String,
    /// Start and end of the agent's shift and of the other agent's, as agreed
    /// on.
    pub agreed: [(Moment, Moment); 2],
}

/// Which half of a swap a notice is about, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SwapAspect {
    /// What else there is to say, by the kind of notice.
    pub point: Point,
    /// Whether the other record is with its agent only by another swap.
    pub other_moved: bool,
    /// Whether it is about the half of the other agent.
    pub second: bool,
}

/// What else a notice about a swap has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Point {
    /// Nothing.
    #[default]
    Plain,
    /// The shift is not the agent's any more.
    OtherOwner,
    /// The records that have the shift are skipped.
    LeftOut,
    /// It holds in another reading of the times than the chosen one.
    OtherReading,
    /// The swap is an offer that nobody has taken.
    Offer,
}

impl SwapAspect {
    /// About this half of a swap.
    #[must_use]
    pub const fn half(second: bool, point: Point) -> SwapAspect {
        SwapAspect { second, other_moved: false, point }
    }
}

#[cfg(test)]
mod tests {
    use super::AgreedTime;
    use crate::model::time::Instant;

    #[test]
    fn a_time_agrees_by_any_reading_and_a_date_all_day() {
        let [chosen, between, other, after] = [10, 15, 20, 21].map(Instant::from_millis);
        let time = AgreedTime { chosen, other, is_date: false };
        assert!(time.agrees(chosen) && time.agrees(other) && !time.agrees(between));
        let date = AgreedTime { is_date: true, ..time };
        assert!([chosen, between, other].into_iter().all(|at| date.agrees(at)));
        assert!(!date.agrees(after));
    }
}
