//! Runs `shiftlint fix`, which shows what can be corrected mechanically.

use crate::analyze::Progress;
use crate::cli::args::FixArgs;
use crate::cli::new_folder::{self, NewFolder, whole};
use crate::cli::{output, progress, settings};
use crate::edit::{FileDiff, apply, write_header};
use crate::error::Error;
use crate::fix::{self, FixedFile, Fixes, WrittenTo};
use crate::model::settings::Settings;
use crate::model::source::Role;
use crate::plan::PlanFiles;
use crate::report::visible::visible;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Shows what can be corrected, or writes corrected copies.
///
/// # Errors
/// When the command line makes no sense, or something cannot be written.
pub(crate) fn run(args: &FixArgs) -> Result<ExitCode, Error> {
    check_folder(args)?;
    let settings = settings::of_fix(args)?;
    let progress = Arc::new(Progress::default());
    let bar = progress::show_unless(args.no_progress || args.quiet, &settings, &progress);
    let fixes = fix::fix(&settings, args.suggested, &progress);
    drop(bar);
    let fixes = fixes?;
    if let Some(folder) = args.out.as_deref().filter(|_| !fixes.files.is_empty()) {
        write_copies(Path::new(folder), &settings, &fixes)?;
    }
    let target = args.out.as_deref().map_or(WrittenTo::Diff, WrittenTo::Folder);
    if args.format == "json" {
        let pool = ThreadPool::new(settings.jobs)?;
        output::print_painted(args.colors.color, |_, out| fix::write_json(&fixes, &pool, out))?;
    } else if args.out.is_some() {
        if !args.quiet {
            output::print_painted(args.colors.color, |appearance, out| {
                fix::write_summary(&fixes, target, appearance, out)
            })?;
        }
    } else {
        let is_terminal = output::is_terminal();
        output::print_painted(args.colors.color, |(_, color), out| {
            let mut diff = Vec::new();
            write_diffs(&fixes, &mut diff)?;
            match is_terminal || color {
                true => show_diff(&diff, is_terminal, color, out),
                false => out.write_all(&diff),
            }
        })?;
        if !args.quiet {
            output::print_aside(args.colors.color, |appearance, out| {
                fix::write_summary(&fixes, target, appearance, out)
            });
        }
    }
    Ok(ExitCode::from(fixes.exit_code()))
}

/// Refuses a folder that exists, or that a later run would read.
fn check_folder(args: &FixArgs) -> Result<(), Error> {
    let Some(out) = &args.out else { return Ok(()) };
    let help = "name a folder that does not exist yet".to_owned();
    if out.trim().is_empty() {
        return Err(Error::usage("the name after --out is empty", Some(help)));
    }
    let folder = Path::new(out);
    if folder.symlink_metadata().is_ok() {
        let message = format!("--out: `{}` exists", folder.display());
        return Err(Error::usage(message, Some(help)));
    }
    let inputs = args.batch.iter().chain(args.reading.side_files());
    new_folder::refuse_within_inputs(("--out", folder), inputs, "the copies")
}

/// Writes each changed file under its own name, below the folder that all files of the batch
/// have in common.
fn write_copies(folder: &Path, settings: &Settings, fixes: &Fixes) -> Result<(), Error> {
    let batch = settings.files.iter().filter(|file| file.role == Role::Batch);
    let parents: Vec<PathBuf> = batch
        .filter(|file| file.bytes.is_none())
        .filter_map(|file| whole(Path::new(&*file.path)).parent().map(Path::to_owned))
        .collect();
    let mut common = parents.first().cloned().unwrap_or_default();
    while !parents.iter().all(|parent| parent.starts_with(&common)) && common.pop() {}
    let new = NewFolder::begin(folder)?;
    for file in &fixes.files {
        let path = whole(Path::new(&*file.path));
        let within = path.strip_prefix(&common).unwrap_or(&path);
        let write = || -> io::Result<()> {
            let mut out = new.create(&slashed(within))?;
            out.write_all(&apply(&file.bytes, &file.edits))?;
            out.flush()
        };
        write().map_err(|error| Error::write(Some(folder.to_owned()), error, None))?;
    }
    new.finish()
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn write_diffs(fixes: &Fixes, out: &mut dyn Write) -> io::Result<()> {
    let here = std::env::current_dir().unwrap_or_default();
    for FixedFile { path, bytes, edits } in &fixes.files {
        let diff = FileDiff::of(bytes, edits);
        if diff.is_empty() {
            continue;
        }
        let path = Path::new(&**path);
        write_header(&slashed(path.strip_prefix(&here).unwrap_or(path)), out)?;
        diff.write(out)?;
    }
    Ok(())
}

/// Writes a diff for people: on a terminal nothing but visible characters, and with colours if
/// they are wanted.
fn show_diff(diff: &[u8], is_terminal: bool, color: bool, out: &mut dyn Write) -> io::Result<()> {
    for line in diff.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let paint = match line.first() {
            Some(b'+') => "\u{1b}[32m",
            Some(b'-') => "\u{1b}[31m",
            Some(b'@') => "\u{1b}[36m",
            _ => "",
        };
        let paint = if color { paint } else { "" };
        out.write_all(paint.as_bytes())?;
        match is_terminal {
            true => {
                // Every line of such a file ends so.
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                out.write_all(visible(&String::from_utf8_lossy(line)).as_bytes())?;
            }
            false => out.write_all(line)?,
        }
        out.write_all(if paint.is_empty() { b"\n" } else { b"\x1b[0m\n" })?;
    }
    Ok(())
}
