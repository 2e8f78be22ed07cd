//! Questions to a dataset: filters, facets with counts, histograms, ties and text search.
//!
//! All of them run over [`Columns`], a columnar copy of the dataset, and none allocates per
//! engagement and frame.

mod columns;
mod evaluate;
mod facets;
mod filter;
mod histogram;
mod lanes;
mod ties;

pub use columns::{Columns, Csr, Spread};
pub use evaluate::{Hits, evaluate};
pub use facets::{Dimension, FacetCounts};
pub use filter::{Filter, Match};
pub use histogram::{Bin, Histogram, histogram};
pub use lanes::{LaneBy, LaneKey, LaneRows, lanes};
pub use ties::{Tie, TieWeight, Ties, ties};
