//! What a figure draws as a table: one engagement a row, in order of time.

use super::{
    FigureSpec, notes,
    sheet::{Row, Table},
};
use crate::model::{
    EngagementId, Target,
    words::{self, TableColumn},
};

/// The most rows of a table; what more there is is counted below it.
const MOST: usize = 2_000;

/// The most columns that a page has room for beside remarks.
const WIDEST: usize = 7;

/// The heading of a column, short enough for a narrow one.
const fn heading(column: TableColumn) -> &'static str {
    match column {
        TableColumn::Partnership => "Under",
        TableColumn::Source => "Sources",
        column => column.label(),
    }
}

/// The engagements of a figure, with the numbers of their sources in the list of sources.
pub fn engagements(spec: &FigureSpec<'_>, shown: &[EngagementId]) -> Table {
    let dataset = spec.dataset;
    let cited = notes::cited(dataset, spec.columns, &spec.hits.rows);
    let mut columns = TableColumn::of(dataset);
    if columns.len() > WIDEST {
        columns.retain(|column| *column != TableColumn::Note);
    }
    let whole: f32 = columns.iter().map(|column| column.share()).sum();
    let row = |&id: &EngagementId| {
        let engagement = dataset.engagement(id);
        let mut numbers: Vec<usize> = spec
            .columns
            .sources
            .row(spec.columns.row_of[id.index()] as usize)
            .iter()
            .filter_map(|&source| cited.iter().position(|id| id.0 == source))
            .map(|at| at + 1)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        Row {
            target: Some(Target::Engagement(id)),
            cells: columns
                .iter()
                .map(|column| match column {
                    TableColumn::Source => numbers.join(", "),
                    column => column.cell(dataset, engagement),
                })
                .collect(),
        }
    };
    let remark = match shown.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("and {} more", words::count(more, "engagement", "engagements")),
    };
    Table {
        columns: columns.iter().map(|column| (heading(*column), column.share() / whole)).collect(),
        rows: shown.iter().take(MOST).map(row).collect(),
        remark,
    }
}
