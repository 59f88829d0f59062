//! Labels the times of a record where its words do not show them.

use crate::model::finding::{Moment, Record};
use crate::model::time::Stamp;

/// What the record's times were read as, if its words do not show that plainly:
/// `2026-03-02 08:00–16:00 -06:00`.
pub(super) fn reading(record: &Record) -> Option<String> {
    let (start, end) = (record.start.at.as_ref()?, record.end.at.as_ref()?);
    let evident = !record.overnight
        && says_date(&record.start, start)
        && says_time(&record.start, start)
        && says_time(&record.end, end)
        && (says_date(&record.end, end) || (is_clock_time(&record.end) && start.same_date(end)));
    if evident { None } else { Some(start.span_name(end)) }
}

/// Whether the words begin with the date that was read.
fn says_date(moment: &Moment, at: &Stamp) -> bool {
    let Ok(year) = u32::try_from(at.year) else { return false };
    let (month, day) = (u32::from(at.month), u32::from(at.day));
    let [y, e, a, r] = [year / 1000 % 10, year / 100 % 10, year / 10 % 10, year % 10].map(digit);
    let [m, o, d, t] = [month / 10, month % 10, day / 10, day % 10].map(digit);
    moment.written.as_bytes().starts_with(&[y, e, a, r, b'-', m, o, b'-', d, t])
}

/// Whether the words hold the time of day that was read, and nothing else that
/// could change it.
fn says_time(moment: &Moment, at: &Stamp) -> bool {
    if moment.doubt.is_some() {
        return false;
    }
    let (hour, minute) = (u32::from(at.hour), u32::from(at.minute));
    let [h, o, m, i] = [hour / 10, hour % 10, minute / 10, minute % 10].map(digit);
    let words = moment.written.as_bytes();
    let half_day = matches!(words.last(), Some(b'm' | b'M'));
    !half_day && words.windows(5).any(|five| five == [h, o, b':', m, i])
}

/// Whether the words are a time of day without a date.
fn is_clock_time(moment: &Moment) -> bool {
    moment.written.len() <= "08:00:00".len()
}

const fn digit(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::reading;
    use crate::model::finding::{Ambiguity, Record};
    use crate::report::fixture::{moment, record};

    fn read(start: (&str, &str), end: (&str, &str)) -> Record {
        let mut record = record("batch.csv", 13);
        record.start = moment(start.0, start.1);
        record.end = moment(end.0, end.1);
        record
    }

    #[test]
    fn what_stands_there_is_not_said_again() {
        for (start, end) in [
            ("2026-03-02T08:00", "2026-03-02T16:00"),
            ("2026-03-02 08:00:00-06:00", "2026-03-02T16:00-06:00"),
            ("2026-03-02 08:00", "16:00"),
        ] {
            let record = read((start, "2026-03-02T08:00-06:00"), (end, "2026-03-02T16:00-06:00"));
            assert_eq!(reading(&record), None, "{start} {end}");
        }
    }

    #[test]
    fn what_was_read_otherwise_is_said() {
        let record = read(
            ("2026-03-02T14:00Z", "2026-03-02T08:00-06:00"),
            ("2026-03-02T22:00Z", "2026-03-02T16:00-06:00"),
        );
        assert_eq!(reading(&record).as_deref(), Some("2026-03-02 08:00–16:00 -06:00"));
        let record = read(
            ("03/02/2026 08:00 PM", "2026-03-02T20:00-06:00"),
            ("480", "2026-03-03T04:00-06:00"),
        );
        assert_eq!(reading(&record).as_deref(), Some("2026-03-02 20:00 – 2026-03-03 04:00 -06:00"));
    }

    #[test]
    fn a_doubtful_time_and_a_moved_end_are_said() {
        let start = ("2026-03-08 01:00", "2026-03-08T01:00-06:00");
        let end = ("2026-03-08 03:30", "2026-03-08T03:30-05:00");
        let mut record = read(start, end);
        assert_eq!(reading(&record), None);
        record.end.doubt = Some(Ambiguity::Gap);
        assert_eq!(reading(&record).as_deref(), Some("2026-03-08 01:00 -06:00 – 03:30 -05:00"));
        record.end.doubt = None;
        record.overnight = true;
        assert!(reading(&record).is_some());
        record.end.at = None;
        assert_eq!(reading(&record), None);
    }
}
