//! Work shared among threads.
//!
//! The only module that knows rayon. A crew of one works on the calling thread,
//! so that small inputs pay for no threads.

use crate::error::Error;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use std::cmp::Ordering;

/// Threads to work with.
pub struct Crew {
    pool: Option<rayon::ThreadPool>,
}

impl Crew {
    /// A crew of `jobs` threads, or of as many as the machine has.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(jobs: Option<usize>) -> Result<Crew, Error> {
        let machine = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = jobs.unwrap_or_else(machine).max(1);
        if jobs == 1 {
            return Ok(Crew { pool: None });
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map(|pool| Crew { pool: Some(pool) }).map_err(Error::threads)
    }

    /// How many work.
    #[must_use]
    pub fn size(&self) -> usize {
        self.pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
    }

    /// The results of `work` on every item, in the order of the items.
    pub fn map<Item: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        work: impl Fn(Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        match &self.pool {
            None => items.into_iter().map(work).collect(),
            Some(pool) => pool.install(|| items.into_par_iter().map(work).collect()),
        }
    }

    /// The same, where work needs room that is worth keeping from item to item.
    /// What a result is must not depend on what the room held before.
    pub fn map_with_room<Item: Send, Room, Done: Send>(
        &self,
        items: Vec<Item>,
        room: impl Fn() -> Room + Sync + Send,
        work: impl Fn(&mut Room, Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        match &self.pool {
            None => {
                let mut room = room();
                items.into_iter().map(|item| work(&mut room, item)).collect()
            }
            Some(pool) => pool.install(|| items.into_par_iter().map_init(room, work).collect()),
        }
    }

    /// Sorts by a total order.
    pub fn sort<Item: Send>(
        &self,
        items: &mut [Item],
        order: impl Fn(&Item, &Item) -> Ordering + Sync + Send,
    ) {
        match &self.pool {
            None => items.sort_by(order),
            Some(pool) => pool.install(|| items.par_sort_by(order)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Crew;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 8] {
            let crew = Crew::new(Some(jobs)).expect("threads");
            assert_eq!(crew.size(), jobs);
            let doubled = crew.map((0..10_000).collect(), |number: u32| number * 2);
            assert!(
                doubled.iter().enumerate().all(|(place, number)| *number as usize == place * 2)
            );
            let in_room = |room: &mut Vec<u32>, number: u32| {
                room.clear();
                room.extend([number; 2]);
                room.iter().sum::<u32>()
            };
            assert_eq!(crew.map_with_room((0..10_000).collect(), Vec::new, in_room), doubled);
        }
    }
}
