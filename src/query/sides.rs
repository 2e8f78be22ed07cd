//! Who goes to whom: the participants whose role says which side of an engagement they are on.

use super::Csr;
use crate::model::{Dataset, EngagementId};

/// Roles of those from whom an engagement goes out, in lower case.
const FROM: [&str; 15] = [
    "actor1",
    "delegate",
    "donor",
    "from",
    "guest",
    "initiator",
    "invited",
    "sender",
    "source",
    "speaker",
    "traveler",
    "traveller",
    "visiting",
    "visitor",
    "issuer",
];
/// Roles of those to whom it goes, in lower case.
const TO: [&str; 11] = [
    "actor2",
    "addressed",
    "addressee",
    "audience",
    "beneficiary",
    "host",
    "receiver",
    "recipient",
    "target",
    "to",
    "visited",
];

/// The bit of the side from which an engagement goes out.
pub(super) const OUT: u8 = 1;
/// The bit of the side to which it goes.
pub(super) const IN: u8 = 2;

/// On which side each participant of each row is; empty where no role says so.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    /// Where each row begins in `bits`.
    starts: Vec<u32>,
    /// One per participant, in the order of [`Columns::parties`](super::Columns::parties).
    bits: Vec<u8>,
}

/// Which side a role stands for.
fn side(role: &str) -> u8 {
    let role = role.trim().to_lowercase();
    if FROM.contains(&role.as_str()) {
        OUT
    } else if TO.contains(&role.as_str()) {
        IN
    } else {
        0
    }
}

impl Sides {
    /// Reads the roles of a dataset. `engagement` has the engagement of each row, `parties` its
    /// participants.
    pub(super) fn new(dataset: &Dataset, engagement: &[EngagementId], parties: &Csr) -> Self {
        let sides: Vec<u8> = dataset.roles().iter().map(|role| side(role)).collect();
        // One side alone makes no direction.
        if !(sides.contains(&OUT) && sides.contains(&IN)) {
            return Self::default();
        }
        let mut starts = Vec::with_capacity(engagement.len() + 1);
        let mut bits = Vec::new();
        starts.push(0);
        for (row, id) in engagement.iter().enumerate() {
            let present = parties.row(row);
            let first = bits.len();
            bits.resize(first + present.len(), 0);
            for one in &dataset.engagement(*id).participants {
                let Some(role) = one.role else { continue };
                let side = sides[role.index()];
                if side != 0
                    && let Some(at) = present.iter().position(|party| *party == one.party.0)
                {
                    bits[first + at] |= side;
                }
            }
            starts.push(bits.len() as u32);
        }
        Self { starts, bits }
    }

    /// The sides of the participants of a row, in their order; `None` where no role of the dataset
    /// says anything about sides.
    pub(super) fn row(&self, row: usize) -> Option<&[u8]> {
        let (from, to) = (*self.starts.get(row)?, *self.starts.get(row + 1)?);
        self.bits.get(from as usize..to as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_tell_sides_whatever_their_case() {
        assert_eq!(["Host", " visitor ", "chair", ""].map(side), [IN, OUT, 0, 0]);
    }
}
