//! Recognises days of the week in cells and in names of columns.

use crate::model::row::{Field, Row};
use crate::model::time::{DateOrder, WEEKDAYS};
use crate::read::names::{Assignment, Usage};
use crate::timestamp;

/// The days of the week from Monday on, in the languages that names are known in,
/// without accents.
const DAYS: [[&str; 7]; 7] = [
    WEEKDAYS,
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
    ["lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"],
    ["segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
];

/// How many columns in a row are those of a week at least.
const FEWEST: usize = 5;

/// Adjacent columns that are not read and whose names are the days of a week.
pub(in crate::read) fn weekday_columns(names: &[String], assignment: &Assignment) -> Vec<usize> {
    let is_unread =
        |place: usize| matches!(assignment.usages.get(place), Some(Usage::Unused(_)) | None);
    if (0..names.len()).filter(|place| is_unread(*place)).count() < FEWEST {
        return Vec::new();
    }
    let days_from = |first: usize| -> usize {
        let run = |week: &[&str; 7], day: usize| {
            let behind = names.iter().enumerate().skip(first).take(7);
            let fits = behind.enumerate().take_while(|(at, (place, name))| {
                is_unread(*place) && abbreviates(name, week[(day + at) % 7])
            });
            fits.count()
        };
        let runs = DAYS.iter().flat_map(|week| (0..7).map(move |day| run(week, day)));
        runs.max().unwrap_or(0)
    };
    let found = (0..names.len()).map(|first| (first, days_from(first)));
    match found.max_by_key(|(first, count)| (*count, usize::MAX - first)) {
        Some((first, count)) if count >= FEWEST => (first..first + count).collect(),
        _ => Vec::new(),
    }
}

/// Whether cells under the days of a week say yes on two of them at least, and nothing
/// but yes and no on any: what they hold otherwise is a roster.
pub(in crate::read) fn say_several(cells: &[&[u8]]) -> bool {
    let filled = || cells.iter().map(|cell| cell.trim_ascii()).filter(|cell| !cell.is_empty());
    filled().all(|cell| is_yes(cell) || is_no(cell))
        && filled().filter(|cell| is_yes(cell)).count() > 1
}

/// Whether a cell says yes, or is a day of the week under its name.
pub(in crate::read) fn is_yes(cell: &[u8]) -> bool {
    const YES: [&str; 17] = [
        "x", "1", "y", "yes", "t", "true", "on", "*", "•", "✓", "✔", "☑", "✅", "ja", "oui", "si",
        "sim",
    ];
    is_one_of(cell, &YES) || day_letters(cell)
}

/// Whether a cell is a day of the week itself: `Mon` under `Mon`.
fn day_letters(cell: &[u8]) -> bool {
    let text = String::from_utf8_lossy(cell);
    text.len() > 1 && DAYS.iter().flatten().any(|day| abbreviates(&text, day))
}

fn is_no(cell: &[u8]) -> bool {
    const NO: [&str; 12] =
        ["0", "n", "no", "f", "false", "off", "-", "--", "nein", "non", "nao", "nee"];
    is_one_of(cell, &NO)
}

fn is_one_of(cell: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a text is a day of the week or the beginning of one, apart from its marks.
fn abbreviates(text: &str, day: &str) -> bool {
    let letters = folded(text);
    !letters.is_empty() && day.starts_with(&letters) && !text.contains(|one: char| one.is_numeric())
}

/// The letters of a text, small and without the accents that days of the week have.
fn folded(text: &str) -> String {
    let base = |letter: char| match letter {
        'á' => 'a',
        'é' => 'e',
        'ì' => 'i',
        'ç' => 'c',
        letter => letter,
    };
    text.chars().filter(|one| one.is_alphabetic()).flat_map(char::to_lowercase).map(base).collect()
}

/// Whether a cell names several days of the week, each by itself, as a range, or by
/// letters: `Mon-Fri`, `Mo, Mi`, `MTWTF`, `weekdays`.
pub(in crate::read) fn names_several_days(cell: &str) -> bool {
    const WHOLE: [&str; 7] =
        ["daily", "weekdays", "weekends", "every day", "everyday", "taglich", "täglich"];
    const BETWEEN: [&str; 12] =
        ["to", "bis", "and", "und", "through", "thru", "until", "till", "au", "al", "et", "y"];
    let lower = cell.trim().to_lowercase();
    if WHOLE.contains(&lower.as_str()) {
        return true;
    }
    let words = lower.split(|letter: char| !letter.is_alphabetic());
    let mut days: Vec<&str> =
        words.filter(|word| !word.is_empty() && !BETWEEN.contains(word)).collect();
    let is_day = |word: &str| DAYS.iter().flatten().any(|day| abbreviates(word, day));
    if let [word] = days[..] {
        return !is_day(word) && are_initials(word);
    }
    let all = days.iter().all(|word| is_day(word) || are_initials(word));
    days.sort_unstable();
    days.dedup();
    all && days.len() > 1
}

/// Whether a word consists of the initials of days: `mtwtf`, `mwf`, `tth`.
fn are_initials(word: &str) -> bool {
    const INITIALS: [&str; 11] = ["th", "tu", "su", "sa", "m", "t", "w", "r", "f", "s", "u"];
    let (mut rest, mut count) = (word, 0);
    while !rest.is_empty() {
        let Some(begun) = INITIALS.iter().find_map(|day| rest.strip_prefix(day)) else {
            return false;
        };
        (rest, count) = (begun, count + 1);
    }
    (2..=7).contains(&count)
}

/// Whether a cell says that something comes back: `weekly`, `every second day`.
pub(in crate::read) fn is_recurrence(cell: &str) -> bool {
    const WORDS: [&str; 24] = [
        "daily",
        "weekly",
        "biweekly",
        "bi-weekly",
        "fortnightly",
        "monthly",
        "yearly",
        "weekdays",
        "weekends",
        "every",
        "each",
        "repeats",
        "täglich",
        "wöchentlich",
        "monatlich",
        "jede",
        "jeden",
        "quotidien",
        "hebdomadaire",
        "chaque",
        "diario",
        "semanal",
        "cada",
        "wekelijks",
    ];
    let lower = cell.trim().to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default();
    // `FT` and `M F` are codes of shifts as well.
    let letters = |word: &str| word.chars().count();
    let mut words = lower.split(|letter: char| !letter.is_alphabetic());
    let spelled = words.all(|word| letters(word) != 1) && letters(&lower) > 3;
    WORDS.contains(&first) || lower.contains("freq=") || spelled && names_several_days(&lower)
}

/// Whether a cell counts more days than the record spans by the dates of its start and
/// its end.
pub(in crate::read) fn counts_more_days(cell: &str, row: &Row<'_>) -> bool {
    let digits = cell.trim().split(|letter: char| !letter.is_ascii_digit()).next();
    let count: i64 = digits.and_then(|digits| digits.parse().ok()).unwrap_or(0);
    count > days_of(row)
}

/// The number of days from that of the start to that of the end, 1 where one of them
/// has no date.
fn days_of(row: &Row<'_>) -> i64 {
    let day = |fields: [Field; 2], order: DateOrder| {
        let words = fields.into_iter().map(|field| row.word(field));
        let read = |word: &[u8]| timestamp::read(word, Some(order)).ok()?.utc_day();
        words.filter_map(read).next()
    };
    let days = |order| {
        let start = day([Field::StartDate, Field::Start], order)?;
        Some(day([Field::EndDate, Field::End], order)? - start + 1)
    };
    let both = [DateOrder::DayMonth, DateOrder::MonthDay].into_iter().filter_map(days);
    both.max().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::{are_initials, is_recurrence, names_several_days, say_several};

    #[test]
    fn days_of_the_week_are_known_in_sets() {
        for cell in [
            "Mon-Fri",
            "Mo-Fr",
            "M-F",
            "MTWTF",
            "MWF",
            "TTh",
            "Mon, Wed, Fri",
            "M T W T F",
            "Mo, Mi",
            "lun-ven",
            "Monday to Friday",
            "weekdays",
            "daily",
            "Lu Ma Me",
            "ma t/m vr",
        ] {
            assert!(names_several_days(cell), "{cell}");
        }
        for cell in ["", "Mon", "Monday", "Tu", "Th", "Sat", "Early", "5", "Mon.", "E, L", "off"] {
            assert!(!names_several_days(cell), "{cell}");
        }
        assert!(are_initials("smtwtfs") && !are_initials("m") && !are_initials("mornings"));
    }

    #[test]
    fn what_comes_back_says_so() {
        for cell in ["weekly", "Every 2 weeks", "FREQ=DAILY", "Mon-Fri", "Daily", "jeden Montag"] {
            assert!(is_recurrence(cell), "{cell}");
        }
        for cell in ["", "Early", "A", "FT", "5x2", "4 on 4 off", "Mon", "M F", "MTWTF"] {
            assert_eq!(is_recurrence(cell), cell == "MTWTF", "{cell}");
        }
    }

    #[test]
    fn flags_under_the_days_of_a_week_are_told_from_a_roster() {
        let say = |cells: &[&str]| {
            say_several(&cells.iter().map(|cell| cell.as_bytes()).collect::<Vec<_>>())
        };
        for cells in [
            &["x", "x", "", "", ""][..],
            &["1", "1", "0", "0", "0"],
            &["TRUE", "true", "false", "", ""],
            &["Mon", "Tue", "", "", ""],
            &["✓", "✓", "", "", ""],
        ] {
            assert!(say(cells), "{cells:?}");
        }
        for cells in [
            &["x", "", "", "", ""][..],
            &["1", "0", "0", "0", "0"],
            &["E", "L", "N", "", ""],
            &["x", "x", "L", "", ""],
            &["8", "8", "8", "8", "8"],
            &["off", "off", "", "", ""],
            &["", "", "", "", ""],
        ] {
            assert!(!say(cells), "{cells:?}");
        }
    }
}
