//! Paths become bytes.
//!
//! A plain file is read at any position. A file that is compressed or in
//! another encoding is read forward, and again from its front where something
//! before is wanted. Standard input and pipes are read once; what has to be
//! known of them later is kept by whoever reads. What is compressed is told by
//! content, and unpacked only within limits. Whether a file changed while it was
//! read is asked of the system.

mod decode;

mod stream;

mod unpack;

pub use decode::is_encoding;

use crate::model::finding::Problem;
use crate::model::settings::Settings;
use crate::read::FORMATS;
use decode::{Encoding, Utf8Watch, decoded, encoding, is_wide};
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use stream::{Opener, Stream};
use unpack::{Packing, Stop, unpacked};

/// A stream of bytes, whatever is behind it.
type Bytewise = Box<dyn Read + Send>;

/// How much is asked of the system at a time, in bytes: so little that no more
/// of a buffer is cleared beforehand than a small file fills, and what was
/// cleared is still at hand when it is filled.
const STEP: usize = 1 << 17;

/// How many files may be open at once. Systems allow a process as few as 256.
const MOST_OPEN: usize = 128;

/// The bytes of a source.
pub(super) struct Content {
    bytes: Bytes,
    /// The file behind them, if there is one that can be looked at again.
    seen: Option<Seen>,
    /// What the bytes are, if they are decoded.
    watch: Arc<Utf8Watch>,
    /// What they are packed in.
    packing: Arc<OnceLock<Packing>>,
}

/// In which order the bytes of a source can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// In any.
    Anywhere,
    /// From the front, as often as wanted.
    Forward,
    /// From the front, once.
    Once,
}

enum Bytes {
    /// A file that can be read at any position.
    File(File),
    /// The same, opened anew whenever it is read, because there are so many.
    Named,
    /// What is read from the front.
    Stream(Mutex<Stream>),
}

/// A plain file as it was when it was opened.
struct Seen {
    path: String,
    about: Metadata,
}

impl Seen {
    /// Whether length and time of change are still the same.
    fn is_same(&self, about: &Metadata) -> bool {
        about.len() == self.about.len() && about.modified().ok() == self.about.modified().ok()
    }
}

impl Content {
    /// Opens a path, `-` for standard input.
    pub(super) fn open(path: &str, settings: &Settings) -> Result<Content, Problem> {
        Content::opened(path, settings).map_err(|error| unreadable(&error))
    }

    fn opened(path: &str, settings: &Settings) -> io::Result<Content> {
        let text = Text::of(settings, path);
        let packing = Arc::clone(&text.packing);
        if path == "-" {
            let stream = Stream::once(text.read_from(Box::new(io::stdin()))?);
            let bytes = Bytes::Stream(Mutex::new(stream));
            return Ok(Content { bytes, seen: None, watch: text.watch, packing });
        }
        let mut file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            let stream = Stream::once(text.read_from(Box::new(file))?);
            let bytes = Bytes::Stream(Mutex::new(stream));
            return Ok(Content { bytes, seen: None, watch: text.watch, packing });
        }
        let mut head = Vec::new();
        file.by_ref().take(4).read_to_end(&mut head)?;
        let watch = Arc::clone(&text.watch);
        let many = settings.files.len() > MOST_OPEN;
        let bytes = if Packing::of(&head).is_some() || is_wide(&head) || text.encoding.is_some() {
            let stream = Stream::again(opener(path, file, many, text), many)?;
            Bytes::Stream(Mutex::new(stream))
        } else if many {
            Bytes::Named
        } else {
            Bytes::File(file)
        };
        Ok(Content { bytes, seen: Some(Seen { path: path.to_owned(), about }), watch, packing })
    }

    /// In which order its bytes can be had.
    pub(super) fn access(&self) -> Access {
        match (&self.bytes, &self.seen) {
            (Bytes::File(_) | Bytes::Named, _) => Access::Anywhere,
            (Bytes::Stream(_), Some(_)) => Access::Forward,
            (Bytes::Stream(_), None) => Access::Once,
        }
    }

    /// Puts up to `count` bytes from a position into a buffer, behind the first
    /// `kept` that it holds, in place of all others; fewer only at the end.
    ///
    /// # Errors
    /// When the system or the packing says so; what is before that is there.
    pub(super) fn read(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
        kept: usize,
    ) -> io::Result<usize> {
        if let Bytes::File(file) = &self.bytes {
            return read_file_at(file, position, count, buffer, kept);
        }
        buffer.truncate(kept);
        match (&self.bytes, &self.seen) {
            (Bytes::Stream(stream), _) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.read(position, count, buffer)
            }
            (_, Some(seen)) => {
                read_file_at(&File::open(&seen.path)?, position, count, buffer, kept)
            }
            (_, None) => Ok(0),
        }
    }

    /// How many bytes there are, unless only reading tells.
    pub(super) fn length(&self) -> Option<u64> {
        match &self.bytes {
            Bytes::File(_) | Bytes::Named => self.seen.as_ref().map(|seen| seen.about.len()),
            Bytes::Stream(_) => None,
        }
    }

    /// Whether its bytes were decoded from another encoding, and were UTF-8 with
    /// letters of several bytes.
    pub(super) fn was_utf_8(&self) -> bool {
        self.watch.is_likely()
    }

    /// The name of what its bytes are packed in, and of the encoding they are
    /// decoded from, once some were read.
    pub(super) fn wrapping(&self) -> (Option<&'static str>, &'static str) {
        let packing = self.packing.get().copied().map(Packing::name);
        (packing, self.watch.encoding().unwrap_or("UTF-8"))
    }

    /// Whether its file has been written, replaced or removed since it was opened.
    pub(super) fn has_changed(&self) -> bool {
        let seen = self.seen.as_ref();
        seen.is_some_and(|seen| {
            !std::fs::metadata(&seen.path).is_ok_and(|about| seen.is_same(&about))
        })
    }
}

/// How bytes become text.
#[derive(Clone)]
struct Text {
    /// The most they may unpack to.
    most: u64,
    encoding: Option<&'static Encoding>,
    watch: Arc<Utf8Watch>,
    /// What it is packed in, once that is seen.
    packing: Arc<OnceLock<Packing>>,
}

impl Text {
    fn of(settings: &Settings, path: &str) -> Text {
        let encoding = settings.encoding_of(path).and_then(|(name, _)| encoding(name));
        let (watch, packing) = (Arc::default(), Arc::default());
        Text { most: settings.max_unpacked, encoding, watch, packing }
    }

    /// The bytes of a stream unpacked, and as UTF-8.
    fn read_from(&self, stream: Bytewise) -> io::Result<Bytewise> {
        let (head, stream) = peek(stream)?;
        if let Some(packing) = Packing::of(&head) {
            let _ = self.packing.set(packing);
        }
        decoded(unpacked(stream, self.most)?, self.encoding, &self.watch)
    }
}

/// Reads a file from its front, each time it is asked to.
fn opener(path: &str, file: File, many: bool, text: Text) -> Opener {
    let (path, file) = (path.to_owned(), Arc::new(file));
    let kept = (!many).then_some(file);
    Box::new(move || {
        let file = kept.clone().map_or_else(|| File::open(&path).map(Arc::new), Ok)?;
        text.read_from(Box::new(FromFront { file, position: 0 }))
    })
}

/// A file, read from its front, wherever others read it.
struct FromFront {
    file: Arc<File>,
    position: u64,
}

impl Read for FromFront {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = read_some_at(&self.file, room, self.position)?;
        self.position += count as u64;
        Ok(count)
    }
}

/// The first bytes of a stream, and the whole of it.
fn peek(mut stream: Bytewise) -> io::Result<(Vec<u8>, Bytewise)> {
    let mut head = Vec::new();
    stream.by_ref().take(4).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(stream))))
}

/// What a buffer held behind `kept` need not be cleared before it is filled.
fn read_file_at(
    file: &File,
    position: u64,
    count: usize,
    buffer: &mut Vec<u8>,
    kept: usize,
) -> io::Result<usize> {
    let mut filled = 0;
    let outcome = loop {
        let end = kept + count.min(filled + STEP);
        if buffer.len() < end {
            buffer.resize(end, 0);
        }
        let room = buffer.get_mut(kept + filled..end).unwrap_or_default();
        if room.is_empty() {
            break Ok(filled);
        }
        match read_some_at(file, room, position + filled as u64) {
            Ok(0) => break Ok(filled),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    buffer.truncate(kept + filled);
    outcome
}

#[cfg(unix)]
fn read_some_at(file: &File, room: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, room, position)
}

#[cfg(windows)]
fn read_some_at(file: &File, room: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, room, position)
}

/// Why an input cannot be read, as the system or the packing says.
pub(super) fn unreadable(error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::NotFound => Some("check the path; a file name with blanks wants quotes"),
        io::ErrorKind::PermissionDenied => Some("check who may read it"),
        io::ErrorKind::IsADirectory => return no_known_files(),
        _ => Stop::of(error).map(Stop::help),
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

/// What the system said, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let text = text.get(..end).unwrap_or(&text);
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
