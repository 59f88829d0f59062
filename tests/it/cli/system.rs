//! Files as a system can have them: links in circles, pipes, files that change
//! while they are read, more files than may be open, and runs that are stopped.
//!
//! Where a test has to act in the middle of a run, it holds the run up with a
//! pipe: inputs are opened in order, and the program waits at a pipe until
//! somebody writes into it.

use crate::program::{Folder, Outcome, finish, one_shift_each, shifts};
use serde_json::Value;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const EARLY: &str = "anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00";
const LATE: &str = "anna,s-2,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00";

fn batch(rows: &[&str]) -> Folder {
    Folder::new().with("batch.csv", shifts(rows))
}

/// The time so many minutes after the beginning of 2020, as a file has it.
fn minute(number: u32) -> String {
    let start = jiff::civil::date(2020, 1, 1).at(0, 0, 0, 0);
    format!("{}Z", start + jiff::Span::new().minutes(number))
}

#[cfg(unix)]
mod unix {
    use super::{EARLY, LATE, batch};
    use crate::program::{Folder, Outcome, finish, one_shift_each, shifts};
    use std::fs::File;
    use std::io::Write;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::process::ExitStatusExt;
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::sync::mpsc::{Receiver, channel};
    use std::time::{Duration, SystemTime};

    const PATIENCE: Duration = Duration::from_secs(60);

    fn pipe(folder: &Folder, name: &str) -> PathBuf {
        let path = folder.path().join(name);
        let made = Command::new("mkfifo").arg(&path).status().expect("mkfifo is there");
        assert!(made.success(), "no pipe at {}", path.display());
        path
    }

    /// The writing end of a pipe, as soon as somebody reads.
    fn reader_comes(path: &Path) -> Receiver<File> {
        let (found, wait) = channel();
        let path = path.to_owned();
        std::thread::spawn(move || {
            let end = File::options().write(true).open(path).expect("the pipe is there");
            let _ = found.send(end);
        });
        wait
    }

    /// Gives this to whoever reads the pipe, if anybody does.
    fn feed(path: &Path, text: String) {
        let reader = reader_comes(path);
        std::thread::spawn(move || reader.recv().map(|mut end| end.write_all(text.as_bytes())));
    }

    fn start(folder: &Folder, args: &[&str]) -> Child {
        let mut command = folder.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    }

    fn ended(child: Child) -> Outcome {
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a check, does something while it waits at a pipe, and lets it go on.
    fn meanwhile(folder: &Folder, args: &[&str], held_up_at: &str, act: impl FnOnce()) -> Outcome {
        let reader = reader_comes(&pipe(folder, held_up_at));
        let child = start(folder, &[&["check", "--jobs", "1"], args].concat());
        let mut end = reader.recv_timeout(PATIENCE).expect("the program reads the pipe");
        act();
        end.write_all(b"agent,id,start,end\n").expect("the program reads on");
        drop(end);
        ended(child)
    }

    #[test]
    fn links_in_a_circle_are_3_by_name_and_in_a_folder() {
        let folder = batch(&[EARLY]).with("weeks/one.csv", shifts(&[EARLY]));
        symlink("circle.csv", folder.path().join("circle.csv")).expect("a link");
        symlink("two.csv", folder.path().join("weeks/two.csv")).expect("a link");
        for (input, named) in
            [("circle.csv", "circle.csv"), ("weeks", "weeks/two.csv"), ("weeks/*", "weeks/two.csv")]
        {
            let outcome = folder.run(&["check", input]).exits(3);
            outcome.says(&[named, "cannot be read", "symbolic links", "no all-clear"]);
        }
        folder.run(&["check", "batch.csv", "--published", "circle.csv"]).exits(3);
    }

    #[test]
    fn a_link_to_nothing_in_a_folder_is_no_all_clear() {
        let folder = Folder::new().with("weeks/one.csv", shifts(&[EARLY]));
        symlink("gone.csv", folder.path().join("weeks/two.csv")).expect("a link");
        for input in ["weeks", "weeks/*.csv"] {
            let outcome = folder.run(&["check", input]).exits(3);
            outcome.says(&["weeks/two.csv: cannot be read", "1 record"]);
        }
        symlink("one.csv", folder.path().join("weeks/gone.csv")).expect("a link");
        folder.run(&["check", "weeks"]).exits(0).says(&["1 record of 1 agent"]);
    }

    #[test]
    fn one_file_under_two_names_is_read_once_a_role() {
        let folder = batch(&[EARLY]).with("weeks/one.csv", shifts(&[EARLY]));
        symlink("batch.csv", folder.path().join("latest.csv")).expect("a link");
        for names in [["batch.csv", "latest.csv"], ["./batch.csv", "batch.csv"]] {
            let turned = [names[1], names[0]];
            let outcome = folder.run(&["check", names[0], names[1]]).exits(0);
            assert_eq!(folder.run(&["check", turned[0], turned[1]]).out, outcome.out);
            outcome.says(&["1 record of 1 agent"]);
        }
        folder.run(&["check", "./weeks", "weeks/one.csv"]).exits(0).says(&["1 record"]);
        let outcome = folder.run(&["check", "batch.csv", "--published", "latest.csv"]).exits(0);
        outcome.says(&["1 replaced"]);
    }

    #[test]
    fn a_report_never_replaces_an_input() {
        let folder = batch(&[EARLY]).with("weeks/live.csv", shifts(&[LATE]));
        symlink("batch.csv", folder.path().join("latest.json")).expect("a link");
        for path in ["batch.csv", "./batch.csv", "latest.json", "weeks/live.csv"] {
            let args = ["check", "batch.csv", "--published", "weeks", "--format", "json"];
            let outcome = folder.run(&[&args[..], &["--output", path]].concat()).exits(2);
            outcome.complains(&["would replace the input", path]);
        }
        assert_eq!(folder.read("batch.csv"), Some(shifts(&[EARLY])));
        assert_eq!(folder.read("weeks/live.csv"), Some(shifts(&[LATE])));
    }

    /// A folder may link to itself, and hold folders with the endings of files.
    #[test]
    fn a_folder_is_gone_through_at_every_depth_and_once() {
        let folder = Folder::new().with("weeks/one.csv", shifts(&[EARLY]));
        let folder = folder.with("weeks/deep.csv/two.csv", shifts(&[LATE]));
        symlink("../weeks", folder.path().join("weeks/self.csv")).expect("a link");
        for name in ["weeks", "weeks/self.csv/self.csv"] {
            folder.run(&["check", name]).exits(1).says(&["[OV101]", "in 2 records of 1 agent"]);
        }
    }

    /// It might hold records, and nobody would miss them.
    #[test]
    fn a_pipe_in_a_folder_is_a_doubt() {
        let folder = Folder::new().with("weeks/one.csv", shifts(&[EARLY]));
        pipe(&folder, "weeks/pipe.csv");
        let outcome = folder.run(&["check", "weeks"]).exits(3);
        outcome.says(&["[RD117]", "weeks/pipe.csv", "it is a pipe or a device"]);
    }

    #[test]
    fn a_pipe_is_read_in_any_role() {
        let folder = batch(&[EARLY]);
        let path = pipe(&folder, "pipe");
        feed(&path, shifts(&[EARLY, LATE]));
        folder.run(&["check", "pipe"]).exits(1).says(&["error[OV101]", "pipe:2", "pipe:3"]);
        feed(&path, shifts(&[LATE]));
        let outcome = folder.run(&["check", "batch.csv", "--published", "pipe"]).exits(1);
        outcome.says(&["error[OV104]", "pipe:2 (published)"]);
        feed(&path, String::new());
        folder.run(&["check", "pipe"]).exits(4).says(&["nothing to check"]);
        feed(&path, String::new());
        folder.run(&["check", "batch.csv", "--published", "pipe"]).exits(3).says(&["pipe"]);
    }

    fn in_shell(folder: &Folder, script: &str) -> Outcome {
        let program = env!("CARGO_BIN_EXE_shiftlint");
        let mut command = Command::new("sh");
        command.args(["-c", script, program]).current_dir(folder.path()).env("NO_COLOR", "1");
        finish(&mut command)
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_of_open_files_are_inputs() {
        let folder = batch(&[EARLY, LATE]).with("live.csv", shifts(&[LATE]));
        for script in [
            "\"$0\" check /dev/stdin < batch.csv",
            "cat batch.csv | \"$0\" check /dev/stdin",
            "cat batch.csv | \"$0\" check /dev/fd/0",
            "\"$0\" check /dev/fd/7 7< batch.csv",
            "cat batch.csv | (exec 7<&0; \"$0\" check /dev/fd/7 < /dev/null)",
        ] {
            in_shell(&folder, script).exits(1).says(&["error[OV101]", "2 records"]);
        }
        let both = "cat batch.csv | \"$0\" check - --published /dev/fd/7 7< live.csv";
        in_shell(&folder, both).exits(1).says(&["1 replaced", "/dev/fd/7 (published)"]);
        in_shell(&folder, "\"$0\" check /dev/fd/9").exits(3).says(&["/dev/fd/9: cannot be read"]);
    }

    /// Each would get a part of it.
    #[test]
    fn standard_input_under_two_names_is_refused() {
        let folder = batch(&[EARLY]);
        for names in [["-", "/dev/stdin"], ["/dev/stdin", "/dev/fd/0"], ["/dev/stdin", "-"]] {
            let outcome = folder.run(&["check", names[0], "--published", names[1]]).exits(2);
            outcome.complains(&["two inputs", "standard input can be read once"]);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_and_files_that_refuse_are_3() {
        let folder = batch(&[EARLY]);
        for path in ["/dev/zero", "/proc/self/mem"] {
            folder.run(&["check", path]).exits(3).says(&[path, "no all-clear"]);
            folder.run(&["check", "batch.csv", "--time-off", path]).exits(3).says(&[path]);
        }
        folder.run(&["check", "/dev/null"]).exits(4);
    }

    #[test]
    fn what_may_not_be_read_is_3() {
        let folder = batch(&[EARLY]).with("secret.csv", shifts(&[LATE]));
        let folder = folder.with("closed/week.csv", shifts(&[LATE]));
        let folder = folder.with("open/week.csv", shifts(&[LATE]));
        let none = || std::fs::Permissions::from_mode(0o000);
        let (secret, closed) = (folder.path().join("secret.csv"), folder.path().join("closed"));
        std::fs::set_permissions(&secret, none()).expect("permissions can be set");
        std::fs::set_permissions(&closed, none()).expect("permissions can be set");
        let refused = File::open(&secret).is_err();
        let outcomes = ["secret.csv", "closed", "closed/week.csv", "closed/*", "*/*.csv"]
            .map(|name| (name, folder.run(&["check", "batch.csv", name])));
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("open");
        for (name, outcome) in outcomes {
            let named = if name == "secret.csv" { name } else { "closed" };
            match refused {
                true => outcome.exits(3).says(&[named, "cannot be read", "denied"]),
                // Whoever may read anything is not refused.
                false => outcome.exits(1).says(&[named, "[OV101]"]),
            };
        }
    }

    #[test]
    fn a_file_that_is_removed_before_it_is_opened_is_named() {
        let folder = Folder::new().with("weeks/one.csv", shifts(&[EARLY]));
        let folder = folder.with("weeks/two.csv", shifts(&[LATE]));
        let two = folder.path().join("weeks/two.csv");
        let remove = || std::fs::remove_file(&two).expect("it was there");
        let outcome = meanwhile(&folder, &["a-pipe", "weeks"], "a-pipe", remove).exits(3);
        outcome.says(&["weeks/two.csv: cannot be read", "no all-clear"]);
    }

    /// Longer than what is read before the pipe is waited for.
    const MANY: usize = 60_000;
    const CHANGED: &str = "batch.csv: the file changed while it was read";

    fn large(folder: Folder) -> (Folder, PathBuf) {
        let folder = folder.with("batch.csv", one_shift_each(0..MANY));
        let path = folder.path().join("batch.csv");
        let yesterday = SystemTime::now() - Duration::from_secs(86_400);
        let file = File::options().append(true).open(&path).expect("it is there");
        file.set_modified(yesterday).expect("its time can be set");
        (folder, path)
    }

    type Change = (&'static str, fn(&Path));

    const CHANGES: [Change; 6] = [
        ("cut short", |path| cut_short(path, MANY / 2)),
        ("emptied", |path| drop(File::create(path).expect("it can be written"))),
        ("longer", |path| append(path, "zoe,s-0,2026-03-02T08:00Z,2026-03-02T16:00Z\n")),
        ("other words", |path| std::fs::write(path, one_shift_each(7..MANY + 7)).expect("room")),
        ("replaced", |path| replace(path)),
        ("removed", |path| std::fs::remove_file(path).expect("it was there")),
    ];

    /// Leaves whole rows, so that nothing but the length tells.
    fn cut_short(path: &Path, rows: usize) {
        let length = one_shift_each(0..rows).len() as u64;
        let file = File::options().write(true).open(path).expect("it can be written");
        file.set_len(length).expect("it can be cut");
    }

    fn append(path: &Path, row: &str) {
        let mut file = File::options().append(true).open(path).expect("it can be written");
        file.write_all(row.as_bytes()).expect("room");
    }

    fn replace(path: &Path) {
        let other = path.with_extension("new");
        std::fs::write(&other, one_shift_each(0..10)).expect("room");
        std::fs::rename(other, path).expect("it can be renamed");
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_no_all_clear() {
        for (what, change) in CHANGES {
            let (folder, path) = large(Folder::new());
            let args = ["batch.csv", "--published", "live"];
            let outcome = meanwhile(&folder, &args, "live", || change(&path));
            assert_eq!(outcome.code, Some(3), "{what}: {}", outcome.told());
            outcome.says(&[CHANGED, "wait until it is written"]);
        }
        let (folder, _) = large(Folder::new());
        let outcome = meanwhile(&folder, &["batch.csv", "--published", "live"], "live", || ());
        outcome.exits(0).says(&["60,000 records"]);
    }

    /// So many files that they are not all kept open.
    #[test]
    fn one_of_many_files_that_changes_is_no_all_clear_either() {
        for (what, change) in CHANGES {
            let mut folder = Folder::new();
            for number in 0..150 {
                let row = format!("{number},,2026-03-02T08:00Z,2026-03-02T16:00Z");
                folder = folder.with(&format!("weeks/{number}.csv"), shifts(&[&row]));
            }
            let (folder, path) = large(folder);
            let args = ["batch.csv", "weeks", "--published", "live"];
            let outcome = meanwhile(&folder, &args, "live", || change(&path));
            assert_eq!(outcome.code, Some(3), "{what}: {}", outcome.told());
            outcome.says(&[CHANGED]);
        }
    }

    /// At any moment: either the file is read as it was or as it is, all of it,
    /// or it is said that it changed.
    #[test]
    fn a_file_that_shrinks_at_any_moment_loses_nothing_silently() {
        let whole = one_shift_each(0..MANY);
        for delay in [0, 2, 5, 10, 20, 40, 80, 160, 320] {
            let folder = Folder::new().with("batch.csv", &whole);
            let child = start(&folder, &["check", "batch.csv"]);
            std::thread::sleep(Duration::from_millis(delay));
            cut_short(&folder.path().join("batch.csv"), MANY / 2);
            let outcome = ended(child);
            match outcome.code {
                Some(0) if outcome.out.contains("60,000 records of 60,000 agents") => {}
                Some(0) if outcome.out.contains("30,000 records of 30,000 agents") => {}
                Some(3) if outcome.out.contains(CHANGED) => {}
                _ => panic!("after {delay} ms: {}", outcome.told()),
            }
        }
    }

    /// Many conflicts, so that a report takes its time.
    fn crowd() -> Folder {
        let mut rows = one_shift_each(0..6_000);
        rows.push_str(rows.clone().split_once('\n').expect("a header").1);
        Folder::new().with("batch.csv", rows)
    }

    fn is_begun(folder: &Folder) -> bool {
        folder.names().iter().any(|name| name.starts_with(".shiftlint-"))
    }

    fn send(signal: &str, child: &Child) {
        let number = child.id().to_string();
        let _ = Command::new("kill").args([signal, &number]).stderr(Stdio::null()).status();
    }

    #[track_caller]
    fn assert_whole_or_absent(folder: &Folder) {
        assert!(!is_begun(folder), "left behind: {:?}", folder.names());
        if let Some(report) = folder.read("report.json") {
            let report: serde_json::Value = serde_json::from_str(&report).expect("a whole report");
            assert_eq!(report["summary"]["records"], 12_000);
        }
    }

    /// What ends a program, by name and number. Whether a closed terminal does is
    /// told by Linux only.
    const STOPS: &[(&str, i32)] = if cfg!(target_os = "linux") {
        &[("-INT", 2), ("-TERM", 15), ("-HUP", 1)]
    } else {
        &[("-INT", 2), ("-TERM", 15)]
    };

    const REPORT: [&str; 5] = ["check", "batch.csv", "--output", "report.json", "--quiet"];

    #[test]
    fn a_run_that_is_stopped_leaves_no_half_report() {
        let folder = crowd();
        for (signal, _) in STOPS {
            for delay in [0, 10, 50, 100, 150, 200, 300] {
                let child = start(&folder, &REPORT);
                std::thread::sleep(Duration::from_millis(delay));
                send(signal, &child);
                ended(child);
                assert_whole_or_absent(&folder);
            }
        }
    }

    /// Stopped while the report is being written, the program ends as a program
    /// does that was stopped, and an older report stays as it was.
    #[test]
    fn a_run_that_is_stopped_while_it_writes_cleans_up() {
        for (signal, number) in STOPS {
            let folder = crowd().with("report.json", "as it was");
            let stopped = (0..30).find_map(|_| stopped_while_it_writes(&folder, signal));
            let status = stopped.expect("it can be stopped in the middle");
            assert_eq!(status.signal(), Some(*number), "{status:?}");
            assert_eq!(folder.read("report.json").as_deref(), Some("as it was"));
        }
    }

    /// What `nohup` starts goes on when the terminal is closed.
    #[test]
    fn a_run_that_outlives_its_terminal_writes_its_report() {
        let folder = crowd();
        let mut command = Command::new("nohup");
        command.arg(folder.command(&[]).get_program()).args(REPORT).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("nohup");
        while !is_begun(&folder) && child.try_wait().expect("a child").is_none() {
            std::thread::yield_now();
        }
        send("-HUP", &child);
        assert_eq!(child.wait().expect("it ends").code(), Some(1));
        assert_whole_or_absent(&folder);
        assert!(folder.names().contains(&"report.json".to_owned()), "{:?}", folder.names());
    }

    /// How it ended; `None` where it was done sooner, and the report put back.
    fn stopped_while_it_writes(folder: &Folder, signal: &str) -> Option<ExitStatus> {
        let mut child = start(folder, &REPORT);
        while !is_begun(folder) && child.try_wait().expect("a child").is_none() {
            std::thread::yield_now();
        }
        send(signal, &child);
        let status = child.wait_with_output().expect("it ends").status;
        assert!(!is_begun(folder), "left behind: {:?}", folder.names());
        if status.code() == Some(1) {
            std::fs::write(folder.path().join("report.json"), "as it was").expect("room");
            return None;
        }
        Some(status)
    }

    #[test]
    fn a_report_that_is_a_link_replaces_what_it_leads_to() {
        let folder = batch(&[EARLY, LATE]).with("kept/real.json", "as it was");
        let link = folder.path().join("report.json");
        symlink("kept/real.json", &link).expect("a link");
        folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(1);
        assert!(link.symlink_metadata().expect("it is there").is_symlink(), "the link is gone");
        let report = folder.read("kept/real.json").expect("a report");
        assert!(report.starts_with('{'), "{report}");
        assert_eq!(folder.names(), ["batch.csv", "kept", "report.json"]);
        std::fs::remove_file(folder.path().join("kept/real.json")).expect("it was there");
        folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(1);
        assert!(link.symlink_metadata().expect("it is there").is_symlink(), "the link is gone");
        assert_eq!(folder.read("kept/real.json"), Some(report), "a link to nothing is followed");
    }

    #[test]
    fn two_reports_to_one_place_under_two_names_are_refused() {
        let folder = batch(&[EARLY]).with("other/notes", "");
        symlink("r.txt", folder.path().join("link.txt")).expect("a link");
        for (other, code) in [("./r.txt", 2), ("link.txt", 2), ("other/r.txt", 0)] {
            let one = ["check", "batch.csv", "--format", "text", "--output", "r.txt"];
            let outcome =
                folder.run(&[&one[..], &["--format", "json", "--output", other]].concat());
            assert_eq!(outcome.code, Some(code), "{other}: {}", outcome.told());
        }
    }

    fn mode(path: &Path) -> u32 {
        path.metadata().expect("it is there").mode() & 0o777
    }

    /// A report that others may not read stays so; a new one is a file like any
    /// other.
    #[test]
    fn a_report_keeps_its_permissions() {
        let folder = batch(&[EARLY]).with("usual", "").with("report.json", "as it was");
        let report = folder.path().join("report.json");
        for allowed in [0o600, 0o640, 0o666, 0o444] {
            let permissions = std::fs::Permissions::from_mode(allowed);
            std::fs::set_permissions(&report, permissions).expect("permissions can be set");
            folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(0);
            assert_eq!(mode(&report), allowed, "{allowed:o}");
            assert!(folder.read("report.json").is_some_and(|report| report.starts_with('{')));
        }
        folder.run(&["check", "batch.csv", "--output", "new.json"]).exits(0);
        assert_eq!(mode(&folder.path().join("new.json")), mode(&folder.path().join("usual")));
    }

    /// More files than one process may have open.
    #[test]
    fn a_limit_on_open_files_is_no_limit_on_inputs() {
        let mut folder = Folder::new();
        for number in 0..600 {
            let rows = [number, number].map(|agent| format!("agent-{agent:03},{}", &EARLY[5..]));
            folder = folder.with(&format!("weeks/{number:03}.csv"), shifts(&[&rows[number % 2]]));
        }
        for encoding in ["", "--encoding windows-1252"] {
            let script = format!("ulimit -n 256; \"$0\" check weeks --ignore ID101 {encoding}");
            in_shell(&folder, &script).exits(0).says(&["600 records of 600 agents"]);
        }
    }
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let folder = batch(&[EARLY]);
    let outcome = folder.run(&["check", "batch.csv", "--output", "none/such/report.json"]);
    outcome.exits(3).complains(&["none/such/report.json: cannot be written"]);
    assert_eq!(folder.names(), ["batch.csv"]);
}

#[test]
fn two_runs_that_write_one_report_leave_one_whole_file() {
    let folder = batch(&[EARLY, LATE]);
    for _ in 0..5 {
        let run = || folder.run(&["check", "batch.csv", "--output", "report.json"]).exits(1);
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(run))));
        let report = folder.read("report.json").expect("a report");
        let report: Value = serde_json::from_str(&report).expect("a whole report");
        assert_eq!(report["summary"]["findings"]["error"], 1);
        assert_eq!(folder.names(), ["batch.csv", "report.json"]);
    }
}

/// A shift in every file; every second agent has a conflict across two files.
#[test]
fn ten_thousand_files_are_checked_against_each_other() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("weeks")).expect("a folder");
    let mut names = Vec::new();
    for number in 0..10_000 {
        let (agent, second) = (number % 5_000, number / 5_000);
        let start = 8 + second * (4 + agent % 2 * 4);
        let row =
            format!("a-{agent},s-{number},2026-03-02T{start:02}:00Z,2026-03-02T{}:00Z", start + 8);
        let name = format!("weeks/{number}.csv");
        std::fs::write(folder.path().join(&name), shifts(&[&row])).expect("room on the disk");
        names.push(name);
    }
    let whole = folder.run(&["check", "weeks", "--quiet", "--statistics"]).exits(1);
    assert_eq!(whole.out.matches("error[OV101]").count(), 2_500, "{}", whole.out.len());
    names.sort_by_key(|name| name.chars().rev().collect::<String>());
    let mut args = vec!["check", "--quiet", "--statistics"];
    args.extend(names.iter().map(String::as_str));
    let shuffled = folder.run(&args).exits(1);
    assert!(shuffled.out == whole.out, "the order of the names shows");
    args.truncate(3 + 2_000);
    args.extend(["--published", "weeks"]);
    folder.run(&args).exits(1);
}

fn timed(text: String, args: &[&str]) -> Outcome {
    let folder = Folder::new().with("batch.csv", text);
    let began = Instant::now();
    let outcome = finish(&mut folder.command(&[&["check", "batch.csv"], args].concat()));
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    outcome
}

#[test]
fn as_many_agents_as_shifts_take_seconds() {
    let outcome = timed(one_shift_each(0..300_000), &[]).exits(0);
    outcome.says(&["300,000 records of 300,000 agents"]);
}

const SHIFTS: u32 = 100_000;

fn one_agent(span: impl Fn(u32) -> (u32, u32)) -> String {
    let mut text = String::from("agent,start,end\n");
    for (start, end) in (0..SHIFTS).map(span) {
        let _ = writeln!(text, "anna,{},{}", minute(start), minute(end));
    }
    text
}

#[test]
fn one_agent_with_all_shifts_end_to_end_takes_seconds() {
    let outcome = timed(one_agent(|number| (number * 10, number * 10 + 10)), &[]).exits(0);
    outcome.says(&["100,000 records of 1 agent"]);
}

/// Each within the one before: every two of them overlap.
#[test]
fn one_agent_with_all_shifts_nested_takes_seconds() {
    let text = one_agent(|number| (number, 2 * SHIFTS - number));
    let outcome = timed(text, &["--format", "json", "--max-per-agent", "3"]).exits(1);
    let rules = &outcome.report()["summary"]["rules"];
    let count = |rule: &str| rules[rule].as_u64().unwrap_or(0);
    let pairs = u64::from(SHIFTS) * u64::from(SHIFTS - 1) / 2;
    assert_eq!(count("OV101") + count("OV102"), pairs, "{rules}");
}

/// A shell would hand over such a name, and then it would be refused.
#[cfg(target_os = "linux")]
#[test]
fn a_pattern_refuses_names_that_are_not_utf_8_where_it_means_them() {
    use std::os::unix::ffi::OsStrExt;
    let strange =
        |folder: &Folder, name: &[u8]| folder.path().join(std::ffi::OsStr::from_bytes(name));
    let folder = Folder::new()
        .with("weeks/a.csv", shifts(&[EARLY]))
        .with("years/north/b.csv", shifts(&[EARLY]))
        .with("years/north/c.csv", shifts(&[EARLY]));
    std::fs::write(strange(&folder, b"weeks/b\xff.csv"), shifts(&[LATE])).expect("a file");
    std::fs::write(strange(&folder, b"weeks/.\xff.csv"), shifts(&[LATE])).expect("a file");
    std::fs::create_dir(strange(&folder, b"years/no\xe2\x82")).expect("a folder");
    std::fs::write(strange(&folder, b"years/no\xe2\x82/b.csv"), shifts(&[LATE])).expect("a file");
    let as_folder = folder.run(&["check", "weeks"]).exits(2);
    for pattern in ["weeks/*.csv", "weeks/?*.csv", "weeks/b?.csv", "*/*", "w*/[!a]?.csv"] {
        let outcome = folder.run(&["check", pattern]).exits(2);
        assert_eq!(outcome.err, as_folder.err, "{pattern}");
        outcome.complains(&["is not UTF-8", "help: rename it"]);
    }
    for pattern in ["years/n*/b.csv", "years/no??/*", "years/**/*.csv", "**/b.csv"] {
        let outcome = folder.run(&["check", pattern]).exits(2);
        outcome.complains(&["/b.csv` is not UTF-8", "help: rename it"]);
    }
    for pattern in ["weeks/a*.csv", "years/n*/c.csv", "years/n*h/*b.csv", "**/c.csv"] {
        folder.run(&["check", pattern]).exits(0).says(&["1 record of 1 agent"]);
    }
}

/// What is meant by each, and that it is found whatever else stands there.
#[cfg(unix)]
#[test]
fn patterns_find_files_in_folders_and_through_links() {
    use std::os::unix::fs::symlink;
    let row = |agent: &str| shifts(&[&format!("{agent},,2026-03-02T08:00Z,2026-03-02T16:00Z")]);
    let folder = Folder::new()
        .with("top.csv", row("top"))
        .with("weeks/one.csv", row("one"))
        .with("weeks/deep/two.csv", row("two"))
        .with("weeks/deep/deeper/Three.csv", row("three"))
        .with("weeks/.hidden/four.csv", row("four"))
        .with("weeks/.five.csv", row("five"))
        .with("elsewhere/six.csv", row("six"))
        .with("weeks/folder.csv/seven.txt", row("seven"));
    symlink("../elsewhere", folder.path().join("weeks/linked")).expect("a link");
    let whole = folder.path().join("weeks/*.csv").display().to_string();
    for (pattern, records) in [
        ("*.csv", 1),
        ("./*.csv", 1),
        ("weeks/../*.csv", 1),
        ("weeks//*.csv", 1),
        ("weeks/./*.CSV", 1),
        (whole.as_str(), 1),
        ("weeks/*/*.csv", 2),
        ("weeks/.hidden/*.csv", 1),
        ("w*s/.five.csv", 1),
        ("weeks/[dl]*/[st]*", 2),
        ("*/deep/**/t*.csv", 2),
        ("**/three.csv", 1),
        ("weeks/**/*.csv", 4),
        ("weeks/**/**/*.csv", 4),
        ("**/*.csv", 5),
        ("**/deep/*.csv", 1),
        ("**/f*/*", 1),
    ] {
        let outcome = folder.run(&["check", pattern]);
        let said = format!("no conflicts: {records} record");
        assert!(outcome.out.contains(&said), "{pattern}: {}", outcome.told());
    }
    for pattern in ["weeks/**", "weeks/*/", "top.csv/*", "none/*", "weeks/**/.five.csv"] {
        folder.run(&["check", pattern]).exits(3).says(&[pattern, "cannot be read"]);
    }
}

#[cfg(unix)]
#[test]
fn a_pattern_goes_through_a_circle_of_links_once() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new().with("weeks/one.csv", shifts(&[EARLY]));
    let folder = folder.with("weeks/deep/two.csv", shifts(&[LATE]));
    for name in ["weeks/self", "weeks/deep/other"] {
        let up = if name.contains("deep") { "../../weeks" } else { "../weeks" };
        symlink(up, folder.path().join(name)).expect("a link");
    }
    for pattern in ["weeks/**/*.csv", "**/*.csv", "weeks/self/**/*.csv", "weeks/*/**/*.csv"] {
        folder.run(&["check", pattern]).exits(1).says(&["[OV101]", "2 records of 1 agent"]);
    }
    folder.run(&["check", "weeks/**/self/one.csv"]).exits(0).says(&["1 record of 1 agent"]);
}

/// A shell opens standard input, and nothing on the command line names its file.
#[cfg(unix)]
#[test]
fn a_report_never_replaces_what_standard_input_reads() {
    let folder = batch(&[EARLY]).with("live.csv", shifts(&[LATE]));
    std::os::unix::fs::symlink("batch.csv", folder.path().join("latest")).expect("a link");
    let fed = |args: &[&str]| {
        let input = std::fs::File::open(folder.path().join("batch.csv")).expect("it is there");
        finish(folder.command(&[&["check", "--format", "json"], args].concat()).stdin(input))
    };
    for args in [
        &["-", "--output", "batch.csv"][..],
        &["-", "--output", "./latest"],
        &["live.csv", "--published", "-", "--output", "batch.csv"],
        &["/dev/stdin", "--output", "batch.csv"],
        &["-", "--output", "report.json", "--format", "text", "--output", "batch.csv"],
    ] {
        let outcome = fed(args).exits(2);
        outcome.complains(&["would replace the input", "help: name another file"]);
        assert_eq!(folder.read("batch.csv"), Some(shifts(&[EARLY])), "{args:?}");
    }
    fed(&["-", "--output", "report.json"]).exits(0);
    fed(&["live.csv", "--output", "batch.csv"]).exits(0);
}

#[test]
fn a_report_without_a_place_is_told_why_and_what_to_do() {
    let folder = batch(&[EARLY]).with("file/report.json", "");
    let run = |path| folder.run(&["check", "batch.csv", "--format", "json", "--output", path]);
    for (path, why) in [
        ("none/report.json", "help: the folder `none` does not exist; make it first"),
        ("none/such/report.json", "help: the folder `none/such` does not exist; make it first"),
        ("batch.csv/report.json", "help: `batch.csv` is not a folder; name another file"),
    ] {
        let outcome =
            run(path).exits(3).complains(&[&format!("error: {path}: cannot be written"), why]);
        assert!(!outcome.err.contains(".shiftlint-"), "{}", outcome.told());
    }
    run("").exits(2).complains(&["the name behind --output is empty", "help: ", "`-`"]);
    assert_eq!(folder.names(), ["batch.csv", "file"]);
}
