//! The engagements at one place, spread out around it so that each can be pointed at.

use super::MapSpec;
use crate::{
    model::{EngagementId, PlaceId, Target, words},
    scene::{
        Hit, Item, Mark, Point, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// The radius of a mark, in points.
const MARK: f32 = 5.0;
/// The distance between two marks.
const APART: f32 = 13.0;
/// The most marks that are spread out; the list of the place has them all.
const MOST: usize = 80;

/// Draws the engagements of a place in rings around it, the latest in the middle.
pub(super) fn draw(spec: &MapSpec<'_>, place: PlaceId, center: Point, items: &mut Vec<Item>) {
    let columns = spec.columns;
    let here: Vec<EngagementId> = spec
        .rows
        .iter()
        .rev()
        .filter(|row| columns.places.row(**row as usize).contains(&place.0))
        .map(|row| columns.engagement[*row as usize])
        .collect();
    if here.len() < 2 {
        return;
    }
    let tokens = spec.tokens;
    let shown = &here[..here.len().min(MOST)];
    let mut spots = Vec::with_capacity(shown.len());
    let mut radius = 20.0;
    while spots.len() < shown.len() {
        let room = ((std::f32::consts::TAU * radius / APART).floor() as usize).max(1);
        let left = shown.len() - spots.len();
        // The last ring is spread evenly as well.
        let count = room.min(left);
        for number in 0..count {
            let angle = f64::from(number as u32) / f64::from(count as u32) * std::f64::consts::TAU;
            spots.push(Point::new(
                center.x + radius * libm::sin(angle) as f32,
                center.y - radius * libm::cos(angle) as f32,
            ));
        }
        radius += APART;
    }
    let outer = radius - APART + 11.0;
    items.push(Item::Circle {
        center,
        radius: outer,
        fill: Some(tokens.paper.faded(0.9)),
        stroke: Some(Stroke::solid(tokens.outline, 1.0)),
    });
    for (&id, &at) in shown.iter().zip(&spots) {
        let engagement = spec.dataset.engagement(id);
        let when = engagement.dates.first().map(|claim| words::when(&claim.when));
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Engagement(id)),
                id: format!("spread-{}", engagement.key),
                title: match when {
                    Some(when) => format!("{when}: {}", engagement.title),
                    None => engagement.title.to_string(),
                },
                hits: vec![Hit::Circle(at, MARK)],
            },
            items: vec![Item::Circle {
                center: at,
                radius: MARK,
                fill: Some(tokens.kind(spec.dataset.kind(engagement.kind).slot)),
                stroke: Some(Stroke::solid(tokens.paper, 1.0)),
            }],
        });
    }
    let style = Style { size: Tokens::SMALL, strong: true, color: tokens.ink_strong };
    let said = if here.len() > shown.len() {
        format!("{} of {}", shown.len(), words::grouped(here.len()))
    } else {
        here.len().to_string()
    };
    if here.len() > shown.len() {
        let at = Point::new(center.x, center.y + outer + 14.0);
        let words = format!("the latest {said}; all are in the list");
        items.push(Item::Text(text::line(&words, at, Align::Center, style)));
    } else {
        let at = Point::new(center.x, center.y + style.size * 0.36);
        items.push(Item::Text(text::line(&said, at, Align::Center, style)));
    }
}
