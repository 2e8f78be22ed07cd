//! The only place that carries out commands.

use std::path::PathBuf;
use std::sync::Arc;

use super::history::Place;
use super::reopen::{self, Loaded};
use super::state::{Loading, Saved};
use super::{
    AppState, ChangeView, Clip, Command, Document, NetworkCommand, Notice, NoticeKind, Overlay,
    Pane, SnapshotInput, SnapshotOptions, TableSort, Task, TimeWindow,
};
use crate::formats::{OpenOptions, Progress, Severity};
use crate::model::Target;
use crate::query::Filter;
use crate::scene::map::MapOptions;
use crate::scene::network::NetworkOptions;

impl AppState {
    /// Carries out a command.
    pub fn apply(&mut self, command: Command) {
        if takes_over(&command) {
            self.play.halt();
        }
        match command {
            Command::OpenDialog => self.choose_file(),
            Command::OpenField => self.overlay = Some(Overlay::OpenField),
            Command::Open(path) => self.load(Some(path), OpenOptions::default()),
            Command::OpenBuiltIn => self.load(None, OpenOptions::default()),
            Command::Reread(options) => {
                let path = match &self.document.origin {
                    super::Origin::BuiltIn => None,
                    super::Origin::File(path) | super::Origin::Figure { path, .. } => {
                        Some(path.clone())
                    }
                };
                self.load(path, options);
            }
            Command::ClearRecent => self.settings.recent.clear(),
            Command::CancelLoading => {
                if let Some(loading) = &self.loading {
                    loading.progress.cancel();
                }
            }
            Command::DismissNotice => self.notice = None,

            Command::Select(target) => self.select(target),
            Command::Reveal(target) => {
                self.select(Some(target));
                self.bring_into_view(target);
                self.reveal = true;
            }
            Command::Hover(target) => self.hover = target,
            Command::Back => {
                let present = self.place();
                if let Some(place) = self.history.back(present) {
                    self.go(place);
                }
            }
            Command::Forward => {
                let present = self.place();
                if let Some(place) = self.history.forward(present) {
                    self.go(place);
                }
            }
            Command::Next | Command::Previous => {
                if let Some(id) = self.neighbour(command == Command::Next) {
                    self.apply(Command::Reveal(Target::Engagement(id)));
                }
            }
            Command::Escape => self.escape(),

            Command::FitAll => self.show(TimeWindow::around(self.document.extent)),
            Command::FitSelection => {
                let reach = self.selection.and_then(|target| self.reach(target));
                let range = reach.or(self.derived.hits.extent).unwrap_or(self.document.extent);
                self.show(TimeWindow::around(range));
            }
            Command::FitFilter => {
                let range = self.derived.hits.extent.unwrap_or(self.document.extent);
                self.show(TimeWindow::around(range));
            }
            Command::ShowWindow(window) => self.show(window),
            Command::MoveWindow(window) => self.view.window = self.reachable(window),
            Command::Pan(share) => {
                let window = self.view.window;
                self.view.window = self.reachable(window.pan(window.days() * share));
            }
            Command::Zoom(factor) => {
                let window = self.view.window;
                let middle = f64::midpoint(window.from, window.to);
                self.view.window = self.reachable(window.zoom(middle, factor));
            }
            Command::SetLanes(by) => {
                self.leave();
                self.view.lanes = by;
                self.settings.lanes = by;
            }
            Command::Lanes(command) => self.apply_lanes(command),
            Command::SortLanes(order) => self.view.lane_order = order,
            Command::OnlyLanesInView(only) => self.view.only_lanes_in_view = only,
            Command::Play(command) => self.play(command),
            Command::Change(command) => self.change(command),
            Command::SetTab(tab) => {
                self.view.tab = tab;
                self.settings.tab = tab;
                self.settings.map_open = true;
            }
            Command::FollowWindow(follow) => self.view.follow_window = follow,
            Command::SetTieWeight(weight) => {
                self.leave();
                self.view.network_options.weight = weight;
            }
            Command::Network(command) => self.apply_network(command),
            Command::SortTable(column) => {
                let same = self.view.sort.column == column;
                let descending = same && !self.view.sort.descending;
                self.view.sort = TableSort { column, descending };
            }
            Command::Arrange(command) => self.apply_arrange(command),
            Command::SetNetworkCamera(camera) => self.view.network = camera,
            Command::Map(command) => self.apply_map(command),
            Command::ChooseClaim(id, claim) => {
                self.leave();
                match claim {
                    Some(claim) => self.view.chosen.insert(id, claim),
                    None => self.view.chosen.remove(&id),
                };
            }

            Command::ToggleFacet(dimension, value) => {
                self.leave();
                self.filter.toggle(dimension, value);
            }
            Command::OnlyFacet(dimension, value) => {
                self.leave();
                self.filter.clear(dimension);
                self.filter.toggle(dimension, value);
            }
            Command::ClearFacet(dimension) => {
                self.leave();
                self.filter.clear(dimension);
            }
            Command::DisputedOnly(only) => {
                self.leave();
                self.filter.disputed_only = only;
            }
            Command::SetMatch(matching) => self.filter.matching = matching,
            Command::SetText(text) => {
                if self.filter.text.is_empty() != text.is_empty() {
                    self.leave();
                }
                self.filter.text = text;
            }
            Command::SetDates(from, to) => self.set_dates(from, to),
            Command::SetDays(text) => self.set_only_in(text),
            Command::AddDays(range) => self.add_days(range),
            Command::ClearFilter => {
                self.leave();
                self.filter = Filter { matching: self.filter.matching, ..Filter::default() };
                self.show_dates();
            }

            Command::DismissFinding(id, reason) => {
                self.settings.dismissed.insert(id, reason);
            }
            Command::RestoreFinding(id) => {
                self.settings.dismissed.remove(&id);
            }
            Command::SetTheme(theme) => self.settings.theme = theme,
            Command::Toggle(pane) => self.toggle(pane),
            Command::FillPane => self.fill_pane(),
            Command::Split(share) => self.split(share),
            Command::Narrow(narrow) => self.narrow(narrow),
            Command::FocusSearch => self.focus_search = true,
            Command::ShowPalette => self.overlay = Some(Overlay::Palette),
            Command::ShowKeys => self.overlay = Some(Overlay::Keys),
            Command::ShowAbout => self.overlay = Some(Overlay::About),
            Command::ShowMapping => self.overlay = Some(Overlay::Mapping),
            Command::ShowExport => self.overlay = Some(Overlay::Export),
            Command::PreviewSnapshot(options) => self.preview_snapshot(options),
            Command::SaveSnapshotAs(options) => self.save_snapshot(options, None),
            Command::SaveSnapshot(options, path) => self.save_snapshot(options, Some(path)),
            Command::SaveView(name) => self.save_view(&name),
            Command::OpenView(at) => self.open_view(at),
            Command::RenameView(at, name) => self.rename_view(at, &name),
            Command::DeleteView(at) => self.delete_view(at),
            Command::ExportView(at) => self.export_view(at),
            Command::CloseOverlay => self.overlay = None,
            Command::Copy(text) => self.clipboard = Some(Clip::Text(text)),
            Command::CopySelection(how) => self.copy_selection(how),
            Command::CopyFigure(options) => self.copy_figure(*options),
            Command::Quit => self.quit = true,
        }
        self.refresh();
    }

    /// Takes up the answers of background tasks. Returns whether anything changed.
    pub fn poll(&mut self) -> bool {
        let mut changed = false;
        if let Some(answer) = self.choosing.as_ref().and_then(Task::poll) {
            self.choosing = None;
            changed = true;
            if let Ok(Some(path)) = answer {
                self.load(Some(path), OpenOptions::default());
            }
        }
        changed |= self.poll_layout();
        changed |= self.poll_indexing();
        changed |= self.poll_changes();
        if self.poll_counts() {
            self.seek_way();
            self.measure();
            changed = true;
        }
        changed |= self.poll_measures();
        if let Some(answer) = self.checking.as_ref().and_then(Task::poll) {
            self.checking = None;
            self.checked = Arc::new(answer.unwrap_or_default());
            self.checked_revision += 1;
            changed = true;
        }
        if let Some(answer) = self.previewing.as_ref().and_then(Task::poll) {
            self.previewing = None;
            self.preview = answer.ok();
            changed = true;
        }
        if let Some(answer) = self.saving.as_ref().and_then(Task::poll) {
            self.saving = None;
            changed = true;
            self.saved(answer);
        }
        changed |= self.poll_copy();
        if let Some(answer) = self.preparing.as_ref().and_then(Task::poll) {
            self.preparing = None;
            self.ground = answer.ok().map(Arc::new);
            changed = true;
        }
        if let Some(answer) = self.loading.as_ref().and_then(|loading| loading.task.poll())
            && let Some(loading) = self.loading.take()
        {
            changed = true;
            match answer {
                Ok(Ok(loaded)) => {
                    if let Some(document) = loaded.document {
                        self.options = loading.options;
                        self.opened(document, loaded.path);
                    }
                    if let Some(view) = loaded.view {
                        self.restore(&view, &loading.name);
                    }
                }
                Ok(Err(_)) if loading.progress.is_cancelled() => {
                    self.notice = Some(Notice {
                        kind: NoticeKind::Done,
                        title: format!("Stopped opening {}", loading.name),
                        text: "What was open is still open.".to_owned(),
                    });
                }
                Ok(Err(error)) => {
                    self.notice = Some(Notice {
                        kind: NoticeKind::Problem,
                        title: format!("{} was not opened", loading.name),
                        text: format!("{error}. What was open is still open."),
                    });
                }
                Err(_) => {
                    self.notice = Some(Notice {
                        kind: NoticeKind::Problem,
                        title: format!("{} was not opened", loading.name),
                        text: "The reader stopped without an answer; this is a fault of the \
                               program, please report it with the file. What was open is still \
                               open."
                            .to_owned(),
                    });
                }
            }
            self.refresh();
        }
        changed
    }

    fn preview_snapshot(&mut self, options: SnapshotOptions) {
        // The picture in the dialog is at most this large, in pixels of a dense screen.
        const BOX: (f32, f32) = (1040.0, 720.0);
        if self.previewing.is_some() {
            return;
        }
        let input = SnapshotInput::of(self);
        self.previewing = Some(Task::start("preview", &self.waker, move || {
            let preview = input.preview(&options, BOX.0, BOX.1);
            (options, preview.map_err(|error| error.to_string()))
        }));
    }

    /// Saves a snapshot where `path` says, or where the user says.
    fn save_snapshot(&mut self, options: SnapshotOptions, path: Option<PathBuf>) {
        if self.saving.is_some() {
            return;
        }
        let input = SnapshotInput::of(self);
        let dialogs = Arc::clone(&self.dialogs);
        let name = self.snapshot_name(&options);
        self.saving = Some(Task::start("save", &self.waker, move || {
            let path = path.or_else(|| dialogs.save(&name))?;
            let options = SnapshotOptions {
                format: crate::export::FileFormat::of(&path).unwrap_or(options.format),
                ..options
            };
            let result = input.save(&options, &path).map_err(|error| error.to_string());
            Some((path, result))
        }));
    }

    fn saved(&mut self, answer: Result<Saved, super::tasks::Lost>) {
        let (kind, title, text) = match answer {
            Ok(None) => return,
            Ok(Some((path, Ok(())))) => {
                self.overlay = None;
                let title = match path.extension().and_then(|ending| ending.to_str()) {
                    Some("json") => "View saved",
                    Some("csv") => "Table saved",
                    _ => "Snapshot saved",
                };
                if title == "Snapshot saved" {
                    self.settings.figures = path.parent().map(std::path::Path::to_owned);
                }
                (NoticeKind::Done, title, path.display().to_string())
            }
            Ok(Some((_, Err(error)))) => (NoticeKind::Problem, "The snapshot was not saved", error),
            Err(_) => (
                NoticeKind::Problem,
                "The snapshot was not saved",
                "The drawing stopped without an answer; this is a fault of the program, please \
                 report it."
                    .to_owned(),
            ),
        };
        self.notice = Some(Notice { kind, title: title.to_owned(), text });
    }

    fn choose_file(&mut self) {
        if self.choosing.is_some() {
            return;
        }
        let dialogs = Arc::clone(&self.dialogs);
        self.choosing = Some(Task::start("file dialog", &self.waker, move || dialogs.open()));
    }

    /// Starts loading a file, or the built-in dataset.
    fn load(&mut self, path: Option<PathBuf>, options: OpenOptions) {
        if let Some(loading) = &self.loading {
            loading.progress.cancel();
        }
        self.overlay = None;
        let name = path.as_deref().map_or_else(
            || "the built-in dataset".to_owned(),
            |path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        );
        let progress = Arc::new(Progress::default());
        let task = {
            let (progress, known) = (Arc::clone(&progress), self.known());
            let options = options.clone();
            Task::start("open", &self.waker, move || match path {
                Some(path) => reopen::open(&path, &options, &progress, &known),
                None => Document::built_in().map(|document| Loaded::data(document, None)),
            })
        };
        self.loading = Some(Loading { name, progress, options, task });
    }

    /// Takes over a document that was loaded.
    fn opened(&mut self, document: Document, path: Option<PathBuf>) {
        if let Some(path) = path {
            let path = std::path::absolute(&path).unwrap_or(path);
            self.settings.remember(&path);
        }
        let again = self.document.origin == document.origin;
        let undated = self.document.all.extent.is_none();
        self.document = Arc::new(document);
        self.filter = Filter { matching: self.filter.matching, ..Filter::default() };
        self.show_dates();
        self.selection = None;
        self.hover = None;
        self.ground = None;
        self.preparing = None;
        self.history = super::history::History::default();
        // Where nothing is dated, no window shows anything.
        if self.document.all.extent.is_none() {
            self.view.follow_window = false;
        } else if undated {
            self.view.follow_window = true;
        }
        self.view.network = None;
        self.view.map =
            MapOptions { seen: None, center: None, home: None, ..self.view.map.clone() };
        self.view.change = ChangeView { mode: self.view.change.mode, ..ChangeView::default() };
        self.forget_changes();
        self.play.halt();
        self.view.chosen.clear();
        self.view.lane_looks = Default::default();
        self.path_from = None;
        // Sizes, colours and weights are those that suit the file; how else the network is read, the
        // reader has chosen.
        let suited = self.document.network_options();
        self.view.network_options = NetworkOptions {
            size_by: suited.size_by,
            color_by: suited.color_by,
            weight: suited.weight,
            top: suited.top,
            ego: None,
            path: None,
            matrix: None,
            ..self.view.network_options
        };
        self.start_check();
        self.start_indexing();
        self.moved.clear();
        Arc::make_mut(&mut self.layout).pinned.clear();
        self.arrange(super::arrange::Start::File);
        self.view.lanes = self.opening_lanes();
        self.view.window = self.opening_window();
        self.notice = opening_notice(&self.document, again);
    }

    fn select(&mut self, target: Option<Target>) {
        if self.end_path(target) {
            return;
        }
        if self.selection != target {
            self.leave();
            self.selection = target;
        }
        if target.is_some() {
            self.put(Pane::Details, true);
        }
    }

    fn escape(&mut self) {
        if self.overlay.take().is_some() {
            return;
        }
        if self.notice.take().is_some() {
            return;
        }
        if self.path_from.take().is_some() {
            return;
        }
        if self.selection.is_none() && self.view.network_options.path.is_some() {
            self.apply_network(NetworkCommand::ClearPath);
            return;
        }
        self.select(None);
    }

    /// Remembers where the user is before something changes.
    pub(super) fn leave(&mut self) {
        let place = self.place();
        self.leave_from(place);
    }

    /// Remembers where the user was before something changed.
    pub(super) fn leave_from(&mut self, place: Place) {
        self.history.leave(place);
    }

    fn go(&mut self, place: Place) {
        let other_days = self.filter.when != place.filter.when;
        self.filter = place.filter;
        if other_days {
            self.show_dates();
        }
        self.view = place.view;
        self.selection = place.selection;
    }

    fn show(&mut self, window: TimeWindow) {
        self.leave();
        self.view.window = self.reachable(window);
    }

    /// The window, moved so that some of the document's time stays in sight.
    pub(super) fn reachable(&self, window: TimeWindow) -> TimeWindow {
        let extent = self.document.extent;
        let (first, last) = (f64::from(extent.from.0), f64::from(extent.to.0) + 1.0);
        let margin = window.days() * 0.5;
        let window = if window.to < first + margin.min(last - first) * 0.1 {
            window.pan(first + margin.min(last - first) * 0.1 - window.to)
        } else {
            window
        };
        if window.from > last - margin.min(last - first) * 0.1 {
            window.pan(last - margin.min(last - first) * 0.1 - window.from)
        } else {
            window
        }
    }
}

/// Whether a command takes the window over from what plays.
fn takes_over(command: &Command) -> bool {
    matches!(
        command,
        Command::FitAll
            | Command::FitSelection
            | Command::FitFilter
            | Command::ShowWindow(_)
            | Command::MoveWindow(_)
            | Command::Pan(_)
            | Command::Zoom(_)
            | Command::Back
            | Command::Forward
            | Command::OpenView(_)
    )
}

/// What to say after a document was opened.
fn opening_notice(document: &Document, again: bool) -> Option<Notice> {
    let report = &document.report;
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let name = document.origin.name();
    if errors == 0 && warnings == 0 {
        return again.then(|| Notice {
            kind: NoticeKind::Done,
            title: format!("{name} was read again"),
            text: format!("{} engagements.", report.engagements),
        });
    }
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let found: Vec<String> = [
        count(
            errors,
            "value or row that could not be used",
            "values or rows that could not be used",
        ),
        count(warnings, "thing to look at", "things to look at"),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(Notice {
        kind: NoticeKind::Problem,
        title: format!("{name} is open, with {}", found.join(" and ")),
        text: format!(
            "{} of {} rows became engagements. Findings lists each problem with its row and \
             column.",
            report.engagements, report.rows
        ),
    })
}
