//! The fields in which days are typed, and the days of the filter that they make.

use super::AppState;
use crate::model::{Day, DayRange, When};
use crate::query::{Filter, day_set, day_set_text};

impl AppState {
    /// Takes up what is typed into the two date fields.
    pub(super) fn set_dates(&mut self, from: String, to: String) {
        self.dates = (from, to);
        self.filter_by_dates();
    }

    /// Takes up the set of days that is typed.
    pub(super) fn set_only_in(&mut self, text: String) {
        self.only_in = text;
        self.filter_by_dates();
    }

    /// Lets the engagements of more days pass, besides those that pass already.
    pub(super) fn add_days(&mut self, range: DayRange) {
        let extent = self.document.extent;
        let limits = self.dates != (String::new(), String::new());
        self.only_in = if limits || self.only_in_problem.is_some() {
            let mut when = self.filter.when.clone();
            when.push(range);
            day_set_text(&when, extent)
        } else if self.only_in.trim().is_empty() {
            day_set_text(&[range], extent)
        } else {
            format!("{}; {}", self.only_in.trim(), day_set_text(&[range], extent))
        };
        self.dates = (String::new(), String::new());
        self.filter_by_dates();
    }

    /// Writes the days of the filter, which were not typed, into the fields.
    pub(super) fn show_dates(&mut self) {
        (self.dates_problem, self.only_in_problem) = (None, None);
        (self.dates, self.only_in) = match self.filter.when.as_slice() {
            [] => <_>::default(),
            [range] => (date_fields(range), String::new()),
            ranges => (<_>::default(), day_set_text(ranges, self.document.extent)),
        };
    }

    fn filter_by_dates(&mut self) {
        let (limits, days) = (limits(&self.dates), day_set(&self.only_in, self.document.extent));
        self.dates_problem = limits.as_ref().err().cloned();
        self.only_in_problem = days.as_ref().err().cloned();
        let (Ok(limits), Ok(days)) = (limits, days) else { return };
        let days = Filter { when: days, ..Filter::default() };
        let when = match limits {
            Some(range) => days.within(range).when,
            None => days.when,
        };
        if self.filter.when != when {
            self.leave();
            self.filter.when = when;
        }
    }
}

/// The range between two dates as typed; `None` where both are empty.
fn limits((from, to): &(String, String)) -> Result<Option<DayRange>, String> {
    let bound = |text: &str, start: bool| -> Result<Option<Day>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let span = When::parse(text).map_err(|error| error.to_string())?.span();
        Ok(if start { span.earliest_start } else { span.latest_end }.day())
    };
    let (from, to) = (bound(from, true)?, bound(to, false)?);
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let (from, to) = (from.unwrap_or(Day(i32::MIN)), to.unwrap_or(Day(i32::MAX)));
    if from > to {
        return Err("The first date is after the second.".to_owned());
    }
    Ok(Some(DayRange { from, to }))
}

/// What the two date fields say for a range that was not typed: both days, empty where open.
fn date_fields(range: &DayRange) -> (String, String) {
    let field = |day: Day, open: i32| if day.0 == open { String::new() } else { day.iso() };
    (field(range.from, i32::MIN), field(range.to, i32::MAX))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Command, Document, NativeDialogs, Settings};
    use super::*;

    #[test]
    fn a_set_of_days_is_cut_by_the_two_dates_and_added_to() {
        let mut state = AppState::new(
            Document::built_in().unwrap(),
            Settings::default(),
            Arc::new(NativeDialogs),
            Arc::new(|| {}),
        );
        state.apply(Command::SetDays("every May".to_owned()));
        let all = state.filter.when.len();
        assert!(all > 2);
        state.apply(Command::SetDates("2023".to_owned(), "2024".to_owned()));
        assert_eq!(state.filter.when.len(), 2);
        state.apply(Command::SetDays("every Mai".to_owned()));
        assert!(state.only_in_problem.is_some());
        assert_eq!(state.filter.when.len(), 2);
        let june = DayRange { from: Day(19_875), to: Day(19_904) };
        state.apply(Command::AddDays(june));
        assert_eq!((state.filter.when.len(), &*state.dates.0), (2, ""));
        assert!(state.filter.when.iter().any(|range| range.to == june.to), "{}", state.only_in);
        state.apply(Command::ClearFilter);
        assert!(state.filter.when.is_empty() && state.only_in.is_empty());
        assert!(state.only_in_problem.is_none());
    }
}
