//! What follows from document, filter and view, recomputed only when its inputs change.

use std::sync::Arc;

use super::shown::{Asked, Counter, Passing, Shown};
use super::tasks::{Task, Waker, apart};
use super::{Document, MapTab, TableRows, View};
use crate::model::Target;
use crate::query::{
    Filter, Hits, LaneBy, LaneKey, LaneLook, LaneOrder, LaneRows, Query, Ties, lanes,
};
use crate::scene::network::Core;

/// Up to so many engagements, what the lower pane shows is counted at once; of more, it is counted
/// in the background, so that no frame waits for it.
pub(super) const AT_ONCE: usize = 20_000;

/// What the lanes were made from.
#[derive(Clone, Debug, PartialEq)]
struct Lanes {
    by: LaneBy,
    order: LaneOrder,
    look: LaneLook,
    /// The lanes to show, where others are left out.
    keys: Option<Vec<LaneKey>>,
}

/// What a task brings back: the counter for the next one, the question and the answer.
type Counted = (Counter, Asked, Shown);

/// Values that all views read.
#[derive(Debug, Default)]
pub struct Derived {
    /// The document and the filter that the hits belong to.
    filtered: Option<(usize, Filter)>,
    /// Answers the filter, step by step.
    query: Query,
    /// What passes the filter.
    pub hits: Hits,
    /// Counts up whenever the filter's result changes.
    pub revision: u64,

    made: Option<Lanes>,
    /// The lanes of the timeline.
    pub lanes: Vec<LaneRows>,
    /// Lanes that are left out because nothing of them is in the window, or because another name is
    /// looked for.
    left_out: Vec<LaneRows>,
    /// Counts up whenever the lanes or their order change.
    pub lanes_revision: u64,
    /// Counts up whenever the rows of the lanes change.
    pub rows_revision: u64,

    /// What is wanted of the lower pane.
    asked: Option<Asked>,
    /// What it has.
    answered: Option<Asked>,
    counter: Counter,
    counting: Option<Task<Counted>>,
    /// Words of the filter that are being looked for, and those for which that is done.
    looking: Option<(String, Task<()>)>,
    looked: String,
    /// The rows that the lower pane shows: what passes, and lies in the timeline's window where
    /// the pane follows it. While [`Derived::is_counting`], those of a moment ago.
    pub shown: Arc<Vec<u32>>,
    /// The same, in the order of the table; up to date while the table is open.
    pub sorted: Arc<Vec<u32>>,
    /// Ties among them; up to date while something shows them.
    pub ties: Arc<Ties>,
    /// The parties that a network shows, where there are too many to show all: those of the
    /// strongest ties of all that passes the filter, whatever the window.
    pub core: Option<Arc<Core>>,
    /// The lanes with something in the window, while others are left out.
    lanes_in_view: Vec<LaneKey>,
    /// Counts up whenever what the lower pane shows changes.
    pub shown_revision: u64,
}

/// What the values are derived from.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    /// The document.
    pub document: &'a Arc<Document>,
    /// The filter.
    pub filter: &'a Filter,
    /// The view.
    pub view: &'a View,
    /// What is selected.
    pub selection: Option<Target>,
    /// Whether the lower pane is open.
    pub pane: bool,
    /// Wakes the window when something has been counted.
    pub waker: &'a Waker,
}

impl Inputs<'_> {
    /// Whether something shows ties.
    fn show_ties(&self) -> bool {
        let pane = match self.view.tab {
            MapTab::Activity | MapTab::Change | MapTab::Findings => false,
            MapTab::Table => self.pane && self.view.table_rows == TableRows::Parties,
            _ => self.pane,
        };
        pane || matches!(self.selection, Some(Target::Party(_) | Target::Tie(..)))
    }

    /// What is wanted of the lower pane.
    fn asked(&self, filter: &Filter) -> Asked {
        // What costs nothing is always ready.
        let small = self.document.columns.len() <= AT_ONCE;
        let table = self.pane && self.view.tab == MapTab::Table;
        let window = self.view.window.range();
        let ties = (small || self.show_ties()).then_some((
            self.view.network_options.weight,
            self.view.network_options.level.asked(filter.matching),
        ));
        let many = self.document.dataset.parties().len() > Core::ALL;
        Asked {
            document: Arc::as_ptr(self.document).addr(),
            filter: filter.clone(),
            window: self.view.follow_window.then_some(window),
            ties,
            core: ties.filter(|_| many).map(|_| self.view.network_options.drawn_ties()),
            sort: (small || table).then_some(self.view.sort),
            lanes: self.view.only_lanes_in_view.then_some((self.view.lanes, window)),
        }
    }
}

impl Derived {
    /// Whether what the lower pane shows is still that of a moment ago, because the present is
    /// being counted.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.asked != self.answered || self.looking.is_some()
    }

    /// Whether anything has been counted for the lower pane since the document was opened.
    #[must_use]
    pub fn has_counted(&self) -> bool {
        self.answered.is_some()
    }

    /// How many lanes there are, with those that are left out.
    #[must_use]
    pub fn all_lanes(&self) -> usize {
        self.lanes.len() + self.left_out.len()
    }

    /// Brings everything up to date, or begins to.
    pub(super) fn refresh(&mut self, inputs: &Inputs<'_>) {
        let (document, view) = (inputs.document, inputs.view);
        let mut filter = Filter { chosen: view.chosen.clone(), ..inputs.filter.clone() };
        if !document.columns.is_search_ready() {
            // Words are looked for as soon as the index is there: no frame waits for it.
            filter.text.clear();
        }
        let address = Arc::as_ptr(document).addr();
        self.look(inputs, &mut filter, address);
        let filter = &filter;
        let other_document = self.filtered.as_ref().is_none_or(|(old, _)| *old != address);
        let other_hits = other_document || self.filtered.as_ref().is_none_or(|it| it.1 != *filter);
        if other_hits {
            self.hits.clone_from(self.query.apply(&document.dataset, &document.columns, filter));
            self.filtered = Some((address, filter.clone()));
            self.revision += 1;
        }
        if other_document {
            // Rows of another document mean nothing.
            self.counting = None;
            self.counter = Counter::default();
            self.answered = None;
            self.take(Shown::nothing(document));
        }
        self.count(inputs, filter);
        self.order(inputs, other_hits);
    }

    /// Looks for the words of the filter in the background, where that takes longer than a frame;
    /// until they are found, those of a moment ago stand.
    fn look(&mut self, inputs: &Inputs<'_>, filter: &mut Filter, address: usize) {
        let document = inputs.document;
        let here = self.filtered.as_ref().filter(|(old, _)| *old == address);
        let before = here.map_or("", |(_, old)| &old.text);
        let small = document.columns.len() <= AT_ONCE;
        if small || filter.text == before || filter.text == self.looked {
            return;
        }
        if document.columns.knows_words(&filter.text) {
            return;
        }
        let text = std::mem::replace(&mut filter.text, before.to_owned());
        if self.looking.is_none() {
            let (document, words) = (Arc::clone(document), text.clone());
            let look = move || document.columns.look_for_words(&document.dataset, &words);
            let task = Task::start("words", inputs.waker, move || apart(look));
            self.looking = Some((text, task));
        }
    }

    /// Takes up what has been counted in the background. Returns whether there was anything.
    pub(super) fn poll(&mut self, inputs: &Inputs<'_>) -> bool {
        if self.looking.as_ref().is_some_and(|(_, task)| task.poll().is_some()) {
            // Found or lost: what is missing is looked for where it is wanted.
            self.looked = self.looking.take().map_or_else(String::new, |(text, _)| text);
            self.refresh(inputs);
            return true;
        }
        let Some(answer) = self.counting.as_ref().and_then(Task::poll) else { return false };
        self.counting = None;
        if let Ok((counter, asked, shown)) = answer {
            self.counter = counter;
            self.answered = Some(asked);
            self.take(shown);
        }
        self.refresh(inputs);
        true
    }

    /// Counts what the lower pane shows, at once or in the background; one thing at a time, and
    /// always the latest.
    fn count(&mut self, inputs: &Inputs<'_>, filter: &Filter) {
        let asked = inputs.asked(filter);
        let document = Arc::clone(inputs.document);
        self.asked = Some(asked.clone());
        if !self.is_counting() || self.counting.is_some() {
            return;
        }
        let mut counter = std::mem::take(&mut self.counter);
        if document.columns.len() <= AT_ONCE {
            let shown = counter.answer(&document, &asked, &Passing::of(&self.hits));
            self.counter = counter;
            self.answered = Some(asked);
            self.take(shown);
            return;
        }
        let passing = Passing::of(&self.hits);
        self.counting = Some(Task::start("count", inputs.waker, move || {
            let shown = apart(|| counter.answer(&document, &asked, &passing));
            (counter, asked, shown)
        }));
    }

    fn take(&mut self, shown: Shown) {
        let same = Arc::ptr_eq(&self.shown, &shown.rows)
            && Arc::ptr_eq(&self.ties, &shown.ties)
            && self.core == shown.core
            && Arc::ptr_eq(&self.sorted, &shown.sorted);
        self.shown_revision += u64::from(!same);
        self.shown = shown.rows;
        self.ties = shown.ties;
        self.core = shown.core;
        self.sorted = shown.sorted;
        self.lanes_in_view = shown.lanes;
    }

    /// Sorts what passes into lanes, and the lanes into their order.
    fn order(&mut self, inputs: &Inputs<'_>, other_hits: bool) {
        let (document, view) = (inputs.document, inputs.view);
        let wanted = Lanes {
            by: view.lanes,
            order: view.lane_order,
            look: view.lane_look().clone(),
            keys: view.only_lanes_in_view.then(|| self.lanes_in_view.clone()),
        };
        let other_rows = other_hits || self.made.as_ref().is_none_or(|made| made.by != wanted.by);
        if !other_rows && self.made.as_ref() == Some(&wanted) {
            return;
        }
        let all = if other_rows {
            self.rows_revision += 1;
            lanes(&document.dataset, &document.columns, &self.hits.rows, wanted.by)
        } else {
            let mut all = std::mem::take(&mut self.lanes);
            all.append(&mut self.left_out);
            all.sort_by_key(|lane| lane.key);
            all
        };
        (self.lanes, self.left_out) = wanted.look.arrange(all, wanted.order);
        if let Some(keys) = &wanted.keys {
            let lanes = std::mem::take(&mut self.lanes).into_iter();
            let (seen, unseen): (Vec<_>, Vec<_>) =
                lanes.partition(|lane| lane.pinned || keys.binary_search(&lane.key).is_ok());
            self.lanes = seen;
            self.left_out.extend(unseen);
        }
        self.made = Some(wanted);
        self.lanes_revision += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_with_nothing_in_the_window_can_be_left_out() {
        let document = Arc::new(Document::built_in().expect("the built-in dataset"));
        let day = |year| f64::from(crate::model::Day::from_ymd(year, 1, 1).expect("a day").0);
        let mut view = View {
            window: crate::app::TimeWindow::new(day(2019), day(2020)),
            ..View::new(&document)
        };
        let mut derived = Derived::default();
        let mut lanes = |only, view: &mut View| {
            view.only_lanes_in_view = only;
            derived.refresh(&Inputs {
                document: &document,
                filter: &Filter::default(),
                view,
                selection: None,
                pane: true,
                waker: &(Arc::new(|| {}) as Waker),
            });
            derived.lanes.iter().map(|lane| lane.label.to_string()).collect::<Vec<_>>()
        };
        let all = lanes(false, &mut view);
        let some = lanes(true, &mut view);
        assert!(some.len() < all.len());
        assert!(some.iter().any(|lane| lane == "Defense Policy Dialogue"));
        assert!(!some.iter().any(|lane| lane == "Friends of the Mekong"));
        assert_eq!(lanes(false, &mut view), all);
    }
}
