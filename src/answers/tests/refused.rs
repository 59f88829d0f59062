//! Answers in which a refusal is easily overlooked.

use super::check;

#[test]
fn only_words_of_success_accept_a_row() {
    for column in ["Result", "Response", "Outcome", "Message", "Ergebnis"] {
        let text = format!("id,{column}\nsh-1,OK\nsh-2,Shift overlaps\nsh-3,Not imported\n");
        let expected =
            ["table", "- - -! id sh-2 @line 3", "- - - id sh-3 @line 4", "+ id sh-1 @line 2"];
        assert_eq!(super::shown(&super::read(text.as_bytes())), expected, "{column}");
    }
    check(&[(
        "id,error_code\nsh-1,0\nsh-2,409\n",
        &["table", "409 - - id sh-2 @line 3", "+ id sh-1 @line 2"],
    )]);
}

#[test]
fn unknown_words_of_a_status_are_complaints() {
    check(&[
        (
            r#"{"results":[{"id":"s-1","status":"OK"},{"id":"s-2","status":"OVERLAP"},{"id":"s-3","status":"NOT_CREATED"},{"id":"s-4","errorCode":"E7"},{"id":"s-5","status":"not saved"}]}"#,
            &[
                "multi-status",
                "- OVERLAP -! id s-2 @/results/1",
                "- NOT_CREATED - id s-3 @/results/2",
                "- E7 - id s-4 @/results/3",
                "- - - id s-5 @/results/4",
                "+ id s-1 @/results/0",
            ],
        ),
        (
            r#"{"results":[{"id":"s-1","success":"N"},{"id":"s-2","success":0},{"id":"s-3","success":"yes"},{"id":"s-4","errorCode":0}]}"#,
            &[
                "error-body",
                "- - - id s-1 @/results/0",
                "- - - id s-2 @/results/1",
                "+ id s-3 @/results/2",
                "+ id s-4 @/results/3",
            ],
        ),
        (r#"{"success":0,"failed":0}"#, &["error-body"]),
        (
            r#"{"items":[{"id":"s-1","status":"HTTP/1.1 409 Conflict"},{"id":"s-2","status":"HTTP/1.1 201 Created"}]}"#,
            &["multi-status", "409 - - id s-1 @/items/0", "+ id s-2 @/items/1"],
        ),
    ]);
}

#[test]
fn errors_outweigh_a_status_of_success() {
    check(&[
        (
            r#"{"results":[{"id":"s-1","status":200,"errors":[{"message":"Shift overlaps"}]},{"id":"s-2","success":true,"errors":["Shift overlaps"]},{"id":"s-3","status":"OK","message":"Shift overlaps - not saved"},{"id":"s-4","status":200,"errors":[]}]}"#,
            &[
                "multi-status",
                "200 - -! id s-1 @/results/0",
                "- - -! id s-2 @/results/1",
                "- - -! id s-3 @/results/2",
                "+ id s-4 @/results/3",
            ],
        ),
        (
            r#"{"results":[{"id":"s-1","status":200,"messages":[{"level":"ERROR","text":"Belegt"}]},{"id":"s-2","status":200,"messages":[{"level":"WARNING","text":"overlaps a break"}]},{"id":"s-3","status":200,"messages":["Saved"]}]}"#,
            &[
                "multi-status",
                "200 - - id s-1 @/results/0",
                "+ id s-2 @/results/1",
                "+ id s-3 @/results/2",
            ],
        ),
    ]);
}

/// The pointer and the words that can be ids of the first complaint.
#[track_caller]
fn places(text: &str, pointer: Option<&str>, mentions: &[&str]) {
    let answer = super::read(text.as_bytes());
    let names = &answer.complaints.first().expect("a complaint").names;
    assert_eq!(
        (names.pointer.as_deref(), &*names.mentions),
        (pointer, &*to_owned(mentions)),
        "{text}"
    );
}

fn to_owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_path_of_a_request_is_no_pointer() {
    for (text, mentions) in [
        (
            r#"{"timestamp":"2026-03-01T10:00:00Z","status":409,"error":"Conflict","message":"overlap","path":"/api/teams/4/shifts"}"#,
            &[][..],
        ),
        (r#"{"status":409,"error":"Conflict","path":"/teams/4/shifts"}"#, &[]),
        (r#"{"status":409,"error":"Conflict","path":"/shifts/s-4"}"#, &["s-4"]),
        (r#"{"status":409,"detail":"Conflict, see https://docs.x.com/errors/4"}"#, &[]),
        ("409 Client Error: Conflict for url: https://api.example.com/teams/1/shifts", &[]),
        ("409 Client Error: Conflict for url: https://api.example.com/shifts/5", &["5"]),
        ("PUT /shifts/s-4 failed: conflict", &["s-4"]),
        (r#"{"status":409,"title":"Conflict","instance":"/shifts/9"}"#, &["9"]),
    ] {
        places(text, None, mentions);
    }
    let item = r#"{"errors":[{"path":"/shifts/3/start","error":"overlap"}]}"#;
    places(item, Some("/shifts/3/start"), &[]);
}

#[test]
fn every_line_and_value_that_complains_is_a_complaint() {
    check(&[
        (
            r#"{"id":"s-2","status":409,"message":"overlap"}{"id":"s-4","status":409} {"id":"s-5","status":200}"#,
            &["lines", "409 - -! id s-2 @line 1", "409 - - id s-4 @line 1", "+ id s-5 @line 1"],
        ),
        (
            "push: {\"id\":\"s-2\",\"status\":409}{\"id\":\"s-4\",\"status\":409}\nshift s-5 failed\n",
            &["lines", "409 - - id s-2 @line 1", "409 - - id s-4 @line 1", "- - - id s-5 @line 2"],
        ),
        (
            "ERROR shift s-2: overlap\nann was rejected\n",
            &["lines", "- - -! id s-2 @line 1", "- - - @line 2"],
        ),
    ]);
    let found = |text: &str| -> Vec<Vec<String>> {
        let complaints = super::read(text.as_bytes()).complaints.into_iter();
        complaints.map(|of| [of.names.ids, of.names.mentions].concat()).collect()
    };
    let lines = "ERROR shift s-2: overlap\ns-4 conflict\n";
    assert_eq!(found(lines), [["s-2"], ["s-4"]]);
    let lines =
        "sh-2: overlaps\nFAILED sh-4\n409 Client Error: Conflict for url: https://h/shifts/sh-5\n";
    assert_eq!(found(lines), [["sh-2"], ["sh-4"], ["sh-5"]]);
}

#[test]
fn lists_of_errors_as_frameworks_name_them() {
    check(&[
        (
            r#"[{},{"non_field_errors":["Shifts may not overlap."]},{},{"start":["overlaps with time off"]}]"#,
            &["error-list", "- - -! @/1", "- - time-off! /start @/3", "+ @/0", "+ @/2"],
        ),
        (r#"{"non_field_errors":["Shifts may not overlap."]}"#, &["error-body", "- - -!"]),
        (
            r#"{"start":["This field is required."],"end":["Enter a time."]}"#,
            &["error-body", "- - invalid-record /start"],
        ),
        (
            r#"{"tags":["late shift"],"shifts":["s-1"],"total":1,"message":"Saved"}"#,
            &["error-body"],
        ),
        (
            r#"{"propertyViolations":[],"parameterViolations":[{"path":"create.shifts[3].start","message":"overlaps"}]}"#,
            &["error-body", "- - -! /create/shifts/3/start @/parameterViolations/0"],
        ),
        (
            r#"{"data":{"shiftsCreate":{"shifts":null,"userErrors":[{"field":["shifts","1","start"],"message":"overlaps"}]}}}"#,
            &["error-body", "- - -! /shifts/1/start @/data/shiftsCreate/userErrors/0"],
        ),
        (
            r#"{"status":"BAD_REQUEST","message":"Validation error","subErrors":[{"object":"shift","field":"shifts[2].start","message":"overlaps"}]}"#,
            &["error-body", "- - -! /shifts/2/start @/subErrors/0"],
        ),
    ]);
}

#[test]
fn words_of_other_languages() {
    check(&[
        (
            "id;Fehlermeldung\nsh-1;\nsh-2;Schicht überschneidet sich\n",
            &["table", "- - -! id sh-2 @line 3", "+ id sh-1 @line 2"],
        ),
        ("id;Erreur\nsh-1;Chevauchement\n", &["table", "- Chevauchement -! id sh-1 @line 2"]),
        (
            "id;Resultado\nsh-1;Guardado\nsh-2;No guardado\n",
            &["table", "- - - id sh-2 @line 3", "+ id sh-1 @line 2"],
        ),
        (
            r#"{"fehler":[{"id":"s-2","status":409,"meldung":"Die Schicht überschneidet sich mit einer anderen"}]}"#,
            &["error-body", "409 - -! id s-2 @/fehler/0"],
        ),
    ]);
}

#[test]
fn an_answer_of_which_nothing_is_understood_is_no_success() {
    const NOT_UNDERSTOOD: &str = "incomplete: nothing in it was understood";
    check(&[
        (r#"{"foo":"Die Zuweisung war leider nichts"}"#, &["error-body", NOT_UNDERSTOOD]),
        (
            r#"{"zeilen":[{"id":"s-2","hinweis":"Die Zeit ist schon vergeben"}]}"#,
            &["error-body", NOT_UNDERSTOOD],
        ),
        (r#"{"bar":"baz"}"#, &["error-body", NOT_UNDERSTOOD]),
        ("leider nichts", &["lines", NOT_UNDERSTOOD]),
        (
            r#"{"imported":5,"rejected":1,"total":6}"#,
            &["error-body", "incomplete: it counts failures and does not name them"],
        ),
        ("id,status\n", &["table"]),
        ("import finished without errors\n", &["lines"]),
        (r#"{"shifts":[{"id":"s-1","note":"late"}],"total":1}"#, &["error-body"]),
    ]);
}
