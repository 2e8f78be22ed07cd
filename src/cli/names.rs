//! Finding what an argument names: by id first, then by exact name.

use crate::{
    model::Dataset,
    query::{LaneBy, LaneKey, lane_count, lane_key, lane_label},
};

/// What can be named: position, id, and names.
pub struct Named<'a> {
    /// The identifier used in files.
    pub key: &'a str,
    /// The names under which it is known.
    pub names: Vec<&'a str>,
}

/// The position of what is named; upper and lower case are the same in names.
///
/// # Errors
/// When there is no such thing, with the nearest; when several bear the name, with their ids.
pub fn find(what: &str, wanted: &str, all: &[Named<'_>]) -> Result<usize, String> {
    if let Some(position) = all.iter().position(|one| one.key == wanted) {
        return Ok(position);
    }
    let folded = wanted.trim().to_lowercase();
    let same = |name: &&str| name.to_lowercase() == folded;
    let found: Vec<usize> =
        (0..all.len()).filter(|&at| same(&all[at].key) || all[at].names.iter().any(same)).collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(match nearest(&folded, all) {
            Some(near) => {
                let name = near.names.first().copied().unwrap_or(near.key);
                format!(
                    "there is no {what} “{wanted}”; did you mean {name} (--{what} {})?",
                    near.key
                )
            }
            None => format!("there is no {what} “{wanted}” in this file"),
        }),
        _ => {
            let keys: Vec<&str> = found.iter().map(|&at| all[at].key).collect();
            Err(format!(
                "“{wanted}” is the name of {} of them; use an id: {}",
                keys.len(),
                keys.join(", ")
            ))
        }
    }
}

/// The lane that is named, by id or by the words that stand beside it.
///
/// # Errors
/// As [`find`].
pub fn lane(dataset: &Dataset, by: LaneBy, wanted: &str) -> Result<LaneKey, String> {
    let lanes = (0..lane_count(dataset, by) as u32).map(LaneKey::Id).chain([LaneKey::None]);
    let named = |lane: LaneKey| {
        let names = vec![lane_label(dataset, by, lane)];
        Named { key: lane_key(dataset, by, lane).unwrap_or_default(), names }
    };
    let lanes: Vec<LaneKey> = lanes.collect();
    let all: Vec<Named<'_>> = lanes.iter().map(|lane| named(*lane)).collect();
    find("lane", wanted, &all).map(|at| lanes[at])
}

/// What is spelt most alike, if anything is alike at all.
fn nearest<'a, 'b>(folded: &str, all: &'b [Named<'a>]) -> Option<&'b Named<'a>> {
    let mut best: Option<(usize, &Named<'_>)> = None;
    for one in all {
        for name in one.names.iter().chain([&one.key]) {
            let name = name.to_lowercase();
            let distance =
                if !folded.is_empty() && name.contains(folded) { 1 } else { edits(folded, &name) };
            let near = distance <= 1 + folded.chars().count() / 4;
            if near && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, one));
            }
        }
    }
    best.map(|(_, one)| one)
}

/// How many letters must be added, left out or replaced (Levenshtein 1966).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties() -> Vec<Named<'static>> {
        let one = |key, names: &[&'static str]| Named { key, names: names.to_vec() };
        vec![
            one("cambodia", &["Cambodia", "កម្ពុជា"]),
            one("usa", &["United States", "US"]),
            one("smith-1", &["John Smith"]),
            one("smith-2", &["John Smith"]),
        ]
    }

    #[test]
    fn ids_and_names_are_found_whatever_their_case() {
        for (wanted, position) in
            [("usa", 1), ("USA", 1), ("united states", 1), ("កម្ពុជា", 0), (" Cambodia ", 0)]
        {
            assert_eq!(find("party", wanted, &parties()), Ok(position), "{wanted}");
        }
    }

    #[test]
    fn what_is_not_there_is_answered_with_what_is_near() {
        let error = find("party", "Cambdia", &parties()).unwrap_err();
        assert!(error.contains("did you mean Cambodia (--party cambodia)?"), "{error}");
        let error = find("party", "Zanzibar", &parties()).unwrap_err();
        assert!(error.contains("no party “Zanzibar”"), "{error}");
        let error = find("party", "John Smith", &parties()).unwrap_err();
        assert!(error.contains("smith-1, smith-2"), "{error}");
    }
}
