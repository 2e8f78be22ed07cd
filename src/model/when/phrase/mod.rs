//! Dates in English words to EDTF.
//!
//! The words become one EDTF text, which is then read like any other; so that what is understood
//! can always be shown, saved and checked. “Early”, “mid” and “late” are thirds: of a year the
//! four-month groups 37–39 of ISO 8601-2 marked approximate, of a month its days 1–10, 11–20 and
//! 21 to the end, of a decade its years 0–3, 4–6 and 7–9, of a century its years 0–33, 34–66 and
//! 67–99.

mod cursor;
mod names;
mod partial;
mod relative;
mod unit;

use super::token::{Token, tokens};
use super::{When, WhenError, parse};

/// Reads EDTF or English words.
pub(super) fn read(text: &str) -> Result<When, WhenError> {
    let trimmed = text.trim();
    let edtf = parse::parse(trimmed);
    if let Ok((when, _)) = edtf {
        return Ok(when.with_words(trimmed));
    }
    let fail = |reason: String| WhenError { text: text.to_owned(), reason };
    let tokens = tokens(trimmed).map_err(|c| fail(format!("“{c}” is not part of a date")))?;
    let dated = |token: &Token| match token {
        Token::Number(..) | Token::Decade(_) => true,
        Token::Word(word) => word == "century",
        _ => false,
    };
    if !tokens.iter().any(dated) {
        return Err(fail("there is no year in it".to_owned()));
    }
    let mut phrase = Phrase { tokens, at: 0, approximate: false, uncertain: false };
    let (edtf, sometime) = phrase.whole().map_err(fail)?;
    let when = When::parse(&edtf).map_err(|error| fail(error.reason))?;
    let when = if sometime { when.sometime() } else { when };
    Ok(when.with_words(trimmed))
}

/// Why a date of numbers alone is refused.
const ORDER: &str = "in a date of numbers alone the order of day and month cannot be told; write \
                     the month as a word, or the date as YYYY-MM-DD";

/// The words of a date, how far they are read, and the qualifiers that were met.
struct Phrase {
    tokens: Vec<Token>,
    at: usize,
    approximate: bool,
    uncertain: bool,
}
