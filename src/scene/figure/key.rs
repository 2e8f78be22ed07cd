//! The legends of network and map: exactly what they use.

use std::collections::{BTreeMap, BTreeSet};

use super::Legend;
use crate::{
    layout::network::{PartyLayout, formal_pairs},
    model::{Dataset, PartyId, PartyKind},
    query::{Ties, owner},
    scene::{
        Item, PathSegment, Point, Stroke, Tokens,
        map::{Counted, Lines, MapOptions},
        network::{mark, slots},
        text::{self, Align, Style},
        timeline::shapes,
    },
};

/// Height of a line of the legend.
const LINE: f32 = 20.0;
/// Distance between two entries.
const GAP: f32 = 18.0;
/// Distance between a picture and its words.
const NEAR: f32 = 6.0;

/// A picture around a point and its words.
pub(in crate::scene) struct Entry {
    /// Whether a new line starts here.
    pub first: bool,
    pub width: f32,
    pub picture: Box<dyn Fn(Point) -> Vec<Item>>,
    pub label: String,
}

/// The legend of a network of the parties that have engagements among `ties`.
pub fn network(
    dataset: &Dataset,
    layout: &PartyLayout,
    ties: &Ties,
    width: f32,
    tokens: &'static Tokens,
) -> Legend {
    let shown: Vec<PartyId> = (0..dataset.parties().len())
        .map(PartyId::at)
        .filter(|party| ties.engagements.get(party.index()).is_some_and(|&count| count > 0))
        .collect();
    let kinds: BTreeSet<PartyKind> = shown.iter().map(|&party| dataset.party(party).kind).collect();
    let mut entries: Vec<Entry> = kinds
        .into_iter()
        .map(|kind| Entry {
            first: false,
            width: 14.0,
            picture: Box::new(move |at| vec![mark(kind, at, 6.0, tokens.ink_weak, tokens.paper)]),
            label: kind.label().to_lowercase(),
        })
        .collect();
    if !ties.ties.is_empty() {
        entries.push(Entry {
            first: false,
            width: 34.0,
            picture: Box::new(|at| {
                let line = |dx: f32, width: f32| {
                    let (from, to) =
                        (Point::new(at.x + dx, at.y), Point::new(at.x + dx + 10.0, at.y));
                    shapes::line(from, to, Stroke::solid(tokens.tie, width))
                };
                vec![line(-17.0, 1.0), line(-5.0, 2.5), line(7.0, 5.0)]
            }),
            label: "engagements shared, each counted 1/(n−1) for n parties".to_owned(),
        });
    }
    let drawn = |party: PartyId| shown.binary_search(&party).is_ok();
    let formal = dataset.partnerships().iter().any(|partnership| {
        formal_pairs(dataset, partnership).iter().any(|&(a, b)| drawn(a) && drawn(b))
    });
    if formal {
        entries.push(Entry {
            first: false,
            width: 34.0,
            picture: Box::new(|at| {
                let line = |dy: f32| {
                    let y = at.y + dy;
                    let (from, to) = (Point::new(at.x - 17.0, y), Point::new(at.x + 17.0, y));
                    shapes::line(from, to, Stroke::solid(tokens.partnership, 1.5))
                };
                vec![line(-2.0), line(2.0)]
            }),
            label: "formal partnership".to_owned(),
        });
    }
    // Colours tell to whom a party belongs; only owners that have a colour of their own are named.
    let slot_of = slots(dataset, &layout.engagements);
    let mut owners: BTreeMap<PartyId, u8> = BTreeMap::new();
    for &party in &shown {
        owners.insert(owner(dataset, party), slot_of[party.index()]);
    }
    let mut colours: BTreeMap<u8, Vec<PartyId>> = BTreeMap::new();
    for (owner, slot) in owners {
        colours.entry(slot).or_default().push(owner);
    }
    let mut named: Vec<(u8, Vec<PartyId>)> = colours.into_iter().collect();
    let busiest = |owners: &[PartyId]| layout.engagements.get(owners[0].index()).copied();
    named.sort_by_key(|(slot, owners)| {
        (owners.len() > 1, std::cmp::Reverse(busiest(owners)), *slot)
    });
    for (at, (slot, owners)) in named.into_iter().enumerate() {
        let colour = tokens.kind(slot);
        let label = match owners[..] {
            [one] if shown.iter().any(|&party| party != one && owner(dataset, party) == one) => {
                format!("{} and its own", dataset.party(one).label())
            }
            [one] => dataset.party(one).label().to_owned(),
            _ => "others".to_owned(),
        };
        entries.push(Entry {
            first: at == 0,
            width: 14.0,
            picture: Box::new(move |at| {
                vec![mark(PartyKind::State, at, 5.5, colour, tokens.paper)]
            }),
            label,
        });
    }
    flow(&entries, width, tokens)
}

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

/// Entries side by side in lines of at most `width`.
pub(in crate::scene) fn flow(entries: &[Entry], width: f32, tokens: &Tokens) -> Legend {
    let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let mut items = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for entry in entries {
        let lead = if entry.width > 0.0 { entry.width + NEAR } else { 0.0 };
        let label = text::fitted(&entry.label, (width - lead).max(0.0), style.size, style.strong);
        let whole = lead + text::width(&label, style.size, style.strong);
        if x > 0.0 && (entry.first || x + whole > width) {
            x = 0.0;
            y += LINE;
        }
        items.extend((entry.picture)(Point::new(x + entry.width / 2.0, y + LINE / 2.0)));
        let at = Point::new(x + lead, y + LINE / 2.0 + 4.0);
        items.push(Item::Text(text::line(&label, at, Align::Left, style)));
        x += whole + GAP;
    }
    (items, if entries.is_empty() { 0.0 } else { y + LINE })
}
