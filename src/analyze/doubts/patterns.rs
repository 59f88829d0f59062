//! Pointers that differ in one key become one pattern.
//!
//! The keys of an object can be data, such as ids and days. A doubt for each of them would be
//! thousands of doubts about one thing.

use crate::read::source::NotedCount;
use std::collections::{BTreeMap, HashMap};

/// So many keys of one object can be names of fields; where there are more, they are data.
const MOST_FIELDS: usize = 8;

/// What was noticed at a pointer, or at all pointers of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotedPlace {
    /// `/weeks/*/notes` where the keys of `weeks` are data.
    pub(super) pointer: String,
    pub(super) detail: String,
    pub(super) noted: NotedCount,
}

/// Folds places of one detail into patterns, until no object has many of them.
pub(super) fn fold(mut places: Vec<NotedPlace>) -> Vec<NotedPlace> {
    loop {
        let before = places.len();
        if before > MOST_FIELDS {
            places = fold_one_key(places);
        }
        if places.len() == before {
            return places;
        }
    }
}

/// Folds places that differ in one key, the largest pattern first.
fn fold_one_key(mut places: Vec<NotedPlace>) -> Vec<NotedPlace> {
    let mut alike: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (number, place) in places.iter().enumerate() {
        for pattern in patterns(&place.pointer) {
            alike.entry((&place.detail, pattern)).or_default().push(number);
        }
    }
    let mut alike: Vec<(String, Vec<usize>)> = alike
        .into_iter()
        .filter(|(_, numbers)| numbers.len() > MOST_FIELDS)
        .map(|((_, pattern), numbers)| (pattern, numbers))
        .collect();
    alike.sort_unstable_by(|(one, numbers), (other, others)| {
        (others.len(), numbers, one).cmp(&(numbers.len(), others, other))
    });
    let mut by_first: BTreeMap<usize, NotedPlace> = BTreeMap::new();
    let mut is_folded = vec![false; places.len()];
    for (pattern, mut numbers) in alike {
        numbers.retain(|number| !is_folded[*number]);
        if numbers.len() > MOST_FIELDS {
            let all = numbers.iter().map(|number| places[*number].noted).reduce(both);
            let (first, noted) = (numbers[0], all.unwrap_or(places[numbers[0]].noted));
            let detail = places[first].detail.clone();
            by_first.insert(first, NotedPlace { pointer: pattern, detail, noted });
            numbers.iter().for_each(|number| is_folded[*number] = true);
        }
    }
    let alone = places.drain(..).enumerate().filter(|(number, _)| !is_folded[*number]);
    by_first.extend(alone);
    by_first.into_values().collect()
}

/// A pointer with each of its keys left open in turn.
fn patterns(pointer: &str) -> Vec<String> {
    let keys: Vec<&str> = pointer.split('/').collect();
    let is_key = |at: &usize| keys.get(*at).is_some_and(|key| *key != "*");
    let with_open = |at: usize| {
        let mut keys = keys.clone();
        keys[at] = "*";
        keys.join("/")
    };
    (1..keys.len()).filter(is_key).map(with_open).collect()
}

/// How often something was noticed at two places, and where first.
fn both(one: NotedCount, other: NotedCount) -> NotedCount {
    let first = if other.at < one.at { other } else { one };
    NotedCount { count: one.count + other.count, ..first }
}

#[cfg(test)]
mod tests {
    use super::{MOST_FIELDS, NotedPlace, fold};
    use crate::read::source::NotedCount;
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    fn at(pointer: &str, detail: &str, at: u64) -> NotedPlace {
        let noted = NotedCount { count: 1, at, line: None };
        NotedPlace { pointer: pointer.to_owned(), detail: detail.to_owned(), noted }
    }

    #[test]
    fn many_keys_of_one_object_are_one_place() {
        let days = |list: &str, count: u64| -> Vec<NotedPlace> {
            let day = |day| at(&format!("/days/{day:02}{list}"), "an object", 100 - day);
            (1..=count).map(day).collect()
        };
        let few = days("", MOST_FIELDS as u64);
        assert_eq!(fold(few.clone()), few);
        for list in ["", "/notes"] {
            let mut many = days(list, 20);
            many.push(at("/other", "an object", 3));
            many.push(at("/days/x", "a list", 3));
            let mut expected = at(&format!("/days/*{list}"), "an object", 80);
            expected.noted.count = 20;
            let alone = [at("/other", "an object", 3), at("/days/x", "a list", 3)];
            assert_eq!(fold(many), [[expected].as_slice(), &alone].concat());
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_few_places_are_left(
            places in prop::collection::btree_set("(/[a-c*]{1,2}){1,3}", 0..60),
        ) {
            let places: Vec<NotedPlace> =
                places.iter().zip(0..).map(|(place, byte)| at(place, "x", byte)).collect();
            let folded = fold(places.clone());
            let count = |places: &[NotedPlace]| places.iter().map(|of| of.noted.count).sum::<u64>();
            prop_assert_eq!(count(&folded), count(&places));
            prop_assert_eq!(fold(folded.clone()), folded);
        }
    }
}
