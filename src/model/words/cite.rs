//! Engagements as text to be pasted elsewhere: told in a few lines, and cited with their sources.

use std::fmt::Write as _;

use super::{date_of, when};
use crate::model::{Citation, Dataset, Engagement, Source, SourceId};

/// An engagement in a few lines: title and date, who, where, what came of it, and each source.
#[must_use]
pub fn told(dataset: &Dataset, engagement: &Engagement) -> String {
    let mut lines = vec![format!("{} — {}", engagement.title, date_of(dataset, engagement))];
    let who: Vec<String> = engagement
        .participants
        .iter()
        .map(|one| {
            let name = &dataset.party(one.party).name;
            match one.role {
                Some(role) => format!("{name} ({})", dataset.role(role)),
                None => name.to_string(),
            }
        })
        .collect();
    let mut line = |heading: &str, values: &[String]| {
        if !values.is_empty() {
            lines.push(format!("{heading}: {}", values.join("; ")));
        }
    };
    line("Who", &who);
    let places: Vec<String> =
        engagement.places.iter().map(|place| dataset.place(place).name.to_string()).collect();
    line(if places.len() > 1 { "Places" } else { "Place" }, &places);
    let outcomes: Vec<_> = engagement.outcomes.iter().map(|one| one.text.to_string()).collect();
    line("What came of it", &outcomes);
    for id in sources_of(engagement) {
        line("Source", &[source(dataset.source(id))]);
    }
    lines.join("\n")
}

/// An engagement as one sentence of a bibliography: “Title.” Date, place. Its sources with
/// publisher, date of publication and address.
#[must_use]
pub fn cited(dataset: &Dataset, engagement: &Engagement) -> String {
    let mut text =
        format!("“{}.” {}", engagement.title.trim_end_matches('.'), date_of(dataset, engagement));
    if !engagement.places.is_empty() {
        let _ = write!(text, ", {}", super::places(dataset, engagement));
    }
    text.push('.');
    let sources: Vec<String> =
        sources_of(engagement).into_iter().map(|id| source(dataset.source(id))).collect();
    if sources.is_empty() {
        text.push_str(" No source named.");
    } else {
        let heading = if sources.len() == 1 { "Source" } else { "Sources" };
        let _ = write!(text, " {heading}: {}.", sources.join("; "));
    }
    text
}

/// A source in a reference: title, publisher, when it was published, address.
#[must_use]
pub fn source(source: &Source) -> String {
    let mut parts = vec![source.title.to_string()];
    parts.extend(source.publisher.as_deref().map(str::to_owned));
    parts.extend(source.published.as_ref().map(when));
    parts.extend(source.url.as_deref().map(str::to_owned));
    parts.dedup();
    parts.join(", ")
}

/// The sources of an engagement, of its dates and outcomes as well, each once, in the order in
/// which they are named.
fn sources_of(engagement: &Engagement) -> Vec<SourceId> {
    let own: &[Citation] = &engagement.citations;
    let dates = engagement.dates.iter().map(|claim| &claim.citation);
    let outcomes = engagement.outcomes.iter().map(|outcome| &outcome.citation);
    let mut ids = Vec::new();
    for id in own.iter().chain(dates).chain(outcomes).filter_map(|citation| citation.source) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
