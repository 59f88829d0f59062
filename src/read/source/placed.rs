//! Finds where in the text of a source the words of its records are.

use super::onward::read_on;
use super::{BlockHandle, Source};
use crate::model::row::Field;
use crate::read::Block;

impl Source {
    /// Passes on the field and the place of each word that is in the text as it is read, and not
    /// put together or decoded. It reads the source to its end.
    pub fn placed_words(&self, sink: &mut dyn FnMut(Field, u64)) {
        let mut buffer = Vec::new();
        while let Some(handle) = self.next_block(&mut buffer) {
            self.place_words(&handle, &buffer, sink);
        }
    }

    fn place_words(&self, handle: &BlockHandle, buffer: &[u8], sink: &mut dyn FnMut(Field, u64)) {
        let Some(document) = self.document.as_deref() else { return };
        let bytes = buffer.get(handle.start..handle.end).unwrap_or_default();
        let offset = handle.offset + handle.start as u64;
        let part = self.with_late_scope(document, &handle.part);
        let (first, length) = (bytes.as_ptr().addr(), bytes.len());
        read_on(document, &Block::again(bytes, &part), &mut |row| {
            let words = Field::all().map(|field| (field, row.word(field)));
            for (field, word) in words.filter(|(_, word)| !word.is_empty()) {
                let place = word.as_ptr().addr().checked_sub(first);
                if let Some(place) = place.filter(|place| place + word.len() <= length) {
                    sink(field, offset + place as u64);
                }
            }
        });
    }
}
