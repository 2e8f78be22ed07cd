//! A reference to anything that can be pointed at, selected and read about.

use super::{EngagementId, PartnershipId, PartyId, PlaceId, SourceId};

/// Something that can be hovered, selected and shown in the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An engagement.
    Engagement(EngagementId),
    /// A party.
    Party(PartyId),
    /// A partnership.
    Partnership(PartnershipId),
    /// A source.
    Source(SourceId),
    /// A place.
    Place(PlaceId),
    /// The engagements that two parties share, the smaller id first.
    Tie(PartyId, PartyId),
}
