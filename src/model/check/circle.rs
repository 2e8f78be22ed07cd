//! Parties that the file makes a part of themselves, by way of others or outright.

use super::{Finding, FindingKind, Severity};
use crate::model::{Dataset, PartyId, Target};

/// Looks for circles in what parties are part of. Each is told once.
pub(super) fn check(dataset: &Dataset, out: &mut Vec<Finding>) {
    let parents = |id: PartyId| dataset.party(id).part_of.iter().copied();
    // Parties at the top, and what is left below nothing else, can be in no circle.
    let count = dataset.parties().len();
    let mut above: Vec<usize> = dataset.parties().iter().map(|one| one.part_of.len()).collect();
    let mut below: Vec<Vec<PartyId>> = vec![Vec::new(); count];
    for id in (0..count).map(PartyId::at) {
        for parent in parents(id) {
            below[parent.index()].push(id);
        }
    }
    let mut free: Vec<PartyId> =
        (0..count).map(PartyId::at).filter(|id| above[id.index()] == 0).collect();
    while let Some(id) = free.pop() {
        for &child in &below[id.index()] {
            above[child.index()] -= 1;
            if above[child.index()] == 0 {
                free.push(child);
            }
        }
    }
    // Whoever is left has a parent that is left: the way up ends in a circle.
    let mut walk = vec![usize::MAX; count];
    for start in (0..count).map(PartyId::at).filter(|id| above[id.index()] > 0) {
        let (mut way, mut at) = (Vec::new(), start);
        while walk[at.index()] == usize::MAX {
            walk[at.index()] = start.index();
            way.push(at);
            let Some(next) = parents(at).find(|parent| above[parent.index()] > 0) else { break };
            at = next;
        }
        // The way met an earlier one, whose circle is told, or itself.
        if walk[at.index()] == start.index()
            && let Some(first) = way.iter().position(|&one| one == at)
        {
            out.push(told(dataset, &way[first..]));
        }
    }
}

fn told(dataset: &Dataset, circle: &[PartyId]) -> Finding {
    let label = |id: &PartyId| format!("“{}”", dataset.party(*id).label());
    let mut keys: Vec<&str> = circle.iter().map(|id| &*dataset.party(*id).key).collect();
    keys.sort_unstable();
    let others: Vec<String> = circle.iter().skip(1).map(label).collect();
    let within = match others.as_slice() {
        [] => String::new(),
        names => format!(" by way of {}", names.join(", then ")),
    };
    Finding {
        id: format!("circle: {}", keys.join(" ")),
        severity: Severity::Warning,
        kind: FindingKind::PartOfItself,
        message: format!(
            "{} is part of itself{within}; correct “part of” in the file",
            circle.first().map(label).unwrap_or_default()
        ),
        about: circle.iter().copied().map(Target::Party).collect(),
        statements: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatasetParts, Party, PartyKind};

    fn circles(part_of: &[&[u32]]) -> Vec<String> {
        let party = |(at, parents): (usize, &&[u32])| Party {
            key: format!("{at}").into(),
            name: format!("P{at}").into(),
            kind: PartyKind::Body,
            part_of: parents.iter().map(|id| PartyId(*id)).collect(),
            ..Party::default()
        };
        let parties = part_of.iter().enumerate().map(party).collect();
        let dataset = Dataset::new(DatasetParts { parties, ..DatasetParts::default() }).unwrap();
        let mut out = Vec::new();
        check(&dataset, &mut out);
        out.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn each_circle_is_told_once_and_nothing_else_is() {
        assert_eq!(circles(&[&[], &[0], &[0, 1], &[2]]), [""; 0]);
        let itself = "“P0” is part of itself; correct “part of” in the file";
        assert_eq!(circles(&[&[0], &[0]]), [itself]);
        // A part of the circle, and a whole of it, are in none.
        let three =
            "“P1” is part of itself by way of “P2”, then “P3”; correct “part of” in the file";
        assert_eq!(circles(&[&[1], &[4, 2], &[3], &[1], &[]]), [three]);
        assert_eq!(circles(&[&[1], &[0], &[3], &[2], &[0, 2]]).len(), 2);
    }
}
