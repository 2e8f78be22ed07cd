//! What statements say about time, as constraints of a network.

use super::StatementId;
use super::network::{Edge, ITSELF, LONGEST};
use crate::model::when::{Bound, Shape, Span};
use crate::model::{
    Dataset, Day, Engagement, EngagementId, Evidence, Relation, RelationKind, Status, When,
};

/// The statements of some engagements and what they say about time.
///
/// Node 0 is the origin, day 0; engagement *i* starts at node 2*i* + 1 and ends at 2*i* + 2.
pub(super) struct Constraints {
    /// The engagements, sorted.
    pub members: Vec<EngagementId>,
    /// The statements.
    pub statements: Vec<StatementId>,
    /// Whether each statement counts at present.
    pub active: Vec<bool>,
    /// The first edge of each statement, and the number of edges at the end.
    pub first_edge: Vec<u32>,
    /// The edges of all statements, in their order; those that hold by themselves come last.
    pub edges: Vec<Edge>,
    /// What the claims of each member give by themselves.
    pub base: Vec<Option<Span>>,
    /// For each member whose claims disagree: the statements of the single claims, which do not
    /// count at first, and the statement that one of them is right, which does.
    pub disputed: Vec<(usize, Vec<u32>, u32)>,
}

/// The claims that count as statements of their own.
///
/// What was derived follows from other statements, which are in the dataset themselves when they
/// are relations; it counts only where there is nothing else to go by.
pub(super) fn independent(engagement: &Engagement) -> Vec<usize> {
    let stated: Vec<usize> = (0..engagement.dates.len())
        .filter(|index| engagement.dates[*index].citation.evidence != Evidence::Derived)
        .collect();
    // An anniversary ties nothing in time, so a date that was derived from it stands for it.
    let free = |relation: &Relation| relation.kind == RelationKind::Anniversary;
    if stated.is_empty() && engagement.relations.iter().all(free) {
        (0..engagement.dates.len()).collect()
    } else {
        stated
    }
}

/// Whether some of these claims cannot be true together.
pub(super) fn disagree(engagement: &Engagement, claims: &[usize]) -> bool {
    claims.iter().enumerate().any(|(position, a)| {
        claims[position + 1..]
            .iter()
            .any(|b| !engagement.dates[*a].when.can_equal(&engagement.dates[*b].when))
    })
}

/// The bounds that a date puts on the start and the end of an engagement.
pub(super) fn span_of(when: &When) -> Span {
    if when.shape() != Shape::AllOf {
        return when.span().ordered();
    }
    // All of several dates: from the first of them to the last.
    let days = |pick: fn(&Span) -> Bound| when.parts().iter().map(pick);
    let least = |bounds: &mut dyn Iterator<Item = Bound>| {
        bounds.min_by_key(|bound| bound.or_min()).unwrap_or(Bound::Unknown)
    };
    let greatest = |bounds: &mut dyn Iterator<Item = Bound>| {
        bounds.max_by_key(|bound| bound.or_max()).unwrap_or(Bound::Unknown)
    };
    Span {
        earliest_start: least(&mut days(|part| part.earliest_start)),
        latest_start: least(&mut days(|part| part.latest_start)),
        earliest_end: greatest(&mut days(|part| part.earliest_end)),
        latest_end: greatest(&mut days(|part| part.latest_end)),
    }
    .ordered()
}

/// The bounds that hold if both accounts are true.
fn both(a: Span, b: Span) -> Span {
    let later = |a: Bound, b: Bound| match (a.day(), b.day()) {
        (Some(a), Some(b)) => Bound::Day(a.max(b)),
        (Some(day), None) | (None, Some(day)) => Bound::Day(day),
        (None, None) => a,
    };
    let earlier = |a: Bound, b: Bound| match (a.day(), b.day()) {
        (Some(a), Some(b)) => Bound::Day(a.min(b)),
        _ => later(a, b),
    };
    Span {
        earliest_start: later(a.earliest_start, b.earliest_start),
        latest_start: earlier(a.latest_start, b.latest_start),
        earliest_end: later(a.earliest_end, b.earliest_end),
        latest_end: earlier(a.latest_end, b.latest_end),
    }
    .ordered()
}

impl Constraints {
    /// Collects the statements of some engagements, which must be sorted.
    pub fn new(dataset: &Dataset, members: &[EngagementId]) -> Self {
        let mut out = Self {
            members: members.to_vec(),
            statements: Vec::new(),
            active: Vec::new(),
            first_edge: vec![0],
            edges: Vec::new(),
            base: Vec::with_capacity(members.len()),
            disputed: Vec::new(),
        };
        // The statement that bounds each member, for what follows from the calendar.
        let mut bounded_by = Vec::with_capacity(members.len());
        for (local, id) in members.iter().enumerate() {
            bounded_by.push(out.claims(dataset.engagement(*id), *id, local));
        }
        for (local, id) in members.iter().enumerate() {
            let engagement = dataset.engagement(*id);
            if engagement.status == Status::Cancelled {
                continue;
            }
            for (index, relation) in engagement.relations.iter().enumerate() {
                let Ok(other) = members.binary_search(&relation.to) else {
                    continue;
                };
                if dataset.engagement(relation.to).status == Status::Cancelled {
                    continue;
                }
                let statement = StatementId::Relation(*id, index as u32);
                out.relation(statement, relation, (local, other), &bounded_by);
            }
        }
        for local in 0..members.len() {
            out.edge(end(local), start(local), 0, ITSELF, ITSELF);
        }
        out
    }

    /// How many nodes the network has.
    pub fn nodes(&self) -> usize {
        self.members.len() * 2 + 1
    }

    /// The edges of a statement.
    pub fn edges_of(&self, statement: usize) -> &[Edge] {
        &self.edges[self.first_edge[statement] as usize..self.first_edge[statement + 1] as usize]
    }

    fn edge(&mut self, from: u32, to: u32, most: i64, by: u32, with: u32) {
        self.edges.push(Edge { from, to, most: most.clamp(-LONGEST, LONGEST), by, with });
    }

    fn begin(&mut self, statement: StatementId, active: bool) -> u32 {
        self.statements.push(statement);
        self.active.push(active);
        self.statements.len() as u32 - 1
    }

    fn finish(&mut self) {
        self.first_edge.push(self.edges.len() as u32);
    }

    /// The date claims of an engagement; returns the statement that bounds it, if there is one.
    fn claims(&mut self, engagement: &Engagement, id: EngagementId, local: usize) -> Option<u32> {
        let claims = independent(engagement);
        let span = |index: &usize| span_of(&engagement.dates[*index].when);
        let single = |this: &mut Self, index: usize, active: bool| {
            let statement = this.begin(StatementId::Claim(id, index as u32), active);
            this.span(local, span(&index), statement);
            this.finish();
            statement
        };
        if disagree(engagement, &claims) {
            let alternatives: Vec<u32> =
                claims.iter().map(|index| single(self, *index, false)).collect();
            let hull = claims.iter().map(span).reduce(Span::hull).map(Span::ordered);
            let statement = self.begin(StatementId::AnyClaim(id), true);
            if let Some(hull) = hull {
                self.span(local, hull, statement);
            }
            self.finish();
            self.base.push(hull);
            self.disputed.push((local, alternatives, statement));
            return Some(statement);
        }
        let statements: Vec<u32> = claims.iter().map(|index| single(self, *index, true)).collect();
        self.base.push(claims.iter().map(span).reduce(both));
        // With several claims that agree, what follows from the calendar rests on the narrowest.
        claims
            .iter()
            .zip(statements)
            .min_by_key(|(index, _)| {
                let span = span(index);
                i64::from(span.latest_end.or_max().0) - i64::from(span.earliest_start.or_min().0)
            })
            .map(|(_, statement)| statement)
    }

    /// The edges of a date claim.
    fn span(&mut self, local: usize, span: Span, by: u32) {
        let day = |day: Day| i64::from(day.0);
        if let Bound::Day(least) = span.earliest_start {
            self.edge(start(local), 0, -day(least), by, ITSELF);
        }
        if let Bound::Day(most) = span.latest_start {
            self.edge(0, start(local), day(most), by, ITSELF);
        }
        if let Bound::Day(least) = span.earliest_end {
            self.edge(end(local), 0, -day(least), by, ITSELF);
        }
        if let Bound::Day(most) = span.latest_end {
            self.edge(0, end(local), day(most), by, ITSELF);
        }
    }

    /// The edges of a relation between a member and another.
    fn relation(
        &mut self,
        id: StatementId,
        relation: &Relation,
        (this, other): (usize, usize),
        bounded_by: &[Option<u32>],
    ) {
        let by = self.begin(id, true);
        let least = relation.least.map(i64::from);
        let most = relation.most.map(i64::from);
        match relation.kind {
            RelationKind::Before => self.order(this, other, least.unwrap_or(1), most, by),
            RelationKind::After | RelationKind::NextAfter => {
                self.order(other, this, least.unwrap_or(1), most, by);
            }
            // What prepares something may do so on the same day.
            RelationKind::Prepares => self.order(this, other, least.unwrap_or(0), most, by),
            RelationKind::DayAfter => self.order(other, this, 1, Some(1), by),
            RelationKind::Within => self.within(this, other, by),
            RelationKind::Contains => self.within(other, this, by),
            RelationKind::SameDay => {
                if self.lasts(this) || self.lasts(other) {
                    // Of something that lasts for days it can only be said that they share one.
                    self.edge(end(other), start(this), 0, by, ITSELF);
                    self.edge(end(this), start(other), 0, by, ITSELF);
                } else {
                    self.within(this, other, by);
                    self.within(other, this, by);
                }
            }
            RelationKind::MonthBefore => {
                self.order(this, other, 1, None, by);
                // From the first of a month to the last day of the next there are 61 days at most.
                self.edge(start(this), start(other), 61, by, ITSELF);
                self.calendar(this, other, by, bounded_by, |day| month(day, -1));
                self.calendar(other, this, by, bounded_by, |day| month(day, 1));
            }
            // Years are compared by themselves (see the `anniversary` module).
            RelationKind::Anniversary => {}
            RelationKind::SameYear => {
                for (a, b) in [(this, other), (other, this)] {
                    self.edge(start(a), start(b), 365, by, ITSELF);
                    self.calendar(a, b, by, bounded_by, year);
                }
            }
        }
        self.finish();
    }

    /// One starts at least and at most so many days after the other has ended.
    fn order(&mut self, first: usize, second: usize, least: i64, most: Option<i64>, by: u32) {
        self.edge(start(second), end(first), -least, by, ITSELF);
        if let Some(most) = most {
            self.edge(end(first), start(second), most, by, ITSELF);
        }
    }

    /// One starts no earlier and ends no later than the other.
    fn within(&mut self, inner: usize, outer: usize, by: u32) {
        self.edge(start(inner), start(outer), 0, by, ITSELF);
        self.edge(end(outer), end(inner), 0, by, ITSELF);
    }

    /// Whether it certainly lasts for more than a day.
    fn lasts(&self, local: usize) -> bool {
        self.base[local].is_some_and(|span| {
            matches!((span.latest_start, span.earliest_end), (Bound::Day(a), Bound::Day(b)) if a < b)
        })
    }

    /// One lies in the stretch of the calendar that belongs to the dates of the other.
    fn calendar(
        &mut self,
        of: usize,
        from: usize,
        by: u32,
        bounded_by: &[Option<u32>],
        stretch: fn(Day) -> Option<(Day, Day)>,
    ) {
        let (Some(with), Some(span)) = (bounded_by[from], self.base[from]) else {
            return;
        };
        if let Some((first, _)) = span.earliest_start.day().and_then(stretch) {
            self.edge(start(of), 0, -i64::from(first.0), by, with);
        }
        if let Some((_, last)) = span.latest_end.day().and_then(stretch) {
            // What lasts for long belongs to the stretch in which it starts.
            let point = if self.lasts(of) { start(of) } else { end(of) };
            self.edge(0, point, i64::from(last.0), by, with);
        }
    }
}

pub(super) const fn start(local: usize) -> u32 {
    local as u32 * 2 + 1
}

pub(super) const fn end(local: usize) -> u32 {
    local as u32 * 2 + 2
}

/// The first and last day of the year of a day.
fn year(day: Day) -> Option<(Day, Day)> {
    let (year, ..) = day.ymd();
    Some((Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?))
}

/// The first and last day of the month so many months after that of a day.
fn month(day: Day, step: i32) -> Option<(Day, Day)> {
    let (year, month, _) = day.ymd();
    let first =
        |months: i32| Day::from_ymd(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1);
    let months = year.checked_mul(12)?.checked_add(month as i32 - 1 + step)?;
    Some((first(months)?, first(months + 1)?.plus(-1)))
}
