//! Where engagements took place: counts by place and kind among some rows.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Columns;
use crate::model::{Dataset, KindId, PlaceId};

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

/// Engagements of the same several places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// The places, ascending, each once; at least two.
    pub places: Box<[PlaceId]>,
    /// Their kind.
    pub kind: KindId,
    /// How many there are; above 0.
    pub engagements: u32,
}

/// Counts by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceCounts {
    /// Places with any engagement, by id. An engagement of several places is counted at each.
    pub places: Vec<PlaceCount>,
    /// The engagements of several places, by places and kind.
    pub tours: Vec<Tour>,
    /// Engagements with a place whose position is known, each counted once.
    pub located: u32,
    /// Engagements of which no place is said.
    pub without: u32,
    /// How many rows were counted.
    pub rows: u32,
}

impl PlaceCounts {
    /// How many engagements have several places.
    #[must_use]
    pub fn several(&self) -> u32 {
        self.tours.iter().map(|tour| tour.engagements).sum()
    }
}

/// What one thread finds in its part of the rows.
#[derive(Default)]
struct Part {
    counts: Vec<u32>,
    first: Vec<u32>,
    without: u32,
    located: u32,
    tours: FxHashMap<(Vec<u32>, u32), u32>,
}

impl Part {
    fn of(columns: &Columns, known: &[bool], rows: &[u32]) -> Self {
        let mut part = Self {
            counts: vec![0; known.len()],
            first: vec![u32::MAX; known.len()],
            ..Self::default()
        };
        for &row in rows {
            let here = columns.places.row(row as usize);
            for place in here {
                let place = *place as usize;
                part.counts[place] += 1;
                part.first[place] = part.first[place].min(row);
            }
            part.without += u32::from(here.is_empty());
            part.located += u32::from(here.iter().any(|place| known[*place as usize]));
            if here.len() > 1 {
                let mut here = here.to_vec();
                here.sort_unstable();
                *part.tours.entry((here, columns.kind[row as usize])).or_default() += 1;
            }
        }
        part
    }

    fn merge(mut self, other: Self) -> Self {
        self.counts.iter_mut().zip(other.counts).for_each(|(sum, more)| *sum += more);
        self.first.iter_mut().zip(other.first).for_each(|(one, or)| *one = or.min(*one));
        self.without += other.without;
        self.located += other.located;
        for (tour, more) in other.tours {
            *self.tours.entry(tour).or_default() += more;
        }
        self
    }
}

/// Rows that are not worth sharing out.
const FEW: usize = 256;

/// Counts rows by place and kind, on all threads. What it allocates grows with the places and kinds
/// of the dataset and with the rows of several places, not with all rows.
#[must_use]
pub fn place_counts(dataset: &Dataset, columns: &Columns, rows: &[u32]) -> PlaceCounts {
    let (places, kinds) = (dataset.places().len(), dataset.kinds().len().max(1));
    let known: Vec<bool> = dataset.places().iter().map(|place| place.position.is_some()).collect();
    let each = rows.len().div_ceil(rayon::current_num_threads()).max(FEW);
    let part = rows
        .par_chunks(each)
        .map(|rows| Part::of(columns, &known, rows))
        .reduce_with(Part::merge)
        .unwrap_or_else(|| Part::of(columns, &known, &[]));
    let Part { counts, first, without, located, tours } = part;
    // Only places that occur have a line of kinds.
    let mut line = vec![u32::MAX; places];
    let mut occurring = 0;
    for (place, count) in counts.iter().enumerate() {
        if *count > 0 {
            line[place] = occurring;
            occurring += 1;
        }
    }
    let kinds_of = |rows: &[u32]| {
        let mut by_kind = vec![0_u32; occurring as usize * kinds];
        for &row in rows {
            for place in columns.places.row(row as usize) {
                let line = line[*place as usize] as usize;
                by_kind[line * kinds + columns.kind[row as usize] as usize] += 1;
            }
        }
        by_kind
    };
    let by_kind = rows
        .par_chunks(each)
        .map(kinds_of)
        .reduce_with(|mut sums, others| {
            sums.iter_mut().zip(others).for_each(|(sum, more)| *sum += more);
            sums
        })
        .unwrap_or_default();
    let mut tours: Vec<((Vec<u32>, u32), u32)> = tours.into_iter().collect();
    tours.sort_unstable();
    let tours = tours
        .into_iter()
        .map(|((places, kind), engagements)| Tour {
            places: places.into_iter().map(PlaceId).collect(),
            kind: KindId(kind),
            engagements,
        })
        .collect();
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
    PlaceCounts { places, tours, located, without, rows: rows.len() as u32 }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{formats::generate::generate, model::PlaceId};

    #[test]
    fn counts_are_those_of_a_naive_recount() {
        let dataset = generate(900, 5);
        let columns = Columns::new(&dataset);
        for step in [1, 2, 7, 1_000] {
            let rows: Vec<u32> = (0..columns.len() as u32).step_by(step).collect();
            let counts = place_counts(&dataset, &columns, &rows);
            let mut naive: BTreeMap<PlaceId, BTreeMap<KindId, u32>> = BTreeMap::new();
            let mut tours: BTreeMap<(Vec<PlaceId>, KindId), u32> = BTreeMap::new();
            let (mut nowhere, mut located) = (0, 0);
            for &row in &rows {
                let engagement = dataset.engagement(columns.engagement[row as usize]);
                let places: BTreeSet<PlaceId> = engagement.places.iter().collect();
                nowhere += u32::from(places.is_empty());
                let known = |id: &PlaceId| dataset.place(*id).position.is_some();
                located += u32::from(places.iter().any(known));
                for &place in &places {
                    *naive.entry(place).or_default().entry(engagement.kind).or_default() += 1;
                }
                if places.len() > 1 {
                    let places = places.into_iter().collect();
                    *tours.entry((places, engagement.kind)).or_default() += 1;
                }
            }
            assert_eq!((counts.without, counts.located), (nowhere, located));
            assert_eq!(counts.rows as usize, rows.len());
            assert_eq!(counts.several(), tours.values().sum::<u32>());
            assert!(step > 2 || counts.several() > 0, "none has several places");
            let counted = counts.tours.iter();
            let counted = counted.map(|one| ((one.places.to_vec(), one.kind), one.engagements));
            assert_eq!(counted.collect::<BTreeMap<_, _>>(), tours);
            assert_eq!(counts.places.len(), naive.len());
            for (count, (place, by_kind)) in counts.places.iter().zip(naive) {
                assert_eq!(count.place, place);
                assert_eq!(count.engagements, by_kind.values().sum::<u32>());
                assert_eq!(count.kinds.iter().copied().collect::<BTreeMap<_, _>>(), by_kind);
                let here = |row: &&u32| columns.places.row(**row as usize).contains(&place.0);
                assert_eq!(rows.iter().find(here), Some(&count.row));
            }
        }
    }
}
