//! The figures of change: two stretches of time compared, several side by side, levels over time.

use std::borrow::Cow;

use super::{FigureSpec, network::laid_out};
use crate::{
    layout::{TimeScale, camera::Camera},
    model::{Day, DayRange, PartnershipId, when::Bound},
    query::{Comparison, Panels, Ties},
    scene::{
        Point, Scene, Tokens,
        change::{self, LevelsSpec, PanelsSpec, TableSpec},
        figure::{Figure, Legend, Part, gap, shift},
        legend,
        network::{self, NetworkSpec},
        text, timeline,
    },
};

/// What the figures of change show; what is empty is not drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeFigure<'a> {
    /// Two stretches of time, what is drawn of them, and what they are called.
    pub compared: Option<(&'a Comparison, &'a Ties, [&'a str; 2])>,
    /// Several stretches of time.
    pub panels: Option<&'a Panels>,
    /// The partnerships whose levels are shown.
    pub levels: &'a [PartnershipId],
    /// The days of the strip of levels; all that the levels reach when `None`.
    pub days: Option<DayRange>,
}

impl ChangeFigure<'_> {
    /// What the figure shows, in a few words.
    pub(super) fn subtitle(&self) -> Option<String> {
        if let Some((comparison, _, names)) = self.compared {
            let sentence = change::sentence(comparison, names);
            return Some(sentence.trim_end_matches('.').to_owned());
        }
        self.panels.map(|panels| {
            format!("Who engages with whom in {} stretches of time", panels.panels.len())
        })
    }

    /// What must be known to read the figure right.
    pub(super) fn notes(&self) -> Vec<String> {
        match self.compared {
            Some((comparison, ..)) => {
                let mut notes = change::remarks(comparison);
                notes.push(
                    "Numbers are shared engagements; strength counts each 1/(n−1) for n parties."
                        .to_owned(),
                );
                notes
            }
            None if self.panels.is_some() => vec![
                "Every party stands in the same place in all panels, and all widths are on one \
                 scale."
                    .to_owned(),
            ],
            None => vec![
                "Levels stand on the rungs of their own ladder; ladders cannot be held against \
                 one another."
                    .to_owned(),
            ],
        }
    }
}

/// How many ties of each change stand in the table of a figure that is as high as it likes.
const ROWS: usize = 8;

/// Composes two stretches of time in one network, with the ties that changed most below it.
pub fn compare(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let Some((comparison, drawn, _)) = spec.change.compared else {
        return super::network::draw(spec, figure);
    };
    let layout = layout(spec);
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let counts = (comparison.counts(), spec.reading.options.drawn_ties());
    let legend = spec.legend(|| change::legend(comparison, counts, width, true, figure.tokens));
    let rows = height.map_or(ROWS, |height| ((height / 120.0) as usize).clamp(3, ROWS));
    let legend = below(legend, table(spec, width, rows, figure.tokens));
    let least = height.unwrap_or(0.0);
    let mut size = figure.room(page, least, legend.1);
    if height.is_none() {
        size.1 = (width * shape(&layout)).clamp(width / 3.0, width * 0.75).round();
    }
    let mut body = NetworkSpec {
        dataset: spec.dataset,
        ties: drawn,
        layout: &layout,
        camera: Camera::default(),
        size,
        tokens: figure.tokens,
        highlighted: None,
        reading: spec.reading,
        changes: Some(comparison),
        strongest: None,
        note: false,
    };
    body.camera = network::fit_drawn(&body);
    figure.compose(network::network(&body), legend, least)
}

/// The ties that changed most; nothing where the words of the figure are left out.
fn table(spec: &FigureSpec<'_>, width: f32, rows: usize, tokens: &'static Tokens) -> Legend {
    let Some((comparison, ..)) = spec.change.compared else { return Legend::default() };
    if !spec.page.has(Part::Notes) {
        return Legend::default();
    }
    let spec = TableSpec { dataset: spec.dataset, comparison, width, rows, tokens };
    change::table(&spec)
}

/// One below the other.
fn below((mut items, height): Legend, (mut more, more_height): Legend) -> Legend {
    if more_height == 0.0 {
        return (items, height);
    }
    let top = gap(height);
    shift::items(&mut more, 0.0, top);
    items.append(&mut more);
    (items, top + more_height)
}

/// Composes several stretches of time side by side.
pub fn panels(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let Some(panels) = spec.change.panels else { return super::network::draw(spec, figure) };
    let layout = layout(spec);
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let all = Ties {
        engagements: panels.panels.iter().fold(Vec::new(), |mut most: Vec<u32>, panel| {
            most.resize(most.len().max(panel.ties.engagements.len()), 0);
            most.iter_mut()
                .zip(&panel.ties.engagements)
                .for_each(|(most, count)| *most = (*most).max(*count));
            most
        }),
        ties: panels.panels.iter().flat_map(|panel| panel.ties.ties.iter().next()).collect(),
        ..Ties::default()
    };
    let legend = spec.legend(|| {
        network::legend(spec.dataset, &layout, &all, &spec.reading, width, figure.tokens)
    });
    let least = height.unwrap_or(0.0);
    let mut size = figure.room(page, least, legend.1);
    if height.is_none() {
        // Three panels side by side on a page of common width, each in the shape of the layout.
        let columns = (panels.panels.len().clamp(1, 3)) as f32;
        let rows = (panels.panels.len() as f32 / columns).ceil();
        let each = (width / columns * shape(&layout)).max(120.0) + 24.0;
        size.1 = (rows * each).min(width * 1.6).round();
    }
    let drawn = change::panels(&PanelsSpec {
        dataset: spec.dataset,
        panels,
        layout: &layout,
        size,
        tokens: figure.tokens,
        highlighted: None,
        reading: spec.reading,
    });
    figure.compose(drawn.scene, legend, least)
}

/// Composes the strip of levels.
pub fn levels(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let width = figure.inner_width(spec.page.drawn().0);
    let names = spec
        .change
        .levels
        .iter()
        .map(|id| text::width(spec.dataset.partnership(*id).label(), Tokens::BODY, true));
    let header = (names.fold(0.0, f32::max) + 62.0).max(110.0).min(width * 0.28);
    let (x0, plot) = timeline::plot(width, header);
    let days = spec.change.days.or_else(|| reach(spec)).or(spec.hits.extent);
    let days = days.unwrap_or(DayRange::new(Day(0), Day(365)));
    let drawn = change::levels(&LevelsSpec {
        dataset: spec.dataset,
        partnerships: spec.change.levels,
        scale: TimeScale::fit(days, 24.0, x0, plot),
        header_width: header,
        width,
        window: None,
        tokens: figure.tokens,
    });
    let legend = spec.legend(|| legend::build(&drawn.used, Point::default(), width, figure.tokens));
    figure.compose(drawn.scene, legend, spec.page.drawn().1.unwrap_or(0.0))
}

/// The days that the levels are known to reach, with some room around them.
fn reach(spec: &FigureSpec<'_>) -> Option<DayRange> {
    let levels = spec.change.levels.iter().flat_map(|id| &spec.dataset.partnership(*id).levels);
    let bounds = levels.filter_map(|level| level.term.as_ref()).flat_map(|term| {
        let span = term.span();
        [span.earliest_start, span.latest_start, span.earliest_end, span.latest_end]
    });
    let mut reach: Option<DayRange> = None;
    for day in bounds.filter_map(Bound::day) {
        reach = Some(reach.map_or(DayRange::new(day, day), |reach| DayRange {
            from: reach.from.min(day),
            to: reach.to.max(day),
        }));
    }
    // Room for words at both ends.
    reach.map(|reach| {
        let room = i32::try_from(reach.days() / 4).unwrap_or(0).max(180);
        DayRange { from: reach.from.plus(-room), to: reach.to.plus(room) }
    })
}

fn layout<'a>(spec: &FigureSpec<'a>) -> Cow<'a, crate::layout::network::PartyLayout> {
    spec.layout.map_or_else(|| Cow::Owned(laid_out(spec, 2.0)), Cow::Borrowed)
}

/// The height of a layout by its width, names included.
fn shape(layout: &crate::layout::network::PartyLayout) -> f32 {
    layout.bounds().map_or(0.6, |[left, top, right, bottom]| {
        ((bottom - top + 40.0) / (right - left + 150.0)) as f32
    })
}
