//! Decides where reports go and in which format, and writes them.

use crate::cli::args::{ColorArg, ReportArgs, Typed};
use crate::cli::destination::{destination, folder_of, identity, is_plain_file};
use crate::cli::interrupt;
use crate::error::Error;
use crate::model::finding::Report;
use crate::report::visible::visible;
use crate::report::{REPORTERS, Reporter, Style};
use crate::thread_pool::ThreadPool;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The width without a terminal, in columns.
const FREE_WIDTH: usize = 80;

/// One report to write.
pub(crate) struct OutputTarget {
    reporter: &'static Reporter,
    /// `None` for standard output.
    pub(crate) path: Option<PathBuf>,
}

/// Combines each `--format` with the `--output` beside it. An output without a format gets
/// it from its ending.
///
/// # Errors
/// When two reports would go to one place, or a place or format cannot be determined.
pub(crate) fn targets(typed: &[Typed]) -> Result<Vec<OutputTarget>, Error> {
    if typed.contains(&Typed::Output(String::new())) {
        let help = "name a file, or `-` for standard output".to_owned();
        return Err(Error::usage("the name behind --output is empty", Some(help)));
    }
    let mut targets: Vec<OutputTarget> = Vec::new();
    let mut waiting: Option<PathBuf> = None;
    let mut open = false;
    for word in typed {
        match word {
            Typed::Format(name) => {
                open = waiting.is_none();
                let path = waiting.take().filter(|path| path != Path::new("-"));
                targets.extend(reporter(name).map(|reporter| OutputTarget { reporter, path }));
            }
            Typed::Output(path) if open => {
                open = false;
                if let Some(target) = targets.last_mut() {
                    target.path = Some(PathBuf::from(path)).filter(|path| path != Path::new("-"));
                }
            }
            Typed::Output(path) => {
                if let Some(path) = waiting.replace(PathBuf::from(path)) {
                    targets.push(OutputTarget { reporter: by_ending(&path)?, path: Some(path) });
                }
            }
        }
    }
    if let Some(path) = waiting {
        targets.push(OutputTarget { reporter: by_ending(&path)?, path: Some(path) });
    }
    if targets.is_empty() {
        targets.extend(reporter("text").map(|reporter| OutputTarget { reporter, path: None }));
    }
    one_report_a_place(&targets)?;
    Ok(targets)
}

fn reporter(name: &str) -> Option<&'static Reporter> {
    REPORTERS.iter().copied().find(|reporter| reporter.name == name)
}

fn by_ending(path: &Path) -> Result<&'static Reporter, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let name = match ending.as_deref() {
        Some("txt") => Some("text"),
        Some("md") => Some("markdown"),
        Some("xml") => Some("junit"),
        ending => ending,
    };
    name.and_then(reporter).ok_or_else(|| {
        let help = "put --format before it, such as --format json".to_owned();
        Error::usage(format!("no --format for --output {}", path.display()), Some(help))
    })
}

fn one_report_a_place(targets: &[OutputTarget]) -> Result<(), Error> {
    let places: Vec<Option<PathBuf>> =
        targets.iter().map(|target| target.path.as_deref().map(identity)).collect();
    for (place, target) in targets.iter().enumerate() {
        if places[..place].contains(&places[place]) {
            let place = target
                .path
                .as_ref()
                .map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
            let help = "give each --format an --output of its own, in the same order".to_owned();
            return Err(Error::usage(format!("two reports would go to {place}"), Some(help)));
        }
    }
    Ok(())
}

/// Refuses to write reports into folders that are not there, before anything is checked.
///
/// # Errors
/// When a folder is missing.
pub(crate) fn look_for_folders(targets: &[OutputTarget]) -> Result<(), Error> {
    let paths = targets.iter().filter_map(|target| target.path.as_ref());
    for path in paths.filter(|path| path.symlink_metadata().is_err()) {
        if let Some(Err(error)) = folder_of(path).map(Path::metadata) {
            return Err(Error::write(Some(path.clone()), error, way_out(path)));
        }
    }
    Ok(())
}

/// Writes every report. All are tried; the first failure is returned.
///
/// # Errors
/// When a report cannot be written. A reader that closes its end is not a failure.
pub(crate) fn write_all(
    report: &Report,
    targets: &[OutputTarget],
    args: &ReportArgs,
    pool: &ThreadPool,
) -> Result<(), Error> {
    let outcomes: Vec<Result<(), Error>> =
        targets.iter().map(|target| write_one(report, target, args, pool)).collect();
    outcomes.into_iter().collect()
}

fn write_one(
    report: &Report,
    target: &OutputTarget,
    args: &ReportArgs,
    pool: &ThreadPool,
) -> Result<(), Error> {
    let style = style(args, target.path.is_none());
    let write = |out: &mut dyn Write| (target.reporter.write)(report, &style, pool, out);
    match &target.path {
        None => to_standard_output(write),
        Some(path) => to_file(path, write)
            .map_err(|error| Error::write(Some(path.clone()), error, way_out(path))),
    }
}

fn style(args: &ReportArgs, standard_output: bool) -> Style {
    let (color, width) = appearance(args.color, standard_output);
    Style {
        color,
        width,
        verbose: args.verbose,
        quiet: args.quiet,
        statistics: args.statistics,
        fixes: args.fixes,
    }
}

/// Whether a report has colours, and how wide it is.
fn appearance(color: ColorArg, standard_output: bool) -> (bool, usize) {
    let terminal = standard_output && io::stdout().is_terminal();
    let size = if terminal { terminal_size::terminal_size() } else { None };
    let width = size.map_or(FREE_WIDTH, |(width, _)| usize::from(width.0));
    (standard_output && wants_color(color, terminal), width)
}

/// The width of standard output, in columns.
pub(crate) fn width() -> usize {
    appearance(ColorArg::Never, true).1
}

/// Writes a report to standard output.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn show(
    report: &Report,
    reporter: &Reporter,
    color: ColorArg,
    pool: &ThreadPool,
) -> Result<(), Error> {
    let (color, width) = appearance(color, true);
    let style = Style { color, width, verbose: true, ..Style::PLAIN };
    to_standard_output(|out| (reporter.write)(report, &style, pool, out))
}

/// `--color` decides; left to itself, `NO_COLOR` and `CLICOLOR_FORCE` do, and
/// then the terminal.
fn wants_color(color: ColorArg, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced =
        std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto if set("NO_COLOR") => false,
        ColorArg::Auto if forced => true,
        ColorArg::Auto => {
            let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            terminal && !is_dumb && takes_colors()
        }
    }
}

/// Whether a terminal takes escape codes for colours. Older consoles of Windows have to be asked,
/// and print them as text if they cannot.
fn takes_colors() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Prints a text.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    to_standard_output(|out| out.write_all(text.as_bytes()))
}

/// Prints text that is given the width of the terminal.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn print_fitting(
    write: impl FnOnce(usize, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let (_, width) = appearance(ColorArg::Never, true);
    to_standard_output(|out| write(width, out))
}

/// Prints text that is given the width of the terminal, and whether it has colours.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn print_painted(
    color: ColorArg,
    write: impl FnOnce((usize, bool), &mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let (color, width) = appearance(color, true);
    to_standard_output(|out| write((width, color), out))
}

/// Whether standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes text to standard error, that is given its width and whether it has colours. Nobody
/// can be told if that fails.
pub(crate) fn print_aside(
    color: ColorArg,
    write: impl FnOnce((usize, bool), &mut dyn Write) -> io::Result<()>,
) {
    let terminal = io::stderr().is_terminal();
    let size = if terminal { terminal_size::terminal_size_of(io::stderr()) } else { None };
    let width = size.map_or(FREE_WIDTH, |(width, _)| usize::from(width.0));
    let mut out = BufWriter::new(io::stderr().lock());
    let _ = write((width, wants_color(color, terminal)), &mut out).and_then(|()| out.flush());
}

/// Writes a line to standard error. Nobody can be told if that fails.
pub(crate) fn print_aside_line(line: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(line));
}

fn to_standard_output(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::write(None, error, None)),
        _ => Ok(()),
    }
}

/// Writes beside the file and renames, so that a report is whole or absent. What is not a
/// plain file, such as a device or a pipe, is written directly.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if !is_plain_file(path) {
        let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let path = destination(path);
    let beside = || beside(folder_of(&path).unwrap_or(Path::new(".")));
    let file = interrupt::guarded(beside)?;
    if let Ok(about) = path.metadata() {
        // The permissions of the report are not for us to change. Where they cannot be set,
        // the disk has none.
        let _ = file.as_file().set_permissions(about.permissions());
    }
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// Writes a text into a file, which is whole or absent.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    to_file(path, |out| out.write_all(text.as_bytes()))
        .map_err(|error| Error::write(Some(path.to_owned()), error, way_out(path)))
}

/// Opened here and not by `tempfile`, whose errors name the temporary file: only the
/// report's name means anything to the user.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let open = |path: &Path| std::fs::File::options().write(true).create_new(true).open(path);
    tempfile::Builder::new().prefix(".shiftlint-").make_in(folder, open)
}

/// What to do about a report that could not be written, if its folder is why.
fn way_out(path: &Path) -> Option<String> {
    let folder = folder_of(path)?;
    let shown = folder.display();
    match folder.metadata() {
        Ok(about) if !about.is_dir() => {
            Some(format!("`{shown}` is not a folder; name another file with --output"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Some(format!("the folder `{shown}` does not exist; make it first"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, targets};

    fn format(name: &str) -> Typed {
        Typed::Format(name.to_owned())
    }

    fn output(path: &str) -> Typed {
        Typed::Output(path.to_owned())
    }

    fn told(typed: &[Typed]) -> Vec<(&'static str, Option<String>)> {
        let targets = targets(typed).map_err(|error| error.to_string()).expect("sound");
        let path = |target: &super::OutputTarget| {
            target.path.as_ref().map(|path| path.display().to_string())
        };
        targets.iter().map(|target| (target.reporter.name, path(target))).collect()
    }

    #[test]
    fn a_format_and_the_output_beside_it_are_a_pair() {
        let file = |name: &str| Some(name.to_owned());
        assert_eq!(told(&[]), [("text", None)]);
        assert_eq!(told(&[output("r.json")]), [("json", file("r.json"))]);
        let both = [("text", None), ("json", file("r.json"))];
        assert_eq!(told(&[format("text"), format("json"), output("r.json")]), both);
        assert_eq!(told(&[format("text"), output("-"), format("json"), output("r.json")]), both);
        assert_eq!(told(&[output("r"), format("json")]), [("json", file("r"))]);
        let turned = [("json", file("r")), ("text", None)];
        assert_eq!(told(&[output("r"), format("json"), format("text")]), turned);
    }

    #[test]
    fn what_would_mix_reports_is_refused() {
        assert!(targets(&[format("text"), format("json")]).is_err());
        assert!(targets(&[format("text"), output("r"), format("json"), output("r")]).is_err());
        assert!(targets(&[output("r.pdf")]).is_err());
    }
}
