//! A thread pool: shares work among threads.
//!
//! A pool of one thread works on the calling thread, so that small inputs do not pay for
//! threads. Without the feature `threads`, every pool has one thread.

#[cfg(feature = "threads")]
mod workers;

use crate::error::Error;
use std::cmp::Ordering;
#[cfg(feature = "threads")]
use workers::Workers;

/// Threads to work with.
pub struct ThreadPool {
    /// `None` if the calling thread works alone.
    workers: Option<Workers>,
}

impl ThreadPool {
    /// A pool of the calling thread alone.
    #[must_use]
    pub const fn alone() -> ThreadPool {
        ThreadPool { workers: None }
    }

    /// A pool of `jobs` threads, or of as many as the machine has.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(jobs: Option<usize>) -> Result<ThreadPool, Error> {
        let machine = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = jobs.unwrap_or_else(machine).max(1);
        let workers = if jobs == 1 { None } else { Workers::new(jobs)? };
        Ok(ThreadPool { workers })
    }

    /// How many work.
    #[must_use]
    pub fn size(&self) -> usize {
        self.workers.as_ref().map_or(1, Workers::count)
    }

    /// The results of `work` on every item, in the order of the items.
    pub fn map<Item: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        work: impl Fn(Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        match &self.workers {
            None => items.into_iter().map(work).collect(),
            Some(workers) => workers.map(items, work),
        }
    }

    /// The same, for work with a buffer that is worth keeping from item to item: each thread
    /// has its own. Results must not depend on what the buffer held before.
    pub fn map_with_room<Item: Send, Room: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        room: impl Fn() -> Room + Sync,
        work: impl Fn(&mut Room, Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        match &self.workers {
            None => {
                let mut room = room();
                items.into_iter().map(|item| work(&mut room, item)).collect()
            }
            Some(workers) => workers.map_with_room(items, room, work),
        }
    }

    /// Hands the results of `work` on every item to `take`, in the order of the
    /// items, while the next ones are worked on. Only a few wait to be taken.
    ///
    /// # Errors
    /// The first that `take` gives; nothing more is taken then.
    pub fn relay<Item: Send, Done: Send, Failure>(
        &self,
        mut items: impl Iterator<Item = Item>,
        work: impl Fn(Item) -> Done + Sync,
        mut take: impl FnMut(Done) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match &self.workers {
            None => items.try_for_each(|item| take(work(item))),
            Some(workers) => workers.relay(items, work, take),
        }
    }

    /// Does one thing on another thread, if there is one, while the calling thread does another,
    /// which may use the pool, too.
    pub fn beside<Aside: Send, Here>(
        &self,
        aside: impl FnOnce() -> Aside + Send,
        here: impl FnOnce() -> Here,
    ) -> (Aside, Here) {
        match &self.workers {
            None => (aside(), here()),
            Some(workers) => workers.beside(aside, here),
        }
    }

    /// Sorts by a total order.
    pub fn sort<Item: Send>(
        &self,
        items: &mut [Item],
        order: impl Fn(&Item, &Item) -> Ordering + Sync + Send,
    ) {
        match &self.workers {
            None => items.sort_by(order),
            Some(workers) => workers.sort(items, order),
        }
    }
}

#[cfg(not(feature = "threads"))]
use NoWorkers as Workers;

/// Without threads there are no workers.
#[cfg(not(feature = "threads"))]
enum NoWorkers {}

#[cfg(not(feature = "threads"))]
impl NoWorkers {
    fn new(_jobs: usize) -> Result<Option<NoWorkers>, Error> {
        Ok(None)
    }

    fn count(&self) -> usize {
        match *self {}
    }

    fn map<Item, Done>(&self, _: Vec<Item>, _: impl Fn(Item) -> Done) -> Vec<Done> {
        match *self {}
    }

    fn map_with_room<Item, Room, Done>(
        &self,
        _: Vec<Item>,
        _: impl Fn() -> Room,
        _: impl Fn(&mut Room, Item) -> Done,
    ) -> Vec<Done> {
        match *self {}
    }

    fn relay<Item, Done, Failure>(
        &self,
        _: impl Iterator<Item = Item>,
        _: impl Fn(Item) -> Done,
        _: impl FnMut(Done) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match *self {}
    }

    fn beside<Aside, Here>(
        &self,
        _: impl FnOnce() -> Aside,
        _: impl FnOnce() -> Here,
    ) -> (Aside, Here) {
        match *self {}
    }

    fn sort<Item>(&self, _: &mut [Item], _: impl Fn(&Item, &Item) -> Ordering) {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::ThreadPool;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 8] {
            let pool = ThreadPool::new(Some(jobs)).expect("threads");
            assert_eq!(pool.size(), jobs);
            let doubled = pool.map((0..10_000).collect(), |number: u32| number * 2);
            assert!(
                doubled.iter().enumerate().all(|(place, number)| *number as usize == place * 2)
            );
            let in_room = |room: &mut Vec<u32>, number: u32| {
                room.clear();
                room.extend([number; 2]);
                room.iter().sum::<u32>()
            };
            assert_eq!(pool.map_with_room((0..10_000).collect(), Vec::new, in_room), doubled);
        }
    }

    #[test]
    fn results_are_taken_in_order_until_one_is_refused() {
        for jobs in [1, 2, 8] {
            let pool = ThreadPool::new(Some(jobs)).expect("threads");
            let mut taken = Vec::new();
            let outcome = pool.relay(
                0..1_000,
                |number: u32| number * 2,
                |doubled| {
                    taken.push(doubled);
                    if doubled == 1_200 { Err("full") } else { Ok(()) }
                },
            );
            assert_eq!(outcome, Err("full"));
            assert!(taken.iter().copied().eq((0..=600).map(|number| number * 2)), "{jobs}");
            let all = pool.relay(0..100, |number| number, |_| Ok::<(), ()>(()));
            assert_eq!(all, Ok(()));
        }
    }

    #[test]
    fn what_is_done_aside_and_here_both_use_the_pool() {
        for jobs in [1, 2, 8] {
            let pool = ThreadPool::new(Some(jobs)).expect("threads");
            let double = |number: u32| number * 2;
            let (aside, here) = pool.beside(
                || pool.map((0..1_000).collect(), double).into_iter().sum::<u32>(),
                || {
                    let mut sum = 0;
                    let add = |doubled| {
                        sum += doubled;
                        Ok::<(), ()>(())
                    };
                    pool.relay(0..1_000, double, add).map(|()| sum)
                },
            );
            assert_eq!(Ok(aside), here, "{jobs}");
        }
    }
}
