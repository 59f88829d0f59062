//! Files and settings for the measurements.
//!
//! What is large is made when a measurement first asks for it, so that a filter
//! costs nothing. A test run, which only wants to see that everything works,
//! gets a thousandth.

use crate::schedule::{Form, Schedule};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::judge;
use shiftlint::model::finding::Report;
use shiftlint::model::settings::{InputFile, Settings};
use shiftlint::model::source::Role;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Cargo says `--bench` when it is about measuring; without it this is a test.
static MEASURED: LazyLock<bool> = LazyLock::new(|| std::env::args().any(|word| word == "--bench"));

/// As many as there should be, and far fewer in a test run.
pub(crate) fn scaled(full: u64) -> u64 {
    if *MEASURED { full } else { (full / 1000).max(50) }
}

/// A schedule of about this many records, fifty an agent, one in a hundred
/// overlapping.
pub(crate) const fn schedule(records: u64) -> Schedule {
    Schedule { agents: records.div_ceil(50), shifts: 50, share: 0.01 }
}

/// The same as text.
pub(crate) fn text(records: u64, form: Form) -> Vec<u8> {
    let mut text = Vec::new();
    schedule(records).write(form, &mut text).expect("memory takes everything");
    text
}

/// Files that go away when this does.
pub(crate) struct Folder {
    folder: TempDir,
    files: Vec<InputFile>,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        let folder = tempfile::tempdir().expect("a place for files");
        Folder { folder, files: Vec::new() }
    }

    /// With one batch of about this many records.
    pub(crate) fn of_batch(records: u64, form: Form) -> Folder {
        Folder::new().with(Role::Batch, schedule(records), form)
    }

    /// Adds a file.
    pub(crate) fn with(mut self, role: Role, schedule: Schedule, form: Form) -> Folder {
        let path = self.folder.path().join(format!("{role}-{}.csv", self.files.len()));
        let mut out = BufWriter::new(File::create(&path).expect("a new file"));
        schedule.write(form, &mut out).expect("room on the disk");
        out.flush().expect("room on the disk");
        self.files.push(InputFile::named(role, path.display().to_string()));
        self
    }

    /// What `shiftlint check` would do with the files.
    pub(crate) fn settings(&self) -> Settings {
        let levels = judge::selected(&[], &[], &[]).expect("no rule is named");
        Settings { files: self.files.clone(), levels, ..Settings::default() }
    }

    /// The report on the files.
    pub(crate) fn report(&self) -> Report {
        analyze(&self.settings(), &Progress::default()).expect("sound settings")
    }
}
