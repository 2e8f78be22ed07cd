//! Compressed files as the bytes that are in them, within bounds.

use std::io::{self, Read};

use super::Progress;

/// The most that a file may hold when it is unpacked.
const MOST: u64 = 1 << 32;

/// What any file may hold, however small it is.
const ALWAYS: u64 = 64 << 20;

/// How many times its own size a larger file may hold. Tables and JSON shrink to a tenth or a
/// thirtieth; a file that grows more than this was made to fill the memory.
const RATIO: u64 = 200;

/// How many bytes are unpacked between two looks at whether to go on.
const CHUNK: u64 = 1 << 20;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// gzip, of one or several members.
    Gzip,
    /// Zstandard, of one or several frames.
    Zstandard,
}

impl Packing {
    /// The compression that a file starts with.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x1F\x8B") {
            Some(Self::Gzip)
        } else if bytes.starts_with(b"\x28\xB5\x2F\xFD") {
            Some(Self::Zstandard)
        } else {
            None
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstandard => "Zstandard",
        }
    }

    /// The name of a file without the ending that says how it is compressed.
    pub fn inner_name(self, name: &str) -> &str {
        let endings: &[&str] = match self {
            Self::Gzip => &[".gz", ".gzip"],
            Self::Zstandard => &[".zst", ".zstd"],
        };
        endings
            .iter()
            .find_map(|ending| {
                let at = name.len().checked_sub(ending.len())?;
                name.get(at..)?.eq_ignore_ascii_case(ending).then(|| &name[..at])
            })
            .unwrap_or(name)
    }
}

/// Why a file could not be unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// What is wrong and what to do.
    Unusable(String),
    /// It was cancelled.
    Cancelled,
}

/// The bytes in a compressed file.
pub(super) fn unpack(
    packing: Packing,
    bytes: &[u8],
    progress: &Progress,
) -> Result<Vec<u8>, Failure> {
    let most = (bytes.len() as u64).saturating_mul(RATIO).clamp(ALWAYS, MOST);
    let mut out = Vec::new();
    match packing {
        Packing::Gzip => {
            pour(flate2::read::MultiGzDecoder::new(bytes), packing, most, &mut out, progress)?;
        }
        Packing::Zstandard => {
            let mut rest = bytes;
            while !rest.is_empty() {
                if let Some(length) = skippable(rest) {
                    rest = rest.get(length..).unwrap_or_default();
                    continue;
                }
                let frame = ruzstd::decoding::StreamingDecoder::new(&mut rest)
                    .map_err(|_| damaged(packing))?;
                pour(frame, packing, most, &mut out, progress)?;
            }
        }
    }
    Ok(out)
}

/// The length of a frame that holds nothing but remarks (RFC 8878, 3.1.2), if this is one.
fn skippable(bytes: &[u8]) -> Option<usize> {
    let head: &[u8; 8] = bytes.first_chunk()?;
    let marked = head[0] & 0xF0 == 0x50 && head[1..4] == [0x2A, 0x4D, 0x18];
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    marked.then_some(usize::try_from(length).ok()?.saturating_add(8))
}

/// What decoders say of it is for programmers.
fn damaged(packing: Packing) -> Failure {
    Failure::Unusable(format!(
        "it is compressed with {} and damaged or cut off; get a whole copy",
        packing.name()
    ))
}

/// Appends all that a decoder gives.
fn pour(
    mut from: impl Read,
    packing: Packing,
    most: u64,
    out: &mut Vec<u8>,
    progress: &Progress,
) -> Result<(), Failure> {
    loop {
        if progress.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        let read: io::Result<usize> = from.by_ref().take(CHUNK).read_to_end(out);
        let count = read.map_err(|_| damaged(packing))?;
        if out.len() as u64 > most {
            return Err(Failure::Unusable(format!(
                "unpacked it is larger than {} MiB, more than a file of its size should hold; \
                 unpack it yourself if you trust it",
                most >> 20
            )));
        }
        if count == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).expect("packed");
        out.finish().expect("packed")
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(bytes, level)
    }

    #[test]
    fn what_was_packed_comes_back_even_in_several_parts() {
        let progress = Progress::default();
        let text = b"date,title\n2024-06-04,Talks\n".repeat(50);
        for pack in [gzip, zstandard] {
            let packed = [pack(&text), pack(b"2024-06-05,More\n")].concat();
            let packing = Packing::of(&packed).expect("packed");
            let out = unpack(packing, &packed, &progress).expect("unpacked");
            assert_eq!(out, [text.as_slice(), b"2024-06-05,More\n"].concat());
            let cut = unpack(packing, &packed[..packed.len() / 3], &progress);
            assert!(matches!(cut, Err(Failure::Unusable(why)) if why.contains("cut off")));
        }
        assert_eq!(Packing::Gzip.inner_name("a.csv.GZ"), "a.csv");
        assert_eq!(Packing::Zstandard.inner_name("é.zst"), "é");
    }

    #[test]
    fn a_file_made_to_fill_the_memory_is_refused() {
        let bomb = gzip(&vec![0; (ALWAYS as usize) + 1]);
        let refused = unpack(Packing::Gzip, &bomb, &Progress::default());
        assert!(matches!(refused, Err(Failure::Unusable(why)) if why.contains("64 MiB")));
    }
}
