//! Which states belonged to which organisations, and when.

use std::sync::OnceLock;

use super::{Organisation, State, resolve_organisation, resolve_state_code, rows};
use crate::model::{Day, DayRange, When};

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
    /// The days on which it may have held: one known to the year alone from the beginning of that
    /// year on.
    #[must_use]
    pub fn possible(&self) -> DayRange {
        possible(Some(&self.from), self.to.as_ref())
    }

    /// The days on which it held for certain: one known to the year alone from the end of that year
    /// on. There may be none, where the first day is after the last.
    #[must_use]
    pub fn certain(&self) -> DayRange {
        certain(Some(&self.from), self.to.as_ref())
    }

    /// Whether it held on a day for certain.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        let certain = self.certain();
        certain.from <= day && day <= certain.to
    }
}

/// The days between two dates at the widest; without a limit where there is none.
pub(super) fn possible(from: Option<&When>, to: Option<&When>) -> DayRange {
    DayRange {
        from: from.map_or(Day(i32::MIN), |from| from.span().earliest_start.or_min()),
        to: to.map_or(Day(i32::MAX), |to| to.span().latest_end.or_max()),
    }
}

/// The same at the narrowest: there may be none, where the first is after the last.
pub(super) fn certain(from: Option<&When>, to: Option<&When>) -> DayRange {
    DayRange {
        from: from.map_or(Day(i32::MIN), |from| from.span().latest_start.or_max()),
        to: to.map_or(Day(i32::MAX), |to| to.span().earliest_end.or_min()),
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
        // Known to the month alone: not yet for certain within it.
        assert_eq!(members_on("ACMECS", "2004-05-15").len(), 4);
        assert_eq!(members_on("ACMECS", "2004-06-01").len(), 5);
    }

    /// How many members a body had from a day on, by its own count.
    #[test]
    fn there_are_as_many_members_as_the_bodies_count_themselves() {
        let counts: [(&str, &[(&str, usize)]); 13] = [
            (
                "ASEAN",
                &[
                    ("1967-08-08", 5),
                    ("1984-01-07", 6),
                    ("1995-07-28", 7),
                    ("1997-07-23", 9),
                    ("1999-04-30", 10),
                    ("2025-10-26", 11),
                ],
            ),
            (
                "EU",
                &[
                    ("1958-01-01", 6),
                    ("1973-01-01", 9),
                    ("1981-01-01", 10),
                    ("1986-01-01", 12),
                    ("1995-01-01", 15),
                    ("2004-05-01", 25),
                    ("2007-01-01", 27),
                    ("2013-07-01", 28),
                    ("2020-02-01", 27),
                ],
            ),
            (
                "NATO",
                &[
                    ("1949-08-24", 12),
                    ("1952-02-18", 14),
                    ("1955-05-06", 15),
                    ("1982-05-30", 16),
                    ("1999-03-12", 19),
                    ("2004-03-29", 26),
                    ("2009-04-01", 28),
                    ("2017-06-05", 29),
                    ("2020-03-27", 30),
                    ("2023-04-04", 31),
                    ("2024-03-07", 32),
                ],
            ),
            (
                "APEC",
                &[
                    ("1989-11-30", 12),
                    ("1991-11-30", 15),
                    ("1993-11-30", 17),
                    ("1994-11-30", 18),
                    ("1998-11-30", 21),
                ],
            ),
            // The European Union and the African Union are members beside the states.
            ("G20", &[("1999-12-15", 19)]),
            ("G7", &[("1975-11-15", 6), ("1976-06-27", 7)]),
            (
                "BRICS",
                &[("2009-06-16", 4), ("2010-12-31", 5), ("2024-01-01", 9), ("2025-01-06", 10)],
            ),
            ("SCO", &[("2001-06-15", 6), ("2017-06-09", 8), ("2023-07-04", 9), ("2024-07-04", 10)]),
            ("SAARC", &[("1985-12-08", 7), ("2007-04-30", 8)]),
            ("BIMSTEC", &[("1997-06-06", 4), ("1997-12-22", 5), ("2004-02-29", 7)]),
            ("MRC", &[("1995-04-05", 4)]),
            ("LMC", &[("2016-03-23", 6)]),
            ("MUSP", &[("2020-09-11", 6)]),
        ];
        for (body, counts) in counts {
            let day = |text: &str| When::parse(text).unwrap().span().earliest_start.or_min();
            let mut before = 0;
            for &(from, count) in counts {
                let eve = day(from).plus(-1).iso();
                assert_eq!(members_on(body, &eve).len(), before, "{body}, the day before {from}");
                assert_eq!(members_on(body, from).len(), count, "{body}, {from}");
                before = count;
            }
            assert_eq!(members_on(body, "2026-01-01").len(), before, "{body} since");
        }
    }

    #[test]
    fn no_state_is_a_member_twice_at_once_and_none_before_it_was_there() {
        for (at, one) in memberships().iter().enumerate() {
            for other in &memberships()[at + 1..] {
                let same = one.state == other.state && one.organisation == other.organisation;
                let (a, b) = (one.possible(), other.possible());
                assert!(!same || a.to < b.from || b.to < a.from, "{one:?} {other:?}");
            }
            let first = one.organisation.members().map(|member| member.possible().from).min();
            assert!(first.is_some_and(|first| first <= one.possible().from));
            assert!(one.state.successors.is_empty(), "a former state: {one:?}");
        }
    }
}
