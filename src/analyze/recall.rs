//! Reads the records that facts name again, for their words.

use super::activities::{self, ActivityFacts};
use super::facts::{Facts, Listed};
use super::moved;
use super::records::Records;
use crate::model::conventions::Conventions;
use crate::model::fact::Notice;
use crate::model::finding::{Record, file_of};
use crate::model::row::Field;
use crate::model::source::{Origin, Role};
use crate::model::swap::Trade;
use crate::model::text::lossy;
use crate::model::time::Stamp;
use crate::normalize::{Context, Displayed, DisplayedSwap, Normalizer};
use crate::read::source::{Index, Place, Recalled, Source};
use crate::schedule::Schedule;
use crate::schedule::remarks::IdRemark;
use crate::schedule::settle::Settled;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many records one thread recalls at a time, where each can be read again
/// without those before.
const PORTION: usize = 512;

/// Reads the records that the facts name again.
pub(super) fn recall(schedule: &Schedule<'_>, facts: &Facts) -> Records {
    let wanted = wanted(facts, &schedule.settled);
    recall_with(schedule, &wanted, &activities::listed(facts))
}

/// Reads records again, by where they begin, in order.
pub(crate) fn recall_all(schedule: &Schedule<'_>, wanted: &[Origin]) -> Records {
    recall_with(schedule, wanted, &BTreeMap::new())
}

/// Reads records again, by where they begin, in order, and shows them one by one: the words of a
/// million records are never in memory at once.
pub(crate) fn recall_each(
    schedule: &Schedule<'_>,
    wanted: &[Origin],
    mut visit: impl FnMut(Origin, &Arc<Record>),
) {
    /// How many records are in memory.
    const MOST: usize = 1 << 14;
    for portion in wanted.chunks(MOST) {
        let records = recall_all(schedule, portion);
        for origin in portion {
            if let Some(record) = records.get(*origin) {
                visit(*origin, record);
            }
        }
    }
}

/// Reads records again for several threads, each of which asks for its own. No record is in memory
/// that a thread does not keep.
pub(crate) struct Recaller<'a> {
    schedule: &'a Schedule<'a>,
    indices: BTreeMap<u16, Index<'a>>,
    /// Those that no thread uses now. What they remember is worth keeping.
    normalizers: Mutex<Vec<Normalizer<'a>>>,
}

impl<'a> Recaller<'a> {
    /// Of records of these sources.
    pub(crate) fn of(
        schedule: &'a Schedule<'a>,
        numbers: impl IntoIterator<Item = u16>,
    ) -> Recaller<'a> {
        let source = |number| schedule.run.sources.get(usize::from(number));
        let index = |number| Some((number, source(number)?.index()));
        let indices = numbers.into_iter().filter_map(index).collect();
        Recaller { schedule, indices, normalizers: Mutex::default() }
    }

    /// Reads records again, by where they begin, in order, and hands over what a list of records
    /// says of each, without what a finding shows beside.
    pub(crate) fn list(&self, wanted: &[Origin], mut visit: impl FnMut(ListedRecord<'_>)) {
        self.each(wanted, |_, normalizer, found| visit(found.listed(normalizer)));
    }

    /// Reads the rows of records again.
    fn each(
        &self,
        wanted: &[Origin],
        mut visit: impl FnMut(Origin, &mut Normalizer<'a>, FoundAgain<'_, '_, '_>),
    ) {
        let known = self.normalizers().pop();
        let mut normalizer = known.unwrap_or_else(|| self.schedule.normalizer());
        for of_source in wanted.chunk_by(|one, other| one.source() == other.source()) {
            let number = of_source[0].source();
            let Some(index) = self.indices.get(&number) else { continue };
            let source = &self.schedule.run.sources[usize::from(number)];
            let conventions = self.schedule.run.conventions[usize::from(number)];
            let offsets: Vec<u64> = of_source.iter().map(|origin| origin.offset()).collect();
            let mut found = 0;
            index.recall(&offsets, &mut |offset, recalled| {
                found += 1;
                let again = FoundAgain { source, conventions, recalled };
                visit(Origin::new(number, offset), &mut normalizer, again);
            });
            if found < offsets.len() {
                source.note_change();
            }
        }
        self.normalizers().push(normalizer);
    }

    fn normalizers(&self) -> MutexGuard<'_, Vec<Normalizer<'a>>> {
        self.normalizers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a list of records says of one: its place, names and times.
pub(crate) struct ListedRecord<'r> {
    /// The file, as the user named it.
    pub(crate) file: &'r str,
    /// The sheet that it is in, in a workbook.
    pub(crate) sheet: Option<&'r str>,
    /// Its place in the file.
    pub(crate) place: Place,
    /// The agent as written; empty when there is none.
    pub(crate) agent: Cow<'r, str>,
    /// Its id.
    pub(crate) id: Option<Cow<'r, str>>,
    /// Its schedule.
    pub(crate) schedule: Option<Cow<'r, str>>,
    /// The version of that schedule, as written.
    pub(crate) version: Option<Cow<'r, str>>,
    /// When it starts and ends, where that could be read.
    pub(crate) times: [Option<Stamp>; 2],
}

/// A record that was found again.
struct FoundAgain<'s, 'r, 'b> {
    source: &'s Source,
    conventions: Conventions,
    recalled: Recalled<'r, 'b>,
}

impl<'r> FoundAgain<'r, 'r, '_> {
    fn context(&self) -> Context {
        Context { role: self.source.file.role, conventions: self.conventions }
    }

    fn record(self, normalizer: &mut Normalizer<'_>) -> Record {
        record(self.source, self.conventions, normalizer, self.recalled)
    }

    fn listed(self, normalizer: &mut Normalizer<'_>) -> ListedRecord<'r> {
        let context = self.context();
        let FoundAgain { source, recalled: Recalled { row, place, .. }, .. } = self;
        let sheet = source.sheet().map(|sheet| &*sheet.name);
        let known = |word: &'r [u8]| (!word.is_empty()).then(|| lossy(word));
        ListedRecord {
            file: file_of(&source.file.shown, sheet),
            sheet,
            agent: lossy(row.word(Field::Agent)),
            id: known(row.id()),
            schedule: known(row.word(Field::Schedule)),
            version: known(row.word(Field::Version)),
            times: normalizer.displayed_times(row, context),
            place,
        }
    }
}

/// Reads records again, and of some the activities that are listed.
fn recall_with(
    schedule: &Schedule<'_>,
    wanted: &[Origin],
    listed: &BTreeMap<Origin, Listed>,
) -> Records {
    let run = schedule.run;
    let mut numbers = Vec::new();
    let mut portions = Vec::new();
    for of_source in wanted.chunk_by(|one, other| one.source() == other.source()) {
        let number = of_source[0].source();
        let Some(source) = run.sources.get(usize::from(number)) else { continue };
        numbers.push(number);
        let size = if source.reads_forward() { of_source.len() } else { PORTION };
        portions.extend(of_source.chunks(size));
    }
    let recaller = Recaller::of(schedule, numbers);
    let recalled = run.pool.map(portions, |portion| {
        let mut records = Vec::with_capacity(portion.len());
        let mut found = ActivityFacts::default();
        recaller.each(portion, |origin, normalizer, again| {
            if let Some(listed) = listed.get(&origin) {
                let row = again.recalled.row;
                found.look(normalizer, row, again.context(), (origin, listed));
            }
            records.push((origin, Arc::new(again.record(normalizer))));
        });
        (records, found)
    });
    let (mut origins, mut records) = (Vec::new(), Vec::new());
    origins.reserve_exact(wanted.len());
    records.reserve_exact(wanted.len());
    let mut activities = ActivityFacts::default();
    for (portion, found) in recalled {
        for (origin, record) in portion {
            origins.push(origin);
            records.push(record);
        }
        activities.add(found);
    }
    Records::new(origins, records, activities)
}

/// What the facts name, and what else their swaps need to be told.
fn wanted(facts: &Facts, settled: &Settled) -> Vec<Origin> {
    let overlaps = facts.overlaps.iter().flat_map(|pair| [pair.earlier.origin, pair.later.origin]);
    let defects = facts.defects.iter().map(|defect| defect.origin);
    let notices = facts.notices.iter().flat_map(Notice::origins);
    let remarks = facts.remarks.iter().flat_map(IdRemark::origins);
    let misfits = facts.misfits.keys().copied();
    let parting = facts.overlaps.iter().filter_map(|overlap| settled.parting(overlap));
    let swaps = parting.map(|(step, _)| step.swap);
    let all = overlaps.chain(defects).chain(notices).chain(remarks).chain(misfits).chain(swaps);
    let mut wanted: Vec<Origin> = all.collect();
    wanted.extend(moved::wanted(settled, &wanted));
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

pub(super) fn record(
    source: &Source,
    conventions: Conventions,
    normalizer: &mut Normalizer<'_>,
    recalled: Recalled<'_, '_>,
) -> Record {
    let Recalled { row, place, excerpt } = recalled;
    let excerpt = excerpt();
    let role = source.file.role;
    let (explained, trade) = match role {
        Role::Swaps => {
            let DisplayedSwap { start, end, zone, halves } =
                normalizer.display_swap(row, conventions);
            let text = |word: &[u8]| String::from_utf8_lossy(word).into_owned();
            let trade = Trade {
                shift: text(row.id_in(Field::Shift)),
                with_agent: text(row.word(Field::WithAgent)),
                with_shift: text(row.id_in(Field::WithShift)),
                agreed: halves,
            };
            (Displayed { start, end, zone, ..Displayed::default() }, Some(trade))
        }
        _ => (normalizer.display(row, Context { role, conventions }, &excerpt), None),
    };
    let known = |field, word: &[u8]| (!word.is_empty()).then(|| excerpt.word(field, word));
    let word = |field| known(field, row.word(field));
    Record {
        role,
        side: explained.side,
        path: Arc::clone(&source.file.shown),
        number: place.number,
        line: place.line,
        pointer: place.pointer.map(String::into_boxed_str),
        sheet: source.sheet().cloned(),
        agent: word(Field::Agent).unwrap_or_default(),
        id: known(Field::Id, row.id()),
        schedule: word(Field::Schedule),
        version: word(Field::Version),
        request: word(Field::Request).or_else(|| activities::only_request(row)),
        status: word(Field::Status),
        zone: explained.zone,
        clock_source: explained.clock_source,
        start: explained.start,
        end: explained.end,
        overnight: explained.overnight,
        several: explained.several,
        trade: trade.map(Box::new),
        moved_by: None,
        excerpt,
    }
}
