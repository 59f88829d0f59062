//! RC105: a status that is not a known word.

use crate::judge::page::rule;
use crate::judge::wording::{first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Case, Words, brief};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// The status of a time off or a swap is not a known word. The time off is taken as granted and
    /// the swap as undecided, so that nothing is missed. This is reported once per file, with the
    /// number of records that share it.
    ///
    /// ### Why it matters
    ///
    /// If the status means that the request was turned down, the conflicts with it are none. If it
    /// means that nobody has decided yet, they are warnings and not errors.
    ///
    /// ### Example
    ///
    /// A system that parks requests.
    ///
    /// ```csv off.csv
    /// agent,id,start,end,status
    /// ben,r-3,2026-03-02T00:00:00-06:00,2026-03-03T00:00:00-06:00,parked
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Write a known word: `approved` or `granted` for time off that blocks, `pending`, `requested`
    /// or `submitted` for a request that is open, `denied`, `cancelled`, `expired` or `withdrawn`
    /// for one that does not count. For swaps `approved`, `pending`, `open` for an offer, and the same
    /// words for one that is off.
    Rule {
        code: "RC105",
        name: "unknown-status",
        severity: Some(Severity::Warning),
        summary: "a status is in no list; time off is taken as granted, a swap as undecided",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: |_, _| &[Field::Status],
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::UnknownStatus
}

fn describe(case: &Case<'_>) -> Words {
    let status = first(case).and_then(|record| record.status.as_deref()).unwrap_or_default();
    let status = brief(status);
    let what =
        if status.is_empty() { "a status".to_owned() } else { format!("the status `{status}`") };
    let shared = match case.count {
        0 | 1 => String::new(),
        count => format!("; {count} records of this file have a status in no list"),
    };
    if first(case).is_some_and(|record| record.trade.is_some()) {
        return words(
            format!("{what} is in no list, so the swap is taken as undecided{shared}"),
            "write `approved` for a swap that is decided for, `pending` for one that is not, or \
             `denied` or `cancelled` for one that is off",
        );
    }
    words(
        format!("{what} is in no list, so the time off is taken as granted{shared}"),
        "write `approved` for time off that blocks, `pending` for a request that is open, or \
         `denied` or `cancelled` for one that does not count",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, swap, time_off};
    use crate::model::fact::Flaw;
    use crate::model::finding::Case;

    #[test]
    fn how_many_share_it_is_told_if_there_are_more() {
        let (start, end) = ("2026-03-04T00:00:00-06:00", "2026-03-05T00:00:00-06:00");
        let record = time_off("r-3", "parked", start, end);
        let case = flawed(Flaw::UnknownStatus, &record);
        assert_eq!(
            describe(&case).message,
            "the status `parked` is in no list, so the time off is taken as granted"
        );
        let swap = flawed(Flaw::UnknownStatus, &swap("w-1", "parked"));
        assert_eq!(
            describe(&swap).message,
            "the status `parked` is in no list, so the swap is taken as undecided"
        );
        assert_eq!(
            describe(&Case { count: 3, ..case }).message,
            "the status `parked` is in no list, so the time off is taken as granted; 3 records of \
             this file have a status in no list"
        );
    }
}
