//! Where a JSON pointer leads in a text: needed only for messages, so it costs nothing without.

use serde_json::Value;

/// The position, in bytes, of what a pointer (RFC 6901) leads to in a valid JSON text: of the key
/// for a field, of the value for an entry of a list. Where the pointer leads nowhere, the position
/// of the innermost value on its way.
pub(super) fn locate(json: &str, pointer: &str) -> usize {
    let mut scan = Scan { bytes: json.as_bytes(), at: 0 };
    scan.blank();
    let mut found = scan.at;
    for segment in pointer.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        let step = match scan.peek() {
            Some(b'{') => scan.field(&segment),
            Some(b'[') => segment.parse().ok().and_then(|index| scan.entry(index)),
            _ => None,
        };
        match step {
            Some(at) => found = at,
            None => break,
        }
    }
    found
}

/// One segment of a pointer, escaped.
pub(super) fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// Removes what a pointer leads to; whether there was anything.
pub(super) fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return false };
    let last = last.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(&last).is_some(),
        Some(Value::Array(entries)) => match last.parse::<usize>() {
            Ok(index) if index < entries.len() => {
                entries.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// A walk over a text that is known to be valid JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes past one byte and the white space after it.
    fn step(&mut self) {
        self.at += 1;
        self.blank();
    }

    /// Goes past a string.
    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
    }

    /// Goes past a value of any depth.
    fn value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    if depth == 0 {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth <= 1 => {
                    // The end of this value, or of what it stands in.
                    self.at += depth;
                    return;
                }
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Enters an object up to the value of a field; the position of its key. Of several fields of
    /// that name the last counts, as it does for the reader.
    fn field(&mut self, name: &str) -> Option<usize> {
        let mut found = None;
        self.step();
        while self.peek() == Some(b'"') {
            let key = self.at;
            self.string();
            let text = self.bytes.get(key..self.at).unwrap_or_default();
            let same = serde_json::from_slice::<String>(text).is_ok_and(|text| text == name);
            self.blank();
            self.step();
            if same {
                found = Some((key, self.at));
            }
            self.value();
            self.blank();
            if self.peek() == Some(b',') {
                self.step();
            }
        }
        let (key, value) = found?;
        self.at = value;
        Some(key)
    }

    /// Enters a list up to an entry; its position.
    fn entry(&mut self, index: usize) -> Option<usize> {
        self.step();
        for _ in 0..index {
            self.value();
            self.blank();
            if self.peek() != Some(b',') {
                return None;
            }
            self.step();
        }
        (self.peek() != Some(b']')).then_some(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_to_the_key_or_the_entry() {
        let json = r#" {"a": [1, {"b/~": "x]\"", "c": {"d": [[], [2 , 3]]}}], "e": null} "#;
        for (pointer, rest) in [
            ("", r#"{"a": [1"#),
            ("/a", r#""a": [1"#),
            ("/a/0", "1, {"),
            ("/a/1/b~1~0", r#""b/~": "x"#),
            ("/a/1/c/d/1/1", "3]]}"),
            ("/e", r#""e": null"#),
            ("/a/1/missing", r#"{"b/~""#),
            ("/a/7", r#""a": [1"#),
        ] {
            let at = locate(json, pointer);
            assert!(json[at..].starts_with(rest), "{pointer}: {}", &json[at..]);
        }
    }
}
