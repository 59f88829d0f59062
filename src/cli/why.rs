//! Runs `shiftlint why`, which explains two records, or what touches one.

use crate::analyze::Progress;
use crate::cli::args::WhyArgs;
use crate::cli::{output, progress, settings};
use crate::error::Error;
use crate::thread_pool::ThreadPool;
use crate::why;
use std::process::ExitCode;
use std::sync::Arc;

/// Explains the records.
///
/// # Errors
/// When the command line makes no sense or the explanation cannot be written.
pub(crate) fn run(args: &WhyArgs) -> Result<ExitCode, Error> {
    if args.records.len() > 2 {
        let help = "quote a name that contains spaces".to_owned();
        return Err(Error::usage("one or two records can be named behind `--`", Some(help)));
    }
    let settings = settings::of_why(args)?;
    let progress = Arc::new(Progress::default());
    let bar = progress::show_unless(args.no_progress, &settings, &progress);
    let explanation = why::explain(&settings, &args.records, &progress);
    drop(bar);
    let explanation = explanation?;
    match &*args.shown.format {
        "json" => {
            let pool = ThreadPool::new(settings.jobs)?;
            output::print_painted(args.shown.colors.color, |_, out| {
                why::write_json(&explanation, &pool, out)
            })?;
        }
        _ => output::print_painted(args.shown.colors.color, |appearance, out| {
            why::write_summary(&explanation, appearance, out)
        })?,
    }
    Ok(ExitCode::from(explanation.exit_code()))
}
