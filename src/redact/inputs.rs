//! Redacts all inputs of a check, and shows that the copies give the same findings.

use super::comparison::NamelessReport;
use super::headings::heading;
use super::key::RedactKey;
use super::names::Pseudonyms;
use super::source_text::SourceText;
use super::words::{UnreadWords, WordRedactor, WordUse};
use super::{document, table};
use crate::analyze::skipped::{self, SkippedSource};
use crate::analyze::{self, Facts, Progress, Taken};
use crate::calendar::Calendar;
use crate::error::Error;
use crate::model::activity_codes::{ActivityCode, ActivityCodes};
use crate::model::finding::Report;
use crate::model::settings::{InputFile, Mapping, Settings, UnreadFile};
use crate::model::source::Role;
use crate::read::source::Source;
use crate::schedule::{Schedule, with_schedule};
use std::collections::HashMap;
use std::sync::Arc;

/// The copy of an input.
#[derive(Debug, Clone)]
pub struct RedactedFile {
    /// Its name, which says its role and its place among the inputs.
    pub name: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// The copies of all inputs.
#[derive(Debug)]
pub struct Redaction {
    /// The copies, in the order of roles and names of the inputs.
    pub files: Vec<RedactedFile>,
    /// The report about the copies.
    pub report: Report,
    /// Each pseudonym, and what it stands for.
    pub words: Vec<(String, String)>,
}

/// The words of a command that checks copies, given these and the columns that the user has named.
pub(super) type CommandOfCopies<'c> = dyn Fn(&[InputFile], &[Mapping]) -> Vec<String> + 'c;

/// An input that has a copy.
struct Original {
    file: InputFile,
    text: SourceText,
    numbers_rows: bool,
}

/// What a check of the inputs themselves shows.
struct Shown {
    report: Report,
    originals: Vec<Original>,
    unread: Vec<UnreadFile>,
}

/// Redacts the inputs that the settings name. `command` is what the report says of how it was
/// made.
///
/// # Errors
/// When the settings make no sense, or an input cannot be redacted so that its copy is read in the
/// same way.
pub fn redact(
    settings: &Settings,
    key: &RedactKey,
    command: &CommandOfCopies<'_>,
    progress: &Progress,
) -> Result<Redaction, Error> {
    let shown = with_schedule(settings, progress, |mut schedule| {
        let taken = Taken::of(&mut schedule);
        let facts = analyze::find(&schedule, taken, None)?;
        let (originals, unread) = originals(&schedule, &facts, settings);
        Ok((analyze::tell(&schedule, facts)?, originals, unread))
    })?;
    let (report, originals, unread) = shown;
    let shown = Shown { report, originals: originals?, unread };
    // What is not read is left out, unless that changes how the rest is read.
    for unread in [UnreadWords::Blank, UnreadWords::Disguised] {
        let (names, copied) = copy(settings, &shown, key, unread, command);
        if names.collides() {
            let message = "two words have one pseudonym under this key";
            return Err(Error::refused(message, Some("use another key".to_owned())));
        }
        let report = analyze::analyze(&copied, progress)?;
        let is_alike = |with_notes| {
            NamelessReport::of(&report, with_notes) == NamelessReport::of(&shown.report, with_notes)
        };
        // A note can name a word that is disguised, and that no record depends on.
        if is_alike(true) || unread == UnreadWords::Disguised && is_alike(false) {
            return Ok(Redaction { files: files(copied.files), report, words: names.into_words() });
        }
    }
    let message = "redacted copies of these inputs would be read in another way";
    let help = "nothing was written; please report the shape of the files as a bug";
    Err(Error::refused(message, Some(help.to_owned())))
}

/// The inputs that are read, and those that are not.
fn originals(
    schedule: &Schedule<'_>,
    facts: &Facts,
    settings: &Settings,
) -> (Result<Vec<Original>, Error>, Vec<UnreadFile>) {
    let sources = schedule.run.sources;
    let aside = |source: &Source| {
        let SkippedSource { why, doubtful, option } = skipped::of_source(schedule, facts, source)?;
        let (role, path) = (source.file.role, Arc::clone(&source.file.path));
        Some(UnreadFile { role, path, why, doubtful, option })
    };
    let unread = sources.iter().filter_map(aside).collect();
    let read = sources.iter().filter(|source| source.aside().is_none());
    (read.map(|source| original(source, settings)).collect(), unread)
}

fn original(source: &Source, settings: &Settings) -> Result<Original, Error> {
    let file = source.file.clone();
    let refused = || {
        let message =
            format!("a file given as {} cannot be redacted: it cannot be read", file.role);
        let help = "the same check without --redact says why; leave the file out, or correct it";
        Error::refused(message, Some(help.to_owned()))
    };
    if source.is_refused() || source.format.is_none() && !source.is_empty {
        return Err(refused());
    }
    let opened = Source::open(&file, settings);
    let text = SourceText::of(&opened).ok_or_else(refused)?;
    Ok(Original { text, numbers_rows: source.ids_number_rows(), file })
}

/// The copies under one way to treat words that are not read, and the settings that read them.
fn copy(
    settings: &Settings,
    shown: &Shown,
    key: &RedactKey,
    unread: UnreadWords,
    command: &CommandOfCopies<'_>,
) -> (Pseudonyms, Settings) {
    let mut names = Pseudonyms::new(key);
    let calendar = Calendar::bundled();
    let keeps_numbers = shown.originals.iter().any(|original| original.numbers_rows);
    let mut words = WordRedactor { names: &mut names, calendar: &calendar, unread, keeps_numbers };
    let neutral = neutral_names(&shown.originals);
    let files: Vec<InputFile> = shown
        .originals
        .iter()
        .zip(&neutral)
        .map(|(original, name)| {
            let bytes = redacted(&original.text, &mut words);
            InputFile::in_memory(original.file.role, name.as_str(), bytes)
        })
        .collect();
    let renamed: HashMap<&str, &String> = shown
        .originals
        .iter()
        .zip(&neutral)
        .flat_map(|(original, name)| [(&*original.file.path, name), (&*original.file.shown, name)])
        .collect();
    let codes = codes(&settings.activity_codes, &mut words);
    let columns: Vec<Mapping> =
        settings.columns.iter().map(|mapping| column(mapping, words.names)).collect();
    let copied = Settings {
        format: settings.format.filter(|format| *format != "xlsx"),
        encodings: Vec::new(),
        sheets: Vec::new(),
        whole_days: settings
            .whole_days
            .iter()
            .map(|name| place(name, &renamed, words.names))
            .collect(),
        unread: unread_files(settings, &shown.unread),
        activity_codes: Arc::new(codes),
        command: command(&files, &columns),
        columns,
        accepted: settings
            .accepted
            .iter()
            .map(|(code, at)| (code.clone(), place(at, &renamed, words.names)))
            .collect(),
        files,
        ..settings.clone()
    };
    (names, copied)
}

fn redacted(text: &SourceText, words: &mut WordRedactor<'_>) -> Vec<u8> {
    match text.delimiter {
        Some(delimiter) => table::redacted(text, delimiter, words),
        None => document::redacted(text, words),
    }
}

/// Names for copies: `batch-1.csv`, in the order of the inputs.
fn neutral_names(originals: &[Original]) -> Vec<String> {
    let of_role = |role: Role| originals.iter().filter(|other| other.file.role == role).count();
    let mut numbers: HashMap<Role, usize> = HashMap::new();
    let name = |original: &Original| {
        let (role, text) = (original.file.role, &original.text);
        let number = numbers.entry(role).or_insert(0);
        *number += 1;
        let width = of_role(role).to_string().len();
        let ending = match (text.delimiter, text.has_lines) {
            (Some(_), _) => "csv",
            (None, true) => "ndjson",
            (None, false) => "json",
        };
        format!("{role}-{number:0width$}.{ending}")
    };
    originals.iter().map(name).collect()
}

/// A column that the user names.
fn column(mapping: &Mapping, names: &mut Pseudonyms) -> Mapping {
    let role = mapping.role.unwrap_or(Role::Batch);
    Mapping { column: heading(&mapping.column, role, names), ..mapping.clone() }
}

/// A place that the user names: a file, a JSON pointer or a column.
fn place(at: &str, renamed: &HashMap<&str, &String>, names: &mut Pseudonyms) -> String {
    if let Some(name) = renamed.get(at) {
        return (*name).clone();
    }
    let parts = at.split('/').map(|part| heading(part, Role::Batch, names));
    parts.collect::<Vec<String>>().join("/")
}

/// Files that are not read, without their names.
fn unread_files(settings: &Settings, aside: &[UnreadFile]) -> Vec<UnreadFile> {
    let all = settings.unread.iter().chain(aside).zip(1..);
    all.map(|(file, number): (&UnreadFile, usize)| {
        let names_another = file.why.contains('`') || file.why.contains("same bytes");
        let why = if names_another { "it is not read as a schedule" } else { &file.why };
        UnreadFile { path: format!("unread-{number}").into(), why: why.to_owned(), ..file.clone() }
    })
    .collect()
}

fn codes(codes: &ActivityCodes, words: &mut WordRedactor<'_>) -> ActivityCodes {
    let code = |(code, stands): (&String, &ActivityCode)| {
        let name = stands.name.as_deref().map(|name| words.redacted(name, WordUse::Kind));
        (words.redacted(code, WordUse::Kind), ActivityCode { name, ..stands.clone() })
    };
    ActivityCodes(codes.0.iter().map(code).collect())
}

fn files(copies: Vec<InputFile>) -> Vec<RedactedFile> {
    let file = |copy: InputFile| {
        let bytes = copy.bytes.unwrap_or_default();
        RedactedFile { name: copy.path.to_string(), bytes }
    };
    copies.into_iter().map(file).collect()
}
