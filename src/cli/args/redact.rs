//! Declares the options that keep names within the house.

use super::{ReadingArgs, TimeArgs};
use clap::Args;

/// How pseudonyms are made, and where the way back is kept.
#[derive(Debug, Args)]
#[command(next_help_heading = "Privacy")]
pub(crate) struct PseudonymArgs {
    /// The file with the key of pseudonyms [default: the variable SHIFTLINT_REDACT_KEY]
    #[arg(long, value_name = "FILE")]
    pub(crate) redact_key: Option<String>,

    /// Write which pseudonym stands for what into a file that only you can read
    #[arg(long, value_name = "FILE")]
    pub(crate) redact_map: Option<String>,
}

/// Whether a report has pseudonyms.
#[derive(Debug, Args)]
#[command(next_help_heading = "Privacy")]
pub(crate) struct PrivacyArgs {
    /// Report about redacted copies of the inputs: no name, id or note is in any output
    #[arg(long, conflicts_with = "plan")]
    pub(crate) redact: bool,

    /// The file with the key of pseudonyms [default: the variable SHIFTLINT_REDACT_KEY]
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(crate) redact_key: Option<String>,

    /// Write which pseudonym stands for what into a file that only you can read
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(crate) redact_map: Option<String>,
}

impl PrivacyArgs {
    /// How pseudonyms are made.
    pub(crate) fn pseudonyms(&self) -> PseudonymArgs {
        let PrivacyArgs { redact_key, redact_map, .. } = self;
        PseudonymArgs { redact_key: redact_key.clone(), redact_map: redact_map.clone() }
    }
}

/// Write copies of files in which names, ids and notes are replaced or left out.
///
/// The copies have the same findings, doubts and counts as the files: both are checked, and
/// nothing is written if they differ. Equal words get equal pseudonyms in all files, by a secret
/// key. Times stay, and times alone may identify people.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    openssl rand -hex 32 > key\n  \
    shiftlint redact batch.csv --published live.csv --redact-key key --out copies\n  \
    shiftlint redact batch.csv --redact-key key --redact-map map.csv --out copies\n\n\
    Exit codes: 0 the copies are written, 2 wrong command line, 3 something could not be read or \
    written, or has no safe copy, 4 no record")]
pub(crate) struct RedactArgs {
    /// The files to copy: files, directories, globs, or `-`
    #[arg(value_name = "FILE", required_unless_present_any = ["published", "base", "time_off", "unavailable", "swaps", "agents"])]
    pub(crate) files: Vec<String>,

    /// The folder that is written; it must not exist yet
    #[arg(long, value_name = "DIR", help_heading = "Copies")]
    pub(crate) out: String,

    #[command(flatten)]
    pub(crate) pseudonyms: PseudonymArgs,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    /// No summary
    #[arg(long, short, help_heading = "Reports")]
    pub(crate) quiet: bool,
}
