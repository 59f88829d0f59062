//! Compares the findings of two reports: what is new, what is fixed, and what is still there.

use crate::baseline::{Matches, ReportedFinding, match_all};
use crate::model::gate::FindingKey;
use crate::report::json::members::{push_integer, push_list, push_maybe, push_word};
use crate::report::markdown_words;
use crate::report::visible::visible;
use std::io::{self, Write};

/// How two reports differ, each part in the order of its report.
#[derive(Debug)]
pub struct Difference {
    /// Findings of the second report alone.
    pub new: Vec<ReportedFinding>,
    /// Findings of the first report alone.
    pub fixed: Vec<ReportedFinding>,
    /// Findings of both, as the second report has them.
    pub still_there: Vec<ReportedFinding>,
}

impl Difference {
    /// Between the findings of two reports.
    #[must_use]
    pub fn between(old: Vec<ReportedFinding>, new: Vec<ReportedFinding>) -> Difference {
        let keys = |all: &[ReportedFinding]| -> Vec<FindingKey> {
            all.iter().map(|finding| finding.known.key).collect()
        };
        let Matches { earlier, unmatched } = match_all(&keys(&old), &keys(&new));
        let (still_there, new): (Vec<_>, Vec<_>) =
            new.into_iter().zip(earlier).partition(|(_, earlier)| earlier.is_some());
        let first = |all: Vec<(ReportedFinding, Option<usize>)>| {
            all.into_iter().map(|(finding, _)| finding).collect()
        };
        let mut unmatched = unmatched.into_iter().peekable();
        let mut fixed = old;
        let mut place = 0..;
        fixed.retain(|_| place.next().is_some_and(|at| unmatched.next_if_eq(&at).is_some()));
        Difference { fixed, new: first(new), still_there: first(still_there) }
    }

    /// The parts with their names, the news first.
    fn parts(&self) -> [(&'static str, &[ReportedFinding]); 3] {
        [("new", &self.new), ("fixed", &self.fixed), ("still there", &self.still_there)]
    }

    /// `1 new, 2 fixed, 14 still there`.
    fn counts(&self) -> String {
        self.parts().map(|(name, part)| format!("{} {name}", part.len())).join(", ")
    }
}

/// Writes a line for each finding that is new or fixed; with `all`, for those that are still there.
///
/// # Errors
/// Those of writing.
pub fn write_text(difference: &Difference, all: bool, out: &mut dyn Write) -> io::Result<()> {
    for (name, part) in difference.parts().into_iter().take(if all { 3 } else { 2 }) {
        for finding in part {
            writeln!(out, "{name}: {} {}", finding.known.rule, visible(&finding.message))?;
        }
    }
    writeln!(out, "{}", difference.counts())
}

/// Writes a Markdown section with a table.
///
/// # Errors
/// Those of writing.
pub fn write_markdown(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## shiftlint: {}\n", difference.counts())?;
    let [news, fixed, _] = difference.parts();
    if news.1.is_empty() && fixed.1.is_empty() {
        return Ok(());
    }
    writeln!(out, "| | rule | what |\n|---|---|---|")?;
    for (name, part) in [news, fixed] {
        for finding in part {
            let message = markdown_words(&finding.message);
            writeln!(out, "| {name} | {} | {message} |", finding.known.rule)?;
        }
    }
    Ok(())
}

/// Writes the difference as a JSON document.
///
/// # Errors
/// Those of writing.
pub fn write_json(difference: &Difference, tzdb: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("{\n  \"schema\": 1,\n  \"tool\": ");
    push_word(&mut text, "{\"name\":\"shiftlint\",\"version\":", env!("CARGO_PKG_VERSION"));
    push_word(&mut text, ",\"tzdb\":", tzdb);
    text.push_str("},\n  \"report\": \"diff\"");
    for (key, part) in ["new", "fixed", "still_there"].into_iter().zip(difference.parts()) {
        push_list(&mut text, &format!(",\n  \"{key}\": "), part.1, push_finding);
    }
    text.push_str("\n}\n");
    out.write_all(text.as_bytes())
}

fn push_finding(text: &mut String, finding: &ReportedFinding) {
    let known = &finding.known;
    push_word(text, "\n    {\"rule\":", &known.rule);
    push_maybe(text, ",\"agent\":", known.agent.as_deref());
    push_list(text, ",\"ids\":", &known.ids, |text, id| push_word(text, "", id));
    push_maybe(text, ",\"start\":", known.start.as_deref());
    push_integer(text, ",\"minutes\":", known.key.minutes);
    push_word(text, ",\"message\":", &finding.message);
    push_word(text, ",\"fingerprint\":", &known.key.fingerprint.to_string());
    text.push('}');
}
