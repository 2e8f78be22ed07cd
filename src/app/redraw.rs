//! A figure or a saved view as something to be drawn again, without a window.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::reopen::{self, Known};
use super::{AppState, NativeDialogs, Notice, NoticeKind, SavedView, Settings, SnapshotInput};
use crate::formats::{OpenError, Progress};

/// What a figure carries, on the data that it is about.
pub struct Redrawn {
    /// From what it is drawn again.
    pub input: SnapshotInput,
    /// How its data differ from those of then, in words; `None` where they are the same.
    pub differs: Option<String>,
}

/// Takes up the view that a file carries, and finds its data: beside the file, in it, or built in.
/// `None` where the file carries no view.
///
/// # Errors
/// When the view cannot be read, or its data cannot be found or read.
pub fn redrawn(path: &Path) -> Result<Option<Redrawn>, OpenError> {
    let Some(json) = reopen::view_in(path) else { return Ok(None) };
    let file = path.display().to_string();
    let unusable = |message: String| OpenError::Unusable {
        file: file.clone(),
        line: None,
        column: None,
        message,
    };
    let view = SavedView::parse(&json).map_err(unusable)?;
    let loaded = reopen::with_data(view, Some(path), &Known::default(), &Progress::default())?;
    let Some(view) = loaded.view else { return Ok(None) };
    let Some(document) = loaded.document else {
        let data =
            if view.data.file.is_empty() { "a file without a name" } else { &view.data.file };
        return Err(unusable(format!(
            "this is a figure or view of {data}, which is not beside it; put the data there, or \
             name the data itself and what to draw"
        )));
    };
    let mut state =
        AppState::new(document, Settings::default(), Arc::new(NativeDialogs), Arc::new(|| {}));
    state.restore(&view, &file);
    while state.arranging.is_some() || state.checking.is_some() {
        if !state.poll() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let differs = match state.notice.take() {
        Some(Notice { kind: NoticeKind::Problem, text, .. }) => Some(text),
        _ => None,
    };
    let mut input = SnapshotInput::of(&state);
    // A view that was made without a window has none now.
    input.parts.window = view.window;
    input.parts.theme = view.theme;
    Ok(Some(Redrawn { input, differs }))
}
