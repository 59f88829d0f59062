//! How fast large inputs are split: `cargo test --release scale -- --ignored --nocapture`.

#![allow(clippy::print_stderr, reason = "its output is what it is for")]

use crate::split::table::{Dialect, outline_table};
use crate::split::{ChunkChoice, Outline, SplitError, outline_document, outline_lines};
use crate::split::{KeyUse, page_key};
use std::io::{self, Write};
use std::time::Instant;

fn key_use(key: &[u8]) -> KeyUse {
    page_key(key).unwrap_or(KeyUse::Field)
}

/// Counts bytes, and copies them as a file would.
struct Counter(u64, Vec<u8>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        if self.1.len() > 1 << 16 {
            self.1.clear();
        }
        self.1.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn measure(
    name: &str,
    source: &[u8],
    outline: impl Fn() -> Result<Box<dyn Outline>, SplitError>,
    turn: u32,
) {
    let megabytes = source.len() as f64 / 1e6;
    let started = Instant::now();
    let outline = outline().unwrap();
    let scanned = started.elapsed().as_secs_f64();
    let count = outline.records();
    let started = Instant::now();
    let (mut counter, mut chunk) = (Counter(0, Vec::new()), Vec::new());
    let lanes = count / turn;
    for first in (0..turn * lanes).step_by(50) {
        // Neighbours, or records that are far from each other.
        chunk.clear();
        chunk.extend(
            (first..(first + 50).min(turn * lanes))
                .map(|place| place / turn + place % turn * lanes),
        );
        chunk.sort_unstable();
        outline.write(&source, &ChunkChoice::of(&chunk), &mut counter).unwrap();
    }
    let written = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut copy = Counter(0, Vec::new());
    let mut buffer = Vec::new();
    for block in source.chunks(1 << 14) {
        buffer.clear();
        buffer.extend_from_slice(block);
        copy.write_all(&buffer).unwrap();
    }
    let copied = started.elapsed().as_secs_f64();
    eprintln!(
        "{name}: {megabytes:.0} MB, {count} records; scan {scanned:.3} s = {:.0} MB/s; chunks {written:.3} s, {:.0} MB written; copy {copied:.3} s",
        megabytes / scanned,
        counter.0 as f64 / 1e6,
    );
}

fn record(number: usize) -> String {
    format!(
        "{{\"id\":\"shift-{number:07}\",\"startDate\":\"2026-03-02T08:00:00.000Z\",\"lengthMinutes\":480,\"activities\":[{{\"activityCodeId\":\"{}\",\"startDate\":\"2026-03-02T08:00:00.000Z\",\"lengthMinutes\":480}}],\"manuallyEdited\":true}}",
        number % 17
    )
}

#[test]
fn sizes() {
    assert_eq!(size_of::<crate::split::tree::Branch>(), 64);
}

#[test]
#[ignore = "for measuring"]
fn large_inputs() {
    let count = 1_000_000;
    let (mut text, mut offsets) = ("{\"weekCount\":1,\"agentSchedules\":[".to_owned(), Vec::new());
    for number in 0..count {
        if number % 5 == 0 {
            text.push_str(if number > 0 { "],\"fullDayTimeOffMarkers\":[]},\n" } else { "" });
            text.push_str(&format!("{{\"userId\":\"agent-{number:07}\",\"shifts\":["));
        } else {
            text.push(',');
        }
        offsets.push(text.len() as u64);
        text.push_str(&record(number));
    }
    text.push_str("]}],\"published\":true}");
    let source = text.into_bytes();
    for turn in [1, 50] {
        let outline = || Ok(Box::new(outline_document(&source, &offsets, &key_use)?) as _);
        measure("uploads", &source, outline, turn);
    }

    let (mut text, mut offsets) = ("[\n".to_owned(), Vec::new());
    for number in 0..count {
        offsets.push(text.len() as u64 + 2);
        text.push_str("  {\n    \"id\": \"shift\",\n    \"agent\": \"anna\",\n    \"start\": \"2026-03-02T08:00:00Z\",\n    \"end\": \"2026-03-02T16:00:00Z\",\n    \"activity\": \"phone\"\n  }");
        text.push_str(if number + 1 < count { ",\n" } else { "\n" });
    }
    text.push_str("]\n");
    let source = text.into_bytes();
    let outline = || Ok(Box::new(outline_document(&source, &offsets, &key_use)?) as _);
    measure("pretty list", &source, outline, 1);

    let (mut text, mut offsets) = (String::new(), Vec::new());
    for number in 0..count {
        offsets.push(text.len() as u64);
        text.push_str(&record(number));
        text.push('\n');
    }
    let source = text.into_bytes();
    let outline = || Ok(Box::new(outline_lines(&source, &offsets, &key_use)?) as _);
    measure("lines", &source, outline, 1);

    let (mut text, mut offsets) = ("agent,start,end,notes\n".to_owned(), Vec::new());
    for number in 0..count {
        offsets.push(text.len() as u64);
        text.push_str(&format!(
            "agent-{number:07},2026-03-02T08:00:00Z,2026-03-02T16:00:00Z,\"late, but here\"\n"
        ));
    }
    let source = text.into_bytes();
    let dialect = Dialect { delimiter: b',', quote: Some(b'"') };
    for turn in [1, 50] {
        let outline = || Ok(Box::new(outline_table(&source, 22, &offsets, dialect)?) as _);
        measure("table", &source, outline, turn);
    }
}
