//! Snapshots: the present view as a figure in a file, and as a preview of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{
    AppState, CheckedDocument, Document, MapTab, SavedView, ViewParts, describe, short_checksum,
};
use crate::export::{self, ExportError, FileFormat, Pixels, pixels};
use crate::formats::{SaveError, write_file};
use crate::layout::basemap::Basemap;
use crate::layout::network::PartyLayout;
use crate::model::{DayRange, EngagementId};
use crate::query::{Filter, LaneBy, evaluate};
use crate::scene::figure::{self, FigureSpec, FigureView};
use crate::scene::{Scene, Theme};

/// What a snapshot shows and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnapshotOptions {
    /// The format of the file.
    pub format: FileFormat,
    /// Which drawing.
    pub view: FigureView,
    /// Only the time that the window shows, instead of all.
    pub visible: bool,
    /// Colours.
    pub theme: Theme,
    /// Width in points.
    pub width: f32,
    /// Height in points; as high as the drawing needs when `None`.
    pub height: Option<f32>,
    /// Pixels per point of a PNG.
    pub scale: f32,
}

impl Default for SnapshotOptions {
    fn default() -> Self {
        Self {
            format: FileFormat::Svg,
            view: FigureView::Timeline,
            visible: true,
            theme: Theme::Light,
            width: 1120.0,
            height: None,
            scale: 2.0,
        }
    }
}

/// Everything that a snapshot is drawn from, so that it can be drawn on another thread.
#[derive(Clone, Debug)]
pub struct SnapshotInput {
    document: Arc<Document>,
    filter: Filter,
    window: DayRange,
    lanes: LaneBy,
    layout: PartyLayout,
    basemap: Basemap,
    chosen: BTreeMap<EngagementId, usize>,
    checked: Arc<CheckedDocument>,
    parts: ViewParts,
}

/// Why a snapshot could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The figure cannot be made a file.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file cannot be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// A small picture of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The picture.
    pub pixels: Pixels,
    /// The size of the figure in points, rounded.
    pub size: (u32, u32),
}

impl SnapshotInput {
    /// The present view.
    #[must_use]
    pub fn of(state: &AppState) -> Self {
        Self {
            document: Arc::clone(&state.document),
            filter: Filter { chosen: state.view.chosen.clone(), ..state.filter.clone() },
            window: state.view.window.range(),
            lanes: state.view.lanes,
            layout: state.layout.clone(),
            basemap: state.settings.basemap,
            chosen: state.view.chosen.clone(),
            checked: Arc::clone(&state.checked),
            parts: state.view_parts(),
        }
    }

    /// Draws the figure.
    #[must_use]
    pub fn draw(&self, options: &SnapshotOptions) -> Scene {
        let document = &self.document;
        let (dataset, columns) = (&document.dataset, &document.columns);
        let mut filter = self.filter.clone();
        // A timeline is cut by its axis; what else is drawn is cut by the filter.
        let days = (options.visible && options.view == FigureView::Timeline).then_some(self.window);
        if options.visible {
            filter = filter.within(self.window);
        }
        let hits = evaluate(dataset, columns, &filter);
        figure::draw(&FigureSpec {
            dataset,
            columns,
            hits: &hits,
            view: options.view,
            lanes: self.lanes,
            days,
            layout: Some(&self.layout),
            basemap: self.basemap,
            chosen: &self.chosen,
            tightened: &self.checked.tightened,
            conflicts: &self.checked.conflicts,
            filter: &describe(dataset, &filter),
            file: &document.file_name(),
            checksum: &short_checksum(&document.checksum),
            theme: options.theme,
            width: options.width,
            height: options.height,
        })
    }

    /// The view that the figure shows, to be opened again.
    #[must_use]
    pub fn view(&self, options: &SnapshotOptions) -> SavedView {
        let tab = match options.view {
            FigureView::Timeline => self.parts.tab,
            FigureView::Network => MapTab::Network,
            FigureView::Map => MapTab::Geography,
        };
        let parts = ViewParts { tab, theme: options.theme, ..self.parts.clone() };
        let document = &self.document;
        SavedView::new(&document.dataset, &parts, &document.file_name(), &document.checksum)
    }

    /// Draws the figure and writes it to a file, whole or not at all.
    ///
    /// # Errors
    /// When the figure is too large for its format, or the file cannot be written.
    pub fn save(&self, options: &SnapshotOptions, path: &Path) -> Result<(), SnapshotError> {
        let scene = self.draw(options);
        let bytes =
            export::file(&scene, options.format, options.scale, &self.view(options).json())?;
        Ok(write_file(path, &bytes)?)
    }

    /// Draws the figure as a small picture that fits into a box of `width` × `height` pixels.
    ///
    /// # Errors
    /// When the figure is too large to be drawn.
    pub fn preview(
        &self,
        options: &SnapshotOptions,
        width: f32,
        height: f32,
    ) -> Result<Preview, SnapshotError> {
        let scene = self.draw(options);
        let scale = (width / scene.width).min(height / scene.height);
        let size = (scene.width.round() as u32, scene.height.round() as u32);
        Ok(Preview { pixels: pixels(&scene, scale)?, size })
    }
}
