//! Rows become entries, by the way their times are written.

use crate::data::{scaled, text};
use crate::schedule::{FORMS, Form};
use criterion::{Criterion, Throughput};
use shiftlint::calendar::Calendar;
use shiftlint::model::agents::Agents;
use shiftlint::model::conventions::Conventions;
use shiftlint::model::keys::Keys;
use shiftlint::model::row::Row;
use shiftlint::model::settings::Settings;
use shiftlint::model::source::{Origin, Role};
use shiftlint::normalize::{Context, Normalizer, Outcome};
use shiftlint::read::csv::Table;
use shiftlint::read::{Document, Opening};
use shiftlint::timestamp;
use std::cell::LazyCell;
use std::hint::black_box;

pub(crate) fn measure(criterion: &mut Criterion) {
    let records = scaled(10_000);
    let mut group = criterion.benchmark_group("normalize");
    group.throughput(Throughput::Elements(records));
    for (name, form) in FORMS {
        if ![Form::Offsets, Form::Zone, Form::Clock].contains(&form) {
            continue;
        }
        let text = LazyCell::new(|| text(records, form));
        let rows = LazyCell::new(|| rows(&text));
        group.bench_function(name, |bencher| {
            LazyCell::force(&rows);
            bencher.iter(|| entries(&rows));
        });
    }
    let word: &[u8] = black_box(b"2026-03-02T08:00:00-06:00");
    group.throughput(Throughput::Elements(1));
    group.bench_function("timestamp at fixed places", |bencher| {
        bencher.iter(|| timestamp::read(black_box(word), None));
    });
    let word: &[u8] = black_box(b"2026-03-02 08:00 -06:00");
    group.bench_function("timestamp in full", |bencher| {
        bencher.iter(|| timestamp::read(black_box(word), None));
    });
    group.finish();
}

/// The rows of a text, cut here because a reader lends each only for a moment.
fn rows(text: &[u8]) -> Vec<Row<'_>> {
    let opening = Opening::of_whole(text, Role::Batch);
    let table = Table::open(&opening).expect("a header");
    let lines =
        text[table.outset().start..].split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| row_of(&table, line)).collect()
}

fn row_of<'b>(table: &Table, line: &'b [u8]) -> Row<'b> {
    let mut row = Row::default();
    for (field, word) in table.columns.iter().zip(line.split(|byte| *byte == b',')) {
        if let Some(field) = field {
            row.set(*field, word);
        }
    }
    row
}

fn entries(rows: &[Row<'_>]) -> usize {
    let settings = Settings::default();
    let (calendar, agents, keys) = (Calendar::bundled(), Agents::default(), Keys::new());
    let mut normalizer = Normalizer::new(&calendar, &agents, &keys, &settings, None);
    let context = Context { role: Role::Batch, conventions: Conventions::default() };
    let read = |row: &Row<'_>| normalizer.read(row, context, Origin::new(0, row.offset as u64));
    let entries = rows.iter().map(read).filter(|read| matches!(read, Outcome::Entry(..))).count();
    assert_eq!(entries, rows.len(), "every row claims time");
    entries
}
