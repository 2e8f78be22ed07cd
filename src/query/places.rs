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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{formats::generate::generate, model::PlaceId};

    #[test]
    fn counts_are_those_of_a_naive_recount() {
        let dataset = generate(900, 5);
        let columns = Columns::new(&dataset);
        for step in [1, 2, 7, 1_000] {
            let rows: Vec<u32> = (0..columns.len() as u32).step_by(step).collect();
            let (places, kinds) = (dataset.places().len(), dataset.kinds().len());
            let counts = place_counts(&columns, &rows, places, kinds);
            let mut naive: BTreeMap<Option<PlaceId>, BTreeMap<KindId, u32>> = BTreeMap::new();
            for &row in &rows {
                let engagement = dataset.engagement(columns.engagement[row as usize]);
                *naive.entry(engagement.place).or_default().entry(engagement.kind).or_default() +=
                    1;
            }
            let nowhere = naive.remove(&None).unwrap_or_default();
            assert_eq!(counts.without, nowhere.values().sum::<u32>());
            assert_eq!(counts.rows as usize, rows.len());
            assert_eq!(counts.places.len(), naive.len());
            for (count, (place, by_kind)) in counts.places.iter().zip(naive) {
                assert_eq!(Some(count.place), place);
                assert_eq!(count.engagements, by_kind.values().sum::<u32>());
                assert_eq!(count.kinds.iter().copied().collect::<BTreeMap<_, _>>(), by_kind);
                let first = rows.iter().find(|row| columns.place[**row as usize] == count.place.0);
                assert_eq!(first, Some(&count.row));
            }
        }
    }
}
