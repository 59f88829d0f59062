//! Parses JSON into a tree, as far as it is whole.
//!
//! An answer that breaks off still shows what was complained of before the break. A parser of
//! whole documents, such as that of `serde_json`, returns nothing then.

use super::tree::{Object, Tree};

/// How many brackets may be nested. The parser calls itself for each of them.
const DEEPEST: usize = 128;

/// Where JSON is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// The byte; the length of the text if that is too short.
    pub(super) at: usize,
    /// What is wrong or was expected.
    pub(super) reason: &'static str,
}

/// A parsed value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed {
    /// The value, as far as it is whole.
    pub(super) tree: Option<Tree>,
    /// The place behind it, or of the break.
    pub(super) end: usize,
    /// Where it is broken.
    pub(super) fault: Option<Break>,
}

/// Parses the value at the beginning of a text, behind white space. Text after it is not read.
pub(super) fn parse(text: &str) -> Parsed {
    let mut parser = Parser { bytes: text.as_bytes(), text, at: 0, depth: 0, left_out: false };
    parser.blanks();
    let (tree, fault) = match parser.value() {
        Ok(tree) => (Some(tree), None),
        Err(Cut { part, fault }) => (part, Some(fault)),
    };
    Parsed { tree, end: fault.map_or(parser.at, |fault| fault.at), fault }
}

/// A value that is broken, with the part before the break.
struct Cut {
    part: Option<Tree>,
    fault: Break,
}

type Outcome = Result<Tree, Cut>;

struct Parser<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    depth: usize,
    /// Whether an element with a break has been left out of its list. Of a broken text that is
    /// the innermost one: it lacks what would say more of it. Those around it are kept.
    left_out: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn broken<T>(&self, reason: &'static str) -> Result<T, Break> {
        Err(Break { at: self.at, reason })
    }

    fn value(&mut self) -> Outcome {
        let scalar = match self.peek() {
            Some(b'{') => return self.nested(Parser::object),
            Some(b'[') => return self.nested(Parser::list),
            Some(b'"') => self.string().map(Tree::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Tree::Bool(true)),
            Some(b'f') => self.literal("false", Tree::Bool(false)),
            Some(b'n') => self.literal("null", Tree::Null),
            _ => self.broken("expected a value"),
        };
        scalar.map_err(|fault| Cut { part: None, fault })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Outcome) -> Outcome {
        if self.depth == DEEPEST {
            let fault = Break { at: self.at, reason: "nested deeper than 128 levels" };
            return Err(Cut { part: None, fault });
        }
        self.depth += 1;
        self.at += 1;
        self.blanks();
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    fn list(&mut self) -> Outcome {
        let mut list = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Tree::List(list));
        }
        loop {
            match self.value() {
                Ok(value) => list.push(value),
                Err(Cut { part, fault }) => {
                    list.extend(part.filter(|_| self.left_out));
                    self.left_out = true;
                    return Err(Cut { part: Some(Tree::List(list)), fault });
                }
            }
            match self.separator(b']', "expected `,` or `]`") {
                Ok(true) => {}
                Ok(false) => return Ok(Tree::List(list)),
                Err(fault) => {
                    // The list breaks behind an element, which is whole.
                    self.left_out = true;
                    return Err(Cut { part: Some(Tree::List(list)), fault });
                }
            }
        }
    }

    fn object(&mut self) -> Outcome {
        let mut object = Object::default();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Tree::Object(object));
        }
        loop {
            let fault = match self.member(&mut object) {
                Ok(()) => match self.separator(b'}', "expected `,` or `}`") {
                    Ok(true) => continue,
                    Ok(false) => return Ok(Tree::Object(object)),
                    Err(fault) => fault,
                },
                Err(fault) => fault,
            };
            object.cut = true;
            return Err(Cut { part: Some(Tree::Object(object)), fault });
        }
    }

    /// Reads a key and its value, or what there is of it.
    fn member(&mut self, object: &mut Object) -> Result<(), Break> {
        if self.peek() != Some(b'"') {
            return self.broken("expected a key in quotes");
        }
        let key = self.string()?;
        self.blanks();
        if self.peek() != Some(b':') {
            return self.broken("expected `:` after a key");
        }
        self.at += 1;
        self.blanks();
        match self.value() {
            Ok(value) => object.members.push((key, value)),
            Err(Cut { part, fault }) => {
                object.members.extend(part.map(|part| (key, part)));
                return Err(fault);
            }
        }
        Ok(())
    }

    /// Whether a comma follows, and not the closing bracket.
    fn separator(&mut self, close: u8, expected: &'static str) -> Result<bool, Break> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.blanks();
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => self.broken(expected),
        }
    }

    fn literal(&mut self, word: &str, tree: Tree) -> Result<Tree, Break> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(tree);
        }
        self.broken("expected `true`, `false`, `null` or a value in quotes")
    }

    fn number(&mut self) -> Result<Tree, Break> {
        let start = self.at;
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        // A number at the end of a text with open brackets may lack digits.
        if self.peek().is_none() && self.depth > 0 {
            return self.broken("expected the rest of a number");
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        match word.parse::<f64>() {
            Ok(_) => Ok(Tree::Number(word.to_owned())),
            Err(_) => Err(Break { at: start, reason: "expected a number" }),
        }
    }

    fn string(&mut self) -> Result<String, Break> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let length = memchr::memchr3(b'"', b'\\', b'\n', rest).unwrap_or(rest.len());
            string.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                // Strict here: otherwise each open quote of a log would be searched to its end.
                Some(_) => {
                    return self.broken("a line end in a string must be written as an escape");
                }
                None => return self.broken("expected the `\"` that closes a string"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Break> {
        let letter = self.bytes.get(self.at + 1).copied();
        let plain = match letter {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(mark @ (b'"' | b'\\' | b'/')) => char::from(mark),
            Some(b'u') => return self.code_point(),
            _ => return self.broken("no such escape after `\\`"),
        };
        self.at += 2;
        Ok(plain)
    }

    /// Reads `\u` with four digits, or two of them that form a surrogate pair. Half of a pair
    /// becomes the replacement character.
    fn code_point(&mut self) -> Result<char, Break> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) || !self.bytes[self.at..].starts_with(b"\\u") {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let behind_first = self.at;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = behind_first;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Result<u32, Break> {
        let digits = self.text.get(self.at + 2..self.at + 6).unwrap_or_default();
        let is_hexadecimal =
            digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(unit) if is_hexadecimal => {
                self.at += 6;
                Ok(unit)
            }
            _ => self.broken("expected four hexadecimal digits after `\\u`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parsed, parse};
    use crate::answers::tree::Tree;

    fn shown(tree: &Tree) -> String {
        match tree {
            Tree::Null => "null".to_owned(),
            Tree::Bool(bool) => bool.to_string(),
            Tree::Number(number) => number.clone(),
            Tree::Text(text) => format!("'{text}'"),
            Tree::List(list) => {
                format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(","))
            }
            Tree::Object(object) => {
                let members =
                    object.members.iter().map(|(key, value)| format!("{key}:{}", shown(value)));
                let members = members.collect::<Vec<_>>().join(",");
                format!("{{{members}{}}}", if object.cut { "…" } else { "" })
            }
        }
    }

    #[test]
    fn what_stands_before_a_break_is_kept_but_for_the_innermost_element() {
        for (text, expected, at) in [
            (r#"{"a":[{"b":1},{"b":2}]}"#, "{a:[{b:1},{b:2}]}", None),
            (r#"{"a":[{"b":1},{"b":"#, "{a:[{b:1}]…}", Some(19)),
            (r#"{"a":[{"b":1}"#, "{a:[{b:1}]…}", Some(13)),
            (r#"{"a":[{"b":1,"c":["x","y"#, "{a:[{b:1,c:['x']…}]…}", Some(24)),
            (r#"{"a":409"#, "{…}", Some(8)),
            (r#"{"a":1,"b""#, "{a:1…}", Some(10)),
            (r#"{"a":1}x"#, "{a:1}", None),
            (r#"["\ud83d\ude00\u00e9\n\ud800"]"#, "['😀é\n\u{fffd}']", None),
            (r#"{"a":01x}"#, "{a:01…}", Some(7)),
        ] {
            let Parsed { tree, fault, .. } = parse(text);
            assert_eq!(tree.as_ref().map(shown).unwrap_or_default(), expected, "{text}");
            assert_eq!(fault.map(|fault| fault.at), at, "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(parse(&nested(128)).fault, None);
        assert_eq!(parse(&nested(129)).fault.map(|fault| fault.at), Some(128));
        assert!(parse(&"[{\"x\":".repeat(100_000)).fault.is_some());
    }

    #[test]
    fn whole_values_are_those_of_serde_json() {
        for text in
            [r#"{"a":[1,-2.5e3,"\"\\\/\b\f\n\r\t",true,false,null],"b":{}}"#, "[]", "\"x\"", "[ ]"]
        {
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
            assert_eq!(parse(text).fault, None, "{text}");
        }
    }
}
