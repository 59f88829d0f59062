//! Shows a record that stands for several days on the day that a finding is about.

use super::Clerk;
use crate::model::fact::Notice;
use crate::model::finding::{Ambiguity, Moment, Record};
use crate::model::shift::{Entry, Readings};
use crate::model::time::{Clock, Instant, Stamp};
use std::sync::Arc;

impl Clerk<'_> {
    /// A record that stands for several days, on the day of one of its entries,
    /// with the readings that its times have on that day.
    pub(super) fn on_its_day(&self, mut record: Arc<Record>, entry: &Entry) -> Arc<Record> {
        if record.several {
            let Readings { chosen, narrowest } = self.schedule.readings(entry);
            let (start, end) = ((entry.start(), narrowest.0), (entry.end(), narrowest.1));
            let record = Arc::make_mut(&mut record);
            self.read_at(&mut record.start, chosen.0, start, entry.clock());
            self.read_at(&mut record.end, chosen.1, end, entry.clock());
        }
        record
    }

    /// Shows a moment as it is read, with its other reading where it has one:
    /// the clock shows both alike if it showed the time twice.
    fn read_at(&self, moment: &mut Moment, chosen: Instant, other: (Instant, Instant), on: Clock) {
        let stamp = |at| self.schedule.run.calendar.stamp(on, at);
        let local = |stamp: &Stamp| stamp.instant.to_local(stamp.offset);
        let (shown, other) =
            (stamp(chosen), stamp(if chosen == other.0 { other.1 } else { other.0 }));
        moment.at = Some(shown);
        if shown.instant != other.instant {
            let fold = local(&shown) == local(&other);
            moment.doubt = Some(if fold { Ambiguity::Fold } else { Ambiguity::Gap });
            moment.otherwise = Some(Box::new(other));
        } else if matches!(moment.doubt, Some(Ambiguity::Gap | Ambiguity::Fold)) {
            (moment.doubt, moment.otherwise) = (None, None);
        }
    }

    /// The records of a notice, each on the day that is meant.
    pub(super) fn on_their_days(
        &self,
        records: Vec<Arc<Record>>,
        notice: &Notice,
    ) -> Vec<Arc<Record>> {
        let of_notice = records.into_iter().zip(&notice.entries);
        of_notice
            .map(|(record, entry)| match entry {
                Some(entry) => self.on_its_day(record, entry),
                None => record,
            })
            .collect()
    }
}
