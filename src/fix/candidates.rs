//! Turns findings into candidates: changes of one record that could remove a finding.

use super::cells::{cells, without_end};
use super::items::{ItemLevel, canonical, levels, strings, value_end};
use super::pass::{FileForm, Pass, PassFile, PlacedRecord};
use super::removal::{item_edits, line_around};
use super::respell::respell;
use crate::edit::ByteEdit;
use crate::model::cause::{CauseKind, RemedyChange};
use crate::model::finding::{Finding, Moment, Record};
use crate::model::offer::FixOffer;
use crate::model::row::Field;
use crate::model::rule::Rule;
use crate::model::time::Stamp;
use crate::split::{Dialect, table_record};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// What a candidate does to the text as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CandidateEdit {
    /// Lines go, with these records.
    Lines(Range<usize>, Vec<u64>),
    /// An item of a list goes, with these records.
    Item(Range<usize>, Vec<u64>),
    /// Words are replaced, and the record has these times.
    Words(Vec<ByteEdit>, [Option<i64>; 2]),
    /// A person has to make the change, for this reason.
    ByHand(&'static str),
}

/// A change that could remove a finding.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The place of the finding in the report.
    pub(super) finding: usize,
    pub(super) rule: &'static Rule,
    pub(super) cause: Option<CauseKind>,
    /// Whether it removes a copy that is equal in every cell or key.
    pub(super) is_copy: bool,
    /// What it does, in one sentence without a full stop.
    pub(super) message: String,
    pub(super) record: Arc<Record>,
    /// The place of the file, and the number of the record in it.
    pub(super) file: usize,
    pub(super) number: u64,
    pub(super) edit: CandidateEdit,
}

/// Finds the candidates of a pass.
pub(super) struct CandidateFinder<'a> {
    pass: &'a Pass,
    /// The texts of the files that a finding names; empty for the others.
    texts: &'a [Vec<u8>],
    /// What is around the records of documents that candidates can be about.
    levels: Vec<HashMap<u64, Vec<ItemLevel>>>,
}

impl<'a> CandidateFinder<'a> {
    pub(super) fn new(pass: &'a Pass, texts: &'a [Vec<u8>]) -> CandidateFinder<'a> {
        let mut finder = CandidateFinder { pass, texts, levels: Vec::new() };
        let named = finder.named_records();
        for (place, file) in pass.files.iter().enumerate() {
            let mut of_file = HashMap::new();
            if !texts[place].is_empty()
                && let Ok(FileForm::Document | FileForm::Lines) = file.form
            {
                let numbers = named.get(&place).into_iter().flatten();
                let records = numbers.filter_map(|number| file.record(*number));
                let mut starts: Vec<usize> = records.map(|record| record.start as usize).collect();
                starts.sort_unstable();
                starts.dedup();
                let found = levels(&texts[place], &starts);
                of_file = starts.iter().map(|start| *start as u64).zip(found).collect();
            }
            finder.levels.push(of_file);
        }
        finder
    }

    /// The records that findings name, and those that say the same.
    fn named_records(&self) -> HashMap<usize, HashSet<u64>> {
        let mut named: HashMap<usize, HashSet<u64>> = HashMap::new();
        let records = self.pass.report.findings.iter().flat_map(|finding| &finding.records);
        let places = records.filter_map(|record| Some((self.pass.file_of(record)?, record.number)));
        for (file, number) in places.chain(self.pass.twins.keys().copied()) {
            named.entry(file).or_default().insert(number);
        }
        named
    }

    /// All candidates, in the order of the report.
    pub(super) fn find(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        let copies = self.copies(&mut found);
        for (place, finding) in self.pass.report.findings.iter().enumerate() {
            let offers = finding.offers();
            found.extend(offers.filter_map(|offer| self.offered(place, finding, &offer, &copies)));
        }
        found.sort_by_key(|candidate| candidate.finding);
        // Several findings can ask for the same change.
        let mut seen: HashSet<(usize, u64, String)> = HashSet::new();
        found.retain(|of| seen.insert((of.file, of.number, format!("{:?}", of.edit))));
        found
    }

    /// The candidate that a finding offers. Copies are removed as such.
    fn offered(
        &self,
        place: usize,
        finding: &Finding,
        offer: &FixOffer<'_>,
        copies: &HashSet<(usize, u64)>,
    ) -> Option<Candidate> {
        let FixOffer { cause, record, change, .. } = offer;
        let file = self.pass.file_of(record)?;
        let is_copy = |record: &Arc<Record>| {
            let file = self.pass.file_of(record);
            file.is_some_and(|file| copies.contains(&(file, record.number)))
        };
        let kind = cause.map(|cause| cause.kind);
        let edit = match change {
            RemedyChange::Removed if finding.records.iter().any(is_copy) => return None,
            RemedyChange::Removed
                if kind == Some(CauseKind::DuplicateRecord)
                    && !self.are_alike(&finding.records) =>
            {
                return None;
            }
            RemedyChange::Removed => self.removal(file, record),
            RemedyChange::Times { start, end } => self.words(file, record, [*start, *end]),
        };
        Some(Candidate {
            finding: place,
            rule: finding.rule,
            cause: kind,
            is_copy: false,
            message: offer.message().into_owned(),
            record: Arc::clone(record),
            file,
            number: record.number,
            edit,
        })
    }

    /// Adds a candidate for each copy, and gives the files and numbers of all of them.
    fn copies(&self, found: &mut Vec<Candidate>) -> HashSet<(usize, u64)> {
        let mut copies = HashSet::new();
        let mut naming: HashMap<(usize, u64), usize> = HashMap::new();
        for (place, finding) in self.pass.report.findings.iter().enumerate() {
            for record in &finding.records {
                if let Some(file) = self.pass.file_of(record) {
                    naming.entry((file, record.number)).or_insert(place);
                }
            }
        }
        let mut groups: BTreeMap<(usize, u64), Vec<u64>> = BTreeMap::new();
        for (file, number) in self.pass.twins.keys() {
            let Some(record) = self.pass.files[*file].record(*number) else { continue };
            groups.entry((*file, record.words())).or_default().push(*number);
        }
        for ((file, _), mut numbers) in groups {
            numbers.sort_unstable();
            let finding = numbers.iter().filter_map(|number| naming.get(&(file, *number))).min();
            let Some(finding) = finding.copied() else { continue };
            for (number, of, edit) in self.equal_in_file(file, &numbers) {
                let Some(record) = self.pass.twins.get(&(file, number)) else { continue };
                let removed = match &edit {
                    CandidateEdit::Lines(_, removed) | CandidateEdit::Item(_, removed) => removed,
                    _ => continue,
                };
                copies.extend(removed.iter().map(|number| (file, *number)));
                let first = self.pass.twins.get(&(file, of));
                let (name, first) =
                    (record.call_and_place(), first.map_or(String::new(), |of| of.place()));
                let parts = match self.pass.files[file].form {
                    Ok(FileForm::Table(_)) => "cell",
                    _ => "key",
                };
                let own = naming.get(&(file, number)).copied().unwrap_or(finding);
                found.push(Candidate {
                    finding: own,
                    rule: self.pass.report.findings[own].rule,
                    cause: None,
                    is_copy: true,
                    message: format!("{name} is equal to {first} in every {parts}: it is removed"),
                    record: Arc::clone(record),
                    file,
                    number,
                    edit,
                });
            }
            if self.pass.files[file].form.is_err() {
                self.copies_by_hand(file, &numbers, finding, found);
            }
        }
        copies
    }

    /// Copies in a file that cannot be edited: equal in all that is read and shown.
    fn copies_by_hand(
        &self,
        file: usize,
        numbers: &[u64],
        finding: usize,
        found: &mut Vec<Candidate>,
    ) {
        let record = |number: &u64| self.pass.twins.get(&(file, *number));
        let mut kept: Vec<&Arc<Record>> = Vec::new();
        for record in numbers.iter().filter_map(record) {
            let equal = kept.iter().find(|kept| kept.excerpt.text == record.excerpt.text);
            let Some(first) = equal else {
                kept.push(record);
                continue;
            };
            let why = self.pass.files[file].form.err().unwrap_or_default();
            found.push(Candidate {
                finding,
                rule: self.pass.report.findings[finding].rule,
                cause: Some(CauseKind::DuplicateRecord),
                is_copy: true,
                message: format!(
                    "{} is equal to {} in all that is read: remove it",
                    record.call_and_place(),
                    first.place()
                ),
                record: Arc::clone(record),
                file,
                number: record.number,
                edit: CandidateEdit::ByHand(why),
            });
        }
    }

    /// Of records that say the same, those that are equal to an earlier one in every cell or
    /// key, with the number of that one.
    fn equal_in_file(&self, place: usize, numbers: &[u64]) -> Vec<(u64, u64, CandidateEdit)> {
        let (file, text) = (&self.pass.files[place], &self.texts[place]);
        let mut found = Vec::new();
        match file.form {
            _ if text.is_empty() => {}
            Err(_) => {}
            Ok(FileForm::Table(delimiter)) => {
                let mut kept: HashMap<Vec<u8>, u64> = HashMap::new();
                for number in numbers {
                    let Some(record) = file.record(*number) else { continue };
                    let Some(lines) = lines_of(text, record, delimiter) else { continue };
                    let content = content_of_line(&text[lines.clone()], delimiter);
                    match kept.get(&content) {
                        Some(first) => {
                            let edit = CandidateEdit::Lines(lines, vec![*number]);
                            found.push((*number, *first, edit));
                        }
                        None => {
                            kept.insert(content, *number);
                        }
                    }
                }
            }
            Ok(form) => {
                // The items of each list by what is in them: two in one list are copies.
                let mut kept: HashMap<(Option<usize>, Vec<u8>), (usize, u64)> = HashMap::new();
                let mut removed: HashSet<u64> = HashSet::new();
                for number in numbers.iter() {
                    let Some(record) = file.record(*number) else { continue };
                    let Some(around) = self.levels[place].get(&record.start) else { continue };
                    // The whole document is the only item of its kind.
                    let outermost = usize::from(form == FileForm::Document);
                    let mut own = Vec::new();
                    let mut copy = None;
                    for level in around.iter().skip(outermost).filter(|level| level.is_list) {
                        let item = level.item..value_end(text, level.item);
                        let Some(content) = canonical(&text[item.clone()]) else { break };
                        match kept.get(&(level.container, content.clone())) {
                            Some((other, first)) if *other != level.item => {
                                copy = Some((item, *first));
                                break;
                            }
                            _ => own.push(((level.container, content), (level.item, *number))),
                        }
                    }
                    match copy {
                        Some((item, first)) if !removed.contains(number) => {
                            let within = records_within(file, &item);
                            removed.extend(&within);
                            if let Some(edit) = removed_item(text, item, within) {
                                found.push((*number, first, edit));
                            }
                        }
                        Some(_) => {}
                        None => {
                            for (key, value) in own {
                                kept.entry(key).or_insert(value);
                            }
                        }
                    }
                }
            }
        }
        found
    }

    /// Whether two records of the batch, in different files or lists, are equal by themselves.
    fn are_alike(&self, records: &[Arc<Record>]) -> bool {
        let contents: Vec<Option<Vec<u8>>> =
            records.iter().map(|record| self.content(record)).collect();
        let [Some(one), Some(other)] = &contents[..] else { return false };
        let [first, second] = records else { return false };
        // Lines of one file were compared before, and differ.
        let is_table = |record: &Record| {
            let file = self.pass.file_of(record);
            file.is_some_and(|file| matches!(self.pass.files[file].form, Ok(FileForm::Table(_))))
        };
        one == other && !(first.path == second.path && is_table(first))
    }

    fn content(&self, record: &Record) -> Option<Vec<u8>> {
        let place = self.pass.file_of(record)?;
        let (file, text) = (&self.pass.files[place], &self.texts[place]);
        let placed = file.record(record.number)?;
        match file.form.ok().filter(|_| !text.is_empty())? {
            FileForm::Table(delimiter) => {
                let lines = lines_of(text, placed, delimiter)?;
                Some(content_of_line(&text[lines], delimiter))
            }
            FileForm::Document | FileForm::Lines => {
                let start = placed.start as usize;
                canonical(&text[start..value_end(text, start)])
            }
        }
    }

    /// The removal of a record by itself.
    fn removal(&self, place: usize, record: &Record) -> CandidateEdit {
        let (file, text) = (&self.pass.files[place], &self.texts[place]);
        let form = match file.form {
            Ok(_) if text.is_empty() => return CandidateEdit::ByHand("the file is not in memory"),
            Ok(form) => form,
            Err(why) => return CandidateEdit::ByHand(why),
        };
        let Some(placed) = file.record(record.number) else {
            return CandidateEdit::ByHand("the record was not found again");
        };
        if let FileForm::Table(delimiter) = form {
            return match lines_of(text, placed, delimiter) {
                Some(lines) => CandidateEdit::Lines(lines, vec![record.number]),
                None => CandidateEdit::ByHand("the record has no line of its own"),
            };
        }
        let around = self.levels[place].get(&placed.start).map_or(&[][..], Vec::as_slice);
        let Some(level) = around.last().filter(|level| level.is_list) else {
            return CandidateEdit::ByHand("the record is not an item of a list");
        };
        let item = level.item..value_end(text, level.item);
        // The outermost list, which is that of the lines, can be empty.
        let lists = around.iter().filter(|level| level.is_list).count();
        let is_nested = lists > 1 + usize::from(form == FileForm::Document);
        if is_nested && is_only_item(text, &item) {
            return CandidateEdit::ByHand("an empty list can delete what is published");
        }
        let within = records_within(file, &item);
        removed_item(text, item, within)
            .unwrap_or(CandidateEdit::ByHand("the record is not an item of a list"))
    }

    /// The edits that give a record other times.
    fn words(&self, place: usize, record: &Record, to: [Stamp; 2]) -> CandidateEdit {
        let (file, text) = (&self.pass.files[place], &self.texts[place]);
        let form = match file.form {
            Ok(_) if text.is_empty() => return CandidateEdit::ByHand("the file is not in memory"),
            Ok(form) => form,
            Err(why) => return CandidateEdit::ByHand(why),
        };
        let spelled = "the times are written in a way that is not edited";
        let (Some(placed), false) = (file.record(record.number), record.several) else {
            return CandidateEdit::ByHand("the record is for several days");
        };
        let mut edits = Vec::new();
        for (moment, to, field) in
            [(&record.start, to[0], Field::Start), (&record.end, to[1], Field::End)]
        {
            let Some(from) = &moment.at else { return CandidateEdit::ByHand(spelled) };
            let is_same = from.instant == to.instant && from.offset == to.offset;
            let word = record.excerpt.words.iter().find(|(of, _)| *of == field);
            let Some((_, at)) = word else {
                // With a length the end moves with the start.
                if is_same || field == Field::End && !has_word(record, Field::EndDate) {
                    continue;
                }
                return CandidateEdit::ByHand(spelled);
            };
            let Some(word) = record.excerpt.text.part(at.clone()).filter(|_| !is_same) else {
                continue;
            };
            let new = respell(&word, from, &to);
            let place = locate(text, form, placed, (word.as_str(), at.start as usize));
            match (new, place) {
                (Some(new), Some(range)) => edits.push(ByteEdit { range, new: new.into_bytes() }),
                _ => return CandidateEdit::ByHand(spelled),
            }
        }
        let moves =
            |to: &Stamp, moment: &Moment| moment.at.is_some_and(|at| at.offset != to.offset);
        if !matches!(form, FileForm::Table(_))
            && (moves(&to[0], &record.start) || moves(&to[1], &record.end))
            && has_inner_times(text, placed, &record.start)
        {
            return CandidateEdit::ByHand("times within the record have the same offset");
        }
        edits.sort_by_key(|edit| edit.range.start);
        let overlap = edits.windows(2).any(|pair| pair[0].range.end > pair[1].range.start);
        if edits.is_empty() || overlap {
            return CandidateEdit::ByHand(spelled);
        }
        CandidateEdit::Words(edits, to.map(|stamp| Some(stamp.instant.millis())))
    }
}

fn has_word(record: &Record, field: Field) -> bool {
    record.excerpt.words.iter().any(|(of, _)| *of == field)
}

/// The line or lines of a record, with their line end.
fn lines_of(text: &[u8], record: &PlacedRecord, delimiter: u8) -> Option<Range<usize>> {
    let start = usize::try_from(record.start).ok()?;
    let is_start = start == 0
        || matches!(text.get(start - 1), Some(b'\n' | b'\r'))
        || &text[..start] == b"\xef\xbb\xbf";
    let dialect = Dialect { delimiter, quote: Some(b'"') };
    let length = usize::try_from(table_record(&text, record.start, dialect).ok()?).ok()?;
    is_start.then_some(start..start + length)
}

/// What the cells of a line say. A line whose quotes do not match is compared byte by byte.
fn content_of_line(line: &[u8], delimiter: u8) -> Vec<u8> {
    let line = without_end(line);
    let Some(cells) = cells(line, delimiter) else { return [b"?", line].concat() };
    let mut content = b"=".to_vec();
    for cell in cells {
        content.extend_from_slice(&(cell.content.len() as u64).to_le_bytes());
        content.extend_from_slice(&cell.content);
    }
    content
}

/// The numbers of the records that begin within an item.
fn records_within(file: &PassFile, item: &Range<usize>) -> Vec<u64> {
    // Numbers and places have one order.
    let place = |at: usize| file.records.partition_point(|record| (record.start as usize) < at);
    let within = file.records.get(place(item.start)..place(item.end)).unwrap_or_default();
    within.iter().map(|record| record.number).collect()
}

fn removed_item(text: &[u8], item: Range<usize>, records: Vec<u64>) -> Option<CandidateEdit> {
    if let Some(line) = line_around(text, &item)
        && item_edits(text, std::slice::from_ref(&item)).is_none()
    {
        return Some(CandidateEdit::Lines(line, records));
    }
    item_edits(text, std::slice::from_ref(&item))?;
    Some(CandidateEdit::Item(item, records))
}

fn is_only_item(text: &[u8], item: &Range<usize>) -> bool {
    let before = text[..item.start].iter().rev().find(|byte| !byte.is_ascii_whitespace());
    let after = text[item.end..].iter().find(|byte| !byte.is_ascii_whitespace());
    before == Some(&b'[') && after == Some(&b']')
}

/// Where a word of a record is in the text, if that is certain.
fn locate(
    text: &[u8],
    form: FileForm,
    record: &PlacedRecord,
    (word, hint): (&str, usize),
) -> Option<Range<usize>> {
    let start = usize::try_from(record.start).ok()?;
    let only = |found: Vec<Range<usize>>| match &found[..] {
        [only] => Some(only.clone()),
        several => several.iter().find(|range| range.start == start + hint).cloned(),
    };
    if let FileForm::Table(delimiter) = form {
        let lines = lines_of(text, record, delimiter)?;
        let line = without_end(&text[lines.clone()]);
        let cells = cells(line, delimiter)?.into_iter();
        let equal = cells.filter_map(|cell| {
            let inside = &line[cell.inside.clone()];
            let lead = inside.len() - inside.trim_ascii_start().len();
            let at = lines.start + cell.inside.start + lead;
            (inside.trim_ascii() == word.as_bytes()).then(|| at..at + word.len())
        });
        return only(equal.collect());
    }
    let value = start..value_end(text, start);
    let strings = strings(text, &value).into_iter();
    let equal: Vec<(usize, Range<usize>)> =
        strings.filter(|(_, range)| &text[range.clone()] == word.as_bytes()).collect();
    let least = equal.iter().map(|(depth, _)| *depth).min()?;
    let shallow = equal.into_iter().filter(|(depth, _)| *depth == least);
    let shallow: Vec<Range<usize>> = shallow.map(|(_, range)| range).collect();
    match &shallow[..] {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// Whether an element has times in its lists and objects that are written as its own are: parts
/// of a shift, which would have to move with it.
fn has_inner_times(text: &[u8], record: &PlacedRecord, start: &Moment) -> bool {
    let Ok(at) = usize::try_from(record.start) else { return false };
    let own = start.written.trim_end();
    // A sign within the last six letters begins an offset; a word without one ends with `Z`, or
    // with a digit of its clock time.
    let offset = match own.rfind(['+', '-']) {
        Some(sign) if own.len() - sign <= 6 => own.get(sign..),
        _ if own.ends_with(['Z', 'z']) => Some("Z"),
        _ => Some(""),
    };
    let Some(offset) = offset else { return false };
    let value = at..value_end(text, at);
    strings(text, &value).into_iter().any(|(depth, range)| {
        let word = &text[range];
        let is_time = word.first().is_some_and(u8::is_ascii_digit) && word.contains(&b':');
        depth > 1 && is_time && word.to_ascii_uppercase().ends_with(offset.as_bytes())
    })
}
