//! Finds doubts about columns that are not read and claim more of a record than was read.

use crate::judge::doubts::{
    About, more_than_it_shows, no_end, two_agents, two_values, unread_records,
};
use crate::model::doubt::Doubt;
use crate::model::keys::{AgentKey, QuickSet};
use crate::model::observation::ABSENT;
use crate::model::row::{Claim, Field};
use crate::model::source::Role;
use crate::read::names::{More, key};
use crate::schedule::claims::{ClaimCount, Claims};
use crate::schedule::run::Run;

/// The doubts about an input, given the agents of all of them.
pub(super) fn of(
    claims: &Claims,
    run: &Run<'_>,
    agents: &QuickSet<AgentKey>,
    place: usize,
) -> Vec<Doubt> {
    let by_itself = claims.of(place);
    let mut doubts: Vec<Doubt> =
        by_itself.map(|(claim, column, count)| doubt(run, place, (claim, column), count)).collect();
    for claim in [Claim::Cover, Claim::OtherAgent, Claim::Displaced, Claim::Person] {
        doubts.extend(claims.names_of(place, claim).filter_map(|names| {
            let named = claim == Claim::OtherAgent && names_agents(names.column);
            let again = || if named { names.repeated() } else { None };
            let count = names.among(agents).or_else(again)?;
            let of_names = || run.sources[place].column_named(Field::Name);
            let column = if claim == Claim::Person { &of_names() } else { names.column };
            Some(doubt(run, place, (claim, column), count))
        }));
    }
    doubts
}

fn doubt(
    run: &Run<'_>,
    place: usize,
    (claim, column): (Claim, &str),
    ClaimCount { count, first }: ClaimCount,
) -> Doubt {
    let source = &run.sources[place];
    let line = source.line_at(first);
    let about = About { path: &source.file.shown, place: column, line, count };
    let ends = [Field::End, Field::EndDate, Field::Times];
    let end = || {
        let read = ends.into_iter().find(|field| source.may_have(*field)).unwrap_or(Field::End);
        source.column_named(read)
    };
    match claim {
        Claim::Span if source.file.role.lists_absences() => {
            let starts = [Field::Start, Field::StartDate, Field::Date];
            let read = starts.into_iter().find(|field| source.may_have(*field));
            let read = source.column_named(read.unwrap_or(Field::Start));
            two_values::of_other_span(&about, &read)
        }
        Claim::Span | Claim::SpanApart => {
            more_than_it_shows::doubt(&about, "with the end beside it, it is a further span")
        }
        Claim::UnnamedSpan => unread_records::doubt(&about, "a start and an end, side by side"),
        Claim::Range => unread_records::doubt(&about, "ranges of times"),
        Claim::Break => no_end::of_break(&about),
        Claim::LaterEnd => two_values::of_later_end(&about, &end()),
        Claim::Return => {
            let why = format!("somebody is back later than on the day after `{}`", end());
            more_than_it_shows::of_dates(&about, &why)
        }
        Claim::Through if run.conventions[place].whole_days => no_end::of_column(&about),
        Claim::Through => more_than_it_shows::doubt(&about, "it goes on until a later date"),
        Claim::OtherDate => more_than_it_shows::doubt(&about, More::Days.why()),
        Claim::Cover | Claim::CoverByName => {
            more_than_it_shows::doubt(&about, "it names another agent, who may have the shift")
        }
        Claim::Absence | Claim::AbsenceSpan => more_than_it_shows::doubt(&about, ABSENT),
        Claim::OtherAgent => more_than_it_shows::of_other_agents(&about),
        Claim::Displaced => two_agents::of_displaced(&about, &source.column_named(Field::Agent)),
        Claim::Person | Claim::NamedAgent => {
            // Of several keys for the agent the one that the claim is about may be the first.
            let named = Some(source.column_named(Field::Agent)).filter(|name| name != column);
            two_agents::of_agentless(&about, named.as_deref().unwrap_or(Field::Agent.name()))
        }
    }
}

/// Whether a key is one for agents by its own name, so that whoever stands there twice is
/// an agent. Resources can be rooms.
fn names_agents(column: &str) -> bool {
    let resources = column.to_lowercase().contains("resource");
    matches!(key(column, Role::Batch), Some((Field::Agent, _))) && !resources
}
