//! Starts the window.

use std::path::PathBuf;
use std::sync::Arc;

use super::Window;
use crate::app::{Command, Document, NativeDialogs};
use crate::formats::OpenError;

/// With what the window is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// wgpu: Vulkan, Metal or DirectX.
    #[default]
    Wgpu,
    /// OpenGL.
    Glow,
}

/// How to start.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// The file to open; the built-in dataset when `None`.
    pub file: Option<PathBuf>,
    /// With what the window is drawn.
    pub renderer: Renderer,
    /// The size of the window in points; the last one when `None`.
    pub size: Option<[f32; 2]>,
}

/// Why the window could not be started.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The built-in dataset is broken.
    #[error("the built-in dataset could not be read: {0}")]
    Data(#[from] OpenError),
    /// There is no window system, or no driver for the renderer.
    #[error(
        "no window could be opened ({reason}). A desktop session is needed, and for the {renderer} \
         renderer {need}; try --renderer {other}, or use the commands that need no window \
         (demarche --help)"
    )]
    Window {
        /// What the window system said.
        reason: String,
        /// The renderer that was tried.
        renderer: &'static str,
        /// What it needs.
        need: &'static str,
        /// The other renderer.
        other: &'static str,
    },
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When no window can be opened; the message says what is missing.
pub fn run(options: RunOptions) -> Result<(), RunError> {
    // Read while the window is being opened.
    let reading = std::thread::spawn(Document::built_in);
    let renderer = options.renderer;
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Démarche")
        .with_app_id("demarche")
        .with_min_inner_size([760.0, 480.0])
        .with_inner_size(options.size.unwrap_or([1600.0, 1000.0]))
        .with_drag_and_drop(true);
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(icon);
    }
    let native = eframe::NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Wgpu => eframe::Renderer::Wgpu,
            Renderer::Glow => eframe::Renderer::Glow,
        },
        persist_window: options.size.is_none(),
        system_font_fallback: false,
        ..Default::default()
    };
    eframe::run_native(
        "Démarche",
        native,
        Box::new(move |cc| {
            let settings = Window::settings(cc.storage);
            // A thread that was lost is made up for.
            let document = reading.join().unwrap_or_else(|_| Document::built_in())?;
            let mut window = Window::new(&cc.egui_ctx, document, settings, Arc::new(NativeDialogs));
            if let Some(file) = options.file {
                window.state.apply(Command::Open(file));
            }
            Ok(Box::new(window))
        }),
    )
    .map_err(|error| {
        let error = match error {
            eframe::Error::AppCreation(error) => match error.downcast::<OpenError>() {
                Ok(error) => return RunError::Data(*error),
                Err(error) => eframe::Error::AppCreation(error),
            },
            error => error,
        };
        RunError::Window {
            reason: reason(&error),
            renderer: match renderer {
                Renderer::Wgpu => "wgpu",
                Renderer::Glow => "glow",
            },
            need: match renderer {
                Renderer::Wgpu => "a Vulkan driver (on Debian and Ubuntu: mesa-vulkan-drivers)",
                Renderer::Glow => "OpenGL (on Debian and Ubuntu: libgl1 and libegl1)",
            },
            other: match renderer {
                Renderer::Wgpu => "glow",
                Renderer::Glow => "wgpu",
            },
        }
    })
}

/// What the window system said, without where in its sources it said so.
fn reason(error: &eframe::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(".rs:") {
        Some((_, rest)) => {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ').to_owned()
        }
        None => text,
    }
}

/// The icon of the window; none where it cannot be read, which a test rules out.
fn icon() -> Option<egui::IconData> {
    let file = std::io::Cursor::new(include_bytes!("../../assets/icon.png"));
    let mut reader = png::Decoder::new(file).read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    rgba.truncate(info.buffer_size());
    (info.color_type == png::ColorType::Rgba).then_some(egui::IconData {
        rgba,
        width: info.width,
        height: info.height,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_icon_can_be_read() {
        assert!(super::icon().is_some());
    }
}
