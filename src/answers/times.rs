//! Detects dates, times and spans among the words of a sentence.
//!
//! The words are kept as written: what they mean depends on the zone of the record, which is
//! not known here.

use super::tokens::TextToken;

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A date and a time: `2026-03-02T08:00Z`.
    Moment,
    /// `2026-03-02`, `3/2/2026`.
    Date,
    /// `08:00`.
    Clock,
    /// `PT8H`, `8h`, `30min`.
    Length,
}

/// Whether a word is a date, a time or a length, and therefore no name.
pub(super) fn is_time(word: &str) -> bool {
    form(word).is_some()
        || word.split_once('/').is_some_and(|(start, end)| is_moment(start) && form(end).is_some())
        || word.split_once('-').is_some_and(|(start, end)| {
            form(start) == Some(Form::Clock) && form(end) == Some(Form::Clock)
        })
}

fn is_moment(word: &str) -> bool {
    form(word) == Some(Form::Moment)
}

fn form(word: &str) -> Option<Form> {
    let bytes = word.as_bytes();
    if !bytes.first()?.is_ascii_digit() {
        let length = word.strip_prefix(['P', 'p'])?;
        let is_length = length.len() > 1
            && length.bytes().any(|byte| byte.is_ascii_digit())
            && length
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"YMWDTHS.ymwdths".contains(&byte));
        return is_length.then_some(Form::Length);
    }
    if let Some(behind) = behind_date(word) {
        let time = behind.strip_prefix(['T', 't', '_', ' ']);
        return match (behind.is_empty(), time) {
            (true, _) => Some(Form::Date),
            (false, Some(time)) => is_clock(time).then_some(Form::Moment),
            (false, None) => None,
        };
    }
    if is_clock(word) {
        return Some(Form::Clock);
    }
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let is_length = matches!(
        unit.to_ascii_lowercase().as_str(),
        "h" | "hr"
            | "hrs"
            | "m"
            | "min"
            | "mins"
            | "s"
            | "sec"
            | "secs"
            | "ms"
            | "d"
            | "hours"
            | "minutes"
            | "days"
            | "am"
            | "pm"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "x"
            | "%"
    );
    is_length.then_some(Form::Length)
}

/// What stands behind the date at the beginning of a word.
fn behind_date(word: &str) -> Option<&str> {
    let mut rest = word;
    let mut lengths = [0; 3];
    let mut mark = None;
    for (part, length) in lengths.iter_mut().enumerate() {
        *length = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest = rest.get(*length..)?;
        if part < 2 {
            let found = rest.chars().next().filter(|letter| matches!(letter, '-' | '/' | '.'))?;
            if mark.is_some_and(|mark| mark != found) {
                return None;
            }
            mark = Some(found);
            rest = rest.get(1..)?;
        }
    }
    let is_date = matches!(lengths, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
        || (matches!(lengths, [1..=2, 1..=2, 2]) && mark != Some('-'));
    is_date.then_some(rest)
}

/// Whether a word is a time of day, with an offset or without.
fn is_clock(word: &str) -> bool {
    let time = word.trim_end_matches(['Z', 'z']);
    let time =
        ["am", "pm", "AM", "PM"].iter().find_map(|half| time.strip_suffix(half)).unwrap_or(time);
    let (time, offset) = match time.find(['+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let digits = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
    };
    let hour = time.bytes().take_while(u8::is_ascii_digit).count();
    let minute =
        time.get(hour + 1..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let has_colon = time.as_bytes().get(hour) == Some(&b':');
    let plain_offset = offset.get(1..).unwrap_or_default();
    (1..=2).contains(&hour) && minute == 2 && has_colon && digits(time) && digits(plain_offset)
}

/// A date with a time at a place of a sentence, and how many tokens it takes.
fn moment_at(tokens: &[TextToken<'_>], at: usize) -> Option<(String, usize)> {
    let token = tokens.get(at)?;
    match form(token.text)? {
        Form::Moment => Some((token.text.to_owned(), 1)),
        Form::Date => {
            let (clock, length) = clock_at(tokens, at + 1)?;
            Some((format!("{} {clock}", token.text), length + 1))
        }
        _ => None,
    }
}

/// A time of day, with AM or PM as a word of its own.
fn clock_at(tokens: &[TextToken<'_>], at: usize) -> Option<(String, usize)> {
    let clock =
        tokens.get(at).map(|token| token.text).filter(|text| form(text) == Some(Form::Clock))?;
    let half = tokens.get(at + 1).map(|token| token.text);
    match half.filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm")) {
        Some(half) => Some((format!("{clock} {half}"), 2)),
        None => Some((clock.to_owned(), 1)),
    }
}

/// The span at a place of a sentence, and how many tokens it takes. A start without an end has
/// an empty end; a date alone is no span.
pub(super) fn span_at(tokens: &[TextToken<'_>], at: usize) -> Option<((String, String), usize)> {
    let text = tokens.get(at)?.text;
    if let Some((start, end)) = text.split_once('/')
        && is_moment(start)
        && form(end).is_some()
    {
        return Some(((start.to_owned(), end.to_owned()), 1));
    }
    if let Some(span) = joined_clocks(tokens, at) {
        return Some((span, 2));
    }
    let (start, length) = moment_at(tokens, at)?;
    let mut next = at + length;
    let is_joint = |token: &TextToken<'_>| {
        matches!(
            token.text,
            "to" | "until"
                | "till"
                | "and"
                | "through"
                | "-"
                | "–"
                | "—"
                | "/"
                | "end"
                | "ends"
                | "ending"
                | "endTime"
                | "end_time"
                | "endDate"
                | "stop"
        )
    };
    while tokens.get(next).is_some_and(is_joint) && next < at + length + 2 {
        next += 1;
    }
    let is_joined = next > at + length
        || tokens.get(next).is_some_and(|token| token.after_comma || token.after_dash);
    let end = moment_at(tokens, next).or_else(|| clock_at(tokens, next)).filter(|_| is_joined);
    Some(match end {
        Some((end, taken)) => ((start, end), next + taken - at),
        None => ((start, String::new()), length),
    })
}

/// `2026-03-02 09:00-17:00`.
fn joined_clocks(tokens: &[TextToken<'_>], at: usize) -> Option<(String, String)> {
    let date = tokens.get(at).filter(|token| form(token.text) == Some(Form::Date))?.text;
    let (start, end) = tokens.get(at + 1)?.text.split_once(['-', '–'])?;
    let are_clocks = [start, end].map(form) == [Some(Form::Clock); 2];
    are_clocks.then(|| (format!("{date} {start}"), end.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{is_time, span_at};
    use crate::answers::tokens::tokens;

    #[test]
    fn times_are_told_from_names() {
        for word in [
            "2026-03-02",
            "2026-03-02T08:00:00Z",
            "2026-03-02T08:00:00.000+01:00",
            "08:00",
            "3/2/2026",
            "02.03.2026",
            "08:00-16:00",
            "PT8H",
            "8h",
            "30min",
            "2026-03-02T08:00Z/PT8H",
            "2026-03-02T08:00Z/2026-03-02T16:00Z",
        ] {
            assert!(is_time(word), "{word}");
        }
        for word in [
            "s-1",
            "7",
            "2026",
            "8f14e45f",
            "P1",
            "PARTS",
            "12-34",
            "a/b",
            "7a",
            "2026-03-02-7",
            "1-2-3",
        ] {
            assert!(!is_time(word), "{word}");
        }
    }

    #[test]
    fn spans_are_read_as_written() {
        for (text, start, end) in [
            ("2026-03-02T08:00Z to 2026-03-02T16:00Z", "2026-03-02T08:00Z", "2026-03-02T16:00Z"),
            ("2026-03-02 08:00 - 2026-03-02 16:00", "2026-03-02 08:00", "2026-03-02 16:00"),
            ("2026-03-02 09:00-17:00", "2026-03-02 09:00", "17:00"),
            ("2026-03-02 08:00 until 16:00", "2026-03-02 08:00", "16:00"),
            ("3/2/2026 8:00 AM to 4:00 PM", "3/2/2026 8:00 AM", "4:00 PM"),
            ("2026-03-02T08:00Z/PT8H", "2026-03-02T08:00Z", "PT8H"),
            ("2026-03-02T08:00Z is taken", "2026-03-02T08:00Z", ""),
        ] {
            let tokens = tokens(text);
            let span = span_at(&tokens, 0).map(|(span, _)| span);
            assert_eq!(span, Some((start.to_owned(), end.to_owned())), "{text}");
        }
        assert_eq!(span_at(&tokens("2026-03-02 to 2026-03-08"), 0), None);
    }
}
