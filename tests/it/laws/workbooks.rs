//! A table is the same table in a workbook, and no bytes of a workbook break anything.

use super::config;
use crate::book::{CLOCK, Cell, DATE, MOMENT, book, clock, march, parts, raw_rows, zipped};
use crate::world::check::{check, comparable, file, settings, totals};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use shiftlint::model::finding::Report;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;

/// A shift, and how each of its cells is written.
#[derive(Debug, Clone)]
struct Shift {
    agent: u32,
    day: u32,
    start: u32,
    length: u32,
    /// Whether agent, date, start and end are numbers.
    numbers: [bool; 4],
    /// Whether the row before is empty, and whether it has a note.
    after_gap: bool,
    note: Option<&'static str>,
}

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    const NOTES: [&str; 4] = ["ok", "a, \"b\"", " x;y|z", "{1}"];
    let shift = (
        1u32..4,
        2u32..6,
        0u32..95,
        1u32..60,
        any::<[bool; 4]>(),
        prop::bool::weighted(0.2),
        prop::option::of(prop::sample::select(&NOTES[..])),
    );
    let shift = shift.prop_map(|(agent, day, start, length, numbers, after_gap, note)| Shift {
        agent,
        day,
        start: start * 15,
        length: length * 15,
        numbers,
        after_gap,
        note,
    });
    prop::collection::vec(shift, 1..20)
}

/// A column of dates and clock times, or of both in one.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Apart,
    Joint,
}

fn as_time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The cells of a shift in a workbook, and its line in CSV.
fn written(shift: &Shift, form: Form) -> (Vec<Cell>, String) {
    let end = shift.start + shift.length;
    let (end_day, end_minutes) = (shift.day + end / 1440, end % 1440);
    let date = |day: u32| format!("2026-03-{day:02}");
    let at = |day: u32, minutes: u32| match form {
        Form::Apart => (as_time(minutes), clock(0, minutes), CLOCK),
        Form::Joint => {
            (format!("{}T{}", date(day), as_time(minutes)), march(day) + clock(0, minutes), MOMENT)
        }
    };
    let cell = |word: &str, number: f64, code: &'static str, is_number: bool| match is_number {
        true => Cell::Shown(number, code),
        false => Cell::Text(word.to_owned()),
    };
    let [agent, day, start, until] = shift.numbers;
    let (start_word, start_number, code) = at(shift.day, shift.start);
    let (end_word, end_number, _) = at(end_day, end_minutes);
    let agent_word = shift.agent.to_string();
    let mut cells = vec![
        cell(&agent_word, f64::from(shift.agent), "General", agent),
        cell(&start_word, start_number, code, start),
        cell(&end_word, end_number, code, until),
    ];
    let mut words = vec![agent_word, start_word, end_word];
    if form == Form::Apart {
        cells.insert(1, cell(&date(shift.day), march(shift.day), DATE, day));
        words.insert(1, date(shift.day));
    }
    cells.push(shift.note.map_or(Cell::Empty, |note| Cell::Text(note.to_owned())));
    words.push(shift.note.unwrap_or_default().to_owned());
    let quoted = |word: &String| format!("\"{}\"", word.replace('"', "\"\""));
    (cells, words.iter().map(quoted).collect::<Vec<_>>().join(","))
}

fn checked(name: &str, bytes: Vec<u8>) -> Report {
    let zone = Some("America/Chicago".to_owned());
    check(&Settings { zone, ..settings(vec![file(Role::Batch, name, bytes)]) })
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_table_is_the_same_in_a_workbook(
        shifts in shifts(),
        form in prop::sample::select(&[Form::Apart, Form::Joint][..]),
    ) {
        let names: &[&str] = match form {
            Form::Apart => &["employee id", "date", "start", "end", "note"],
            Form::Joint => &["employee id", "start", "end", "note"],
        };
        let header: Vec<Cell> = names.iter().map(|name| Cell::Text((*name).to_owned())).collect();
        let (mut rows, mut csv) = (vec![header], names.join(",") + "\n");
        for shift in &shifts {
            if shift.after_gap {
                rows.push(Vec::new());
                csv.push('\n');
            }
            let (cells, line) = written(shift, form);
            rows.push(cells);
            csv.push_str(&line);
            csv.push('\n');
        }
        let table = checked("week.csv", csv.clone().into_bytes());
        let sheet = checked("week.xlsx", book(&[("Plan", rows)]));
        prop_assert_eq!(totals(&sheet), totals(&table), "{}", csv);
        prop_assert_eq!((sheet.verdict, sheet.records), (table.verdict, table.records), "{}", csv);
        for (one, other) in sheet.findings.iter().zip(&table.findings) {
            prop_assert_eq!(comparable(one), comparable(other), "{}", csv);
            let lines = |records: &[std::sync::Arc<shiftlint::model::finding::Record>]| {
                records.iter().map(|record| record.line).collect::<Vec<_>>()
            };
            prop_assert_eq!(lines(&one.records), lines(&other.records), "{}", csv);
            prop_assert!(one.records.iter().all(|record| record.sheet.is_some()));
        }
    }

    #[test]
    fn no_bytes_of_a_workbook_break_anything(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        within in parts_to_change(),
    ) {
        let mut bytes = workbook(|name, text| {
            let mut text = text.into_bytes();
            if within.is_some_and(|part| name.ends_with(part)) {
                change(&mut text, &changes);
            }
            String::from_utf8_lossy(&text).into_owned()
        });
        if within.is_none() {
            change(&mut bytes, &changes);
        }
        let report = checked("week.xlsx", bytes);
        prop_assert!([0, 1, 3, 4].contains(&report.exit_code()));
        // What is not a sheet any more gives no all-clear.
        let is_read = report.inputs.iter().any(|input| input.is_read && input.problem.is_none());
        prop_assert!(is_read || report.exit_code() == 3);
    }
}

/// Which part is changed before it is packed; `None` for the bytes of the archive.
fn parts_to_change() -> impl Strategy<Value = Option<&'static str>> {
    const PARTS: [&str; 5] =
        ["sheet1.xml", "styles.xml", "workbook.xml", "workbook.xml.rels", "[Content_Types].xml"];
    let part = prop::sample::select(&PARTS[..]).prop_map(Some);
    proptest::prop_oneof![1 => Just(None), 3 => part]
}

fn change(bytes: &mut Vec<u8>, changes: &[(prop::sample::Index, u8)]) {
    for (place, byte) in changes {
        let place = place.index(bytes.len().max(1));
        match byte {
            0..=31 if place < bytes.len() => drop(bytes.remove(place)),
            // A number, a letter of a column, or a bracket where there was none.
            32..=127 => bytes.insert(place.min(bytes.len()), *byte),
            _ => bytes.iter_mut().skip(place).take(1).for_each(|known| *known = *byte),
        }
    }
}

/// A workbook whose parts pass through a function.
fn workbook(mut pass: impl FnMut(&str, String) -> String) -> Vec<u8> {
    let cell = |word: &'static str| ("t=\"inlineStr\"", word);
    let rows = raw_rows(&[
        &[
            cell("<is><t>agent</t></is>"),
            cell("<is><t>start</t></is>"),
            cell("<is><t>end</t></is>"),
        ],
        &[
            cell("<is><t>anna</t></is>"),
            ("s=\"3\"", "<v>46090.25</v>"),
            ("s=\"3\"", "<f>B2+0.25</f><v>46090.5</v>"),
        ],
        &[("t=\"b\"", "<v>1</v>"), ("s=\"2\"", "<v>0.5</v>"), ("t=\"e\"", "<v>#N/A</v>")],
    ]);
    let sheet = format!(
        "<dimension ref=\"A1:C3\"/>{rows}<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>"
    );
    let parts = parts("date1904=\"0\"", &[("name=\"Plan\"", &sheet)]);
    let parts: Vec<(String, String)> = parts
        .into_iter()
        .map(|(name, text)| {
            let text = pass(&name, text);
            (name, text)
        })
        .collect();
    zipped(&parts)
}
