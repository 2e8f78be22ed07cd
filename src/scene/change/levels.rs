//! The strip of levels: which partnership was at which level of which ladder, when, and who says
//! so.
//!
//! Levels stand on the rungs of their own ladder and are never held against those of another.

use crate::{
    layout::TimeScale,
    model::{Dataset, LadderId, Level, Partnership, PartnershipId, PartyId, Target, words},
    query::Filter,
    scene::{
        Color, Hit, Item, Mark, Point, Rect, Scene, Tokens,
        text::{self, Align, Style},
        timeline::{
            AXIS_HEIGHT, Convention, Used, axis,
            mark::{self, Frame, Look},
            piece::Piece,
        },
    },
};

/// What the strip is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct LevelsSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The partnerships to be drawn, from [`shown_partnerships`].
    pub partnerships: &'a [PartnershipId],
    /// The days shown, placed right of the names.
    pub scale: TimeScale,
    /// Width of the names at the left, in points.
    pub header_width: f32,
    /// Width in points.
    pub width: f32,
    /// Height in points of the window, and how far it is scrolled; as high as it needs to be when
    /// `None`.
    pub window: Option<(f32, f32)>,
    /// The colours.
    pub tokens: &'a Tokens,
}

/// A strip that has been drawn.
#[derive(Clone, Debug)]
pub struct LevelsScene {
    /// The drawing.
    pub scene: Scene,
    /// Height of the rows below the axis, in points: what can be scrolled.
    pub content_height: f32,
    /// The ways of drawing dates that it uses, for its legend.
    pub used: Used,
}

/// Height of a level whose words stand beside its mark.
const ROW: f32 = 22.0;
/// Height of a level whose words stand below its mark.
const TALL: f32 = 38.0;
/// On a plot narrower than this, words find no room beside marks, and stand below them.
const NARROW: f32 = 420.0;
/// From the top of a level to the middle of its mark.
const MIDDLE: f32 = 11.0;
/// Height of a ladder's heading.
const HEADING: f32 = 26.0;
/// Free space above and below the levels of a partnership.
const PAD: f32 = 5.0;

/// The partnerships with levels that a filter lets through: those it names, or all, of which a
/// party that it names is a member.
#[must_use]
pub fn shown_partnerships(dataset: &Dataset, filter: &Filter) -> Vec<PartnershipId> {
    let member = |partnership: &Partnership, party: &PartyId| {
        partnership.members.iter().any(|member| member.party == *party)
    };
    (0..dataset.partnerships().len())
        .map(PartnershipId::at)
        .filter(|id| {
            let partnership = dataset.partnership(*id);
            !partnership.levels.is_empty()
                && (filter.partnerships.is_empty() || filter.partnerships.contains(id))
                && (filter.parties.is_empty()
                    || filter.parties.iter().any(|party| member(partnership, party)))
        })
        .collect()
}

/// A partnership's levels on one ladder, or on none, the highest rung first.
struct Group<'a> {
    id: PartnershipId,
    levels: Vec<(usize, &'a Level)>,
}

/// Draws the strip.
#[must_use]
pub fn levels(spec: &LevelsSpec<'_>) -> LevelsScene {
    let tokens = spec.tokens;
    let ladders = ladders(spec);
    let row = if spec.scale.width() < NARROW { TALL } else { ROW };
    let height_of = |group: &Group<'_>| group.levels.len() as f32 * row + 2.0 * PAD;
    let content_height: f32 =
        ladders.iter().map(|(_, groups)| HEADING + groups.iter().map(height_of).sum::<f32>()).sum();
    let (height, scroll) = spec.window.unwrap_or((AXIS_HEIGHT + content_height, 0.0));
    let per_day = spec.scale.points_per_day();
    let plot = Rect::new(spec.scale.x0(), AXIS_HEIGHT, spec.scale.width(), height - AXIS_HEIGHT);
    let frame = Frame {
        per_day,
        shift: f64::from(plot.x) - spec.scale.from() * per_day,
        bounds: (spec.scale.from() * per_day, spec.scale.to() * per_day),
        view: (plot.x, plot.right()),
    };
    let mut used = Used::default();
    let ticks = axis::of(&spec.scale);
    let (mut grounds, mut names, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    let mut y = AXIS_HEIGHT - scroll;
    for (ladder, groups) in &ladders {
        heading(spec, *ladder, y, &mut names);
        y += HEADING;
        for (at, group) in groups.iter().enumerate() {
            let h = height_of(group);
            if y > height || y + h < AXIS_HEIGHT {
                y += h;
                continue;
            }
            let ground = if at % 2 == 0 { tokens.panel } else { tokens.paper };
            grounds.push(Item::Rect {
                rect: Rect::new(0.0, y, spec.width, h),
                radius: 0.0,
                fill: Some(ground),
                stroke: None,
            });
            names.push(name(spec, *ladder, group, (y, row, h)));
            for (at, (number, level)) in group.levels.iter().enumerate() {
                let middle = y + PAD + at as f32 * row + MIDDLE;
                let at = At { id: group.id, number: *number, y: middle, ground };
                marks.push(draw(spec, level, &frame, plot, at, &mut used));
            }
            y += h;
        }
    }
    let end = y.min(height);
    axis::lines(&ticks, AXIS_HEIGHT, end.max(AXIS_HEIGHT), tokens, &mut grounds);
    grounds.append(&mut names);
    let below = Rect::new(0.0, AXIS_HEIGHT, spec.width, (height - AXIS_HEIGHT).max(0.0));
    let mut items = vec![Item::Clip { rect: below, items: grounds }];
    axis::labels(&ticks, tokens, &mut items);
    items.push(Item::Clip { rect: plot, items: marks });
    let count = spec.partnerships.len();
    let title = format!("Levels of {}", words::count(count, "partnership", "partnerships"));
    let scene = Scene { width: spec.width, height, background: tokens.paper, title, items };
    LevelsScene { scene, content_height, used }
}

/// The partnerships under their ladders, in the order of the dataset; those without one last.
fn ladders<'a>(spec: &LevelsSpec<'a>) -> Vec<(Option<LadderId>, Vec<Group<'a>>)> {
    let all = (0..spec.dataset.ladders().len()).map(|at| Some(LadderId::at(at))).chain([None]);
    all.filter_map(|ladder| {
        let groups: Vec<Group<'_>> = spec
            .partnerships
            .iter()
            .filter_map(|id| {
                let levels = &spec.dataset.partnership(*id).levels;
                let mut levels: Vec<(usize, &Level)> =
                    levels.iter().enumerate().filter(|(_, level)| level.ladder == ladder).collect();
                levels.sort_by_key(|(at, level)| (std::cmp::Reverse(level.rank), *at));
                (!levels.is_empty()).then_some(Group { id: *id, levels })
            })
            .collect();
        (!groups.is_empty()).then_some((ladder, groups))
    })
    .collect()
}

/// "Ladder of ASEAN: dialogue partner ‹ strategic partnership ‹ …".
fn heading(spec: &LevelsSpec<'_>, ladder: Option<LadderId>, y: f32, out: &mut Vec<Item>) {
    let tokens = spec.tokens;
    let strong = Style { size: Tokens::NOTE, strong: true, color: tokens.ink_strong };
    let weak = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let (title, rungs) = match ladder {
        Some(id) => {
            let ladder = spec.dataset.ladder(id);
            let rungs: Vec<&str> = ladder.rungs.iter().map(|rung| &**rung).collect();
            (format!("Ladder of {}", ladder.name), rungs.join(" ‹ "))
        }
        None => ("On no ladder".to_owned(), "levels as their sources write them".to_owned()),
    };
    let baseline = y + 17.0;
    let title = text::fitted(&title, spec.width - 24.0, strong.size, true);
    let title = text::line(&title, Point::new(12.0, baseline), Align::Left, strong);
    let x = (12.0 + title.width + 12.0).max(spec.header_width);
    let rungs = text::fitted(&rungs, spec.width - x - 12.0, weak.size, false);
    // The grid ends above a ladder and begins again below it.
    out.push(Item::Rect {
        rect: Rect::new(0.0, y, spec.width, HEADING),
        radius: 0.0,
        fill: Some(tokens.paper),
        stroke: None,
    });
    out.push(Item::Text(title));
    out.push(Item::Text(text::line(&rungs, Point::new(x, baseline), Align::Left, weak)));
}

/// The name of a partnership beside its levels, and the rung of each.
fn name(
    spec: &LevelsSpec<'_>,
    ladder: Option<LadderId>,
    group: &Group<'_>,
    (y, row, height): (f32, f32, f32),
) -> Item {
    let tokens = spec.tokens;
    let partnership = spec.dataset.partnership(group.id);
    let strong = Style { size: Tokens::BODY, strong: true, color: tokens.ink };
    let faint = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
    let rung_room = if ladder.is_some() { 34.0 } else { 0.0 };
    let room = (spec.header_width - 20.0 - rung_room).max(24.0);
    let mut items = Vec::new();
    let mut lines = text::wrapped(partnership.label(), room, strong.size, true);
    let most = ((height - 2.0 * PAD) / 16.0).max(1.0) as usize;
    if lines.len() > most {
        let rest = lines[most - 1..].join(" ");
        lines.truncate(most - 1);
        lines.push(text::fitted(&rest, room, strong.size, true));
    }
    for (at, words) in lines.iter().enumerate() {
        let at = Point::new(12.0, y + PAD + at as f32 * 16.0 + 15.5);
        items.push(Item::Text(text::line(words, at, Align::Left, strong)));
    }
    if let Some(ladder) = ladder {
        let rungs = spec.dataset.ladder(ladder).rungs.len();
        for (at, (_, level)) in group.levels.iter().enumerate() {
            let rung = level.rank.map_or("–".to_owned(), |rank| format!("{}/{rungs}", rank + 1));
            let y = y + PAD + at as f32 * row + MIDDLE + 4.0;
            let at = Point::new(spec.header_width - 8.0, y);
            items.push(Item::Text(text::line(&rung, at, Align::Right, faint)));
        }
    }
    Item::Group {
        mark: Mark {
            target: Some(Target::Partnership(group.id)),
            id: format!(
                "levels-{}{}",
                partnership.key,
                ladder.map_or(String::new(), |id| format!("-{}", spec.dataset.ladder(id).key))
            ),
            title: partnership.name.to_string(),
            hits: vec![Hit::Rect(Rect::new(0.0, y, spec.header_width, height))],
        },
        items,
    }
}

/// Where a level stands.
#[derive(Clone, Copy)]
struct At {
    id: PartnershipId,
    number: usize,
    y: f32,
    ground: Color,
}

/// One level: its mark, what the source calls it, and who says so.
fn draw(
    spec: &LevelsSpec<'_>,
    level: &Level,
    frame: &Frame,
    plot: Rect,
    at: At,
    used: &mut Used,
) -> Item {
    let tokens = spec.tokens;
    let rungs = level.ladder.map_or(1, |ladder| spec.dataset.ladder(ladder).rungs.len().max(1));
    // A higher rung is darker: within its ladder only.
    let share = level.rank.map_or(0.7, |rank| 0.45 + 0.55 * (f32::from(rank) + 1.0) / rungs as f32);
    let term = level.term.as_ref();
    let look = Look {
        slot: 0,
        color: tokens.partnership.over(at.ground, share),
        ground: at.ground,
        approximate: term.is_some_and(crate::model::When::is_approximate),
        planned: level.planned,
        cancelled: false,
        coarse: false,
        alternative: false,
        derived: (false, false),
    };
    let mut items = Vec::new();
    let mut whole: Option<Rect> = None;
    for piece in term.iter().flat_map(|when| when.parts()).filter_map(|span| Piece::of(*span)) {
        let rect = mark::draw(&piece, None, &look, frame, at.y, used, &mut items);
        whole = Some(whole.map_or(rect, |before| {
            let (left, right) = (before.x.min(rect.x), before.right().max(rect.right()));
            Rect::new(left, rect.y, right - left, rect.h)
        }));
    }
    let uncertain = term.is_some_and(crate::model::When::is_uncertain);
    let mut end = whole.map_or(plot.x, Rect::right);
    if let (true, Some(rect)) = (uncertain, whole) {
        used.note(Convention::Uncertain);
        let style = Style { size: Tokens::NOTE, strong: true, color: look.color };
        let place = Point::new((rect.right() + 2.5).min(plot.right() - 10.0), at.y + 4.0);
        items.push(Item::Text(text::line("?", place, Align::Left, style)));
        end += 10.0;
    }
    let (label, source) = (label(level), source(spec.dataset, level));
    let mut hits: Vec<Hit> = whole.map(Hit::Rect).into_iter().collect();
    let place = Place { whole, end, y: at.y, ground: at.ground };
    hits.push(Hit::Rect(write(&label, &source, &place, plot, tokens, &mut items)));
    let partnership = spec.dataset.partnership(at.id);
    let when = term.map_or_else(|| "no date given".to_owned(), words::when);
    Item::Group {
        mark: Mark {
            target: Some(Target::Partnership(at.id)),
            id: format!("level-{}-{}", partnership.key, at.number + 1),
            title: format!("{}: {label} · {when} · {source}", partnership.label()),
            hits,
        },
        items,
    }
}

/// The level as its source writes it.
fn label(level: &Level) -> String {
    if level.planned { format!("{} (announced)", level.label) } else { level.label.to_string() }
}

/// Who says so, as far as it is said.
fn source(dataset: &Dataset, level: &Level) -> String {
    let citation = &level.citation;
    match citation.source {
        Some(id) => dataset.source(id).label().to_owned(),
        None => "no source given".to_owned(),
    }
}

/// What words stand beside.
struct Place {
    /// The mark; `None` where nothing is known of the time.
    whole: Option<Rect>,
    /// Its right end with its signs.
    end: f32,
    y: f32,
    ground: Color,
}

/// Writes the words of a level: on a narrow plot below the mark, otherwise where there is room right
/// or left of it, shortened where there is not enough; on it only where that still shows on both
/// sides. Of a mark out of view, they stand at the edge behind which it lies. Returns where they
/// stand. What is cut off here is whole in the title of the mark.
fn write(
    label: &str,
    source: &str,
    place: &Place,
    plot: Rect,
    tokens: &Tokens,
    out: &mut Vec<Item>,
) -> Rect {
    /// Words shorter than this say nothing.
    const LEAST: f32 = 56.0;
    let strong = Style { size: Tokens::SMALL, strong: false, color: tokens.ink };
    let weak = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
    let width = |words: &str| text::width(words, strong.size, false);
    let own = width(label);
    // The source gives way first.
    let source = text::fitted(source, (plot.w - own - 32.0).clamp(0.0, 220.0), weak.size, false);
    let whole = own + if source.is_empty() { 0.0 } else { 8.0 + width(&source) };
    let below = plot.w < NARROW;
    let (before, after) = match place.whole {
        None => ("no date: ", ""),
        Some(rect) if rect.right() <= plot.x => ("← earlier: ", ""),
        Some(rect) if rect.x >= plot.right() => ("", " · later →"),
        Some(_) => ("", ""),
    };
    let (at_left, at_right) = (plot.x + 8.0, plot.right() - 8.0);
    let mut on_mark = false;
    // Where they begin, and how far they may reach.
    let (x, room) = match place.whole {
        Some(rect) if after.is_empty() && before.is_empty() => {
            let right = (place.end.max(plot.x) + 6.0, at_right - place.end.max(plot.x) - 6.0);
            let left = rect.x - 8.0 - at_left;
            let seen = rect.right().min(plot.right()) - rect.x.max(plot.x);
            if below {
                let x = rect.x.max(at_left).min((at_right - whole).max(at_left));
                (x, at_right - x)
            } else if right.1 >= whole {
                right
            } else if left >= whole {
                (rect.x - 8.0 - whole, whole)
            } else if seen >= whole + 64.0 {
                on_mark = true;
                let x = rect.x.max(plot.x) + 32.0;
                (x.min(at_right - whole - 24.0), whole)
            } else if right.1 >= left.max(LEAST) || left < LEAST {
                right
            } else {
                (at_left, left)
            }
        }
        Some(_) if !after.is_empty() => {
            let room = (whole + width(after)).min(at_right - at_left);
            (at_right - room, room)
        }
        _ => (at_left, at_right - at_left),
    };
    let row = if below && before.is_empty() && after.is_empty() { place.y + 16.0 } else { place.y };
    let start = Point::new(x, row + 4.0);
    let before = text::line(before, start, Align::Left, weak);
    let room = room - before.width - width(after);
    let label = text::fitted(label, room.max(24.0), strong.size, false);
    let label = text::line(&label, Point::new(x + before.width, start.y), Align::Left, strong);
    let next = Point::new(label.at.x + label.width + 8.0, start.y);
    let left = room - label.width - 8.0;
    let source =
        if left < 24.0 { String::new() } else { text::fitted(&source, left, weak.size, false) };
    let source = text::line(&format!("{source}{after}"), next, Align::Left, weak);
    let right =
        if source.text.is_empty() { label.at.x + label.width } else { source.at.x + source.width };
    let rect = Rect::new(x - 4.0, row - 8.0, right - x + 8.0, 16.0);
    if on_mark {
        let fill = Some(place.ground.faded(0.92));
        out.push(Item::Rect { rect, radius: 3.0, fill, stroke: None });
    }
    out.extend(
        [before, label, source].into_iter().filter(|run| !run.text.is_empty()).map(Item::Text),
    );
    rect
}
