//! The app driven by labels, as a person or a screen reader would: what it does, and what it says
//! when something is wrong.

// In a test, an unwrap is an assertion.
#![allow(clippy::unwrap_used)]

mod change;
mod copy;
mod driver;
mod explore;
mod export;
mod files;
mod filter;
mod geography;
mod lanes;
mod network;
mod reachable;
mod read;
mod reopen;
mod room;
mod saved_views;
