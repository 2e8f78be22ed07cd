//! The figure of a network.

use super::FigureSpec;
use crate::{
    layout::{
        camera::Camera,
        network::{Options, PartyLayout},
    },
    query::{Filter, TieWeight, evaluate, ties},
    scene::{
        Item, Scene,
        figure::Figure,
        network::{self, NetworkForm, NetworkSpec},
    },
};

/// Composes the network.
pub fn draw(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let tied =
        |rows: &[u32]| ties(spec.columns, rows, spec.dataset.parties().len(), TieWeight::Shared);
    let counted;
    let shown = match spec.ties {
        Some(ties) => ties,
        None => {
            counted = tied(&spec.hits.rows);
            &counted
        }
    };
    let own;
    let layout = match spec.layout {
        Some(layout) => layout,
        None => {
            let (page, height) = spec.page.drawn();
            // What stands around the drawing takes a fourth of the page.
            let aspect = height.map_or(2.0, |height| f64::from(page / (0.75 * height)));
            own = laid_out(spec, aspect.clamp(0.7, 2.6));
            &own
        }
    };
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let legend = spec.legend(|| {
        network::legend(spec.dataset, layout, shown, &spec.reading, width, figure.tokens)
    });
    let least = height.unwrap_or(0.0);
    // As high as the layout needs at this width, names and note included.
    let (names, note) = (150.0, 60.0);
    let shape = layout
        .bounds()
        .map(|[left, top, right, bottom]| ((bottom - top) / (right - left + names)) as f32);
    let most = shape.map_or(0.9, |shape| (shape * 1.1).clamp(0.9, 1.45));
    let mut size = figure.room_for(page, least, legend.1, most);
    if let (None, Some(shape)) = (height, shape) {
        size.1 = (width * shape + note).clamp(width / 3.0, width * 0.75).round();
    }
    if spec.reading.options.form == NetworkForm::Matrix {
        size.1 = size.1.max(size.0 * 0.8);
    }
    let mut drawn = NetworkSpec {
        dataset: spec.dataset,
        ties: shown,
        layout,
        camera: Camera::default(),
        size,
        tokens: figure.tokens,
        highlighted: None,
        reading: spec.reading,
        changes: None,
        strongest: None,
        note: true,
    };
    drawn.camera = network::fit_drawn(&drawn);
    let mut body = match spec.reading.options.form {
        NetworkForm::Parties => network::network(&drawn),
        NetworkForm::Engagements => network::bipartite(&drawn, spec.columns, &spec.hits.rows),
        NetworkForm::Matrix => {
            let parties = shown.parties();
            let camera = network::MatrixGrid::new(size, parties).fit(parties);
            network::matrix(&drawn, camera)
        }
    };
    // On a page, without a pane around it, the note stands at the margin like all other words.
    if let Some(Item::Text(note)) = body.items.last_mut() {
        note.at.x = 0.0;
    }
    figure.compose(body, legend, least)
}

/// Where the parties stand, laid out anew over the whole period, so that a figure of a part can be
/// laid beside the whole.
pub(super) fn laid_out(spec: &FigureSpec<'_>, aspect: f64) -> PartyLayout {
    let all = evaluate(spec.dataset, spec.columns, &Filter::default());
    let tied = ties(spec.columns, &all.rows, spec.dataset.parties().len(), TieWeight::Shared);
    let options = Options { aspect, ..Options::default() };
    PartyLayout::new(spec.dataset, &tied, &options, &mut |_| true).unwrap_or_default()
}
