//! Everything that a user can do, as one enum: menu, palette, keys and buttons all send these.

use std::path::PathBuf;

use super::{
    ArrangeCommand, ChangeCommand, CopyAs, LaneCommand, MapCommand, MapTab, NetworkCommand,
    PlayCommand, SnapshotOptions, TableColumn, ThemeChoice, TimeWindow,
};
use crate::formats::OpenOptions;
use crate::layout::camera::Camera;
use crate::model::{DayRange, EngagementId, Target};
use crate::query::{Dimension, LaneBy, LaneOrder, Match, TieWeight};

/// A part of the window that can be shown and hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The filters on the left.
    Filters,
    /// The details on the right.
    Details,
    /// The network, map and table below the timeline.
    Map,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for a file and open it.
    OpenDialog,
    /// Show the field for typing a path.
    OpenField,
    /// Open a file.
    Open(PathBuf),
    /// Open the built-in dataset.
    OpenBuiltIn,
    /// Read the present file again, in another way.
    Reread(OpenOptions),
    /// Forget the recent files.
    ClearRecent,
    /// Stop what is being loaded.
    CancelLoading,
    /// Put the notice away.
    DismissNotice,

    /// Select something, or nothing.
    Select(Option<Target>),
    /// Select something and bring it into view.
    Reveal(Target),
    /// Point at something, or at nothing.
    Hover(Option<Target>),
    /// The place before.
    Back,
    /// The place after.
    Forward,
    /// The next engagement in time.
    Next,
    /// The previous engagement in time.
    Previous,
    /// Close what is open, or clear the selection.
    Escape,

    /// Show all time.
    FitAll,
    /// Show the time of the selection, or of what the filter lets through.
    FitSelection,
    /// Show the time of what the filter lets through.
    FitFilter,
    /// Show a stretch of time, as one step that "back" undoes.
    ShowWindow(TimeWindow),
    /// Show a stretch of time, as part of a movement.
    MoveWindow(TimeWindow),
    /// Move by a share of the visible time.
    Pan(f64),
    /// Show `factor` times as much time, around the middle.
    Zoom(f64),
    /// What the lanes stand for.
    SetLanes(LaneBy),
    /// Pin, fold and look for lanes.
    Lanes(LaneCommand),
    /// In which order the lanes stand.
    SortLanes(LaneOrder),
    /// Whether lanes with nothing in the window are left out.
    OnlyLanesInView(bool),
    /// Play, stop, step through time.
    Play(PlayCommand),
    /// What the Change tab shows.
    Change(ChangeCommand),
    /// What the lower pane shows.
    SetTab(MapTab),
    /// Whether the lower pane follows the timeline's window.
    FollowWindow(bool),
    /// How ties are weighted.
    SetTieWeight(TieWeight),
    /// How the network is read.
    Network(NetworkCommand),
    /// Sort the table by a column; again to turn the order round.
    SortTable(TableColumn),
    /// Do something to the layout of the network.
    Arrange(ArrangeCommand),
    /// What part of the network is seen; all of it when `None`.
    SetNetworkCamera(Option<Camera>),
    /// Something about the map.
    Map(MapCommand),
    /// Choose one of several claims of an engagement's date, or none.
    ChooseClaim(EngagementId, Option<usize>),

    /// Let a value of a dimension pass or not.
    ToggleFacet(Dimension, u32),
    /// Let only this value of a dimension pass.
    OnlyFacet(Dimension, u32),
    /// Let all values of a dimension pass.
    ClearFacet(Dimension),
    /// Only engagements whose sources disagree on the date, or all.
    DisputedOnly(bool),
    /// Which question is asked of dates.
    SetMatch(Match),
    /// Words that must occur.
    SetText(String),
    /// Only engagements between two dates, each EDTF or words; empty for no limit.
    SetDates(String, String),
    /// Only engagements on a set of days, as typed (see [`day_set`](crate::query::day_set)).
    SetDays(String),
    /// Let the engagements of these days pass as well.
    AddDays(DayRange),
    /// Let everything pass.
    ClearFilter,

    /// Put a finding aside, by its id, with a reason.
    DismissFinding(String, String),
    /// Take a finding up again, by its id.
    RestoreFinding(String),
    /// Which theme to use.
    SetTheme(ThemeChoice),
    /// Show or hide a pane.
    Toggle(Pane),
    /// Give the lower pane all the height but that of the overview, or take it back.
    FillPane,
    /// How much of the height the lower pane takes, as a share; as at first when `None`.
    Split(Option<f32>),
    /// Whether the window is too narrow for both side panels.
    Narrow(bool),
    /// Put the cursor into the search field.
    FocusSearch,
    /// Show the palette.
    ShowPalette,
    /// Show all keys.
    ShowKeys,
    /// Show what the program is.
    ShowAbout,
    /// Show how the columns of the open table were understood.
    ShowMapping,
    /// Show the dialog that makes a snapshot.
    ShowExport,
    /// Draw a small picture of a snapshot in the background.
    PreviewSnapshot(SnapshotOptions),
    /// Ask where to save a snapshot, and save it there.
    SaveSnapshotAs(SnapshotOptions),
    /// Save a snapshot to a file.
    SaveSnapshot(SnapshotOptions, PathBuf),
    /// Keep the present view under a name.
    SaveView(String),
    /// Take up a saved view, by its place in the list.
    OpenView(usize),
    /// Give a saved view another name.
    RenameView(usize, String),
    /// Forget a saved view.
    DeleteView(usize),
    /// Ask where to write a saved view as a file, and write it there.
    ExportView(usize),
    /// Close the dialog that is open.
    CloseOverlay,
    /// Copy words to the clipboard.
    Copy(String),
    /// Copy the selection, or what the lower pane shows where nothing is selected.
    CopySelection(CopyAs),
    /// Copy a figure: as text where its format is SVG, otherwise as a picture. The present view
    /// where nothing more is said.
    CopyFigure(Box<Option<SnapshotOptions>>),
    /// Close the window.
    Quit,
}
