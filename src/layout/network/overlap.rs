//! Pushes discs apart until none overlaps another.

/// How often all pairs are looked at before the drawing is enlarged instead.
const ROUNDS: usize = 120;

/// Moves the discs apart. `stretch` (at least 1) asks for that much more room sideways than
/// upwards, because labels are wide; `gap` is the room between discs in points. Discs that are
/// `fixed` (empty when none is) stay, even if that leaves some on each other.
pub(super) fn separate(
    positions: &mut [[f64; 2]],
    radii: &[f64],
    stretch: f64,
    gap: f64,
    fixed: &[bool],
) {
    let stretch = stretch.max(1.0);
    let any_fixed = fixed.contains(&true);
    for round in 0..ROUNDS {
        if !push(positions, radii, stretch, gap, fixed) {
            return;
        }
        if any_fixed {
            continue;
        }
        // A crowd that does not dissolve needs more ground.
        if round % 20 == 19 {
            enlarge(positions, 1.1);
        }
    }
    for _ in 0..200 {
        if any_fixed || !overlapping(positions, radii, 0.0) {
            return;
        }
        enlarge(positions, 1.1);
        push(positions, radii, stretch, gap, fixed);
    }
}

fn enlarge(positions: &mut [[f64; 2]], by: f64) {
    for position in positions {
        position[0] *= by;
        position[1] *= by;
    }
}

/// The pairs that are near enough to matter, in an order that only depends on the positions.
fn near_pairs(
    positions: &[[f64; 2]],
    radii: &[f64],
    stretch: f64,
    gap: f64,
) -> Vec<(usize, usize)> {
    let widest = radii.iter().copied().fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|&a, &b| positions[a][0].total_cmp(&positions[b][0]).then(a.cmp(&b)));
    let mut pairs = Vec::new();
    for (rank, &a) in order.iter().enumerate() {
        for &b in &order[rank + 1..] {
            if positions[b][0] - positions[a][0] >= (radii[a] + widest + gap) * stretch {
                break;
            }
            if (positions[b][1] - positions[a][1]).abs() < radii[a] + radii[b] + gap {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

fn push(positions: &mut [[f64; 2]], radii: &[f64], stretch: f64, gap: f64, fixed: &[bool]) -> bool {
    let mut moved = false;
    let stays = |node: usize| fixed.get(node).copied().unwrap_or(false);
    for (a, b) in near_pairs(positions, radii, stretch, gap) {
        let dx = (positions[b][0] - positions[a][0]) / stretch;
        let dy = positions[b][1] - positions[a][1];
        let apart = (dx * dx + dy * dy).sqrt();
        let missing = radii[a] + radii[b] + gap - apart;
        if missing <= 1e-6 || (stays(a) && stays(b)) {
            continue;
        }
        let (along_x, along_y) = if apart > 1e-6 {
            (dx / apart, dy / apart)
        } else {
            // Two discs on one spot part in a direction that only depends on their numbers.
            let turn = ((a * 7 + b * 13) % 360) as f64 * (std::f64::consts::PI / 180.0);
            (libm::cos(turn), libm::sin(turn))
        };
        moved = true;
        // The larger disc stays more in its place. A little more than is missing, to get done.
        let (area_a, area_b) = (radii[a] * radii[a] + 1.0, radii[b] * radii[b] + 1.0);
        let share = match (stays(a), stays(b)) {
            (true, _) => 0.0,
            (_, true) => 1.0,
            _ => area_b / (area_a + area_b),
        };
        let by = missing * 1.1;
        positions[a][0] -= by * along_x * stretch * share;
        positions[a][1] -= by * along_y * share;
        positions[b][0] += by * along_x * stretch * (1.0 - share);
        positions[b][1] += by * along_y * (1.0 - share);
    }
    moved
}

/// Whether any two discs overlap.
pub(super) fn overlapping(positions: &[[f64; 2]], radii: &[f64], gap: f64) -> bool {
    near_pairs(positions, radii, 1.0, gap).into_iter().any(|(a, b)| {
        let (dx, dy) = (positions[a][0] - positions[b][0], positions[a][1] - positions[b][1]);
        (dx * dx + dy * dy).sqrt() < radii[a] + radii[b] + gap - 1e-6
    })
}
