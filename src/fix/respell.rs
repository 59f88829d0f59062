//! Writes another time in the spelling of a given one.

use crate::model::time::Stamp;
use std::ops::Range;

/// The word with the local time and offset of `to`, in its own spelling. Only what differs
/// from `from`, which is what the word was read as, is written anew. `None` where the word has no
/// place for what has to change, or writes it in a way that is not known here.
pub(super) fn respell(word: &str, from: &Stamp, to: &Stamp) -> Option<String> {
    let mut text = word.to_owned();
    let local = |stamp: &Stamp| (stamp.hour, stamp.minute, stamp.second, stamp.milli);
    let (clock, offset) = parts(word)?;
    if from.offset != to.offset {
        let new = offset_like(offset.clone().map(|at| &word[at]), to);
        match offset {
            Some(at) => text.replace_range(at, &new),
            None => text.push_str(&new),
        }
    }
    if local(from) != local(to) {
        if to.milli != 0 || word.to_ascii_lowercase().ends_with('m') {
            return None;
        }
        let old = &word[clock.clone()];
        let seconds = old.matches(':').count() == 2;
        if !seconds && to.second != 0 {
            return None;
        }
        let padded = old.find(':') == Some(2);
        let hour = if padded { format!("{:02}", to.hour) } else { to.hour.to_string() };
        let tail = if seconds { format!(":{:02}", to.second) } else { String::new() };
        text.replace_range(clock, &format!("{hour}:{:02}{tail}", to.minute));
    }
    if !from.same_date(to) {
        match text.strip_prefix(&from.date()) {
            Some(rest) => text = to.date() + rest,
            // A clock time alone takes its date from elsewhere.
            None if is_clock_alone(word) => {}
            None => return None,
        }
    }
    (text != word).then_some(text)
}

fn is_clock_alone(word: &str) -> bool {
    word.find(':').is_some_and(|colon| colon <= 2)
}

/// Where the clock time is in the word, and where its offset is.
fn parts(word: &str) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let colon = word.find(':')?;
    let bytes = word.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let start = (0..colon).rev().take_while(|at| digit(*at)).last()?;
    let mut end = (colon + 1..bytes.len()).take_while(|at| digit(*at)).last()? + 1;
    if bytes.get(end) == Some(&b':') {
        end = (end + 1..bytes.len()).take_while(|at| digit(*at)).last()? + 1;
    }
    if colon - start > 2 {
        return None;
    }
    // Fractions of a second are a part of the clock time only where they are zero.
    let mut after = end;
    if bytes.get(end) == Some(&b'.') {
        after = (end + 1..bytes.len()).take_while(|at| digit(*at)).last()? + 1;
        if word[end + 1..after].bytes().any(|digit| digit != b'0') {
            return None;
        }
    }
    let rest = word.get(after..)?;
    let trimmed = rest.trim_start();
    let at = word.len() - trimmed.len();
    let is_offset = matches!(trimmed, "Z" | "z" | "UTC" | "GMT")
        || trimmed.strip_prefix(['+', '-']).is_some_and(|digits| {
            let all = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
            all && matches!(digits.len(), 2 | 4 | 5)
        });
    match trimmed {
        "" => Some((start..end, None)),
        _ if is_offset => Some((start..end, Some(at..word.len()))),
        _ if trimmed.eq_ignore_ascii_case("am") || trimmed.eq_ignore_ascii_case("pm") => {
            Some((start..end, None))
        }
        _ => None,
    }
}

/// The offset of a time in the spelling of another offset, `-06:00` where that has none.
fn offset_like(old: Option<&str>, to: &Stamp) -> String {
    let minutes = to.offset / 60;
    let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match old {
        Some(old) if old.starts_with(['+', '-']) && !old.contains(':') => match old.len() {
            3 if minutes == 0 => format!("{sign}{hours:02}"),
            _ => format!("{sign}{hours:02}{minutes:02}"),
        },
        _ => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::respell;
    use crate::model::time::{Instant, Stamp, Weekday};

    fn stamp(day: u8, hour: u8, minute: u8, offset: i32) -> Stamp {
        Stamp {
            instant: Instant::from_millis(0),
            year: 2026,
            month: 3,
            day,
            hour,
            minute,
            second: 0,
            milli: 0,
            weekday: Weekday::Monday,
            offset: offset * 60,
        }
    }

    #[test]
    fn offsets_keep_their_spelling() {
        let (from, to) = (stamp(9, 8, 0, -360), stamp(9, 8, 0, -300));
        for (word, expected) in [
            ("2026-03-09T08:00:00-06:00", Some("2026-03-09T08:00:00-05:00")),
            ("2026-03-09 08:00 -0600", Some("2026-03-09 08:00 -0500")),
            ("2026-03-09T08:00-06", Some("2026-03-09T08:00-05")),
            ("2026-03-09T08:00:00.000Z", Some("2026-03-09T08:00:00.000-05:00")),
            ("2026-03-09T08:00:00.250Z", None),
            ("2026-03-09T08:00", Some("2026-03-09T08:00-05:00")),
            ("8:00 AM CST", None),
            ("20260309T080000-0600", None),
        ] {
            assert_eq!(respell(word, &from, &to).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn clock_times_keep_their_spelling() {
        let (from, to) = (stamp(9, 16, 1, -360), stamp(9, 16, 0, -360));
        for (word, expected) in [
            ("16:01", Some("16:00")),
            ("2026-03-09T16:01:00-06:00", Some("2026-03-09T16:00:00-06:00")),
            ("4:01 PM", None),
        ] {
            assert_eq!(respell(word, &from, &to).as_deref(), expected, "{word}");
        }
        let (from, to) = (stamp(10, 4, 0, 0), stamp(9, 16, 0, 0));
        assert_eq!(respell("4:00", &from, &to).as_deref(), Some("16:00"));
        assert_eq!(respell("2026-03-10T04:00Z", &from, &to).as_deref(), Some("2026-03-09T16:00Z"));
    }
}
