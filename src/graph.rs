//! Pairs of numbered nodes become sets and neighbour lists.
//!
//! The two textbook structures that the algorithms on units share: a union-find (path halving,
//! the lowest number is the root: amortized O(log n) per operation) and adjacency lists in
//! compressed sparse row layout, which cost 4 bytes per edge and per node and no allocation of
//! their own for each node.

/// Disjoint sets of nodes. The root of a set is its lowest node, so that it does not depend on
/// the order of the unions.
#[derive(Debug, Clone)]
pub struct UnionFind(Vec<u32>);

impl UnionFind {
    /// Sets of one node each.
    ///
    /// # Panics
    /// If there are more nodes than 32 bits can count.
    #[must_use]
    pub fn new(count: usize) -> UnionFind {
        assert!(u32::try_from(count).is_ok(), "nodes fit into 32 bits");
        UnionFind((0..count as u32).collect())
    }

    /// The lowest node of the set that contains this node.
    pub fn root(&mut self, node: u32) -> u32 {
        let mut root = node;
        while self.0[root as usize] != root {
            let grandparent = self.0[self.0[root as usize] as usize];
            self.0[root as usize] = grandparent;
            root = grandparent;
        }
        root
    }

    /// Merges the sets of two nodes.
    pub fn union(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    /// The root of each node.
    #[must_use]
    pub fn into_roots(mut self) -> Vec<u32> {
        // A parent is never above its child, so parents are final before their children.
        for node in 0..self.0.len() {
            self.0[node] = self.0[self.0[node] as usize];
        }
        self.0
    }
}

/// For each node the nodes that its edges lead to, in the order of the pairs.
#[derive(Debug, Clone)]
pub struct Adjacency {
    /// Where the targets of each node start; one more entry than nodes.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Adjacency {
    /// The edges from the first to the second of each pair.
    ///
    /// # Panics
    /// If a pair contains a node that does not exist, or the edges exceed 32 bits.
    #[must_use]
    pub fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Adjacency {
        let mut starts = vec![0_u32; count + 1];
        let mut edges = 0_usize;
        for (from, to) in pairs.clone() {
            assert!((to as usize) < count, "an edge leads to a node that exists");
            starts[from as usize + 1] += 1;
            edges += 1;
        }
        assert!(u32::try_from(edges).is_ok(), "edges fit into 32 bits");
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; edges];
        for (from, to) in pairs {
            let place = &mut next[from as usize];
            targets[*place as usize] = to;
            *place += 1;
        }
        Adjacency { starts, targets }
    }

    /// The same, with every edge in both directions.
    #[must_use]
    pub fn undirected(count: usize, pairs: &[(u32, u32)]) -> Adjacency {
        Adjacency::new(count, pairs.iter().flat_map(|&(one, other)| [(one, other), (other, one)]))
    }

    /// From each node to itself.
    ///
    /// # Panics
    /// If there are more nodes than 32 bits can count.
    #[must_use]
    pub fn loops(count: usize) -> Adjacency {
        assert!(u32::try_from(count).is_ok(), "nodes fit into 32 bits");
        let count = count as u32;
        Adjacency { starts: (0..=count).collect(), targets: (0..count).collect() }
    }

    /// The targets of one node's edges.
    #[must_use]
    pub fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}
