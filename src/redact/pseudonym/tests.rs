//! Pseudonyms have the relations of what they stand for.

use super::of_name;
use crate::model::spelling::{are_alike, canonical};
use crate::redact::key::RedactKey;
use crate::redact::runs::is_uuid;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn given(name: &str) -> String {
    let key = RedactKey::of(b"a key for tests alone").expect("long enough");
    of_name(&key, name)
}

fn spelling(name: &str) -> String {
    let canonical = canonical(name.as_bytes()).unwrap_or_else(|| name.as_bytes().to_vec());
    String::from_utf8(canonical).expect("a text")
}

/// Two ways to write what may be one name.
const TWINS: &[[&str; 2]] = &[
    ["Ann Lee", "ann lee"],
    ["Ann Lee", "LEE, Ann"],
    ["Ann Lee", "Ann  Lee"],
    ["Ann-Marie Lee", "Lee, Ann Marie"],
    ["José", "Jose"],
    ["José", "Jose\u{301}"],
    ["Jäger", "Jaeger"],
    ["Weiß", "WEISS"],
    ["Łukasz", "lukasz"],
    ["Анна", "анна"],
    ["Anna", "\u{410}nna"],
    ["An\u{200b}na", "Anna"],
    ["Dr. Ann Lee", "Ann Lee"],
    ["<ann@example.com>", "ann@example.com"],
    ["mailto:ann@example.com", "Ann@example.com"],
    ["007", "7"],
    ["4711.0", "4711"],
    ["1,001", "1001"],
    ["emp001*", "EMP001"],
    ["emp001 (ot)", "emp001"],
    ["s-1 ", "s-1"],
    ["ABCDEF12-3456-4789-8abc-def012345678", "abcdef12-3456-4789-8abc-def012345678"],
];

#[test]
fn names_that_are_alike_stay_alike_and_differ() {
    for [one, other] in TWINS {
        assert_eq!(spelling(one), spelling(other), "{one} and {other} are no twins");
        let (first, second) = (given(one), given(other));
        assert_eq!(spelling(&first), spelling(&second), "{one} {other}: {first} {second}");
        assert_ne!(first, second, "{one} {other}");
        assert_eq!(are_alike(&first, &second), are_alike(one, other), "{one} {other}");
    }
}

#[test]
fn names_that_differ_stay_apart() {
    for (one, other) in [
        ("Ann Lee", "Ann Leigh"),
        ("A. Lee", "B. Lee"),
        ("agent (1)", "agent (2)"),
        ("s-1", "s-11"),
        ("70", "7"),
        ("ann@example.com", "ann@example.org"),
        ("й", "и"),
    ] {
        assert_ne!(spelling(&given(one)), spelling(&given(other)), "{one} {other}");
    }
}

#[test]
fn forms_stay() {
    let uuid = given("7F3C0000-1111-4222-8333-444455556666");
    assert!(is_uuid(&uuid) && uuid == uuid.to_uppercase() && &uuid[14..15] == "4", "{uuid}");
    let null = "00000000-0000-0000-0000-000000000000";
    assert_eq!(given(null), null);
    let number = given("0042");
    assert!(number.len() == 4 && number.starts_with("00") && number != "0042", "{number}");
    let mail = given("ann.lee@example.com");
    let (local, domain) = mail.split_once('@').expect("an address");
    assert_eq!((local.matches('.').count(), domain.matches('.').count()), (1, 1), "{mail}");
    assert!(given("bob@example.com").ends_with(&format!("@{domain}")));
    assert!(given("Ann Lee").to_lowercase().starts_with(local.split('.').next().expect("a part")));
    let opaque = given("65f1c0ffee12ab34cd56ef78");
    assert!(opaque.len() == 24 && opaque.bytes().all(|byte| byte.is_ascii_hexdigit()), "{opaque}");
    assert_eq!(given("#/-. "), "#/-. ");
}

/// Names of many kinds, of few letters so that some are alike.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[AaBbéÉ]{1,3}( |, |-|  )?[abÄäß]{0,3}",
        "0{0,2}[1-9][0-9]{0,6}(\\.0)?",
        "[a-b]{1,2}@[a-b]{1,2}\\.c",
        "[sS]-?[0-9]{1,3}",
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
        "\\PC{1,8}",
    ]
}

proptest! {
    #[test]
    fn pseudonyms_of_different_names_differ(one in names(), other in names()) {
        prop_assert_eq!(given(&one) == given(&other), one == other, "{} {}", one, other);
    }

    #[test]
    fn no_word_of_a_name_is_in_its_pseudonym(name in "[a-zA-Z]{3,9}( [a-zäöé]{3,9}){0,2}") {
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|letter: char| !letter.is_alphabetic());
            words.map(str::to_lowercase).collect()
        };
        let pseudonym = words(&given(&name));
        let titles = ["mrs", "prof", "herr", "frau", "mme"];
        let mut own = words(&name).into_iter().filter(|word| !titles.contains(&word.as_str()));
        prop_assert!(own.all(|word| !pseudonym.contains(&word)), "{} {:?}", name, pseudonym);
    }

    #[test]
    fn spellings_are_equal_where_they_were(
        one in "[AaBb]{2,3}( |, |  )[abÄäéß]{2,3}|0{0,2}[1-9]{1,2}(\\.0)?|[sS]-[0-9]{1,2}",
        other in "[AaBb]{2,3}( |, |  )[abÄäéß]{2,3}|0{0,2}[1-9]{1,2}(\\.0)?|[sS]-[0-9]{1,2}",
    ) {
        let before = spelling(&one) == spelling(&other);
        let after = spelling(&given(&one)) == spelling(&given(&other));
        prop_assert_eq!(before, after, "{} {}: {} {}", one, other, given(&one), given(&other));
    }
}
