//! The view that a figure carries: found again in each format that it was written to.

/// What every saved view says of itself in its first field.
pub const VIEW_FORMAT: &str = "demarche-view/1";

/// The keyword of the view among the texts of a PNG.
pub(super) const PNG_KEYWORD: &str = "demarche-view";

/// The end of the id of the view among the metadata of an SVG.
pub(super) const SVG_ID: &str = "__view";

/// The view that a figure carries, or that a file is, as JSON; `None` where there is none.
///
/// What is found was not read any further: it may be anything that begins as a view does.
#[must_use]
pub fn carried(file: &[u8]) -> Option<String> {
    if file.starts_with(b"\x89PNG") {
        let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().ok()?;
        let texts = &reader.info().utf8_text;
        let text = texts.iter().find(|text| text.keyword == PNG_KEYWORD)?;
        return text.get_text().ok();
    }
    if file.starts_with(b"%PDF-") {
        let begin = format!("{{\"format\":\"{VIEW_FORMAT}\"");
        let from = find(file, begin.as_bytes())?;
        let length = find(&file[from..], b"endstream")?;
        let text = std::str::from_utf8(&file[from..from + length]).ok()?;
        return Some(text.trim_end().to_owned());
    }
    let text = std::str::from_utf8(file).ok()?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with('{') {
        // The first field of a view is its format; a dataset has no such word there.
        let head = text.char_indices().nth(80).map_or(text, |(end, _)| &text[..end]);
        return head.contains("\"demarche-view/").then(|| text.to_owned());
    }
    let (_, rest) = text.split_once(&format!("{SVG_ID}\">"))?;
    let (escaped, _) = rest.split_once("</metadata>")?;
    Some(unescaped(escaped))
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, part)
}

/// Undoes what the exporters do to text; what they never write stays.
fn unescaped(text: &str) -> String {
    // The ampersand last, so that what it begins is not taken for markup a second time.
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
