//! Reads the settings of a business unit of Genesys Cloud, and its codes of activities.
//!
//! Both are small answers of the vendor's interface, which a user names by an option. What they
//! say is a setting, so that a file that does not say it is a wrong command line.

use crate::model::activity_codes::{ActivityCode, ActivityCodes};
use crate::model::kinds::SaidKind;
use crate::model::time::WEEKDAYS;
use serde_json::{Map, Value};

/// What a business unit says of its schedules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSettings {
    /// The zone of its days and local times.
    pub zone: String,
    /// The first day of its weeks, in days since Monday.
    pub week_start: Option<u8>,
}

/// The settings of a unit: an object with `timeZone`, by itself, under `settings`, or as the only
/// one of `entities`.
///
/// # Errors
/// What is wrong with the file, without its name.
pub fn unit_settings(bytes: &[u8]) -> Result<UnitSettings, String> {
    let units: Result<Vec<_>, _> = objects(&json(bytes)?, "units").filter_map(unit).collect();
    let units = units?;
    match &units[..] {
        [] => Err("it names no time zone of a business unit (`timeZone`)".to_owned()),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(first.clone()),
        units => Err(format!("it names {} units that differ: give one", units.len())),
    }
}

/// The codes in a list, by itself, under `entities` or `activityCodes`: objects with `id` and
/// `category`.
///
/// # Errors
/// What is wrong with the file, without its name.
pub fn activity_codes(bytes: &[u8]) -> Result<ActivityCodes, String> {
    let document = json(bytes)?;
    let codes = objects(&document, "activityCodes");
    let codes = ActivityCodes(codes.filter_map(code).collect());
    match codes.is_empty() {
        true => Err("it has no activity codes (objects with `id` and `category`)".to_owned()),
        false => Ok(codes),
    }
}

fn json(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))
}

/// The objects of an answer: of a list, of one under `entities` or a key, or itself.
fn objects<'v>(document: &'v Value, key: &str) -> impl Iterator<Item = &'v Map<String, Value>> {
    let list = match document {
        Value::Object(object) => object.get("entities").or_else(|| object.get(key)),
        other => Some(other),
    };
    let list = list.and_then(Value::as_array);
    let alone = document.as_object().filter(|_| list.is_none());
    list.into_iter().flatten().filter_map(Value::as_object).chain(alone)
}

fn unit(object: &Map<String, Value>) -> Option<Result<UnitSettings, String>> {
    let settings = object.get("settings").and_then(Value::as_object).unwrap_or(object);
    let word = |key: &str| {
        settings.get(key).or_else(|| object.get(key)).and_then(Value::as_str).map(str::trim)
    };
    let zone = word("timeZone").filter(|zone| !zone.is_empty())?.to_owned();
    let first = settings.get("startDayOfWeek").or_else(|| object.get("startDayOfWeek"));
    let week_start = match first.filter(|first| !first.is_null()) {
        None => None,
        Some(first) => match first.as_str().and_then(weekday) {
            Some(day) => Some(day),
            None => return Some(Err(format!("`startDayOfWeek` is no day of the week: {first}"))),
        },
    };
    Some(Ok(UnitSettings { zone, week_start }))
}

/// Days since Monday of a weekday's English name.
fn weekday(name: &str) -> Option<u8> {
    let place = WEEKDAYS.iter().position(|day| day.eq_ignore_ascii_case(name))?;
    u8::try_from(place).ok()
}

fn code(object: &Map<String, Value>) -> Option<(String, ActivityCode)> {
    let id = match object.get("id")? {
        Value::String(id) => id.trim().to_owned(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let category = object.get("category")?.as_str()?;
    let name = object.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let kind = match category {
        "TimeOff" => SaidKind::TimeOff,
        "Break" | "Meal" => SaidKind::Part,
        // Categories that are not known yet are work, too.
        _ => SaidKind::Shift,
    };
    Some((id, ActivityCode { name: name.map(str::to_owned), kind }))
}

#[cfg(test)]
mod tests {
    use super::{activity_codes, unit_settings};
    use crate::model::kinds::SaidKind;

    #[test]
    fn a_unit_says_its_zone_and_the_first_day_of_its_weeks() {
        for text in [
            r#"{"id":"u","settings":{"timeZone":"Europe/Berlin","startDayOfWeek":"Sunday"}}"#,
            r#"{"timeZone":"Europe/Berlin","startDayOfWeek":"Sunday","scheduling":{}}"#,
            "\u{feff}{\"entities\":[{\"timeZone\":\"Europe/Berlin\",\"startDayOfWeek\":\"Sunday\"}]}",
        ] {
            let unit = unit_settings(text.as_bytes()).expect("a unit");
            assert_eq!((unit.zone.as_str(), unit.week_start), ("Europe/Berlin", Some(6)), "{text}");
        }
        for (text, why) in [
            ("", "it is no JSON"),
            ("{}", "it names no time zone"),
            (r#"{"timeZone":7}"#, "it names no time zone"),
            (r#"{"timeZone":"UTC","startDayOfWeek":"Sun"}"#, "`startDayOfWeek` is no day"),
            (r#"{"timeZone":"UTC","startDayOfWeek":0}"#, "`startDayOfWeek` is no day"),
            (r#"[{"timeZone":"Europe/Berlin"},{"timeZone":"UTC"}]"#, "it names 2 units"),
        ] {
            let told = unit_settings(text.as_bytes()).expect_err("no unit");
            assert!(told.starts_with(why), "{text}: {told}");
        }
    }

    #[test]
    fn codes_have_a_name_and_a_category() {
        let list = r#"[{"id":"5","name":"Vacation","category":"TimeOff"},
            {"id":2,"name":"","category":"Meal"},{"id":"9","category":"Singing"},{"id":"x"}]"#;
        for text in [list.to_owned(), format!(r#"{{"entities":{list},"pageSize":3}}"#)] {
            let codes = activity_codes(text.as_bytes()).expect("codes");
            let kind = |word: &str| codes.get(word.as_bytes()).map(|code| code.kind);
            assert_eq!(kind(" 5"), Some(SaidKind::TimeOff));
            assert_eq!((kind("2"), kind("9")), (Some(SaidKind::Part), Some(SaidKind::Shift)));
            assert_eq!((kind("x"), kind("")), (None, None));
        }
        for text in ["[]", "{}", "[1]", r#"{"entities":[{"id":"5"}]}"#] {
            assert!(activity_codes(text.as_bytes()).is_err(), "{text}");
        }
    }
}
