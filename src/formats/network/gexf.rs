//! Reading GEXF 1.1 to 1.3, whatever version and namespace it says it is.

use roxmltree::Node as Xml;
use rustc_hash::FxHashMap;

use super::foreign::{self, Edge, Network, Node, Place};
use crate::formats::{OpenError, Opened, Progress, Severity};
use crate::model::When;

/// The most that nodes may stand within each other.
const DEEPEST: usize = 64;

/// Reads GEXF. `name` is the file's name, used in messages and as title.
pub(crate) fn read(name: &str, text: &str, progress: &Progress) -> Result<Opened, OpenError> {
    let document = foreign::parse(name, text)?;
    let root = document.root_element();
    let mut reader = Reader::default();
    if let Some(said) = named(root, "meta").and_then(|meta| named(meta, "description")) {
        reader.network.title = said.text().unwrap_or_default().trim().to_owned();
    }
    let Some(graph) = named(root, "graph") else {
        let at = document.text_pos_at(foreign::place(root));
        return Err(OpenError::Unusable {
            file: name.to_owned(),
            line: Some(at.row.into()),
            column: Some(at.col.into()),
            message: "there is no <graph> in it; save the network again where it comes from"
                .to_owned(),
        });
    };
    reader.version(root);
    reader.graph(graph);
    if progress.is_cancelled() {
        return Err(OpenError::Cancelled { file: name.to_owned() });
    }
    progress.set(text.len() as u64, reader.network.edges.len() as u64);
    let version = root.attribute("version").unwrap_or("of unknown version");
    let format = format!("GEXF {version} network");
    foreign::opened(name, &format, &document, reader.finish(), progress)
}

/// The first element within that is called so, whatever its namespace.
fn named<'a, 'b>(node: Xml<'a, 'b>, name: &str) -> Option<Xml<'a, 'b>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// An attribute, with a text that is empty where there is none.
fn text<'a>(node: Xml<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).map_or("", str::trim)
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Time {
    /// Not said: dates are known by their form.
    #[default]
    Unsaid,
    Dates,
    Numbers,
}

/// An attribute that the file declares.
struct Declared {
    title: String,
    default: Option<String>,
}

#[derive(Default)]
struct Reader {
    network: Network,
    directed: bool,
    time: Time,
    node_attributes: FxHashMap<String, Declared>,
    edge_attributes: FxHashMap<String, Declared>,
    /// The times that are numbers, with the edge that has them.
    numbers: Vec<(usize, f64, f64)>,
    hidden: u64,
}

impl Reader {
    fn version(&mut self, root: Xml<'_, '_>) {
        let namespace = root.tag_name().namespace().unwrap_or_default();
        let version = text(root, "version");
        let says = namespace.rsplit('/').next().unwrap_or_default().trim_end_matches("draft");
        if !version.is_empty() && !says.is_empty() && says != version {
            self.network.problem(
                Severity::Note,
                foreign::place(root),
                format!("the version is {version}, but the namespace that of {says}"),
                "read as either allows",
            );
        }
    }

    fn graph(&mut self, graph: Xml<'_, '_>) {
        self.directed = text(graph, "defaultedgetype") == "directed";
        let format = graph.attribute("timeformat").or_else(|| graph.attribute("timetype"));
        self.time = match format {
            Some("date" | "dateTime" | "datetime") => Time::Dates,
            Some("integer" | "double" | "float") => Time::Numbers,
            _ => Time::Unsaid,
        };
        for attributes in graph.children().filter(|child| child.tag_name().name() == "attributes") {
            let edges = text(attributes, "class") == "edge";
            for attribute in attributes.children().filter(Xml::is_element) {
                let id = text(attribute, "id").to_owned();
                let title = text(attribute, "title");
                let title = if title.is_empty() { id.clone() } else { title.to_owned() };
                let default = named(attribute, "default")
                    .and_then(|default| default.text())
                    .map(|value| value.trim().to_owned());
                let declared = Declared { title, default };
                if edges {
                    self.edge_attributes.insert(id, declared);
                } else {
                    self.node_attributes.insert(id, declared);
                }
            }
        }
        self.contents(graph, None, 0);
    }

    /// The nodes and edges of a graph, or of a node that holds some.
    fn contents(&mut self, of: Xml<'_, '_>, parent: Option<&str>, depth: usize) {
        for list in of.children() {
            match list.tag_name().name() {
                "nodes" => {
                    for node in list.children().filter(|child| child.tag_name().name() == "node") {
                        self.node(node, parent, depth);
                    }
                }
                "edges" => {
                    for edge in list.children().filter(|child| child.tag_name().name() == "edge") {
                        self.edge(edge);
                    }
                }
                _ => {}
            }
        }
    }

    fn node(&mut self, xml: Xml<'_, '_>, parent: Option<&str>, depth: usize) {
        let id = text(xml, "id").to_owned();
        let number = |of: Xml<'_, '_>, name: &str| {
            of.attribute(name)
                .and_then(|value| value.trim().parse::<f64>().ok())
                .filter(|value| value.is_finite())
        };
        let position =
            named(xml, "position").and_then(|at| Some([number(at, "x")?, -number(at, "y")?]));
        let size = named(xml, "size").and_then(|of| number(of, "value")).filter(|size| *size > 0.0);
        let mut parents: Vec<String> = parent.map(str::to_owned).into_iter().collect();
        parents.extend(
            xml.attribute("pid").filter(|pid| *pid != "0" || parent.is_some()).map(str::to_owned),
        );
        if let Some(list) = named(xml, "parents") {
            parents.extend(list.children().filter_map(|of| of.attribute("for")).map(str::to_owned));
        }
        parents.sort();
        parents.dedup();
        let mut attributes = values(xml, &self.node_attributes);
        if let Some(times) = times_in_words(xml) {
            attributes.push(("in the network".to_owned(), times));
        }
        self.network.nodes.push(Node {
            label: text(xml, "label").to_owned(),
            attributes,
            position,
            size,
            color: named(xml, "color").and_then(color),
            parents,
            place: foreign::place(xml),
            id: id.clone(),
        });
        if depth < DEEPEST {
            self.contents(xml, Some(&id), depth + 1);
        } else if xml.has_children() {
            self.hidden += 1;
        }
    }

    fn edge(&mut self, xml: Xml<'_, '_>) {
        let place = foreign::place(xml);
        let mut attributes = Vec::new();
        if let Some(weight) = xml.attribute("weight") {
            attributes.push(("weight".to_owned(), weight.trim().to_owned()));
        }
        attributes.extend(values(xml, &self.edge_attributes));
        let directed = match text(xml, "type") {
            "" => self.directed,
            of => of == "directed",
        };
        let mut edge = Edge {
            source: text(xml, "source").to_owned(),
            target: text(xml, "target").to_owned(),
            label: text(xml, "label").to_owned(),
            kind: text(xml, "kind").to_owned(),
            directed,
            attributes,
            place,
            dates: Vec::new(),
        };
        for (start, end) in times(xml) {
            self.date(&mut edge, &start, &end, place);
        }
        self.network.edges.push(edge);
    }

    /// Adds a stretch of time to an edge.
    fn date(&mut self, edge: &mut Edge, start: &str, end: &str, place: Place) {
        let is_number = |text: &str| text.is_empty() || text.parse::<f64>().is_ok();
        let as_numbers = match self.time {
            Time::Dates => false,
            Time::Numbers => true,
            Time::Unsaid => is_number(start) && is_number(end),
        };
        if as_numbers {
            let number = |text: &str, open: f64| {
                if text.is_empty() { Some(open) } else { text.parse::<f64>().ok() }
            };
            match (number(start, f64::NEG_INFINITY), number(end, f64::INFINITY)) {
                (Some(from), Some(to)) => {
                    self.numbers.push((self.network.edges.len(), from, to));
                }
                _ => self.not_a_time(start, end, place),
            }
            edge.attributes.push(("time".to_owned(), format!("{start}..{end}")));
            return;
        }
        match between(&day(start), &day(end)) {
            Some(when) => edge.dates.push(when),
            None => self.not_a_time(start, end, place),
        }
    }

    fn not_a_time(&mut self, start: &str, end: &str, place: Place) {
        self.network.problem(
            Severity::Warning,
            place,
            format!("“{start}” to “{end}” is no stretch of time; write dates as 2009-03-01"),
            "edge kept without it",
        );
    }

    /// Decides what numbers of time are: years, where all of them can be; else no dates.
    fn finish(mut self) -> Network {
        let known = || {
            self.numbers.iter().flat_map(|&(_, from, to)| [from, to]).filter(|of| of.is_finite())
        };
        let years = known().next().is_some()
            && known().all(|of| (1000.0..=2999.0).contains(&of) && of.fract() == 0.0);
        if years {
            let year = |of: f64| if of.is_finite() { format!("{of:.0}") } else { String::new() };
            for &(edge, from, to) in &self.numbers {
                let edge = &mut self.network.edges[edge];
                edge.dates.extend(between(&year(from), &year(to)));
                edge.attributes.retain(|(name, _)| name != "time");
            }
            self.network.notes.push("Times are numbers, and were read as years.".to_owned());
        } else if !self.numbers.is_empty() {
            self.network.notes.push(
                "Times are numbers that are no years; they are kept in the field “time”, and the \
                 engagements have no date."
                    .to_owned(),
            );
        }
        if self.hidden > 0 {
            self.network.notes.push(format!(
                "{} nodes stand more than {DEEPEST} deep in others; what is in them was left out.",
                self.hidden
            ));
        }
        self.network
    }
}

/// A moment as EDTF: the day of a date with a time.
fn day(text: &str) -> String {
    text.split_once('T').map_or(text, |(day, _)| day).to_owned()
}

/// A date from its ends; an end that is empty is open.
pub(super) fn between(start: &str, end: &str) -> Option<When> {
    match (start, end) {
        ("", "") => None,
        (start, end) if start == end => When::parse(start).ok(),
        (start, "") => When::parse(&format!("{start}/..")).ok(),
        ("", end) => When::parse(&format!("../{end}")).ok(),
        (start, end) => When::parse(&format!("{start}/{end}")).ok(),
    }
}

/// The stretches of time of a node or an edge: its spells, or its own start and end.
fn times(xml: Xml<'_, '_>) -> Vec<(String, String)> {
    let ends = |of: Xml<'_, '_>| {
        let first = |names: [&str; 3]| {
            names.into_iter().map(|name| text(of, name)).find(|text| !text.is_empty())
        };
        let start = first(["start", "startopen", "timestamp"]).unwrap_or_default().to_owned();
        let end = first(["end", "endopen", "timestamp"]).unwrap_or_default().to_owned();
        (!start.is_empty() || !end.is_empty()).then_some((start, end))
    };
    let list = named(xml, "spells").or_else(|| named(xml, "slices"));
    let spells: Vec<_> =
        list.into_iter().flat_map(|list| list.children().filter_map(ends)).collect();
    if !spells.is_empty() {
        return spells;
    }
    if let Some(written) = xml.attribute("intervals") {
        // <[2009-03-01, 2009-03-10]; [2009-04-01, 2009-05-01]>
        return written
            .trim_matches(['<', '>'])
            .split(';')
            .filter_map(|one| one.trim().trim_matches(['[', ']', '(', ')']).split_once(','))
            .map(|(start, end)| (start.trim().to_owned(), end.trim().to_owned()))
            .collect();
    }
    if let Some(written) = xml.attribute("timestamps") {
        return written
            .trim_matches(['<', '>', '[', ']'])
            .split(',')
            .map(|one| (one.trim().to_owned(), one.trim().to_owned()))
            .filter(|(one, _)| !one.is_empty())
            .collect();
    }
    ends(xml).into_iter().collect()
}

/// The red, green and blue of a colour, as numbers from 0 to 255 or as `hex`.
fn color(xml: Xml<'_, '_>) -> Option<[u8; 3]> {
    if let Some(hex) = xml.attribute("hex") {
        let number = u32::from_str_radix(hex.trim().trim_start_matches('#'), 16).ok()?;
        return (number <= 0x00FF_FFFF).then(|| [16, 8, 0].map(|by| (number >> by) as u8));
    }
    let [r, g, b] = ["r", "g", "b"].map(|name| text(xml, name).parse::<u8>().ok());
    Some([r?, g?, b?])
}

fn times_in_words(xml: Xml<'_, '_>) -> Option<String> {
    let times: Vec<String> = times(xml)
        .into_iter()
        .map(|(start, end)| if start == end { start } else { format!("{start}..{end}") })
        .collect();
    (!times.is_empty()).then(|| times.join(", "))
}

/// The values of attributes by their titles, with defaults; values at a time say which.
fn values(xml: Xml<'_, '_>, declared: &FxHashMap<String, Declared>) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut given = Vec::new();
    let list = named(xml, "attvalues");
    for value in list.into_iter().flat_map(|list| list.children().filter(Xml::is_element)) {
        let id = value.attribute("for").or_else(|| value.attribute("id")).unwrap_or_default();
        let title = declared.get(id).map_or(id, |attribute| &*attribute.title);
        given.push(id.to_owned());
        let mut said = text(value, "value").to_owned();
        if let Some(times) = times_in_words(value) {
            said = format!("{said} ({times})");
        }
        match values.iter_mut().find(|(name, _)| name == title) {
            Some((_, all)) => {
                all.push_str(", ");
                all.push_str(&said);
            }
            None => values.push((title.to_owned(), said)),
        }
    }
    let mut defaults: Vec<(&String, &Declared)> =
        declared.iter().filter(|(id, _)| !given.contains(id)).collect();
    defaults.sort_by(|a, b| a.0.cmp(b.0));
    for (_, attribute) in defaults {
        if let Some(default) = &attribute.default {
            values.push((attribute.title.clone(), default.clone()));
        }
    }
    values.retain(|(_, value)| !value.is_empty());
    values
}
