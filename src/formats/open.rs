//! Opening a file of any known format: detection, then the reader of that format.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::detect::{Detected, OPENABLE, detect};
use super::encoding::{self, Decoded};
use super::network::StatedLook;
use super::table::{DayOrder, Mapping};
use super::unpack::{Failure, Packing};
use super::{Progress, Report, gdelt, icews, native, network, table, unpack};
use crate::model::Dataset;

/// How many bytes are read between two looks at whether to go on.
const CHUNK: u64 = 1 << 20;

/// Files of so many bytes and more are read in pieces side by side.
const BESIDE: u64 = 8 << 20;

/// The largest file that is read.
const MOST: u64 = 1 << 32;

/// What is said of a folder.
const FOLDER: &str = "this is a folder; name a file in it";

/// How to read a file, where the reader's own judgement is to be overruled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenOptions {
    /// For tables: what the columns are. Guessed from headings and values when `None`, or when it
    /// does not have as many columns as the file.
    pub mapping: Option<Mapping>,
    /// For tables: whether dates such as 03/04/2024 start with the day or with the month. Decided
    /// for each column from its values when `None`.
    pub day_order: Option<DayOrder>,
}

/// A dataset and what its reader found.
#[derive(Debug)]
pub struct Opened {
    /// The dataset.
    pub dataset: Dataset,
    /// What the reader found.
    pub report: Report,
    /// The SHA-256 of the file's bytes, in 64 hexadecimal digits.
    pub checksum: String,
    /// For tables: how the columns were understood; [`OpenOptions::mapping`] changes it.
    pub mapping: Option<Mapping>,
    /// For tables: the cells of the first rows, headings not counted.
    pub preview: Vec<Vec<String>>,
    /// For networks: how the file says that parties look, and where it puts them.
    pub look: StatedLook,
}

/// Why a file could not be opened at all. One line that names the file and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It could not be read from the disk.
    #[error("{file}: {message}")]
    Unreadable {
        /// The file as the user named it.
        file: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// It could be read, but nothing in it can be used.
    #[error("{file}{}: {message}", place(*line, *column))]
    Unusable {
        /// The file as the user named it.
        file: String,
        /// The line, from 1, where one is to blame.
        line: Option<u64>,
        /// The character of that line, from 1.
        column: Option<u64>,
        /// What is wrong and what to do.
        message: String,
    },
    /// The reading was cancelled.
    #[error("{file}: cancelled")]
    Cancelled {
        /// The file as the user named it.
        file: String,
    },
}

/// Where in a file, as it stands in a message.
fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        (None, _) => String::new(),
    }
}

/// Opens a file, whatever its format.
///
/// The file is first read whole, then understood; `progress` counts its bytes once for each.
///
/// # Errors
/// When nothing in it can be used: see [`OpenError`].
pub fn open(path: &Path, options: &OpenOptions, progress: &Progress) -> Result<Opened, OpenError> {
    let file = path.display().to_string();
    let bytes = load(path, &file, progress)?;
    read_bytes(&file, Bytes::Shared(Arc::new(bytes)), options, progress)
}

/// Reads a file that is already in memory. `name` is the file's name, used in messages and as one
/// of the clues to its format.
///
/// # Errors
/// When nothing in it can be used: see [`OpenError`].
pub fn read(
    name: &str,
    bytes: &[u8],
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    read_bytes(name, Bytes::Borrowed(bytes), options, progress)
}

/// The bytes of a file, which each reader lets go of when it has made of them what it can: they
/// need not be in memory together with all that comes of them.
#[derive(Clone)]
pub(super) enum Bytes<'a> {
    /// Kept by somebody else.
    Borrowed(&'a [u8]),
    /// Kept as long as anybody needs them.
    Shared(Arc<Vec<u8>>),
}

impl std::ops::Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

fn read_bytes(
    name: &str,
    bytes: Bytes<'_>,
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Unusable {
            file: name.to_owned(),
            line: None,
            column: None,
            message: format!("the file is empty; {OPENABLE}"),
        });
    }
    progress.set_total(bytes.len() as u64);
    let same = bytes.clone();
    let (opened, checksum) = rayon::join(
        || understand(name, bytes, options, progress),
        move || checksum(&same, progress),
    );
    let opened = opened?;
    // Half of a checksum would be that of another file.
    if progress.is_cancelled() {
        return Err(OpenError::Cancelled { file: name.to_owned() });
    }
    Ok(Opened { checksum, ..opened })
}

/// The SHA-256 of bytes, in 64 hexadecimal digits; of some of them when cancelled.
fn checksum(bytes: &[u8], progress: &Progress) -> String {
    let mut hash = Sha256::new();
    for chunk in bytes.chunks(CHUNK as usize) {
        if progress.is_cancelled() {
            break;
        }
        hash.update(chunk);
    }
    hash.finalize().iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Has the reader of the file's format read it.
fn understand(
    name: &str,
    bytes: Bytes<'_>,
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    let unusable = |message: String| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message,
    };
    if let Some(packing) = Packing::of(&bytes) {
        let inner = unpack::unpack(packing, &bytes, progress).map_err(|failure| match failure {
            Failure::Unusable(message) => unusable(message),
            Failure::Cancelled => OpenError::Cancelled { file: name.to_owned() },
        })?;
        // What is packed twice is not unpacked twice.
        if Packing::of(&inner).is_some() {
            return Err(unusable("it is compressed twice; unpack it first".to_owned()));
        }
        if inner.is_empty() {
            return Err(unusable("nothing is in it once it is unpacked".to_owned()));
        }
        progress.set_total(inner.len() as u64);
        drop(bytes);
        let inner = Bytes::Shared(Arc::new(inner));
        let mut opened = understand(packing.inner_name(name), inner, options, progress)?;
        opened.report.notes.insert(0, format!("Compressed with {}.", packing.name()));
        return Ok(opened);
    }
    match detect(name, &bytes) {
        Detected::Json => {
            let decoded = json_text(name, &bytes)?;
            let mut opened = native::read(name, &decoded.text, progress)?;
            opened.report.notes.insert(0, format!("Encoding: {}.", decoded.encoding));
            Ok(opened)
        }
        Detected::Gexf => network::read_gexf(name, &encoding::decode(&bytes).text, progress),
        Detected::GraphMl => network::read_graphml(name, &encoding::decode(&bytes).text, progress),
        Detected::Gdelt(version) if options.mapping.is_none() => {
            gdelt::read(name, &bytes, version, progress)
        }
        Detected::Quadruples if options.mapping.is_none() => icews::read(name, &bytes, progress),
        Detected::Table | Detected::Gdelt(_) | Detected::Quadruples => {
            table::read_bytes(name, bytes, options, progress)
        }
        Detected::Other(what, "") => Err(unusable(format!("this is {what}; {OPENABLE}"))),
        Detected::Other(what, todo) => Err(unusable(format!("this is {what}; {todo}"))),
    }
}

/// Reads a file into memory.
fn load(path: &Path, file: &str, progress: &Progress) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error: &io::Error| OpenError::Unreadable {
        file: file.to_owned(),
        message: match error.kind() {
            io::ErrorKind::NotFound => {
                "there is no such file; check its name and folder".to_owned()
            }
            io::ErrorKind::PermissionDenied => {
                "you have no permission to read it; change its permissions or copy it".to_owned()
            }
            io::ErrorKind::IsADirectory => FOLDER.to_owned(),
            _ => format!("it cannot be read from the disk: {error}"),
        },
    };
    let refused = |message: &str| OpenError::Unreadable {
        file: file.to_owned(),
        message: message.to_owned(),
    };
    let mut source = File::open(path).map_err(|error| unreadable(&error))?;
    let about = source.metadata().map_err(|error| unreadable(&error))?;
    if about.is_dir() {
        return Err(refused(FOLDER));
    }
    progress.set_total(about.len());
    if about.is_file()
        && let Ok(Some(bytes)) = load_beside(&source, about.len(), progress)
    {
        return Ok(bytes);
    }
    progress.set(0, 0);
    let mut bytes = Vec::with_capacity(usize::try_from(about.len().min(1 << 28)).unwrap_or(0));
    loop {
        if progress.is_cancelled() {
            return Err(OpenError::Cancelled { file: file.to_owned() });
        }
        let count = source
            .by_ref()
            .take(CHUNK)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&error))?;
        progress.set(bytes.len() as u64, 0);
        if count == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > MOST {
            return Err(refused("it is larger than 4 GiB; split it into smaller files"));
        }
    }
}

/// Reads a large file of a known length in pieces side by side: most of the time goes into giving the
/// program the memory for it. `None` where it is not done: small files, other systems, a file that
/// is changing, and when cancelled; an error says that it has become shorter.
#[cfg(unix)]
fn load_beside(source: &File, length: u64, progress: &Progress) -> io::Result<Option<Vec<u8>>> {
    use std::os::unix::fs::FileExt as _;
    let Some(length) = usize::try_from(length).ok().filter(|_| (BESIDE..=MOST).contains(&length))
    else {
        return Ok(None);
    };
    let mut bytes = vec![0; length];
    bytes.par_chunks_mut(CHUNK as usize).enumerate().try_for_each(|(at, chunk)| {
        if progress.is_cancelled() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        source.read_exact_at(chunk, at as u64 * CHUNK)?;
        progress.advance(chunk.len() as u64, 0);
        Ok::<_, io::Error>(())
    })?;
    let grown = source.read_at(&mut [0], length as u64)? > 0;
    Ok((!grown).then_some(bytes))
}

#[cfg(not(unix))]
fn load_beside(_: &File, _: u64, _: &Progress) -> io::Result<Option<Vec<u8>>> {
    Ok(None)
}

/// The text of a JSON file, and how its bytes were understood.
fn json_text<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, OpenError> {
    let decoded = encoding::decode(bytes);
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (line, message) = match std::str::from_utf8(marked) {
        // Whatever else the bytes could mean, JSON that is not Unicode is a mistake.
        Err(error) if decoded.damaged || !decoded.encoding.starts_with("UTF-16") => {
            let before = marked.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            (line, "this line is not in UTF-8, as JSON must be; save the file as UTF-8")
        }
        _ => return Ok(decoded),
    };
    Err(OpenError::Unusable {
        file: name.to_owned(),
        line: Some(line),
        column: None,
        message: message.to_owned(),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_read_side_by_side_is_the_file() {
        let bytes: Vec<u8> = (0..BESIDE as usize + 5).map(|at| (at / 3) as u8).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        std::fs::write(&path, &bytes).unwrap();
        let file = File::open(&path).unwrap();
        let length = bytes.len() as u64;
        let load = |length: u64| load_beside(&file, length, &Progress::default());
        assert!(load(length).unwrap().is_some_and(|read| read == bytes));
        assert_eq!(load(length - 1).unwrap(), None, "it has grown");
        assert!(load(length + 1).is_err(), "it has become shorter");
        assert_eq!(load(BESIDE - 1).unwrap(), None, "it is not large");
    }
}
