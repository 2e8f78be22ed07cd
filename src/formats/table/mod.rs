//! Tables (CSV, TSV and their relatives): one engagement a row.

mod asked;
mod build;
mod cells;
mod chunks;
mod dates;
mod group;
mod guess;
mod headings;
mod mapping;
mod merge;
mod plan;
mod read;
mod records;
mod write;

pub use mapping::{Column, ColumnRole, DayOrder, Mapping};
pub use read::read;
pub(super) use read::read_bytes;
pub use write::{write, write_some, write_to};
