//! Decompresses gzip and zstd, within limits of size and ratio.
//!
//! Errors are put in words of our own, because those of the decoders are written for
//! programmers.

use super::Bytewise;
use super::containers::{Container, Layer, Unwrapping};
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::error::Error;
use std::io::{self, BufRead, BufReader, Read};
use std::{fmt, iter};

/// Up to here, in bytes, what is unpacked may be in any proportion to what it
/// was packed into.
const SMALL: u64 = 64 << 20;

/// How many bytes one packed byte may unpack to, beyond that.
const LARGEST_RATIO: u64 = 400;

/// What a frame of zstd begins with, and one that holds no data: of its first
/// byte the lower half may be anything.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const EMPTY_FRAME: [u8; 4] = [0x50, 0x2a, 0x4d, 0x18];

/// The beginning of a frame, with nothing in it that may be anything.
fn magic_of(head: &[u8]) -> Vec<u8> {
    let mut magic = head.get(..4).unwrap_or(head).to_vec();
    if let Some(first @ 0x50..=0x5f) = magic.first_mut() {
        *first = 0x50;
    }
    magic
}

/// The members of a gzip file.
pub(super) static GZIP: Container = Container {
    name: "gzip",
    layer: Layer::Packing,
    begins: |head| head.starts_with(&[0x1f, 0x8b]),
    open: |stream, Unwrapping { most, .. }| {
        let unpacked = Members { waiting: Some(counted(stream)), member: None };
        Ok(Box::new(Limited { unpacked, produced: 0, most: *most }))
    },
};

/// The frames of a zstd file.
pub(super) static ZSTD: Container = Container {
    name: "zstd",
    layer: Layer::Packing,
    begins: |head| [FRAME, EMPTY_FRAME].iter().any(|known| magic_of(head) == known),
    open: |stream, Unwrapping { most, .. }| {
        let unpacked = Frames { packed: counted(stream), frame: None };
        Ok(Box::new(Limited { unpacked, produced: 0, most: *most }))
    },
};

fn counted(stream: Bytewise) -> BufReader<ByteCounter> {
    BufReader::new(ByteCounter { stream, count: 0 })
}

/// Counts the bytes that pass.
struct ByteCounter {
    stream: Bytewise,
    count: u64,
}

impl Read for ByteCounter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// The members of a gzip file, one after the other: either the bytes before the
/// next member, or the member at hand.
struct Members<R> {
    waiting: Option<R>,
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(member) = &mut self.member {
                let count = member.read(buffer).map_err(|error| failure(&error, &GZIP))?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.waiting = self.member.take().map(GzDecoder::into_inner);
            }
            let Some(packed) = &mut self.waiting else { return Ok(0) };
            if !is_at_member(packed)? {
                return Ok(0);
            }
            self.member = self.waiting.take().map(GzDecoder::new);
        }
    }
}

/// Whether another member follows. Zeros before it, or before the end, are what
/// a tape was filled up with.
fn is_at_member(packed: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = packed.fill_buf()?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let is_at_member = match bytes.get(zeros..).unwrap_or_default() {
            [0x1f] | [0x1f, 0x8b, ..] => true,
            [] if zeros == 0 => return Ok(false),
            [] => false,
            _ => return Err(UnpackStop::Behind.into()),
        };
        packed.consume(zeros);
        if is_at_member {
            return Ok(true);
        }
    }
}

/// The frames of a zstd file, one after the other.
struct Frames<R> {
    packed: R,
    /// The frame at hand.
    frame: Option<FrameDecoder>,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = decode(frame, &mut self.packed, buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                verify(frame)?;
            }
            self.frame = next_frame(&mut self.packed)?;
            if self.frame.is_none() {
                return Ok(0);
            }
        }
    }
}

/// Decodes on, until there is something to hand out.
fn decode(
    frame: &mut FrameDecoder,
    packed: &mut impl Read,
    buffer: &mut [u8],
) -> io::Result<usize> {
    while frame.can_collect() == 0 && !frame.is_finished() {
        let one = BlockDecodingStrategy::UptoBlocks(1);
        frame.decode_blocks(&mut *packed, one).map_err(|error| broken(&error))?;
    }
    frame.read(buffer)
}

/// Compares what came out with the sum that the frame ends with, if it has one.
fn verify(frame: &FrameDecoder) -> io::Result<()> {
    let written = frame.get_checksum_from_data();
    if written.is_some() && written != frame.get_calculated_checksum() {
        return Err(UnpackStop::Damaged(ZSTD.name).into());
    }
    Ok(())
}

/// The next frame that holds data, up to its first block.
fn next_frame(packed: &mut impl Read) -> io::Result<Option<FrameDecoder>> {
    loop {
        let magic = magic_of(&up_to_four(packed)?);
        if magic.is_empty() {
            return Ok(None);
        }
        if magic == FRAME {
            let mut frame = FrameDecoder::new();
            frame.init(magic.chain(packed)).map_err(|error| broken(&error))?;
            return Ok(Some(frame));
        }
        if magic == EMPTY_FRAME {
            skip_frame(packed)?;
            continue;
        }
        let is_begun = [FRAME, EMPTY_FRAME].iter().any(|known| known.starts_with(&magic));
        return Err(if is_begun { UnpackStop::CutOff } else { UnpackStop::Behind }.into());
    }
}

/// Passes over a frame that holds no data.
fn skip_frame(packed: &mut impl Read) -> io::Result<()> {
    let length = up_to_four(packed)?;
    let length = length.try_into().map_err(|_| UnpackStop::CutOff)?;
    let length = u64::from(u32::from_le_bytes(length));
    if io::copy(&mut packed.take(length), &mut io::sink())? < length {
        return Err(UnpackStop::CutOff.into());
    }
    Ok(())
}

/// Four bytes; fewer only at the end.
fn up_to_four(packed: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    packed.take(4).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn broken(error: &FrameDecoderError) -> io::Error {
    match error {
        FrameDecoderError::WindowSizeTooBig { max, .. } => UnpackStop::Window(*max).into(),
        FrameDecoderError::DictNotProvided { .. } => UnpackStop::Dictionary.into(),
        _ => failure(error, &ZSTD),
    }
}

/// Why a decoder stopped: an error of the system, or of the data.
fn failure(error: &(dyn Error + 'static), packing: &Container) -> io::Error {
    let mut causes =
        iter::successors(Some(error), |error: &&(dyn Error + 'static)| (*error).source());
    let Some(cause) = causes.find_map(|error| error.downcast_ref::<io::Error>()) else {
        return UnpackStop::Damaged(packing.name).into();
    };
    match (cause.raw_os_error(), cause.kind()) {
        (Some(number), _) => io::Error::from_raw_os_error(number),
        (None, kind @ io::ErrorKind::Interrupted) => kind.into(),
        (None, io::ErrorKind::UnexpectedEof) => UnpackStop::CutOff.into(),
        _ => UnpackStop::Damaged(packing.name).into(),
    }
}

/// Knows how many packed bytes it has read.
trait Unpacks: Read {
    fn packed(&self) -> u64;
}

impl Unpacks for Members<BufReader<ByteCounter>> {
    fn packed(&self) -> u64 {
        let at_hand = self.member.as_ref().map(GzDecoder::get_ref);
        self.waiting.as_ref().or(at_hand).map_or(0, |packed| packed.get_ref().count)
    }
}

impl Unpacks for Frames<BufReader<ByteCounter>> {
    fn packed(&self) -> u64 {
        self.packed.get_ref().count
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
        match UnpackStop::of_size(self.produced, self.unpacked.packed(), self.most) {
            Some(stop) => Err(stop.into()),
            None => Ok(count),
        }
    }
}

/// Why unpacking stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum UnpackStop {
    /// It is more than this many bytes.
    Size(u64),
    /// It is too much for what it was packed into.
    Ratio,
    CutOff,
    /// Of the packing of this name.
    Damaged(&'static str),
    /// What follows is not packed.
    Behind,
    Dictionary,
    /// More than this many bytes have to be at hand.
    Window(u64),
}

impl UnpackStop {
    /// Why this many bytes may not come out of so many packed ones, if they may not.
    pub(in crate::read) fn of_size(produced: u64, packed: u64, most: u64) -> Option<UnpackStop> {
        let ratio = produced / packed.max(1);
        if produced > most {
            Some(UnpackStop::Size(most))
        } else {
            (produced > SMALL && ratio > LARGEST_RATIO).then_some(UnpackStop::Ratio)
        }
    }

    /// The reason for an error, if unpacking is.
    pub(super) fn of(error: &io::Error) -> Option<UnpackStop> {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
    }

    /// What to do.
    pub(in crate::read) fn help(self) -> &'static str {
        match self {
            UnpackStop::Size(_) => "--max-unpacked allows more",
            UnpackStop::Ratio => "if that is right, unpack it first",
            UnpackStop::CutOff | UnpackStop::Damaged(_) => "fetch it again",
            UnpackStop::Behind => "fetch it again; if they belong there, unpack it first",
            UnpackStop::Dictionary | UnpackStop::Window(_) => "unpack it first",
        }
    }
}

impl fmt::Display for UnpackStop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnpackStop::Size(most) => write!(out, "it unpacks to more than {} MiB", most >> 20),
            UnpackStop::Ratio => {
                write!(out, "it unpacks to more than {LARGEST_RATIO} times its size")
            }
            UnpackStop::CutOff => out.write_str("the file is cut off"),
            UnpackStop::Damaged(packing) => write!(out, "the {packing} data is damaged"),
            UnpackStop::Behind => {
                out.write_str("the file holds other bytes behind its compressed data")
            }
            UnpackStop::Dictionary => out.write_str("it was packed with a dictionary"),
            UnpackStop::Window(most) => {
                write!(out, "it wants more than {} MiB to unpack", most >> 20)
            }
        }
    }
}

impl Error for UnpackStop {}

impl From<UnpackStop> for io::Error {
    fn from(stop: UnpackStop) -> io::Error {
        io::Error::other(stop)
    }
}

#[cfg(test)]
mod tests {
    use super::UnpackStop;
    use crate::model::settings::Settings;
    use crate::read::content::containers::Unwrapping;
    use flate2::{Compression, write::GzEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::{Cursor, Read, Write};

    const TEXT: &str = "agent,start,end\nanna,2026-03-02T08:00Z,2026-03-02T09:00Z\n";

    fn packed() -> [Vec<u8>; 2] {
        let text = TEXT.repeat(3);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(text.as_bytes()).expect("memory can be written");
        let gzip = gzip.finish().expect("memory can be written");
        [gzip, compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)]
    }

    fn unpack(bytes: Vec<u8>) -> Result<String, Option<UnpackStop>> {
        let mut text = Vec::new();
        let settings = Settings { max_unpacked: 1 << 20, ..Settings::default() };
        let unwrapping = Unwrapping::of(&settings, "a.csv");
        let mut stream = unwrapping
            .unwrapped(Box::new(Cursor::new(bytes)))
            .map_err(|error| UnpackStop::of(&error))?;
        let outcome = stream.read_to_end(&mut text);
        outcome
            .map(|_| String::from_utf8_lossy(&text).into())
            .map_err(|error| UnpackStop::of(&error))
    }

    #[test]
    fn what_is_cut_off_is_told_so_wherever() {
        for packed in packed() {
            assert_eq!(unpack(packed.clone()), Ok(TEXT.repeat(3)));
            for end in 4..packed.len() {
                assert_eq!(unpack(packed[..end].into()), Err(Some(UnpackStop::CutOff)), "at {end}");
                let both = [&packed, &packed[..end]].concat();
                assert_eq!(unpack(both), Err(Some(UnpackStop::CutOff)), "at {end}");
            }
        }
    }

    #[test]
    fn what_is_damaged_is_never_another_text_and_always_told_in_words() {
        for packed in packed() {
            for place in 4..packed.len() {
                for bit in 0..8 {
                    let mut damaged = packed.clone();
                    damaged[place] ^= 1 << bit;
                    match unpack(damaged) {
                        Ok(text) => assert_eq!(text, TEXT.repeat(3), "bit {bit} of {place}"),
                        Err(stop) => assert!(stop.is_some(), "bit {bit} of {place}"),
                    }
                }
            }
        }
    }
}
