//! Laying the network out, in the background when there are many parties.

use std::sync::Arc;

use super::{AppState, Task};
use crate::formats::Progress;
use crate::layout::network::{Options, PartyLayout};
use crate::model::Dataset;
use crate::query::{Columns, TieWeight, Ties, ties};

/// Up to so many parties are laid out at once; more are laid out in the background.
const AT_ONCE: usize = 80;

/// A layout in the making.
#[derive(Debug)]
pub struct Arranging {
    /// How far it is: thousandths, of a thousand.
    pub progress: Arc<Progress>,
    task: Task<Option<PartyLayout>>,
}

impl AppState {
    /// Lays all parties of the open document out, over the whole period. `anchored`: they stay
    /// near where they are.
    pub(super) fn arrange(&mut self, anchored: bool) {
        let document = Arc::clone(&self.document);
        let parties = document.dataset.parties().len();
        let anchors = if anchored { self.layout.positions.clone() } else { Vec::new() };
        // The pane is wider than a page.
        let options = Options { aspect: 2.6, anchors, ..Options::default() };
        if let Some(arranging) = self.arranging.take() {
            arranging.progress.cancel();
        }
        if let Some(layout) = document.placed().filter(|_| !anchored) {
            self.take_layout(layout);
            return;
        }
        if parties <= AT_ONCE {
            let whole = whole(&document.dataset, &document.columns, &document.all.rows);
            let layout = PartyLayout::new(&document.dataset, &whole, &options, &mut |_| true);
            self.take_layout(layout.unwrap_or_default());
            return;
        }
        if !anchored {
            self.take_layout(PartyLayout::default());
        }
        let progress = Arc::new(Progress::default());
        progress.set_total(1000);
        let task = {
            let (progress, waker) = (Arc::clone(&progress), Arc::clone(&self.waker));
            Task::start("network", &self.waker, move || {
                let whole = whole(&document.dataset, &document.columns, &document.all.rows);
                PartyLayout::new(&document.dataset, &whole, &options, &mut |step| {
                    progress.set((step.share.clamp(0.0, 1.0) * 1000.0) as u64, 0);
                    waker();
                    !progress.is_cancelled()
                })
            })
        };
        self.arranging = Some(Arranging { progress, task });
    }

    /// Takes up a layout that is ready. Returns whether there was one.
    pub(super) fn poll_layout(&mut self) -> bool {
        let Some(answer) = self.arranging.as_ref().and_then(|arranging| arranging.task.poll())
        else {
            return false;
        };
        self.arranging = None;
        if let Ok(Some(layout)) = answer {
            self.take_layout(layout);
        }
        true
    }

    fn take_layout(&mut self, layout: PartyLayout) {
        self.layout = layout;
        self.moved.clear();
        self.layout_revision += 1;
    }
}

fn whole(dataset: &Dataset, columns: &Columns, rows: &[u32]) -> Ties {
    ties(columns, rows, dataset.parties().len(), TieWeight::Shared)
}
