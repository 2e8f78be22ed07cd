//! The lines at the foot of a map: how much is on it, and whose outlines they are.

use super::{Lines, MapSpec, arcs, counted, names};
use crate::{
    formats::gazetteer,
    model::words::{count, grouped},
    scene::{
        Item, Point, Rect, Tokens,
        text::{self, Align, Style},
    },
};

/// The height of a foot of one line, in points.
pub const FOOT: f32 = 22.0;
/// How much each further line adds.
const LINE: f32 = 15.0;
/// Free space at both sides.
const MARGIN: f32 = 12.0;
/// Between the parts of a line.
const BETWEEN: &str = " · ";

/// What stands at the foot.
pub(super) struct Foot {
    /// From the left, from top to bottom.
    lines: Vec<String>,
    /// At the right end of the last line.
    source: String,
}

impl Foot {
    /// Puts together what has to be said; nothing of it is cut off, however narrow the map.
    pub fn new(spec: &MapSpec<'_>, placed: u32, drawn: &arcs::Drawn) -> Self {
        let room = spec.size.0 - 2.0 * MARGIN;
        let width = |words: &str| text::width(words, Tokens::SMALL, false);
        let ground = spec.ground;
        let shape = ground.projection.shape.label();
        let source = [ground.basemap.source(), shape, ground.basemap.disclaimer()];
        let source = source.into_iter().filter(|part| !part.is_empty()).map(str::to_owned);
        let mut lines = fill(said(spec, placed, drawn), room, width);
        let mut sources = fill(source.collect(), room, width);
        let last = sources.pop().unwrap_or_default();
        lines.append(&mut sources);
        let beside = lines.last().map_or(0.0, |line| width(line) + 16.0);
        if beside + width(&last) > room {
            lines.push(String::new());
        }
        Self { lines, source: last }
    }

    /// Its height in points.
    pub fn height(&self) -> f32 {
        FOOT + LINE * (self.lines.len().max(1) - 1) as f32
    }

    /// Draws it.
    pub fn draw(&self, spec: &MapSpec<'_>, items: &mut Vec<Item>) {
        let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
        let (width, bottom) = spec.size;
        let height = self.height();
        items.push(Item::Rect {
            rect: Rect::new(0.0, bottom - height, width, height),
            radius: 0.0,
            fill: Some(spec.tokens.water.faded(0.82)),
            stroke: None,
        });
        let last = Point::new(width - MARGIN, bottom - 8.0);
        items.push(Item::Text(text::line(&self.source, last, Align::Right, style)));
        for (above, line) in self.lines.iter().rev().enumerate() {
            if !line.is_empty() {
                let at = Point::new(MARGIN, bottom - 8.0 - LINE * above as f32);
                items.push(Item::Text(text::line(line, at, Align::Left, style)));
            }
        }
    }
}

/// Parts put into lines of a width at most, each line as full as can be. A part that is wider alone
/// has a line of its own.
fn fill(parts: Vec<String>, room: f32, width: impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        if let Some(line) = lines.last_mut() {
            let joined = format!("{line}{BETWEEN}{part}");
            if width(&joined) <= room {
                *line = joined;
                continue;
            }
        }
        lines.push(part);
    }
    lines
}

/// "4,212 of 4,271 engagements placed", "59 not on the map", "60 of 171 flows" …
fn said(spec: &MapSpec<'_>, placed: u32, drawn: &arcs::Drawn) -> Vec<String> {
    let rows = spec.rows.len();
    let mut said = vec![format!("{} of {} placed", grouped(placed as usize), counted(rows))];
    if let several @ 1.. = spec.counted.places.several() {
        said.push(format!("{} at several places, shown at each", grouped(several as usize)));
    }
    if let Some(missing) = rows.checked_sub(placed as usize).filter(|missing| *missing > 0) {
        said.push(format!("{} not on the map", grouped(missing)));
    }
    let lines = match spec.options.lines {
        Lines::Ties if drawn.of > 0 => Some("ties between seats"),
        Lines::Flows => Some("flows between states"),
        _ => None,
    };
    if let Some(lines) = lines {
        said.push(if drawn.lines.len() < drawn.of {
            format!("{} of {} {lines}", grouped(drawn.lines.len()), grouped(drawn.of))
        } else {
            format!("{} {lines}", grouped(drawn.of))
        });
    }
    if spec.options.lines == Lines::Flows {
        let flows = &spec.counted.flows;
        if flows.homeless > 0 {
            said.push(format!("{} without a home state", grouped(flows.homeless as usize)));
        }
        if let Some(home) = spec.options.home.as_deref().and_then(gazetteer::resolve_state_code) {
            said.push(format!("home assumed: {}", home.name));
        }
    }
    if let unwritten @ 1.. = names::unwritten(spec) {
        let names = count(unwritten, "name", "names");
        said.push(format!("{names} in English, for want of a font of the script"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_has_to_be_said_is_cut_off() {
        let parts = ["four", "seven", "a part wider than all", "six"].map(str::to_owned);
        for room in [5, 12, 14, 100] {
            let lines = fill(parts.to_vec(), room as f32, |words| words.chars().count() as f32);
            assert_eq!(lines.join(BETWEEN), parts.join(BETWEEN), "{room}");
            let parts_of = |line: &String| line.split(BETWEEN).count();
            let fits = |line: &String| line.chars().count() <= room || parts_of(line) == 1;
            assert!(lines.iter().all(fits), "{room}: {lines:?}");
        }
    }
}
