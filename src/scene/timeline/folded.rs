//! Lanes that the reader has folded: one row of counts each, whatever the zoom.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Fold, TimelineSpec,
    crowd::{
        self, Seen,
        draw::{Stack, fine, in_view, note_kinds, stack},
        reach::Reach,
    },
    draw::{beyond_words, stretch_title},
    mark::Frame,
    used::{Convention, Used},
};
use crate::{
    model::{Day, DayRange, words},
    query::{Chosen, LaneKey, Pyramid, Tally},
    scene::{
        Hit, Item, Mark, Point, Rect, Tokens,
        text::{self, Align, Style},
    },
};

/// The height of a folded lane, in points.
pub(super) const HEIGHT: f32 = 24.0;
/// The least width of a stretch with a count of its own, in points.
const STRETCH: f64 = 24.0;

/// Folded lanes from one drawing to the next of the same dataset.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    key: crowd::Key,
    counts: FxHashMap<LaneKey, Pyramid>,
}

impl Folded {
    /// Draws the folded lanes that are in view.
    pub fn draw(
        &mut self,
        spec: &TimelineSpec<'_>,
        frame: &Frame,
        seen: &[Seen<'_>],
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        if !self.key.renew(spec) {
            self.counts.clear();
        }
        let level = Pyramid::level_for(frame.per_day, STRETCH);
        let fine = fine(frame, level);
        let missing: Vec<&Seen<'_>> = seen
            .iter()
            .filter(|one| self.counts.get(&one.rows.key).is_none_or(|it| it.base() > fine))
            .collect();
        if !missing.is_empty() {
            let chosen = Chosen::new(spec.dataset, spec.columns, spec.chosen);
            let base = fine.saturating_sub(crowd::FINER);
            let count = |one: &&Seen<'_>| {
                (one.rows.key, Pyramid::new(spec.columns, &chosen, &one.rows.rows, base))
            };
            self.counts.par_extend(missing.into_par_iter().map(|one| count(&one)));
        }
        for one in seen {
            if let Some(counts) = self.counts.get(&one.rows.key) {
                Row { spec, frame, seen: one, counts }.draw((level, fine), used, out, folds);
            }
        }
    }
}

/// A folded lane while it is drawn.
struct Row<'a> {
    spec: &'a TimelineSpec<'a>,
    frame: &'a Frame,
    seen: &'a Seen<'a>,
    counts: &'a Pyramid,
}

impl Row<'_> {
    fn draw(
        &self,
        (level, fine): (u8, u8),
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        let y = self.seen.at.y;
        let view = in_view(self.frame);
        let day = |day: i64| Day(day.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        let days = DayRange {
            from: Pyramid::stretch(level, day(view.0)).from,
            to: Pyramid::stretch(level, day(view.1)).to,
        };
        let (mut columns, mut tiles): (Vec<Tally>, Vec<Tally>) = (Vec::new(), Vec::new());
        let from = i64::from(self.counts.read(fine, days, &mut columns).0);
        let start = i64::from(self.counts.read(level, days, &mut tiles).0);
        let something = |tally: &Tally| tally.precise_total() > 0 || tally.spread > 0.005;
        if columns.iter().any(something) {
            used.note(Convention::Density);
            let peak = self.counts.peak(fine).max(1.0);
            let place = Stack { top: y + 3.0, foot: y + HEIGHT - 3.0, peak };
            let slots = stack(self.spec, self.frame, &place, (from, fine), &columns, out);
            note_kinds(self.spec, slots, used);
        } else {
            self.beyond(days, out);
        }
        for (at, tally) in tiles.iter().enumerate().filter(|(_, tally)| tally.first > 0) {
            let from = start + ((at as i64) << level);
            self.stretch((from, level), tally.first, out, folds);
        }
    }

    /// How many engagements are before and after the days in view.
    fn beyond(&self, days: DayRange, out: &mut Vec<Item>) {
        let (columns, rows) = (self.spec.columns, &*self.seen.rows.rows);
        let reach = Reach::new(columns, rows);
        let before = |day: i64| reach.before(columns, rows, day) as u32;
        let (earlier, until) = (before(i64::from(days.from.0)), before(i64::from(days.to.0) + 1));
        let middle = self.seen.at.y + HEIGHT / 2.0;
        let counts = (earlier, reach.count() as u32 - until);
        if until > earlier {
            // They end in view, and nobody says when they began.
            let tokens = self.spec.tokens;
            let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
            let words =
                format!("{} of unknown beginning", words::grouped((until - earlier) as usize));
            let at = Point::new(f32::midpoint(self.frame.view.0, self.frame.view.1), middle + 4.0);
            out.push(Item::Text(text::line(&words, at, Align::Center, style)));
        }
        beyond_words(self.spec, counts, self.frame, middle, out);
    }

    /// Lets the pointer meet a stretch, which says how many engagements it stands for.
    fn stretch(
        &self,
        (from, level): (i64, u8),
        count: u32,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        let x = |day: i64| self.frame.x(day as f64 * self.frame.per_day);
        let (left, right) = (x(from), x(from + (1 << level)));
        let (left, right) = (left.max(self.frame.view.0), right.min(self.frame.view.1));
        if right <= left {
            return;
        }
        let days = Pyramid::stretch(level, Day(from as i32));
        let title = stretch_title(count as usize, days);
        let rect = Rect::new(left, self.seen.at.y, right - left, HEIGHT);
        folds.push(Fold { rect, days, count, title: title.clone() });
        out.push(Item::Group {
            mark: Mark {
                target: None,
                id: format!("folded-{}-{}", self.seen.at.id, from >> level),
                title,
                hits: vec![Hit::Rect(rect)],
            },
            items: Vec::new(),
        });
    }
}
