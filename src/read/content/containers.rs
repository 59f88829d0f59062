//! The table of containers: compression and encodings that can wrap an input.
//!
//! An input may be compressed, and the result may be in another encoding. Both are detected from
//! the first bytes; each is one entry of [`CONTAINERS`].

use super::decode::{self, Encoding, Utf8Watch};
use super::{Bytewise, Wrapping, peek, unpack};
use crate::model::settings::Settings;
use std::io;
use std::sync::{Arc, OnceLock};

/// A form in which an input may come.
pub(super) struct Container {
    /// Its name, as receipts show it.
    pub(super) name: &'static str,
    /// When it is taken off.
    pub(super) layer: Layer,
    /// Whether what begins so, in a few bytes, is of this form.
    pub(super) begins: fn(&[u8]) -> bool,
    /// What is inside.
    pub(super) open: fn(Bytewise, &Unwrapping) -> io::Result<Bytewise>,
}

/// The layers of an input, the outer first. Each is taken off once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Packing,
    Encoding,
}

/// All containers that are detected by their first bytes.
pub(super) static CONTAINERS: &[&Container] =
    &[&unpack::GZIP, &unpack::ZSTD, &decode::UTF_16LE, &decode::UTF_16BE];

fn container(layer: Layer, head: &[u8]) -> Option<&'static Container> {
    let fits = |known: &&&Container| known.layer == layer && (known.begins)(head);
    CONTAINERS.iter().find(fits).copied()
}

/// How an input becomes plain text, and what is seen of it on the way.
#[derive(Clone)]
pub(super) struct Unwrapping {
    /// The most that it may unpack to, in bytes.
    pub(super) most: u64,
    /// The encoding that the user names.
    named: Option<&'static Encoding>,
    pub(super) watch: Arc<Utf8Watch>,
    packing: Arc<OnceLock<&'static str>>,
}

impl Unwrapping {
    /// What the settings say of a path.
    pub(super) fn of(settings: &Settings, path: &str) -> Unwrapping {
        let named = settings.encoding_of(path).and_then(|(name, _)| decode::encoding(name));
        let (watch, packing) = (Arc::default(), Arc::default());
        Unwrapping { most: settings.max_unpacked, named, watch, packing }
    }

    /// Whether an input that begins so is anything but plain text.
    pub(super) fn is_due(&self, head: &[u8]) -> bool {
        self.named.is_some() || CONTAINERS.iter().any(|known| (known.begins)(head))
    }

    /// The text of a stream.
    ///
    /// # Errors
    /// When the stream breaks off in its first bytes.
    pub(super) fn unwrapped(&self, stream: Bytewise) -> io::Result<Bytewise> {
        let (head, mut stream) = peek(stream)?;
        if let Some(packing) = container(Layer::Packing, &head) {
            let _ = self.packing.set(packing.name);
            stream = (packing.open)(stream, self)?;
        }
        let (head, stream) = peek(stream)?;
        match (container(Layer::Encoding, &head), self.named) {
            // A byte-order mark says more than a name.
            (Some(encoding), _) => (encoding.open)(stream, self),
            (None, Some(named)) if !is_marked(&head) => {
                Ok(decode::decoded(stream, named, &self.watch))
            }
            (None, _) => Ok(stream),
        }
    }

    /// What was seen so far.
    pub(super) fn seen(&self) -> Wrapping {
        Wrapping {
            packing: self.packing.get().copied(),
            encoding: self.watch.encoding().unwrap_or("UTF-8"),
            was_utf_8: self.watch.is_likely(),
        }
    }
}

/// Whether a file that begins so is UTF-8 by its mark, or not text at all, whatever
/// encoding the user names: it is read, or refused, unchanged.
fn is_marked(head: &[u8]) -> bool {
    head.starts_with(b"\xef\xbb\xbf")
        || head.starts_with(b"PK\x03\x04")
        || decode::is_utf_32(head)
        || container(Layer::Packing, head).is_some()
}

#[cfg(test)]
mod tests {
    use super::{CONTAINERS, Unwrapping};
    use crate::model::settings::{NamedEncoding, Settings};
    use std::io::{Cursor, Read};

    fn read(bytes: &'static [u8], label: &str) -> Vec<u8> {
        let encodings = vec![NamedEncoding { path: None, name: label.to_owned() }];
        let settings = Settings { encodings, ..Settings::default() };
        let mut text = Vec::new();
        Unwrapping::of(&settings, "a.csv")
            .unwrapped(Box::new(Cursor::new(bytes)))
            .and_then(|mut stream| stream.read_to_end(&mut text))
            .expect("readable");
        text
    }

    #[test]
    fn a_mark_says_more_than_a_name_and_some_files_stay_as_they_are() {
        assert_eq!(read(b"\xff\xfea\0", "windows-1252"), "\u{feff}a".as_bytes());
        assert_eq!(read(b"\xfe\xff\0a", "utf-8"), "\u{feff}a".as_bytes());
        assert_eq!(read(b"\xef\xbb\xbf\xe9", "windows-1252"), b"\xef\xbb\xbf\xe9");
        assert_eq!(read(b"Jos\xe9", "windows-1252"), "José".as_bytes());
        assert_eq!(read(b"", "utf-16le"), b"");
        for same in [&b"Jos\xe9"[..], b"\xff\xfe\0\0a\0\0\0"] {
            assert_eq!(read(same, "utf-8"), same);
        }
        assert_eq!(read(b"\xff\xfe\0\0a\0\0\0", "windows-1252"), b"\xff\xfe\0\0a\0\0\0");
    }

    #[test]
    fn no_beginning_is_of_two_forms() {
        let heads = (0..=u32::from(u16::MAX)).flat_map(|two| {
            let [first, second] = (two as u16).to_le_bytes();
            [[first, second, 0, 0], [first, second, 0x2f, 0xfd], [first, second, 0x4d, 0x18]]
        });
        for head in heads {
            let known = CONTAINERS.iter().filter(|known| (known.begins)(&head));
            assert!(known.count() <= 1, "{head:?}");
        }
    }
}
