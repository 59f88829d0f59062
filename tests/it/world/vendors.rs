//! Files in the shapes of vendors, made of rows.
//!
//! A [`Draft`] is a record before it is known who writes it. Each vendor can say less than rows
//! can: [`Case::new`] keeps what it can say, as rows of a schedule for the oracle, and as the
//! vendor's files for the program. Both say the same, in ways that share no code with the readers.

use super::check::{file, settings_of};
use super::clock;
use super::schedule::{Row, Schedule, Times, numbered};
use super::write;
use crate::book::{CLOCK, Cell, DATE, book, text};
use jiff::civil::{Date, DateTime, date};
use serde_json::{Value, json};
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::source::Role;

/// Who writes the files, and in which of several shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    /// Genesys Cloud: results of a query, and of a query for requests.
    Genesys,
    /// The older dialect, a map by user id.
    GenesysOlder,
    /// An upload of a new schedule, whose shifts have only activities.
    GenesysUpload,
    Graph,
    Cxone,
    Iex,
    Teams,
    /// The sheets of Teams in a workbook.
    Workbook,
}

pub(crate) const VENDORS: [Vendor; 8] = [
    Vendor::Genesys,
    Vendor::GenesysOlder,
    Vendor::GenesysUpload,
    Vendor::Graph,
    Vendor::Cxone,
    Vendor::Iex,
    Vendor::Teams,
    Vendor::Workbook,
];

/// A record before it is known who writes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) role: Role,
    pub(crate) agent: u8,
    pub(crate) id: Option<u8>,
    /// Whether it is time off. In a file of time off every record is.
    pub(crate) off: bool,
    /// Whether it takes a whole day.
    pub(crate) whole: bool,
    pub(crate) status: u8,
    /// Quarters of an hour from the beginning of the scene, and how many it lasts.
    pub(crate) place: u8,
    pub(crate) length: u8,
    /// What a vendor is free to choose: which version says it, where it is cut into activities.
    pub(crate) style: u8,
}

/// Where the local times of a case begin, its zone, and the offsets before and after the change.
pub(crate) type Scene = (DateTime, &'static str, [i32; 2]);

/// Changes of the clock, by an hour and by half an hour, in both directions and on both sides of
/// the equator, and a zone without any.
pub(crate) const SCENES: [Scene; 8] = [
    (date(2026, 3, 7).at(18, 0, 0, 0), "America/Chicago", [-360, -300]),
    (date(2026, 10, 31).at(18, 0, 0, 0), "America/Chicago", [-300, -360]),
    (date(2026, 3, 28).at(18, 0, 0, 0), "Europe/Berlin", [60, 120]),
    (date(2026, 10, 24).at(18, 0, 0, 0), "Europe/London", [60, 0]),
    (date(2026, 4, 4).at(18, 0, 0, 0), "Australia/Lord_Howe", [660, 630]),
    (date(2026, 10, 3).at(18, 0, 0, 0), "Australia/Lord_Howe", [630, 660]),
    (date(2026, 3, 7).at(18, 0, 0, 0), "America/Havana", [-300, -240]),
    (date(2026, 6, 1).at(18, 0, 0, 0), "Asia/Kolkata", [330, 330]),
];

/// Rows, and the same in the files of a vendor.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) schedule: Schedule,
    pub(crate) files: Vec<InputFile>,
}

/// A row and the draft that it is made of.
type Pair = (Row, Draft);

impl Case {
    /// What a vendor can say of these drafts.
    pub(crate) fn new(vendor: Vendor, scene: &Scene, drafts: &[Draft]) -> Case {
        let mut pairs: Vec<Pair> = Vec::new();
        for draft in drafts {
            let Some(mut row) = vendor.row(scene, draft) else { continue };
            let is_same = |(other, _): &&Pair| {
                other.role == row.role && other.id == row.id && other.is_off() == row.is_off()
            };
            // An id names one record of a file.
            if pairs.iter().any(|pair| is_same(&pair)) {
                row.id = None;
            }
            // A day is off once.
            let is_again = |(other, _): &Pair| {
                let is_day = matches!(row.times, Times::Days(..));
                let is_request = (other.role == Role::TimeOff) == (row.role == Role::TimeOff);
                is_day && is_request && other.agent == row.agent && other.times == row.times
            };
            if !pairs.iter().any(is_again) {
                pairs.push((row, *draft));
            }
        }
        let zone_is_named = !matches!(vendor, Vendor::Genesys | Vendor::GenesysOlder | Vendor::Iex);
        let rows = pairs.iter().map(|(row, _)| row.clone()).collect();
        let schedule = Schedule { zone: zone_is_named.then_some(scene.1), ..Schedule::new(rows) };
        Case { files: vendor.files(scene, &pairs), schedule }
    }
}

/// The settings of a schedule, whose files are a vendor's.
pub(crate) fn settings(schedule: &Schedule, files: Vec<InputFile>) -> Settings {
    let mut settings = settings_of(schedule, files);
    // Few clock times do not show that they have 24 hours.
    let columns = ["startTime", "Start Time"].into_iter();
    settings.accepted.extend(columns.map(|column| ("RD111".to_owned(), column.to_owned())));
    // Markers name requests, and rows do not.
    settings.levels.remove("VR105");
    settings
}

/// What an agent is called: the key of a map has to look like an id.
pub(crate) fn agent(number: u8) -> String {
    format!("6f1c5a60-0f3c-4b8e-9d4e-0a1b2c3d4e{number:02}")
}

fn minutes(quarters: i64) -> jiff::Span {
    jiff::Span::new().minutes(quarters * 15)
}

impl Vendor {
    /// Whether its times are instants.
    fn is_in_utc(self) -> bool {
        use Vendor::{Genesys, GenesysOlder, GenesysUpload, Graph};
        matches!(self, Genesys | GenesysOlder | GenesysUpload | Graph)
    }

    /// Whether a file of time off is the vendor's own; else it is plain CSV.
    fn has_time_off(self) -> bool {
        !matches!(self, Vendor::Cxone | Vendor::Iex)
    }

    /// The row that says what the vendor says of a draft; `None` if it cannot say it.
    fn row(self, scene: &Scene, draft: &Draft) -> Option<Row> {
        use Vendor::{Cxone, Genesys, GenesysOlder, GenesysUpload, Graph, Iex, Teams, Workbook};
        let (from, zone, offsets) = *scene;
        let local = from + minutes(i64::from(draft.place));
        let off = draft.off || draft.role == Role::TimeOff;
        let is_genesys = matches!(self, Genesys | GenesysOlder | GenesysUpload);
        let is_plain = draft.role == Role::TimeOff && !self.has_time_off();
        // A schedule of Genesys Cloud has whole days off, and its uploads replace whole weeks.
        let whole = off && !is_plain && (draft.whole || is_genesys && draft.role != Role::TimeOff);
        match (self, draft.role) {
            (GenesysUpload, Role::Published) => return None,
            (Cxone, Role::Batch | Role::Published) if off => return None,
            (Iex, _) if whole => return None,
            _ => {}
        }
        let end = local + minutes(i64::from(draft.length));
        let utc = |at: DateTime| at - jiff::Span::new().minutes(offsets[0]);
        let day = local.date();
        let times = match self {
            Graph if whole => {
                let zone = clock::zone(zone);
                let midnight = |day: Date| {
                    let at = clock::timestamp(clock::midnight(&zone, day));
                    at.to_zoned(jiff::tz::TimeZone::UTC).datetime()
                };
                Times::at_offset(midnight(day), midnight(day.tomorrow().ok()?), None)
            }
            _ if whole => Times::Days(day, day),
            _ if self.is_in_utc() => Times::at_offset(utc(local), utc(end), None),
            Cxone if !is_plain => {
                // `UTC+00:00` is taken for UTC, which no zone contradicts.
                let offset = offsets[usize::from(draft.style / 16 % 2)];
                Times::at_offset(local, end, Some(if offset == 0 { offsets[0] } else { offset }))
            }
            _ => Times::Local(local, end),
        };
        let has_ids = match self {
            Genesys | GenesysOlder | Graph => true,
            GenesysUpload => off,
            Cxone | Iex | Teams | Workbook => false,
        };
        let id = draft.id.filter(|_| has_ids);
        let agent = agent(draft.agent);
        let id = match times {
            // The request of a day off, which is known by its date.
            Times::Days(day, _) if is_genesys => Some(format!("t-{agent}-{day}")),
            _ => id.map(|id| numbered(if off { "t" } else { "s" }, id)),
        };
        let status = match (self, draft.role) {
            (Teams | Workbook, _) => "",
            (_, Role::TimeOff) => {
                ["", "Pending", "DENIED", "approved"][usize::from(draft.status % 4)]
            }
            _ => "",
        };
        Some(Row {
            id,
            off,
            status,
            zone: (is_genesys && self != GenesysUpload || self == Iex).then_some(zone),
            ..Row::shift(draft.role, &agent, times)
        })
    }

    fn files(self, scene: &Scene, pairs: &[Pair]) -> Vec<InputFile> {
        use Vendor::{Cxone, Genesys, GenesysOlder, GenesysUpload, Graph, Iex, Teams, Workbook};
        let zone = scene.1;
        let mut files = Vec::new();
        for (role, stem) in
            [(Role::Batch, "batch"), (Role::Published, "live"), (Role::TimeOff, "off")]
        {
            let own: Vec<&Pair> = pairs.iter().filter(|(row, _)| row.role == role).collect();
            if own.is_empty() && role != Role::Batch {
                continue;
            }
            let mut add = |stem: &str, ending: &str, bytes: Vec<u8>| {
                files.push(file(role, &format!("{stem}.{ending}"), bytes));
            };
            let requests = role == Role::TimeOff;
            match self {
                Genesys | GenesysOlder | GenesysUpload if requests => {
                    add(stem, "json", requests_of_genesys(&own).to_string().into_bytes());
                }
                Genesys => add(stem, "json", genesys(&own, zone).to_string().into_bytes()),
                GenesysOlder => add(stem, "json", older_genesys(&own, zone).to_string().into()),
                GenesysUpload => add(stem, "json", upload(&own).to_string().into_bytes()),
                Graph => add(stem, "json", graph(&own, role).to_string().into_bytes()),
                Cxone | Iex if requests => {
                    let columns = ["agent", "kind", "status", "start", "end", "zone"];
                    let rows = own.iter().map(|(row, _)| row);
                    add(stem, "csv", write::csv(&columns, rows).into_bytes());
                }
                Cxone => add(stem, "csv", cxone(&own).into_bytes()),
                Iex => add(stem, "txt", iex(&own, zone).into_bytes()),
                Teams => {
                    for (off, part) in [(false, "shifts"), (true, "days")] {
                        let part_rows = own.iter().filter(|(row, _)| row.is_off() == off);
                        let lines: Vec<_> = part_rows.map(|pair| teams_line(pair)).collect();
                        if !lines.is_empty() {
                            let table = write::table(teams_columns(off), lines);
                            add(&format!("{stem}-{part}"), "csv", table.into_bytes());
                        }
                    }
                }
                Workbook => add(stem, "xlsx", workbook(&own)),
            }
        }
        files
    }
}

/// An instant as Genesys Cloud and Microsoft Graph write it.
fn instant(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Start and end of a row that has hours.
fn span(row: &Row) -> (DateTime, DateTime) {
    match row.times {
        Times::Offset((start, _), (end, _)) | Times::Local(start, end) => (start, end),
        _ => unreachable!("the row has hours"),
    }
}

/// The places at which a span is cut into activities, both ends among them.
fn cuts((start, end): (DateTime, DateTime), style: u8) -> Vec<DateTime> {
    let whole = elapsed(start, end);
    let mut cuts = vec![start];
    for part in [i64::from(style % 3), i64::from(style / 3 % 2) * 2] {
        let at = start + jiff::Span::new().minutes(whole * part / 60 * 15);
        if part > 0 && at > cuts[cuts.len() - 1] && at < end {
            cuts.push(at);
        }
    }
    cuts.push(end);
    cuts
}

/// Minutes between two times of one clock.
fn elapsed(start: DateTime, end: DateTime) -> i64 {
    end.duration_since(start).as_mins()
}

/// The activities of a shift, end to end.
fn activities(row: &Row, style: u8, length: &str) -> Vec<Value> {
    let cuts = cuts(span(row), style);
    let activity = |ends: &[DateTime]| {
        let mut activity = json!({
            "activityCodeId": "0", "startDate": instant(ends[0]), "description": "", "paid": true,
        });
        activity[length] = json!(elapsed(ends[0], ends[1]));
        activity
    };
    cuts.windows(2).map(activity).collect()
}

/// Rows of one agent that follow one another.
fn by_agent<'a>(pairs: &'a [&'a Pair]) -> impl Iterator<Item = (&'a str, &'a [&'a Pair])> {
    let runs = pairs.chunk_by(|(one, _), (other, _)| one.agent == other.agent);
    runs.map(|run| (run[0].0.agent.as_deref().expect("an agent"), run))
}

/// Shifts and days off of an agent, in the words of a dialect of Genesys Cloud.
fn lists(run: &[&Pair], length: &str, day: &str, has_times: bool) -> (Vec<Value>, Vec<Value>) {
    let (mut shifts, mut markers) = (Vec::new(), Vec::new());
    for (row, draft) in run {
        if let Times::Days(first, _) = row.times {
            let mut marker = json!({"activityCodeId": "5", "description": "", "paid": true});
            (marker[day], marker[length]) = (json!(first.to_string()), json!(480));
            if let Some(id) = &row.id {
                marker["timeOffRequestId"] = json!(id);
            }
            markers.push(marker);
            continue;
        }
        let mut shift = json!({
            "manuallyEdited": true, "activities": activities(row, draft.style, length),
        });
        if has_times {
            let (start, end) = span(row);
            shift["startDate"] = json!(instant(start));
            shift[length] = json!(elapsed(start, end));
        }
        if let Some(id) = &row.id {
            shift["id"] = json!(id);
        }
        shifts.push(shift);
    }
    (shifts, markers)
}

fn genesys(pairs: &[&Pair], zone: &str) -> Value {
    let agents = by_agent(pairs).map(|(agent, run)| {
        let (shifts, markers) = lists(run, "lengthMinutes", "businessUnitDate", true);
        json!({"user": {"id": agent}, "shifts": shifts, "fullDayTimeOffMarkers": markers})
    });
    let agents: Vec<Value> = agents.collect();
    json!({"agentSchedules": agents, "businessUnitTimeZone": zone, "publishedSchedules": []})
}

/// A map by user, so that an agent is in it once.
fn older_genesys(pairs: &[&Pair], zone: &str) -> Value {
    let mut sorted = pairs.to_vec();
    sorted.sort_by_key(|(row, _)| row.agent.clone());
    let users = by_agent(&sorted).map(|(agent, run)| {
        let (shifts, markers) = lists(run, "lengthInMinutes", "managementUnitDate", true);
        (agent.to_owned(), json!({"shifts": shifts, "fullDayTimeOffMarkers": markers}))
    });
    let users: serde_json::Map<String, Value> = users.collect();
    json!({"managementUnitTimeZone": zone, "publishedSchedules": [], "userSchedules": users})
}

fn upload(pairs: &[&Pair]) -> Value {
    let agents = by_agent(pairs).map(|(agent, run)| {
        let (shifts, markers) = lists(run, "lengthMinutes", "businessUnitDate", false);
        json!({"userId": agent, "shifts": shifts, "fullDayTimeOffMarkers": markers})
    });
    let agents: Vec<Value> = agents.collect();
    json!({"description": "", "weekCount": 2, "published": true, "agentSchedules": agents})
}

fn requests_of_genesys(pairs: &[&Pair]) -> Value {
    let request = |(row, draft): &&Pair| {
        let status = match row.status {
            "Pending" => "PENDING",
            "DENIED" => ["DENIED", "CANCELED"][usize::from(draft.style % 2)],
            _ => "APPROVED",
        };
        let mut request = json!({
            "user": {"id": row.agent}, "status": status, "activityCodeId": "5",
            "fullDayManagementUnitDates": [], "partialDayStartDateTimes": [],
        });
        if let Some(id) = &row.id {
            request["id"] = json!(id);
        }
        let is_day = matches!(row.times, Times::Days(..));
        request["isFullDayRequest"] = json!(is_day);
        if let Times::Days(day, _) = row.times {
            request["fullDayManagementUnitDates"] = json!([day.to_string()]);
            request["dailyDurationMinutes"] = json!(480);
        } else {
            let (start, end) = span(row);
            request["partialDayStartDateTimes"] = json!([instant(start)]);
            let key = ["dailyDurationMinutes", "durationMinutes"][usize::from(draft.style % 2)];
            let length = json!(elapsed(start, end));
            request[key] = if draft.style % 2 == 0 { length } else { json!([length]) };
        }
        request
    };
    let requests: Vec<Value> = pairs.iter().map(request).collect();
    json!({"entities": requests})
}

fn graph(pairs: &[&Pair], role: Role) -> Value {
    let record = |(row, draft): &&Pair| {
        let (start, end) = span(row);
        let item = |days: i64| {
            let at = |at: DateTime| instant(at + jiff::Span::new().days(days));
            let mut item = json!({"startDateTime": at(start), "endDateTime": at(end)});
            if row.is_off() {
                item["timeOffReasonId"] = json!("TOR_1");
            } else {
                item["activities"] = json!([]);
            }
            item
        };
        let mut record = json!({"isStagedForDeletion": false});
        if !row.status.is_empty() {
            record = item(0);
            let state = match row.status {
                "Pending" => "pending",
                "DENIED" => "declined",
                _ => "approved",
            };
            record["state"] = json!(state);
            (record["senderUserId"], record["assignedTo"]) = (json!(row.agent), json!("manager"));
        } else {
            // The version that does not count is a week away.
            let [shared, drafted] = match (role, draft.style % 3) {
                (Role::Batch, 0) => [Value::Null, item(0)],
                (Role::Batch, 1) => [item(7), item(0)],
                (Role::Published, 1) => [item(0), item(7)],
                _ => [item(0), Value::Null],
            };
            let kind = if row.is_off() { "TimeOff" } else { "Shift" };
            record["userId"] = json!(row.agent);
            (record[format!("shared{kind}")], record[format!("draft{kind}")]) = (shared, drafted);
        }
        if let Some(id) = &row.id {
            record["id"] = json!(id);
        }
        record
    };
    let records: Vec<Value> = pairs.iter().map(record).collect();
    json!({"value": records})
}

fn cxone(pairs: &[&Pair]) -> String {
    let time = |at: DateTime| at.strftime("%m/%d/%Y %H:%M:%S").to_string();
    let (mut lines, mut apart) = (Vec::new(), Vec::new());
    for (row, draft) in pairs {
        let Times::Offset((start, Some(offset)), (end, _)) = row.times else {
            unreachable!("the row has an offset")
        };
        let sign = if offset < 0 { '-' } else { '+' };
        let offset = format!("UTC{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
        let agent = row.agent.clone().expect("an agent");
        let line = |ends: Option<&[DateTime]>| {
            let part = |at: usize| ends.map_or_else(String::new, |ends| time(ends[at]));
            let name = if ends.is_some() { "Meeting" } else { "" };
            let rest = [offset.clone(), "open".to_owned(), String::new()];
            let parts = [part(0), part(1), name.to_owned()];
            [&[agent.clone(), time(start), time(end)][..], &rest, &parts].concat()
        };
        // The same shift twice shows only where it has no activities.
        let twins = pairs
            .iter()
            .filter(|(other, _)| (&other.agent, other.times) == (&row.agent, row.times));
        let cuts = cuts(span(row), draft.style);
        if twins.count() > 1 || draft.style % 3 == 0 {
            lines.push(line(None));
            continue;
        }
        for (place, ends) in cuts.windows(2).enumerate() {
            let is_apart = place > 0 && draft.style / 32 % 2 == 1;
            let list = if is_apart { &mut apart } else { &mut lines };
            list.push(line(Some(ends)));
        }
    }
    let columns = [
        "Username",
        "Shift Start Date and Time",
        "Shift End Date and Time",
        "Local Time Zone",
        "Base Activity Name",
        "Shift Notes",
        "Activity Start Date and Time",
        "Activity End Date and Time",
        "Activity Name",
    ];
    write::table(&columns, [lines, apart].concat())
}

fn iex(pairs: &[&Pair], zone: &str) -> String {
    let mut text = String::from("#fields:excdate|schedDate|TZ|muID|tvID|code|startTime|stopTime\n");
    let number = |day: Date| day.strftime("%m%d%Y").to_string();
    let clocks = clock::zone(zone);
    let mut before = None;
    for (row, draft) in pairs {
        let (start, end) = span(row);
        let agent = row.agent.clone().expect("an agent");
        // Rows of one agent and day that follow one another may be one shift.
        let own = (agent.clone(), start.date());
        if before.as_ref() == Some(&own) {
            let day = number(start.date());
            text.push_str(&format!("{day}|{day}|{zone}|7|nobody|Day Off|00:00|00:00\n"));
        }
        before = Some(own);
        let mut cuts = cuts((start, end), draft.style);
        let midnight = start.date().tomorrow().expect("within the years").at(0, 0, 0, 0);
        if draft.style / 8 % 2 == 1 && midnight < end {
            cuts.push(midnight);
        }
        cuts.sort();
        cuts.dedup();
        // No activity begins at a time that the clock skips or repeats.
        let is_plain = |at: &DateTime| !clocks.to_ambiguous_timestamp(*at).is_ambiguous();
        // Of an absence each row is one. Parts of a shift whose own ends are skipped are told.
        let is_whole = row.is_off() || !is_plain(&start) || !is_plain(&end);
        let is_cut = |at: &DateTime| is_plain(at) && !is_whole;
        cuts.retain(|at| *at == start || *at == end || is_cut(at));
        let code = if row.is_off() { "Vacation" } else { "Open" };
        for ends in cuts.windows(2) {
            let clock = |at: DateTime| at.strftime("%H:%M").to_string();
            let [own, schedule] = [number(ends[0].date()), number(start.date())];
            let [from, to] = [clock(ends[0]), clock(ends[1])];
            text.push_str(&format!("{own}|{schedule}|{zone}|7|{agent}|{code}|{from}|{to}\n"));
        }
    }
    text
}

fn teams_columns(off: bool) -> &'static [&'static str] {
    const SHIFTS: [&str; 12] = [
        "Member",
        "Work Email",
        "Group",
        "Start Date",
        "Start Time",
        "End Date",
        "End Time",
        "Theme Color",
        "Custom Label",
        "Unpaid Break (minutes)",
        "Notes",
        "Shared",
    ];
    const OFF: [&str; 8] = [
        "Member",
        "Work Email",
        "Start Date",
        "Start Time",
        "End Date",
        "End Time",
        "Time Off Reason",
        "Theme Color",
    ];
    if off { &OFF } else { &SHIFTS }
}

/// Dates of start and end, and the clock times, which whole days do not have.
fn teams_times(row: &Row) -> ([Date; 2], Option<[DateTime; 2]>) {
    match row.times {
        Times::Days(first, last) => ([first, last], None),
        _ => {
            let (start, end) = span(row);
            ([start.date(), end.date()], Some([start, end]))
        }
    }
}

fn teams_line((row, draft): &Pair) -> Vec<String> {
    let (days, clocks) = teams_times(row);
    let day = |day: Date| format!("{}/{}/{}", day.month(), day.day(), day.year());
    let time = |at: usize| {
        clocks.map_or_else(String::new, |clocks| clocks[at].strftime("%H:%M").to_string())
    };
    let agent = row.agent.clone().expect("an agent");
    let member = format!("Fox, {agent}");
    let times = [day(days[0]), time(0), day(days[1]), time(1)];
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let shared = ["1. Shared", "2. Not Shared"][usize::from(draft.style % 2)];
    match row.is_off() {
        true => [vec![member, agent], times.into(), words(&["Vacation", "1. Blue"])].concat(),
        false => {
            let rest = words(&["1. Blue", "", "30", "", shared]);
            [vec![member, agent, "Front".to_owned()], times.into(), rest].concat()
        }
    }
}

/// The day as a spreadsheet counts it.
fn serial(day: Date) -> f64 {
    let days = day.since(date(1899, 12, 30)).expect("within the years").get_days();
    f64::from(days)
}

fn workbook(pairs: &[&Pair]) -> Vec<u8> {
    let mut sheets = Vec::new();
    for (off, name) in [(false, "Shifts"), (true, "Time Off")] {
        let own: Vec<&&Pair> = pairs.iter().filter(|(row, _)| row.is_off() == off).collect();
        if own.is_empty() {
            continue;
        }
        let columns = teams_columns(off);
        let first = columns.iter().position(|name| *name == "Start Date").expect("a date");
        let mut rows = vec![columns.iter().map(|name| text(name)).collect::<Vec<Cell>>()];
        for pair in own {
            let mut cells: Vec<Cell> = teams_line(pair).into_iter().map(Cell::Text).collect();
            let (days, clocks) = teams_times(&pair.0);
            for end in 0..2 {
                // As text, or as what it is.
                if pair.1.style / 4 % 2 == 0 {
                    cells[first + end * 2] = Cell::Shown(serial(days[end]), DATE);
                }
                if let (Some(clocks), true) = (clocks, pair.1.style / 8 % 2 == 0) {
                    let at = clocks[end].time();
                    let part = f64::from(i32::from(at.hour()) * 60 + i32::from(at.minute()));
                    cells[first + end * 2 + 1] = Cell::Shown(part / 1440.0, CLOCK);
                }
            }
            rows.push(cells);
        }
        sheets.push((name, rows));
    }
    if sheets.is_empty() {
        sheets.push(("Shifts", vec![teams_columns(false).iter().map(|name| text(name)).collect()]));
    }
    book(&sheets)
}
