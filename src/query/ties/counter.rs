//! Counts the ties of one set of rows after another.

use std::sync::Arc;

use super::{TieIndex, TieList, TieWeight, Ties, totals::Totals};
use crate::query::{Columns, RowSet};

/// Totals are kept of so many sets of rows: what is shown, what is being drawn, what comes next.
const KEPT: usize = 3;

/// Counts the ties of one set of rows after another. What it has counted before is corrected by the
/// rows that came and went, where these are fewer than the rows themselves, as soon as nobody looks
/// at it any more.
#[derive(Debug, Default)]
pub struct TieCounter {
    kept: Vec<Arc<Totals>>,
}

impl TieCounter {
    /// The ties among rows of the columns that the index was made from.
    pub fn count(
        &mut self,
        index: &TieIndex,
        columns: &Columns,
        rows: &RowSet,
        weight: TieWeight,
    ) -> Ties {
        let stated = weight == TieWeight::Stated && !columns.weights.is_empty();
        self.kept.retain(|totals| totals.belong_to(index, stated));
        let known = std::iter::once(&index.whole).filter(|_| !stated).chain(&self.kept);
        if let Some(known) = known.into_iter().find(|known| known.rows == *rows) {
            return TieList::counted(Arc::clone(known), weight);
        }
        let free = self.kept.iter_mut().enumerate().filter_map(|(at, totals)| {
            let distance = totals.distance(index, rows);
            Arc::get_mut(totals).map(|_| (distance, at))
        });
        let nearest = free.min();
        let fresh = nearest.is_none_or(|(distance, _)| {
            // Another one takes memory: only where it saves much.
            self.kept.len() < KEPT && distance > index.meetings() / 8
        });
        let mut totals = match nearest {
            Some((_, at)) if !fresh => self.kept.remove(at),
            _ => Arc::new(Totals::nothing(index, stated)),
        };
        if let Some(totals) = Arc::get_mut(&mut totals) {
            totals.become_those_of(index, columns, rows);
        }
        self.kept.push(Arc::clone(&totals));
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
        TieList::counted(totals, weight)
    }
}
