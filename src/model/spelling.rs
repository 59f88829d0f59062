//! How names and ids are spelled.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x16, u8x16};
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
/// A run of spaces counts as one. `None` where that is the name itself.
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
        false => text.nfkc().collect::<String>().to_lowercase(),
    };
    without_zeros(&spaced(&text)).to_owned()
}

/// Whether an agent's name has anything for which it could be another spelling of
/// another name: a capital, a space, a letter that is not ASCII, or the zeros of a
/// number.
#[must_use]
#[inline]
pub fn may_vary(name: &[u8]) -> bool {
    has_odd_byte(name) || may_have_zeros(name)
}

/// Whether a name has a capital, a blank or control, or a byte that is not ASCII.
#[inline]
fn has_odd_byte(name: &[u8]) -> bool {
    let Some(last) = name.last_chunk::<16>() else {
        return name.iter().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii_graphic());
    };
    dispatch!(Level::baseline(), simd => {
        let mut found = odd(simd, *last);
        for chunk in name.as_chunks().0 {
            found |= odd(simd, *chunk);
        }
        found.any_true()
    })
}

/// Which bytes are capitals, blanks, or not ASCII.
#[inline(always)]
fn odd<S: Simd>(simd: S, bytes: [u8; 16]) -> mask8x16<S> {
    let bytes: u8x16<S> = bytes.simd_into(simd);
    let letters = bytes - b'A';
    // Wrapped around: up to the space, and from the last control on.
    let visible = bytes - b'!';
    letters.simd_le(b'Z' - b'A') | visible.simd_gt(b'~' - b'!')
}

/// Whether a name begins or ends with zeros as numbers do: `007`, `7.0`, `7.00`.
#[inline]
fn may_have_zeros(name: &[u8]) -> bool {
    let ([first, second, ..], [.., before, last]) = (name, name) else { return false };
    // No branch of its own for either end: of a random name nobody can foretell them.
    let leading = (*first == b'0') & (second.is_ascii_digit() | (*second == b'.'));
    let trailing = (*last == b'0') & ((*before == b'0') | (*before == b'.'));
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
            ("Ito , Anna", "ito,anna"),
            ("Ito,Anna", "ito,anna"),
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
        for name in
            ["", "anna", "0", "7", "7.5", "7.", ".0", "70", "0d5a", "e007", "1.2.0", "anna ito"]
        {
            assert_eq!(canonical(name.as_bytes()), None, "{name}");
        }
        for (one, other) in
            [("anna", "ann a"), ("1 11", "11 1"), ("e7", "e07"), ("7", "70"), ("7.5", "75")]
        {
            assert!(!are_spellings(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_spelling_is_its_own(name in "[aAbZ0 .,ëE\u{308}\u{200b}\u{130}7-]{0,24}") {
            let once = canonical(name.as_bytes()).unwrap_or(name.clone().into_bytes());
            prop_assert_eq!(canonical(&once), None);
            if once != name.as_bytes() {
                prop_assert!(may_vary(name.as_bytes()));
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
