//! Reads what findings are judged by, and writes baselines.

use crate::analyze::Progress;
use crate::baseline::{NoBaseline, ReportedFinding, read_list, read_report, write_list};
use crate::cli::args::{CheckArgs, GateArgs, ReadingArgs, TodayArgs};
use crate::cli::output;
use crate::cli::settings::is_standard_input;
use crate::error::Error;
use crate::gate::{BaselineSettings, GateSettings, Judged, allowed_facts, date_at, iso_date};
use crate::model::allowed::AllowedFacts;
use crate::model::gate::{Allowance, KnownFinding};
use crate::model::settings::Settings;
use crate::read::content::reason;
use crate::thread_pool::ThreadPool;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// What the findings of a check are judged by.
///
/// # Errors
/// When the baseline cannot be read, or the date is none.
pub(crate) fn of_check(args: &CheckArgs, settings: &Settings) -> Result<GateSettings, Error> {
    if args.gate.write_baseline.as_deref().is_some_and(is_standard_input) {
        let help = Some("name a file: shiftlint check … --write-baseline known.txt".to_owned());
        return Err(Error::usage("a baseline is written to a file, and not to `-`", help));
    }
    let takes_all = args.gate.write_baseline.is_some();
    let baseline = args.gate.baseline.as_ref().filter(|_| !takes_all);
    Ok(GateSettings {
        allowances: allowances(&args.reading, settings),
        today: today(&args.date)?,
        baseline: baseline.map(|path| read(path, &args.gate, settings.jobs)).transpose()?,
        takes_all,
    })
}

/// The allowances alone, for what is no check.
///
/// # Errors
/// When the date is none.
pub(crate) fn of_allowances(
    reading: &ReadingArgs,
    date: &TodayArgs,
    settings: &Settings,
) -> Result<GateSettings, Error> {
    let (allowances, today) = (allowances(reading, settings), today(date)?);
    Ok(GateSettings { allowances, today, ..GateSettings::default() })
}

/// What the allowances of the configuration allow.
///
/// # Errors
/// When the date is none, and those of a check.
pub(crate) fn allowed(
    reading: &ReadingArgs,
    date: &TodayArgs,
    settings: &Settings,
    progress: &Progress,
) -> Result<AllowedFacts, Error> {
    allowed_facts(settings, &of_allowances(reading, date, settings)?, progress)
}

/// The allowances of the configuration, each with the inputs that it is about.
fn allowances(reading: &ReadingArgs, settings: &Settings) -> Vec<Allowance> {
    let of = reading.configured.allowances.iter();
    of.map(|of| {
        let inputs = of.pattern.as_ref().map(|pattern| {
            let about = settings.files.iter().filter(|file| pattern.is_about(file));
            about.map(|file| Arc::clone(&file.shown)).collect()
        });
        Allowance { inputs, ..of.allowance.clone() }
    })
    .collect()
}

/// The date by which allowances expire.
fn today(args: &TodayArgs) -> Result<String, Error> {
    let Some(date) = &args.today else {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        return Ok(date_at(since.as_millis() as i64));
    };
    iso_date(date).ok_or_else(|| {
        let help = Some("expected a date such as 2026-03-02".to_owned());
        Error::usage(format!("--today: `{date}` is no date"), help)
    })
}

/// How many bytes of a baseline are worth more threads than one.
const MANY: usize = 1 << 20;

fn read(path: &str, args: &GateArgs, jobs: Option<usize>) -> Result<BaselineSettings, Error> {
    let refuse = |message: String, help: &str| {
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        Error::usage(format!("--baseline: {message}"), help)
    };
    let bytes = std::fs::read(path).map_err(|error| {
        let help = format!("shiftlint check … --write-baseline {path} writes it");
        refuse(format!("`{path}` cannot be read: {}", reason(&error)), &help)
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| refuse(format!("`{path}` is not UTF-8"), "write it again"))?;
    let pool = ThreadPool::new(if text.len() < MANY { Some(1) } else { jobs })?;
    let list = read_list(&text, &pool);
    if list.is_none() && args.prune_baseline {
        let message = format!("`{path}` is a report, and not a list that can be pruned");
        return Err(refuse(message, "--write-baseline FILE writes a list"));
    }
    let known: Result<Vec<KnownFinding>, _> = list.unwrap_or_else(|| {
        let known = |all: Vec<ReportedFinding>| {
            all.into_iter().filter(|of| !of.is_allowed).map(|of| of.known).collect()
        };
        read_report(&text).map(known)
    });
    let known = known.map_err(|why| refuse(placed(path, &why), &why.help))?;
    Ok(BaselineSettings { path: path.to_owned(), known, is_strict: args.strict_baseline })
}

/// Writes the baseline that was asked for. Whether that could be done: what was not checked or not
/// compared cannot be known.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(judged: &Judged, args: &GateArgs) -> Result<bool, Error> {
    let pruned = args.baseline.as_ref().filter(|_| args.prune_baseline);
    let (Some(path), findings) = (match &args.write_baseline {
        Some(path) => (Some(path), &judged.taken),
        None => (pruned, &judged.kept),
    }) else {
        return Ok(true);
    };
    let report = &judged.report;
    let is_empty = report.complete && report.batch_checked == 0;
    let why = if !report.complete {
        Some("the check is incomplete")
    } else if is_empty {
        Some("there was nothing to check")
    } else if !judged.is_whole && args.write_baseline.is_some() {
        Some("there are more findings than can be compared: check a part of the files")
    } else {
        None
    };
    if let Some(why) = why {
        output::print_aside_line(&format!("error: {path} is not written, because {why}"));
        return Ok(is_empty);
    }
    output::write_text(Path::new(path), &write_list(findings.iter()))?;
    let gone = report.gate.as_ref().and_then(|gate| gate.baseline.as_ref()).map(|of| of.gone.len());
    output::print_aside_line(&match (gone, findings.len()) {
        (Some(gone), left) => format!("{path}: {gone} gone and removed, {left} left"),
        (None, 1) => format!("{path}: 1 finding is known from now on"),
        (None, known) => format!("{path}: {known} findings are known from now on"),
    });
    Ok(true)
}

/// Why a file is no baseline, with its line.
pub(crate) fn placed(path: &str, why: &NoBaseline) -> String {
    let line = why.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{path}{line}: {}", why.message)
}
