//! Reads a plan again, and refuses what has changed since it was made.

use crate::cli::args::{CheckArgs, Command};
use crate::cli::command_line;
use crate::cli::new_folder::path_within;
use crate::error::Error;
use crate::model::settings::{InputFile, Settings};
use crate::model::source::Role;
use crate::plan::{self, PushedFile, PushedPlan, checksum_of};
use crate::read::content::reason;
use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The plan in a folder.
///
/// # Errors
/// When there is none.
pub(crate) fn read(folder: &str) -> Result<PushedPlan, Error> {
    let path = Path::new(folder).join(plan::MANIFEST);
    let refuse = |why: String| {
        let help = "name the folder that `shiftlint plan --out` wrote".to_owned();
        Error::usage(format!("--plan: `{}` {why}", path.display()), Some(help))
    };
    let file =
        File::open(&path).map_err(|error| refuse(format!("cannot be read: {}", reason(&error))))?;
    PushedPlan::read(file).map_err(|why| refuse(format!("is no plan: {why}")))
}

/// Refuses a batch that is not the one which was planned.
///
/// # Errors
/// When a file of it is not one of the plan, or has changed since.
pub(crate) fn refuse_other_batch(plan: &PushedPlan, settings: &Settings) -> Result<(), Error> {
    let given = settings.files.iter().filter(|file| file.role == Role::Batch);
    given.into_iter().try_for_each(|file| {
        refuse_changed(plan.files_of(Role::Batch.name()), file, checksum_of(file).0)
    })
}

/// Takes over the inputs of a plan, and how they were read.
///
/// # Errors
/// When the plan was made by a command that is not understood.
pub(crate) fn take_inputs(args: &mut CheckArgs, plan: &PushedPlan) -> Result<(), Error> {
    let (batch, mut reading, times) = match command_line::parse_words(&plan.options.command) {
        Some(Command::Plan(of)) => (of.batch, of.reading, of.times),
        Some(Command::Triage(of)) => (of.batch, of.reading, of.times),
        _ => {
            let help = "it was made by another version of shiftlint; plan again".to_owned();
            let message = "--plan: the command that made the plan is not understood";
            return Err(Error::usage(message, Some(help)));
        }
    };
    reading.jobs = args.reading.jobs;
    (args.batch, args.reading, args.times) = (batch, reading, times);
    Ok(())
}

/// Refuses a plan whose inputs or chunks have changed since it was made.
///
/// # Errors
/// When one has, cannot be read, or is missing.
pub(crate) fn refuse_stale(
    folder: &str,
    plan: &PushedPlan,
    settings: &Settings,
) -> Result<(), Error> {
    for file in &settings.files {
        let now = checksum_of(file).0;
        if now.is_none() {
            let message = format!("--plan: `{}` cannot be read any more", file.path);
            let help = "run this where the plan was made; the paths are those of its command";
            return Err(Error::usage(message, Some(help.to_owned())));
        }
        // What a sheet holds can have given it another role.
        refuse_changed(plan.files.iter(), file, now)?;
    }
    let is_given =
        |planned: &PushedFile| settings.files.iter().any(|file| *file.path == *planned.path);
    if let Some(missing) = plan.files.iter().find(|planned| !is_given(planned)) {
        let message = format!("--plan: `{}`, which the plan was made of, is missing", missing.path);
        return Err(Error::usage(message, Some("plan again".to_owned())));
    }
    refuse_others(folder, plan)?;
    for (name, sha256) in plan.checksums() {
        let path = path_within(Path::new(folder), name);
        let chunk = InputFile::named(Role::Batch, path.to_string_lossy());
        if checksum_of(&chunk).0.as_deref() != Some(sha256) {
            let message = format!("--plan: `{}` is not as it was planned", path.display());
            let help = "plan again: what the plan says of its records does not hold any more";
            return Err(Error::usage(message, Some(help.to_owned())));
        }
    }
    Ok(())
}

/// Refuses a folder with a file to send that the plan does not know: somebody could send it.
fn refuse_others(folder: &str, plan: &PushedPlan) -> Result<(), Error> {
    let known: HashSet<PathBuf> =
        plan.checksums().map(|(name, _)| path_within(Path::new(folder), name)).collect();
    let mut waiting = vec![Path::new(folder).join("send")];
    while let Some(path) = waiting.pop() {
        let entries = path.read_dir().into_iter().flatten().flatten();
        for entry in entries.map(|entry| entry.path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else if !known.contains(&entry) {
                let message = format!("--plan: `{}` is no chunk of the plan", entry.display());
                let help = "take it out of the folder, or plan again".to_owned();
                return Err(Error::usage(message, Some(help)));
            }
        }
    }
    Ok(())
}

/// Refuses a file that is none of these files of a plan, or whose checksum is another one now.
fn refuse_changed<'p>(
    mut planned: impl Iterator<Item = &'p PushedFile>,
    file: &InputFile,
    now: Option<String>,
) -> Result<(), Error> {
    let Some(planned) = planned.find(|planned| *planned.path == *file.path) else {
        let message = format!("--plan: `{}` is not a file that the plan was made of", file.path);
        let help = "give the files as they were given to `shiftlint plan`".to_owned();
        return Err(Error::usage(message, Some(help)));
    };
    if now.is_some() && planned.sha256.is_some() && now != planned.sha256 {
        let message = format!("--plan: `{}` has changed since the plan was made", file.path);
        let help = "give it as it was planned, or plan again".to_owned();
        return Err(Error::usage(message, Some(help)));
    }
    Ok(())
}
