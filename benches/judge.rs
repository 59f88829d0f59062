//! Facts become findings: the rule of a pair, and the words about it.

use crate::data::Folder;
use crate::schedule::{Form, Schedule};
use criterion::{Criterion, Throughput};
use shiftlint::judge::{rule_of_overlap, selected};
use shiftlint::model::fact::OverlapKind;
use shiftlint::model::finding::{Case, Finding};
use shiftlint::model::source::Role;
use std::cell::LazyCell;
use std::hint::black_box;

pub(crate) fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("judge");
    group.throughput(Throughput::Elements(OverlapKind::COUNT as u64));
    group.bench_function("the rule of every kind of overlap_kind", |bencher| {
        bencher.iter(|| {
            (0..OverlapKind::COUNT)
                .filter_map(|number| rule_of_overlap(&OverlapKind::from_number(number)))
                .count()
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("the rules that are on", |bencher| {
        bencher.iter(|| selected(&[], &[], &[]));
    });
    let schedule = Schedule { agents: 20, shifts: 50, share: 0.3 };
    let findings = LazyCell::new(|| {
        Folder::new().with(Role::Batch, schedule, Form::Offsets).report().findings
    });
    group.bench_function("the words of a finding", |bencher| {
        let mut next = findings.iter().cycle();
        bencher.iter(|| next.next().map(|finding| (finding.rule.describe)(&case(finding))));
    });
    group.finish();
}

fn case(finding: &Finding) -> Case<'_> {
    let overlap_kind = match finding.records.as_slice() {
        [earlier, later] => earlier.side.zip(later.side).map(|(earlier, later)| {
            OverlapKind::new(earlier, later, false, finding.cross_day == Some(true), true)
        }),
        _ => None,
    };
    Case {
        agent: black_box(finding.agent.as_deref().unwrap_or_default()),
        records: &finding.records,
        claim: finding.claim.as_ref(),
        overlap_kind,
        certainty: finding.certainty,
        ..Case::default()
    }
}
