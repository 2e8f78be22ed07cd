//! Questions to a dataset: filters, facets with counts, histograms, ties and text search.
//!
//! All of them run over [`Columns`], a columnar copy of the dataset, and none allocates per
//! engagement and frame.

mod accounts;
mod begins;
mod calendar;
mod chosen;
mod columns;
mod compare;
mod conditions;
mod days;
mod evaluate;
mod extent;
mod facets;
mod filter;
mod flows;
mod fold;
mod graph;
mod haystack;
mod histogram;
mod lane_look;
mod lane_order;
mod lanes;
mod members;
mod panels;
mod places;
mod postings;
mod pyramid;
#[allow(clippy::module_inception)]
mod query;
mod ranges;
mod roll_up;
mod rows;
mod search;
mod sides;
mod standing;
mod stretches;
mod tally;
mod ties;
mod tokens;
mod words;

pub use calendar::calendar_edges;
pub use chosen::Chosen;
pub use columns::{Columns, Csr, Spread};
pub use compare::{ChangedTie, Comparison, SAME, TieChange, common_days, other_days, rows_within};
pub use days::{day_set, day_set_text, day_set_words};
pub use evaluate::{Hits, evaluate};
pub use facets::{Dimension, FacetCounts};
pub use filter::{Filter, Match};
pub use flows::{Flow, Flows, Home, Homes, flows};
pub use graph::{Measure, Measures, TieGraph, matched, reach, shortest_path};
pub use histogram::{Bin, Histogram, histogram, histogram_among};
pub use lane_look::{LaneLook, lane_key, lane_with_key};
pub use lane_order::{LaneOrder, order_lanes};
pub use lanes::{LaneBy, LaneKey, LaneRows, lane_count, lane_label, lanes};
pub use members::{Body, state_of};
pub use panels::{Basis, Panel, Panels};
pub use places::{PlaceCount, PlaceCounts, Tour, place_counts};
pub use pyramid::{Pyramid, Tally};
pub use query::Query;
pub use ranges::Ranges;
pub use roll_up::{RollUp, TieLevel, owner};
pub use rows::{RowSet, Rows};
pub use search::{Found, SearchHit, SearchHits, search};
pub use standing::{Standing, levels_within};
pub use stretches::{
    CalendarStep, MOST_PERIODS, Period, calendar_parts, equal_parts, months_later, periods,
    stretch_before, year_earlier,
};
pub use ties::{TIE_PARTIES, Tie, TieCounter, TieIndex, TieList, TieWeight, Ties, ties};
use words::SearchIndex;
