//! LB101: less rest between two shifts than `--min-rest`.

use crate::judge::page::rule;
use crate::judge::wording::{
    agent, call, calls, first, is_sent, limit_of, read_as, second, verb, words,
};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Certainty, Record, SharedTime, Words};
use crate::model::rule::Trigger;
use crate::model::time::length_name;

rule! {
    /// An agent has less rest between two shifts than `--min-rest` asks for. Without the option the
    /// rule is off; with it, a short rest is an error.
    ///
    /// A rest lasts from the end of work to its next beginning, in hours as they pass. During a
    /// rest the agent has no shift, of the batch or published. Adjacent shifts count as zero rest
    /// and are reported; shifts that overlap are reported by other rules. Time off is not work. A
    /// rest between published shifts alone is not reported. If only one reading of a skipped or
    /// doubled local time is too short, the finding is `possible`.
    ///
    /// ### Why it matters
    ///
    /// Many agreements ask for eleven hours, and products can refuse what has less. It is easily
    /// missed when one of the two shifts is live already.
    ///
    /// ### Example
    ///
    /// The late shift ends at 22:30 and the early one begins at 08:00: nine hours and a half.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-1,2026-03-02T14:00:00-06:00,2026-03-02T22:30:00-06:00
    /// anna,s-2,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --min-rest 11h
    /// ```
    ///
    /// ### What to do
    ///
    /// Move one of the two by what is missing, or give it to somebody else. The parts of a split
    /// day have a short rest between them too: if those are agreed on, `--severity LB101=warning`.
    Rule {
        code: "LB101",
        name: "short-rest",
        severity: None,
        summary: "with `--min-rest`, less rest between two shifts than that",
        trigger: Trigger::Notice(NoticeKind::ShortRest),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (rest, limit) = limit_of(case);
    let missing = length_name(limit.saturating_sub(rest));
    let limit = length_name(limit);
    let short = match rest {
        1.. => format!(", {missing} less than {limit}"),
        _ => format!(" where {limit} are asked for"),
    };
    let rest = if rest > 0 { format!("{} of rest", length_name(rest)) } else { "no rest".into() };
    let (has, agent) = (verb(case, "has", "may have"), agent(case.agent));
    let (before, next) = calls(case);
    let when = when(case);
    let doubts = doubts(case);
    words(
        format!("{agent} {has} {rest} between {before} and {next}{short}{when}{doubts}"),
        help(case, &missing),
    )
}

/// From when to when the rest is; where it has no length, when the two touch.
fn when(case: &Case<'_>) -> String {
    match (case.claim, first(case).and_then(|record| record.end.at)) {
        (Some(SharedTime { start, end, .. }), _) => {
            let changes = start.offset != end.offset || case.certainty == Certainty::Possible;
            let offset = |stamp: String| if changes { format!(" {stamp}") } else { String::new() };
            let from = format!("{}{}", start.long(), offset(start.offset_name()));
            let to = if start.same_date(end) { end.time() } else { end.long() };
            format!(": from {from} to {to}{}", offset(end.offset_name()))
        }
        (None, Some(touch)) => format!(": they touch at {}", touch.long()),
        (None, None) => String::new(),
    }
}

fn doubts(case: &Case<'_>) -> String {
    let readings = read_as(case).join(", ");
    match case.certainty {
        Certainty::Possible if !readings.is_empty() => format!("; {readings}"),
        _ => String::new(),
    }
}

fn help(case: &Case<'_>, missing: &str) -> String {
    let sent = |record: Option<&Record>| record.is_none_or(is_sent);
    let (before, next) = (first(case), second(case));
    let mut ways = Vec::new();
    if sent(next) {
        ways.push(format!("start {} {missing} later", call(case, next)));
    }
    if sent(before) {
        ways.push(format!("end {} {missing} earlier", call(case, before)));
    }
    format!("{}, or give it to somebody else", ways.join(", "))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, claim, fold, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::{Case, Certainty};

    #[test]
    fn the_rest_and_what_is_missing_are_told() {
        let claim = claim("2026-03-02T22:30:00-06:00", "2026-03-03T08:00:00-06:00");
        let records = [
            live("s-1", "2026-03-02T14:00:00-06:00", "2026-03-02T22:30:00-06:00"),
            shift("s-2", "2026-03-03T08:00:00-06:00", "2026-03-03T16:00:00-06:00"),
        ];
        let words = describe(&Case {
            claim: Some(&claim),
            detail: Detail::Limit { minutes: 570, limit: 660 },
            ..case(&records)
        });
        assert_eq!(
            words.message,
            "agent `7f3c` has 9 h 30 min of rest between `s-1` and `s-2`, 1 h 30 min less than \
             11 h: from Mon 2026-03-02 22:30 to Tue 2026-03-03 08:00"
        );
        assert_eq!(words.help, "start `s-2` 1 h 30 min later, or give it to somebody else");
    }

    #[test]
    fn shifts_that_touch_have_no_rest() {
        let records = [
            shift("s-1", "2026-03-02T08:00:00-06:00", "2026-03-02T12:00:00-06:00"),
            shift("s-2", "2026-03-02T12:00:00-06:00", "2026-03-02T16:00:00-06:00"),
        ];
        let words =
            describe(&Case { detail: Detail::Limit { minutes: 0, limit: 660 }, ..case(&records) });
        assert_eq!(
            words.message,
            "agent `7f3c` has no rest between `s-1` and `s-2` where 11 h are asked for: they touch at \
             Mon 2026-03-02 12:00"
        );
        assert_eq!(
            words.help,
            "start `s-2` 11 h later, end `s-1` 11 h earlier, or give it to somebody else"
        );
    }

    #[test]
    fn a_rest_that_hangs_on_a_reading_says_so() {
        let claim = claim("2026-11-01T01:30:00-06:00", "2026-11-01T12:00:00-06:00");
        let mut records = [
            shift("s-1", "2026-10-31T20:00:00-05:00", "2026-11-01T01:30:00-05:00"),
            shift("s-2", "2026-11-01T12:00:00-06:00", "2026-11-01T20:00:00-06:00"),
        ];
        records[0].end = fold("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00");
        let words = describe(&Case {
            claim: Some(&claim),
            certainty: Certainty::Possible,
            detail: Detail::Limit { minutes: 630, limit: 660 },
            ..case(&records)
        });
        assert_eq!(
            words.message,
            "agent `7f3c` may have 10 h 30 min of rest between `s-1` and `s-2`, 30 min less than \
             11 h: from Sun 2026-11-01 01:30 -06:00 to 12:00 -06:00; the end of `s-1` is read as \
             01:30 -05:00 and could be 01:30 -06:00"
        );
    }
}
