//! Standing frameworks between parties, and the ladders on which their levels are ranked.

use super::{Citation, LadderId, PartnershipId, PartyId, When};

/// A ladder of partnership levels. Levels of different ladders are never ranked against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// The identifier used in files, unique among ladders.
    pub key: Box<str>,
    /// Whose ladder it is, for example "ASEAN".
    pub name: Box<str>,
    /// The rungs, lowest first.
    pub rungs: Box<[Box<str>]>,
    /// What a reader should know about it.
    pub note: Option<Box<str>>,
    /// Who says so.
    pub citations: Box<[Citation]>,
}

/// A party's membership in a partnership.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The member.
    pub party: PartyId,
    /// What it is in the partnership, if that is said.
    pub role: Option<Box<str>>,
    /// When it has been a member, if known.
    pub term: Option<When>,
    /// Who says so.
    pub citation: Citation,
}

/// A level that a partnership has had.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The level as the source writes it.
    pub label: Box<str>,
    /// The ladder that it stands on, if any.
    pub ladder: Option<LadderId>,
    /// Its rung on that ladder, 0 the lowest; `None` where the ladder does not name it.
    pub rank: Option<u16>,
    /// When it applied.
    pub term: Option<When>,
    /// Whether it was in force, or only announced.
    pub planned: bool,
    /// Who says so.
    pub citation: Citation,
}

/// A period in which a party holds a function in a partnership (coordinator, chair).
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The party that holds it.
    pub party: PartyId,
    /// The function.
    pub role: Box<str>,
    /// When.
    pub term: Option<When>,
    /// Who says so.
    pub citation: Citation,
}

/// A standing framework between parties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Partnership {
    /// The identifier used in files, unique among partnerships.
    pub key: Box<str>,
    /// The name in English.
    pub name: Box<str>,
    /// A shorter name for lanes and labels.
    pub short: Option<Box<str>>,
    /// The parties to it.
    pub members: Box<[Member]>,
    /// The levels it has had.
    pub levels: Box<[Level]>,
    /// Who coordinated or chaired it, when.
    pub terms: Box<[Term]>,
    /// When it has existed.
    pub since: Option<When>,
    /// The wider partnership that it belongs to.
    pub part_of: Option<PartnershipId>,
    /// What a reader should know about it.
    pub note: Option<Box<str>>,
    /// Who says so.
    pub citations: Box<[Citation]>,
}

impl Partnership {
    /// The short name, or the name where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}
