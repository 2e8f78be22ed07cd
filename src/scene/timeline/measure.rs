//! Cheap widths of labels for packing: sums of the widths of single characters.

use std::sync::OnceLock;

use crate::scene::{Tokens, text};

/// The width of a label in points, at the size of labels.
///
/// Packing looks at thousands of labels of which a screenful is drawn. Kerning makes the true
/// width a little smaller than this sum, so that what is packed by it never overlaps. Other
/// scripts than Latin are shaped, since their characters join.
pub(super) fn label(text: &str) -> f32 {
    static ASCII: OnceLock<[f32; 128]> = OnceLock::new();
    if !text.is_ascii() {
        return text::width(text, Tokens::SMALL, false);
    }
    let widths = ASCII.get_or_init(|| {
        let mut widths = [0.0; 128];
        for byte in 32..127u8 {
            let character = char::from(byte).to_string();
            widths[usize::from(byte)] = text::width(&character, Tokens::SMALL, false);
        }
        widths
    });
    text.bytes().map(|byte| widths[usize::from(byte & 127)]).sum::<f32>() + 1.0
}
