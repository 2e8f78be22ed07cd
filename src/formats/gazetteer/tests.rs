//! Tests of the gazetteer: its rows, and what names resolve to.

use super::*;

#[test]
fn every_row_is_read_and_is_sound() {
    for (table, read) in
        [(STATES, states().len()), (CITIES, cities().len()), (ORGANISATIONS, organisations().len())]
    {
        assert_eq!(read, table.lines().count() - 1);
    }
    for city in cities() {
        assert!((-90.0..=90.0).contains(&city.lat), "{city:?}");
        assert!((-180.0..=180.0).contains(&city.lon) && city.position() != (0.0, 0.0), "{city:?}");
        assert!(["Natural Earth", "tz database", "by hand"].contains(&city.source), "{city:?}");
        assert!(resolve_state_code(city.state).is_some_and(|s| s.iso3 == city.state), "{city:?}");
    }
    for state in states() {
        assert!(!state.source.is_empty(), "{state:?}");
        // Four territories without inhabitants or with none that stay have no seat.
        assert_eq!(
            state.seat().is_none(),
            ["ATA", "BVT", "HMD", "UMI"].contains(&state.iso3),
            "{state:?}"
        );
        for code in state.successors.iter().chain([&state.territory_of]) {
            assert!(code.is_empty() || resolve_state_code(code).is_some(), "{state:?}");
        }
    }
    for organisation in organisations() {
        assert!(
            !organisation.source.is_empty()
                && (organisation.seat.is_empty() || organisation.seat().is_some()),
            "{organisation:?}"
        );
    }
}

#[test]
fn no_name_means_two_states_or_two_places_of_one_state() {
    for state in states() {
        for name in [state.name].iter().chain(&state.aliases) {
            assert_eq!(resolve_state_name(name), Some(state), "{name}");
        }
        if !state.iso3.is_empty() {
            assert_eq!(resolve_state_code(state.iso3), Some(state));
        }
    }
    for city in cities() {
        for name in [city.name].iter().chain(&city.aliases) {
            let state = resolve_state_code(city.state);
            assert_eq!(resolve_place(name, state), Some(city), "{name}");
        }
    }
    for organisation in organisations() {
        assert_eq!(resolve_organisation(organisation.name), Some(organisation));
        assert_eq!(resolve_state_name(organisation.name), None);
    }
}

#[test]
fn the_names_that_newsrooms_and_governments_write_are_understood() {
    let code = |name| resolve_state(name).map(|state| state.iso3);
    for (name, expected) in [
        ("Laos", "LAO"),
        ("Lao PDR", "LAO"),
        ("the Lao People’s Democratic Republic", "LAO"),
        ("VIET NAM", "VNM"),
        ("Vietnam", "VNM"),
        ("Republic of Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("ROK", "KOR"),
        ("DPRK", "PRK"),
        ("Korea (North)", "PRK"),
        ("China, People’s Republic of", "CHN"),
        ("PRC", "CHN"),
        ("Republic of China", "TWN"),
        ("Burma", "MMR"),
        ("Burma (Myanmar)", "MMR"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Türkiye", "TUR"),
        ("turkey", "TUR"),
        ("St. Lucia", "LCA"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Bosnia & Herzegovina", "BIH"),
        ("St. Vincent and Grenadines", "VCT"),
        ("The Bahamas", "BHS"),
        ("Republic of Chad", "TCD"),
        ("Kingdom of Thailand", "THA"),
        ("Kyrgyz Republic", "KGZ"),
        ("Democratic Republic of the Congo (Zaire)", "COD"),
        ("Republic of the Congo", "COG"),
        ("Micronesia, Federated States of", "FSM"),
        ("United Kingdom (Wales)", "GBR"),
        ("U.S.", "USA"),
        ("U.S.S.R.", "SUN"),
        ("Czechoslovakia", "CSK"),
        ("Yugoslavia", "YUG"),
        ("East Germany", "DDR"),
        ("Germany, Federal Republic of", "DEU"),
        ("KHM", "KHM"),
        ("KH", "KHM"),
    ] {
        assert_eq!(code(name), Some(expected), "{name}");
    }
    for name in ["", "Korea", "Georgia (United States)", "State of Georgia", "kh", "Mekong", "( )"]
    {
        assert_eq!(code(name), None, "{name}");
    }
    assert_eq!(resolve_state_name("KHM"), None);
    assert_eq!(resolve_organisation("asean").map(|o| o.short), Some("ASEAN"));
}

#[test]
fn a_place_is_looked_for_in_its_state() {
    let place = |name, state: &str| resolve_place(name, resolve_state(state)).map(|c| c.state);
    assert_eq!(place("Phnom Penh", "Cambodia"), Some("KHM"));
    assert_eq!(place("Santiago", "Chile"), Some("CHL"));
    assert_eq!(place("Santiago", "Cuba"), Some("CUB"));
    assert_eq!(place("Kiev", "U.S.S.R."), Some("UKR"));
    assert_eq!(place("Nuuk", "Denmark"), Some("GRL"));
    assert_eq!(place("Paris", "Cambodia"), None);
    assert_eq!(resolve_place("Santiago", None), None);
    assert_eq!(resolve_place("malé", None).map(|city| city.state), Some("MDV"));
}

#[test]
fn a_list_of_places_is_told_from_one_place() {
    use super::spot::listed;
    let list = |name: &str, state: &str| {
        let states: Vec<&State> = resolve_state(state).into_iter().collect();
        listed(name, &states).map(|names| names.join("; "))
    };
    for (name, state, expected) in [
        ("Vientiane, Luang Prabang", "Laos", Some("Vientiane; Luang Prabang")),
        (
            "Vientiane, Somewhere, Luang Prabang",
            "Laos",
            Some("Vientiane; Somewhere; Luang Prabang"),
        ),
        ("Mexico, D.F., Guadalajara", "Mexico", Some("Mexico, D.F.; Guadalajara")),
        ("Siem Reap, Phnom Penh, Cambodia", "", Some("Siem Reap, Cambodia; Phnom Penh, Cambodia")),
        ("Tokyo; Kyoto", "Japan", Some("Tokyo; Kyoto")),
        // An address, a single known name, a name that has a comma, a place elsewhere.
        ("Angkor Wat, Siem Reap", "Cambodia", None),
        ("Mexico, D.F.", "Mexico", None),
        ("Paris, Texas", "", None),
        ("London, Nowhere", "", None),
        ("Vientiane", "Laos", None),
        (",;/", "Laos", None),
    ] {
        assert_eq!(list(name, state).as_deref(), expected, "{name}, {state}");
    }
}

#[test]
fn a_spot_says_how_well_it_is_known() {
    use super::spot::{Spot, spot};
    let at = |name: &str, state: &str| {
        let states: Vec<&State> = resolve_state(state).into_iter().collect();
        match spot(name, &states) {
            Spot::At(city) => city.name.to_owned(),
            Spot::FirstOf(city) => format!("first {}", city.name),
            Spot::SeatOf(state, city) => format!("{}: {}", state.name, city.name),
            Spot::Unknown => "nowhere".to_owned(),
        }
    };
    for (name, state, expected) in [
        ("Vientiane", "Laos", "Vientiane"),
        ("Vientiane, Luang Prabang", "Laos", "first Vientiane"),
        ("Somewhere, Luang Prabang", "Laos", "first Luang Prabang"),
        ("Somewhere", "Laos", "Laos: Vientiane"),
        ("Algiers (Algeria)", "France", "Algiers"),
        ("Bermuda", "United Kingdom", "Bermuda: Hamilton"),
        ("High Rock (Jamaica)", "United Kingdom", "Jamaica: Kingston"),
        ("Mexico, D.F.", "Mexico", "Mexico City"),
        // The seat of Iran would be wrong.
        ("Vienna", "Iran", "nowhere"),
        ("Siem Reap, Cambodia", "", "Siem Reap"),
        ("Washington, D.C.", "", "Washington"),
        ("London, Paris", "", "first London"),
        ("Paris, Texas", "", "nowhere"),
        ("Atlanta, Georgia", "", "Atlanta"),
        ("Savannah, Georgia", "", "nowhere"),
        ("Savannah, Georgia", "United States", "United States: Washington"),
        ("Georgia", "United States", "United States: Washington"),
        ("Georgetown (Texas)", "", "nowhere"),
        ("Cambodia", "", "Cambodia: Phnom Penh"),
        ("McMurdo Sound, South Pole", "Antarctica", "first McMurdo Station"),
        ("", "Laos", "nowhere"),
        (",(", "Laos", "Laos: Vientiane"),
    ] {
        assert_eq!(at(name, state), expected, "{name}, {state}");
    }
}
