//! `shiftlint plan`: what is written, what waits, and what is refused.

use crate::cli::streams::{fed, gzip};
use crate::program::{Folder, Outcome};
use serde_json::{Value, json};
use std::io::Write;
use std::process::ChildStdin;

const TIMES: [(&str, &str); 4] = [
    ("2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z"),
    ("2026-03-02T11:00:00Z", "2026-03-02T15:00:00Z"),
    ("2026-03-03T08:00:00Z", "2026-03-03T12:00:00Z"),
    ("2026-03-04T08:00:00Z", "2026-03-04T12:00:00Z"),
];

/// Four shifts of one agent, of which the first two overlap.
fn rows() -> String {
    let row =
        |(number, (start, end)): (usize, &(&str, &str))| format!("ann,s-{number}x,{start},{end}\n");
    let rows: String = TIMES.iter().enumerate().map(row).collect();
    format!("agent,id,start,end\n{rows}")
}

fn shift(number: usize) -> Value {
    let (start, end) = TIMES[number];
    json!({"agent": "ann", "id": format!("s-{number}x"), "start": start, "end": end})
}

fn manifest(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("plan/plan.json").expect("a manifest")).expect("JSON")
}

/// The files of the chunks, in their order.
fn chunks(folder: &Folder) -> Vec<String> {
    let manifest = manifest(folder);
    let lanes = manifest["lanes"].as_array().expect("lanes").iter();
    let chunks = lanes.flat_map(|lane| lane["chunks"].as_array().expect("chunks").clone());
    chunks.map(|chunk| format!("plan/{}", chunk["file"].as_str().expect("a file"))).collect()
}

#[test]
fn what_goes_and_what_waits_are_written_as_they_were() {
    let folder = Folder::new().with("batch.csv", rows());
    let outcome = folder.run(&["plan", "batch.csv", "--out", "plan", "--chunk", "2"]).exits(1);
    assert!(
        outcome.out.contains("3 of 4 records (75%) can go now, in 2 chunks"),
        "{}",
        outcome.out
    );
    assert_eq!(
        chunks(&folder),
        ["plan/send/lane-1/chunk-001.csv", "plan/send/lane-1/chunk-002.csv"]
    );
    let rows = rows();
    let lines: Vec<&str> = rows.split_inclusive('\n').collect();
    let file = |name: &str| folder.read(name).expect("a file");
    assert_eq!(file("plan/send/lane-1/chunk-001.csv"), [lines[0], lines[1], lines[3]].concat());
    assert_eq!(file("plan/send/lane-1/chunk-002.csv"), [lines[0], lines[4]].concat());
    assert_eq!(file("plan/hold/hold.csv"), [lines[0], lines[2]].concat());
    let reasons = file("plan/hold/reasons.csv");
    assert!(reasons.contains("batch.csv,2,s-1x,ann,OV101,"), "{reasons}");
    let manifest = manifest(&folder);
    assert_eq!((&manifest["kept"], &manifest["held"]), (&json!(3), &json!(1)));
    assert_eq!(manifest["hold"][0]["because"][0]["id"], "s-0x");
    let record = &manifest["lanes"][0]["chunks"][1]["records"][0];
    assert_eq!(
        (&record["position"], &record["record"], &record["line"]),
        (&json!(0), &json!(4), &json!(5))
    );
    assert_eq!(record["start"], "2026-03-04T08:00:00Z");
}

#[test]
fn what_surrounds_records_is_in_every_chunk() {
    let rows = rows();
    let windows = rows.replace('\n', "\r\n");
    let titled = format!("\u{feff}sep=,\r\nWeek 10\r\n{windows}");
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(rows.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, bytes, chunk) in [
        (
            "batch.csv",
            titled.as_bytes().to_vec(),
            titled.split_inclusive("\r\n").take(4).collect::<String>().into_bytes(),
        ),
        (
            "batch.csv.gz",
            gzip(rows.as_bytes()),
            rows.split_inclusive('\n').take(2).collect::<String>().into_bytes(),
        ),
        ("batch.csv", utf_16.clone(), {
            let text: String = rows.split_inclusive('\n').take(2).collect();
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        }),
    ] {
        let folder = Folder::new().with(name, &bytes);
        folder.run(&["plan", name, "--out", "plan", "--chunk", "1"]).exits(1);
        let first =
            std::fs::read(folder.path().join("plan/send/lane-1/chunk-001.csv")).expect("a file");
        assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&chunk), "{name}");
    }
}

#[test]
fn documents_keep_their_envelope_and_their_pages_are_the_chunks() {
    let batch = json!({
        "unit": "u-1", "total": 4, "pageSize": 25, "pageNumber": 2, "nextUri": null,
        "assignments": [shift(0), shift(1), shift(2), shift(3)]
    });
    let folder = Folder::new().with("batch.json", format!("{batch:#}"));
    folder.run(&["plan", "batch.json", "--out", "plan", "--chunk", "2"]).exits(1);
    let texts: Vec<Value> = chunks(&folder)
        .iter()
        .map(|file| serde_json::from_str(&folder.read(file).expect("a file")).expect("JSON"))
        .collect();
    assert_eq!(texts[0]["assignments"], json!([shift(0), shift(2)]));
    assert_eq!(texts[1]["assignments"], json!([shift(3)]));
    assert_eq!((&texts[1]["unit"], &texts[1]["total"]), (&json!("u-1"), &json!(1)));
    let changed = &manifest(&folder)["lanes"][0]["chunks"][1]["changed"];
    assert!(
        changed.as_array().expect("a list").iter().any(|key| key["key"] == "total"),
        "{changed}"
    );
    // Lines are cut as they are.
    let lines: String = (0..4).map(|number| shift(number).to_string() + "\n").collect();
    let folder = Folder::new().with("batch.ndjson", &lines);
    folder.run(&["plan", "batch.ndjson", "--out", "plan"]).exits(1);
    let sent = folder.read("plan/send/lane-1/chunk-001.ndjson").expect("a chunk");
    assert_eq!(sent, [0, 2, 3].map(|number| shift(number).to_string() + "\n").concat());
}

#[test]
fn a_chunk_has_records_of_one_input() {
    let other = "agent,id,start,end\nben,b-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n";
    let folder = Folder::new().with("batch.csv", rows()).with("more.csv", other);
    folder.run(&["plan", "batch.csv", "more.csv", "--out", "plan", "--lanes", "2"]).exits(1);
    assert_eq!(
        chunks(&folder),
        ["plan/send/lane-1/chunk-001.batch.csv", "plan/send/lane-2/chunk-001.more.csv"]
    );
    assert_eq!(folder.read("plan/send/lane-2/chunk-001.more.csv").as_deref(), Some(other));
    assert!(folder.read("plan/hold/batch.csv").is_some());
}

/// Two live shifts that trade their times can only be sent at once.
#[test]
fn records_that_need_each_other_are_sent_together() {
    let row = |id: &str, day: u32| {
        format!("ann,{id},2026-03-{day:02}T08:00:00Z,2026-03-{day:02}T12:00:00Z\n")
    };
    let table = |rows: &[String]| format!("agent,id,start,end\n{}", rows.concat());
    let folder = Folder::new()
        .with("live.csv", table(&[row("k-1", 2), row("k-2", 3), row("k-3", 4)]))
        .with("batch.csv", table(&[row("k-1", 3), row("k-3", 9), row("k-2", 2)]));
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan", "--chunk", "1"];
    folder.run(&args).exits(0);
    let manifest = manifest(&folder);
    let chunks = manifest["lanes"][0]["chunks"].as_array().expect("chunks");
    let together: Vec<(u64, bool)> = chunks
        .iter()
        .map(|chunk| (chunk["count"].as_u64().expect("a count"), chunk["together"] == true))
        .collect();
    assert_eq!(together, [(2, true), (1, false)]);
    let outcome = folder.run(&[&args[..], &["--force", "--one-by-one"]].concat()).exits(1);
    assert!(outcome.out.contains("needs records that need it"), "{}", outcome.out);
    assert!(outcome.out.contains("1 of 3 records"), "{}", outcome.out);
}

#[test]
fn an_import_goes_or_waits_as_a_whole() {
    let day = |day: u32, hour: u32| {
        json!({"activities": [{"startDate": format!("2026-03-{day:02}T{hour:02}:00:00Z"),
               "lengthMinutes": 240, "activityCodeId": "0"}]})
    };
    let import = |shifts: &[Value]| {
        json!({"weekCount": 1, "agentSchedules": [
            {"userId": "a-1", "shifts": shifts}, {"userId": "a-2", "shifts": [day(5, 8)]}]})
        .to_string()
    };
    let args = [
        "plan",
        "week.json",
        "--week-of",
        "2026-03-02",
        "--tz",
        "UTC",
        "--out",
        "plan",
        "--chunk",
        "1",
    ];
    let sound = Folder::new().with("week.json", import(&[day(3, 8), day(4, 8)]));
    sound.run(&args).exits(0);
    let text = sound.read("plan/send/lane-1/chunk-001.json").expect("one chunk");
    assert_eq!(text, import(&[day(3, 8), day(4, 8)]));
    let broken = Folder::new().with("week.json", import(&[day(3, 8), day(3, 9)]));
    let outcome = broken.run(&args).exits(1);
    assert!(outcome.out.contains("none of 3 records can go now"), "{}", outcome.out);
}

/// The plan of an upload of changes, record by record on at most so many lanes.
fn of_upload(upload: &Value, live: &Value, lanes: &str) -> (Folder, Outcome) {
    let folder =
        Folder::new().with("up.json", upload.to_string()).with("live.json", live.to_string());
    let args = ["plan", "up.json", "--published", "live.json", "--out", "plan", "--chunk", "1"];
    let outcome = folder.run(&[&args[..], &["--lanes", lanes]].concat());
    (folder, outcome)
}

#[test]
fn changes_of_one_schedule_are_one_lane_and_want_its_new_version() {
    let agent = |number: usize| {
        json!({"userId": format!("a-{number}"), "metadata": {"version": 1}, "shifts": [
            {"id": format!("n-{number}"), "startDate": "2026-03-03T08:00:00Z", "lengthMinutes": 60,
             "activities": []}]})
    };
    let upload =
        json!({"metadata": {"version": 7}, "agentSchedules": [agent(1), agent(2), agent(3)]});
    let live = json!({"businessUnitTimeZone": "UTC", "agentSchedules": [
        {"user": {"id": "a-1"}, "shifts": [{"id": "old", "startDate": "2026-03-02T08:00:00Z",
         "lengthMinutes": 60, "activities": []}]}]});
    let (folder, outcome) = of_upload(&upload, &live, "3");
    let outcome = outcome.exits(0);
    assert!(outcome.out.contains("1 lane of 3 is all there is"), "{}", outcome.out);
    let manifest = manifest(&folder);
    let chunks = manifest["lanes"][0]["chunks"].as_array().expect("chunks");
    let refetched: Vec<bool> = chunks.iter().map(|chunk| chunk["refetch_before"] == true).collect();
    assert_eq!(refetched, [false, true, true]);
    let first: Value =
        serde_json::from_str(&folder.read("plan/send/lane-1/chunk-001.json").expect("a chunk"))
            .expect("JSON");
    assert_eq!(first, json!({"metadata": {"version": 7}, "agentSchedules": [agent(1)]}));
}

#[test]
fn what_is_pending_or_only_possible_waits_unless_it_is_sent() {
    let off =
        "agent,id,start,end,status\nann,r-1,2026-03-03T09:00:00Z,2026-03-03T10:00:00Z,pending\n";
    let folder = Folder::new().with("batch.csv", rows()).with("off.csv", off);
    let args = ["plan", "batch.csv", "--time-off", "off.csv", "--out", "plan"];
    let outcome = folder.run(&args).exits(1);
    assert!(outcome.out.contains("2 of 4"), "{}", outcome.out);
    assert!(outcome.out.contains("OV202"), "{}", outcome.out);
    let outcome = folder.run(&[&args[..], &["--send", "pending", "--force"]].concat()).exits(1);
    assert!(outcome.out.contains("3 of 4"), "{}", outcome.out);
    // 01:30 was there twice; the second is after the shift before.
    let night = "agent,id,start,end,zone\nann,n-1,2026-11-01 00:00,2026-11-01 01:15,America/Chicago\n\
                 ann,n-2,2026-11-01 01:10,2026-11-01 03:00,America/Chicago\n";
    let folder = Folder::new().with("batch.csv", night);
    folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
}

#[test]
fn each_chunk_gets_a_time_under_a_rate() {
    let folder = Folder::new().with("batch.csv", rows());
    let args = ["plan", "batch.csv", "--out", "plan", "--chunk", "1", "--per-minute", "2"];
    let outcome = folder.run(&args).exits(1);
    assert!(outcome.out.contains("the last is sent after 1 min"), "{}", outcome.out);
    let manifest = manifest(&folder);
    let chunks = manifest["lanes"][0]["chunks"].as_array().expect("chunks");
    let times: Vec<&Value> = chunks.iter().map(|chunk| &chunk["at_second"]).collect();
    assert_eq!(times, [&json!(0), &json!(0), &json!(60)]);
    let together = folder.run(&["plan", "batch.csv", "--out", "p2", "--per-minute", "2"]).exits(2);
    assert!(together.err.contains("a chunk has 3 records"), "{}", together.err);
    assert!(!folder.path().join("p2").exists());
}

#[test]
fn a_plan_replaces_nothing_but_a_plan() {
    let folder = Folder::new().with("in/batch.csv", rows());
    let plan = |out: &str, more: &[&str]| {
        let args = [&["plan", "in/batch.csv", "--out", out], more].concat();
        folder.run(&args)
    };
    plan("plan", &[]).exits(1);
    assert!(plan("plan", &[]).exits(2).err.contains("--force replaces the plan"));
    plan("plan", &["--force"]).exits(1);
    assert!(plan("in", &["--force"]).exits(2).err.contains("is not a plan"));
    assert!(plan("", &[]).exits(2).err.contains("empty"));
    let within = folder.run(&["plan", "in", "--out", "in/plan"]).exits(2);
    assert!(within.err.contains("which is an input"), "{}", within.err);
    assert!(plan("new/deep", &[]).exits(1).err.is_empty());
    let names = std::fs::read_dir(folder.path()).expect("a folder").flatten();
    let names: Vec<_> = names.map(|entry| entry.file_name()).collect();
    assert_eq!(names.len(), 3, "nothing is left over: {names:?}");
    assert!(
        plan("p3", &["--apply-swaps", "--swaps", "in/batch.csv"])
            .exits(2)
            .err
            .contains("--apply-swaps")
    );
}

#[test]
fn there_is_no_plan_of_what_could_not_be_read() {
    let live = "agent,id,start,end\nann,k-1,2026-03-02T18:00:00Z,oops\n,k-2,nothing,at all\n";
    let doubtful = Folder::new().with("batch.json", r#"{"shifts":[1,2]}"#);
    doubtful.run(&["plan", "batch.json", "--out", "plan"]).exits(3);
    assert!(!doubtful.path().join("plan").exists());
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
    // The agent of one unreadable live record waits.
    let known = live.split_inclusive('\n').take(2).collect::<String>();
    let others = format!("{}ben,b-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n", rows());
    let folder = Folder::new().with("batch.csv", &others).with("live.csv", known);
    let outcome = folder.run(&args).exits(1);
    assert!(outcome.out.contains("1 of 5 records"), "{}", outcome.out);
    assert!(outcome.out.contains("RC101"), "{}", outcome.out);
    let empty = Folder::new().with("batch.csv", "agent,id,start,end\n");
    empty.run(&["plan", "batch.csv", "--out", "plan"]).exits(4);
    assert!(!empty.path().join("plan").exists());
    let missing = Folder::new().with("batch.csv", rows());
    let outcome = missing.run(&args).exits(3);
    assert!(outcome.out.contains("no plan was written; --partial"), "{}", outcome.out);
    missing.run(&[&args[..], &["--partial"]].concat()).exits(3);
    assert_eq!(manifest(&missing)["complete"], false);
}

/// The outcome of a plan beside a live file with a shift of ben, and these lines.
fn planned_beside(live: &str, more: &[&str]) -> (Folder, Outcome) {
    let batch = "agent,id,start,end\n\
                 ann,n-1,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z\n\
                 ben,n-2,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z\n";
    let head = "agent,id,start,end\nben,s-1,2026-03-02T14:00:00Z,2026-03-02T16:00:00Z\n";
    let folder = Folder::new().with("batch.csv", batch).with("live.csv", format!("{head}{live}"));
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
    let outcome = folder.run(&[&args[..], more].concat());
    (folder, outcome)
}

#[test]
fn there_is_no_plan_if_nobody_knows_whose_a_live_record_is() {
    // A line that breaks off, another name of ann, and ann who can be the beginning of anna.
    for live in ["an", "ann@x.com,s-9,2026-03-02T0x:00:00Z,2026-03-02T16:00:00Z\n", "ann"] {
        let (folder, outcome) = planned_beside(live, &[]);
        outcome.exits(3).says(&["no plan was written; --partial"]);
        assert!(!folder.path().join("plan").exists(), "{live}");
        let (folder, outcome) = planned_beside(live, &["--partial"]);
        outcome.exits(3);
        assert_eq!(manifest(&folder)["complete"], false, "{live}");
        let why = ["why", "batch.csv", "--published", "live.csv", "--", "n-1"];
        folder.run(&why).exits(3).says(&["no all-clear"]);
    }
    // Of somebody whom other records or the list of agents name, it concerns nobody else.
    let known = "zed,s-8,2026-03-02T14:00:00Z,2026-03-02T16:00:00Z\nzed,s-9,oops,oops\n";
    planned_beside(known, &[]).1.exits(0).says(&["all 2 records can go now"]);
}

#[test]
fn a_side_record_with_doubtful_times_lets_its_agent_wait() {
    let live = "ann,s-9,2026-03-02T22:00:00Z,2026-03-02T09:30:00Z\n";
    let (folder, outcome) = planned_beside(live, &[]);
    outcome.exits(1).says(&["1 of 2 records", "RC102"]);
    assert_eq!(manifest(&folder)["hold"][0]["id"], "n-1");
    assert_eq!(manifest(&folder)["complete"], true);
    let off = "agent,id,start,end,zone,status\n\
               ann,t-9,2026-03-02T09:00:00-05:00,2026-03-02T12:30:00-05:00,America/Chicago,approved\n";
    let (folder, _) = planned_beside("", &[]);
    let folder = folder.with("off.csv", off);
    folder
        .run(&["plan", "batch.csv", "--time-off", "off.csv", "--out", "other"])
        .exits(1)
        .says(&["1 of 2 records", "TZ104"]);
}

#[test]
fn what_the_batch_both_cancels_and_sends_waits() {
    let live = "agent,id,start,end,status\nann,s-1,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,\n";
    let cancelled = "ann,s-1,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,cancelled\n";
    for sent in ["ann,s-1,2026-03-02T08:00:00Z", "ann,s-1,2026-03-02T09:00:00Z"] {
        let batch = format!(
            "agent,id,start,end,status\n{sent},2026-03-02T12:00:00Z,\n{cancelled}\
             ben,s-2,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,\n"
        );
        let folder = Folder::new().with("batch.csv", batch).with("live.csv", live);
        let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
        let outcome = folder.run(&args).exits(1);
        outcome.says(&["1 of 3 records", "is both cancelled and sent by the batch"]);
        let manifest = manifest(&folder);
        let rules = manifest["hold"].as_array().expect("a list").iter().map(|of| &of["rule"]);
        assert_eq!(rules.collect::<Vec<_>>(), ["contradicted", "contradicted"]);
    }
    // A hand-over by one id is no contradiction.
    let batch = format!(
        "agent,id,start,end,status\n{cancelled}ben,s-1,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,\n"
    );
    let folder = Folder::new().with("batch.csv", batch).with("live.csv", live);
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
    folder.run(&args).never_says(&["both cancelled and sent"]);
}

#[test]
fn an_unreadable_record_of_the_batch_waits_alone() {
    let batch = format!(
        "{}ann,s-9x,2026-03-09T08:00:00Z,soon\nann,s-8x,2026-03-09T08:00:00Z,2026-03-09T08:00:00Z\n",
        rows()
    );
    let folder = Folder::new().with("batch.csv", batch);
    let outcome = folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    for words in ["3 of 6 records", "RC101 unreadable-record", "RC103 empty-span"] {
        assert!(outcome.out.contains(words), "{words}: {}", outcome.out);
    }
    assert_eq!(manifest(&folder)["complete"], true);
}

#[test]
fn what_is_live_is_not_sent_again_and_equal_copies_go_once() {
    let live = rows().split_inclusive('\n').take(2).collect::<String>();
    let copies = format!("{}ann,s-3x,2026-03-04T08:00:00Z,2026-03-04T12:00:00Z\n", rows());
    let folder = Folder::new().with("batch.csv", copies).with("live.csv", live);
    let outcome =
        folder.run(&["plan", "batch.csv", "--published", "live.csv", "--out", "plan"]).exits(1);
    for words in ["2 of 5 records", "1 record is live already", "ID101", "OV104"] {
        assert!(outcome.out.contains(words), "{words}: {}", outcome.out);
    }
}

#[test]
fn cells_of_reasons_are_no_formulas() {
    let batch = "agent,id,start,end\n=1+1,-x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n\
                 =1+1,+y,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z\n";
    let folder = Folder::new().with("batch.csv", batch);
    folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    let reasons = folder.read("plan/hold/reasons.csv").expect("reasons");
    assert!(reasons.contains("batch.csv,2,'+y,'=1+1,OV101"), "{reasons}");
    let held = folder.read("plan/hold/hold.csv").expect("what waits");
    assert!(held.contains("\n=1+1,+y,"), "{held}");
}

#[test]
fn a_plan_is_made_of_what_comes_through_a_pipe() {
    let folder = Folder::new();
    let write = |_, mut input: ChildStdin| input.write_all(rows().as_bytes()).expect("a pipe");
    let outcome = fed(&folder, &["plan", "-", "--out", "plan"], write).exits(1);
    assert!(outcome.out.contains("3 of 4 records"), "{}", outcome.out);
    assert_eq!(chunks(&folder), ["plan/send/lane-1/chunk-001.csv"]);
}

/// Everything that a plan writes of its batch, chunk after chunk, and then what waits.
fn all_written(folder: &Folder, held: &str) -> String {
    let texts = chunks(folder).into_iter().chain([format!("plan/hold/{held}")]);
    texts.filter_map(|file| folder.read(&file)).collect()
}

#[test]
fn no_line_of_a_shift_of_several_lines_is_lost() {
    let iex = "#fields:tvID|schedDate|excName|StartTime|StopTime\n1|03022026|Phone|08:00|10:00\n\
               1|03022026|Lunch|10:00|11:00\n1|03022026|Phone|11:00|14:00\n2|03022026|Phone|08:00|10:00\n";
    let folder = Folder::new().with("batch.txt", iex);
    let args = ["plan", "batch.txt", "--tz", "UTC", "--date-order", "mdy", "--out", "plan"];
    folder.run(&[&args[..], &["--chunk", "1"]].concat()).exits(0);
    let written = all_written(&folder, "hold.txt");
    for line in iex.lines() {
        assert!(written.contains(line), "{line}: {written}");
    }
}

#[test]
fn a_line_with_several_spans_is_one_record_with_all_its_cells() {
    let rows = "id,agent,date,start1,end1,start2,end2,note\n\
                s1x,a,2026-03-02,08:00,10:00,12:00,14:00,hello\n\
                s2x,a,2026-03-02,13:00,15:00,,,late\n";
    let folder = Folder::new().with("batch.csv", rows);
    folder.run(&["plan", "batch.csv", "--tz", "UTC", "--out", "plan"]).exits(1);
    let lines: Vec<&str> = rows.split_inclusive('\n').collect();
    let sent = folder.read("plan/send/lane-1/chunk-001.csv").expect("a chunk");
    assert_eq!(sent, [lines[0], lines[1]].concat());
    assert_eq!(folder.read("plan/hold/hold.csv"), Some([lines[0], lines[2]].concat()));
}

/// The folder of a plan has a table of this name itself.
#[test]
fn a_batch_can_be_called_as_the_table_of_reasons() {
    let rows = |agent: &str| {
        let row = |id: &str, start: u32, end: u32| {
            format!("{agent}-{id}x,{agent},2026-03-02T{start:02}:00Z,2026-03-02T{end:02}:00Z\n")
        };
        format!("id,agent,start,end\n{}{}", row("1", 8, 12), row("2", 11, 13))
    };
    let folder = Folder::new().with("reasons.csv", rows("a")).with("b.csv", rows("b"));
    folder.run(&["plan", "reasons.csv", "b.csv", "--out", "plan"]).exits(1);
    assert!(folder.read("plan/hold/reasons.csv").expect("a table").starts_with("path,record,"));
    assert!(folder.read("plan/hold/2-reasons.csv").expect("records").starts_with("id,agent,"));
}

/// A later run would read the plan as a part of the batch.
#[cfg(unix)]
#[test]
fn a_folder_is_in_an_input_by_a_link_too() {
    let folder = Folder::new().with("weeks/batch.csv", "agent,start,end\n");
    std::os::unix::fs::symlink("weeks", folder.path().join("link")).expect("a link");
    for out in ["weeks/plan", "link/plan", "link/new/plan", "new/../weeks/plan"] {
        let refused = folder.run(&["plan", "weeks", "--out", out]).exits(2);
        refused.complains(&["is in the folder `weeks`, which is an input"]);
    }
}

/// `i-5x` moves onto the time of a live shift without an id; it is not that shift.
#[test]
fn what_moves_a_live_record_is_not_live() {
    let row = |id: &str, hour: u32| {
        format!("{id},b,2026-03-02T{hour:02}:00:00Z,2026-03-02T{:02}:00:00Z\n", hour + 1)
    };
    let table = |rows: &[String]| format!("id,agent,start,end\n{}", rows.concat());
    let folder = Folder::new()
        .with("live.csv", table(&[row("", 8), row("i-5x", 12)]))
        .with("batch.csv", table(&[row("i-5x", 8), row("", 12)]));
    let args = ["plan", "batch.csv", "--published", "live.csv", "--out", "plan"];
    let outcome = folder.run(&args).exits(1);
    assert!(outcome.out.contains("none of 2 records can go now"), "{}", outcome.out);
}

#[test]
fn both_sides_of_a_swap_go_or_wait() {
    let table = |rows: &[&str]| format!("id,agent,start,end\n{}\n", rows.join("\n"));
    let early = "2026-03-02T08:00:00Z,2026-03-02T10:00:00Z";
    let late = "2026-03-02T12:00:00Z,2026-03-02T14:00:00Z";
    let [one, other] = [format!("p-1x,b,{early}"), format!("p-2x,a,{late}")];
    let folder = Folder::new()
        .with("live.csv", table(&[&format!("p-1x,a,{early}"), &format!("p-2x,b,{late}")]))
        .with(
            "swaps.csv",
            "id,status,agent,shift,with agent,with shift\nt-1,approved,a,p-1x,b,p-2x\n",
        )
        .with("off.csv", table(&["t-9x,a,2026-03-02T13:00:00Z,2026-03-02T14:00:00Z"]))
        .with("batch.csv", table(&[&one, &other]));
    let args =
        ["plan", "batch.csv", "--published", "live.csv", "--swaps", "swaps.csv", "--out", "plan"];
    let both = folder.run(&args).exits(0);
    assert!(both.out.contains("all 2 records can go now, in 1 chunk"), "{}", both.out);
    let args = [&args[..], &["--time-off", "off.csv", "--force"]].concat();
    assert!(folder.run(&args).exits(1).out.contains("none of 2 records"));
}

/// What deletes all of an agent stands between the records, and has to stay where it is.
#[test]
fn an_upload_that_deletes_an_agent_is_sent_as_it_is() {
    let shifts = |id: &str| json!([{"id": id, "startDate": "2026-03-03T08:00:00Z", "lengthMinutes": 60, "activities": []}]);
    let upload = json!({"metadata": {"version": 7}, "agentSchedules": [
        {"userId": "u-1", "shifts": shifts("n-1")}, {"userId": "u-2", "delete": true},
        {"userId": "u-2", "shifts": shifts("n-3")}]});
    let live = json!({"businessUnitTimeZone": "UTC", "agentSchedules": [
        {"user": {"id": "u-1"}, "shifts": shifts("old")}]});
    let (folder, _) = of_upload(&upload, &live, "2");
    let written: Vec<String> =
        chunks(&folder).iter().map(|file| folder.read(file).expect("a chunk")).collect();
    let held = folder.read("plan/hold/hold.json");
    assert_eq!(written.into_iter().chain(held).collect::<Vec<_>>(), [upload.to_string()]);
}

#[test]
fn a_folder_with_anything_else_is_never_replaced() {
    let folder = Folder::new().with("batch.csv", rows()).with("fake/plan.json", "{}");
    let plan = |out: &str, batch: &str| folder.run(&["plan", batch, "--out", out, "--force"]);
    assert!(plan("fake", "batch.csv").exits(2).err.contains("is not a plan"));
    plan("plan", "batch.csv").exits(1);
    assert!(plan("plan", "plan/hold/hold.csv").exits(2).err.contains("which is an input"));
    std::fs::write(folder.path().join("plan/photo.jpg"), "precious").expect("a file");
    assert!(plan("plan", "batch.csv").exits(2).err.contains("is not a plan"));
    assert!(folder.read("plan/photo.jpg").is_some());
}

#[test]
fn many_copies_of_one_record_are_planned_at_once() {
    let row = "ann,s-1x,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z\n";
    let folder =
        Folder::new().with("batch.csv", format!("agent,id,start,end\n{}", row.repeat(3_000)));
    let outcome = folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    assert!(outcome.out.contains("1 of 3000 records"), "{}", outcome.out);
}

#[test]
fn a_break_goes_with_one_shift_around_it() {
    let batch = "id,agent,start,end,kind\n\
                 s-1x,a,2026-03-02T08:00:00Z,2026-03-02T16:00:00Z,Work\n\
                 s-7x,a,2026-03-02T11:00:00Z,2026-03-02T14:00:00Z,Work\n\
                 s-3x,a,2026-03-02T12:00:00Z,2026-03-02T13:00:00Z,Break\n";
    let folder = Folder::new().with("batch.csv", batch);
    let outcome = folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    assert!(outcome.out.contains("2 of 3 records"), "{}", outcome.out);
}

/// Three hours of two agents outweigh two of one.
#[test]
fn hours_of_all_agents_are_weighed() {
    let batch = r#"[{"id":"s-1x","agents":["d"],"start":"2026-03-02T03:00:00Z","end":"2026-03-02T05:00:00Z"},
        {"id":"s-2x","agents":["d","a","c"],"start":"2026-03-02T03:00:00Z","end":"2026-03-02T04:00:00Z"}]"#;
    let folder = Folder::new().with("batch.json", batch);
    folder.run(&["plan", "batch.json", "--out", "plan", "--keep", "most-hours"]).exits(1);
    let sent = folder.read("plan/send/lane-1/chunk-001.json").expect("a chunk");
    assert!(sent.contains("s-2x") && !sent.contains("s-1x"), "{sent}");
}

#[test]
fn all_records_that_an_approved_swap_would_meet_wait() {
    let folder = Folder::new()
        .with("live.csv", "agent,id,start,end\nbob,s-2,2026-03-02T11:00:00Z,2026-03-02T19:00:00Z\n")
        .with("swaps.csv", "id,status,agent,shift,with agent\nw-1,approved,bob,s-2,ann\n")
        .with(
            "batch.csv",
            "agent,id,start,end\nann,s-10,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z\n\
             ann,s-4,2026-03-02T14:00:00Z,2026-03-02T18:00:00Z\n\
             ann,s-5,2026-03-02T20:00:00Z,2026-03-02T22:00:00Z\n",
        );
    let inputs = ["batch.csv", "--published", "live.csv", "--swaps", "swaps.csv"];
    folder.run(&[&["plan"], &inputs[..], &["--out", "plan"]].concat()).exits(1);
    let sent: String =
        chunks(&folder).iter().map(|chunk| folder.read(chunk).expect("a chunk")).collect();
    assert!(sent.contains("s-5") && !sent.contains("s-4") && !sent.contains("s-10"), "{sent}");
    folder.run(&["check", "--plan", "plan"]).exits(0);
}
