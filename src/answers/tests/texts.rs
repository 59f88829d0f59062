//! Answers that are text, tables, pages and what curl prints.

use super::{check, read, shown};

#[test]
fn tables() {
    check(&[
        (
            "shift_id,status,message\ns-1,409,Conflict\ns-2,200,\ns-3,409,\"overlaps, with s-9\"\n",
            &[
                "table",
                "409 - - id s-1 @line 2",
                "409 - -! id s-3 @line 4 ~s-9",
                "+ id s-2 @line 3",
            ],
        ),
        (
            "Row\tAgent\tError\n3\t409\tVersion mismatch\n4\t12\t\n",
            &["table", "- - stale-version agent 409 #3 @line 2", "+ agent 12 #4 @line 3"],
        ),
        (
            "index;code;error message\n0;E17;nobody knows\n1;;\n",
            &["table", "- E17 - #0 @line 2", "+ #1 @line 3"],
        ),
        (
            "id,message\ns-1,Created\ns-2,Duplicate record\n",
            &["table", "- - already-exists id s-2 @line 3", "+ id s-1 @line 2"],
        ),
        (
            "id,message,token\ns-1,\"Conflict,abc\n",
            &[
                "table",
                "- - - id s-1 @line 2",
                "incomplete: a quote is never closed; the last row that was read begins at line 2",
            ],
        ),
        (
            "agent_id,start,end,reason\n7,2026-03-02 08:00,2026-03-02 16:00,pending swap\n",
            &["table", "- - pending-swap agent 7 2026-03-02 08:00..2026-03-02 16:00 @line 2"],
        ),
    ]);
}

#[test]
fn log_lines() {
    check(&[
        (
            "409 Conflict: Agent ID 88219 is scheduled for overlapping intervals",
            &["lines", "409 - -! agent 88219 @line 1"],
        ),
        (
            "2026-03-02T08:00:00Z INFO pushing 50 shifts\n2026-03-02T08:00:01Z INFO shift s-1 created\n2026-03-02T08:00:02Z ERROR [push] shift s-2 rejected: pending shift trade\n",
            &["lines", "- - pending-swap id s-2 @line 3", "+ id s-1 @line 2"],
        ),
        (
            "ERROR push failed\n2026-03-02 08:00:02,113 ERROR c.a.Push - HTTP 409 for agent 7: {\"code\":\"schedule_conflict\",\"message\":\"Version mismatch\"}\n",
            &["lines", "409 schedule_conflict stale-version agent 7 @line 2"],
        ),
        (
            "[2026-03-02 08:00:02] [WARN] row 12: user not found\n[2026-03-02 08:00:03] [WARN] slow answer\n",
            &["lines", "- - unknown-agent #12 @line 1"],
        ),
        (
            "level=error msg=\"double booked\" agent=7 status=409 time=2026-03-02T08:00:00Z",
            &["lines", "409 - -! agent 7 @line 1"],
        ),
        (
            "Agent 7: overlap\nAgent 7: overlap\nAgent 8: overlap\n",
            &["lines", "- - -! agent 7 @line 1", "- - -! agent 8 @line 3"],
        ),
        (
            "response was\n{\n  \"message\": \"Conflict\",\n  \"shiftId\": \"s-1\"\n}\nshift s-2 failed\n",
            &["lines", "- - - id s-1 @line 2", "- - - id s-2 @line 6"],
        ),
        ("connection to 10.0.0.7 port 409 was refused", &["lines", "- - - @line 1"]),
        ("all 50 shifts were sent\nno conflicts\n", &["lines"]),
        (
            "ERROR shift s-1 failed\n    at com.acme.Push.run(Push.java:409)\n",
            &["lines", "- - - id s-1 @line 1"],
        ),
        (
            "2026-03-02 08:00:00.123 UTC [771] ERROR:  23P01: conflicting key value violates exclusion constraint \"no_overlap\"\n2026-03-02 08:00:00.123 UTC [771] DETAIL:  Key (agent, during)=(7, [\"2026-03-02 08:00\",\"2026-03-02 16:00\")) conflicts with existing key (agent, during)=(7, [\"2026-03-02 12:00\",\"2026-03-02 20:00\")).\n2026-03-02 08:00:00.123 UTC [771] STATEMENT:  insert into shifts values (7)\n",
            &[
                "postgres",
                "- 23P01 -! agent 7 2026-03-02 08:00..2026-03-02 16:00 @line 1 ~2026-03-02 12:00..2026-03-02 20:00",
            ],
        ),
        (
            "{\"id\":\"s-1\",\"status\":409}\n\n{\"id\":\"s-2\",\"status\":201}\n",
            &["ndjson", "409 - - id s-1 @line 1", "+ id s-2 @line 3"],
        ),
    ]);
}

#[test]
fn responses_of_curl() {
    check(&[
        (
            "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nSet-Cookie: sid=abc\r\nX-Correlation-Id: c-1\r\n\r\n{\"message\":\"Version mismatch\"}\r\n",
            &["curl", "409 - stale-version @line 6", "correlation c-1"],
        ),
        (
            "* Trying 10.0.0.1\n> POST /v2/shifts?key=abc HTTP/2\n> Authorization: Bearer abc\n>\n< HTTP/2 429\n< retry-after: 30\n<\n{ [19 bytes data]\n{\"message\":\"slow down\"}* Connection #0 to host left intact\n",
            &["curl", "429 - rate-limit @line 9", "retry after 30"],
        ),
        (
            "HTTP/1.1 100 Continue\n\nHTTP/1.1 201 Created\n\n{\"shift\":{}}\nHTTP/1.1 502 Bad Gateway\nServer: x\n\n<html><head><title>502 Bad Gateway</title></head></html>\nHTTP/1.1 409 Conflict\n\n",
            &["curl", "502 - server-error @line 9", "409 - - @line 10", "+ @line 5"],
        ),
        (
            "HTTP/2 207\ncontent-type: application/json\n\n{\"entities\":[{\"id\":\"s-1\",\"status\":409},{\"id\":\"s-2\",\"status\":200}]}",
            &["curl", "409 - - id s-1 @line 4, /entities/0", "+ id s-2 @line 4, /entities/1"],
        ),
        (
            "HTTP/1.1 503 Service Unavailable\nDate: Mon, 02 Mar 2026 08:00:00 GMT\nRetry-After: Mon, 02 Mar 2026 08:02:00 GMT\n\n",
            &["curl", "503 - server-error @line 1", "retry after 120"],
        ),
    ]);
}

#[test]
fn pages_and_nothing() {
    check(&[
        ("", &["empty", "incomplete: the answer is empty"]),
        (" \n\r\n", &["empty", "incomplete: the answer is empty"]),
        (
            "<!DOCTYPE html>\n<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>",
            &["html", "504 - server-error"],
        ),
        ("<html><body>Sign in</body></html>", &["html", "- - -"]),
        (
            "<?xml version=\"1.0\"?><s:Envelope><s:Fault><faultcode>s:Client</faultcode><faultstring>Employee 77 has an overlapping shift</faultstring></s:Fault></s:Envelope>",
            &["xml", "- - -! agent 77"],
        ),
    ]);
}

#[test]
fn other_encodings_are_read() {
    let bytes = b"{\"message\":\"Agent 7 \xff overlaps\"}";
    assert_eq!(shown(&read(bytes)), ["error-body", "- - -! agent 7"]);
    let text = "{\"message\":\"Agent 7 overlaps\"}";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(shown(&read(&wide)), ["error-body", "- - -! agent 7"]);
}

#[test]
fn messages_are_the_words_of_the_server() {
    for (text, message) in [
        (r#"{"title":"Conflict","detail":"Agent 7 overlaps"}"#, "Conflict: Agent 7 overlaps"),
        (r#"{"error":{"message":"Bearer abc is too old"}}"#, "Bearer [removed] is too old"),
        ("2026-03-02T08:00:00Z ERROR agent 7 overlaps", "agent 7 overlaps"),
        (r#"{"message":"Header","errors":[{"id":"s-1"}]}"#, "Header"),
    ] {
        let answer = read(text.as_bytes());
        assert_eq!(
            answer.complaints.first().map(|first| first.message.as_str()),
            Some(message),
            "{text}"
        );
    }
}
