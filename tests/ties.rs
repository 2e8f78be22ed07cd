//! Ties counted from other ties are those of a count from the beginning, whatever came before.

use demarche::{
    formats::generate::generate,
    model::PartyId,
    query::{Columns, RollUp, RowSet, Tie, TieCounter, TieIndex, TieLevel, TieWeight, Ties, ties},
};
use proptest::prelude::*;

/// What is asked for after what was asked before.
#[derive(Clone, Debug)]
enum Step {
    /// All rows, or none.
    Whole(bool),
    /// A stretch of rows, as a window cuts it out, in thousandths.
    Stretch(usize, usize),
    /// Those whose number leaves a rest, as a facet picks them, or all others.
    Every(usize, usize, bool),
    /// One more or one fewer.
    Toggle(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<bool>().prop_map(Step::Whole),
        (0..1_000_usize, 0..1_000_usize).prop_map(|(from, to)| Step::Stretch(from, to)),
        (2..9_usize, 0..9_usize, any::<bool>()).prop_map(|(of, at, not)| Step::Every(of, at, not)),
        (0..1_000_usize).prop_map(Step::Toggle),
    ]
}

fn take(step: &Step, rows: usize, before: &[u32]) -> Vec<u32> {
    let all = 0..rows as u32;
    let at = |share: usize| (share * rows / 1_000) as u32;
    match *step {
        Step::Whole(whole) => all.filter(|_| whole).collect(),
        Step::Stretch(a, b) => {
            all.filter(|row| (at(a.min(b))..at(a.max(b))).contains(row)).collect()
        }
        Step::Every(of, rest, not) => {
            all.filter(|row| (*row as usize % of == rest % of) != not).collect()
        }
        Step::Toggle(share) => {
            let one = at(share);
            all.filter(|row| before.contains(row) != (*row == one)).collect()
        }
    }
}

/// The strongest ties, found by sorting all.
fn sorted(ties: &Ties, top: usize, party: PartyId) -> Vec<Tie> {
    let asked = |tie: &Tie| tie.other(party).is_some();
    let mut all: Vec<Tie> = ties.ties.iter().filter(|tie| tie.a.0 % 7 != 3).collect();
    all.sort_by(|x, y| {
        let key = |tie: &Tie| (!asked(tie), -tie.weight);
        key(x).partial_cmp(&key(y)).expect("no weight is NaN").then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    all.truncate(top);
    all.sort_by_key(|tie| (tie.a, tie.b));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn ties_counted_from_others_are_those_counted_from_nothing(
        seed in 0..40_u64,
        steps in prop::collection::vec((step(), 0..3_usize), 1..12),
        (top, party) in (0..60_usize, 0..40_u32),
    ) {
        let dataset = generate(500, seed);
        let mut columns = Columns::new(&dataset);
        // What the file says that each engagement weighs, where it says something.
        if seed % 2 == 0 {
            columns.weights = (0..columns.len()).map(|row| (row % 5) as f64 * 0.75).collect();
        }
        let parties = dataset.parties().len();
        let index = TieIndex::new(&columns, RollUp::named(), parties);
        let mut counter = TieCounter::default();
        let mut rows: Vec<u32> = Vec::new();
        // Some answers stay in use for a while, as those that are being drawn.
        let mut held: Vec<(Ties, Ties)> = Vec::new();
        for (at, (step, weight)) in steps.iter().enumerate() {
            rows = take(step, columns.len(), &rows);
            let weight = [TieWeight::Shared, TieWeight::Raw, TieWeight::Stated][*weight];
            let set = RowSet::of(&rows, columns.len());
            let found = counter.count(&index, &columns, &set, weight);
            let expected = ties(&columns, &rows, parties, weight);
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(found.ties.len(), found.ties.iter().count());
            let party = PartyId(party);
            let strongest = found.ties.strongest(
                top,
                |a, _| a.0 % 7 != 3,
                |a, b| a == party || b == party,
            );
            prop_assert_eq!(strongest, sorted(&expected, top, party));
            let mut own: Vec<Tie> = found.of(party).collect();
            own.sort_by_key(|tie| (tie.a, tie.b));
            let all = expected.ties.iter().filter(|tie| tie.other(party).is_some());
            prop_assert_eq!(own, all.collect::<Vec<_>>());
            for tie in expected.ties.iter().step_by(7) {
                prop_assert_eq!(found.between(tie.b, tie.a), Some(tie));
            }
            held.push((found, expected));
            if held.len() > at % 5 {
                held.remove(0);
            }
            for (then, expected) in &held {
                prop_assert_eq!(then, expected);
            }
        }
    }

    #[test]
    fn at_every_level_a_correction_is_a_count(seed in 0..20_u64, cut in 0..400_usize) {
        let dataset = generate(400, seed);
        let columns = Columns::new(&dataset);
        for level in TieLevel::ALL {
            let roll_up = RollUp::new(&dataset, level);
            let index = TieIndex::new(&columns, roll_up, dataset.parties().len());
            let mut counter = TieCounter::default();
            for from in [cut, cut / 2, cut + 3, 0] {
                let rows: Vec<u32> = (from as u32..columns.len() as u32).collect();
                let set = RowSet::of(&rows, columns.len());
                let corrected = counter.count(&index, &columns, &set, TieWeight::Shared);
                let counted = index.ties_among(&columns, &set, TieWeight::Shared);
                prop_assert_eq!(&corrected, &counted);
                let among: u32 = corrected.within.iter().sum();
                let expected: usize = rows
                    .iter()
                    .map(|row| {
                        let parties = columns.parties.row(*row as usize);
                        let mut nodes: Vec<_> =
                            parties.iter().map(|party| index.roll_up().node(PartyId(*party))).collect();
                        nodes.sort_unstable();
                        let several = nodes.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
                        several.count()
                    })
                    .sum();
                prop_assert_eq!(among as usize, expected);
            }
        }
    }
}
