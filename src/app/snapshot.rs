//! Snapshots: the present view as a figure in a file, and as a preview of it.

use std::path::Path;
use std::sync::Arc;

use super::{
    AppState, Cast, ChangeMode, CheckedDocument, Compared, Divided, Document, MapTab, SavedView,
    TimeWindow, ViewParts, basis, describe, figure_data, measured_now, short_checksum,
};
use crate::export::{self, ExportError, FileFormat, FileOptions, Pixels, SvgText, pixels};
use crate::formats::{SaveError, write_file};
use crate::layout::network::PartyLayout;
use crate::model::check::Finding;
use crate::model::{Day, DayRange, PartnershipId};
use crate::query::{Filter, Hits, evaluate};
use crate::scene::figure::{self, ChangeFigure, Drawn, FigureSpec, FigureView, Page};
use crate::scene::network::{Core, Reading};
use crate::scene::{Scene, change};

/// What a snapshot shows and how.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotOptions {
    /// The format of the file.
    pub format: FileFormat,
    /// Which drawing.
    pub view: FigureView,
    /// Only the time that the window shows, instead of all that passes the filter.
    pub visible: bool,
    /// Size, colours and parts of the page.
    pub page: Page,
    /// Pixels per point of a PNG.
    pub scale: f32,
    /// How text is written in an SVG.
    pub text: SvgText,
    /// Whether the figure carries the data itself, so that it opens without the data file.
    pub with_data: bool,
}

impl Default for SnapshotOptions {
    fn default() -> Self {
        Self {
            format: FileFormat::Svg,
            view: FigureView::Timeline,
            visible: true,
            page: Page::default(),
            scale: 2.0,
            text: SvgText::default(),
            with_data: false,
        }
    }
}

/// Everything that a figure is drawn from: the data, what was found out about it, and the view.
/// Window and command line make their figures from this alone, on any thread.
#[derive(Clone, Debug)]
pub struct SnapshotInput {
    /// The data.
    pub document: Arc<Document>,
    /// What the checker found in it; what is empty is not drawn.
    pub checked: Arc<CheckedDocument>,
    /// Where the parties stand; laid out anew where a figure needs it when `None`.
    pub layout: Option<Arc<PartyLayout>>,
    /// What a report tells of contradictions and doubts, a paragraph each.
    pub findings: Vec<String>,
    /// The view, as saved views hold it.
    pub parts: ViewParts,
}

/// What a figure of change is drawn from.
#[derive(Default)]
struct Counted {
    compared: Option<Compared>,
    divided: Option<Divided>,
    levels: Vec<PartnershipId>,
}

/// The view of the Change tab that a figure shows; `None` for all others.
fn mode(view: FigureView) -> Option<ChangeMode> {
    match view {
        FigureView::Compare => Some(ChangeMode::Compare),
        FigureView::Panels => Some(ChangeMode::Panels),
        FigureView::Levels => Some(ChangeMode::Levels),
        _ => None,
    }
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
    /// How many pages there are, of which this is the first.
    pub pages: usize,
    /// Characters that no bundled font has.
    pub missing: Vec<char>,
}

/// What is said of characters that are drawn as boxes.
#[must_use]
pub fn missing_words(missing: &[char]) -> String {
    let list: Vec<String> =
        missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    format!("no bundled font has {}; drawn as boxes", list.join(", "))
}

impl SnapshotInput {
    /// The present view.
    #[must_use]
    pub fn of(state: &AppState) -> Self {
        Self {
            document: Arc::clone(&state.document),
            checked: Arc::clone(&state.checked),
            layout: Some(Arc::clone(&state.layout)),
            findings: state.open_findings().map(Finding::told).collect(),
            parts: state.view_parts(),
        }
    }

    /// Draws the figure on one page.
    #[must_use]
    pub fn draw(&self, options: &SnapshotOptions) -> Scene {
        self.with_spec(options, figure::draw)
    }

    /// Draws the figure as its format has it: on one page, on several, or as a document.
    #[must_use]
    pub fn drawn(&self, options: &SnapshotOptions) -> Drawn {
        self.with_spec(options, |spec| match options.format {
            FileFormat::Html => Drawn::Sheet(figure::sheet(spec)),
            FileFormat::Pdf => Drawn::Pages(figure::pages(spec)),
            // Of a report, the first page: a preview shows it.
            FileFormat::Svg | FileFormat::Png if spec.view == FigureView::Report => {
                Drawn::Pages(figure::pages(spec))
            }
            FileFormat::Svg | FileFormat::Png => Drawn::Pages(vec![figure::draw(spec)]),
        })
    }

    fn with_spec<T>(
        &self,
        options: &SnapshotOptions,
        draw: impl FnOnce(&FigureSpec<'_>) -> T,
    ) -> T {
        let (document, parts) = (&self.document, &self.parts);
        let (dataset, columns) = (&document.dataset, &document.columns);
        let filter = self.filter(options);
        let hits = evaluate(dataset, columns, &filter);
        let network = parts.network.asked(filter.matching);
        let tied = matches!(options.view, FigureView::Network | FigureView::Report).then(|| {
            let index = document.tie_index(network.level);
            (index, index.ties(columns, &hits.rows, network.weight))
        });
        let measures = tied
            .as_ref()
            .filter(|_| network.needs_measures())
            .and_then(|(_, ties)| measured_now(document, ties, &network));
        let core = tied.as_ref().and_then(|(index, ties)| {
            if ties.engagements.len() <= Core::ALL {
                return None;
            }
            let whole = self.any_time();
            if whole == filter {
                return Core::of(ties, network.drawn_ties());
            }
            let rows = evaluate(dataset, columns, &whole).rows;
            Core::of(&index.ties_among(columns, &rows, network.weight), network.drawn_ties())
        });
        let last = filter.when.iter().map(|range| range.to).max();
        let counted = self.change(options, &filter, &hits);
        let cast = counted.compared.as_ref().map(|compared| &compared.cast);
        let cast = cast.or(counted.divided.as_ref().map(|divided| &divided.cast));
        let plain = || Reading {
            options: network,
            measures: measures.as_ref(),
            stated: Some(&document.look),
            roll_up: tied.as_ref().map(|(index, _)| index.roll_up()),
            day: last.map(|day| day.min(document.extent.to)),
            core: core.as_ref(),
        };
        let reading = cast.map_or_else(plain, |cast| cast.reading(document));
        let change = ChangeFigure {
            compared: counted.compared.as_ref().map(|compared| {
                let [first, second] = &compared.windows.names;
                (&compared.comparison, &compared.drawn, [first.as_str(), second.as_str()])
            }),
            panels: counted.divided.as_ref().map(|divided| &divided.panels),
            levels: &counted.levels,
            days: self.parts.window.filter(|_| options.visible).map(TimeWindow::range),
        };
        draw(&FigureSpec {
            dataset,
            columns,
            hits: &hits,
            view: options.view,
            lanes: parts.lanes,
            lane_order: parts.lane_order,
            lane_look: &parts.lane_look,
            days: self.days(options, &filter, &hits),
            layout: self.layout.as_deref(),
            reading,
            ties: tied.as_ref().map(|(_, ties)| ties),
            basemap: parts.basemap,
            map: &parts.map,
            chosen: &parts.chosen,
            tightened: &self.checked.tightened,
            conflicts: &self.checked.conflicts,
            findings: &self.findings,
            filter: &describe(dataset, &filter),
            file: &document.file_name(),
            checksum: &short_checksum(&document.checksum),
            change,
            page: &options.page,
        })
    }

    /// What is let through, in the window or not.
    fn any_time(&self) -> Filter {
        Filter { chosen: self.parts.chosen.clone(), ..self.parts.filter.clone() }
    }

    /// What is let through.
    #[must_use]
    pub fn filter(&self, options: &SnapshotOptions) -> Filter {
        let filter = self.any_time();
        match self.parts.window {
            // What changed over time has windows of its own.
            _ if mode(options.view).is_some() => filter,
            Some(window) if options.visible => filter.within(window.range()),
            _ => filter,
        }
    }

    /// What a figure of change shows.
    fn change(&self, options: &SnapshotOptions, filter: &Filter, hits: &Hits) -> Counted {
        let mut counted = Counted::default();
        if mode(options.view).is_none() {
            return counted;
        }
        let (document, parts) = (&self.document, &self.parts);
        let network = parts.network.asked(filter.matching);
        let basis = basis(document, filter, hits, &network);
        let cast = || Cast::of(document, &basis, &network);
        let extent = document.extent;
        // Without a window, it is the days that the filter asks for, as far as there are any.
        let asked = match (filter.when.first(), filter.when.last()) {
            (Some(first), Some(last)) => DayRange::new(
                first.from.clamp(extent.from, extent.to),
                last.to.clamp(extent.from, extent.to),
            ),
            _ => extent,
        };
        let window = parts.window.map_or(asked, TimeWindow::range);
        match options.view {
            FigureView::Compare => {
                let typed = !parts.change.second.trim().is_empty();
                let extent = if parts.window.is_some() || typed { extent } else { asked };
                let windows = parts.change.windows(window, extent).ok();
                counted.compared = windows.map(|windows| {
                    let counters = &mut Default::default();
                    Compared::new(&basis, windows, extent, cast(), counters)
                });
            }
            FigureView::Panels => {
                let window = if options.visible { window } else { asked };
                let periods = parts.change.periods(window, extent).unwrap_or_default();
                counted.divided = Some(Divided::new(&basis, &periods, cast()));
            }
            FigureView::Levels => {
                counted.levels = change::shown_partnerships(&document.dataset, filter);
            }
            _ => {}
        }
        counted
    }

    /// The days of the axis: those of the window, or those that the filter asks for, an open side
    /// ending where the engagements do; `None` for all days of what passes.
    fn days(&self, options: &SnapshotOptions, filter: &Filter, hits: &Hits) -> Option<DayRange> {
        // A timeline is cut by its axis; what else is drawn is cut by the filter.
        if !matches!(options.view, FigureView::Timeline | FigureView::Report) {
            return None;
        }
        if let Some(window) = self.parts.window.filter(|_| options.visible) {
            return Some(window.range());
        }
        let extent = hits.extent?;
        let from = filter.when.iter().map(|range| range.from).min()?;
        let to = filter.when.iter().map(|range| range.to).max()?;
        let from = if from == Day(i32::MIN) { extent.from.min(to) } else { from };
        let to = if to == Day(i32::MAX) { extent.to.max(from) } else { to };
        Some(DayRange { from, to })
    }

    /// The view that the figure shows, to be opened again.
    #[must_use]
    pub fn view(&self, options: &SnapshotOptions) -> SavedView {
        let tab = match options.view {
            FigureView::Timeline | FigureView::Report => self.parts.tab,
            FigureView::Network => MapTab::Network,
            FigureView::Map => MapTab::Geography,
            FigureView::Compare | FigureView::Panels | FigureView::Levels => MapTab::Change,
        };
        let mut parts = ViewParts { tab, theme: options.page.theme, ..self.parts.clone() };
        if let Some(mode) = mode(options.view) {
            parts.change.mode = mode;
        }
        let document = &self.document;
        let mut view =
            SavedView::new(&document.dataset, &parts, &document.file_name(), &document.checksum);
        if options.with_data {
            view.data.packed = Some(figure_data::pack(&document.dataset));
        }
        view
    }

    /// A figure that was drawn, as the bytes of a file, its view among them.
    ///
    /// # Errors
    /// When it is too large for its format.
    pub fn file(&self, drawn: &Drawn, options: &SnapshotOptions) -> Result<Vec<u8>, ExportError> {
        let &SnapshotOptions { format, scale, text, .. } = options;
        let view = self.view(options).json();
        export::file(drawn, &FileOptions { format, scale, text, view })
    }

    /// Draws the figure and writes it to a file, whole or not at all.
    ///
    /// # Errors
    /// When the figure is too large for its format, or the file cannot be written.
    pub fn save(&self, options: &SnapshotOptions, path: &Path) -> Result<(), SnapshotError> {
        Ok(write_file(path, &self.file(&self.drawn(options), options)?)?)
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
        // A page of HTML is as long as it is: its drawing stands for it.
        let format = match options.format {
            FileFormat::Pdf => FileFormat::Pdf,
            _ => FileFormat::Png,
        };
        let drawn = self.drawn(&SnapshotOptions { format, ..options.clone() });
        let scene = drawn.scenes().next().ok_or(ExportError::Nothing)?;
        let scale = (width / scene.width).min(height / scene.height);
        let size = (scene.width.round() as u32, scene.height.round() as u32);
        let (pages, missing) = (drawn.scenes().count(), drawn.missing());
        Ok(Preview { pixels: pixels(scene, scale)?, size, pages, missing })
    }
}
