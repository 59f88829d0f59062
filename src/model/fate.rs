//! Counts what became of the records of an input, in numbers that add up.

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fate {
    /// It was checked.
    Checked,
    /// Skipped: it has no agent.
    Unassigned,
    /// Skipped: it is cancelled, denied or withdrawn.
    Cancelled,
    /// Skipped: it is deleted.
    Deleted,
    /// Skipped: it is a draft among what is published.
    Draft,
    /// Skipped: a batch record takes its place.
    Replaced,
    /// Merged into another one that it repeats.
    Merged,
    /// Skipped: it ends before it starts.
    Reversed,
    /// Skipped: it takes no time, or holds nothing.
    Empty,
    /// Skipped: a day off.
    DayOff,
    /// Skipped: it names no hours.
    NoHours,
    /// Skipped: a line that repeats the header.
    Header,
    /// Skipped: a line of totals.
    Total,
    /// Skipped: it says when somebody is available.
    Available,
    /// Skipped: the plan that is checked does not send it.
    Unsent,
    /// It could not be read.
    Unreadable,
}

impl Fate {
    /// How many fates there are.
    pub const COUNT: usize = 16;

    /// Every fate, in the order of the reports.
    pub const ALL: [Fate; Fate::COUNT] = [
        Fate::Checked,
        Fate::Unassigned,
        Fate::Cancelled,
        Fate::Deleted,
        Fate::Draft,
        Fate::Replaced,
        Fate::Merged,
        Fate::Reversed,
        Fate::Empty,
        Fate::DayOff,
        Fate::NoHours,
        Fate::Header,
        Fate::Total,
        Fate::Available,
        Fate::Unsent,
        Fate::Unreadable,
    ];

    /// Whether it is that of a record: not of a line that repeats the header, or has totals.
    #[must_use]
    pub const fn is_of_record(self) -> bool {
        !matches!(self, Fate::Header | Fate::Total)
    }

    /// The word of the JSON report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Fate::Checked => "checked",
            Fate::Unassigned => "unassigned",
            Fate::Cancelled => "cancelled",
            Fate::Deleted => "deleted",
            Fate::Draft => "draft",
            Fate::Replaced => "replaced",
            Fate::Merged => "merged",
            Fate::Reversed => "reversed",
            Fate::Empty => "empty",
            Fate::DayOff => "day-off",
            Fate::NoHours => "no-hours",
            Fate::Header => "header",
            Fate::Total => "total",
            Fate::Available => "available",
            Fate::Unsent => "unsent",
            Fate::Unreadable => "unreadable",
        }
    }

    /// So many of them, for people: `2 unassigned shifts`.
    #[must_use]
    pub fn counted(self, count: u64) -> String {
        let (one, many) = match self {
            Fate::Checked => ("checked", "checked"),
            Fate::Unassigned => ("unassigned shift", "unassigned shifts"),
            Fate::Cancelled => ("cancelled", "cancelled"),
            Fate::Deleted => ("deleted", "deleted"),
            Fate::Draft => ("draft", "drafts"),
            Fate::Replaced => ("replaced", "replaced"),
            Fate::Merged => ("merged into another", "merged into others"),
            Fate::Reversed => ("reversed", "reversed"),
            Fate::Empty => ("empty", "empty"),
            Fate::DayOff => ("day off", "days off"),
            Fate::NoHours => ("without hours", "without hours"),
            Fate::Header => ("header line", "header lines"),
            Fate::Total => ("total line", "total lines"),
            Fate::Available => ("time of availability", "times of availability"),
            Fate::Unsent => ("not sent", "not sent"),
            Fate::Unreadable => ("unreadable", "unreadable"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// How many records of an input met which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fates {
    /// All records.
    pub records: u64,
    /// What the checked ones gave for the sweep: one record can give several.
    pub entries: u64,
    /// Checked ones of which a part could not be read.
    pub partly: u64,
    by_fate: [u64; Fate::COUNT],
}

impl Fates {
    /// How many met this fate.
    #[must_use]
    pub const fn of(&self, fate: Fate) -> u64 {
        self.by_fate[fate as usize]
    }

    /// Counts records with this fate.
    pub const fn add(&mut self, fate: Fate, count: u64) {
        self.by_fate[fate as usize] += count;
    }

    /// Moves records from one fate to another.
    ///
    /// # Panics
    /// When fewer records have the first: the caller has miscounted.
    pub fn change(&mut self, from: Fate, to: Fate, count: u64) {
        assert!(self.of(from) >= count, "{count} records cannot change from {}", from.name());
        self.by_fate[from as usize] -= count;
        self.by_fate[to as usize] += count;
    }

    /// Adds those of another part of the input.
    pub fn join(&mut self, more: &Fates) {
        self.records += more.records;
        self.entries += more.entries;
        self.partly += more.partly;
        self.by_fate.iter_mut().zip(more.by_fate).for_each(|(sum, more)| *sum += more);
    }

    /// How many were skipped, for whatever reason.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.fates().map(|(_, count)| count).sum()
    }

    /// The reasons for which records were skipped, with their numbers.
    pub fn fates(&self) -> impl Iterator<Item = (Fate, u64)> {
        let skipped =
            Fate::ALL.into_iter().filter(|fate| !matches!(fate, Fate::Checked | Fate::Unreadable));
        skipped.map(|fate| (fate, self.of(fate))).filter(|(_, count)| *count > 0)
    }

    /// Whether every record has one fate, as it must.
    #[must_use]
    pub fn add_up(&self) -> bool {
        let all: u64 = self.by_fate.iter().sum();
        all == self.records && self.partly <= self.of(Fate::Checked)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, Fates};

    #[test]
    fn every_record_has_one_fate() {
        let mut fates = Fates { records: 5, ..Fates::default() };
        assert!(!fates.add_up());
        fates.add(Fate::Checked, 3);
        fates.add(Fate::Reversed, 2);
        assert!(fates.add_up());
        fates.change(Fate::Checked, Fate::Replaced, 1);
        assert!(fates.add_up());
        assert_eq!(fates.fates().collect::<Vec<_>>(), [(Fate::Replaced, 1), (Fate::Reversed, 2)]);
        assert_eq!((fates.skipped(), fates.of(Fate::Checked)), (3, 2));
    }

    #[test]
    fn the_order_of_the_list_is_that_of_the_numbers() {
        for (place, fate) in Fate::ALL.into_iter().enumerate() {
            assert_eq!(fate as usize, place, "{}", fate.name());
        }
    }
}
