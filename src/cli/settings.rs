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
    let mut files = Vec::new();
    for (role, name) in &named {
        let has_other_role = |path: &String| {
            path != *name
                && named.iter().any(|(other, named)| other != role && same_file(path, named))
        };
        // A folder often holds the published schedule and the time off as well.
        let paths = paths::expand(name)?.into_iter().filter(|path| !has_other_role(path));
        files.extend(paths.map(|path| InputFile { role: *role, path: path.into() }));
    }
    if files.iter().filter(|file| &*file.path == "-").count() > 1 {
        let help = "standard input can be read once; write the others to files".to_owned();
        return Err(Error::usage("`-` stands for two inputs", Some(help)));
    }
    Ok(files)
}

fn same_file(path: &str, named: &str) -> bool {
    let whole = |path: &str| std::fs::canonicalize(path).ok();
    path == named || whole(path).is_some_and(|path| whole(named) == Some(path))
}
