//! RD107: a record is more than it shows.

use super::{About, acceptance, new};
use crate::model::doubt::{Answer, Doubt};
use crate::model::finding::brief;
use crate::model::observation::{ABSENT, MINUTES};

doubt! {
    /// A filled column or key that is not read would add to the record or change it: it repeats, it
    /// takes place on more days, such as those of a list beside its start, it is on another day, it
    /// names a second span that leaves the first, its minutes are beside its hours, its agent is
    /// absent (`"onLeave": true`, `Absence`), or a key of an unknown name holds other agents of the
    /// inputs (`"backup": "ben"`). Or its agent is a mark for the agent above, or, in time off, a
    /// word for everybody or for a group (`Team A`).
    ///
    /// Or its agent is a list of agents. Names with `;`, `&`, `+`, `|` or `and` between them are one,
    /// and so are full names on lines of their own, names in brackets (`['anna', 'ben']`) and names
    /// with shares (`anna[50%],ben`). A comma or a slash is also in single names, such as `Lee, Anna`:
    /// they are lists if a part is an agent by itself elsewhere, if the parts of many stand first in
    /// some and later in others, or if there are more than two parts.
    ///
    /// ### Why it matters
    ///
    /// A weekly shift that is read as one shift is checked for one week.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,start,end,repeat
    /// anna,2026-03-02T08:00Z,2026-03-02T16:00Z,weekly
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Export the schedule with every shift as a record of its own. If the column means nothing for the
    /// check, accept that: `--accept RD107=repeat`.
    DoubtKind {
        code: "RD107",
        name: "more-than-it-shows",
        summary: "a record is more than it shows",
    }
}

/// Records whose agent, by a column or key, is several agents, such as this.
#[must_use]
pub fn of_several_agents(about: &About<'_>, word: &str) -> Doubt {
    let (column, word, records) = (about.place, brief(word), about.records());
    let message = format!(
        "`{column}` of {records} seems to name several agents (`{word}`): each such list was read \
         as an agent of its own"
    );
    of_agent_word(
        about,
        message,
        format!("`{column}` names several agents"),
        RECORD_EACH,
        ONE_AGENT,
    )
}

/// Records whose agent, by a column or key, is a mark for the agent above.
#[must_use]
pub fn of_ditto(about: &About<'_>, word: &str) -> Doubt {
    let (column, word, records) = (about.place, brief(word), about.records());
    let message = format!(
        "`{column}` of {records} is `{word}`, which stands for the agent above: it was read as an \
         agent of its own"
    );
    let advice = "write the name again, or leave the cell empty and add --fill-down agent";
    of_agent_word(
        about,
        message,
        format!("`{column}` is `{word}`"),
        advice,
        "if it is the name of an agent",
    )
}

/// Time off whose agent, by a column or key, is a word for everybody.
#[must_use]
pub fn of_everybody(about: &About<'_>, word: &str) -> Doubt {
    let (column, word, records) = (about.place, brief(word), about.records());
    let message = format!(
        "`{column}` of {records} of time off is `{word}`, which may stand for everybody: it was \
         read as an agent of its own"
    );
    of_agent_word(about, message, format!("`{column}` is `{word}`"), RECORD_EACH, ONE_AGENT)
}

/// Records whose agent, by a column or key, is a word for a group of people.
#[must_use]
pub fn of_group(about: &About<'_>, word: &str) -> Doubt {
    let (column, word, records) = (about.place, brief(word), about.records());
    let message = format!(
        "`{column}` of {records} of time off is `{word}`, which may stand for a group of agents: it \
         was read as an agent of its own, who has no shifts"
    );
    of_agent_word(about, message, format!("`{column}` is `{word}`"), RECORD_EACH, ONE_AGENT)
}

const RECORD_EACH: &str = "write a record for each of the agents";

const ONE_AGENT: &str = "if it is the name of one agent";

/// Records whose word for the agent may not name one: what to do, and when to accept it.
fn of_agent_word(
    about: &About<'_>,
    message: String,
    brief: String,
    advice: &str,
    accepted_if: &str,
) -> Doubt {
    let accept = acceptance(&KIND, about);
    let answers =
        vec![Answer::advice(advice), Answer::options(accepted_if, &["--accept", &accept])];
    new(&KIND, about, message, brief, answers)
}

/// A column whose dates contradict another one, and how.
#[must_use]
pub fn of_dates(about: &About<'_>, why: &str) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!("`{column}` of {records}: {why}");
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("correct the dates, or name the right column with --map"),
        Answer::options("if it was read rightly", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}`: {why}"), answers)
}

/// A key of an unknown name that holds agents of the inputs. Only some of its values were
/// examined, so that their number is unknown.
#[must_use]
pub fn of_other_agents(about: &About<'_>) -> Doubt {
    let column = about.place;
    let message = format!(
        "`{column}` was not read and names other agents of the inputs, who may have the shifts, too"
    );
    let accept = acceptance(&KIND, about);
    let answers = vec![
        Answer::advice("write a record for each of the agents"),
        Answer::options("if it changes nothing", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}` names other agents"), answers)
}

/// A column or key that makes records more than they show, and how.
#[must_use]
pub fn doubt(about: &About<'_>, why: &str) -> Doubt {
    let column = about.place;
    let records = about.records();
    let message = format!("`{column}` was not read and is filled in {records}: {why}");
    let accept = acceptance(&KIND, about);
    let advice = match why {
        ABSENT => "take the shift out, or write the absence as time off (--time-off FILE)",
        MINUTES => "write hours and minutes as one word, such as `16:30`",
        _ => "export every shift as a record of its own",
    };
    let answers = vec![
        Answer::advice(advice),
        Answer::options("if it changes nothing", &["--accept", &accept]),
    ];
    new(&KIND, about, message, format!("`{column}`: {why}"), answers)
}
