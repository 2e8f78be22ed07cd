//! What the consistency checker found in the open document, and what the user said of it.

use std::sync::Arc;

use super::{AppState, Task};
use crate::model::check::{Finding, Findings, Severity, check_cancellable};
use crate::model::when::Span;
use crate::model::{Dataset, EngagementId, Target};

/// Up to so many engagements are checked at once; more are checked in the background.
const AT_ONCE: usize = 5_000;

/// Findings, with the tightened bounds by engagement.
#[derive(Clone, Debug, Default)]
pub struct CheckedDocument {
    /// What was found.
    pub findings: Findings,
    /// What relations leave possible, by engagement, where that is less than its dates say.
    pub tightened: Vec<Option<Span>>,
    /// Engagements whose statements cannot all be true, as pairs.
    pub conflicts: Vec<(EngagementId, EngagementId)>,
    /// The findings by position, in the order of their ids.
    by_id: Vec<u32>,
    /// How many findings there are of each severity: contradictions, then warnings.
    counts: [usize; 2],
}

/// The severities that are counted.
const SEVERITIES: [Severity; 2] = [Severity::Contradiction, Severity::Warning];

/// The id of the finding at a position.
fn id(findings: &Findings, at: u32) -> &str {
    &findings.findings[at as usize].id
}

impl CheckedDocument {
    /// What follows from the findings about a dataset.
    #[must_use]
    pub fn new(findings: Findings, dataset: &Dataset) -> Self {
        let engagements = dataset.engagements().len();
        let conflicts = findings.conflicts(dataset);
        let mut tightened = Vec::new();
        if !findings.tightened.is_empty() {
            tightened.resize(engagements, None);
            for one in &findings.tightened {
                tightened[one.engagement.index()] = Some(one.span);
            }
        }
        let mut by_id: Vec<u32> = (0..findings.findings.len() as u32).collect();
        by_id.sort_by(|a, b| id(&findings, *a).cmp(id(&findings, *b)));
        let counts = SEVERITIES.map(|severity| {
            findings.findings.iter().filter(|one| one.severity == severity).count()
        });
        Self { findings, tightened, conflicts, by_id, counts }
    }

    /// The findings with an id.
    fn with_id(&self, wanted: &str) -> impl Iterator<Item = &Finding> {
        let from = self.by_id.partition_point(|at| id(&self.findings, *at) < wanted);
        let all = self.by_id[from..].iter().map(|at| &self.findings.findings[*at as usize]);
        all.take_while(move |one| one.id == wanted)
    }
}

impl AppState {
    /// Checks the open document, in the background when it is large.
    pub(super) fn start_check(&mut self) {
        let dataset = Arc::clone(&self.document.dataset);
        let engagements = dataset.engagements().len();
        self.checked = Arc::default();
        self.checking = None;
        let work = move || {
            let findings = check_cancellable(&dataset, &|| false).unwrap_or_default();
            CheckedDocument::new(findings, &dataset)
        };
        if engagements <= AT_ONCE {
            self.checked = Arc::new(work());
            self.checked_revision += 1;
        } else {
            self.checking = Some(Task::start("check", &self.waker, work));
        }
    }

    /// The findings that have not been dismissed, the gravest first.
    pub fn open_findings(&self) -> impl Iterator<Item = &Finding> {
        self.checked.findings.findings.iter().filter(|finding| self.dismissal(finding).is_none())
    }

    /// Why a finding was dismissed, if it was.
    #[must_use]
    pub fn dismissal(&self, finding: &Finding) -> Option<&str> {
        self.settings.dismissed.get(&finding.id).map(String::as_str)
    }

    /// The open findings about something.
    pub fn findings_about(&self, target: Target) -> impl Iterator<Item = &Finding> {
        self.open_findings().filter(move |finding| finding.about.contains(&target))
    }

    /// How many findings and problems there are to look at.
    #[must_use]
    pub fn finding_count(&self) -> usize {
        let dismissed = self.settings.dismissed.keys().flat_map(|id| self.checked.with_id(id));
        let findings = self.checked.findings.findings.len() - dismissed.count();
        findings + self.document.report.problems.len()
    }

    /// What there is to look at among findings and problems, each in a few words, and whether it
    /// is a matter of disagreeing sources.
    #[must_use]
    pub fn doubts(&self) -> Vec<(String, bool)> {
        // This is said in every frame: what was dismissed is taken off what was counted once.
        let dismissed = self.settings.dismissed.keys().flat_map(|id| self.checked.with_id(id));
        let mut counts = self.checked.counts;
        for one in dismissed {
            if let Some(at) = SEVERITIES.iter().position(|severity| *severity == one.severity) {
                counts[at] -= 1;
            }
        }
        let [contradictions, warnings] = counts;
        let some = |n: usize, one: &str, many: &str, amber| {
            (n > 0).then(|| (format!("{n} {}", if n == 1 { one } else { many }), amber))
        };
        [
            some(contradictions, "contradiction", "contradictions", true),
            some(warnings, "doubt", "doubts", true),
            some(self.document.problems, "problem in the file", "problems in the file", false),
        ]
        .into_iter()
        .flatten()
        .map(|(text, amber)| (if amber { format!("⚠ {text}") } else { text }, amber))
        .collect()
    }
}
