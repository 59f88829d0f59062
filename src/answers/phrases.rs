//! Finds the meaning of a server's words: a precise reason, a claimed overlap, a failure.

mod table;

use super::words::MessageWords;
use crate::model::complaint::Reason;
use std::collections::HashMap;
use std::sync::LazyLock;
use table::ROWS;

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhraseMeaning {
    /// A precise reason.
    Precise(Reason),
    /// A reason that a claimed overlap overrules: an overlapping record is also invalid.
    Vague(Reason),
    /// None of the reasons, although the words that follow in the table would be one.
    NoReason,
    /// A claimed overlap.
    Overlap,
    /// Something failed.
    Failure,
    /// Something went well.
    Success,
}

/// What was heard in some texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct HeardReason {
    /// The reason.
    pub(super) reason: Option<Reason>,
    /// Whether the texts claim an overlap.
    pub(super) overlap: bool,
    /// Whether they say that something failed.
    pub(super) failure: bool,
    /// Whether they say that something went well.
    pub(super) success: bool,
    /// Whether they deny a failure: `no conflicts`.
    pub(super) denial: bool,
}

impl HeardReason {
    /// Whether the texts say why something failed.
    pub(super) fn explains(self) -> bool {
        self.reason.is_some() || self.overlap
    }

    /// Whether the texts complain.
    pub(super) fn complains(self) -> bool {
        self.explains() || self.failure
    }
}

/// How many other words may stand at a `*`.
const LONGEST_GAP: usize = 3;

/// A word of a pattern.
struct Step {
    /// Whether other words may stand before it.
    after_gap: bool,
    /// The words that it can be.
    any: Vec<&'static str>,
}

/// The rows by their first words, so that a text costs the same however long the table is.
struct PhraseRows {
    patterns: Vec<Vec<Step>>,
    by_first: HashMap<&'static str, Vec<usize>>,
}

static PATTERNS: LazyLock<PhraseRows> = LazyLock::new(|| {
    let patterns: Vec<Vec<Step>> = ROWS.iter().map(|(pattern, _)| steps(pattern)).collect();
    let mut by_first: HashMap<_, Vec<usize>> = HashMap::new();
    for (row, pattern) in patterns.iter().enumerate() {
        for word in pattern.first().into_iter().flat_map(|step| &step.any) {
            by_first.entry(*word).or_default().push(row);
        }
    }
    PhraseRows { patterns, by_first }
});

fn steps(pattern: &'static str) -> Vec<Step> {
    let mut after_gap = false;
    let mut steps = Vec::new();
    for word in pattern.split(' ') {
        if word == "*" {
            after_gap = true;
        } else {
            steps.push(Step { after_gap, any: word.split('|').collect() });
            after_gap = false;
        }
    }
    steps
}

/// A row that was found, and the words that it covers.
struct Match {
    row: usize,
    from: usize,
    to: usize,
}

/// What some texts mean together.
pub(super) fn hear<'t>(texts: impl IntoIterator<Item = &'t str>) -> HeardReason {
    let mut spoken = MessageWords::default();
    for text in texts {
        spoken.add(text);
        spoken.end_sentence();
    }
    let (matches, denial) = matches(&spoken);
    let overlap = matches.iter().any(|found| {
        meaning(found) == Some(PhraseMeaning::Overlap) && !is_within_rule(found, &matches)
    });
    let has = |wanted: PhraseMeaning| matches.iter().any(|found| meaning(found) == Some(wanted));
    let decisive = matches.iter().filter(|found| match meaning(found) {
        Some(PhraseMeaning::Precise(_) | PhraseMeaning::NoReason) => true,
        Some(PhraseMeaning::Vague(_)) => !overlap,
        _ => false,
    });
    let decisive = decisive.min_by_key(|found| found.row).and_then(meaning);
    let reason = match decisive {
        Some(PhraseMeaning::Precise(reason) | PhraseMeaning::Vague(reason)) => Some(reason),
        _ => None,
    };
    // Behind "because of another item" the overlap is that of the other item.
    let overlap = overlap && reason != Some(Reason::RejectedWithChunk);
    HeardReason {
        reason,
        overlap,
        failure: denial.of_success || has(PhraseMeaning::Failure),
        success: has(PhraseMeaning::Success),
        denial: denial.of_failure,
    }
}

fn meaning(found: &Match) -> Option<PhraseMeaning> {
    ROWS.get(found.row).map(|(_, meaning)| *meaning)
}

/// Whether a word such as `overlapping` is part of the name of a rule:
/// `overlapping_capacity_constraint`.
fn is_within_rule(overlap: &Match, matches: &[Match]) -> bool {
    matches.iter().any(|found| {
        meaning(found) == Some(PhraseMeaning::Precise(Reason::LabourRule))
            && (found.from..found.to).contains(&overlap.from)
    })
}

/// What words deny.
#[derive(Default)]
struct Denial {
    of_failure: bool,
    /// `success: no`
    of_success: bool,
}

/// The rows that were found, and what words deny.
fn matches(spoken: &MessageWords) -> (Vec<Match>, Denial) {
    let mut found = Vec::new();
    let mut denial = Denial::default();
    let rows = &*PATTERNS;
    for from in 0..spoken.len() {
        let known = spoken.get(from).and_then(|word| rows.by_first.get(word));
        for &row in known.into_iter().flatten() {
            let steps = rows.patterns.get(row).map_or(&[][..], Vec::as_slice);
            let Some(to) = end_of(steps, spoken, from) else { continue };
            let found_row = Match { row, from, to };
            let meant = meaning(&found_row);
            if meant == Some(PhraseMeaning::Success) && is_answered_no(spoken, to) {
                denial.of_success = true;
            } else if !is_denied(spoken, from, to) {
                found.push(found_row);
            } else {
                denial.of_failure |=
                    matches!(meant, Some(PhraseMeaning::Failure | PhraseMeaning::Overlap));
            }
        }
    }
    (found, denial)
}

/// The end of a pattern whose first word stands at `from`.
fn end_of(steps: &[Step], spoken: &MessageWords, from: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(from) };
    let gap = if step.after_gap { LONGEST_GAP } else { 0 };
    for at in from..=from + gap {
        let word = spoken.get(at).filter(|word| !word.is_empty())?;
        if step.any.contains(&word)
            && let Some(end) = end_of(rest, spoken, at + 1)
        {
            return Some(end);
        }
    }
    None
}

/// Whether a sentence ends with a no to the words before: `success: no`. Behind `OK, no` more
/// follows.
fn is_answered_no(spoken: &MessageWords, to: usize) -> bool {
    let is_end = spoken.get(to + 1).is_none_or(str::is_empty);
    is_end && matches!(spoken.get(to), Some("no" | "false"))
}

/// Whether the words around a phrase deny it: `no conflicts`, `does not overlap`, `errors: 0`.
/// `must not overlap` denies nothing.
fn is_denied(spoken: &MessageWords, from: usize, to: usize) -> bool {
    let before = |steps: usize| from.checked_sub(steps).and_then(|at| spoken.get(at));
    if matches!(spoken.get(to), Some("0" | "none" | "false")) {
        return true;
    }
    // `nothing was saved`, `no changes were saved`
    if matches!(before(1), Some("was" | "were")) {
        return matches!(before(2), Some("nothing" | "none")) || before(3) == Some("no");
    }
    match before(1) {
        Some("no" | "without" | "zero" | "0" | "never" | "doesnt" | "isnt") => true,
        Some("not") => !matches!(
            before(2),
            Some("must" | "may" | "should" | "can" | "shall" | "could" | "cannot")
        ),
        Some("any") => matches!(before(2), Some("without" | "not" | "no")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::hear;
    use crate::model::complaint::Reason;

    #[test]
    fn phrases_have_their_reasons() {
        use Reason::*;
        for (text, reason, overlap) in [
            ("Conflict", None, false),
            ("shift overlaps with an existing entry", None, true),
            ("schedule_conflict: record has a pending shift swap", Some(PendingSwap), false),
            ("The swap request is still pending", Some(PendingSwap), false),
            ("no pending swap", None, false),
            ("schedule version mismatch", Some(StaleVersion), false),
            (
                "The version number of the modified resource must match the version number in the \
                 database.",
                Some(StaleVersion),
                false,
            ),
            ("Row was updated or deleted by another transaction", Some(StaleVersion), false),
            ("overlapping_capacity_constraint", Some(LabourRule), false),
            (
                "violates overlapping schedule constraints or adherence rules",
                Some(LabourRule),
                false,
            ),
            ("Max consecutive hours exceeded", Some(LabourRule), false),
            ("InitiatingShiftOverlapsExisting", None, true),
            ("ReceivingShiftTimesChanged", Some(StaleSwap), false),
            ("InitiatingAgentMinimumTimeBetweenShifts", Some(LabourRule), false),
            ("ReceivingShiftDoesNotExist", Some(StaleSwap), false),
            ("ReceivingWeeklyMaxPaidTime", Some(LabourRule), false),
            ("ABSENCE_OVERLAP", Some(TimeOff), true),
            ("a pending time-off request overlaps", Some(PendingTimeOff), true),
            ("paid time off exceeds the maximum", Some(TimeOff), false),
            ("timeOffset is odd", None, false),
            ("invalid shift: overlaps existing shift", None, true),
            ("the start field is required", Some(InvalidRecord), false),
            ("rolled back because another item overlaps", Some(RejectedWithChunk), false),
            ("batch rolled back: shift overlaps", None, true),
            ("locked by another user", None, false),
            ("The payroll period has been locked", Some(LockedPeriod), false),
            ("user not found", Some(UnknownAgent), false),
            ("shift not found", None, false),
            ("A shift already exists in this time range", None, true),
            ("shift already exists", Some(AlreadyExists), false),
            ("duplicate external id", Some(DuplicateId), false),
            ("Duplicate entry 's-3' for key 'PRIMARY'", Some(DuplicateId), false),
            (
                "Duplicate entry '0f8fad5b-d9cb-469f-a165-70867728950e' for key 'shifts.PRIMARY'",
                Some(DuplicateId),
                false,
            ),
            ("shifts must not overlap", None, true),
            ("the shift does not overlap anything", None, false),
            ("generic separate times", None, false),
            ("Too Many Requests", Some(RateLimit), false),
            ("missing the required permission(s)", Some(Permission), false),
            ("team is at capacity", Some(Capacity), false),
            ("502 Bad Gateway", Some(ServerError), false),
        ] {
            let heard = hear([text]);
            assert_eq!((heard.reason, heard.overlap), (reason, overlap), "{text}");
        }
    }

    #[test]
    fn failures_are_told_from_successes() {
        for (text, complains) in [
            ("No conflicts found", false),
            ("errors: 0", false),
            ("imported without any errors", false),
            ("Conflict", true),
            ("import failed", true),
            ("12 shifts created", false),
        ] {
            assert_eq!(hear([text]).complains(), complains, "{text}");
        }
    }

    #[test]
    fn no_phrase_reaches_over_the_end_of_a_sentence() {
        assert_eq!(hear(["It is pending. Swap it."]).reason, None);
        assert_eq!(hear(["pending", "swap"]).reason, None);
    }
}
