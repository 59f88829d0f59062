//! Answers that say of items that they went well, and take it back elsewhere.

use super::super::read;

/// How many items are accepted.
fn accepted(text: &str) -> usize {
    read(text.as_bytes()).accepted.len()
}

const ITEMS: &str = r#"[{"id":"s-1","status":200},{"id":"s-2","status":200}]"#;

#[test]
fn words_around_items_that_went_well_take_them_back() {
    for around in [
        r#""status":409"#,
        r#""status":"ROLLED_BACK""#,
        r#""statusCode":500,"message":"transaction aborted""#,
        r#""success":false"#,
        r#""committed":false"#,
        r#""error":{"code":"ABORTED"}"#,
        r#""exception":"TxRollback""#,
        r#""result":"FAILED""#,
        r#""failed":1"#,
        r#""metadata":{"failed":1},"errorCount":1"#,
        r#""dryRun":true"#,
        r#""message":"Batch rejected, no changes were saved""#,
        r#""errors":[{"message":"transaction aborted"}]"#,
    ] {
        let answer = read(format!("{{\"entities\":{ITEMS},{around}}}").as_bytes());
        assert_eq!((answer.accepted.len(), answer.unclear.len()), (0, 2), "{around}");
        assert!(answer.incomplete.is_some(), "{around}");
    }
    for whole in [
        format!("HTTP/1.1 409 Conflict\n\n{{\"entities\":{ITEMS}}}"),
        format!(r#"{{"statusCode":409,"body":{{"entities":{ITEMS}}}}}"#),
        "{\"id\":\"s-1\",\"status\":200}\n{\"error\":\"transaction rolled back\"}\n".to_owned(),
        "id,status,message\ns-1,200,\n\nTransaction rolled back\n".to_owned(),
    ] {
        assert_eq!(accepted(&whole), 0, "{whole}");
    }
}

#[test]
fn words_that_fit_the_items_take_nothing_back() {
    for around in [
        r#""status":200"#,
        r#""status":207"#,
        r#""success":true,"failed":0,"errors":[]"#,
        r#""message":"No conflicts found""#,
        r#""message":"All 2 records were saved""#,
        r#""dryRun":false,"skipped":[]"#,
        r#""warnings":["s-1 starts early"]"#,
    ] {
        assert_eq!(accepted(&format!("{{\"entities\":{ITEMS},{around}}}")), 2, "{around}");
    }
    let mixed = r#"{"status":"COMPLETED_WITH_ERRORS","failed":1,"results":[{"id":"s-1","status":200},{"id":"s-2","status":409}]}"#;
    assert_eq!(accepted(mixed), 1);
    assert_eq!(accepted("id,status,message\ns-1,200,\n\nTotal: 1, failed: 0\n"), 1);
    assert_eq!(accepted("agent,error\nJane Doe,\n"), 1);
}

#[test]
fn a_part_is_not_all() {
    for answer in [
        "HTTP/1.1 200 OK\n\n{\"imported\":3,\"failed\":1}",
        "HTTP/1.1 200 OK\n\n{\"imported\":0}",
        "HTTP/1.1 200 OK\n\nsaved 3 of 4",
        r#"{"status":"OK","message":"3 of 4 records imported"}"#,
        r#"{"status":"OK","total":4,"imported":3}"#,
        r#"{"status":"OK","skipped":1}"#,
        r#"{"status":"OK","skipped":[{"id":"s-4"}]}"#,
        r#"{"status":"OK","deferred":["s-4"]}"#,
        r#"{"success":true,"message":"Batch failed validation; nothing was saved"}"#,
        "HTTP/1.1 207 Multi-Status\n\n",
        "HTTP/1.1 206 Partial Content\n\n",
    ] {
        assert_eq!(accepted(answer), 0, "{answer}");
        let answer = read(answer.as_bytes());
        assert!(answer.incomplete.is_some() || !answer.complaints.is_empty(), "{answer:?}");
    }
    for answer in [
        "HTTP/1.1 200 OK\n\n{\"imported\":4,\"failed\":0}",
        r#"{"status":"OK","message":"4 of 4 records imported"}"#,
        r#"{"status":"OK","message":"Batch 1 of 2 imported"}"#,
        r#"{"status":"OK","total":4,"created":1,"updated":3}"#,
    ] {
        assert_eq!(accepted(answer), 1, "{answer}");
    }
}

#[test]
fn words_beside_a_status_of_success_take_it_back() {
    for item in [
        r#""status":"200 - rejected""#,
        r#""status":"OK, but ignored""#,
        r#""status":"200 OK (dry run)""#,
        r#""status":207"#,
        r#""status":200,"failureReason":"Overlap""#,
        r#""status":200,"rejectionReason":"OVERLAP""#,
        r#""status":200,"isError":true"#,
        r#""status":200,"skipped":true"#,
        r#""status":200,"applied":false"#,
        r#""status":200,"committed":false"#,
        r#""status":200,"errorCount":1"#,
        r#""status":200,"action":"skipped""#,
        r#""status":200,"dryRun":true"#,
        r#""skipped":false,"pending":false"#,
    ] {
        assert_eq!(accepted(&format!("[{{\"id\":\"s-4\",{item}}}]")), 0, "{item}");
    }
    for line in ["s-4 success: no", "s-4: would be created 201", "s-4: 201 Created (not committed)"]
    {
        assert_eq!(accepted(line), 0, "{line}");
    }
    for item in [
        r#""status":"200 OK""#,
        r#""status":"OK, no conflicts""#,
        r#""status":200,"failureReason":null"#,
        r#""status":200,"failureReason":"none""#,
        r#""status":200,"isError":false,"errorCount":0"#,
        r#""status":200,"action":"create","committed":true"#,
        r#""status":200,"dryRun":false"#,
    ] {
        assert_eq!(accepted(&format!("[{{\"id\":\"s-4\",{item}}}]")), 1, "{item}");
    }
    for line in ["s-4 created, no errors", "s-4 success: yes", "s-4: 201 Created"] {
        assert_eq!(accepted(line), 1, "{line}");
    }
}

#[test]
fn only_responses_to_a_push_that_came_whole_count() {
    let token = "> POST /oauth/token HTTP/1.1\n< HTTP/1.1 200 OK\n< \n{\"access_token\":\"abc\"}\n";
    for rest in [
        "> POST /shifts HTTP/1.1\n* Connection timed out\n",
        "> POST /shifts HTTP/1.1\n< HTTP/1.1 409 Conflict\n< \n{}\n",
    ] {
        assert_eq!(accepted(&format!("{token}{rest}")), 0, "{rest}");
    }
    assert!(read(format!("{token}> POST /shifts HTTP/1.1\n").as_bytes()).incomplete.is_some());
    assert_eq!(
        accepted(&format!("{token}> POST /shifts HTTP/1.1\n< HTTP/1.1 201 Created\n< \n")),
        1
    );
    let cut =
        "< HTTP/1.1 200 OK\n< \ncurl: (18) transfer closed with 500 bytes remaining to read\n";
    assert!(read(cut.as_bytes()).incomplete.is_some());
}
