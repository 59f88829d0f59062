//! Writes what allowances and a baseline made of the findings.

use crate::model::finding::Report;
use crate::model::gate::{AllowanceOutcome, BaselineOutcome, KnownFinding};
use crate::model::rule::Severity;
use crate::report::Style;
use crate::report::page::{AnsiStyle, Page, counted, grouped};

/// The most findings that are gone and named.
const MOST_GONE: usize = 10;

/// Writes which findings do not count and why, and what is to be tidied up.
pub(super) fn write(page: &mut Page, report: &Report, style: &Style) {
    let Some(gate) = &report.gate else { return };
    if style.quiet {
        if gate.fails() {
            gate.baseline.iter().for_each(|baseline| write_baseline(page, baseline, style));
        }
        return;
    }
    if !style.verbose
        && let Some(words) = excused(report)
    {
        page.flow(&format!("{words} not shown (--verbose shows all)"), 0, 2);
    }
    for outcome in &gate.allowances {
        write_allowance(page, outcome, style);
    }
    if let Some(baseline) = &gate.baseline {
        write_baseline(page, baseline, style);
    }
    if let Some(today) = &gate.today {
        page.flow(&format!("allowances are those of {today}"), 0, 2);
    }
}

/// `12 known and 3 allowed findings are`; `None` if all findings count.
fn excused(report: &Report) -> Option<String> {
    let [known, allowed] = report.gate.as_ref()?.totals();
    let kinds = [(known, "known"), (allowed, "allowed")];
    let words: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{} {name}", grouped(*count)))
        .collect();
    let noun = if known + allowed == 1 { "finding is" } else { "findings are" };
    (!words.is_empty()).then(|| format!("{} {noun}", words.join(" and ")))
}

fn write_allowance(page: &mut Page, outcome: &AllowanceOutcome, style: &Style) {
    let is_plain = !outcome.is_expired && outcome.matches > 0;
    if is_plain && !style.verbose {
        return;
    }
    page.painted(AnsiStyle::BOLD, "allowance");
    page.flow(&format!(" {}", allowance_words(outcome)), "allowance".len(), 2);
}

/// `shiftlint.toml:12 (OV101) allows 3 findings: cover for the fair`.
pub(crate) fn allowance_words(outcome: &AllowanceOutcome) -> String {
    let AllowanceOutcome { allowance, is_expired, matches } = outcome;
    let findings = counted(*matches, "finding", "findings");
    let what = match (is_expired, &allowance.until, matches) {
        (true, Some(until), 0) => format!("ended with {until} and matches no finding; remove it"),
        (true, Some(until), 1) => format!("ended with {until}, so that 1 finding counts again"),
        (true, Some(until), _) => format!("ended with {until}, so that {findings} count again"),
        (_, _, 0) => "matches no finding of this check".to_owned(),
        _ => format!("allows {findings}: {}", allowance.reason),
    };
    format!("{} ({}) {what}", allowance.place, allowance.rule.code)
}

fn write_baseline(page: &mut Page, baseline: &BaselineOutcome, style: &Style) {
    let BaselineOutcome { path, entries, gone, is_strict } = baseline;
    if gone.is_empty() {
        return;
    }
    let (ink, word) = match is_strict {
        true => (AnsiStyle::of(Severity::Error), "error"),
        false => (AnsiStyle::BOLD, "baseline"),
    };
    page.painted(ink, word);
    let (count, of) = (grouped(gone.len() as u64), counted(*entries, "finding", "findings"));
    let why = if *is_strict { "--strict-baseline fails; " } else { "" };
    let line = format!(": {count} of {of} in {path} gone ({why}--prune-baseline removes them)");
    page.flow(&line, word.len(), 2);
    if style.verbose || *is_strict {
        for words in gone_words(gone) {
            page.flow(&format!("gone: {words}"), 0, 4);
        }
    }
}

/// The first findings that are gone, and how many more.
pub(crate) fn gone_words(gone: &[KnownFinding]) -> impl Iterator<Item = String> {
    let more = gone.len().saturating_sub(MOST_GONE) as u64;
    let rest = (more > 0).then(|| format!("… and {} more", grouped(more)));
    gone.iter().take(MOST_GONE).map(called).chain(rest)
}

/// `OV101 of agent anna on 2026-03-02: s-1, s-2`.
fn called(known: &KnownFinding) -> String {
    let agent = known.agent.as_ref().map(|agent| format!(" of agent {agent}"));
    let day = known.start.as_ref().and_then(|start| start.get(..10));
    let day = day.map(|day| format!(" on {day}"));
    let ids = (!known.ids.is_empty()).then(|| format!(": {}", known.ids.join(", ")));
    let parts = [agent, day, ids].map(Option::unwrap_or_default);
    format!("{}{}", known.rule, parts.concat())
}

/// `passed: 0 new, 12 known, 3 allowed`; `None` if nothing but the check judged the findings.
pub(super) fn standing(report: &Report) -> Option<String> {
    let gate = report.gate.as_ref()?;
    let word = if report.fails() { "failed" } else { "passed" };
    let [known, allowed] = gate.totals();
    let [new, known, allowed] = [report.count_of_new(), known, allowed].map(grouped);
    let gone = gate.baseline.as_ref().filter(|of| !of.gone.is_empty());
    let gone = gone.map(|of| format!(", {} gone", grouped(of.gone.len() as u64)));
    Some(format!("{word}: {new} new, {known} known, {allowed} allowed{}", gone.unwrap_or_default()))
}
