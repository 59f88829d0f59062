//! Work shared among threads.
//!
//! The only module that knows rayon. A pool of one thread works on the calling thread,
//! so that small inputs pay for no threads.

use crate::error::Error;
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};

/// Threads to work with.
pub struct ThreadPool {
    pool: Option<rayon::ThreadPool>,
}

impl ThreadPool {
    /// A pool of `jobs` threads, or of as many as the machine has.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(jobs: Option<usize>) -> Result<ThreadPool, Error> {
        let machine = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = jobs.unwrap_or_else(machine).max(1);
        if jobs == 1 {
            return Ok(ThreadPool { pool: None });
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map(|pool| ThreadPool { pool: Some(pool) }).map_err(Error::threads)
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
            Some(pool) => pool.install(|| singly(items).map(work).collect()),
        }
    }

    /// The same, where work needs room that is worth keeping from item to item:
    /// each thread has its own. What a result is must not depend on what the room
    /// held before.
    pub fn map_with_room<Item: Send, Room: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        room: impl Fn() -> Room + Sync,
        work: impl Fn(&mut Room, Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        match &self.pool {
            None => {
                let mut room = room();
                items.into_iter().map(|item| work(&mut room, item)).collect()
            }
            Some(pool) => {
                let rooms: Vec<Mutex<Room>> =
                    (0..self.size()).map(|_| Mutex::new(room())).collect();
                let work = |item| {
                    let own = rayon::current_thread_index().and_then(|place| rooms.get(place));
                    // A thread that waits within its work may take up another item.
                    match own.and_then(|own| own.try_lock().ok()) {
                        Some(mut own) => work(&mut own, item),
                        None => work(&mut room(), item),
                    }
                };
                pool.install(|| singly(items).map(work).collect())
            }
        }
    }

    /// Hands the results of `work` on every item to `take`, in the order of the
    /// items, while the next ones are worked on. Only a few wait to be taken.
    ///
    /// # Errors
    /// The first that `take` gives; nothing more is taken then.
    pub fn relay<Item: Send, Done: Send, Failure>(
        &self,
        items: impl Iterator<Item = Item>,
        work: impl Fn(Item) -> Done + Sync,
        mut take: impl FnMut(Done) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Some(pool) = &self.pool else {
            return items.into_iter().try_for_each(|item| take(work(item)));
        };
        let most_waiting = 2 * self.size();
        let work = &work;
        // Whose sender is gone had a panic, which the pool passes on at the end.
        let mut take = |done: Receiver<Done>| done.recv().map_or(Ok(()), &mut take);
        pool.in_place_scope(|scope| {
            let mut waiting = VecDeque::new();
            for item in items {
                let (sender, receiver) = sync_channel(1);
                scope.spawn(move |_| drop(sender.send(work(item))));
                waiting.push_back(receiver);
                if waiting.len() > most_waiting {
                    waiting.pop_front().map_or(Ok(()), &mut take)?;
                }
            }
            waiting.into_iter().try_for_each(take)
        })
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

/// A thread takes one item at a time, so that none is left with several at the
/// end: each is as much work as opening a file, at least.
fn singly<Item: Send>(items: Vec<Item>) -> impl IndexedParallelIterator<Item = Item> {
    items.into_par_iter().with_max_len(1)
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
}
