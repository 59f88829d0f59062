//! Keeps track of the objects around a place in a record.

use super::Leftover;
use crate::read::json::keys::{NESTED, RECORD};

/// The objects around a place in a record.
pub(super) struct Path {
    open: [EnclosingObject; NESTED + 1],
    pub(super) level: usize,
    /// The key before the place; the object's own node if there is none.
    pub(super) last: usize,
}

/// An object around a place: its node, where it begins, and whether it says
/// something that no field takes and that may be a time.
#[derive(Clone, Copy)]
pub(super) struct EnclosingObject {
    pub(super) node: usize,
    pub(super) start: usize,
    pub(super) suspect: bool,
}

impl Path {
    pub(super) fn of(root: usize, start: usize) -> Path {
        let open = EnclosingObject { node: root, start, suspect: false };
        Path { open: [open; NESTED + 1], level: 0, last: root }
    }

    #[inline]
    pub(super) fn parent(&self) -> usize {
        self.open.get(self.level).map_or(RECORD, |open| open.node)
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> &mut EnclosingObject {
        let level = self.level.min(NESTED);
        &mut self.open[level]
    }

    /// Notes that the object at hand says something that may be a time.
    pub(super) fn suspect(&mut self) {
        self.open_mut().suspect = true;
    }

    /// Goes into the object under a key, unless that is too deep.
    pub(super) fn enter(&mut self, node: usize, start: usize) -> bool {
        let Some(place) = self.open.get_mut(self.level + 1) else { return false };
        *place = EnclosingObject { node, start, suspect: false };
        self.level += 1;
        self.last = node;
        true
    }

    /// The object at hand, which ends at `end`, if it may be more than a part of
    /// its record.
    #[inline]
    pub(super) fn leftover(&self, end: usize) -> Option<Leftover> {
        let EnclosingObject { node, start, suspect } = *self.open.get(self.level)?;
        (suspect && self.level > 0).then_some(Leftover { node, start, end })
    }

    /// Leaves an object; whether that was the record.
    pub(super) fn leave(&mut self) -> bool {
        self.last = self.parent();
        let outermost = self.level == 0;
        self.level = self.level.saturating_sub(1);
        outermost
    }
}
