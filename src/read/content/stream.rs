//! Reads from a position in a stream that can only be read forward.
//!
//! A stream keeps nothing but its head, until that was read a second time: a head is examined
//! before it is read. Bytes that lie further back are read from the start again, if the stream
//! can be reopened. The caller knows whether it can.

use super::containers::Unwrapping;
use super::unpack::UnpackStop;
use super::{Access, Bytewise, Content, Wrapping, reason};
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

/// The text of an input that is read from its front.
pub(super) struct Streamed {
    stream: Mutex<Stream>,
    access: Access,
    /// Whether the underlying file has changed, if there is one that can be compared.
    has_changed: Option<ChangeCheck>,
    unwrapping: Unwrapping,
}

impl Streamed {
    /// An input that cannot be opened again.
    ///
    /// # Errors
    /// When it breaks off in its first bytes.
    pub(super) fn once(bytes: Bytewise, unwrapping: Unwrapping) -> io::Result<Streamed> {
        let stream = Mutex::new(Stream::once(unwrapping.unwrapped(bytes)?));
        Ok(Streamed { stream, access: Access::Once, has_changed: None, unwrapping })
    }

    /// An input that can, and is not left open between reads if it has to be sparing.
    ///
    /// # Errors
    /// When it cannot be opened, or breaks off in its first bytes.
    pub(super) fn again(
        opener: Opener,
        has_changed: Option<ChangeCheck>,
        sparing: bool,
        unwrapping: Unwrapping,
    ) -> io::Result<Streamed> {
        let unwrapped = unwrapping.clone();
        let opener = move || unwrapped.unwrapped(opener()?);
        let stream = Mutex::new(Stream::again(Box::new(opener), sparing)?);
        Ok(Streamed { stream, access: Access::Forward, has_changed, unwrapping })
    }
}

impl Content for Streamed {
    fn access(&self) -> Access {
        self.access
    }

    fn read(
        &self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
        kept: usize,
    ) -> io::Result<usize> {
        buffer.truncate(kept);
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        stream.read(position, count, buffer)
    }

    fn pause(&self) {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner).pause();
    }

    fn has_changed(&self) -> bool {
        self.has_changed.as_ref().is_some_and(|has_changed| has_changed())
    }

    fn wrapping(&self) -> Wrapping {
        self.unwrapping.seen()
    }
}

/// Whether a file is another one than when it was opened.
pub(super) type ChangeCheck = Box<dyn Fn() -> bool + Send + Sync>;

/// Opens a stream at its front.
pub(super) type Opener = Box<dyn Fn() -> io::Result<Bytewise> + Send>;

/// A stream and its position.
pub(super) struct Stream {
    opener: Option<Opener>,
    /// Whether it is closed while nothing but its head was read.
    sparing: bool,
    running: Option<Running>,
    /// Its first bytes, until a read goes beyond them; `None` before the first.
    head: Option<Vec<u8>>,
}

struct Running {
    bytes: Bytewise,
    /// The byte that comes next.
    position: u64,
    /// Why there are no more, if they ended early.
    failure: Option<Failure>,
}

/// A failure that can be reported again.
enum Failure {
    Stop(UnpackStop),
    Other(io::ErrorKind, String),
}

impl Failure {
    fn of(error: &io::Error) -> Failure {
        match UnpackStop::of(error) {
            Some(stop) => Failure::Stop(stop),
            None => Failure::Other(error.kind(), reason(error)),
        }
    }

    fn error(&self) -> io::Error {
        match self {
            Failure::Stop(stop) => (*stop).into(),
            Failure::Other(kind, reason) => io::Error::new(*kind, reason.clone()),
        }
    }
}

impl Stream {
    /// A stream that cannot be opened again.
    pub(super) fn once(bytes: Bytewise) -> Stream {
        let running = Some(Running::new(bytes));
        Stream { opener: None, sparing: false, running, head: None }
    }

    /// A stream that can, and is not left open between reads of its head and of
    /// the rest if it has to be sparing.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) fn again(opener: Opener, sparing: bool) -> io::Result<Stream> {
        let running = Some(Running::new(opener()?));
        Ok(Stream { opener: Some(opener), sparing, running, head: None })
    }

    /// Closes what can be opened again, if it has to be sparing.
    fn pause(&mut self) {
        if self.sparing && self.opener.is_some() {
            self.running = None;
        }
    }

    /// Appends up to `count` bytes from a position; fewer only at the end.
    ///
    /// # Errors
    /// When the stream breaks off; what is before that was appended.
    pub(super) fn read(
        &mut self,
        position: u64,
        count: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<usize> {
        let before = buffer.len();
        let Some(head) = &self.head else {
            let outcome = self.read_on(position, count, buffer);
            let read = buffer.get(before..).filter(|_| position == 0);
            self.head = Some(read.unwrap_or_default().to_vec());
            if self.sparing && matches!(outcome, Ok(read) if read == count) {
                self.running = None;
            }
            return outcome;
        };
        let start = usize::try_from(position).unwrap_or(usize::MAX);
        let at_hand = head.get(start..).unwrap_or_default();
        let at_hand = at_hand.get(..count).unwrap_or(at_hand);
        buffer.extend_from_slice(at_hand);
        let taken = at_hand.len();
        if taken == count {
            return Ok(count);
        }
        self.head = Some(Vec::new());
        self.read_on(position + taken as u64, count - taken, buffer).map(|read| taken + read)
    }

    fn read_on(&mut self, position: u64, count: usize, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let behind = self.running.as_ref().is_none_or(|running| position < running.position);
        if let (true, Some(opener)) = (behind, &self.opener) {
            self.running = Some(Running::new(opener()?));
        }
        match &mut self.running {
            Some(running) if position >= running.position => {
                running.skip(position)?;
                running.read(count, buffer)
            }
            _ => Err(io::Error::other("this part of it was read already")),
        }
    }
}

impl Running {
    fn new(bytes: Bytewise) -> Running {
        Running { bytes, position: 0, failure: None }
    }

    /// Goes on to a position, or to the end.
    fn skip(&mut self, position: u64) -> io::Result<()> {
        let mut between = self.bytes.by_ref().take(position - self.position);
        self.position += io::copy(&mut between, &mut io::sink())?;
        Ok(())
    }

    fn read(&mut self, count: usize, buffer: &mut Vec<u8>) -> io::Result<usize> {
        if let Some(failure) = &self.failure {
            return Err(failure.error());
        }
        let before = buffer.len();
        let outcome = self.bytes.by_ref().take(count as u64).read_to_end(buffer);
        let read = buffer.len() - before;
        self.position += read as u64;
        if read < count {
            // Closes the underlying file.
            self.bytes = Box::new(io::empty());
        }
        self.failure = outcome.as_ref().err().map(Failure::of);
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;
    use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};
    use std::io::{self, Cursor, Read};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Breaks;

    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::UnexpectedEof))
        }
    }

    fn numbers() -> Vec<u8> {
        (0..1000).map(|number| (number % 251) as u8).collect()
    }

    /// A stream of numbers, and how often it was opened.
    fn numbered(sparing: bool) -> (Stream, Arc<AtomicUsize>) {
        let opened = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&opened);
        let opener = move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(Cursor::new(numbers())) as Box<dyn Read + Send>)
        };
        (Stream::again(Box::new(opener), sparing).expect("it opens"), opened)
    }

    proptest! {
        #[test]
        fn any_stretch_can_be_had_of_what_can_be_opened_again(
            reads in prop::collection::vec((0u64..1100, 0usize..1100), 1..20),
            sparing: bool,
        ) {
            let (mut stream, _) = numbered(sparing);
            stream.read(0, 300, &mut Vec::new()).expect("a head");
            for (position, count) in reads {
                let mut buffer = b"before".to_vec();
                let read = stream.read(position, count, &mut buffer).expect("readable");
                let expected: Vec<u8> =
                    numbers().into_iter().skip(position as usize).take(count).collect();
                prop_assert_eq!((read, &buffer[6..]), (expected.len(), &expected[..]));
            }
        }

        #[test]
        fn a_stream_that_comes_once_comes_in_any_portions(
            portions in prop::collection::vec(1usize..400, 1..20),
        ) {
            let mut stream = Stream::once(Box::new(Cursor::new(numbers())));
            stream.read(0, 300, &mut Vec::new()).expect("a head");
            let mut buffer = Vec::new();
            for count in portions {
                stream.read(buffer.len() as u64, count, &mut buffer).expect("readable");
            }
            prop_assert!(numbers().starts_with(&buffer));
            let gone = stream.read(0, 10, &mut Vec::new());
            prop_assert_eq!(gone.is_err(), buffer.len() > 300);
        }
    }

    #[test]
    fn reading_forward_opens_a_stream_once() {
        let (mut stream, opened) = numbered(false);
        for position in [0, 0, 10, 400, 400 + 50, 990, 1000] {
            stream.read(position, 50, &mut Vec::new()).expect("readable");
        }
        assert_eq!(opened.load(Ordering::Relaxed), 1);
        stream.read(980, 50, &mut Vec::new()).expect("readable");
        assert_eq!(opened.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn what_is_before_a_failure_is_there_and_the_failure_stays() {
        let mut stream = Stream::once(Box::new(Cursor::new(vec![7; 100]).chain(Breaks)));
        for _ in 0..3 {
            let mut buffer = Vec::new();
            let error = stream.read(0, 1000, &mut buffer).expect_err("it breaks off");
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
            assert_eq!(buffer, [7; 100]);
            stream.head = Some(buffer);
        }
    }
}
