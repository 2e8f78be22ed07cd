//! The filter that arguments ask for: what they name, found in the dataset.

use super::{
    names::{self, Named},
    render::RenderOptions,
};
use crate::{
    model::{ClassId, Dataset, Day, DayRange, KindId, Name, PartnershipId, PartyId, PlaceId},
    query::{Body, Columns, Filter, day_set, evaluate},
};

/// What lets through the engagements that the arguments ask for.
///
/// # Errors
/// When an argument names nothing in the dataset, or days that cannot be read.
pub fn filter(
    dataset: &Dataset,
    columns: &Columns,
    options: &RenderOptions,
) -> Result<Filter, String> {
    let mut filter = Filter { matching: options.matching, ..Filter::default() };
    if let Some(text) = &options.only_in {
        let extent = evaluate(dataset, columns, &Filter::default()).extent;
        let extent = extent.unwrap_or(DayRange { from: Day(0), to: Day(0) });
        filter.when = day_set(text, extent).map_err(|error| format!("--in: {error}"))?;
    }
    if let Some(days) = options.days {
        filter = filter.within(days);
    }
    let parties = named("party", &options.parties, dataset.parties(), |party| Named {
        key: &party.key,
        names: std::iter::once(&*party.name)
            .chain(party.short.as_deref())
            .chain(texts(&party.other_names))
            .chain(party.aliases.iter().map(|alias| &**alias))
            .collect(),
    })?;
    let places = named("place", &options.places, dataset.places(), |place| Named {
        key: &place.key,
        names: std::iter::once(&*place.name).chain(texts(&place.other_names)).collect(),
    })?;
    let kinds = named("kind", &options.kinds, dataset.kinds(), |kind| Named {
        key: &kind.key,
        names: vec![&*kind.name],
    })?;
    let classes = named("class", &options.classes, dataset.classes(), |class| Named {
        key: class,
        names: vec![&**class],
    })?;
    let partnerships =
        named("partnership", &options.partnerships, dataset.partnerships(), |one| Named {
            key: &one.key,
            names: std::iter::once(&*one.name).chain(one.short.as_deref()).collect(),
        })?;
    for wanted in &options.members {
        let body = Body::named(wanted).ok_or_else(|| {
            let known: Vec<&str> = Body::all().map(Body::label).collect();
            format!("the members of “{wanted}” are not known; known are {}", known.join(", "))
        })?;
        filter.members.insert(body);
    }
    filter.parties = parties.into_iter().map(PartyId::at).collect();
    filter.places = places.into_iter().map(PlaceId::at).collect();
    filter.kinds = kinds.into_iter().map(KindId::at).collect();
    filter.classes = classes.into_iter().map(ClassId::at).collect();
    filter.partnerships = partnerships.into_iter().map(PartnershipId::at).collect();
    Ok(filter)
}

fn texts(names: &[Name]) -> impl Iterator<Item = &str> {
    names.iter().map(|name| &*name.text)
}

/// The positions in a table of what is wanted, by id or name.
fn named<'a, T>(
    what: &str,
    wanted: &[String],
    table: &'a [T],
    of: impl Fn(&'a T) -> Named<'a>,
) -> Result<Vec<usize>, String> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<Named<'_>> = table.iter().map(of).collect();
    wanted.iter().map(|one| names::find(what, one, &all)).collect()
}
