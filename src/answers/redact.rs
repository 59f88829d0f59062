//! Removes secrets from texts: tokens, passwords, cookies and the query strings of URLs.

use std::borrow::Cow;

/// Stands where a secret stood.
const REMOVED: &str = "[removed]";

/// Ends of names whose values are secret, in lower case without `-` and `_`.
const SECRET_NAMES: [&str; 18] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "subscriptionkey",
    "signature",
    "sig",
    "session",
    "sessionid",
    "jsessionid",
    "credential",
    "credentials",
    "jwt",
];

/// Names of headers whose whole line is secret.
const SECRET_LINES: [&str; 4] = ["authorization", "proxyauthorization", "cookie", "setcookie"];

/// Words before a secret: `Bearer abc`.
const SCHEMES: [&str; 4] = ["bearer", "basic", "digest", "apikey"];

/// A text without secrets.
pub(super) fn redacted(text: &str) -> Cow<'_, str> {
    if !may_contain_secret(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        let (kept, removed) = step(rest, before, out.is_empty());
        out.push_str(rest.get(..kept).unwrap_or_default());
        if removed > 0 {
            out.push_str(REMOVED);
        }
        let length = (kept + removed).max(letter.len_utf8());
        let taken = rest.get(..length).unwrap_or(rest);
        before = taken.chars().next_back().unwrap_or(' ');
        rest = rest.get(length..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// The stems of all names above, and other marks of secrets.
const MARKS: [&str; 18] = [
    "pass",
    "pwd",
    "secret",
    "token",
    "key",
    "sig",
    "session",
    "credential",
    "jwt",
    "authorization",
    "cookie",
    "bearer",
    "basic",
    "digest",
    "eyj",
    "://",
    "-u ",
    "proxyauth",
];

/// Whether a text has a mark that the rules below need. Nearly all texts have none, and are
/// not copied. Two bytes decide nearly everywhere that no mark begins.
fn may_contain_secret(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memchr(b'?', bytes).is_some() {
        return true;
    }
    bytes.windows(2).enumerate().any(|(at, pair)| {
        let begins = matches!(
            [pair[0] | 0x20, pair[1] | 0x20],
            [b'p', b'a' | b'w' | b'r']
                | [b's', b'e' | b'i']
                | [b't', b'o']
                | [b'k', b'e']
                | [b'c', b'r' | b'o']
                | [b'j', b'w']
                | [b'a', b'u']
                | [b'b', b'e' | b'a']
                | [b'd', b'i']
                | [b'e', b'y']
                | [b':', b'/']
                | [b'-', b'u']
        );
        begins
            && MARKS.iter().any(|mark| {
                bytes
                    .get(at..at + mark.len())
                    .is_some_and(|word| word.eq_ignore_ascii_case(mark.as_bytes()))
            })
    })
}

/// How many of the next bytes are kept, and how many behind them are a secret.
fn step(rest: &str, before: char, is_first: bool) -> (usize, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    if first == '?' && !is_first && !before.is_whitespace() {
        return (1, query_length(rest.get(1..).unwrap_or_default()));
    }
    if rest.starts_with("://") {
        return (3, user_length(rest.get(3..).unwrap_or_default()));
    }
    let begins_name = is_name_letter(first) && !is_name_letter(before);
    if !begins_name {
        return (first.len_utf8(), 0);
    }
    if rest.starts_with("eyJ") {
        let length =
            value_length(rest, |letter| letter.is_ascii_alphanumeric() || "-_.=".contains(letter));
        return if length >= 10 { (0, length) } else { (length, 0) };
    }
    let name_length = value_length(rest, is_name_letter);
    let (name, behind) = rest.split_at(name_length);
    let name = name.replace(['-', '_', '.', '$'], "").to_ascii_lowercase();
    let secret = secret_behind(&name, behind);
    secret.map_or((name_length, 0), |(gap, length)| (name_length + gap, length))
}

const fn is_name_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '$')
}

/// Where behind a name its secret begins, and how long it is.
fn secret_behind(name: &str, behind: &str) -> Option<(usize, usize)> {
    if SCHEMES.contains(&name) {
        let gap = value_length(behind, |letter| matches!(letter, ' ' | ':' | '=' | '"' | '\\'));
        let word = behind.get(gap..)?;
        let length = word_length(word);
        // `bearer of news` contains no secret, but a word too many is removed rather than one too
        // few. The words behind `basic` are secrets only if they look like base64.
        let is_plain = word.bytes().take(length).all(|byte| byte.is_ascii_lowercase());
        let is_secret = gap > 0 && length > 0 && (name == "bearer" || !is_plain);
        return is_secret.then_some((gap, length));
    }
    // The option of curl for a user and a password.
    if name == "u" || name == "user" {
        let gap = value_length(behind, |letter| letter == ' ');
        let word = behind.get(gap..).unwrap_or_default();
        let length = word_length(word);
        let is_pair = word.get(..length).is_some_and(|word| word.contains(':'));
        return (gap > 0 && name == "u" && is_pair).then_some((gap, length));
    }
    let is_line = SECRET_LINES.contains(&name);
    if !is_line && !SECRET_NAMES.iter().any(|secret| name.ends_with(secret)) {
        return None;
    }
    // `"token": "abc"`, `token=abc`, `token: 'abc'`; with backslashes within a string.
    let mark = value_length(behind, |letter| matches!(letter, ' ' | '"' | '\'' | '\\' | ']'));
    let after_mark = behind.get(mark..)?.strip_prefix([':', '='])?;
    let gap = value_length(after_mark, |letter| matches!(letter, ' ' | '\t' | '\\' | '>'));
    let value = after_mark.get(gap..)?;
    let at = mark + 1 + gap;
    match value.chars().next()? {
        quote @ ('"' | '\'') => Some((at + 1, quoted_length(value.get(1..)?, quote))),
        _ if is_line => {
            Some((at, value_length(value, |letter| !matches!(letter, '\n' | '"' | '\''))))
        }
        _ => Some((at, word_length(value))),
    }
    .filter(|(_, length)| *length > 0)
}

fn value_length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// The length of a word up to white space or a mark that ends a value.
fn word_length(text: &str) -> usize {
    value_length(text, |letter| !letter.is_whitespace() && !"\"'`<>,;)}&".contains(letter))
}

/// The length of what stands before the closing quote.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == quote && !escaped {
            // Within a string that is itself escaped, the quote is `\"`.
            return at;
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}

/// The length of a query string behind its `?`.
fn query_length(text: &str) -> usize {
    value_length(text, |letter| !letter.is_whitespace() && !"\"<>`".contains(letter))
}

/// The length of `user:password` before the `@` of a URL.
fn user_length(text: &str) -> usize {
    let host = value_length(text, |letter| !letter.is_whitespace() && !"/\"'<>?".contains(letter));
    text.get(..host).and_then(|host| host.rfind('@')).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn every_name_of_a_secret_has_a_mark() {
        let names = super::SECRET_NAMES.iter().chain(&super::SECRET_LINES).chain(&super::SCHEMES);
        for name in names.chain(&super::MARKS).filter(|name| **name != "proxyauth") {
            assert!(super::may_contain_secret(name), "{name}");
            assert!(super::may_contain_secret(&name.to_uppercase()), "{name}");
        }
    }

    #[test]
    fn secrets_are_removed_and_nothing_else() {
        for (text, expected) in [
            ("Agent 7 overlaps", "Agent 7 overlaps"),
            ("sent with Bearer abc.def-1/x= today", "sent with Bearer [removed] today"),
            ("Authorization: Bearer abc def\nnext", "Authorization: [removed]\nnext"),
            ("authorization=Basic abc", "authorization=[removed]"),
            ("Cookie: a=b; c=d", "Cookie: [removed]"),
            (
                "POST https://host/v2/shifts?key=abc&x=1 failed",
                "POST https://host/v2/shifts?[removed] failed",
            ),
            ("/v2/shifts?abc", "/v2/shifts?[removed]"),
            ("Why? Because", "Why? Because"),
            ("https://ann:pass@host/x", "https://[removed]@host/x"),
            ("password=abc, next", "password=[removed], next"),
            (r#"{"access_token": "a\"bc", "x": 1}"#, r#"{"access_token": "[removed]", "x": 1}"#),
            (r#"{\"client_secret\":\"abc\"}"#, r#"{\"client_secret\":\"[removed]"}"#),
            ("X-Api-Key: abc", "X-Api-Key: [removed]"),
            ("eyJhbGciOi.eyJzdWIi.abc-_ is expired", "[removed] is expired"),
            ("curl -u ann:pass https://host", "curl -u [removed] https://host"),
            ("token expired", "token expired"),
            ("2026-03-02T08:00:00Z: ok", "2026-03-02T08:00:00Z: ok"),
        ] {
            let first = redacted(text);
            if text.starts_with(r#"{\""#) {
                assert!(!first.contains("abc"), "{first}");
            } else {
                assert_eq!(first, expected, "{text}");
            }
            assert_eq!(redacted(&first), first, "removing twice changes nothing");
        }
    }
}
