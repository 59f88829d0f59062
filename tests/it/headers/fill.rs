//! A header row becomes files.

use crate::world::write::line;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Agent,
    /// Another name of the agent, which is of no use.
    OtherName,
    GivenName,
    FamilyName,
    Id,
    Date(String),
    EndDate(String),
    Start(String),
    End(String),
    /// Both clock times, with what stands between them.
    Both(String, String),
    /// A length in a unit: `h`, `m`, `s`.
    Length(String),
    Fill(String),
}

/// A header row, and what its columns hold.
#[derive(Debug, Clone)]
pub(super) struct HeaderRow {
    pub(super) columns: Vec<String>,
    pub(super) fields: Vec<Cell>,
    pub(super) agents: Vec<String>,
    pub(super) options: Vec<String>,
    pub(super) delimiter: char,
    /// The key of the list in a document; empty for a bare list. `None` for CSV.
    pub(super) json: Option<String>,
    /// Whether it is time off, and how much: `day`, `days`.
    pub(super) off: Option<String>,
    /// Whether nothing tells who works when.
    pub(super) refused: bool,
}

/// Which shifts a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Touching,
    OneDay,
    OverMidnight,
    TimeOff,
}

/// A shift: the number of its agent, and hours since the first day's midnight.
type Shift = (usize, u32, u32);

impl Scene {
    fn shifts(self) -> Vec<Shift> {
        let mut shifts = vec![(0, 8, 12), (0, 12, 16), (1, 22, 30), (1, 30, 38), (0, 32, 40)];
        match self {
            Scene::Touching => {}
            Scene::OneDay => shifts[0] = (0, 8, 13),
            Scene::OverMidnight => shifts[3] = (1, 29, 37),
            Scene::TimeOff => shifts = vec![(0, 8, 16), (1, 32, 40)],
        }
        shifts
    }
}

impl HeaderRow {
    pub(super) fn file_name(&self) -> &'static str {
        if self.json.is_some() { "file.json" } else { "file.csv" }
    }

    /// The cells of a file, line by line.
    pub(super) fn cells(&self, scene: Scene) -> Vec<Vec<String>> {
        let shifts = scene.shifts();
        let line = |(number, shift): (usize, &Shift)| {
            self.fields.iter().map(|cell| self.cell(cell, number, *shift)).collect()
        };
        shifts.iter().enumerate().map(line).collect()
    }

    fn cell(&self, cell: &Cell, number: usize, (agent, start, end): Shift) -> String {
        const NAMES: [[&str; 2]; 2] = [["Mia", "Keller"], ["Noah", "Lindt"]];
        match cell {
            Cell::Agent => self.agents[agent].clone(),
            Cell::OtherName => NAMES[agent].join(" "),
            Cell::GivenName => NAMES[agent][0].to_owned(),
            Cell::FamilyName => NAMES[agent][1].to_owned(),
            Cell::Id => format!("id-{number}"),
            Cell::Date(spelling) => spell(spelling, start),
            Cell::EndDate(spelling) if self.off.is_some() => spell(spelling, end + 24),
            Cell::EndDate(spelling) => spell(spelling, end),
            Cell::Start(spelling) => spell(spelling, start),
            Cell::End(spelling) => spell(spelling, end),
            Cell::Both(spelling, joint) => {
                format!("{}{joint}{}", spell(spelling, start), spell(spelling, end))
            }
            Cell::Length(unit) => match unit.as_str() {
                "h" => format!("{}.0", end - start),
                "m" => ((end - start) * 60).to_string(),
                _ => ((end - start) * 3600).to_string(),
            },
            Cell::Fill(value) => value.clone(),
        }
    }

    /// The bytes of a file.
    pub(super) fn file(&self, scene: Scene) -> String {
        let lines = self.cells(scene);
        if self.json.is_some() { self.document(&lines) } else { self.table(&lines) }
    }

    fn table(&self, lines: &[Vec<String>]) -> String {
        let lines = std::iter::once(&self.columns).chain(lines);
        lines.map(|cells| line(self.delimiter, cells)).collect()
    }

    fn document(&self, lines: &[Vec<String>]) -> String {
        let record = |line: &Vec<String>| {
            let mut object = serde_json::Map::new();
            for (path, cell) in self.columns.iter().zip(line) {
                let mut at = &mut object;
                let mut keys: Vec<&str> = path.split('.').collect();
                let last = keys.pop().expect("a key");
                for key in keys {
                    let inner = at.entry(key).or_insert_with(|| serde_json::json!({}));
                    at = inner.as_object_mut().expect("an object");
                }
                at.insert(last.to_owned(), cell.clone().into());
            }
            serde_json::Value::Object(object)
        };
        let list: Vec<serde_json::Value> = lines.iter().map(record).collect();
        match self.json.as_deref() {
            Some("") | None => serde_json::json!(list).to_string(),
            Some(key) => serde_json::json!({ key: list }).to_string(),
        }
    }
}

/// A time so many hours after the midnight of Monday 2026-03-16, in UTC.
fn spell(spelling: &str, hours: u32) -> String {
    const MONTH: &str = "March";
    const DAYS: [&str; 3] = ["Monday", "Tuesday", "Wednesday"];
    let (day, hour) = (16 + hours / 24, hours % 24);
    let unix = 1_773_619_200 + u64::from(hours) * 3600;
    match spelling {
        "iso" => return format!("2026-03-{day}T{hour:02}:00:00"),
        "z" => return format!("2026-03-{day}T{hour:02}:00:00Z"),
        "unix" => return unix.to_string(),
        "ms" => return (unix * 1000).to_string(),
        "serial" => return format!("{}", f64::from(46_097 + hours / 24)),
        _ => {}
    }
    let half = if hour % 12 == 0 { 12 } else { hour % 12 };
    let weekday = DAYS[(hours / 24) as usize % 3];
    [
        ("%Y", "2026".to_owned()),
        ("%y", "26".to_owned()),
        ("%m", "03".to_owned()),
        ("%-m", "3".to_owned()),
        ("%B", MONTH.to_owned()),
        ("%b", MONTH[..3].to_owned()),
        ("%d", format!("{day:02}")),
        ("%-d", day.to_string()),
        ("%A", weekday.to_owned()),
        ("%a", weekday[..3].to_owned()),
        ("%H", format!("{hour:02}")),
        ("%-H", hour.to_string()),
        ("%I", format!("{half:02}")),
        ("%-I", half.to_string()),
        ("%M", "00".to_owned()),
        ("%S", "00".to_owned()),
        ("%p", if hour < 12 { "AM" } else { "PM" }.to_owned()),
    ]
    .iter()
    .fold(spelling.to_owned(), |text, (mark, value)| text.replace(mark, value))
}

#[cfg(test)]
mod tests {
    use super::spell;

    #[test]
    fn times_are_spelled_as_asked() {
        for (spelling, hours, expected) in [
            ("%Y-%m-%d %H:%M", 8, "2026-03-16 08:00"),
            ("%-I:%M %p", 30, "6:00 AM"),
            ("%-I:%M %p", 12, "12:00 PM"),
            ("%d.%m.%Y", 30, "17.03.2026"),
            ("%B %-d, %Y %H:%MZ", 8, "March 16, 2026 08:00Z"),
            ("%a", 24, "Tue"),
            ("z", 30, "2026-03-17T06:00:00Z"),
            ("unix", 0, "1773619200"),
        ] {
            assert_eq!(spell(spelling, hours), expected);
        }
    }
}
