//! Turns drawings: so that they lie level, or so that they lie as they lay before.

use super::pack;

pub(super) fn middle(points: &[[f64; 2]]) -> [f64; 2] {
    let count = points.len().max(1) as f64;
    let sum = points.iter().fold([0.0, 0.0], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
    [sum[0] / count, sum[1] / count]
}

/// Turns a drawing so that its longest axis lies level, around the origin, with its heavy side on
/// the left and at the bottom: a reader starts with the main parties, and mirror images of one
/// drawing become the same.
pub(super) fn level(positions: &mut [[f64; 2]], radii: &[f64]) {
    let [x, y] = middle(positions);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for position in positions.iter_mut() {
        position[0] -= x;
        position[1] -= y;
        xx += position[0] * position[0];
        xy += position[0] * position[1];
        yy += position[1] * position[1];
    }
    let turn = 0.5 * libm::atan2(2.0 * xy, xx - yy);
    let (cos, sin) = (libm::cos(turn), libm::sin(turn));
    let mut lean = [0.0, 0.0];
    for (position, radius) in positions.iter_mut().zip(radii) {
        *position = [position[0] * cos + position[1] * sin, position[1] * cos - position[0] * sin];
        lean[0] += position[0] * radius * radius;
        lean[1] += position[1] * radius * radius;
    }
    let flip = [if lean[0] > 0.0 { -1.0 } else { 1.0 }, if lean[1] < 0.0 { -1.0 } else { 1.0 }];
    for position in positions {
        position[0] *= flip[0];
        position[1] *= flip[1];
    }
}

/// Widens a level drawing towards an aspect (width by height), by at most so much in one direction
/// and as much less in the other, so that distances bear it. One for a page that is higher than
/// wide is set upright first.
pub(super) fn stretch(positions: &mut [[f64; 2]], aspect: f64, most: f64) {
    if aspect < 1.0 {
        for position in positions.iter_mut() {
            *position = [position[1], -position[0]];
        }
    }
    let bounds = pack::bounds(positions, &vec![0.0; positions.len()]);
    let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
    if width <= 0.0 || height <= 0.0 {
        return;
    }
    let least = if aspect < 1.0 { 1.0 / most } else { 0.8_f64.max(1.0 / most) };
    let by = (aspect * height / width).sqrt().clamp(least, most);
    for position in positions {
        position[0] *= by;
        position[1] /= by;
    }
}

/// Turns, mirrors and moves a drawing, without changing its size, so that the given nodes come as
/// near as they can to where they should be (Procrustes analysis; Kendall 1989).
pub(super) fn align(positions: &mut [[f64; 2]], targets: &[Option<[f64; 2]>]) {
    let pairs: Vec<([f64; 2], [f64; 2])> = positions
        .iter()
        .zip(targets)
        .filter_map(|(&position, &target)| Some((position, target?)))
        .collect();
    if pairs.is_empty() {
        return;
    }
    let from = middle(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let to = middle(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    // The best turn of the drawing and of its mirror image, each with what it gains.
    let turn = |mirror: f64| {
        let (mut along, mut across) = (0.0, 0.0);
        for (position, target) in &pairs {
            let (x, y) = ((position[0] - from[0]) * mirror, position[1] - from[1]);
            let (u, v) = (target[0] - to[0], target[1] - to[1]);
            along += x * u + y * v;
            across += x * v - y * u;
        }
        let gain = (along * along + across * across).sqrt();
        if gain > 0.0 { (gain, along / gain, across / gain) } else { (0.0, 1.0, 0.0) }
    };
    let (plain, mirrored) = (turn(1.0), turn(-1.0));
    // Two points and fewer can be met either way: then nothing is mirrored.
    let mirror = if mirrored.0 > plain.0 * (1.0 + 1e-9) { -1.0 } else { 1.0 };
    let (_, cos, sin) = if mirror < 0.0 { mirrored } else { plain };
    for position in positions {
        let (x, y) = ((position[0] - from[0]) * mirror, position[1] - from[1]);
        *position = [to[0] + x * cos - y * sin, to[1] + x * sin + y * cos];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_was_turned_mirrored_and_moved_comes_back() {
        let old = [[0.0, 0.0], [40.0, 0.0], [40.0, 30.0], [5.0, 9.0]];
        let turned = old.map(|[x, y]| {
            let (x, y) = (-x, y);
            [x * 0.6 - y * 0.8 + 300.0, x * 0.8 + y * 0.6 - 70.0]
        });
        let mut positions = turned;
        align(&mut positions, &[Some(old[0]), Some(old[1]), Some(old[2]), None]);
        for (at, was) in positions.iter().zip(old) {
            let off = (at[0] - was[0]).abs() + (at[1] - was[1]).abs();
            assert!(off < 1e-9, "{positions:?}");
        }
        let mut alone = [[3.0, 4.0], [5.0, 4.0]];
        align(&mut alone, &[Some([0.0, 0.0]), None]);
        assert_eq!(alone, [[0.0, 0.0], [2.0, 0.0]]);
    }
}
