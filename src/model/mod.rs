//! Dated engagements and everything they refer to: the vocabulary of the whole program.
//!
//! Nothing here does input or output, knows a file format, or knows what a pixel is.

pub mod check;
mod citation;
mod dataset;
mod day;
mod engagement;
mod id;
mod list;
mod partnership;
mod party;
mod place;
mod places;
mod repeats;
mod source;
mod target;
mod text;
mod vocabulary;
pub mod when;
pub mod words;

pub use citation::{Citation, Evidence};
pub use dataset::{Dataset, DatasetParts, Invalid};
pub use day::{Day, DayRange, MONTHS, month_name, month_short};
pub use engagement::{
    Amount, DateClaim, DateStatus, Engagement, Outcome, Participant, Relation, RelationKind, Status,
};
pub use id::{
    ClassId, EngagementId, FieldId, KindId, LadderId, PartnershipId, PartyId, PlaceId, RoleId,
    SourceId, TopicId,
};
pub use list::List;
pub use partnership::{Ladder, Level, Member, Partnership, Term};
pub use party::{Name, Office, Party, PartyKind};
pub use place::Place;
pub use places::{Places, Stop};
pub use repeats::repeats;
pub use source::Source;
pub use target::Target;
pub use text::Text;
pub use vocabulary::{Kind, Topic};
pub use when::When;
