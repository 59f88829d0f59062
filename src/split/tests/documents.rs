//! Chunks of documents and lines against deletion from the parsed document.

use super::model::{Model, Written, key_use, model, style};
use super::oracle::Oracle;
use super::{chunk, part};
use crate::split::document::{
    DocumentOutline, outline_document, outline_in_blocks, outline_lines, outline_lines_in_blocks,
};
use crate::split::tree::RunKind;
use crate::split::{Bare, ChunkChoice, Outline, ReadAt};
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use std::cell::Cell;
use std::io;

const BARES: [Bare; 3] = [Bare::First, Bare::Always, Bare::Never];

/// What holds for any outline: records are where they were written, all of them give the
/// input, and any partition has each of them once, byte for byte.
fn check_chunks(
    outline: &DocumentOutline,
    written: &Written,
    parts: &[usize],
) -> Result<(), TestCaseError> {
    let source = written.text.clone().into_bytes();
    let count = outline.records();
    prop_assert_eq!(count as usize, written.records.len());
    for (record, (start, end)) in written.records.iter().enumerate() {
        prop_assert_eq!(outline.extent(record as u32), Some(*start as u64..*end as u64));
    }
    let all: Vec<u32> = (0..count).collect();
    for bare in [Bare::First, Bare::Always] {
        prop_assert_eq!(&chunk(outline, &source, &all, bare), &source);
    }
    let mut seen = 0;
    for number in 0..3 {
        let records = part(parts, number, count);
        let bytes = chunk(outline, &source, &records, Bare::First);
        let text = String::from_utf8(bytes).unwrap();
        seen += text.matches('#').count();
        let mut rest = &*text;
        for record in records {
            let (start, end) = written.records[record as usize];
            let own = &written.text[start..end];
            let place = rest.find(own);
            prop_assert!(place.is_some(), "{own} in {rest}");
            rest = &rest[place.unwrap() + own.len()..];
        }
    }
    prop_assert_eq!(seen, written.records.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn chunks_of_documents_are_the_document_without_the_other_records(
        model in model(),
        style in style(),
        mark in prop::bool::weighted(0.1),
        parts in prop::collection::vec(0usize..3, 1..20),
        block in 1usize..70,
    ) {
        let mut written = Written::new(&style);
        written.push(if mark { "\u{feff}" } else { "" });
        written.write(&model);
        let (source, offsets) = (written.text.clone().into_bytes(), written.offsets());
        let outline = outline_document(&source, &offsets, &key_use).unwrap();
        let again = outline_in_blocks(&source, &offsets, &key_use, block).unwrap();
        prop_assert_eq!(&again, &outline);
        if matches!(model, Model::Record(_)) {
            prop_assert_eq!(chunk(&outline, &source, &[0], Bare::First), source);
            return Ok(());
        }
        check_chunks(&outline, &written, &parts)?;
        let parse = |bytes: &[u8]| -> Value {
            serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).unwrap()
        };
        for number in 0..4 {
            let chosen = part(&parts, number, outline.records());
            for bare in BARES {
                let found = chunk(&outline, &source, &chosen, bare);
                prop_assert_eq!(found.starts_with(b"\xef\xbb\xbf"), mark);
                let oracle = Oracle { chosen: &chosen, bare, without_pages: false };
                let expected = oracle.prune(parse(&source));
                // As text, so that the order of keys counts.
                let found = String::from_utf8(found).unwrap();
                prop_assert_eq!(parse(found.as_bytes()).to_string(), expected.to_string(), "{} of {}", found, written.text);
            }
            let pages = outline.tree.runs.iter().zip(0..);
            let pages = pages.filter(|(run, _)| run.kind == RunKind::Page(7));
            let removed: Vec<u32> = pages.map(|(_, number)| number).collect();
            let choice = ChunkChoice { removed: &removed, ..ChunkChoice::of(&chosen) };
            let mut found = Vec::new();
            outline.write(&source, &choice, &mut found).unwrap();
            let oracle = Oracle { chosen: &chosen, bare: Bare::First, without_pages: true };
            let (found, expected) = (parse(&found).to_string(), oracle.prune(parse(&source)));
            prop_assert_eq!(found, expected.to_string(), "{}", written.text);
        }
    }

    #[test]
    fn chunks_of_lines_are_the_lines_of_their_records(
        lines in prop::collection::vec((model(), 0usize..6), 0..9),
        style in style(),
        parts in prop::collection::vec(0usize..3, 1..20),
        ended in prop::bool::ANY,
        block in 1usize..70,
    ) {
        let mut written = Written::new(&style);
        written.in_line = true;
        let mut own = Vec::new();
        for (place, (model, ending)) in lines.iter().enumerate() {
            let (start, first) = (written.text.len(), written.records.len() as u32);
            written.write(model);
            if ended || place + 1 < lines.len() {
                written.text.push_str(["\n", "\n", "\n", "\r\n", "\n\n", "\n \r\n"][*ending]);
            }
            own.push((start..written.text.len(), first..written.records.len() as u32));
        }
        let (source, offsets) = (written.text.clone().into_bytes(), written.offsets());
        let outline = outline_lines(&source, &offsets, &key_use).unwrap();
        let again = outline_lines_in_blocks(&source, &offsets, &key_use, block).unwrap();
        prop_assert_eq!(&again, &outline);
        check_chunks(&outline, &written, &parts)?;
        for bare in BARES {
            let chosen = part(&parts, 0, outline.records());
            let found = String::from_utf8(chunk(&outline, &source, &chosen, bare)).unwrap();
            let oracle = Oracle { chosen: &chosen, bare, without_pages: false };
            let keeps_bare = bare == Bare::Always
                || bare == Bare::First && (outline.records() == 0 || chosen.contains(&0));
            let (mut expected, mut line_feeds) = (Vec::new(), 0);
            for (bytes, records) in &own {
                let feeds = written.text[bytes.clone()].matches('\n').count();
                let is_kept = chosen.iter().any(|record| records.contains(record));
                let with_bare = keeps_bare || outline.records() == 0;
                line_feeds += if with_bare { feeds.saturating_sub(1) } else { 0 };
                if is_kept || records.is_empty() && with_bare {
                    line_feeds += feeds.min(1);
                    let value: Value = serde_json::from_str(&written.text[bytes.clone()]).unwrap();
                    expected.push(oracle.prune(value).to_string());
                }
            }
            let values = found.lines().filter(|line| !line.trim().is_empty());
            let values: Vec<String> = values
                .map(|line| serde_json::from_str::<Value>(line).unwrap().to_string())
                .collect();
            prop_assert_eq!(found.matches('\n').count(), line_feeds);
            prop_assert_eq!(values, expected, "{} of {}", found, written.text);
        }
    }
}

/// A chunk of a document, with records where a `{"r"` is.
fn chunk_of(text: &str, records: &[u32]) -> String {
    let source = text.as_bytes().to_vec();
    let offsets: Vec<u64> = text.match_indices("{\"r\"").map(|(at, _)| at as u64).collect();
    let outline = outline_document(&source, &offsets, &key_use).unwrap();
    String::from_utf8(chunk(&outline, &source, records, Bare::First)).unwrap()
}

#[test]
fn a_pretty_document_stays_pretty() {
    let text = r#"{
  "weekCount": 1,
  "agentSchedules": [
    {
      "userId": "a",
      "shifts": [
        {"r": 0},
        {"r": 1}
      ],
      "fullDayTimeOffMarkers": [
        {"r": 2}
      ]
    },
    {
      "userId": "b",
      "shifts": []
    },
    {
      "userId": "c",
      "shifts": [ {"r": 3} ],
      "fullDayTimeOffMarkers": []
    }
  ],
  "published": true
}
"#;
    let expected = r#"{
  "weekCount": 1,
  "agentSchedules": [
    {
      "userId": "a",
      "shifts": [
        {"r": 1}
      ],
      "fullDayTimeOffMarkers": [
      ]
    }
  ],
  "published": true
}
"#;
    assert_eq!(chunk_of(text, &[1]), expected);
    let expected = r#"{
  "weekCount": 1,
  "agentSchedules": [
    {
      "userId": "c",
      "shifts": [ {"r": 3} ],
      "fullDayTimeOffMarkers": []
    }
  ],
  "published": true
}
"#;
    assert_eq!(chunk_of(text, &[3]), expected);
    assert!(chunk_of(text, &[0]).contains("\"b\""));
}

#[test]
fn entries_of_maps_go_and_fields_stay() {
    let text =
        r#"{"zone":1,"users":{"id:a":[{"r":0}],"id:b":{"r":1} , "id:c":{"shifts":[{"r":2}]}}}"#;
    assert_eq!(chunk_of(text, &[1]), r#"{"zone":1,"users":{"id:b":{"r":1}}}"#);
    assert_eq!(chunk_of(text, &[]), r#"{"zone":1,"users":{}}"#);
    assert_eq!(chunk_of(r#"{"a":{"r":0}, "b":2, "c":{"r":1}}"#, &[1]), r#"{ "b":2, "c":{"r":1}}"#);
}

/// Counts how often it is read.
struct Reads(Vec<u8>, Cell<usize>);

impl ReadAt for Reads {
    fn length(&self) -> u64 {
        self.0.length()
    }

    fn read(&self, from: u64, count: usize, into: &mut Vec<u8>) -> io::Result<()> {
        self.1.set(self.1.get() + 1);
        self.0.read(from, count, into)
    }
}

#[test]
fn neighbours_are_read_together() {
    let agent = |_| r#"{"id":"a","shifts":[{"r":1},{"r":2}],"times":[ {"r":3} ]}"#;
    let agents: Vec<&str> = (0..9000).map(agent).collect();
    let text = format!("{{\"agents\":[{}]}}", agents.join(",\n"));
    let offsets: Vec<u64> = text.match_indices("{\"r\"").map(|(at, _)| at as u64).collect();
    let source = Reads(text.into_bytes(), Cell::new(0));
    let outline = outline_document(&source, &offsets, &key_use).unwrap();
    for (records, most) in [(12_000..12_050, 3), (0..50, 2), (0..27_000, 4)] {
        source.1.set(0);
        let records: Vec<u32> = records.collect();
        outline.write(&source, &ChunkChoice::of(&records), &mut Vec::new()).unwrap();
        assert!(source.1.get() <= most, "{} reads", source.1.get());
    }
}
