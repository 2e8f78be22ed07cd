//! A state, or another party that has begun or ended, named outside its days.

use super::{
    Finding, FindingKind, Severity,
    rules::{dates, outer_days, term},
};
use crate::model::{Dataset, Engagement, EngagementId, Target, words};

/// Looks at the participants of an engagement. A date or a time that leaves room for doubt is no
/// finding.
pub(super) fn check(
    dataset: &Dataset,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Finding>,
) {
    let Some((first, last)) = outer_days(engagement) else {
        return;
    };
    for participant in &engagement.participants {
        let party = dataset.party(participant.party);
        let Some((when, (from, to))) =
            party.existed.as_ref().and_then(|when| Some((when, term(when)?)))
        else {
            continue;
        };
        let after = first.is_some_and(|first| first > to.or_max());
        if !after && last.is_none_or(|last| last >= from.or_min()) {
            continue;
        }
        let outside = if after { "after" } else { "before" };
        out.push(Finding {
            id: format!("existence: {} {}", engagement.key, party.key),
            severity: Severity::Note,
            kind: FindingKind::OutsideExistence,
            about: vec![Target::Engagement(id), Target::Party(participant.party)],
            message: format!(
                "{} is named in “{}”, which is dated {outside} its time ({}); a name may live on",
                party.label(),
                engagement.label(),
                words::when(when)
            ),
            statements: dates(dataset, id),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check::{check as checked, tests::engagement};
    use crate::model::{DatasetParts, Kind, Participant, Party, PartyId, PartyKind, When};

    #[test]
    fn a_state_is_found_named_outside_its_days_only_where_that_is_certain() {
        let found = |existed: &str, date: &str| {
            let mut one = engagement("a", &[date], Vec::new());
            one.participants = [Participant { party: PartyId(0), role: None }].into();
            let data = Dataset::new(DatasetParts {
                parties: vec![Party {
                    key: "csk".into(),
                    name: "Czechoslovakia".into(),
                    kind: PartyKind::State,
                    existed: When::parse(existed).ok(),
                    ..Party::default()
                }],
                kinds: vec![Kind { key: "m".into(), name: "M".into(), class: None, slot: 0 }],
                engagements: vec![one],
                ..DatasetParts::default()
            })
            .unwrap();
            let findings = checked(&data).findings;
            let outside = findings.iter().filter(|one| one.kind == FindingKind::OutsideExistence);
            outside.count()
        };
        let days = "1918-10-28/1992-12-31";
        for (existed, date, expected) in [
            (days, "1990-02-06", 0),
            (days, "1992", 0),
            (days, "1993-01-01", 1),
            (days, "1992/1995", 0),
            (days, "1995?", 0),
            (days, "1910", 1),
            (days, "1918", 0),
            ("../1992-12-31", "1910", 0),
            ("../1992-12-31", "2001-05", 1),
        ] {
            assert_eq!(found(existed, date), expected, "{existed}: {date}");
        }
    }
}
