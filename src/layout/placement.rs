//! Placing labels around points so that nothing is hidden and as few lines as possible are crossed.

/// A box: left, top, right, bottom.
pub type Area = [f64; 4];

/// The side of a cell of the lookup grid, in points.
const CELL: f64 = 40.0;

/// What is taken on a pane: boxes that nothing may cover, and points that are better left free.
#[derive(Clone, Debug)]
pub struct Occupancy {
    bounds: Area,
    columns: usize,
    rows: usize,
    blocks: Vec<Area>,
    blocked: Vec<Vec<u32>>,
    lines: Vec<Vec<([f64; 2], f64)>>,
}

impl Occupancy {
    /// An empty pane.
    #[must_use]
    pub fn new(bounds: Area) -> Self {
        let cells = |from: f64, to: f64| (((to - from) / CELL).ceil().clamp(1.0, 500.0)) as usize;
        let (columns, rows) = (cells(bounds[0], bounds[2]), cells(bounds[1], bounds[3]));
        Self {
            bounds,
            columns,
            rows,
            blocks: Vec::new(),
            blocked: vec![Vec::new(); columns * rows],
            lines: vec![Vec::new(); columns * rows],
        }
    }

    fn cell(&self, x: f64, y: f64) -> (usize, usize) {
        let index = |at: f64, from: f64, count: usize| {
            ((at - from) / CELL).floor().clamp(0.0, (count - 1) as f64) as usize
        };
        (index(x, self.bounds[0], self.columns), index(y, self.bounds[1], self.rows))
    }

    fn cells(&self, area: Area) -> impl Iterator<Item = usize> + use<> {
        let (left, top) = self.cell(area[0], area[1]);
        let (right, bottom) = self.cell(area[2], area[3]);
        let columns = self.columns;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    /// Takes a box: no label may cover it.
    pub fn block(&mut self, area: Area) {
        let number = self.blocks.len() as u32;
        self.blocks.push(area);
        for cell in self.cells(area) {
            self.blocked[cell].push(number);
        }
    }

    /// Marks a point of a line: labels avoid it where they can, the more the greater its weight.
    pub fn avoid(&mut self, at: [f64; 2], weight: f64) {
        if contains(self.bounds, at) {
            let (column, row) = self.cell(at[0], at[1]);
            self.lines[row * self.columns + column].push((at, weight));
        }
    }

    /// Whether a box lies on the pane and covers nothing that is taken.
    #[must_use]
    pub fn is_free(&self, area: Area) -> bool {
        area[0] >= self.bounds[0]
            && area[1] >= self.bounds[1]
            && area[2] <= self.bounds[2]
            && area[3] <= self.bounds[3]
            && self.cells(area).all(|cell| {
                self.blocked[cell]
                    .iter()
                    .all(|&number| !overlap(self.blocks[number as usize], area))
            })
    }

    /// The weight of the marked points that a box covers.
    #[must_use]
    pub fn crossings(&self, area: Area) -> f64 {
        self.cells(area)
            .flat_map(|cell| &self.lines[cell])
            .filter(|(at, _)| contains(area, *at))
            .map(|(_, weight)| weight)
            .sum()
    }

    /// Finds room for a label in any direction, farther away where there is none near by, and takes
    /// it, as [`Occupancy::place`] does. `farther` are the distances that are tried, from the
    /// nearest, beyond the wished one and in heights of the label: [`NEAR`] or [`FAR`].
    pub fn place_around(&mut self, label: &Label, farther: &[f64]) -> Option<(Area, f64)> {
        for &farther in farther {
            let mut best: Option<(f64, Area, f64)> = None;
            for direction in 0..DIRECTIONS {
                let turn = f64::from(direction) / f64::from(DIRECTIONS) * core::f64::consts::TAU;
                let area = label.towards(turn, farther * label.height);
                if !self.is_free(area) {
                    continue;
                }
                let crossed = self.crossings(area);
                if best.is_none_or(|(least, ..)| crossed < least) {
                    best = Some((crossed, area, crossed));
                }
            }
            if let Some((_, area, crossed)) = best {
                self.block(area);
                return Some((area, crossed));
            }
        }
        None
    }

    /// Finds the free room nearest to a label's disc, wherever that is on the pane, and takes it;
    /// `None` only where the pane is full or smaller than the label.
    pub fn place_anywhere(&mut self, label: &Label) -> Option<Area> {
        let [left, top, right, bottom] = self.bounds;
        let step = (label.height / 2.0).max(1.0);
        let count = |room: f64| (room / step).floor().clamp(0.0, 1_000.0) as u32 + 1;
        let (columns, rows) =
            (count(right - left - label.width), count(bottom - top - label.height));
        let mut best: Option<(f64, Area)> = None;
        for at in 0..columns * rows {
            let x = left + f64::from(at % columns) * step;
            let y = top + f64::from(at / columns) * step;
            let (dx, dy) =
                (x + label.width / 2.0 - label.center[0], y + label.height / 2.0 - label.center[1]);
            let far = dx * dx + dy * dy;
            let area = [x, y, x + label.width, y + label.height];
            if best.is_none_or(|(least, _)| far < least) && self.is_free(area) {
                best = Some((far, area));
            }
        }
        let (_, area) = best?;
        self.block(area);
        Some(area)
    }

    /// Finds room for a label and takes it: the cheapest of the sides, in order of preference,
    /// where every line point covered counts as much as half its weight in steps down that order.
    /// Returns the box and the weight of the line points it covers; `None` when there is no room.
    pub fn place(&mut self, label: &Label, sides: &[Side]) -> Option<(Area, f64)> {
        let mut best: Option<(f64, Area, f64)> = None;
        for (rank, side) in sides.iter().enumerate() {
            let area = label.at(*side);
            if !self.is_free(area) {
                continue;
            }
            let crossed = self.crossings(area);
            let cost = rank as f64 + 0.5 * crossed;
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, area, crossed));
            }
        }
        let (_, area, crossed) = best?;
        self.block(area);
        Some((area, crossed))
    }
}

/// In how many directions room is looked for all around a disc.
const DIRECTIONS: u32 = 24;
/// How much farther away than wished a label may stand that still reads as its disc's own, in
/// heights of the label.
pub const NEAR: [f64; 3] = [0.0, 0.5, 1.0];
/// The same for a label with a line that leads to its disc; a line across half a map is no help.
pub const FAR: [f64; 7] = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0];

/// A label that wants to stand by a disc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// The middle of the disc.
    pub center: [f64; 2],
    /// The radius of the disc.
    pub radius: f64,
    /// The width of the label.
    pub width: f64,
    /// The height of the label.
    pub height: f64,
    /// The room between disc and label.
    pub gap: f64,
}

/// On which side of its disc a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the right, level with the middle.
    Right,
    /// To the left, level with the middle.
    Left,
    /// Above, centred.
    Above,
    /// Below, centred.
    Below,
    /// Above, to the right.
    AboveRight,
    /// Above, to the left.
    AboveLeft,
    /// Below, to the right.
    BelowRight,
    /// Below, to the left.
    BelowLeft,
    /// To the right, mostly above the middle.
    RightHigh,
    /// To the right, mostly below the middle.
    RightLow,
    /// To the left, mostly above the middle.
    LeftHigh,
    /// To the left, mostly below the middle.
    LeftLow,
}

impl Side {
    /// For small discs: beside first.
    pub const BESIDE: [Self; 12] = [
        Self::Right,
        Self::Left,
        Self::BelowRight,
        Self::AboveRight,
        Self::Below,
        Self::Above,
        Self::BelowLeft,
        Self::AboveLeft,
        Self::RightHigh,
        Self::RightLow,
        Self::LeftHigh,
        Self::LeftLow,
    ];
    /// For large discs: below first.
    pub const UNDER: [Self; 12] = [
        Self::Below,
        Self::Above,
        Self::Right,
        Self::Left,
        Self::BelowRight,
        Self::BelowLeft,
        Self::AboveRight,
        Self::AboveLeft,
        Self::RightHigh,
        Self::RightLow,
        Self::LeftHigh,
        Self::LeftLow,
    ];
}

impl Label {
    /// The box of the label in a direction (0 to the right, a quarter turn downwards), touching the
    /// disc with its gap and so much more.
    #[must_use]
    pub fn towards(&self, turn: f64, more: f64) -> Area {
        let (dx, dy) = (libm::cos(turn), libm::sin(turn));
        let far = self.radius + self.gap + more;
        // The box slides along the ring, from its middle to its corners.
        let (x, y) = (self.center[0] + far * dx, self.center[1] + far * dy);
        let left = x - self.width / 2.0 * (1.0 - dx);
        let top = y - self.height / 2.0 * (1.0 - dy);
        [left, top, left + self.width, top + self.height]
    }

    /// The box of the label on a side.
    #[must_use]
    pub fn at(&self, side: Side) -> Area {
        let [x, y] = self.center;
        let (far, aslant) = (self.radius + self.gap, self.radius * 0.7 + self.gap * 0.7);
        let (left, top) = match side {
            Side::Right => (x + far, y - self.height / 2.0),
            Side::Left => (x - far - self.width, y - self.height / 2.0),
            Side::Above => (x - self.width / 2.0, y - far - self.height),
            Side::Below => (x - self.width / 2.0, y + far),
            Side::AboveRight => (x + aslant, y - aslant - self.height),
            Side::AboveLeft => (x - aslant - self.width, y - aslant - self.height),
            Side::BelowRight => (x + aslant, y + aslant),
            Side::BelowLeft => (x - aslant - self.width, y + aslant),
            Side::RightHigh => (x + far, y - self.height * 0.8),
            Side::RightLow => (x + far, y - self.height * 0.2),
            Side::LeftHigh => (x - far - self.width, y - self.height * 0.8),
            Side::LeftLow => (x - far - self.width, y - self.height * 0.2),
        };
        [left, top, left + self.width, top + self.height]
    }
}

/// Whether two boxes share more than an edge.
#[must_use]
pub fn overlap(a: Area, b: Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn contains(area: Area, at: [f64; 2]) -> bool {
    area[0] <= at[0] && at[0] <= area[2] && area[1] <= at[1] && at[1] <= area[3]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_label_that_must_stand_somewhere_takes_the_nearest_room_of_the_whole_pane() {
        let label =
            Label { center: [100.0, 100.0], radius: 10.0, width: 30.0, height: 12.0, gap: 3.0 };
        let mut taken = Occupancy::new([0.0, 0.0, 400.0, 200.0]);
        taken.block([0.0, 0.0, 320.0, 200.0]);
        assert_eq!(taken.place_around(&label, &FAR), None);
        let area = taken.place_anywhere(&label).unwrap();
        assert!((320.0..330.0).contains(&area[0]), "{area:?}");
        taken.block([0.0, 0.0, 400.0, 200.0]);
        assert_eq!(taken.place_anywhere(&label), None);
    }

    proptest! {
        #[test]
        fn placed_labels_never_overlap_and_stay_on_the_pane(
            discs in prop::collection::vec(
                (0f64..600.0, 0f64..400.0, 1f64..20.0, 5f64..120.0, any::<bool>()), 1..80
            )
        ) {
            let bounds = [0.0, 0.0, 600.0, 400.0];
            let mut taken = Occupancy::new(bounds);
            let mut placed: Vec<Area> = Vec::new();
            for (x, y, radius, width, far) in discs {
                let label = Label { center: [x, y], radius, width, height: 14.0, gap: 3.0 };
                let found = taken.place(&label, &Side::BESIDE).map(|(area, _)| area);
                let found = found.or_else(|| far.then(|| taken.place_anywhere(&label))?);
                let Some(area) = found else { continue };
                prop_assert!(area[0] >= 0.0 && area[1] >= 0.0);
                prop_assert!(area[2] <= bounds[2] && area[3] <= bounds[3]);
                prop_assert!(placed.iter().all(|other| !overlap(*other, area)));
                placed.push(area);
            }
        }
    }

    #[test]
    fn a_label_hemmed_in_finds_room_farther_away_only_where_it_may() {
        let label =
            Label { center: [100.0, 100.0], radius: 10.0, width: 30.0, height: 12.0, gap: 3.0 };
        let mut taken = Occupancy::new([0.0, 0.0, 200.0, 200.0]);
        taken.block([60.0, 60.0, 140.0, 140.0]);
        assert_eq!(taken.place(&label, &Side::BESIDE), None);
        assert_eq!(taken.place_around(&label, &NEAR), None);
        let (area, crossed) = taken.place_around(&label, &FAR).unwrap();
        assert!(!overlap(area, [60.0, 60.0, 140.0, 140.0]));
        assert_eq!(crossed, 0.0);
        assert!(!taken.is_free(area), "the room is taken from then on");
    }
}
