//! The dataset itself inside a network file: `demarche/1` JSON, deflated (zlib) and in base64, in
//! a processing instruction after the root element, where programs that know nothing of it pass
//! over it.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::formats::native;
use crate::model::Dataset;

/// The name of the processing instruction.
const TARGET: &str = "demarche-data";
/// The largest dataset that is unpacked, in bytes of JSON.
const MOST: u64 = 1 << 32;

/// The processing instruction that carries a dataset.
pub(super) fn pack(dataset: &Dataset) -> String {
    let json = serde_json::to_vec(&native::document(dataset)).unwrap_or_default();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(&json);
    let packed = encoder.finish().unwrap_or_default();
    format!("<?{TARGET} {}?>\n", STANDARD.encode(packed))
}

/// The JSON of the dataset that a document carries; `None` when it carries none, `Some(Err)` with
/// what is wrong when it cannot be unpacked.
pub(super) fn unpack(document: &roxmltree::Document<'_>) -> Option<Result<String, String>> {
    let packed = document
        .root()
        .children()
        .filter_map(|node| node.pi())
        .find(|pi| pi.target == TARGET)?
        .value?
        .trim();
    let broken =
        |what: &dyn std::fmt::Display| format!("the dataset that it carries is damaged: {what}");
    let bytes = match STANDARD.decode(packed) {
        Ok(bytes) => bytes,
        Err(error) => return Some(Err(broken(&error))),
    };
    let mut json = String::new();
    Some(match ZlibDecoder::new(&*bytes).take(MOST).read_to_string(&mut json) {
        Ok(_) => Ok(json),
        Err(error) => Err(broken(&error)),
    })
}
