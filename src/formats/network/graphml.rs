//! Reading GraphML, with the labels and places that yEd writes.

use roxmltree::Node as Xml;
use rustc_hash::FxHashMap;

use super::foreign::{self, Edge, Network, Node};
use super::gexf::between;
use crate::formats::{OpenError, Opened, Progress, Severity};

/// Names of data that say what a node or an edge is called.
const LABELS: [&str; 4] = ["label", "name", "title", "description"];

/// Reads GraphML. `name` is the file's name, used in messages and as title.
pub(crate) fn read(name: &str, text: &str, progress: &Progress) -> Result<Opened, OpenError> {
    let document = foreign::parse(name, text)?;
    let root = document.root_element();
    let mut network = Network::default();
    if let Some(said) = root.children().find(|child| child.tag_name().name() == "desc") {
        network.title = said.text().unwrap_or_default().trim().to_owned();
    }
    let keys: FxHashMap<&str, (&str, Option<&str>)> = root
        .children()
        .filter(|child| child.tag_name().name() == "key")
        .filter_map(|key| {
            let id = key.attribute("id")?;
            let default = key
                .children()
                .find(|child| child.tag_name().name() == "default")
                .and_then(|default| default.text());
            Some((id, (key.attribute("attr.name").unwrap_or(id), default)))
        })
        .collect();
    let mut beyond = 0_u64;
    let mut directed = false;
    for xml in root.descendants().filter(Xml::is_element) {
        match xml.tag_name().name() {
            "graph" => directed = xml.attribute("edgedefault") == Some("directed"),
            "node" => network.nodes.push(node(xml, &keys)),
            "edge" => {
                let edge = edge(xml, &keys, directed, &mut network);
                network.edges.push(edge);
            }
            "hyperedge" | "port" => beyond += 1,
            _ => {}
        }
    }
    if beyond > 0 {
        network.notes.push(format!("{beyond} hyperedges and ports are left out."));
    }
    if progress.is_cancelled() {
        return Err(OpenError::Cancelled { file: name.to_owned() });
    }
    progress.set(text.len() as u64, network.edges.len() as u64);
    foreign::opened(name, "GraphML network", &document, network, progress)
}

/// The data of a node or an edge by their names.
fn data(xml: Xml<'_, '_>, keys: &FxHashMap<&str, (&str, Option<&str>)>) -> Vec<(String, String)> {
    xml.children()
        .filter(|child| child.tag_name().name() == "data")
        .filter_map(|data| {
            let key = data.attribute("key")?;
            let (name, default) = keys.get(key).copied().unwrap_or((key, None));
            let value = data.text().or(default)?.trim();
            (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
        })
        .collect()
}

/// Takes a datum out, by the first of some names that it has.
fn take(data: &mut Vec<(String, String)>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|wanted| {
        let at = data.iter().position(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        Some(data.remove(at).1)
    })
}

fn node(xml: Xml<'_, '_>, keys: &FxHashMap<&str, (&str, Option<&str>)>) -> Node {
    let mut attributes = data(xml, keys);
    let drawn = |name: &str| xml.descendants().find(|child| child.tag_name().name() == name);
    let label = take(&mut attributes, &LABELS)
        .or_else(|| Some(drawn("NodeLabel")?.text()?.trim().to_owned()));
    let number = |text: Option<String>| {
        text.and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite())
    };
    let (x, y) = (number(take(&mut attributes, &["x"])), number(take(&mut attributes, &["y"])));
    let position = match (x, y) {
        // Upwards is more.
        (Some(x), Some(y)) => Some([x, -y]),
        // In yEd downwards is.
        _ => drawn("Geometry").and_then(|at| {
            let side = |name: &str| number(at.attribute(name).map(str::to_owned));
            Some([side("x")?, side("y")?])
        }),
    };
    let size = number(take(&mut attributes, &["size"])).filter(|size| *size > 0.0);
    let parts = ["r", "g", "b"].map(|name| attributes.iter().any(|(other, _)| other == name));
    let color = (parts == [true; 3])
        .then(|| ["r", "g", "b"].map(|name| take(&mut attributes, &[name])?.parse::<u8>().ok()));
    let color = color.and_then(|[r, g, b]| Some([r?, g?, b?]));
    let within = xml.ancestors().skip(1).find(|outer| outer.tag_name().name() == "node");
    Node {
        id: xml.attribute("id").unwrap_or_default().trim().to_owned(),
        label: label.unwrap_or_default(),
        attributes,
        position,
        size,
        color,
        parents: within
            .and_then(|outer| outer.attribute("id"))
            .map(str::to_owned)
            .into_iter()
            .collect(),
        place: foreign::place(xml),
    }
}

fn edge(
    xml: Xml<'_, '_>,
    keys: &FxHashMap<&str, (&str, Option<&str>)>,
    directed: bool,
    network: &mut Network,
) -> Edge {
    let mut attributes = data(xml, keys);
    let place = foreign::place(xml);
    let end = |name: &str| xml.attribute(name).unwrap_or_default().trim().to_owned();
    let mut dates = Vec::new();
    let start = take(&mut attributes, &["start", "date"]).unwrap_or_default();
    let last = take(&mut attributes, &["end"]).unwrap_or_else(|| start.clone());
    if !start.is_empty() || !last.is_empty() {
        match between(&start, &last) {
            Some(when) => dates.push(when),
            None => network.problem(
                Severity::Warning,
                place,
                format!("“{start}” to “{last}” is no stretch of time; write dates as 2009-03-01"),
                "edge kept without it",
            ),
        }
    }
    Edge {
        source: end("source"),
        target: end("target"),
        label: take(&mut attributes, &LABELS).unwrap_or_default(),
        kind: take(&mut attributes, &["kind", "type", "relation"]).unwrap_or_default(),
        directed: match xml.attribute("directed") {
            Some(said) => said == "true",
            None => directed,
        },
        dates,
        attributes,
        place,
    }
}
