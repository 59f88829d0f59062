//! SW104: a shift is not as it was when its swap was agreed on.

use crate::judge::page::rule;
use crate::judge::trades::{about, agreed, giver, shift, shift_called, swap_called, when};
use crate::judge::wording::{agent, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};
use crate::model::swap::Point;

rule! {
    /// A swap says when its shift was, and the shift is at another time now; or it takes the shift
    /// from an agent who does not have it any more. Only times that the swap gives are compared, by
    /// any reading that their words allow; a date agrees with any time of its day.
    ///
    /// ### Why it matters
    ///
    /// What the two agreed on is not what they would get. Products refuse such a swap when it comes
    /// to be decided, or carry it out with times that nobody asked for.
    ///
    /// ### Example
    ///
    /// Ben agreed to take Anna's shift at eight. It now begins at ten.
    ///
    /// ```csv swaps.csv
    /// id,status,agent,shift,with agent,start,end
    /// w-1,Approved,anna,s-12,ben,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// ben,s-12,2026-03-02T10:00:00-06:00,2026-03-02T18:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --swaps swaps.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch swaps and shifts again. If the shift did change, inform both agents, and have the swap
    /// agreed on again or cancelled.
    Rule {
        code: "SW104",
        name: "stale-swap",
        severity: Some(Severity::Warning),
        summary: "a shift is not as it was when its swap was agreed on",
        trigger: Trigger::Notice(NoticeKind::StaleSwap),
        describe,
        subject,
    }
}

/// Of a swap what was agreed on, of a shift its times.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.trade.is_some() {
        &[Field::Start, Field::End, Field::WithStart, Field::WithEnd]
    } else {
        Field::TIMES
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (named, swap) = (shift_called(case), swap_called(case));
    let help = "fetch swaps and shifts again; if this is how they are, have the swap agreed on anew \
                or called off";
    if about(case).point != Point::OtherOwner {
        let (owner, when) = (agent(case.agent), when(shift(case)));
        let agreed = agreed(case);
        let message = match when.is_empty() {
            true => format!("{named} of {owner} is not as {swap} has it, {agreed}"),
            false => format!("{named} of {owner} is{when}, and {swap} has it {agreed}"),
        };
        return words(message, help);
    }
    let giver = giver(case);
    let from = if giver.is_empty() { "an agent".to_owned() } else { agent(giver) };
    let who = if giver == case.agent {
        "by another swap, which is approved, it goes to someone else".to_owned()
    } else {
        format!("it is with {}", agent(case.agent))
    };
    words(format!("{swap} takes {named} from {from}, who does not have it any more: {who}"), help)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, moment, shift, swap};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;
    use crate::model::swap::{Point, SwapAspect};

    #[test]
    fn both_times_are_told() {
        let mut agreed = swap("w-1", "Matched");
        if let Some(trade) = &mut agreed.trade {
            trade.agreed[0].0 = moment("2026-03-02T08:00:00-06:00");
        }
        let records =
            [shift("s-12", "2026-03-02T10:00:00-06:00", "2026-03-02T18:00:00-06:00"), agreed];
        assert_eq!(
            describe(&case(&records)).message,
            "shift `s-12` of agent `7f3c` is on Mon 2026-03-02 from 10:00 to 18:00, and swap `w-1` \
             (`Matched`) has it from Mon 2026-03-02 08:00 -06:00"
        );
    }

    #[test]
    fn who_has_it_now_is_told() {
        let detail = Detail::swap(SwapAspect::half(false, Point::OtherOwner));
        let records = [
            shift("s-12", "2026-03-02T10:00:00-06:00", "2026-03-02T18:00:00-06:00"),
            swap("w-1", "Matched"),
        ];
        let told = |agent| describe(&Case { agent, detail, ..case(&records) }).message;
        assert_eq!(
            told("carl"),
            "swap `w-1` (`Matched`) takes shift `s-12` from agent `7f3c`, who does not have it any \
             more: it is with agent `carl`"
        );
        assert!(
            told("7f3c").ends_with("by another swap, which is approved, it goes to someone else")
        );
    }
}
