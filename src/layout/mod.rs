//! Pure geometry: where things go, in numbers. Nothing here draws.
