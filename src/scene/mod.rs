//! The display list: what is drawn, in points, with no knowledge of where it will be painted.
//!
//! [`Scene`] and its [`Item`]s are painted by the window and written by `export`; both show the
//! same. Builders make scenes from query results: [`timeline`], [`overview`], [`network`],
//! [`map`], [`change`], [`legend`]; [`figure`] composes one with title, legend and notes for print.

pub mod change;
mod color;
mod entries;
pub mod figure;
pub mod fonts;
mod geometry;
mod item;
mod leader;
pub mod legend;
mod lines;
pub mod map;
pub mod network;
pub mod overview;
pub mod text;
pub mod timeline;
mod tokens;

pub use color::Color;
pub use geometry::{Point, Rect};
pub use item::{Glyph, Hit, Item, Mark, PathSegment, Role, Scene, Stroke, TextRun};
pub use tokens::{Theme, Tokens};
