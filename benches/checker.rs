//! How long the checker takes on 100,000 engagements with 200,000 relations.

use demarche::model::{
    Citation, Dataset, DatasetParts, DateClaim, Day, Engagement, EngagementId, Kind, KindId, List,
    Places, Relation, RelationKind, Status, When,
    check::{Checker, check},
};

fn main() {
    divan::main();
}

/// Engagements over thirty years, two relations each that mostly hold; every tenth engagement has
/// no date, and one relation in a thousand contradicts the dates. Pseudo-random, seeded.
fn dataset(count: u32) -> Dataset {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % u64::from(below)) as u32
    };
    let days: Vec<i32> = (0..count).map(|_| 9_000 + random(11_000) as i32).collect();
    let engagements = (0..count)
        .map(|id| {
            let relations = (0..2)
                .map(|_| {
                    let to = random(count);
                    let later = days[id as usize] > days[to as usize];
                    let kind = match (later, random(1_000) == 0) {
                        (true, false) | (false, true) => RelationKind::After,
                        _ if days[id as usize] == days[to as usize] => RelationKind::SameDay,
                        _ => RelationKind::Before,
                    };
                    Relation {
                        kind,
                        to: EngagementId(to),
                        least: None,
                        most: None,
                        years: None,
                        citation: Citation::default(),
                    }
                })
                .collect();
            let claim =
                DateClaim { when: When::on(Day(days[id as usize])), citation: Citation::default() };
            Engagement {
                key: format!("e{id}").into(),
                title: format!("Engagement {id}").into(),
                short: None,
                kind: KindId(0),
                form: None,
                status: Status::Held,
                dates: if id % 10 == 0 { List::default() } else { [claim].into() },
                places: Places::nowhere(),
                participants: List::default(),
                partnerships: List::default(),
                topics: List::default(),
                outcomes: List::default(),
                relations,
                citations: List::default(),
                note: None,
                extras: List::default(),
            }
        })
        .collect();
    Dataset::new(DatasetParts {
        title: "bench".into(),
        kinds: vec![Kind { key: "meeting".into(), name: "Meeting".into(), class: None, slot: 0 }],
        engagements,
        ..DatasetParts::default()
    })
    .unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// All of it in one component, the worst case.
#[divan::bench(sample_count = 5)]
fn hundred_thousand_tied_together(bencher: divan::Bencher) {
    let dataset = dataset(100_000);
    bencher.bench_local(|| check(&dataset));
}

/// After an edit that touches nothing which is tied to others.
#[divan::bench(sample_count = 5)]
fn after_an_edit_elsewhere(bencher: divan::Bencher) {
    let dataset = dataset(100_000);
    let mut checker = Checker::default();
    let _ = checker.check(&dataset, None, &|| false);
    bencher.bench_local(|| checker.check(&dataset, Some(&[]), &|| false));
}
