//! Data in a figure: the dataset itself where that was asked for, and a short mark of every
//! engagement, by which a later version of the data can be told apart from the one that was drawn.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use sha2::{Digest as _, Sha256};

use crate::formats::native;
use crate::model::{Dataset, words};

/// Larger data is not marked engagement by engagement: its checksum must do.
const MOST_MARKED: usize = 1_000;
/// The largest dataset that is taken out of a figure, in bytes of its `demarche/1` text.
const MOST: u64 = 1 << 30;
/// How many engagements are named when something has changed.
const NAMED: usize = 3;

/// A dataset as text that any figure can hold: `demarche/1`, deflated, in base 64.
#[must_use]
pub fn pack(dataset: &Dataset) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(native::write(dataset).as_bytes());
    STANDARD.encode(encoder.finish().unwrap_or_default())
}

/// What [`pack`] packed, as the bytes of a `demarche/1` file.
///
/// # Errors
/// In words, when the text is damaged or holds more than a gigabyte.
pub fn unpack(text: &str) -> Result<Vec<u8>, String> {
    const DAMAGED: &str = "the data in this figure is damaged; open the data file instead";
    let bytes = STANDARD.decode(text).map_err(|_| DAMAGED.to_owned())?;
    let mut out = Vec::new();
    let read = ZlibDecoder::new(bytes.as_slice()).take(MOST + 1).read_to_end(&mut out);
    read.map_err(|_| DAMAGED.to_owned())?;
    if out.len() as u64 > MOST {
        return Err("the data in this figure is larger than 1 GB; open the data file".to_owned());
    }
    Ok(out)
}

/// A mark of what is said of each engagement, by its key; none for large data.
#[must_use]
pub fn marks(dataset: &Dataset) -> BTreeMap<String, String> {
    if dataset.engagements().len() > MOST_MARKED {
        return BTreeMap::new();
    }
    dataset
        .engagements()
        .iter()
        .map(|engagement| {
            let digest = Sha256::digest(words::told(dataset, engagement));
            let mark = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            (engagement.key.to_string(), mark)
        })
        .collect()
}

/// What has changed in the data since the marks were taken, in words; empty for nothing, or where
/// there are no marks.
#[must_use]
pub fn changes(then: &BTreeMap<String, String>, dataset: &Dataset) -> String {
    let now = marks(dataset);
    if then.is_empty() || now.is_empty() {
        return String::new();
    }
    let titles: BTreeMap<&str, &str> =
        dataset.engagements().iter().map(|one| (&*one.key, one.label())).collect();
    let named = |keys: Vec<&String>, what: &str| {
        if keys.is_empty() {
            return None;
        }
        let mut names: Vec<String> = keys
            .iter()
            .take(NAMED)
            .map(|key| format!("“{}”", titles.get(key.as_str()).copied().unwrap_or(key.as_str())))
            .collect();
        if keys.len() > NAMED {
            names.push(format!("{} more", keys.len() - NAMED));
        }
        Some(format!(
            "{} {what} ({})",
            words::count(keys.len(), "engagement", "engagements"),
            names.join(", ")
        ))
    };
    let added = now.keys().filter(|key| !then.contains_key(*key)).collect();
    let gone = then.keys().filter(|key| !now.contains_key(*key)).collect();
    let other = |key: &&String| now.get(*key).is_some_and(|mark| then.get(*key) != Some(mark));
    let changed = then.keys().filter(other).collect();
    [named(added, "added"), named(changed, "changed"), named(gone, "gone")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Document;
    use crate::formats::{OpenOptions, Progress, read};

    fn dataset(text: &str) -> Dataset {
        let opened =
            read("a.csv", text.as_bytes(), &OpenOptions::default(), &Progress::default()).unwrap();
        opened.dataset
    }

    #[test]
    fn a_dataset_comes_back_out_of_a_figure_whole() {
        let document = Document::built_in().unwrap();
        let text = pack(&document.dataset);
        assert_eq!(text, pack(&document.dataset), "the same bytes every time");
        let bytes = unpack(&text).unwrap();
        let again =
            read("a.json", &bytes, &OpenOptions::default(), &Progress::default()).unwrap().dataset;
        // Bodies as which members may count are the window's, not the file's.
        let told = (*document.dataset).clone().with_bodies(Vec::new());
        assert_eq!(again, told);
    }

    #[test]
    fn damaged_data_is_an_error_in_words() {
        let text = pack(&Document::built_in().unwrap().dataset);
        for damaged in ["", "%%%", "AAAA", &text[..text.len() / 2 / 4 * 4]] {
            assert!(unpack(damaged).unwrap_err().contains("damaged"), "{damaged:.20}");
        }
    }

    #[test]
    fn what_was_added_changed_and_lost_is_named() {
        let before = dataset("id,date,title\na,2020,Talks\nb,2021,Visit\nc,2022,Summit\n");
        let after = dataset("id,date,title\na,2020,Talks\nb,2023,Visit\nd,2024,Meeting\n");
        assert_eq!(
            changes(&marks(&before), &after),
            "1 engagement added (“Meeting”), 1 engagement changed (“Visit”), 1 engagement gone (“c”)"
        );
        assert_eq!(changes(&marks(&before), &before), "");
        assert_eq!(changes(&BTreeMap::new(), &after), "");
    }
}
