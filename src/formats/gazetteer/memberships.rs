//! Which states belonged to which organisations, and when.

use std::sync::OnceLock;

use super::{Organisation, State, resolve_organisation, resolve_state_code, rows};
use crate::model::{Day, When};

/// A state's membership of an organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The organisation.
    pub organisation: &'static Organisation,
    /// The state.
    pub state: &'static State,
    /// From when on, as precisely as the source gives it.
    pub from: When,
    /// The last day, where it has ended.
    pub to: Option<When>,
    /// The document that says so.
    pub source: &'static str,
}

impl Membership {
    /// Whether it held on a day for certain: a membership known to the year alone counts from the
    /// end of that year on.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        let from = self.from.span().latest_start.or_max();
        let to = self.to.as_ref().map_or(Day(i32::MAX), |to| to.span().earliest_end.or_min());
        from <= day && day <= to
    }
}

const MEMBERSHIPS: &str = include_str!("../../../assets/gazetteer/memberships.tsv");

/// All memberships, by organisation, and by date within each.
#[must_use]
pub fn memberships() -> &'static [Membership] {
    static READ: OnceLock<Vec<Membership>> = OnceLock::new();
    READ.get_or_init(|| {
        rows(MEMBERSHIPS)
            .filter_map(|[organisation, state, from, to, source]| {
                Some(Membership {
                    organisation: resolve_organisation(organisation)?,
                    state: resolve_state_code(state)?,
                    from: When::parse(from).ok()?,
                    to: match to {
                        "" => None,
                        to => Some(When::parse(to).ok()?),
                    },
                    source,
                })
            })
            .collect()
    })
}

impl State {
    /// The organisations that it belongs or belonged to.
    pub fn memberships(&self) -> impl Iterator<Item = &'static Membership> {
        memberships().iter().filter(move |one| one.state.iso3 == self.iso3)
    }
}

impl Organisation {
    /// The states that belong or belonged to it, in the order in which they joined; none where the
    /// gazetteer does not say.
    pub fn members(&self) -> impl Iterator<Item = &'static Membership> {
        memberships().iter().filter(move |one| one.organisation.name == self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members_on(organisation: &str, day: &str) -> Vec<&'static str> {
        let day = When::parse(day).unwrap().span().earliest_start.or_min();
        let organisation = resolve_organisation(organisation).unwrap();
        organisation.members().filter(|one| one.holds_on(day)).map(|one| one.state.name).collect()
    }

    #[test]
    fn every_row_is_understood_and_says_who_says_so() {
        assert_eq!(memberships().len(), MEMBERSHIPS.lines().count() - 1);
        for one in memberships() {
            assert!(!one.source.is_empty(), "{one:?}");
            assert!(
                one.state.territory_of.is_empty() || one.organisation.short == "APEC",
                "{one:?}"
            );
            let end = one.to.as_ref().map_or(Day(i32::MAX), |to| to.span().latest_end.or_max());
            assert!(one.from.span().earliest_start.or_min() < end, "{one:?}");
        }
    }

    #[test]
    fn members_are_those_of_the_day() {
        assert_eq!(members_on("ASEAN", "1967-08-07").len(), 0);
        assert_eq!(members_on("ASEAN", "1967-08-08").len(), 5);
        let nine = members_on("ASEAN", "1999-04-29");
        assert_eq!(nine.len(), 9);
        assert!(!nine.contains(&"Cambodia") && nine.contains(&"Laos"));
        assert!(members_on("ASEAN", "1999-04-30").contains(&"Cambodia"));
        assert_eq!(members_on("EU", "2020-01-31").len(), 28);
        assert_eq!(members_on("EU", "2020-02-01").len(), 27);
        assert_eq!(members_on("NATO", "2024-03-07").len(), 32);
        // Known to the year alone: not yet for certain within it.
        assert_eq!(members_on("NATO", "1949-06-01").len(), 0);
    }
}
