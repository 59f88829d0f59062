//! SW101: a batch shift is named in a swap that is not decided.

use crate::judge::page::rule;
use crate::judge::trades::{
    about, getter, getter_named, giver, other, shift, shift_called, swap_called, when,
};
use crate::judge::wording::{agent, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};
use crate::model::swap::Point;

rule! {
    /// A shift of the batch is part of a swap that both agents may want and nobody has decided. A
    /// shift that is only offered, without a second agent yet, is a warning.
    ///
    /// ### Why it matters
    ///
    /// The swap is decided for the shift as it was. Many products refuse to write a shift with an
    /// undecided swap, or silently drop the swap when the shift is written.
    ///
    /// ### Example
    ///
    /// Anna and Ben want to trade, and their supervisor has not answered.
    ///
    /// ```csv swaps.csv
    /// id,status,agent,shift,with agent,with shift
    /// w-1,Matched,anna,s-12,ben,s-30
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// ben,s-30,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv --swaps swaps.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Have the swap decided, fetch swaps and shifts again and check once more; or leave the shift
    /// out of this batch.
    Rule {
        code: "SW101",
        name: "pending-swap",
        severity: Some(Severity::Error),
        summary: "a batch shift is named in a swap that is not decided",
        trigger: Trigger::Notice(NoticeKind::PendingSwap),
        describe,
        subject,
    }
}

/// Of a swap its status, of a shift its id.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.trade.is_some() { &[Field::Status] } else { &[Field::Id] }
}

fn describe(case: &Case<'_>) -> Words {
    let (named, swap) = (shift_called(case), swap_called(case));
    let subject = format!("{named} of {}{}", agent(case.agent), when(shift(case)));
    if about(case).point == Point::Offer {
        return words(
            format!("{subject} is offered in {swap}, which nobody has taken yet"),
            format!(
                "leave {named} out of this batch until the offer is taken or withdrawn, or make \
                 sure that writing it does not end the offer"
            ),
        );
    }
    words(
        format!("{subject} is part of {swap} with {}, which is not decided", partner(case)),
        format!(
            "wait for the decision and fetch swaps and shifts again, or leave {named} out of this \
             batch"
        ),
    )
}

/// The one of the two who does not have the shift.
fn partner(case: &Case<'_>) -> String {
    let parties = [getter_named(case), giver(case), other(case).map_or("", |shift| &shift.agent)];
    let partner = parties.into_iter().find(|name| !name.is_empty() && *name != case.agent);
    partner.map_or_else(|| getter(case), agent)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift, swap};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;
    use crate::model::swap::{Point, SwapAspect};

    #[test]
    fn the_other_agent_is_named_whoever_has_the_shift() {
        let records = [
            shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
            swap("w-1", "Matched"),
        ];
        assert_eq!(
            describe(&case(&records)).message,
            "shift `s-12` of agent `7f3c` on Mon 2026-03-02 from 08:00 to 16:00 is part of swap \
             `w-1` (`Matched`) with agent `9a41`, which is not decided"
        );
        let handed = Case { agent: "9a41", ..case(&records) };
        assert!(describe(&handed).message.contains("with agent `7f3c`"));
    }

    #[test]
    fn an_offer_is_told_as_one() {
        let detail = Detail::swap(SwapAspect::half(false, Point::Offer));
        let records = [
            shift("s-12", "2026-03-02T22:00:00-06:00", "2026-03-03T06:00:00-06:00"),
            swap("w-1", ""),
        ];
        assert_eq!(
            describe(&Case { detail, ..case(&records) }).message,
            "shift `s-12` of agent `7f3c` from Mon 2026-03-02 22:00 to Tue 2026-03-03 06:00 is \
             offered in swap `w-1`, which nobody has taken yet"
        );
    }
}
