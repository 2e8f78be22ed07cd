//! The words of CAMEO, in which event collections code who did what to whom: events, quad classes,
//! states and the roles of actors.
//!
//! The codes are those of the CAMEO codebook 1.1b3; the labels are those that event collections
//! print, which is also how an event in words finds its code.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    builder::tidy,
    gazetteer::{self, State},
};

/// Codes and labels of events, separated by tabs.
const EVENTS: &str = include_str!("../../assets/cameo/events.tsv");

/// Codes of states that CAMEO uses and ISO 3166-1 does not, with those of ISO.
const OLD_CODES: [(&str, &str); 2] = [("ROM", "ROU"), ("TMP", "TLS")];

/// What an actor is in a state, or without one: code, label, and whether it is a body of the state.
const ROLES: [(&str, &str, bool); 22] = [
    ("GOV", "government", true),
    ("MIL", "military", true),
    ("COP", "police", true),
    ("LEG", "legislature", true),
    ("JUD", "judiciary", true),
    ("SPY", "intelligence service", true),
    ("OPP", "opposition", false),
    ("REB", "rebels", false),
    ("SEP", "separatists", false),
    ("INS", "insurgents", false),
    ("RAD", "radicals", false),
    ("UAF", "unidentified armed force", false),
    ("CVL", "civilians", false),
    ("CRM", "criminals", false),
    ("MED", "media", false),
    ("EDU", "education", false),
    ("BUS", "business", false),
    ("LAB", "labour", false),
    ("HLH", "health", false),
    ("ELI", "elites", false),
    ("REF", "refugees", false),
    ("AGR", "agriculture", false),
];

static BY_CODE: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| EVENTS.lines().filter_map(|line| line.split_once('\t')).collect());

static BY_LABEL: LazyLock<FxHashMap<String, &str>> = LazyLock::new(|| {
    let mut codes = FxHashMap::default();
    for (code, label) in EVENTS.lines().filter_map(|line| line.split_once('\t')) {
        // The root and its first code share a label; the longer code is the one that rows have.
        codes.insert(folded(label), code);
    }
    codes
});

/// States by their names as they are usually written: most rows need nothing else.
static STATES: LazyLock<FxHashMap<&str, &State>> = LazyLock::new(|| {
    let mut states = FxHashMap::default();
    for state in gazetteer::states().iter().filter(|state| !state.iso3.is_empty()) {
        for name in std::iter::once(state.name).chain(state.aliases.iter().copied()) {
            states.entry(name).or_insert(state);
        }
    }
    states
});

fn coded(code: &str) -> Option<&'static State> {
    let code = OLD_CODES.iter().find(|(old, _)| *old == code).map_or(code, |(_, iso)| iso);
    if code.len() == 3 { gazetteer::resolve_state_code(code) } else { None }
}

/// A name for comparing: letters and digits alone, in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The code of an event as the codebook writes it; programs that take codes for numbers lose the
/// zero at their beginning.
pub(super) fn event_code(code: &str) -> String {
    let code = code.trim();
    let with_zero = format!("0{code}");
    if !BY_CODE.contains_key(code) && BY_CODE.contains_key(with_zero.as_str()) {
        with_zero
    } else {
        code.to_owned()
    }
}

/// The label of an event code. Of a code that is not known, that of the wider code.
pub(super) fn event(code: &str) -> Option<&'static str> {
    let known = |code: &str| BY_CODE.get(code).copied();
    known(code).or_else(|| known(code.get(..3)?)).or_else(|| known(code.get(..2)?))
}

/// The code of an event in words.
pub(super) fn code_of(label: &str) -> Option<&'static str> {
    // Collections end the general ones with this.
    let folded = folded(label.split(", not specified").next().unwrap_or(label));
    BY_LABEL.get(&folded).copied()
}

/// The quad class of an event code.
pub(super) fn class(code: &str) -> Option<&'static str> {
    match code.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some("Verbal cooperation"),
        6..=8 => Some("Material cooperation"),
        9..=13 => Some("Verbal conflict"),
        14..=20 => Some("Material conflict"),
        _ => None,
    }
}

/// The name of a state by its code, ISO 3166-1 alpha-3 or CAMEO's own.
pub(super) fn state(code: &str) -> Option<&'static str> {
    coded(code).map(|state| state.name)
}

/// The ISO 3166-1 alpha-3 code and the name of a state by any of its names.
pub(super) fn state_named(name: &str) -> Option<(&'static str, &'static str)> {
    let known = STATES.get(name).copied().or_else(|| gazetteer::resolve_state_name(name))?;
    (!known.iso3.is_empty()).then_some((known.iso3, known.name))
}

/// The ISO 3166-1 alpha-3 code of a state by its code in either system.
pub(super) fn iso(code: &str) -> Option<&'static str> {
    coded(code).map(|state| state.iso3)
}

/// What an actor's code says after that of its state: the roles in words, and whether they make it
/// a body of the state. `None` where a part of it is not a role.
pub(super) fn roles(code: &str) -> Option<(String, bool)> {
    if code.is_empty() || !code.is_ascii() || !code.len().is_multiple_of(3) {
        return None;
    }
    let mut words = Vec::new();
    let mut body = false;
    for at in (0..code.len()).step_by(3) {
        let part = &code[at..at + 3];
        let (_, label, official) = ROLES.iter().find(|(role, ..)| *role == part)?;
        words.push(*label);
        body |= *official;
    }
    Some((words.join(", "), body))
}

/// A name in capitals as it is usually written.
pub(super) fn title_case(name: &str) -> String {
    const SMALL: [&str; 8] = ["of", "and", "the", "for", "in", "on", "de", "to"];
    if name.chars().any(char::is_lowercase) {
        return tidy(name);
    }
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        let lower = word.to_lowercase();
        let small = !out.is_empty() && SMALL.contains(&lower.as_str());
        if !out.is_empty() {
            out.push(' ');
        }
        let mut start = true;
        for c in lower.chars() {
            if start && !small {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            start = matches!(c, '-' | '(' | '/');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_one_label_and_a_class() {
        let mut last = "";
        for line in EVENTS.lines() {
            let (code, label) = line.split_once('\t').expect("a code and a label");
            assert!(code > last, "{code} after {last}");
            assert!(class(code).is_some(), "{code}");
            // Where a root and its general code share a label, the words mean the general code.
            let found = code_of(label).expect("a code");
            assert!(found.starts_with(code), "{label}: {found} instead of {code}");
            last = code;
        }
    }

    #[test]
    fn codes_and_words_lead_to_each_other() {
        assert_eq!(event("043"), Some("Host a visit"));
        assert_eq!(event("0439"), Some("Host a visit"));
        assert_eq!(event("99"), None);
        assert_eq!(event_code("43"), "043");
        assert_eq!(event_code("111"), "111");
        assert_eq!(code_of("Make_a_visit"), Some("042"));
        assert_eq!(code_of("Demonstrate or rally, not specified below"), Some("141"));
        assert_eq!(class("193"), Some("Material conflict"));
        assert_eq!(state("ROM"), Some("Romania"));
        assert_eq!(iso("ROM"), Some("ROU"));
        assert_eq!(state_named("Burma"), Some(("MMR", "Myanmar")));
        assert_eq!(roles("GOVMED"), Some(("government, media".to_owned(), true)));
        assert_eq!(roles("CHRCTH"), None);
        assert_eq!(title_case("PEOPLE'S REPUBLIC OF CHINA"), "People's Republic of China");
    }
}
