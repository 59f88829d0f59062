//! Finds the rests between the shifts of an agent.
//!
//! A rest lasts from the end of work to its next beginning: during a rest no shift of the agent
//! goes on, published or not. Adjacent shifts have a rest of length zero between them; shifts
//! that overlap have none. A rest with only published shifts on both sides exists without the
//! batch, too.

use super::Work;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::time::{MINUTE, Span};

/// Reports the rests shorter than the limit, in order. The shifts are in the order
/// in which they start.
///
/// If several shifts end or start at once, one of the batch is named, or else the
/// first.
pub fn short_rests(work: &[Work], limit: i64, tell: &mut dyn FnMut(Notice)) {
    let mut last: Option<&Work> = None;
    for starting in work.chunk_by(|one, other| one.chosen.start() == other.chosen.start()) {
        let next = starting.iter().find(|shift| shift.is_sent()).or(starting.first());
        if let Some((before, next)) = last.zip(next)
            && let Some(notice) = short_rest(before, next, limit)
        {
            tell(notice);
        }
        for shift in starting {
            if last.is_none_or(|last| outlasts(shift, last)) {
                last = Some(shift);
            }
        }
    }
}

/// Whether a shift ends after the one that ended last so far; of two that end at
/// once, whether only it is of the batch.
fn outlasts(shift: &Work, last: &Work) -> bool {
    let end = |work: &Work| (work.chosen.end(), work.is_sent());
    end(shift) > end(last)
}

/// The rest between two shifts, if it is too short as they are read, or else in
/// another reading of theirs.
fn short_rest(before: &Work, next: &Work, limit: i64) -> Option<Notice> {
    let rest = next.chosen.start() - before.chosen.end();
    let least = (next.entry.start() - before.entry.end()).max(0);
    let most = next.narrowest.0 - before.narrowest.1;
    if rest < 0 || least >= limit || !(before.is_sent() || next.is_sent()) {
        return None;
    }
    let (told, from, to) = match rest < limit {
        true => (rest, before.chosen.end(), next.chosen.start()),
        false => (least, before.entry.end(), next.entry.start()),
    };
    let clock = next.entry.clock_beside(&before.entry);
    Some(Notice {
        start: Some(from),
        claim: Span::new(from, to).map(|span| (span, clock)),
        mild: rest >= limit,
        certain: most < limit,
        entries: [Some(before.entry), Some(next.entry), None],
        detail: Detail::Limit { minutes: told.div_euclid(MINUTE), limit: limit / MINUTE },
        ..Notice::of(NoticeKind::ShortRest, &before.entry, Some(next.entry.origin))
    })
}
