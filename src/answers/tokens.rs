//! Splits a sentence into tokens that keep ids, times and paths whole.

/// A word of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextToken<'t> {
    /// The word without the marks around it.
    pub(super) text: &'t str,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
    /// Whether `:`, `=` or `#` stands before it.
    pub(super) after_mark: bool,
    /// Whether a comma stands before it.
    pub(super) after_comma: bool,
    /// Whether a dash stands before it.
    pub(super) after_dash: bool,
    /// Whether a sentence begins with it.
    pub(super) begins_sentence: bool,
}

/// The longest name in quotes. What is longer is a quotation.
const LONGEST_QUOTED: usize = 80;

/// The tokens of a sentence.
pub(super) fn tokens(text: &str) -> Vec<TextToken<'_>> {
    let mut found = Vec::new();
    let mut next = TextToken {
        text: "",
        quoted: false,
        after_mark: false,
        after_comma: false,
        after_dash: false,
        begins_sentence: true,
    };
    let blank = TextToken { begins_sentence: false, ..next };
    let mut at = 0;
    let mut before = ' ';
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(inner) = quoted(rest, before) {
            found.push(TextToken { text: inner, quoted: true, ..next });
            next = blank;
            at += inner.len() + 2 * letter.len_utf8();
            before = '"';
            continue;
        }
        let word = word(rest);
        if word.is_empty() {
            match letter {
                ':' | '=' | '#' => next.after_mark = true,
                ',' => next.after_comma = true,
                '-' | '–' | '—' => next.after_dash = true,
                '.' | '!' | '?' | ';' | '\n' => next.begins_sentence = true,
                _ => {}
            }
            at += letter.len_utf8();
            before = letter;
        } else {
            found.push(TextToken { text: word, ..next });
            next = blank;
            at += word.len();
            before = 'a';
        }
    }
    found
}

/// The word or words in quotes at the beginning of a text.
fn quoted(text: &str, before: char) -> Option<&str> {
    let open = text.chars().next().filter(|letter| matches!(letter, '"' | '\'' | '`'))?;
    if before.is_alphanumeric() {
        return None;
    }
    let behind = text.get(1..)?;
    let close = behind.find(open).filter(|&close| close > 0 && close <= LONGEST_QUOTED)?;
    let inner = behind.get(..close)?;
    let is_name = !inner.contains(['\n', '{', '=']) && inner.trim() == inner;
    // The words of a quoted sentence are read one by one.
    let is_short = inner.split(' ').count() <= 3;
    (is_name && is_short).then_some(inner)
}

/// The word at the beginning of a text, as far as its marks stand within it.
fn word(text: &str) -> &str {
    let mut end = 0;
    let mut before = ' ';
    let mut brackets = 0_u32;
    for (at, letter) in text.char_indices() {
        let next =
            text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let within = before.is_alphanumeric() || before == ']' || before == '_';
        let belongs = match letter {
            _ if letter.is_alphanumeric() || letter == '_' => true,
            '/' if at == 0 => next.is_alphabetic(),
            '$' => at == 0 && matches!(next, '.' | '['),
            '.' if before == '$' => true,
            '-' | '+' | '.' | '/' | '@' | '*' => within && (next.is_alphanumeric() || next == '['),
            // `agent:7` is two words, `08:00` is one.
            ':' => before.is_ascii_digit() && next.is_ascii_digit(),
            '[' => {
                let opens = within && next.is_ascii_digit();
                brackets += u32::from(opens);
                opens
            }
            ']' => {
                let closes = brackets > 0 && before.is_ascii_digit();
                brackets = brackets.saturating_sub(1);
                closes
            }
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at + letter.len_utf8();
        before = letter;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn ids_times_and_paths_stay_whole() {
        for (text, expected) in [
            ("Agent s-1: overlaps.", "Agent|s-1|overlaps"),
            ("agent:88219, shift=a_b-3", "agent|88219|shift|a_b-3"),
            ("at 2026-03-02T08:00:00+01:00.", "at|2026-03-02T08:00:00+01:00"),
            ("errors[3].start is bad", "errors[3].start|is|bad"),
            ("[12] x", "12|x"),
            ("at /shifts/3/start", "at|/shifts/3/start"),
            ("the agent's 'Kim Lee' and \"s 1\"", "the|agent|s|Kim Lee|and|s 1"),
            ("kim.lee@example.com: no", "kim.lee@example.com|no"),
            ("é-1 – ü", "é-1|ü"),
        ] {
            let found: Vec<_> = tokens(text).iter().map(|token| token.text).collect();
            assert_eq!(found.join("|"), expected);
        }
    }
}
