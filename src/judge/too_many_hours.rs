//! LB102: more work in a local week than `--max-week`.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, first, limit_of, read_as, second, verb, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Certainty, Words};
use crate::model::rule::Trigger;
use crate::model::time::length_name;

rule! {
    /// An agent works more in a local week than `--max-week` allows. Without the option the rule is
    /// off; with it, such a week is an error, reported once.
    ///
    /// The week begins on Monday or the day of `--week-start`, with the first instant of that day on
    /// the clock of the shift; a shift over that border counts in both with its parts. Hours count
    /// as they pass, and once where shifts overlap. Published shifts count too, but a week without
    /// a shift of the batch is not reported. Local times that the clock skipped or doubled count as
    /// they are read. A shift of more than three weeks counts in its first two and its last.
    ///
    /// ### Why it matters
    ///
    /// Overtime here and a sixth day there are each sound by themselves. Products with a limit
    /// refuse whichever comes last.
    ///
    /// ### Example
    ///
    /// Three days of nine hours make 27.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T17:00:00-06:00
    /// anna,s-2,2026-03-03T08:00:00-06:00,2026-03-03T17:00:00-06:00
    /// anna,s-3,2026-03-04T08:00:00-06:00,2026-03-04T17:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --max-week 24h
    /// ```
    ///
    /// ### What to do
    ///
    /// Take out or shorten shifts of that week by what is over. The finding names the shift with
    /// which the limit is passed; any other of the week does as well.
    Rule {
        code: "LB102",
        name: "too-many-hours",
        severity: None,
        summary: "with `--max-week`, more work in a local week than that",
        trigger: Trigger::Notice(NoticeKind::TooManyHours),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (work, limit) = limit_of(case);
    let over = length_name(work.saturating_sub(limit));
    let (work, limit) = (length_name(work), length_name(limit));
    let (has, agent) = (verb(case, "has", "may have"), agent(case.agent));
    let week = match case.claim {
        Some(claim) => {
            format!("the week from {} {}", claim.start.weekday_name(), claim.start.date())
        }
        None => "a week".to_owned(),
    };
    let sent = call(case, first(case));
    let passing = match second(case) {
        Some(_) => {
            format!("{} passes the limit, and {sent} is in the batch", call(case, second(case)))
        }
        None => format!("{sent} passes the limit"),
    };
    let doubts = doubts(case);
    words(
        format!(
            "{agent} {has} {work} of work in {week}, {over} more than {limit}: {passing}{doubts}"
        ),
        format!("take out or shorten {sent} or other shifts of that week, by {over} in all"),
    )
}

fn doubts(case: &Case<'_>) -> String {
    let readings = read_as(case).join(", ");
    match case.certainty {
        Certainty::Certain => String::new(),
        Certainty::Possible if readings.is_empty() => {
            "; the clock skipped or doubled a time of that week".to_owned()
        }
        Certainty::Possible => format!("; {readings}"),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, claim, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::{Case, Certainty};

    #[test]
    fn the_week_is_told_with_what_is_over() {
        let claim = claim("2026-03-02T00:00:00-06:00", "2026-03-09T00:00:00-05:00");
        let records = [
            shift("s-5", "2026-03-06T08:00:00-06:00", "2026-03-06T17:00:00-06:00"),
            live("p-6", "2026-03-07T08:00:00-06:00", "2026-03-07T17:00:00-06:00"),
        ];
        let told = |count, certainty| {
            let case = case(&records[..count]);
            describe(&Case {
                claim: Some(&claim),
                detail: Detail::Limit { minutes: 2940, limit: 2880 },
                certainty,
                ..case
            })
        };
        assert_eq!(
            told(1, Certainty::Certain).message,
            "agent `7f3c` has 49 h of work in the week from Mon 2026-03-02, 1 h more than 48 h: \
             `s-5` passes the limit"
        );
        assert_eq!(
            told(2, Certainty::Possible).message,
            "agent `7f3c` may have 49 h of work in the week from Mon 2026-03-02, 1 h more than \
             48 h: `p-6` passes the limit, and `s-5` is in the batch; the clock skipped or doubled \
             a time of that week"
        );
        assert_eq!(
            told(1, Certainty::Certain).help,
            "take out or shorten `s-5` or other shifts of that week, by 1 h in all"
        );
    }
}
