//! The order of all engagements by a column of the table, found once per file and column.

use rayon::prelude::*;

use super::TableColumn;
use crate::model::Dataset;
use crate::query::Columns;

/// All rows in the order of one column, so that any part of them is in order by going through it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableOrder {
    /// The rows, ascending by what the column says; those of which it says nothing come last. Equal
    /// rows keep the order of time.
    order: Vec<u32>,
    /// Where in `order` each group of equal rows begins, and at the end how many have a value.
    groups: Vec<u32>,
}

impl TableOrder {
    /// Sorts all rows by a column. Takes as long as sorting so many strings.
    #[must_use]
    pub fn new(dataset: &Dataset, columns: &Columns, column: TableColumn) -> Self {
        let ranks = ranks(dataset, columns, column);
        let mut order: Vec<u32> = (0..ranks.len() as u32).collect();
        let key = |row: u32| ranks[row as usize].unwrap_or(u32::MAX);
        order.par_sort_unstable_by_key(|row| (key(*row), *row));
        let known = order.partition_point(|row| ranks[*row as usize].is_some());
        let mut groups: Vec<u32> = Vec::new();
        for at in 0..known {
            if at == 0 || key(order[at]) != key(order[at - 1]) {
                groups.push(at as u32);
            }
        }
        groups.push(known as u32);
        Self { order, groups }
    }

    /// Some of the rows, given in ascending order, in the order of the column.
    #[must_use]
    pub fn of(&self, rows: &[u32], descending: bool) -> Vec<u32> {
        let mut wanted = vec![false; self.order.len()];
        for row in rows {
            wanted[*row as usize] = true;
        }
        let mut sorted = Vec::with_capacity(rows.len());
        let mut take = |part: &[u32]| {
            sorted.extend(part.iter().copied().filter(|row| wanted[*row as usize]));
        };
        let known = self.groups.last().map_or(0, |end| *end as usize);
        if descending {
            let groups = self.groups.windows(2).rev();
            groups.for_each(|ends| take(&self.order[ends[0] as usize..ends[1] as usize]));
        } else {
            take(&self.order[..known]);
        }
        take(&self.order[known..]);
        sorted
    }
}

/// For each row the rank of what the column says of it; `None` where it says nothing.
fn ranks(dataset: &Dataset, columns: &Columns, column: TableColumn) -> Vec<Option<u32>> {
    let rows = 0..columns.len();
    let engagement = |row: usize| dataset.engagement(columns.engagement[row]);
    let first_of = |names: Vec<String>, id: &(dyn Fn(usize) -> Option<u32> + Sync)| {
        let ranks = rank(&names);
        let ranked = |row| ranks.get(id(row)? as usize).copied().flatten();
        rows.clone().into_par_iter().map(ranked).collect()
    };
    let lower = |name: &str| name.to_lowercase();
    match column {
        TableColumn::Date => rows.map(|row| Some(row as u32)).collect(),
        TableColumn::Engagement => {
            let titles: Vec<String> =
                rows.into_par_iter().map(|row| lower(&engagement(row).title)).collect();
            rank(&titles)
        }
        TableColumn::Note => {
            let note = |row: usize| lower(engagement(row).note.as_deref().unwrap_or_default());
            rank(&rows.into_par_iter().map(note).collect::<Vec<String>>())
        }
        TableColumn::Kind => {
            let names = dataset.kinds().iter().map(|kind| lower(&kind.name)).collect();
            first_of(names, &|row| Some(engagement(row).kind.0))
        }
        TableColumn::Place => {
            let names = dataset.places().iter().map(|place| lower(&place.name)).collect();
            first_of(names, &|row| engagement(row).places.first().map(|place| place.0))
        }
        TableColumn::Who => {
            let names = dataset.parties().iter().map(|party| lower(party.label())).collect();
            first_of(names, &|row| engagement(row).participants.first().map(|one| one.party.0))
        }
        TableColumn::Partnership => {
            let names = dataset.partnerships().iter().map(|one| lower(one.label())).collect();
            first_of(names, &|row| engagement(row).partnerships.first().map(|id| id.0))
        }
        TableColumn::Source => {
            let names = dataset.sources().iter().map(|source| lower(source.label())).collect();
            let source = |row: usize| {
                let citations = &engagement(row).citations;
                citations.iter().find_map(|citation| citation.source).map(|source| source.0)
            };
            first_of(names, &source)
        }
    }
}

/// The rank of each text, the same for equal ones; `None` for an empty one.
fn rank(texts: &[String]) -> Vec<Option<u32>> {
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.par_sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
    let mut ranks = vec![None; texts.len()];
    let mut last: Option<(&str, u32)> = None;
    for at in order {
        let text = texts[at as usize].as_str();
        if text.is_empty() {
            continue;
        }
        let rank = match last {
            Some((before, rank)) if before == text => rank,
            Some((_, rank)) => rank + 1,
            None => 0,
        };
        last = Some((text, rank));
        ranks[at as usize] = Some(rank);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::generate::generate;

    #[test]
    fn rows_stand_in_the_order_of_a_column_both_ways_with_the_unknown_last() {
        let dataset = generate(400, 3);
        let columns = Columns::new(&dataset);
        let place = |row: u32| {
            let place = dataset.engagement(columns.engagement[row as usize]).places.first()?;
            Some(dataset.place(place).name.to_lowercase())
        };
        let rows: Vec<u32> = (0..400).filter(|row| row % 3 != 0).collect();
        let order = TableOrder::new(&dataset, &columns, TableColumn::Place);
        for descending in [false, true] {
            let mut expected = rows.clone();
            expected.sort_by(|a, b| match (place(*a), place(*b)) {
                (Some(a), Some(b)) if descending => b.cmp(&a),
                (a, b) => a.is_none().cmp(&b.is_none()).then(a.cmp(&b)),
            });
            assert_eq!(order.of(&rows, descending), expected);
        }
    }
}
