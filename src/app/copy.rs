//! What goes to the clipboard: the selection as text, as a table or as citations, and the figure of
//! the view as a picture or as SVG.

use super::{
    AppState, ChangeMode, MapTab, Notice, NoticeKind, SnapshotInput, SnapshotOptions, Task,
};
use crate::export::{FileFormat, Pixels, pixels};
use crate::formats::table;
use crate::model::{Dataset, Engagement, EngagementId, Target, words};
use crate::scene::figure::FigureView;

/// What goes to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clip {
    /// Words, or a file that is text.
    Text(String),
    /// A picture.
    Picture(Pixels),
}

/// As what the selection is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyAs {
    /// A few lines for each engagement.
    Text,
    /// Comma-separated values, a row for each engagement, that a spreadsheet does not take for
    /// formulas.
    Table,
    /// A reference for each engagement, with its sources.
    Citation,
}

impl CopyAs {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Text, Self::Table, Self::Citation];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Copy as text",
            Self::Table => "Copy as CSV",
            Self::Citation => "Copy as citation",
        }
    }

    /// What is copied, in one sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Text => "Title, date, who, where, what came of it, and the sources",
            Self::Table => "A table that opens here and in a spreadsheet",
            Self::Citation => "Title, date and place, with the sources in full",
        }
    }
}

/// The most engagements that are copied at once: more is a matter for a file.
pub const MOST_COPIED: usize = 10_000;

impl AppState {
    /// The engagements that a copy takes: the selected one; those of the selected party,
    /// partnership, source, place or tie that pass the filter; without a selection, all that the
    /// lower pane shows. In the order of time.
    #[must_use]
    pub fn copied_engagements(&self) -> Vec<EngagementId> {
        let columns = &self.document.columns;
        let rows = match self.selection {
            None => self.derived.shown.to_vec(),
            Some(Target::Engagement(id)) => return vec![id],
            Some(target) => {
                let passing = &self.derived.hits.rows;
                let mut rows = self.rows_of(target);
                rows.retain(|row| passing.contains(*row));
                rows
            }
        };
        rows.into_iter().map(|row| columns.engagement[row as usize]).collect()
    }

    /// Copies the selection, and says how much that was.
    pub(super) fn copy_selection(&mut self, how: CopyAs) {
        let mut ids = self.copied_engagements();
        let all = ids.len();
        ids.truncate(MOST_COPIED);
        let dataset = &self.document.dataset;
        if ids.is_empty() {
            self.notice = Some(Notice {
                kind: NoticeKind::Problem,
                title: "There is nothing to copy".to_owned(),
                text: "No engagement of the selection passes the filter. Clear the filter (X), or \
                       select something else."
                    .to_owned(),
            });
            return;
        }
        let each = |write: fn(&Dataset, &Engagement) -> String, between: &str| {
            let texts: Vec<_> =
                ids.iter().map(|&id| write(dataset, dataset.engagement(id))).collect();
            texts.join(between)
        };
        let text = match how {
            CopyAs::Text => each(words::told, "\n\n"),
            CopyAs::Citation => each(words::cited, "\n"),
            CopyAs::Table => table::write_some(dataset, &ids),
        };
        self.clipboard = Some(Clip::Text(text));
        let what = match how {
            CopyAs::Text => "as text",
            CopyAs::Table => "as CSV",
            CopyAs::Citation => "as citations",
        };
        let kind = if all > MOST_COPIED { NoticeKind::Problem } else { NoticeKind::Done };
        let (title, text) = match (all, kind) {
            (_, NoticeKind::Problem) => (
                format!(
                    "Copied the first {} of {} engagements {what}",
                    words::grouped(ids.len()),
                    words::grouped(all)
                ),
                "Filter further, or convert the whole file: demarche convert IN OUT.".to_owned(),
            ),
            (1, _) => {
                ("Copied the engagement".to_owned(), format!("It is in the clipboard {what}."))
            }
            (all, _) => (
                format!("Copied {} engagements", words::grouped(all)),
                format!("They are in the clipboard {what}."),
            ),
        };
        self.notice = Some(Notice { kind, title, text });
    }
    /// Draws a figure in the background and copies it.
    pub(super) fn copy_figure(&mut self, options: Option<SnapshotOptions>) {
        if self.copying.is_some() {
            return;
        }
        let options = options.unwrap_or_else(|| self.snapshot_options());
        let input = SnapshotInput::of(self);
        self.copying = Some(Task::start("copy", &self.waker, move || {
            let clip = match options.format {
                FileFormat::Svg => input
                    .file(&input.drawn(&options), &options)
                    .map(|bytes| Clip::Text(String::from_utf8_lossy(&bytes).into_owned())),
                _ => pixels(&input.draw(&options), options.scale).map(Clip::Picture),
            };
            clip.map_err(|error| error.to_string())
        }));
    }

    /// The figure of what is seen: of the map or of change where that is open, otherwise of the
    /// timeline.
    #[must_use]
    pub fn snapshot_options(&self) -> SnapshotOptions {
        let view = match self.view.tab {
            MapTab::Geography if self.settings.map_open => FigureView::Map,
            MapTab::Change if self.settings.map_open => match self.view.change.mode {
                ChangeMode::Compare => FigureView::Compare,
                ChangeMode::Panels => FigureView::Panels,
                ChangeMode::Levels => FigureView::Levels,
            },
            _ => FigureView::Timeline,
        };
        SnapshotOptions { view, format: FileFormat::Png, ..SnapshotOptions::default() }
    }

    /// Takes up a figure that was drawn to be copied. Returns whether there was one.
    pub(super) fn poll_copy(&mut self) -> bool {
        let Some(answer) = self.copying.as_ref().and_then(Task::poll) else { return false };
        self.copying = None;
        let (kind, title, text) = match answer {
            Ok(Ok(clip)) => {
                let text = match &clip {
                    Clip::Text(_) => "It is in the clipboard as SVG.".to_owned(),
                    Clip::Picture(Pixels { width, height, .. }) => {
                        format!("It is in the clipboard, {width} × {height} pixels.")
                    }
                };
                self.clipboard = Some(clip);
                (NoticeKind::Done, "Copied the figure", text)
            }
            Ok(Err(error)) => (NoticeKind::Problem, "The figure was not copied", error),
            Err(_) => (
                NoticeKind::Problem,
                "The figure was not copied",
                "The drawing stopped without an answer; this is a fault of the program, please \
                 report it."
                    .to_owned(),
            ),
        };
        self.notice = Some(Notice { kind, title: title.to_owned(), text });
        true
    }
}
