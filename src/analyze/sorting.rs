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
use std::ops::Range;

/// A finding with what it is sorted by.
pub(super) struct Sortable {
    /// Its fingerprint is the same as that of others with the same records.
    pub(super) finding: Finding,
    /// The beginning of its agent's name.
    beginning: u128,
    key: SortKey,
}

/// What a finding is sorted by beside its agent and its rule, and the cluster it belongs to.
struct SortKey {
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
        Sortable { finding, beginning, key: SortKey { start, places, cluster } }
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

/// Findings of one agent that stand together.
struct AgentRun {
    /// The beginning of the agent's name, which mostly tells agents apart.
    beginning: u128,
    places: Range<u32>,
}

/// Findings that are not in order yet. There can be a hundred thousand, so that each is moved to
/// its place among them, and there is never a second list.
pub(crate) struct Unsorted {
    findings: Vec<Finding>,
    keys: Vec<SortKey>,
    /// All of them, one run after another.
    runs: Vec<AgentRun>,
}

impl Unsorted {
    /// None yet, and room for so many.
    pub(super) fn with_room(count: usize) -> Unsorted {
        let (mut findings, mut keys) = (Vec::new(), Vec::new());
        findings.reserve_exact(count);
        keys.reserve_exact(count);
        Unsorted { findings, keys, runs: Vec::new() }
    }

    /// Adds some.
    pub(super) fn add(&mut self, portion: Vec<Sortable>) {
        for Sortable { finding, beginning, key } in portion {
            let place = self.findings.len() as u32;
            let goes_on = self.findings.last().is_some_and(|last| last.agent == finding.agent);
            match self.runs.last_mut().filter(|_| goes_on) {
                Some(run) => run.places.end = place + 1,
                None => self.runs.push(AgentRun { beginning, places: place..place + 1 }),
            }
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
        let Unsorted { mut findings, keys, .. } = self;
        drop(keys);
        reorder(&mut findings, places);
        fingerprint::tell_apart(&mut findings);
        findings
    }

    /// The places of the findings as they come in the report.
    ///
    /// What is told of one agent was mostly told together. So it is such runs that are sorted, and
    /// then the few findings of each agent.
    fn order(&mut self, pool: &ThreadPool) -> Vec<u32> {
        let mut runs = std::mem::take(&mut self.runs);
        pool.sort(&mut runs, |one, other| {
            let agents = || self.agent_of(one).cmp(self.agent_of(other));
            one.beginning.cmp(&other.beginning).then_with(agents)
        });
        let mut order = Vec::with_capacity(self.findings.len());
        for of_agent in runs.chunk_by(|one, other| self.agent_of(one) == self.agent_of(other)) {
            let first = order.len();
            order.extend(of_agent.iter().flat_map(|run| run.places.clone()));
            order[first..].sort_by_key(|place| self.key(*place as usize));
        }
        order
    }

    fn agent_of(&self, run: &AgentRun) -> &Option<Text> {
        &self.findings[run.places.start as usize].agent
    }

    /// What sorts the findings of one agent: start, code, and then the places of the records.
    fn key(&self, place: usize) -> (Option<Instant>, &'static str, [Origin; 2]) {
        let SortKey { start, places, .. } = self.keys[place];
        (start, self.findings[place].rule.code, places)
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
    use super::{Sortable, Unsorted, reorder};
    use crate::judge::RULES;
    use crate::model::cause::Cause;
    use crate::model::finding::{Certainty, Finding, FindingText, Fingerprint, Words};
    use crate::model::gate::FindingState;
    use crate::model::rule::Severity;
    use crate::model::source::Origin;
    use crate::model::time::Instant;
    use crate::thread_pool::ThreadPool;
    use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, proptest};

    /// The number of its agent, its start, the number of its rule, and its places.
    type Spec = (u8, Option<i64>, usize, [u64; 2]);

    fn sortable((agent, start, rule, places): Spec) -> Sortable {
        // Long names differ behind what a number holds of them.
        let name = |number| match number {
            0 => None,
            1 | 2 => Some(format!("a{number}").as_str().into()),
            _ => Some(format!("an agent with a name {number}").as_str().into()),
        };
        let finding = Finding {
            rule: RULES[rule],
            severity: Severity::Error,
            certainty: Certainty::Certain,
            cross_day: None,
            agent: name(agent),
            claim: None,
            records: Vec::new(),
            says: FindingText::Words(Box::new(Words {
                message: format!("{agent} {start:?} {rule} {places:?}"),
                help: String::new(),
            })),
            causes: Vec::<Cause>::new(),
            cluster: None,
            fingerprint: Fingerprint::default(),
            state: FindingState::New,
        };
        let places = places.map(|offset| Origin::new(0, offset));
        let start = start.map(Instant::from_millis);
        Sortable::new(finding, start, places, Some(places[0]))
    }

    fn messages(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(|finding| finding.words().message.clone()).collect()
    }

    proptest! {
        #[test]
        fn findings_come_by_agent_start_code_and_places(
            specs in prop::collection::vec(
                (0u8..6, prop::option::of(0i64..3), 0usize..3, [0u64..3, 0u64..3]), 0..60,
            ),
            together in 1usize..20,
            in_runs: bool,
        ) {
            let mut specs = specs;
            if in_runs {
                specs.sort_by_key(|spec| spec.0 / 2);
            }
            let pool = ThreadPool::new(Some(2)).expect("threads");
            let mut unsorted = Unsorted::with_room(specs.len());
            for portion in specs.chunks(together) {
                unsorted.add(portion.iter().map(|spec| sortable(*spec)).collect());
            }
            let mut plain: Vec<(Finding, Spec)> =
                specs.iter().map(|spec| (sortable(*spec).finding, *spec)).collect();
            plain.sort_by(|(one, (_, first, _, here)), (other, (_, second, _, there))| {
                let agents = one.agent.cmp(&other.agent);
                agents.then((first, one.rule.code, here).cmp(&(second, other.rule.code, there)))
            });
            let plain: Vec<Finding> = plain.into_iter().map(|(finding, _)| finding).collect();
            let sorted = unsorted.sorted(&pool);
            prop_assert_eq!(messages(&sorted), messages(&plain));
            let mut known = Vec::new();
            for finding in &sorted {
                let number = finding.cluster.expect("each has one");
                prop_assert_eq!(known.contains(&number), number <= known.len() as u32);
                known.extend((number as usize == known.len() + 1).then_some(number));
            }
        }

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
