//! Recognises words in the agent's place that name nobody, such as `open` or `n/a`.

use crate::model::agents::Agents;
use crate::model::keys::{AgentKey, Keys};
use crate::model::nobody::{UNASSIGNED, is_numbered};

/// What programs write where a name was lost, and marks that may stand for the name above.
const LOST: [&str; 24] = [
    "nan",
    "none",
    "#n/a",
    "#na",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#null!",
    "#num!",
    "#data!",
    "undefined",
    "[object object]",
    "-",
    "–",
    "—",
    "...",
    "…",
    "↓",
    "#",
    ".",
    "same",
    "as above",
    "\u{a0}",
];

/// Whether a word in the place of an agent names nobody, in whatever capitals.
#[must_use]
#[cfg(feature = "cli")]
pub fn names_nobody(word: &str) -> bool {
    let lower = word.trim().to_lowercase();
    let mut words = UNASSIGNED.iter().chain(&LOST);
    is_numbered(lower.as_bytes()) || words.any(|known| known.to_lowercase() == lower)
}

/// What a word in the place of an agent says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nobody {
    /// Nobody has the shift yet.
    Unassigned,
    /// The name was lost.
    Lost,
}

/// The keys of words for nobody.
#[derive(Debug)]
pub(super) struct NobodyKeys {
    /// A bit for each, by the lowest bits of the key: an agent's key hardly ever meets
    /// one, so that the list is hardly ever looked through.
    bits: [u64; NobodyKeys::WORDS],
    keys: Vec<(AgentKey, Nobody)>,
}

impl NobodyKeys {
    const WORDS: usize = 64;
    /// The longest word that does not begin with a zero.
    const LONGEST: usize = 16;

    /// The words as people and programs capitalise them, except those that are in the lists
    /// of agents.
    pub(super) fn new(keys: &Keys, agents: &Agents) -> NobodyKeys {
        let mut all = NobodyKeys { bits: [0; NobodyKeys::WORDS], keys: Vec::new() };
        let unassigned = UNASSIGNED.iter().map(|word| (word, Nobody::Unassigned));
        for (word, says) in unassigned.chain(LOST.iter().map(|word| (word, Nobody::Lost))) {
            for word in capitalised(word) {
                let key = agents.key(keys, word.as_bytes());
                if agents.get(key).is_none() {
                    let (place, bit) = NobodyKeys::place(key);
                    all.bits[place] |= bit;
                    all.keys.push((key, says));
                }
            }
        }
        all
    }

    const fn place(key: AgentKey) -> (usize, u64) {
        let key = key.bits();
        ((key >> 6) as usize % NobodyKeys::WORDS, 1 << (key % 64))
    }

    /// Whether a word is short enough to name nobody, or begins as a null id does.
    #[inline(always)]
    pub(super) fn may_be(word: &[u8]) -> bool {
        word.len() <= NobodyKeys::LONGEST || word.first() == Some(&b'0')
    }

    /// Whether a word that no list of agents has is one for nobody with a number.
    #[inline(always)]
    pub(super) fn is_number_of_nobody(word: &[u8], key: AgentKey, agents: &Agents) -> bool {
        let begins = matches!(word.first(), Some(b'O' | b'o' | b'U' | b'u' | b'V' | b'v'));
        begins
            && word.last().is_some_and(u8::is_ascii_digit)
            && is_numbered(word)
            && agents.get(key).is_none()
    }

    /// What the word with this key says, if it names nobody.
    #[inline(always)]
    pub(super) fn find(&self, key: AgentKey) -> Option<Nobody> {
        let (place, bit) = NobodyKeys::place(key);
        if self.bits[place] & bit == 0 { None } else { self.find_key(key) }
    }

    #[cold]
    fn find_key(&self, key: AgentKey) -> Option<Nobody> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, says)| *says)
    }
}

/// A word in lower case, in capitals, with one capital, and with one for each word.
fn capitalised(word: &str) -> [String; 5] {
    let first = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    let each: Vec<String> = word.split(' ').map(first).collect();
    let odd = match word {
        "nan" => "NaN".to_owned(),
        "[object object]" => "[object Object]".to_owned(),
        _ => word.to_owned(),
    };
    [word.to_owned(), word.to_uppercase(), first(word), each.join(" "), odd]
}

#[cfg(test)]
mod tests {
    use super::{LOST, Nobody, NobodyKeys, UNASSIGNED, capitalised};
    use crate::model::agents::Agents;
    use crate::model::keys::Keys;

    #[test]
    fn words_for_nobody_are_known_in_usual_capitals() {
        let (mut agents, keys) = (Agents::default(), Keys::new());
        agents.add(&keys, "Open", None);
        let nobody = NobodyKeys::new(&keys, &agents);
        let find = |word: &str| nobody.find(keys.of(word.as_bytes()));
        for word in ["To be assigned", "NN", "N.N.", "À pourvoir", "Nicht besetzt", "???", "TBC"] {
            assert_eq!(find(word), Some(Nobody::Unassigned), "{word}");
        }
        for word in ["Any", "Staff", "Agency", "Temp", "N", "Nina N.", "?", "Not"] {
            assert_eq!(find(word), None, "{word}");
        }
        for word in ["open", "OPEN", "Open Shift", "Open shift", "TBD", "Vacant", "0"] {
            assert_eq!(find(word), Some(Nobody::Unassigned), "{word}");
        }
        for word in ["nan", "NaN", "None", "#N/A", "#REF!", "undefined", "[object Object]"] {
            assert_eq!(find(word), Some(Nobody::Lost), "{word}");
        }
        let all = UNASSIGNED.iter().chain(&LOST).flat_map(|word| capitalised(word));
        assert!(all.into_iter().all(|word| NobodyKeys::may_be(word.as_bytes())));
        for word in ["Vacante", "em aberto", "Da assegnare", "Non affecté", "openstaand", "Vakant"]
        {
            assert_eq!(find(word), Some(Nobody::Unassigned), "{word}");
        }
        let numbered = |word: &str| {
            NobodyKeys::is_number_of_nobody(word.as_bytes(), keys.of(word.as_bytes()), &agents)
        };
        for word in ["Open Shift 1", "OPEN 2", "Unassigned 1", "Unassigned #12", "vacant 3"] {
            assert!(numbered(word), "{word}");
        }
        for word in ["open", "open2", "Open 2026", "Open-2", "user 7", "Vera 2", "o1", "7"] {
            assert!(!numbered(word), "{word}");
        }
        for word in ["Open", "opening", "anna", "00", "7", ""] {
            assert_eq!(find(word), None, "{word}: it is a name, also in a list");
        }
    }
}
