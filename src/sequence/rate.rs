//! Lanes of chunks become times at which each chunk may be sent.
//!
//! A simulation of a sliding window rate limit: time jumps from one moment at which the window
//! loses records to the next; at each, the lanes send in turn what still fits, one chunk each,
//! until no lane's next chunk fits. Every chunk is sent at the earliest second that the chunks
//! sent before it allow. O(chunks × lanes).
//!
//! Proven by a property test: no window of 60 seconds exceeds the limit, and no chunk could be
//! sent earlier while the others stay.

use super::Chunk;
use std::collections::VecDeque;

/// The length of the window in seconds. Chunks that are sent this long after each other are in
/// no common window.
const WINDOW: u64 = 60;

/// A chunk that contains more records than may be sent in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AboveRate {
    /// The place of its lane.
    pub lane: usize,
    /// Its place in the lane.
    pub chunk: usize,
    /// The number of its records.
    pub records: u64,
}

/// For each chunk of each lane the second at which it is sent, from 0.
///
/// # Errors
/// The first chunk, lane by lane, that alone exceeds the limit.
pub fn send_times(lanes: &[Vec<Chunk>], per_minute: u32) -> Result<Vec<Vec<u64>>, AboveRate> {
    let limit = u64::from(per_minute);
    for (lane, chunks) in lanes.iter().enumerate() {
        if let Some(chunk) = chunks.iter().position(|chunk| chunk.records > limit) {
            return Err(AboveRate { lane, chunk, records: chunks[chunk].records });
        }
    }
    let mut times: Vec<Vec<u64>> = vec![Vec::new(); lanes.len()];
    let mut window = RateWindow { sent: VecDeque::new(), records: 0 };
    let mut now = 0;
    loop {
        let mut has_sent = true;
        while has_sent {
            has_sent = false;
            for (chunks, times) in lanes.iter().zip(&mut times) {
                let next = chunks.get(times.len());
                if let Some(chunk) = next.filter(|chunk| window.records + chunk.records <= limit) {
                    window.send(now, chunk.records);
                    times.push(now);
                    has_sent = true;
                }
            }
        }
        let Some(next) = window.expire() else { break };
        now = next;
    }
    debug_assert!(lanes.iter().zip(&times).all(|(chunks, times)| chunks.len() == times.len()));
    Ok(times)
}

/// What was sent in the last 60 seconds.
struct RateWindow {
    /// Seconds and the records sent at each, ascending.
    sent: VecDeque<(u64, u64)>,
    records: u64,
}

impl RateWindow {
    fn send(&mut self, second: u64, records: u64) {
        self.records += records;
        match self.sent.back_mut().filter(|last| last.0 == second) {
            Some(last) => last.1 += records,
            None => self.sent.push_back((second, records)),
        }
    }

    /// Moves on to the second at which the oldest records leave the window; `None` if it is
    /// empty, in which case every chunk would have fitted.
    fn expire(&mut self) -> Option<u64> {
        let (second, records) = self.sent.pop_front()?;
        self.records -= records;
        Some(second + WINDOW)
    }
}
