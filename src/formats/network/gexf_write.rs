//! Writing GEXF 1.3: a dynamic network with spells by date, positions, sizes and colours.
//!
//! The order of elements and the namespace of colours and positions are those of the published
//! schema (<https://gexf.net/1.3/gexf.xsd>). What Gephi makes of a file is held by tests: its time is
//! that of days, in spells that do not overlap; edges of one kind between the same nodes would be
//! merged; a second list of attributes of edges, which weights that change over time would need,
//! other programs do not read.

use std::fmt::Write as _;

use super::spells::{Spell, extent, iso};
use super::xml::escape;
use super::{NetworkLook, carried, ties};
use crate::model::Dataset;

/// The attributes of nodes, with their types, in the order of their numbers.
const NODE_ATTRIBUTES: [(&str, &str); 3] =
    [("kind", "string"), ("part of", "string"), ("engagements", "integer")];
/// The attributes of edges.
const EDGE_ATTRIBUTES: [(&str, &str); 3] =
    [("tie", "string"), ("engagements", "integer"), ("level", "string")];

/// A dataset as GEXF 1.3.
#[must_use]
pub fn write(dataset: &Dataset, look: &NetworkLook) -> String {
    let (nodes, edges) = ties::network(dataset, look);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n",
    );
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<meta>\n<creator>Démarche</creator>\n<description>{}</description>\n</meta>\n",
        escape(dataset.title())
    );
    let all = nodes
        .iter()
        .flat_map(|node| &node.spells)
        .chain(edges.iter().flat_map(|edge| &edge.spells));
    out.push_str("<graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" ");
    if let Some((first, last)) = extent(all) {
        ends(&mut out, (first, last));
    }
    out.push_str("defaultedgetype=\"undirected\" idtype=\"string\">\n");
    declare(&mut out, "node", &NODE_ATTRIBUTES);
    declare(&mut out, "edge", &EDGE_ATTRIBUTES);
    let _ = writeln!(out, "<nodes count=\"{}\">", nodes.len());
    for (at, (party, node)) in dataset.parties().iter().zip(&nodes).enumerate() {
        let _ =
            write!(out, "<node id=\"{}\" label=\"{}\">", escape(&party.key), escape(&party.name));
        let kind = party.kind.label().to_lowercase();
        let wider: Vec<&str> =
            party.part_of.iter().map(|&wider| &*dataset.party(wider).key).collect();
        values(&mut out, &[&kind, &wider.join("; "), &node.engagements.to_string()]);
        spells(&mut out, &node.spells);
        if let Some([red, green, blue]) = look.colors.get(at) {
            let _ = write!(out, "<color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>");
        }
        if let Some([x, y]) = look.positions.get(at).copied().flatten() {
            // Upwards is more in GEXF.
            let _ = write!(out, "<position x=\"{}\" y=\"{}\" z=\"0\"/>", two(x), two(-y));
        }
        if let Some(&radius) = look.radii.get(at) {
            let _ = write!(out, "<size value=\"{}\"/>", two(2.0 * radius));
        }
        out.push_str("</node>\n");
    }
    let _ = writeln!(out, "</nodes>\n<edges count=\"{}\">", edges.len());
    for (number, edge) in edges.iter().enumerate() {
        let (a, b) = (&dataset.party(edge.a).key, &dataset.party(edge.b).key);
        let _ = write!(
            out,
            "<edge id=\"{number}\" source=\"{}\" target=\"{}\" label=\"{}\" weight=\"{}\" kind=\"{}\">",
            escape(a),
            escape(b),
            escape(&edge.label),
            edge.weight,
            edge.tells_apart
        );
        values(&mut out, &[edge.kind, &edge.engagements.to_string(), &edge.level]);
        spells(&mut out, &edge.spells);
        out.push_str("</edge>\n");
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out.push_str(&carried::pack(dataset));
    out
}

fn declare(out: &mut String, class: &str, attributes: &[(&str, &str)]) {
    let _ = writeln!(out, "<attributes class=\"{class}\" mode=\"static\">");
    for (id, (title, of)) in attributes.iter().enumerate() {
        let _ = writeln!(out, "<attribute id=\"{id}\" title=\"{title}\" type=\"{of}\"/>");
    }
    out.push_str("</attributes>\n");
}

/// The values of attributes by their numbers; empty ones are left out.
fn values(out: &mut String, values: &[&str]) {
    out.push_str("<attvalues>");
    for (id, value) in values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, "<attvalue for=\"{id}\" value=\"{}\"/>", escape(value));
    }
    out.push_str("</attvalues>");
}

fn spells(out: &mut String, spells: &[Spell]) {
    // What is always there has no spell: one without ends says nothing.
    if spells.is_empty() || spells.contains(&(i32::MIN, i32::MAX)) {
        return;
    }
    out.push_str("<spells>");
    for &spell in spells {
        out.push_str("<spell ");
        ends(out, spell);
        out.push_str("/>");
    }
    out.push_str("</spells>");
}

/// The first and the last day; an open end is left out.
fn ends(out: &mut String, (from, to): Spell) {
    for (name, day) in [("start", iso(from)), ("end", iso(to))] {
        if let Some(day) = day {
            let _ = write!(out, "{name}=\"{day}\" ");
        }
    }
}

/// A number with two decimals; never a negative zero.
pub(super) fn two(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
