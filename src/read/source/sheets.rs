//! Opens a workbook as one source for each of its sheets.
//!
//! Sheets are read like the files of a directory: one that is not a schedule is named and not
//! read, and is a doubt if it might hold records. The only sheet, and sheets that the user
//! names, are read like files that the user names.

use super::foreign;
use super::{Content, SkipReason, Source, content, unreadable};
use crate::model::finding::{Problem, brief};
use crate::model::settings::{InputFile, Settings};
use crate::model::source::Role;
use crate::read::json::class::lists_days_off;
use crate::read::workbook::{self, Sheet};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Whether an input that begins so is expanded if it is a workbook.
pub(super) fn may_be_workbook(head: &[u8], file: &InputFile, settings: &Settings) -> bool {
    let is_wanted = settings.format.is_none_or(|name| name == workbook::FORMAT.name);
    is_wanted && file.sheet.is_none() && workbook::may_begin(head)
}

/// The sources of an input that begins like a workbook, of which nothing but the head was read.
pub(super) fn expand(file: &InputFile, content: &dyn Content, settings: &Settings) -> Vec<Source> {
    let refused = |problem| vec![Source::of_content(file, Err(problem), settings)];
    let bytes = match content::read_whole(content, settings.max_unpacked) {
        Ok(bytes) => bytes,
        Err(error) => return refused(unreadable(&error)),
    };
    match workbook::sheets(bytes, settings) {
        Some(Ok(sheets)) => opened(file, sheets, content, settings),
        Some(Err(problem)) => refused(problem),
        None => refused(foreign::another_archive()),
    }
}

/// The sheets of a workbook, opened.
fn opened(
    file: &InputFile,
    sheets: Vec<Sheet>,
    content: &dyn Content,
    settings: &Settings,
) -> Vec<Source> {
    let alone = sheets.iter().filter(|sheet| !sheet.csv.is_empty()).count() < 2;
    let off = sheets.iter().any(|sheet| lists_days_off(&sheet.name));
    let mut sources = Vec::new();
    let only = sheets.iter().position(|sheet| !sheet.csv.is_empty()).unwrap_or(0);
    for (place, sheet) in sheets.into_iter().enumerate() {
        let is_named = settings.names_sheet(&sheet.name);
        let chosen = is_named || alone && place == only && settings.sheets.is_empty();
        let input = file.sheet(&sheet.name, chosen, sheet.csv);
        let mut source = Source::open(&input, settings);
        (source.sheet_notes, source.outer) = (sheet.notes, Some(content.wrapping()));
        if !is_named && !settings.sheets.is_empty() {
            source.leave_aside(SkipReason::harmless("--sheet names other sheets"));
        } else if !chosen && file.role == Role::TimeOff && off && !lists_days_off(&sheet.name) {
            let why = "its name does not say that it holds time off, as that of another sheet does";
            source.leave_aside(SkipReason::doubtful(why));
        }
        sources.push(source);
    }
    leave_copies_aside(&mut sources);
    let is_read = |source: &Source| source.aside().is_none();
    let is_doubtful = |source: &Source| source.aside().is_some_and(|aside| aside.doubtful);
    if !file.found && !sources.iter().any(|source| is_read(source) || is_doubtful(source)) {
        let problem = no_schedule(&sources, settings);
        match sources.first_mut() {
            Some(first) => {
                first.take_back();
                first.refuse(problem);
            }
            None => return vec![Source::of_content(file, Err(problem), settings)],
        }
    }
    sources
}

/// Why nothing of a workbook is read.
fn no_schedule(sources: &[Source], settings: &Settings) -> Problem {
    let names: Vec<String> = sources
        .iter()
        .filter_map(|source| Some(format!("`{}`", brief(source.sheet_name()?))))
        .collect();
    let found = match names.is_empty() {
        true => "there is none".to_owned(),
        false => format!("found {}", names.join(", ")),
    };
    let message = match settings.sheets.is_empty() {
        true => format!("no sheet of this workbook is read as a schedule: {found}"),
        false => format!("--sheet names no sheet of this workbook: {found}"),
    };
    let help = "name the sheet with --sheet NAME: then the report says what it lacks".to_owned();
    Problem { line: None, column: None, message, help: Some(help) }
}

/// Sets each sheet aside of whose rows, or of whose earlier counterpart's, at least half are
/// in both: the same roster twice would be a list of duplicates.
fn leave_copies_aside(sources: &mut [Source]) {
    let hasher = RandomState::new();
    let mut known: Vec<(String, bool, HashMap<u64, u32>)> = Vec::new();
    for source in sources.iter_mut() {
        let is_candidate = source.aside().is_none()
            && !source.is_refused()
            && source.file.may_be_left_aside()
            && source.file.role.claims_time();
        let Some(name) = source.sheet_name().map(str::to_owned).filter(|_| is_candidate) else {
            continue;
        };
        let rows = source.rows_as_counted(&hasher);
        let (off, count) = (lists_days_off(&name), rows.values().sum::<u32>());
        let same = known.iter().find_map(|(other, kind, others)| {
            let both = rows.iter().map(|(row, count)| *others.get(row).unwrap_or(&0).min(count));
            let (both, fewer) = (both.sum::<u32>(), count.min(others.values().sum()));
            (*kind == off && fewer > 0 && 2 * both >= fewer).then_some((other, both))
        });
        match same {
            Some((other, both)) => {
                let rows = if both == 1 { "1 row is" } else { &format!("{both} rows are") };
                let why = format!(
                    "{rows} in sheet `{}` as well, so that one may be a copy",
                    brief(other)
                );
                source.leave_aside(SkipReason::doubtful(&why));
            }
            None => known.push((name, off, rows)),
        }
    }
}

impl Source {
    /// The hashes of the rows of a sheet below its header that are not empty, each with its
    /// number.
    fn rows_as_counted(&self, hasher: &RandomState) -> HashMap<u64, u32> {
        let start = self.document.as_ref().map_or(0, |document| document.outset().start);
        let bytes = self.file.bytes.as_deref().unwrap_or_default();
        let mut rows = HashMap::new();
        for row in bytes.get(start..).unwrap_or_default().split(|byte| *byte == b'\n') {
            if row.iter().any(|byte| *byte != b',') {
                *rows.entry(hasher.hash_one(row)).or_default() += 1;
            }
        }
        rows
    }
}
