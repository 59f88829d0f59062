//! Writes receipts as text: how each input was understood, at a glance.
//!
//! Decides which parts of a receipt go into a table and which into a sentence. Text from a file
//! is made visible and cut to its column.

use super::page::{AnsiStyle, Page, counted, grouped};
use super::visible::{shortened, shortened_front, width};
use super::{Reporter, Style, summary};
use crate::model::fate::Fate;
use crate::model::finding::{Input, Record, Report};
use crate::model::receipt::{
    Column, Extent, FirstRecord, IgnoredList, Receipt, ShownBy, Suggestion, Values, ZoneSource,
    ZoneUse, Zones,
};
use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::source::Role;
use crate::model::time::DateOrder;
use crate::thread_pool::ThreadPool;
use std::io::{self, Write};

/// Text for people: all that is known of each input, and no finding.
pub static REPORTER: Reporter =
    Reporter { name: "text", summary: "a table for each file, for people", write };

/// The most columns that a path, a name, a field and an id may take.
const PATH: usize = 400;
const NAME: usize = 24;
const PLACE: usize = 18;
const AGENT: usize = 16;
/// The most of one sort that are listed.
const MOST: usize = 20;
/// The least columns for samples; with less room they are skipped.
const LEAST_SAMPLES: usize = 8;

fn write(
    report: &Report,
    style: &Style,
    _pool: &ThreadPool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    for input in &report.inputs {
        write_input(&mut page, input);
        summary::write_state(&mut page, input, style);
        page.settle(out)?;
    }
    summary::write_configuration(&mut page, report);
    summary::write_understood(&mut page, report);
    page.send(out)?;
    out.flush()
}

/// Writes the receipts of all inputs, for a report that says the rest of them.
pub(super) fn write_all(page: &mut Page, report: &Report) {
    for input in report.inputs.iter().filter(|input| input.reading.is_some()) {
        write_input(page, input);
    }
}

fn write_input(page: &mut Page, input: &Input) {
    let path = shortened_front(&input.path, PATH);
    let what = match &input.reading {
        Some(receipt) => recognised(input, receipt),
        None => "not read".to_owned(),
    };
    if width(&path) < page.width {
        page.painted(AnsiStyle::BOLD, &path);
        page.flow(&format!(": {what}"), width(&path), 2);
    } else {
        page.flow(&format!("{path}: {what}"), 0, 2);
    }
    let Some(receipt) = &input.reading else { return page.text.push('\n') };
    if !receipt.recognition.known_from.is_empty() {
        page.flow(&format!("  its shape is known from {}", receipt.recognition.known_from), 0, 4);
    }
    if input.format.is_some() {
        page.flow(&fates(input), 2, 4);
    }
    write_columns(page, receipt);
    let lines = [unread(receipt), ignored(receipt), times(receipt, input.role)].concat();
    if !lines.is_empty() {
        page.text.push('\n');
    }
    lines.iter().for_each(|line| page.flow(&format!("  {line}"), 0, 4));
    write_first(page, &receipt.first, input.role);
    write_options(page, &receipt.options);
    page.text.push('\n');
}

/// `csv in gzip, windows-1252; read as swaps (by its columns)`
fn recognised(input: &Input, receipt: &Receipt) -> String {
    let by = &receipt.recognition;
    let format = input.format.unwrap_or("no known format");
    let container = by.container.map(|name| format!(" in {name}")).unwrap_or_default();
    let option = if by.format == ShownBy::Option { " (--input-format)" } else { "" };
    let role = match by.role {
        ShownBy::Option => String::new(),
        ShownBy::Content => " (by its columns)".to_owned(),
        ShownBy::Name => " (by its name)".to_owned(),
        ShownBy::Default => " (by default)".to_owned(),
    };
    format!("{format}{container}{option}, {}; read as {}{role}", by.encoding, input.role)
}

/// `500 records: 498 checked, 1 unassigned shift, 1 cancelled`
fn fates(input: &Input) -> String {
    let fates = &input.fates;
    let mut parts = vec![format!("{} checked", grouped(fates.of(Fate::Checked)))];
    parts.extend(fates.fates().map(|(fate, count)| fate.counted(count)));
    parts.extend(
        (fates.of(Fate::Unreadable) > 0)
            .then(|| format!("{} unreadable", grouped(fates.of(Fate::Unreadable)))),
    );
    let several = (fates.entries > fates.of(Fate::Checked) && input.role.claims_time())
        .then(|| format!("; the checked ones make {} entries", grouped(fates.entries)));
    let records = counted(fates.records, "record", "records");
    format!("  {records}: {}{}", parts.join(", "), several.unwrap_or_default())
}

/// Whether the table shows a column: it is read, or holds times.
fn is_in_table(column: &Column) -> bool {
    column.field.is_some() || !column.samples.is_empty()
}

/// The columns that are read, and those that hold times and are not.
fn write_columns(page: &mut Page, receipt: &Receipt) {
    let mut columns: Vec<&Column> =
        receipt.columns.iter().filter(|column| is_in_table(column)).collect();
    columns.sort_by_key(|column| column.field.is_none());
    if columns.is_empty() {
        return;
    }
    let counts: Vec<String> = columns.iter().map(|column| grouped(column.count)).collect();
    let digits = counts.iter().map(String::len).max().unwrap_or(0);
    let cells: Vec<[String; 4]> = columns
        .iter()
        .zip(&counts)
        .map(|(column, count)| {
            let field = column.field.map_or("not read", Field::name).to_owned();
            let values = format!("{count:>digits$} {}", kind(column));
            [shortened(&column.name, NAME).into_owned(), field, values, samples(column)]
        })
        .collect();
    page.text.push('\n');
    let title = |text: &str| text.to_owned();
    let head = [title("  column"), title("read as"), title("values"), title("the first two")];
    write_rows(page, &head, &cells, &columns);
    if let Extent::First(records) = receipt.extent {
        let records = counted(records, "record", "records");
        page.flow(&format!("  (values of the first {records})"), 0, 4);
    }
}

/// `times`, or empty if there are no values.
fn kind(column: &Column) -> &'static str {
    if column.values == Values::None { "" } else { column.values.name() }
}

fn samples(column: &Column) -> String {
    column.samples.join(", ")
}

fn write_rows(page: &mut Page, head: &[String; 4], cells: &[[String; 4]], columns: &[&Column]) {
    let wide = |place: usize| {
        let of_cells = cells.iter().filter_map(|row| row.get(place)).map(|cell| width(cell));
        of_cells.max().unwrap_or(0)
    };
    let widths = [wide(0) + 2, wide(1), wide(2)];
    let widths = [
        widths[0].max(width(&head[0])),
        widths[1].max(width(&head[1])),
        widths[2].max(width(&head[2])),
    ];
    let before = page.ink(AnsiStyle::BLUE);
    push_row(page, [&head[0], &head[1], &head[2], &head[3]], widths);
    page.plain(before);
    page.text.push('\n');
    for (row, column) in cells.iter().zip(columns) {
        let unread = column.field.is_none();
        let before = if unread { page.ink(AnsiStyle::of(Severity::Warning)) } else { false };
        push_row(page, [&format!("  {}", row[0]), &row[1], &row[2], &row[3]], widths);
        page.plain(before);
        page.text.push('\n');
    }
}

/// Words to the left, and as much of the last cell as there is room for.
fn push_row(page: &mut Page, cells: [&str; 4], widths: [usize; 3]) {
    let mut column = 0;
    for (cell, wide) in cells.iter().zip(widths) {
        // A column without a word takes no room.
        let gap = if wide == 0 { 0 } else { 2 };
        page.text.push_str(cell);
        page.blanks(wide.saturating_sub(width(cell)) + gap);
        column += wide + gap;
    }
    let room = page.width.saturating_sub(column);
    if room >= LEAST_SAMPLES {
        page.text.push_str(&shortened(cells[3], room.saturating_sub(1)));
    }
    let end = page.text.trim_end_matches(' ').len();
    page.text.truncate(end);
}

/// `not read: `note` (12 text), `cost` (500 numbers)`
fn unread(receipt: &Receipt) -> Vec<String> {
    let unread: Vec<&Column> =
        receipt.columns.iter().filter(|column| !is_in_table(column)).collect();
    if unread.is_empty() {
        return Vec::new();
    }
    let told = unread.iter().take(MOST).map(|column| {
        let name = shortened(&column.name, NAME);
        match column.values {
            Values::None => format!("`{name}` (empty)"),
            values => format!("`{name}` ({} {})", grouped(column.count), values.name()),
        }
    });
    let told = told.collect::<Vec<String>>().join(", ");
    vec![format!("not read: {told}{}", more(unread.len()))]
}

/// ` and 12 more`
fn more(count: usize) -> String {
    match count.saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {} more", grouped(more as u64)),
    }
}

/// `ignored: `/meta/history` (3 times): it is a history`
fn ignored(receipt: &Receipt) -> Vec<String> {
    let line = |list: &IgnoredList| {
        let times = match list.count {
            1 => String::new(),
            count => format!(" ({} times)", grouped(count)),
        };
        format!("ignored: `{}`{times}: {}", shortened(&list.pointer, PATH), list.why)
    };
    let mut lines: Vec<String> = receipt.ignored.iter().take(MOST).map(line).collect();
    if receipt.ignored.len() > MOST {
        lines.push(format!("ignored:{} lists", more(receipt.ignored.len())));
    }
    lines
}

/// How times, dates and lengths are read.
fn times(receipt: &Receipt, role: Role) -> Vec<String> {
    let zones = zones(&receipt.zones).filter(|_| role != Role::Agents);
    let order = receipt.date_order.map(|(order, by)| {
        let order = match order {
            DateOrder::DayMonth => "day first, as in 31/12/2026",
            DateOrder::MonthDay => "month first, as in 12/31/2026",
        };
        let by = if by == ShownBy::Option { "--date-order" } else { "as the file shows" };
        format!("dates: {order} ({by})")
    });
    let unit = receipt.length_unit.map(|(unit, by)| {
        let by = match by {
            ShownBy::Content => "as the file shows",
            ShownBy::Name => "as the column says",
            ShownBy::Option => "--length-unit",
            ShownBy::Default => "where they name no unit",
        };
        format!("lengths: {} ({by})", unit.name())
    });
    let ends = receipt.exclusive_ends.then(|| {
        "end dates: the day after the last one, as in calendars (as the column says)".to_owned()
    });
    zones.into_iter().chain(order).chain(unit).chain(ends).collect()
}

/// `zones: 480 with offsets, 20 local in `America/Chicago` (the record's)`
fn zones(zones: &Zones) -> Option<String> {
    let extent = match zones.whole {
        true => String::new(),
        false => format!("of the first {}, ", counted(zones.records, "record", "records")),
    };
    let offsets = match zones.with_offsets {
        0 => None,
        count => Some(format!("{} with offsets", grouped(count))),
    };
    let local = zones.local.iter().take(MOST).map(zone);
    let parts: Vec<String> = offsets.into_iter().chain(local).collect();
    let more = more(zones.local.len());
    (!parts.is_empty()).then(|| format!("zones: {extent}{}{more}", parts.join(", ")))
}

/// `480 local in America/Chicago (named by the record)`
fn zone(known: &ZoneUse) -> String {
    let count = grouped(known.records);
    let zone = &known.zone;
    match known.source {
        ZoneSource::Record => format!("{count} local in `{zone}` (the record's)"),
        ZoneSource::Surroundings => format!("{count} local in `{zone}` (around the record)"),
        ZoneSource::ColumnName => format!("{count} local in `{zone}` (the column's name)"),
        ZoneSource::Agents => format!("{count} local in `{zone}` (the agent's)"),
        ZoneSource::Option => format!("{count} local in `{zone}` (--tz)"),
        ZoneSource::Unit => format!("{count} local in `{zone}` (the unit's)"),
        ZoneSource::None => format!("{count} local without a zone, read as UTC"),
    }
}

/// The first records, as they were understood.
fn write_first(page: &mut Page, first: &[FirstRecord], role: Role) {
    if first.is_empty() {
        return;
    }
    let rows: Vec<[String; 4]> = first.iter().map(|first| cells(first, role)).collect();
    let wide = |place: usize| {
        rows.iter().filter_map(|row| row.get(place)).map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths = [wide(0), wide(1), wide(2)];
    page.text.push('\n');
    let before = page.ink(AnsiStyle::BLUE);
    page.text.push_str("  first records, in local time\n");
    page.plain(before);
    for row in &rows {
        let first = format!("  {}", row[0]);
        push_row(page, [&first, &row[1], &row[2], &row[3]], [widths[0] + 2, widths[1], widths[2]]);
        page.text.push('\n');
    }
}

/// Place, agent and id; what it is and when.
fn cells(first: &FirstRecord, role: Role) -> [String; 4] {
    let record = &first.record;
    let pointer = record.pointer.as_deref().filter(|pointer| !pointer.is_empty());
    let place = match (pointer, &record.sheet) {
        (Some(pointer), _) => shortened_front(pointer, PLACE).into_owned(),
        (None, Some(_)) => format!("row {}", record.line),
        (None, None) => format!("line {}", record.line),
    };
    let agent = match record.agent.as_str() {
        "" => "no agent".to_owned(),
        agent => shortened(agent, AGENT).into_owned(),
    };
    let id = shortened(record.id.as_deref().unwrap_or_default(), AGENT).into_owned();
    let what = match role {
        Role::Agents => record.zone.as_deref().unwrap_or("no zone").to_owned(),
        Role::Swaps => swap(record),
        _ => shift(first),
    };
    [place, agent, id, what]
}

/// `shift  Mon 2026-03-02 08:00–16:00 -06:00`, or why it is none.
fn shift(first: &FirstRecord) -> String {
    let record = &first.record;
    let what = match (first.fate, record.side) {
        (Some(Fate::Checked) | None, Some(side)) => side.kind.name(),
        (Some(fate), _) => fate.name(),
        (None, None) => "",
    };
    let when = match (&record.start.at, &record.end.at) {
        (Some(start), Some(end)) => format!("{} {}", start.weekday_name(), start.span_name(end)),
        _ => words_of_times(record),
    };
    let several = if record.several { " and further days" } else { "" };
    format!("{what}  {when}{several}")
}

/// `` `8 o'clock` to `noon` ``, as far as there are words.
fn words_of_times(record: &Record) -> String {
    let words = [&record.start, &record.end].map(|moment| &moment.written);
    let filled = words.into_iter().filter(|words| !words.is_empty());
    let shown = filled.map(|words| format!("`{}`", shortened(words, PLACE)));
    shown.collect::<Vec<String>>().join(" to ")
}

/// `gives `s-1` to b-2 for `s-7``
fn swap(record: &Record) -> String {
    let Some(trade) = &record.trade else { return String::new() };
    let cut = |word: &str| shortened(word, AGENT).into_owned();
    let to = if trade.with_agent.is_empty() {
        String::new()
    } else {
        format!(" to {}", cut(&trade.with_agent))
    };
    let back = if trade.with_shift.is_empty() {
        String::new()
    } else {
        format!(" for `{}`", cut(&trade.with_shift))
    };
    format!("gives `{}`{to}{back}", cut(&trade.shift))
}

fn write_options(page: &mut Page, options: &[Suggestion]) {
    if options.is_empty() {
        return;
    }
    page.text.push('\n');
    let before = page.ink(AnsiStyle::BLUE);
    page.text.push_str("  options that would change this\n");
    page.plain(before);
    for option in options {
        let words: Vec<String> = option.words.iter().map(|word| summary::quoted(word)).collect();
        let words = words.join(" ");
        page.flow(&format!("  {words}: {}", option.effect), 0, 6);
    }
}
