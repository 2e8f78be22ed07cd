//! Place names that are lists of places, taken apart: “Buenos Aires, Bahía Blanca”.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    fill::{states_of, unused},
    fold,
    spot::listed,
};
use crate::formats::builder::slug;
use crate::model::{DatasetParts, PartyId, Place, PlaceId, words::count};

/// Makes several places of each place whose name is a list, as far as the gazetteer knows at least
/// two of them; places with coordinates are left alone. Returns what was done, in words, and which
/// places stand in such lists only.
pub(super) fn take_apart(parts: &mut DatasetParts) -> Option<(String, Range<usize>)> {
    let lists: Vec<Option<Vec<String>>> = parts
        .places
        .iter()
        .map(|place| {
            if place.position.is_some() || !place.name.contains([',', ';', '/']) {
                return None;
            }
            let party = place.state.and_then(|id| parts.parties.get(id.index()));
            let states = party.map(states_of).unwrap_or_default();
            // In a state that is not known nothing is known.
            (place.state.is_none() || !states.is_empty()).then(|| listed(&place.name, &states))?
        })
        .collect();
    let taken = lists.iter().flatten().count();
    let first = lists
        .iter()
        .zip(&parts.places)
        .find_map(|(list, one)| list.as_ref().map(|_| one.name.to_string()))?;
    let mut keys: FxHashSet<Box<str>> = FxHashSet::default();
    let mut by_name: FxHashMap<(Option<PartyId>, String), usize> = FxHashMap::default();
    let mut places: Vec<Place> = Vec::with_capacity(parts.places.len());
    let mut ids: Vec<Vec<usize>> = vec![Vec::new(); parts.places.len()];
    let old = std::mem::take(&mut parts.places);
    let mut apart: Vec<(usize, Option<PartyId>, &Vec<String>)> = Vec::new();
    for (at, (place, list)) in old.into_iter().zip(&lists).enumerate() {
        if let Some(list) = list {
            apart.push((at, place.state, list));
            continue;
        }
        ids[at].push(places.len());
        keys.insert(place.key.clone());
        by_name.entry((place.state, fold(&place.name))).or_insert(places.len());
        places.push(place);
    }
    let alone = places.len();
    for (at, state, list) in apart {
        for name in list {
            let id = *by_name.entry((state, fold(name))).or_insert_with(|| {
                let key = unused(|key| keys.contains(key), &slug(name));
                keys.insert(key.clone());
                places.push(Place { key, name: name.as_str().into(), state, ..Place::default() });
                places.len() - 1
            });
            if !ids[at].contains(&id) {
                ids[at].push(id);
            }
        }
    }
    parts.places = places;
    let new = |id: PlaceId| ids.get(id.index()).map(Vec::as_slice).unwrap_or_default();
    parts.engagements.par_iter_mut().for_each(|engagement| {
        if engagement.places.iter().any(|id| new(id) != [id.index()]) {
            engagement.places.expand(|id| new(id).iter().copied().map(PlaceId::at).collect());
        }
    });
    for party in &mut parts.parties {
        party.seat = party.seat.and_then(|id| new(id).first().copied().map(PlaceId::at));
    }
    let note = format!(
        "{} of several places, such as “{first}”, read as each of them.",
        count(taken, "cell", "different cells")
    );
    Some((note, alone..parts.places.len()))
}
