//! Where an engagement took place, in words.

use crate::model::{Dataset, Engagement, When};

use super::short;

/// The names of its places, in the order in which they are told: “Bangkok; Ha Noi”. Empty where
/// none is known.
#[must_use]
pub fn places(dataset: &Dataset, engagement: &Engagement) -> String {
    let names: Vec<&str> = engagement.places.iter().map(|id| &*dataset.place(id).name).collect();
    names.join("; ")
}

/// The own date of one of several places, for a label: “22–23 Jul 2009”.
#[must_use]
pub fn stop_date(when: Option<&When>) -> String {
    when.map_or_else(String::new, short)
}
