//! Takes the time, level and thread from the beginning of a log line.

use crate::answers::times::is_time;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// What is logged when all goes well.
    Quiet,
    /// More about the line before: `DETAIL` of PostgreSQL.
    Continuation,
    /// What repeats the request: `STATEMENT` of PostgreSQL.
    Aside,
}

fn level(word: &str) -> Option<Level> {
    Some(match word.to_ascii_uppercase().as_str() {
        "ERROR" | "ERR" | "FATAL" | "CRITICAL" | "SEVERE" | "PANIC" => Level::Error,
        "WARN" | "WARNING" => Level::Warning,
        "INFO" | "DEBUG" | "TRACE" | "NOTICE" | "LOG" | "VERBOSE" => Level::Quiet,
        "DETAIL" | "HINT" => Level::Continuation,
        "STATEMENT" | "CONTEXT" | "QUERY" | "LOCATION" => Level::Aside,
        _ => return None,
    })
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The level of a line, and the line without its prefix.
pub(super) fn without_prefix(line: &str) -> (Option<Level>, &str) {
    let mut rest = line.trim_start();
    let mut found = None;
    let mut has_time = false;
    // A prefix has a handful of parts.
    for _ in 0..8 {
        let (part, behind) = part(rest);
        let bare = part.trim_matches(['[', ']', '(', ')', ':', ',', '|']);
        let is_bracketed = part.starts_with('[');
        let is_level_word = is_bracketed
            || part.ends_with(':')
            || bare.bytes().all(|byte| byte.is_ascii_uppercase());
        if let Some(named) = level(bare).filter(|_| is_level_word && found.is_none()) {
            found = Some(named);
        } else if found.is_none() && is_date_or_time(bare) {
            has_time = true;
        } else if found.is_none()
            && has_time
            && matches!(bare, "UTC" | "GMT" | "-" | "Z" | "CET" | "EST")
        {
        } else if found.is_none() && is_syslog_date(rest) {
            has_time = true;
            rest = behind_syslog(rest);
            continue;
        } else if !(is_bracketed
            && part.ends_with(']')
            && (has_time || found.is_some())
            && part.len() < 64)
        {
            break;
        }
        if behind.is_empty() {
            break;
        }
        rest = behind;
    }
    (found.or_else(|| key_level(line)), rest.trim_start_matches([':', '-', '|', ' ']))
}

/// The first word of a line, or what it has in brackets, and the rest.
fn part(line: &str) -> (&str, &str) {
    let end = if line.starts_with('[') {
        line.find(']').map(|end| end + 1)
    } else {
        line.find(char::is_whitespace)
    };
    let (part, rest) = line.split_at_checked(end.unwrap_or(line.len())).unwrap_or((line, ""));
    (part, rest.trim_start())
}

fn is_date_or_time(word: &str) -> bool {
    // `08:00:00,123` has a comma before the milliseconds; a date and time may share brackets.
    let plain = word.replace(',', ".");
    let is_one = |word: &str| word.contains(['-', ':', '/']) && is_time(word);
    !plain.is_empty() && plain.split(' ').all(is_one)
}

/// `Mar  2 ` at the beginning of a line of syslog.
fn is_syslog_date(line: &str) -> bool {
    let has_month = MONTHS.iter().any(|month| line.starts_with(month));
    has_month
        && line
            .get(3..6)
            .is_some_and(|day| day.starts_with(' ') && day.trim().parse::<u8>().is_ok())
}

/// What stands behind the date, time, host and program of a line of syslog.
fn behind_syslog(line: &str) -> &str {
    let is_host = |word: &str| !word.ends_with(':') && level(word).is_none();
    let is_program = |word: &str| word.ends_with("]:");
    let parts: [&dyn Fn(&str) -> bool; 3] = [&is_date_or_time, &is_host, &is_program];
    let mut rest = line.get(6..).unwrap_or_default().trim_start();
    for is_fitting in parts {
        let (word, behind) = part(rest);
        if is_fitting(word) {
            rest = behind;
        }
    }
    rest
}

/// The level of a line of keys: `level=error msg="…"`.
fn key_level(line: &str) -> Option<Level> {
    let (_, behind) = line.split_once("level=").or_else(|| line.split_once("lvl="))?;
    level(behind.split([' ', ',']).next()?.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::{Level, without_prefix};

    #[test]
    fn prefixes_are_taken_off() {
        for (line, level, content) in [
            ("2026-03-02T08:00:00Z ERROR push failed", Some(Level::Error), "push failed"),
            (
                "2026-03-02 08:00:00,123 [main] WARN  a.b.Push - late",
                Some(Level::Warning),
                "a.b.Push - late",
            ),
            ("[2026-03-02 08:00:00] [ERROR] x", Some(Level::Error), "x"),
            ("2026-03-02 08:00:00.123 UTC [771] ERROR:  23P01: y", Some(Level::Error), "23P01: y"),
            ("2026-03-02 08:00:00 UTC [771] DETAIL:  Key", Some(Level::Continuation), "Key"),
            ("Mar  2 08:00:00 ERROR x", Some(Level::Error), "x"),
            ("Mar 12 08:00:00 host push[123]: ERROR x", Some(Level::Error), "x"),
            ("Error: x", Some(Level::Error), "x"),
            ("Error 409 at agent 7", None, "Error 409 at agent 7"),
            ("[12] x", None, "[12] x"),
            ("409 Conflict", None, "409 Conflict"),
            ("time=1 level=error msg=x", Some(Level::Error), "time=1 level=error msg=x"),
        ] {
            assert_eq!(without_prefix(line), (level, content), "{line}");
        }
    }
}
