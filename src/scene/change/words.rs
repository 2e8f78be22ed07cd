//! A comparison in words: what a reader would say about the figure.

use crate::{
    model::{Dataset, PartyId, words},
    query::{Comparison, TieChange},
};

/// "12 ties new, 5 lost, 3 stronger, 2 weaker and 8 the same between 2009–2014 (35 engagements) and
/// 2015–2020 (41 engagements)."
#[must_use]
pub fn sentence(comparison: &Comparison, names: [&str; 2]) -> String {
    let [new, stronger, same, weaker, lost] = comparison.counts();
    let told: Vec<String> = [
        (new, "new"),
        (lost, "lost"),
        (stronger, "stronger"),
        (weaker, "weaker"),
        (same, "the same"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", words::grouped(count)))
    .collect();
    let [a, b] = [0, 1].map(|side| {
        let count = words::count(comparison.engagements[side], "engagement", "engagements");
        format!("{} ({count})", names[side])
    });
    match told.as_slice() {
        [] => format!("No tie in {a} or in {b}."),
        [first, rest @ ..] => {
            // "ties" goes with the first number.
            let (count, what) = first.split_once(' ').unwrap_or((first, ""));
            let ties = if count == "1" { "tie" } else { "ties" };
            let mut list = format!("{count} {ties} {what}");
            for (at, one) in rest.iter().enumerate() {
                list.push_str(if at + 1 == rest.len() { " and " } else { ", " });
                list.push_str(one);
            }
            format!("{list} between {a} and {b}.")
        }
    }
}

/// What must be known to read the comparison right: a sentence each.
#[must_use]
pub fn remarks(comparison: &Comparison) -> Vec<String> {
    let mut remarks = Vec::new();
    if comparison.per_year {
        let [a, b] = comparison.years.map(length);
        remarks.push(format!(
            "Strength is compared per year, because the stretches are not equally long ({a} and \
             {b}).",
        ));
    }
    if comparison.both > 0 {
        let count = words::count(comparison.both, "engagement counts", "engagements count");
        remarks.push(format!("{count} in both: the date leaves either open, or it went on."));
    }
    remarks
}

/// "11.9 years", "3 months".
fn length(years: f64) -> String {
    if years < 1.5 {
        let months = (years * 12.0).round().max(1.0) as usize;
        return words::count(months, "month", "months");
    }
    let text = format!("{years:.1}");
    format!("{} years", text.trim_end_matches(".0"))
}

/// With a capital letter.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How many names of each change are told.
const NAMED: usize = 8;

/// "Cambodia: 3 → 8 engagements. New: Laos, ASEAN and 3 more. Lost: Hun Sen."
#[must_use]
pub fn party_sentence(dataset: &Dataset, comparison: &Comparison, party: PartyId) -> String {
    let [before, after] = comparison.parties.get(party.index()).copied().unwrap_or_default();
    let mut text = format!(
        "{}: {} → {} engagements.",
        dataset.party(party).label(),
        words::grouped(before as usize),
        words::grouped(after as usize),
    );
    for change in [TieChange::New, TieChange::Lost, TieChange::Stronger, TieChange::Weaker] {
        let mut ties: Vec<_> =
            comparison.ties_of(party).filter(|tie| tie.change == change).collect();
        let difference = |weight| {
            let [a, b] = comparison.strength(weight);
            (b - a).abs()
        };
        ties.sort_by(|a, b| difference(b.weight).total_cmp(&difference(a.weight)));
        let mut names: Vec<&str> = ties
            .iter()
            .take(NAMED)
            .map(|tie| dataset.party(if tie.a == party { tie.b } else { tie.a }).label())
            .collect();
        let more = ties.len().saturating_sub(NAMED);
        let rest = format!("{more} more");
        if more > 0 {
            names.push(&rest);
        }
        if let Some((last, first)) = names.split_last() {
            let label = capital(change.label());
            let list = if first.is_empty() {
                (*last).to_owned()
            } else {
                format!("{} and {last}", first.join(", "))
            };
            text.push_str(&format!(" {label}: {list}."));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ChangedTie;

    fn comparison(changes: &[TieChange]) -> Comparison {
        let ties = changes.iter().enumerate().map(|(at, change)| ChangedTie {
            a: PartyId(0),
            b: PartyId(at as u32 + 1),
            weight: [1.0, 1.0],
            engagements: [1, 1],
            change: *change,
        });
        Comparison { ties: ties.collect(), engagements: [1, 1200], ..Comparison::default() }
    }

    #[test]
    fn a_comparison_says_what_changed() {
        use TieChange::{Lost, New, Same};
        let said = |changes: &[TieChange]| sentence(&comparison(changes), ["2009", "2010"]);
        assert_eq!(
            said(&[New, New, Lost, Same]),
            "2 ties new, 1 lost and 1 the same between 2009 (1 engagement) and 2010 (1,200 \
             engagements)."
        );
        assert!(said(&[Lost]).starts_with("1 tie lost between"));
        assert!(said(&[]).starts_with("No tie in 2009"));
    }

    #[test]
    fn lengths_are_told_in_years_or_months() {
        assert_eq!(length(0.25), "3 months");
        assert_eq!(length(6.0), "6 years");
        assert_eq!(length(11.93), "11.9 years");
    }
}
