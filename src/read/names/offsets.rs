//! Reads columns of offsets from UTC that are plain numbers: `utcOffsetMinutes`, `Offset (h)`.

use super::words::tokens;

/// How many seconds an hour and a minute have.
const HOUR: f64 = 3600.0;
const MINUTE: f64 = 60.0;

/// The longest offset, in seconds.
const LONGEST: f64 = 14.0 * HOUR;

/// The offsets in seconds that a column of this name holds, if its values can be such. Where the
/// name does not say what they count, their size does.
#[must_use]
pub fn numeric_offsets(name: &str, values: &[impl AsRef<str>]) -> Option<Vec<i32>> {
    let named = OffsetName::of(name)?;
    let number = |value: &str| value.trim().replace('\u{2212}', "-").parse::<f64>().ok();
    let numbers = values.iter().map(|value| number(value.as_ref()));
    let numbers = numbers.collect::<Option<Vec<f64>>>().filter(|numbers| !numbers.is_empty())?;
    let largest = numbers.iter().fold(0.0_f64, |largest, number| largest.max(number.abs()));
    // Only the offset of a clock says something where it is nothing.
    if largest == 0.0 && !named.of_clock {
        return None;
    }
    let unit = named.unit.unwrap_or(match largest {
        few if few * HOUR <= LONGEST => HOUR,
        more if more * MINUTE <= LONGEST => MINUTE,
        _ => 1.0,
    });
    let offset = |number: &f64| {
        let seconds = number * unit;
        let is_offset = seconds.abs() <= LONGEST && seconds % (15.0 * MINUTE) == 0.0;
        is_offset.then_some(seconds as i32)
    };
    numbers.iter().map(offset).collect()
}

/// Whether a column of this name holds offsets, if its values can be such.
#[must_use]
pub fn names_offsets(name: &str) -> bool {
    OffsetName::of(name).is_some()
}

/// What the name of a column of offsets says.
struct OffsetName {
    /// Whether it names the clock: `UTC offset`.
    of_clock: bool,
    /// How many seconds the unit has that it names.
    unit: Option<f64>,
}

/// Words for an offset, and for the clocks between which it is.
const OFFSETS: [&str; 7] =
    ["offset", "difference", "diff", "abweichung", "versatz", "decalage", "desfase"];
const CLOCKS: [&str; 6] = ["utc", "gmt", "tz", "timezone", "zone", "zeitzone"];

/// Words for what an offset counts, each with the seconds of one.
const UNITS: [(&str, f64); 13] = [
    ("minutes", MINUTE),
    ("minute", MINUTE),
    ("mins", MINUTE),
    ("min", MINUTE),
    ("minuten", MINUTE),
    ("hours", HOUR),
    ("hour", HOUR),
    ("hrs", HOUR),
    ("h", HOUR),
    ("std", HOUR),
    ("stunden", HOUR),
    ("seconds", 1.0),
    ("sec", 1.0),
];

impl OffsetName {
    /// What a name says, if it is one of offsets from UTC: it names a clock beside a word for an
    /// offset, or nothing but what the offset counts, as `Break offset (min)` does not.
    fn of(name: &str) -> Option<OffsetName> {
        let words: Vec<String> = tokens(name).into_iter().map(|token| token.text).collect();
        let joined = |word: &str| {
            CLOCKS.iter().any(|clock| {
                word.strip_prefix(clock).is_some_and(|offset| OFFSETS.contains(&offset))
            })
        };
        let is_offset = |word: &String| OFFSETS.contains(&&**word) || joined(word);
        let is_clock = |word: &String| CLOCKS.contains(&&**word) || joined(word);
        let unit_of = |word: &String| UNITS.iter().find(|(unit, _)| word == unit);
        let of_clock = words.iter().any(is_clock);
        let unit = words.iter().find_map(unit_of).map(|(_, seconds)| *seconds);
        let says_unit = unit.is_some() && {
            words.iter().all(|word| is_offset(word) || unit_of(word).is_some() || word == "in")
        };
        let named = words.iter().any(is_offset) && (of_clock || says_unit);
        named.then_some(OffsetName { of_clock, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::numeric_offsets;

    #[test]
    fn numbers_are_offsets_by_the_name_of_their_column() {
        for (name, values, expected) in [
            ("utcOffsetMinutes", &["-300", "-240"][..], Some(vec![-18_000, -14_400])),
            ("offset_minutes", &["-300"], Some(vec![-18_000])),
            ("Offset (h)", &["-5", "-4"], Some(vec![-18_000, -14_400])),
            ("GMT offset", &["-5", "5.5"], Some(vec![-18_000, 19_800])),
            ("tzOffset", &["-300"], Some(vec![-18_000])),
            ("tz_offset", &["-18000"], Some(vec![-18_000])),
            ("UTC Offset", &["0"], Some(vec![0])),
            ("user.utc_offset", &["60"], Some(vec![3_600])),
            ("Offset minutes", &["0"], None),
            ("Offset (h)", &["5.1"], None),
            ("Offset (h)", &["20"], None),
            ("UTC offset", &["-05:00"], None),
            ("UTC offset", &[], None),
            ("Break offset (min)", &["240"], None),
            ("Day offset", &["1"], None),
            ("offset", &["50"], None),
            ("UTC", &["-5"], None),
        ] {
            assert_eq!(numeric_offsets(name, values), expected, "{name} {values:?}");
        }
    }
}
