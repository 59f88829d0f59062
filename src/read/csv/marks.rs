//! Bytes become marks: where cells and lines end, 64 bytes at a time.
//!
//! A chunk is looked at once for everything that matters about it, with the
//! vectors that every machine of the target has. What a mark means to a record
//! is not known here.

use wide::{i8x16, u8x16};

/// How many bytes are looked at together.
pub(super) const CHUNK: usize = 64;

/// What a chunk holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// Delimiters and line feeds, one bit for each byte.
    pub(super) ends: u64,
    /// Whether any other byte is a quote, a carriage return, a NUL or not ASCII,
    /// or one of the control characters that are found with those.
    pub(super) odd: bool,
}

/// What is odd in a chunk, one bit for each byte.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Oddities {
    /// Quotes.
    pub(super) quotes: u64,
    /// Carriage returns.
    pub(super) returns: u64,
    /// Line feeds, which may stand behind those.
    pub(super) feeds: u64,
    /// Bytes that are NUL or not ASCII.
    pub(super) foreign: u64,
}

/// Finds marks for one delimiter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder {
    delimiter: i8x16,
}

impl Finder {
    pub(super) fn new(delimiter: u8) -> Finder {
        Finder { delimiter: i8x16::splat(delimiter.cast_signed()) }
    }

    /// The marks of a chunk.
    #[inline(always)]
    pub(super) fn marks(&self, chunk: &[u8; CHUNK]) -> Marks {
        let [quote, feed, above] = [b'"', b'\n', b'\r' + 1].map(|byte| byte.cast_signed());
        let [quote, feed, above] = [quote, feed, above].map(i8x16::splat);
        let (mut ends, mut odd) = (0, i8x16::splat(0));
        for (place, bytes) in chunk.as_chunks::<16>().0.iter().enumerate() {
            let bytes = i8x16::new(bytes.map(u8::cast_signed));
            let end = bytes.simd_eq(self.delimiter) | bytes.simd_eq(feed);
            // A byte that is not ASCII is below zero here.
            odd = odd | bytes.simd_eq(quote) | bytes.simd_lt(above) & !end;
            ends |= u64::from(end.to_bitmask()) << (16 * place);
        }
        Marks { ends, odd: odd.to_bitmask() != 0 }
    }

    /// What is odd in a chunk.
    pub(super) fn oddities(chunk: &[u8; CHUNK]) -> Oddities {
        let [quote, feed, back, nul] = [b'"', b'\n', b'\r', 0].map(u8x16::splat);
        let mut odd = Oddities::default();
        for (place, bytes) in chunk.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(*bytes);
            let bits = |found: u8x16| u64::from(found.to_bitmask()) << (16 * place);
            odd.quotes |= bits(bytes.simd_eq(quote));
            odd.returns |= bits(bytes.simd_eq(back));
            odd.feeds |= bits(bytes.simd_eq(feed));
            odd.foreign |= bits(bytes | bytes.simd_eq(nul));
        }
        odd
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Finder};

    #[test]
    fn every_byte_in_every_place_is_marked_as_what_it_is() {
        let finder = Finder::new(b',');
        for place in 0..CHUNK {
            for byte in 0..=u8::MAX {
                let mut chunk = [b'x'; CHUNK];
                chunk[place] = byte;
                let marks = finder.marks(&chunk);
                let here = |is: bool| u64::from(is) << place;
                assert_eq!(marks.ends, here(matches!(byte, b'\n' | b',')), "{byte} at {place}");
                let odd = matches!(byte, b'"' | 0..=b'\r' | 0x80..) && byte != b'\n';
                assert_eq!(marks.odd, odd, "{byte} at {place}");
                let oddities = Finder::oddities(&chunk);
                assert_eq!(oddities.quotes, here(byte == b'"'), "{byte} at {place}");
                assert_eq!(oddities.returns, here(byte == b'\r'), "{byte} at {place}");
                assert_eq!(oddities.feeds, here(byte == b'\n'), "{byte} at {place}");
                assert_eq!(oddities.foreign, here(matches!(byte, 0 | 0x80..)), "{byte} at {place}");
            }
        }
    }
}
