//! Keeps the words of what is not read, so that they can be compared with the agents.
//!
//! Only the whole check knows the agents, and only the reader knows which words are beside days or
//! times: what is found here waits in the reason why something is not read.

use crate::model::sheet::column_name;
use std::collections::{BTreeMap, BTreeSet};

/// From so many words on they are not compared: one of them may be an agent.
const MOST: usize = 1 << 16;

/// Where a word is: the line, from 1, and the column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPlace {
    line: u64,
    column: usize,
}

/// Numbers of one column or row. Numbers can be anything: of those of agents at least half of
/// their column are, or all of their row.
type Numbers = BTreeMap<Box<[u8]>, CellPlace>;

/// The words beside days or times in what is not read, any of which may be an agent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentions {
    words: BTreeMap<Box<[u8]>, CellPlace>,
    columns: BTreeMap<usize, Numbers>,
    rows: BTreeMap<u64, Numbers>,
    count: usize,
}

impl Mentions {
    /// Adds a cell that holds no time.
    pub(super) fn add(&mut self, line: u64, column: usize, cell: &[u8]) {
        /// A number of less digits counts something.
        const DIGITS: usize = 3;
        let place = CellPlace { line, column };
        if self.count >= MOST {
            return;
        }
        if cell.iter().all(u8::is_ascii_digit) {
            if cell.len() >= DIGITS {
                self.columns.entry(column).or_default().entry(cell.into()).or_insert(place);
                self.rows.entry(line).or_default().entry(cell.into()).or_insert(place);
                self.count += 1;
            }
        } else if cell.len() > 1 && !self.words.contains_key(cell) {
            self.words.insert(cell.into(), place);
            self.count += 1;
        }
    }

    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first cell that names agents; any, if there are too many words to compare. A cell
    /// names agents if it is one, or if all of its parts are.
    #[must_use]
    pub fn of_agents(&self, is_agent: &dyn Fn(&[u8]) -> bool) -> Option<CellPlace> {
        if self.count >= MOST {
            return self
                .words
                .values()
                .chain(self.columns.values().flat_map(Numbers::values))
                .min()
                .copied();
        }
        let names = |word: &[u8]| is_agent(word) || list_agents(word, is_agent);
        let words = self.words.iter().filter(|(word, _)| names(word)).map(|(_, place)| *place);
        let columns = self.columns.values().filter_map(|column| first_of(column, 2, is_agent));
        // Beside one agent a number can be anything.
        let rows = self.rows.values().filter(|row| row.len() > 1);
        let rows = rows.filter_map(|row| first_of(row, 1, is_agent));
        words.chain(columns).chain(rows).min()
    }
}

/// The first of some numbers that is an agent, if one of so many of them is.
fn first_of(
    numbers: &Numbers,
    one_of: usize,
    is_agent: &dyn Fn(&[u8]) -> bool,
) -> Option<CellPlace> {
    let agents = numbers.iter().filter(|(number, _)| is_agent(number));
    let found: BTreeSet<CellPlace> = agents.map(|(_, place)| *place).collect();
    found.first().copied().filter(|_| one_of * found.len() >= numbers.len())
}

/// Whether a word has several parts, all of which are agents: `anna, ben`, `Anna Lee Ben Ito`.
fn list_agents(word: &[u8], is_agent: &dyn Fn(&[u8]) -> bool) -> bool {
    let by_marks = word.split(|byte| b",;/&+|".contains(byte)).map(<[u8]>::trim_ascii);
    let mut parts = by_marks.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| is_agent(part) || are_agents_in_a_row(part, is_agent))
}

/// Whether some words are names of agents, one after the other, with nothing but spaces between
/// them.
fn are_agents_in_a_row(words: &[u8], is_agent: &dyn Fn(&[u8]) -> bool) -> bool {
    /// A text has more words.
    const MOST_WORDS: usize = 16;
    let is_space = |place: &usize| words.get(*place).is_some_and(u8::is_ascii_whitespace);
    let ends: Vec<usize> = (0..words.len()).filter(is_space).chain([words.len()]).collect();
    if ends.len() > MOST_WORDS {
        return false;
    }
    // Where names can end so that all before are agents.
    let mut reached = vec![0];
    for end in ends {
        let name = |start: &usize| words.get(*start..end).unwrap_or_default().trim_ascii();
        if reached.iter().any(|start| is_agent(name(start))) {
            reached.push(end);
        }
    }
    reached.last() == Some(&words.len())
}

impl CellPlace {
    /// `B7` in a sheet, `line 7` in a file.
    #[must_use]
    pub fn shown(self, in_sheet: bool) -> String {
        match in_sheet {
            true => format!("{}{}", column_name(self.column), self.line),
            false => format!("line {}", self.line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Mentions};

    /// Where agents are named in these cells, one row for each line.
    fn found(rows: &[&str]) -> Option<String> {
        let mut mentions = Mentions::default();
        for (line, row) in (1..).zip(rows) {
            for (column, cell) in row.split('|').enumerate() {
                mentions.add(line, column, cell.as_bytes());
            }
        }
        let is_agent =
            |word: &[u8]| [&b"anna"[..], b"ben", b"Anna Lee", b"4711", b"12"].contains(&word);
        mentions.of_agents(&is_agent).map(|place| place.shown(true))
    }

    #[test]
    fn a_cell_names_agents_if_it_is_one_or_lists_them() {
        for (rows, expected) in [
            (&["x|y", "z|anna"][..], Some("B2")),
            (&["anna, ben"], Some("A1")),
            (&["anna / ben"], Some("A1")),
            (&["anna ben"], Some("A1")),
            (&["Anna Lee ben / anna"], Some("A1")),
            (&["Anna ben"], None),
            (&["anna is ill"], None),
            (&["annabel", ""], None),
        ] {
            assert_eq!(found(rows).as_deref(), expected, "{rows:?}");
        }
    }

    #[test]
    fn numbers_are_agents_where_their_column_or_row_is_of_agents() {
        for (rows, expected) in [
            (&["4711|x", "4712|y"][..], Some("A1")),
            (&["x|4711|300", "y|4712|301", "z|4713|302"], None),
            (&["x|4711|300", "y|4712|301", "z|4711|302"], Some("B1")),
            (&["12|x"], None),
        ] {
            assert_eq!(found(rows).as_deref(), expected, "{rows:?}");
        }
    }

    #[test]
    fn too_many_words_may_be_agents() {
        let mut mentions = Mentions::default();
        for number in 0..MOST as u64 {
            mentions.add(number + 1, 0, format!("x{number}").as_bytes());
        }
        assert!(mentions.of_agents(&|_| false).is_some());
    }
}
