//! Writes the lines of a diff that name its file.

use std::io::{self, Write};

/// Writes `---` and `+++`. A name that could be misread there is quoted as Git does: control
/// characters, quotes, backslashes and bytes outside of ASCII are escaped. There is no line
/// `diff --git`: with one Git takes names as those of the whole repository, and skips the file
/// in any other folder.
///
/// # Errors
/// When it cannot be written.
pub fn write_header(name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (quoted('a', name), quoted('b', name));
    // After a name with spaces a tab ends the name.
    let tab = if name.contains(' ') && !old.starts_with('"') { "\t" } else { "" };
    writeln!(out, "--- {old}{tab}\n+++ {new}{tab}")
}

fn quoted(side: char, name: &str) -> String {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if name.bytes().all(plain) {
        return format!("{side}/{name}");
    }
    let mut text = format!("\"{side}/");
    for byte in name.bytes() {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(byte)]),
            _ if plain(byte) => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\{byte:03o}")),
        }
    }
    text.push('"');
    text
}
