//! Writing files: in a format by extension, and never half.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::network::{self, NetworkLook};
use super::{native, table};
use crate::model::Dataset;

/// Why a file could not be written. One line that names the file and says what to do; what was
/// there before is untouched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct SaveError {
    /// The file as the user named it.
    pub file: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl SaveError {
    fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { file: path.display().to_string(), message: message.into() }
    }
}

/// What writes a file to where it is to go.
type Writer<'a> = Box<dyn FnOnce(&mut dyn io::Write) -> io::Result<()> + 'a>;

/// Writes a dataset in the format that the extension of `path` names: `.json` for everything it
/// holds, `.jsonl` or `.ndjson` for the same with one engagement a line, `.csv` or `.tsv` for its
/// engagements one a row, `.gexf` or `.graphml` for its network and all it holds, for which `look`
/// is asked how it is drawn. `input` is the file that the dataset was read from, which is never
/// written over.
///
/// # Errors
/// When the extension is not one of these, when `path` is the input, or when the disk refuses.
pub fn write(
    dataset: &Dataset,
    path: &Path,
    input: Option<&Path>,
    look: impl FnOnce() -> NetworkLook,
) -> Result<(), SaveError> {
    let extension = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
    let write: Writer<'_> = match extension.as_deref() {
        Some("json") => Box::new(|out| native::write_to(dataset, out)),
        Some("jsonl" | "ndjson") => Box::new(|out| native::write_lines(dataset, out)),
        Some("csv") => Box::new(|out| table::write_to(dataset, ',', out)),
        Some("tsv" | "tab") => Box::new(|out| table::write_to(dataset, '\t', out)),
        Some("gexf") => {
            Box::new(|out| out.write_all(network::write_gexf(dataset, &look()).as_bytes()))
        }
        Some("graphml") => {
            Box::new(|out| out.write_all(network::write_graphml(dataset, &look()).as_bytes()))
        }
        _ => {
            return Err(SaveError::new(
                path,
                "the extension names no format that can be written; end the name in .json, .jsonl, \
                 .csv, .tsv, .gexf or .graphml",
            ));
        }
    };
    if input.is_some_and(|input| same_file(input, path)) {
        return Err(SaveError::new(
            path,
            "this is the file being converted; name another one to write to",
        ));
    }
    write_with(path, write)
}

/// Writes a file whole: into a temporary file beside it that takes its place at the end, so that
/// nobody ever sees half of it and a full disk does not cost the old one.
///
/// # Errors
/// When the disk refuses.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    write_with(path, |out| out.write_all(bytes))
}

/// The same as [`write_file`], by what writes it piece by piece.
fn write_with(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), SaveError> {
    // A link stays one: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(SaveError::new(path, "this is a folder; name a file in it"));
    }
    let unwritable = |error: &io::Error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist; make it first".to_owned(),
            io::ErrorKind::PermissionDenied => {
                "you have no permission to write in its folder; choose another".to_owned()
            }
            io::ErrorKind::StorageFull => {
                "the disk is full; make room or choose another".to_owned()
            }
            _ => format!("it cannot be written: {error}"),
        };
        SaveError::new(path, message)
    };
    if target.exists() && !target.is_file() {
        // A device or a pipe has no place beside it and cannot be replaced.
        return File::create(&target)
            .and_then(|file| buffered(&file, write))
            .map_err(|error| unwritable(&error));
    }
    let (part, file) = beside(&target).map_err(|error| unwritable(&error))?;
    let written = buffered(&file, write)
        .and_then(|()| file.sync_all())
        .and_then(|()| match fs::metadata(&target) {
            Ok(old) => fs::set_permissions(&part, old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| fs::rename(&part, &target));
    written.map_err(|error| {
        // Whatever hinders the removal too, the first error is the one to tell.
        let _ = fs::remove_file(&part);
        unwritable(&error)
    })
}

/// Writes to a file in larger pieces than it is given.
fn buffered(
    file: &File,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, file);
    write(&mut out)?;
    out.flush()
}

/// A new file in the folder of another.
fn beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut number = 0_u32;
    loop {
        let part = target.with_file_name(format!(".{name}.{}-{number}.part", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {
                number += 1;
            }
            opened => return opened.map(|file| (part, file)),
        }
    }
}

/// Whether two paths lead to the same file.
fn same_file(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DatasetParts;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        fs::write(&path, "old").expect("a file");
        write_file(&path, b"new").expect("written");
        assert_eq!(fs::read(&path).expect("the file"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn the_input_and_unknown_formats_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        fs::write(&path, "old").expect("a file");
        let dataset = Dataset::new(DatasetParts::default()).expect("an empty dataset");
        let other_name = folder.path().join(".").join("a.json");
        let error = write(&dataset, &other_name, Some(&path), NetworkLook::default)
            .expect_err("the same file");
        assert!(error.to_string().contains("being converted"), "{error}");
        assert_eq!(fs::read(&path).expect("the file"), b"old");
        let error = write(&dataset, &folder.path().join("a.xyz"), None, NetworkLook::default)
            .expect_err("no format");
        assert!(error.to_string().contains(".json"), "{error}");
        let error = write(&dataset, &folder.path().join("no/a.json"), None, NetworkLook::default)
            .expect_err("no folder");
        assert!(error.to_string().contains("folder does not exist"), "{error}");
        for (name, start) in
            [("a.json", "{"), ("a.jsonl", "{\"format\""), ("a.csv", "Id,"), ("a.TSV", "Id\t")]
        {
            let path = folder.path().join(name);
            write(&dataset, &path, None, NetworkLook::default).expect("written");
            let text = fs::read_to_string(&path).expect("the file");
            assert!(text.to_lowercase().starts_with(&start.to_lowercase()), "{name}: {text}");
        }
    }
}
