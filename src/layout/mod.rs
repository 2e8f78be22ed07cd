//! Pure geometry: where things go, in numbers. Nothing here draws.

pub mod camera;
pub mod network;
pub mod placement;
