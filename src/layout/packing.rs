//! Packing the marks of a lane into rows so that neither marks nor their labels overlap.

/// A mark to be packed. Positions are in points from 1970-01-01 at the current zoom, so that the
/// result does not depend on which part is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PackItem {
    /// Left edge.
    pub left: f64,
    /// Right edge, not before the left one.
    pub right: f64,
    /// Width of its label with the gap to the mark; 0 for no label.
    pub label: f64,
}

/// On which side of its mark a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelSide {
    /// To the right, the usual place.
    Right,
    /// To the left, where there is room only there.
    Left,
    /// Nowhere: the mark stands alone.
    Hidden,
}

/// Where a mark went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Into a row, counted from the top.
    Row(u16, LabelSide),
    /// It found no room; it is counted in a fold.
    Folded,
}

/// The result for one lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Packed {
    /// How many rows are in use.
    pub rows: u16,
    /// One placement per item, in the order given.
    pub placed: Vec<Placement>,
    /// How many items were folded.
    pub folded: usize,
}

/// Packs items, which must be sorted by their left edges, into rows.
///
/// First fit by left edge, which needs the fewest rows for intervals. Labels take part if all find
/// room in `most.0` rows; otherwise the marks alone are packed into at most `most.1` rows, labels
/// get the gaps that are left, and marks beyond the last row are folded. `bounds` is the stretch in
/// which labels must stay, `gap` the least distance between neighbours in a row.
#[must_use]
pub fn pack(items: &[PackItem], bounds: (f64, f64), most: (u16, u16), gap: f64) -> Packed {
    // With labels, a lane of more marks than this is a wall of text.
    const MOST_LABELLED: usize = 400;
    let free = vec![Room::FREE; usize::from(most.0.max(most.1))];
    let labelled = (items.len() <= MOST_LABELLED)
        .then(|| with_labels(items, bounds, &free[..usize::from(most.0)], gap));
    labelled
        .flatten()
        .unwrap_or_else(|| marks_first(items, bounds, &free[..usize::from(most.1)], gap))
}

/// The part of a row that marks may take, between what stands there already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Where what stands to the left ends.
    pub from: f64,
    /// Where what stands to the right begins.
    pub to: f64,
}

impl Room {
    /// A row in which nothing stands.
    pub const FREE: Self = Self { from: f64::NEG_INFINITY, to: f64::INFINITY };
}

/// Packs items, by the rules of [`pack`], into rows in parts of which something stands already.
#[must_use]
pub fn pack_between(items: &[PackItem], bounds: (f64, f64), rows: &[Room], gap: f64) -> Packed {
    let labelled = with_labels(items, bounds, rows, gap);
    let mut packed = labelled.unwrap_or_else(|| marks_first(items, bounds, rows, gap));
    packed.rows = rows.len() as u16;
    packed
}

/// A row while it is being filled from left to right.
struct Row {
    /// How far it is taken.
    end: f64,
    /// How far it would be taken if the label of its last mark moved to the left of the mark.
    moved: Option<f64>,
    /// Its last mark.
    last: usize,
}

fn with_labels(items: &[PackItem], bounds: (f64, f64), room: &[Room], gap: f64) -> Option<Packed> {
    // As many rows are cheap; labels stay where they are expected.
    const CHEAP: usize = 3;
    let mut rows: Vec<Row> = Vec::new();
    let mut placed = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let to_right = item.right + item.label <= bounds.1;
        let to_left = item.left - item.label >= bounds.0;
        let (side, left, right) = match (item.label > 0.0, to_right, to_left) {
            (false, ..) => (LabelSide::Hidden, item.left, item.right),
            (true, true, _) => (LabelSide::Right, item.left, item.right + item.label),
            (true, false, true) => (LabelSide::Left, item.left - item.label, item.right),
            (true, false, false) => (LabelSide::Hidden, item.left, item.right),
        };
        let fits = |end: f64| end + gap <= left;
        let ends = |at: usize| right + gap <= room[at].to;
        let found = (0..rows.len()).find(|&at| fits(rows[at].end) && ends(at));
        // Before another row is begun, a label in the way may stand on its mark's other side.
        let found = found.or_else(|| {
            if rows.len() < CHEAP.min(room.len()) {
                return None;
            }
            let at = (0..rows.len()).find(|&at| rows[at].moved.is_some_and(fits) && ends(at))?;
            let Placement::Row(_, side) = &mut placed[rows[at].last] else { return None };
            *side = LabelSide::Left;
            rows[at].end = rows[at].moved?;
            Some(at)
        });
        let at = match found {
            Some(at) => at,
            None => {
                // Further rows are begun until there is one with room.
                loop {
                    let next = room.get(rows.len())?;
                    rows.push(Row { end: next.from, moved: None, last: index });
                    if fits(next.from) && ends(rows.len() - 1) {
                        break rows.len() - 1;
                    }
                }
            }
        };
        let room = to_left && fits_label(rows[at].end, item, gap);
        let moved = (side == LabelSide::Right && room).then_some(item.right);
        rows[at] = Row { end: right, moved, last: index };
        placed.push(Placement::Row(at as u16, side));
    }
    Some(Packed { rows: rows.len() as u16, placed, folded: 0 })
}

/// Whether the label has room between the end of what stands to the left and its mark.
fn fits_label(end: f64, item: &PackItem, gap: f64) -> bool {
    end + gap <= item.left - item.label
}

fn marks_first(items: &[PackItem], bounds: (f64, f64), room: &[Room], gap: f64) -> Packed {
    // Marks without labels between them may stand closer.
    let close = gap / 2.0;
    let mut ends: Vec<f64> = Vec::new();
    let mut rows: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for item in items {
        let fits =
            |at: usize, end: f64| end + close <= item.left && item.right + close <= room[at].to;
        let mut row = (0..ends.len()).find(|&at| fits(at, ends[at]));
        while row.is_none() && ends.len() < room.len() {
            ends.push(room[ends.len()].from);
            row = Some(ends.len() - 1).filter(|&at| fits(at, ends[at]));
        }
        if let Some(row) = row {
            ends[row] = item.right;
        }
        rows.push(row);
    }

    // Each row from left to right: how far it is taken, and how far the next mark is away.
    let mut next: Vec<f64> = rows
        .iter()
        .map(|row| row.map_or(bounds.1 + gap, |row| room[row].to.min(bounds.1 + gap)))
        .collect();
    let mut last: Vec<Option<usize>> = vec![None; ends.len()];
    for (index, row) in rows.iter().enumerate() {
        if let Some(row) = *row
            && let Some(before) = last[row].replace(index)
        {
            next[before] = items[index].left;
        }
    }
    let mut taken: Vec<f64> =
        room[..ends.len()].iter().map(|room| room.from.max(bounds.0 - gap)).collect();
    let mut placed = Vec::with_capacity(items.len());
    let mut folded = 0;
    for (index, (item, row)) in items.iter().zip(&rows).enumerate() {
        let Some(row) = *row else {
            folded += 1;
            placed.push(Placement::Folded);
            continue;
        };
        let side = if item.label <= 0.0 {
            LabelSide::Hidden
        } else if item.right + item.label + gap <= next[index] {
            LabelSide::Right
        } else if taken[row] + gap <= item.left - item.label {
            LabelSide::Left
        } else {
            LabelSide::Hidden
        };
        taken[row] = item.right + if side == LabelSide::Right { item.label } else { 0.0 };
        placed.push(Placement::Row(row as u16, side));
    }
    Packed { rows: ends.len() as u16, placed, folded }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(left: f64, right: f64, label: f64) -> PackItem {
        PackItem { left, right, label }
    }

    fn taken(item: PackItem, side: LabelSide) -> (f64, f64) {
        match side {
            LabelSide::Right => (item.left, item.right + item.label),
            LabelSide::Left => (item.left - item.label, item.right),
            LabelSide::Hidden => (item.left, item.right),
        }
    }

    #[test]
    fn labels_stand_to_the_right_and_at_the_end_to_the_left() {
        let items = [item(0.0, 10.0, 40.0), item(60.0, 70.0, 30.0), item(85.0, 95.0, 30.0)];
        let packed = pack(&items, (0.0, 100.0), (4, 4), 4.0);
        assert_eq!(
            packed.placed,
            [
                Placement::Row(0, LabelSide::Right),
                Placement::Row(0, LabelSide::Right),
                Placement::Row(1, LabelSide::Left),
            ]
        );
    }

    #[test]
    fn a_label_moves_to_the_left_where_that_saves_a_row() {
        let long = item(0.0, 100.0, 0.0);
        let items = [long, long, item(50.0, 60.0, 40.0), item(70.0, 80.0, 15.0)];
        let packed = pack(&items, (0.0, 100.0), (4, 4), 4.0);
        let at = |side| Placement::Row(2, side);
        assert_eq!(packed.placed[2..], [at(LabelSide::Left), at(LabelSide::Right)]);
        // Not where it would leave the bounds, and not for a second row.
        assert_eq!(pack(&items, (20.0, 100.0), (4, 4), 4.0).rows, 4);
        assert_eq!(pack(&items[2..], (0.0, 100.0), (4, 4), 4.0).rows, 2);
    }

    #[test]
    fn marks_beyond_the_last_row_are_folded_and_counted() {
        let items = vec![item(0.0, 10.0, 40.0); 5];
        let packed = pack(&items, (-100.0, 100.0), (3, 3), 4.0);
        assert_eq!((packed.rows, packed.folded), (3, 2));
        assert_eq!(packed.placed[3], Placement::Folded);
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_is_lost(
            marks in prop::collection::vec((0f64..2000.0, 0f64..80.0, 0f64..120.0), 0..600),
            most in 1u16..9,
        ) {
            let mut items: Vec<PackItem> =
                marks.into_iter().map(|(left, w, label)| item(left, left + w, label)).collect();
            items.sort_by(|a, b| a.left.total_cmp(&b.left));
            let packed = pack(&items, (-50.0, 2200.0), (most + 2, most), 4.0);
            prop_assert_eq!(packed.placed.len(), items.len());
            prop_assert!(packed.rows <= most + 2);
            let mut rows: Vec<Vec<(f64, f64)>> = vec![Vec::new(); usize::from(packed.rows)];
            let mut folded = 0;
            for (item, placement) in items.iter().zip(&packed.placed) {
                match placement {
                    Placement::Row(row, side) => rows[usize::from(*row)].push(taken(*item, *side)),
                    Placement::Folded => folded += 1,
                }
            }
            prop_assert_eq!(folded, packed.folded);
            for row in &mut rows {
                row.sort_by(|a, b| a.0.total_cmp(&b.0));
                for pair in row.windows(2) {
                    prop_assert!(pair[0].1 < pair[1].0 + 1e-9, "{:?}", pair);
                }
                prop_assert!(row.iter().all(|(from, to)| *from >= -50.0 && *to <= 2200.0));
            }
        }

        #[test]
        fn the_same_marks_elsewhere_are_packed_alike(
            marks in prop::collection::vec((0u32..2000, 1u32..80, 0u32..120), 0..60),
            by in -100_000i32..100_000,
        ) {
            let by = f64::from(by);
            let make = |shift: f64| {
                let mut items: Vec<PackItem> = marks
                    .iter()
                    .map(|(left, w, label)| {
                        let left = f64::from(*left) + shift;
                        item(left, left + f64::from(*w), f64::from(*label))
                    })
                    .collect();
                items.sort_by(|a, b| a.left.total_cmp(&b.left));
                pack(&items, (shift, shift + 2100.0), (5, 4), 4.0)
            };
            prop_assert_eq!(make(0.0), make(by));
        }
    }
}
