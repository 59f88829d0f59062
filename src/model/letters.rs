//! Converts words to ASCII before they are compared.
//!
//! Some programs write a narrow space before AM, many languages write letters with marks, and
//! old browsers put invisible marks of direction between the parts of a date. None of this
//! changes what a time means.

use std::borrow::Cow;

/// A word in plain ASCII; `None` if it has letters that no known name has.
pub(crate) fn plain_ascii(word: &[u8]) -> Option<Cow<'_, [u8]>> {
    if word.is_ascii() {
        return Some(Cow::Borrowed(word));
    }
    let text = std::str::from_utf8(word).ok()?;
    let mut plain = Vec::with_capacity(word.len());
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii() => plain.push(letter as u8),
            // Combining marks, ordinals, and marks of direction.
            '\u{300}'..='\u{36f}' | 'º' | 'ª' | '\u{200e}' | '\u{200f}' => {}
            _ => plain.push(base(letter)?),
        }
    }
    Some(Cow::Owned(plain))
}

/// The ASCII that a character is written for.
fn base(letter: char) -> Option<u8> {
    Some(match letter {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => b' ',
        '\u{2212}' => b'-',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' => b'a',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => b'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => b'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => b'o',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => b'u',
        'ç' | 'Ç' => b'c',
        'ñ' | 'Ñ' => b'n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::plain_ascii;

    #[test]
    fn words_lose_their_marks_and_odd_spaces() {
        for (word, expected) in [
            ("8:00\u{202f}AM", Some("8:00 AM")),
            ("2. März 2026", Some("2. Marz 2026")),
            ("2. Ma\u{308}rz", Some("2. Marz")),
            ("1º de março", Some("1 de marco")),
            ("\u{200e}3\u{200e}/\u{200e}2\u{200e}/\u{200e}2026", Some("3/2/2026")),
            ("08:00\u{2212}06:00", Some("08:00-06:00")),
            ("\u{662}\u{660}", None),
            ("3月2日", None),
        ] {
            let plain = plain_ascii(word.as_bytes());
            assert_eq!(plain.as_deref(), expected.map(str::as_bytes), "{word}");
        }
        assert_eq!(plain_ascii(b"\xff"), None);
    }
}
