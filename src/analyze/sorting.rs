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

/// A finding with what it is sorted by.
pub(super) struct Sortable {
    /// Its fingerprint is the same as that of others with the same records.
    pub(super) finding: Finding,
    key: SortKey,
}

/// What a finding is sorted by beside its agent and its rule, and the cluster it belongs to.
struct SortKey {
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
        Sortable { finding, key: SortKey { beginning, start, places, cluster } }
    }

    /// The same with the agent's name as the finding before it has it, if that is
    /// told for the same agent: one name is compared faster than two.
    pub(super) fn beside(mut self, before: Option<&Option<Text>>) -> Sortable {
        if let Some(agent) = before.filter(|agent| **agent == self.finding.agent) {
            self.finding.agent.clone_from(agent);
        }
        self
    }
}

/// As many letters of a name as a number holds, in its order.
fn beginning(name: &str) -> u128 {
    let mut beginning = [0; 16];
    beginning.iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
    u128::from_be_bytes(beginning)
}

/// Findings that are not in order yet. There can be a hundred thousand, so that each is moved to
/// its place among them, and there is never a second list.
pub(super) struct Unsorted {
    findings: Vec<Finding>,
    keys: Vec<SortKey>,
}

impl Unsorted {
    /// None yet, and room for so many.
    pub(super) fn with_room(count: usize) -> Unsorted {
        let (mut findings, mut keys) = (Vec::new(), Vec::new());
        findings.reserve_exact(count);
        keys.reserve_exact(count);
        Unsorted { findings, keys }
    }

    /// Adds some.
    pub(super) fn add(&mut self, portion: Vec<Sortable>) {
        for Sortable { finding, key } in portion {
            self.findings.push(finding);
            self.keys.push(key);
        }
    }

    /// All of them.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings in the order of the report, with the numbers of their clusters
    /// and their fingerprints.
    pub(super) fn sorted(mut self, pool: &ThreadPool) -> Vec<Finding> {
        let places = self.order(pool);
        self.number_clusters(&places);
        let Unsorted { mut findings, keys } = self;
        drop(keys);
        reorder(&mut findings, places);
        fingerprint::tell_apart(&mut findings);
        findings
    }

    /// The places of the findings as they come in the report.
    ///
    /// A finding is large, and its agent's name lies elsewhere: what is moved is a
    /// place, beside the beginning of the name, which mostly tells.
    fn order(&self, pool: &ThreadPool) -> Vec<u32> {
        let mut keys: Vec<(u128, u32)> =
            self.keys.iter().map(|key| key.beginning).zip(0..).collect();
        pool.sort(&mut keys, |(one, first), (other, second)| {
            one.cmp(other).then_with(|| self.compare(*first as usize, *second as usize))
        });
        keys.into_iter().map(|(_, place)| place).collect()
    }

    /// By agent, start, code, and then the places of the records.
    fn compare(&self, one: usize, other: usize) -> Ordering {
        let [first, second] = [one, other].map(|place| &self.findings[place]);
        let key = |place: usize, finding: &Finding| {
            let SortKey { start, places, .. } = &self.keys[place];
            (*start, finding.rule.code, *places)
        };
        first.agent.cmp(&second.agent).then_with(|| key(one, first).cmp(&key(other, second)))
    }

    /// Numbers the clusters in this order of the findings.
    fn number_clusters(&mut self, places: &[u32]) {
        let mut clusters: QuickMap<Origin, u32> = QuickMap::default();
        for place in places.iter().map(|place| *place as usize) {
            let next = clusters.len() as u32 + 1;
            let cluster = self.keys[place].cluster;
            self.findings[place].cluster =
                cluster.map(|first| *clusters.entry(first).or_insert(next));
        }
    }
}

/// Moves items to where they belong: `places` has for each of them the place of the item that
/// comes there. Follows the cycles of the permutation.
fn reorder<Item>(items: &mut [Item], mut places: Vec<u32>) {
    for first in 0..places.len() {
        let mut hole = first;
        loop {
            let from = std::mem::replace(&mut places[hole], hole as u32) as usize;
            if from == first {
                break;
            }
            items.swap(hole, from);
            hole = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::reorder;
    use proptest::prelude::{Just, Strategy, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn items_come_in_the_order_of_their_places(
            places in (0_u32..40).prop_flat_map(|count| Just((0..count).collect::<Vec<_>>()).prop_shuffle()),
        ) {
            let mut items: Vec<String> = (0..places.len()).map(|item| item.to_string()).collect();
            let expected: Vec<String> = places.iter().map(u32::to_string).collect();
            reorder(&mut items, places);
            prop_assert_eq!(items, expected);
        }
    }
}
