//! Gives each finding a fingerprint, which is the same in another run.
//!
//! Version 1: 64-bit FNV-1a over words, each with a byte 0xFF behind it: the family of an
//! overlap (`OV1`) or the code of another rule, the agent, and the keys of the records,
//! sorted as text. The key of a record is its id; its start and its end in milliseconds
//! since 1970 where it has none; its schedule and version where the finding is about
//! these. Equal ones are numbered from 0 by the spans of their records, and each number
//! adds 0x9E3779B97F4A7C15. What is called `v1` never changes.

use crate::model::finding::{Finding, Fingerprint, Moment, Record};
use crate::model::keys::QuickMap;
use crate::model::time::Instant;
use crate::model::word_hash::WordHash;
use std::borrow::Cow;

/// How far apart findings with one fingerprint are put.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The fingerprint of a finding, and of all others about records with these keys.
pub(super) fn of(finding: &Finding) -> Fingerprint {
    let mut hash = WordHash::default();
    hash.add(finding.rule.kin());
    hash.add(finding.agent.as_deref().unwrap_or_default());
    let of_schedule = finding.rule.is_of_version();
    let mut keys: Vec<RecordIdentity<'_>> =
        finding.records.iter().map(|record| key(record, of_schedule)).collect();
    // Which of the records comes first hangs on rows, and on which one is live.
    keys.sort_unstable();
    for (word, second) in keys {
        hash.add(&word);
        second.iter().for_each(|word| hash.add(word));
    }
    Fingerprint(hash.finish())
}

/// What a record is told from others by: one word, or two.
type RecordIdentity<'r> = (Cow<'r, str>, Option<Cow<'r, str>>);

fn key(record: &Record, of_schedule: bool) -> RecordIdentity<'_> {
    match (&record.id, &record.schedule) {
        (_, Some(schedule)) if of_schedule => {
            let version = record.version.as_deref().unwrap_or_default();
            (Cow::Borrowed(schedule), Some(Cow::Borrowed(version)))
        }
        (Some(id), _) => (Cow::Borrowed(id), None),
        (None, _) => (instant(&record.start), Some(instant(&record.end))),
    }
}

fn instant(moment: &Moment) -> Cow<'_, str> {
    match moment.at {
        Some(stamp) => Cow::Owned(stamp.instant.millis().to_string()),
        None => Cow::Borrowed(&moment.written),
    }
}

/// Tells apart findings in the order of the report that have one fingerprint.
pub(super) fn tell_apart(findings: &mut [Finding]) {
    let mut first: QuickMap<Fingerprint, usize> = QuickMap::default();
    first.reserve(findings.len());
    let mut alike: Vec<usize> = Vec::new();
    for (place, finding) in findings.iter().enumerate() {
        let first = *first.entry(finding.fingerprint).or_insert(place);
        alike.extend((first != place).then_some([first, place]).into_iter().flatten());
    }
    alike.sort_unstable();
    alike.dedup();
    // The sort is stable: what nothing tells apart stays in the order of the report.
    alike.sort_by_cached_key(|place| {
        findings.get(*place).map(|finding| (finding.fingerprint, spans(finding)))
    });
    let (mut last, mut number) = (None, 0u64);
    for place in alike {
        let Some(finding) = findings.get_mut(place) else { continue };
        number = if last == Some(finding.fingerprint) { number + 1 } else { 0 };
        last = Some(finding.fingerprint);
        finding.fingerprint.0 = finding.fingerprint.0.wrapping_add(number.wrapping_mul(STEP));
    }
}

/// The spans of the records of a finding, sorted.
fn spans(finding: &Finding) -> Vec<[Option<Instant>; 2]> {
    let instant = |moment: &Moment| moment.at.map(|stamp| stamp.instant);
    let span = |record: &Record| [&record.start, &record.end].map(instant);
    let mut spans: Vec<_> = finding.records.iter().map(|record| span(record)).collect();
    spans.sort_unstable();
    spans
}
