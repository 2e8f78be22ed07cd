//! Holds the sources to the layer map: a layer may use those to its left only.

use std::{fs, path::Path};

/// Each layer with the layers it may use.
const LAYERS: [(&str, &[&str]); 8] = [
    ("model", &[]),
    ("formats", &["model"]),
    ("query", &["model", "formats"]),
    ("layout", &["model", "formats", "query"]),
    ("scene", &["model", "formats", "query", "layout"]),
    ("export", &["model", "formats", "query", "layout", "scene"]),
    ("app", &["model", "formats", "query", "layout", "scene", "export"]),
    ("ui", &["model", "formats", "query", "layout", "scene", "export", "app"]),
];

/// Crates that only some layers may know.
const CRATES: [(&str, &[&str]); 5] = [
    ("egui", &["app", "ui"]),
    ("eframe", &["app", "ui"]),
    ("rfd", &["app"]),
    ("tiny_skia", &["export"]),
    ("resvg", &["export"]),
];

fn sources(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of a layer") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
}

fn uses(line: &str, name: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '.')
            && after.starts_with("::")
    })
}

/// Whether a line of code names `crate::layer`, alone or in a list of imports.
fn names_layer(line: &str, layer: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).any(|rest| {
        rest.strip_prefix(layer)
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

#[test]
fn every_layer_uses_only_those_to_its_left() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (layer, allowed) in LAYERS {
        let mut files = Vec::new();
        sources(&root.join(layer), &mut files);
        assert!(!files.is_empty(), "the layer {layer} has no sources");
        for file in files {
            let text = fs::read_to_string(&file).expect("a readable source");
            for (number, line) in text.lines().enumerate() {
                let at = || format!("{}:{}: {}", file.display(), number + 1, line.trim());
                for (other, _) in LAYERS {
                    if other != layer && !allowed.contains(&other) && names_layer(line, other) {
                        wrong.push(at());
                    }
                }
                for (name, layers) in CRATES {
                    if !layers.contains(&layer) && uses(line, name) {
                        wrong.push(at());
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the layer map:\n{}", wrong.join("\n"));
}

#[test]
fn every_source_says_in_its_first_line_what_it_is_for() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable source");
        assert!(text.starts_with("//! "), "{} does not start with //!", file.display());
    }
}
