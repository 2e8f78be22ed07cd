//! The app in a harness without a window, driven by the names that a screen reader would read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use demarche::app::{AppState, Command, Dialogs, Document, Settings};
use demarche::model::Target;
use demarche::ui::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportId};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

/// Dialogs that answer what the test has put in, and remember what was asked.
#[derive(Debug, Default)]
pub struct TestDialogs {
    /// The answer to the next question for a file to open; `None` is "cancelled".
    pub open: Mutex<Option<PathBuf>>,
    /// The answer to the next question where to save.
    pub save: Mutex<Option<PathBuf>>,
    /// The names under which files were offered to be saved.
    pub offered: Mutex<Vec<String>>,
}

impl Dialogs for TestDialogs {
    fn open(&self) -> Option<PathBuf> {
        self.open.lock().unwrap().take()
    }

    fn save(&self, name: &str) -> Option<PathBuf> {
        self.offered.lock().unwrap().push(name.to_owned());
        self.save.lock().unwrap().take()
    }
}

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The running app.
pub struct App {
    harness: Harness<'static, Window>,
    /// What stands for the desktop's dialogs.
    pub dialogs: Arc<TestDialogs>,
}

impl App {
    /// The app as it starts for the first time.
    pub fn launch() -> Self {
        Self::with(Settings::default())
    }

    /// The app as it starts with the settings of an earlier run.
    pub fn with(settings: Settings) -> Self {
        Self::start(settings, [1600.0, 1000.0])
    }

    /// The app as it starts for the first time, in a window of another size.
    pub fn sized(width: f32, height: f32) -> Self {
        Self::start(Settings::default(), [width, height])
    }

    fn start(settings: Settings, size: [f32; 2]) -> Self {
        let dialogs = Arc::new(TestDialogs::default());
        let theirs = Arc::clone(&dialogs);
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(egui::Theme::Light)
            .with_max_steps(32)
            .build_eframe(move |cc| {
                let document = Document::built_in().unwrap();
                Window::new(&cc.egui_ctx, document, settings, theirs)
            });
        let mut app = Self { harness, dialogs };
        app.settle();
        app
    }

    /// What the app holds.
    pub fn state(&self) -> &AppState {
        &self.harness.state().state
    }

    /// The harness, for what has no shorter way here.
    pub fn harness(&mut self) -> &mut Harness<'static, Window> {
        &mut self.harness
    }

    /// Shows frames until none is asked for at once. Fails when that never comes, when an input has
    /// no name, and when a character has no glyph.
    pub fn settle(&mut self) {
        self.harness.run();
    }

    /// How long the window would wait with its next frame if nothing happened.
    pub fn rest(&self) -> Duration {
        self.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay
    }

    // What is on the screen.

    /// Whether something on the screen is called so, or says so.
    pub fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Fails unless something on the screen says so.
    #[track_caller]
    pub fn assert_says(&self, words: &str) {
        assert!(self.says(words), "nothing says {words:?}; on the screen:\n{}", self.text());
    }

    /// Fails if something on the screen says so.
    #[track_caller]
    pub fn assert_silent(&self, words: &str) {
        assert!(!self.says(words), "something says {words:?}");
    }

    /// Everything that can be read on the screen, with its role, one a line.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let words = node.label().or_else(|| node.value());
            if let Some(words) = words.filter(|words| !words.is_empty()) {
                lines.push(format!("{:?}: {words}", node.role()));
            }
        }
        lines.join("\n")
    }

    /// The names of all nodes of a role, in the order of the screen reader.
    pub fn names(&self, role: Role) -> Vec<String> {
        self.harness
            .query_all_by_role(role)
            .filter_map(|node| node.accesskit_node().label())
            .collect()
    }

    /// The node of a role and a name.
    #[track_caller]
    pub fn node<'a>(&'a self, role: Role, name: &'a str) -> Node<'a> {
        let mut found = self.harness.query_all_by_role_and_label(role, name);
        let first = found.next();
        assert!(first.is_some(), "no {role:?} {name:?}; on the screen:\n{}", self.text());
        assert!(found.next().is_none(), "more than one {role:?} {name:?}");
        first.unwrap()
    }

    /// The first node of a role whose name begins so.
    #[track_caller]
    pub fn starting(&self, role: Role, start: &str) -> Node<'_> {
        let found = self.harness.query_all_by_role(role).find(|node| {
            node.accesskit_node().label().is_some_and(|label| label.starts_with(start))
        });
        assert!(found.is_some(), "no {role:?} {start:?}…; on the screen:\n{}", self.text());
        found.unwrap()
    }

    /// The count behind a value of a facet.
    #[track_caller]
    pub fn count(&self, value: &str) -> usize {
        let start = format!("{value}, ");
        let label = self.starting(Role::CheckBox, &start).accesskit_node().label().unwrap();
        label[start.len()..].parse().unwrap()
    }

    /// "n of m engagements" of the status line, as two numbers.
    #[track_caller]
    pub fn passing(&self) -> (usize, usize) {
        let label = self.harness.query_all_by_label_contains(" engagements").find_map(|node| {
            let text = node.accesskit_node().value()?;
            let (passing, all) = text.strip_suffix(" engagements")?.split_once(" of ")?;
            Some((passing.parse().ok()?, all.parse().ok()?))
        });
        label.expect("the status line counts the engagements")
    }

    /// The title of the selected engagement.
    pub fn selected(&self) -> Option<String> {
        match self.state().selection {
            Some(Target::Engagement(id)) => {
                Some(self.state().document.dataset.engagement(id).title.to_string())
            }
            _ => None,
        }
    }

    // What a person does.

    /// Clicks what has this role and name, where it is, and takes the pointer away.
    #[track_caller]
    pub fn click(&mut self, role: Role, name: &str) {
        self.node(role, name).click();
        self.after_click();
    }

    /// Clicks the first of a role whose name begins so.
    #[track_caller]
    pub fn click_starting(&mut self, role: Role, start: &str) {
        self.starting(role, start).click();
        self.after_click();
    }

    /// Clicks a value of a facet.
    #[track_caller]
    pub fn facet(&mut self, value: &str) {
        let start = format!("{value}, ");
        self.starting(Role::CheckBox, &start).scroll_to_me();
        self.settle();
        self.click_starting(Role::CheckBox, &start);
    }

    fn after_click(&mut self) {
        self.settle();
        // Away from everything, so that no tooltip repeats a name.
        self.harness.remove_cursor();
        self.settle();
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Sends a command as the palette does.
    pub fn send(&mut self, command: Command) {
        self.harness.state_mut().state.apply(command);
    }

    /// What was put on the clipboard as text since this was last asked.
    pub fn copied(&mut self) -> Option<String> {
        let mut text = None;
        // Each frame is looked at: what it puts on the clipboard is gone with the next.
        for _ in 0..4 {
            self.harness.step();
            for command in &self.harness.output().platform_output.commands {
                if let egui::OutputCommand::CopyText(copied) = command {
                    text = Some(copied.clone());
                }
            }
        }
        text
    }

    /// Presses a key with others held.
    pub fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Clicks twice at a place, as fast as a double click is.
    pub fn double_click(&mut self, at: egui::Pos2) {
        self.harness.hover_at(at);
        self.harness.step();
        for pressed in [true, false, true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            let event = egui::Event::PointerButton { pos: at, button, pressed, modifiers };
            self.harness.input_mut().events.push(event);
        }
        self.harness.step();
        self.settle();
    }

    /// Types into what has the keyboard, one character at a time as a person does.
    pub fn write(&mut self, text: &str) {
        for character in text.chars() {
            self.harness.event(egui::Event::Text(character.to_string()));
            self.settle();
        }
    }

    /// Clicks a field and types into it.
    #[track_caller]
    pub fn fill(&mut self, role: Role, name: &str, text: &str) {
        self.click(role, name);
        self.write(text);
    }

    /// Selects something without a mark of its own.
    pub fn select(&mut self, target: Target) {
        self.harness.state_mut().state.apply(Command::Select(Some(target)));
        self.harness.step();
        self.settle();
    }

    /// Opens the palette, types and presses Enter.
    pub fn palette(&mut self, text: &str) {
        self.chord(Modifiers::COMMAND, Key::K);
        self.write(text);
        self.press(Key::Enter);
    }

    /// Lets a file go over the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.harness.step();
    }

    /// Types the path of a file into the field for it.
    pub fn open_path(&mut self, path: &Path) {
        self.chord(Modifiers::COMMAND, Key::L);
        self.write(path.to_str().unwrap());
        self.press(Key::Enter);
    }

    /// Shows frames until a condition holds. Waits for a background thread, so frames are apart by
    /// a moment; gives up after far more of them than any thread needs.
    #[track_caller]
    pub fn until(&mut self, what: &str, holds: impl Fn(&AppState) -> bool) {
        for _ in 0..6000 {
            self.harness.step();
            if holds(self.state()) {
                self.settle();
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("{what}: never came");
    }

    /// Shows frames until nothing is being loaded.
    #[track_caller]
    pub fn loaded(&mut self) {
        self.until("the end of loading", |state| state.loading.is_none());
    }
}
