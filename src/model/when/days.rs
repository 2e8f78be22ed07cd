//! Single days, each told once for the whole program.
//!
//! Most dates are a day of the last hundred years. A million engagements on some ten thousand days
//! need no copies of them and no counts of who holds which.

use std::sync::OnceLock;

use super::{Precision, Span, Told};
use crate::model::Day;

/// The first of these days: 1900-01-01.
const FIRST: i32 = -25_567;

/// How many days are told at a time.
const BLOCK: usize = 512;

/// Blocks of days as they are asked for, up to 2074.
static BLOCKS: [OnceLock<Box<[Told]>>; 125] = [const { OnceLock::new() }; 125];

/// What is told of a day, where it is one of these.
pub(super) fn told(day: Day) -> Option<&'static Told> {
    let at = usize::try_from(i64::from(day.0) - i64::from(FIRST)).ok()?;
    let block = BLOCKS.get(at / BLOCK)?.get_or_init(|| {
        let first = FIRST + (at / BLOCK * BLOCK) as i32;
        (0..BLOCK as i32).map(|more| point(Day(first + more))).collect()
    });
    block.get(at % BLOCK)
}

/// A single known day.
pub(super) fn point(day: Day) -> Told {
    Told::point(day.iso().into(), Precision::Day, Span::day(day))
}
