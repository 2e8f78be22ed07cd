//! The legend of two stretches of time compared: the changes that there are, with their lines and
//! signs.

use crate::{
    model::words,
    query::{Comparison, TieChange},
    scene::{
        Item, Point, Stroke, Tokens, entries,
        figure::Legend,
        network::{change_stroke, sign},
        timeline::shapes,
    },
};

/// The legend, with the number of ties behind each change (by [`Comparison::counts`]) and, unless
/// there is little room, what the signs do not say: `top` is the most ties that are drawn.
#[must_use]
pub fn legend(
    comparison: &Comparison,
    (counts, top): ([usize; 5], u32),
    width: f32,
    whole: bool,
    tokens: &'static Tokens,
) -> Legend {
    let mut entries = signs(comparison, counts, tokens);
    if whole && !entries.is_empty() {
        entries.extend(remarks(comparison, top as usize));
    }
    entries::flow(&entries, width, tokens)
}

/// The signs of the changes that there are.
fn signs(
    comparison: &Comparison,
    counts: [usize; 5],
    tokens: &'static Tokens,
) -> Vec<entries::Entry> {
    let mut entries: Vec<entries::Entry> = TieChange::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(change, count)| entries::Entry {
            first: false,
            width: 40.0,
            picture: Box::new(move |at| {
                let (from, to) = (Point::new(at.x - 20.0, at.y), Point::new(at.x + 20.0, at.y));
                let mut items = vec![shapes::line(from, to, change_stroke(tokens, change, 3.0))];
                items.extend(sign(tokens, change, at));
                items
            }),
            label: format!("{} ({})", change.label(), words::grouped(count)),
        })
        .collect();
    let ring = |stroke: Stroke, fill, label: &str| entries::Entry {
        first: false,
        width: 18.0,
        picture: Box::new(move |at| {
            vec![
                Item::Circle { center: at, radius: 7.5, fill: None, stroke: Some(stroke) },
                Item::Circle { center: at, radius: 5.0, fill: Some(fill), stroke: None },
            ]
        }),
        label: label.to_owned(),
    };
    let any = |test: &dyn Fn(&[u32; 2]) -> bool| comparison.parties.iter().any(test);
    if any(&|[before, after]| *before == 0 && *after > 0) {
        entries.push(ring(Stroke::solid(tokens.gain, 1.2), tokens.gain, "party new"));
    }
    if any(&|[before, after]| *before > 0 && *after == 0) {
        let fill = tokens.loss.over(tokens.paper, 0.55);
        entries.push(ring(Stroke::dashed(tokens.loss, 1.2, 2.5, 2.0), fill, "party gone"));
    }
    entries
}

/// What the signs do not say.
fn remarks(comparison: &Comparison, most: usize) -> Vec<entries::Entry> {
    let words_alone = |first: bool, label: String| entries::Entry {
        first,
        width: 0.0,
        picture: Box::new(|_| Vec::new()),
        label,
    };
    let per_year = if comparison.per_year { " per year" } else { "" };
    let width = format!("Lines are as wide as the stronger of the two{per_year}.");
    let mut remarks = vec![words_alone(false, width)];
    let all = comparison.ties.len();
    if all > most {
        let label = format!(
            "The {} strongest of {} ties are drawn; the numbers are those of all.",
            words::grouped(most),
            words::grouped(all)
        );
        remarks.push(words_alone(true, label));
    }
    remarks
}
