//! Holds what is noted on the ids of an input, before it is put into words.

use crate::model::source::Origin;

/// What is noted on the ids of a source.
#[derive(Debug, Clone, Copy)]
pub(crate) enum IdRemark {
    /// So many ids are spelled in another way, too, at least if only a part was
    /// looked at: the first record here, and one with the other spelling.
    Alike { count: u64, partly: bool, records: [Origin; 2] },
    /// So many ids have blanks around them: the first of them.
    Blanks(u64, Origin),
}

impl IdRemark {
    pub(crate) fn add(&mut self, records: [Origin; 2]) {
        if let IdRemark::Alike { count, records: first, .. } = self {
            *count += 1;
            *first = (*first).min(records);
        }
    }

    /// The records it names.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin> {
        let (first, other) = match self {
            IdRemark::Alike { records: [first, other], .. } => (*first, Some(*other)),
            IdRemark::Blanks(_, first) => (*first, None),
        };
        [Some(first), other].into_iter().flatten()
    }
}
