//! How names and ids are spelled.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x16, u8x16};

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
    use super::{are_alike, folded, is_uuid, may_fold};

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
