//! Holds the documents to the program: paths exist, keys are named, examples run.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use demarche::app::catalogue;
use egui::{KeyboardShortcut, ModifierNames};

const DOCUMENTS: [&str; 10] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "assets/README.md",
    "data/README.md",
    "docs/a-century-of-visits.md",
    "docs/cli.md",
    "docs/data-format.md",
    "docs/performance.md",
    "src/lib.rs",
];

/// Beginnings of what is a path of this repository when it stands in backticks.
const FOLDERS: [&str; 7] = [".ci/", "assets/", "benches/", "data/", "docs/", "src/", "tests/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let rest = text.split(open).skip(1);
    rest.filter_map(|part| part.split_once(close).map(|(inside, _)| inside)).collect()
}

/// What stands in single backticks, outside of blocks.
fn code_spans(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// The blocks of a document that name no language: what one types.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```").skip(1).step_by(2).filter(|block| block.starts_with('\n')).collect()
}

#[test]
fn every_path_in_the_documents_exists() {
    let mut checked = 0;
    let mut dead = Vec::new();
    for document in DOCUMENTS {
        let text = read(document);
        let folder = root().join(document).parent().map(Path::to_owned).unwrap_or_default();
        let mut paths: Vec<(String, PathBuf)> = Vec::new();
        for target in between(&text, "](", ")") {
            let target = target.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !document.ends_with(".rs") {
                paths.push((target.to_owned(), folder.join(target)));
            }
        }
        for span in code_spans(&text) {
            if FOLDERS.iter().any(|folder| span.starts_with(folder)) {
                let path = span.split([' ', '*', ':']).next().unwrap_or_default();
                paths.push((span.to_owned(), root().join(path)));
            }
        }
        checked += paths.len();
        for (named, path) in paths {
            if !path.exists() {
                dead.push(format!("{document} names {named}"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    assert!(checked > 30, "only {checked} paths were found: the search is wrong");
}

#[test]
fn the_list_of_documents_is_whole() {
    for folder in ["", "docs", "data", "assets"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let relative = path.strip_prefix(root()).unwrap().to_str().unwrap();
            if relative.ends_with(".md") {
                assert!(DOCUMENTS.contains(&relative), "{relative} is not looked at");
            }
        }
    }
}

/// Keys as the README writes them.
fn spelled(keys: &KeyboardShortcut) -> String {
    let text = keys.format(&ModifierNames::NAMES, false);
    let (modifiers, key) = text.rsplit_once('+').map_or(("", text.as_str()), |(m, k)| (m, k));
    let key = match key {
        "Plus" => "+",
        "Equals" => "=",
        "Minus" => "-",
        "Period" => ".",
        "Comma" => ",",
        "Questionmark" => "?",
        "OpenBracket" => "[",
        "CloseBracket" => "]",
        "Escape" => "Esc",
        other => other,
    };
    if modifiers.is_empty() { key.to_owned() } else { format!("{modifiers}+{key}") }
}

#[test]
fn the_readme_names_every_key_and_no_other() {
    let readme = read("README.md");
    let section = between(&readme, "## Keys\n", "\n## ").pop().expect("a section on keys");
    let table: String = section.lines().filter(|line| line.starts_with('|')).collect();
    let named: BTreeSet<String> = code_spans(&table).into_iter().map(str::to_owned).collect();
    let known: BTreeSet<String> =
        catalogue().iter().flat_map(|entry| entry.keys).map(spelled).collect();
    assert_eq!(named, known);
}

#[test]
fn every_example_of_the_readme_runs() {
    let folder = tempfile::tempdir().unwrap();
    let readme = read("README.md");
    let mut ran = BTreeSet::new();
    for line in blocks(&readme).iter().flat_map(|block| block.lines()) {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        if words.next() != Some("demarche") {
            continue;
        }
        let arguments: Vec<String> = words
            .map(|word| match word.strip_prefix("data/") {
                Some(rest) => root().join("data").join(rest).to_str().unwrap().to_owned(),
                None => word.to_owned(),
            })
            .collect();
        // Without a command it opens a window, for which a test has no screen.
        let Some(command @ ("check" | "render" | "convert" | "generate")) =
            arguments.first().map(String::as_str)
        else {
            continue;
        };
        ran.insert(command.to_owned());
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(&arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {said}");
        if command != "check" {
            let written = arguments.iter().skip(1).map(|name| folder.path().join(name));
            let size = |path: PathBuf| fs::metadata(path).map_or(0, |file| file.len());
            // The input is named by its whole path; what is left is what was written.
            let sizes: Vec<u64> = written
                .filter(|path| path.starts_with(folder.path()) && path.exists())
                .map(size)
                .collect();
            assert!(sizes.len() == 1 && sizes[0] > 0, "{line}: wrote {sizes:?}");
        }
    }
    let all = ["check", "convert", "generate", "render"].map(str::to_owned);
    assert_eq!(ran, BTreeSet::from(all));
}

#[test]
fn help_and_documents_name_the_same_options() {
    let reference = read("docs/cli.md");
    let usage = blocks(&reference).into_iter().next().expect("the usage");
    for command in ["check", "render", "convert", "generate"] {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args([command, "--help"])
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let options = help.lines().filter_map(|line| {
            let line = line.trim_start();
            if !line.starts_with('-') {
                return None;
            }
            line.split([' ', ',']).find(|word| word.starts_with("--"))
        });
        for option in options.filter(|option| !["--help", "--output"].contains(option)) {
            assert!(usage.contains(option), "docs/cli.md does not name {command} {option}");
        }
    }
}
