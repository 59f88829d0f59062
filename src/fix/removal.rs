//! Removes items of lists with their commas, and lines with their line ends.

use super::items::skip_space;
use crate::edit::ByteEdit;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The bytes of a line, from its start to after its line end, if the value is all that it
/// contains. A byte-order mark stays.
pub(super) fn line_around(bytes: &[u8], value: &Range<usize>) -> Option<Range<usize>> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let before = bytes[..value.start].iter().rev().take_while(|byte| is_space(byte)).count();
    let after = bytes[value.end..].iter().take_while(|byte| is_space(byte)).count();
    let (start, end) = (value.start - before, value.end + after);
    let is_start = start == 0 || bytes[start - 1] == b'\n' || &bytes[..start] == b"\xef\xbb\xbf";
    match bytes.get(end) {
        Some(b'\n') if is_start => Some(start..end + 1),
        None if is_start => Some(start..end),
        _ => None,
    }
}

/// What is removed with each of these items of lists, in ascending order. What separates an item
/// from the next one goes with it: its comma, and the spaces before it. Where nothing is
/// kept after it in its list, the comma before it goes, so that lists stay lists.
pub(super) fn item_edits(bytes: &[u8], items: &[Range<usize>]) -> Option<Vec<ByteEdit>> {
    let starts: HashSet<usize> = items.iter().map(|item| item.start).collect();
    let mut is_followed: HashMap<usize, bool> = HashMap::new();
    let mut edits = Vec::with_capacity(items.len());
    for item in items.iter().rev() {
        let before = bytes[..item.start].iter().rev().take_while(|byte| byte.is_ascii_whitespace());
        let lead = item.start - before.count();
        let comma = skip_space(bytes, item.end);
        let next = (bytes.get(comma)? == &b',').then(|| skip_space(bytes, comma + 1));
        let followed = next.is_some_and(|next| {
            !starts.contains(&next) || is_followed.get(&next).copied().unwrap_or(false)
        });
        is_followed.insert(item.start, followed);
        let opens = *bytes.get(lead.checked_sub(1)?)?;
        let range = match (followed, opens) {
            (true, b'[' | b',') => lead..comma + 1,
            (false, b'[') => lead..item.end,
            (false, b',') => {
                let spaces = bytes[..lead - 1].iter().rev();
                let spaces = spaces.take_while(|byte| byte.is_ascii_whitespace()).count();
                lead - 1 - spaces..item.end
            }
            _ => return None,
        };
        edits.push(ByteEdit { range, new: Vec::new() });
    }
    edits.reverse();
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::{item_edits, line_around};
    use crate::edit::apply;
    use crate::fix::items::{levels, value_end};
    use proptest::prelude::{ProptestConfig, prop, prop_assert_eq, proptest};
    use serde_json::Value;

    #[test]
    fn a_line_goes_with_its_line_end() {
        let text = b"\xef\xbb\xbf{}\r\n {} \n{}";
        assert_eq!(line_around(text, &(3..5)), Some(3..7));
        assert_eq!(line_around(text, &(8..10)), Some(7..12));
        assert_eq!(line_around(text, &(12..14)), Some(12..14));
        assert_eq!(line_around(b"{} {}\n", &(0..2)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_left_is_what_serde_json_leaves(
            lists in prop::collection::vec(prop::collection::vec(0u8..3, 0..6), 1..4),
            spaces in prop::sample::select(vec!["", " ", "\n  ", "\r\n"]),
        ) {
            // 0 is kept, the others are removed.
            let mut text = "[".to_owned();
            let mut expected = Vec::new();
            for (number, list) in lists.iter().enumerate() {
                text += if number == 0 { "" } else { "," };
                text += &format!("{spaces}[");
                for (place, item) in list.iter().enumerate() {
                    text += if place == 0 { "" } else { "," };
                    text += &format!("{spaces}{{\"n\":{item}, \"t\": \"],[\"}}{spaces}");
                }
                text += &format!("{spaces}]");
                let kept = list.iter().filter(|item| **item == 0).count();
                expected.push(vec![serde_json::json!({"n": 0, "t": "],["}); kept]);
            }
            text += &format!("{spaces}]");
            let starts: Vec<usize> = text.match_indices("{\"n\":")
                .filter(|(at, _)| !text[*at..].starts_with("{\"n\":0"))
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(levels(text.as_bytes(), &starts).iter().filter(|of| of.len() == 3).count(), starts.len());
            let items: Vec<_> =
                starts.iter().map(|start| *start..value_end(text.as_bytes(), *start)).collect();
            let edits = item_edits(text.as_bytes(), &items).expect("all are in lists");
            let left: Value = serde_json::from_slice(&apply(text.as_bytes(), &edits)).expect("JSON");
            prop_assert_eq!(left, serde_json::to_value(expected).expect("JSON"));
        }
    }
}
