//! A sheet on pages: drawings, words and tables one below the other, with running feet.

use super::sheet::{Body, Section, Sheet, Table};
use super::shift;
use crate::scene::{
    Color, Item, Point, Role, Scene, Tokens,
    lines::{rule, stack, wrapped},
    text::{self, Align, Style},
};

/// Free space around everything, in points of the drawing.
const MARGIN: f32 = 48.0;
/// Free space between two parts.
const GAP: f32 = 16.0;
/// What the foot takes of the page, with the space above it.
const FOOT: f32 = 28.0;
/// Height of a line of a table and of a paragraph.
const LINE: f32 = 16.0;
/// Free space above and below the words of a cell.
const PAD: f32 = 4.0;
/// Free space between two columns.
const GUTTER: f32 = 10.0;
/// What a heading takes with the space below it.
pub const HEADING: f32 = 30.0;

/// Pages of one size, in points of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Paper {
    /// Width and height of what stands on a page.
    pub fn room(self) -> (f32, f32) {
        let height = self.height - 2.0 * MARGIN - FOOT;
        ((self.width - 2.0 * MARGIN).max(240.0), height.max(120.0))
    }

    /// What title and subtitle of a sheet take of its first page.
    pub fn head(self, sheet: &Sheet) -> f32 {
        let mut pages = Pages::new(self, sheet.tokens);
        pages.head(sheet);
        pages.y
    }
}

/// Puts a sheet onto pages.
pub fn on_pages(sheet: &Sheet, paper: Paper) -> Vec<Scene> {
    let mut pages = Pages::new(paper, sheet.tokens);
    pages.head(sheet);
    for section in &sheet.sections {
        pages.section(section);
    }
    pages.finish(sheet)
}

struct Pages {
    paper: Paper,
    tokens: &'static Tokens,
    /// What stands on the pages that are full, from the top left corner of their room.
    full: Vec<Vec<Item>>,
    items: Vec<Item>,
    /// How far the present page is filled.
    y: f32,
}

impl Pages {
    fn new(paper: Paper, tokens: &'static Tokens) -> Self {
        Self { paper, tokens, full: Vec::new(), items: Vec::new(), y: 0.0 }
    }

    /// Starts a new page where `height` has no room on this one.
    fn need(&mut self, height: f32) {
        if self.y > 0.0 && self.y + height > self.paper.room().1 + 0.5 {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.full.push(std::mem::take(&mut self.items));
        self.y = 0.0;
    }

    fn head(&mut self, sheet: &Sheet) {
        let tokens = self.tokens;
        let title = (Tokens::TITLE * 1.3, true, tokens.ink_strong);
        self.words(&sheet.title, Role::Heading(1), title, 28.0);
        self.words(&sheet.subtitle, Role::Paragraph, (Tokens::NOTE, false, tokens.ink_weak), 18.0);
        if self.y > 0.0 {
            self.y += GAP;
        }
    }

    /// A paragraph or heading in one piece.
    fn words(
        &mut self,
        words: &str,
        role: Role,
        (size, strong, color): (f32, bool, Color),
        line: f32,
    ) {
        if words.trim().is_empty() {
            return;
        }
        let lines = wrapped(words, self.paper.room().0, size, strong);
        self.need(lines.len() as f32 * line);
        let style = Style { size, strong, color };
        let items = stack(&lines, Point::new(0.0, self.y), line, Align::Left, style);
        self.y += lines.len() as f32 * line;
        self.items.push(Item::Part { role, items });
    }

    fn section(&mut self, section: &Section) {
        let tokens = self.tokens;
        let first = match &section.body {
            Body::Drawing(scene) => scene.height,
            Body::Table(_) | Body::Words(_) | Body::Numbered(_) => 4.0 * LINE,
        };
        let heading = if section.heading.is_empty() { 0.0 } else { HEADING };
        self.need((heading + first).min(self.paper.room().1));
        let style = (Tokens::TITLE * 0.88, true, tokens.ink_strong);
        self.words(&section.heading, Role::Heading(2), style, HEADING - 6.0);
        if heading > 0.0 {
            self.y += 6.0;
        }
        let small = (Tokens::NOTE, false, tokens.ink);
        match &section.body {
            Body::Drawing(scene) => self.drawing(scene),
            Body::Table(table) => self.table(table),
            Body::Words(paragraphs) => {
                for paragraph in paragraphs {
                    self.words(paragraph, Role::Paragraph, small, LINE + 2.0);
                    self.y += 6.0;
                }
            }
            Body::Numbered(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    let text = format!("{}\u{A0}\u{A0}{entry}", at + 1);
                    self.words(&text, Role::Paragraph, small, LINE + 2.0);
                    self.y += 2.0;
                }
            }
        }
        self.y += GAP;
    }

    /// A drawing; one that is larger than a page is made as small as the page.
    fn drawing(&mut self, scene: &Scene) {
        let (width, height) = self.paper.room();
        self.need(scene.height);
        let scale = (width / scene.width).min((height - self.y) / scene.height).min(1.0);
        let mut scene = shift::scaled(scene.clone(), scale);
        shift::items(&mut scene.items, 0.0, self.y);
        self.y += scene.height;
        self.items.append(&mut scene.items);
    }

    fn table(&mut self, table: &Table) {
        let width = self.paper.room().0;
        let mut columns = Vec::with_capacity(table.columns.len());
        let mut x = 0.0;
        for &(heading, share) in &table.columns {
            let w = (width * share - GUTTER).max(20.0);
            columns.push((heading, x, w));
            x += width * share;
        }
        let mut rows: Vec<Item> = Vec::new();
        let head = self.table_head(&columns);
        let head_height = LINE + 2.0 * PAD;
        self.need(head_height + 2.0 * LINE + 2.0 * PAD);
        let place = |pages: &mut Self, rows: &mut Vec<Item>, mut row: Vec<Item>, height: f32| {
            shift::items(&mut row, 0.0, pages.y);
            rows.push(Item::Part { role: Role::Row, items: row });
            pages.y += height;
            let y = pages.y;
            rows.push(rule(Point::new(0.0, y), width, pages.tokens.line));
        };
        place(self, &mut rows, head.clone(), head_height);
        let style = Style { size: Tokens::SMALL, strong: false, color: self.tokens.ink };
        for row in &table.rows {
            let lines: Vec<Vec<String>> = columns
                .iter()
                .zip(&row.cells)
                .map(|(&(_, _, w), cell)| wrapped(cell, w, style.size, style.strong))
                .collect();
            let most = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let height = most as f32 * (LINE - 2.0) + 2.0 * PAD;
            if self.y > head_height && self.y + height > self.paper.room().1 {
                // The rest of the table goes on under the same headings.
                let items = std::mem::take(&mut rows);
                self.items.push(Item::Part { role: Role::Table, items });
                self.turn();
                place(self, &mut rows, head.clone(), head_height);
            }
            let cells = columns.iter().zip(&lines).map(|(&(_, x, _), lines)| Item::Part {
                role: Role::Cell,
                items: stack(lines, Point::new(x, PAD), LINE - 2.0, Align::Left, style),
            });
            place(self, &mut rows, cells.collect(), height);
        }
        self.items.push(Item::Part { role: Role::Table, items: rows });
        if !table.remark.is_empty() {
            self.y += 6.0;
            let style = (Tokens::SMALL, false, self.tokens.ink_weak);
            self.words(&table.remark, Role::Paragraph, style, LINE);
        }
    }

    fn table_head(&self, columns: &[(&str, f32, f32)]) -> Vec<Item> {
        let style = Style { size: Tokens::SMALL, strong: true, color: self.tokens.ink_weak };
        let cell = |&(heading, x, w): &(&str, f32, f32)| Item::Part {
            role: Role::HeadCell,
            items: stack(
                &[text::fitted(heading, w, style.size, true)],
                Point::new(x, PAD),
                LINE,
                Align::Left,
                style,
            ),
        };
        columns.iter().map(cell).collect()
    }

    /// The pages with their feet.
    fn finish(mut self, sheet: &Sheet) -> Vec<Scene> {
        if !self.items.is_empty() || self.full.is_empty() {
            self.turn();
        }
        let (width, _) = self.paper.room();
        let (tokens, count) = (self.tokens, self.full.len());
        let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
        let baseline = self.paper.height - MARGIN;
        let page = |(at, mut items): (usize, Vec<Item>)| {
            shift::items(&mut items, MARGIN, MARGIN);
            let number = format!("{} / {count}", at + 1);
            let number_width = text::width(&number, style.size, false);
            let room = width - number_width - 2.0 * GUTTER;
            let said = text::fitted(&sheet.provenance, room, style.size, false);
            let left = Point::new(MARGIN, baseline);
            let right = Point::new(MARGIN + width, baseline);
            let mut foot = vec![Item::Text(text::line(&number, right, Align::Right, style))];
            if !said.is_empty() {
                foot.push(Item::Text(text::line(&said, left, Align::Left, style)));
            }
            foot.push(rule(Point::new(MARGIN, baseline - 16.0), width, tokens.line));
            items.push(Item::Part { role: Role::Furniture, items: foot });
            Scene {
                width: self.paper.width,
                height: self.paper.height,
                background: tokens.paper,
                title: if sheet.title.is_empty() {
                    "Figure".to_owned()
                } else {
                    sheet.title.clone()
                },
                items,
            }
        };
        self.full.into_iter().enumerate().map(page).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Rect, Theme, figure::sheet::Row};

    fn texts(items: &[Item], out: &mut Vec<(Rect, String)>) {
        for item in items {
            match item {
                Item::Text(run) => {
                    let rect = Rect::new(run.at.x, run.at.y - run.size * 0.75, run.width, run.size);
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
    fn a_long_table_goes_on_under_the_same_headings_and_nothing_is_lost() {
        let row = |at: usize| Row {
            target: None,
            cells: vec![format!("row {at}"), "words that need more than one line ".repeat(3)],
        };
        let table = Table {
            columns: vec![("Name", 0.3), ("Text", 0.7)],
            rows: (0..200).map(row).collect(),
            remark: "and 3 more".to_owned(),
        };
        let section = |heading: &str, body| Section { heading: heading.to_owned(), body };
        let sheet = Sheet {
            title: "A title".to_owned(),
            subtitle: "which says more".to_owned(),
            sections: vec![
                section("Words", Body::Words(vec!["One. ".repeat(60); 3])),
                section("Rows", Body::Table(table)),
                section("Sources", Body::Numbered(vec!["A paper".to_owned(); 40])),
            ],
            provenance: "data.json ".repeat(40),
            tokens: Tokens::of(Theme::Light),
        };
        let paper = Paper { width: 600.0, height: 800.0 };
        let pages = on_pages(&sheet, paper);
        assert!(pages.len() > 5);
        let mut all = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            assert_eq!((page.width, page.height), (600.0, 800.0));
            let mut words = Vec::new();
            texts(&page.items, &mut words);
            assert!(words.iter().any(|(_, text)| *text == format!("{} / {}", at + 1, pages.len())));
            for (one, (rect, text)) in words.iter().enumerate() {
                let inside = Rect::new(MARGIN - 0.5, MARGIN - 0.5, 505.0, 705.0);
                assert!(inside.contains(Point::new(rect.x, rect.y)), "{text} leaves the page");
                assert!(inside.contains(Point::new(rect.right(), rect.bottom() - 4.0)), "{text}");
                for (other, others) in &words[one + 1..] {
                    assert!(!rect.overlaps(*other), "{text} overlaps {others}");
                }
            }
            let rows = words.iter().any(|(_, text)| text.starts_with("row "));
            assert_eq!(rows, words.iter().any(|(_, text)| text == "Name"), "page {at}");
            all.extend(words.into_iter().map(|(_, text)| text));
        }
        for at in 0..200 {
            assert_eq!(all.iter().filter(|text| **text == format!("row {at}")).count(), 1);
        }
    }
}
