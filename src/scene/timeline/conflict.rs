//! Tying engagements whose statements cannot all be true.

use rustc_hash::FxHashMap;

use super::{
    LanePlacement, TimelineSpec,
    lane::LaneLayout,
    mark::{self, Frame},
    shapes,
    used::{Convention, Used},
};
use crate::{
    layout::packing::Placement,
    model::{EngagementId, Target},
    scene::{Item, Rect},
};

/// The curves between the engagements of [`TimelineSpec::conflicts`], one for each pair: between
/// the two marks that are nearest where an engagement stands in several lanes.
pub(super) fn ties(
    spec: &TimelineSpec<'_>,
    places: impl Fn(EngagementId) -> Vec<Rect>,
    plot: Rect,
    used: &mut Used,
) -> Vec<Item> {
    let mut items = Vec::new();
    for &(subject, object) in spec.conflicts {
        let (from, to) = (places(subject), places(object));
        let nearest =
            from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b))).min_by(|(a, b), (c, d)| {
                let apart = |a: &Rect, b: &Rect| (a.y - b.y).abs();
                apart(a, b).total_cmp(&apart(c, d)).then(a.y.total_cmp(&c.y))
            });
        let Some((a, b)) = nearest else { continue };
        let (left, right) = (a.x.min(b.x), a.right().max(b.right()));
        let (top, foot) = (a.y.min(b.y), a.bottom().max(b.bottom()));
        if right < plot.x || left > plot.right() || foot < plot.y || top > plot.bottom() {
            continue;
        }
        used.note(Convention::Conflict);
        items.push(mark::tie(a, b, spec.tokens.amber));
        // A disputed date has its sign already.
        let row = spec.columns.row_of.get(subject.index());
        if !row.is_some_and(|row| spec.columns.disputed[*row as usize]) {
            let middle = Rect::new(left, top, right - left, foot - top).center();
            items.extend(shapes::warning(middle, spec.tokens.amber, spec.tokens.paper));
        }
    }
    items
}

/// Where engagements are drawn among the marks of a scene, in each of their lanes.
pub(super) fn drawn(marks: &[Item]) -> FxHashMap<EngagementId, Vec<Rect>> {
    let mut places: FxHashMap<EngagementId, Vec<Rect>> = FxHashMap::default();
    for item in marks {
        if let Item::Group { mark, .. } = item
            && let (Some(Target::Engagement(id)), Some(hit)) = (mark.target, mark.hits.first())
        {
            places.entry(id).or_default().push(hit.bounds());
        }
    }
    places
}

/// Where the first account of an engagement's date stands in each of its lanes.
pub(super) fn occurrences(
    spec: &TimelineSpec<'_>,
    layouts: &[LaneLayout],
    lanes: &[LanePlacement],
    frame: &Frame,
    id: EngagementId,
) -> Vec<Rect> {
    let Some(row) = spec.columns.row_of.get(id.index()).copied() else { return Vec::new() };
    let mut places = Vec::new();
    for ((rows, layout), lane) in spec.lanes.iter().zip(layouts).zip(lanes) {
        if layout.dense || rows.rows.binary_search(&row).is_err() {
            continue;
        }
        let item = layout.items.iter().position(|item| item.row == row && item.account == 0);
        let Some(at) = item else { continue };
        if let Placement::Row(lane_row, _) = layout.packed.placed[at] {
            let item = &layout.items[at];
            let (x, right) = (frame.x(item.left), frame.x(item.mark_right));
            let y = layout.row_y(lane.y, lane_row);
            places.push(Rect::new(x, y - mark::RADIUS, right - x, 2.0 * mark::RADIUS));
        }
    }
    places
}
