//! Where engagements took place: counts by place and kind among some rows.

use super::Columns;
use crate::model::{KindId, PlaceId};

/// The engagements at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceCount {
    /// The place.
    pub place: PlaceId,
    /// How many engagements; above 0.
    pub engagements: u32,
    /// The row of the first of them.
    pub row: u32,
    /// How many of each kind, in the order of the dataset.
    pub kinds: Box<[(KindId, u32)]>,
}

/// Counts by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceCounts {
    /// Places with any engagement, by id.
    pub places: Vec<PlaceCount>,
    /// Engagements of which no place is said.
    pub without: u32,
    /// How many rows were counted.
    pub rows: u32,
}

/// Counts rows by place and kind. `places` and `kinds` say how many the dataset has. What it
/// allocates grows with them, not with the rows.
#[must_use]
pub fn place_counts(columns: &Columns, rows: &[u32], places: usize, kinds: usize) -> PlaceCounts {
    let kinds = kinds.max(1);
    let mut counts = vec![0_u32; places];
    let mut first = vec![u32::MAX; places];
    let mut without = 0;
    for &row in rows {
        match counts.get_mut(columns.place[row as usize] as usize) {
            Some(count) => {
                *count += 1;
                let place = columns.place[row as usize] as usize;
                first[place] = first[place].min(row);
            }
            None => without += 1,
        }
    }
    // Only places that occur have a line of kinds.
    let mut line = vec![u32::MAX; places];
    let mut occurring = 0;
    for (place, count) in counts.iter().enumerate() {
        if *count > 0 {
            line[place] = occurring;
            occurring += 1;
        }
    }
    let mut by_kind = vec![0_u32; occurring as usize * kinds];
    for &row in rows {
        if let Some(&line) = line.get(columns.place[row as usize] as usize) {
            by_kind[line as usize * kinds + columns.kind[row as usize] as usize] += 1;
        }
    }
    let places = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .zip(by_kind.chunks(kinds))
        .map(|((place, &engagements), by_kind)| PlaceCount {
            place: PlaceId::at(place),
            engagements,
            row: first[place],
            kinds: by_kind
                .iter()
                .enumerate()
                .filter(|(_, count)| **count > 0)
                .map(|(kind, &count)| (KindId::at(kind), count))
                .collect(),
        })
        .collect();
    PlaceCounts { places, without, rows: rows.len() as u32 }
}
