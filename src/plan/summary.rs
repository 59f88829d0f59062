//! A plan becomes a few lines for people: what goes, what waits and why, and what would help.

use super::{HeldRecord, OWN_REASONS, Plan};
use crate::judge::RULES;
use crate::model::finding::Record;
use crate::report::allowance_words;
use crate::report::flowed::FlowedLines;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Writes the summary, in lines of this width where words allow it.
///
/// # Errors
/// When it cannot be written.
pub fn write(plan: &Plan, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = FlowedLines { columns: columns.max(40), color: false, out };
    what_goes(plan, &mut lines)?;
    if !plan.held.is_empty() {
        what_waits(plan, &mut lines)?;
    }
    if plan.live > 0 {
        let (what, are) = counted(plan.live, "record");
        lines.flow(0, &format!("{what} {are} live already, and not sent again"))?;
    }
    for outcome in plan.allowances.iter().filter(|of| of.matches > 0) {
        lines.flow_under(0, 2, &format!("allowance {}", allowance_words(outcome)))?;
    }
    Ok(())
}

fn what_goes(plan: &Plan, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    let Plan { sent, records, .. } = plan;
    let chunks: usize = plan.lanes.iter().sum();
    if *sent == 0 {
        return lines.flow(0, &format!("none of {} can go now", counted(*records, "record").0));
    }
    let chunks_are = counted(chunks as u64, "chunk").0;
    let lanes_are = match plan.lanes.len() {
        1 => String::new(),
        lanes => format!(" on {lanes} lanes"),
    };
    let of = counted(*records, "record").0;
    let goes = match sent == records {
        true => format!("all {of} can go now"),
        false => format!("{sent} of {of} ({}) can go now", share(*sent, *records)),
    };
    let at = folder(&plan.folder);
    let last = match plan.last_second {
        Some(second) if second > 0 => format!("; the last is sent after {}", clock(second)),
        _ => String::new(),
    };
    lines.flow(0, &format!("{goes}, in {chunks_are}{lanes_are}{last}"))?;
    lines.flow(2, &format!("send   {at}send/, in the order of {at}plan.json"))?;
    if plan.lanes.len() < plan.lanes_wanted {
        let why = format!(
            "{} of {} is all there is: agents, schedules or ids tie the rest together",
            counted(plan.lanes.len() as u64, "lane").0,
            plan.lanes_wanted
        );
        lines.flow(2, &why)?;
    }
    if !plan.proven_largest {
        let why = format!(
            "a larger part is possible, of at most {} more",
            counted(plan.possibly_more, "record").0
        );
        lines.flow(2, &why)?;
    }
    Ok(())
}

fn what_waits(plan: &Plan, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    let held = plan.held.len() as u64;
    let at = folder(&plan.folder);
    let (what, wait) = match held {
        1 => ("1 record".to_owned(), "waits"),
        _ => (format!("{held} records"), "wait"),
    };
    lines.flow(0, &format!("{what} ({}) {wait}:", share(held, plan.records)))?;
    let mut by_rule: BTreeMap<&str, u64> = BTreeMap::new();
    plan.held.iter().for_each(|held| *by_rule.entry(&held.rule).or_default() += 1);
    let mut by_rule: Vec<(&str, u64)> = by_rule.into_iter().collect();
    by_rule.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    let digits = by_rule.first().map_or(1, |(_, count)| count.to_string().len());
    for (rule, count) in by_rule {
        let row = format!("{count:>digits$}  {:>4}  {}", share(count, plan.records), named(rule));
        lines.flow_under(2, digits + 8, &row)?;
    }
    lines.flow(2, &format!("held   {at}hold/, with the reasons in {at}hold/reasons.csv"))?;
    if let Some((record, count)) = most_in_the_way(&plan.held) {
        let role = record.role;
        let what = format!(
            "{count} of them wait for one record alone: {} of agent `{}` ({role}, {})",
            record.call(),
            record.agent,
            record.place()
        );
        lines.flow(2, &what)?;
    }
    Ok(())
}

/// What a rule is called, or what else lets a record wait.
fn named(code: &str) -> String {
    if let Some(rule) = RULES.iter().find(|rule| rule.code == code) {
        return format!("{code} {}", rule.name);
    }
    match OWN_REASONS.iter().find(|(reason, _)| *reason == code) {
        Some((_, words)) => (*words).to_owned(),
        None => format!("the server refused it: {code}"),
    }
}

/// The record for which most others wait, if several do.
fn most_in_the_way(held: &[HeldRecord]) -> Option<(&Record, usize)> {
    let mut waiting: BTreeMap<(&str, u64), (usize, &Record)> = BTreeMap::new();
    for of in held.iter().filter(|of| of.because.len() == 1) {
        let by = &*of.because[0];
        waiting.entry((&by.path, by.number)).or_insert((0, by)).0 += 1;
    }
    let most = waiting
        .into_values()
        .max_by_key(|(count, record)| (*count, std::cmp::Reverse((&*record.path, record.number))));
    most.filter(|(count, _)| *count > 1).map(|(count, record)| (record, count))
}

fn counted(count: u64, one: &str) -> (String, &'static str) {
    match count {
        1 => (format!("1 {one}"), "is"),
        _ => (format!("{count} {one}s"), "are"),
    }
}

/// A share as people read it: `85%`, `<1%`; never 0% or 100% of what is some and not all.
fn share(part: u64, all: u64) -> String {
    match part * 100 / all.max(1) {
        _ if part == all => "100%".to_owned(),
        0 => "<1%".to_owned(),
        percent => {
            let rounded = (part * 200 / all).div_ceil(2);
            format!("{}%", rounded.min(99).max(percent))
        }
    }
}

fn clock(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

fn folder(path: &Path) -> String {
    format!("{}/", path.display().to_string().trim_end_matches('/'))
}
