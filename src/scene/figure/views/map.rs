//! The figure of a map.

use super::FigureSpec;
use crate::{
    layout::ground::Ground,
    model::EngagementId,
    query::{TieWeight, ties},
    scene::{
        Scene,
        figure::{Figure, LEAST_WIDTH, key},
        map::{self, MapSpec},
    },
};

/// Composes the map.
pub fn draw(spec: &FigureSpec<'_>, figure: &Figure, shown: &[EngagementId]) -> Scene {
    let tied = ties(spec.columns, &spec.hits.rows, spec.dataset.parties().len(), TieWeight::Shared);
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let legend = spec.legend(|| key::map(spec.dataset, shown, &tied, width, figure.tokens));
    // Without a height, the shape of a page in landscape.
    let least =
        height.unwrap_or_else(|| (page.max(LEAST_WIDTH) / std::f32::consts::SQRT_2).round());
    let size = figure.room(page, least, legend.1);
    let projection = map::projection(spec.dataset);
    let body = map::map(&MapSpec {
        dataset: spec.dataset,
        engagements: shown,
        ties: &tied,
        ground: &Ground::new(spec.basemap, projection),
        camera: map::fit(spec.dataset, &tied, &projection, size),
        size,
        tokens: figure.tokens,
        highlighted: None,
        land: true,
    });
    figure.compose(body, legend, least)
}
