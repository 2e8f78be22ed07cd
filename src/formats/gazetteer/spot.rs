//! Where on the globe a place of a table is drawn, and how well that is known.

use super::{City, State, names, resolve_place, resolve_state_name};

/// Where a place is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// At the place itself.
    At(&'static City),
    /// At the first of several places that is known.
    FirstOf(&'static City),
    /// At the seat of the state, because the place itself is not known.
    SeatOf(&'static State, &'static City),
    /// Nowhere.
    Unknown,
}

/// The spot of a place, by its name and the names of the state that it lies in.
///
/// A place that is known in another state only is drawn nowhere: the seat of the state would be a
/// wrong statement rather than a coarse one.
pub(super) fn spot(name: &str, states: &[&'static State]) -> Spot {
    let within = |name: &str, states: &[&'static State]| {
        states.iter().find_map(|state| resolve_place(name, Some(state)))
    };
    let whole = if states.is_empty() { resolve_place(name, None) } else { within(name, states) };
    if let Some(city) = whole {
        return Spot::At(city);
    }
    let parts = names::parts(name);
    let Some(&(first, first_inner)) = parts.first() else { return Spot::Unknown };
    if states.is_empty() {
        return alone(&parts);
    }
    for &(part, inner) in &parts {
        let told = inner.and_then(resolve_state_name);
        let city = match &told {
            Some(told) => resolve_place(part, Some(told)),
            None => within(part, states),
        };
        if let Some(city) = city {
            return if parts.len() == 1 { Spot::At(city) } else { Spot::FirstOf(city) };
        }
    }
    // "Bermuda" under the United Kingdom, "High Rock (Jamaica)".
    let named = resolve_state_name(first).filter(|state| clear(state, states));
    if let Some(spot) = named.or_else(|| first_inner.and_then(resolve_state_name)).and_then(seat) {
        return spot;
    }
    if super::gazetteer().bearers(&names::fold(first)).next().is_some() {
        return Spot::Unknown;
    }
    states.iter().copied().find_map(seat).unwrap_or(Spot::Unknown)
}

/// The names in a list of places, where at least two that lie apart are known; `None` for a name
/// that is not known to be a list, such as “Angkor Wat, Siem Reap”.
///
/// `states` are those in which the places lie; without any the list may end in the name of one, and
/// otherwise all of its places have to be known.
pub(super) fn listed(name: &str, states: &[&'static State]) -> Option<Vec<String>> {
    let whole = match states {
        [] => resolve_place(name, None),
        _ => states.iter().find_map(|state| resolve_place(name, Some(state))),
    };
    let mut parts = names::parts(name);
    if whole.is_some() || parts.len() < 2 {
        return None;
    }
    let mut within = states.to_vec();
    let mut state_name = "";
    if states.is_empty()
        && let Some((last, state)) =
            parts.last().and_then(|(last, _)| Some((*last, resolve_state_name(last)?)))
    {
        state_name = last;
        within.push(state);
        parts.pop();
    }
    let city = |(part, inner): &(&str, Option<&str>)| match inner.and_then(resolve_state_name) {
        Some(told) => resolve_place(part, Some(told)),
        None if within.is_empty() => resolve_place(part, None),
        None => within.iter().find_map(|state| resolve_place(part, Some(state))),
    };
    // "Mexico, D.F." within a longer list is one name.
    let joined: Vec<String> =
        parts.windows(2).map(|two| format!("{}, {}", two[0].0, two[1].0)).collect();
    let mut at = 0;
    let mut whole = Vec::with_capacity(parts.len());
    while let Some(part) = parts.get(at) {
        let two = joined.get(at).map(|name| (name.as_str(), parts[at + 1].1));
        let two = two.filter(|two| part.1.is_none() && city(two).is_some());
        at += 1 + usize::from(two.is_some());
        whole.push(two.unwrap_or(*part));
    }
    let parts = whole;
    let known: Vec<Option<&City>> = parts.iter().map(city).collect();
    let first = known.iter().flatten().next()?;
    let apart = known.iter().flatten().any(|city| city.position() != first.position());
    let enough = apart && (!within.is_empty() || known.iter().all(Option::is_some));
    enough.then(|| {
        let written = |(part, inner): (&str, Option<&str>)| match inner {
            Some(inner) => format!("{part} ({inner})"),
            None if state_name.is_empty() => part.to_owned(),
            None => format!("{part}, {state_name}"),
        };
        parts.into_iter().map(written).collect()
    })
}

/// The spot of a place of which no column says in which state it lies.
fn alone(parts: &[(&str, Option<&str>)]) -> Spot {
    let Some(&(first, inner)) = parts.first() else { return Spot::Unknown };
    let Some(&(last, _)) = parts.last() else { return Spot::Unknown };
    if parts.len() == 1 {
        let city = match inner.map(resolve_state_name) {
            Some(Some(state)) => resolve_place(first, Some(state)),
            // What the brackets say is not understood: "Georgetown (Texas)".
            Some(None) => None,
            None => resolve_place(first, None),
        };
        let state = || resolve_state_name(first).filter(|_| inner.is_none());
        return city.map_or_else(|| state().and_then(seat).unwrap_or(Spot::Unknown), Spot::At);
    }
    if let Some(state) = resolve_state_name(last) {
        // "Siem Reap, Cambodia"; but "Atlanta, Georgia" lies in no state Georgia.
        let city = resolve_place(first, Some(state)).or_else(|| resolve_place(first, None));
        return match city {
            Some(city) if parts.len() == 2 => Spot::At(city),
            Some(city) => Spot::FirstOf(city),
            None => Spot::Unknown,
        };
    }
    // "Paris, Texas" is not Paris: what stands last has to be known.
    if resolve_place(last, None).is_none() {
        return Spot::Unknown;
    }
    parts
        .iter()
        .find_map(|(part, _)| resolve_place(part, None))
        .map_or(Spot::Unknown, Spot::FirstOf)
}

fn seat(state: &'static State) -> Option<Spot> {
    state.seat().map(|city| Spot::SeatOf(state, city))
}

/// Whether a name of a state means that state among places of others: the Georgia of the United
/// States is not that of the Caucasus.
fn clear(state: &State, within: &[&'static State]) -> bool {
    state.iso3 != "GEO" || within.iter().any(|s| s.iso3 == "GEO" || s.iso3 == "SUN")
}
