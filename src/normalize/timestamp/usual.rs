//! Instants of the usual form, read by what was seen before.
//!
//! Times of one file share few months and few offsets. What each of them means
//! is worked out once, by the reader of fixed places; after that, a look at
//! whole words of bytes tells that they are the same again.

use super::fixed::{self, DAY_HOUR_MINUTE};
use crate::model::time::{DAY, HOUR, Instant, MINUTE};

/// The months and tails that were seen last, by what tells most of them apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usual {
    months: [Month; 32],
    tails: [Tail; 16],
}

/// `2026-03-`
#[derive(Debug, Clone, Copy, Default)]
struct Month {
    text: u64,
    /// The day number of the day before its first.
    before: i64,
    /// How many days it has; 0 for none.
    days: u8,
}

/// What stands behind the minutes: `:00-06:00`, `Z`.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    text: u64,
    /// Bytes of the text; 0 for none.
    length: u8,
    /// What it adds to the time, in milliseconds.
    shift: i64,
    offset: Option<i32>,
}

impl Usual {
    /// An instant such as `2026-03-02T08:00:00-06:00` or `2026-03-02T08:00Z`,
    /// and its offset; `None` for anything else, whatever it may be.
    #[inline(always)]
    pub(crate) fn read(&mut self, word: &[u8]) -> Option<(Instant, Option<i32>)> {
        let (year_month, rest) = word.split_first_chunk::<8>()?;
        let (day_hour_minute, tail) = rest.split_first_chunk::<8>()?;
        let [day, _, _, hour, _, _, minute, _] = DAY_HOUR_MINUTE.pairs(*day_hour_minute)?;
        let month = self.month(*year_month)?;
        let joint = day_hour_minute[2];
        if (joint != b'T' && joint != b' ') || hour > 23 || minute > 59 {
            return None;
        }
        if day == 0 || day > month.days {
            return None;
        }
        let tail = self.tail(tail)?;
        let day = month.before + i64::from(day);
        let time = i64::from(hour) * HOUR + i64::from(minute) * MINUTE;
        Some((day * DAY + time + tail.shift, tail.offset))
    }

    #[inline(always)]
    fn month(&mut self, text: [u8; 8]) -> Option<Month> {
        let place = (text[5] & 1) << 4 | (text[6] & 15);
        let known = &mut self.months[usize::from(place & 31)];
        let word = u64::from_le_bytes(text);
        if known.text != word || known.days == 0 {
            let (before, days) = fixed::month(text)?;
            *known = Month { text: word, before, days };
        }
        Some(*known)
    }

    #[inline(always)]
    fn tail(&mut self, text: &[u8]) -> Option<Tail> {
        let word = match *text {
            [b':', ref rest @ ..] if rest.len() == 8 => u64::from_le_bytes(*rest.first_chunk()?),
            [b':', one, two, b'Z'] => u64::from(u16::from_le_bytes([one, two])),
            [b'Z'] => 0,
            [one, two, three, four, five, six] => {
                u64::from_le_bytes([one, two, three, four, five, six, 0, 0])
            }
            _ => return None,
        };
        let place = word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60;
        let known = &mut self.tails[(place & 15) as usize];
        if known.text != word || usize::from(known.length) != text.len() {
            let (shift, offset) = fixed::tail(text)?;
            *known = Tail { text: word, length: text.len() as u8, shift, offset };
        }
        Some(*known)
    }
}
