//! Walks over the JSON of an answer: each item that failed becomes a complaint.
//!
//! An item names a record and says what is wrong with it, but answers spread this over levels:
//! the words can stand around the list of the items, or within an item in a list of errors.
//! What names nothing is therefore merged into the item around it, and what names something is
//! an item that inherits the words around it.

use super::contradictions;
use super::draft::{Draft, Inherited};
use super::field_errors;
use super::finish::{accept, complain};
use super::forms::{is_plain_number, is_uuid};
use super::gather::{AnswerDialect, Gathering, ItemPart, is_error, names_something};
use super::input::Outer;
use super::item_names::add_as_other;
use super::names;
use super::parser::parse;
use super::phrases::{HeardReason, hear};
use super::pointers::{escaped, pointer};
use super::senses::ListKind;
use super::statuses::{self, ItemVerdict};
use super::tree::{Object, Tree};
use super::understood::accept_whole;
use crate::model::complaint::{ItemName, NameLevel, ServerAnswer};

/// What became of a value.
enum ItemFate {
    /// It says nothing.
    Nothing,
    /// It became complaints or accepted items.
    Listed,
    /// It belongs to the item around it.
    Merged(Box<Draft>),
}

/// What became of the parts of a list or a map.
#[derive(Default)]
struct PartFates {
    merged: Option<Draft>,
    is_listed: bool,
}

impl PartFates {
    fn take(&mut self, fate: ItemFate) {
        match fate {
            ItemFate::Nothing => {}
            ItemFate::Listed => self.is_listed = true,
            ItemFate::Merged(draft) => self.merged.get_or_insert_default().merge(*draft),
        }
    }

    /// That of what holds the parts: it is merged if any of them is, and else listed.
    fn of_whole(self) -> ItemFate {
        match self.merged {
            Some(draft) => ItemFate::Merged(Box::new(draft)),
            None if self.is_listed => ItemFate::Listed,
            None => ItemFate::Nothing,
        }
    }
}

/// Reads an answer in JSON.
pub(super) fn read(
    tree: &Tree,
    dialect: AnswerDialect,
    outer: &Outer<'_>,
    answer: &mut ServerAnswer,
) {
    let mut walk = AnswerWalk { outer, answer, dialect, embedded: 0 };
    let mut inherited = Inherited::of_outer(outer);
    if !outer.prefix.is_empty() {
        let mut prefix = Draft::default();
        prefix.add_message(outer.prefix);
        inherited = inherited.under(&prefix);
        inherited.agents = names::read(outer.prefix).agents;
    }
    match tree {
        Tree::List(list) => drop(walk.list(list, ListKind::Root, "", &inherited)),
        tree => drop(walk.value(tree, ListKind::Root, "", None, &inherited)),
    }
    let is_whole = |item: &ItemName| item.level() == NameLevel::Nothing && item.position.is_none();
    if let Some(last) = answer.accepted.pop_if(|last| is_whole(last)) {
        accept_whole(last, tree, answer);
    }
}

/// Reads one object as an item of such a list, as the row of a table.
pub(super) fn read_item(
    object: &Object,
    kind: ListKind,
    outer: &Outer<'_>,
    answer: &mut ServerAnswer,
) {
    let mut walk = AnswerWalk { outer, answer, dialect: AnswerDialect::default(), embedded: 0 };
    drop(walk.object(object, kind, "", None, &Inherited::of_outer(outer)));
}

struct AnswerWalk<'w, 'o> {
    outer: &'w Outer<'o>,
    answer: &'w mut ServerAnswer,
    dialect: AnswerDialect,
    /// How many strings with JSON in them are around the place.
    embedded: usize,
}

impl AnswerWalk<'_, '_> {
    fn value(
        &mut self,
        tree: &Tree,
        kind: ListKind,
        path: &str,
        position: Option<u64>,
        inherited: &Inherited,
    ) -> ItemFate {
        match tree {
            Tree::Object(object) => self.object(object, kind, path, position, inherited),
            Tree::List(list) => self.list(list, kind, path, inherited),
            Tree::Text(_) | Tree::Number(_) => self.word(tree, kind, path, inherited),
            Tree::Null | Tree::Bool(_) => ItemFate::Nothing,
        }
    }

    fn list(
        &mut self,
        list: &[Tree],
        kind: ListKind,
        path: &str,
        inherited: &Inherited,
    ) -> ItemFate {
        let mut parts = PartFates::default();
        let is_of_items = matches!(kind, ListKind::Items | ListKind::Root);
        let has_field_errors = is_of_items && field_errors::are_items(list);
        for (place, element) in list.iter().enumerate() {
            let here = format!("{path}/{place}");
            let position = is_of_items.then_some(place as u64);
            if has_field_errors && element.as_object().is_some_and(|of| of.members.is_empty()) {
                // An item without errors among those of Django REST framework.
                let mut draft = Draft { no_error: true, ..Draft::default() };
                draft.names.position = position;
                parts.take(self.settle(draft, ListKind::Items, &here, inherited));
                continue;
            }
            parts.take(self.value(element, kind, &here, position, inherited));
        }
        parts.of_whole()
    }

    fn object(
        &mut self,
        object: &Object,
        kind: ListKind,
        path: &str,
        position: Option<u64>,
        inherited: &Inherited,
    ) -> ItemFate {
        if let Some(mut draft) = field_errors::read(object) {
            draft.names.position = position;
            return self.settle(draft, kind, path, inherited);
        }
        let (complaints, accepted) = (self.answer.complaints.len(), self.answer.accepted.len());
        let ignore_id = self.dialect.id_of_error || self.dialect.id_of_job && path.is_empty();
        let mut gathering = Gathering {
            draft: Draft::default(),
            parts: Vec::new(),
            embedded: Vec::new(),
            answer: self.answer,
            ignore_id,
        };
        gathering.object(object, path);
        let Gathering { mut draft, parts, embedded, .. } = gathering;
        draft.names.position = position;
        // Two parts at most are typical; words for them are prepared only where there are some.
        let mut is_listed = false;
        if !parts.is_empty() || !embedded.is_empty() {
            let under = inherited.under(&draft);
            for part in &parts {
                is_listed |= self.part(part, &under, &mut draft);
            }
            for (path, text) in &embedded {
                is_listed |= self.embedded(text, path, &under, &mut draft);
            }
        }
        // What names the items in its lists is only their header.
        if !is_listed {
            return self.settle(draft, kind, path, inherited);
        }
        if contradictions::header_denies(&draft, self.answer.complaints.len() - complaints) {
            self.answer.doubt(accepted, contradictions::FAILED);
        }
        ItemFate::Listed
    }

    /// Reads a list within an item; whether it became items of its own.
    fn part(&mut self, part: &ItemPart<'_>, under: &Inherited, draft: &mut Draft) -> bool {
        let fate = match part.tree {
            Tree::Object(object) if !is_error(object) && !names_something(object) => {
                self.map(object, part.kind, &part.path, under)
            }
            tree => self.value(tree, part.kind, &part.path, None, under),
        };
        match fate {
            ItemFate::Nothing => false,
            ItemFate::Listed => true,
            ItemFate::Merged(merged)
                if part.kind == ListKind::Conflicts && under.level == NameLevel::Record =>
            {
                add_as_other(draft, *merged);
                draft.judge(ItemVerdict::Bad);
                false
            }
            ItemFate::Merged(merged) => {
                draft.merge(*merged);
                false
            }
        }
    }

    /// Reads JSON in a string.
    fn embedded(&mut self, text: &str, path: &str, under: &Inherited, draft: &mut Draft) -> bool {
        /// How many strings of JSON may stand within each other.
        const DEEPEST: usize = 3;
        let tree = parse(text).tree.filter(|_| self.embedded < DEEPEST);
        let Some(tree) = tree else {
            draft.add_message(text);
            return false;
        };
        self.embedded += 1;
        let kind = if tree.as_list().is_some() { ListKind::Items } else { ListKind::Details };
        let fate = self.value(&tree, kind, path, None, under);
        self.embedded -= 1;
        match fate {
            ItemFate::Listed => true,
            ItemFate::Merged(merged) => {
                draft.merge(*merged);
                false
            }
            ItemFate::Nothing => false,
        }
    }

    /// Reads an object that maps ids, indexes or paths to errors.
    fn map(
        &mut self,
        object: &Object,
        kind: ListKind,
        path: &str,
        inherited: &Inherited,
    ) -> ItemFate {
        let mut parts = PartFates::default();
        for (key, value) in &object.members {
            let here = format!("{path}/{}", escaped(key));
            let mut draft = named_by_key(key, kind);
            self.entry(value, &here, &mut draft);
            parts.take(self.settle(draft, kind, &here, inherited));
        }
        parts.of_whole()
    }

    /// Adds what a map says of a key: a message, an error, or a list of those.
    fn entry(&mut self, value: &Tree, path: &str, draft: &mut Draft) {
        match value {
            Tree::List(list) => list.iter().for_each(|value| self.entry(value, path, draft)),
            Tree::Object(object) => {
                let mut gathering = Gathering {
                    draft: Draft::default(),
                    parts: Vec::new(),
                    embedded: Vec::new(),
                    answer: self.answer,
                    ignore_id: self.dialect.id_of_error,
                };
                gathering.object(object, path);
                let Gathering { draft: inner, parts, .. } = gathering;
                draft.merge(inner);
                for part in parts {
                    self.entry(part.tree, &part.path, draft);
                }
            }
            value => value.as_word().into_iter().for_each(|word| draft.add_code(word)),
        }
    }

    /// Reads an element that is a string: a message among failures, a name among accepted items.
    fn word(&mut self, tree: &Tree, kind: ListKind, path: &str, inherited: &Inherited) -> ItemFate {
        let Some(word) = tree.as_word().filter(|word| !word.is_empty()) else {
            return ItemFate::Nothing;
        };
        let mut draft = Draft::default();
        let is_sentence = word.contains(' ');
        match kind {
            ListKind::Accepted if is_sentence => return ItemFate::Nothing,
            ListKind::Accepted => draft.add_id(word),
            ListKind::Failures | ListKind::Conflicts
                if !is_sentence && word.bytes().any(|byte| byte.is_ascii_digit()) =>
            {
                draft.add_id(word);
            }
            _ => draft.add_message(word),
        }
        self.settle(draft, kind, path, inherited)
    }

    /// Decides what becomes of an item that is read.
    fn settle(
        &mut self,
        mut draft: Draft,
        kind: ListKind,
        path: &str,
        inherited: &Inherited,
    ) -> ItemFate {
        let verdict = verdict(&draft, kind, inherited);
        // The item around it failed as well, whatever its status says.
        draft.judge(verdict);
        match verdict {
            ItemVerdict::Bad if belongs_to_outer(&draft, kind, inherited) => {
                ItemFate::Merged(Box::new(draft))
            }
            ItemVerdict::Bad => {
                complain(draft, inherited, path, self.outer, self.answer);
                ItemFate::Listed
            }
            // Where the text breaks off, the words on a failure may be what is missing.
            ItemVerdict::Good
                if !draft.cut
                    && matches!(kind, ListKind::Items | ListKind::Accepted | ListKind::Root) =>
            {
                let is_named = draft.names.level() > NameLevel::Nothing;
                let is_whole = kind == ListKind::Root
                    && path.is_empty()
                    && draft.status.or(inherited.status).is_none_or(statuses::is_done);
                if is_named || is_whole || draft.names.position.is_some() {
                    accept(draft, path, self.outer, self.answer);
                    return ItemFate::Listed;
                }
                ItemFate::Nothing
            }
            _ => ItemFate::Nothing,
        }
    }
}

/// Whether an item failed.
fn verdict(draft: &Draft, kind: ListKind, inherited: &Inherited) -> ItemVerdict {
    let has_words = !draft.codes.is_empty() || !draft.messages.is_empty();
    match (kind, draft.verdict) {
        (_, ItemVerdict::Bad) => ItemVerdict::Bad,
        (_, ItemVerdict::Good)
            if draft.limit || is_taken_back(draft) || counts_as_failed(draft) =>
        {
            ItemVerdict::Bad
        }
        (_, ItemVerdict::Good) => ItemVerdict::Good,
        (ListKind::Accepted, ItemVerdict::Open) => ItemVerdict::Good,
        (ListKind::Failures | ListKind::Conflicts, ItemVerdict::Open) => ItemVerdict::Bad,
        (ListKind::Details, ItemVerdict::Open) => {
            let is_bad =
                inherited.failing || has_words && !draft.is_remark && draft.heard().complains();
            if is_bad { ItemVerdict::Bad } else { ItemVerdict::Open }
        }
        (ListKind::Root, ItemVerdict::Open) => {
            // The body of a failed response is an error whatever it says.
            let is_of_failure = inherited.status.is_some_and(|status| status >= 400);
            let heard = draft.heard();
            let is_error = !draft.codes.is_empty() && !draft.messages.is_empty() && !heard.success;
            let is_bad = is_of_failure || draft.limit || is_error || has_words && heard.complains();
            let is_of_success = inherited.status.is_some_and(statuses::is_done);
            let is_good =
                (draft.no_error || is_of_success) && draft.names.level() == NameLevel::Record;
            match (is_bad, is_good) {
                (true, _) => ItemVerdict::Bad,
                (false, true) => ItemVerdict::Good,
                (false, false) => ItemVerdict::Open,
            }
        }
        (ListKind::Items, ItemVerdict::Open) => {
            let heard = if has_words { draft.heard() } else { HeardReason::default() };
            if draft.limit || heard.complains() {
                ItemVerdict::Bad
            } else if draft.no_error || heard.success {
                ItemVerdict::Good
            } else {
                ItemVerdict::Open
            }
        }
    }
}

/// Whether the messages of an item say that it failed although its status is one of success.
fn is_taken_back(draft: &Draft) -> bool {
    let heard = hear(draft.messages.iter().map(String::as_str));
    !draft.is_remark && heard.failure && !heard.success
}

/// Whether an item counts failures of itself. Those of a whole answer are of items that it may
/// not name.
fn counts_as_failed(draft: &Draft) -> bool {
    draft.failures > 0 && draft.names.level() == NameLevel::Record
}

/// Whether an item names nothing by itself, so that it says more of the item around it.
fn belongs_to_outer(draft: &Draft, kind: ListKind, inherited: &Inherited) -> bool {
    let own = draft.names.level();
    match (inherited.level, own) {
        (_, _)
            if matches!(kind, ListKind::Root | ListKind::Items)
                && inherited.level == NameLevel::Nothing =>
        {
            false
        }
        (NameLevel::Record, _) if kind == ListKind::Conflicts => true,
        (NameLevel::Record, NameLevel::Nothing | NameLevel::Agent) => true,
        (NameLevel::Agent, NameLevel::Nothing) => true,
        (NameLevel::Nothing, NameLevel::Nothing) if kind == ListKind::Details => {
            let spoken = names::read(&draft.message());
            spoken.agents.is_empty() && spoken.ids.is_empty() && spoken.index.is_none()
        }
        _ => false,
    }
}

/// An item that is named by a key: an id, an index or a path.
fn named_by_key(key: &str, kind: ListKind) -> Draft {
    let mut draft = Draft::default();
    let is_number = is_plain_number(key);
    let has_digit = key.bytes().any(|byte| byte.is_ascii_digit());
    if is_number && kind == ListKind::Failures {
        draft.names.index = key.parse().ok();
    } else if key.contains('@') {
        draft.add_agent(key);
    } else if let Some(found) = pointer(key) {
        draft.add_pointer(found);
    } else if is_number || is_uuid(key) || has_digit && !key.contains(' ') {
        draft.add_id(key);
    } else {
        draft.add_pointer(format!("/{}", escaped(key)));
    }
    draft
}
