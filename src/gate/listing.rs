//! Cuts the list of findings to what was asked for.

use crate::model::finding::{Finding, Report};
use crate::model::gate::FindingState;
use crate::model::settings::Settings;
use std::collections::HashMap;

/// Cuts the list: for each agent and rule, and in all, those that count before the others.
pub(super) fn cut(report: &mut Report, settings: &Settings) {
    (report.max_per_agent, report.max_findings) = (settings.max_per_agent, settings.max_findings);
    let mut kept = vec![false; report.findings.len()];
    let mut of_agents: HashMap<(Option<&str>, &str), u64> = HashMap::new();
    let (mut listed, mut beyond) = (0, 0);
    for is_new in [true, false] {
        let counts = |finding: &Finding| (finding.state == FindingState::New) == is_new;
        let findings = report.findings.iter().enumerate();
        for (place, finding) in findings.filter(|(_, finding)| counts(finding)) {
            let of_agent =
                of_agents.entry((finding.agent.as_deref(), finding.rule.code)).or_default();
            if *of_agent >= settings.max_per_agent {
                continue;
            }
            *of_agent += 1;
            if listed < settings.max_findings {
                listed += 1;
                kept[place] = true;
            } else {
                beyond += 1;
            }
        }
    }
    if kept.iter().all(|kept| *kept) {
        return;
    }
    report.beyond_max_findings += beyond;
    let mut kept = kept.into_iter();
    report.findings.retain(|_| kept.next().unwrap_or(true));
    for count in &mut report.rules {
        let of_rule = report.findings.iter().filter(|finding| finding.rule == count.rule);
        count.listed = of_rule.count() as u64;
    }
}
