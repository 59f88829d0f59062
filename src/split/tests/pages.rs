//! Page keys of chunks.

use crate::split::{ChunkChoice, KeyUse, Outline, outline_document, page_key, rewrite_pages};

fn key_use(key: &[u8]) -> KeyUse {
    page_key(key).unwrap_or(if key.starts_with(b"id:") { KeyUse::Entry } else { KeyUse::Field })
}

/// A chunk with its own page keys, and what changed. Records are where a `{"r"` is.
fn chunk_of(text: &str, records: &[u32]) -> (String, Vec<String>) {
    let source = text.as_bytes().to_vec();
    let offsets: Vec<u64> = text.match_indices("{\"r\"").map(|(at, _)| at as u64).collect();
    let outline = outline_document(&source, &offsets, &key_use).unwrap();
    let mut out = Vec::new();
    outline
        .write(&source, &ChunkChoice::of(&(0..offsets.len() as u32).collect::<Vec<_>>()), &mut out)
        .unwrap();
    assert_eq!(out, source);
    let choice = ChunkChoice::of(records);
    let pages = rewrite_pages(&outline, &source, &choice).unwrap();
    let choice = ChunkChoice { edits: &pages.edits, removed: &pages.removed, ..choice };
    out.clear();
    outline.write(&source, &choice, &mut out).unwrap();
    let changes = pages.changes.iter().map(|change| {
        assert_eq!(&text[change.at as usize..][..change.old.len()], change.old);
        format!("{} {} {}", change.key, change.old, change.new.as_deref().unwrap_or("-"))
    });
    let changes = changes.collect();
    let text = String::from_utf8(out).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    (text, changes)
}

#[test]
fn counts_and_links_are_those_of_the_chunk() {
    let text = r#"{"entities": [{"r":0}, {"r":1}, {"r":2}],
 "pageSize": 25, "pageNumber": 2, "total": 103, "pageCount": 5,
 "selfUri": "/x?2", "nextUri": "/x?3", "previousUri": null}"#;
    let (chunk, changes) = chunk_of(text, &[0, 2]);
    let expected = r#"{"entities": [{"r":0}, {"r":2}],
 "pageSize": 25, "pageNumber": 1, "total": 2, "pageCount": 1,
 "selfUri": "/x?2", "previousUri": null}"#;
    assert_eq!(chunk, expected);
    assert_eq!(changes, ["pageNumber 2 1", "total 103 2", "pageCount 5 1", "nextUri \"/x?3\" -"]);
}

#[test]
fn a_last_key_goes_with_the_comma_before_it() {
    let text = r#"{"@odata.context":"x","@odata.count":"2","value":[{"r":0},{"r":1}],"@odata.nextLink":"y" }"#;
    let (chunk, _) = chunk_of(text, &[1]);
    assert_eq!(chunk, r#"{"@odata.context":"x","@odata.count":"1","value":[{"r":1}] }"#);
    let (chunk, changes) = chunk_of(
        r#"{"next":"y","paging":{"next":{"href":"z"},"hasMore":true,"total":2},"a":[{"r":0},{"r":1}]}"#,
        &[],
    );
    assert_eq!(chunk, r#"{"paging":{"hasMore":false,"total":0},"a":[]}"#);
    assert_eq!(changes.len(), 4);
    let text = r#"{"meta":{"total":2},"data":[{"id":[{"r":0},{"r":1},{"r":2}]},{"r":3}]}"#;
    assert!(chunk_of(text, &[0, 1]).0.starts_with(r#"{"meta":{"total":1},"#));
    let (chunk, _) = chunk_of(r#"{"next":"y" , "one":{"r":0}, "nextPage":2}"#, &[]);
    assert_eq!(chunk, "{}");
}

#[test]
fn within_elements_only_true_counts_change() {
    let text = r#"{"total":2,"count":3,"agents":[
{"count":2,"next":"b","total":7,"shifts":[{"r":0},{"r":1}]},
{"count":1,"shifts":[{"r":2}]}]}"#;
    let (chunk, changes) = chunk_of(text, &[1]);
    let expected = r#"{"total":1,"count":1,"agents":[
{"count":1,"next":"b","total":7,"shifts":[{"r":1}]}]}"#;
    assert_eq!(chunk, expected);
    assert_eq!(changes, ["total 2 1", "count 3 1", "count 2 1"]);
    let (chunk, _) =
        chunk_of(r#"{"total":2,"users":{"id:a":{"s":[{"r":0},{"r":1}]},"id:b":{"r":2}}}"#, &[2]);
    assert_eq!(chunk, r#"{"total":1,"users":{"id:b":{"r":2}}}"#);
}

#[test]
fn page_keys_are_known_in_any_spelling() {
    for key in ["total", "totalCount", "TOTAL_COUNT", "@odata.nextLink", "continuation-token"] {
        assert!(matches!(page_key(key.as_bytes()), Some(KeyUse::Page(_))), "{key}");
    }
    for key in ["", "shifts", "pageSize", "totalHours", "continuationTokens", "next of kin"] {
        assert_eq!(page_key(key.as_bytes()), None, "{key}");
    }
}
