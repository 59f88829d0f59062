//! Compares columns that could be one field by what each would lead to.
//!
//! Two columns of one field that differ in nothing but their spelling are no
//! matter. They are two values if a record read by the other is at another time,
//! on another side, or has another fate; and two agents if they divide the
//! records differently.

mod counts;

use crate::model::conventions::Question;
use crate::model::keys::Keys;
use crate::model::occurrences::{AddOccurrences, Occurrences};
use crate::model::row::{Alternate, Field, Row};
use crate::model::shift::Side;
use crate::model::source::Origin;
use crate::model::time::Instant;
use crate::normalize::{Context, Normalizer, Outcome};
use crate::timestamp::{self, list_entries};
use counts::{Division, EndCandidate, NamePair};
use std::collections::BTreeMap;

/// Two columns of one input: the one that is read, and the other.
type ColumnPair = (u16, Field, String, String);

/// What a thread, or all of them, have found of such columns.
#[derive(Default)]
pub(crate) struct Rivals {
    /// How many records differ, and the first of them.
    values: BTreeMap<ColumnPair, Occurrences<u64>>,
    agents: BTreeMap<ColumnPair, Division>,
    /// Columns that may hold the end of time off that has none, by input.
    ends: BTreeMap<(u16, String), EndCandidate>,
    /// Numbered columns whose spans overlap within a record, by input.
    numbered: BTreeMap<(u16, String, String), Occurrences<u64>>,
}

/// A column that may hold the end of time off that has none.
pub(crate) struct MaybeEnd<'a> {
    pub(crate) column: &'a str,
    /// How many records have a word there.
    pub(crate) count: u64,
    /// The byte where the first of them begins.
    pub(crate) at: u64,
    /// Its first words.
    pub(crate) words: Vec<String>,
}

/// Two columns of an input that differ in effect.
pub(crate) struct RivalColumns<'a> {
    /// The field; `None` for the agent.
    pub(crate) field: Option<Field>,
    /// The column that is read.
    pub(crate) chosen: &'a str,
    /// The other.
    pub(crate) column: &'a str,
    /// How many records differ, and the byte where the first of them begins.
    pub(crate) records: Occurrences<u64>,
}

/// What a record is, as far as another column could change it.
#[derive(Debug, PartialEq, Eq)]
enum Effect {
    Claims(Instant, Instant, Side),
    Other(&'static str),
}

impl Effect {
    fn of(outcome: &Outcome) -> Effect {
        match outcome {
            Outcome::Entry(entry, _) => Effect::Claims(entry.start(), entry.end(), entry.side()),
            Outcome::Defect(..) => Effect::Other("unreadable"),
            Outcome::Open | Outcome::Agentless => Effect::Other("unassigned"),
            Outcome::Asks(_) => Effect::Other("asks"),
            _ => Effect::Other("skipped"),
        }
    }

    /// Whether a record is something else by what came of an alternate. A range within
    /// its hours takes no other time.
    fn is_changed_by(&self, alternate: &Alternate<'_>, outcome: &Outcome) -> bool {
        let other = Effect::of(outcome);
        let within = match (self, &other) {
            (Effect::Claims(from, to, side), Effect::Claims(start, end, of)) => {
                is_range_beside_start(alternate) && side == of && from <= start && end <= to
            }
            _ => false,
        };
        !within && other != *self
    }
}

impl Rivals {
    /// Compares a record with what its alternates would make of it.
    #[cold]
    pub(crate) fn compare(
        &mut self,
        normalizer: &mut Normalizer<'_>,
        keys: &Keys,
        row: &Row<'_>,
        (context, origin): (Context, Origin),
    ) {
        if !row.alternates.iter().any(Alternate::is_rival) {
            return;
        }
        let effect = Effect::of(&normalizer.read(row, context, origin));
        for alternate in row.alternates.iter().filter(|alternate| alternate.is_rival()) {
            let field = alternate.field;
            if alternate.chosen.is_empty() {
                let (other, context) = read_instead(row, alternate, context);
                let outcome = normalizer.read(&other, context, origin);
                let fits = matches!(
                    (&effect, &Effect::of(&outcome)),
                    (Effect::Claims(from, to, _), Effect::Claims(start, end, _))
                        if start == from && to <= end
                );
                let column = (origin.source(), alternate.column.to_owned());
                self.ends.entry(column).or_default().note(fits, alternate.word, origin.offset());
            } else if field == Field::Agent && alternate.column == alternate.chosen {
                if keys.hash(row.word(field)) != keys.hash(alternate.word.trim_ascii()) {
                    self.values.add(pair(alternate, origin), Occurrences::one(origin.offset()));
                }
            } else if field == Field::Agent {
                let names = NamePair {
                    chosen: keys.of(row.word(Field::Agent)),
                    other: keys.of(alternate.word.trim_ascii()),
                };
                let division = self.agents.entry(pair(alternate, origin)).or_default();
                division.is_by_name |= alternate.claim.is_some();
                division.add(names, origin.offset());
            } else if field.moves_records() {
                let mut differs = |alternate: &Alternate<'_>| {
                    let (other, context) = read_instead(row, alternate, context);
                    let outcome = normalizer.read(&other, context, origin);
                    decides(alternate, &outcome) && effect.is_changed_by(alternate, &outcome)
                };
                if each_entry(alternate).any(|entry| differs(&entry)) {
                    self.values.add(pair(alternate, origin), Occurrences::one(origin.offset()));
                }
            }
        }
    }

    /// Notes that the spans of two numbered columns overlap within a record.
    pub(crate) fn note_numbered(&mut self, columns: [&str; 2], origin: Origin) {
        let [first, other] = columns.map(str::to_owned);
        let one = Occurrences::one(origin.offset());
        self.numbered.add((origin.source(), first, other), one);
    }

    /// The numbered columns of an input whose spans overlap: of each pair the column
    /// of the first start, and the other.
    pub(crate) fn numbered_of(&self, place: usize) -> impl Iterator<Item = RivalColumns<'_>> {
        let own =
            self.numbered.iter().filter(move |((source, ..), _)| usize::from(*source) == place);
        own.map(|((_, chosen, column), records)| RivalColumns {
            field: Some(Field::Start),
            chosen,
            column,
            records: *records,
        })
    }

    /// The columns of an input that could be the end of every record that fills them.
    pub(crate) fn ends_of(&self, place: usize) -> impl Iterator<Item = MaybeEnd<'_>> {
        let own = self.ends.iter().filter(move |((source, _), ends)| {
            usize::from(*source) == place && ends.fits > 0 && ends.others == 0
        });
        own.map(|((_, column), ends)| MaybeEnd {
            column,
            count: ends.fits,
            at: ends.words.first_key_value().map_or(0, |(at, _)| *at),
            words: ends.words.values().cloned().collect(),
        })
    }

    /// Adds what another thread has found.
    pub(crate) fn join(&mut self, other: Rivals) {
        for (column, ends) in other.ends {
            self.ends.entry(column).or_default().join(ends);
        }
        for (pair, found) in other.numbered {
            self.numbered.add(pair, found);
        }
        for (pair, found) in other.values {
            self.values.add(pair, found);
        }
        for (pair, division) in other.agents {
            self.agents.entry(pair).or_default().join(division);
        }
    }

    /// The columns of an input that differ.
    pub(crate) fn of(&self, place: usize) -> impl Iterator<Item = RivalColumns<'_>> {
        let own = move |pair: &ColumnPair| usize::from(pair.0) == place;
        let values = self.values.iter().filter(move |(pair, _)| own(pair));
        let values = values.map(|((_, field, chosen, column), records)| RivalColumns {
            field: Some(*field),
            chosen,
            column,
            records: *records,
        });
        let agents = self.agents.iter().filter(move |(pair, _)| own(pair));
        let agents = agents.filter_map(|((_, _, chosen, column), division)| {
            let records = division.doubtful(is_own_id(chosen, column))?;
            Some(RivalColumns { field: None, chosen, column, records })
        });
        values.chain(agents)
    }
}

/// Whether the key that is read is the id of an object in which the other key names the
/// agent, too: `user.id` of a row that joins users to shifts, beside `user.user_id`.
fn is_own_id(chosen: &str, other: &str) -> bool {
    let object = chosen.strip_suffix(".id");
    object.and_then(|object| other.strip_prefix(object)).is_some_and(|key| key.starts_with('.'))
}

fn pair(alternate: &Alternate<'_>, origin: Origin) -> ColumnPair {
    let (chosen, column) = (alternate.chosen.to_owned(), alternate.column.to_owned());
    (origin.source(), alternate.field, chosen, column)
}

/// A row with another word in a field, and the context to read it in: the clock that
/// the name of the column gives is not that of the other column.
fn read_instead<'r>(
    row: &Row<'r>,
    alternate: &Alternate<'r>,
    mut context: Context,
) -> (Row<'r>, Context) {
    let mut other = row.clone();
    if is_range_beside_start(alternate) {
        if row.word(Field::Date).is_empty() && row.word(Field::StartDate).is_empty() {
            other.set(Field::Date, date_of(row.word(Field::Start)));
        }
        let spans = [Field::Start, Field::End, Field::EndDate, Field::Length];
        spans.into_iter().for_each(|field| other.set(field, b""));
    }
    other.set(alternate.field, alternate.word);
    // The survey answers for the columns that are read.
    context.conventions.settled.insert(Question::Meridiem);
    match alternate.field {
        Field::Start | Field::StartDate | Field::Times => context.conventions.start_clock = None,
        Field::End | Field::EndDate => context.conventions.end_clock = None,
        _ => {}
    }
    (other, context)
}

/// The date in a word that is a date and a clock time; empty where there is none.
pub(crate) fn date_of(word: &[u8]) -> &[u8] {
    let date = word.split(|byte| matches!(byte, b' ' | b'T')).next().unwrap_or_default();
    if timestamp::evidence(date).is_some() || timestamp::read(date, None).is_ok() {
        date
    } else {
        b""
    }
}

/// Whether an alternate is a range of times in a column that is not read, beside a
/// start that is.
fn is_range_beside_start(alternate: &Alternate<'_>) -> bool {
    alternate.field == Field::Times && !alternate.chosen.is_empty()
}

/// An alternate for each of the ranges in a cell; any other as it is.
fn each_entry<'a>(alternate: &Alternate<'a>) -> impl Iterator<Item = Alternate<'a>> {
    let alternate = *alternate;
    let listed = is_range_beside_start(&alternate);
    let entries = list_entries(alternate.word).filter(move |_| listed);
    let whole = (!listed).then_some(alternate.word);
    entries.chain(whole).map(move |word| Alternate { word, ..alternate })
}

/// Whether what came of an alternate is a reading at all: words that are no times of
/// a record, or lack a zone, are no second value.
fn decides(alternate: &Alternate<'_>, outcome: &Outcome) -> bool {
    let range = is_range_beside_start(alternate);
    !matches!(outcome, Outcome::Asks(_)) && (!range || matches!(outcome, Outcome::Entry(..)))
}
