//! `demarche render`: a figure without a window, from the same scenes as the window's.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Failure, Outcome, filter, input, names,
    network_args::NetworkAsked,
    output::{self, Console},
};
use crate::{
    app::{
        self, Against, ChangeView, CheckedDocument, Document, MapTab, PanelsBy, Redrawn,
        SnapshotInput, SnapshotOptions, ViewParts,
    },
    formats,
    layout::basemap::Basemap,
    model::{
        Dataset, DayRange,
        check::{self, Finding},
    },
    query::{LaneBy, LaneKey, LaneLook, LaneOrder, Match, evaluate},
    scene::{figure::FigureView, map::MapOptions, network::NetworkForm},
};

/// What is to be drawn, from what, and where it goes.
#[derive(Debug)]
pub struct RenderOptions {
    /// The file, of data or a figure that is drawn again; the built-in dataset when `None`.
    pub file: Option<PathBuf>,
    /// The options that were given and say what is shown, as they are typed.
    pub shaping: Vec<String>,
    /// Whether the colours were asked for.
    pub themed: bool,
    /// As what a network is drawn, where that was asked for.
    pub form: Option<NetworkForm>,
    /// The file to write.
    pub output: PathBuf,
    /// The figure and its page.
    pub figure: SnapshotOptions,
    /// The days of interest.
    pub days: Option<DayRange>,
    /// A set of days within them, as typed.
    pub only_in: Option<String>,
    /// Which question is asked of them.
    pub matching: Match,
    /// Ids or names of parties.
    pub parties: Vec<String>,
    /// Ids or names of kinds.
    pub kinds: Vec<String>,
    /// Classes of kinds.
    pub classes: Vec<String>,
    /// Bodies of which a party was a member at the time, by abbreviation or name.
    pub members: Vec<String>,
    /// Ids or names of places.
    pub places: Vec<String>,
    /// Ids or names of partnerships.
    pub partnerships: Vec<String>,
    /// What the lanes of a timeline stand for.
    pub lanes: LaneBy,
    /// In which order they stand.
    pub lane_order: LaneOrder,
    /// Ids or names of the lanes that stand above the others.
    pub pinned_lanes: Vec<String>,
    /// Ids or names of the lanes that are folded, or [`ALL_LANES`].
    pub folded_lanes: Vec<String>,
    /// Words that the names of lanes must have.
    pub find_lanes: String,
    /// The stretches of time to compare, as typed: none, the second, or both.
    pub compare: Vec<String>,
    /// What the second is compared with where the first is not given.
    pub against: Against,
    /// How time is divided into panels, as typed.
    pub panels: Option<String>,
    /// How a network is read.
    pub network: NetworkAsked,
    /// What a map shows, and how.
    pub map: MapOptions,
    /// Whose outlines a map is drawn on.
    pub basemap: Basemap,
}

/// Draws the figure and writes it.
pub fn run(options: &RenderOptions, console: &mut Console) -> Result<Outcome, Failure> {
    let again = options.file.as_deref().map_or(Ok(None), app::redrawn)?;
    let (mut figure, mut differs) = (options.figure.clone(), false);
    let input = match again {
        Some(again) => {
            // A figure of the window shows the time that the window showed.
            figure.visible = again.input.parts.window.is_some();
            if !options.themed {
                figure.page.theme = again.input.parts.theme;
            }
            differs = again.differs.is_some();
            redraw(again, options)?
        }
        None => draw(options)?,
    };
    let name = input.document.file_name();
    let drawn = input.drawn(&figure);
    formats::write_file(&options.output, &input.file(&drawn, &figure)?)?;

    let report = &input.document.report;
    input::mention_problems(&name, report);
    let unwritten = drawn.missing();
    if !unwritten.is_empty() {
        output::complain(&format!("{name}: {}", app::missing_words(&unwritten)));
    }
    console.line(&format!("{}: {}", options.output.display(), counted(&input, &figure)));
    let problems = input::has_problems(report) || !unwritten.is_empty() || differs;
    Ok(if problems { Outcome::Problems } else { Outcome::Clean })
}

/// What is drawn of a file of data.
fn draw(options: &RenderOptions) -> Result<SnapshotInput, Failure> {
    let document = Arc::new(input::document(options.file.as_deref())?);
    let name = document.file_name();
    let parts = parts(&document, options).map_err(|error| Failure(format!("{name}: {error}")))?;
    let (layout, findings) =
        (document.placed().filter(|_| !options.network.anew).map(Arc::new), Vec::new());
    let input = SnapshotInput { document, checked: Arc::default(), layout, findings, parts };
    Ok(with_findings(input, options.figure.view))
}

/// What is drawn of a figure, as it was then.
fn redraw(again: Redrawn, options: &RenderOptions) -> Result<SnapshotInput, Failure> {
    let file = options.file.as_deref().unwrap_or(Path::new("")).display();
    if !options.shaping.is_empty() {
        return Err(Failure(format!(
            "{file}: a figure says itself what it shows; leave out {}, or name its data, {}",
            options.shaping.join(", "),
            again.input.document.file_name()
        )));
    }
    if let Some(differs) = &again.differs {
        output::complain(&format!("{file}: {differs}"));
    }
    let mut input = again.input;
    if let Some(form) = options.form {
        input.parts.network.form = form;
    }
    if input.parts.window.is_some() {
        return Ok(input);
    }
    // Drawn without a window then, and so again.
    if input.parts.moved.is_empty() {
        input.layout = input.document.placed().map(Arc::new);
    }
    Ok(with_findings(input, options.figure.view))
}

/// With what the checker finds in what is drawn.
fn with_findings(mut input: SnapshotInput, view: FigureView) -> SnapshotInput {
    let checked = checked(&input.document, &input.parts, view);
    input.findings = checked.findings.findings.iter().map(Finding::told).collect();
    input.checked = Arc::new(checked);
    input
}

/// "22 of 24 engagements, 3 of them only possibly in range".
fn counted(input: &SnapshotInput, figure: &SnapshotOptions) -> String {
    let document = &input.document;
    let filter = input.filter(figure);
    let hits = evaluate(&document.dataset, &document.columns, &filter);
    let (shown, all) = (output::grouped(hits.rows.len()), output::grouped(document.columns.len()));
    let unsure = match output::grouped(hits.only_possibly as usize) {
        _ if hits.only_possibly == 0 || filter.when.is_empty() => String::new(),
        n if filter.matching == Match::Possibly => format!(", {n} of them only possibly in range"),
        n => format!(", {n} more only possibly in range"),
    };
    format!("{shown} of {all} engagements{unsure}")
}

/// The view that is drawn.
fn parts(document: &Document, options: &RenderOptions) -> Result<ViewParts, String> {
    Ok(ViewParts {
        filter: filter::filter(&document.dataset, &document.columns, options)?,
        lanes: options.lanes,
        lane_order: options.lane_order,
        lane_look: lane_look(&document.dataset, options)?,
        network: options.network.over(document.network_options()),
        tab: match options.figure.view {
            FigureView::Map => MapTab::Geography,
            FigureView::Compare | FigureView::Panels | FigureView::Levels => MapTab::Change,
            FigureView::Timeline | FigureView::Network | FigureView::Report => MapTab::Network,
        },
        change: change(document, options)?,
        basemap: options.basemap,
        map: options.map.clone(),
        ..ViewParts::default()
    })
}

/// In [`RenderOptions::folded_lanes`]: every lane.
pub const ALL_LANES: &str = "all";

/// What is done to lanes.
fn lane_look(dataset: &Dataset, options: &RenderOptions) -> Result<LaneLook, String> {
    let by = options.lanes;
    let lanes = |wanted: &[String]| -> Result<BTreeSet<LaneKey>, String> {
        wanted.iter().map(|name| names::lane(dataset, by, name)).collect()
    };
    let mut look = LaneLook { search: options.find_lanes.clone(), ..LaneLook::default() };
    look.all_folded = options.folded_lanes.iter().any(|lane| lane == ALL_LANES);
    if !look.all_folded {
        look.otherwise = lanes(&options.folded_lanes)?;
    }
    look.pinned = lanes(&options.pinned_lanes)?;
    Ok(look)
}

/// The stretches of time that figures of change show.
fn change(document: &Document, options: &RenderOptions) -> Result<ChangeView, String> {
    let mut view = ChangeView { against: options.against, ..ChangeView::default() };
    match options.compare.as_slice() {
        [] => {}
        [second] => second.clone_into(&mut view.second),
        [first, second, ..] => {
            view.against = Against::Chosen;
            first.clone_into(&mut view.first);
            second.clone_into(&mut view.second);
        }
    }
    if let Some(text) = &options.panels {
        view.panels = match text.as_str() {
            "years" => PanelsBy::Years,
            "quarters" => PanelsBy::Quarters,
            "months" => PanelsBy::Months,
            number => match number.parse::<u8>() {
                Ok(parts @ 1..=24) => {
                    view.parts = parts;
                    PanelsBy::Parts
                }
                _ => PanelsBy::Periods,
            },
        };
        if view.panels == PanelsBy::Periods {
            text.clone_into(&mut view.periods);
        }
    }
    let extent = document.extent;
    view.windows(extent, extent).map_err(|problem| format!("--compare: {}", problem.message))?;
    view.periods(extent, extent).map_err(|problem| format!("--panels: {problem}"))?;
    Ok(view)
}

/// What the checker finds: all for a report, of what is shown for a timeline, nothing for the rest.
fn checked(document: &Document, parts: &ViewParts, view: FigureView) -> CheckedDocument {
    let dataset = &document.dataset;
    let findings = match view {
        FigureView::Timeline => {
            let hits = evaluate(dataset, &document.columns, &parts.filter);
            let mut shown = vec![false; dataset.engagements().len()];
            for row in hits.rows.ascending() {
                shown[document.columns.engagement[row as usize].index()] = true;
            }
            check::check_times(dataset, &|id| shown[id.index()])
        }
        FigureView::Report => check::check(dataset),
        _ => return CheckedDocument::default(),
    };
    CheckedDocument::new(findings, dataset)
}
