//! The whole state of the app.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::arrange::Arranging;
use super::checked::CheckedDocument;
use super::derived::Inputs;
use super::history::{History, Place};
use super::indexing::Indexing;
use super::reading::Measured;
use super::reopen::Loaded;
use super::snapshot::{Preview, SnapshotOptions};
use super::tasks::{Task, Waker};
use super::{Changes, Clip, Derived, Dialogs, Document, Play, Room, Settings, View};
use crate::formats::{OpenError, OpenOptions, Progress};
use crate::layout::globe::Globe;
use crate::layout::ground::{Ground, Mesh};
use crate::layout::network::PartyLayout;
use crate::model::{PartyId, Target};
use crate::query::Filter;
use crate::scene::map::Extent;

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Done,
    /// Something was not done, or not quite.
    Problem,
}

/// A line at the top of the window that stays until it is dismissed or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How serious it is.
    pub kind: NoticeKind,
    /// What happened.
    pub title: String,
    /// Where and what to do about it.
    pub text: String,
}

/// A dialog over the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The command palette.
    Palette,
    /// All keys.
    Keys,
    /// The snapshot dialog.
    Export,
    /// How columns were understood.
    Mapping,
    /// The field for typing a path.
    OpenField,
    /// What the program is.
    About,
}

/// A file that is being loaded.
#[derive(Debug)]
pub struct Loading {
    /// Its name, for the window.
    pub name: String,
    /// How far it is.
    pub progress: Arc<Progress>,
    pub(super) options: OpenOptions,
    pub(super) task: Task<Result<Loaded, OpenError>>,
}

/// What came of saving a snapshot: the file and what went wrong; nothing when it was cancelled.
pub(super) type Saved = Option<(PathBuf, Result<(), String>)>;

/// The basemap, cut and projected for a document, with its land as triangles.
#[derive(Debug)]
pub struct MapGround {
    /// The outlines; of a globe as it is turned at first.
    pub ground: Ground,
    /// The land, filled.
    pub mesh: Mesh,
    /// How far the document reaches.
    pub extent: Arc<Extent>,
    /// The globe, which is turned without being made again; `None` on a flat map.
    pub globe: Option<Arc<Globe>>,
}

/// The way that was sought last: between whom, among which ties (by their revision), and what it is.
pub(super) type Way = (Option<((PartyId, PartyId), u64)>, Vec<PartyId>);

/// The whole state of the app. Changed by [`AppState::apply`] and [`AppState::poll`] only.
pub struct AppState {
    /// The open document.
    pub document: Arc<Document>,
    /// How the open document was read.
    pub options: OpenOptions,
    /// What is let through.
    pub filter: Filter,
    /// The two date fields as typed.
    pub dates: (String, String),
    /// What is wrong with them, if anything.
    pub dates_problem: Option<String>,
    /// The set of days as typed.
    pub only_in: String,
    /// What is wrong with it, if anything.
    pub only_in_problem: Option<String>,
    /// What is looked at.
    pub view: View,
    /// What is selected.
    pub selection: Option<Target>,
    /// What is pointed at.
    pub hover: Option<Target>,
    /// What follows from the above.
    pub derived: Derived,
    /// What the Change tab shows, counted.
    pub changes: Changes,
    /// The window in motion.
    pub play: Play,
    /// What was measured of the parties.
    pub measured: Measured,
    /// The party from which a way is to lead to the one that is selected next.
    pub path_from: Option<PartyId>,
    /// The way that was sought last, and between whom among which ties.
    pub(super) way: Way,
    /// What survives a restart.
    pub settings: Settings,
    /// What the window has room for.
    pub room: Room,
    /// The dialog that is open.
    pub overlay: Option<Overlay>,
    /// What the checker found in the document; nothing yet while a large one is being checked.
    pub checked: Arc<CheckedDocument>,
    /// Counts up whenever the document was checked.
    pub checked_revision: u64,
    /// The line at the top of the window.
    pub notice: Option<Notice>,
    /// What is being loaded.
    pub loading: Option<Loading>,
    /// Where the parties stand: laid out once over the whole period, with what was dragged.
    pub layout: Arc<PartyLayout>,
    /// A layout in the making.
    pub arranging: Option<Arranging>,
    /// How freely parties move when they are laid out again, from 0 (they stay) to 1.
    pub freedom: f64,
    /// Counts up whenever a party is put somewhere else.
    pub layout_revision: u64,
    /// Where parties stand otherwise than in a first layout: those that were moved, or all of
    /// them once they were laid out again.
    pub moved: BTreeMap<PartyId, [f64; 2]>,
    /// The basemap on the plane of the document's projection, once it is asked for and ready.
    pub ground: Option<Arc<MapGround>>,
    /// The small picture of the snapshot that was last asked for, with what was asked.
    pub preview: Option<(SnapshotOptions, Result<Preview, String>)>,
    /// Set when the search field is to take the cursor; the window clears it.
    pub focus_search: bool,
    /// Set when the field for names of lanes is to take the cursor; the window clears it.
    pub focus_lanes: bool,
    /// Set when the selection is to be scrolled into view; the window clears it.
    pub reveal: bool,
    /// What is to go to the clipboard; the window takes it.
    pub clipboard: Option<Clip>,
    /// Set when the window is to close.
    pub quit: bool,
    pub(super) history: History,
    pub(super) dialogs: Arc<dyn Dialogs + Send + Sync>,
    pub(super) choosing: Option<Task<Option<PathBuf>>>,
    pub(super) checking: Option<Task<CheckedDocument>>,
    pub(super) indexing: Option<Indexing>,
    pub(super) previewing: Option<Task<(SnapshotOptions, Result<Preview, String>)>>,
    pub(super) saving: Option<Task<Saved>>,
    pub(super) preparing: Option<Task<MapGround>>,
    pub(super) copying: Option<Task<Result<Clip, String>>>,
    pub(super) waker: Waker,
}

impl AppState {
    /// The app with a document open.
    #[must_use]
    pub fn new(
        document: Document,
        settings: Settings,
        dialogs: Arc<dyn Dialogs + Send + Sync>,
        waker: Waker,
    ) -> Self {
        let view = View { lanes: settings.lanes, tab: settings.tab, ..View::new(&document) };
        let mut state = Self {
            document: Arc::new(document),
            options: OpenOptions::default(),
            filter: Filter::default(),
            dates: (String::new(), String::new()),
            dates_problem: None,
            only_in: String::new(),
            only_in_problem: None,
            view,
            selection: None,
            hover: None,
            derived: Derived::default(),
            changes: Changes::default(),
            play: Play::default(),
            measured: Measured::default(),
            path_from: None,
            way: (None, Vec::new()),
            settings,
            room: Room::default(),
            overlay: None,
            notice: None,
            checked: Arc::default(),
            checked_revision: 0,
            checking: None,
            indexing: None,
            loading: None,
            layout: Arc::default(),
            arranging: None,
            freedom: 0.5,
            layout_revision: 0,
            moved: BTreeMap::new(),
            ground: None,
            preview: None,
            previewing: None,
            saving: None,
            focus_search: false,
            focus_lanes: false,
            reveal: false,
            clipboard: None,
            quit: false,
            history: History::default(),
            dialogs,
            choosing: None,
            preparing: None,
            copying: None,
            waker,
        };
        state.view.lanes = state.opening_lanes();
        state.view.window = state.opening_window();
        state.start_check();
        state.start_indexing();
        state.arrange(super::arrange::Start::File);
        state.refresh();
        state
    }

    /// Brings what follows from document, filter and view up to date.
    pub fn refresh(&mut self) {
        self.derive(Derived::refresh);
        self.refresh_changes();
        self.seek_way();
        self.measure();
    }

    /// Takes up what was counted in the background. Returns whether there was anything.
    pub(super) fn poll_counts(&mut self) -> bool {
        self.derive(Derived::poll)
    }

    fn derive<T>(&mut self, with: impl FnOnce(&mut Derived, &Inputs<'_>) -> T) -> T {
        let mut derived = std::mem::take(&mut self.derived);
        let answer = with(
            &mut derived,
            &Inputs {
                document: &self.document,
                filter: &self.filter,
                view: &self.view,
                selection: self.selection,
                pane: self.settings.map_open,
                waker: &self.waker,
            },
        );
        self.derived = derived;
        answer
    }

    /// Whether there is somewhere to go back to, and forward to.
    #[must_use]
    pub fn can_go(&self) -> (bool, bool) {
        self.history.can()
    }

    /// Where the user is.
    pub(super) fn place(&self) -> Place {
        Place { view: self.view.clone(), filter: self.filter.clone(), selection: self.selection }
    }

    /// The name that a snapshot is saved under unless the user says otherwise.
    #[must_use]
    pub fn snapshot_name(&self, options: &SnapshotOptions) -> String {
        let file = std::path::Path::new(&self.document.report.file);
        let stem = file.file_stem().map_or("demarche".into(), |stem| stem.to_string_lossy());
        let view = options.view.label().to_lowercase();
        format!("{stem}-{view}.{}", options.format.ending())
    }

    /// Whether a snapshot is being drawn or saved.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Whether the open file is a table whose columns were mapped.
    #[must_use]
    pub fn has_mapping(&self) -> bool {
        self.document.mapping.is_some()
    }
}
