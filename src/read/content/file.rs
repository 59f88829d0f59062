//! Reads plain files at any position.

use super::containers::Unwrapping;
use super::stream::Streamed;
use super::{Access, Bytewise, Content, MARK};
use crate::model::settings::Settings;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::sync::Arc;

/// How many files may be open at once. Systems allow a process as few as 256.
const MOST_OPEN: usize = 128;

/// How much is asked of the system at a time, in bytes: so little that no more
/// of a buffer is cleared beforehand than a small file fills, and what was
/// cleared is still at hand when it is filled.
const STEP: usize = 1 << 17;

/// The length of the file at a path, if it is a plain one.
pub(super) fn length_at(path: &str) -> Option<u64> {
    let about = std::fs::metadata(path).ok()?;
    about.is_file().then_some(about.len())
}

/// The input at a path, `-` for standard input. Files of which there are many are not
/// left open.
pub(super) fn of_path(
    path: &str,
    settings: &Settings,
    unwrapping: Unwrapping,
) -> io::Result<Box<dyn Content>> {
    if path == "-" {
        return Ok(Box::new(Streamed::once(Box::new(io::stdin()), unwrapping)?));
    }
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(Box::new(Streamed::once(Box::new(file), unwrapping)?));
    }
    let mut head = Vec::new();
    file.by_ref().take(MARK as u64).read_to_end(&mut head)?;
    let many = settings.files.len() > MOST_OPEN;
    let plain = PlainFile::new(path, about, (!many).then_some(file));
    if !unwrapping.is_due(&head) {
        return Ok(Box::new(plain));
    }
    let seen = plain.seen.clone();
    let has_changed = Box::new(move || seen.has_changed());
    let opener = move || Ok(Box::new(plain.stream()?) as Bytewise);
    Ok(Box::new(Streamed::again(Box::new(opener), Some(has_changed), many, unwrapping)?))
}

/// A file as it was when it was opened.
#[derive(Debug, Clone)]
struct FileStamp {
    path: Arc<str>,
    about: Metadata,
}

impl FileStamp {
    /// Whether length or modification time have changed, or the file is gone.
    fn has_changed(&self) -> bool {
        !std::fs::metadata(&*self.path).is_ok_and(|about| {
            about.len() == self.about.len() && about.modified().ok() == self.about.modified().ok()
        })
    }
}

/// A file whose bytes are read as they are.
struct PlainFile {
    seen: FileStamp,
    /// `None` if it is opened anew whenever it is read.
    open: Option<Arc<File>>,
}

impl PlainFile {
    /// A file at a path, and what the system says of it.
    fn new(path: &str, about: Metadata, open: Option<File>) -> PlainFile {
        PlainFile { seen: FileStamp { path: path.into(), about }, open: open.map(Arc::new) }
    }

    /// Its bytes from the first to the last.
    fn stream(&self) -> io::Result<impl Read + Send + use<>> {
        let anew = || File::open(&*self.seen.path).map(Arc::new);
        Ok(FromFront { file: self.open.clone().map_or_else(anew, Ok)?, position: 0 })
    }
}

impl Content for PlainFile {
    fn access(&self) -> Access {
        Access::Anywhere
    }

    fn read(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
        kept: usize,
    ) -> io::Result<usize> {
        match &self.open {
            Some(file) => read_at(file, position, count, buffer, kept),
            None => {
                buffer.truncate(kept);
                read_at(&File::open(&*self.seen.path)?, position, count, buffer, kept)
            }
        }
    }

    fn length(&self) -> Option<u64> {
        Some(self.seen.about.len())
    }

    fn has_changed(&self) -> bool {
        self.seen.has_changed()
    }
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

/// What a buffer held after `kept` need not be cleared before it is filled.
fn read_at(
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
