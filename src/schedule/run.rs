//! Holds what stays the same while records pass, and why a pass is made again.

use crate::calendar::Calendar;
use crate::model::agents::Agents;
use crate::model::conventions::{Conventions, Questions};
use crate::model::doubt::Doubt;
use crate::model::fact::Notice;
use crate::model::keys::{Keys, QuickSet};
use crate::model::row::Field;
use crate::model::settings::{Replace, Settings};
use crate::model::shift::{Entry, Kind};
use crate::model::source::{Origin, Role};
use crate::model::time::Clock;
use crate::normalize::Normalizer;
use crate::read::source::Source;
use crate::thread_pool::ThreadPool;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far a check is, for another thread that watches it or cancels it.
#[derive(Debug, Default)]
pub struct Progress {
    bytes_read: AtomicU64,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// How many bytes were read so far. Some inputs are read twice.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// Ends the check before it reads on; it then gives an error and no report.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    pub(crate) fn add_bytes(&self, count: u64) {
        self.bytes_read.fetch_add(count, Ordering::Relaxed);
    }
}

/// Everything that stays the same while the records pass.
pub(crate) struct Run<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) calendar: &'a Calendar,
    pub(crate) zone: Option<Clock>,
    /// The agents whose zones the settings name.
    pub(crate) agent_zones: Vec<(String, Clock)>,
    /// The local days whose published records the batch replaces as a whole.
    pub(crate) replaced_days: Vec<Range<i64>>,
    pub(crate) sources: &'a [Source],
    pub(crate) pool: &'a ThreadPool,
    pub(crate) progress: &'a Progress,
    /// How each source writes its times and lengths, as far as it is known.
    pub(crate) conventions: Vec<Conventions>,
    /// What surveys found of each source, beside its conventions.
    pub(crate) surveyed: Vec<Surveyed>,
    /// For each source whose ids do not name records, what there is to say of it.
    pub(crate) shared_ids: Vec<Option<Notice>>,
    /// Records of the batch that the plan at hand does not send; none if no plan is checked.
    pub(crate) unsent: QuickSet<Origin>,
}

impl Run<'_> {
    /// Reads rows under these keys and agents.
    pub(crate) fn normalizer<'n>(&'n self, agents: &'n Agents, keys: &'n Keys) -> Normalizer<'n> {
        Normalizer::new(self.calendar, agents, keys, self.settings, self.zone)
    }

    /// What the input is read as in which a record begins.
    pub(crate) fn role_of(&self, origin: Origin) -> Role {
        self.sources[usize::from(origin.source())].file.role
    }

    /// Whether what was live is given, to be compared with what is.
    pub(crate) fn has_base(&self) -> bool {
        self.sources.iter().any(|source| source.file.role == Role::Base)
    }

    /// Whether the batch can replace whole schedules or weeks of what is published.
    pub(crate) fn replaces_whole(&self) -> bool {
        self.settings.replace == Replace::Schedule || !self.replaced_days.is_empty()
    }

    /// Whether the batch replaces all that is published on a local day.
    pub(crate) fn is_replaced_day(&self, day: i64) -> bool {
        self.replaced_days.iter().any(|days| days.contains(&day))
    }

    /// Whether an entry is time off that is given beside the schedule.
    pub(crate) fn is_request(&self, entry: &Entry) -> bool {
        entry.side().kind != Kind::Shift && self.role_of(entry.origin) == Role::TimeOff
    }

    /// The names of the agents whose records begin there, in the order of the files.
    pub(crate) fn names_of(&self, origins: &[Origin]) -> Vec<String> {
        let mut origins = origins.to_vec();
        origins.sort_unstable();
        let mut names = Vec::new();
        for of_source in origins.chunk_by(|one, other| one.source() == other.source()) {
            let source = &self.sources[usize::from(of_source[0].source())];
            let offsets: Vec<u64> = of_source.iter().map(|origin| origin.offset()).collect();
            source.index().recall(&offsets, &mut |_, recalled| {
                names.push(String::from_utf8_lossy(recalled.row.word(Field::Agent)).into_owned());
            });
        }
        names
    }

    /// Whether the user has named the column of ids, which makes them those of
    /// records, whatever they look like.
    pub(crate) fn ids_are_mapped(&self) -> bool {
        self.settings.columns.iter().any(|mapping| mapping.field == Field::Id)
    }
}

/// Why a pass has to be made again.
#[derive(Debug)]
pub enum Again {
    /// Not at all: the check was cancelled.
    Cancelled,
    /// Two names had one key: nothing that was found can be trusted.
    Collision,
    /// Sources of which something must be known first.
    Undecided(Undecided),
    /// What stands behind records says something of them.
    Learnt,
    /// Changes take times from what is published, which is known now.
    Completed,
    /// Sources whose ids turned out to name something other than records.
    SharedIds(Vec<(usize, Notice)>),
    /// Records of the batch that a plan does not send, and that count as if they were not there.
    Unsent(QuickSet<Origin>),
}

/// What a survey found of a source, beside its conventions.
#[derive(Debug, Default, Clone)]
pub struct Surveyed {
    /// What it could not settle.
    pub(crate) doubts: Vec<Doubt>,
    /// What the user should know.
    pub(crate) notes: Vec<String>,
}

/// What has to be known of which sources before they can be read.
pub type Undecided = BTreeMap<u16, Questions>;

/// Adds the questions about some sources to those there are.
pub(super) fn ask_all(undecided: &mut Undecided, more: Undecided) {
    for (source, questions) in more {
        undecided.entry(source).or_default().add(questions);
    }
}
