//! Turns what was collected about an item into a complaint or an accepted item.

use super::draft::{Draft, Inherited};
use super::input::Outer;
use super::names::{self, SpokenNames};
use super::phrases::HeardReason;
use super::postgres;
use super::statuses;
use crate::model::complaint::{AnswerPlace, Complaint, ItemName, Reason, ServerAnswer};

/// Adds an accepted item to the answer.
pub(super) fn accept(draft: Draft, path: &str, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    answer.accepted.push(placed(draft.names, path, outer));
}

/// Adds a complaint to the answer.
pub(super) fn complain(
    draft: Draft,
    inherited: &Inherited,
    path: &str,
    outer: &Outer<'_>,
    answer: &mut ServerAnswer,
) {
    let own = draft.heard();
    let own_message = draft.message();
    let message = if own_message.is_empty() { inherited.message.clone() } else { own_message };
    let status = draft.status.or_else(|| inherited.status.filter(|status| *status >= 400));
    let (reason, claims_overlap) = reason(&draft, own, inherited, status);
    let codes = if draft.codes.is_empty() { inherited.codes.clone() } else { draft.codes };
    let mut complaint = Complaint {
        number: answer.complaints.len() + 1,
        status,
        codes,
        reason,
        claims_overlap,
        names: placed(draft.names, path, outer),
        others: draft.others,
        other_spans: draft.other_spans,
        keys: Vec::new(),
        message,
    };
    add_spoken(&mut complaint, draft.spoken);
    if complaint.names.agents.is_empty() {
        complaint.names.agents.clone_from(&inherited.agents);
    }
    let ids = std::mem::take(&mut complaint.others);
    complaint.others = ids.into_iter().filter(|id| !complaint.names.ids.contains(id)).collect();
    answer.complaints.push(complaint);
}

fn placed(names: ItemName, path: &str, outer: &Outer<'_>) -> ItemName {
    let pointer = if path.is_empty() { outer.place.pointer.clone() } else { outer.pointer(path) };
    let place = AnswerPlace { line: outer.place.line, pointer };
    ItemName { place, request_body: outer.request_body.clone(), ..names }
}

/// The reason of a complaint, and whether it claims an overlap. Its own words count before those
/// around it, and words before a status.
fn reason(
    draft: &Draft,
    own: HeardReason,
    inherited: &Inherited,
    status: Option<u16>,
) -> (Option<Reason>, bool) {
    if status == Some(429) || draft.limit {
        return (Some(Reason::RateLimit), own.overlap);
    }
    let mut heard = own;
    // A header says that the batch was rolled back; the listed item is why it was.
    if !own.explains() && inherited.heard.reason != Some(Reason::RejectedWithChunk) {
        heard.reason = inherited.heard.reason;
        heard.overlap = inherited.heard.overlap;
    }
    let is_limited = inherited.limit && !heard.explains();
    let by_status = status.and_then(statuses::reason).filter(|reason| {
        // A wrong record or a failing server is vague beside an overlap.
        !heard.overlap || !matches!(reason, Reason::InvalidRecord | Reason::ServerError)
    });
    let is_vague = matches!(heard.reason, None | Some(Reason::InvalidRecord | Reason::ServerError));
    let reason = if is_vague { by_status.or(heard.reason) } else { heard.reason };
    (reason.or(is_limited.then_some(Reason::RateLimit)), heard.overlap)
}

/// Adds the names that the message contains, where no key has them.
fn add_spoken(complaint: &mut Complaint, spoken: Option<SpokenNames>) {
    let names = &mut complaint.names;
    if let Some(keys) = postgres::keys(&complaint.message) {
        let [own, other] = &keys;
        names.agents.extend(
            Some(own.agent.clone()).filter(|agent| names.agents.is_empty() && !agent.is_empty()),
        );
        names.spans = vec![(own.start.clone(), own.end.clone())];
        complaint.other_spans = vec![(other.start.clone(), other.end.clone())];
        complaint.keys = keys.into();
        complaint.claims_overlap = true;
        return;
    }
    if complaint.message.is_empty() {
        return;
    }
    let spoken = spoken.unwrap_or_else(|| names::read(&complaint.message));
    let add = |list: &mut Vec<String>, found: Vec<String>| {
        if list.is_empty() {
            *list = found;
        }
    };
    add(&mut names.ids, spoken.ids);
    add(&mut names.agents, spoken.agents);
    add(&mut complaint.others, spoken.others);
    if names.spans.is_empty() {
        names.spans = spoken.spans;
    }
    if complaint.other_spans.is_empty() {
        complaint.other_spans = spoken.other_spans;
    }
    names.mentions.extend(spoken.mentions);
    names.index = names.index.or(spoken.index);
    names.pointer = names.pointer.take().or(spoken.pointer);
    complaint.status = complaint.status.or(spoken.status.filter(|status| *status >= 400));
}
