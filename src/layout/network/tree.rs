//! A quadtree over points, laid out in one array, for repulsion from all points in O(n log n)
//! (Barnes and Hut 1986).

/// How wide a group may be, by its distance, to count as one point.
const OPENING: f64 = 1.2;
/// Levels below the root; points that share a cell of the lowest count as one.
const LEVELS: u32 = 16;

/// A square with the points in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The middle of its points.
    middle: [f64; 2],
    /// How many they are.
    points: f64,
    /// The square of its side, by that of [`OPENING`]; 0 for a leaf.
    reach: f64,
    /// Where the cells that are not in it go on.
    next: u32,
}

/// Points in a quadtree. Cells stand in the order of a walk from the root, each before those in
/// it, so that a walk needs no stack: it goes on to the next cell, or past all those within.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    cells: Vec<Cell>,
}

impl Tree {
    pub(super) fn new(positions: &[[f64; 2]]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for position in positions {
            for axis in 0..2 {
                low[axis] = low[axis].min(position[axis]);
                high[axis] = high[axis].max(position[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]).max(1e-9);
        let scale = f64::from((1u32 << LEVELS) - 1) / side;
        let mut keys: Vec<(u32, u32)> = positions
            .iter()
            .enumerate()
            .map(|(node, at)| {
                let column = ((at[0] - low[0]) * scale) as u32;
                let row = ((at[1] - low[1]) * scale) as u32;
                (spread(column) | spread(row) << 1, node as u32)
            })
            .collect();
        keys.sort_unstable();
        let mut tree = Self { cells: Vec::with_capacity(2 * positions.len()) };
        tree.add(&keys, positions, LEVELS, side);
        tree
    }

    /// Adds a cell with the points of the given keys, and the cells in it.
    fn add(&mut self, keys: &[(u32, u32)], positions: &[[f64; 2]], level: u32, side: f64) {
        let at = self.cells.len();
        self.cells.push(Cell { middle: [0.0; 2], points: 0.0, reach: 0.0, next: 0 });
        let mut sum = [0.0; 2];
        let mut reach = 0.0;
        if keys.len() <= 1 || level == 0 {
            for &(_, node) in keys {
                let [x, y] = positions[node as usize];
                sum = [sum[0] + x, sum[1] + y];
            }
        } else {
            reach = side * side / (OPENING * OPENING);
            let shift = 2 * (level - 1);
            let mut rest = keys;
            for quarter in 0..4 {
                let here = rest.partition_point(|&(key, _)| (key >> shift) & 3 <= quarter);
                let (inside, after) = rest.split_at(here);
                rest = after;
                if inside.is_empty() {
                    continue;
                }
                let child = self.cells.len();
                self.add(inside, positions, level - 1, side / 2.0);
                let Cell { middle, points, .. } = self.cells[child];
                sum = [sum[0] + middle[0] * points, sum[1] + middle[1] * points];
            }
        }
        let points = keys.len().max(1) as f64;
        let next = self.cells.len() as u32;
        self.cells[at] = Cell { middle: [sum[0] / points, sum[1] / points], points, reach, next };
    }

    /// What all points do to one at `at`, with the kernel q = 1 / (1 + d²): the sum of q² times
    /// the way from them, and the sum of q. The point itself counts as well, with no way and 1.
    pub(super) fn push(&self, at: [f64; 2]) -> ([f64; 2], f64) {
        let (mut force, mut sum) = ([0.0; 2], 0.0);
        let mut number = 0;
        while let Some(cell) = self.cells.get(number) {
            let (dx, dy) = (at[0] - cell.middle[0], at[1] - cell.middle[1]);
            let squared = dx * dx + dy * dy;
            if cell.reach <= squared {
                let near = 1.0 / (1.0 + squared);
                let weight = cell.points * near;
                sum += weight;
                force[0] += weight * near * dx;
                force[1] += weight * near * dy;
                number = cell.next as usize;
            } else {
                number += 1;
            }
        }
        (force, sum)
    }
}

/// The bits of a number of 16 bits, each followed by a free one (Morton 1966).
const fn spread(number: u32) -> u32 {
    let mut bits = number & 0xFFFF;
    bits = (bits | bits << 8) & 0x00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333;
    (bits | bits << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::network::random::Random;

    #[test]
    fn what_the_tree_adds_up_is_near_what_all_pairs_add_up() {
        let mut random = Random::new(3);
        let points: Vec<[f64; 2]> =
            (0..500).map(|_| [random.unit() * 40.0, random.unit() * 25.0]).collect();
        let tree = Tree::new(&points);
        for &at in points.iter().step_by(37) {
            let (mut force, mut sum) = ([0.0; 2], 0.0);
            for other in &points {
                let (dx, dy) = (at[0] - other[0], at[1] - other[1]);
                let near = 1.0 / (1.0 + dx * dx + dy * dy);
                sum += near;
                force = [force[0] + near * near * dx, force[1] + near * near * dy];
            }
            let (got, got_sum) = tree.push(at);
            assert!((got_sum - sum).abs() < 0.15 * sum, "{got_sum} {sum}");
            let off = (got[0] - force[0]).abs() + (got[1] - force[1]).abs();
            assert!(off < 0.2 * sum, "{got:?} {force:?}");
        }
    }

    #[test]
    fn points_on_one_spot_are_no_trouble() {
        let tree = Tree::new(&[[1.0, 1.0]; 40]);
        let (force, sum) = tree.push([1.0, 1.0]);
        assert_eq!((force, sum), ([0.0, 0.0], 40.0));
    }
}
