//! Finds the lists and objects around the records of a document, and compares what is in them.

use std::collections::BTreeSet;
use std::ops::Range;

/// How many lists and objects are compared within each other.
const DEEPEST: usize = 256;

/// A list or object around a record, and the item of it that contains the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ItemLevel {
    /// Where the list or object begins; `None` for the lines of NDJSON.
    pub(super) container: Option<usize>,
    /// Whether it is a list, or the lines of NDJSON.
    pub(super) is_list: bool,
    /// Where the value of the item begins.
    pub(super) item: usize,
}

/// For each of these records what is around it, the outermost first and the record itself
/// last. They are places of values in ascending order; one that is not has no levels. The
/// document is known to be JSON, or lines of JSON.
pub(super) fn levels(bytes: &[u8], records: &[usize]) -> Vec<Vec<ItemLevel>> {
    let mut found = Vec::with_capacity(records.len());
    let mut stack = vec![ItemLevel { container: None, is_list: true, item: 0 }];
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut is_value = true;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b',' => is_value = stack.last().is_some_and(|top| top.is_list),
            b':' => is_value = true,
            b']' | b'}' => {
                if stack.len() > 1 {
                    stack.pop();
                }
                is_value = stack.len() == 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                if is_value && let Some(top) = stack.last_mut() {
                    top.item = at;
                    while records.get(found.len()).is_some_and(|record| *record < at) {
                        found.push(Vec::new());
                    }
                    if records.get(found.len()) == Some(&at) {
                        found.push(stack.clone());
                    }
                }
                match byte {
                    b'{' | b'[' => {
                        let is_list = *byte == b'[';
                        stack.push(ItemLevel { container: Some(at), is_list, item: at });
                        is_value = is_list;
                    }
                    b'"' => {
                        at = string_end(bytes, at);
                        is_value = is_value && stack.len() == 1;
                        continue;
                    }
                    _ => {
                        at = scalar_end(bytes, at);
                        is_value = stack.len() == 1;
                        continue;
                    }
                }
            }
        }
        at += 1;
    }
    found.resize(records.len(), Vec::new());
    found
}

/// The place after a string that begins here.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn scalar_end(bytes: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
    let length = bytes[start..].iter().skip(1).position(ends);
    length.map_or(bytes.len(), |length| start + 1 + length)
}

/// The place after the value that begins here.
pub(super) fn value_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'"' => string_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at + 1
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at + 1
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => at + 1,
            _ => scalar_end(bytes, at).max(at + 1),
        };
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// A value without the spaces between its parts, the keys of each object in order. Two values
/// with the same form are equal in every key; spellings of numbers and strings are kept.
/// `None` if an object has a key twice, or if it is too deep to compare.
pub(super) fn canonical(value: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(value.len());
    let end = push_canonical(value, skip_space(value, 0), &mut out, 0)?;
    (skip_space(value, end) == value.len()).then_some(out)
}

fn push_canonical(bytes: &[u8], start: usize, out: &mut Vec<u8>, depth: usize) -> Option<usize> {
    let copy = |end: usize, out: &mut Vec<u8>| {
        out.extend_from_slice(&bytes[start..end]);
        Some(end)
    };
    match bytes.get(start)? {
        b'"' => copy(string_end(bytes, start), out),
        b'[' => {
            out.push(b'[');
            let mut at = skip_space(bytes, start + 1);
            while *bytes.get(at)? != b']' && depth < DEEPEST {
                at = skip_space(bytes, push_canonical(bytes, at, out, depth + 1)?);
                if bytes.get(at) == Some(&b',') {
                    out.push(b',');
                    at = skip_space(bytes, at + 1);
                }
            }
            out.push(b']');
            (bytes.get(at) == Some(&b']')).then_some(at + 1)
        }
        b'{' => {
            let mut members = BTreeSet::new();
            let mut count = 0;
            let mut at = skip_space(bytes, start + 1);
            while *bytes.get(at)? != b'}' && depth < DEEPEST {
                let key_end = string_end(bytes, at);
                let key = bytes.get(at..key_end)?;
                let colon = skip_space(bytes, key_end);
                if bytes.get(colon) != Some(&b':') {
                    return None;
                }
                let mut value = Vec::new();
                let from = skip_space(bytes, colon + 1);
                at = skip_space(bytes, push_canonical(bytes, from, &mut value, depth + 1)?);
                members.insert((key, value));
                count += 1;
                if bytes.get(at) == Some(&b',') {
                    at = skip_space(bytes, at + 1);
                }
            }
            let mut keys: Vec<&[u8]> = members.iter().map(|(key, _)| *key).collect();
            keys.dedup();
            if keys.len() != count || bytes.get(at) != Some(&b'}') {
                return None;
            }
            out.push(b'{');
            for (key, value) in &members {
                out.extend_from_slice(key);
                out.push(b':');
                out.extend_from_slice(value);
                out.push(b',');
            }
            out.push(b'}');
            Some(at + 1)
        }
        _ => copy(scalar_end(bytes, start), out),
    }
}

pub(super) fn skip_space(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The strings of a value without what is within its lists and objects at greater depth than
/// this, without quotes, by their places; keys are left out.
pub(super) fn strings(bytes: &[u8], value: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let (mut at, mut depth, mut found) = (value.start, 0_usize, Vec::new());
    while at < value.end {
        at = match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                if bytes.get(skip_space(bytes, end)) != Some(&b':') {
                    found.push((depth, at + 1..end.saturating_sub(1).max(at + 1)));
                }
                end
            }
            b'{' | b'[' => {
                depth += 1;
                at + 1
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at + 1
            }
            _ => at + 1,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{canonical, levels, value_end};

    #[test]
    fn levels_lead_from_the_outermost_to_the_record() {
        let text = br#"{"a": [{"s": [{"x": 1}, {"x": [2]}]}, 3], "b": {"k": {"x": 4}}}"#;
        let at = |word: &str| {
            let text = std::str::from_utf8(text).expect("ASCII");
            text.find(word).expect("there")
        };
        let wanted = [at("{\"x\": 1"), at("{\"x\": [2]"), at("{\"x\": 4")];
        let found = levels(text, &wanted);
        let lists = |place: usize| -> Vec<bool> {
            found[place].iter().map(|level| level.is_list).collect()
        };
        assert_eq!(lists(0), [true, false, true, false, true]);
        assert_eq!(lists(1), lists(0));
        assert_eq!(lists(2), [true, false, false]);
        assert_eq!(found[0][4].container, found[1][4].container);
        assert_eq!(found[1][4].item, wanted[1]);
        assert_eq!(&text[wanted[1]..value_end(text, wanted[1])], br#"{"x": [2]}"#);
        let lines = b"\xef\xbb\xbf{\"a\":1}\n{\"a\":2}\n";
        let found = levels(lines, &[3, 11]);
        assert_eq!(found[1][0].item, 11);
        assert!(found[1][0].container.is_none() && found[1].len() == 1);
    }

    #[test]
    fn values_are_equal_up_to_spaces_and_the_order_of_keys() {
        let one = canonical(br#" { "b" : [1, {"x":null}],"a":"  " }"#);
        assert_eq!(one, canonical(br#"{"a":"  ","b":[1,{"x":null}]}"#));
        assert!(one.is_some());
        for other in [
            r#"{"a":" ","b":[1,{"x":null}]}"#,
            r#"{"a":"  ","b":[1.0,{"x":null}]}"#,
            r#"{"a":"  ","b":[1]}"#,
            r#"{"a":"  ","b":[1,{"x":null}],"c":0}"#,
        ] {
            assert_ne!(one, canonical(other.as_bytes()), "{other}");
        }
        assert_eq!(canonical(br#"{"a":1,"a":1}"#), None, "a key twice");
        assert_ne!(canonical(b"[[1],2]"), canonical(b"[1,[2]]"));
    }
}
