//! TZ105: an unknown time zone.

use crate::judge::page::rule;
use crate::judge::wording::{any_of, first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record names a zone that is neither in the IANA time zone database nor a Windows zone
    /// name. Its local times cannot be read, and it is skipped.
    ///
    /// The rules of a clock belong to the name: `America/Chicago` says that 02:30 on 2026-03-08
    /// does not exist, as clocks go from 02:00 to 03:00. `CST` does not: in Chicago, Havana and
    /// Shanghai it is three different times. `EST` and `MST` are refused too: in the database they
    /// are `-05:00` and `-07:00` all year, and in most files they mean New York and Denver, which
    /// have summer time.
    ///
    /// ### Why it matters
    ///
    /// A record that was skipped was not checked, so there is no all-clear: the verdict is
    /// `incomplete` and the exit code 3.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,id,start,end,zone
    /// anna,s-12,2026-03-02T08:00:00,2026-03-02T16:00:00,Europe/Londn
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the name. If every record is reported and the column holds something else, such as a
    /// sales region, name the right one with `--map zone=COLUMN`.
    Rule {
        code: "TZ105",
        name: "unknown-zone",
        severity: Some(Severity::Error),
        summary: "a record has an unknown time zone; it is left out",
        trigger: Trigger::Flaw(applies),
        describe,
        subject,
        hole: Some(("record has an unknown time zone", "records have an unknown time zone")),
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::UnknownZone
}

/// Its zone, unless a time names it.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    let words = record.excerpt.words.iter().filter(|(field, _)| *field == Field::Zone);
    let mut words = words.filter_map(|(_, place)| record.excerpt.text.part(place.clone()));
    let has_own = words.any(|word| Some(word.as_str().trim()) == record.zone.as_deref());
    if has_own { &[Field::Zone] } else { Field::TIMES }
}

fn describe(case: &Case<'_>) -> Words {
    let zone = first(case).and_then(|record| record.zone.as_deref()).unwrap_or_default();
    let zone = brief(zone);
    let message = if zone.is_empty() {
        "the time zone is unknown: the record was not checked".to_owned()
    } else {
        format!("the time zone `{zone}` is unknown: the record was not checked")
    };
    let help = if case.nearest.is_empty() {
        "write a name of the IANA database, such as `Europe/London`, or a Windows zone name"
            .to_owned()
    } else {
        format!("did you mean {}?", any_of(case.nearest))
    };
    words(message, help)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::finding::Case;

    #[test]
    fn near_names_are_offered() {
        let mut record = shift("s-12", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        record.zone = Some("Europe/Londn".into());
        let case = flawed(Flaw::UnknownZone, &record);
        let words = describe(&case);
        assert_eq!(
            words.message,
            "the time zone `Europe/Londn` is unknown: the record was not checked"
        );
        assert!(words.help.contains("IANA"), "{}", words.help);
        let nearest = ["Europe/London".to_owned()];
        let help = describe(&Case { nearest: &nearest, ..case }).help;
        assert_eq!(help, "did you mean `Europe/London`?");
    }
}
