//! Runs `shiftlint init`, which writes a configuration from what the files show.

use crate::analyze::{Progress, analyze};
use crate::cli::args::{InitArgs, PresetArg};
use crate::cli::config::{NAMES, beside};
use crate::cli::{output, settings};
use crate::error::Error;
use crate::model::finding::{Input, Report, file_of};
use crate::model::source::Role;
use crate::report::visible::visible;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

/// Looks at the files and writes the configuration.
///
/// # Errors
/// When there is a configuration, or it cannot be written.
pub(crate) fn run(args: &InitArgs) -> Result<ExitCode, Error> {
    let exists = |name: &&&str| Path::new(name).symlink_metadata().is_ok();
    if let Some(name) = NAMES.iter().find(exists) {
        let help = "change it, or remove it first".to_owned();
        return Err(Error::usage(format!("there is a configuration: {name}"), Some(help)));
    }
    let settings = settings::of_files(&args.files)?;
    let report = analyze(&settings, &Progress::default())?;
    report.inputs.iter().try_for_each(refuse_nothing)?;
    let text = configuration(&report, args.preset);
    let path = Path::new(NAMES[0]);
    output::write_text(path, &text)?;
    let is_batch = |input: &Input| role_of(input) == Role::Batch && input.is_read;
    let batch = report.inputs.iter().any(is_batch);
    let next = if batch { "shiftlint check" } else { "name the batch in it, then shiftlint check" };
    output::print(&format!("wrote {}; next: {next}\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses an input that is no file: one that is missing, or a folder without any.
fn refuse_nothing(input: &Input) -> Result<(), Error> {
    let shown = file_of(&input.path, input.sheet.as_deref());
    let path = Path::new(shown);
    if path.is_dir() && input.is_read {
        let help = "run this where the files of a schedule are, or name them";
        return Err(Error::usage(
            format!("there is no schedule in `{shown}`"),
            Some(help.to_owned()),
        ));
    }
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(Error::usage(format!("there is no file `{shown}`"), beside(path)))
        }
        _ => Ok(()),
    }
}

/// The text of a configuration for these inputs.
fn configuration(report: &Report, preset: PresetArg) -> String {
    let mut text = String::from(
        "# The configuration of shiftlint, read by check, plan, triage, why, fix and inspect.\n\
         # Each option of `shiftlint check --help` about inputs, times and rules can stand here\n\
         # by its name; what is typed counts before what is written here. Paths are relative\n\
         # to this file.\n\n\
         # The zone of local times that nothing else gives a zone.\n\
         # tz = \"America/Chicago\"\n\n\
         # From which severity findings make the exit code 1: error, warning, never.\n\
         # fail-on = \"error\"\n\n",
    );
    push_inputs(&mut text, report);
    push_questions(&mut text, report);
    push_severity(&mut text, preset);
    text.push_str(
        "\n# What is different for some files.\n\
         # [[files]]\n\
         # path = \"exports/*.csv\"\n\
         # map = { agent = \"Booked for\" }\n\
         # encoding = \"windows-1252\"\n\n\
         # The zones of agents, for those of whom no list says one.\n\
         # [zones]\n\
         # anna = \"Europe/Berlin\"\n",
    );
    text
}

fn push_inputs(text: &mut String, report: &Report) {
    text.push_str("[inputs]\n");
    for role in Role::ALL {
        let of_role = report.inputs.iter().filter(|input| input.is_read && role_of(input) == role);
        let mut paths: Vec<&str> =
            of_role.map(|input| file_of(&input.path, input.sheet.as_deref())).collect();
        paths.dedup();
        let plain = |path: &str| quoted(path.strip_prefix("./").unwrap_or(path));
        let paths: Vec<String> = paths.into_iter().map(plain).collect();
        match &*paths {
            [] => text.push_str(&format!("# {role} = \"{role}.csv\"\n")),
            [path] => text.push_str(&format!("{role} = {path}\n")),
            paths => text.push_str(&format!("{role} = [\n  {},\n]\n", paths.join(",\n  "))),
        }
    }
    push_unread(text, report);
}

/// Names the files in known formats that are not read, and why, as comments.
fn push_unread(text: &mut String, report: &Report) {
    let unread = |input: &&Input| !input.is_read && input.format.is_some();
    for input in report.inputs.iter().filter(unread) {
        for note in &input.notes {
            text.push_str(&format!("# {}\n", visible(&format!("{}: {note}", input.path))));
        }
    }
}

/// Words in the names of files that are not about to be sent, by the role that they show.
const NAMED: [(Role, &[&str]); 4] = [
    (Role::Base, &["base", "before"]),
    (Role::Published, &["published", "live", "current"]),
    (Role::TimeOff, &["time-off", "time_off", "timeoff", "pto", "absence", "leave"]),
    (Role::Unavailable, &["unavailab", "availability"]),
];

/// The role that an input has, or that its name shows: shifts that are live look like a batch.
fn role_of(input: &Input) -> Role {
    let path = file_of(&input.path, input.sheet.as_deref());
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let shows = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let named = NAMED.iter().find(|(_, words)| input.role == Role::Batch && shows(words));
    named.map_or(input.role, |(role, _)| *role)
}

/// Writes what is open about the inputs as comments: a person has to answer.
fn push_questions(text: &mut String, report: &Report) {
    let open = |input: &Input| input.doubts.iter().any(|doubt| !doubt.accepted);
    if !report.inputs.iter().any(open) {
        return;
    }
    text.push_str("\n# Open questions about these files; `shiftlint inspect` shows the answers.\n");
    for input in &report.inputs {
        for doubt in input.doubts.iter().filter(|doubt| !doubt.accepted) {
            let (path, code) = (&input.path, doubt.kind.code);
            text.push_str(&format!(
                "# {}\n",
                visible(&format!("{path}: {code}: {}", doubt.message))
            ));
        }
    }
}

fn push_severity(text: &mut String, preset: PresetArg) {
    let strict = "OV202 = \"error\" # time off that is asked for\n\
                  SW101 = \"error\" # shifts in swaps that are not decided\n\
                  SW102 = \"error\" # shifts that clash once a swap is approved\n";
    match preset {
        PresetArg::Strict => text.push_str(&format!(
            "\n# As strict as a server that refuses whatever is not decided.\n[severity]\n{strict}"
        )),
        PresetArg::Usual => {
            let strict = strict.lines().map(|line| format!("# {line}\n")).collect::<String>();
            text.push_str(&format!(
                "\n# Other levels of rules; these are those of a server that refuses whatever is not \
                 decided.\n# [severity]\n{strict}"
            ));
        }
    }
}

/// A string of TOML.
fn quoted(path: &str) -> String {
    let escaped = path.replace('\\', "\\\\").replace('"', "\\\"");
    let control = |letter: char| match letter {
        letter if letter.is_control() => format!("\\u{:04X}", u32::from(letter)),
        letter => letter.to_string(),
    };
    format!("\"{}\"", escaped.chars().map(control).collect::<String>())
}
