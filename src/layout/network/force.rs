//! Local neighbourhoods: springs along edges against repulsion between all nodes, from a good
//! start and with little heat, so that the global shape stays.
//!
//! The forces are those of Fruchterman and Reingold (1991); repulsion from far groups is summed
//! over a quadtree (Barnes and Hut 1986).

use super::{Hook, quadtree::Quadtree};

/// Moves the nodes for some rounds. `edges` have a wished length; `reach` is the length of a
/// typical edge. Returns `None` when the hook says to stop.
pub(super) fn relax(
    positions: &mut [[f64; 2]],
    edges: &[(u32, u32, f64)],
    reach: f64,
    rounds: usize,
    hook: &mut Hook<'_>,
) -> Option<()> {
    let mut forces = vec![[0.0; 2]; positions.len()];
    for round in 0..rounds {
        let tree = Quadtree::new(positions);
        for (node, force) in forces.iter_mut().enumerate() {
            *force = tree.repulsion(positions, node, reach * reach * 0.25);
        }
        for &(a, b, length) in edges {
            let (a, b) = (a as usize, b as usize);
            let (dx, dy) = (positions[b][0] - positions[a][0], positions[b][1] - positions[a][1]);
            let apart = (dx * dx + dy * dy).sqrt().max(1e-9);
            // Nothing pulls two nodes nearer than they wish to be.
            let pull = ((apart - 0.8 * length) / apart).max(0.0) * apart / length;
            forces[a][0] += dx * pull;
            forces[a][1] += dy * pull;
            forces[b][0] -= dx * pull;
            forces[b][1] -= dy * pull;
        }
        let heat = reach * 0.08 * (1.0 - round as f64 / rounds as f64);
        for (position, force) in positions.iter_mut().zip(&forces) {
            let strength = (force[0] * force[0] + force[1] * force[1]).sqrt();
            if strength > 1e-9 {
                let step = strength.min(heat) / strength;
                position[0] += force[0] * step;
                position[1] += force[1] * step;
            }
        }
        if !hook((round + 1) as f64 / rounds as f64) {
            return None;
        }
    }
    Some(())
}
