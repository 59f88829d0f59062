//! Instants of the usual form, read by what was seen before.
//!
//! Times of one file share few months and few offsets. What each of them means
//! is worked out once, by the reader of fixed places; after that, a look at
//! whole words of bytes tells that they are the same again.

use super::fixed::{self, DAY_HOUR_MINUTE};
use crate::model::time::{Clock, DAY, Instant, MINUTE};

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
    /// The first instant of the day before its first, in UTC.
    before: Instant,
    /// How many days it has; 0 for none.
    days: u8,
}

/// What stands behind the minutes: `:00-06:00`, `Z`.
#[derive(Debug, Clone, Copy)]
struct Tail {
    text: u64,
    /// Bytes of the text; 0 for none.
    length: usize,
    /// What it adds to the time, in milliseconds.
    shift: i64,
    /// The clock of its offset.
    clock: Clock,
}

impl Default for Tail {
    fn default() -> Tail {
        Tail { text: 0, length: 0, shift: 0, clock: Clock::UTC }
    }
}

impl Usual {
    /// An instant such as `2026-03-02T08:00:00-06:00` or `2026-03-02T08:00Z`, and
    /// the clock of its offset; `None` for anything else, whatever it may be.
    #[inline(always)]
    pub(crate) fn read(&mut self, word: &[u8]) -> Option<(Instant, Clock)> {
        let (year_month, rest) = word.split_first_chunk::<8>()?;
        let (day_hour_minute, tail) = rest.split_first_chunk::<8>()?;
        let month = self.month(*year_month)?;
        let minutes = DAY_HOUR_MINUTE.minutes(*day_hour_minute, month.days)?;
        let before = month.before;
        let tail = self.tail(tail)?;
        Some((before + i64::from(minutes) * MINUTE + tail.shift, tail.clock))
    }

    #[inline(always)]
    fn month(&mut self, text: [u8; 8]) -> Option<&Month> {
        let place = (text[5] & 1) << 4 | (text[6] & 15);
        let known = &mut self.months[usize::from(place & 31)];
        let word = u64::from_le_bytes(text);
        if known.text != word || known.days == 0 {
            let (before, days) = fixed::month(text)?;
            *known = Month { text: word, before: before * DAY, days };
        }
        Some(known)
    }

    #[inline(always)]
    fn tail(&mut self, text: &[u8]) -> Option<&Tail> {
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
        if known.text != word || known.length != text.len() {
            let (shift, offset) = fixed::tail(text)?;
            let clock = Clock::of_offset(offset);
            *known = Tail { text: word, length: text.len(), shift, clock };
        }
        Some(known)
    }
}
