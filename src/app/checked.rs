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
        Self { findings, tightened, conflicts }
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
        self.open_findings().count() + self.document.report.problems.len()
    }

    /// What there is to look at among findings and problems, each in a few words, and whether it
    /// is a matter of disagreeing sources.
    #[must_use]
    pub fn doubts(&self) -> Vec<(String, bool)> {
        let count = |severity| self.open_findings().filter(|one| one.severity == severity).count();
        let some = |n: usize, one: &str, many: &str, amber| {
            (n > 0).then(|| (format!("{n} {}", if n == 1 { one } else { many }), amber))
        };
        let problems = self.document.report.problems.iter();
        let problems =
            problems.filter(|problem| problem.severity != crate::formats::Severity::Note).count();
        [
            some(count(Severity::Contradiction), "contradiction", "contradictions", true),
            some(count(Severity::Warning), "doubt", "doubts", true),
            some(problems, "problem in the file", "problems in the file", false),
        ]
        .into_iter()
        .flatten()
        .map(|(text, amber)| (if amber { format!("⚠ {text}") } else { text }, amber))
        .collect()
    }
}
