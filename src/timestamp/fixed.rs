//! Reads times of the usual form by fixed positions: `2026-03-02T08:00:00Z`.

use super::Written;
use crate::calendar::{days_from_civil, days_in_month};
use crate::model::time::{DAY, HOUR, Instant, MINUTE};

/// Reads `2026-03-02T08:00:00-06:00`, `2026-03-02T08:00:00Z` and `2026-03-02T08:00:00`,
/// with a `T` or a space, `2026-03-02`, `08:00:00`, `08:00`, and nothing else.
#[inline(always)]
#[must_use]
pub fn read(word: &[u8]) -> Option<Written> {
    let Some((time, zone)) = word.split_first_chunk::<19>() else {
        return read_short(word);
    };
    let local = fixed_local(time)?;
    if zone.is_empty() {
        return Some(Written::Local(local));
    }
    let offset = zone_offset(zone)?;
    Some(Written::Instant { at: Instant::from_local(local, offset.unwrap_or(0)), offset })
}

/// The offset in seconds of `Z` or `-06:00`, which is `None` for the former.
#[inline(always)]
fn zone_offset(zone: &[u8]) -> Option<Option<i32>> {
    match zone {
        [b'Z'] => Some(None),
        [sign @ (b'+' | b'-'), hour1, hour2, b':', minute1, minute2] => {
            let hours = two_digits(*hour1, *hour2)?;
            let minutes = two_digits(*minute1, *minute2)?;
            if hours > 23 || minutes > 59 || hours + minutes == 0 && *sign == b'-' {
                return None;
            }
            let size = (hours * 60 + minutes) as i32 * 60;
            Some(Some(if *sign == b'-' { -size } else { size }))
        }
        _ => None,
    }
}

/// What the text after the minutes adds to a time, in milliseconds, and the offset it has:
/// `:30-06:00`, `Z`.
pub(super) fn tail(text: &[u8]) -> Option<(i64, Option<i32>)> {
    let (second, zone) = match text {
        [b':', tens, ones, zone @ ..] => (two_digits(*tens, *ones)?, zone),
        zone => (0, zone),
    };
    let offset = zone_offset(zone)?;
    let seconds = i64::from(second) - i64::from(offset.unwrap_or(0));
    (second < 60).then_some((seconds * 1000, offset))
}

/// The day number of the day before a month such as `2026-03-`, and how many
/// days it has.
pub(super) fn month(text: [u8; 8]) -> Option<(i64, u8)> {
    let [century, _, year, _, _, month, ..] = YEAR_MONTH.pairs(text)?;
    let year = i32::from(century) * 100 + i32::from(year);
    let days = days_in_month(year, month);
    (year > 0 && days > 0).then(|| (days_from_civil(year, month, 1) - 1, days))
}

/// A date or a clock time alone.
fn read_short(word: &[u8]) -> Option<Written> {
    match *word {
        [hour1, hour2, b':', minute1, minute2, b':', second1, second2] => {
            let (hour, minute) = (two_digits(hour1, hour2)?, two_digits(minute1, minute2)?);
            let second = two_digits(second1, second2)?;
            let time = i64::from(hour * 3600 + minute * 60 + second) * 1000;
            (hour < 24 && minute < 60 && second < 60).then_some(Written::Clock(time, None))
        }
        [hour1, hour2, b':', minute1, minute2] => {
            let (hour, minute) = (two_digits(hour1, hour2)?, two_digits(minute1, minute2)?);
            let time = i64::from(hour) * HOUR + i64::from(minute) * MINUTE;
            (hour < 24 && minute < 60).then_some(Written::Clock(time, None))
        }
        [century1, century2, year1, year2, b'-', month1, month2, b'-', day1, day2] => {
            let century = two_digits(century1, century2)?;
            let year = (century * 100 + two_digits(year1, year2)?) as i32;
            let (month, day) = (two_digits(month1, month2)? as u8, two_digits(day1, day2)? as u8);
            let exists = year > 0 && day > 0 && day <= days_in_month(year, month);
            exists.then(|| Written::Date(days_from_civil(year, month, day)))
        }
        _ => None,
    }
}

/// `None` for digits at other positions, and for anything that needs the full reader, such
/// as 24:00 and leap seconds.
#[inline(always)]
fn fixed_local(time: &[u8; 19]) -> Option<i64> {
    let (year_month, rest) = time.split_first_chunk::<8>()?;
    let (day_hour_minute, rest) = rest.split_first_chunk::<8>()?;
    let [century, _, year, _, _, month, ..] = YEAR_MONTH.pairs(*year_month)?;
    let [day, _, _, hour, _, _, minute, _] = DAY_HOUR_MINUTE.pairs(*day_hour_minute)?;
    let [b':', tens, ones] = *rest else { return None };
    let second = two_digits(tens, ones)?;
    let joint = day_hour_minute[2];
    let year = i32::from(century) * 100 + i32::from(year);
    if (joint != b'T' && joint != b' ') || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if year == 0 || month == 0 || month > 12 || day == 0 {
        return None;
    }
    if day > 28 && day > days_in_month(year, month) {
        return None;
    }
    let seconds = i64::from(u32::from(hour) * 3600 + u32::from(minute) * 60 + second);
    Some(days_from_civil(year, month, day) * DAY + seconds * 1000)
}

/// `2026-03-`
const YEAR_MONTH: DigitPattern = DigitPattern::new(b"0000-00-");

/// `02T08:00`, with any byte in place of the `T`.
pub(super) const DAY_HOUR_MINUTE: DigitPattern = DigitPattern::new(b"00?00:00");

/// Eight bytes with digits at fixed positions, compared as one number: in the pattern `0`
/// matches a digit, `?` any byte, and anything else itself.
pub(super) struct DigitPattern {
    /// The pattern, so that what is left of a digit is its value and of
    /// everything else 0.
    pattern: u64,
    /// What lifts a byte over 0x7f if it is more than it may be.
    lift: u64,
    /// All bytes but the free ones.
    fixed: u64,
}

impl DigitPattern {
    const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

    const fn new(pattern: &[u8; 8]) -> DigitPattern {
        let (mut lift, mut fixed) = ([0x7f; 8], [0xff; 8]);
        let mut place = 0;
        while place < 8 {
            match pattern[place] {
                b'0' => lift[place] = 0x7f - 9,
                b'?' => fixed[place] = 0,
                _ => {}
            }
            place += 1;
        }
        DigitPattern {
            pattern: u64::from_le_bytes(*pattern),
            lift: u64::from_le_bytes(lift),
            fixed: u64::from_le_bytes(fixed),
        }
    }

    /// At each position the number that the digits there and after it make; `None` if the
    /// bytes do not have this form.
    #[inline(always)]
    pub(super) fn pairs(&self, text: [u8; 8]) -> Option<[u8; 8]> {
        let digits = (u64::from_le_bytes(text) ^ self.pattern) & self.fixed;
        // A byte over 0x7f is out of range already, and may carry into the next one, which
        // does not change the answer.
        if (digits | digits.wrapping_add(self.lift)) & Self::HIGH_BITS != 0 {
            return None;
        }
        Some((digits * 10 + (digits >> 8)).to_le_bytes())
    }

    /// The minutes from the day before the first of a month with this many days to a
    /// `02T08:00` of that month, which may have a space for the `T`; `None` if there is no
    /// such time.
    #[inline(always)]
    pub(super) fn minutes(&self, text: [u8; 8], days: u8) -> Option<u32> {
        /// Where day, hour and minute are, and the most of the latter two.
        const PLACES: u64 = u64::from_le_bytes([0xff, 0, 0, 0xff, 0, 0, 0xff, 0]);
        const LIFT: u64 = u64::from_le_bytes([0, 0, 0, 0x7f - 23, 0, 0, 0x7f - 59, 0]);
        /// Brings the minutes of all three to the place of the last.
        const MINUTES: u64 = 1 | 60 << 24 | (24 * 60) << 48;
        let pairs = u64::from_le_bytes(self.pairs(text)?) & PLACES;
        let day = pairs as u8;
        let joint = text[2];
        let is_time = pairs.wrapping_add(LIFT) & Self::HIGH_BITS & !0xff == 0
            && (joint == b'T' || joint == b' ')
            && day.wrapping_sub(1) < days;
        is_time.then_some((pairs.wrapping_mul(MINUTES) >> 48) as u32)
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 { None } else { Some(u32::from(tens) * 10 + u32::from(ones)) }
}
