//! Checks beyond the order of events: people, places, partnerships, sources, duplicates.
//!
//! Each asks only what the data say for certain; where a date, a term or a place leaves room for
//! doubt there is no finding.

use super::constraints::{disagree, independent};
use super::{Finding, FindingKind, Severity, Statement, StatementId, anniversary, existence};
use crate::model::when::{Bound, Shape};
use crate::model::{
    Dataset, Day, DayRange, Engagement, EngagementId, Evidence, PartyId, PartyKind, Place, Status,
    Target, When, words,
};

/// Places nearer than this can both be visited on one day.
const FAR_APART_KM: f64 = 1_000.0;

/// Runs all rules; `None` when cancelled.
pub(super) fn check(
    dataset: &Dataset,
    cancelled: &dyn Fn() -> bool,
    out: &mut Vec<Finding>,
) -> Option<()> {
    for id in dataset.engagement_ids() {
        if id.0 % 4096 == 0 && cancelled() {
            return None;
        }
        let engagement = dataset.engagement(id);
        dispute(dataset, id, engagement, out);
        anniversary::check(dataset, id, engagement, out);
        if engagement.status == Status::Held {
            partnership_term(dataset, id, engagement, out);
            office_term(dataset, id, engagement, out);
            existence::check(dataset, id, engagement, out);
            publication(dataset, id, engagement, out);
        }
    }
    two_places(dataset, out);
    if cancelled() {
        return None;
    }
    duplicates(dataset, out);
    Some(())
}

/// The claims that count, in words.
pub(super) fn dates(dataset: &Dataset, id: EngagementId) -> Vec<Statement> {
    independent(dataset.engagement(id))
        .into_iter()
        .map(|index| StatementId::Claim(id, index as u32).write(dataset))
        .collect()
}

/// The first and last day on which an undisputed, unqualified date puts an engagement.
pub(super) fn outer_days(engagement: &Engagement) -> Option<(Option<Day>, Option<Day>)> {
    let claims = independent(engagement);
    if claims.is_empty() || disagree(engagement, &claims) {
        return None;
    }
    let mut bounds: (Option<Day>, Option<Day>) = (None, None);
    for index in claims {
        let when = &engagement.dates[index].when;
        if when.is_approximate() || when.is_uncertain() {
            return None;
        }
        let span = when.span();
        if let Bound::Day(day) = span.earliest_start {
            bounds.0 = Some(bounds.0.map_or(day, |known| known.max(day)));
        }
        if let Bound::Day(day) = span.latest_end {
            bounds.1 = Some(bounds.1.map_or(day, |known| known.min(day)));
        }
    }
    Some(bounds)
}

/// The one day on which an engagement certainly was.
fn certain_day(engagement: &Engagement) -> Option<Day> {
    match outer_days(engagement)? {
        (Some(from), Some(to)) if from == to => Some(from),
        _ => None,
    }
}

fn dispute(dataset: &Dataset, id: EngagementId, engagement: &Engagement, out: &mut Vec<Finding>) {
    let claims = independent(engagement);
    if !disagree(engagement, &claims) {
        return;
    }
    let mut texts: Vec<String> = Vec::new();
    for index in &claims {
        let text = words::when(&engagement.dates[*index].when);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    out.push(Finding {
        id: format!("dispute: {}", engagement.key),
        severity: Severity::Warning,
        kind: FindingKind::Dispute,
        about: vec![Target::Engagement(id)],
        message: format!(
            "Sources disagree on the date of “{}”: {}",
            engagement.label(),
            texts.join(" or ")
        ),
        statements: dates(dataset, id),
    });
}

/// Bounds of a stretch of time outside which something certainly was not; `None` where the date
/// does not describe one.
pub(super) fn term(when: &When) -> Option<(Bound, Bound)> {
    let sure = !when.is_approximate() && !when.is_uncertain();
    (sure && matches!(when.shape(), Shape::Interval))
        .then(|| (when.span().earliest_start, when.span().latest_end))
}

fn partnership_term(
    dataset: &Dataset,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Finding>,
) {
    let Some((_, Some(last))) = outer_days(engagement) else {
        return;
    };
    for partnership_id in &engagement.partnerships {
        let partnership = dataset.partnership(*partnership_id);
        let Some(since) = &partnership.since else {
            continue;
        };
        if since.is_approximate() || since.is_uncertain() {
            continue;
        }
        let (begins, ends) = match since.shape() {
            Shape::Interval => (since.span().earliest_start, since.span().latest_end),
            // A date alone says when it began.
            _ => (since.span().earliest_start, Bound::Unknown),
        };
        let first = outer_days(engagement).and_then(|days| days.0);
        let outside = if begins.day().is_some_and(|begins| last < begins) {
            "before"
        } else if let (Some(first), Some(ends)) = (first, ends.day())
            && first > ends
        {
            "after"
        } else {
            continue;
        };
        out.push(Finding {
            id: format!("partnership: {} {}", engagement.key, partnership.key),
            severity: Severity::Warning,
            kind: FindingKind::OutsidePartnership,
            about: vec![Target::Engagement(id), Target::Partnership(*partnership_id)],
            message: format!(
                "“{}” is dated {outside} the time of {} ({})",
                engagement.label(),
                partnership.label(),
                words::when(since)
            ),
            statements: dates(dataset, id),
        });
    }
}

fn office_term(
    dataset: &Dataset,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Finding>,
) {
    let Some((Some(first), Some(last))) = outer_days(engagement) else {
        return;
    };
    for participant in &engagement.participants {
        let party = dataset.party(participant.party);
        let Some(terms) = party
            .offices
            .iter()
            .map(|office| office.term.as_ref().and_then(term))
            .collect::<Option<Vec<_>>>()
        else {
            // An office whose term is not known may be the one.
            continue;
        };
        if terms.is_empty()
            || party.kind != PartyKind::Person
            || terms.iter().any(|(from, to)| from.or_min() <= last && to.or_max() >= first)
        {
            continue;
        }
        let offices: Vec<String> = party
            .offices
            .iter()
            .filter_map(|office| {
                Some(format!("{}, {}", office.title, words::when(office.term.as_ref()?)))
            })
            .collect();
        out.push(Finding {
            id: format!("office: {} {}", engagement.key, party.key),
            severity: Severity::Note,
            kind: FindingKind::OutsideOffice,
            about: vec![Target::Engagement(id), Target::Party(participant.party)],
            message: format!(
                "{} takes part in “{}” outside the time of every office that is known ({})",
                party.label(),
                engagement.label(),
                offices.join("; ")
            ),
            statements: dates(dataset, id),
        });
    }
}

fn publication(
    dataset: &Dataset,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Finding>,
) {
    for (index, claim) in engagement.dates.iter().enumerate() {
        // Only what a document itself says can be too late for it.
        if claim.citation.evidence != Evidence::Stated
            || claim.when.is_approximate()
            || claim.when.is_uncertain()
        {
            continue;
        }
        let Some(source_id) = claim.citation.source else {
            continue;
        };
        let source = dataset.source(source_id);
        let Some(published) = source.published.as_ref().filter(|_| !source.background) else {
            continue;
        };
        if published.is_approximate() || published.is_uncertain() {
            continue;
        }
        if let (Bound::Day(begun), Bound::Day(printed)) =
            (claim.when.span().earliest_start, published.span().latest_end)
            && begun > printed
        {
            out.push(Finding {
                id: format!("published: {} {}", engagement.key, source.key),
                severity: Severity::Warning,
                kind: FindingKind::AfterPublication,
                about: vec![Target::Engagement(id), Target::Source(source_id)],
                message: format!(
                    "“{}” is entered as held on {}, after its report was published ({})",
                    engagement.label(),
                    words::when(&claim.when),
                    words::when(published)
                ),
                statements: vec![StatementId::Claim(id, index as u32).write(dataset)],
            });
        }
    }
}

/// Whether nobody can be at both on one day.
fn far_apart(a: &Place, b: &Place) -> bool {
    let (Some(from), Some(to)) = (a.position, b.position) else {
        return false;
    };
    // A place may stand for its whole country.
    if a.state.is_some() && a.state == b.state {
        return false;
    }
    // Haversine formula on a sphere of 6371 km.
    let radians = |degrees: f64| degrees * std::f64::consts::PI / 180.0;
    let (lat1, lat2) = (radians(from.0), radians(to.0));
    let half = |angle: f64| {
        let sine = libm::sin(angle / 2.0);
        sine * sine
    };
    let chord = half(lat2 - lat1)
        + libm::cos(lat1) * libm::cos(lat2) * half(radians(to.1) - radians(from.1));
    2.0 * 6371.0 * libm::asin(chord.clamp(0.0, 1.0).sqrt()) > FAR_APART_KM
}

/// The places at which an engagement may have been on a day: all of them, but for those that are
/// said to have had other days.
fn places_on(dataset: &Dataset, id: EngagementId, day: Day) -> Vec<&Place> {
    let on = DayRange::new(day, day);
    let stops = dataset.engagement(id).places.stops();
    stops
        .filter(|(_, when)| when.is_none_or(|when| when.possibly_in(on)))
        .map(|(place, _)| dataset.place(place))
        .collect()
}

fn two_places(dataset: &Dataset, out: &mut Vec<Finding>) {
    let mut stays: Vec<(PartyId, Day, EngagementId)> = Vec::new();
    for id in dataset.engagement_ids() {
        let engagement = dataset.engagement(id);
        if engagement.status != Status::Held || engagement.places.is_empty() {
            continue;
        }
        let mut persons = engagement
            .participants
            .iter()
            .map(|participant| participant.party)
            .filter(|party| dataset.party(*party).kind == PartyKind::Person)
            .peekable();
        if persons.peek().is_some()
            && let Some(day) = certain_day(engagement)
        {
            stays.extend(persons.map(|party| (party, day, id)));
        }
    }
    stays.sort_unstable();
    stays.dedup();
    for same in stays.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (position, (party, day, first)) in same.iter().enumerate() {
            // With many engagements on one day the first that is far away says enough.
            let here = places_on(dataset, *first, *day);
            let other = same[position + 1..].iter().map(|stay| stay.2).find(|second| {
                let there = places_on(dataset, *second, *day);
                // Of a tour it is enough that one place is within reach.
                let apart = |a: &&Place| there.iter().all(|b| far_apart(a, b));
                !here.is_empty() && !there.is_empty() && here.iter().all(apart)
            });
            let Some(second) = other else {
                continue;
            };
            let (a, b) = (dataset.engagement(*first), dataset.engagement(second));
            let at = |engagement: &Engagement| words::places(dataset, engagement);
            let person = dataset.party(*party);
            out.push(Finding {
                id: format!("two places: {} {} {}", person.key, a.key, b.key),
                severity: Severity::Warning,
                kind: FindingKind::TwoPlaces,
                about: vec![
                    Target::Engagement(*first),
                    Target::Engagement(second),
                    Target::Party(*party),
                ],
                message: format!(
                    "{} is at two places on {}: “{}” in {} and “{}” in {}",
                    person.label(),
                    words::day(*day),
                    a.label(),
                    at(a),
                    b.label(),
                    at(b)
                ),
                statements: [dates(dataset, *first), dates(dataset, second)].concat(),
            });
        }
    }
}

/// The words of a title that tell it from others, sorted.
fn title_words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !matches!(*word, "the" | "and" | "for" | "with"))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether two titles share most of their words.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (title_words(a), title_words(b));
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    let all = a.len() + b.len() - shared;
    all > 0 && shared * 10 >= all * 7
}

fn duplicates(dataset: &Dataset, out: &mut Vec<Finding>) {
    type Key = (Day, u32, Vec<PartyId>);
    let mut keyed: Vec<(Key, EngagementId)> = dataset
        .engagement_ids()
        .filter_map(|id| {
            let engagement = dataset.engagement(id);
            let mut who: Vec<PartyId> =
                engagement.participants.iter().map(|participant| participant.party).collect();
            who.sort_unstable();
            who.dedup();
            (!who.is_empty())
                .then(|| certain_day(engagement))
                .flatten()
                .map(|day| ((day, engagement.kind.0, who), id))
        })
        .collect();
    keyed.sort_unstable();
    for same in keyed.chunk_by(|a, b| a.0 == b.0) {
        // Each engagement with those before it that it repeats, as one finding for all of them.
        let mut groups: Vec<Vec<EngagementId>> = Vec::new();
        for (_, id) in same {
            match groups.iter_mut().find(|group| repeats(dataset, group[0], *id)) {
                Some(group) => group.push(*id),
                None => groups.push(vec![*id]),
            }
        }
        for group in groups.into_iter().filter(|group| group.len() > 1) {
            let keys: Vec<&str> = group.iter().map(|id| &*dataset.engagement(*id).key).collect();
            let label = dataset.engagement(group[0]).label();
            let others = match group.len() - 1 {
                1 => format!("“{}”", dataset.engagement(group[1]).label()),
                more => format!("{more} others"),
            };
            out.push(Finding {
                id: format!("duplicate: {}", keys.join(" ")),
                severity: Severity::Note,
                kind: FindingKind::Duplicate,
                message: format!(
                    "“{label}” and {others} have the same day, kind and participants and a \
                     similar title"
                ),
                statements: group.iter().flat_map(|id| dates(dataset, *id)).collect(),
                about: group.into_iter().map(Target::Engagement).collect(),
            });
        }
    }
}

/// Whether two engagements of one day, kind and set of participants are probably the same.
fn repeats(dataset: &Dataset, first: EngagementId, second: EngagementId) -> bool {
    let (a, b) = (dataset.engagement(first), dataset.engagement(second));
    let related = a.relations.iter().any(|relation| relation.to == second)
        || b.relations.iter().any(|relation| relation.to == first);
    let elsewhere = !a.places.is_empty()
        && !b.places.is_empty()
        && !a.places.iter().any(|place| b.places.contains(place));
    !related && !elsewhere && a.status == b.status && alike(&a.title, &b.title)
}
