//! Puts the drawings of connected components side by side on one sheet.

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

/// Where the top left corner of each box comes, for boxes of the given widths and heights packed
/// in shelves, the tallest first, to a sheet of about the given aspect (width by height).
pub(super) fn shelves(boxes: &[[f64; 2]], aspect: f64, gap: f64) -> Vec<[f64; 2]> {
    let area: f64 = boxes.iter().map(|of| (of[0] + gap) * (of[1] + gap)).sum();
    let widest = boxes.iter().map(|of| of[0]).fold(0.0, f64::max);
    // What stands beside the main drawing may widen the sheet a little.
    let width = (area * aspect).sqrt().max(widest + gap) * 1.05;
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[b][1].total_cmp(&boxes[a][1]).then(a.cmp(&b)));
    let mut corners = vec![[0.0, 0.0]; boxes.len()];
    let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0_f64);
    // Within a shelf, low boxes stand on each other in columns.
    let mut column = (0.0, 0.0_f64, 0.0_f64);
    for of in order {
        let [w, h] = boxes[of];
        if shelf > 0.0 && column.1 > 0.0 && column.1 + h <= shelf && w <= column.2 {
            corners[of] = [column.0, y + column.1];
            column.1 += h + gap;
            continue;
        }
        if x > 0.0 && x + w > width {
            y += shelf + gap;
            (x, shelf) = (0.0, 0.0);
        }
        corners[of] = [x, y];
        column = (x, h + gap, w);
        x += w + gap;
        shelf = shelf.max(h);
    }
    corners
}
