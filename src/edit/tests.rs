//! Tests edits and their diffs, which Git applies again.

use super::{ByteEdit, FileDiff, apply, write_header};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};

/// Applies a diff without any search for its place.
fn patched(old: &[u8], diff: &[u8]) -> Vec<u8> {
    let lines = |bytes: &[u8]| -> Vec<Vec<u8>> {
        bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
    };
    let (old, mut new, mut at) = (lines(old), Vec::new(), 0);
    for line in lines(diff) {
        match line[0] {
            b'@' => {
                let text = String::from_utf8(line).expect("ASCII");
                let numbers: Vec<usize> =
                    text.split(['-', '+', ',', ' ']).filter_map(|word| word.parse().ok()).collect();
                let start = numbers[0] - usize::from(numbers[1] > 0);
                new.extend_from_slice(&old[at..start]);
                at = start;
                let added = numbers[2] - usize::from(numbers[3] > 0);
                assert_eq!(new.len(), added, "the place of the new lines");
            }
            b' ' | b'-' => {
                let shown = old[at].strip_suffix(b"\n").unwrap_or(&old[at]);
                assert_eq!(&line[1..line.len() - 1], shown, "a line of the old file");
                if line[0] == b' ' {
                    new.push(old[at].clone());
                }
                at += 1;
            }
            b'+' => new.push(line[1..].to_vec()),
            b'\\' => {
                // It is about an old or a new line; only the last new line can lack its end.
            }
            other => panic!("{other}"),
        }
    }
    new.extend_from_slice(&old[at..]);
    new.concat()
}

#[test]
fn a_diff_shows_three_lines_around_each_change() {
    let old = b"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
    let edits =
        [ByteEdit { range: 8..10, new: vec![] }, ByteEdit { range: 25..26, new: b"!".to_vec() }];
    let mut diff = Vec::new();
    FileDiff::of(old, &edits).write(&mut diff).expect("written");
    assert_eq!(
        String::from_utf8(diff).expect("UTF-8"),
        "@@ -2,14 +2,13 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n+1!\n 13\n 14\n 15\n"
    );
}

#[test]
fn names_are_quoted_as_git_does() {
    let header = |name: &str| {
        let mut out = Vec::new();
        write_header(name, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    };
    assert_eq!(header("a.csv"), "--- a/a.csv\n+++ b/a.csv\n");
    assert_eq!(header("a b"), "--- a/a b\t\n+++ b/a b\t\n");
    assert!(header("ü\"\n").contains("--- \"a/\\303\\274\\\"\\012\"\n"));
}

#[test]
fn long_lines_are_left_out_and_shorten_the_context() {
    let long = "x".repeat(5000);
    let old = format!("a\n{long}\nb\nc\nd\ne\nf\n{long}\n");
    let at = |text: &str| old.find(text).expect("there");
    let edits = [
        ByteEdit { range: 2..3, new: b"y".to_vec() },
        ByteEdit { range: at("b\n")..at("b\n") + 1, new: b"B".to_vec() },
        ByteEdit { range: at("d\n")..at("d\n") + 1, new: b"D".to_vec() },
    ];
    let diff = FileDiff::of(old.as_bytes(), &edits);
    assert!(!diff.shows(0) && !diff.shows(1) && diff.shows(2));
    let mut shown = Vec::new();
    diff.write(&mut shown).expect("written");
    assert_eq!(
        String::from_utf8(shown).expect("UTF-8"),
        "@@ -3,5 +3,5 @@\n b\n c\n-d\n+D\n e\n f\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_diff_applied_gives_the_edited_bytes(
        old in prop::collection::vec(prop::sample::select(b"ab\n\n\r\xff".to_vec()), 0..80),
        cuts in prop::collection::vec((0usize..80, prop::collection::vec(prop::sample::select(b"xy\n\r".to_vec()), 0..4)), 0..6),
        lengths in prop::collection::vec(0usize..9, 6),
        ends in any::<bool>(),
    ) {
        let mut old = old;
        old.extend(ends.then_some(b'\n'));
        let mut starts: Vec<_> = cuts;
        starts.sort();
        let mut edits: Vec<ByteEdit> = Vec::new();
        for ((start, new), length) in starts.into_iter().zip(lengths) {
            let start = start.min(old.len());
            let end = (start + length).min(old.len());
            if edits.last().is_none_or(|last| last.range.end < start) {
                edits.push(ByteEdit { range: start..end, new });
            }
        }
        let new = apply(&old, &edits);
        let diff = FileDiff::of(&old, &edits);
        let mut shown = Vec::new();
        diff.write(&mut shown).expect("written");
        let applied = patched(&old, &shown);
        // The last line of the patch lacks its line end where the file does.
        let without = |bytes: &[u8]| bytes.strip_suffix(b"\n").unwrap_or(bytes).to_vec();
        prop_assert_eq!(without(&applied), without(&new));
    }
}
