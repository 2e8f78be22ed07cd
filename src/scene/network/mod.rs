//! The network: parties as marks, shared engagements as lines, formal partnerships as double
//! lines.

mod bipartite;
mod changes;
mod core;
mod curve;
mod legend;
mod lifted;
mod links;
mod look;
mod matrix;
mod names;
mod nodes;
mod note;
mod options;
mod scope;

pub use bipartite::bipartite;
pub use changes::{change_stroke, sign};
pub use core::Core;
pub use legend::legend;
pub use lifted::Lifted;
use links::{Link, Links};
pub use look::{mark, slots};
pub use matrix::{MatrixGrid, matrix, matrix_order};
use nodes::Node;
pub use nodes::{measure_words, places, tint};
pub use options::{ColorBy, Layer, NetworkForm, NetworkOptions, Reading, SizeBy};
use scope::Scope;

use super::{Item, Rect, Scene, Tokens};
use crate::{
    layout::{camera::Camera, network::PartyLayout},
    model::{Dataset, PartyId, words},
    query::{Comparison, Ties},
};

/// What a network is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct NetworkSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The ties among the engagements that pass the filter.
    pub ties: &'a Ties,
    /// Where the parties stand: one layout over the whole period.
    pub layout: &'a PartyLayout,
    /// What part of the layout is seen.
    pub camera: Camera,
    /// Width and height in points.
    pub size: (f32, f32),
    /// The colours.
    pub tokens: &'a Tokens,
    /// The party whose neighbours are shown in full colour while all others fade.
    pub highlighted: Option<PartyId>,
    /// How it is read: at what level, and what sizes, colours and lines say.
    pub reading: Reading<'a>,
    /// Two stretches of time whose difference is drawn instead of the ties themselves; `ties` are
    /// then [`Comparison::drawn`].
    pub changes: Option<&'a Comparison>,
    /// The weight of the widest line where many compete for room: that of the strongest tie drawn
    /// when `None`. Several drawings with the same value can be held against one another.
    pub strongest: Option<f64>,
    /// Whether to say in a line at the foot how many parties are shown.
    pub note: bool,
}

/// Points around the drawing when it is fitted: room for labels, less in small panes.
const MARGIN: f64 = 28.0;
/// Room for the note at the foot, in points.
const FOOT: f64 = 20.0;
/// More parties than this have their lines bent alike, and fewer of their labels are tried.
const MANY: usize = 250;
/// From this many ties on the weak ones are drawn as hairlines.
const CROWD: usize = 400;
/// The view in which the whole layout fits a pane of the given size.
#[must_use]
pub fn fit(layout: &PartyLayout, size: (f32, f32)) -> Camera {
    fit_bounds(layout.bounds(), size)
}

/// The view in which all that may be drawn fits the pane: the whole layout, or what of it is drawn
/// where there are too many parties to draw all. It does not depend on the window of time.
#[must_use]
pub fn fit_drawn(spec: &NetworkSpec<'_>) -> Camera {
    fit_bounds(bounds(spec.layout, &spec.reading), spec.size)
}

/// The left, top, right and bottom of all that may be drawn, whatever window of time is looked at;
/// `None` where that is nobody.
#[must_use]
pub fn bounds(layout: &PartyLayout, reading: &Reading<'_>) -> Option<[f64; 4]> {
    let Some(kept) = scope::kept(layout, reading) else { return layout.bounds() };
    let places = places(layout, reading.roll_up);
    let mut bounds: Option<[f64; 4]> = None;
    for party in kept {
        let Some([x, y]) = places.get(party.index()).copied().flatten() else { continue };
        let of = bounds.get_or_insert([x, y, x, y]);
        *of = [of[0].min(x), of[1].min(y), of[2].max(x), of[3].max(y)];
    }
    bounds
}

fn fit_bounds(bounds: Option<[f64; 4]>, size: (f32, f32)) -> Camera {
    let size = [f64::from(size.0), f64::from(size.1)];
    let Some([left, top, right, bottom]) = bounds else { return Camera::default() };
    // Names stand beside the outermost marks.
    let bounds = [left - 60.0, top, right + 60.0, bottom];
    let margin = (0.08 * size[0].min(size[1])).clamp(8.0, MARGIN);
    let mut camera = Camera::fit(bounds, [size[0], size[1] - FOOT], margin, 1.6);
    camera.center[1] += FOOT / 2.0 / camera.zoom;
    camera
}

/// The width of a tie's line in points: its area on the page grows slower than its weight, so that
/// one busy pair does not bury the rest.
#[must_use]
pub fn tie_width(weight: f64) -> f32 {
    (0.7 + 1.3 * weight.max(0.0).sqrt()).min(9.0) as f32
}

/// Draws the network.
#[must_use]
pub fn network(spec: &NetworkSpec<'_>) -> Scene {
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    let scope = Scope::new(spec);
    let mut nodes = nodes::nodes(spec, &scope);
    let links = links::links(spec, &nodes, &scope);
    let tied = links.leave_out_untied(spec, &nodes).then(|| links.bring_forward(spec, &mut nodes));
    let mut items = Vec::new();
    if spec.reading.options.shows(Layer::PartOf) {
        links::draw_part_of(spec, &nodes, &mut items);
    }
    if let Some(compared) = spec.changes {
        changes::draw(spec, compared, &links.all, &mut items);
    } else {
        links::draw_partnerships(spec, &links.all, &mut items);
        links::draw_ties(spec, &links.all, &mut items);
    }
    let drawn = &nodes[..tied.unwrap_or(nodes.len()).min(nodes::MOST)];

    let (left, top) = (f64::from(pane.x) + 4.0, f64::from(pane.y) + 4.0);
    let foot = if spec.note { FOOT } else { 4.0 };
    let bounds = [left, top, f64::from(pane.right()) - 4.0, f64::from(pane.bottom()) - foot];
    let mut taken = names::occupied(drawn, &links.all, bounds);
    let labels = names::labels(spec, drawn, &mut taken);
    let named = (drawn.len(), labels.seen, labels.seen - labels.hidden);
    nodes::draw(spec, drawn, &mut items);
    items.extend(labels.items);
    if spec.changes.is_none() && spec.note {
        links::draw_levels(spec, &links.all, &mut taken, &mut items);
    }
    let mut scene = vec![Item::Clip { rect: pane, items }];
    if spec.note {
        scene.push(note::note(spec, &nodes, &links, named, &scope));
    }
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.paper,
        title: format!("Partnership network: {} parties", nodes.len()),
        items: scene,
    }
}

/// "1 engagement", "22 engagements".
fn engagements(count: u32) -> String {
    match count {
        1 => "1 engagement".to_owned(),
        count => format!("{} engagements", words::grouped(count as usize)),
    }
}

/// A number with at most two decimals, without trailing zeros.
pub(in crate::scene) fn short_number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
