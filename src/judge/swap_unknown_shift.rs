//! SW105: a swap names a shift that no file has.

use crate::judge::page::rule;
use crate::judge::trades::{about, shift_called, swap_called};
use crate::judge::wording::{agent, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};
use crate::model::swap::Point;

rule! {
    /// A swap names a shift that is neither in the batch nor published, or only in records that are
    /// skipped: cancelled, without an agent, or unreadable. Swaps that do not take place are not
    /// checked.
    ///
    /// ### Why it matters
    ///
    /// What the swap would do to that shift cannot be checked: whether its new agent is free, and
    /// whether it is in effect.
    ///
    /// ### Example
    ///
    /// Ben's shift is of another week, which was not given.
    ///
    /// ```csv swaps.csv
    /// id,status,agent,shift,with agent,with shift
    /// w-1,Approved,anna,s-12,ben,s-77
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// ben,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --swaps swaps.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Give the schedule that has the shift with `--published`. If there is none, the swap names a
    /// shift that was deleted or written again under another id: fetch the swaps again.
    Rule {
        code: "SW105",
        name: "swap-unknown-shift",
        severity: Some(Severity::Warning),
        summary: "a swap names a shift that no file has",
        trigger: Trigger::Notice(NoticeKind::SwapUnknownShift),
        describe,
        subject,
    }
}

/// Of a swap the shifts that it names.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.trade.is_some() { &[Field::Shift, Field::WithShift] } else { Field::TIMES }
}

fn describe(case: &Case<'_>) -> Words {
    let owner = match case.agent {
        "" => String::new(),
        name => format!(" of {}", agent(name)),
    };
    let (swap, named) = (swap_called(case), shift_called(case));
    if about(case).point == Point::LeftOut {
        return words(
            format!(
                "{swap} names {named}{owner}, which these files have only in records that are left \
                 out"
            ),
            "it is cancelled, without an agent, replaced or not to be read: mend that record, or \
             have the swap called off",
        );
    }
    words(
        format!("{swap} names {named}{owner}, which no file has"),
        "add the schedule that has it with `--published`, or fetch the swaps again: the shift may \
         be gone",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, swap};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;
    use crate::model::swap::{Point, SwapAspect};

    #[test]
    fn the_shift_is_named_by_the_half_that_is_meant() {
        let records = [swap("w-1", "Matched")];
        assert_eq!(
            describe(&case(&records)).message,
            "swap `w-1` (`Matched`) names shift `s-12` of agent `7f3c`, which no file has"
        );
        let detail = Detail::swap(SwapAspect::half(true, Point::LeftOut));
        assert_eq!(
            describe(&Case { agent: "", detail, ..case(&records) }).message,
            "swap `w-1` (`Matched`) names shift `s-30`, which these files have only in records that \
             are left out"
        );
    }
}
