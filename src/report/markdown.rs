//! Writes a report as Markdown, for step summaries, merge requests and tickets.
//!
//! GitHub refuses a summary of more than 1 MiB, so that findings end before that, and how many
//! are left out is said. The conflicts come first.

use super::annotation::{Annotation, UnshownFindings, annotations, beside_findings};
use super::page::{Page, grouped};
use super::visible::visible;
use super::{Reporter, Style, summary};
use crate::model::finding::{Finding, Record, Report};
use crate::model::rule::Severity;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// Markdown for step summaries.
pub(super) static REPORTER: Reporter =
    Reporter { name: "markdown", summary: "Markdown for step summaries and tickets", write };

/// The most bytes that the rows of findings may take: a summary may have 1 MiB.
const MOST: usize = 900_000;

fn write(report: &Report, style: &Style, _: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut text = format!("## shiftlint: {}\n\n", report.verdict.name());
    push_block(&mut text, &outcome(report));
    push_rules(&mut text, report);
    push_hindrances(&mut text, report);
    if !style.quiet {
        push_findings(&mut text, report);
    }
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The totals and the verdict, as people read them in text.
fn outcome(report: &Report) -> String {
    let mut page = Page::new(&Style { width: 100, ..Style::PLAIN });
    summary::write_outcome(&mut page, report);
    page.text
}

/// Adds text as it is, between fences that are longer than any in it.
fn push_block(text: &mut String, lines: &str) {
    let longest = lines.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    text.push_str(&format!("{fence}text\n{}\n{fence}\n\n", lines.trim_end()));
}

/// Adds a table of how often each rule applied.
fn push_rules(text: &mut String, report: &Report) {
    if report.rules.is_empty() {
        return;
    }
    text.push_str("| rule | errors | warnings | infos |\n|---|---:|---:|---:|\n");
    for count in &report.rules {
        let [infos, warnings, errors] = count.by_severity.map(grouped);
        let (code, name) = (count.rule.code, count.rule.name);
        text.push_str(&format!("| {code} {name} | {errors} | {warnings} | {infos} |\n"));
    }
    text.push('\n');
}

/// Adds why there is no all-clear whatever is found, if that is so.
fn push_hindrances(text: &mut String, report: &Report) {
    let before = text.len();
    for annotation in beside_findings(report) {
        let place = place(&annotation.path, annotation.line);
        let (title, words) = (annotation.title(), escaped(&annotation.with_help()));
        text.push_str(&format!("- **{title}** {}: {words}\n", escaped(&place)));
    }
    if text.len() > before {
        text.push('\n');
    }
}

fn push_findings(text: &mut String, report: &Report) {
    let mut left = UnshownFindings::of(report);
    let mut rows = String::new();
    for annotation in annotations(report) {
        let Some(finding) = annotation.finding else { continue };
        let row = row(&annotation, finding);
        if rows.len() + row.len() <= MOST {
            rows.push_str(&row);
        } else {
            left.add(annotation.severity);
        }
    }
    if !rows.is_empty() {
        text.push_str("| | rule | what | records |\n|---|---|---|---|\n");
        text.push_str(&rows);
        text.push('\n');
    }
    if let Some(left) = left.words() {
        text.push_str(&format!("… and {left} more that are not shown here.\n"));
    }
}

fn row(annotation: &Annotation<'_>, finding: &Finding) -> String {
    let sign = match annotation.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Info => "ℹ️",
    };
    let records: Vec<String> = finding.records.iter().map(|record| called(record)).collect();
    let help = match &*annotation.help {
        "" => String::new(),
        help => format!("<br>→ {}", escaped(help)),
    };
    format!(
        "| {sign} {} | {} | {}{help} | {} |\n",
        annotation.severity.name(),
        annotation.title(),
        escaped(&annotation.message),
        records.join("<br>")
    )
}

/// `batch.csv:13`, and the id of the record.
fn called(record: &Record) -> String {
    let place = escaped(&place(record.file(), Some(record.line)));
    match &record.id {
        Some(id) => {
            format!("{place} {}", escaped(&format!("`{}`", crate::model::finding::brief(id))))
        }
        None => place,
    }
}

fn place(path: &str, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

/// Words of which nothing is taken for markup, a link or a mention, but for code between
/// backticks.
pub(crate) fn escaped(words: &str) -> String {
    let shown = visible(words);
    let mut pieces = shown.split('`');
    let mut text = entities(pieces.next().unwrap_or_default());
    let rest: Vec<&str> = pieces.collect();
    let mut pairs = rest.chunks_exact(2);
    for pair in &mut pairs {
        text.push_str(&format!("<code>{}</code>{}", entities(pair[0]), entities(pair[1])));
    }
    for single in pairs.remainder() {
        text.push_str(&format!("&#96;{}", entities(single)));
    }
    text
}

/// Words with a number in the place of each letter that Markdown or HTML may take for markup.
fn entities(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let mut before = ' ';
    for letter in words.chars() {
        // `://` and `www.` make links of what stands around them.
        let links = letter == '/' && before == ':' || letter == '.' && before == 'w';
        if links || "\\`*_{}[]<>|~&@#!$^=\"'".contains(letter) {
            text.push_str(&format!("&#{};", letter as u32));
        } else {
            text.push(letter);
        }
        before = letter;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{REPORTER, escaped, push_block};
    use crate::report::fixture::{says, style, two_findings, written};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    /// The text that a browser shows of what was escaped.
    fn shown(text: &str) -> String {
        let text = text.replace("<code>", "`").replace("</code>", "`");
        let mut pieces = text.split("&#");
        let mut shown = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (number, rest) = piece.split_once(';').expect("an entity");
            let number: u32 = number.parse().expect("a number");
            shown.push(char::from_u32(number).expect("a letter"));
            shown.push_str(rest);
        }
        shown
    }

    proptest! {
        #[test]
        fn words_come_back_and_are_no_markup(words in "(`|\\||<b>|&lt;|\\*\\*|@ann|http://x|www.x|\\[x\\]\\(y\\)|\n|\\PC){0,12}") {
            let text = escaped(&words);
            prop_assert_eq!(shown(&text), super::visible(&words).into_owned());
            let plain = text.replace("<code>", "").replace("</code>", "");
            prop_assert!(!plain.contains(['|', '<', '>', '`', '@', '*', '_', '[', ']', '\n']), "{}", text);
            prop_assert!(!plain.contains("://") && !plain.contains("www."));
        }

        #[test]
        fn nothing_ends_a_block_early(lines in "[`a\n]{0,20}") {
            let mut text = String::new();
            push_block(&mut text, &lines);
            let fence = text.split("text\n").next().expect("a fence").to_owned();
            let inside = text.trim_end().strip_suffix(&*fence).expect("an end");
            prop_assert!(!inside[fence.len()..].contains(&*fence));
        }
    }

    #[test]
    fn a_summary_stays_below_what_is_accepted() {
        let mut report = two_findings();
        let few = report.findings.clone();
        report.findings = few.iter().cycle().take(20_000).cloned().collect();
        report.rules.truncate(1);
        report.rules[0].by_severity = [20_000; 3];
        for finding in &mut report.findings {
            finding.says = says(&"a message ".repeat(20), "");
        }
        let text = written(&REPORTER, &report, &style(80));
        assert!(text.len() > 800_000 && text.len() < 1 << 20, "{}", text.len());
        assert!(text.contains("more that are not shown here"));
    }
}
