//! Finds facts that no timeline shows by itself: about ids, files, and parts of shifts.

use crate::judge::rule_of_notice;
use crate::ledger::{FactLedger, Listable, Misfit};
use crate::model::fact::{Defect, Detail, Flaw, Misfits, Notice, NoticeKind};
use crate::model::fate::Fates;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::row::Field;
use crate::model::source::Origin;
use crate::read::source::Source;
use crate::reconcile::{Holdings, OfIds};
use crate::schedule::run::Run;
use crate::schedule::settle::Settled;
use std::collections::{BTreeMap, BTreeSet};

/// The files of the batch whose ids are those of shifts, and whose records are their parts, each
/// with the number of these shifts.
pub(super) fn ids_of_shifts(
    run: &Run<'_>,
    holdings: &Holdings,
    with_ids: &[u64],
) -> BTreeMap<u16, u64> {
    if run.ids_are_mapped() {
        return BTreeMap::new();
    }
    let repeated = holdings.repeated().into_iter();
    let of_shifts =
        repeated.filter(|(source, ids)| ids.name_shifts(with_ids[usize::from(*source)]));
    of_shifts.map(|(source, repeated)| (source, repeated.ids)).collect()
}

/// Counts and lists what ids say, once it is known who has them, and in which files they are
/// those of shifts.
pub(super) fn compare_ids(
    holdings: &Holdings,
    settled: &Settled,
    of_shifts: &BTreeMap<u16, u64>,
    ledger: &mut FactLedger<'_>,
) {
    let is_given = |id, from, to| settled.gives(id, from, to);
    let of_shifts: BTreeSet<u16> = of_shifts.keys().copied().collect();
    holdings.compare(is_given, &of_shifts, &mut |told| match told {
        OfIds::Count(kind, count) => {
            let rule = rule_of_notice(kind);
            if let Some(level) = ledger.level(rule) {
                ledger.count(rule, level, count);
            }
        }
        OfIds::Notice(notice) => ledger.list_scattered(*notice),
    });
}

/// Files whose attendance is read as the plan.
pub(super) fn attendance(run: &Run<'_>, counts: &[Fates]) -> Vec<Notice> {
    let read = run.sources.iter().enumerate().filter(|(_, source)| source.reads_attendance());
    let notice = |(place, source): (usize, &Source)| {
        let first = Origin::new(u16::try_from(place).ok()?, source.first_record()?);
        let detail = Detail::Records(counts.get(place)?.records);
        let notice =
            Notice::about(NoticeKind::AttendanceAsPlan, AgentKey::NONE, [Some(first), None, None]);
        Some(Notice { detail, ..notice })
    };
    read.filter_map(notice).collect()
}

/// Counts activities that do not fit, and lists those of the shifts that stand
/// first.
pub(super) fn add_misfits(ledger: &mut FactLedger<'_>, mut misfits: Vec<Misfits>) {
    misfits.sort_unstable_by_key(|shift| (shift.agent, shift.origin, shift.start));
    let kinds = [NoticeKind::ActivityOverlap, NoticeKind::ActivityOutsideShift];
    for shifts in misfits.chunk_by(|one, other| one.agent == other.agent) {
        let mut room = [ledger.per_agent() as u64; 2];
        for shift in shifts {
            let Misfits { origin, agent, .. } = *shift;
            for (place, count) in [shift.overlaps, shift.leaving].into_iter().enumerate() {
                let (kind, rule) = (kinds[place], rule_of_notice(kinds[place]));
                let Some(level) = ledger.level(rule).filter(|_| count > 0) else { continue };
                ledger.count(rule, level, count);
                let listed = count.min(room[place]);
                room[place] -= listed;
                for number in 0..listed {
                    ledger.list(rule, Listable::Misfit(Misfit { kind, origin, agent, number }));
                }
            }
        }
    }
}

/// Lines of totals whose word for the agent is that of an agent with records: these are
/// records that are cut short.
pub(super) fn broken_totals(
    totals: &[(AgentKey, Origin)],
    agents: &QuickSet<AgentKey>,
) -> Vec<Defect> {
    let broken = totals.iter().filter(|(agent, _)| agents.contains(agent));
    let defect = |(agent, origin): &(AgentKey, Origin)| {
        let (flaw, agent, origin) = (Flaw::Absent(Field::Start), *agent, *origin);
        Defect { flaw, origin, agent, start: None, count: 1 }
    };
    broken.map(defect).collect()
}
