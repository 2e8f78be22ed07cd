//! Keys and dropped files.

use egui::{Context, Id, Key, Modifiers, Response, Ui, text_selection::LabelSelectionState};

use crate::app::{AppState, Command, CopyAs, catalogue};

/// Turns keys into commands. Plain keys write text while a text field has the keyboard.
/// `was_typing` says that a text field had it when the last frame ended.
pub fn keys(ctx: &Context, state: &AppState, was_typing: bool, out: &mut Vec<Command>) {
    let typing = ctx.text_edit_focused();
    let entries = catalogue();
    let shortcuts = entries.iter().flat_map(|entry| entry.keys.iter().map(move |key| (entry, key)));
    // A plain key also matches while Shift or Alt is held (on most keyboards `?` needs Shift), so
    // keys that ask for a modifier come first: Alt+← is not ←.
    let (plain, chords): (Vec<_>, Vec<_>) = shortcuts.partition(|(_, key)| key.modifiers.is_none());
    // Shift alone writes capital letters: it comes last, with the plain keys.
    let (shifted, chords): (Vec<_>, Vec<_>) =
        chords.into_iter().partition(|(_, key)| key.modifiers == Modifiers::SHIFT);
    // What takes most keys held comes first: Ctrl+Z also matches Ctrl+Shift+Z.
    let (three, two): (Vec<_>, Vec<_>) = chords
        .into_iter()
        .partition(|(_, key)| key.modifiers == Modifiers::COMMAND.plus(Modifiers::SHIFT));
    for (entry, key) in three.into_iter().chain(two) {
        // A text field takes back its own words.
        if typing && matches!(key.logical_key, Key::Z | Key::Y) {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(key)) {
            out.push(entry.command.clone());
        }
    }
    // A dialog takes all plain keys, and so does a field that is about to open: what was typed right
    // behind its keys, while a frame took its time, is meant for it.
    if state.overlay.is_some() {
        return;
    }
    if out.iter().any(|command| matches!(command, Command::ShowPalette | Command::FocusSearch)) {
        if !typing {
            type_ahead(ctx);
        }
        return;
    }
    for (entry, key) in shifted.into_iter().chain(plain) {
        let closes = entry.command == Command::Escape;
        if typing && !closes {
            continue;
        }
        // Plain arrows walk the focus while a widget has it.
        let arrow = matches!(key.logical_key, Key::ArrowLeft | Key::ArrowRight);
        if arrow && ctx.memory(|memory| memory.focused().is_some()) {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(key)) {
            // Escape in a text field leaves the field; egui has taken its focus away already.
            if closes && was_typing {
                continue;
            }
            out.push(entry.command.clone());
        }
    }
}

/// Keeps what was written in this frame for the palette or the search that it opens.
fn type_ahead(ctx: &Context) {
    let text = written(ctx);
    ctx.data_mut(|data| data.insert_temp(Id::unique(AHEAD), text));
}

/// What was written before the palette or the search could take it: in the frame of its keys and in its first own.
pub fn typed_ahead(ctx: &Context) -> String {
    let before: Option<String> = ctx.data_mut(|data| data.remove_temp(Id::unique(AHEAD)));
    before.unwrap_or_default() + &written(ctx)
}

/// The text that was written in this frame.
fn written(ctx: &Context) -> String {
    ctx.input(|input| {
        let text = input.events.iter().filter_map(|event| match event {
            egui::Event::Text(text) => Some(text.as_str()),
            _ => None,
        });
        text.collect()
    })
}

/// Under which name it is kept.
const AHEAD: &str = "typed ahead";

/// Whether a text field was left by Escape: the key itself was taken by then, see [`keys`].
pub fn escaped(ui: &Ui, response: &Response) -> bool {
    let pressed = |event: &egui::Event| {
        matches!(event, egui::Event::Key { key: Key::Escape, pressed: true, .. })
    };
    (response.has_focus() || response.lost_focus())
        && ui.input(|input| input.raw.events.iter().any(pressed))
}

/// Copies the selection as text, unless the keys belong to words that are marked or written.
pub fn copy(ctx: &Context, state: &AppState, out: &mut Vec<Command>) {
    let asked = ctx.input(|input| input.events.contains(&egui::Event::Copy));
    let marked = || ctx.plugin::<LabelSelectionState>().lock().has_selection();
    if asked && state.overlay.is_none() && !ctx.text_edit_focused() && !marked() {
        out.push(Command::CopySelection(CopyAs::Text));
    }
}

/// Opens a file that was dropped on the window. Of several, the first.
pub fn dropped(ctx: &Context, out: &mut Vec<Command>) {
    let path =
        ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    if let Some(path) = path {
        out.push(Command::Open(path));
    }
}

/// Whether a file is being held over the window.
pub fn hovering(ctx: &Context) -> bool {
    ctx.input(|input| !input.raw.hovered_files.is_empty())
}
