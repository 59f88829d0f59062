//! Converts command-line arguments into the settings of a check.

use crate::cli::args::{
    CheckArgs, Command, DateOrderArg, DiffArgs, DisambiguationArg, FailOnArg, FixArgs, InspectArgs,
    LabourArgs, LengthUnitArg, PlanArgs, ReadingArgs, RedactArgs, ReplaceArg, RuleArgs,
    SerialEpochArg, TimeArgs, TriageArgs, Typed, WhyArgs,
};
use crate::cli::command_line::parse_words;
use crate::cli::config::{Config, PathSettings};
use crate::cli::paths;
use crate::error::Error;
use crate::judge;
use crate::model::conventions::{LengthUnit, SerialEpoch};
use crate::model::rule::Severity;
use crate::model::settings::{
    InputFile, Labour, Limits, ListedRows, Mapping, NamedEncoding, PathLevels, Replace, RuleLevels,
    Settings, Tzdb, UnreadFile,
};
use crate::model::source::Role;
use crate::model::time::{DatePartOrder, Disambiguation};
use crate::plan::PushedPlan;
use crate::read::FORMATS;
use crate::read::content::reason;
use crate::read::vendors::unit::{activity_codes, unit_settings};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

/// The settings of a check.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_check(args: &CheckArgs) -> Result<Settings, Error> {
    let said = (&args.reading, &args.times, &args.rules, &args.labour);
    let settings = of_judged(&args.batch, said)?;
    let json = |typed: &Typed| !matches!(typed, Typed::Format(name) if name != "json");
    let receipts = args.reports.verbose || args.reports.typed.iter().any(json);
    Ok(Settings { receipts, ..settings })
}

/// The settings of a check of one of two batches that are compared: every finding is listed.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_compared(batch: &str, args: &DiffArgs) -> Result<Settings, Error> {
    let said = (&args.reading, &args.times, &args.rules, &args.labour);
    let mut settings = of_judged(&[batch.to_owned()], said)?;
    keep_standard_input(&mut settings)?;
    let all = (u64::MAX, u64::MAX);
    (settings.max_per_agent, settings.max_findings) = all;
    Ok(Settings { receipts: false, ..settings })
}

/// What was said of inputs, times, rules and limits.
type Said<'a> = (&'a ReadingArgs, &'a TimeArgs, &'a RuleArgs, &'a LabourArgs);

/// The settings of a command that judges by the rules that were asked for.
fn of_judged(
    batch: &[String],
    (reading, times, rules, labour): Said<'_>,
) -> Result<Settings, Error> {
    let limits = labour.limits();
    let levels = judge::selected_under(&limits, &rules.select, &rules.ignore, &rules.severity)
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    labour.accept(&rules.select)?;
    let settings = of_reading(batch, false, reading, times)?;
    let by_path = path_levels((reading, rules, labour), &settings, &levels)?;
    Ok(Settings {
        levels: by_path.as_ref().map_or(levels, highest),
        path_levels: by_path.map(Arc::new),
        fail_on: match rules.fail_on {
            FailOnArg::Error => Some(Severity::Error),
            FailOnArg::Warning => Some(Severity::Warning),
            FailOnArg::Never => None,
        },
        max_per_agent: rules.max_per_agent,
        max_findings: rules.max_findings,
        labour: labour.meant(settings.labour.week_start),
        longest_shift: rules.longest_shift,
        ..settings
    })
}

/// The levels of rules for files of which a configuration says others.
fn path_levels(
    (reading, rules, labour): (&ReadingArgs, &RuleArgs, &LabourArgs),
    settings: &Settings,
    usual: &RuleLevels,
) -> Result<Option<PathLevels>, Error> {
    let RuleArgs { select, ignore, severity, .. } = rules;
    let configured = reading.configured.own_levels.min(severity.len());
    let mut by_path = HashMap::new();
    for file in &settings.files {
        let about = reading.configured.by_path.iter().filter(|of| of.pattern.is_about(file));
        let is_typed = reading.configured.is_selected;
        let own = about.flat_map(|of| of.severity.iter().cloned());
        let own: Vec<_> = own.filter(|(_, level)| level.is_some() || !is_typed).collect();
        if own.is_empty() {
            continue;
        }
        // What is typed counts last.
        let all = [&severity[..configured], &own[..], &severity[configured..]].concat();
        let levels = judge::selected_under(&labour.limits(), select, ignore, &all)
            .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
        by_path.insert(Arc::clone(&file.shown), levels);
    }
    let usual = usual.clone();
    Ok((!by_path.is_empty()).then_some(PathLevels { usual, by_path }))
}

/// The highest level that each rule has for any file.
fn highest(levels: &PathLevels) -> RuleLevels {
    let mut highest = levels.usual.clone();
    for (code, level) in levels.by_path.values().flatten() {
        let known = highest.entry(code).or_insert(*level);
        *known = (*known).max(*level);
    }
    highest
}

/// The settings of a check of what a plan sends, which lists the rows of the batch.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_sent_plan(args: &CheckArgs, plan: &PushedPlan) -> Result<Settings, Error> {
    let mut settings = of_check(args)?;
    keep_standard_input(&mut settings)?;
    let command = plan.options.command.clone();
    Ok(Settings { command, listed_rows: ListedRows::Batch, ..settings })
}

/// The settings of a plan: the rules as they are by default, and complete lists of what they find.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_plan(args: &PlanArgs) -> Result<Settings, Error> {
    if args.reading.apply_swaps {
        let help = "leave it out: records are sent as they are written".to_owned();
        return Err(Error::usage("--apply-swaps has no meaning for a plan", Some(help)));
    }
    if args.one_by_one && matches!(args.reading.replace, ReplaceArg::Schedule) {
        let help =
            "leave one of them out: records that replace a schedule are one write".to_owned();
        let message = "--one-by-one and --replace schedule exclude each other";
        return Err(Error::usage(message, Some(help)));
    }
    let settings = of_whole_batch(&args.batch, &args.reading, &args.times)?;
    Ok(Settings { max_per_agent: u64::MAX, receipts: true, observes_timelines: true, ..settings })
}

/// The settings of a triage: the rules as they are by default, and lists of what they find that
/// end only where no list could be complete.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_triage(args: &TriageArgs) -> Result<Settings, Error> {
    /// Of a thousand copies of one record each overlaps each other.
    const MOST_PER_AGENT: u64 = 100_000;
    let settings = of_whole_batch(&args.batch, &args.reading, &args.times)?;
    Ok(Settings { max_per_agent: MOST_PER_AGENT, ..settings })
}

/// The settings of an explanation: lists that are complete, and rules as they are asked for.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_why(args: &WhyArgs) -> Result<Settings, Error> {
    let limits = args.labour.limits();
    let levels = judge::selected_under(&limits, &args.select, &args.ignore, &[])
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    args.labour.accept(&args.select)?;
    let settings = of_whole_batch(&args.batch, &args.reading, &args.times)?;
    Ok(Settings {
        levels,
        labour: args.labour.meant(settings.labour.week_start),
        max_per_agent: u64::MAX,
        listed_rows: ListedRows::All,
        observes_timelines: true,
        ..settings
    })
}

/// The settings of fixes: the rules as they are by default. Inputs are read several times, so that
/// streams are read into memory.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_fix(args: &FixArgs) -> Result<Settings, Error> {
    /// Copies beyond these are found by what they say.
    const MOST_PER_AGENT: u64 = 10_000;
    if args.reading.apply_swaps {
        let help = "leave it out: records are corrected as they are written".to_owned();
        return Err(Error::usage("--apply-swaps has no meaning for a fix", Some(help)));
    }
    let mut settings = of_whole_batch(&args.batch, &args.reading, &args.times)?;
    keep_streams(&mut settings)?;
    Ok(Settings { max_per_agent: MOST_PER_AGENT, receipts: false, ..settings })
}

/// The settings of redacted copies: all rules as they are by default, because the copies must have
/// the same findings. A file that no option names has the role that its columns show.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_redact(args: &RedactArgs) -> Result<Settings, Error> {
    let levels = judge::selected_under(&[], &[], &[], &[])
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    let mut settings = of_reading(&args.files, true, &args.reading, &args.times)?;
    keep_streams(&mut settings)?;
    Ok(Settings { levels, receipts: false, ..settings })
}

/// Reads standard input and pipes into memory where they are inputs, because they are needed
/// several times.
///
/// # Errors
/// When standard input cannot be read.
pub(crate) fn keep_streams(settings: &mut Settings) -> Result<(), Error> {
    keep_standard_input(settings)?;
    for file in &mut settings.files {
        let is_stream =
            std::fs::metadata(&*file.path).is_ok_and(|about| !about.is_file() && !about.is_dir());
        if file.bytes.is_none() && is_stream {
            file.bytes = std::fs::read(&*file.path).ok().map(Into::into);
        }
    }
    Ok(())
}

/// The settings of commands that need every record of the batch, and every finding of the rules
/// as they are by default.
fn of_whole_batch(
    batch: &[String],
    reading: &ReadingArgs,
    times: &TimeArgs,
) -> Result<Settings, Error> {
    let levels = judge::selected_under(&[], &[], &[], &[])
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    let mut settings = of_reading(batch, false, reading, times)?;
    keep_standard_input(&mut settings)?;
    Ok(Settings { levels, max_findings: u64::MAX, listed_rows: ListedRows::Batch, ..settings })
}

/// Reads standard input into memory where it is an input, because it is needed several times.
///
/// # Errors
/// When it cannot be read.
fn keep_standard_input(settings: &mut Settings) -> Result<(), Error> {
    for file in &mut settings.files {
        if file.bytes.is_none() && is_standard_input(&file.path) {
            file.bytes = Some(standard_input()?.into());
        }
    }
    Ok(())
}

/// All of standard input, which is needed several times.
pub(crate) fn standard_input() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        Error::usage(format!("standard input cannot be read: {}", reason(&error)), None)
    })?;
    Ok(bytes)
}

/// The settings of a look at files, by which no rule is on.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_inspect(args: &InspectArgs) -> Result<Settings, Error> {
    of_reading(&args.files, true, &args.reading, &args.times)
}

/// The settings of a look at files that are read without any option.
///
/// # Errors
/// When a name makes no sense.
pub(crate) fn of_files(files: &[String]) -> Result<Settings, Error> {
    let words = ["shiftlint", "inspect", "--no-config", "--"].into_iter().map(str::to_owned);
    let words: Vec<String> = words.chain(files.iter().cloned()).collect();
    match parse_words(&words) {
        Some(Command::Inspect(args)) => of_inspect(&args),
        _ => Err(Error::usage("a name of a file is empty", None)),
    }
}

/// How files are read. `guessed` says whether those that no option names have the
/// role that their columns show.
fn of_reading(
    batch: &[String],
    guessed: bool,
    reading: &ReadingArgs,
    times: &TimeArgs,
) -> Result<Settings, Error> {
    if let (false, [first, ..], []) = (guessed, &*reading.base, &*reading.published) {
        let message = format!("--base: there is nothing to compare `{first}` with");
        let help = "add --published FILE: what is live now, exported again";
        return Err(Error::usage(message, Some(help.to_owned())));
    }
    let named = reading.input_format.as_deref();
    let (files, unread) = files(batch, guessed, reading)?;
    let unit = reading.unit.as_deref().map(|path| of_file("--unit", path, unit_settings));
    let unit = unit.transpose()?;
    if let Some((unit, zone)) = unit.as_ref().zip(times.tz.as_ref())
        && unit.zone != *zone
    {
        let message = format!("--tz names `{zone}`, and --unit `{}`", unit.zone);
        return Err(Error::usage(message, Some("leave one of them out".to_owned())));
    }
    let codes = reading.activity_codes.as_deref();
    let codes = codes.map(|path| of_file("--activity-codes", path, activity_codes)).transpose()?;
    let mut settings = Settings {
        files,
        unit_zone: unit.as_ref().map(|unit| unit.zone.clone()),
        activity_codes: Arc::new(codes.unwrap_or_default()),
        labour: Labour {
            week_start: unit.and_then(|unit| unit.week_start).unwrap_or_default(),
            ..Labour::default()
        },
        format: FORMATS.iter().map(|format| format.name).find(|name| Some(*name) == named),
        encodings: reading.encoding.clone(),
        max_unpacked: reading.max_unpacked,
        limits: Limits { record: reading.max_record, depth: reading.max_depth.into() },
        columns: columns(reading),
        fill_down: reading.fill_down.clone(),
        fold_agents: reading.fold_agents,
        sheets: reading.sheet.clone(),
        whole_days: reading.whole_days.clone(),
        length_unit: reading.length_unit.map(|unit| match unit {
            LengthUnitArg::Hours => LengthUnit::Hours,
            LengthUnitArg::Minutes => LengthUnit::Minutes,
        }),
        unread,
        zone: times.tz.clone(),
        disambiguation: match times.disambiguation {
            DisambiguationArg::Compatible => Disambiguation::Compatible,
            DisambiguationArg::Earlier => Disambiguation::Earlier,
            DisambiguationArg::Later => Disambiguation::Later,
        },
        tzdb: match times.tzdb.as_str() {
            "bundled" => Tzdb::Bundled,
            "system" => Tzdb::System,
            folder => Tzdb::Folder(folder.into()),
        },
        date_order: times.date_order.map(|order| match order {
            DateOrderArg::Dmy => DatePartOrder::DayMonthYear,
            DateOrderArg::Mdy => DatePartOrder::MonthDayYear,
            DateOrderArg::Ymd => DatePartOrder::YearMonthDay,
        }),
        week_of: times.week_of.clone(),
        serial_epoch: match times.serial_epoch {
            SerialEpochArg::Of1900 => SerialEpoch::Of1900,
            SerialEpochArg::Of1904 => SerialEpoch::Of1904,
        },
        replace: match reading.replace {
            ReplaceArg::Id => Replace::Id,
            ReplaceArg::Schedule => Replace::Schedule,
            ReplaceArg::None => Replace::None,
        },
        apply_swaps: reading.apply_swaps,
        command: typed(),
        configuration: reading.configured.path.clone(),
        accepted: reading.accept.clone(),
        jobs: reading.jobs.map(usize::from),
        agent_zones: reading.configured.zones.clone(),
        ..Settings::default()
    };
    add_path_settings(&mut settings, &reading.configured.by_path);
    Ok(settings)
}

/// The columns that are named for fields in all files, or in those of a role.
fn columns(reading: &ReadingArgs) -> Vec<Mapping> {
    let own = reading.configured.own_mappings;
    let of =
        |(place, mapping): (usize, &Mapping)| Mapping { is_typed: place >= own, ..mapping.clone() };
    reading.map.iter().enumerate().map(of).collect()
}

/// Adds how a configuration says that some of the files are read.
fn add_path_settings(settings: &mut Settings, by_path: &[PathSettings]) {
    for of in by_path {
        let about = settings.files.iter().filter(|file| of.pattern.is_about(file));
        let paths: Vec<Arc<str>> = about.map(|file| Arc::clone(&file.path)).collect();
        if of.whole_days {
            settings.whole_days.extend(paths.iter().map(|path| path.to_string()));
        }
        settings.encodings.extend(of.encoding.iter().flat_map(|name| {
            let of = |path: &Arc<str>| (Some(path.to_string()), name.clone());
            paths.iter().map(of).map(|(path, name)| NamedEncoding { path, name })
        }));
        let files = (!paths.is_empty()).then_some(&paths);
        settings.columns.extend(of.columns.iter().filter_map(|mapping| {
            Some(Mapping { files: Some(files?.clone()), is_typed: false, ..mapping.clone() })
        }));
    }
}

/// What a small file says that an option names.
fn of_file<Said>(
    option: &str,
    path: &str,
    read: impl Fn(&[u8]) -> Result<Said, String>,
) -> Result<Said, Error> {
    let bytes = std::fs::read(path).map_err(|error| {
        Error::usage(format!("{option}: `{path}` cannot be read: {}", reason(&error)), None)
    })?;
    read(&bytes).map_err(|why| Error::usage(format!("{option}: `{path}` is not read: {why}"), None))
}

/// The command line, with the program's name for its path.
fn typed() -> Vec<String> {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("shiftlint".to_owned()).chain(words).collect()
}

fn files(
    batch: &[String],
    guessed: bool,
    reading: &ReadingArgs,
) -> Result<(Vec<InputFile>, Vec<UnreadFile>), Error> {
    let roles: [(Role, &[String]); 7] = [
        (Role::Batch, batch),
        (Role::Published, &reading.published),
        (Role::Base, &reading.base),
        (Role::TimeOff, &reading.time_off),
        (Role::Unavailable, &reading.unavailable),
        (Role::Swaps, &reading.swaps),
        (Role::Agents, &reading.agents),
    ];
    let named: Vec<(Role, &String)> =
        roles.iter().flat_map(|(role, names)| names.iter().map(|name| (*role, name))).collect();
    let mut known: HashMap<PathBuf, Vec<Role>> = HashMap::new();
    for (role, name) in &named {
        known.entry(whole(name)).or_default().push(*role);
    }
    // A folder often holds the published schedule and the time off as well.
    let has_other_role = |whole: &PathBuf, role: Role| {
        known.get(whole).is_some_and(|roles| roles.iter().any(|other| *other != role))
    };
    let mut files: Vec<(InputFile, PathBuf)> = Vec::new();
    let mut unread = Vec::new();
    let Config { path, base, .. } = &reading.configured;
    let configurations: Vec<PathBuf> = path.iter().chain(base).map(|path| whole(path)).collect();
    for (role, name) in &named {
        let mut expanded = paths::expand(name)?;
        if expanded.is_directory {
            expanded
                .leave_out(|path| configurations.contains(&whole(path)), paths::IS_CONFIGURATION);
        }
        for path in expanded.files {
            let whole = whole(&path);
            if path == **name || !has_other_role(&whole, *role) {
                let mut file = input(*role, path, expanded.is_directory, reading);
                file.guessed = guessed && *role == Role::Batch;
                files.push((file, whole));
            }
        }
        let others = expanded.unread.into_iter();
        let others = others.filter(|other| !has_other_role(&whole(&other.path), *role));
        unread.extend(others.map(|other| UnreadFile {
            role: *role,
            path: other.path.into(),
            why: other.why.to_owned(),
            doubtful: other.doubtful,
            option: None,
        }));
    }
    if files.iter().filter(|(file, _)| is_standard_input(&file.path)).count() > 1 {
        return Err(two_standard_inputs());
    }
    // One file under two names, a link among them, would be in its own way.
    files.sort();
    let mut taken = HashSet::new();
    files.retain(|(file, whole)| taken.insert((file.role, whole.clone())));
    unread.sort();
    Ok((files.into_iter().map(|(file, _)| file).collect(), unread))
}

/// The refusal of standard input in two places.
pub(crate) fn two_standard_inputs() -> Error {
    let help = "standard input can be read once; write the others to files".to_owned();
    Error::usage("`-` stands for two inputs", Some(help))
}

fn input(role: Role, path: String, found: bool, reading: &ReadingArgs) -> InputFile {
    let mut file = InputFile { found, ..InputFile::named(role, path) };
    if let Some(name) = reading.stdin_name.as_deref().filter(|_| &*file.path == "-") {
        file.shown = name.into();
    }
    file
}

/// Whether the path is one of the names of standard input.
pub(crate) fn is_standard_input(path: &str) -> bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(&path)
}

/// The canonical path, if there is such a file.
fn whole(path: &str) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.into())
}
