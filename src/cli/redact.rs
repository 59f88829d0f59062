//! Runs `shiftlint redact`, which writes copies without names, and checks with `--redact`.

use crate::analyze::Progress;
use crate::cli::args::{CheckArgs, PseudonymArgs, RedactArgs};
use crate::cli::config::Config;
use crate::cli::new_folder::{self, NewFolder, whole};
use crate::cli::replacing::refuse_replacing;
use crate::cli::settings;
use crate::error::Error;
use crate::model::finding::Report;
use crate::model::settings::{InputFile, Mapping, Settings};
use crate::model::source::Role;
use crate::plan::PlanFiles;
use crate::read::content::reason;
use crate::redact::{RedactKey, Redaction, redact, write_map};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// The variable that can have the key.
const VARIABLE: &str = "SHIFTLINT_REDACT_KEY";

/// Writes redacted copies of the inputs.
///
/// # Errors
/// When the command line makes no sense, or there is no safe copy, or it cannot be written.
pub(crate) fn run(args: &RedactArgs) -> Result<ExitCode, Error> {
    let (out, map) = (Path::new(&args.out), args.pseudonyms.redact_map.as_deref().map(Path::new));
    check_folder(args)?;
    if args.reading.activity_codes.is_some() {
        let help = "leave it out; `check --redact` takes it";
        return Err(Error::usage("--activity-codes has no redacted copy", Some(help.to_owned())));
    }
    if let Some(map) = map.filter(|map| whole_of_new(map).starts_with(whole_of_new(out))) {
        let message = format!("--redact-map: `{}` is in the folder of the copies", map.display());
        let help = "keep it elsewhere: the copies are meant to be given away";
        return Err(Error::usage(message, Some(help.to_owned())));
    }
    let key = key(&args.pseudonyms)?;
    refuse_names(&args.reading.configured)?;
    let settings = settings::of_redact(args)?;
    spare(map, (&args.pseudonyms, &args.reading.configured), &settings)?;
    let redaction = redact(&settings, &key, &command, &Progress::default())?;
    if redaction.report.records == 0 {
        return Ok(ExitCode::from(4));
    }
    write_copies(out, &redaction)?;
    keep_map(map, &redaction)?;
    if !args.quiet {
        summarize(&redaction);
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks redacted copies of the inputs instead of these.
///
/// # Errors
/// When there is no key, or no safe copy.
pub(crate) fn check(args: &CheckArgs, settings: &Settings) -> Result<Report, Error> {
    let pseudonyms = args.privacy.pseudonyms();
    let map = pseudonyms.redact_map.as_deref().map(Path::new);
    let key = key(&pseudonyms)?;
    refuse_names(&args.reading.configured)?;
    let settings = Settings { configuration: None, ..settings.clone() };
    let redaction = redact(&settings, &key, &command, &Progress::default())?;
    keep_map(map, &redaction)?;
    if !args.reports.quiet {
        summarize(&redaction);
    }
    Ok(redaction.report)
}

/// Refuses what a configuration says of single files and agents: copies have other names.
fn refuse_names(config: &Config) -> Result<(), Error> {
    let Config { path, by_path, zones, allowances, .. } = config;
    let tables = [
        ("[[files]]", !by_path.is_empty()),
        ("[zones]", !zones.is_empty()),
        ("[[allow]]", !allowances.is_empty()),
    ];
    let Some((table, _)) = tables.into_iter().find(|(_, is_there)| *is_there) else {
        return Ok(());
    };
    let path = path.as_deref().unwrap_or_default();
    let message = format!("{path}: {table} is about names, which redacted copies do not have");
    Err(Error::usage(message, Some("type the options that are needed, with --no-config".into())))
}

/// The key, from a file or the environment.
fn key(args: &PseudonymArgs) -> Result<RedactKey, Error> {
    let help = || Some("make one: openssl rand -hex 32 > key, and --redact-key key".to_owned());
    let (from, bytes) = match (&args.redact_key, std::env::var_os(VARIABLE)) {
        (Some(path), _) => {
            let bytes = std::fs::read(path).map_err(|error| {
                let message = format!("--redact-key: `{path}` cannot be read: {}", reason(&error));
                Error::usage(message, help())
            })?;
            (format!("--redact-key: `{path}`"), bytes)
        }
        (None, Some(value)) => (VARIABLE.to_owned(), value.into_encoded_bytes()),
        (None, None) => {
            let message = format!("there is no key of pseudonyms: no --redact-key, no {VARIABLE}");
            return Err(Error::usage(message, help()));
        }
    };
    RedactKey::of(&bytes).ok_or_else(|| {
        let message = format!("{from} is shorter than {} bytes", RedactKey::SHORTEST);
        Error::usage(message, help())
    })
}

/// Refuses a folder that exists, or that a later run would read.
fn check_folder(args: &RedactArgs) -> Result<(), Error> {
    let help = "name a folder that does not exist yet".to_owned();
    if args.out.trim().is_empty() {
        return Err(Error::usage("the name after --out is empty", Some(help)));
    }
    let folder = Path::new(&args.out);
    if folder.symlink_metadata().is_ok() {
        let message = format!("--out: `{}` exists", folder.display());
        return Err(Error::usage(message, Some(help)));
    }
    let inputs = args.files.iter().chain(args.reading.side_files());
    new_folder::refuse_within_inputs(("--out", folder), inputs, "the copies")
}

/// The path from the root of what may not exist yet.
fn whole_of_new(path: &Path) -> std::path::PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if !path.exists() => {
            let here = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            if here.exists() { whole(here).join(name) } else { whole_of_new(here).join(name) }
        }
        _ => whole(path),
    }
}

/// Refuses to write the map over what is read.
fn spare(
    map: Option<&Path>,
    (args, config): (&PseudonymArgs, &Config),
    settings: &Settings,
) -> Result<(), Error> {
    let kept = [
        ("the key", args.redact_key.as_deref()),
        ("the configuration", settings.configuration.as_deref()),
        ("the configuration", config.base.as_deref()),
    ];
    let kept: Vec<_> =
        kept.iter().filter_map(|(what, path)| Some((*what, Path::new((*path)?)))).collect();
    let written: Vec<_> = map.map(|map| ("--redact-map", map)).into_iter().collect();
    refuse_replacing(&written, &kept, &settings.files)
}

fn write_copies(folder: &Path, redaction: &Redaction) -> Result<(), Error> {
    let new = NewFolder::begin(folder)?;
    for file in &redaction.files {
        let write = || -> io::Result<()> {
            let mut out = new.create(&file.name)?;
            out.write_all(&file.bytes)?;
            out.flush()
        };
        write().map_err(|error| Error::write(Some(folder.to_owned()), error, None))?;
    }
    new.finish()
}

/// Writes the map beside its name, where only its owner can read it, and renames it.
fn keep_map(map: Option<&Path>, redaction: &Redaction) -> Result<(), Error> {
    let Some(map) = map else { return Ok(()) };
    let parent = map.parent().filter(|parent| !parent.as_os_str().is_empty());
    let write = || -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(parent.unwrap_or(Path::new(".")))?;
        write_map(&redaction.words, &mut file)?;
        file.flush()?;
        file.persist(map).map_err(|error| error.error).map(drop)
    };
    write().map_err(|error| Error::write(Some(map.to_owned()), error, None))
}

/// Says what was redacted, and what is left to know.
fn summarize(redaction: &Redaction) {
    let count = |count: u64, name: &str| match count {
        1 => format!("1 {name}"),
        count => format!("{count} {name}s"),
    };
    let text = format!(
        "redacted: {}, {}, {}\nnote: times stay, and times alone may identify people\n",
        count(redaction.files.len() as u64, "file"),
        count(redaction.report.records, "record"),
        count(redaction.words.len() as u64, "name"),
    );
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The command line that checks the copies: what was typed, without anything that could name
/// somebody.
fn command(files: &[InputFile], columns: &[Mapping]) -> Vec<String> {
    let mut words = vec!["shiftlint".to_owned(), "check".to_owned()];
    let of_role = |role: Role| files.iter().filter(move |file| file.role == role);
    words.extend(of_role(Role::Batch).map(|file| file.path.to_string()));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Batch) {
        for file in of_role(role) {
            words.extend([format!("--{role}"), file.path.to_string()]);
        }
    }
    for Mapping { role, field, column, .. } in columns {
        let role = role.map_or(String::new(), |role| format!("{role}:"));
        words.extend(["--map".to_owned(), format!("{role}{}={column}", field.name())]);
    }
    let typed = std::env::args_os().skip(2).map(|word| word.to_string_lossy().into_owned());
    words.extend(kept_options(typed));
    words
}

/// The options that say nothing about anybody, with their values.
fn kept_options(typed: impl Iterator<Item = String>) -> Vec<String> {
    const VALUED: [&str; 18] = [
        "--tz",
        "--disambiguation",
        "--date-order",
        "--week-of",
        "--serial-epoch",
        "--replace",
        "--length-unit",
        "--select",
        "--ignore",
        "--severity",
        "--longest-shift",
        "--fail-on",
        "--max-per-agent",
        "--max-findings",
        "--min-rest",
        "--max-week",
        "--week-start",
        "--format",
    ];
    const FLAGS: [&str; 5] =
        ["--apply-swaps", "--fold-agents", "--statistics", "--fixes", "--verbose"];
    let (mut kept, mut typed) = (Vec::new(), typed);
    while let Some(word) = typed.next() {
        let name = word.split('=').next().unwrap_or_default();
        match VALUED.contains(&name) {
            true if word.contains('=') => kept.push(word),
            true => {
                kept.push(word);
                kept.extend(typed.next());
            }
            false if FLAGS.contains(&&*word) => kept.push(word),
            false => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::kept_options;

    #[test]
    fn options_with_names_are_left_out_of_the_command() {
        let typed = [
            "ann.csv",
            "--tz",
            "UTC",
            "--map",
            "agent=Ann",
            "--select=OV",
            "--agents",
            "ann.csv",
            "--fold-agents",
            "--redact-key",
            "key",
        ];
        let kept = kept_options(typed.into_iter().map(str::to_owned));
        assert_eq!(kept, ["--tz", "UTC", "--select=OV", "--fold-agents"]);
    }
}
