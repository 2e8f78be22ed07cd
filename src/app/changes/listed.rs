//! The list of changed ties: which of them, in what order, and as a table of text.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::Compared;
use crate::app::{ChangeColumn, ChangeSort};
use crate::model::{Dataset, PartyId};
use crate::query::{ChangedTie, Comparison};
use crate::scene::change;

/// What is listed of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The party whose ties alone are listed.
    pub focus: Option<PartyId>,
    /// How they are sorted.
    pub sort: ChangeSort,
    /// The ties by their position in the comparison, in the order of the list.
    pub order: Vec<u32>,
    /// What changed for the party, in words; empty where none is asked about.
    pub about: String,
}

impl Listed {
    /// Lists the ties of a comparison, or those of one party.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        comparison: &Comparison,
        sort: ChangeSort,
        focus: Option<PartyId>,
    ) -> Self {
        let about = focus.map(|party| change::party_sentence(dataset, comparison, party));
        let order = order(dataset, comparison, sort, focus);
        Self { focus, sort, order, about: about.unwrap_or_default() }
    }
}

/// The ties of a comparison, of one party where one is given, in the order of the table. Of equal
/// ones, those of the smaller ids come first, and last where the order is turned round.
fn order(
    dataset: &Dataset,
    comparison: &Comparison,
    sort: ChangeSort,
    party: Option<PartyId>,
) -> Vec<u32> {
    let ties = &comparison.ties;
    let shown = |tie: &ChangedTie| party.is_none_or(|party| tie.a == party || tie.b == party);
    let mut order: Vec<u32> =
        (0..ties.len() as u32).filter(|at| shown(&ties[*at as usize])).collect();
    // There may be a million: keys are made once, and sorted on all threads.
    match sort.column {
        ChangeColumn::Party | ChangeColumn::With => {
            let ranks = ranks(dataset);
            let end = usize::from(sort.column == ChangeColumn::With);
            order.par_sort_by_cached_key(|at| ranks[ends(&ties[*at as usize], party)[end].index()]);
        }
        ChangeColumn::First | ChangeColumn::Second => {
            let side = usize::from(sort.column == ChangeColumn::Second);
            order.par_sort_by_cached_key(|at| {
                let tie = &ties[*at as usize];
                // Weights are not below 0, so that their bits have the order of their values.
                Reverse((tie.engagements[side], tie.weight[side].max(0.0).to_bits()))
            });
        }
        ChangeColumn::Change => order.par_sort_by_cached_key(|at| {
            let tie = &ties[*at as usize];
            let [a, b] = comparison.strength(tie.weight);
            (Reverse((b - a).abs().to_bits()), tie.change)
        }),
    }
    if sort.reversed {
        order.reverse();
    }
    order
}

/// The place of each party among all by its name, equal names in the same place.
fn ranks(dataset: &Dataset) -> Vec<u32> {
    let names: Vec<String> =
        dataset.parties().iter().map(|party| party.label().to_lowercase()).collect();
    let mut sorted: Vec<u32> = (0..names.len() as u32).collect();
    sorted.sort_by_key(|at| &names[*at as usize]);
    let mut ranks = vec![0; names.len()];
    let mut rank = 0;
    for pair in sorted.windows(2) {
        rank += u32::from(names[pair[0] as usize] != names[pair[1] as usize]);
        ranks[pair[1] as usize] = rank;
    }
    ranks
}

/// The two parties of a tie as a table lists them: the one that is asked about first, otherwise
/// the one that the dataset lists first.
#[must_use]
pub fn ends(tie: &ChangedTie, party: Option<PartyId>) -> [PartyId; 2] {
    if party == Some(tie.b) { [tie.b, tie.a] } else { [tie.a, tie.b] }
}

/// The table of changed ties as text: a heading, and a line for each tie.
pub(super) fn table(
    dataset: &Dataset,
    compared: &Compared,
    order: &[u32],
    separator: char,
) -> String {
    let comparison = &compared.comparison;
    let [first, second] = &compared.windows.names;
    let heading = [
        "Party".to_owned(),
        "With".to_owned(),
        "Change".to_owned(),
        format!("Engagements {first}"),
        format!("Engagements {second}"),
        format!("Weight {first}"),
        format!("Weight {second}"),
    ];
    let mut text = line(&heading, separator);
    for at in order {
        let Some(tie) = comparison.ties.get(*at as usize) else { continue };
        text.push_str(&line(
            &[
                dataset.party(tie.a).name.to_string(),
                dataset.party(tie.b).name.to_string(),
                tie.change.label().to_owned(),
                tie.engagements[0].to_string(),
                tie.engagements[1].to_string(),
                format!("{:.4}", tie.weight[0]),
                format!("{:.4}", tie.weight[1]),
            ],
            separator,
        ));
    }
    text
}

/// Cells in a line, quoted where they need it.
fn line(cells: &[String], separator: char) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([separator, '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    let mut text = quoted.join(separator.encode_utf8(&mut [0; 4]));
    text.push('\n');
    text
}
