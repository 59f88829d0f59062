//! Answers in JSON.

use super::check;

#[test]
fn single_errors() {
    check(&[
        (
            r#"{"code":"schedule_assignment_conflict","message":"The availability window overlaps with an existing assignment","status":409}"#,
            &["error-body", "409 schedule_assignment_conflict -!"],
        ),
        (
            r#"{"code":"Conflict","message":"Version mismatch"}"#,
            &["error-body", "- Conflict stale-version"],
        ),
        (r#"{"message":"Conflict","status":409}"#, &["error-body", "409 - -"]),
        (
            r#"{"error_code":"SCHEDULE_CONFLICT","details":"Agent ID 849201 has a conflict on this day"}"#,
            &["error-body", "- SCHEDULE_CONFLICT - agent 849201"],
        ),
        (r#"{"code":"SCHEDULE_OVERLAP"}"#, &["error-body", "- SCHEDULE_OVERLAP -!"]),
        (
            r#"{"code":"ResourceConflictException","message":"The shift overlaps with an existing entry e-9"}"#,
            &["error-body", "- ResourceConflictException -! ~e-9"],
        ),
        (
            r#"{"code":"overlapping_capacity_constraint","status":409}"#,
            &["error-body", "409 overlapping_capacity_constraint labour-rule"],
        ),
        (
            r#"{"message":"Max consecutive hours exceeded for user 17"}"#,
            &["error-body", "- - labour-rule agent 17"],
        ),
        (
            r#"{"status":403,"message":"Missing permission wfm:schedule:edit"}"#,
            &["error-body", "403 - permission"],
        ),
        (r#"{"status":"401","error":"token is gone"}"#, &["error-body", "401 - permission"]),
        (
            r#"{"message":"Too many requests","retryAfterMs":1500}"#,
            &["error-body", "- - rate-limit", "retry after 2"],
        ),
        (
            r#"{"statusCode":500,"message":"Something broke"}"#,
            &["error-body", "500 - server-error"],
        ),
        (
            r#"{"statusCode":400,"message":"shift overlaps another one"}"#,
            &["error-body", "400 - -!"],
        ),
        (
            r#"{"statusCode":422,"message":"start is required"}"#,
            &["error-body", "422 - invalid-record"],
        ),
        (r#"{"status":412,"message":"Precondition"}"#, &["error-body", "412 - stale-version"]),
        (
            r#"{"status":404,"message":"User 88 does not exist"}"#,
            &["error-body", "404 - unknown-agent agent 88"],
        ),
        (
            r#"{"statusCode":409,"body":"{\"message\":\"Conflict\",\"shiftId\":\"s-4\"}"}"#,
            &["error-body", "409 - - id s-4 @/body"],
        ),
        (r#""Conflict: agent 7 is double booked""#, &["error-body", "- - -! agent 7"]),
        (
            r#"{"message":"cannot save","shift":{"id":"s-1","agentId":"a-1","start":"2026-03-02T08:00Z","end":"2026-03-02T16:00Z"},"conflictingShift":{"id":"s-9","start":"2026-03-02T12:00Z"}}"#,
            &[
                "error-body",
                "- - - agent a-1 id s-1 2026-03-02T08:00Z..2026-03-02T16:00Z ~s-9 ~2026-03-02T12:00Z..",
            ],
        ),
        (
            r#"{"error":"conflict","date":"2026-03-02","startTime":"09:00","endTime":"17:00","employee":{"id":"7","name":"Kim"}}"#,
            &["error-body", "- conflict - agent 7 2026-03-02 09:00..2026-03-02 17:00"],
        ),
        (r#"{"message":"no answer at port 409","code":"X1"}"#, &["error-body", "- X1 -"]),
        (
            r#"{"status":409,"message":"Agent 409 has shifts between 2026-03-02 and 2026-03-08"}"#,
            &["error-body", "409 - - agent 409"],
        ),
    ]);
}

#[test]
fn successes_complain_of_nothing() {
    check(&[
        (r#"{"conflicts":[],"message":"Saved"}"#, &["conflicts"]),
        (r#"{"conflicts":[]}"#, &["conflicts"]),
        (r#"{"message":"No conflicts found"}"#, &["error-body"]),
        (r#"{"message":"Import finished without errors","errors":[],"count":12}"#, &["error-body"]),
        (r#"{"code":"OK","message":"Schedule created"}"#, &["error-body", "+"]),
        (
            r#"{"status":"Complete","operationId":"op-1","errors":[]}"#,
            &["job", "+", "correlation op-1"],
        ),
        (
            r#"{"entities":[{"id":"s-1","code":"BRK","description":"Break"}],"total":1,"limit":25}"#,
            &["error-body"],
        ),
        (r#"{"shifts":[{"id":"s-1","description":"conflict training"}]}"#, &["error-body"]),
        (r#"[]"#, &["error-list"]),
        (r#"{}"#, &["error-body"]),
        (r#"null"#, &["lines"]),
        (
            r#"{"success":true,"error":null,"data":{"imported":50,"failed":0}}"#,
            &["error-body", "+"],
        ),
        (
            r#"{"success":true,"data":{"imported":47,"failed":3}}"#,
            &["error-body", "?", "incomplete: it counts failures and does not name them"],
        ),
        (r#"{"status":"ok","details":[{"agentId":"7","shiftId":"s-1"}]}"#, &["error-body", "+"]),
        (r#"{"status":200}"#, &["error-body", "+"]),
    ]);
}

#[test]
fn items_with_a_status_each() {
    check(&[
        (
            r#"{"multiStatus":[{"shiftId":"a-1","statusCode":200,"body":{"id":"new-1"}},{"shiftId":"a-2","statusCode":409,"body":{"code":"SHIFT_OVERLAP"}}]}"#,
            &[
                "multi-status",
                "409 SHIFT_OVERLAP -! id a-2 @/multiStatus/1",
                "+ id a-1 @/multiStatus/0",
            ],
        ),
        (
            r#"{"entities":[{"id":"s-1","status":409,"errors":[{"code":"schedule_conflict","message":"The record has a pending shift swap"}]},{"id":"s-2","status":200}]}"#,
            &[
                "multi-status",
                "409 schedule_conflict pending-swap id s-1 @/entities/0",
                "+ id s-2 @/entities/1",
            ],
        ),
        (
            r#"[{"status":200},{"status":409,"message":"Conflict"},{"status":201}]"#,
            &["multi-status", "409 - - @/1", "+ @/0", "+ @/2"],
        ),
        (
            r#"{"results":[{"id":"s-1","success":true},{"id":"s-2","success":false,"error":"Version mismatch"},{"id":"s-3","error":null}]}"#,
            &[
                "error-body",
                "- - stale-version id s-2 @/results/1",
                "+ id s-1 @/results/0",
                "+ id s-3 @/results/2",
            ],
        ),
        (
            r#"{"items":[{"index":0,"status":"created"},{"index":1,"status":"failed","message":"period is locked"}]}"#,
            &["multi-status", "- - locked-period #1 @/items/1", "+ #0 @/items/0"],
        ),
        (
            r#"{"status":207,"results":[{"id":"s-1","status":424,"message":"Failed dependency"},{"id":"s-2","status":409,"message":"overlaps"}]}"#,
            &[
                "multi-status",
                "424 - rejected-with-chunk id s-1 @/results/0",
                "409 - -! id s-2 @/results/1",
            ],
        ),
        (
            r#"{"entities":[{"id":"s-1","status":409,"conflicts":[{"shiftId":"s-9","start":"2026-03-02T08:00Z","end":"2026-03-02T09:00Z"}]}]}"#,
            &[
                "multi-status",
                "409 - - id s-1 @/entities/0 ~s-9 ~2026-03-02T08:00Z..2026-03-02T09:00Z",
            ],
        ),
        (
            r#"{"data":[{"shiftId":"s-1","statusCode":"409 Conflict"},{"shiftId":"s-2","statusCode":"200 OK"}]}"#,
            &["multi-status", "409 - - id s-1 @/data/0", "+ id s-2 @/data/1"],
        ),
        (
            r#"{"accepted":["s-1","s-2"],"rejected":[{"id":"s-3","reason":"unknown employee"}]}"#,
            &[
                "error-body",
                "- - unknown-agent id s-3 @/rejected/0",
                "+ id s-1 @/accepted/0",
                "+ id s-2 @/accepted/1",
            ],
        ),
        (
            r#"{"responses":[{"id":"1","status":201,"body":{}},{"id":"2","status":409,"headers":{"Retry-After":"5"},"body":{"error":{"code":"Conflict","message":"The shift overlaps","innerError":{"request-id":"r-77"}}}}]}"#,
            &[
                "graph-batch",
                "409 Conflict -! #2 @/responses/1",
                "+ #1 @/responses/0",
                "retry after 5",
                "correlation r-77",
            ],
        ),
        (
            r#"{"responses":[{"id":"s-7","status":429,"headers":{"Retry-After":"9"},"body":null}]}"#,
            &["graph-batch", "429 - rate-limit id s-7 @/responses/0", "retry after 9"],
        ),
    ]);
}

#[test]
fn lists_of_conflicts_and_errors() {
    check(&[
        (
            r#"{"failedShifts":[{"id":"s-9","why":"overlap"}],"acceptedShifts":["s-1"],"status":"partial"}"#,
            &["error-body", "- - - id s-9 @/failedShifts/0", "+ id s-1 @/acceptedShifts/0"],
        ),
        (
            r#"{"errors":[{"message":"Shift overlaps","path":["createShifts",3],"extensions":{"code":"CONFLICT","shiftId":"s-3"}}],"data":null}"#,
            &["error-body", "- CONFLICT -! id s-3 /createShifts/3 @/errors/0"],
        ),
        (
            r#"{"error":{"code":"BadRequest","message":"Invalid","details":[{"code":"Overlap","target":"shifts[3]"},{"code":"Locked","target":"shifts[4].start","message":"the week is locked"}]}}"#,
            &[
                "graph-error",
                "- Overlap -! /shifts/3 @/error/details/0",
                "- Locked locked-period /shifts/4/start @/error/details/1",
            ],
        ),
        (
            r#"{"message":"Some shifts overlap","conflicts":[{"agentId":"7","startTime":"2026-03-02T08:00Z","endTime":"2026-03-02T16:00Z"},{"agentId":"8","startTime":"2026-03-03T08:00Z","endTime":""}]}"#,
            &[
                "conflicts",
                "- - -! agent 7 2026-03-02T08:00Z..2026-03-02T16:00Z @/conflicts/0",
                "- - -! agent 8 2026-03-03T08:00Z.. @/conflicts/1",
            ],
        ),
        (
            r#"{"agentId":"7","status":409,"conflicts":[{"start":"2026-03-02T08:00Z"},{"start":"2026-03-03T08:00Z"}]}"#,
            &[
                "conflicts",
                "409 - - agent 7 2026-03-02T08:00Z.. @/conflicts/0",
                "409 - - agent 7 2026-03-03T08:00Z.. @/conflicts/1",
            ],
        ),
        (
            r#"{"message":"2 of 50 failed, batch rolled back","status":409,"errors":[{"id":"s-3","message":"Conflict"},{"id":"s-9","message":"Conflict"}]}"#,
            &["error-body", "409 - - id s-3 @/errors/0", "409 - - id s-9 @/errors/1"],
        ),
        (
            r#"{"errors":["Agent 7: overlap","Row 3: end is missing"]}"#,
            &["error-body", "- - -! agent 7 @/errors/0", "- - invalid-record #3 @/errors/1"],
        ),
        (
            r#"{"errors":{"shifts[3].start":["is required"],"4":["overlaps"]}}"#,
            &[
                "error-body",
                "- - invalid-record /shifts/3/start @/errors/shifts[3].start",
                "- overlaps -! #4 @/errors/4",
            ],
        ),
        (
            r#"{"failures":{"s-1":"already exists","s-2":{"code":"VERSION_CONFLICT"}}}"#,
            &[
                "error-body",
                "- - already-exists id s-1 @/failures/s-1",
                "- VERSION_CONFLICT stale-version id s-2 @/failures/s-2",
            ],
        ),
        (
            r#"[{"code":"X","message":"user 7 has approved time off"},{"error":"duplicate_id","id":"s-2"}]"#,
            &["error-list", "- X time-off agent 7 @/0", "- duplicate_id duplicate-id id s-2 @/1"],
        ),
        (
            r#"{"detail":[{"loc":["body","shifts",3,"start"],"msg":"field required","type":"value_error.missing"}]}"#,
            &["error-body", "- value_error.missing invalid-record /body/shifts/3/start @/detail/0"],
        ),
        (
            r#"{"violations":[{"type":"InitiatingShiftOverlapsExisting"},{"type":"ReceivingShiftTimesChanged"},{"type":"ReceivingAgentMinimumTimeBetweenShifts"}]}"#,
            &[
                "error-body",
                "- InitiatingShiftOverlapsExisting -! @/violations/0",
                "- ReceivingShiftTimesChanged stale-swap @/violations/1",
                "- ReceivingAgentMinimumTimeBetweenShifts labour-rule @/violations/2",
            ],
        ),
    ]);
}

#[test]
fn vendors_and_standards() {
    check(&[
        (
            r#"{"message":"Schedule version mismatch","code":"conflict","status":409,"contextId":"c-1","entityId":"sch-1","messageParams":{},"details":[],"errors":[]}"#,
            &["genesys", "409 conflict stale-version id sch-1", "correlation c-1"],
        ),
        (
            r#"{"message":"Limit hit","code":"some.limit","contextId":"c-1","limit":{"key":"requests","namespace":"wfm","value":300}}"#,
            &["genesys", "- some.limit rate-limit", "correlation c-1"],
        ),
        (
            r#"{"message":"bad request","code":"bad.request","status":400,"messageParams":{"userId":"u-7"},"details":[{"errorCode":"overlap","fieldName":"agentSchedules[0].shifts[3].startDate","entityId":"s-3"}]}"#,
            &[
                "genesys",
                "400 overlap -! agent u-7 id s-3 /agentSchedules/0/shifts/3/startDate @/details/0",
            ],
        ),
        (
            r#"{"message":"outer","messageWithParams":"x","errors":[{"message":"Agent has a pending time off request","code":"a","entityId":"e-1","errors":[]}]}"#,
            &["genesys", "- a pending-time-off id e-1 @/errors/0"],
        ),
        (
            r#"{"error":"ABSENCE_OVERLAP","text":"The employee is away","severity":"ERROR","shiftId":"551","additionalErrorParameters":{}}"#,
            &["quinyx", "- ABSENCE_OVERLAP time-off! id 551"],
        ),
        (
            r#"{"error":{"code":"PreconditionFailed","message":"The etag does not match","details":[],"innerError":{"client-request-id":"q-1"}}}"#,
            &["graph-error", "- PreconditionFailed stale-version", "correlation q-1"],
        ),
        (
            r#"{"type":"https://example.com/problems/locked-period?x=1","title":"Locked","status":409,"detail":"The week is closed","instance":"/shifts/9"}"#,
            &["problem", "409 https://example.com/problems/locked-period?[removed] locked-period"],
        ),
        (
            r##"{"type":"about:blank","title":"Invalid","status":422,"errors":[{"pointer":"#/shifts/3/start","detail":"must be a date"},{"field":"records.4.end","detail":"overlaps"}]}"##,
            &[
                "problem",
                "422 - invalid-record /shifts/3/start @/errors/0",
                "422 - -! /records/4/end @/errors/1",
            ],
        ),
        (
            r#"{"errors":[{"id":"e-1","status":"409","code":"overlap","title":"Conflict","source":{"pointer":"/data/3/attributes/start"}},{"status":"403","title":"No"}]}"#,
            &[
                "json-api",
                "409 overlap -! /data/3/attributes/start @/errors/0",
                "403 - permission @/errors/1",
                "correlation e-1",
            ],
        ),
        (
            r#"{"status":"Error","operationId":"op-9","eventType":"Import"}"#,
            &["job", "- - -", "correlation op-9"],
        ),
        (
            r#"{"id":"job-1","jobId":"job-1","state":"FAILED","failures":[{"entityId":"s-1","errorCode":"capacity_exceeded"}],"successes":[{"id":"s-2"}]}"#,
            &[
                "job",
                "- capacity_exceeded capacity id s-1 @/failures/0",
                "+ id s-2 @/successes/0",
                "correlation job-1",
            ],
        ),
        (
            r#"{"eventBody":{"status":"Error","operationId":"o-1","errors":[{"agentId":"7","message":"rest period too short"}]}}"#,
            &["job", "- - labour-rule agent 7 @/eventBody/errors/0", "correlation o-1"],
        ),
        (r#"{"state":"running","jobId":"j-1","message":"in progress"}"#, &["job"]),
        (
            r#"{"log":{"entries":[{"request":{"method":"POST","url":"https://h/x?token=abc","postData":{"text":"{\"id\":\"s-1\",\"password\":\"abc\"}"}},"response":{"status":409,"headers":[{"name":"Set-Cookie","value":"abc"}],"content":{"text":"{\"message\":\"Conflict\"}"}}},{"request":{"method":"PUT","postData":{"text":"{}"}},"response":{"status":200,"content":{}}},{"request":{"method":"GET"},"response":{"status":404}}]}}"#,
            &[
                "har",
                r#"409 - - sent {"id":"s-1","password":"[removed]"} @/log/entries/0"#,
                "+ sent {} @/log/entries/1",
            ],
        ),
        (
            r#"{"log":{"entries":[{"request":{"method":"POST"},"response":{"status":409,"content":{"encoding":"base64","text":"eyJtZXNzYWdlIjoiVmVyc2lvbiBtaXNtYXRjaCJ9"}}},{"request":{"method":"POST"},"response":{"status":0,"_error":"net::ERR_TIMED_OUT"}}]}}"#,
            &["har", "409 - stale-version @/log/entries/0", "- - server-error @/log/entries/1"],
        ),
    ]);
}

#[test]
fn broken_json_keeps_what_stands_before_the_break() {
    check(&[
        (
            r#"[{"id":"s-1","status":200},{"id":"s-2","status":200,"warnings":["a","b"#,
            &[
                "multi-status",
                "+ id s-1 @/0",
                "incomplete: the JSON breaks off at line 1, column 71: expected the `\"` that closes a string",
            ],
        ),
        (
            r#"{"message":"overlap","conflicts":[{"shiftId":"s-1"},{"shiftId":"s-2"},{"shiftId":"s-"#,
            &[
                "conflicts",
                "- - -! id s-1 @/conflicts/0",
                "- - -! id s-2 @/conflicts/1",
                "incomplete: the JSON breaks off at line 1, column 85: expected the `\"` that closes a string",
            ],
        ),
        (
            "{\"entities\":[{\"id\":\"s-1\",\"status\":409},\n{\"id\":\"s-2\",\"status\":200",
            &[
                "multi-status",
                "409 - - id s-1 @/entities/0",
                "incomplete: the JSON breaks off at line 2, column 25: expected the rest of a number",
            ],
        ),
        (
            r#"{"code":"schedule_conflict","status":409,}"#,
            &[
                "error-body",
                "409 schedule_conflict -",
                "incomplete: the JSON breaks at line 1, column 42: expected a key in quotes",
            ],
        ),
        (
            "{\"id\":\"s-1\",\"status\":409}\n{\"id\":\"s-2\",\"sta\n{\"id\":\"s-3\",\"status\":200}\n",
            &[
                "ndjson",
                "409 - - id s-1 @line 1",
                "+ id s-3 @line 3",
                "incomplete: the JSON breaks off at line 2, column 17: expected the `\"` that closes a string",
            ],
        ),
    ]);
}
