//! Reads the lists of agents: their ids, names and zones.

use super::reopen::read_as_agent;
use super::run::Run;
use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::alike::nearest_name;
use crate::model::fact::{Defect, Flaw};
use crate::model::fate::{Fate, Fates};
use crate::model::finding::brief;
use crate::model::keys::Keys;
use crate::model::row::{Field, Row, RowFault};
use crate::model::source::{Origin, Role};
use crate::read::names::meaning;
use crate::read::source::Source;
use std::collections::HashMap;

/// The agents that are known, and what became of the records that name them.
#[derive(Default)]
pub(super) struct AgentLists {
    pub(super) agents: Agents,
    /// What the user should know about a source.
    pub(super) notes: Vec<(u16, String)>,
    pub(super) counts: Vec<(usize, Fates)>,
    pub(super) defects: Vec<Defect>,
}

/// Reads the lists of agents.
pub(super) fn read(run: &Run<'_>, keys: &Keys) -> AgentLists {
    let mut lists =
        AgentLists { agents: Agents::new(run.settings.fold_agents), ..AgentLists::default() };
    for (place, source) in run.sources.iter().enumerate() {
        if source.file.role != Role::Agents {
            continue;
        }
        lists.agents.expect();
        let mut counts = Fates::default();
        // By the byte at which they begin, the agents of the records.
        let mut ids = HashMap::new();
        source.read_all(&mut |row, offset| {
            counts.records += 1;
            let origin = Origin::new(place as u16, offset);
            if row.fault == Some(RowFault::Header) {
                return counts.add(Fate::Header, 1);
            }
            match lists.add(row, origin, run.calendar, keys) {
                Ok(()) => {
                    counts.add(Fate::Checked, 1);
                    ids.insert(offset, text(row, Field::Agent));
                }
                Err(defect) => {
                    counts.add(Fate::Unreadable, 1);
                    lists.defects.push(defect);
                }
            }
        });
        lists.add_names(run, source, keys, &ids);
        lists.counts.push((place, counts));
    }
    lists.add_zones(run, keys);
    lists
}

impl AgentLists {
    fn add(
        &mut self,
        row: &Row<'_>,
        origin: Origin,
        calendar: &Calendar,
        keys: &Keys,
    ) -> Result<(), Defect> {
        let agent = self.agents.key(keys, row.word(Field::Agent));
        let defect = |flaw| Defect { flaw, origin, agent, start: None, count: 1 };
        if let Some(fault) = row.fault {
            return Err(defect(Flaw::Fault(fault)));
        }
        if agent.is_none() {
            return Err(defect(Flaw::Absent(Field::Agent)));
        }
        let name = text(row, Field::Zone);
        let zone = calendar.clock(&name);
        let id = text(row, Field::Agent);
        if !self.agents.add(keys, &id, zone) {
            let note = format!("agent `{}` is listed with two zones; the first counts", brief(&id));
            self.notes.push((origin.source(), note));
        }
        let [full, given, family] =
            [Field::Name, Field::GivenName, Field::FamilyName].map(|field| text(row, field));
        self.agents.add_name(keys, &id, &full);
        if !given.is_empty() && !family.is_empty() {
            self.agents.add_name(keys, &id, &format!("{given} {family}"));
            self.agents.add_name(keys, &id, &format!("{family}, {given}"));
        }
        if zone.is_none() && !name.is_empty() { Err(defect(Flaw::UnknownZone)) } else { Ok(()) }
    }
}

impl AgentLists {
    /// Adds the zones that the settings name. They make no agent known to a list.
    fn add_zones(&mut self, run: &Run<'_>, keys: &Keys) {
        for (agent, clock) in &run.agent_zones {
            if self.agents.add_zone(keys, agent, *clock) {
                continue;
            }
            let list = run.sources.iter().position(|source| source.file.role == Role::Agents);
            let nearest = nearest_name(agent, self.agents.ids());
            let meant = nearest.map(|id| format!("; did you mean `{}`?", brief(id)));
            let note = format!(
                "`{}` has a zone in the configuration and is not listed{}",
                brief(agent),
                meant.unwrap_or_default()
            );
            self.notes.extend(list.map(|place| (place as u16, note)));
        }
    }

    /// Adds the names of agents that stand in other columns of a list.
    fn add_names(
        &mut self,
        run: &Run<'_>,
        source: &Source,
        keys: &Keys,
        ids: &HashMap<u64, String>,
    ) {
        if ids.is_empty() || !source.can_be_read_again() {
            return;
        }
        let chosen = source.column_of(Field::Agent).map(str::to_owned);
        let is_name = |column: &String| {
            let found = meaning(column, Role::Agents);
            let names = [Ok(Field::Agent), Ok(Field::Name), Ok(Field::Id)];
            Some(column) != chosen.as_ref() && names.contains(&found.field)
        };
        for column in source.column_names().into_iter().filter(is_name) {
            let visit = &mut |name: &[u8], offset: u64| {
                if let Some(id) = ids.get(&offset) {
                    self.agents.add_name(keys, id, &String::from_utf8_lossy(name));
                }
            };
            read_as_agent(run.settings, (source, &column), usize::MAX, visit);
        }
    }
}

fn text(row: &Row<'_>, field: Field) -> String {
    String::from_utf8_lossy(row.word(field)).into_owned()
}
