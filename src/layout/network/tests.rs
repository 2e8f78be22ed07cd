//! What every layout must hold to, on random graphs and on small ones with a known answer.

use proptest::prelude::*;

use super::{Graph, Options, arrange, overlap};

fn graph(nodes: u32, edges: &[(u32, u32)]) -> Graph {
    let mut pairs: Vec<(u32, u32)> = edges
        .iter()
        .filter(|(a, b)| a != b)
        .map(|&(a, b)| (a.min(b) % nodes, a.max(b) % nodes))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    Graph {
        radii: (0..nodes).map(|node| 4.0 + f64::from(node % 5) * 4.0).collect(),
        edges: pairs.into_iter().map(|(a, b)| (a, b, 1.0)).collect(),
    }
}

fn laid_out(graph: &Graph, options: &Options) -> Vec<[f64; 2]> {
    arrange(graph, options, &mut |_| true).unwrap()
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn discs_never_overlap_and_the_same_graph_gives_the_same_drawing(
        nodes in 1u32..40,
        edges in prop::collection::vec((0u32..40, 0u32..40), 0..80),
    ) {
        let graph = graph(nodes, &edges);
        let options = Options::default();
        let positions = laid_out(&graph, &options);
        prop_assert!(positions.iter().flatten().all(|number| number.is_finite()));
        prop_assert!(!overlap::overlapping(&positions, &graph.radii, 0.0));
        prop_assert_eq!(positions, laid_out(&graph, &options));
    }
}

#[test]
fn a_path_is_drawn_in_its_order() {
    let path: Vec<(u32, u32)> = (0..7).map(|node| (node, node + 1)).collect();
    let positions = laid_out(&graph(8, &path), &Options::default());
    let mut xs: Vec<f64> = positions.iter().map(|at| at[0]).collect();
    if xs[0] > xs[7] {
        xs.reverse();
    }
    assert!(xs.is_sorted(), "{xs:?}");
}

#[test]
fn neighbours_stand_nearer_than_strangers() {
    // Two cliques joined by one edge.
    let mut edges = vec![(0, 5)];
    for first in [0, 5] {
        for a in first..first + 5 {
            edges.extend((a + 1..first + 5).map(|b| (a, b)));
        }
    }
    let positions = laid_out(&graph(10, &edges), &Options::default());
    let within = distance(positions[1], positions[2]);
    let across = distance(positions[1], positions[7]);
    assert!(within < across, "{within} {across}");
}

#[test]
fn held_anchors_stay_and_new_nodes_come_near_their_neighbours() {
    let graph = graph(4, &[(0, 1), (1, 2), (2, 3)]);
    let old = [[0.0, 0.0], [150.0, 30.0], [300.0, 0.0]];
    let options = Options {
        anchors: vec![Some(old[0]), Some(old[1]), Some(old[2]), None],
        freedom: 0.0,
        ..Options::default()
    };
    let positions = laid_out(&graph, &options);
    for (position, anchor) in positions.iter().zip(old) {
        assert!(distance(*position, anchor) < 1e-9, "{positions:?}");
    }
    assert!(distance(positions[3], old[2]) < distance(positions[3], old[0]));
}

#[test]
fn a_hook_can_stop_the_work_and_sees_it_advance() {
    let graph = graph(30, &(0..29).map(|node| (node, node + 1)).collect::<Vec<_>>());
    assert_eq!(arrange(&graph, &Options::default(), &mut |_| false), None);
    let mut seen = Vec::new();
    let _ = arrange(&graph, &Options::default(), &mut |at| {
        seen.push(at.share);
        true
    });
    assert!(seen.is_sorted() && seen.len() > 10);
    assert!(seen.iter().all(|at| (0.0..=1.0 + 1e-9).contains(at)));
}

#[test]
fn pivots_draw_a_large_ring_as_a_ring() {
    let nodes = 1_200;
    let ring: Vec<(u32, u32)> = (0..nodes).map(|node| (node, (node + 1) % nodes)).collect();
    let mut graph = graph(nodes, &ring);
    graph.radii.fill(1.0);
    let positions = laid_out(&graph, &Options { aspect: 1.0, gap: 1.0, ..Options::default() });
    let opposite = distance(positions[0], positions[600]);
    let beside = distance(positions[0], positions[60]);
    assert!(opposite > 3.0 * beside, "{opposite} {beside}");
}

/// Groups of ten, each tied within and to the next group by one edge.
fn groups(count: u32) -> Graph {
    let mut edges = Vec::new();
    for group in 0..count {
        let first = group * 10;
        for a in first..first + 10 {
            edges.extend((a + 1..first + 10).filter(|b| (a + b) % 3 != 0).map(|b| (a, b)));
        }
        edges.push((first, (first + 10) % (count * 10)));
    }
    graph(count * 10, &edges)
}

#[test]
fn a_large_drawing_keeps_groups_together_without_overlap_on_any_number_of_threads() {
    let graph = groups(12);
    let options = Options::default();
    let positions = laid_out(&graph, &options);
    assert!(!overlap::overlapping(&positions, &graph.radii, 0.0));
    let quality = super::quality::measure(&graph, &positions).unwrap();
    assert!(quality.stress < 0.15 && quality.neighbourhood > 0.4, "{quality:?}");
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| laid_out(&graph, &options)), positions);
    }
}

#[test]
fn freedom_says_how_far_nodes_go_and_pins_stay_whatever_it_says() {
    for graph in [groups(12), groups(2)] {
        let old = laid_out(&graph, &Options::default());
        // The old drawing with one node dragged far away.
        let mut dragged = old.clone();
        dragged[3] = [old[3][0] + 900.0, old[3][1] - 400.0];
        let mut went = Vec::new();
        for freedom in [0.0, 0.3, 1.0] {
            for pinned in [false, true] {
                let options = Options {
                    anchors: dragged.iter().copied().map(Some).collect(),
                    freedom,
                    pinned: (0..graph.len()).map(|node| pinned && node == 3).collect(),
                    ..Options::default()
                };
                let positions = laid_out(&graph, &options);
                let far = distance(positions[3], dragged[3]);
                if pinned || freedom == 0.0 {
                    assert_eq!(far, 0.0, "{freedom} {pinned}");
                } else {
                    went.push(far);
                }
            }
        }
        assert!(went[0] > 0.0 && went[1] > 2.0 * went[0], "{went:?}");
    }
}

#[test]
fn a_fresh_layout_over_an_old_one_lies_as_that_did() {
    let graph = groups(12);
    let old = laid_out(&graph, &Options::default());
    let turned: Vec<_> = old.iter().map(|[x, y]| Some([-y + 500.0, *x])).collect();
    let options = Options { anchors: turned.clone(), freedom: 1.0, ..Options::default() };
    for (at, was) in laid_out(&graph, &options).iter().zip(turned) {
        assert!(distance(*at, was.unwrap()) < 1e-6);
    }
}

#[test]
fn who_watches_sees_where_nodes_are() {
    let graph = groups(12);
    let mut seen = 0;
    let positions = arrange(&graph, &Options::default(), &mut |step| {
        let now = step.positions();
        assert_eq!(now.len(), graph.len());
        seen += usize::from(now.iter().flatten().all(|at| at[0].is_finite() && at[1].is_finite()));
        true
    });
    assert!(positions.is_some() && seen > 100);
}
