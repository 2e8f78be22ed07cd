//! How the network is read: its commands, what is measured of the parties in the background, and
//! the way that is sought from one party to another.

use std::sync::Arc;

use super::tasks::apart_for_long;
use super::{AppState, ArrangeCommand, Document, MapTab, Task};
use crate::formats::{Progress, network::StatedLook};
use crate::model::{DayRange, PartyId, Target};
use crate::query::{
    Body, Dimension, Filter, Measure, Measures, TieGraph, TieLevel, TieWeight, Ties, matched,
    shortest_path,
};
use crate::scene::network::{ColorBy, Layer, NetworkForm, NetworkOptions, Reading, SizeBy};

/// How many measurements are kept for when the reader comes back to them.
const KEPT: usize = 12;

/// What the table tab lists.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TableRows {
    /// Engagements.
    #[default]
    Engagements,
    /// Parties with what is measured of them.
    Parties,
}

/// A column of the table of parties.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum PartyColumn {
    /// The name.
    Name,
    /// State, organisation, body, province, person or group.
    Kind,
    /// The state or organisation that it belongs to.
    Owner,
    /// The number of engagements.
    #[default]
    Engagements,
    /// The number of ties.
    Degree,
    /// The weight of the ties.
    Strength,
    /// Betweenness.
    Betweenness,
    /// PageRank.
    PageRank,
    /// The community.
    Community,
}

impl PartyColumn {
    /// All columns, from left to right.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Kind,
        Self::Owner,
        Self::Engagements,
        Self::Degree,
        Self::Strength,
        Self::Betweenness,
        Self::PageRank,
        Self::Community,
    ];

    /// The measure that it shows, if it shows one.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::Engagements => Some(Measure::Engagements),
            Self::Degree => Some(Measure::Degree),
            Self::Strength => Some(Measure::Strength),
            Self::Betweenness => Some(Measure::Betweenness),
            Self::PageRank => Some(Measure::PageRank),
            Self::Name | Self::Kind | Self::Owner | Self::Community => None,
        }
    }

    /// The English heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Party",
            Self::Kind => "Kind",
            Self::Owner => "Belongs to",
            Self::Engagements => "Engagements",
            Self::Degree => "Degree",
            Self::Strength => "Weighted degree",
            Self::Betweenness => "Betweenness",
            Self::PageRank => "PageRank",
            Self::Community => "Community",
        }
    }
}

/// Something to do with how the network is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NetworkCommand {
    /// As what it is drawn.
    Form(NetworkForm),
    /// At what level parties count.
    Level(TieLevel),
    /// What sizes say.
    SizeBy(SizeBy),
    /// What colours say.
    ColorBy(ColorBy),
    /// Show a layer or leave it out.
    Layer(Layer, bool),
    /// Show a layer that is left out, leave out one that is shown.
    ToggleLayer(Layer),
    /// Places, sizes, colours and weights as the file gives them, or all of them by Démarche.
    Look {
        /// As the file gives them.
        stated: bool,
    },
    /// The most ties that are drawn.
    Top(u32),
    /// Only the parties within so many ties of the selected one; all when `None`.
    Ego(Option<u8>),
    /// The next party that is selected ends a way from the selected one.
    PathFrom,
    /// Forget the way.
    ClearPath,
    /// What the table lists.
    TableRows(TableRows),
    /// Sort the table of parties by a column; again to turn the order round.
    SortParties(PartyColumn),
    /// What part of the matrix is seen; all of it when `None`.
    Matrix(Option<crate::layout::camera::Camera>),
}

/// The commands of this area as the palette offers them: label, hint, command.
#[must_use]
pub fn entries() -> Vec<(&'static str, &'static str, NetworkCommand)> {
    use NetworkCommand as C;
    let mut entries = vec![
        ("Network of parties", NetworkForm::Parties.hint(), C::Form(NetworkForm::Parties)),
        (
            "Network with engagements",
            NetworkForm::Engagements.hint(),
            C::Form(NetworkForm::Engagements),
        ),
        ("Matrix of parties", NetworkForm::Matrix.hint(), C::Form(NetworkForm::Matrix)),
        ("Level: as named", "Each party by itself", C::Level(TieLevel::Named)),
        ("Level: body", "Persons count as their bodies", C::Level(TieLevel::Body)),
        (
            "Level: state",
            "Persons, bodies and provinces count as their state or organisation",
            C::Level(TieLevel::State),
        ),
        (
            "Size by engagements",
            Measure::Engagements.hint(),
            C::SizeBy(SizeBy::Measure(Measure::Engagements)),
        ),
        ("Size by degree", Measure::Degree.hint(), C::SizeBy(SizeBy::Measure(Measure::Degree))),
        (
            "Size by weighted degree",
            Measure::Strength.hint(),
            C::SizeBy(SizeBy::Measure(Measure::Strength)),
        ),
        (
            "Size by betweenness",
            Measure::Betweenness.hint(),
            C::SizeBy(SizeBy::Measure(Measure::Betweenness)),
        ),
        (
            "Size by PageRank",
            Measure::PageRank.hint(),
            C::SizeBy(SizeBy::Measure(Measure::PageRank)),
        ),
        (
            "Colour by state",
            "The state or organisation a party belongs to",
            C::ColorBy(ColorBy::Belonging),
        ),
        (
            "Colour by community",
            "Parties that engage with each other more than with others",
            C::ColorBy(ColorBy::Community),
        ),
        (
            "Colour by betweenness",
            Measure::Betweenness.hint(),
            C::ColorBy(ColorBy::Measure(Measure::Betweenness)),
        ),
        (
            "Network as in the file",
            "Places, sizes, colours and weights that the file gives",
            C::Look { stated: true },
        ),
        (
            "Network by Démarche",
            "Sizes by weighted degree, colours by community, laid out anew",
            C::Look { stated: false },
        ),
        ("Ties: show or hide", "The lines of shared engagements", C::ToggleLayer(Layer::Ties)),
        (
            "Formal partnerships: show or hide",
            "Double lines, with the level at the end of the window",
            C::ToggleLayer(Layer::Partnerships),
        ),
        (
            "Part of: show or hide",
            "Dotted lines from persons to bodies to states",
            C::ToggleLayer(Layer::PartOf),
        ),
        (
            "Directions: show or hide",
            "Arrowheads where roles say who went to whom",
            C::ToggleLayer(Layer::Directions),
        ),
        ("Only neighbours of the selected party", "Within one tie", C::Ego(Some(1))),
        ("Only within two ties of the selected party", "Neighbours of neighbours", C::Ego(Some(2))),
        ("Only within three ties of the selected party", "One step farther", C::Ego(Some(3))),
        ("All parties of the network", "No party is left out for distance", C::Ego(None)),
        (
            "Path from the selected party to…",
            "Click another party: the shortest way and its engagements",
            C::PathFrom,
        ),
        ("Forget the path", "Show the whole network evenly", C::ClearPath),
        (
            "Table of parties",
            "Degree, betweenness, PageRank and community of each",
            C::TableRows(TableRows::Parties),
        ),
        ("Table of engagements", "One row per engagement", C::TableRows(TableRows::Engagements)),
    ];
    entries.extend(Body::all().map(|body| {
        let hint = "Level: states count as it in the engagements at whose time they were members";
        (body.members(), hint, C::Level(TieLevel::Members(body, false)))
    }));
    entries
}

/// What measurements belong to.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    document: usize,
    filter: Filter,
    window: Option<DayRange>,
    level: TieLevel,
    weight: TieWeight,
}

/// The communities of the whole period, by document and level, after which those of a window are
/// numbered.
#[derive(Clone, Debug)]
struct Whole {
    document: usize,
    level: TieLevel,
    community: Arc<Vec<u32>>,
}

/// What a task brings back.
type Answer = Option<(Key, Whole, Measures)>;

/// What has been measured, and what is being measured.
#[derive(Debug, Default)]
pub struct Measured {
    key: Option<Key>,
    /// The measures of the ties that are shown; those of a moment ago while others are in the
    /// making; `None` before the first.
    pub measures: Option<Arc<Measures>>,
    /// Counts up whenever they change.
    pub revision: u64,
    kept: Vec<(Key, Arc<Measures>)>,
    whole: Option<Whole>,
    task: Option<(Key, Arc<Progress>, Task<Answer>)>,
}

impl Measured {
    /// Whether the present ties are being measured.
    #[must_use]
    pub fn is_measuring(&self) -> bool {
        self.task.is_some()
    }

    fn take(&mut self, key: Key, whole: Whole, measures: Arc<Measures>) {
        self.kept.retain(|(other, _)| *other != key);
        self.kept.push((key.clone(), Arc::clone(&measures)));
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
        self.whole = Some(whole);
        self.show(key, measures);
    }

    fn show(&mut self, key: Key, measures: Arc<Measures>) {
        self.key = Some(key);
        self.measures = Some(measures);
        self.revision += 1;
    }
}

/// Measures ties, their communities numbered as those of the whole period.
fn measure(
    document: &Document,
    ties: &Ties,
    key: &Key,
    whole: Option<Whole>,
    go: &(dyn Fn() -> bool + Sync),
) -> Option<(Whole, Measures)> {
    let known = whole.filter(|it| (it.document, it.level) == (key.document, key.level));
    let whole = match known {
        Some(whole) => whole,
        None => {
            let index = document.tie_index(key.level);
            let all = index.ties(&document.columns, &document.all.rows, TieWeight::Shared);
            let community = Arc::new(Measures::communities_of(&all, go)?);
            Whole { document: key.document, level: key.level, community }
        }
    };
    let mut measures = Measures::new(ties, go)?;
    measures.community = matched(&measures.community, &whole.community);
    Some((whole, measures))
}

/// The measures of some rows at once, as figures need them.
#[must_use]
pub fn measured_now(
    document: &Document,
    ties: &Ties,
    options: &NetworkOptions,
) -> Option<Measures> {
    let key = Key {
        document: 0,
        filter: Filter::default(),
        window: None,
        level: options.level,
        weight: options.weight,
    };
    measure(document, ties, &key, None, &|| true).map(|(_, measures)| measures)
}

impl AppState {
    /// Carries out a command about how the network is read.
    pub(super) fn apply_network(&mut self, command: NetworkCommand) {
        let selected = match self.selection {
            Some(Target::Party(id)) => Some(id),
            _ => None,
        };
        if !matches!(command, NetworkCommand::Matrix(_) | NetworkCommand::PathFrom) {
            self.leave();
        }
        let options = &mut self.view.network_options;
        match command {
            NetworkCommand::Form(form) => {
                options.form = form;
                self.view.tab = MapTab::Network;
            }
            NetworkCommand::Level(level) => options.level = level,
            NetworkCommand::SizeBy(by) => options.size_by = by,
            NetworkCommand::Look { stated } => self.look(stated),
            NetworkCommand::ColorBy(by) => options.color_by = by,
            NetworkCommand::Layer(layer, shown) => options.show(layer, shown),
            NetworkCommand::ToggleLayer(layer) => options.show(layer, !options.shows(layer)),
            NetworkCommand::Top(top) => options.top = top,
            NetworkCommand::Ego(depth) => {
                let center = selected.or(options.ego.map(|(center, _)| center));
                options.ego = depth.and_then(|depth| Some((center?, depth.clamp(1, 3))));
            }
            NetworkCommand::PathFrom => self.path_from = selected,
            NetworkCommand::ClearPath => {
                options.path = None;
                self.path_from = None;
            }
            NetworkCommand::TableRows(rows) => {
                self.view.table_rows = rows;
                self.view.tab = MapTab::Table;
            }
            NetworkCommand::SortParties(column) => {
                let (old, descending) = self.view.party_sort;
                let names =
                    matches!(column, PartyColumn::Name | PartyColumn::Kind | PartyColumn::Owner);
                let turned = if old == column { !descending } else { !names };
                self.view.party_sort = (column, turned);
            }
            NetworkCommand::Matrix(camera) => options.matrix = camera,
        }
    }

    /// Takes places, sizes, colours and weights from the file, or makes them anew.
    fn look(&mut self, stated: bool) {
        let look = &self.document.look;
        let options = &mut self.view.network_options;
        let suited = self.document.network_options();
        if stated {
            options.color_by = suited.color_by;
            options.size_by = suited.size_by;
            options.weight = suited.weight;
        } else {
            let plain = NetworkOptions::suited(
                &self.document.dataset,
                &self.document.columns,
                self.document.all.facets.of(Dimension::Party),
                &StatedLook::default(),
            );
            options.color_by = plain.color_by;
            options.size_by = plain.size_by;
        }
        if !look.positions.is_empty() {
            self.apply_arrange(if stated { ArrangeCommand::Afresh } else { ArrangeCommand::Anew });
        }
    }

    /// Ends a way that was begun, when another party is selected. Returns whether it did.
    pub(super) fn end_path(&mut self, target: Option<Target>) -> bool {
        let (Some(from), Some(Target::Party(to))) = (self.path_from, target) else { return false };
        if from == to {
            return false;
        }
        self.leave();
        self.path_from = None;
        self.view.network_options.path = Some((from, to));
        self.selection = None;
        self.put(super::Pane::Details, true);
        true
    }

    /// The parties on the way that is asked for, among what is shown; empty when none leads there.
    #[must_use]
    pub fn way(&self) -> Option<&[PartyId]> {
        self.view.network_options.path.map(|_| self.way.1.as_slice())
    }

    /// The way is sought again when ties or ends have changed.
    pub(super) fn seek_way(&mut self) {
        let options = &self.view.network_options;
        let key = options.path.map(|ends| (ends, self.derived.shown_revision));
        if key == self.way.0 {
            return;
        }
        let path = options.path.and_then(|(from, to)| {
            let reading = self.reading();
            let graph = TieGraph::new(&self.derived.ties);
            shortest_path(&graph, reading.node(from), reading.node(to))
        });
        self.way = (key, path.unwrap_or_default());
    }

    /// The options of the network, with the question that the filter asks about uncertain dates.
    #[must_use]
    pub fn network_options(&self) -> NetworkOptions {
        self.view.network_options.asked(self.filter.matching)
    }

    /// How the network is read at present.
    #[must_use]
    pub fn reading(&self) -> Reading<'_> {
        let options = self.network_options();
        // While the index is in the making, the ties are still those of the level before.
        let ready = self.document.has_tie_index(options.level);
        Reading {
            options,
            measures: self.measured.measures.as_deref(),
            stated: Some(&self.document.look),
            roll_up: ready.then(|| self.document.tie_index(options.level).roll_up()),
            day: Some(if self.view.follow_window {
                self.view.window.range().to
            } else {
                self.document.extent.to
            }),
            core: None,
        }
    }

    /// Measures the ties that are shown, at once or in the background, when something shows what is
    /// measured.
    pub(super) fn measure(&mut self) {
        let options = self.network_options();
        let wanted = self.settings.map_open
            && match self.view.tab {
                MapTab::Network => options.needs_measures(),
                MapTab::Table => self.view.table_rows == TableRows::Parties,
                _ => false,
            };
        if !wanted || self.derived.is_counting() {
            return;
        }
        let key = Key {
            document: Arc::as_ptr(&self.document).addr(),
            filter: Filter { chosen: self.view.chosen.clone(), ..self.filter.clone() },
            window: self.view.follow_window.then(|| self.view.window.range()),
            level: options.level,
            weight: options.weight,
        };
        let measured = &mut self.measured;
        if measured.key.as_ref() == Some(&key) {
            return;
        }
        if let Some((_, measures)) = measured.kept.iter().find(|(other, _)| *other == key) {
            let measures = Arc::clone(measures);
            measured.show(key, measures);
            return;
        }
        if let Some((other, progress, _)) = &measured.task {
            if *other != key {
                progress.cancel();
            }
            return;
        }
        // Values of another document mean nothing.
        if measured.key.as_ref().is_some_and(|old| old.document != key.document) {
            measured.measures = None;
        }
        let (document, ties) = (Arc::clone(&self.document), Arc::clone(&self.derived.ties));
        let whole = measured.whole.clone();
        if Measures::is_quick(&ties) && document.columns.len() < 20_000 {
            if let Some((whole, measures)) = measure(&document, &ties, &key, whole, &|| true) {
                measured.take(key, whole, Arc::new(measures));
            }
            return;
        }
        let progress = Arc::new(Progress::default());
        let task = {
            let (key, progress) = (key.clone(), Arc::clone(&progress));
            Task::start("measures", &self.waker, move || {
                let go = || !progress.is_cancelled();
                let answer = apart_for_long(|| measure(&document, &ties, &key, whole, &go));
                answer.map(|(whole, measures)| (key, whole, measures))
            })
        };
        self.measured.task = Some((key, progress, task));
    }

    /// Takes up what has been measured. Returns whether there was anything.
    pub(super) fn poll_measures(&mut self) -> bool {
        let answer = self.measured.task.as_ref().and_then(|(_, _, task)| task.poll());
        let Some(answer) = answer else { return false };
        self.measured.task = None;
        if let Ok(Some((key, whole, measures))) = answer {
            self.measured.take(key, whole, Arc::new(measures));
        }
        self.measure();
        true
    }
}
