//! What the Change tab shows: counted anew when it is asked for something else, in the background
//! where that takes longer than a frame.

mod count;
mod listed;

use std::sync::Arc;

pub use count::{Cast, Compared, Divided, basis};
pub use listed::{Listed, ends};

use super::derived::AT_ONCE;
use super::tasks::{apart, apart_for_long};
use super::{
    Against, AppState, ChangeColumn, ChangeMode, ChangeSort, MapTab, PanelsBy, Task, WindowProblem,
    Windows,
};
use crate::formats::{Progress, write_file};
use crate::model::{DayRange, PartyId, Target};
use crate::query::{Basis, Filter, Hits, Period, TieCounter};
use crate::scene::network::NetworkOptions;

/// What can be asked of the Change tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeCommand {
    /// Show one of its views.
    SetMode(ChangeMode),
    /// Compare the window, or what is typed for it, with something else.
    SetAgainst(Against),
    /// Type the days of the first stretch.
    SetFirst(String),
    /// Type the days of the second stretch; empty for the timeline's window.
    SetSecond(String),
    /// Divide time into panels in another way.
    SetPanels(PanelsBy),
    /// Divide it into so many equal parts.
    SetParts(u8),
    /// Type the periods of the panels.
    SetPeriods(String),
    /// List the levels of partnerships, or draw them.
    ListLevels(bool),
    /// Sort the table by a column; again to turn the order round.
    Sort(ChangeColumn),
    /// Copy the table for a spreadsheet.
    Copy,
    /// Ask where to save the table as CSV, and save it there.
    Save,
}

/// What is to be counted.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Compare(Windows),
    Panels(Vec<Period>),
}

/// What it is counted from; equal keys give equal counts.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    cast: CastKey,
    wanted: Wanted,
}

/// What it depends on who is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
struct CastKey {
    document: usize,
    /// That of what passes the filter.
    filtered: u64,
    options: NetworkOptions,
}

#[derive(Debug)]
enum Counted {
    Compared(Arc<Compared>),
    Divided(Arc<Divided>),
}

/// Something that has been counted, with that from which it was.
#[derive(Debug)]
struct Known<T> {
    key: Key,
    is: Arc<T>,
}

/// The counters of both stretches that are compared.
type Counters = [TieCounter; 2];

/// A count in the making.
#[derive(Debug)]
struct Counting {
    key: Key,
    progress: Arc<Progress>,
    task: Task<Option<(Counters, Counted)>>,
}

/// What is listed, and of what.
#[derive(Debug)]
pub struct Listing {
    /// The comparison whose ties are listed: that which is drawn, or the one before it until its
    /// own list is there.
    pub of: Arc<Compared>,
    /// The list.
    pub list: Listed,
}

impl Listing {
    /// Whether it lists a comparison in such an order.
    fn is(&self, of: &Arc<Compared>, sort: ChangeSort, focus: Option<PartyId>) -> bool {
        Arc::ptr_eq(&self.of, of) && self.list.sort == sort && self.list.focus == focus
    }
}

/// What the Change tab shows.
#[derive(Debug, Default)]
pub struct Changes {
    compared: Option<Known<Compared>>,
    divided: Option<Known<Divided>>,
    counting: Option<Counting>,
    /// What was counted for the stretches compared before, which the next are counted from.
    counters: Counters,
    /// What is wrong with what was typed, if anything.
    pub problem: Option<WindowProblem>,
    /// The table of changed ties.
    pub listing: Option<Listing>,
    making_list: Option<Task<Listing>>,
    /// The party whose ties alone the table lists: the one selected, also while one of its ties
    /// or an engagement is.
    pub focus: Option<PartyId>,
    /// Counts up whenever something else is shown.
    pub revision: u64,
}

impl Changes {
    /// Two stretches of time, compared; those asked for before while others are being counted.
    #[must_use]
    pub fn compared(&self) -> Option<&Arc<Compared>> {
        self.compared.as_ref().map(|known| &known.is)
    }

    /// Several stretches of time, likewise.
    #[must_use]
    pub fn divided(&self) -> Option<&Arc<Divided>> {
        self.divided.as_ref().map(|known| &known.is)
    }

    /// Whether something is being counted in the background.
    #[must_use]
    pub const fn is_counting(&self) -> bool {
        self.counting.is_some()
    }

    fn has(&self, key: &Key) -> bool {
        match key.wanted {
            Wanted::Compare(_) => self.compared.as_ref().is_some_and(|known| known.key == *key),
            Wanted::Panels(_) => self.divided.as_ref().is_some_and(|known| known.key == *key),
        }
    }

    /// Who is drawn, where that is known from a count before.
    fn cast(&self, key: &CastKey) -> Option<Cast> {
        let compared = self.compared.as_ref().map(|known| (&known.key.cast, &known.is.cast));
        let divided = self.divided.as_ref().map(|known| (&known.key.cast, &known.is.cast));
        let mut known = compared.into_iter().chain(divided);
        known.find(|(of, _)| *of == key).map(|(_, cast)| cast.clone())
    }

    fn take(&mut self, key: Key, counted: Counted) {
        match counted {
            Counted::Compared(is) => self.compared = Some(Known { key, is }),
            Counted::Divided(is) => self.divided = Some(Known { key, is }),
        }
        self.revision += 1;
    }
}

/// The field of [`WindowProblem`] that stands for the periods of the panels.
pub const PERIODS_FIELD: usize = 2;

/// Up to so many ties are listed at once.
const LISTED_AT_ONCE: usize = 2_000;

impl AppState {
    /// Counts what the Change tab shows, where it is shown.
    pub(super) fn refresh_changes(&mut self) {
        if self.view.tab != MapTab::Change || !self.settings.map_open {
            self.stop_counting(|_| false);
            return;
        }
        let wanted = self.wanted();
        self.changes.problem = None;
        match wanted {
            Ok(Some(wanted)) => self.count_changes(wanted),
            Ok(None) => {}
            Err(problem) => self.changes.problem = Some(problem),
        }
        self.list_changes();
    }

    fn count_changes(&mut self, wanted: Wanted) {
        let cast = CastKey {
            document: Arc::as_ptr(&self.document).addr(),
            filtered: self.derived.revision,
            options: Cast::options(&self.network_options()),
        };
        let key = Key { cast, wanted };
        // A count for another window goes on to its end, so that something is seen while the window
        // is dragged on; one that nobody waits for any more does not.
        let same_view = |old: &Key| {
            let panels = |key: &Key| matches!(key.wanted, Wanted::Panels(_));
            old.cast == key.cast && panels(old) == panels(&key)
        };
        self.stop_counting(same_view);
        if self.changes.has(&key) || self.changes.counting.is_some() {
            return;
        }
        if self.document.columns.len() <= AT_ONCE {
            let hits = &self.derived.hits;
            let basis = basis(&self.document, &self.filter, hits, &cast.options);
            let known = self.changes.cast(&cast);
            let who = known.unwrap_or_else(|| Cast::of(&self.document, &basis, &cast.options));
            let counters = &mut self.changes.counters;
            let counted = count(&basis, &key.wanted, self.document.extent, who, counters);
            self.changes.take(key, counted);
        } else {
            self.count_in_background(key);
        }
    }

    /// Gives up what is being counted, unless it is still wanted.
    fn stop_counting(&mut self, is_wanted: impl Fn(&Key) -> bool) {
        let counting = self.changes.counting.as_ref();
        if let Some(other) = counting.filter(|counting| !is_wanted(&counting.key)) {
            other.progress.cancel();
            self.changes.counting = None;
        }
    }

    /// The stretches of time that are wanted; none where nothing has to be counted.
    fn wanted(&self) -> Result<Option<Wanted>, WindowProblem> {
        let (view, extent) = (&self.view.change, self.document.extent);
        let window = self.view.window.range();
        Ok(match view.mode {
            ChangeMode::Compare => Some(Wanted::Compare(view.windows(window, extent)?)),
            ChangeMode::Panels => {
                let window = if self.view.follow_window { window } else { extent };
                let periods = view
                    .periods(window, extent)
                    .map_err(|message| WindowProblem { field: PERIODS_FIELD, message })?;
                Some(Wanted::Panels(periods))
            }
            ChangeMode::Levels => None,
        })
    }

    fn count_in_background(&mut self, key: Key) {
        let document = Arc::clone(&self.document);
        let filter = Filter { when: self.filter.when.clone(), ..Filter::default() };
        let filter = Filter { matching: self.filter.matching, ..filter };
        let hits = Hits {
            rows_any_time: self.derived.hits.rows_any_time.clone(),
            chosen: self.derived.hits.chosen.clone(),
            ..Hits::default()
        };
        let (wanted, options) = (key.wanted.clone(), key.cast.options);
        let known = self.changes.cast(&key.cast);
        let progress = Arc::new(Progress::default());
        let watched = Arc::clone(&progress);
        let mut counters = std::mem::take(&mut self.changes.counters);
        let count = move || {
            let basis = basis(&document, &filter, &hits, &options);
            let go = || (!watched.is_cancelled()).then_some(());
            go()?;
            let cast = known.unwrap_or_else(|| Cast::of(&document, &basis, &options));
            go()?;
            let counted = count(&basis, &wanted, document.extent, cast, &mut counters);
            Some((counters, counted))
        };
        let task = Task::start("compare", &self.waker, move || apart(count));
        self.changes.counting = Some(Counting { key, progress, task });
    }

    /// Takes up what was counted in the background. Returns whether there was anything.
    pub(super) fn poll_changes(&mut self) -> bool {
        let listed = self.poll_list();
        let counting = self.changes.counting.as_ref();
        let Some(answer) = counting.and_then(|counting| counting.task.poll()) else {
            return listed;
        };
        let done = self.changes.counting.take();
        if let (Ok(Some((counters, counted))), Some(done)) = (answer, done) {
            self.changes.counters = counters;
            self.changes.take(done.key, counted);
        }
        // What is wanted may have changed since.
        self.refresh_changes();
        true
    }

    /// Forgets what belongs to another document.
    pub(super) fn forget_changes(&mut self) {
        self.stop_counting(|_| false);
        self.changes = Changes { revision: self.changes.revision + 1, ..Changes::default() };
    }

    /// Lists the changed ties as they are to be listed, at once or in the background; one list is
    /// made at a time, and always the latest.
    fn list_changes(&mut self) {
        let sort = self.view.change.sort;
        let before = self.changes.focus;
        let focus = match self.selection {
            Some(Target::Party(party)) => Some(party),
            Some(Target::Tie(a, b)) => before.filter(|party| *party == a || *party == b),
            Some(Target::Engagement(_)) => before,
            _ => None,
        };
        let changes = &mut self.changes;
        changes.focus = focus;
        let Some(of) = changes.compared.as_ref().map(|known| Arc::clone(&known.is)) else { return };
        let made = changes.listing.as_ref().is_some_and(|listing| listing.is(&of, sort, focus));
        // While the window is dragged, the figure comes first.
        if made || changes.making_list.is_some() || changes.counting.is_some() {
            return;
        }
        let small = of.comparison.ties.len() <= LISTED_AT_ONCE;
        let dataset = Arc::clone(&self.document.dataset);
        let make = move || {
            let list = Listed::new(&dataset, &of.comparison, sort, focus);
            Listing { of, list }
        };
        if small {
            changes.listing = Some(make());
        } else {
            let task = Task::start("list", &self.waker, move || apart_for_long(make));
            changes.making_list = Some(task);
        }
    }

    /// Takes up a list. Returns whether there was one.
    fn poll_list(&mut self) -> bool {
        let Some(answer) = self.changes.making_list.as_ref().and_then(Task::poll) else {
            return false;
        };
        self.changes.making_list = None;
        if let Ok(listing) = answer {
            self.changes.listing = Some(listing);
        }
        self.list_changes();
        true
    }

    /// Carries out what is asked of the Change tab.
    pub(super) fn change(&mut self, command: ChangeCommand) {
        match command {
            ChangeCommand::SetMode(mode) => {
                self.leave();
                self.show_change();
                self.view.change.mode = mode;
            }
            ChangeCommand::SetAgainst(against) => {
                self.leave();
                self.show_change();
                let view = &mut self.view.change;
                // What is compared so far is what the reader begins to type from.
                if against == Against::Chosen
                    && view.first.trim().is_empty()
                    && let Some(compared) = self.changes.compared()
                {
                    let extent = self.document.extent;
                    view.first = crate::query::day_set_text(&compared.windows.days[0], extent);
                }
                view.mode = ChangeMode::Compare;
                view.against = against;
            }
            ChangeCommand::SetFirst(text) => {
                self.view.change.against = Against::Chosen;
                self.view.change.first = text;
            }
            ChangeCommand::SetSecond(text) => self.view.change.second = text,
            ChangeCommand::SetPanels(by) => {
                self.leave();
                self.show_change();
                self.view.change.mode = ChangeMode::Panels;
                self.view.change.panels = by;
            }
            ChangeCommand::SetParts(parts) => self.view.change.parts = parts.clamp(1, 24),
            ChangeCommand::SetPeriods(text) => {
                self.view.change.panels = PanelsBy::Periods;
                self.view.change.periods = text;
            }
            ChangeCommand::ListLevels(listed) => {
                self.leave();
                self.show_change();
                self.view.change.mode = ChangeMode::Levels;
                self.view.change.listed = listed;
            }
            ChangeCommand::Sort(column) => {
                let sort = &mut self.view.change.sort;
                let reversed = sort.column == column && !sort.reversed;
                *sort = ChangeSort { column, reversed };
            }
            ChangeCommand::Copy => {
                self.clipboard = self.change_table('\t').map(super::Clip::Text);
            }
            ChangeCommand::Save => self.save_change_table(),
        }
    }

    fn show_change(&mut self) {
        self.view.tab = MapTab::Change;
        self.settings.tab = MapTab::Change;
        self.settings.map_open = true;
    }

    /// The table as text, with the separator between cells.
    fn change_table(&self, separator: char) -> Option<String> {
        let Listing { of, list } = self.changes.listing.as_ref()?;
        Some(listed::table(&self.document.dataset, of, &list.order, separator))
    }

    fn save_change_table(&mut self) {
        let Some(text) = self.change_table(',').filter(|_| !self.is_saving()) else { return };
        let dialogs = Arc::clone(&self.dialogs);
        let file = self.document.file_name();
        let stem = std::path::Path::new(&file).file_stem().unwrap_or_default().to_os_string();
        let name = format!("{}-change.csv", stem.to_string_lossy());
        self.saving = Some(Task::start("save", &self.waker, move || {
            let path = dialogs.save(&name)?;
            let result = write_file(&path, text.as_bytes()).map_err(|error| error.to_string());
            Some((path, result))
        }));
    }
}

fn count(
    basis: &Basis<'_>,
    wanted: &Wanted,
    extent: DayRange,
    cast: Cast,
    counters: &mut Counters,
) -> Counted {
    match wanted {
        Wanted::Compare(windows) => {
            let windows = windows.clone();
            Counted::Compared(Arc::new(Compared::new(basis, windows, extent, cast, counters)))
        }
        Wanted::Panels(periods) => Counted::Divided(Arc::new(Divided::new(basis, periods, cast))),
    }
}
