//! Turns an input into blocks, and passes over the values and lines in them.
//!
//! One block is in memory at a time. Every step continues over the end of a block.

use super::error::SplitError;
use memchr::{memchr, memchr2, memchr3};
use std::io;

/// How many bytes are read at a time.
pub(super) const BLOCK: usize = 1 << 18;

/// How many lists and objects can be within each other.
pub(super) const DEEPEST: usize = 128;

/// An input that can be read from any place.
pub trait ReadAt {
    /// How many bytes it has.
    fn length(&self) -> u64;

    /// Replaces the content of `into` with `count` bytes from a place on; fewer only where
    /// the input ends.
    ///
    /// # Errors
    /// When the input cannot be read.
    fn read(&self, from: u64, count: usize, into: &mut Vec<u8>) -> io::Result<()>;
}

/// Bytes in memory.
impl<B: AsRef<[u8]>> ReadAt for B {
    fn length(&self) -> u64 {
        self.as_ref().len() as u64
    }

    fn read(&self, from: u64, count: usize, into: &mut Vec<u8>) -> io::Result<()> {
        let rest = usize::try_from(from).ok().and_then(|from| self.as_ref().get(from..));
        let rest = rest.unwrap_or_default();
        into.clear();
        into.extend_from_slice(rest.get(..count).unwrap_or(rest));
        Ok(())
    }
}

/// The bytes whose role in JSON outside of strings is more than filling: quotes and brackets.
const STRUCTURAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = *b"\"{}[]";
    let mut place = 0;
    while place < bytes.len() {
        table[bytes[place] as usize] = true;
        place += 1;
    }
    table
};

/// A block of an input, and a place in it.
pub(super) struct Window<'s> {
    source: &'s dyn ReadAt,
    block: usize,
    buffer: Vec<u8>,
    /// Where the buffer begins in the input.
    base: u64,
    /// The next byte of the buffer.
    at: usize,
    /// The byte before the buffer, if it was read.
    before: Option<u8>,
}

impl<'s> Window<'s> {
    pub(super) fn new(source: &'s dyn ReadAt, block: usize) -> Window<'s> {
        Window { source, block, buffer: Vec::new(), base: 0, at: 0, before: None }
    }

    /// The next byte, counted from the start of the input.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The bytes at hand from the place on; none only at the end of the input.
    pub(super) fn rest(&mut self) -> Result<&[u8], SplitError> {
        if self.at >= self.buffer.len() {
            self.base += self.buffer.len() as u64;
            self.at = 0;
            self.before = self.buffer.last().copied().or(self.before);
            self.source.read(self.base, self.block, &mut self.buffer)?;
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    pub(super) fn peek(&mut self) -> Result<Option<u8>, SplitError> {
        Ok(self.rest()?.first().copied())
    }

    /// The byte before the place, if it was passed.
    pub(super) fn previous(&self) -> Option<u8> {
        self.at.checked_sub(1).map_or(self.before, |last| self.buffer.get(last).copied())
    }

    /// Passes over some of the bytes at hand.
    pub(super) fn advance(&mut self, count: usize) {
        self.at += count;
        debug_assert!(self.at <= self.buffer.len());
    }

    /// Continues at another place.
    pub(super) fn seek(&mut self, place: u64) {
        let within = place.checked_sub(self.base).and_then(|at| usize::try_from(at).ok());
        match within.filter(|at| *at <= self.buffer.len()) {
            Some(at) => self.at = at,
            None => {
                self.buffer.clear();
                (self.base, self.at, self.before) = (place, 0, None);
            }
        }
    }

    /// The input has ended within something.
    pub(super) fn unfinished(&self) -> SplitError {
        SplitError::Unfinished { at: self.place() }
    }

    /// The byte at the place is not what it has to be.
    pub(super) fn unexpected(&self, expected: &'static str) -> SplitError {
        SplitError::Unexpected { at: self.place(), expected }
    }

    /// Passes over a byte-order mark at the start of the input.
    pub(super) fn byte_order_mark(&mut self) -> Result<(), SplitError> {
        let mut head = Vec::new();
        self.source.read(0, 3, &mut head)?;
        self.seek(if head == b"\xef\xbb\xbf" { 3 } else { 0 });
        Ok(())
    }

    /// Passes over bytes for which this is so, and gives the one after them.
    pub(super) fn skip_while(&mut self, so: impl Fn(u8) -> bool) -> Result<Option<u8>, SplitError> {
        loop {
            let rest = self.rest()?;
            let Some(count) = rest.iter().position(|byte| !so(*byte)) else {
                let count = rest.len();
                if count == 0 {
                    return Ok(None);
                }
                self.advance(count);
                continue;
            };
            let found = rest.get(count).copied();
            self.advance(count);
            return Ok(found);
        }
    }

    /// Passes over white space, and gives the byte after it.
    pub(super) fn skip_space(&mut self) -> Result<Option<u8>, SplitError> {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    /// Passes over the rest of a string, whose first quote was passed. Hands over its bytes.
    pub(super) fn skip_string(&mut self, mut meet: impl FnMut(&[u8])) -> Result<(), SplitError> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.unfinished());
            }
            let Some(count) = memchr2(b'"', b'\\', rest) else {
                meet(rest);
                let count = rest.len();
                self.advance(count);
                continue;
            };
            let ends = rest.get(count) == Some(&b'"');
            meet(rest.get(..count + usize::from(!ends)).unwrap_or_default());
            self.advance(count + 1);
            if ends {
                return Ok(());
            }
            let escaped = self.peek()?.ok_or_else(|| self.unfinished())?;
            meet(&[escaped]);
            self.advance(1);
        }
    }

    /// Passes over a value that is known to be JSON: only quotes and brackets are examined.
    /// `depth` is how many lists and objects are around it.
    pub(super) fn skip_value(&mut self, depth: usize) -> Result<(), SplitError> {
        match self.peek()? {
            None => Err(self.unfinished()),
            Some(b'{' | b'[') => self.skip_nested(depth),
            Some(b'"') => {
                self.advance(1);
                self.skip_string(|_| ())
            }
            Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => self
                .skip_while(|byte| {
                    !matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r')
                })
                .map(|_| ()),
            Some(_) => Err(self.unexpected("the beginning of a value")),
        }
    }

    fn skip_nested(&mut self, around: usize) -> Result<(), SplitError> {
        let mut depth = 0;
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.unfinished());
            }
            let mut at = 0;
            // Strings that end in the block are passed over here, the others by `skip_string`.
            let quoted = loop {
                let Some(count) = find_structural(rest, at) else {
                    at = rest.len();
                    break false;
                };
                at = count + 1;
                match rest.get(count) {
                    Some(b'"') => match end_of_string(rest, at) {
                        Some(end) => at = end,
                        None => break true,
                    },
                    Some(b'{' | b'[') => {
                        depth += 1;
                        if around + depth > DEEPEST {
                            let at = self.place() + count as u64;
                            return Err(SplitError::TooDeep { at });
                        }
                    }
                    _ => depth -= 1,
                }
                if depth == 0 {
                    self.advance(at);
                    return Ok(());
                }
            };
            self.advance(at);
            if quoted {
                self.skip_string(|_| ())?;
            }
        }
    }

    /// Passes over bytes up to one of these three, and gives it.
    pub(super) fn find3(&mut self, [a, b, c]: [u8; 3]) -> Result<Option<u8>, SplitError> {
        self.find(|rest| memchr3(a, b, c, rest))
    }

    /// Passes over bytes up to this one; whether there is one.
    pub(super) fn find1(&mut self, byte: u8) -> Result<bool, SplitError> {
        Ok(self.find(|rest| memchr(byte, rest))?.is_some())
    }

    fn find(&mut self, search: impl Fn(&[u8]) -> Option<usize>) -> Result<Option<u8>, SplitError> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Ok(None);
            }
            let found = search(rest);
            let byte = found.and_then(|count| rest.get(count).copied());
            let count = found.unwrap_or(rest.len());
            self.advance(count);
            if byte.is_some() {
                return Ok(byte);
            }
        }
    }

    /// Passes over a line and its line feed. Gives where its text ends, without white space.
    pub(super) fn skip_line(&mut self) -> Result<u64, SplitError> {
        let mut end = self.place();
        loop {
            let from = self.place();
            let rest = self.rest()?;
            let feed = memchr(b'\n', rest);
            let count = feed.unwrap_or(rest.len());
            let text = rest.get(..count).unwrap_or_default().trim_ascii_end();
            if !text.is_empty() {
                end = from + text.len() as u64;
            }
            let finished = feed.is_some() || rest.is_empty();
            self.advance(count + usize::from(feed.is_some()));
            if finished {
                return Ok(end);
            }
        }
    }
}

/// The first quote or bracket from a place on.
#[inline]
fn find_structural(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| STRUCTURAL[usize::from(*byte)]).map(|count| at + count)
}

/// The place after a string that began before `at`, if it ends in these bytes.
#[inline]
fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = at + memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(found) == Some(&b'"') {
            return Some(found + 1);
        }
        at = found + 2;
    }
}
