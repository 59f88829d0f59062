//! Reads plain text and log lines. JSON in them is read as such.

use crate::answers::draft::{Draft, Inherited};
use crate::answers::finish::{accept, complain};
use crate::answers::input::{AnswerText, Outer, ShapeReader};
use crate::answers::names::{self, SpokenNames};
use crate::answers::parser::parse;
use crate::answers::statuses::ItemVerdict;
use crate::model::complaint::{AnswerPlace, Complaint, NameLevel, ResponseShape, ServerAnswer};
use prefix::{Level, without_prefix};
use std::collections::HashSet;

mod prefix;

/// The last shape: any text.
pub(in crate::answers) const SHAPE: ShapeReader =
    ShapeReader { name: ResponseShape::Lines, is: |_| true, read };

/// Reads a text line by line.
pub(super) fn read(input: &AnswerText<'_>, outer: &Outer<'_>, answer: &mut ServerAnswer) {
    let first = answer.complaints.len();
    let mut reader =
        LineReader { text: input.text, outer, answer, open: None, seen: HashSet::new() };
    let (mut at, mut number) = (0, outer.place.line.unwrap_or(1));
    while let Some(rest) = input.text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let taken = match reader.line(at, at + end, number) {
            0 => end,
            taken => taken,
        };
        let lines = input.text.get(at..at + taken).unwrap_or_default();
        number += memchr::memchr_iter(b'\n', lines.as_bytes()).count() as u64;
        at += taken;
    }
    reader.close();
    drop_summaries(answer, first);
}

/// Leaves out lines such as `push failed` where others say more of the same push. A line with any
/// word that can name something is kept.
fn drop_summaries(answer: &mut ServerAnswer, first: usize) {
    let says_more = |complaint: &Complaint| {
        complaint.reason.is_some()
            || complaint.claims_overlap
            || complaint.status.is_some()
            || complaint.names.level() > NameLevel::Nothing
            || !is_summary(&complaint.message)
    };
    if answer.complaints.iter().skip(first).any(says_more) {
        let mut place = 0;
        answer.complaints.retain(|complaint| {
            place += 1;
            place <= first || says_more(complaint)
        });
    }
}

/// Whether all words of a line are those of a push as a whole.
fn is_summary(message: &str) -> bool {
    const WORDS: &str = "error errors failure failures failed failing fail push import upload sync \
        batch chunk job run request requests response operation transaction update write send \
        sending sent records shifts schedule schedules items rows entries rejected refused \
        aborted abandoned cancelled rolled back conflict conflicts completed finished done \
        the a an of to in at for by from on with without was were is are be has have had could not \
        cannot can t some all any no one because and or but this that it see above below exit code \
        status command process script server client http attempt retry retrying tries after again \
        giving up unexpected unknown internal exception caught while during";
    let mut words = message.split(|letter: char| !letter.is_alphanumeric());
    words.all(|word| {
        let is_count = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() < 4;
        is_count || WORDS.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
    })
}

struct LineReader<'t, 'o, 'a> {
    text: &'t str,
    outer: &'a Outer<'o>,
    answer: &'a mut ServerAnswer,
    /// The last complaint, which lines such as `DETAIL` may continue.
    open: Option<(Draft, u64)>,
    /// Complaints that name something: a client that tries again logs them again.
    seen: HashSet<String>,
}

impl<'o> LineReader<'_, 'o, '_> {
    /// Reads the line between two places; how many bytes it takes with the lines that continue
    /// its JSON.
    fn line(&mut self, from: usize, to: usize, number: u64) -> usize {
        let line = self.text.get(from..to).unwrap_or_default().trim_end();
        if line.trim().is_empty() {
            return 0;
        }
        if let Some(taken) = self.json(line, from, number) {
            return taken;
        }
        let (level, content) = without_prefix(line);
        if level == Some(Level::Continuation) {
            if let Some((draft, _)) = &mut self.open {
                draft.add_message(content);
            }
            return 0;
        }
        if level == Some(Level::Aside) || is_stack_trace(line) {
            return 0;
        }
        self.close();
        self.sentence(level, content, number);
        0
    }

    /// Reads JSON that begins in a line and ends a line; how many bytes it takes.
    fn json(&mut self, line: &str, from: usize, number: u64) -> Option<usize> {
        /// How many brackets of a line may begin JSON. The first ones can be those of a prefix.
        const MOST: usize = 4;
        let starts =
            line.char_indices().filter(|(_, letter)| matches!(letter, '{' | '[')).map(|(at, _)| at);
        for start in starts.take(MOST) {
            let text = self.text.get(from + start..)?;
            let behind = text.get(1..).unwrap_or_default().trim_start();
            let begins = behind.starts_with(['"', '}'])
                || text.starts_with('[') && behind.starts_with(['{']);
            let parsed = begins.then(|| parse(text)).filter(|parsed| parsed.fault.is_none());
            let Some(parsed) = parsed else { continue };
            let end_of_line = memchr::memchr(b'\n', text.get(parsed.end..)?.as_bytes());
            let end = end_of_line.map_or(text.len(), |end| parsed.end + end + 1);
            let behind = text.get(parsed.end..end)?.trim_start();
            let has_another = behind.starts_with(['{', '[']);
            if behind.trim_end().len() > 2 && !has_another {
                continue;
            }
            self.close();
            let (level, prefix) = without_prefix(line.get(..start)?);
            let spoken = names::read(prefix);
            let status = spoken.status.or(self.outer.status);
            let place = AnswerPlace { line: Some(number), pointer: None };
            let is_quiet =
                matches!(level, Some(Level::Quiet)) && status.is_none_or(|status| status < 400);
            let within = Outer {
                status,
                place,
                prefix: prefix.trim_end_matches([':', '=', '-', ' ']),
                ..self.outer.clone()
            };
            let before = self.answer.complaints.len();
            self.outer.read(text.get(..parsed.end)?, &within, self.answer);
            let is_silent = self.answer.complaints.len() == before;
            if is_silent && !is_quiet && prefix.len() > 3 {
                // The words before the JSON may complain, and the JSON be that of the request.
                self.sentence(level, prefix, number);
            }
            // Another value on the same line is read as if it began a line.
            let left = if has_another { behind.len() } else { 0 };
            return Some(start + end - left);
        }
        None
    }

    fn sentence(&mut self, level: Option<Level>, content: &str, number: u64) {
        let mut draft = Draft::default();
        draft.add_message(content);
        let spoken = names::read(&draft.message());
        if let Some(status) = spoken.status {
            draft.set_status(status);
        }
        if let Some(code) = sql_state(content) {
            draft.add_code(code);
        }
        let is_of_failure = self.outer.status.is_some_and(|status| status >= 400);
        // What a line means is asked only where nothing else decides.
        let heard = || draft.heard();
        let is_bad = draft.verdict == ItemVerdict::Bad
            || match level {
                Some(Level::Error) => true,
                Some(Level::Warning) => heard().explains(),
                Some(Level::Quiet) => false,
                _ => is_of_failure || heard().complains(),
            };
        let is_good = !is_bad && (draft.verdict == ItemVerdict::Good || heard().success);
        if is_bad {
            draft.spoken = Some(spoken);
            self.open = Some((draft, number));
        } else if is_good && is_named(&spoken) {
            draft.names.ids = spoken.ids;
            draft.names.agents = spoken.agents;
            draft.names.spans = spoken.spans;
            draft.names.index = spoken.index;
            draft.names.mentions = spoken.mentions;
            accept(draft, "", &self.at(number), self.answer);
        }
    }

    /// Adds the open complaint to the answer.
    fn close(&mut self) {
        let Some((draft, number)) = self.open.take() else { return };
        let message = draft.message();
        let outer = self.at(number);
        complain(draft, &Inherited::of_outer(&outer), "", &outer, self.answer);
        let is_named = self
            .answer
            .complaints
            .last()
            .is_some_and(|last| last.names.level() > NameLevel::Nothing);
        if is_named && !self.seen.insert(message) {
            self.answer.complaints.pop();
        }
    }

    fn at(&self, number: u64) -> Outer<'o> {
        Outer { place: AnswerPlace { line: Some(number), pointer: None }, ..self.outer.clone() }
    }
}

/// Whether a sentence names a record, or says a word that may be the id of one.
fn is_named(spoken: &SpokenNames) -> bool {
    !spoken.ids.is_empty() || spoken.index.is_some() || !spoken.mentions.is_empty()
}

/// Whether a line belongs to the trace of an exception.
fn is_stack_trace(line: &str) -> bool {
    let is_indented = line.starts_with([' ', '\t']);
    let text = line.trim_start();
    is_indented
        && (text.starts_with("at ") || text.starts_with("File \"") || text.starts_with("... "))
        || text.starts_with("Traceback (")
}

/// The code of PostgreSQL before a message: `23P01: conflicting key …`.
fn sql_state(content: &str) -> Option<&str> {
    let code = content.get(..5)?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let has_digit = code.starts_with(|letter: char| letter.is_ascii_digit());
    (is_code && has_digit && content.get(5..)?.starts_with([':', ' '])).then_some(code)
}
