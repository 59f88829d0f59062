//! Sums the hours of an agent in each local week.
//!
//! A shift counts in the week of its own clock, and one over the border of two weeks in both,
//! split at the first instant of the day on which weeks begin. Time that several shifts claim is
//! counted once, for the one that starts first. A week without a shift of the batch is as long
//! without the batch.

use super::Work;
use crate::calendar::{Calendar, OffsetCache};
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::time::{Clock, Instant, MINUTE, Span};
use std::collections::BTreeMap;

/// How much work a week may hold, and when it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// In milliseconds.
    pub most: i64,
    /// The first day of a week, in days since Monday.
    pub first_day: u8,
}

/// Finds the weeks with more work than the limit, in order. The shifts are in the order in
/// which they start.
///
/// A notice is about the shift of the batch that passes the limit, or the next one after
/// that, or else the last one before. If another shift passes the limit, that is the second
/// one of the notice.
pub fn long_weeks(
    work: &[Work],
    limit: Limit,
    calendar: &Calendar,
    offset_cache: &mut OffsetCache,
    tell: &mut dyn FnMut(Notice),
) {
    let mut weeks = Weeks { first_day: limit.first_day, calendar, offset_cache, last: None };
    let mut tallies: BTreeMap<i64, WeekTally<'_>> = BTreeMap::new();
    let mut covered = Instant::MIN;
    for shift in work {
        let counted = Span::new(shift.chosen.start().max(covered), shift.chosen.end());
        for week in weeks.of(shift).into_iter().flatten() {
            let share = counted.and_then(|span| span.overlap(week.span));
            let minutes = share.map_or(0, |span| span.end() - span.start());
            tallies.entry(week.number).or_default().add(shift, minutes, limit.most);
        }
        covered = covered.max(shift.chosen.end());
    }
    for (number, tally) in tallies {
        if let Some(notice) = tally.notice(number, limit.most, &mut weeks) {
            tell(notice);
        }
    }
}

/// The work in one week so far.
#[derive(Default)]
struct WeekTally<'a> {
    total: i64,
    /// How much less it could be in another reading of local times.
    doubtful: i64,
    /// The shift with which the limit was passed.
    passing: Option<&'a Work>,
    /// The last shift of the batch up to there, or the first one after.
    sent: Option<&'a Work>,
}

impl<'a> WeekTally<'a> {
    fn add(&mut self, shift: &'a Work, share: i64, most: i64) {
        let settled = self.passing.is_some() && self.sent_at_or_after_passing();
        self.total += share;
        let chosen = shift.chosen.end() - shift.chosen.start();
        let narrowest = (shift.narrowest.1 - shift.narrowest.0).max(0);
        self.doubtful += (chosen - narrowest).max(0);
        if self.passing.is_none() && self.total > most {
            self.passing = Some(shift);
        }
        if shift.is_sent() && !settled {
            self.sent = Some(shift);
        }
    }

    fn sent_at_or_after_passing(&self) -> bool {
        let order = |shift: &Work| (shift.chosen.start(), shift.entry.origin);
        let both = self.sent.zip(self.passing);
        both.is_some_and(|(sent, passing)| order(sent) >= order(passing))
    }

    fn notice(&self, number: i64, most: i64, weeks: &mut Weeks<'_>) -> Option<Notice> {
        let (passing, sent) = self.passing.zip(self.sent)?;
        let clock = sent.entry.clock();
        let span = weeks.span(clock, number)?;
        let other = (passing != sent).then_some(passing);
        let over = (self.total - most + MINUTE - 1) / MINUTE;
        Some(Notice {
            start: Some(span.start()),
            claim: Some((span, clock)),
            certain: self.total - self.doubtful > most,
            entries: [Some(sent.entry), other.map(|shift| shift.entry), None],
            detail: Detail::Limit { minutes: most / MINUTE + over, limit: most / MINUTE },
            ..Notice::of(
                NoticeKind::TooManyHours,
                &sent.entry,
                other.map(|shift| shift.entry.origin),
            )
        })
    }
}

/// A local week.
#[derive(Clone, Copy)]
struct Week {
    /// Weeks since the one of 1970-01-01.
    number: i64,
    span: Span,
}

/// Finds the weeks of shifts.
struct Weeks<'a> {
    first_day: u8,
    calendar: &'a Calendar,
    offset_cache: &'a mut OffsetCache,
    /// The week that was found last, which tends to be asked for again.
    last: Option<(Clock, Week)>,
}

impl Weeks<'_> {
    /// The weeks of a shift. One that lasts longer than three counts in its
    /// first two and its last: it would be in thousands of them.
    fn of(&mut self, shift: &Work) -> [Option<Week>; 3] {
        let clock = shift.entry.clock();
        let first = self.at(clock, shift.chosen.start());
        let last = self.at(clock, shift.chosen.end() - 1);
        let (Some(first), Some(last)) = (first, last) else { return [first, last, None] };
        let second = match first.number + 1 < last.number {
            true => self.week(clock, first.number + 1),
            false => None,
        };
        [Some(first), second, (last.number > first.number).then_some(last)]
    }

    fn at(&mut self, clock: Clock, instant: Instant) -> Option<Week> {
        let holds = |week: &Week| (week.span.start()..week.span.end()).contains(&instant);
        if let Some((known, week)) = self.last
            && known == clock
            && holds(&week)
        {
            return Some(week);
        }
        let day = i64::from(self.calendar.day(clock, instant, self.offset_cache));
        let number = (day - self.first_day_of(0)).div_euclid(7);
        // Where the clock goes back over midnight, a date comes twice.
        let near = [number, number + 1, number - 1];
        let week = near.into_iter().find_map(|number| self.week(clock, number).filter(holds))?;
        self.last = Some((clock, week));
        Some(week)
    }

    fn week(&mut self, clock: Clock, number: i64) -> Option<Week> {
        Some(Week { number, span: self.span(clock, number)? })
    }

    fn span(&mut self, clock: Clock, number: i64) -> Option<Span> {
        let start = self.calendar.day_start(clock, self.first_day_of(number), self.offset_cache);
        let end = self.calendar.day_start(clock, self.first_day_of(number + 1), self.offset_cache);
        Span::new(start, end)
    }

    /// The day on which a week begins. 1970-01-01 was a Thursday.
    fn first_day_of(&self, number: i64) -> i64 {
        number * 7 + i64::from(self.first_day) - 3
    }
}
