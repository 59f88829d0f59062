//! Reads what curl prints with `-i` or `-v`: status lines, headers and bodies, several in turn.

use crate::answers::draft::{Draft, Inherited};
use crate::answers::finish::complain;
use crate::answers::headers::Headers;
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::redact::redacted;
use crate::answers::statuses;
use crate::answers::understood::accept_body;
use crate::model::complaint::{AnswerPlace, ItemName, ResponseShape, ServerAnswer};

/// Each response is a request that failed or was accepted as a whole, unless its body says more.
pub(in crate::answers) const SHAPE: ShapeReader = ShapeReader {
    name: ResponseShape::Curl,
    is: |input| input.text.lines().any(|line| status_line(line).is_some()),
    read,
};

/// The status of a line such as `HTTP/1.1 409 Conflict` or `< HTTP/2 409`.
fn status_line(line: &str) -> Option<u16> {
    let line = line.strip_prefix("< ").unwrap_or(line);
    let (version, status) = line.strip_prefix("HTTP/")?.split_once(' ')?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    statuses::number(status.trim()).filter(|_| is_version)
}

fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let lines: Vec<&str> = input.text.lines().collect();
    let mut starts: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| status_line(line).is_some())
        .map(|(place, _)| place)
        .collect();
    starts.push(lines.len());
    let mut before = 0;
    for pair in starts.windows(2) {
        if let [start, end] = *pair
            && let Some(response) = lines.get(start..end)
        {
            let request = lines.get(before..start).and_then(last_request);
            if !request.is_some_and(is_of_login)
                || response.first().copied().and_then(status_line) >= Some(400)
            {
                read_response(response, start as u64, outer, answer);
            }
            before = start;
        }
    }
    if lines.get(before + 1..).and_then(last_request).is_some() {
        answer.break_off("a request of the log got no response".to_owned());
    }
}

/// The path of the last request in some lines of `curl -v`.
fn last_request<'t>(lines: &[&'t str]) -> Option<&'t str> {
    lines.iter().rev().find_map(|line| {
        let (method, rest) = line.strip_prefix("> ")?.split_once(' ')?;
        let (path, version) = rest.split_once(' ')?;
        let is_method = method.bytes().all(|byte| byte.is_ascii_uppercase());
        (is_method && version.starts_with("HTTP/")).then_some(path)
    })
}

/// Whether a request is for a token, and no part of a push.
fn is_of_login(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default().to_ascii_lowercase();
    path.split('/').any(|part| ["oauth", "oauth2", "token", "login", "signin"].contains(&part))
}

/// Reads the lines of a response behind so many other lines.
fn read_response(lines: &[&str], skipped: u64, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let Some((first, behind)) = lines.split_first() else { return };
    let Some(status) = status_line(first) else { return };
    // An interim or redirecting response is followed by another one, as is that of a proxy.
    let is_final = status >= 200 && !(300..400).contains(&status);
    if !is_final || first.to_ascii_lowercase().contains("connection established") {
        return;
    }
    let is_verbose = first.starts_with("< ");
    let mut headers = Headers::default();
    let mut body_start = behind.len();
    for (place, line) in behind.iter().enumerate() {
        let header =
            if is_verbose { line.strip_prefix('<').map(str::trim) } else { Some(line.trim()) };
        match header {
            Some("") => {
                body_start = place + 1;
                break;
            }
            Some(header) => header
                .split_once(':')
                .into_iter()
                .for_each(|(name, value)| headers.add(name, value)),
            // Lines of curl itself may stand between the headers.
            None => {}
        }
    }
    headers.tell(answer);
    let failure = behind.iter().find(|line| line.starts_with("curl: ("));
    failure.into_iter().for_each(|line| answer.break_off(redacted(line).into_owned()));
    let (body, above) = body(behind.get(body_start..).unwrap_or_default());
    let base = outer.place.line.unwrap_or(1) + skipped;
    let line = if body.is_empty() { base } else { base + 1 + (body_start + above) as u64 };
    let within = Outer {
        status: Some(status),
        place: AnswerPlace { line: Some(line), pointer: None },
        ..outer.clone()
    };
    read_body(&body, status, &within, answer);
}

fn read_body(body: &str, status: u16, within: &Outer<'_>, answer: &mut ServerAnswer) {
    let items = answer.item_count();
    within.read(body, within, answer);
    if answer.item_count() > items {
        return;
    }
    if status >= 400 {
        let mut draft = Draft { status: Some(status), ..Draft::default() };
        draft.add_message(body);
        complain(draft, &Inherited::default(), "", within, answer);
    } else if statuses::is_done(status) && !body.trim_start().starts_with('<') {
        // A page for browsers, such as a form to log in, answers another request.
        let name = ItemName { place: within.place.clone(), ..ItemName::default() };
        accept_body(name, body, answer);
    }
}

/// The lines of a body without those of curl and the shell, and how many stand above it.
fn body(lines: &[&str]) -> (String, usize) {
    let is_curls = |line: &str| {
        ["* ", "> ", "< ", "{ [", "} [", "$ ", "curl ", "curl: (", "  % Total", "+ curl"]
            .iter()
            .any(|mark| line.starts_with(mark))
            || matches!(line, "<" | ">")
    };
    let is_body = |line: &&str| !is_curls(line) && !line.trim().is_empty();
    let above = lines.iter().position(is_body).unwrap_or(0);
    let mut body: String = lines
        .iter()
        .skip(above)
        .filter(|line| !is_curls(line))
        .flat_map(|line| [*line, "\n"])
        .collect();
    // A body without a line end is followed by `* Connection #0 to host left intact`.
    if let Some(at) = body.rfind("* Connection #") {
        body.truncate(at);
    }
    (body.trim_end().to_owned(), above)
}
