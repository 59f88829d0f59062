//! Words of statuses in other languages, as the English words that say the same.

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
         inafwachting openstaand",
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
         rejeitado indeferido negado afgewezen geweigerd afgekeurd nichtgenehmigt nonapprouve \
         noaprobado nonapprovato naoaprovado nietgoedgekeurd",
    ),
    (
        "cancelled",
        "storniert abgesagt ausgefallen entfallen entfallt falltaus abgebrochen annule supprime \
         cancelado anulado annullato cancellato disdetto geannuleerd vervallen afgelast",
    ),
    (
        "withdrawn",
        "zuruckgezogen zurueckgezogen widerrufen retire retirado ritirato revocato ingetrokken",
    ),
    ("expired", "abgelaufen expire caducado vencido scaduto expirado verlopen"),
    (
        "deleted",
        "geloscht geloescht efface eliminado borrado eliminato excluido apagado verwijderd",
    ),
];

/// A status as the lists have it: folded, and in English if a translation is known.
pub(super) fn in_english(word: &str) -> Cow<'static, str> {
    let ascii = plain_ascii(word.as_bytes());
    let plain = ascii.and_then(|ascii| String::from_utf8(ascii.into_owned()).ok());
    let folded = fold_name(plain.as_deref().unwrap_or(word));
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
            ("nicht genehmigt", "denied"),
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
