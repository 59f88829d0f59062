//! Reads the headers of responses that cannot contain secrets.
//!
//! Those are the ones that say when to ask again, and by which id the vendor finds the request.

use super::tree::Tree;
use super::words::folded;
use crate::model::complaint::ServerAnswer;

/// Names of correlation ids in lower case without dashes.
const CORRELATION: [&str; 11] = [
    "xcorrelationid",
    "inincorrelationid",
    "correlationid",
    "requestid",
    "xrequestid",
    "xmsrequestid",
    "xamznrequestid",
    "clientrequestid",
    "xmscorrelationid",
    "traceparent",
    "xtraceid",
];

/// The headers of one response, as far as they are read.
#[derive(Debug, Default)]
pub(super) struct Headers {
    retry: Option<String>,
    date: Option<String>,
    correlation: Vec<String>,
}

impl Headers {
    /// Reads a header.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        let value = value.trim();
        match &*folded(name) {
            "retryafter" => self.retry = Some(value.to_owned()),
            "retryafterms" | "xmsretryafterms" => {
                let seconds =
                    value.parse::<u64>().ok().map(|milliseconds| milliseconds.div_ceil(1_000));
                self.retry = seconds.map(|seconds| seconds.to_string()).or(self.retry.take());
            }
            "date" => self.date = Some(value.to_owned()),
            name if CORRELATION.contains(&name) && is_id(value) => {
                self.correlation.push(value.to_owned())
            }
            _ => {}
        }
    }

    /// Adds what the headers say to an answer.
    pub(super) fn tell(&self, answer: &mut ServerAnswer) {
        self.correlation.iter().for_each(|id| answer.correlate(id));
        let wait = self.retry.as_deref().and_then(|retry| wait(retry, self.date.as_deref()));
        wait.into_iter().for_each(|seconds| answer.wait(seconds));
    }
}

/// Whether a value can be an id: the header could contain anything.
fn is_id(value: &str) -> bool {
    (1..=128).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+|".contains(&byte))
}

/// The seconds of `Retry-After`, which are a number or the distance of two dates.
fn wait(retry: &str, date: Option<&str>) -> Option<u64> {
    if let Ok(seconds) = retry.parse() {
        return Some(seconds);
    }
    let seconds =
        retry.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    if let Some(seconds) = seconds {
        // Rounding up: asking too early is what the server complains of.
        return Some(seconds.ceil() as u64);
    }
    let (until, now) = (http_date(retry)?, http_date(date?)?);
    Some(u64::try_from(until - now).unwrap_or(0))
}

/// The seconds since 1970 of a date such as `Mon, 02 Mar 2026 08:00:00 GMT` (RFC 9110).
fn http_date(date: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut parts = date.split_once(',')?.1.split_ascii_whitespace();
    let day: i64 = parts.next()?.parse().ok()?;
    let name = parts.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? as i64 + 1;
    let year: i64 = parts.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let mut clock = parts.next()?.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let is_date = (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    // Days of the Gregorian calendar with years that begin in March, so that a leap day is last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468;
    is_date.then_some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// Reads headers that stand in a JSON object, or in a list of objects with `name` and `value`.
pub(super) fn from_object(value: &Tree, answer: &mut ServerAnswer) {
    let mut headers = Headers::default();
    if let Some(object) = value.as_object() {
        let words =
            object.members.iter().filter_map(|(name, value)| Some((name, value.as_word()?)));
        words.for_each(|(name, value)| headers.add(name, value));
    }
    for header in value.as_list().into_iter().flatten().filter_map(Tree::as_object) {
        let word = |key: &str| header.get(key).and_then(Tree::as_word);
        if let (Some(name), Some(value)) = (word("name"), word("value")) {
            headers.add(name, value);
        }
    }
    headers.tell(answer);
}

/// Reads a wait from a key of a body, in seconds unless the key says milliseconds.
pub(super) fn retry_after_key(key: &str, value: &Tree, answer: &mut ServerAnswer) {
    let Some(word) = value.as_word() else { return };
    let is_short = folded(key).contains("ms") || folded(key).contains("milli");
    let mut headers = Headers::default();
    headers.add(if is_short { "retry-after-ms" } else { "retry-after" }, word);
    headers.tell(answer);
}

#[cfg(test)]
mod tests {
    use super::{Headers, http_date, wait};
    use crate::model::complaint::ServerAnswer;

    #[test]
    fn dates_and_seconds_are_waits() {
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:10 GMT"), Some(10));
        assert_eq!(http_date("Sun, 29 Feb 2004 12:00:00 GMT"), Some(1_078_056_000));
        assert_eq!(wait("30", None), Some(30));
        assert_eq!(wait("1.2", None), Some(2));
        let now = Some("Mon, 02 Mar 2026 08:00:00 GMT");
        assert_eq!(wait("Mon, 02 Mar 2026 08:01:30 GMT", now), Some(90));
        assert_eq!(wait("Mon, 02 Mar 2026 07:00:00 GMT", now), Some(0));
        assert_eq!(wait("soon", now), None);
    }

    #[test]
    fn only_harmless_headers_are_read() {
        let mut headers = Headers::default();
        for (name, value) in [
            ("Retry-After", "7"),
            ("ININ-Correlation-Id", "c-1"),
            ("x-ms-request-id", "r-1"),
            ("Authorization", "Bearer abc"),
            ("Set-Cookie", "a=b"),
            ("X-Request-Id", "a b?c"),
        ] {
            headers.add(name, value);
        }
        let mut answer = ServerAnswer::default();
        headers.tell(&mut answer);
        assert_eq!(answer.retry_after, Some(7));
        assert_eq!(answer.correlation, ["c-1", "r-1"]);
    }
}
