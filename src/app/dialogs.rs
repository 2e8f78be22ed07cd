//! The desktop's file dialogs, behind a trait so that tests and desktops without them can do
//! without.

use std::path::PathBuf;

/// Asks the user for files. `None` means cancelled, or that the desktop has no such dialog.
pub trait Dialogs {
    /// Asks for a file to open. Blocks until answered, so it is called off the UI thread.
    fn open(&self) -> Option<PathBuf>;

    /// Asks where to save a file of the given name. Blocks until answered.
    fn save(&self, name: &str) -> Option<PathBuf>;
}

/// The dialogs of the desktop (on Linux by way of the desktop portal).
#[derive(Clone, Copy, Debug, Default)]
pub struct NativeDialogs;

impl Dialogs for NativeDialogs {
    fn open(&self) -> Option<PathBuf> {
        rfd::FileDialog::new()
            .set_title("Open a file of engagements")
            .add_filter(
                "Engagements",
                &["json", "jsonl", "ndjson", "csv", "tsv", "txt", "gexf", "graphml", "gz", "zst"],
            )
            .add_filter("Figures and saved views", &["svg", "pdf", "png", "json"])
            .add_filter("All files", &["*"])
            .pick_file()
    }

    fn save(&self, name: &str) -> Option<PathBuf> {
        rfd::FileDialog::new().set_title("Save the snapshot as").set_file_name(name).save_file()
    }
}
