use super::{APPROVED, DEAD, OFFERED, State, SwapOutcome, UNDECIDED, state};
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::conventions::Conventions;
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Moment};
use crate::model::keys::{AgentKey, Keys};
use crate::model::row::{Field, Row};
use crate::model::settings::Settings;
use crate::model::source::{Origin, Role};
use crate::model::swap::{Swap, SwapStatus};
use crate::normalize::{Context, DisplayedSwap, Normalizer};

fn with_normalizer<T>(
    words: &[(Field, &str)],
    act: impl FnOnce(&mut Normalizer<'_>, &Row<'_>) -> T,
) -> T {
    let (calendar, agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
    let settings = Settings::default();
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, None);
    let mut row = Row::default();
    words.iter().for_each(|(field, word)| row.set(*field, word.as_bytes()));
    act(&mut normalizer, &row)
}

fn read(words: &[(Field, &str)]) -> SwapOutcome {
    let context = Context { role: Role::Swaps, conventions: Conventions::default() };
    with_normalizer(words, |normalizer, row| normalizer.read_swap(row, context, Origin::default()))
}

fn swap(words: &[(Field, &str)]) -> Swap {
    match read(words) {
        SwapOutcome::Swap(swap, _) => swap,
        other => panic!("no swap: {other:?}"),
    }
}

fn explained(words: &[(Field, &str)]) -> DisplayedSwap {
    with_normalizer(words, |normalizer, row| normalizer.display_swap(row, Conventions::default()))
}

#[test]
fn statuses_are_told_apart_however_they_are_written() {
    let stands = State::Stands;
    for (word, expected) in [
        ("", stands(SwapStatus::Undecided)),
        ("APPROVED", stands(SwapStatus::Approved)),
        ("Waiting For Review", stands(SwapStatus::Undecided)),
        ("Matched", stands(SwapStatus::Undecided)),
        ("un-matched", stands(SwapStatus::Offer)),
        ("Canceled", State::Dead),
        ("taken", stands(SwapStatus::Approved)),
        ("Approved by manager", stands(SwapStatus::Approved)),
        ("AwaitingManagerApproval", stands(SwapStatus::Undecided)),
        ("OkByBothParts", stands(SwapStatus::Undecided)),
        ("broadcast", stands(SwapStatus::Offer)),
        ("past_due", State::Dead),
        ("Past due", State::Dead),
        ("RejectedByManager", State::Dead),
        ("haggling", State::Unknown),
    ] {
        assert_eq!(state(word.as_bytes()), expected, "{word}");
    }
}

#[test]
fn no_status_is_in_two_lists() {
    let mut all = [APPROVED, UNDECIDED, OFFERED, DEAD].concat();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn without_a_second_agent_a_swap_is_an_offer_and_cannot_be_approved() {
    let with = |status| [(Field::Shift, "s-1"), (Field::Agent, "anna"), (Field::Status, status)];
    assert_eq!(swap(&with("pending")).standing, SwapStatus::Offer);
    assert!(matches!(
        read(&with("approved")),
        SwapOutcome::Defect(Flaw::Absent(Field::WithAgent), agent) if agent.is_some()
    ));
    assert!(matches!(read(&with("denied")), SwapOutcome::Void));
    let mut by_shift =
        [(Field::Shift, "s-1"), (Field::WithShift, "s-2"), (Field::Status, "matched")];
    assert_eq!(swap(&by_shift).standing, SwapStatus::Undecided);
    by_shift[2].1 = "approved";
    assert!(matches!(
        read(&by_shift),
        SwapOutcome::Defect(Flaw::Absent(Field::Agent), AgentKey::NONE)
    ));
}

#[test]
fn a_swap_without_its_shift_cannot_be_used() {
    assert!(matches!(
        read(&[(Field::Agent, "anna"), (Field::WithAgent, "ben")]),
        SwapOutcome::Defect(Flaw::Absent(Field::Shift), _)
    ));
}

#[test]
fn agreed_times_are_read_by_both_readings_and_dates_as_days() {
    let words = [
        (Field::Shift, "s-1"),
        (Field::WithAgent, "ben"),
        (Field::Zone, "America/Chicago"),
        (Field::Start, "2026-11-01T01:30"),
        (Field::End, "2026-11-01"),
    ];
    let half = swap(&words).halves[0];
    let (start, end) = (half.start.expect("a start"), half.end.expect("an end"));
    assert_eq!(start.other - start.chosen, 3_600_000);
    assert!(end.is_date && end.other - end.chosen == 25 * 3_600_000);
}

#[test]
fn a_time_that_nothing_gives_a_zone_says_nothing() {
    let words =
        [(Field::Shift, "s-1"), (Field::WithAgent, "ben"), (Field::Start, "2026-11-01T01:30")];
    assert_eq!(swap(&words).halves[0].start, None);
    assert_eq!(explained(&words).start.doubt, Some(Ambiguity::Missing));
}

#[test]
fn the_half_in_doubt_is_the_one_that_is_shown() {
    let words = [(Field::Start, "2026-03-02T08:00Z"), (Field::WithStart, "soon")];
    assert_eq!(explained(&words).start.written, "soon");
    assert_eq!(explained(&words[..1]).start.written, "2026-03-02T08:00Z");
}

#[test]
fn both_halves_are_shown_with_both_of_their_ends() {
    let words = [
        (Field::Start, "2026-03-02T08:00Z"),
        (Field::End, "2026-03-02T16:00Z"),
        (Field::WithStart, "2026-03-03T08:00Z"),
        (Field::WithEnd, "2026-03-03T16:00Z"),
    ];
    let told = explained(&words);
    assert_eq!((told.start.written.as_str(), told.end.written.as_str()), (words[0].1, words[1].1));
    let written = told.halves.each_ref().map(|(start, end)| [&start.written, &end.written]);
    assert_eq!(written, [[words[0].1, words[1].1], [words[2].1, words[3].1]]);
    let is_read = |(start, end): &(Moment, Moment)| start.at.is_some() && end.at.is_some();
    assert!(told.halves.iter().all(is_read));
}

#[test]
fn the_zone_is_that_of_the_times_else_the_word_for_it() {
    let (local, instant) = ("2026-03-02T08:00", "2026-03-02T08:00Z");
    for (zone, start, expected) in [
        ("america/chicago", local, Some("America/Chicago")),
        ("Mars", local, Some("Mars")),
        ("UTC+05:30", local, Some("UTC+05:30")),
        ("america/chicago", "", Some("america/chicago")),
        ("", instant, None),
        ("", "", None),
    ] {
        let told = explained(&[(Field::Zone, zone), (Field::Start, start)]);
        assert_eq!(told.zone.as_deref(), expected, "`{zone}` with `{start}`");
    }
}
