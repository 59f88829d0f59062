//! Decides whether records may be missed in what is not read, given the agents of all inputs.

use super::facts::Facts;
use crate::model::keys::{AgentKey, Keys, NameKey};
use crate::model::spelling::canonical;
use crate::read::source::Source;
use crate::schedule::Schedule;
use crate::schedule::run::Run;

/// Why an input is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SkippedSource {
    pub(crate) why: String,
    /// Whether records may be missed by that.
    pub(crate) doubtful: bool,
    /// The option that reads it.
    pub(crate) option: Option<&'static str>,
}

/// Whether there is an input that is not read, and matters only if it names an agent.
pub(crate) fn wants_agents(run: &Run<'_>) -> bool {
    run.sources.iter().filter_map(Source::aside).any(|aside| !aside.mentions.is_empty())
}

/// Why a source is not read, if it is not.
pub(crate) fn of_source(
    schedule: &Schedule<'_>,
    facts: &Facts,
    source: &Source,
) -> Option<SkippedSource> {
    let aside = source.aside()?;
    let is_agent = |word: &[u8]| is_agent(schedule, facts, word);
    let named = aside.mentions.of_agents(&is_agent).filter(|_| !aside.doubtful);
    let why = match named {
        Some(place) => {
            let place = place.shown(source.sheet_name().is_some());
            format!(
                "{}; but it names agents of the inputs beside days or times ({place})",
                aside.why
            )
        }
        None => aside.why.clone(),
    };
    let doubtful = aside.doubtful || named.is_some();
    Some(SkippedSource { why, doubtful, option: aside.option })
}

/// Whether a word names an agent of the inputs, in any spelling.
fn is_agent(schedule: &Schedule<'_>, facts: &Facts, word: &[u8]) -> bool {
    let Schedule { agents, keys, .. } = schedule;
    let keys: &Keys = keys;
    let canonical = canonical(word);
    let canonical = canonical.as_deref().unwrap_or(word);
    let spelled: AgentKey = keys.of(canonical);
    let name: NameKey = keys.of(canonical);
    let known = |key: AgentKey| facts.every_agent.contains(&key) || agents.knows(key);
    known(agents.key(keys, word))
        || known(spelled)
        || agents.spelled_as(spelled).is_some()
        || facts.spelled.agents.contains(&spelled)
        || facts.spelled.names.contains(&name)
}
