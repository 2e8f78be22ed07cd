//! Writing GraphML: nodes and edges with declared data.

use std::fmt::Write as _;

use super::gexf_write::two;
use super::spells::{extent, iso};
use super::xml::escape;
use super::{NetworkLook, carried, ties};
use crate::model::Dataset;

/// What is declared: key, what it is of, its name and its type.
const KEYS: [(&str, &str, &str, &str); 16] = [
    ("label", "node", "label", "string"),
    ("kind", "node", "kind", "string"),
    ("part", "node", "part of", "string"),
    ("count", "node", "engagements", "int"),
    ("x", "node", "x", "double"),
    ("y", "node", "y", "double"),
    ("size", "node", "size", "double"),
    ("r", "node", "r", "int"),
    ("g", "node", "g", "int"),
    ("b", "node", "b", "int"),
    ("tie", "edge", "tie", "string"),
    ("weight", "edge", "weight", "double"),
    ("engagements", "edge", "engagements", "int"),
    ("name", "edge", "label", "string"),
    ("first", "edge", "start", "string"),
    ("last", "edge", "end", "string"),
];

/// A dataset as GraphML. It has no words for time: edges have the first and the last day on which
/// they are known, as texts.
#[must_use]
pub fn write(dataset: &Dataset, look: &NetworkLook) -> String {
    let (nodes, edges) = ties::network(dataset, look);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:y=\"http://www.yworks.com/xml/graphml\">\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<desc>{}</desc>", escape(dataset.title()));
    for (id, class, name, of) in KEYS {
        let _ = writeln!(
            out,
            "<key id=\"{id}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{of}\"/>"
        );
    }
    // What yEd draws. Gephi takes what has this id for the label and complains of what has no type.
    out.push_str(
        "<key id=\"nodelabel\" for=\"node\" attr.name=\"nodelabel\" attr.type=\"string\" \
         yfiles.type=\"nodegraphics\"/>\n",
    );
    out.push_str("<graph id=\"network\" edgedefault=\"undirected\">\n");
    for (at, (party, node)) in dataset.parties().iter().zip(&nodes).enumerate() {
        let _ = write!(out, "<node id=\"{}\">", escape(&party.key));
        // Before the places by themselves, which are to count where a program reads both.
        drawn(&mut out, &party.name, look, at);
        data(&mut out, "label", &party.name);
        data(&mut out, "kind", &party.kind.label().to_lowercase());
        let wider: Vec<&str> =
            party.part_of.iter().map(|&wider| &*dataset.party(wider).key).collect();
        data(&mut out, "part", &wider.join("; "));
        data(&mut out, "count", &node.engagements.to_string());
        if let Some([x, y]) = look.positions.get(at).copied().flatten() {
            data(&mut out, "x", &two(x));
            data(&mut out, "y", &two(-y));
        }
        if let Some(&radius) = look.radii.get(at) {
            data(&mut out, "size", &two(2.0 * radius));
        }
        if let Some(color) = look.colors.get(at) {
            for (key, channel) in ["r", "g", "b"].into_iter().zip(color) {
                data(&mut out, key, &channel.to_string());
            }
        }
        out.push_str("</node>\n");
    }
    for (number, edge) in edges.iter().enumerate() {
        let (a, b) = (&dataset.party(edge.a).key, &dataset.party(edge.b).key);
        let (a, b) = (escape(a), escape(b));
        // Not of the schema, but Gephi tells edges apart by it and merges those that are alike.
        let kind = &edge.tells_apart;
        let _ =
            write!(out, "<edge id=\"e{number}\" source=\"{a}\" target=\"{b}\" label=\"{kind}\">");
        data(&mut out, "tie", edge.kind);
        data(&mut out, "weight", &edge.weight.to_string());
        data(&mut out, "engagements", &edge.engagements.to_string());
        data(&mut out, "name", &edge.label);
        if let Some((first, last)) = extent(edge.spells.iter()) {
            data(&mut out, "first", &iso(first).unwrap_or_default());
            data(&mut out, "last", &iso(last).unwrap_or_default());
        }
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    out.push_str(&carried::pack(dataset));
    out
}

/// A node as yEd draws it: a disc with its name, y downwards and placed by its corner.
fn drawn(out: &mut String, name: &str, look: &NetworkLook, at: usize) {
    let Some([x, y]) = look.positions.get(at).copied().flatten() else { return };
    let radius = look.radii.get(at).copied().unwrap_or(5.0);
    let [red, green, blue] = look.colors.get(at).copied().unwrap_or([128; 3]);
    let (left, top, side) = (two(x - radius), two(y - radius), two(2.0 * radius));
    let _ = write!(
        out,
        "<data key=\"nodelabel\"><y:ShapeNode><y:Geometry x=\"{left}\" y=\"{top}\" width=\"{side}\" \
         height=\"{side}\"/><y:Fill color=\"#{red:02x}{green:02x}{blue:02x}\"/><y:NodeLabel \
         modelName=\"eight_pos\" modelPosition=\"s\">{}</y:NodeLabel><y:Shape \
         type=\"ellipse\"/></y:ShapeNode></data>",
        escape(name)
    );
}

/// One datum; an empty one is left out.
fn data(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        let _ = write!(out, "<data key=\"{key}\">{}</data>", escape(value));
    }
}
