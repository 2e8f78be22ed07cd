//! Dates in words: the one place that writes a date for a person.

use super::{Engagement, When};

/// A date in words, for example "27 April 2024" or "May 2022, year uncertain".
#[must_use]
pub fn when(when: &When) -> String {
    when.edtf().to_owned()
}

/// The date of an engagement in words, all claims considered.
#[must_use]
pub fn date_of(engagement: &Engagement) -> String {
    engagement.dates.iter().map(|claim| when(&claim.when)).collect::<Vec<_>>().join(" or ")
}
