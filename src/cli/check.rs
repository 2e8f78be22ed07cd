//! `demarche check`: what is in a file, its problems and contradictions, as text or as JSON.

use std::path::Path;

use serde::Serialize;

use super::{
    Failure, Outcome, input,
    output::{self, Console, counted},
};
use crate::{
    formats::{Problem, Severity},
    model::{
        Dataset, DateStatus, PartyKind, Status, Target,
        check::{self, Finding},
        words,
    },
    query::{Columns, Filter, evaluate},
};

/// The version of the JSON output; it changes when a field changes its meaning or goes.
const FORMAT: &str = "demarche-check/1";

/// How many of everything there are.
#[derive(Debug, Serialize)]
struct Counts {
    /// Engagements.
    engagements: usize,
    /// Of these: held, planned, cancelled.
    held: usize,
    planned: usize,
    cancelled: usize,
    /// Of these: with dates that cannot all be right, and without any date.
    disputed: usize,
    undated: usize,
    /// Documents, general knowledge not counted.
    documents: usize,
    parties: usize,
    partnerships: usize,
    places: usize,
    /// Places with coordinates.
    places_located: usize,
    kinds: usize,
    topics: usize,
    outcomes: usize,
}

impl Counts {
    fn of(dataset: &Dataset) -> Self {
        let engagements = dataset.engagements();
        let status = |status| engagements.iter().filter(|one| one.status == status).count();
        let date = |status| engagements.iter().filter(|one| one.date_status() == status).count();
        Self {
            engagements: engagements.len(),
            held: status(Status::Held),
            planned: status(Status::Planned),
            cancelled: status(Status::Cancelled),
            disputed: date(DateStatus::Disputed),
            undated: date(DateStatus::Undated),
            documents: dataset.document_count(),
            parties: dataset.parties().len(),
            partnerships: dataset.partnerships().len(),
            places: dataset.places().len(),
            places_located: dataset.places().iter().filter(|one| one.position.is_some()).count(),
            kinds: dataset.kinds().len(),
            topics: dataset.topics().len(),
            outcomes: engagements.iter().map(|one| one.outcomes.len()).sum(),
        }
    }
}

/// The days that the engagements may reach.
#[derive(Debug, Serialize)]
struct Extent {
    from: String,
    to: String,
}

/// A problem, flat, so that a line of it can be taken alone.
#[derive(Debug, Serialize)]
struct FlatProblem<'a> {
    severity: Severity,
    row: Option<u64>,
    column: Option<&'a str>,
    pointer: Option<&'a str>,
    message: &'a str,
    done: &'a str,
}

impl<'a> FlatProblem<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            severity: problem.severity,
            row: problem.location.row,
            column: problem.location.column.as_deref(),
            pointer: problem.location.pointer.as_deref(),
            message: &problem.message,
            done: &problem.done,
        }
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    format: &'static str,
    file: &'a str,
    read_as: &'a str,
    title: &'a str,
    rows: u64,
    counts: Counts,
    extent: Option<Extent>,
    notes: &'a [String],
    problems: Vec<FlatProblem<'a>>,
    findings: Vec<FlatFinding<'a>>,
}

/// A finding of the checker.
#[derive(Debug, Serialize)]
struct FlatFinding<'a> {
    id: &'a str,
    severity: check::Severity,
    kind: check::FindingKind,
    message: &'a str,
    /// The ids of the engagements that it is about.
    engagements: Vec<&'a str>,
}

impl<'a> FlatFinding<'a> {
    fn of(dataset: &'a Dataset, finding: &'a Finding) -> Self {
        let engagements = finding.about.iter().filter_map(|target| match target {
            Target::Engagement(id) => Some(&*dataset.engagement(*id).key),
            _ => None,
        });
        Self {
            id: &finding.id,
            severity: finding.severity,
            kind: finding.kind,
            message: &finding.message,
            engagements: engagements.collect(),
        }
    }
}

/// Reads a file and says what is in it.
pub fn run(file: Option<&Path>, json: bool, console: &mut Console) -> Result<Outcome, Failure> {
    let input = input::open(file)?;
    let (dataset, report) = (&input.opened.dataset, &input.opened.report);
    let columns = Columns::new(dataset);
    let extent = evaluate(dataset, &columns, &Filter::default()).extent;
    let counts = Counts::of(dataset);
    let findings = check::check(dataset).findings;
    if json {
        let result = Summary {
            format: FORMAT,
            file: &input.name,
            read_as: &report.format,
            title: dataset.title(),
            rows: report.rows,
            counts,
            extent: extent.map(|days| Extent { from: days.from.iso(), to: days.to.iso() }),
            notes: &report.notes,
            problems: report.problems.iter().map(FlatProblem::of).collect(),
            findings: findings.iter().map(|one| FlatFinding::of(dataset, one)).collect(),
        };
        console.print(&serde_json::to_string_pretty(&result)?);
        console.print("\n");
    } else {
        console.line(&format!("{}: {}", input.name, report.format));
        if !dataset.title().is_empty() {
            console.line(dataset.title());
        }
        console.line("");
        print_counts(dataset, &counts, console);
        if let Some(days) = extent {
            console.line(&format!("  {}", words::days(days)));
        }
        if report.rows > 0 {
            let rows = counted(report.rows as usize, "row", "rows");
            let used = output::grouped(report.engagements as usize);
            console.line(&format!("  {rows} read, {used} of them engagements"));
        }
        print_list("Notes", report.notes.iter().cloned(), console);
        print_problems(&report.problems, console);
        let lines: Vec<String> = findings
            .iter()
            .map(|one| format!("{:<13}  {}", one.severity.label().to_lowercase(), one.message))
            .collect();
        let heading = counted(lines.len(), "finding", "findings");
        print_list(&format!("Consistency: {heading}"), lines.into_iter(), console);
    }
    let contradicted = findings.iter().any(|one| one.severity == check::Severity::Contradiction);
    let found = contradicted || input::has_problems(report);
    Ok(if found { Outcome::Problems } else { Outcome::Clean })
}

fn print_counts(dataset: &Dataset, counts: &Counts, console: &mut Console) {
    let mut engagements = counted(counts.engagements, "engagement", "engagements");
    let parts = [
        (counts.held, "held"),
        (counts.planned, "planned"),
        (counts.cancelled, "cancelled"),
        (counts.disputed, "with disputed dates"),
        (counts.undated, "without a date"),
    ];
    engagements.push_str(&details(&parts));
    console.line(&format!("  {engagements}"));
    console.line(&format!("  {}", counted(counts.documents, "document", "documents")));
    let kinds: Vec<(usize, &str)> = PartyKind::ALL
        .iter()
        .map(|kind| {
            let count = dataset.parties().iter().filter(|party| party.kind == *kind).count();
            (count, number(*kind, count))
        })
        .collect();
    let parties = counted(counts.parties, "party", "parties");
    console.line(&format!("  {parties}{}", details(&kinds)));
    console.line(&format!("  {}", counted(counts.partnerships, "partnership", "partnerships")));
    let places = counted(counts.places, "place", "places");
    let located = details(&[(counts.places_located, "with coordinates")]);
    console.line(&format!("  {places}{located}"));
    for (count, one, many) in [
        (counts.kinds, "kind of engagement", "kinds of engagement"),
        (counts.topics, "topic", "topics"),
        (counts.outcomes, "outcome", "outcomes"),
    ] {
        console.line(&format!("  {}", counted(count, one, many)));
    }
}

/// What parties of a kind are called, one or several.
const fn number(kind: PartyKind, count: usize) -> &'static str {
    let (one, several) = match kind {
        PartyKind::State => ("state", "states"),
        PartyKind::Organisation => ("organisation", "organisations"),
        PartyKind::Body => ("body", "bodies"),
        PartyKind::Province => ("province", "provinces"),
        PartyKind::Person => ("person", "persons"),
        PartyKind::Group => ("group", "groups"),
        PartyKind::Unsaid => ("of no stated kind", "of no stated kind"),
    };
    if count == 1 { one } else { several }
}

/// " (20 held, 3 planned)": what there is none of is left out.
fn details(parts: &[(usize, &str)]) -> String {
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", output::grouped(*count)))
        .collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

fn print_list(heading: &str, lines: impl ExactSizeIterator<Item = String>, console: &mut Console) {
    if lines.len() == 0 {
        return;
    }
    console.line("");
    console.line(heading);
    for line in lines {
        console.line(&format!("  {line}"));
    }
}

fn print_problems(problems: &[Problem], console: &mut Console) {
    let count = |severity| problems.iter().filter(|one| one.severity == severity).count();
    let heading = format!(
        "Problems: {}, {}",
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings")
    );
    let lines = problems
        .iter()
        .map(|one| format!("{:<7}  {}", output::severity(one.severity), output::problem(one)));
    if problems.is_empty() {
        console.line("");
        console.line("No problems found.");
    } else {
        print_list(&heading, lines.collect::<Vec<_>>().into_iter(), console);
    }
}
