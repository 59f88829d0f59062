//! Decodes the escapes of JSON strings, and writes them.

/// Writes what a string says to `out`. The string is one that [`super::text::string`]
/// has accepted, without its quotes. `false` if it names half a character (a
/// surrogate without its other half): such a string says nothing.
pub(in crate::read) fn unescape(written: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = written;
    while let Some(slash) = memchr::memchr(b'\\', rest) {
        let (plain, escape) = rest.split_at(slash);
        out.extend_from_slice(plain);
        let Some((spoken, after)) = spoken(escape) else { return false };
        out.extend_from_slice(spoken.encode_utf8(&mut [0; 4]).as_bytes());
        rest = after;
    }
    out.extend_from_slice(rest);
    true
}

/// The character of an escape, and what follows it.
fn spoken(escape: &[u8]) -> Option<(char, &[u8])> {
    let (letter, after) = escape.get(1..)?.split_first()?;
    let plain = match letter {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return sixteen_bits(after),
        other => char::from(*other),
    };
    Some((plain, after))
}

fn sixteen_bits(digits: &[u8]) -> Option<(char, &[u8])> {
    let (unit, after) = unit(digits)?;
    if !(0xD800..0xDC00).contains(&unit) {
        return Some((char::from_u32(unit)?, after));
    }
    let (low, after) = self::unit(after.strip_prefix(b"\\u")?)?;
    let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    Some((char::from_u32(0x10000 + ((unit - 0xD800) << 10) + low)?, after))
}

fn unit(digits: &[u8]) -> Option<(u32, &[u8])> {
    let (four, after) = digits.split_at_checked(4)?;
    Some((u32::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok()?, after))
}

/// A text as JSON, in quotes.
pub(in crate::read) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::unescape;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn escapes_are_spoken() {
        for (written, said) in [
            (r"plain", Some("plain")),
            (r#"\"\\\/\b\f\n\r\t"#, Some("\"\\/\u{8}\u{c}\n\r\t")),
            (r"\u00e9\u20AC", Some("é€")),
            (r"a\ud83d\ude00b", Some("a😀b")),
            (r"\u0000", Some("\0")),
            (r"\ud83d", None),
            (r"\ud83dx", None),
            (r"\ud83d\u0041", None),
            (r"\ude00", None),
        ] {
            let mut out = Vec::new();
            let whole = unescape(written.as_bytes(), &mut out);
            assert_eq!(whole.then_some(&*out), said.map(str::as_bytes), "{written}");
        }
    }

    proptest! {
        #[test]
        fn strings_say_what_serde_json_reads(text in "\"([a-zé😀]|\\\\[\"\\\\/bfnrtu0-9a-fA-FdD]|\\\\u[dD][89abcdAB][0-9]{2}){0,12}\"") {
            let theirs = serde_json::from_str::<String>(&text).ok();
            let mut out = Vec::new();
            let ours = text::value(text.as_bytes(), 0, 1) == Ok(text.len()) && unescape(&text.as_bytes()[1..text.len() - 1], &mut out);
            prop_assert_eq!(ours.then_some(out), theirs.map(String::into_bytes));
        }
    }
}
