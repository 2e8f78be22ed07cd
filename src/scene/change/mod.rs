//! What changed over time: two stretches in one network, several side by side, and the levels of
//! partnerships.
//!
//! The network of two stretches is drawn by [`network`](crate::scene::network) itself
//! ([`NetworkSpec::changes`](crate::scene::network::NetworkSpec)); here are its legend, its table
//! and what it says in words, the panels, and the strip of levels.

mod legend;
mod levels;
mod panels;
mod table;
mod words;

pub use legend::legend;
pub use levels::{LevelsScene, LevelsSpec, levels, shown_partnerships};
pub use panels::{PanelsScene, PanelsSpec, panels};
pub use table::{TableSpec, listed, table};
pub use words::{party_sentence, remarks, sentence};
