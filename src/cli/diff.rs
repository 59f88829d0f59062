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
use crate::model::fate::Fate;
use crate::model::finding::{Input, Report};
use crate::model::source::Role;
use crate::read::content::reason;
use std::io::Read;
use std::process::ExitCode;

/// Compares them and shows the difference.
///
/// # Errors
/// When the command line makes no sense, or the difference cannot be written.
pub(crate) fn run(args: &DiffArgs) -> Result<ExitCode, Error> {
    refuse_shared_input(args)?;
    let (old, new) = (of(&args.old, args)?, of(&args.new, args)?);
    if old.is_batch != new.is_batch {
        let message =
            format!("one of `{}` and `{}` is a report, and the other none", args.old, args.new);
        let help = "compare two reports, or two batches".to_owned();
        return Err(Error::usage(message, Some(help)));
    }
    if let (false, Some(option)) = (old.is_batch, &args.judging) {
        let message = format!("two reports are compared as they are: leave out --{option}");
        let help = "it is for batches, which are checked; give it to the checks that write the \
                    reports";
        return Err(Error::usage(message, Some(help.to_owned())));
    }
    let gaps: Vec<&Gap> = [&old, &new].into_iter().filter_map(|side| side.gap.as_ref()).collect();
    if let Some(code) = gaps.iter().map(|gap| gap.code).min() {
        gaps.iter().for_each(|gap| output::print_aside_line(&format!("error: {}", gap.message)));
        return Ok(ExitCode::from(code));
    }
    let difference = Difference::between(old.findings, new.findings);
    output::print_fitting(|_, out| match &*args.format {
        "json" => write_json(&difference, bundled_version(), out),
        "markdown" => write_markdown(&difference, out),
        _ => write_text(&difference, args.verbose, out),
    })?;
    Ok(ExitCode::from(u8::from(!difference.new.is_empty())))
}

/// Refuses standard input where it would be read twice: a side file is read for both batches.
fn refuse_shared_input(args: &DiffArgs) -> Result<(), Error> {
    let reading = &args.reading;
    let side_files = [
        &reading.published,
        &reading.base,
        &reading.time_off,
        &reading.unavailable,
        &reading.swaps,
        &reading.agents,
    ];
    let batches = [&args.old, &args.new].into_iter();
    let all = batches.chain(side_files.into_iter().flatten().flat_map(|file| [file, file]));
    match all.filter(|path| settings::is_standard_input(path)).count() {
        0 | 1 => Ok(()),
        _ => Err(settings::two_standard_inputs()),
    }
}

/// One side of a comparison.
struct ComparedFindings {
    findings: Vec<ReportedFinding>,
    is_batch: bool,
    gap: Option<Gap>,
}

/// Why nothing can be compared with a batch.
struct Gap {
    /// The exit code of its check.
    code: u8,
    message: String,
}

impl Gap {
    fn of(path: &str, report: &Report) -> Option<Gap> {
        match (report.complete, report.batch_checked) {
            (false, _) => Some(Gap { code: 3, message: unread(path, report) }),
            (true, 0) => {
                let message =
                    format!("`{path}` has no record to check, so that nothing is compared");
                Some(Gap { code: 4, message })
            }
            _ => None,
        }
    }
}

/// What of a batch, or beside it, could not be read.
fn unread(path: &str, report: &Report) -> String {
    let has_unread = |input: &&Input| !input.is_settled() || input.fates.of(Fate::Unreadable) > 0;
    let input = report.inputs.iter().find(|input| input.problem.is_some());
    let input = input.or_else(|| report.inputs.iter().find(has_unread));
    let problem = input.and_then(|input| Some((&input.path, &input.problem.as_ref()?.message)));
    let problem = problem.map(|(path, message)| format!(": {path}: {message}"));
    let problem = problem.unwrap_or_default();
    match input.filter(|input| input.role != Role::Batch) {
        Some(Input { path: side, .. }) => format!(
            "`{side}`, with which `{path}` is compared, could not be read as a whole{problem}; \
             check them alone"
        ),
        None => format!("`{path}` could not be read as a whole{problem}; check it alone"),
    }
}

fn of(path: &str, args: &DiffArgs) -> Result<ComparedFindings, Error> {
    let Some(text) = report_text(path)? else { return of_batch(path, args) };
    let findings = read_report(&text).map_err(|why| {
        let message = placed(path, &why);
        Error::usage(message, Some(why.help).filter(|help| !help.is_empty()))
    })?;
    Ok(ComparedFindings { findings, is_batch: false, gap: None })
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
    let gap = Gap::of(path, &judged.report);
    let findings = judged.report.findings.iter().filter(|finding| can_be_known(finding.rule));
    let findings = findings.map(|finding| ReportedFinding {
        known: known(finding),
        message: finding.words().message.clone(),
        is_allowed: false,
    });
    Ok(ComparedFindings { findings: findings.collect(), is_batch: true, gap })
}
