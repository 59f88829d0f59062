//! Writes the fixes of a batch for people.

use super::{Fix, FixKind, Fixes};
use crate::report::flowed::{FlowedLines, counted};
use crate::report::visible::shortened;
use std::io::{self, Write};

/// How many fixes of a kind are shown one by one.
const MOST: usize = 100;

/// How much of a changed text is shown.
const MOST_TEXT: usize = 160;

/// Writes the summary, in lines of this width where words allow it. `where_written` says where
/// the changes are: in the diff, or in a folder.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    fixes: &Fixes,
    where_written: WrittenTo<'_>,
    (columns, color): (usize, bool),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = FlowedLines { columns: columns.max(40), color, out };
    headline(fixes, where_written, &mut lines)?;
    for (kind, title) in
        [(FixKind::Safe, "safe"), (FixKind::Suggested, "suggested"), (FixKind::Dropped, "dropped")]
    {
        let all: Vec<&Fix> = fixes.fixes.iter().filter(|fix| fix.kind == kind).collect();
        for fix in all.iter().take(MOST) {
            show(fix, title, where_written, &mut lines)?;
        }
        if all.len() > MOST {
            let more = format!("and {} more; --format json lists all of them", all.len() - MOST);
            lines.labelled(0, 2, &format!("{title}:"), &more)?;
        }
    }
    left(fixes, &mut lines)
}

/// Where the chosen changes go.
#[derive(Debug, Clone, Copy)]
pub enum WrittenTo<'a> {
    /// A diff.
    Diff,
    /// A folder.
    Folder(&'a str),
}

fn headline(
    fixes: &Fixes,
    where_written: WrittenTo<'_>,
    lines: &mut FlowedLines<'_>,
) -> io::Result<()> {
    if fixes.records() == 0 {
        return lines.flow(0, "the batch contains no record");
    }
    if !fixes.report.complete {
        let text = "not all inputs were read as a whole; shiftlint check says why";
        lines.flow(0, text)?;
    }
    if fixes.fixes.is_empty() {
        return lines.flow(0, "nothing can be fixed mechanically");
    }
    let parts: Vec<String> = [FixKind::Safe, FixKind::Suggested, FixKind::Dropped]
        .into_iter()
        .filter(|kind| fixes.count(*kind) > 0)
        .map(|kind| format!("{} {}", fixes.count(kind), kind.name()))
        .collect();
    let chosen = fixes.fixes.iter().filter(|fix| fix.is_chosen && fix.described.is_none()).count();
    let place = match where_written {
        _ if chosen == 0 && fixes.exit_code() == 1 => "what is described is not written".to_owned(),
        _ if chosen == 0 => "nothing is changed".to_owned(),
        WrittenTo::Diff => format!("{} in the diff", counted(in_diff(fixes), "change", "changes")),
        WrittenTo::Folder(folder) => {
            format!("{} in {folder}", counted(chosen, "change", "changes"))
        }
    };
    let all = counted(fixes.fixes.len(), "fix", "fixes");
    lines.flow(0, &format!("{all} of the batch: {}; {place}", parts.join(", ")))
}

fn in_diff(fixes: &Fixes) -> usize {
    fixes.fixes.iter().filter(|fix| fix.is_in_diff).count()
}

fn show(
    fix: &Fix,
    title: &str,
    where_written: WrittenTo<'_>,
    lines: &mut FlowedLines<'_>,
) -> io::Result<()> {
    let cause = fix.cause.map_or(fix.name, |cause| cause.name());
    let label = format!("{title} {} {cause}:", fix.rule);
    lines.labelled(0, 2, &label, &fix.message)?;
    lines.flow(2, &fix.proof)?;
    let is_long = fix.is_chosen
        && fix.described.is_none()
        && !fix.is_in_diff
        && matches!(where_written, WrittenTo::Diff);
    let is_offered = fix.kind == FixKind::Suggested && !fix.is_chosen && fix.uncovers.is_empty();
    let why = match fix.described {
        Some(why) => why,
        None if is_long => "the diff shows no line of over 4 KB",
        None if is_offered => "--suggested adds it",
        None => return Ok(()),
    };
    let place = &fix.record.path;
    let Some(bytes) = &fix.bytes else {
        return lines.flow(2, &format!("to be changed by hand in {place}: {why}"));
    };
    let text = |bytes: &[u8]| shortened(&String::from_utf8_lossy(bytes), MOST_TEXT).into_owned();
    let new = match bytes.new.is_empty() {
        true => "nothing".to_owned(),
        false => format!("`{}`", text(&bytes.new)),
    };
    let (start, end) = (bytes.range.start, bytes.range.end);
    let not = match where_written {
        WrittenTo::Diff => "not in the diff",
        WrittenTo::Folder(_) => "not written",
    };
    let what = format!(
        "{not} ({why}): in {place}, bytes {start} to {end}, `{}` becomes {new}",
        text(&bytes.old)
    );
    lines.flow(2, &what)
}

/// What a person has to decide.
fn left(fixes: &Fixes, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    if fixes.left.is_empty() {
        return Ok(());
    }
    lines.flow(0, "for a person to decide, as shiftlint check shows:")?;
    for count in &fixes.left {
        lines.flow(2, &format!("{:<4} {} {}", count.total(), count.rule.code, count.rule.name))?;
    }
    Ok(())
}
