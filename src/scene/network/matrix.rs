//! The matrix: parties as rows and columns, ordered by community; ties as cells that grow and darken
//! with their weight. Only what is in view is made.

use std::cmp::Reverse;

use super::{NetworkSpec, links::tie_title, tint};
use crate::{
    layout::camera::Camera,
    model::{PartyId, Target, words::grouped},
    query::{Measure, Tie},
    scene::{
        Hit, Item, Mark, Point, Rect, Scene, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Room for a name and number of a row, in points.
const NAMES: f32 = 168.0;
/// Room for each further column of names, where rows are too low for one.
const MORE_NAMES: f32 = 148.0;
/// The most columns of names.
const MOST_NAMES: f32 = 3.0;
/// Room for the numbers of the columns, in points.
const TOP: f32 = 24.0;
/// Room to the right of the cells, for the buttons of the window.
const RIGHT: f32 = 44.0;
/// How much wider than high a cell may be, where the pane is wide.
const WIDEST: f64 = 3.0;
/// Room for the note at the foot, in points.
const FOOT: f32 = 24.0;
/// The largest side of a cell when the matrix is fitted, in points.
const LARGEST: f64 = 30.0;
/// From this side on, cells are told apart by lines.
const LINED: f32 = 7.0;
/// The least distance between two names, in points.
const NAME: f64 = 13.0;

/// The parties in the order of rows and columns: by community, the largest first, and within one
/// the most strongly tied first.
#[must_use]
pub fn matrix_order(spec: &NetworkSpec<'_>) -> Vec<PartyId> {
    let mut parties: Vec<PartyId> = (0..spec.ties.engagements.len())
        .filter(|at| spec.ties.engagements[*at] > 0)
        .map(PartyId::at)
        .collect();
    let community = |party: &PartyId| {
        spec.reading.measures.and_then(|all| all.community.get(party.index())).copied()
    };
    parties.sort_by_cached_key(|party| {
        let strength = spec
            .reading
            .measures
            .map_or(0.0, |measures| measures.of(Measure::Strength, spec.ties, *party));
        let busy = spec.ties.engagements[party.index()];
        (community(party).unwrap_or(u32::MAX), Reverse(strength.to_bits()), Reverse(busy), *party)
    });
    parties
}

/// How a matrix of so many parties lies on a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixGrid {
    /// The part of the pane that the cells take.
    pub field: Rect,
    /// The width of a cell by its height; the same for every camera.
    stretch: f64,
    /// In how many columns the names of rows stand.
    columns: usize,
}

impl MatrixGrid {
    /// The grid of so many parties on a pane of the given size.
    #[must_use]
    pub fn new(size: (f32, f32), parties: usize) -> Self {
        let high = (size.1 - TOP - FOOT).max(40.0);
        let side = f64::from(high) / parties.max(1) as f64;
        // Names that would stand on each other stand in turn in several columns.
        let columns = (NAME / side).ceil().clamp(1.0, f64::from(MOST_NAMES)) as f32;
        let wide = f64::from(columns) * side >= NAME * 0.95;
        let columns =
            if wide && size.0 > 3.0 * NAMES + MORE_NAMES * columns { columns } else { 1.0 };
        let left = NAMES + MORE_NAMES * (columns - 1.0);
        let field = Rect::new(left, TOP, (size.0 - left - RIGHT).max(40.0), high);
        let stretch = (f64::from(field.w) / f64::from(field.h)).clamp(1.0, WIDEST);
        Self { field, stretch, columns: columns as usize }
    }

    /// The width and height that a camera of the matrix looks through.
    #[must_use]
    pub fn room(&self) -> [f64; 2] {
        [f64::from(self.field.w), f64::from(self.field.h)]
    }

    /// The view in which the whole matrix is seen, its corner at the top left.
    #[must_use]
    pub fn fit(&self, parties: usize) -> Camera {
        let room = self.room();
        let count = parties.max(1) as f64;
        let zoom = (room[0] / self.stretch).min(room[1]) / count;
        let zoom = zoom.min(LARGEST);
        Camera { center: [room[0] / 2.0 / zoom, room[1] / 2.0 / zoom], zoom }
    }

    /// Where the corner of a cell comes, by its column and row.
    #[must_use]
    pub fn place(&self, camera: &Camera, [column, row]: [f64; 2]) -> (f32, f32) {
        let [x, y] = camera.to_pane([column * self.stretch, row], self.room());
        (self.field.x + x as f32, self.field.y + y as f32)
    }

    /// The row and column under a point of the pane, counted from 0.
    #[must_use]
    pub fn cell(&self, camera: &Camera, at: Point) -> Option<(usize, usize)> {
        if !self.field.contains(at) {
            return None;
        }
        let inner = [f64::from(at.x - self.field.x), f64::from(at.y - self.field.y)];
        let [x, y] = camera.to_plane(inner, self.room());
        (x >= 0.0 && y >= 0.0).then_some((y as usize, (x / self.stretch) as usize))
    }

    /// The row and the column of a cell as bands across the field.
    #[must_use]
    pub fn bands(&self, camera: &Camera, cell: (usize, usize)) -> [Rect; 2] {
        let (x, y) = self.place(camera, [cell.1 as f64, cell.0 as f64]);
        let (wide, high) = self.side(camera);
        [Rect::new(0.0, y, self.field.right(), high), Rect::new(x, 0.0, wide, self.field.bottom())]
    }

    /// The width and height of a cell.
    fn side(&self, camera: &Camera) -> (f32, f32) {
        ((camera.zoom * self.stretch) as f32, camera.zoom as f32)
    }
}

/// Draws the matrix as a camera sees it; its plane has cells of side 1.
#[must_use]
pub fn matrix(spec: &NetworkSpec<'_>, camera: Camera) -> Scene {
    let order = matrix_order(spec);
    let grid = MatrixGrid::new(spec.size, order.len());
    let (field, room) = (grid.field, grid.room());
    let (wide, high) = grid.side(&camera);
    let place = |at: [f64; 2]| grid.place(&camera, at);
    let [from_x, from_y] = camera.to_plane([0.0, 0.0], room);
    let [to_x, to_y] = camera.to_plane(room, room);
    let (from_x, to_x) = (from_x / grid.stretch, to_x / grid.stretch);
    let range = |from: f64, to: f64| {
        let first = from.floor().max(0.0) as usize;
        first.min(order.len())..(to.ceil().max(0.0) as usize).min(order.len())
    };
    let (rows, columns) = (range(from_y, to_y), range(from_x, to_x));
    let mut number = vec![usize::MAX; spec.ties.engagements.len()];
    for (at, party) in order.iter().enumerate() {
        number[party.index()] = at;
    }
    let mut cells = Vec::new();
    for tie in spec.ties.ties.iter() {
        let (a, b) = (number[tie.a.index()], number[tie.b.index()]);
        for (row, column) in [(a, b), (b, a)] {
            if rows.contains(&row) && columns.contains(&column) {
                cells.push((row, column, tie));
            }
        }
    }
    let of = cells.len();
    let most = (spec.reading.options.drawn_ties() as usize * 2).max(2);
    if cells.len() > most {
        let key =
            |cell: &(usize, usize, Tie)| (Reverse(cell.2.weight.to_bits()), cell.2.a, cell.2.b);
        cells.select_nth_unstable_by_key(most - 1, key);
        cells.truncate(most);
    }
    cells.sort_by_key(|cell| (cell.0, cell.1));
    let strongest = spec.ties.ties.iter().map(|tie| tie.weight).fold(0.0, f64::max).max(1e-12);

    let mut items = vec![ground(spec, &order, field, &place, (wide, high))];
    let mut drawn = Vec::with_capacity(cells.len());
    for (row, column, tie) in &cells {
        let share = tie.weight / strongest;
        let (x, y) = place([*column as f64, *row as f64]);
        let part = if high >= 4.0 { 0.3 + 0.62 * share.sqrt() as f32 } else { 1.0 };
        let inner = ((wide * part).max(0.7), (high * part).max(0.7));
        let rect =
            Rect::new(x + (wide - inner.0) / 2.0, y + (high - inner.1) / 2.0, inner.0, inner.1);
        let cell = Item::Rect {
            rect,
            radius: if high >= 10.0 { 1.5 } else { 0.0 },
            fill: Some(tint(spec.tokens, share)),
            stroke: None,
        };
        let (a, b) = (spec.dataset.party(tie.a), spec.dataset.party(tie.b));
        drawn.push(Item::Group {
            mark: Mark {
                target: Some(Target::Tie(tie.a, tie.b)),
                // Each tie has two cells.
                id: format!("cell-{row}-{column}-{}-{}", a.key, b.key),
                title: tie_title(spec.dataset, tie),
                hits: vec![Hit::Rect(Rect::new(x, y, wide, high))],
            },
            items: vec![cell],
        });
    }
    items.push(Item::Clip { rect: field, items: drawn });
    items.extend(diagonal(spec, &order, field, &place, (wide, high), &rows));
    items.extend(names(spec, &order, &grid, &camera, (&rows, &columns)));
    if spec.note {
        items.push(note(spec, order.len(), cells.len(), of));
    }
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.paper,
        title: format!("Matrix of ties: {} parties", order.len()),
        items: vec![Item::Clip { rect: pane, items }],
    }
}

/// The field, its lines, and the squares of communities.
fn ground(
    spec: &NetworkSpec<'_>,
    order: &[PartyId],
    field: Rect,
    place: &dyn Fn([f64; 2]) -> (f32, f32),
    (wide, high): (f32, f32),
) -> Item {
    let count = order.len();
    let ((left, top), (right, bottom)) = (place([0.0, 0.0]), place([count as f64; 2]));
    let square = Rect::new(left, top, right - left, bottom - top);
    let mut items = vec![Item::Rect {
        rect: square,
        radius: 0.0,
        fill: Some(spec.tokens.panel),
        stroke: Some(Stroke::solid(spec.tokens.line, 1.0)),
    }];
    if high.min(wide) >= LINED && count <= 400 {
        for at in 1..count {
            let (x, y) = place([at as f64; 2]);
            let stroke = Stroke::solid(spec.tokens.grid, 0.7);
            let line = crate::scene::timeline::shapes::line;
            items.push(line(Point::new(x, top), Point::new(x, bottom), stroke));
            items.push(line(Point::new(left, y), Point::new(right, y), stroke));
        }
    }
    if let Some(measures) = spec.reading.measures {
        let community =
            |at: usize| order.get(at).and_then(|party| measures.community.get(party.index()));
        let mut first = 0;
        for at in 1..=count {
            if at < count && community(at) == community(first) {
                continue;
            }
            if at - first > 1 {
                let ((x, y), (to, below)) = (place([first as f64; 2]), place([at as f64; 2]));
                let color = spec.tokens.community(community(first).copied().unwrap_or(u32::MAX));
                items.push(Item::Rect {
                    rect: Rect::new(x, y, to - x, below - y),
                    radius: 0.0,
                    fill: Some(color.faded(0.07)),
                    stroke: Some(Stroke::solid(color.faded(0.7), 1.0)),
                });
            }
            first = at;
        }
    }
    Item::Clip { rect: field, items }
}

/// The parties on the diagonal, in the colours of their communities.
fn diagonal(
    spec: &NetworkSpec<'_>,
    order: &[PartyId],
    field: Rect,
    place: &dyn Fn([f64; 2]) -> (f32, f32),
    (wide, high): (f32, f32),
    rows: &std::ops::Range<usize>,
) -> Option<Item> {
    if high < 3.0 {
        return None;
    }
    let mut items = Vec::new();
    for at in rows.clone() {
        let party = order[at];
        let community = spec.reading.measures.and_then(|all| all.community.get(party.index()));
        let color = spec.tokens.community(community.copied().unwrap_or(u32::MAX));
        let (x, y) = place([at as f64; 2]);
        let rect = Rect::new(x, y, wide, high);
        let inset = (wide * 0.14, high * 0.14);
        items.push(Item::Group {
            mark: party_mark(spec, "diagonal", party, rect),
            items: vec![Item::Rect {
                rect: Rect::new(
                    x + inset.0,
                    y + inset.1,
                    wide - 2.0 * inset.0,
                    high - 2.0 * inset.1,
                ),
                radius: if high >= 10.0 { 1.5 } else { 0.0 },
                fill: Some(color),
                stroke: None,
            }],
        });
    }
    Some(Item::Clip { rect: field, items })
}

/// A party as a mark: what it is and how often it engages.
fn party_mark(spec: &NetworkSpec<'_>, what: &str, party: PartyId, rect: Rect) -> Mark {
    let of = spec.dataset.party(party);
    let engagements = super::engagements(spec.ties.engagements[party.index()]);
    Mark {
        target: Some(Target::Party(party)),
        id: format!("{what}-{}", of.key),
        title: format!("{} — {engagements}", of.name),
        hits: vec![Hit::Rect(rect)],
    }
}

/// The names of the rows with their numbers, in as many columns as they need, and those of the
/// columns: their numbers, or their names where there is room.
fn names(
    spec: &NetworkSpec<'_>,
    order: &[PartyId],
    grid: &MatrixGrid,
    camera: &Camera,
    (rows, columns): (&std::ops::Range<usize>, &std::ops::Range<usize>),
) -> Vec<Item> {
    let field = grid.field;
    let (wide, high) = grid.side(camera);
    let step = (NAME / f64::from(high)).ceil().max(1.0) as usize;
    // The names of a column stand so many rows apart.
    let beside = step.min(grid.columns);
    let step = if beside < step { step.div_ceil(beside) } else { 1 };
    let weak = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let ink = Style { color: spec.tokens.ink, ..weak };
    let mut items = Vec::new();
    for at in rows.clone().filter(|at| at % step == 0) {
        let party = order[at];
        let of = spec.dataset.party(party);
        let (_, y) = grid.place(camera, [0.0, at as f64 + 0.5]);
        if y < field.y || y > field.bottom() {
            continue;
        }
        let number = grouped(at + 1);
        let column = (at / step) % beside;
        let right = field.x - MORE_NAMES * column as f32;
        let room = if beside == 1 { NAMES - 52.0 } else { MORE_NAMES - 44.0 };
        let name = text::fitted(of.label(), room, ink.size, ink.strong);
        let width = text::width(&name, ink.size, ink.strong);
        let rect = Rect::new(right - 38.0 - width, y - 6.0, width + 34.0, 12.0);
        let (name_at, number_at) =
            (Point::new(right - 38.0, y + 4.0), Point::new(right - 6.0, y + 4.0));
        let mut shown = vec![
            Item::Text(text::line(&name, name_at, Align::Right, ink)),
            Item::Text(text::line(&number, number_at, Align::Right, weak)),
        ];
        if column > 0 {
            // From the number to the row, past the names of others.
            let ends = (Point::new(right - 3.0, y), Point::new(field.x - 2.0, y));
            let stroke = Stroke::solid(spec.tokens.grid, 0.7);
            shown.push(crate::scene::timeline::shapes::line(ends.0, ends.1, stroke));
        }
        items.push((
            column,
            Item::Group { mark: party_mark(spec, "row", party, rect), items: shown },
        ));
    }
    // Names lie over the lines of those farther out.
    items.sort_by_key(|(column, _)| core::cmp::Reverse(*column));
    let mut items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    let widest = text::width(&grouped(order.len()), weak.size, weak.strong) + 5.0;
    let step = (widest / wide).ceil().max(1.0) as usize;
    for at in columns.clone().filter(|at| at % step == 0) {
        let (x, _) = grid.place(camera, [at as f64 + 0.5, 0.0]);
        if x < field.x || x > field.right() {
            continue;
        }
        let name = spec.dataset.party(order[at]).label();
        let fits = text::width(name, weak.size, weak.strong) < wide - 4.0;
        let said = if fits { name.to_owned() } else { grouped(at + 1) };
        let place = Point::new(x, field.y - 8.0);
        items.push(Item::Text(text::line(&said, place, Align::Center, weak)));
    }
    items
}

/// "36 parties, ordered by community · 200 of 412 cells drawn".
fn note(spec: &NetworkSpec<'_>, parties: usize, drawn: usize, of: usize) -> Item {
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let by = if spec.reading.measures.is_some() { "community" } else { "number of engagements" };
    let mut said = format!("{} parties, ordered by {by}", grouped(parties));
    if drawn < of {
        let (drawn, of) = (grouped(drawn.div_ceil(2)), grouped(of.div_ceil(2)));
        said.push_str(&format!(" · the strongest {drawn} of {of} ties in view drawn"));
    }
    said.push_str(" · a column has the number of its row");
    let fitted = text::fitted(&said, spec.size.0 - 24.0, style.size, style.strong);
    Item::Text(text::line(&fitted, Point::new(12.0, spec.size.1 - 8.0), Align::Left, style))
}
