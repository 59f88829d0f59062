//! What a server says of a request, in the shapes in which servers are known to answer.

use super::{Refusal, Reply, Secret, Shift, Verdict, time};
use crate::world::random::Dice;
use serde_json::{Value, json};

/// How an answer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// `{"message":"Conflict","status":409}` and no record.
    Bare,
    /// The result of a job, without a cause.
    BareJob,
    /// The result of a job with its failures.
    Job,
    /// A list of error bodies with an id each.
    Errors,
    Conflicts,
    MultiStatus,
    /// A status for each record, in their order and without ids.
    Positions,
    Genesys,
    Quinyx,
    Postgres,
    /// A sentence with the agent.
    Sentence,
    /// A sentence with the agent in JSON.
    Details,
    Log,
    Table,
    Ndjson,
    JsonApi,
    Problem,
    GraphBatch,
    Har,
    Curl,
}

/// What an answer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Records,
    Agents,
    Nothing,
}

/// How much an answer says of the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wording {
    /// Nothing but `Conflict`.
    Silent,
    /// Of whatever shares time, that it overlaps.
    Claims,
    Precise,
}

impl Wording {
    pub(crate) const ALL: [Wording; 3] = [Wording::Silent, Wording::Claims, Wording::Precise];
}

impl Shape {
    pub(crate) const ALL: [Shape; 20] = [
        Shape::Bare,
        Shape::BareJob,
        Shape::Job,
        Shape::Errors,
        Shape::Conflicts,
        Shape::MultiStatus,
        Shape::Positions,
        Shape::Genesys,
        Shape::Quinyx,
        Shape::Postgres,
        Shape::Sentence,
        Shape::Details,
        Shape::Log,
        Shape::Table,
        Shape::Ndjson,
        Shape::JsonApi,
        Shape::Problem,
        Shape::GraphBatch,
        Shape::Har,
        Shape::Curl,
    ];

    pub(crate) const fn names(self) -> Names {
        match self {
            Shape::Bare | Shape::BareJob => Names::Nothing,
            Shape::Sentence | Shape::Details => Names::Agents,
            _ => Names::Records,
        }
    }

    /// Whether it says of each record what became of it, and not only of those that were refused.
    pub(crate) const fn lists_all(self) -> bool {
        matches!(
            self,
            Shape::MultiStatus
                | Shape::Positions
                | Shape::Log
                | Shape::Table
                | Shape::Ndjson
                | Shape::GraphBatch
                | Shape::Har
                | Shape::Curl
        )
    }
}

/// What is said of a record.
struct Said<'a> {
    /// Its place in the request.
    place: usize,
    shift: &'a Shift,
    status: u16,
    code: &'static str,
    words: String,
}

impl Said<'_> {
    const fn is_refused(&self) -> bool {
        self.status >= 400
    }
}

/// Writes answers.
pub(crate) struct Clerk<'d> {
    pub(crate) shape: Shape,
    pub(crate) wording: Wording,
    /// Chooses among ways to say the same.
    pub(crate) dice: &'d mut Dice,
}

impl Clerk<'_> {
    /// The answer to a request.
    pub(crate) fn write(&mut self, request: &[Shift], reply: &Reply) -> String {
        let Reply::Judged(verdicts) = reply else {
            return "HTTP/1.1 429 Too Many Requests\nRetry-After: 30\n\n".to_owned();
        };
        if verdicts.iter().all(|verdict| *verdict == Verdict::Taken) && !self.shape.lists_all() {
            return json!({"status": 200}).to_string();
        }
        let said: Vec<Said<'_>> = request
            .iter()
            .zip(verdicts)
            .enumerate()
            .map(|(place, (shift, verdict))| self.say(place, shift, verdict))
            .collect();
        // Others that were refused with a record are mentioned only where all records are.
        let is_own = |of: &&Said<'_>| matches!(verdicts[of.place], Verdict::Refused(_));
        let refused: Vec<&Said<'_>> = said.iter().filter(is_own).collect();
        match self.shape.lists_all() {
            true => each(self.shape, &said),
            false => failures(self.shape, &refused),
        }
    }

    fn say<'s>(&mut self, place: usize, shift: &'s Shift, verdict: &Verdict) -> Said<'s> {
        let (status, code, words) = match verdict {
            Verdict::Taken => (200, "OK", "created".to_owned()),
            Verdict::RefusedWithOthers => {
                (424, "FAILED_DEPENDENCY", "another record of the request failed".to_owned())
            }
            Verdict::Refused(refusal) => self.reason(refusal),
        };
        Said { place, shift, status, code, words }
    }

    fn reason(&mut self, refusal: &Refusal) -> (u16, &'static str, String) {
        let shares_time =
            matches!(refusal, Refusal::Overlap(_) | Refusal::TimeOff | Refusal::PendingTimeOff)
                || *refusal == Refusal::Secret(Secret::TimeOff);
        match self.wording {
            _ if *refusal == Refusal::Secret(Secret::Nothing) => silence(),
            Wording::Silent => silence(),
            Wording::Claims if shares_time => self.claim(refusal),
            Wording::Claims | Wording::Precise => self.precise(refusal),
        }
    }

    fn claim(&mut self, refusal: &Refusal) -> (u16, &'static str, String) {
        let words = self.dice.of(&[
            "The shift overlaps with an existing entry",
            "availability window overlaps with an existing assignment",
            "agent is double-booked",
            "scheduled for overlapping intervals",
        ]);
        let words = match refusal {
            Refusal::Overlap(other) if self.dice.percent(30) => format!("overlaps with {other}"),
            _ => words.to_owned(),
        };
        (409, self.dice.of(&["SCHEDULE_OVERLAP", "schedule_assignment_conflict"]), words)
    }

    /// The code and the words for a reason that is named.
    fn precise(&mut self, refusal: &Refusal) -> (u16, &'static str, String) {
        let (status, code, words): (u16, &str, [&str; 2]) = match refusal {
            Refusal::Overlap(_) => return self.claim(refusal),
            Refusal::TimeOff | Refusal::Secret(Secret::TimeOff) => {
                (409, "ABSENCE_OVERLAP", ["has approved time off then", "is on leave that day"])
            }
            Refusal::PendingTimeOff => (
                409,
                "PENDING_LEAVE",
                ["a pending time off request overlaps", "leave request awaiting approval"],
            ),
            Refusal::PendingSwap => (
                409,
                "schedule_conflict",
                ["The record has a pending shift swap", "shift is locked by an open trade"],
            ),
            Refusal::SwappedAway => (
                409,
                "TRADE_PROCESSED",
                ["the trade was processed, the shift is no longer yours", "swap already processed"],
            ),
            Refusal::StaleVersion => {
                (412, "Conflict", ["schedule version mismatch", "ETag does not match"])
            }
            Refusal::ChangedSinceRead => {
                (409, "STALE", ["modified by another user", "the shift was modified since read"])
            }
            Refusal::DuplicateId => {
                (409, "DUPLICATE_ID", ["duplicate id in request", "duplicate key"])
            }
            Refusal::IdTaken => (
                409,
                "ID_TAKEN",
                ["the id is already used", "An entity with that id already exists"],
            ),
            Refusal::UnknownAgent => (404, "UNKNOWN_USER", ["User not found", "no such agent"]),
            Refusal::Reversed => {
                (422, "VALIDATION", ["end must be after start", "invalid time range"])
            }
            Refusal::Secret(secret) => return self.secret(*secret),
        };
        (status, code, self.dice.of(&words).to_owned())
    }

    fn secret(&mut self, secret: Secret) -> (u16, &'static str, String) {
        let (status, code, words) = match secret {
            Secret::LockedPeriod => (423, "LOCKED", "the pay period is locked"),
            Secret::LabourRule => (409, "RULE_VIOLATION", "Max consecutive hours exceeded"),
            Secret::Capacity => (409, "CAPACITY", "capacity exceeded for this interval"),
            Secret::Permission => (403, "missing.permission", "missing permission wfm:shift:edit"),
            Secret::TimeOff | Secret::Nothing => return silence(),
        };
        (status, code, words.to_owned())
    }
}

fn silence() -> (u16, &'static str, String) {
    (409, "Conflict", "Conflict".to_owned())
}

/// An answer with an element for each record.
fn each(shape: Shape, said: &[Said<'_>]) -> String {
    let list = |one: &dyn Fn(&Said<'_>) -> Value| said.iter().map(one).collect::<Vec<Value>>();
    let lines = |one: &dyn Fn(&Said<'_>) -> String| said.iter().map(one).collect::<String>();
    match shape {
        Shape::MultiStatus => json!({ "entities": list(&|of| match of.is_refused() {
            true => json!({"id": of.shift.id, "status": of.status,
                           "errors": [{"code": of.code, "message": of.words}]}),
            false => json!({"id": of.shift.id, "status": of.status}),
        })})
        .to_string(),
        Shape::Positions => json!({ "results": list(&|of| match of.is_refused() {
            true => json!({"status": of.status, "code": of.code, "message": of.words}),
            false => json!({"status": of.status}),
        })})
        .to_string(),
        Shape::GraphBatch => json!({ "responses": list(&|of| {
            let body = match of.is_refused() {
                true => json!({"error": {"code": of.code, "message": of.words}}),
                false => json!({"id": of.shift.id}),
            };
            json!({"id": (of.place + 1).to_string(), "status": of.status, "body": body})
        })})
        .to_string(),
        Shape::Har => json!({"log": {"version": "1.2", "entries": list(&|of| {
            let sent = json!({"id": of.shift.id, "agentId": of.shift.agent,
                              "start": time(of.shift.start), "end": time(of.shift.end)});
            let said = json!({"code": of.code, "message": of.words}).to_string();
            let said = if of.is_refused() { said } else { String::new() };
            json!({"request": {"method": "PUT", "postData": {"text": sent.to_string()}},
                   "response": {"status": of.status, "content": {"text": said}}})
        })}})
        .to_string(),
        Shape::Log => lines(&|of| {
            let level = if of.is_refused() { "ERROR" } else { "INFO" };
            let Said { status, words, .. } = of;
            let id = &of.shift.id;
            format!("2026-03-01 06:00:01,250 {level} push: shift {id}: {status} {words}\n")
        }),
        Shape::Table => {
            let row = |of: &Said<'_>| {
                let words = if of.is_refused() { &*of.words } else { "" };
                format!("{},{},{words}\n", of.shift.id, of.status)
            };
            format!("shift_id,status,message\n{}", lines(&row))
        }
        Shape::Ndjson => lines(&|of| {
            let line = json!({"id": of.shift.id, "status": of.status, "message": of.words});
            format!("{line}\n")
        }),
        _ => lines(&|of| {
            let body = match of.is_refused() {
                true => json!({"shiftId": of.shift.id, "code": of.code, "message": of.words}),
                false => json!({"shiftId": of.shift.id}),
            };
            format!("HTTP/1.1 {}\ncontent-type: application/json\n\n{body}\n\n", of.status)
        }),
    }
}

/// An answer that mentions only what was refused.
fn failures(shape: Shape, said: &[&Said<'_>]) -> String {
    let list = |one: &dyn Fn(&&Said<'_>) -> Value| said.iter().map(one).collect::<Vec<Value>>();
    let lines = |one: &dyn Fn(&&Said<'_>) -> String| said.iter().map(one).collect::<String>();
    match shape {
        Shape::Bare => {
            json!({"message": said[0].words, "code": said[0].code, "status": said[0].status})
                .to_string()
        }
        Shape::BareJob => {
            json!({"status": "Error", "operationId": "op-17", "eventType": "Import"}).to_string()
        }
        Shape::Job => json!({"status": "Error", "operationId": "op-17", "failures": list(&|of| {
            json!({"shiftId": of.shift.id, "code": of.code, "message": of.words})
        })})
        .to_string(),
        Shape::Errors => json!(list(&|of| {
            json!({"status": of.status, "code": of.code, "message": of.words,
                   "shiftId": of.shift.id})
        }))
        .to_string(),
        Shape::Conflicts => json!({"message": "Conflict", "status": 409, "conflicts": list(&|of| {
            json!({"agentId": of.shift.agent, "startTime": time(of.shift.start),
                   "endTime": time(of.shift.end), "reason": of.words})
        })})
        .to_string(),
        Shape::Genesys => {
            json!({"message": "The request failed", "code": "conflict", "status": 409,
                   "contextId": "0a1b2c3d", "details": [], "errors": list(&|of| {
                json!({"message": of.words, "code": of.code, "status": of.status,
                       "entityId": of.shift.id, "entityName": "shift",
                       "messageParams": {"agentId": of.shift.agent},
                       "details": [{"errorCode": of.code, "fieldName": "shifts",
                                    "entityId": of.shift.id}]})
            })})
            .to_string()
        }
        Shape::Quinyx => lines(&|of| {
            let line = json!({"error": of.code, "text": of.words, "severity": "ERROR",
                              "shiftId": of.shift.id, "additionalErrorParameters": {}});
            format!("{line}\n")
        }),
        Shape::Postgres => lines(&|of| postgres(of)),
        Shape::Sentence => lines(&|of| {
            let Said { place, shift, status, words, .. } = of;
            format!(
                "{status} Conflict: Agent ID {}: {words} (trace 7f3a-{place:04})\n",
                shift.agent
            )
        }),
        Shape::Details => json!(list(&|of| {
            let details = format!("Agent ID {} {}", of.shift.agent, of.words);
            json!({"error_code": of.code, "details": details})
        }))
        .to_string(),
        Shape::JsonApi => json!({ "errors": list(&|of| {
            let pointer = format!("/data/{}", of.place);
            json!({"id": format!("err-{}", of.place), "status": of.status.to_string(),
                   "code": of.code, "title": "Conflict", "detail": of.words,
                   "source": {"pointer": pointer}})
        })})
        .to_string(),
        _ => json!({"type": "https://example.com/conflict", "title": "Conflict", "status": 409,
                    "errors": list(&|of| {
            json!({"pointer": format!("#/shifts/{}", of.place), "code": of.code,
                   "detail": of.words})
        })})
        .to_string(),
    }
}

/// What a database prints: an exclusion constraint names agent and time, others the id.
fn postgres(of: &Said<'_>) -> String {
    let Shift { agent, id, start, end, .. } = of.shift;
    let [start, end] = [*start, *end].map(time);
    match of.code {
        "SCHEDULE_OVERLAP" | "schedule_assignment_conflict" => format!(
            "ERROR:  23P01: conflicting key value violates exclusion constraint \"one_shift\"\n\
             DETAIL:  Key (agent, during)=({agent}, [\"{start}\",\"{end}\")) conflicts with \
             existing key (agent, during)=({agent}, [\"{start}\",\"{end}\")).\n"
        ),
        "DUPLICATE_ID" | "ID_TAKEN" => format!(
            "ERROR:  23505: duplicate key value violates unique constraint \"shifts_pkey\"\n\
             DETAIL:  Key (shift_id)=({id}) already exists.\n"
        ),
        _ => format!("ERROR:  P0001: shift {id}: {}\n", of.words),
    }
}
