//! Decides which fields of a record a finding marks.

use crate::model::finding::{Moment, Record};
use crate::model::row::Field;

const START: &[Field] = &[Field::Start, Field::StartDate, Field::Date];
const END: &[Field] = &[Field::End, Field::EndDate, Field::Date, Field::Length];

/// The end of the record that is in doubt, or both.
pub(super) fn doubtful_times(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    let doubtful = |moment: &Moment| moment.at.is_none() || moment.doubt.is_some();
    match (doubtful(&record.start), doubtful(&record.end)) {
        (true, false) => START,
        (false, true) => END,
        _ => Field::TIMES,
    }
}

/// Its id.
pub(super) fn id(_record: &Record, _agent: Option<&str>) -> &'static [Field] {
    &[Field::Id]
}

/// Its schedule and the version of that.
pub(super) fn version(_record: &Record, _agent: Option<&str>) -> &'static [Field] {
    &[Field::Schedule, Field::Version]
}

/// Its agent.
pub(super) fn agent(_record: &Record, _agent: Option<&str>) -> &'static [Field] {
    &[Field::Agent]
}

#[cfg(test)]
mod tests {
    use super::{END, START, doubtful_times};
    use crate::judge::samples::shift;
    use crate::model::row::Field;

    #[test]
    fn a_time_that_cannot_be_read_is_meant_alone() {
        let record = shift("s-1", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        let (mut start, mut end) = (record.clone(), record.clone());
        (start.start.at, end.end.at) = (None, None);
        assert_eq!(doubtful_times(&start, None), START);
        assert_eq!(doubtful_times(&end, None), END);
        assert_eq!(doubtful_times(&record, None), Field::TIMES);
    }
}
