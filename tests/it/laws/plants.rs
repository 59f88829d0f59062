//! What is planted in a document: a record is found wherever it stands, or the
//! check is incomplete; what is no record raises no doubt.
//!
//! The batch of each case has two shifts for each of three agents and nothing
//! that overlaps. A record is planted so that it overlaps one of them.

use super::config;
use crate::world::check::{check, file};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_assert, proptest};
use proptest::sample::select;
use shiftlint::judge::selected;
use shiftlint::model::finding::Report;
use shiftlint::model::rule::Severity;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use std::fmt;

/// How many cases a run of the suite tries; `PROPTEST_CASES` says another number.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

/// JSON whose keys keep their order.
#[derive(Debug, Clone)]
enum Json {
    /// A number, `true` or `null`.
    Bare(&'static str),
    Text(String),
    /// A value as it is written.
    Written(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

use Json::{Bare, List, Object, Text, Written};

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bare(word) => out.write_str(word),
            Written(value) => out.write_str(value),
            Text(text) => {
                write!(out, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
            List(values) => {
                let values: Vec<_> = values.iter().map(Json::to_string).collect();
                write!(out, "[{}]", values.join(","))
            }
            Object(pairs) => {
                let pair = |(key, value): &(String, Json)| format!("\"{key}\":{value}");
                let pairs: Vec<_> = pairs.iter().map(pair).collect();
                write!(out, "{{{}}}", pairs.join(","))
            }
        }
    }
}

fn text(word: &str) -> Json {
    Text(word.to_owned())
}

fn object<const COUNT: usize>(pairs: [(&str, Json); COUNT]) -> Json {
    Object(pairs.map(|(key, value)| (key.to_owned(), value)).into())
}

const AGENTS: [&str; 3] = ["ann", "ben", "cleo"];

/// Names that say nothing about what stands under them. `data` is not among them: it
/// is the word for a date in some languages, so that `data.date` in a record is the
/// record's own date.
const NEUTRAL: [&str; 16] = [
    "more", "extra", "x", "blob", "folder", "items", "box", "group", "inner", "bundle", "pack",
    "section", "byUser", "drafts", "alpha9", "stuff",
];

/// Under which keys the two times of a record stand.
const TIMES: [(&str, &str); 9] = [
    ("start", "end"),
    ("from", "to"),
    ("begin", "finish"),
    ("startTime", "endTime"),
    ("a", "b"),
    ("kickoff", "wrap"),
    ("t0", "t1"),
    ("left", "right"),
    ("von", "bis"),
];

const FROM: &str = "2026-03-02T10:00:00Z";
const TO: &str = "2026-03-02T19:00:00Z";

/// What a planted record is made of.
#[derive(Debug, Clone, Copy)]
enum Form {
    Instants,
    Locals,
    DateAndClocks,
    DateAndRange,
    FullRange,
    StartAndLength,
    Numbers,
    Nested,
    Row,
    AgentAndStart,
    AgentAndDate,
    Columns,
}

const FORMS: [Form; 12] = [
    Form::Instants,
    Form::Locals,
    Form::DateAndClocks,
    Form::DateAndRange,
    Form::FullRange,
    Form::StartAndLength,
    Form::Numbers,
    Form::Nested,
    Form::Row,
    Form::AgentAndStart,
    Form::AgentAndDate,
    Form::Columns,
];

/// What stands around a planted thing, from within.
#[derive(Debug, Clone, Copy)]
enum Around {
    Key(&'static str),
    KeyAmongOthers(&'static str),
    List,
    ListWithNull,
    ListWithOther,
    TextUnder(&'static str),
    AgentAsKey,
    DateAsKey,
    Agent(&'static str),
}

/// Where it is put.
#[derive(Debug, Clone, Copy)]
enum Place {
    After,
    Before,
    Element,
    OfRecord,
    Envelope,
    OnLine,
    OfLine,
    InList,
    Cell,
}

const PLACES: [Place; 9] = [
    Place::After,
    Place::Before,
    Place::Element,
    Place::OfRecord,
    Place::Envelope,
    Place::OnLine,
    Place::OfLine,
    Place::InList,
    Place::Cell,
];

#[derive(Debug, Clone)]
struct Plant {
    form: Form,
    times: (&'static str, &'static str),
    agent: &'static str,
    /// The key of the agent; `None` if it stands around the record.
    agent_key: Option<&'static str>,
    around: Vec<Around>,
    place: Place,
    /// The key that all of it stands under, where it needs one.
    name: &'static str,
}

/// What can stand around anything: what names an agent or a date only around
/// records.
fn around() -> impl Strategy<Value = Around> {
    (0..9usize, select(&NEUTRAL[..])).prop_map(|(which, name)| match which {
        0 => Around::Key(name),
        1 => Around::KeyAmongOthers(name),
        2 => Around::List,
        3 => Around::ListWithNull,
        4 => Around::ListWithOther,
        5 => Around::TextUnder(name),
        6 => Around::AgentAsKey,
        7 => Around::DateAsKey,
        _ => Around::Agent(name),
    })
}

fn plants() -> impl Strategy<Value = Plant> {
    let agent_keys = [Some("agent"), Some("employee_id"), Some("user"), Some("locker"), None];
    let parts = (
        select(&FORMS[..]),
        select(&TIMES[..]),
        select(&AGENTS[..]),
        select(agent_keys.to_vec()),
        vec(around(), 0..4),
        select(&PLACES[..]),
        select(&NEUTRAL[..]),
    );
    let plants = parts.prop_map(|(form, times, agent, agent_key, around, place, name)| Plant {
        form,
        times,
        agent,
        agent_key,
        around,
        place,
        name,
    });
    plants.prop_filter("it says what its record says", |plant| !plant.repeats_its_record())
}

impl Plant {
    /// The record, and what stands right around it.
    fn record(&self) -> Json {
        let (from, to) = self.times;
        let times = match self.form {
            Form::Instants => vec![(from, text(FROM)), (to, text(TO))],
            Form::Locals => {
                vec![(from, text("2026-03-02 10:00")), (to, text("2026-03-02 19:00"))]
            }
            Form::DateAndClocks => {
                vec![("date", text("2026-03-02")), (from, text("10:00")), (to, text("19:00"))]
            }
            Form::DateAndRange => vec![("day", text("2026-03-02")), (from, text("10:00-19:00"))],
            Form::FullRange => vec![(from, text(&format!("{FROM}/{TO}")))],
            Form::StartAndLength => vec![(from, text(FROM)), ("durationMinutes", Bare("540"))],
            Form::Numbers => {
                vec![("start", Bare("1772445600")), ("end", Bare("1772478000"))]
            }
            Form::Nested => vec![("time", object([(from, text(FROM)), (to, text(TO))]))],
            // A row is one of an array of arrays: a list of words alone is none.
            Form::Row => {
                return List(vec![List(vec![text(self.agent), text(FROM), text(TO)])]);
            }
            Form::AgentAndStart => vec![("start", text(FROM))],
            Form::AgentAndDate => vec![("date", text("2026-03-02"))],
            Form::Columns => return self.columns(),
        };
        let agent = self.key().map(|key| (key.to_owned(), text(self.agent)));
        let times = times.into_iter().map(|(key, value)| (key.to_owned(), value));
        let record = Object(agent.into_iter().chain(times).collect());
        match self.key() {
            Some(_) => record,
            None => object([("agent", text(self.agent)), (self.name, List(vec![record]))]),
        }
    }

    /// The key of the agent: one that is recognised where the agent makes the
    /// record.
    fn key(&self) -> Option<&'static str> {
        match (self.form, self.agent_key) {
            (Form::AgentAndStart | Form::AgentAndDate, Some("locker")) => Some("agent"),
            (_, key) => key,
        }
    }

    /// Whether it says nothing but the agent and the day of the record that it is planted in.
    fn repeats_its_record(&self) -> bool {
        matches!((self.form, self.place), (Form::AgentAndDate, Place::OfRecord))
            && self.agent == "ann"
    }

    /// A table of columns.
    fn columns(&self) -> Json {
        let (from, to) = self.times;
        let column = |first: &str, second: &str| List(vec![text(first), text(second)]);
        object([
            (self.key().unwrap_or("agent"), column(self.agent, self.agent)),
            (from, column(FROM, "2026-03-05T08:00:00Z")),
            (to, column(TO, "2026-03-05T16:00:00Z")),
        ])
    }

    /// The name and the text of the file it is planted in.
    fn file(&self) -> (&'static str, String) {
        planted(surrounded(self.record(), &self.around, self.agent), self.name, self.place)
    }
}

fn surrounded(mut inner: Json, around: &[Around], agent: &str) -> Json {
    for one in around {
        inner = match one {
            Around::Key(name) => object([(name, inner)]),
            Around::KeyAmongOthers(name) => {
                object([("colour", text("red")), (name, inner), ("size", Bare("3"))])
            }
            Around::List => List(vec![inner]),
            Around::ListWithNull => List(vec![Bare("null"), inner]),
            Around::ListWithOther => List(vec![object([("colour", text("red"))]), inner]),
            Around::TextUnder(name) => object([(name, Text(inner.to_string()))]),
            Around::AgentAsKey => object([(agent, inner)]),
            Around::DateAsKey => object([("2026-03-02", inner)]),
            Around::Agent(name) => object([("agent", text(agent)), (name, inner)]),
        };
    }
    inner
}

/// The records of the batch.
fn batch() -> Vec<Json> {
    let days = ["2026-03-02", "2026-03-03"];
    let record = |(agent, day): (&&str, &str)| {
        object([
            ("id", Text(format!("{agent}-{day}"))),
            ("agent", text(agent)),
            ("start", Text(format!("{day}T08:00:00Z"))),
            ("end", Text(format!("{day}T16:00:00Z"))),
        ])
    };
    AGENTS.iter().flat_map(|agent| days.map(|day| (agent, day))).map(record).collect()
}

fn with(record: &mut Json, name: &str, value: Json) {
    if let Object(pairs) = record {
        pairs.push((name.to_owned(), value));
    }
}

fn planted(thing: Json, name: &'static str, place: Place) -> (&'static str, String) {
    let mut records = batch();
    let lines = |records: &[Json]| records.iter().map(|record| format!("{record}\n")).collect();
    let document = match place {
        Place::After => object([("shifts", List(records)), (name, thing)]),
        Place::Before => object([(name, thing), ("shifts", List(records))]),
        Place::Element => {
            records.insert(3, thing);
            object([("shifts", List(records))])
        }
        Place::OfRecord => {
            with(&mut records[0], name, thing);
            object([("shifts", List(records))])
        }
        Place::Envelope => object([(
            "result",
            object([(name, thing), ("total", Bare("6")), ("shifts", List(records))]),
        )]),
        Place::InList => {
            records.push(thing);
            List(records)
        }
        Place::OnLine => {
            records.insert(3, thing);
            return ("batch.ndjson", lines(&records));
        }
        Place::OfLine => {
            with(&mut records[3], name, thing);
            return ("batch.ndjson", lines(&records));
        }
        Place::Cell => return ("batch.csv", table(&thing, name)),
    };
    ("batch.json", document.to_string())
}

/// The records as a table, one of which has a document in a cell.
fn table(thing: &Json, name: &str) -> String {
    let mut table = format!("id,agent,start,end,{name}\n");
    for (place, record) in batch().into_iter().enumerate() {
        let Object(pairs) = record else { continue };
        let cells: Vec<_> = pairs.iter().map(|(_, value)| value.to_string()).collect();
        let cell = if place == 3 { thing.to_string() } else { String::new() };
        table += &format!("{},\"{}\"\n", cells.join(","), cell.replace('"', "\"\""));
    }
    table
}

fn report(name: &str, content: &str) -> Report {
    let settings = Settings {
        files: vec![file(Role::Batch, name, content)],
        levels: selected(&[], &[], &[]).expect("the default selection"),
        zone: Some("UTC".to_owned()),
        fail_on: Some(Severity::Error),
        jobs: Some(1),
        ..Settings::default()
    };
    check(&settings)
}

/// What was doubted and found, for the message of a failing case.
fn told(report: &Report) -> String {
    let input = &report.inputs[0];
    let found: Vec<_> = report.findings.iter().map(|finding| finding.rule.code).collect();
    format!(
        "{:?} {:?} {:?}\n{:?}\n{:?}",
        report.exit_code(),
        found,
        input.problem,
        input.doubts,
        input.notes
    )
}

proptest! {
    #![proptest_config(config(cases()))]

    #[test]
    fn a_planted_record_is_found_or_the_check_is_incomplete(plant in plants()) {
        let (name, content) = plant.file();
        let report = report(name, &content);
        let overlaps =
            || report.findings.iter().any(|finding| finding.rule.code.starts_with("OV"));
        let seen = report.exit_code() == 3 || report.exit_code() == 1 && overlaps();
        prop_assert!(seen, "{content}\n{}", told(&report));
    }
}

/// What is about a record, a part of one, or has nothing to do with schedules.
#[derive(Debug, Clone)]
struct Neutral {
    thing: (&'static str, &'static str),
    around: Vec<Around>,
    place: Place,
    name: &'static str,
}

/// Objects that are no records, wherever they stand.
const THINGS: [&str; 19] = [
    r#"{"amount":12.5,"currency":"EUR"}"#,
    r#"{"street":"Main St 12","city":"Springfield","zip":"62701"}"#,
    r#"{"note":"call back, 10:00 or later"}"#,
    r#"{"count":480,"total":6,"ratio":0.8}"#,
    r#"{"lat":52.52,"lon":13.4,"zoom":8}"#,
    r#"{"createdAt":"2026-03-01T08:00:00Z","updatedAt":"2026-03-01T16:00:00Z"}"#,
    r#"{"created":"2026-03-02T09:00:00Z","createdBy":"ann","modified":"2026-03-02T10:00:00Z"}"#,
    r#"{"submittedAt":"2026-03-01 08:00","approvedAt":"2026-03-01 09:30","approvedBy":"ben"}"#,
    r#"{"requestedAt":"2026-03-01T08:00Z","reviewedAt":"2026-03-01T12:00Z","by":"cleo"}"#,
    r#"{"publishedAt":"2026-03-01T08:00Z","exportedAt":"2026-03-01T09:00Z"}"#,
    r#"{"validFrom":"2026-03-02T00:00:00Z","validTo":"2026-03-03T00:00:00Z"}"#,
    r#"{"effectiveFrom":"2026-03-02","effectiveTo":"2026-03-02"}"#,
    r#"{"hiredOn":"2020-01-01","birthDate":"1990-05-04"}"#,
    r#"{"contract":{"start":"2020-01-01","end":"2026-12-31","hours":40}}"#,
    r#"{"employment":[{"start":"2026-03-02","end":"2026-03-03"}]}"#,
    r#"{"issuedAt":"2026-03-02T08:00:00Z","expiresAt":"2026-03-02T16:00:00Z"}"#,
    r#"{"pay":{"start":"2026-03-02T00:00:00Z","end":"2026-03-03T00:00:00Z"}}"#,
    r#"{"phone":"+49 30 1234567","url":"https://example.com/a/b?c=d"}"#,
    r#"{"colour":"red","flags":[true,false,null],"codes":[7,8,900]}"#,
];

/// Lists with the names that say what they are, beside the records.
const CALENDARS: [(&str, &str); 10] = [
    ("holidays", r#"[{"date":"2026-03-02","name":"Founders' day"}]"#),
    ("holidays", r#"[{"start":"2026-03-02T00:00Z","end":"2026-03-03T00:00Z","name":"Off"}]"#),
    ("closures", r#"[{"from":"2026-03-02T20:00Z","to":"2026-03-02T23:00Z","site":"Bar"}]"#),
    ("openingHours", r#"[{"day":"mon","from":"08:00","to":"20:00"}]"#),
    ("openingHours", r#"{"2026-03-02":{"from":"08:00","to":"20:00"}}"#),
    ("forecast", r#"[{"start":"2026-03-02T08:00Z","end":"2026-03-02T08:30Z","calls":12}]"#),
    ("demand", r#"[{"start":"2026-03-02T08:00Z","minutes":30,"needed":4}]"#),
    ("requirements", r#"[["2026-03-02T08:00Z","2026-03-02T08:15Z",4]]"#),
    ("intervals", r#"[{"interval":"2026-03-02T08:00Z/2026-03-02T08:15Z","needed":4}]"#),
    ("periods", r#"[{"begin":"2026-03-02T08:00Z","finish":"2026-03-02T20:00Z"}]"#),
];

/// Lists within a shift from 08:00 to 16:00.
const PARTS: [(&str, &str); 15] = [
    ("breaks", r#"[{"start":"DAYT12:00:00Z","end":"DAYT12:30:00Z"}]"#),
    ("breaks", r#"[{"start":"DAYT12:00:00Z","minutes":30,"paid":false}]"#),
    ("breaks", r#"[{"start":"12:00","end":"12:30"}]"#),
    ("meals", r#"[{"from":"DAYT12:00:00Z","to":"DAYT12:30:00Z"}]"#),
    (
        "activities",
        r#"[{"start":"DAYT08:00:00Z","end":"DAYT12:00:00Z","name":"Phone"},{"start":"DAYT12:00:00Z","end":"DAYT16:00:00Z","name":"Mail"}]"#,
    ),
    ("segments", r#"[{"startTime":"DAYT08:00:00Z","endTime":"DAYT16:00:00Z","code":"P"}]"#),
    ("tasks", r#"[{"begin":"DAYT09:00:00Z","finish":"DAYT10:00:00Z","title":"Count"}]"#),
    ("details", r#"[{"start":"DAYT09:00:00Z","durationMinutes":60}]"#),
    ("lunch", r#"{"start":"DAYT12:00:00Z","end":"DAYT12:30:00Z"}"#),
    ("meetings", r#"[{"start":"DAYT09:00:00Z","end":"DAYT10:00:00Z","title":"Team"}]"#),
    ("events", r#"[{"from":"09:00","to":"10:00"},{"from":"11:00","to":"12:00"}]"#),
    ("auxCodes", r#"[{"code":"AUX1","start":"DAYT09:00:00Z","durationMinutes":10}]"#),
    ("punches", r#"[{"in":"DAYT07:58:00Z","out":"DAYT16:03:00Z"}]"#),
    ("history", r#"[{"start":"DAYT07:00:00Z","end":"DAYT15:00:00Z","at":"2026-03-01T09:00:00Z"}]"#),
    ("auditLog", r#"[{"at":"2026-03-01T09:00:00Z","from":"DAYT07:00:00Z","to":"DAYT08:00:00Z"}]"#),
];

fn neutral() -> impl Strategy<Value = Neutral> {
    let plain = around().prop_filter("what stands around says nothing", |around| {
        !matches!(around, Around::AgentAsKey | Around::DateAsKey | Around::Agent(_))
    });
    // An element of a list of records that is no record is a doubt of its own.
    let places =
        [Place::After, Place::Before, Place::OfRecord, Place::Envelope, Place::OfLine, Place::Cell];
    let things: Vec<_> = THINGS.iter().map(|thing| ("", *thing)).collect();
    let anywhere = (select(things), vec(plain.boxed(), 0..4), select(places.to_vec()))
        .prop_map(|(thing, around, place)| (thing, around, place));
    let beside = [Place::After, Place::Before, Place::Envelope];
    let calendars = (select(&CALENDARS[..]), select(beside.to_vec()), 0..3usize).prop_map(
        |(thing, place, depth)| {
            let around = [Around::Key("settings"), Around::KeyAmongOthers("site")];
            (thing, around[..depth].to_vec(), place)
        },
    );
    let within = [Place::OfRecord, Place::OfLine];
    let parts = (select(&PARTS[..]), select(within.to_vec()))
        .prop_map(|(thing, place)| (thing, Vec::new(), place));
    let all = proptest::prop_oneof![anywhere, calendars, parts];
    (all, select(&NEUTRAL[..])).prop_map(|((thing, around, place), name)| Neutral {
        thing,
        around,
        place,
        name,
    })
}

impl Neutral {
    fn file(&self) -> (&'static str, String) {
        let (name, written) = self.thing;
        // The record that holds it: the first of a document, the fourth of lines.
        let day = if matches!(self.place, Place::OfLine) { "2026-03-03" } else { "2026-03-02" };
        let thing = Written(written.replace("DAY", day));
        if name.is_empty() {
            return planted(surrounded(thing, &self.around, ""), self.name, self.place);
        }
        match self.around.is_empty() {
            true => planted(thing, name, self.place),
            false => {
                let inner = surrounded(object([(name, thing)]), &self.around[1..], "");
                planted(inner, "settings", self.place)
            }
        }
    }
}

proptest! {
    #![proptest_config(config(cases()))]

    #[test]
    fn what_is_no_record_raises_no_doubt(neutral in neutral()) {
        let (name, content) = neutral.file();
        let report = report(name, &content);
        let quiet = report.exit_code() == 0 && report.inputs[0].doubts.is_empty();
        prop_assert!(quiet, "{content}\n{}", told(&report));
        prop_assert!(report.batch_checked == 6, "{content}\n{}", told(&report));
    }
}
