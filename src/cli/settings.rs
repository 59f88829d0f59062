//! What was typed becomes what is meant.

use crate::cli::args::{CheckArgs, DateOrderArg, DisambiguationArg, FailOnArg, ReplaceArg};
use crate::cli::paths;
use shiftlint::error::Error;
use shiftlint::judge;
use shiftlint::model::rule::Severity;
use shiftlint::model::settings::{InputFile, Replace, Settings, Tzdb};
use shiftlint::model::source::Role;
use shiftlint::model::time::{DateOrder, Disambiguation};
use shiftlint::read::READERS;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The settings of a check.
///
/// # Errors
/// When what was typed makes no sense.
pub(crate) fn of_check(args: &CheckArgs) -> Result<Settings, Error> {
    let rules = &args.rules;
    let levels = judge::selected(&rules.select, &rules.ignore, &rules.severity)
        .map_err(|unknown| Error::usage(unknown.to_string(), Some(unknown.help())))?;
    let named = args.reading.input_format.as_deref();
    Ok(Settings {
        files: files(args)?,
        format: READERS.iter().map(|reader| reader.name).find(|name| Some(*name) == named),
        encoding: args.reading.encoding.clone(),
        max_unpacked: args.reading.max_unpacked,
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
        levels,
        fail_on: match rules.fail_on {
            FailOnArg::Error => Some(Severity::Error),
            FailOnArg::Warning => Some(Severity::Warning),
            FailOnArg::Never => None,
        },
        max_per_agent: rules.max_per_agent,
        jobs: args.reading.jobs.map(usize::from),
        ..Settings::default()
    })
}

fn files(args: &CheckArgs) -> Result<Vec<InputFile>, Error> {
    let reading = &args.reading;
    let roles = [
        (Role::Batch, &args.batch),
        (Role::Published, &reading.published),
        (Role::TimeOff, &reading.time_off),
        (Role::Agents, &reading.agents),
    ];
    let named: Vec<(Role, &String)> =
        roles.iter().flat_map(|(role, names)| names.iter().map(|name| (*role, name))).collect();
    let explicit: BTreeSet<(Role, PathBuf)> =
        named.iter().map(|(role, name)| (*role, whole(name))).collect();
    let has_other_role = |role: Role, file: &PathBuf| {
        explicit.iter().any(|(other, named)| *other != role && named == file)
    };
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    for (role, name) in named {
        for path in paths::expand(name)? {
            let file = whole(&path);
            // A folder often holds the published schedule and the time off as
            // well; and a file that is named twice, as itself and in a glob, is one.
            let elsewhere = path != *name && has_other_role(role, &file);
            if path == "-" || !elsewhere && seen.insert((role, file)) {
                files.push(InputFile { role, path: path.into() });
            }
        }
    }
    if files.iter().filter(|file| &*file.path == "-").count() > 1 {
        let help = "standard input can be read once; write the others to files".to_owned();
        return Err(Error::usage("`-` stands for two inputs", Some(help)));
    }
    Ok(files)
}

/// The one name of a file that has several.
fn whole(path: &str) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.into())
}
