//! Follows each shift through its approved swaps to the agent who has it in the end.
//!
//! Several swaps can follow each other over one shift, and no file says in which order they were
//! made. The order follows from who gives and who gets: the route begins with the agent who
//! gives the shift more often than they get it.

use super::{Move, ResolvedSwap};
use crate::model::keys::{AgentKey, QuickMap, QuickSet, RecordKey};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::swap::SwapStatus;

/// One change of hands on the route of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOver {
    /// Its swap.
    pub swap: Origin,
    /// The place of its swap among the deals.
    pub deal: usize,
    /// Whether the second half of the swap says so.
    pub second: bool,
    /// The key of the agent who gives the shift.
    pub from: AgentKey,
    /// The key of the agent who gets it.
    pub to: AgentKey,
}

#[derive(Debug, Default)]
struct Route {
    steps: Vec<HandOver>,
    /// For each agent on the way the number of steps after which they had the
    /// shift last.
    after: QuickMap<AgentKey, usize>,
}

/// The ways of all shifts that approved swaps name.
#[derive(Debug, Default)]
pub struct Routes {
    by_shift: QuickMap<RecordKey, Route>,
    /// Halves that are on no way: someone else has the shift by then.
    stray: QuickSet<(Origin, bool)>,
}

impl Routes {
    /// From deals in the order of their places.
    #[must_use]
    pub fn of(deals: &[ResolvedSwap]) -> Routes {
        let mut by_shift: QuickMap<RecordKey, Vec<HandOver>> = QuickMap::default();
        let approved =
            deals.iter().enumerate().filter(|(_, deal)| deal.swap.standing == SwapStatus::Approved);
        for (place, deal) in approved {
            for Move { shift, from, to, second } in deal.moves() {
                by_shift.entry(shift).or_default().push(HandOver {
                    swap: deal.swap.origin,
                    deal: place,
                    second,
                    from,
                    to,
                });
            }
        }
        let mut routes = Routes::default();
        for (shift, steps) in by_shift {
            let (route, stray) = Route::along(&steps);
            routes.stray.extend(stray.iter().map(|step| (step.swap, step.second)));
            routes.by_shift.insert(shift, route);
        }
        routes
    }

    /// The steps that are still to be taken with an entry; none if it is
    /// with whom it has to be, or on no way.
    #[must_use]
    pub fn ahead(&self, entry: &Entry) -> &[HandOver] {
        let route = self.by_shift.get(&entry.id).filter(|_| entry.side().kind == Kind::Shift);
        let steps = route.and_then(|route| route.steps.get(*route.after.get(&entry.agent)?..));
        steps.unwrap_or_default()
    }

    /// The step by which an entry comes to the agent who should have it, if there is one.
    #[must_use]
    pub fn destination(&self, entry: &Entry) -> Option<&HandOver> {
        self.ahead(entry).last()
    }

    /// Whether an entry overlaps another one only as long as approved swaps are not
    /// applied: the step that separates them.
    #[must_use]
    pub fn parts(&self, one: &Entry, other: &Entry) -> Option<&HandOver> {
        let (first, second) = (self.destination(one), self.destination(other));
        let owner =
            |entry: &Entry, step: Option<&HandOver>| step.map_or(entry.agent, |step| step.to);
        let parted = owner(one, first) != owner(other, second);
        first.or(second).filter(|_| parted)
    }

    /// Whether a shift goes from one agent to another, who has it in the end.
    #[must_use]
    pub fn gives(&self, shift: RecordKey, from: AgentKey, to: AgentKey) -> bool {
        let Some(route) = self.by_shift.get(&shift) else { return false };
        let last = route.steps.last().is_some_and(|step| step.to == to);
        last && route.after.get(&from).is_some_and(|after| *after < route.steps.len())
    }

    /// Who has a shift in the end.
    #[must_use]
    pub fn end(&self, shift: RecordKey) -> Option<AgentKey> {
        self.by_shift.get(&shift)?.steps.last().map(|step| step.to)
    }

    /// Whether an agent had a shift at any time.
    #[must_use]
    pub fn knows(&self, shift: RecordKey, agent: AgentKey) -> bool {
        self.by_shift.get(&shift).is_some_and(|route| route.after.contains_key(&agent))
    }

    /// Whether this half of a swap is on no way.
    #[must_use]
    pub fn is_stray(&self, swap: Origin, second: bool) -> bool {
        self.stray.contains(&(swap, second))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_shift.is_empty()
    }
}

impl Route {
    /// The way along steps in the order of their places, and the steps that are
    /// left over.
    fn along(steps: &[HandOver]) -> (Route, Vec<HandOver>) {
        let mut balance: QuickMap<AgentKey, i64> = QuickMap::default();
        for step in steps {
            *balance.entry(step.from).or_default() += 1;
            *balance.entry(step.to).or_default() -= 1;
        }
        let gives = |step: &&HandOver| balance.get(&step.from).is_some_and(|more| *more > 0);
        let Some(first) = steps.iter().find(gives).or(steps.first()) else {
            return (Route::default(), Vec::new());
        };
        let whole = through_all(steps, first.from);
        let is_way = whole.len() == steps.len()
            && whole.windows(2).all(|pair| matches!(pair, [one, next] if one.to == next.from));
        let (way, stray) =
            if is_way { (whole, Vec::new()) } else { as_far_as_it_goes(steps, first.from) };
        let mut after = QuickMap::default();
        after.insert(first.from, 0);
        after.extend(way.iter().enumerate().map(|(place, step)| (step.to, place + 1)));
        (Route { steps: way, after }, stray)
    }
}

type Givers = QuickMap<AgentKey, Vec<HandOver>>;

/// The steps of each giver, with the first one at the end.
fn givers(steps: &[HandOver]) -> Givers {
    let mut givers = Givers::default();
    for step in steps.iter().rev() {
        givers.entry(step.from).or_default().push(*step);
    }
    givers
}

/// An Eulerian path through all steps, if there is one (Hierholzer's algorithm). Where it
/// comes back to an agent, it continues as late as possible to where it ends.
fn through_all(steps: &[HandOver], start: AgentKey) -> Vec<HandOver> {
    let mut givers = givers(steps);
    let (mut open, mut way): (Vec<HandOver>, _) = (Vec::new(), Vec::with_capacity(steps.len()));
    loop {
        let owner = open.last().map_or(start, |step| step.to);
        match (givers.get_mut(&owner).and_then(Vec::pop), open.is_empty()) {
            (Some(step), _) => open.push(step),
            (None, false) => way.extend(open.pop()),
            (None, true) => break,
        }
    }
    way.reverse();
    way
}

/// From giver to getter, the first step first, until nobody gives any more.
fn as_far_as_it_goes(steps: &[HandOver], start: AgentKey) -> (Vec<HandOver>, Vec<HandOver>) {
    let (mut givers, mut way, mut owner) = (givers(steps), Vec::new(), start);
    while let Some(step) = givers.get_mut(&owner).and_then(Vec::pop) {
        owner = step.to;
        way.push(step);
    }
    (way, givers.into_values().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::{AgentKey, HandOver, Origin, Route};

    fn steps(way: &[(u64, u64)]) -> Vec<HandOver> {
        let step = |(deal, (from, to)): (usize, &(u64, u64))| HandOver {
            swap: Origin::new(0, deal as u64),
            deal,
            second: false,
            from: AgentKey::from_bits(*from),
            to: AgentKey::from_bits(*to),
        };
        way.iter().enumerate().map(step).collect()
    }

    fn along(way: &[(u64, u64)]) -> (Vec<usize>, Vec<usize>) {
        let (route, mut stray) = Route::along(&steps(way));
        stray.sort_by_key(|step| step.deal);
        let places = |steps: &[HandOver]| steps.iter().map(|step| step.deal).collect::<Vec<_>>();
        (places(&route.steps), places(&stray))
    }

    #[test]
    fn a_chain_is_followed_in_whatever_order_it_stands() {
        assert_eq!(along(&[(1, 2), (2, 3)]), (vec![0, 1], vec![]));
        assert_eq!(along(&[(2, 3), (1, 2)]), (vec![1, 0], vec![]));
        assert_eq!(along(&[]), (vec![], vec![]));
    }

    #[test]
    fn a_shift_that_comes_back_was_given_first_by_the_first() {
        assert_eq!(along(&[(1, 2), (2, 1)]), (vec![0, 1], vec![]));
        assert_eq!(along(&[(2, 1), (1, 2), (1, 3)]), (vec![1, 0, 2], vec![]));
        assert_eq!(along(&[(1, 3), (2, 1), (1, 2)]), (vec![2, 1, 0], vec![]));
    }

    #[test]
    fn of_two_who_get_one_shift_the_first_counts() {
        assert_eq!(along(&[(1, 2), (1, 3)]), (vec![0], vec![1]));
        assert_eq!(along(&[(1, 2), (5, 6)]), (vec![0], vec![1]));
    }
}
