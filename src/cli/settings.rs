//! What was typed becomes what is meant.

use crate::cli::args::{CheckArgs, DateOrderArg, DisambiguationArg, FailOnArg, ReplaceArg};
use crate::cli::paths;
use shiftlint::error::Error;
use shiftlint::judge;
use shiftlint::model::rule::Severity;
use shiftlint::model::settings::{InputFile, Limits, Replace, Settings, Tzdb};
use shiftlint::model::source::Role;
use shiftlint::model::time::{DateOrder, Disambiguation};
use shiftlint::read::FORMATS;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// The settings of a check.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_check(args: &CheckArgs) -> Result<Settings, Error> {
    let rules = &args.rules;
    let limits = args.labour.limits();
    let levels = judge::selected_under(&limits, &rules.select, &rules.ignore, &rules.severity)
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    args.labour.accept(&rules.select)?;
    let named = args.reading.input_format.as_deref();
    Ok(Settings {
        files: files(args)?,
        format: FORMATS.iter().map(|format| format.name).find(|name| Some(*name) == named),
        encoding: args.reading.encoding.clone(),
        max_unpacked: args.reading.max_unpacked,
        limits: Limits { record: args.reading.max_record, depth: args.reading.max_depth.into() },
        columns: args.reading.map.clone(),
        zone: args.times.tz.clone(),
        disambiguation: match args.times.disambiguation {
            DisambiguationArg::Compatible => Disambiguation::Compatible,
            DisambiguationArg::Earlier => Disambiguation::Earlier,
            DisambiguationArg::Later => Disambiguation::Later,
        },
        tzdb: match args.times.tzdb.as_str() {
            "bundled" => Tzdb::Bundled,
            "system" => Tzdb::System,
            folder => Tzdb::Folder(folder.into()),
        },
        date_order: args.times.date_order.map(|order| match order {
            DateOrderArg::Dmy => DateOrder::DayMonth,
            DateOrderArg::Mdy => DateOrder::MonthDay,
        }),
        replace: match args.reading.replace {
            ReplaceArg::Id => Replace::Id,
            ReplaceArg::Schedule => Replace::Schedule,
            ReplaceArg::None => Replace::None,
        },
        apply_swaps: args.reading.apply_swaps,
        levels,
        fail_on: match rules.fail_on {
            FailOnArg::Error => Some(Severity::Error),
            FailOnArg::Warning => Some(Severity::Warning),
            FailOnArg::Never => None,
        },
        max_per_agent: rules.max_per_agent,
        labour: args.labour.meant(),
        longest_shift: rules.longest_shift,
        command: typed(),
        accepted: args.reading.accept.clone(),
        jobs: args.reading.jobs.map(usize::from),
    })
}

/// The command line, with the program's name for its path.
fn typed() -> Vec<String> {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("shiftlint".to_owned()).chain(words).collect()
}

fn files(args: &CheckArgs) -> Result<Vec<InputFile>, Error> {
    let reading = &args.reading;
    let roles = [
        (Role::Batch, &args.batch),
        (Role::Published, &reading.published),
        (Role::TimeOff, &reading.time_off),
        (Role::Swaps, &reading.swaps),
        (Role::Agents, &reading.agents),
    ];
    let named: Vec<(Role, &String)> =
        roles.iter().flat_map(|(role, names)| names.iter().map(|name| (*role, name))).collect();
    let mut known: HashMap<PathBuf, Vec<Role>> = HashMap::new();
    for (role, name) in &named {
        known.entry(whole(name)).or_default().push(*role);
    }
    let mut files: Vec<(InputFile, PathBuf)> = Vec::new();
    for (role, name) in &named {
        for path in paths::expand(name)? {
            let whole = whole(&path);
            let roles = known.get(&whole).filter(|_| path != **name);
            // A folder often holds the published schedule and the time off as well.
            if !roles.is_some_and(|roles| roles.iter().any(|other| other != role)) {
                files.push((InputFile { role: *role, path: path.into() }, whole));
            }
        }
    }
    if files.iter().filter(|(file, _)| is_standard_input(&file.path)).count() > 1 {
        let help = "standard input can be read once; write the others to files".to_owned();
        return Err(Error::usage("`-` stands for two inputs", Some(help)));
    }
    // One file under two names, a link among them, would be in its own way.
    files.sort();
    let mut taken = HashSet::new();
    files.retain(|(file, whole)| taken.insert((file.role, whole.clone())));
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

/// Whether the path stands for standard input, by whichever of its names.
pub(crate) fn is_standard_input(path: &str) -> bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(&path)
}

/// The path from the root, links followed, where there is such a file.
fn whole(path: &str) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.into())
}
