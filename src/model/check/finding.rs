//! What the checker tells a person.

use super::statement::relation_words;
use super::{Conflict, Statement, StatementId, component::is_soft};
use crate::model::{Dataset, EngagementId, Target, words};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Statements that cannot all be true.
    Contradiction,
    /// Something that is probably wrong.
    Warning,
    /// Something that a careful reader would look at.
    Note,
}

impl Severity {
    /// All values, the gravest first.
    pub const ALL: [Self; 3] = [Self::Contradiction, Self::Warning, Self::Note];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Contradiction => "Contradiction",
            Self::Warning => "Warning",
            Self::Note => "Note",
        }
    }
}

/// What sort of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Dates and relations that cannot all hold.
    Time,
    /// One of several dates that sources give cannot hold with other statements.
    RuledOut,
    /// Sources give dates that cannot both be right.
    Dispute,
    /// A person at two places on one day.
    TwoPlaces,
    /// A participant outside the terms of all offices that are known.
    OutsideOffice,
    /// A participant that was not there yet, or no more.
    OutsideExistence,
    /// An engagement before its partnership existed, or after.
    OutsidePartnership,
    /// An engagement that took place after its report was published.
    AfterPublication,
    /// Two engagements that are probably one.
    Duplicate,
    /// A number of years that does not lie between an engagement and what it commemorates.
    Anniversary,
    /// A party that is part of itself, by way of others or outright.
    PartOfItself,
}

impl FindingKind {
    /// All values.
    pub const ALL: [Self; 11] = [
        Self::Time,
        Self::RuledOut,
        Self::Dispute,
        Self::TwoPlaces,
        Self::OutsideOffice,
        Self::OutsideExistence,
        Self::OutsidePartnership,
        Self::AfterPublication,
        Self::Duplicate,
        Self::Anniversary,
        Self::PartOfItself,
    ];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Time => "Statements that cannot all be true",
            Self::RuledOut => "A date that other statements rule out",
            Self::Dispute => "Sources disagree on the date",
            Self::TwoPlaces => "At two places on one day",
            Self::OutsideOffice => "Outside the term of office",
            Self::OutsideExistence => "Named outside its days",
            Self::OutsidePartnership => "Outside the partnership’s time",
            Self::AfterPublication => "Dated after its report",
            Self::Duplicate => "Probably entered twice",
            Self::Anniversary => "An anniversary that does not add up",
            Self::PartOfItself => "Part of itself",
        }
    }
}

/// Something that the checker found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stays the same for the same statements, so that it can be dismissed for good.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// What sort it is.
    pub kind: FindingKind,
    /// What it is about, engagements first.
    pub about: Vec<Target>,
    /// What was found, in plain words.
    pub message: String,
    /// The statements that it rests on; for a contradiction the fewest that cannot all hold.
    pub statements: Vec<Statement>,
}

impl Finding {
    /// The finding as a sentence with its weight before it: "Contradiction: …".
    #[must_use]
    pub fn told(&self) -> String {
        format!("{}: {}", self.severity.label(), self.message)
    }
}

/// Puts a conflict into words.
pub(super) fn conflict(dataset: &Dataset, conflict: &Conflict) -> Finding {
    let mut about: Vec<EngagementId> = Vec::new();
    let mut soft = false;
    for statement in &conflict.statements {
        let id = statement.engagement();
        about.push(id);
        match *statement {
            StatementId::Relation(_, index) => {
                about.push(dataset.engagement(id).relations[index as usize].to);
            }
            StatementId::Claim(_, index) => {
                soft |= is_soft(&dataset.engagement(id).dates[index as usize].when);
            }
            StatementId::AnyClaim(_) => {
                soft |= dataset.engagement(id).dates.iter().any(|claim| is_soft(&claim.when));
            }
        }
    }
    about.sort_unstable();
    about.dedup();
    let (severity, kind) = match (conflict.alternative, soft) {
        (true, _) => (Severity::Warning, FindingKind::RuledOut),
        // An approximate or uncertain date that does not fit is no contradiction for sure.
        (false, true) => (Severity::Warning, FindingKind::Time),
        (false, false) => (Severity::Contradiction, FindingKind::Time),
    };
    let mut parts: Vec<String> = conflict.statements.iter().map(|s| s.stable(dataset)).collect();
    parts.sort_unstable();
    Finding {
        id: format!("time: {}", parts.join("; ")),
        severity,
        kind,
        message: message(dataset, conflict, soft),
        about: about.into_iter().map(Target::Engagement).collect(),
        statements: conflict.statements.iter().map(|s| s.write(dataset)).collect(),
    }
}

fn message(dataset: &Dataset, conflict: &Conflict, soft: bool) -> String {
    let label = |id: EngagementId| dataset.engagement(id).label();
    // The common case deserves its own sentence: a date, a relation, a date.
    if let [
        StatementId::Claim(a, first),
        StatementId::Relation(subject, index),
        StatementId::Claim(b, second),
    ] = *conflict.statements
        && a == subject
    {
        let date = |id: EngagementId, claim: u32| {
            words::when(&dataset.engagement(id).dates[claim as usize].when)
        };
        let relation = &dataset.engagement(subject).relations[index as usize];
        let doubt = if soft { ", as far as these dates are sure" } else { "" };
        return format!(
            "“{}” is dated {}, but it is said that it {} “{}”, dated {}{doubt}",
            label(a),
            date(a, first),
            relation_words(relation.kind),
            label(b),
            date(b, second)
        );
    }
    let mut names: Vec<String> = Vec::new();
    for statement in &conflict.statements {
        let name = format!("“{}”", label(statement.engagement()));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let about = match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    };
    let count = conflict.statements.len();
    let doubt = if soft { ", as far as their dates are sure" } else { "" };
    match count {
        1 => format!("A statement about {about} cannot be true by itself{doubt}"),
        _ => format!("{count} statements about {about} cannot all be true{doubt}"),
    }
}
