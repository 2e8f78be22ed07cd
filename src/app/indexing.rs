//! Making the search index of a large document in the background, so that the document is drawn
//! first.

use std::sync::Arc;

use super::tasks::{Task, apart_for_long};
use crate::formats::Progress;

/// Up to so many engagements the index is made at once: it takes less than a frame or two.
const AT_ONCE: usize = 5_000;

/// An index in the making.
#[derive(Debug)]
pub(super) struct Indexing {
    progress: Arc<Progress>,
    task: Task<bool>,
}

impl super::AppState {
    /// Begins to make the search index of the open document, and stops making that of another.
    pub(super) fn start_indexing(&mut self) {
        if let Some(indexing) = self.indexing.take() {
            indexing.progress.cancel();
        }
        let document = Arc::clone(&self.document);
        let progress = Arc::new(Progress::default());
        if document.columns.len() <= AT_ONCE {
            document.columns.prepare_search(&document.dataset, &progress);
            return;
        }
        let task = {
            let progress = Arc::clone(&progress);
            Task::start("search", &self.waker, move || {
                apart_for_long(|| document.columns.prepare_search(&document.dataset, &progress))
            })
        };
        self.indexing = Some(Indexing { progress, task });
    }

    /// Takes up an index that is ready. Returns whether there was one.
    pub(super) fn poll_indexing(&mut self) -> bool {
        let done = self.indexing.as_ref().is_some_and(|indexing| indexing.task.poll().is_some());
        if done {
            self.indexing = None;
            // The words of the filter, if any, can be looked for now.
            self.refresh();
        }
        done
    }

    /// Whether words can be looked for; while they cannot, the words of the filter let everything
    /// pass.
    #[must_use]
    pub fn is_search_ready(&self) -> bool {
        self.document.columns.is_search_ready()
    }

    /// What to say while words cannot be looked for: how far the index is.
    #[must_use]
    pub fn search_waits(&self) -> Option<String> {
        if self.is_search_ready() {
            return None;
        }
        let (done, total, _) = self.indexing.as_ref()?.progress.get();
        let percent = (done * 100).checked_div(total).unwrap_or(0).min(99);
        Some(format!("preparing the search, {percent} %"))
    }
}
