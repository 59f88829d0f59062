//! Runs `shiftlint why`, which explains two records, or what touches one.

use crate::analyze::Progress;
use crate::cli::args::WhyArgs;
use crate::cli::{gate, output, progress, settings};
use crate::error::Error;
use crate::gate::{allow, allowed_facts};
use crate::model::finding::Report;
use crate::thread_pool::ThreadPool;
use crate::why::{self, Allowances};
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
    let gate = gate::of_allowances(&args.reading, &args.date, &settings)?;
    let explained = allowed_facts(&settings, &gate, &progress).and_then(|facts| {
        let mark = |report: &mut Report| allow(report, gate.allowances.clone(), &gate.today);
        let allowances = Allowances { facts: &facts, mark: &mark };
        why::explain(&settings, &args.records, &allowances, &progress)
    });
    drop(bar);
    let explanation = explained?;
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
