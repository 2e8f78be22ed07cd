//! Figures as documents: a drawing with its table, a timeline that takes several pages, a report
//! of all there is.

use super::{
    FigureSpec, FigureView, HEADING, Legend, Page, Paper, Part, Preset, notes, paper,
    sheet::{Body, Section, Sheet},
    shift, table, views,
};
use crate::{
    model::{EngagementId, words},
    scene::{Scene, change},
};

/// What the views of a report are, in the order of reading.
const REPORTED: [FigureView; 3] = [FigureView::Timeline, FigureView::Map, FigureView::Network];

/// The figure as one long document: its drawing, and in words and tables what else there is to it.
#[must_use]
pub fn sheet(spec: &FigureSpec<'_>) -> Sheet {
    let (shown, words) = (views::shown(spec), views::words(spec));
    let mut sheet = empty(spec, words.title.clone());
    let bare = words.bare();
    // What a drawing tells below itself has a table of its own here.
    let mut page = spec.page.clone();
    page.without.insert(Part::Notes);
    let mut draw = |view: FigureView, heading: &str| {
        let mut drawn = views::drawing(&FigureSpec { view, page: &page, ..*spec }, &bare);
        drawn.title = words.heading(&drawn.title);
        let drawn = shift::scaled(drawn, spec.page.zoom);
        sheet.add(heading, Body::Drawing(drawn));
    };
    if spec.view == FigureView::Report {
        REPORTED.iter().for_each(|view| draw(*view, view.label()));
    } else {
        draw(spec.view, "");
    }
    tell(spec, &shown, true, &mut sheet);
    sheet
}

/// The figure on pages: one for most, more for a report and for a timeline that is higher than the
/// page that was asked for.
#[must_use]
pub fn pages(spec: &FigureSpec<'_>) -> Vec<Scene> {
    let report = spec.view == FigureView::Report;
    if !report {
        let drawn = views::draw(spec);
        // A page may be a little higher than was asked for; lanes are not parted for a line.
        let most = spec.page.height.map_or(f32::MAX, |height| height * 1.02);
        if spec.view != FigureView::Timeline || drawn.height <= most {
            return vec![drawn];
        }
    }
    // A report without a size is as large as what it will be printed on.
    let page = match spec.page.height {
        None => Page::sized(spec.page.clone(), &Preset::A4),
        Some(_) => spec.page.clone(),
    };
    let (width, height) = page.drawn();
    let paper = Paper { width, height: height.unwrap_or(width) };
    let (room, tall) = paper.room();
    let (shown, words) = (views::shown(spec), views::words(spec));
    let mut sheet = empty(spec, words.title.clone());
    let bare = words.bare();

    // Drawings are as wide as the room of the page, in points of the drawing.
    let inner = Page { zoom: 1.0, ..Page::new(room, None) };
    let inner = Page { without: page.without.clone(), theme: page.theme, ..inner };
    let timeline = FigureSpec { view: FigureView::Timeline, page: &inner, ..*spec };
    let (heading, taken) = if report { (FigureView::Timeline.label(), HEADING) } else { ("", 0.0) };
    let first = tall - paper.head(&sheet) - taken;
    let (parts, legend) = views::timeline::parts(&timeline, &bare, first, tall - taken);
    let count = parts.len();
    for (at, mut part) in parts.into_iter().enumerate() {
        part.title = format!("{} ({} of {count})", words.heading(&part.title), at + 1);
        let heading = match at {
            0 => heading.to_owned(),
            _ if report => format!("{heading}, continued"),
            _ => String::new(),
        };
        sheet.sections.push(Section { heading, body: Body::Drawing(part) });
    }
    if legend.1 > 0.0 {
        sheet.add("", Body::Drawing(of_legend(legend, room, spec)));
    }
    if report {
        // Two of them share a page that is higher than wide.
        let each = if tall > room * 1.2 { (tall - 16.0) / 2.0 } else { tall } - HEADING - 16.0;
        let inner = Page { height: Some(each.floor()), ..inner };
        for view in &REPORTED[1..] {
            let spec = FigureSpec { view: *view, page: &inner, ..*spec };
            sheet.add(view.label(), Body::Drawing(views::drawing(&spec, &bare)));
        }
    }
    tell(spec, &shown, report, &mut sheet);
    let pages = paper::on_pages(&sheet, paper);
    pages.into_iter().map(|scene| shift::scaled(scene, page.zoom)).collect()
}

/// A sheet with nothing but its head and foot.
fn empty(spec: &FigureSpec<'_>, title: String) -> Sheet {
    let words = views::words(spec);
    Sheet {
        title,
        subtitle: words.subtitle,
        sections: Vec::new(),
        provenance: words.provenance,
        tokens: words.tokens,
    }
}

/// Adds what is told in words and tables.
fn tell(spec: &FigureSpec<'_>, shown: &[EngagementId], table: bool, sheet: &mut Sheet) {
    let words = views::words(spec);
    if !words.notes.is_empty() {
        sheet.add("Notes", Body::Words(words.notes));
    }
    if let Some((comparison, ..)) = spec.change.compared.filter(|_| table) {
        let listed = change::listed(spec.dataset, comparison);
        sheet.add("Ties that changed", Body::Table(listed));
    }
    if table && !shown.is_empty() {
        sheet.add("Engagements", Body::Table(table::engagements(spec, shown)));
    }
    if spec.view == FigureView::Report {
        sheet.add("Findings", Body::Words(findings(spec.findings)));
    }
    let cited = notes::cited(spec.dataset, spec.columns, &spec.hits.rows);
    if spec.page.has(Part::Sources) && !cited.is_empty() {
        let all = notes::sources(spec.dataset, &cited, cited.len());
        sheet.add("Sources", Body::Numbered(all));
    }
}

/// The findings, at most so many, or that there are none.
fn findings(all: &[String]) -> Vec<String> {
    const MOST: usize = 200;
    if all.is_empty() {
        return vec!["No statements were found that cannot all be true.".to_owned()];
    }
    let mut told: Vec<String> = all.iter().take(MOST).cloned().collect();
    if all.len() > MOST {
        told.push(format!("and {}", words::count(all.len() - MOST, "more", "more")));
    }
    told
}

/// A legend as a drawing of its own.
fn of_legend((items, height): Legend, width: f32, spec: &FigureSpec<'_>) -> Scene {
    let background = crate::scene::Tokens::of(spec.page.theme).paper;
    Scene { width, height, background, title: "Legend".to_owned(), items }
}
