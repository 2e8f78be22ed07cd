//! A party that is being dragged: taken out of a drawing with what hangs on it, so that the rest
//! can stay as it is while the party follows the pointer.

use crate::{
    model::{PartyId, Target},
    scene::{Hit, Item, PathSegment, Point, Scene},
};

/// How far from a party its name may stand, in points.
const NEAR: f32 = 120.0;

/// A party with its name and its lines, taken out of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Lifted {
    /// Where it stood.
    center: Point,
    /// Its mark and its name.
    mark: Vec<Item>,
    /// Its lines, each with the point at its other end.
    lines: Vec<(Point, Item)>,
}

impl Lifted {
    /// Takes a party out of the drawing of a network; `None` where it is not drawn. `name` is what
    /// it is called there.
    #[must_use]
    pub fn take(scene: &mut Scene, party: PartyId, name: &str) -> Option<Self> {
        let center = center(&scene.items, party)?;
        let mut lifted = Self { center, mark: Vec::new(), lines: Vec::new() };
        lifted.take_from(&mut scene.items, party, name);
        Some(lifted)
    }

    fn take_from(&mut self, items: &mut Vec<Item>, party: PartyId, name: &str) {
        let center = self.center;
        items.retain_mut(|item| {
            match item {
                Item::Clip { items, .. } => self.take_from(items, party, name),
                Item::Group { mark, .. } if mark.target == Some(Target::Party(party)) => {
                    self.mark.push(item.clone());
                    return false;
                }
                Item::Group { mark, .. } => {
                    if let Some(Hit::Line(points, _)) = mark.hits.first()
                        && let [first, .., last] = points[..]
                        && (first == center || last == center)
                    {
                        let other = if first == center { last } else { first };
                        self.lines.push((other, item.clone()));
                        return false;
                    }
                }
                Item::Text(run) => {
                    let words = run.text.trim_end_matches('…').trim();
                    let middle = Point::new(run.at.x + run.width / 2.0, run.at.y);
                    if !words.is_empty() && name.contains(words) && middle.distance(center) < NEAR {
                        self.mark.push(item.clone());
                        return false;
                    }
                }
                _ => {}
            }
            true
        });
    }

    /// How far its mark and name are moved when it stands at a point.
    #[must_use]
    pub fn offset(&self, at: Point) -> (f32, f32) {
        (at.x - self.center.x, at.y - self.center.y)
    }

    /// Its mark and its name where they stood.
    #[must_use]
    pub fn mark(&self) -> &[Item] {
        &self.mark
    }

    /// Its lines when it stands at a point: each turned and stretched about its other end.
    #[must_use]
    pub fn lines(&self, at: Point) -> Vec<Item> {
        let turned = |(other, item): &(Point, Item)| Turn::new(*other, self.center, at)?.item(item);
        self.lines.iter().filter_map(turned).collect()
    }
}

/// Where the mark of a party stands.
fn center(items: &[Item], party: PartyId) -> Option<Point> {
    items.iter().find_map(|item| match item {
        Item::Clip { items, .. } => center(items, party),
        Item::Group { mark, .. } if mark.target == Some(Target::Party(party)) => {
            mark.hits.iter().find_map(|hit| match hit {
                Hit::Circle(center, _) => Some(*center),
                _ => None,
            })
        }
        _ => None,
    })
}

/// Turns and stretches the plane about a point.
struct Turn {
    about: Point,
    /// Along and across, as the factor of complex numbers.
    by: (f32, f32),
}

impl Turn {
    /// The turn about `about` that takes one point to another; `None` where they are the same.
    fn new(about: Point, from: Point, to: Point) -> Option<Self> {
        let (ax, ay) = (from.x - about.x, from.y - about.y);
        let (bx, by) = (to.x - about.x, to.y - about.y);
        let length = ax * ax + ay * ay;
        let by = ((ax * bx + ay * by) / length, (ax * by - ay * bx) / length);
        (length > 1e-6).then_some(Self { about, by })
    }

    fn point(&self, at: Point) -> Point {
        let (x, y) = (at.x - self.about.x, at.y - self.about.y);
        Point::new(
            self.about.x + x * self.by.0 - y * self.by.1,
            self.about.y + x * self.by.1 + y * self.by.0,
        )
    }

    /// The paths of a line, turned; whatever else is drawn with it is left out meanwhile.
    fn item(&self, item: &Item) -> Option<Item> {
        match item {
            Item::Path { segments, fill, stroke } => Some(Item::Path {
                segments: segments
                    .iter()
                    .map(|segment| match *segment {
                        PathSegment::Move(at) => PathSegment::Move(self.point(at)),
                        PathSegment::Line(at) => PathSegment::Line(self.point(at)),
                        PathSegment::Cubic(one, two, at) => {
                            PathSegment::Cubic(self.point(one), self.point(two), self.point(at))
                        }
                        PathSegment::Close => PathSegment::Close,
                    })
                    .collect(),
                fill: *fill,
                stroke: *stroke,
            }),
            Item::Group { mark, items } => Some(Item::Group {
                mark: mark.clone(),
                items: items.iter().filter_map(|item| self.item(item)).collect(),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        formats::generate::generate,
        layout::network::PartyLayout,
        query::{Columns, TieWeight, ties},
        scene::{
            Theme, Tokens,
            network::{NetworkSpec, Reading, fit, network},
        },
    };

    #[test]
    fn a_party_takes_its_lines_with_it_and_everything_else_stays() {
        let dataset = generate(60, 3);
        let columns = Columns::new(&dataset);
        let rows: Vec<u32> = (0..60).collect();
        let ties = ties(&columns, &rows, dataset.parties().len(), TieWeight::Shared);
        let options = Default::default();
        let layout = PartyLayout::new(&dataset, &ties, &options, &mut |_| true).unwrap();
        let size = (900.0, 500.0);
        let spec = NetworkSpec {
            dataset: &dataset,
            ties: &ties,
            layout: &layout,
            camera: fit(&layout, size),
            size,
            tokens: Tokens::of(Theme::Light),
            highlighted: None,
            reading: Reading::default(),
            changes: None,
            strongest: None,
            note: true,
        };
        let whole = network(&spec);
        let (party, _) = ties.engagements.iter().enumerate().max_by_key(|it| it.1).unwrap();
        let party = PartyId::at(party);
        let mut rest = whole.clone();
        let name = dataset.party(party).label();
        let lifted = Lifted::take(&mut rest, party, name).unwrap();
        assert!(lifted.lines.len() > 3);
        let marks = |scene: &Scene| {
            let mut marks = Vec::new();
            scene.marks(&mut |mark| marks.push(mark.id.clone()));
            marks
        };
        assert_eq!(marks(&rest).len() + lifted.lines.len() + 1, marks(&whole).len());
        rest.marks(&mut |mark| {
            let its = matches!(mark.target, Some(Target::Tie(a, b)) if a == party || b == party);
            assert!(!its, "{} is left behind", mark.id);
        });
        // Where it stood, it is as it was.
        let there = lifted.lines(lifted.center);
        let segments = |item: &Item| -> Vec<PathSegment> {
            match item {
                Item::Group { items, .. } => match &items[0] {
                    Item::Path { segments, .. } => segments.to_vec(),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            }
        };
        for ((_, was), is) in lifted.lines.iter().zip(&there) {
            for (a, b) in segments(was).into_iter().zip(segments(is)) {
                if let (PathSegment::Move(a), PathSegment::Move(b)) = (a, b) {
                    assert!(a.distance(b) < 1e-2);
                }
            }
        }
        // Elsewhere, every line still joins it to the same other end.
        let at = Point::new(lifted.center.x + 140.0, lifted.center.y - 60.0);
        assert_eq!(lifted.offset(at), (140.0, -60.0));
        for ((other, was), is) in lifted.lines.iter().zip(lifted.lines(at)) {
            let ends = |item: &Item| {
                let segments = segments(item);
                let last = match segments.last() {
                    Some(PathSegment::Line(at) | PathSegment::Cubic(.., at)) => *at,
                    other => panic!("{other:?}"),
                };
                match segments[0] {
                    PathSegment::Move(first) => [first, last],
                    other => panic!("{other:?}"),
                }
            };
            // A line of two rails runs beside the middle: as far as it did before.
            let apart =
                |ends: [Point; 2], from: Point| ends[0].distance(from).min(ends[1].distance(from));
            assert!(apart(ends(&is), *other) <= apart(ends(was), *other) * 4.0 + 0.1);
            assert!(apart(ends(&is), at) <= apart(ends(was), lifted.center) * 4.0 + 0.1);
        }
    }

    #[test]
    fn a_party_that_is_not_drawn_cannot_be_lifted() {
        let background = Tokens::of(Theme::Light).paper;
        let mut scene =
            Scene { width: 9.0, height: 9.0, background, title: String::new(), items: Vec::new() };
        assert_eq!(Lifted::take(&mut scene, PartyId(1), "A"), None);
    }
}
