//! Summarizes a timeline: which sides its entries are on, and all of their traits.

use crate::model::shift::{Entry, Side, Traits};

/// What a glance at a timeline shows. Of what stays of it, the same or less is true.
#[derive(Clone, Copy, Default)]
pub(super) struct Glance {
    /// The sides of its entries, a bit for each.
    sides: u32,
    /// What is noticed about any of its entries.
    pub(super) traits: Traits,
}

impl Glance {
    #[inline]
    pub(super) fn of(timeline: &[Entry]) -> Glance {
        let mut glance = Glance::default();
        for entry in timeline {
            glance.sides |= 1 << entry.side().number();
            glance.traits.add(entry.traits());
        }
        glance
    }

    pub(super) fn has(self, side: Side) -> bool {
        self.sides & (1 << side.number()) != 0
    }

    pub(super) fn any(self, of: impl Fn(Side) -> bool) -> bool {
        Side::all().any(|side| of(side) && self.has(side))
    }
}
