//! RD101: shifts have a date and no hours.

use super::{About, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Shifts have a date, and no clock time that is read: the columns or keys for it are missing,
    /// have names that say nothing, or hold midnight in every record.
    ///
    /// ### Why it matters
    ///
    /// Without hours no overlap within a day can be found. An export with its times in columns that
    /// are not recognised would pass silently.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// employee,date,abc,xyz
    /// anna,2026-03-02,08:00,16:00
    /// anna,2026-03-02,12:00,20:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// If other columns hold the planned hours, name them: `--map start=abc --map end=xyz`. If each
    /// record means a whole local day, say so: `--whole-days batch.csv`.
    DoubtKind {
        code: "RD101",
        name: "no-hours",
        summary: "shifts have a date and no hours",
    }
}

/// Shifts without hours. `columns` are those that hold times and were not read,
/// with some of their values; `date` is the column whose midnights are dates.
#[must_use]
pub fn doubt(about: &About<'_>, columns: &[(String, Vec<String>)], date: Option<&str>) -> Doubt {
    let shifts =
        if about.count == 1 { "1 shift has" } else { &format!("{} shifts have", about.count) };
    let mut message = format!("{shifts} a date and no hours");
    let mut answers = Vec::new();
    if columns.is_empty() {
        message.push_str(", and no other column or key holds times");
    } else {
        let shown: Vec<String> = columns.iter().map(|(name, values)| shown(name, values)).collect();
        message.push_str(&format!("; these hold times and were not read: {}", shown.join(", ")));
    }
    if let [(start, _), (end, _), ..] = columns {
        let hours = [("start", &**start), ("end", &**end)];
        let mapped = date.map(|date| ("date", date)).into_iter().chain(hours);
        let options: Vec<String> = mapped
            .flat_map(|(field, column)| ["--map".to_owned(), format!("{field}={column}")])
            .collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        answers.push(Answer::options("if these are the planned hours", &options));
    }
    answers.push(Answer::options("if each entry means a whole day", &["--whole-days", about.path]));
    new(&KIND, about, message, format!("{shifts} no hours"), answers)
}

/// A column with some of its values: `Von` (22:00, 05:00).
fn shown(name: &str, values: &[String]) -> String {
    if values.is_empty() {
        format!("`{name}`")
    } else {
        format!("`{name}` ({})", values.join(", "))
    }
}
