//! The state of the app, the commands that change it, and its background tasks. Nothing here
//! paints: `ui` reads [`AppState`] and pushes [`Command`]s, which [`AppState::apply`] carries out.

mod apply;
mod arrange;
mod catalogue;
mod changes;
mod checked;
mod command;
mod copy;
mod dates;
mod derived;
mod dialogs;
mod document;
mod figure_data;
mod filter_words;
mod history;
mod indexing;
mod lanes;
mod map;
mod navigate;
mod network_look;
mod play;
mod reading;
mod redraw;
mod reopen;
mod room;
mod saved_lanes;
mod saved_reading;
mod saved_view;
mod settings;
mod shown;
mod snapshot;
mod state;
mod table_order;
mod tasks;
mod view;
mod views;

pub use crate::model::words::TableColumn;
pub use arrange::{ArrangeCommand, Arranging};
pub use catalogue::{Entry, Keys, catalogue};
pub use changes::{
    Cast, ChangeCommand, Changes, Compared, Divided, Listed, Listing, PERIODS_FIELD, basis, ends,
};
pub use checked::CheckedDocument;
pub use command::{Command, Pane};
pub use copy::{Clip, CopyAs, MOST_COPIED};
pub use derived::Derived;
pub use dialogs::{Dialogs, NativeDialogs};
pub use document::{BUILT_IN, BUILT_IN_NAME, Document, Origin, short_checksum};
pub use filter_words::{describe, value_name};
pub use lanes::LaneCommand;
pub use map::MapCommand;
pub use network_look::network_look;
pub use play::{Play, PlayCommand, PlaySpeed};
pub use reading::{Measured, NetworkCommand, PartyColumn, TableRows, measured_now};
pub use redraw::{Redrawn, redrawn};
pub use room::Room;
pub use saved_lanes::SavedLanes;
pub use saved_reading::SavedReading;
pub use saved_view::{SavedFilter, SavedView, ViewData, ViewParts};
pub use settings::{MAX_RECENT, Settings, ThemeChoice};
pub use snapshot::{Preview, SnapshotError, SnapshotInput, SnapshotOptions, missing_words};
pub use state::{AppState, MapGround, Notice, NoticeKind, Overlay};
pub use table_order::TableOrder;
pub use tasks::{Task, Waker};
pub use view::change::{
    Against, ChangeColumn, ChangeMode, ChangeSort, ChangeView, PanelsBy, WindowProblem, Windows,
};
pub use view::{MapTab, TableSort, TimeWindow, View};
