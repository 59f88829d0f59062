//! Declares the options that say which findings count.

use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Gate")]
pub(crate) struct GateArgs {
    /// Findings that are known, and do not fail: a baseline, or a JSON report
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plan", "redact"])]
    pub(crate) baseline: Option<String>,

    /// Fail if findings of the baseline are gone
    #[arg(long, requires = "baseline")]
    pub(crate) strict_baseline: bool,

    /// Remove findings that are gone from the baseline
    #[arg(long, requires = "baseline", conflicts_with = "write_baseline")]
    pub(crate) prune_baseline: bool,

    /// Write what this check finds as a baseline: it is known from now on
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plan", "redact"])]
    pub(crate) write_baseline: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Gate")]
pub(crate) struct TodayArgs {
    /// The date by which allowances expire [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
}
