//! Decides what the words of a kind say: that a record is work, a part of it, or an absence.

use crate::model::letters::plain_ascii;

/// What a kind says a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidKind {
    /// There is no word.
    Silent,
    /// Work, and whatever is in no list.
    Shift,
    /// A break, a meal or a pause.
    Part,
    /// An absence.
    TimeOff,
}

/// Words of absence, in seven languages and without diacritics.
const ABSENCE: &[&str] = &[
    // English
    "absence",
    "absent",
    "bereavement",
    "dayoff",
    "furlough",
    "holiday",
    "holidays",
    "ill",
    "illness",
    "juryduty",
    "juryservice",
    "leave",
    "lieu",
    "loa",
    "maternity",
    "off",
    "paternity",
    "pto",
    "rdo",
    "restday",
    "sabbatical",
    "sick",
    "sickness",
    "timeoff",
    "toil",
    "vacation",
    "vacations",
    "vto",
    // German
    "abwesend",
    "abwesenheit",
    "elternzeit",
    "fehlzeit",
    "feiertag",
    "frei",
    "freier",
    "freizeitausgleich",
    "krank",
    "krankenstand",
    "krankheit",
    "krankmeldung",
    "mutterschutz",
    "ruhetag",
    "urlaub",
    "urlaubsantrag",
    "urlaubstag",
    "zeitausgleich",
    // French
    "absente",
    "conge",
    "conges",
    "ferie",
    "feries",
    "maladie",
    "maternite",
    "paternite",
    "recuperation",
    "repos",
    "rtt",
    "vacances",
    // Spanish
    "ausencia",
    "ausente",
    "baja",
    "enfermedad",
    "festivo",
    "incapacidad",
    "libranza",
    "libre",
    "licencia",
    "permiso",
    "vacaciones",
    // Italian
    "aspettativa",
    "assente",
    "assenza",
    "congedo",
    "ferie",
    "festivita",
    "malattia",
    "permesso",
    "riposo",
    // Portuguese
    "atestado",
    "doenca",
    "feriado",
    "ferias",
    "folga",
    "licenca",
    // Dutch
    "afwezig",
    "afwezigheid",
    "feestdag",
    "vakantie",
    "verlof",
    "vrij",
    "ziek",
    "ziekte",
];

/// Words that may accompany one of absence, or of a part of a shift, and change nothing.
const PLAIN: &[&str] = &[
    // English
    "adoption",
    "all",
    "and",
    "annual",
    "approved",
    "birthday",
    "carer",
    "carers",
    "casual",
    "compassionate",
    "compensatory",
    "day",
    "days",
    "disability",
    "earned",
    "educational",
    "emergency",
    "extended",
    "family",
    "floating",
    "full",
    "garden",
    "gardening",
    "half",
    "in",
    "long",
    "medical",
    "military",
    "of",
    "paid",
    "parental",
    "partial",
    "personal",
    "planned",
    "public",
    "religious",
    "request",
    "requested",
    "service",
    "short",
    "special",
    "statutory",
    "study",
    "term",
    "the",
    "time",
    "unpaid",
    "unplanned",
    "voluntary",
    "whole",
    // German
    "bezahlt",
    "bezahlte",
    "bezahlter",
    "ganz",
    "ganzer",
    "ganztagig",
    "halb",
    "halber",
    "halbtagig",
    "tag",
    "tage",
    "unbezahlt",
    "unbezahlte",
    "unbezahlter",
    // French
    "arret",
    "demi",
    "demie",
    "du",
    "hebdomadaire",
    "jour",
    "journee",
    "jours",
    "la",
    "le",
    "paye",
    "payee",
    "payes",
    "sans",
    "solde",
    // Spanish
    "anual",
    "anuales",
    "completo",
    "de",
    "del",
    "dia",
    "dias",
    "media",
    "medica",
    "medico",
    "medio",
    "pagadas",
    "pagado",
    "por",
    "retribuido",
    // Italian
    "di",
    "giornata",
    "giorni",
    "giorno",
    "intera",
    "mezza",
    // Portuguese
    "meio",
    "remunerada",
    // Dutch
    "betaald",
    "dag",
    "dagen",
    "halve",
    "hele",
    "onbetaald",
];

/// Words of parts of a shift.
const PART: &[&str] = &[
    "break",
    "breaks",
    "lunch",
    "lunchbreak",
    "lunchtime",
    "meal",
    "mealbreak",
    "meals",
    "paycode",
    "pause",
    "pauses",
    "restbreak",
    // German
    "mittag",
    "mittagspause",
    "pausen",
    "ruhepause",
    // French
    "dejeuner",
    "repas",
    // Spanish and Italian
    "almuerzo",
    "comida",
    "descanso",
    "pausa",
    "pranzo",
    // Portuguese
    "almoco",
    "intervalo",
    "refeicao",
    // Dutch
    "lunchpauze",
    "pauze",
];

/// Words that say which break it is.
const OF_BREAK: &[&str] = &["coffee", "dinner", "rest", "tea"];

/// English words that are also written together, as in `FULLDAYTIMEOFF`.
const JOINED: &[&str] = &[
    "absence", "annual", "day", "full", "half", "holiday", "leave", "off", "paid", "partial",
    "public", "pto", "request", "sick", "time", "unpaid", "vacation",
];

/// Words of absence for days on which somebody does not work anyway: nothing is taken
/// off on them.
const FREE: &[&str] = &[
    "dayoff",
    "off",
    "rdo",
    "restday", // English
    "feiertag",
    "frei",
    "freier",
    "ruhetag", // German
    "feries",
    "repos", // French
    "festivo",
    "libranza",
    "libre", // Spanish
    "festivita",
    "riposo", // Italian
    "feriado",
    "folga", // Portuguese
    "feestdag",
    "vrij", // Dutch
];

/// Words for a day on which an agent rests, as rosters name it between shifts.
const REST: &[&str] = &[
    "dayoff", "off", "rdo", "restday", // English
    "frei", "freier", "ruhetag", // German
    "repos",   // French
    "libranza", "libre",  // Spanish
    "riposo", // Italian
    "folga",  // Portuguese
    "vrij",   // Dutch
];

/// Words that may accompany one of rest. Others make an absence of it: `Requested day off`.
const WITH_REST: &[&str] = &[
    "day",
    "days",
    "tag",
    "tage",
    "jour",
    "jours",
    "hebdomadaire",
    "dia",
    "dias",
    "giorno",
    "giorni",
    "dag",
    "dagen",
    "de",
    "di",
];

/// Words that say that somebody is available, or likes to be at work, without joints.
const AVAILABLE: &[&str] = &[
    "available",
    "preferred",
    "prefer",
    "prefers",
    "preference",
    "canwork", // English
    "verfugbar",
    "bevorzugt", // German
    "disponible",
    "prefere",
    "preferido",
    "disponibile",
    "preferito",
    "disponivel",  // Romance
    "beschikbaar", // Dutch
];

/// Words that say that somebody is not available.
const UNAVAILABLE: &[&str] = &[
    "unavailable",
    "notavailable",
    "cannotwork",
    "cantwork",
    "unable",
    "blocked",        // English
    "nichtverfugbar", // German
    "indisponible",
    "nondisponible",
    "nodisponible",
    "indisponibile",
    "nondisponibile",
    "indisponivel",
    "naodisponivel", // Romance
    "nietbeschikbaar",
    "onbeschikbaar", // Dutch
];

/// Words for the shift of a part of the day.
const DAY_PARTS: &[&str] = &[
    "morning",
    "mornings",
    "early",
    "earlies",
    "day",
    "days",
    "afternoon",
    "evening",
    "late",
    "lates",
    "night",
    "nights",
    "twilight", // English
    "fruh",
    "fruhdienst",
    "fruhschicht",
    "spat",
    "spatdienst",
    "spatschicht",
    "nacht",
    "nachtdienst",
    "nachtschicht",
    "tagdienst", // German
    "matin",
    "soir",
    "nuit",
    "apres-midi", // French
    "manana",
    "tarde",
    "noche", // Spanish
    "mattina",
    "mattino",
    "pomeriggio",
    "sera",
    "notte", // Italian
    "manha",
    "noite", // Portuguese
    "ochtend",
    "middag",
    "avond",
    "vroeg",
    "laat", // Dutch
];

/// Kinds that every record of a roster can have, also one of a day off.
const ANY_SHIFT: &[&str] = &[
    "shift",
    "shifts",
    "work",
    "working",
    "regular",
    "normal",
    "standard",
    "scheduled",
    "schedule",
    "roster",
    "rota",
    "default",
    "schicht",
    "dienst",
    "arbeit",
    "turno",
    "travail",
    "lavoro",
    "trabajo",
    "trabalho",
    "werk",
];

/// Endings that make an absence of a compound.
const COMPOUNDS: &[&str] = &["urlaub", "verlof", "vakantie"];

/// Words in a start or an end that say that there is no shift that day.
const NO_SHIFT: &[&str] = &[
    "-", "--", "---", "–", "—", "/", "//", "x", "xx", "rd", "rdo", "off", "rest", "absent",
    "descanso",
];

/// Whether a word in a start or an end means a day without a shift: `off`, `rdo`, `-`,
/// `frei`, `repos`.
#[must_use]
pub fn is_day_off(word: &[u8]) -> bool {
    let word = String::from_utf8_lossy(word.trim_ascii());
    if word.is_empty() || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    is_no_shift(word.as_bytes()) || kind_said(&word) == SaidKind::TimeOff
}

/// Whether a word says that there is no shift, and nothing of why: `off`, `rdo`, `-`.
#[must_use]
pub fn is_no_shift(word: &[u8]) -> bool {
    NO_SHIFT.contains(&plain(&String::from_utf8_lossy(word)).as_str())
}

/// Whether a word is a shift by the part of its day: `Evening`, `Nacht`.
#[must_use]
pub fn is_day_part(word: &[u8]) -> bool {
    DAY_PARTS.contains(&plain(&String::from_utf8_lossy(word)).as_str())
}

/// Whether a kind says which shift it is, and not only that it is one.
#[must_use]
pub fn names_shift(word: &[u8]) -> bool {
    let listed = || ANY_SHIFT.contains(&plain(&String::from_utf8_lossy(word)).as_str());
    !word.is_empty() && !is_day_off(word) && !listed()
}

/// Whether a word says for how much of a day time off is: `Full day` or `Half day`; whether
/// for all of it.
#[must_use]
pub fn takes_whole_day(word: &[u8]) -> Option<bool> {
    const WHOLE: [&str; 12] = [
        "full day",
        "fullday",
        "full",
        "all day",
        "whole day",
        "ganztagig",
        "ganzer tag",
        "journee entiere",
        "dia completo",
        "giornata intera",
        "dia inteiro",
        "hele dag",
    ];
    const PARTLY: [&str; 15] = [
        "partial",
        "partial day",
        "half day",
        "halfday",
        "half",
        "hours",
        "hourly",
        "am",
        "pm",
        "halbtags",
        "halber tag",
        "demi journee",
        "medio dia",
        "meio dia",
        "halve dag",
    ];
    /// Letters with accents take two bytes before they are plain.
    const LONGEST: usize = 24;
    if word.len() > LONGEST {
        return None;
    }
    let plain = plain(&String::from_utf8_lossy(word)).replace(['-', '_'], " ");
    let is_of = |list: &[&str]| list.contains(&plain.as_str());
    if is_of(&WHOLE) { Some(true) } else { is_of(&PARTLY).then_some(false) }
}

/// Whether a word says that an agent rests that day, and nothing else: `Off`, `Day off`,
/// `Ruhetag`, `-`, but not `Paid day off`.
#[must_use]
pub fn is_rest_day(word: &[u8]) -> bool {
    let text = String::from_utf8_lossy(word);
    let rests = all_say(&words_of(&text), REST, |word| WITH_REST.contains(&word), |_| false);
    rests || is_no_shift(word) && kind_said(&text) != SaidKind::TimeOff
}

/// Whether a word says that somebody who would work is absent: `Vacation`, `krank`, but
/// not `day off`.
#[must_use]
pub fn is_absence(word: &[u8]) -> bool {
    let word = String::from_utf8_lossy(word);
    let words = words_of(&word);
    let time_off = words.windows(2).any(|pair| pair == ["time", "off"]);
    kind_said(&word) == SaidKind::TimeOff
        && (time_off || !all_say(&words, FREE, is_plain, |_| false))
}

/// Whether a word of letters is in a list of kinds, and says the same wherever it is.
#[must_use]
#[cfg(feature = "cli")]
pub fn is_of_kind(word: &str) -> bool {
    let plain = plain(word);
    let lists =
        [ABSENCE, AVAILABLE, UNAVAILABLE, PLAIN, PART, OF_BREAK, JOINED, NO_SHIFT, DAY_PARTS];
    let listed = |word: &str| lists.iter().any(|list| list.contains(&word));
    let parts = words_of(word);
    listed(&plain)
        || COMPOUNDS.contains(&plain.as_str())
        || parts.len() > 1 && parts.iter().all(|part| listed(part))
        || takes_apart(&plain, &mut Vec::new())
}

/// Whether a word says that somebody is available, or that nobody is; `None` for other words.
#[must_use]
pub fn availability(word: &[u8]) -> Option<bool> {
    let joined = words_of(&String::from_utf8_lossy(word)).concat();
    let listed = |list: &[&str]| list.contains(&joined.as_str());
    listed(AVAILABLE).then_some(true).or_else(|| listed(UNAVAILABLE).then_some(false))
}

/// Small letters without diacritics.
pub(crate) fn plain(word: &str) -> String {
    let ascii = plain_ascii(word.as_bytes());
    let plain = ascii.and_then(|ascii| String::from_utf8(ascii.into_owned()).ok());
    plain.unwrap_or_else(|| word.to_owned()).trim().to_lowercase()
}

/// A record is an absence, or a part of a shift, if one of its words says so and
/// none says anything else: `cover for holiday` is a shift.
#[must_use]
pub fn kind_said(kind: &str) -> SaidKind {
    let words = words_of(kind);
    if all_say(&words, ABSENCE, is_plain, is_compound) {
        SaidKind::TimeOff
    } else if all_say(&words, PART, is_of_break, |_| false) {
        SaidKind::Part
    } else {
        SaidKind::Shift
    }
}

/// Whether at least one of the words is one of these, or seems to be, and all
/// others may accompany it. Two words can be one of them together: `time off`.
fn all_say(
    words: &[String],
    own: &[&str],
    accompanies: fn(&str) -> bool,
    seems: fn(&str) -> bool,
) -> bool {
    let (mut rest, mut found) = (words, false);
    while let Some((first, others)) = rest.split_first() {
        let pair = others.split_first().map(|(second, _)| format!("{first}{second}"));
        let number = || first.bytes().all(|byte| byte.is_ascii_digit());
        if pair.is_some_and(|pair| own.contains(&pair.as_str())) {
            (rest, found) = (others.get(1..).unwrap_or_default(), true);
        } else if own.contains(&first.as_str()) || seems(first) {
            (rest, found) = (others, true);
        } else if accompanies(first) || number() {
            rest = others;
        } else {
            return false;
        }
    }
    found
}

fn is_plain(word: &str) -> bool {
    PLAIN.contains(&word)
}

/// Whether a word may accompany one of a part of a shift: who serves lunch is at work.
fn is_of_break(word: &str) -> bool {
    OF_BREAK.contains(&word) || is_plain(word) && word != "service"
}

/// Whether a word is an absence that is put together of others: `sickleave`,
/// `Bildungsurlaub`.
fn is_compound(word: &str) -> bool {
    let joined = || {
        let mut parts = Vec::new();
        takes_apart(word, &mut parts) && parts.iter().any(|part| ABSENCE.contains(part))
    };
    COMPOUNDS.iter().any(|ending| word.ends_with(ending)) || joined()
}

/// Takes a word apart into those that are written together, from the left.
fn takes_apart<'w>(word: &'w str, parts: &mut Vec<&'w str>) -> bool {
    if word.is_empty() {
        return parts.len() > 1;
    }
    JOINED.iter().filter_map(|part| word.strip_prefix(part).map(|rest| (part.len(), rest))).any(
        |(length, rest)| {
            parts.push(&word[..length]);
            let whole = takes_apart(rest, parts);
            if !whole {
                parts.pop();
            }
            whole
        },
    )
}

/// The words of a kind in small letters: `FULL_DAY`, `full day` and `fullDay` are
/// two.
fn words_of(kind: &str) -> Vec<String> {
    let ascii = plain_ascii(kind.as_bytes()).map(|ascii| ascii.into_owned());
    let ascii = ascii.unwrap_or_else(|| kind.as_bytes().to_vec());
    let mut words: Vec<String> = Vec::new();
    let mut before = b' ';
    for byte in ascii {
        let letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let begins = !is_of_word(before)
            || (before.is_ascii_lowercase() && byte.is_ascii_uppercase())
            || before.is_ascii_digit() != byte.is_ascii_digit();
        if letter && begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter) {
            word.push(byte.to_ascii_lowercase() as char);
        }
        before = byte;
    }
    words
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::{
        ABSENCE, FREE, JOINED, PART, PLAIN, REST, SaidKind, WITH_REST, availability, is_absence,
        is_day_off, is_rest_day, kind_said,
    };

    #[test]
    fn kinds_of_time_off_are_known_however_they_are_written() {
        for word in [
            "TIME_OFF",
            "PTO",
            "Vacation",
            "sick-leave",
            "SICK",
            "Holiday",
            "Annual Leave",
            "Time Off",
            "LOA",
            "Jury Duty",
            "Sickness",
            "FULLDAYTIMEOFF",
            "PartialDayTimeOff",
            "timeOffRequest",
            "PAID TIME OFF",
            "Unpaid leave (half day)",
            "Leave of absence",
            "Day in lieu",
            "Public Holiday",
            "parentalLeave",
            "Rest Day",
            "annualleave",
            "Long-term sick",
            "Gardening leave",
            "Urlaub",
            "Sonderurlaub",
            "unbezahlter Urlaub",
            "halber Tag Urlaub",
            "Krank",
            "Congé payé",
            "congés sans solde",
            "Arrêt maladie",
            "jour férié",
            "Vacaciones",
            "Baja médica",
            "día libre",
            "Ferie",
            "Permesso",
            "malattia",
            "Férias",
            "Licença",
            "meio dia folga",
            "Verlof",
            "ziek",
            "zorgverlof",
        ] {
            assert_eq!(kind_said(word), SaidKind::TimeOff, "{word}");
        }
        for word in [
            "WORK",
            "SHIFT",
            "Inbound calls",
            "Holiday desk",
            "Office",
            "Holiday cover",
            "Sick cover",
            "Worked holiday",
            "Bank holiday",
            "Return from leave",
            "No leave",
            "not sick",
            "Shift off",
            "Offline",
            "offboarding",
            "Freitag",
            "Urlaubsvertretung",
            "Turno libre",
            "day",
            "full time",
            "Paid",
            "Leaver interview",
            "休暇",
            "42",
        ] {
            assert_eq!(kind_said(word), SaidKind::Shift, "{word}");
        }
        for word in [
            "BREAK",
            "Lunch",
            "meal break",
            "Paid break 15",
            "Rest break",
            "Dinner break",
            "Tea break",
            "lunchBreak",
            "Mittagspause",
            "Pause déjeuner",
            "pausa pranzo",
            "Intervalo",
            "Pauze",
        ] {
            assert_eq!(kind_said(word), SaidKind::Part, "{word}");
        }
        for word in [
            "Lunch cover",
            "Break relief",
            "Breakfast shift",
            "no break",
            "Dinner",
            "Lunch service",
            "Meal service",
            "Tea",
            "Rest",
        ] {
            assert_eq!(kind_said(word), SaidKind::Shift, "{word}");
        }
    }

    #[test]
    fn days_that_are_free_anyway_are_no_absences() {
        for word in ["Vacation", "Time off", "krank", "Congés payés", "FERIE", "Verlof", "PTO"] {
            assert!(is_absence(word.as_bytes()), "{word}");
        }
        for word in ["Day off", "RDO", "Frei", "Repos hebdomadaire", "libre", "Feiertag", "", "-"] {
            assert!(!is_absence(word.as_bytes()), "{word}");
        }
        assert!(FREE.iter().all(|word| ABSENCE.contains(word)));
    }

    #[test]
    fn days_of_rest_are_no_absences() {
        for word in [
            "Off",
            "OFF",
            "Day Off",
            "dayoff",
            "Off day",
            "RDO",
            "Rest day",
            "frei",
            "Freier Tag",
            "Ruhetag",
            "Repos hebdomadaire",
            "Jour de repos",
            "Día libre",
            "Riposo",
            "folga",
            "vrij",
            "-",
            "x",
            "Rest",
        ] {
            assert!(is_rest_day(word.as_bytes()), "{word}");
        }
        for word in [
            "",
            "Vacation",
            "Time off",
            "PTO",
            "Paid day off",
            "Requested off",
            "Half day off",
            "Urlaub",
            "Sick",
            "Feiertag",
            "Absent",
            "Work",
            "Shift off",
            "Night",
            "Day",
        ] {
            assert!(!is_rest_day(word.as_bytes()), "{word}");
        }
        assert!(REST.iter().all(|word| FREE.contains(word)));
        assert!(WITH_REST.iter().all(|word| PLAIN.contains(word)));
    }

    #[test]
    fn no_word_is_in_two_lists() {
        for (one, other) in [(ABSENCE, PLAIN), (ABSENCE, PART), (PLAIN, PART)] {
            let both: Vec<_> = one.iter().filter(|word| other.contains(word)).collect();
            assert!(both.is_empty(), "{both:?}");
        }
        for part in JOINED {
            assert!(ABSENCE.contains(part) || PLAIN.contains(part), "{part}");
        }
        let lower = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!([ABSENCE, PLAIN, PART, JOINED].concat().iter().all(lower));
    }

    #[test]
    fn words_of_availability_are_known() {
        for (word, said) in [
            ("Available", Some(true)),
            ("PREFERRED", Some(true)),
            ("Can work", Some(true)),
            ("Verf\u{fc}gbar", Some(true)),
            ("unavailable", Some(false)),
            ("Not Available", Some(false)),
            ("nicht verf\u{fc}gbar", Some(false)),
            ("", None),
            ("Vacation", None),
        ] {
            assert_eq!(availability(word.as_bytes()), said, "{word}");
        }
    }

    #[test]
    fn words_for_a_day_off_are_known() {
        for word in [
            "off", "OFF", "Off ", "rd", "RDO", "rest", "absent", "x", "-", "–", "/", "frei",
            "Urlaub", "repos", "libre", "Descanso", "riposo", "folga", "vrij", "Day Off", "PTO",
        ] {
            assert!(is_day_off(word.as_bytes()), "{word}");
        }
        for word in ["", "8:00", "tbd", "TBA", "open", "?", "0", "off 8:00", "night", "nan"] {
            assert!(!is_day_off(word.as_bytes()), "{word}");
        }
    }
}
