//! What the Change tab shows: which stretches of time are held against one another, and how.

use crate::model::{Day, DayRange, words};
use crate::query::{
    CalendarStep, Period, calendar_parts, day_set, day_set_words, equal_parts, other_days, periods,
    stretch_before, year_earlier,
};

/// What the Change tab shows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ChangeMode {
    /// Two stretches of time in one network.
    #[default]
    Compare,
    /// Several stretches of time, a small network each.
    Panels,
    /// The levels of partnerships over time.
    Levels,
}

impl ChangeMode {
    /// All modes, from left to right.
    pub const ALL: [Self; 3] = [Self::Compare, Self::Panels, Self::Levels];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::Panels => "Panels",
            Self::Levels => "Levels",
        }
    }
}

/// What a stretch of time is compared with.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// The stretch of the same length before it.
    #[default]
    Before,
    /// The same stretch a year earlier.
    YearEarlier,
    /// All time before it.
    Earlier,
    /// All other time.
    Rest,
    /// Days that the reader has typed.
    Chosen,
}

impl Against {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Before, Self::YearEarlier, Self::Earlier, Self::Rest, Self::Chosen];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Before => "the stretch before",
            Self::YearEarlier => "a year earlier",
            Self::Earlier => "all time before",
            Self::Rest => "all other time",
            Self::Chosen => "chosen days",
        }
    }
}

/// How time is divided into panels.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum PanelsBy {
    /// Into years; decades and so on where these would be too many.
    #[default]
    Years,
    /// Into quarters.
    Quarters,
    /// Into months.
    Months,
    /// Into parts of equal length.
    Parts,
    /// Into periods that the reader has typed.
    Periods,
}

impl PanelsBy {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Years, Self::Quarters, Self::Months, Self::Parts, Self::Periods];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Years => "Years",
            Self::Quarters => "Quarters",
            Self::Months => "Months",
            Self::Parts => "Equal parts",
            Self::Periods => "Periods",
        }
    }
}

/// A column of the table of changed ties.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ChangeColumn {
    /// The party whose name stands first.
    Party,
    /// The other party.
    With,
    /// Engagements in the first stretch.
    First,
    /// Engagements in the second stretch.
    Second,
    /// The difference; the greatest first, gained or lost.
    #[default]
    Change,
}

impl ChangeColumn {
    /// All columns, from left to right.
    pub const ALL: [Self; 5] = [Self::Party, Self::With, Self::First, Self::Second, Self::Change];
}

/// How the table of changed ties is sorted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(default)]
pub struct ChangeSort {
    /// By which column.
    pub column: ChangeColumn,
    /// Turned round: names from Z to A, numbers and differences from the least.
    pub reversed: bool,
}

/// What the Change tab shows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ChangeView {
    /// Which of its views.
    pub mode: ChangeMode,
    /// What the second stretch is compared with.
    pub against: Against,
    /// The days of the first stretch as typed, for [`Against::Chosen`].
    pub first: String,
    /// The days of the second stretch as typed; the timeline's window where empty.
    pub second: String,
    /// How time is divided into panels.
    pub panels: PanelsBy,
    /// Into how many equal parts.
    pub parts: u8,
    /// The periods as typed, for [`PanelsBy::Periods`].
    pub periods: String,
    /// How the table is sorted.
    pub sort: ChangeSort,
    /// Whether levels are listed instead of being drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub listed: bool,
}

impl Default for ChangeView {
    fn default() -> Self {
        Self {
            mode: ChangeMode::default(),
            against: Against::default(),
            first: String::new(),
            second: String::new(),
            panels: PanelsBy::default(),
            parts: 6,
            periods: String::new(),
            sort: ChangeSort::default(),
            listed: false,
        }
    }
}

/// Two stretches of time to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The days of the first and of the second.
    pub days: [Vec<DayRange>; 2],
    /// What they are called.
    pub names: [String; 2],
    /// Whether they are the halves of the window, because nothing lies before it.
    pub halves: bool,
}

/// What is wrong with a stretch of time as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowProblem {
    /// Which of the two: 0 is the first.
    pub field: usize,
    /// What is wrong, in words.
    pub message: String,
}

impl ChangeView {
    /// The two stretches, given the timeline's window and the days of all engagements.
    ///
    /// # Errors
    /// When what is typed for one of them cannot be read.
    pub fn windows(&self, window: DayRange, extent: DayRange) -> Result<Windows, WindowProblem> {
        let typed = |field: usize, text: &str| {
            let days = day_set(text, extent).map_err(|message| WindowProblem { field, message })?;
            if days.is_empty() {
                let message = "type the days to compare with, like 2009–2014".to_owned();
                return Err(WindowProblem { field, message });
            }
            Ok(days)
        };
        let follows = self.second.trim().is_empty();
        let second = if follows { vec![window] } else { typed(1, &self.second)? };
        // A set of days has a before as a whole.
        let (from, to) = (
            second.first().map_or(window.from, |range| range.from).max(extent.from),
            second.last().map_or(window.to, |range| range.to).min(extent.to),
        );
        let hull = DayRange { from, to: to.max(from) };
        let whole = if follows { window } else { hull };
        let first = match self.against {
            Against::Before => vec![stretch_before(whole)],
            Against::YearEarlier => second.iter().copied().map(year_earlier).collect(),
            Against::Earlier => {
                vec![DayRange::new(extent.from.min(whole.from.plus(-1)), whole.from.plus(-1))]
            }
            Against::Rest => other_days(&second, extent),
            Against::Chosen => typed(0, &self.first)?,
        };
        let before_everything = first.iter().all(|range| range.to < extent.from);
        let nothing_left = self.against == Against::Rest
            && second.iter().any(|range| range.from <= extent.from && range.to >= extent.to);
        if self.against != Against::Chosen && (before_everything || nothing_left) {
            let halves = equal_parts(hull, 2);
            if let [first, second] = halves.as_slice() {
                let named = |period: &Period| (period.days.clone(), period.name.clone());
                let (first, second) = (named(first), named(second));
                return Ok(Windows {
                    days: [first.0, second.0],
                    names: [first.1, second.1],
                    halves: true,
                });
            }
        }
        let days = [first, second];
        let names = [0, 1].map(|side| name(&days[side], extent));
        Ok(Windows { days, names, halves: false })
    }

    /// The periods of the panels, given the days that they divide and those of all engagements.
    ///
    /// # Errors
    /// When the periods as typed cannot be read.
    pub fn periods(&self, window: DayRange, extent: DayRange) -> Result<Vec<Period>, String> {
        let inside = DayRange {
            from: window.from.max(extent.from).min(extent.to),
            to: window.to.min(extent.to).max(extent.from),
        };
        match self.panels {
            PanelsBy::Years => Ok(calendar_parts(inside, CalendarStep::Year)),
            PanelsBy::Quarters => Ok(calendar_parts(inside, CalendarStep::Quarter)),
            PanelsBy::Months => Ok(calendar_parts(inside, CalendarStep::Month)),
            PanelsBy::Parts => Ok(equal_parts(inside, usize::from(self.parts))),
            PanelsBy::Periods => periods(&self.periods, extent),
        }
    }
}

/// A set of days in words, as far as there are engagements: "2009–2014".
fn name(days: &[DayRange], extent: DayRange) -> String {
    match days {
        [one] if one.from.0 == i32::MIN => format!("time until {}", words::day(one.to)),
        [one]
            if one.to.0 == i32::MAX
                || one.to > extent.to && one.from >= extent.from && !ends_a_month(one.to) =>
        {
            format!("time from {}", words::day(one.from))
        }
        _ => day_set_words(days),
    }
}

/// Whether a stretch up to this day was most likely typed, not drawn with the pointer.
fn ends_a_month(day: Day) -> bool {
    day.0 < i32::MAX && day.plus(1).ymd().2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: i32, to: i32) -> DayRange {
        let day = |year: i32, month, day| Day::from_ymd(year, month, day).unwrap();
        DayRange { from: day(from, 1, 1), to: day(to, 12, 31) }
    }

    fn windows(view: &ChangeView, window: DayRange) -> Windows {
        view.windows(window, range(2000, 2023)).unwrap()
    }

    #[test]
    fn a_window_is_compared_with_what_is_asked_for() {
        let with = |against| {
            let view = ChangeView { against, ..ChangeView::default() };
            windows(&view, range(2015, 2020)).names[0].clone()
        };
        assert_eq!(with(Against::Before), "2009–2014");
        assert_eq!(with(Against::YearEarlier), "2014–2019");
        assert_eq!(with(Against::Earlier), "2000–2014");
        assert_eq!(with(Against::Rest), "2000–2014 or 2021–2023");
        let typed = ChangeView {
            against: Against::Chosen,
            first: "1999/2008".to_owned(),
            second: "2009/..".to_owned(),
            ..ChangeView::default()
        };
        assert_eq!(
            windows(&typed, range(2015, 2020)).names,
            ["1999–2008", "time from 1 January 2009"]
        );
        let beyond = ChangeView { second: "2009/2030".to_owned(), ..typed };
        assert_eq!(windows(&beyond, range(2015, 2020)).names, ["1999–2008", "2009–2030"]);
    }

    #[test]
    fn where_nothing_lies_before_the_halves_are_compared() {
        for against in [Against::Before, Against::Earlier, Against::Rest] {
            let view = ChangeView { against, ..ChangeView::default() };
            let windows = windows(&view, range(1990, 2030));
            assert!(windows.halves, "{against:?}");
            assert_eq!(windows.names, ["2000–2011", "2012–2023"]);
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_of_the_field_it_stands_in() {
        let mut view = ChangeView { against: Against::Chosen, ..ChangeView::default() };
        let extent = range(2000, 2023);
        assert_eq!(view.windows(extent, extent).unwrap_err().field, 0);
        view.second = "sometime".to_owned();
        assert_eq!(view.windows(extent, extent).unwrap_err().field, 1);
    }

    #[test]
    fn panels_divide_what_is_shown_of_the_data() {
        let mut view = ChangeView::default();
        let names = |view: &ChangeView| -> Vec<String> {
            let periods = view.periods(range(1900, 2009), range(2000, 2023)).unwrap();
            periods.into_iter().map(|period| period.name).collect()
        };
        assert_eq!(names(&view).len(), 10);
        view.panels = PanelsBy::Parts;
        view.parts = 2;
        assert_eq!(names(&view), ["2000–2004", "2005–2009"]);
        view.panels = PanelsBy::Periods;
        view.periods = "Bush 2001–2008; Obama 2009–2016".to_owned();
        assert_eq!(names(&view), ["Bush", "Obama"]);
    }
}
