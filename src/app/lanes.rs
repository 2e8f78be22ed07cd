//! What a reader does to the lanes of the timeline: pin, fold, look for a name.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::catalogue::{Entry, Keys};
use super::{AppState, Command};
use crate::model::Target;
use crate::query::{LaneBy, LaneKey, LaneOrder};

/// What can be done to lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaneCommand {
    /// Let a lane stand above the others, or no longer.
    Pin(LaneKey),
    /// The same for the lane of the selection.
    PinSelected,
    /// Let no lane stand above the others.
    UnpinAll,
    /// Fold a lane to one row of counts, or no longer.
    Fold(LaneKey),
    /// The same for the lane of the selection.
    FoldSelected,
    /// Fold all lanes, or none.
    FoldAll(bool),
    /// Fold all lanes, or none where all are.
    ToggleAll,
    /// Show only lanes with these words in their names, and the pinned ones.
    Search(String),
    /// Put the cursor into the field for that.
    FocusSearch,
}

/// What the palette offers for lanes.
pub(super) fn entries() -> Vec<Entry> {
    const fn plain(key: Key) -> KeyboardShortcut {
        KeyboardShortcut::new(Modifiers::NONE, key)
    }
    const SHIFT_C: KeyboardShortcut = KeyboardShortcut::new(Modifiers::SHIFT, Key::C);
    let entry =
        |label, hint, command, keys: Keys| Entry { label, hint, command, keys, group: "Lanes" };
    let doing = [
        (
            "Search lanes",
            "Show only the lanes of a name",
            LaneCommand::FocusSearch,
            const { &[plain(Key::L)] as Keys },
        ),
        (
            "Pin or unpin the lane of the selection",
            "Pinned lanes stand above the others in every order",
            LaneCommand::PinSelected,
            const { &[plain(Key::T)] },
        ),
        (
            "Fold or unfold the lane of the selection",
            "To one row of counts",
            LaneCommand::FoldSelected,
            const { &[plain(Key::C)] },
        ),
        (
            "Fold or unfold all lanes",
            "Each to one row of counts",
            LaneCommand::ToggleAll,
            const { &[SHIFT_C] },
        ),
        ("Unpin all lanes", "No lane stands above the others", LaneCommand::UnpinAll, &[]),
    ];
    let doing = doing
        .into_iter()
        .map(|(label, hint, command, keys)| entry(label, hint, Command::Lanes(command), keys));
    let orders = LaneOrder::ALL.into_iter().map(|order| {
        let (label, hint) = match order {
            LaneOrder::Natural => ("Sort lanes as in the file", "Many lanes by their size"),
            LaneOrder::Count => ("Sort lanes by size", "The most engagements first"),
            LaneOrder::Name => ("Sort lanes by name", "From A to Z"),
            LaneOrder::First => ("Sort lanes by their beginning", "The earliest engagement first"),
            LaneOrder::Last => ("Sort lanes by their end", "The latest engagement first"),
        };
        entry(label, hint, Command::SortLanes(order), &[])
    });
    doing.chain(orders).collect()
}

impl AppState {
    /// Carries out what is asked of lanes.
    pub(super) fn apply_lanes(&mut self, command: LaneCommand) {
        if let LaneCommand::FocusSearch = command {
            self.focus_lanes = true;
            return;
        }
        let selected = self.selected_lane();
        let before = self.place();
        let look = self.view.lane_look_mut();
        match command {
            LaneCommand::Pin(lane) => look.toggle_pin(lane),
            LaneCommand::Fold(lane) => look.toggle_fold(lane),
            LaneCommand::PinSelected => selected.into_iter().for_each(|lane| look.toggle_pin(lane)),
            LaneCommand::FoldSelected => {
                selected.into_iter().for_each(|lane| look.toggle_fold(lane));
            }
            LaneCommand::UnpinAll => look.pinned.clear(),
            LaneCommand::FoldAll(folded) => look.fold_all(folded),
            LaneCommand::ToggleAll => {
                let all = look.all_folded && look.otherwise.is_empty();
                look.fold_all(!all);
            }
            LaneCommand::Search(text) => {
                // Every letter is not a step to go back by.
                let step = look.search.is_empty() != text.is_empty();
                look.search = text;
                if !step {
                    return;
                }
            }
            LaneCommand::FocusSearch => {}
        }
        if before.view != self.view {
            self.leave_from(before);
        }
    }

    /// The lane that stands for the selection, or the first one in which it stands.
    #[must_use]
    pub fn selected_lane(&self) -> Option<LaneKey> {
        let lane = match (self.selection?, self.view.lanes) {
            (Target::Party(id), LaneBy::Party) => LaneKey::Id(id.0),
            (Target::Partnership(id), LaneBy::Partnership) => LaneKey::Id(id.0),
            (Target::Source(id), LaneBy::Source) => LaneKey::Id(id.0),
            (Target::Engagement(id), by) => {
                let row = *self.document.columns.row_of.get(id.index())?;
                let values = self.document.columns.values(by, row as usize);
                values.first().map_or(LaneKey::None, |value| LaneKey::Id(*value))
            }
            _ => return None,
        };
        Some(lane)
    }
}
