//! Finds words that take back what an answer says of items that went well.
//!
//! A transaction can be undone after each of its items has been written.

use super::draft::Draft;
use super::statuses::ItemVerdict;
use crate::model::complaint::{Complaint, Reason, ResponseShape, ServerAnswer};

/// Why items that went well are not counted as accepted.
pub(super) const FAILED: &str =
    "it names items that went well, and says beside them that the request failed or was undone";

/// Takes back what went well where a complaint about no item says that all was undone. Of several
/// requests only one was.
pub(super) fn of_complaints(answer: &mut ServerAnswer) {
    let is_of_several = matches!(answer.shape, ResponseShape::Curl | ResponseShape::Har);
    if !is_of_several && answer.complaints.iter().any(undoes_all) {
        answer.doubt(0, FAILED);
    }
}

fn undoes_all(complaint: &Complaint) -> bool {
    complaint.reason == Some(Reason::RejectedWithChunk) && complaint.names.is_of_all()
}

/// Whether what stands around some items, of which so many failed, says that the others did not
/// go well either.
pub(super) fn header_denies(header: &Draft, complaints: usize) -> bool {
    let heard = header.heard();
    let is_undone = header.undone || heard.reason == Some(Reason::RejectedWithChunk);
    let is_failed = header.verdict == ItemVerdict::Bad
        || heard.complains() && !heard.success && !header.is_remark;
    is_undone
        || header.status.is_some_and(|status| status >= 400)
        || header.failures > complaints as u64
        // Items that failed are why the whole did not succeed.
        || is_failed && complaints == 0
}
