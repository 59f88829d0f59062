use super::{SpokenNames, read};

fn shown(spoken: &SpokenNames) -> String {
    let mut parts = Vec::new();
    parts.extend(spoken.agents.iter().map(|agent| format!("agent {agent}")));
    parts.extend(spoken.ids.iter().map(|id| format!("id {id}")));
    parts.extend(spoken.others.iter().map(|id| format!("other {id}")));
    parts.extend(spoken.spans.iter().map(|(start, end)| format!("{start}..{end}")));
    parts.extend(spoken.other_spans.iter().map(|(start, end)| format!("other {start}..{end}")));
    parts.extend(spoken.index.map(|index| format!("index {index}")));
    parts.extend(spoken.pointer.iter().cloned());
    parts.extend(spoken.status.map(|status| format!("status {status}")));
    parts.join(", ")
}

#[test]
fn only_labelled_words_and_ids_are_names() {
    for (text, expected) in [
        (
            "409 Conflict: Agent ID 88219 is scheduled for overlapping intervals",
            "agent 88219, status 409",
        ),
        ("409 Conflict: Agent 409 is scheduled", "agent 409, status 409"),
        ("connection to port 409 failed", ""),
        ("no answer at port 409", ""),
        ("Agent is scheduled 3 times in 2026", ""),
        ("agents 7, 8 and 9 overlap", "agent 7, agent 8, agent 9"),
        ("agent 7, shift s-12", "agent 7, id s-12"),
        ("employee #E-77 has no skill", "agent E-77"),
        ("user: jsmith overlaps", "agent jsmith"),
        ("user: not found", ""),
        ("user jsmith overlaps", ""),
        ("user kim@example.com overlaps", "agent kim@example.com"),
        ("agent 'Kim Lee' overlaps", "agent Kim Lee"),
        ("agent 3 of 5", ""),
        ("agent 2026-03-02", ""),
        ("Agent 7: between 2026-03-02 and 2026-03-08", "agent 7"),
        ("shift s-1 overlaps with shift s-9", "id s-1, other s-9"),
        ("conflicts with existing entry x9", "other x9"),
        ("shift s-1 overlaps with s-9", "id s-1, other s-9"),
        ("it overlaps with 2026-03-02", ""),
        ("agent user-7 conflicts with 409", "agent user-7"),
        ("overlap with existing entry x9 for shift s-1", "id s-1, other x9"),
        ("shift 12 overlaps", ""),
        ("row 12 is invalid", "index 12"),
        ("record 3 and record r-4", "id r-4, index 3"),
        ("line 1 column 5 is no JSON", ""),
        ("errors[3].start is required", "/errors/3/start"),
        ("see /shifts/3/start", "/shifts/3/start"),
        ("POST /api/v2/shifts/3", ""),
        ("status=409 agent=7", "agent 7, status 409"),
        ("time=2026-03-02T08:00:00Z agent=7", "agent 7"),
        (
            "0f8fad5b-d9cb-469f-a165-70867728950e is taken",
            "id 0f8fad5b-d9cb-469f-a165-70867728950e",
        ),
        ("correlation id 0f8fad5b-d9cb-469f-a165-70867728950e", ""),
        ("request id: 0f8fad5b-d9cb-469f-a165-70867728950e", ""),
        ("shift 2026-03-02 08:00 to 16:00", "2026-03-02 08:00..16:00"),
        (
            "agent 7 2026-03-02T08:00Z conflicts with 2026-03-02T12:00Z",
            "agent 7, 2026-03-02T08:00Z.., other 2026-03-02T12:00Z..",
        ),
        ("server 10.0.3.7 at host.9.example", ""),
        ("3 records failed", ""),
        ("host push[123]: failed", ""),
        ("409 Client Error: Conflict", "status 409"),
        ("worker-7 thread failed", ""),
    ] {
        assert_eq!(shown(&read(text)), expected, "{text}");
    }
}
