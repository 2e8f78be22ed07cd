//! Which parties are drawn where there are too many for a page.

use crate::{model::PartyId, query::Ties};

/// The parties between which the strongest ties of all time run, among all that passes a filter.
///
/// The discs of thousands of parties cover a drawing and say nothing about who deals with whom.
/// These are drawn whatever stretch of time is looked at, so that none comes and goes with the
/// window but by what it does in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Core {
    /// Sorted.
    parties: Vec<PartyId>,
    /// How many ties they were chosen by.
    ties: usize,
}

impl Core {
    /// Up to so many parties, all are drawn.
    pub const ALL: usize = 1_500;

    /// The parties of the strongest `top` ties; `None` where all parties are drawn. `all` are the
    /// ties among all that passes the filter, at any time.
    #[must_use]
    pub fn of(all: &Ties, top: u32) -> Option<Self> {
        let top = top as usize;
        if top == 0 || all.ties.len() <= top || all.parties() <= Self::ALL {
            return None;
        }
        let ties = all.ties.strongest(top, |_, _| true, |_, _| false);
        let mut parties: Vec<PartyId> = ties.iter().flat_map(|tie| [tie.a, tie.b]).collect();
        parties.sort_unstable();
        parties.dedup();
        Some(Self { parties, ties: top })
    }

    /// The parties, sorted.
    #[must_use]
    pub fn parties(&self) -> &[PartyId] {
        &self.parties
    }

    /// How many ties they were chosen by.
    #[must_use]
    pub const fn ties(&self) -> usize {
        self.ties
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        formats::{OpenOptions, Progress, read},
        layout::network::PartyLayout,
        model::{Dataset, Target},
        query::{Columns, Tie, TieWeight, evaluate, ties as count},
        scene::{
            Item, Scene, Theme, Tokens,
            network::{NetworkSpec, Reading, fit_drawn, network},
        },
    };

    fn ties(parties: usize, weights: &[(usize, usize, f64)]) -> Ties {
        let tie = |&(a, b, weight): &(usize, usize, f64)| Tie {
            a: PartyId::at(a),
            b: PartyId::at(b),
            weight,
            engagements: 1,
            forth: 0,
            back: 0,
        };
        Ties {
            ties: weights.iter().map(tie).collect(),
            engagements: vec![1; parties],
            ..Ties::default()
        }
    }

    #[test]
    fn of_few_parties_all_are_drawn_and_of_many_those_of_the_strongest_ties() {
        let weights = [(0, 1, 5.0), (1, 7, 2.0), (3, 9, 4.0), (4, 5, 2.0)];
        assert_eq!(Core::of(&ties(Core::ALL, &weights), 3), None);
        let many = ties(Core::ALL + 1, &weights);
        assert_eq!(Core::of(&many, 4), None, "no tie would be left out");
        let core = Core::of(&many, 3).unwrap();
        let parties: Vec<usize> = core.parties().iter().map(|party| party.index()).collect();
        assert_eq!(parties, [0, 1, 3, 7, 9], "of equal ties, the one of the smaller ids");
        assert_eq!(core.ties(), 3);
    }

    /// 1,600 parties that each met the next one once, the first forty of them three times more.
    fn many() -> Dataset {
        let mut text = "date,title,participants\n".to_owned();
        for party in 0..1_600 {
            let other = (party + 1) % 1_600;
            for _ in 0..if party < 40 { 4 } else { 1 } {
                let year = 2000 + party % 4;
                text.push_str(&format!("{year},Talks,Party {party}; Party {other}\n"));
            }
        }
        read("many.csv", text.as_bytes(), &OpenOptions::default(), &Progress::default())
            .unwrap()
            .dataset
    }

    fn names(scene: &Scene) -> Vec<String> {
        fn walk(items: &[Item], names: &mut Vec<String>) {
            for item in items {
                match item {
                    Item::Text(run) => names.push(run.text.clone()),
                    Item::Group { items, .. } | Item::Clip { items, .. } => walk(items, names),
                    _ => {}
                }
            }
        }
        let mut names = Vec::new();
        walk(&scene.items, &mut names);
        names
    }

    /// Parties of which each has a tie with each other one, the first ones the strongest.
    fn dense(count: usize) -> (Dataset, Ties) {
        let rows: String = (0..count).map(|at| format!("2020,Talks,Party {at}\n")).collect();
        let text = format!("date,title,participants\n{rows}");
        let opened =
            read("dense.csv", text.as_bytes(), &OpenOptions::default(), &Progress::default());
        let mut weights = Vec::new();
        for a in 0..count {
            weights.extend((a + 1..count).map(|b| (a, b, 2.0 * (count - a) as f64)));
        }
        let ties = Ties {
            engagements: (0..count).map(|at| (count - at) as u32).collect(),
            ..ties(count, &weights)
        };
        (opened.unwrap().dataset, ties)
    }

    #[test]
    fn all_ties_are_as_many_as_can_be_drawn_and_the_strongest_are_named_in_any_pane() {
        let (dataset, ties) = dense(240);
        let at = |party: usize| Some([(party % 16) as f64 * 9.0, (party / 16) as f64 * 9.0]);
        let places: Vec<_> = (0..dataset.parties().len()).map(at).collect();
        let layout = PartyLayout::placed(ties.engagements.clone(), &places);
        for size in [(300.0, 130.0), (420.0, 180.0), (700.0, 240.0)] {
            let mut spec = NetworkSpec {
                dataset: &dataset,
                ties: &ties,
                layout: &layout,
                camera: crate::layout::camera::Camera::default(),
                size,
                tokens: Tokens::of(Theme::Light),
                highlighted: None,
                reading: Reading::default(),
                changes: None,
                strongest: None,
                note: true,
            };
            spec.reading.options.top = u32::MAX;
            spec.camera = fit_drawn(&spec);
            let scene = network(&spec);
            if size.0 > 600.0 {
                let said = note(&scene);
                assert!(said.contains("the strongest 25,000 of 28,680 ties drawn"), "{said}");
            }
            spec.camera.zoom *= 4.0;
            let said = note(&network(&spec)).to_owned();
            assert!(size.0 < 600.0 || said.contains(" parties in sight, "), "{said}");
            let names = names(&scene);
            for rank in 0..4 {
                let name = format!("Party {rank}");
                assert!(names.contains(&name), "{name} at {size:?}: {names:?}");
            }
        }
    }

    fn parties(scene: &Scene) -> Vec<PartyId> {
        let mut parties = Vec::new();
        scene.marks(&mut |mark| {
            if let Some(Target::Party(party)) = mark.target {
                parties.push(party);
            }
        });
        parties.sort_unstable();
        parties
    }

    fn note(scene: &Scene) -> &str {
        match scene.items.last() {
            Some(Item::Text(run)) => &run.text,
            other => panic!("no note: {other:?}"),
        }
    }

    #[test]
    fn of_thousands_the_same_parties_are_drawn_in_every_window_and_all_of_them_fit() {
        let dataset = many();
        let columns = Columns::new(&dataset);
        let rows = evaluate(&dataset, &columns, &crate::query::Filter::default()).rows;
        let among = |keep: &dyn Fn(u32) -> bool| {
            let rows: Vec<u32> = rows.iter().copied().filter(|row| keep(*row)).collect();
            count(&columns, &rows, dataset.parties().len(), TieWeight::Raw)
        };
        let whole = among(&|_| true);
        let core = Core::of(&whole, 40).unwrap();
        assert_eq!(core.parties().len(), 41);
        // On a wide grid, of which the core takes a small part.
        let at = |party: usize| Some([(party % 100) as f64 * 30.0, (party / 100) as f64 * 30.0]);
        let places: Vec<_> = (0..dataset.parties().len()).map(at).collect();
        let mut layout = PartyLayout::placed(whole.engagements.clone(), &places);
        let outside = (0..dataset.parties().len())
            .map(PartyId::at)
            .filter(|party| core.parties().binary_search(party).is_err())
            .collect::<Vec<_>>();
        let (looked_at, pinned) = (outside[700], outside[900]);
        let drawn = |ties: &Ties, layout: &PartyLayout, highlighted| {
            let mut spec = NetworkSpec {
                dataset: &dataset,
                ties,
                layout,
                camera: crate::layout::camera::Camera::default(),
                size: (900.0, 400.0),
                tokens: Tokens::of(Theme::Light),
                highlighted,
                reading: Reading { core: Some(&core), ..Reading::default() },
                changes: None,
                strongest: None,
                note: true,
            };
            spec.camera = fit_drawn(&spec);
            (spec.camera, network(&spec))
        };
        let (camera, all) = drawn(&whole, &layout, None);
        assert_eq!(parties(&all), core.parties());
        assert!(note(&all).starts_with("41 of 1,600 parties drawn: those of the 40 strongest"));
        let hits = |scene: &Scene| {
            let mut ends = (f32::MAX, f32::MIN);
            scene.marks(&mut |mark| {
                if let Some(Target::Party(_)) = mark.target {
                    let bounds = mark.hits[0].bounds();
                    ends = (ends.0.min(bounds.x), ends.1.max(bounds.x + bounds.w));
                }
            });
            ends
        };
        let (left, right) = hits(&all);
        assert!(left >= 0.0 && right <= 900.0 && right - left > 450.0, "{left} {right}");
        // A year of it: those of the same parties that met, and nothing has moved.
        let year = among(&|row| row < 430);
        let (same, some) = drawn(&year, &layout, None);
        assert_eq!(same, camera);
        let met = |party: &PartyId| year.engagements[party.index()] > 0;
        let expected: Vec<_> = core.parties().iter().copied().filter(met).collect();
        assert!(!expected.is_empty() && expected.len() < 41);
        assert_eq!(parties(&some), expected);
        // What the reader looks at, or has put somewhere, is there as well.
        layout.pinned.insert(pinned);
        let (_, asked) = drawn(&whole, &layout, Some(looked_at));
        assert_eq!(parties(&asked).len(), 43);
        assert!(parties(&asked).contains(&looked_at) && parties(&asked).contains(&pinned));
    }
}
