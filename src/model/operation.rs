//! Knows words for what is done with a record: create, update, delete.

/// Words for operations after which there is no such record.
const DELETES: [&str; 12] = [
    "d",
    "del",
    "delete",
    "deleted",
    "remove",
    "removed",
    "cancel",
    "cancelled",
    "canceled",
    "l\u{f6}schen",
    "supprimer",
    "eliminar",
];

/// Words for all others.
const KEEPS: [&str; 25] = [
    "a",
    "add",
    "added",
    "i",
    "insert",
    "inserted",
    "u",
    "update",
    "updated",
    "upsert",
    "new",
    "create",
    "created",
    "change",
    "changed",
    "modify",
    "modified",
    "edit",
    "edited",
    "replace",
    "keep",
    "none",
    "no change",
    "unchanged",
    "save",
];

/// Whether an operation deletes its record; `None` for other words.
#[must_use]
pub fn deletes(word: &[u8]) -> Option<bool> {
    const LONGEST: usize = 12;
    let text = std::str::from_utf8(word).ok().filter(|text| text.len() <= LONGEST)?;
    let lower = text.trim().to_lowercase();
    let is_of = |list: &[&str]| list.contains(&lower.as_str());
    if is_of(&DELETES) { Some(true) } else { is_of(&KEEPS).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::deletes;

    #[test]
    fn operations_delete_a_record_or_keep_it() {
        for (word, expected) in [
            ("Delete", Some(true)),
            ("D", Some(true)),
            ("REMOVE", Some(true)),
            ("Add", Some(false)),
            ("UPDATE", Some(false)),
            ("no change", Some(false)),
            ("Answer calls", None),
            ("delete this shift", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(deletes(word.as_bytes()), expected, "{word}");
        }
    }
}
