//! Runs the work of a thread pool on the threads of rayon.
//!
//! This is the only module that uses rayon. The contracts of its functions are documented at
//! their callers in [`ThreadPool`](super::ThreadPool).

use crate::error::Error;
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};

/// Several threads.
pub(super) struct Workers(rayon::ThreadPool);

impl Workers {
    pub(super) fn new(jobs: usize) -> Result<Option<Workers>, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map(|pool| Some(Workers(pool))).map_err(Error::threads)
    }

    pub(super) fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    pub(super) fn map<Item: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        work: impl Fn(Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        self.0.install(|| singly(items).map(work).collect())
    }

    pub(super) fn map_with_room<Item: Send, Room: Send, Done: Send>(
        &self,
        items: Vec<Item>,
        room: impl Fn() -> Room + Sync,
        work: impl Fn(&mut Room, Item) -> Done + Sync + Send,
    ) -> Vec<Done> {
        let rooms: Vec<Mutex<Room>> = (0..self.count()).map(|_| Mutex::new(room())).collect();
        let work = |item| {
            let own = rayon::current_thread_index().and_then(|place| rooms.get(place));
            // A thread that waits within its work may take up another item.
            match own.and_then(|own| own.try_lock().ok()) {
                Some(mut own) => work(&mut own, item),
                None => work(&mut room(), item),
            }
        };
        self.0.install(|| singly(items).map(work).collect())
    }

    pub(super) fn relay<Item: Send, Done: Send, Failure>(
        &self,
        items: impl Iterator<Item = Item>,
        work: impl Fn(Item) -> Done + Sync,
        mut take: impl FnMut(Done) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let most_waiting = 2 * self.count();
        let work = &work;
        // A closed channel means a panic, which the pool passes on at the end.
        let mut take = |done: Receiver<Done>| done.recv().map_or(Ok(()), &mut take);
        self.0.in_place_scope(|scope| {
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

    pub(super) fn beside<Aside: Send, Here>(
        &self,
        aside: impl FnOnce() -> Aside + Send,
        here: impl FnOnce() -> Here,
    ) -> (Aside, Here) {
        let mut done = None;
        let here = self.0.in_place_scope(|scope| {
            scope.spawn(|_| done = Some(aside()));
            here()
        });
        // A panic aside is passed on by the scope.
        let Some(aside) = done else { unreachable!("a scope ends when its work is done") };
        (aside, here)
    }

    pub(super) fn sort<Item: Send>(
        &self,
        items: &mut [Item],
        order: impl Fn(&Item, &Item) -> Ordering + Sync + Send,
    ) {
        self.0.install(|| items.par_sort_by(order));
    }
}

/// A thread takes one item at a time, so that none is left with several at the
/// end: each is as much work as opening a file, at least.
fn singly<Item: Send>(items: Vec<Item>) -> impl IndexedParallelIterator<Item = Item> {
    items.into_par_iter().with_max_len(1)
}
