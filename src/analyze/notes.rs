//! Puts what was noticed of the ids of an input into words.

use super::records::Records;
use crate::model::finding::{Record, brief};
use crate::model::spelling::are_alike;
use crate::schedule::remarks::IdRemark;
use crate::schedule::run::Again;

/// Puts the remarks into words, each for its source.
///
/// # Errors
/// When two names turn out to share a key.
pub(super) fn of_ids(remarks: &[IdRemark], records: &Records) -> Result<Vec<(u16, String)>, Again> {
    let mut notes = Vec::new();
    for remark in remarks {
        let source = remark.origins().next().unwrap_or_default().source();
        let named: Option<Vec<&Record>> =
            remark.origins().map(|origin| records.get(origin).map(|record| &**record)).collect();
        match (remark, named.as_deref()) {
            (IdRemark::Alike { count, partly, .. }, Some([here, there])) => {
                let ids = [here, there].map(|record| record.id.as_deref().unwrap_or_default());
                if !are_alike(ids[0], ids[1]) {
                    return Err(Again::Collision);
                }
                let spelled = spelled([here, there], ids);
                notes.push((source, note_of_ids(*count, *partly, &spelled)));
            }
            (IdRemark::Blanks(count, _), Some([first])) => {
                notes.push((source, note_of_blanks(*count, first)));
            }
            // The file changed meanwhile, which is told.
            _ => {}
        }
    }
    Ok(notes)
}

/// Two spellings with their places.
fn spelled([here, there]: [&Record; 2], [this, that]: [&str; 2]) -> String {
    let (this, that) = (brief(this), brief(that));
    format!("`{this}` ({}) and `{that}` ({})", text_position(here), there.place())
}

fn note_of_ids(count: u64, partly: bool, spelled: &str) -> String {
    let least = if partly { "at least " } else { "" };
    let what = match count {
        1 => format!("an id is spelled in two ways, {spelled}"),
        _ => format!("{least}{count} ids are spelled in two ways, such as {spelled}"),
    };
    format!(
        "{what}; each spelling is an id of its own, so that neither record takes the place of the \
         other: write the names alike"
    )
}

/// Where a record stands in its file.
fn text_position(record: &Record) -> String {
    match &record.pointer {
        Some(pointer) => pointer.to_string(),
        None => format!("line {}", record.line),
    }
}

fn note_of_blanks(count: u64, first: &Record) -> String {
    let id =
        format!("`{}` ({})", brief(first.id.as_deref().unwrap_or_default()), text_position(first));
    let what = match count {
        1 => format!("the id {id} has spaces around it, and is"),
        _ => format!("{count} ids have spaces around them, such as {id}, and are"),
    };
    format!("{what} not the same as without: remove the spaces if they mean nothing")
}
