//! How the network is read, as saved views hold it: parties by key.

use serde::{Deserialize, Serialize};

use super::TableRows;
use crate::model::{Dataset, PartyId};
use crate::scene::network::NetworkOptions;

/// How the network is read, by the keys of the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedReading {
    /// Everything that needs no key.
    #[serde(flatten)]
    pub options: NetworkOptions,
    /// The party around which the others are shown, and how many ties far.
    pub ego: Option<(String, u8)>,
    /// The parties at both ends of the way that is brought out.
    pub path: Option<(String, String)>,
    /// What the table lists.
    pub table: TableRows,
}

impl SavedReading {
    /// The present way of reading.
    pub(super) fn new(dataset: &Dataset, options: &NetworkOptions, table: TableRows) -> Self {
        let key = |id: PartyId| dataset.party(id).key.to_string();
        Self {
            options: NetworkOptions { ego: None, path: None, matrix: None, ..*options },
            ego: options.ego.map(|(center, depth)| (key(center), depth)),
            path: options.path.map(|(from, to)| (key(from), key(to))),
            table,
        }
    }

    /// The same in a dataset; keys that it does not have are named in `unknown`.
    pub(super) fn options(&self, dataset: &Dataset, unknown: &mut Vec<String>) -> NetworkOptions {
        let mut party = |key: &str| {
            let found = dataset.parties().iter().position(|party| &*party.key == key);
            if found.is_none() {
                unknown.push(format!("party {key}"));
            }
            found.map(PartyId::at)
        };
        let ego = self.ego.as_ref().and_then(|(key, depth)| Some((party(key)?, *depth)));
        let path = self.path.as_ref().and_then(|(from, to)| Some((party(from)?, party(to)?)));
        NetworkOptions { ego, path, matrix: None, ..self.options }
    }
}
