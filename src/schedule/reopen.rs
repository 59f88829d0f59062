//! Reads a file once more, with another column as that of the agent.

use crate::model::row::Field;
use crate::model::settings::{Mapping, Settings};
use crate::read::source::Source;

/// Reads the first so many rows of a file again with this column as that of the agent,
/// and visits each name with the byte at which its record begins. What is wrong with the
/// file is said elsewhere.
pub(crate) fn read_as_agent(
    settings: &Settings,
    (source, column): (&Source, &str),
    most: usize,
    visit: &mut dyn FnMut(&[u8], u64),
) {
    let none = Settings { files: Vec::new(), unread: Vec::new(), ..settings.clone() };
    let mut settings = none;
    settings.columns.retain(|mapping| mapping.field != Field::Agent);
    let column = column.to_owned();
    settings.columns.push(Mapping {
        role: None,
        field: Field::Agent,
        column,
        files: None,
        is_typed: true,
    });
    let again = Source::open(&source.file, &settings);
    read_agents(&again, most, visit);
}

/// Reads the first so many rows of a file that was opened for that, and visits the name of each
/// agent with the byte at which its record begins.
pub(crate) fn read_agents(again: &Source, most: usize, visit: &mut dyn FnMut(&[u8], u64)) {
    let (mut buffer, mut rows) = (Vec::new(), 0);
    while rows < most
        && let Some(handle) = again.next_block(&mut buffer)
    {
        again.read(handle, &buffer, &mut |row, offset| {
            rows += 1;
            if row.fault.is_none() && !row.word(Field::Agent).is_empty() {
                visit(row.word(Field::Agent), offset);
            }
        });
    }
}
