//! Declares the options of `diff`.

use super::labour::LabourArgs;
use super::{ReadingArgs, RuleArgs, TimeArgs};
use clap::Args;

/// Show what two reports or two batches have gained and lost.
///
/// OLD and NEW are JSON reports of `check`, or batches that are checked with the same other inputs.
/// A finding is the same if its records have the same ids or the same times, and it takes no time
/// that it did not take before.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    shiftlint diff before.json after.json\n  \
    shiftlint diff monday.csv tuesday.csv --published live.csv\n  \
    shiftlint diff before.json after.json --format markdown >> \"$GITHUB_STEP_SUMMARY\"\n\n\
    Exit codes: 0 nothing new, 1 something new, 2 wrong command line, 3 something could not be read \
    or written, 4 a batch has nothing to check")]
pub(crate) struct DiffArgs {
    /// A JSON report, or a batch
    #[arg(value_name = "OLD")]
    pub(crate) old: String,

    /// A JSON report, or a batch
    #[arg(value_name = "NEW")]
    pub(crate) new: String,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    #[command(flatten)]
    pub(crate) labour: LabourArgs,

    /// The format of what is shown: text, markdown or json
    #[arg(long, value_name = "NAME", default_value = "text", value_parser = ["text", "markdown", "json"], help_heading = "Reports")]
    pub(crate) format: String,

    /// Show what is still there, too
    #[arg(long, short, help_heading = "Reports")]
    pub(crate) verbose: bool,

    /// The first option that was typed about how batches are checked.
    #[arg(skip)]
    pub(crate) judging: Option<String>,
}
