//! RD106: two columns name different agents.

use super::acceptance;
use super::{About, new};
use crate::model::doubt::{Answer, Doubt};
use crate::model::finding::brief;

doubt! {
    /// Two columns could both be the agent, and divide the records differently: who is one agent by the
    /// first is two by the second, or the other way round. Columns of ids come before those of e-mail
    /// addresses, and these before names; two of one rank are in doubt. So are two of which the one
    /// that was read can be of somebody else by its name (`User`, `Resource`, `Email`), and the other
    /// is of who works (`Employee`), if many of the agents there have several words here: `User` can
    /// be who has written the record. An `id` beside a key that names the agent, such as `user_id`, may
    /// be that of the record.
    ///
    /// Or a record has a name that two agents in the lists of `--agents` share, such as one number
    /// that is the id of one and the badge of another. If it is an id, it is read as the agent with
    /// that id, otherwise as an agent of its own. Or the column of the agent is empty, or says that
    /// there is none (`0`, `TBD`), and one that is not read names somebody. Or it is
    /// empty, and the cell of another column is an agent of the inputs, as in a line that has lost a
    /// cell. Or some records of a
    /// document name their agents by another key than the others, and in other words: by name where
    /// the others have an id. With `--agents` the list decides.
    ///
    /// ### Why it matters
    ///
    /// Overlaps are looked for within the records of one agent. With the wrong column they are looked
    /// for among the wrong people.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// employee,resource,start,end
    /// e1,r1,2026-03-02T08:00Z,2026-03-02T16:00Z
    /// e2,r1,2026-03-02T12:00Z,2026-03-02T20:00Z
    /// e3,r2,2026-03-02T12:00Z,2026-03-02T20:00Z
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Say which one is the agent: `--map agent=employee`. Take a name that two agents share out of the
    /// list, or write ids.
    DoubtKind {
        code: "RD106",
        name: "two-agents",
        summary: "two columns name different agents",
    }
}

/// Two columns that could be the agent: the one that was read, and the other,
/// whose name is the place.
#[must_use]
pub fn doubt(about: &About<'_>, read: &str) -> Doubt {
    let other = about.place;
    let message = format!(
        "`{read}` and `{other}` could both be the agent, and divide the records differently; \
         `{read}` was read"
    );
    let maps = [format!("agent={read}"), format!("agent={other}")];
    let answers = vec![
        Answer::options("to keep it so", &["--map", &maps[0]]),
        Answer::options("to read the other", &["--map", &maps[1]]),
    ];
    new(&KIND, about, message, format!("`{read}` and `{other}` are two agents"), answers)
}

/// Records whose column of the agent is empty or names nobody, and another one, whose name is the
/// place, names somebody.
#[must_use]
pub fn of_agentless(about: &About<'_>, read: &str) -> Doubt {
    let other = about.place;
    let (records, were) = (about.records(), if about.count == 1 { "it was" } else { "they were" });
    let message = format!(
        "`{read}` names nobody in {records}, and `{other}` somebody: {were} skipped as unassigned"
    );
    let map = format!("agent={other}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice(format!("write `{read}` in these records")),
        Answer::options("to read the other throughout", &["--map", &map]),
        Answer::options("if nobody has these shifts", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{read}` names nobody where `{other}` does"), answers)
}

/// Records without an agent, with a cell in another column, the place, that is an agent.
#[must_use]
pub fn of_displaced(about: &About<'_>, read: &str) -> Doubt {
    let (other, records) = (about.place, about.records());
    let message = format!(
        "`{read}` is empty in {records}, and `{other}` holds an agent of the inputs: the cells may \
         have moved"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("put every cell into its column"),
        Answer::options("if nobody has these shifts", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{read}` is empty and `{other}` holds an agent"), answers)
}

/// Records whose agent another key names, the place, than that of most others;
/// `throughout` says whether those have it, too.
#[must_use]
pub fn of_keys(about: &About<'_>, most: &str, throughout: bool) -> Doubt {
    let other = about.place;
    let name = if about.count == 1 { "names its agent" } else { "name their agents" };
    let records = about.records();
    let message = format!(
        "{records} {name} by `{other}` alone, and others by `{most}`: who is named by both is two agents"
    );
    let (map, accept) = (format!("agent={other}"), acceptance(&KIND, about));
    let mut answers = vec![
        Answer::advice(format!("write `{most}` in these records")),
        Answer::advice("say who is who in a list of agents: --agents FILE"),
        Answer::options("if nobody is named by both", &["--accept", &accept]),
    ];
    if throughout {
        let answer = Answer::options("to read the other throughout", &["--map", &map]);
        answers.insert(0, answer);
    }
    new(&KIND, about, message, format!("`{other}` and `{most}` name agents"), answers)
}

/// Records with a name, the place, that two agents in the lists share.
#[must_use]
pub fn shared_name(about: &About<'_>) -> Doubt {
    let name = brief(about.place);
    let message = format!("`{name}` is a name of two agents in the list of agents");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write the agent's id in these records, or take the name out of the list"),
        Answer::options("if the records are checked well enough so", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{name}` is a name of two agents"), answers)
}
