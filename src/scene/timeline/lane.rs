//! Laying out one lane: what stands in it, how wide it is, and in which row it goes.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{
    TimelineSpec, mark, measure,
    piece::{self, Piece},
    shapes::WARNING_WIDTH,
};
use crate::{
    layout::packing::{PackItem, Packed, pack},
    model::{
        EngagementId,
        when::{Shape, Span},
    },
    query::LaneRows,
};

/// Height of a row of marks, in points.
pub(super) const ROW: f32 = 16.0;
/// Free space above and below the rows.
pub(super) const PAD: f32 = 4.0;
/// The least height of a lane.
pub(super) const LEAST: f32 = 32.0;
/// Height of a lane whose marks are drawn as counts.
pub(super) const DENSE: f32 = 64.0;
/// The most rows of marks in a lane when all have labels, and when not; what is left is folded.
const MOST_ROWS: (u16, u16) = (12, 8);
/// The least distance between neighbours in a row.
pub(super) const GAP: f64 = 8.0;
/// Distance between a mark and its label.
pub(super) const LABEL_GAP: f32 = 6.0;
/// Width of the question mark beside an uncertain mark.
pub(super) const QUESTION_WIDTH: f32 = 10.0;

/// One mark of a lane: an account of an engagement's date.
#[derive(Clone, Debug)]
pub(super) struct LaneItem {
    /// The row of the columns.
    pub row: u32,
    /// Which account, in the order of [`piece::accounts`].
    pub account: u16,
    /// Left and right edge with the signs beside the mark, from 1970-01-01 at the current zoom.
    pub left: f64,
    pub right: f64,
    /// Right edge without the signs.
    pub mark_right: f64,
    /// Width of the label with its gap, 0 for none.
    pub label: f32,
    /// Whether the kind's shape stands before the label, because it does not stand on the mark.
    pub bullet: bool,
    /// Which pieces have no open or unknown end and cover less than a pixel column.
    pub precise: bool,
}

/// A lane with everything in its place.
#[derive(Clone, Debug)]
pub(super) struct LaneLayout {
    pub items: Vec<LaneItem>,
    pub packed: Packed,
    /// Drawn as counts per column because too little would be left unfolded.
    pub dense: bool,
    pub height: f32,
    /// Engagements of the lane that have no date to be drawn at.
    pub undated: u32,
}

impl LaneLayout {
    /// The middle line of a row of marks in the lane at `y`.
    pub fn row_y(&self, y: f32, row: u16) -> f32 {
        let rows = self.packed.rows + u16::from(self.packed.folded > 0);
        y + (self.height - f32::from(rows) * ROW) / 2.0 + (f32::from(row) + 0.5) * ROW
    }
}

/// What the label of an account says, and whether it is the engagement's short title: it is for
/// the chosen or first account.
pub(super) fn label_of<'a>(spec: &TimelineSpec<'a>, row: u32, account: usize) -> (&'a str, bool) {
    let id = spec.columns.engagement[row as usize];
    let main = spec.chosen.get(&id).copied().unwrap_or(0);
    if account == main {
        (spec.dataset.engagement(id).label(), true)
    } else {
        ("… or here", false)
    }
}

/// The span that other dates leave possible, where that is less than what is stated.
pub(super) fn tightened(spec: &TimelineSpec<'_>, id: EngagementId, stated: Span) -> Option<Span> {
    let span = spec.tightened.get(id.index()).copied().flatten()?;
    (span != stated).then_some(span)
}

/// Adds the marks of an engagement, one for each account of its date; none where no day is known.
pub(super) fn items_of(
    spec: &TimelineSpec<'_>,
    row: u32,
    per_day: f64,
    bounds: (f64, f64),
    items: &mut Vec<LaneItem>,
) {
    let disputed = spec.columns.disputed[row as usize];
    let id = spec.columns.engagement[row as usize];
    let engagement = spec.dataset.engagement(id);
    for (index, account) in piece::accounts(engagement, disputed).iter().enumerate() {
        let mut extent: Option<(f64, f64)> = None;
        let (mut precise, mut bears) = (true, false);
        let alternative = account.when.shape() == Shape::OneOf;
        for span in account.spans.iter() {
            // A stub for an unknown bound gives way to what other dates say of it.
            let span = widest(*span, tightened(spec, id, *span));
            let Some(piece) = Piece::of(span) else { continue };
            let (left, right) = mark::extent(&piece, per_day, bounds);
            precise &= piece.is_certain();
            bears |= mark::bears_shape(&piece, alternative, per_day);
            extent = Some(extent.map_or((left, right), |(a, b)| (a.min(left), b.max(right))));
        }
        let Some((left, mark_right)) = extent else { continue };
        // The dashed ring or outline stands a little wider.
        let rim = if account.when.is_approximate() { 2.0 } else { 0.0 };
        let (left, mark_right) = (left - rim, mark_right + rim);
        let signs = if account.when.is_uncertain() { QUESTION_WIDTH } else { 0.0 }
            + if disputed && index == 0 { WARNING_WIDTH + 4.0 } else { 0.0 };
        items.push(LaneItem {
            row,
            account: index as u16,
            left,
            right: mark_right + f64::from(signs),
            mark_right,
            label: 0.0,
            bullet: !bears,
            precise,
        });
    }
}

/// Puts marks in the order of their left edges.
pub(super) fn in_order(items: &mut [LaneItem]) {
    items.sort_by(|a, b| {
        a.left.total_cmp(&b.left).then((a.row, a.account).cmp(&(b.row, b.account)))
    });
}

/// The width of the label of a mark with its gap, in points.
pub(super) fn label_width(spec: &TimelineSpec<'_>, item: &LaneItem) -> f32 {
    let (label, _) = label_of(spec, item.row, usize::from(item.account));
    measure::label(label) + LABEL_GAP + if item.bullet { mark::BULLET } else { 0.0 }
}

/// Lays out a lane.
pub(super) fn layout(
    spec: &TimelineSpec<'_>,
    rows: &LaneRows,
    per_day: f64,
    bounds: (f64, f64),
    widths: &[OnceLock<f32>],
) -> LaneLayout {
    /// Beyond this many marks, labels are measured only if the marks alone find room.
    const MANY: usize = 400;
    if rows.folded {
        // Drawn as counts, whatever stands in it.
        let undated = super::crowd::undated(spec.columns, &rows.rows);
        let (items, packed) = (Vec::new(), Packed::default());
        return LaneLayout { items, packed, dense: false, height: super::folded::HEIGHT, undated };
    }
    let mut items = Vec::with_capacity(rows.rows.len());
    let mut undated = 0;
    for &row in &rows.rows {
        let before = items.len();
        items_of(spec, row, per_day, bounds, &mut items);
        undated += u32::from(items.len() == before);
    }
    in_order(&mut items);
    let pack_now = |items: &[LaneItem]| {
        let packing: Vec<PackItem> = items
            .iter()
            .map(|item| PackItem {
                left: item.left,
                right: item.right,
                label: f64::from(item.label),
            })
            .collect();
        pack(&packing, bounds, MOST_ROWS, GAP)
    };
    let is_dense = |packed: &Packed| packed.folded * 2 > packed.placed.len();
    let alone = (items.len() > MANY).then(|| pack_now(&items));
    if let Some(packed) = alone.filter(is_dense) {
        return LaneLayout { items, packed, dense: true, height: DENSE, undated };
    }
    for item in &mut items {
        let (label, own) = label_of(spec, item.row, usize::from(item.account));
        let known = widths.get(spec.columns.engagement[item.row as usize].index());
        let width = match known.filter(|_| own) {
            Some(known) => *known.get_or_init(|| measure::label(label)),
            None => measure::label(label),
        };
        let bullet = if item.bullet { mark::BULLET } else { 0.0 };
        item.label = width + LABEL_GAP + bullet;
    }
    let packed = pack_now(&items);
    if is_dense(&packed) {
        return LaneLayout { items, packed, dense: true, height: DENSE, undated };
    }
    let rows = packed.rows + u16::from(packed.folded > 0);
    let height = (f32::from(rows) * ROW + 2.0 * PAD).max(LEAST);
    LaneLayout { items, packed, dense: false, height, undated }
}

/// A stated span with those bounds that nobody states taken from what other dates say.
pub(super) fn widest(stated: Span, tight: Option<Span>) -> Span {
    use crate::model::when::Bound;
    let Some(tight) = tight else { return stated };
    let known = |own: Bound, other: Bound| if own == Bound::Unknown { other } else { own };
    Span {
        earliest_start: known(stated.earliest_start, tight.earliest_start),
        latest_start: known(stated.latest_start, tight.latest_start),
        earliest_end: known(stated.earliest_end, tight.earliest_end),
        latest_end: known(stated.latest_end, tight.latest_end),
    }
}

/// Folded marks by stretch of time, with the middle of the stretch.
pub(super) fn folds(layout: &LaneLayout) -> BTreeMap<i64, Vec<u32>> {
    use crate::layout::packing::Placement;
    let mut folds: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    for (item, placement) in layout.items.iter().zip(&layout.packed.placed) {
        if *placement == Placement::Folded {
            let middle = f64::midpoint(item.left, item.mark_right);
            let rows = folds.entry((middle / FOLD).floor() as i64).or_default();
            if rows.last() != Some(&item.row) {
                rows.push(item.row);
            }
        }
    }
    folds
}

/// Width of the stretch whose folded marks are counted together, in points.
pub(super) const FOLD: f64 = 56.0;
