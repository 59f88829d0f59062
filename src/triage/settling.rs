//! Decides what a complaint is: by the reason that the answer names, else by the data.

use super::matching::{FoundRecords, MatchedBy};
use super::{ExplainedBy, MOST_CANDIDATES, SentChunk, TriageClass};
use crate::model::complaint::{Complaint, Reason};
use crate::model::finding::{Certainty, Finding, FindingsByRecord, Record, RecordPlace, Report};
use crate::model::rule::Severity;
use crate::model::source::Role;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What a complaint turned out to be.
pub(super) struct SettledComplaint {
    pub(super) class: TriageClass,
    pub(super) explained_by: ExplainedBy,
    pub(super) confirmed: Option<bool>,
    pub(super) findings: Vec<usize>,
    pub(super) also: Vec<usize>,
    pub(super) message: String,
    pub(super) next: String,
    /// Whether the records that were found are those that it means.
    pub(super) is_settled: bool,
}

impl SettledComplaint {
    /// Adds that the only record that is meant is live already. To send it again is no error of
    /// the data: it explains that it exists, or that it overlaps an existing one, and no more.
    pub(super) fn add_live(&mut self, complaint: &Complaint) {
        const LIVE: &str = "the record is live already, with the same agent, start and end";
        match self.class {
            TriageClass::DuplicateId
                if complaint.reason == Some(Reason::AlreadyExists) && self.findings.is_empty() =>
            {
                self.class = TriageClass::AlreadyLive;
                self.confirmed = Some(true);
                self.message = LIVE.to_owned();
                self.next = TriageClass::AlreadyLive.next().to_owned();
            }
            TriageClass::Unknown if complaint.claims_overlap => {
                self.class = TriageClass::AlreadyLive;
                self.explained_by = ExplainedBy::Data;
                self.message = LIVE.to_owned();
                self.next = TriageClass::AlreadyLive.next().to_owned();
                self.is_settled = true;
            }
            TriageClass::Unknown => self.message = format!("{}; {LIVE}", self.message),
            _ => {}
        }
    }
}

/// The findings of a check by their records.
pub(super) struct Findings<'a> {
    report: &'a Report,
    by_record: FindingsByRecord<'a>,
    /// Records of the batch that a plan has not sent.
    unsent: HashSet<RecordPlace<'a>>,
    /// Findings about more records than they name.
    by_name: HashMap<SharedName<'a>, Vec<usize>>,
}

/// What records share that one finding is about, although it names only the first of them.
#[derive(Debug, PartialEq, Eq, Hash)]
enum SharedName<'a> {
    /// A schedule that is written by a file.
    Schedule(&'a str, &'a str),
    Id(&'a str),
    Agent(&'a str),
}

impl<'a> SharedName<'a> {
    /// What the records of a finding by this rule share.
    fn of(finding: &Finding, record: &'a Record) -> Option<SharedName<'a>> {
        // What changed of a whole schedule is no agent's.
        let code = match finding.rule.code {
            "VR106" if finding.agent.is_some() => return None,
            code => code,
        };
        Self::by_code(code, record)
    }

    fn by_code(code: &str, record: &'a Record) -> Option<SharedName<'a>> {
        match code {
            "VR101" | "VR103" | "VR104" | "VR106" => {
                Some(SharedName::Schedule(&record.path, record.schedule.as_deref()?))
            }
            "ID101" => Some(SharedName::Id(record.id.as_deref()?)),
            "ID104" => Some(SharedName::Agent(&record.agent)),
            _ => None,
        }
    }
}

impl<'a> Findings<'a> {
    pub(super) fn of(report: &'a Report, chunks: Option<&[SentChunk]>) -> Findings<'a> {
        let mut by_name: HashMap<SharedName<'_>, Vec<usize>> = HashMap::new();
        for (place, finding) in report.findings.iter().enumerate() {
            for record in finding.records.iter().filter(|record| record.role == Role::Batch) {
                if let Some(name) = SharedName::of(finding, record) {
                    by_name.entry(name).or_default().push(place);
                }
            }
        }
        let by_record = FindingsByRecord::of(&report.findings);
        let unsent = chunks.map_or_else(HashSet::new, |chunks| unsent(report, chunks));
        Findings { report, by_record, unsent, by_name }
    }

    /// Whether a finding can be a reason for what a server says: a record that was not sent is in
    /// the way of nothing.
    fn is_of_push(&self, finding: &Finding) -> bool {
        self.unsent.is_empty()
            || !finding.records.iter().any(|record| self.unsent.contains(&record.key()))
    }

    fn get(&self, place: usize) -> &'a Finding {
        &self.report.findings[place]
    }

    /// The findings about a record.
    fn of_record(&self, record: &Record) -> Vec<usize> {
        let mut places = self.by_record.naming(record).collect::<Vec<_>>();
        for code in ["VR101", "ID101", "ID104"] {
            let shared = SharedName::by_code(code, record).and_then(|name| self.by_name.get(&name));
            let is_of_agent = |place: &&usize| {
                let finding = self.get(**place);
                code != "VR101" || finding.agent.as_ref().is_none_or(|of| *of == record.agent)
            };
            places.extend(shared.into_iter().flatten().filter(is_of_agent));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The findings of a record by the class that they give, as far as they are certain errors.
    /// A pending request is a warning, and refuses a shift all the same.
    fn explaining(&self, record: &Record) -> BTreeMap<TriageClass, Vec<usize>> {
        let mut classes: BTreeMap<TriageClass, Vec<usize>> = BTreeMap::new();
        for place in self.of_record(record) {
            let finding = self.get(place);
            let counts = finding.certainty == Certainty::Certain
                && (finding.severity == Severity::Error || finding.rule.code == "OV202")
                && self.is_of_push(finding);
            if let Some(class) = TriageClass::of_rule(finding.rule.code).filter(|_| counts) {
                classes.entry(class).or_default().push(place);
            }
        }
        classes
    }

    /// The certain findings of a record that give a class. What a server names itself is
    /// confirmed by some warnings, too.
    fn shows(&self, record: &Record, class: TriageClass) -> Vec<usize> {
        let gives = |place: &usize| {
            let finding = self.get(*place);
            let counts = finding.severity == Severity::Error
                || ["OV202", "SW102", "SW104"].contains(&finding.rule.code);
            counts
                && finding.certainty == Certainty::Certain
                && self.is_of_push(finding)
                && TriageClass::of_rule(finding.rule.code) == Some(class)
        };
        self.of_record(record).into_iter().filter(gives).collect()
    }
}

/// The records of the batch in findings that no chunk has.
fn unsent<'a>(report: &'a Report, chunks: &[SentChunk]) -> HashSet<RecordPlace<'a>> {
    let sent: HashSet<(&str, u64)> = chunks
        .iter()
        .flat_map(|chunk| chunk.records.iter().map(|(path, number)| (&**path, *number)))
        .collect();
    let records = report.findings.iter().flat_map(|finding| &finding.records);
    let is_unsent = |record: &&Arc<Record>| {
        record.role == Role::Batch && !sent.contains(&(&*record.path, record.number))
    };
    records.filter(is_unsent).map(|record| record.key()).collect()
}

/// Which side files were given.
pub(super) struct GivenFiles(BTreeSet<Role>);

impl GivenFiles {
    pub(super) fn of(report: &Report) -> GivenFiles {
        GivenFiles(report.inputs.iter().map(|input| input.role).collect())
    }

    /// Whether the files could show a reason, if it were in the data.
    fn could_show(&self, class: TriageClass, records: &[Arc<Record>]) -> bool {
        let has = |role| self.0.contains(&role);
        match class {
            TriageClass::TimeOff | TriageClass::PendingTimeOff => has(Role::TimeOff),
            TriageClass::PendingSwap | TriageClass::StaleSwap => has(Role::Swaps),
            TriageClass::StaleVersion => {
                has(Role::Published) && records.iter().all(|record| record.version.is_some())
            }
            TriageClass::DuplicateId => has(Role::Published),
            TriageClass::UnknownAgent => has(Role::Agents),
            _ => false,
        }
    }
}

/// Decides what a complaint is that can mean these records.
pub(super) fn settle(
    complaint: &Complaint,
    found: &FoundRecords,
    records: &[Arc<Record>],
    findings: &Findings<'_>,
    given: &GivenFiles,
) -> SettledComplaint {
    let mut settled = match complaint.reason {
        Some(reason) => by_answer(reason, found, records, findings, given),
        None if found.by == Some(MatchedBy::Agent) => by_agent(complaint, records, findings),
        None => by_data(complaint, found, records, findings),
    };
    let all = records.iter().take(MOST_CANDIDATES).flat_map(|record| findings.of_record(record));
    let all: BTreeSet<usize> = all.collect();
    let explaining: BTreeSet<usize> = settled.findings.iter().copied().collect();
    // These are about a file, and name a record as an example.
    let is_of_file =
        |place: &&usize| ["ID107", "ID109", "RC108"].contains(&findings.get(**place).rule.code);
    settled.also =
        all.difference(&explaining).filter(|place| !is_of_file(place)).copied().collect();
    settled
}

/// The answer names a precise reason, which the data confirms or not.
fn by_answer(
    reason: Reason,
    found: &FoundRecords,
    records: &[Arc<Record>],
    findings: &Findings<'_>,
    given: &GivenFiles,
) -> SettledComplaint {
    let class = TriageClass::of_reason(reason);
    let shown: Vec<Vec<usize>> =
        records.iter().map(|record| findings.shows(record, class)).collect();
    let is_precise = records.len() == 1
        || !records.is_empty() && !matches!(found.by, Some(MatchedBy::Agent | MatchedBy::Schedule));
    let is_settled = is_precise || found.by == Some(MatchedBy::Schedule);
    let all = !shown.is_empty() && shown.iter().all(|places| !places.is_empty());
    let any = shown.iter().any(|places| !places.is_empty());
    let confirmed = match (all || any && !is_precise, any) {
        (true, _) => Some(true),
        (false, false) if !records.is_empty() && given.could_show(class, records) => Some(false),
        _ => None,
    };
    let explaining: BTreeSet<usize> = match confirmed {
        Some(true) => shown.into_iter().flatten().collect(),
        _ => BTreeSet::new(),
    };
    let explaining: Vec<usize> = explaining.into_iter().collect();
    let message = match explaining.first() {
        Some(place) => told(findings, *place, explaining.len()),
        None if confirmed == Some(false) => {
            format!("{}; the given files do not show it", class.said())
        }
        None => class.said().to_owned(),
    };
    SettledComplaint {
        class,
        explained_by: ExplainedBy::Response,
        confirmed,
        findings: explaining,
        also: Vec::new(),
        message,
        next: class.next().to_owned(),
        is_settled,
    }
}

/// The answer claims that an agent has an overlap, and does not say where. If it names several
/// agents, each of them has to have one, and all of one kind.
fn by_agent(
    complaint: &Complaint,
    records: &[Arc<Record>],
    findings: &Findings<'_>,
) -> SettledComplaint {
    let mut agents: BTreeMap<&str, BTreeMap<TriageClass, BTreeSet<usize>>> = BTreeMap::new();
    for record in records {
        let classes = agents.entry(&record.agent).or_default();
        let explaining = findings.explaining(record).into_iter();
        for (class, places) in explaining.filter(|(class, _)| class.is_overlap()) {
            classes.entry(class).or_default().extend(places);
        }
    }
    agents.values_mut().for_each(leave_out_pending);
    let mut explained = agents.into_values().map(|mut classes| {
        let only = classes.pop_first().filter(|_| classes.is_empty());
        only.filter(|_| complaint.claims_overlap)
    });
    let first = explained.next().flatten();
    let all = explained.try_fold(first, |all, next| match (all, next) {
        (Some((class, mut places)), Some((other, more))) if class == other => {
            places.extend(more);
            Some(Some((class, places)))
        }
        _ => None,
    });
    match all.flatten() {
        Some((class, places)) => of_data(class, places.into_iter().collect(), findings, true),
        None => unknown(unknown_of_agent(complaint, records), false),
    }
}

/// A pending request is a warning, and no reason beside an error.
fn leave_out_pending<Places>(classes: &mut BTreeMap<TriageClass, Places>) {
    if classes.len() > 1 {
        classes.remove(&TriageClass::PendingTimeOff);
    }
}

/// The records settle it, if each of them is explained, and all of them alike.
fn by_data(
    complaint: &Complaint,
    found: &FoundRecords,
    records: &[Arc<Record>],
    findings: &Findings<'_>,
) -> SettledComplaint {
    let explained = |record: &Arc<Record>| {
        let mut classes = findings.explaining(record);
        classes.retain(|class, places| can_be(complaint, *class, places, findings));
        leave_out_pending(&mut classes);
        let is_first = [400, 404, 422].map(Some).contains(&complaint.status);
        match is_first {
            // A request that is wrong or names what is not there has no conflict.
            true => classes.pop_last(),
            false => classes.pop_first(),
        }
    };
    let explained: Vec<Option<(TriageClass, Vec<usize>)>> = records.iter().map(explained).collect();
    let first = explained.first().and_then(Option::as_ref).map(|(class, _)| *class);
    let is_same = |of: &Option<(TriageClass, Vec<usize>)>| of.as_ref().map(|of| of.0) == first;
    let is_whole = found.count == records.len();
    match first.filter(|_| is_whole && explained.iter().all(is_same)) {
        Some(class) => {
            let places = explained.into_iter().flatten().flat_map(|(_, places)| places);
            let places: BTreeSet<usize> = places.collect();
            of_data(class, places.into_iter().collect(), findings, complaint.claims_overlap)
        }
        None => {
            let mut settled = unknown(unknown_of(complaint, found), records.len() == 1);
            if records.is_empty() && names_something(complaint) && !found.needs_base {
                let steps = settled.next;
                settled.next =
                    format!("make sure that this is the answer to this batch; if so, {steps}");
            }
            settled
        }
    }
}

/// Whether a complaint without a reason can be of a class that the data shows.
fn can_be(
    complaint: &Complaint,
    class: TriageClass,
    places: &mut Vec<usize>,
    findings: &Findings<'_>,
) -> bool {
    if complaint.claims_overlap {
        return class.is_overlap();
    }
    if class == TriageClass::InvalidRecord && complaint.status == Some(409) {
        // A time without an offset is one that the server may read without trouble.
        places.retain(|place| findings.get(*place).rule.code.starts_with("RC"));
    }
    !places.is_empty()
}

fn of_data(
    class: TriageClass,
    findings_of: Vec<usize>,
    findings: &Findings<'_>,
    is_claimed: bool,
) -> SettledComplaint {
    let message = findings_of
        .first()
        .map_or_else(String::new, |place| told(findings, *place, findings_of.len()));
    SettledComplaint {
        class,
        explained_by: ExplainedBy::Data,
        confirmed: is_claimed.then_some(true),
        findings: findings_of,
        also: Vec::new(),
        message,
        next: class.next().to_owned(),
        is_settled: true,
    }
}

fn told(findings: &Findings<'_>, place: usize, count: usize) -> String {
    let message = findings.get(place).words().message.clone();
    match count {
        0 | 1 => message,
        count => format!("{message}; and {} more like it", count - 1),
    }
}

/// What to do about a record that nothing explains.
const UNKNOWN_RECORD: &str = "export what is live again and run this with the fresh --published, \
                              --time-off and --swaps; then read the schedule with the same token, \
                              which shows whether it may";

fn unknown(message: String, is_settled: bool) -> SettledComplaint {
    SettledComplaint {
        class: TriageClass::Unknown,
        explained_by: ExplainedBy::Nothing,
        confirmed: None,
        findings: Vec::new(),
        also: Vec::new(),
        message,
        next: match is_settled {
            // It need not be found by halves.
            true => UNKNOWN_RECORD.to_owned(),
            false => TriageClass::Unknown.next().to_owned(),
        },
        is_settled,
    }
}

fn unknown_of_agent(complaint: &Complaint, records: &[Arc<Record>]) -> String {
    let count = match records.len() {
        1 => "1 record".to_owned(),
        count => format!("{count} records"),
    };
    match complaint.claims_overlap {
        true => format!(
            "the answer names only the agent, who has {count} in the batch; no overlap in the \
             given files explains it alone"
        ),
        false => {
            format!("the answer names only the agent, who has {count} in the batch, and no reason")
        }
    }
}

/// Whether a complaint says in any way what it is about.
pub(super) fn names_something(complaint: &Complaint) -> bool {
    !complaint.names.names_nothing()
}

fn unknown_of(complaint: &Complaint, found: &FoundRecords) -> String {
    match (found.count, complaint.claims_overlap) {
        (0, _) if found.needs_base => "the answer names a record by its index, and nothing shows \
                                       whether that counts from 0 or from 1: --index-base says so"
            .to_owned(),
        (0, _) if names_something(complaint) => {
            "the answer names something that is not in this batch".to_owned()
        }
        (0, _) => "the answer does not say which record it means".to_owned(),
        (1, true) => "no overlap in the given files explains it".to_owned(),
        (1, false) => "no overlap or other error in the given files explains it".to_owned(),
        (count, _) => format!(
            "the answer can mean {count} records, and the given files do not explain all of them \
             alike"
        ),
    }
}
