//! Days beside agents, in what is not a record of a document.

use crate::program::Folder;

/// Shifts of two agents, and something beside them.
fn beside_shifts(more: &str) -> String {
    let times = r#""start":"2026-03-02T09:00Z","end":"2026-03-02T17:00Z""#;
    format!(r#"{{"shifts":[{{"agent":"ann",{times}}},{{"agent":"bob",{times}}}],{more}}}"#)
}

/// Asks for one doubt at this place, which its answer settles.
#[track_caller]
fn is_doubted(text: &str, place: &str) {
    let folder = Folder::new().with("batch.json", text);
    let args = ["check", "batch.json"];
    let doubted = folder.run(&args).exits(3);
    doubted.says(&["[RD103]", "1 question is open", &format!("RD103={place}")]);
    folder.run(&[&args[..], &["--accept", &format!("RD103={place}")]].concat()).exits(0);
}

#[test]
fn days_beside_agents_are_doubted() {
    for map in [
        r#"{"2026-03-03":"ann","2026-03-04":"bob"}"#,
        r#"{"2026-03-03":["ann","bob"]}"#,
        r#"{"2026-03-03":{"early":"ann","late":"bob"}}"#,
        r#"{"2026-03-03":{"ann":"09:00-17:00"}}"#,
        r#"{"2026-03-03":{"agent":"ann"}}"#,
        r#"{"2026-03-03":{"crew":["ann"]}}"#,
        r#"{"ann":{"2026-03-02":"early","2026-03-04":"late"},"bob":{"2026-03-03":"early"}}"#,
        r#"{"ann":["2026-03-02","2026-03-03"]}"#,
        r#"{"ann":"2026-03-03"}"#,
        r#"{"ann":{"early":"2026-03-03","late":"2026-03-04"}}"#,
        r#"{"2026-03-03T00:00:00":"ann"}"#,
        r#"{"03/03/2026":"ann"}"#,
        r#"{"monday":"ann"}"#,
        r#"[["2026-03-03","ann"],["2026-03-04","bob"]]"#,
        r#"{"2026-03-03":[["early","ann"]]}"#,
    ] {
        is_doubted(&beside_shifts(&format!(r#""rota":{map}"#)), "/rota");
        is_doubted(&beside_shifts(&format!(r#""more":{{"rota":{map}}}"#)), "/more/rota");
    }
    is_doubted(&beside_shifts(r#""rota":{"early":{"2026-03-03":"ann"}}"#), "/rota/early");
    is_doubted(&beside_shifts(r#""holidays":{"2026-03-03":"ann"}"#), "/holidays");
    is_doubted(&beside_shifts(r#""teams":[{"rota":{"2026-03-03":"ann"}}]"#), "/teams/*");
    let of_person = r#"{"agent":"cid","days":{"2026-03-03":"late"},"shifts":[
        {"start":"2026-03-02T09:00Z","end":"2026-03-02T17:00Z"}]}"#;
    is_doubted(&beside_shifts(&format!(r#""people":[{of_person}]"#)), "/people/*");
}

/// A map of more days than are looked ahead is looked at all the same.
#[test]
fn a_map_may_be_long() {
    let days = (0..28_000).map(|day| {
        let (year, month, day) = (2000 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        format!(r#""{year}-{month:02}-{day:02}":"ann""#)
    });
    let days = days.collect::<Vec<_>>().join(",");
    is_doubted(&beside_shifts(&format!(r#""rota":{{{days}}}"#)), "/rota");
}

#[test]
fn days_beside_anything_else_pass() {
    for more in [
        r#""holidays":{"2026-03-03":"Founders Day"}"#,
        r#""forecast":{"2026-03-02":12,"2026-03-03":14}"#,
        r#""totals":{"ann":{"2026-03-02":8},"2026-03-03":{"bob":7.5}}"#,
        r#""locked":{"2026-03-02":true,"ann":null}"#,
        r#""notes":{"2026-03-02":"ann"}"#,
        r#""remarks":{"2026-03-02":"delivery at noon","2026-03-03":["noon","late"]}"#,
        r#""hired":{"ann":"2020-01-01"},"birthdays":{"bob":"1990-03-03"}"#,
        r#""lastShift":{"ann":"2026-03-01"},"certifiedUntil":{"bob":"2027-03-01"}"#,
        r#""createdBy":{"2026-03-02":"ann"},"manager":{"2026-03-02":"ann"}"#,
        r#""approvals":{"2026-03-02":{"approver":"ann","state":"done"}}"#,
        r#""availability":{"ann":{"2026-03-02":"any"}}"#,
        r#""people":{"ann":{"team":"Blue","badge":"2025-01-01"}}"#,
        r#""people":[{"name":"ann","medical":"2027-01-01"}]"#,
        r#""workdays":{"ann":["mon","tue"]},"restDay":{"bob":"Sunday"}"#,
        r#""week":"2026-03-02","planner":"ann","weekdays":["Monday","Tuesday"]"#,
        r#""openingHours":{"monday":"09:00-17:00","tuesday":"09:00-17:00"}"#,
    ] {
        let folder = Folder::new().with("batch.json", beside_shifts(more));
        folder.run(&["check", "batch.json"]).exits(0);
    }
    // Whoever leads the day has no shift by that.
    let days = r#"{"2026-03-02":{"lead":"ann","shifts":[
        {"agent":"bob","start":"09:00","end":"17:00"},
        {"agent":"ann","start":"09:00","end":"17:00"}]}}"#;
    let folder = Folder::new().with("batch.json", days);
    folder.run(&["check", "batch.json", "--tz", "UTC"]).exits(0);
}
