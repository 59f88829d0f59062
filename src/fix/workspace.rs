//! Holds the texts of the batch and the changes that are made to them.

use super::pass::{Pass, stored};
use super::removal::item_edits;
use crate::edit::{ByteEdit, apply};
use crate::model::settings::{InputFile, Settings};
use crate::model::source::Role;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// A change of a text, by places in the text as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextChange {
    /// Lines go.
    Lines(Range<usize>),
    /// An item of a list goes, with its comma.
    Item(Range<usize>),
    /// Words are replaced.
    Words(Vec<ByteEdit>),
}

impl TextChange {
    /// The ranges that no other change may touch.
    fn ranges(&self) -> Vec<Range<usize>> {
        match self {
            TextChange::Lines(range) | TextChange::Item(range) => vec![range.clone()],
            TextChange::Words(edits) => edits.iter().map(|edit| edit.range.clone()).collect(),
        }
    }
}

/// A change of a file of the batch.
#[derive(Debug, Clone)]
pub(super) struct FileChange {
    /// The place of the file.
    pub(super) file: usize,
    pub(super) change: TextChange,
    /// The number that its record had at first.
    pub(super) first: u64,
    /// The numbers of the records that go, in ascending order.
    pub(super) removed: Vec<u64>,
}

/// A file of the batch that can be edited in memory.
#[derive(Debug)]
pub(super) struct WorkFile {
    pub(super) shown: Arc<str>,
    /// As it was opened.
    pub(super) file: InputFile,
    pub(super) unwritten: Option<&'static str>,
    pub(super) encoding: &'static str,
    /// The text as it was read.
    pub(super) text: Vec<u8>,
}

/// The files of the batch with some changes.
#[derive(Debug, Default, Clone)]
pub(super) struct WorkingState {
    /// The edits of each file that has any, in order, each with the place of its change.
    pub(super) edits: BTreeMap<usize, Vec<(ByteEdit, usize)>>,
    /// The numbers of the removed records of each file, in ascending order.
    removed: BTreeMap<usize, Vec<u64>>,
}

/// All files of the batch, in the order of a pass.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) files: Vec<WorkFile>,
    by_name: HashMap<Arc<str>, usize>,
}

impl Workspace {
    /// Takes the texts of the first pass.
    pub(super) fn of(pass: &mut Pass) -> Workspace {
        let files = pass.files.iter_mut().map(|file| WorkFile {
            shown: Arc::clone(&file.shown),
            file: file.file.clone(),
            unwritten: file.unwritten,
            encoding: file.encoding,
            text: std::mem::take(&mut file.text),
        });
        Workspace::new(files.collect())
    }

    fn new(files: Vec<WorkFile>) -> Workspace {
        let names = files.iter().enumerate().map(|(place, file)| (Arc::clone(&file.shown), place));
        Workspace { by_name: names.collect(), files }
    }

    /// The place of the file of this name.
    pub(super) fn file(&self, shown: &str) -> Option<usize> {
        self.by_name.get(shown).copied()
    }

    /// The text of a file in a state.
    pub(super) fn text(&self, file: usize, state: &WorkingState) -> Vec<u8> {
        let text = &self.files[file].text;
        match state.edits.get(&file) {
            None => text.clone(),
            Some(edits) => {
                let edits: Vec<ByteEdit> = edits.iter().map(|(edit, _)| edit.clone()).collect();
                apply(text, &edits)
            }
        }
    }

    /// The state with these changes, none of which touches another.
    pub(super) fn state(&self, changes: &[&FileChange]) -> WorkingState {
        let mut state = WorkingState::default();
        let mut by_file: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, change) in changes.iter().enumerate() {
            by_file.entry(change.file).or_default().push(place);
        }
        for (file, places) in by_file {
            let mut edits: Vec<(ByteEdit, usize)> = Vec::new();
            let mut items: Vec<(Range<usize>, usize)> = Vec::new();
            for place in places {
                match &changes[place].change {
                    TextChange::Lines(range) => {
                        let edit = ByteEdit { range: range.clone(), new: Vec::new() };
                        edits.push((edit, place));
                    }
                    TextChange::Item(range) => items.push((range.clone(), place)),
                    TextChange::Words(words) => {
                        edits.extend(words.iter().map(|edit| (edit.clone(), place)));
                    }
                }
                state.removed.entry(file).or_default().extend(&changes[place].removed);
            }
            items.sort_by_key(|(range, _)| range.start);
            let ranges: Vec<Range<usize>> = items.iter().map(|(range, _)| range.clone()).collect();
            let removals = item_edits(&self.files[file].text, &ranges).unwrap_or_default();
            debug_assert_eq!(removals.len(), items.len(), "items were examined before");
            edits.extend(removals.into_iter().zip(items.iter().map(|(_, place)| *place)));
            edits.sort_by_key(|(edit, _)| (edit.range.start, edit.range.end));
            state.edits.insert(file, edits);
        }
        state.removed.values_mut().for_each(|removed| removed.sort_unstable());
        state
    }

    /// The settings by which the state is checked.
    pub(super) fn settings(&self, settings: &Settings, state: &WorkingState) -> Settings {
        let mut settings = settings.clone();
        for place in state.edits.keys() {
            let work = &self.files[*place];
            let bytes: Arc<[u8]> = stored(work.encoding, &self.text(*place, state)).into();
            let of_batch = settings.files.iter_mut().filter(|file| file.role == Role::Batch);
            for file in of_batch.filter(|file| file.path == work.file.path) {
                file.bytes = Some(Arc::clone(&bytes));
            }
        }
        settings
    }
}

impl WorkingState {
    /// The number that a record of a file had at first.
    pub(super) fn first_number(&self, file: usize, number: u64) -> u64 {
        let Some(removed) = self.removed.get(&file) else { return number };
        let before = |place: usize| removed[place] - place as u64 <= number;
        let (mut low, mut high) = (0, removed.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            (low, high) = if before(middle) { (middle + 1, high) } else { (low, middle) };
        }
        number + low as u64
    }

    /// Whether the record that had this number at first is removed.
    pub(super) fn is_removed(&self, file: usize, first: u64) -> bool {
        self.removed.get(&file).is_some_and(|removed| removed.binary_search(&first).is_ok())
    }

    /// Where a range of the text in this state was at first; `None` if an edit touches it. An
    /// edit of the change `own` may be within it.
    pub(super) fn first_range(
        &self,
        file: usize,
        range: &Range<usize>,
        own: Option<usize>,
    ) -> Option<Range<usize>> {
        // By how much the text is longer at first, up to the start and up to the end.
        let (mut at_start, mut at_end) = (0_isize, 0_isize);
        for (place, edit, change) in self.placed_edits(file) {
            if place.start >= range.end {
                break;
            }
            let longer = edit.range.len() as isize - edit.new.len() as isize;
            let is_before = place.end <= range.start && place.start <= range.start;
            let is_within = place.start >= range.start && place.end <= range.end;
            match (is_before, is_within && Some(change) == own) {
                (true, _) => (at_start, at_end) = (at_start + longer, at_end + longer),
                (false, true) => at_end += longer,
                (false, false) => return None,
            }
        }
        let first = |at: usize, shift: isize| usize::try_from(at as isize + shift).ok();
        Some(first(range.start, at_start)?..first(range.end, at_end)?)
    }

    /// The edits of a file, each with where its new bytes are in this state, and its change.
    fn placed_edits(&self, file: usize) -> impl Iterator<Item = (Range<usize>, &ByteEdit, usize)> {
        let edits = self.edits.get(&file).map_or(&[][..], Vec::as_slice);
        let mut shift = 0_isize;
        edits.iter().map(move |(edit, change)| {
            let at = usize::try_from(edit.range.start as isize - shift).unwrap_or_default();
            shift += edit.range.len() as isize - edit.new.len() as isize;
            (at..at + edit.new.len(), edit, *change)
        })
    }

    /// The edits of a change of words with further ones, which are places in this state and may
    /// change its new words again. `None` if they touch another change.
    pub(super) fn composed(
        &self,
        file: usize,
        own: usize,
        further: &[ByteEdit],
    ) -> Option<Vec<ByteEdit>> {
        let placed = self.placed_edits(file).filter(|(.., change)| *change == own);
        let mut composed: Vec<(Range<usize>, ByteEdit)> =
            placed.map(|(place, edit, _)| (place, edit.clone())).collect();
        let mut added = Vec::new();
        for edit in further {
            let contains = |place: &Range<usize>| {
                place.start <= edit.range.start && edit.range.end <= place.end
            };
            match composed.iter_mut().find(|(place, _)| contains(place)) {
                Some((place, of)) => {
                    let within = edit.range.start - place.start..edit.range.end - place.start;
                    of.new.splice(within, edit.new.iter().copied());
                    // What it is now has no place in the text of this state any more.
                    *place = usize::MAX..usize::MAX;
                }
                None => {
                    let range = self.first_range(file, &edit.range, None)?;
                    added.push(ByteEdit { range, new: edit.new.clone() });
                }
            }
        }
        let mut edits: Vec<ByteEdit> = composed.into_iter().map(|(_, edit)| edit).collect();
        edits.extend(added);
        edits.sort_by_key(|edit| edit.range.start);
        Some(edits)
    }
}

/// The bytes that changes have taken.
#[derive(Debug, Default)]
pub(super) struct TakenBytes(BTreeMap<(usize, usize), usize>);

impl TakenBytes {
    /// Takes the bytes of a change, unless another change has taken some of them.
    pub(super) fn take(&mut self, change: &FileChange) -> bool {
        let ranges = change.change.ranges();
        let is_free = |range: &Range<usize>| {
            let before = self.0.range(..(change.file, range.end.max(range.start + 1))).next_back();
            before.is_none_or(|((file, _), end)| *file != change.file || *end <= range.start)
        };
        let all = ranges.iter().all(is_free);
        if all {
            self.0.extend(ranges.iter().map(|range| ((change.file, range.start), range.end)));
        }
        all
    }

    /// Takes the bytes that a change has beside those of the change that it replaces.
    pub(super) fn take_more(&mut self, change: &FileChange, replaced: &FileChange) -> bool {
        for range in replaced.change.ranges() {
            self.0.remove(&(replaced.file, range.start));
        }
        let is_taken = self.take(change);
        if !is_taken {
            self.take(replaced);
        }
        is_taken
    }
}

#[cfg(test)]
mod tests {
    use super::{FileChange, TakenBytes, TextChange, WorkFile, WorkingState, Workspace};
    use crate::edit::ByteEdit;
    use crate::model::settings::InputFile;
    use crate::model::source::Role;

    fn lines(range: std::ops::Range<usize>, removed: &[u64]) -> FileChange {
        FileChange {
            file: 0,
            change: TextChange::Lines(range),
            first: 0,
            removed: removed.to_vec(),
        }
    }

    #[test]
    fn numbers_and_ranges_lead_back_to_the_first_text() {
        let work = WorkFile {
            shown: "a".into(),
            file: InputFile::named(Role::Batch, "a"),
            unwritten: None,
            encoding: "UTF-8",
            text: b"1\n2\n3\n4\n5\n".to_vec(),
        };
        let space = Workspace::new(vec![work]);
        let words = FileChange {
            file: 0,
            change: TextChange::Words(vec![ByteEdit { range: 6..7, new: b"four".to_vec() }]),
            first: 4,
            removed: vec![],
        };
        let state = space.state(&[&lines(2..4, &[2]), &words, &lines(0..2, &[1])]);
        assert_eq!(space.text(0, &state), b"3\nfour\n5\n");
        assert_eq!([1, 2, 3].map(|number| state.first_number(0, number)), [3, 4, 5]);
        assert!(state.is_removed(0, 2) && !state.is_removed(0, 3));
        assert_eq!(state.first_range(0, &(0..2), None), Some(4..6));
        assert_eq!(state.first_range(0, &(7..9), None), Some(8..10));
        assert_eq!(state.first_range(0, &(2..7), None), None, "words were replaced in it");
        assert_eq!(state.first_range(0, &(2..7), Some(1)), Some(6..8));
        assert_eq!(WorkingState::default().first_range(0, &(2..7), None), Some(2..7));
        let again = [ByteEdit { range: 3..5, new: b"ee".to_vec() }];
        let composed = state.composed(0, 1, &again).expect("its own words");
        assert_eq!(composed, [ByteEdit { range: 6..7, new: b"feer".to_vec() }]);
        assert_eq!(state.composed(0, 0, &again), None, "words of another change");
    }

    #[test]
    fn bytes_are_taken_once() {
        let mut taken = TakenBytes::default();
        assert!(taken.take(&lines(4..8, &[])) && taken.take(&lines(0..4, &[])));
        assert!(taken.take(&lines(8..9, &[])) && !taken.take(&lines(7..10, &[])));
        assert!(!taken.take(&lines(1..2, &[])) && !taken.take(&lines(2..20, &[])));
    }
}
