//! Typed positions in a [`Dataset`](super::Dataset): an id of one table cannot be used in another.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id at a position.
            ///
            /// # Panics
            /// When a table would hold more than `u32::MAX` rows, which no reader lets happen.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).expect("a table holds at most u32::MAX rows"))
            }
        }
    )*};
}

ids! {
    /// A document or other place where something is said.
    SourceId;
    /// A state, organisation, body, province, person or group.
    PartyId;
    /// A named place, with or without coordinates.
    PlaceId;
    /// A standing framework between parties.
    PartnershipId;
    /// A ladder on which partnership levels are ranked.
    LadderId;
    /// A kind of engagement (meeting, visit, …).
    KindId;
    /// A class of kinds, such as the quad classes of event collections.
    ClassId;
    /// A topic that engagements are about.
    TopicId;
    /// A role that a participant has (chair, host, …).
    RoleId;
    /// A column of an opened table that has no counterpart in the model.
    FieldId;
    /// An engagement.
    EngagementId;
}
