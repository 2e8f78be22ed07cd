//! Placing labels where nothing else stands.

/// A rectangle with sides along the axes, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Area {
    /// The rectangle with its top left corner at `x`, `y`.
    #[must_use]
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// Whether two rectangles share more than an edge.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    /// Whether the other rectangle lies wholly in this one.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.x + other.w <= self.x + self.w
            && other.y + other.h <= self.y + self.h
    }
}

/// What is taken of a drawing. Cells of a coarse grid list the rectangles that touch them, so that
/// a question looks at near ones only.
#[derive(Clone, Debug)]
pub struct Occupancy {
    frame: Area,
    columns: usize,
    cells: Vec<Vec<u32>>,
    taken: Vec<Area>,
}

const CELL: f32 = 64.0;

impl Occupancy {
    /// Nothing is taken yet. Labels must stay within the frame.
    #[must_use]
    pub fn new(frame: Area) -> Self {
        // A frame is a window or a page; the cap keeps a nonsensical one from taking memory.
        let count = |length: f32| (length / CELL).ceil().clamp(1.0, 256.0) as usize;
        let (columns, rows) = (count(frame.w), count(frame.h));
        Self { frame, columns, cells: vec![Vec::new(); columns * rows], taken: Vec::new() }
    }

    fn cells_of(&self, area: Area) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns, self.cells.len() / self.columns);
        let at = |value: f32, count: usize| (value / CELL).clamp(0.0, count as f32 - 1.0) as usize;
        let (x, y) = (area.x - self.frame.x, area.y - self.frame.y);
        let (left, right) = (at(x, columns), at(x + area.w, columns));
        let (top, bottom) = (at(y, rows), at(y + area.h, rows));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    /// Whether nothing stands there. Parts outside the frame are free only if nothing is there
    /// either; see [`Occupancy::place`] for labels that must stay inside.
    #[must_use]
    pub fn is_free(&self, area: Area) -> bool {
        self.cells_of(area)
            .all(|cell| self.cells[cell].iter().all(|id| !self.taken[*id as usize].overlaps(area)))
    }

    /// Marks a rectangle as taken, whether or not something stands there.
    pub fn take(&mut self, area: Area) {
        let id = self.taken.len() as u32;
        self.taken.push(area);
        for cell in self.cells_of(area) {
            self.cells[cell].push(id);
        }
    }

    /// Takes the first candidate that lies in the frame and is free, and returns its position
    /// among the candidates; `None` when there is none.
    pub fn place(&mut self, candidates: &[Area]) -> Option<usize> {
        let found =
            candidates.iter().position(|area| self.frame.holds(*area) && self.is_free(*area))?;
        self.take(candidates[found]);
        Some(found)
    }
}

/// The places around a point mark where a label of the given size may stand, best first: right,
/// left, below, above, then the four corners (after Christensen, Marks and Shieber 1995, who rank
/// the positions of point labels). `radius` is the mark's, `gap` the distance to it.
#[must_use]
pub fn around_point(x: f32, y: f32, radius: f32, gap: f32, w: f32, h: f32) -> [Area; 8] {
    let (near, slant) = (radius + gap, radius * 0.75 + gap * 0.5);
    [
        Area::new(x + near, y - h / 2.0, w, h),
        Area::new(x - near - w, y - h / 2.0, w, h),
        Area::new(x - w / 2.0, y + near, w, h),
        Area::new(x - w / 2.0, y - near - h, w, h),
        Area::new(x + slant, y - slant - h, w, h),
        Area::new(x + slant, y + slant, w, h),
        Area::new(x - slant - w, y - slant - h, w, h),
        Area::new(x - slant - w, y + slant, w, h),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_label_goes_to_the_first_free_side() {
        let mut taken = Occupancy::new(Area::new(0.0, 0.0, 200.0, 100.0));
        let around = around_point(100.0, 50.0, 5.0, 4.0, 40.0, 12.0);
        assert_eq!(taken.place(&around), Some(0));
        assert_eq!(taken.place(&around), Some(1));
        let edge = around_point(195.0, 80.0, 5.0, 4.0, 40.0, 12.0);
        assert_eq!(taken.place(&edge), Some(1));
    }

    proptest! {
        #[test]
        fn placed_labels_never_overlap(
            points in prop::collection::vec((0f32..600.0, 0f32..400.0, 5f32..120.0), 1..120)
        ) {
            let frame = Area::new(0.0, 0.0, 600.0, 400.0);
            let mut taken = Occupancy::new(frame);
            let mut placed: Vec<Area> = Vec::new();
            for (x, y, w) in points {
                let candidates = around_point(x, y, 4.0, 3.0, w, 14.0);
                if let Some(at) = taken.place(&candidates) {
                    prop_assert!(frame.holds(candidates[at]));
                    prop_assert!(placed.iter().all(|other| !other.overlaps(candidates[at])));
                    placed.push(candidates[at]);
                }
            }
            prop_assert!(!placed.is_empty());
        }
    }
}
