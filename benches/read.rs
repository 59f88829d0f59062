//! Bytes become rows: blocks of a file, and rows of a block.

use crate::data::{Folder, scaled, text};
use crate::schedule::Form;
use criterion::{Criterion, Throughput};
use shiftlint::model::source::Role;
use shiftlint::read::csv::Table;
use shiftlint::read::source::Source;
use shiftlint::read::{Account, Block, Document, Opening, Part};
use std::cell::LazyCell;
use std::hint::black_box;

pub(crate) fn measure(criterion: &mut Criterion) {
    let records = scaled(20_000);
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(records));
    let plain = LazyCell::new(|| text(records, Form::Offsets));
    group.bench_function("csv, plain", |bencher| {
        bencher.iter(|| rows(&plain));
    });
    let quoted = LazyCell::new(|| quote(&plain));
    group.bench_function("csv, quoted", |bencher| {
        bencher.iter(|| rows(&quoted));
    });
    let folder = LazyCell::new(|| Folder::of_batch(records, Form::Offsets));
    group.bench_function("source, one thread", |bencher| bencher.iter(|| source(&folder)));
    group.finish();
}

/// Puts every cell into quotes.
fn quote(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let lines = text.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")));
    lines.collect::<String>().into_bytes()
}

fn rows(text: &[u8]) -> usize {
    let opening = Opening::of_whole(text, Role::Batch);
    let table = Table::open(&opening).expect("a header");
    let part = Part::default();
    let block = Block::new(&text[table.outset().start..], &part);
    let mut rows = 0;
    table
        .read(&block, &mut Account::default(), &mut |row| rows += black_box(row).offset & 1)
        .expect("sound records");
    rows
}

fn source(folder: &Folder) -> u64 {
    let settings = folder.settings();
    let source = Source::open(&settings.files[0], &settings);
    let mut buffer = Vec::new();
    let mut rows = 0;
    while let Some(handle) = source.next_block(&mut buffer) {
        source.read(handle, &buffer, &mut |row, _| rows += u64::from(black_box(row).line & 1));
    }
    rows
}
