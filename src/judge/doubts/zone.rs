//! RD112: the zone of times is in doubt.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};

doubt! {
    /// Times name a zone by an abbreviation that several zones share (`CST`), or by one in a header
    /// (`Start (PT)`) that the zone of `--tz` is never on. Or a column that is called local holds times
    /// that are marked as UTC, or a column or key beside local times holds zones or offsets
    /// (`utcOffsetMinutes`) and is not read.
    ///
    /// ### Why it matters
    ///
    /// An hour, or half a day, more or less decides what overlaps.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end
    /// anna,2026-03-02 08:00 CST,2026-03-02 16:00 CST
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the zone: `--tz America/Chicago`. If local times really are in UTC, accept that:
    /// `--accept RD112=start`.
    DoubtKind {
        code: "RD112",
        name: "zone-in-doubt",
        summary: "the zone of times is in doubt",
    }
}

/// Times on a clock that several zones have, by its abbreviation.
#[must_use]
pub fn of_abbreviation(about: &About<'_>, zone: &str) -> Doubt {
    let why = format!("several zones are called {zone}");
    doubt(about, &why, Answer::options("", &["--tz", "ZONE"]))
}

/// Times on a clock that the zone of `--tz` never has, by its abbreviation.
#[must_use]
pub fn of_another_abbreviation(about: &About<'_>, zone: &str) -> Doubt {
    let why = format!("its name says {zone}, which the zone of `--tz` is never on");
    doubt(about, &why, Answer::options("", &["--tz", "ZONE"]))
}

/// Zones or offsets in a column that is not read, with some of them.
#[must_use]
pub fn of_column(about: &About<'_>, values: &[String]) -> Doubt {
    let column = about.place;
    let few: Vec<&str> = values.iter().take(3).map(String::as_str).collect();
    let message = format!(
        "`{column}` holds zones ({}) and is not read: local times are read on another clock",
        few.join(", ")
    );
    let map = format!("zone={column}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::options("if times are by these zones", &["--map", &map]),
        Answer::options("if they are not", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` holds zones and is not read"), answers)
}

/// Offsets that are plain numbers, in a column or key that is not read, with some of them.
#[must_use]
pub fn of_offsets(about: &About<'_>, values: &[String]) -> Doubt {
    let column = about.place;
    let few: Vec<&str> = values.iter().take(3).map(String::as_str).collect();
    let message = format!(
        "`{column}` holds offsets ({}) and is not read: local times are read on another clock",
        few.join(", ")
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice(
            "if times are by these offsets, write them as `-05:00` in a column `zone`, or behind \
             each time",
        ),
        Answer::options("if they are not", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` holds offsets and is not read"), answers)
}

/// Times that are marked as UTC in a column that is called local, with some of them.
#[must_use]
pub fn of_local(about: &About<'_>, values: &[String]) -> Doubt {
    let why =
        format!("it is called local, and its times are marked as UTC ({})", values.join(", "));
    doubt(about, &why, Answer::advice("write local times without the mark, or rename the column"))
}

fn doubt(about: &About<'_>, why: &str, answer: Answer) -> Doubt {
    let column = about.place;
    let message = format!("the zone of `{column}` is in doubt: {why}");
    let accept = acceptance(&KIND, about);
    let answers = vec![answer, Answer::options("if it was read rightly", &["--accept", &accept])];
    new(&KIND, about, message, format!("`{column}`: {why}"), answers)
}
