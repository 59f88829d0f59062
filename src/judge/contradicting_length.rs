//! RC107: a length that contradicts the start and the end beside it.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{call, first, quoted_word, spoken_length, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Case, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A shift has a start, an end and a length, and the length is neither the time between the two
    /// nor up to two hours less, as for an unpaid break. The start and the end were used. A length
    /// without a unit is in minutes, hours or seconds, whichever fits; this is reported if none
    /// does. The length of time off is not compared, because it is the credited time.
    ///
    /// ### Why it matters
    ///
    /// One of the three is wrong. If it is the end, the shift overlaps less, or more, than was found
    /// here: an end that was forgotten when the shift was made longer hides every conflict in the
    /// hours that were added.
    ///
    /// ### Example
    ///
    /// The end should be at 16:00.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end,duration
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00,8 h
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the one that is wrong. If every shift is reported, the column holds something else,
    /// such as paid hours of a week: `--ignore RC107`.
    Rule {
        code: "RC107",
        name: "contradicting-length",
        severity: Some(Severity::Warning),
        summary: "a length contradicts the start and the end beside it",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::ContradictingLength
}

fn describe(case: &Case<'_>) -> Words {
    let shift = call(case, first(case));
    let written = first(case).and_then(|record| quoted_word(record, Field::Length));
    let what = match written {
        Some(written) => format!("the length {written} of the shift {shift}"),
        None => format!("the length of the shift {shift}"),
    };
    let times = first(case).and_then(spoken_length).unwrap_or_default();
    words(
        format!("{what} contradicts its start and end{times}"),
        "correct the length, the start or the end; the shift was checked from its start to its end",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::row::Field;

    #[test]
    fn the_length_and_the_times_are_told() {
        let mut record = shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T12:00:00-06:00");
        record.excerpt.text = "anna,s-12,8 h".into();
        record.excerpt.words = [(Field::Length, 10..13)].into();
        assert_eq!(
            describe(&flawed(Flaw::ContradictingLength, &record)).message,
            "the length `8 h` of the shift `s-12` contradicts its start and end: 4 h, from Mon \
             2026-03-02 08:00 -06:00 to Mon 2026-03-02 12:00 -06:00"
        );
        record.end.at = None;
        record.excerpt.words = [].into();
        assert_eq!(
            describe(&flawed(Flaw::ContradictingLength, &record)).message,
            "the length of the shift `s-12` contradicts its start and end"
        );
    }
}
