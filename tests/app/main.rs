//! The app driven by labels, as a person or a screen reader would: what it does, and what it says
//! when something is wrong.

mod driver;
mod explore;
mod export;
mod files;
mod filter;
mod read;
