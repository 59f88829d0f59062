//! Reads inputs that the caller holds in memory.

use super::{Access, Content};
use std::io;
use std::sync::Arc;

/// The bytes of an input that is in memory.
#[derive(Debug, Clone)]
pub(super) struct MemoryContent(pub(super) Arc<[u8]>);

impl AsRef<[u8]> for MemoryContent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Content for MemoryContent {
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
        buffer.truncate(kept);
        let start = usize::try_from(position).unwrap_or(usize::MAX);
        let behind = self.0.get(start..).unwrap_or_default();
        let bytes = behind.get(..count).unwrap_or(behind);
        buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn length(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}
