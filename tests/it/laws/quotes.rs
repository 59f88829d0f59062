//! Quotes in tables: what they hold is not doubted where they are sound, and no stray one
//! hides a record.

use super::config;
use crate::world::check::{check, file};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use shiftlint::judge::selected;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::Role;
use std::ops::Range;

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

const COLUMNS: [&str; 6] = ["id", "agent", "note", "start", "end", "place"];

/// What people write into a note. `,` stands for the delimiter.
const NOTES: [&str; 16] = [
    "",
    "late",
    "ward 5",
    "first line\nsecond line",
    "first line\r\nsecond line",
    "a, b, c, d",
    "call back, 10:00 or later",
    "12 Main St, Springfield, IL, USA\nring twice",
    "said \"hello\"",
    "said \"hello\",\nand left",
    "\"all of it\"",
    "\n",
    "bring:\n- keys\n- badge, red\n- \"the\" book\n",
    "moved from 2026-03-01,\nask Ben, please",
    ",",
    "5\" pipe",
];

/// A table, before it is written.
#[derive(Debug, Clone)]
struct Table {
    order: Vec<&'static str>,
    delimiter: char,
    rows: Vec<(u8, u8, &'static str, &'static str)>,
    /// Whether all cells are quoted, or those alone that need it.
    quoted: bool,
    line_end: &'static str,
}

fn tables() -> impl Strategy<Value = Table> {
    let row = (0..3_u8, 0..30_u8, select(&NOTES[..]), select(&["", "north", "A, B"][..]));
    (
        Just(COLUMNS.to_vec()).prop_shuffle(),
        select(vec![',', ';', '\t', '|']),
        vec(row, 2..8),
        any::<bool>(),
        select(vec!["\n", "\r\n"]),
        1..=COLUMNS.len(),
    )
        .prop_map(|(mut order, delimiter, rows, quoted, line_end, most)| {
            let needed = ["agent", "start", "end"];
            let mut place = 0;
            order.retain(|column| {
                place += 1;
                place <= most || needed.contains(column)
            });
            Table { order, delimiter, rows, quoted, line_end }
        })
}

impl Table {
    fn cell(&self, row: usize, column: &str) -> String {
        let (agent, hour, note, place) = self.rows[row];
        let time = |hour: u8| format!("2026-03-{:02}T{:02}:00Z", 2 + hour / 24, hour % 24);
        match column {
            "id" => format!("s{row}"),
            "agent" => ["anna", "ben", "cleo"][usize::from(agent)].to_owned(),
            "start" => time(hour),
            "end" => time(hour + 5),
            "note" => note.replace(',', &self.delimiter.to_string()),
            _ => place.replace(',', &self.delimiter.to_string()),
        }
    }

    fn written(&self, cell: &str) -> String {
        let needs = cell.contains(['"', '\n', '\r', self.delimiter]);
        match self.quoted || needs {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        }
    }

    /// Its text, and where the cells of agents are in it.
    fn text(&self) -> (String, Vec<Range<usize>>) {
        let (mut text, mut agents) = (self.order.join(&self.delimiter.to_string()), Vec::new());
        for row in 0..self.rows.len() {
            text += self.line_end;
            for (place, column) in self.order.iter().enumerate() {
                if place > 0 {
                    text.push(self.delimiter);
                }
                let start = text.len();
                text += &self.written(&self.cell(row, column));
                if *column == "agent" {
                    agents.push(start..text.len() + 1);
                }
            }
        }
        text += self.line_end;
        (text, agents)
    }
}

fn report(text: &str) -> Report {
    let files = vec![file(Role::Batch, "batch.csv", text)];
    let levels = selected(&[], &[], &[]).expect("the default selection");
    check(&Settings { files, levels, jobs: Some(1), ..Settings::default() })
}

/// Who has overlaps, and how many.
fn overlaps(report: &Report) -> Vec<String> {
    let overlaps = report.findings.iter().filter(|finding| finding.rule.code.starts_with("OV"));
    let mut agents: Vec<String> =
        overlaps.map(|finding| finding.agent.as_deref().unwrap_or_default().to_owned()).collect();
    agents.sort();
    agents
}

proptest! {
    #![proptest_config(config(cases()))]

    #[test]
    fn notes_of_several_lines_are_no_doubt(table in tables()) {
        let (text, _) = table.text();
        let report = report(&text);
        prop_assert!(report.inputs[0].doubts.is_empty(), "{text}\n{:?}", report.inputs[0].doubts);
        prop_assert_eq!(report.batch_checked, table.rows.len() as u64, "{}", text);
    }

    #[test]
    fn no_stray_quote_hides_a_record(
        table in tables(),
        places in vec(any::<Index>(), 1..=2),
        at_cells in any::<bool>(),
    ) {
        let (mut text, agents) = table.text();
        let sound = report(&text);
        // Anywhere, or where a cell begins or ends.
        let is_edge = |place: &usize| {
            let bytes = text.as_bytes();
            let is_mark = |byte: Option<&u8>| {
                byte.is_none_or(|byte| b"\r\n".contains(byte) || *byte == table.delimiter as u8)
            };
            is_mark(bytes.get(*place)) || is_mark(place.checked_sub(1).map(|last| &bytes[last]))
        };
        let from = table.order.join(" ").len();
        let edges: Vec<usize> = (from..text.len()).filter(is_edge).collect();
        let place = |index: &Index| match at_cells {
            true => *index.get(&edges),
            false => index.index(text.len()),
        };
        let mut places: Vec<usize> = places.iter().map(place).collect();
        places.sort_unstable_by(|one, other| other.cmp(one));
        for place in &places {
            text.insert(*place, '"');
        }
        let strayed = report(&text);
        // A pair of them around a part of a name is a nickname.
        let pair = agents.iter().any(|cell| places.len() == 2 && places.iter().all(|place| cell.contains(place)));
        if strayed.exit_code() != 3 && !pair {
            prop_assert_eq!(strayed.batch_checked, table.rows.len() as u64, "{}", text);
            prop_assert_eq!(overlaps(&strayed), overlaps(&sound), "{}", text);
        }
    }
}
