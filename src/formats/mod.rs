//! File formats: bytes to a [`Dataset`](crate::model::Dataset) with a [`Report`], and back.
//!
//! One module per format. No input makes a reader panic, and no row is dropped without a line in
//! the report.

mod batch;
mod blocks;
pub mod builder;
mod cameo;
mod detect;
pub mod encoding;
pub mod gazetteer;
mod gdelt;
pub mod generate;
mod icews;
pub mod native;
pub mod network;
mod open;
mod progress;
mod report;
mod save;
pub mod table;
mod unpack;

pub use builder::DatasetBuilder;
pub use network::NetworkLook;
use open::Bytes;
pub use open::{OpenError, OpenOptions, Opened, open, read};
pub use progress::Progress;
pub use report::{Location, Problem, Report, Severity};
pub use save::{SaveError, write, write_file};
