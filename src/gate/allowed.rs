//! Finds the facts of a schedule that allowances allow, for what acts on facts and not on findings.

use super::{GateSettings, MOST, allowances};
use crate::analyze::{Fact, Progress, Taken, find, findings_of_facts};
use crate::error::Error;
use crate::model::allowed::AllowedFacts;
use crate::model::finding::Finding;
use crate::model::gate::FindingState;
use crate::model::settings::Settings;
use crate::schedule::run::Again;
use crate::schedule::{Schedule, with_schedule};

/// Checks what the settings ask for, and says which facts are allowed. A fact beyond those that
/// are compared is not.
///
/// # Errors
/// Those of a check.
pub fn allowed_facts(
    settings: &Settings,
    gate: &GateSettings,
    progress: &Progress,
) -> Result<AllowedFacts, Error> {
    if gate.allowances.is_empty() {
        return Ok(AllowedFacts::default());
    }
    let all = Settings {
        max_per_agent: u64::MAX,
        max_findings: MOST,
        observes_timelines: false,
        ..settings.clone()
    };
    with_schedule(&all, progress, |schedule| look(schedule, gate))
}

fn look(mut schedule: Schedule<'_>, gate: &GateSettings) -> Result<AllowedFacts, Again> {
    let taken = Taken::of(&mut schedule);
    let facts = find(&schedule, taken, None)?;
    let (of_findings, mut findings): (Vec<Fact<'_>>, Vec<Finding>) =
        findings_of_facts(&schedule, &facts)?.into_iter().unzip();
    let outcomes = allowances::apply(&mut findings, gate.allowances.clone(), &gate.today);
    let mut allowed = AllowedFacts::of(outcomes, &gate.today);
    for (fact, finding) in of_findings.into_iter().zip(findings) {
        match fact {
            _ if finding.state == FindingState::New => {}
            Fact::Overlap(overlap) => allowed.add_overlap(overlap),
            Fact::Defect(defect) => allowed.add_defect(defect),
            Fact::Notice(notice) => allowed.add_notice(notice),
        }
    }
    Ok(allowed)
}
