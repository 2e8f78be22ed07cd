//! What places are called on a map, and where their names stand.

use super::{MapSpec, cluster::Cluster, options};
use crate::{
    formats::gazetteer,
    layout::placement::{self, Label, Occupancy, Side},
    model::{Name, PartyId, PlaceId},
    scene::{
        Item, Point, Tokens, leader,
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

/// How many names in the languages of the places on a map are in a script that no font here has,
/// so that they are written in English.
pub(super) fn unwritten(spec: &MapSpec<'_>) -> usize {
    if spec.options.names == options::Names::English {
        return 0;
    }
    let foreign = |names: &[Name]| {
        names.iter().any(|name| !name.lang.starts_with("en")) && written(names).is_none()
    };
    let places = || spec.counted.places.places.iter().map(|one| spec.dataset.place(one.place));
    let mut states: Vec<PartyId> = places().filter_map(|place| place.state).collect();
    states.sort_unstable();
    states.dedup();
    let of_state = |id: &PartyId| {
        let party = spec.dataset.party(*id);
        let own = gazetteer::state_of_party(party).map_or("", |known| known.own_name);
        written(&party.other_names).is_none()
            && (foreign(&party.other_names) || !text::missing(own).is_empty())
    };
    places().filter(|place| foreign(&place.other_names)).count()
        + states.iter().filter(|id| of_state(id)).count()
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
    .unwrap_or_else(|| {
        let label = party.label();
        let known = gazetteer::state_of_party(party);
        match known.and_then(|known| known.beside(label, spec.counted.days)) {
            Some(beside) => format!("{label} ({beside})"),
            None => label.to_owned(),
        }
    })
}

/// "Phnom Penh"; "Cambodia" for all its places; otherwise the place of most engagements and the
/// number of the others, "Paris +3", whether they are of one state or of several.
pub(super) fn cluster(spec: &MapSpec<'_>, cluster: &Cluster) -> String {
    let Some(first) = cluster.parts.first() else { return String::new() };
    let alone = cluster.parts.len() == 1;
    match (cluster.places().count(), first.places.first(), first.state) {
        (1, Some(&(only, _)), _) => place(spec, only),
        (_, _, Some(id)) if alone && first.whole => state(spec, id),
        (all, Some(&(most, _)), _) => format!("{} +{}", place(spec, most), all - 1),
        (_, None, Some(id)) => state(spec, id),
        (_, None, None) => String::new(),
    }
}

/// The space between a name and its number, in points.
const BETWEEN: f32 = 4.0;

/// How many of the first names may stand away from their circles, at the end of a line: where the
/// largest circles crowd, the names that matter most would be the ones to find no room.
const LED: usize = 16;

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
    for (rank, name) in names.iter().enumerate() {
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
        let room = taken.place(&label, &Side::BESIDE).or_else(|| {
            (rank < LED && name.strong)
                .then(|| taken.place_around(&label, &placement::FAR))
                .flatten()
        });
        let Some((area, _)) = room else { continue };
        let [left, top, ..] = area.map(|side| side as f32);
        let ink = spec.tokens.ink_weak;
        items.extend(leader::to_mark(area, name.center, name.radius, ink, taken));
        let ground = spec.tokens.land.over(spec.tokens.water, 0.5);
        let baseline = Point::new(left, top + style.size * 0.95);
        let run = text::line(&name.text, baseline, Align::Left, style);
        items.push(Item::Text(run.haloed(ground)));
        if !name.count.is_empty() {
            let style = Style { strong: false, color: spec.tokens.ink_weak, ..style };
            let baseline = Point::new(left + wide + BETWEEN, baseline.y);
            let run = text::line(&name.count, baseline, Align::Left, style);
            items.push(Item::Text(run.haloed(ground)));
        }
    }
}
