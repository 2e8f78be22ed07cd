//! Where a partnership stands on a day: its level, who coordinates it, whether it exists.

use crate::model::{Dataset, Day, DayRange, Level, Partnership, Term, When};

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
