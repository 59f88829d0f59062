//! Header rows as files have them, filled with shifts and read by the program.
//!
//! A row is right if shifts that touch are clean, and an overlap on one day and one
//! over midnight are found, without an option that names a column. Rows that hold no
//! schedule, or not enough of one, must be refused or say so.

mod fill;
mod rows;
mod wild;

use crate::program::Folder;
use fill::{Cell, HeaderRow, Scene};
use shiftlint::model::row::Field;
use shiftlint::model::source::Role;
use shiftlint::read::names::{Assignment, Shape, assign};

/// How far a header row is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Score {
    /// The program finds what there is.
    Right,
    /// The columns are found; what they hold is not read yet.
    Recognised(String),
    /// Something else happens.
    Wrong(String),
}

/// Judges a header row: by the program, else by the columns that are found.
fn judge(row: &HeaderRow) -> Score {
    let seen = if row.off.is_some() { time_off(row) } else { shifts(row) };
    match seen {
        Ok(()) => Score::Right,
        Err(why) => match mapping(row) {
            Ok(()) => Score::Recognised(why),
            Err(wrong) => Score::Wrong(format!("{wrong}; {why}")),
        },
    }
}

fn shifts(row: &HeaderRow) -> Result<(), String> {
    for (scene, code, said) in [
        (Scene::Touching, 0, None),
        (Scene::OneDay, 1, Some("OV101")),
        (Scene::OverMidnight, 1, Some("OV102")),
    ] {
        let folder = Folder::new().with(row.file_name(), row.file(scene));
        let mut args = vec!["check", row.file_name()];
        args.extend(row.options.iter().map(String::as_str));
        let outcome = folder.run(&args);
        if row.refused {
            let out = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
            let noted = out.contains("no column holds clock times");
            if ![Some(3), Some(4)].contains(&outcome.code) && !noted {
                return Err(format!("{scene:?} is not refused: {}", outcome.told()));
            }
            continue;
        }
        if outcome.code != Some(code) || !said.is_none_or(|said| outcome.out.contains(said)) {
            return Err(format!("{scene:?}: {}", outcome.told()));
        }
    }
    Ok(())
}

/// Time off on a day, and a shift on the day after or on that day.
fn time_off(row: &HeaderRow) -> Result<(), String> {
    for (day, code) in [("2026-03-20", 0), ("2026-03-16", 1)] {
        let agent = &row.agents[0];
        let batch = format!("agent,start,end\n{agent},{day}T08:00:00,{day}T16:00:00\n");
        let folder =
            Folder::new().with("batch.csv", batch).with(row.file_name(), row.file(Scene::TimeOff));
        let mut args = vec!["check", "batch.csv", "--time-off", row.file_name()];
        args.extend(row.options.iter().map(String::as_str));
        let outcome = folder.run(&args);
        if outcome.code != Some(code) {
            return Err(format!("shift on {day}: {}", outcome.told()));
        }
    }
    Ok(())
}

/// What the columns of a row are read as.
fn assignment(row: &HeaderRow) -> Assignment {
    let lines = row.cells(if row.off.is_some() { Scene::TimeOff } else { Scene::Touching });
    let shapes: Vec<Shape> = (0..row.columns.len())
        .map(|place| Shape::of(&lines.iter().map(|line| line[place].as_str()).collect::<Vec<_>>()))
        .collect();
    let names: Vec<String> = row.columns.iter().map(|column| column.trim().to_owned()).collect();
    let role = if row.off.is_some() { Role::TimeOff } else { Role::Batch };
    assign(&names, &shapes, &[], role)
}

/// Whether each column is read as what it is.
fn mapping(row: &HeaderRow) -> Result<(), String> {
    let found = assignment(row);
    let at = |wanted: fn(&Cell) -> bool| row.fields.iter().position(wanted);
    let mut expected = vec![
        (Field::Agent, at(|cell| matches!(cell, Cell::Agent))),
        (Field::GivenName, at(|cell| matches!(cell, Cell::GivenName))),
        (Field::FamilyName, at(|cell| matches!(cell, Cell::FamilyName))),
        (Field::Times, at(|cell| matches!(cell, Cell::Both(..)))),
    ];
    let end = at(|cell| matches!(cell, Cell::End(_)));
    expected.push((Field::End, end));
    if end.is_none() {
        expected.push((Field::Length, at(|cell| matches!(cell, Cell::Length(_)))));
    }
    for (field, dated, place) in [
        (Field::Start, Field::StartDate, at(|cell| matches!(cell, Cell::Start(_)))),
        (Field::Date, Field::StartDate, at(|cell| matches!(cell, Cell::Date(_)))),
        (Field::EndDate, Field::End, at(|cell| matches!(cell, Cell::EndDate(_)))),
    ] {
        let either = place.filter(|place| found.column(dated) == Some(*place));
        expected.push((if either.is_some() { dated } else { field }, place));
    }
    for (field, place) in expected {
        if place.is_some() && found.column(field) != place {
            let column = |place: Option<usize>| place.map(|place| &row.columns[place]);
            return Err(format!(
                "the {} is {:?}, not {:?}",
                field.name(),
                column(found.column(field)),
                column(place)
            ));
        }
    }
    if row.refused && found.missing.is_none() && found.has_hours {
        return Err("it has to be refused".to_owned());
    }
    Ok(())
}
