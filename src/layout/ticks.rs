//! Calendar ticks for a time scale, from days to millennia, with labels that never overlap.

use super::TimeScale;
use crate::model::{Day, month_name};

/// A tick of the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The first moment of the stretch that it starts, in days since 1970-01-01.
    pub day: f64,
    /// Its position in points; that of the left edge for a label that has its line off the edge.
    pub x: f32,
    /// The label, set to the right of the line; empty where there is no room for one.
    pub label: String,
    /// Whether a line stands here. The label of the stretch that is going on at the left edge has
    /// none.
    pub line: bool,
}

/// The two levels of a time axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    /// The coarser level, in bold.
    pub major: Vec<Tick>,
    /// The finer level, without the ticks of the coarser one.
    pub minor: Vec<Tick>,
}

/// Distance between a line and its label, in points.
pub const LABEL_OFFSET: f32 = 4.0;
/// Least distance between two labels, in points.
const LABEL_GAP: f32 = 8.0;

/// A regular step of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(u32),
    Months(u32),
    Years(i32),
}

impl Step {
    /// The least number of days between two ticks.
    fn least_days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Months(months) => f64::from(months) * 29.5,
            Self::Years(years) => f64::from(years) * 365.0,
        }
    }
}

/// Pairs of finer and coarser step from the closest to the widest view, each with a label as wide
/// as the finer one's get.
const LEVELS: [(Option<Step>, Step, &str); 18] = [
    (None, Step::Days(1), "30 September 2024"),
    (Some(Step::Days(1)), Step::Months(1), "Wed 30"),
    (Some(Step::Days(1)), Step::Months(1), "30"),
    (Some(Step::Days(2)), Step::Months(1), "30"),
    (Some(Step::Days(5)), Step::Months(1), "30"),
    (Some(Step::Days(10)), Step::Months(1), "30"),
    (Some(Step::Months(1)), Step::Years(1), "Aug"),
    (Some(Step::Months(3)), Step::Years(1), "Aug"),
    (Some(Step::Months(6)), Step::Years(1), "Aug"),
    (Some(Step::Years(1)), Step::Years(10), "2000"),
    (Some(Step::Years(2)), Step::Years(10), "2000"),
    (Some(Step::Years(5)), Step::Years(10), "2000"),
    (Some(Step::Years(10)), Step::Years(100), "2000"),
    (Some(Step::Years(20)), Step::Years(100), "2000"),
    (Some(Step::Years(50)), Step::Years(100), "2000"),
    (Some(Step::Years(100)), Step::Years(1000), "2000"),
    (Some(Step::Years(200)), Step::Years(1000), "2000"),
    (Some(Step::Years(500)), Step::Years(1000), "2000"),
];

/// A year as readers write it: astronomical 0 is 1 BCE.
#[must_use]
pub fn year_label(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BCE", 1 - i64::from(year)) }
}

fn day_of(year: i32, month: u32, day: u32) -> Option<f64> {
    Day::from_ymd(year, month, day).map(|day| f64::from(day.0))
}

/// The day after the first `days` days of time are cut off: the day at a fractional position.
fn civil(day: f64) -> (i32, u32, u32) {
    Day(day.floor() as i32).ymd()
}

/// All ticks of a step between two days, the one at or before `from` included.
fn starts(step: Step, from: f64, to: f64) -> Vec<f64> {
    let mut out = Vec::new();
    let (first_year, first_month, _) = civil(from);
    let (last_year, last_month, _) = civil(to);
    match step {
        Step::Days(1) => {
            let mut day = from.floor();
            while day <= to {
                out.push(day);
                day += 1.0;
            }
        }
        Step::Days(step) => {
            for start in starts(Step::Months(1), from, to) {
                let (year, month, _) = civil(start);
                out.push(start);
                // Counted in each month afresh; a last one close to the next month is left out.
                let mut day = if step == 2 { 3 } else { step };
                while let Some(at) = day_of(year, month, day) {
                    if day + step.div_ceil(2) <= 31 {
                        out.push(at);
                    }
                    day += step;
                }
            }
        }
        Step::Months(step) => {
            let count = |year: i32, month: u32| i64::from(year) * 12 + i64::from(month) - 1;
            let step = i64::from(step);
            let mut at = count(first_year, first_month).div_euclid(step) * step;
            while at <= count(last_year, last_month) {
                let (year, month) = (at.div_euclid(12), at.rem_euclid(12));
                out.extend(i32::try_from(year).ok().and_then(|y| day_of(y, month as u32 + 1, 1)));
                at += step;
            }
        }
        Step::Years(step) => {
            // Years count from 1 in both eras (10, 20 and 10 BCE, 20 BCE), so the era itself gets
            // a tick at the year 1.
            let mut years = Vec::new();
            let mut before =
                if first_year <= 0 { (1 - first_year).div_euclid(step) + 1 } else { 0 };
            while before > 0 {
                years.push(1 - before * step);
                before -= 1;
            }
            if step > 1 && first_year <= 1 {
                years.push(1);
            }
            let mut year = first_year.max(0).div_euclid(step) * step;
            while year <= last_year {
                if year > 0 {
                    years.push(year);
                }
                year += step;
            }
            years.dedup();
            out.extend(
                years.into_iter().filter(|y| *y <= last_year).filter_map(|y| day_of(y, 1, 1)),
            );
        }
    }
    out
}

fn label(step: Step, major: bool, weekdays: bool, day: f64) -> String {
    let (year, month, date) = civil(day);
    match step {
        Step::Days(_) if major => format!("{date} {} {}", month_name(month), year_label(year)),
        Step::Days(_) if weekdays => {
            const WEEK: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
            let weekday = (day.floor() as i64).rem_euclid(7) as usize;
            format!("{} {date}", WEEK[weekday])
        }
        Step::Days(_) => date.to_string(),
        Step::Months(_) if major => format!("{} {}", month_name(month), year_label(year)),
        Step::Months(_) => month_name(month).chars().take(3).collect(),
        Step::Years(step) if step > 1 && year == 1 => "1 CE".to_owned(),
        Step::Years(_) => year_label(year),
    }
}

/// The ticks for a scale. `width_of` measures a label, in bold or not.
///
/// The level depends on the zoom alone and the labels on the ticks around them, so that nothing
/// flickers while panning.
#[must_use]
pub fn ticks(scale: &TimeScale, width_of: &dyn Fn(&str, bool) -> f32) -> Ticks {
    let per_day = scale.points_per_day();
    let far = civil(scale.from()).0.min(civil(scale.to()).0) <= 0;
    let chosen = LEVELS.iter().enumerate().find(|(_, (minor, major, widest))| {
        let need = |text: &str, bold| f64::from(width_of(text, bold) + LABEL_OFFSET + LABEL_GAP);
        match minor {
            None => scale.days() <= 2.0 && major.least_days() * per_day >= need(widest, true),
            Some(step) => {
                let years = matches!(step, Step::Years(_));
                let widest = if far && years { "9999 BCE" } else { widest };
                step.least_days() * per_day >= need(widest, years)
            }
        }
    });
    let (level, (minor, major, _)) =
        chosen.unwrap_or((usize::MAX, &(Some(Step::Years(1000)), Step::Years(10_000), "")));
    let weekdays = level == 1;
    let right = scale.x0() + scale.width();
    let room = |text: &str, x: f32, bold| x + LABEL_OFFSET + width_of(text, bold) <= right;

    let mut out = Ticks::default();
    let mut taken: Vec<(f32, f32)> = Vec::new();
    let fits = |taken: &[(f32, f32)], from: f32, to: f32| {
        taken.iter().all(|(a, b)| to + LABEL_GAP <= *a || *b + LABEL_GAP <= from)
    };
    let majors = starts(*major, scale.from(), scale.to());
    for day in &majors {
        let x = scale.x_of(*day);
        let line = *day >= scale.from() && *day <= scale.to();
        if !line {
            continue;
        }
        let mut text = label(*major, true, weekdays, *day);
        let span = (x + LABEL_OFFSET, x + LABEL_OFFSET + width_of(&text, true));
        if room(&text, x, true) && fits(&taken, span.0, span.1) {
            taken.push(span);
        } else {
            text.clear();
        }
        out.major.push(Tick { day: *day, x, label: text, line });
    }
    // What is going on at the left edge is named there, if the next name leaves room. A decade's
    // first year would mislead there, and the years beside it say enough.
    if !matches!(major, Step::Years(step) if *step > 1)
        && let Some(day) = majors.iter().rev().find(|day| **day < scale.from())
    {
        let text = label(*major, true, weekdays, *day);
        let (from, x) = (scale.x0() + LABEL_OFFSET, scale.x0());
        let to = from + width_of(&text, true);
        if fits(&taken, from, to) && to <= right {
            taken.push((from, to));
            out.major.insert(0, Tick { day: *day, x, label: text, line: false });
        }
    }
    if let Some(step) = minor {
        for day in starts(*step, scale.from(), scale.to()) {
            if day < scale.from() || day > scale.to() || out.major.iter().any(|m| m.day == day) {
                continue;
            }
            let x = scale.x_of(day);
            let mut text = label(*step, false, weekdays, day);
            let span = (x + LABEL_OFFSET, x + LABEL_OFFSET + width_of(&text, false));
            if room(&text, x, false) && fits(&taken, span.0, span.1) {
                taken.push(span);
            } else {
                text.clear();
            }
            out.minor.push(Tick { day, x, label: text, line: true });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measure(text: &str, bold: bool) -> f32 {
        text.chars().count() as f32 * if bold { 7.5 } else { 6.5 }
    }

    fn labels(from: (i32, u32, u32), to: (i32, u32, u32), width: f32) -> (String, String) {
        let day = |(y, m, d): (i32, u32, u32)| day_of(y, m, d).unwrap();
        let ticks = ticks(&TimeScale::new(day(from), day(to), 0.0, width), &measure);
        let join = |ticks: &[Tick]| {
            let named = ticks.iter().filter(|tick| !tick.label.is_empty());
            named.map(|tick| tick.label.clone()).collect::<Vec<_>>().join(" | ")
        };
        (join(&ticks.major), join(&ticks.minor))
    }

    #[test]
    fn every_zoom_has_the_level_that_reads_well() {
        let table = [
            ((2024, 6, 4), (2024, 6, 5), 600.0, "4 June 2024", ""),
            (
                (2024, 5, 30),
                (2024, 6, 5),
                600.0,
                "May 2024 | June 2024",
                "Fri 31 | Sun 2 | Mon 3 | Tue 4",
            ),
            ((2024, 6, 1), (2024, 6, 29), 300.0, "June 2024", "10 | 15 | 20 | 25"),
            (
                (2024, 1, 1),
                (2024, 12, 30),
                600.0,
                "2024",
                "Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec",
            ),
            (
                (2021, 1, 1),
                (2023, 7, 1),
                500.0,
                "2021 | 2022 | 2023",
                "Apr | Jul | Oct | Apr | Jul | Oct | Apr",
            ),
            (
                (1995, 1, 1),
                (2004, 12, 31),
                500.0,
                "2000",
                "1995 | 1996 | 1997 | 1998 | 1999 | 2001 | 2002 | 2003 | 2004",
            ),
            (
                (1977, 1, 1),
                (2026, 1, 1),
                500.0,
                "1980 | 1990 | 2000 | 2010 | 2020",
                "1985 | 1995 | 2005 | 2015",
            ),
            ((1780, 1, 1), (2026, 1, 1), 340.0, "1800 | 1900 | 2000", "1850 | 1950"),
            (
                (-50, 1, 1),
                (50, 1, 1),
                900.0,
                "1 CE",
                "50 BCE | 40 BCE | 30 BCE | 20 BCE | 10 BCE | 10 | 20 | 30 | 40",
            ),
            (
                (-2999, 1, 1),
                (2600, 1, 1),
                500.0,
                "1 CE",
                "3000 BCE | 2000 BCE | 1000 BCE | 1000 | 2000",
            ),
        ];
        for (from, to, width, major, minor) in table {
            let got = labels(from, to, width);
            assert_eq!((got.0.as_str(), got.1.as_str()), (major, minor), "{from:?} to {to:?}");
        }
    }

    #[test]
    fn the_year_before_1_ce_is_1_bce() {
        assert_eq!(year_label(0), "1 BCE");
        assert_eq!(year_label(-43), "44 BCE");
        assert_eq!(year_label(1), "1");
    }

    proptest! {
        #[test]
        fn labels_never_overlap_and_never_leave_the_axis(
            from in -4_000_000f64..4_000_000.0, days in 0.125f64..7_000_000.0, width in 60f32..2000.0
        ) {
            let scale = TimeScale::new(from, from + days, 40.0, width);
            let ticks = ticks(&scale, &measure);
            let mut spans: Vec<(f32, f32)> = Vec::new();
            for (tick, bold) in ticks.major.iter().map(|t| (t, true))
                .chain(ticks.minor.iter().map(|t| (t, false)))
            {
                prop_assert!(tick.x >= 39.9 && tick.x <= 40.1 + width);
                if !tick.label.is_empty() {
                    let from = tick.x + LABEL_OFFSET;
                    spans.push((from, from + measure(&tick.label, bold)));
                }
            }
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in spans.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0, "{:?}", ticks);
            }
            prop_assert!(spans.iter().all(|span| span.1 <= 40.1 + width));
            prop_assert!(ticks.major.len() + ticks.minor.len() <= width as usize);
        }
    }
}
