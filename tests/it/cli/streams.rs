//! The same bytes from a file, compressed, and through a pipe: the same report,
//! in memory that does not grow with them.

use crate::program::{Folder, Outcome, shifts};
use std::fmt::Write as _;
use std::io::Write;
use std::process::{ChildStdin, Stdio};

/// Runs the program, and lets a thread write to its standard input.
pub(super) fn fed(
    folder: &Folder,
    args: &[&str],
    write: impl FnOnce(u32, ChildStdin) + Send + 'static,
) -> Outcome {
    let mut command = folder.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (number, input) = (child.id(), child.stdin.take().expect("a pipe"));
    let writer = std::thread::spawn(move || write(number, input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("all is written");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

/// The time so many quarters of an hour after the beginning of March.
fn quarter(number: usize) -> String {
    let start = jiff::civil::date(2026, 3, 1).at(0, 0, 0, 0);
    let time = start + jiff::Span::new().minutes(15 * number as i64);
    format!("{}Z", time.strftime("%Y-%m-%dT%H:%M"))
}

/// Rows of all lengths, quoted or not, some of them broken, with overlaps near
/// and far; more than is looked at before it is read.
fn awkward_rows() -> String {
    let mut text = String::from("agent,id,note,start,end\n");
    for number in 0..8_000 {
        let note = match number % 7 {
            0 => "\"a note,\nof \"\"two\"\" lines\"".to_owned(),
            1 => "é".repeat(number % 400),
            2 => "x".repeat(470 + number % 60),
            _ => String::new(),
        };
        let (start, end) = (quarter(number / 97), quarter(number / 97 + 3));
        let start = if number % 1999 == 5 { "soon".to_owned() } else { start };
        let surplus = if number % 2003 == 7 { ",surplus" } else { "" };
        let gap = if number % 1000 == 9 { "\r\n\n" } else { "\n" };
        let agent = number * 7919 % 6000;
        let _ = write!(text, "agent-{agent},s-{number},{note},{start},{end}{surplus}{gap}");
    }
    text
}

#[cfg(unix)]
fn awkward_objects(between: &str) -> String {
    let object = |number: usize| {
        let (start, end) = (quarter(number / 97), quarter(number / 97 + 3));
        let agent = number * 7919 % 4000;
        let note = "\\u00e9\\\"".repeat(number % 40);
        format!(
            "{{\"agent\":\"\\u0061-{agent}\",\"id\":{number},\"note\":[{{\"x\":\"{note}\"}}],\
             \"start\":\"{start}\",\"end\":\"{end}\"}}"
        )
    };
    (0..8000).map(object).collect::<Vec<_>>().join(between)
}

/// Times whose order of day and month the last of them shows, if it does.
#[cfg(unix)]
fn american(last: &str) -> Vec<u8> {
    let mut text = String::from("agent,id,start,end\n");
    for number in 0..32_000 {
        let (day, agent) = (1 + number % 9, number % 16_000);
        let _ = writeln!(text, "a-{agent},s-{number},3/{day}/2026 8:00,3/{day}/2026 9:00");
    }
    let _ = writeln!(text, "zoe,s,{last} 8:00,{last} 9:00");
    text.into_bytes()
}

#[cfg(unix)]
fn inputs() -> Vec<(&'static str, Vec<u8>)> {
    let rows = awkward_rows();
    let spoilt = [rows.as_bytes(), b"a\xffa,s,,2026-03-02T08:00Z,2026-03-02T09:00Z\n"].concat();
    let list = format!("[\n{}\n]", awkward_objects(",\n"));
    let lists = format!(
        "{{\"assignments\":[{}],\"other\":{{}},\"timeOff\":[{}],\"shifts\":[1]}}",
        awkward_objects(", "),
        r#"{"agent":"a-7","start":"2026-03-01T01:00Z","end":"2026-03-01T02:00Z","status":"?"}"#
    );
    let lines = awkward_objects("\r\n");
    vec![
        ("spoilt rows", spoilt),
        ("a quote that never closes", [rows.as_bytes(), "é,\"x\n\n".as_bytes()].concat()),
        ("no rows", b"agent,id,start,end\n".to_vec()),
        ("nothing", Vec::new()),
        ("an order shown late", american("3/13/2026")),
        ("no order", american("3/4/2026")),
        ("two orders", [american("3/13/2026"), b"a,s,13/3/2026,14/3/2026\n".to_vec()].concat()),
        ("a list that breaks off", list.as_bytes()[..list.len() - 2].to_vec()),
        ("lists that break", lists.replace("[1]}", "[1]]").into_bytes()),
        ("a list nobody looks for", lists.replace("timeOff", "elsewhere").into_bytes()),
        ("one list", list.into_bytes()),
        ("lists on one line", lists.into_bytes()),
        ("lines", format!("{lines}\n42\n").into_bytes()),
        ("lines that break", format!("{lines}\n\n{{\"é\":1 2}}\n{{}}").into_bytes()),
    ]
}

/// A file that is called what standard input is called in reports.
#[cfg(unix)]
const NAME: &str = "<stdin>";

#[cfg(unix)]
#[test]
fn a_stream_is_told_as_a_file_is() {
    for (what, bytes) in inputs() {
        let told = |input| {
            ["check", input, "--max-per-agent", "3", "--format", "text", "--format", "json"]
                .into_iter()
                .chain(["--output", "report.json"])
                .collect::<Vec<_>>()
        };
        let all = |folder: &Folder, outcome: Outcome| {
            // What the report suggests to type begins with what was typed.
            let own = |line: &&str| !line.trim_start().starts_with("answered, this would be");
            let out: Vec<&str> = outcome.out.lines().filter(own).collect();
            let json = folder.read("report.json").expect("a report");
            // The receipt names what a file is packed in.
            let json = json.replace("\"container\":\"gzip\"", "\"container\":null");
            (outcome.code, out.join("\n"), json)
        };
        let of_file = |bytes: &[u8]| {
            let folder = Folder::new().with(NAME, bytes);
            let outcome = folder.run(&told(NAME));
            all(&folder, outcome)
        };
        let of_pipe = |bytes: Vec<u8>| {
            let folder = Folder::new();
            let feed = move |_, mut input: ChildStdin| drop(input.write_all(&bytes));
            let outcome = fed(&folder, &told("-"), feed);
            all(&folder, outcome)
        };
        let plain = of_file(&bytes);
        assert!(plain.0.is_some_and(|code| code != 2), "{what}: {plain:?}");
        let packed = gzip(&bytes);
        for (how, other) in [
            ("packed", of_file(&packed)),
            ("piped", of_pipe(bytes)),
            ("packed and piped", of_pipe(packed)),
        ] {
            assert!(other == plain, "{what}, {how}: {other:?}\n{plain:?}");
        }
    }
}

/// So many that they are not all kept open.
#[test]
fn many_packed_files_are_read() {
    let mut folder = Folder::new();
    for number in 0..300 {
        let row = format!("{},s-{number},2026-03-02T08:00Z,2026-03-02T16:00Z", number % 150 + 1);
        folder = folder.with(&format!("week/{number}.csv"), gzip(shifts(&[&row]).as_bytes()));
    }
    let large = gzip(awkward_rows().as_bytes());
    let args = ["check", "week", "--time-off", "large", "--format", "json"];
    let report = folder.with("large", large).run(&args).exits(3).report();
    assert_eq!(report["summary"]["rules"]["OV103"], 150);
    assert_eq!(report["inputs"][300]["records"], 8_000);
}

#[cfg(target_os = "linux")]
mod memory {
    use super::{Folder, fed, gzip, quarter};
    use std::fmt::Write as _;
    use std::io::Write;
    use std::process::ChildStdin;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// The bytes of a column that no field stands for. Short enough that a file
    /// with many of them is long before it has many records.
    const WIDTH: usize = 16 << 10;
    /// Records at a time: four megabytes.
    const PORTION: usize = 256;
    /// What all that is kept may take, in KiB: a fraction of what is read.
    const MOST: u64 = 40 << 10;

    fn portion(first: usize, wide: &str) -> String {
        let mut text = String::new();
        for number in first..first + PORTION {
            let (start, end) = (quarter(number), quarter(number + 1));
            let _ = writeln!(text, "agent-{},{wide},{start},{end}", number % 50);
        }
        text
    }

    /// The most memory that a process had so far, in KiB, while it runs.
    fn peak(process: u32) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// Feeds records until `size` megabytes are written, with an overlap between
    /// the first and the last, and gives the most memory that was used meanwhile.
    fn peak_of(size: usize) -> u64 {
        let (tell, told) = channel();
        let feed = move |process, mut input: ChildStdin| {
            let wide = "x".repeat(WIDTH);
            let row = format!("zoe,{wide},2026-03-01T00:00Z,2026-03-01T00:20Z\n");
            input.write_all(format!("agent,note,start,end\n{row}").as_bytes()).expect("it reads");
            for number in 0..size * (1 << 20) / (PORTION * WIDTH) {
                let text = portion(number * PORTION, &wide);
                input.write_all(text.as_bytes()).expect("it reads on");
            }
            tell.send(peak(process).expect("it runs")).expect("somebody asks");
            input.write_all(row.as_bytes()).expect("it reads to the end");
        };
        let outcome = fed(&Folder::new(), &["check", "-", "--format", "json"], feed).exits(1);
        let report = outcome.report();
        assert_eq!(report["summary"]["rules"]["OV103"], 1, "{}", outcome.told());
        assert_eq!(report["findings"][0]["records"][0]["line"], 2);
        told.recv().expect("it was asked")
    }

    #[test]
    fn what_comes_through_a_pipe_is_not_kept() {
        let peak = peak_of(96);
        assert!(peak < MOST, "{peak} KiB for 96 MiB");
    }

    /// `SHIFTLINT_GIGABYTES=20 cargo test --release --test it -- --ignored pipe`
    #[test]
    #[ignore = "takes as long as its writer"]
    #[expect(clippy::print_stderr, reason = "what was measured is what it is run for")]
    fn gigabytes_come_through_a_pipe_and_are_not_kept() {
        let size = std::env::var("SHIFTLINT_GIGABYTES").map_or(Ok(2), |size| size.parse());
        let size: usize = size.expect("a number of gigabytes");
        let peak = peak_of(size << 10);
        eprintln!("{size} GiB: {peak} KiB at most");
        assert!(peak < MOST + 1024 * size as u64 * 40, "{peak} KiB for {size} GiB");
    }

    /// The most memory that a check of packed records had, in KiB.
    fn peak_of_packed(packed: Vec<u8>, rule: &str, count: u64) -> u64 {
        let folder = Folder::new().with("batch.csv.gz", packed);
        let (tell, told) = channel();
        let watch = move |process, input: ChildStdin| {
            drop(input);
            let peaks = std::iter::from_fn(|| {
                std::thread::sleep(Duration::from_millis(2));
                peak(process)
            });
            tell.send(peaks.last()).expect("somebody asks");
        };
        let args = ["check", "batch.csv.gz", "--format", "json"];
        let outcome = fed(&folder, &args, watch).exits(1);
        assert_eq!(outcome.report()["summary"]["rules"][rule], count, "{}", outcome.told());
        told.recv().expect("it was asked").expect("it was seen")
    }

    /// The most memory, in KiB, that a check of so many copies of one record had.
    fn peak_of_copies(copies: u64) -> u64 {
        let row = "zoe,s-1,2026-03-01T00:00Z,2026-03-01T00:20Z\n";
        let text = format!("agent,id,start,end\n{}", row.repeat(copies as usize));
        peak_of_packed(gzip(text.as_bytes()), "OV103", copies * (copies - 1) / 2)
    }

    /// Nor is it copied about: each takes its place on the timeline and little more.
    #[test]
    fn the_copies_of_one_record_take_little_memory() {
        const FEW: u64 = 10_000;
        const MANY: u64 = 400_000;
        // The program itself takes some megabytes, whatever it reads: more unoptimized.
        let taken = peak_of_copies(MANY).saturating_sub(peak_of_copies(FEW));
        let most = (MANY - FEW) * 80 / 1024;
        assert!(taken < most, "{taken} KiB for {} copies more", MANY - FEW);
    }

    #[test]
    fn what_a_packed_file_unpacks_to_is_not_kept() {
        let mut packed = gzip(b"agent,note,start,end\n");
        let row = gzip(b"zoe,,2026-03-01T00:00Z,2026-03-01T00:20Z\n");
        packed.extend(&row);
        for number in 0..24 {
            packed.extend(gzip(portion(number * PORTION, &"x".repeat(WIDTH)).as_bytes()));
        }
        packed.extend(&row);
        let peak = peak_of_packed(packed, "OV103", 1);
        assert!(peak < MOST, "{peak} KiB for 96 MiB");
    }
}

/// What follows a list is only known once its records were read, and a pipe is read once.
#[test]
fn what_follows_the_records_counts_in_a_pipe_too() {
    let list = r#"[{"start":"2026-03-02T08:00:00","end":"2026-03-02T16:00:00"},
        {"start":"2026-03-02T15:00:00","end":"2026-03-02T20:00:00"}]"#;
    for (text, code) in [
        (format!(r#"{{"shifts":{list},"agent":"ann","timeZone":"America/Chicago"}}"#), 1),
        (format!(r#"{{"timeZone":"America/Chicago","shifts":{list},"agent":"ann"}}"#), 1),
        (format!(r#"{{"ann":{{"shifts":{list},"agent":"ann"}},"timeZone":"America/Chicago"}}"#), 1),
    ] {
        let folder = Folder::new().with("batch.json", text.clone());
        let from_file = folder.run(&["check", "batch.json"]).exits(code);
        let args = ["check", "-", "--stdin-name", "batch.json"];
        let piped = fed(&folder, &args, move |_, mut input| {
            input.write_all(text.as_bytes()).expect("it is read");
        });
        assert_eq!((piped.code, piped.out), (from_file.code, from_file.out));
    }
}
