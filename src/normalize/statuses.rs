//! Translates words of statuses from other languages into English ones.

use crate::model::letters::plain_ascii;
use crate::model::row::fold_name;
use std::borrow::Cow;

/// An English word, and those of German, French, Spanish, Italian, Portuguese and
/// Dutch: in small letters, without diacritics and joints, of two genders the male one.
const TRANSLATIONS: &[(&str, &str)] = &[
    (
        "approved",
        "genehmigt bewilligt freigegeben gebilligt approuve valide accorde aprobado autorizado \
         concedido approvato autorizzato concesso aprovado deferido goedgekeurd toegekend",
    ),
    ("accepted", "angenommen akzeptiert accepte aceptado accettato aceite aceito geaccepteerd"),
    ("confirmed", "bestatigt bestaetigt confirme confirmado confermato bevestigd"),
    ("published", "veroffentlicht veroeffentlicht publie publicado pubblicato gepubliceerd"),
    ("active", "aktiv actif activo attivo ativo actief"),
    ("completed", "abgeschlossen erledigt termine completado completato concluido afgerond"),
    (
        "pending",
        "offen ausstehend inbearbeitung inprufung enattente encours avalider pendiente enrevision \
         entramite inattesa incorso daapprovare pendente emanalise aguardando inbehandeling \
         inafwachting openstaand nichtgenehmigt nonapprouve noaprobado nonapprovato naoaprovado \
         nietgoedgekeurd zurgenehmigung zurfreigabe",
    ),
    (
        "requested",
        "beantragt angefragt gewunscht demande sollicite solicitado pedido richiesto requerido \
         aangevraagd",
    ),
    ("submitted", "eingereicht soumis envoye enviado inviato submetido ingediend"),
    ("planned", "geplant vorgemerkt prevu planifie planificado previsto pianificato gepland"),
    ("draft", "entwurf brouillon borrador bozza rascunho concept"),
    (
        "denied",
        "abgelehnt verweigert refuse rejete rechazado denegado rifiutato respinto negato recusado \
         rejeitado reprovado indeferido negado zuruckgewiesen zurueckgewiesen afgewezen geweigerd \
         afgekeurd",
    ),
    (
        "cancelled",
        "storniert abgesagt ausgefallen entfallen entfallt falltaus abgebrochen annule supprime \
         ruckgangig rueckgaengig ruckgangiggemacht rueckgaengiggemacht \
         cancelado anulado annullato cancellato disdetto geannuleerd vervallen afgelast",
    ),
    (
        "withdrawn",
        "zuruckgezogen zurueckgezogen widerrufen retire retirado ritirato revocato ingetrokken",
    ),
    ("superseded", "ersetzt verschoben remplace sustituido sostituito substituido vervangen"),
    ("expired", "abgelaufen expire caducado vencido scaduto expirado verlopen"),
    (
        "deleted",
        "geloscht geloescht efface eliminado borrado eliminato excluido apagado verwijderd",
    ),
];

/// Words that take back what a word of grant would grant.
const NEGATIONS: [&str; 7] = ["not", "nicht", "non", "no", "nao", "niet", "never"];

/// Words that grant, as [`in_english`] has them.
const GRANTS: [&str; 5] = ["approved", "granted", "accepted", "authorized", "authorised"];

/// Words before a denial that leave it one.
const BEFORE_DENIAL: [&str; 9] =
    ["auto", "automatically", "approval", "request", "antrag", "manager", "is", "was", "been"];

/// Words of a cancellation that itself has to be approved.
const CANCELLATIONS: [&str; 9] = [
    "cancellation",
    "cancelation",
    "storno",
    "stornierung",
    "annulation",
    "cancelacion",
    "annullamento",
    "cancelamento",
    "annulering",
];

/// Words before the name of who decided, or the reason.
const LINKS: [&str; 17] = [
    "by", "after", "due", "because", "durch", "von", "nach", "wegen", "par", "apres", "por",
    "tras", "da", "dopo", "pelo", "door", "na",
];

/// Words before the name of what replaced a shift.
const PLACES_TAKEN: [&str; 5] = ["by", "with", "to", "durch", "par"];

/// Words that take a denial back.
const REVIVALS: [&str; 4] = ["reinstated", "restored", "overturned", "reversed"];

/// Whether a word joins others within a status, or turns their meaning.
#[cfg(feature = "cli")]
pub(super) fn is_joint(word: &str) -> bool {
    let lists: [&[&str]; 7] =
        [&NEGATIONS, &GRANTS, &BEFORE_DENIAL, &CANCELLATIONS, &LINKS, &PLACES_TAKEN, &REVIVALS];
    let plain = without_diacritics(word).to_lowercase();
    lists.iter().any(|list| list.contains(&plain.as_str()))
}

/// What several words of a status say together, or one with a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase<'w> {
    /// A denial: `Disapproved`.
    Denial,
    /// A cancellation that holds: `Cancellation approved`.
    Cancellation,
    /// What is not approved, and may be so later: `not approved`, `Unapproved`.
    Ungranted,
    /// The meaning of this word, which has a list of its own: `Denied`.
    Word(&'w str),
}

/// A status without what follows its decisive words (` - reason`, `(reason)`, `by
/// manager`, `after approval`). `says` is given each candidate in turn, and its first answer
/// counts. A status with other words is not understood.
pub(super) fn decisive<T>(status: &str, says: impl Fn(Phrase<'_>) -> Option<T>) -> Option<T> {
    let text = without_diacritics(status);
    let end = ["(", "[", ":", ";", " - ", "\u{2013}", "\u{2014}"]
        .iter()
        .filter_map(|mark| text.find(mark));
    let (head, reason) = text.split_at(end.min().unwrap_or(text.len()));
    let revives = |word: &String| {
        let word = in_english(word);
        GRANTS.contains(&&*word) || REVIVALS.contains(&&*word)
    };
    if words_of(reason).iter().any(revives) {
        return None;
    }
    let words = words_of(head);
    let first = words.iter().position(|word| !BEFORE_DENIAL.contains(&word.as_str()))?;
    let words = &words[first..];
    (1..=words.len().min(3)).rev().find_map(|count| {
        let (own, rest) = words.split_at(count);
        let joined = in_english(&own.concat());
        let phrase = ungranted(own).unwrap_or(Phrase::Word(&joined));
        let follows = |links: &[&str]| {
            rest.first().is_none_or(|word| links.contains(&word.as_str()))
                && !rest.iter().any(|word| {
                    revives(word) || word.starts_with(|letter: char| letter.is_ascii_digit())
                })
        };
        // What took the place of a shift may have a number.
        let replaced = first == 0
            && phrase == Phrase::Word(&joined)
            && rest.first().is_some_and(|word| PLACES_TAKEN.contains(&word.as_str()))
            && is_place_taken(&joined);
        (follows(&LINKS) || replaced).then(|| says(phrase)).flatten()
    })
}

/// Whether the word says that something else is in the place of the shift.
fn is_place_taken(word: &str) -> bool {
    ["superseded", "replaced", "moved", "rescheduled"].contains(&word)
}

/// What these words say if they take back what a word of grant would grant, or grant a
/// cancellation.
fn ungranted(words: &[String]) -> Option<Phrase<'static>> {
    let grants = |word: &str| GRANTS.contains(&&*in_english(word));
    let without = |word: &str, prefix: &str| {
        let granted = word.strip_prefix(prefix).filter(|word| *word != "accepted");
        granted.is_some_and(|word| GRANTS.contains(&word))
    };
    match words {
        [word] if without(word, "dis") => Some(Phrase::Denial),
        [word] if without(word, "un") => Some(Phrase::Ungranted),
        [first, word] if grants(word) && CANCELLATIONS.contains(&first.as_str()) => {
            Some(Phrase::Cancellation)
        }
        [first, word] if grants(word) && NEGATIONS.contains(&first.as_str()) => {
            Some(Phrase::Ungranted)
        }
        _ => None,
    }
}

/// The words of a status in small letters: `DENIED_BY_MANAGER` and `deniedByManager` are
/// three.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in text.chars() {
        let begins = !before.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase());
        if letter.is_alphanumeric() {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    words
}

/// A text in plain ASCII; itself if it has letters that no known word has.
fn without_diacritics(text: &str) -> Cow<'_, str> {
    let ascii = plain_ascii(text.as_bytes());
    let plain = ascii.and_then(|ascii| String::from_utf8(ascii.into_owned()).ok());
    plain.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A status as the lists have it: folded, and in English if a translation is known.
pub(super) fn in_english(word: &str) -> Cow<'static, str> {
    let folded = fold_name(&without_diacritics(word));
    let male = folded.strip_suffix('a').map(|stem| format!("{stem}o"));
    let french = folded.strip_suffix("ee").map(|stem| format!("{stem}e"));
    let forms = [Some(folded.clone()), male, french];
    let known = forms.into_iter().flatten().find_map(|form| {
        let says = |words: &&str| words.split_ascii_whitespace().any(|word| word == form);
        TRANSLATIONS.iter().find(|(_, words)| says(words)).map(|(english, _)| *english)
    });
    known.map_or(Cow::Owned(folded), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::{TRANSLATIONS, in_english};
    use std::collections::BTreeSet;

    #[test]
    fn statuses_are_told_in_english() {
        for (word, expected) in [
            ("Genehmigt", "approved"),
            ("Validée", "approved"),
            ("Aprobada", "approved"),
            ("Refusé", "denied"),
            ("Afgewezen", "denied"),
            ("Abgelehnt", "denied"),
            ("nicht genehmigt", "pending"),
            ("En attente", "pending"),
            ("in behandeling", "pending"),
            ("Gelöscht", "deleted"),
            ("storniert", "cancelled"),
            ("Cancelada", "cancelled"),
            ("Zurückgezogen", "withdrawn"),
            ("APPROVED", "approved"),
            ("Wait listed", "waitlisted"),
            ("penciled", "penciled"),
            ("", ""),
        ] {
            assert_eq!(in_english(word), expected, "{word}");
        }
    }

    #[test]
    fn no_word_is_translated_twice() {
        let mut seen = BTreeSet::new();
        for word in TRANSLATIONS.iter().flat_map(|(_, words)| words.split_ascii_whitespace()) {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
            assert!(seen.insert(word), "{word}");
        }
    }
}
