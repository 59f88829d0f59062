//! RC104: a shift longer than `--max-shift`.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{call, first, spoken_length, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A shift is longer than 24 hours, or than `--longest-shift`. It is checked with that length.
    /// Hours are counted as they pass, so that a shift through the night of a clock change has one
    /// more or one less than its clock times say.
    ///
    /// ### Why it matters
    ///
    /// It is most often an end with the wrong date. Then it overlaps all that the agent does in
    /// between, and each of these conflicts is only this slip again.
    ///
    /// ### Example
    ///
    /// Eight hours and a day: the end should be on the 2nd.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-03T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the date of the end. If shifts really are that long, say how long with
    /// `--longest-shift 30h`; `--ignore RC104` and `--severity RC104=info` are other ways.
    Rule {
        code: "RC104",
        name: "too-long",
        severity: Some(Severity::Warning),
        summary: "a shift is longer than 24 h",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::TooLong
}

fn describe(case: &Case<'_>) -> Words {
    let shift = call(case, first(case));
    let length = first(case).and_then(spoken_length).unwrap_or_default();
    words(
        format!("the shift {shift} is longer than a shift may be{length}"),
        "check the date of its end; its overlaps with other records may be this slip again",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;

    #[test]
    fn the_length_is_told_in_hours_and_length_name() {
        let mut record = shift("s-12", "2026-03-07T08:00:00-06:00", "2026-03-08T16:30:00-05:00");
        assert_eq!(
            describe(&flawed(Flaw::TooLong, &record)).message,
            "the shift `s-12` is longer than a shift may be: 31 h 30 min, from \
             Sat 2026-03-07 08:00 -06:00 to Sun 2026-03-08 16:30 -05:00"
        );
        record.end.at = None;
        assert_eq!(
            describe(&flawed(Flaw::TooLong, &record)).message,
            "the shift `s-12` is longer than a shift may be"
        );
    }
}
