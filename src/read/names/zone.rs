//! Extracts the time zone from the name of a column: `Start (America/Chicago)`.

use super::ZoneHint;
use std::ops::Range;

/// The first parts of names of zones.
const REGIONS: [&str; 12] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
    "Etc/",
    "US/",
];

/// Abbreviations of zones; in brackets they are nothing else.
const ABBREVIATIONS: [&str; 26] = [
    "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "CT", "MT", "PT", "AKST", "HST",
    "CET", "CEST", "EET", "EEST", "WET", "WEST", "BST", "IST", "JST", "AEST", "AEDT", "NZST",
];

/// The zone that a name gives, and where in the name.
pub(super) fn find(name: &str) -> Option<(ZoneHint, Range<usize>)> {
    in_brackets(name).or_else(|| named(name)).or_else(|| from_utc(name))
}

/// A zone, an offset or an abbreviation in brackets.
fn in_brackets(name: &str) -> Option<(ZoneHint, Range<usize>)> {
    let mut from = 0;
    loop {
        let open = from + name.get(from..)?.find(['(', '['])?;
        let close = open + name.get(open..)?.find([')', ']'])?;
        let inner = name.get(open + 1..close)?.trim();
        let hint = zone_named(inner).or_else(|| offset(inner)).or_else(|| abbreviation(inner));
        match hint {
            Some(hint) => return Some((hint, open..close + 1)),
            None => from = close + 1,
        }
    }
}

/// The name of a zone somewhere in a name.
fn named(name: &str) -> Option<(ZoneHint, Range<usize>)> {
    let start = REGIONS.iter().find_map(|region| name.find(region))?;
    let starts_word = !name.get(..start)?.ends_with(char::is_alphanumeric);
    let rest = name.get(start..)?;
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '_' | '+' | '-');
    let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let hint = zone_named(rest.get(..length)?)?;
    starts_word.then_some((hint, start..start + length))
}

/// `UTC+2`, `GMT-05:30` somewhere in a name.
fn from_utc(name: &str) -> Option<(ZoneHint, Range<usize>)> {
    let upper = name.to_ascii_uppercase();
    let start = upper.find("UTC").or_else(|| upper.find("GMT"))?;
    let rest = upper.get(start + 3..)?;
    let blanks = rest.len() - rest.trim_start().len();
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | ':');
    let digits = rest.trim_start();
    let length = digits.find(|letter| !is_part(letter)).unwrap_or(digits.len());
    let hint = signed(digits.get(..length)?)?;
    Some((hint, start..start + 3 + blanks + length))
}

fn zone_named(text: &str) -> Option<ZoneHint> {
    let region = REGIONS.iter().any(|region| text.starts_with(region) && text.len() > region.len());
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '_' | '+' | '-');
    (region && text.chars().all(is_part)).then(|| ZoneHint::Named(text.into()))
}

/// `UTC`, `UTC+05:30`, `+01:00`.
fn offset(text: &str) -> Option<ZoneHint> {
    let upper = text.to_ascii_uppercase();
    let rest = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT"));
    match rest.map(str::trim) {
        Some("") => Some(ZoneHint::Utc),
        Some(rest) => signed(rest),
        None if upper == "Z" => Some(ZoneHint::Utc),
        None => signed(&upper),
    }
}

/// `+5`, `-0530`, `+05:30`.
fn signed(text: &str) -> Option<ZoneHint> {
    let (sign, digits) = match text.as_bytes() {
        [b'+', ..] => (1, text.get(1..)?),
        [b'-', ..] => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    (hours <= 14 && minutes < 60).then_some(ZoneHint::Offset(sign * seconds))
}

fn abbreviation(text: &str) -> Option<ZoneHint> {
    ABBREVIATIONS.contains(&text).then(|| ZoneHint::Abbreviation(text.into()))
}

#[cfg(test)]
mod tests {
    use super::{ZoneHint, find};

    #[test]
    fn zones_are_found_in_names() {
        let named = |name: &str| Some(ZoneHint::Named(name.into()));
        for (name, expected, rest) in [
            ("Start (America/Chicago)", named("America/Chicago"), "Start "),
            ("Start [Europe/Berlin]", named("Europe/Berlin"), "Start "),
            ("start Europe/Berlin time", named("Europe/Berlin"), "start  time"),
            ("Start (UTC)", Some(ZoneHint::Utc), "Start "),
            ("Start (UTC+05:30)", Some(ZoneHint::Offset(19_800)), "Start "),
            ("Start (-06:00)", Some(ZoneHint::Offset(-21_600)), "Start "),
            ("Start GMT-5", Some(ZoneHint::Offset(-18_000)), "Start "),
            ("Start UTC +1", Some(ZoneHint::Offset(3_600)), "Start "),
            ("Start (CET)", Some(ZoneHint::Abbreviation("CET".into())), "Start "),
            ("Break (min) (CET)", Some(ZoneHint::Abbreviation("CET".into())), "Break (min) "),
        ] {
            let found = find(name);
            let left = found
                .as_ref()
                .map(|(_, place)| format!("{}{}", &name[..place.start], &name[place.end..]));
            assert_eq!(found.map(|(hint, _)| hint), expected, "{name}");
            assert_eq!(left.as_deref(), Some(rest), "{name}");
        }
        for name in [
            "start_utc",
            "Start (min)",
            "Mitarbeiter/in",
            "Start/End",
            "Indian/",
            "Start (est.)",
            "Start (+)",
            "Start (UTC+99)",
            "Start (",
            "Start )(",
            "",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
    }
}
