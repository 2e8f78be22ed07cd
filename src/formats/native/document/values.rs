//! Numbers, dates and further columns as a `demarche/1` document writes them.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::is_default;

/// A number, written without a fraction where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent, inline)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Whole numbers up to 2⁵³ are exact in both types.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within i64")]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// A date in EDTF (ISO 8601-2): the text itself, or an object where more is to be said.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum DateText {
    /// The date in EDTF.
    Plain(String),
    /// The date with the author's own words.
    Full(DateObject),
}

/// A date with the author's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateObject {
    /// The date in EDTF.
    pub date: String,
    /// Whether some time within an interval is meant rather than all of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sometime: bool,
    /// The date in the author's own words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub words: Option<String>,
}

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = DateText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date in EDTF as a text, for example \"2024-06\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<DateText, E> {
                Ok(DateText::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateText, A::Error> {
                DateObject::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(DateText::Full)
            }
        }

        deserializer.deserialize_any(Text)
    }
}

/// Names and values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[schemars(with = "std::collections::BTreeMap<String, String>")]
pub struct Extras(pub Vec<(String, String)>);

impl Serialize for Extras {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Extras {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Extras;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of names and texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Extras, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(0).min(64));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Extras(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
