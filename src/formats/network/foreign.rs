//! The network of another program as a dataset: nodes become parties, and each edge an engagement
//! of its two ends, with a date where the edge has one.

use rustc_hash::FxHashMap;

use super::{StatedLook, carried};
use crate::formats::{
    DatasetBuilder, Location, OpenError, Opened, Problem, Progress, Report, Severity, native,
};
use crate::model::{
    Citation, Dataset, DateClaim, Engagement, List, Participant, Party, PartyId, PartyKind, Places,
    Status, When,
};

/// Where something stands in a file, in bytes from its start: line and column are counted when
/// they are asked for, because that takes a walk through all of it.
pub(super) type Place = usize;

/// A node as it is read.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) label: String,
    /// What else is said of it: name and value.
    pub(super) attributes: Vec<(String, String)>,
    /// Points, y downwards.
    pub(super) position: Option<[f64; 2]>,
    /// Its diameter, in a unit of the file.
    pub(super) size: Option<f64>,
    /// Red, green, blue.
    pub(super) color: Option<[u8; 3]>,
    /// The ids of those that it is part of.
    pub(super) parents: Vec<String>,
    pub(super) place: Place,
}

/// An edge as it is read.
#[derive(Debug, Default)]
pub(super) struct Edge {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) label: String,
    pub(super) kind: String,
    pub(super) directed: bool,
    pub(super) dates: Vec<When>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) place: Place,
}

/// Something that is wrong at a place.
#[derive(Debug)]
pub(super) struct Fault {
    severity: Severity,
    place: Place,
    message: String,
    done: &'static str,
}

/// A network as it is read.
#[derive(Debug, Default)]
pub(super) struct Network {
    pub(super) title: String,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) faults: Vec<Fault>,
    pub(super) notes: Vec<String>,
}

impl Network {
    /// Notes something that is wrong at a place.
    pub(super) fn problem(
        &mut self,
        severity: Severity,
        place: Place,
        message: String,
        done: &'static str,
    ) {
        self.faults.push(Fault { severity, place, message, done });
    }

    /// What is wrong, with lines and columns, in the order of the file.
    fn problems(&mut self, document: &roxmltree::Document<'_>) -> Vec<Problem> {
        let mut faults = std::mem::take(&mut self.faults);
        faults.sort_by_key(|fault| fault.place);
        let text = document.input_text().as_bytes();
        let (mut line, mut start, mut read) = (1, 0, 0);
        faults
            .into_iter()
            .map(|fault| {
                for (at, byte) in text.iter().enumerate().take(fault.place).skip(read) {
                    if *byte == b'\n' {
                        line += 1;
                        start = at + 1;
                    }
                }
                read = fault.place;
                let column = text
                    .get(start..fault.place)
                    .map_or(0, |before| before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count());
                Problem {
                    severity: fault.severity,
                    location: Location {
                        row: Some(line),
                        column: Some((column + 1).to_string()),
                        pointer: None,
                    },
                    message: fault.message,
                    done: fault.done.to_owned(),
                }
            })
            .collect()
    }
}

/// Reads a text as XML.
pub(super) fn parse<'a>(name: &str, text: &'a str) -> Result<roxmltree::Document<'a>, OpenError> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        if matches!(
            error,
            roxmltree::Error::UnexpectedEndOfStream | roxmltree::Error::UnclosedRootNode
        ) {
            let line = text.trim_end().bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
            return OpenError::Unusable {
                file: name.to_owned(),
                line: Some(line),
                column: None,
                message: "the XML ends too early; the file was cut off, get a whole copy"
                    .to_owned(),
            };
        }
        let at = error.pos();
        // It quotes what it met, which may be the end of a line; a message is one line.
        let error = error.to_string().replace(['\n', '\r'], "line end");
        OpenError::Unusable {
            file: name.to_owned(),
            line: Some(at.row.into()),
            column: Some(at.col.into()),
            message: format!(
                "this is not well-formed XML: {error}; save it again where it comes from"
            ),
        }
    })
}

/// Where a node of the document stands.
pub(super) fn place(node: roxmltree::Node<'_, '_>) -> Place {
    node.range().start
}

/// The dataset of a network file: the one that it carries, or the one that its nodes and edges make.
pub(super) fn opened(
    name: &str,
    format: &str,
    document: &roxmltree::Document<'_>,
    network: Network,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some(carried) = carried::unpack(document) else {
        return foreign(name, file, format, document, network);
    };
    match carried.and_then(|json| native::read(name, &json, progress).map_err(|e| e.to_string())) {
        Ok(mut opened) => {
            let parties = opened.dataset.parties();
            let by_key: FxHashMap<&str, &Node> =
                network.nodes.iter().map(|node| (&*node.id, node)).collect();
            opened.look.positions = parties
                .iter()
                .map(|party| by_key.get(&*party.key).and_then(|node| node.position))
                .collect();
            opened.report.file = file.to_owned();
            opened.report.format = format!("{format} with the dataset that it was made of");
            if parties.len() != network.nodes.len() {
                opened.report.notes.push(format!(
                    "The network has {} nodes and the dataset in it {} parties: it was changed \
                     since. What is shown is the dataset.",
                    network.nodes.len(),
                    parties.len()
                ));
            }
            Ok(opened)
        }
        Err(error) => {
            let mut network = network;
            network.problem(
                Severity::Warning,
                0,
                error,
                "the network alone was read: nodes as parties, edges as engagements",
            );
            foreign(name, file, format, document, network)
        }
    }
}

/// The dataset that nodes and edges make.
fn foreign(
    name: &str,
    file: &str,
    format: &str,
    document: &roxmltree::Document<'_>,
    mut network: Network,
) -> Result<Opened, OpenError> {
    let fail = |message: &str| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message: message.to_owned(),
    };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let title = if network.title.is_empty() { stem } else { &network.title };
    let mut builder = DatasetBuilder::new(title);
    let (mut parties, mut look, by_id) = nodes(&mut network);
    if parties.is_empty() {
        return Err(fail("there is no node in it, so that there is nothing to show"));
    }
    for (node, party) in network.nodes.iter().zip(&mut parties) {
        let wider = node.parents.iter().filter_map(|id| by_id.get(id.as_str()).copied());
        party.part_of = wider.map(PartyId::at).collect();
    }
    let rows = network.edges.len() as u64;
    let mut written = 0;
    let (mut undated, mut weighted) = (0, 0);
    for edge in std::mem::take(&mut network.edges) {
        let ends = [&edge.source, &edge.target].map(|id| by_id.get(id.as_str()).copied());
        let [Some(a), Some(b)] = ends else {
            let missing = if ends[0].is_none() { &edge.source } else { &edge.target };
            network.problem(
                Severity::Error,
                edge.place,
                format!("the edge ends at “{missing}”, and there is no such node"),
                "edge left out",
            );
            continue;
        };
        let kind = if edge.kind.is_empty() { "Tie" } else { &edge.kind };
        let kind = builder.kind(kind);
        let roles = if edge.directed { ["source", "target"].map(Some) } else { [None, None] };
        let participants: List<Participant> = [a, b]
            .into_iter()
            .zip(roles)
            .map(|(at, role)| Participant {
                party: PartyId::at(at),
                role: role.map(|role| builder.role(role)),
            })
            .take(if a == b { 1 } else { 2 })
            .collect();
        let title = if edge.label.is_empty() {
            format!("{} – {}", parties[a].name, parties[b].name)
        } else {
            edge.label
        };
        weighted += u64::from(edge.attributes.iter().any(|(name, _)| name == "weight"));
        let extras: List<_> = edge
            .attributes
            .into_iter()
            .map(|(name, value)| (builder.field(&name), value.into()))
            .collect();
        undated += u64::from(edge.dates.is_empty());
        // An edge that was there three times is three engagements.
        let times = edge.dates.len().max(1);
        let mut dates = edge.dates.into_iter();
        for _ in 0..times {
            let claim = dates.next().map(|when| DateClaim { when, citation: Citation::default() });
            builder.engagement(Engagement {
                key: "".into(),
                title: title.as_str().into(),
                short: None,
                kind,
                form: None,
                status: Status::Held,
                dates: claim.into_iter().collect(),
                places: Places::nowhere(),
                participants: participants.clone(),
                partnerships: List::default(),
                topics: List::default(),
                outcomes: List::default(),
                relations: List::default(),
                citations: List::default(),
                note: None,
                extras: extras.clone(),
            });
            written += 1;
        }
    }
    let mut notes = vec![format!(
        "{} nodes are parties, {rows} edges are engagements{}.",
        parties.len(),
        if undated > 0 { format!(", {undated} of them without a date") } else { String::new() }
    )];
    if weighted > 0 {
        notes.push(format!("{weighted} edges have a weight, kept in their field “weight”."));
    }
    let mut stated = Vec::new();
    if look.positions.iter().all(Option::is_none) {
        look.positions = Vec::new();
    } else {
        stated.push("places");
    }
    if look.has_sizes() {
        stated.push("sizes");
    } else {
        look.sizes = Vec::new();
    }
    if look.has_colors() {
        stated.push("colours");
    } else {
        look.colors = Vec::new();
    }
    if !stated.is_empty() {
        notes.push(format!("The file gives the {} of its nodes.", stated.join(", ")));
    }
    notes.append(&mut network.notes);
    let mut parts = builder.into_parts();
    parts.parties = parties;
    let dataset = Dataset::new(parts)
        .map_err(|invalid| fail(&invalid.first().map_or_else(String::new, ToString::to_string)))?;
    Ok(Opened {
        dataset,
        report: Report {
            file: file.to_owned(),
            format: format.to_owned(),
            rows,
            engagements: written,
            problems: network.problems(document),
            notes,
        },
        checksum: String::new(),
        mapping: None,
        preview: Vec::new(),
        look,
    })
}

/// The parties, how they look, and where each id leads.
type Parties = (Vec<Party>, StatedLook, FxHashMap<String, usize>);

/// Nodes as parties. Those without an id or with one that is used already are left out.
fn nodes(network: &mut Network) -> Parties {
    let (mut parties, mut look) = (Vec::new(), StatedLook::default());
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept = Vec::new();
    for node in std::mem::take(&mut network.nodes) {
        if node.id.is_empty() || by_id.contains_key(&node.id) {
            let message = if node.id.is_empty() {
                "the node has no id".to_owned()
            } else {
                format!("the id “{}” is used by a node before", node.id)
            };
            network.problem(Severity::Error, node.place, message, "node left out");
            continue;
        }
        by_id.insert(node.id.clone(), parties.len());
        let name = if node.label.trim().is_empty() { &node.id } else { node.label.trim() };
        let kind =
            node.attributes.iter().filter(|(name, _)| name == "kind").find_map(|(_, value)| {
                PartyKind::ALL.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(value))
            });
        let said: Vec<String> = node
            .attributes
            .iter()
            .filter(|(name, _)| name != "kind" || kind.is_none())
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        parties.push(Party {
            key: node.id.as_str().into(),
            name: name.into(),
            kind: kind.unwrap_or(PartyKind::Unsaid),
            note: (!said.is_empty()).then(|| said.join("; ").into()),
            ..Party::default()
        });
        look.positions.push(node.position);
        look.sizes.push(node.size);
        look.colors.push(node.color);
        kept.push(node);
    }
    network.nodes = kept;
    (parties, look, by_id)
}
