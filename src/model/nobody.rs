//! Words in the place of an agent for nobody, such as `open`.

/// Words for an unassigned shift, and what vendors write in place of an agent.
pub const UNASSIGNED: [&str; 48] = [
    "open",
    "open shift",
    "open shifts",
    "openshift",
    "OpenShift",
    "unassigned",
    "vacant",
    "unfilled",
    "tbd",
    "tba",
    "tbc",
    "to be assigned",
    "to be confirmed",
    "not assigned",
    "not filled",
    "???",
    "??",
    "n.n.",
    "n. n.",
    "nn",
    "offen",
    "nicht besetzt",
    "unbesetzt",
    "nicht zugewiesen",
    "sin asignar",
    "por asignar",
    "non assegnato",
    "onbezet",
    "à pourvoir",
    "a pourvoir",
    "non assigné",
    "non affecté",
    "vakant",
    "vacante",
    "sin cubrir",
    "abierto",
    "turno abierto",
    "em aberto",
    "não atribuído",
    "da assegnare",
    "scoperto",
    "niet toegewezen",
    "niet ingevuld",
    "openstaand",
    "open dienst",
    "null",
    "0",
    "00000000-0000-0000-0000-000000000000",
];

/// Words for an unassigned shift behind which its number can be: `Open 2`.
const NUMBERED: [&str; 9] = [
    "open",
    "open shift",
    "openshift",
    "unassigned",
    "vacant",
    "vacancy",
    "unfilled",
    "offen",
    "vacante",
];

/// The length of the longest of them in bytes.
const LONGEST: usize = 36;

/// Whether a word in the place of an agent is empty, or says that there is none, in whatever
/// capitals.
#[must_use]
pub fn is_nobody(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    let Some(first) = word.first() else { return true };
    // The first letter tells nearly all agents.
    let may_be = !first.is_ascii() || b"0?adenopstuv".contains(&first.to_ascii_lowercase());
    may_be && word.len() <= LONGEST && (is_numbered(word) || is_listed(word))
}

/// Whether a word is one for nobody with a number behind it: `Open 2`, `Unassigned #1`.
#[must_use]
pub fn is_numbered(word: &[u8]) -> bool {
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let Some((text, _)) = word.split_at_checked(word.len() - digits) else { return false };
    let Some(text) = text.strip_suffix(b"#").or_else(|| text.strip_suffix(b" ")) else {
        return false;
    };
    let text = text.trim_ascii();
    (1..=3).contains(&digits)
        && NUMBERED.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(text))
}

fn is_listed(word: &[u8]) -> bool {
    if word.is_ascii() {
        return UNASSIGNED.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word));
    }
    let lower = String::from_utf8_lossy(word).to_lowercase();
    UNASSIGNED.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, UNASSIGNED, is_nobody};

    #[test]
    fn each_word_is_recognised_in_all_capitals() {
        for word in UNASSIGNED {
            assert!(word.len() <= LONGEST, "{word}");
            for word in [word.to_owned(), word.to_uppercase(), format!(" {word} ")] {
                assert!(is_nobody(word.as_bytes()), "{word}");
            }
        }
        assert!(is_nobody(b"Open Shift 2"));
        for word in ["00", "Nina", "Otto", "e1", "0001", "Vera 2"] {
            assert!(!is_nobody(word.as_bytes()), "{word}");
        }
    }
}
