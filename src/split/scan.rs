//! Turns a JSON value and the beginnings of its records into a tree.
//!
//! A pull parser with a stack of its own: the depth of the input is no recursion. What is
//! within records is not parsed, only passed over.

use super::builder::Builder;
use super::error::SplitError;
use super::tree::{BranchKind, KeyUse};
use super::window::{DEEPEST, Window};

/// How much of a key is remembered, in bytes. A longer key is a name of the format.
const LONGEST_KEY: usize = 1 << 10;

/// Whether a value ended, or its items follow.
#[derive(PartialEq, Eq)]
enum Passed {
    Whole,
    Bracket,
}

/// A scan over a document.
pub(super) struct Scan<'s> {
    pub(super) window: Window<'s>,
    pub(super) builder: Builder,
    /// Where records begin.
    offsets: &'s [u64],
    /// The number of the next one.
    next: usize,
    key_use: &'s dyn Fn(&[u8]) -> KeyUse,
    key: Vec<u8>,
}

impl<'s> Scan<'s> {
    pub(super) fn new(
        window: Window<'s>,
        offsets: &'s [u64],
        key_use: &'s dyn Fn(&[u8]) -> KeyUse,
    ) -> Scan<'s> {
        let builder = Builder::new(offsets.len());
        Scan { window, builder, offsets, next: 0, key_use, key: Vec::new() }
    }

    /// Where the next record begins.
    pub(super) fn awaited(&self) -> Option<u64> {
        self.offsets.get(self.next).copied()
    }

    /// Takes the value at the place. `from` is where its footprint begins.
    pub(super) fn value(&mut self, from: u64) -> Result<(), SplitError> {
        let around = self.builder.depth();
        if self.begin(KeyUse::Field, from)? == Passed::Bracket {
            while self.builder.depth() > around {
                self.item(around)?;
            }
        }
        Ok(())
    }

    /// A record that occupies these bytes.
    pub(super) fn record(&mut self, from: u64, start: u64, end: u64) -> Result<(), SplitError> {
        self.next += 1;
        self.builder.leaf(from, start, end)
    }

    /// No record can begin before this place any more.
    pub(super) fn check_passed(&self, place: u64) -> Result<(), SplitError> {
        match self.awaited().filter(|awaited| *awaited < place) {
            Some(at) => Err(SplitError::NotARecord { at }),
            None => Ok(()),
        }
    }

    /// No record can begin any more.
    pub(super) fn check_finished(&self) -> Result<(), SplitError> {
        self.awaited().map_or(Ok(()), |at| Err(SplitError::NotARecord { at }))
    }

    fn begin(&mut self, key: KeyUse, from: u64) -> Result<Passed, SplitError> {
        let start = self.window.place();
        self.check_passed(start)?;
        let depth = self.builder.depth();
        if self.awaited() == Some(start) {
            self.window.skip_value(depth)?;
            self.record(from, start, self.window.place())?;
            return Ok(Passed::Whole);
        }
        let kind = match self.window.peek()? {
            Some(b'{') => Some(BranchKind::Object),
            Some(b'[') => Some(BranchKind::Array),
            _ => None,
        };
        // After the last record only page keys matter.
        let is_entered = self.awaited().is_some() || matches!(key, KeyUse::Page(_));
        if let Some(kind) = kind.filter(|_| is_entered) {
            if depth >= DEEPEST {
                return Err(SplitError::TooDeep { at: start });
            }
            self.builder.open(kind, key, (from, start))?;
            self.window.advance(1);
            return Ok(Passed::Bracket);
        }
        self.window.skip_value(depth)?;
        self.builder.plain(key, from, start, self.window.place());
        Ok(Passed::Whole)
    }

    /// Takes an item of the innermost branch, or the end of an empty one.
    fn item(&mut self, around: usize) -> Result<(), SplitError> {
        let Some((kind, is_empty)) = self.builder.innermost() else { return Ok(()) };
        let from = self.window.place();
        let first = self.window.skip_space()?;
        if is_empty && first == Some(closing(kind)) {
            return self.after_item(around);
        }
        let key = match (kind, first) {
            (_, None) => return Err(self.window.unfinished()),
            (BranchKind::Object, _) => self.take_key()?,
            _ => KeyUse::Field,
        };
        match self.begin(key, from)? {
            Passed::Whole => self.after_item(around),
            Passed::Bracket => Ok(()),
        }
    }

    /// Takes the comma or the brackets after an item.
    fn after_item(&mut self, around: usize) -> Result<(), SplitError> {
        while self.builder.depth() > around {
            let Some((kind, _)) = self.builder.innermost() else { return Ok(()) };
            match self.window.skip_space()? {
                Some(b',') => {
                    self.window.advance(1);
                    return self.builder.separator(self.window.place());
                }
                Some(byte) if byte == closing(kind) => {
                    self.window.advance(1);
                    self.builder.close(self.window.place())?;
                }
                Some(_) => return Err(self.window.unexpected("a comma or a closing bracket")),
                None => return Err(self.window.unfinished()),
            }
        }
        Ok(())
    }

    /// Takes a key and its colon, up to the value.
    fn take_key(&mut self) -> Result<KeyUse, SplitError> {
        if self.window.peek()? != Some(b'"') {
            return Err(self.window.unexpected("the quote before a key"));
        }
        self.window.advance(1);
        let key = &mut self.key;
        key.clear();
        self.window.skip_string(|bytes| {
            let room = (LONGEST_KEY + 1).saturating_sub(key.len());
            key.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        })?;
        let key_use = match self.key.len() {
            ..=LONGEST_KEY => (self.key_use)(&self.key),
            _ => KeyUse::Field,
        };
        match self.window.skip_space()? {
            Some(b':') => self.window.advance(1),
            Some(_) => return Err(self.window.unexpected("the colon after a key")),
            None => return Err(self.window.unfinished()),
        }
        self.window.skip_space()?;
        Ok(key_use)
    }
}

/// The bracket that closes a branch.
fn closing(kind: BranchKind) -> u8 {
    if kind == BranchKind::Object { b'}' } else { b']' }
}
