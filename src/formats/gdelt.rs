//! GDELT event exports: tab-separated rows without headings, told by their shape.
//!
//! Version 2 has 61 columns, version 1 has 58, its early files 57; all are the same but for the
//! second administrative area of places and the address of the report.

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::builder::DatasetBuilder;
use super::network::StatedLook;
use super::{
    Location, OpenError, Opened, Problem, Progress, Report, Severity, cameo, encoding, gazetteer,
};
use crate::model::{
    Citation, Dataset, DateClaim, Day, Engagement, FieldId, KindId, List, Participant, PartyId,
    PartyKind, PlaceId, SourceId, Status, Text, When,
};

/// After how many rows the reader looks up whether it should stop.
const PAUSE: u64 = 2048;

/// Where the columns of a version stand that do not stand in the same place in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    name: &'static str,
    width: usize,
    /// The name of the first actor's place.
    first_place: usize,
    /// The name of the second actor's place.
    second_place: usize,
    /// The type of the event's place; its name follows.
    place: usize,
    /// Its latitude; the longitude follows.
    latitude: usize,
    /// When the row was added.
    added: usize,
    /// Where the report can be found.
    url: Option<usize>,
}

const VERSIONS: [Version; 3] = [
    Version {
        name: "GDELT 2.0 event export",
        width: 61,
        first_place: 36,
        second_place: 44,
        place: 51,
        latitude: 56,
        added: 59,
        url: Some(60),
    },
    Version {
        name: "GDELT 1.0 event export",
        width: 58,
        first_place: 36,
        second_place: 43,
        place: 49,
        latitude: 53,
        added: 56,
        url: Some(57),
    },
    Version {
        name: "GDELT 1.0 event export without addresses",
        width: 57,
        first_place: 36,
        second_place: 43,
        place: 49,
        latitude: 53,
        added: 56,
        url: None,
    },
];

/// The first column, in files that have headings.
const HEADING: &str = "GLOBALEVENTID";

/// Columns that are kept as they are, and their names.
const KEPT: [(usize, &str); 6] = [
    (25, "IsRootEvent"),
    (30, "GoldsteinScale"),
    (31, "NumMentions"),
    (32, "NumSources"),
    (33, "NumArticles"),
    (34, "AvgTone"),
];

/// The version of an export that starts like this, if it is one.
pub(super) fn recognise(start: &[u8]) -> Option<Version> {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let mut lines = start.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let first = lines.next()?;
    let line = if first.get(..HEADING.len())?.eq_ignore_ascii_case(HEADING.as_bytes()) {
        lines.next()?
    } else {
        first
    };
    let cells: Vec<&[u8]> = line.split(|&byte| byte == b'\t').collect();
    let version = VERSIONS.into_iter().find(|version| version.width == cells.len())?;
    let digits = |at: usize, most: usize| {
        let cell = cells[at];
        !cell.is_empty() && cell.len() <= most && cell.iter().all(u8::is_ascii_digit)
    };
    let event = digits(26, 4) && digits(28, 2) && matches!(cells[29], [b'1'..=b'4']);
    (digits(0, 20) && digits(1, 8) && cells[1].len() == 8 && digits(3, 4) && event)
        .then_some(version)
}

/// Spellings of an actor's name in the order in which they were met, and how often each was.
type Spellings = Vec<(Box<str>, u64)>;

/// What tells places apart: type, name, latitude and longitude as written.
type PlaceKey = (Box<str>, Box<str>, Box<str>, Box<str>);

/// Collects the rows.
struct Reader {
    version: Version,
    builder: DatasetBuilder,
    report: Report,
    actors: FxHashMap<Box<str>, PartyId>,
    /// By party: the actor's code, the code of its state, and the spellings of its name.
    about: FxHashMap<PartyId, (Box<str>, Box<str>, Spellings)>,
    places: FxHashMap<PlaceKey, PlaceId>,
    dates: FxHashMap<Box<str>, Option<When>>,
    kinds: FxHashMap<Box<str>, KindId>,
    sources: FxHashMap<Box<str>, SourceId>,
    roles: [crate::model::RoleId; 2],
    kept: [FieldId; KEPT.len()],
    /// Fields for the actors' names, their places, when the row was added, and what cannot be read.
    names: [FieldId; 2],
    actor_places: [FieldId; 2],
    added: FieldId,
    date: FieldId,
    undated: u64,
}

/// Reads an export. `name` is the file's name, used in messages and as title.
///
/// Each CAMEO code is one party, named after its state and role where the code says them and after
/// its commonest spelling where not; the row's own spelling is in the title and, where it differs,
/// kept beside the engagement.
///
/// # Errors
/// When no row can be used, or when the reading was cancelled.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    version: Version,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    let fail = |message: String| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message,
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let decoded = encoding::decode(bytes);
    let mut reader = Reader::new(file, version);
    reader.report.notes.push(format!("Encoding: {}.", decoded.encoding));
    let share = bytes.len() as f64 / decoded.text.len().max(1) as f64;
    let mut at = 0;
    for (row, line) in (1_u64..).zip(decoded.text.split('\n')) {
        at += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || (row == 1 && line.to_ascii_uppercase().starts_with(HEADING)) {
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

impl Reader {
    fn new(file: &str, version: Version) -> Self {
        let mut builder = DatasetBuilder::new(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let roles = ["initiator", "target"].map(|role| builder.role(role));
        let kept = KEPT.map(|(_, name)| builder.field(name));
        let names = ["Actor1Name", "Actor2Name"].map(|name| builder.field(name));
        let actor_places =
            ["Actor1Geo_FullName", "Actor2Geo_FullName"].map(|name| builder.field(name));
        let (added, date) = (builder.field("DATEADDED"), builder.field("SQLDATE"));
        Self {
            version,
            builder,
            report: Report {
                file: file.to_owned(),
                format: version.name.to_owned(),
                ..Report::default()
            },
            actors: FxHashMap::default(),
            about: FxHashMap::default(),
            places: FxHashMap::default(),
            dates: FxHashMap::default(),
            kinds: FxHashMap::default(),
            sources: FxHashMap::default(),
            roles,
            kept,
            names,
            actor_places,
            added,
            date,
            undated: 0,
        }
    }

    fn problem(&mut self, severity: Severity, row: u64, column: &str, message: String, done: &str) {
        self.report.problems.push(Problem {
            severity,
            location: Location {
                row: Some(row),
                column: (!column.is_empty()).then(|| column.to_owned()),
                pointer: None,
            },
            message,
            done: done.to_owned(),
        });
    }

    fn add(&mut self, row: u64, line: &str) {
        self.report.rows += 1;
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let width = self.version.width;
        if cells.len() != width {
            let message = format!("the row has {} of {width} cells", cells.len());
            self.problem(Severity::Error, row, "", message, "row left out");
            return;
        }
        let mut extras: Vec<(FieldId, Text)> = Vec::with_capacity(10);
        let kind = self.kind(cells[26], cells[29]);
        let citation = self
            .version
            .url
            .map(|at| cells[at])
            .filter(|url| !url.is_empty())
            .map(|url| Citation { source: Some(self.source(url)), ..Citation::default() });
        let dates: List<DateClaim> = match self.date(cells[1]) {
            Some(when) => {
                [DateClaim { when, citation: citation.clone().unwrap_or_default() }].into()
            }
            None => {
                let message = format!("“{}” is not a day as YYYYMMDD", cells[1]);
                let done = "value kept beside the engagement, without a date";
                self.problem(Severity::Error, row, "SQLDATE", message, done);
                extras.push((self.date, cells[1].into()));
                self.undated += 1;
                List::default()
            }
        };
        let mut participants = Vec::with_capacity(2);
        let mut spelled = [None, None];
        for (side, first) in [(0, 5), (1, 15)] {
            let (code, name, state) = (cells[first], cells[first + 1], cells[first + 2]);
            if let Some(party) = self.actor(code, name, state) {
                participants.push(Participant { party, role: Some(self.roles[side]) });
                let spelling = if name.is_empty() { code } else { name };
                spelled[side] = Some(cameo::title_case(spelling));
                if !name.is_empty() {
                    extras.push((self.names[side], name.into()));
                }
            }
        }
        let place = self.place(row, &cells);
        for (at, field) in KEPT.iter().map(|(at, _)| *at).zip(self.kept) {
            if !cells[at].is_empty() {
                extras.push((field, cells[at].into()));
            }
        }
        let here = cells[self.version.place + 1];
        let (first, second) = (self.version.first_place, self.version.second_place);
        for (side, at) in [(0, first), (1, second)] {
            if !cells[at].is_empty() && cells[at] != here {
                extras.push((self.actor_places[side], cells[at].into()));
            }
        }
        if !cells[self.version.added].is_empty() {
            extras.push((self.added, cells[self.version.added].into()));
        }
        let what = &self.builder.parts_mut().kinds[kind.index()].name;
        let title = match spelled {
            [Some(who), Some(whom)] => format!("{what}: {who} → {whom}"),
            [Some(who), None] => format!("{what}: {who}"),
            [None, Some(whom)] => format!("{what}: → {whom}"),
            [None, None] if here.is_empty() => what.to_string(),
            [None, None] => format!("{what} in {here}"),
        };
        self.builder.engagement(Engagement {
            key: cells[0].into(),
            title: title.into(),
            short: None,
            kind,
            form: None,
            status: Status::Held,
            dates,
            places: place.into(),
            participants: participants.into(),
            partnerships: List::default(),
            topics: List::default(),
            outcomes: List::default(),
            relations: List::default(),
            citations: citation.into_iter().collect(),
            note: None,
            extras: extras.into(),
        });
        self.report.engagements += 1;
    }

    fn date(&mut self, text: &str) -> Option<When> {
        if let Some(known) = self.dates.get(text) {
            return known.clone();
        }
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
        let when = (text.len() == 8)
            .then(|| Day::from_ymd(part(0..4)?.try_into().ok()?, part(4..6)?, part(6..8)?))
            .flatten()
            .map(When::on);
        self.dates.insert(text.into(), when.clone());
        when
    }

    fn kind(&mut self, code: &str, quad: &str) -> KindId {
        if let Some(&id) = self.kinds.get(code) {
            return id;
        }
        let full = cameo::event_code(code);
        // The file's own class first: GDELT counts investigations as material cooperation and
        // protests as verbal conflict, where others do not.
        let class = match quad {
            "1" => Some("Verbal cooperation"),
            "2" => Some("Material cooperation"),
            "3" => Some("Verbal conflict"),
            "4" => Some("Material conflict"),
            _ => cameo::class(&full),
        };
        let id = coded_kind(&mut self.builder, &full, class);
        self.kinds.insert(code.into(), id);
        id
    }

    fn source(&mut self, url: &str) -> SourceId {
        if let Some(&id) = self.sources.get(url) {
            return id;
        }
        let mut id = self.builder.source(url);
        let taken =
            |source: &crate::model::Source| source.url.as_deref().is_some_and(|known| known != url);
        if taken(&self.builder.parts_mut().sources[id.index()]) {
            // Addresses that differ in capitals alone are different addresses.
            id = self.builder.source(&format!("{url} ({})", self.sources.len() + 1));
        }
        let source = &mut self.builder.parts_mut().sources[id.index()];
        if let Some((_, rest)) = url.split_once("://") {
            let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
            let host = host.strip_prefix("www.").unwrap_or(host);
            source.url = Some(url.into());
            source.short = Some(host.into());
            source.publisher = Some(host.into());
        }
        self.sources.insert(url.into(), id);
        id
    }

    /// The party of an actor's code, or of its name where it has none.
    fn actor(&mut self, code: &str, name: &str, state: &str) -> Option<PartyId> {
        let key = if code.is_empty() { name } else { code };
        if key.is_empty() {
            return None;
        }
        let id = match self.actors.get(key) {
            Some(&id) => id,
            None => {
                let id = self.builder.party(key, PartyKind::Group);
                self.actors.insert(key.into(), id);
                id
            }
        };
        let (_, _, spellings) =
            self.about.entry(id).or_insert_with(|| (code.into(), state.into(), Vec::new()));
        if !name.is_empty() {
            match spellings.iter_mut().find(|(spelling, _)| **spelling == *name) {
                Some((_, count)) => *count += 1,
                None => spellings.push((name.into(), 1)),
            }
        }
        Some(id)
    }

    fn place(&mut self, row: u64, cells: &[&str]) -> Option<PlaceId> {
        let Version { place, latitude, .. } = self.version;
        let (sort, name) = (cells[place], cells[place + 1]);
        let (lat, lon) = (cells[latitude], cells[latitude + 1]);
        let key = (sort.into(), name.into(), lat.into(), lon.into());
        if let Some(&id) = self.places.get(&key) {
            return Some(id);
        }
        let degree = |text: &str, most: f64| {
            text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most)
        };
        let position = degree(lat, 90.0).zip(degree(lon, 180.0));
        if position.is_none() && !(lat.is_empty() && lon.is_empty()) {
            let message = format!("{lat}, {lon} is not a latitude and a longitude in degrees");
            let done = "place left without coordinates";
            self.problem(Severity::Error, row, "ActionGeo_Lat", message, done);
        }
        if name.is_empty() && position.is_none() {
            return None;
        }
        let called = if name.is_empty() { format!("{lat}, {lon}") } else { name.to_owned() };
        let state = name.rsplit(',').next().and_then(cameo::state_named).map(|(iso, _)| {
            let id = self.builder.party(iso, PartyKind::State);
            self.actors.entry(iso.into()).or_insert(id);
            self.about.entry(id).or_insert_with(|| (iso.into(), iso.into(), Vec::new()));
            id
        });
        let known = self.builder.parts_mut().places.len();
        let mut id = self.builder.place(&called);
        if self.builder.parts_mut().places.len() == known
            && self.builder.parts_mut().places[id.index()].position != position
        {
            id = self.builder.place(&format!("{called} ({lat}, {lon})"));
        }
        let place = &mut self.builder.parts_mut().places[id.index()];
        (place.position, place.state) = (position, state);
        place.note = match sort {
            "1" => Some("Stands for the whole country: no place within it is named.".into()),
            "2" | "5" => Some("Stands for a whole province: no place within it is named.".into()),
            _ => None,
        };
        self.places.insert(key, id);
        Some(id)
    }

    /// Names the parties, ties them to their states, and makes the dataset.
    fn finish(mut self) -> Result<Opened, String> {
        if self.report.engagements == 0 {
            let why = self.report.problems.first().map(|problem| problem.message.clone());
            return Err(format!("no row could be used: {}", why.unwrap_or_default()));
        }
        let mut known: Vec<PartyId> = self.about.keys().copied().collect();
        known.sort_unstable();
        // States first, so that their parts find them; new ones stand behind all others.
        for &id in &known {
            let state = self.about[&id].1.clone();
            if !state.is_empty() && !self.actors.contains_key(&state) {
                let new = self.builder.party(&state, PartyKind::State);
                self.actors.insert(state.clone(), new);
                self.about.entry(new).or_insert((state.clone(), state, Vec::new()));
            }
        }
        let mut all: Vec<PartyId> = self.about.keys().copied().collect();
        all.sort_unstable();
        for id in all {
            let (code, state, spellings) = &self.about[&id];
            let parent = self.actors.get(state).copied().filter(|&parent| parent != id);
            let party = &mut self.builder.parts_mut().parties[id.index()];
            // The spelling met most often; of equals the first.
            let spelling = spellings.iter().rev().max_by_key(|(_, count)| *count);
            let spelling = spelling.map(|(text, _)| cameo::title_case(text));
            let of = cameo::state(state);
            let rest = code.strip_prefix(&**state).unwrap_or(code);
            let (name, kind) = if let Some(name) = cameo::state(code) {
                party.iso = cameo::iso(code).map(Into::into);
                (name.to_owned(), PartyKind::State)
            } else if let Some((roles, body)) = cameo::roles(rest) {
                let kind = if body && of.is_some() { PartyKind::Body } else { PartyKind::Group };
                match of {
                    Some(of) => (format!("{of}: {roles}"), kind),
                    None => (first_upper(&roles), kind),
                }
            } else {
                let international = ["IGO", "NGO", "NGM", "MNC", "IMG", "INT"]
                    .iter()
                    .any(|start| code.starts_with(start));
                let kind = if international { PartyKind::Organisation } else { PartyKind::Group };
                let name = spelling.unwrap_or_else(|| code.to_string());
                match of {
                    Some(of) if !rest.is_empty() => (format!("{of}: {name}"), kind),
                    _ => (name, kind),
                }
            };
            party.aliases = spellings
                .iter()
                .map(|(text, _)| cameo::title_case(text))
                .filter(|text| *text != name)
                .map(Into::into)
                .collect();
            (party.name, party.kind) = (name.into(), kind);
            if !code.is_empty() {
                party.note = Some(format!("CAMEO actor code {code}.").into());
            }
            party.part_of = parent.into_iter().collect();
        }
        let report = &mut self.report;
        report.notes.push(
            "Each actor code is one party; Actor1 is the initiator, Actor2 the target. Event codes \
             are kinds with the names of CAMEO, quad classes their classes."
                .to_owned(),
        );
        report.notes.push(
            "Left out because the codes, the date or the place say it: MonthYear, Year, \
             FractionDate, the actors' group, ethnic, religion and type codes, EventBaseCode, \
             EventRootCode, the codes and coordinates of the actors' places, and the codes of the \
             event's place."
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

/// The kind of an event code.
pub(super) fn coded_kind(
    builder: &mut DatasetBuilder,
    code: &str,
    class: Option<&'static str>,
) -> KindId {
    // The code makes the key; the label may be shared with a wider code.
    let id = builder.kind(&format!("CAMEO {code}"));
    let kind = &mut builder.parts_mut().kinds[id.index()];
    kind.name = match cameo::event(code) {
        Some(label) => label.into(),
        None => format!("Event {code}").into(),
    };
    kind.class = class.map(Into::into);
    id
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
