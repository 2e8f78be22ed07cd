//! Pure geometry: where things go, in numbers. Nothing here draws.

pub mod basemap;
pub mod camera;
pub mod globe;
pub mod ground;
pub mod network;
pub mod packing;
pub mod placement;
pub mod projection;
pub mod sphere;
pub mod ticks;
mod time_scale;

pub use time_scale::TimeScale;
