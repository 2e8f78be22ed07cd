//! A quadtree over points, for repulsion from all nodes in O(n log n).

/// How wide a group may be, by its distance, to count as one point.
const OPENING: f64 = 0.8;
/// Below this depth points share a leaf.
const DEEPEST: usize = 24;

#[derive(Clone, Debug)]
struct Cell {
    /// Sum of the positions in it, then their number.
    mass: [f64; 3],
    children: [u32; 4],
    /// The only point in it, while it is a leaf.
    point: u32,
}

const NONE: u32 = u32::MAX;

/// A quadtree over points.
#[derive(Clone, Debug)]
pub(super) struct Quadtree {
    cells: Vec<Cell>,
    corner: [f64; 2],
    side: f64,
}

impl Quadtree {
    pub(super) fn new(positions: &[[f64; 2]]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for position in positions {
            for axis in 0..2 {
                low[axis] = low[axis].min(position[axis]);
                high[axis] = high[axis].max(position[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]).max(1e-9) * 1.000_001;
        let mut tree = Self { cells: Vec::with_capacity(2 * positions.len()), corner: low, side };
        tree.cells.push(Cell { mass: [0.0; 3], children: [NONE; 4], point: NONE });
        for node in 0..positions.len() {
            tree.insert(positions, node as u32);
        }
        tree
    }

    fn insert(&mut self, positions: &[[f64; 2]], node: u32) {
        let position = positions[node as usize];
        let (mut cell, mut corner, mut side) = (0, self.corner, self.side);
        for depth in 0.. {
            let count = self.cells[cell].mass[2];
            self.cells[cell].mass[0] += position[0];
            self.cells[cell].mass[1] += position[1];
            self.cells[cell].mass[2] += 1.0;
            if count == 0.0 {
                self.cells[cell].point = node;
                return;
            }
            if depth == DEEPEST {
                return;
            }
            // A leaf that gets company hands its point down first.
            let resident = std::mem::replace(&mut self.cells[cell].point, NONE);
            side /= 2.0;
            if resident != NONE {
                let at = positions[resident as usize];
                let child = self.child(cell, quadrant(at, corner, side));
                self.cells[child].mass = [at[0], at[1], 1.0];
                self.cells[child].point = resident;
            }
            let into = quadrant(position, corner, side);
            cell = self.child(cell, into);
            corner[0] += if into & 1 == 1 { side } else { 0.0 };
            corner[1] += if into & 2 == 2 { side } else { 0.0 };
        }
    }

    fn child(&mut self, cell: usize, quadrant: usize) -> usize {
        if self.cells[cell].children[quadrant] == NONE {
            self.cells[cell].children[quadrant] = self.cells.len() as u32;
            self.cells.push(Cell { mass: [0.0; 3], children: [NONE; 4], point: NONE });
        }
        self.cells[cell].children[quadrant] as usize
    }

    /// The push on a node from all others: `strength` by the distance.
    pub(super) fn repulsion(&self, positions: &[[f64; 2]], node: usize, strength: f64) -> [f64; 2] {
        let at = positions[node];
        let mut force = [0.0; 2];
        let mut open = vec![(0u32, self.side)];
        while let Some((number, side)) = open.pop() {
            let cell = &self.cells[number as usize];
            if cell.point == node as u32 || cell.mass[2] == 0.0 {
                continue;
            }
            let (dx, dy) =
                (at[0] - cell.mass[0] / cell.mass[2], at[1] - cell.mass[1] / cell.mass[2]);
            let squared = dx * dx + dy * dy;
            let leaf = cell.children == [NONE; 4];
            if leaf || side * side < OPENING * OPENING * squared {
                if squared > 1e-12 {
                    let push = strength * cell.mass[2] / squared;
                    force[0] += dx * push;
                    force[1] += dy * push;
                }
            } else {
                open.extend(
                    cell.children
                        .iter()
                        .filter(|&&child| child != NONE)
                        .map(|&child| (child, side / 2.0)),
                );
            }
        }
        force
    }
}

fn quadrant(position: [f64; 2], corner: [f64; 2], side: f64) -> usize {
    usize::from(position[0] >= corner[0] + side) + 2 * usize::from(position[1] >= corner[1] + side)
}
