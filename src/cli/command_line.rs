//! Parses the command line, with what a configuration says put before what was typed.

use crate::cli::args::{Args, Command, ReadingArgs, ReportArgs, Typed};
use crate::cli::config::{self, Configured, OptionPlaces};
use crate::error::Error;
use crate::report::visible::visible;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgGroup, ArgMatches, CommandFactory, FromArgMatches, Id};
use std::ffi::OsString;

/// Why a command line is refused, or not run.
pub(crate) enum Refusal {
    /// By clap: help and version are among it.
    Clap(clap::Error),
    /// What a configuration says makes no sense.
    Config(Error),
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Refusal {
        Refusal::Clap(error)
    }
}

/// Parses what was typed, and says where a configuration says the rest.
///
/// # Errors
/// Those of clap, which include help and version, and a configuration that makes no sense.
pub(crate) fn parse() -> Result<(Args, OptionPlaces), Refusal> {
    parse_all(std::env::args_os().collect())
}

/// What a command line of another run means; `None` if it means nothing to this program.
pub(crate) fn parse_words(words: &[String]) -> Option<Command> {
    parse_all(words.iter().map(OsString::from).collect()).ok().map(|(args, _)| args.command)
}

fn parse_all(mut words: Vec<OsString>) -> Result<(Args, OptionPlaces), Refusal> {
    let bare = words.clone();
    let configured = configure(&words).map_err(Refusal::Config)?;
    let typed = configured.iter().flat_map(Configured::words).map(OsString::from);
    let behind = words.len().min(BEFORE_OPTIONS);
    words.splice(behind..behind, typed.collect::<Vec<_>>());
    let matches = Args::command().try_get_matches_from(&words);
    let matches = match (matches, &configured) {
        (Ok(matches), _) => matches,
        (Err(error), Some(configured)) => return Err(placed(error, configured)),
        (Err(error), None) => return Err(harmless(error).into()),
    };
    let mut args = Args::from_arg_matches(&matches)?;
    if let (Command::Check(check), Some((_, matches))) = (&mut args.command, matches.subcommand()) {
        check.reports.typed = typed_reports(&check.reports, matches);
        if check.plan.is_some() {
            refuse_reading(matches)?;
        }
    }
    let places = configured.as_ref().map(Configured::places).unwrap_or_default();
    if let Command::Diff(diff) = &mut args.command {
        diff.judging = typed_judging(&bare);
    }
    if let (Some(reading), Some(configured)) = (reading_of(&mut args.command), configured) {
        reading.configured = configured.config;
    }
    Ok((args, places))
}

/// The words before those that a configuration can say: the program and the command.
const BEFORE_OPTIONS: usize = 2;

/// The configuration for what was typed; `None` if there is none, or the command reads no inputs.
/// What clap refuses is refused later, with what the configuration says.
fn configure(words: &[OsString]) -> Result<Option<Configured>, Error> {
    // To parse what was typed takes longer than to see that there is nothing to add.
    let names_one = |word: &OsString| word.to_string_lossy().contains("-config");
    if !words.iter().any(names_one) && !config::is_there() {
        return Ok(None);
    }
    let matches = Args::command().ignore_errors(true).try_get_matches_from(words);
    let Ok(matches) = matches else { return Ok(None) };
    let Some((name, typed)) = matches.subcommand() else { return Ok(None) };
    let mut commands = Args::command();
    commands.build();
    let [check, command] = ["check", name].map(|name| commands.find_subcommand(name));
    let (Some(check), Some(command)) = (check, command) else { return Ok(None) };
    // Only debug builds learn from the matches that a command has no such option.
    if !command.get_arguments().any(|option| option.get_id() == "no_config") {
        return Ok(None);
    }
    config::configured(check, command, typed)
}

fn reading_of(command: &mut Command) -> Option<&mut ReadingArgs> {
    match command {
        Command::Check(args) => Some(&mut args.reading),
        Command::Plan(args) => Some(&mut args.reading),
        Command::Triage(args) => Some(&mut args.reading),
        Command::Why(args) => Some(&mut args.reading),
        Command::Fix(args) => Some(&mut args.reading),
        Command::Diff(args) => Some(&mut args.reading),
        Command::Inspect(args) => Some(&mut args.reading),
        Command::Redact(args) => Some(&mut args.reading),
        Command::Init(_)
        | Command::Rules(_)
        | Command::Schema(_)
        | Command::Completions(_)
        | Command::Man(_) => None,
    }
}

/// The refusal of an option that a configuration says, with the place where it does.
fn placed(error: clap::Error, configured: &Configured) -> Refusal {
    let option = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) => option,
        Some(ContextValue::Strings(missing)) => {
            let refused = without(missing, configured);
            return refused.unwrap_or_else(|| Refusal::Clap(harmless(error)));
        }
        _ => return Refusal::Clap(harmless(error)),
    };
    let Some(place) = configured.place_of(option) else { return Refusal::Clap(harmless(error)) };
    let text = error.render().to_string();
    let lines = text.lines().take_while(|line| !line.starts_with("Usage:"));
    let lines = lines.map(str::trim).filter(|line| !line.is_empty() && !line.contains("--help"));
    let text = lines.collect::<Vec<_>>().join(" ");
    let message = text.strip_prefix("error: ").unwrap_or(&text);
    Refusal::Config(Error::usage(format!("{place}: {message}"), None))
}

/// The refusal of a configuration that says something about a baseline, and names none.
fn without(missing: &[String], configured: &Configured) -> Option<Refusal> {
    missing.iter().find(|of| of.starts_with("--baseline"))?;
    let place = configured.place_of("--strict-baseline")?;
    let message = format!("{place}: `strict-baseline` is about a baseline, and none is given");
    let help = "name it: baseline = \"known.txt\"".to_owned();
    Some(Refusal::Config(Error::usage(message, Some(help))))
}

/// Refuses options of reading beside a plan, which says how its inputs are read.
fn refuse_reading(matches: &ArgMatches) -> Result<(), clap::Error> {
    let Some(option) = typed_option("check", &["ReadingArgs", "TimeArgs"], matches) else {
        return Ok(());
    };
    let message = format!("--plan says how its inputs are read: leave out --{option}");
    let mut command = Args::command();
    command.build();
    let check = command.find_subcommand_mut("check");
    check.map_or(Ok(()), |check| Err(check.error(ErrorKind::ArgumentConflict, message)))
}

/// The first option of `diff` that was typed, and not configured, about how batches are checked.
fn typed_judging(words: &[OsString]) -> Option<String> {
    const GROUPS: [&str; 4] = ["ReadingArgs", "TimeArgs", "RuleArgs", "LabourArgs"];
    let matches = Args::command().ignore_errors(true).try_get_matches_from(words).ok()?;
    typed_option("diff", &GROUPS, matches.subcommand_matches("diff")?)
}

/// The first option of some groups of a command that was typed.
fn typed_option(command: &str, groups: &[&str], matches: &ArgMatches) -> Option<String> {
    let mut all = Args::command();
    all.build();
    let is_wanted = |group: &&ArgGroup| groups.contains(&group.get_id().as_str());
    let is_typed = |id: &&Id| {
        let source = matches.value_source(id.as_str());
        !["jobs", "config", "no_config"].contains(&id.as_str())
            && source == Some(ValueSource::CommandLine)
    };
    let mut options = all.find_subcommand(command)?.get_groups().filter(is_wanted);
    let found = options.find_map(|group| group.get_args().find(is_typed).cloned())?;
    Some(found.as_str().replace('_', "-"))
}

/// The same refusal, with what was typed made visible: it may come from the
/// name of a file, and goes to a terminal.
fn harmless(error: clap::Error) -> clap::Error {
    let words = std::env::args_os().map(|word| visible(&word.to_string_lossy()).into_owned());
    Args::command().try_get_matches_from(words).err().unwrap_or_else(|| shown(error))
}

/// The same refusal, with its words made visible. Needed for an argument of spaces alone,
/// whose escapes are a word and would not be refused.
fn shown(mut error: clap::Error) -> clap::Error {
    let words: Vec<(ContextKind, String)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(word) => Some((kind, visible(word).into_owned())),
            _ => None,
        })
        .collect();
    for (kind, word) in words {
        error.insert(kind, ContextValue::String(word));
    }
    error
}

fn typed_reports(reports: &ReportArgs, matches: &ArgMatches) -> Vec<Typed> {
    let places = |name| matches.indices_of(name).into_iter().flatten();
    let formats = places("format").zip(reports.format.iter().cloned().map(Typed::Format));
    let outputs = places("output").zip(reports.output.iter().cloned().map(Typed::Output));
    let mut typed: Vec<(usize, Typed)> = formats.chain(outputs).collect();
    typed.sort_by_key(|(place, _)| *place);
    typed.into_iter().map(|(_, word)| word).collect()
}
