//! One set of engagements that relations tie together, checked by itself.

use std::ops::ControlFlow;

use super::StatementId;
use super::constraints::{Constraints, end, start};
use super::network::{Edge, ITSELF, shortest};
use crate::model::when::{Bound, Span};
use crate::model::{Dataset, Day, EngagementId, When};

/// Components with more engagements than this look at the single claims of a disputed date only
/// against the relations next to it.
const LARGE: usize = 2_000;

/// Engagements with more relations than this are left to the check of the whole component.
const BUSY: usize = 64;

/// How many contradictions beyond those between two engagements are looked for in one component.
const MANY: usize = 100;

/// How many statements back a tightened bound is followed.
const FAR_BACK: usize = 64;

/// Bounds that relations give to an engagement, narrower than what its own claims say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightened {
    /// The engagement.
    pub engagement: EngagementId,
    /// Its bounds, its own claims and all relations considered.
    pub span: Span,
    /// What they follow from, nearest first; at most the 64 nearest statements.
    pub from: Vec<StatementId>,
}

/// Statements that cannot all hold. Without any one of them the others can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The statements, in an order in which they can be read.
    pub statements: Vec<StatementId>,
    /// Set when it concerns only one of several dates that sources give: the others may hold.
    pub alternative: bool,
}

/// What the check of one component found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Sets of statements that cannot all hold.
    pub conflicts: Vec<Conflict>,
    /// Bounds that follow from relations.
    pub tightened: Vec<Tightened>,
}

/// Checks engagements that are tied together; `members` must be sorted and hold every engagement
/// that a relation of one of them leads to, for the result to be complete.
#[must_use]
pub fn check_component(dataset: &Dataset, members: &[EngagementId]) -> Checked {
    let mut network = Constraints::new(dataset, members);
    let mut out = Checked::default();
    let mut doubtful = vec![false; network.statements.len()];

    let mut found = next_to_each_other(&network);
    for set in &found {
        retire(&mut network, set);
    }
    found.extend(around_the_undated(&mut network));
    for _ in 0..MANY {
        let Some(set) = contradiction(&network) else {
            break;
        };
        retire(&mut network, &set);
        found.push(set);
    }
    let alternatives = ruled_out(&mut network);
    for set in &found {
        for statement in set {
            doubtful[*statement as usize] = true;
        }
    }
    for (sets, alternative) in [(&found, false), (&alternatives, true)] {
        for set in sets {
            let statements = readable(dataset, set.iter().map(|s| network.statements[*s as usize]));
            out.conflicts.push(Conflict { statements, alternative });
        }
    }
    // Nothing is concluded from what is contradicted.
    for (statement, doubt) in doubtful.iter().enumerate() {
        network.active[statement] &= !doubt;
    }
    out.tightened = tighten(dataset, &network);
    out
}

/// Whether the dates and relations of some engagements can all hold.
#[must_use]
pub fn is_consistent(dataset: &Dataset, members: &[EngagementId]) -> bool {
    contradiction(&Constraints::new(dataset, members)).is_none()
}

fn counts(network: &Constraints, edge: &Edge) -> bool {
    let active = |statement: u32| statement == ITSELF || network.active[statement as usize];
    active(edge.by) && active(edge.with)
}

/// A relation that is known to be wrong with something says nothing more.
fn retire(network: &mut Constraints, set: &[u32]) {
    for statement in set {
        if matches!(network.statements[*statement as usize], StatementId::Relation(..)) {
            network.active[*statement as usize] = false;
        }
    }
}

/// The contradictions between two engagements by one relation: by far the most common ones, found
/// without looking at the network as a whole.
fn next_to_each_other(network: &Constraints) -> Vec<Vec<u32>> {
    // What the claims alone give for each node.
    let bounds = |node: u32| -> (i64, i64) {
        if node == 0 {
            return (0, 0);
        }
        let local = (node as usize - 1) / 2;
        let Some(span) = network.base[local] else {
            return (i64::MIN / 4, i64::MAX / 4);
        };
        let (least, most) = if node == start(local) {
            (span.earliest_start, span.latest_start.day().or(span.latest_end.day()))
        } else {
            (
                span.earliest_end
                    .day()
                    .or(span.earliest_start.day())
                    .map_or(Bound::Unknown, Bound::Day),
                span.latest_end.day(),
            )
        };
        (
            least.day().map_or(i64::MIN / 4, |day| i64::from(day.0)),
            most.map_or(i64::MAX / 4, |day| i64::from(day.0)),
        )
    };
    let mut out = Vec::new();
    for (statement, id) in network.statements.iter().enumerate() {
        if !network.active[statement] || !matches!(id, StatementId::Relation(..)) {
            continue;
        }
        let wrong = network
            .edges_of(statement)
            .iter()
            .any(|edge| bounds(edge.to).0 - bounds(edge.from).1 > edge.most);
        if !wrong {
            continue;
        }
        // The claims at both ends and this relation.
        let mut set = vec![statement as u32];
        for edge in network.edges_of(statement) {
            for node in [edge.from, edge.to] {
                if node != 0 {
                    set.extend(claims_of(network, (node as usize - 1) / 2));
                }
            }
            if edge.with != ITSELF {
                set.push(edge.with);
            }
        }
        set.sort_unstable();
        set.dedup();
        if cycle_among(network, &set).is_some() {
            out.push(minimal(network, set));
        }
    }
    out
}

/// The contradictions that meet in an engagement without a date: the next most common ones, found
/// from its own relations and the dates of what they lead to. The relations are retired.
fn around_the_undated(network: &mut Constraints) -> Vec<Vec<u32>> {
    let mut touching: Vec<(u32, u32)> = Vec::new();
    for (statement, id) in network.statements.iter().enumerate() {
        if !network.active[statement] || !matches!(id, StatementId::Relation(..)) {
            continue;
        }
        for edge in network.edges_of(statement) {
            for node in [edge.from, edge.to] {
                let local = node.saturating_sub(1) / 2;
                if node != 0 && network.base[local as usize].is_none() {
                    touching.push((local, statement as u32));
                }
            }
        }
    }
    touching.sort_unstable();
    touching.dedup();
    let mut out = Vec::new();
    for group in touching.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= BUSY) {
        loop {
            let mut set: Vec<u32> = Vec::new();
            for (_, statement) in group {
                if !network.active[*statement as usize] {
                    continue;
                }
                set.push(*statement);
                for edge in network.edges_of(*statement as usize) {
                    for node in [edge.from, edge.to].into_iter().filter(|node| *node != 0) {
                        set.extend(claims_of(network, (node as usize - 1) / 2));
                    }
                    if edge.with != ITSELF {
                        set.push(edge.with);
                    }
                }
            }
            set.sort_unstable();
            set.dedup();
            let Some(cycle) = cycle_among(network, &set) else {
                break;
            };
            let set = minimal(network, cycle);
            retire(network, &set);
            out.push(set);
        }
    }
    out
}

/// The date claims of a member that count at present. They stand in order of members.
fn claims_of(network: &Constraints, local: usize) -> Vec<u32> {
    let id = network.members[local];
    let claim = |statement: &StatementId| !matches!(statement, StatementId::Relation(..));
    let claims = network.statements.partition_point(claim);
    let first = network.statements[..claims].partition_point(|s| s.engagement() < id);
    (first..claims)
        .take_while(|statement| network.statements[*statement].engagement() == id)
        .filter(|statement| network.active[*statement])
        .map(|statement| statement as u32)
        .collect()
}

/// A minimal set of statements that count at present and cannot all hold.
fn contradiction(network: &Constraints) -> Option<Vec<u32>> {
    let edges: Vec<Edge> =
        network.edges.iter().copied().filter(|edge| counts(network, edge)).collect();
    let cycle = shortest(network.nodes(), &edges, true).err()?;
    Some(minimal(network, statements_of(cycle.iter().map(|position| &edges[*position as usize]))))
}

fn statements_of<'a>(edges: impl Iterator<Item = &'a Edge>) -> Vec<u32> {
    let mut set: Vec<u32> =
        edges.flat_map(|edge| [edge.by, edge.with]).filter(|by| *by != ITSELF).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// Leaves out every statement without which the others still cannot all hold.
fn minimal(network: &Constraints, mut set: Vec<u32>) -> Vec<u32> {
    let mut at = 0;
    while at < set.len() {
        let mut without = set.clone();
        without.remove(at);
        match cycle_among(network, &without) {
            // What is still wrong may need even fewer.
            Some(fewer) => {
                set = fewer;
                at = 0;
            }
            None => at += 1,
        }
    }
    set
}

/// The statements of a contradiction among these alone, on a network of just what they mention.
fn cycle_among(network: &Constraints, set: &[u32]) -> Option<Vec<u32>> {
    let within = |by: u32| by == ITSELF || set.binary_search(&by).is_ok();
    let mut edges: Vec<Edge> = set
        .iter()
        .flat_map(|statement| network.edges_of(*statement as usize))
        .filter(|edge| within(edge.with))
        .copied()
        .collect();
    let mut locals: Vec<usize> = edges
        .iter()
        .flat_map(|edge| [edge.from, edge.to])
        .filter(|node| *node != 0)
        .map(|node| (node as usize - 1) / 2)
        .collect();
    locals.sort_unstable();
    locals.dedup();
    for local in &locals {
        edges.push(Edge {
            from: end(*local),
            to: start(*local),
            most: 0,
            by: ITSELF,
            with: ITSELF,
        });
    }
    let small = |node: u32| -> u32 {
        if node == 0 {
            return 0;
        }
        let local = (node as usize - 1) / 2;
        let position = locals.partition_point(|other| *other < local);
        if node == start(local) { start(position) } else { end(position) }
    };
    for edge in &mut edges {
        (edge.from, edge.to) = (small(edge.from), small(edge.to));
    }
    let cycle = shortest(locals.len() * 2 + 1, &edges, true).err()?;
    Some(statements_of(cycle.iter().map(|position| &edges[*position as usize])))
}

/// Claims of disputed dates that the other statements rule out.
fn ruled_out(network: &mut Constraints) -> Vec<Vec<u32>> {
    let mut out = Vec::new();
    let disputed = std::mem::take(&mut network.disputed);
    for (local, alternatives, any) in &disputed {
        network.active[*any as usize] = false;
        for claim in alternatives {
            network.active[*claim as usize] = true;
            let set = if network.members.len() <= LARGE {
                contradiction(network)
            } else {
                near(network, *local, *claim)
            };
            // Only what concerns this claim; the rest has been told.
            out.extend(set.filter(|set| set.contains(claim)));
            network.active[*claim as usize] = false;
        }
        network.active[*any as usize] = true;
    }
    network.disputed = disputed;
    out
}

/// A contradiction of a claim with the relations next to it.
fn near(network: &Constraints, local: usize, claim: u32) -> Option<Vec<u32>> {
    let id = network.members[local];
    let claims = network.statements.partition_point(|s| !matches!(s, StatementId::Relation(..)));
    let relations = &network.statements[claims..];
    let first = relations.partition_point(|statement| statement.engagement() < id) + claims;
    let result = (first..network.statements.len())
        .take_while(|statement| network.statements[*statement].engagement() == id)
        .filter(|statement| network.active[*statement])
        .try_for_each(|relation| {
            let mut set = vec![claim, relation as u32];
            for edge in network.edges_of(relation) {
                for node in [edge.from, edge.to] {
                    if node != 0 && (node as usize - 1) / 2 != local {
                        set.extend(claims_of(network, (node as usize - 1) / 2));
                    }
                }
            }
            set.sort_unstable();
            set.dedup();
            match cycle_among(network, &set) {
                Some(_) => ControlFlow::Break(minimal(network, set)),
                None => ControlFlow::Continue(()),
            }
        });
    match result {
        ControlFlow::Break(set) => Some(set),
        ControlFlow::Continue(()) => None,
    }
}

/// Statements in the order in which they explain each other: the date of what is said to stand in
/// a relation, the relation, the date of what it stands in relation to.
fn readable(dataset: &Dataset, set: impl Iterator<Item = StatementId>) -> Vec<StatementId> {
    let set: Vec<StatementId> = set.collect();
    let mut out: Vec<StatementId> = Vec::with_capacity(set.len());
    let push_claims = |out: &mut Vec<StatementId>, id: EngagementId| {
        for statement in &set {
            let claim = !matches!(statement, StatementId::Relation(..));
            if claim && statement.engagement() == id && !out.contains(statement) {
                out.push(*statement);
            }
        }
    };
    for statement in &set {
        if let StatementId::Relation(id, index) = *statement {
            push_claims(&mut out, id);
            out.push(*statement);
            push_claims(&mut out, dataset.engagement(id).relations[index as usize].to);
        }
    }
    for statement in &set {
        if !out.contains(statement) {
            out.push(*statement);
        }
    }
    out
}

/// The bounds that follow for each engagement, where they are narrower than its claims.
fn tighten(dataset: &Dataset, network: &Constraints) -> Vec<Tightened> {
    let edges: Vec<Edge> =
        network.edges.iter().copied().filter(|edge| counts(network, edge)).collect();
    if !edges.iter().any(|edge| {
        edge.by != ITSELF
            && matches!(network.statements[edge.by as usize], StatementId::Relation(..))
    }) {
        return Vec::new();
    }
    let (Ok(upper), Ok(lower)) =
        (shortest(network.nodes(), &edges, true), shortest(network.nodes(), &edges, false))
    else {
        // More contradictions than were looked for: nothing is concluded.
        return Vec::new();
    };
    let day = |value: i64| i32::try_from(value).map_or(Bound::Unknown, |day| Bound::Day(Day(day)));
    let mut out = Vec::new();
    for (local, id) in network.members.iter().enumerate() {
        let engagement = dataset.engagement(*id);
        if claims_of_any(network, local) && claims_of(network, local).is_empty() {
            // Its claims are part of a contradiction.
            continue;
        }
        // What is shown without the relations: all claims, derived ones included.
        let told = engagement
            .dates
            .iter()
            .map(|claim| super::constraints::span_of(&claim.when))
            .reduce(Span::hull)
            .unwrap_or(Span::NOTHING_KNOWN);
        let told = match network.base[local] {
            Some(base) => base,
            None => told,
        };
        let (s, e) = (start(local) as usize, end(local) as usize);
        let mut span = told;
        let mut from = Vec::new();
        let mut take = |bound: &mut Bound, value: Option<i64>, later: bool, node: usize| {
            let Some(Bound::Day(value)) = value.map(day) else {
                return;
            };
            let narrower = match (*bound, later) {
                (Bound::Day(told), true) => value > told,
                (Bound::Day(told), false) => value < told,
                _ => true,
            };
            if narrower {
                *bound = Bound::Day(value);
                let paths = if later { &lower } else { &upper };
                trace(&edges, &paths.came_by, node, !later, &mut from);
            }
        };
        take(&mut span.earliest_start, lower.bound(s).map(|d| -d), true, s);
        take(&mut span.latest_start, upper.bound(s), false, s);
        take(&mut span.earliest_end, lower.bound(e).map(|d| -d), true, e);
        take(&mut span.latest_end, upper.bound(e), false, e);
        let relation =
            |s: &u32| matches!(network.statements[*s as usize], StatementId::Relation(..));
        // An end that is unknown is no later than its start in any account; that is no news.
        if from.iter().any(relation) {
            let from = from.iter().map(|s| network.statements[*s as usize]).collect();
            out.push(Tightened { engagement: *id, span, from });
        }
    }
    out
}

/// Whether a member has claims that could count.
fn claims_of_any(network: &Constraints, local: usize) -> bool {
    network.base[local].is_some()
}

/// The statements along the way from the origin to a node.
fn trace(edges: &[Edge], came_by: &[u32], node: usize, forward: bool, out: &mut Vec<u32>) {
    let mut node = node;
    for _ in 0..FAR_BACK {
        let Some(edge) = edges.get(came_by[node] as usize) else {
            return;
        };
        for statement in [edge.by, edge.with] {
            if statement != ITSELF && !out.contains(&statement) && out.len() < FAR_BACK {
                out.push(statement);
            }
        }
        node = if forward { edge.from } else { edge.to } as usize;
    }
}

/// Whether a date is only approximately or uncertainly known, so that a conflict with it is none
/// for sure.
pub(super) fn is_soft(when: &When) -> bool {
    when.is_approximate() || when.is_uncertain()
}
