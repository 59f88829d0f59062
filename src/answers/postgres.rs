//! Reads both keys of a PostgreSQL error about an exclusion constraint.
//!
//! `Key (agent, during)=(7, [a,b)) conflicts with existing key (agent, during)=(7, [c,d)).`

use super::draft::shortened;
use super::senses::{KeySense, sense};
use crate::model::complaint::Key;

/// The rejected and the existing key in a message.
pub(super) fn keys(message: &str) -> Option<[Key; 2]> {
    // Names in messages of other servers are short as well; a long text is no error of PostgreSQL.
    let (before, behind) = shortened(message, 8_192).split_once("conflicts with existing key")?;
    let own = before.rfind("Key (").and_then(|at| before.get(at..))?;
    Some([key(own)?, key(behind)?])
}

fn key(text: &str) -> Option<Key> {
    let (columns, values) = text.split_once(")=(")?;
    let columns: Vec<&str> = columns.split_once('(')?.1.split(',').map(str::trim).collect();
    let values = values_of(values);
    let range =
        values.iter().position(|value| value.starts_with(['[', '(']) && value.contains(','))?;
    let (start, end) = values.get(range)?.split_once(',')?;
    let labelled = columns.iter().position(|column| sense(column) == Some(KeySense::Agent));
    let agent = labelled.or_else(|| (0..values.len()).find(|&place| place != range));
    let agent = agent.and_then(|place| values.get(place)).map(|value| unquoted(value));
    let bare = |word: &str| unquoted(word.trim_matches(['[', ']', '(', ')', ' ']));
    Some(Key { agent: agent.unwrap_or_default(), start: bare(start), end: bare(end) })
}

fn unquoted(word: &str) -> String {
    word.trim().trim_matches(['"', '\'']).to_owned()
}

/// The values up to the bracket that closes the key, split at commas outside of ranges.
fn values_of(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let (mut start, mut in_range, mut in_quotes) = (0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '[' | '(' if !in_range => in_range = true,
            ']' | ')' if in_range => in_range = false,
            ',' if !in_range => {
                values.extend(text.get(start..at));
                start = at + 1;
            }
            ')' => {
                values.extend(text.get(start..at));
                break;
            }
            _ => {}
        }
    }
    values.into_iter().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn both_keys_are_read() {
        let detail = r#"Key (agent, during)=(7, ["2026-03-02 08:00","2026-03-02 16:00")) conflicts with existing key (agent, during)=(7, ["2026-03-02 12:00:00+00","2026-03-02 20:00:00+00"))."#;
        let [own, other] = keys(detail).expect("both keys");
        assert_eq!(
            (own.agent.as_str(), own.start.as_str(), own.end.as_str()),
            ("7", "2026-03-02 08:00", "2026-03-02 16:00")
        );
        assert_eq!(
            (other.start.as_str(), other.end.as_str()),
            ("2026-03-02 12:00:00+00", "2026-03-02 20:00:00+00")
        );
        let turned = "Key (tstzrange, employee_id)=([a,b), x-1) conflicts with existing key (tstzrange, employee_id)=([c,), x-1).";
        let [own, other] = keys(turned).expect("both keys");
        assert_eq!(
            (own.agent.as_str(), other.start.as_str(), other.end.as_str()),
            ("x-1", "c", "")
        );
        assert_eq!(keys("Key (id)=(7) already exists."), None);
    }
}
