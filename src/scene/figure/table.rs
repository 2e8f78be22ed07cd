//! What a figure draws as a table: one engagement a row, in order of time.

use super::{
    FigureSpec, notes,
    sheet::{Row, Table},
};
use crate::model::{EngagementId, Target, words};

/// The most rows of a table; what more there is is counted below it.
const MOST: usize = 2_000;

/// The engagements of a figure, with the numbers of their sources in the list of sources.
pub fn engagements(spec: &FigureSpec<'_>, shown: &[EngagementId]) -> Table {
    let dataset = spec.dataset;
    let cited = notes::cited(dataset, spec.columns, &spec.hits.rows);
    let names = |list: Vec<&str>| list.join("; ");
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
            cells: vec![
                words::date_of(engagement),
                engagement.title.to_string(),
                dataset.kind(engagement.kind).name.to_string(),
                names(
                    engagement
                        .participants
                        .iter()
                        .map(|one| dataset.party(one.party).label())
                        .collect(),
                ),
                words::places(dataset, engagement),
                names(
                    engagement
                        .partnerships
                        .iter()
                        .map(|&id| dataset.partnership(id).label())
                        .collect(),
                ),
                numbers.join(", "),
            ],
        }
    };
    let remark = match shown.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("and {} more", words::count(more, "engagement", "engagements")),
    };
    Table {
        columns: vec![
            ("Date", 0.16),
            ("Engagement", 0.24),
            ("Kind", 0.10),
            ("Who", 0.21),
            ("Place", 0.095),
            ("Under", 0.115),
            ("Sources", 0.08),
        ],
        rows: shown.iter().take(MOST).map(row).collect(),
        remark,
    }
}
