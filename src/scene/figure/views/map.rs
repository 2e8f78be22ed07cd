//! The figure of a map.

use super::FigureSpec;
use crate::{
    layout::ground::Ground,
    query::{TieWeight, ties},
    scene::{
        Scene,
        figure::{Figure, key},
        map::{self, Counted, Extent, MapSpec},
    },
};

/// Composes the map.
pub fn draw(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let (dataset, columns, rows) = (spec.dataset, spec.columns, &spec.hits.rows);
    let ties = ties(columns, rows, dataset.parties().len(), TieWeight::Shared);
    let counted = Counted::of(dataset, columns, rows, spec.map);
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let legend = spec.legend(|| key::map(dataset, &counted, &ties, spec.map, width, figure.tokens));
    // Without a height, about the shape of a page in landscape.
    let least = height.unwrap_or(0.0);
    let size = match height {
        Some(height) => figure.room(page, height, legend.1),
        None => (width, (width * 0.6).round()),
    };
    // Of the whole dataset, so that a figure of a part can be laid beside it, unless it is asked to
    // go near.
    let extent = if spec.map.fit_shown {
        let shown = rows.iter().map(|row| columns.engagement[*row as usize]);
        Extent::among(dataset, shown, &ties)
    } else {
        Extent::of(dataset, &ties)
    };
    let projection = extent.projection(spec.map.projection, spec.map.center);
    let pane = [f64::from(size.0), f64::from(size.1)];
    let seen = spec.map.seen.and_then(|seen| seen.camera(pane));
    let body = map::map(&MapSpec {
        dataset,
        columns,
        rows,
        counted: &counted,
        ties: &ties,
        options: spec.map,
        ground: &Ground::new(spec.basemap, projection),
        camera: seen.unwrap_or_else(|| extent.fit(&projection, size)),
        size,
        tokens: figure.tokens,
        highlighted: None,
        opened: None,
        land: true,
    });
    figure.compose(body, legend, least)
}
