//! Démarche: dated diplomatic engagements as an interactive timeline and a partnership map.
//!
//! A file becomes a dataset and a report of what could not be understood; a filter lets some of its
//! engagements through; geometry places them; a display list says what is drawn; and that one list is
//! painted in the window and written to files. Each layer uses those to its left only, and
//! `tests/layers.rs` holds them to it:
//!
//! `model ← formats ← query ← layout ← scene ← export ← app, ui`
//!
//! | module | what it is | what it never does |
//! | --- | --- | --- |
//! | [`model`] | engagements, parties, partnerships, places, sources; dates with four bounds; the immutable dataset; the checker that finds statements which cannot all be true; all of these in words | read a file, know a format or a pixel |
//! | [`formats`] | bytes to a dataset and a report, and back: `demarche/1`, tables, event exports; what a file is; the gazetteer that fills in places; invented data of any size | panic, or lose a row without a word |
//! | [`query`] | the dataset in columns; filters, facets with counts, histograms, lanes, ties, search | change the dataset |
//! | [`layout`] | geometry alone: time scale and calendar ticks, packing of lanes, labels, network, projections and basemaps | draw |
//! | [`scene`] | the display list and what composes it: timeline, network, map, overview, legend, whole figures; text, colours and sizes | know where it will be painted |
//! | [`export`] | a figure as SVG, PDF, PNG or HTML | place anything |
//! | [`app`] | the state, the commands and the only place that applies them; background tasks, dialogs, settings, snapshots | paint |
//! | [`ui`] | panels and views, which read the state and send commands; scenes as shapes of egui | change the state |
//! | [`cli`] | arguments to validated options; the window or one headless command; exit codes | compute anything of its own |
//!
//! To find one's way: [`model::Dataset`] is what everything reads, [`query::Filter`] what restricts it,
//! [`scene::Scene`] what is drawn, [`app::Command`] everything that a user can do, and
//! [`app::AppState`] all there is to know about a window. The same input gives the same bytes on every
//! machine: nothing depends on the clock, on the order of a hash map or on the fonts of a system.
#![warn(missing_docs)]

pub mod app;
pub mod cli;
pub mod export;
pub mod formats;
pub mod layout;
pub mod model;
pub mod query;
pub mod scene;
pub mod ui;
