//! Holds what was found, before it is put into words.

use super::coverage::{Covered, Stranger};
use crate::explain::timeline::Timelines;
use crate::judge::{rule_of_notice, rule_of_overlap};
use crate::ledger::{Balance, FindingTotals, Listable, Misfit, overlap_severity};
use crate::model::agents::Agents;
use crate::model::fact::{Defect, Flaw, Notice, NoticeKind, Overlap};
use crate::model::fate::Fates;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::occurrences::Occurrences;
use crate::model::row::RowFault;
use crate::model::rule::Severity;
use crate::model::settings::Settings;
use crate::model::source::Origin;
use crate::schedule::oddities::ends::EndInDoubt;
use crate::schedule::remarks::IdRemark;
use crate::schedule::several::SharedRecords;
use crate::schedule::spellings::SpelledAgents;
use std::collections::BTreeMap;

/// What was found, before it is put into words.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) overlaps: Vec<Overlap>,
    /// The entries near them.
    pub(crate) timelines: Timelines,
    pub(crate) defects: Vec<Defect>,
    pub(crate) notices: Vec<Notice>,
    /// How many misfits are listed of each shift that has some.
    pub(crate) misfits: BTreeMap<Origin, Listed>,
    /// How many findings each rule has, by code and severity.
    pub(crate) totals: FindingTotals,
    pub(crate) counts: Vec<Fates>,
    pub(crate) agents: u64,
    /// Entries that went through the sweep.
    pub(crate) swept: u64,
    /// Every agent, if somebody asked for them.
    pub(super) every_agent: QuickSet<AgentKey>,
    /// What agents are called in other spellings, if somebody asked for that.
    pub(super) spelled: SpelledAgents,
    /// Records that could not be checked, so that no all-clear can be given,
    /// whatever rules are on.
    pub(crate) holes: u64,
    /// How many findings are only not listed because of the limit for all.
    pub(crate) withheld: u64,
    /// What side files cover of the batch.
    pub(super) covered: Covered,
    /// Inputs that name their agents in another way.
    pub(super) strangers: Vec<Stranger>,
    /// Records with a name that two agents share, for each of these names: how many in
    /// one source, and the first.
    pub(super) shared: Vec<Occurrences<Origin>>,
    /// Time off that may end later than it was read, and may then take a shift of its agent: by
    /// source and reason, how many records, and the first.
    pub(super) ends_in_doubt: BTreeMap<(u16, EndInDoubt), Occurrences<Origin>>,
    /// Records whose agents stand for others.
    pub(super) several: Vec<SharedRecords>,
    /// How many ids of a file are those of shifts whose parts are its records, by source.
    pub(super) ids_of_shifts: BTreeMap<u16, u64>,
    /// What is to be noted on ids in two spellings.
    pub(crate) remarks: Vec<IdRemark>,
}

/// How many misfits of a shift are listed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Listed {
    pub(super) agent: AgentKey,
    pub(super) overlaps: u64,
    pub(super) leaving: u64,
    /// An activity that cannot be read.
    pub(super) unreadable: Option<u32>,
}

impl Facts {
    /// Takes what a ledger holds in the end.
    pub(super) fn take(&mut self, balance: Balance) {
        let Balance { totals, holes, facts, neighbours, withheld } = balance;
        (self.totals, self.holes, self.withheld) = (totals, holes, withheld);
        self.timelines = Timelines::new(neighbours);
        for fact in facts {
            match fact {
                Listable::Overlap(overlap) => self.overlaps.push(overlap),
                Listable::Defect(defect) => self.defects.push(defect),
                Listable::Notice(notice) => self.notices.push(*notice),
                Listable::Misfit(Misfit { kind, origin, agent, .. }) => {
                    let listed = self.misfits.entry(origin).or_default();
                    listed.agent = agent;
                    match kind {
                        NoticeKind::ActivityOverlap => listed.overlaps += 1,
                        _ => listed.leaving += 1,
                    }
                }
            }
        }
    }

    /// Whether a record that cannot be read may be of another agent than it names: the name may
    /// be cut off, or is one that no other record and no list has.
    pub(crate) fn is_of_unknown(&self, defect: &Defect, agents: &Agents) -> bool {
        let is_cut = matches!(
            defect.flaw,
            Flaw::Fault(RowFault::Ragged { found, expected }) if found < expected
        );
        let key = defect.agent;
        is_cut || key.is_none() || !(self.every_agent.contains(&key) || agents.knows(key))
    }

    /// Adds an overlap that the timelines do not show, if a rule that is on is about it.
    pub(crate) fn add_overlap(&mut self, settings: &Settings, overlap: Overlap) {
        if let Some((code, severity)) = rule_of(settings, &overlap) {
            self.totals.entry(code).or_default()[severity as usize] += 1;
            self.overlaps.push(overlap);
        }
    }

    /// Takes out the listed overlaps that are none.
    pub(crate) fn remove_overlaps(
        &mut self,
        settings: &Settings,
        is_none: impl Fn(&Overlap) -> bool,
    ) {
        let Facts { overlaps, totals, .. } = self;
        overlaps.retain(|overlap| {
            let stays = !is_none(overlap);
            if let (false, Some((code, severity))) = (stays, rule_of(settings, overlap)) {
                totals.entry(code).or_default()[severity as usize] -= 1;
            }
            stays
        });
    }

    /// Takes out all notices of a kind.
    pub(crate) fn remove_notices(&mut self, kind: NoticeKind) {
        self.notices.retain(|notice| notice.kind != kind);
        self.totals.remove(rule_of_notice(kind).code);
    }
}

/// The code of the rule about an overlap, and how severe the overlap is; `None` if it is off.
fn rule_of(settings: &Settings, overlap: &Overlap) -> Option<(&'static str, Severity)> {
    let rule = rule_of_overlap(&overlap.overlap_kind)?;
    let level = *settings.levels.get(rule.code)?;
    Some((rule.code, overlap_severity(level, &overlap.overlap_kind)))
}
