//! A dataset to a table that opens again as what it was, as far as a table can hold it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;

use super::{cells, headings};
use crate::formats::blocks;
use crate::model::{
    Citation, Dataset, DateClaim, Engagement, EngagementId, Evidence, Place, Status, When,
};

/// What a cell of a column holds.
type Value<'a> = Box<dyn Fn(&'a Engagement) -> Cow<'a, str> + Sync + 'a>;

/// A column to be written.
struct Output<'a> {
    heading: String,
    /// Whether it is written even where all its cells are empty.
    always: bool,
    value: Value<'a>,
}

/// A dataset as comma-separated values, one engagement a row.
///
/// Several values in a cell are separated by `; `, roles stand in brackets behind names, dates are
/// EDTF, further accounts of a date have columns of their own. Cells that a spreadsheet would take
/// for formulas start with an apostrophe, which [`read`](super::read()) takes away. Columns without
/// a value are left out. The text starts with a byte order mark where it is not plain ASCII,
/// because spreadsheets need it there.
#[must_use]
pub fn write(dataset: &Dataset) -> String {
    in_memory(dataset, &all(dataset), ',')
}

/// Some engagements of a dataset as [`write()`] writes all of them, in the order given.
#[must_use]
pub fn write_some(dataset: &Dataset, engagements: &[EngagementId]) -> String {
    let chosen: Vec<_> = engagements.iter().map(|&id| dataset.engagement(id)).collect();
    in_memory(dataset, &chosen, ',')
}

/// The same as [`write()`], cells separated by a character of one's choice, to where it is to go.
///
/// # Errors
/// Those of `out`.
pub fn write_to(dataset: &Dataset, delimiter: char, out: &mut dyn io::Write) -> io::Result<()> {
    table(dataset, &all(dataset), delimiter, out)
}

fn all(dataset: &Dataset) -> Vec<&Engagement> {
    dataset.engagements().iter().collect()
}

fn in_memory(dataset: &Dataset, rows: &[&Engagement], delimiter: char) -> String {
    let mut out = Vec::new();
    // Memory takes everything, and what is written is text.
    let _ = table(dataset, rows, delimiter, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn table<'a>(
    dataset: &'a Dataset,
    rows: &[&'a Engagement],
    delimiter: char,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let columns: Vec<Output<'a>> = columns(dataset, rows)
        .into_iter()
        .filter(|column| {
            column.always || rows.par_iter().any(|e: &&'a Engagement| !(column.value)(e).is_empty())
        })
        .collect();
    let mut headings = String::new();
    for (at, column) in columns.iter().enumerate() {
        separate(&mut headings, at, delimiter);
        cell(&mut headings, &column.heading, delimiter);
    }
    headings.push('\n');
    let foreign = |row: &&'a Engagement| columns.iter().any(|c| !(c.value)(row).is_ascii());
    if !headings.is_ascii() || rows.par_iter().any(foreign) {
        headings.insert(0, '\u{FEFF}');
    }
    out.write_all(headings.as_bytes())?;
    blocks::write(rows, out, |row: &&'a Engagement, block| {
        for (at, column) in columns.iter().enumerate() {
            separate(block, at, delimiter);
            cell(block, &(column.value)(row), delimiter);
        }
        block.push('\n');
    })
}

fn separate(out: &mut String, at: usize, delimiter: char) {
    if at > 0 {
        out.push(delimiter);
    }
}

/// Writes a cell, quoted where it must be.
fn cell(out: &mut String, text: &str, delimiter: char) {
    let text = cells::defuse(text);
    let special = |c: char| c == delimiter || matches!(c, '"' | '\n' | '\r' | ';' | '\t' | '|');
    if text.contains(special) || text.trim().len() != text.len() {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}

/// The columns, in the order of the file.
fn columns<'a>(dataset: &'a Dataset, rows: &[&'a Engagement]) -> Vec<Output<'a>> {
    let mut all: Vec<Output<'a>> = Vec::new();
    let mut push = |heading: &str, always: bool, value: Value<'a>| {
        all.push(Output { heading: heading.to_owned(), always, value });
    };
    // What is said of each place, in the order in which the places are told.
    fn each<'a>(
        dataset: &'a Dataset,
        engagement: &Engagement,
        of: impl Fn(&'a Place) -> Cow<'a, str>,
    ) -> Cow<'a, str> {
        let mut said = engagement.places.iter().map(|id| of(dataset.place(id)));
        let Some(first) = said.next() else { return Cow::default() };
        let rest: Vec<Cow<'a, str>> = said.collect();
        if rest.is_empty() {
            return first;
        }
        let all: Vec<Cow<'a, str>> = std::iter::once(first).chain(rest).collect();
        if all.iter().all(|one| one.is_empty()) { Cow::default() } else { all.join("; ").into() }
    }
    push("id", true, Box::new(|e| Cow::from(&*e.key)));
    push("title", true, Box::new(|e| Cow::from(&*e.title)));
    push("short", false, Box::new(|e| optional(e.short.as_deref())));
    push("kind", true, Box::new(|e| Cow::from(&*dataset.kind(e.kind).name)));
    push("form", false, Box::new(|e| optional(e.form.as_deref())));
    let unheld = rows.iter().any(|e| e.status != Status::Held);
    push(
        "status",
        false,
        Box::new(
            move |e| {
                if unheld { e.status.label().to_lowercase().into() } else { Cow::default() }
            },
        ),
    );
    let accounts = rows.iter().map(|e| e.dates.len()).max().unwrap_or(0).max(1);
    let sourced = rows.iter().any(|e| {
        !e.citations.is_empty() || e.dates.iter().any(|claim| claim.citation.source.is_some())
    });
    for at in 0..accounts {
        let name = if at == 0 { "date".to_owned() } else { format!("date {}", at + 1) };
        push(&name, at == 0, Box::new(move |e| e.dates.get(at).map_or(Cow::default(), date)));
        push(
            &format!("{name} words"),
            false,
            Box::new(move |e| optional(e.dates.get(at).and_then(|claim| claim.when.words()))),
        );
        push(
            &format!("{name} source"),
            // Its presence says that a date without a source has none.
            at == 0 && sourced,
            Box::new(move |e| {
                let source = e.dates.get(at).and_then(|claim| claim.citation.source);
                source.map_or(Cow::default(), |id| cells::quote(&dataset.source(id).title))
            }),
        );
        push(
            &format!("{name} evidence"),
            false,
            Box::new(move |e| match e.dates.get(at).map(|claim| claim.citation.evidence) {
                None | Some(Evidence::Stated) => Cow::default(),
                Some(evidence) => format!("{evidence:?}").to_lowercase().into(),
            }),
        );
        push(
            &format!("{name} note"),
            false,
            Box::new(move |e| {
                optional(e.dates.get(at).and_then(|claim| claim.citation.note.as_deref()))
            }),
        );
    }
    push(
        "place",
        true,
        Box::new(move |e| each(dataset, e, |place| cells::quote_name(&place.name))),
    );
    let degree = move |e: &Engagement, which: fn((f64, f64)) -> f64| {
        each(dataset, e, |place| {
            place.position.map_or(Cow::default(), |position| which(position).to_string().into())
        })
    };
    // Their presence says that a place without coordinates has none to be looked up.
    let unknown = |id| dataset.place(id).position.is_none();
    let placeless = rows.iter().any(|e| e.places.iter().any(unknown));
    push("latitude", placeless, Box::new(move |e| degree(e, |(lat, _)| lat)));
    push("longitude", placeless, Box::new(move |e| degree(e, |(_, lon)| lon)));
    push(
        "place state",
        false,
        Box::new(move |e| {
            let state_of = |place: &'a Place| {
                let state = place.state;
                state.map_or(Cow::default(), |id| cells::quote_name(&dataset.party(id).name))
            };
            // One state is that of all.
            let mut states = e.places.iter().map(|id| dataset.place(id).state);
            let first = states.next().flatten();
            match e.places.first().filter(|_| states.all(|state| state == first)) {
                Some(only) => state_of(dataset.place(only)),
                None => each(dataset, e, state_of),
            }
        }),
    );
    push(
        "place date",
        false,
        Box::new(|e| {
            let dates: Vec<&str> =
                e.places.stops().map(|(_, when)| when.map_or("", When::edtf)).collect();
            let silent = dates.iter().all(|date| date.is_empty());
            if silent { Cow::default() } else { dates.join("; ").into() }
        }),
    );
    push(
        "participants",
        true,
        Box::new(|e| {
            join(e.participants.iter().map(|p| {
                let name = cells::quote(&dataset.party(p.party).name);
                match p.role {
                    Some(role) => format!("{name} ({})", cells::quote(dataset.role(role))).into(),
                    None => name,
                }
            }))
        }),
    );
    push(
        "partnerships",
        false,
        Box::new(|e| {
            join(e.partnerships.iter().map(|id| cells::quote(&dataset.partnership(*id).name)))
        }),
    );
    push(
        "topics",
        false,
        Box::new(|e| join(e.topics.iter().map(|id| cells::quote(&dataset.topic(*id).name)))),
    );
    push(
        "outcomes",
        false,
        Box::new(|e| join(e.outcomes.iter().map(|outcome| cells::quote(&outcome.text)))),
    );
    let source = move |citation: &Citation| citation.source.map(|id| dataset.source(id));
    push(
        "sources",
        false,
        Box::new(move |e| {
            join(e.citations.iter().filter_map(source).map(|s| cells::quote(&s.title)))
        }),
    );
    push(
        "url",
        false,
        Box::new(move |e| match &*e.citations {
            // With several sources a reader could not tell whose address it is.
            [only] => optional(source(only).and_then(|source| source.url.as_deref())),
            _ => Cow::default(),
        }),
    );
    push("note", false, Box::new(|e| optional(e.note.as_deref())));
    for (at, field) in dataset.fields().iter().enumerate() {
        let heading =
            if headings::is_known(field) { format!("extra: {field}") } else { field.to_string() };
        push(
            &heading,
            false,
            Box::new(move |e| {
                let found = e.extras.iter().find(|(id, _)| id.index() == at);
                optional(found.map(|(_, value)| &**value))
            }),
        );
    }
    all
}

fn optional(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// Several values in a cell, each once.
fn join<'a>(values: impl Iterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut seen = BTreeSet::new();
    let mut out = String::new();
    for value in values {
        if !seen.contains(&value) {
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(&value);
            seen.insert(value);
        }
    }
    out.into()
}

/// A date as EDTF, marked where it is read as "at some time within".
fn date(claim: &DateClaim) -> Cow<'_, str> {
    let when = &claim.when;
    let marked = When::parse(when.edtf()).is_ok_and(|plain| plain.shape() != when.shape());
    if marked { format!("sometime {}", when.edtf()).into() } else { when.edtf().into() }
}
