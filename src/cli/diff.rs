//! Runs `shiftlint diff`, which compares two reports or two batches.

use crate::analyze::Progress;
use crate::baseline::{ReportedFinding, can_be_known, is_report, known, read_report};
use crate::calendar::bundled_version;
use crate::cli::args::DiffArgs;
use crate::cli::gate::placed;
use crate::cli::{output, settings};
use crate::diff::{Difference, write_json, write_markdown, write_text};
use crate::error::Error;
use crate::gate::{GateSettings, check};
use crate::model::finding::Report;
use crate::read::content::reason;
use std::io::Read;
use std::process::ExitCode;

/// Compares them and shows the difference.
///
/// # Errors
/// When the command line makes no sense, or the difference cannot be written.
pub(crate) fn run(args: &DiffArgs) -> Result<ExitCode, Error> {
    let (old, new) = (of(&args.old, args)?, of(&args.new, args)?);
    if old.is_batch != new.is_batch {
        let message =
            format!("one of `{}` and `{}` is a report, and the other none", args.old, args.new);
        let help = "compare two reports, or two batches".to_owned();
        return Err(Error::usage(message, Some(help)));
    }
    let complete = old.complete && new.complete;
    let difference = Difference::between(old.findings, new.findings);
    output::print_fitting(|_, out| match &*args.format {
        "json" => write_json(&difference, bundled_version(), out),
        "markdown" => write_markdown(&difference, out),
        _ => write_text(&difference, args.verbose, out),
    })?;
    Ok(ExitCode::from(match complete {
        false => {
            output::print_aside_line("error: a batch could not be read as a whole: check it alone");
            3
        }
        true => u8::from(!difference.new.is_empty()),
    }))
}

/// One side of a comparison.
struct ComparedFindings {
    findings: Vec<ReportedFinding>,
    is_batch: bool,
    complete: bool,
}

fn of(path: &str, args: &DiffArgs) -> Result<ComparedFindings, Error> {
    let Some(text) = report_text(path)? else { return of_batch(path, args) };
    let findings = read_report(&text).map_err(|why| {
        let message = placed(path, &why);
        Error::usage(message, Some(why.help).filter(|help| !help.is_empty()))
    })?;
    Ok(ComparedFindings { findings, is_batch: false, complete: true })
}

/// The text of a file that begins as a report does; `None` of any other.
fn report_text(path: &str) -> Result<Option<String>, Error> {
    if settings::is_standard_input(path) || !std::path::Path::new(path).is_file() {
        return Ok(None);
    }
    let unreadable = |error: std::io::Error| {
        Error::usage(format!("`{path}` cannot be read: {}", reason(&error)), None)
    };
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(1024).read_to_end(&mut head).map_err(unreadable)?;
    if !is_report(&String::from_utf8_lossy(&head)) {
        return Ok(None);
    }
    std::fs::read_to_string(path).map(Some).map_err(unreadable)
}

fn of_batch(path: &str, args: &DiffArgs) -> Result<ComparedFindings, Error> {
    let settings = settings::of_compared(path, args)?;
    let judged = check(&settings, GateSettings::default(), &Progress::default())?;
    let Report { findings, complete, .. } = judged.report;
    let findings = findings.iter().filter(|finding| can_be_known(finding.rule));
    let findings = findings.map(|finding| ReportedFinding {
        known: known(finding),
        message: finding.words().message.clone(),
        is_allowed: false,
    });
    Ok(ComparedFindings { findings: findings.collect(), is_batch: true, complete })
}
