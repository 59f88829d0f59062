//! Finds doubts about pages of an answer that were not given.

use super::line_of;
use crate::judge::doubts::{About, more_pages};
use crate::model::doubt::Doubt;
use crate::model::fate::Fates;
use crate::model::observation::Noticed;
use crate::model::source::Role;
use crate::read::source::{NotedCount, Source};
use crate::read::{is_about_pages, leads_to_data};
use crate::schedule::run::Run;
use std::sync::Arc;

/// The pages that were not given, of each input that says there are more. Pages
/// are complete if their numbers have no hole, if one of them is the first and one is the last, or
/// if they hold as many entries as there are.
pub(in crate::analyze) fn of_pages(run: &Run<'_>, fates: &[Fates], doubts: &mut [Vec<Doubt>]) {
    for role in Role::ALL {
        let places: Vec<usize> =
            (0..run.sources.len()).filter(|place| run.sources[*place].file.role == role).collect();
        let pages: Vec<PagingFacts> =
            places.iter().map(|place| PagingFacts::of(&run.sources[*place])).collect();
        for (place, page) in places.iter().zip(&pages) {
            let data = page.data.as_ref().filter(|_| fates[*place].records == 0);
            doubts[*place]
                .extend(data.map(|key| of_key(&run.sources[*place], key, more_pages::elsewhere)));
        }
        let says_more = |page: &PagingFacts| page.more.is_some() || page.is_one_of_several();
        let begins_late = begin_late(&pages);
        let is_open = begins_late || pages.iter().any(says_more);
        if !is_open || are_complete(run, &pages, &places, fates) {
            continue;
        }
        for (place, page) in places.iter().zip(&pages) {
            let counted = page.counted.as_ref().filter(|_| page.is_one_of_several());
            let key = page.more.as_ref().or(counted);
            let doubt = key.map(|key| of_key(&run.sources[*place], key, more_pages::doubt));
            let before = page.before.as_ref().filter(|_| begins_late);
            doubts[*place].extend(doubt.or_else(|| {
                before.map(|key| of_key(&run.sources[*place], key, more_pages::before))
            }));
        }
    }
}

/// A doubt about a key that says that there is more.
fn of_key(
    source: &Source,
    (pointer, word, noted): &KeyOfPages,
    doubt: fn(&About<'_>, &str) -> Doubt,
) -> Doubt {
    let path = Arc::clone(&source.file.shown);
    let about = About { path: &path, place: pointer, line: line_of(source, *noted), count: 1 };
    doubt(&about, word)
}

/// A key that says that there is more: its pointer, its word, and where.
type KeyOfPages = (String, String, NotedCount);

/// What a document says about pages.
#[derive(Default)]
struct PagingFacts {
    /// The key that says there is more.
    more: Option<KeyOfPages>,
    /// The key that says that there is a page before it.
    before: Option<KeyOfPages>,
    /// Whether the input can say so: a table has no pages.
    is_document: bool,
    /// The key that leads to the data.
    data: Option<KeyOfPages>,
    number: Option<u64>,
    pages: Option<u64>,
    total: Option<u64>,
    /// A number of entries, of all or of this page.
    count: Option<u64>,
    /// Whether a size or a place among all entries stands beside their number, or the name of
    /// that leaves no doubt.
    has_window: bool,
    /// The key that counts most of pages.
    counted: Option<KeyOfPages>,
}

impl PagingFacts {
    /// Whether it numbers itself among others: there are as many pages as it says, or
    /// as its entries fill.
    fn is_one_of_several(&self) -> bool {
        let paged = self.pages.is_some_and(|pages| pages > 1) || self.total.is_some();
        self.number.is_some() && paged || self.has_window
    }

    fn of(source: &Source) -> PagingFacts {
        let is_document = source.names_in_records() && !source.is_empty;
        let mut page = PagingFacts { is_document, ..PagingFacts::default() };
        let (mut totals, mut windows, mut weight) = (Vec::new(), Vec::new(), (0, None));
        let (mut after, mut has_end, mut counts_all) = (None, false, false);
        for (noticed, pointer, detail, noted) in source.ledger().noted() {
            let key = |word: &str| Some((pointer.to_owned(), word.to_owned(), noted));
            match (noticed, detail.split_once('=')) {
                (Noticed::MorePages, _) if leads_to_data(pointer) => page.data = key(detail),
                (Noticed::MorePages, _) if page.more.is_none() => page.more = key(detail),
                (Noticed::Pages, Some(("end", _))) => has_end = true,
                (Noticed::Pages, Some(("after", word))) => after = key(word),
                (Noticed::Pages, Some(("before", word))) => page.before = key(word),
                (Noticed::Pages, Some(("window", _))) => windows.push(outer(pointer).to_owned()),
                (Noticed::Pages, Some((what, word))) => {
                    let number: Option<u64> = word.parse().ok();
                    // The largest of several totals counts: others are of this page.
                    let rank = match what {
                        "page" => {
                            page.number = number;
                            (1, None)
                        }
                        "pages" => {
                            page.pages = number;
                            (2, None)
                        }
                        _ => {
                            counts_all |= what == "all";
                            let is_total = what != "count";
                            let known = if is_total { &mut page.total } else { &mut page.count };
                            *known = (*known).max(number);
                            totals.push(outer(pointer).to_owned());
                            (3, number)
                        }
                    };
                    if rank > weight {
                        weight = rank;
                        page.counted = key(word);
                    }
                }
                _ => {}
            }
        }
        let about_pages =
            |object: &str| is_about_pages(object.rsplit('/').next().unwrap_or_default());
        let is_beside =
            |object: &String| totals.contains(object) || about_pages(object) && !totals.is_empty();
        page.has_window = counts_all || windows.iter().any(is_beside);
        page.more = page.more.or(after.filter(|_| !has_end));
        page
    }
}

/// The pointer of the object that a key stands in.
fn outer(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(outer, _)| outer)
}

/// Whether every page follows another one, so that the first was not given.
fn begin_late(pages: &[PagingFacts]) -> bool {
    let mut documents = pages.iter().filter(|page| page.is_document).peekable();
    documents.peek().is_some() && documents.all(|page| page.before.is_some())
}

fn are_complete(run: &Run<'_>, pages: &[PagingFacts], places: &[usize], fates: &[Fates]) -> bool {
    // A group in which one document leads nowhere has its last page.
    let several = pages.len() > 1;
    let leads = pages.iter().any(|page| page.more.is_some());
    let is_last = |page: &PagingFacts| page.is_document && page.more.is_none();
    if several && leads && pages.iter().any(is_last) && !begin_late(pages) {
        return true;
    }
    let records: u64 = places.iter().map(|place| fates[*place].records).sum();
    // What is counted may hold several records, or none: the agents of a schedule.
    let elements = |place: &usize| run.sources[*place].ledger().elements_with_records();
    let most = records.max(places.iter().map(elements).sum());
    // Where there is a next page, a count may be that of this one.
    let of_all = |page: &PagingFacts| if leads { page.total } else { page.total.max(page.count) };
    if pages.iter().filter_map(of_all).max().is_some_and(|total| total <= most) {
        return true;
    }
    let mut numbers: Vec<u64> = pages.iter().filter_map(|page| page.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let last = pages.iter().filter_map(|page| page.pages).max();
    let first = numbers.first().copied().unwrap_or(u64::MAX);
    last.is_some_and(|last| first <= 1 && numbers.len() as u64 >= last)
}
