//! A finding has the same fingerprint in another run, whatever moved.

use super::schedule::schedules;
use super::{PLAIN, check_parts, check_whole, config, shuffled};
use crate::world::check::{check, file, settings};
use proptest::prelude::{any, prop_assert_eq, proptest};
use shiftlint::model::finding::{Finding, Report};
use shiftlint::model::source::Role;
use std::collections::BTreeSet;

/// The fingerprints of overlaps, each with what it is about.
fn fingerprints(report: &Report) -> Vec<(String, String)> {
    let about = |finding: &Finding| {
        let record = |record: &shiftlint::model::finding::Record| {
            let instants =
                [&record.start, &record.end].map(|moment| moment.at.map(|at| at.instant));
            format!("{:?} {instants:?}", record.id)
        };
        let mut records: Vec<String> = finding.records.iter().map(|of| record(of)).collect();
        records.sort();
        format!("{} {:?} {records:?}", &finding.rule.code[..3], finding.agent)
    };
    let overlaps = report.findings.iter().filter(|finding| finding.rule.code.starts_with("OV"));
    let mut all: Vec<(String, String)> =
        overlaps.map(|finding| (finding.fingerprint.to_string(), about(finding))).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn neither_rows_nor_files_change_a_fingerprint(
        schedule in schedules(),
        keys in proptest::collection::vec(any::<u16>(), 24),
        place in 0..24usize,
    ) {
        let before = fingerprints(&check_whole(&schedule, PLAIN));
        let different: BTreeSet<&String> = before.iter().map(|(print, _)| print).collect();
        prop_assert_eq!(different.len(), before.len());
        let shuffled = shuffled(&schedule, keys);
        prop_assert_eq!(&fingerprints(&check_whole(&shuffled, PLAIN)), &before);
        let batch = schedule.of(Role::Batch);
        let (first, second) = batch.split_at(place.min(batch.len()));
        prop_assert_eq!(&fingerprints(&check_parts(&schedule, &[second, first], PLAIN)), &before);
    }
}

/// The only fingerprint of what these files say.
fn fingerprint(files: &[(Role, &str, &str)]) -> String {
    let files = files.iter().map(|(role, name, text)| file(*role, name, *text)).collect();
    let report = check(&settings(files));
    let all: Vec<String> =
        report.findings.iter().map(|finding| finding.fingerprint.to_string()).collect();
    assert_eq!(all.len(), 1, "{:?}", report.findings);
    all.concat()
}

#[test]
fn a_fingerprint_is_what_version_1_says() {
    const HEADER: &str = "id,agent,start,end\n";
    let (early, late) = (
        "s-2,ann,2026-03-02T08:00Z,2026-03-02T16:00Z\n",
        "s-1,ann,2026-03-02T12:00+01:00,2026-03-02T20:00+01:00\n",
    );
    let batch = |rows: &[&str]| format!("{HEADER}{}", rows.concat());
    let both = batch(&[early, late]);
    let expected = "v1:62c41e524b165da7";
    assert_eq!(fingerprint(&[(Role::Batch, "batch.csv", &both)]), expected);
    // One of them is live meanwhile, the other is moved, and written in another way.
    let moved = late.replace("12:00+01:00", "11:30Z").replace("20:00+01:00", "19:30:00.000Z");
    for sides in [[Role::Batch, Role::Published], [Role::Published, Role::Batch]] {
        let (one, other) = (batch(&[early]), batch(&[&moved]));
        let files = [(sides[0], "one.csv", &*one), (sides[1], "other.csv", &*other)];
        assert_eq!(fingerprint(&files), expected);
    }
    let json = r#"[{"id":"s-1","agent":"ann","start":"2026-03-03T22:00Z","end":"2026-03-04T06:00Z"},
        {"id":"s-2","agent":"ann","start":"2026-03-04T00:00Z","end":"2026-03-04T08:00Z"}]"#;
    assert_eq!(fingerprint(&[(Role::Batch, "night.json", json)]), expected);
    let off = "agent,start,end\nann,2026-03-02T08:00Z,2026-03-02T09:00Z\n";
    let files = [(Role::Batch, "batch.csv", &*batch(&[early])), (Role::TimeOff, "off.csv", off)];
    assert_eq!(fingerprint(&files), "v1:3d393c340f214ff7");
}
