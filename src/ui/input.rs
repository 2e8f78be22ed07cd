//! Keys and dropped files.

use egui::{Context, Key, Modifiers, Response, Ui, text_selection::LabelSelectionState};

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
    for (entry, key) in chords {
        // Shift alone writes capital letters.
        if key.modifiers == Modifiers::SHIFT && (typing || state.overlay.is_some()) {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(key)) {
            out.push(entry.command.clone());
        }
    }
    // A dialog takes all plain keys.
    if state.overlay.is_some() {
        return;
    }
    for (entry, key) in plain {
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
