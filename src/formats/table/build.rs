//! The rows of a stretch of a table to engagements, by a plan.
//!
//! Ids in these engagements are numbers of names within the stretch (see [`Asked`]); `merge` makes
//! them those of the whole table.

mod who_and_where;

pub(super) use who_and_where::{kind_of, says_all};

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    ColumnRole as Role,
    asked::{Asked, Numbers},
    cells,
    dates::{self, Cell, Form, Joined, Orders},
    plan::Plan,
    records::Record,
};
use crate::formats::{Location, Problem, Severity};
use crate::model::{
    Citation, DateClaim, Day, Engagement, Evidence, FieldId, KindId, Outcome, PartnershipId,
    PartyId, SourceId, Status, TopicId, When,
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

    /// Adds the counts of another stretch.
    pub fn merge(&mut self, other: &Self) {
        for (form, count) in &other.forms {
            *self.forms.entry(*form).or_default() += count;
        }
        self.empty += other.empty;
        self.unknown += other.unknown;
        self.open += other.open;
        self.bad += other.bad;
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

/// What a cell of a column of dates says, and how it counts towards the order of day and month.
#[derive(Debug)]
struct Known {
    cell: Cell,
    order: Orders,
}

/// What cells say of dates, so that each text is read once and what it says is shared.
///
/// It depends on nothing but the texts, so that one serves several stretches in turn.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// By column, for its order of day and month.
    by_text: Vec<FxHashMap<Box<str>, Known>>,
    /// Days of [`DAYS`] that were met, by position in it.
    days: Vec<Option<When>>,
}

/// The days that are looked up by their number, 1900 to 2070.
const DAYS: std::ops::Range<i32> = -25_567..36_525;

impl Dates {
    /// The date that is one day of [`DAYS`].
    fn on(&mut self, day: Day) -> Option<When> {
        if self.days.is_empty() {
            self.days.resize(DAYS.len(), None);
        }
        let at = usize::try_from(day.0 - DAYS.start).ok()?;
        Some(self.days.get_mut(at)?.get_or_insert_with(|| When::on(day)).clone())
    }
}

/// An engagement that needs a title made for it.
#[derive(Debug)]
pub(super) struct Untitled {
    /// Its position in the stretch.
    pub at: usize,
    /// Its row in the stretch.
    pub row: u64,
    /// The state in which it was.
    pub state: Option<PartyId>,
}

/// Turns rows into engagements.
pub(super) struct Rows<'a> {
    plan: &'a Plan<'a>,
    known: Dates,
    /// The engagements, with ids that are numbers of names in `asked`.
    pub engagements: Vec<Engagement>,
    /// The engagements without a title, in their order.
    pub untitled: Vec<Untitled>,
    /// The names that they mention.
    pub asked: Asked,
    /// The columns of which values were kept; the number of one stands for its field.
    pub fields: Numbers,
    /// The problems, with rows numbered from 1.
    pub problems: Vec<Problem>,
    /// What was met, by column of dates.
    pub tallies: BTreeMap<usize, Tally>,
    /// Which orders of day and month were met, by column.
    pub orders: Vec<Orders>,
    /// How many rows say nothing about when.
    pub undated: u64,
    /// How many rows there are.
    pub rows: u64,
    /// The row of each engagement.
    pub row_of: Vec<u32>,
}

impl<'a> Rows<'a> {
    pub fn new(plan: &'a Plan<'a>, mut known: Dates) -> Self {
        known.by_text.resize_with(plan.width(), FxHashMap::default);
        Self {
            plan,
            known,
            engagements: Vec::new(),
            untitled: Vec::new(),
            asked: Asked::default(),
            fields: Numbers::default(),
            problems: Vec::new(),
            tallies: BTreeMap::new(),
            orders: vec![Orders::default(); plan.width()],
            undated: 0,
            rows: 0,
            row_of: Vec::new(),
        }
    }

    /// Gives back what is known of dates, for the next stretch.
    pub fn take_known(&mut self) -> Dates {
        std::mem::take(&mut self.known)
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
        let column = column.map(|at| self.plan.heading(at));
        self.problems.push(Problem {
            severity,
            location: Location { row: Some(row), column, pointer: None },
            message,
            done: done.to_owned(),
        });
    }

    fn said<'r>(&self, record: &'r Record<'_>, role: Role) -> Option<&'r str> {
        self.plan.column(role).and_then(|at| said(record.get(at)))
    }

    /// The values of all columns of a role, lists taken apart.
    fn values<'r>(&self, record: &'r Record<'_>, role: Role) -> Vec<&'r str> {
        let mut values = Vec::new();
        for &at in self.plan.columns(role) {
            if let Some(text) = said(record.get(at)) {
                cells::split_into(text, self.plan.commas(at), &mut values);
            }
        }
        values
    }

    /// Reads a row.
    pub fn add(&mut self, record: &Record<'_>) {
        self.rows += 1;
        let (row, width) = (record.number, self.plan.width());
        if let Some(at) = record.unclosed {
            self.problem(
                Severity::Error,
                row,
                Some(at),
                "a quote (\") opens in this row and is not closed before the next quoted cell or the \
                 end of the file; close it, or double it where it is part of the text"
                    .to_owned(),
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
        self.engagements.push(engagement);
        // A stretch holds no more rows than bytes, and it is far smaller than 4 GiB.
        self.row_of.push(row as u32);
    }

    fn engagement(&mut self, record: &Record<'_>) -> Engagement {
        let row = record.number;
        let mut extras = self.extras(record);
        let citations = self.citations(record);
        let dates = self.dates(record, &citations, &mut extras);
        let (participants, state) = self.participants(record);
        let places = self.places(record, state, &mut extras);
        let kind = self.said(record, Role::Kind).unwrap_or(self.plan.kind);
        let kind = KindId(self.asked.kinds.number(kind).0);
        let mut held = Status::Held;
        if let Some(text) = self.said(record, Role::Status) {
            match status(text) {
                Some(status) => held = status,
                None => {
                    let at = self.plan.column(Role::Status);
                    let message = format!(
                        "“{text}” is not a status; write held, planned or cancelled, or keep the \
                         column as it is"
                    );
                    self.problem(Severity::Warning, row, at, message, "taken as held");
                    self.keep(&mut extras, at, text);
                }
            }
        }
        let title = self.said(record, Role::Title);
        if title.is_none() {
            let at = self.engagements.len();
            self.untitled.push(Untitled { at, row, state });
        }
        let partnerships = self.values(record, Role::Partnerships);
        let topics = self.values(record, Role::Topics);
        let outcomes = self.values(record, Role::Outcomes);
        let notes = self.plan.columns(Role::Note);
        let notes: Vec<&str> = notes.iter().filter_map(|at| said(record.get(*at))).collect();
        Engagement {
            key: self.said(record, Role::Id).unwrap_or_default().into(),
            title: title.unwrap_or_default().into(),
            short: self.said(record, Role::Short).map(Into::into),
            kind,
            form: self.said(record, Role::Form).map(Into::into),
            status: held,
            dates,
            places,
            participants: participants.into(),
            partnerships: unique(partnerships.iter().map(|name| {
                PartnershipId(self.asked.partnerships.number(&cells::unquote(name)).0)
            })),
            topics: unique(
                topics
                    .iter()
                    .map(|name| TopicId(self.asked.topics.number(&cells::unquote(name)).0)),
            ),
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

    fn extras(&mut self, record: &Record<'_>) -> Vec<(FieldId, Box<str>)> {
        let mut extras = Vec::new();
        for at in 0..record.len() {
            if self.plan.role(at) != Role::Extra {
                continue;
            }
            let text = cells::arm(record.get(at));
            if !text.trim().is_empty() && text != "NA" {
                self.keep(&mut extras, Some(at), text);
            }
        }
        extras
    }

    /// Keeps a value under the heading of its column.
    fn keep(&mut self, extras: &mut Vec<(FieldId, Box<str>)>, at: Option<usize>, text: &str) {
        let Some(at) = at else { return };
        let field = FieldId(self.fields.number(&self.plan.heading(at)).0);
        extras.push((field, text.into()));
    }

    fn source(&mut self, title: &str, url: Option<&str>) -> SourceId {
        SourceId(self.asked.source(title, url))
    }

    fn citations(&mut self, record: &Record<'_>) -> Box<[Citation]> {
        let titles = self.values(record, Role::Sources);
        let urls: Vec<&str> = self
            .plan
            .columns(Role::Url)
            .iter()
            .filter_map(|at| said(record.get(*at)))
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
    fn date(
        &mut self,
        record: &Record<'_>,
        at: usize,
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Cell {
        let text = cells::arm(record.get(at));
        let day = dates::plain_day(text).filter(|day| DAYS.contains(&day.0));
        if let Some(when) = day.and_then(|day| self.known.on(day)) {
            let cell = Cell::When(when, Form::Day);
            self.tallies.entry(at).or_default().add(&cell);
            return cell;
        }
        let Some(all) = self.known.by_text.get_mut(at) else { return Cell::Empty };
        let (cell, order) = match all.get(text) {
            Some(known) => (known.cell.clone(), known.order),
            None => {
                let mut cell = dates::read(text, self.plan.order(at));
                if self.plan.column(Role::End) == Some(at) {
                    cell = dates::ending(cell);
                }
                let mut order = Orders::default();
                order.add(text);
                if all.len() < DATES {
                    all.insert(text.into(), Known { cell: cell.clone(), order });
                }
                (cell, order)
            }
        };
        if let Some(orders) = self.orders.get_mut(at) {
            orders.merge(order);
        }
        self.tallies.entry(at).or_default().add(&cell);
        if let Cell::Bad(message) = &cell {
            let done = "value kept beside the engagement, without a date";
            self.problem(Severity::Error, record.number, Some(at), message.clone(), done);
            self.keep(extras, Some(at), text);
        }
        cell
    }

    /// Reads a date in columns of its own.
    fn parted(&mut self, record: &Record<'_>, roles: [Role; 3]) -> Cell {
        let [year, month, day] = roles.map(|role| self.plan.column(role));
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
        record: &Record<'_>,
        citations: &[Citation],
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Box<[DateClaim]> {
        let mut claims: Vec<DateClaim> = Vec::new();
        // Where no column says who reports the date, whoever reports the engagement does.
        let general = match citations {
            [citation] if !self.plan.dates_have_sources => citation.clone(),
            _ => Citation::default(),
        };
        let mut start = match self.plan.column(Role::Start) {
            Some(at) => self.date(record, at, extras),
            None => Cell::Empty,
        };
        let mut end = match self.plan.column(Role::End) {
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
                let at = self.plan.column(Role::End).or_else(|| self.plan.column(Role::EndYear));
                self.problem(Severity::Error, record.number, at, message, "the start was kept");
                if let Some(at) = at {
                    self.keep(extras, Some(at), cells::arm(record.get(at)));
                }
                claims.push(DateClaim { when, citation: general.clone() });
            }
        }
        let plan = self.plan;
        let mut dated = false;
        for &at in plan.of_dates() {
            let text = said(record.get(at));
            match (plan.role(at), text) {
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
