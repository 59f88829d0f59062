//! Decides of each word what of it may leave the house.

use super::names::Pseudonyms;
use super::runs::{WordRun, runs};
use crate::calendar::{Calendar, meanings};
use crate::model::conventions::LengthUnit;
use crate::model::kinds::{is_day_off, is_of_kind};
use crate::model::row::Field;
use crate::model::time::DateOrder;
use crate::normalize::{is_of_status, names_nobody};
use crate::schedule::several::{is_of_group, names_everybody};
use crate::timestamp::{self, Expected, NoTime};

/// What the words of a column or key are used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordUse {
    /// They name somebody or something.
    Name,
    /// They are times.
    Time,
    /// They are lengths.
    Length,
    /// They are kinds, statuses or flags.
    Kind,
    /// They are zones.
    Zone,
    /// They are versions.
    Version,
    /// They are numbers of things: pages, minutes that are not read.
    Quantity,
    /// They are not read.
    Unread,
    /// They are bookkeeping, such as dates of birth, which never decides how a file is read.
    Bookkeeping,
}

/// What becomes of words that are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnreadWords {
    /// They are left out.
    Blank,
    /// They keep their form, and the times and known words in them: what they look like can
    /// decide how a file is read.
    Disguised,
}

impl WordUse {
    /// What the words of a field are used for.
    pub(super) const fn of(field: Field) -> WordUse {
        match field {
            Field::Agent
            | Field::Id
            | Field::Schedule
            | Field::Name
            | Field::GivenName
            | Field::FamilyName
            | Field::Team
            | Field::Shift
            | Field::WithAgent
            | Field::WithShift
            | Field::Request => WordUse::Name,
            Field::Start
            | Field::End
            | Field::Times
            | Field::Date
            | Field::StartDate
            | Field::EndDate
            | Field::WithStart
            | Field::WithEnd => WordUse::Time,
            Field::Length => WordUse::Length,
            Field::Zone | Field::LengthUnit => WordUse::Zone,
            Field::Version | Field::SyncVersion => WordUse::Version,
            Field::AllDay
            | Field::Kind
            | Field::Status
            | Field::Deleted
            | Field::Cancelled
            | Field::Draft
            | Field::Available
            | Field::Approved => WordUse::Kind,
            Field::Activities => WordUse::Unread,
        }
    }
}

/// Replaces words.
pub(super) struct WordRedactor<'r> {
    pub(super) names: &'r mut Pseudonyms,
    pub(super) calendar: &'r Calendar,
    pub(super) unread: UnreadWords,
    /// Whether ids that are numbers only count the rows of their file, so that they name nothing.
    pub(super) keeps_numbers: bool,
}

impl WordRedactor<'_> {
    /// What is written in the place of a word.
    pub(super) fn redacted(&mut self, word: &str, word_use: WordUse) -> String {
        let bare = word.trim();
        if bare.is_empty() {
            return word.to_owned();
        }
        match word_use {
            WordUse::Name => self.name(word),
            WordUse::Time if self.is_time(bare) => word.to_owned(),
            WordUse::Time => self.with_remark(bare).unwrap_or_else(|| self.no_time(word)),
            WordUse::Length if is_length(bare) => word.to_owned(),
            WordUse::Length => self.no_time(word),
            WordUse::Kind if self.is_plain_number(bare) || self.is_time(bare) => word.to_owned(),
            WordUse::Kind => self.disguised(word),
            WordUse::Zone if self.is_zone(bare) || is_of_times(bare) => word.to_owned(),
            WordUse::Zone => self.disguised(word),
            WordUse::Version if is_version(bare) => word.to_owned(),
            WordUse::Version => self.name(word),
            WordUse::Quantity if bare.bytes().all(|byte| !byte.is_ascii_alphabetic()) => {
                word.to_owned()
            }
            WordUse::Bookkeeping => String::new(),
            WordUse::Quantity | WordUse::Unread => match self.unread {
                UnreadWords::Blank => String::new(),
                UnreadWords::Disguised => self.unread(word),
            },
        }
    }

    /// What is written in the place of a number without quotes, whose digits stay a number.
    pub(super) fn number(&mut self, number: &str, word_use: WordUse) -> String {
        let is_unread = word_use == WordUse::Unread && self.unread == UnreadWords::Blank;
        let is_blank = is_unread || word_use == WordUse::Bookkeeping;
        let is_whole = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        match word_use {
            WordUse::Time | WordUse::Length | WordUse::Quantity | WordUse::Version => {
                number.to_owned()
            }
            WordUse::Kind if self.is_plain_number(number) => number.to_owned(),
            _ if is_blank || !is_whole && number.contains(['e', 'E']) => "0".to_owned(),
            _ => self.name(number),
        }
    }

    /// The pseudonym of a word, unless it names nobody or everybody. Of a group what distinguishes
    /// it is replaced.
    pub(super) fn name(&mut self, word: &str) -> String {
        let is_number = || word.trim().bytes().all(|byte| byte.is_ascii_digit());
        let [of_all, of_group] = names_everybody(word);
        if names_nobody(word) || of_all || self.keeps_numbers && is_number() {
            return word.to_owned();
        }
        match of_group {
            true => self.names.of_group(word, &is_of_group),
            false => self.names.of(word),
        }
    }

    /// A word in which runs of letters that are in a list stay.
    fn disguised(&mut self, word: &str) -> String {
        if names_nobody(word) || are_known(word) {
            return word.to_owned();
        }
        let has_known =
            runs(word).into_iter().any(|run| matches!(run, WordRun::Letters(run) if is_known(run)));
        match has_known {
            true => self.names.of_words(word, &|run| is_known(run)),
            false => self.names.of(word),
        }
    }

    /// A text in which the words that `keeps` accepts stay.
    pub(super) fn with_known(&self, text: &str, keeps: &dyn Fn(&str) -> bool) -> String {
        self.names.of_words(text, keeps)
    }

    /// A word that is not read, with its form.
    fn unread(&mut self, word: &str) -> String {
        let bare = word.trim();
        let is_number = bare.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'-'));
        match bare {
            _ if !is_number && self.is_time(bare) => word.to_owned(),
            _ if is_short_flag(bare) => word.to_owned(),
            _ => self.disguised(word),
        }
    }

    /// A time with something in brackets after it: a zone that is unknown, or a comment.
    fn with_remark(&mut self, word: &str) -> Option<String> {
        let (time, remark) = word.split_at(word.find(['[', '('])?);
        if !self.is_time(time.trim_end()) {
            return None;
        }
        let is_calendar = |part: &str| part.contains("u-ca=");
        let parts = remark.split_inclusive([']', ')']);
        let parts = parts.map(|part| match is_calendar(part) {
            true => "[u-ca=iso8601]".to_owned(),
            false => self.remark(part),
        });
        Some(format!("{time}{}", parts.collect::<String>()))
    }

    /// What is in brackets after a time.
    fn remark(&mut self, part: &str) -> String {
        let inner = part.trim_matches(['[', ']', '(', ')', '!']);
        if self.is_zone(inner) {
            return part.to_owned();
        }
        self.names.of_words(part, &timestamp::is_of_time)
    }

    fn is_zone(&self, word: &str) -> bool {
        self.calendar.clock(word).is_some() || meanings(word).is_some()
    }

    /// A word in the place of a time that is none, and stays none: digits could become a time,
    /// and `x` means a day off.
    fn no_time(&mut self, word: &str) -> String {
        let mut text = String::with_capacity(word.len());
        for run in runs(word) {
            match run {
                WordRun::Joint(joint) => text.push_str(joint),
                WordRun::Letters(run) if run.chars().count() > 1 => {
                    text.push_str(&match is_known(run) {
                        true => run.to_owned(),
                        false => self.names.of(run),
                    });
                }
                run => text.extend(run.text().chars().map(|_| 'q')),
            }
        }
        text
    }

    /// Whether a word is a time and nothing else, or says that there is none.
    fn is_time(&self, word: &str) -> bool {
        if is_day_off(word.as_bytes()) {
            return is_known(word) || are_known(word);
        }
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        let is_day = !has_digit && timestamp::is_weekday(word.as_bytes());
        is_of_times(word) && (is_day || has_form_of_time(word) || is_list(word))
    }

    /// Whether a word is a number of at most two digits, as flags and codes of kinds are.
    fn is_plain_number(&self, word: &str) -> bool {
        word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit())
            || word == "1.0"
            || word == "0.0"
    }
}

/// Whether a word has the form of a time, of a range, or of a number that a start can be. Of
/// dates whose numbers have two orders one is enough.
fn has_form_of_time(word: &str) -> bool {
    let bytes = word.as_bytes();
    let orders = [DateOrder::DayMonth, DateOrder::MonthDay];
    orders.into_iter().any(|order| {
        let expected = Expected { order: Some(order), clock: true };
        let read = timestamp::read_as(bytes, expected);
        matches!(read, Ok(_) | Err(NoTime::Value | NoTime::Order))
            || timestamp::range(bytes, expected).is_some()
    }) || timestamp::ShortYearDate::of(bytes).is_some()
        || timestamp::looks_like_serial(bytes)
        || timestamp::DottedClock::of(bytes).is_some()
}

/// Whether a word is a list of times.
fn is_list(word: &str) -> bool {
    let marks = ['[', ']', '"', ' '];
    let entries = timestamp::list_entries(word.as_bytes());
    let mut entries = entries.filter_map(|entry| std::str::from_utf8(entry).ok()).peekable();
    let is_several = word.starts_with('[') || word.contains([',', ';', '|', '&', '+', '\n']);
    is_several
        && entries.peek().is_some()
        && entries.all(|entry| {
            let entry = entry.trim_matches(marks);
            timestamp::is_weekday(entry.as_bytes()) || has_form_of_time(entry)
        })
}

/// Whether a word is a length in words of units.
fn is_length(word: &str) -> bool {
    timestamp::length(word.as_bytes(), LengthUnit::Minutes).is_some()
        && is_of_times(word)
        && word.len() < 24
}

/// Whether all letters of a word are in words of times.
fn is_of_times(word: &str) -> bool {
    runs(word).into_iter().all(|run| match run {
        WordRun::Letters(run) => timestamp::is_of_time(run),
        WordRun::Digits(_) | WordRun::Joint(_) => true,
        // `20260302T080000Z` changes often enough, and so does `PT8H30M`.
        WordRun::Opaque(run) => {
            run.split(|letter: char| letter.is_ascii_digit()).all(timestamp::is_of_time)
        }
        WordRun::Uuid(_) => false,
    })
}

/// Whether a word can only be a version: numbers, hashes and an ETag of them.
fn is_version(word: &str) -> bool {
    runs(word).into_iter().all(|run| match run {
        WordRun::Letters(run) => run.len() < 3 || run.bytes().all(|byte| byte.is_ascii_hexdigit()),
        WordRun::Digits(_) | WordRun::Joint(_) | WordRun::Uuid(_) | WordRun::Opaque(_) => true,
    })
}

/// Whether a word is a flag of one letter.
fn is_short_flag(word: &str) -> bool {
    word.len() < 2 && is_known(word)
}

/// Whether a run of letters is in a list of kinds or statuses, or a word of times.
fn is_known(run: &str) -> bool {
    is_of_kind(run) || is_of_status(run)
}

/// Whether all words of a text are in such a list, together where they are written so.
fn are_known(text: &str) -> bool {
    let joined: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let has_digits = joined.bytes().any(|byte| byte.is_ascii_digit());
    !joined.is_empty() && !has_digits && is_known(&joined)
}
