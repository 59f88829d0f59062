//! Keeps words of a record beside those that are read of it, which may say more.

use super::{Elements, FieldSlot, KeyInHand, OtherName, RivalWord};
use crate::model::conventions::LengthUnit;
use crate::model::observation::Noticed;
use crate::model::row::{Claim, Field};
use crate::read::json::absences;
use crate::read::json::escapes::unescape;
use crate::read::json::keys::{FieldTarget, RECORD, Rank};
use crate::read::json::naming::{self, MoreValue};
use crate::read::json::shape::{self, Around};
use crate::read::length_parts::{joined, length_of_break, with_unit};
use crate::read::names::Aside;
use std::ops::Range;

impl Elements<'_, '_> {
    /// Keeps a word under a key of an unknown name that may be an agent.
    #[cold]
    #[inline(never)]
    pub(super) fn look_for_agent(&mut self, node: usize, written: Range<usize>) {
        if let Some(word) = self.unescaped(written) {
            self.note_other(node, Claim::OtherAgent, word);
        }
    }

    /// Keeps the word of a key for agents that gives way to another.
    #[cold]
    #[inline(never)]
    pub(super) fn look_for_second_agent(
        &mut self,
        node: usize,
        read: usize,
        written: Range<usize>,
    ) {
        if let Some(word) = self.unescaped(written) {
            self.note_second_agent(node, read, word);
        }
    }

    /// The text or the number that is written somewhere; `None` without any.
    fn unescaped(&self, written: Range<usize>) -> Option<Vec<u8>> {
        let written = self.bytes.get(written).unwrap_or_default();
        let mut word = Vec::new();
        (!matches!(written, b"" | b"null") && unescape(written, &mut word)).then_some(word)
    }

    /// Keeps the word of a key for agents beside the one that is read, unless both are of one
    /// object: that names one person.
    #[cold]
    #[inline(never)]
    fn note_second_agent(&mut self, node: usize, read: usize, word: Vec<u8>) {
        match self.keys.are_of_one(node, read) {
            true => self.keys.note_look(node),
            false => self.note_other(node, Claim::Cover, word),
        }
    }

    pub(super) fn note_other(&mut self, node: usize, claim: Claim, word: Vec<u8>) {
        let of_people = self.keys.meaning(node).of_people;
        self.keys.note_look(node);
        if naming::may_be_agent(&word, of_people) {
            self.others.push(OtherName { node, claim, word });
        }
    }

    /// Keeps the word for an agent that a slot had before a better key takes its place: of a
    /// person if that names nobody, else of one who may be another agent. A key of the same rank
    /// takes only the place of an empty word.
    #[cold]
    #[inline(never)]
    pub(super) fn keep_person(
        &mut self,
        key: KeyInHand,
        target: FieldTarget,
        slot: FieldSlot,
        named: bool,
    ) {
        let FieldTarget { field, rank } = target;
        if field != Field::Agent || self.blank(slot) || rank.is_named() {
            return;
        }
        if named {
            if self.keys.meaning(slot.node).open {
                self.note_second_agent(slot.node, key.node, self.word(slot).to_vec());
            }
            return;
        }
        let (word, claim) = (self.word(slot).to_vec(), Some(Claim::Person));
        self.rivals.push(RivalWord { field, node: slot.node, chosen: key.node, word, claim });
    }

    /// Notes another word for a field that has one already, if it is another.
    #[inline(never)]
    pub(super) fn add_rival(
        &mut self,
        node: usize,
        field: Field,
        slot: FieldSlot,
        written: Range<usize>,
        escaped: bool,
        claim: Option<Claim>,
    ) {
        let written = self.bytes.get(written).unwrap_or_default();
        let mut word = Vec::new();
        if escaped {
            unescape(written, &mut word);
        } else {
            word.extend_from_slice(written);
        }
        let said = word.trim_ascii();
        if !said.is_empty() && said != self.word(slot).trim_ascii() {
            self.rivals.push(RivalWord { field, node, chosen: slot.node, word, claim });
        }
    }

    /// Keeps a word that may say more of the record than is read of it.
    #[cold]
    pub(super) fn note_aside(&mut self, node: usize, aside: Aside, written: Range<usize>) {
        let written = self.bytes.get(written).unwrap_or_default();
        let mut word = Vec::new();
        if !unescape(written, &mut word) || word.trim_ascii().is_empty() || word == b"null" {
            return;
        }
        if aside != Aside::Absence || self.says_absence(node, &word) {
            self.asides.push((node, aside, word));
        }
    }

    /// Whether the key at a node says that the agent is absent, and no key of the same
    /// object within the record did so before.
    pub(super) fn says_absence(&self, node: usize, word: &[u8]) -> bool {
        let outer = |node: usize| self.keys.trail(node, RECORD).into_iter().next();
        let known = self.asides.iter().filter(|(_, aside, _)| *aside == Aside::Absence);
        let said = known.map(|(node, ..)| outer(*node)).any(|known| known == outer(node));
        !said && absences::says_absence(&self.keys.path(node).unwrap_or_default(), word)
    }

    #[cold]
    pub(super) fn note_more(
        &mut self,
        node: usize,
        more: (&str, MoreValue),
        written: Range<usize>,
    ) {
        let text = self.bytes.get(written.clone()).unwrap_or_default().trim_ascii();
        let (why, value) = more;
        if value.is(text) {
            let path = self.keys.path(node).unwrap_or_default();
            self.note(Noticed::More, path, why.to_owned(), written.start);
        }
    }

    /// Keeps a length in another unit than that of the key which its field is read from.
    #[cold]
    #[inline(never)]
    pub(super) fn note_length(&mut self, key: KeyInHand, written: Range<usize>) {
        let word = self.bytes.get(written).unwrap_or_default();
        if matches!(word.trim_ascii(), b"" | b"null" | b"true" | b"false") {
            return;
        }
        let (field, node, word) = (Field::Length, key.node, word.to_vec());
        self.rivals.push(RivalWord { field, node, chosen: RECORD, word, claim: None });
    }

    /// Keeps how long a break is, beside a length that may be without it.
    #[cold]
    #[inline(never)]
    pub(super) fn note_break(
        &mut self,
        node: usize,
        unit: Option<LengthUnit>,
        written: Range<usize>,
    ) {
        let word = self.bytes.get(written).unwrap_or_default();
        if let Some(word) = length_of_break(word, unit).filter(|_| word != b"null") {
            self.rivals.push(RivalWord::claim(Claim::Break, Field::Length, node, word));
        }
    }

    /// Joins lengths under keys that name units: hours and the minutes beyond them are one, and
    /// any other has its unit in its word.
    pub(super) fn join_lengths(
        &self,
        words: &mut Vec<(Field, Vec<u8>)>,
        rivals: &mut Vec<RivalWord>,
    ) {
        let slot = self.slots.get(Field::Length as usize);
        let slot = slot.filter(|slot| slot.rank != Rank::ABSENT);
        let is_named = slot.is_some_and(|slot| slot.rank.is_named());
        let unit = slot.and_then(|slot| self.keys.meaning(slot.node).unit);
        let place = words.iter().position(|(field, _)| *field == Field::Length);
        let mut own = place.map(|place| (words.remove(place).1, unit));
        rivals.retain_mut(|rival| {
            if rival.field != Field::Length || rival.claim.is_some() {
                return true;
            }
            let unit = self.keys.meaning(rival.node).unit;
            let Some((word, own_unit)) = &mut own else {
                own = Some((with_unit(&rival.word, unit).into_owned(), unit));
                return false;
            };
            if is_named {
                return false;
            }
            if let Some(both) = joined([(word, *own_unit), (&rival.word, unit)]) {
                (*word, *own_unit) = (both, None);
                return false;
            }
            rival.word = with_unit(&rival.word, unit).into_owned();
            true
        });
        words.extend(own.map(|(word, _)| (Field::Length, word)));
    }

    /// What the words beside those that are read claim: a start and the next end a further
    /// span, and an end by itself that the record ends then.
    pub(super) fn claims(&mut self) -> Vec<RivalWord> {
        let mut claims = Vec::new();
        let asides = std::mem::take(&mut self.asides);
        let end = [Field::End, Field::EndDate, Field::Times].into_iter().find(|end| self.has(*end));
        let of_time_off = self.role.lists_absences();
        let mut rest = asides.into_iter().peekable();
        while let Some((node, aside, word)) = rest.next() {
            let mut add =
                |claim, field, word| claims.push(RivalWord::claim(claim, field, node, word));
            if aside == Aside::Start {
                let within = self.keys.trail(node, RECORD).len() > 1;
                let end = rest.next_if(|(_, next, _)| *next == Aside::End);
                // Both of them within an object are judged with that.
                if let Some((.., second)) = end.filter(|_| !within) {
                    add(Claim::Span, Field::Start, word);
                    add(Claim::Span, Field::End, second);
                }
                continue;
            }
            // An end without a start of its own may be a later one of the record.
            let may_be_later = matches!(aside, Aside::End | Aside::Through) && end.is_some();
            let is_later = || naming::is_later_end(&self.keys.path(node).unwrap_or_default());
            let later = may_be_later && (of_time_off || is_later());
            let aside = if later { Aside::LaterEnd } else { aside };
            let through = (Claim::Through, Field::EndDate);
            let alone = (aside == Aside::Through && end.is_none()).then_some(through);
            if let Some((claim, field)) = alone.or_else(|| aside.claim(end, of_time_off)) {
                add(claim, field, word);
            }
        }
        claims
    }

    /// The range of times that the object at hand has beside its start, which is read.
    #[cold]
    pub(super) fn range_beside_start(&self) -> Option<RivalWord> {
        let start = self.slots.get(Field::Start as usize).filter(|start| !self.blank(**start));
        let slot = self.slot_of_range().filter(|_| start.is_some())?;
        let word = self.word(slot).to_vec();
        let around = Around { date: true, ..Around::default() };
        let range = shape::is_record_like_text(&word, around);
        range.then(|| RivalWord::claim(Claim::Range, Field::Times, slot.node, word))
    }
}
