//! Turns a number format, such as `d/m/yyyy h:mm`, into what its numbers are.

/// What the number of a cell is, as its number format shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberKind {
    /// A number.
    Plain,
    /// A whole number with zeros before it, so many digits in all: `00042`.
    Padded(usize),
    /// A date.
    Date,
    /// A date and a time of day.
    DateTime,
    /// A time of day.
    Clock,
    /// Hours that go on after 24: `[h]:mm`.
    Duration,
}

impl NumberKind {
    /// What a format code shows. Of a code for positive and other numbers (`0;-0`) the first
    /// section counts.
    pub(super) fn of_code(code: &str) -> NumberKind {
        if code.eq_ignore_ascii_case("general") {
            return NumberKind::Plain;
        }
        if code.len() > 1 && code.bytes().all(|byte| byte == b'0') {
            return NumberKind::Padded(code.len());
        }
        let CodeLetters { date, clock, month, elapsed } = CodeLetters::of(code);
        match (date || month && !clock, clock) {
            _ if elapsed => NumberKind::Duration,
            (true, true) => NumberKind::DateTime,
            (true, false) => NumberKind::Date,
            (false, true) => NumberKind::Clock,
            (false, false) => NumberKind::Plain,
        }
    }
}

/// Which letters with a meaning a format code has.
#[derive(Debug, Clone, Copy, Default)]
struct CodeLetters {
    /// Years or days.
    date: bool,
    /// Hours, seconds, or halves of a day.
    clock: bool,
    /// Months or minutes: one letter stands for both.
    month: bool,
    /// Hours, minutes or seconds in brackets.
    elapsed: bool,
}

impl CodeLetters {
    fn of(code: &str) -> CodeLetters {
        let mut found = CodeLetters::default();
        let mut letters = code.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter.to_ascii_lowercase() {
                ';' => break,
                // The letter after these is shown as it is.
                '\\' | '_' | '*' => drop(letters.next()),
                '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
                '[' => {
                    let inside: String =
                        letters.by_ref().take_while(|letter| *letter != ']').collect();
                    found.elapsed |= is_elapsed(&inside);
                }
                'y' | 'd' => found.date = true,
                'h' | 's' => found.clock = true,
                'm' => found.month = true,
                // `AM/PM`, `A/P`
                'a' => {
                    let next = letters.peek().map(char::to_ascii_lowercase);
                    found.clock |= matches!(next, Some('m' | '/'));
                    // The `m` of `AM` is not that of minutes.
                    letters.next_if(|letter| letter.eq_ignore_ascii_case(&'m'));
                }
                _ => {}
            }
        }
        found
    }
}

/// Whether brackets hold a unit of time (`[hh]`), and not a colour or a language.
fn is_elapsed(inside: &str) -> bool {
    let mut letters = inside.chars().map(|letter| letter.to_ascii_lowercase());
    letters.next().is_some_and(|first| "hms".contains(first) && letters.all(|next| next == first))
}

#[cfg(test)]
mod tests {
    use super::NumberKind::{self, Clock, Date, DateTime, Duration, Padded, Plain};

    #[test]
    fn a_format_code_says_what_its_numbers_are() {
        for (code, kind) in [
            ("General", Plain),
            ("0", Plain),
            ("0.00E+00", Plain),
            ("#,##0.00\\ \"h\"", Plain),
            ("0\" days\"", Plain),
            ("[Red]0.0;[Blue]-0.0", Plain),
            ("0;yyyy", Plain),
            ("@", Plain),
            ("_-* #,##0.00_-", Plain),
            ("00000", Padded(5)),
            ("mm-dd-yy", Date),
            ("d-mmm", Date),
            ("mmm-yy", Date),
            ("mmmm", Date),
            ("[$-409]dddd, mmmm d, yyyy", Date),
            ("yyyy\\-mm\\-dd;@", Date),
            ("m/d/yy h:mm", DateTime),
            ("dd.mm.yyyy hh:mm:ss", DateTime),
            ("[$-409]m/d/yy h:mm AM/PM;@", DateTime),
            ("yyyy\"-\"mm\"T\"hh:mm", DateTime),
            ("h:mm", Clock),
            ("HH:MM:SS", Clock),
            ("h:mm AM/PM", Clock),
            ("h AM/PM", Clock),
            ("mm:ss", Clock),
            ("mmss.0", Clock),
            ("h:mm A/P", Clock),
            ("[h]:mm", Duration),
            ("[hh]:mm:ss", Duration),
            ("[mm]:ss", Duration),
            ("[h]", Duration),
            ("[Blue][h]:mm;[Red]-[h]:mm", Duration),
            ("", Plain),
            ("\"", Plain),
            ("[", Plain),
            ("\\", Plain),
        ] {
            assert_eq!(NumberKind::of_code(code), kind, "{code}");
        }
    }
}
