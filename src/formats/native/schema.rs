//! The JSON Schema of the native format, drawn from its types.

use super::document::Document;

/// The schema as indented JSON that ends in a line break: the text of
/// `docs/demarche-1.schema.json`.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Document);
    let mut out = serde_json::to_string_pretty(&schema).unwrap_or_default();
    out.push('\n');
    out
}
