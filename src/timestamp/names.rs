//! Recognises names of months and weekdays in seven languages.
//!
//! English, German, French, Spanish, Italian, Portuguese and Dutch, in full and as each language
//! shortens them. Diacritics are removed before a name comes here. No name is one month in one
//! language and another month in a second one, and so for weekdays. `mar` is a month in six
//! languages and a weekday in three; the words around it decide.

/// The months, in the order of their names.
const MONTHS: &[(&str, u8)] = &[
    ("abr", 4),
    ("abril", 4),
    ("ago", 8),
    ("agosto", 8),
    ("aout", 8),
    ("apr", 4),
    ("april", 4),
    ("aprile", 4),
    ("aug", 8),
    ("august", 8),
    ("augustus", 8),
    ("avr", 4),
    ("avril", 4),
    ("dec", 12),
    ("december", 12),
    ("decembre", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("dic", 12),
    ("dicembre", 12),
    ("diciembre", 12),
    ("ene", 1),
    ("enero", 1),
    ("feb", 2),
    ("febbraio", 2),
    ("feber", 2),
    ("febr", 2),
    ("febrero", 2),
    ("februar", 2),
    ("februari", 2),
    ("february", 2),
    ("fev", 2),
    ("fevereiro", 2),
    ("fevr", 2),
    ("fevrier", 2),
    ("gen", 1),
    ("gennaio", 1),
    ("giu", 6),
    ("giugno", 6),
    ("jan", 1),
    ("janeiro", 1),
    ("janner", 1),
    ("januar", 1),
    ("januari", 1),
    ("january", 1),
    ("janv", 1),
    ("janvier", 1),
    ("juil", 7),
    ("juill", 7),
    ("juillet", 7),
    ("juin", 6),
    ("jul", 7),
    ("julho", 7),
    ("juli", 7),
    ("julio", 7),
    ("july", 7),
    ("jun", 6),
    ("june", 6),
    ("junho", 6),
    ("juni", 6),
    ("junio", 6),
    ("lug", 7),
    ("luglio", 7),
    ("maart", 3),
    ("mag", 5),
    ("maggio", 5),
    ("mai", 5),
    ("maio", 5),
    ("mar", 3),
    ("march", 3),
    ("marco", 3),
    ("mars", 3),
    ("marz", 3),
    ("marzo", 3),
    ("may", 5),
    ("mayo", 5),
    ("mei", 5),
    ("mrt", 3),
    ("mrz", 3),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ott", 10),
    ("ottobre", 10),
    ("out", 10),
    ("outubro", 10),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("set", 9),
    ("setembro", 9),
    ("setiembre", 9),
    ("settembre", 9),
];

/// The weekdays in the order of their names; days since Monday.
const WEEKDAYS: &[(&str, u8)] = &[
    ("di", 1),
    ("dienstag", 1),
    ("dim", 6),
    ("dimanche", 6),
    ("dinsdag", 1),
    ("do", 3),
    ("dom", 6),
    ("domenica", 6),
    ("domingo", 6),
    ("donderdag", 3),
    ("donnerstag", 3),
    ("fr", 4),
    ("freitag", 4),
    ("fri", 4),
    ("friday", 4),
    ("gio", 3),
    ("giovedi", 3),
    ("jeu", 3),
    ("jeudi", 3),
    ("jue", 3),
    ("jueves", 3),
    ("lun", 0),
    ("lundi", 0),
    ("lunedi", 0),
    ("lunes", 0),
    ("ma", 0),
    ("maandag", 0),
    ("mar", 1),
    ("mardi", 1),
    ("martedi", 1),
    ("martes", 1),
    ("mer", 2),
    ("mercoledi", 2),
    ("mercredi", 2),
    ("mi", 2),
    ("mie", 2),
    ("miercoles", 2),
    ("mittwoch", 2),
    ("mo", 0),
    ("mon", 0),
    ("monday", 0),
    ("montag", 0),
    ("qua", 2),
    ("quarta", 2),
    ("qui", 3),
    ("quinta", 3),
    ("sa", 5),
    ("sab", 5),
    ("sabado", 5),
    ("sabato", 5),
    ("sam", 5),
    ("samedi", 5),
    ("samstag", 5),
    ("sat", 5),
    ("saturday", 5),
    ("seg", 0),
    ("segunda", 0),
    ("sex", 4),
    ("sexta", 4),
    ("so", 6),
    ("sonnabend", 5),
    ("sonntag", 6),
    ("sun", 6),
    ("sunday", 6),
    ("ter", 1),
    ("terca", 1),
    ("thu", 3),
    ("thur", 3),
    ("thurs", 3),
    ("thursday", 3),
    ("tue", 1),
    ("tues", 1),
    ("tuesday", 1),
    ("ven", 4),
    ("vendredi", 4),
    ("venerdi", 4),
    ("vie", 4),
    ("viernes", 4),
    ("vr", 4),
    ("vrijdag", 4),
    ("wed", 2),
    ("wednesday", 2),
    ("wo", 2),
    ("woensdag", 2),
    ("za", 5),
    ("zaterdag", 5),
    ("zo", 6),
    ("zondag", 6),
];

/// The months as RFC 2822 writes them.
const OF_MAIL: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// The month of a name, 1 to 12.
pub(super) fn month(name: &[u8]) -> Option<u8> {
    find(name, MONTHS)
}

/// The weekday of a name, in days since Monday.
pub(super) fn weekday(name: &[u8]) -> Option<u8> {
    find(name, WEEKDAYS)
}

/// Whether mail writes a month so, or a program that writes the whole English
/// name instead.
pub(super) fn is_of_mail(name: &[u8]) -> bool {
    const WHOLE: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
    OF_MAIL.iter().any(|known| is(known)) || WHOLE.iter().any(|known| is(known.as_bytes()))
}

fn find(name: &[u8], names: &[(&str, u8)]) -> Option<u8> {
    const LONGEST: usize = 12;
    let mut folded = [0; LONGEST];
    let folded = folded.get_mut(..name.len())?;
    folded.copy_from_slice(name);
    folded.make_ascii_lowercase();
    let place = names.binary_search_by(|(known, _)| known.as_bytes().cmp(folded)).ok()?;
    names.get(place).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::{MONTHS, WEEKDAYS, is_of_mail, month, weekday};
    use crate::model::letters::plain_ascii;

    #[test]
    fn names_are_in_order_and_found_in_any_case() {
        for names in [MONTHS, WEEKDAYS] {
            assert!(names.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        for (name, number) in MONTHS {
            assert_eq!(month(name.to_uppercase().as_bytes()), Some(*number), "{name}");
        }
        for (name, number) in WEEKDAYS {
            assert_eq!(weekday(name.as_bytes()), Some(*number), "{name}");
        }
        for other in ["", "m", "marsh", "sunrise", "septembers-of-old"] {
            assert_eq!((month(other.as_bytes()), weekday(other.as_bytes())), (None, None));
        }
    }

    #[test]
    fn the_names_of_each_language_are_there() {
        for names in [
            "January February March April May June July August September October November December",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv févr mars avr mai juin juil août sept oct nov déc",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre \
             dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan fev mar abr mai jun jul ago set out nov dez",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
        ] {
            let names: Vec<&str> = names.split(' ').collect();
            assert_eq!(names.len(), 12);
            for (place, name) in names.into_iter().enumerate() {
                let plain = plain_ascii(name.as_bytes()).expect("letters that are known");
                assert_eq!(month(&plain), Some(place as u8 + 1), "{name}");
            }
        }
        for names in [
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            "Mon Tue Wed Thu Fri Sat Sun",
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
            "Mo Di Mi Do Fr Sa So",
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
            "lun mar mer jeu ven sam dim",
            "lunes martes miércoles jueves viernes sábado domingo",
            "lun mar mié jue vie sáb dom",
            "lunedì martedì mercoledì giovedì venerdì sabato domenica",
            "lun mar mer gio ven sab dom",
            "segunda terça quarta quinta sexta sábado domingo",
            "seg ter qua qui sex sáb dom",
            "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
            "ma di wo do vr za zo",
        ] {
            let names: Vec<&str> = names.split(' ').collect();
            assert_eq!(names.len(), 7);
            for (place, name) in names.into_iter().enumerate() {
                let plain = plain_ascii(name.as_bytes()).expect("letters that are known");
                assert_eq!(weekday(&plain), Some(place as u8), "{name}");
            }
        }
    }

    #[test]
    fn only_one_name_is_both_a_month_and_a_weekday() {
        let both = MONTHS.iter().filter(|(name, _)| weekday(name.as_bytes()).is_some());
        assert_eq!(both.map(|(name, _)| *name).collect::<Vec<_>>(), ["mar"]);
    }

    #[test]
    fn mail_is_english() {
        assert!(is_of_mail(b"Mar") && is_of_mail(b"MARCH"));
        assert!(!is_of_mail(b"mars") && !is_of_mail(b"Sept"));
    }
}
