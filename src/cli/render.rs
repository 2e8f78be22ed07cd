//! `demarche render`: a figure without a window, from the same scenes as the window's.

use std::{collections::BTreeMap, path::PathBuf};

use super::{
    Failure, Outcome,
    input::{self, Input},
    names::{self, Named},
    output::{self, Console},
};
use crate::{
    app::{self, MapTab, SavedView, ViewParts},
    export::{self, FileFormat},
    formats,
    layout::basemap::Basemap,
    model::{
        Dataset, Day, DayRange, EngagementId, KindId, PartnershipId, PartyId, check, when::Span,
    },
    query::{Columns, Filter, Hits, LaneBy, Match, day_set, evaluate},
    scene::{
        Item, Scene, Theme,
        figure::{self, FigureSpec, FigureView},
        text,
    },
};

/// What is to be drawn, from what, and where it goes.
#[derive(Debug)]
pub struct RenderOptions {
    /// The file; the built-in dataset when `None`.
    pub file: Option<PathBuf>,
    /// The file to write.
    pub output: PathBuf,
    /// Its format.
    pub format: FileFormat,
    /// Pixels per point of a PNG.
    pub scale: f32,
    /// What to draw.
    pub view: FigureView,
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
    /// Ids or names of partnerships.
    pub partnerships: Vec<String>,
    /// What the lanes of a timeline stand for.
    pub lanes: LaneBy,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: Option<f32>,
    /// Colours.
    pub theme: Theme,
}

/// Draws the figure and writes it.
pub fn run(options: &RenderOptions, console: &mut Console) -> Result<Outcome, Failure> {
    let input = input::open(options.file.as_deref())?;
    let dataset = &input.opened.dataset;
    let columns = Columns::new(dataset);
    let filter = filter(dataset, &columns, options)
        .map_err(|error| Failure(format!("{}: {error}", input.name)))?;
    let hits = evaluate(dataset, &columns, &filter);
    let scene = draw(&input, &columns, &hits, &filter, options);
    let file = export::file(
        &scene,
        options.format,
        options.scale,
        &view(&input, &filter, options).json(),
    )?;
    formats::write_file(&options.output, &file)?;

    input::mention_problems(&input.name, &input.opened.report);
    let unwritten = missing(&scene);
    if !unwritten.is_empty() {
        let list: Vec<String> =
            unwritten.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        output::complain(&format!(
            "{}: no bundled font has {}; drawn as boxes",
            input.name,
            list.join(", ")
        ));
    }
    let (shown, all) = (output::grouped(hits.rows.len()), output::grouped(columns.len()));
    let unsure = match output::grouped(hits.only_possibly as usize) {
        _ if hits.only_possibly == 0 || filter.when.is_empty() => String::new(),
        n if filter.matching == Match::Possibly => format!(", {n} of them only possibly in range"),
        n => format!(", {n} more only possibly in range"),
    };
    console.line(&format!("{}: {shown} of {all} engagements{unsure}", options.output.display()));
    let problems = input::has_problems(&input.opened.report) || !unwritten.is_empty();
    Ok(if problems { Outcome::Problems } else { Outcome::Clean })
}

fn draw(
    input: &Input,
    columns: &Columns,
    hits: &Hits,
    filter: &Filter,
    options: &RenderOptions,
) -> Scene {
    let dataset = &input.opened.dataset;
    let (tightened, conflicts) = checked(dataset, options.view);
    figure::draw(&FigureSpec {
        dataset,
        columns,
        hits,
        view: options.view,
        lanes: options.lanes,
        days: options.days.and_then(|days| within(days, hits)),
        layout: None,
        basemap: Basemap::default(),
        chosen: &BTreeMap::new(),
        tightened: &tightened,
        conflicts: &conflicts,
        filter: &app::describe(dataset, filter),
        file: &input.name,
        checksum: &input.checksum,
        theme: options.theme,
        width: options.width,
        height: options.height,
    })
}

/// The view that the figure shows, to be opened again in the window.
fn view(input: &Input, filter: &Filter, options: &RenderOptions) -> SavedView {
    let parts = ViewParts {
        filter: filter.clone(),
        lanes: options.lanes,
        tab: match options.view {
            FigureView::Map => MapTab::Geography,
            FigureView::Timeline | FigureView::Network => MapTab::Network,
        },
        theme: options.theme,
        ..ViewParts::default()
    };
    SavedView::new(&input.opened.dataset, &parts, &input.name, &input.opened.checksum)
}

/// What relations leave possible, by engagement, and the pairs of engagements that contradict each
/// other; only a timeline shows them.
fn checked(
    dataset: &Dataset,
    view: FigureView,
) -> (Vec<Option<Span>>, Vec<(EngagementId, EngagementId)>) {
    if view != FigureView::Timeline {
        return (Vec::new(), Vec::new());
    }
    let found = check::check(dataset);
    let mut spans = vec![None; dataset.engagements().len()];
    for one in &found.tightened {
        spans[one.engagement.index()] = Some(one.span);
    }
    (spans, found.conflicts(dataset))
}

/// The days asked for; an open side ends where the engagements do.
fn within(days: DayRange, hits: &Hits) -> Option<DayRange> {
    let extent = hits.extent?;
    let from = if days.from == Day(i32::MIN) { extent.from.min(days.to) } else { days.from };
    let to = if days.to == Day(i32::MAX) { extent.to.max(from) } else { days.to };
    Some(DayRange { from, to })
}

fn filter(dataset: &Dataset, columns: &Columns, options: &RenderOptions) -> Result<Filter, String> {
    let mut filter = Filter { matching: options.matching, ..Filter::default() };
    if let Some(text) = &options.only_in {
        let extent = evaluate(dataset, columns, &Filter::default()).extent;
        let extent = extent.unwrap_or(DayRange { from: Day(0), to: Day(0) });
        filter.when = day_set(text, extent).map_err(|error| format!("--in: {error}"))?;
    }
    if let Some(days) = options.days {
        filter = filter.within(days);
    }
    if !options.parties.is_empty() {
        let all: Vec<Named<'_>> = dataset
            .parties()
            .iter()
            .map(|party| {
                let mut names = vec![&*party.name];
                names.extend(party.short.as_deref());
                names.extend(party.other_names.iter().map(|name| &*name.text));
                names.extend(party.aliases.iter().map(|alias| &**alias));
                Named { key: &party.key, names }
            })
            .collect();
        for wanted in &options.parties {
            filter.parties.insert(PartyId::at(names::find("party", wanted, &all)?));
        }
    }
    if !options.kinds.is_empty() {
        let all: Vec<Named<'_>> = dataset
            .kinds()
            .iter()
            .map(|kind| Named { key: &kind.key, names: vec![&*kind.name] })
            .collect();
        for wanted in &options.kinds {
            filter.kinds.insert(KindId::at(names::find("kind", wanted, &all)?));
        }
    }
    if !options.partnerships.is_empty() {
        let all: Vec<Named<'_>> = dataset
            .partnerships()
            .iter()
            .map(|partnership| {
                let mut names = vec![&*partnership.name];
                names.extend(partnership.short.as_deref());
                Named { key: &partnership.key, names }
            })
            .collect();
        for wanted in &options.partnerships {
            let found = names::find("partnership", wanted, &all)?;
            filter.partnerships.insert(PartnershipId::at(found));
        }
    }
    Ok(filter)
}

/// The characters of a scene that no font has, at most ten of them.
fn missing(scene: &Scene) -> Vec<char> {
    fn walk(items: &[Item], out: &mut Vec<char>) {
        for item in items {
            match item {
                // Only a line with a box in it has to be looked at again.
                Item::Text(run) if run.glyphs.iter().any(|glyph| glyph.id == 0) => {
                    for c in text::missing(&run.text) {
                        if !out.contains(&c) && out.len() < 10 {
                            out.push(c);
                        }
                    }
                }
                Item::Group { items, .. } | Item::Clip { items, .. } => walk(items, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(&scene.items, &mut out);
    out
}
