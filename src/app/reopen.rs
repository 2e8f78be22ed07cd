//! Opening a figure or a saved view: its data is looked for, then the view is taken up again.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{
    AppState, BUILT_IN_NAME, Document, Notice, NoticeKind, Origin, SavedView, TimeWindow, ViewData,
    figure_data, short_checksum,
};
use crate::export::carried;
use crate::formats::{OpenError, OpenOptions, Progress};

/// The largest figure that is looked into, in bytes.
const MOST: u64 = 1 << 28;
/// As much of a JSON file tells whether it is a view.
const HEAD: u64 = 4096;

/// Data that a view may be about, without asking the user.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The SHA-256 of the open data.
    pub checksum: String,
    /// The name of the open data's file.
    pub name: String,
    /// Files that were open lately.
    pub recent: Vec<PathBuf>,
}

/// What came of opening a file.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The data; `None` to keep what is open.
    pub document: Option<Document>,
    /// The file of the data; `None` for the built-in dataset and for what stays open.
    pub path: Option<PathBuf>,
    /// The view to take up.
    pub view: Option<SavedView>,
}

impl Loaded {
    /// Data without a view.
    pub fn data(document: Document, path: Option<PathBuf>) -> Self {
        Self { document: Some(document), path, view: None }
    }
}

/// Opens a file of data, or a figure or saved view with the data that it is about. Meant for a
/// thread of its own.
pub(super) fn open(
    path: &Path,
    options: &OpenOptions,
    progress: &Progress,
    known: &Known,
) -> Result<Loaded, OpenError> {
    let Some(json) = view_in(path) else {
        let document = Document::open(path, options, progress)?;
        return Ok(Loaded::data(document, Some(path.to_owned())));
    };
    let view = SavedView::parse(&json).map_err(|message| OpenError::Unusable {
        file: path.display().to_string(),
        line: None,
        column: None,
        message,
    })?;
    with_data(view, Some(path), known, progress)
}

/// A view with the data that it is about, which is looked for beside the view's own file, among
/// what is known, and in the figure.
///
/// # Errors
/// When the data has to come from the figure and is damaged there.
pub(super) fn with_data(
    mut view: SavedView,
    from: Option<&Path>,
    known: &Known,
    progress: &Progress,
) -> Result<Loaded, OpenError> {
    let packed = view.data.packed.take();
    if let Some((document, path)) = data_of(&view, from.and_then(Path::parent), known, progress) {
        return Ok(Loaded { document: Some(document), path, view: Some(view) });
    }
    let document = match (packed, from) {
        // What is open is the data, or a later version of it.
        _ if view.data.file == known.name || view.data.is_open(known) => None,
        (Some(packed), Some(from)) => {
            Some(Document::in_figure(from, &view.data, &packed, progress)?)
        }
        _ => None,
    };
    Ok(Loaded { document, path: None, view: Some(view) })
}

impl ViewData {
    /// Whether the open data is exactly that of the view.
    fn is_open(&self, known: &Known) -> bool {
        !self.sha256.is_empty() && self.sha256 == known.checksum
    }
}

/// The view in a file, as JSON; `None` where there is none or the file cannot be read.
pub(super) fn view_in(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let most = match ending.as_str() {
        "svg" | "png" | "pdf" | "html" => MOST,
        "json" => HEAD,
        _ => return None,
    };
    let read = |most: u64| {
        let file = File::open(path).ok().filter(|file| {
            file.metadata().is_ok_and(|about| about.is_file() && about.len() <= MOST)
        })?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    };
    let bytes = read(most)?;
    if ending != "json" {
        return carried(&bytes);
    }
    // Most JSON files are data, and some are large: only a view is read as a whole here.
    let head = String::from_utf8_lossy(&bytes);
    carried(head.as_bytes())?;
    carried(&read(MOST)?)
}

/// The data that a view is about and the file it was read from; `None` when what is open is it,
/// or when it cannot be found.
fn data_of(
    view: &SavedView,
    folder: Option<&Path>,
    known: &Known,
    progress: &Progress,
) -> Option<(Document, Option<PathBuf>)> {
    let data = &view.data;
    if data.is_open(known) {
        return None;
    }
    // Only a name: a view must not be able to point anywhere else.
    let name = Path::new(&data.file).file_name()?;
    let beside = folder.map(|folder| folder.join(name));
    let recent = known.recent.iter().filter(|path| path.file_name() == Some(name)).cloned();
    for path in beside.into_iter().chain(recent).filter(|path| path.is_file()) {
        if let Ok(document) = Document::open(&path, &OpenOptions::default(), progress) {
            return Some((document, Some(path)));
        }
    }
    if data.file == BUILT_IN_NAME && data.file != known.name {
        return Some((Document::built_in().ok()?, None));
    }
    None
}

impl AppState {
    /// What is known without asking the user, when a view is opened.
    pub(super) fn known(&self) -> Known {
        Known {
            checksum: self.document.checksum.clone(),
            name: self.document.file_name(),
            recent: self.settings.recent.clone(),
        }
    }

    /// Takes up a view on the open data, and says what could not be taken up as it was.
    pub(super) fn restore(&mut self, view: &SavedView, name: &str) {
        let (parts, unknown) = view.parts(&self.document.dataset);
        self.leave();
        self.filter = parts.filter;
        self.show_dates();
        let window = parts.window.unwrap_or_else(|| TimeWindow::around(self.document.extent));
        self.view.window = self.reachable(window);
        self.view.lanes = parts.lanes;
        self.view.lane_order = parts.lane_order;
        *self.view.lane_look_mut() = parts.lane_look;
        self.view.change = parts.change;
        self.view.tab = parts.tab;
        self.view.network_options = parts.network;
        self.view.table_rows = parts.table_rows;
        self.path_from = None;
        self.view.chosen = parts.chosen;
        self.view.network = None;
        self.set_map(parts.map);
        self.set_basemap(parts.basemap);
        self.take_positions(parts.moved, parts.pinned);
        self.notice = Some(self.restored(view, name, &unknown));
    }

    fn restored(&self, view: &SavedView, name: &str, unknown: &[String]) -> Notice {
        let data = &view.data;
        let same = data.sha256.is_empty() || data.sha256 == self.document.checksum;
        let mut said = Vec::new();
        if !same && data.file == self.document.file_name() {
            let changes = figure_data::changes(&data.marks, &self.document.dataset);
            said.push(if changes.is_empty() {
                format!(
                    "{} has changed since: the view was saved from {}, and {} is open. What \
                     passes the filter, and where it is drawn, may differ.",
                    data.file,
                    short_checksum(&data.sha256),
                    short_checksum(&self.document.checksum),
                )
            } else {
                format!("{} has changed since: {changes}.", data.file)
            });
        } else if !same {
            said.push(format!(
                "It was saved from {}, which was not found; the view is shown on {}. Open that \
                 file, then this one again.",
                data.file,
                self.document.file_name(),
            ));
        }
        if !unknown.is_empty() {
            let mut listed = unknown.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            if unknown.len() > 5 {
                listed.push_str(&format!(" and {} more", unknown.len() - 5));
            }
            said.push(format!("The data has no {listed}: left out of the filter."));
        }
        let (kind, title) = if said.is_empty() {
            said.push(match self.document.origin {
                Origin::Figure { .. } => "Its data came with the figure.".to_owned(),
                _ => "The data is the same as when the view was saved.".to_owned(),
            });
            (NoticeKind::Done, format!("The view of {name} is back"))
        } else {
            (NoticeKind::Problem, format!("The view of {name} is back, with a difference"))
        };
        Notice { kind, title, text: said.join(" ") }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Command, NativeDialogs, Settings, SnapshotInput, SnapshotOptions};
    use crate::export::FileFormat;
    use crate::query::LaneBy;
    use crate::scene::figure::FigureView;

    fn state() -> AppState {
        let document = Document::built_in().unwrap();
        let dialogs = Arc::new(NativeDialogs);
        AppState::new(document, Settings::default(), dialogs, Arc::new(|| {}))
    }

    fn open_in(state: &mut AppState, path: &Path) {
        state.apply(Command::Open(path.to_owned()));
        while state.loading.is_some() {
            state.poll();
            std::thread::yield_now();
        }
    }

    fn changed(state: &mut AppState) {
        state.apply(Command::SetText("mekong".to_owned()));
        state.apply(Command::SetLanes(LaneBy::Kind));
        state.apply(Command::SetDates("2010".to_owned(), String::new()));
    }

    #[test]
    fn a_figure_of_any_format_brings_its_view_back() {
        let folder = tempfile::tempdir().unwrap();
        for format in FileFormat::ALL {
            let mut state = state();
            changed(&mut state);
            let path = folder.path().join(format!("figure.{}", format.ending()));
            let options = SnapshotOptions { format, scale: 0.5, ..SnapshotOptions::default() };
            SnapshotInput::of(&state).save(&options, &path).unwrap();
            let (filter, window) = (state.filter.clone(), state.view.window);
            state.apply(Command::ClearFilter);
            state.apply(Command::SetLanes(LaneBy::Party));
            state.apply(Command::FitAll);
            open_in(&mut state, &path);
            assert_eq!(state.filter, filter, "{format:?}");
            assert_eq!(state.view.window, window);
            assert_eq!(state.view.lanes, LaneBy::Kind);
            assert_eq!(state.dates.0, "2010-01-01");
            let notice = state.notice.as_ref().unwrap();
            assert_eq!(notice.kind, NoticeKind::Done, "{notice:?}");
        }
    }

    #[test]
    fn the_data_beside_a_figure_is_opened_and_a_change_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("trips.csv");
        let rows = "date,title,participants\n2024-05-01,Talks,Laos; Cambodia\n";
        std::fs::write(&table, rows).unwrap();
        let figure = folder.path().join("trips.svg");
        let mut first = state();
        open_in(&mut first, &table);
        first.apply(Command::SetText("talks".to_owned()));
        let options = SnapshotOptions { view: FigureView::Network, ..SnapshotOptions::default() };
        SnapshotInput::of(&first).save(&options, &figure).unwrap();
        let text = std::fs::read_to_string(&figure).unwrap();
        assert!(!text.contains(&folder.path().display().to_string()), "folders stay private");

        let mut second = state();
        open_in(&mut second, &figure);
        assert_eq!(second.document.file_name(), "trips.csv");
        assert_eq!(second.filter.text, "talks");
        assert_eq!(second.notice.as_ref().unwrap().kind, NoticeKind::Done);

        std::fs::write(&table, format!("{rows}2024-06-01,More talks,Laos\n")).unwrap();
        let mut third = state();
        open_in(&mut third, &figure);
        assert_eq!(third.document.dataset.engagements().len(), 2);
        let notice = third.notice.as_ref().unwrap();
        assert_eq!(notice.text, "trips.csv has changed since: 1 engagement added (“More talks”).");

        std::fs::remove_file(&table).unwrap();
        let mut fourth = state();
        open_in(&mut fourth, &figure);
        let notice = fourth.notice.as_ref().unwrap();
        assert!(notice.text.contains("which was not found"), "{notice:?}");
        assert_eq!(fourth.document.file_name(), BUILT_IN_NAME);
    }

    #[test]
    fn a_figure_that_carries_its_data_opens_without_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("trips.csv");
        let hostile = "<script>&amp; ]]> \u{202E}=1+1";
        let rows = format!("date,title,participants\n2024-05-01,{hostile},Laos; Cambodia\n");
        std::fs::write(&table, rows).unwrap();
        let mut first = state();
        open_in(&mut first, &table);
        let figures: Vec<_> = FileFormat::ALL
            .into_iter()
            .map(|format| {
                let path = folder.path().join(format!("figure.{}", format.ending()));
                let options =
                    SnapshotOptions { format, with_data: true, scale: 0.5, ..Default::default() };
                SnapshotInput::of(&first).save(&options, &path).unwrap();
                path
            })
            .collect();
        std::fs::remove_file(&table).unwrap();
        for figure in figures {
            let mut later = state();
            open_in(&mut later, &figure);
            assert_eq!(later.document.dataset, first.document.dataset, "{figure:?}");
            assert_eq!(later.document.checksum, first.document.checksum);
            assert_eq!(later.document.file_name(), "trips.csv");
            let notice = later.notice.as_ref().unwrap();
            assert_eq!(notice.kind, NoticeKind::Done, "{notice:?}");
            assert_eq!(notice.text, "Its data came with the figure.");
            assert!(later.settings.recent.is_empty(), "a figure is not a recent data file");
        }
    }

    #[test]
    fn damaged_data_in_a_figure_leaves_things_open_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.svg");
        let json = r#"{"format":"demarche-view/1","data":{"file":"gone.csv","packed":"AAAA"}}"#;
        std::fs::write(&path, format!("<svg id=\"x__view\">{json}</metadata></svg>")).unwrap();
        let mut state = state();
        changed(&mut state);
        let before = state.filter.clone();
        open_in(&mut state, &path);
        assert_eq!(state.filter, before);
        let notice = state.notice.as_ref().unwrap();
        assert!(
            notice.text.contains("figure.svg") && notice.text.contains("damaged"),
            "{notice:?}"
        );
    }

    #[test]
    fn a_picture_without_a_view_and_a_broken_view_leave_things_open_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("plain.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("later.json", "{\"format\":\"demarche-view/9\"}"),
            ("broken.json", "{\"format\":\"demarche-view/1\", \"filter\": 3}"),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let mut state = state();
            changed(&mut state);
            let before = state.filter.clone();
            open_in(&mut state, &path);
            assert_eq!(state.filter, before, "{name}");
            assert_eq!(state.notice.as_ref().unwrap().kind, NoticeKind::Problem, "{name}");
        }
    }
}
