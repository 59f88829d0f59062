//! Finds the records of the batch that a complaint means.

use super::sent::{SentBatch, SentFile, SentRecord};
use crate::answers::requests;
use crate::calendar::{Local, OffsetCache};
use crate::model::complaint::{Complaint, ItemName, ResponseShape, ServerAnswer};
use crate::model::keys::AgentKey;
use crate::model::time::{DAY, Instant};
use crate::schedule::Schedule;
use crate::timestamp::{self, Written};
use std::collections::{BTreeMap, BTreeSet};

/// By what a record was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// Its id.
    Id,
    /// Its index among the records that were sent.
    Index,
    /// Its JSON pointer in what was sent.
    Pointer,
    /// The body of the request, which the answer contains.
    RequestBody,
    /// Its agent and its start and end.
    AgentAndSpan,
    /// Its agent, of whose records it is the only one that meets the span.
    AgentAndTime,
    /// Its agent alone.
    Agent,
    /// Its schedule.
    Schedule,
    /// Nothing else was sent.
    OnlyRecord,
}

impl MatchedBy {
    /// The word used in reports: `agent-and-span`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MatchedBy::Id => "id",
            MatchedBy::Index => "index",
            MatchedBy::Pointer => "pointer",
            MatchedBy::RequestBody => "request-body",
            MatchedBy::AgentAndSpan => "agent-and-span",
            MatchedBy::AgentAndTime => "agent-and-time",
            MatchedBy::Agent => "agent",
            MatchedBy::Schedule => "schedule",
            MatchedBy::OnlyRecord => "only-record",
        }
    }
}

/// The records that a complaint can mean.
#[derive(Debug, Clone, Default)]
pub(super) struct FoundRecords {
    pub(super) by: Option<MatchedBy>,
    pub(super) records: Vec<u32>,
    /// How many records there are, of which the first are listed.
    pub(super) count: usize,
    /// Whether an index is named and nothing shows whether it counts from 0 or from 1.
    pub(super) needs_base: bool,
}

impl FoundRecords {
    fn new(by: MatchedBy, mut records: Vec<u32>) -> Option<FoundRecords> {
        /// A schedule can have all records of a batch, and each complaint can name it.
        const MOST: usize = 1000;
        records.sort_unstable();
        records.dedup();
        let count = records.len();
        records.truncate(MOST);
        records.shrink_to_fit();
        (count > 0).then_some(FoundRecords { by: Some(by), records, count, needs_base: false })
    }
}

/// One answer beside the batch.
pub(super) struct AnswerMatcher<'a> {
    schedule: &'a Schedule<'a>,
    batch: &'a SentBatch,
    /// The file of the batch that was sent.
    file: Option<&'a SentFile>,
    /// What its indexes count from.
    base: Option<u64>,
    /// Whether indexes and pointers are places in the batch.
    has_places: bool,
    /// Whether positions in its list are places in the batch.
    has_positions: bool,
}

impl<'a> AnswerMatcher<'a> {
    /// For an answer; `file` is what it answers to, if that is known, and `is_only` says whether
    /// it is the only answer to it.
    pub(super) fn new(
        schedule: &'a Schedule<'a>,
        batch: &'a SentBatch,
        answer: &ServerAnswer,
        file: Option<&'a SentFile>,
        (is_only, index_base): (bool, Option<u64>),
    ) -> AnswerMatcher<'a> {
        let names = || all_names(answer);
        let file = file.or_else(|| file_by_content(batch, answer));
        let has_ids = names().any(|name| !name.ids.is_empty());
        let are_ours = !has_ids || !batch.has_ids() || names_known_id(batch, answer);
        let has_places = is_only && are_ours && is_one_request(answer);
        let mut matcher = AnswerMatcher {
            schedule,
            batch,
            file,
            base: index_base,
            has_places,
            has_positions: false,
        };
        let positions: BTreeSet<u64> = names().filter_map(|name| name.position).collect();
        let count = file.map_or(0, |file| file.count);
        // Two lists have each position twice.
        let is_one_list = names().filter(|name| name.position.is_some()).count() == positions.len();
        let covers_all = is_one_list
            && positions.len() as u64 == count
            && positions.last().is_some_and(|last| last.saturating_add(1) == count);
        matcher.has_positions = has_places && covers_all;
        matcher.has_positions &= names().all(|name| !matcher.is_out_of_place(name));
        if index_base.is_none() {
            matcher.base = matcher.find_base(answer);
        }
        matcher
    }

    /// What the indexes of an answer count from: 0 if one of them is 0, 1 if one is the number of
    /// records, else what fits the ids and agents beside them.
    fn find_base(&self, answer: &ServerAnswer) -> Option<u64> {
        let file = self.file?;
        let indexed = || all_names(answer).filter_map(|name| Some((name.index?, name)));
        let most = indexed().map(|(index, _)| index).max()?;
        let has_0 = indexed().any(|(index, _)| index == 0);
        let fits = |base: u64| {
            let mut some = false;
            let all = indexed().all(|(index, name)| {
                let number = index.saturating_add(1).saturating_sub(base);
                let fit = file
                    .of_number(number)
                    .iter()
                    .map(|place| self.fits_names(self.batch.get(*place), name));
                let fit: Vec<Option<bool>> = fit.collect();
                some |= fit.contains(&Some(true));
                fit.contains(&Some(true)) || !fit.is_empty() && fit.iter().all(Option::is_none)
            });
            all && some
        };
        let only = |low: u64| match (fits(low), fits(low + 1)) {
            (true, false) => Some(low),
            (false, true) => Some(low + 1),
            _ => None,
        };
        if file.is_flat() && indexed().any(|(_, name)| name.is_line) {
            // With a header, the number of a line is one more than that of its record.
            return only(1);
        }
        if most > file.count || has_0 && most == file.count {
            // They count something else, such as lines with those of the header.
            return None;
        }
        if has_0 {
            return Some(0);
        }
        if most == file.count {
            return Some(1);
        }
        only(0)
    }

    /// Whether an element of a list has another id, agent or start than the record at its
    /// position: then the list has another order than what was sent.
    fn is_out_of_place(&self, name: &ItemName) -> bool {
        let number = name.position.and_then(|position| position.checked_add(1));
        let records =
            self.file.zip(number).map_or(&[][..], |(file, number)| file.of_number(number));
        !records.is_empty()
            && records
                .iter()
                .all(|place| self.fits_names(self.batch.get(*place), name) == Some(false))
    }

    /// Whether a record has the id or agent that a name has; `None` if it has neither, or one
    /// that the batch does not know.
    fn fits_names(&self, record: &SentRecord, name: &ItemName) -> Option<bool> {
        let known = |id: &&String| !self.batch.of_id(id).is_empty();
        if name.ids.iter().any(|id| known(&id)) {
            return Some(name.ids.iter().any(|id| id.eq_ignore_ascii_case(&record.id)));
        }
        let agents = self.known_agents(name);
        let fits = (!agents.is_empty()).then(|| agents.contains(&record.agent));
        if self.starts_elsewhere(record, name) { Some(false) } else { fits }
    }

    /// Whether a name has a start that is not that of a record: that of another record, or one
    /// that is more than a day away. One that is nearer can be written in another zone.
    fn starts_elsewhere(&self, record: &SentRecord, name: &ItemName) -> bool {
        let Some((start, _)) = record.span else { return false };
        let spans = self.spans(name);
        let is_of_other = |span: &NamedSpan| {
            let far = (span.start.millis() - start.millis()).abs() > DAY;
            far || self.batch.has_start(span.start)
        };
        !spans.is_empty() && spans.iter().all(|span| span.start != start && is_of_other(span))
    }

    /// Whether what was accepted has another agent than a record, or a start that is certainly not
    /// that of the record.
    pub(super) fn contradicts(&self, record: u32, name: &ItemName) -> bool {
        let record = self.batch.get(record);
        let agents = self.known_agents(name);
        let spans = self.spans(name);
        let starts_then =
            |span: &NamedSpan| record.span.is_none_or(|(start, _)| start == span.start);
        let is_moved = spans.iter().any(|span| span.is_instant)
            && !spans.iter().any(|span| !span.is_instant || starts_then(span));
        !agents.is_empty() && !agents.contains(&record.agent)
            || is_moved
            || self.starts_elsewhere(record, name)
    }

    /// Whether a name has ids, and the batch has ids but none of those.
    fn has_foreign_id(&self, name: &ItemName) -> bool {
        let known = |id: &String| !self.batch.of_id(id).is_empty();
        self.batch.has_ids() && !name.ids.is_empty() && !name.ids.iter().any(known)
    }

    /// The keys of the agents that a name has and the batch knows.
    fn known_agents(&self, name: &ItemName) -> Vec<AgentKey> {
        let Schedule { agents, keys, .. } = self.schedule;
        let key = |agent: &String| agents.key(keys, agent.as_bytes());
        let known = |agent: &AgentKey| !self.batch.of_agent(*agent).is_empty();
        name.agents.iter().map(key).filter(known).collect()
    }

    /// The records that a complaint means.
    pub(super) fn find(&self, complaint: &Complaint) -> FoundRecords {
        let spoken = self.spoken_agents(complaint);
        let with_agents = ItemName { agents: spoken, ..complaint.names.clone() };
        let name = match with_agents.agents.is_empty() {
            true => &complaint.names,
            false => &with_agents,
        };
        let is_placed = name.index.is_some() || name.pointer.is_some();
        let found = self
            .by_id(name)
            .or_else(|| self.by_schedule(name).filter(|_| !is_placed))
            .or_else(|| self.by_place(name))
            .or_else(|| self.by_request(name))
            .or_else(|| self.by_mention(name))
            .or_else(|| self.by_time(name))
            .or_else(|| self.by_agent(name))
            .or_else(|| self.by_schedule(name))
            .or_else(|| self.only_record(name));
        let needs_base = name.index.is_some() && self.has_places && self.base.is_none();
        FoundRecords { needs_base: found.is_none() && needs_base, ..found.unwrap_or_default() }
    }

    /// The agents of the batch whose names follow a label in the words of a complaint that names
    /// no agent otherwise. Any word can be a name: only the batch shows which is one.
    fn spoken_agents(&self, complaint: &Complaint) -> Vec<String> {
        const LABELS: [&str; 7] =
            ["agent", "user", "employee", "worker", "person", "staff", "resource"];
        if !complaint.names.agents.is_empty() {
            return Vec::new();
        }
        let is_edge = |letter: char| !letter.is_alphanumeric();
        let words = complaint.message.split_whitespace();
        let words = words.flat_map(|word| word.split(['=', ':']));
        let words: Vec<&str> =
            words.map(|word| word.trim_matches(is_edge)).filter(|word| !word.is_empty()).collect();
        let mut found = Vec::new();
        for (place, word) in words.iter().enumerate() {
            if !LABELS.contains(&&*word.to_lowercase()) {
                continue;
            }
            let is_id = |word: &&&str| ["id", "with"].contains(&&*word.to_lowercase());
            let next = words.get(place + 1..).unwrap_or_default().iter().find(|word| !is_id(word));
            found.extend(next.map(|next| (*next).to_owned()));
        }
        let name = ItemName { agents: found, ..ItemName::default() };
        let is_known = !self.known_agents(&name).is_empty();
        if is_known { name.agents } else { Vec::new() }
    }

    fn by_id(&self, name: &ItemName) -> Option<FoundRecords> {
        let ids = name.ids.iter().flat_map(|id| self.batch.of_id(id)).copied();
        let records = self.narrowed(ids.collect(), name);
        // An id of one agent with the name of another one of the batch means neither.
        let agents = self.known_agents(name);
        let contradicts =
            |place: &u32| !agents.is_empty() && !agents.contains(&self.batch.get(*place).agent);
        if records.iter().any(contradicts) {
            return None;
        }
        // Of several records with one id, the place in what was sent says which.
        if records.len() > 1
            && let Some(placed) = self.by_place(name)
        {
            let records = placed.records.into_iter().filter(|place| records.contains(place));
            return FoundRecords::new(MatchedBy::Id, records.collect());
        }
        FoundRecords::new(MatchedBy::Id, records)
    }

    /// The records of the words that are ids because the batch knows them.
    fn by_mention(&self, name: &ItemName) -> Option<FoundRecords> {
        let is_named = !name.ids.is_empty() || name.index.is_some();
        let ids = if is_named { Vec::new() } else { name.mentions.clone() };
        self.by_id(&ItemName { ids, mentions: Vec::new(), ..name.clone() })
    }

    /// Of several records those that the agents, the spans and the file single out as well.
    fn narrowed(&self, mut records: Vec<u32>, name: &ItemName) -> Vec<u32> {
        let mut keep = |keeps: &dyn Fn(&SentRecord) -> bool| {
            if records.len() > 1 && records.iter().any(|place| keeps(self.batch.get(*place))) {
                records.retain(|place| keeps(self.batch.get(*place)));
            }
        };
        let agents = self.known_agents(name);
        keep(&|record| agents.contains(&record.agent));
        let spans = self.spans(name);
        keep(&|record| spans.iter().any(|span| span.equals(record)));
        if let Some(file) = self.file {
            keep(&|record| record.file == Some(file.place));
        }
        records
    }

    fn by_place(&self, name: &ItemName) -> Option<FoundRecords> {
        let file = self.file.filter(|_| self.has_places && name.request_body.is_none())?;
        let pointed = || {
            let pointer = name.pointer.as_deref()?;
            let without_root = pointer.get(1..)?.find('/').and_then(|end| pointer.get(end + 1..));
            let found = [Some(pointer), without_root].into_iter().flatten();
            let mut found = found.map(|pointer| file.of_pointer(pointer));
            found.find(|found| !found.is_empty()).map(|found| (MatchedBy::Pointer, found))
        };
        let indexed = || {
            let number = name.index?.checked_add(1)?.checked_sub(self.base?)?;
            Some((MatchedBy::Index, file.of_number(number)))
        };
        let positioned = || {
            let is_ours = self.has_positions && !self.has_foreign_id(name);
            let number = name.position.filter(|_| is_ours)?.checked_add(1)?;
            Some((MatchedBy::Index, file.of_number(number)))
        };
        let (by, records) = pointed().or_else(indexed).or_else(positioned)?;
        let fits = |place: &&u32| self.fits_names(self.batch.get(**place), name) != Some(false);
        FoundRecords::new(by, records.iter().filter(fits).copied().collect())
    }

    /// The records in the body of the request.
    fn by_request(&self, name: &ItemName) -> Option<FoundRecords> {
        let items = requests::items(name.request_body.as_deref()?);
        let of_pointer = name.pointer.as_deref().filter(|_| items.len() > 1);
        let meant = items.iter().filter(|item| {
            let place = item.place.pointer.as_deref().unwrap_or_default();
            of_pointer.is_none_or(|pointer| {
                pointer == place || pointer.strip_prefix(place).is_some_and(|r| r.starts_with('/'))
            })
        });
        let records = meant.filter_map(|item| self.by_id(item).or_else(|| self.by_span(item)));
        let records = records.flat_map(|found| found.records).collect();
        FoundRecords::new(MatchedBy::RequestBody, records)
    }

    fn by_time(&self, name: &ItemName) -> Option<FoundRecords> {
        self.by_span(name).or_else(|| {
            let spans = self.spans(name);
            let agents = self.known_agents(name);
            let records = agents.iter().flat_map(|agent| self.batch.of_agent(*agent));
            let meets = |place: &&u32| spans.iter().any(|span| span.meets(self.batch.get(**place)));
            let records: Vec<u32> = records.filter(meets).copied().collect();
            FoundRecords::new(MatchedBy::AgentAndTime, records)
                .filter(|found| found.records.len() == 1)
        })
    }

    /// Records of the agent with exactly this start and end.
    fn by_span(&self, name: &ItemName) -> Option<FoundRecords> {
        let spans = self.spans(name);
        let agents = self.known_agents(name);
        let records = agents.iter().flat_map(|agent| self.batch.of_agent(*agent));
        let equals = |place: &&u32| spans.iter().any(|span| span.equals(self.batch.get(**place)));
        let records = self.narrowed(records.filter(equals).copied().collect(), name);
        FoundRecords::new(MatchedBy::AgentAndSpan, records)
    }

    fn by_agent(&self, name: &ItemName) -> Option<FoundRecords> {
        let agents = self.known_agents(name);
        let records = agents.iter().flat_map(|agent| self.batch.of_agent(*agent));
        let spans = self.spans(name);
        let is_near = |place: &&u32| {
            let record = self.batch.get(**place);
            spans.is_empty() || spans.iter().any(|span| span.is_near(record))
        };
        let records = records.filter(is_near).copied().collect();
        let records = self.narrowed(records, &ItemName::default());
        FoundRecords::new(MatchedBy::Agent, records)
    }

    fn by_schedule(&self, name: &ItemName) -> Option<FoundRecords> {
        let records = name.ids.iter().flat_map(|id| self.batch.of_schedule(id));
        FoundRecords::new(MatchedBy::Schedule, records.copied().collect())
    }

    fn only_record(&self, name: &ItemName) -> Option<FoundRecords> {
        let is_nameless = name.names_nothing();
        let sent: Vec<u32> =
            self.file.map_or_else(Vec::new, |file| file.records().take(2).collect());
        let only = is_nameless && self.has_places && sent.len() == 1;
        FoundRecords::new(MatchedBy::OnlyRecord, if only { sent } else { Vec::new() })
    }

    fn spans(&self, name: &ItemName) -> Vec<NamedSpan> {
        let span = |(start, end): &(String, String)| {
            let (start, is_instant) = self.instant(start)?;
            let end = if end.is_empty() { None } else { Some(self.instant(end)?.0) };
            Some(NamedSpan { start, end, is_instant })
        };
        name.spans.iter().filter_map(span).collect()
    }

    /// The instant of a word, and whether it says that itself: local times are read in the zone of
    /// the run, if it has one.
    fn instant(&self, word: &str) -> Option<(Instant, bool)> {
        let word = word.trim().trim_matches('"');
        match timestamp::read(word.as_bytes(), None).ok()? {
            Written::Instant { at, .. } => Some((at, true)),
            Written::Local(local) => {
                let run = self.schedule.run;
                match run.calendar.local(run.zone?, local, &mut OffsetCache::default()) {
                    Local::Plain(offset) => Some((Instant::from_local(local, offset), false)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// A start, and an end if there is one.
struct NamedSpan {
    start: Instant,
    end: Option<Instant>,
    /// Whether it is written with its offset from UTC.
    is_instant: bool,
}

impl NamedSpan {
    fn equals(&self, record: &SentRecord) -> bool {
        record.span.is_some_and(|(start, end)| {
            start == self.start && self.end.is_none_or(|named| named == end)
        })
    }

    /// Whether a day at most lies between it and a record.
    fn is_near(&self, record: &SentRecord) -> bool {
        let named = (self.start.millis(), self.end.unwrap_or(self.start).millis());
        record.span.is_none_or(|(start, end)| {
            start.millis() - DAY <= named.1 && named.0 <= end.millis() + DAY
        })
    }

    fn meets(&self, record: &SentRecord) -> bool {
        let Some(named) = self.end else { return false };
        record.span.is_some_and(|(start, end)| start < named && self.start < end)
    }
}

/// The names of all that an answer complains of or has accepted.
pub(super) fn all_names(answer: &ServerAnswer) -> impl Iterator<Item = &ItemName> {
    let complaints = answer.complaints.iter().map(|complaint| &complaint.names);
    complaints.chain(&answer.accepted).chain(&answer.unclear)
}

fn names_known_id(batch: &SentBatch, answer: &ServerAnswer) -> bool {
    all_names(answer).flat_map(|name| &name.ids).any(|id| !batch.of_id(id).is_empty())
}

/// The only file that has the ids of an answer, or the only file.
pub(super) fn file_by_content<'b>(
    batch: &'b SentBatch,
    answer: &ServerAnswer,
) -> Option<&'b SentFile> {
    if let [file] = &*batch.files {
        return Some(file);
    }
    let ids = all_names(answer).flat_map(|name| &name.ids);
    let mut holders: BTreeSet<u32> = BTreeSet::new();
    for id in ids {
        holders.extend(batch.of_id(id).iter().filter_map(|place| batch.get(*place).file));
    }
    let only = holders.first().filter(|_| holders.len() == 1)?;
    batch.files.get(*only as usize)
}

/// Whether an answer is that to one request, so that its indexes are places in what was sent.
/// Two lines of a log that name one place are of two requests.
fn is_one_request(answer: &ServerAnswer) -> bool {
    if answer.shape == ResponseShape::Har {
        return all_names(answer).count() == 1;
    }
    let is_one = !matches!(
        answer.shape,
        ResponseShape::Lines
            | ResponseShape::Ndjson
            | ResponseShape::Curl
            | ResponseShape::Postgres
    );
    let mut lines: BTreeMap<(Option<u64>, Option<&str>), Option<u64>> = BTreeMap::new();
    is_one
        || all_names(answer).filter(|name| name.index.is_some() || name.pointer.is_some()).all(
            |name| {
                let place = (name.index, name.pointer.as_deref());
                *lines.entry(place).or_insert(name.place.line) == name.place.line
            },
        )
}

/// Whether an answer has ids, and none of them is in this batch, nor any of its agents.
pub(super) fn is_of_another_batch(
    schedule: &Schedule<'_>,
    batch: &SentBatch,
    answer: &ServerAnswer,
    is_known_id: &dyn Fn(&str) -> bool,
) -> bool {
    let Schedule { agents, keys, .. } = schedule;
    let bodies = all_names(answer).filter_map(|name| name.request_body.as_deref());
    let sent: Vec<ItemName> = bodies.flat_map(requests::items).collect();
    let all = || all_names(answer).chain(&sent);
    let ids = || all().flat_map(|name| &name.ids);
    let named = || all().flat_map(|name| &name.agents);
    let knows_id = |id: &String| {
        !batch.of_id(id).is_empty()
            || !batch.of_schedule(id).is_empty()
            || is_known_id(id)
            || !batch.of_agent(agents.key(keys, id.as_bytes())).is_empty()
    };
    let knows_agent =
        |agent: &String| !batch.of_agent(agents.key(keys, agent.as_bytes())).is_empty();
    let names_some = ids().next().is_some() && batch.has_ids() || named().next().is_some();
    names_some && !ids().any(knows_id) && !named().any(knows_agent)
}
