//! Notices and their records become findings.

use super::{Clerk, NoticeContext, plain};
use crate::analyze::moved::shift_of;
use crate::analyze::sorting::Sortable;
use crate::drift::contradicts;
use crate::judge::rule_of_notice;
use crate::ledger::notice_severity;
use crate::model::alike::{Alike, ComparisonBudget};
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::finding::{Activity, Case, Certainty, Record};
use crate::model::row::Field;
use crate::model::source::Origin;
use crate::model::spelling::are_spellings;
use crate::model::swap::SwapAspect;
use crate::reconcile::contradict;
use crate::schedule::run::Again;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whether words show that the agents of records, or the first of them and a name in a
/// list, are not in two spellings of one name: then two names have one key.
fn are_strangers(notice: &Notice, records: &[Arc<Record>], listed: &[String]) -> bool {
    let pair = match records {
        [one, other, ..] => {
            notice.detail == Detail::Nothing && !are_spellings(&one.agent, &other.agent)
        }
        _ => false,
    };
    let own = records.first().map_or("", |record| record.agent.as_str());
    pair || listed.iter().any(|name| !are_spellings(name, own))
}

impl<'a> Clerk<'a> {
    /// The records of a notice, given the names in a list that it is about; `None` if one
    /// cannot be read any more.
    ///
    /// # Errors
    /// When their words are not those that the notice is about: then two names have one key.
    fn records_of(
        &self,
        notice: &Notice,
        listed: &[String],
    ) -> Result<Option<Vec<Arc<Record>>>, Again> {
        let record = |at| self.record(at);
        let Some(records) = notice.origins().map(record).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let is_meant = |records: &Vec<Arc<Record>>| match notice.kind {
            NoticeKind::TwoSpellings => !are_strangers(notice, records, listed),
            NoticeKind::ChangedSinceRead => !contradicts(&self.schedule.agents, notice, records),
            kind if kind.by_version() => !contradict(&self.schedule.agents, notice, records),
            _ => true,
        };
        if is_meant(&records) {
            return Ok(Some(records));
        }
        // Versions and spellings were heard before swaps moved any record: then a record
        // counts for the agent whom it names itself. One bit for each such record.
        let with_written = |written: usize| {
            let record = |(place, (at, record)): (usize, (Origin, &Arc<Record>))| {
                let own = self.swap_names.as_written(at).filter(|_| written >> place & 1 == 1);
                Arc::clone(own.unwrap_or(record))
            };
            notice.origins().zip(&records).enumerate().map(record).collect::<Vec<_>>()
        };
        let found = (1..1 << records.len()).map(with_written).find(is_meant);
        found.map(Some).ok_or(Again::Collision)
    }

    pub(super) fn tell_notice(&self, notice: &Notice) -> Result<Option<Sortable>, Again> {
        let rule = rule_of_notice(notice.kind);
        let Some(level) = self.level(rule) else { return Ok(None) };
        let listed: Vec<String> = match notice.detail {
            Detail::Listed(place) => {
                self.schedule.agents.name_at(place).map(Cow::into_owned).into_iter().collect()
            }
            _ => Vec::new(),
        };
        let records = self.records_of(notice, &listed)?.filter(|records| !records.is_empty());
        let Some(records) = records else { return Ok(None) };
        let records = self.on_their_days(records, notice);
        if notice.kind.by_id() && records.iter().any(|record| record.id != records[0].id) {
            return Err(Again::Collision);
        }
        let agent = self.agent_told(notice, &records)?;
        if notice.kind.wants_limit()
            && records
                .iter()
                .any(|record| !self.schedule.agents.are_one(&record.agent, &records[0].agent))
        {
            return Err(Again::Collision);
        }
        let nearest = match notice.kind {
            NoticeKind::UnknownAgent => self.meant.get(agent).map(Vec::as_slice),
            _ => Some(listed.as_slice()),
        };
        let mut claim = notice.claim.map(|(span, clock)| self.claim(span, clock));
        // Of a week or a rest that counts, what there is of it.
        if let (Detail::Limit { minutes, .. }, Some(claim)) = (notice.detail, &mut claim) {
            claim.minutes = minutes;
        }
        let first = notice.records[0].unwrap_or_default();
        let activities = self.activities_of(notice, first);
        let about = NoticeContext {
            severity: notice_severity(level, notice),
            start: notice.start,
            places: [first, notice.records[1].unwrap_or(first)],
            of_file: notice.agent.is_none(),
        };
        let column = match notice.kind {
            NoticeKind::SharedIds => {
                self.schedule.run.sources[usize::from(first.source())].column_of(Field::Id)
            }
            NoticeKind::AttendanceAsPlan => {
                let source = &self.schedule.run.sources[usize::from(first.source())];
                [Field::Start, Field::Times, Field::StartDate]
                    .into_iter()
                    .find_map(|field| source.column_of(field))
            }
            _ => None,
        };
        let case = Case {
            agent,
            records: &records,
            claim: claim.as_ref(),
            certainty: if notice.certain { Certainty::Certain } else { Certainty::Possible },
            detail: notice.detail,
            nearest: nearest.unwrap_or_default(),
            column,
            activities: &activities,
            ..Case::default()
        };
        Ok(Some(plain(rule, &about, &case)))
    }

    /// The agent whom a notice is told for, by name: the one of its first record,
    /// unless that is a swap. What a swap would bring is told for the agent who
    /// would have it.
    ///
    /// # Errors
    /// When the words of a swap are not those of what was found by their keys.
    fn agent_told<'r>(&self, notice: &Notice, records: &'r [Arc<Record>]) -> Result<&'r str, Again>
    where
        'a: 'r,
    {
        let SwapAspect { second, other_moved, .. } = notice.detail.aspect();
        let named = |place: usize, second| {
            let origin = notice.records.get(place).copied().flatten().unwrap_or_default();
            records.get(place).map_or("", |swap| self.swap_names.agent_of(origin, swap, second))
        };
        match records {
            [swap, ..] if swap.trade.is_some() => Ok(named(0, second)),
            [shift, swap, ..]
                if notice.kind.by_swap() && shift_of(swap, second) != shift.id.as_deref() =>
            {
                Err(Again::Collision)
            }
            [_, _, other] if notice.kind == NoticeKind::SwapOverlap => {
                let name = named(1, !second);
                match name {
                    "" => Ok(&other.agent),
                    name if other_moved || self.schedule.agents.are_one(&other.agent, name) => {
                        Ok(name)
                    }
                    _ => Err(Again::Collision),
                }
            }
            [first, ..] => Ok(&first.agent),
            [] => Ok(""),
        }
    }

    /// The activities that a notice names.
    fn activities_of(&self, notice: &Notice, shift: Origin) -> Vec<Activity> {
        match notice.detail {
            Detail::Activities(numbers) => self.records.activities.of(shift, &numbers),
            _ => Vec::new(),
        }
    }

    /// Whom the unknown agents of some notices may have meant: for as many as it
    /// takes no long time for, in the order of the report.
    ///
    /// # Errors
    /// When two names turn out to share a key.
    pub(super) fn meant(
        &self,
        notices: &[Notice],
    ) -> Result<BTreeMap<&'a str, Vec<String>>, Again> {
        let mut unknown = BTreeSet::new();
        for notice in notices.iter().filter(|notice| notice.kind == NoticeKind::UnknownAgent) {
            let record = notice.records[0].and_then(|origin| self.records.get(origin));
            if let Some(record) = record {
                unknown.insert(self.agent_told(notice, std::slice::from_ref(record))?);
            }
        }
        if unknown.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (alike, mut effort) =
            (Alike::of(self.schedule.agents.ids()), ComparisonBudget::default());
        let nearest = |name: &'a str| Some((name, alike.nearest(name, &mut effort)?));
        Ok(unknown.into_iter().map_while(nearest).collect())
    }
}
