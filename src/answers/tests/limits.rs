//! Hostile and huge answers, and secrets.

use super::read;
use crate::model::complaint::ServerAnswer;
use proptest::prelude::{
    Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use std::time::Instant;

/// Answers of many shapes, to be mutated.
const SAMPLES: [&str; 8] = [
    r#"{"entities":[{"id":"s-1","status":409,"errors":[{"code":"schedule_conflict","message":"Agent 7 has a pending swap"}]},{"status":200}]}"#,
    r#"{"responses":[{"id":"1","status":409,"body":{"error":{"code":"Conflict","message":"shift s-1 overlaps with s-2"}}}]}"#,
    r#"{"log":{"entries":[{"request":{"method":"POST","postData":{"text":"{}"}},"response":{"status":409,"content":{"text":"[{\"message\":\"x\"}]"}}}]}}"#,
    "HTTP/1.1 409 Conflict\nRetry-After: 3\n\n{\"message\":\"from 2026-03-02T08:00Z to 2026-03-02T16:00Z\"}\n",
    "id,status,message\ns-1,409,\"over\"\"lap\"\n",
    "2026-03-02 08:00 ERROR: 23P01: x\n2026-03-02 08:00 DETAIL:  Key (agent, d)=(7, [\"a\",\"b\")) conflicts with existing key (agent, d)=(7, [a,b)).",
    "<html><title>502 Bad Gateway</title>",
    "{\"a\":\"\\ud83d\\u00e9\"}\n{\"errors\":{\"shifts[3].start\":[\"é?a=b\"]}}\n",
];

/// What stands around a secret, which goes to the place of `%`.
const PLANTED: [&str; 16] = [
    r#"{"status":409,"message":"sent with Bearer %"}"#,
    r#"{"status":409,"message":"GET https://host/shifts?access_token=% failed for agent 7"}"#,
    r#"{"status":409,"token":"%","message":"Conflict","headers":{"Authorization":"Bearer %","Cookie":"sid=%"}}"#,
    r#"{"errors":[{"id":"s-1","message":"password=% is wrong, token: %"}],"apiKey":"%"}"#,
    r#"{"failures":{"https://host/x?sig=%":"overlap","s-2":"api_key=%"}}"#,
    r#"{"code":"https://host/errors/conflict?session=%","message":"user token=% shift?token=% overlaps"}"#,
    r#"{"body":"{\"message\":\"x\",\"client_secret\":\"%\"}","status":409}"#,
    "HTTP/1.1 409 Conflict\nSet-Cookie: sid=%\nAuthorization: Basic %\nX-Request-Id: r?x=%\n\n",
    "* x\n> POST /shifts?key=% HTTP/2\n> Cookie: a=%\n< HTTP/2 403\n< x-api-key: %\n<\n{\"error\":\"x\"}\n$ curl -H 'X-Api-Key: %' -u ann:% https://h\n",
    "id,message,api_key\ns-1,\"Authorization: Bearer % refused\",%\n",
    "ERROR Cookie: a=%; b=%\nERROR agent 7 password: '%' overlap\n",
    "ERROR request {\"password\":\"%\",\"id\":\"s-1\"} failed with 409\n",
    r#"{"log":{"entries":[{"request":{"method":"POST","url":"https://h?a=%","headers":[{"name":"Cookie","value":"%"}],"postData":{"text":"{\"token\":\"%\",\"id\":\"s-1\"}"}},"response":{"status":409,"content":{"text":"secret=%"}}}]}}"#,
    "<html><title>409 at /x?y=%</title><h1>https://ann:%@host/</h1></html>",
    r#"{"message":"eyJ%.eyJ%.% has expired","status":401,"shiftId":"eyJ%.x%"}"#,
    "{\"a\":1}\n{\"message\":\"X-Auth-Token: %\",\"code\":\"jwt=%\"}\n",
];

fn shows(answer: &ServerAnswer, secret: &str) -> bool {
    let bodies = answer.complaints.iter().map(|complaint| &complaint.names).chain(&answer.accepted);
    let mut bodies = bodies.filter_map(|name| name.request_body.as_deref());
    format!("{answer:?}").contains(secret)
        || bodies.any(|body| String::from_utf8_lossy(body).contains(secret))
}

#[test]
fn every_planted_answer_complains() {
    for template in PLANTED {
        let answer = read(template.replace('%', "Zq7Zq7Zq7Zq7").as_bytes());
        assert!(!answer.complaints.is_empty(), "{template}");
        assert!(!shows(&answer, "Zq7Zq7"), "{template}\n{answer:#?}");
    }
}

/// `total` items of which the one at `place` failed, in several shapes.
fn planted(total: usize, place: usize, shape: usize) -> String {
    let items = (0..total).map(|item| {
        let failed = item == place;
        match shape {
            0 => format!(r#"{{"id":"s-{item}","status":{}}}"#, if failed { 409 } else { 200 }),
            1 => format!(r#"{{"success":{},"shiftId":"s-{item}"}}"#, !failed),
            2 if failed => format!(r#"{{"id":"s-{item}","errors":[{{"code":"overlap"}}]}}"#),
            2 => format!(r#"{{"id":"s-{item}","errors":[]}}"#),
            _ => format!("s-{item},{}", if failed { "409" } else { "200" }),
        }
    });
    let items: Vec<String> = items.collect();
    match shape {
        0 => format!(r#"{{"entities":[{}]}}"#, items.join(",")),
        1 => items.join("\n") + "\n",
        2 => format!("[{}]", items.join(",\n")),
        _ => format!("id,status\n{}\n", items.join("\n")),
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        prop_oneof![any::<u8>(), Just(b'"'), Just(b'{'), Just(b'\n'), Just(b'[')],
        0u8..3,
    );
    (prop::sample::select(SAMPLES.to_vec()), prop::collection::vec(change, 0..6)).prop_map(
        |(sample, changes)| {
            let mut bytes = sample.as_bytes().to_vec();
            for (place, byte, kind) in changes {
                let at = place.index(bytes.len().max(1));
                match kind {
                    0 if at < bytes.len() => bytes[at] = byte,
                    1 => bytes.truncate(at),
                    _ => bytes.insert(at.min(bytes.len()), byte),
                }
            }
            bytes
        },
    )
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_words_are_read(text in "[a-zé0-9 :=\\[\\]{}\",.#/?'\\\\\n-]{0,200}") {
        let _ = read(text.as_bytes());
    }

    #[test]
    fn mutated_samples_are_read(bytes in mutated()) {
        let answer = read(&bytes);
        let numbers: Vec<_> = answer.complaints.iter().map(|complaint| complaint.number).collect();
        prop_assert_eq!(numbers, (1..=answer.complaints.len()).collect::<Vec<_>>());
    }

    #[test]
    fn no_secret_gets_into_an_answer(
        template in prop::sample::select(PLANTED.to_vec()),
        secret in "[A-Z][a-z0-9]{2}[A-Z][A-Za-z0-9_.-]{8,20}[a-zA-Z0-9]",
        before in prop::sample::select(vec!["", "\n", " "]),
    ) {
        let answer = read(format!("{before}{}", template.replace('%', &secret)).as_bytes());
        prop_assert!(!shows(&answer, &secret), "{answer:#?}");
    }

    #[test]
    fn a_complaint_is_found_wherever_it_stands(total in 2usize..60, place in any::<prop::sample::Index>(), shape in 0usize..4) {
        let place = place.index(total);
        let answer = read(planted(total, place, shape).as_bytes());
        let ids: Vec<_> = answer.complaints.iter().map(|complaint| complaint.names.ids.join("+")).collect();
        prop_assert_eq!(ids, [format!("s-{place}")]);
        prop_assert_eq!(answer.accepted.len(), total - 1);
        prop_assert_eq!(answer.incomplete, None);
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_panic() {
    for unit in ["[", "{\"errors\":[", "{\"error\":", "[{\"x\":["] {
        let answer = read(unit.repeat(100_000).as_bytes());
        let incomplete = answer.incomplete.unwrap_or_default();
        assert!(incomplete.contains("128 levels"), "{unit}: {incomplete}");
    }
    let fine = "{\"error\":".repeat(100) + "{\"message\":\"overlap\"}" + &"}".repeat(100);
    assert_eq!(read(fine.as_bytes()).complaints.len(), 1);
}

/// Reads texts of two lengths, the second four times the first, and holds their times against
/// each other: the square of the length would take 16 times as long.
fn grows_with_length(name: &str, text: impl Fn(usize) -> String, count: usize) {
    let took = |text: String| {
        let started = Instant::now();
        let _ = read(text.as_bytes());
        started.elapsed().as_secs_f64()
    };
    // Other programs slow down both, one more than the other for a while.
    let is_linear = |_| {
        let (short, long) = (took(text(count)), took(text(4 * count)));
        long < 0.2 || long < 11.0 * short
    };
    assert!((0..5).any(is_linear), "{name} takes more than its length");
}

/// Texts that would cost the square of their length if each part were searched to the end.
#[test]
fn time_grows_with_the_length() {
    let texts: [fn(usize) -> String; 11] = [
        |count| "x {\"a\":\"".to_owned() + &"b\nx {\"a\":\"".repeat(count),
        |count| "x {\"a\":[\n".repeat(count),
        |count| "\"".repeat(count * 4),
        |count| "'a ".repeat(count * 4),
        |count| {
            format!(
                r#"{{"agentIds":[{}1],"message":"{}","errors":[{}{{"id":"s"}}]}}"#,
                "1,".repeat(count),
                "overlap ".repeat(count),
                r#"{"message":"x y"},"#.repeat(count)
            )
        },
        |count| {
            let errors: String = (0..count).map(|i| format!("\"wrong {i}\",")).collect();
            format!(r#"{{"id":"s-1","status":409,"errors":[{errors}"x"]}}"#)
        },
        |count| format!("HTTP/1.1 409 Conflict\n{}", "\nHTTP/1.1 409 Conflict\n".repeat(count)),
        |count| "<a></a".repeat(count),
        |count| "agent 7 ".repeat(count),
        |count| "? ".repeat(count) + &"?a".repeat(count),
        |count| format!(r#"{{"message":"{}"}}"#, "token ".repeat(count * 4)),
    ];
    for (place, text) in texts.into_iter().enumerate() {
        grows_with_length(&format!("text {place}"), text, 5_000);
    }
}

#[test]
fn a_hundred_thousand_items_are_read() {
    let items = |count: usize| {
        let failed: Vec<String> = (0..count)
            .map(|item| format!(r#"{{"id":"s-{item}","status":409,"errors":[{{"code":"schedule_conflict","message":"Agent {item} has a pending shift swap from 2026-03-02T08:00Z to 2026-03-02T16:00Z"}}]}}"#))
            .collect();
        format!(r#"{{"entities":[{}]}}"#, failed.join(","))
    };
    assert_eq!(read(items(100_000).as_bytes()).complaints.len(), 100_000);
    grows_with_length("a list of items", items, 5_000);
}
