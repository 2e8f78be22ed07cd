//! The active filter said in words.

use crate::model::{
    ClassId, Dataset, Evidence, KindId, PartnershipId, PartyId, PlaceId, SourceId, Status, TopicId,
};
use crate::query::{Body, Dimension, Filter, Match, day_set_words};

/// The name of a value of a dimension, as facets and sentences show it.
#[must_use]
pub fn value_name(dataset: &Dataset, dimension: Dimension, value: u32) -> &str {
    match dimension {
        Dimension::Kind => &dataset.kind(KindId(value)).name,
        Dimension::Class => dataset.class(ClassId(value)),
        Dimension::Partnership => dataset.partnership(PartnershipId(value)).label(),
        Dimension::Party => dataset.party(PartyId(value)).label(),
        Dimension::Member => Body::of_value(value).members(),
        Dimension::Place => &dataset.place(PlaceId(value)).name,
        Dimension::Topic => &dataset.topic(TopicId(value)).name,
        Dimension::Evidence => {
            Evidence::ALL.get(value as usize).map_or("", |evidence| evidence.label())
        }
        Dimension::Source => dataset.source(SourceId(value)).label(),
        Dimension::Status => Status::ALL.get(value as usize).map_or("", |status| status.label()),
    }
}

/// The filter as a sentence without a full stop, for example "kind Meeting or Visit · with
/// Cambodia · possibly 2022 – 2024"; empty when everything passes.
#[must_use]
pub fn describe(dataset: &Dataset, filter: &Filter) -> String {
    let mut parts = Vec::new();
    for dimension in Dimension::ALL {
        let names: Vec<&str> = filter
            .values(dimension)
            .into_iter()
            .map(|value| value_name(dataset, dimension, value))
            .collect();
        if names.is_empty() {
            continue;
        }
        let lead = match dimension {
            Dimension::Kind => "kind ",
            Dimension::Class => "class ",
            Dimension::Partnership => "under ",
            Dimension::Party => "with ",
            Dimension::Member => "at the time with ",
            Dimension::Place => "at ",
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
