//! Keys and dropped files.

use egui::{Context, Key};

use crate::app::{AppState, Command, catalogue};

/// Turns keys into commands. Plain keys write text while a text field has the keyboard.
pub fn keys(ctx: &Context, state: &AppState, out: &mut Vec<Command>) {
    let typing = ctx.egui_wants_keyboard_input();
    for entry in catalogue() {
        for keys in entry.keys {
            let plain = keys.modifiers.is_none();
            let closes = entry.command == Command::Escape;
            if plain && typing && !closes {
                continue;
            }
            // A dialog takes all keys but those that open another or close it.
            if state.overlay.is_some() && plain {
                continue;
            }
            // Plain arrows walk the focus while a widget has it.
            let arrow = matches!(keys.logical_key, Key::ArrowLeft | Key::ArrowRight);
            if plain && arrow && ctx.memory(|memory| memory.focused().is_some()) {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(keys)) {
                if closes && typing {
                    ctx.memory_mut(|memory| {
                        if let Some(id) = memory.focused() {
                            memory.surrender_focus(id);
                        }
                    });
                } else {
                    out.push(entry.command.clone());
                }
            }
        }
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
