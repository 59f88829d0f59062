//! Writes findings as JSON objects.
//!
//! Decides which members they have. A large report is findings and little else, so their members
//! are added to the text one by one, without a serializer.

use super::members::{
    push_flag, push_integer, push_list, push_maybe, push_name, push_number, push_stamp, push_word,
};
use crate::model::cause::{Cause, RemedyChange};
use crate::model::finding::{Finding, Record, SharedTime};
use crate::model::offer::FixOffer;
use crate::model::prefetch;
use crate::model::row::Field;
use std::sync::Arc;

/// Asks for the records of findings that are about to be added.
pub(super) fn prepare(findings: &[Finding]) {
    prefetch::records(findings.iter().flat_map(|finding| &finding.records));
}

/// Adds a finding.
pub(super) fn push(finding: &Finding, text: &mut String) {
    let claim: Option<&SharedTime> = finding.claim.as_ref();
    let words = finding.words();
    push_name(text, "{\"rule\":", finding.rule.code);
    push_name(text, ",\"name\":", finding.rule.name);
    push_name(text, ",\"severity\":", finding.severity.name());
    push_name(text, ",\"certainty\":", finding.certainty.name());
    push_flag(text, ",\"cross_day\":", finding.cross_day);
    push_maybe(text, ",\"agent\":", finding.agent.as_deref());
    push_stamp(text, ",\"start\":", claim.map(|claim| &claim.start));
    push_stamp(text, ",\"end\":", claim.map(|claim| &claim.end));
    push_integer(text, ",\"minutes\":", claim.map(|claim| claim.minutes));
    push_list(text, ",\"records\":", &finding.records, push_record);
    push_word(text, ",\"message\":", &words.message);
    push_word(text, ",\"help\":", &words.help);
    push_list(text, ",\"causes\":", &finding.causes, push_cause);
    push_list(text, ",\"fixes\":", &finding.offers().collect::<Vec<_>>(), push_offer);
    push_integer(text, ",\"cluster\":", finding.cluster.map(i64::from));
    text.push_str(",\"fingerprint\":\"");
    finding.fingerprint.push_to(text);
    push_name(text, "\",\"state\":", finding.state.name());
    text.push('}');
}

pub(super) fn push_record(text: &mut String, record: &Arc<Record>) {
    push_name(text, "{\"role\":", record.role.name());
    push_maybe(text, ",\"kind\":", kind(record));
    push_word(text, ",\"path\":", record.file());
    push_number(text, ",\"record\":", record.number);
    push_number(text, ",\"line\":", record.line);
    if let Some(sheet) = &record.sheet {
        push_word(text, ",\"sheet\":", &sheet.name);
        let cell = sheet.cell(Field::TIMES.iter().copied(), record.line);
        push_word(text, ",\"cell\":", &cell);
    }
    push_maybe(text, ",\"pointer\":", record.pointer.as_deref());
    push_maybe(text, ",\"id\":", record.id.as_deref());
    push_maybe(text, ",\"schedule\":", record.schedule.as_deref());
    push_maybe(text, ",\"status\":", record.status.as_deref());
    push_maybe(text, ",\"zone\":", record.zone.as_deref());
    push_stamp(text, ",\"start\":", record.start.at.as_ref());
    push_stamp(text, ",\"end\":", record.end.at.as_ref());
    let agent = Some(record.agent.as_str()).filter(|agent| !agent.is_empty());
    push_maybe(text, ",\"agent\":", agent);
    push_flag(text, ",\"overnight\":", Some(record.overnight));
    push_maybe(text, ",\"version\":", record.version.as_deref());
    if let Some(swap) = &record.moved_by {
        push_word(text, ",\"moved_by\":", swap);
    }
    text.push('}');
}

fn push_cause(text: &mut String, cause: &Cause) {
    push_word(text, "{\"kind\":", cause.kind.name());
    push_word(text, ",\"message\":", &cause.message);
    text.push('}');
}

/// Adds what could be changed in a record.
fn push_offer(text: &mut String, offer: &FixOffer<'_>) {
    let (start, end) = match &offer.change {
        RemedyChange::Removed => (None, None),
        RemedyChange::Times { start, end } => (Some(start), Some(end)),
    };
    push_maybe(text, "{\"cause\":", offer.cause.map(|cause| cause.kind.name()));
    push_number(text, ",\"record\":", offer.place as u64);
    push_flag(text, ",\"remove\":", Some(offer.change == RemedyChange::Removed));
    push_stamp(text, ",\"start\":", start);
    push_stamp(text, ",\"end\":", end);
    push_word(text, ",\"message\":", &offer.instruction());
    text.push('}');
}

fn kind(record: &Record) -> Option<&'static str> {
    let swap = record.trade.as_ref().map(|_| "swap");
    swap.or(record.side.map(|side| side.kind.name()))
}
