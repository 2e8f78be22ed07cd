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

/// Room for the names of the rows, in points.
pub const MATRIX_LEFT: f32 = 168.0;
/// Room for the numbers of the columns, in points.
pub const MATRIX_TOP: f32 = 24.0;
/// Room for the note at the foot, in points.
const FOOT: f32 = 24.0;
/// The largest side of a cell when the matrix is fitted, in points.
const LARGEST: f64 = 30.0;
/// From this side on, cells are told apart by lines.
const LINED: f64 = 7.0;
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

/// The part of the pane that the cells take.
fn field(size: (f32, f32)) -> Rect {
    Rect::new(
        MATRIX_LEFT,
        MATRIX_TOP,
        (size.0 - MATRIX_LEFT - 12.0).max(40.0),
        (size.1 - MATRIX_TOP - FOOT).max(40.0),
    )
}

/// The width and height that a camera of the matrix looks through.
#[must_use]
pub fn matrix_room(size: (f32, f32)) -> [f64; 2] {
    let field = field(size);
    [f64::from(field.w), f64::from(field.h)]
}

/// The view in which the whole matrix is seen, its corner at the top left.
#[must_use]
pub fn fit_matrix(spec: &NetworkSpec<'_>) -> Camera {
    let count = spec.ties.parties().max(1) as f64;
    let room = matrix_room(spec.size);
    let zoom = (room[0].min(room[1]) / count).min(LARGEST);
    Camera { center: [room[0] / 2.0 / zoom, room[1] / 2.0 / zoom], zoom }
}

/// The row and column under a point of the pane, counted from 0.
#[must_use]
pub fn matrix_cell(camera: &Camera, size: (f32, f32), at: Point) -> Option<(usize, usize)> {
    let field = field(size);
    if !field.contains(at) {
        return None;
    }
    let inner = [f64::from(at.x - field.x), f64::from(at.y - field.y)];
    let [x, y] = camera.to_plane(inner, matrix_room(size));
    (x >= 0.0 && y >= 0.0).then_some((y as usize, x as usize))
}

/// The row and the column of a cell as bands across the field.
#[must_use]
pub fn matrix_bands(camera: &Camera, size: (f32, f32), cell: (usize, usize)) -> [Rect; 2] {
    let field = field(size);
    let [x, y] = camera.to_pane([cell.1 as f64, cell.0 as f64], matrix_room(size));
    let side = camera.zoom as f32;
    [
        Rect::new(0.0, field.y + y as f32, field.right(), side),
        Rect::new(field.x + x as f32, 0.0, side, field.bottom()),
    ]
}

/// Draws the matrix as a camera sees it; its plane has cells of side 1.
#[must_use]
pub fn matrix(spec: &NetworkSpec<'_>, camera: Camera) -> Scene {
    let order = matrix_order(spec);
    let (field, room) = (field(spec.size), matrix_room(spec.size));
    let side = camera.zoom;
    let place = |at: [f64; 2]| {
        let [x, y] = camera.to_pane(at, room);
        (field.x + x as f32, field.y + y as f32)
    };
    let [from_x, from_y] = camera.to_plane([0.0, 0.0], room);
    let [to_x, to_y] = camera.to_plane(room, room);
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
    for tie in &spec.ties.ties {
        let (a, b) = (number[tie.a.index()], number[tie.b.index()]);
        for (row, column) in [(a, b), (b, a)] {
            if rows.contains(&row) && columns.contains(&column) {
                cells.push((row, column, tie));
            }
        }
    }
    let of = cells.len();
    let most = (spec.options_top() * 2).max(2);
    if cells.len() > most {
        let key =
            |cell: &(usize, usize, &Tie)| (Reverse(cell.2.weight.to_bits()), cell.2.a, cell.2.b);
        cells.select_nth_unstable_by_key(most - 1, key);
        cells.truncate(most);
    }
    cells.sort_by_key(|cell| (cell.0, cell.1));
    let strongest = spec.ties.ties.iter().map(|tie| tie.weight).fold(0.0, f64::max).max(1e-12);

    let mut items = vec![ground(spec, &order, field, &place, side)];
    let mut drawn = Vec::with_capacity(cells.len());
    for (row, column, tie) in &cells {
        let share = tie.weight / strongest;
        let (x, y) = place([*column as f64, *row as f64]);
        let whole = side as f32;
        let inner =
            if whole >= 4.0 { whole * (0.3 + 0.62 * share.sqrt() as f32) } else { whole.max(0.7) };
        let inset = (whole - inner) / 2.0;
        let rect = Rect::new(x + inset, y + inset, inner, inner);
        let cell = Item::Rect {
            rect,
            radius: if whole >= 10.0 { 1.5 } else { 0.0 },
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
                hits: vec![Hit::Rect(Rect::new(x, y, whole, whole))],
            },
            items: vec![cell],
        });
    }
    items.push(Item::Clip { rect: field, items: drawn });
    items.extend(diagonal(spec, &order, field, &place, side, &rows));
    items.extend(names(spec, &order, &place, side, (&rows, &columns)));
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
    side: f64,
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
    if side >= LINED && count <= 400 {
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
    side: f64,
    rows: &std::ops::Range<usize>,
) -> Option<Item> {
    if side < 3.0 {
        return None;
    }
    let whole = side as f32;
    let mut items = Vec::new();
    for at in rows.clone() {
        let party = order[at];
        let community = spec.reading.measures.and_then(|all| all.community.get(party.index()));
        let color = spec.tokens.community(community.copied().unwrap_or(u32::MAX));
        let (x, y) = place([at as f64; 2]);
        let rect = Rect::new(x, y, whole, whole);
        let inset = whole * 0.14;
        let of = spec.dataset.party(party);
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Party(party)),
                id: format!("diagonal-{}", of.key),
                title: format!(
                    "{} — {}",
                    of.name,
                    super::engagements(spec.ties.engagements[party.index()])
                ),
                hits: vec![Hit::Rect(rect)],
            },
            items: vec![Item::Rect {
                rect: Rect::new(x + inset, y + inset, whole - 2.0 * inset, whole - 2.0 * inset),
                radius: if whole >= 10.0 { 1.5 } else { 0.0 },
                fill: Some(color),
                stroke: None,
            }],
        });
    }
    Some(Item::Clip { rect: field, items })
}

/// The names of the rows with their numbers, and the numbers of the columns.
fn names(
    spec: &NetworkSpec<'_>,
    order: &[PartyId],
    place: &dyn Fn([f64; 2]) -> (f32, f32),
    side: f64,
    (rows, columns): (&std::ops::Range<usize>, &std::ops::Range<usize>),
) -> Vec<Item> {
    let step = (NAME / side).ceil().max(1.0) as usize;
    let field = field(spec.size);
    let weak = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let ink = Style { color: spec.tokens.ink, ..weak };
    let mut items = Vec::new();
    for at in rows.clone().step_by(step) {
        let party = order[at];
        let of = spec.dataset.party(party);
        let (_, y) = place([0.0, at as f64 + 0.5]);
        if y < field.y + 4.0 || y > field.bottom() - 2.0 {
            continue;
        }
        let number = grouped(at + 1);
        let name = text::fitted(of.label(), MATRIX_LEFT - 52.0, ink.size, ink.strong);
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Party(party)),
                id: format!("row-{}", of.key),
                title: format!(
                    "{} — {}",
                    of.name,
                    super::engagements(spec.ties.engagements[party.index()])
                ),
                hits: vec![Hit::Rect(Rect::new(0.0, y - 6.0, field.x - 4.0, 12.0))],
            },
            items: vec![
                Item::Text(text::line(
                    &name,
                    Point::new(field.x - 38.0, y + 4.0),
                    Align::Right,
                    ink,
                )),
                Item::Text(text::line(
                    &number,
                    Point::new(field.x - 6.0, y + 4.0),
                    Align::Right,
                    weak,
                )),
            ],
        });
    }
    let widest = text::width(&grouped(order.len()), weak.size, weak.strong) + 5.0;
    let step = (f64::from(widest) / side).ceil().max(1.0) as usize;
    for at in columns.clone().step_by(step) {
        let (x, _) = place([at as f64 + 0.5, 0.0]);
        if x < field.x || x > field.right() {
            continue;
        }
        let at = text::line(&grouped(at + 1), Point::new(x, field.y - 8.0), Align::Center, weak);
        items.push(Item::Text(at));
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
