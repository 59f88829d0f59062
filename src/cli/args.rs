//! Declares the commands and options of the command line.

mod diff;
mod duration;
mod gate;
mod labour;
mod redact;

use crate::calendar::bundled_version;
use crate::cli::config::Config;
use crate::cli::values::{acceptance, encoding, field, level, mapping, record_size, size};
use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::settings::{Mapping, NamedEncoding};
use crate::read::{FORMATS, zoneinfo};
use crate::report::REPORTERS;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};
pub(crate) use diff::DiffArgs;
use duration::up_to_a_year;
pub(crate) use gate::{GateArgs, TodayArgs};
pub(crate) use labour::LabourArgs;
pub(crate) use redact::{PrivacyArgs, PseudonymArgs, RedactArgs};
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::LazyLock;

/// The version of this system's tz database, looked up once a run.
pub(crate) static SYSTEM_TZDB: LazyLock<Option<String>> =
    LazyLock::new(|| zoneinfo::system_folder().and_then(zoneinfo::version));

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let system = match &*SYSTEM_TZDB {
        Some(version) => format!("this system's {version}"),
        None => "this system's unknown".to_owned(),
    };
    format!("{} (tz database {}, {system})", env!("CARGO_PKG_VERSION"), bundled_version())
});

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// A linter for workforce schedules.
///
/// Reads the schedule you are about to publish, what is published, time off and
/// shift swaps, and says, offline and before anything is sent, which records would
/// clash, why, and what to do.
#[derive(Debug, Parser)]
#[command(
    name = "shiftlint",
    version = VERSION.as_str(),
    styles = STYLES,
    max_term_width = 100,
    after_help = "Example: shiftlint check batch.csv --published live.csv --time-off off.csv\n\n\
                  Exit codes: 0 clean, 1 conflicts, 2 wrong command line, 3 something could not \
                  be read or written, 4 nothing to check"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<CheckArgs>),
    Plan(Box<PlanArgs>),
    Triage(Box<TriageArgs>),
    Why(Box<WhyArgs>),
    Fix(Box<FixArgs>),
    Diff(Box<DiffArgs>),
    Inspect(Box<InspectArgs>),
    Init(InitArgs),
    Redact(Box<RedactArgs>),
    Rules(RulesArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Check a batch before it is sent: findings and a verdict.
///
/// A file may be CSV (any of , ; tab |), JSON, NDJSON or an Excel workbook, detected from its content; `-`
/// is standard input, a directory means the known files in it, and a glob the
/// shell left alone is expanded.
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "shiftlint check [OPTIONS] <BATCH>...\n       shiftlint check [OPTIONS] --plan <DIR>",
    after_help = "Examples:\n  \
    shiftlint check batch.csv\n  \
    shiftlint check batch.csv --published live.csv --time-off off.csv --tz America/Chicago\n  \
    shiftlint check exports/ --format text --format json --output report.json\n  \
    shiftlint check --plan plan\n\n\
    Exit codes: 0 clean, 1 findings at the --fail-on level, 2 wrong command line, 3 something \
    could not be read, checked or written, 4 no batch record"
)]
pub(crate) struct CheckArgs {
    /// The records about to be sent: files, directories, globs, or `-`
    #[arg(required_unless_present = "plan", value_name = "BATCH")]
    pub(crate) batch: Vec<String>,

    /// Check what a plan sends, chunk by chunk, instead of a batch; the plan names its inputs
    #[arg(long, value_name = "DIR", conflicts_with = "batch", help_heading = "Inputs")]
    pub(crate) plan: Option<String>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    #[command(flatten)]
    pub(crate) labour: LabourArgs,

    #[command(flatten)]
    pub(crate) gate: GateArgs,

    #[command(flatten)]
    pub(crate) date: TodayArgs,

    #[command(flatten)]
    pub(crate) privacy: PrivacyArgs,

    #[command(flatten)]
    pub(crate) reports: ReportArgs,
}

/// Write what of a batch can be sent now, in safe chunks, and what must wait.
///
/// The folder DIR gets `send/`, with chunks in the format of the batch, each record as it
/// was written; `hold/`, with what waits and the reasons; and `plan.json`, which lists
/// every file and record. Sent in this order, no record meets what is live by then.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint plan batch.csv --published live.csv --time-off off.csv --out plan\n  \
    shiftlint plan upload.json --published live.json --out plan --chunk 100 --lanes 4\n\n\
    Exit codes: 0 everything can go, 1 something waits, 2 wrong command line, 3 something could \
    not be read or written, 4 nothing to plan")]
pub(crate) struct PlanArgs {
    /// The records about to be sent: files, directories, globs, or `-`
    #[arg(required = true, value_name = "BATCH")]
    pub(crate) batch: Vec<String>,

    /// The folder that is written; it must not exist yet
    #[arg(long, value_name = "DIR", help_heading = "Plan")]
    pub(crate) out: String,

    /// Replace the plan that is in that folder
    #[arg(long, help_heading = "Plan")]
    pub(crate) force: bool,

    /// The most records of a chunk; what has to be sent at once is never divided
    #[arg(long, value_name = "N", default_value = "50", help_heading = "Plan")]
    pub(crate) chunk: NonZeroU64,

    /// The most lanes: chunks of two lanes can be sent at the same time
    #[arg(long, value_name = "N", default_value = "1", help_heading = "Plan")]
    pub(crate) lanes: NonZeroUsize,

    /// The most records that may be sent in a minute; each chunk gets a time
    #[arg(long, value_name = "N", help_heading = "Plan")]
    pub(crate) per_minute: Option<NonZeroU32>,

    /// What as much as possible of is kept
    #[arg(long, value_name = "WHAT", default_value = "most-shifts", help_heading = "Plan")]
    pub(crate) keep: KeepArg,

    /// Send records although a request or a swap is pending, or an overlap only possible
    #[arg(long, value_name = "WHAT,...", value_delimiter = ',', help_heading = "Plan")]
    pub(crate) send: Vec<SendArg>,

    /// For servers that take the records of a chunk one after another
    #[arg(long, help_heading = "Plan")]
    pub(crate) one_by_one: bool,

    /// Plan what could be read, although something could not
    #[arg(long, help_heading = "Plan")]
    pub(crate) partial: bool,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) date: TodayArgs,

    #[command(flatten)]
    pub(crate) colors: ColorArgs,

    /// No summary
    #[arg(long, short, help_heading = "Reports")]
    pub(crate) quiet: bool,

    /// No progress bar
    #[arg(long, help_heading = "Reports")]
    pub(crate) no_progress: bool,
}

/// Explain a batch that a server sent back.
///
/// Reads what came back (a JSON error, a list of them, a 207 with items, the result of a job,
/// log lines, a HAR file, what curl printed), finds the record that each complaint means, and
/// says what is wrong with it: an overlap in the data, a stale version, a pending swap or
/// request, or a reason that only the server knows.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint triage batch.csv --response answer.json\n  \
    shiftlint triage batch.csv --response push.log --published live.csv --time-off off.csv\n  \
    shiftlint triage a.json b.json --response a.json=first.json --response b.json=second.json\n  \
    shiftlint triage batch.csv --plan plan --response answers/ --write-retry again\n\n\
    Exit codes: 0 every complaint is explained, 1 some are not, 2 wrong command line, 3 something \
    could not be read, or the answer is to another batch, 4 no complaint")]
pub(crate) struct TriageArgs {
    /// The records that were sent: files, directories, globs, or `-`
    #[arg(required = true, value_name = "BATCH")]
    pub(crate) batch: Vec<String>,

    /// What came back: a file, a folder of them, or `-`; CHUNK is the file of the batch that it
    /// answers to
    #[arg(long, required = true, value_name = "[CHUNK=]FILE", help_heading = "Triage")]
    pub(crate) response: Vec<String>,

    /// What indexes in the answer count from [default: as the answer shows]
    #[arg(
        long,
        value_name = "0|1",
        value_parser = clap::value_parser!(u64).range(0..=1),
        help_heading = "Triage"
    )]
    pub(crate) index_base: Option<u64>,

    /// The plan whose chunks were sent; every record that was sent gets a fate
    #[arg(long, value_name = "DIR", help_heading = "Triage")]
    pub(crate) plan: Option<String>,

    /// Write what can be sent again into a folder, as a plan
    #[arg(long, value_name = "DIR", requires = "plan", help_heading = "Triage")]
    pub(crate) write_retry: Option<String>,

    /// What it means that no answer mentions a record [default: it is not sent again]
    #[arg(long, value_name = "WHAT", requires = "write_retry", help_heading = "Triage")]
    pub(crate) unmentioned: Option<UnmentionedArg>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) date: TodayArgs,

    #[command(flatten)]
    pub(crate) shown: FormatArgs,

    /// Only the counts of the classes
    #[arg(long, short, help_heading = "Reports")]
    pub(crate) quiet: bool,

    /// No progress bar
    #[arg(long, help_heading = "Reports")]
    pub(crate) no_progress: bool,
}

/// Explain why two records are in each other's way, or why not.
///
/// Behind `--` stand two records, or one and the answer is everything that touches it. A record
/// is an id, ROLE:ID (published:s-1), FILE:LINE, FILE@RECORD or FILE#/pointer. The answer has the
/// words of both, the clock by which they were read, what became of them, and the rule.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint why batch.csv --published live.csv -- s-12 s-13\n  \
    shiftlint why batch.csv --time-off off.csv -- batch.csv:7\n  \
    shiftlint why upload.json --published live.json -- s-12 published:s-12\n\n\
    Exit codes: 0 no conflict, 1 conflict, 2 wrong command line or no such record, 3 something \
    that matters here could not be read")]
pub(crate) struct WhyArgs {
    /// The records about to be sent: files, directories, globs, or `-`
    #[arg(required = true, value_name = "BATCH")]
    pub(crate) batch: Vec<String>,

    /// One or two records: ids, or places in files
    #[arg(required = true, last = true, value_name = "RECORD")]
    pub(crate) records: Vec<String>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) date: TodayArgs,

    /// Only these rules: codes, names, families (OV) or ALL
    #[arg(long, value_name = "RULE,...", value_delimiter = ',', action = ArgAction::Append, help_heading = "Rules")]
    pub(crate) select: Vec<String>,

    /// Not these rules
    #[arg(long, value_name = "RULE,...", value_delimiter = ',', action = ArgAction::Append, help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    #[command(flatten)]
    pub(crate) labour: LabourArgs,

    #[command(flatten)]
    pub(crate) shown: FormatArgs,

    /// No progress bar
    #[arg(long, help_heading = "Reports")]
    pub(crate) no_progress: bool,
}

/// Show what can be corrected mechanically, as a diff or as corrected copies.
///
/// A safe fix cannot change who works when: it removes a record that is equal to an earlier one
/// in every cell or key. Other fixes (an offset, a date, an end) are suggested. Each was tried: the
/// batch was checked again with it. The diff goes to standard output, for `git apply` or `patch`,
/// and what was found to standard error. No input is changed.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint fix batch.csv | git apply\n  \
    shiftlint fix batch.csv --published live.csv --suggested\n  \
    shiftlint fix exports/ --out corrected\n\n\
    Exit codes: 0 nothing would change, 1 something would change, 2 wrong command line, 3 something \
    could not be read or written, 4 no batch record")]
pub(crate) struct FixArgs {
    /// The records about to be sent: files, directories, globs, or `-`
    #[arg(required = true, value_name = "BATCH")]
    pub(crate) batch: Vec<String>,

    /// Change what is suggested, too
    #[arg(long, help_heading = "Fix")]
    pub(crate) suggested: bool,

    /// Write corrected copies of the changed files into this folder, which must not exist yet
    #[arg(long, value_name = "DIR", help_heading = "Fix")]
    pub(crate) out: Option<String>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    /// The format of what is shown: diff or json
    #[arg(long, value_name = "NAME", default_value = "diff", value_parser = ["diff", "json"], help_heading = "Reports")]
    pub(crate) format: String,

    #[command(flatten)]
    pub(crate) colors: ColorArgs,

    /// No summary
    #[arg(long, short, help_heading = "Reports")]
    pub(crate) quiet: bool,

    /// No progress bar
    #[arg(long, help_heading = "Reports")]
    pub(crate) no_progress: bool,
}

/// Write a commented configuration from what the files show.
///
/// Looks at the files as `inspect` does, and writes `shiftlint.toml` into this folder: which of
/// them are the batch and which are published, time off or swaps, what is open about them, and
/// what else can be configured.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint init\n  \
    shiftlint init exports/ --preset strict\n\n\
    Exit codes: 0 written, 2 wrong command line, no schedule or there is a configuration, 3 it could not \
    be written")]
pub(crate) struct InitArgs {
    /// The files to look at: files, directories or globs
    #[arg(value_name = "FILE", default_value = ".")]
    pub(crate) files: Vec<String>,

    /// How strict the gate is
    #[arg(long, value_name = "NAME", default_value = "usual")]
    pub(crate) preset: PresetArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PresetArg {
    /// The levels that rules have by default
    Usual,
    /// Pending time off and undecided swaps are errors
    Strict,
}

/// Show how files are understood, without checking any rule.
///
/// For each file: its format and role, which column is which field with two of its
/// values, what is not read, the zones of its times, the first records in local
/// time, how many records are checked and skipped, open questions with their
/// answers, and the options that would change the reading. A file without an option
/// is read as a batch, or as the role that its columns show.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint inspect export.csv\n  \
    shiftlint inspect export.csv --map start=Von --map end=Bis --tz Europe/Berlin\n  \
    shiftlint inspect batch.json --agents agents.csv --format json\n\n\
    Exit codes: 0 everything was read without a question, 2 wrong command line, 3 a question is \
    open, or something could not be read or written")]
pub(crate) struct InspectArgs {
    /// The files to look at: files, directories, globs, or `-`
    #[arg(value_name = "FILE", required_unless_present_any = ["published", "base", "time_off", "unavailable", "swaps", "agents"])]
    pub(crate) files: Vec<String>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) times: TimeArgs,

    #[command(flatten)]
    pub(crate) shown: FormatArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FormatArgs {
    /// The format of what is shown: text or json
    #[arg(long, value_name = "NAME", default_value = "text", value_parser = ["text", "json"], help_heading = "Reports")]
    pub(crate) format: String,

    #[command(flatten)]
    pub(crate) colors: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ColorArgs {
    /// Colours [default: on a terminal, unless NO_COLOR is set]
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        help_heading = "Reports"
    )]
    pub(crate) color: ColorArg,
}

impl ReadingArgs {
    /// The files beside the batch, as they were typed.
    pub(crate) fn side_files(&self) -> impl Iterator<Item = &String> {
        let ReadingArgs { published, base, time_off, unavailable, swaps, agents, .. } = self;
        [published, base, time_off, unavailable, swaps, agents].into_iter().flatten()
    }
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct ReadingArgs {
    /// What is published already; a batch record replaces one with its id and agent
    #[arg(long, value_name = "FILE")]
    pub(crate) published: Vec<String>,

    /// What was published when the batch was made; what changed since is an error (VR106)
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Vec<String>,

    /// Time off, granted or asked for, whatever its records call themselves
    #[arg(long, value_name = "FILE")]
    pub(crate) time_off: Vec<String>,

    /// Times at which agents are not available; a shift then is a warning (OV204)
    #[arg(long, value_name = "FILE")]
    pub(crate) unavailable: Vec<String>,

    /// The known agents, all of their names, and their zones (columns agent, email, name, zone, team)
    #[arg(long, value_name = "FILE")]
    pub(crate) agents: Vec<String>,

    /// Shift swaps (trades): who gives which shift to whom, and how far it is
    #[arg(long, value_name = "FILE")]
    pub(crate) swaps: Vec<String>,

    /// Put approved swaps into effect before anything is checked
    #[arg(long, requires = "swaps")]
    pub(crate) apply_swaps: bool,

    /// What a batch record takes the place of among published ones
    #[arg(long, value_name = "WHAT", default_value = "id")]
    pub(crate) replace: ReplaceArg,

    /// A column that stands for a field: --map agent="Booked for", --map time-off:end=Until
    #[arg(long, value_name = "[ROLE:]FIELD=COLUMN", value_parser = mapping)]
    pub(crate) map: Vec<Mapping>,

    /// A field that is taken from the line above where it is empty: --fill-down agent
    #[arg(long, value_name = "FIELD", value_parser = field)]
    pub(crate) fill_down: Vec<Field>,

    /// Take all spellings of an agent's name for one: Anna and anna, 007 and 7
    #[arg(long)]
    pub(crate) fold_agents: bool,

    /// A sheet of a workbook that is read, and no other [default: all that are schedules]
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Vec<String>,

    /// A file in which a shift with a date and no hours takes the whole local day
    #[arg(long, value_name = "FILE")]
    pub(crate) whole_days: Vec<String>,

    /// What lengths count that name no unit
    #[arg(long, value_name = "UNIT")]
    pub(crate) length_unit: Option<LengthUnitArg>,

    /// Settings of a business unit of Genesys Cloud: its zone, and the first day of its weeks
    #[arg(long, value_name = "FILE")]
    pub(crate) unit: Option<String>,

    /// Activity codes of Genesys Cloud: which of them are time off, breaks or meals
    #[arg(long, value_name = "FILE")]
    pub(crate) activity_codes: Option<String>,

    /// What standard input is called in reports
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_name: Option<String>,

    /// The format of all inputs, instead of telling it by content
    #[arg(long, value_name = "NAME", value_parser = format_names())]
    pub(crate) input_format: Option<String>,

    /// The encoding of a file, or of all: windows-1252 [default: UTF-8, or as a byte-order mark says]
    #[arg(long, value_name = "[FILE=]NAME", value_parser = encoding)]
    pub(crate) encoding: Vec<NamedEncoding>,

    /// The most that a compressed input may unpack to: 500M, 20G
    #[arg(long, value_name = "SIZE", default_value = "16G", value_parser = size)]
    pub(crate) max_unpacked: u64,

    /// The longest that one record may be, from 1M to 1G
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = record_size)]
    pub(crate) max_record: usize,

    /// How deep a JSON record may be nested, from 1 to 65535
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) max_depth: u16,

    /// A doubt that is settled: --accept RD103=/drafts (code or name, and its place)
    #[arg(long, value_name = "CODE=PLACE", value_parser = acceptance)]
    pub(crate) accept: Vec<(String, String)>,

    /// The configuration [default: the shiftlint.toml of this folder, or of the next one above it
    /// in the repository]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(crate) config: Option<String>,

    /// No configuration
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    pub(crate) no_config: bool,

    /// What the configuration says beside options.
    #[arg(skip)]
    pub(crate) configured: Config,

    /// How many threads work [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Times")]
pub(crate) struct TimeArgs {
    /// The zone of local times that nothing else gives a zone: America/Chicago
    #[arg(long, value_name = "ZONE")]
    pub(crate) tz: Option<String>,

    /// Whose rules of the clock: bundled, system, or a folder of zone files
    #[arg(long, value_name = "bundled|system|DIR", default_value = "bundled")]
    pub(crate) tzdb: String,

    /// How to read local times that the clock skips or shows twice
    #[arg(long, value_name = "HOW", default_value = "compatible")]
    pub(crate) disambiguation: DisambiguationArg,

    /// The order of the numbers in dates such as 3/2/2026 and 12.01.26 [default: as the whole file
    /// shows]
    #[arg(long, value_name = "ORDER")]
    pub(crate) date_order: Option<DateOrderArg>,

    /// The first day of the weeks that an import is for: 2026-03-02
    #[arg(long, value_name = "DATE")]
    pub(crate) week_of: Option<String>,

    /// The first year of the serial numbers of a spreadsheet: 1904 for files of old Macs
    #[arg(long, value_name = "YEAR", default_value = "1900")]
    pub(crate) serial_epoch: SerialEpochArg,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Rules")]
pub(crate) struct RuleArgs {
    /// Only these rules: codes, names, families (OV) or ALL
    #[arg(long, value_name = "RULE,...", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) select: Vec<String>,

    /// Not these rules
    #[arg(long, value_name = "RULE,...", value_delimiter = ',', action = ArgAction::Append)]
    pub(crate) ignore: Vec<String>,

    /// Another severity for a rule: --severity OV203=error (error, warning, info, off)
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = level)]
    pub(crate) severity: Vec<(String, Option<Severity>)>,

    /// The longest a shift may be before RC104 doubts its end: 30h, 1d12h
    #[arg(long, value_name = "LENGTH", default_value = "24h", value_parser = up_to_a_year)]
    pub(crate) longest_shift: i64,

    /// The severity from which findings make the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub(crate) fail_on: FailOnArg,

    /// The most findings of one rule to list for one agent; counts stay exact
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) max_per_agent: u64,

    /// The most findings to list in all; counts stay exact
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) max_findings: u64,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Reports")]
pub(crate) struct ReportArgs {
    /// The format of a report [default: text]; repeat it for several reports
    #[arg(long, value_name = "NAME", value_parser = reporter_names())]
    pub(crate) format: Vec<String>,

    /// The file of the report whose --format it stands beside [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Vec<String>,

    /// Formats and outputs in the order in which they were typed.
    #[arg(skip)]
    pub(crate) typed: Vec<Typed>,

    /// Add how often each rule applied
    #[arg(long)]
    pub(crate) statistics: bool,

    /// What could be changed for a finding to go; shiftlint fix tries it
    #[arg(long, conflicts_with = "quiet")]
    pub(crate) fixes: bool,

    /// Colours [default: on a terminal, unless NO_COLOR is set]
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(crate) color: ColorArg,

    /// One line a finding, a doubt or a problem, and nothing when clean
    #[arg(long, short, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Show every finding and note, and how each input was understood
    #[arg(long, short)]
    pub(crate) verbose: bool,

    /// No progress bar
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// A word that asks for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    Format(String),
    Output(String),
}

/// List the rules and doubts, or print the page of one.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  shiftlint rules\n  shiftlint rules OV101\n  shiftlint rules fold-time\n  shiftlint rules RD101"
)]
pub(crate) struct RulesArgs {
    /// The code or name of a rule or a doubt, or a family such as OV or RD
    #[arg(value_name = "RULE")]
    pub(crate) rule: Option<String>,
}

/// Print the script by which a shell completes commands and options.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    shiftlint completions bash > ~/.local/share/bash-completion/completions/shiftlint\n  \
    shiftlint completions zsh > \"${fpath[1]}/_shiftlint\"\n  \
    shiftlint completions fish > ~/.config/fish/completions/shiftlint.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page of shiftlint, or of one of its commands.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  shiftlint man | man -l -\n  shiftlint man check > shiftlint-check.1"
)]
pub(crate) struct ManArgs {
    /// The command
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// Print the JSON Schema of a document that shiftlint writes.
///
/// The schemas are of draft 2020-12 and need no other file. Keys that are added to a document later
/// do not make it invalid.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  shiftlint schema\n  shiftlint schema plan > plan.schema.json")]
pub(crate) struct SchemaArgs {
    /// The document that the schema describes
    #[arg(value_name = "DOCUMENT", default_value = "report")]
    pub(crate) document: DocumentArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DocumentArg {
    /// What `check --format json` writes
    Report,
    /// The `plan.json` that `plan` writes
    Plan,
    /// What `triage --format json` writes
    Triage,
    /// What `why --format json` writes
    Why,
    /// What `fix --format json` writes
    Fix,
    /// What `inspect --format json` writes
    Inspect,
    /// What a `shiftlint.toml` can say
    Config,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnmentionedArg {
    /// The server took it
    Accepted,
    /// The server did not take it
    Rejected,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum KeepArg {
    /// As many records as possible
    MostShifts,
    /// As many hours of work as possible
    MostHours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SendArg {
    /// What is in the way of requests and swaps that are not decided
    Pending,
    /// What overlaps in some readings of its times only
    Possible,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReplaceArg {
    /// The record with its id and agent
    Id,
    /// All that its agent has published under its schedule
    Schedule,
    /// Nothing: everything is added
    None,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DisambiguationArg {
    /// A doubled time is the first; a skipped one is read with the offset before the change
    Compatible,
    /// The earlier of the two instants
    Earlier,
    /// The later of the two instants
    Later,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DateOrderArg {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
    /// Year, month, day: for years of two digits
    Ymd,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SerialEpochArg {
    /// 1 is 1900-01-01
    #[value(name = "1900")]
    Of1900,
    /// 1 is 1904-01-02
    #[value(name = "1904")]
    Of1904,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LengthUnitArg {
    Hours,
    Minutes,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FailOnArg {
    Error,
    Warning,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ColorArg {
    Auto,
    Always,
    Never,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    FORMATS
        .iter()
        .map(|format| clap::builder::PossibleValue::new(format.name).help(format.summary))
        .collect::<Vec<_>>()
        .into()
}

fn reporter_names() -> clap::builder::PossibleValuesParser {
    REPORTERS
        .iter()
        .map(|reporter| clap::builder::PossibleValue::new(reporter.name).help(reporter.summary))
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
