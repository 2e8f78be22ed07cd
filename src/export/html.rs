//! A sheet as one HTML page that needs nothing else: drawings with tooltips that the keyboard
//! reaches, and tables of what they show. No script, no font, no address is loaded.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::{SvgOptions, svg::svg_with_marks, xml::push_text};
use crate::{
    model::Target,
    scene::{
        Color, Tokens,
        figure::sheet::{Body, Section, Sheet, Table},
    },
};

/// Writes a sheet as a page. `view` is the view that it shows as JSON, to be found again by
/// [`carried`](super::carried()); empty for none. Any sheet makes a valid page.
#[must_use]
pub fn html(sheet: &Sheet, view: &str) -> String {
    let mut page = Writer { out: String::new(), marks: FxHashMap::default(), drawings: 0, view };
    page.head(sheet);
    page.out.push_str("<body>\n<main>\n");
    if !sheet.title.is_empty() {
        page.element("h1", &sheet.title);
    }
    if !sheet.subtitle.is_empty() {
        page.element("p class=\"subtitle\"", &sheet.subtitle);
    }
    for section in &sheet.sections {
        page.section(section);
    }
    page.out.push_str("</main>\n");
    if !sheet.provenance.is_empty() {
        page.element("footer", &sheet.provenance);
    }
    page.out.push_str("</body>\n</html>\n");
    page.out
}

struct Writer<'a> {
    out: String,
    /// The id of the first mark of each target in any drawing so far.
    marks: FxHashMap<Target, String>,
    drawings: usize,
    view: &'a str,
}

impl Writer<'_> {
    fn head(&mut self, sheet: &Sheet) {
        self.out.push_str(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'\"/>\n",
        );
        let _ = writeln!(
            self.out,
            "<meta name=\"generator\" content=\"Démarche {}\"/>",
            env!("CARGO_PKG_VERSION")
        );
        let drawn = sheet.sections.iter().find_map(|section| match &section.body {
            Body::Drawing(scene) => Some(scene.title.as_str()),
            _ => None,
        });
        let title = if sheet.title.is_empty() { drawn.unwrap_or_default() } else { &sheet.title };
        self.element("title", title);
        style(&mut self.out, sheet.tokens);
        self.out.push_str("</head>\n");
    }

    /// An element with nothing but text in it; `tag` may have attributes.
    fn element(&mut self, tag: &str, text: &str) {
        let name = tag.split(' ').next().unwrap_or(tag);
        let _ = write!(self.out, "<{tag}>");
        push_text(&mut self.out, text);
        let _ = writeln!(self.out, "</{name}>");
    }

    fn section(&mut self, section: &Section) {
        self.out.push_str("<section>\n");
        if !section.heading.is_empty() {
            self.element("h2", &section.heading);
        }
        match &section.body {
            Body::Drawing(scene) => {
                self.drawings += 1;
                let (drawing, marks) = svg_with_marks(
                    scene,
                    &SvgOptions {
                        id_prefix: format!("d{}", self.drawings),
                        // One view is enough for all drawings of a page.
                        view: if self.drawings == 1 { self.view.to_owned() } else { String::new() },
                        reachable: true,
                        ..SvgOptions::default()
                    },
                );
                for (target, id) in marks {
                    self.marks.entry(target).or_insert(id);
                }
                self.out.push_str("<figure>\n");
                self.out.push_str(&drawing);
                self.out.push_str("</figure>\n");
            }
            Body::Table(table) => self.table(&section.heading, table),
            Body::Words(paragraphs) => {
                for paragraph in paragraphs {
                    self.element("p dir=\"auto\"", paragraph);
                }
            }
            Body::Numbered(entries) => {
                self.out.push_str("<ol>\n");
                for entry in entries {
                    self.element("li dir=\"auto\"", entry);
                }
                self.out.push_str("</ol>\n");
            }
        }
        self.out.push_str("</section>\n");
    }

    fn table(&mut self, heading: &str, table: &Table) {
        // A table that is wider than the screen scrolls by itself, and by keyboard too.
        self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
        push_text(&mut self.out, heading);
        self.out.push_str("\">\n<table>\n<thead><tr>");
        for (column, _) in &table.columns {
            self.out.push_str("<th scope=\"col\">");
            push_text(&mut self.out, column);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            let mark = row.target.and_then(|target| self.marks.get(&target));
            self.out.push_str("<tr>");
            for (at, cell) in row.cells.iter().enumerate() {
                self.out.push_str("<td dir=\"auto\">");
                match mark {
                    // The second cell names the thing; the first says when.
                    Some(id) if at == 1 => {
                        let _ = write!(self.out, "<a href=\"#{id}\">");
                        push_text(&mut self.out, cell);
                        self.out.push_str("</a>");
                    }
                    _ => push_text(&mut self.out, cell),
                }
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
        if !table.remark.is_empty() {
            self.element("p class=\"remark\"", &table.remark);
        }
        self.out.push_str("</div>\n");
    }
}

/// The looks of the page, in the colours of the drawings.
fn style(out: &mut String, tokens: &Tokens) {
    let hex = |color: Color| format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b);
    let dark = u32::from(tokens.paper.r) < 128;
    let _ = write!(
        out,
        "<style>\n\
         :root{{color-scheme:{scheme}}}\n\
         body{{margin:0 auto;padding:32px 24px;max-width:1200px;background:{paper};color:{ink};\
         font:14px/1.5 Inter,system-ui,'Noto Sans','Noto Sans Khmer','Noto Sans Lao',\
         'Noto Sans Thai','Noto Sans Myanmar',sans-serif}}\n\
         h1{{margin:0 0 4px;font-size:22px;line-height:1.3;color:{strong}}}\n\
         h2{{margin:32px 0 8px;font-size:16px;color:{strong}}}\n\
         p{{margin:0 0 8px;max-width:72ch}}\n\
         .subtitle,.remark{{color:{weak}}}\n\
         .subtitle{{margin-bottom:20px}}\n\
         figure{{margin:0}}\n\
         svg{{display:block;max-width:100%;height:auto}}\n\
         svg g[tabindex]{{cursor:default}}\n\
         svg g[tabindex]:focus-visible,svg g:target{{outline:2px solid {accent};\
         outline-offset:3px}}\n\
         a{{color:{accent}}}\n\
         a:focus-visible,.table:focus-visible{{outline:2px solid {accent};outline-offset:2px}}\n\
         ol{{margin:0;padding-left:2em;max-width:72ch}}\n\
         .table{{overflow-x:auto}}\n\
         table{{border-collapse:collapse;width:100%;font-size:13px;\
         font-variant-numeric:tabular-nums}}\n\
         th,td{{padding:6px 12px 6px 0;text-align:start;vertical-align:top;\
         border-bottom:1px solid {line}}}\n\
         th{{color:{weak};font-size:12px;white-space:nowrap}}\n\
         td:first-child{{min-width:10em}}\n\
         td:nth-child(2){{min-width:14em}}\n\
         footer{{margin-top:32px;padding-top:8px;border-top:1px solid {line};\
         color:{faint};font-size:12px}}\n\
         @media print{{@page{{margin:14mm}}\
         body{{padding:0;max-width:none;font-size:9pt;print-color-adjust:exact;\
         -webkit-print-color-adjust:exact}}\
         table{{font-size:8pt}}.table{{overflow:visible}}tr,li{{break-inside:avoid}}\
         h2{{break-after:avoid}}figure{{break-inside:avoid}}\
         a{{color:inherit;text-decoration:none}}}}\n\
         </style>\n",
        scheme = if dark { "dark" } else { "light" },
        paper = hex(tokens.paper),
        ink = hex(tokens.ink),
        strong = hex(tokens.ink_strong),
        weak = hex(tokens.ink_weak),
        faint = hex(tokens.ink_faint),
        accent = hex(tokens.accent),
        line = hex(tokens.line),
    );
}
