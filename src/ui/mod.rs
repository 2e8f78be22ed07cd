//! Panels and views: they read the state and push commands.

mod activity;
mod arrange;
mod change;
mod details;
mod divider;
mod filters;
mod findings;
mod geography;
mod input;
mod lanes;
mod map_pane;
mod map_tools;
mod marks;
mod network;
mod network_tools;
mod notice;
mod off_map;
mod overlays;
mod paint;
mod panel_toggles;
mod parties;
mod picture;
mod play;
mod rows;
mod run;
mod saved_views;
mod status_bar;
mod table;
mod theme;
mod timeline;
mod top_bar;
mod widgets;
mod window;

pub use run::{Renderer, RunError, RunOptions, run};
pub use window::Window;
