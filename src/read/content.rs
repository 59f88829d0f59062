//! Gives access to the bytes of an input, wherever they are.
//!
//! `Content` is the interface. A plain file and memory are read at any position. A file that is
//! compressed or in another encoding is read forward, and again from its start when earlier
//! bytes are needed. Standard input and pipes are read once, and the reader keeps what it has to
//! know of them later. Wrappers are detected from content (`containers`), and unwrapped only
//! within limits.

mod containers;

mod decode;

#[cfg(feature = "fs")]
mod file;

mod memory;

mod stream;

mod unpack;

#[cfg(feature = "cli")]
pub use decode::encode;
pub use decode::is_encoding;
pub(super) use unpack::UnpackStop;

use crate::model::finding::Problem;
use crate::model::settings::{InputFile, Settings};
use crate::read::FORMATS;
use containers::Unwrapping;
#[cfg(feature = "fs")]
use file::{length_at, of_path};
use memory::MemoryContent;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use stream::Streamed;

/// A stream of bytes from any source.
type Bytewise = Box<dyn Read + Send>;

/// How many bytes show what an input is wrapped in.
const MARK: usize = 4;

/// The bytes of an input, unpacked and as UTF-8.
pub(super) trait Content: Send + Sync {
    /// In which order they can be read.
    fn access(&self) -> Access;

    /// Puts up to `count` bytes from a position into a buffer, after the first `kept` that
    /// it holds, in place of all others; fewer only at the end.
    ///
    /// # Errors
    /// When the system or the packing fails; the bytes before the failure are in the
    /// buffer.
    fn read(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
        kept: usize,
    ) -> io::Result<usize>;

    /// Closes what is open, of inputs of which there are many, until more is read.
    fn pause(&self) {}

    /// How many there are, if that is known before reading.
    fn length(&self) -> Option<u64> {
        None
    }

    /// Whether they have been written, replaced or removed since they were opened.
    fn has_changed(&self) -> bool {
        false
    }

    /// What they were wrapped in, once some were read.
    fn wrapping(&self) -> Wrapping {
        Wrapping::default()
    }
}

/// In which order the bytes of an input can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// In any.
    Anywhere,
    /// From the front, as often as wanted.
    Forward,
    /// From the front, once.
    Once,
}

/// What an input was wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapping {
    /// The name of its packing, if it was packed.
    pub packing: Option<&'static str>,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// Whether it was decoded from another encoding, and was UTF-8 with letters of
    /// several bytes.
    pub was_utf_8: bool,
}

impl Default for Wrapping {
    fn default() -> Wrapping {
        Wrapping { packing: None, encoding: "UTF-8", was_utf_8: false }
    }
}

/// Opens an input: the bytes that it brings, or those at its path, `-` for
/// standard input.
pub(super) fn open(file: &InputFile, settings: &Settings) -> Result<Box<dyn Content>, Problem> {
    let unwrapping = Unwrapping::of(settings, &file.path);
    let opened = match &file.bytes {
        // A sheet is text already, whatever encoding other inputs have.
        Some(bytes) if file.sheet.is_some() => {
            return Ok(Box::new(MemoryContent(Arc::clone(bytes))));
        }
        Some(bytes) => of_memory(bytes, unwrapping),
        None => of_path(&file.path, settings, unwrapping),
    };
    opened.map_err(|error| unreadable(&error))
}

/// All bytes of an input.
///
/// # Errors
/// When reading fails, or there are more than `most`.
#[cfg(feature = "spreadsheets")]
pub(super) fn read_whole(content: &dyn Content, most: u64) -> io::Result<Vec<u8>> {
    const PORTION: usize = 1 << 20;
    let mut bytes = Vec::new();
    loop {
        let held = bytes.len();
        if content.read(held as u64, PORTION, &mut bytes, held)? == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > most {
            return Err(UnpackStop::Size(most).into());
        }
    }
}

/// How many bytes an input has as it is stored, where that is known before it is read.
#[must_use]
pub fn stored_length(file: &InputFile) -> Option<u64> {
    match &file.bytes {
        Some(bytes) => Some(bytes.len() as u64),
        None => length_at(&file.path),
    }
}

/// Passes on all bytes of an input as they are stored, piece by piece.
///
/// # Errors
/// When they cannot be read.
#[cfg(feature = "cli")]
pub fn stored_bytes(file: &InputFile, sink: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut stored = match &file.bytes {
        Some(bytes) if file.sheet.is_none() => {
            sink(bytes);
            return Ok(());
        }
        _ => std::fs::File::open(&*file.path)?,
    };
    let mut portion = vec![0; 1 << 16];
    loop {
        match stored.read(&mut portion)? {
            0 => return Ok(()),
            count => sink(portion.get(..count).unwrap_or_default()),
        }
    }
}

#[cfg(not(feature = "fs"))]
fn length_at(_path: &str) -> Option<u64> {
    None
}

#[cfg(not(feature = "fs"))]
fn of_path(_: &str, _: &Settings, _: Unwrapping) -> io::Result<Box<dyn Content>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this build of shiftlint reads no files"))
}

fn of_memory(bytes: &Arc<[u8]>, unwrapping: Unwrapping) -> io::Result<Box<dyn Content>> {
    let memory = MemoryContent(Arc::clone(bytes));
    if !unwrapping.is_due(bytes.get(..MARK).unwrap_or(bytes)) {
        return Ok(Box::new(memory));
    }
    let opener = move || Ok(Box::new(Cursor::new(memory.clone())) as Bytewise);
    Ok(Box::new(Streamed::again(Box::new(opener), None, false, unwrapping)?))
}

/// The first bytes of a stream, and the whole of it.
fn peek(mut stream: Bytewise) -> io::Result<(Vec<u8>, Bytewise)> {
    let mut head = Vec::new();
    stream.by_ref().take(MARK as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(stream))))
}

/// Why an input cannot be read, as the system or the packing says.
pub(super) fn unreadable(error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::NotFound => Some("check the path; quote file names that contain spaces"),
        io::ErrorKind::PermissionDenied => Some("check who may read it"),
        io::ErrorKind::IsADirectory => return no_known_files(),
        _ => UnpackStop::of(error).map(UnpackStop::help),
    };
    Problem {
        line: None,
        column: None,
        message: format!("cannot be read: {}", reason(error)),
        help: help.map(str::to_owned),
    }
}

fn no_known_files() -> Problem {
    let endings: Vec<String> = FORMATS
        .iter()
        .flat_map(|format| format.extensions)
        .map(|ending| format!(".{ending}"))
        .collect();
    Problem {
        line: None,
        column: None,
        message: "the directory holds no file with a known ending".to_owned(),
        help: Some(format!("known are {}; name a file of another kind itself", endings.join(", "))),
    }
}

/// The error of the system, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let text = text.get(..end).unwrap_or(&text);
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::{Access, open};
    use crate::model::settings::{InputFile, Settings};
    use crate::model::source::Role;
    use proptest::prelude::{prop, prop_assert_eq, proptest};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    proptest! {
        #[test]
        fn wherever_bytes_are_they_read_alike(
            text in "[a-z,\n]{0,300}",
            reads in prop::collection::vec((0u64..320, 0usize..320, 0usize..9), 1..12),
            packed: bool,
        ) {
            let bytes = match packed {
                true => compress_to_vec(text.as_bytes(), CompressionLevel::Fastest),
                false => text.clone().into_bytes(),
            };
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("batch.csv");
            std::fs::write(&path, &bytes).expect("a file");
            let file = InputFile::named(Role::Batch, path.to_str().expect("a name"));
            let memory = InputFile::in_memory(Role::Batch, "batch.csv", bytes);
            let many = Settings { files: vec![memory.clone(); 200], ..Settings::default() };
            let contents = [(&file, &Settings::default()), (&file, &many), (&memory, &many)]
                .map(|(input, settings)| open(input, settings).expect("readable"));
            for content in contents {
                let expected = if packed { Access::Forward } else { Access::Anywhere };
                prop_assert_eq!(content.access(), expected);
                prop_assert_eq!(content.length(), (!packed).then_some(text.len() as u64));
                prop_assert_eq!(content.wrapping().packing, packed.then_some("zstd"));
                for (position, count, kept) in &reads {
                    let mut buffer = b"whatever".to_vec();
                    let read = content.read(*position, *count, &mut buffer, *kept);
                    let expected: Vec<u8> = text.bytes().skip(*position as usize).take(*count).collect();
                    prop_assert_eq!(read.expect("readable"), expected.len());
                    prop_assert_eq!(&buffer, &[&b"whatever"[..*kept], &expected].concat());
                }
            }
        }
    }
}
