//! Phrases that the rules share.
//!
//! A phrase is built from what is known: a case may lack any stamp, name or record, and still
//! gives a sentence. The user's text is quoted in backticks without changes; the reporters make
//! it visible.
use crate::model::fact::Detail;
use crate::model::finding::{
    Activity, Ambiguity, Case, Certainty, Moment, Record, SharedTime, Words, brief,
};
use crate::model::row::Field;
use crate::model::shift::{Kind, Side};
use crate::model::source::Role;
use crate::model::time::{MINUTE, Stamp, length_name, push_length};
use std::sync::Arc;

/// The words of a rule.
pub(super) fn words(message: impl Into<String>, help: impl Into<String>) -> Words {
    Words { message: message.into(), help: help.into() }
}

/// ``agent `7f3c` ``, or `an agent` where it is not known.
pub(super) fn agent(name: &str) -> String {
    if name.is_empty() { "an agent".to_owned() } else { ["agent `", &brief(name), "`"].concat() }
}

/// The first record, the earlier of two.
pub(super) fn first<'a>(case: &Case<'a>) -> Option<&'a Record> {
    case.records.first().map(|record| &**record)
}

/// The second record.
pub(super) fn second<'a>(case: &Case<'a>) -> Option<&'a Record> {
    case.records.get(1).map(|record| &**record)
}

/// What a record of the case is called: as it calls itself, with its place
/// where another one calls itself the same.
pub(super) fn call(case: &Case<'_>, record: Option<&Record>) -> String {
    let Some(record) = record else { return "a record".to_owned() };
    let name = record.call();
    let namesakes = || case.records.iter().filter(|other| other.is_called_like(record)).count();
    let by_id = record.id.is_some() && namesakes() > 1;
    if by_id { format!("{name} ({})", record.place()) } else { name }
}

/// What both records are called, the earlier one first.
pub(super) fn calls(case: &Case<'_>) -> (String, String) {
    (call(case, first(case)), call(case, second(case)))
}

/// Of two records, the shift and the time off.
pub(super) fn shift_and_time_off<'a>(case: &Case<'a>) -> (Option<&'a Record>, Option<&'a Record>) {
    if first(case).is_some_and(is_time_off) {
        (second(case), first(case))
    } else {
        (first(case), second(case))
    }
}

pub(super) fn is_time_off(record: &Record) -> bool {
    record.side.map_or(record.role.lists_absences(), |side| side.kind != Kind::Shift)
}

/// Of two shifts, the one that is live and the one that is to be sent.
pub(super) fn live_and_sent<'a>(case: &Case<'a>) -> (Option<&'a Record>, Option<&'a Record>) {
    if first(case).is_some_and(is_sent) {
        (second(case), first(case))
    } else {
        (first(case), second(case))
    }
}

/// Whether a record is the batch's.
pub(super) fn is_sent(record: &Record) -> bool {
    record.side.map_or(record.role == Role::Batch, |Side { batch, .. }| batch)
}

/// A time off with its status: `` `r-3` (`APPROVED`) ``.
pub(super) fn with_status(case: &Case<'_>, record: Option<&Record>) -> String {
    let name = call(case, record);
    match record.and_then(|record| record.status.as_deref()) {
        Some(status) if !status.is_empty() => format!("{name} (`{}`)", brief(status)),
        _ => name,
    }
}

/// One verb where the case is certain, another where it is only possible.
pub(super) fn verb(case: &Case<'_>, certain: &'static str, possible: &'static str) -> &'static str {
    match case.certainty {
        Certainty::Certain => certain,
        Certainty::Possible => possible,
    }
}

/// The time both records claim, with a space before it, and empty if it is unknown: ` on
/// Mon 2026-03-02 from 15:30 to 16:00 (30 min)`. Past midnight it names both dates, and it
/// shows offsets where they could be mistaken.
pub(super) fn claimed(case: &Case<'_>) -> String {
    let Some(SharedTime { start, end, minutes: length }) = case.claim else { return String::new() };
    let changes = start.offset != end.offset;
    let mixed = changes || known_stamps(case).any(|stamp| stamp.offset != end.offset);
    let mut text = String::with_capacity(USUAL_CLAIM);
    let one_day = start.same_date(end);
    if one_day {
        text.push_str(" on ");
        start.push_day(&mut text);
    }
    for (word, stamp, with_offset) in [(" from ", start, changes), (" to ", end, mixed)] {
        text.push_str(word);
        if one_day {
            stamp.push_time(&mut text)
        } else {
            stamp.push_long(&mut text)
        }
        if with_offset {
            text.push(' ');
            stamp.push_offset(&mut text);
        }
    }
    text.push_str(" (");
    push_length(&mut text, *length);
    text.push(')');
    text
}

/// The bytes that a claim usually takes.
const USUAL_CLAIM: usize = " on Mon 2026-03-02 from 15:30 to 16:00 (10 h 30 min)".len();

fn known_stamps<'a>(case: &Case<'a>) -> impl Iterator<Item = Stamp> + 'a {
    case.records.iter().flat_map(|record| [record.start.at, record.end.at]).flatten()
}

/// The word of a field as the record's excerpt has it: `` `8 h` ``.
pub(super) fn quoted_word(record: &Record, field: Field) -> Option<String> {
    let (_, place) = record.excerpt.words.iter().find(|(of, _)| *of == field)?;
    let word = record.excerpt.text.part(place.clone())?;
    let word = brief(word.as_str().trim());
    (!word.is_empty()).then(|| format!("`{word}`"))
}

/// How long a record is, from when to when: `: 31 h, from … to …`. Nothing if its ends
/// are not known.
pub(super) fn spoken_length(record: &Record) -> Option<String> {
    let (start, end) = (record.start.at?, record.end.at?);
    let length = length_name(length(record)?);
    Some(format!(": {length}, from {} to {}", clock(&start, None), clock(&end, None)))
}

/// How long a record is, in minutes rounded up, if both its ends are known.
pub(super) fn length(record: &Record) -> Option<i64> {
    let length = record.end.at?.instant.checked_since(record.start.at?.instant)?;
    Some(length.checked_add(MINUTE - 1)?.div_euclid(MINUTE))
}

/// A time with its offset; with its date too unless that is the other's.
pub(super) fn clock(stamp: &Stamp, beside: Option<&Stamp>) -> String {
    let offset = stamp.offset_name();
    if beside.is_some_and(|beside| beside.same_date(stamp)) {
        format!("{} {offset}", stamp.time())
    } else {
        format!("{} {offset}", stamp.long())
    }
}

/// ` on 2026-03-02`, the local day on which a record starts or ends; ` before 2026-03-02` if it
/// ends at that midnight; nothing where that is not known.
pub(super) fn date_of(record: Option<&Record>, end: bool) -> String {
    let moment = record.map(|record| if end { &record.end } else { &record.start });
    let Some(stamp) = moment.and_then(|moment| moment.at) else { return String::new() };
    let is_midnight = (stamp.hour, stamp.minute, stamp.second, stamp.milli) == (0, 0, 0, 0);
    let word = if end && is_midnight { "before" } else { "on" };
    format!(" {word} {}", stamp.date())
}

/// The clock of a record's zone, as a phrase.
pub(super) fn clock_of(record: Option<&Record>) -> String {
    match record.and_then(|record| record.zone.as_deref()) {
        Some(zone) if !zone.is_empty() => format!("the clock of `{zone}`"),
        _ => "the local clock".to_owned(),
    }
}

/// A moment as it was read, and as it was written where it could not be.
pub(super) fn moment(moment: &Moment) -> String {
    match &moment.at {
        Some(stamp) => clock(stamp, None),
        None => format!("`{}`", moment.written),
    }
}

/// The ends of a record that can be read in another way for this reason, each
/// with its name.
pub(super) fn doubtful(
    record: Option<&Record>,
    doubt: Ambiguity,
) -> impl Iterator<Item = (&'static str, &Moment)> {
    record
        .into_iter()
        .flat_map(|record| [("start", &record.start), ("end", &record.end)])
        .filter(move |(_, moment)| moment.doubt == Some(doubt))
}

/// For a case that is only possible, what it depends on, with a semicolon before it: the
/// readings of each time that the clock skipped or showed twice.
pub(super) fn readings(case: &Case<'_>) -> String {
    if case.certainty == Certainty::Certain {
        return String::new();
    }
    let part_of = |record: &&Arc<Record>| doubtful(Some(record), Ambiguity::Part).next().is_some();
    if let Some(record) = case.records.iter().find(part_of) {
        let name = call(case, Some(record));
        return format!("; {name} takes a part of its day and does not say which");
    }
    let doubts: Vec<TwoReadings> =
        case.records.iter().flat_map(|of| readings_of(case, of)).collect();
    let chosen = case.overlap_kind.map(|overlap_kind| overlap_kind.chosen);
    match (doubts.as_slice(), chosen) {
        ([TwoReadings { name, read, other }], Some(true)) => {
            format!("; the two overlap with {name} at {read}, as it is read, and not at {other}")
        }
        ([TwoReadings { name, read, other }], Some(false)) => {
            format!(
                "; as it is read, with {name} at {read}, the two do not overlap; at {other} they \
                 may"
            )
        }
        (doubts, chosen) => several_readings(doubts, chosen),
    }
}

fn several_readings(doubts: &[TwoReadings], chosen: Option<bool>) -> String {
    let mut text = String::from(match chosen {
        Some(true) => "; the two overlap as they are read, but not in every reading",
        Some(false) => "; as they are read the two do not overlap, in another reading they may",
        None => "; the two overlap in some readings of their times only",
    });
    for (place, doubt) in doubts.iter().enumerate() {
        text.push_str(if place == 0 { ": " } else { ", " });
        text.push_str(&doubt.spoken());
    }
    text
}

/// How each time with two readings is read, and what else it could be.
pub(super) fn read_as(case: &Case<'_>) -> Vec<String> {
    let readings = case.records.iter().flat_map(|of| readings_of(case, of));
    readings
        .map(|TwoReadings { name, read, other }| {
            format!("{name} is read as {read} and could be {other}")
        })
        .collect()
}

/// A time with two readings: what it is called, and both.
struct TwoReadings {
    name: String,
    read: String,
    other: String,
}

impl TwoReadings {
    fn spoken(&self) -> String {
        let TwoReadings { name, read, other } = self;
        format!("{name} is read as {read} and could be {other}")
    }
}

fn readings_of(case: &Case<'_>, record: &Record) -> Vec<TwoReadings> {
    let beside = case.claim.map(|claim| &claim.start);
    let known = |stamp: Option<&Stamp>| match stamp {
        Some(stamp) => clock(stamp, beside),
        None => "another time".to_owned(),
    };
    [Ambiguity::Gap, Ambiguity::Fold]
        .into_iter()
        .flat_map(|doubt| doubtful(Some(record), doubt))
        .map(|(end, moment)| TwoReadings {
            name: format!("the {end} of {}", call(case, Some(record))),
            read: known(moment.at.as_ref()),
            other: known(moment.otherwise.as_deref()),
        })
        .collect()
}

/// ``activity 3 `LUNCH` ``.
pub(super) fn named_activity(activity: &Activity) -> String {
    match &activity.name {
        Some(name) => format!("activity {} `{}`", activity.number, brief(name)),
        None => format!("activity {}", activity.number),
    }
}

/// ``activity 3 `LUNCH` (12:00 to 12:30)``, its dates too where they differ from
/// this one.
pub(super) fn timed_activity(activity: &Activity, beside: Option<&Stamp>) -> String {
    let name = named_activity(activity);
    let (Some(start), Some(end)) = (activity.start.at, activity.end.at) else { return name };
    let time = |stamp: &Stamp| match beside {
        Some(beside) if beside.same_date(stamp) => stamp.time(),
        _ => stamp.long(),
    };
    format!("{name} ({} to {})", time(&start), time(&end))
}

/// Names to choose from: `` `one`, `two` or `three` ``.
pub(super) fn any_of(names: &[String]) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == names.len() { " or " } else { ", " });
        }
        text.push_str(&format!("`{name}`"));
    }
    text
}

/// The minutes of rest or work, and their limit.
pub(super) fn limit_of(case: &Case<'_>) -> (i64, i64) {
    match case.detail {
        Detail::Limit { minutes, limit } => (minutes, limit),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::{any_of, call, claimed, first, length, readings, second, with_status};
    use crate::judge::samples::{case, claim, fold, overlap, possible, shift, stamp};
    use crate::model::finding::{Ambiguity, Moment};
    use crate::model::time::Instant;

    fn phrase(start: &str, end: &str) -> String {
        claimed(&overlap(&[], &claim(start, end)))
    }

    #[test]
    fn a_claim_names_its_day_once() {
        assert_eq!(
            phrase("2026-03-02T15:30:00-06:00", "2026-03-02T16:00:00-06:00"),
            " on Mon 2026-03-02 from 15:30 to 16:00 (30 min)"
        );
    }

    #[test]
    fn a_claim_across_midnight_names_both_days() {
        assert_eq!(
            phrase("2026-03-02T22:00:00-06:00", "2026-03-03T00:00:00-06:00"),
            " from Mon 2026-03-02 22:00 to Tue 2026-03-03 00:00 (2 h)"
        );
    }

    #[test]
    fn a_claim_over_a_change_shows_both_offsets() {
        assert_eq!(
            phrase("2026-11-01T01:30:00-05:00", "2026-11-01T01:15:00-06:00"),
            " on Sun 2026-11-01 from 01:30 -05:00 to 01:15 -06:00 (45 min)"
        );
    }

    #[test]
    fn a_claim_of_records_at_other_offsets_shows_its_own() {
        let records = [
            shift("s-1", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
            shift("s-2", "2026-03-02T21:00:00Z", "2026-03-02T23:00:00Z"),
        ];
        let claim = claim("2026-03-02T21:00:00Z", "2026-03-02T22:00:00Z");
        assert_eq!(
            claimed(&overlap(&records, &claim)),
            " on Mon 2026-03-02 from 21:00 to 22:00 Z (1 h)"
        );
    }

    #[test]
    fn namesakes_are_told_apart_by_their_places() {
        let mut records = [
            shift("s-1", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z"),
            shift("s-1", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z"),
        ];
        records[1].line = 9;
        let names = |records: &[_]| {
            let case = case(records);
            (call(&case, first(&case)), call(&case, second(&case)))
        };
        assert_eq!(names(&records), ("`s-1` (batch.csv:2)".into(), "`s-1` (batch.csv:9)".into()));
        records[1].line = 2;
        for (number, record) in records.iter_mut().enumerate() {
            record.id = None;
            record.pointer = Some(format!("/shifts/{number}").into());
        }
        let places = ("batch.csv:2 /shifts/0".into(), "batch.csv:2 /shifts/1".into());
        assert_eq!(names(&records), places);
        records[0].pointer = None;
        assert_eq!(call(&case(&records[..1]), records.first()), "batch.csv:2");
    }

    #[test]
    fn a_blank_status_is_not_shown() {
        let mut record = shift("r-1", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        record.status = Some("".into());
        assert_eq!(with_status(&case(&[]), Some(&record)), "`r-1`");
        record.status = Some("OK".into());
        assert_eq!(with_status(&case(&[]), Some(&record)), "`r-1` (`OK`)");
    }

    #[test]
    fn one_doubtful_time_is_told_with_both_readings() {
        let claim = claim("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00");
        let mut records = [
            shift("s-1", "2026-10-31T20:00:00-05:00", "2026-11-01T01:30:00-06:00"),
            shift("s-2", "2026-11-01T01:30:00-05:00", "2026-11-01T09:00:00-06:00"),
        ];
        records[0].end = fold("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00");
        assert_eq!(
            readings(&possible(&records, &claim, false)),
            "; as it is read, with the end of `s-1` at 01:30 -05:00, the two do not overlap; \
             at 01:30 -06:00 they may"
        );
        assert_eq!(
            readings(&possible(&records, &claim, true)),
            "; the two overlap with the end of `s-1` at 01:30 -05:00, as it is read, \
             and not at 01:30 -06:00"
        );
        assert_eq!(readings(&overlap(&records, &claim)), "");
        records[1].start = Moment { doubt: Some(Ambiguity::Gap), ..Moment::default() };
        assert_eq!(
            readings(&possible(&records, &claim, true)),
            "; the two overlap as they are read, but not in every reading: \
             the end of `s-1` is read as 01:30 -05:00 and could be 01:30 -06:00, \
             the start of `s-2` is read as another time and could be another time"
        );
    }

    #[test]
    fn a_reading_on_another_day_names_it() {
        let claim = claim("2026-04-24T01:30:00+03:00", "2026-04-24T02:00:00+03:00");
        let mut record = shift("s-1", "2026-04-24T01:30:00+03:00", "2026-04-24T02:00:00+03:00");
        record.start.otherwise = Some(stamp("2026-04-23T23:30:00+02:00").into());
        record.start.doubt = Some(Ambiguity::Gap);
        assert_eq!(
            readings(&possible(&[record], &claim, true)),
            "; the two overlap with the start of `s-1` at 01:30 +03:00, as it is read, \
             and not at Thu 2026-04-23 23:30 +02:00"
        );
    }

    #[test]
    fn a_length_wants_both_ends_and_does_not_overflow() {
        let mut record = shift("s-1", "2026-03-02T08:00:00Z", "2026-03-03T08:00:30Z");
        assert_eq!(length(&record), Some(24 * 60 + 1));
        if let (Some(start), Some(end)) = (&mut record.start.at, &mut record.end.at) {
            (start.instant, end.instant) = (Instant::MIN, Instant::from_millis(i64::MAX));
        }
        assert_eq!(length(&record), None);
        record.end.at = None;
        assert_eq!(length(&record), None);
    }

    #[test]
    fn names_are_joined_with_or() {
        let names = ["one", "two", "three"].map(str::to_owned);
        assert_eq!(any_of(&names), "`one`, `two` or `three`");
        assert_eq!(any_of(&names[..1]), "`one`");
        assert_eq!(any_of(&[]), "");
    }
}
