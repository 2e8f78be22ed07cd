//! How a dataset's network is drawn, for files that carry the drawing.

use crate::formats::network::NetworkLook;
use crate::layout::network::{Options, PartyLayout, formal_pairs, node_radius};
use crate::model::{Dataset, PartnershipId};
use crate::query::{Columns, Filter, TieWeight, evaluate, ties};
use crate::scene::{Theme, Tokens, network};

/// The network of a dataset as it is drawn on a light ground: laid out over the whole period,
/// unless `positions` say where parties stand.
#[must_use]
pub fn network_look(dataset: &Dataset, positions: &[Option<[f64; 2]>]) -> NetworkLook {
    let columns = Columns::new(dataset);
    let all = evaluate(dataset, &columns, &Filter::default());
    let whole = ties(&columns, &all.rows, dataset.parties().len(), TieWeight::Shared);
    let layout = if positions.iter().any(Option::is_some) {
        PartyLayout::placed(whole.engagements, positions)
    } else {
        // Wide drawings suit windows; a file is for any page.
        let options = Options { aspect: 1.4, ..Options::default() };
        PartyLayout::new(dataset, &whole, &options, &mut |_| true).unwrap_or_default()
    };
    look_of(dataset, &layout)
}

/// A layout as files carry it.
#[must_use]
pub fn look_of(dataset: &Dataset, layout: &PartyLayout) -> NetworkLook {
    let tokens = Tokens::of(Theme::Light);
    let slots = network::slots(dataset, &layout.engagements);
    let formal = (0..dataset.partnerships().len()).map(PartnershipId::at).flat_map(|id| {
        formal_pairs(dataset, dataset.partnership(id)).into_iter().map(move |(a, b)| (id, a, b))
    });
    NetworkLook {
        positions: layout.positions.clone(),
        radii: layout.engagements.iter().map(|&of| node_radius(of, layout.most)).collect(),
        colors: slots.iter().map(|&slot| tokens.kind(slot)).map(|of| [of.r, of.g, of.b]).collect(),
        formal: formal.collect(),
    }
}
