//! Reads the zone of a time beside its offset: `[Europe/Berlin]` (RFC 9557) or `CST`.

/// Abbreviations and the offsets that each can mean, in minutes, in their order.
///
/// `CST` is used in Chicago and in Shanghai. Only a zone that is known from elsewhere and
/// has one of the offsets at that time shows which is meant. `ET`, `CT`, `MT` and `PT` mean
/// standard and daylight time alike; any other means at most one half of a doubled hour. So
/// `CST` and `CDT` of Havana are not here: its standard time has the offset of Chicago's
/// daylight time.
const ABBREVIATIONS: &[(&str, &[i16])] = &[
    ("ACDT", &[630]),
    ("ACST", &[570]),
    ("ACWST", &[525]),
    ("ADT", &[-180, 240]),
    ("AEDT", &[660]),
    ("AEST", &[600]),
    ("AFT", &[270]),
    ("AKDT", &[-480]),
    ("AKST", &[-540]),
    ("AKT", &[-540, -480]),
    ("AMST", &[-180]),
    ("AMT", &[-240, 240]),
    ("ART", &[-180]),
    ("AST", &[-240, 180]),
    ("AT", &[-240, -180]),
    ("AWST", &[480]),
    ("AZT", &[240]),
    ("BDT", &[360]),
    ("BNT", &[480]),
    ("BOT", &[-240]),
    ("BRST", &[-120]),
    ("BRT", &[-180]),
    ("BST", &[60, 360, 660]),
    ("BTT", &[360]),
    ("CAT", &[120]),
    ("CDT", &[-300]),
    ("CEST", &[120]),
    ("CET", &[60]),
    ("CHADT", &[825]),
    ("CHAST", &[765]),
    ("CHST", &[600]),
    ("CLST", &[-180]),
    ("CLT", &[-240]),
    ("COT", &[-300]),
    ("CST", &[-360, 480, 570]),
    ("CT", &[-360, -300]),
    ("CVT", &[-60]),
    ("EAT", &[180]),
    ("ECT", &[-300, -240]),
    ("EDT", &[-240, 660]),
    ("EEST", &[180]),
    ("EET", &[120]),
    ("EST", &[-300, 600]),
    ("ET", &[-300, -240]),
    ("FJT", &[720]),
    ("GET", &[240]),
    ("GST", &[240, 600]),
    ("GYT", &[-240]),
    ("HDT", &[-540]),
    ("HKT", &[480]),
    ("HST", &[-600]),
    ("ICT", &[420]),
    ("IDT", &[180]),
    ("IRDT", &[270]),
    ("IRST", &[210]),
    ("IST", &[60, 120, 330]),
    ("JST", &[540]),
    ("KST", &[540]),
    ("MDT", &[-360]),
    ("MESZ", &[120]),
    ("MEZ", &[60]),
    ("MMT", &[390]),
    ("MSK", &[180]),
    ("MST", &[-420, 390, 480]),
    ("MT", &[-420, -360]),
    ("MUT", &[240]),
    ("MVT", &[300]),
    ("MYT", &[480]),
    ("NDT", &[-150]),
    ("NPT", &[345]),
    ("NST", &[-210]),
    ("NT", &[-210, -150]),
    ("NZDT", &[780]),
    ("NZST", &[720]),
    ("PDT", &[-420]),
    ("PET", &[-300]),
    ("PGT", &[600]),
    ("PHT", &[480]),
    ("PKT", &[300]),
    ("PST", &[-480, 480]),
    ("PT", &[-480, -420]),
    ("PYST", &[-180]),
    ("PYT", &[-240, -180]),
    ("SAST", &[120]),
    ("SGT", &[480]),
    ("SLST", &[330]),
    ("SRT", &[-180]),
    ("SST", &[-660, 480]),
    ("THA", &[420]),
    ("TRT", &[180]),
    ("UYT", &[-180]),
    ("UZT", &[300]),
    ("VET", &[-240]),
    ("WAST", &[120]),
    ("WAT", &[60]),
    ("WEST", &[60]),
    ("WET", &[0]),
    ("WIB", &[420]),
    ("WIT", &[540]),
    ("WITA", &[480]),
    ("WST", &[480]),
];

/// The abbreviation of a zone, such as `CST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Abbreviation(u8);

impl Abbreviation {
    /// The abbreviation in capital letters, if it is known.
    #[must_use]
    pub fn of(letters: &[u8]) -> Option<Abbreviation> {
        let place =
            ABBREVIATIONS.binary_search_by(|(name, _)| name.as_bytes().cmp(letters)).ok()?;
        u8::try_from(place).ok().map(Abbreviation)
    }

    /// Its letters: `CST`.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn name(self) -> &'static str {
        self.known().0
    }

    /// Whether it can mean this offset from UTC, in seconds.
    #[must_use]
    pub fn can_mean(self, offset: i32) -> bool {
        self.known().1.iter().any(|minutes| i32::from(*minutes) * 60 == offset)
    }

    /// The offsets that it can mean, in minutes.
    #[must_use]
    pub fn offsets(self) -> &'static [i16] {
        self.known().1
    }

    fn known(self) -> (&'static str, &'static [i16]) {
        ABBREVIATIONS.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

/// The areas by which names of zones begin.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// Whether a word looks like a zone and like little else: `Europe/Berlin`, `-05:00`.
#[must_use]
pub fn is_zone_like(word: &[u8]) -> bool {
    let is_place = |place: &[u8]| {
        let fits = |byte: &u8| byte.is_ascii_alphabetic() || b"_-/".contains(byte);
        !place.is_empty() && place.iter().all(fits)
    };
    let is_area = |area: &[u8]| AREAS.iter().any(|known| known.as_bytes() == area);
    let is_named =
        word.split_once_at(b'/').is_some_and(|(area, place)| is_area(area) && is_place(place));
    // A balance of hours has other minutes, too.
    let is_offset = match word {
        [b'+' | b'-', h, o, b':', minutes @ ..] => {
            [h, o].iter().all(|digit| digit.is_ascii_digit())
                && matches!(minutes, b"00" | b"30" | b"45")
        }
        _ => false,
    };
    is_named || is_offset
}

/// The text before the brackets after a time, and the zone in them, if there is one:
/// `2026-03-02T08:00-06:00[America/Chicago][u-ca=iso8601]`. `None` if there are no
/// brackets, or no sound ones.
///
/// Annotations with a key say nothing about the instant and are ignored, unless one is
/// critical (`!`) and its key unknown.
pub(super) fn split_brackets(word: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    if word.last() != Some(&b']') {
        return None;
    }
    let (time, mut rest) = word.split_at(word.iter().position(|byte| *byte == b'[')?);
    let (mut zone, mut first) = (None, true);
    while let Some((inner, behind)) = next_bracket(rest) {
        let critical = inner.first() == Some(&b'!');
        let inner = inner.get(usize::from(critical)..)?;
        match inner.split_once_at(b'=') {
            Some((key, _)) if is_key(key) && (!critical || key == b"u-ca") => {}
            None if first && is_zone(inner) => zone = Some(inner),
            _ => return None,
        }
        (rest, first) = (behind, false);
    }
    (rest.is_empty() && !first).then_some((time, zone))
}

/// The text in the bracket at the front, and the text after it.
fn next_bracket(word: &[u8]) -> Option<(&[u8], &[u8])> {
    word.strip_prefix(b"[")?.split_once_at(b']')
}

fn is_key(key: &[u8]) -> bool {
    let first = key.first().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'_');
    first && key.iter().all(|byte| byte.is_ascii_lowercase() || b"_-0123456789".contains(byte))
}

/// Whether a zone can have this name; an offset is one, too.
fn is_zone(name: &[u8]) -> bool {
    !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-.:~".contains(byte))
}

/// Takes a word apart at the first of some byte.
trait SplitAt {
    fn split_once_at(&self, byte: u8) -> Option<(&Self, &Self)>;
}

impl SplitAt for [u8] {
    fn split_once_at(&self, byte: u8) -> Option<(&[u8], &[u8])> {
        let place = self.iter().position(|own| *own == byte)?;
        Some((self.get(..place)?, self.get(place + 1..)?))
    }
}

#[cfg(test)]
mod tests {
    use super::{ABBREVIATIONS, Abbreviation, split_brackets};

    #[test]
    fn abbreviations_are_in_order_and_found() {
        assert!(ABBREVIATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, offsets) in ABBREVIATIONS {
            let found = Abbreviation::of(name.as_bytes()).expect("known");
            assert_eq!((found.name(), found.offsets()), (*name, *offsets));
            assert!(!offsets.is_empty() && offsets.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(offsets.iter().all(|minutes| found.can_mean(i32::from(*minutes) * 60)));
        }
        assert_eq!(Abbreviation::of(b"cst"), None);
        assert_eq!(Abbreviation::of(b"UTC"), None, "which is an offset");
    }

    #[test]
    fn brackets_are_taken_off_a_time() {
        let split = |word: &'static str| {
            split_brackets(word.as_bytes()).map(|(time, zone)| {
                let text = |bytes| std::str::from_utf8(bytes).expect("ASCII");
                (text(time), zone.map(text))
            })
        };
        for (word, expected) in [
            ("8[America/Chicago]", Some(("8", Some("America/Chicago")))),
            ("8[!America/Chicago][u-ca=iso8601]", Some(("8", Some("America/Chicago")))),
            ("8[u-ca=gregory]", Some(("8", None))),
            ("8[!u-ca=iso8601]", Some(("8", None))),
            ("8[-06:00][a=b][c-1=d]", Some(("8", Some("-06:00")))),
            ("8[!a=b]", None),
            ("8[]", None),
            ("8[u-ca=iso8601][UTC]", None),
            ("8[UTC][UTC]", None),
            ("8[UTC]x]", None),
            ("8[UT C]", None),
            ("8]", None),
            ("8", None),
            ("8[UTC", None),
        ] {
            assert_eq!(split(word), expected, "{word}");
        }
    }
}
