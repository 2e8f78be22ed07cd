//! Démarche: dated diplomatic engagements as an interactive timeline and a partnership map.
//!
//! The layers, each using only those to its left (`tests/layers.rs` holds them to it):
//!
//! `model ← formats ← query ← layout ← scene ← export ← app, ui`
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
