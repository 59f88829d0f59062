//! Compares the spellings of names and ids, and decides which differ only in spelling.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A name without what people overlook: the case of its letters, and spaces around it.
/// `None` if that is the name itself, which is detected quickly for names without capitals.
#[must_use]
pub fn folded(name: &[u8]) -> Option<Vec<u8>> {
    if !may_fold(name) {
        return None;
    }
    let folded = String::from_utf8_lossy(name).trim().to_lowercase().into_bytes();
    (folded != name).then_some(folded)
}

/// Whether a name, without spaces around it, has anything that could fold: a capital, or a
/// letter that is not ASCII.
#[must_use]
#[inline]
pub fn may_fold(name: &[u8]) -> bool {
    classes_of(name) & FOLDING != 0
}

/// Whether two names differ, and people would take them for one.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    one != other && one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The canonical spelling of an agent's name: without the case of letters, leading zeros
/// and `.0` of a number, zero-width characters, spaces beside punctuation and around it,
/// and in one Unicode normalisation (NFKC). A run of spaces counts as one, apostrophes and
/// hyphens become those of ASCII, letters that look like Latin ones become Latin, and an
/// address has no `mailto:` before it and no `<>` around it. Latin letters have no accents,
/// with `ä`, `ö`, `ü` and `ß` as `ae`, `oe`, `ue` and `ss`. A title before a name, a mark
/// or a bracket after it, and the commas of `1,001` are left out. A name of letters has its
/// words in alphabetical order, with one space between them: `Lee, Anna`, `LEE Anna` and
/// `Anna-Lee` are `anna lee`. `None` if that is the name itself.
#[must_use]
pub fn canonical(name: &[u8]) -> Option<Vec<u8>> {
    if !may_vary(name) {
        return None;
    }
    let mut text = String::from_utf8_lossy(name).into_owned();
    // What one step takes away can bring together what another step changes.
    loop {
        let next = simplified(&text);
        if next == text {
            break;
        }
        text = next;
    }
    let canonical = text.into_bytes();
    (canonical != name).then_some(canonical)
}

fn simplified(text: &str) -> String {
    let text = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        // By NFKC the accent of U+00B4 would become a space and a mark.
        false => without_accents(&in_latin(&typed(text).nfkc().collect::<String>().to_lowercase())),
    };
    let spaced = spaced(&without_titles(&text.replace('`', "'")));
    let bare = without_remark(without_marks(without_scheme(&spaced)));
    in_order(&given_name_first(&without_commas(without_zeros(bare)))).into_owned()
}

/// A text in small letters in which Latin letters have no marks: `ä`, `ö` and `ü` become
/// `ae`, `oe` and `ue`, and `ß` becomes `ss`. Other letters keep their marks, since those
/// make other letters of them: Cyrillic `й`, Japanese `が`.
fn without_accents(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    let mut base = ' ';
    for letter in text.nfd() {
        let is_mark = matches!(letter, '\u{300}'..='\u{36f}');
        match letter {
            '\u{308}' if matches!(base, 'a' | 'o' | 'u') => {
                plain.push('e');
                base = 'e';
            }
            _ if is_mark && base.is_ascii_alphabetic() => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            letter => plain.push(letter),
        }
        base = if is_mark { base } else { letter };
    }
    plain.nfc().collect()
}

/// Titles before a name, with or without a dot.
const TITLES: [&str; 8] = ["dr", "mr", "mrs", "ms", "prof", "herr", "frau", "mme"];

/// Titles that have a dot, because the word without it may be a name.
const DOTTED_TITLES: [&str; 2] = ["sr.", "sra."];

/// Whether a word in small letters, without its dot, is a title that no canonical spelling has.
#[must_use]
#[cfg(feature = "cli")]
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
        || DOTTED_TITLES.iter().any(|title| title.strip_suffix('.') == Some(word))
}

/// A text without titles before the name, and before the first name that follows a comma:
/// `dr. anna lee`, `lee, dr. anna`.
fn without_titles(text: &str) -> Cow<'_, str> {
    let part = |part: &str| {
        let mut rest = part;
        while let Some(name) = behind_title(rest) {
            rest = name;
        }
        rest.to_owned()
    };
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.split(',').map(part).collect::<Vec<_>>().join(","))
    } else {
        Cow::Borrowed(text)
    }
}

/// The name after a title: it has a word of at least two letters and no digits, since `MS
/// 17` is an id. `M.` is a title only before two such words, since it may be an initial.
fn behind_title(text: &str) -> Option<&str> {
    let (title, name) = text.trim_start().split_once(char::is_whitespace)?;
    let title_like = TITLES.contains(&title.strip_suffix('.').unwrap_or(title));
    let least = match title {
        "m." => 2,
        _ if title_like || DOTTED_TITLES.contains(&title) => 1,
        _ => return None,
    };
    let words = name.split_whitespace().filter(|word| has_letters(word)).count();
    (words >= least && !has_digit(name)).then_some(name)
}

/// Whether a word has more than one letter, as more than an initial has.
fn has_letters(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

fn has_digit(text: &str) -> bool {
    text.contains(char::is_numeric)
}

/// A name without the marks that people put after or around it: `emp001*`, `~emp001~`.
fn without_marks(text: &str) -> &str {
    let bare = text.trim_end_matches(['*', '?', '/', '~']).trim_start_matches(['~', '*']);
    if bare.contains(char::is_alphanumeric) { bare } else { text }
}

/// A name without a bracket after it that says something else: `emp001(ot)`. A number in
/// brackets is a remark only after a name of at least two words, and a word only after such
/// a name or one with a digit: `agent (1)` and `nurse (er)` are not changed.
fn without_remark(text: &str) -> &str {
    split_remark(text).map_or(text, |(name, _)| name)
}

/// A name in small letters, and the remark in brackets after it.
fn split_remark(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (open, inside) = match text.strip_suffix(')') {
        Some(inside) => ('(', inside),
        None => ('[', text.strip_suffix(']')?),
    };
    let (name, remark) = inside.rsplit_once(open)?;
    let name = name.trim_end();
    if !remark.contains(char::is_alphanumeric) || remark.contains(['(', ')', '[', ']']) {
        return None;
    }
    let words = name.split([' ', ',']).filter(|word| has_letters(word)).count();
    let is_person = !has_digit(name) && words > 1;
    let is_id = has_digit(name) && !has_digit(remark);
    (is_person || is_id).then_some((name, remark))
}

/// The remark in brackets after a name, which is not part of its canonical spelling. Two
/// names with different remarks may be two agents: `Anna Lee (100)` and `Anna Lee (200)`.
#[must_use]
pub fn remark(name: &[u8]) -> Option<String> {
    let last = name.trim_ascii().last()?;
    if !matches!(last, b')' | b']') {
        return None;
    }
    let text = String::from_utf8_lossy(name).to_lowercase();
    split_remark(&text).map(|(_, remark)| remark.trim().to_owned())
}

/// A number without the commas between its thousands: `1,001`.
fn without_commas(text: &str) -> Cow<'_, str> {
    let mut groups = text.split(',');
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let leads = |group: &str| matches!(group.len(), 1..=3) && is_number(group) && group != "0";
    let has_first = groups.next().is_some_and(leads);
    let grouped = text.contains(',') && has_first;
    if grouped && groups.all(|group| group.len() == 3 && is_number(group)) {
        Cow::Owned(text.replace(',', ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// A name of letters with its words in alphabetical order, so that it does not matter
/// whether the last name comes first, and whether a hyphen or a space joins two names. A
/// name that has a digit, a dot or a single letter is not changed: `a-17`, `a. lee`, `team
/// a`.
fn in_order(text: &str) -> Cow<'_, str> {
    let is_name = |word: &&str| {
        let inner = |letter: char| letter.is_alphabetic() || letter == '\'';
        has_letters(word)
            && word.chars().all(inner)
            && word.starts_with(char::is_alphabetic)
            && word.ends_with(char::is_alphabetic)
            && !TITLES.contains(word)
    };
    let mut words: Vec<&str> = text.split([' ', '-']).collect();
    if words.len() < 2 || !words.iter().all(is_name) {
        return Cow::Borrowed(text);
    }
    words.sort_unstable();
    Cow::Owned(words.join(" "))
}

/// A text with the apostrophes and hyphens that keyboards have, for those of
/// typesetting.
fn typed(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '\u{2032}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe63}' | '\u{ff0d}' => '-',
        letter => letter,
    };
    text.chars().map(plain).collect()
}

/// A text in which words that have only Latin letters, and letters that look like them, are
/// Latin throughout: Cyrillic `а` for `a`. Words in which another letter shows their
/// script are left as they are.
fn in_latin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphanumeric();
        let end = rest.find(|letter: char| letter.is_alphanumeric() != is_word);
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let looks: Option<String> = word.chars().map(look_alike).collect();
        latin.push_str(looks.as_deref().unwrap_or(word));
        rest = behind;
    }
    latin
}

/// The Latin letter that a small letter looks like, itself or as a capital; `None` for
/// a letter of another script that looks like none.
const fn look_alike(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'н' | 'η' | 'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'ζ' => 'z',
        '\u{370}'..='\u{52f}' => return None,
        letter => letter,
    })
}

/// An e-mail address without the scheme before it, and without brackets around it:
/// `mailto:anna@example.com`, `<anna@example.com>`.
fn without_scheme(text: &str) -> &str {
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let address = inside.or_else(|| text.strip_prefix(SCHEME));
    address.filter(|address| address.contains('@')).unwrap_or(text)
}

/// The scheme of a link to an e-mail address.
const SCHEME: &str = "mailto:";

/// A name whose last part comes first, before a comma, in the order in which it is spoken:
/// `lee,anna` as `anna lee`.
fn given_name_first(text: &str) -> Cow<'_, str> {
    let begins = |part: &str| part.starts_with(char::is_alphabetic);
    match text.split_once(',') {
        Some((family, given)) if begins(family) && begins(given) && !given.contains(',') => {
            Cow::Owned(format!("{given} {family}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Whether an agent's name has anything for which it could be another spelling of another
/// name, or several names: a capital, a space, a letter that is not ASCII, a mark that
/// separates or follows names, a hyphen in a name without digits, the zeros of a number, or
/// the scheme of an address.
#[must_use]
#[inline]
pub fn may_vary(name: &[u8]) -> bool {
    has_odd_byte(name) || may_have_zeros(name) || has_scheme(name)
}

/// Whether a name begins with the scheme of an address; the colon is checked first.
#[inline]
fn has_scheme(name: &[u8]) -> bool {
    name.get(SCHEME.len() - 1) == Some(&b':') && name.starts_with(SCHEME.as_bytes())
}

/// Whether a name has an odd byte, which is listed at [`is_odd`], or a hyphen and no
/// digit. UUIDs and ids such as `a-17` have both.
#[inline]
fn has_odd_byte(name: &[u8]) -> bool {
    let found = classes_of(name);
    found & ODD != 0 || found & (HYPHEN | DIGIT) == HYPHEN
}

/// The classes of all bytes of a name. Going through all of them without a branch is as
/// fast as comparing sixteen at a time; stopping at the first that decides is slower,
/// because that place cannot be predicted.
#[inline]
fn classes_of(name: &[u8]) -> u8 {
    name.iter().fold(0, |found, byte| found | CLASSES[usize::from(*byte)])
}

/// A byte that is odd to [`has_odd_byte`].
const ODD: u8 = 1;
const HYPHEN: u8 = 2;
const DIGIT: u8 = 4;
/// A capital, or a byte of a letter that is not ASCII.
const FOLDING: u8 = 8;

/// The classes of each byte, one bit each.
static CLASSES: [u8; 256] = {
    let (mut classes, mut place) = ([0; 256], 0);
    while place < classes.len() {
        let byte = place as u8;
        classes[place] = match byte {
            b'-' => HYPHEN,
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' | 0x80.. => ODD | FOLDING,
            _ if is_odd(byte) => ODD,
            _ => 0,
        };
        place += 1;
    }
    classes
};

/// Whether a byte is a capital, white space or a control character, not ASCII, or one of
/// ``!"#$%&'()*+,/;<>?[\]^`{|}~``.
const fn is_odd(byte: u8) -> bool {
    // Ids are made of the bytes from `-` to `z`.
    let is_outside = byte < b'-' || byte > b'z';
    is_outside || matches!(byte, b'A'..=b'^' | b'`' | b'/' | b';' | b'?' | b'<' | b'>')
}

/// Whether a name begins or ends with zeros as numbers do: `007`, `7.0`, `7.00`.
#[inline]
fn may_have_zeros(name: &[u8]) -> bool {
    let ([first, second, ..], [.., before, last]) = (name, name) else { return false };
    // No branch for either end: those of random names cannot be predicted.
    let leading = (*first == b'0') & (second.is_ascii_digit() | (*second == b'.'));
    let trailing = matches!([*before, *last], [b'0' | b'.', b'0']);
    (leading | trailing) && is_padded_number(name)
}

#[inline(never)]
fn is_padded_number(name: &[u8]) -> bool {
    // The first few bytes of a UUID decide.
    let is_number = name.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    is_number && (name.first() == Some(&b'0') || name.contains(&b'.'))
}

/// A name with one space where two words are apart, and none elsewhere, and without
/// invisible characters.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut waiting = false;
    for letter in text.chars().filter(|letter| !is_unseen(*letter)) {
        if letter.is_whitespace() || letter.is_control() {
            waiting = true;
            continue;
        }
        let word = |letter: char| letter.is_alphanumeric();
        if waiting && word(letter) && spaced.chars().next_back().is_some_and(word) {
            spaced.push(' ');
        }
        waiting = false;
        spaced.push(letter);
    }
    spaced
}

/// Whether a character takes no room: joiners, marks of direction, soft hyphens.
#[must_use]
pub const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// A whole number without zeros before it, and without a fraction of zeros.
fn without_zeros(text: &str) -> &str {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    let ends = text.len() == whole.len() || !fraction.is_empty();
    if !is_number || !ends || fraction.bytes().any(|byte| byte != b'0') {
        return text;
    }
    match whole.trim_start_matches('0') {
        "" => &whole[..1],
        number => number,
    }
}

/// Whether two names are different ones, and spellings of one agent.
#[must_use]
pub fn are_spellings(one: &str, other: &str) -> bool {
    let plain = |name: &str| canonical(name.as_bytes()).unwrap_or_else(|| name.into());
    one != other && plain(one) == plain(other)
}

/// Whether an id is a UUID: 8, 4, 4, 4 and 12 hexadecimal digits with `-`
/// between them.
#[must_use]
pub fn is_uuid(id: &[u8]) -> bool {
    let is_digit =
        |(place, byte): (usize, &u8)| DASHES.contains(&place) || byte.is_ascii_hexdigit();
    is_cut_like_uuid(id) && id.iter().enumerate().all(is_digit)
}

/// Where a UUID has its dashes.
const DASHES: [usize; 4] = [8, 13, 18, 23];

/// Whether an id is as long as a UUID and has its dashes, at a glance.
#[must_use]
#[inline]
pub fn is_cut_like_uuid(id: &[u8]) -> bool {
    id.len() == 36 && DASHES.into_iter().all(|place| id.get(place) == Some(&b'-'))
}

#[cfg(test)]
mod tests {
    use super::{are_alike, are_spellings, canonical, folded, is_uuid, may_fold, may_vary, remark};
    use proptest::prelude::*;

    #[test]
    fn a_capital_is_seen_in_any_place_of_any_length() {
        for length in 1..40 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut name = vec![b'{'; length];
                    name[place] = byte;
                    let folds = byte.is_ascii_uppercase() || byte >= 0x80;
                    assert_eq!(may_fold(&name), folds, "{byte} at {place} of {length}");
                }
            }
        }
        assert!(!may_fold(b""));
    }

    #[test]
    fn only_names_that_fold_to_others_are_folded() {
        for (name, expected) in [
            ("anna", None),
            ("7f3c-91", None),
            ("", None),
            ("Anna", Some("anna")),
            ("ANNA", Some("anna")),
            ("zoë", None),
            ("ZOË", Some("zoë")),
            ("\u{a0}anna", Some("anna")),
        ] {
            assert_eq!(folded(name.as_bytes()), expected.map(|name| name.as_bytes().to_vec()));
        }
        assert_eq!(folded(b"\xff"), Some("\u{fffd}".as_bytes().to_vec()));
    }

    #[test]
    fn what_people_overlook_in_a_name_is_not_in_its_canonical_spelling() {
        for (name, expected) in [
            ("Anna", "anna"),
            ("anna  ito", "anna ito"),
            ("ito anna", "anna ito"),
            ("LEE Anna-Maria", "anna lee maria"),
            ("anna-lee", "anna lee"),
            ("o`brien", "o'brien"),
            ("José Pérez", "jose perez"),
            ("MÜLLER", "mueller"),
            ("Groß", "gross"),
            ("Dr. Anna Ito", "anna ito"),
            ("Herr Prof. Dr. Ito", "ito"),
            ("Ito, Mrs. Anna", "anna ito"),
            ("M. Jean Ito", "ito jean"),
            ("Emp001*", "emp001"),
            ("emp001?", "emp001"),
            ("~emp001~", "emp001"),
            ("emp001/", "emp001"),
            ("Emp001 (OT)", "emp001"),
            ("emp001[trainee]", "emp001"),
            ("Anna Ito (100)", "anna ito"),
            ("1,001", "1001"),
            ("<anna@x.com>", "anna@x.com"),
            ("Ito , Anna", "anna ito"),
            ("ito,anna", "anna ito"),
            ("De la Cruz, Ana Maria", "ana cruz de la maria"),
            ("a, b, c", "a,b,c"),
            ("7, 8", "7,8"),
            ("O\u{2019}Brien", "o'brien"),
            ("O\u{b4}Brien", "o'brien"),
            ("anne\u{2013}marie", "anne marie"),
            ("anne\u{2011}marie", "anne marie"),
            ("\u{430}nna lee", "anna lee"),
            ("\u{410}7", "a7"),
            ("\u{418}ван", "\u{438}ван"),
            ("mailto:anna@example.com", "anna@example.com"),
            ("anna\u{200b}", "anna"),
            ("\u{feff}anna", "anna"),
            ("zoe\u{308}", "zoe"),
            ("ＡＮＮＡ", "anna"),
            ("anna\u{a0}ito", "anna ito"),
            ("007", "7"),
            ("000", "0"),
            ("7.0", "7"),
            ("007.00", "7"),
        ] {
            let found = canonical(name.as_bytes()).map(String::from_utf8);
            assert_eq!(found, Some(Ok(expected.to_owned())), "{name}");
            assert!(are_spellings(name, expected));
        }
        for name in [
            "",
            "anna",
            "0",
            "7",
            "7.5",
            "7.",
            ".0",
            "70",
            "0d5a",
            "e007",
            "1.2.0",
            "anna ito",
            "mailto:7",
            "a-17",
            "a 17",
            "17/3",
            "k-1*2",
            "a.lee",
            "team-7a",
            "agent(1)",
            "nurse(er)",
            "17(2)",
            "ms 17",
            "0,001",
            "1,01",
            "???",
            "*",
            "~",
            "team a",
            "7f3c-9b",
        ] {
            assert_eq!(canonical(name.as_bytes()), None, "{name}");
        }
        for (one, other) in [
            ("anna", "ann a"),
            ("1 11", "11 1"),
            ("e7", "e07"),
            ("7", "70"),
            ("7.5", "75"),
            ("anne-marie", "annemarie"),
            ("A-17", "A 17"),
            ("17/3", "17"),
            ("K-1*2", "K-1"),
            ("A. Lee", "Anna Lee"),
            ("A. Lee", "Lee"),
            ("Anna", "Anna Lee"),
            ("M. Lee", "Lee"),
            ("Team A", "A Team"),
            ("A-B", "A B"),
            ("Agent (1)", "Agent (2)"),
            ("Nurse (ER)", "Nurse"),
            ("MS 17", "17"),
            ("Thomas Sr", "Thomas"),
            ("й", "и"),
            ("Muller", "Müller"),
            ("иван", "ivan"),
        ] {
            assert!(!are_spellings(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_spelling_is_its_own(name in "(mailto:|Dr\\. |mr |<)?[aAbZ0 .,;@ëüßE\u{308}\u{200b}\u{130}\u{b4}\u{2019}\u{2013}аИкйΑ7'`*?~/()\\[\\]-]{0,24}>?") {
            let once = canonical(name.as_bytes()).unwrap_or(name.clone().into_bytes());
            prop_assert_eq!(canonical(&once), None);
            if once != name.as_bytes() {
                prop_assert!(may_vary(name.as_bytes()));
            }
        }
    }

    proptest! {
        #[test]
        fn a_name_of_letters_is_the_same_in_any_order(
            words in proptest::collection::vec("[a-z]{2,6}", 2..4),
            joint in "[ -]",
        ) {
            let forward = words.join(&joint);
            let backward: Vec<String> = words.iter().rev().cloned().collect();
            let titled = |word: &String| super::TITLES.contains(&word.as_str());
            if !words.iter().any(titled) {
                let plain = |name: &str| canonical(name.as_bytes()).unwrap_or_else(|| name.into());
                prop_assert_eq!(plain(&forward), plain(&backward.join(" ")));
            }
        }
    }

    #[test]
    fn a_hyphen_varies_in_names_without_digits() {
        for name in ["lee-smith", "a-b-c-d-e-f-g-h-i-j-k-l-m"] {
            assert!(may_vary(name.as_bytes()), "{name}");
        }
        for name in ["a-17", "0d5a1c2e-8b1f-4e7a-9c3d-00000000abcd", "s-b-c-d-e-f-g-h-i-j-k-l-9"] {
            assert!(!may_vary(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn what_stands_in_brackets_behind_a_name_is_its_remark() {
        let found = |name: &str| remark(name.as_bytes());
        assert_eq!(found("Anna Lee (100)").as_deref(), Some("100"));
        assert_eq!(found("Emp001 [Trainee] ").as_deref(), Some("trainee"));
        for name in ["Anna Lee", "Agent (1)", "(OT)", ")", "", "Emp001 ()"] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn an_odd_byte_is_seen_in_any_place_of_any_length() {
        for length in 1..40 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut name = vec![b'x'; length];
                    name[place] = byte;
                    let usual = byte.is_ascii_digit()
                        || byte.is_ascii_lowercase()
                        || b".:=@_".contains(&byte);
                    assert_eq!(may_vary(&name), !usual, "{byte} at {place} of {length}");
                }
            }
        }
    }

    #[test]
    fn names_are_alike_if_case_or_blanks_tell_them_apart() {
        assert!(are_alike("S-12", "s-12") && are_alike("s-12 ", "s-12"));
        assert!(
            !are_alike("s-12", "s-12") && !are_alike("s-12", "s-13") && !are_alike("s 12", "s12")
        );
    }

    #[test]
    fn a_uuid_has_its_form() {
        assert!(is_uuid(b"0d5a1c2e-8b1f-4e7a-9c3d-000000001000"));
        assert!(is_uuid(b"0D5A1C2E-8B1F-4E7A-9C3D-00000000ABCD"));
        for id in [
            "",
            "s-12",
            "0d5a1c2e8b1f4e7a9c3d000000001000",
            "0d5a1c2e-8b1f-4e7a-9c3d-00000000100",
            "0d5a1c2e-8b1f-4e7a-9c3d-00000000100g",
            "0d5a1c2e-8b1f-4e7a-9c3d0-00000001000",
        ] {
            assert!(!is_uuid(id.as_bytes()), "{id}");
        }
    }
}
