//! Tables (CSV, TSV and their relatives): one engagement a row.

mod build;
mod cells;
mod dates;
mod guess;
mod mapping;
mod read;
mod records;

pub use mapping::{Column, ColumnRole, DayOrder, Mapping};
pub use read::read;
