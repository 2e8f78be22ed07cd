//! A document around drawings: title, sections with drawings, words and tables, and what it all
//! rests on. It says what stands in which order; how it looks on a page is another matter.

use crate::{
    model::Target,
    scene::{Item, Scene, Theme, Tokens, text},
};

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it shows; empty when the title is left out.
    pub title: String,
    /// Which part of the data; empty for nothing.
    pub subtitle: String,
    /// Its parts, in order of reading.
    pub sections: Vec<Section>,
    /// Data file, checksum and program, in one line; empty for nothing.
    pub provenance: String,
    /// Colours.
    pub tokens: &'static Tokens,
}

impl Sheet {
    /// Adds a part.
    pub fn add(&mut self, heading: &str, body: Body) {
        self.sections.push(Section { heading: heading.to_owned(), body });
    }

    /// Drawings one below the other, with nothing around them.
    #[must_use]
    pub fn of_drawings(pages: &[Scene]) -> Self {
        let section =
            |page: &Scene| Section { heading: String::new(), body: Body::Drawing(page.clone()) };
        Self {
            title: String::new(),
            subtitle: String::new(),
            sections: pages.iter().map(section).collect(),
            provenance: String::new(),
            tokens: Tokens::of(Theme::Light),
        }
    }
}

/// A figure that has been drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// Pages, at least one.
    Pages(Vec<Scene>),
    /// A document that is put onto pages by whoever reads it.
    Sheet(Sheet),
}

impl Drawn {
    /// All drawings.
    pub fn scenes(&self) -> Box<dyn Iterator<Item = &Scene> + '_> {
        match self {
            Self::Pages(pages) => Box::new(pages.iter()),
            Self::Sheet(sheet) => {
                Box::new(sheet.sections.iter().filter_map(|section| match &section.body {
                    Body::Drawing(scene) => Some(scene),
                    Body::Table(_) | Body::Words(_) | Body::Numbered(_) => None,
                }))
            }
        }
    }
}

impl Drawn {
    /// The characters in the drawings that no bundled font has, at most ten of them, in the order
    /// in which they are met. They are drawn as boxes.
    #[must_use]
    pub fn missing(&self) -> Vec<char> {
        let mut out = Vec::new();
        self.scenes().for_each(|scene| missing(&scene.items, &mut out));
        out
    }
}

fn missing(items: &[Item], out: &mut Vec<char>) {
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
            Item::Group { items, .. } | Item::Clip { items, .. } | Item::Part { items, .. } => {
                missing(items, out);
            }
            _ => {}
        }
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading; empty for none.
    pub heading: String,
    /// What stands in it.
    pub body: Body,
}

/// What stands in a part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A drawing with its legend.
    Drawing(Scene),
    /// Rows and columns.
    Table(Table),
    /// Paragraphs.
    Words(Vec<String>),
    /// A list with numbers from 1.
    Numbered(Vec<String>),
}

/// Rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Headings, with the share of the width that their column takes; shares add up to 1.
    pub columns: Vec<(&'static str, f32)>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What is said below it, for example how many rows are left out; empty for nothing.
    pub remark: String,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is about, which drawings may show as well.
    pub target: Option<Target>,
    /// One text for each column.
    pub cells: Vec<String>,
}
