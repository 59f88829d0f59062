//! Recognises columns and keys that mark a record as gone, not there yet, or approved.

use super::shape::Shape;
use super::words;
use crate::model::row::Field;
use crate::model::source::Role;

/// The names of marks of a record that is gone, or not there yet, folded and without
/// accents. Flags of cancelled records are only known if their name says that they
/// are flags: `cancelled` alone can hold anything.
const MARKS: [(Field, &[&str]); 3] = [
    (
        Field::Deleted,
        &[
            "deleted",
            "isdeleted",
            "removed",
            "isremoved",
            "softdeleted",
            "delete",
            "isstagedfordeletion",
            "geloscht",
            "geloescht",
            "supprime",
            "eliminado",
            "eliminato",
            "verwijderd",
        ],
    ),
    (Field::Cancelled, &["iscancelled", "iscanceled"]),
    (Field::Draft, &["draft", "isdraft", "entwurf", "brouillon", "borrador", "bozza"]),
];

/// The names of moments since which a record is gone, folded.
const MOMENTS: [(Field, &[&str]); 2] = [
    (
        Field::Deleted,
        &[
            "deletedat",
            "deletedon",
            "deleteddate",
            "deletedtime",
            "deleteddatetime",
            "deletedtimestamp",
            "deletedatutc",
            "datedeleted",
            "deletiondate",
            "softdeletedat",
            "removedat",
            "removedon",
            "removeddate",
            "dateremoved",
            "geloschtam",
            "geloeschtam",
            "supprimele",
            "eliminadoel",
            "eliminatoil",
            "eliminadoem",
            "verwijderdop",
        ],
    ),
    (
        Field::Cancelled,
        &[
            "cancelledat",
            "canceledat",
            "cancelledon",
            "canceledon",
            "cancelleddate",
            "canceleddate",
            "cancelledtime",
            "canceledtime",
            "datecancelled",
            "datecanceled",
            "cancellationdate",
            "cancelationdate",
            "storniertam",
            "annulele",
            "anuladoel",
            "canceladoel",
            "annullatoil",
            "canceladoem",
            "geannuleerdop",
        ],
    ),
];

/// The names of moments since which time off is refused, folded.
const REFUSALS: &[&str] = &[
    "rejectedat",
    "rejectedon",
    "rejecteddate",
    "daterejected",
    "rejectiondate",
    "deniedat",
    "deniedon",
    "denieddate",
    "datedenied",
    "declinedat",
    "declinedon",
    "declineddate",
    "datedeclined",
    "abgelehntam",
    "refusele",
    "rechazadoel",
    "rifiutatoil",
    "rejeitadoem",
    "afgewezenop",
];

/// The names of marks that their values have to confirm, folded.
const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "storniert",
    "annule",
    "cancelado",
    "anulado",
    "annullato",
    "geannuleerd",
];
const REFUSED: &[&str] = &[
    "rejected",
    "isrejected",
    "denied",
    "isdenied",
    "declined",
    "isdeclined",
    "refused",
    "abgelehnt",
    "refuse",
    "rechazado",
    "rifiutato",
    "rejeitado",
    "afgewezen",
];
const APPROVED: &[&str] = &[
    "approved",
    "isapproved",
    "genehmigt",
    "approuve",
    "aprobado",
    "approvato",
    "aprovado",
    "goedgekeurd",
];
const OPERATION: &[&str] = &[
    "action",
    "rowaction",
    "recordaction",
    "importaction",
    "operation",
    "op",
    "changetype",
    "aktion",
    "accion",
    "azione",
    "acao",
    "actie",
];

/// Names of columns that say for how much of a day time off is.
const PORTIONS: &[&str] =
    &["duration", "durationtype", "leaveduration", "daytype", "dayparttype", "tagesart"];

/// Whether a name can be that of a mark if its values say so.
pub(in crate::read) fn may_mark(name: &str) -> bool {
    let folded = words::folded(name);
    let lists = [OPERATION, CANCELLED, REFUSED, APPROVED, PORTIONS];
    lists.iter().any(|names| names.contains(&folded.as_str()))
}

/// The mark that a column is by its name and all of its values: `Cancelled` with `yes` and
/// `no`, `Action` with `add` and `delete`. Such names alone can mean anything.
pub(super) fn confirmed(name: &str, shape: &Shape, role: Role) -> Option<Field> {
    if !role.claims_time() || shape.filled() == 0 {
        return None;
    }
    let folded = words::folded(name);
    let is_of = |names: &[&str]| names.contains(&folded.as_str());
    let flags = shape.flags == shape.filled();
    let of_absence = role.lists_absences();
    if is_of(OPERATION) {
        return (shape.operations == shape.filled()).then_some(Field::Deleted);
    }
    if of_absence && is_of(PORTIONS) {
        return (shape.portions == shape.filled()).then_some(Field::AllDay);
    }
    if is_of(CANCELLED) || of_absence && is_of(REFUSED) {
        return flags.then_some(Field::Cancelled);
    }
    (of_absence && flags && is_of(APPROVED)).then_some(Field::Approved)
}

/// The mark that a name means in a file of this role, and whether its values are moments. A
/// mark of the user of a shift does not mark the shift.
pub(super) fn mark(name: &str, role: Role) -> Option<(Field, bool)> {
    // Until it is sent, a record that is staged for deletion is live.
    let counts = role.claims_time()
        && (role == Role::Batch || !words::folded(name).ends_with("stagedfordeletion"));
    if !counts {
        return None;
    }
    const AROUND: [&str; 6] = ["attributes", "fields", "properties", "node", "shift", "item"];
    let (above, last) = name.rsplit_once('.').unwrap_or(("", name));
    let about_record = above.is_empty()
        || above.split('.').all(|part| AROUND.contains(&part.to_lowercase().as_str()));
    let folded = words::folded(if about_record { last } else { name });
    let among = |marks: &[(Field, &[&str])]| {
        marks.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(field, _)| *field)
    };
    let flag = among(&MARKS).map(|field| (field, false));
    let refused = role.lists_absences() && REFUSALS.contains(&folded.as_str());
    let moment = among(&MOMENTS).or(refused.then_some(Field::Cancelled));
    flag.or(moment.map(|field| (field, true)))
}
