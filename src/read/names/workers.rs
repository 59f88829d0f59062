//! Tells names of columns for who works from names that are for others as well.

use crate::model::row::fold_name;

/// What is in names for somebody who uses, is responsible or can be reached, or for things
/// that can be booked; and for short names, which shifts have as well. A `user` is as often who has
/// written the record.
const VAGUE: [&str; 27] = [
    "user",
    "nutzer",
    "utilisat",
    "utilizador",
    "usuari",
    "usuári",
    "utente",
    "resource",
    "person",
    "pessoa",
    "operator",
    "login",
    "logon",
    "upn",
    "mail",
    "badge",
    "contact",
    "member",
    "account",
    "who",
    "assign",
    "k\u{fc}rzel",
    "kuerzel",
    "kurzel",
    "initial",
    "sigle",
    "sigla",
];

/// Names with one of these inside that are for who works alone.
const PLAIN: [&str; 2] = ["personal", "personnel"];

/// Whether the name of a column that can be the agent leaves it open that it is of somebody
/// or something else: `User`.
pub(super) fn is_vague(name: &str) -> bool {
    let folded = fold_name(name);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    has(&VAGUE) && !has(&PLAIN)
}

#[cfg(test)]
mod tests {
    use super::is_vague;

    #[test]
    fn users_and_resources_are_vague() {
        for name in ["User", "User ID", "Resource", "Benutzer", "E-Mail", "Operator", "Kürzel"] {
            assert!(is_vague(name), "{name}");
        }
        for name in ["Employee", "Agent ID", "Mitarbeiter", "Personalnummer", "Staff", "Nurse"] {
            assert!(!is_vague(name), "{name}");
        }
    }
}
