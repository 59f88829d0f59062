//! Laws of fixes: copies go, and nothing else does without being asked.
//!
//! Batches are made up of honest records, among them pairs that look alike, with planted copies,
//! near-copies, wrong offsets and ends that name their last minute. What a file has to be after its
//! safe fixes is known from the plants: the same file written without the copies. Git applies every
//! diff.

use crate::world::random::Dice;
use shiftlint::analyze::{Progress, analyze};
use shiftlint::edit::{FileDiff, apply, write_header};
use shiftlint::fix::{FixKind, Fixes, fix};
use shiftlint::judge;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{InputFile, ListedRows, Settings};
use shiftlint::model::source::Role;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How many batches are in one folder, which is one run of Git.
const TOGETHER: usize = 25;

fn rounds(usual: usize) -> usize {
    let asked = std::env::var("FIXES").ok().and_then(|many| many.parse().ok());
    asked.unwrap_or(usual)
}

/// A record, by the words of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    agent: String,
    id: String,
    start: String,
    end: String,
    zone: String,
    note: String,
    site: String,
}

impl Words {
    fn fields(&self) -> [(&'static str, &str); 7] {
        let Words { agent, id, start, end, zone, note, site } = self;
        [
            ("agent", agent),
            ("id", id),
            ("start", start),
            ("end", end),
            ("zone", zone),
            ("note", note),
            ("site", site),
        ]
    }
}

/// A record of a file, and whether it was planted as a copy of an earlier one.
#[derive(Debug, Clone)]
struct Planted {
    words: Words,
    is_copy: bool,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Lines,
    Compact,
    Pretty,
}

struct Layout {
    form: Form,
    line_end: &'static str,
    mark: &'static str,
    ended: bool,
}

impl Layout {
    fn any(dice: &mut Dice) -> Layout {
        Layout {
            form: dice.of(&[Form::Table, Form::Lines, Form::Compact, Form::Pretty]),
            line_end: dice.of(&["\n", "\r\n"]),
            mark: if dice.percent(15) { "\u{feff}" } else { "" },
            ended: dice.percent(80),
        }
    }

    const fn ending(&self) -> &'static str {
        match self.form {
            Form::Table => "csv",
            Form::Lines => "ndjson",
            Form::Compact | Form::Pretty => "json",
        }
    }

    /// A record; `turned` writes the keys of an object in another order.
    fn record(&self, words: &Words, turned: bool) -> String {
        match self.form {
            Form::Table => {
                let cell = |(name, word): (&str, &str)| match name {
                    "note" => format!("\"{}\"", word.replace('"', "\"\"")),
                    _ => word.to_owned(),
                };
                words.fields().map(cell).join(",")
            }
            _ => {
                let member = |(name, word): (&str, &str)| {
                    format!("\"{name}\": {}", serde_json::Value::from(word))
                };
                let mut members = words.fields().map(member);
                if turned {
                    members.reverse();
                }
                format!("{{{}}}", members.join(", "))
            }
        }
    }

    /// The file, with its last line end only if that is wanted.
    fn file(&self, records: &[String], ended: bool) -> String {
        let end = self.line_end;
        let close = if ended { end } else { "" };
        let mark = self.mark;
        match self.form {
            Form::Table => {
                let header = ["agent", "id", "start", "end", "zone", "note", "site"].join(",");
                format!("{mark}{header}{end}{}{close}", records.join(end))
            }
            Form::Lines => format!("{mark}{}{close}", records.join(end)),
            Form::Compact => format!("{mark}{{\"shifts\":[{}]}}{close}", records.join(",")),
            Form::Pretty => {
                let between = format!(",{end}  ");
                format!("{mark}[{end}  {}{end}]{close}", records.join(&between))
            }
        }
    }
}

/// Honest records of one batch. Some of them share their time under two ids, or all but a
/// note. Every record has a token of its own.
fn honest(dice: &mut Dice, tokens: &mut u64) -> Vec<Words> {
    let count = 6 + dice.below(10);
    let mut records: Vec<Words> = Vec::new();
    for _ in 0..count {
        *tokens += 1;
        let (day, hour) = (10 + dice.below(15), 6 + dice.below(10));
        let length = dice.of(&[2, 4, 8]);
        let mut words = Words {
            agent: format!("agent-{}", dice.below(4)),
            id: format!("id-{tokens}-x"),
            start: format!("2026-03-{day}T{hour:02}:00:00-05:00"),
            end: format!("2026-03-{day}T{:02}:00:00-05:00", hour + length),
            zone: "America/Chicago".to_owned(),
            note: format!("n{tokens} \"quoted\", caf\u{e9}{}", dice.of(&["", "\nline"])),
            site: dice.of(&["north", "south", ""]).to_owned(),
        };
        if dice.percent(10)
            && let Some(other) = records.last()
        {
            // The same time under another id.
            words = Words { id: words.id, note: words.note, ..other.clone() };
        }
        records.push(words);
    }
    records
}

/// A record that differs from this one in one word, or in its spelling.
fn near(dice: &mut Dice, words: &Words) -> Words {
    let mut near = words.clone();
    match dice.below(8) {
        0 => near.note.push('.'),
        1 => near.site.push('x'),
        2 => near.start = near.start.replace(":00:00-", ":00-"),
        3 => near.end = near.end.replace(":00:00-", ":00:00.000-"),
        4 => near.start = near.start.replace("-05:00", "-0500"),
        5 => near.note.push(' '),
        6 => near.zone = "US/Central".to_owned(),
        _ => near.id = near.id.to_uppercase(),
    }
    near
}

fn batch(dice: &mut Dice, tokens: &mut u64) -> Vec<Planted> {
    let plain = |words| Planted { words, is_copy: false };
    let mut records: Vec<Planted> = honest(dice, tokens).into_iter().map(plain).collect();
    for _ in 0..dice.below(4) {
        let of = dice.below(records.len() as i64) as usize;
        let at = dice.below(records.len() as i64 + 1) as usize;
        let words = records[of].words.clone();
        match dice.below(3) {
            0 => {
                // An offset of another season.
                let words = &mut records[of].words;
                words.start = words.start.replace("-05:00", "-06:00");
                words.end = words.end.replace("-05:00", "-06:00");
            }
            1 => {
                // An end that names its last minute, with the record after it.
                *tokens += 2;
                let first = Words {
                    agent: format!("agent-{tokens}"),
                    id: format!("first-{tokens}-x"),
                    start: "2026-03-12T08:00:00-05:00".to_owned(),
                    end: "2026-03-12T12:01:00-05:00".to_owned(),
                    ..words
                };
                let second = Words {
                    id: format!("second-{tokens}-x"),
                    start: "2026-03-12T12:00:00-05:00".to_owned(),
                    end: "2026-03-12T15:00:00-05:00".to_owned(),
                    ..first.clone()
                };
                records.insert(at, plain(first));
                records.insert(at, plain(second));
            }
            _ => {
                let words = near(dice, &words);
                records.insert(at, plain(words));
            }
        }
    }
    for _ in 0..dice.below(5) {
        let of = dice.below(records.len() as i64) as usize;
        let at = of + 1 + dice.below((records.len() - of) as i64) as usize;
        let words = records[of].words.clone();
        records.insert(at, Planted { words, is_copy: true });
    }
    // What was inserted before its model by chance is a copy all the same.
    let mut seen: Vec<Words> = Vec::new();
    for record in &mut records {
        record.is_copy = seen.contains(&record.words);
        seen.push(record.words.clone());
    }
    records
}

fn settings(path: &Path) -> Settings {
    let levels = judge::selected_under(&[], &[], &[], &[]);
    Settings {
        files: vec![InputFile::named(Role::Batch, path.display().to_string())],
        levels: levels.unwrap_or_else(|error| panic!("{error}")),
        max_findings: u64::MAX,
        max_per_agent: 10_000,
        listed_rows: ListedRows::Batch,
        jobs: Some(1),
        ..Settings::default()
    }
}

fn fixes(path: &Path, suggested: bool) -> Fixes {
    fix(&settings(path), suggested, &Progress::default()).expect("sound settings")
}

fn report(path: &Path) -> Report {
    analyze(&settings(path), &Progress::default()).expect("sound settings")
}

fn fingerprints(report: &Report) -> BTreeSet<String> {
    report.findings.iter().map(|finding| finding.fingerprint.to_string()).collect()
}

/// Applies a diff in a folder.
fn git_apply(folder: &Path, diff: &[u8]) {
    let mut child = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "-"])
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().expect("a parent"))
        .stdin(Stdio::piped())
        .spawn()
        .expect("git starts");
    child.stdin.take().expect("a pipe").write_all(diff).expect("it reads");
    let done = child.wait().expect("it ends");
    assert!(done.success(), "{}", String::from_utf8_lossy(diff));
}

/// Checks one batch, and gives its diff and what it is afterwards.
fn safe_law(
    dice: &mut Dice,
    path: &Path,
    layout: &Layout,
    records: &[Planted],
) -> (Vec<u8>, String, BTreeSet<String>) {
    let written: Vec<String> = records
        .iter()
        .map(|record| layout.record(&record.words, record.is_copy && dice.percent(30)))
        .collect();
    let text = layout.file(&written, layout.ended);
    std::fs::write(path, &text).expect("a file");
    let kept: Vec<String> = written
        .iter()
        .zip(records)
        .filter(|(_, record)| !record.is_copy)
        .map(|(written, _)| written.clone())
        .collect();
    // Without its last line the line before is the last one, and has its line end.
    let cut = records.last().is_some_and(|record| record.is_copy);
    let by_line = matches!(layout.form, Form::Table | Form::Lines);
    let expected = layout.file(&kept, layout.ended || by_line && cut);
    let found = fixes(path, false);
    let safe = found.count(FixKind::Safe);
    assert_eq!(safe, records.len() - kept.len(), "{text}\n{:#?}", found.fixes);
    let (mut diff, mut edited) = (Vec::new(), text.clone().into_bytes());
    for file in &found.files {
        edited = apply(&file.bytes, &file.edits);
        let name = path.file_name().expect("a name").to_string_lossy();
        let shown = FileDiff::of(&file.bytes, &file.edits);
        if !shown.is_empty() {
            write_header(&name, &mut diff).expect("written");
            shown.write(&mut diff).expect("written");
        }
    }
    assert_eq!(String::from_utf8_lossy(&edited), expected, "{:#?}", found.fixes);
    // A diff does not show the long line of a compact document.
    let in_diff = found.fixes.iter().filter(|fix| fix.is_in_diff).count();
    assert!(in_diff == safe || in_diff == 0 && layout.form == Form::Compact, "{:#?}", found.fixes);
    (diff, if in_diff == safe { expected } else { text }, fingerprints(&found.report))
}

#[test]
fn copies_go_and_nothing_else() {
    let (mut dice, mut tokens) = (Dice::new(11), 0);
    let (mut copies, mut kept) = (0, 0);
    for _ in 0..rounds(80) {
        let folder = TempDir::new().expect("a folder");
        let (mut diffs, mut expected) = (Vec::new(), Vec::new());
        for number in 0..TOGETHER {
            let layout = Layout::any(&mut dice);
            let records = batch(&mut dice, &mut tokens);
            copies += records.iter().filter(|record| record.is_copy).count();
            kept += records.iter().filter(|record| !record.is_copy).count();
            let path = folder.path().join(format!("b{number}.{}", layout.ending()));
            let (diff, after, found) = safe_law(&mut dice, &path, &layout, &records);
            diffs.extend(diff);
            expected.push((path, after, found));
        }
        if !diffs.is_empty() {
            git_apply(folder.path(), &diffs);
        }
        for (path, after, before) in expected {
            let is = std::fs::read_to_string(&path).expect("a file");
            assert_eq!(is, after);
            let again = fixes(&path, false);
            let shown = again.fixes.iter().any(|fix| fix.is_in_diff);
            assert!(!shown, "a second run changes something: {:#?}", again.fixes);
            let new: Vec<String> =
                fingerprints(&again.report).difference(&before).cloned().collect();
            assert!(new.is_empty(), "{new:?}");
        }
    }
    assert!(copies > 20 * rounds(80) && kept > 250 * rounds(80), "{copies} copies, {kept} others");
}

#[test]
fn suggestions_add_nothing_and_a_second_run_changes_nothing() {
    let (mut dice, mut tokens) = (Dice::new(12), 0);
    let mut suggested = 0;
    for _ in 0..rounds(12) {
        let folder = TempDir::new().expect("a folder");
        for number in 0..TOGETHER {
            let layout = Layout::any(&mut dice);
            let records = batch(&mut dice, &mut tokens);
            let path = folder.path().join(format!("b{number}.{}", layout.ending()));
            let written: Vec<String> =
                records.iter().map(|record| layout.record(&record.words, false)).collect();
            std::fs::write(&path, layout.file(&written, layout.ended)).expect("a file");
            let before = report(&path);
            let found = fixes(&path, true);
            suggested += found
                .fixes
                .iter()
                .filter(|fix| fix.kind == FixKind::Suggested && fix.is_chosen)
                .count();
            for file in &found.files {
                std::fs::write(&path, apply(&file.bytes, &file.edits)).expect("a file");
            }
            let after = report(&path);
            // A record without its mistake has another span, and with it another fingerprint.
            for (rule, before, after) in counts(&before, &after) {
                assert!(after <= before, "{rule}: {before} before, {after} after\n{found:#?}");
            }
            let again = fixes(&path, true);
            assert!(again.files.is_empty(), "a second run: {:#?}", again.fixes);
        }
    }
    assert!(suggested > 10 * rounds(12), "{suggested} suggested");
}

/// How often each rule was found before and after.
fn counts(before: &Report, after: &Report) -> Vec<(&'static str, u64, u64)> {
    let of = |report: &Report, code: &str| {
        let count = report.rules.iter().find(|count| count.rule.code == code);
        count.map_or(0, |count| count.total())
    };
    let rules = before.rules.iter().chain(&after.rules).map(|count| count.rule.code);
    let codes: BTreeSet<&'static str> = rules.collect();
    codes.into_iter().map(|code| (code, of(before, code), of(after, code))).collect()
}
