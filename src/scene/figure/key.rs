//! The legend of the map: exactly what it uses.

use std::collections::BTreeMap;

use super::Legend;
use crate::{
    model::{Dataset, PartyId},
    query::Ties,
    scene::{
        Item, PathSegment, Point, Stroke, Tokens,
        entries::{Entry, flow},
        map::{Counted, Lines, MapOptions},
    },
};

/// The legend of a map of engagements; how large circles are, and how wide arrows, is said on the
/// map itself.
pub fn map(
    dataset: &Dataset,
    counted: &Counted,
    ties: &Ties,
    options: &MapOptions,
    width: f32,
    tokens: &'static Tokens,
) -> Legend {
    let mut kinds = BTreeMap::new();
    for count in &counted.places.places {
        if dataset.place(count.place).position.is_some() {
            for &(id, _) in &count.kinds {
                let kind = dataset.kind(id);
                kinds.insert(id, (kind.name.to_string(), kind.slot));
            }
        }
    }
    let mut entries: Vec<Entry> = kinds
        .into_values()
        .map(|(label, slot)| Entry {
            first: false,
            width: 14.0,
            picture: Box::new(move |at| {
                vec![Item::Circle {
                    center: at,
                    radius: 5.5,
                    fill: Some(tokens.kind(slot)),
                    stroke: None,
                }]
            }),
            label,
        })
        .collect();
    let seat = |party: PartyId| {
        let seat = dataset.party(party).seat;
        seat.filter(|seat| dataset.place(*seat).position.is_some())
    };
    let joined = |a: PartyId, b: PartyId| seat(a).zip(seat(b)).is_some_and(|(a, b)| a != b);
    if options.lines == Lines::Ties && ties.ties.iter().any(|tie| joined(tie.a, tie.b)) {
        entries.push(Entry {
            first: false,
            width: 34.0,
            picture: Box::new(|at| {
                let p = |dx: f32, dy: f32| Point::new(at.x + dx, at.y + dy);
                vec![Item::Path {
                    segments: std::sync::Arc::new([
                        PathSegment::Move(p(-17.0, 5.0)),
                        PathSegment::Cubic(p(-8.0, -6.0), p(8.0, -6.0), p(17.0, 5.0)),
                    ]),
                    fill: None,
                    stroke: Some(Stroke::solid(tokens.partnership.faded(0.62), 2.0)),
                }]
            }),
            label: "shared engagements, between the seats of the parties".to_owned(),
        });
        entries.push(Entry {
            first: false,
            width: 10.0,
            picture: Box::new(|at| {
                vec![Item::Circle {
                    center: at,
                    radius: 2.5,
                    fill: Some(tokens.paper),
                    stroke: Some(Stroke::solid(tokens.partnership, 1.2)),
                }]
            }),
            label: "seat of a party".to_owned(),
        });
    }
    flow(&entries, width, tokens)
}
