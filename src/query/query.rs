//! A filter that changes step by step: each step recomputes only what it touches.

use rayon::prelude::*;

use super::{
    Chosen, Columns, Dimension, FacetCounts, Filter, Hits, Match, RowSet,
    conditions::Condition,
    extent,
    rows::{BLOCK, valid},
};
use crate::model::Dataset;

/// A filter being changed over one dataset, with what passes it.
///
/// For every condition it remembers which rows pass, one bit each. A changed condition is tested
/// alone; which rows pass under all conditions, or under all but one, is a matter of combining
/// words of 64 rows; and the facets are corrected only for the rows for which something has changed
/// (the crossfilter technique), or counted from the sums of whole blocks of rows where that touches
/// fewer. It begins anew when it is given another dataset.
#[derive(Clone, Debug, Default)]
pub struct Query {
    filter: Filter,
    /// Who passes each condition; `None` for a condition that everything passes.
    pass: [Option<Vec<u64>>; Condition::COUNT],
    hits: Hits,
    /// The stamp of the columns that it belongs to, once it has begun.
    stamp: Option<u64>,
}

/// What one thread finds in its part of the rows.
struct Part {
    facets: FacetCounts,
    only_possibly: u32,
}

impl Query {
    /// What passes the filter applied last; nothing before the first.
    #[must_use]
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// What passes the filter applied last, for keeping.
    #[must_use]
    pub fn into_hits(self) -> Hits {
        self.hits
    }

    /// Applies a filter, reusing what is known from the one before it. The answer is the same as
    /// that of [`evaluate`](super::evaluate).
    pub fn apply(&mut self, dataset: &Dataset, columns: &Columns, filter: &Filter) -> &Hits {
        let fresh = self.stamp != Some(columns.stamp());
        if !fresh && self.filter == *filter {
            return &self.hits;
        }
        if fresh {
            self.pass = Default::default();
            self.filter = Filter::default();
            let facets = FacetCounts::zero(|dimension| columns.vocabulary(dimension));
            self.hits = Hits { facets, ..Hits::default() };
        }
        let chosen = Chosen::new(dataset, columns, &filter.chosen);
        let changed: Vec<Condition> =
            Condition::all().filter(|one| one.differs(&self.filter, filter)).collect();
        let new: Vec<(usize, Option<Vec<u64>>)> = changed
            .par_iter()
            .map(|one| (one.index(), one.pass(dataset, columns, filter, &chosen)))
            .collect();
        let mut before = self.pass.clone();
        std::mem::swap(&mut before, &mut self.pass);
        for (at, pass) in new {
            self.pass[at] = pass;
        }
        let step = Step {
            columns,
            before: (!fresh).then(|| Combined::new(&before, self.filter.matching, columns.len())),
            now: Combined::new(&self.pass, filter.matching, columns.len()),
        };
        let mut rows = vec![0; columns.len().div_ceil(64)];
        let mut any_time = rows.clone();
        let facets = &self.hits.facets;
        let none = || Part { facets: facets.emptied(), only_possibly: 0 };
        let found = rows
            .par_chunks_mut(BLOCK)
            .zip(any_time.par_chunks_mut(BLOCK))
            .enumerate()
            // Few parts, each with counts of its own.
            .with_min_len(columns.len().div_ceil(64 * BLOCK * 4).max(4))
            .fold(none, |mut part, (block, (rows, any_time))| {
                step.block(block, rows, any_time, &mut part);
                part
            })
            .reduce(none, |mut all, part| {
                all.facets.merge(&part.facets);
                all.only_possibly += part.only_possibly;
                all
            });
        let hits = &mut self.hits;
        hits.facets.merge(&found.facets);
        hits.facets.disputed = found.facets.disputed;
        hits.only_possibly = found.only_possibly;
        hits.rows = RowSet::from_words(rows, columns.len());
        hits.rows_any_time = RowSet::from_words(any_time, columns.len());
        hits.extent = extent::of(columns, &chosen, hits.rows.words());
        hits.chosen = chosen;
        self.filter.clone_from(filter);
        self.stamp = Some(columns.stamp());
        &self.hits
    }
}

/// The words of one block of rows.
type Words = [u64; BLOCK];

/// The conditions that decide, those that everything passes left out.
struct Combined<'a> {
    pass: Vec<(Condition, &'a [u64])>,
    /// Who is possibly and who is certainly in time, where that is asked.
    time: Option<(&'a [u64], &'a [u64])>,
    rows: usize,
}

impl<'a> Combined<'a> {
    fn new(pass: &'a [Option<Vec<u64>>; Condition::COUNT], matching: Match, rows: usize) -> Self {
        let of = |one: Condition| pass[one.index()].as_deref();
        let decides = |one: &Condition| match one {
            Condition::Possibly => matching == Match::Possibly,
            Condition::Certainly => matching == Match::Certainly,
            _ => true,
        };
        Self {
            pass: Condition::all()
                .filter(decides)
                .filter_map(|one| Some((one, of(one)?)))
                .collect(),
            time: of(Condition::Possibly).zip(of(Condition::Certainly)),
            rows,
        }
    }

    /// The rows of a block that pass all conditions but those left out.
    fn without(&self, block: usize, left_out: impl Fn(Condition) -> bool) -> Words {
        let mut words: Words = std::array::from_fn(|at| valid(block * BLOCK + at, self.rows));
        for (_, pass) in self.pass.iter().filter(|(one, _)| !left_out(*one)) {
            for (word, pass) in words.iter_mut().zip(&pass[block * BLOCK..]) {
                *word &= pass;
            }
        }
        words
    }

    /// Whether anything fails a condition.
    fn has(&self, condition: Condition) -> bool {
        self.pass.iter().any(|(one, _)| *one == condition)
    }
}

/// One change of the filter.
struct Step<'a> {
    columns: &'a Columns,
    /// The conditions until now; `None` where nothing has been counted yet.
    before: Option<Combined<'a>>,
    now: Combined<'a>,
}

impl Step<'_> {
    fn block(&self, block: usize, rows: &mut [u64], any_time: &mut [u64], part: &mut Part) {
        const NONE: Words = [0; BLOCK];
        let columns = self.columns;
        let all = |_: Condition| false;
        let old = self.before.as_ref().map_or(NONE, |before| before.without(block, all));
        let new = self.now.without(block, all);
        rows.copy_from_slice(&new[..rows.len()]);
        let timeless = self.now.without(block, Condition::is_time);
        any_time.copy_from_slice(&timeless[..rows.len()]);
        if let Some((possibly, certainly)) = self.now.time {
            let words = possibly[block * BLOCK..].iter().zip(&certainly[block * BLOCK..]);
            for (word, (possibly, certainly)) in any_time.iter().zip(words) {
                part.only_possibly += (word & possibly & !certainly).count_ones();
            }
        }
        let disputed = columns.disputed_words()[block * BLOCK..].iter();
        let undecided = self.now.without(block, |one| one == Condition::Disputed);
        for (word, disputed) in undecided.iter().zip(disputed) {
            part.facets.disputed += (word & disputed).count_ones();
        }
        for dimension in Dimension::ALL {
            let own = Condition::Values(dimension);
            let has = |combined: &Combined<'_>| combined.has(own);
            let counts = part.facets.of_mut(dimension);
            // A dimension without a condition is counted over what passes.
            if !has(&self.now) && !self.before.as_ref().is_some_and(has) {
                columns.recount(dimension, block, (&old, &new), counts);
                continue;
            }
            let but_own = |one: Condition| one == own;
            let before = self.before.as_ref().map_or(NONE, |old| old.without(block, but_own));
            let now = self.now.without(block, but_own);
            columns.recount(dimension, block, (&before, &now), counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        formats::generate::generate,
        model::{Day, DayRange, PartyId},
    };

    #[test]
    fn the_answer_does_not_depend_on_how_many_threads_share_the_rows() {
        // More than a block, so that there is something to share.
        let dataset = generate(20_000, 4);
        let columns = Columns::new(&dataset);
        let mut filter = Filter::default();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let (mut shared, mut alone) = (Query::default(), Query::default());
        for step in 0..5 {
            match step {
                1 => filter.parties = [PartyId(1)].into(),
                2 => filter.when = vec![DayRange::new(Day(11_000), Day(16_000))],
                3 => filter.parties.clear(),
                4 => filter.when.clear(),
                _ => {}
            }
            let expected = pool.install(|| alone.apply(&dataset, &columns, &filter).clone());
            assert_eq!(shared.apply(&dataset, &columns, &filter), &expected);
            assert_eq!(super::super::evaluate(&dataset, &columns, &filter), expected);
        }
    }

    #[test]
    fn another_dataset_begins_anew() {
        let filter = Filter { parties: [PartyId(0)].into(), ..Filter::default() };
        let mut query = Query::default();
        for seed in 0..3 {
            let dataset = generate(100 + 3_000 * (seed as usize % 2), seed);
            let columns = Columns::new(&dataset);
            let expected = super::super::evaluate(&dataset, &columns, &filter);
            assert_eq!(query.apply(&dataset, &columns, &filter), &expected);
        }
    }
}
