//! What the Change tab shows, counted: in the background where that takes longer than a frame.

use std::sync::Arc;

use super::tasks::apart;
use super::{
    Against, AppState, ChangeColumn, ChangeMode, ChangeSort, Document, MapTab, PanelsBy, Task,
    WindowProblem, Windows,
};
use crate::formats::write_file;
use crate::model::{Dataset, DayRange, PartyId, Target};
use crate::query::{
    Basis, ChangedTie, Comparison, Filter, Hits, Panels, Period, TieLevel, TieWeight, Ties,
};

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
    /// Sort the table by a column; again to turn the order round.
    Sort(ChangeColumn),
    /// Copy the table for a spreadsheet.
    Copy,
    /// Ask where to save the table as CSV, and save it there.
    Save,
}

/// Two stretches of time, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The stretches.
    pub windows: Windows,
    /// What differs.
    pub comparison: Comparison,
    /// What is drawn of it: [`Comparison::drawn`].
    pub drawn: Ties,
}

/// Compares two stretches of time.
#[must_use]
pub fn compared(basis: &Basis<'_>, windows: Windows, extent: DayRange) -> Compared {
    let [first, second] = [0, 1].map(|side| basis.rows(&windows.days[side]));
    let ties = [basis.ties(&first), basis.ties(&second)];
    let comparison = Comparison::new(
        [&ties[0], &ties[1]],
        [&first, &second],
        [&windows.days[0], &windows.days[1]],
        extent,
    );
    let drawn = comparison.drawn();
    Compared { windows, comparison, drawn }
}

/// Counts the panels of a view.
#[must_use]
pub fn panels(basis: &Basis<'_>, periods: &[Period]) -> Panels {
    Panels::new(basis, periods)
}

/// What windows of a document are cut out of, under a filter whose answer is `hits`; ties count by
/// a weight at a level.
#[must_use]
pub fn basis<'a>(
    document: &'a Document,
    filter: &'a Filter,
    hits: &'a Hits,
    (weight, level): (TieWeight, TieLevel),
) -> Basis<'a> {
    Basis {
        columns: &document.columns,
        chosen: &hits.chosen,
        rows: &hits.rows_any_time,
        when: &filter.when,
        matching: filter.matching,
        index: document.tie_index(level),
        weight,
    }
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
    document: usize,
    /// That of what passes the filter.
    revision: u64,
    weight: (TieWeight, TieLevel),
    wanted: Wanted,
}

#[derive(Debug)]
enum Counted {
    Compare(Box<Compared>),
    Panels(Panels),
}

/// What the order of the table follows from.
type OrderKey = (u64, ChangeSort, Option<PartyId>);

/// What the Change tab shows.
#[derive(Debug, Default)]
pub struct Changes {
    key: Option<Key>,
    task: Option<(Key, Task<Counted>)>,
    /// Two stretches of time, compared; those asked for before while others are being counted.
    pub compared: Option<Compared>,
    /// The panels.
    pub panels: Option<Panels>,
    /// What is wrong with what was typed, if anything.
    pub problem: Option<WindowProblem>,
    /// The ties of the table by position in the comparison, in its order: all, or those of the
    /// selected party.
    pub order: Vec<u32>,
    ordered: Option<OrderKey>,
    /// The party whose ties alone the table lists: the one selected, also while one of its ties
    /// or an engagement is.
    pub focus: Option<PartyId>,
    /// Counts up whenever something else is shown.
    pub revision: u64,
}

impl Changes {
    /// Whether something is being counted in the background.
    #[must_use]
    pub const fn counting(&self) -> bool {
        self.task.is_some()
    }

    fn take(&mut self, key: Key, counted: Counted) {
        match counted {
            Counted::Compare(compared) => self.compared = Some(*compared),
            Counted::Panels(panels) => self.panels = Some(panels),
        }
        self.key = Some(key);
        self.revision += 1;
    }
}

/// The field of [`WindowProblem`] that stands for the periods of the panels.
pub const PERIODS_FIELD: usize = 2;

/// From so many rows on, counting takes longer than a frame should.
const AT_ONCE: usize = 40_000;

impl AppState {
    /// Counts what the Change tab shows, where it is shown.
    pub(super) fn refresh_changes(&mut self) {
        if self.view.tab != MapTab::Change || !self.settings.map_open {
            return;
        }
        let wanted = self.wanted();
        let changes = &mut self.changes;
        changes.problem = None;
        let wanted = match wanted {
            Ok(Some(wanted)) => wanted,
            Ok(None) => return,
            Err(problem) => {
                changes.problem = Some(problem);
                return;
            }
        };
        let options = self.view.network_options;
        let weight = (options.weight, options.level);
        let key = Key {
            document: Arc::as_ptr(&self.document).addr(),
            revision: self.derived.revision,
            weight,
            wanted,
        };
        if changes.key.as_ref() != Some(&key) {
            if self.derived.hits.rows_any_time.len() <= AT_ONCE {
                let hits = &self.derived.hits;
                let basis = basis(&self.document, &self.filter, hits, weight);
                let counted = count(&basis, &key.wanted, self.document.extent);
                changes.take(key, counted);
            } else if changes.task.is_none() {
                self.count_in_background(key);
            }
        }
        self.order_changes();
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
        let (wanted, weight) = (key.wanted.clone(), key.weight);
        let task = Task::start("compare", &self.waker, move || {
            let basis = basis(&document, &filter, &hits, weight);
            apart(|| count(&basis, &wanted, document.extent))
        });
        self.changes.task = Some((key, task));
    }

    /// Takes up what was counted in the background. Returns whether there was anything.
    pub(super) fn poll_changes(&mut self) -> bool {
        let Some(answer) = self.changes.task.as_ref().and_then(|(_, task)| task.poll()) else {
            return false;
        };
        let key = self.changes.task.take().map(|(key, _)| key);
        let current = Arc::as_ptr(&self.document).addr();
        if let (Ok(counted), Some(key)) = (answer, key)
            && key.document == current
        {
            self.changes.take(key, counted);
        }
        // What is wanted may have changed since.
        self.refresh_changes();
        true
    }

    /// Forgets what belongs to another document.
    pub(super) fn forget_changes(&mut self) {
        self.changes = Changes { revision: self.changes.revision + 1, ..Changes::default() };
    }

    fn order_changes(&mut self) {
        let sort = self.view.change.sort;
        let before = self.changes.focus;
        self.changes.focus = match self.selection {
            Some(Target::Party(party)) => Some(party),
            Some(Target::Tie(a, b)) => before.filter(|party| *party == a || *party == b),
            Some(Target::Engagement(_)) => before,
            _ => None,
        };
        let key = (self.changes.revision, sort, self.changes.focus);
        if self.changes.ordered == Some(key) {
            return;
        }
        self.changes.order = match &self.changes.compared {
            Some(compared) => order(&self.document.dataset, &compared.comparison, sort, key.2),
            None => Vec::new(),
        };
        self.changes.ordered = Some(key);
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
                    && let Some(compared) = &self.changes.compared
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
        let compared = self.changes.compared.as_ref()?;
        Some(table(&self.document.dataset, compared, &self.changes.order, separator))
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

fn count(basis: &Basis<'_>, wanted: &Wanted, extent: DayRange) -> Counted {
    match wanted {
        Wanted::Compare(windows) => {
            Counted::Compare(Box::new(compared(basis, windows.clone(), extent)))
        }
        Wanted::Panels(periods) => Counted::Panels(panels(basis, periods)),
    }
}

/// The ties of a comparison, of one party where one is given, in the order of the table.
fn order(
    dataset: &Dataset,
    comparison: &Comparison,
    sort: ChangeSort,
    party: Option<PartyId>,
) -> Vec<u32> {
    let ties = &comparison.ties;
    let shown = |tie: &ChangedTie| party.is_none_or(|party| tie.a == party || tie.b == party);
    let mut order: Vec<u32> =
        (0..ties.len() as u32).filter(|at| shown(&ties[*at as usize])).collect();
    let tie = |at: &u32| &ties[*at as usize];
    let ends = |tie: &ChangedTie| ends(tie, party);
    let name = |party: PartyId| dataset.party(party).label().to_lowercase();
    let weight = |tie: &ChangedTie, side: usize| tie.weight[side];
    let difference = |tie: &ChangedTie| {
        let [a, b] = comparison.strength(tie.weight);
        b - a
    };
    match sort.column {
        ChangeColumn::Party => order.sort_by_cached_key(|at| name(ends(tie(at))[0])),
        ChangeColumn::With => order.sort_by_cached_key(|at| name(ends(tie(at))[1])),
        ChangeColumn::First => {
            order.sort_by(|a, b| weight(tie(b), 0).total_cmp(&weight(tie(a), 0)));
        }
        ChangeColumn::Second => {
            order.sort_by(|a, b| weight(tie(b), 1).total_cmp(&weight(tie(a), 1)));
        }
        ChangeColumn::Change => order.sort_by(|a, b| {
            let (a, b) = (tie(a), tie(b));
            difference(b).abs().total_cmp(&difference(a).abs()).then(a.change.cmp(&b.change))
        }),
    }
    if sort.reversed {
        order.reverse();
    }
    order
}

/// The two parties of a tie as a table lists them: the one that is asked about first, otherwise
/// the one that the dataset lists first.
#[must_use]
pub fn ends(tie: &ChangedTie, party: Option<PartyId>) -> [PartyId; 2] {
    if party == Some(tie.b) { [tie.b, tie.a] } else { [tie.a, tie.b] }
}

/// The table of changed ties as text: a heading, and a line for each tie.
fn table(dataset: &Dataset, compared: &Compared, order: &[u32], separator: char) -> String {
    let comparison = &compared.comparison;
    let [first, second] = &compared.windows.names;
    let heading = [
        "Party".to_owned(),
        "With".to_owned(),
        "Change".to_owned(),
        format!("Engagements {first}"),
        format!("Engagements {second}"),
        format!("Weight {first}"),
        format!("Weight {second}"),
    ];
    let mut text = line(&heading, separator);
    for at in order {
        let Some(tie) = comparison.ties.get(*at as usize) else { continue };
        text.push_str(&line(
            &[
                dataset.party(tie.a).name.to_string(),
                dataset.party(tie.b).name.to_string(),
                tie.change.label().to_owned(),
                tie.engagements[0].to_string(),
                tie.engagements[1].to_string(),
                format!("{:.4}", tie.weight[0]),
                format!("{:.4}", tie.weight[1]),
            ],
            separator,
        ));
    }
    text
}

/// Cells in a line, quoted where they need it.
fn line(cells: &[String], separator: char) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([separator, '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    let mut text = quoted.join(separator.encode_utf8(&mut [0; 4]));
    text.push('\n');
    text
}
