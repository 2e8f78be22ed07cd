//! The date of an engagement in words: all of its claims, who made them, and its status.

use super::{short, when};
use crate::model::{Dataset, DateClaim, DateStatus, Engagement, Evidence, Status};

/// One date claim in words, with how directly its source supports it: “27 May 2022, year
/// inferred”.
#[must_use]
pub fn claim(claim: &DateClaim) -> String {
    let text = when(&claim.when);
    match claim.citation.evidence {
        Evidence::Stated => text,
        // What is uncertain because it was concluded is better called by its reason.
        Evidence::Inferred => match text.strip_suffix(" uncertain") {
            Some(start) => format!("{start} inferred"),
            None => format!("{text}, inferred"),
        },
        Evidence::Derived => format!("{text}, derived"),
        Evidence::Background => format!("{text}, from general knowledge"),
    }
}

/// The date of an engagement in words, all claims considered: “4 June 2024”, “27 April 2024 or
/// 5 June – 31 December 2024: sources disagree”, “planned for November 2022”, “date not known”.
#[must_use]
pub fn date_of(dataset: &Dataset, engagement: &Engagement) -> String {
    let text = match engagement.date_status() {
        DateStatus::Undated => None,
        DateStatus::Disputed => {
            let mut claims: Vec<String> = Vec::new();
            for one in &engagement.dates {
                let text = claim(one);
                if !claims.contains(&text) {
                    claims.push(text);
                }
            }
            Some(format!("{}: sources disagree", claims.join(" or ")))
        }
        DateStatus::Agreed => closest(engagement).map(claim),
        // Where a document stands behind the engagement, it stands behind its date as well. Of a
        // file that names no documents at all it would be said of every date.
        DateStatus::Unsourced
            if engagement.citations.iter().any(|citation| citation.source.is_some())
                || !dataset.names_documents() =>
        {
            closest(engagement).map(claim)
        }
        DateStatus::Unsourced => {
            closest(engagement).map(|one| format!("{}, no source named", claim(one)))
        }
    };
    match (engagement.status, text) {
        (Status::Held, Some(text)) => text,
        (Status::Held, None) => "date not known".to_owned(),
        (Status::Planned, Some(text)) => format!("planned for {text}"),
        (Status::Planned, None) => "planned, date not known".to_owned(),
        (Status::Cancelled, Some(text)) => format!("cancelled, had been planned for {text}"),
        (Status::Cancelled, None) => "cancelled, date not known".to_owned(),
    }
}

/// The date of an engagement for labels and table cells.
#[must_use]
pub fn short_date_of(engagement: &Engagement) -> String {
    match (engagement.date_status(), closest(engagement)) {
        (DateStatus::Disputed, Some(_)) => {
            let mut claims: Vec<String> = Vec::new();
            for one in &engagement.dates {
                let text = short(&one.when);
                if !claims.contains(&text) {
                    claims.push(text);
                }
            }
            match claims.as_slice() {
                [a, b] => format!("{a} or {b}"),
                [first, rest @ ..] => format!("{first} or {} others", rest.len()),
                [] => String::new(),
            }
        }
        (_, Some(one)) => short(&one.when),
        (_, None) => "no date".to_owned(),
    }
}

/// The claim that says most: the one with the narrowest bounds, stated before derived.
fn closest(engagement: &Engagement) -> Option<&DateClaim> {
    engagement.dates.iter().min_by_key(|one| {
        let span = one.when.span();
        let width =
            i64::from(span.latest_end.or_max().0) - i64::from(span.earliest_start.or_min().0);
        (one.citation.evidence == Evidence::Derived, width)
    })
}
