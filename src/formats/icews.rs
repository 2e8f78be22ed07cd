//! Quadruples as ICEWS gives them: subject, relation, object and date in a tab-separated file, with
//! headings or without.

use rustc_hash::FxHashMap;

use super::builder::{DatasetBuilder, tidy};
use super::gdelt::coded_kind;
use super::network::StatedLook;
use super::{
    Location, OpenError, Opened, Problem, Progress, Report, Severity, cameo, encoding, gazetteer,
};
use crate::model::{
    Citation, Dataset, DateClaim, Day, Engagement, KindId, List, Participant, PartyId, PartyKind,
    Places, Status, Text, When,
};

/// After how many rows the reader looks up whether it should stop.
const PAUSE: u64 = 2048;

/// How many lines are looked at to recognise the format.
const LOOK: usize = 64;

/// The words that head the four columns.
const HEADINGS: [&[&str]; 4] = [
    &["subject", "head", "source", "source name", "actor1", "actor 1", "sender", "s"],
    &["relation", "predicate", "event", "event text", "event type", "verb", "r", "p"],
    &["object", "tail", "target", "target name", "actor2", "actor 2", "receiver", "o"],
    &["date", "event date", "time", "timestamp", "day", "t"],
];

/// Whether a line is the headings of quadruples.
fn is_heading(line: &str) -> bool {
    let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    let known = |(cell, words): (&&str, &&[&str])| {
        let cell = cell.trim().replace('_', " ");
        words.iter().any(|word| word.eq_ignore_ascii_case(&cell))
    };
    cells.len() == 4 && cells.iter().zip(&HEADINGS).all(known)
}

/// The day of a quadruple; collections add the midnight.
fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    Day::from_iso(text.strip_suffix(" 00:00:00").unwrap_or(text))
}

/// Whether a file that starts like this holds quadruples. Without headings it must speak the words
/// of CAMEO at least half the time, so that other tables with a date at their end are not taken for
/// one.
pub(super) fn recognise(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let whole = start.iter().rposition(|&byte| byte == b'\n').map_or(start, |end| &start[..end]);
    let text = String::from_utf8_lossy(whole);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOK).peekable();
    let headed = lines.peek().is_some_and(|line| is_heading(line));
    if headed {
        lines.next();
    }
    let (mut rows, mut known) = (0, 0);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [subject, relation, object, date] = cells.as_slice() else { return false };
        if [subject, relation, object].iter().any(|cell| cell.trim().is_empty())
            || day(date).is_none()
        {
            return false;
        }
        rows += 1;
        known += usize::from(cameo::code_of(relation).is_some());
    }
    rows > 0 && (headed || known * 2 >= rows)
}

/// Reads quadruples. `name` is the file's name, used in messages and as title.
///
/// # Errors
/// When no row can be used, or when the reading was cancelled.
pub(super) fn read(name: &str, bytes: &[u8], progress: &Progress) -> Result<Opened, OpenError> {
    let fail = |message: String| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message,
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let decoded = encoding::decode(bytes);
    let mut reader = Reader::new(file);
    reader.report.notes.push(format!("Encoding: {}.", decoded.encoding));
    let share = bytes.len() as f64 / decoded.text.len().max(1) as f64;
    let mut at = 0;
    for (row, line) in (1_u64..).zip(decoded.text.split('\n')) {
        at += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() || (row == 1 && is_heading(line)) {
            continue;
        }
        reader.add(row, line);
        if row.is_multiple_of(PAUSE) {
            if progress.is_cancelled() {
                return Err(OpenError::Cancelled { file: name.to_owned() });
            }
            progress.set((at as f64 * share) as u64, reader.report.rows);
        }
    }
    progress.set(bytes.len() as u64, reader.report.rows);
    reader.finish().map_err(fail)
}

/// Collects the rows.
struct Reader {
    builder: DatasetBuilder,
    report: Report,
    parties: FxHashMap<Box<str>, PartyId>,
    kinds: FxHashMap<Box<str>, KindId>,
    dates: FxHashMap<Box<str>, When>,
    roles: [crate::model::RoleId; 2],
    undated: u64,
}

impl Reader {
    fn new(file: &str) -> Self {
        let mut builder = DatasetBuilder::new(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let roles = ["initiator", "target"].map(|role| builder.role(role));
        Self {
            builder,
            report: Report {
                file: file.to_owned(),
                format: "event quadruples (subject, relation, object, date)".to_owned(),
                ..Report::default()
            },
            parties: FxHashMap::default(),
            kinds: FxHashMap::default(),
            dates: FxHashMap::default(),
            roles,
            undated: 0,
        }
    }

    fn problem(&mut self, row: u64, column: Option<&str>, message: String, done: &str) {
        self.report.problems.push(Problem {
            severity: Severity::Error,
            location: Location { row: Some(row), column: column.map(Into::into), pointer: None },
            message,
            done: done.to_owned(),
        });
    }

    fn add(&mut self, row: u64, line: &str) {
        self.report.rows += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let [subject, relation, object, date] = cells.as_slice() else {
            let message = format!("the row has {} of 4 cells", cells.len());
            self.problem(row, None, message, "row left out");
            return;
        };
        let mut extras = Vec::new();
        let when = match self.dates.get(*date) {
            Some(when) => Some(when.clone()),
            None => day(date).map(|day| {
                let when = When::on(day);
                self.dates.insert((*date).into(), when.clone());
                when
            }),
        };
        if when.is_none() {
            let done = "value kept beside the engagement, without a date";
            self.problem(row, Some("date"), format!("“{date}” is not a day as YYYY-MM-DD"), done);
            extras.push((self.builder.field("date"), Text::from(*date)));
            self.undated += 1;
        }
        let kind = self.kind(relation);
        let mut participants = Vec::with_capacity(2);
        let mut names = [String::new(), String::new()];
        for (side, cell) in [subject, object].into_iter().enumerate() {
            if let Some(party) = self.party(cell) {
                participants.push(Participant { party, role: Some(self.roles[side]) });
                names[side] = self.builder.parts_mut().parties[party.index()].name.to_string();
            }
        }
        let what = &self.builder.parts_mut().kinds[kind.index()].name;
        let title = match &names {
            [who, whom] if whom.is_empty() => format!("{what}: {who}"),
            [who, whom] => format!("{what}: {who} → {whom}"),
        };
        self.builder.engagement(Engagement {
            key: Text::default(),
            title: title.into(),
            short: None,
            kind,
            form: None,
            status: Status::Held,
            dates: when
                .map(|when| DateClaim { when, citation: Citation::default() })
                .into_iter()
                .collect(),
            places: Places::nowhere(),
            participants: participants.into(),
            partnerships: List::default(),
            topics: List::default(),
            outcomes: List::default(),
            relations: List::default(),
            citations: List::default(),
            note: None,
            extras: extras.into(),
        });
        self.report.engagements += 1;
    }

    fn kind(&mut self, relation: &str) -> KindId {
        if let Some(&id) = self.kinds.get(relation) {
            return id;
        }
        let id = match cameo::code_of(relation) {
            Some(code) => {
                let id = coded_kind(&mut self.builder, code, cameo::class(code));
                // Not even the label is ours where the file has its own.
                let own = tidy(&relation.replace('_', " "));
                self.builder.parts_mut().kinds[id.index()].name = own.into();
                id
            }
            None => {
                let own = tidy(&relation.replace('_', " "));
                self.builder.kind(if own.is_empty() { "Engagement" } else { &own })
            }
        };
        self.kinds.insert(relation.into(), id);
        id
    }

    /// A party by its name; `Police_(Philippines)` is a part of the Philippines.
    fn party(&mut self, cell: &str) -> Option<PartyId> {
        if let Some(&id) = self.parties.get(cell) {
            return Some(id);
        }
        let name = tidy(&cell.replace('_', " "));
        if name.is_empty() {
            return None;
        }
        let id = match cameo::state_named(&name) {
            Some((iso, _)) => self.state(iso, &name),
            None => {
                let id = self.builder.party(&name, PartyKind::Group);
                let within = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
                if let Some((iso, state)) = within.and_then(|(_, of)| cameo::state_named(of)) {
                    let state = self.state(iso, state);
                    self.builder.parts_mut().parties[id.index()].part_of = [state].into();
                }
                id
            }
        };
        self.parties.insert(cell.into(), id);
        Some(id)
    }

    fn state(&mut self, iso: &str, name: &str) -> PartyId {
        let id = self.builder.party(name, PartyKind::State);
        self.builder.parts_mut().parties[id.index()].iso = Some(iso.into());
        id
    }

    fn finish(mut self) -> Result<Opened, String> {
        if self.report.engagements == 0 {
            let why = self.report.problems.first().map(|problem| problem.message.clone());
            return Err(format!("no row could be used: {}", why.unwrap_or_default()));
        }
        let report = &mut self.report;
        report.notes.push(
            "Subjects are initiators, objects targets; relations are kinds, with the quad classes \
             of CAMEO where it has them."
                .to_owned(),
        );
        if self.undated > 0 {
            report.notes.push(format!("{} rows without a date.", self.undated));
        }
        report.notes.push(format!(
            "{} rows: {} opened, {} left out.",
            report.rows,
            report.engagements,
            report.rows - report.engagements
        ));
        let mut parts = self.builder.into_parts();
        self.report.notes.extend(gazetteer::fill(&mut parts, false));
        let dataset = Dataset::new(parts)
            .map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))?;
        Ok(Opened {
            dataset,
            report: self.report,
            checksum: String::new(),
            mapping: None,
            preview: Vec::new(),
            look: StatedLook::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "Police_(Philippines)\tArrest,_detain,_or_charge_with_legal_action\tCitizen_(Philippines)\t2014-01-02\n\
        China\tHost_a_visit\tBarack_Obama\t2014-01-03\n\
        China\tSing_with\tLaos\t2014-01-04\n\
        China\tConsult\tLaos\tsoon\n";

    #[test]
    fn quadruples_are_told_from_other_tables() {
        let good: String = ROWS.lines().take(3).map(|line| format!("{line}\n")).collect();
        assert!(recognise(good.as_bytes()));
        assert!(recognise(format!("Subject\tRelation\tObject\tDate\n{good}").as_bytes()));
        assert!(recognise(b"subject\trelation\tobject\tdate\na\tlikes\tb\t2014-01-01\n"));
        assert!(!recognise(b"Talks\tHanoi\tMeeting\t2014-01-01\n"));
        assert!(!recognise(b"China\tConsult\tLaos\tTuesday\n"));
        assert!(!recognise(b"China,Consult,Laos,2014-01-01\n"));
    }

    #[test]
    fn a_quadruple_becomes_an_engagement_of_two() {
        for text in [ROWS.to_owned(), format!("head\trelation\ttail\ttimestamp\r\n{ROWS}")] {
            let opened = read("a.tsv", text.as_bytes(), &Progress::default()).expect("opened");
            assert_eq!((opened.report.rows, opened.report.engagements), (4, 4));
            assert_eq!(opened.report.problems.len(), 1);
            let dataset = &opened.dataset;
            let [arrest, visit, song, talks] = dataset.engagements() else { panic!("four") };
            let police = dataset.party(arrest.participants[0].party);
            assert_eq!(&*police.name, "Police (Philippines)");
            assert_eq!(dataset.party(police.part_of[0]).iso.as_deref(), Some("PHL"));
            let kind = dataset.kind(visit.kind);
            assert_eq!((&*kind.key, &*kind.name), ("cameo-043", "Host a visit"));
            assert_eq!(kind.class.as_deref(), Some("Verbal cooperation"));
            assert_eq!(&*visit.title, "Host a visit: China → Barack Obama");
            assert_eq!(dataset.party(visit.participants[0].party).kind, PartyKind::State);
            assert_eq!(dataset.kind(song.kind).class, None);
            assert!(talks.dates.is_empty());
        }
    }
}
