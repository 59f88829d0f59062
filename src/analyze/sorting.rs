//! Sorts findings into the order of the report, and numbers their clusters.
//!
//! Decides which finding comes first, numbers the clusters, and tells findings
//! apart whose fingerprints would be the same. What they say is decided before.

use super::fingerprint;
use crate::model::finding::Finding;
use crate::model::keys::QuickMap;
use crate::model::source::Origin;
use crate::model::text::Text;
use crate::model::time::Instant;
use crate::thread_pool::ThreadPool;
use std::cmp::Ordering;

/// A finding with what it is sorted by, and the cluster it belongs to.
pub(super) struct Sortable {
    /// Its fingerprint is the same as that of others with the same records.
    pub(super) finding: Finding,
    /// The beginning of its agent's name.
    beginning: u128,
    start: Option<Instant>,
    places: [Origin; 2],
    cluster: Option<Origin>,
}

impl Sortable {
    /// A finding at a time and at places, and the first of its cluster.
    pub(super) fn new(
        mut finding: Finding,
        start: Option<Instant>,
        places: [Origin; 2],
        cluster: Option<Origin>,
    ) -> Sortable {
        finding.fingerprint = fingerprint::of(&finding);
        let beginning = beginning(finding.agent.as_deref().unwrap_or_default());
        Sortable { finding, beginning, start, places, cluster }
    }

    /// The same with the agent's name as the finding before it has it, if that is
    /// told for the same agent: one name is compared faster than two.
    pub(super) fn beside(mut self, before: Option<&Option<Text>>) -> Sortable {
        if let Some(agent) = before.filter(|agent| **agent == self.finding.agent) {
            self.finding.agent.clone_from(agent);
        }
        self
    }

    /// By agent, start, code, and then the places of the records.
    fn order(&self, other: &Sortable) -> Ordering {
        let key = |of: &Sortable| (of.start, of.finding.rule.code, of.places);
        self.finding.agent.cmp(&other.finding.agent).then_with(|| key(self).cmp(&key(other)))
    }
}

/// As many letters of a name as a number holds, in its order.
fn beginning(name: &str) -> u128 {
    let mut beginning = [0; 16];
    beginning.iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
    u128::from_be_bytes(beginning)
}

/// The findings in the order of the report, with the numbers of their clusters
/// and their fingerprints.
pub(super) fn findings(pool: &ThreadPool, portions: Vec<Vec<Sortable>>) -> Vec<Finding> {
    let order = order(pool, &portions);
    let some = |portion: Vec<Sortable>| portion.into_iter().map(Some).collect();
    let mut portions: Vec<Vec<Option<Sortable>>> = portions.into_iter().map(some).collect();
    let mut take = |(portion, place): (u32, u32)| {
        portions.get_mut(portion as usize)?.get_mut(place as usize)?.take()
    };
    let (mut findings, mut of_clusters) = (Vec::new(), Vec::new());
    findings.reserve_exact(order.len());
    of_clusters.reserve_exact(order.len());
    for Sortable { finding, cluster, .. } in order.into_iter().filter_map(|(_, at)| take(at)) {
        findings.push(finding);
        of_clusters.push(cluster);
    }
    number(&mut findings, &of_clusters);
    fingerprint::tell_apart(&mut findings);
    findings
}

/// Numbers the clusters of findings that are in order.
fn number(findings: &mut [Finding], of_clusters: &[Option<Origin>]) {
    let mut clusters: QuickMap<Origin, u32> = QuickMap::default();
    for (finding, cluster) in findings.iter_mut().zip(of_clusters) {
        let next = clusters.len() as u32 + 1;
        finding.cluster = cluster.map(|first| *clusters.entry(first).or_insert(next));
    }
}

/// The findings as they come in the report, by portion and place in it.
///
/// A finding is large, and its agent's name lies elsewhere: what is moved is a
/// place, beside the beginning of the name, which mostly tells.
fn order(pool: &ThreadPool, portions: &[Vec<Sortable>]) -> Vec<(u128, (u32, u32))> {
    let of_portion = |(number, portion): (u32, &Vec<Sortable>)| {
        let keys = portion.iter().map(|sortable| sortable.beginning).zip(0..);
        keys.map(|(beginning, place)| (beginning, (number, place))).collect::<Vec<_>>()
    };
    let mut keys: Vec<(u128, (u32, u32))> =
        (0..).zip(portions).map(of_portion).collect::<Vec<_>>().concat();
    let at = |(portion, place): (u32, u32)| portions.get(portion as usize)?.get(place as usize);
    pool.sort(&mut keys, |(one, first), (other, second)| {
        let all = || at(*first).zip(at(*second)).map(|(one, other)| one.order(other));
        one.cmp(other).then_with(|| all().unwrap_or(Ordering::Equal))
    });
    keys
}
