//! Turns edits into the hunks of a unified diff.

use super::apply::{ByteEdit, apply};
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Write};
use std::ops::Range;

/// The longest line that a diff shows, in bytes. Nobody reads a longer one in a diff.
const LONGEST_LINE: usize = 4096;

/// Lines before and after a change that are shown with it.
const CONTEXT: usize = 3;

/// What changes in successive lines.
#[derive(Debug)]
struct ChangedLines {
    /// The bytes of the old lines, with their line ends.
    old: Range<usize>,
    new: Vec<u8>,
    /// The edits that make the change.
    edits: Range<usize>,
}

/// Changed lines and the lines around them.
#[derive(Debug)]
struct Hunk {
    /// The bytes of all its old lines.
    old: Range<usize>,
    /// Its changes, as places among those of the file.
    changes: Range<usize>,
}

/// The changes of one file as a diff.
#[derive(Debug)]
pub struct FileDiff<'b> {
    bytes: &'b [u8],
    changes: Vec<ChangedLines>,
    hunks: Vec<Hunk>,
    is_shown: Vec<bool>,
}

impl<'b> FileDiff<'b> {
    /// The diff of these edits, which are in ascending order and do not overlap. Edits of
    /// lines that are too long are left out.
    #[must_use]
    pub fn of(bytes: &'b [u8], edits: &[ByteEdit]) -> FileDiff<'b> {
        let mut diff = FileDiff {
            bytes,
            changes: Vec::new(),
            hunks: Vec::new(),
            is_shown: vec![false; edits.len()],
        };
        let all = diff.changed_lines(edits);
        for change in all {
            let lines = lines(&bytes[change.old.clone()]).chain(lines(&change.new));
            if lines.into_iter().all(|line| line.len() <= LONGEST_LINE) && diff.has_context(&change)
            {
                diff.is_shown[change.edits.clone()].fill(true);
                diff.changes.push(change);
            }
        }
        diff.join_hunks();
        diff
    }

    /// Whether the diff shows an edit.
    #[must_use]
    pub fn shows(&self, edit: usize) -> bool {
        self.is_shown.get(edit).copied().unwrap_or(false)
    }

    /// Whether it shows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Writes the hunks.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        // Lines before the hunk in the old and in the new file.
        let (mut at, mut old_lines, mut new_lines) = (0, 0, 0);
        for hunk in &self.hunks {
            let passed = line_count(&self.bytes[at..hunk.old.start]);
            (old_lines, new_lines) = (old_lines + passed, new_lines + passed);
            let changes = &self.changes[hunk.changes.clone()];
            let removed: usize =
                changes.iter().map(|change| line_count(&self.bytes[change.old.clone()])).sum();
            let added: usize = changes.iter().map(|change| line_count(&change.new)).sum();
            let old = line_count(&self.bytes[hunk.old.clone()]);
            let new = old - removed + added;
            // An empty side names the line before it.
            let start = |before: usize, count: usize| before + usize::from(count > 0);
            writeln!(
                out,
                "@@ -{},{old} +{},{new} @@",
                start(old_lines, old),
                start(new_lines, new)
            )?;
            let mut place = hunk.old.start;
            for change in changes {
                write_lines(b' ', &self.bytes[place..change.old.start], out)?;
                write_lines(b'-', &self.bytes[change.old.clone()], out)?;
                write_lines(b'+', &change.new, out)?;
                place = change.old.end;
            }
            write_lines(b' ', &self.bytes[place..hunk.old.end], out)?;
            (at, old_lines, new_lines) = (hunk.old.end, old_lines + old, new_lines + new);
        }
        Ok(())
    }

    /// Edits of one line, or of lines side by side, are one change.
    fn changed_lines(&self, edits: &[ByteEdit]) -> Vec<ChangedLines> {
        let mut changes: Vec<ChangedLines> = Vec::new();
        let mut first = 0;
        while first < edits.len() {
            let start = self.line_start(edits[first].range.start);
            let mut end = self.end_of_change(&edits[first]);
            let mut after = first + 1;
            while after < edits.len() && self.line_start(edits[after].range.start) < end {
                end = end.max(self.end_of_change(&edits[after]));
                after += 1;
            }
            let within: Vec<ByteEdit> = edits[first..after]
                .iter()
                .map(|edit| ByteEdit {
                    range: edit.range.start - start..edit.range.end - start,
                    new: edit.new.clone(),
                })
                .collect();
            let new = apply(&self.bytes[start..end], &within);
            changes.extend(trimmed(self.bytes, start..end, new, first..after));
            first = after;
        }
        changes
    }

    /// Where the lines of an edit end. What is added at the beginning of a line changes
    /// nothing of that line.
    fn end_of_change(&self, edit: &ByteEdit) -> usize {
        let is_whole = |at: usize| at == self.line_start(at);
        let ended = edit.new.is_empty() || edit.new.ends_with(b"\n");
        match is_whole(edit.range.start) && is_whole(edit.range.end) && ended {
            true => edit.range.end,
            false => self.line_end(edit.range.end),
        }
    }

    fn line_start(&self, at: usize) -> usize {
        memrchr(b'\n', &self.bytes[..at]).map_or(0, |feed| feed + 1)
    }

    /// The end of the line that contains this byte, after its line end.
    fn line_end(&self, at: usize) -> usize {
        memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |feed| at + feed + 1)
    }

    /// The lines before a place that a hunk can show, at most three.
    fn lead(&self, at: usize) -> (usize, usize) {
        let (mut start, mut count) = (at, 0);
        while start > 0 && count < CONTEXT {
            let line = self.line_start(start - 1);
            if start - line > LONGEST_LINE {
                break;
            }
            (start, count) = (line, count + 1);
        }
        (start, count)
    }

    /// The lines after a place that a hunk can show, at most three.
    fn tail(&self, at: usize) -> (usize, usize) {
        let (mut end, mut count) = (at, 0);
        while end < self.bytes.len() && count < CONTEXT {
            let line = self.line_end(end);
            if line - end > LONGEST_LINE {
                break;
            }
            (end, count) = (line, count + 1);
        }
        (end, count)
    }

    /// Whether there is a line on either side of a change, or an end of the file: by fewer
    /// lines a patch does not find its place.
    fn has_context(&self, change: &ChangedLines) -> bool {
        let ((start, lead), (end, tail)) = (self.lead(change.old.start), self.tail(change.old.end));
        (start == 0 || lead > 0) && (end == self.bytes.len() || tail > 0)
    }

    /// The context of changed lines. Where a long line cuts it on one side, it is as short on the
    /// other side: programs take a hunk with less context on one side for one at an end of the
    /// file.
    fn around(&self, old: &Range<usize>) -> Range<usize> {
        let ((mut start, lead), (mut end, tail)) = (self.lead(old.start), self.tail(old.end));
        if end < self.bytes.len() && tail < lead {
            start = (0..tail).fold(old.start, |start, _| self.line_start(start.saturating_sub(1)));
        } else if start > 0 && lead < tail {
            end = (0..lead).fold(old.end, |end, _| self.line_end(end));
        }
        start..end
    }

    fn join_hunks(&mut self) {
        let mut hunks: Vec<Hunk> = Vec::new();
        let mut first = 0;
        for place in 0..self.changes.len() {
            let ends = self.changes.get(place + 1).is_none_or(|next| {
                let gap = &self.bytes[self.changes[place].old.end..next.old.start];
                let is_far = line_count(gap) > 2 * CONTEXT;
                is_far || lines(gap).any(|line| line.len() > LONGEST_LINE)
            });
            if ends {
                let old = self.changes[first].old.start..self.changes[place].old.end;
                hunks.push(Hunk { old: self.around(&old), changes: first..place + 1 });
                first = place + 1;
            }
        }
        self.hunks = hunks;
    }
}

/// A change without the lines that begin and end it and are equal; `None` if nothing is left.
fn trimmed(
    bytes: &[u8],
    mut old: Range<usize>,
    mut new: Vec<u8>,
    edits: Range<usize>,
) -> Option<ChangedLines> {
    let same: usize = lines(&bytes[old.clone()])
        .zip(lines(&new))
        .take_while(|(old, new)| old == new)
        .map(|(line, _)| line.len())
        .sum();
    old.start += same;
    new.drain(..same);
    let ending: Vec<&[u8]> = lines(&bytes[old.clone()]).collect();
    let new_ending: Vec<&[u8]> = lines(&new).collect();
    let same: usize = ending
        .iter()
        .rev()
        .zip(new_ending.iter().rev())
        .take_while(|(old, new)| old == new)
        .map(|(line, _)| line.len())
        .sum();
    old.end -= same;
    new.truncate(new.len() - same);
    (!old.is_empty() || !new.is_empty()).then_some(ChangedLines { old, new, edits })
}

/// Lines with their line feeds; the last may have none.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}

fn line_count(bytes: &[u8]) -> usize {
    let open = bytes.last().is_some_and(|byte| *byte != b'\n');
    memchr_iter(b'\n', bytes).count() + usize::from(open)
}

fn write_lines(mark: u8, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
    for line in lines(bytes) {
        out.write_all(&[mark])?;
        out.write_all(line)?;
        if !line.ends_with(b"\n") {
            out.write_all(b"\n\\ No newline at end of file\n")?;
        }
    }
    Ok(())
}
