//! Chosen units become lanes of chunks in sending order.
//!
//! Three steps, each a function of its own: `order` puts the units into one order in which what
//! must be live first is sent first; `lanes` divides them into lanes that can be sent side by
//! side; `chunks` cuts each lane into chunks of one input. `rate` then says when each chunk may
//! be sent. Which units are sent, what must come before what, and what ties units together is
//! decided elsewhere.
//!
//! The prefix law follows from two invariants. Whatever `before` relates is in one lane, since
//! lanes do not wait for each other. Within a lane, a unit is in the same group as each of its
//! predecessors or in a later one, and a group is never divided.

pub mod chunks;

pub mod lanes;

pub mod order;

pub mod rate;

use crate::graph::Adjacency;
use std::num::{NonZeroU64, NonZeroUsize};

/// When a unit is sent if nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SendingRank {
    /// Before all others: it makes room.
    Cancellation,
    /// In between.
    Ordinary,
    /// After all others, in chunks of their own.
    Unassigned,
}

/// A unit, as far as sending it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sendable {
    /// The number of its records.
    pub records: u64,
    /// When it is sent.
    pub rank: SendingRank,
    /// The number of the input that contains it.
    pub input: u32,
}

/// The units to send and what stands between them. Pairs and ties that contain a unit which is
/// not chosen are ignored, and so are pairs of a unit with itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shipment {
    /// All units, by number; numbers are in file order.
    pub items: Vec<Sendable>,
    /// The units to send, ascending.
    pub chosen: Vec<u32>,
    /// Pairs of which the first must be live before the second is sent.
    pub before: Vec<(u32, u32)>,
    /// Units and the keys of their agents, schedules, ids and swaps. Units that share a key are
    /// in one lane.
    pub ties: Vec<(u32, u64)>,
}

/// Units that are sent at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The first of its units.
    pub first: u32,
    /// The other units. Several units each must be live before the others, over others too. Most
    /// groups have one unit and allocate nothing: there can be a million.
    pub others: Box<[u32]>,
    /// The number of their records.
    pub records: u64,
    /// The lowest rank among them.
    pub rank: SendingRank,
}

impl Group {
    /// Whether units depend on each other in a circle, so that they must share a chunk.
    #[must_use]
    pub fn is_together(&self) -> bool {
        !self.others.is_empty()
    }

    /// The units, in file order.
    pub fn units(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// Units that are sent in one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The number of the input that contains all of its units.
    pub input: u32,
    /// The units, group by group, in sending order.
    pub units: Vec<u32>,
    /// The units of each of its groups that has several.
    pub circles: Vec<Vec<u32>>,
    /// The number of records.
    pub records: u64,
    /// Whether its units are unassigned.
    pub is_unassigned: bool,
}

/// Units that must share a chunk, but come from several inputs: none of them can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralInputs {
    /// The units of each such group, in sending order.
    pub groups: Vec<Vec<u32>>,
}

/// Divides a shipment into at most this many lanes of chunks of this many records. Only a group
/// of more records makes a larger chunk. Lanes without chunks are left out.
///
/// # Errors
/// If units that depend on each other in a circle come from several inputs.
///
/// # Panics
/// If the chosen units are not ascending or a number is not a unit.
pub fn sequence(
    shipment: &Shipment,
    most_lanes: NonZeroUsize,
    chunk_size: NonZeroU64,
) -> Result<Vec<Vec<Chunk>>, SeveralInputs> {
    let groups = order::order(shipment);
    let inputs = chunks::inputs(shipment, &groups)?;
    let links = Links::new(shipment, &groups);
    let lanes = lanes::divide(shipment, &groups, &links, most_lanes);
    let lanes = chunks::gather_inputs(&groups, &inputs, &links, lanes);
    Ok(chunks::cut(&groups, &inputs, &lanes, chunk_size))
}

/// What stands between groups.
#[derive(Debug, Clone)]
pub struct Links {
    /// The group of each unit, by its place; `None` if it is not sent.
    group_of: Vec<Option<u32>>,
    /// The groups that each group must be live before.
    followers: Adjacency,
    /// How many pairs lead to each group.
    predecessors: Vec<u32>,
}

impl Links {
    /// The pairs of a shipment as pairs of groups.
    #[must_use]
    pub fn new(shipment: &Shipment, groups: &[Group]) -> Links {
        let mut group_of = vec![None; shipment.items.len()];
        for (group, place) in groups.iter().zip(0..) {
            for unit in group.units() {
                group_of[unit as usize] = Some(place);
            }
        }
        let of = |unit: u32| group_of[unit as usize];
        let pairs = shipment.before.iter().filter_map(|&(first, second)| of(first).zip(of(second)));
        let pairs: Vec<(u32, u32)> = pairs.filter(|(first, second)| first != second).collect();
        let mut predecessors = vec![0; groups.len()];
        for (_, second) in &pairs {
            predecessors[*second as usize] += 1;
        }
        let followers = Adjacency::new(groups.len(), pairs.iter().copied());
        Links { group_of, followers, predecessors }
    }
}

#[cfg(test)]
mod tests;
