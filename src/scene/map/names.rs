//! What places are called on a map, and where their names stand.

use super::{MapSpec, cluster::Cluster, options};
use crate::{
    formats::gazetteer,
    layout::placement::{Label, Occupancy, Side},
    model::{Name, PartyId, PlaceId},
    scene::{
        Item, Point, Rect, Tokens,
        text::{self, Align, Style},
    },
};

/// A name that wants to be written by its mark.
pub(super) struct Wanted {
    pub(super) text: String,
    /// The number that its circle has no room for; empty for none.
    pub(super) count: String,
    pub(super) center: Point,
    pub(super) radius: f32,
    pub(super) strong: bool,
}

/// The first name in a language other than English that the fonts can write.
fn written(names: &[Name]) -> Option<String> {
    names
        .iter()
        .filter(|name| !name.lang.starts_with("en"))
        .map(|name| name.text.to_string())
        .find(|name| text::missing(name).is_empty())
}

/// The longest name of a place that is written whole, in letters: a table may name a whole journey.
const LONGEST: usize = 24;

/// "Mollendo …" for "Mollendo, Callao, Lima, Talara".
fn short(name: &str) -> String {
    match name.split_once([',', ';', '(']) {
        Some((first, _)) if name.chars().count() > LONGEST && !first.trim().is_empty() => {
            format!("{} …", first.trim())
        }
        _ => name.to_owned(),
    }
}

/// What a place is called.
pub(super) fn place(spec: &MapSpec<'_>, id: PlaceId) -> String {
    let place = spec.dataset.place(id);
    match spec.options.names {
        options::Names::English => None,
        options::Names::Local => written(&place.other_names),
    }
    .unwrap_or_else(|| short(&place.name))
}

/// What a state is called.
fn state(spec: &MapSpec<'_>, id: PartyId) -> String {
    let party = spec.dataset.party(id);
    match spec.options.names {
        options::Names::English => None,
        options::Names::Local => written(&party.other_names).or_else(|| {
            let known = party.iso.as_deref().and_then(gazetteer::resolve_state_code)?;
            let own = known.own_name;
            (!own.is_empty() && text::missing(own).is_empty()).then(|| own.to_owned())
        }),
    }
    .unwrap_or_else(|| party.label().to_owned())
}

/// "Phnom Penh"; "Cambodia" for all its places; "Paris +3" for some of a state's; "Italy +1" where
/// circles of several states are one.
pub(super) fn cluster(spec: &MapSpec<'_>, cluster: &Cluster) -> String {
    let Some(first) = cluster.parts.first() else { return String::new() };
    let mut name = match (&first.places[..], first.state) {
        (&[(only, _)], _) => place(spec, only),
        (_, Some(id)) if first.whole => state(spec, id),
        (places, _) => format!("{} +{}", place(spec, places[0].0), places.len() - 1),
    };
    match cluster.parts.len() - 1 {
        0 => {}
        more => name.push_str(&format!(" +{more}")),
    }
    name
}

/// The space between a name and its number, in points.
const BETWEEN: f32 = 4.0;

/// Writes the names that find room, in the order given.
pub(super) fn draw(
    spec: &MapSpec<'_>,
    names: &[Wanted],
    taken: &mut Occupancy,
    items: &mut Vec<Item>,
) {
    for name in names {
        let (x, y, r) =
            (f64::from(name.center.x), f64::from(name.center.y), f64::from(name.radius));
        taken.block([x - r, y - r, x + r, y + r]);
    }
    for name in names {
        let style = Style {
            size: Tokens::SMALL,
            strong: name.strong,
            color: if name.strong { spec.tokens.ink_strong } else { spec.tokens.ink_weak },
        };
        let wide = text::width(&name.text, style.size, style.strong);
        let behind = match &*name.count {
            "" => 0.0,
            count => BETWEEN + text::width(count, style.size, false),
        };
        let label = Label {
            center: [f64::from(name.center.x), f64::from(name.center.y)],
            radius: f64::from(name.radius),
            width: f64::from(wide + behind),
            height: f64::from(style.size) * 1.2,
            gap: 3.0,
        };
        let Some((area, crossed)) = taken.place(&label, &Side::BESIDE) else { continue };
        let [left, top, right, bottom] = area.map(|side| side as f32);
        if crossed > 0.0 {
            items.push(Item::Rect {
                rect: Rect::new(left - 1.0, top, right - left + 2.0, bottom - top),
                radius: 2.0,
                fill: Some(spec.tokens.land.over(spec.tokens.water, 0.5).faded(0.75)),
                stroke: None,
            });
        }
        let baseline = Point::new(left, top + style.size * 0.95);
        items.push(Item::Text(text::line(&name.text, baseline, Align::Left, style)));
        if !name.count.is_empty() {
            let style = Style { strong: false, color: spec.tokens.ink_weak, ..style };
            let baseline = Point::new(left + wide + BETWEEN, baseline.y);
            items.push(Item::Text(text::line(&name.count, baseline, Align::Left, style)));
        }
    }
}
