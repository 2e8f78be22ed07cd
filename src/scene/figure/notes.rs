//! What a reader of a figure must be told in words: disputes, what is not drawn, and who says so.

use crate::{
    model::{Dataset, DateStatus, EngagementId, SourceId, words},
    query::Columns,
};

/// The most disputes that are told one by one.
const DISPUTES: usize = 5;
/// The most sources that are listed at the foot of a figure.
pub const SOURCES: usize = 16;

/// Which dates sources disagree on, and what each says.
pub fn disputes(dataset: &Dataset, shown: &[EngagementId]) -> Option<String> {
    let disputed: Vec<EngagementId> = shown
        .iter()
        .copied()
        .filter(|&id| dataset.engagement(id).date_status() == DateStatus::Disputed)
        .collect();
    if disputed.is_empty() {
        return None;
    }
    let mut told: Vec<String> = disputed
        .iter()
        .take(DISPUTES)
        .map(|&id| {
            let engagement = dataset.engagement(id);
            let mut claims: Vec<String> = Vec::new();
            for claim in &engagement.dates {
                let text = words::when(&claim.when);
                if !claims.contains(&text) {
                    claims.push(text);
                }
            }
            format!("{} ({})", engagement.label(), claims.join(" or "))
        })
        .collect();
    if disputed.len() > DISPUTES {
        told.push(format!("and {} more", disputed.len() - DISPUTES));
    }
    Some(format!("Sources disagree on the date of {}.", told.join("; ")))
}

/// How many of the engagements have no date to be drawn at.
pub fn undated(columns: &Columns, rows: &[u32]) -> Option<String> {
    let count = rows.iter().filter(|row| !columns.dated[**row as usize]).count();
    match count {
        0 => None,
        1 => Some("1 engagement without a date is not drawn.".to_owned()),
        count => Some(format!("{count} engagements without a date are not drawn.")),
    }
}

/// The documents that report the engagements, in the order of the dataset.
pub fn cited(dataset: &Dataset, columns: &Columns, rows: &[u32]) -> Vec<SourceId> {
    let mut used = vec![false; dataset.sources().len()];
    for row in rows {
        for source in columns.sources.row(*row as usize) {
            used[*source as usize] = true;
        }
    }
    (0..used.len())
        .map(SourceId::at)
        .filter(|id| used[id.index()] && !dataset.source(*id).background)
        .collect()
}

/// The documents in a line each, at most `most` of them.
pub fn sources(dataset: &Dataset, cited: &[SourceId], most: usize) -> Vec<String> {
    let mut list: Vec<String> = cited
        .iter()
        .take(most)
        .map(|&id| {
            let source = dataset.source(id);
            let mut line = source.title.to_string();
            if let Some(publisher) = &source.publisher {
                line = format!("{line} ({publisher})");
            }
            line
        })
        .collect();
    if cited.len() > most {
        list.push(format!("and {} more", cited.len() - most));
    }
    list
}
