//! How parties look in the network: colour by the state or organisation they belong to, shape by
//! their kind.

use std::{cmp::Reverse, sync::Arc};

use crate::{
    model::{Dataset, PartyId, PartyKind},
    query::owner,
    scene::{Color, Item, PathSegment, Point, Rect, Stroke, Tokens},
};

/// The slots of [`Tokens::kinds`] that the five busiest states and organisations get, in order.
const SLOTS: [u8; 5] = [5, 0, 3, 2, 1];
/// The slot of everybody else.
pub(super) const OTHERS: u8 = 4;

/// The colour slot of each party, by its id: the five states and organisations with the most
/// engagements have a colour of their own, which those who belong to them share; all others are
/// grey. `engagements` are those of the whole period, so that colours do not change with a filter.
#[must_use]
pub fn slots(dataset: &Dataset, engagements: &[u32]) -> Vec<u8> {
    let count = |party: PartyId| engagements.get(party.index()).copied().unwrap_or(0);
    let mut owners: Vec<PartyId> = (0..dataset.party_ids())
        .map(PartyId::at)
        .filter(|&party| {
            matches!(dataset.party(party).kind, PartyKind::State | PartyKind::Organisation)
                && count(party) > 0
        })
        .collect();
    owners.sort_by_key(|&party| (Reverse(count(party)), party));
    owners.truncate(SLOTS.len());
    (0..dataset.party_ids())
        .map(|party| {
            let owner = owner(dataset, PartyId::at(party));
            owners
                .iter()
                .position(|&other| other == owner)
                .map_or(OTHERS, |position| SLOTS[position])
        })
        .collect()
}

/// The mark of a party: states and parties of no stated kind are discs, organisations rounded
/// squares, bodies squares, provinces diamonds, persons rings and groups dashed rings. `ground` is
/// what shows around it.
#[must_use]
pub fn mark(kind: PartyKind, center: Point, radius: f32, color: Color, ground: Color) -> Item {
    // Specks keep most of what they are.
    let rim = Some(Stroke::solid(ground, (radius * 0.33).min(1.5)));
    // Squares and diamonds of the same area as the disc.
    let square = |corner: f32| {
        let half = radius * 0.886;
        Item::Rect {
            rect: Rect::new(center.x - half, center.y - half, 2.0 * half, 2.0 * half),
            radius: corner,
            fill: Some(color),
            stroke: rim,
        }
    };
    match kind {
        PartyKind::State | PartyKind::Unsaid => {
            Item::Circle { center, radius, fill: Some(color), stroke: rim }
        }
        PartyKind::Organisation => square(radius * 0.4),
        PartyKind::Body => square(1.0),
        PartyKind::Province => {
            let reach = radius * 1.253;
            let corner = |x: f32, y: f32| Point::new(center.x + x * reach, center.y + y * reach);
            Item::Path {
                segments: Arc::new([
                    PathSegment::Move(corner(0.0, -1.0)),
                    PathSegment::Line(corner(1.0, 0.0)),
                    PathSegment::Line(corner(0.0, 1.0)),
                    PathSegment::Line(corner(-1.0, 0.0)),
                    PathSegment::Close,
                ]),
                fill: Some(color),
                stroke: rim,
            }
        }
        PartyKind::Person | PartyKind::Group => {
            let width = (radius * 0.42).clamp(1.5, 4.0);
            let stroke = if kind == PartyKind::Person {
                Stroke::solid(color, width)
            } else {
                Stroke::dashed(color, width, 3.0, 2.0)
            };
            Item::Circle {
                center,
                radius: radius - width / 2.0,
                fill: Some(ground),
                stroke: Some(stroke),
            }
        }
    }
}

/// The head of a pin, on parties that stay where they were put.
#[must_use]
pub fn pin(center: Point, radius: f32, tokens: &Tokens) -> Item {
    Item::Circle {
        center,
        radius: (radius * 0.34).clamp(1.5, 4.0),
        fill: Some(tokens.paper),
        stroke: Some(Stroke::solid(tokens.ink_strong, 1.2)),
    }
}

/// A colour, pale where it is not what the reader looks at.
#[must_use]
pub fn pale(tokens: &Tokens, color: Color, faded: bool) -> Color {
    if faded { color.over(tokens.paper, 0.25) } else { color }
}
