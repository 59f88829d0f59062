//! Compares timelines with the limits of the labour rules.

use crate::calendar::OffsetCache;
use crate::judge::rule_of_notice;
use crate::labour::week::Limit;
use crate::labour::{Work, rest, sort, week};
use crate::ledger::FactLedger;
use crate::model::fact::NoticeKind;
use crate::model::settings::Settings;
use crate::model::shift::{Entry, Kind};
use crate::schedule::Schedule;

/// The limits of the rules that are on.
#[derive(Default)]
pub(super) struct LabourLimits {
    rest: Option<i64>,
    week: Option<Limit>,
}

impl LabourLimits {
    pub(super) fn of(settings: &Settings) -> LabourLimits {
        let on = |kind| settings.is_on(rule_of_notice(kind).code);
        let labour = &settings.labour;
        let week = labour.max_week.filter(|_| on(NoticeKind::TooManyHours));
        LabourLimits {
            rest: labour.min_rest.filter(|_| on(NoticeKind::ShortRest)),
            week: week.map(|most| Limit { most, first_day: labour.week_start }),
        }
    }

    /// Reports what passes a limit on one agent's timeline.
    pub(super) fn visit(
        &self,
        schedule: &Schedule<'_>,
        timeline: &[Entry],
        ledger: &mut FactLedger<'_>,
        offset_cache: &mut OffsetCache,
    ) {
        if self.rest.is_none() && self.week.is_none() {
            return;
        }
        let shifts = timeline.iter().filter(|entry| entry.side().kind == Kind::Shift);
        let mut work: Vec<Work> =
            shifts.filter_map(|entry| Work::new(*entry, schedule.readings(entry))).collect();
        sort(&mut work);
        let mut notices = ledger.of_agent();
        let tell = &mut |notice| notices.add(notice);
        if let Some(limit) = self.rest {
            rest::short_rests(&work, limit, tell);
        }
        if let Some(limit) = self.week {
            week::long_weeks(&work, limit, schedule.run.calendar, offset_cache, tell);
        }
    }
}
