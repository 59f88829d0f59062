//! Permutes the numbers of one length: format-preserving encryption.
//!
//! A Feistel network over the smallest even number of bits that holds all numbers of the length
//! is applied until the result is such a number (cycle walking). It is a permutation, so that
//! different numbers get different pseudonyms however short they are.

use super::key::RedactKey;

/// Rounds of the network. Four make a strong pseudorandom permutation of long halves (Luby and
/// Rackoff); the short halves here get more.
const ROUNDS: u8 = 8;

/// The most digits that are permuted as a number; longer ones are hashed.
const LONGEST: usize = 18;

/// The pseudonym of a run of digits: as many digits, with as many zeros before them. Zeros alone
/// stay, because they mean nobody or nothing.
pub(super) fn permuted(key: &RedactKey, digits: &str) -> String {
    let significant = digits.trim_start_matches('0');
    let zeros = &digits[..digits.len() - significant.len()];
    if significant.is_empty() {
        return digits.to_owned();
    }
    match significant.parse::<u64>() {
        Ok(number) if significant.len() <= LONGEST => {
            let first = 10_u64.pow(significant.len() as u32 - 1);
            let place = permuted_place(key, significant.len(), first * 9, number - first);
            format!("{zeros}{}", first + place)
        }
        _ => format!("{zeros}{}", hashed(key, significant)),
    }
}

/// The place that a permutation of `count` places gives to a place.
fn permuted_place(key: &RedactKey, length: usize, count: u64, place: u64) -> u64 {
    let bits = u64::BITS - (count - 1).leading_zeros();
    let half = bits.div_ceil(2);
    let mut place = place;
    loop {
        place = network(key, length, half, place);
        if place < count {
            return place;
        }
    }
}

/// One pass through a network whose halves have this many bits.
fn network(key: &RedactKey, length: usize, half: u32, place: u64) -> u64 {
    let mask = (1 << half) - 1;
    let (mut left, mut right) = (place >> half, place & mask);
    for round in 0..ROUNDS {
        let message = [&[length as u8, round][..], &right.to_be_bytes()].concat();
        (left, right) = (right, left ^ key.number("digits", &message) & mask);
    }
    left << half | right
}

/// As many digits, of which the first is not a zero. Two of nineteen digits never meet in
/// practice, and a collision would be found where names are collected.
fn hashed(key: &RedactKey, digits: &str) -> String {
    let bytes = key.bytes("long digits", digits.as_bytes(), digits.len());
    let digit = |(place, byte): (usize, u8)| match place {
        0 => char::from(b'1' + byte % 9),
        _ => char::from(b'0' + byte % 10),
    };
    bytes.into_iter().enumerate().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::permuted;
    use crate::redact::key::RedactKey;
    use std::collections::BTreeSet;

    fn key() -> RedactKey {
        RedactKey::of(b"a key for tests alone").expect("long enough")
    }

    #[test]
    fn all_numbers_of_a_length_are_permuted() {
        for length in 1..=3 {
            let first = 10_u32.pow(length - 1);
            let numbers: BTreeSet<String> = (first..first * 10).map(|it| it.to_string()).collect();
            let found = numbers.iter().map(|number| permuted(&key(), number));
            assert_eq!(found.collect::<BTreeSet<String>>(), numbers);
        }
    }

    #[test]
    fn zeros_stay_where_they_are() {
        let bare = permuted(&key(), "4711");
        assert_eq!(permuted(&key(), "004711"), format!("00{bare}"));
        assert_eq!(["0", "000"].map(|zeros| permuted(&key(), zeros)), ["0", "000"]);
        let long = permuted(&key(), &"7".repeat(40));
        assert!(long.len() == 40 && !long.starts_with('0'), "{long}");
    }
}
