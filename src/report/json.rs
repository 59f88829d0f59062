//! Writes a report as JSON, schema 1.
//!
//! Decides the shape of the document and keeps it harmless when it is printed to a terminal.
//! Each key of the document is on a line of its own, and so are each input and each finding, so
//! that two reports can be compared by line.

mod finding;

pub(crate) mod gate;

pub(crate) mod members;

mod reading;

use super::visible::is_hidden;
use super::{PORTION, Reporter, Style};
use crate::model::cause::LeadingCause;
use crate::model::doubt::{Answer, Doubt};
use crate::model::fate::Fate;
use crate::model::finding::{
    Coverage, Finding, Input, Problem, Record, Report, RuleCount, file_of,
};
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::thread_pool::ThreadPool;
use gate::GateShape;
use reading::ReceiptObject;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;
use std::io::{self, Write};
use std::sync::Arc;

/// JSON for programs.
pub static REPORTER: Reporter =
    Reporter { name: "json", summary: "everything, for programs", write };

/// The bytes that an item of a list usually takes.
const USUAL: usize = 1400;

fn write(
    report: &Report,
    _style: &Style,
    pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = JsonObject::begin(pool, out, &report.tzdb)?;
    sheet.member("verdict", report.verdict.name())?;
    sheet.member("complete", &report.complete)?;
    sheet.member("configuration", &report.configuration)?;
    sheet.list("inputs", &report.inputs, |_| (), push_input)?;
    sheet.member("summary", &Summary::of(report))?;
    sheet.member("gate", &GateShape::of(report))?;
    sheet.list("findings", &report.findings, finding::prepare, finding::push)?;
    sheet.end()
}

/// How inputs were understood, without any finding: schema 1 of `inspect`.
pub static RECEIPT: Reporter =
    Reporter { name: "json", summary: "everything, for programs", write: write_receipts };

fn write_receipts(
    report: &Report,
    _style: &Style,
    pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = JsonObject::begin(pool, out, &report.tzdb)?;
    sheet.member("report", "inspect")?;
    sheet.member("complete", &report.complete)?;
    sheet.member("configuration", &report.configuration)?;
    sheet.list("inputs", &report.inputs, |_| (), push_input)?;
    sheet.end()
}

/// Adds an input, with its receipt last.
pub(crate) fn push_input(input: &Input, text: &mut String) {
    push(text, &InputShape::of(input));
    text.pop();
    text.push_str(",\"reading\":");
    match &input.reading {
        Some(receipt) => ReceiptObject::of(input, receipt).push(text),
        None => text.push_str("null"),
    }
    text.push('}');
}

/// Adds how the check ended and what it counted.
#[cfg(feature = "cli")]
pub(crate) fn push_summary(report: &Report, text: &mut String) {
    let Report { verdict, complete, .. } = report;
    text.push_str(&format!("{{\"verdict\":\"{}\",\"complete\":{complete},", verdict.name()));
    let counts = text_of(|text| push(text, &Summary::of(report)));
    text.push_str(counts.strip_prefix('{').unwrap_or(&counts));
    text.pop();
    text.push_str(",\"gate\":");
    push(text, &GateShape::of(report));
    text.push('}');
}

/// Adds a finding.
#[cfg(feature = "cli")]
pub(crate) fn push_finding(finding: &Finding, text: &mut String) {
    finding::push(finding, text);
}

/// Adds a record.
#[cfg(feature = "cli")]
pub(crate) fn push_record(record: &Arc<Record>, text: &mut String) {
    finding::push_record(text, record);
}

/// A document of schema 1 that is being written, one key a line.
pub(crate) struct JsonObject<'a> {
    pool: &'a ThreadPool,
    pub(crate) out: &'a mut dyn Write,
}

impl<'a> JsonObject<'a> {
    /// Begins a document, made with this version of the tz database.
    pub(crate) fn begin(
        pool: &'a ThreadPool,
        out: &'a mut dyn Write,
        tzdb: &str,
    ) -> io::Result<JsonObject<'a>> {
        out.write_all(b"{\n  \"schema\": 1")?;
        let mut object = JsonObject { pool, out };
        let version = env!("CARGO_PKG_VERSION");
        object.member("tool", &Tool { name: "shiftlint", version, tzdb })?;
        Ok(object)
    }

    /// Ends the document.
    pub(crate) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n}\n")?;
        self.out.flush()
    }

    pub(crate) fn member<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> io::Result<()> {
        self.key(key)?;
        let mut text = String::new();
        push(&mut text, value);
        self.out.write_all(text.as_bytes())
    }

    /// A list of what `push` adds for each item, once `prepare` has seen some.
    pub(crate) fn list<Item: Sync>(
        &mut self,
        key: &str,
        items: &[Item],
        prepare: impl Fn(&[Item]) + Sync,
        push: impl Fn(&Item, &mut String) + Sync,
    ) -> io::Result<()> {
        self.key(key)?;
        let shown = |(place, portion): (usize, &[Item])| {
            prepare(portion);
            let mut text = String::with_capacity(portion.len() * USUAL);
            for (within, item) in portion.iter().enumerate() {
                let first = place == 0 && within == 0;
                text.push_str(if first { "[\n    " } else { ",\n    " });
                push(item, &mut text);
            }
            text
        };
        let portions = items.chunks(PORTION).enumerate();
        let out = &mut self.out;
        self.pool.relay(portions, shown, |text| out.write_all(text.as_bytes()))?;
        self.out.write_all(if items.is_empty() { b"[]" } else { b"\n  ]" })
    }

    /// A list of items that are texts of JSON.
    pub(crate) fn texts(
        &mut self,
        key: &str,
        items: &mut dyn Iterator<Item = String>,
    ) -> io::Result<()> {
        self.key(key)?;
        let mut is_empty = true;
        for item in items {
            self.out.write_all(if is_empty { b"[\n    " } else { b",\n    " })?;
            self.out.write_all(item.as_bytes())?;
            is_empty = false;
        }
        self.out.write_all(if is_empty { b"[]" } else { b"\n  ]" })
    }

    pub(crate) fn key(&mut self, key: &str) -> io::Result<()> {
        [",\n  \"", key, "\": "].iter().try_for_each(|part| self.out.write_all(part.as_bytes()))
    }
}

/// Adds what `push` adds for each item, with commas between.
#[cfg(feature = "cli")]
pub(crate) fn push_items<Item>(
    text: &mut String,
    items: &[Item],
    push: impl Fn(&Item, &mut String),
) {
    for (place, item) in items.iter().enumerate() {
        text.push_str(if place == 0 { "" } else { "," });
        push(item, text);
    }
}

/// What is added to an empty text.
#[cfg(feature = "cli")]
pub(crate) fn text_of(add: impl FnOnce(&mut String)) -> String {
    let mut text = String::new();
    add(&mut text);
    text
}

/// Adds a value. None of those here can fail to be shown.
pub(crate) fn push<T: Serialize + ?Sized>(text: &mut String, value: &T) {
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Harmless);
    if value.serialize(&mut writer).is_ok() {
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
}

/// Compact JSON in which every character shows itself.
///
/// JSON itself only escapes the controls below U+0020.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        if super::visible::is_plain(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut letters = after.chars();
            for unit in letters.next().into_iter().flat_map(utf16) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = letters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

fn utf16(letter: char) -> impl Iterator<Item = u16> {
    let mut units = [0; 2];
    let count = letter.encode_utf16(&mut units).len();
    units.into_iter().take(count)
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'static str,
    tzdb: &'a str,
}

#[derive(Serialize)]
struct InputShape<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    role: &'static str,
    format: Option<&'static str>,
    records: u64,
    checked: u64,
    left_out: u64,
    unassigned: u64,
    cancelled: u64,
    replaced: u64,
    unreadable: u64,
    notes: &'a [String],
    doubts: Vec<DoubtShape<'a>>,
    problem: Option<ProblemShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageShape>,
    date_order: Option<&'static str>,
}

impl InputShape<'_> {
    fn of(input: &Input) -> InputShape<'_> {
        InputShape {
            path: file_of(&input.path, input.sheet.as_deref()),
            sheet: input.sheet.as_deref(),
            role: input.role.name(),
            format: input.format,
            records: input.fates.records,
            checked: input.fates.of(Fate::Checked),
            left_out: input.fates.records.saturating_sub(input.fates.of(Fate::Checked)),
            unassigned: input.fates.of(Fate::Unassigned),
            cancelled: input.fates.of(Fate::Cancelled),
            replaced: input.fates.of(Fate::Replaced),
            unreadable: input.fates.of(Fate::Unreadable),
            notes: &input.notes,
            doubts: input.doubts.iter().map(DoubtShape::of).collect(),
            problem: input.problem.as_ref().map(ProblemShape::of),
            coverage: input.coverage.map(CoverageShape::of),
            date_order: input.date_order.map(DateOrder::name),
        }
    }
}

/// What a side file covers of the batch; a list of agents covers no days.
#[derive(Serialize)]
struct CoverageShape {
    agents: u64,
    of_agents: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_days: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names_resolved: Option<u64>,
}

impl CoverageShape {
    fn of(coverage: Coverage) -> CoverageShape {
        let Coverage { agents, of_agents, days, names } = coverage;
        let (days, of_days) = days.unzip();
        CoverageShape { agents, of_agents, days, of_days, names_resolved: names }
    }
}

#[derive(Serialize)]
struct DoubtShape<'a> {
    code: &'static str,
    name: &'static str,
    place: &'a str,
    line: Option<u64>,
    count: u64,
    message: &'a str,
    answers: Vec<AnswerShape<'a>>,
    accepted: bool,
}

#[derive(Serialize)]
struct AnswerShape<'a> {
    when: &'a str,
    options: &'a [String],
    advice: &'a str,
}

impl DoubtShape<'_> {
    fn of(doubt: &Doubt) -> DoubtShape<'_> {
        DoubtShape {
            code: doubt.kind.code,
            name: doubt.kind.name,
            place: &doubt.place,
            line: doubt.line,
            count: doubt.count,
            message: &doubt.message,
            answers: doubt.answers.iter().map(AnswerShape::of).collect(),
            accepted: doubt.accepted,
        }
    }
}

impl AnswerShape<'_> {
    fn of(answer: &Answer) -> AnswerShape<'_> {
        AnswerShape { when: &answer.when, options: &answer.options, advice: &answer.advice }
    }
}

#[derive(Serialize)]
struct ProblemShape<'a> {
    line: Option<u64>,
    column: Option<u64>,
    message: &'a str,
    help: Option<&'a str>,
}

impl ProblemShape<'_> {
    fn of(problem: &Problem) -> ProblemShape<'_> {
        ProblemShape {
            line: problem.line,
            column: problem.column,
            message: &problem.message,
            help: problem.help.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Summary<'a> {
    agents: u64,
    records: u64,
    findings: SeverityCounts,
    listed: usize,
    #[serde(serialize_with = "totals_by_code")]
    rules: &'a [RuleCount],
    withheld: u64,
    batch_records: u64,
    #[serde(serialize_with = "leading_causes")]
    causes: &'a [LeadingCause],
    withheld_by: WithheldBy,
}

/// How many findings each limit leaves out; those that both would are the first's.
#[derive(Serialize)]
struct WithheldBy {
    max_per_agent: u64,
    max_findings: u64,
}

#[derive(Serialize)]
struct SeverityCounts {
    error: u64,
    warning: u64,
    info: u64,
}

impl Summary<'_> {
    fn of(report: &Report) -> Summary<'_> {
        let batch = report.inputs.iter().filter(|input| input.role == Role::Batch);
        Summary {
            agents: report.agents,
            records: report.records,
            findings: SeverityCounts {
                error: report.count(Severity::Error),
                warning: report.count(Severity::Warning),
                info: report.count(Severity::Info),
            },
            listed: report.findings.len(),
            rules: &report.rules,
            withheld: report.total().saturating_sub(report.findings.len() as u64),
            batch_records: batch.map(|input| input.fates.records).sum(),
            causes: &report.causes,
            withheld_by: WithheldBy {
                max_per_agent: report.withheld().saturating_sub(report.beyond_max_findings),
                max_findings: report.beyond_max_findings,
            },
        }
    }
}

fn totals_by_code<S: Serializer>(rules: &[RuleCount], writer: S) -> Result<S::Ok, S::Error> {
    let mut map = writer.serialize_map(Some(rules.len()))?;
    for count in rules {
        map.serialize_entry(count.rule.code, &count.total())?;
    }
    map.end()
}

#[derive(Serialize)]
struct LeadingCauseShape<'a> {
    kind: &'static str,
    findings: u64,
    of: u64,
    message: &'a str,
}

fn leading_causes<S: Serializer>(causes: &&[LeadingCause], writer: S) -> Result<S::Ok, S::Error> {
    writer.collect_seq(causes.iter().map(|cause| LeadingCauseShape {
        kind: cause.kind.name(),
        findings: cause.explained,
        of: cause.conflicts,
        message: &cause.message,
    }))
}

#[cfg(test)]
mod tests {
    use super::REPORTER;
    use crate::report::fixture::{
        HOSTILE, awkward, explained, report, style, two_findings, written,
    };
    use crate::report::visible::is_hidden;
    use serde_json::{Value, json};

    fn parsed(report: &crate::model::finding::Report) -> Value {
        serde_json::from_str(&written(&REPORTER, report, &style(80))).unwrap()
    }

    #[test]
    fn the_document_has_the_keys_of_the_contract_in_their_order() {
        let text = written(&REPORTER, &two_findings(), &style(80));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0..5],
            [
                "{",
                "  \"schema\": 1,",
                concat!(
                    r#"  "tool": {"name":"shiftlint","version":""#,
                    env!("CARGO_PKG_VERSION"),
                    r#"","tzdb":"2026e"},"#
                ),
                "  \"verdict\": \"conflicts\",",
                "  \"complete\": true,",
            ]
        );
        assert_eq!(lines[5], "  \"configuration\": null,");
        assert_eq!(lines[6], "  \"inputs\": [");
        assert_eq!(
            lines[7],
            r#"    {"path":"batch.csv","role":"batch","format":"csv","records":500,"checked":498,"left_out":2,"unassigned":1,"cancelled":1,"replaced":0,"unreadable":0,"notes":[],"doubts":[],"problem":null,"date_order":null,"reading":null},"#
        );
        assert_eq!(
            lines[10],
            r#"  "summary": {"agents":120,"records":540,"findings":{"error":1,"warning":1,"info":0},"listed":2,"rules":{"OV101":1,"OV201":1},"withheld":0,"batch_records":500,"causes":[],"withheld_by":{"max_per_agent":0,"max_findings":0}},"#
        );
        assert_eq!(lines[11], "  \"gate\": null,");
        assert_eq!(lines[12], "  \"findings\": [");
        assert_eq!(lines[15..], ["  ]", "}"]);
        assert!(text.ends_with("]\n}\n"));
    }

    #[test]
    fn a_finding_is_what_the_contract_shows() {
        let text = written(&REPORTER, &two_findings(), &style(80));
        let line = text.lines().nth(13).unwrap();
        assert_eq!(
            line,
            concat!(
                r#"    {"rule":"OV101","name":"shift-overlap","severity":"error","certainty":"certain","#,
                r#""cross_day":false,"agent":"7f3c91d2","start":"2026-03-02T15:30:00-06:00","#,
                r#""end":"2026-03-02T16:00:00-06:00","minutes":30,"records":["#,
                r#"{"role":"batch","kind":"shift","path":"batch.csv","record":12,"line":13,"#,
                r#""pointer":null,"id":"s-12","schedule":null,"status":"PROPOSED","#,
                r#""zone":"America/Chicago","start":"2026-03-02T08:00:00-06:00","#,
                r#""end":"2026-03-02T16:00:00-06:00","agent":"7f3c91d2","overnight":false,"version":null},"#,
                r#"{"role":"batch","kind":"shift","path":"batch.csv","record":46,"line":47,"#,
                r#""pointer":null,"id":"s-46","schedule":null,"status":"PROPOSED","#,
                r#""zone":"America/Chicago","start":"2026-03-02T15:30:00-06:00","#,
                r#""end":"2026-03-02T23:30:00-06:00","agent":"7f3c91d2","overnight":false,"version":null}],"#,
                r#""message":"agent `7f3c91d2` has two shifts at once on Mon 2026-03-02 from "#,
                r#"15:30 to 16:00 (30 min)","#,
                r#""help":"move one of the two, or take it out of the batch","causes":[],"fixes":[],"#,
                r#""cluster":1,"fingerprint":"v1:0123456789abcdef","state":"new"},"#,
            )
        );
    }

    #[test]
    fn causes_stand_with_their_finding_and_in_the_summary() {
        let value = parsed(&explained());
        let finding = &value["findings"][0]["causes"];
        assert_eq!(finding.as_array().map(Vec::len), Some(1));
        assert_eq!(finding[0]["kind"], "utc-as-local");
        assert!(finding[0]["message"].as_str().is_some_and(|text| text.ends_with("is gone")));
        let message =
            "412 of 430 conflicts vanish if the times marked Z are read as America/Chicago";
        let leading =
            json!([{ "kind": "utc-as-local", "findings": 412, "of": 430, "message": message }]);
        assert_eq!(value["summary"]["causes"], leading);
    }

    #[test]
    fn everything_awkward_comes_back_as_it_was() {
        let report = awkward();
        let value = parsed(&report);
        let findings = value["findings"].as_array().unwrap();
        assert_eq!(findings.len(), report.findings.len());
        for (shape, finding) in findings.iter().zip(&report.findings) {
            assert_eq!(shape["message"], finding.words().message);
            assert_eq!(shape["agent"], json!(finding.agent.as_deref()));
            let records = shape["records"].as_array().unwrap();
            assert_eq!(records.len(), finding.records.len());
            for (shape, record) in records.iter().zip(&finding.records) {
                assert_eq!(shape["path"], *record.path);
                assert_eq!(shape["id"], json!(record.id.as_deref()));
                assert_eq!(shape["pointer"], json!(record.pointer));
                assert_eq!(shape["line"], record.line);
            }
        }
        assert_eq!(findings[0]["certainty"], "possible");
        assert_eq!(findings[0]["cross_day"], true);
        assert_eq!(findings[1]["cross_day"], Value::Null);
        assert_eq!(findings[2]["records"][0]["kind"], Value::Null);
        assert_eq!(findings[2]["records"][0]["agent"], Value::Null);
        assert_eq!(findings[2]["start"], Value::Null);
        assert_eq!(value["inputs"][0]["notes"][11], HOSTILE);
        assert_eq!(value["inputs"][0]["problem"]["line"], 17);
        assert_eq!(value["inputs"][2]["problem"]["help"], Value::Null);
        assert_eq!(value["summary"]["withheld"], 4 * 19_999_899_900_u64);
        assert_eq!(value["summary"]["rules"]["RC101"], 19_999_899_901_u64);
    }

    #[test]
    fn nothing_harmful_comes_out() {
        let text = written(&REPORTER, &awkward(), &style(80));
        assert!(text.chars().all(|letter| letter == '\n' || !is_hidden(letter)));
        assert!(text.contains("\\u202etxt\\u2069\\u009b2J\\u007f\\ufeff\\udb40\\udc41山田"));
    }

    #[test]
    fn an_empty_list_is_a_list() {
        let mut empty = report(Vec::new());
        empty.inputs.clear();
        let text = written(&REPORTER, &empty, &style(80));
        assert!(text.contains("\n  \"inputs\": [],\n"), "{text}");
        assert!(text.ends_with("\n  \"findings\": []\n}\n"), "{text}");
        assert_eq!(parsed(&empty)["findings"], json!([]));
    }
}
