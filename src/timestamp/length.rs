//! Reads lengths of time: `8h`, `7:30`, `PT8H`.

use super::scanner::Scanner;
use crate::model::conventions::LengthUnit;
use crate::model::letters::plain_ascii;
use crate::model::time::{DAY, HOUR, MINUTE};

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Days by the calendar, of 22 to 26 hours, before the rest.
    pub days: i64,
    /// The rest, in milliseconds.
    pub milliseconds: i64,
    /// Whether the word is a number alone, so that its file has to name the unit.
    pub bare: bool,
}

impl Length {
    /// All of it in milliseconds, with days of 24 hours.
    #[must_use]
    pub const fn milliseconds_in_all(self) -> i64 {
        self.days * DAY + self.milliseconds
    }
}

/// The longest that a length may be, some 1,900 years.
const LONGEST: i128 = 60_000_000_000_000;

/// Reads a length: `480` and `8.5` in this unit, `8h 30m`, `8 hours 30 minutes`
/// and so in six more languages, `PT8H30M`, and `8:30` for hours and minutes. A
/// mark in a number is that of decimals, unless there are two of them.
#[must_use]
pub fn length(word: &[u8], unit: LengthUnit) -> Option<Length> {
    read(word, unit, SeparatorMark::Decimal)
}

/// The unit that a word names for the number beside it: `days`, `Std.`, `working days`.
/// Months and years have no length of their own.
#[must_use]
pub fn length_unit(word: &[u8]) -> Option<LengthUnit> {
    let plain = plain_ascii(word)?.to_ascii_lowercase();
    let mut words = plain.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let is_of_days = |word: &&[u8]| OF_DAYS.contains(word);
    let unit = words.find(|word| !is_of_days(word)).and_then(TimeUnit::of)?;
    words.all(|word| is_of_days(&word)).then_some(unit.into())
}

/// Whether a word names a unit of lengths: one above, months or years.
#[must_use]
pub fn names_length_unit(word: &[u8]) -> bool {
    const LONGEST: usize = 20;
    let of_calendar = || {
        plain_ascii(word).is_some_and(|word| CALENDAR_UNITS.contains(&&*word.to_ascii_lowercase()))
    };
    word.len() <= LONGEST && (length_unit(word).is_some() || of_calendar())
}

/// Which days a unit counts.
const OF_DAYS: [&[u8]; 9] = [
    b"working",
    b"work",
    b"business",
    b"calendar",
    b"consecutive",
    b"ouvres",
    b"habiles",
    b"uteis",
    b"lavorativi",
];

/// Units that differ in length.
const CALENDAR_UNITS: [&[u8]; 17] = [
    b"month", b"months", b"monat", b"monate", b"mois", b"mes", b"meses", b"mese", b"mesi",
    b"maand", b"maanden", b"year", b"years", b"jahr", b"jahre", b"ans", b"anos",
];

/// The other reading of a length with a number such as `1.440` or `1,440`, whose
/// mark may be that of thousands. `None` if there is only one reading.
#[must_use]
pub fn grouped_length(word: &[u8], unit: LengthUnit) -> Option<Length> {
    has_two_readings(word).then(|| read(word, unit, SeparatorMark::Thousands))?
}

/// Whether the mark in a number of this length can be that of thousands as well as that of
/// decimals: three digits after it, and one to three before it, of which the first is not a
/// zero.
#[must_use]
pub fn has_two_readings(word: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_digit() || is_mark(*byte);
    word.split(|byte| !is_part(byte)).any(is_of_two_readings)
}

fn is_of_two_readings(number: &[u8]) -> bool {
    let Some(place) = number.iter().position(|byte| is_mark(*byte)) else { return false };
    let (whole, decimals) = (&number[..place], &number[place + 1..]);
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    digits(decimals)
        && decimals.len() == 3
        && matches!(whole, [b'1'..=b'9', rest @ ..] if rest.len() < 3)
}

/// The meaning of a single mark in a number that could be either.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SeparatorMark {
    Decimal,
    Thousands,
}

/// A unit of length; the order is from long to short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TimeUnit {
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

/// The names of units, in the order of the names.
const UNITS: &[(&str, TimeUnit)] = &[
    ("arbeitstag", TimeUnit::Day),
    ("arbeitstage", TimeUnit::Day),
    ("d", TimeUnit::Day),
    ("dag", TimeUnit::Day),
    ("dagen", TimeUnit::Day),
    ("day", TimeUnit::Day),
    ("days", TimeUnit::Day),
    ("dia", TimeUnit::Day),
    ("dias", TimeUnit::Day),
    ("giorni", TimeUnit::Day),
    ("giorno", TimeUnit::Day),
    ("h", TimeUnit::Hour),
    ("heure", TimeUnit::Hour),
    ("heures", TimeUnit::Hour),
    ("hora", TimeUnit::Hour),
    ("horas", TimeUnit::Hour),
    ("hour", TimeUnit::Hour),
    ("hours", TimeUnit::Hour),
    ("hr", TimeUnit::Hour),
    ("hrs", TimeUnit::Hour),
    ("j", TimeUnit::Day),
    ("jour", TimeUnit::Day),
    ("jours", TimeUnit::Day),
    ("kalendertag", TimeUnit::Day),
    ("kalendertage", TimeUnit::Day),
    ("m", TimeUnit::Minute),
    ("millis", TimeUnit::Millisecond),
    ("millisecond", TimeUnit::Millisecond),
    ("milliseconds", TimeUnit::Millisecond),
    ("min", TimeUnit::Minute),
    ("mins", TimeUnit::Minute),
    ("minute", TimeUnit::Minute),
    ("minuten", TimeUnit::Minute),
    ("minutes", TimeUnit::Minute),
    ("minuti", TimeUnit::Minute),
    ("minuto", TimeUnit::Minute),
    ("minutos", TimeUnit::Minute),
    ("minuut", TimeUnit::Minute),
    ("mn", TimeUnit::Minute),
    ("ms", TimeUnit::Millisecond),
    ("msec", TimeUnit::Millisecond),
    ("ora", TimeUnit::Hour),
    ("ore", TimeUnit::Hour),
    ("s", TimeUnit::Second),
    ("sec", TimeUnit::Second),
    ("second", TimeUnit::Second),
    ("seconde", TimeUnit::Second),
    ("seconden", TimeUnit::Second),
    ("secondes", TimeUnit::Second),
    ("secondi", TimeUnit::Second),
    ("secondo", TimeUnit::Second),
    ("seconds", TimeUnit::Second),
    ("secs", TimeUnit::Second),
    ("segundo", TimeUnit::Second),
    ("segundos", TimeUnit::Second),
    ("sek", TimeUnit::Second),
    ("sekunde", TimeUnit::Second),
    ("sekunden", TimeUnit::Second),
    ("semaine", TimeUnit::Week),
    ("semaines", TimeUnit::Week),
    ("semana", TimeUnit::Week),
    ("semanas", TimeUnit::Week),
    ("settimana", TimeUnit::Week),
    ("settimane", TimeUnit::Week),
    ("std", TimeUnit::Hour),
    ("stdn", TimeUnit::Hour),
    ("stunde", TimeUnit::Hour),
    ("stunden", TimeUnit::Hour),
    ("tag", TimeUnit::Day),
    ("tage", TimeUnit::Day),
    ("tagen", TimeUnit::Day),
    ("u", TimeUnit::Hour),
    ("uren", TimeUnit::Hour),
    ("uur", TimeUnit::Hour),
    ("w", TimeUnit::Week),
    ("week", TimeUnit::Week),
    ("weeks", TimeUnit::Week),
    ("weken", TimeUnit::Week),
    ("werkdag", TimeUnit::Day),
    ("werkdagen", TimeUnit::Day),
    ("werktag", TimeUnit::Day),
    ("werktage", TimeUnit::Day),
    ("wk", TimeUnit::Week),
    ("wks", TimeUnit::Week),
    ("woche", TimeUnit::Week),
    ("wochen", TimeUnit::Week),
    ("workday", TimeUnit::Day),
    ("workdays", TimeUnit::Day),
];

/// Words between two parts of a length.
const AND: [&[u8]; 6] = [b"and", b"und", b"et", b"y", b"e", b"en"];

impl TimeUnit {
    fn of(name: &[u8]) -> Option<TimeUnit> {
        let name = name.to_ascii_lowercase();
        let place = UNITS.binary_search_by(|(known, _)| known.as_bytes().cmp(&name)).ok()?;
        UNITS.get(place).map(|(_, unit)| *unit)
    }

    const fn milliseconds(self) -> i64 {
        match self {
            TimeUnit::Week => 7 * DAY,
            TimeUnit::Day => DAY,
            TimeUnit::Hour => HOUR,
            TimeUnit::Minute => MINUTE,
            TimeUnit::Second => 1000,
            TimeUnit::Millisecond => 1,
        }
    }
}

impl From<LengthUnit> for TimeUnit {
    fn from(unit: LengthUnit) -> TimeUnit {
        match unit {
            LengthUnit::Hours => TimeUnit::Hour,
            LengthUnit::Minutes => TimeUnit::Minute,
            LengthUnit::Seconds => TimeUnit::Second,
            LengthUnit::Milliseconds => TimeUnit::Millisecond,
            LengthUnit::Days => TimeUnit::Day,
            LengthUnit::Weeks => TimeUnit::Week,
        }
    }
}

impl From<TimeUnit> for LengthUnit {
    fn from(unit: TimeUnit) -> LengthUnit {
        match unit {
            TimeUnit::Week => LengthUnit::Weeks,
            TimeUnit::Day => LengthUnit::Days,
            TimeUnit::Hour => LengthUnit::Hours,
            TimeUnit::Minute => LengthUnit::Minutes,
            TimeUnit::Second => LengthUnit::Seconds,
            TimeUnit::Millisecond => LengthUnit::Milliseconds,
        }
    }
}

/// Whether a word is the name of a unit.
#[cfg(feature = "cli")]
pub(super) fn is_unit(word: &[u8]) -> bool {
    TimeUnit::of(word).is_some()
}

fn read(word: &[u8], unit: LengthUnit, mark: SeparatorMark) -> Option<Length> {
    let plain = plain_ascii(word)?;
    let mut rest = Scanner(plain.trim_ascii());
    let negative = rest.eat(b'-');
    if !negative {
        rest.eat(b'+');
    }
    let mut sum = LengthSum::default();
    match rest.peek()? {
        b'P' | b'p' => iso(rest, mark, &mut sum)?,
        _ if rest.0.contains(&b':') => by_colons(rest, &mut sum)?,
        _ => parts(rest, unit, mark, &mut sum)?,
    }
    sum.length(negative)
}

/// The parts of a length, added up.
#[derive(Default)]
struct LengthSum {
    days: i128,
    milliseconds: i128,
    bare: bool,
}

impl LengthSum {
    fn add(&mut self, number: Fraction, unit: TimeUnit) {
        let each = i128::from(unit.milliseconds());
        if unit > TimeUnit::Day {
            self.milliseconds += number.times(each);
        } else {
            let whole = number.mantissa / number.parts;
            let days = each / i128::from(DAY);
            let rest = Fraction { mantissa: number.mantissa % number.parts, ..number };
            let milliseconds = rest.times(each);
            self.days += whole * days + milliseconds / i128::from(DAY);
            self.milliseconds += milliseconds % i128::from(DAY);
        }
    }

    fn length(self, negative: bool) -> Option<Length> {
        let sign = if negative { -1 } else { 1 };
        let all = self.days * i128::from(DAY) + self.milliseconds;
        let [days, milliseconds] =
            [self.days * sign, self.milliseconds * sign].map(|part| i64::try_from(part).ok());
        let length = Length { days: days?, milliseconds: milliseconds?, bare: self.bare };
        (all <= LONGEST).then_some(length)
    }
}

/// A number as a fraction of whole numbers.
#[derive(Clone, Copy)]
struct Fraction {
    mantissa: i128,
    /// A power of ten.
    parts: i128,
}

impl Fraction {
    fn whole(number: i128) -> Fraction {
        Fraction { mantissa: number, parts: 1 }
    }

    /// So many of something, rounded.
    fn times(self, each: i128) -> i128 {
        (self.mantissa * each + self.parts / 2) / self.parts
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b',')
}

/// The number at the front.
fn number(rest: &mut Scanner<'_>, mark: SeparatorMark) -> Option<Fraction> {
    let count = rest.0.iter().take_while(|byte| byte.is_ascii_digit() || is_mark(**byte)).count();
    let (word, behind) = rest.0.split_at(count);
    let marks: Vec<u8> = word.iter().copied().filter(|byte| is_mark(*byte)).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [_] if mark == SeparatorMark::Thousands && is_of_two_readings(word) => None,
        [only] => Some(*only),
        [first, .., last] if first == last => None,
        [.., last] => Some(*last),
    };
    let place = decimal.and_then(|mark| word.iter().rposition(|byte| *byte == mark));
    let (whole, fraction) = match place {
        Some(place) => (word.get(..place)?, word.get(place + 1..)?),
        None => (word, &b""[..]),
    };
    let whole = without_groups(whole)?;
    let fits = whole.len() <= 15 && (1..=15).contains(&(whole.len() + fraction.len()));
    if !fits || (place.is_some() && fraction.is_empty()) {
        return None;
    }
    *rest = Scanner(behind);
    let digits = whole.iter().chain(fraction);
    let mantissa = digits.fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    Some(Fraction { mantissa, parts: 10_i128.pow(fraction.len() as u32) })
}

/// Digits without the marks between groups of three; `None` if they are not
/// between such.
fn without_groups(whole: &[u8]) -> Option<Vec<u8>> {
    let groups: Vec<&[u8]> = whole.split(|byte| is_mark(*byte)).collect();
    let (first, others) = groups.split_first()?;
    let sound = others.is_empty()
        || ((1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3));
    let one_mark = whole
        .iter()
        .filter(|byte| is_mark(**byte))
        .all(|mark| whole.iter().find(|byte| is_mark(**byte)).is_some_and(|first| first == mark));
    (sound && one_mark).then(|| groups.concat())
}

/// `480`, `8h30`, `8 hours 30 minutes`.
fn parts(
    mut rest: Scanner<'_>,
    unit: LengthUnit,
    mark: SeparatorMark,
    sum: &mut LengthSum,
) -> Option<()> {
    let mut before: Option<TimeUnit> = None;
    loop {
        let digits = rest.digits();
        let number = number(&mut rest, mark)?;
        rest.blanks();
        let name = rest.letters();
        let own = match (name, before) {
            (b"", None) if rest.is_empty() => {
                sum.bare = true;
                unit.into()
            }
            // `8h30`
            (b"", Some(TimeUnit::Hour)) if rest.is_empty() && digits <= 2 && number.parts == 1 => {
                (number.mantissa < 60).then_some(TimeUnit::Minute)?
            }
            _ => TimeUnit::of(name)?,
        };
        if before.is_some_and(|before| before >= own) {
            return None;
        }
        sum.add(number, own);
        before = Some(own);
        rest.eat(b'.');
        rest.eat(b',');
        rest.blanks();
        if rest.is_empty() {
            return Some(());
        }
        if rest.eat_word(&AND) {
            rest.blanks();
        }
    }
}

/// `8:30`, `08:30:00`.
fn by_colons(mut rest: Scanner<'_>, sum: &mut LengthSum) -> Option<()> {
    let digits = rest.digits();
    let hours = (1..=6).contains(&digits).then(|| rest.number(digits).ok())??;
    let minutes = rest.eat(b':').then(|| rest.number(2).ok())??;
    let seconds = if rest.eat(b':') { rest.number(2).ok()? } else { 0 };
    let milliseconds = if rest.eat(b'.') { rest.fraction().ok()? } else { 0 };
    if minutes > 59 || seconds > 59 || !rest.is_empty() {
        return None;
    }
    for (count, unit) in
        [(hours, TimeUnit::Hour), (minutes, TimeUnit::Minute), (seconds, TimeUnit::Second)]
    {
        sum.add(Fraction::whole(count.into()), unit);
    }
    sum.add(Fraction::whole(milliseconds.into()), TimeUnit::Millisecond);
    Some(())
}

/// `PT8H`, `P1DT2H30M`. Years and months have no length of their own.
fn iso(mut rest: Scanner<'_>, mark: SeparatorMark, sum: &mut LengthSum) -> Option<()> {
    rest.skip(1);
    let (mut of_day, mut before) = (false, None);
    loop {
        if !of_day && (rest.eat(b'T') || rest.eat(b't')) {
            of_day = true;
        }
        let number = number(&mut rest, mark)?;
        let unit = match (rest.peek()?.to_ascii_uppercase(), of_day) {
            (b'W', false) => TimeUnit::Week,
            (b'D', false) => TimeUnit::Day,
            (b'H', true) => TimeUnit::Hour,
            (b'M', true) => TimeUnit::Minute,
            (b'S', true) => TimeUnit::Second,
            _ => return None,
        };
        rest.skip(1);
        if before.is_some_and(|before| before >= unit) {
            return None;
        }
        sum.add(number, unit);
        before = Some(unit);
        if rest.is_empty() {
            return Some(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Length, UNITS, grouped_length, has_two_readings, length, length_unit, names_length_unit,
    };
    use crate::model::conventions::LengthUnit::{self, Hours, Milliseconds, Minutes, Seconds};
    use crate::model::time::{DAY, HOUR, MINUTE};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn of(word: &str, unit: LengthUnit) -> Option<i64> {
        length(word.as_bytes(), unit).map(Length::milliseconds_in_all)
    }

    #[test]
    fn units_are_in_order() {
        assert!(UNITS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn units_are_known_by_themselves() {
        for (word, expected) in [
            ("days", Some(LengthUnit::Days)),
            ("D", Some(LengthUnit::Days)),
            (" Std. ", Some(Hours)),
            ("d\u{ed}as", Some(LengthUnit::Days)),
            ("Working days", Some(LengthUnit::Days)),
            ("jours ouvr\u{e9}s", Some(LengthUnit::Days)),
            ("Werktage", Some(LengthUnit::Days)),
            ("minutes", Some(Minutes)),
            ("weeks", Some(LengthUnit::Weeks)),
            ("months", None),
            ("ICU", None),
            ("days hours", None),
            ("", None),
        ] {
            assert_eq!(length_unit(word.as_bytes()), expected, "{word}");
            let named = expected.is_some() || word == "months";
            assert_eq!(names_length_unit(word.as_bytes()), named, "{word}");
        }
    }

    #[test]
    fn a_number_alone_has_the_unit_of_its_file() {
        for (word, unit, expected) in [
            ("480", Minutes, 8 * HOUR),
            ("8", Hours, 8 * HOUR),
            ("8.5", Hours, 8 * HOUR + 30 * MINUTE),
            ("8,25", Hours, 8 * HOUR + 15 * MINUTE),
            ("28800", Seconds, 8 * HOUR),
            ("28800000", Milliseconds, 8 * HOUR),
            ("7.5", Minutes, 450_000),
            ("1,440.5", Minutes, 1440 * MINUTE + 30_000),
            ("1.440,5", Minutes, 1440 * MINUTE + 30_000),
            ("1,440,000", Seconds, 1_440_000_000),
            (".5", Hours, 30 * MINUTE),
            ("-30", Minutes, -30 * MINUTE),
            ("+30", Minutes, 30 * MINUTE),
            (" 30 ", Minutes, 30 * MINUTE),
        ] {
            let read = length(word.as_bytes(), unit).expect(word);
            assert_eq!((read.milliseconds, read.days, read.bare), (expected, 0, true), "{word}");
        }
    }

    #[test]
    fn a_length_with_units_needs_no_other() {
        let eight = 8 * HOUR;
        for (word, expected) in [
            ("8h", eight),
            ("8 h", eight),
            ("8 hrs", eight),
            ("8 Hours", eight),
            ("8 Stunden", eight),
            ("8 Std.", eight),
            ("8 heures", eight),
            ("8 horas", eight),
            ("8 ore", eight),
            ("8 uur", eight),
            ("480 min", eight),
            ("480m", eight),
            ("480 Minuten", eight),
            ("480 minutos", eight),
            ("480 minuti", eight),
            ("28800s", eight),
            ("28800000 ms", eight),
            ("8:00", eight),
            ("08:00:00", eight),
            ("8:00:00.000", eight),
            ("PT8H", eight),
            ("PT480M", eight),
            ("pt28800s", eight),
            ("8h30", eight + 30 * MINUTE),
            ("8h 30m", eight + 30 * MINUTE),
            ("8h30min", eight + 30 * MINUTE),
            ("8 hours 30 minutes", eight + 30 * MINUTE),
            ("8 hours and 30 minutes", eight + 30 * MINUTE),
            ("8 Stunden, 30 Minuten", eight + 30 * MINUTE),
            ("8 heures et 30 minutes", eight + 30 * MINUTE),
            ("8,5 Std", eight + 30 * MINUTE),
            ("8.5h", eight + 30 * MINUTE),
            ("PT8.5H", eight + 30 * MINUTE),
            ("PT8H30M", eight + 30 * MINUTE),
            ("8:30", eight + 30 * MINUTE),
            ("168:00", 7 * DAY),
            ("0:45", 45 * MINUTE),
            ("-PT1H", -HOUR),
            ("PT0S", 0),
        ] {
            let read = length(word.as_bytes(), Seconds).expect(word);
            assert_eq!((read.milliseconds, read.days, read.bare), (expected, 0, false), "{word}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (word, days, milliseconds) in [
            ("P1DT2H30M", 1, 2 * HOUR + 30 * MINUTE),
            ("P2W", 14, 0),
            ("1 day", 1, 0),
            ("1,5 Tage", 1, 12 * HOUR),
            ("2 jours", 2, 0),
            ("3 días", 3, 0),
            ("1d 4h", 1, 4 * HOUR),
            ("0.5 weeks", 3, 12 * HOUR),
        ] {
            let expected = Length { days, milliseconds, bare: false };
            assert_eq!(length(word.as_bytes(), Minutes), Some(expected), "{word}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for word in [
            "",
            "-",
            "an hour",
            "1e3",
            "8x",
            "8h8h",
            "30m 8h",
            "8h60",
            "8:60",
            "8:3",
            "8:30:60",
            "P",
            "PT",
            "P8H",
            "PT8",
            "P1Y",
            "P1M",
            "PT30M8H",
            "8h30.5",
            "1,44,000",
            "1.4.4",
            "1..4",
            "8.",
            "8 30",
            "12345678901234567",
            "1000000001 min",
            "1000000001",
            "h",
            "8 h 3 x",
            "::",
            "8:",
            ":30",
            "8h 30 5",
            "1,440,5",
        ] {
            assert_eq!(of(word, Minutes), None, "{word}");
        }
        assert_eq!(of("1000000000", Minutes), Some(60_000_000_000_000));
    }

    #[test]
    fn marks_of_thousands_or_decimals_are_noticed() {
        for (word, decimal, thousands) in [
            ("1.440", 86_400, 1440 * MINUTE),
            ("1,440", 86_400, 1440 * MINUTE),
            ("12.000 min", 720_000, 12_000 * MINUTE),
        ] {
            assert!(has_two_readings(word.as_bytes()), "{word}");
            assert_eq!(of(word, Minutes), Some(decimal), "{word}");
            let grouped = grouped_length(word.as_bytes(), Minutes);
            assert_eq!(grouped.map(Length::milliseconds_in_all), Some(thousands), "{word}");
        }
        for word in
            ["1440", "0.500", "01.440", "1.44", "1.4400", "1440.000", "8:30", "1,440.5", "8h"]
        {
            assert!(!has_two_readings(word.as_bytes()), "{word}");
            assert_eq!(grouped_length(word.as_bytes(), Minutes), None, "{word}");
        }
    }

    proptest! {
        /// Held against arithmetic with whole numbers.
        #[test]
        fn lengths_are_what_their_parts_add_up_to(
            (days, hours, minutes, seconds) in (0i64..40, 0i64..24, 0i64..60, 0i64..60),
        ) {
            let time = hours * HOUR + minutes * MINUTE + seconds * 1000;
            let sum = days * DAY + time;
            for word in [
                format!("P{days}DT{hours}H{minutes}M{seconds}S"),
                format!("{days}d {hours}h {minutes}m {seconds}s"),
                format!("{days} days {hours} hours, {minutes} minutes and {seconds} seconds"),
                format!("{days} Tage {hours} Std. {minutes} Min. und {seconds} Sek."),
                format!("{days} jours {hours} heures {minutes} minutes {seconds} secondes"),
                format!("{days} dias {hours} horas {minutes} minutos e {seconds} segundos"),
                format!("{days} giorni {hours} ore {minutes} minuti {seconds} secondi"),
                format!("{days} dagen {hours} uur {minutes} min en {seconds} sec"),
                format!("{}:{minutes:02}:{seconds:02}", days * 24 + hours),
                format!("{} s", sum / 1000),
            ] {
                prop_assert_eq!(of(&word, Minutes), Some(sum), "{}", word);
            }
            prop_assert_eq!(of(&(sum / 1000).to_string(), Seconds), Some(sum));
            prop_assert_eq!(of(&(sum / MINUTE).to_string(), Minutes), Some(sum / MINUTE * MINUTE));
            let hundredths = minutes * 100 / 60;
            for mark in ['.', ','] {
                let word = format!("{hours}{mark}{hundredths:02}");
                let expected = hours * HOUR + hundredths * HOUR / 100;
                prop_assert_eq!(of(&word, Hours), Some(expected), "{}", word);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(word in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..30)) {
            let _ = (length(&word, Hours), grouped_length(&word, Hours));
        }
    }
}
