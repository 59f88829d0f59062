//! What is reported to the user: findings, the records they name, and the report.

use crate::model::cause::{Cause, LeadingCause};
use crate::model::fact::{Detail, Flaw, OverlapKind};
use crate::model::fate::Fates;
use crate::model::gate::{FindingState, GateOutcome};
use crate::model::keys::QuickMap;
use crate::model::receipt::Receipt;
use crate::model::row::Field;
use crate::model::rule::{Rule, Severity};
use crate::model::sheet::SheetLayout;
use crate::model::shift::Side;
use crate::model::source::Role;
use crate::model::swap::Trade;
use crate::model::text::{Text, push_hexadecimal};
use crate::model::time::{DateOrder, Stamp};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One thing a rule reports.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity here.
    pub severity: Severity,
    /// Whether every reading of the records leads to it.
    pub certainty: Certainty,
    /// Whether its two records start on different local days; `None` if it is not an
    /// overlap.
    pub cross_day: Option<bool>,
    /// The agent as the file writes it; `None` when it could not be read or the
    /// finding is about a file.
    pub agent: Option<Text>,
    /// The time both records claim.
    pub claim: Option<SharedTime>,
    /// The records, the earlier one first.
    pub records: Vec<Arc<Record>>,
    /// What it says; see [`Finding::words`].
    pub says: FindingText,
    /// What explains it, for an overlap; usually nothing does.
    pub causes: Vec<Cause>,
    /// The number of its cluster, from 1 in the order of the report; `None` if it is not a
    /// conflict.
    pub cluster: Option<u32>,
    /// The same for the same finding in another run, whatever lines moved.
    pub fingerprint: Fingerprint,
    /// Whether it counts against the check.
    pub state: FindingState,
}

impl Finding {
    /// What it says. Two records that overlap are put into words each time.
    #[must_use]
    pub fn words(&self) -> Cow<'_, Words> {
        match &self.says {
            FindingText::Words(words) => Cow::Borrowed(words),
            FindingText::Overlap(overlap_kind) => Cow::Owned((self.rule.describe)(&Case {
                agent: self.agent.as_deref().unwrap_or_default(),
                records: &self.records,
                claim: self.claim.as_ref(),
                overlap_kind: Some(*overlap_kind),
                certainty: self.certainty,
                ..Case::default()
            })),
        }
    }
}

/// Where a finding has its words from.
#[derive(Debug, Clone)]
pub enum FindingText {
    /// They are known.
    Words(Box<Words>),
    /// Its rule finds them, for two records that meet so. There can be a hundred
    /// thousand such findings, whose words would be most of what they keep.
    Overlap(OverlapKind),
}

/// The identity of a finding: `v1:` and 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// Adds it to a text.
    pub fn push_to(self, text: &mut String) {
        text.push_str("v1:");
        push_hexadecimal(text, self.0);
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity("v1:0123456789abcdef".len());
        self.push_to(&mut text);
        out.write_str(&text)
    }
}

/// Whether a finding depends on how a local time is read.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It holds however the times are read.
    Certain,
    /// It holds in some readings only.
    Possible,
}

impl Certainty {
    /// `certain` or `possible`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Possible => "possible",
        }
    }
}

/// The time that two records both claim as they are read, or by their widest
/// readings where they do not meet as they are read.
#[derive(Debug, Clone, Copy)]
pub struct SharedTime {
    /// Its start, on the clock of a record that has a zone if there is one, and
    /// of the later record before the earlier.
    pub start: Stamp,
    /// Its end, on the same clock.
    pub end: Stamp,
    /// Its length in minutes, rounded up.
    pub minutes: i64,
}

/// A record, by the role and the name of its input and its number there.
pub type RecordPlace<'a> = (Role, &'a str, u64);

/// The findings of a report by the records that they name.
#[derive(Debug)]
pub struct FindingsByRecord<'a>(QuickMap<RecordPlace<'a>, NamingFindings>);

/// The places of the findings that name a record, in order. Most are one, which allocates nothing.
#[derive(Debug)]
struct NamingFindings {
    first: usize,
    others: Vec<usize>,
}

impl<'a> FindingsByRecord<'a> {
    /// Of these findings.
    #[must_use]
    pub fn of(findings: &'a [Finding]) -> FindingsByRecord<'a> {
        let mut places: QuickMap<RecordPlace<'_>, NamingFindings> = QuickMap::default();
        for (place, finding) in findings.iter().enumerate() {
            for record in &finding.records {
                let new = NamingFindings { first: place, others: Vec::new() };
                let known = places.entry(record.key()).or_insert(new);
                // A finding can name two rows of one record.
                if *known.others.last().unwrap_or(&known.first) != place {
                    known.others.push(place);
                }
            }
        }
        FindingsByRecord(places)
    }

    /// The places of the findings that name a record, in order.
    pub fn naming<'s>(&'s self, record: &'s Record) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let found = self.0.get(&record.key());
        found.into_iter().flat_map(|of| std::iter::once(of.first).chain(of.others.iter().copied()))
    }
}

/// A record as a finding shows it: its words, and what they were read as.
#[derive(Debug, Clone)]
pub struct Record {
    /// What its file is read as.
    pub role: Role,
    /// Its side; `None` if it was skipped.
    pub side: Option<Side>,
    /// The file, as the user named it.
    pub path: Arc<str>,
    /// Its number among the records of its file, from 1.
    pub number: u64,
    /// The line it begins on, from 1.
    pub line: u64,
    /// Its JSON pointer, in a document.
    pub pointer: Option<Box<str>>,
    /// The sheet that it is in, in a workbook.
    pub sheet: Option<Arc<SheetLayout>>,
    /// The agent as written; empty when there is none.
    pub agent: Text,
    /// Its id.
    pub id: Option<Text>,
    /// Its schedule.
    pub schedule: Option<Text>,
    /// The version of that schedule, as written.
    pub version: Option<Text>,
    /// The request for time off that it carries, or that its activities do if it is one.
    pub request: Option<Text>,
    /// Its status as written.
    pub status: Option<Text>,
    /// The zone its local times were read in, or are shown in.
    pub zone: Option<Text>,
    /// Who says by which clock its times are read.
    pub clock_source: ClockSource,
    /// Its start.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
    /// Its end was moved to the next day because it lay before the start.
    pub overnight: bool,
    /// It is for several days; its times are those of the day that the finding is about.
    pub several: bool,
    /// What it says as a swap; `None` if it is not a swap.
    pub trade: Option<Box<Trade>>,
    /// What the approved swap is called that moved it to its agent
    /// (`--apply-swaps`).
    pub moved_by: Option<Box<str>>,
    /// The record as it is written in the file, and where its words are in it.
    pub excerpt: Excerpt,
}

impl Record {
    /// What tells it from all others: its input and its number there.
    #[must_use]
    pub fn key(&self) -> RecordPlace<'_> {
        (self.role, &self.path, self.number)
    }

    /// How a message calls it: its id if it has one, else its place.
    #[must_use]
    pub fn call(&self) -> String {
        match &self.id {
            Some(id) => ["`", &*brief(id), "`"].concat(),
            None => self.place(),
        }
    }

    /// What it is called, with its place where the name is another one.
    #[must_use]
    pub fn call_and_place(&self) -> String {
        match &self.id {
            Some(_) => format!("{} ({})", self.call(), self.place()),
            None => self.place(),
        }
    }

    /// Whether it is called what the other one is called.
    #[must_use]
    pub fn is_called_like(&self, other: &Record) -> bool {
        match (&self.id, &other.id) {
            (Some(one), Some(other)) => brief(one) == brief(other),
            _ => self.call() == other.call(),
        }
    }

    /// Its place: `batch.csv:13`, `week.xlsx:Shifts!C7`, `batch.json:1 /shifts/4`. The pointer of a document that
    /// is one record is empty and not shown.
    #[must_use]
    pub fn place(&self) -> String {
        let place = [&*self.path, &self.place_in_file(Field::TIMES)].concat();
        match &self.pointer {
            Some(pointer) if !pointer.is_empty() => format!("{place} {pointer}"),
            _ => place,
        }
    }

    /// Where it is in its file or sheet, after the name of that: `:13`, `!C7`. The cell is
    /// that of the first of these fields.
    #[must_use]
    pub fn place_in_file(&self, fields: &[Field]) -> String {
        match &self.sheet {
            Some(sheet) => format!("!{}", sheet.cell(fields.iter().copied(), self.line)),
            None => format!(":{}", self.line),
        }
    }

    /// The file, without the name of the sheet.
    #[must_use]
    pub fn file(&self) -> &str {
        file_of(&self.path, self.sheet.as_ref().map(|sheet| &*sheet.name))
    }
}

/// The path of the file that an input is a sheet of, given the name of both.
#[must_use]
pub fn file_of<'p>(path: &'p str, sheet: Option<&str>) -> &'p str {
    let front = sheet.and_then(|sheet| path.strip_suffix(sheet)?.strip_suffix(':'));
    front.unwrap_or(path)
}

/// A name that fits into a sentence: of one that is longer than any real one,
/// the beginning.
#[must_use]
pub fn brief(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    if name.len() <= LONGEST {
        return Cow::Borrowed(name);
    }
    match name.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(name),
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
    }
}

/// One end of a record.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    /// The words it was read from, as written: `2026-03-08`, `02:30`.
    pub written: Text,
    /// What they were read as; `None` when they could not be read.
    pub at: Option<Stamp>,
    /// What else they could be: the other reading of a skipped or doubled
    /// time, or the same local time with the offset that its zone has then.
    pub otherwise: Option<Box<Stamp>>,
    /// Why there is another reading.
    pub doubt: Option<Ambiguity>,
}

/// An activity within a shift.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Its number in the shift's list, from 1.
    pub number: u32,
    /// Its name, else its code, else its id.
    pub name: Option<String>,
    /// Its start, on the clock of the shift.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
}

/// Who says by which clock the times of a record are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockSource {
    /// Nobody: they are read as UTC, or not at all.
    #[default]
    Nobody,
    /// Its times have an offset, or are marked as UTC.
    Times,
    /// The record, or the document that contains it, names a zone.
    File,
    /// Its agent has a zone.
    Agent,
    /// The whole check has one: `--tz`, or the zone of the unit.
    Settings,
}

/// Why a time can be read in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguity {
    /// The clock skipped it.
    Gap,
    /// The clock showed it twice.
    Fold,
    /// Its offset is not the zone's.
    Mismatch,
    /// It has neither offset nor zone.
    Missing,
    /// The record takes a part of its day and does not say which.
    Part,
}

/// A piece of a file, and the places of a record's words in it.
#[derive(Debug, Clone, Default)]
pub struct Excerpt {
    /// The record's first line, or the piece of it around the words; for a
    /// record in a document the words put together as `key: value`.
    pub text: Text,
    /// Which bytes of the text are which field's word, in the order of the
    /// text.
    pub words: Box<[(Field, Range<u32>)]>,
    /// Whether the text is the beginning of a line of the file, as it is written there.
    pub is_line: bool,
}

impl Excerpt {
    /// The word of a field, which is a part of the excerpt if it is there as it was read.
    #[must_use]
    pub fn word(&self, field: Field, word: &[u8]) -> Text {
        let places = self.words.iter().filter(|(of, _)| *of == field);
        let mut parts = places.filter_map(|(_, place)| self.text.part(place.clone()));
        parts.find(|part| part.as_bytes() == word).unwrap_or_else(|| Text::of_bytes(word))
    }
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is the case, in one sentence without a full stop.
    pub message: String,
    /// What to do, in one or two sentences without a final full stop.
    pub help: String,
}

/// What a rule knows when it makes the words of a finding.
#[derive(Debug)]
pub struct Case<'a> {
    /// The agent as written; empty when it could not be read.
    pub agent: &'a str,
    /// The records: two for an overlap, one for a flaw, one to three for a notice.
    pub records: &'a [Arc<Record>],
    /// The time both claim, for an overlap.
    pub claim: Option<&'a SharedTime>,
    /// The kind of overlap.
    pub overlap_kind: Option<OverlapKind>,
    /// Whether it holds in every reading.
    pub certainty: Certainty,
    /// The flaw.
    pub flaw: Option<Flaw>,
    /// How many records share the flaw if it is reported once per file.
    pub count: u64,
    /// What a notice says beside its records.
    pub detail: Detail,
    /// Names that a mistyped one may have meant, the nearest first.
    pub nearest: &'a [String],
    /// The name of the column that it is about, where the file has columns.
    pub column: Option<&'a str>,
    /// The activities it is about, within the first record.
    pub activities: &'a [Activity],
}

impl Default for Case<'_> {
    fn default() -> Self {
        Case {
            agent: "",
            records: &[],
            claim: None,
            overlap_kind: None,
            certainty: Certainty::Certain,
            flaw: None,
            count: 1,
            detail: Detail::Nothing,
            nearest: &[],
            column: None,
            activities: &[],
        }
    }
}

/// What became of one input.
#[derive(Debug, Clone)]
pub struct Input {
    /// The file, as the user named it; `<stdin>` for standard input. Of a sheet of a workbook
    /// with the name of that: `week.xlsx:Shifts`.
    pub path: Arc<str>,
    /// The name of the sheet, if it is one.
    pub sheet: Option<Arc<str>>,
    /// What it is read as.
    pub role: Role,
    /// The name of its format; `None` if it was not detected.
    pub format: Option<&'static str>,
    /// Whether it was read at all: files of a directory can be left aside.
    pub is_read: bool,
    /// What became of its records.
    pub fates: Fates,
    /// What the user should know about how it was read.
    pub notes: Vec<String>,
    /// What about it cannot be settled without the user.
    pub doubts: Vec<crate::model::doubt::Doubt>,
    /// Why it could not be read to its end, if it could not.
    pub problem: Option<Problem>,
    /// How much of the batch it covers, if it is a side file.
    pub coverage: Option<Coverage>,
    /// The order of day and month in dates such as `3/2/2026`, as it was asked
    /// for or as the file shows it; `None` if no date needed it.
    pub date_order: Option<DateOrder>,
    /// How it was understood, if that was asked for and it was read.
    pub reading: Option<Box<Receipt>>,
}

impl Input {
    /// Whether it was read as a whole, and nothing about it is in doubt.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.problem.is_none() && self.doubts.iter().all(|doubt| doubt.accepted)
    }
}

/// How much of the batch a side file covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// How many of the batch's agents it has.
    pub agents: u64,
    /// How many agents the batch has.
    pub of_agents: u64,
    /// On how many of the local days on which batch records start it has records of
    /// any agent, from its first to its last, and how many days these are; none of a
    /// list of agents.
    pub days: Option<(u64, u64)>,
    /// How many names of records a list of agents resolved, if it names agents in more
    /// than one way.
    pub names: Option<u64>,
}

/// Why an input could not be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1, where it has one.
    pub line: Option<u64>,
    /// The column, from 1, in characters.
    pub column: Option<u64>,
    /// What is wrong and what was expected, without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What the data says, in one word. Whether that fails the check is another
/// question: the exit code.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything was checked, and nothing is left to do.
    Clean,
    /// Everything was checked, and there are warnings.
    Warnings,
    /// Everything was checked, and there are errors.
    Conflicts,
    /// Something could not be read or checked, or is in doubt.
    Incomplete,
    /// No batch record was left to compare.
    Empty,
}

impl Verdict {
    /// The word in the JSON report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Clean => "clean",
            Verdict::Warnings => "warnings",
            Verdict::Conflicts => "conflicts",
            Verdict::Incomplete => "incomplete",
            Verdict::Empty => "empty",
        }
    }
}

/// How often a rule was found to apply. Exact, whatever is listed.
#[derive(Debug, Clone, Copy)]
pub struct RuleCount {
    /// The rule.
    pub rule: &'static Rule,
    /// Findings by severity: info, warning, error.
    pub by_severity: [u64; 3],
    /// Those that are listed.
    pub listed: u64,
}

impl RuleCount {
    /// All findings of the rule.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.by_severity[0] + self.by_severity[1] + self.by_severity[2]
    }
}

/// Everything a reporter prints.
#[derive(Debug, Clone)]
pub struct Report {
    /// The version of the tz database whose rules were used: `2026e`.
    pub tzdb: String,
    /// The outcome.
    pub verdict: Verdict,
    /// Whether everything was read and checked.
    pub complete: bool,
    /// The severity from which findings fail the check; `None` for never.
    pub fail_on: Option<Severity>,
    /// The inputs, by role and path.
    pub inputs: Vec<Input>,
    /// How many agents have a record that was checked.
    pub agents: u64,
    /// How many records all inputs but the agents' files hold.
    pub records: u64,
    /// How many records of the batch were checked.
    pub batch_checked: u64,
    /// How much of the batch the side files of each role cover together.
    pub coverage: Vec<(Role, Coverage)>,
    /// Whether rules about overlaps are off, so that finding nothing means less.
    pub is_partial: bool,
    /// All rules that there are.
    pub known_rules: &'static [&'static Rule],
    /// The rules that applied, by code.
    pub rules: Vec<RuleCount>,
    /// The findings that are listed: by agent, start, code, and place.
    pub findings: Vec<Finding>,
    /// What explains many of them at once, the most frequent first.
    pub causes: Vec<LeadingCause>,
    /// How the program was called, word by word; empty if it was not.
    pub command: Vec<String>,
    /// The most findings of one rule that are listed for one agent.
    pub max_per_agent: u64,
    /// The most findings that are listed.
    pub max_findings: u64,
    /// How many findings are not listed for this reason alone.
    pub beyond_max_findings: u64,
    /// The path of the configuration, if there is one.
    pub configuration: Option<String>,
    /// What allowances and a baseline made of the findings, if there are any.
    pub gate: Option<GateOutcome>,
}

impl Report {
    /// The exit code: 3 if something could not be checked, 1 if findings reach the
    /// level that fails, 4 if there was nothing to compare, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if !self.complete {
            3
        } else if self.fails() {
            1
        } else if self.batch_checked == 0 {
            4
        } else {
            0
        }
    }

    /// Whether any finding that counts reaches the level that fails, or the baseline has findings
    /// that are gone and must not be in it.
    #[must_use]
    pub fn fails(&self) -> bool {
        let from = self.fail_on.map_or(3, |severity| severity as usize);
        let severities = [Severity::Info, Severity::Warning, Severity::Error];
        severities.into_iter().skip(from).any(|severity| self.new_of(severity) > 0)
            || self.gate.as_ref().is_some_and(GateOutcome::fails)
    }

    /// How many findings of this severity count, listed or not.
    #[must_use]
    pub fn new_of(&self, severity: Severity) -> u64 {
        let excused = self.gate.as_ref().map_or(0, |gate| gate.excused(severity as usize));
        self.count(severity) - excused
    }

    /// How many findings count, listed or not.
    #[must_use]
    pub fn count_of_new(&self) -> u64 {
        let excused = self.gate.as_ref().map_or(0, |gate| gate.totals().iter().sum());
        self.total() - excused
    }

    /// What the data says, by what was counted.
    #[must_use]
    pub fn verdict_of_counts(&self) -> Verdict {
        if !self.complete {
            Verdict::Incomplete
        } else if self.count(Severity::Error) > 0 {
            Verdict::Conflicts
        } else if self.batch_checked == 0 {
            Verdict::Empty
        } else if self.count(Severity::Warning) > 0 {
            Verdict::Warnings
        } else {
            Verdict::Clean
        }
    }

    /// How many findings have this severity, listed or not.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        self.rules.iter().map(|count| count.by_severity[severity as usize]).sum()
    }

    /// How many findings there are, listed or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.rules.iter().map(RuleCount::total).sum()
    }

    /// The findings that people see: those that count, or all of them.
    pub fn shown(&self, all: bool) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| all || finding.state == FindingState::New)
    }

    /// How many findings are counted and not listed.
    #[must_use]
    pub fn withheld(&self) -> u64 {
        self.total() - self.findings.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Finding, Fingerprint, Moment, Record};
    use crate::model::row::Field;
    use crate::model::text::Text;
    use crate::model::time::Stamp;
    use std::mem::size_of;

    #[test]
    fn a_word_is_the_one_of_its_field_or_its_own_text() {
        let words = [(Field::Agent, 0..3), (Field::Id, 4..9), (Field::Start, 10..13)];
        let excerpt =
            Excerpt { text: "s-1,\"s-1\",s-1".into(), words: words.into(), is_line: true };
        let start = excerpt.word(Field::Start, b"s-1");
        assert_eq!(excerpt.text.part(10..13), Some(start.clone()));
        assert_eq!(excerpt.word(Field::Id, b"s-1"), start, "without its quotes");
        assert_eq!(excerpt.word(Field::Status, b"s-1"), start, "of a field that is not there");
        assert_eq!(excerpt.word(Field::Agent, b"a\xff"), "a\u{fffd}");
    }

    /// A report can have a hundred thousand findings and twice as many records.
    #[test]
    #[cfg(target_pointer_width = "64")]
    fn what_a_report_has_most_of_is_small() {
        assert_eq!((size_of::<Text>(), size_of::<Option<Text>>()), (16, 16));
        assert_eq!((size_of::<Option<Stamp>>(), size_of::<Moment>()), (24, 56));
        assert!(size_of::<Record>() <= 352 && size_of::<Finding>() <= 176);
    }

    #[test]
    fn a_fingerprint_has_all_of_its_digits() {
        assert_eq!(Fingerprint(0xab).to_string(), "v1:00000000000000ab");
    }
}
