//! Whatever the inputs hold and the settings say, a check ends, and always with the same report.
//!
//! The other laws make up schedules that an oracle can judge. Here columns, values, formats and
//! settings are put together without any sense, since faults hid where two of them met: a second
//! span beside a date whose order was not known yet, a name in two spellings whose shift a swap
//! had moved.

use crate::world::check::{check, file, json, totals};
use crate::world::random::Dice;
use crate::world::write;
use serde_json::{Value, json as value};
use shiftlint::model::settings::{InputFile, Labour, Replace, Settings};
use shiftlint::model::source::Role;
use shiftlint::model::time::Disambiguation;

/// Columns that a table or an object can have beside id, agent, start and end.
const COLUMNS: [&str; 20] = [
    "status",
    "zone",
    "schedule",
    "version",
    "kind",
    "notes",
    "dates",
    "name",
    "activities",
    "request",
    "start2",
    "end2",
    "cover",
    "agents",
    "all day",
    "break minutes",
    "hours",
    "date",
    "end date",
    "Second Start",
];

const STATUSES: [&str; 8] =
    ["", "approved", "approved", "pending", "cancelled", "denied", "strange", "draft"];

/// What all inputs of a check have in common.
struct Habits {
    names: &'static [&'static str],
    ids: &'static [&'static str],
    hours: &'static [i64],
    form: i64,
    columns: Vec<&'static str>,
}

impl Habits {
    fn new(dice: &mut Dice) -> Habits {
        const NAMES: [&[&str]; 5] = [
            &["Anna", "Bob", "Cid"],
            &["E-1", "E-2", "e-1"],
            &["Anna", "anna", "ANNA", "Bob"],
            &["Anna", "Anna, Bob", "Bob", ""],
            &["Anna Lee", "Lee, Anna", "Bob", "\""],
        ];
        const IDS: [&[&str]; 4] = [&[], &["S-1", "S-2"], &["S-1", "s-1", " S-1"], &[""]];
        let wanted = dice.of(&[0, 0, 1, 2, 3, 5]);
        Habits {
            names: dice.of(&NAMES),
            ids: dice.of(&IDS),
            hours: dice.of(&[&[8, 9, 12, 14, 22][..], &[0, 1, 2, 3, 23], &[7, 15, 23, 11]]),
            form: dice.below(7),
            columns: (0..wanted).map(|_| dice.of(&COLUMNS)).collect(),
        }
    }

    fn time(&self, dice: &mut Dice) -> String {
        let (day, hour) = (dice.of(&[1, 2, 3, 8, 28, 29, 30]), dice.of(self.hours));
        let minute = dice.of(&[0, 0, 15, 30]);
        let date = format!("2026-03-{day:02}");
        match self.form {
            0 => format!("{date}T{hour:02}:{minute:02}:00Z"),
            1 => format!("{date}T{hour:02}:{minute:02}:00+0{}:00", 1 + dice.below(2)),
            2 | 3 => format!("{date} {hour:02}:{minute:02}"),
            4 => format!("{day:02}/03/2026 {hour:02}:{minute:02}"),
            5 => format!(
                "3/{day}/2026 {}:{minute:02} {}",
                (hour + 11) % 12 + 1,
                ["AM", "PM"][(hour / 12) as usize]
            ),
            _ => format!("{}", 1_772_323_200 + (day * 24 + hour) * 3600 + minute * 60),
        }
    }

    fn value(&self, dice: &mut Dice, column: &str, start: &str) -> Value {
        let word = match column {
            "status" => dice.of(&STATUSES),
            "zone" => {
                dice.of(&["Europe/Berlin", "Europe/Berlin", "America/New_York", "Mars/X", ""])
            }
            "schedule" => dice.of(&["w1", "w1", "w2", ""]),
            "version" => dice.of(&["1", "1", "2", ""]),
            "kind" => dice.of(&["shift", "shift", "vacation", "break", "sick", ""]),
            "notes" => dice.of(&["", "x", "=1+1", "Anna", "not Mondays"]),
            "name" => dice.of(&["Anna Lee", "anna lee", "Bob", ""]),
            "request" => dice.of(&["", "o1", "t1"]),
            "cover" => dice.of(&["", "Bob", "Zed"]),
            "all day" => dice.of(&["", "true", "false"]),
            "break minutes" => dice.of(&["", "30", "x"]),
            "hours" => dice.of(&["8", "4.5", "12:00", ""]),
            "date" | "end date" => start.get(..10).unwrap_or(start),
            "dates" if dice.percent(50) => return value!(["2026-03-02", "2026-03-03"]),
            "agents" if dice.percent(50) => return value!(["Anna", "Bob"]),
            "activities" if dice.percent(60) => {
                let end = self.time(dice);
                return value!([{"type": "break", "start": start, "end": end, "timeOffRequestId": "o1"}]);
            }
            "start2" | "end2" | "Second Start" if dice.percent(60) => {
                return Value::from(self.time(dice));
            }
            "start2" | "end2" | "Second Start" => dice.of(&["", "never", "2026-13-45 14:00"]),
            _ => "",
        };
        Value::from(word)
    }

    /// Records with their columns, those that are empty left out.
    fn records(&self, dice: &mut Dice, mark: &str, most: i64) -> Vec<Vec<(&'static str, Value)>> {
        let count = dice.below(most);
        let record = |number: i64| {
            let own = format!("{mark}{number}");
            let id =
                if dice.percent(20) && !self.ids.is_empty() { dice.of(self.ids) } else { &own };
            let (start, end) = (self.time(dice), self.time(dice));
            let mut record = vec![
                ("id", Value::from(id)),
                ("agent", Value::from(dice.of(self.names))),
                ("start", Value::from(start.as_str())),
            ];
            match dice.percent(70) && self.form != 6 {
                true => record.push(("minutes", Value::from(dice.of(&["480", "240", "60"])))),
                false => record.push(("end", Value::from(end))),
            }
            let more =
                self.columns.iter().map(|column| (*column, self.value(dice, column, &start)));
            record.extend(more.collect::<Vec<_>>());
            record.retain(|(_, value)| value.as_str() != Some(""));
            record
        };
        (0..count).map(record).collect()
    }
}

/// Records as a table, as lines of JSON, or as a document.
fn written(dice: &mut Dice, records: &[Vec<(&'static str, Value)>]) -> String {
    let objects = records.iter().map(|record| {
        let fields = record.iter().map(|(column, value)| ((*column).to_owned(), value.clone()));
        Value::Object(fields.collect())
    });
    let mut text = match dice.below(5) {
        0 | 1 => {
            let mut columns = vec!["id", "agent", "start", "end"];
            let all = records.iter().flatten().map(|(column, _)| *column);
            all.for_each(|column| {
                if !columns.contains(&column) {
                    columns.push(column)
                }
            });
            let cell = |record: &[(&str, Value)], column: &str| {
                let found = record.iter().find(|(name, _)| *name == column);
                found.map_or(String::new(), |(_, value)| match value {
                    Value::String(word) => word.clone(),
                    other => other.to_string(),
                })
            };
            let delimiter = dice.of(&[',', ';', '\t']);
            let lines = records.iter().map(|record| {
                let cells = columns.iter().map(|column| cell(record, column));
                write::line(delimiter, &cells.collect::<Vec<_>>())
            });
            write::line(delimiter, &columns) + &lines.collect::<String>()
        }
        2 => objects.map(|object| format!("{object}\n")).collect(),
        3 => {
            value!({"timeZone": "Europe/Paris", "shifts": objects.collect::<Vec<_>>()}).to_string()
        }
        _ => Value::Array(objects.collect()).to_string(),
    };
    if dice.percent(4) {
        let mut end = dice.below(text.len() as i64) as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// Inputs of some roles, of no sense.
fn inputs(dice: &mut Dice) -> Vec<InputFile> {
    let habits = Habits::new(dice);
    let mut inputs = Vec::new();
    for (role, mark, most, share) in [
        (Role::Batch, "b", 20, 100),
        (Role::Published, "p", 15, 60),
        (Role::TimeOff, "t", 8, 50),
        (Role::Unavailable, "u", 8, 30),
    ] {
        if dice.percent(share) {
            let records = habits.records(dice, mark, most);
            inputs.push(file(role, role.name(), written(dice, &records)));
        }
    }
    if dice.percent(60) {
        const SHIFTS: [&str; 7] = ["S-1", "s-1", "b1", "b2", "b3", "p1", "p2"];
        let swap = |number: i64| {
            let others = [habits.names, &["Zed", ""]].concat();
            vec![
                ("id", Value::from(format!("w{number}"))),
                ("agent", Value::from(dice.of(habits.names))),
                ("shift", Value::from(dice.of(&SHIFTS))),
                ("withAgent", Value::from(dice.of(&others))),
                ("withShift", Value::from(dice.of(&["", "", "S-1", "b4", "p3"]))),
                ("status", Value::from(dice.of(&STATUSES))),
            ]
        };
        let swaps: Vec<_> = (0..5).map(swap).collect();
        inputs.push(file(Role::Swaps, "swaps", written(dice, &swaps)));
    }
    if dice.percent(40) {
        let agent = |name: &&str| {
            let zone = dice.of(&["Europe/Berlin", "", "Mars/X"]);
            vec![("agent", Value::from(*name)), ("zone", Value::from(zone))]
        };
        let agents: Vec<_> = habits.names.iter().map(agent).collect();
        inputs.push(file(Role::Agents, "agents", written(dice, &agents)));
    }
    inputs
}

fn settings(dice: &mut Dice) -> Settings {
    let files = inputs(dice);
    let labour =
        Labour { min_rest: Some(11 * 3_600_000), max_week: Some(40 * 3_600_000), week_start: 0 };
    let no_labour = Labour { min_rest: None, max_week: None, week_start: 0 };
    Settings {
        files,
        zone: dice.of(&[None, Some("Europe/Berlin"), Some("America/New_York")]).map(str::to_owned),
        replace: dice.of(&[Replace::Id, Replace::Id, Replace::Schedule, Replace::None]),
        apply_swaps: dice.percent(50),
        fold_agents: dice.percent(15),
        disambiguation: dice.of(&[Disambiguation::Earlier, Disambiguation::Later]),
        max_per_agent: dice.of(&[100, 100, 0, 1]) as u64,
        max_findings: dice.of(&[1000, 1000, 0, 5]) as u64,
        receipts: dice.percent(20),
        labour: if dice.percent(40) { labour } else { no_labour },
        levels: shiftlint::judge::selected(&[], &[], &[]).expect("the default selection"),
        ..Settings::default()
    }
}

#[test]
fn whatever_is_checked_ends_with_one_report() {
    let (mut whole, mut found) = (0, 0);
    for seed in 0..1500 {
        let settings = settings(&mut Dice::new(seed));
        let report = |jobs| check(&Settings { jobs: Some(jobs), ..settings.clone() });
        let (alone, together) = (report(1), report(3));
        assert_eq!(json(&alone), json(&together), "seed {seed}: {settings:#?}");
        for input in &alone.inputs {
            let bug = input.problem.as_ref().is_some_and(|told| told.message.contains("bug"));
            assert!(!bug && input.fates.add_up(), "seed {seed}: {settings:#?}");
        }
        whole += u32::from(alone.complete);
        found += u32::from(!totals(&alone).is_empty());
    }
    assert!(whole > 100 && found > 700, "{whole} complete, {found} with findings");
}
