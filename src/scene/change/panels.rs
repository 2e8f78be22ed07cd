//! Small multiples: the network of several stretches of time, every party in its own place and all
//! widths on one scale.

use crate::{
    layout::{camera::Camera, network::PartyLayout},
    model::{Dataset, PartyId, words},
    query::{Panel, Panels},
    scene::{
        Item, Point, Rect, Scene, Stroke, Tokens,
        figure::shift,
        network::{self, NetworkSpec, Reading},
        text::{self, Align, Style},
    },
};

/// What the panels are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct PanelsSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The stretches of time.
    pub panels: &'a Panels,
    /// Where the parties stand: one layout over the whole period.
    pub layout: &'a PartyLayout,
    /// Width and height in points of all panels together.
    pub size: (f32, f32),
    /// The colours.
    pub tokens: &'a Tokens,
    /// The party whose neighbours are shown in full colour while all others fade.
    pub highlighted: Option<PartyId>,
    /// At what level parties are drawn, which of them and which lines. The levels of partnerships
    /// are those at the end of each panel.
    pub reading: Reading<'a>,
}

/// Panels that have been drawn.
#[derive(Clone, Debug)]
pub struct PanelsScene {
    /// The drawing.
    pub scene: Scene,
    /// The place of each panel, in the order of the stretches.
    pub places: Vec<Rect>,
}

/// Height of the line above each panel.
const TITLE: f32 = 22.0;
/// Distance between panels.
const GAP: f32 = 8.0;
/// Up to so many parties, those that are not in a panel are drawn as specks.
const SPECKS: usize = 400;

/// Draws the panels in the grid in which they are largest.
#[must_use]
pub fn panels(spec: &PanelsSpec<'_>) -> PanelsScene {
    let (width, height) = spec.size;
    let count = spec.panels.panels.len().max(1);
    let cell = |columns: usize| {
        let rows = count.div_ceil(columns);
        (
            ((width - GAP * (columns as f32 - 1.0)) / columns as f32).max(40.0),
            ((height - GAP * (rows as f32 - 1.0)) / rows as f32).max(TITLE + 20.0),
        )
    };
    let bounds = network::bounds(spec.layout, &spec.reading);
    let camera = |columns: usize| {
        let (w, h) = cell(columns);
        fit(bounds, (w, h - TITLE))
    };
    let mut columns = 1;
    for other in 2..=count {
        if camera(other).zoom > camera(columns).zoom * 1.001 {
            columns = other;
        }
    }
    let (camera, (w, h)) = (camera(columns), cell(columns));
    let mut items = Vec::new();
    let mut places = Vec::new();
    for (at, panel) in spec.panels.panels.iter().enumerate() {
        let x = (at % columns) as f32 * (w + GAP);
        let y = (at / columns) as f32 * (h + GAP);
        let mut drawn = one(spec, panel, camera, (w, h));
        for item in &mut drawn {
            rename(item, at + 1, &panel.period.name);
        }
        shift::items(&mut drawn, x, y);
        items.append(&mut drawn);
        places.push(Rect::new(x, y, w, h));
    }
    let title = format!("Partnership network in {count} stretches of time");
    let scene = Scene { width, height, background: spec.tokens.paper, title, items };
    PanelsScene { scene, places }
}

/// The view in which the whole layout fits a panel; names may be cut at its edges.
fn fit(bounds: Option<[f64; 4]>, size: (f32, f32)) -> Camera {
    let Some(bounds) = bounds else { return Camera::default() };
    Camera::fit(bounds, [f64::from(size.0), f64::from(size.1)], 10.0, 1.2)
}

/// A panel with its top left corner at 0, 0.
fn one(spec: &PanelsSpec<'_>, panel: &Panel, camera: Camera, (w, h): (f32, f32)) -> Vec<Item> {
    let tokens = spec.tokens;
    let inner = (w, h - TITLE);
    let mut scene = network::network(&NetworkSpec {
        dataset: spec.dataset,
        ties: &panel.ties,
        layout: spec.layout,
        camera,
        size: inner,
        tokens,
        highlighted: spec.highlighted,
        reading: Reading { day: panel.period.days.last().map(|range| range.to), ..spec.reading },
        changes: None,
        strongest: Some(spec.panels.strongest),
        note: false,
    });
    // A line of a small drawing is as thin as the drawing is small.
    let thin = (camera.zoom as f32).clamp(0.35, 1.0);
    scene.items.iter_mut().for_each(|item| thinner(item, thin));
    let mut drawn = specks(spec, panel, camera, inner);
    drawn.append(&mut scene.items);
    shift::items(&mut drawn, 0.0, TITLE);

    let parties = panel.ties.engagements.iter().filter(|count| **count > 0).count();
    let count = format!(
        "{} · {}",
        words::count(panel.engagements, "engagement", "engagements"),
        words::count(parties, "party", "parties")
    );
    let name = Style { size: Tokens::NOTE, strong: true, color: tokens.ink_strong };
    let weak = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let label = text::fitted(&panel.period.name, w - 16.0, name.size, true);
    let label = text::line(&label, Point::new(8.0, 15.0), Align::Left, name);
    let room = w - 16.0 - label.width - 8.0;
    let mut items = vec![Item::Rect {
        rect: Rect::new(0.5, 0.5, w - 1.0, h - 1.0),
        radius: 0.0,
        fill: None,
        stroke: Some(Stroke::solid(tokens.line, 1.0)),
    }];
    // What does not fit is shortened to the number that matters most.
    let brief = words::grouped(panel.engagements);
    let told = [count.as_str(), brief.as_str()]
        .into_iter()
        .find(|text| text::width(text, weak.size, false) <= room);
    items.push(Item::Text(label));
    if let Some(told) = told {
        let at = Point::new(w - 8.0, 15.0);
        items.push(Item::Text(text::line(told, at, Align::Right, weak)));
    }
    items.append(&mut drawn);
    items
}

/// Parties that are not in this panel, as specks where they stand in the others.
fn specks(spec: &PanelsSpec<'_>, panel: &Panel, camera: Camera, size: (f32, f32)) -> Vec<Item> {
    let places = network::places(spec.layout, spec.reading.roll_up);
    if places.iter().flatten().count() > SPECKS {
        return Vec::new();
    }
    // Who counts as another has no place of its own.
    let itself = |party: usize| spec.reading.node(PartyId::at(party)).index() == party;
    let pane = [f64::from(size.0), f64::from(size.1)];
    let absent = |party: usize| panel.ties.engagements.get(party).is_none_or(|count| *count == 0);
    places
        .iter()
        .enumerate()
        .filter(|(party, _)| absent(*party) && itself(*party))
        .filter_map(|(_, position)| {
            let [x, y] = camera.to_pane((*position)?, pane);
            let center = Point::new(x as f32, y as f32);
            let fill = Some(spec.tokens.outline);
            Some(Item::Circle { center, radius: 1.5, fill, stroke: None })
        })
        .collect()
}

/// Makes the lines of ties and partnerships thinner.
fn thinner(item: &mut Item, by: f32) {
    match item {
        Item::Path { stroke: Some(stroke), fill: None, .. } => {
            stroke.width = (stroke.width * by).max(0.4);
        }
        Item::Group { items, .. } | Item::Clip { items, .. } => {
            items.iter_mut().for_each(|item| thinner(item, by));
        }
        _ => {}
    }
}

/// Makes ids and titles unique: the same party stands in several panels.
fn rename(item: &mut Item, panel: usize, period: &str) {
    match item {
        Item::Group { mark, items } => {
            mark.id = format!("panel-{panel}-{}", mark.id);
            mark.title = format!("{period}: {}", mark.title);
            items.iter_mut().for_each(|item| rename(item, panel, period));
        }
        Item::Clip { items, .. } => {
            items.iter_mut().for_each(|item| rename(item, panel, period));
        }
        _ => {}
    }
}
