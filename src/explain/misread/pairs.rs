//! McNemar's test: decides which of two readings of the same things fits better.
//!
//! A *matched pair* is one thing that is looked at twice, here a record as it is written and as
//! it is read on another clock. Each look either fits or does not. Pairs that fit both times or
//! neither time do not show which reading is right, so only *discordant* pairs, which fit once,
//! are counted as evidence.
//!
//! McNemar's test takes pairs to be independent. Those of a rota are not: what happens at 06:00
//! every day happens once, however many days and people repeat it. So all discordant pairs of
//! one pattern have one vote together, between -1 (they fit as written) and 1 (they fit as
//! read). The evidence is a log-likelihood ratio in bits: the votes, each weighted with the log
//! odds ratio of the two readings.

use std::collections::BTreeMap;

/// Shares of fitting pairs are kept this far from 0 and 1. Odds of more than 63
/// to 1 cannot be concluded from pairs that depend on each other.
const LEAST_SHARE: f64 = 1.0 / 64.0;

/// Matched pairs of two readings. Those of equal `Pattern` are one observation.
#[derive(Debug)]
pub(super) struct Pairs<Pattern> {
    count: u64,
    /// How many fit as they are written.
    written: u64,
    /// How many fit as they are read on the other clock.
    read: u64,
    discordant: BTreeMap<Pattern, Discordant>,
}

/// Pairs that fit in one of the two readings only.
#[derive(Debug, Default, Clone, Copy)]
struct Discordant {
    written: u64,
    read: u64,
}

impl<Pattern> Default for Pairs<Pattern> {
    fn default() -> Self {
        Pairs { count: 0, written: 0, read: 0, discordant: BTreeMap::new() }
    }
}

impl<Pattern: Ord> Pairs<Pattern> {
    /// Adds a pair: whether it fits as it is written, and as it is read.
    pub(super) fn add(&mut self, pattern: Pattern, written: bool, read: bool) {
        self.count += 1;
        self.written += u64::from(written);
        self.read += u64::from(read);
        if written != read {
            let discordant = self.discordant.entry(pattern).or_default();
            discordant.written += u64::from(written);
            discordant.read += u64::from(read);
        }
    }

    /// Adds pairs that were counted elsewhere.
    pub(super) fn join(&mut self, more: Pairs<Pattern>) {
        self.count += more.count;
        self.written += more.written;
        self.read += more.read;
        for (pattern, more) in more.discordant {
            let discordant = self.discordant.entry(pattern).or_default();
            discordant.written += more.written;
            discordant.read += more.read;
        }
    }

    /// The votes for the other reading minus those for the written one.
    pub(super) fn votes(&self) -> f64 {
        self.discordant.values().map(Discordant::vote).sum()
    }

    /// How many more pairs of some patterns fit as they are read than as they are
    /// written.
    pub(super) fn surplus(&self, of: impl Fn(&Pattern) -> bool) -> i64 {
        let discordant = self.discordant.iter().filter(|(pattern, _)| of(pattern));
        discordant.map(|(_, pairs)| pairs.read as i64 - pairs.written as i64).sum()
    }

    /// The evidence for the other reading, in bits, if its votes are `votes`. It is
    /// positive only where shares and votes agree; where they differ it is
    /// negative, for then neither reading explains the records.
    pub(super) fn bits(&self, votes: f64) -> f64 {
        let ratio = self.log_odds(self.read) - self.log_odds(self.written);
        if ratio > 0.0 && votes > 0.0 { ratio * votes } else { -(ratio * votes).abs() }
    }

    /// The log odds of this many fitting pairs, in bits.
    fn log_odds(&self, fitting: u64) -> f64 {
        // Half a pair more on each side keeps few pairs from deciding much.
        let share = (fitting as f64 + 0.5) / (self.count as f64 + 1.0);
        let share = share.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
        (share / (1.0 - share)).log2()
    }
}

impl Discordant {
    fn vote(&self) -> f64 {
        (self.read as f64 - self.written as f64) / (self.read + self.written) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    fn pairs(of: &[(i64, bool, bool, usize)]) -> Pairs<i64> {
        let mut pairs = Pairs::default();
        for (pattern, written, read, times) in of {
            (0..*times).for_each(|_| pairs.add(*pattern, *written, *read));
        }
        pairs
    }

    fn bits(pairs: &Pairs<i64>) -> f64 {
        pairs.bits(pairs.votes())
    }

    #[test]
    fn concordant_pairs_are_no_evidence() {
        assert_eq!(bits(&pairs(&[])), 0.0);
        assert_eq!(bits(&pairs(&[(1, true, true, 50), (2, false, false, 50)])).abs(), 0.0);
    }

    #[test]
    fn what_repeats_is_one_observation() {
        let (once, often) = (pairs(&[(1, false, true, 20)]), pairs(&[(1, false, true, 2_000)]));
        assert!((bits(&often) - bits(&once)).abs() < 2.0, "only the shares come nearer to 0 and 1");
        let many: Vec<_> = (0..5).map(|pattern| (pattern, false, true, 20)).collect();
        assert!(bits(&pairs(&many)) > 4.0 * bits(&once));
    }

    #[test]
    fn the_two_readings_are_treated_alike_but_for_the_sign() {
        let (one, other) = (pairs(&[(1, false, true, 9)]), pairs(&[(1, true, false, 9)]));
        assert!(bits(&one) > 0.0);
        assert!((bits(&one) + bits(&other)).abs() < 1e-9);
    }

    #[test]
    fn votes_that_contradict_the_shares_are_evidence_against_the_other_reading() {
        // Two rare patterns fit as read, one that is frequent fits as written.
        let mixed = pairs(&[(1, false, true, 1), (2, false, true, 1), (3, true, false, 30)]);
        assert!(mixed.votes() > 0.0 && bits(&mixed) < 0.0);
    }

    #[test]
    fn parts_are_counted_apart_and_joined() {
        let all = [(1, false, true, 4), (2, true, false, 1), (1, true, false, 2)];
        let mut joined = pairs(&all[..1]);
        joined.join(pairs(&all[1..]));
        assert_eq!(bits(&joined), bits(&pairs(&all)));
        assert_eq!(joined.surplus(|pattern| *pattern == 1), 2);
    }
}
