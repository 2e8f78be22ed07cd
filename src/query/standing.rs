//! Where a partnership stands on a day: its level, who coordinates it, whether it exists.

use crate::model::{Dataset, Day, DayRange, Level, Partnership, PartnershipId, Term, When};

/// What is in force of a partnership on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing<'a> {
    /// Whether it has begun, and not ended; true where nothing is said.
    pub exists: bool,
    /// The level; `None` where none is stated for that day.
    pub level: Option<&'a Level>,
    /// A level that was announced and is not known to be in force.
    pub announced: Option<&'a Level>,
    /// The partnership.
    of: &'a Partnership,
    /// The day.
    day: Option<Day>,
}

/// Whether a term may include a day; a term that is not stated always does, and so does any term
/// where no day is asked for.
fn holds(term: Option<&When>, day: Option<Day>) -> bool {
    match (term, day) {
        (Some(term), Some(day)) => term.possibly_in(DayRange::new(day, day)),
        _ => true,
    }
}

impl<'a> Standing<'a> {
    /// Where a partnership stands on a day; of the latest of all when `None`. Of several levels that
    /// may be in force, the one listed last counts, for sources list them in order of time.
    #[must_use]
    pub fn on(partnership: &'a Partnership, day: Option<Day>) -> Self {
        let level = |planned: bool| {
            partnership
                .levels
                .iter()
                .rev()
                .find(|level| level.planned == planned && holds(level.term.as_ref(), day))
        };
        let in_force = level(false);
        Self {
            exists: holds(partnership.since.as_ref(), day),
            level: in_force,
            announced: level(true).filter(|level| {
                in_force.is_none_or(|other| !other.label.eq_ignore_ascii_case(&level.label))
            }),
            of: partnership,
            day,
        }
    }

    /// Who holds a function in it on that day.
    pub fn terms(&self) -> impl Iterator<Item = &'a Term> + use<'a> {
        let day = self.day;
        self.of.terms.iter().filter(move |term| match day {
            Some(_) => holds(term.term.as_ref(), day),
            // Of all time, the latest.
            None => term.term.is_none(),
        })
    }

    /// "Comprehensive Strategic Partnership (ladder: ASEAN)"; empty where no level is stated.
    #[must_use]
    pub fn level_words(&self, dataset: &Dataset) -> String {
        let said = |level: &Level, what: &str| {
            let mut words = format!("{}{what}", level.label);
            if let Some(ladder) = level.ladder {
                words.push_str(&format!(" (ladder: {})", dataset.ladder(ladder).name));
            }
            words
        };
        match (self.level, self.announced) {
            (Some(level), Some(next)) => {
                format!("{}, {}", said(level, ""), said(next, " announced"))
            }
            (Some(level), None) => said(level, ""),
            (None, Some(next)) => said(next, " announced"),
            (None, None) => String::new(),
        }
    }
}

/// The levels of some partnerships, each by its number among those of its partnership, that may
/// have been in force in a stretch of time: in order of when they begin, those of which no date is
/// known last.
#[must_use]
pub fn levels_within(
    dataset: &Dataset,
    partnerships: &[PartnershipId],
    window: DayRange,
) -> Vec<(PartnershipId, usize)> {
    let mut found: Vec<(Option<Day>, PartnershipId, usize)> = Vec::new();
    for id in partnerships {
        for (number, level) in dataset.partnership(*id).levels.iter().enumerate() {
            if level.term.as_ref().is_none_or(|term| term.possibly_in(window)) {
                let begins = |term: &When| {
                    let span = term.span();
                    let first = span.earliest_start.day().or(span.latest_start.day());
                    first.or(span.earliest_end.day()).or(span.latest_end.day())
                };
                found.push((level.term.as_ref().and_then(begins), *id, number));
            }
        }
    }
    found.sort_by_key(|(begins, id, number)| (begins.is_none(), *begins, *id, *number));
    found.into_iter().map(|(_, id, number)| (id, number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, PartyId};

    fn partnership() -> Partnership {
        let level = |label: &str, term: &str, planned| Level {
            label: label.into(),
            ladder: None,
            rank: None,
            term: When::parse(term).ok(),
            planned,
            citation: Citation::default(),
        };
        Partnership {
            since: When::parse("1977/").ok(),
            levels: [
                level("strategic", "2015/2022-05-11", false),
                level("comprehensive", "2022-05-12/", true),
                level("Comprehensive", "2022-11/", false),
            ]
            .into(),
            terms: [Term {
                party: PartyId(3),
                role: "coordinator".into(),
                term: When::parse("2022").ok(),
                citation: Citation::default(),
            }]
            .into(),
            ..Partnership::default()
        }
    }

    #[test]
    fn the_levels_of_a_window_come_in_order_of_time() {
        let parts = crate::model::DatasetParts {
            parties: (0..4)
                .map(|at| crate::model::Party {
                    key: format!("p{at}").into(),
                    name: "P".into(),
                    ..crate::model::Party::default()
                })
                .collect(),
            partnerships: vec![Partnership {
                key: "one".into(),
                name: "One".into(),
                ..partnership()
            }],
            ..crate::model::DatasetParts::default()
        };
        let dataset = Dataset::new(parts).unwrap();
        let within = |from: i32, to: i32| {
            let day = |year| Day::from_ymd(year, 1, 1).unwrap();
            let found =
                levels_within(&dataset, &[PartnershipId(0)], DayRange::new(day(from), day(to)));
            found.into_iter().map(|(_, number)| number).collect::<Vec<_>>()
        };
        assert!(within(2000, 2010).is_empty());
        assert_eq!(within(2016, 2020), [0]);
        assert_eq!(within(2016, 2024), [0, 1, 2]);
        assert_eq!(within(2023, 2024), [1, 2]);
    }

    #[test]
    fn what_is_in_force_depends_on_the_day() {
        let partnership = partnership();
        let on = |y, m, d| Standing::on(&partnership, Day::from_ymd(y, m, d));
        let told = |standing: Standing<'_>| {
            let label = |level: Option<&Level>| level.map(|level| level.label.to_string());
            (label(standing.level), label(standing.announced), standing.terms().count())
        };
        let some = |text: &str| Some(text.to_owned());
        assert!(!on(1970, 1, 1).exists && on(1990, 1, 1).exists);
        assert_eq!(told(on(2010, 1, 1)), (None, None, 0));
        assert_eq!(told(on(2020, 1, 1)), (some("strategic"), None, 0));
        assert_eq!(told(on(2022, 6, 1)), (None, some("comprehensive"), 1));
        assert_eq!(told(on(2024, 1, 1)), (some("Comprehensive"), None, 0));
    }
}
