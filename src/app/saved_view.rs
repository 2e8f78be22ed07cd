//! A view as JSON: what was let through and looked at, by the keys of the data, so that it can be
//! opened again on the same data or on a later version of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ChangeView, MapTab, SavedLanes, SavedReading, TableRows, TimeWindow, figure_data};
use crate::export::VIEW_FORMAT;
use crate::layout::basemap::Basemap;
use crate::model::{
    ClassId, Dataset, Day, DayRange, EngagementId, Evidence, KindId, PartnershipId, PartyId,
    PlaceId, SourceId, Status, TopicId, When,
};
use crate::query::{Body, Filter, LaneBy, LaneLook, LaneOrder, Match};
use crate::scene::network::NetworkOptions;
use crate::scene::{Theme, map::MapOptions};

/// The data that a view shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewData {
    /// The name of the file, without its folder: figures travel, and folders are nobody's business.
    pub file: String,
    /// The SHA-256 of the file, in 64 hexadecimal digits.
    pub sha256: String,
    /// A short mark of what is said of each engagement, by its key; none for large data.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, String>,
    /// The data itself, where the figure was asked to carry it: `demarche/1`, deflated, in base 64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packed: Option<String>,
}

/// A filter by keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedFilter {
    /// Ranges of days as `YYYY-MM-DD`, first and last; `null` where open.
    pub when: Vec<[Option<String>; 2]>,
    /// Which question is asked of them.
    pub matching: Match,
    /// Keys of kinds.
    pub kinds: Vec<String>,
    /// Classes of kinds, by name; left out where none is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Keys of partnerships.
    pub partnerships: Vec<String>,
    /// Keys of parties.
    pub parties: Vec<String>,
    /// Bodies of which a party was a member at the time, by abbreviation; left out where none is
    /// asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Keys of places; left out where none is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Keys of topics.
    pub topics: Vec<String>,
    /// Keys of sources.
    pub sources: Vec<String>,
    /// Degrees of evidence.
    pub evidence: BTreeSet<Evidence>,
    /// States of affairs.
    pub statuses: BTreeSet<Status>,
    /// Whether only engagements pass whose sources disagree on the date.
    pub disputed_only: bool,
    /// Words that must occur.
    pub text: String,
}

/// A view that was saved, alone or in a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedView {
    /// Always [`VIEW_FORMAT`].
    pub format: String,
    /// What the user calls it; empty in figures.
    #[serde(default)]
    pub name: String,
    /// The data that it shows.
    #[serde(default)]
    pub data: ViewData,
    /// What is let through.
    #[serde(default)]
    pub filter: SavedFilter,
    /// The stretch of time that the timeline shows; all of it when absent.
    #[serde(default)]
    pub window: Option<TimeWindow>,
    /// What the lanes stand for.
    #[serde(default)]
    pub lanes: LaneBy,
    /// In which order they stand.
    #[serde(default)]
    pub lane_order: LaneOrder,
    /// What was done to them; left out where nothing was.
    #[serde(default, skip_serializing_if = "SavedLanes::is_plain")]
    pub lane_look: SavedLanes,
    /// What the lower pane shows.
    #[serde(default)]
    pub tab: MapTab,
    /// How the network is read.
    #[serde(default)]
    pub reading: SavedReading,
    /// Which outlines the map shows.
    #[serde(default)]
    pub basemap: Basemap,
    /// What the map shows besides, and how.
    #[serde(default)]
    pub map: MapOptions,
    /// What the Change tab shows; left out where nothing was chosen there.
    #[serde(default, skip_serializing_if = "unchosen")]
    pub change: ChangeView,
    /// The colours of the figure.
    #[serde(default)]
    pub theme: Theme,
    /// Where parties of the network were dragged to, by key.
    #[serde(default)]
    pub moved: BTreeMap<String, [f64; 2]>,
    /// Which parties of the network are pinned to their place, by key.
    #[serde(default)]
    pub pinned: BTreeSet<String>,
    /// Which claim the reader has chosen where sources disagree, by key of the engagement; claims
    /// are counted from 0.
    #[serde(default)]
    pub chosen: BTreeMap<String, usize>,
}

/// What a view is made of, by the ids of one dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewParts {
    /// What is let through.
    pub filter: Filter,
    /// The stretch of time that the timeline shows.
    pub window: Option<TimeWindow>,
    /// What the lanes stand for.
    pub lanes: LaneBy,
    /// In which order they stand.
    pub lane_order: LaneOrder,
    /// What was done to them.
    pub lane_look: LaneLook,
    /// What the lower pane shows.
    pub tab: MapTab,
    /// How the network is read.
    pub network: NetworkOptions,
    /// What the table lists.
    pub table_rows: TableRows,
    /// Which outlines the map shows.
    pub basemap: Basemap,
    /// What the map shows besides, and how.
    pub map: MapOptions,
    /// What the Change tab shows.
    pub change: ChangeView,
    /// The colours of the figure.
    pub theme: Theme,
    /// Where parties of the network were dragged to.
    pub moved: BTreeMap<PartyId, [f64; 2]>,
    /// Which parties of the network are pinned.
    pub pinned: BTreeSet<PartyId>,
    /// Which claims the reader has chosen, by position among the engagement's dates.
    pub chosen: BTreeMap<EngagementId, usize>,
}

/// Whether nothing was chosen in the Change tab.
fn unchosen(change: &ChangeView) -> bool {
    *change == ChangeView::default()
}

impl SavedView {
    /// A view of a dataset. `file` is the name of the data's file without its folder, `sha256` its
    /// checksum.
    #[must_use]
    pub fn new(dataset: &Dataset, parts: &ViewParts, file: &str, sha256: &str) -> Self {
        let filter = &parts.filter;
        let iso = |day: Day, open: i32| (day.0 != open).then(|| day.iso());
        Self {
            format: VIEW_FORMAT.to_owned(),
            name: String::new(),
            data: ViewData {
                file: file.to_owned(),
                sha256: sha256.to_owned(),
                marks: figure_data::marks(dataset),
                packed: None,
            },
            filter: SavedFilter {
                when: filter
                    .when
                    .iter()
                    // A range that ends before it begins is no day at all.
                    .map(|range| match *range {
                        DayRange::NEVER => [Some(Day(1).iso()), Some(Day(0).iso())],
                        range => [iso(range.from, i32::MIN), iso(range.to, i32::MAX)],
                    })
                    .collect(),
                matching: filter.matching,
                kinds: keys(&filter.kinds, |id| &dataset.kind(id).key),
                classes: keys(&filter.classes, |id| dataset.class(id)),
                partnerships: keys(&filter.partnerships, |id| &dataset.partnership(id).key),
                parties: keys(&filter.parties, |id| &dataset.party(id).key),
                members: keys(&filter.members, Body::label),
                places: keys(&filter.places, |id| &dataset.place(id).key),
                topics: keys(&filter.topics, |id| &dataset.topic(id).key),
                sources: keys(&filter.sources, |id| &dataset.source(id).key),
                evidence: filter.evidence.clone(),
                statuses: filter.statuses.clone(),
                disputed_only: filter.disputed_only,
                text: filter.text.clone(),
            },
            window: parts.window,
            lanes: parts.lanes,
            lane_order: parts.lane_order,
            lane_look: SavedLanes::new(dataset, parts.lanes, &parts.lane_look),
            change: parts.change.clone(),
            tab: parts.tab,
            reading: SavedReading::new(dataset, &parts.network, parts.table_rows),
            basemap: parts.basemap,
            map: parts.map.clone(),
            theme: parts.theme,
            moved: parts
                .moved
                .iter()
                .map(|(&id, &to)| (dataset.party(id).key.to_string(), to))
                .collect(),
            pinned: parts.pinned.iter().map(|&id| dataset.party(id).key.to_string()).collect(),
            chosen: parts
                .chosen
                .iter()
                .map(|(&id, &claim)| (dataset.engagement(id).key.to_string(), claim))
                .collect(),
        }
    }

    /// Reads a view.
    ///
    /// # Errors
    /// When the text is not a view, or one of a later kind; the message says which.
    pub fn parse(json: &str) -> Result<Self, String> {
        let view: Self = serde_json::from_str(json)
            .map_err(|error| format!("this is not a saved view: {error}"))?;
        if view.format != VIEW_FORMAT {
            return Err(format!(
                "this view was saved as {:?}, and this version reads {VIEW_FORMAT:?}",
                view.format
            ));
        }
        Ok(view)
    }

    /// The view as JSON in one line, the same for the same view.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What the view is made of in a dataset, and the keys in it that the dataset does not have.
    #[must_use]
    pub fn parts(&self, dataset: &Dataset) -> (ViewParts, Vec<String>) {
        let saved = &self.filter;
        let mut unknown = Vec::new();
        let mut when = Vec::new();
        for [from, to] in &saved.when {
            let mut day = |text: &Option<String>, open: i32| match text {
                None => Some(Day(open)),
                Some(text) => {
                    let day = When::parse(text).ok().and_then(|when| {
                        let span = when.span();
                        if open < 0 { span.earliest_start.day() } else { span.latest_end.day() }
                    });
                    if day.is_none() {
                        unknown.push(format!("date {text}"));
                    }
                    day
                }
            };
            if let (Some(from), Some(to)) = (day(from, i32::MIN), day(to, i32::MAX)) {
                when.push(if from <= to { DayRange { from, to } } else { DayRange::NEVER });
            }
        }
        let filter = Filter {
            // Chosen claims belong to the view, which hands them to the filter.
            chosen: BTreeMap::new(),
            when,
            matching: saved.matching,
            kinds: ids(
                "kind",
                &saved.kinds,
                dataset.kinds().iter().map(|one| &*one.key),
                KindId::at,
                &mut unknown,
            ),
            classes: ids(
                "class",
                &saved.classes,
                dataset.classes().iter().map(|one| &**one),
                ClassId::at,
                &mut unknown,
            ),
            partnerships: ids(
                "partnership",
                &saved.partnerships,
                dataset.partnerships().iter().map(|one| &*one.key),
                PartnershipId::at,
                &mut unknown,
            ),
            parties: ids(
                "party",
                &saved.parties,
                dataset.parties().iter().map(|one| &*one.key),
                PartyId::at,
                &mut unknown,
            ),
            members: saved
                .members
                .iter()
                .filter_map(|name| {
                    let body = Body::named(name);
                    if body.is_none() {
                        unknown.push(format!("body {name}"));
                    }
                    body
                })
                .collect(),
            places: ids(
                "place",
                &saved.places,
                dataset.places().iter().map(|one| &*one.key),
                PlaceId::at,
                &mut unknown,
            ),
            topics: ids(
                "topic",
                &saved.topics,
                dataset.topics().iter().map(|one| &*one.key),
                TopicId::at,
                &mut unknown,
            ),
            sources: ids(
                "source",
                &saved.sources,
                dataset.sources().iter().map(|one| &*one.key),
                SourceId::at,
                &mut unknown,
            ),
            evidence: saved.evidence.clone(),
            statuses: saved.statuses.clone(),
            disputed_only: saved.disputed_only,
            text: saved.text.clone(),
        };
        let (mut moved, mut pinned) = (BTreeMap::new(), BTreeSet::new());
        for (at, party) in dataset.parties().iter().enumerate() {
            if let Some(&[x, y]) = self.moved.get(&*party.key)
                && x.is_finite()
                && y.is_finite()
            {
                moved.insert(PartyId::at(at), [x, y]);
            }
            if self.pinned.contains(&*party.key) {
                pinned.insert(PartyId::at(at));
            }
        }
        let mut chosen = BTreeMap::new();
        if !self.chosen.is_empty() {
            for id in dataset.engagement_ids() {
                let engagement = dataset.engagement(id);
                if let Some(&claim) = self.chosen.get(&*engagement.key)
                    && claim < engagement.dates.len()
                {
                    chosen.insert(id, claim);
                }
            }
        }
        let window = self
            .window
            .filter(|window| window.from.is_finite() && window.to.is_finite())
            .map(|window| TimeWindow::new(window.from, window.to));
        let network = self.reading.options(dataset, &mut unknown);
        let parts = ViewParts {
            filter,
            window,
            lanes: self.lanes,
            lane_order: self.lane_order,
            lane_look: self.lane_look.look(dataset, self.lanes, &mut unknown),
            change: self.change.clone(),
            tab: self.tab,
            network,
            table_rows: self.reading.table,
            basemap: self.basemap,
            map: self.map.clone(),
            theme: self.theme,
            moved,
            pinned,
            chosen,
        };
        (parts, unknown)
    }
}

impl super::AppState {
    /// What the present view is made of.
    #[must_use]
    pub fn view_parts(&self) -> ViewParts {
        ViewParts {
            filter: self.filter.clone(),
            window: Some(self.view.window),
            lanes: self.view.lanes,
            lane_order: self.view.lane_order,
            lane_look: self.view.lane_look().clone(),
            change: self.view.change.clone(),
            tab: self.view.tab,
            network: self.view.network_options,
            table_rows: self.view.table_rows,
            basemap: self.settings.basemap,
            map: self.view.map.clone(),
            theme: Theme::default(),
            moved: self.moved.clone(),
            pinned: self.layout.pinned.clone(),
            chosen: self.view.chosen.clone(),
        }
    }
}

fn keys<'a, T: Copy>(ids: &BTreeSet<T>, key: impl Fn(T) -> &'a str) -> Vec<String> {
    ids.iter().map(|&id| key(id).to_owned()).collect()
}

fn ids<'a, T: Ord>(
    what: &str,
    wanted: &[String],
    all: impl Iterator<Item = &'a str>,
    id: impl Fn(usize) -> T,
    unknown: &mut Vec<String>,
) -> BTreeSet<T> {
    if wanted.is_empty() {
        return BTreeSet::new();
    }
    let all: BTreeMap<&str, usize> = all.enumerate().map(|(at, key)| (key, at)).collect();
    let mut found = BTreeSet::new();
    for key in wanted {
        match all.get(key.as_str()) {
            Some(&at) => {
                found.insert(id(at));
            }
            None => unknown.push(format!("{what} {key}")),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Document;
    use crate::layout::projection::Shape;
    use crate::query::LaneKey;
    use crate::scene::map::{Lines, Names, Seen};

    fn parts(dataset: &Dataset) -> ViewParts {
        let disputed = dataset.engagement_ids().find(|&id| dataset.engagement(id).dates.len() > 1);
        ViewParts {
            filter: Filter {
                when: vec![
                    DayRange::new(Day(i32::MIN), Day(19_000)),
                    DayRange::new(Day(19_500), Day(20_000)),
                ],
                matching: Match::Certainly,
                kinds: [KindId::at(1)].into(),
                parties: [PartyId::at(0), PartyId::at(3)].into(),
                evidence: [Evidence::Stated].into(),
                statuses: [Status::Held].into(),
                text: "កម្ពុជា \"<&>\" \u{202E}\n".to_owned(),
                disputed_only: true,
                ..Filter::default()
            },
            window: Some(TimeWindow::new(1.0 / 3.0, 20_000.1)),
            lanes: LaneBy::Party,
            lane_order: LaneOrder::Last,
            lane_look: LaneLook {
                pinned: [LaneKey::Id(2)].into(),
                all_folded: true,
                otherwise: [LaneKey::Id(0), LaneKey::None].into(),
                search: "lao".to_owned(),
            },
            change: ChangeView {
                against: crate::app::Against::Chosen,
                first: "2009–2014".to_owned(),
                ..ChangeView::default()
            },
            tab: MapTab::Table,
            network: NetworkOptions {
                level: crate::query::TieLevel::State,
                color_by: crate::scene::network::ColorBy::Community,
                top: 77,
                ego: Some((PartyId::at(1), 2)),
                path: Some((PartyId::at(0), PartyId::at(3))),
                ..NetworkOptions::default()
            },
            table_rows: TableRows::Parties,
            basemap: Basemap::default(),
            map: MapOptions {
                projection: Shape::Globe,
                center: Some([12.5, 105.0]),
                seen: Some(Seen { center: [0.0, 0.1], extent: [0.5, 0.25] }),
                fit_shown: true,
                lines: Lines::Flows,
                most: 7,
                names: Names::Local,
                home: Some("USA".to_owned()),
            },
            theme: Theme::Dark,
            moved: [(PartyId::at(2), [0.1, -7.25])].into(),
            pinned: [PartyId::at(2)].into(),
            chosen: disputed.map(|id| (id, 1)).into_iter().collect(),
        }
    }

    #[test]
    fn a_view_survives_being_saved() {
        let document = Document::built_in().unwrap();
        let parts = parts(&document.dataset);
        assert!(!parts.chosen.is_empty());
        let saved = SavedView::new(&document.dataset, &parts, "a.json", "00");
        let read = SavedView::parse(&saved.json()).unwrap();
        assert_eq!(read, saved);
        let (again, unknown) = read.parts(&document.dataset);
        assert_eq!(again, parts);
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn what_the_data_does_not_have_is_named() {
        let document = Document::built_in().unwrap();
        let mut saved = SavedView::new(&document.dataset, &ViewParts::default(), "", "");
        saved.filter.parties = vec!["usa-2".to_owned(), "usa".to_owned()];
        saved.filter.when = vec![[Some("someday".to_owned()), None]];
        saved.chosen.insert("no-such".to_owned(), 0);
        let (parts, unknown) = saved.parts(&document.dataset);
        assert!(unknown.contains(&"party usa-2".to_owned()), "{unknown:?}");
        assert!(unknown.contains(&"date someday".to_owned()), "{unknown:?}");
        assert!(parts.filter.when.is_empty() && parts.chosen.is_empty());
    }

    #[test]
    fn what_is_no_view_is_refused_in_words() {
        assert!(SavedView::parse("{}").unwrap_err().contains("not a saved view"));
        assert!(SavedView::parse("nonsense").is_err());
        let later = r#"{"format":"demarche-view/9"}"#;
        assert!(SavedView::parse(later).unwrap_err().contains("demarche-view/9"));
        let least = r#"{"format":"demarche-view/1","later":1}"#;
        assert_eq!(SavedView::parse(least).unwrap().window, None);
    }
}
