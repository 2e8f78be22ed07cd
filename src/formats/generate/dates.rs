//! Generated dates: busy and quiet seasons, and every way in which sources tell a date.

use super::random::Random;
use crate::model::{Day, When};

/// First day of a generated dataset, 1990-01-01.
const FIRST: i32 = 7_305;
/// Days of a generated dataset, to the end of 2025.
const DAYS: u64 = 13_149;

/// How busy the months are, out of 1000 for the busiest: diplomacy rests in August and at the end
/// of the year and gathers in autumn.
const SEASONS: [u64; 12] = [450, 600, 750, 700, 800, 850, 700, 350, 950, 1000, 1000, 500];

/// A day on which something could be held: later years are busier, months differ, weekends are
/// nearly empty.
pub(super) fn day(random: &mut Random) -> Day {
    // A bounded number of tries: the last one is taken as it is.
    let mut day = Day(FIRST);
    for _ in 0..16 {
        // The later of two days makes the density grow evenly with the years.
        let later = random.below(DAYS).max(random.below(DAYS));
        day = Day(FIRST + later as i32);
        let (_, month, _) = day.ymd();
        // Day 0, 1970-01-01, was a Thursday.
        let weekend = (day.0 + 3).rem_euclid(7) >= 5;
        let chance = SEASONS[month as usize - 1] / if weekend { 8 } else { 1 };
        if random.per_mille(chance) {
            break;
        }
    }
    day
}

/// A date that holds the day, told in one of the ways in which sources tell dates.
pub(super) fn account(random: &mut Random, day: Day) -> When {
    let (year, month, _) = day.ymd();
    let days = |random: &mut Random, most: i32| day.plus(random.between(1, most)).iso();
    let month_of = |day: Day| format!("{:04}-{:02}", day.ymd().0, day.ymd().1);
    let text = match random.below(1000) {
        // To the day.
        0..690 => return When::on(day),
        690..700 => {
            let (hour, half) = (random.between(7, 19), 30 * random.between(0, 1));
            format!("{}T{hour:02}:{half:02}:00", day.iso())
        }
        // From day to day.
        700..800 => format!("{}/{}", day.iso(), days(random, 4)),
        800..805 => format!("{}/{}", day.iso(), days(random, 2_000)),
        // To the month, the season, the year, the decade.
        805..865 => month_of(day),
        865..873 => format!("{year:04}-{}", 21 + (month - 1) / 3),
        873..903 => format!("{year:04}"),
        903..908 => format!("{}X", year / 10),
        // Between months and between years.
        908..920 => format!("{}/{}", month_of(day), month_of(day.plus(random.between(31, 500)))),
        920..926 => format!("{year:04}/{:04}", year + random.between(1, 6)),
        // Uncertain, approximate, both.
        926..938 => format!("{}?", day.iso()),
        938..946 => format!("{}?", month_of(day)),
        946..954 => format!("{}~", month_of(day)),
        954..958 => format!("{year:04}~"),
        958..961 => format!("{year:04}%"),
        // Open and unknown ends.
        961..969 => format!("{}/..", day.iso()),
        969..972 => format!("../{}", day.iso()),
        972..978 => format!("{}/", month_of(day)),
        978..981 => format!("/{}", day.iso()),
        // One of several, all of several.
        981..988 => format!("[{},{}]", day.iso(), days(random, 20)),
        988..991 => format!("[{year:04}..{:04}]", year + random.between(1, 3)),
        991..995 => format!("{{{},{}}}", day.iso(), days(random, 200)),
        // At some time within an interval.
        _ => {
            let text = format!("{}/{}", day.iso(), days(random, 90));
            return When::parse(&text).map_or_else(|_| When::on(day), When::sometime);
        }
    };
    When::parse(&text).unwrap_or_else(|_| When::on(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::when::{Bound, Precision, Shape};

    #[test]
    fn every_kind_of_date_occurs_and_none_falls_back_for_being_misread() {
        let mut random = Random::new(7, 0);
        let dates: Vec<When> = (0..20_000)
            .map(|_| {
                let day = day(&mut random);
                account(&mut random, day)
            })
            .collect();
        let some = |what: &dyn Fn(&When) -> bool| dates.iter().filter(|when| what(when)).count();
        for shape in [Shape::Point, Shape::Interval, Shape::Sometime, Shape::OneOf, Shape::AllOf] {
            assert!(some(&|when| when.shape() == shape) > 20, "{shape:?}");
        }
        for precision in
            [Precision::Day, Precision::Month, Precision::Season, Precision::Year, Precision::Years]
        {
            assert!(some(&|when| when.precision() == precision) > 20, "{precision:?}");
        }
        assert!(some(&|when| when.span().latest_end == Bound::Open) > 20);
        assert!(some(&|when| when.span().latest_end == Bound::Unknown) > 20);
        assert!(some(&|when| when.span().earliest_start == Bound::Open) > 10);
        assert!(some(&|when| when.span().earliest_start == Bound::Unknown) > 10);
        assert!(some(&|when| when.is_approximate() && when.is_uncertain()) > 10);
        assert!(some(&|when| when.time().is_some()) > 20);
    }

    #[test]
    fn the_period_is_the_one_named() {
        assert_eq!(Day(FIRST).iso(), "1990-01-01");
        assert_eq!(Day(FIRST + DAYS as i32 - 1).iso(), "2025-12-31");
    }
}
