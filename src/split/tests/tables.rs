//! Chunks of tables against the `csv` crate.

use super::{chunk, part};
use crate::split::table::{Dialect, outline_table, outline_table_in_blocks};
use crate::split::{Bare, ChunkChoice, Edit, Outline};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, prop, prop_assert_eq, prop_oneof, proptest,
};

const DIALECT: Dialect = Dialect { delimiter: b';', quote: Some(b'"') };

/// The rows that the `csv` crate reads.
fn rows(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(DIALECT.delimiter)
        .from_reader(bytes);
    let rows = reader.byte_records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(<[u8]>::to_vec).collect()).collect()
}

/// A cell as it is written: plain, with quotes within, quoted, with text after the quotes.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ,\u{e9}]{0,6}",
        "[a-z][a-z\"]{0,4}",
        "([a-z;\"\n\r]|\r\n){0,8}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
        "[a-z;\n]{0,4}".prop_map(|text| format!("\"{text}\"x\"")),
        Just(" \"".to_owned()),
    ]
}

const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn chunks_of_tables_are_the_header_and_the_rows_of_their_records(
        head in prop_oneof![Just(""), Just("a;b@"), Just("\u{feff}a;\"b@\"@"), Just("sep=;@Title@@a;b@")],
        lines in prop::collection::vec((prop::collection::vec(cell(), 1..4), 0usize..12), 0..14),
        end in 0usize..3,
        is_mixed in prop::bool::weighted(0.2),
        is_ended in prop::bool::ANY,
        parts in prop::collection::vec(0usize..3, 1..20),
        block in 1usize..40,
        turn in 0usize..20,
    ) {
        let head = head.replace('@', ENDS[end]);
        let (mut text, mut offsets, mut expected, mut is_dense) = (head.clone(), Vec::new(), Vec::new(), true);
        let mut extents = Vec::new();
        for (place, (cells, other)) in lines.iter().enumerate() {
            let start = text.len();
            let own = if is_mixed { ENDS[other % 3] } else { ENDS[end] };
            let is_last = place + 1 == lines.len();
            let own = if is_last && !is_ended { "" } else { own };
            // A line feed after a carriage return would be part of the line end before it.
            let own = if *other == 0 && own == "\n" && text.ends_with('\r') { "\r" } else { own };
            match other {
                0 => text.push_str(own),
                1 => text.push_str(&format!("Total;12{own}")),
                _ => {
                    // An empty line is no row.
                    let line = cells.join(";");
                    let line = if line.is_empty() { "x".to_owned() } else { line };
                    text.push_str(&format!("{line}{own}"));
                    offsets.push(start as u64);
                    expected.push(rows(format!("{line}\n").as_bytes()).remove(0));
                    extents.push(start as u64..text.len() as u64);
                    continue;
                }
            }
            is_dense &= text.len() == start;
        }
        let source = text.clone().into_bytes();
        let outline = outline_table(&source, head.len() as u64, &offsets, DIALECT).unwrap();
        let again = outline_table_in_blocks(&source, (head.len() as u64, &offsets), DIALECT, block);
        prop_assert_eq!(&again.unwrap(), &outline);
        let found: Vec<_> = (0..outline.records()).filter_map(|record| outline.extent(record)).collect();
        prop_assert_eq!(found, extents);
        let all: Vec<u32> = (0..outline.records()).collect();
        if is_dense {
            prop_assert_eq!(&chunk(&outline, &source, &all, Bare::First), &source);
        }
        let mut orders: Vec<Vec<u32>> = (0..3).map(|number| part(&parts, number, outline.records())).collect();
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len().max(1));
        orders.push(turned);
        for chosen in orders {
            let mut wanted = rows(head.as_bytes());
            wanted.extend(chosen.iter().map(|record| expected[*record as usize].clone()));
            let bytes = chunk(&outline, &source, &chosen, Bare::First);
            prop_assert_eq!(rows(&bytes), wanted, "{:?} of {:?}", String::from_utf8_lossy(&bytes), text);
        }
    }
}

#[test]
fn the_last_line_gets_a_line_end_only_before_another() {
    let source = b"a\r\n1\r\n\r\n2\r\n3".to_vec();
    let outline = outline_table(&source, 3, &[3, 8, 11], DIALECT).unwrap();
    assert_eq!(chunk(&outline, &source, &[1, 2], Bare::First), b"a\r\n2\r\n3");
    assert_eq!(chunk(&outline, &source, &[2, 0], Bare::First), b"a\r\n3\r\n1\r\n");
}

#[test]
fn edits_are_written_where_their_bytes_are_kept() {
    let source = b"a;b\n;1\nx;2\n;3\n".to_vec();
    let outline = outline_table(&source, 4, &[4, 7, 11], DIALECT).unwrap();
    let edit = |range, bytes: &[u8]| Edit { range, bytes: bytes.to_vec() };
    let edits = [edit(4..4, b"w"), edit(7..8, b"yy"), edit(11..11, b"z"), edit(2..3, b"c")];
    for (records, expected) in [
        (&[0, 2][..], &b"a;c\nw;1\nz;3\n"[..]),
        (&[1], b"a;c\nyy;2\n"),
        (&[2, 1, 0], b"a;c\nz;3\nyy;2\nw;1\n"),
    ] {
        let mut out = Vec::new();
        let choice = ChunkChoice { records, edits: &edits, ..ChunkChoice::default() };
        outline.write(&source, &choice, &mut out).unwrap();
        assert_eq!(out, expected);
    }
}
