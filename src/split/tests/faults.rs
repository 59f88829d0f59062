//! What cannot be split is an error with its place.

use super::model::{Written, key_use, model, style};
use crate::split::table::{Dialect, outline_table};
use crate::split::{Bare, ChunkChoice, Outline, SplitError, outline_document, outline_lines};
use proptest::prelude::{ProptestConfig, prop, prop_assert, proptest};

fn document(text: &str, offsets: &[u64]) -> String {
    match outline_document(&text.as_bytes().to_vec(), offsets, &key_use) {
        Ok(_) => "split".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn table(text: &str, head: u64, offsets: &[u64]) -> String {
    let dialect = Dialect { delimiter: b',', quote: Some(b'"') };
    match outline_table(&text.as_bytes().to_vec(), head, offsets, dialect) {
        Ok(_) => "split".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn records_begin_where_values_do() {
    let text = r#"[{"a":"{"}, 12, "b"]"#;
    for (offsets, expected) in [
        (&[1][..], "split"),
        (&[12, 16], "split"),
        (&[1, 1], "the record at byte 1 is not after the one before it"),
        (&[12, 1], "the record at byte 1 is not after the one before it"),
        (&[7], "no record that could be cut out begins at byte 7"),
        (&[2], "no record that could be cut out begins at byte 2"),
        (&[1, 6], "no record that could be cut out begins at byte 6"),
        (&[13], "no record that could be cut out begins at byte 13"),
        (&[11], "no record that could be cut out begins at byte 11"),
        (&[19], "no record that could be cut out begins at byte 19"),
        (&[20], "no record that could be cut out begins at byte 20"),
        (&[u64::MAX], "no record that could be cut out begins at byte 18446744073709551615"),
    ] {
        assert_eq!(document(text, offsets), expected, "{offsets:?}");
    }
}

#[test]
fn broken_documents_are_reported_with_their_place() {
    for (text, offsets, expected) in [
        (r#"[{"a":1"#, &[1][..], "the input ends at byte 7, within a value"),
        (r#"[{"a":1}"#, &[1], "the input ends at byte 8, within a value"),
        (r#"[{"a":"\"#, &[1], "the input ends at byte 8, within a value"),
        ("", &[], "the input ends at byte 0, within a value"),
        ("[{},]", &[1], "byte 4 is not the beginning of a value"),
        ("[{} {}]", &[1], "byte 4 is not a comma or a closing bracket"),
        (r#"{"a" [{}]}"#, &[6], "byte 5 is not the colon after a key"),
        ("{[{}]}", &[2], "byte 1 is not the quote before a key"),
        ("[{}}", &[1], "byte 3 is not a comma or a closing bracket"),
        ("[{}] []", &[1], "byte 5 is not the end of the document"),
    ] {
        assert_eq!(document(text, offsets), expected, "{text}");
    }
    let nested = format!("{}{{}}{}", "[".repeat(128), "]".repeat(128));
    let deeper = format!("[{nested}]");
    assert_eq!(document(&nested, &[64]), "lists and objects are nested too deeply at byte 128");
    assert_eq!(document(&deeper, &[129]), "lists and objects are nested too deeply at byte 128");
    assert_eq!(document(&nested[1..257], &[127]), "split");
    assert_eq!(
        document(&"[".repeat(1 << 20), &[9]),
        "lists and objects are nested too deeply at byte 128"
    );
}

#[test]
fn records_of_tables_begin_where_lines_do() {
    let text = "a,b\r\n1,\"x\r\ny\"\r\n2,y\r\n";
    for (head, offsets, expected) in [
        (5, &[5, 15][..], "split"),
        (5, &[15], "split"),
        (5, &[5, 11], "no record that could be cut out begins at byte 11"),
        (5, &[4], "no record that could be cut out begins at byte 4"),
        (4, &[4], "no record that could be cut out begins at byte 4"),
        (5, &[6], "no record that could be cut out begins at byte 6"),
        (5, &[20], "no record that could be cut out begins at byte 20"),
        (5, &[99], "no record that could be cut out begins at byte 99"),
        (5, &[15, 15], "the record at byte 15 is not after the one before it"),
    ] {
        assert_eq!(table(text, head, offsets), expected, "{offsets:?}");
    }
    assert_eq!(table("a\n\"x\ny", 2, &[2]), "the input ends at byte 6, within a value");
    assert_eq!(table("\u{feff}x", 3, &[3]), "split");
}

#[test]
fn choices_have_to_be_records_in_order() {
    let source = b"[{},{}]".to_vec();
    let outline = outline_document(&source, &[1, 4], &key_use).unwrap();
    for records in [&[1, 0][..], &[0, 0], &[2]] {
        let error = outline.write(&source, &ChunkChoice::of(records), &mut Vec::new());
        assert_eq!(error.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    }
    let error = outline.write(&b"[{}".to_vec(), &ChunkChoice::of(&[1]), &mut Vec::new());
    assert_eq!(error.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
}

#[test]
fn a_broken_line_that_is_a_record_stays_in_one_piece() {
    let source = b"{\"a\":1}\r\n{\"a\": \r\n{\"a\":2}".to_vec();
    let outline = outline_lines(&source, &[0, 9, 17], &key_use).unwrap();
    let mut out = Vec::new();
    outline
        .write(&source, &ChunkChoice { bare: Bare::Never, ..ChunkChoice::of(&[1, 2]) }, &mut out)
        .unwrap();
    assert_eq!(out, b"{\"a\": \r\n{\"a\":2}");
    for at in [26, 99] {
        let error = outline_lines(&source, &[0, at], &key_use).unwrap_err();
        assert!(matches!(error, SplitError::NotARecord { at: own } if own == at), "{error}");
    }
    let error = outline_lines(&source, &[0, 14], &key_use).unwrap_err();
    assert!(matches!(error, SplitError::NotARecord { at: 14 }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Documents that were cut or changed, and beginnings that are anywhere.
    #[test]
    fn nothing_panics(
        model in model(),
        style in style(),
        changes in prop::collection::vec((0usize..2000, 0usize..9), 0..3),
        end in 0usize..2000,
        moved in prop::collection::vec((0usize..20, 0u64..300), 0..2),
        chosen in prop::collection::btree_set(0u32..20, 0..6),
    ) {
        let mut written = Written::new(&style);
        written.write(&model);
        let mut source = written.text.clone().into_bytes();
        if end % 2 == 0 {
            source.truncate(end % (source.len() + 1));
        }
        for (place, byte) in changes {
            let length = source.len().max(1);
            if let Some(old) = source.get_mut(place % length) {
                *old = b"\"\\{}[],:\n"[byte];
            }
        }
        let mut offsets = written.offsets();
        for (place, offset) in moved {
            let length = offsets.len().max(1);
            if let Some(old) = offsets.get_mut(place % length) {
                *old = offset;
            }
        }
        let chosen: Vec<u32> = chosen.into_iter().collect();
        let dialect = Dialect { delimiter: b',', quote: Some(b'"') };
        let outlines: [Option<Box<dyn Outline>>; 3] = [
            outline_document(&source, &offsets, &key_use).ok().map(|own| Box::new(own) as _),
            outline_lines(&source, &offsets, &key_use).ok().map(|own| Box::new(own) as _),
            outline_table(&source, 0, &offsets, dialect).ok().map(|own| Box::new(own) as _),
        ];
        for outline in outlines.into_iter().flatten() {
            let count = outline.records();
            let chosen: Vec<u32> = chosen.iter().copied().filter(|record| *record < count).collect();
            let mut out = Vec::new();
            prop_assert!(outline.write(&source, &ChunkChoice::of(&chosen), &mut out).is_ok());
            prop_assert!(out.len() <= source.len());
        }
    }
}
