//! Marks of records that are gone or not there yet, and records with two versions.

use crate::program::{Folder, Outcome};

const BATCH: &str = "agent,start,end\nu1,2026-03-02T15:30Z,2026-03-02T16:30Z\n";

/// Two versions in one record: shared from 8 to 16, and planned from 9 to 17.
const BOTH: &str = r#"{"id":"s-1","userId":"u1",
  "sharedShift":{"startDateTime":"2026-03-02T08:00:00Z","endDateTime":"2026-03-02T16:00:00Z"},
  "draftShift":{"startDateTime":"2026-03-02T09:00:00Z","endDateTime":"2026-03-02T17:00:00Z"}}"#;

/// A draft alone.
const DRAFT: &str = r#"{"id":"s-2","userId":"u1","sharedShift":null,
  "draftShift":{"startDateTime":"2026-03-02T16:00:00Z","endDateTime":"2026-03-02T18:00:00Z"}}"#;

/// A shared version alone.
const SHARED: &str = r#"{"id":"s-3","userId":"u1",
  "sharedShift":{"startDateTime":"2026-03-02T16:00:00Z","endDateTime":"2026-03-02T18:00:00Z"},
  "draftShift":null}"#;

fn sent(records: &[&str]) -> Outcome {
    let text = format!("[{}]", records.join(","));
    Folder::new().with("batch.json", text).run(&["check", "batch.json"])
}

fn held_against(name: &str, live: &str) -> Outcome {
    let folder = Folder::new().with("batch.csv", BATCH).with(name, live);
    folder.run(&["check", "batch.csv", "--published", name])
}

#[test]
fn what_is_sent_is_the_draft_and_what_is_published_is_shared() {
    sent(&[BOTH, DRAFT]).exits(1).says(&["from 16:00 to 17:00"]);
    sent(&[BOTH, SHARED]).exits(1).says(&["from 16:00 to 17:00"]);
    sent(&[SHARED]).exits(0);
    let live = |records: &[&str]| held_against("live.json", &format!("[{}]", records.join(",")));
    live(&[BOTH]).exits(1).says(&["[OV104]", "from 15:30 to 16:00"]);
    live(&[DRAFT]).exits(0).says(&["1 skipped: 1\n  draft"]);
    live(&[SHARED]).exits(1).says(&["[OV104]", "from 16:00 to 16:30"]);
}

/// An open shift has a name and no agent.
#[test]
fn the_name_of_a_shift_is_no_agent() {
    let open = |id: &str| {
        format!(
            r#"{{"id":"{id}","userId":null,"sharedShift":{{"displayName":"Day",
            "startDateTime":"2026-03-02T08:00:00Z","endDateTime":"2026-03-02T16:00:00Z"}}}}"#
        )
    };
    sent(&[&open("s-4"), &open("s-5"), SHARED]).exits(0).says(&["2 unassigned"]);
}

/// Attendance that is read as the plan is told of documents, too.
#[test]
fn attendance_in_a_document_is_a_warning() {
    let text =
        r#"[{"employee":"u1","clock_in":"2026-03-02T08:00Z","clock_out":"2026-03-02T16:00Z"}]"#;
    let outcome = Folder::new().with("batch.json", text).run(&["check", "batch.json"]);
    outcome.exits(0).says(&["warning[RC109]"]);
}

#[test]
fn what_is_marked_as_gone_or_as_a_draft_is_counted_as_such() {
    for (column, word, skipped) in [
        ("deleted", "true", Some("deleted")),
        ("is_deleted", "1", Some("deleted")),
        ("isDeleted", "false", None),
        ("Draft", "yes", Some("draft")),
        ("draft", "", None),
        ("deleted_at", "2026-03-01T08:00:00Z", Some("deleted")),
        ("removedOn", "1769500000", Some("deleted")),
        ("Deleted Date", "3/1/2026", Some("deleted")),
        // Afterwards, and on a day that stands for none.
        ("deleted_at", "2026-03-05", Some("deleted")),
        ("deleted_at", "2099-12-31T00:00:00Z", None),
        ("deleted_at", "9999-12-31", None),
        ("deleted_at", "2026-03-02T18:00:00Z", Some("deleted")),
        ("cancelled_at", "2026-03-03T08:00:00Z", Some("cancelled")),
        ("cancelled_at", "2027-12-31T00:00:00Z", None),
        ("deleted_at", "NULL", None),
        ("deleted_at", "0000-00-00 00:00:00", None),
        ("deleted_at", "", None),
        ("deleted_by", "ann", None),
        ("deleted_reason", "double", None),
        ("user.deleted_at", "2026-03-01T08:00:00Z", None),
        ("cancelled_at", "2026-03-01 08:00", Some("cancelled")),
        ("canceledAt", "1769500000000", Some("cancelled")),
        ("is_cancelled", "true", Some("cancelled")),
        ("cancelled_at", "null", None),
        ("cancelled_by", "ann", None),
        ("status", "deleted", Some("deleted")),
        ("status", "draft", Some("draft")),
    ] {
        let live =
            format!("agent,start,end,{column}\nu1,2026-03-02T15:00Z,2026-03-02T16:00Z,{word}\n");
        let outcome = held_against("live.csv", &live);
        match skipped {
            Some(fate) => outcome.exits(0).says(&["1 skipped", fate]),
            None => outcome.exits(1).says(&["[OV104]"]),
        };
        let json = format!(
            r#"[{{"agent":"u1","start":"2026-03-02T15:00Z","end":"2026-03-02T16:00Z","{column}":"{word}"}}]"#
        );
        let code = if skipped.is_some() { 0 } else { 1 };
        held_against("live.json", &json).exits(code);
    }
}

/// A draft mark never drops a record that is to be sent.
#[test]
fn drafts_of_the_batch_are_checked() {
    let text = "agent,start,end,is_draft\nu1,2026-03-02T15:00Z,2026-03-02T16:00Z,true\n\
                u1,2026-03-02T15:30Z,2026-03-02T16:30Z,true\n";
    Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]).exits(1).says(&["[OV101]"]);
}

#[test]
fn a_mark_that_is_neither_yes_nor_no_is_told() {
    let live = "agent,start,end,deleted\nu1,2026-03-02T15:00Z,2026-03-02T16:00Z,perhaps\n";
    held_against("live.csv", live).exits(3).says(&["[RC101]"]);
    let live = live.replace("deleted", "deleted_at");
    held_against("live.csv", &live).exits(3).says(&["[RC101]"]);
}

/// A flag that was never kept leaves its field to the moment.
#[test]
fn a_flag_without_values_leaves_its_field_to_the_moment() {
    let live = "agent,start,end,deleted,deleted_at\n\
                u1,2026-03-02T15:00Z,2026-03-02T16:00Z,,2026-03-01T08:00Z\n";
    held_against("live.csv", live).exits(0).says(&["1 skipped", "deleted"]);
    let json = r#"[{"agent":"u1","start":"2026-03-02T15:00Z","end":"2026-03-02T16:00Z",
        "deletedAt":"2026-03-01T08:00Z","deleted":FLAG}]"#;
    held_against("live.json", &json.replace("FLAG", "true")).exits(0);
}

#[test]
fn time_off_that_was_cancelled_blocks_nothing() {
    for (moment, code) in [("2026-03-01 08:00", 0), ("", 1)] {
        let off = format!(
            "agent,start,end,cancelled_at\nu1,2026-03-02T15:00Z,2026-03-02T16:00Z,{moment}\n"
        );
        let folder = Folder::new().with("batch.csv", BATCH).with("off.csv", off);
        folder.run(&["check", "batch.csv", "--time-off", "off.csv"]).exits(code);
    }
}

const WORK: &str = "agent,start,end\nu1,2026-03-02 15:30,2026-03-02 16:30\n";

fn beside_time_off(off: &str) -> Outcome {
    let folder = Folder::new().with("batch.csv", WORK).with("off.csv", off);
    folder.run(&["check", "batch.csv", "--time-off", "off.csv", "--tz", "UTC"])
}

/// A mark by its name and its values: a name alone can mean anything.
#[test]
fn flags_of_time_off_are_read_where_they_are_nothing_else() {
    for (column, word, other, blocks) in [
        ("Cancelled", "Yes", "No", false),
        ("Cancelled", "No", "No", true),
        ("Cancelled", "", "", true),
        ("Cancelled", "by Ann", "", true),
        ("Canceled", "true", "false", false),
        ("Storniert", "ja", "nein", false),
        ("Rejected", "Y", "N", false),
        ("Denied", "1", "0", false),
        ("Rejected on", "2026-01-01", "", false),
        ("Rejected Date", "", "2026-01-01", true),
        ("Declined Date", "2026-01-01", "", false),
        ("Approved", "Yes", "No", true),
        ("Approved", "2026-01-01", "", true),
        ("Approved on", "", "2026-01-01", true),
        ("Action", "Delete", "Add", false),
        ("Action", "Add", "Delete", true),
        ("Action", "Call", "Delete", true),
        ("Op", "D", "A", false),
        ("Operation", "REMOVE", "UPDATE", false),
    ] {
        let off = format!(
            "agent,start,end,{column}\nu1,2026-03-02,2026-03-02,{word}\n\
             u1,2026-03-03,2026-03-03,{other}\n"
        );
        let outcome = beside_time_off(&off);
        let code = if blocks { 1 } else { 0 };
        assert_eq!(outcome.code, Some(code), "{column} {word}: {}", outcome.told());
    }
}

/// What is not approved may be approved yet.
#[test]
fn time_off_that_is_not_approved_is_pending() {
    for (column, word) in [
        ("Approved", "No"),
        ("Is approved", "false"),
        ("Genehmigt", "nein"),
        ("Approval", "Unapproved"),
        ("Status", "Not approved"),
        ("Status", "nicht genehmigt"),
    ] {
        let off = format!("agent,start,end,{column}\nu1,2026-03-02,2026-03-02,{word}\n");
        beside_time_off(&off).exits(0).says(&["warning[OV202]"]);
    }
    let off = "agent,start,end,approved,status\nu1,2026-03-02,2026-03-02,no,approved\n";
    beside_time_off(off).exits(1).says(&["[OV201]"]);
}

#[test]
fn shifts_that_are_not_approved_are_checked() {
    for word in ["Unapproved", "Not approved", "Pending"] {
        let text = format!(
            "agent,start,end,status\nu1,2026-03-02T15:00Z,2026-03-02T16:00Z,Approved\n\
             u1,2026-03-02T15:30Z,2026-03-02T16:30Z,{word}\n"
        );
        let folder = Folder::new().with("batch.csv", text);
        folder.run(&["check", "batch.csv"]).exits(1).says(&["[OV101]"]);
    }
}

/// The columns of a table of changes say what is done with each row.
#[test]
fn rows_of_a_batch_that_delete_are_no_shifts() {
    for (column, delete, other, code) in [
        ("Action", "Delete", "Add", 0),
        ("Operation", "DELETE", "UPDATE", 0),
        ("Op", "D", "A", 0),
        ("Op", "B", "A", 1),
        ("Action", "Add", "Add", 1),
        ("Cancelled", "yes", "no", 0),
        ("Cancelled", "no", "", 1),
        // Somebody declined a swap, or an offer.
        ("Declined", "yes", "no", 1),
    ] {
        let text = format!(
            "{column},agent,start,end\n{other},u1,2026-03-02T15:00Z,2026-03-02T16:00Z\n\
             {delete},u1,2026-03-02T15:30Z,2026-03-02T16:30Z\n"
        );
        let outcome = Folder::new().with("batch.csv", text).run(&["check", "batch.csv"]);
        assert_eq!(outcome.code, Some(code), "{column} {delete}: {}", outcome.told());
    }
}

#[test]
fn a_column_says_for_how_much_of_a_day_time_off_is() {
    for (column, word, code) in [
        ("Duration Type", "Full day", 1),
        ("Duration Type", "Partial", 0),
        ("Day Type", "Half day", 0),
        ("Duration", "Full day", 1),
    ] {
        let off = format!("agent,date,{column},start,end\nu1,2026-03-02,{word},09:00,12:00\n");
        let outcome = beside_time_off(&off);
        assert_eq!(outcome.code, Some(code), "{column} {word}: {}", outcome.told());
    }
}

/// A change that was turned down leaves the published shift as it is; one that was cancelled or
/// deleted takes it away.
#[test]
fn a_denied_shift_takes_nothing_away_from_what_is_published() {
    let live = "agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    for (status, code) in [
        ("denied", 1),
        ("Rejected", 1),
        ("abgelehnt", 1),
        ("not approved", 1),
        ("cancelled", 0),
        ("withdrawn", 0),
        ("deleted", 0),
    ] {
        let batch = format!(
            "agent,id,start,end,status\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z,{status}\n\
             ann,n-2,2026-03-02T09:00Z,2026-03-02T10:00Z,\n"
        );
        let folder = Folder::new().with("live.csv", live).with("batch.csv", batch);
        folder.run(&["check", "batch.csv", "--published", "live.csv"]).exits(code);
    }
}
