//! Runs `shiftlint plan`, which writes what of a batch can be sent now, and what waits.

use crate::analyze::Progress;
use crate::cli::args::{KeepArg, PlanArgs, SendArg};
use crate::cli::new_folder::{self, NewFolder, whole};
use crate::cli::{gate, output, progress, settings};
use crate::error::Error;
use crate::model::allowed::AllowedFacts;
use crate::model::finding::Report;
use crate::model::source::Role;
use crate::plan::{self, Keep, PlanOutcome, PlanSettings, Sends};
use crate::report::text;
use crate::thread_pool::ThreadPool;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Plans the batch and writes the folder.
///
/// # Errors
/// When the command line makes no sense or the folder cannot be written.
pub(crate) fn run(args: &PlanArgs) -> Result<ExitCode, Error> {
    let wishes = wishes(args);
    let inputs: Vec<&String> = args.batch.iter().chain(args.reading.side_files()).collect();
    check_folder(("--out", &args.out, args.force), &inputs)?;
    let settings = settings::of_plan(args)?;
    let progress = Arc::new(Progress::default());
    let bar = progress::show_unless(args.no_progress || args.quiet, &settings, &progress);
    let folder = NewFolder::begin(&wishes.folder)?;
    let planned =
        gate::allowed(&args.reading, &args.date, &settings, &progress).and_then(|allowed| {
            let wishes = PlanSettings { allowed, ..wishes };
            plan::plan(&settings, &wishes, &folder, &progress)
        });
    drop(bar);
    let outcome = planned?;
    if matches!(outcome, PlanOutcome::Planned(_)) {
        folder.finish()?;
    }
    match outcome {
        PlanOutcome::Refused(report) => refuse(*report, args),
        PlanOutcome::Planned(plan) => {
            if !args.quiet {
                output::print_fitting(|columns, out| plan::write_summary(&plan, columns, out))?;
            }
            let complete = plan.complete;
            let code = if !complete { 3 } else { u8::from(!plan.held.is_empty()) };
            std::mem::forget(plan);
            Ok(ExitCode::from(code))
        }
    }
}

fn wishes(args: &PlanArgs) -> PlanSettings {
    PlanSettings {
        folder: PathBuf::from(&args.out),
        chunk: args.chunk,
        lanes: args.lanes,
        per_minute: args.per_minute.map(std::num::NonZeroU32::get),
        keep: match args.keep {
            KeepArg::MostShifts => Keep::MostShifts,
            KeepArg::MostHours => Keep::MostHours,
        },
        sends: Sends {
            pending: args.send.contains(&SendArg::Pending),
            possible: args.send.contains(&SendArg::Possible),
        },
        one_by_one: args.one_by_one,
        partial: args.partial,
        allowed: AllowedFacts::default(),
        previous: None,
    }
}

/// Refuses a folder that holds something else, or that a later run would read. It is named by an
/// option, and replaced if it is a plan and `is_forced`.
///
/// # Errors
/// When it is such a folder.
pub(crate) fn check_folder(
    (option, name, is_forced): (&str, &str, bool),
    inputs: &[&String],
) -> Result<(), Error> {
    let folder = Path::new(name);
    let shown = folder.display();
    if name.trim().is_empty() {
        let help = Some("name a folder that does not exist yet".to_owned());
        return Err(Error::usage(format!("the name behind {option} is empty"), help));
    }
    if folder.symlink_metadata().is_ok() {
        let is_plan = holds_plan(folder);
        let (message, help) = match (is_forced, is_plan) {
            (true, true) => ("", ""),
            (false, true) if option == "--out" => ("exists", "--force replaces the plan in it"),
            (false, true) => ("exists", "name a folder that does not exist yet"),
            (_, false) => ("exists, and is not a plan", "name a folder that does not exist yet"),
        };
        if !message.is_empty() {
            let message = format!("{option}: `{shown}` {message}");
            return Err(Error::usage(message, Some(help.to_owned())));
        }
    }
    let read = |input: &&&String| whole(Path::new(input.as_str())).starts_with(whole(folder));
    if let Some(input) = inputs.iter().find(read) {
        let message = format!("{option}: `{shown}` holds `{input}`, which is an input");
        let help = "name another folder: this one would be replaced";
        return Err(Error::usage(message, Some(help.to_owned())));
    }
    new_folder::refuse_within_inputs((option, folder), inputs.iter().copied(), "the plan")
}

/// Whether a folder is a plan and nothing else.
fn holds_plan(folder: &Path) -> bool {
    let manifest = std::fs::File::open(folder.join(plan::MANIFEST));
    manifest
        .and_then(|manifest| Ok(plan::is_plan(folder, manifest, &files_of(folder)?)))
        .unwrap_or(false)
}

/// All files in a folder and its folders. A link is a file.
fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let all = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            all.push(entry.path());
        }
    }
    Ok(files)
}

/// Says why there is no plan.
fn refuse(mut report: Report, args: &PlanArgs) -> Result<ExitCode, Error> {
    let batch = report.inputs.iter().filter(|input| input.role == Role::Batch);
    let is_empty = batch.map(|input| input.fates.records).sum::<u64>() == 0;
    // Why single records would wait is not what stands in the way of a plan.
    report.findings.clear();
    report.rules.clear();
    report.inputs.iter_mut().for_each(|input| input.reading = None);
    output::show(&report, &text::REPORTER, args.colors.color, &ThreadPool::new(Some(1))?)?;
    if report.complete && is_empty {
        return Ok(ExitCode::from(4));
    }
    output::print("no plan was written; --partial makes one of what could be read\n")?;
    Ok(ExitCode::from(3))
}
