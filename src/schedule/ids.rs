//! Decides whether ids matter, and whether they name records.

use super::run::{Again, Run};
use crate::judge::rule_of_notice;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::AgentKey;
use crate::model::settings::Replace;
use crate::model::shift::Entry;
use crate::model::source::{Origin, Role};
use crate::reconcile::{self, Holdings, Replacing, Sharing};

/// Whether it matters that an id comes twice: for a rule, or for what replaces or
/// carries what.
pub(crate) fn wants_ids(run: &Run<'_>) -> bool {
    let mut kinds = NoticeKind::ALL.into_iter().filter(|kind| kind.by_id());
    let is = |role: Role| run.sources.iter().any(|source| source.file.role == role);
    kinds.any(|kind| run.settings.is_on(rule_of_notice(kind).code))
        || run.settings.is_on(rule_of_notice(NoticeKind::ClientMadeId).code)
        || (run.settings.replace == Replace::Id && is(Role::Published))
        || is(Role::TimeOff)
}

/// Whether a record has an id that must not be another's: one of the batch, or a
/// published one.
pub(crate) fn has_id(run: &Run<'_>, entry: &Entry) -> bool {
    entry.id.is_some() && (entry.side().batch || run.role_of(entry.origin) == Role::Published)
}

/// Says which files have ids that do not name records, if nobody knew.
///
/// # Errors
/// When there are any.
pub(crate) fn shared_ids(
    run: &Run<'_>,
    holdings: &Holdings,
    with_ids: &[u64],
) -> Result<(), Again> {
    if run.ids_are_mapped() {
        return Ok(());
    }
    let sharing = holdings.sharing();
    let mut found = Vec::new();
    for wanted in [Role::Batch, Role::Published] {
        let of_role = |source: &u16| {
            let source = &run.sources[usize::from(*source)];
            source.file.role == wanted && !source.facts().has_record_ids
        };
        let files = sharing.iter().filter(|(source, _)| of_role(source));
        let files: Vec<(Sharing, u64)> =
            files.map(|(source, of)| (*of, with_ids[usize::from(*source)])).collect();
        found.extend(reconcile::sharing_habitually(&files).into_iter().map(|(of, with_id)| {
            let detail = Detail::SharedIds { sharing: of.records, with_id };
            let notice = Notice::about(
                NoticeKind::SharedIds,
                AgentKey::NONE,
                [Some(of.first), of.other, None],
            );
            (usize::from(of.first.source()), Notice { detail, ..notice })
        }));
    }
    if found.is_empty() {
        found = ids_of_no_records(run, holdings);
    }
    if found.is_empty() { Ok(()) } else { Err(Again::SharedIds(found)) }
}

/// So many records that are whole weeks apart from those with their ids are no coincidence.
const FEWEST_BY_WEEKS: u64 = 3;

/// The files of the batch whose ids do not name records, by the published records that they would
/// replace: they only number rows, as those of what is published do, and most are of another day;
/// or all are whole weeks away, as the slots of a week are.
fn ids_of_no_records(run: &Run<'_>, holdings: &Holdings) -> Vec<(usize, Notice)> {
    let of = |role: Role| {
        let places = (0..run.sources.len()).filter(move |at| run.sources[*at].file.role == role);
        places.collect::<Vec<usize>>()
    };
    let (batch, published) = (of(Role::Batch), of(Role::Published));
    let number = |places: &[usize]| places.iter().all(|at| run.sources[*at].ids_number_rows());
    let has_record_ids = |place: &usize| run.sources[*place].facts().has_record_ids;
    if published.is_empty() || batch.iter().chain(&published).any(has_record_ids) {
        return Vec::new();
    }
    let Replacing { records: replacing, apart, by_weeks } = holdings.replacing();
    let detail = if 2 * apart > replacing && number(&batch) && number(&published) {
        Detail::RowNumbers { replacing, apart }
    } else if by_weeks == replacing && replacing >= FEWEST_BY_WEEKS {
        Detail::WeeklySlots(replacing)
    } else {
        return Vec::new();
    };
    let notice = |place: usize| {
        let first = run.sources[place].first_record()?;
        let first = Origin::new(u16::try_from(place).ok()?, first);
        let notice =
            Notice::about(NoticeKind::SharedIds, AgentKey::NONE, [Some(first), None, None]);
        Some((place, Notice { detail, ..notice }))
    };
    batch.into_iter().filter_map(notice).collect()
}
