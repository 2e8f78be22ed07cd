//! What states were called when, and when states that are no more were there.

use std::sync::OnceLock;

use super::{State, fold, memberships, resolve_state_code, resolve_state_name, rows};
use crate::model::{DayRange, Party, PartyKind, When, words};

/// A name of a state that it did not always have, or the time of a former state.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedName {
    /// The state.
    pub state: &'static State,
    /// The name.
    pub name: &'static str,
    /// Since when; `None` where that is older than what is recorded here, or not known.
    pub from: Option<When>,
    /// Until when.
    pub to: Option<When>,
    /// The document that says so.
    pub source: &'static str,
}

impl TimedName {
    /// The days on which it may have been in use.
    #[must_use]
    pub fn possible(&self) -> DayRange {
        memberships::possible(self.from.as_ref(), self.to.as_ref())
    }

    /// Its time in words: “4 January 1948 to 18 June 1989”, “until 24 June 1939”.
    #[must_use]
    pub fn time(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{} to {}", words::when(from), words::when(to)),
            (None, Some(to)) => format!("until {}", words::when(to)),
            (Some(from), None) => format!("since {}", words::when(from)),
            (None, None) => String::new(),
        }
    }

    /// Whether it was in use on all of some days for certain.
    fn covers(&self, days: DayRange) -> bool {
        let certain = memberships::certain(self.from.as_ref(), self.to.as_ref());
        certain.from <= days.from && days.to <= certain.to
    }
}

pub(super) const NAMES: &str = include_str!("../../../assets/gazetteer/names.tsv");

/// All of them, by state.
#[must_use]
pub fn timed_names() -> &'static [TimedName] {
    static READ: OnceLock<Vec<TimedName>> = OnceLock::new();
    READ.get_or_init(|| {
        let date = |cell: &str| match cell {
            "" => Some(None),
            cell => When::parse(cell).ok().map(Some),
        };
        rows(NAMES)
            .filter_map(|[state, name, from, to, source]| {
                let (state, from, to) = (resolve_state_name(state)?, date(from)?, date(to)?);
                Some(TimedName { state, name, from, to, source })
            })
            .collect()
    })
}

impl State {
    /// Its names that have a time; for a former state its own time.
    pub fn timed_names(&'static self) -> impl Iterator<Item = &'static TimedName> {
        timed_names().iter().filter(move |one| std::ptr::eq(one.state, self))
    }

    /// Whether it is no more.
    #[must_use]
    pub fn is_former(&self) -> bool {
        !self.successors.is_empty()
    }

    /// When a former state was there; `None` for others, and where that is not recorded.
    #[must_use]
    pub fn time(&'static self) -> Option<&'static TimedName> {
        self.timed_names().find(|one| self.is_former() && one.name == self.name)
    }

    /// What belongs beside one of its names: “now Myanmar” beside one that it has no more, “then
    /// Burma” beside the present one where it had the other on all of these days for certain.
    #[must_use]
    pub fn beside(&'static self, name: &str, days: Option<DayRange>) -> Option<String> {
        if self.is_former() {
            return None;
        }
        let folded = fold(name);
        let mut own = self.timed_names().filter(|one| fold(one.name) == folded).peekable();
        if own.peek().is_some() {
            return own.all(|one| one.to.is_some()).then(|| format!("now {}", self.name));
        }
        let days = days?;
        let then = self.timed_names().find(|one| one.covers(days))?;
        Some(format!("then {}", then.name))
    }
}

/// The state that a party is, as the gazetteer knows it: by its code, or by its name.
#[must_use]
pub fn state_of_party(party: &Party) -> Option<&'static State> {
    if party.kind != PartyKind::State && party.kind != PartyKind::Province {
        return None;
    }
    let coded = party.iso.as_deref().and_then(resolve_state_code);
    coded.or_else(|| resolve_state_name(&party.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::gazetteer::resolve_state;

    fn days(edtf: &str) -> Option<DayRange> {
        let span = When::parse(edtf).unwrap().span();
        Some(DayRange { from: span.earliest_start.or_min(), to: span.latest_end.or_max() })
    }

    #[test]
    fn every_row_is_understood_and_its_name_leads_to_its_state() {
        assert_eq!(timed_names().len(), NAMES.lines().count() - 1);
        for one in timed_names() {
            let found = resolve_state(one.name);
            assert_eq!(found.map(|state| state.name), Some(one.state.name), "{}", one.name);
            assert!(!one.source.is_empty() && one.to.is_some(), "{one:?}");
            assert!(one.possible().from < one.possible().to, "{one:?}");
            // A former state has its own time, a present one other names.
            assert_eq!(one.state.is_former(), one.name == one.state.name, "{one:?}");
        }
    }

    #[test]
    fn a_name_is_told_the_one_of_today_and_the_one_of_its_time() {
        let beside = |name: &str, on: &str| resolve_state(name).unwrap().beside(name, days(on));
        for (name, on, expected) in [
            ("Burma", "1955-02", Some("now Myanmar")),
            ("Burma", "2012-11-19", Some("now Myanmar")),
            ("Myanmar", "1955-02", Some("then Burma")),
            ("Myanmar", "2012-11-19", None),
            // Not for certain the one or the other.
            ("Myanmar", "1989", None),
            ("Thailand", "1920", Some("then Siam")),
            ("Thailand", "1943", None),
            ("Thailand", "1946", Some("then Siam")),
            ("Thailand", "1949", None),
            ("Cambodia", "1971", Some("then Khmer Republic")),
            ("Cambodia", "1977-05", Some("then Democratic Kampuchea")),
            ("Cambodia", "1985", Some("then People's Republic of Kampuchea")),
            ("Cambodia", "1965", None),
            ("Cambodia", "2016", None),
            ("Kampuchea", "1977", Some("now Cambodia")),
            ("Zaire", "1980", Some("now Democratic Republic of the Congo")),
            ("Turkey", "2009", Some("now Türkiye")),
            ("Soviet Union", "1980", None),
            ("France", "1900", None),
        ] {
            assert_eq!(beside(name, on).as_deref(), expected, "{name} {on}");
        }
        assert_eq!(resolve_state("Siam").unwrap().beside("Thailand", None), None);
    }

    #[test]
    fn a_former_state_has_its_time() {
        let time = |name: &str| resolve_state(name).unwrap().time().map(TimedName::time);
        let expected = "28 October 1918 to 31 December 1992".to_owned();
        assert_eq!(time("Czechoslovakia"), Some(expected));
        assert_eq!(time("Burma"), None);
        // Regions that still bear the name are not called former.
        assert_eq!(time("Hawaii"), None);
    }
}
