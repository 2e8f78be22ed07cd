//! What the Change tab shows, counted: two stretches of time compared, or several side by side,
//! with those who may be drawn of them.

use std::sync::Arc;

use crate::app::{Document, Windows};
use crate::model::{DayRange, PartyId};
use crate::query::{Basis, Comparison, Filter, Hits, Panels, Period, TieCounter, Ties};
use crate::scene::change;
use crate::scene::network::{Core, NetworkOptions, Reading};

/// Who is drawn of what is counted, and as whom: the same whatever stretches of time are chosen, so
/// that nobody comes and goes with a window but by what is done in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// At what level parties count, how ties are weighed, how many are drawn, and which layers.
    pub options: NetworkOptions,
    /// The parties that are drawn where there are too many to draw all.
    pub core: Option<Arc<Core>>,
}

impl Cast {
    /// Those of the network as it is read at present, among all that passes the filter.
    #[must_use]
    pub fn of(document: &Document, basis: &Basis<'_>, options: &NetworkOptions) -> Self {
        let options = Self::options(options);
        let core = (document.dataset.parties().len() > Core::ALL)
            .then(|| Core::of(&basis.ties(&basis.rows_of_filter()), options.drawn_ties()))
            .flatten();
        Self { options, core: core.map(Arc::new) }
    }

    /// What of the options of a network matters here: sizes say how often parties engage, and
    /// colours what changed or to whom they belong.
    #[must_use]
    pub fn options(of: &NetworkOptions) -> NetworkOptions {
        NetworkOptions {
            level: of.level,
            weight: of.weight,
            top: of.top,
            partnerships: of.partnerships,
            part_of: of.part_of,
            directions: of.directions,
            ..NetworkOptions::default()
        }
    }

    /// What is drawn of a comparison: the ties between these, and some others whom the reader asks
    /// about.
    #[must_use]
    pub fn drawn(&self, comparison: &Comparison, others: &[PartyId]) -> Ties {
        let Some(core) = &self.core else { return comparison.drawn() };
        let mut drawn = vec![false; comparison.parties.len()];
        for party in core.parties().iter().chain(others) {
            if let Some(drawn) = drawn.get_mut(party.index()) {
                *drawn = true;
            }
        }
        comparison.drawn_among(&|party| drawn.get(party.index()) == Some(&true))
    }

    /// Whether a party is among these.
    #[must_use]
    pub fn has(&self, party: PartyId) -> bool {
        let core = self.core.as_ref();
        core.is_none_or(|core| core.parties().binary_search(&party).is_ok())
    }

    /// How it is drawn.
    #[must_use]
    pub fn reading<'a>(&'a self, document: &'a Document) -> Reading<'a> {
        Reading {
            options: self.options,
            roll_up: Some(document.tie_index(self.options.level).roll_up()),
            core: self.core.as_deref(),
            ..Reading::default()
        }
    }
}

/// Two stretches of time, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The stretches.
    pub windows: Windows,
    /// What differs.
    pub comparison: Comparison,
    /// What is drawn of it: [`Cast::drawn`].
    pub drawn: Ties,
    /// How many ties there are of each change: [`Comparison::counts`].
    pub counts: [usize; 5],
    /// What differs, in a sentence.
    pub sentence: String,
    /// Who is drawn.
    pub cast: Cast,
}

impl Compared {
    /// Compares two stretches of time; the counters know what was compared before.
    #[must_use]
    pub fn new(
        basis: &Basis<'_>,
        windows: Windows,
        extent: DayRange,
        cast: Cast,
        counters: &mut [TieCounter; 2],
    ) -> Self {
        let days = [&windows.days[0][..], &windows.days[1]];
        let comparison = Comparison::of(basis, days, extent, counters);
        let sentence = change::sentence(&comparison, [&windows.names[0], &windows.names[1]]);
        let (drawn, counts) = (cast.drawn(&comparison, &[]), comparison.counts());
        Self { windows, comparison, drawn, counts, sentence, cast }
    }
}

/// Several stretches of time, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Divided {
    /// The stretches.
    pub panels: Panels,
    /// Who is drawn.
    pub cast: Cast,
}

impl Divided {
    /// Counts each period.
    #[must_use]
    pub fn new(basis: &Basis<'_>, periods: &[Period], cast: Cast) -> Self {
        Self { panels: Panels::new(basis, periods), cast }
    }
}

/// What windows of a document are cut out of, under a filter whose answer is `hits`; ties count as
/// the options of its network say.
#[must_use]
pub fn basis<'a>(
    document: &'a Document,
    filter: &'a Filter,
    hits: &'a Hits,
    options: &NetworkOptions,
) -> Basis<'a> {
    Basis {
        columns: &document.columns,
        chosen: &hits.chosen,
        rows: &hits.rows_any_time,
        when: &filter.when,
        matching: filter.matching,
        index: document.tie_index(options.level),
        weight: options.weight,
    }
}
