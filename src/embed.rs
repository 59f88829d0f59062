//! The public interface of the library: checks inputs in memory or files and gives a report.
//!
//! A [`Check`] collects inputs and settings, and a [`Report`] can be walked and written. What
//! they hold is private, so that the stages behind them can change.

use crate::analyze::{Progress, analyze};
use crate::error::Error;
use crate::judge::{self, doubts, selected};
use crate::model::fate::Fate;
use crate::model::finding::{self, Certainty, Moment, Verdict};
use crate::model::rule::Severity;
use crate::model::settings::{InputFile, Mapping, Settings};
use crate::model::source::Role;
use crate::model::{doubt, row::Field};
use crate::read::names::field_named;
use crate::report::{self, Style};
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};
use std::sync::Arc;

/// A check of a schedule: what to check it against, and how.
///
/// Inputs are CSV, JSON or NDJSON in any of the shapes that the program reads, gzip and
/// zstd included. A name stands for its input in the report.
///
/// ```
/// use shiftlint::Check;
///
/// let batch = r#"[{"agent": "anna", "start": "2026-03-02T08:00Z", "end": "2026-03-02T16:00Z"}]"#;
/// let time_off = "agent,start,end\nanna,2026-03-02,2026-03-04\n";
/// let report = Check::new()
///     .batch("batch.json", batch)
///     .time_off("time-off.csv", time_off)
///     .zone("Europe/Berlin")
///     .run()?;
/// let finding = report.findings().next().expect("one overlap");
/// assert_eq!(finding.name(), "time-off-overlap");
/// let inputs: Vec<&str> = finding.records().map(|record| record.input()).collect();
/// assert_eq!(inputs, ["time-off.csv", "batch.json"]);
/// # Ok::<(), shiftlint::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "nothing is checked before `run`"]
pub struct Check {
    settings: Settings,
    select: Vec<String>,
    ignore: Vec<String>,
    severity: Vec<(String, Option<Severity>)>,
    progress: Arc<Progress>,
    /// The first setting that makes no sense.
    fault: Option<(String, String)>,
}

impl Check {
    /// A check of nothing yet.
    pub fn new() -> Check {
        Check::default()
    }

    /// Adds records that are about to be sent.
    pub fn batch(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Batch, name, bytes)
    }

    /// Adds records that are live.
    pub fn published(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Published, name, bytes)
    }

    /// Adds what was live when the batch was made, to be compared with what is now.
    pub fn base(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Base, name, bytes)
    }

    /// Adds time off.
    pub fn time_off(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::TimeOff, name, bytes)
    }

    /// Adds times at which agents are not available.
    pub fn unavailable(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Unavailable, name, bytes)
    }

    /// Adds shifts that agents swap.
    pub fn swaps(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Swaps, name, bytes)
    }

    /// Adds a list of agents with their names and time zones.
    pub fn agents(self, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.input(Role::Agents, name, bytes)
    }

    /// Adds the bytes of an input.
    pub fn input(mut self, role: Role, name: &str, bytes: impl Into<Vec<u8>>) -> Check {
        self.settings.files.push(InputFile::in_memory(role, name, bytes.into()));
        self
    }

    /// Adds a file; `-` is standard input. A file that cannot be read makes the check
    /// incomplete.
    #[cfg(feature = "fs")]
    pub fn file(mut self, role: Role, path: &str) -> Check {
        self.settings.files.push(InputFile::named(role, path));
        self
    }

    /// The time zone of local times for which nothing else gives one, by its IANA or
    /// Windows name.
    pub fn zone(mut self, name: &str) -> Check {
        self.settings.zone = Some(name.to_owned());
        self
    }

    /// The first day of the weeks that an import of a whole schedule replaces: `2026-03-02`.
    /// [`Check::run`] fails if it is no date.
    pub fn week_of(mut self, date: &str) -> Check {
        self.settings.week_of = Some(date.to_owned());
        self
    }

    /// Reads a field from a column or key, whatever its name says: in inputs of a role,
    /// or in all of them.
    pub fn map(mut self, role: Option<Role>, field: &str, column: &str) -> Check {
        match field_named(field) {
            Some(field) => {
                let column = column.to_owned();
                self.settings.columns.push(Mapping {
                    role,
                    field,
                    column,
                    files: None,
                    is_typed: true,
                });
                self
            }
            None => {
                let help = format!("the fields are {}", Field::listed());
                self.refuse(format!("no field is called `{field}`"), help)
            }
        }
    }

    /// Accepts a doubt, by its code or name, about a column, a JSON pointer or an input.
    pub fn accept(mut self, doubt: &str, place: &str) -> Check {
        match doubts::find(doubt) {
            Some(kind) => {
                self.settings.accepted.push((kind.code.to_owned(), place.to_owned()));
                self
            }
            None => {
                let kinds: Vec<&str> = doubts::DOUBTS.iter().map(|kind| kind.code).collect();
                let help = format!("the doubts are {}", kinds.join(", "));
                self.refuse(format!("no doubt is called `{doubt}`"), help)
            }
        }
    }

    /// Checks only these rules: codes, names, or families such as `OV`.
    pub fn select<'n>(mut self, rules: impl IntoIterator<Item = &'n str>) -> Check {
        self.select.extend(rules.into_iter().map(str::to_owned));
        self
    }

    /// Leaves these rules out.
    pub fn ignore<'n>(mut self, rules: impl IntoIterator<Item = &'n str>) -> Check {
        self.ignore.extend(rules.into_iter().map(str::to_owned));
        self
    }

    /// Gives a rule another severity; `None` turns it off.
    pub fn severity(mut self, rule: &str, severity: Option<Severity>) -> Check {
        self.severity.push((rule.to_owned(), severity));
        self
    }

    /// Reads this sheet of workbooks, and of the others only those that are named as well.
    /// Without a name, all sheets are read that are schedules.
    pub fn sheet(mut self, name: &str) -> Check {
        self.settings.sheets.push(name.to_owned());
        self
    }

    /// Applies approved swaps before anything is checked.
    pub fn apply_swaps(mut self, apply: bool) -> Check {
        self.settings.apply_swaps = apply;
        self
    }

    /// Lists at most this many findings; all are counted.
    pub fn max_findings(mut self, count: u64) -> Check {
        self.settings.max_findings = count;
        self
    }

    /// Works with this many threads, and not with as many as the machine has. The report
    /// is the same.
    pub fn threads(mut self, count: usize) -> Check {
        self.settings.jobs = Some(count);
        self
    }

    /// Reports its progress there, and stops if it is cancelled there.
    pub fn progress(mut self, progress: &Arc<Progress>) -> Check {
        self.progress = Arc::clone(progress);
        self
    }

    /// Runs the check.
    ///
    /// # Errors
    /// When a setting makes no sense, the system gives no threads, or the check was
    /// cancelled. Whatever is wrong with the inputs is in the report.
    pub fn run(mut self) -> Result<Report, Error> {
        if let Some((message, help)) = self.fault {
            return Err(Error::usage(message, Some(help)));
        }
        let levels = selected(&self.select, &self.ignore, &self.severity);
        self.settings.levels = levels.map_err(|unknown| {
            let codes: Vec<&str> = judge::RULES.iter().map(|rule| rule.code).collect();
            Error::usage(unknown.to_string(), Some(format!("the rules are {}", codes.join(", "))))
        })?;
        analyze(&self.settings, &self.progress).map(|report| Report(Box::new(report)))
    }

    fn refuse(mut self, message: String, help: String) -> Check {
        self.fault.get_or_insert((message, help));
        self
    }
}

/// What a check found.
///
/// ```
/// use shiftlint::{Check, Verdict};
///
/// let batch = "agent,start,end\nanna,tomorrow,2026-03-02T16:00Z\n";
/// let report = Check::new().batch("batch.csv", batch).run()?;
/// assert_eq!((report.verdict(), report.exit_code()), (Verdict::Incomplete, 3));
/// let finding = report.findings().next().expect("a record that cannot be read");
/// assert!(finding.message().contains("`tomorrow`"));
/// let json = report.to_json();
/// assert!(json.starts_with("{\n  \"schema\": 1,"));
/// # Ok::<(), shiftlint::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Report(Box<finding::Report>);

impl Report {
    /// The outcome in one word.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.0.verdict
    }

    /// The exit code that the program would end with: 0, 1 where findings are errors, 3
    /// where something could not be checked, 4 where there was nothing to compare.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.0.exit_code()
    }

    /// Whether every record was read and checked, and no doubt is open.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.0.complete
    }

    /// How many findings have this severity, listed or not.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        self.0.count(severity)
    }

    /// The findings that are listed: by agent, start, code and place.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        self.0.findings.iter().map(|finding| Finding { finding })
    }

    /// The inputs, by role and name.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = Input<'_>> {
        self.0.inputs.iter().map(|input| Input { input })
    }

    /// The whole report as JSON, schema 1: what `--format json` writes.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.written(|out| self.write_json(out))
    }

    /// The whole report as text of a width in columns: what `--format text` writes.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let style = Style { width, ..Style::PLAIN };
        self.written(|out| {
            (report::text::REPORTER.write)(&self.0, &style, &ThreadPool::alone(), out)
        })
    }

    /// Writes the report as JSON.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        (report::json::REPORTER.write)(&self.0, &Style::PLAIN, &ThreadPool::alone(), out)
    }

    fn written(&self, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        let written = write(&mut bytes);
        debug_assert!(written.is_ok(), "memory takes every byte");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// One finding: a rule that applies to some records.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'r> {
    finding: &'r finding::Finding,
}

impl<'r> Finding<'r> {
    /// The code of its rule: `OV101`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.finding.rule.code
    }

    /// The name of its rule: `shift-overlap`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.finding.rule.name
    }

    /// Its severity.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// Whether every reading of its records leads to it.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.finding.certainty
    }

    /// The agent as the input writes it; `None` for a finding about an input.
    #[must_use]
    pub fn agent(&self) -> Option<&'r str> {
        self.finding.agent.as_deref()
    }

    /// What is the case, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        self.finding.words().into_owned().message
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        self.finding.words().into_owned().help
    }

    /// The start and the end of the time that two records both claim, in milliseconds
    /// since 1970-01-01T00:00Z.
    #[must_use]
    pub fn shared_time(&self) -> Option<(i64, i64)> {
        let claim = self.finding.claim.as_ref()?;
        Some((claim.start.instant.millis(), claim.end.instant.millis()))
    }

    /// Its records, the earlier one first.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'r>> {
        self.finding.records.iter().map(|record| Record { record })
    }

    /// The same for the same finding in another run, whatever lines moved: `v1:` and
    /// sixteen digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.finding.fingerprint.to_string()
    }
}

/// A record of an input.
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    record: &'r finding::Record,
}

impl<'r> Record<'r> {
    /// The name of its input; of a sheet with that of its workbook: `week.xlsx:Shifts`.
    #[must_use]
    pub fn input(&self) -> &'r str {
        &self.record.path
    }

    /// The role of its input.
    #[must_use]
    pub fn role(&self) -> Role {
        self.record.role
    }

    /// Its number among the records of its input, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.record.number
    }

    /// The line on which it begins, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// The name of its sheet, in a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&'r str> {
        self.record.sheet.as_ref().map(|sheet| &*sheet.name)
    }

    /// The cell of its start, in a workbook: `C7`.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let sheet = self.record.sheet.as_ref()?;
        Some(sheet.cell(Field::TIMES.iter().copied(), self.record.line))
    }

    /// Its JSON pointer, in a document.
    #[must_use]
    pub fn pointer(&self) -> Option<&'r str> {
        self.record.pointer.as_deref()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Option<&'r str> {
        self.record.id.as_deref()
    }

    /// Its agent as written; empty if it has none.
    #[must_use]
    pub fn agent(&self) -> &'r str {
        &self.record.agent
    }

    /// Its start in milliseconds since 1970-01-01T00:00Z; `None` if it cannot be read.
    #[must_use]
    pub fn start(&self) -> Option<i64> {
        instant(&self.record.start)
    }

    /// Its end, as its start.
    #[must_use]
    pub fn end(&self) -> Option<i64> {
        instant(&self.record.end)
    }
}

fn instant(moment: &Moment) -> Option<i64> {
    moment.at.map(|stamp| stamp.instant.millis())
}

/// What became of one input.
#[derive(Debug, Clone, Copy)]
pub struct Input<'r> {
    input: &'r finding::Input,
}

impl<'r> Input<'r> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'r str {
        &self.input.path
    }

    /// Its role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.input.role
    }

    /// The name of its format: `csv`, `json`; `None` if it was not recognised.
    #[must_use]
    pub fn format(&self) -> Option<&'static str> {
        self.input.format
    }

    /// How many records it has.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.input.fates.records
    }

    /// How many of them were checked.
    #[must_use]
    pub fn checked(&self) -> u64 {
        self.input.fates.of(Fate::Checked)
    }

    /// Why it could not be read to its end, if it could not.
    #[must_use]
    pub fn problem(&self) -> Option<&'r str> {
        self.input.problem.as_ref().map(|problem| problem.message.as_str())
    }

    /// What about it cannot be settled without the user.
    pub fn doubts(&self) -> impl ExactSizeIterator<Item = Doubt<'r>> {
        self.input.doubts.iter().map(|doubt| Doubt { doubt })
    }
}

/// What about an input cannot be settled without the user. Until it is answered or
/// accepted ([`Check::accept`]), the check is incomplete.
#[derive(Debug, Clone, Copy)]
pub struct Doubt<'r> {
    doubt: &'r doubt::Doubt,
}

impl<'r> Doubt<'r> {
    /// The code of its kind: `RD105`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.doubt.kind.code
    }

    /// The name of its kind: `two-values`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.doubt.kind.name
    }

    /// The column or JSON pointer that it is about; empty for the whole input.
    #[must_use]
    pub fn place(&self) -> &'r str {
        &self.doubt.place
    }

    /// What is the case, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> &'r str {
        &self.doubt.message
    }

    /// Whether it was accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.doubt.accepted
    }
}

#[cfg(test)]
mod tests {
    use super::Check;
    use crate::analyze::Progress;
    use crate::model::finding::Verdict;
    use crate::model::rule::Severity;
    use std::sync::Arc;

    const BATCH: &str = "agent,start,end\n\
                         anna,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                         anna,2026-03-02T15:00Z,2026-03-02T17:00Z\n";

    #[test]
    fn settings_decide_what_is_found() {
        let codes = |check: Check| {
            let report = check.batch("batch.csv", BATCH).run().expect("sound settings");
            report.findings().map(|finding| finding.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes(Check::new()), ["OV101"]);
        assert!(codes(Check::new().ignore(["OV101"])).is_empty());
        assert!(codes(Check::new().select(["ID"])).is_empty());
        assert!(codes(Check::new().max_findings(0)).is_empty());
        let mild = Check::new().severity("shift-overlap", Some(Severity::Warning));
        let report = mild.batch("batch.csv", BATCH).run().expect("sound settings");
        assert_eq!((report.verdict(), report.exit_code()), (Verdict::Warnings, 0));
        assert_eq!(report.count(Severity::Warning), 1);
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_an_error() {
        let fault = |check: Check| {
            let error = check.batch("batch.csv", BATCH).run().expect_err("no sense");
            (error.to_string(), error.help().unwrap_or_default().to_owned())
        };
        let (message, help) = fault(Check::new().map(None, "colour", "Farbe"));
        assert!(message.contains("`colour`") && help.contains("agent, "), "{message}: {help}");
        let (message, help) = fault(Check::new().accept("RD999", "/drafts"));
        assert!(message.contains("`RD999`") && help.contains("RD101, "), "{message}: {help}");
        let (message, help) = fault(Check::new().ignore(["OV999"]));
        assert!(message.contains("`OV999`") && help.contains("OV101, "), "{message}: {help}");
        let (message, _) = fault(Check::new().zone("Europe/Londn"));
        assert!(message.contains("`Europe/Londn`"), "{message}");
    }

    #[test]
    fn columns_and_doubts_are_settled_by_hand() {
        let batch = "who,start,end,repeat\nanna,2026-03-02T08:00Z,2026-03-02T16:00Z,weekly\n";
        let check = || Check::new().map(None, "agent", "who").batch("batch.csv", batch);
        let report = check().run().expect("sound settings");
        let input = report.inputs().next().expect("the batch");
        let doubt = input.doubts().next().expect("what repeats");
        assert_eq!((report.is_complete(), doubt.code(), doubt.place()), (false, "RD107", "repeat"));
        let accepted = check().accept(doubt.code(), doubt.place()).run().expect("sound settings");
        assert_eq!((accepted.is_complete(), accepted.verdict()), (true, Verdict::Clean));
    }

    #[test]
    fn a_check_that_was_cancelled_has_no_report() {
        let progress = Arc::new(Progress::default());
        let check = Check::new().batch("batch.csv", BATCH).progress(&progress);
        assert!(check.clone().run().is_ok());
        assert!(progress.bytes_read() > 0);
        progress.cancel();
        let error = check.run().expect_err("it was cancelled");
        assert_eq!(error.to_string(), "the check was cancelled");
    }

    #[test]
    fn a_report_is_the_same_for_any_threads() {
        let report = |threads| {
            let check = Check::new().batch("batch.csv", BATCH).threads(threads);
            let report = check.run().expect("threads");
            (report.to_json(), report.to_text(80))
        };
        let (json, text) = report(1);
        assert_eq!(report(4), (json.clone(), text.clone()));
        assert!(json.contains("\"OV101\"") && text.contains("OV101"), "{text}");
    }
}
