//! Named places, with coordinates where they are known.

use super::{Citation, Name, PartyId};

/// A named place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The identifier used in files, unique among places.
    pub key: Box<str>,
    /// The name in English.
    pub name: Box<str>,
    /// Names in other languages and scripts.
    pub other_names: Box<[Name]>,
    /// Latitude and longitude in degrees (WGS 84), −90 to 90 and −180 to 180.
    pub position: Option<(f64, f64)>,
    /// The state that it lies in.
    pub state: Option<PartyId>,
    /// What a reader should know about it, for example that it stands for a whole country.
    pub note: Option<Box<str>>,
    /// Who says so.
    pub citations: Box<[Citation]>,
}
