//! Laying the network out, in the background when there are many parties, and what a user does to
//! the layout: anew from where things are, pins, positions by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use super::{AppState, Task};
use crate::formats::Progress;
use crate::layout::network::{Options, PartyLayout};
use crate::model::{Dataset, PartyId};
use crate::query::{Columns, Dimension, TieWeight, Ties, ties};

/// Up to so many parties are laid out at once; more are laid out in the background.
const AT_ONCE: usize = 80;

/// Something to do to the layout of the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ArrangeCommand {
    /// Lay the parties out again, from where they are, as freely as is set.
    Again,
    /// Lay the parties out as if the file had just been opened, without pins.
    Afresh,
    /// Lay the parties out as if the file said nothing of where they stand, without pins.
    Anew,
    /// How freely parties move when they are laid out again: 0 (they stay) to 1 (wherever they
    /// fit best).
    SetFreedom(f64),
    /// Keep a party where it is, or let it go.
    Pin(PartyId, bool),
    /// Let all parties go.
    UnpinAll,
    /// Stop the layout that is being made; parties stay where they were before it.
    Stop,
    /// Put a party somewhere else, in points, and keep it there.
    Move(PartyId, [f64; 2]),
}

impl ArrangeCommand {
    /// Those that need no argument of their own, as the palette offers them: label, hint, command.
    pub fn catalogue() -> impl Iterator<Item = (&'static str, &'static str, Self)> {
        [
            ("Lay the network out again", "From where the parties are now", Self::Again),
            (
                "Lay the network out afresh",
                "As when the file was opened, without pins",
                Self::Afresh,
            ),
            (
                "Lay the network out anew",
                "As if the file said nothing of where parties stand",
                Self::Anew,
            ),
            ("Unpin all parties", "Parties that were moved or pinned go free", Self::UnpinAll),
            ("Stop laying out", "Parties go back to where they were", Self::Stop),
        ]
        .into_iter()
    }
}

/// What a layout starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// What the file says of places; nothing where it says nothing.
    File,
    /// Where parties are.
    Here,
    /// Nothing, whatever the file says.
    Nowhere,
}

/// The positions of a layout in the making, handed over one at a time.
type Frame = Arc<Mutex<Option<Vec<Option<[f64; 2]>>>>>;

/// A layout in the making.
#[derive(Debug)]
pub struct Arranging {
    /// How far it is: thousandths, of a thousand.
    pub progress: Arc<Progress>,
    /// What it starts from.
    start: Start,
    /// Where parties were.
    before: Arc<PartyLayout>,
    frame: Frame,
    task: Task<Option<PartyLayout>>,
}

impl AppState {
    /// Carries out a command that is about the layout.
    pub(super) fn apply_arrange(&mut self, command: ArrangeCommand) {
        match command {
            ArrangeCommand::Again => self.arrange(Start::Here),
            ArrangeCommand::Afresh | ArrangeCommand::Anew => {
                self.moved.clear();
                Arc::make_mut(&mut self.layout).pinned.clear();
                let anew = command == ArrangeCommand::Anew;
                self.arrange(if anew { Start::Nowhere } else { Start::File });
            }
            ArrangeCommand::SetFreedom(freedom) => self.freedom = freedom.clamp(0.0, 1.0),
            ArrangeCommand::Pin(party, true) => {
                if let Some(at) = self.layout.positions.get(party.index()).copied().flatten() {
                    self.moved.insert(party, at);
                    Arc::make_mut(&mut self.layout).pinned.insert(party);
                }
            }
            ArrangeCommand::Pin(party, false) => {
                Arc::make_mut(&mut self.layout).pinned.remove(&party);
            }
            ArrangeCommand::UnpinAll => Arc::make_mut(&mut self.layout).pinned.clear(),
            ArrangeCommand::Stop => {
                if let Some(arranging) = self.arranging.take() {
                    arranging.progress.cancel();
                    // A first layout that is stopped leaves what there is of it.
                    if arranging.start == Start::Here {
                        self.layout = arranging.before;
                    }
                }
            }
            ArrangeCommand::Move(party, to) => {
                // What is being laid out moves by itself.
                if self.arranging.is_some() {
                    return;
                }
                self.moved.insert(party, to);
                let layout = Arc::make_mut(&mut self.layout);
                layout.pinned.insert(party);
                if let Some(position) = layout.positions.get_mut(party.index()) {
                    *position = Some(to);
                }
            }
        }
        self.layout_revision += 1;
    }

    /// Lays all parties of the open document out, over the whole period. From where they are, they
    /// move as freely as is set, and what is pinned stays.
    pub(super) fn arrange(&mut self, start: Start) {
        let again = start == Start::Here;
        let document = Arc::clone(&self.document);
        let parties = document.dataset.parties().len();
        // The pane is wider than a page.
        let mut options = Options { aspect: 2.6, ..Options::default() };
        if let Some(arranging) = self.arranging.take() {
            arranging.progress.cancel();
        }
        if again {
            options.anchors.clone_from(&self.layout.positions);
            options.freedom = self.freedom;
            options.pinned = (0..parties)
                .map(|party| self.layout.pinned.contains(&PartyId::at(party)))
                .collect();
        }
        if let Some(layout) = document.placed().filter(|_| start == Start::File) {
            self.take_layout(layout, start);
            return;
        }
        if parties <= AT_ONCE {
            let whole = whole(&document.dataset, &document.columns, &document.all.rows);
            let layout = PartyLayout::new(&document.dataset, &whole, &options, &mut |_| true);
            self.take_layout(layout.unwrap_or_default(), start);
            return;
        }
        let before = Arc::clone(&self.layout);
        if !again {
            self.layout =
                Arc::new(PartyLayout { pinned: before.pinned.clone(), ..self.unplaced() });
            self.layout_revision += 1;
        }
        let progress = Arc::new(Progress::default());
        progress.set_total(1000);
        let frame = Frame::default();
        let task = {
            let (progress, waker) = (Arc::clone(&progress), Arc::clone(&self.waker));
            let frame = Arc::clone(&frame);
            Task::start("network", &self.waker, move || {
                let whole = whole(&document.dataset, &document.columns, &document.all.rows);
                PartyLayout::new(&document.dataset, &whole, &options, &mut |step| {
                    progress.set((step.share.clamp(0.0, 1.0) * 1000.0) as u64, 0);
                    // The next frame is made when the window has taken the last one: as many as
                    // it can show, and no more.
                    if let Ok(mut frame) = frame.lock()
                        && frame.is_none()
                    {
                        *frame = Some(step.positions());
                        waker();
                    }
                    !progress.is_cancelled()
                })
            })
        };
        self.arranging = Some(Arranging { progress, start, before, frame, task });
    }

    /// Takes up a layout that is ready, or the next moment of one in the making. Returns whether
    /// there was one.
    pub(super) fn poll_layout(&mut self) -> bool {
        let Some(arranging) = &self.arranging else { return false };
        let start = arranging.start;
        if let Some(answer) = arranging.task.poll() {
            let arranging = self.arranging.take();
            match (answer, arranging) {
                (Ok(Some(layout)), _) => self.take_layout(layout, start),
                (_, Some(arranging)) => self.layout = arranging.before,
                _ => {}
            }
            self.layout_revision += 1;
            return true;
        }
        let frame = arranging.frame.lock().ok().and_then(|mut frame| frame.take());
        let Some(positions) = frame else { return false };
        Arc::make_mut(&mut self.layout).positions = positions;
        self.layout_revision += 1;
        true
    }

    /// How often parties engage, without where they stand.
    fn unplaced(&self) -> PartyLayout {
        let engagements = self.document.all.facets.of(Dimension::Party).to_vec();
        PartyLayout::placed(engagements, &[])
    }

    /// Takes up a layout. One that the reader asked for is what the view keeps; over a first one,
    /// what the view keeps is laid.
    fn take_layout(&mut self, mut layout: PartyLayout, start: Start) {
        layout.pinned = std::mem::take(&mut Arc::make_mut(&mut self.layout).pinned);
        self.layout = Arc::new(layout);
        if start != Start::File {
            let all = self.layout.positions.iter().enumerate();
            self.moved = all
                .filter_map(|(party, at)| {
                    Some((PartyId::at(party), at.map(|[x, y]| [hundredths(x), hundredths(y)])?))
                })
                .collect();
        }
        self.lay_moved();
        self.layout_revision += 1;
    }

    /// Takes up the positions and pins of a saved view.
    pub(super) fn take_positions(
        &mut self,
        moved: BTreeMap<PartyId, [f64; 2]>,
        pinned: BTreeSet<PartyId>,
    ) {
        if moved.is_empty() && pinned.is_empty() && self.moved.is_empty() {
            return;
        }
        self.moved = moved;
        Arc::make_mut(&mut self.layout).pinned = pinned;
        let engaged = self.document.all.facets.of(Dimension::Party);
        let whole = (0..engaged.len())
            .all(|party| engaged[party] == 0 || self.moved.contains_key(&PartyId::at(party)));
        if whole {
            // All of it is known; nothing needs to be laid out.
            if let Some(arranging) = self.arranging.take() {
                arranging.progress.cancel();
            }
            let pinned = std::mem::take(&mut Arc::make_mut(&mut self.layout).pinned);
            let positions = vec![None; self.document.dataset.parties().len()];
            self.layout = Arc::new(PartyLayout { pinned, positions, ..self.unplaced() });
            self.lay_moved();
        } else if self.arranging.is_none() {
            self.arrange(Start::File);
        }
        self.layout_revision += 1;
    }

    fn lay_moved(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        let layout = Arc::make_mut(&mut self.layout);
        for (party, to) in &self.moved {
            if let Some(position) = layout.positions.get_mut(party.index()) {
                *position = Some(*to);
            }
        }
    }
}

/// Positions are kept to a hundredth of a point, which nobody sees, and figures stay small.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn whole(dataset: &Dataset, columns: &Columns, rows: &[u32]) -> Ties {
    ties(columns, rows, dataset.parties().len(), TieWeight::Shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, Document, NativeDialogs, SavedView, Settings};
    use crate::formats::{NetworkLook, generate};
    use crate::model::Target;

    fn state(document: Document) -> AppState {
        AppState::new(document, Settings::default(), Arc::new(NativeDialogs), Arc::new(|| {}))
    }

    /// A document of more parties than are laid out at once.
    fn large() -> AppState {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.json");
        crate::formats::write(&generate::generate(900, 3), &path, None, NetworkLook::default)
            .unwrap();
        let document =
            Document::open(&path, &crate::formats::OpenOptions::default(), &Progress::default())
                .unwrap();
        assert!(document.dataset.parties().len() > AT_ONCE);
        let mut state = state(document);
        settle(&mut state);
        state
    }

    fn settle(state: &mut AppState) {
        while state.arranging.is_some() {
            state.poll();
            std::thread::yield_now();
        }
    }

    fn arrange(state: &mut AppState, command: ArrangeCommand) {
        state.apply(Command::Arrange(command));
        settle(state);
    }

    #[test]
    fn nothing_moves_when_filter_window_or_selection_change() {
        let mut state = large();
        let before = state.layout.clone();
        state.apply(Command::ToggleFacet(Dimension::Kind, 0));
        state.apply(Command::SetText("talks".to_owned()));
        state.apply(Command::Zoom(0.2));
        state.apply(Command::FollowWindow(false));
        state.apply(Command::Select(Some(Target::Party(PartyId::at(1)))));
        state.apply(Command::ClearFilter);
        settle(&mut state);
        assert_eq!(state.layout, before);
    }

    #[test]
    fn frames_are_seen_while_it_runs_and_stopping_brings_back_what_was() {
        let mut state = large();
        let before = state.layout.positions.clone();
        state.freedom = 1.0;
        state.apply(Command::Arrange(ArrangeCommand::Again));
        let revision = state.layout_revision;
        while state.arranging.is_some() && state.layout_revision == revision {
            state.poll();
            std::thread::yield_now();
        }
        assert_ne!(state.layout.positions, before);
        state.apply(Command::Arrange(ArrangeCommand::Again));
        state.apply(Command::Arrange(ArrangeCommand::Stop));
        assert!(state.arranging.is_none());
    }

    #[test]
    fn what_was_moved_is_pinned_and_comes_back_with_the_view() {
        let mut state = large();
        let engaged = state.layout.positions.iter().position(Option::is_some).unwrap();
        let party = PartyId::at(engaged);
        let spot = [1234.5, -77.25];
        arrange(&mut state, ArrangeCommand::Move(party, spot));
        arrange(&mut state, ArrangeCommand::SetFreedom(0.8));
        arrange(&mut state, ArrangeCommand::Again);
        assert_eq!(state.layout.positions[engaged], Some(spot));
        assert!(state.layout.pinned.contains(&party));
        let laid = state.layout.positions.clone();

        let parts = state.view_parts();
        let saved = SavedView::new(&state.document.dataset, &parts, "large.json", "");
        let saved = SavedView::parse(&saved.json()).unwrap();
        arrange(&mut state, ArrangeCommand::Afresh);
        assert!(state.layout.pinned.is_empty() && state.moved.is_empty());
        assert_ne!(state.layout.positions, laid);
        state.restore(&saved, "large");
        settle(&mut state);
        assert!(state.layout.pinned.contains(&party));
        for (now, then) in state.layout.positions.iter().zip(&laid) {
            let near = match (now, then) {
                (Some(a), Some(b)) => (a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01,
                (a, b) => a == b,
            };
            assert!(near, "{now:?} {then:?}");
        }
        arrange(&mut state, ArrangeCommand::Pin(party, false));
        assert!(state.layout.pinned.is_empty());
    }
}
