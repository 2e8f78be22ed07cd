//! Tables with a row for each party of a treaty: the rows of one treaty become one engagement with
//! many parties.

use rustc_hash::FxHashMap;

use crate::model::{DatasetParts, Engagement, FieldId, List, Text, words::grouped};

/// Headings of columns that say to which treaty a row belongs, letters alone, in lower case.
const HEADINGS: [&str; 4] = ["treatyid", "agreementid", "treatynumber", "agreementnumber"];

fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The values of columns that the model has no place for.
type Extras = List<(FieldId, Text)>;

/// A treaty in the making.
struct Treaty {
    engagement: Engagement,
    /// For each row: its parties in words, and the values of its further columns.
    rows: Vec<(String, Extras)>,
}

/// Makes the rows of one treaty one engagement: its parties, dates, sources and outcomes are those of
/// all its rows; where a further column differs between the rows, each value stands with the party
/// of its row. Returns what was done, in words; `None` where the table has no such column, or none
/// of its values occurs twice.
pub(super) fn group(parts: &mut DatasetParts) -> Option<String> {
    let field = parts.fields.iter().position(|field| HEADINGS.contains(&plain(field).as_str()))?;
    let heading = parts.fields[field].clone();
    let field = FieldId::at(field);
    let treaty_of = |engagement: &Engagement| {
        let mut extras = engagement.extras.iter();
        extras.find(|(id, _)| *id == field).map(|(_, value)| value.clone())
    };
    let rows = parts.engagements.len();
    let mut first: FxHashMap<Text, usize> = FxHashMap::default();
    first.reserve(rows / 4);
    for engagement in &parts.engagements {
        if let Some(treaty) = treaty_of(engagement) {
            *first.entry(treaty).or_insert(0) += 1;
        }
    }
    if first.values().all(|rows| *rows < 2) {
        return None;
    }
    first.clear();
    let mut treaties: Vec<Treaty> = Vec::new();
    for mut engagement in std::mem::take(&mut parts.engagements) {
        let treaty = treaty_of(&engagement);
        let names: Vec<&str> = engagement
            .participants
            .iter()
            .filter_map(|one| parts.parties.get(one.party.index()))
            .map(|party| &*party.name)
            .collect();
        let row = (names.join(", "), std::mem::take(&mut engagement.extras));
        let at = treaty.and_then(|treaty| match first.entry(treaty) {
            std::collections::hash_map::Entry::Occupied(known) => Some(*known.get()),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(treaties.len());
                None
            }
        });
        match at.and_then(|at| treaties.get_mut(at)) {
            Some(treaty) => {
                join(&mut treaty.engagement, &engagement);
                treaty.rows.push(row);
            }
            None => treaties.push(Treaty { engagement, rows: vec![row] }),
        }
    }
    parts.engagements = treaties
        .into_iter()
        .map(|Treaty { mut engagement, rows }| {
            engagement.extras = extras(rows);
            engagement
        })
        .collect();
    Some(format!(
        "Rows with the same “{heading}” are one engagement with the parties of all of them: {} \
         engagements of {} rows.",
        grouped(parts.engagements.len()),
        grouped(rows)
    ))
}

/// Adds what one row says to what others have said.
fn join(whole: &mut Engagement, row: &Engagement) {
    fn union<T: Clone + PartialEq>(list: &mut List<T>, more: &List<T>) {
        if more.iter().all(|one| list.contains(one)) {
            return;
        }
        let mut all = std::mem::take(list).into_vec();
        for one in more {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
        *list = all.into();
    }
    union(&mut whole.participants, &row.participants);
    union(&mut whole.dates, &row.dates);
    union(&mut whole.partnerships, &row.partnerships);
    union(&mut whole.topics, &row.topics);
    union(&mut whole.outcomes, &row.outcomes);
    union(&mut whole.relations, &row.relations);
    union(&mut whole.citations, &row.citations);
    whole.places.join(&row.places);
    match (&mut whole.note, &row.note) {
        (Some(note), Some(more)) if !note.contains(more.as_str()) => {
            *note = format!("{note}\n{more}").into();
        }
        (note @ None, more) => note.clone_from(more),
        _ => {}
    }
}

/// The further columns of some rows: a value that all rows share once, others with their parties.
fn extras(mut rows: Vec<(String, Extras)>) -> Extras {
    if rows.len() == 1 {
        return rows.pop().map(|(_, extras)| extras).unwrap_or_default();
    }
    let count = rows.len();
    let mut fields: Vec<FieldId> =
        rows.iter().flat_map(|(_, row)| row.iter().map(|e| e.0)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .into_iter()
        .map(|field| {
            let said: Vec<(&str, &str)> = rows
                .iter()
                .flat_map(|(who, row)| {
                    let of = row.iter().filter(|(id, _)| *id == field);
                    of.map(|(_, value)| (who.as_str(), &**value))
                })
                .collect();
            let shared = said.len() == count && said.iter().all(|(_, value)| *value == said[0].1);
            let text = if shared {
                said[0].1.to_owned()
            } else {
                let each: Vec<String> = said
                    .iter()
                    .map(|(who, value)| {
                        if who.is_empty() { (*value).to_owned() } else { format!("{who}: {value}") }
                    })
                    .collect();
                each.join("; ")
            };
            (field, text.into())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::formats::{OpenOptions, Progress, table};

    const TABLE: &str = "treatyID,Title,Begin,StateName,StateForce\n\
        ONE,First Treaty,2001-05-01,Cambodia,2002\n\
        ONE,First Treaty,2001-05-01,Laos,2003\n\
        TWO,Second Treaty,2004,Cambodia,2005\n\
        ,Third Treaty,2006,Laos,\n\
        ONE,First Treaty,2001-05-01,Thailand,\n";

    #[test]
    fn rows_of_one_treaty_are_one_engagement_with_all_its_parties() {
        let options = OpenOptions::default();
        let opened =
            table::read("t.csv", TABLE.as_bytes(), &options, &Progress::default()).unwrap();
        let dataset = &opened.dataset;
        assert_eq!(dataset.engagements().len(), 3);
        let first = &dataset.engagements()[0];
        let parties: Vec<&str> =
            first.participants.iter().map(|one| &*dataset.party(one.party).name).collect();
        assert_eq!(parties, ["Cambodia", "Laos", "Thailand"]);
        assert_eq!(first.dates.len(), 1);
        let extras: Vec<&str> = first.extras.iter().map(|(_, value)| &**value).collect();
        assert!(extras.contains(&"ONE"), "{extras:?}");
        assert!(extras.contains(&"Cambodia: 2002; Laos: 2003"), "{extras:?}");
        assert!(opened.report.notes.iter().any(|note| note.contains("3 engagements of 5 rows")));
    }

    #[test]
    fn a_table_without_such_a_column_stays_a_row_for_each() {
        let table = TABLE.replace("treatyID", "Reference");
        let opened =
            table::read("t.csv", table.as_bytes(), &OpenOptions::default(), &Progress::default())
                .unwrap();
        assert_eq!(opened.dataset.engagements().len(), 5);
    }
}
