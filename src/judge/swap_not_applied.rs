//! SW103: an approved swap is not in effect in the batch.

use crate::judge::page::rule;
use crate::judge::trades::{getter, shift, shift_called, swap_called, when};
use crate::judge::wording::{agent, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A swap is approved, and the batch still has its shift with the agent who gave it away. Where
    /// several approved swaps follow each other over one shift, the last agent is the one it has to
    /// be with; the order of the file does not matter.
    ///
    /// ### Why it matters
    ///
    /// Sent like this, the batch takes the swap back: both agents know that they traded, and have
    /// each other's shifts again.
    ///
    /// ### Example
    ///
    /// The batch was exported before Anna handed her Monday to Ben.
    ///
    /// ```csv swaps.csv
    /// id,status,agent,shift,with agent
    /// w-1,Approved,anna,s-12,ben
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --swaps swaps.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Put the new agents into the batch, or export it again. `--apply-swaps` checks the batch as if
    /// that were done, and says what it moved.
    Rule {
        code: "SW103",
        name: "swap-not-applied",
        severity: Some(Severity::Error),
        summary: "a swap is approved and the batch has the shift with its former agent",
        trigger: Trigger::Notice(NoticeKind::SwapNotApplied),
        describe,
        subject,
    }
}

/// Of a swap its status, of a shift its agent.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.trade.is_some() { &[Field::Status] } else { &[Field::Agent] }
}

fn describe(case: &Case<'_>) -> Words {
    let (named, getter, owner) = (shift_called(case), getter(case), agent(case.agent));
    words(
        format!(
            "{} gives {named}{} to {getter}, and the batch still has it with {owner}",
            swap_called(case),
            when(shift(case))
        ),
        format!(
            "send {named} with {getter}, or export the batch again; `--apply-swaps` checks it as \
             if that were done"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift, swap};

    #[test]
    fn both_agents_are_named() {
        let records = [
            shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
            swap("w-1", "Approved"),
        ];
        assert_eq!(
            describe(&case(&records)).message,
            "swap `w-1` (`Approved`) gives shift `s-12` on Mon 2026-03-02 from 08:00 to 16:00 to \
             agent `9a41`, and the batch still has it with agent `7f3c`"
        );
    }
}
