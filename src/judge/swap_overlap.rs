//! SW102: a swap would give an agent a shift that overlaps what they have.

use crate::judge::page::rule;
use crate::judge::trades::{about, getter, other, shift, shift_called, swap_called};
use crate::judge::wording::{agent, call, claimed, is_time_off, with_status, words};
use crate::model::fact::{Count, Detail, NoticeKind};
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};
use crate::model::swap::Point;

rule! {
    /// A swap would leave an agent with two shifts at once, or with a shift in their time off. What
    /// an agent gives away does not count, and approved swaps are applied first. If the swap or the
    /// time off is not decided, this is a warning. It is reported once per shift, and only if one
    /// of the swap's shifts, or the overlapping record, is in the batch.
    ///
    /// ### Why it matters
    ///
    /// The swap will be refused, or the next schedule comes back as a conflict.
    ///
    /// ### Example
    ///
    /// Ben is to get Anna's Monday, and the batch gives him overtime then.
    ///
    /// ```csv swaps.csv
    /// id,status,agent,shift,with agent
    /// w-1,Pending,anna,s-12,ben
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// ben,s-40,2026-03-02T14:00:00-06:00,2026-03-02T18:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv --swaps swaps.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Move one of the two, or turn the swap down.
    Rule {
        code: "SW102",
        name: "swap-overlap",
        severity: Some(Severity::Error),
        summary: "carried out, a swap would put a shift on another one or on time off",
        trigger: Trigger::Notice(NoticeKind::SwapOverlap),
        describe,
        subject,
    }
}

/// Of a swap its status, of another record its times.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.trade.is_some() { &[Field::Status] } else { Field::TIMES }
}

fn describe(case: &Case<'_>) -> Words {
    let getter = match case.agent {
        "" => getter(case),
        name => agent(name),
    };
    let (named, swap) = (shift_called(case), swap_called(case));
    let met = match other(case) {
        Some(record) if is_time_off(record) => {
            format!("in time off {}", with_status(case, Some(record)))
        }
        record => format!("on top of {}", call(case, record)),
    };
    let more = match case.detail {
        Detail::Swap(_, Count::Exact(2)) => ", and on another record".to_owned(),
        Detail::Swap(_, Count::Exact(count @ 3..)) => {
            format!(", and on {} more records", count - 1)
        }
        Detail::Swap(_, Count::AtLeast(count @ 2..)) => {
            format!(", and on {} more records at least", count - 1)
        }
        Detail::Swap(_, Count::AtLeast(_)) => ", and perhaps on more records".to_owned(),
        _ => String::new(),
    };
    let reading = match about(case).point {
        Point::OtherReading => ", though not as the times are read",
        _ => "",
    };
    let giver =
        shift(case).map(|record| format!(" of {}", agent(&record.agent))).unwrap_or_default();
    words(
        format!(
            "{swap} would give {named}{giver} to {getter}, {met}{}{more}{reading}",
            claimed(case)
        ),
        "move one of the two before the swap is carried out, or turn the swap down",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, claim, shift, swap, time_off};
    use crate::model::fact::{Count, Detail};
    use crate::model::finding::Case;
    use crate::model::swap::{Point, SwapAspect};

    #[test]
    fn what_is_met_is_named_with_the_time_both_claim() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let claim = claim("2026-03-02T14:00:00-06:00", end);
        let mut records =
            [shift("s-12", start, end), swap("w-1", "Matched"), shift("s-40", start, end)];
        let told = |records: &[_], aspect, count| {
            let detail = Detail::Swap(aspect, Count::Exact(count));
            describe(&Case { agent: "9a41", claim: Some(&claim), detail, ..case(records) }).message
        };
        assert_eq!(
            told(&records, SwapAspect::default(), 1),
            "swap `w-1` (`Matched`) would give shift `s-12` of agent `7f3c` to agent `9a41`, on top \
             of `s-40` on Mon 2026-03-02 from 14:00 to 16:00 (2 h)"
        );
        records[2] = time_off("r-3", "APPROVED", start, end);
        let aspect = SwapAspect::half(false, Point::OtherReading);
        assert_eq!(
            told(&records, aspect, 3),
            "swap `w-1` (`Matched`) would give shift `s-12` of agent `7f3c` to agent `9a41`, in time \
             off `r-3` (`APPROVED`) on Mon 2026-03-02 from 14:00 to 16:00 (2 h), and on 2 more \
             records, though not as the times are read"
        );
    }
}
