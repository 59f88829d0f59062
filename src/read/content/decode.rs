//! Decodes text in other encodings into UTF-8.
//!
//! Bytes that mean nothing in their encoding must not become a letter: two names that differ
//! only there would be one. They become a byte that never occurs in UTF-8, so that readers
//! refuse the record that contains it, and only that one.

use super::Bytewise;
use super::containers::{Container, Layer, Unwrapping};
pub(super) use encoding_rs::Encoding;
use encoding_rs::{Decoder, DecoderResult, ISO_2022_JP, UTF_8};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The replacement of bytes without a meaning.
const MEANINGLESS: u8 = 0xff;

/// How much is decoded at a time, in bytes.
const PORTION: usize = 1 << 14;

/// The encoding of a name, unless it needs no decoding or there is none.
pub(super) fn encoding(label: &str) -> Option<&'static Encoding> {
    known(label).filter(|encoding| *encoding != UTF_8)
}

/// Whether an encoding of this name can be read.
#[must_use]
pub fn is_encoding(label: &str) -> bool {
    known(label).is_some()
}

/// Text in an encoding that it was decoded from. Bytes that had no meaning there become question
/// marks.
#[cfg(feature = "cli")]
#[must_use]
pub fn encode(name: &str, text: Vec<u8>) -> Vec<u8> {
    let Some(encoding) = encoding(name) else { return text };
    let mut encoded = Vec::with_capacity(text.len());
    let pair: Option<fn(u16) -> [u8; 2]> = match encoding {
        of if of == encoding_rs::UTF_16LE => Some(u16::to_le_bytes),
        of if of == encoding_rs::UTF_16BE => Some(u16::to_be_bytes),
        _ => None,
    };
    for chunk in text.utf8_chunks() {
        match pair {
            Some(pair) => encoded.extend(chunk.valid().encode_utf16().flat_map(pair)),
            None => encoded.extend_from_slice(&encoding.encode(chunk.valid()).0),
        }
        let lost = if chunk.invalid().is_empty() { "" } else { "?" };
        match pair {
            Some(pair) => encoded.extend(lost.encode_utf16().flat_map(pair)),
            None => encoded.extend_from_slice(lost.as_bytes()),
        }
    }
    encoded
}

/// The encoding of a label, except labels that the standard lists only to refuse them.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// UTF-16 with the byte-order mark that says so.
pub(super) static UTF_16LE: Container = Container {
    name: "UTF-16LE",
    layer: Layer::Encoding,
    begins: |head| head.starts_with(b"\xff\xfe") && !is_utf_32(head),
    open: |stream, Unwrapping { watch, .. }| Ok(decoded(stream, encoding_rs::UTF_16LE, watch)),
};

/// The same, with the higher byte first.
pub(super) static UTF_16BE: Container = Container {
    name: "UTF-16BE",
    begins: |head| head.starts_with(b"\xfe\xff"),
    open: |stream, Unwrapping { watch, .. }| Ok(decoded(stream, encoding_rs::UTF_16BE, watch)),
    ..UTF_16LE
};

/// Whether text begins with the byte-order mark of UTF-32, which may begin like that
/// of UTF-16; but no text begins with NUL.
pub(super) fn is_utf_32(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff")
}

/// A stream in an encoding as UTF-8.
pub(super) fn decoded(
    stream: Bytewise,
    encoding: &'static Encoding,
    watch: &Arc<Utf8Watch>,
) -> Bytewise {
    watch.begin(encoding);
    Box::new(Decoded::new(Watched { stream, watch: Arc::clone(watch) }, encoding))
}

/// Whether the bytes of a stream are UTF-8, though they are decoded from another
/// encoding.
#[derive(Debug, Default)]
pub(super) struct Utf8Watch(Mutex<Utf8State>);

#[derive(Debug, Default)]
struct Utf8State {
    /// The beginning of a letter whose end has not come yet.
    open: Vec<u8>,
    /// Whether there was a letter of several bytes, and what is not UTF-8.
    wide: bool,
    broken: bool,
    /// The name of the encoding, once decoding has begun.
    encoding: Option<&'static str>,
}

impl Utf8Watch {
    fn begin(&self, encoding: &'static Encoding) {
        *self.state() = Utf8State { encoding: Some(encoding.name()), ..Utf8State::default() };
    }

    /// The name of the encoding that the bytes are decoded from.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.state().encoding
    }

    fn state(&self) -> MutexGuard<'_, Utf8State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the next bytes.
    fn look(&self, bytes: &[u8]) {
        let state = &mut *self.state();
        if state.broken || bytes.is_ascii() && state.open.is_empty() {
            return;
        }
        state.open.extend_from_slice(bytes);
        state.wide |= !bytes.is_ascii();
        match std::str::from_utf8(&state.open) {
            Ok(_) => state.open.clear(),
            Err(error) => {
                state.broken = error.error_len().is_some();
                state.open.drain(..error.valid_up_to());
            }
        }
    }

    /// Whether all examined bytes are UTF-8 with letters of several bytes.
    pub(super) fn is_likely(&self) -> bool {
        let state = self.state();
        state.encoding.is_some() && state.wide && !state.broken && state.open.is_empty()
    }
}

/// A stream whose bytes are examined as they pass.
struct Watched {
    stream: Bytewise,
    watch: Arc<Utf8Watch>,
}

impl Read for Watched {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(room)?;
        self.watch.look(room.get(..count).unwrap_or_default());
        Ok(count)
    }
}

struct Decoded<R> {
    stream: R,
    decoder: Decoder,
    input: Vec<u8>,
    /// What of the input is not decoded yet.
    waiting: Range<usize>,
    output: Vec<u8>,
    /// The part of the output that was not returned yet.
    ready: Range<usize>,
    /// Whether the stream has no more.
    has_ended: bool,
    /// Whether all is decoded.
    is_done: bool,
}

impl<R: Read> Decoded<R> {
    fn new(stream: R, encoding: &'static Encoding) -> Decoded<R> {
        Decoded {
            stream,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; PORTION],
            waiting: 0..0,
            output: vec![0; PORTION],
            ready: 0..0,
            has_ended: false,
            is_done: false,
        }
    }

    /// Reads on, if all that was read is decoded.
    fn fill(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() && !self.has_ended {
            let count = self.stream.read(&mut self.input)?;
            self.waiting = 0..count;
            self.has_ended = count == 0;
        }
        Ok(())
    }

    /// Decodes on, up to the next bytes without a meaning.
    fn decode(&mut self) {
        let input = self.input.get(self.waiting.clone()).unwrap_or_default();
        // Leaves room for the replacement of bytes without a meaning.
        let most = self.output.len().saturating_sub(2);
        let room = self.output.get_mut(..most).unwrap_or_default();
        let (outcome, read, written) =
            self.decoder.decode_to_utf8_without_replacement(input, room, self.has_ended);
        let stand_in = match outcome {
            DecoderResult::Malformed(_, behind) => {
                let taken = input.get(..read).unwrap_or(input);
                stand_in(self.decoder.encoding(), taken.iter().rev().nth(usize::from(behind)))
            }
            DecoderResult::InputEmpty => {
                self.is_done = self.has_ended;
                b""
            }
            DecoderResult::OutputFull => b"",
        };
        let end = written + stand_in.len();
        if let Some(room) = self.output.get_mut(written..end) {
            room.copy_from_slice(stand_in);
        }
        self.waiting.start += read;
        self.ready = 0..end;
    }
}

/// The replacement of bytes without a meaning of which this is the last. A line end among
/// two-byte letters is one of them and still ends the line; other encodings never take it
/// for a part of a letter.
fn stand_in(encoding: &'static Encoding, last: Option<&u8>) -> &'static [u8] {
    match last {
        Some(b'\n') if encoding == ISO_2022_JP => &[MEANINGLESS, b'\n'],
        _ => &[MEANINGLESS],
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !self.is_done {
            self.fill()?;
            self.decode();
        }
        let mut ready = self.output.get(self.ready.clone()).unwrap_or_default();
        let count = ready.read(room)?;
        self.ready.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoded, PORTION, encoding};
    use encoding_rs::Encoding;
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};
    use std::io::Read;

    /// Hands on this many bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
            let most = self.1.min(room.len());
            self.0.read(room.get_mut(..most).unwrap_or_default())
        }
    }

    fn named(label: &str) -> &'static Encoding {
        encoding(label).expect("an encoding")
    }

    fn text(bytes: &[u8], label: &str, drop: usize) -> Vec<u8> {
        let mut text = Vec::new();
        let mut stream = Decoded::new(Drops(bytes, drop), named(label));
        let mut room = vec![0; drop];
        loop {
            let count = stream.read(&mut room).expect("readable");
            text.extend_from_slice(&room[..count]);
            if count == 0 {
                return text;
            }
        }
    }

    #[test]
    fn what_means_nothing_is_no_letter() {
        let cases: [(&str, &[u8], &[u8]); 14] = [
            ("windows-1252", b"Jos\xe9\x81,", "José\u{81},".as_bytes()),
            ("windows-1253", b"a\xaab\xd2", b"a\xffb\xff"),
            ("shift_jis", b"a\x82,b\n", b"a\xff,b\n"),
            ("shift_jis", b"\x82\xa0\xfe\n", b"\xe3\x81\x82\xff\n"),
            ("shift_jis", b"a\x82", b"a\xff"),
            ("iso-2022-jp", b"Jos\xe9,a\n", b"Jos\xff,a\n"),
            ("iso-2022-jp", b"\x1b$B$\"\n\x1b(Ba\n", b"\xe3\x81\x82\xff\na\n"),
            ("iso-2022-jp", b"\x1b$B$\n\x1b(Ba\n", b"\xff\na\n"),
            ("utf-16le", b"a\0\0\xd8A\0", b"a\xffA"),
            ("utf-16le", b"\x00\xdca\0", b"\xffa"),
            ("utf-16be", b"\xd8\x0a\0a", b"\xffa"),
            ("utf-16be", b"\0a\xd8\x00\xdc\x00", "a\u{10000}".as_bytes()),
            ("utf-16le", b"\xfd\xff\n", b"\xef\xbf\xbd\xff"),
            ("utf-16le", b"a\0\0\xd8", b"a\xff"),
        ];
        for (label, bytes, expected) in cases {
            for drop in [1, 2, 3, 100] {
                assert_eq!(text(bytes, label, drop), expected, "{label} {bytes:?} by {drop}");
            }
        }
    }

    #[test]
    fn what_is_broken_may_stand_anywhere() {
        for before in PORTION - 4..PORTION + 4 {
            let bytes = [&b"a".repeat(before)[..], b"\x82\xa0\x82\n\xfe"].concat();
            let expected = [&b"a".repeat(before)[..], b"\xe3\x81\x82\xff\n\xff"].concat();
            assert_eq!(text(&bytes, "shift_jis", PORTION), expected);
        }
    }

    proptest! {
        #[test]
        fn portions_change_nothing(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            drop in 1usize..9,
            label in prop::sample::select(
                &["utf-16le", "utf-16be", "shift_jis", "iso-2022-jp", "gb18030", "big5", "euc-jp"][..]
            ),
        ) {
            prop_assert_eq!(text(&bytes, label, drop), text(&bytes, label, 1000));
            // Without broken bytes, the result equals that of one call.
            let mut whole = vec![0; 1000];
            let mut decoder = named(label).new_decoder_without_bom_handling();
            let (.., length, is_broken) = decoder.decode_to_utf8(&bytes, &mut whole, true);
            if !is_broken {
                prop_assert_eq!(text(&bytes, label, drop), &whole[..length]);
            }
        }
    }
}
