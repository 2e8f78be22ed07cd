//! The scale between days and horizontal positions.

use crate::model::{Day, DayRange};

/// Maps days to horizontal positions in points and back. Immutable: moving it gives a new one.
///
/// Days are counted from 1970-01-01 and fractional; day `d` takes the stretch from `d` to `d + 1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeScale {
    from: f64,
    days: f64,
    x0: f32,
    width: f32,
}

impl TimeScale {
    /// The shortest stretch that can be shown, in days: three hours.
    pub const LEAST_DAYS: f64 = 0.125;
    /// The longest stretch that can be shown, in days: 20,000 years.
    pub const MOST_DAYS: f64 = 20_000.0 * 365.2425;
    /// How far the middle may be from 1970, in days: some 27,000 years.
    const REACH: f64 = 10_000_000.0;

    /// The scale on which `from` stands at `x0` and `to` at `x0 + width`.
    ///
    /// What cannot be shown is brought to the nearest that can: ends in the wrong order are
    /// swapped, stretches too short or too long are changed around their middle.
    #[must_use]
    pub fn new(from: f64, to: f64, x0: f32, width: f32) -> Self {
        let (from, to) = if from.is_finite() && to.is_finite() { (from, to) } else { (0.0, 365.0) };
        let middle = f64::midpoint(from, to);
        Self::around(middle, (to - from).abs(), x0, width)
    }

    fn around(middle: f64, days: f64, x0: f32, width: f32) -> Self {
        let days = days.clamp(Self::LEAST_DAYS, Self::MOST_DAYS);
        let middle = middle.clamp(-Self::REACH, Self::REACH);
        let width = if width.is_finite() { width.max(1.0) } else { 1.0 };
        Self { from: middle - days / 2.0, days, x0, width }
    }

    /// The scale that shows a range of days with `padding` points free on either side.
    #[must_use]
    pub fn fit(range: DayRange, padding: f32, x0: f32, width: f32) -> Self {
        let (from, to) = (f64::from(range.from.0), f64::from(range.to.0) + 1.0);
        let inner = f64::from((width - 2.0 * padding).max(width * 0.25).max(1.0));
        let margin = (to - from) / inner * (f64::from(width) - inner) / 2.0;
        Self::new(from - margin, to + margin, x0, width)
    }

    /// The day at the left edge.
    #[must_use]
    pub const fn from(&self) -> f64 {
        self.from
    }

    /// The day at the right edge.
    #[must_use]
    pub fn to(&self) -> f64 {
        self.from + self.days
    }

    /// How many days it shows.
    #[must_use]
    pub const fn days(&self) -> f64 {
        self.days
    }

    /// The position of the left edge in points.
    #[must_use]
    pub const fn x0(&self) -> f32 {
        self.x0
    }

    /// The width in points.
    #[must_use]
    pub const fn width(&self) -> f32 {
        self.width
    }

    /// Points per day. Panning leaves it exactly as it is.
    #[must_use]
    pub fn points_per_day(&self) -> f64 {
        f64::from(self.width) / self.days
    }

    /// The whole days that it shows, those at the edges included.
    #[must_use]
    pub fn range(&self) -> DayRange {
        DayRange::new(Day(self.from.floor() as i32), Day(self.to().ceil() as i32 - 1))
    }

    /// The position of a day.
    #[must_use]
    pub fn x_of(&self, day: f64) -> f32 {
        (f64::from(self.x0) + (day - self.from) * self.points_per_day()) as f32
    }

    /// The day at a position.
    #[must_use]
    pub fn day_at(&self, x: f32) -> f64 {
        self.from + f64::from(x - self.x0) / self.points_per_day()
    }

    /// The scale after its content has been moved by `dx` points to the right.
    #[must_use]
    pub fn pan(&self, dx: f32) -> Self {
        let from = self.from - f64::from(dx) / self.points_per_day();
        let half = self.days / 2.0;
        Self { from: from.clamp(-Self::REACH - half, Self::REACH - half), ..*self }
    }

    /// The scale magnified by `factor` (above 1: closer), with the day at `x` staying where it is.
    #[must_use]
    pub fn zoom_at(&self, x: f32, factor: f64) -> Self {
        if !factor.is_finite() || factor <= 0.0 {
            return *self;
        }
        let days = (self.days / factor).clamp(Self::LEAST_DAYS, Self::MOST_DAYS);
        let share = f64::from(x - self.x0) / f64::from(self.width);
        let from = self.day_at(x) - share * days;
        Self::around(from + days / 2.0, days, self.x0, self.width)
    }

    /// The same days in another place.
    #[must_use]
    pub fn placed(&self, x0: f32, width: f32) -> Self {
        Self { x0, width: width.max(1.0), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_range_fits_between_its_paddings() {
        let scale = TimeScale::fit(DayRange::new(Day(100), Day(199)), 20.0, 50.0, 240.0);
        assert!((scale.x_of(100.0) - 70.0).abs() < 1e-3);
        assert!((scale.x_of(200.0) - 270.0).abs() < 1e-3);
    }

    #[test]
    fn one_day_and_all_of_time_can_both_be_fitted() {
        let day = TimeScale::fit(DayRange::new(Day(5), Day(5)), 10.0, 0.0, 100.0);
        assert!(day.from() < 5.0 && day.to() > 6.0);
        let all = TimeScale::fit(DayRange::new(Day(i32::MIN), Day(i32::MAX)), 10.0, 0.0, 100.0);
        assert!(all.days() <= TimeScale::MOST_DAYS);
    }

    proptest! {
        #[test]
        fn panning_there_and_back_changes_nothing(
            from in -1e6..1e6, days in 0.2..1e6, dx in -5000f32..5000.0
        ) {
            let scale = TimeScale::new(from, from + days, 100.0, 800.0);
            let moved = scale.pan(dx);
            prop_assert_eq!(moved.points_per_day(), scale.points_per_day());
            prop_assert!((moved.pan(-dx).from() - scale.from()).abs() <= scale.days() * 1e-6);
        }

        #[test]
        fn zooming_keeps_the_day_under_the_pointer(
            from in -1e5..1e5, days in 10.0..1e5, x in 100f32..900.0, factor in 0.2..5.0
        ) {
            let scale = TimeScale::new(from, from + days, 100.0, 800.0);
            let closer = scale.zoom_at(x, factor);
            prop_assert!((closer.x_of(scale.day_at(x)) - x).abs() < 0.05);
            let back = closer.zoom_at(x, 1.0 / factor);
            prop_assert!((back.days() - scale.days()).abs() <= scale.days() * 1e-6);
        }

        #[test]
        fn nothing_leads_beyond_the_limits(
            from in proptest::num::f64::ANY, to in proptest::num::f64::ANY,
            x in proptest::num::f32::NORMAL, factor in proptest::num::f64::ANY
        ) {
            let scale = TimeScale::new(from, to, 0.0, 640.0).zoom_at(x.clamp(-1e4, 1e4), factor);
            prop_assert!(scale.days() >= TimeScale::LEAST_DAYS * 0.999);
            prop_assert!(scale.days() <= TimeScale::MOST_DAYS * 1.001);
            prop_assert!(scale.from().is_finite() && scale.to().is_finite());
        }
    }
}
