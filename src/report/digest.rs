//! Chooses the order in which a person sees findings, and sums the repetitive ones.
//!
//! Overlaps of two records come before what is wrong with one record: thousands of times without
//! an offset would hide the few real conflicts. Of findings of one rule about one file that name
//! no second record, three are shown and the others summed, unless all are wanted. JSON has
//! every finding, in the order of the report.

use super::page::grouped;
use super::visible::shortened_front;
use crate::model::finding::Finding;
use crate::model::rule::Severity;
use std::collections::HashMap;

/// How many findings of one rule about one file are shown before they are summed.
const SHOWN: usize = 3;

/// The most columns that a path may take in a sum.
const LONGEST_PATH: usize = 400;

/// Something that is shown.
#[derive(Debug)]
pub(super) enum DigestItem<'r> {
    /// A finding.
    Finding(&'r Finding),
    /// Findings that are not shown one by one.
    Sum(FindingSum<'r>),
}

/// Findings of one rule about one file that are not shown one by one.
#[derive(Debug)]
pub(super) struct FindingSum<'r> {
    /// One of them.
    finding: &'r Finding,
    /// The worst severity among them.
    pub(super) severity: Severity,
    count: u64,
    /// The lines of the first and the last, with those that are shown.
    lines: (u64, u64),
}

impl FindingSum<'_> {
    /// `7,012 more in batch.csv, first at line 2, last at line 7016`, after the rule.
    pub(super) fn words(&self) -> String {
        let path = self.finding.records.first().map(|record| &*record.path).unwrap_or_default();
        format!(
            "{} more in {}, first at line {}, last at line {} (--verbose shows all)",
            grouped(self.count),
            shortened_front(path, LONGEST_PATH),
            self.lines.0,
            self.lines.1,
        )
    }

    /// The code of the rule, and its name.
    pub(super) fn rule(&self) -> (&'static str, &'static str) {
        (self.finding.rule.code, self.finding.rule.name)
    }
}

/// Findings of one rule about one file, each with one record.
struct FindingGroup<'r> {
    findings: Vec<&'r Finding>,
}

/// The findings in the order in which people should read them, with sums unless
/// all of them are wanted.
pub(super) fn digest<'r>(
    findings: impl Iterator<Item = &'r Finding>,
    all: bool,
) -> Vec<DigestItem<'r>> {
    let (pairs, single): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| finding.records.len() != 1);
    let mut shown: Vec<DigestItem<'_>> = pairs.into_iter().map(DigestItem::Finding).collect();
    if all {
        shown.extend(single.into_iter().map(DigestItem::Finding));
        return shown;
    }
    for group in groups(single) {
        shown.extend(group.findings.iter().take(SHOWN).map(|finding| DigestItem::Finding(finding)));
        shown.extend(group.sum().map(DigestItem::Sum));
    }
    shown
}

/// The groups, in the order of their first findings.
fn groups(findings: Vec<&Finding>) -> Vec<FindingGroup<'_>> {
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let mut groups: Vec<FindingGroup<'_>> = Vec::new();
    for finding in findings {
        let path = finding.records.first().map(|record| &*record.path).unwrap_or_default();
        let place = *places.entry((finding.rule.code, path)).or_insert_with(|| {
            groups.push(FindingGroup { findings: Vec::new() });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.findings.push(finding);
        }
    }
    groups
}

impl<'r> FindingGroup<'r> {
    /// What is not shown of it.
    fn sum(&self) -> Option<FindingSum<'r>> {
        let rest = self.findings.get(SHOWN..).filter(|rest| !rest.is_empty())?;
        let lines = self.findings.iter().flat_map(|finding| &finding.records);
        let lines = lines.map(|record| record.line);
        let (first, last) = (lines.clone().min()?, lines.max()?);
        let severity = rest.iter().map(|finding| finding.severity).max()?;
        let count = rest.len() as u64;
        Some(FindingSum { finding: rest.first()?, severity, count, lines: (first, last) })
    }
}

#[cfg(test)]
mod tests {
    use super::{DigestItem, digest};
    use crate::model::finding::Finding;
    use crate::report::fixture::{SHIFT_OVERLAP, UNKNOWN_ZONE, UNREADABLE, finding, record};

    fn told(findings: &[Finding]) -> Vec<String> {
        let told = digest(findings.iter(), false).into_iter().map(|shown| match shown {
            DigestItem::Finding(finding) => format!(
                "{} {}",
                finding.rule.code,
                finding.records.first().map_or(0, |record| record.line)
            ),
            DigestItem::Sum(sum) => format!("{} {}", sum.rule().0, sum.words()),
        });
        told.collect()
    }

    #[test]
    fn conflicts_come_first_and_long_lists_are_summed() {
        let single = |rule, path: &str, line| finding(rule, vec![record(path, line)], "");
        let pair = || finding(&SHIFT_OVERLAP, vec![record("a.csv", 4), record("a.csv", 5)], "");
        let mut findings: Vec<Finding> =
            [9, 2, 3, 7, 5].map(|line| single(&UNREADABLE, "a.csv", line)).into();
        findings.insert(2, single(&UNREADABLE, "b.csv", 8));
        findings.insert(3, single(&UNKNOWN_ZONE, "a.csv", 6));
        findings.insert(4, pair());
        assert_eq!(
            told(&findings),
            [
                "OV101 4",
                "RC101 9",
                "RC101 2",
                "RC101 3",
                "RC101 2 more in a.csv, first at line 2, last at line 9 (--verbose shows all)",
                "RC101 8",
                "TZ105 6",
            ]
        );
    }

    #[test]
    fn three_are_not_summed_and_pairs_never_are() {
        let pair =
            |line| finding(&SHIFT_OVERLAP, vec![record("a.csv", line), record("a.csv", 9)], "");
        let pairs: Vec<Finding> = (0..9).map(pair).collect();
        assert_eq!(told(&pairs).len(), 9);
        let few: Vec<Finding> =
            (0..3).map(|line| finding(&UNREADABLE, vec![record("a.csv", line)], "")).collect();
        assert_eq!(told(&few), ["RC101 0", "RC101 1", "RC101 2"]);
        let many: Vec<Finding> = few.iter().cycle().take(9).cloned().collect();
        assert_eq!(digest(many.iter(), true).len(), 9);
        assert_eq!(digest(many.iter(), false).len(), 4);
    }
}
