//! ID106: one agent under two spellings, or two agents with one name.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{first, second, words};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// One agent is written in two ways: with other capitals, spaces, accents (`Müller`, `Mueller`),
    /// letters or Unicode normalisation, leading zeros, `.0` or a comma in a number, the last name first
    /// (`Lee, Anna`, `LEE Anna`), a hyphen for a space, a title before the name, or a mark or bracket
    /// after it (`Emp001 (OT)`). Or `--agents` has a name only in another spelling. Or two agents have one
    /// name, and `--agents` does not have them as two. One of the two records is in the batch. A pair is
    /// reported once, with the first record of each. Initials and first names alone are other names.
    ///
    /// ### Why it matters
    ///
    /// Overlaps are looked for within the records of one agent. Each spelling is an agent of its own, as
    /// it is to many servers, and overlaps between the two are not seen.
    ///
    /// ### Example
    ///
    /// A spreadsheet has taken the zeros away.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// 7,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// 007,p-3,2026-03-02T14:00:00-06:00,2026-03-02T22:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// If both are one agent, write the names alike, or check with `--fold-agents`, which takes all
    /// spellings of a name for one and finds the overlaps between them. Of two ids with one name, find
    /// out whether they are two people; a list of agents that has both (`--agents`) says so.
    Rule {
        code: "ID106",
        name: "two-spellings",
        severity: Some(Severity::Warning),
        summary: "one agent under two spellings, or two agents with one name",
        trigger: Trigger::Notice(NoticeKind::TwoSpellings),
        describe,
        subject: subject::agent,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let names = named(first(case), case.agent, second(case));
    if let [listed] = case.nearest {
        return words(
            format!(
                "one agent may be written in two ways, {names} and `{}` in `--agents`: the record is \
                 compared with no other record of the agent in the list",
                brief(listed)
            ),
            "if both are one agent, write the names alike, or check with `--fold-agents`",
        );
    }
    if case.detail != Detail::TwoAgents {
        return words(
            format!(
                "one agent may be written in two ways, {names}: each spelling is checked as an agent \
                 of its own, and overlaps between them are not found"
            ),
            "if both are one agent, write the names alike, or check with `--fold-agents`",
        );
    }
    words(
        format!(
            "two agents have one name, {names}: each is checked by itself, and overlaps between them \
             are not found"
        ),
        "if both are one person, write one id; if they are two, a list of agents that has both \
         (`--agents FILE`) says so",
    )
}

/// `` `7` (batch.csv:2) and `007` (live.csv:2) ``.
fn named(one: Option<&Record>, agent: &str, other: Option<&Record>) -> String {
    let of = |record: &Record| match record.agent.is_empty() {
        true => record.place(),
        false => format!("`{}` ({})", brief(&record.agent), record.place()),
    };
    match (one, other) {
        (Some(one), Some(other)) => format!("{} and {}", of(one), of(other)),
        (Some(one), None) => of(one),
        _ if agent.is_empty() => "in these files".to_owned(),
        _ => format!("one of them `{}`", brief(agent)),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn both_spellings_are_named_with_their_places() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-1", start, end), live("p-1", start, end)];
        (records[0].agent, records[1].agent) = ("Anna".into(), "anna".into());
        let words = describe(&case(&records));
        let places = [records[0].place(), records[1].place()];
        assert_eq!(
            words.message,
            format!(
                "one agent may be written in two ways, `Anna` ({}) and `anna` ({}): each spelling is \
                 checked as an agent of its own, and overlaps between them are not found",
                places[0], places[1]
            )
        );
        let listed = ["anna".to_owned()];
        let of_list = describe(&Case { nearest: &listed, ..case(&records[..1]) });
        let expected = format!("`Anna` ({}) and `anna` in `--agents`: the record", places[0]);
        assert!(of_list.message.contains(&expected), "{of_list:?}");
        let named = describe(&Case { detail: Detail::TwoAgents, ..case(&records) });
        assert!(named.message.starts_with("two agents have one name, `Anna` ("), "{named:?}");
    }
}
