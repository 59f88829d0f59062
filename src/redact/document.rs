//! Redacts the keys, strings and numbers of JSON, one token after another.

use super::headings::heading;
use super::scan::{JsonToken, JsonTokens, spoken, written};
use super::source_text::SourceText;
use super::words::{WordRedactor, WordUse};
use std::collections::HashMap;
use std::ops::Range;

/// How deep documents within strings are redacted. Deeper ones are words.
const DEEPEST: usize = 4;

/// Writes the document with redacted words.
pub(super) fn redacted(source: &SourceText, words: &mut WordRedactor<'_>) -> Vec<u8> {
    let uses = uses_of_paths(source);
    let mut document = DocumentWriter { source, words, uses, out: Vec::new(), depth: 0 };
    document.rewrite(&source.text, Some(source));
    document.out
}

/// What is around a token.
#[derive(Debug, Clone, Default)]
struct OpenBracket {
    is_object: bool,
    /// Whether a key comes next.
    expects_key: bool,
    /// The key of the value that comes next, or of the list.
    key: String,
    /// The keys above, joined.
    path: String,
    /// What the list or object as a whole is read as.
    inherited: Option<WordUse>,
}

/// The brackets that are open at a token.
struct OpenBrackets {
    open: Vec<OpenBracket>,
    has_lines: bool,
}

impl OpenBrackets {
    fn new(has_lines: bool) -> OpenBrackets {
        OpenBrackets { open: vec![OpenBracket::default()], has_lines }
    }

    /// Takes what is between two tokens: a line end closes all brackets where each line is a
    /// document, however broken it is.
    fn pass(&mut self, between: &[u8]) {
        if self.has_lines && between.contains(&b'\n') {
            self.open.truncate(1);
        }
    }

    fn top(&mut self) -> &mut OpenBracket {
        if self.open.is_empty() {
            self.open.push(OpenBracket::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn mark(&mut self, mark: u8, placed: Option<WordUse>) {
        match mark {
            b'{' | b'[' => {
                let is_object = mark == b'{';
                let above = self.top();
                let path = format!("{}/{}", above.path, above.key);
                let key = if is_object { String::new() } else { above.key.clone() };
                let inherited = placed.or(above.inherited.filter(|_| !is_object));
                let expects_key = is_object;
                self.open.push(OpenBracket { is_object, expects_key, key, path, inherited });
            }
            b'}' | b']' if self.open.len() > 1 => {
                self.open.pop();
            }
            b':' => self.top().expects_key = false,
            _ => {
                let top = self.top();
                top.expects_key = top.is_object;
            }
        }
    }
}

/// What most words at each path of keys are read as where they are.
fn uses_of_paths(source: &SourceText) -> HashMap<String, WordUse> {
    let mut levels = OpenBrackets::new(source.has_lines);
    let (mut uses, mut at) = (HashMap::new(), 0);
    for (range, token) in JsonTokens::of(&source.text) {
        levels.pass(source.text.get(at..range.start).unwrap_or_default());
        at = range.end;
        let (JsonToken::Text(inside) | JsonToken::Bare(inside)) = token else {
            if let JsonToken::Mark(mark) = token {
                levels.mark(mark, None);
            }
            continue;
        };
        let top = levels.top();
        if top.is_object && top.expects_key {
            let name = source.text.get(inside).unwrap_or_default();
            top.key = spoken(name).unwrap_or_default();
        } else if let Some(found) = source.use_in(inside.start, inside.end) {
            uses.entry(format!("{}/{}", top.path, top.key)).or_insert(found);
        }
    }
    uses
}

struct DocumentWriter<'d, 'r> {
    source: &'d SourceText,
    words: &'d mut WordRedactor<'r>,
    uses: HashMap<String, WordUse>,
    out: Vec<u8>,
    /// How many documents are around this one.
    depth: usize,
}

impl DocumentWriter<'_, '_> {
    /// Writes a text. Places of words are known of the source itself alone, and not of a document
    /// in one of its strings.
    fn rewrite(&mut self, text: &[u8], placed: Option<&SourceText>) {
        let mut levels = OpenBrackets::new(placed.is_some_and(|source| source.has_lines));
        let mut at = 0;
        for (range, token) in JsonTokens::of(text) {
            let between = text.get(at..range.start).unwrap_or_default();
            levels.pass(between);
            self.out.extend_from_slice(between);
            at = range.end;
            let found = placed.and_then(|source| source.use_in(range.start, range.end));
            match token {
                JsonToken::Mark(mark) => {
                    levels.mark(mark, found);
                    self.out.push(mark);
                }
                JsonToken::Text(inside) => self.text(text, inside, levels.top(), found),
                JsonToken::Bare(inside) => {
                    let bare = String::from_utf8_lossy(&text[inside]).into_owned();
                    let redacted = self.bare(&bare, levels.top(), found);
                    self.out.extend(redacted.into_bytes());
                }
            }
        }
        self.out.extend_from_slice(text.get(at..).unwrap_or_default());
    }

    fn text(
        &mut self,
        text: &[u8],
        inside: Range<usize>,
        top: &mut OpenBracket,
        found: Option<WordUse>,
    ) {
        let is_closed = text.get(inside.end) == Some(&b'"');
        let bytes = text.get(inside).unwrap_or_default();
        let Some(word) = spoken(bytes).filter(|_| is_closed) else {
            return self.out.extend(masked(bytes, is_closed).into_bytes());
        };
        let redacted = if top.is_object && top.expects_key {
            top.key.clone_from(&word);
            heading(&word, self.source.role, self.words.names)
        } else if let Some(document) = self.within(&word) {
            document
        } else {
            let word_use = self.use_of(top, found);
            self.words.redacted(&word, word_use)
        };
        self.out.extend(written(&redacted).into_bytes());
    }

    /// A number, or a word without quotes. What no JSON has is masked.
    fn bare(&mut self, word: &str, top: &OpenBracket, found: Option<WordUse>) -> String {
        match word {
            "true" | "false" | "null" => word.to_owned(),
            _ if serde_json::from_str::<serde_json::Number>(word).is_ok() => {
                let word_use = self.use_of(top, found);
                self.words.number(word, word_use)
            }
            _ => masked(word.as_bytes(), false).trim_start_matches('"').to_owned(),
        }
    }

    /// What a value is used for: what it is read as, else what values at its path are, else what
    /// its key says.
    fn use_of(&self, top: &OpenBracket, found: Option<WordUse>) -> WordUse {
        let by_path = || self.uses.get(&format!("{}/{}", top.path, top.key)).copied();
        let by_key = || {
            let above = top.path.rsplit('/').next().unwrap_or_default();
            let joined = || self.source.use_by_heading(&format!("{above}.{}", top.key));
            let alone = self.source.use_by_heading(&top.key);
            alone.or_else(joined)
        };
        found.or(top.inherited).or_else(by_path).or_else(by_key).unwrap_or(WordUse::Unread)
    }

    /// A document that a string holds.
    fn within(&mut self, word: &str) -> Option<String> {
        let begins = word.trim_start().starts_with(['{', '[']);
        let sound = || serde_json::from_str::<serde::de::IgnoredAny>(word).is_ok();
        if !begins || self.depth == DEEPEST || !sound() {
            return None;
        }
        let out = std::mem::take(&mut self.out);
        self.depth += 1;
        self.rewrite(word.as_bytes(), None);
        self.depth -= 1;
        String::from_utf8(std::mem::replace(&mut self.out, out)).ok()
    }
}

/// A broken string that stays broken in the same way, and says nothing: only what breaks it stays.
fn masked(bytes: &[u8], is_closed: bool) -> String {
    let lossy = String::from_utf8_lossy(bytes);
    let mut parts = lossy.split('\\');
    let mut text = format!("\"{}", masked_letters(parts.next().unwrap_or_default()));
    for part in parts {
        let (escape, rest) = masked_escape(part);
        text.push('\\');
        text.push_str(&escape);
        text.push_str(&masked_letters(rest));
    }
    text + if is_closed { "\"" } else { "" }
}

/// An escape without its backslash, and what follows it: half a character stays one, any other
/// number is that of `x`, and an unknown letter is `x`.
fn masked_escape(part: &str) -> (String, &str) {
    let number = part.get(..5).filter(|code| {
        code.starts_with('u') && code.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
    });
    if let Some(code) = number {
        let is_half = matches!(
            code.as_bytes(),
            [_, b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..]
        );
        return (if is_half { "ud800" } else { "u0078" }.to_owned(), &part[5..]);
    }
    let mut letters = part.chars();
    let escape = match letters.next() {
        Some(known @ ('n' | 'r' | 't' | 'b' | 'f' | 'u' | '/')) => known.to_string(),
        Some(letter) => masked_letters(letter.encode_utf8(&mut [0; 4])),
        None => String::new(),
    };
    (escape, letters.as_str())
}

fn masked_letters(text: &str) -> String {
    text.chars().map(mask).collect()
}

fn mask(letter: char) -> char {
    match letter {
        '0'..='9' => '0',
        letter if letter.is_alphanumeric() => 'x',
        letter => letter,
    }
}
