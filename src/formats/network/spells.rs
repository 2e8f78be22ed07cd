//! When something was going on, as stretches of days: all that network formats can say of time.

use crate::model::{Day, Engagement, When};

/// A stretch of days, both ends included; `i32::MIN` and `i32::MAX` stand for no end.
pub(super) type Spell = (i32, i32);

/// The days on which an engagement may have taken place, by any of its date claims.
pub(super) fn of_engagement(engagement: &Engagement, spells: &mut Vec<Spell>) {
    for claim in &engagement.dates {
        of_when(&claim.when, spells);
    }
}

/// The days of a date.
pub(super) fn of_when(when: &When, spells: &mut Vec<Spell>) {
    for part in when.parts() {
        let (from, to) = (part.earliest_start.or_min(), part.latest_end.or_max());
        if (from.0, to.0) != (i32::MIN, i32::MAX) {
            spells.push((from.0, to.0));
        }
    }
}

/// Sorts stretches and makes those one that overlap or follow each other.
pub(super) fn merge(spells: &mut Vec<Spell>) {
    spells.sort_unstable();
    let mut merged: Vec<Spell> = Vec::with_capacity(spells.len());
    for &(from, to) in spells.iter() {
        match merged.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    *spells = merged;
}

/// The first and the last day that are known.
pub(super) fn extent<'a>(all: impl Iterator<Item = &'a Spell>) -> Option<(i32, i32)> {
    let mut extent: Option<(i32, i32)> = None;
    for day in all.flat_map(|&(from, to)| [from, to]) {
        if day != i32::MIN && day != i32::MAX {
            let (first, last) = extent.get_or_insert((day, day));
            (*first, *last) = ((*first).min(day), (*last).max(day));
        }
    }
    extent
}

/// A day in ISO form; `None` for no end.
pub(super) fn iso(day: i32) -> Option<String> {
    (day != i32::MIN && day != i32::MAX).then(|| Day(day).iso())
}
