//! A gazetteer of states, organisations and places, compiled into the program.
//!
//! Files that name states and places without saying where they are (most tables) are filled in from
//! it. It does no input or output: its tables are part of the program, and are read when they are
//! first needed. `assets/README.md` says where their rows come from.

mod fill;
mod memberships;
mod names;
mod several;
mod spot;
mod timed;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

pub use fill::fill;
pub use memberships::{Membership, memberships};
pub use names::fold;
pub use timed::{TimedName, state_of_party, timed_names};

/// A state, a territory or a state that is no more.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// ISO 3166-1 alpha-3 code, or ISO 3166-3 for a former state; empty where there is none.
    pub iso3: &'static str,
    /// The same with two letters.
    pub iso2: &'static str,
    /// The short name in English.
    pub name: &'static str,
    /// What it calls itself, in its own script; empty where that is not known.
    pub own_name: &'static str,
    /// Other names, short forms and former names.
    pub aliases: Vec<&'static str>,
    /// For a territory: the alpha-3 code of the state that it belongs to; otherwise empty.
    pub territory_of: &'static str,
    /// For a former state: the alpha-3 codes of the states in which its places lie now.
    pub successors: Vec<&'static str>,
    /// What a reader should know about it or its seat; may be empty.
    pub note: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    seat: &'static str,
}

impl State {
    /// The capital, or the seat of government where that is another town. For a former state where
    /// it was.
    #[must_use]
    pub fn seat(&self) -> Option<&'static City> {
        resolve_place(self.seat, Some(self))
    }
}

/// A town or another place that is small on a map of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// The alpha-3 code of the state or territory in which it lies.
    pub state: &'static str,
    /// The name in English.
    pub name: &'static str,
    /// Other spellings and former names.
    pub aliases: Vec<&'static str>,
    /// Latitude in degrees (WGS 84).
    pub lat: f64,
    /// Longitude in degrees (WGS 84).
    pub lon: f64,
    /// Where the coordinates come from.
    pub source: &'static str,
}

impl City {
    /// Latitude and longitude in degrees (WGS 84).
    #[must_use]
    pub const fn position(&self) -> (f64, f64) {
        (self.lat, self.lon)
    }
}

/// An organisation of states.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// The abbreviation; empty where there is none in use.
    pub short: &'static str,
    /// The name in English.
    pub name: &'static str,
    /// Other names and former names.
    pub aliases: Vec<&'static str>,
    /// Where the row comes from.
    pub source: &'static str,
    seat: &'static str,
    state: &'static str,
}

impl Organisation {
    /// Where it has its headquarters or secretariat.
    #[must_use]
    pub fn seat(&self) -> Option<&'static City> {
        gazetteer().city(self.state, &fold(self.seat))
    }
}

/// The tables, and where each name stands in them.
#[derive(Debug, Default)]
struct Gazetteer {
    states: Vec<State>,
    cities: Vec<City>,
    organisations: Vec<Organisation>,
    states_by_name: FxHashMap<String, usize>,
    states_by_code: FxHashMap<&'static str, usize>,
    organisations_by_name: FxHashMap<String, usize>,
    /// By folded name: all cities that bear it, in the order of the table.
    cities_by_name: FxHashMap<String, Vec<usize>>,
}

const STATES: &str = include_str!("../../../assets/gazetteer/states.tsv");
const CITIES: &str = include_str!("../../../assets/gazetteer/places.tsv");
const ORGANISATIONS: &str = include_str!("../../../assets/gazetteer/organisations.tsv");

fn gazetteer() -> &'static Gazetteer {
    static READ: OnceLock<Gazetteer> = OnceLock::new();
    READ.get_or_init(Gazetteer::read)
}

/// The rows of a table below its headings, each with exactly `N` cells.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().ok()
    })
}

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').filter(|item| !item.is_empty()).collect()
}

impl Gazetteer {
    fn read() -> Self {
        let mut all = Self::default();
        for [iso3, iso2, name, own_name, aliases, seat, territory_of, successors, note, source] in
            rows(STATES)
        {
            let at = all.states.len();
            let (aliases, successors) = (list(aliases), list(successors));
            for code in [iso3, iso2] {
                all.states_by_code.entry(code).or_insert(at);
            }
            for name in [name].iter().chain(&aliases) {
                all.states_by_name.entry(fold(name)).or_insert(at);
            }
            all.states.push(State {
                iso3,
                iso2,
                name,
                own_name,
                aliases,
                territory_of,
                successors,
                note,
                source,
                seat,
            });
        }
        for [state, name, ..] in rows::<5>(timed::NAMES) {
            if let Some(at) = all.states_by_name.get(&fold(state)).copied() {
                all.states_by_name.entry(fold(name)).or_insert(at);
            }
        }
        for [state, name, aliases, lat, lon, source] in rows(CITIES) {
            let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else { continue };
            let (at, aliases) = (all.cities.len(), list(aliases));
            for name in [name].iter().chain(&aliases) {
                let bearers = all.cities_by_name.entry(fold(name)).or_default();
                if !bearers.contains(&at) {
                    bearers.push(at);
                }
            }
            all.cities.push(City { state, name, aliases, lat, lon, source });
        }
        for [short, name, aliases, seat, state, source] in rows(ORGANISATIONS) {
            let (at, aliases) = (all.organisations.len(), list(aliases));
            for name in [short, name].iter().chain(&aliases) {
                all.organisations_by_name.entry(fold(name)).or_insert(at);
            }
            all.organisations.push(Organisation { short, name, aliases, source, seat, state });
        }
        // Codes and abbreviations that are empty are not names.
        all.states_by_code.remove("");
        all.organisations_by_name.remove("");
        all
    }

    fn named(&self, name: &str) -> Option<&State> {
        self.states_by_name.get(&fold(name)).and_then(|at| self.states.get(*at))
    }

    fn coded(&self, code: &str) -> Option<&State> {
        self.states_by_code.get(code).and_then(|at| self.states.get(*at))
    }

    fn bearers(&self, folded: &str) -> impl Iterator<Item = &City> {
        let all = self.cities_by_name.get(folded).map_or(&[][..], Vec::as_slice);
        all.iter().filter_map(|at| self.cities.get(*at))
    }

    fn city(&self, state: &str, folded: &str) -> Option<&City> {
        self.bearers(folded).find(|city| city.state == state)
    }
}

/// All states, territories and former states.
#[must_use]
pub fn states() -> &'static [State] {
    &gazetteer().states
}

/// All places.
#[must_use]
pub fn cities() -> &'static [City] {
    &gazetteer().cities
}

/// All organisations.
#[must_use]
pub fn organisations() -> &'static [Organisation] {
    &gazetteer().organisations
}

/// The state of a name or an ISO code in capitals.
///
/// Case, diacritics, punctuation, "the" and "and" do not matter. "Korea, Republic of" is found as
/// "Republic of Korea", "Republic of Chad" as "Chad", and "Burma (Myanmar)" as "Burma". A name that
/// two states bear ("Korea") is not decided.
#[must_use]
pub fn resolve_state(name: &str) -> Option<&'static State> {
    resolve_state_name(name).or_else(|| resolve_state_code(name.trim()))
}

/// The state of an ISO 3166 code of two or three capital letters.
#[must_use]
pub fn resolve_state_code(code: &str) -> Option<&'static State> {
    gazetteer().coded(code)
}

/// The same as [`resolve_state`], for names of which it is not known that they name states, so that
/// a code would be a guess.
#[must_use]
pub fn resolve_state_name(name: &str) -> Option<&'static State> {
    let all = gazetteer();
    if let Some(state) = all.named(name) {
        return Some(state);
    }
    if let Some((outer, inner)) = names::bracketed(name) {
        // "Georgia (United States)" is neither.
        let outer = resolve_state_name(outer)?;
        let inner = all.named(inner);
        return inner.is_none_or(|inner| inner == outer).then_some(outer);
    }
    if let Some((name, rest)) = name.rsplit_once(", ")
        && (rest.ends_with(" of") || rest.ends_with(" of the"))
    {
        return all.named(&format!("{rest} {name}")).or_else(|| all.named(name));
    }
    names::short_of(name).and_then(|short| all.named(short))
}

/// The organisation of a name or an abbreviation.
#[must_use]
pub fn resolve_organisation(name: &str) -> Option<&'static Organisation> {
    let all = gazetteer();
    let known =
        |name: &str| all.organisations_by_name.get(&fold(name)).map(|at| &all.organisations[*at]);
    known(name).or_else(|| {
        let (outer, inner) = names::bracketed(name)?;
        let (outer, inner) = (known(outer)?, known(inner)?);
        (outer == inner).then_some(outer)
    })
}

/// The place of a name in a state, its territories or, for a former state, those that followed it;
/// without a state the only place of that name, if there is no other.
#[must_use]
pub fn resolve_place(name: &str, state: Option<&State>) -> Option<&'static City> {
    let all = gazetteer();
    let folded = fold(name);
    let Some(state) = state else {
        let mut bearers = all.bearers(&folded);
        return bearers.next().filter(|_| bearers.next().is_none());
    };
    let own = |code: &&str| all.city(code, &folded);
    own(&state.iso3).or_else(|| state.successors.iter().find_map(own)).or_else(|| {
        let held = |code: &str| all.coded(code).is_some_and(|s| s.territory_of == state.iso3);
        all.bearers(&folded).find(|city| !state.iso3.is_empty() && held(city.state))
    })
}

#[cfg(test)]
mod tests;
