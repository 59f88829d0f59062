//! Knows a source as a sheet of a workbook: its name, its columns, and whether it is read.

#[cfg(feature = "spreadsheets")]
use super::skipped_sheets;
use super::{SkipReason, Source};
use crate::model::finding::Problem;
use crate::model::row::Field;
use crate::model::settings::SheetName;
use crate::model::sheet::SheetLayout;
use crate::model::shift::Kind;
#[cfg(feature = "spreadsheets")]
use crate::model::source::Role;
use crate::read::SheetHints;
use crate::read::json::class::lists_days_off;
use std::sync::{Arc, OnceLock};

/// What the name of a sheet says of its records.
pub(super) fn sheet_hints(name: &str) -> SheetHints {
    SheetHints { kind: lists_days_off(name).then_some(Kind::TimeOff) }
}

impl Source {
    #[cfg(not(feature = "spreadsheets"))]
    pub(super) fn give_up(&self, problem: Problem) {
        self.refuse(problem);
    }

    /// Gives up what cannot be understood: a sheet that nobody has named is set aside.
    #[cfg(feature = "spreadsheets")]
    pub(super) fn give_up(&self, problem: Problem) {
        match (&self.file.sheet, &self.file.bytes) {
            (Some(sheet), Some(csv)) if !sheet.chosen => {
                let role = self.file.role;
                self.set_aside(skipped_sheets::unreadable_sheet(&sheet.name, csv, role, &problem));
            }
            _ => self.refuse(problem),
        }
    }

    /// Knows where the fields of a sheet are, and whether its name says not to read it.
    pub(super) fn name_sheet(&mut self) {
        let Some(SheetName { name, chosen }) = &self.file.sheet else { return };
        let place = |field| Some((field, self.document.as_ref()?.place_of(field)?));
        let columns = Field::all().filter_map(place).collect();
        self.sheet = Some(Arc::new(SheetLayout { name: Arc::clone(name), columns }));
        #[cfg(feature = "spreadsheets")]
        if let (false, Some(document)) = (*chosen, &self.document) {
            let csv = self.file.bytes.as_deref().unwrap_or_default();
            let aside = match self.file.role {
                Role::Swaps => skipped_sheets::not_swaps(document.columns()),
                Role::Agents => skipped_sheets::not_a_list_of_agents(document.columns(), csv),
                role if role.claims_time() => skipped_sheets::aside_by_name(name, csv, &**document),
                _ => None,
            };
            aside.into_iter().for_each(|aside| self.set_aside(aside));
        }
        let _ = chosen;
    }

    /// The sheet that it is, if it is one of a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&Arc<SheetLayout>> {
        self.sheet.as_ref()
    }

    /// The name of the sheet that it is, if it is one.
    #[must_use]
    pub fn sheet_name(&self) -> Option<&str> {
        self.file.sheet.as_ref().map(|sheet| &*sheet.name)
    }

    /// Says that a sheet is not read, whatever was said before.
    pub fn leave_aside(&mut self, aside: SkipReason) {
        self.aside = OnceLock::from(aside);
    }

    /// Forgets that it was set aside.
    pub(super) fn take_back(&mut self) {
        self.aside = OnceLock::new();
    }

    /// Whether it is the sheet that another source is, read as something else.
    #[must_use]
    pub fn is_same_sheet(&self, other: &Source) -> bool {
        self.file.sheet.is_some()
            && self.file.shown == other.file.shown
            && self.file.path == other.file.path
            && self.file.role != other.file.role
    }
}
