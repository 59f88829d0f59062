//! Recognises the names of breaks that the length of a shift may leave out.

use super::words::tokens;

/// Whether a column or key of this name holds how long the breaks of a shift are, which nobody is
/// paid for.
pub(in crate::read) fn names_break(name: &str) -> bool {
    const BREAKS: &[&str] = &[
        "break",
        "breaks",
        "lunch",
        "meal",
        "meals",
        "pause",
        "pausen",
        "pauses",
        "pausa",
        "pausas",
        "descanso",
        "descansos",
        "pauze",
        "intervalo",
        "unpaid",
    ];
    const OTHERS: &[&str] = &[
        "paid", "start", "starts", "begin", "from", "end", "ends", "to", "until", "von", "bis",
        "count", "number", "id", "type", "premium", "penalty",
    ];
    let tokens = tokens(name);
    let has = |known: &[&str]| tokens.iter().any(|token| known.contains(&token.text.as_str()));
    has(BREAKS) && !has(OTHERS)
}

#[cfg(test)]
mod tests {
    use super::names_break;

    #[test]
    fn breaks_are_known_by_name() {
        for name in ["Break", "Unpaid Break", "breakMinutes", "Meal Break (min)", "Pause"] {
            assert!(names_break(name), "{name}");
        }
        for name in ["Paid Break", "Break Start", "Pause bis", "Breakfast", "meal_id", "Hours"] {
            assert!(!names_break(name), "{name}");
        }
    }
}
