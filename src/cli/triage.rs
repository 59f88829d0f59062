//! Runs `shiftlint triage`, which explains a batch that a server sent back.

use crate::analyze::Progress;
use crate::cli::args::TriageArgs;
use crate::cli::settings::{is_standard_input, standard_input};
use crate::cli::{output, progress, retry, settings};
use crate::error::Error;
use crate::model::settings::Settings;
use crate::plan;
use crate::read::content::reason;
use crate::thread_pool::ThreadPool;
use crate::triage::{self, AnswerFile, TriageSettings};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Explains the answers to the batch.
///
/// # Errors
/// When the command line makes no sense or the explanation cannot be written.
pub(crate) fn run(args: &TriageArgs) -> Result<ExitCode, Error> {
    refuse_two_inputs(args)?;
    retry::check(args)?;
    let settings = settings::of_triage(args)?;
    let plan = retry::of_batch(args, &settings)?;
    let folder = args.plan.as_deref().unwrap_or_default();
    let wishes = TriageSettings {
        answers: answers(args)?,
        index_base: args.index_base,
        chunks: plan.as_ref().map(|plan| retry::chunks(folder, plan)),
    };
    spare_batch(&settings, &wishes)?;
    let progress = Arc::new(Progress::default());
    let bar = progress::show_unless(args.no_progress || args.quiet, &settings, &progress);
    let triage = triage::triage(&settings, &wishes, &progress);
    drop(bar);
    let triage = triage?;
    let again = match &plan {
        Some(plan) => retry::write(args, &settings, (plan, &triage), &progress)?,
        None => None,
    };
    match &*args.shown.format {
        "json" => {
            let pool = ThreadPool::new(settings.jobs)?;
            output::print_painted(args.shown.colors.color, |_, out| {
                triage::write_json(&triage, &pool, out)
            })?;
        }
        _ => output::print_painted(args.shown.colors.color, |appearance, out| {
            triage::write_summary(&triage, appearance, args.quiet, out)
        })?,
    }
    if let Some(again) = again.as_ref().filter(|_| args.shown.format != "json" && !args.quiet) {
        output::print("\nto be sent again:\n")?;
        output::print_fitting(|columns, out| plan::write_summary(again, columns, out))?;
    }
    Ok(ExitCode::from(triage.exit_code()))
}

/// Standard input can be the batch or an answer, and not both.
fn refuse_two_inputs(args: &TriageArgs) -> Result<(), Error> {
    let inputs = args.batch.iter().chain(args.reading.side_files());
    let inputs = inputs.filter(|name| is_standard_input(name)).count();
    let answers = args.response.iter().map(|of| split(of).1);
    let answers = answers.filter(|name| is_standard_input(name)).count();
    if inputs + answers > 1 {
        let help = "standard input can be read once; write the others to files".to_owned();
        return Err(Error::usage("`-` stands for two inputs", Some(help)));
    }
    Ok(())
}

/// The answers that the command line names, and those of its folders, in their order.
fn answers(args: &TriageArgs) -> Result<Vec<AnswerFile>, Error> {
    let mut answers = Vec::new();
    for named in &args.response {
        let (chunk, path) = split(named);
        if path.is_empty() {
            let help = Some("name a file, or `-` for standard input".to_owned());
            return Err(Error::usage("the name behind --response is empty", help));
        }
        let paths = match Path::new(path).is_dir() {
            true => files_of(Path::new(path), 0)?,
            false => vec![PathBuf::from(path)],
        };
        if paths.is_empty() {
            let message = format!("--response: the folder `{path}` contains no file");
            return Err(Error::usage(message, None));
        }
        for path in paths {
            let bytes = match path.to_str() {
                Some(name) if is_standard_input(name) => standard_input()?,
                _ => std::fs::read(&path).map_err(|error| unreadable(&path, &error))?,
            };
            let shown = path.display().to_string();
            let path = if shown == "-" { "<stdin>".to_owned() } else { shown };
            answers.push(AnswerFile { path, chunk: chunk.map(str::to_owned), bytes });
        }
    }
    Ok(answers)
}

/// `CHUNK=FILE` in its parts. A file whose own name contains `=` is one without a chunk.
fn split(named: &str) -> (Option<&str>, &str) {
    if Path::new(named).exists() {
        return (None, named);
    }
    named.split_once('=').map_or((None, named), |(chunk, path)| (Some(chunk), path))
}

/// The visible files of a folder and of the folders in it, in the order of their paths.
fn files_of(folder: &Path, depth: usize) -> Result<Vec<PathBuf>, Error> {
    /// More than the lanes of a plan need; a link can lead back to where it is.
    const DEEPEST: usize = 8;
    let entries = folder.read_dir().and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| unreadable(folder, &error))?;
    let is_hidden = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| !is_hidden(path));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() && depth < DEEPEST {
            files.extend(files_of(&path, depth + 1)?);
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let help = "name what the server sent back".to_owned();
    let message = format!("--response: `{}` cannot be read: {}", path.display(), reason(error));
    Error::usage(message, Some(help))
}

/// Refuses an answer that is also a file of the batch, which a folder can contain.
fn spare_batch(settings: &Settings, wishes: &TriageSettings) -> Result<(), Error> {
    let whole = |path: &str| std::fs::canonicalize(path).ok();
    let of_batch = |answer: &&AnswerFile| {
        let answer = whole(&answer.path);
        answer.is_some() && settings.files.iter().any(|file| whole(&file.path) == answer)
    };
    match wishes.answers.iter().find(of_batch) {
        Some(answer) => {
            let message = format!("`{}` is both an input and an answer", answer.path);
            let help = "keep answers in a folder of their own".to_owned();
            Err(Error::usage(message, Some(help)))
        }
        None => Ok(()),
    }
}
