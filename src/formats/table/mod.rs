//! Tables (CSV, TSV and their relatives): one engagement a row.

mod mapping;

pub use mapping::{Column, ColumnRole, DayOrder, Mapping};
