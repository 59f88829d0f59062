//! Turns facts into findings, by the rules that are on.
//!
//! Each file here that is in [`RULES`] is one rule: its page, the facts it answers to, and the
//! words for a fact. A rule decides by the fact alone. It does not know files, formats, threads
//! or other rules. Which records a finding shows, and how it looks, is decided elsewhere.
//!
//! To add a rule, add its file and its entry in [`RULES`], and run `BLESS=1 cargo test` for
//! `docs/rules.md`.

#[cfg(feature = "internals")]
mod book;
pub mod doubts;
pub mod page;

pub mod select;
mod subject;
mod trades;
mod wording;
mod writes;

#[cfg(test)]
mod samples;

pub mod activity_outside_shift;
pub mod activity_overlap;
pub mod attendance_as_plan;
pub mod changed_since_read;
pub mod client_made_id;
pub mod contradicting_length;
pub mod cross_day_overlap;
pub mod distant_record;
pub mod duplicate_id;
pub mod duplicate_shift;
pub mod empty_span;
pub mod fold_time;
pub mod gap_time;
pub mod id_taken;
pub mod missing_offset;
pub mod mixed_version;
pub mod no_common_agent;
pub mod offset_mismatch;
pub mod pending_swap;
pub mod pending_time_off_overlap;
pub mod published_overlap;
pub mod repeated_schedule;
pub mod replaces_several;
pub mod reversed;
pub mod shared_ids;
pub mod shift_overlap;
pub mod short_rest;
pub mod side_file_coverage;
pub mod stacked_time_off;
pub mod stale_swap;
pub mod stale_sync;
pub mod swap_not_applied;
pub mod swap_overlap;
pub mod swap_unknown_shift;
pub mod time_off_overlap;
pub mod too_long;
pub mod too_many_hours;
pub mod two_spellings;
pub mod unavailable_overlap;
pub mod unknown_agent;
pub mod unknown_record;
pub mod unknown_status;
pub mod unknown_zone;
pub mod unreadable_record;
pub mod version_mismatch;
pub mod version_missing;
pub mod version_reused;

#[cfg(feature = "internals")]
pub use book::rules_page;
pub use select::{rule_named, selected, selected_under, without_limit};

use crate::model::fact::{Flaw, NoticeKind, OverlapKind};
use crate::model::rule::{Rule, Trigger};

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[
    &duplicate_id::RULE,
    &id_taken::RULE,
    &client_made_id::RULE,
    &unknown_agent::RULE,
    &repeated_schedule::RULE,
    &two_spellings::RULE,
    &no_common_agent::RULE,
    &replaces_several::RULE,
    &shared_ids::RULE,
    &unknown_record::RULE,
    &short_rest::RULE,
    &too_many_hours::RULE,
    &shift_overlap::RULE,
    &cross_day_overlap::RULE,
    &duplicate_shift::RULE,
    &published_overlap::RULE,
    &time_off_overlap::RULE,
    &pending_time_off_overlap::RULE,
    &stacked_time_off::RULE,
    &unavailable_overlap::RULE,
    &activity_overlap::RULE,
    &activity_outside_shift::RULE,
    &unreadable_record::RULE,
    &reversed::RULE,
    &empty_span::RULE,
    &too_long::RULE,
    &unknown_status::RULE,
    &contradicting_length::RULE,
    &side_file_coverage::RULE,
    &attendance_as_plan::RULE,
    &distant_record::RULE,
    &pending_swap::RULE,
    &swap_overlap::RULE,
    &swap_not_applied::RULE,
    &stale_swap::RULE,
    &swap_unknown_shift::RULE,
    &missing_offset::RULE,
    &gap_time::RULE,
    &fold_time::RULE,
    &offset_mismatch::RULE,
    &unknown_zone::RULE,
    &version_mismatch::RULE,
    &version_missing::RULE,
    &version_reused::RULE,
    &mixed_version::RULE,
    &stale_sync::RULE,
    &changed_since_read::RULE,
];

/// The rule for a pair of records; `None` where the pair is nobody's business,
/// such as two published shifts.
///
/// The rules for pairs exclude each other, so that the order of the table does
/// not matter: of two shifts, OV104 has those where one is published, of the
/// others OV103 the equal ones, and of the rest OV102 and OV101 share by day.
#[must_use]
pub fn rule_of_overlap(overlap_kind: &OverlapKind) -> Option<&'static Rule> {
    answering(|check| matches!(check, Trigger::Overlap(agrees) if agrees(overlap_kind)))
}

/// The rule for a flaw: exactly one has it.
#[must_use]
pub fn rule_of_flaw(flaw: Flaw) -> &'static Rule {
    answering(|check| matches!(check, Trigger::Flaw(agrees) if agrees(flaw)))
        .unwrap_or(&unreadable_record::RULE)
}

/// The rule for what was found about records: exactly one has it.
#[must_use]
pub fn rule_of_notice(kind: NoticeKind) -> &'static Rule {
    answering(|check| matches!(check, Trigger::Notice(own) if *own == kind))
        .unwrap_or(&unreadable_record::RULE)
}

fn answering(answers: impl Fn(&Trigger) -> bool) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| answers(&rule.trigger))
}

#[cfg(test)]
mod tests {
    use super::{RULES, rule_of_flaw, rule_of_notice, rule_of_overlap, samples};
    use crate::model::fact::{Flaw, NoticeKind, OverlapKind};
    use crate::model::finding::{Ambiguity, Case, Certainty, Moment, Record, SharedTime};
    use crate::model::row::{Field, RowFault};
    use crate::model::rule::{Rule, Trigger};
    use crate::model::shift::{Kind, Side};
    use std::collections::BTreeSet;
    use std::path::Path;

    fn overlap_kinds() -> impl Iterator<Item = OverlapKind> {
        (0..OverlapKind::COUNT).map(OverlapKind::from_number)
    }

    fn flaws() -> Vec<Flaw> {
        let faults = [
            RowFault::Ragged { found: 3, expected: 4 },
            RowFault::NotUtf8,
            RowFault::Nul,
            RowFault::Broken,
            RowFault::NotAnObject,
            RowFault::Agentless,
        ];
        let of_field = [
            Flaw::Absent,
            Flaw::NoTime,
            Flaw::Weekday,
            Flaw::NoSuchTime,
            Flaw::NoDate,
            Flaw::NoOrder,
            Flaw::Abbreviation,
            Flaw::NoFlag,
        ];
        let mut flaws = vec![
            Flaw::MissingOffset,
            Flaw::GapTime,
            Flaw::FoldTime,
            Flaw::OffsetMismatch,
            Flaw::UnknownZone,
            Flaw::NoLength,
            Flaw::DatesApart,
            Flaw::NoAgent,
            Flaw::ContradictingLength,
            Flaw::Reversed,
            Flaw::EmptySpan,
            Flaw::TooLong,
            Flaw::UnknownStatus,
            Flaw::Activity(3),
        ];
        flaws.extend(faults.map(Flaw::Fault));
        flaws.extend(Field::all().flat_map(|field| of_field.map(|flaw| flaw(field))));
        flaws
    }

    #[test]
    fn codes_are_in_order_and_names_are_told_apart() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code), "sort RULES by code");
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for Rule { code, name, summary, .. } in RULES {
            let (family, number) = code.split_at(2);
            assert!(family.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
            assert!(
                number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()),
                "{code}"
            );
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
            assert!(!summary.is_empty() && !summary.ends_with('.'), "{code}: {summary}");
        }
    }

    #[test]
    fn each_rule_is_in_the_file_of_its_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/judge");
        let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let found: BTreeSet<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|file| {
                let phrases =
                    ["subject.rs", "trades.rs", "wording.rs", "writes.rs"].contains(&&**file);
                let others = ["book.rs", "mod.rs", "page.rs", "select.rs", "samples.rs", "doubts"];
                !phrases && !others.contains(&&**file)
            })
            .collect();
        let named =
            RULES.iter().map(|rule| format!("{}.rs", rule.name.replace('-', "_"))).collect();
        assert_eq!(found, named, "a rule has a file of its name in src/judge, and is in RULES");
    }

    #[test]
    fn a_pair_has_one_rule_at_most_whatever_the_order() {
        for overlap_kind in overlap_kinds() {
            let agreeing: Vec<&&Rule> = RULES
                .iter()
                .filter(
                    |rule| matches!(rule.trigger, Trigger::Overlap(agrees) if agrees(&overlap_kind)),
                )
                .collect();
            assert!(agreeing.len() <= 1, "{overlap_kind:?}: {agreeing:?}");
            assert_eq!(rule_of_overlap(&overlap_kind), agreeing.first().map(|rule| **rule));
        }
    }

    /// The precedence of the contract, written down a second time.
    fn expected(overlap_kind: &OverlapKind) -> Option<&'static str> {
        let kinds = (overlap_kind.sides.0.kind, overlap_kind.sides.1.kind);
        let batch = overlap_kind.sides.0.batch as u8 + overlap_kind.sides.1.batch as u8;
        match (kinds, batch) {
            ((Kind::TimeOff, Kind::TimeOff), _) => Some("OV203"),
            (_, 0) => None,
            ((Kind::Shift, Kind::Shift), 1) => Some("OV104"),
            ((Kind::Shift, Kind::Shift), _) if overlap_kind.same_span => Some("OV103"),
            ((Kind::Shift, Kind::Shift), _) if overlap_kind.cross_day => Some("OV102"),
            ((Kind::Shift, Kind::Shift), _) => Some("OV101"),
            ((Kind::Shift, Kind::TimeOff) | (Kind::TimeOff, Kind::Shift), _) => Some("OV201"),
            ((Kind::Shift, Kind::Unavailable) | (Kind::Unavailable, Kind::Shift), _) => {
                Some("OV204")
            }
            ((Kind::Shift, _) | (_, Kind::Shift), _) => Some("OV202"),
            _ => None,
        }
    }

    #[test]
    fn a_pair_has_the_rule_that_the_contract_says() {
        for overlap_kind in overlap_kinds() {
            let found = rule_of_overlap(&overlap_kind).map(|rule| rule.code);
            assert_eq!(found, expected(&overlap_kind), "{overlap_kind:?}");
        }
    }

    #[test]
    fn sides_relate_if_there_is_a_rule_for_them() {
        for overlap_kind in overlap_kinds() {
            let (one, other) = overlap_kind.sides;
            assert_eq!(
                one.relates(other),
                rule_of_overlap(&overlap_kind).is_some(),
                "{overlap_kind:?}"
            );
            assert_eq!(one.relates(other), other.relates(one), "{overlap_kind:?}");
        }
    }

    #[test]
    fn every_flaw_has_exactly_one_rule() {
        for flaw in flaws() {
            let agreeing: Vec<&&Rule> = RULES
                .iter()
                .filter(|rule| matches!(rule.trigger, Trigger::Flaw(agrees) if agrees(flaw)))
                .collect();
            assert_eq!(agreeing, [&rule_of_flaw(flaw)], "{flaw:?}");
        }
    }

    #[test]
    fn every_matter_has_exactly_one_rule() {
        for kind in NoticeKind::ALL {
            let agreeing: Vec<&&Rule> = RULES
                .iter()
                .filter(|rule| matches!(rule.trigger, Trigger::Notice(own) if own == kind))
                .collect();
            assert_eq!(agreeing, [&rule_of_notice(kind)], "{kind:?}");
        }
    }

    #[test]
    fn no_rule_is_without_a_fact() {
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        codes.extend(
            overlap_kinds().filter_map(|overlap_kind| Some(rule_of_overlap(&overlap_kind)?.code)),
        );
        codes.extend(flaws().into_iter().map(|flaw| rule_of_flaw(flaw).code));
        codes.extend(NoticeKind::ALL.map(|kind| rule_of_notice(kind).code));
        assert_eq!(codes, RULES.iter().map(|rule| rule.code).collect());
    }

    /// What a rule says, checked for the form that all messages have.
    fn said(rule: &Rule, case: &Case<'_>) -> String {
        let words = (rule.describe)(case);
        for text in [&words.message, &words.help] {
            let first = text.chars().next().unwrap_or('?');
            assert!(first.is_ascii_lowercase() || first == '`', "{rule:?}: {text}");
            assert!(!text.ends_with(['.', ' ', ';', ',', ':']), "{rule:?}: {text}");
            assert!(!text.contains("  ") && !text.contains('\n'), "{rule:?}: {text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{rule:?}: {text}");
        }
        words.message
    }

    fn rules_for(flaw: Option<Flaw>) -> impl Iterator<Item = &'static Rule> {
        let own = flaw.map(rule_of_flaw);
        let without = |rule: &&Rule| !matches!(rule.trigger, Trigger::Flaw(_));
        RULES.iter().copied().filter(move |rule| own.map_or(without(rule), |own| own == *rule))
    }

    #[test]
    fn every_rule_speaks_of_a_case_with_nothing_known() {
        let unread = [samples::unread(), samples::unread()];
        for flaw in flaws().into_iter().map(Some).chain([None]) {
            for certainty in [Certainty::Certain, Certainty::Possible] {
                for records in [&unread[..0], &unread[..1], &unread[..]] {
                    let records = samples::case(records).records;
                    let case = Case { records, flaw, certainty, ..samples::nothing() };
                    for rule in rules_for(flaw) {
                        assert!(!said(rule, &case).contains("``"), "{rule:?}: {flaw:?}");
                    }
                }
            }
        }
        for rule in RULES {
            said(rule, &samples::nothing());
        }
    }

    fn awkward(id: &str, role: fn(&str, &str, &str) -> Record, doubt: Option<Ambiguity>) -> Record {
        let end = Moment {
            otherwise: Some(samples::stamp("2026-11-01T01:30:00-06:00").into()),
            doubt,
            ..samples::moment("2026-11-01T01:30:00-05:00")
        };
        Record { end, ..role(id, "2026-10-31T20:00:00-05:00", "2026-11-01T01:30:00-05:00") }
    }

    fn off(id: &str, start: &str, end: &str) -> Record {
        samples::time_off(id, "APPROVED", start, end)
    }

    fn doubts() -> [Option<Ambiguity>; 5] {
        [
            None,
            Some(Ambiguity::Gap),
            Some(Ambiguity::Fold),
            Some(Ambiguity::Mismatch),
            Some(Ambiguity::Missing),
        ]
    }

    #[test]
    fn every_conflict_names_the_agent_and_both_records() {
        let claim: SharedTime =
            samples::claim("2026-10-31T23:30:00-05:00", "2026-11-01T01:30:00-06:00");
        let roles: [fn(&str, &str, &str) -> Record; 3] = [samples::shift, samples::live, off];
        for rule in RULES.iter().filter(|rule| matches!(rule.trigger, Trigger::Overlap(_))) {
            for (earlier, later) in roles.iter().flat_map(|one| roles.map(|other| (*one, other))) {
                for doubt in doubts() {
                    let records = [awkward("e-1", earlier, doubt), awkward("l-2", later, doubt)];
                    for case in [
                        samples::overlap(&records, &claim),
                        samples::possible(&records, &claim, true),
                        samples::possible(&records, &claim, false),
                    ] {
                        let message = said(rule, &case);
                        for name in ["`7f3c`", "`e-1`", "`l-2`", "23:30", "2026-11-01"] {
                            assert!(message.contains(name), "{rule:?}: {name} in {message}");
                        }
                        let possible = case.certainty == Certainty::Possible;
                        assert_eq!(message.contains(" may "), possible, "{rule:?}: {message}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_flaw_is_told_with_everything_known() {
        let nearest = ["Europe/London".to_owned(), "Europe/Lisbon".to_owned()];
        for flaw in flaws() {
            for doubt in doubts() {
                let record = awkward("e-1", off, doubt);
                let case = Case { nearest: &nearest, count: 3, ..samples::flawed(flaw, &record) };
                said(rule_of_flaw(flaw), &case);
            }
        }
    }

    #[test]
    fn sides_that_lie_change_nothing() {
        let mut record = samples::unread();
        record.side = Some(Side { batch: true, kind: Kind::PendingTimeOff });
        let records = [record.clone(), record];
        for rule in RULES {
            said(rule, &samples::case(&records));
        }
    }
}
