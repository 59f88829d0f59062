//! RD117: a file of a directory, or a sheet of a workbook, was not read.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// A directory was given, and a file in it was not read although it may hold records: nothing reads
    /// its format, or it is a file of another role, such as swaps among a batch. Or a workbook was given,
    /// and a sheet of it was not read although it holds dates or times: its columns are not those of a
    /// schedule, its name says that it is a template or an archive, or at least half of its rows are in
    /// another sheet as well. Whatever a sheet or a table is called, it is asked about if one of its cells
    /// is an agent of the inputs beside days or times. Lists of codes, holidays, addresses and agents
    /// without that are noted.
    ///
    /// ### Why it matters
    ///
    /// What was not read was not checked.
    ///
    /// ### Example
    ///
    /// ```csv week/a.csv
    /// agent,start,end
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// ```
    ///
    /// ```csv week/b.xls
    /// x
    /// ```
    ///
    /// ```console
    /// $ shiftlint check week
    /// ```
    ///
    /// ### What to do
    ///
    /// Convert the file, give it by its own option (`--swaps FILE`), or accept that it is skipped:
    /// `--accept RD117=week/b.xls`. Of a workbook, name the sheets that are to be read
    /// (`--sheet Shifts --sheet 'Time Off'`), or accept that the sheet is skipped:
    /// `--accept 'RD117=week.xlsx:Old plan'`.
    DoubtKind {
        code: "RD117",
        name: "unread-file",
        summary: "a file of a directory, or a sheet of a workbook, was not read",
    }
}

/// A file that was not read, why, and the option that reads it.
#[must_use]
pub fn doubt(about: &About<'_>, why: &str, option: Option<&str>) -> Doubt {
    let accept = acceptance(&KIND, &About::file(about.path));
    let mut answers = Vec::new();
    if let Some(option) = option {
        answers.push(Answer::options("to read it", &[option, about.path]));
    }
    answers.push(Answer::options("if it does not belong to the check", &["--accept", &accept]));
    new(&KIND, about, format!("this file was not read: {why}"), format!("not read: {why}"), answers)
}

/// A sheet of a workbook that was not read, why, and the option that reads it.
#[must_use]
pub fn of_sheet(about: &About<'_>, why: &str, option: Option<&str>, sheets: &Sheets<'_>) -> Doubt {
    let accept = acceptance(&KIND, &About::file(about.path));
    let options = |names: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| ["--sheet", name]).map(str::to_owned).collect()
    };
    let mut answers = Vec::new();
    if let Some(option) = option {
        answers.push(Answer::options("to read it", &[option, sheets.workbook]));
    }
    let others: Vec<String> = if sheets.alone { options(&sheets.read) } else { Vec::new() };
    let words = |options: &[String], when: &str| {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        Answer::options(when, &options)
    };
    if !others.is_empty() {
        answers.push(words(&others, "if only the others belong to the check"));
    }
    answers.push(Answer::options("if it does not belong to the check", &["--accept", &accept]));
    if option.is_none() && sheets.alone {
        let both = [others, options(&[sheets.name])].concat();
        answers.push(words(&both, "to read it as well"));
    }
    let message = format!("this sheet was not read: {why}");
    new(&KIND, about, message, format!("not read: {why}"), answers)
}

/// The sheets of a workbook, for the answers to a doubt about one of them.
#[derive(Debug, Clone)]
pub struct Sheets<'a> {
    /// The path of the workbook.
    pub workbook: &'a str,
    /// The sheet that was not read.
    pub name: &'a str,
    /// Those that were.
    pub read: Vec<&'a str>,
    /// Whether no other workbook is an input, whose sheets `--sheet` would be about as well.
    pub alone: bool,
}
