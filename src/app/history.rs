//! Back and forward through views, filters and selections.

use super::View;
use crate::model::Target;
use crate::query::Filter;

/// Where one was.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What was looked at.
    pub view: View,
    /// What was let through.
    pub filter: Filter,
    /// What was selected.
    pub selection: Option<Target>,
}

/// The places before and after the present one.
#[derive(Clone, Debug, Default)]
pub struct History {
    back: Vec<Place>,
    forward: Vec<Place>,
}

/// How many steps are kept.
const DEPTH: usize = 200;

impl History {
    /// Remembers a place that is about to be left; what lay ahead is forgotten.
    pub fn leave(&mut self, place: Place) {
        if self.back.last() == Some(&place) {
            return;
        }
        self.forward.clear();
        self.back.push(place);
        if self.back.len() > DEPTH {
            self.back.remove(0);
        }
    }

    /// Steps back from the present place.
    pub fn back(&mut self, present: Place) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.push(present);
        Some(place)
    }

    /// Steps forward from the present place.
    pub fn forward(&mut self, present: Place) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.push(present);
        Some(place)
    }

    /// Whether there is somewhere to go back to, and forward to.
    #[must_use]
    pub fn can(&self) -> (bool, bool) {
        (!self.back.is_empty(), !self.forward.is_empty())
    }
}
