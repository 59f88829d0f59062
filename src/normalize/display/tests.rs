use super::Displayed;
use crate::model::finding::{Ambiguity, Excerpt, Moment};
use crate::model::shift::Kind;
use crate::normalize::tests::{BATCH, CHICAGO, Given, with};

fn explained(given: Given, words: &str) -> Displayed {
    with(given, words, |normalizer, row, context| {
        let explained = normalizer.display(row, context, &Excerpt::default());
        let times = [explained.start.at, explained.end.at];
        assert_eq!(normalizer.displayed_times(row, context), times, "{words}");
        explained
    })
}

/// A moment as it is shown: its words, what they were read as, and what else
/// they could be.
fn shown(moment: &Moment) -> String {
    let stamps = [moment.at, moment.otherwise.as_deref().copied()].into_iter().flatten();
    let stamps: Vec<String> = stamps.map(|stamp| stamp.to_string()).collect();
    [moment.written.to_string()].into_iter().chain(stamps).collect::<Vec<_>>().join(" = ")
}

#[test]
fn the_words_of_an_end_are_those_it_was_read_from() {
    for (words, start, end) in [
        ("start=2026-03-02T08:00Z end=2026-03-02T09:00Z", "2026-03-02T08:00Z", "2026-03-02T09:00Z"),
        ("date=2026-03-02 start=08:00 end=16:00", "2026-03-02 08:00", "16:00"),
        (
            "startdate=2026-03-02 date=2026-03-05 start=22:00 enddate=2026-03-03 end=06:00",
            "2026-03-02 22:00",
            "2026-03-03 06:00",
        ),
        ("date=2026-03-02 start=08:00 length=60", "2026-03-02 08:00", "60"),
        ("date=2026-03-02 start=08:00 end=09:00 length=30", "2026-03-02 08:00", "09:00"),
        ("startdate=2026-03-02 enddate=2026-03-03", "2026-03-02", "2026-03-03"),
        ("date=2026-03-05 start=2026-03-02T08:00 end=soon", "2026-03-02T08:00", "soon"),
        ("start=08:00", "08:00", ""),
        ("date=2026-03-02", "2026-03-02", ""),
    ] {
        let explained = explained(BATCH, words);
        let written = [&explained.start.written, &explained.end.written];
        assert_eq!(written, [start, end], "{words}");
    }
}

#[test]
fn each_zone_has_its_own_name_whatever_was_shown_before() {
    with(BATCH, "", |normalizer, _, _| {
        for name in ["America/Chicago", "Asia/Tokyo", "America/Chicago", "America/Chicago"] {
            let clock = normalizer.calendar.clock(name).expect("a zone");
            assert_eq!(normalizer.zone_name(clock), name);
        }
    });
}

#[test]
fn times_are_shown_on_the_clock_of_the_record() {
    const LOCAL: &str = "start=2026-03-02T08:00 end=2026-03-02T09:00";
    let of_zone = ["T08:00:00-06:00", "T09:00:00-06:00"];
    for (given, words, zone, times) in [
        (CHICAGO, LOCAL.to_owned(), Some("America/Chicago"), of_zone),
        (BATCH, format!("{LOCAL} zone=america/chicago"), Some("America/Chicago"), of_zone),
        (
            BATCH,
            format!("{LOCAL} zone=UTC+05:30"),
            Some("UTC+05:30"),
            ["T08:00:00+05:30", "T09:00:00+05:30"],
        ),
        (
            BATCH,
            format!("agent=kei {LOCAL}"),
            Some("Asia/Tokyo"),
            ["T08:00:00+09:00", "T09:00:00+09:00"],
        ),
        (BATCH, LOCAL.to_owned(), None, ["T08:00:00Z", "T09:00:00Z"]),
        (
            CHICAGO,
            "start=2026-03-02T14:00Z end=2026-03-02T09:00-06:00".to_owned(),
            Some("America/Chicago"),
            of_zone,
        ),
        // Without a zone each end is shown as it was written.
        (
            BATCH,
            "start=2026-03-02T08:00-06:00 end=2026-03-02T10:00-05:00".to_owned(),
            None,
            ["T08:00:00-06:00", "T10:00:00-05:00"],
        ),
    ] {
        let explained = explained(given, &words);
        let at = [explained.start.at, explained.end.at].map(|at| at.expect("read").to_string());
        assert_eq!(at, times.map(|time| format!("2026-03-02{time}")), "{words}");
        assert_eq!(explained.zone.as_deref(), zone, "{words}");
    }
}

/// What could be read otherwise is shown by both readings; a time with an
/// offset that its zone does not have then, with the offset it would have.
#[test]
fn a_time_in_doubt_is_shown_by_both_readings() {
    for (given, words, start) in [
        (
            CHICAGO,
            "start=2026-03-08T02:30 end=2026-03-08T10:30",
            "2026-03-08T02:30 = 2026-03-08T03:30:00-05:00 = 2026-03-08T01:30:00-06:00",
        ),
        (
            CHICAGO,
            "start=2026-11-01T01:30 end=2026-11-01T09:00",
            "2026-11-01T01:30 = 2026-11-01T01:30:00-05:00 = 2026-11-01T01:30:00-06:00",
        ),
        (
            CHICAGO,
            "start=2026-07-01T08:00-06:00 end=2026-07-01T16:00-05:00",
            "2026-07-01T08:00-06:00 = 2026-07-01T08:00:00-06:00 = 2026-07-01T08:00:00-05:00",
        ),
        (
            BATCH,
            "zone=UTC+05:30 start=2026-07-01T08:00+05:00 end=2026-07-01T16:00+05:30",
            "2026-07-01T08:00+05:00 = 2026-07-01T08:00:00+05:00 = 2026-07-01T08:00:00+05:30",
        ),
        (
            CHICAGO,
            "zone=UTC+05:30 start=2026-07-01T08:00+05:00 end=2026-07-01T16:00+05:30",
            "2026-07-01T08:00+05:00 = 2026-07-01T08:00:00+05:00 = 2026-07-01T08:00:00+05:30",
        ),
        (
            BATCH,
            "start=2026-07-01T08:00 end=2026-07-01T16:00",
            "2026-07-01T08:00 = 2026-07-01T08:00:00Z",
        ),
    ] {
        assert_eq!(shown(&explained(given, words).start), start, "{words}");
    }
}

/// The end of a length has two readings with its start, and no doubt of its own.
#[test]
fn each_end_has_its_own_doubt() {
    for (words, start, end) in [
        ("start=2026-03-02T08:00-06:00 end=2026-03-02T09:00-06:00", None, None),
        ("start=2026-11-01T01:30 length=60", Some(Ambiguity::Fold), None),
        (
            "start=2026-07-01T08:00-05:00 end=2026-07-01T09:00-06:00",
            None,
            Some(Ambiguity::Mismatch),
        ),
    ] {
        let explained = explained(CHICAGO, words);
        assert_eq!((explained.start.doubt, explained.end.doubt), (start, end), "{words}");
    }
}

#[test]
fn a_record_that_was_left_out_stands_on_no_side() {
    const ZONE: &str = "zone=America/Chicago";
    for (words, kind, at) in [
        ("start=2026-03-02T08:00Z end=2026-03-02T09:00Z", Some(Kind::Shift), true),
        ("kind=PTO start=2026-03-02T08:00Z end=2026-03-02T09:00Z", Some(Kind::TimeOff), true),
        ("start=2026-03-02T08:00Z end=2026-03-02T08:00Z", None, true),
        ("start=2026-03-02T08:00Z end=soon", None, false),
        ("status=denied start=2026-03-02T08:00Z end=2026-03-02T09:00Z", None, false),
    ] {
        let explained = explained(BATCH, &format!("{words} {ZONE}"));
        assert_eq!(explained.side.map(|side| side.kind), kind, "{words}");
        assert_eq!(explained.start.at.is_some(), at, "{words}");
        assert_eq!(explained.zone.as_deref(), Some("America/Chicago"), "{words}");
    }
    let lost = explained(CHICAGO, "zone=Mars start=2026-03-02T08:00 end=2026-03-02T09:00");
    assert_eq!((lost.zone.as_deref(), lost.start.at), (Some("Mars"), None));
}

#[test]
fn an_end_that_was_moved_to_the_next_day_is_told() {
    for (words, overnight) in [
        ("date=2026-03-02 start=22:00 end=06:00", true),
        ("date=2026-03-02 start=08:00 end=16:00", false),
    ] {
        assert_eq!(explained(CHICAGO, words).overnight, overnight, "{words}");
    }
}

/// Of several days the one is shown that a finding is about.
#[test]
fn of_several_days_the_first_that_cannot_be_used_is_shown() {
    for (dates, several, start) in [
        ("[2026-03-02,2026-03-03]", true, "2026-03-02 08:00"),
        ("[2026-03-02,2026-03-40,2026-03-41]", true, "2026-03-40 08:00"),
        ("2026-03-02", false, "2026-03-02 08:00"),
    ] {
        let explained = explained(CHICAGO, &format!("date={dates} start=08:00 end=16:00"));
        let told = (explained.several, explained.start.written.as_str());
        assert_eq!(told, (several, start), "{dates}");
    }
    let reversed =
        explained(CHICAGO, "date=[2026-03-02,2026-03-09] start=08:00 enddate=2026-03-05 end=16:00");
    assert_eq!(reversed.start.written, "2026-03-09 08:00");
}
