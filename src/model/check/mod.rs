//! Consistency: which statements cannot all be true, and what follows from those that can.
//!
//! Dates and relations form a simple temporal network over days (see the `network` module);
//! each set of engagements that relations tie together is checked by itself, so that an edit
//! costs only the sets that it touches ([`Checker`]). Further checks look at people, places,
//! partnerships, sources and duplicates. Nothing is changed and nothing is decided: a finding
//! says which statements stand against each other, in words, with their sources.

mod anniversary;
mod circle;
mod component;
mod constraints;
mod existence;
mod finding;
mod network;
mod rules;
mod statement;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

pub use component::{Checked, Conflict, Tightened, check_component, is_consistent};
pub use finding::{Finding, FindingKind, Severity};
pub use statement::{Statement, StatementId};

use super::{Dataset, EngagementId, RelationKind, Target};

/// All that the checker has to say about a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The findings: contradictions first, then warnings, then notes; each in order of engagement.
    pub findings: Vec<Finding>,
    /// Bounds that relations give, in order of engagement.
    pub tightened: Vec<Tightened>,
}

impl Findings {
    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The pairs of engagements between which a relation is part of a contradiction, without
    /// repetition: first the engagement that states the relation, then the one it is about.
    #[must_use]
    pub fn conflicts(&self, dataset: &Dataset) -> Vec<(EngagementId, EngagementId)> {
        let mut pairs: Vec<(EngagementId, EngagementId)> = self
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Contradiction)
            .flat_map(|finding| &finding.statements)
            .filter_map(|statement| match statement.id {
                StatementId::Relation(id, at) => {
                    let relation = dataset.engagement(id).relations.get(at as usize)?;
                    Some((id, relation.to))
                }
                StatementId::Claim(..) | StatementId::AnyClaim(_) => None,
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The findings about something.
    pub fn about(&self, target: Target) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.about.contains(&target))
    }

    /// The bounds that relations give to an engagement, where they say more than its claims.
    #[must_use]
    pub fn tightened_of(&self, engagement: EngagementId) -> Option<&Tightened> {
        let position = self.tightened.binary_search_by_key(&engagement, |one| one.engagement);
        position.ok().map(|position| &self.tightened[position])
    }
}

/// Checks a whole dataset.
#[must_use]
pub fn check(dataset: &Dataset) -> Findings {
    Checker::default().check(dataset, None, &|| false).unwrap_or_default()
}

/// Checks a whole dataset unless `cancelled` answers true in between; then it returns `None`.
#[must_use]
pub fn check_cancellable(dataset: &Dataset, cancelled: &dyn Fn() -> bool) -> Option<Findings> {
    Checker::default().check(dataset, None, cancelled)
}

/// Checks only what a timeline of some engagements shows: which of their dates relations narrow,
/// and which of their statements on time cannot all be true.
#[must_use]
pub fn check_times(dataset: &Dataset, shown: &dyn Fn(EngagementId) -> bool) -> Findings {
    let mut out = Findings::default();
    for members in components(dataset) {
        if members.iter().any(|id| shown(*id)) {
            let checked = check_component(dataset, &members);
            out.tightened.extend(checked.tightened);
            let conflicts = checked.conflicts.iter();
            out.findings.extend(conflicts.map(|conflict| finding::conflict(dataset, conflict)));
        }
    }
    out.tightened.sort_by_key(|one| one.engagement);
    out
}

/// The sets of two or more engagements that relations tie together, each sorted, in order of
/// their first engagement.
#[must_use]
pub fn components(dataset: &Dataset) -> Vec<Vec<EngagementId>> {
    let count = dataset.engagements().len();
    let mut parent: Vec<u32> = (0..count as u32).collect();
    fn root(parent: &mut [u32], mut of: u32) -> u32 {
        while parent[of as usize] != of {
            let above = parent[parent[of as usize] as usize];
            parent[of as usize] = above;
            of = above;
        }
        of
    }
    let mut tied = vec![false; count];
    for id in dataset.engagement_ids() {
        for relation in &dataset.engagement(id).relations {
            if relation.kind == RelationKind::Anniversary {
                continue;
            }
            let (a, b) = (root(&mut parent, id.0), root(&mut parent, relation.to.0));
            // The smaller stays the root, so that a set is known by its first engagement.
            parent[a.max(b) as usize] = a.min(b);
            tied[id.index()] = true;
            tied[relation.to.index()] = true;
        }
    }
    let mut place: FxHashMap<u32, usize> = FxHashMap::default();
    let mut out: Vec<Vec<EngagementId>> = Vec::new();
    for id in dataset.engagement_ids().filter(|id| tied[id.index()]) {
        let root = root(&mut parent, id.0);
        let position = *place.entry(root).or_insert_with(|| {
            out.push(Vec::new());
            out.len() - 1
        });
        out[position].push(id);
    }
    out
}

/// A checker that remembers what it found, so that an edit rechecks only what it touches.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    known: FxHashMap<Vec<EngagementId>, Checked>,
}

impl Checker {
    /// Checks a dataset.
    ///
    /// `changed` names the engagements that differ from the dataset of the call before, whose
    /// engagements must have kept their ids; `None` means that all of it is new. Returns `None`
    /// when `cancelled` answers true in between.
    #[must_use]
    pub fn check(
        &mut self,
        dataset: &Dataset,
        changed: Option<&[EngagementId]>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Findings> {
        let changed: Option<FxHashSet<EngagementId>> =
            changed.map(|changed| changed.iter().copied().collect());
        let mut known = FxHashMap::default();
        let mut order = Vec::new();
        for members in components(dataset) {
            if cancelled() {
                return None;
            }
            let untouched = changed
                .as_ref()
                .is_some_and(|changed| !members.iter().any(|id| changed.contains(id)));
            let checked = match self.known.remove(&members) {
                Some(checked) if untouched => checked,
                _ => check_component(dataset, &members),
            };
            order.push(members.clone());
            known.insert(members, checked);
        }
        self.known = known;

        let mut out = Findings::default();
        for members in &order {
            let Some(checked) = self.known.get(members) else {
                continue;
            };
            out.tightened.extend(checked.tightened.iter().cloned());
            for conflict in &checked.conflicts {
                out.findings.push(finding::conflict(dataset, conflict));
            }
        }
        out.tightened.sort_by_key(|one| one.engagement);
        rules::check(dataset, cancelled, &mut out.findings)?;
        circle::check(dataset, &mut out.findings);
        out.findings
            .sort_by(|a, b| (a.severity, &a.about, &a.id).cmp(&(b.severity, &b.about, &b.id)));
        out.findings.dedup_by(|a, b| a.id == b.id);
        Some(out)
    }
}
