//! The active filter said in words.

use crate::model::{Dataset, Evidence, KindId, PartnershipId, PartyId, SourceId, Status, TopicId};
use crate::query::{Dimension, Filter, Match, day_set_words};

/// The name of a value of a dimension, as facets and sentences show it.
#[must_use]
pub fn value_name(dataset: &Dataset, dimension: Dimension, value: u32) -> &str {
    match dimension {
        Dimension::Kind => &dataset.kind(KindId(value)).name,
        Dimension::Partnership => dataset.partnership(PartnershipId(value)).label(),
        Dimension::Party => dataset.party(PartyId(value)).label(),
        Dimension::Topic => &dataset.topic(TopicId(value)).name,
        Dimension::Evidence => {
            Evidence::ALL.get(value as usize).map_or("", |evidence| evidence.label())
        }
        Dimension::Source => dataset.source(SourceId(value)).label(),
        Dimension::Status => Status::ALL.get(value as usize).map_or("", |status| status.label()),
    }
}

/// The values chosen in a dimension.
#[must_use]
pub fn chosen(filter: &Filter, dimension: Dimension) -> Vec<u32> {
    let place = |found: Option<usize>| found.map(|at| at as u32);
    match dimension {
        Dimension::Kind => filter.kinds.iter().map(|id| id.0).collect(),
        Dimension::Partnership => filter.partnerships.iter().map(|id| id.0).collect(),
        Dimension::Party => filter.parties.iter().map(|id| id.0).collect(),
        Dimension::Topic => filter.topics.iter().map(|id| id.0).collect(),
        Dimension::Source => filter.sources.iter().map(|id| id.0).collect(),
        Dimension::Evidence => filter
            .evidence
            .iter()
            .filter_map(|value| place(Evidence::ALL.iter().position(|other| other == value)))
            .collect(),
        Dimension::Status => filter
            .statuses
            .iter()
            .filter_map(|value| place(Status::ALL.iter().position(|other| other == value)))
            .collect(),
    }
}

/// The filter as a sentence without a full stop, for example "kind Meeting or Visit · with
/// Cambodia · possibly 2022 – 2024"; empty when everything passes.
#[must_use]
pub fn describe(dataset: &Dataset, filter: &Filter) -> String {
    let mut parts = Vec::new();
    for dimension in Dimension::ALL {
        let names: Vec<&str> = chosen(filter, dimension)
            .into_iter()
            .map(|value| value_name(dataset, dimension, value))
            .collect();
        if names.is_empty() {
            continue;
        }
        let lead = match dimension {
            Dimension::Kind => "kind ",
            Dimension::Partnership => "under ",
            Dimension::Party => "with ",
            Dimension::Topic => "about ",
            Dimension::Evidence => "evidence ",
            Dimension::Source => "reported by ",
            Dimension::Status => "status ",
        };
        parts.push(format!("{lead}{}", either(&names)));
    }
    if filter.disputed_only {
        parts.push("sources disagree on the date".to_owned());
    }
    if !filter.when.is_empty() {
        let question = match filter.matching {
            Match::Possibly => "possibly in ",
            Match::Certainly => "certainly in ",
        };
        parts.push(format!("{question}{}", day_set_words(&filter.when)));
    }
    let text = filter.text.trim();
    if !text.is_empty() {
        parts.push(format!("containing “{text}”"));
    }
    parts.join(" · ")
}

/// "a", "a or b", "a, b or c".
fn either(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
