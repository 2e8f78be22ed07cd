//! The native format `demarche/1`: a JSON document that holds everything a dataset can say, or the
//! same in JSON Lines.

pub mod document;
mod lines;
mod locate;
mod read;
mod resolve;
mod schema;
mod write;

pub(crate) use read::read;
pub use schema::schema;
pub use write::{document, write, write_lines, write_to};
