//! Puts the drawings of connected components side by side on one sheet.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

/// The rectangle around discs: left, top, right, bottom.
pub(super) fn bounds(positions: &[[f64; 2]], radii: &[f64]) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (position, radius) in positions.iter().zip(radii) {
        bounds[0] = bounds[0].min(position[0] - radius);
        bounds[1] = bounds[1].min(position[1] - radius);
        bounds[2] = bounds[2].max(position[0] + radius);
        bounds[3] = bounds[3].max(position[1] + radius);
    }
    bounds
}

/// The discs of a drawing: positions and radii.
pub(super) type Discs<'a> = (&'a [[f64; 2]], &'a [f64]);

/// The most cells along a side of the main drawing.
const CELLS: f64 = 90.0;

/// By how much each drawing is to be moved so that all lie side by side on a sheet of about the
/// given aspect (width by height): the first stays, and each of the others comes to the free place
/// nearest to the middle, beside the first and in its corners, so that what is small does not
/// shrink what is large (after the polyomino packing of Freivalds, Dogrusoz and Kikusts 2002).
pub(super) fn around(drawings: &[Discs<'_>], aspect: f64, gap: f64) -> Vec<[f64; 2]> {
    let boxes: Vec<[f64; 4]> =
        drawings.iter().map(|(positions, radii)| bounds(positions, radii)).collect();
    let Some(&main) = boxes.first() else { return Vec::new() };
    let side = |of: &[f64; 4], axis: usize| of[axis + 2] - of[axis];
    let longest = boxes.iter().map(|of| side(of, 0).max(side(of, 1))).fold(0.0, f64::max);
    // Gaps are those between the cells.
    let cell = gap.max(longest / CELLS).max(1e-6);
    let middle = [(main[0] + main[2]) / 2.0, (main[1] + main[3]) / 2.0];
    // The main drawing widened to the wished shape: what stands in it costs nothing.
    let (w, h) = (side(&main, 0) + 2.0 * cell, side(&main, 1) + 2.0 * cell);
    let frame = [w.max(h * aspect), h.max(w / aspect)];
    let mut taken: FxHashSet<(i32, i32)> = FxHashSet::default();
    take(&mut taken, &hull(&cells(drawings[0], middle, cell)), (0, 0));
    let mut order: Vec<usize> = (1..drawings.len()).collect();
    let area = |at: &usize| side(&boxes[*at], 0) * side(&boxes[*at], 1);
    order.sort_by(|a, b| area(b).total_cmp(&area(a)).then(a.cmp(b)));
    let mut moves = vec![[0.0, 0.0]; drawings.len()];
    let mut rings = Rings::new([frame[0] / cell, frame[1] / cell]);
    // Where the search for a drawing of this shape may begin: what was taken before stays taken.
    let mut last: (Vec<(i32, i32)>, usize) = Default::default();
    for at in order {
        let of = &boxes[at];
        let own = [(of[0] + of[2]) / 2.0, (of[1] + of[3]) / 2.0];
        let shape = hull(&cells(drawings[at], own, cell));
        let mut ring = if last.0 == shape { last.1 } else { 0 };
        let (dx, dy) = loop {
            let (dx, dy) = rings.at(ring);
            if shape.iter().all(|(x, y)| !taken.contains(&(x + dx, y + dy))) {
                break (dx, dy);
            }
            ring += 1;
        };
        take(&mut taken, &shape, (dx, dy));
        last = (shape, ring);
        moves[at] =
            [middle[0] + f64::from(dx) * cell - own[0], middle[1] + f64::from(dy) * cell - own[1]];
    }
    moves
}

/// The cells that the discs of a drawing touch, counted from a point of it.
fn cells((positions, radii): Discs<'_>, from: [f64; 2], cell: f64) -> Vec<(i32, i32)> {
    let mut cells = Vec::new();
    for (at, radius) in positions.iter().zip(radii) {
        let reach = radius + cell * 0.25;
        let range = |axis: usize| {
            let at = at[axis] - from[axis];
            let index = |value: f64| (value / cell + 0.5).floor().clamp(-1e6, 1e6) as i32;
            index(at - reach)..=index(at + reach)
        };
        for y in range(1) {
            cells.extend(range(0).map(|x| (x, y)));
        }
    }
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// The cells with those between them, in rows and in columns at once: nothing foreign stands among
/// the parties of a drawing.
fn hull(cells: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut rows: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    let mut columns: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    for &(x, y) in cells {
        let row = rows.entry(y).or_insert((x, x));
        *row = (row.0.min(x), row.1.max(x));
        let column = columns.entry(x).or_insert((y, y));
        *column = (column.0.min(y), column.1.max(y));
    }
    let mut all: Vec<(i32, i32)> = cells.to_vec();
    for (&y, &(from, to)) in &rows {
        all.extend(
            (from..=to)
                .map(|x| (x, y))
                .filter(|(x, _)| columns.get(x).is_none_or(|&(from, to)| (from..=to).contains(&y))),
        );
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn take(taken: &mut FxHashSet<(i32, i32)>, shape: &[(i32, i32)], (dx, dy): (i32, i32)) {
    taken.extend(shape.iter().map(|(x, y)| (x + dx, y + dy)));
}

/// The cells around the middle, the nearest first, where a frame of the wished shape says what is
/// near; more are made when they are asked for.
struct Rings {
    frame: [f64; 2],
    reach: f64,
    cells: Vec<(i32, i32)>,
}

impl Rings {
    fn new(frame: [f64; 2]) -> Self {
        let mut rings =
            Self { frame: frame.map(|side| side.max(1.0)), reach: 0.0, cells: Vec::new() };
        rings.grow();
        rings
    }

    fn grow(&mut self) {
        let before = self.reach;
        self.reach = if before == 0.0 { 1.0 } else { before * 1.5 };
        let half = self.frame.map(|side| (side * self.reach / 2.0).ceil() as i32);
        // How far out a cell is, in frames; and, in the same ring, in steps.
        let away = |x: i32, y: i32| {
            let [x, y] = [f64::from(x).abs(), f64::from(y).abs()];
            ((2.0 * x / self.frame[0]).max(2.0 * y / self.frame[1]), x + y)
        };
        let mut new: Vec<((f64, f64), (i32, i32))> = Vec::new();
        for y in -half[1]..=half[1] {
            for x in -half[0]..=half[0] {
                let away = away(x, y);
                if away.0 <= self.reach && (away.0 > before || before == 0.0) {
                    // Within the frame, the nearest place is as good as any other.
                    let ring = if away.0 <= 1.0 { (0.0, away.1) } else { away };
                    new.push((ring, (x, y)));
                }
            }
        }
        new.sort_by(|(a, x), (b, y)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(x.cmp(y)));
        self.cells.extend(new.into_iter().map(|(_, cell)| cell));
    }

    fn at(&mut self, number: usize) -> (i32, i32) {
        while number >= self.cells.len() {
            self.grow();
        }
        self.cells[number]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_stands_beside_what_is_large_and_does_not_widen_the_sheet_much() {
        let ring: Vec<[f64; 2]> = (0..60)
            .map(|at| f64::from(at) * 0.104_72)
            .map(|turn| [500.0 * libm::cos(turn), 500.0 * libm::sin(turn)])
            .collect();
        let small = [[0.0, 0.0], [30.0, 0.0]];
        let mut drawings: Vec<Discs<'_>> = vec![(&ring, &[6.0; 60])];
        drawings.extend([(&small[..], &[6.0; 2][..]); 12]);
        drawings.extend([(&small[..1], &[6.0; 1][..]); 9]);
        let moves = around(&drawings, 1.0, 40.0);
        assert_eq!(moves[0], [0.0, 0.0]);
        let mut placed: Vec<[f64; 2]> = Vec::new();
        for ((positions, _), by) in drawings.iter().zip(&moves) {
            for at in *positions {
                placed.push([at[0] + by[0], at[1] + by[1]]);
            }
        }
        let far = |at: &[f64; 2]| (at[0] * at[0] + at[1] * at[1]).sqrt();
        // In the corners: neither within the ring nor far outside of the square around it.
        for at in &placed[60..] {
            assert!(far(at) > 500.0 && at[0].abs() < 560.0 && at[1].abs() < 560.0, "{at:?}");
        }
        for (number, a) in placed.iter().enumerate().skip(60) {
            for b in &placed[..number] {
                assert!((a[0] - b[0]).abs() + (a[1] - b[1]).abs() > 20.0, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn nothing_and_one_are_packed_as_well() {
        assert!(around(&[], 2.0, 10.0).is_empty());
        let one: Discs<'_> = (&[[3.0, 4.0]], &[5.0]);
        assert_eq!(around(&[one], 2.0, 10.0), [[0.0, 0.0]]);
        let pair = around(&[one, one], 2.0, 10.0);
        assert_ne!(pair[0], pair[1]);
    }
}
