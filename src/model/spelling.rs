//! How names and ids are spelled.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x16, u8x16};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What a name is without what people overlook in it: the case of its letters,
/// and blanks around it. `None` where that is the name itself, which is quickly
/// seen of names without capitals.
#[must_use]
pub fn folded(name: &[u8]) -> Option<Vec<u8>> {
    if !may_fold(name) {
        return None;
    }
    let folded = String::from_utf8_lossy(name).trim().to_lowercase().into_bytes();
    (folded != name).then_some(folded)
}

/// Whether a name, without blanks around it, has anything that could fold: a
/// capital, or a letter that is not ASCII.
#[must_use]
#[inline]
pub fn may_fold(name: &[u8]) -> bool {
    let Some(last) = name.last_chunk::<16>() else {
        return name.iter().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
    };
    // Names are so short that wider vectors would not be filled.
    dispatch!(Level::baseline(), simd => {
        // The last bytes may have been looked at in part.
        let mut found = foldable(simd, *last);
        for chunk in name.as_chunks().0 {
            found |= foldable(simd, *chunk);
        }
        found.any_true()
    })
}

/// Which bytes are capitals or not ASCII.
#[inline(always)]
fn foldable<S: Simd>(simd: S, bytes: [u8; 16]) -> mask8x16<S> {
    let bytes: u8x16<S> = bytes.simd_into(simd);
    let letters = bytes - b'A';
    letters.simd_le(b'Z' - b'A') | bytes.simd_ge(0x80)
}

/// Whether two names are different ones, and people would take them for one.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    one != other && one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The spelling of an agent's name that stands for all of its spellings: without
/// the case of letters, leading zeros and `.0` of a number, zero-width characters,
/// spaces beside punctuation and around it, and in one Unicode normalisation (NFKC).
/// A run of spaces counts as one, apostrophes and hyphens are those of ASCII, letters
/// that look like Latin ones are these, `Lee, Anna` is `anna lee`, and an address has
/// no `mailto:` before it. `None` where that is the name itself.
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
        false => in_latin(&typed(text).nfkc().collect::<String>().to_lowercase()),
    };
    let spaced = spaced(&text);
    given_name_first(without_scheme(without_zeros(&spaced))).into_owned()
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

/// A text in which words of nothing but Latin letters and such as look like them are
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

/// An e-mail address without the scheme before it: `mailto:anna@example.com`.
fn without_scheme(text: &str) -> &str {
    text.strip_prefix(SCHEME).filter(|address| address.contains('@')).unwrap_or(text)
}

/// The scheme of a link to an e-mail address.
const SCHEME: &str = "mailto:";

/// A name whose last part stands first, before a comma, in the order in which it is
/// spoken: `lee,anna` as `anna lee`.
fn given_name_first(text: &str) -> Cow<'_, str> {
    let begins = |part: &str| part.starts_with(char::is_alphabetic);
    match text.split_once(',') {
        Some((family, given)) if begins(family) && begins(given) && !given.contains(',') => {
            Cow::Owned(format!("{given} {family}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Whether an agent's name has anything for which it could be another spelling of
/// another name, or several names: a capital, a space, a letter that is not ASCII, a
/// mark that divides names, the zeros of a number, or the scheme of an address.
#[must_use]
#[inline]
pub fn may_vary(name: &[u8]) -> bool {
    has_odd_byte(name) || may_have_zeros(name) || has_scheme(name)
}

/// Whether a name begins with the scheme of an address; the colon tells at a glance.
#[inline]
fn has_scheme(name: &[u8]) -> bool {
    name.get(SCHEME.len() - 1) == Some(&b':') && name.starts_with(SCHEME.as_bytes())
}

/// Whether a name has a capital, a blank or control, a mark that divides names, or a
/// byte that is not ASCII.
#[inline]
fn has_odd_byte(name: &[u8]) -> bool {
    let Some(last) = name.last_chunk::<16>() else {
        return name.iter().any(|byte| ODD[usize::from(*byte)]);
    };
    dispatch!(Level::baseline(), simd => {
        let mut found = odd(simd, *last);
        for chunk in name.as_chunks().0 {
            found |= odd(simd, *chunk);
        }
        found.any_true()
    })
}

/// What ids are made of lies between these.
const FIRST_OF_IDS: u8 = b'-';
const LAST_OF_IDS: u8 = b'z';

/// `/`, `;` and `?` without the bits in which they differ.
const DIVIDING: u8 = 0x2b;
const DIFFERING: u8 = 0x14;

/// Whether each byte is a capital, a blank or control, one of ``!"#$%&'()*+,/;?{|}~``, or
/// not ASCII.
static ODD: [bool; 256] = {
    let (mut odd, mut place) = ([false; 256], 0);
    while place < odd.len() {
        let byte = place as u8;
        odd[place] = byte.is_ascii_uppercase()
            || byte < FIRST_OF_IDS
            || byte > LAST_OF_IDS
            || byte & !DIFFERING == DIVIDING;
        place += 1;
    }
    odd
};

/// The same of sixteen bytes.
#[inline(always)]
fn odd<S: Simd>(simd: S, bytes: [u8; 16]) -> mask8x16<S> {
    let bytes: u8x16<S> = bytes.simd_into(simd);
    let letters = bytes - b'A';
    // What lies before the first of them is wrapped around.
    let usual = bytes - FIRST_OF_IDS;
    letters.simd_le(b'Z' - b'A')
        | usual.simd_ge(LAST_OF_IDS - FIRST_OF_IDS + 1)
        | (bytes & !DIFFERING).simd_eq(DIVIDING)
}

/// Whether a name begins or ends with zeros as numbers do: `007`, `7.0`, `7.00`.
#[inline]
fn may_have_zeros(name: &[u8]) -> bool {
    let ([first, second, ..], [.., before, last]) = (name, name) else { return false };
    // No branch of its own for either end: of a random name nobody can foretell them.
    let leading = (*first == b'0') & (second.is_ascii_digit() | (*second == b'.'));
    let trailing = matches!([*before, *last], [b'0' | b'.', b'0']);
    (leading | trailing) && is_padded_number(name)
}

#[inline(never)]
fn is_padded_number(name: &[u8]) -> bool {
    // Of a UUID the first few bytes tell.
    let is_number = name.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    is_number && (name.first() == Some(&b'0') || name.contains(&b'.'))
}

/// A name with one space where two words are apart, and none elsewhere, and without
/// what nobody sees.
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
const fn is_unseen(letter: char) -> bool {
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
    use super::{are_alike, are_spellings, canonical, folded, is_uuid, may_fold, may_vary};
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
            ("Ito , Anna", "anna ito"),
            ("ito,anna", "anna ito"),
            ("De la Cruz, Ana Maria", "ana maria de la cruz"),
            ("a, b, c", "a,b,c"),
            ("7, 8", "7,8"),
            ("O\u{2019}Brien", "o'brien"),
            ("O\u{b4}Brien", "o'brien"),
            ("anne\u{2013}marie", "anne-marie"),
            ("anne\u{2011}marie", "anne-marie"),
            ("\u{430}nna lee", "anna lee"),
            ("\u{410}7", "a7"),
            ("\u{418}ван", "\u{438}ван"),
            ("mailto:anna@example.com", "anna@example.com"),
            ("anna\u{200b}", "anna"),
            ("\u{feff}anna", "anna"),
            ("zoe\u{308}", "zoë"),
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
            "", "anna", "0", "7", "7.5", "7.", ".0", "70", "0d5a", "e007", "1.2.0", "anna ito",
            "mailto:7",
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
            ("lee anna", "lee, anna"),
            ("иван", "ivan"),
        ] {
            assert!(!are_spellings(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_spelling_is_its_own(name in "(mailto:)?[aAbZ0 .,;@ëE\u{308}\u{200b}\u{130}\u{b4}\u{2019}\u{2013}аИкΑ7-]{0,24}") {
            let once = canonical(name.as_bytes()).unwrap_or(name.clone().into_bytes());
            prop_assert_eq!(canonical(&once), None);
            if once != name.as_bytes() {
                prop_assert!(may_vary(name.as_bytes()));
            }
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
                        || b"-.:<=>@[\\]^_`".contains(&byte);
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
