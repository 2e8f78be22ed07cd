//! Where an engagement took place: nowhere that is known, at one place, or at several in turn.

use super::{PlaceId, When};

/// A place of an engagement, and when the engagement was there.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The place.
    pub place: PlaceId,
    /// When the engagement was there, where that is said of this place alone.
    pub when: Option<When>,
}

impl From<PlaceId> for Stop {
    fn from(place: PlaceId) -> Self {
        Self { place, when: None }
    }
}

/// The places of an engagement, in the order in which they are told. A tour that comes back to a
/// place names it twice.
///
/// Nearly all engagements have one place at most, and that takes no memory of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places(Held);

#[derive(Clone, Debug, Default, PartialEq)]
enum Held {
    #[default]
    Nowhere,
    At(PlaceId),
    /// Several, or one with a date of its own.
    Stops(Box<Stops>),
}

#[derive(Clone, Debug, PartialEq)]
struct Stops(Box<[Stop]>);

impl Places {
    /// No place.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self(Held::Nowhere)
    }

    /// One place.
    #[must_use]
    pub const fn at(place: PlaceId) -> Self {
        Self(Held::At(place))
    }

    /// The place that is told first.
    #[must_use]
    pub fn first(&self) -> Option<PlaceId> {
        match &self.0 {
            Held::Nowhere => None,
            Held::At(place) => Some(*place),
            Held::Stops(stops) => stops.0.first().map(|stop| stop.place),
        }
    }

    /// How many are told.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Held::Nowhere => 0,
            Held::At(_) => 1,
            Held::Stops(stops) => stops.0.len(),
        }
    }

    /// Whether no place is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.0, Held::Nowhere)
    }

    /// The places, in their order.
    pub fn iter(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.stops().map(|(place, _)| place)
    }

    /// The places with their own dates, in their order.
    pub fn stops(&self) -> impl Iterator<Item = (PlaceId, Option<&When>)> {
        let (one, stops) = match &self.0 {
            Held::Nowhere => (None, &[][..]),
            Held::At(place) => (Some((*place, None)), &[][..]),
            Held::Stops(stops) => (None, &*stops.0),
        };
        one.into_iter().chain(stops.iter().map(|stop| (stop.place, stop.when.as_ref())))
    }

    /// Whether a place is among them.
    #[must_use]
    pub fn contains(&self, place: PlaceId) -> bool {
        self.iter().any(|one| one == place)
    }

    /// Adds the places of others that are not among them.
    pub fn join(&mut self, others: &Self) {
        if others.iter().any(|place| !self.contains(place)) {
            let own = |(place, when): (PlaceId, Option<&When>)| Stop { place, when: when.cloned() };
            let more = others.stops().filter(|(place, _)| !self.contains(*place));
            *self = self.stops().chain(more).map(own).collect();
        }
    }

    /// Puts several places, or none, in the stead of each; they keep its date.
    pub fn expand(&mut self, with: impl Fn(PlaceId) -> Vec<PlaceId>) {
        let stops = self.stops().flat_map(|(place, when)| {
            with(place).into_iter().map(move |place| Stop { place, when: when.cloned() })
        });
        *self = stops.collect();
    }

    /// Puts another place in the stead of each.
    pub fn replace(&mut self, mut with: impl FnMut(PlaceId) -> PlaceId) {
        match &mut self.0 {
            Held::Nowhere => {}
            Held::At(place) => *place = with(*place),
            Held::Stops(stops) => {
                stops.0.iter_mut().for_each(|stop| stop.place = with(stop.place));
            }
        }
    }
}

impl From<Option<PlaceId>> for Places {
    fn from(place: Option<PlaceId>) -> Self {
        place.map_or_else(Self::nowhere, Self::at)
    }
}

impl FromIterator<Stop> for Places {
    fn from_iter<I: IntoIterator<Item = Stop>>(stops: I) -> Self {
        let mut stops = stops.into_iter();
        let Some(first) = stops.next() else { return Self::nowhere() };
        match stops.next() {
            None if first.when.is_none() => Self::at(first.place),
            second => {
                let all = [first].into_iter().chain(second).chain(stops);
                Self(Held::Stops(Box::new(Stops(all.collect()))))
            }
        }
    }
}

impl FromIterator<PlaceId> for Places {
    fn from_iter<I: IntoIterator<Item = PlaceId>>(places: I) -> Self {
        places.into_iter().map(Stop::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_out_as_they_were_put_in() {
        let dated = Stop { place: PlaceId(4), when: When::parse("2009-07-22").ok() };
        let lists = [vec![], vec![Stop::from(PlaceId(3))], vec![dated.clone()], {
            vec![PlaceId(3).into(), dated, PlaceId(3).into()]
        }];
        for list in lists {
            let mut places: Places = list.iter().cloned().collect();
            let told: Vec<_> = places.stops().collect();
            let put: Vec<_> = list.iter().map(|stop| (stop.place, stop.when.as_ref())).collect();
            assert_eq!(told, put);
            assert_eq!((places.len(), places.is_empty()), (list.len(), list.is_empty()));
            assert_eq!(places.first(), list.first().map(|stop| stop.place));
            assert_eq!(places.contains(PlaceId(4)), list.iter().any(|s| s.place == PlaceId(4)));
            places.replace(|place| PlaceId(place.0 + 1));
            let moved = list.iter().map(|stop| PlaceId(stop.place.0 + 1));
            assert_eq!(places.iter().collect::<Vec<_>>(), moved.collect::<Vec<_>>());
        }
    }

    #[test]
    fn one_place_needs_no_memory_of_its_own() {
        assert_eq!(Places::from(Some(PlaceId(1))), Places::from_iter([PlaceId(1)]));
        assert!(size_of::<Places>() <= 16);
    }
}
