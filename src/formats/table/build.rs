//! The rows of a stretch of a table to engagements, by a plan.
//!
//! Ids in these engagements are numbers of names within the stretch (see [`Asked`]); `merge` makes
//! them those of the whole table.

mod who_and_where;

pub(super) use who_and_where::{kind_of, says_all};

use rustc_hash::FxHashMap;

use super::{
    ColumnRole as Role,
    asked::{Asked, Numbers},
    cells,
    dates::{self, Cell, Form, Joined, Orders},
    plan::Plan,
    records::Record,
};
use crate::formats::batch::{Batch, Draft, Said, push_new};
use crate::formats::{Location, Problem, Severity};
use crate::model::{
    Citation, DateClaim, Day, Evidence, FieldId, KindId, Outcome, PartnershipId, PartyId, SourceId,
    Status, TopicId, When,
};

/// How many different texts of a column of dates are remembered.
const DATES: usize = 1 << 16;

/// What was met in a column of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// How often each form was met, by its number.
    forms: [u64; Form::ALL.len()],
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
            Cell::When(_, form) => self.forms[*form as usize] += 1,
        }
    }

    /// Adds the counts of another stretch.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.forms.iter_mut().zip(other.forms) {
            *count += more;
        }
        self.empty += other.empty;
        self.unknown += other.unknown;
        self.open += other.open;
        self.bad += other.bad;
    }

    /// The counts in words.
    pub fn words(&self) -> String {
        let forms = Form::ALL.iter().zip(self.forms).filter(|(_, count)| *count > 0);
        let mut parts: Vec<String> =
            forms.map(|(form, count)| format!("{} {}", thousands(count), form.label())).collect();
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
    let text = cells::trim(cells::arm(cell));
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
    pub batch: Batch,
    /// The engagements without a title, in their order.
    pub untitled: Vec<Untitled>,
    /// The names that they mention.
    pub asked: Asked,
    /// The columns of which values were kept; the number of one stands for its field.
    pub fields: Numbers,
    /// The problems, with rows numbered from 1.
    pub problems: Vec<Problem>,
    /// What was met, by column of dates.
    pub tallies: Vec<Tally>,
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
            batch: Batch::default(),
            untitled: Vec::new(),
            asked: Asked::default(),
            fields: Numbers::default(),
            problems: Vec::new(),
            tallies: vec![Tally::default(); plan.width()],
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

    /// Does something with the values of all columns of a role, lists taken apart.
    fn each<'r>(
        &mut self,
        record: &'r Record<'_>,
        role: Role,
        mut each: impl FnMut(&mut Self, &'r str),
    ) {
        let plan = self.plan;
        for &at in plan.columns(role) {
            if let Some(text) = said(record.get(at)) {
                cells::each_value(text, plan.commas(at), |value| each(self, value));
            }
        }
    }

    /// The values of all columns of a role, lists taken apart.
    fn values<'r>(&mut self, record: &'r Record<'_>, role: Role) -> Vec<&'r str> {
        let mut values = Vec::new();
        self.each(record, role, |_, value| values.push(value));
        values
    }

    /// Takes up what the cell of a role says.
    fn say(&mut self, record: &Record<'_>, role: Role) -> Said {
        match self.said(record, role) {
            Some(text) => self.batch.say(text),
            None => Said::default(),
        }
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
        self.engagement(record);
        // A stretch holds no more rows than bytes, and it is far smaller than 4 GiB.
        self.row_of.push(row as u32);
    }

    fn engagement(&mut self, record: &Record<'_>) {
        let row = record.number;
        self.extras(record);
        let citation = self.citations(record);
        self.dates(record, citation);
        let state = self.participants(record);
        let places = self.places(record, state);
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
                    self.keep(at, text);
                }
            }
        }
        let partnerships = self.batch.partnerships.len();
        self.each(record, Role::Partnerships, |rows, name| {
            let id = PartnershipId(rows.asked.partnerships.number(&cells::unquote(name)).0);
            push_new(&mut rows.batch.partnerships, partnerships, id);
        });
        let topics = self.batch.topics.len();
        self.each(record, Role::Topics, |rows, name| {
            let id = TopicId(rows.asked.topics.number(&cells::unquote(name)).0);
            push_new(&mut rows.batch.topics, topics, id);
        });
        self.each(record, Role::Outcomes, |rows, text| {
            rows.batch.outcomes.push(Outcome {
                text: cells::unquote(text).into(),
                amount: None,
                when: None,
                citation: Citation::default(),
            });
        });
        let draft = Draft {
            key: self.say(record, Role::Id),
            title: self.say(record, Role::Title),
            short: self.say(record, Role::Short),
            form: self.say(record, Role::Form),
            note: self.note(record),
            kind,
            places,
            status: held,
        };
        if draft.title.is_empty() {
            self.untitled.push(Untitled { at: self.batch.len(), row, state });
        }
        self.batch.put(draft);
    }

    /// The texts of all columns of notes, one a line.
    fn note(&mut self, record: &Record<'_>) -> Said {
        match *self.plan.columns(Role::Note) {
            [] => Said::default(),
            [_] => self.say(record, Role::Note),
            ref all => {
                let notes: Vec<&str> = all.iter().filter_map(|at| said(record.get(*at))).collect();
                self.batch.say(&notes.join("\n"))
            }
        }
    }

    fn extras(&mut self, record: &Record<'_>) {
        let plan = self.plan;
        let further = plan.width()..record.len();
        for at in plan.columns(Role::Extra).iter().copied().chain(further) {
            let text = cells::arm(record.get(at));
            if !text.trim().is_empty() && text != "NA" {
                self.keep(Some(at), text);
            }
        }
    }

    /// Keeps a value under the heading of its column.
    fn keep(&mut self, at: Option<usize>, text: &str) {
        let Some(at) = at else { return };
        let field = FieldId(self.fields.number(&self.plan.heading(at)).0);
        self.batch.keep(field, text);
    }

    fn source(&mut self, title: &str, url: Option<&str>) -> SourceId {
        SourceId(self.asked.source(title, url))
    }

    /// Reads who reports the engagement; gives it back where it is one alone.
    fn citations(&mut self, record: &Record<'_>) -> Option<SourceId> {
        fn cite(rows: &mut Rows<'_>, start: usize, id: SourceId) {
            let citation = Citation { source: Some(id), ..Citation::default() };
            push_new(&mut rows.batch.citations, start, citation);
        }
        let start = self.batch.citations.len();
        let urls: Vec<&str> = self
            .plan
            .columns(Role::Url)
            .iter()
            .filter_map(|at| said(record.get(*at)))
            .flat_map(str::split_whitespace)
            .map(|url| url.trim_matches([';', '|', ',']))
            .filter(|url| !url.is_empty())
            .collect();
        if urls.is_empty() {
            self.each(record, Role::Sources, |rows, title| {
                let id = rows.source(&cells::unquote(title), None);
                cite(rows, start, id);
            });
        } else {
            let titles = self.values(record, Role::Sources);
            if let ([title], [url]) = (titles.as_slice(), urls.as_slice()) {
                let id = self.source(&cells::unquote(title), Some(url));
                cite(self, start, id);
            } else {
                for title in titles {
                    let id = self.source(&cells::unquote(title), None);
                    cite(self, start, id);
                }
                for url in urls {
                    let id = self.source(url, Some(url));
                    cite(self, start, id);
                }
            }
        }
        match &self.batch.citations[start..] {
            [citation] => citation.source,
            _ => None,
        }
    }

    fn tally(&mut self, at: usize, cell: &Cell) {
        if let Some(tally) = self.tallies.get_mut(at) {
            tally.add(cell);
        }
    }

    /// Reads a cell of a column of dates, counts it, and notes what cannot be read.
    fn date(&mut self, record: &Record<'_>, at: usize) -> Cell {
        let text = cells::arm(record.get(at));
        // The last year there is stands for "for ever".
        let plain = match Day::from_iso(text).filter(|_| !text.starts_with("9999")) {
            Some(day) => Some(Cell::When(When::on(day), Form::Day)),
            None => text.is_empty().then_some(Cell::Empty),
        };
        if let Some(cell) = plain {
            self.tally(at, &cell);
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
        self.tally(at, &cell);
        if let Cell::Bad(message) = &cell {
            let done = "value kept beside the engagement, without a date";
            self.problem(Severity::Error, record.number, Some(at), message.clone(), done);
            self.keep(Some(at), text);
        }
        cell
    }

    /// Reads a date in columns of its own.
    fn parted(&mut self, record: &Record<'_>, roles: [Role; 3]) -> Cell {
        let [year, month, day] = roles.map(|role| self.plan.column(role));
        let Some(at) = year else { return Cell::Empty };
        let text = |at: Option<usize>| at.map_or("", |at| cells::arm(record.get(at)));
        let cell = dates::columns(text(year), text(month), text(day));
        self.tally(at, &cell);
        if let Cell::Bad(message) = &cell {
            let done = "left without this date";
            self.problem(Severity::Error, record.number, Some(at), message.clone(), done);
        }
        cell
    }

    fn dates(&mut self, record: &Record<'_>, reporter: Option<SourceId>) {
        let claims = self.batch.dates.len();
        // Where no column says who reports the date, whoever reports the engagement does.
        let source = reporter.filter(|_| !self.plan.dates_have_sources);
        let general = Citation { source, ..Citation::default() };
        let mut start = match self.plan.column(Role::Start) {
            Some(at) => self.date(record, at),
            None => Cell::Empty,
        };
        let mut end = match self.plan.column(Role::End) {
            Some(at) => self.date(record, at),
            None => Cell::Empty,
        };
        if matches!(start, Cell::Empty) {
            start = self.parted(record, [Role::StartYear, Role::StartMonth, Role::StartDay]);
        }
        if matches!(end, Cell::Empty) {
            end = dates::ending(self.parted(record, [Role::EndYear, Role::EndMonth, Role::EndDay]));
        }
        match dates::join(start, end) {
            Joined::When(when) => {
                self.batch.dates.push(DateClaim { when, citation: general.clone() });
            }
            Joined::Nothing => {}
            Joined::Conflict(when, message) => {
                let at = self.plan.column(Role::End).or_else(|| self.plan.column(Role::EndYear));
                self.problem(Severity::Error, record.number, at, message, "the start was kept");
                if let Some(at) = at {
                    self.keep(Some(at), cells::arm(record.get(at)));
                }
                self.batch.dates.push(DateClaim { when, citation: general.clone() });
            }
        }
        let plan = self.plan;
        let mut dated = false;
        for &at in plan.of_dates() {
            let text = said(record.get(at));
            match (plan.role(at), text) {
                (Role::Date, _) => {
                    dated = false;
                    match self.date(record, at) {
                        Cell::When(when, _) => {
                            dated = true;
                            self.batch.dates.push(DateClaim { when, citation: general.clone() });
                        }
                        Cell::Open => self.keep(Some(at), record.get(at)),
                        _ => {}
                    }
                }
                (Role::DateSource, Some(text)) if dated => {
                    let id = self.source(&cells::unquote(text), None);
                    if let Some(claim) = self.batch.dates.last_mut() {
                        claim.citation.source = Some(id);
                    }
                }
                (role, Some(text)) if dated => {
                    if let Some(claim) = self.batch.dates.last_mut() {
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
        self.undated += u64::from(self.batch.dates.len() == claims);
    }
}
