//! Network files, GEXF and GraphML: parties as nodes, what they did together as edges.
//!
//! Both formats know nodes and edges only, so that a file written here is two things: a network for
//! any program that draws networks, and, in a processing instruction at its end that all of them
//! pass over, the dataset itself (`carried`). Read back, it is the same dataset with the positions
//! of the network. A file of another program becomes a dataset by what its nodes and edges say
//! (`foreign`).

mod carried;
mod foreign;
mod gexf;
mod gexf_write;
mod graphml;
mod graphml_write;
mod spells;
mod ties;
mod xml;

#[cfg(test)]
mod tests;

pub(super) use gexf::read as read_gexf;
pub use gexf_write::write as write_gexf;
pub(super) use graphml::read as read_graphml;
pub use graphml_write::write as write_graphml;

use crate::model::{PartnershipId, PartyId};

/// How a network looks where it is drawn. All lists are by party; shorter ones say nothing of the
/// rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkLook {
    /// Where parties stand, in points, y downwards.
    pub positions: Vec<Option<[f64; 2]>>,
    /// The radii of their discs, in points.
    pub radii: Vec<f64>,
    /// Their colours: red, green, blue.
    pub colors: Vec<[u8; 3]>,
    /// The pairs between which a formal partnership is drawn.
    pub formal: Vec<(PartnershipId, PartyId, PartyId)>,
}

/// How a network file says that its nodes look. All lists are by party; empty where the file says
/// nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedLook {
    /// Where parties stand, in points, y downwards.
    pub positions: Vec<Option<[f64; 2]>>,
    /// Their diameters, in a unit of the file.
    pub sizes: Vec<Option<f64>>,
    /// Their colours: red, green, blue.
    pub colors: Vec<Option<[u8; 3]>>,
}

impl StatedLook {
    /// Whether the file tells parties apart by size.
    #[must_use]
    pub fn has_sizes(&self) -> bool {
        let mut sizes = self.sizes.iter().flatten();
        sizes.next().is_some_and(|first| sizes.any(|other| other != first))
    }

    /// Whether the file tells parties apart by colour.
    #[must_use]
    pub fn has_colors(&self) -> bool {
        let mut colors = self.colors.iter().flatten();
        colors.next().is_some_and(|first| colors.any(|other| other != first))
    }
}
