//! The usual form of a time, read at fixed places.

use super::Written;
use crate::calendar::{days_from_civil, days_in_month};
use crate::model::time::DAY;

/// Reads `2026-03-02T08:00:00-06:00`, `2026-03-02T08:00:00Z` and
/// `2026-03-02T08:00:00`, with a `T` or a blank, and nothing else.
#[must_use]
pub(super) fn read(word: &[u8]) -> Option<Written> {
    let (time, zone) = word.split_first_chunk::<19>()?;
    let local = fixed_local(time)?;
    match zone {
        [] => Some(Written::Local(local)),
        [b'Z'] => Some(Written::Instant { at: local, offset: None }),
        [sign @ (b'+' | b'-'), hour1, hour2, b':', minute1, minute2] => {
            let hours = two_digits(*hour1, *hour2)?;
            let minutes = two_digits(*minute1, *minute2)?;
            if hours > 23 || minutes > 59 || hours + minutes == 0 {
                return None;
            }
            let size = (hours * 60 + minutes) as i32 * 60;
            let offset = if *sign == b'-' { -size } else { size };
            let at = local - i64::from(offset) * 1000;
            Some(Written::Instant { at, offset: Some(offset) })
        }
        _ => None,
    }
}

/// Digits that do not stand where they should make this `None`; so does
/// anything that needs a second look, such as 24:00 and leap seconds.
fn fixed_local(time: &[u8; 19]) -> Option<i64> {
    let joints = time[4] == b'-'
        && time[7] == b'-'
        && (time[10] == b'T' || time[10] == b' ')
        && time[13] == b':'
        && time[16] == b':';
    if !joints {
        return None;
    }
    let century = two_digits(time[0], time[1])?;
    let year = (century * 100 + two_digits(time[2], time[3])?) as i32;
    let month = two_digits(time[5], time[6])? as u8;
    let day = two_digits(time[8], time[9])? as u8;
    let hour = two_digits(time[11], time[12])?;
    let minute = two_digits(time[14], time[15])?;
    let second = two_digits(time[17], time[18])?;
    if year == 0 || day == 0 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if day > 28 && day > days_in_month(year, month) || month == 0 || month > 12 {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some(days_from_civil(year, month, day) * DAY + seconds * 1000)
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 { None } else { Some(u32::from(tens) * 10 + u32::from(ones)) }
}
