//! Divides a word into names, and says how much it looks like a list of them.

/// Characters that divide names in a list, and stand in no name.
const SURE: [char; 5] = [';', '&', '+', '|', '\n'];

/// Characters that divide names in a list, and occur in names: `Lee, Anna`.
const OPEN: [char; 2] = [',', '/'];

/// Words that divide names in a list, and stand in no name.
const SURE_WORDS: [&str; 4] = [" and ", " und ", " et ", " og "];

/// Words that divide names in a list, and occur in names: `Ortega y Gasset`.
const OPEN_WORDS: [&str; 3] = [" y ", " e ", " en "];

/// How much a word looks like a list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListLikeness {
    /// It is one: `Anna; Bob`.
    Sure,
    /// It can be a number with its thousands divided: `101,102`.
    Number,
    /// It can be one name, too: `Lee, Anna`.
    Names,
    /// Its parts do not look like names: `Ward 3/Night`.
    Unlike,
}

/// A word, divided in one way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NameList<'t> {
    pub(super) parts: Vec<&'t str>,
    pub(super) likeness: ListLikeness,
}

/// Whether a glance leaves it open that a word can be divided: most names are looked at
/// once, and have nothing of it.
pub(super) fn may_be_divided(word: &[u8]) -> bool {
    let divides = |byte: &u8| {
        let letter = char::from(*byte);
        SURE.contains(&letter) || OPEN.contains(&letter)
    };
    let words = || SURE_WORDS.iter().chain(&OPEN_WORDS);
    let is_and = |part: &[u8]| words().any(|and| and.trim_ascii().as_bytes() == part);
    word.iter().any(divides) || word.split(|byte| *byte == b' ').any(is_and)
}

/// The ways to divide a word into names: by each divider alone, and by all of them, which
/// is the last.
pub(super) fn lists(word: &str) -> Vec<NameList<'_>> {
    let inside = without_brackets(word);
    let text = inside.unwrap_or(word);
    let mut lists: Vec<NameList<'_>> = Vec::new();
    for (dividers, parts) in ways(text) {
        let shared = parts.iter().any(|part| without_share(part) != *part);
        let parts: Vec<&str> = parts.into_iter().map(without_share).collect();
        let is_list = shared || inside.is_some();
        if parts.len() > 1 && lists.last().is_none_or(|last| last.parts != parts) {
            let likeness = likeness(&parts, &dividers, is_list);
            lists.push(NameList { parts, likeness });
        }
    }
    lists
}

/// What divides a word, and its parts.
type Divided<'t> = (Vec<&'t str>, Vec<&'t str>);

/// The parts of a word by each divider, and by all of them.
fn ways(text: &str) -> Vec<Divided<'_>> {
    let characters = [",", ";", "/", "&", "+", "|", "\n"];
    let words = SURE_WORDS.into_iter().chain(OPEN_WORDS);
    let dividers: Vec<&str> =
        characters.into_iter().chain(words).filter(|divider| text.contains(divider)).collect();
    let by_one = dividers.iter().map(|divider| (vec![*divider], text.split(*divider).collect()));
    let mut by_all = vec![text];
    for divider in &dividers {
        by_all = by_all.into_iter().flat_map(|part| part.split(*divider)).collect();
    }
    by_one
        .chain([(dividers.clone(), by_all)])
        .map(|(by, parts): Divided<'_>| {
            let parts = parts.into_iter().map(unquoted);
            (by, parts.filter(|part| !part.is_empty()).collect())
        })
        .collect()
}

/// How much some parts look like a list, by their dividers, or by what else shows one.
fn likeness(parts: &[&str], dividers: &[&str], is_list: bool) -> ListLikeness {
    let is_sure = |divider: &&str| {
        SURE.iter().any(|sure| divider.starts_with(*sure)) || SURE_WORDS.contains(divider)
    };
    let sure = is_list || dividers.iter().any(is_sure);
    if parts.iter().all(|part| is_name(part)) {
        return match sure {
            true if is_list || dividers != ["\n"] || are_alike(parts) => ListLikeness::Sure,
            false if has_abbreviation(parts) => ListLikeness::Unlike,
            _ => ListLikeness::Names,
        };
    }
    if parts.iter().all(|part| is_address(part)) {
        return ListLikeness::Sure;
    }
    match are_ids(parts) {
        false => ListLikeness::Unlike,
        true if dividers.contains(&"/") || dividers.contains(&"|") => ListLikeness::Names,
        true if !sure && are_thousands(parts) => ListLikeness::Number,
        true => ListLikeness::Sure,
    }
}

/// A list in brackets, as programs write it, without them: `['Anna', 'Bob']`.
fn without_brackets(word: &str) -> Option<&str> {
    let within = |open: char, close: char| {
        word.trim().strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
    };
    within('[', ']').or_else(|| within('{', '}')).filter(|text| !text.contains(['[', '{']))
}

/// A name without the quotes around it.
fn unquoted(part: &str) -> &str {
    let part = part.trim();
    let quoted = |quote: char| part.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(part).trim()
}

/// A name without its share of the work: `Anna[50%]`.
fn without_share(part: &str) -> &str {
    let cut = part.strip_suffix("%]").or_else(|| part.strip_suffix("%)"));
    let name = cut.and_then(|rest| rest.rsplit_once(['[', '(']));
    let of_digits = name.filter(|(_, share)| share.bytes().all(|byte| byte.is_ascii_digit()));
    of_digits.map_or(part, |(name, _)| name.trim_end())
}

/// Whether a part is made as names of people are, a remark in brackets aside.
fn is_name(part: &str) -> bool {
    const MOST_WORDS: usize = 5;
    let name = match part.split_once('(') {
        Some((name, rest)) if rest.ends_with(')') => name.trim_end(),
        _ => part,
    };
    let letters = name.chars().filter(|letter| letter.is_alphabetic());
    let has_letters = letters.take(2).count() == 2;
    let fits = |letter: char| letter.is_alphabetic() || " ,.'-\u{2019}".contains(letter);
    has_letters && name.chars().all(fits) && name.split(' ').count() <= MOST_WORDS
}

/// Whether a part is an e-mail address.
fn is_address(part: &str) -> bool {
    part.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !part.contains([' ', ','])
    })
}

/// Whether all parts are ids of one length.
fn are_ids(parts: &[&str]) -> bool {
    let of_id = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_id = |part: &&str| {
        part.len() > 1 && part.bytes().all(of_id) && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    parts.iter().all(is_id) && parts.windows(2).all(|two| two[0].len() == two[1].len())
}

/// Whether all parts are what stands between the commas of a number.
fn are_thousands(parts: &[&str]) -> bool {
    parts.iter().all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether all parts are full names with the same number of words: the second line of a name
/// can be the family name, or what somebody does.
fn are_alike(parts: &[&str]) -> bool {
    let words = |part: &str| part.split(' ').count();
    let are_full = parts.iter().all(|part| words(part) > 1);
    are_full && parts.windows(2).all(|two| words(two[0]) == words(two[1]))
}

/// Whether a part is less than a name: an initial, a title, or a degree (`Lee, Anna, RN`).
fn has_abbreviation(parts: &[&str]) -> bool {
    const LONGEST: usize = 4;
    const ENDINGS: [&str; 4] = ["Jr", "Sr", "Esq", "PhD"];
    let is_shouted = |part: &&str| !part.chars().any(char::is_lowercase);
    let is_short = |part: &&str| is_shouted(part) && part.len() <= LONGEST;
    let is_ending = |part: &&str| part.ends_with('.') || ENDINGS.contains(part);
    parts.iter().any(is_ending) || parts.iter().any(is_short) && !parts.iter().all(is_shouted)
}

#[cfg(test)]
mod tests {
    use super::ListLikeness::{Names, Number, Sure, Unlike};
    use super::{NameList, lists};

    #[test]
    fn a_word_is_divided_in_every_way_that_lists_are_written() {
        for (text, expected) in [
            ("Anna, Bob", &[&["Anna", "Bob"][..]][..]),
            ("Anna/Bob/", &[&["Anna", "Bob"]]),
            ("Anna und Bob", &[&["Anna", "Bob"]]),
            ("['Anna', 'Bob']", &[&["Anna", "Bob"]]),
            ("Anna[50%],Bob", &[&["Anna", "Bob"]]),
            (
                "Lee, Anna; Ho, Bob",
                &[
                    &["Lee", "Anna; Ho", "Bob"],
                    &["Lee, Anna", "Ho, Bob"],
                    &["Lee", "Anna", "Ho", "Bob"],
                ],
            ),
            (
                "Anna, Bob & Cid",
                &[&["Anna", "Bob & Cid"], &["Anna, Bob", "Cid"], &["Anna", "Bob", "Cid"]],
            ),
            ("Anna", &[]),
            ("Anna,", &[]),
            ("Andy Anderson", &[]),
        ] {
            let parts: Vec<Vec<&str>> = lists(text).into_iter().map(|list| list.parts).collect();
            assert_eq!(parts, expected, "{text}");
        }
    }

    #[test]
    fn what_stands_in_no_name_divides_a_list() {
        for (text, expected) in [
            ("Anna Lee; Bob Ho", Sure),
            ("Lee, Anna; Ho, Bob", Sure),
            ("Anna Lee\nBob Ho", Sure),
            ("Anna|Bob", Sure),
            ("Anna + Bob", Sure),
            ("Anna und Bob", Sure),
            ("Anna (RN) & Bob (LPN)", Sure),
            ("{Anna,Bob}", Sure),
            ("[\"Anna\",\"Bob\"]", Sure),
            ("Anna[50%],Bob", Sure),
            ("a@x.org, b@x.org", Sure),
            ("1001,1002", Sure),
            ("101;102", Sure),
            ("101,102", Number),
            ("Lee, Anna", Names),
            ("Müller/Schmidt", Names),
            ("Ortega y Gasset", Names),
            ("Anna Lee\nNurse", Names),
            ("Anna\nLee", Names),
            ("s1|a1", Names),
            ("Lee, Anna, RN", Unlike),
            ("Lee, A.", Unlike),
            ("F&B", Unlike),
            ("Ward 3/Night", Unlike),
            ("auth0|5f7c8ec7", Unlike),
            ("anna+work@x.org", Unlike),
            ("CN=Anna,OU=Users", Unlike),
            ("[{\"id\": 1, \"name\": \"Anna\"}]", Unlike),
        ] {
            let found = lists(text).pop();
            assert_eq!(found.map(|NameList { likeness, .. }| likeness), Some(expected), "{text}");
        }
    }
}
