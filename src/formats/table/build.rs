//! The rows of a table to a dataset, by a mapping.

mod who_and_where;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ColumnRole as Role, DayOrder, Mapping, cells,
    dates::{self, Cell, Form, Joined},
    records::Record,
};
use crate::formats::{DatasetBuilder, Location, Problem, Report, Severity};
use crate::model::{
    Citation, DatasetParts, DateClaim, Engagement, Evidence, FieldId, Outcome, PartyId, PartyKind,
    SourceId, Status,
};

/// How many different texts of a column of dates are remembered.
const DATES: usize = 1 << 16;

/// What was met in a column of dates.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    forms: BTreeMap<Form, u64>,
    empty: u64,
    unknown: u64,
    open: u64,
    bad: u64,
}

impl Tally {
    fn add(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => self.empty += 1,
            Cell::Unknown => self.unknown += 1,
            Cell::Open => self.open += 1,
            Cell::Bad(_) => self.bad += 1,
            Cell::When(_, form) => *self.forms.entry(*form).or_default() += 1,
        }
    }

    /// The counts in words.
    pub fn words(&self) -> String {
        let mut parts: Vec<String> = self
            .forms
            .iter()
            .map(|(form, count)| format!("{} {}", thousands(*count), form.label()))
            .collect();
        for (count, label) in [
            (self.open, "without end"),
            (self.unknown, "unknown"),
            (self.empty, "empty"),
            (self.bad, "not read"),
        ] {
            if count > 0 {
                parts.push(format!("{} {label}", thousands(count)));
            }
        }
        parts.join(", ")
    }
}

/// A number with commas between its thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A status by any of its names.
pub(super) fn status(text: &str) -> Option<Status> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
    if is(&[
        "held",
        "completed",
        "done",
        "confirmed",
        "took place",
        "past",
        "concluded",
        "occurred",
    ]) {
        Some(Status::Held)
    } else if is(&["planned", "announced", "scheduled", "upcoming", "tentative", "proposed"]) {
        Some(Status::Planned)
    } else if is(&["cancelled", "canceled", "called off", "postponed"]) {
        Some(Status::Cancelled)
    } else {
        None
    }
}

fn evidence(text: &str) -> Option<Evidence> {
    Evidence::ALL
        .into_iter()
        .find(|evidence| format!("{evidence:?}").eq_ignore_ascii_case(text.trim()))
}

/// What a cell says, unless it says nothing.
fn said(cell: &str) -> Option<&str> {
    let text = cells::arm(cell).trim();
    (!matches!(text, "" | "NA" | "N/A" | "n/a")).then_some(text)
}

/// The parties of one identifier column.
#[derive(Debug, Default)]
struct Keyed {
    by_key: FxHashMap<Box<str>, PartyId>,
    /// By party: its identifier and the spellings of its name.
    spellings: BTreeMap<PartyId, (Box<str>, Spellings)>,
}

/// Spellings of a name in the order in which they were met, and how often each was.
type Spellings = Vec<(Box<str>, u64)>;

/// Turns rows into engagements.
pub(super) struct Rows<'a> {
    mapping: &'a Mapping,
    /// The columns by role, so that a row is not searched for them.
    by_role: FxHashMap<Role, Vec<usize>>,
    /// The order of day and month, by column.
    orders: &'a [DayOrder],
    /// By column: the field under which its values are kept, once one was.
    fields: Vec<Option<FieldId>>,
    /// By column: what sort of parties its heading announces.
    sorts: Vec<PartyKind>,
    /// By column: what its cells say of dates, so that each text is read once.
    read: Vec<FxHashMap<Box<str>, Cell>>,
    places: FxHashMap<Box<str>, Vec<who_and_where::KnownPlace>>,
    builder: DatasetBuilder,
    persons: Keyed,
    states: Keyed,
    ids: FxHashSet<Box<str>>,
    /// What was met, by column of dates.
    pub tallies: BTreeMap<usize, Tally>,
    /// How many rows say nothing about when.
    pub undated: u64,
    /// The report, to which problems are added.
    pub report: Report,
}

impl<'a> Rows<'a> {
    pub fn new(title: &str, mapping: &'a Mapping, orders: &'a [DayOrder], report: Report) -> Self {
        let mut by_role: FxHashMap<Role, Vec<usize>> = FxHashMap::default();
        for (at, column) in mapping.columns.iter().enumerate() {
            by_role.entry(column.role).or_default().push(at);
        }
        Self {
            mapping,
            by_role,
            orders,
            fields: vec![None; mapping.columns.len()],
            sorts: mapping.columns.iter().map(|c| who_and_where::kind_of(&c.heading)).collect(),
            read: vec![FxHashMap::default(); mapping.columns.len()],
            places: FxHashMap::default(),
            builder: DatasetBuilder::new(title),
            persons: Keyed::default(),
            states: Keyed::default(),
            ids: FxHashSet::default(),
            tallies: BTreeMap::new(),
            undated: 0,
            report,
        }
    }

    /// Notes a problem in a row.
    fn problem(
        &mut self,
        severity: Severity,
        row: u64,
        column: Option<usize>,
        message: String,
        done: &str,
    ) {
        let column = column.map(|at| self.heading(at));
        self.report.problems.push(Problem {
            severity,
            location: Location { row: Some(row), column, pointer: None },
            message,
            done: done.to_owned(),
        });
    }

    fn heading(&self, at: usize) -> String {
        self.mapping
            .columns
            .get(at)
            .map_or_else(|| format!("column {}", at + 1), |column| column.heading.clone())
    }

    fn columns(&self, role: Role) -> Vec<usize> {
        self.by_role.get(&role).cloned().unwrap_or_default()
    }

    fn column(&self, role: Role) -> Option<usize> {
        self.by_role.get(&role).and_then(|columns| columns.first().copied())
    }

    fn said<'r>(&self, record: &'r Record, role: Role) -> Option<&'r str> {
        self.column(role).and_then(|at| said(record.get(at)))
    }

    /// The values of all columns of a role, lists taken apart.
    fn values<'r>(&self, record: &'r Record, role: Role) -> Vec<&'r str> {
        let Some(columns) = self.by_role.get(&role) else { return Vec::new() };
        let mut values = Vec::new();
        for &at in columns {
            if let Some(text) = said(record.get(at)) {
                let commas = self.mapping.columns.get(at).is_some_and(|column| column.commas);
                values.extend(cells::split(text, commas));
            }
        }
        values
    }

    /// Reads a row.
    pub fn add(&mut self, record: &Record) {
        self.report.rows += 1;
        let (row, width) = (record.number, self.mapping.columns.len());
        if let Some(at) = record.unclosed {
            self.problem(
                Severity::Error,
                row,
                Some(at),
                format!(
                    "a quote (\") opens in row {row} and is not closed before the next quoted cell \
                     or the end of the file; close it, or double it where it is part of the text"
                ),
                "row left out; reading went on with the next line",
            );
            return;
        }
        if record.is_blank() {
            self.problem(
                Severity::Warning,
                row,
                None,
                "all cells are empty".to_owned(),
                "row left out",
            );
            return;
        }
        if record.len() < width {
            let message = format!(
                "the row has {} of {width} cells; check for a missing delimiter",
                record.len()
            );
            self.problem(Severity::Warning, row, None, message, "missing cells read as empty");
        } else if (width..record.len()).any(|at| !record.get(at).trim().is_empty()) {
            let message = format!(
                "the row has {} cells under {width} headings; check for a delimiter within a cell \
                 that is not quoted",
                record.len()
            );
            self.problem(Severity::Warning, row, None, message, "cells kept beside the engagement");
        }
        let engagement = self.engagement(record);
        self.builder.engagement(engagement);
        self.report.engagements += 1;
    }

    fn engagement(&mut self, record: &Record) -> Engagement {
        let row = record.number;
        let mut extras = self.extras(record);
        let citations = self.citations(record);
        let dates = self.dates(record, &citations, &mut extras);
        let (participants, state) = self.participants(record);
        let place = self.place(record, state, &mut extras);
        let kind = match self.said(record, Role::Kind) {
            Some(kind) => kind.to_owned(),
            None if self.mapping.kind.trim().is_empty() => "Engagement".to_owned(),
            None => self.mapping.kind.clone(),
        };
        let kind_id = self.builder.kind(&kind);
        let mut held = Status::Held;
        if let Some(text) = self.said(record, Role::Status) {
            match status(text) {
                Some(status) => held = status,
                None => {
                    let at = self.column(Role::Status);
                    let message = format!(
                        "“{text}” is not a status; write held, planned or cancelled, or keep the \
                         column as it is"
                    );
                    self.problem(Severity::Warning, row, at, message, "taken as held");
                    self.keep(&mut extras, at, text);
                }
            }
        }
        let key = self.said(record, Role::Id).unwrap_or_default();
        if !key.is_empty() && !self.ids.insert(key.into()) {
            let at = self.column(Role::Id);
            let message = format!("the identifier “{key}” was used in an earlier row");
            self.problem(Severity::Warning, row, at, message, "a number was added to it");
        }
        let title = match self.said(record, Role::Title) {
            Some(title) => title.into(),
            None => self.compose(&kind, &participants, state, place, row),
        };
        let partnerships = self.values(record, Role::Partnerships);
        let topics = self.values(record, Role::Topics);
        let outcomes = self.values(record, Role::Outcomes);
        let notes: Vec<&str> =
            self.columns(Role::Note).into_iter().filter_map(|at| said(record.get(at))).collect();
        Engagement {
            key: key.into(),
            title,
            short: self.said(record, Role::Short).map(Into::into),
            kind: kind_id,
            form: self.said(record, Role::Form).map(Into::into),
            status: held,
            dates,
            place,
            participants: participants.into(),
            partnerships: unique(
                partnerships.iter().map(|v| self.builder.partnership(&cells::unquote(v))),
            ),
            topics: unique(topics.iter().map(|v| self.builder.topic(&cells::unquote(v)))),
            outcomes: outcomes
                .iter()
                .map(|text| Outcome {
                    text: cells::unquote(text).into(),
                    amount: None,
                    when: None,
                    citation: Citation::default(),
                })
                .collect(),
            relations: Box::default(),
            citations,
            note: (!notes.is_empty()).then(|| notes.join("\n").into()),
            extras: extras.into(),
        }
    }

    fn extras(&mut self, record: &Record) -> Vec<(FieldId, Box<str>)> {
        let mut extras = Vec::new();
        for at in 0..record.len() {
            let extra = self.mapping.columns.get(at).is_none_or(|c| c.role == Role::Extra);
            let text = cells::arm(record.get(at));
            if extra && !text.trim().is_empty() && text != "NA" {
                self.keep(&mut extras, Some(at), text);
            }
        }
        extras
    }

    /// Keeps a value under the heading of its column.
    fn keep(&mut self, extras: &mut Vec<(FieldId, Box<str>)>, at: Option<usize>, text: &str) {
        let Some(at) = at else { return };
        let field = match self.fields.get(at) {
            Some(Some(field)) => *field,
            _ => {
                let heading = self.heading(at);
                let field = self.builder.field(&heading);
                if let Some(known) = self.fields.get_mut(at) {
                    *known = Some(field);
                }
                field
            }
        };
        extras.push((field, text.into()));
    }

    fn source(&mut self, title: &str, url: Option<&str>) -> SourceId {
        let own = title.starts_with("http://") || title.starts_with("https://");
        let url = url.or(own.then_some(title));
        let id = self.builder.source(title);
        let Some(url) = url else { return id };
        let known = self.builder.parts_mut().sources.get_mut(id.index());
        if let Some(source) = known {
            if source.url.is_none() {
                source.url = Some(url.into());
            }
            if source.url.as_deref() == Some(url) {
                return id;
            }
        }
        // The same title at another address is another document.
        let id = self.builder.source(&format!("{title} ({url})"));
        if let Some(source) = self.builder.parts_mut().sources.get_mut(id.index()) {
            source.url = Some(url.into());
        }
        id
    }

    fn citations(&mut self, record: &Record) -> Box<[Citation]> {
        let titles = self.values(record, Role::Sources);
        let urls: Vec<&str> = self
            .columns(Role::Url)
            .into_iter()
            .filter_map(|at| said(record.get(at)))
            .flat_map(str::split_whitespace)
            .map(|url| url.trim_matches([';', '|', ',']))
            .filter(|url| !url.is_empty())
            .collect();
        let mut ids = Vec::new();
        if let ([title], [url]) = (titles.as_slice(), urls.as_slice()) {
            ids.push(self.source(&cells::unquote(title), Some(url)));
        } else {
            for title in titles {
                ids.push(self.source(&cells::unquote(title), None));
            }
            for url in urls {
                ids.push(self.source(url, Some(url)));
            }
        }
        unique(ids.into_iter())
            .iter()
            .map(|&id| Citation { source: Some(id), ..Citation::default() })
            .collect()
    }

    /// Reads a cell of a column of dates, counts it, and notes what cannot be read.
    fn date(&mut self, record: &Record, at: usize, extras: &mut Vec<(FieldId, Box<str>)>) -> Cell {
        let text = cells::arm(record.get(at));
        let order = self.orders.get(at).copied().unwrap_or(DayOrder::DayFirst);
        let cell = match self.read.get(at).and_then(|known| known.get(text)) {
            Some(known) => known.clone(),
            None => {
                let mut cell = dates::read(text, order);
                if self.column(Role::End) == Some(at) {
                    cell = dates::ending(cell);
                }
                if let Some(known) = self.read.get_mut(at).filter(|known| known.len() < DATES) {
                    known.insert(text.into(), cell.clone());
                }
                cell
            }
        };
        self.tallies.entry(at).or_default().add(&cell);
        if let Cell::Bad(message) = &cell {
            let done = "value kept beside the engagement, without a date";
            self.problem(Severity::Error, record.number, Some(at), message.clone(), done);
            self.keep(extras, Some(at), text);
        }
        cell
    }

    /// Reads a date in columns of its own.
    fn parted(&mut self, record: &Record, roles: [Role; 3]) -> Cell {
        let [year, month, day] = roles.map(|role| self.column(role));
        let Some(at) = year else { return Cell::Empty };
        let text = |at: Option<usize>| at.map_or("", |at| cells::arm(record.get(at)));
        let cell = dates::columns(text(year), text(month), text(day));
        self.tallies.entry(at).or_default().add(&cell);
        if let Cell::Bad(message) = &cell {
            let done = "left without this date";
            self.problem(Severity::Error, record.number, Some(at), message.clone(), done);
        }
        cell
    }

    fn dates(
        &mut self,
        record: &Record,
        citations: &[Citation],
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Box<[DateClaim]> {
        let mut claims: Vec<DateClaim> = Vec::new();
        // Where no column says who reports the date, whoever reports the engagement does.
        let general = match citations {
            [citation] if !self.by_role.contains_key(&Role::DateSource) => citation.clone(),
            _ => Citation::default(),
        };
        let mut start = match self.column(Role::Start) {
            Some(at) => self.date(record, at, extras),
            None => Cell::Empty,
        };
        let mut end = match self.column(Role::End) {
            Some(at) => self.date(record, at, extras),
            None => Cell::Empty,
        };
        if matches!(start, Cell::Empty) {
            start = self.parted(record, [Role::StartYear, Role::StartMonth, Role::StartDay]);
        }
        if matches!(end, Cell::Empty) {
            end = dates::ending(self.parted(record, [Role::EndYear, Role::EndMonth, Role::EndDay]));
        }
        match dates::join(start, end) {
            Joined::When(when) => claims.push(DateClaim { when, citation: general.clone() }),
            Joined::Nothing => {}
            Joined::Conflict(when, message) => {
                let at = self.column(Role::End).or_else(|| self.column(Role::EndYear));
                self.problem(Severity::Error, record.number, at, message, "the start was kept");
                if let Some(at) = at {
                    self.keep(extras, Some(at), cells::arm(record.get(at)));
                }
                claims.push(DateClaim { when, citation: general.clone() });
            }
        }
        let mapping = self.mapping;
        let mut dated = false;
        for (at, column) in mapping.columns.iter().enumerate() {
            let text = said(record.get(at));
            match (column.role, text) {
                (Role::Date, _) => {
                    dated = false;
                    match self.date(record, at, extras) {
                        Cell::When(when, _) => {
                            dated = true;
                            claims.push(DateClaim { when, citation: general.clone() });
                        }
                        Cell::Open => self.keep(extras, Some(at), record.get(at)),
                        _ => {}
                    }
                }
                (Role::DateSource, Some(text)) if dated => {
                    let id = self.source(&cells::unquote(text), None);
                    if let Some(claim) = claims.last_mut() {
                        claim.citation.source = Some(id);
                    }
                }
                (role, Some(text)) if dated => {
                    if let Some(claim) = claims.last_mut() {
                        match role {
                            Role::DateWords => {
                                claim.when = claim.when.clone().with_words(text);
                            }
                            Role::DateEvidence => {
                                claim.citation.evidence = evidence(text).unwrap_or_default();
                            }
                            Role::DateNote => claim.citation.note = Some(text.into()),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        self.undated += u64::from(claims.is_empty());
        claims.into()
    }

    /// The tables and the report.
    pub fn finish(mut self) -> (DatasetParts, Report, BTreeMap<usize, Tally>, u64) {
        let parts = self.builder.parts_mut();
        let mut used: FxHashSet<Box<str>> = parts.parties.iter().map(|p| p.key.clone()).collect();
        for keyed in [self.persons, self.states] {
            for (id, (key, spellings)) in keyed.spellings {
                let Some(party) = parts.parties.get_mut(id.index()) else { continue };
                // The spelling met most often; of equals the first.
                let best = spellings.iter().rev().max_by_key(|(_, count)| *count);
                if let Some((best, _)) = best {
                    party.name = best.clone();
                    party.aliases = spellings
                        .iter()
                        .map(|(spelling, _)| spelling.clone())
                        .filter(|spelling| spelling != best)
                        .collect();
                }
                if used.insert(key.clone()) {
                    party.key = key;
                }
            }
        }
        (self.builder.into_parts(), self.report, self.tallies, self.undated)
    }
}

/// Each of several ids once, in their order.
fn unique<T: Copy + PartialEq>(ids: impl Iterator<Item = T>) -> Box<[T]> {
    let mut out: Vec<T> = Vec::new();
    for id in ids {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out.into()
}
