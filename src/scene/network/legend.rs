//! The legend of the network: exactly what it uses.

use std::collections::{BTreeMap, BTreeSet};

use super::{ColorBy, Layer, NetworkForm, Reading, SizeBy, mark, slots, tint};
use crate::{
    layout::network::{PartyLayout, formal_pairs},
    model::{Dataset, PartyId, PartyKind},
    query::{Measure, Standing, TieWeight, Ties, owner},
    scene::{
        Color, Item, Point, Stroke, Tokens,
        entries::{Entry, flow},
        timeline::shapes,
    },
};

/// The most communities that have a line of the legend: as many as have a colour.
const COMMUNITIES: usize = 10;

/// Up to so many kinds of engagements have a line of the legend each.
const KINDS: usize = 12;

/// An entry with a picture of a mark's width.
fn entry(
    width: f32,
    label: impl Into<String>,
    picture: impl Fn(Point) -> Vec<Item> + 'static,
) -> Entry {
    Entry { first: false, width, picture: Box::new(picture), label: label.into() }
}

/// The legend of the parties that have engagements among `ties`: items with the top left corner at
/// 0, 0, and their height.
#[must_use]
pub fn legend(
    dataset: &Dataset,
    layout: &PartyLayout,
    ties: &Ties,
    reading: &Reading<'_>,
    width: f32,
    tokens: &'static Tokens,
) -> (Vec<Item>, f32) {
    let options = &reading.options;
    let shown: Vec<PartyId> = (0..dataset.party_ids())
        .map(PartyId::at)
        .filter(|party| ties.engagements.get(party.index()).is_some_and(|&count| count > 0))
        .collect();
    let mut entries = Vec::new();
    if options.form == NetworkForm::Matrix {
        entries.push(entry(
            34.0,
            format!("{}: the larger and darker the more", weighed(options.weight)),
            |at| {
                let cell = |dx: f32, side: f32, share: f64| Item::Rect {
                    rect: crate::scene::Rect::new(
                        at.x + dx - side / 2.0,
                        at.y - side / 2.0,
                        side,
                        side,
                    ),
                    radius: 1.0,
                    fill: Some(tint(tokens, share)),
                    stroke: None,
                };
                vec![cell(-12.0, 5.0, 0.05), cell(0.0, 8.0, 0.4), cell(12.0, 12.0, 1.0)]
            },
        ));
        entries.push(entry(14.0, "community of a party, on the diagonal", |at| {
            vec![mark(PartyKind::Body, at, 6.0, tokens.community(0), tokens.paper)]
        }));
        return flow(&entries, width, tokens);
    }
    let kinds: BTreeSet<PartyKind> = shown.iter().map(|&party| dataset.party(party).kind).collect();
    // Discs alone need no explanation.
    let plain = kinds.iter().all(|kind| *kind == PartyKind::Unsaid);
    for kind in kinds.into_iter().filter(|_| !plain) {
        entries.push(entry(14.0, kind.label().to_lowercase(), move |at| {
            vec![mark(kind, at, 6.0, tokens.ink_weak, tokens.paper)]
        }));
    }
    if options.form == NetworkForm::Engagements {
        let kinds = dataset.kinds();
        for kind in kinds.iter().filter(|_| kinds.len() <= KINDS) {
            let (colour, label) = (tokens.kind(kind.slot), kind.name.to_lowercase());
            entries.push(entry(10.0, label, move |at| {
                vec![Item::Circle { center: at, radius: 3.0, fill: Some(colour), stroke: None }]
            }));
        }
        if kinds.len() > KINDS {
            entries.push(entry(10.0, "engagement, in the colour of its kind", |at| {
                let fill = Some(tokens.kind(0));
                vec![Item::Circle { center: at, radius: 3.0, fill, stroke: None }]
            }));
        }
    } else if options.ties && !ties.ties.is_empty() {
        entries.push(entry(34.0, weighed(options.weight), |at| {
            let line = |dx: f32, width: f32| {
                let (from, to) = (Point::new(at.x + dx, at.y), Point::new(at.x + dx + 10.0, at.y));
                shapes::line(from, to, Stroke::solid(tokens.tie, width))
            };
            vec![line(-17.0, 1.0), line(-5.0, 2.5), line(7.0, 5.0)]
        }));
        if options.directions && ties.ties.iter().any(|tie| tie.forth + tie.back > 0) {
            let label = if plain {
                "from source to target"
            } else {
                "from guest, sender or donor to host or recipient"
            };
            entries.push(entry(20.0, label, |at| {
                let p = |dx: f32, dy: f32| Point::new(at.x + dx, at.y + dy);
                let stroke = Stroke::solid(tokens.tie, 1.5);
                let head = [p(10.0, 0.0), p(3.0, 3.5), p(3.0, -3.5)];
                vec![
                    shapes::line(p(-10.0, 0.0), p(4.0, 0.0), stroke),
                    shapes::polyline(&head, true, Some(tokens.ink_faint), None),
                ]
            }));
        }
    }
    let drawn = |party: PartyId| shown.binary_search(&reading.node(party)).is_ok();
    let formal = options.form == NetworkForm::Parties
        && options.shows(Layer::Partnerships)
        && dataset.partnerships().iter().any(|partnership| {
            Standing::on(partnership, reading.day).exists
                && formal_pairs(dataset, partnership)
                    .iter()
                    .any(|&(a, b)| drawn(a) && drawn(b) && reading.node(a) != reading.node(b))
        });
    if formal {
        let label = match reading.day {
            Some(day) => {
                format!("formal partnership, level on {}", crate::model::words::day(day))
            }
            None => "formal partnership".to_owned(),
        };
        entries.push(entry(34.0, label, |at| {
            let line = |dy: f32| {
                let y = at.y + dy;
                let (from, to) = (Point::new(at.x - 17.0, y), Point::new(at.x + 17.0, y));
                shapes::line(from, to, Stroke::solid(tokens.partnership, 1.5))
            };
            vec![line(-2.0), line(2.0)]
        }));
    }
    if options.shows(Layer::PartOf) && options.form == NetworkForm::Parties {
        entries.push(entry(24.0, "part of", |at| {
            let (from, to) = (Point::new(at.x - 12.0, at.y), Point::new(at.x + 12.0, at.y));
            vec![shapes::line(from, to, Stroke::dashed(tokens.ink_faint, 0.9, 1.2, 3.0))]
        }));
    }
    if options.size_by != SizeBy::default() {
        let label = match options.size_by {
            SizeBy::Measure(measure) => format!("size: {}", measure.hint()),
            SizeBy::Stated => "sizes as in the file".to_owned(),
        };
        entries.push(entry(30.0, label, |at| {
            let disc = |dx: f32, radius: f32| Item::Circle {
                center: Point::new(at.x + dx, at.y),
                radius,
                fill: Some(tokens.ink_faint),
                stroke: None,
            };
            vec![disc(-11.0, 2.5), disc(-2.0, 4.5), disc(10.0, 7.0)]
        }));
    }
    let first = entries.len();
    match options.color_by {
        ColorBy::Belonging => belonging(dataset, layout, &shown, tokens, &mut entries),
        ColorBy::Community => communities(dataset, ties, reading, tokens, &mut entries),
        ColorBy::Stated => stated(dataset, ties, reading, tokens, &mut entries),
        ColorBy::Measure(measure) => {
            entries.push(entry(
                44.0,
                format!("{}: the darker the more", measure.label().to_lowercase()),
                |at| {
                    let disc = |dx: f32, share: f64| {
                        let at = Point::new(at.x + dx, at.y);
                        mark(PartyKind::State, at, 6.0, tint(tokens, share), tokens.paper)
                    };
                    vec![disc(-15.0, 0.0), disc(0.0, 0.3), disc(15.0, 1.0)]
                },
            ));
        }
    }
    if let Some(entry) = entries.get_mut(first) {
        entry.first = true;
    }
    if let Some(sampled) = reading.measures.and_then(|measures| measures.sampled)
        && (options.size_by == SizeBy::Measure(Measure::Betweenness)
            || options.color_by == ColorBy::Measure(Measure::Betweenness))
    {
        let label =
            format!("Betweenness is estimated from the ways of {sampled} parties drawn by lot.");
        entries.push(entry(0.0, label, |_| Vec::new()));
    }
    flow(&entries, width, tokens)
}

/// What the width of a line says.
fn weighed(weight: TieWeight) -> &'static str {
    match weight {
        TieWeight::Shared => "engagements shared, 1/(n−1) each",
        TieWeight::Raw => "engagements shared",
        TieWeight::Stated => "weight of the ties, as in the file",
    }
}

/// The colours of states and organisations: only owners that have a colour of their own are named.
fn belonging(
    dataset: &Dataset,
    layout: &PartyLayout,
    shown: &[PartyId],
    tokens: &'static Tokens,
    entries: &mut Vec<Entry>,
) {
    let slot_of = slots(dataset, &layout.engagements);
    let mut owners: BTreeMap<PartyId, u8> = BTreeMap::new();
    for &party in shown {
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
    for (slot, owners) in named {
        let colour = tokens.kind(slot);
        let label = match owners[..] {
            [one] if shown.iter().any(|&party| party != one && owner(dataset, party) == one) => {
                format!("{} and its own", dataset.party(one).label())
            }
            [one] => dataset.party(one).label().to_owned(),
            _ => "others".to_owned(),
        };
        entries.push(entry(14.0, label, move |at| {
            vec![mark(PartyKind::State, at, 5.5, colour, tokens.paper)]
        }));
    }
}

/// The parties of one colour: how many, and the strongest of them with its strength.
#[derive(Clone, Copy)]
struct Members {
    count: u32,
    most: f64,
    strongest: PartyId,
}

/// What joins parties of one colour, by any key that tells colours apart.
fn members<K: Ord>(
    ties: &Ties,
    reading: &Reading<'_>,
    key: impl Fn(usize) -> Option<K>,
) -> BTreeMap<K, Members> {
    let mut members: BTreeMap<K, Members> = BTreeMap::new();
    for (at, count) in ties.engagements.iter().enumerate() {
        let (party, Some(key)) = (PartyId::at(at), key(at).filter(|_| *count > 0)) else {
            continue;
        };
        let strength = reading
            .measures
            .map_or(f64::from(*count), |measures| measures.of(Measure::Strength, ties, party));
        let of = members.entry(key).or_insert(Members { count: 0, most: -1.0, strongest: party });
        of.count += 1;
        if strength > of.most {
            (of.most, of.strongest) = (strength, party);
        }
    }
    members
}

/// "Valjean and 16 more": a colour by its strongest party.
fn named(dataset: &Dataset, members: &Members) -> String {
    let name = dataset.party(members.strongest).label();
    match members.count {
        1 => name.to_owned(),
        count => format!("{name} and {} more", count - 1),
    }
}

/// A disc of a colour with words.
fn swatch(label: String, colour: Color, tokens: &'static Tokens) -> Entry {
    entry(14.0, label, move |at| vec![mark(PartyKind::State, at, 5.5, colour, tokens.paper)])
}

/// The colours of communities, each named after its strongest party.
fn communities(
    dataset: &Dataset,
    ties: &Ties,
    reading: &Reading<'_>,
    tokens: &'static Tokens,
    entries: &mut Vec<Entry>,
) {
    let Some(measures) = reading.measures else { return };
    let all = members(ties, reading, |at| {
        measures.community.get(at).copied().filter(|community| *community != u32::MAX)
    });
    entries.push(entry(0.0, "Communities, named after their strongest party:", |_| Vec::new()));
    let coloured = |community: &u32| (*community as usize) < COMMUNITIES;
    for (community, of) in all.iter().filter(|(community, _)| coloured(community)) {
        entries.push(swatch(named(dataset, of), tokens.community(*community), tokens));
    }
    let others = all.keys().filter(|community| !coloured(community)).count();
    if others > 0 {
        let label = crate::model::words::count(others, "smaller community", "smaller communities");
        entries.push(swatch(label, tokens.community(u32::MAX), tokens));
    }
}

/// The colours that the file gives, each named after its strongest party, where they are few.
fn stated(
    dataset: &Dataset,
    ties: &Ties,
    reading: &Reading<'_>,
    tokens: &'static Tokens,
    entries: &mut Vec<Entry>,
) {
    let Some(look) = reading.stated else { return };
    let all = members(ties, reading, |at| look.colors.get(at).copied().flatten());
    let mut all: Vec<([u8; 3], Members)> = all.into_iter().collect();
    all.sort_by_key(|(color, of)| (std::cmp::Reverse(of.count), *color));
    let few = all.len() <= COMMUNITIES;
    let said = if few { "Colours as in the file:" } else { "Colours as in the file" };
    entries.push(entry(0.0, said, |_| Vec::new()));
    for (color, of) in all.iter().filter(|_| few) {
        entries.push(swatch(named(dataset, of), tokens.stated(*color), tokens));
    }
}
