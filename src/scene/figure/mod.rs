//! Figures for print: a drawing with its title, legend, notes, sources and provenance on one page.
//!
//! [`Figure`] is the page and knows nothing of what is drawn; [`draw`] makes the figure of a
//! timeline, a network or a map from the same builders that the window uses.

mod document;
pub(in crate::scene) mod key;
mod notes;
mod page;
mod paper;
mod preset;
pub mod sheet;
pub(in crate::scene) mod shift;
mod table;
mod views;

use super::{
    Item, Point, Rect, Role, Scene, Stroke, Tokens, lines,
    text::{Align, Style},
};

pub use document::{pages, sheet};
pub use page::{Page, Part};
use paper::{HEADING, Paper};
pub use preset::Preset;
pub use sheet::Drawn;
pub use views::{ChangeFigure, FigureSpec, FigureView, draw};

/// Free space around a figure, in points.
const MARGIN: f32 = 24.0;
/// Free space between two parts.
const GAP: f32 = 12.0;
/// Height of a line of the title.
const TITLE_LINE: f32 = 24.0;
/// Height of a line of the subtitle.
const SUBTITLE_LINE: f32 = 18.0;
/// Height of a line of notes.
const NOTE_LINE: f32 = 16.0;
/// The longest line of notes that is read with ease.
const NOTE_WIDTH: f32 = 760.0;
/// The least width of a figure: narrower, its words would not fit.
pub const LEAST_WIDTH: f32 = 320.0;

/// Everything on the page but the drawing itself. What is empty takes no room.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it shows.
    pub title: String,
    /// Which part of the data: the filter in words, the period, how many of how many.
    pub subtitle: String,
    /// What must be known to read it right, a paragraph each.
    pub notes: Vec<String>,
    /// The documents it rests on, numbered from 1 in this order.
    pub sources: Vec<String>,
    /// Data file, date range, checksum, basemap: one line at the foot, wrapped where it must be.
    pub provenance: String,
    /// Colours.
    pub tokens: &'static Tokens,
    /// Free space around everything, in points.
    pub margin: f32,
}

/// A legend that has been drawn: items with the top left corner at 0, 0, and their height.
pub type Legend = (Vec<Item>, f32);

impl Figure {
    /// The room for the drawing on a page of this size, in points: width and height.
    ///
    /// The height is never less than a third of the width, so that the drawing stays legible, and
    /// hardly more than the width, so that it is not lost on a tall page; [`Self::compose`] then
    /// makes the page as high as it must be.
    #[must_use]
    pub fn room(&self, width: f32, height: f32, legend_height: f32) -> (f32, f32) {
        self.room_for(width, height, legend_height, 0.9)
    }

    /// The same for a drawing that may be so high against its width.
    fn room_for(&self, width: f32, height: f32, legend_height: f32, most: f32) -> (f32, f32) {
        let width = width.max(LEAST_WIDTH);
        let inner = width - 2.0 * self.margin;
        let rest = self.head(inner).1 + self.foot(inner).1 + gap(legend_height) + 2.0 * self.margin;
        (inner, (height - rest).clamp(inner / 3.0, inner * most).floor())
    }

    /// The width of the drawing and of the legend on a page of this width.
    #[must_use]
    pub fn inner_width(&self, width: f32) -> f32 {
        width.max(LEAST_WIDTH) - 2.0 * self.margin
    }

    /// The same without words and space around the drawing.
    fn bare(&self) -> Self {
        Self {
            title: String::new(),
            subtitle: String::new(),
            notes: Vec::new(),
            sources: Vec::new(),
            provenance: String::new(),
            tokens: self.tokens,
            margin: 0.0,
        }
    }

    /// Puts the page together around a drawing. The page is at least `least_height` high; notes
    /// and provenance stand at its foot.
    #[must_use]
    pub fn compose(&self, body: Scene, legend: Legend, least_height: f32) -> Scene {
        let (inner, tokens, margin) = (body.width, self.tokens, self.margin);
        let width = inner + 2.0 * margin;
        let (mut items, head) = self.head(inner);
        shift::items(&mut items, margin, margin);
        let top = margin + head;

        let pane = Rect::new(margin, top, inner, body.height);
        if body.background != tokens.paper && body.background.a > 0 {
            items.push(Item::Rect {
                rect: pane,
                radius: 0.0,
                fill: Some(body.background),
                stroke: None,
            });
        }
        let mut drawing = body.items;
        shift::items(&mut drawing, margin, top);
        items.push(Item::Clip { rect: pane, items: drawing });
        if body.background != tokens.paper && body.background.a > 0 {
            let stroke = Some(Stroke::solid(tokens.line, 1.0));
            items.push(Item::Rect { rect: pane, radius: 0.0, fill: None, stroke });
        }

        let (mut key, key_height) = legend;
        if key_height > 0.0 {
            shift::items(&mut key, margin, pane.bottom() + GAP);
            items.append(&mut key);
        }
        let below = pane.bottom() + gap(key_height);
        let (mut foot, foot_height) = self.foot(inner);
        let height = (below + foot_height + margin).max(least_height).ceil();
        shift::items(&mut foot, margin, height - margin - foot_height);
        items.append(&mut foot);
        Scene { width, height, background: tokens.paper, title: self.heading(&body.title), items }
    }

    /// One line that says what the page shows.
    fn heading(&self, body: &str) -> String {
        match (self.title.is_empty(), self.subtitle.is_empty()) {
            (true, _) => body.to_owned(),
            (false, true) => self.title.clone(),
            (false, false) => format!("{} — {}", self.title, self.subtitle),
        }
    }

    /// Title and subtitle, and the height that they take with the space below them.
    fn head(&self, width: f32) -> Legend {
        let mut page = Column::new(width);
        page.paragraph(&self.title, Tokens::TITLE, true, TITLE_LINE, self.tokens.ink_strong);
        if let Some(Item::Part { role, .. }) = page.items.last_mut() {
            *role = Role::Heading(1);
        }
        page.paragraph(&self.subtitle, Tokens::NOTE, false, SUBTITLE_LINE, self.tokens.ink_weak);
        let height = gap(page.y);
        (page.items, height)
    }

    /// Notes, sources and provenance, and the height that they take with the space above them.
    fn foot(&self, width: f32) -> Legend {
        let tokens = self.tokens;
        let mut page = Column::new(width);
        if !self.notes.is_empty() || !self.sources.is_empty() {
            page.y += GAP;
        }
        let mut notes = Column { width: width.min(NOTE_WIDTH), ..Column::new(width) };
        for note in &self.notes {
            notes.paragraph(note, Tokens::SMALL, false, NOTE_LINE, tokens.ink_weak);
        }
        if !self.sources.is_empty() {
            if !self.notes.is_empty() {
                notes.y += 4.0;
            }
            notes.paragraph("Sources", Tokens::SMALL, true, NOTE_LINE, tokens.ink_weak);
            for (at, source) in self.sources.iter().enumerate() {
                let text = format!("{}\u{A0}\u{A0}{source}", at + 1);
                notes.paragraph(&text, Tokens::SMALL, false, NOTE_LINE, tokens.ink_weak);
            }
        }
        shift::items(&mut notes.items, 0.0, page.y);
        page.items.append(&mut notes.items);
        page.y += notes.y;
        if !self.provenance.is_empty() {
            page.y += GAP;
            page.items.push(lines::rule(Point::new(0.0, page.y), width, tokens.line));
            page.y += 4.0;
            page.paragraph(&self.provenance, Tokens::SMALL, false, NOTE_LINE, tokens.ink_faint);
        }
        (page.items, page.y)
    }
}

/// A height with the space that belongs to it; nothing for nothing.
fn gap(height: f32) -> f32 {
    if height > 0.0 { height + GAP } else { 0.0 }
}

/// Paragraphs one below the other.
struct Column {
    items: Vec<Item>,
    width: f32,
    y: f32,
}

impl Column {
    fn new(width: f32) -> Self {
        Self { items: Vec::new(), width, y: 0.0 }
    }

    fn paragraph(
        &mut self,
        words: &str,
        size: f32,
        strong: bool,
        line_height: f32,
        color: super::Color,
    ) {
        if words.trim().is_empty() {
            return;
        }
        let lines = lines::wrapped(words, self.width, size, strong);
        let style = Style { size, strong, color };
        let items = lines::stack(&lines, Point::new(0.0, self.y), line_height, Align::Left, style);
        self.y += lines.len() as f32 * line_height;
        self.items.push(Item::Part { role: Role::Paragraph, items });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Theme;

    fn figure() -> Figure {
        Figure {
            title: "Who met whom".to_owned(),
            subtitle: "24 of 24 engagements".to_owned(),
            notes: vec!["Sources disagree on the date of the dialogue. ".repeat(8)],
            sources: vec!["A ministry, 2024".to_owned(), "A newspaper".to_owned()],
            provenance: "data.json".to_owned(),
            tokens: Tokens::of(Theme::Light),
            margin: MARGIN,
        }
    }

    fn body(width: f32, height: f32) -> Scene {
        let tokens = Tokens::of(Theme::Light);
        Scene {
            width,
            height,
            background: tokens.water,
            title: "Map".to_owned(),
            items: vec![Item::Circle {
                center: Point::new(5.0, 5.0),
                radius: 5.0,
                fill: Some(tokens.accent),
                stroke: None,
            }],
        }
    }

    /// Rectangles around all texts, with their words.
    fn texts(items: &[Item], out: &mut Vec<(Rect, String)>) {
        for item in items {
            match item {
                Item::Text(run) => {
                    let top = run.at.y - run.size * 0.75;
                    let rect = Rect::new(run.at.x, top, run.width, run.size);
                    out.push((rect, run.text.clone()));
                }
                Item::Group { items, .. } | Item::Clip { items, .. } | Item::Part { items, .. } => {
                    texts(items, out);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn a_drawing_that_takes_the_room_makes_the_page_as_large_as_was_asked() {
        let figure = figure();
        let (width, height) = figure.room(800.0, 600.0, 20.0);
        let scene = figure.compose(body(width, height), (Vec::new(), 20.0), 600.0);
        assert_eq!((scene.width, scene.height), (800.0, 600.0));
        assert_eq!(scene.title, "Who met whom — 24 of 24 engagements");
    }

    #[test]
    fn words_stay_on_the_page_and_apart() {
        for (width, height) in [(800.0, 600.0), (320.0, 200.0), (100.0, 100.0)] {
            let figure = figure();
            let (inner, room) = figure.room(width, height, 0.0);
            let scene = figure.compose(body(inner, room), (Vec::new(), 0.0), height);
            let mut words = Vec::new();
            texts(&scene.items, &mut words);
            assert!(words.len() >= 5);
            let page = Rect::new(0.0, 0.0, scene.width, scene.height);
            for (at, (rect, text)) in words.iter().enumerate() {
                let corner = Point::new(rect.right(), rect.bottom());
                assert!(page.contains(corner) && rect.x >= MARGIN, "{text} leaves the page");
                for (other, others) in &words[at + 1..] {
                    assert!(!rect.overlaps(*other), "{text} overlaps {others}");
                }
            }
        }
    }

    #[test]
    fn empty_parts_take_no_room() {
        let figure = Figure {
            title: String::new(),
            subtitle: String::new(),
            notes: Vec::new(),
            sources: Vec::new(),
            provenance: String::new(),
            tokens: Tokens::of(Theme::Light),
            margin: MARGIN,
        };
        let scene = figure.compose(body(400.0, 300.0), (Vec::new(), 0.0), 0.0);
        assert_eq!((scene.width, scene.height), (448.0, 348.0));
        assert_eq!(scene.title, "Map");
    }

    #[test]
    fn the_drawing_is_moved_with_its_marks() {
        let mut scene = body(400.0, 300.0);
        let hit = crate::scene::Hit::Circle(Point::new(5.0, 5.0), 5.0);
        scene.items = vec![Item::Group {
            mark: crate::scene::Mark {
                target: Some(crate::model::Target::Party(crate::model::PartyId(0))),
                id: "p".to_owned(),
                title: "P".to_owned(),
                hits: vec![hit],
            },
            items: scene.items,
        }];
        let figure = Figure { title: String::new(), subtitle: String::new(), ..figure() };
        let page = figure.compose(scene, (Vec::new(), 0.0), 0.0);
        let at = Point::new(MARGIN + 5.0, MARGIN + 5.0);
        assert_eq!(page.hit(at, 0.0).map(|mark| mark.id.as_str()), Some("p"));
    }
}
