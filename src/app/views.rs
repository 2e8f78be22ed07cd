//! The named views that are kept between runs.

use std::sync::Arc;

use super::state::Loading;
use super::{AppState, SavedView, Task, ViewParts, reopen};
use crate::formats::{OpenOptions, Progress, write_file};

/// The longest name of a view, in characters.
const LONGEST: usize = 120;

impl AppState {
    /// Keeps the present view under a name; one of the same name is replaced.
    pub(super) fn save_view(&mut self, name: &str) {
        let Some(name) = tidy(name) else { return };
        let document = &self.document;
        let parts: ViewParts = self.view_parts();
        let mut view =
            SavedView::new(&document.dataset, &parts, &document.file_name(), &document.checksum);
        view.name = name;
        match self.settings.views.iter_mut().find(|known| known.name == view.name) {
            Some(known) => *known = view,
            None => self.settings.views.push(view),
        }
    }

    /// Gives a kept view another name, unless another one has it.
    pub(super) fn rename_view(&mut self, at: usize, name: &str) {
        let Some(name) = tidy(name) else { return };
        if self.settings.views.iter().any(|view| view.name == name) {
            return;
        }
        if let Some(view) = self.settings.views.get_mut(at) {
            view.name = name;
        }
    }

    pub(super) fn delete_view(&mut self, at: usize) {
        if at < self.settings.views.len() {
            self.settings.views.remove(at);
        }
    }

    /// Takes up a kept view, on its own data where that is open or can be found.
    pub(super) fn open_view(&mut self, at: usize) {
        let Some(view) = self.settings.views.get(at).cloned() else { return };
        let known = self.known();
        if view.data.sha256 == known.checksum || view.data.file == known.name {
            let name = view.name.clone();
            self.restore(&view, &name);
            return;
        }
        if let Some(loading) = &self.loading {
            loading.progress.cancel();
        }
        let (name, progress) = (view.name.clone(), Arc::new(Progress::default()));
        let task = {
            let progress = Arc::clone(&progress);
            Task::start("open", &self.waker, move || {
                reopen::with_data(view, None, &known, &progress)
            })
        };
        self.loading = Some(Loading { name, progress, options: OpenOptions::default(), task });
    }

    /// Writes a kept view to a file that the user names.
    pub(super) fn export_view(&mut self, at: usize) {
        if self.saving.is_some() {
            return;
        }
        let Some(view) = self.settings.views.get(at).cloned() else { return };
        let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let stem: String = view.name.chars().map(plain).collect();
        let dialogs = Arc::clone(&self.dialogs);
        self.saving = Some(Task::start("save", &self.waker, move || {
            let path = dialogs.save(&format!("{stem}.demarche-view.json"))?;
            let result = write_file(&path, format!("{}\n", view.json()).as_bytes());
            Some((path, result.map_err(|error| error.to_string())))
        }));
    }
}

/// A name without space around it, cut where it is too long; `None` for an empty one.
fn tidy(name: &str) -> Option<String> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, Document, NativeDialogs, NoticeKind, Settings};
    use crate::query::LaneBy;

    fn state() -> AppState {
        let document = Document::built_in().unwrap();
        AppState::new(document, Settings::default(), Arc::new(NativeDialogs), Arc::new(|| {}))
    }

    #[test]
    fn a_view_is_kept_opened_renamed_and_deleted() {
        let mut state = state();
        state.apply(Command::SetText("mekong".to_owned()));
        state.apply(Command::SetLanes(LaneBy::Kind));
        state.apply(Command::SaveView("  Mekong \n".to_owned()));
        state.apply(Command::SaveView(" ".to_owned()));
        assert_eq!(state.settings.views.len(), 1);
        assert_eq!(state.settings.views[0].name, "Mekong");

        // Settings survive a restart as text.
        let text = serde_json::to_string(&state.settings).unwrap();
        let settings: Settings = serde_json::from_str(&text).unwrap();
        assert_eq!(settings, state.settings);

        state.apply(Command::ClearFilter);
        state.apply(Command::SetLanes(LaneBy::Party));
        state.apply(Command::OpenView(0));
        assert_eq!((state.filter.text.as_str(), state.view.lanes), ("mekong", LaneBy::Kind));
        assert_eq!(state.notice.as_ref().unwrap().kind, NoticeKind::Done);

        state.apply(Command::SaveView("Other".to_owned()));
        state.apply(Command::RenameView(1, "Mekong".to_owned()));
        assert_eq!(state.settings.views[1].name, "Other", "names stay apart");
        state.apply(Command::RenameView(1, "Third".to_owned()));
        assert_eq!(state.settings.views[1].name, "Third");
        state.apply(Command::DeleteView(0));
        state.apply(Command::DeleteView(7));
        state.apply(Command::OpenView(7));
        assert_eq!(state.settings.views.len(), 1);
    }
}
