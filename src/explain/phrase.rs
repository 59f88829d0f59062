//! Phrases for times and names, shared by all causes.

use super::Conflict;
use crate::model::finding::Record;
use crate::model::time::Stamp;

/// What a record of the conflict is called: with its place where the other one
/// calls itself the same.
pub(super) fn call(record: &Record, other: &Record) -> String {
    let name = record.call();
    let namesakes = record.id.is_some() && other.is_called_like(record);
    if namesakes { format!("{name} ({})", record.place()) } else { name }
}

/// What both records are called, the earlier one first.
pub(super) fn calls(conflict: &Conflict<'_>) -> (String, String) {
    let Conflict { earlier, later, .. } = conflict;
    (call(earlier, later), call(later, earlier))
}

/// `Mon 2026-03-02 08:00–16:00`, and past midnight with both dates.
pub(super) fn times(start: &Stamp, end: &Stamp) -> String {
    if start.same_date(end) {
        format!("{}–{}", start.long(), end.time())
    } else {
        format!("{} – {}", start.long(), end.long())
    }
}

/// The same with the offsets of both ends, or with the one they share.
pub(super) fn times_with_offsets(start: &Stamp, end: &Stamp) -> String {
    let (from, to) = (start.offset_name(), end.offset_name());
    if from == to {
        return format!("{} {to}", times(start, end));
    }
    let last = if start.same_date(end) { end.time() } else { end.long() };
    format!("{} {from} – {last} {to}", start.long())
}

#[cfg(test)]
mod tests {
    use super::{times, times_with_offsets};
    use crate::model::time::{Instant, Stamp, Weekday};

    fn stamp(day: u8, hour: u8, offset: i32) -> Stamp {
        Stamp {
            instant: Instant::from_millis(0),
            year: 2026,
            month: 3,
            day,
            hour,
            minute: 0,
            second: 0,
            milli: 0,
            weekday: Weekday::after_monday(i64::from(day) - 2),
            offset: offset * 3600,
        }
    }

    #[test]
    fn dates_and_offsets_are_said_once_if_they_are_one() {
        let (start, end) = (stamp(2, 8, -6), stamp(2, 16, -6));
        assert_eq!(times(&start, &end), "Mon 2026-03-02 08:00–16:00");
        assert_eq!(times_with_offsets(&start, &end), "Mon 2026-03-02 08:00–16:00 -06:00");
        let end = stamp(3, 6, -5);
        assert_eq!(times(&start, &end), "Mon 2026-03-02 08:00 – Tue 2026-03-03 06:00");
        let both = "Mon 2026-03-02 08:00 -06:00 – Tue 2026-03-03 06:00 -05:00";
        assert_eq!(times_with_offsets(&start, &end), both);
    }
}
