//! ID104: an agent who is not among the known ones.

use crate::judge::page::rule;
use crate::judge::wording::{agent, any_of, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// With `--agents`: a record belongs to an agent who is in none of these files. Names are
    /// compared as they are written, so that `Anna` and `anna` are two.
    ///
    /// ### Why it matters
    ///
    /// A record for an agent whom the server does not know cannot be published, and one bad name
    /// may bring back the whole request. Here it also has no zone from the agents' file, and is
    /// compared with no other record of the agent who was meant.
    ///
    /// ### Example
    ///
    /// A letter is missing.
    ///
    /// ```csv agents.csv
    /// agent,name,zone,team
    /// anna,Anna Ito,America/Chicago,claims
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// ana,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --agents agents.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the name, or fetch the agents again if this one is new. If many are unknown, the two
    /// files name agents by different things: an id in one, a mail address in the other. Name the
    /// right column with `--map agent=COLUMN`.
    Rule {
        code: "ID104",
        name: "unknown-agent",
        severity: Some(Severity::Error),
        summary: "with `--agents`, an agent is not among them",
        trigger: Trigger::Notice(NoticeKind::UnknownAgent),
        describe,
        subject,
    }
}

/// Its agent; of a swap the one whom the finding is about.
fn subject(record: &Record, agent: Option<&str>) -> &'static [Field] {
    let is_other = record.trade.is_some() && agent != Some(&record.agent);
    if is_other { &[Field::WithAgent] } else { &[Field::Agent] }
}

fn describe(case: &Case<'_>) -> Words {
    let message = format!("{} is not among those of `--agents`", agent(case.agent));
    let otherwise = "fetch the agents again, or name the column both files share with \
                     `--map agent=COLUMN`";
    let help = if case.nearest.is_empty() {
        format!("correct the name, {otherwise}")
    } else {
        format!("did you mean {}? If it is right, {otherwise}", any_of(case.nearest))
    };
    words(message, help)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::case;
    use crate::model::finding::Case;

    #[test]
    fn near_names_are_offered() {
        let nearest = ["7f3d".to_owned(), "7e3c".to_owned()];
        let words = describe(&Case { nearest: &nearest, ..case(&[]) });
        assert_eq!(words.message, "agent `7f3c` is not among those of `--agents`");
        assert!(words.help.starts_with("did you mean `7f3d` or `7e3c`?"), "{}", words.help);
        assert!(describe(&case(&[])).help.starts_with("correct the name, fetch"));
    }
}
