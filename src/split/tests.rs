//! Chunks are compared with what other programs make of the same input.

mod documents;
mod faults;
mod model;
mod oracle;
mod pages;
mod scale;
mod tables;

use super::{Bare, ChunkChoice, Outline};

/// The bytes of a chunk.
fn chunk(outline: &dyn Outline, source: &[u8], records: &[u32], bare: Bare) -> Vec<u8> {
    let mut out = Vec::new();
    let choice = ChunkChoice { records, bare, ..ChunkChoice::default() };
    outline.write(&source, &choice, &mut out).unwrap();
    out
}

/// The numbers of the records whose part this is.
fn part(parts: &[usize], number: usize, records: u32) -> Vec<u32> {
    let of = |record: &u32| parts[*record as usize % parts.len()] == number;
    (0..records).filter(of).collect()
}
