//! Paths become bytes.
//!
//! A plain file is read at any position. Everything that can be read only
//! once, from the front, is kept as far as it was read, so that it can be read
//! again too: standard input, pipes, compressed files, and files in other
//! encodings. What is compressed is told by content, and unpacked only within
//! limits. Whether a file changed while it was read is asked of the system.

mod unpack;

use crate::model::finding::Problem;
use crate::model::settings::Settings;
use crate::read::READERS;
use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read};

use std::sync::{Mutex, PoisonError};
use unpack::{Limit, Packing, unpacked};

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
}

enum Bytes {
    /// A file that can be read at any position.
    File(File),
    /// The same, opened anew whenever it is read, because there are so many.
    Named,
    /// What can be read only once.
    Stream(Mutex<Kept>),
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

/// A stream, and what was read of it.
pub(super) struct Kept {
    stream: Box<dyn Read + Send>,
    /// Pieces of [`STEP`] bytes; the last one may be shorter.
    pieces: Vec<Vec<u8>>,
    ended: bool,
    /// Why it ended before its time.
    failure: Option<Failure>,
}

/// A failure that can be told again.
enum Failure {
    Limit(Limit),
    Other(io::ErrorKind, String),
}

impl Failure {
    fn of(error: &io::Error) -> Failure {
        match limit_of(error) {
            Some(limit) => Failure::Limit(limit),
            None => Failure::Other(error.kind(), reason(error)),
        }
    }

    fn error(&self) -> io::Error {
        match self {
            Failure::Limit(limit) => io::Error::other(*limit),
            Failure::Other(kind, reason) => io::Error::new(*kind, reason.clone()),
        }
    }
}

fn limit_of(error: &io::Error) -> Option<Limit> {
    error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
}

impl Content {
    /// Opens a path, `-` for standard input.
    pub(super) fn open(path: &str, settings: &Settings) -> Result<Content, Problem> {
        let mut seen = None;
        let opened = if path == "-" {
            Ok(Box::new(io::stdin()) as Box<dyn Read + Send>)
        } else {
            match open_file(path, settings) {
                Ok(Opened::Plain(file, about)) => {
                    seen = Some(Seen { path: path.to_owned(), about });
                    let many = settings.files.len() > MOST_OPEN;
                    let bytes = if many { Bytes::Named } else { Bytes::File(file) };
                    return Ok(Content { bytes, seen });
                }
                Ok(Opened::Stream(stream, about)) => {
                    seen = about.map(|about| Seen { path: path.to_owned(), about });
                    Ok(stream)
                }
                Err(error) => Err(error),
            }
        };
        let stream = opened.map_err(|error| unreadable(&error))?;
        let stream = unpacked(stream, settings).map_err(|error| unreadable(&error))?;
        let stream = decoded(stream, settings).map_err(|error| unreadable(&error))?;
        let kept = Kept { stream, pieces: Vec::new(), ended: false, failure: None };
        Ok(Content { bytes: Bytes::Stream(Mutex::new(kept)), seen })
    }

    /// Appends up to `count` bytes from a position; fewer only at the end.
    ///
    /// # Errors
    /// When the system or the packing says so; what is before that was appended.
    pub(super) fn read(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<usize> {
        match (&self.bytes, &self.seen) {
            (Bytes::File(file), _) => read_file_at(file, position, count, buffer),
            (Bytes::Named, Some(seen)) => {
                read_file_at(&File::open(&seen.path)?, position, count, buffer)
            }
            (Bytes::Named, None) => Ok(0),
            (Bytes::Stream(kept), _) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.read_at(position, count, buffer)
            }
        }
    }

    /// Whether its file has been written, replaced or removed since it was opened.
    pub(super) fn has_changed(&self) -> bool {
        let seen = self.seen.as_ref();
        seen.is_some_and(|seen| {
            !std::fs::metadata(&seen.path).is_ok_and(|about| seen.is_same(&about))
        })
    }
}

enum Opened {
    Plain(File, Metadata),
    /// Its file is known if it is a plain one.
    Stream(Box<dyn Read + Send>, Option<Metadata>),
}

/// A plain file if its bytes are what is to be read, else a stream.
fn open_file(path: &str, settings: &Settings) -> io::Result<Opened> {
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(Opened::Stream(Box::new(file), None));
    }
    let mut head = Vec::new();
    file.by_ref().take(4).read_to_end(&mut head)?;
    if Packing::of(&head).is_none() && !is_wide(&head) && settings.encoding.is_none() {
        return Ok(Opened::Plain(file, about));
    }
    Ok(Opened::Stream(Box::new(Cursor::new(head).chain(file)), Some(about)))
}

/// Whether a file begins with the byte-order mark of UTF-16.
fn is_wide(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// The first bytes of a stream, and the whole of it.
fn peek(mut stream: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    stream.by_ref().take(4).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(stream))))
}

/// A stream as UTF-8, if it is in another encoding.
fn decoded(stream: Box<dyn Read + Send>, settings: &Settings) -> io::Result<Box<dyn Read + Send>> {
    let (head, stream) = peek(stream)?;
    let named = settings.encoding.as_deref().and_then(encoding);
    if named.is_none() && !is_wide(&head) {
        return Ok(stream);
    }
    let mut builder = DecodeReaderBytesBuilder::new();
    Ok(Box::new(builder.encoding(named).bom_override(true).utf8_passthru(true).build(stream)))
}

fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes())
}

/// Whether an encoding of this name can be read.
#[must_use]
pub fn is_encoding(label: &str) -> bool {
    encoding(label).is_some()
}

impl Kept {
    fn read_at(&mut self, position: u64, count: usize, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let start = usize::try_from(position).unwrap_or(usize::MAX);
        let end = start.saturating_add(count);
        while !self.ended && self.length() < end {
            self.read_on();
        }
        let mut place = start;
        while place < end {
            let piece = self.pieces.get(place / STEP).map_or(&[][..], Vec::as_slice);
            let within = place % STEP;
            let bytes = piece.get(within..piece.len().min(within + end - place)).unwrap_or(&[]);
            if bytes.is_empty() {
                break;
            }
            buffer.extend_from_slice(bytes);
            place += bytes.len();
        }
        match &self.failure {
            Some(failure) if place < end => Err(failure.error()),
            _ => Ok(place - start),
        }
    }

    fn length(&self) -> usize {
        let full = self.pieces.len().saturating_sub(1) * STEP;
        full + self.pieces.last().map_or(0, Vec::len)
    }

    /// Reads one more piece, whole unless the stream ends in it.
    fn read_on(&mut self) {
        let mut piece = Vec::with_capacity(STEP);
        let outcome = self.stream.by_ref().take(STEP as u64).read_to_end(&mut piece);
        self.ended = piece.len() < STEP;
        if let Err(error) = outcome {
            self.ended = true;
            self.failure = Some(Failure::of(&error));
        }
        if self.ended {
            // Closes the file behind it.
            self.stream = Box::new(io::empty());
        }
        piece.shrink_to_fit();
        self.pieces.push(piece);
    }
}

fn read_file_at(
    file: &File,
    position: u64,
    count: usize,
    buffer: &mut Vec<u8>,
) -> io::Result<usize> {
    let before = buffer.len();
    let mut filled = 0;
    let outcome = loop {
        buffer.resize(before + count.min(filled + STEP), 0);
        let room = buffer.get_mut(before + filled..).unwrap_or_default();
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
    buffer.truncate(before + filled);
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
        io::ErrorKind::UnexpectedEof => Some("the file is cut off; fetch it again"),
        _ => match limit_of(error) {
            Some(Limit::Size(_)) => Some("--max-unpacked allows more"),
            Some(Limit::Ratio) => Some("if that is right, unpack it first"),
            None => None,
        },
    };
    Problem {
        line: None,
        column: None,
        message: format!("cannot be read: {}", reason(error)),
        help: help.map(str::to_owned),
    }
}

fn no_known_files() -> Problem {
    let endings: Vec<String> = READERS
        .iter()
        .flat_map(|reader| reader.extensions)
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

#[cfg(test)]
mod tests {
    use super::{Kept, STEP};
    use std::io::{self, Cursor, Read};

    struct Breaks;

    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::UnexpectedEof))
        }
    }

    fn kept(stream: impl Read + Send + 'static) -> Kept {
        Kept { stream: Box::new(stream), pieces: Vec::new(), ended: false, failure: None }
    }

    #[test]
    fn a_stream_can_be_read_again_at_any_position() {
        let bytes: Vec<u8> = (0..3 * STEP + 17).map(|number| (number % 251) as u8).collect();
        let mut kept = kept(Cursor::new(bytes.clone()));
        for (position, count) in [
            (0, 10),
            (STEP - 3, 7),
            (5, 3 * STEP),
            (2 * STEP, 9 * STEP),
            (bytes.len(), 4),
            (usize::MAX, 4),
        ] {
            let mut buffer = b"before".to_vec();
            let end = position.saturating_add(count).min(bytes.len());
            let expected = bytes.get(position.min(end)..end).expect("within");
            let read = kept.read_at(position as u64, count, &mut buffer).expect("readable");
            assert_eq!((read, &buffer[6..]), (expected.len(), expected), "{position} {count}");
        }
    }

    #[test]
    fn what_is_before_a_failure_is_there() {
        let mut kept = kept(Cursor::new(vec![7; 100]).chain(Breaks));
        let mut buffer = Vec::new();
        assert!(kept.read_at(0, 1000, &mut buffer).is_err());
        assert_eq!(buffer, [7; 100]);
        buffer.clear();
        assert_eq!(kept.read_at(10, 50, &mut buffer).expect("readable"), 50);
    }
}
