//! Packed bytes become plain ones, within limits.

use super::{Bytewise, peek};
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// Up to here, in bytes, what is unpacked may be in any proportion to what it
/// was packed into.
const SMALL: u64 = 64 << 20;

/// How many bytes one packed byte may unpack to, beyond that.
const LARGEST_RATIO: u64 = 400;

/// A way of packing.
#[derive(Clone, Copy)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// What a file that begins so is packed with.
    pub(super) fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }
}

/// What a stream unpacks to, if it is packed; at most so many bytes.
pub(super) fn unpacked(stream: Bytewise, most: u64) -> io::Result<Bytewise> {
    let (head, stream) = peek(stream)?;
    let Some(packing) = Packing::of(&head) else { return Ok(stream) };
    let packed = BufReader::new(Counted { stream, count: 0 });
    Ok(match packing {
        Packing::Gzip => {
            Box::new(Limited { unpacked: MultiGzDecoder::new(packed), produced: 0, most })
        }
        Packing::Zstd => {
            Box::new(Limited { unpacked: Frames(Some(packed), None), produced: 0, most })
        }
    })
}

/// Counts the bytes that pass.
struct Counted {
    stream: Bytewise,
    count: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// The frames of a zstd file, one after the other: either the bytes before the
/// next frame, or the frame at hand.
struct Frames<R: Read>(Option<R>, Option<StreamingDecoder<R, FrameDecoder>>);

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.1 {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.0 = self.1.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut packed) = self.0.take() else { return Ok(0) };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.1 = Some(StreamingDecoder::new(packed).map_err(io::Error::other)?);
        }
    }
}

/// Knows how many bytes went into what comes out.
trait Unpacks: Read {
    fn packed(&self) -> u64;
}

impl Unpacks for MultiGzDecoder<BufReader<Counted>> {
    fn packed(&self) -> u64 {
        self.get_ref().get_ref().count
    }
}

impl Unpacks for Frames<BufReader<Counted>> {
    fn packed(&self) -> u64 {
        let waiting = self.0.as_ref().map(BufReader::get_ref);
        let at_hand = self.1.as_ref().map(|frame| frame.get_ref().get_ref());
        waiting.or(at_hand).map_or(0, |counted| counted.count)
    }
}

/// Ends with an error where more comes out than may.
struct Limited<U> {
    unpacked: U,
    produced: u64,
    most: u64,
}

impl<U: Unpacks> Read for Limited<U> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        self.produced += count as u64;
        if self.produced > self.most {
            return Err(io::Error::other(Limit::Size(self.most)));
        }
        let ratio = self.produced / self.unpacked.packed().max(1);
        if self.produced > SMALL && ratio > LARGEST_RATIO {
            return Err(io::Error::other(Limit::Ratio));
        }
        Ok(count)
    }
}

/// Which limit was reached.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    Size(u64),
    Ratio,
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Size(most) => write!(out, "it unpacks to more than {} MiB", most >> 20),
            Limit::Ratio => write!(out, "it unpacks to more than {LARGEST_RATIO} times its size"),
        }
    }
}

impl std::error::Error for Limit {}
